#include "core/canonical_scanner.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "core/text.hpp"

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

char CanonicalScanner::unescaped(std::string_view raw, std::size_t& at) {
    constexpr std::string_view short_forms = "\"\\bfnrt";
    constexpr std::string_view meant = "\"\\\b\f\n\r\t";
    const char c = raw[++at];  // a raw text never ends with a backslash alone
    if (const std::size_t known = short_forms.find(c); known != std::string_view::npos) return meant[known];
    // Other controls have four digits, small ones; no other character is written so.
    const std::string_view digits = raw.substr(at, 5);
    constexpr std::string_view small_digits = "0123456789abcdef";
    const bool is_control = digits.size() == 5 && (digits.starts_with("u000") || digits.starts_with("u001"));
    const std::size_t low = is_control ? small_digits.find(digits.back()) : std::string_view::npos;
    if (low == std::string_view::npos) {
        fail();
        return c;
    }
    at += 4;
    const auto control = static_cast<char>((digits[3] - '0') * 16 + static_cast<int>(low));
    if (meant.find(control) != std::string_view::npos) fail();
    return control;
}

std::string_view CanonicalScanner::text(std::string& buffer) {
    bool has_escape = false;
    const std::string_view raw = raw_text(has_escape);
    if (!has_escape) return raw;
    buffer.clear();
    for (std::size_t i = 0; i < raw.size() && good_; ++i) buffer += raw[i] == '\\' ? unescaped(raw, i) : raw[i];
    return buffer;
}

std::string CanonicalScanner::own_text() {
    std::string buffer;
    const std::string_view read = text(buffer);
    return read.data() == buffer.data() ? std::move(buffer) : std::string(read);
}

Points CanonicalScanner::number() {
    constexpr std::size_t most_digits = 8;  // more than any number that means something has before its point
    const bool is_negative = take_if('-');
    std::int64_t hundredths = 0;
    const std::size_t begin = at_;
    while (is_digit(next()) && at_ - begin <= most_digits) hundredths = hundredths * 10 + (text_[at_++] - '0');
    const std::size_t digits = at_ - begin;
    if (digits == 0 || digits > most_digits || (digits > 1 && text_[begin] == '0')) fail();
    hundredths *= 100;
    if (take_if('.')) {
        const char tenths = next();
        if (is_digit(tenths)) ++at_;
        const char last = next();
        if (is_digit(last)) ++at_;
        if (!is_digit(tenths) || (is_digit(last) ? last : tenths) == '0') fail();
        if (good_) hundredths += (tenths - '0') * 10 + (is_digit(last) ? last - '0' : 0);
    }
    const Points number = Points::from_hundredths(is_negative ? -hundredths : hundredths);
    if (hundredths > Points::largest_hundredths || (is_negative && hundredths == 0)) fail();
    return number;
}

Value CanonicalScanner::value(std::string& buffer) {
    switch (next()) {
        case '"':
            return std::string(text(buffer));
        case 't':
            if (!take_word("true")) fail();
            return true;
        case 'f':
            if (!take_word("false")) fail();
            return false;
        default:
            return number();
    }
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
