// The cells of one sheet. For workbook.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/workbook/number_format.hpp"
#include "exchange/workbook/sheets.hpp"

namespace duibiao {

/// What the cells of a workbook refer to.
struct WorkbookParts {
    std::vector<std::string> texts;     ///< that cells share
    std::vector<NumberFormat> formats;  ///< by a cell's style
    DateSystem dates = DateSystem::since_1900;
};

/// Where a cell is, from 1: "C7" is row 7, column 3.
struct CellPlace {
    std::size_t row = 0;
    std::size_t column = 0;
};

struct SheetCell {
    std::size_t column = 0;  ///< from 1
    std::string text;
};
struct SheetRow {
    std::size_t number = 0;
    bool is_hidden = false;
    std::vector<SheetCell> cells;  ///< with a text, from left to right
};

/// A sheet's cells as they lie there, with what is merged.
struct SheetGrid {
    std::vector<SheetRow> rows;  ///< with something in them
    std::vector<std::pair<CellPlace, CellPlace>> merged;
    std::vector<CellPlace> sums;      ///< formulas that add up cells
    std::vector<std::size_t> widths;  ///< of the first columns, in hundredths of a digit
};

/// "_x000D_" and its like as the characters that they stand for.
[[nodiscard]] std::string unescaped_text(std::string_view text);

/// Reads a sheet's part into `sheet`. False where it is broken, or has more than `most` bytes of text: then `is_large`.
[[nodiscard]] bool read_sheet(std::string_view xml, const WorkbookParts& parts, std::size_t most, Sheet& sheet,
                              bool& is_large);
/// The same, giving the cells; `sheet` has its text, too.
[[nodiscard]] bool read_sheet(std::string_view xml, const WorkbookParts& parts, std::size_t most, Sheet& sheet,
                              bool& is_large, SheetGrid& grid);

}  // namespace duibiao
