// The part of the program that only a superior or the author of a form needs: it comes when it is first wanted.
#include <utility>

#include "app/author/handlers.hpp"
#include "app/desk/handlers.hpp"
#include "app/handlers.hpp"
#include "app/weak/handlers.hpp"
#include "core/campaign/expected.hpp"

namespace duibiao::app {

bool has_desk_part(State& state, const Ports& ports, Command then) {
    if (state.has_desk_part) return true;
    state.after_part = std::move(then);
    ports.versions.bring_desk_part();
    return false;
}

void enter_desk(State& state, const Ports& ports) {
    const std::string& form = state.opened->document.instrument->id;
    if (!state.desk && form != campaign_form && form != weak_list_form && form != draft_form) return;
    if (!state.has_desk_part) state.screen = Screen::loading;
    if (!has_desk_part(state, ports, command::OpenDocument{state.opened->document.id, {}})) return;
    if (form == draft_form) return open_author(state, ports);
    open_desk(state, ports);
    open_weak(state, ports);
}

void on(State& state, const Ports& ports, const command::PartBrought& answer) {
    std::optional<Command> then = std::exchange(state.after_part, std::nullopt);
    state.has_desk_part = answer.is_here;
    if (!answer.is_here) {
        // The list of weak organisations is a table, too, which needs no part of its own.
        if (state.screen == Screen::loading && is_open_of(state, weak_list_form)) {
            state.screen = Screen::document;
            return;
        }
        if (state.screen == Screen::loading) on(state, ports, command::OpenHome{});
        return show_error(state, Error{"desk-part", {}, {}}, {});
    }
    if (state.screen == Screen::loading && state.opened) {
        state.screen = Screen::document;
        return enter_desk(state, ports);
    }
    if (then) update(state, ports, *then);
}

}  // namespace duibiao::app
