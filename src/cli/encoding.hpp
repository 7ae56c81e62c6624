// Text as other programs on this machine write it.
#pragma once

#include <string>

namespace duibiao::cli {

/// A table in UTF-8: as it is, or, when it is GB18030 as Excel writes it in China, converted. What is neither, and
/// UTF-8 that was damaged, comes back unchanged for the reader to refuse.
[[nodiscard]] std::string to_utf8(std::string table);

}  // namespace duibiao::cli
