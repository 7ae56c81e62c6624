// What is filled in inside a row of a form of format 2, and at its head and foot: blanks and ticks of the text, counts
// beside rules, levels, votes, whether it applies; and why the score is what it is.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// "2分"; 不限, 加分 and 减分 of items without a full mark; empty where the form has no points at all.
[[nodiscard]] std::string points_words(const Ui& ui, const Criterion& item);

/// The form's own columns and the cells of one item, for the layer in use. Returns their height; draws only when
/// `paint`.
float item_facts(Ui& ui, const Criterion& item, const Box& place, bool paint);
/// Mirror ids of what is typed there, in order: Enter goes through it.
[[nodiscard]] std::vector<std::string> fact_ids(const Ui& ui, const Criterion& item);
/// The mirror's id of the cell of one answer, by its field ("count:2").
[[nodiscard]] std::string fact_id(Layer layer, std::string_view item, std::string_view field);

/// What kind of unit, and whom it is about; nothing (0) where the form asks for neither.
float form_facts(Ui& ui, const Box& place, bool paint);
/// Blanks, ticks and remarks at the form's foot.
float foot_facts(Ui& ui, const Box& place, bool paint);

}  // namespace duibiao::ui
