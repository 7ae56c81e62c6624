// Calendar dates. The core never reads a clock: every "today" is an argument.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace duibiao {

using Date = std::chrono::year_month_day;
using Month = std::chrono::year_month;

inline constexpr int months_of_year = 12;

/// Reads a full date: 2019-08-09, 2019-8-9, 2019/8/9, 2019.8.9, 2019年8月9日, 20190809, 二〇一九年八月九日; a time and
/// a weekday may stand behind it (date_text.hpp). Years 1900 to 2200. Errors: "date-format", "date-impossible"
/// (2月30日), "date-ambiguous" (31/12/26), "date-no-day" (a month alone), "date-no-year" (3月5日), "date-weekday" (the
/// day was another day of the week), "date-zone" (a time of another zone).
[[nodiscard]] Result<Date> parse_date(std::string_view text);

/// Reads a month: 2019-08, 2019.8, 2019/8, 2019年8月, 201908; a full date gives its month. Errors as parse_date.
[[nodiscard]] Result<Month> parse_month(std::string_view text);

/// "2019-08-09": the one way in files.
[[nodiscard]] std::string to_string(Date date);
/// "2019-08".
[[nodiscard]] std::string to_string(Month month);

/// True for a day, or a month, that to_string() would write just so.
[[nodiscard]] bool is_written_date(std::string_view text);
[[nodiscard]] bool is_written_month(std::string_view text);

/// The same day so many months later, or earlier; the last day of a month that is too short for it.
[[nodiscard]] Date add_months(Date date, int months);

/// The first and last day that a cell may mean: the same day twice, or a month's first and last.
struct DateSpan {
    Date first;
    Date last;
};
/// Reads a date or a month as parse_date and parse_month do. Errors: theirs.
[[nodiscard]] Result<DateSpan> parse_span(std::string_view text);

/// A period of reporting as it is written in files: "2026", "2026-H1", "2026-Q3", "2026-08". Also reads 2026年,
/// 2026年度, 2026年上半年, 2026年第三季度, 2026年8月. Error: "period-format".
[[nodiscard]] Result<std::string> normalise_period(std::string_view text);

/// First day after the period, for "is it over as of …". `period` must be normalised. Error: "period-format".
[[nodiscard]] Result<Date> period_end(std::string_view period);

/// The same kind of period one before: "2026" → "2025", "2026-H1" → "2025-H2". Error: "period-format".
[[nodiscard]] Result<std::string> previous_period(std::string_view period);
/// The one after. Error: "period-format".
[[nodiscard]] Result<std::string> next_period(std::string_view period);

/// Checks an instant as edits carry it: "2026-11-21T06:03:34Z" (UTC, seconds). Error: "instant-format".
[[nodiscard]] Done check_instant(std::string_view text);
/// Whether an instant may be the present one: from 2020, before which there was no such program, to 2099.
[[nodiscard]] bool is_credible(std::string_view instant);
inline constexpr std::string_view earliest_credible = "2020-01-01T00:00:00Z";
/// The instant a second later; the last one there is stays. `text` is one.
[[nodiscard]] std::string second_after(std::string_view text);

}  // namespace duibiao
