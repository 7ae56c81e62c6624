// Passwords of locked files. They come from a file, from standard input or from the terminal, never from an argument,
// which every user of the machine could read.
#pragma once

#include <optional>
#include <string>

#include "cli/console.hpp"
#include "exchange/lock.hpp"

namespace duibiao::cli {

/// The first line of a file, or of standard input for "-"; of an empty path what is typed at the terminal, without an
/// echo. On failure says why.
[[nodiscard]] std::optional<std::string> known_password(Language language, const std::string& file);
/// One for a file that is locked now: at the terminal it is asked for twice. On failure says why.
[[nodiscard]] std::optional<std::string> new_password(Language language, const std::string& file);

/// Bytes from the operating system.
[[nodiscard]] LockSeed lock_seed();

}  // namespace duibiao::cli
