// Dates as people and programs write them, brought into one spelling. For date.cpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"

namespace duibiao {

/// What stands of a date in a text.
struct DateText {
    std::string folded;                           ///< in ASCII: "2026Y3M5D", "2026-3-5"
    std::optional<std::chrono::weekday> weekday;  ///< that the text says
    bool has_more = false;                        ///< a weekday or a time: only a full date goes with that
};

/// Takes apart a date with what stands around it: blanks and characters without a picture, an apostrophe, 年月日 in
/// Chinese numerals (二〇二六年三月五日, 二零二六, 贰零贰陆), a point at the end, a time (0:00, 14：30, T00:00:00.000,
/// 上午9时, 下午3点半, 2:30 PM, +08:00, from – to), a weekday (星期四, （周四）, Thursday). Errors: "date-format",
/// "date-zone" (a time of another zone: the day may be another here). `text` must be UTF-8.
[[nodiscard]] Result<DateText> take_date_apart(std::string_view text);

/// Chinese numerals in front of 年, 月, 日, 号 and the words of a time, as digits: "二〇二六年度" becomes "2026年度".
[[nodiscard]] std::string with_digits(std::string_view text);

/// The day that a spreadsheet's serial number means, of the usual count from 1900: five digits, perhaps with a part of
/// a day behind a point; 46086 is 2026-03-05. Nothing for other texts, and for 19000 to 20999, which may be a year and
/// a month (20263).
[[nodiscard]] std::optional<Date> serial_date(std::string_view text);

/// A day that somebody typed without its year (3月20日, 3-20, 3.20), with the year that the period begins with. Other
/// texts, and those of a period without a year, come back as they are. For what is typed and seen at once: in a table
/// that comes from elsewhere nothing says that its year is the document's.
[[nodiscard]] std::string with_year_of(std::string_view period, std::string_view text);

}  // namespace duibiao
