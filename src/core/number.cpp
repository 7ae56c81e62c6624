#include "core/number.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::size_t longest_number_text = 96;  ///< bytes; no number that means something here is longer

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

template <std::size_t Count>
bool begins_with_any(std::string_view text, const std::array<std::string_view, Count>& words) {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t Count>
bool holds_any(std::string_view text, const std::array<std::string_view, Count>& words) {
    return std::any_of(words.begin(), words.end(),
                       [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Counters that say the same of a number; the first of each names the kind.
constexpr std::array<std::array<std::string_view, 4>, 5> counter_kinds{{{"人", "名", "位", "人次"},
                                                                        {"次", "场", "回", "场次"},
                                                                        {"分", "分", "分", "分"},
                                                                        {"学时", "课时", "小时", "个学时"},
                                                                        {"个", "项", "条", "份"}}};

std::string_view without_ending(std::string_view text, std::string_view ending) {
    if (ending.empty() || text.size() <= ending.size() || !text.ends_with(ending)) return text;
    return trim(text.substr(0, text.size() - ending.size()));
}

/// "50名" where the unit is 人. 次 may stand behind any count, as in 主题党日3次.
std::string_view without_counter(std::string_view text, std::string_view unit) {
    if (const std::string_view rest = without_ending(text, unit); rest.size() < text.size()) return rest;
    for (const auto& kind : counter_kinds) {
        const bool fits = unit.empty() || position_in(kind, unit).has_value() || kind.front() == "次";
        if (!fits) continue;
        // The longer ones first: 人次 ends with 次.
        for (auto counter = kind.rbegin(); counter != kind.rend(); ++counter) {
            if (const std::string_view rest = without_ending(text, *counter); rest.size() < text.size()) return rest;
        }
    }
    return text;
}

/// An amount as Excel's formats for money show it: "¥1,234.50", "￥ 50".
std::string_view without_currency(std::string_view text, std::string_view unit) {
    constexpr std::array<std::string_view, 3> signs{"¥", "RMB", "CNY"};
    if (!unit.ends_with("元")) return text;
    for (const std::string_view sign : signs) {
        if (text.starts_with(sign)) return trim(text.substr(sign.size()));
    }
    return text;
}

/// A sign or apostrophe in front, as ASCII. Excel keeps a text with an apostrophe, people type typographic ones.
std::string plain_sign(std::string text) {
    constexpr std::array<std::string_view, 5> apostrophes{"'", "‘", "’", "`", "′"};
    constexpr std::array<std::string_view, 4> minuses{"−", "–", "—", "‐"};
    for (const std::string_view apostrophe : apostrophes) {
        if (!text.starts_with(apostrophe)) continue;
        text.erase(0, apostrophe.size());
        break;
    }
    for (const std::string_view minus : minuses) {
        if (text.starts_with(minus)) return text.replace(0, minus.size(), "-");
    }
    if (text.starts_with('+')) text.erase(0, 1);
    return text;
}

/// The whole part without what parts its thousands; nothing where the groups are none of thousands.
std::optional<std::string> join_thousands(std::string_view whole) {
    const std::size_t first = whole.find_first_of(", ");
    if (first == std::string_view::npos) return std::string(whole);
    const char mark = whole[first];
    std::string digits(whole.substr(0, first));
    if (first > 3 || !all_digits(digits)) return std::nullopt;
    for (std::string_view rest = whole.substr(first); !rest.empty(); rest.remove_prefix(4)) {
        if (rest.size() < 4 || rest.front() != mark || !all_digits(rest.substr(1, 3))) return std::nullopt;
        digits += rest.substr(1, 3);
    }
    return digits;
}

/// In ASCII digits with at most one point and no needless noughts behind it: what Points::parse reads.
std::optional<std::string> plain_digits(std::string text) {
    constexpr std::string_view full_stop = "。";  // what an input method makes of the point key
    if (const std::size_t at = text.find(full_stop); at != std::string::npos) text.replace(at, full_stop.size(), ".");
    const bool negative = text.starts_with('-');
    if (negative) text.erase(0, 1);
    const std::size_t point = text.find('.');
    std::string decimals = point == std::string::npos ? std::string{} : text.substr(point + 1);
    if (!decimals.empty() && !all_digits(decimals)) return std::nullopt;
    auto whole = join_thousands(std::string_view(text).substr(0, point));
    if (!whole || (whole->empty() && decimals.empty())) return std::nullopt;
    if (whole->empty()) *whole = "0";
    if (!all_digits(*whole)) return std::nullopt;
    while (decimals.size() > 2 && decimals.ends_with('0')) decimals.pop_back();
    return (negative ? "-" : "") + *whole + (decimals.empty() ? "" : "." + decimals);
}

/// Why a text is no number, as far as that can be told.
std::string_view why_not(std::string_view text) {
    constexpr std::array<std::string_view, 19> about{"约",   "余",   "多",   "左右", "近", "上下", "来",
                                                     "不足", "超过", "以上", "以下", "~",  "几",   "≥",
                                                     "≤",    ">",    "<",    "≈",    "至"};
    constexpr std::array<std::string_view, 9> share{"%", "‰", "/", "½", "¼", "¾", "⅓", "分之", "成"};
    constexpr std::array<std::string_view, 31> words{"〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九",
                                                     "十", "百", "千", "万", "两", "半", "双", "壹", "贰", "叁", "肆",
                                                     "伍", "陆", "柒", "捌", "玖", "拾", "佰", "仟", "廿"};
    constexpr std::array<std::string_view, 5> strokes{"/", "//", "n/a", "N/A", "#N/A"};  // nothing, says who writes it
    if (position_in(strokes, text)) return "number-format";
    const bool is_range = text.find('-', 1) != std::string_view::npos && is_digit(text.back());
    if (is_range || text.ends_with('+') || holds_any(text, about)) return "number-about";
    if (holds_any(text, share)) return "number-share";
    return begins_with_any(text, words) ? "number-words" : "number-format";
}

}  // namespace

Result<Points> read_number(std::string_view text, std::string_view unit) {
    if (text.size() > longest_number_text * 3) return fail("number-format");
    const std::string plain = plain_sign(plain_text(text));
    if (plain.size() > longest_number_text) return fail("number-format");
    const auto digits = plain_digits(std::string(without_counter(without_currency(plain, unit), unit)));
    if (!digits) return fail(std::string(why_not(plain)));
    return Points::parse(*digits);
}

}  // namespace duibiao
