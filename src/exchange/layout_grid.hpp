// A layout's tables as rows of placed cells, for formats that have a grid: Word and Excel.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/layout.hpp"

namespace duibiao {

/// A cell and where it lies. A cell over several rows stands again in each of the rows below its first, without text.
struct PlacedCell {
    LayoutCell cell;
    std::size_t column = 0;
    bool is_name = false;   ///< a section's or a group's
    bool is_below = false;  ///< of a cell that began in a row above
};
struct PlacedRow {
    std::vector<PlacedCell> cells;  ///< in the order of the columns, none left out
    LayoutRow::Kind kind = LayoutRow::Kind::plain;
    bool may_break = false;
    bool keeps_next = false;
    bool is_foot = false;  ///< below all sections
};

/// The rows of column names.
[[nodiscard]] std::vector<PlacedRow> head_rows(const LayoutTable& table);
/// All other rows, names of sections and groups in their merged cells.
[[nodiscard]] std::vector<PlacedRow> body_rows(const LayoutTable& table);

/// What the margins of A4 leave, in millimetres.
[[nodiscard]] double page_width(const Layout& layout);
/// Each column's width in millimetres; together as wide as the page, or wider where the paper's columns are.
[[nodiscard]] std::vector<double> column_widths(const Layout& layout, const LayoutTable& table);

/// Neighbouring columns.
struct ColumnRange {
    std::size_t first = 0;
    std::size_t last = 0;
};
/// The columns as ranges beside each other, one for each share of the width, as near to it as columns are; fewer ranges
/// than shares where there are fewer columns. `shares` are positive.
[[nodiscard]] std::vector<ColumnRange> partition(std::span<const double> widths, std::span<const double> shares);

/// The head line's and the foot's fields as texts, and what share of the line each asks for.
struct LineParts {
    std::vector<std::string> texts;
    std::vector<double> shares;
    bool ends_right = false;  ///< the last one stands at the right margin
};
[[nodiscard]] LineParts line_parts(const Layout& layout, const std::vector<Labelled>& fields, bool ends_right);

/// Width of a text in half characters: hanzi are two, letters and digits one.
[[nodiscard]] std::size_t half_characters(std::string_view text);

/// Text for a file: clean_text(), without what XML 1.0 cannot hold.
[[nodiscard]] std::string file_text(std::string_view text);

}  // namespace duibiao
