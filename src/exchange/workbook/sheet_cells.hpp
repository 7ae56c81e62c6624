// The cells of one sheet. For workbook.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
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

/// "_x000D_" and its like as the characters that they stand for.
[[nodiscard]] std::string unescaped_text(std::string_view text);

/// Reads a sheet's part into `sheet`. False where it is broken, or has more than `most` bytes of text: then `is_large`.
[[nodiscard]] bool read_sheet(std::string_view xml, const WorkbookParts& parts, std::size_t most, Sheet& sheet,
                              bool& is_large);

}  // namespace duibiao
