// New versions of the program: offered, and taken only when the user says so.
#include <utility>

#include "app/handlers.hpp"

namespace duibiao::app {

bool offers_update(const Toast& toast) {
    return toast.command && std::holds_alternative<command::TakeUpdate>(toast.command->any());
}

void offer_update(State& state, const Ports& ports) {
    const bool is_shown = offers_update(state.toast);
    if (!state.dialog.name.empty() && is_shown) state.toast = {};
    // A dialog is one thing at a time; what is written in it would be lost.
    const bool is_free = state.dialog.name.empty() && (state.toast.text.empty() || is_shown);
    if (state.update == Update::none || !is_free) return;
    const bool ready = state.update == Update::ready;
    const std::string text = say(state, ready ? "ui.update.ready" : "ui.update.elsewhere");
    state.toast = Toast{text, say(state, "ui.update.take"), command::TakeUpdate{}, 0};
    if (!std::exchange(state.update_told, true)) ports.announcer.announce(text);
}

void on(State&, const Ports& ports, const command::TakeUpdate&) { ports.versions.take_newest(); }

void on(State& state, const Ports& ports, const command::UpdateChanged& change) {
    using News = command::UpdateChanged::News;
    if (change.news == News::unsaved) return show_toast(state, ports, say(state, "ui.update.unsaved"));
    state.update = change.news == News::ready ? Update::ready : Update::taken_elsewhere;
    state.update_told = false;
    offer_update(state, ports);
}

void on(State& state, const Ports&, const command::OfflineKnown& known) {
    using How = command::OfflineKnown::How;
    state.offline = known.how == How::ready  ? Offline::ready
                    : known.how == How::file ? Offline::file
                                             : Offline::refused;
}

}  // namespace duibiao::app
