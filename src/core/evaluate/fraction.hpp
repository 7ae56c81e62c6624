// Exact figures: fractions of whole numbers. No floating point ever touches a score.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/points.hpp"

namespace duibiao {

/// A fraction of 64-bit numbers, worked with in 128 bits. What does not fit becomes "no figure" (is_figure() is false),
/// and so does everything that is worked out of it; so does a division by zero. Nothing wraps round.
class Fraction {
public:
    constexpr Fraction() = default;
    constexpr Fraction(std::int64_t whole) : numerator_(whole) {}  // NOLINT: whole numbers are fractions
    Fraction(Points points)                                        // NOLINT: points are fractions
        : numerator_(points.hundredths() % 100 == 0 ? points.hundredths() / 100 : points.hundredths()),
          denominator_(points.hundredths() % 100 == 0 ? 1 : 100) {}

    /// `denominator` 0 gives no figure.
    [[nodiscard]] static Fraction of(std::int64_t numerator, std::int64_t denominator);

    [[nodiscard]] constexpr bool is_figure() const { return denominator_ != 0; }
    [[nodiscard]] constexpr bool is_zero() const { return numerator_ == 0 && denominator_ != 0; }
    [[nodiscard]] constexpr bool is_negative() const { return numerator_ < 0; }

    friend Fraction operator+(const Fraction& a, const Fraction& b) {
        // Most sums are of whole numbers below 2³¹.
        constexpr std::int64_t small = std::int64_t{1} << 31;
        const bool is_plain = a.denominator_ == 1 && b.denominator_ == 1 && a.numerator_ < small &&
                              a.numerator_ > -small && b.numerator_ < small && b.numerator_ > -small;
        return is_plain ? Fraction(a.numerator_ + b.numerator_) : add(a, b);
    }
    friend Fraction operator-(const Fraction& a, const Fraction& b);
    friend Fraction operator*(const Fraction& a, const Fraction& b);
    friend Fraction operator/(const Fraction& a, const Fraction& b);
    Fraction operator-() const { return Fraction(0) - *this; }
    Fraction& operator+=(const Fraction& other) { return *this = *this + other; }
    Fraction& operator-=(const Fraction& other) { return *this = *this - other; }

    /// Of figures; what is no figure equals nothing and is neither less nor greater.
    friend bool operator==(const Fraction& a, const Fraction& b);
    friend bool operator<(const Fraction& a, const Fraction& b);
    friend bool operator>(const Fraction& a, const Fraction& b) { return b < a; }
    friend bool operator<=(const Fraction& a, const Fraction& b) { return a < b || a == b; }
    friend bool operator>=(const Fraction& a, const Fraction& b) { return b <= a; }

    /// The largest whole number not above it, and the smallest not below it.
    [[nodiscard]] Fraction floor() const;
    [[nodiscard]] Fraction ceiling() const;
    /// Half up (away from zero) to 0–6 decimals.
    [[nodiscard]] Fraction rounded(int decimals) const;
    /// Half up to hundredths; nothing beyond the range of Points becomes its end.
    [[nodiscard]] Points to_points() const;
    /// The shortest decimal of what rounded(decimals) gives: "92.1", "-0.25"; empty when it is no figure.
    [[nodiscard]] std::string to_string(int decimals) const;
    /// In lowest terms, exactly: "91", "-271/3"; empty when it is no figure.
    [[nodiscard]] std::string to_ratio() const;
    /// What to_ratio() wrote; no figure of anything else.
    [[nodiscard]] static Fraction from_ratio(std::string_view ratio);

private:
    [[nodiscard]] static Fraction add(const Fraction& a, const Fraction& b);

    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;  ///< > 0; 0: no figure. Not always in lowest terms.
};

}  // namespace duibiao
