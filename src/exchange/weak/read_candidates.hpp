// Candidates as write_candidates_json() writes them, read again: the page gets them from the desk's worker.
#pragma once

#include "core/json.hpp"
#include "core/weak/candidates.hpp"

namespace duibiao {

/// `doors` are those they were written with. Evidence of a door that these have not is left out.
[[nodiscard]] Candidates read_candidates(const Json& json, const Doors& doors);

}  // namespace duibiao
