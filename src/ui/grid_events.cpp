// The grid's current cell, its keys and its typing.
#include <algorithm>
#include <array>
#include <utility>

#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/known.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "ui/forms.hpp"
#include "ui/grid.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t rows_per_page = 12;

const OpenedDocument& opened(const Ui& ui) { return *ui.state.opened; }
const Table& table(const Ui& ui) { return opened(ui).document.instrument->table; }
Author author(const Ui& ui) { return Author{opened(ui).session, {}, {}}; }

std::vector<RowView> shown_rows(const Ui& ui) {
    std::vector<RowView> rows;
    rows.reserve(ui.view.grid.shown.size());
    for (const std::uint32_t index : ui.view.grid.shown) rows.push_back(opened(ui).rows[index]);
    return rows;
}

RowActions actions(const Ui& ui) { return {opened(ui).document, author(ui), shown_rows(ui)}; }

void change(Ui& ui, std::vector<command::RowChange> changes, std::string done = {}) {
    if (!opened(ui).writer || changes.empty()) return;
    ui.send(command::ChangeRows{std::move(changes), {}, std::move(done)});
}

/// The range without the empty rows; nothing where it holds only those.
std::optional<CellRange> filled_range(const Grid& grid) {
    CellRange range = grid.range();
    if (grid.gap || range.first_row >= grid.shown.size()) return std::nullopt;
    range.last_row = std::min(range.last_row, grid.shown.size() - 1);
    return range;
}

std::string number_of(const CellRange& range) { return std::to_string(range.last_row - range.first_row + 1); }

}  // namespace

CellRange Grid::range() const {
    return {std::min(row, from_row), std::max(row, from_row), std::min(column, from_column),
            std::max(column, from_column)};
}

std::size_t Grid::row_count() const {
    const auto coming = std::count_if(written.begin(), written.end(),
                                      [this](const WrittenRow& now) { return now.is_new && now.row != gap; });
    return shown.size() + 1 + (gap ? 1 : 0) + static_cast<std::size_t>(coming);
}

std::optional<std::size_t> Grid::place_of(std::size_t at) const {
    if (gap && at == *gap) return std::nullopt;
    if (gap && at > *gap) --at;
    return at < shown.size() ? std::optional(at) : std::nullopt;
}

std::string cell_text(const Ui& ui, std::size_t row, std::size_t column) {
    const auto place = ui.view.grid.place_of(row);
    if (!place) return {};
    const RowView& cells = opened(ui).rows[ui.view.grid.shown[*place]];
    return std::string(split_row(cells.cells, table(ui).columns.size())[column]);
}

namespace {

void index_findings(Ui& ui) {
    Grid& grid = ui.view.grid;
    grid.worst.assign(opened(ui).rows.size(), -1);
    const Findings& findings = opened(ui).findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (!findings[i].row || findings[i].severity == Severity::notice) continue;
        const auto row = static_cast<std::size_t>(*findings[i].row) - 1;
        if (row >= grid.worst.size()) continue;
        std::int32_t& worst = grid.worst[row];
        if (worst < 0 || findings[i].severity < findings[static_cast<std::size_t>(worst)].severity)
            worst = static_cast<std::int32_t>(i);
    }
}

/// A row that was being inserted is there now; one that was emptied leaves its place to an empty row.
void settle_gap(Ui& ui, const std::vector<WrittenRow>& written) {
    Grid& grid = ui.view.grid;
    const auto emptied = std::exchange(grid.emptied, {});
    if (grid.gap && *grid.gap < grid.shown.size()) {
        const std::string_view id = opened(ui).rows[grid.shown[*grid.gap]].id;
        const bool is_there =
            id == grid.edited_row ||
            std::any_of(written.begin(), written.end(), [id](const WrittenRow& row) { return row.id == id; });
        if (is_there) grid.gap.reset();
    }
    if (!emptied || grid.gap) return;
    if (grid.row == *emptied && grid.row < grid.shown.size())
        grid.gap = grid.row;
    else if (grid.row > *emptied)
        grid.from_row = --grid.row;
}

}  // namespace

void refresh_grid(Ui& ui) {
    Grid& grid = ui.view.grid;
    const std::vector<WrittenRow> written = std::exchange(grid.written, {});
    const std::string key = opened(ui).document.id + "/" + std::to_string(opened(ui).document.log.size()) + "/" +
                            std::to_string(opened(ui).serial) + "/" + (grid.faults_only ? "1/" : "0/") + grid.filter;
    if (grid.key == key) return;
    if (grid.key.substr(0, grid.key.find('/')) != opened(ui).document.id) {
        const std::string filter = grid.filter;
        grid = Grid{};
    }
    grid.key = key;
    grid.shown.clear();
    index_findings(ui);
    const std::string_view filter = trim(grid.filter);
    for (std::size_t i = 0; i < opened(ui).rows.size(); ++i) {
        const RowView& row = opened(ui).rows[i];
        const bool passes = (filter.empty() || row.cells.find(filter) != std::string_view::npos) &&
                            (!grid.faults_only || grid.worst[i] >= 0);
        if (passes || row.id == grid.edited_row) grid.shown.push_back(static_cast<std::uint32_t>(i));
    }
    settle_gap(ui, written);
    grid.row = std::min(grid.row, grid.row_count() - 1);
    grid.from_row = std::min(grid.from_row, grid.row_count() - 1);
    grid.column = std::min(grid.column, table(ui).columns.size() - 1);
}

void go_to_cell(Ui& ui, std::size_t row, std::size_t column, bool extend) {
    Grid& grid = ui.view.grid;
    const bool inserted = std::any_of(grid.written.begin(), grid.written.end(),
                                      [&grid](const WrittenRow& now) { return now.row == grid.gap; });
    if (grid.gap && row != *grid.gap && !inserted) {
        // An empty row that is left was never inserted.
        if (row > *grid.gap) --row;
        grid.gap.reset();
        grid.from_row = row;
    }
    grid.row = std::min(row, grid.row_count() - 1);
    grid.column = std::min(column, table(ui).columns.size() - 1);
    if (!extend) {
        grid.from_row = grid.row;
        grid.from_column = grid.column;
    }
    grid.wants_sight = true;
    grid.options_open = false;
}

// --- Editing a cell -----------------------------------------------------------------------------------------------

namespace {

const WrittenRow* find_written(const Grid& grid, std::size_t row) {
    const auto at = std::find_if(grid.written.begin(), grid.written.end(),
                                 [row](const WrittenRow& written) { return written.row == row; });
    return at == grid.written.end() ? nullptr : &*at;
}

/// The row to be edited: as it was written just now, as it stands, or a new one.
void take_row(Ui& ui) {
    Grid& grid = ui.view.grid;
    if (const WrittenRow* written = find_written(grid, grid.row)) {
        grid.edited_row = written->id;
        grid.original = written->cells;
    } else if (const auto place = grid.place_of(grid.row)) {
        const RowView& row = opened(ui).rows[grid.shown[*place]];
        grid.edited_row = row.id;
        grid.original = row.cells;
    } else {
        const auto coming =
            std::count_if(grid.written.begin(), grid.written.end(), [](const WrittenRow& row) { return row.is_new; });
        grid.edited_row = next_row_id(opened(ui).document, author(ui), static_cast<std::size_t>(coming));
        grid.original.clear();
        if (!grid.gap) return;
        const auto inserted = actions(ui).insert(*grid.gap, {std::size_t{0}}, {{"x"}});
        // Without room between its neighbours the row comes last; moving it makes room.
        if (inserted.size() == 1 && inserted.front().order) grid.order = *inserted.front().order;
    }
}

void start(Ui& ui, std::string text, bool caret_inside) {
    Grid& grid = ui.view.grid;
    grid.editing = true;
    grid.caret_inside = caret_inside;
    grid.text = std::move(text);
    grid.error.clear();
    grid.batch = opened(ui).session + "/grid/" + std::to_string(++ui.view.visits);
    grid.from_row = grid.row;
    grid.from_column = grid.column;
    grid.order.clear();
    take_row(ui);
}

/// The edited row with the cell's text, as the document should have it now.
void write_through(Ui& ui, const std::string& cells) {
    Grid& grid = ui.view.grid;
    const std::string_view stored = opened(ui).document.text(Layer::self, grid.edited_row, "cells");
    const auto written = std::find_if(grid.written.begin(), grid.written.end(),
                                      [&grid](const WrittenRow& row) { return row.id == grid.edited_row; });
    if (written == grid.written.end() ? stored == cells : written->cells == cells) return;
    if (written == grid.written.end())
        grid.written.push_back({grid.row, grid.edited_row, cells, stored.empty()});
    else
        written->cells = cells;
    if (cells.empty() && !stored.empty()) grid.emptied = grid.row;
    if (!stored.empty()) return ui.send(command::SetAnswer{{Layer::self, grid.edited_row, "cells"}, cells, grid.batch});
    const auto order = grid.order.empty() ? std::nullopt : std::optional(grid.order);
    ui.send(command::ChangeRows{{{grid.edited_row, cells, order}}, grid.batch, {}});
}

}  // namespace

namespace {

/// The cell itself, then the row with it, then whether it may still be changed.
Done may_stand(const Ui& ui, const std::string& cells) {
    const Grid& grid = ui.view.grid;
    const Instrument& form = *opened(ui).document.instrument;
    const auto cell = parse_cell(form, table(ui).columns[grid.column], grid.text);
    if (!cell) return tl::unexpected(cell.error());
    const Target target{Layer::self, grid.edited_row, "cells"};
    const auto row = check_value(form, target, cells);
    if (!row) return tl::unexpected(row.error());
    return check_open(opened(ui).document, target, *row);
}

}  // namespace

void type_into_cell(Ui& ui, std::string text) {
    Grid& grid = ui.view.grid;
    if (!opened(ui).writer) return;
    if (!grid.editing) start(ui, {}, false);
    grid.text = std::move(text);
    const std::string cells = with_cell(grid.original, table(ui).columns.size(), grid.column, grid.text);
    const Done fits = may_stand(ui, cells);
    grid.error = fits ? std::string() : describe(ui.state.settings.language, fits.error());
    // A wrong text takes back what its beginning had written.
    write_through(ui, fits ? cells : grid.original);
    if (table(ui).columns[grid.column].entity != AnswerField::Entity::none)
        grid.options_open = !grid.text.empty() && !options_of(ui, grid.column).empty();
}

void begin_edit(Ui& ui) {
    Grid& grid = ui.view.grid;
    if (!opened(ui).writer || grid.editing) return;
    start(ui, cell_text(ui, grid.row, grid.column), true);
    grid.options_open = !options_of(ui, grid.column).empty();
    ++grid.serial;
}

bool end_edit(Ui& ui) {
    Grid& grid = ui.view.grid;
    if (!grid.editing) return true;
    if (!grid.error.empty()) {
        ++grid.serial;
        return false;
    }
    grid.editing = false;
    grid.caret_inside = false;
    grid.options_open = false;
    grid.text.clear();
    grid.edited_row.clear();
    ++grid.serial;
    return true;
}

namespace {

void cancel_edit(Ui& ui) {
    Grid& grid = ui.view.grid;
    write_through(ui, grid.original);
    grid.error.clear();
    end_edit(ui);
}

// --- Keys ---------------------------------------------------------------------------------------------------------

/// Rows without anything go; the current one stays as an empty row, so that what is typed next comes there.
void clear_cells(Ui& ui) {
    Grid& grid = ui.view.grid;
    const auto range = filled_range(grid);
    if (!range) return;
    auto changes = actions(ui).clear(*range);
    std::size_t row = range->first_row;
    for (const command::RowChange& changed : changes) {
        if (changed.row == opened(ui).rows[grid.shown[std::min(grid.row, range->last_row)]].id) {
            if (changed.cells->empty()) grid.emptied = grid.row = grid.from_row = row;
            break;
        }
        if (!changed.cells->empty()) ++row;
    }
    change(ui, std::move(changes));
}

void move_by(Ui& ui, int rows, int columns, bool extend) {
    const Grid& grid = ui.view.grid;
    const auto moved = [](std::size_t at, int by) {
        return by < 0 ? at - std::min(at, static_cast<std::size_t>(-by)) : at + static_cast<std::size_t>(by);
    };
    go_to_cell(ui, moved(grid.row, rows), moved(grid.column, columns), extend);
}

/// Tab goes on to the next row behind the last column, as in a form.
void tab(Ui& ui, bool back) {
    const Grid& grid = ui.view.grid;
    const std::size_t columns = table(ui).columns.size();
    if (back) {
        if (grid.column > 0) return move_by(ui, 0, -1, false);
        if (grid.row > 0) go_to_cell(ui, grid.row - 1, columns - 1);
        return;
    }
    if (grid.column + 1 < columns) return move_by(ui, 0, 1, false);
    if (grid.row + 1 < grid.row_count()) go_to_cell(ui, grid.row + 1, 0);
}

bool take_option_key(Ui& ui, std::string_view key) {
    Grid& grid = ui.view.grid;
    if (!grid.options_open) return false;
    const std::vector<std::string> options = options_of(ui, grid.column);
    if (options.empty() || table(ui).columns[grid.column].type == AnswerField::Type::numbered) return false;
    if (key == "ArrowDown" || key == "ArrowUp") {
        const auto at = std::find(options.begin(), options.end(), grid.text);
        const std::size_t count = options.size();
        const std::size_t now =
            at == options.end() ? (key == "ArrowDown" ? count - 1 : 0) : static_cast<std::size_t>(at - options.begin());
        type_into_cell(ui, options[(now + (key == "ArrowDown" ? 1 : count - 1)) % count]);
        ++grid.serial;
        return true;
    }
    return false;
}

bool take_arrow(Ui& ui, std::string_view key) {
    struct Arrow {
        std::string_view name;
        int rows;
        int columns;
    };
    constexpr std::array<Arrow, 6> arrows{{{"ArrowUp", -1, 0},
                                           {"ArrowDown", 1, 0},
                                           {"ArrowLeft", 0, -1},
                                           {"ArrowRight", 0, 1},
                                           {"PageUp", -static_cast<int>(rows_per_page), 0},
                                           {"PageDown", static_cast<int>(rows_per_page), 0}}};
    const bool control = key.starts_with("Ctrl+");
    if (control) key.remove_prefix(5);
    const bool shift = key.starts_with("Shift+");
    if (shift) key.remove_prefix(6);
    const Grid& grid = ui.view.grid;
    const int far = control ? static_cast<int>(std::max(grid.row_count(), table(ui).columns.size())) : 1;
    for (const Arrow& arrow : arrows) {
        if (key != arrow.name) continue;
        // Ctrl+Down is the last row that is filled, not the empty one below it.
        if (control && arrow.rows > 0 && !grid.shown.empty())
            go_to_cell(ui, grid.shown.size() - 1, grid.column, shift);
        else
            move_by(ui, arrow.rows * far, arrow.columns * far, shift);
        return true;
    }
    if (key == "Home")
        go_to_cell(ui, control ? 0 : grid.row, 0, shift);
    else if (key == "End" && control && !grid.shown.empty())
        go_to_cell(ui, grid.shown.size() - 1, table(ui).columns.size() - 1, shift);
    else if (key == "End")
        go_to_cell(ui, grid.row, table(ui).columns.size() - 1, shift);
    else
        return false;
    return true;
}

void leave_grid(Ui& ui) { ui.mirror.request_focus("grid/insert"); }

void take_ready_key(Ui& ui, std::string_view key) {
    Grid& grid = ui.view.grid;
    if (key == "F2" || key == "Alt+ArrowDown") return begin_edit(ui);
    if (key == "Enter") return move_by(ui, 1, 0, false);
    if (key == "Shift+Enter") return move_by(ui, -1, 0, false);
    if (key == "Tab" || key == "Shift+Tab") return tab(ui, key != "Tab");
    if (key == "Escape") return leave_grid(ui);
    if (key == "Delete" || key == "Backspace") {
        return clear_cells(ui);
    }
    if (key == "Ctrl+C" || key == "Ctrl+X") return copy_cells(ui, key == "Ctrl+X");
    if (key == "Ctrl+D") return fill_down(ui);
    if (key == "Ctrl+Shift+=" || key == "Ctrl+Shift++") return insert_row(ui);
    if (key == "Ctrl+-") return remove_rows(ui);
    if (key == "Alt+ArrowUp" || key == "Alt+Shift+ArrowDown") return move_rows(ui, key != "Alt+ArrowUp");
    if (key == "Ctrl+F") return ui.mirror.request_focus("grid/filter");
    if (key == "Ctrl+A") {
        grid.from_row = 0;
        grid.from_column = 0;
        grid.row = grid.shown.empty() ? 0 : grid.shown.size() - 1;
        grid.column = table(ui).columns.size() - 1;
        return;
    }
    take_arrow(ui, key);
}

void take_edit_key(Ui& ui, const DomEvent& event) {
    const std::string& key = event.key;
    Grid& grid = ui.view.grid;
    if (key == "Escape") return cancel_edit(ui);
    if (take_option_key(ui, key)) return;
    if (key == "F2") {
        grid.caret_inside = !grid.caret_inside;
        return;
    }
    if (event.text != grid.text) type_into_cell(ui, event.text);
    if (!end_edit(ui)) return;
    if (key == "Enter") return move_by(ui, 1, 0, false);
    if (key == "Shift+Enter") return move_by(ui, -1, 0, false);
    if (key == "Tab" || key == "Shift+Tab") return tab(ui, key != "Tab");
    take_arrow(ui, key);
}

/// One cell fills the range; a block goes where its columns belong, and asks where that is not plain.
void paste(Ui& ui, const std::string& text) {
    Grid& grid = ui.view.grid;
    if (!opened(ui).writer || !end_edit(ui)) return;
    grid.pasted = read_block(text);
    if (grid.pasted.empty()) return;
    if (grid.pasted.size() == 1 && grid.pasted.front().size() == 1 && !grid.gap)
        return change(ui, actions(ui).fill(grid.range(), grid.pasted.front().front()));
    grid.pasted_columns = find_columns(table(ui), grid.pasted, grid.range().first_column);
    if (grid.pasted_columns.is_sure) return write_pasted(ui);
    ui.send(command::ShowDialog{"columns", {}});
}

}  // namespace

void take_grid_events(Ui& ui) {
    using Kind = DomEvent::Kind;
    Grid& grid = ui.view.grid;
    for (const DomEvent& event : ui.mirror.events()) {
        if (event.id != grid_field) continue;
        if (event.kind == Kind::input) type_into_cell(ui, event.text);
        if (event.kind == Kind::composing && !grid.editing) start(ui, {}, false);
        if (event.kind == Kind::key && grid.editing)
            take_edit_key(ui, event);
        else if (event.kind == Kind::key)
            take_ready_key(ui, event.key);
        if (event.kind == Kind::paste) paste(ui, event.text);
        const bool to_options = grid.options_open && ui.mirror.focused().starts_with("grid/option/");
        if (event.kind == Kind::blur && grid.editing && !to_options) {
            if (!event.text.empty() && event.text != grid.text) type_into_cell(ui, event.text);
            if (!grid.error.empty()) {
                ui.send(command::Notify{ui.say("ui.field.reverted",
                                               {{"name", table(ui).columns[grid.column].label}, {"why", grid.error}})});
                cancel_edit(ui);
            }
            end_edit(ui);
        }
    }
}

// --- What the toolbar offers as well ------------------------------------------------------------------------------

void insert_row(Ui& ui) {
    Grid& grid = ui.view.grid;
    if (!opened(ui).writer || !end_edit(ui)) return;
    const std::size_t at = grid.range().first_row;
    grid.gap.reset();
    if (at < grid.shown.size()) grid.gap = at;
    grid.row = grid.from_row = at;
    grid.column = grid.from_column = 0;
    grid.wants_sight = true;
    ui.mirror.request_focus(grid_field);
}

void remove_rows(Ui& ui) {
    const Grid& grid = ui.view.grid;
    const auto range = filled_range(grid);
    if (!range) return;
    change(ui, actions(ui).remove(range->first_row, range->last_row),
           ui.say("ui.grid.removed", {{"count", number_of(*range)}}));
    go_to_cell(ui, range->first_row, grid.column);
}

void move_rows(Ui& ui, bool down) {
    Grid& grid = ui.view.grid;
    const auto range = filled_range(grid);
    if (!range) return;
    auto changes = actions(ui).move(range->first_row, range->last_row, down);
    if (changes.empty()) return;
    change(ui, std::move(changes));
    const auto shift = [down](std::size_t& row) { row = down ? row + 1 : row - 1; };
    shift(grid.row);
    shift(grid.from_row);
    grid.wants_sight = true;
}

void fill_down(Ui& ui) {
    if (const auto range = filled_range(ui.view.grid)) change(ui, actions(ui).fill_down(*range));
}

void sort_rows(Ui& ui, std::size_t column) {
    const std::string& label = table(ui).columns[column].label;
    auto changes = actions(ui).sort(column, false);
    const bool descending = changes.empty();
    if (descending) changes = actions(ui).sort(column, true);
    change(ui, std::move(changes),
           ui.say(descending ? "ui.grid.sorted-down" : "ui.grid.sorted-up", {{"column", label}}));
}

void copy_cells(Ui& ui, bool cut) {
    const auto range = filled_range(ui.view.grid);
    if (!range) return;
    ui.send(command::CopyText{write_block(actions(ui).read(*range))});
    if (cut) clear_cells(ui);
}

void write_pasted(Ui& ui) {
    Grid& grid = ui.view.grid;
    CellBlock body(
        grid.pasted.begin() + static_cast<std::ptrdiff_t>(std::min(grid.pasted_columns.body, grid.pasted.size())),
        grid.pasted.end());
    auto changes = grid.gap ? actions(ui).insert(*grid.gap, grid.pasted_columns.columns, body)
                            : actions(ui).write(grid.range().first_row, grid.pasted_columns.columns, body);
    const auto count = static_cast<std::int64_t>(changes.size());
    grid.pasted.clear();
    change(ui, std::move(changes), ui.say("ui.grid.pasted", {{"count", count}}));
}

namespace {

/// Known names with the typed text in them; nothing once it is one of them.
std::vector<std::string> suggestions(const Ui& ui, const AnswerField& field) {
    constexpr std::size_t most = 8;
    std::vector<std::string> names;
    const auto known = opened(ui).known.find(field.entity);
    if (known == opened(ui).known.end()) return names;
    for (const std::string& name : known->second) {
        if (name == ui.view.grid.text) return {};
        if (names.size() < most && name.find(ui.view.grid.text) != std::string::npos) names.push_back(name);
    }
    return names;
}

/// What other tables say of the one that was chosen goes into the row's empty cells.
std::string with_known_cells(const Ui& ui, std::string cells, const std::string& name) {
    const Grid& grid = ui.view.grid;
    const AnswerField& field = table(ui).columns[grid.column];
    if (grid.column != 0) return cells;
    std::vector<const Document*> documents;
    for (const Document& other : opened(ui).related) documents.push_back(&other);
    const std::size_t count = table(ui).columns.size();
    for (std::size_t i = 1; i < count; ++i) {
        if (!split_row(cells, count)[i].empty()) continue;
        const std::string known = known_cell(documents, field.entity, name, table(ui).columns[i].id);
        if (!known.empty()) cells = with_cell(cells, count, i, known);
    }
    return cells;
}

}  // namespace

std::vector<std::string> options_of(const Ui& ui, std::size_t column) {
    const AnswerField& field = table(ui).columns[column];
    if (field.type == AnswerField::Type::yesno) return {"是", "否"};
    if (field.type == AnswerField::Type::choice) return field.options;
    if (field.entity != AnswerField::Entity::none) return suggestions(ui, field);
    if (field.type != AnswerField::Type::numbered) return {};
    std::vector<std::string> options;
    for (const std::string& option : field.options)
        options.push_back(std::to_string(options.size() + 1) + "　" + option);
    return options;
}

bool is_chosen(const Ui& ui, std::size_t column, std::size_t option) {
    const Grid& grid = ui.view.grid;
    if (table(ui).columns[column].type != AnswerField::Type::numbered)
        return options_of(ui, column)[option] == grid.text;
    const std::vector<std::string> chosen = split_parts(grid.text);
    return std::find(chosen.begin(), chosen.end(), std::to_string(option + 1)) != chosen.end();
}

void choose_option(Ui& ui, std::size_t option) {
    Grid& grid = ui.view.grid;
    std::string text = options_of(ui, grid.column)[option];
    if (table(ui).columns[grid.column].type == AnswerField::Type::numbered) {
        text.clear();
        for (std::size_t i = 0; i < table(ui).columns[grid.column].options.size(); ++i) {
            if (is_chosen(ui, grid.column, i) == (i == option)) continue;
            text += (text.empty() ? "" : std::string(part_separator)) + std::to_string(i + 1);
        }
    }
    const bool is_name = table(ui).columns[grid.column].entity != AnswerField::Entity::none;
    type_into_cell(ui, text);
    if (is_name && grid.error.empty()) {
        const std::string cells = with_cell(grid.original, table(ui).columns.size(), grid.column, text);
        write_through(ui, with_known_cells(ui, cells, text));
    }
    ++grid.serial;
}

}  // namespace duibiao::ui
