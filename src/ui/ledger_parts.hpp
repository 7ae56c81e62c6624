// The ledger's page in parts, from top to bottom.
#pragma once

#include "ui/forms.hpp"

namespace duibiao::ui {

inline constexpr float gap_at_15 = 16;  ///< between the parts, CSS pixels at text size 15

[[nodiscard]] const Table& table_of(const Ui& ui);
/// 1 to 12, as of today.
[[nodiscard]] int this_month(const Ui& ui);

// Each draws at `y` and returns where the next part begins.
float draw_figures(Ui& ui, const Box& column, float y);
float draw_entry(Ui& ui, const Box& column, float y);
float draw_matrix(Ui& ui, const Box& column, float y, const Box& view);
float draw_list(Ui& ui, const Box& column, float y, const Box& view);
/// How many activities a month: a look at the year.
float draw_year(Ui& ui, const Box& column, float y);

// The row being written down.
void clear_draft(Ui& ui);
/// Begins a new row, with what is known of it.
void begin_row(Ui& ui, const std::string& kind, const std::string& date, const std::string& branch = {});
/// Begins from a row that is there; with `edited`, its id, to change it.
void load_draft(Ui& ui, std::string_view cells, std::string edited);

/// No activity stands in the ledger yet: nothing is called missing.
[[nodiscard]] bool is_hollow(const Ui& ui);
/// From which month on the unit is asked: a choice of twelve.
void draw_ledger_from(Ui& ui, const Box& box, const std::string& id);
/// Of such a ledger: which documents bind the unit. Returns where it ends.
float draw_begin(Ui& ui, const Box& column, float y);

}  // namespace duibiao::ui
