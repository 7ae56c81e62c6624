// Drawing one row of the score table.
#pragma once

#include "ui/score_layout.hpp"

namespace duibiao::ui {

/// `box` is the row on the page.
void draw_score_row(Ui& ui, const ScoreColumns& columns, const ScoreRow& row, const Box& box);

}  // namespace duibiao::ui
