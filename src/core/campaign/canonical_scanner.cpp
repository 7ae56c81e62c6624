#include "core/campaign/canonical_scanner.hpp"

#include <algorithm>
#include <bit>

#include "core/json.hpp"

namespace duibiao {
namespace {

constexpr std::uint64_t ones = 0x0101010101010101ULL;
constexpr std::uint64_t highs = ones * 0x80;

/// The high bit of every byte that is `c`; above the first such byte others may be marked too.
constexpr std::uint64_t marks_of(std::uint64_t block, char c) {
    const std::uint64_t other = block ^ (ones * static_cast<std::uint8_t>(c));
    return (other - ones) & ~other & highs;
}

/// The high bit of every byte below a blank, with the same reservation.
constexpr std::uint64_t control_marks_of(std::uint64_t block) { return (block - ones * 0x20) & ~block & highs; }

bool is_mark(char c) { return c == '"' || c == '\\' || static_cast<std::uint8_t>(c) < 0x20; }

/// Position of the next quote, backslash or control from `at` on; the end where there is none.
std::size_t find_mark(std::string_view text, std::size_t at) {
    if constexpr (std::endian::native == std::endian::little) {
        while (text.size() - at >= sizeof(std::uint64_t)) {
            std::uint64_t block = 0;
            std::memcpy(&block, text.data() + at, sizeof block);
            const std::uint64_t marks = marks_of(block, '"') | marks_of(block, '\\') | control_marks_of(block);
            if (marks != 0) return at + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
            at += sizeof block;
        }
    }
    while (at < text.size() && !is_mark(text[at])) ++at;
    return at;
}

}  // namespace

std::string_view CanonicalScanner::raw_text(bool& has_escape) {
    take('"');
    if (!good_) return {};
    std::size_t end = find_mark(text_, at_);
    while (end < text_.size() && text_[end] == '\\') {
        has_escape = true;
        end = find_mark(text_, std::min(end + 2, text_.size()));
    }
    if (end >= text_.size() || text_[end] != '"') {  // canonical texts hold no control as it is
        fail();
        return {};
    }
    const std::string_view text = text_.substr(at_, end - at_);
    at_ = end + 1;
    return text;
}

std::string_view CanonicalScanner::text(std::string& buffer) {
    bool has_escape = false;
    const std::string_view raw = raw_text(has_escape);
    if (!has_escape) return raw;
    buffer.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            buffer += raw[i];
            continue;
        }
        const char c = raw[++i];                                    // a raw text never ends with a backslash alone
        if (c != 'n' && c != 't' && c != '"' && c != '\\') fail();  // clean texts hold no other controls
        buffer += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
    return buffer;
}

Points CanonicalScanner::number() {
    const std::string_view ahead = rest();
    const std::size_t length = std::min(ahead.find_first_not_of("-.0123456789"), ahead.size());
    const std::string_view written = ahead.substr(0, length);
    constexpr std::size_t longest = 12;  // "-10000000.00"
    const bool is_digit = length == 1 && written[0] != '-' && written[0] != '.';
    if (good_ && is_digit) {
        at_ += length;
        return Points::from_whole(written[0] - '0');
    }
    const auto points = length <= longest ? Points::parse(written) : Result<Points>(tl::unexpected<Error>(Error{}));
    if (!points || points->to_string() != written) {
        fail();
        return {};
    }
    at_ += length;
    return *points;
}

void CanonicalScanner::skip_value() {
    int depth = 0;
    while (good_) {
        if (at_ >= text_.size()) return fail();
        const char c = text_[at_];
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
        if (c == '"') {
            raw_text();
            continue;
        }
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        ++at_;
    }
}

}  // namespace duibiao
