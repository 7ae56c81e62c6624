// The lists that the sources ask for without printing a form: each loads and says who asks for it; limits, probation
// and what is due against a reference of their own.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "core/check.hpp"
#include "core/due.hpp"
#include "core/row_due.hpp"
#include "core/unlisted.hpp"
#include "exchange/export.hpp"
#include "exchange/fill.hpp"
#include "exchange/letter.hpp"
#include "exchange/library.hpp"
#include "exchange/messages.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

Document list(std::string_view id) {
    auto document = new_document(InstrumentLibrary::on_demand().find(id), "d", "市一院", "2026", author());
    REQUIRE(document.has_value());
    Document made = std::move(*document);
    REQUIRE(apply(made, *make_edit(made, author(), {Layer::self, "header", "date"}, std::string("2026-06-01"), "h")));
    return made;
}

/// Cells by their columns' ids ("name=张三 admitted=2025-06-01"), one row a text.
Document filled(std::string_view id, const std::vector<std::string>& rows) {
    Document document = list(id);
    const Table& table = document.instrument->table;
    std::string text;
    for (const std::string& row : rows) {
        std::vector<std::string> cells(table.columns.size());
        std::size_t at = 0;
        while (at < row.size()) {
            const std::size_t end = std::min(row.find(' ', at), row.size());
            const std::string part = row.substr(at, end - at);
            const std::size_t equals = part.find('=');
            const auto column = table.find_column(part.substr(0, equals));
            CHECK_MESSAGE(column.has_value(), part);
            if (column) cells[*column] = part.substr(equals + 1);
            at = end + 1;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "\t" : "") + cells[i];
        text += "\n";
    }
    const auto result = add_rows_from_csv(document, Layer::self, text, author());
    if (!result) MESSAGE(describe(Language::english, result.error().front()), " ", result.error().front().place);
    REQUIRE(result.has_value());
    return result->document;
}

/// "code severity field" of the findings that are not about cells left empty, which are not what these tests are about.
std::string said(const Document& document, Date as_of) {
    std::string text;
    for (const Finding& finding : check(document, as_of)) {
        if (finding.code.starts_with("cell-required") && finding.severity != Severity::error) continue;
        CHECK_FALSE(finding.citation.empty());
        const FindingText words = describe(Language::chinese, finding);
        CHECK_MESSAGE(words.message.find('{') == std::string::npos, finding.code);
        CHECK_MESSAGE(words.remedy.find('{') == std::string::npos, finding.code);
        CHECK_FALSE(words.title.empty());
        text += (text.empty() ? "" : ", ") + finding.code + " " +
                std::string(to_string(finding.severity)).substr(0, 1) + " " + finding.field;
    }
    return text;
}
std::string said(std::string_view id, const std::string& row, Date as_of) { return said(filled(id, {row}), as_of); }

/// The last day of the month where the day does not exist: written out, as a person counts.
Date months_after(Date from, int months) {
    int year = static_cast<int>(from.year());
    int month = static_cast<int>(static_cast<unsigned>(from.month()));
    for (; months > 0; --months) {
        if (++month > 12) {
            month = 1;
            ++year;
        }
    }
    constexpr std::array<int, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int last = month == 2 && leap ? 29 : days[static_cast<std::size_t>(month)];
    const int wanted = static_cast<int>(static_cast<unsigned>(from.day()));
    return day(year, static_cast<unsigned>(month), static_cast<unsigned>(std::min(wanted, last)));
}

}  // namespace

TEST_CASE("every list says in which group it stands, who asks for it, and by which clause each of its rules speaks") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    CHECK(library.all().size() >= 42);
    std::set<std::string> names;
    for (const InstrumentPtr& form : library.all()) {
        CHECK_MESSAGE(names.insert(form->short_title).second, form->short_title);
        CHECK(form->asked_by.front() == form->source_key);
        for (const RowRule& rule : form->table.rules) {
            const std::string key = rule.citation.substr(0, rule.citation.find(' '));
            CHECK_MESSAGE(form->is_asked_by({key}), form->id, ": ", rule.citation);
        }
    }
    CHECK(library.find("jilin-committee")->form_group == FormGroup::assessment);
    CHECK(library.find("ruian-2019-annex1")->form_group == FormGroup::survey);
    CHECK(library.find("ruian-2019-annex3")->form_group == FormGroup::survey);
    CHECK(library.find("ledger")->form_group == FormGroup::ledger);
    CHECK(library.find("ledger")->is_asked_by({"R"}));
    CHECK(library.find("shaoxing-2017-measures")->form_group == FormGroup::list);
    CHECK(library.find("probation")->form_group == FormGroup::roster);
    CHECK_FALSE(library.find("pledges")->is_asked_by({"J", "S"}));
}

TEST_CASE("group and sources are no part of what a form asks: the hash stays") {
    const std::string text(asset("instruments/ruian-2019-annex3.json"));
    const std::string mark = "\"group\":\"survey\",";
    REQUIRE(text.find(mark) != std::string::npos);
    std::string without = text;
    without.erase(without.find(mark), mark.size());
    CHECK((*load_instrument(without))->hash == (*load_instrument(text))->hash);
    CHECK((*load_instrument(without))->form_group == FormGroup::roster);
}

TEST_CASE("预备党员: a year from admission, extended once at most, every date in its order") {
    const auto of = [](const std::string& rest, Date as_of) {
        return said("probation", "name=张三 birth=1995-01 admitted=2025-06-10 " + rest, as_of);
    };
    CHECK(of("", day(2026, 5, 9)).empty());
    CHECK(of("", day(2026, 5, 10)) == "row-due-soon n approved");
    CHECK(of("", day(2026, 6, 10)) == "row-due-soon n approved");
    CHECK(of("", day(2026, 6, 11)) == "row-overdue e approved");
    CHECK(of("longer=6 longer_on=2026-06-01", day(2026, 7, 1)).empty());
    CHECK(of("longer=6 longer_on=2026-06-01", day(2026, 12, 11)) == "row-overdue e approved");
    CHECK(of("longer=5 longer_on=2026-06-01", day(2026, 6, 2)) == "count-under e longer");
    CHECK(of("longer=13 longer_on=2026-06-01", day(2026, 6, 2)) == "count-over e longer");
    CHECK(of("longer=6 longer_on=2026-06-01 times=2", day(2026, 6, 2)) == "count-over e times");
    CHECK(of("longer=6", day(2026, 4, 2)) == "cell-required-when e longer_on");
    CHECK(of("longer_on=2026-04-01", day(2026, 4, 2)) == "cell-required-when e longer");
    CHECK(of("applied=2026-05-01 meeting=2026-06-01 approved=2026-06-09 outcome=按期转正", day(2026, 12, 1)).empty());
    CHECK(of("applied=2026-05-01 meeting=2026-06-01 approved=2026-06-20 outcome=按期转正", day(2026, 12, 1)) ==
          "row-done-late n approved");
    CHECK(of("applied=2026-06-02 meeting=2026-06-01 approved=2026-06-09 outcome=按期转正", day(2026, 12, 1)) ==
          "dates-order e meeting");
    CHECK(of("meeting=2026-06-01 approved=2026-05-31", day(2026, 12, 1)) == "dates-order e approved");
    CHECK(of("outcome=取消资格", day(2026, 12, 1)).empty());
    CHECK(of("longer=6 longer_on=2026-06-01 outcome=按期转正", day(2026, 6, 2)) == "row-contradiction e outcome");
}

TEST_CASE("admitted on 29 February: the year ends on the 28th") {
    const std::string row = "name=张三 birth=1995-01 admitted=2024-02-29";
    CHECK(said("probation", row, day(2025, 2, 28)) == "row-due-soon n approved");
    CHECK(said("probation", row, day(2025, 3, 1)) == "row-overdue e approved");
    const std::string longer = row + " longer=12 longer_on=2025-02-20";
    CHECK(said("probation", longer, day(2026, 2, 28)) == "row-due-soon n approved");
    CHECK(said("probation", longer, day(2026, 3, 1)) == "row-overdue e approved");
}

TEST_CASE("two persons of one name are both kept and named") {
    const Document document = filled(
        "probation", {"name=张三 birth=1995-01 admitted=2026-01-10", "name=张三 birth=1996-02 admitted=2026-01-10"});
    CHECK(said(document, day(2026, 2, 1)) == "row-doubled n name");
    const Document same = filled(
        "probation", {"name=张三 birth=1995-01 admitted=2026-01-10", "name=张三 birth=1995-01 admitted=2026-01-10"});
    CHECK(said(same, day(2026, 2, 1)) == "row-doubled w name, row-doubled n name");
}

TEST_CASE("probation against a reference of its own") {
    std::mt19937 random(18);
    for (int i = 0; i < 400; ++i) {
        const Date admitted{std::chrono::sys_days(day(2019, 1, 1)) + std::chrono::days(random() % 2600)};
        const int longer = random() % 3 == 0 ? 6 + static_cast<int>(random() % 7) : 0;
        std::string row = "name=张三 birth=1990-01 admitted=" + to_string(admitted);
        if (longer > 0) row += " longer=" + std::to_string(longer) + " longer_on=" + to_string(admitted);
        const Document document = filled("probation", {row});
        const Date end = months_after(admitted, 12 + longer);
        const Date as_of{std::chrono::sys_days(end) + std::chrono::days(static_cast<int>(random() % 80) - 40)};
        const std::int64_t left = days_between(as_of, end);
        const std::string expected = left < 0 ? "row-overdue e approved" : left <= 31 ? "row-due-soon n approved" : "";
        CHECK_MESSAGE(said(document, as_of) == expected, row, " ", to_string(as_of));
        const auto due = all_due(document);
        REQUIRE(due.size() == 1);
        CHECK(due.front().due == end);
        CHECK(due.front().who == "张三");
        CHECK(due.front().personal);
    }
}

TEST_CASE("党费: months that are over are asked for, six unpaid one after another are red line 2") {
    const auto months = [](const std::string& marks) {
        std::string row = "name=张三 branch=一支部";
        for (std::size_t i = 0; i < marks.size(); ++i) {
            if (marks[i] == ' ') continue;
            row += " m" + std::to_string(i + 1) + "=" + (marks[i] == 'x' ? "否" : "是");
        }
        return row;
    };
    CHECK(said("dues", months("ooooo"), day(2026, 5, 31)).empty());
    CHECK(said("dues", months("xxxxx"), day(2026, 5, 31)).empty());
    CHECK(said("dues", months("xxxxxx"), day(2026, 6, 29)).empty());
    CHECK(said("dues", months("xxxxxx"), day(2026, 6, 30)) == "cells-run e m6");
    CHECK(said("dues", months("xxxxxoxxxxxx"), day(2026, 11, 30)).empty());
    CHECK(said("dues", months("xxxxxoxxxxxx"), day(2026, 12, 31)) == "cells-run e m12");
    CHECK(said("dues", months("xx") + " before=4", day(2026, 2, 28)) == "cells-run e m2");
    CHECK(said("dues", months("ox") + " before=9", day(2026, 2, 28)).empty());
    CHECK(said("dues", months("xxxxxx") + " reason=援外", day(2026, 6, 30)) == "cells-run n m6");
    const Findings open = check(filled("dues", {months("oo")}), day(2026, 4, 30));
    const auto asked = std::find_if(open.begin(), open.end(), [](const Finding& finding) {
        return finding.code == "cell-required" && finding.field == "m3";
    });
    REQUIRE(asked != open.end());
    CHECK(std::get<std::vector<std::string>>(asked->params.at("labels")) == std::vector<std::string>{"3月", "4月"});
}

TEST_CASE("承诺书: each branch, all of its members, by the end of September") {
    const auto of = [](const std::string& row, Date as_of) { return said("pledges", "branch=一支部 " + row, as_of); };
    CHECK(of("members=50 signed=50 done=2026-09-20", day(2026, 12, 1)).empty());
    CHECK(of("members=50 signed=10 done=2026-09-20", day(2026, 12, 1)) == "count-less w signed");
    CHECK(of("members=50 signed=51 done=2026-09-20", day(2026, 12, 1)) == "count-less e members");
    CHECK(of("members=50 signed=50", day(2026, 9, 30)) == "row-due-soon n done");
    CHECK(of("members=50 signed=50", day(2026, 10, 1)) == "row-overdue w done");
    const Document two = filled("pledges", {"branch=一支部 members=5 signed=5 done=2026-09-01", "branch=二支部"});
    const auto due = all_due(two);
    REQUIRE(due.size() == 1);
    CHECK(due.front().of == 2);
    CHECK(due.front().left == 1);
    CHECK_FALSE(due.front().done);
    CHECK(due.front().item == rows_of(two)[1].id);
}

TEST_CASE("what other lists say") {
    const Date as_of = day(2026, 11, 1);
    CHECK(said("untraced", "name=张三 result=查找中", day(2026, 10, 20)) == "row-due-soon n approved");
    CHECK(said("untraced", "name=张三 result=查找中", day(2026, 10, 21)) == "row-overdue w approved");
    CHECK(said("untraced", "name=张三 result=已联系上 found=2026-10-01", as_of).empty());
    CHECK(said("untraced", "name=张三 result=查找不到 meeting=2026-10-02 approved=2026-10-01", as_of) ==
          "dates-order e approved");
    CHECK(said("cadre-training", "name=张三 course=班 form=集中轮训 date=2026-05-01 hours=9 theory=3", as_of).empty());
    CHECK(said("cadre-training", "name=张三 course=班 form=集中轮训 date=2026-05-01 hours=10 theory=3", as_of) ==
          "count-share w theory");
    CHECK(said("rectification", "problem=甲 limit=2026-10-31", as_of) == "row-overdue e done");
    CHECK(said("rectification", "problem=甲 limit=2026-10-31 done=2026-10-30 result=好", as_of).empty());
    CHECK(said("officers", "org=党委 name=张三 post=书记 change=调整 consent=2026-05-02 date=2026-05-01", as_of) ==
          "dates-order e date");
    CHECK(said("unfit", "name=张三 action=限期改正 limit=2026-10-01", as_of) == "row-overdue w settled");
    CHECK(said("org-life", "branch=一支部 kind=组织生活会 date=2026-03-01 reported=2026-03-02", as_of) ==
          "dates-order e date");
    CHECK(said("platforms", "branch=一支部 members=30 learning=29 online=30", as_of) == "count-less w learning");
    CHECK(said("leader-check", "name=张三 own=是", as_of) == "cell-required-when e own_text");
}

TEST_CASE("a roster's days go into the calendar, persons with their first character only") {
    const Document people = filled("probation", {"name=欧阳修 birth=1990-01 admitted=2025-12-10"});
    const auto calendar = write_ics(people, day(2026, 6, 1));
    REQUIRE(calendar.has_value());
    CHECK(calendar->find("SUMMARY:预备期满讨论转正：欧*") != std::string::npos);
    CHECK(calendar->find("欧阳修") == std::string::npos);
    CHECK(calendar->find("DTSTART;VALUE=DATE:20261210") != std::string::npos);
    const auto none = write_ics(list("honours"), day(2026, 6, 1));
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == "ics-kind");
}

TEST_CASE("terms, two-year limits and probation reach the lists of what is due and the calendar") {
    const Document terms =
        filled("ruian-2019-annex3", {"name=第一党支部 last=2023-06-30 planned=2026-06 reminded=2025-12-20"});
    std::vector<std::string> due;
    for (const DueItem& item : all_due(terms))
        due.push_back(item.text + " " + item.who + " " + to_string(item.due) + (item.done ? " √" : "") + " " +
                      item.citation);
    REQUIRE(due.size() == 2);  // the reminder of the year before is done
    CHECK(due[0] == "书面报送换届请示 第一党支部 2026-02-28 J 党委换届 3");
    CHECK(due[1] == "任期届满，换届选举 第一党支部 2026-06-30 R 三(一)");
    const auto calendar = write_ics(terms, day(2026, 3, 1));
    REQUIRE(calendar.has_value());
    CHECK(calendar->find("SUMMARY:任期届满，换届选举：第一党支部") != std::string::npos);
    const Document stays = filled("ruian-2019-annex2", {"name=张三 since=2025-01 left=2024-12 needed=是 reason=无"});
    REQUIRE(all_due(stays).size() == 1);
    CHECK(to_string(all_due(stays).front().due) == "2027-01-31");
}

TEST_CASE("tasks: 前 as it stands in the notice, all signed once done, the file and the scan ticked") {
    const InstrumentPtr form = InstrumentLibrary::on_demand().find("ruian-2019-tasks");
    CHECK(form->find_criterion("1.1.5")->due_label == "在10月中旬前");
    CHECK(form->find_criterion("1.1.6")->due_label == "在10月下旬前");
    Document document = *new_document(form, "d", "市一院", "2026", author());
    const auto put = [&](const char* item, const char* field, Value value) {
        REQUIRE(apply(document, *make_edit(document, author(), {Layer::self, item, field}, std::move(value), "e")));
    };
    const auto of = [&](const char* item) {
        std::string text;
        for (const Finding& finding : check(document, day(2026, 10, 11))) {
            if (finding.item == item) text += finding.code + " " + finding.field + ";";
        }
        return text;
    };
    CHECK(of("1.1.5") == "task-late done;");  // the 10th is the last day before the middle of the month
    CHECK(of("1.1.6") == "task-soon done;");
    put("1.1.4", "done", std::string("2026-09-20"));
    CHECK(of("1.1.4").empty());
    put("1.1.4", "of", Points::from_whole(50));
    CHECK(of("1.1.4") == "task-short signed;");
    put("1.1.4", "signed", Points::from_whole(10));
    CHECK(of("1.1.4") == "task-short signed;");
    put("1.1.4", "signed", Points::from_whole(50));
    CHECK(of("1.1.4").empty());
    put("1.1.1", "done", std::string("2026-08-09"));
    CHECK(of("1.1.1") == "task-unticked file;");
    put("1.1.1", "file", true);
    CHECK(of("1.1.1") == "task-unticked scan;");
    put("1.1.1", "scan", true);
    CHECK(of("1.1.1").empty());
}

TEST_CASE("五查五看: 有问题 without a text is found, and what was found asks for its remedy") {
    const auto fields = [](const std::string& row) {
        std::string text;
        for (const Finding& finding : check(filled("shaoxing-2017-measures", {row}), day(2026, 12, 31))) {
            if (finding.code.starts_with("cell-required")) text += finding.code + " " + finding.field + ";";
        }
        return text;
    };
    const std::string person = "name=张三 belief=否 discipline=否 conduct=否 organisation=否 ";
    CHECK(fields(person + "duty=否").empty());
    CHECK(fields(person + "duty=是") == "cell-required-when duty_text;cell-required-when remedy;");
    CHECK(fields(person + "duty=是 duty_text=遇事推诿") == "cell-required-when remedy;");
    CHECK(fields(person + "duty=是 duty_text=遇事推诿 remedy=限期改正").empty());
}

TEST_CASE("附件4 asks for those whom dues and ledger show as “三不党员”") {
    const Document dues = filled(
        "dues", {"name=张三 branch=一支部 m1=否 m2=否 m3=否 m4=否 m5=否 m6=否", "name=李四 branch=一支部 m1=是"});
    const auto said_of = [&](const Document& annex, const std::vector<const Document*>& others) {
        std::string text;
        for (const Finding& finding : check(annex, day(2026, 7, 1), nullptr, others)) {
            if (!finding.code.starts_with("not-listed")) continue;
            const FindingText words = describe(Language::chinese, finding);
            CHECK(words.message.find("张三") == std::string::npos);
            text += words.message;
        }
        return text;
    };
    const Document empty = list("ruian-2019-annex4");
    CHECK(said_of(empty, {&dues}).find("党费收缴台账 1") != std::string::npos);
    CHECK(said_of(filled("ruian-2019-annex4", {"name=张三 birth=1980-01 redlines=2 rating=不合格"}), {&dues}).empty());
    CHECK(said_of(empty, {}).empty());
}

TEST_CASE("members without a recorded activity for six months are found, nobody is missed where nothing is recorded") {
    std::vector<std::string> people(12, "甲、乙");
    const auto absent = [&](Date as_of) {
        Ledger ledger;
        ledger.year = 2026;
        ledger.people[static_cast<std::size_t>(Each::member)] = {"甲", "乙", "丙"};
        for (unsigned month = 1; month <= 12; ++month) {
            Activity& activity = ledger.activities.emplace_back();
            activity.date = day(2026, month, 5);
            activity.people = people[month - 1];
        }
        return absent_members(ledger, 6, as_of);
    };
    CHECK(absent(day(2026, 6, 29)).empty());
    CHECK(absent(day(2026, 6, 30)) == std::vector<std::string>{"丙"});
    people[2] = "甲、乙、丙";
    CHECK(absent(day(2026, 8, 31)).empty());
    CHECK(absent(day(2026, 9, 30)) == std::vector<std::string>{"丙"});
    people[5] = "";  // nobody was written down in June
    CHECK(absent(day(2026, 11, 30)).empty());
    CHECK(absent(day(2026, 12, 31)) == std::vector<std::string>{"丙"});
}

TEST_CASE("换届提醒函: what the row says, as print and as Word; a row without a term is named") {
    const Document document =
        filled("ruian-2019-annex3", {"name=第一党支部 last=2023-06-30", "name=先锋队 last=2023-06"});
    const auto rows = rows_of(document);
    const auto letter = lay_out_letter(document, rows[0].id, day(2026, 1, 5));
    REQUIRE(letter.has_value());
    CHECK(letter->title == "换届提醒函");
    CHECK(letter->letter.front() == "第一党支部：");
    CHECK(letter->letter[1] == "你们上次换届时间为2023年6月30日，本届任期3年，将于2026年6月30日届满。");
    CHECK(letter->letter[2].find("2026年2月28日前") != std::string::npos);
    CHECK(letter->contact.back().value == "2026年1月5日");
    const auto html = write_letter(document, rows[0].id, day(2026, 1, 5), "html");
    REQUIRE(html.has_value());
    CHECK(html->find("<p class=\"paper-letter-to\">第一党支部：</p>") != std::string::npos);
    CHECK(write_letter(document, rows[0].id, day(2026, 1, 5), "docx").has_value());
    CHECK(write_letter(document, rows[1].id, day(2026, 1, 5), "html").error().code == "letter-term");
    CHECK(write_letter(document, "row.none", day(2026, 1, 5), "html").error().code == "letter-row");
    CHECK(write_letter(list("dues"), "row.none", day(2026, 1, 5), "html").error().code == "letter-none");
}
