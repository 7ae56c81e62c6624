// CSV and tab-separated text, as Excel, WPS and LibreOffice write and copy it (RFC 4180).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace duibiao {

struct CsvRow {
    std::size_t line = 0;  ///< 1-based line where the row starts
    std::vector<std::string> cells;
};

/// How quotation marks stand for themselves or around a cell.
enum class Quoting : std::uint8_t {
    file,    ///< RFC 4180: a cell that begins with one is quoted when another one ends it
    copied,  ///< as Excel copies: between tabs only a cell that has a tab or a line end inside is quoted
    sheet    ///< of a workbook's sheet (workbook/sheets.hpp): always tabs, and CR where a line ends within a cell
};

/// Reads UTF-8 (BOM allowed). The separator is what a first line "sep=;" says; else the tab, comma, semicolon or ，
/// that most of the first lines have, where a tab in front of another separator or of a line's end only pads. Quoted
/// cells may hold separators, line feeds and doubled quotes; a cell that goes on behind its closing quote is none and
/// stays as it is. ="001" is 001. A last Ctrl-Z is none of the text. Empty rows are skipped. The apostrophe that
/// append_csv_row puts in front of a formula is taken away. Errors: "csv-empty", "csv-quote" (a quote never closed,
/// where no tabs separate; place "line n"), "text-encoding", "file-large".
[[nodiscard]] Result<std::vector<CsvRow>> parse_csv(std::string_view text, Quoting quoting = Quoting::file);

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
/// as parse_csv, with quotes as Excel copies them.
[[nodiscard]] CellBlock parse_block(std::string_view text);
/// The same the other way round; one row has no line end. Formulas get their apostrophe as in append_csv_row.
[[nodiscard]] std::string write_block(const CellBlock& block);

}  // namespace duibiao
