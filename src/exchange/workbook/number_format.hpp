// What a spreadsheet shows of a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duibiao {

/// The count of days that a workbook's dates are.
enum class DateSystem : std::uint8_t { since_1900, since_1904 };

/// The format of a cell (ISO/IEC 29500-1, 18.8.30 and 18.8.31), as far as it says what a number means: a day, a month,
/// a time of day, so many decimals, a percentage, words around it. Its first section counts, for every number: what is
/// only shown otherwise, such as (5) for -5 or nothing for 0, stays the number.
class NumberFormat {
public:
    NumberFormat() = default;  ///< General
    /// One of the formats that a file does not write out.
    [[nodiscard]] static NumberFormat built_in(int id);
    [[nodiscard]] static NumberFormat of(std::string_view code);

    /// `number` as XML has it. Days are 2026-03-05 whatever their time, months 2026-03, times of day 14:30; numbers
    /// have 15 digits at most, no exponent and no separators. Nothing for what is no number, and for one of more than
    /// 15 digits before its point: a spreadsheet has lost the last ones.
    [[nodiscard]] std::optional<std::string> show(std::string_view number, DateSystem system) const;

private:
    enum class Kind : std::uint8_t { general, number, day, month, year, time };
    friend class FormatScan;

    Kind kind_ = Kind::general;
    bool is_percent_ = false;
    bool is_elapsed_ = false;  ///< a time that goes on beyond 24 hours
    int least_whole_ = 0;      ///< digits in front of the point
    int least_decimals_ = 0;   ///< digits behind it
    int most_decimals_ = 0;
    std::string before_;
    std::string behind_;
};

}  // namespace duibiao
