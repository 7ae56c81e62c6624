// The dialog "who": who works here. Asked once, kept on this computer, changed here alone.
#include <array>

#include "core/text.hpp"
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::array<Layer, 3> roles{Layer::self, Layer::acceptance, Layer::rating};

/// The draft: name, office, role.
void begin(Ui& ui) {
    const Settings& settings = ui.state.settings;
    std::string role = settings.role;
    if (role.empty() && ui.state.opened) role = to_string(ui.state.opened->layer);
    std::string office = settings.office;
    if (office.empty() && role == "self") office = settings.last_unit;
    ui.view.draft = {settings.signer, office, role};
    if (!ui.touch) ui.mirror.request_focus(role.empty() ? "who/self" : "who/name");
}

void keep(Ui& ui) {
    const std::vector<std::string>& draft = ui.view.draft;
    ui.send(command::SetSetting{"signer", std::string(trim(draft[0]))});
    ui.send(command::SetSetting{"office", std::string(trim(draft[1]))});
    ui.send(command::SetSetting{"role", draft[2]});
    const auto layer = layer_from_string(draft[2]);
    const bool is_there =
        layer && ui.state.opened && ui.state.opened->document.instrument->find_layer(*layer) != nullptr;
    close_dialog(ui);
    if (is_there && ui.state.opened->layer != *layer) ui.send(command::SetLayer{*layer});
}

}  // namespace

std::string who_words(const Ui& ui) {
    const Settings& settings = ui.state.settings;
    std::string words = settings.signer;
    if (!settings.office.empty()) words += (words.empty() ? "" : " · ") + settings.office;
    if (!settings.role.empty()) words += (words.empty() ? "" : " · ") + ui.say("ui.who." + settings.role);
    return words.empty() ? ui.say("ui.who.unknown") : words;
}

void body_who(Ui& ui, Flow& flow) {
    if (ui.view.draft.size() != roles.size()) begin(ui);
    paragraph(ui, flow, "who/how", ui.say("ui.who.how"), style::small);
    for (const Layer role : roles) {
        const std::string id(to_string(role));
        if (choice(ui, flow, "who/" + id, ui.say("ui.who." + id), ui.say("ui.who." + id + ".text"),
                   ui.view.draft[2] == id)) {
            ui.view.draft[2] = id;
        }
    }
    labelled_field(ui, flow, "who/name", ui.say("ui.send.name"), ui.say("ui.send.name.placeholder"), ui.view.draft[0],
                   60);
    labelled_field(ui, flow, "who/office", ui.say("ui.send.office"), ui.say("ui.send.office.placeholder"),
                   ui.view.draft[1], 60);
    const int pressed =
        buttons(ui, flow,
                {{"who/cancel", ui.say("ui.cancel")},
                 {"who/keep", ui.say("ui.who.keep"), {}, ButtonKind::primary, !ui.view.draft[2].empty()}});
    const bool entered = ui.mirror.pressed("Enter", "who/name") || ui.mirror.pressed("Enter", "who/office");
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1 || (entered && !ui.view.draft[2].empty())) keep(ui);
}

}  // namespace duibiao::ui
