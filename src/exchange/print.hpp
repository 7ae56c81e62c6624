// A layout as HTML for print: the pieces that all shapes of paper share. The classes are those of print.css.
#pragma once

#include <string>
#include <string_view>

#include "exchange/html.hpp"
#include "exchange/layout.hpp"

namespace duibiao {

/// The sheets' element, with what its pages have in their margins: code, QR code, page numbers.
void print_article_start(Html& html, const Layout& layout, std::string_view classes);

/// What stands between the title and the end of the article, for each shape.
void print_score_table(Html& html, const Layout& layout);
void print_items(Html& html, const Layout& layout);
void print_own(Html& html, const Layout& layout);
void print_roster(Html& html, const Layout& layout);
void print_sheets(Html& html, const Layout& layout);

/// Title, column names, rows: a table by itself.
void print_list(Html& html, const LayoutTable& table);

void print_colgroup(Html& html, const LayoutTable& table);
/// The rows of column names; with `sized` each names its column's width, where there is no colgroup.
void print_heads(Html& html, const LayoutTable& table, bool sized = false);
void print_cell(Html& html, const LayoutCell& cell);
void print_cells(Html& html, const LayoutRow& row);
/// `<tr>` with the class that the row has.
void print_row_start(Html& html, const LayoutRow& row);

/// A row over `columns` columns: the fields, then the short code.
void print_head_line(Html& html, const Layout& layout, std::size_t columns);
/// A row of the table, so that a page with nothing else still has the head line.
void print_signatures(Html& html, const Layout& layout, std::size_t columns);
/// Rows below the table: who filled it in and how to reach them, who signs, the form's notes.
void print_foot_rows(Html& html, const Layout& layout, std::size_t columns);
/// The line that ends the table on every page.
void print_table_end(Html& html, std::size_t columns);

void print_colspan(Html& html, std::size_t columns);
/// Class of the rows beside a name: high enough for it, so that a single row on a page holds it.
[[nodiscard]] std::string name_class(std::string_view name);

}  // namespace duibiao
