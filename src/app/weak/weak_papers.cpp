// The documents that follow from the list: plans, surveys, reviews; and the problems of a plan, one by one.
#include <algorithm>
#include <utility>

#include "app/weak/handlers.hpp"
#include "core/cell.hpp"
#include "core/evaluate/definition.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/weak/check_weak.hpp"
#include "exchange/weak/weak_list.hpp"

namespace duibiao::app {

namespace {

const WeakUnit* unit_of(const State& state, std::string_view row) {
    const auto& units = state.weak->units;
    const auto at = std::find_if(units.begin(), units.end(), [row](const WeakUnit& unit) { return unit.row == row; });
    return at == units.end() ? nullptr : &*at;
}

Done write_head(Document& document, const Author& creator, std::string_view field, const std::string& text) {
    if (text.empty() || document.instrument->find_header(field) == nullptr) return {};
    const Target target{Layer::self, "header", std::string(field)};
    const auto value = parse_value(*document.instrument, target, text);
    if (!value) return tl::unexpected(value.error());
    auto edit = make_edit(document, creator, target, *value, std::string(creation_batch));
    if (!edit) return tl::unexpected(edit.error());
    return apply(document, *std::move(edit));
}

Done write_blank(Document& document, const Author& creator, const std::string& name, std::size_t number) {
    if (name.empty()) return {};
    for (const Instrument::Place& place : document.instrument->order) {
        const Criterion& item = document.instrument->criterion(place);
        if (!item.scoring) continue;
        const auto& blanks = item.scoring->blanks;
        const bool is_here =
            std::any_of(blanks.begin(), blanks.end(), [&name](const Blank& blank) { return blank.name == name; });
        if (!is_here) continue;
        const Target target{Layer::self, item.id, "blank:" + name};
        const auto value = parse_value(*document.instrument, target, std::to_string(number));
        if (!value) return tl::unexpected(value.error());
        auto edit = make_edit(document, creator, target, *value, std::string(creation_batch));
        if (!edit) return tl::unexpected(edit.error());
        return apply(document, *std::move(edit));
    }
    return {};
}

/// What the plan says of itself stands in the review from the beginning.
Result<Document> begin_form(State& state, const Ports& ports, const command::OpenWeakForm& request) {
    const WeakState& weak = *state.weak;
    const std::string& id = request.is_review ? weak.doors.review.form : weak.doors.surveys.front().form;
    const InstrumentPtr form = state.library.find(id);
    if (!form) return fail("instrument-unknown", id);
    const Author creator = weak_author(state, ports);
    auto document = new_document(form, ports.random.unique_id(), request.unit, weak.period, creator);
    if (!document) return document;
    Done done = write_head(*document, creator, "date", state.today);
    const WeakUnit* unit = weak.find(request.unit);
    if (done && request.is_review && unit != nullptr && unit->plan) {
        done = write_blank(*document, creator, weak.doors.review.problems, unit->plan->items.size());
        if (done) done = write_blank(*document, creator, weak.doors.review.closed, unit->plan->closed());
    }
    if (!done) return tl::unexpected(done.error());
    return document;
}

}  // namespace

void on(State& state, const Ports& ports, const command::MakeWeakPlan& request) {
    if (!state.weak || !state.opened || state.opened->document.id != state.weak->list) return;
    const WeakUnit* unit = unit_of(state, request.row);
    if (unit == nullptr) return;
    if (unit->plan) return on(state, ports, command::OpenDocument{unit->plan->document, {}});
    const InstrumentPtr form = state.library.find(state.weak->doors.plan.form);
    if (!form) return show_error(state, Error{"instrument-unknown", state.weak->doors.plan.form, {}}, unit->name);
    auto plan = make_weak_plan(state.opened->document, state.weak->doors, unit->name, form, ports.random.unique_id(),
                               weak_author(state, ports));
    if (!plan) return show_error(state, plan.error(), unit->name);
    adopt(state, ports, *std::move(plan), {});
    show_toast(state, ports, say(state, "ui.weak.plan.made"));
}

void on(State& state, const Ports& ports, const command::OpenWeakForm& request) {
    if (!state.weak || !state.opened || state.weak->doors.surveys.empty()) return;
    const WeakState& weak = *state.weak;
    const std::string& form = request.is_review ? weak.doors.review.form : weak.doors.surveys.front().form;
    const WeakUnit* unit = weak.find(request.unit);
    const bool is_new = request.again && unit != nullptr && !unit->is_reviewed_again;
    if (request.is_review && !is_new && unit != nullptr && is_here(state, unit->review))
        return on(state, ports, command::OpenDocument{unit->review, {}});
    for (const auto& [id, document] : weak.documents) {
        if (is_new) break;
        if (document.instrument->id == form && organisation_key(document.unit()) == organisation_key(request.unit))
            return on(state, ports, command::OpenDocument{id, {}});
    }
    if (const WeakFile* file = weak.file(form, request.unit))
        return on(state, ports, command::OpenEvidence{file->document, {}});
    auto document = begin_form(state, ports, request);
    if (!document) return show_error(state, document.error(), request.unit);
    adopt(state, ports, *std::move(document), {});
}

// --- One problem after the other ----------------------------------------------------------------------------------

namespace {

/// What the unit has handed over is unlocked with a reason that stays in its log: a list has no column of the office's
/// own, which writes beside the unit's words.
Done open_for_office(State& state, const Ports& ports, Document& plan, const Author& checker, const std::string& why) {
    if (check_custody(plan, Layer::self)) return {};
    const Signer own = signer(state, ports);
    auto edits = hand_over(plan, checker, Layer::self, LayerState::draft, why, &own);
    if (!edits) return tl::unexpected(edits.error());
    return apply_all(plan, *std::move(edits));
}

Done write_outcome(const State& state, Document& plan, const Author& checker, const command::CheckWeakItem& request) {
    WrittenCells written{{"outcome", std::string(request.is_closed ? weak_item_closed : weak_item_returned)},
                         {"checked", state.today},
                         {"checker", state.settings.signer.empty() ? state.weak->unit : state.settings.signer},
                         {"reason", request.is_closed ? std::string() : request.reason}};
    if (!request.is_closed) written["done"] = {};  // it is not, after all
    const std::string after = with_cells(plan.instrument->table, plan.text(Layer::self, request.row, "cells"), written);
    const Target target{Layer::self, request.row, "cells"};
    const auto value = parse_value(*plan.instrument, target, after);
    if (!value) return tl::unexpected(value.error());
    auto edit = make_edit(plan, checker, target, *value, checker.session);
    if (!edit) return tl::unexpected(edit.error());
    return apply(plan, *std::move(edit));
}

}  // namespace

void on(State& state, const Ports& ports, const command::CheckWeakItem& request) {
    if (!state.weak) return;
    state.weak->checking = request;
    gather_for(state, ports, Gathering::weak);
}

void check_weak_item(State& state, const Ports& ports, const command::AllLoaded& here) {
    if (!state.weak || !state.weak->checking) return;
    const command::CheckWeakItem request = *std::exchange(state.weak->checking, std::nullopt);
    std::optional<OpenedDocument> plan = document_here(state, here, request.plan);
    if (!plan || (state.opened && state.opened->document.id == request.plan)) return;
    const bool is_elsewhere = std::any_of(here.documents.begin(), here.documents.end(), [&](const auto& one) {
        return one.document == request.plan && one.elsewhere;
    });
    if (is_elsewhere) return show_toast(state, ports, say(state, "ui.weak.elsewhere"));
    if (plan->document.text(Layer::self, request.row, "cells").empty()) return;
    const Author checker = weak_author(state, ports);
    const std::string why = request.is_closed ? say(state, "ui.weak.checked") : request.reason;
    Done done = open_for_office(state, ports, plan->document, checker, why);
    if (done) done = write_outcome(state, plan->document, checker, request);
    if (!done) return show_error(state, done.error(), plan->document.unit());
    store_beside(state, ports, std::move(plan->document), std::move(plan->load_findings), plan->damaged);
    show_toast(state, ports, say(state, request.is_closed ? "ui.weak.item.closed" : "ui.weak.item.returned"));
}

}  // namespace duibiao::app
