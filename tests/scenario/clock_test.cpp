// A computer whose clock shows what cannot be.
#include <algorithm>

#include "core/report.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;

namespace {
constexpr std::int64_t year_ms = std::int64_t{365} * 24 * 3600 * 1000;
}

TEST_CASE(
    "clock: in 1868, 1970, 2009 or 10265 what is typed is kept, dated by the last instant known, and it is said") {
    for (const int years : {-158, -56, -17, 8239}) {
        CAPTURE(years);
        Disk disk;
        Page page(disk);
        page.create().note("1.1.1", "时钟对的时候");
        CHECK_FALSE(page.state.clock_is_wrong);
        const std::string before = page.document().log.back().at;
        page.tab.clock.advance_ms(years * year_ms);
        page.note("1.1.2", "时钟错的时候").note("1.1.2", "时钟错的时候写的");
        CHECK(page.note_of("1.1.2") == "时钟错的时候写的");
        CHECK(page.document().log.back().at >= before);
        CHECK(page.document().log.back().at.substr(0, 4) == before.substr(0, 4));
        CHECK(page.state.clock_is_wrong);
        CHECK(page.state.today == "2026-11-21");
        CHECK(page.state.saving.state == SaveState::saved);
        const std::string id = page.id();
        page.create("乙医院党委").note("1.1.1", "新的一份");
        CHECK(page.note_of("1.1.1") == "新的一份");

        Page later(disk, 1000);
        later.open(id);
        CHECK(later.note_of("1.1.2") == "时钟错的时候写的");
        page.tab.clock.advance_ms(-years * year_ms);
        page.send(command::Tick{});
        CHECK_FALSE(page.state.clock_is_wrong);
    }
}

TEST_CASE(
    "clock: after a file of the last second there is, whatever the clock does in between, what is typed is kept") {
    for (const char* last : {"2098-01-01T00:00:00Z", "2200-12-31T23:59:59Z", "1900-01-01T00:00:00Z"}) {
        CAPTURE(last);
        Disk disk;
        Page page(disk);
        page.create().note("1.1.1", "原来的");
        std::vector<Edit> log = page.document().log;
        log.back().at = last;
        const auto arrived = replay(page.document().instrument, "elsewhere", std::move(log));
        REQUIRE(arrived.has_value());
        page.send(command::FileArrived{"r.json", write_report(*arrived), false});
        REQUIRE(page.id() == "elsewhere");
        std::string typed;
        for (const std::int64_t jump : {0, 10, -4000, 8239, -8239, 1, -60}) {  // days
            page.tab.clock.advance_ms(jump * 24 * 3600 * 1000);
            typed += "又";
            page.note("1.1.2", typed);
            CHECK(page.note_of("1.1.2") == typed);
            CHECK(page.state.saving.state == SaveState::saved);
            page.note("1.2.1", "另一处" + typed);
        }
        const std::vector<Edit>& after = page.document().log;
        CHECK(std::is_sorted(after.begin() + 2, after.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; }));
        Page later(disk, 1000);
        later.open("elsewhere");
        CHECK(later.note_of("1.1.2") == typed);
        CHECK(later.document().log == after);
    }
}

TEST_CASE("clock: a wrong one from the first visit on stops nobody") {
    for (const int years : {-158, 8239}) {
        Disk disk;
        Page page(disk);
        page.tab.clock.advance_ms(years * year_ms);
        page.create().note("1.1.1", "第一次");
        CHECK(page.note_of("1.1.1") == "第一次");
        CHECK(page.state.clock_is_wrong);
    }
}

TEST_CASE("lost while open: what is open is stored anew, and it is said until there is a backup") {
    Disk disk;
    Page page(disk);
    page.create("甲医院党委").note("1.1.1", "开着的");
    const std::string id = page.id();
    disk.cards.clear();
    disk.documents.clear();
    disk.edits.clear();
    page.send(command::CardsChanged{{}, Recovery::lost});
    CHECK(page.state.recovery == Recovery::partly);
    REQUIRE(disk.documents.count(id) == 1);
    Page later(disk, 1000);
    later.open(id);
    CHECK(later.note_of("1.1.1") == "开着的");
    page.send(command::CardsChanged{{{id, disk.cards[id]}}, Recovery::restored});
    CHECK(page.state.recovery == Recovery::restored);
    CHECK(page.state.saving.state == SaveState::saved);
}
