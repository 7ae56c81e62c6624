// Weak organisations on the page, with the real program behind it that a worker runs in the browser.
#include <map>
#include <string>
#include <utility>

#include "app/row_actions.hpp"
#include "app/weak/weak.hpp"
#include "core/cell.hpp"
#include "core/limits.hpp"
#include "core/report.hpp"
#include "core/rows.hpp"
#include "core/weak/check_weak.hpp"
#include "exchange/desk/desk.hpp"
#include "exchange/library.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;

namespace {

constexpr std::string_view annex = "ruian-2019-annex1";
const std::string office_name = "市卫生健康局党委";

/// What a unit says of itself, or a survey of it, where not everything is well.
std::string report_of(const std::string& unit, const std::map<std::string, std::string>& answers,
                      std::uint64_t first_id, std::string form = std::string(annex)) {
    Disk disk;
    Page page(disk, first_id);
    page.send(command::CreateDocument{std::move(form), unit, "2026"});
    for (const auto& [item, text] : answers) page.send(command::SetAnswer{{Layer::self, item, "value"}, text, {}});
    return write_report(page.document());
}

/// An office with a campaign, and the worker of its desk.
struct WeakOffice {
    WeakOffice() : page(disk) {
        page.send(command::CreateCampaign{office_name, "2026", std::string(annex), "2026-08-09", {}});
        page.send(command::AddRows{"甲支部\t东片\t卫生院\n乙支部\t西片\t医院\n丙支部\t西片\t医院\n"});
        campaign = page.id();
        answer();
    }

    void take(const std::string& name, const std::string& content) {
        desk.take({name, content}, {}, [this](const DeskPiece& piece) {
            if (piece.is_document) own = piece.text;
            texts[piece.key] = piece.text;
        });
        show();
    }

    /// What the browser's worker does with the page's orders, until there are none.
    void answer() {
        headless::RecordedDesk& asked = page.tab.desk;
        for (bool is_asked = true; is_asked;) {
            is_asked = false;
            for (const DeskJob& job : std::exchange(asked.jobs, {})) {
                REQUIRE(desk.set_campaign(job.report).has_value());
                is_asked = true;
            }
            for (const std::string& report : std::exchange(asked.campaigns, {})) {
                REQUIRE(desk.set_campaign(report).has_value());
                is_asked = true;
            }
            for (const auto& [key, report] : std::exchange(asked.revised, {})) {
                REQUIRE(desk.revise(key, report).has_value());
                is_asked = true;
            }
            if (is_asked) page.send(command::DeskShown{campaign, desk.view(Language::chinese)});
            for (const std::string& key : std::exchange(asked.fetched, {}))
                page.send(command::DeskReport{key, texts[key]});
            for (int times = std::exchange(asked.weak_asked, 0); times > 0; --times) {
                is_asked = true;
                const auto found = desk.weak(*parse_date(page.state.today));
                REQUIRE(found.has_value());
                page.send(command::WeakFound{campaign, true, *found});
            }
        }
    }
    void show() {
        page.send(command::DeskShown{campaign, desk.view(Language::chinese)});
        answer();
    }

    void begin_list() {
        take("甲.json", report_of("甲支部", {{"1.1.1", "否"}, {"2.3.1", "5"}}, 100));
        take("乙.json", report_of("乙支部", {{"3.1.2", "无"}}, 200));
        page.send(command::OpenWeak{});
        answer();
        page.send(command::UpdateWeakList{});
        answer();
    }
    void open_list() {
        page.open(weak().list);
        answer();
    }
    [[nodiscard]] const WeakState& weak() const {
        REQUIRE(page.state.weak != nullptr);
        return *page.state.weak;
    }
    [[nodiscard]] const WeakUnit& unit(const std::string& name) const {
        const WeakUnit* found = weak().find(name);
        REQUIRE(found != nullptr);
        return *found;
    }
    [[nodiscard]] std::string cell(const std::string& name, std::string_view column) const {
        const std::string row = unit(name).row;
        return std::string(NamedCells(page.document(), page.document().text(Layer::self, row, "cells"))[column]);
    }
    void write(const std::string& name, std::vector<command::WriteWeak::Cell> cells) {
        page.send(command::WriteWeak{unit(name).row, std::move(cells), {}, {}});
        answer();
    }
    /// The plan as the unit fills it in and sends it back.
    [[nodiscard]] std::string filled_plan(const std::string& plan, std::uint64_t first_id,
                                          const std::map<std::string, std::string>& written) const {
        Disk unit_disk;
        Page unit_page(unit_disk, first_id);
        unit_page.send(command::FileArrived{"plan.json", plan, false});
        const Table& table = unit_page.document().instrument->table;
        std::vector<std::pair<std::string, std::string>> rows;
        for (const RowView& row : rows_of(unit_page.document())) rows.emplace_back(row.id, row.cells);
        for (const auto& [id, before] : rows) {
            std::string cells = before;
            for (const auto& [column, text] : written)
                cells = with_cell(table, cells, *table.find_column(column), text);
            unit_page.send(command::SetAnswer{{Layer::self, id, "cells"}, cells, {}});
        }
        unit_page.send(command::HandOver{LayerState::submitted, {}, "周书记", "甲支部"});
        return write_report(unit_page.document());
    }

    Disk disk;
    Page page;
    Desk desk;
    std::string campaign;
    std::string own;  ///< a document of the office's own that came with the files
    std::map<std::string, std::string> texts;
};

}  // namespace

TEST_CASE("candidates of a campaign become a list, and what a person decided stays") {
    WeakOffice office;
    office.begin_list();
    CHECK(office.page.document().instrument->id == weak_list_form);
    CHECK(office.page.document().unit() == office_name);
    CHECK(office.page.document().text(Layer::self, "header", "doors") ==
          "阵地建设不到位、主题党日活动不正常、党员示范作用发挥不明显");
    REQUIRE(office.weak().units.size() == 2);
    CHECK(office.weak().added == 0);
    CHECK(office.weak().sums.checked == 2);
    CHECK(office.weak().sums.expected == 3);
    CHECK(office.cell("甲支部", "problems") == "没有固定的党员活动室；没有每月开展支部主题党日活动，今年以来5次");
    office.write("甲支部", {{"status", "确定"}, {"cause", "书记长期不在岗"}});
    CHECK(office.cell("甲支部", "decider") == office_name);
    CHECK(office.cell("甲支部", "decided") == office.page.state.today);
    CHECK(office.unit("甲支部").stage == WeakStage::confirmed);
    office.write("乙支部", {{"status", "剔除"}, {"reason", "新成立"}});
    CHECK(office.unit("乙支部").stage == WeakStage::struck);
    // The same evidence again changes nothing.
    office.page.send(command::UpdateWeakList{});
    office.answer();
    CHECK(office.cell("甲支部", "status") == "确定");
    CHECK(office.cell("甲支部", "changed").empty());
}

TEST_CASE("a report that is replaced is said, in what the doors find and in the list") {
    WeakOffice office;
    office.begin_list();
    office.write("乙支部", {{"status", "确定"}});
    Disk disk;
    Page unit(disk, 200);
    unit.send(command::FileArrived{"乙.json", office.texts.begin()->second, false});
    for (const auto& [key, text] : office.texts) {
        if (text.find("乙支部") == std::string::npos) continue;
        Disk own_disk;
        Page again(own_disk, 900);
        again.send(command::FileArrived{"乙.json", text, false});
        again.send(command::SetAnswer{{Layer::self, "3.1.2", "value"}, "义诊4次", {}});
        office.take("乙2.json", write_report(again.document()));
        break;
    }
    const Candidate* candidate = office.weak().candidate("乙支部");
    REQUIRE(candidate != nullptr);
    CHECK(candidate->replaced.size() == 1);
    CHECK(office.weak().changed == 1);
    office.page.send(command::UpdateWeakList{});
    office.answer();
    CHECK(office.cell("乙支部", "changed").find("已被第") != std::string::npos);
    CHECK(office.cell("乙支部", "status") == "确定");
    office.write("乙支部", {{"changed", ""}});
    CHECK(office.weak().changed == 0);
}

TEST_CASE("a survey that is filled in here counts like one that came as a file") {
    WeakOffice office;
    office.begin_list();
    office.page.send(command::OpenWeakForm{"甲支部", false});
    CHECK(office.page.document().instrument->id == "weak-survey");
    CHECK(office.page.document().unit() == "甲支部");
    CHECK(office.page.document().text(Layer::self, "header", "date") == office.page.state.today);
    office.page.send(command::SetAnswer{{Layer::self, "1.1.1", "value"}, "是", {}});
    office.page.send(command::SetAnswer{{Layer::self, "2.4.2", "value"}, "否", {}});
    office.open_list();
    const Candidate* candidate = office.weak().candidate("甲支部");
    REQUIRE(candidate != nullptr);
    REQUIRE(candidate->differences.size() == 2);
    CHECK(candidate->differences[0].unit_says == "否");
    CHECK(candidate->differences[0].survey_says == "是");
    CHECK(office.weak().sums.surveyed == 1);
    CHECK(office.weak().changed == 1);  // the evidence is another one
    // It is one survey: the second time the same one opens.
    const std::string survey = office.unit("甲支部").survey;
    office.page.send(command::OpenWeakForm{"甲支部", false});
    CHECK(office.page.id() == survey);
}

TEST_CASE("a plan goes to the unit and comes back by itself, and its problems are closed one by one") {
    WeakOffice office;
    office.begin_list();
    office.write("甲支部", {{"status", "确定"}, {"owner", "周书记"}, {"limit", "2026-12-15"}, {"leader", "吴局长"}});
    office.page.send(command::MakeWeakPlan{office.unit("甲支部").row});
    CHECK(office.page.document().instrument->id == "weak-plan");
    CHECK(office.page.document().text(Layer::self, "header", "leader") == "吴局长");
    const std::string plan = office.page.id();
    const std::string sent = write_report(office.page.document());
    CHECK(sent.find("乙支部") == std::string::npos);
    office.open_list();
    REQUIRE(office.unit("甲支部").plan.has_value());
    CHECK(office.unit("甲支部").plan->vague() == 2);  // no measures
    const std::string today = office.page.state.today;
    const std::string back = office.filled_plan(
        sent, 500,
        {{"measure", "重建"}, {"progress", "已建成"}, {"reported", today}, {"done", today}, {"proof", "照片"}});
    // Among the reports it is no report: it goes to the page.
    office.take("plan.json", back);
    REQUIRE(office.own == back);
    CHECK(office.page.state.desk->view->received == 2);
    office.page.send(command::FileArrived{"plan.json", office.own, false});
    office.page.send(command::ResolveImport{command::ResolveImport::Choice::merge});
    CHECK(office.page.id() == plan);
    office.open_list();
    REQUIRE(office.unit("甲支部").plan->items.size() == 2);
    CHECK(office.unit("甲支部").plan->waiting() == 2);
    CHECK(office.weak().sums.waiting == 2);
    const std::string first = office.unit("甲支部").plan->items[0].row;
    const std::string second = office.unit("甲支部").plan->items[1].row;
    office.page.send(command::CheckWeakItem{plan, first, true, {}});
    office.page.send(command::CheckWeakItem{plan, second, false, "记录不全"});
    office.answer();
    CHECK(office.page.id() == office.weak().list);  // the list stays open
    const WeakPlan& checked = *office.unit("甲支部").plan;
    CHECK(checked.closed() == 1);
    CHECK(checked.items[1].outcome == "退回");
    CHECK(checked.items[1].reason == "记录不全");
    CHECK(office.unit("甲支部").stage == WeakStage::rectifying);
    office.page.send(command::CheckWeakItem{plan, second, true, {}});
    office.answer();
    CHECK(office.unit("甲支部").stage == WeakStage::rectified);
}

TEST_CASE("a review begins with what the plan says, and its verdict closes the organisation") {
    WeakOffice office;
    office.begin_list();
    office.write("甲支部", {{"status", "确定"}, {"owner", "周书记"}, {"limit", "2026-12-15"}});
    office.page.send(command::MakeWeakPlan{office.unit("甲支部").row});
    office.open_list();
    office.page.send(command::OpenWeakForm{"甲支部", true});
    CHECK(office.page.document().instrument->id == "weak-review");
    CHECK(office.page.document().unit() == "甲支部");
    const Document& review = office.page.document();
    CHECK(show_value(review.answer(TargetRef{Layer::self, "3.1.1", "blank:问题数"})) == "2");
    CHECK(show_value(review.answer(TargetRef{Layer::self, "3.1.1", "blank:销号数"})) == "0");
    office.open_list();
    office.write("甲支部", {{"verdict", "合格"}, {"accepted", office.page.state.today}});
    CHECK(office.unit("甲支部").stage == WeakStage::reviewed);
    const std::string today = office.page.state.today;
    office.write("甲支部", {{"applied", today}, {"approved", today}, {"closed", today}});
    CHECK(office.unit("甲支部").stage == WeakStage::closed);
    REQUIRE(office.unit("甲支部").revisit.has_value());
    // Problems of the plan are still open: it is said.
    CHECK(office.weak().remarks.size() == 1);
}

TEST_CASE("a verdict that does not close goes on to another review, on a paper of its own") {
    WeakOffice office;
    office.begin_list();
    office.write("甲支部", {{"status", "确定"}, {"owner", "周书记"}, {"limit", "2026-12-15"}});
    office.page.send(command::MakeWeakPlan{office.unit("甲支部").row});
    office.open_list();
    office.page.send(command::OpenWeakForm{"甲支部", true});
    const std::string first = office.page.id();
    const std::string before = to_string(add_months(*parse_date(office.page.state.today), -1));
    office.page.send(command::SetAnswer{{Layer::self, "header", "date"}, before, {}});
    office.open_list();
    CHECK(office.weak().verdicts.at(first).back().text == "没有填完，不定等次");
    office.write("甲支部", {{"verdict", "基本合格"}, {"accepted", before}});
    CHECK(office.unit("甲支部").stage == WeakStage::prolonged);
    CHECK(office.unit("甲支部").limit == to_string(add_months(*parse_date(before), 6)));
    CHECK_FALSE(office.unit("甲支部").is_reviewed_again);
    // Without being asked for another one the same one opens.
    office.page.send(command::OpenWeakForm{"甲支部", true});
    CHECK(office.page.id() == first);
    office.open_list();
    office.page.send(command::OpenWeakForm{"甲支部", true, true});
    const std::string second = office.page.id();
    CHECK(second != first);
    office.open_list();
    CHECK(office.unit("甲支部").is_reviewed_again);
    CHECK(office.unit("甲支部").review == second);
    // There is one already.
    office.page.send(command::OpenWeakForm{"甲支部", true, true});
    CHECK(office.page.id() == second);
    office.open_list();
    office.write("甲支部", {{"verdict", "合格"}, {"accepted", office.page.state.today}});
    CHECK(office.unit("甲支部").stage == WeakStage::reviewed);
}

TEST_CASE("in the unit's own list of what is due each problem stands by its name, with who has to do it") {
    WeakOffice office;
    office.begin_list();
    office.write("甲支部", {{"status", "确定"}, {"owner", "周书记"}, {"limit", "2026-12-15"}});
    office.page.send(command::MakeWeakPlan{office.unit("甲支部").row});
    Disk disk;
    Page unit(disk, 700);
    unit.send(command::FileArrived{"plan.json", write_report(office.page.document()), false});
    unit.send(command::OpenHome{});
    REQUIRE(unit.state.cards.size() == 1);
    std::string said;
    for (const DueItem& item : unit.state.cards[0].todo) said += item.text + " " + item.who + " " + item.owner + "\n";
    CHECK(said ==
          "整改到期 没有固定的党员活动室 周书记\n按月报告进展 没有固定的党员活动室 周书记\n"
          "整改到期 没有每月开展支部主题党日活动，今年以来5次 周书记\n"
          "按月报告进展 没有每月开展支部主题党日活动，今年以来5次 周书记\n");
}

TEST_CASE("a campaign takes conditions of another notice, keeps them, and gives them back") {
    WeakOffice office;
    office.begin_list();
    office.page.open(office.campaign);
    office.answer();
    Json doors = *parse_json(asset("doors/ruian-2019.json"), limits::instrument_bytes);
    doors["id"] = "other";
    doors["title"] = "某省认定条件";
    doors["doors"] = Json::array({doors["doors"][2]});
    doors["doors"][0]["evidence"][0]["item"] = "9.9.9";
    doors["forms"]["review"]["form"] = "their-review";
    office.page.send(command::FileArrived{"某省.json", doors.dump(), false});
    CHECK(office.page.state.dialog.lines.size() >= 1);
    CHECK(office.page.document().text(Layer::self, "header", "doors_file").empty());
    doors["doors"][0]["evidence"][0]["item"] = "3.1.1";
    doors["forms"]["review"]["form"] = "weak-review";
    // Dropped among the reports it is no report: the page gets it.
    office.take("某省.json", doors.dump());
    REQUIRE(office.own == doors.dump());
    office.page.send(command::FileArrived{"某省.json", office.own, false});
    office.answer();
    CHECK(office.weak().doors.title == "某省认定条件");
    const Candidate* other = office.weak().candidate("甲支部");
    CHECK((other == nullptr || !other->is_candidate()));
    const Candidate* kept = office.weak().candidate("乙支部");
    REQUIRE(kept != nullptr);
    CHECK(kept->is_candidate());
    office.page.send(command::UseShippedDoors{});
    office.answer();
    CHECK(office.weak().doors.id == "ruian-2019");
    REQUIRE(office.weak().candidate("甲支部") != nullptr);
}

TEST_CASE("after a reload the list is there by itself, and finds its campaign") {
    WeakOffice office;
    office.begin_list();
    office.write("甲支部", {{"status", "确定"}});
    const std::string list = office.weak().list;
    Page again(office.disk, 5000);
    again.open(list);
    REQUIRE(again.state.weak != nullptr);
    CHECK(again.state.weak->units.size() == 2);
    CHECK(again.state.weak->campaign == office.campaign);
    REQUIRE(again.tab.desk.jobs.size() == 1);  // the worker begins with it
    CHECK(again.tab.desk.jobs[0].campaign == office.campaign);
    again.send(command::OpenHome{});
    CHECK(again.state.weak == nullptr);
}

TEST_CASE("doors are switched in the campaign, and one is left at least") {
    WeakOffice office;
    office.begin_list();
    office.page.open(office.campaign);
    office.answer();
    office.page.send(command::SwitchDoor{"example", false});
    office.answer();
    CHECK(office.page.document().text(Layer::self, "header", "doors") == "阵地建设不到位、主题党日活动不正常");
    const Candidate* candidate = office.weak().candidate("乙支部");
    CHECK((candidate == nullptr || !candidate->is_candidate()));
    CHECK(office.weak().changed == 1);
    office.page.send(command::SwitchDoor{"ground", false});
    office.answer();
    office.page.send(command::SwitchDoor{"theme-day", false});
    office.answer();
    CHECK(office.page.document().text(Layer::self, "header", "doors") == "主题党日活动不正常");
}

TEST_CASE("evidence leads to the answer of its report") {
    WeakOffice office;
    office.begin_list();
    const Candidate* candidate = office.weak().candidate("甲支部");
    REQUIRE(candidate != nullptr);
    const std::string document = candidate->evidence[0].document;
    const std::string list = office.page.id();
    office.page.send(command::OpenEvidence{document, candidate->evidence[0].item});
    office.answer();
    CHECK(office.page.id() == document);
    CHECK(office.page.state.reveal.item == "1.1.1");
    CHECK(office.weak().origin == list);
}

TEST_CASE("without its part of the program the list is a table like others") {
    WeakOffice office;
    office.begin_list();
    const std::string list = office.weak().list;
    Page again(office.disk, 6000);
    again.state.has_desk_part = false;
    again.open(list);
    CHECK(again.tab.versions.parts == 1);
    again.send(command::PartBrought{false});
    CHECK(again.state.screen == Screen::document);
    CHECK(again.id() == list);
    CHECK(again.state.weak == nullptr);
}
