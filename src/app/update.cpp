#include "app/update.hpp"

#include <algorithm>

#include "app/handlers.hpp"

namespace duibiao {

State make_state() {
    State state;
    state.library = InstrumentLibrary::shipped();
    return state;
}

void update(State& state, const Ports& ports, const Command& command) {
    std::visit([&](const auto& request) { app::on(state, ports, request); }, command);
}

namespace app {

namespace {
constexpr std::int64_t toast_ms = 8000;
}

int text_size_from(std::string_view value) { return value == "14" ? 14 : value == "17" ? 17 : value == "19" ? 19 : 15; }

std::string say(const State& state, std::string_view key, const Params& params) {
    return translate(state.settings.language, key, params);
}

void show_toast(State& state, const Ports& ports, std::string text) {
    ports.announcer.announce(text);
    state.toast = Toast{std::move(text), {}, std::nullopt, ports.clock.ticks_ms() + toast_ms};
}

void show_toast(State& state, const Ports& ports, std::string text, std::string action, Command command) {
    show_toast(state, ports, std::move(text));
    state.toast.action = std::move(action);
    state.toast.command = std::move(command);
}

void show_error(State& state, const Error& error, std::string_view file_name) {
    state.dialog = Dialog{"error", std::string(file_name), {describe(state.settings.language, error)}};
    if (!error.place.empty()) state.dialog.lines.push_back(say(state, "ui.error.place", {{"place", error.place}}));
    state.dialog.lines.push_back(say(state, "ui.error.nothing-changed"));
}

Author author(const State& state, const Ports& ports) {
    return Author{state.opened ? state.opened->session : std::string(), {}, ports.clock.now()};
}

void refresh(State& state) {
    OpenedDocument& opened = *state.opened;
    const Document& document = opened.document;
    opened.tally = tally(document);
    opened.proposals.clear();
    for (const Instrument::Place& place : document.instrument->order)
        opened.proposals.push_back(propose(document, document.instrument->criterion(place)));
    const Result<Date> today = parse_date(state.today);
    opened.findings = opened.load_findings;
    if (today) {
        Findings ruled = check(document, *today);
        opened.findings.insert(opened.findings.end(), ruled.begin(), ruled.end());
    }
    opened.state = state_of(document, opened.layer);
    const DocumentCard card = make_card(opened);
    const auto known = std::find_if(state.cards.begin(), state.cards.end(),
                                    [&](const DocumentCard& other) { return other.id == card.id; });
    if (known != state.cards.end()) {
        *known = card;
    } else {
        state.cards.insert(state.cards.begin(), card);
    }
}

}  // namespace app
}  // namespace duibiao
