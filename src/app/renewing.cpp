// Going on with another version of a form: said on opening, shown before it is done, and taken back at once.
#include <algorithm>
#include <tuple>
#include <utility>

#include "app/handlers.hpp"
#include "exchange/history.hpp"

namespace duibiao::app {

namespace {

/// What stands here and has no place there, or reads otherwise.
std::vector<ChangeLine> renewal_lines(const State& state, const TakeOver& taken) {
    const Document& document = state.opened->document;
    std::vector<MergeChange> changes;
    for (const Target& target : taken.lost)
        changes.push_back({MergeChange::Kind::cleared, target, document.answer(target), Value{}});
    for (const Target& target : taken.changed)
        changes.push_back({MergeChange::Kind::changed, target, document.answer(target), taken.document.answer(target)});
    return change_lines(*document.instrument, state.settings.language, changes);
}

}  // namespace

InstrumentPtr find_newer(const State& state) {
    const OpenedDocument& opened = *state.opened;
    const Instrument& own = *opened.document.instrument;
    InstrumentPtr newest = state.library.find(own.id);
    if (!newest || newest->hash == own.hash) return nullptr;
    const auto rank = [](const Instrument& form) {
        return std::tuple(form.version.size(), std::string_view(form.version));
    };
    // The author of a form of one's own may have corrected it without a new number.
    const bool is_corrected = newest->version == own.version && state.own_forms.contains(own.id);
    const bool is_newer = rank(own) < rank(*newest) || is_corrected;
    if (!is_newer || !opened.writer || opened.damaged) return nullptr;
    // What was handed over keeps the version that its hash and its paper belong to.
    const bool is_locked = std::any_of(opened.custody.begin(), opened.custody.end(),
                                       [](const Custody& custody) { return custody.locked; });
    return is_locked ? nullptr : newest;
}

void show_renewal(State& state) {
    state.dialog = {};
    state.renewal.reset();
    if (!state.opened || !state.opened->newer) return;
    Result<TakeOver> taken = take_over(state.opened->document, state.opened->newer);
    if (!taken) return show_error(state, taken.error(), {});
    std::vector<ChangeLine> lines = renewal_lines(state, *taken);
    state.renewal = Renewal{*std::move(taken), std::move(lines)};
    state.dialog = Dialog{"renew", {}, {}};
}

void on(State& state, const Ports& ports, const command::Renew&) {
    if (!state.opened || !state.opened->newer || !state.opened->writer) return;
    state.dialog = {};
    state.renewal.reset();
    OpenedDocument& opened = *state.opened;
    // What was typed since the dialog came comes along.
    Result<TakeOver> taken = take_over(opened.document, opened.newer);
    if (!taken) return show_error(state, taken.error(), {});
    Document before = std::exchange(opened.document, std::move(taken->document));
    save_snapshot(state, ports);
    state.taken_in.clear();
    state.taken_in.push_back({opened.document.id, std::move(before), opened.document.log.size()});
    offer_to_take_back(state, ports, say(state, "ui.renew.done", {{"version", opened.document.instrument->version}}));
}

void on(State& state, const Ports&, const command::PutOffRenewal&) {
    state.dialog = {};
    state.renewal.reset();
    if (state.opened) state.opened->has_put_off_renewal = true;
}

}  // namespace duibiao::app
