// The list of findings in the panel at the right, and going from one to the next by key.
#pragma once

#include "ui/ui.hpp"

namespace duibiao::ui {

/// Draws the findings of a severity; returns where they end.
float draw_findings_of(Ui& ui, Severity severity, float x, float y, float width);

/// Brings the next finding's place into sight, errors first, and says what is wrong there; `direction` 1 or -1.
void go_to_next_finding(Ui& ui, int direction);

}  // namespace duibiao::ui
