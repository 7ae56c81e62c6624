// Files and standard streams: reading under a limit, and writing so that nothing is ever lost.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace duibiao::cli {

/// The name that stands for standard input or standard output.
inline constexpr std::string_view standard_stream = "-";

/// A whole file, or standard input for "-". A file larger than `max_bytes` is refused before it is read. Errors:
/// "file-missing", "file-folder", "file-denied", "file-unreadable" {reason}, "file-large" {limit}.
[[nodiscard]] Result<std::string> read_input(const std::string& path, std::size_t max_bytes);

/// Writes standard output for "-" or an empty path; a reader that went away is no error. A file is written beside its
/// place and then renamed, so that the old one stays whole until the new one is; devices and pipes are written
/// straight. Errors: "file-folder", "file-unwritable" {reason}.
[[nodiscard]] Done write_output(const std::string& path, std::string_view content);

/// The same piece by piece, for outputs that need not fit into memory: `produce` calls its argument with each.
using WritePiece = std::function<void(std::string_view)>;
[[nodiscard]] Done write_output(const std::string& path, const std::function<void(const WritePiece&)>& produce);

/// Lets a broken pipe be an ordinary error, and removes a half-written file when the program is interrupted.
void prepare_signals();

}  // namespace duibiao::cli
