// The roster's page in parts.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Who is due when: each organisation's term as a bar on a time line, those first who are due first.
void draw_terms(Ui& ui, const Box& box);

/// What the user says of a pasted block's columns: goes into Grid::pasted_columns. Returns its height.
float draw_column_choice(Ui& ui, const Box& place);

}  // namespace duibiao::ui
