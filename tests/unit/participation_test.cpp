// 参会率 by branch and month, and who was away month after month, against a reference that counts on its own.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/participation.hpp"
#include "exchange/export.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

Document ledger_with_rows(const std::string& rows, std::string_view branches, std::string_view members) {
    auto made = new_document(InstrumentLibrary::on_demand().find("ledger"), "d", "市一院", "2026", author());
    REQUIRE(made.has_value());
    if (!branches.empty()) put(*made, "header", "branches", std::string(branches));
    if (!members.empty()) put(*made, "header", "members", std::string(members));
    if (rows.empty()) return *std::move(made);
    const auto filled = add_rows_from_csv(*made, Layer::self, "日期\t类型\t支部\t应到\t实到\t人员\n" + rows, author());
    REQUIRE(filled.has_value());
    return filled->document;
}

std::string rate_of(const Turnout& turnout) {
    const auto rate = turnout.rate();
    return rate ? rate->to_string() : "none";
}

}  // namespace

TEST_CASE("参会率: of activities that say both numbers, by month and branch, up to the day") {
    const Document document = ledger_with_rows(
        "2026-01-10\t支委会\t内科党支部\t10\t9\t\n"
        "2026-01-20\t党员大会\t外科党支部\t20\t20\t\n"
        "2026-02-10\t支委会\t内科党支部\t10\t0\t\n"  // nobody came: that is a number too
        "2026-02-11\t支委会\t内科党支部\t10\t\t\n"   // not written
        "2026-02-12\t支委会\t内科党支部\t\t5\t\n"    // nobody knows of how many
        "2026-03-01\t主题党日\t各支部\t30\t15\t\n"
        "2026-12-01\t支委会\t内科党支部\t10\t10\t\n",
        "内科党支部\n外科党支部\n药剂党支部", "");
    const Participation came = participation(read_ledger(document), day(2026, 6, 30));
    CHECK(came.all.activities == 4);
    CHECK(rate_of(came.all) == "62.85");  // 44 of 70
    CHECK(rate_of(came.months[0]) == "96.66");
    CHECK(rate_of(came.months[1]) == "0");
    CHECK(rate_of(came.months[3]) == "none");
    REQUIRE(came.branches.size() == 3);
    CHECK(came.branches[0].name == "内科党支部");
    CHECK(rate_of(came.branches[0].turnout) == "48");  // 9 + 0 + 15 of 50
    CHECK(rate_of(came.branches[1].turnout) == "70");
    CHECK(rate_of(came.branches[2].turnout) == "50");
    const Participation nothing = participation(read_ledger(ledger_with_rows("", "", "")), day(2026, 6, 30));
    CHECK(nothing.all.activities == 0);
    CHECK(nothing.branches.empty());
}

TEST_CASE("参会率 and 缺席 stand in the ledger's print, and only where somebody wrote them down") {
    const Document document = ledger_with_rows(
        "2026-01-10\t支委会\t\t4\t3\t甲、乙、丙\n2026-02-10\t支委会\t\t4\t2\t甲、乙\n"
        "2026-03-10\t支委会\t\t4\t2\t甲、乙\n",
        "", "甲、乙、丙、丁");
    const auto print = write_html(document, day(2026, 3, 31));
    CHECK(print.find("参会率 58.33%（实到 7 / 应到 12 人次）") != std::string::npos);
    CHECK(print.find("连续未参加：丙（2个月）、丁（3个月）") != std::string::npos);
    const auto without = write_html(ledger_with_rows("2026-01-10\t支委会\t\t\t\t甲\n", "", "甲、乙"), day(2026, 3, 31));
    CHECK(without.find("参会率") == std::string::npos);
}

TEST_CASE("absences: the longest time of the year, as counted month by month") {
    std::mt19937 dice(18);
    const std::vector<std::string> members{"甲", "乙", "丙", "丁", "戊"};
    for (int round = 0; round < 40; ++round) {
        std::string rows;
        std::map<int, std::string> there;
        for (int month = 1; month <= 12; ++month) {
            if (dice() % 5 == 0) continue;
            std::string names;
            for (const std::string& member : members) {
                if (dice() % 2 == 0) names += (names.empty() ? "" : "、") + member;
            }
            if (names.empty()) continue;
            there[month] = names;
            rows += "2026-" + std::to_string(100 + month).substr(1) + "-05\t支委会\t\t\t\t" + names + "\n";
        }
        const Document document = ledger_with_rows(rows, "", "甲、乙、丙、丁、戊");
        std::string expected;
        for (const std::string& member : members) {
            int longest = 0;
            for (int from = 1; from <= 9; ++from) {
                int months = 0;
                while (from + months <= 9 && there.contains(from + months) &&
                       there[from + months].find(member) == std::string::npos)
                    ++months;
                longest = std::max(longest, months);
            }
            if (longest >= 2) expected += member + std::to_string(longest) + " ";
        }
        std::string found;
        for (const Absence& absence : absences(read_ledger(document), 2, day(2026, 10, 5)))
            found += absence.name + std::to_string(absence.months) + " ";
        CHECK(found == expected);
    }
}
