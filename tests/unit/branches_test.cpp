#include "core/branches.hpp"

#include <doctest/doctest.h>

#include "core/cell.hpp"
#include "core/take_over.hpp"
#include "exchange/library.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

std::string names(const std::vector<Body>& bodies) {
    std::string text;
    for (const Body& body : bodies) {
        text += text.empty() ? "" : " ";
        text += body.name;
        if (body.from) text += "[" + to_string(*body.from);
        if (body.to) text += "]" + to_string(*body.to);
    }
    return text;
}

std::string branches(std::string_view text) { return names(read_branches(text).branches); }

/// The branch of that name on that day, by its place from 0; "-" for none.
std::string found(std::string_view list, std::string_view name, Date on) {
    const auto at = read_branches(list).find(name, on);
    return at ? std::to_string(*at) : "-";
}

}  // namespace

TEST_CASE("branches: one a line or several with 、, with days and former names in any order") {
    CHECK(branches("") == "");
    CHECK(branches("内科党支部\n外科党支部") == "内科党支部 外科党支部");
    CHECK(branches("内科党支部、外科党支部；药剂党支部") == "内科党支部 外科党支部 药剂党支部");
    CHECK(branches("门诊党支部 2026-03-01起") == "门诊党支部[2026-03-01");
    CHECK(branches("门诊党支部　2026年3月1日起 2026.6.30止") == "门诊党支部[2026-03-01]2026-06-30");
    CHECK(branches("门诊党支部 2026-03-01至2026-06-30") == "门诊党支部[2026-03-01]2026-06-30");
    CHECK(branches("门诊党支部 至2026-06-30") == "门诊党支部]2026-06-30");
    CHECK(read_branches("门诊党支部 三月起").unread == std::vector<std::string>{"三月起"});
    CHECK(read_branches("甲支部\n甲 支部").doubled.empty());  // "支部" is no day, and 甲 another branch
    CHECK(read_branches("甲支部\n甲支部").doubled == std::vector<std::string>{"甲支部"});
    CHECK(read_branches("甲支部 2026-03-31止\n甲支部 2026-04-01起").doubled.empty());
}

TEST_CASE("branches: groups stand behind a colon; a branch without them is its only group") {
    const Branches list = read_branches("内科党支部：第一党小组、第二党小组\n外科党支部");
    CHECK(names(list.groups) == "第一党小组 第二党小组 外科党支部");
    CHECK(list.has_groups);
    CHECK(list.groups[1].branch == 0);
    CHECK_FALSE(list.groups[2].listed);
    CHECK_FALSE(read_branches("内科党支部").has_groups);
}

TEST_CASE("branches: a name is found under what it is called and was called, on its days first") {
    CHECK(found("门急诊党支部 原门诊党支部", "门诊党支部", day(2026, 1, 1)) == "0");
    CHECK(found("门急诊党支部 原门诊党支部", "门急诊 党支部", day(2026, 1, 1)) == "0");
    CHECK(found("门急诊党支部", "急诊党支部", day(2026, 1, 1)) == "-");
    const char* anew = "甲支部 2026-03-31止\n甲支部 2026-04-01起";
    CHECK(found(anew, "甲支部", day(2026, 3, 31)) == "0");
    CHECK(found(anew, "甲支部", day(2026, 4, 1)) == "1");
    CHECK(is_every_branch("各支部"));
    CHECK(is_every_branch("全体党支部"));
    CHECK_FALSE(is_every_branch("各科室"));
}

TEST_CASE("branches: asked when still there on the last day and there for half of the days") {
    const auto asked = [](std::string_view list) {
        return read_branches(list).branches.front().is_asked(day(2026, 4, 1), day(2026, 4, 30));
    };
    CHECK(asked("甲支部"));
    CHECK(asked("甲支部 2026-04-16起"));  // 15 of 30 days
    CHECK_FALSE(asked("甲支部 2026-04-17起"));
    CHECK_FALSE(asked("甲支部 2026-04-29止"));
    CHECK(asked("甲支部 2026-04-30止"));
    CHECK_FALSE(asked("甲支部 2026-05-01起"));
}

TEST_CASE("a ledger of version 1 goes on with version 2, and back, byte for byte") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    const InstrumentPtr second = library.find("ledger");
    const InstrumentPtr first = earlier_versions("ledger").at(0);
    Document ledger = *new_document(first, "d", "市一院", "2026", author());
    put(ledger, "row.1", "cells", std::string("2026-03-05\t支委会\t内科"));
    put(ledger, "header", "secretary", std::string("张三"));
    const std::string before = write_report(ledger);
    const auto taken = take_over(ledger, second);
    REQUIRE(taken.has_value());
    CHECK(taken->lost.empty());
    CHECK(taken->changed.empty());
    CHECK(taken->document.answers == ledger.answers);
    CHECK(std::find(taken->added.begin(), taken->added.end(), "支部名单") != taken->added.end());
    CHECK(taken->removed.size() < taken->added.size());
    const auto read = read_report(write_report(taken->document), library.finder());
    REQUIRE(read.has_value());
    CHECK(read->findings.empty());
    CHECK(read->document.instrument->version == "2");
    CHECK(read_report(before, library.finder())->document.instrument->version == "1");
    Document later = taken->document;
    put(later, "header", "branches", std::string("内科"));
    CHECK(write_report(take_over(taken->document, first)->document) == before);
    const auto back = take_over(later, first);
    REQUIRE(back->lost.size() == 1);
    CHECK(back->lost.front().field == "branches");
    CHECK(take_over(ledger, library.find("jilin-committee")).error().code == "form-other");
}
