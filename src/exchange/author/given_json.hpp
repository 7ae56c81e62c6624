// The tables of a mailed file as a text that the draft of a form keeps.
#pragma once

#include <string>
#include <string_view>

#include "core/given_table.hpp"
#include "core/result.hpp"

namespace duibiao {

/// How it begins; web/clipboard.js writes the same.
inline constexpr std::string_view given_start = R"({"tables":)";

/// One line of JSON.
[[nodiscard]] std::string write_given_json(const GivenFile& file);

/// Errors: those of parse_json(); "import-no-table" (it is another kind of text).
[[nodiscard]] Result<GivenFile> read_given_json(std::string_view text);

}  // namespace duibiao
