// What rows of lists answer elsewhere: duties of the ledger, measures of the score table, counts of the tasks.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/appraisal.hpp"
#include "core/check.hpp"
#include "core/due.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"
#include "exchange/messages.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

Document shipped(std::string_view id, std::string_view period = "2026", std::string_view made_on = "2026-06-01") {
    auto made = new_document(InstrumentLibrary::on_demand().find(id), std::string(id), "市一院", period, author());
    REQUIRE(made.has_value());
    if (made->instrument->find_header("date") != nullptr) put(*made, "header", "date", std::string(made_on));
    return *std::move(made);
}

/// Rows as "name=张三 date=2026-03-01", one a text.
Document with_rows(Document document, const std::vector<std::string>& rows) {
    const Table& table = document.instrument->table;
    std::string text;
    for (const AnswerField& column : table.columns) text += (text.empty() ? "" : "\t") + column.label;
    for (const std::string& row : rows) {
        std::vector<std::string> cells(table.columns.size());
        for (std::size_t at = 0; at < row.size();) {
            const std::size_t end = std::min(row.find(' ', at), row.size());
            const std::string part = row.substr(at, end - at);
            const auto column = table.find_column(part.substr(0, part.find('=')));
            REQUIRE_MESSAGE(column.has_value(), part);
            cells[*column] = part.substr(part.find('=') + 1);
            at = end + 1;
        }
        text += "\n" + join_row(cells);
    }
    const auto filled = add_rows_from_csv(document, Layer::self, text, author());
    if (!filled) MESSAGE(describe(Language::english, filled.error().front()));
    REQUIRE(filled.has_value());
    return filled->document;
}
Document list(std::string_view id, const std::vector<std::string>& rows) { return with_rows(shipped(id), rows); }

Document ledger_of(const std::vector<std::string>& rows, std::string_view branches = {}) {
    Document document = shipped("ledger");
    put(document, "header", "leaders", std::string("李一、赵二"));
    put(document, "header", "cadres", std::string("钱三、孙四"));
    if (!branches.empty()) put(document, "header", "branches", std::string(branches));
    return rows.empty() ? document : with_rows(std::move(document), rows);
}

Ledger read(const Document& ledger, const std::vector<const Document*>& others) { return read_ledger(ledger, others); }

const DutyRow& duty(const std::vector<DutyRow>& rows, std::string_view id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [id](const DutyRow& row) { return row.duty->id == id; });
    REQUIRE(found != rows.end());
    return *found;
}

/// "met 1/1" of a duty's last cell.
std::string last_cell(const Ledger& ledger, std::string_view id, Date as_of) {
    const std::vector<DutyRow> rows = duty_matrix(ledger, as_of);
    const DutyCell& cell = duty(rows, id).cells.back();
    constexpr std::array<std::string_view, 4> names{"met", "missing", "pending", "outside"};
    return std::string(names[static_cast<std::size_t>(cell.state)]) + " " + std::to_string(cell.done) + "/" +
           std::to_string(cell.needed);
}

const Measure& measure(const Instrument& form, std::string_view id) {
    const Measure* found = form.find_measure(id);
    REQUIRE(found != nullptr);
    return *found;
}

/// "value (rows) lists" of a measure of the score table.
std::string answered(const Ledger& ledger, std::string_view id, Date as_of) {
    const InstrumentPtr form = InstrumentLibrary::on_demand().find("jilin-committee");
    const auto answer = answer_at(ledger, *form, id, "value", measure(*form, id).from, {}, as_of);
    if (!answer) return "nothing";
    return show_value(answer->value) + " (" + std::to_string(answer->rows.size()) + ") " + joined(answer->lists);
}

const Date year_end = day(2026, 12, 31);

}  // namespace

TEST_CASE("every row that answers elsewhere names a kind of the ledger, or a place that is there") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    const InstrumentPtr ledger = library.find("ledger");
    int answering = 0;
    for (const InstrumentPtr& form : library.all()) {
        for (const RowActivity& activity : form->table.activities) {
            CHECK_MESSAGE(ledger->find_activity_kind(activity.kind) == activity.kind, form->id, ": ", activity.kind);
            CHECK(form->is_asked_by({activity.citation.substr(0, activity.citation.find(' '))}));
        }
        for (const RowFigure& figure : form->table.figures) {
            const InstrumentPtr other = library.find(figure.form);
            REQUIRE(other);
            const Criterion* item = other->find_criterion(figure.item);
            CHECK_MESSAGE((other->find_measure(figure.item) != nullptr ||
                           (item != nullptr && item->find_field(figure.field) != nullptr)),
                          figure.item);
        }
        answering += form->table.activities.empty() && form->table.figures.empty() ? 0 : 1;
    }
    CHECK(answering == 21);
}

TEST_CASE("what rows answer is no part of what a form asks: the hash stays") {
    const std::string text(asset("instruments/talks.json"));
    const auto start = text.find("\"answers\":");
    REQUIRE(start != std::string::npos);
    const auto end = text.find("\"header\":", start);
    std::string without = text;
    without.erase(start, end - start);
    CHECK((*load_instrument(without))->hash == (*load_instrument(text))->hash);
    CHECK((*load_instrument(without))->table.activities.empty());
}

TEST_CASE("a definition whose rows answer with what is not there is refused, with its place") {
    const auto refused = [](const std::string& what, const std::string& with) {
        std::string text(asset("instruments/talks.json"));
        const auto at = text.find(what);
        REQUIRE(at != std::string::npos);
        text.replace(at, what.size(), with);
        const auto form = load_instrument(text);
        return form ? std::string("loaded") : form.error().code + " " + form.error().place;
    };
    CHECK(refused(R"("people":"to")", R"("people":"nobody")") == "rule-reference /answers/activities/0/people");
    CHECK(refused(R"("date":"date","branch")", R"("branch")") == "field-missing /answers/activities/0/date");
    CHECK(refused(R"("date":"date","branch")", R"("published":true,"branch")") ==
          "rule-reference /answers/activities/0/published");
    CHECK(refused(R"("date":"date","branch")", R"("header":["nothing"],"branch")") ==
          "rule-reference /answers/activities/0/header");
}

TEST_CASE("谈心谈话记录: a talk between two leaders meets the duty of both, one with somebody else of nobody") {
    const Document ledger = ledger_of({});
    CHECK(last_cell(read(ledger, {}), "j13", year_end) == "missing 0/2");
    const Document between = list("talks", {"date=2026-05-06 from=李一 to=赵二 kind=委员之间"});
    CHECK(last_cell(read(ledger, {&between}), "j13", year_end) == "met 2/2");
    CHECK(last_cell(read(ledger, {&between}), "j13", day(2026, 5, 5)) == "pending 0/2");
    CHECK(answered(read(ledger, {&between}), "4.4.1.m1", year_end) == "1 (1) 谈心谈话记录");
    const Document with_member = list("talks", {"date=2026-05-06 from=李一 to=周五 kind=工作变动"});
    CHECK(last_cell(read(ledger, {&with_member}), "j13", year_end) == "missing 0/2");
    // The same talk in both is one.
    const Document twice = ledger_of({"date=2026-05-06 kind=委员谈心谈话 people=赵二、李一"});
    CHECK(read(twice, {&between}).activities.size() == 1);
    const Document other = ledger_of({"date=2026-05-06 kind=委员谈心谈话 people=李一"});
    CHECK(read(other, {&between}).activities.size() == 2);
}

TEST_CASE("中心组重点发言: speakers join the ledger's session of that day, a day of its own is a session") {
    const Document speeches =
        list("study-group", {"date=2026-03-10 speaker=李一 title=甲", "date=2026-03-10 speaker=赵二 title=乙",
                             "date=2026-06-10 speaker=李一 title=丙"});
    const Document ledger = ledger_of({"date=2026-03-10 kind=中心组学习", "date=2026-09-01 kind=中心组学习"});
    const Ledger together = read(ledger, {&speeches});
    CHECK(together.activities.size() == 3);
    CHECK(together.own == 2);
    CHECK(together.activities.front().speakers == "李一、赵二");
    CHECK(answered(read(ledger, {}), "3.2.2.m3", year_end) == "0 (2) ");
    CHECK(answered(together, "3.2.2.m3", year_end) == "66.66 (3) 中心组重点发言登记");
    CHECK(answered(together, "3.2.2.m1", year_end) == "3 (3) 中心组重点发言登记");
    CHECK(answered(together, "3.2.2.m2", day(2026, 6, 9)) == "1 (1) ");
}

TEST_CASE("党务干部轮训: rows of one course are one training, hours and theory count for each") {
    const Document trained = list("cadre-training", {"name=钱三 form=集中轮训 date=2026-04-01 hours=24 theory=8",
                                                     "name=孙四 form=集中轮训 date=2026-04-01 hours=24 theory=8",
                                                     "name=孙四 form=选派理论骨干 date=2026-08-01 hours=8 theory=8"});
    const Document ledger = ledger_of({});
    CHECK(last_cell(read(ledger, {&trained}), "j4", year_end) == "met 2/2");
    CHECK(last_cell(read(ledger, {&trained}), "j27", year_end) == "met 1/1");
    CHECK(answered(read(ledger, {&trained}), "3.4.2.m2", year_end).starts_with("33.33 (1) "));
    CHECK(answered(read(ledger, {&trained}), "3.4.3.m1", year_end).starts_with("1 (1) "));
    // The ledger names one of the two: the list adds the other, and the course stays one.
    const Document named = ledger_of({"date=2026-04-01 kind=党务干部轮训 people=钱三 hours=24"});
    const Ledger together = read(named, {&trained});
    CHECK(together.activities.size() == 2);
    CHECK(together.activities.front().people == "钱三、孙四");
    CHECK(last_cell(together, "j4", year_end) == "met 2/2");
}

TEST_CASE(
    "what a whole list or its head tells: dues shown to both, every member's relation, funds, the January review") {
    const Document ledger = ledger_of({});
    Document dues = shipped("dues");
    put(dues, "header", "shown_members", std::string("2026-07-01"));
    CHECK(last_cell(read(ledger, {&dues}), "j7", year_end) == "missing 0/1");
    put(dues, "header", "shown_orgs", std::string("2026-07-20"));
    CHECK(last_cell(read(ledger, {&dues}), "j7", year_end) == "met 1/1");
    CHECK(last_cell(read(ledger, {&dues}), "j7", day(2026, 7, 19)) == "pending 0/1");
    CHECK(answered(read(ledger, {&dues}), "3.5.2.m1", year_end) == "1 (1) 党费收缴台账");

    const Document some = list("membership", {"name=甲 checked=2026-11-01", "name=乙"});
    CHECK(last_cell(read(ledger, {&some}), "j8", year_end) == "missing 0/1");
    const Document all = list("membership", {"name=甲 checked=2026-11-01", "name=乙 checked=2026-12-02"});
    CHECK(last_cell(read(ledger, {&all}), "j8", day(2026, 12, 1)) == "pending 0/1");
    CHECK(last_cell(read(ledger, {&all}), "j8", day(2026, 12, 2)) == "met 1/1");

    const Document budget = list("funds", {"branch=内科党支部 members=20 standard=300 budget=6000"});
    CHECK(answered(read(ledger, {&budget}), "5.3.1.m1", year_end).starts_with("是"));
    const Document none = list("funds", {"branch=内科党支部 members=20 standard=300"});
    CHECK(answered(read(ledger, {&none}), "5.3.1.m1", year_end).starts_with("否"));

    const Document review =
        with_rows(shipped("ruian-2019-annex3", "2026", "2026-01-20"), {"name=内科党支部 last=2024-05"});
    const auto january = [](const Ledger& read_ledger) {
        return duty(duty_matrix(read_ledger, year_end), "j15").cells.front().state;
    };
    CHECK(january(read(ledger, {&review})) == DutyState::met);
    const Document later =
        with_rows(shipped("ruian-2019-annex3", "2026", "2026-08-12"), {"name=内科党支部 last=2024-05"});
    CHECK(january(read(ledger, {&later})) == DutyState::missing);
}

TEST_CASE("rows by branch: plans, their holding, meetings, appraisals' results") {
    const Document ledger = ledger_of({}, "内科党支部\n外科党支部");
    const Document plan = list(
        "theme-plan", {"branch=内科党支部 month=1 posted=2026-01-20 held=2026-01-22",
                       "branch=内科党支部 month=2 posted=2026-01-20", "branch=外科党支部 month=1 posted=2026-02-03"});
    const auto rows = duty_matrix(read(ledger, {&plan}), year_end);
    CHECK(duty(rows, "s8").parts[0].cells.back().state == DutyState::met);
    CHECK(duty(rows, "s8").parts[1].cells.back().state == DutyState::missing);  // by the end of January
    CHECK(duty(rows, "r4").parts[0].cells.front().state == DutyState::met);
    CHECK(duty(rows, "r4").parts[1].cells.front().state == DutyState::missing);
    const Document use = list("appraisal-use", {"name=甲 branch=内科党支部 grade=合格",
                                                "name=乙 branch=内科党支部 grade=优秀", "name=丙 branch=外科党支部"});
    CHECK(answered(read(ledger, {&use}), "4.3.1.m1", year_end).starts_with("0 (0)"));
    CHECK(last_cell(read(ledger, {&use}), "s10", year_end) == "missing 1/2");
}

TEST_CASE("a published appraisal meets its duty, in its own half-year and for the branches of its members") {
    Document appraisal = shipped("shaoxing-2017-appraisal", "2026-H1", "2026-07-03");
    put(appraisal, next_row_id(appraisal, author()), "cells", std::string("甲\t内科党支部"));
    const Document ledger = ledger_of({}, "内科党支部\n外科党支部");
    CHECK(last_cell(read(ledger, {&appraisal}), "s9", year_end) == "missing 0/2");
    const auto close = [&appraisal](std::string_view at) {
        for (const AppraisalStep& step : appraisal.instrument->appraisal.steps) {
            Edit edit;
            edit.id = next_edit_id(appraisal, author());
            edit.at = at;
            edit.batch = std::string(lock_prefix) + step.id;
            edit.target = {Layer::self, "steps", step.id};
            edit.after = true;
            REQUIRE(apply(appraisal, edit));
        }
    };
    const Document open = appraisal;
    close("2026-07-05T02:00:00Z");
    const auto rows = duty_matrix(read(ledger, {&appraisal}), year_end);
    const DutyRow& half = duty(rows, "s9");
    CHECK(half.parts[0].cells[0].state == DutyState::met);
    CHECK(half.parts[0].cells[1].state == DutyState::missing);
    CHECK(half.parts[1].cells[0].state == DutyState::missing);
    appraisal = open;
    close("2026-05-20T02:00:00Z");
    CHECK(read(ledger, {&appraisal}).activities.back().date == day(2026, 5, 20));
    // The ledger has it, too: it is one.
    const Document both = ledger_of({"date=2026-05-20 kind=先锋指数考评 branch=内科党支部"}, "内科党支部\n外科党支部");
    CHECK(read(both, {&appraisal}).activities.size() == 1);
}

TEST_CASE("figures that rows give: who is on the platform, pledges by branch, how early terms were reminded") {
    const Document ledger = ledger_of({});
    const Document online = list(
        "platforms", {"branch=内科党支部 members=20 online=20 org=是", "branch=外科党支部 members=10 online=8 org=否"});
    CHECK(answered(read(ledger, {&online}), "6.1.1.m1", year_end) == "90.62 (2) 学习平台入驻情况");
    const Document terms =
        list("ruian-2019-annex3",
             {"name=内科党支部 last=2024-03-01 reminded=2026-07-15 request=2026-11-20",
              "name=外科党支部 last=2025-06-01 reminded=2026-09-01", "name=门诊党支部 last=2025-06-01"});
    CHECK(answered(read(ledger, {&terms}), "4.6.3.m1", year_end).starts_with("7 (3)"));
    CHECK(answered(read(ledger, {&terms}), "4.6.3.m2", year_end).starts_with("3 (3)"));
    CHECK(answered(read(ledger, {}), "4.6.3.m1", year_end) == "nothing");
    const Document pledges =
        list("pledges", {"branch=内科党支部 members=20 signed=20", "branch=外科党支部 members=10 signed=4"});
    Document tasks = shipped("ruian-2019-tasks");
    const std::vector<const Document*> dossier{&tasks, &pledges};
    const Ledger all = gather_ledger(dossier, 2026);
    const auto signed_by = answer_at(all, *tasks.instrument, "1.1.4", "signed", std::nullopt, {}, year_end);
    REQUIRE(signed_by.has_value());
    CHECK(show_value(signed_by->value) == "24");
    put(tasks, "1.1.4", "signed", Points::from_whole(30));
    const auto findings = check_dossier(dossier, year_end).front();
    const auto told = std::find_if(findings.begin(), findings.end(),
                                   [](const Finding& finding) { return finding.code == "list-contradiction"; });
    REQUIRE(told != findings.end());
    CHECK(told->citation == "R 二2");
    CHECK(describe(Language::chinese, *told).message.find("30，按不信教承诺书签订情况为 24（2 条）") !=
          std::string::npos);
}

TEST_CASE("a list without a ledger offers what it tells and accuses nobody; what it does not tell it does not answer") {
    const Document speeches = list("study-group", {"date=2026-03-10 speaker=李一"});
    Document score = shipped("jilin-committee");
    const std::vector<const Document*> dossier{&score, &speeches};
    const Ledger lists = gather_ledger(dossier, 2026);
    CHECK(answered(lists, "3.2.2.m1", year_end).starts_with("1 (1)"));
    CHECK(answered(lists, "3.5.2.m1", year_end) == "nothing");
    put(score, "3.2.2.m1", "value", Points::from_whole(4));
    const Findings alone = check_dossier(dossier, year_end).front();
    for (const Finding& finding : alone) CHECK(finding.code.find("contradiction") == std::string::npos);
    const Document ledger = ledger_of({"date=2026-04-10 kind=中心组学习"});
    const std::vector<const Document*> with_ledger{&score, &speeches, &ledger};
    const auto findings = check_dossier(with_ledger, year_end).front();
    CHECK(std::count_if(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.code == "list-contradiction"; }) == 1);
}

TEST_CASE("rows of lists are no activities of the ledger's own: its findings and its list are about its own") {
    const Document ledger = ledger_of({"date=2026-03-10 kind=支委会 branch=内科党支部"}, "内科党支部");
    const Document talks = list("talks", {"date=2027-05-06 from=李一 to=赵二 kind=委员之间 branch=没有的支部",
                                          "date=2026-05-06 from=李一 to=赵二 kind=委员之间 branch=没有的支部"});
    const Ledger read_both = read(ledger, {&talks});
    CHECK(read_both.own_activities().size() == 1);
    CHECK(read_both.activities.size() == 3);
    for (const Finding& finding : check(ledger, year_end, nullptr, std::vector<const Document*>{&ledger, &talks})) {
        CHECK(finding.code != "branches-unknown");
        CHECK(finding.code != "activity-year");
    }
    // Another year's list tells this year nothing.
    const Document last_year = with_rows(shipped("talks", "2025"), {"date=2026-05-06 from=李一 to=赵二 kind=委员之间"});
    CHECK(read(ledger, {&last_year}).activities.size() == 1);
}

TEST_CASE("what the sources ask for without a figure has its kind, by the words that people use") {
    const InstrumentPtr ledger = InstrumentLibrary::on_demand().find("ledger");
    for (const char* word : {"参观教育基地", "纪律教育", "廉政教育", "党务公开栏公告", "述职评议考核", "党支部书记述职",
                             "党员志愿者服务", "集中培训", "明查暗访", "基层调研", "党性体检", "约谈提醒"})
        CHECK_MESSAGE(!ledger->find_activity_kind(word).empty(), word);
    CHECK(ledger->table.find_column("attending").has_value());
    CHECK(ledger->table.find_column("guide").has_value());
}
