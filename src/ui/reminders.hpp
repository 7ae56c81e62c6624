// 一月一提示 and 一季一督查 on the home page.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Draws at `y` and returns where the next part begins; nothing while no document asks for anything by a day.
float draw_reminders(Ui& ui, const Box& column, float y);

}  // namespace duibiao::ui
