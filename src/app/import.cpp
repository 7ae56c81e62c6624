// Reports that arrive: what is new, what differs from what is here, and taking all of it back.
#include <algorithm>
#include <utility>

#include "app/handlers.hpp"
#include "core/name_key.hpp"
#include "exchange/history.hpp"

namespace duibiao::app {

namespace {

/// Both contents of every place that the file rewrites. Where it only unlocks, what it changes after that.
std::vector<ChangeLine> rewritten_lines(const State& state, const std::vector<Rewriting>& rewritten,
                                        const Result<Merge>& merged) {
    std::vector<MergeChange> changes;
    for (const Rewriting& one : rewritten) {
        if (one.kind == Rewriting::Kind::typed || one.target().item == "document") continue;
        changes.push_back({MergeChange::Kind::conflict, one.target(), one.ours ? one.ours->after : Value{},
                           one.theirs ? one.theirs->after : Value{}});
    }
    if (changes.empty() && merged) changes = preview(state.opened->document, *merged).changes;
    std::erase_if(changes, [](const MergeChange& change) { return change.target.item == "document"; });
    for (MergeChange& change : changes) change.kind = MergeChange::Kind::conflict;
    return change_lines(*state.opened->document.instrument, state.settings.language, changes);
}

void compare_with_open(State& state) {
    PendingImport& pending = *state.pending_import;
    Result<Merge> merged = merge(state.opened->document, pending.report.document);
    pending.rewritten = cannot_be_taken_in(state.opened->document, pending.report.document, merged);
    if (!pending.rewritten.empty()) {
        pending.lines = rewritten_lines(state, pending.rewritten, merged);
        state.dialog = Dialog{"import", pending.name, {}};
        return;
    }
    if (!merged) {
        show_error(state, merged.error(), pending.name);
        state.pending_import.reset();
        return;
    }
    pending.merge = *std::move(merged);
    const MergePreview preview = duibiao::preview(state.opened->document, *pending.merge);
    pending.same = preview.same;
    pending.lines = change_lines(*state.opened->document.instrument, state.settings.language, preview.changes);
    pending.keep_ours.clear();
    for (const MergeConflict& conflict : pending.merge->conflicts)
        pending.keep_ours.push_back(prefers_ours(pending.merge->document, conflict));
    state.dialog = Dialog{"import", pending.name, {}};
}

void take_in(State& state, const Ports& ports, PendingImport pending) {
    OpenedDocument& opened = *state.opened;
    if (!pending.merge) return;
    if (!opened.writer) return show_toast(state, ports, say(state, "ui.reader"));
    Document& merged = pending.merge->document;
    auto edits = settle(merged, pending.merge->conflicts, pending.keep_ours, author(state, ports));
    const Done done = edits ? apply_all(merged, *std::move(edits)) : Done(tl::unexpected(edits.error()));
    if (!done) return show_error(state, done.error(), pending.name);
    state.taken_in.clear();
    Document before = std::exchange(opened.document, std::move(merged));
    opened.load_findings = std::move(pending.report.findings);
    save_snapshot(state, ports);
    remember_keys(state, ports, opened.signatures);
    const auto count = static_cast<std::int64_t>(pending.lines.size());
    state.taken_in.push_back({opened.document.id, std::move(before), opened.document.log.size()});
    offer_to_take_back(state, ports,
                       say(state, count == 0 ? "ui.import.nothing" : "ui.import.merged", {{"count", count}}));
}

}  // namespace

bool has_namesake(const State& state, const Document& document) {
    const std::string unit = organisation_key(document.unit());
    const std::string_view subject = document.text(Layer::self, "header", "subject");
    return std::any_of(state.cards.begin(), state.cards.end(), [&](const DocumentCard& card) {
        return card.id != document.id && card.instrument == document.instrument->id && card.subject == subject &&
               organisation_key(card.unit) == unit && card.period == document.period();
    });
}

namespace {

/// What another office handed over opens in the column of who works here, where he has said who he is.
void open_own_layer(State& state) {
    OpenedDocument& opened = *state.opened;
    const auto own = layer_from_string(state.settings.role);
    if (!own || *own == Layer::self || !opened.custody[index_of(Layer::self)].locked) return;
    if (opened.document.instrument->find_layer(*own) == nullptr || opened.custody[index_of(*own)].locked) return;
    opened.layer = *own;
    refresh(state);
}

}  // namespace

void import_report(State& state, const Ports& ports, const command::FileArrived& file) {
    Result<LoadedReport> report = read_report(file.content, state.library.finder());
    if (!report) return show_error(state, report.error(), file.name);
    if (is_here(state, report->document.id)) {
        state.pending_import = PendingImport{file.name, std::move(*report), {}, {}, 0, {}, {}};
        return on(state, ports, command::PreviewImport{});
    }
    learn_form(state, ports, report->document.instrument);
    const bool sound = report->findings.empty();
    const bool namesake = has_namesake(state, report->document);
    ports.storage.restore(report->document.id, begin_save(state));  // it may have been deleted here
    adopt(state, ports, std::move(report->document), std::move(report->findings));
    open_own_layer(state);
    state.taken_in = {{state.opened->document.id, std::nullopt, state.opened->document.log.size()}};
    offer_to_take_back(state, ports,
                       say(state,
                           !sound     ? "ui.import.findings"
                           : namesake ? "ui.import.namesake"
                                      : "ui.import.done",
                           {{"name", file.name}}));
}

void on(State& state, const Ports& ports, const command::PreviewImport&) {
    if (!state.pending_import) return;
    const std::string id = state.pending_import->report.document.id;
    if (state.opened && state.opened->document.id == id) return compare_with_open(state);
    open_then(state, ports, id, command::PreviewImport{});
}

void on(State& state, const Ports&, const command::KeepOurs& request) {
    if (!state.pending_import || request.conflict >= state.pending_import->keep_ours.size()) return;
    state.pending_import->keep_ours[request.conflict] = request.ours;
}

void on(State& state, const Ports& ports, const command::ResolveImport& request) {
    using Choice = command::ResolveImport::Choice;
    std::optional<PendingImport> pending = std::exchange(state.pending_import, std::nullopt);
    state.dialog = {};
    if (pending && request.choice == Choice::copy && !pending->rewritten.empty()) {
        keep_beside(state, ports, std::move(pending->report.document), std::move(pending->report.findings),
                    pending->rewritten);
        show_toast(state, ports, say(state, "ui.import.beside"));
    } else if (pending && request.choice == Choice::copy) {
        pending->report.document.id = ports.random.unique_id();
        adopt(state, ports, std::move(pending->report.document), std::move(pending->report.findings));
    } else if (pending && request.choice == Choice::merge) {
        take_in(state, ports, *std::move(pending));
    }
    ask_next_carried(state, ports);
}

}  // namespace duibiao::app
