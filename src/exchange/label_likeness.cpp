#include "exchange/label_likeness.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::size_t longest_label = 400;  ///< of a label that is compared
constexpr unsigned half_of_pair = 32;

/// The next code point of well-formed UTF-8, which is cut off.
char32_t take_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t point = size == 1 ? first : first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(size);
    return point;
}

bool is_ascii_sign(char32_t c) {
    const bool is_figure = c >= U'0' && c <= U'9';
    return c < 0x80 && !is_figure && !(c >= U'a' && c <= U'z') && !(c >= U'A' && c <= U'Z');
}

bool is_sign(char32_t c) {
    return is_ascii_sign(c) || (c >= 0x80 && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE4F) ||
           (c >= 0x2500 && c <= 0x25FF);
}

}  // namespace

Label::Label(std::string_view text) {
    const std::string plain = fold_width(text.substr(0, utf8_prefix(text)));
    std::string_view rest = plain;
    int brackets = 0;
    std::u32string all;
    while (!rest.empty() && all.size() < longest_label) {
        char32_t c = take_character(rest);
        if (c == U'(' || c == U'〔' || c == U'【') ++brackets;
        if (c == U')' || c == U'〕' || c == U'】') brackets = std::max(brackets - 1, 0);
        if (is_sign(c)) continue;
        if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
        all += c;
        if (brackets == 0) key_ += c;
    }
    if (key_.empty()) key_ = std::move(all);
    for (std::size_t i = 0; i + 1 < key_.size(); ++i)
        pairs_.push_back((std::uint64_t{key_[i]} << half_of_pair) | key_[i + 1]);
    std::sort(pairs_.begin(), pairs_.end());
}

int Label::likeness(const Label& other) const {
    if (key_.empty() || other.key_.empty()) return 0;
    if (key_ == other.key_) return same;
    const std::size_t all = pairs_.size() + other.pairs_.size();
    if (all == 0) return 0;
    std::size_t common = 0;
    for (auto a = pairs_.begin(), b = other.pairs_.begin(); a != pairs_.end() && b != other.pairs_.end();) {
        if (*a == *b) {
            ++common;
            ++a;
            ++b;
        } else if (*a < *b) {
            ++a;
        } else {
            ++b;
        }
    }
    return std::min(static_cast<int>(2 * common * same / all), same - 1);
}

}  // namespace duibiao
