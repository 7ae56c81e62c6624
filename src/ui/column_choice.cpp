// Which column of the form each column of a pasted table goes to, asked where their names do not say.
#include <algorithm>

#include "ui/grid.hpp"
#include "ui/roster_parts.hpp"

namespace duibiao::ui {

namespace {

/// What stands in a pasted column: its first two cells.
std::string sample_of(const Grid& grid, std::size_t column) {
    std::string sample;
    std::size_t found = 0;
    for (std::size_t row = grid.pasted_columns.body; row < grid.pasted.size() && found < 2; ++row) {
        if (column >= grid.pasted[row].size() || grid.pasted[row][column].empty()) continue;
        sample += (found > 0 ? "、" : "") + grid.pasted[row][column];
        ++found;
    }
    return sample;
}

/// A column of the form is filled once: whoever had it loses it.
void assign(Grid& grid, std::size_t column, std::optional<std::size_t> to) {
    for (auto& taken : grid.pasted_columns.columns) {
        if (to && taken == to) taken.reset();
    }
    grid.pasted_columns.columns[column] = to;
}

}  // namespace

float draw_column_choice(Ui& ui, const Box& place) {
    Grid& grid = ui.view.grid;
    const auto& columns = ui.state.opened->document.instrument->table.columns;
    std::vector<std::string> names{ui.say("ui.columns.none")};
    for (const AnswerField& column : columns) names.push_back(column.label);
    const float half = place.width * 0.55F;
    float y = place.y;
    for (std::size_t i = 0; i < grid.pasted_columns.columns.size(); ++i) {
        const auto& to = grid.pasted_columns.columns[i];
        // What would be left out is seen at once.
        if (!to) fill({place.x - ui.px(8), y - ui.px(3), place.width + ui.px(16), ui.px(50)}, colour::warning_tint, 6);
        const bool headed = i < grid.pasted_columns.heads.size() && !grid.pasted_columns.heads[i].empty();
        const std::string head =
            headed ? grid.pasted_columns.heads[i] : ui.say("ui.columns.column", {{"number", std::to_string(i + 1)}});
        write_in(ui, {place.x, y, half - ui.px(70), ui.px(24)}, head,
                 with_colour(style::body_strong, to ? colour::text : colour::warning));
        write_in(ui, {place.x, y + ui.px(22), half - ui.px(70), ui.px(22)}, sample_of(grid, i), style::small);
        write_in(ui, {place.x + half - ui.px(60), y, ui.px(50), ui.px(40)}, ui.say("ui.columns.to"), style::small, 1);
        const Box box{place.x + half, y + ui.px(2), place.width - half, ui.px(38)};
        const auto chosen = select(ui, box, "columns/" + std::to_string(i), head, names, to ? *to + 1 : 0);
        if (chosen) assign(grid, i, *chosen == 0 ? std::nullopt : std::optional(*chosen - 1));
        y += ui.px(52);
    }
    return y - place.y;
}

}  // namespace duibiao::ui
