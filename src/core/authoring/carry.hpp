// Next year's table: what was decided about this year's goes over to the rows that say the same.
#pragma once

#include "core/authoring/decisions.hpp"
#include "core/given_table.hpp"

namespace duibiao::authoring {

/// Decisions about rows go to the row that says the same, or does but for numbers in front and points; those
/// about columns to the same column where its head says the same. What finds no place is left behind, and so are the
/// title and the choice of a table, which are the new file's.
[[nodiscard]] Decisions carry_decisions(const Decisions& decisions, const GivenFile& before, const GivenFile& now);

}  // namespace duibiao::authoring
