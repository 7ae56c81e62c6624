#include "core/date_text.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

bool take_word(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

// ---- Chinese numerals ----

struct Numeral {
    std::string_view text;
    int value;
};
constexpr int ten = 10;
constexpr std::array<Numeral, 27> numerals{
    {{"〇", 0}, {"零", 0}, {"○", 0},  {"◯", 0},  {"Ο", 0},  {"О", 0},  {"一", 1}, {"壹", 1},   {"二", 2},
     {"贰", 2}, {"两", 2}, {"三", 3}, {"叁", 3}, {"四", 4}, {"肆", 4}, {"五", 5}, {"伍", 5},   {"六", 6},
     {"陆", 6}, {"七", 7}, {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9}, {"十", ten}, {"拾", ten}}};
/// Letters that are typed for 〇 within a numeral.
constexpr std::array<std::string_view, 3> round_letters{"O", "o", "0"};

std::vector<int> take_numerals(std::string_view& text) {
    std::vector<int> values;
    for (;;) {
        const auto known = std::find_if(numerals.begin(), numerals.end(),
                                        [text](const Numeral& numeral) { return text.starts_with(numeral.text); });
        if (known != numerals.end()) {
            text.remove_prefix(known->text.size());
            values.push_back(known->value);
        } else if (!values.empty() && !text.empty() && position_in(round_letters, text.substr(0, 1))) {
            text.remove_prefix(1);
            values.push_back(0);
        } else {
            return values;
        }
    }
}

/// 二十一 is 21, 十 is 10; -1 where it is no number below a hundred.
int small_number(const std::vector<int>& values) {
    const auto at = std::find(values.begin(), values.end(), ten);
    if (at == values.end()) {
        if (values.size() == 1) return values.front();
        return values.size() == 2 && values.front() == 0 ? values.back() : -1;  // 〇五
    }
    const auto before = at - values.begin();
    const auto after = values.end() - at - 1;
    if (before > 1 || after > 1 || std::count(values.begin(), values.end(), ten) > 1) return -1;
    return (before == 1 ? values.front() : 1) * ten + (after == 1 ? values.back() : 0);
}

// ---- What stands behind the day ----

struct Weekday {
    std::string_view text;
    unsigned day;  ///< 0 is Sunday
};
constexpr std::array<Weekday, 8> weekday_numerals{
    {{"一", 1}, {"二", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6}, {"日", 0}, {"天", 0}}};
constexpr std::array<Weekday, 7> english_weekdays{
    {{"mon", 1}, {"tue", 2}, {"wed", 3}, {"thu", 4}, {"fri", 5}, {"sat", 6}, {"sun", 0}}};

char to_small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The tail of a date, read from its front. Words are in small letters, signs narrow.
class Tail {
public:
    explicit Tail(std::string_view text) : rest_(text) {}

    /// "date-format", "date-zone"; empty when all of it was understood.
    std::string_view read() {
        while (!rest_.empty()) {
            const bool known = take_sign() || take_weekday() || take_part_of_day() || take_time() || take_zone();
            if (is_elsewhere_) return "date-zone";
            if (!known) return "date-format";
        }
        return {};
    }
    [[nodiscard]] std::optional<unsigned> weekday() const { return weekday_; }

private:
    bool take_sign() {
        constexpr std::array<std::string_view, 9> signs{" ", "(", ")", "[", "]", ",", "。", ".", ";"};
        return take_any(signs);
    }

    template <std::size_t Count>
    bool take_any(const std::array<std::string_view, Count>& words) {
        return std::any_of(words.begin(), words.end(),
                           [this](std::string_view word) { return take_word(rest_, word); });
    }

    bool take_weekday() {
        constexpr std::array<std::string_view, 3> names{"星期", "礼拜", "周"};
        std::string_view after = rest_;
        const bool named =
            std::any_of(names.begin(), names.end(), [&after](std::string_view name) { return take_word(after, name); });
        for (const Weekday& known : weekday_numerals) {
            // A numeral alone only stands between brackets: （四）.
            std::string_view behind = after;
            if (!take_word(behind, known.text) || (!named && !behind.starts_with(")"))) continue;
            weekday_ = known.day;
            rest_ = behind;
            return true;
        }
        for (const Weekday& known : english_weekdays) {
            if (!take_word(rest_, known.text)) continue;
            weekday_ = known.day;
            while (!rest_.empty() && rest_.front() >= 'a' && rest_.front() <= 'z') rest_.remove_prefix(1);
            return true;
        }
        return false;
    }

    bool take_part_of_day() {
        constexpr std::array<std::string_view, 16> words{"上午", "下午", "中午", "早上", "早晨", "凌晨",
                                                         "晚上", "晚间", "傍晚", "夜间", "午后", "全天",
                                                         "晚",   "am",   "pm",   "a.m."};
        return take_any(words);
    }

    /// One or two digits, at most `most`; -1 when there are none.
    int take_number(int most) {
        std::size_t length = 0;
        while (length < rest_.size() && is_digit(rest_[length])) ++length;
        if (length == 0 || length > 2) return -1;
        int number = 0;
        for (const char c : rest_.substr(0, length)) number = number * 10 + (c - '0');
        if (number > most) return -1;
        rest_.remove_prefix(length);
        return number;
    }

    void take_fraction() {
        if (!rest_.starts_with(".")) return;
        std::size_t length = 1;
        while (length < rest_.size() && is_digit(rest_[length])) ++length;
        if (length > 1) rest_.remove_prefix(length);
    }

    /// 14:30, 14:30:05.000, 9时, 9时30分, 3点半, 14:30-16:30.
    bool take_time() {
        constexpr std::array<std::string_view, 6> until{"-", "~", "至", "到", "—", "–"};
        const std::string_view before = rest_;
        (void)(take_word(rest_, "t") || take_any(until));
        if (take_number(24) < 0) return refuse(before);
        const bool colon = take_word(rest_, ":");
        if (!colon && !take_word(rest_, "时") && !take_word(rest_, "点")) return refuse(before);
        if (!colon && (take_word(rest_, "半") || take_word(rest_, "整") || take_word(rest_, "钟"))) return true;
        const bool minutes = take_number(59) >= 0;
        if (!minutes) return !colon || refuse(before);
        const bool more = take_word(rest_, colon ? ":" : "分");
        if (colon && !more) return true;
        const bool seconds = more && take_number(59) >= 0;
        if (colon && !seconds) return refuse(before);
        if (seconds) take_fraction();
        if (seconds && !colon) (void)take_word(rest_, "秒");
        return true;
    }

    bool refuse(std::string_view before) {
        rest_ = before;
        return false;
    }

    /// Only this country's own time leaves the day as it is.
    bool take_zone() {
        constexpr std::array<std::string_view, 4> here{"+08:00", "+0800", "+08", "gmt+8"};
        if (take_any(here)) return true;
        is_elsewhere_ = rest_ == "z" || rest_.starts_with("utc") || rest_.starts_with("gmt") ||
                        ((rest_.starts_with("+") || rest_.starts_with("-")) && rest_.size() > 2 && is_digit(rest_[1]) &&
                         is_digit(rest_[2]));
        return false;
    }

    std::string_view rest_;
    std::optional<unsigned> weekday_;
    bool is_elsewhere_ = false;
};

// ---- The day itself ----

using DateMark = std::pair<std::string_view, char>;
/// Characters that divide a date, each as one ASCII letter or sign. Years and months so become "2019Y8M9D".
constexpr std::array<DateMark, 12> date_marks{{{"年", 'Y'},
                                               {"月", 'M'},
                                               {"日", 'D'},
                                               {"号", 'D'},
                                               {"號", 'D'},
                                               {"。", '.'},
                                               {"–", '-'},
                                               {"—", '-'},
                                               {"−", '-'},
                                               {"‐", '-'},
                                               {"‑", '-'},
                                               {"\\", '/'}}};

/// The next digit or mark of a date, taken off the front; 0 when something else stands there.
char take_date_character(std::string_view& rest) {
    const char c = rest.empty() ? '\0' : rest.front();
    if (is_digit(c) || c == '-' || c == '/' || c == '.') {
        rest.remove_prefix(1);
        return c;
    }
    for (const auto& [word, letter] : date_marks) {
        if (take_word(rest, word)) return letter;
    }
    return '\0';
}

/// The date's part of the text, taken off its front. Blanks only stand beside date_marks ("2019 年 8 月", "2026. 3.
/// 5"); the day ends at 日, and at a blank or anything else between two numbers.
std::string take_day(std::string_view& rest) {
    std::string day;
    while (!rest.empty()) {
        std::string_view next = rest;
        while (take_word(next, " ")) {
        }
        const bool blank = next.size() < rest.size();
        const char c = take_date_character(next);
        const bool ended = day.ends_with('D') || (is_digit(c) && blank && !day.empty() && is_digit(day.back()));
        if (c == '\0' || ended) break;
        day += c;
        rest = next;
    }
    // "2026.03.05." ends a sentence; "20260305143000" is what systems write.
    const auto is_mark = [](char c) { return c == '.' || c == '-' || c == '/'; };
    if (day.ends_with('.') && std::count_if(day.begin(), day.end(), is_mark) == 3) day.pop_back();
    return day;
}

/// 14 digits are a day and a time.
bool is_stamp(std::string_view day) {
    constexpr std::size_t length = 14;
    return day.size() == length && std::all_of(day.begin(), day.end(), is_digit) && day.substr(8, 2) < "24" &&
           day.substr(10, 2) < "60" && day.substr(12, 2) < "60";
}

}  // namespace

std::string with_digits(std::string_view text) {
    constexpr std::array<std::string_view, 8> counted{"月", "日", "号", "號", "时", "点", "分", "秒"};
    std::string out;
    while (!text.empty()) {
        std::string_view rest = text;
        const std::vector<int> values = take_numerals(rest);
        std::string_view next = rest;
        while (take_word(next, " ")) {
        }
        const bool is_year = next.starts_with("年") && std::find(values.begin(), values.end(), ten) == values.end();
        const bool is_small = std::any_of(counted.begin(), counted.end(),
                                          [next](std::string_view word) { return next.starts_with(word); });
        const int number = is_small && !values.empty() ? small_number(values) : -1;
        if (!values.empty() && is_year) {
            for (const int value : values) out += static_cast<char>('0' + value);
        } else if (number >= 0) {
            out += std::to_string(number);
        } else {
            std::size_t length = 0;
            (void)take_character(text, length);
            length = std::max(length, text.size() - rest.size());
            out += text.substr(0, length);
            rest = text.substr(length);
        }
        text = rest;
    }
    return out;
}

Result<DateText> take_date_apart(std::string_view text) {
    constexpr std::size_t longest = 192;  // bytes; longer than any spelling read here
    if (text.size() > longest) return fail("date-format");
    std::string plain = plain_text(text);
    if (plain.starts_with('\'')) plain.erase(0, 1);
    plain = with_digits(plain);
    std::string_view rest = plain;
    DateText found;
    found.folded = take_day(rest);
    if (is_stamp(found.folded)) {
        found.folded.resize(8);
        found.has_more = true;
    }
    if (rest.empty()) return found;
    std::string words(rest);
    std::transform(words.begin(), words.end(), words.begin(), to_small);
    Tail tail(words);
    if (const std::string_view wrong = tail.read(); !wrong.empty()) return fail(std::string(wrong));
    found.has_more = true;
    if (tail.weekday()) found.weekday = std::chrono::weekday(*tail.weekday());
    return found;
}

std::optional<Date> serial_date(std::string_view text) {
    constexpr std::size_t length = 5;
    constexpr int first_ambiguous = 19000;
    constexpr int last_ambiguous = 20999;
    const std::string plain = plain_text(text);
    const std::string_view whole = std::string_view(plain).substr(0, plain.find('.'));
    const std::string_view part = std::string_view(plain).substr(std::min(plain.size(), whole.size() + 1));
    const bool digits =
        std::all_of(whole.begin(), whole.end(), is_digit) && std::all_of(part.begin(), part.end(), is_digit);
    if (whole.size() != length || whole.front() == '0' || !digits || plain.ends_with('.')) return std::nullopt;
    int number = 0;
    for (const char c : whole) number = number * 10 + (c - '0');
    if (number >= first_ambiguous && number <= last_ambiguous) return std::nullopt;
    constexpr std::chrono::sys_days before_first =
        std::chrono::year{1899} / std::chrono::December / std::chrono::day{30};
    return Date{before_first + std::chrono::days{number}};
}

std::string with_year_of(std::string_view period, std::string_view text) {
    constexpr std::size_t digits_of_year = 4;
    const std::string_view year = period.substr(0, digits_of_year);
    const bool has_year = year.size() == digits_of_year && std::all_of(year.begin(), year.end(), is_digit);
    const std::string digits = with_digits(text);
    std::size_t groups = 0;
    std::size_t longest = 0;
    for (std::size_t at = 0, length = 0; at < digits.size(); ++at) {
        length = is_digit(digits[at]) ? length + 1 : 0;
        groups += length == 1 ? 1 : 0;
        longest = std::max(longest, length);
    }
    if (!has_year || groups != 2 || longest > 2) return std::string(text);
    for (const std::string_view sign : {"年", "-", ".", "/"}) {
        std::string whole = std::string(year) + std::string(sign) + std::string(trim(text));
        if (parse_date(whole)) return whole;
    }
    return std::string(text);
}

}  // namespace duibiao
