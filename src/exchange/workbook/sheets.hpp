// The sheets of a workbook as tables, and which one is meant. What reads a workbook is workbook.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// Cells of a sheet that say nothing certain.
struct SheetRefusal {
    std::string code;                ///< of an error (choose_sheet)
    std::vector<std::string> cells;  ///< the first of them: "C7"
    std::int64_t count = 0;          ///< of all
};

struct Sheet {
    std::string name;
    std::string text;  ///< for Quoting::sheet; line 7 is row 7
    bool is_hidden = false;
    std::int64_t hidden_rows = 0;  ///< with something in them; they are in the text
    std::vector<SheetRefusal> refusals = {};
};

/// Sheets as one text, and out of it again: so the page's second program hands them over.
[[nodiscard]] std::string write_sheets(const std::vector<Sheet>& sheets);
[[nodiscard]] std::vector<Sheet> read_sheets(std::string_view text);

/// The sheet that is meant for the document: the only one whose heads are those of its form, among visible ones before
/// hidden ones; else the first visible one with something in it, whose heads the reader of tables then names. Errors:
/// "workbook-empty", "sheets-many" {sheets} (several have its heads); of the sheet (place "sheet NAME") "rows-many"
/// {limit}, "cells-wrong" (#N/A and its like), "cells-uncounted" (formulas that no program has worked out),
/// "cells-digits" (numbers of more than 15 digits) {cells, count}.
[[nodiscard]] tl::expected<Sheet, std::vector<Error>> choose_sheet(std::vector<Sheet> sheets, const Document& document);

/// The name of a file, and of the sheet in it that was read.
[[nodiscard]] std::string name_with_sheet(Language language, std::string_view file, const Sheet& sheet);

/// What whoever sees the workbook does not see of the table: that the sheet or rows of it are hidden. Empty where there
/// is nothing to say.
[[nodiscard]] std::string hidden_words(Language language, const Sheet& sheet);

}  // namespace duibiao
