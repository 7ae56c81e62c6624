// The letter that a form's data has about one of its rows (换届提醒函), on paper and in Word.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "exchange/layout.hpp"

namespace duibiao {

/// The letter about the row of that id, as of a date, from the document's unit. Errors: "letter-none" (the form has no
/// letter), "letter-row" (no such row), "letter-term" {row} (its term is not known: no name, last election or length).
[[nodiscard]] Result<Layout> lay_out_letter(const Document& document, std::string_view row, Date as_of);

/// As a file: format "html" or "docx"; else "format-unknown".
[[nodiscard]] Result<std::string> write_letter(const Document& document, std::string_view row, Date as_of,
                                               std::string_view format);

}  // namespace duibiao
