// CSV and tab-separated text, as Excel, WPS and LibreOffice write and copy it (RFC 4180).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace duibiao {

struct CsvRow {
    std::size_t line = 0;  ///< 1-based line where the row starts
    std::vector<std::string> cells;
};

/// Reads UTF-8 (BOM allowed). The separator is the tab when the first row has one outside quotes, else the comma.
/// Quoted cells may hold separators, line feeds and doubled quotes. Empty rows are skipped. The
/// apostrophe that append_csv_row puts in front of a formula is taken away. Errors: "csv-empty", "csv-quote" (a quote
/// never closed; place "line n"), "text-encoding", "file-large".
[[nodiscard]] Result<std::vector<CsvRow>> parse_csv(std::string_view text);

[[nodiscard]] bool is_empty_cell(const std::string& cell);
[[nodiscard]] bool is_empty_row(const CsvRow& row);
/// Columns of a head, without the empty ones that spreadsheets add at the end.
[[nodiscard]] std::size_t named_columns(const CsvRow& head);
/// "line 7", as errors have it.
[[nodiscard]] std::string line_place(std::size_t line);

/// Appends one row in RFC 4180 form (CR LF). A cell that a spreadsheet would run as a formula (first character one of
/// = + - @ TAB CR or their full-width forms ＝＋－＠, and not a plain number) gets a leading apostrophe; so does such a
/// cell behind apostrophes of its own.
void append_csv_row(std::string& out, const std::vector<std::string>& cells);

using CellBlock = std::vector<std::vector<std::string>>;

/// A block of cells from the clipboard: tabs between them, whatever the first row has; empty rows are kept. Otherwise
/// as parse_csv. Errors: "csv-quote".
[[nodiscard]] Result<CellBlock> parse_block(std::string_view text);
/// The same the other way round; one row has no line end. Formulas get their apostrophe as in append_csv_row.
[[nodiscard]] std::string write_block(const CellBlock& block);

}  // namespace duibiao
