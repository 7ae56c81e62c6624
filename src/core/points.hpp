// Points: fixed-point hundredths. No floating point ever touches a score.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace duibiao {

/// A score, a point value or a measured quantity in hundredths. Range ±10,000,000.00.
class Points {
public:
    static constexpr std::int64_t largest_hundredths = 1'000'000'000;

    constexpr Points() = default;

    [[nodiscard]] static constexpr Points from_hundredths(std::int64_t hundredths) {
        Points points;
        points.hundredths_ = hundredths;
        return points;
    }
    [[nodiscard]] static constexpr Points from_whole(std::int64_t whole) { return from_hundredths(whole * 100); }

    /// Reads "2", "1.5", "-0.25", "１．５" (full-width digits and point as an IME types them), with surrounding
    /// blanks. Errors: "number-format" (not a decimal number), "number-places" (more than two decimals),
    /// "number-range".
    [[nodiscard]] static Result<Points> parse(std::string_view text);

    [[nodiscard]] constexpr std::int64_t hundredths() const { return hundredths_; }

    /// Shortest decimal: "2", "1.5", "-0.25". Equal to the number's RFC 8785 form.
    [[nodiscard]] std::string to_string() const;

    // NOLINTNEXTLINE(modernize-use-nullptr): the 0 is in the compiler's own code
    friend constexpr auto operator<=>(Points, Points) = default;
    friend constexpr Points operator+(Points a, Points b) { return from_hundredths(a.hundredths_ + b.hundredths_); }
    friend constexpr Points operator-(Points a, Points b) { return from_hundredths(a.hundredths_ - b.hundredths_); }
    constexpr Points& operator+=(Points other) {
        hundredths_ += other.hundredths_;
        return *this;
    }

    /// True when this value is a whole multiple of `step` (> 0).
    [[nodiscard]] constexpr bool is_multiple_of(Points step) const { return hundredths_ % step.hundredths_ == 0; }

private:
    std::int64_t hundredths_ = 0;
};

}  // namespace duibiao
