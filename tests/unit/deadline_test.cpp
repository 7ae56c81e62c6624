#include <doctest/doctest.h>

#include "core/deadline.hpp"
#include "core/row_formula.hpp"

using namespace duibiao;

namespace {

/// The day that a limit means, as files have it; else what kind of words it is.
std::string means(std::string_view text, int year = 2026) {
    const Deadline deadline = read_deadline(text, year);
    if (deadline.day) return to_string(*deadline.day);
    return deadline.kind == Deadline::Kind::at_once   ? "at once"
           : deadline.kind == Deadline::Kind::lasting ? "lasting"
                                                      : "unknown";
}

std::string rate(std::string_view text) {
    const auto read = parse_rate(text);
    return read ? to_string(*read) : "";
}

}  // namespace

TEST_CASE("limits: days and words that mean one") {
    CHECK(means("2025-06-30") == "2025-06-30");
    CHECK(means("2025年9月30日") == "2025-09-30");
    CHECK(means("2025年9月30日前") == "2025-09-30");
    for (const char* words : {"2025年底前", "2025年底", "2025年年底前", "2025年末", "2025年12月底前", "2025年12月",
                              "２０２５年底前", "2025 年底前", "2025年下半年", "2025年第四季度末", "二〇二五年底前"}) {
        CAPTURE(words);
        CHECK(means(words) == "2025-12-31");
    }
    CHECK(means("2026年3月底前") == "2026-03-31");
    CHECK(means("2024年2月底前") == "2024-02-29");
    CHECK(means("2026年第一季度") == "2026-03-31");
    CHECK(means("2026年上半年") == "2026-06-30");
    CHECK(means("年底前") == "2026-12-31");
    CHECK(means("今年年底前") == "2026-12-31");
    CHECK(means("6月底前") == "2026-06-30");
}

TEST_CASE("limits: words without a day, and what is none") {
    CHECK(means("立行立改") == "at once");
    CHECK(means("长期坚持") == "lasting");
    for (const char* words :
         {"尽快", "近期", "13月底前", "2026年13月底前", "2026", "前", "底前", "月底前", "abc", "3"}) {
        CAPTURE(words);
        CHECK(means(words) == "unknown");
    }
    CHECK(means("年底前", 0) == "unknown");
    CHECK(means("6月底前", 0) == "unknown");
    CHECK(normalise_deadline(" 2025年9月30日 ") == "2025-09-30");
    CHECK(normalise_deadline("2025年底前") == "2025年底前");
}

TEST_CASE("rates: shares and fixed amounts") {
    CHECK(rate("0.5%") == "0.5%");
    CHECK(rate("０．５％") == "0.5%");
    CHECK(rate("1.50%") == "1.5%");
    CHECK(rate("百分之2") == "2%");
    CHECK(rate("0.2元") == "0.2元");
    CHECK(rate("每月0.2元") == "0.2元");
    CHECK(rate("0.20 元/月") == "0.2元");
    for (const char* text : {"", "一半", "0.5", "%", "-1%", "元", "0.001%"}) {
        CAPTURE(text);
        CHECK(rate(text).empty());
    }
}

TEST_CASE("amounts are written to the cent") {
    CHECK(money(Points::from_whole(15)) == "15.00");
    CHECK(money(Points::from_hundredths(5)) == "0.05");
    CHECK(money(Points::from_hundredths(-62'92)) == "-62.92");
}
