// The dialogs "sheets", which sheet of a workbook is meant, and "form-same", whether a form takes the place of a
// shipped one.
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

void body_form_same(Ui& ui, Flow& flow) {
    const Dialog& dialog = ui.state.dialog;
    if (dialog.lines.size() < 2) return close_dialog(ui);
    paragraph(
        ui, flow, "form-same/text",
        ui.say("ui.form-same", {{"id", dialog.argument}, {"new", dialog.lines[0]}, {"shipped", dialog.lines[1]}}));
    if (choice(ui, flow, "form-same/take", ui.say("ui.form-same.take"), ui.say("ui.form-same.take.text")))
        return ui.send(command::TakeForm{});
    if (buttons(ui, flow, {{"form-same/cancel", ui.say("ui.cancel")}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
