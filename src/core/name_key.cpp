#include "core/name_key.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/plain_text.hpp"

namespace duibiao {
namespace {

/// The name_dots that stand between the parts of a name: · • ․ ‧ ∘ ∙ ⋅ ● ⸱ ・ . and those of other scripts.
constexpr std::u32string_view name_dots =
    U".\u3002\u00B7\u0387\u1427\u16EB\u2022\u2024\u2027\u2218\u2219\u22C5\u25CF\u25E6\u26AB"
    U"\u2981\u2E31\u2E33\u30FB\uFE52\uFE45\uA78F";

struct Likeness {
    std::u32string_view characters;
    char32_t one;
};
constexpr std::array<Likeness, 4> organisation_marks{{{U"[{\u3008\u300A\u3010\u3014\u3016\u3018\u2772", U'('},
                                                      {U"]}\u3009\u300B\u3011\u3015\u3017\u3019\u2773", U')'},
                                                      {U"\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500", U'-'},
                                                      {U"\u201C\u201D\u201E\u201F\u300C\u300D\u300E\u300F\u301D\u301E'"
                                                       U"\u2018\u2019",
                                                       U'"'}}};

char32_t mark_of_organisation(char32_t character) {
    for (const Likeness& likeness : organisation_marks) {
        if (likeness.characters.find(character) != std::u32string_view::npos) return likeness.one;
    }
    return character;
}

char32_t mark_of_name(char32_t character) {
    if (character >= U'A' && character <= U'Z') return character - U'A' + U'a';
    return name_dots.find(character) == std::u32string_view::npos ? character : U'\u00B7';
}

/// Ⅱ is two letters; empty for all that is no Roman numeral.
std::string_view letters_of_numeral(char32_t character) {
    constexpr std::array<std::string_view, 16> numerals{"i",  "ii", "iii", "iv",  "v", "vi", "vii", "viii",
                                                        "ix", "x",  "xi",  "xii", "l", "c",  "d",   "m"};
    constexpr char32_t first_great = 0x2160;
    constexpr char32_t first_small = 0x2170;
    const char32_t first = character < first_small ? first_great : first_small;
    return character < first || character - first >= numerals.size() ? std::string_view{} : numerals[character - first];
}

std::string name_key_of(std::string_view name, bool is_organisation) {
    std::string key;
    key.reserve(name.size());
    for (std::size_t at = 0; at < name.size();) {
        const char32_t typed = take_character(name, at);
        if (is_invisible(typed) || is_blank(typed)) continue;
        key += letters_of_numeral(typed);
        if (!letters_of_numeral(typed).empty()) continue;
        const char32_t character = mark_of_name(ordinary_form(typed));
        append_character(key, is_organisation ? mark_of_organisation(character) : character);
    }
    return key;
}

std::u32string characters_of(std::string_view text) {
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();) characters += take_character(text, at);
    return characters;
}

}  // namespace

std::string person_key(std::string_view name) { return name_key_of(name, false); }

std::string organisation_key(std::string_view name) { return name_key_of(name, true); }

std::string label_key(std::string_view label) { return name_key_of(label, true); }

std::string head_key(std::string_view head) {
    constexpr std::array<std::string_view, 5> marks{"*", ":", "\"", "※", "★"};
    const std::string whole = label_key(head);
    std::string_view key = whole;
    for (std::size_t before = key.size() + 1; before != key.size();) {
        before = key.size();
        for (const std::string_view mark : marks) {
            if (key.starts_with(mark)) key.remove_prefix(mark.size());
            if (key.ends_with(mark)) key.remove_suffix(mark.size());
        }
        if (!key.ends_with(')')) continue;
        const std::size_t bracket = key.rfind('(');
        if (bracket == 0 && key.find(')') == key.size() - 1) key = key.substr(1, key.size() - 2);
        if (bracket != 0 && bracket != std::string_view::npos) key = key.substr(0, bracket);
    }
    return std::string(key);
}

bool is_near_miss(std::string_view key, std::string_view other) {
    constexpr std::size_t fewest = 3;         // characters of the longer one
    constexpr std::size_t longest_bytes = 4;  // of one character
    const std::size_t longer_bytes = std::max(key.size(), other.size());
    if (key == other || longer_bytes - std::min(key.size(), other.size()) > longest_bytes) return false;
    std::u32string a = characters_of(key);
    std::u32string b = characters_of(other);
    if (a.size() < b.size()) std::swap(a, b);
    if (a.size() < fewest || a.size() - b.size() > 1) return false;
    const auto length = static_cast<std::ptrdiff_t>(b.size());
    const auto first = std::mismatch(b.begin(), b.end(), a.begin()).first - b.begin();
    const std::u32string_view rest_a = std::u32string_view(a).substr(static_cast<std::size_t>(first));
    const std::u32string_view rest_b = std::u32string_view(b).substr(static_cast<std::size_t>(first));
    if (a.size() > b.size()) return rest_a.substr(1) == rest_b;
    if (first == length) return false;
    if (rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace duibiao
