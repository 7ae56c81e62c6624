// Doors of weak organisations: reading their file with all its mistakes, and choosing among them.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/weak/evidence_rules.hpp"
#include "core/weak/progress.hpp"
#include "exchange/library.hpp"
#include "exchange/weak/read_candidates.hpp"
#include "exchange/weak/shipped_doors.hpp"
#include "exchange/weak/write_candidates.hpp"

using namespace duibiao;

namespace {

Json shipped_json() { return *parse_json(asset("doors/ruian-2019.json"), limits::instrument_bytes); }

/// Codes and places, a line each.
std::string mistakes_of(const Json& json) {
    std::vector<std::string> codes;
    for (const Error& mistake : load_doors(canonical_json(json), shipped_forms()).mistakes)
        codes.push_back(mistake.code + " " + mistake.place);
    std::sort(codes.begin(), codes.end());
    std::string lines;
    for (const std::string& code : codes) lines += code + "\n";
    return lines;
}

ReportDigest checklist(std::vector<std::string> answers) {
    auto form = std::make_shared<FormOutline>();
    form->id = "form";
    for (std::size_t i = 0; i < answers.size(); ++i)
        form->items.push_back({"1.1." + std::to_string(i + 1), "第" + std::to_string(i + 1) + "项", {}});
    ReportDigest report;
    report.form = form;
    report.answers = std::move(answers);
    return report;
}

EvidenceRule item_rule(AnswerTest test) {
    EvidenceRule rule;
    rule.form = "form";
    rule.item = "1.1.1";
    rule.test = std::move(test);
    rule.words = "{answer}/{missing}";
    return rule;
}

std::string said_of(const AnswerTest& test, const std::string& answer) {
    const Date today = std::chrono::year(2026) / 8 / 15;
    const auto hits = hits_of(item_rule(test), checklist({answer}), today);
    return hits.empty() ? std::string{} : hits.front().words;
}

}  // namespace

TEST_CASE("the shipped doors load, and name what the shipped forms have") {
    CHECK(mistakes_of(shipped_json()).empty());
    const Doors doors = shipped_doors();
    REQUIRE(doors.doors.size() == 10);
    CHECK(std::count_if(doors.doors.begin(), doors.doors.end(), [](const Door& door) { return door.is_on; }) == 3);
    CHECK(doors.surveyed("weak-survey") == "ruian-2019-annex1");
    CHECK(doors.surveyed("ruian-2019-annex1").empty());
    for (const Door& door : doors.doors) {
        CHECK_FALSE(door.clause.empty());
        for (const EvidenceRule& rule : door.evidence) CHECK_FALSE(rule.clause.empty());
    }
    const InstrumentLibrary library = InstrumentLibrary::on_demand();
    for (const std::string_view form : {"weak-list", "weak-plan", "weak-survey", "weak-review"})
        CHECK(library.find(form) != nullptr);
}

TEST_CASE("the lowest share within a class is no share of a district") {
    for (const Door& door : shipped_doors().doors) {
        for (const EvidenceRule& rule : door.evidence) {
            if (rule.of == EvidenceRule::Of::lowest) CHECK_FALSE(door.is_on);
        }
    }
    Json json = shipped_json();
    json["doors"].back()["evidence"][0]["lowest"]["within"] = "district";
    CHECK(mistakes_of(json) == "doors-district /doors/9/evidence/0/lowest/within\n");
}

TEST_CASE("every mistake of a file of doors is said, with its place") {
    Json json = shipped_json();
    json["doors"][0]["evidence"][0]["item"] = "1.1.9";
    json["doors"][1].erase("clause");
    json["doors"][1]["evidence"][0].erase("unmet");
    json["doors"][2]["evidence"][0]["veto"] = true;
    json["doors"][3]["id"] = "ground";
    json["doors"][5]["evidence"][0]["rows"]["when"][0]["column"] = "职位";
    json["doors"][7]["evidence"][0]["total"]["below"] = "70";
    json["plan_limit"] = "02-30";
    json["steps"][1]["until"] = "08-32";
    json["steps"][2]["of"] = "later";
    json["titl"] = "x";
    const std::string wanted =
        "doors-clause /doors/1/clause\n"
        "doors-kind /doors/2/evidence/0\n"
        "doors-test /doors/1/evidence/0\n"
        "form-doubled /doors/3/id\n"
        "form-member /titl\n"
        "form-name /doors/0/evidence/0/item\n"
        "form-name /doors/5/evidence/0/rows/when/0/column\n"
        "form-number /doors/7/evidence/0/total/below\n"
        "form-word /plan_limit\n"
        "form-word /steps/1/until\n"
        "form-word /steps/2/of\n";
    CHECK(mistakes_of(json) == wanted);
    CHECK(mistakes_of(Json::object()) == "doors-format \n");
    CHECK(load_doors("{", shipped_forms()).mistakes.size() == 1);
}

TEST_CASE("the notice's five steps have their days and clauses") {
    const Doors doors = shipped_doors();
    std::string said;
    for (const WeakStep& step : doors.steps) {
        const auto day = last_day(step, "2019");
        said += step.title + " " + step.clause + " " + (day ? to_string(*day) : "-") + "\n";
    }
    CHECK(said ==
          "确定问题 R 一(一) -\n"
          "开展自查 R 一(二) 2019-08-09\n"
          "排查摸底 R 一(三) 2019-08-15\n"
          "开展整顿 R 一(四) 2019-10-15\n"
          "评估验收 R 一(五) 2019-10-31\n");
    CHECK_FALSE(last_day(doors.steps[1], "x"));
}

TEST_CASE("candidates are read again as they were written") {
    const Doors doors = shipped_doors();
    Candidates found;
    found.period = "2026";
    found.received = 7;
    found.counted = 3;
    found.unlisted = 4;
    found.silent = {"丁支部"};
    Candidate& unit = found.units.emplace_back();
    unit.name = unit.unit = "甲支部";
    unit.district = "东片";
    unit.class_name = "卫生院";
    unit.is_listed = false;
    unit.perhaps = {"甲党支部"};
    unit.other_names = {"甲"};
    unit.doors = {1};
    DoorEvidence evidence;
    evidence.door = 1;
    evidence.form = "f";
    evidence.form_title = "表";
    evidence.document = "d";
    evidence.edits = 9;
    evidence.item = "1.1";
    evidence.text = "有";
    evidence.answer = "否";
    evidence.words = "没有";
    evidence.clause = "R 1";
    evidence.is_survey = evidence.is_tied = true;
    unit.evidence = {evidence};
    unit.replaced = {{evidence, 12}};
    unit.differences = {{"1.1", "有", "是", "否"}};
    unit.unanswered = {{0, "f", "1.2", "有没有"}};
    unit.doubled = {"e"};
    const std::string written = write_candidates_json({found, doors, nullptr, std::chrono::year(2026) / 8 / 15});
    const Candidates again = read_candidates(*parse_json(written, limits::backup_bytes), doors);
    CHECK(write_candidates_json({again, doors, nullptr, std::chrono::year(2026) / 8 / 15}) == written);
    // What is no JSON of candidates is none.
    CHECK(read_candidates(Json(1), doors).units.empty());
}

TEST_CASE("hostile files of doors are refused and never half read") {
    const Json whole = shipped_json();
    for (const std::string key : {"doors", "forms", "source", "surveys", "steps", "title", "id", "plan_limit"}) {
        for (const Json& wrong : {Json(), Json(1), Json("x"), Json::array({1, Json()}), Json::object({{"x", 1}})}) {
            Json json = whole;
            json[key] = wrong;
            const DoorsReport report = load_doors(canonical_json(json), shipped_forms());
            CHECK(report.doors.has_value() == report.mistakes.empty());
        }
    }
}

TEST_CASE("doors are chosen by id or title") {
    Doors doors = shipped_doors();
    REQUIRE(choose_doors(doors, {"election", "主题党日活动不正常"}));
    std::vector<std::string> on;
    for (const Door& door : doors.doors) {
        if (door.is_on) on.push_back(door.id);
    }
    CHECK(on == std::vector<std::string>{"theme-day", "election"});
    CHECK(choose_doors(doors, {}));
    CHECK(choose_doors(doors, {"没有"}).error().code == "doors-unknown");
}

TEST_CASE("what an answer is asked") {
    CHECK(said_of({.is = {"否"}}, "否") == "否/");
    CHECK(said_of({.is = {"否"}}, "是").empty());
    CHECK(said_of({.is = {"否"}}, "").empty());
    CHECK(said_of({.says_nothing = true}, "无") == "无/");
    CHECK(said_of({.says_nothing = true}, "").empty());
    CHECK(said_of({.unmet = true}, "0") == "0/");
    CHECK(said_of({.unmet = true}, "是").empty());
    CHECK(said_of({.lacks = {"甲", "乙", "丙"}}, "乙") == "乙/甲、丙");
    CHECK(said_of({.lacks = {"甲"}}, "无") == "无/甲");
    CHECK(said_of({.lacks = {"甲"}}, "甲、乙").empty());
    CHECK(said_of({.below = Points::from_whole(3)}, "2.99") == "2.99/");
    CHECK(said_of({.below = Points::from_whole(3)}, "3").empty());
    CHECK(said_of({.months = 3}, "2026-05-14") == "2026-05-14/");
    CHECK(said_of({.months = 3}, "2026-05-15").empty());
    CHECK(said_of({.months = 3}, "2026-05").empty());
    CHECK(said_of({.months = 3}, "2026-04") == "2026-04/");
}

TEST_CASE("what is not answered is asked for, and holds nothing") {
    const EvidenceRule rule = item_rule({.is = {"否"}});
    CHECK(unanswered(rule, checklist({""})) == std::optional<std::string>("第1项"));
    CHECK_FALSE(unanswered(rule, checklist({"否"})));
    CHECK(unanswered(rule, checklist({})) == std::optional<std::string>("1.1.1"));
}

TEST_CASE("words that fill themselves do not run away") {
    CHECK(fill_words("{answer}{x}", {{"answer", "{answer}"}}) == "{answer}{x}");
}
