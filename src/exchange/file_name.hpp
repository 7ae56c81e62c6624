// Parts of names for files that every file system takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duibiao {

/// Bytes of the first `characters` characters of UTF-8 text.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t characters);

/// The first `characters` characters of a text without those that file systems, shells or browsers refuse or read as
/// something else; may be empty.
[[nodiscard]] std::string file_part(std::string_view text, std::size_t characters);

}  // namespace duibiao
