#include "exchange/intake/text_bytes.hpp"

#include <algorithm>
#include <cstdint>

#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

std::uint8_t byte_value(std::string_view bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }

// ---- UTF-16 ----

enum class ByteOrder : std::uint8_t { little, big };

char32_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order) {
    const char32_t first = byte_value(bytes, at);
    const char32_t second = byte_value(bytes, at + 1);
    return order == ByteOrder::little ? second << 8U | first : first << 8U | second;
}

/// Nothing for an odd number of bytes, a surrogate without its other half, and controls that no text has.
std::optional<std::string> decode_utf16(std::string_view bytes, ByteOrder order) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    std::string text;
    text.reserve(bytes.size() * 3 / 2);
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        char32_t character = unit_at(bytes, at, order);
        const bool is_high = character >= 0xD800 && character < 0xDC00;
        if (is_high && at + 2 < bytes.size()) {
            const char32_t low = unit_at(bytes, at + 2, order);
            if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
            character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
            at += 2;
        } else if (is_high || (character >= 0xDC00 && character < 0xE000)) {
            return std::nullopt;
        }
        const bool is_control =
            character < 0x20 && character != '\t' && character != '\n' && character != '\r' && character != 0x1A;
        if (is_control || character == 0xFFFE || character == 0xFFFF) return std::nullopt;
        append_character(text, character);
    }
    return text;
}

/// Signs that every table and every report has: line ends, tabs, commas, braces. Read the other way round they are
/// rare characters or none.
bool has_signs(std::string_view bytes, ByteOrder order) {
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const char32_t unit = unit_at(bytes, at, order);
        if (unit == '\n' || unit == '\t' || unit == ',' || unit == '{') return true;
    }
    return false;
}

/// Without a mark: the one way that gives a text with the usual signs, if the other does not.
std::optional<std::string> decode_unmarked_utf16(std::string_view bytes) {
    if (bytes.find('\0') == std::string_view::npos || bytes.size() % 2 != 0) return std::nullopt;
    const bool little = has_signs(bytes, ByteOrder::little);
    const bool big = has_signs(bytes, ByteOrder::big);
    if (little == big) return std::nullopt;
    return decode_utf16(bytes, little ? ByteOrder::little : ByteOrder::big);
}

// ---- GB18030 ----

/// Does more of it read as characters of several bytes than does not? Hanzi in GB18030 hardly ever do.
bool is_damaged_utf8(std::string_view text) {
    if (text.starts_with(utf8_mark)) return true;
    std::size_t well_formed = 0;
    std::size_t broken = 0;
    while (!text.empty()) {
        const std::size_t length = utf8_prefix(text);
        well_formed += length - count_characters(text.substr(0, length));
        text.remove_prefix(length);
        if (text.empty()) break;
        text.remove_prefix(1);
        ++broken;
    }
    return well_formed > broken;
}

/// Is nearly all of it what Chinese texts are made of: hanzi of GB 2312, most of them of its first, common half, and
/// punctuation? Big5 and the encodings of other languages have half their bytes elsewhere.
bool is_common_chinese(std::string_view bytes) {
    std::size_t common = 0;
    std::size_t rare = 0;  // the second half of GB 2312
    std::size_t others = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const std::uint8_t lead = byte_value(bytes, at);
        if (lead < 0x80) continue;
        const std::uint8_t trail = at + 1 < bytes.size() ? byte_value(bytes, at + 1) : std::uint8_t{0};
        ++at;
        const bool in_gb2312 = trail >= 0xA1 && trail <= 0xFE;
        if (in_gb2312 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA3))) {
            ++common;
        } else if (in_gb2312 && lead >= 0xD8 && lead <= 0xF7) {
            ++rare;
        } else {
            ++others;
        }
    }
    return common >= 3 * others && common >= 2 * rare && common > 0;
}

// ---- Errors ----

tl::unexpected<Error> refuse_encoding() { return fail("text-encoding"); }

/// At the line that is broken.
tl::unexpected<Error> refuse_damaged(std::string_view text) {
    const std::string_view whole = text.substr(0, utf8_prefix(text));
    const auto line = 1 + std::count(whole.begin(), whole.end(), '\n');
    return fail("text-encoding", "line " + std::to_string(line));
}

}  // namespace

Result<std::string> text_of(std::string_view bytes) {
    constexpr std::string_view little_mark = "\xFF\xFE";
    constexpr std::string_view big_mark = "\xFE\xFF";
    const auto or_refuse = [](std::optional<std::string> text) -> Result<std::string> {
        return text ? Result<std::string>(*std::move(text)) : refuse_encoding();
    };
    // The mark of UTF-32 begins as that of UTF-16 does; two noughts behind it are no text.
    if (bytes.starts_with(little_mark)) return or_refuse(decode_utf16(bytes.substr(2), ByteOrder::little));
    if (bytes.starts_with(big_mark)) return or_refuse(decode_utf16(bytes.substr(2), ByteOrder::big));
    if (auto wide = decode_unmarked_utf16(bytes)) return *std::move(wide);
    if (is_utf8(bytes)) {
        if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
        return std::string(bytes);
    }
    if (is_damaged_utf8(bytes)) return refuse_damaged(bytes);
    if (!is_common_chinese(bytes)) return refuse_encoding();
    return or_refuse(gb18030_to_utf8(bytes));
}

}  // namespace duibiao
