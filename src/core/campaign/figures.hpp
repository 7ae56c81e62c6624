// Exact figures over many scores: integers only, whatever order they come in.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/points.hpp"

namespace duibiao {

/// How many scores there are of each value. Uniting two is adding their counts; every figure follows from the counts.
class Figures {
public:
    void add(Points score) { ++counts_[score.hundredths()]; }
    void unite(const Figures& other);

    [[nodiscard]] std::uint64_t n() const;
    [[nodiscard]] Points min() const;  ///< of at least one score, as all that follow
    [[nodiscard]] Points max() const;
    /// To two decimals, half up (away from zero below it): "91.25", "91.00".
    [[nodiscard]] std::string mean() const;
    /// The middle one, or the mean of the two middle ones, which may be half a hundredth: "92", "91.255".
    [[nodiscard]] std::string median() const;
    /// Standard deviation of all that reported (divided by n), to two decimals, half up.
    [[nodiscard]] std::string deviation() const;
    /// Values with their counts, the lowest first.
    [[nodiscard]] const std::map<std::int64_t, std::uint64_t>& counts() const { return counts_; }

private:
    [[nodiscard]] std::int64_t at(std::uint64_t position) const;

    std::map<std::int64_t, std::uint64_t> counts_;  ///< by hundredths
};

/// Hundredths with two decimals: "91.00".
[[nodiscard]] std::string two_decimals(std::int64_t hundredths);

}  // namespace duibiao
