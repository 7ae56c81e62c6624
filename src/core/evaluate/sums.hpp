// What tally() and explain() say of forms of format 2.
#pragma once

#include "core/tally.hpp"

namespace duibiao {

/// Sums of every scorer, to hundredths. The whole's score is the scorer's total, with bonus and penalty; while a
/// weighted part has nothing, it is the points so far.
void add_scored_sums(const Document& document, Tally& tally);
[[nodiscard]] Explanation explain_scored(const Document& document, Layer layer);

}  // namespace duibiao
