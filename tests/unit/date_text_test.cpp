#include "core/date_text.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include "core/date.hpp"

using namespace duibiao;

namespace {
std::string read(std::string_view text) {
    const auto date = parse_date(text);
    return date ? to_string(*date) : date.error().code;
}
}  // namespace

TEST_CASE("A day with what systems and people write around it is that day") {
    constexpr std::array spellings{
        "2026/3/5 0:00", "2026-03-05 00:00:00", "2026/3/5 14:30", "2026-03-05T00:00:00", "2026年3月5日 星期四",
        "2026年3月5日星期四", "2026年3月5日（周四）", "2026年3月5日 14:30", "2026.3.5 下午", "2026-3-5 14：30",
        "2026. 3. 5", "2026.03.05.", "2026年3月5日上午9时", "\u200E2026-03-05", "2026-03-05\u200B",
        "2026年3月5日\u2009", "2026 － 03 － 05",
        // Ten more of the kind.
        "2026/3/5 上午 9:00:00", "2026-03-05 09:00:00.000", "2026年3月5日 周四 下午3点半", "2026/3/5 2:30 PM",
        "2026-3-5(四)", "２０２６年３月５日　１４：３０", "2026年03月05日09时30分", "2026-03-05T09:00:00+08:00",
        "20260305143000", "2026-3-5 14:30-16:30", "2026年3月5日下午", "'2026-03-05", "2026–3–5", "2026\\3\\5",
        "2026年3月5日。", "2026-03-05.", "2026年3月5日（星期四）上午9:00；", "2026 / 3 / 5", "2026-03-05 24:00",
        "2026年3月5日 9:30—11:00", "2026/3/5 12:00 AM", "2026-03-05 礼拜四", "2026年03月05", "２０２６．３．５。",
        "2026/3/5 Thursday", "2026年3⽉5⽇"};
    for (const std::string_view spelling : spellings) {
        CAPTURE(spelling);
        CHECK(read(spelling) == "2026-03-05");
    }
}

TEST_CASE("Chinese numerals are read in years, months and days") {
    constexpr std::array spellings{"二〇二六年三月五日",   "二○二六年三月五日",        "二零二六年三月五日",
                                   "二Ｏ二六年三月五日",   "二0二六年三月五日",        "二O二六年3月5日",
                                   "2026年三月五日",       "贰零贰陆年叁月伍日",       "二〇二六年三月五号",
                                   "二〇二六年 三月 五日", "二〇二六年三月五日 星期四"};
    for (const std::string_view spelling : spellings) {
        CAPTURE(spelling);
        CHECK(read(spelling) == "2026-03-05");
    }
    CHECK(read("二〇二六年十一月二十一日") == "2026-11-21");
    CHECK(read("二〇二六年十月十日") == "2026-10-10");
    CHECK(read("二〇二六年十二月三十一日") == "2026-12-31");
    CHECK(read("二〇二六年〇三月〇五日") == "2026-03-05");
    CHECK(to_string(*parse_month("二〇二三年三月")) == "2023-03");
    CHECK(to_string(*parse_month("二零二六年十一月")) == "2026-11");
    CHECK(*normalise_period("二〇二六年度") == "2026");
    CHECK(*normalise_period("二〇二六年第一季度") == "2026-Q1");
    CHECK(*normalise_period("二〇二六年十一月") == "2026-11");
}

TEST_CASE("What does not mean one day is refused, with why") {
    CHECK(read("3月5日") == "date-no-year");
    CHECK(read("三月五日") == "date-no-year");
    CHECK(read("2026年3月5日 星期五") == "date-weekday");
    CHECK(read("2026-03-05T16:00:00Z") == "date-zone");
    CHECK(read("2026-03-05T16:00:00.000Z") == "date-zone");
    CHECK(read("2026-03-05 16:00 +09:00") == "date-zone");
    CHECK(read("2026年3月 星期四") == "date-format");
    CHECK(read("2026年3月5日至6日") == "date-format");
    CHECK(read("2026年3月5日-6日") == "date-format");
    CHECK(read("2026-03-05、2026-03-06") == "date-format");
    CHECK(read("2026-03-05 25:00") == "date-format");
    CHECK(read("2026-03-05 14:60") == "date-format");
    CHECK(read("2026-03-05 左右") == "date-format");
    CHECK(read("2026 3 5") == "date-format");
    CHECK(read("二〇二六年正月初五") == "date-format");
    CHECK(read("二〇二六年二十三月五日") == "date-impossible");
    CHECK(read("26.3.5") == "date-ambiguous");
    CHECK(read("2026年二月三十日") == "date-impossible");
    CHECK(read("46086") == "date-format");  // only in a column of dates
    CHECK(read("2026-03-05 计划") == "date-format");
    CHECK(read("合计") == "date-format");
    for (const std::string_view other :
         {"Mar 5, 2026", "2026年3月上旬", "民国115年3月5日", "2026/03/05(木)", "2026-03-05星期4", "2026-03-05 第1次",
          "二〇二六年三月廿五日", "=DATE(2026,3,5)", "2026,3,5", "2026-03-05.6", "2026.3.5—3.6"}) {
        CAPTURE(other);
        CHECK(read(other) == "date-format");
    }
    CHECK(read("05/03/2026") == "date-ambiguous");
    CHECK(read("2026-02-29") == "date-impossible");
}

TEST_CASE("A serial number is a day, where it cannot be a year and a month") {
    const auto serial = [](std::string_view text) {
        const auto date = serial_date(text);
        return date ? to_string(*date) : std::string("none");
    };
    CHECK(serial("46086") == "2026-03-05");
    CHECK(serial("46086.604") == "2026-03-05");
    CHECK(serial(" ４６０８６\u200B") == "2026-03-05");
    CHECK(serial("31048") == "1985-01-01");
    CHECK(serial("20263") == "none");
    CHECK(serial("4608") == "none");
    CHECK(serial("460860") == "none");
    CHECK(serial("46086天") == "none");
    CHECK(serial("46086.") == "none");
    CHECK(serial("") == "none");
}

TEST_CASE("a day that is typed without its year has that of the period") {
    for (const auto& [period, text, whole] :
         std::initializer_list<std::array<const char*, 3>>{{"2026", "3月20日", "2026年3月20日"},
                                                           {"2026-H1", "3-20", "2026-3-20"},
                                                           {"2026", "三月二十日", "2026年三月二十日"},
                                                           {"2026", "12.1", "2026.12.1"},
                                                           {"2026", "3/20", "2026/3/20"},
                                                           {"2026", " 3月5 ", "2026年3月5"},
                                                           {"2026", "2025-3-20", "2025-3-20"},
                                                           {"2026", "13-40", "13-40"},
                                                           {"2026", "3", "3"},
                                                           {"2026", "", ""},
                                                           {"", "3-20", "3-20"},
                                                           {"某期", "3-20", "3-20"},
                                                           {"2026", "3-4-5", "3-4-5"},
                                                           {"2026", "20-3", "20-3"},
                                                           {"2026", "2月29日", "2月29日"},
                                                           {"2024", "2月29日", "2024年2月29日"}}) {
        const std::string given = with_year_of(period, text);
        CHECK(given == whole);
        if (given != text) CHECK(parse_date(given));
    }
}
