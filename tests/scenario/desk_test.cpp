// The superior's desk, with the real program behind it that a worker runs in the browser.
#include <string>
#include <vector>

#include "core/custody.hpp"
#include "core/report.hpp"
#include "desk_worker.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;

namespace {

/// What a unit sends.
std::string report_of(const std::string& unit, std::uint64_t first_id, bool handed = true) {
    Disk disk;
    Page page(disk, first_id);
    page.create(unit);
    page.score("1.1.1", "1");
    if (handed) page.send(command::HandOver{LayerState::submitted, {}, "填报人", unit});
    return write_report(page.document());
}

struct Office {
    Office() : page(disk), worker(page) {
        page.send(command::CreateCampaign{"市卫健委", "2026", "jilin-committee", "2026-12-20", {}});
        page.send(command::AddRows{"一院\t东区\t医院\n二院\t西区\t医院\n三院\t西区\t医院\n"});
        worker.answer();
    }
    [[nodiscard]] const DeskUnit& unit(const std::string& name) const {
        for (const DeskUnit& one : page.state.desk->view->units) {
            if (one.unit == name) return one;
        }
        FAIL("no such unit");
        return page.state.desk->view->units.front();
    }

    Disk disk;
    Page page;
    DeskProgram worker;
};

}  // namespace

TEST_CASE("a campaign has its list, and knows who is missing") {
    Office office;
    REQUIRE(office.page.state.desk.has_value());
    REQUIRE(office.page.state.desk->view.has_value());
    CHECK(office.page.state.desk->view->expected == 3);
    CHECK(office.page.state.desk->view->states[0] == 3);
    office.worker.take("一.json", report_of("一院", 100));
    CHECK(office.unit("一院").state == UnitState::submitted);
    CHECK(office.unit("一院").total(0) == Points::from_whole(1));
    office.page.send(command::NoteReminder{{"二院", "三院"}});
    office.worker.answer();
    CHECK(office.unit("二院").reminded.ends_with("催"));
    office.page.send(command::NoteReminder{{"二院"}});  // once a day
    CHECK(office.unit("二院").reminded.find("；") == std::string::npos);
}

TEST_CASE("reports are gone through in the superior's column, and the next one comes by itself") {
    Office office;
    office.worker.take("一.json", report_of("一院", 100));
    office.worker.take("二.json", report_of("二院", 200));
    const std::string first = office.unit("一院").key;
    const std::string second = office.unit("二院").key;
    office.page.send(command::OpenUnit{first, {first, second}});
    office.worker.answer();
    CHECK(office.page.document().unit() == "一院");
    CHECK(office.page.opened().layer == Layer::acceptance);
    office.page.send(command::TakeScores{});
    office.page.send(command::HandOver{LayerState::accepted, {}, "验收人", "市卫健委"});
    office.worker.answer();
    CHECK(office.page.document().unit() == "二院");
    CHECK(office.page.opened().layer == Layer::acceptance);
    CHECK(office.unit("一院").state == UnitState::accepted);
    CHECK(office.page.state.desk->view->received == 2);  // accepting is no further file
    office.page.send(command::HandOver{LayerState::returned, "请补材料", "验收人", "市卫健委"});
    office.worker.answer();
    CHECK(office.page.state.opened->document.instrument->id == "campaign");  // that was the last
    CHECK(office.unit("二院").state == UnitState::returned);
}

TEST_CASE("a report that was changed here while the desk was closed counts as it is now") {
    Office office;
    office.worker.take("一.json", report_of("一院", 100));
    const std::string key = office.unit("一院").key;
    office.page.send(command::OpenUnit{key, {key}});
    office.worker.answer();
    const std::string document = office.page.id();
    office.page.send(command::OpenHome{});
    CHECK_FALSE(office.page.state.desk.has_value());
    CHECK(office.page.tab.desk.closed == 1);
    office.page.open(document);
    office.page.send(command::SetLayer{Layer::acceptance});
    office.page.score("1.1.1", "0.5");
    for (const DocumentCard& card : office.page.state.cards) {
        if (card.instrument == "campaign") {
            office.page.open(card.id);
            break;
        }
    }
    office.worker.answer();
    CHECK(office.unit("一院").total(1) == Points::from_hundredths(50));
}

TEST_CASE("of two reports of a unit a person decides which counts") {
    Office office;
    office.worker.take("一.json", report_of("一院", 100));
    office.worker.take("又一.json", report_of("一院", 300));
    const DeskView& view = *office.page.state.desk->view;
    REQUIRE(view.uncounted.size() == 1);
    CHECK(view.uncounted[0].fate == "doubled");
    const std::string other = view.uncounted[0].document;
    office.page.send(command::CountReport{"一院", other});
    office.worker.answer();
    CHECK(office.unit("一院").document == other);
    CHECK(office.page.document().log.back().target.field == "cells");
    office.page.send(command::Undo{});
    office.worker.answer();
    CHECK(office.unit("一院").document != other);
}

TEST_CASE("only the figures are kept of some reports, and the program may be missing") {
    Office office;
    office.worker.take("一.json", report_of("一院", 100));
    const std::string key = office.unit("一院").key;
    office.page.send(command::OpenUnit{key, {}});
    office.page.tab.desk.fetched.clear();
    office.page.send(command::DeskReport{key, {}});
    CHECK(office.page.state.dialog.name == "error");
    office.page.send(command::ShowDialog{});
    office.page.send(command::DeskFailed{"program"});
    CHECK(office.page.state.desk->failure == "program");
    office.page.send(command::OpenHome{});
    for (const DocumentCard& card : std::vector<DocumentCard>(office.page.state.cards)) office.page.open(card.id);
    CHECK(office.page.tab.desk.jobs.size() == 1);  // asked for again
}

TEST_CASE("what a superior needs of the program comes when it is first wanted, and then what was asked for is done") {
    Office office;
    Page& page = office.page;
    const std::string campaign = page.id();
    page.send(command::OpenHome{});
    page.state.has_desk_part = false;
    page.send(command::ShowDialog{"campaign", {}});
    CHECK(page.state.dialog.name.empty());
    CHECK(page.tab.versions.parts == 1);
    page.send(command::PartBrought{false});
    CHECK(page.state.dialog.name == "error");
    page.send(command::ShowDialog{});
    page.open(campaign);
    CHECK(page.state.screen == Screen::loading);
    page.send(command::PartBrought{false});
    CHECK(page.state.screen == Screen::home);
    page.send(command::ShowDialog{});
    page.open(campaign);
    page.send(command::PartBrought{true});
    CHECK(page.state.screen == Screen::document);
    CHECK(page.state.desk.has_value());
    page.send(command::OpenHome{});
    page.open(campaign);
    CHECK(page.tab.versions.parts == 3);
}
