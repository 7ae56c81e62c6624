// The superior's desk: every figure leads to the units behind it.
#include "scenario/desk_worker.hpp"
#include "stage.hpp"

using namespace duibiao;
using headless::Disk;
using ui::Stage;

namespace {

std::string report_of(const std::string& unit, std::uint64_t first_id, const std::string& score) {
    Disk disk;
    Page page(disk, first_id);
    page.create(unit);
    page.score("1.1.1", score);
    page.send(command::HandOver{LayerState::submitted, {}, "填报人", unit});
    return write_report(page.document());
}

/// Three units of two districts; two have reported.
struct Office {
    explicit Office(ImVec2 size = {1280, 800}) : stage(size), program(stage.page) {
        stage.send(command::CreateCampaign{"市卫健委", "2026", "jilin-committee", "2026-11-01", {}});
        stage.send(command::AddRows{"一院\t东区\t医院\n二院\t西区\t医院\n三院\t西区\t医院\n"});
        program.answer();
        program.take("一.json", report_of("一院", 100, "1"));
        program.take("二.json", report_of("二院", 200, "2"));
        stage.settle();
        REQUIRE(stage.find("desk/card/missing") != nullptr);
    }
    /// Names of the units that the list shows, from above.
    [[nodiscard]] std::vector<std::string> listed() const {
        std::vector<std::string> names;
        for (const std::string& id : stage.ids("desk/unit/"))
            names.push_back(id.substr(std::string("desk/unit/").size()));
        return names;
    }
    Office& part(int number) {
        stage.click("desk/parts/" + std::to_string(number));
        return *this;
    }

    Stage stage;
    DeskProgram program;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("ui desk: a card lists its units, and takes the choice back") {
    Office office;
    CHECK(office.listed().size() == 3);
    office.stage.press("desk/card/missing");
    CHECK(office.listed() == Names{"三院"});
    office.stage.press("desk/card/submitted");
    CHECK(office.listed().size() == 2);
    office.stage.press("desk/card/submitted");
    CHECK(office.listed().size() == 3);
}

TEST_CASE("ui desk: what waits for the office comes first; a head sorts, and turns round") {
    Office office;
    CHECK(office.listed().back() == "三院");
    office.stage.press("desk/card/submitted").press("desk/head/10");  // totals
    CHECK(office.listed() == Names{"二院", "一院"});
    office.stage.press("desk/head/10");
    CHECK(office.listed() == Names{"一院", "二院"});
}

TEST_CASE("ui desk: / searches a unit") {
    Office office;
    office.stage.key("/");
    CHECK(office.stage.focused() == "desk/search");
    office.stage.type("二");
    CHECK(office.listed() == Names{"二院"});
    office.stage.fill("desk/search", "");
    CHECK(office.listed().size() == 3);
}

TEST_CASE("ui desk: a missing unit is reminded, and the list has the day") {
    Office office;
    office.stage.click("desk/unit/三院");
    office.stage.press("desk/drawer/remind");
    const auto& rows = office.stage.page.opened().rows;
    const bool is_noted = std::any_of(rows.begin(), rows.end(), [](const RowView& row) {
        return row.cells.find("三院") != std::string::npos && row.cells.find("2026-11-21") != std::string::npos;
    });
    CHECK(is_noted);
}

TEST_CASE("ui desk: a bar of the totals and a criterion that loses points list their units") {
    Office office;
    office.part(1);
    const Names bins = office.stage.ids("desk/bin/");
    REQUIRE_FALSE(bins.empty());
    CHECK(office.stage.name("desk/spread/words").find("2") != std::string::npos);
    const Names lost = office.stage.ids("desk/lost/");
    REQUIRE_FALSE(lost.empty());
    office.stage.click(lost.front());
    CHECK(office.listed() == Names{"一院"});
}

TEST_CASE("ui desk: a rule lists the units that it found something in") {
    Office office;
    office.part(2);
    const Names rules = office.stage.ids("desk/rule/");
    REQUIRE_FALSE(rules.empty());
    office.stage.click(rules.front());
    CHECK_FALSE(office.listed().empty());
    CHECK(office.listed().size() <= 2);
}

TEST_CASE("ui desk: Enter opens a report in the superior's column; returned, it says so and the next one comes") {
    Office office;
    office.stage.press("desk/card/submitted");
    const std::string first = office.listed().front();
    office.stage.focus("desk/unit/" + first).key("Enter");
    office.program.answer();
    office.stage.settle();
    REQUIRE(office.stage.find("desk/strip") != nullptr);
    CHECK(office.stage.page.state.opened->layer == Layer::acceptance);
    office.stage.press("desk/decide");
    CHECK(office.stage.name("dialog-title") == "通过或退回");
    office.stage.fill("send/name", "验收人").fill("send/office", "市卫健委").fill("send/reason", "缺三会一课记录");
    const std::string before = office.stage.page.id();
    office.stage.press("send/return");
    office.program.answer();
    office.stage.settle();
    CHECK(office.stage.page.id() != before);
    CHECK(office.stage.page.state.toast.text.find("已退回") == 0);
}

TEST_CASE("ui desk: at the width of a telephone everything is in sight that says who is missing") {
    Office office({390, 844});
    for (const char* id : {"desk/card/missing", "desk/card/submitted", "desk/card/returned"}) {
        CAPTURE(std::string(id));
        CHECK(office.stage.find(id) != nullptr);
    }
    office.stage.click("desk/card/missing");
    CHECK(office.listed() == Names{"三院"});
}
