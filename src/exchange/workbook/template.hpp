// The empty table of a form as a workbook to be filled in, and read again as fill_from_csv reads it.
#pragma once

#include <string>

#include "core/document.hpp"

namespace duibiao {

/// A sheet with the heads of the form's table, or with its items and a place for each answer; dates and months have
/// their format, answers that are chosen their list, heads of what must be there another shade. What each column wants
/// stands on a second sheet, which no reader takes for a table. Nothing of the document's answers is in it. The same
/// form gives the same bytes. Error: "xlsx-failed".
[[nodiscard]] Result<std::string> write_template(const Document& document);

/// "市第一医院-台账-2026-模板.xlsx".
[[nodiscard]] std::string template_file_name(const Document& document);

}  // namespace duibiao
