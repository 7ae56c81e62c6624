#include "core/deadline.hpp"

#include <algorithm>
#include <array>

#include "core/date_text.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::array<std::string_view, 6> at_once_words{"立行立改", "立即整改", "立即",
                                                        "即知即改", "立查立改", "马上整改"};
constexpr std::array<std::string_view, 6> lasting_words{"长期坚持", "长期", "持续坚持", "持续推进", "持续", "长期整改"};
constexpr std::array<std::string_view, 7> ends{"之前", "以前", "前", "底", "末", "完成", "止"};

bool take_front(std::string_view& rest, std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
}

/// "底前", "末之前", "前完成" behind what is counted.
std::string_view without_end(std::string_view text) {
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view end : ends) {
            if (!text.ends_with(end)) continue;
            text.remove_suffix(end.size());
            found = true;
        }
    }
    return text;
}

/// Up to `most` digits off the front; nothing where there are none.
std::optional<int> take_number(std::string_view& rest, std::size_t most) {
    int number = 0;
    std::size_t length = 0;
    while (length < rest.size() && length < most && is_digit(rest[length]))
        number = number * 10 + (rest[length++] - '0');
    if (length == 0) return std::nullopt;
    rest.remove_prefix(length);
    return number;
}

/// The year in front, or the one given.
int take_year(std::string_view& rest, int otherwise) {
    constexpr std::array<std::string_view, 3> this_year{"本年度", "本年", "今年"};
    for (const std::string_view word : this_year) {
        if (take_front(rest, word)) return otherwise;
    }
    std::string_view ahead = rest;
    const auto year = take_number(ahead, 4);
    if (!year || *year < 1900 || *year > 2200 || !take_front(ahead, "年")) return otherwise;
    take_front(ahead, "度");
    rest = ahead;
    return *year;
}

/// The last month that the words behind the year name; 12 for the year itself, 0 for what is none.
int last_month(std::string_view rest, bool has_year) {
    constexpr std::array<std::string_view, 4> numbers{"一", "二", "三", "四"};
    if (rest.empty()) return has_year ? 12 : 0;
    if (rest == "年" || rest == "下半年" || rest == "年度") return 12;
    if (rest == "上半年") return 6;
    take_front(rest, "第");
    for (std::size_t quarter = 0; quarter < numbers.size(); ++quarter) {
        const std::string digit = std::to_string(quarter + 1);
        for (const std::string_view number : {numbers[quarter], std::string_view(digit)}) {
            std::string_view ahead = rest;
            if (take_front(ahead, number) && (ahead == "季度" || ahead == "季"))
                return static_cast<int>(quarter + 1) * 3;
        }
    }
    const auto month = take_number(rest, 2);
    const bool is_month = month && *month >= 1 && *month <= 12 && (rest == "月" || rest == "月份");
    return is_month ? *month : 0;
}

std::optional<Date> last_day(int year, int month) {
    const std::chrono::year_month_day_last last{std::chrono::year{year} /
                                                std::chrono::month{static_cast<unsigned>(month)} / std::chrono::last};
    return Date(last);
}

}  // namespace

Deadline read_deadline(std::string_view text, int year) {
    const std::string plain = plain_text(text);
    if (position_in(at_once_words, plain)) return {Deadline::Kind::at_once, std::nullopt};
    if (position_in(lasting_words, plain)) return {Deadline::Kind::lasting, std::nullopt};
    if (const auto day = parse_date(plain)) return {Deadline::Kind::day, *day};
    std::string digits = with_digits(plain);
    std::erase(digits, ' ');
    const std::string_view bare = without_end(digits);
    if (const auto day = parse_date(bare)) return {Deadline::Kind::day, *day};
    std::string_view rest = bare;
    const int own = take_year(rest, year);
    const int month = last_month(rest, rest.size() < bare.size());
    if (month == 0 || own == 0) return {};
    // 2026年3月 alone is a month of which the last day is meant; 2026年 alone says no more than 2026年底.
    return {Deadline::Kind::day, last_day(own, month)};
}

std::string normalise_deadline(std::string_view text) {
    if (const auto day = parse_date(text)) return to_string(*day);
    if (const auto day = serial_date(text)) return to_string(*day);
    return std::string(trim(text));
}

}  // namespace duibiao
