// The command line read with CLI11: which commands there are, what they take, and their help.
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace duibiao::cli {

/// Runs the command that the arguments (without the program's name) ask for.
[[nodiscard]] Exit run(Language language, const std::vector<std::string>& arguments);

}  // namespace duibiao::cli
