// Forms to begin with, by groups: those that the unit's own documents ask for, or all.
#pragma once

#include <vector>

#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

/// The forms that bind the unit (Settings::sources) and its own; all of them where none is chosen or all are shown.
[[nodiscard]] std::vector<InstrumentPtr> offered_forms(const Ui& ui);

/// Those of the group that is shown.
[[nodiscard]] std::vector<InstrumentPtr> shown_forms(const Ui& ui, const std::vector<InstrumentPtr>& offered);

/// The groups that have a form, to choose from, and below them which documents bind. Returns their height.
float draw_form_groups(Ui& ui, const Box& line, const std::string& id, const std::vector<InstrumentPtr>& offered);

/// Dialog: which documents bind the unit.
void body_sources(Ui& ui, Flow& flow);

}  // namespace duibiao::ui
