#include "exchange/workbook/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include "core/date.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_digits = 15;

// --- Decimals -----------------------------------------------------------------------------------------------------

/// A number in its digits: 0.digits × 10^point.
struct Decimal {
    bool is_negative = false;
    std::string digits;  ///< neither end is 0; empty for 0
    int point = 0;

    void tidy() {
        const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
        digits.erase(0, first);
        point -= static_cast<int>(first);
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.empty()) *this = {};
    }

    /// Leaves so many digits, the last one rounded.
    void round_to(int count) {
        if (count >= static_cast<int>(digits.size())) return;
        if (count < 0) return void(*this = {});
        const bool up = digits[static_cast<std::size_t>(count)] >= '5';
        digits.resize(static_cast<std::size_t>(count));
        if (up) {
            while (!digits.empty() && digits.back() == '9') digits.pop_back();
            if (digits.empty()) {
                digits = "1";
                ++point;
            } else {
                ++digits.back();
            }
        }
        tidy();
    }

    [[nodiscard]] std::string whole() const {
        std::string text = digits.substr(0, static_cast<std::size_t>(std::clamp(point, 0, size())));
        if (point > size()) text.append(static_cast<std::size_t>(point - size()), '0');
        return text;
    }

    [[nodiscard]] std::string decimals() const {
        if (point >= size()) return {};
        std::string text(static_cast<std::size_t>(std::max(-point, 0)), '0');
        return text + digits.substr(static_cast<std::size_t>(std::max(point, 0)));
    }

    [[nodiscard]] int size() const { return static_cast<int>(digits.size()); }
};

/// "-12.5E+3".
std::optional<Decimal> read_decimal(std::string_view text) {
    constexpr int largest_exponent = 400;
    Decimal number;
    number.is_negative = text.starts_with('-');
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    bool is_behind_point = false;
    bool has_digits = false;
    for (; !text.empty() && (is_digit(text.front()) || (text.front() == '.' && !is_behind_point));
         text.remove_prefix(1)) {
        if (text.front() == '.') {
            is_behind_point = true;
            continue;
        }
        has_digits = true;
        number.digits += text.front();
        if (!is_behind_point) ++number.point;
    }
    if (!has_digits) return std::nullopt;
    int exponent = 0;
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(text.substr(1).starts_with('+') ? 2 : 1);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (read.ec != std::errc{} || std::abs(exponent) > largest_exponent) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    }
    if (!text.empty()) return std::nullopt;
    number.point += exponent;
    number.tidy();
    number.round_to(static_cast<int>(most_digits));
    return number;
}

std::string show_decimal(Decimal number, int least_whole, int least_decimals, int most_decimals) {
    number.round_to(number.point + most_decimals);
    std::string whole = number.whole();
    const auto wanted = static_cast<std::size_t>(std::max(least_whole, 1));
    if (whole.size() < wanted) whole.insert(0, wanted - whole.size(), '0');
    std::string decimals = number.decimals();
    if (decimals.size() < static_cast<std::size_t>(least_decimals))
        decimals.resize(static_cast<std::size_t>(least_decimals), '0');
    return (number.is_negative ? "-" : "") + whole + (decimals.empty() ? "" : "." + decimals);
}

// --- Days and times -----------------------------------------------------------------------------------------------

/// The day that a count means; nothing where the calendar has none.
std::optional<Date> day_of(const Decimal& number, DateSystem system) {
    using namespace std::chrono;
    constexpr int last = 2'958'465;  // 9999-12-31
    constexpr int no_leap_day = 60;  // 1900-02-29, which spreadsheets count and the calendar does not have
    constexpr sys_days from_1900{year{1899} / 12 / 30};
    constexpr sys_days from_1904{year{1904} / 1 / 1};
    int days = 0;
    const std::string whole = number.whole();
    std::from_chars(whole.data(), whole.data() + whole.size(), days);
    if (number.is_negative || days > last) return std::nullopt;
    if (system == DateSystem::since_1904) return Date(from_1904 + std::chrono::days(days));
    if (days == 0 || days == no_leap_day) return std::nullopt;
    return Date(from_1900 + std::chrono::days(days < no_leap_day ? days + 1 : days));
}

std::string time_of(const Decimal& number, bool is_elapsed) {
    constexpr int hour = 3600;
    constexpr int minute = 60;
    constexpr int hours_a_day = 24;
    constexpr std::size_t precision = 10;
    constexpr std::int64_t unit = 10'000'000'000;
    std::string part = number.decimals();
    part.resize(precision, '0');
    std::int64_t fraction = 0;
    std::from_chars(part.data(), part.data() + part.size(), fraction);
    std::int64_t seconds = (fraction * hours_a_day * hour + unit / 2) / unit;
    if (is_elapsed) {
        std::int64_t days = 0;
        const std::string whole = number.whole();
        std::from_chars(whole.data(), whole.data() + std::min<std::size_t>(whole.size(), 9), days);
        seconds += days * hours_a_day * hour;
    }
    const auto two = [](std::int64_t figure) { return (figure < 10 ? "0" : "") + std::to_string(figure); };
    std::string text = std::to_string(seconds / hour) + ":" + two(seconds % hour / minute);
    return seconds % minute == 0 ? text : text + ":" + two(seconds % minute);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_with(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char known, char c) { return known == lower(c); });
}

}  // namespace

// --- Formats ------------------------------------------------------------------------------------------------------

/// Reads the first section of a format's code.
class FormatScan {
public:
    explicit FormatScan(std::string_view code) : rest_(code) {}

    NumberFormat read() {
        while (!rest_.empty() && rest_.front() != ';' && !is_unknown_) take_part();
        const bool is_day = has_day_ || has_weekday_ || (has_month_ && !has_year_);
        if (is_day) return of_kind(NumberFormat::Kind::day);
        if (has_month_) return of_kind(NumberFormat::Kind::month);
        if (has_year_) return of_kind(NumberFormat::Kind::year);
        if (has_time_) return of_kind(NumberFormat::Kind::time);
        if (is_unknown_ || !has_digits_) return {};
        format_.kind_ = NumberFormat::Kind::number;
        return format_;
    }

private:
    [[nodiscard]] NumberFormat of_kind(NumberFormat::Kind kind) const {
        NumberFormat format;
        format.kind_ = kind;
        format.is_elapsed_ = format_.is_elapsed_;
        return format;
    }

    void take_part() {
        const char c = lower(rest_.front());
        if (c == '"') return take_quoted();
        if (c == '[') return take_bracket();
        if (c == '\\') return take_escaped();
        if (c == '_' || c == '*') return void(take_characters(2));  // a gap as wide as a character; one that fills
        for (const std::string_view word :
             {std::string_view("general"), std::string_view("am/pm"), std::string_view("a/p")}) {
            if (begins_with(rest_, word)) return void(take_characters(word.size()));
        }
        if (c == '0' || c == '#' || c == '?') return take_digit();
        if (std::string_view("yedmhsabg").find(c) != std::string_view::npos) return take_letters(c);
        take_sign(c);
    }

    void take_sign(char c) {
        const std::string character = take_characters(1);
        if (c == '.' && has_digits_) return void(is_behind_point_ = true);
        if (c == ',') {  // between digits it groups them, behind them it means thousands
            const bool groups = !rest_.empty() && (rest_.front() == '0' || rest_.front() == '#');
            is_unknown_ = is_unknown_ || (has_digits_ && !groups);
            return;
        }
        if (c == '%') return void(format_.is_percent_ = true);
        if (c == '/' && has_digits_) return void(is_unknown_ = true);  // a fraction
        if (c == '@') return;
        add_word(character);
    }

    void take_digit() {
        const bool is_fixed = rest_.front() == '0';
        take_characters(1);
        has_digits_ = true;
        if (is_behind_point_) {
            ++format_.most_decimals_;
            if (is_fixed) format_.least_decimals_ = format_.most_decimals_;
        } else if (is_fixed) {
            ++format_.least_whole_;
        }
    }

    /// m between hours and seconds is minutes.
    void take_letters(char letter) {
        std::size_t count = 0;
        while (count < rest_.size() && lower(rest_[count]) == letter) ++count;
        take_characters(count);
        if (letter == 'e' && has_digits_) return void(is_unknown_ = true);  // 0.00E+00
        const std::size_t next = rest_.find_first_of("yYeEdDmMhHsS0#;");
        const bool is_before_seconds = next != std::string_view::npos && lower(rest_[next]) == 's';
        const bool is_minute = letter == 'm' && (last_letter_ == 'h' || is_before_seconds);
        has_year_ = has_year_ || letter == 'y' || letter == 'e';
        has_month_ = has_month_ || (letter == 'm' && !is_minute);
        has_day_ = has_day_ || (letter == 'd' && count <= 2);
        has_weekday_ = has_weekday_ || letter == 'a' || (letter == 'd' && count > 2);
        has_time_ = has_time_ || letter == 'h' || letter == 's' || is_minute;
        last_letter_ = letter;
    }

    void take_quoted() {
        take_characters(1);
        const std::size_t end = std::min(rest_.find('"'), rest_.size());
        add_word(rest_.substr(0, end));
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
    }

    void take_escaped() {
        take_characters(1);
        if (!rest_.empty()) add_word(take_characters(1));
    }

    /// [Red], [DBNum1], [$¥-804]; [h] and [>100] mean something.
    void take_bracket() {
        const std::size_t end = std::min(rest_.find(']'), rest_.size());
        const std::string_view inner = rest_.substr(1, std::max<std::size_t>(end, 1) - 1);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        const bool is_time = !inner.empty() && inner.find_first_not_of("hHmMsS") == std::string_view::npos;
        if (is_time) has_time_ = format_.is_elapsed_ = true;
        if (is_time) last_letter_ = lower(inner.front());
        if (inner.find_first_of("<>=") != std::string_view::npos) is_unknown_ = true;
    }

    /// So many characters; the first may be of several bytes.
    std::string take_characters(std::size_t count) {
        std::size_t size = 0;
        for (; count > 0 && size < rest_.size(); --count) {
            ++size;
            while (size < rest_.size() && (static_cast<unsigned char>(rest_[size]) & 0xC0U) == 0x80U) ++size;
        }
        std::string taken(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return taken;
    }

    /// What stands around the number; not what only says that it is money, or gives it room.
    void add_word(std::string_view word) {
        constexpr std::array<std::string_view, 8> signs{"¥", "￥", "$", "(", ")", " ", "-", "+"};
        if (std::find(signs.begin(), signs.end(), word) != signs.end()) return;
        (has_digits_ ? format_.behind_ : format_.before_) += word;
    }

    std::string_view rest_;
    NumberFormat format_;
    bool has_digits_ = false;
    bool is_behind_point_ = false;
    bool has_year_ = false;
    bool has_month_ = false;
    bool has_day_ = false;
    bool has_weekday_ = false;
    bool has_time_ = false;
    bool is_unknown_ = false;
    char last_letter_ = 0;
};

NumberFormat NumberFormat::of(std::string_view code) { return FormatScan(code).read(); }

/// Those of Chinese, Japanese and Korean versions too.
NumberFormat NumberFormat::built_in(int id) {
    struct Known {
        int first;
        int last;
        std::string_view code;
    };
    constexpr std::array<Known, 21> known{
        {{1, 1, "0"},        {2, 2, "0.00"},       {3, 3, "#,##0"},      {4, 4, "#,##0.00"}, {9, 9, "0%"},
         {10, 10, "0.00%"},  {14, 16, "yyyy/m/d"}, {17, 17, "yyyy/m"},   {18, 21, "h:mm"},   {22, 22, "yyyy/m/d"},
         {27, 27, "yyyy/m"}, {28, 31, "yyyy/m/d"}, {32, 35, "h:mm"},     {36, 36, "yyyy/m"}, {37, 40, "#,##0"},
         {45, 47, "[h]:mm"}, {50, 50, "yyyy/m"},   {51, 51, "yyyy/m/d"}, {52, 52, "yyyy/m"}, {53, 54, "yyyy/m/d"},
         {55, 56, "h:mm"}}};
    constexpr int last_east_asian = 58;
    const auto found =
        std::find_if(known.begin(), known.end(), [id](const Known& one) { return id >= one.first && id <= one.last; });
    if (found != known.end()) return of(found->code);
    if (id == last_east_asian) return of("yyyy/m/d");
    return id == last_east_asian - 1 ? of("yyyy/m") : NumberFormat{};
}

std::optional<std::string> NumberFormat::show(std::string_view number, DateSystem system) const {
    std::optional<Decimal> value = read_decimal(trim(number));
    if (!value || value->point > static_cast<int>(most_digits)) return std::nullopt;
    constexpr int all_decimals = 400;
    const auto day = day_of(*value, system);
    if (kind_ == Kind::time && !value->is_negative) return time_of(*value, is_elapsed_);
    if (kind_ == Kind::day && day) return to_string(*day);
    if (kind_ == Kind::month && day) return to_string(Month(day->year(), day->month()));
    if (kind_ == Kind::year && day) return std::to_string(static_cast<int>(day->year()));
    if (kind_ != Kind::number) return show_decimal(*value, 0, 0, all_decimals);
    if (is_percent_ && !value->digits.empty()) value->point += 2;
    const std::string shown = show_decimal(*value, least_whole_, least_decimals_, most_decimals_);
    const std::string figure = before_ + shown + (is_percent_ ? "%" : "") + behind_;
    return figure;
}

}  // namespace duibiao
