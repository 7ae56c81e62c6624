// Doors of weak organisations as the commands read them.
#pragma once

#include <optional>
#include <string>

#include "cli/console.hpp"
#include "core/weak/doors.hpp"

namespace duibiao::cli {

/// A file of doors; the shipped ones for an empty path. Says every mistake, each at its place.
[[nodiscard]] std::optional<Doors> read_doors(Language language, const std::string& path);

/// A form that doors name: a shipped one, or ID.json beside the file of doors. On failure says why.
[[nodiscard]] InstrumentPtr load_desk_form(Language language, const std::string& doors_path, const std::string& id);

}  // namespace duibiao::cli
