// Answers, undo and redo: every change is an edit appended to the log and handed to storage.
#include "app/handlers.hpp"

namespace duibiao::app {

void on(State& state, const Ports& ports, const command::SetAnswer& request) {
    if (!state.opened || !state.opened->writer) return;
    OpenedDocument& opened = *state.opened;
    const Result<Value> value = parse_value(*opened.document.instrument, request.target, request.text);
    if (!value) return show_toast(state, ports, describe(state.settings.language, value.error()));
    if (opened.document.answer(request.target) == *value) return;
    const std::string batch = request.batch.empty() ? ports.random.unique_id() : request.batch;
    Result<Edit> edit = make_edit(opened.document, author(state, ports), request.target, *value, batch);
    if (!edit) return show_toast(state, ports, describe(state.settings.language, edit.error()));
    const Result<std::size_t> written = apply_typing(opened.document, *edit);
    if (!written) return show_toast(state, ports, describe(state.settings.language, written.error()));
    save_edits(state, ports, *written);
}

namespace {

void apply_all(State& state, const Ports& ports, std::vector<Edit> edits) {
    if (edits.empty()) return;
    const std::size_t first = state.opened->document.log.size();
    const Target target = edits.back().target;
    for (Edit& edit : edits) {
        const Done done = apply(state.opened->document, std::move(edit));
        if (!done) return show_toast(state, ports, describe(state.settings.language, done.error()));
    }
    save_edits(state, ports, first);
    on(state, ports, command::Reveal{target.item, target.field, target.layer});
}

}  // namespace

void on(State& state, const Ports& ports, const command::Undo&) {
    if (!state.opened || !state.opened->writer) return;
    apply_all(state, ports, make_undo(state.opened->document, author(state, ports)));
}

void on(State& state, const Ports& ports, const command::Redo&) {
    if (!state.opened || !state.opened->writer) return;
    apply_all(state, ports, make_redo(state.opened->document, author(state, ports)));
}

void on(State& state, const Ports&, const command::SetLayer& request) {
    if (!state.opened) return;
    state.opened->layer = request.layer;
    refresh(state);
}

}  // namespace duibiao::app
