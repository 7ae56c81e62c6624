#include "core/plain_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/compatibility_forms.hpp"

namespace duibiao {
namespace {

struct CharacterRange {
    char32_t first;
    char32_t last;
};

template <std::size_t Count>
bool is_in(const std::array<CharacterRange, Count>& ranges, char32_t character) {
    return std::any_of(ranges.begin(), ranges.end(), [character](const CharacterRange& range) {
        return range.first <= character && character <= range.last;
    });
}

constexpr std::array<CharacterRange, 10> blank_ranges{{{0x09, 0x0D},
                                                       {0x20, 0x20},
                                                       {0x85, 0x85},
                                                       {0xA0, 0xA0},
                                                       {0x1680, 0x1680},
                                                       {0x2000, 0x200A},
                                                       {0x2028, 0x2029},
                                                       {0x202F, 0x202F},
                                                       {0x205F, 0x205F},
                                                       {0x3000, 0x3000}}};
/// Fillers of other scripts, which are as wide as a character and show nothing.
constexpr std::array<CharacterRange, 4> fillers{
    {{0x115F, 0x1160}, {0x2800, 0x2800}, {0x3164, 0x3164}, {0xFFA0, 0xFFA0}}};

constexpr std::array<CharacterRange, 13> invisibles{{{0x00, 0x08},
                                                     {0x0E, 0x1F},
                                                     {0x7F, 0x84},
                                                     {0x86, 0x9F},
                                                     {0xAD, 0xAD},
                                                     {0x034F, 0x034F},
                                                     {0x061C, 0x061C},
                                                     {0x180B, 0x180F},
                                                     {0x200B, 0x200F},
                                                     {0x202A, 0x202E},
                                                     {0x2060, 0x206F},
                                                     {0xFE00, 0xFE0F},
                                                     {0xE0000, 0xE0FFF}}};
constexpr std::array<CharacterRange, 2> invisible_marks{{{0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFC}}};

}  // namespace

char32_t take_character(std::string_view text, std::size_t& at) {
    const auto byte = [text](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const std::uint8_t lead = byte(at);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0 || text.size() - at < length) {
        ++at;
        return 0xFFFD;
    }
    char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) character = (character << 6U) | (byte(at + i) & 0x3FU);
    at += length;
    return character;
}

void append_character(std::string& text, char32_t character) {
    const auto add = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (character < 0x80) return add(character);
    if (character < 0x800) {
        add(0xC0U | (character >> 6U));
    } else {
        if (character < 0x10000) {
            add(0xE0U | (character >> 12U));
        } else {
            add(0xF0U | (character >> 18U));
            add(0x80U | ((character >> 12U) & 0x3FU));
        }
        add(0x80U | ((character >> 6U) & 0x3FU));
    }
    add(0x80U | (character & 0x3FU));
}

bool is_blank(char32_t character) {
    if (character > 0x20 && character < 0x80) return false;
    return is_in(blank_ranges, character) || is_in(fillers, character);
}

bool is_invisible(char32_t character) {
    if (character >= 0x20 && character < 0x7F) return false;
    if (character >= 0x3000 && character < 0xFE00) return false;  // nearly all of a Chinese text
    return is_in(invisibles, character) || is_in(invisible_marks, character);
}

char32_t ordinary_form(char32_t character) {
    if (character < 0x2E80 || (character >= 0x3000 && character < 0xF900)) return character;
    if (character >= 0xFF01 && character <= 0xFF5E) return character - 0xFF01 + 0x21;
    return compatibility_form(character);
}

std::string plain_text(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = take_character(text, at);
        if (is_invisible(character)) continue;
        if (!is_blank(character)) {
            append_character(plain, ordinary_form(character));
        } else if (!plain.empty()) {
            plain += ' ';
        }
    }
    while (plain.ends_with(' ')) plain.pop_back();
    return plain;
}

bool looks_empty(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = take_character(text, at);
        if (!is_invisible(character) && !is_blank(character)) return false;
    }
    return true;
}

}  // namespace duibiao
