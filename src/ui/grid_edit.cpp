// The cell being edited: its text, and what is offered for it.
#include <algorithm>
#include <utility>

#include "core/cell.hpp"
#include "core/date_text.hpp"
#include "core/known.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "ui/forms.hpp"
#include "ui/grid_parts.hpp"

namespace duibiao::ui {

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

}  // namespace

bool is_worked_out(const Ui& ui) {
    const std::size_t column = ui.view.grid.column;
    return table(ui).formula(column) != nullptr && !table(ui).columns[column].open;
}

void start_edit(Ui& ui, bool caret_inside) {
    Grid& grid = ui.view.grid;
    grid.editing = true;
    grid.caret_inside = caret_inside;
    grid.text.clear();
    grid.asked.clear();
    grid.error.clear();
    grid.batch = opened(ui).session + "/grid/" + std::to_string(++ui.view.visits);
    grid.from_row = grid.row;
    grid.from_column = grid.column;
    grid.order.clear();
    take_row(ui);
}

namespace {

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

/// The cell itself, then the row with it, then whether it may still be changed.
Done may_stand(const Ui& ui, const std::string& text, const std::string& cells) {
    const Grid& grid = ui.view.grid;
    const Instrument& form = *opened(ui).document.instrument;
    const auto cell = parse_cell(form, table(ui).columns[grid.column], text);
    if (!cell) return tl::unexpected(cell.error());
    const Target target{Layer::self, grid.edited_row, "cells"};
    const auto row = check_value(form, target, cells);
    if (!row) return tl::unexpected(row.error());
    return check_open(opened(ui).document, target, *row);
}

void write_cell(Ui& ui, std::string text) {
    Grid& grid = ui.view.grid;
    grid.text = std::move(text);
    const AnswerField::Type type = table(ui).columns[grid.column].type;
    const bool is_day = type == AnswerField::Type::date || type == AnswerField::Type::month;
    const std::string meant = is_day ? with_year_of(opened(ui).document.period(), grid.text) : grid.text;
    const std::string cells = with_cell(table(ui), grid.original, grid.column, meant);
    const Done fits = may_stand(ui, meant, cells);
    grid.error = fits ? std::string() : describe(ui.state.settings.language, fits.error());
    // A wrong text takes back what its beginning had written.
    write_through(ui, fits ? cells : grid.original);
}

}  // namespace

namespace {

void say_worked_out(Ui& ui) {
    ui.send(command::Notify{ui.say("ui.grid.worked-out", {{"name", table(ui).columns[ui.view.grid.column].label}})});
    ++ui.view.grid.serial;
}

}  // namespace

void type_into_cell(Ui& ui, std::string text) {
    Grid& grid = ui.view.grid;
    if (!opened(ui).is_open()) return;
    if (is_worked_out(ui)) return say_worked_out(ui);
    if (!grid.editing) start_edit(ui, false);
    grid.asked = text;
    write_cell(ui, std::move(text));
    if (table(ui).columns[grid.column].entity != AnswerField::Entity::none)
        grid.options_open = !grid.text.empty();  // names may still be coming
}

void begin_edit(Ui& ui) {
    Grid& grid = ui.view.grid;
    if (!opened(ui).is_open() || grid.editing) return;
    if (is_worked_out(ui)) return say_worked_out(ui);
    start_edit(ui, true);
    // Not cell_text(): the row may have been written in this very frame.
    grid.text = split_row(grid.original, table(ui).columns.size())[grid.column];
    grid.asked = grid.text;
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

void cancel_edit(Ui& ui) {
    Grid& grid = ui.view.grid;
    write_through(ui, grid.original);
    grid.error.clear();
    end_edit(ui);
}

// --- Options ------------------------------------------------------------------------------------------------------

namespace {

/// Known names with the typed text in them.
std::vector<std::string> suggestions(const Ui& ui, const AnswerField& field) {
    constexpr std::size_t most = 8;
    std::vector<std::string> names;
    const auto known = opened(ui).known.find(field.entity);
    if (known == opened(ui).known.end()) return names;
    for (const std::string& name : known->second) {
        const bool is_asked = name == ui.view.grid.asked;  // what is typed stands in the table itself by now
        if (!is_asked && names.size() < most && name.find(ui.view.grid.asked) != std::string::npos)
            names.push_back(name);
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
        if (!known.empty()) cells = with_cell(table(ui), cells, i, known);
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
    write_cell(ui, text);
    if (is_name && grid.error.empty()) {
        const std::string cells = with_cell(table(ui), grid.original, grid.column, text);
        write_through(ui, with_known_cells(ui, cells, text));
    }
    ++grid.serial;
}

}  // namespace duibiao::ui
