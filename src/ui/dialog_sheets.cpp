// The dialog "sheets": which sheet of a workbook is meant.
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

void body_sheets(Ui& ui, Flow& flow) {
    const std::vector<std::string>& names = ui.state.dialog.lines;
    if (names.empty()) return close_dialog(ui);
    paragraph(ui, flow, "sheets/how", ui.say("ui.sheets.how", {{"name", ui.state.dialog.argument}}));
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (choice(ui, flow, "sheets/" + std::to_string(i), names[i], {})) return ui.send(command::TakeSheet{names[i]});
    }
    if (buttons(ui, flow, {{"sheets/cancel", ui.say("ui.cancel")}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
