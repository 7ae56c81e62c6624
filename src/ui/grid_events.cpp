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
#include "ui/grid_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t rows_per_page = 12;

std::vector<RowView> shown_rows(const Ui& ui) {
    std::vector<RowView> rows;
    rows.reserve(ui.view.grid.shown.size());
    for (const std::uint32_t index : ui.view.grid.shown) rows.push_back(opened(ui).rows[index]);
    return rows;
}

}  // namespace

RowActions actions(const Ui& ui) { return {opened(ui).document, author(ui), shown_rows(ui)}; }

namespace {

void change(Ui& ui, std::vector<command::RowChange> changes, std::string done = {}) {
    if (!opened(ui).is_open() || changes.empty()) return;
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

std::span<const Finding> findings_of(const Ui& ui, std::size_t row) {
    const auto& first = ui.view.grid.first_finding;
    const std::span<const Finding> findings = opened(ui).findings;
    if (row >= first.size() || first[row] < 0 || first[row] >= static_cast<std::int32_t>(findings.size())) return {};
    const auto from = findings.subspan(static_cast<std::size_t>(first[row]));
    const int number = static_cast<int>(row) + 1;
    const auto end = std::find_if(from.begin(), from.end(), [number](const Finding& it) { return it.row != number; });
    return from.first(static_cast<std::size_t>(end - from.begin()));
}

const Finding* worst_of(const Ui& ui, std::size_t row) {
    const auto said = findings_of(ui, row);
    return said.empty() || said.front().severity == Severity::notice ? nullptr : &said.front();
}

std::string cell_text(const Ui& ui, std::size_t row, std::size_t column) {
    const auto place = ui.view.grid.place_of(row);
    if (!place) return {};
    const RowView& cells = opened(ui).rows[ui.view.grid.shown[*place]];
    return std::string(split_row(cells.cells, table(ui).columns.size())[column]);
}

namespace {

/// Findings stand in the rows' order, errors first.
void index_findings(Ui& ui) {
    Grid& grid = ui.view.grid;
    grid.first_finding.assign(opened(ui).rows.size(), -1);
    const Findings& findings = opened(ui).findings;
    for (std::size_t i = findings.size(); i-- > 0;) {
        if (!findings[i].row) continue;
        const auto row = static_cast<std::size_t>(*findings[i].row) - 1;
        if (row < grid.first_finding.size()) grid.first_finding[row] = static_cast<std::int32_t>(i);
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
        grid = Grid{};
    }
    grid.key = key;
    grid.shown.clear();
    index_findings(ui);
    const std::string_view filter = trim(grid.filter);
    for (std::size_t i = 0; i < opened(ui).rows.size(); ++i) {
        const RowView& row = opened(ui).rows[i];
        const bool passes = (filter.empty() || row.cells.find(filter) != std::string_view::npos) &&
                            (!grid.faults_only || worst_of(ui, i) != nullptr);
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

namespace {

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

/// Arrows go through what is offered, and the list stays.
bool take_option_key(Ui& ui, std::string_view key) {
    const Grid& grid = ui.view.grid;
    if (!grid.options_open || (key != "ArrowDown" && key != "ArrowUp")) return false;
    const std::vector<std::string> options = options_of(ui, grid.column);
    if (options.empty() || table(ui).columns[grid.column].type == AnswerField::Type::numbered) return false;
    const std::size_t count = options.size();
    const auto at = static_cast<std::size_t>(std::find(options.begin(), options.end(), grid.text) - options.begin());
    if (key == "ArrowDown")
        choose_option(ui, at == count ? 0 : (at + 1) % count);
    else
        choose_option(ui, at == 0 || at == count ? count - 1 : at - 1);
    return true;
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
    const bool opens_month = key == "F4" || (key == "Alt+ArrowDown" && holds_day(table(ui).columns[grid.column]));
    if (opens_month) return;  // as it is drawn
    if (key == "F2" || key == "Alt+ArrowDown") return begin_edit(ui);
    if (key == "Enter") return move_by(ui, 1, 0, false);
    if (key == "Shift+Enter") return move_by(ui, -1, 0, false);
    if (key == "Tab" || key == "Shift+Tab") return tab(ui, key != "Tab");
    if (key == "Escape") return leave_grid(ui);
    if (key == "Delete" || key == "Backspace") return clear_cells(ui);
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

/// The field may still show what was typed before one of the options was taken.
bool is_news(const Grid& grid, const std::string& text) { return text != grid.text && text != grid.asked; }

void take_edit_key(Ui& ui, const DomEvent& event) {
    const std::string& key = event.key;
    Grid& grid = ui.view.grid;
    if (key == "Escape") return cancel_edit(ui);
    if (take_option_key(ui, key) || key == "F4" || key == "Alt+ArrowDown") return;
    if (key == "F2") {
        grid.caret_inside = !grid.caret_inside;
        return;
    }
    // An emptied field said so; one that is empty since it handed over a key before this one says nothing.
    if (!event.text.empty() && is_news(grid, event.text)) type_into_cell(ui, event.text);
    if (!end_edit(ui)) return;
    if (key == "Enter") return move_by(ui, 1, 0, false);
    if (key == "Shift+Enter") return move_by(ui, -1, 0, false);
    if (key == "Tab" || key == "Shift+Tab") return tab(ui, key != "Tab");
    take_arrow(ui, key);
}

/// One cell fills the range; a block goes where its columns belong, and asks where that is not plain.
void paste(Ui& ui, const std::string& text, const std::string& hidden) {
    Grid& grid = ui.view.grid;
    grid.pasted_hidden = hidden;
    if (!opened(ui).is_open() || !end_edit(ui)) return;
    CellBlock block = parse_block(text);
    if (block.empty()) return;
    grid.pasted = std::move(block);
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
        if (event.kind == Kind::composing && !grid.editing && !is_worked_out(ui)) start_edit(ui, false);
        if (event.kind == Kind::key && grid.editing)
            take_edit_key(ui, event);
        else if (event.kind == Kind::key)
            take_ready_key(ui, event.key);
        if (event.kind == Kind::paste) paste(ui, event.text, event.key);
        const bool to_options = grid.options_open && ui.mirror.focused().starts_with("grid/option/");
        if (event.kind == Kind::blur && grid.editing && !to_options) {
            if (!event.text.empty() && is_news(grid, event.text)) type_into_cell(ui, event.text);
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
    if (!opened(ui).is_open() || !end_edit(ui)) return;
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
    std::string done = ui.say("ui.grid.pasted", {{"count", count}});
    if (!grid.pasted_hidden.empty()) done += ui.say("ui.paste.hidden", {{"count", grid.pasted_hidden}});
    change(ui, std::move(changes), std::move(done));
}

}  // namespace duibiao::ui
