// Reading Excel's workbooks (.xlsx, .xlsm: ISO/IEC 29500, transitional and strict). On the page its second program has
// it.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "exchange/workbook/sheet_cells.hpp"
#include "exchange/workbook/sheets.hpp"

namespace duibiao {

/// All sheets of cells, in the workbook's order, with what its cells show: of formulas their last result, of rich text
/// its letters without what stands above them, of numbers and dates what NumberFormat says. A merged cell's text stands
/// in every row that it covers and that has something of its own, in the first of its columns. Rows that are hidden are
/// read and counted. Macros, pictures and whatever else is in the file are passed over. Errors: "workbook-broken"
/// {part} (no XML, a document type, cells beyond 1,048,576 rows or 16,384 columns), those of GivenArchive,
/// "archive-large" {limit in MiB} for the whole of what it unpacks to.
[[nodiscard]] Result<std::vector<Sheet>> read_workbook(std::string_view bytes);

/// A sheet with its cells as they lie there; its text is empty.
struct GivenSheet {
    Sheet sheet;
    SheetGrid grid;
};
/// The same sheets with their cells instead of their text. Errors: those of read_workbook().
[[nodiscard]] Result<std::vector<GivenSheet>> read_workbook_grids(std::string_view bytes);

}  // namespace duibiao
