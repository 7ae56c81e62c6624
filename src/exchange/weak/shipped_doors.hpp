// The doors that the program ships.
#pragma once

#include "core/weak/doors.hpp"

namespace duibiao {

/// assets/doors/ruian-2019.json. What fails to load is a defect the tests find: then there are no doors.
[[nodiscard]] Doors shipped_doors();

/// Proves names in doors against the shipped forms, those of the desk included.
[[nodiscard]] FormById shipped_forms();

}  // namespace duibiao
