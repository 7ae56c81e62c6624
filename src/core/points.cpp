#include "core/points.hpp"

#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::size_t longest_number = 64;  ///< more digits than any number that means something here

/// The number's text in plain ASCII. An ideographic full stop between digits is what an IME makes of the point key.
std::string fold_number(std::string_view text) {
    std::string folded = fold_width(trim(text));
    constexpr std::string_view full_stop = "\xE3\x80\x82";
    const std::size_t at = folded.find(full_stop);
    if (at != std::string::npos) folded.replace(at, full_stop.size(), ".");
    return folded;
}

}  // namespace

Result<Points> Points::parse(std::string_view text) {
    if (text.size() > longest_number * 3) return fail("number-format");
    const std::string folded = fold_number(text);
    std::string_view rest = folded;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);

    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view decimals = point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && decimals.empty())) return fail("number-format");
    for (const char c : whole) {
        if (!is_digit(c)) return fail("number-format");
    }
    for (const char c : decimals) {
        if (!is_digit(c)) return fail("number-format");
    }
    if (decimals.size() > 2) return fail("number-places");

    std::int64_t hundredths = 0;
    for (const char c : whole) {
        hundredths = hundredths * 10 + (c - '0');
        if (hundredths > largest_hundredths) return fail("number-range");
    }
    hundredths *= 100;
    if (!decimals.empty()) hundredths += (decimals[0] - '0') * 10;
    if (decimals.size() == 2) hundredths += decimals[1] - '0';
    if (hundredths > largest_hundredths) return fail("number-range");
    return from_hundredths(negative ? -hundredths : hundredths);
}

std::string Points::to_string() const {
    const bool negative = hundredths_ < 0;
    // Unsigned arithmetic: negating the smallest integer must not overflow.
    const std::uint64_t size =
        negative ? std::uint64_t{0} - static_cast<std::uint64_t>(hundredths_) : static_cast<std::uint64_t>(hundredths_);
    std::string text = negative ? "-" : "";
    text += std::to_string(size / 100);
    const auto decimals = static_cast<unsigned>(size % 100);
    if (decimals > 0) {
        text += '.';
        text += static_cast<char>('0' + decimals / 10);
        if (decimals % 10 > 0) text += static_cast<char>('0' + decimals % 10);
    }
    return text;
}

}  // namespace duibiao
