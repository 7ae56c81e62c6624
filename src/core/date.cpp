#include "core/date.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/date_text.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2200;
constexpr std::size_t longest_date = 64;  ///< bytes; longer than any spelling read here

/// Numbers with the signs between and after them: "2019Y8M" has two numbers and two signs.
struct Parts {
    std::array<std::string_view, 3> numbers;
    std::array<char, 3> signs{};  ///< 0 where a number ends the text
    std::size_t count = 0;
};

std::optional<Parts> split(std::string_view folded) {
    Parts parts;
    while (!folded.empty()) {
        if (parts.count == parts.numbers.size()) return std::nullopt;
        std::size_t length = 0;
        while (length < folded.size() && is_digit(folded[length])) ++length;
        if (length == 0 || length > 8) return std::nullopt;
        parts.numbers[parts.count] = folded.substr(0, length);
        folded.remove_prefix(length);
        if (!folded.empty()) {
            parts.signs[parts.count] = folded.front();
            folded.remove_prefix(1);
        }
        ++parts.count;
    }
    return parts;
}

int to_number(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

enum class Precision : std::uint8_t { day, month };

/// What was read before it is known to exist in the calendar.
struct Written {
    Precision precision = Precision::day;
    int year = 0;
    int month = 0;
    int day = 1;
    std::optional<std::chrono::weekday> weekday;  ///< that the text says of the day
};

bool is_short(std::string_view digits) { return digits.size() == 1 || digits.size() == 2; }

/// "20190809" and "201908".
std::optional<Written> read_digits_only(std::string_view digits) {
    if (digits.size() != 8 && digits.size() != 6) return std::nullopt;
    Written written{Precision::month, to_number(digits.substr(0, 4)), to_number(digits.substr(4, 2)), 1, {}};
    if (digits.size() == 8) {
        written.precision = Precision::day;
        written.day = to_number(digits.substr(6, 2));
    }
    return written;
}

/// True for the signs of a date with dividers ("2019.8.9", one and the same divider) or with 年月日.
bool signs_fit(const Parts& parts) {
    const auto& signs = parts.signs;
    if (signs[0] == 'Y') {
        if (parts.count == 2) return signs[1] == 'M';
        return parts.count == 3 && signs[1] == 'M' && (signs[2] == 'D' || signs[2] == 0);
    }
    const bool divider = signs[0] == '-' || signs[0] == '/' || signs[0] == '.';
    if (!divider) return false;
    if (parts.count == 2) return signs[1] == 0;
    return parts.count == 3 && signs[1] == signs[0] && signs[2] == 0;
}

Error date_error(std::string code, std::string_view text) {
    Error error{std::move(code), {}, {}};
    // Only what can be shown again goes into the message.
    if (text.size() <= longest_date && is_utf8(text)) error.params.emplace("text", std::string(text));
    return error;
}

/// What the digits and marks of a date say. `text` is the whole of it, for errors.
Result<Written> read_folded(std::string_view folded, std::string_view text) {
    const auto format_error = [&text] { return tl::unexpected<Error>(date_error("date-format", text)); };
    const auto parts = split(folded);
    if (!parts || parts->count == 0) return format_error();
    if (parts->count == 1) {
        const auto written = parts->signs[0] == 0 ? read_digits_only(parts->numbers[0]) : std::nullopt;
        if (!written) return format_error();
        return *written;
    }
    if (parts->signs[0] == 'M' && parts->count == 2) return tl::unexpected<Error>(date_error("date-no-year", text));
    if (!signs_fit(*parts)) return format_error();
    const auto& numbers = parts->numbers;
    const bool year_first = numbers[0].size() == 4;
    const bool others_short = is_short(numbers[1]) && (parts->count == 2 || is_short(numbers[2]));
    if (year_first && others_short) {
        const bool full = parts->count == 3;
        return Written{full ? Precision::day : Precision::month,
                       to_number(numbers[0]),
                       to_number(numbers[1]),
                       full ? to_number(numbers[2]) : 1,
                       {}};
    }
    // Two-digit years, and years at the end: day, month and year could be told apart only by guessing.
    const bool year_last = is_short(numbers[0]) && is_short(numbers[1]) &&
                           (parts->count == 2 || is_short(numbers[2]) || numbers[2].size() == 4);
    const bool month_year = parts->count == 2 && is_short(numbers[0]) && numbers[1].size() == 4;
    if (year_last || month_year) return tl::unexpected<Error>(date_error("date-ambiguous", text));
    return format_error();
}

Result<Written> read_date(std::string_view text) {
    const auto apart = take_date_apart(text);
    if (!apart) return tl::unexpected<Error>(date_error(apart.error().code, text));
    auto written = read_folded(apart->folded, text);
    if (!written) return written;
    if (apart->has_more && written->precision == Precision::month)
        return tl::unexpected<Error>(date_error("date-format", text));
    written->weekday = apart->weekday;
    return written;
}

Result<Date> to_date(const Written& written, std::string_view text) {
    const Date date{std::chrono::year{written.year}, std::chrono::month{static_cast<unsigned>(written.month)},
                    std::chrono::day{static_cast<unsigned>(written.day)}};
    const bool in_range = written.year >= first_year && written.year <= last_year;
    if (!in_range || !date.ok()) return tl::unexpected<Error>(date_error("date-impossible", text));
    if (written.weekday && *written.weekday != std::chrono::weekday(std::chrono::sys_days(date)))
        return tl::unexpected<Error>(date_error("date-weekday", text));
    return date;
}

std::string digits(int number, std::size_t width) {
    std::string text = std::to_string(number);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text;
}

// ---- Periods ----

/// A year cut into `parts_per_year` equal parts, and the part meant, from 0.
struct Period {
    int year = 0;
    int parts_per_year = 1;
    int part = 0;
};

std::string to_text(const Period& period) {
    std::string text = digits(period.year, 4);
    if (period.parts_per_year == 2) text += "-H" + std::to_string(period.part + 1);
    if (period.parts_per_year == 4) text += "-Q" + std::to_string(period.part + 1);
    if (period.parts_per_year == 12) text += "-" + digits(period.part + 1, 2);
    return text;
}

bool is_year(int year) { return year >= first_year && year <= last_year; }

/// What follows the year in "2026年上半年": the words of each part.
struct PeriodWord {
    std::string_view word;
    int parts_per_year;
    int part;
};
constexpr std::array<PeriodWord, 18> period_words{{
    {"", 1, 0},
    {"度", 1, 0},
    {"上半年", 2, 0},
    {"下半年", 2, 1},
    {"第一季度", 4, 0},
    {"第二季度", 4, 1},
    {"第三季度", 4, 2},
    {"第四季度", 4, 3},
    {"第1季度", 4, 0},
    {"第2季度", 4, 1},
    {"第3季度", 4, 2},
    {"第4季度", 4, 3},
    {"一季度", 4, 0},
    {"二季度", 4, 1},
    {"三季度", 4, 2},
    {"四季度", 4, 3},
    {"H1", 2, 0},
    {"H2", 2, 1},
}};

std::optional<Period> word_period(int year, std::string_view word) {
    for (const PeriodWord& known : period_words) {
        if (known.word == word) return Period{year, known.parts_per_year, known.part};
    }
    const bool quarter = word.size() == 2 && (word[0] == 'Q' || word[0] == 'q') && word[1] >= '1' && word[1] <= '4';
    if (quarter) return Period{year, 4, word[1] - '1'};
    const bool half = word.size() == 2 && word[0] == 'h' && (word[1] == '1' || word[1] == '2');
    if (half) return Period{year, 2, word[1] - '1'};
    constexpr std::string_view quarter_word = "季度";
    if (word.size() == 1 + quarter_word.size() && word.ends_with(quarter_word) && word[0] >= '1' && word[0] <= '4') {
        return Period{year, 4, word[0] - '1'};
    }
    return std::nullopt;
}

std::optional<Period> read_period(std::string_view text) {
    if (text.size() > longest_date) return std::nullopt;
    std::string narrow = plain_text(text);
    std::erase(narrow, ' ');
    narrow = with_digits(narrow);
    std::string_view rest = narrow;
    if (rest.size() < 4) return std::nullopt;
    for (const char c : rest.substr(0, 4)) {
        if (!is_digit(c)) return std::nullopt;
    }
    const int year = to_number(rest.substr(0, 4));
    if (!is_year(year)) return std::nullopt;
    rest.remove_prefix(4);
    constexpr std::string_view year_word = "年";
    if (rest.starts_with(year_word)) {
        rest.remove_prefix(year_word.size());
    } else if (rest.starts_with('-')) {
        rest.remove_prefix(1);
        if (rest.empty()) return std::nullopt;
    }
    if (const auto period = word_period(year, rest)) return period;
    // What is left can only be a month: the same spellings as any month.
    const auto written = read_date(text);
    if (!written || written->precision != Precision::month || written->month < 1 || written->month > 12)
        return std::nullopt;
    return Period{year, 12, written->month - 1};
}

/// Reads the one way periods are written in files.
std::optional<Period> read_normalised(std::string_view text) {
    const auto period = read_period(text);
    if (!period || to_text(*period) != text) return std::nullopt;
    return period;
}

tl::unexpected<Error> period_error(std::string_view text) {
    return tl::unexpected<Error>(date_error("period-format", text));
}

Result<std::string> neighbour(std::string_view text, int step) {
    auto period = read_normalised(text);
    if (!period) return period_error(text);
    const int index = period->year * period->parts_per_year + period->part + step;
    period->year = index / period->parts_per_year;
    period->part = index % period->parts_per_year;
    if (!is_year(period->year)) return period_error(text);
    return to_text(*period);
}

bool two_digits_below(std::string_view text, std::size_t at, int limit) {
    return is_digit(text[at]) && is_digit(text[at + 1]) && to_number(text.substr(at, 2)) < limit;
}

/// The number that these digits are; -1 where anything else stands among them.
int written_number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// "2019-08", as files have it by the hundred thousand; nothing for any other text.
std::optional<Month> read_written_month(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    const int year = written_number(text.substr(0, 4));
    const int month = written_number(text.substr(5, 2));
    if (year < first_year || year > last_year || month < 1 || month > 12) return std::nullopt;
    return Month{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}};
}

/// The same of "2019-08-09".
std::optional<Date> read_written_date(std::string_view text) {
    if (text.size() != 10 || text[7] != '-') return std::nullopt;
    const auto month = read_written_month(text.substr(0, 7));
    const int day = written_number(text.substr(8, 2));
    if (!month || day < 1) return std::nullopt;
    const Date date = *month / day;
    return date.ok() ? std::optional(date) : std::nullopt;
}

DateSpan span_of(Month month) { return {month / std::chrono::day{1}, Date{month / std::chrono::last}}; }

}  // namespace

bool is_written_date(std::string_view text) { return read_written_date(text).has_value(); }
bool is_written_month(std::string_view text) { return read_written_month(text).has_value(); }

Result<Date> parse_date(std::string_view text) {
    if (const auto written = read_written_date(text)) return *written;
    const auto written = read_date(text);
    if (!written) return tl::unexpected<Error>(written.error());
    if (written->precision == Precision::month) return tl::unexpected<Error>(date_error("date-no-day", text));
    return to_date(*written, text);
}

Result<Month> parse_month(std::string_view text) {
    const auto written = read_date(text);
    if (!written) return tl::unexpected<Error>(written.error());
    const auto date = to_date(*written, text);
    if (!date) return tl::unexpected<Error>(date.error());
    return Month{date->year(), date->month()};
}

Date add_months(Date date, int months) {
    const Month month = Month{date.year(), date.month()} + std::chrono::months{months};
    const Date last{month / std::chrono::last};
    return Date{month.year(), month.month(), std::min(date.day(), last.day())};
}

Result<DateSpan> parse_span(std::string_view text) {
    if (const auto month = read_written_month(text)) return span_of(*month);
    if (const auto date = parse_date(text)) return DateSpan{*date, *date};
    const auto month = parse_month(text);
    if (!month) return tl::unexpected<Error>(month.error());
    return span_of(*month);
}

std::string to_string(Date date) {
    return to_string(Month{date.year(), date.month()}) + "-" + digits(static_cast<int>(unsigned{date.day()}), 2);
}

std::string to_string(Month month) {
    return digits(int{month.year()}, 4) + "-" + digits(static_cast<int>(unsigned{month.month()}), 2);
}

Result<std::string> normalise_period(std::string_view text) {
    const auto period = read_period(text);
    if (!period) return period_error(text);
    return to_text(*period);
}

Result<Date> period_end(std::string_view period) {
    const auto read = read_normalised(period);
    if (!read) return period_error(period);
    const int months = 12 / read->parts_per_year * (read->part + 1);  // from January to the period's end
    return Date{std::chrono::year{read->year + months / 12}, std::chrono::month{static_cast<unsigned>(months % 12 + 1)},
                std::chrono::day{1}};
}

Result<std::string> previous_period(std::string_view period) { return neighbour(period, -1); }

Result<std::string> next_period(std::string_view period) { return neighbour(period, 1); }

Done check_instant(std::string_view text) {
    constexpr std::string_view pattern = "0000-00-00T00:00:00Z";
    bool fits = text.size() == pattern.size();
    for (std::size_t i = 0; fits && i < pattern.size(); ++i) {
        fits = pattern[i] == '0' ? is_digit(text[i]) : text[i] == pattern[i];
    }
    fits = fits && two_digits_below(text, 11, 24) && two_digits_below(text, 14, 60) && two_digits_below(text, 17, 60);
    if (!fits) return tl::unexpected<Error>(date_error("instant-format", text));
    const Written written{
        Precision::day, to_number(text.substr(0, 4)), to_number(text.substr(5, 2)), to_number(text.substr(8, 2)), {}};
    if (!to_date(written, text)) return tl::unexpected<Error>(date_error("instant-format", text));
    return {};
}

bool is_credible(std::string_view instant) {
    constexpr std::string_view latest = "2099-12-31T23:59:59Z";
    return check_instant(instant) && instant >= earliest_credible && instant <= latest;
}

std::string second_after(std::string_view text) {
    std::string later(text);
    const auto carry = [&later](std::size_t at, int below) {
        const int next = to_number(std::string_view(later).substr(at, 2)) + 1;
        const int shown = next % below;
        later[at] = static_cast<char>('0' + shown / 10);
        later[at + 1] = static_cast<char>('0' + shown % 10);
        return next == below;
    };
    if (!carry(17, 60) || !carry(14, 60) || !carry(11, 24)) return later;
    const auto day = parse_date(text.substr(0, 10));
    if (!day) return std::string(text);
    later = to_string(Date(std::chrono::sys_days(*day) + std::chrono::days(1))) + later.substr(10);
    return check_instant(later) ? later : std::string(text);
}

}  // namespace duibiao
