#include "core/evaluate/fraction.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace duibiao {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
/// Below this, products of two fit: there is no need to reduce yet.
constexpr std::int64_t small = std::int64_t{1} << 31;

Wide magnitude(Wide value) { return value < 0 ? -value : value; }

Wide common_divisor(Wide a, Wide b) {
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/// Both parts below 2³¹: products of two such numbers fit into 64 bits, and sums of two such products.
constexpr bool is_small(std::int64_t numerator, std::int64_t denominator) {
    return numerator < small && numerator > -small && denominator < small;
}

constexpr std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

struct Parts {
    std::int64_t numerator;
    std::int64_t denominator;
};

/// In lowest terms where it would not fit, or would soon not; denominator 0 where it does not fit at all.
Parts fit(Wide numerator, Wide denominator) {
    if (denominator == 0) return {0, 0};
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    if (magnitude(numerator) >= small || denominator >= small) {
        const Wide divisor = common_divisor(magnitude(numerator), denominator);
        numerator /= divisor;
        denominator /= divisor;
    }
    if (magnitude(numerator) > largest || denominator > largest) return {0, 0};
    return {static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator)};
}

}  // namespace

Fraction Fraction::of(std::int64_t numerator, std::int64_t denominator) {
    const Parts parts = fit(numerator, denominator);
    Fraction fraction;
    fraction.numerator_ = parts.numerator;
    fraction.denominator_ = parts.denominator;
    return fraction;
}

namespace {

Fraction from(Wide numerator, Wide denominator) {
    const Parts parts = fit(numerator, denominator);
    return Fraction::of(parts.numerator, parts.denominator);
}

}  // namespace

Fraction Fraction::add(const Fraction& a, const Fraction& b) {
    if (!a.is_figure() || !b.is_figure()) return Fraction::of(0, 0);
    if (b.numerator_ == 0) return a;
    if (a.numerator_ == 0) return b;
    // Nearly every sum is one of whole numbers or hundredths.
    if (is_small(a.numerator_, a.denominator_) && is_small(b.numerator_, b.denominator_)) {
        Fraction sum;
        if (a.denominator_ == b.denominator_) {
            sum.numerator_ = a.numerator_ + b.numerator_;
            sum.denominator_ = a.denominator_;
        } else {
            sum.numerator_ = a.numerator_ * b.denominator_ + b.numerator_ * a.denominator_;
            sum.denominator_ = a.denominator_ * b.denominator_;
        }
        if (is_small(sum.numerator_, sum.denominator_)) return sum;
    }
    if (a.denominator_ == b.denominator_) return from(Wide{a.numerator_} + b.numerator_, a.denominator_);
    if (a.denominator_ % b.denominator_ == 0)
        return from(a.numerator_ + Wide{b.numerator_} * (a.denominator_ / b.denominator_), a.denominator_);
    if (b.denominator_ % a.denominator_ == 0)
        return from(Wide{a.numerator_} * (b.denominator_ / a.denominator_) + b.numerator_, b.denominator_);
    // Over the least common multiple, so that sums of many unlike fractions fit as long as they can.
    const Wide divisor = common_divisor(a.denominator_, b.denominator_);
    return from(Wide{a.numerator_} * (b.denominator_ / divisor) + Wide{b.numerator_} * (a.denominator_ / divisor),
                Wide{a.denominator_} / divisor * b.denominator_);
}

Fraction operator-(const Fraction& a, const Fraction& b) {
    Fraction negative = b;
    // The smallest number has no opposite; fit() never gives it.
    negative.numerator_ = -negative.numerator_;
    return a + negative;
}

Fraction operator*(const Fraction& a, const Fraction& b) {
    if (is_small(a.numerator_, a.denominator_) && is_small(b.numerator_, b.denominator_)) {
        Fraction product;
        product.numerator_ = a.numerator_ * b.numerator_;
        product.denominator_ = a.denominator_ * b.denominator_;
        if (is_small(product.numerator_, product.denominator_)) return product;
    }
    return from(Wide{a.numerator_} * b.numerator_, Wide{a.denominator_} * b.denominator_);
}

Fraction operator/(const Fraction& a, const Fraction& b) {
    if (!a.is_figure() || !b.is_figure()) return Fraction::of(0, 0);
    return from(Wide{a.numerator_} * b.denominator_, Wide{a.denominator_} * b.numerator_);
}

bool operator==(const Fraction& a, const Fraction& b) {
    if (a.denominator_ == b.denominator_) return a.is_figure() && a.numerator_ == b.numerator_;
    return a.is_figure() && b.is_figure() && Wide{a.numerator_} * b.denominator_ == Wide{b.numerator_} * a.denominator_;
}

bool operator<(const Fraction& a, const Fraction& b) {
    if (a.denominator_ == b.denominator_) return a.is_figure() && a.numerator_ < b.numerator_;
    return a.is_figure() && b.is_figure() && Wide{a.numerator_} * b.denominator_ < Wide{b.numerator_} * a.denominator_;
}

Fraction Fraction::floor() const {
    if (!is_figure() || denominator_ == 1) return *this;
    const std::int64_t whole = numerator_ / denominator_;
    return whole - (numerator_ % denominator_ < 0 ? 1 : 0);
}

Fraction Fraction::ceiling() const { return -(-*this).floor(); }

Fraction Fraction::rounded(int decimals) const {
    if (!is_figure()) return *this;
    const std::int64_t scale = power_of_ten(decimals);
    const Wide scaled = magnitude(numerator_) * scale;
    const Wide whole = (2 * scaled + denominator_) / (2 * Wide{denominator_});
    return from(numerator_ < 0 ? -whole : whole, scale);
}

Points Fraction::to_points() const {
    const Fraction hundredths = rounded(2) * Fraction(100);
    const Fraction most = Points::largest_hundredths;
    if (!hundredths.is_figure() || hundredths > most) return Points::from_hundredths(Points::largest_hundredths);
    if (hundredths < -most) return Points::from_hundredths(-Points::largest_hundredths);
    return Points::from_hundredths(hundredths.numerator_ / hundredths.denominator_);
}

std::string Fraction::to_string(int decimals) const {
    if (!is_figure()) return {};
    const Fraction shown = rounded(decimals);
    const std::int64_t scale = power_of_ten(decimals);
    // Rounded, it is a whole number of 1/scale, whatever its terms.
    const Wide units = magnitude(shown.numerator_) * scale / shown.denominator_;
    const auto whole = static_cast<std::int64_t>(units / scale);
    std::string digits = std::to_string(static_cast<std::int64_t>(units % scale));
    digits.insert(0, static_cast<std::size_t>(decimals) - std::min(digits.size(), static_cast<std::size_t>(decimals)),
                  '0');
    while (decimals > 0 && digits.ends_with('0')) digits.pop_back();
    std::string text = std::to_string(whole);
    if (decimals > 0 && !digits.empty()) text += "." + digits;
    return shown.numerator_ < 0 ? "-" + text : text;
}

std::string Fraction::to_ratio() const {
    if (!is_figure()) return {};
    const auto divisor = static_cast<std::int64_t>(common_divisor(magnitude(numerator_), denominator_));
    const std::string whole = std::to_string(numerator_ / divisor);
    return denominator_ == divisor ? whole : whole + "/" + std::to_string(denominator_ / divisor);
}

Fraction Fraction::from_ratio(std::string_view ratio) {
    const std::size_t stroke = std::min(ratio.find('/'), ratio.size());
    const auto read = [](std::string_view digits, std::int64_t& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size();
    };
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    const bool is_read = read(ratio.substr(0, stroke), numerator) &&
                         (stroke == ratio.size() || read(ratio.substr(stroke + 1), denominator));
    return of(numerator, is_read && denominator > 0 ? denominator : 0);
}

}  // namespace duibiao
