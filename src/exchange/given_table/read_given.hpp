// The tables of a file that an office mails, whatever its format.
#pragma once

#include <string>
#include <string_view>

#include "core/given_table.hpp"
#include "core/result.hpp"
#include "exchange/workbook/workbook.hpp"

namespace duibiao {

/// Reads the tables of a Word document, a workbook or a text with separators, by its content. Nothing in it is run.
/// Errors: those of look_at(), open_docx(), read_workbook() and parse_csv(); "import-kind" (a report, a form, an
/// archive); "import-no-table".
[[nodiscard]] Result<GivenFile> read_given(const std::string& name, std::string bytes);

/// The parts of it, one a format.
[[nodiscard]] Result<GivenFile> read_given_word(std::string_view bytes);
[[nodiscard]] Result<GivenFile> read_given_workbook(std::string_view bytes);
[[nodiscard]] Result<GivenFile> read_given_csv(std::string_view text);

/// The lines between two tables: notes and signatures belong below the first, a title above the second.
void share_lines(std::vector<std::string> lines, GivenTable* before, GivenTable* behind);

}  // namespace duibiao
