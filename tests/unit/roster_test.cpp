// Rosters: what their rules say of each row, terms of office against a reference of their own, rows moved and inserted.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "core/check.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/term.hpp"
#include "core/undo.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"
#include "exchange/messages.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

Document roster(std::string_view id) {
    auto document = new_document(InstrumentLibrary::on_demand().find(id), "d", "市一院", "2026", author());
    REQUIRE(document.has_value());
    Document made = std::move(*document);
    REQUIRE(apply(made, *make_edit(made, author(), {Layer::self, "header", "date"}, std::string("2026-08-15"), "h")));
    return made;
}

/// Rows as a spreadsheet copies them, in the order of the columns, with / between the cells.
Document filled(std::string_view id, std::string_view rows) {
    std::string text(rows);
    std::replace(text.begin(), text.end(), '/', '\t');
    const auto result = add_rows_from_csv(roster(id), Layer::self, text + "\t\n", author());
    if (!result) MESSAGE(describe(Language::english, result.error().front()), " ", result.error().front().place);
    REQUIRE(result.has_value());
    return result->document;
}

/// "code severity row field" of every finding, in order.
std::string findings_of(const Document& document, Date as_of) {
    std::string text;
    for (const Finding& finding : check(document, as_of)) {
        CHECK_FALSE(finding.citation.empty());
        const FindingText words = describe(Language::chinese, finding);
        CHECK(words.message.find('{') == std::string::npos);
        CHECK(words.remedy.find('{') == std::string::npos);
        CHECK_FALSE(words.remedy.empty());
        text += (text.empty() ? "" : ", ") + finding.code + " " + std::string(to_string(finding.severity)).substr(0, 1);
        if (finding.row) text += std::to_string(*finding.row);
        text += " " + finding.field;
    }
    return text;
}

std::string of_affiliate(std::string_view row, Date as_of = day(2026, 8, 15)) {
    return findings_of(filled("ruian-2019-annex2", row), as_of);
}
std::string of_office(std::string_view row, Date as_of) { return findings_of(filled("ruian-2019-annex3", row), as_of); }
std::string of_listed(std::string_view row) { return findings_of(filled("ruian-2019-annex4", row), day(2026, 8, 15)); }

std::vector<std::string> names_in_order(const Document& document) {
    std::vector<std::string> names;
    for (const RowView& row : rows_of(document)) names.emplace_back(row.cells.substr(0, row.cells.find('\t')));
    return names;
}

}  // namespace

TEST_CASE("挂靠党员: two years from where the notice counts, a reason of everybody, and every cell") {
    const auto stays = [](const std::string& left, const std::string& rest, Date as_of = day(2026, 8, 15)) {
        return of_affiliate("张三/1980-01/甲厂/" + left + "/瑞安/无组织/是/" + rest, as_of);
    };
    CHECK(stays("2025-01-01", "/2026-12").empty());
    // Without the day on which it began and without a limit it is counted from the transfer.
    CHECK(stays("2024-08-15", "") == "cell-required-when w1 until, row-due-soon n1 moved");  // two years to the day
    CHECK(stays("2024-08-14", "") == "cell-required-when w1 until, row-overdue w1 moved");
    CHECK(stays("2024-08", "") == "cell-required-when w1 until, row-due-soon n1 moved");  // a month: its last day
    CHECK(stays("2024-07", "") == "cell-required-when w1 until, row-overdue w1 moved");
    CHECK(stays("2024-02-29", "", day(2026, 2, 28)) == "cell-required-when w1 until, row-due-soon n1 moved");
    CHECK(stays("2024-02-29", "", day(2026, 3, 1)) == "cell-required-when w1 until, row-overdue w1 moved");
    CHECK(stays("2020-01", "2026-01") == "cell-required-when w1 until");
    CHECK(stays("2020-01", "2026-01/2027-12").empty());
    CHECK(stays("2020-01", "2026-01/2028-01").empty());
    CHECK(stays("2020-01", "2026-01/2028-02") == "span-between w1 until");
    CHECK(stays("2025-01-01", "/2026-07") == "row-overdue w1 moved");
    CHECK(stays("2020-01", "2020-01/2021-12/某院/2021-11").empty());
    CHECK(stays("2020-01", "2020-01/2021-12/某院/2022-02") == "row-done-late n1 moved");
    CHECK(stays("2025-01-01", "/2026-12/某院") == "cell-required-when w1 moved");
    CHECK(of_affiliate("张三/1980-01/甲厂/2025-01-01/瑞安//是//2026-12") == "cell-required e1 reason");
    CHECK(of_affiliate("张三/1980-01/甲厂/2025-01-01/瑞安//否") == "cell-required e1 reason, row-state n1 needed");
    CHECK(of_affiliate("张三/1980-01//2025-01-01//无组织/是//2026-12") == "cell-required w1 workplace");
    CHECK(of_affiliate("/1980-01/甲厂/2025-01-01/瑞安/无组织/是//2026-12") == "cell-required e1 name");
    CHECK(of_affiliate("张三/2025-02/甲厂/2025-01-01/瑞安/无组织/是//2026-12") == "dates-order e1 left");
    CHECK(of_affiliate("张三/2025-01/甲厂/2025-01-01/瑞安/无组织/是//2026-12").empty());  // the month may hold the day
    CHECK(of_affiliate("张三/1980-01/甲厂/2026-08-16/瑞安/无组织/是//2026-12") == "cell-future e1 left");
    CHECK(of_affiliate("张三/1980-01/甲厂/2025-01-01/瑞安/无组织/是//2026-12\n"
                       "张三/1980-01/乙厂/2025-01-01/瑞安/无组织/是//2026-12") == "row-doubled w2 name");
    CHECK(of_affiliate("张三/1980-01/甲厂/2025-01-01/瑞安/无组织/是//2026-12\n"
                       "张三/1981-01/乙厂/2025-01-01/瑞安/无组织/是//2026-12")
              .empty());
}

TEST_CASE("换届: overdue, long overdue, reminders before the end, by the length that the name or the row tells") {
    const auto office = [](std::string_view name, std::string_view rest = {}, std::string_view planned = "2024-03") {
        return std::string(name) + "/2021-03-31/" + std::string(planned) + "/张三/主任/2021-03" + std::string(rest);
    };
    CHECK(of_office(office("第一党支部"), day(2023, 9, 29)).empty());
    CHECK(of_office(office("第一党支部"), day(2023, 9, 30)) == "term-soon n1 last");
    CHECK(of_office(office("第一党支部"), day(2023, 11, 29)) == "term-soon n1 last");
    CHECK(of_office(office("第一党支部"), day(2023, 11, 30)) == "term-request w1 last");
    CHECK(of_office(office("第一党支部", "///2023-11"), day(2023, 12, 1)) == "term-soon n1 last");
    CHECK(of_office(office("第一党支部"), day(2024, 3, 31)) == "term-request w1 last");
    CHECK(of_office(office("第一党支部"), day(2024, 4, 1)) == "term-overdue w1 last");
    CHECK(of_office(office("第一党支部"), day(2024, 9, 30)) == "term-overdue w1 last");
    CHECK(of_office(office("第一党支部"), day(2024, 10, 1)) == "term-long-overdue e1 last");
    for (const char* three : {"第一支部", "离退休总支", "机关党总支部", "门诊党支部委员会", "后勤总支委员会"})
        CHECK(of_office(office(three), day(2024, 4, 1)) == "term-overdue w1 last");
    for (const char* five : {"医院党委", "中共市一院委员会"}) {
        CHECK(of_office(office(five, {}, "2026-03"), day(2024, 4, 1)).empty());
        CHECK(of_office(office(five, {}, "2026-03"), day(2026, 4, 1)) == "term-overdue w1 last");
    }
    CHECK(of_office(office("第一党支部", "//5", "2026-03"), day(2024, 4, 1)).empty());
    for (const char* unknown : {"先锋队", "抗疫临时党支部", "援外临时党委"})  // nothing says how long such ones last
        CHECK(of_office(office(unknown), day(2024, 4, 1)) == "term-unknown n1 last");
    CHECK(of_office(office("先锋队", "//2", "2023-03"), day(2023, 4, 1)) == "term-overdue w1 last");
    CHECK(of_office("第一党支部/2021-03-31/2021-02/张三/主任/2021-03", day(2022, 1, 1)) ==
          "dates-order e1 planned, term-planned-early w1 planned");
    CHECK(of_office("第一党支部//2021-02/张三/主任/2021-03", day(2022, 1, 1)) == "cell-required w1 last");
}

TEST_CASE("换届: a request that came late, plans against the term, and what was approved") {
    const auto office = [](const std::string& planned, const std::string& rest, Date as_of) {
        return of_office("第一党支部/2021-03-31/" + planned + "/张三/主任/2021-03" + rest, as_of);
    };
    const Date early = day(2023, 1, 1);
    CHECK(office("2024-03", "///2023-12", day(2024, 2, 1)) == "term-request-late w1 request, term-soon n1 last");
    CHECK(office("2024-03", "///2023-11-30", day(2024, 2, 1)) == "term-soon n1 last");
    CHECK(office("2024-04", "", early) == "term-planned-late w1 planned");
    CHECK(office("2023-09", "", early).empty());
    CHECK(office("2023-08", "", early) == "term-planned-early w1 planned");
    // Approved: the day that was approved counts, and it lies within a year of the term's end.
    CHECK(office("2024-12", "/////2024-02/2024-12", day(2024, 5, 1)).empty());
    CHECK(office("2024-12", "/////2024-02/2024-12", day(2024, 9, 1)) == "term-request w1 last");
    CHECK(office("2024-12", "/////2024-02/2024-12", day(2025, 1, 1)) == "term-overdue w1 last");
    CHECK(office("2022-06", "/////2022-01/2022-06", day(2022, 2, 2)) == "term-shifted-far w1 until, term-soon n1 last");
    CHECK(office("2025-05", "/////2024-02/2025-05", day(2024, 5, 1)) == "term-shifted-far w1 until");
    CHECK(office("2025-03", "/////2024-02/2025-03", day(2024, 5, 1)).empty());
    CHECK(office("2024-12", "/////2024-02", day(2024, 2, 15)) ==
          "cell-required-when w1 until, term-planned-late w1 planned, term-request w1 last");
    // Where the length of the term comes from is named.
    const Findings found =
        check(filled("ruian-2019-annex3", "第一党支部/2021-03-31/2024-03/张三/主任/2021-03"), day(2024, 4, 1));
    REQUIRE(found.size() == 1);
    CHECK(found.front().citation.find("《关于党的基层组织任期的意见》") != std::string::npos);
}

TEST_CASE("a roster of the version before keeps the rules it was filled with") {
    const InstrumentPtr form = earlier_versions("ruian-2019-annex2").at(0);
    Document document = *new_document(form, "d", "市一院", "2026", author());
    REQUIRE(apply(document,
                  *make_edit(document, author(), {Layer::self, "header", "date"}, std::string("2026-08-15"), "h")));
    const auto made = add_rows_from_csv(document, Layer::self, "张三\t1980-01\t甲厂\t2024-07\t瑞安\t\t否\n", author());
    REQUIRE(made.has_value());
    const auto read = read_report(write_report(made->document), InstrumentLibrary::shipped().finder());
    REQUIRE(read.has_value());
    CHECK(read->document.instrument->version == "1");
    CHECK(read->document.instrument->hash == form->hash);
    CHECK(read->findings.empty());
    CHECK(findings_of(read->document, day(2026, 8, 15)) == "span-over w1 left, row-state n1 needed");
}

TEST_CASE("民主评议: only those with a cause are listed, and none of them is rated 合格") {
    CHECK(of_listed("张三/1980-01/醉驾/2018-03/4/不合格").empty());
    CHECK(of_listed("张三/1980-01/醉驾/2018-03//合格") == "row-contradiction e1 rating");
    CHECK(of_listed("张三/1980-01/无//第4条/优秀") == "row-contradiction e1 rating");
    CHECK(of_listed("张三/1980-01/无//第4条/基本合格").empty());
    CHECK(of_listed("张三/1980-01/无//无/合格") == "cell-required-any w1 violation");
    CHECK(of_listed("张三/1980-01/——///不合格") == "cell-required-any w1 violation");
    CHECK(of_listed("张三/1980-01/醉驾///不合格") == "cell-required-when w1 date");
    CHECK(of_listed("张三/1980-01/醉驾/1979-12//不合格") == "dates-order e1 date");
    CHECK(of_listed("张三/1980-01/身份证110101199001011234/2018-03//不合格") == "identity-number w1 violation");
    CHECK(of_listed("张三/1980-01/案号1101011990010112345678/2018-03//不合格").empty());
    CHECK(of_listed("张三/1980-01/11010119900101123X处/2018-03//不合格") == "identity-number w1 violation");
    CHECK(of_listed("=A1/1980-01/醉驾/2018-03//不合格") == "cell-formula w1 name");
}

TEST_CASE("red lines are read as people write them and kept by number") {
    const auto read = [](std::string_view text) {
        const InstrumentPtr form = InstrumentLibrary::on_demand().find("ruian-2019-annex4");
        const auto value = parse_cell(*form, form->table.columns[4], text);
        return value ? show_value(*value) : value.error().code;
    };
    for (const auto& [text, expected] : std::vector<std::pair<const char*, const char*>>{
             {"4", "4"},
             {"4、1", "1、4"},
             {"第4条", "4"},
             {"第四条，第十条", "4、10"},
             {"④⑩", "number-unknown"},
             {"④", "4"},
             {"④、⑩", "4、10"},
             {"４", "4"},
             {"4.", "4"},
             {"“三不党员”", "2"},
             {"2.“三不党员”", "2"},
             {"无", "无"},
             {"/", "无"},
             {"", ""},
             {"0", "number-unknown"},
             {"11", "number-unknown"},
             {"是", "number-unknown"},
             {"4.5", "number-unknown"},
         }) {
        const std::string typed = text;
        CAPTURE(typed);
        CHECK(read(typed) == expected);
    }
}

namespace {

/// A calendar of its own: days of months counted by hand, no chrono.
struct Day {
    int year, month, day;
    friend auto operator<=>(const Day&, const Day&) = default;
};
int days_in(int year, int month) {
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}
Day months_later(Day from, int months) {
    int index = from.year * 12 + from.month - 1 + months;
    Day to{index / 12, index % 12 + 1, from.day};
    to.day = std::min(to.day, days_in(to.year, to.month));
    return to;
}
std::string written(Day day, bool month_only) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(day.year) + "-" + two(day.month) + (month_only ? "" : "-" + two(day.day));
}

}  // namespace

TEST_CASE("months are added as a calendar of its own adds them") {
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const int year = 1950 + static_cast<int>(random() % 150);
        const int month = 1 + static_cast<int>(random() % 12);
        const Day from{year, month, 1 + static_cast<int>(random() % static_cast<unsigned>(days_in(year, month)))};
        const int months = static_cast<int>(random() % 200) - 100;
        const Day to = months_later(from, months);
        const Date date =
            add_months(day(from.year, static_cast<unsigned>(from.month), static_cast<unsigned>(from.day)), months);
        REQUIRE(to_string(date) == written(to, false));
    }
}

TEST_CASE("random rosters of organisations agree with a reference on every overdue, due-soon and contradictory row") {
    std::mt19937 random(20261121);
    const auto pick = [&random](int from, int to) {
        return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
    };
    const std::vector<std::pair<std::string, int>> names{{"党支部", 3}, {"支部", 3},   {"党总支", 3},    {"总支", 3},
                                                         {"党委", 5},   {"委员会", 5}, {"支部委员会", 3}};
    std::map<std::string, int> met;
    for (int round = 0; round < 60; ++round) {
        const Day today{2026, pick(1, 12), pick(1, 28)};
        std::string table = "党组织名称,上次换届时间,计划换届时间,书记姓名,书记任职时间,任期年数,换届请示时间\n";
        std::set<std::string> expected;
        for (int row = 1; row <= 40; ++row) {
            const auto& [ending, by_name] = names[static_cast<std::size_t>(pick(0, 6))];
            Day last{pick(2016, 2026), pick(1, 12), 1};
            last.day = pick(1, days_in(last.year, last.month));
            const bool month_only = pick(0, 3) == 0;
            const Day planned{pick(2019, 2030), pick(1, 12), pick(1, 28)};
            const int own_years = pick(0, 9) == 0 ? pick(1, 6) : 0;
            const bool requested = pick(0, 1) == 1;
            table += std::to_string(row) + ending + "," + written(last, month_only) + "," + written(planned, false) +
                     ",书记,2016-01," + (own_years > 0 ? std::to_string(own_years) : "") + "," +
                     (requested ? "2026-01" : "") + "\n";
            const Day end_of_last = month_only ? Day{last.year, last.month, days_in(last.year, last.month)} : last;
            const Day due = months_later(end_of_last, 12 * (own_years > 0 ? own_years : by_name));
            std::string state;
            if (today > months_later(due, 6)) {
                state = "term-long-overdue";
            } else if (today > due) {
                state = "term-overdue";
            } else if (today >= months_later(due, -4) && !requested) {
                state = "term-request";
            } else if (today >= months_later(due, -6)) {
                state = "term-soon";
            }
            const std::string number = " " + std::to_string(row);
            if (!state.empty()) expected.insert(state + number);
            if (requested && Day{2026, 1, 1} > months_later(due, -4)) expected.insert("term-request-late" + number);
            if (planned > due) expected.insert("term-planned-late" + number);
            if (planned < months_later(due, -6)) expected.insert("term-planned-early" + number);
            if (planned < (month_only ? Day{last.year, last.month, 1} : last)) expected.insert("dates-order" + number);
            if ((month_only ? Day{last.year, last.month, 1} : last) > today) expected.insert("cell-future" + number);
        }
        const auto made = fill_from_csv(roster("ruian-2019-annex3"), Layer::self, table, author());
        REQUIRE(made.has_value());
        std::set<std::string> found;
        for (const Finding& finding : check(made->document, day(today.year, static_cast<unsigned>(today.month),
                                                                static_cast<unsigned>(today.day)))) {
            found.insert(finding.code + " " + std::to_string(*finding.row));
            ++met[finding.code];
        }
        REQUIRE(found == expected);
    }
    for (const char* code : {"term-long-overdue", "term-overdue", "term-request", "term-soon", "dates-order",
                             "term-request-late", "term-planned-late", "term-planned-early"})
        CHECK(met[code] > 10);
}

TEST_CASE("an empty roster is a finding, and 无 is a valid report") {
    CHECK(findings_of(roster("ruian-2019-annex4"), day(2026, 8, 15)) == "table-empty w none");
    const auto none = fill_from_csv(roster("ruian-2019-annex4"), Layer::self, "姓名,出生年月\n无,\n", author());
    REQUIRE(none.has_value());
    CHECK(rows_of(none->document).empty());
    CHECK(findings_of(none->document, day(2026, 8, 15)).empty());
    const auto rows = fill_from_csv(none->document, Layer::self,
                                    "姓名,出生年月,触碰十条红线情况,民主评议结果\n张三,1980.1,4,不合格\n", author());
    REQUIRE(rows.has_value());
    CHECK(findings_of(rows->document, day(2026, 8, 15)) == "table-none w none");
}

TEST_CASE("a printed table's own lines above its head do no harm, and its heads are known by every name they have") {
    const auto made =
        fill_from_csv(roster("ruian-2019-annex3"), Layer::self,
                      "卫生健康系统基层党组织换届情况排查表,,,,\n填报单位（盖章）：市一院,,,,\n"
                      "序号,党组织名称,\"上次换届时间\n（召开党员大会选举的时间）\",\"党组织书记\n姓名\",备注\n"
                      "1,第一党支部,2025.1,张三,\n",
                      author());
    REQUIRE(made.has_value());
    REQUIRE(rows_of(made->document).size() == 1);
    CHECK(rows_of(made->document).front().cells == "第一党支部\t2025-01\t\t张三");
    const auto wrong = fill_from_csv(roster("ruian-2019-annex3"), Layer::self,
                                     "党组织名称,上次换届时间\n第一党支部,昨天\n第二党支部,2025.13\n", author());
    REQUIRE_FALSE(wrong.has_value());
    REQUIRE(wrong.error().size() == 2);
    CHECK(wrong.error()[1].place == "line 3");
    CHECK(describe(Language::chinese, wrong.error()[0]).find("上次换届时间") != std::string::npos);
}

namespace {

void put(Document& document, const std::string& row, const char* field, std::string text) {
    auto edit = make_edit(document, author(), {Layer::self, row, field}, std::move(text), "m");
    REQUIRE(edit.has_value());
    REQUIRE(apply(document, *edit).has_value());
}

}  // namespace

TEST_CASE("rows are inserted between others and moved, and stay so in the report") {
    Document document = filled("ruian-2019-annex3", "甲支部\n乙支部\n丙支部");
    const auto rows = rows_of(document);
    const auto key = keys_between(document, rows[0].key, rows[1].key, 1);
    REQUIRE(key.size() == 1);
    const std::string id = next_row_id(document, author());
    put(document, id, "order", key.front());
    put(document, id, "cells", "丁支部");
    CHECK(names_in_order(document) == std::vector<std::string>{"甲支部", "丁支部", "乙支部", "丙支部"});
    const std::string last(rows_of(document)[3].id);
    put(document, last, "order", keys_between(document, {}, rows_of(document)[0].key, 1).front());
    CHECK(names_in_order(document) == std::vector<std::string>{"丙支部", "甲支部", "丁支部", "乙支部"});
    const auto read = read_report(write_report(document), InstrumentLibrary::shipped().finder());
    REQUIRE(read.has_value());
    CHECK(names_in_order(read->document) == names_in_order(document));
    // New rows still stand at the end, also after one was moved there.
    const std::string first(rows_of(document)[0].id);
    put(document, first, "order", keys_between(document, rows_of(document)[3].key, {}, 1).front());
    put(document, next_row_id(document, author()), "cells", "戊支部");
    CHECK(names_in_order(document) == std::vector<std::string>{"甲支部", "丁支部", "乙支部", "丙支部", "戊支部"});
    for (const Edit& edit : make_undo(document, author())) REQUIRE(apply(document, edit).has_value());
    CHECK(names_in_order(document) == std::vector<std::string>{"甲支部", "乙支部", "丙支部"});
}

TEST_CASE("there is a key between any two, many times over, and always in order") {
    std::mt19937 random(3);
    const Document document = filled("ruian-2019-annex3", "甲支部\n乙支部\n丙支部");
    std::vector<std::string> keys;
    for (const RowView& row : rows_of(document)) keys.emplace_back(row.key);
    std::size_t full = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::size_t at = random() % (keys.size() + 1);
        const auto made = keys_between(document, at == 0 ? std::string() : keys[at - 1],
                                       at == keys.size() ? std::string() : keys[at], 1 + random() % 3);
        if (made.empty()) ++full;
        keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(at), made.begin(), made.end());
        for (const std::string& key : made) REQUIRE(is_row_key(key));
    }
    CHECK(full == 0);
    CHECK(std::is_sorted(keys.begin(), keys.end()));
    CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
    std::vector<std::string> at_one_place{keys.front(), keys[1]};
    std::size_t count = 0;
    for (; count < 1000; ++count) {
        const auto made = keys_between(document, at_one_place[0], at_one_place[1], 1);
        if (made.empty()) break;
        at_one_place[1] = made.front();
    }
    CHECK(count > 100);  // then all rows get their keys anew
    CHECK(count < 1000);
}
