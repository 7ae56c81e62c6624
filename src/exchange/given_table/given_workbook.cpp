// Sheets of a workbook.
#include <algorithm>
#include <utility>

#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/given_docx.hpp"
#include "exchange/given_table/read_given.hpp"

namespace duibiao {
namespace {

constexpr std::size_t widest_form = 200;                ///< columns; what lies beyond is no form's
constexpr std::size_t longest_form = 10'000;            ///< rows
constexpr std::size_t most_covered_places = 2'000'000;  ///< by merged cells

/// A cell's text; strokes to write on alone are none.
std::string form_text(const std::string& text) {
    const std::string clean = clean_text(text);
    const bool is_strokes = std::all_of(clean.begin(), clean.end(), [](char c) { return c == '_' || c == ' '; });
    if (is_strokes || looks_empty(clean)) return {};
    const std::size_t begin = clean.find_first_not_of(" \t\n");  // notes are set in by wide blanks, which stay
    return clean.substr(begin, clean.find_last_not_of(" \t\n") - begin + 1);
}

/// Every row up to the last one that says something or is merged with one, so that row 7 is row 7.
void add_rows(const SheetGrid& grid, GivenTable& table) {
    std::size_t last = grid.rows.empty() ? 0 : grid.rows.back().number;
    for (const CellPlace& place : grid.sums) last = std::max(last, place.row);
    const std::size_t filled = last;
    for (const auto& [from, to] : grid.merged) {
        if (from.row <= filled) last = std::max(last, std::min(to.row, filled + widest_form));
    }
    for (std::size_t number = 1; number <= last; ++number) table.add_row({number, false, false});
}

/// Where merged cells lie; their texts come with the other cells' later.
void add_merged(const SheetGrid& grid, GivenTable& table) {
    std::size_t covered = 0;
    for (const auto& [from, to] : grid.merged) {
        if (from.column > widest_form || from.row > table.rows()) continue;
        const std::size_t columns = std::min(to.column, widest_form) - from.column + 1;
        covered += (std::min(to.row, table.rows()) - from.row + 1) * columns;
        if (covered > most_covered_places) return;
        table.add({from.row - 1, from.column - 1, to.row - from.row + 1, columns, {}});
    }
}

bool is_sum_at(const SheetGrid& grid, std::size_t row, std::size_t column) {
    return std::any_of(grid.sums.begin(), grid.sums.end(),
                       [row, column](const CellPlace& place) { return place.row == row && place.column == column; });
}

void add_cells(const SheetGrid& grid, GivenTable& table) {
    add_merged(grid, table);
    for (const SheetRow& row : grid.rows) {
        for (const SheetCell& one : row.cells) {
            if (one.column > widest_form) break;
            GivenCell cell{row.number - 1, one.column - 1, 1, 1, form_text(one.text)};
            cell.is_sum = is_sum_at(grid, row.number, one.column);
            table.put(std::move(cell));
        }
    }
    for (const CellPlace& place : grid.sums) {
        if (place.row > table.rows() || place.column > widest_form) continue;
        GivenCell cell{place.row - 1, place.column - 1, 1, 1, {}};
        cell.is_sum = true;
        table.add(std::move(cell));
    }
}

/// A form that begins in column B is one that begins in column A.
void shift_left(SheetGrid& grid) {
    std::size_t first = widest_form;
    for (const SheetRow& row : grid.rows)
        first = std::min(first, row.cells.empty() ? widest_form : row.cells.front().column);
    for (const auto& [from, to] : grid.merged) first = std::min(first, from.column);
    if (first <= 1 || first >= widest_form) return;
    const std::size_t by = first - 1;
    for (SheetRow& row : grid.rows) {
        for (SheetCell& cell : row.cells) cell.column -= by;
    }
    for (auto& [from, to] : grid.merged) {
        from.column -= by;
        to.column -= by;
    }
    std::erase_if(grid.sums, [by](const CellPlace& place) { return place.column <= by; });
    for (CellPlace& place : grid.sums) place.column -= by;
    grid.widths.erase(grid.widths.begin(),
                      grid.widths.begin() + static_cast<std::ptrdiff_t>(std::min(by, grid.widths.size())));
}

GivenTable table_of_sheet(const GivenSheet& given, std::size_t number) {
    GivenTable table;
    table.name = given.sheet.name;
    table.number = number;
    table.is_hidden = given.sheet.is_hidden;
    table.widths = given.grid.widths;
    add_rows(given.grid, table);
    add_cells(given.grid, table);
    return table;
}

}  // namespace

Result<GivenFile> read_given_workbook(std::string_view bytes) {
    auto sheets = read_workbook_grids(bytes);
    if (!sheets) return tl::unexpected(std::move(sheets.error()));
    GivenFile file;
    for (GivenSheet& given : *sheets) {
        if (given.grid.rows.empty()) continue;
        shift_left(given.grid);
        if (given.grid.rows.back().number > longest_form)
            return fail("import-large", {}, {{"limit", static_cast<std::int64_t>(longest_form)}});
        GivenTable table = table_of_sheet(given, file.tables.size() + 1);
        std::size_t hidden = 0;
        for (const SheetRow& row : given.grid.rows) hidden += row.is_hidden ? 1 : 0;
        if (hidden > 0)
            file.notices.push_back({"hidden-rows", table.number, 0, {{"count", static_cast<std::int64_t>(hidden)}}});
        if (table.is_hidden) file.notices.push_back({"hidden-sheet", table.number, 0, {{"sheet", table.name}}});
        file.tables.push_back(std::move(table));
    }
    const auto archive = GivenArchive::open(bytes);
    if (archive && archive->has_ending("/vbaProject.bin")) file.notices.push_back({"macros"});
    return file;
}

}  // namespace duibiao
