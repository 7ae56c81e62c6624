// An answer's value: how it is shown, and what every reader of typed values shares.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/points.hpp"
#include "core/result.hpp"

namespace duibiao {

/// An answer: nothing, yes/no, a number, or a text.
using Value = std::variant<std::monostate, bool, Points, std::string>;

/// As files, prints and screens write it: yes is "是", no "否".
[[nodiscard]] std::string show_value(const Value& value);

/// What a word says, in any case and width: 1/0, 是/否, 有/无 or 没有, √ ✓ ✔/× ✗, true/false, yes/no, y/n, 达到 (yes).
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view word);

/// A measure or a count: 0 to 10,000,000. Errors (place empty): "value-under", "number-range".
[[nodiscard]] Done check_quantity(Points quantity);

/// Cleans a text where it stands (text.hpp). Errors (place empty): "text-encoding", "text-long" {limit}; then it may be
/// cleaned already.
[[nodiscard]] Done clean_in_place(std::string& text, std::size_t most_characters);

/// The start of what a user typed (UTF-8), at most 60 bytes and cleaned, for the sentence that says it does not fit.
/// Where something was cut off, `cut_mark` follows.
[[nodiscard]] std::string shown(std::string_view text, std::string_view cut_mark = {});

}  // namespace duibiao
