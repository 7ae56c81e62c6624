// What the grid's files share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ui/grid.hpp"
#include "ui/ui.hpp"

namespace duibiao::ui {

inline const Table& table(const Ui& ui) { return opened(ui).document.instrument->table; }
inline Author author(const Ui& ui) { return Author{opened(ui).session, {}, {}}; }

[[nodiscard]] RowActions actions(const Ui& ui);

/// Begins to edit the current cell with an empty field; with `caret_inside` arrows move the caret.
[[nodiscard]] bool is_worked_out(const Ui& ui);
void start_edit(Ui& ui, bool caret_inside);
/// The current cell follows from others, and nothing can be typed there.
[[nodiscard]] bool is_worked_out(const Ui& ui);
/// The cell is as it was before.
void cancel_edit(Ui& ui);

/// A column of days, which has a month to take them from.
[[nodiscard]] inline bool holds_day(const AnswerField& column) {
    return column.type == AnswerField::Type::date || column.type == AnswerField::Type::month;
}

}  // namespace duibiao::ui
