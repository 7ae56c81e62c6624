// Home with many documents: found by word, state and order, one line each.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

inline constexpr std::size_t fewest_listed = 12;  ///< documents from which on home is a list

/// Draws the search and the lines in sight; returns where the list ends.
float draw_home_list(Ui& ui, const Box& column, float y);

/// How far a document has come, in words; of cards and lines.
[[nodiscard]] std::string progress_line(const Ui& ui, const DocumentCard& card);
/// "今天 10:42", "11 月 3 日".
[[nodiscard]] std::string short_time(const Ui& ui, const DocumentCard& card);
/// Each returns where its chips end.
float draw_state_chip(Ui& ui, float x, float y, const DocumentCard& card);
float draw_finding_chips(Ui& ui, float x, float y, const DocumentCard& card);

/// The three dots that open a document's menu; true when pressed.
bool draw_card_menu(Ui& ui, const Box& box, const DocumentCard& card);

/// The width of the box at a line's beginning.
[[nodiscard]] inline float pick_room(const Ui& ui) { return ui.px(44); }
/// That box: the document is one of several that something is done to.
void draw_pick(Ui& ui, const Box& line, const DocumentCard& card);
/// What can be done to the documents that are picked; returns where that ends.
float draw_many(Ui& ui, const Box& column, float y);

}  // namespace duibiao::ui
