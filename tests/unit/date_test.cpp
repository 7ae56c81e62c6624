#include "core/date.hpp"

#include <doctest/doctest.h>

using namespace duibiao;

namespace {

std::string read(std::string_view text) {
    const auto date = parse_date(text);
    return date ? to_string(*date) : date.error().code;
}

std::string read_month(std::string_view text) {
    const auto month = parse_month(text);
    return month ? to_string(*month) : month.error().code;
}

std::string period(std::string_view text) {
    const auto normalised = normalise_period(text);
    return normalised ? *normalised : normalised.error().code;
}

std::string end_of(std::string_view text) {
    const auto end = period_end(text);
    return end ? to_string(*end) : end.error().code;
}

std::string before(std::string_view text) {
    const auto found = previous_period(text);
    return found ? *found : found.error().code;
}

std::string after(std::string_view text) {
    const auto found = next_period(text);
    return found ? *found : found.error().code;
}

}  // namespace

TEST_CASE("date: every spelling of the same day") {
    for (const char* text :
         {"2019-08-09", "2019-8-9", "2019/8/9", "2019/08/09", "2019.8.9", "2019.08.09", "20190809", "2019年8月9日",
          "2019年08月09日", "2019年8月9号", "2019年8月9", " 2019-08-09 ", "2019 年 8 月 9 日", "２０１９年８月９日",
          "２０１９－０８－０９", "２０１９．８．９", "\u30002019/8/9\n"}) {
        CAPTURE(text);
        CHECK(read(text) == "2019-08-09");
    }
}

TEST_CASE("date: months, and days read as months") {
    for (const char* text :
         {"2019-08", "2019-8", "2019/8", "2019.8", "201908", "2019年8月", "２０１９年８月", "2019-08-31"}) {
        CAPTURE(text);
        CHECK(read_month(text) == "2019-08");
    }
    CHECK(read_month("2019-13") == "date-impossible");
    CHECK(read_month("2019-02-30") == "date-impossible");
    for (const char* text : {"2019-08", "2019.8", "201908", "2019年8月"}) CHECK(read(text) == "date-no-day");
}

TEST_CASE("date: the one way in files is known from the others") {
    for (const char* text : {"2019-08-09", "1900-01-01", "2200-12-31", "2020-02-29"}) CHECK(is_written_date(text));
    for (const char* text : {"2019-8-9", "2019-08-9 ", "2019.08.09", "2019-02-29", "2019-08-32", "2019-00-01",
                             "1899-12-31", "2201-01-01", "2019-08-0a", "2019-08", "201a-08-09", ""}) {
        CAPTURE(text);
        CHECK_FALSE(is_written_date(text));
    }
    for (const char* text : {"2019-08", "1900-01", "2200-12"}) CHECK(is_written_month(text));
    for (const char* text :
         {"2019-8", "2019.08", "2019-13", "2019-00", "1899-12", "2201-01", "2019-0x", "2019-08-09", ""}) {
        CAPTURE(text);
        CHECK_FALSE(is_written_month(text));
    }
}

TEST_CASE("date: leap years") {
    CHECK(read("2024-02-29") == "2024-02-29");
    CHECK(read("2023-02-29") == "date-impossible");
    CHECK(read("2000-02-29") == "2000-02-29");
    CHECK(read("1900-02-29") == "date-impossible");
    CHECK(read("2100-02-29") == "date-impossible");
}

TEST_CASE("date: days that do not exist, years out of range") {
    for (const char* text : {"2026-02-30", "2月30日不存在", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00",
                             "2026-01-32", "20260231", "1899-12-31", "2201-01-01", "0000-01-01"}) {
        CAPTURE(text);
        CHECK(read(text) == (std::string_view(text).starts_with("2月") ? "date-format" : "date-impossible"));
    }
    CHECK(read("1900-01-01") == "1900-01-01");
    CHECK(read("2200-12-31") == "2200-12-31");
}

TEST_CASE("date: what could be read in two ways is not read") {
    for (const char* text : {"31/12/26", "08/09/2019", "8-9-2019", "19.8.9", "1/2/3", "19年8月9日", "8/9", "08.2019"}) {
        CAPTURE(text);
        CHECK(read(text) == "date-ambiguous");
    }
}

TEST_CASE("date: what is no date") {
    for (const char* text : {"",
                             " ",
                             "2019",
                             "2019年",
                             "今天",
                             "2019-08/09",
                             "2019年8-9",
                             "2019--8",
                             "2019-08-",
                             "-2019-08-09",
                             "2019 08 09",
                             "2019080",
                             "201908091",
                             "2019-8-123",
                             "2019-123-1",
                             "20190-8-9",
                             "1-2-3-4",
                             "2019月8年9日",
                             "2019-08-09日",
                             "\xFF\xFE",
                             "2019年8月9日2019年8月9日",
                             "99999999999999999999"}) {
        CAPTURE(text);
        CHECK(read(text) == "date-format");
    }
    CHECK(read(std::string(10'000, '1')) == "date-format");
}

TEST_CASE("period: every spelling") {
    for (const char* text : {"2026", "2026年", "2026年度", " ２０２６年度 ", "2026 年"}) CHECK(period(text) == "2026");
    for (const char* text : {"2026-H1", "2026年上半年", "2026上半年", "2026-h1", "2026H1"})
        CHECK(period(text) == "2026-H1");
    CHECK(period("2026年下半年") == "2026-H2");
    for (const char* text :
         {"2026-Q3", "2026年第三季度", "2026年三季度", "2026年第3季度", "2026年3季度", "2026-q3", "2026Q3"}) {
        CAPTURE(text);
        CHECK(period(text) == "2026-Q3");
    }
    for (const char* text : {"2026-08", "2026年8月", "2026.8", "2026/08", "202608"}) CHECK(period(text) == "2026-08");
}

TEST_CASE("period: what is none") {
    for (const char* text :
         {"",        "26",           "2026-",      "2026-H3",        "2026-H0",    "2026-Q5",   "2026-Q0",
          "2026-13", "2026-00",      "2026-08-09", "2026年第五季度", "2026年13月", "1899",      "2201",
          "今年",    "2026年8月9日", "-2026",      "2026-H1-H1",     "２０２",     "2026年年度"}) {
        CAPTURE(text);
        CHECK(period(text) == "period-format");
    }
}

TEST_CASE("period: the first day after it") {
    CHECK(end_of("2026") == "2027-01-01");
    CHECK(end_of("2026-H1") == "2026-07-01");
    CHECK(end_of("2026-H2") == "2027-01-01");
    CHECK(end_of("2026-Q1") == "2026-04-01");
    CHECK(end_of("2026-Q4") == "2027-01-01");
    CHECK(end_of("2026-01") == "2026-02-01");
    CHECK(end_of("2026-12") == "2027-01-01");
    CHECK(end_of("2026年") == "period-format");  // not as files write it
    CHECK(end_of("2026-8") == "period-format");
}

TEST_CASE("period: the one before and the one after") {
    CHECK(before("2026") == "2025");
    CHECK(before("2026-H1") == "2025-H2");
    CHECK(before("2026-H2") == "2026-H1");
    CHECK(before("2026-Q1") == "2025-Q4");
    CHECK(before("2026-01") == "2025-12");
    CHECK(after("2025-12") == "2026-01");
    CHECK(after("2025-Q4") == "2026-Q1");
    CHECK(after("2025-H2") == "2026-H1");
    CHECK(after("2025") == "2026");
    CHECK(before("1900") == "period-format");
    CHECK(after("2200-12") == "period-format");
    CHECK(before("x") == "period-format");
    std::string walking = "1900-01";
    int steps = 0;
    while (walking != "2200-12") {
        const std::string next = after(walking);
        REQUIRE(before(next) == walking);
        walking = next;
        ++steps;
    }
    CHECK(steps == 301 * 12 - 1);
}

TEST_CASE("instant: UTC to the second, and nothing else") {
    CHECK(check_instant("2026-11-21T06:03:34Z").has_value());
    CHECK(check_instant("2024-02-29T23:59:59Z").has_value());
    for (const char* text :
         {"", "2026-11-21", "2026-11-21T06:03:34", "2026-11-21T06:03:34.000Z", "2026-11-21T24:00:00Z",
          "2026-11-21T23:60:00Z", "2026-11-21T23:59:60Z", "2026-02-30T00:00:00Z", "2026-11-21 06:03:34Z",
          "2026-11-21t06:03:34z", "2026-11-21T06:03:34+", "1899-11-21T06:03:34Z", "202x-11-21T06:03:34Z"}) {
        CAPTURE(text);
        const auto done = check_instant(text);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().code == "instant-format");
    }
}

TEST_CASE("instant: a second later, up to the last one there is") {
    for (const auto& [text, later] : {std::pair{"2026-11-21T06:03:34Z", "2026-11-21T06:03:35Z"},
                                      {"2026-11-21T06:59:59Z", "2026-11-21T07:00:00Z"},
                                      {"2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"},
                                      {"2200-12-31T23:59:58Z", "2200-12-31T23:59:59Z"},
                                      {"2200-12-31T23:59:59Z", "2200-12-31T23:59:59Z"}}) {
        CHECK(second_after(text) == later);
    }
}

TEST_CASE("instant: what a clock may show") {
    for (const char* text : {"2020-01-01T00:00:00Z", "2026-11-21T06:03:34Z", "2099-12-31T23:59:59Z"})
        CHECK(is_credible(text));
    for (const char* text : {"", "1868-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2019-12-31T23:59:59Z",
                             "2100-01-01T00:00:00Z", "10265-01-01T00:00:00Z", "-001-01-01T00:00:00Z"})
        CHECK_FALSE(is_credible(text));
}
