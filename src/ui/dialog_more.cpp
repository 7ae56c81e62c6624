// The dialog "more": what a small screen has no room for.
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

void body_more(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return close_dialog(ui);
    const OpenedDocument& opened = *ui.state.opened;
    const Document& document = opened.document;
    const std::string unit(document.unit());
    paragraph(ui, flow, "more/unit",
              unit + "　" + period_title(ui.state.settings.language, document.period()) + "　" +
                  ui.say("state." + std::string(to_string(opened.state))),
              style::body_strong);
    if (document.instrument->is_scored()) {
        const Sum& sum = opened.tally.layers[index_of(opened.layer)];
        const Params figures{{"score", sum.scored == 0 ? std::string("—") : sum.score.to_string()},
                             {"points", sum.points.to_string()},
                             {"scored", std::int64_t{sum.scored}},
                             {"of", std::int64_t{sum.of}}};
        paragraph(ui, flow, "more/total", ui.say("ui.more.total", figures));
        if (choice(ui, flow, "more/why", ui.say("ui.dialog.why"), {})) ui.send(command::ShowDialog{"why", {}});
    }
    if (choice(ui, flow, "more/print", ui.say("ui.print"), {})) {
        close_dialog(ui);
        ui.send(command::Print{});
    }
    if (choice(ui, flow, "more/who", ui.say("ui.dialog.who"), who_words(ui))) ui.send(command::ShowDialog{"who", {}});
    if (choice(ui, flow, "more/settings", ui.say("ui.settings"), {})) ui.send(command::ShowDialog{"settings", {}});
    if (choice(ui, flow, "more/help", ui.say("ui.help"), {})) ui.send(command::ShowDialog{"help", {}});
    if (buttons(ui, flow, {{"more/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
