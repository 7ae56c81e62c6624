// What the page does with evidence; core/evidence.hpp says what it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/state.hpp"

namespace duibiao {

/// The unit's activities that the ledger counts for something of an item, as pieces of evidence for it (join_evidence),
/// the oldest first; without those of a name and day that the item lists already.
[[nodiscard]] std::vector<std::string> offered_evidence(const State& state, std::string_view item);

}  // namespace duibiao
