// Evidence is written, pasted and taken from the ledger.
#include "app/evidence/evidence.hpp"

#include <algorithm>
#include <set>

#include "app/handlers.hpp"
#include "core/date_text.hpp"
#include "core/sort.hpp"
#include "core/text.hpp"
#include "exchange/evidence/evidence_table.hpp"

namespace duibiao {
namespace {

/// The activities that one place of a form was computed from.
void add_rows_of(std::set<std::string_view>& rows, const OpenedDocument& opened, std::string_view item,
                 std::string_view field, const std::optional<Source>& source, Date as_of) {
    const auto answer = answer_at(opened.ledger, *opened.document.instrument, item, field, source, {}, as_of);
    if (answer && !answer->is_figure) rows.insert(answer->rows.begin(), answer->rows.end());
}

std::set<std::string_view> rows_for(const OpenedDocument& opened, const Criterion& criterion, Date as_of) {
    std::set<std::string_view> rows;
    for (const AnswerField& field : criterion.fields)
        add_rows_of(rows, opened, criterion.id, field.id, field.from, as_of);
    for (const Measure& measure : criterion.measures)
        add_rows_of(rows, opened, measure.id, "value", measure.from, as_of);
    return rows;
}

std::string activity_line(const State& state, std::string_view item, const Activity& activity) {
    std::string name(activity.kind);
    if (!activity.topic.empty()) name.append(name.empty() ? "" : "：").append(activity.topic);
    if (!activity.branch.empty()) name.append("（").append(activity.branch).append("）");
    const std::string date = to_string(activity.date);
    const std::string place = translate(state.settings.language, "ui.evidence.in-ledger");
    return join_evidence({{}, item, name, {}, date, place});
}

}  // namespace

std::vector<std::string> offered_evidence(const State& state, std::string_view item) {
    std::vector<std::string> lines;
    if (!state.opened) return lines;
    const OpenedDocument& opened = *state.opened;
    const Criterion* criterion = opened.document.instrument->find_criterion(item);
    const auto today = parse_date(state.today);
    if (criterion == nullptr || !today || opened.ledger.documents.empty()) return lines;
    std::set<std::string> listed;
    for (const Evidence& one : opened.evidence) {
        if (one.item == item) listed.insert(std::string(one.name) + "\t" + std::string(one.date));
    }
    const auto rows = rows_for(opened, *criterion, *today);
    std::vector<const Activity*> activities;
    for (const Activity& activity : opened.ledger.activities) {
        if (rows.contains(activity.row)) activities.push_back(&activity);
    }
    sort_stably(activities, [](const Activity* a, const Activity* b) { return a->date < b->date; });
    for (const Activity* activity : activities) {
        std::string line = activity_line(state, item, *activity);
        const Evidence one = split_evidence(line);
        if (listed.insert(std::string(one.name) + "\t" + std::string(one.date)).second)
            lines.push_back(std::move(line));
    }
    return lines;
}

namespace app {

namespace {

/// More edits than this are stored as one snapshot.
constexpr std::size_t most_evidence_writes = 200;

void save_from(State& state, const Ports& ports, std::size_t first) {
    if (state.opened->document.log.size() - first > most_evidence_writes) {
        save_snapshot(state, ports);
    } else {
        save_edits(state, ports, first);
    }
}

/// A day without its year has that of the period.
std::string with_year(const Document& document, const std::string& line) {
    const Evidence one = split_evidence(line);
    const std::string date = with_year_of(document.period(), one.date);
    return join_evidence({{}, one.item, one.name, one.number, date, one.place});
}

/// In the dialog, where what was typed still stands.
void say_in_dialog(State& state, std::string sentence) {
    if (state.dialog.name == "evidence") state.dialog.lines = {std::move(sentence)};
}

}  // namespace

void on(State& state, const Ports& ports, const command::ChangeEvidence& request) {
    if (!state.opened || !state.opened->is_open(Layer::self) || request.changes.empty()) return;
    Document& document = state.opened->document;
    const Author writing = author(state, ports);
    const std::string batch = ports.random.unique_id();
    std::vector<Edit> edits;
    for (const command::RowChange& change : request.changes) {
        const std::string id = change.row.empty() ? next_evidence_id(document, writing, edits.size()) : change.row;
        const std::string line = change.cells ? with_year(document, *change.cells) : std::string();
        const Value value = trim(line).empty() ? Value{} : Value{line};
        auto edit = make_edit(document, writing, {Layer::self, id, "cells"}, value, batch, edits.size());
        if (!edit) return say_in_dialog(state, describe(state.settings.language, edit.error()));
        if (edit->before != edit->after) edits.push_back(*std::move(edit));
    }
    state.dialog.lines.clear();
    if (edits.empty()) return;
    const std::size_t first = document.log.size();
    if (const Done done = apply_all(document, std::move(edits)); !done)
        return say_in_dialog(state, describe(state.settings.language, done.error()));
    save_from(state, ports, first);
    if (!request.done.empty()) show_toast(state, ports, request.done, say(state, "ui.undo"), command::Undo{});
}

void on(State& state, const Ports& ports, const command::AddEvidence& request) {
    if (!state.opened || !state.opened->is_open(Layer::self)) return;
    Document& document = state.opened->document;
    Author adding = author(state, ports);
    const std::size_t first = document.log.size();
    adding.session += "." + std::to_string(first);  // a batch of its own
    auto filled = add_evidence_from_csv(document, request.item, request.text, adding, Quoting::copied);
    if (!filled) {
        Dialog dialog = state.dialog;
        show_errors(state, filled.error(), say(state, "ui.rows.source"));
        dialog.lines = std::move(state.dialog.lines);
        state.dialog = std::move(dialog);
        return;
    }
    const auto count = std::int64_t{filled->changed};
    document = std::move(filled->document);
    state.dialog.lines.clear();
    if (count > 0) save_from(state, ports, first);
    show_toast(state, ports, say(state, "ui.evidence.added", {{"count", count}}), say(state, "ui.undo"),
               command::Undo{});
}

}  // namespace app
}  // namespace duibiao
