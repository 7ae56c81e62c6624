// Forms that are not scored, checked alone and beside a ledger; their rows undone; their reports written and read.
#include <doctest/doctest.h>

#include "core/check.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/undo.hpp"
#include "exchange/fill.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

/// A checklist that the ledger of 支委会 answers: cadence, count, flag, options, and what it does not answer.
InstrumentPtr checklist() {
    return load(definition("checklist", R"("header":[{"id":"unit","label":"单位","type":"text","required":true},
        {"id":"date","label":"填报日期","type":"date","required":true},{"id":"phone","label":"电话","type":"text"}],)" +
                                            sections(R"(
        {"id":"1.1.1","text":"每月支委会","citation":"T 1","fields":[{"id":"value","label":"情况记录","type":"cadence",
          "from":{"kinds":["支委会"],"count":"periods-met","per":"month"}}]},
        {"id":"1.1.2","text":"书记讲党课","citation":"T 2","fields":[{"id":"value","label":"情况记录","type":"count",
          "from":{"kinds":["党课"],"count":"activities","chair":"secretary"}}]},
        {"id":"1.1.3","text":"有记录","citation":"T 3","fields":[{"id":"value","label":"情况记录","type":"yesno",
          "from":{"kinds":["支委会"],"count":"all-flag","flag":"record"}}]},
        {"id":"1.1.4","text":"程序","citation":"T 4","fields":[{"id":"value","label":"情况记录","type":"flags",
          "options":["佩戴党徽","交纳党费"],"from":{"kinds":["支委会"],"count":"all-options"}}]},
        {"id":"1.1.5","text":"有阵地","citation":"T 5","fields":[{"id":"value","label":"情况记录","type":"yesno"}]})")));
}

InstrumentPtr tasks() {
    return load(definition("tasks", R"("done_field":"done","item_fields":[
        {"id":"done","label":"完成日期","type":"date"},{"id":"owner","label":"责任人","type":"names"}],)" +
                                        sections(R"({"id":"1.1.1","text":"自查","citation":"T 1","due":"08-09"},
        {"id":"1.1.2","text":"闰日","citation":"T 2","due":"02-29"},
        {"id":"1.1.3","text":"无期限","citation":"T 3"})")));
}

InstrumentPtr measures() {
    return load(definition("measures", R"("item_fields":[
        {"id":"status","label":"状态","type":"choice","options":["未开始","进行中","已完成"]},
        {"id":"due","label":"期限","type":"date"}],)" +
                                           sections(R"({"id":"1.1.1","text":"年度计划","citation":"T 1","due":"01-31"},
        {"id":"1.1.2","text":"其他","citation":"T 2"})") +
                                           R"(,"table":{"title":"五查五看","columns":[
        {"id":"name","label":"姓名","type":"text","required":true},{"id":"ok","label":"落实","type":"yesno"}]})"));
}

/// The scored form whose measure 1.1.2.m1 (学习, at least 4) the ledger answers.
InstrumentPtr scored() {
    std::string json(small_form::definition);
    const std::string mark = R"("id": "1.1.2.m1", )";
    json.insert(json.find(mark) + mark.size(), R"("from": {"kinds": ["党课"], "count": "activities"}, )");
    return load(json);
}

Document ledger_document() {
    return document(ledger_with(std::string(monthly) + R"(,
        {"id":"e","kinds":["党课"],"title":"班子党课","per":"year","each":"leader","citation":"T 课"},
        {"id":"s","kinds":["党课"],"title":"书记党课","per":"year","each":"secretary","citation":"T 书记"})"));
}

const Finding* find(const Findings& findings, std::string_view code, std::string_view item = {}) {
    for (const Finding& finding : findings) {
        if (finding.code == code && (item.empty() || finding.item == item)) return &finding;
    }
    return nullptr;
}

std::string shown(const Finding* finding, const std::string& param) {
    if (finding == nullptr) return "no finding";
    const auto found = finding->params.find(param);
    if (found == finding->params.end()) return "no param";
    if (const auto* text = std::get_if<std::string>(&found->second)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&found->second)) return std::to_string(*number);
    return joined(std::get<std::vector<std::string>>(found->second));
}

std::string codes(const Findings& findings) {
    std::string text;
    for (const Finding& finding : findings) text += finding.item + ":" + finding.code + " ";
    return text;
}

Findings beside(const Document& asked, const Document& ledger, Date as_of) {
    return check_dossier({&asked, &ledger}, as_of).front();
}

/// What the ledger says against one answer: "stated/computed/activities", with "explained", or nothing.
std::string contradiction(const Document& asked, const Document& ledger, std::string_view item, Date as_of) {
    const Findings findings = beside(asked, ledger, as_of);
    for (const char* code : {"ledger-contradiction", "ledger-contradiction-explained"}) {
        const Finding* finding = find(findings, code, item);
        if (finding == nullptr) continue;
        const bool explained = finding->code.ends_with("explained");
        CHECK(finding->severity == (explained ? Severity::notice : Severity::error));
        CHECK(finding->field == "explanation");
        return shown(finding, "stated") + "/" + shown(finding, "computed") + "/" + shown(finding, "activities") +
               (explained ? " explained" : "");
    }
    return "";
}

}  // namespace

TEST_CASE("an answer that the ledger gives otherwise is an error, and a notice once explained") {
    Document ledger = ledger_document();
    put(ledger, "header", "secretary", std::string("张三"));
    activity(ledger, "2026-01-05", "支委会", {.record = "是", .procedures = "佩戴党徽"});
    activity(ledger, "2026-02-05", "支委会", {.procedures = "全部"});
    activity(ledger, "2026-02-06", "党课", {.chair = "张三"});
    Document asked = document(checklist());
    const Date march = day(2026, 3, 30);  // March is not over
    const Date april = day(2026, 4, 1);

    put(asked, "1.1.1", "value", true);
    CHECK(contradiction(asked, ledger, "1.1.1", march).empty());
    CHECK(contradiction(asked, ledger, "1.1.1", april) == "是/2/2");
    put(asked, "1.1.1", "value", Points::from_whole(2));
    CHECK(contradiction(asked, ledger, "1.1.1", march).empty());  // met, by as many
    CHECK(contradiction(asked, ledger, "1.1.1", april).empty());
    put(asked, "1.1.1", "value", Points::from_whole(3));
    CHECK(contradiction(asked, ledger, "1.1.1", march) == "3/是/2");
    CHECK(contradiction(asked, ledger, "1.1.1", april) == "3/2/2");
    put(asked, "1.1.1", "explanation", std::string("  "));
    CHECK(contradiction(asked, ledger, "1.1.1", april) == "3/2/2");
    put(asked, "1.1.1", "explanation", std::string("三月一次未录入"));
    CHECK(contradiction(asked, ledger, "1.1.1", april) == "3/2/2 explained");

    put(asked, "1.1.2", "value", Points::from_whole(2));
    CHECK(contradiction(asked, ledger, "1.1.2", april) == "2/1/1");
    put(asked, "1.1.3", "value", true);
    CHECK(contradiction(asked, ledger, "1.1.3", april) == "是/否/2");
    CHECK(contradiction(asked, ledger, "1.1.3", day(2026, 1, 31)).empty());
    put(asked, "1.1.4", "value", std::string("交纳党费"));
    CHECK(contradiction(asked, ledger, "1.1.4", april) == "交纳党费/佩戴党徽/2");
    put(asked, "1.1.4", "value", std::string("佩戴党徽"));
    CHECK(contradiction(asked, ledger, "1.1.4", april).empty());

    const Findings findings = beside(asked, ledger, april);
    const Finding* finding = find(findings, "ledger-contradiction", "1.1.3");
    REQUIRE(finding != nullptr);
    CHECK(finding->citation == "T 3");
    CHECK(shown(finding, "label") == "有记录");
    CHECK(shown(finding, "kind") == "支委会");
}

TEST_CASE("nobody named as secretary: what a secretary did is not held against an answer") {
    const Document ledger = ledger_document();
    Document asked = document(checklist());
    put(asked, "1.1.2", "value", Points::from_whole(2));
    CHECK(contradiction(asked, ledger, "1.1.2", day(2026, 12, 31)).empty());
}

TEST_CASE("a ledger of another year, or none, contradicts nothing") {
    Document asked = document(checklist());
    put(asked, "1.1.1", "value", true);
    const Document other = document(ledger_with(monthly), "2025");
    CHECK(contradiction(asked, other, "1.1.1", day(2026, 12, 31)).empty());
    Document of_that_year = document(checklist(), "2025");
    put(of_that_year, "1.1.1", "value", true);
    CHECK(contradiction(of_that_year, other, "1.1.1", day(2026, 12, 31)) == "是/0/0");
    CHECK(contradiction(of_that_year, ledger_document(), "1.1.1", day(2026, 12, 31)).empty());
    CHECK(find(check(asked, day(2026, 12, 31)), "ledger-contradiction") == nullptr);
    CHECK(contradiction(asked, ledger_document(), "1.1.1", day(2026, 12, 31)) == "是/0/0");
}

TEST_CASE("what is not answered is named by section, unless the ledger answers it") {
    Document asked = document(checklist());
    const Findings alone = check(asked, day(2026, 12, 31));
    CHECK(shown(find(alone, "unanswered", "1"), "items") == "1.1.1 1.1.2 1.1.3 1.1.4 1.1.5");
    CHECK(shown(find(alone, "unanswered", "1"), "count") == "5");
    CHECK(find(alone, "unanswered")->severity == Severity::notice);
    Document ledger = ledger_document();
    put(ledger, "header", "secretary", std::string("张三"));
    CHECK(shown(find(beside(asked, ledger, day(2026, 12, 31)), "unanswered"), "items") == "1.1.3 1.1.4 1.1.5");
    activity(ledger, "2026-01-05", "支委会");
    CHECK(shown(find(beside(asked, ledger, day(2026, 12, 31)), "unanswered"), "items") == "1.1.5");
    put(asked, "1.1.5", "value", false);
    CHECK(find(beside(asked, ledger, day(2026, 12, 31)), "unanswered") == nullptr);
    CHECK(shown(find(alone, "header-required", "header"), "field") == "date");
    CHECK(find(alone, "header-required")->severity == Severity::warning);
    put(asked, "header", "date", std::string("2026-08-09"));
    CHECK(find(check(asked, day(2026, 12, 31)), "header-required") == nullptr);
}

TEST_CASE("measures take the ledger's figures, and a figure typed against it is an error") {
    Document form = document(scored());
    put(form, "1.1.2", "score", Points::from_whole(2));
    put(form, "1.1.2.m2", "value", true);
    Document ledger = ledger_document();
    const Date as_of = day(2026, 12, 31);
    for (int month = 1; month <= 3; ++month) activity(ledger, "2026-0" + std::to_string(month) + "-05", "党课");
    CHECK(shown(find(check(form, as_of), "measure-empty", "1.1.2"), "measures") == "学习");
    CHECK(find(check(form, as_of), "above-measure") == nullptr);
    CHECK(find(beside(form, ledger, as_of), "measure-empty", "1.1.2") == nullptr);
    const Findings three = beside(form, ledger, as_of);
    CHECK(shown(find(three, "above-measure", "1.1.2"), "measures") == "学习 3/4 次");
    CHECK(shown(find(three, "above-measure", "1.1.2"), "score") == "2");
    put(form, "1.1.2.m1", "value", Points::from_whole(4));
    CHECK(contradiction(form, ledger, "1.1.2", as_of) == "4/3/3");
    CHECK(find(beside(form, ledger, as_of), "above-measure") == nullptr);  // what was typed stands until it is changed
    put(form, "1.1.2", "explanation", std::string("一次未录入"));
    CHECK(contradiction(form, ledger, "1.1.2", as_of) == "4/3/3 explained");
    activity(ledger, "2026-04-05", "党课");
    CHECK(contradiction(form, ledger, "1.1.2", as_of).empty());
}

// ---- Tasks and measures ----

TEST_CASE("tasks are late after their last day, soon in the fortnight before it") {
    Document form = document(tasks());
    const auto of = [&form](Date as_of) { return check(form, as_of); };
    CHECK(find(of(day(2026, 7, 25)), "task-soon", "1.1.1") == nullptr);
    CHECK(shown(find(of(day(2026, 7, 26)), "task-soon", "1.1.1"), "days") == "14");
    CHECK(find(of(day(2026, 7, 26)), "task-soon", "1.1.1")->severity == Severity::notice);
    CHECK(shown(find(of(day(2026, 8, 9)), "task-soon", "1.1.1"), "days") == "0");
    CHECK(find(of(day(2026, 8, 9)), "task-late", "1.1.1") == nullptr);
    const Findings late = of(day(2026, 8, 10));
    CHECK(shown(find(late, "task-late", "1.1.1"), "days") == "1");
    CHECK(shown(find(late, "task-late", "1.1.1"), "due") == "2026-08-09");
    CHECK(find(late, "task-late", "1.1.1")->severity == Severity::warning);
    CHECK(find(late, "task-late", "1.1.1")->field == "done");
    CHECK(find(late, "task-soon", "1.1.1") == nullptr);
    CHECK(find(late, "task-late", "1.1.3") == nullptr);
    CHECK(find(of(day(2027, 12, 31)), "task-late", "1.1.3") == nullptr);
}

TEST_CASE("a task done after its last day says so") {
    Document form = document(tasks());
    put(form, "1.1.1", "done", std::string("2026-08-09"));
    CHECK(codes(check(form, day(2026, 1, 1))).find("1.1.1") == std::string::npos);
    CHECK(codes(check(form, day(2026, 12, 31))).find("1.1.1") == std::string::npos);
    put(form, "1.1.1", "done", std::string("2026-08-10"));
    const Findings findings = check(form, day(2026, 12, 31));
    CHECK(shown(find(findings, "task-done-late", "1.1.1"), "done") == "2026-08-10");
    CHECK(shown(find(findings, "task-done-late", "1.1.1"), "due") == "2026-08-09");
    CHECK(find(findings, "task-done-late")->severity == Severity::notice);
    CHECK(find(findings, "task-late", "1.1.1") == nullptr);
}

TEST_CASE("29 February is the 28th in other years") {
    CHECK(shown(find(check(document(tasks()), day(2026, 3, 1)), "task-late", "1.1.2"), "due") == "2026-02-28");
    CHECK(find(check(document(tasks(), "2028"), day(2028, 2, 29)), "task-late", "1.1.2") == nullptr);
    CHECK(shown(find(check(document(tasks(), "2028"), day(2028, 3, 1)), "task-late", "1.1.2"), "due") == "2028-02-29");
}

TEST_CASE("a task's year is that of the document's period") {
    CHECK(shown(find(check(document(tasks(), "2025-Q3"), day(2026, 1, 1)), "task-late", "1.1.1"), "due") ==
          "2025-08-09");
    Document form = document(tasks());
    put(form, "header", "period", Value{});
    CHECK(codes(check(form, day(2026, 12, 31))).empty());  // no year, no last day
}

TEST_CASE("measures are done by their last status, and their own date goes before the form's") {
    Document form = document(measures());
    CHECK(shown(find(check(form, day(2026, 2, 1)), "task-late", "1.1.1"), "due") == "2026-01-31");
    put(form, "1.1.1", "status", std::string("进行中"));
    CHECK(find(check(form, day(2026, 2, 1)), "task-late", "1.1.1")->field == "status");
    put(form, "1.1.1", "due", std::string("2026-03-01"));
    CHECK(find(check(form, day(2026, 2, 1)), "task-late", "1.1.1") == nullptr);
    CHECK(shown(find(check(form, day(2026, 3, 2)), "task-late", "1.1.1"), "due") == "2026-03-01");
    put(form, "1.1.2", "due", std::string("2026-03-01"));
    CHECK(shown(find(check(form, day(2026, 3, 1)), "task-soon", "1.1.2"), "days") == "0");
    put(form, "1.1.1", "status", std::string("已完成"));
    CHECK(find(check(form, day(2026, 12, 31)), "task-late", "1.1.1") == nullptr);
}

// ---- The ledger's own findings ----

TEST_CASE("activities of the future are errors, those of another year warnings, each with its row") {
    Document ledger = ledger_document();
    activity(ledger, "2026-03-05", "支委会");
    const std::string future = activity(ledger, "2026-03-07", "党课");
    const std::string before = activity(ledger, "2025-12-31", "支委会");
    const std::string after = activity(ledger, "2027-01-01", "支委会");
    const Findings findings = check(ledger, day(2026, 3, 6));
    CHECK(find(findings, "activity-future", future)->severity == Severity::error);
    CHECK(find(findings, "activity-future", future)->row == 2);
    CHECK(find(findings, "activity-future", future)->field == "cells");
    CHECK(shown(find(findings, "activity-future", future), "date") == "2026-03-07");
    CHECK(shown(find(findings, "activity-future", future), "as_of") == "2026-03-06");
    CHECK(shown(find(findings, "activity-future", future), "kind") == "党课");
    CHECK(find(findings, "activity-year", before)->severity == Severity::warning);
    CHECK(find(findings, "activity-year", before)->row == 3);
    CHECK(shown(find(findings, "activity-year", before), "year") == "2026");
    CHECK(find(findings, "activity-future", after) != nullptr);
    CHECK(find(check(ledger, day(2026, 3, 7)), "activity-future", future) == nullptr);
    CHECK(count(findings).errors == 2);
}

TEST_CASE("a duty's finding has its kind and the missing periods") {
    Document ledger = ledger_document();
    for (const char* date : {"2026-01-31", "2026-02-01", "2026-04-30"}) activity(ledger, date, "支委会");
    const Findings findings = check(ledger, day(2026, 5, 30));
    const Finding* finding = find(findings, "duty-missing", "d");
    REQUIRE(finding != nullptr);
    CHECK(finding->severity == Severity::warning);
    CHECK(finding->citation == "T 月");
    CHECK(finding->params.at("missing") == Param{std::vector<std::string>{"2026-03"}});
    CHECK(shown(finding, "kind") == "支委会");
    CHECK(shown(finding, "title") == "支委会");
    CHECK(shown(finding, "per") == "month");
    CHECK(shown(finding, "at_least") == "1");
    CHECK(shown(find(check(ledger, day(2026, 5, 31)), "duty-missing", "d"), "missing") == "2026-03 2026-05");
}

TEST_CASE("a duty of each leader names the leaders; while none is named, a notice says so") {
    Document ledger = ledger_document();
    const Findings nobody = check(ledger, day(2026, 12, 31));
    CHECK(find(nobody, "duty-missing-people") == nullptr);
    std::string fields;
    for (const Finding& finding : nobody) {
        if (finding.code == "names-missing") fields += finding.field + "=" + shown(&finding, "label") + " ";
    }
    CHECK(fields == "leaders=班子成员 secretary=党支部书记 ");
    put(ledger, "header", "leaders", std::string("张三、李四"));
    put(ledger, "header", "secretary", std::string("张三"));
    activity(ledger, "2026-03-05", "党课", {.chair = "张三"});
    const Findings findings = check(ledger, day(2026, 12, 31));
    CHECK(find(findings, "names-missing") == nullptr);
    const Finding* finding = find(findings, "duty-missing-people", "e");
    CHECK(shown(finding, "people") == "李四");
    CHECK(shown(finding, "missing") == "2026");
    CHECK(shown(finding, "kind") == "党课");
    CHECK(find(findings, "duty-missing-people", "s") == nullptr);
}

// ---- Rows: undo ----

namespace {

void run(Document& document, const std::vector<Edit>& edits) {
    REQUIRE_FALSE(edits.empty());
    for (const Edit& edit : edits) REQUIRE(apply(document, edit).has_value());
}

std::string topics(const Document& ledger) {
    std::string text;
    for (const RowView& row : rows_of(ledger)) text += std::string(split_row(row.cells, 12)[2]) + " ";
    return text;
}

}  // namespace

TEST_CASE("entering, changing and deleting rows are undone and done again") {
    Document ledger = ledger_document();
    activity(ledger, "2026-01-01", "党课", {.topic = "甲"});
    const std::string second = activity(ledger, "2026-01-02", "党课", {.topic = "乙"});
    activity(ledger, "2026-01-03", "党课", {.topic = "丙"});
    put(ledger, second, "cells", row_text("2026-01-02", "党课", {.topic = "改"}));
    put(ledger, second, "cells", Value{});
    CHECK(topics(ledger) == "甲 丙 ");
    for (const char* expected : {"甲 改 丙 ", "甲 乙 丙 ", "甲 乙 ", "甲 ", ""}) {
        run(ledger, make_undo(ledger, author()));
        CHECK(topics(ledger) == expected);
    }
    CHECK_FALSE(can_undo(ledger));
    for (const char* expected : {"甲 ", "甲 乙 ", "甲 乙 丙 ", "甲 改 丙 ", "甲 丙 "}) {
        run(ledger, make_redo(ledger, author()));
        CHECK(topics(ledger) == expected);
    }
}

TEST_CASE("a table filled in is undone as a whole") {
    Document ledger = ledger_document();
    activity(ledger, "2026-01-01", "党课", {.topic = "甲"});
    auto filled =
        fill_from_csv(ledger, Layer::self, "日期,类型,主题\n2026-01-02,党课,乙\n2026-01-03,党课,丙\n", author("t"));
    REQUIRE(filled.has_value());
    CHECK(filled->changed == 2);
    CHECK(topics(filled->document) == "甲 乙 丙 ");
    run(filled->document, make_undo(filled->document, author("u")));
    CHECK(topics(filled->document) == "甲 ");
    run(filled->document, make_redo(filled->document, author("u")));
    CHECK(topics(filled->document) == "甲 乙 丙 ");
}

TEST_CASE("many edits are applied as one by one, all or none") {
    const Document ledger = ledger_document();
    const auto edit = [&ledger](std::size_t ahead) {
        const Target target{Layer::self, next_row_id(ledger, author(), ahead), "cells"};
        auto made = make_edit(ledger, author(), target, row_text("2026-01-05", "党课"), "b", ahead);
        REQUIRE(made.has_value());
        return *std::move(made);
    };
    Document together = ledger;
    REQUIRE(apply_all(together, {edit(0), edit(1), edit(2)}).has_value());
    Document one_by_one = ledger;
    for (std::size_t i = 0; i < 3; ++i) REQUIRE(apply(one_by_one, edit(i)).has_value());
    CHECK(together.log == one_by_one.log);
    CHECK(together.answers == one_by_one.answers);
    CHECK(rows_of(together).size() == 3);

    const auto refused = [&together](std::vector<Edit> edits) {
        Document document = together;
        const auto done = apply_all(document, std::move(edits));
        REQUIRE_FALSE(done.has_value());
        CHECK(document.log == together.log);
        CHECK(document.answers == together.answers);
        return done.error().code;
    };
    CHECK(refused({edit(3), edit(2)}) == "edit-doubled");  // one of the log's
    CHECK(refused({edit(3), edit(3)}) == "edit-doubled");
    Edit wrong = edit(4);
    wrong.after = std::string("2026-02-30\t党课");
    CHECK(refused({edit(3), wrong}) == "date-impossible");
}

TEST_CASE("a row entered after an undo takes no other's id") {
    Document ledger = ledger_document();
    const std::string first = activity(ledger, "2026-01-01", "党课", {.topic = "甲"});
    activity(ledger, "2026-01-02", "党课", {.topic = "乙"});
    run(ledger, make_undo(ledger, author()));
    CHECK(activity(ledger, "2026-01-03", "党课", {.topic = "丙"}) > first);
    CHECK(topics(ledger) == "甲 丙 ");
    run(ledger, make_undo(ledger, author()));
    CHECK(topics(ledger) == "甲 ");
}

TEST_CASE("rows entered on two machines are both kept when they are merged") {
    Document ledger = ledger_document();
    activity(ledger, "2026-01-01", "党课", {.topic = "甲"});
    Document ours = ledger;
    Document theirs = ledger;
    small_form::put(ours, Layer::self, next_row_id(ours, author("a")), "cells",
                    row_text("2026-02-01", "党课", {.topic = "乙"}), author("a"));
    small_form::put(theirs, Layer::self, next_row_id(theirs, author("b")), "cells",
                    row_text("2026-03-01", "党课", {.topic = "丙"}), author("b"));
    const auto merged = merge(ours, theirs);
    const auto other_way = merge(theirs, ours);
    REQUIRE((merged && other_way));
    CHECK(merged->conflicts.empty());
    CHECK(topics(merged->document) == "甲 乙 丙 ");
    CHECK(merged->document.log == other_way->document.log);
}

// ---- Tables ----

namespace {

/// Codes and places of what is wrong with a table, and nothing changed.
std::string refusals(const Document& document, std::string_view csv) {
    const auto filled = fill_from_csv(document, Layer::self, csv, author("t"));
    if (filled) return "filled " + std::to_string(filled->changed);
    std::string text;
    for (const Error& error : filled.error()) text += error.place + " " + error.code + "; ";
    return text;
}

}  // namespace

TEST_CASE("every bad line of a table of rows is named") {
    const Document ledger = ledger_document();
    CHECK(refusals(ledger,
                   "日期,类型,主题\n2月30日,党课,甲\n2026-01-02,党课,乙\n31/12/26,党课,丙\n2026-01-04,团建,丁\n"
                   "2026-01-05,党课,戊,多一格\n,党课,己\n") ==
          "line 2 date-no-year; line 4 date-ambiguous; line 5 kind-unknown; line 6 csv-columns; line 7 cell-missing; ");
    CHECK(refusals(ledger, "日期,类型,应到,实到\n2026-01-02,党课,9,10\n2026-01-03,党课,=1+1,1\n") ==
          "line 2 attendance-over; line 3 number-format; ");
    CHECK(refusals(ledger, "类型,主题\n党课,甲\n") == "line 1 column-missing; ");
    CHECK(refusals(ledger, "日期,类型,天气\n") == "line 1 column-unknown; ");
    CHECK(refusals(ledger, "日期,类型,date\n") == "line 1 column-doubled; ");
}

TEST_CASE("columns may stand in any order, under names or ids; numbers of rows and empty lines are passed by") {
    const Document ledger = ledger_document();
    const auto filled = fill_from_csv(
        ledger, Layer::self,
        "\xEF\xBB\xBF序号\t主题\tkind\t日期\t\t\n1\t甲\t党课\t2026年1月2日\t\t\n\t\t\t\t\t\n2\t乙\t支委会\t2026.1.3\n",
        author("t"));
    REQUIRE(filled.has_value());
    CHECK(topics(filled->document) == "甲 乙 ");
    CHECK(rows_of(filled->document)[1].cells == "2026-01-03\t支委会\t乙");
    CHECK(refusals(ledger, "日期,类型,主题\n2026-01-02,党课,甲,,\n2026-01-02,党课\n") == "filled 2");
}

TEST_CASE("the ledger's head and its sets of duties are filled in by item") {
    const Document ledger = ledger_document();
    const auto filled =
        fill_from_csv(ledger, Layer::self,
                      "item,value\nheader.secretary,张三\nheader.leaders,张三、李四\nduties.a,否\n", author("t"));
    REQUIRE(filled.has_value());
    CHECK(filled->document.text(Layer::self, "header", "secretary") == "张三");
    CHECK(filled->document.text(Layer::self, "header", "leaders") == "张三、李四");
    CHECK(duty_matrix(read_ledger(filled->document), day(2026, 12, 31)).empty());
    CHECK(refusals(ledger, "item,value\nduties.b,否\nheader.nobody,x\n1.1.1,x\n") ==
          "line 2 field-unknown; line 3 field-unknown; line 4 item-unknown; ");
}

TEST_CASE("a checklist is filled in by item, its head too") {
    const Document asked = document(checklist());
    const auto filled =
        fill_from_csv(asked, Layer::self,
                      "item,value,note,说明\n1.1.1,达到,有会议记录,\n1.1.2,3次,,两次未录入\n1.1.4,全部,,\n"
                      "header.date,2026年8月9日,,\nheader.phone,,0431-1,\n",
                      author("t"));
    REQUIRE(filled.has_value());
    const Document& result = filled->document;
    CHECK(typed(result.answer({Layer::self, "1.1.1", "value"})) == "yes");
    CHECK(result.text(Layer::self, "1.1.1", "note") == "有会议记录");
    CHECK(typed(result.answer({Layer::self, "1.1.2", "value"})) == "#3");
    CHECK(result.text(Layer::self, "1.1.2", "explanation") == "两次未录入");
    CHECK(result.text(Layer::self, "1.1.4", "value") == "佩戴党徽、交纳党费");
    CHECK(result.text(Layer::self, "header", "date") == "2026-08-09");
    CHECK(result.text(Layer::self, "header", "phone") == "0431-1");
    CHECK(filled->changed == 7);
    CHECK(refusals(asked, "item,value\n1.1.1,否\n1.1.9,是\n1.1.5,是\n1.1.5,否\n1.1.3,也许\n1.1.4,国旗\n") ==
          "line 2 number-format; line 3 item-unknown; line 5 item-doubled; line 6 value-type; line 7 choice-unknown; ");
    CHECK(refusals(asked, "编号,情况记录\n1.1.5,是\n") == "filled 1");
    CHECK(refusals(asked, "value\n是\n") == "line 1 csv-header; ");
}

TEST_CASE("tasks and measures are filled in by their fields' names or ids") {
    const auto filled =
        fill_from_csv(document(tasks()), Layer::self, "item,完成日期,owner\n1.1.1,2026.8.9,张三 李四\n", author("t"));
    REQUIRE(filled.has_value());
    CHECK(filled->document.text(Layer::self, "1.1.1", "done") == "2026-08-09");
    CHECK(filled->document.text(Layer::self, "1.1.1", "owner") == "张三、李四");
    const Document form = document(measures());
    CHECK(refusals(form, "item,状态,期限\n1.1.1,进行中,2026-03-01\n") == "filled 2");
    CHECK(refusals(form, "姓名,落实\n张三,是\n李四,否\n") == "filled 2");
    CHECK(refusals(form, "姓名,落实\n,是\n") == "line 2 cell-missing; ");
}

// ---- Reports ----

namespace {

InstrumentFinder finder(InstrumentPtr form) {
    return [form = std::move(form)](const FormIdentity& wanted) { return wanted.id == form->id ? form : nullptr; };
}

/// Every kind of form with an answer of every type.
std::vector<Document> filled_documents() {
    std::vector<Document> documents;
    Document every = document(every_type());
    put(every, "1.1.1", "text", std::string("第一行\n“引号”\\"));
    put(every, "1.1.1", "date", std::string("2026-08-09"));
    put(every, "1.1.1", "month", std::string("2026-08"));
    put(every, "1.1.1", "count", Points::from_hundredths(150));
    put(every, "1.1.1", "yesno", false);
    put(every, "1.1.1", "choice", std::string("进行中"));
    put(every, "1.1.1", "flags", std::string("全部"));
    put(every, "1.1.1", "cadence", true);
    put(every, "1.1.1", "kind", std::string("支部委员会"));
    put(every, "1.1.1", "names", std::string("张三,李四"));
    put(every, "1.1.1", "note", std::string("说明"));
    put(every, "1.1.1", "explanation", std::string("原因"));
    documents.push_back(every);
    put(every, "1.1.1", "cadence", Points::from_whole(3));
    put(every, "1.1.1", "month", std::string("2026年8月9日"));
    put(every, "1.1.1", "flags", std::string("无"));
    put(every, "1.1.1", "yesno", Value{});
    documents.push_back(every);
    Document ledger = ledger_document();
    put(ledger, "header", "leaders", std::string("张三、李四"));
    put(ledger, "duties", "a", false);
    activity(ledger, "2026-01-05", "支委会",
             {"主题\"引号\"", "张三", "12", "11", "是", "否", "是", "全部", "李四、王五", "1.5"});
    activity(ledger, "2026-02-05", "党课");
    documents.push_back(ledger);
    run(ledger, make_undo(ledger, author()));
    documents.push_back(ledger);
    Document work = document(tasks());
    put(work, "1.1.1", "done", std::string("2026-08-10"));
    put(work, "1.1.1", "owner", std::string("张三"));
    documents.push_back(work);
    Document list = document(measures());
    put(list, "1.1.1", "status", std::string("已完成"));
    put(list, "row.1", "cells", std::string("张三\t是"));
    documents.push_back(list);
    documents.push_back(document(checklist()));
    return documents;
}

std::string pretty(const std::string& report) { return parse_json(report, limits::report_bytes)->dump(1); }

}  // namespace

TEST_CASE("reports of every kind are read as they were written, byte for byte") {
    for (const Document& one : filled_documents()) {
        CAPTURE(one.instrument->id);
        const std::string written = write_report(one);
        for (const std::string& text : {written, pretty(written)}) {  // the short way in and the long one
            const auto read = read_report(text, finder(one.instrument));
            REQUIRE(read.has_value());
            CHECK(codes(read->findings).empty());
            CHECK(read->document.answers == one.answers);
            CHECK(read->document.log == one.log);
            CHECK(write_report(read->document) == written);
        }
    }
}

TEST_CASE("a row altered, added or deleted in a file is named") {
    Document ledger = ledger_document();
    activity(ledger, "2026-01-05", "支委会", {.topic = "甲"});
    const std::string row = activity(ledger, "2026-02-05", "支委会", {.topic = "乙"});
    const Json report = *parse_json(write_report(ledger), limits::report_bytes);
    const auto altered = [&ledger](const Json& json) {
        const auto read = read_report(json.dump(), finder(ledger.instrument));
        REQUIRE(read.has_value());
        CHECK(read->document.answers == ledger.answers);  // what stands is the log's
        return read->findings;
    };
    Json changed = report;
    changed["layers"][0]["answers"][row]["cells"] = row_text("2026-03-05", "支委会", {.topic = "乙"});
    const Findings findings = altered(changed);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == "layer-altered");
    CHECK(findings[0].severity == Severity::error);
    CHECK(findings[0].item == row);
    CHECK(findings[0].field == "cells");
    CHECK(shown(&findings[0], "computed") == "2026-02-05\t支委会\t乙");
    CHECK(shown(&findings[0], "stated") == "2026-03-05\t支委会\t乙");

    Json deleted = report;
    deleted["layers"][0]["answers"].erase(row);
    CHECK(codes(altered(deleted)) == row + ":layer-altered ");
    Json added = report;
    added["layers"][0]["answers"]["row.9"] = {{"cells", "2026-03-05\t支委会"}};
    CHECK(codes(altered(added)) == "row.9:layer-altered ");
    Json duties = report;
    duties["layers"][0]["answers"]["duties"] = {{"a", false}};
    CHECK(codes(altered(duties)) == "duties:layer-altered ");
    Json field = report;
    field["layers"][0]["answers"][row]["extra"] = "x";
    CHECK(codes(altered(field)) == row + ":layer-altered ");
    Json shape = report;
    shape["layers"][0]["answers"][row] = "x";
    CHECK(small_form::code_of(read_report(shape.dump(), finder(ledger.instrument))) == "field-type");
}

TEST_CASE("a log with a row that cannot be is refused, with its place") {
    Document ledger = ledger_document();
    activity(ledger, "2026-01-05", "支委会", {.topic = "甲"});
    std::string written = write_report(ledger);
    const std::string date = "2026-01-05";
    for (std::size_t at = written.find(date); at != std::string::npos; at = written.find(date, at)) {
        written.replace(at, date.size(), "2026-02-30");
    }
    const auto read = read_report(written, finder(ledger.instrument));
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == "date-impossible");
    CHECK(read.error().place == "/log/2/after");
}
