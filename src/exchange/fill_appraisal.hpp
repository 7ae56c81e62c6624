// Filling an appraisal from tables: members, ballots, steps. For fill.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "exchange/csv.hpp"
#include "exchange/fill.hpp"

namespace duibiao {

using FillResult = tl::expected<Filled, std::vector<Error>>;

/// A table of members, or of ballots (is_ballot_head).
[[nodiscard]] FillResult fill_appraisal(const Document& document, Layer layer, std::span<const CsvRow> rows,
                                        const Author& author);

/// A table of members alone.
[[nodiscard]] FillResult fill_members(const Document& document, Layer layer, std::span<const CsvRow> rows,
                                      const Author& author);

/// A line that says of a step whether it is closed.
struct StepLine {
    std::size_t line = 0;
    std::string step;
    bool closed = false;
};
/// Closes steps of what is filled, in order. Errors per line: those of close_step; "step-closed" where it says no of a
/// closed one.
[[nodiscard]] FillResult close_steps(Filled filled, std::span<const StepLine> lines, const Author& author);

}  // namespace duibiao
