// The appraisal's ballots, which stay beside the document, and closing its steps.
#include "app/handlers.hpp"
#include "core/number.hpp"
#include "core/points.hpp"
#include "exchange/ballot_table.hpp"

namespace duibiao::app {

namespace {

/// The box, while its step is open and this page may write; null otherwise.
BallotBox* open_box(State& state) {
    if (!state.opened || !state.opened->is_open()) return nullptr;
    OpenedDocument& opened = *state.opened;
    const AppraisalStep* step = opened.document.instrument->appraisal.ballot_step();
    if (step == nullptr || is_closed(opened.document, step->id)) return nullptr;
    if (!opened.ballots) opened.ballots.emplace(*opened.document.instrument);
    return &*opened.ballots;
}

/// Ballots live on the card, which is written anew with each of them.
void save_box(State& state, const Ports& ports) {
    ++state.opened->serial;
    const DocumentCard card = make_card(*state.opened);
    for (DocumentCard& known : state.cards) {
        if (known.id == card.id) known.ballots = card.ballots;
    }
    ports.storage.put_card(card.id, write_card(card), begin_save(state));
}

}  // namespace

void take_ballots(OpenedDocument& opened, const DocumentCard& card) {
    opened.ballots.reset();
    if (card.ballots.empty()) return;
    auto box = BallotBox::parse(*opened.document.instrument, card.ballots);
    if (box) opened.ballots = std::move(*box);
}

void on(State& state, const Ports& ports, const command::AddRater&) {
    BallotBox* box = open_box(state);
    if (box == nullptr) return;
    std::string label;
    for (std::size_t number = box->size() + 1; label.empty(); ++number) {
        label = say(state, "ui.appraisal.rater", {{"number", static_cast<std::int64_t>(number)}});
        for (std::size_t i = 0; i < box->size() && !label.empty(); ++i) {
            if (box->label(i) == label) label.clear();
        }
    }
    const auto added = box->add_rater(std::move(label));
    if (!added) return show_toast(state, ports, describe(state.settings.language, added.error()));
    save_box(state, ports);
}

void on(State& state, const Ports& ports, const command::RemoveRater& request) {
    BallotBox* box = open_box(state);
    if (box == nullptr || request.rater >= box->size()) return;
    box->remove_rater(request.rater);
    save_box(state, ports);
}

void on(State& state, const Ports& ports, const command::SetBallot& request) {
    BallotBox* box = open_box(state);
    if (box == nullptr || request.rater >= box->size()) return;
    std::optional<Points> score;
    if (!request.text.empty()) {
        const auto read = read_number(request.text, "分");
        if (!read) return show_toast(state, ports, describe(state.settings.language, read.error()));
        score = *read;
    }
    const Done done = box->set_score(request.rater, request.row, score);
    if (!done) return show_toast(state, ports, describe(state.settings.language, done.error()));
    save_box(state, ports);
}

void on(State& state, const Ports& ports, const command::AddBallots& request) {
    BallotBox* box = open_box(state);
    if (box == nullptr) return;
    auto read = add_ballots_from_csv(state.opened->document, *box, request.text);
    if (!read) return show_errors(state, read.error(), say(state, "ui.appraisal.ballots"));
    *box = std::move(*read);
    save_box(state, ports);
    const auto count = static_cast<std::int64_t>(box->size());
    show_toast(state, ports, say(state, "ui.appraisal.ballots-read", {{"count", count}}));
}

void on(State& state, const Ports& ports, const command::CloseStep& request) {
    if (!state.opened || !state.opened->is_open()) return;
    OpenedDocument& opened = *state.opened;
    auto edits = close_step(opened.document, request.step, opened.ballots ? &*opened.ballots : nullptr,
                            author(state, ports), request.confirmed);
    state.dialog = {};
    if (!edits) return show_error(state, edits.error(), opened.document.instrument->title);
    const AppraisalStep* step = opened.document.instrument->appraisal.find_step(request.step);
    const Done done = duibiao::apply_all(opened.document, std::move(*edits));
    if (!done) return show_toast(state, ports, describe(state.settings.language, done.error()));
    if (step != opened.document.instrument->appraisal.ballot_step()) {
        save_snapshot(state, ports);
        return show_toast(state, ports, say(state, "ui.appraisal.closed", {{"step", step->title}}));
    }
    // What is left of the ballots is their figures: the box goes with the next card, which the snapshot brings. That
    // the step is closed is said when nothing of them is left in storage.
    opened.ballots.reset();
    opened.erasing = true;
    for (DocumentCard& known : state.cards) {
        if (known.id == opened.document.id) known.ballots.clear();
    }
    save_snapshot(state, ports);
}

void say_ballots_gone(State& state, const Ports& ports, bool kept) {
    const AppraisalStep* step = state.opened->document.instrument->appraisal.ballot_step();
    if (step == nullptr) return;
    show_toast(state, ports,
               say(state, kept ? "ui.appraisal.closed.kept" : "ui.appraisal.closed", {{"step", step->title}}));
}

}  // namespace duibiao::app
