#include "core/value.hpp"

#include <array>

#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {

std::string show_value(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "是" : "否";
    if (const auto* number = std::get_if<Points>(&value)) return number->to_string();
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return {};
}

std::optional<bool> yes_or_no(std::string_view word) {
    constexpr std::array<std::string_view, 12> yes{"1", "是", "有",   "√",   "✓", "✔",
                                                   "☑", "✅",  "true", "yes", "y", "达到"};
    constexpr std::array<std::string_view, 9> no{"0", "否", "无", "没有", "×", "✗", "false", "no", "n"};
    std::string plain = plain_text(word);
    for (char& c : plain) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (position_in(yes, plain)) return true;
    if (position_in(no, plain)) return false;
    return std::nullopt;
}

Done check_quantity(Points quantity) {
    constexpr Points largest = Points::from_whole(10'000'000);
    if (quantity < Points{}) return fail("value-under");
    if (quantity > largest) return fail("number-range");
    return {};
}

Done clean_in_place(std::string& text, std::size_t most_characters) {
    if (!is_clean_text(text)) {
        if (!is_utf8(text)) return fail("text-encoding");
        text = clean_text(text);
    }
    if (text.size() > most_characters && count_characters(text) > most_characters) {
        return fail("text-long", {}, {{"limit", static_cast<std::int64_t>(most_characters)}});
    }
    return {};
}

std::string shown(std::string_view text, std::string_view cut_mark) {
    constexpr std::size_t longest_shown = 60;  // bytes
    if (text.size() <= longest_shown) return clean_text(text);
    const std::string_view start = text.substr(0, longest_shown);
    return clean_text(start.substr(0, utf8_prefix(start))) + std::string(cut_mark);
}

}  // namespace duibiao
