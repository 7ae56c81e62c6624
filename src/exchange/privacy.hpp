// What of a document tells persons apart, and the same without it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// Who reads an output: somebody who may know the persons, or not.
enum class Privacy : std::uint8_t { whole, masked };

/// Columns and fields that the form marks as personal and that hold something, by their labels, each once.
[[nodiscard]] std::vector<std::string> personal_columns(const Document& document);

/// The document as others may see it, for writers only: its answers are no longer what its log says. 张三 becomes 张*,
/// a date its year, a number its last four digits, anything else that is personal ***.
[[nodiscard]] Document masked(const Document& document);

/// The same of one text.
[[nodiscard]] std::string mask(Personal kind, std::string_view text);

}  // namespace duibiao
