#include "core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace duibiao {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t index) { return static_cast<std::uint8_t>(text[index]); }

/// Length of the well-formed sequence at `index`, 0 when there is none. Table 3-7 of the Unicode standard.
std::size_t sequence_length(std::string_view text, std::size_t index) {
    const std::uint8_t lead = byte_at(text, index);
    if (lead < 0x80) return 1;
    std::size_t length = 0;
    std::uint8_t second_low = 0x80;
    std::uint8_t second_high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) second_low = 0xA0;
        if (lead == 0xED) second_high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) second_low = 0x90;
        if (lead == 0xF4) second_high = 0x8F;
    } else {
        return 0;
    }
    if (text.size() - index < length) return 0;
    const std::uint8_t second = byte_at(text, index + 1);
    if (second < second_low || second > second_high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte_at(text, index + i) & 0xC0) != 0x80) return 0;
    }
    return length;
}

/// True when the next eight bytes are all ASCII: most of a report is.
bool eight_ascii(std::string_view text, std::size_t index) {
    if (text.size() - index < 8) return false;
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + index, 8);
    return (block & 0x8080808080808080ULL) == 0;
}

/// True when the next eight bytes are ASCII without controls.
bool eight_printable(std::string_view text, std::size_t index) {
    if (!eight_ascii(text, index)) return false;
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + index, 8);
    // No byte overflows: with 0x60 more, all but C0 controls reach 0x80, with 1 more only DEL does.
    const std::uint64_t no_control = (block + 0x6060606060606060ULL) & ~(block + 0x0101010101010101ULL);
    return (no_control & 0x8080808080808080ULL) == 0x8080808080808080ULL;
}

/// True when a character of U+3000–CFFF is next, as nearly all of a Chinese text is: any two bytes may follow its
/// first.
bool common_character(std::string_view text, std::size_t index) {
    if (text.size() - index < 3) return false;
    const std::uint8_t lead = byte_at(text, index);
    return lead >= 0xE3 && lead <= 0xEC && (byte_at(text, index + 1) & 0xC0) == 0x80 &&
           (byte_at(text, index + 2) & 0xC0) == 0x80;
}

/// Byte length of a character that must not stand in an answer at `index`, else 0. Controls break prints and CSV;
/// bidirectional overrides let a text read differently from what it says.
std::size_t unwanted_length(std::string_view text, std::size_t index) {
    const std::uint8_t lead = byte_at(text, index);
    if (lead < 0x20) return lead == '\n' || lead == '\t' ? 0 : 1;
    if (lead == 0x7F) return 1;
    if (text.size() - index < 3) return 0;
    const std::uint8_t second = byte_at(text, index + 1);
    const std::uint8_t third = byte_at(text, index + 2);
    if (lead == 0xEF && second == 0xBB && third == 0xBF) return 3;                   // U+FEFF
    if (lead == 0xE2 && second == 0x80 && third >= 0xAA && third <= 0xAE) return 3;  // U+202A–202E
    if (lead == 0xE2 && second == 0x81 && third >= 0xA6 && third <= 0xA9) return 3;  // U+2066–2069
    return 0;
}

bool is_ascii_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::string_view ideographic_space = "\xE3\x80\x80";

std::size_t leading_blank(std::string_view text) {
    if (text.empty()) return 0;
    if (is_ascii_blank(text.front())) return 1;
    if (text.starts_with(no_break_space)) return no_break_space.size();
    return text.starts_with(ideographic_space) ? ideographic_space.size() : 0;
}

std::size_t trailing_blank(std::string_view text) {
    if (text.empty()) return 0;
    if (is_ascii_blank(text.back())) return 1;
    if (text.ends_with(no_break_space)) return no_break_space.size();
    return text.ends_with(ideographic_space) ? ideographic_space.size() : 0;
}

}  // namespace

std::size_t utf8_prefix(std::string_view text) {
    std::size_t index = 0;
    while (index < text.size()) {
        if (eight_ascii(text, index)) {
            index += 8;
            continue;
        }
        if (common_character(text, index)) {
            index += 3;
            continue;
        }
        const std::size_t length = sequence_length(text, index);
        if (length == 0) return index;
        index += length;
    }
    return index;
}

bool is_utf8(std::string_view text) { return utf8_prefix(text) == text.size(); }

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        // Every byte but a continuation byte starts a code point.
        if ((static_cast<std::uint8_t>(c) & 0xC0) != 0x80) ++count;
    }
    return count;
}

std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t index = 0; index < text.size();) {
        if (text[index] == '\r') {
            clean += '\n';
            index += text.substr(index).starts_with("\r\n") ? std::size_t{2} : std::size_t{1};
            continue;
        }
        const std::size_t unwanted = unwanted_length(text, index);
        if (unwanted > 0) {
            index += unwanted;
            continue;
        }
        clean += text[index];
        ++index;
    }
    return clean;
}

bool is_clean_text(std::string_view text) {
    std::size_t index = 0;
    while (index < text.size()) {
        if (common_character(text, index)) {
            index += 3;
            continue;
        }
        if (eight_printable(text, index)) {
            index += 8;
            continue;
        }
        if (unwanted_length(text, index) > 0) return false;
        const std::size_t length = sequence_length(text, index);
        if (length == 0) return false;
        index += length;
    }
    return true;
}

std::string_view trim(std::string_view text) {
    for (std::size_t blank = leading_blank(text); blank > 0; blank = leading_blank(text)) text.remove_prefix(blank);
    for (std::size_t blank = trailing_blank(text); blank > 0; blank = trailing_blank(text)) text.remove_suffix(blank);
    return text;
}

std::string fold_width(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t index = 0; index < text.size();) {
        const std::string_view rest = text.substr(index);
        if (rest.starts_with(ideographic_space)) {
            folded += ' ';
            index += ideographic_space.size();
            continue;
        }
        // U+FF01–FF3F is EF BC 81–BF, U+FF40–FF5E is EF BD 80–9E.
        if (rest.size() >= 3 && byte_at(rest, 0) == 0xEF) {
            const int second = byte_at(rest, 1);
            const int third = byte_at(rest, 2);
            const int offset = second == 0xBC && third >= 0x81                    ? third - 0x80
                               : second == 0xBD && third >= 0x80 && third <= 0x9E ? third - 0x80 + 0x40
                                                                                  : 0;
            if (offset > 0) {
                folded += static_cast<char>(0x20 + offset);
                index += 3;
                continue;
            }
        }
        folded += text[index];
        ++index;
    }
    return folded;
}

std::vector<std::string_view> split_list(std::string_view list) {
    std::vector<std::string_view> parts;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        if (end > 0) parts.push_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

std::optional<std::size_t> position_in(std::span<const std::string_view> words, std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<std::size_t>(found - words.begin());
}

}  // namespace duibiao
