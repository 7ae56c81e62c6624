// The superior's desk, a screen a file. Private to src/ui/desk.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

inline constexpr float desk_gap = 14;
inline constexpr float desk_line = 36;  ///< of a unit
inline constexpr std::size_t weak_part = 5;

[[nodiscard]] inline const DeskState& desk(const Ui& ui) { return *ui.state.desk; }
[[nodiscard]] inline const DeskView& desk_view(const Ui& ui) { return *ui.state.desk->view; }

/// Makes `shown` anew when the view or what is asked for changed.
void refresh_desk_list(Ui& ui);
/// The unit whose drawer is open; null: none.
[[nodiscard]] const DeskUnit* selected_unit(const Ui& ui);
/// Opens a unit's report to be gone through, with those listed behind it.
void open_unit(Ui& ui, const DeskUnit& unit);
/// How the screen says what it lists.
[[nodiscard]] std::string listing_words(const Ui& ui);
/// Print, Word, Excel of what the screen lists, from the right of a line; returns where they begin.
float give_buttons(Ui& ui, const Box& line, const std::string& paper, bool has_room);
/// Shows the units of the list's part 0 that pass a filter; other filters go.
void show_units(Ui& ui, DeskList wanted);

/// Figures that filter, and what became of the files; returns where they end.
float draw_desk_cards(Ui& ui, const Box& column, float y);
/// Parts of the desk, search and filters; returns where they end.
float draw_desk_tools(Ui& ui, const Box& column, float y);
void draw_desk_units(Ui& ui, const Box& place);
void draw_unit_drawer(Ui& ui, const Box& place, const DeskUnit& unit);
void draw_desk_scores(Ui& ui, const Box& place);
/// Beside them: units by sections.
void draw_desk_matrix(Ui& ui, const Box& place);
/// Rosters and checklists of all units.
void draw_desk_rows(Ui& ui, const Box& place);
void draw_desk_findings(Ui& ui, const Box& place);
void draw_desk_papers(Ui& ui, const Box& place);
/// Nothing has been collected yet: what to do, in three steps.
void draw_desk_begin(Ui& ui, const Box& place);

/// A state's chip at `x`; returns its width.
float state_chip(Ui& ui, float x, float y, UnitState state);
[[nodiscard]] std::string layer_name(const Ui& ui, std::size_t layer);
[[nodiscard]] std::string figure(const std::optional<Points>& points);
/// Layers that have scores.
[[nodiscard]] std::vector<std::size_t> scored_layers(const Ui& ui);
/// Something drawn that arrows, Enter and a click move through.
[[nodiscard]] AreaState keyed_area(Ui& ui, const Box& box, const AreaSpec& spec, const std::string& keys);

}  // namespace duibiao::ui
