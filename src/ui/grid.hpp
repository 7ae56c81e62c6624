// A table edited like a spreadsheet: one current cell, a range, one field that lies over the current cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/row_actions.hpp"
#include "core/term.hpp"

namespace duibiao::ui {

struct Ui;
struct Box;

/// A row written in this frame, which `shown` and the document have only in the next.
struct WrittenRow {
    std::size_t row = 0;
    std::string id;
    std::string cells;
    bool is_new = false;
};

/// What is shown of the open document's table and where the user is in it. Row numbers count what is shown: the rows
/// that pass the filter, the empty row that is being inserted, and one empty row at the end for the next.
struct Grid {
    std::string key;                          ///< what `shown` was made of
    std::vector<std::uint32_t> shown;         ///< indices into OpenedDocument::rows
    std::vector<std::int32_t> first_finding;  ///< by index of a row: see findings_of(); -1: none
    std::size_t row = 0;                      ///< current cell
    std::size_t column = 0;                   ///< of the table
    std::size_t from_row = 0;                 ///< the other corner of the range
    std::size_t from_column = 0;
    std::optional<std::size_t> gap;  ///< an empty row is being inserted here
    std::vector<WrittenRow> written;
    std::optional<std::size_t> emptied;  ///< the current row was, and stays as an empty one until it is left
    bool editing = false;                ///< the field shows a text of its own
    bool caret_inside = false;           ///< arrows move the caret (F2), not the cell
    std::string text;                    ///< of the field
    std::string asked;                   ///< what the user typed: options go by it, whichever of them is in the field
    std::string original;                ///< the row's cells before it
    std::string edited_row;              ///< id of the row being edited, given to a new one before it is there
    std::string order;                   ///< place of a row being inserted
    std::string batch;                   ///< its keystrokes are one edit
    std::string error;                   ///< why the text cannot stand
    int serial = 0;                      ///< see MirrorNode
    bool options_open = false;
    std::string filter;
    bool faults_only = false;
    CellBlock pasted;           ///< waits until the user has said what its columns are
    std::string pasted_hidden;  ///< how many of its rows were hidden where it was copied; empty: none
    BlockColumns pasted_columns;
    std::string terms_key;          ///< what `terms` was made of
    std::vector<OfficeTerm> terms;  ///< those first who are due first; texts belong to the document
    bool wants_sight = false;       ///< scroll so that the current cell is seen
    bool dragging = false;

    [[nodiscard]] CellRange range() const;
    /// Shown rows with the empty ones, and those to come.
    [[nodiscard]] std::size_t row_count() const;
    /// Position in `shown` of a row, none for the empty ones.
    [[nodiscard]] std::optional<std::size_t> place_of(std::size_t at) const;
};

/// The field over the current cell.
inline constexpr const char* grid_field = "grid/cell";

/// What is said of a row, by its index; errors first.
[[nodiscard]] std::span<const Finding> findings_of(const Ui& ui, std::size_t row);
/// The first of them that is not a mere notice.
[[nodiscard]] const Finding* worst_of(const Ui& ui, std::size_t row);

/// Makes `shown` anew when the document or the filter changed.
void refresh_grid(Ui& ui);
/// Keys, typing and pasting since the last frame.
void take_grid_events(Ui& ui);
/// Moves the current cell; with `extend` the range grows.
void go_to_cell(Ui& ui, std::size_t row, std::size_t column, bool extend = false);
/// Begins to edit the current cell, with its text and the caret behind it.
void begin_edit(Ui& ui);
/// Writes `text` into the cell being edited as if it had been typed.
void type_into_cell(Ui& ui, std::string text);
/// Ends editing; false where the text cannot stand, and the cell stays.
bool end_edit(Ui& ui);
[[nodiscard]] std::string cell_text(const Ui& ui, std::size_t row, std::size_t column);

// What the toolbar offers as well.
void insert_row(Ui& ui);
void remove_rows(Ui& ui);
void move_rows(Ui& ui, bool down);
void fill_down(Ui& ui);
void sort_rows(Ui& ui, std::size_t column);
void copy_cells(Ui& ui, bool cut);

/// Writes the block that waits, once its columns are settled.
void write_pasted(Ui& ui);

/// What may stand in a cell of this column, and what is known elsewhere in the unit's documents; empty: anything.
[[nodiscard]] std::vector<std::string> options_of(const Ui& ui, std::size_t column);

[[nodiscard]] bool is_chosen(const Ui& ui, std::size_t column, std::size_t option);
/// Takes one of options_of() into the cell being edited; of several it is put in or taken out.
void choose_option(Ui& ui, std::size_t option);

void draw_grid(Ui& ui, const Box& box);

}  // namespace duibiao::ui
