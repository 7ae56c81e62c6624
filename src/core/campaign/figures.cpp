#include "core/campaign/figures.hpp"

namespace duibiao {
namespace {

/// Sums of squares of hundredths over a million reports need more than 64 bits.
__extension__ using Wide = unsigned __int128;

/// numerator / denominator to the nearest whole, half up; of a negative one the mirror image.
std::int64_t divide_half_up(std::int64_t numerator, std::int64_t denominator) {
    if (numerator < 0) return -divide_half_up(-numerator, denominator);
    return (2 * numerator + denominator) / (2 * denominator);
}

/// The largest whole number whose square is not above `square`.
std::uint64_t root(Wide square) {
    std::uint64_t found = 0;
    for (int bit = 62; bit >= 0; --bit) {
        const std::uint64_t candidate = found | (std::uint64_t{1} << bit);
        if (Wide{candidate} * candidate <= square) found = candidate;
    }
    return found;
}

std::string two_digits(std::uint64_t number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

std::string two_decimals(std::int64_t hundredths) {
    const auto size = static_cast<std::uint64_t>(hundredths < 0 ? -hundredths : hundredths);
    return (hundredths < 0 ? "-" : "") + std::to_string(size / 100) + "." + two_digits(size % 100);
}

void Figures::unite(const Figures& other) {
    for (const auto& [value, count] : other.counts_) counts_[value] += count;
}

std::uint64_t Figures::n() const {
    std::uint64_t n = 0;
    for (const auto& [value, count] : counts_) n += count;
    return n;
}

Points Figures::min() const { return Points::from_hundredths(counts_.empty() ? 0 : counts_.begin()->first); }
Points Figures::max() const { return Points::from_hundredths(counts_.empty() ? 0 : counts_.rbegin()->first); }

std::string Figures::mean() const {
    std::int64_t sum = 0;
    for (const auto& [value, count] : counts_) sum += value * static_cast<std::int64_t>(count);
    const auto count = static_cast<std::int64_t>(n());
    return two_decimals(count == 0 ? 0 : divide_half_up(sum, count));
}

std::int64_t Figures::at(std::uint64_t position) const {
    for (const auto& [value, count] : counts_) {
        if (position < count) return value;
        position -= count;
    }
    return 0;
}

std::string Figures::median() const {
    const std::uint64_t count = n();
    if (count == 0) return "0";
    const std::int64_t twice = at((count - 1) / 2) + at(count / 2);
    if (twice % 2 == 0) return Points::from_hundredths(twice / 2).to_string();
    const std::int64_t below = twice < 0 ? (twice + 1) / 2 : twice / 2;
    return (twice == -1 ? "-" : "") + two_decimals(below) + "5";
}

std::string Figures::deviation() const {
    const std::uint64_t count = n();
    if (count == 0) return "0.00";
    // n · Σx² − (Σx)², with x counted from the lowest so that nothing is negative.
    const std::int64_t lowest = counts_.begin()->first;
    Wide sum = 0;
    Wide squares = 0;
    for (const auto& [value, times] : counts_) {
        const auto x = static_cast<std::uint64_t>(value - lowest);
        sum += Wide{x} * times;
        squares += Wide{x} * x * times;
    }
    const Wide spread = Wide{count} * squares - sum * sum;
    // The nearest whole s to √spread / n: the largest with (2s − 1) · n ≤ 2 · √spread.
    const std::uint64_t twice_root = root(4 * spread);
    const std::uint64_t s = (twice_root / count + 1) / 2;
    return two_decimals(static_cast<std::int64_t>(s));
}

}  // namespace duibiao
