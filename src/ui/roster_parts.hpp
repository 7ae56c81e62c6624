// The roster's page in parts.
#pragma once

#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

/// The grid goes to the first column that a step of an appraisal asks for, once there are members: their names stay
/// beside it.
void show_columns_of(Ui& ui, const AppraisalStep& step);

/// Who is due when: each organisation's term as a bar on a time line, those first who are due first.
void draw_terms(Ui& ui, const Box& box);
/// Dialog: the form's letter about the row that the dialog's argument names.
void body_letter(Ui& ui, Flow& flow);

// An appraisal has more parts.
/// Its steps in order, and the button that closes the one that is open. Returns where the next part begins.
float draw_steps(Ui& ui, const Box& column, float y);
/// One ballot after the other, while their step is open.
void draw_ballots(Ui& ui, const Box& box);
/// What each member has of every step, the total and the grade.
void draw_standings(Ui& ui, const Box& box);

/// What the user says of a pasted block's columns: goes into Grid::pasted_columns. Returns its height.
float draw_column_choice(Ui& ui, const Box& place);

}  // namespace duibiao::ui
