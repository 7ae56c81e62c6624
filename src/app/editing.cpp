// Answers, undo and redo: every change is an edit appended to the log and handed to storage.
#include <algorithm>

#include "app/handlers.hpp"
#include "core/limits.hpp"
#include "core/tally.hpp"
#include "core/text.hpp"
#include "core/undo.hpp"
#include "exchange/fill.hpp"

namespace duibiao::app {

namespace {

/// More edits than this are stored as one snapshot.
constexpr std::size_t most_single_writes = 200;

/// Keystrokes amend the edit of their visit, unless the stored snapshot covers it already: then a further edit of the
/// same batch begins, which undo takes back together with it. Returns the log index written.
Result<std::size_t> write_typing(OpenedDocument& opened, Edit edit) {
    Document& document = opened.document;
    if (document.log.size() > opened.snapshot_edits) return apply_typing(document, std::move(edit));
    const Done done = apply(document, std::move(edit));
    if (!done) return tl::unexpected<Error>(done.error());
    return document.log.size() - 1;
}

}  // namespace

void on(State& state, const Ports& ports, const command::SetAnswer& request) {
    if (!state.opened || !state.opened->is_open()) return;
    OpenedDocument& opened = *state.opened;
    const Result<Value> value = parse_value(*opened.document.instrument, request.target, request.text);
    if (!value) return show_toast(state, ports, describe(state.settings.language, value.error()));
    if (opened.document.answer(request.target) == *value) return;
    const std::string batch = request.batch.empty() ? ports.random.unique_id() : request.batch;
    Result<Edit> edit = make_edit(opened.document, author(state, ports), request.target, *value, batch);
    if (!edit) return show_toast(state, ports, describe(state.settings.language, edit.error()));
    const Result<std::size_t> written = write_typing(opened, std::move(*edit));
    if (!written) return show_toast(state, ports, describe(state.settings.language, written.error()));
    save_edits(state, ports, *written);
}

void on(State& state, const Ports& ports, const command::TakeScores&) {
    if (!state.opened || !state.opened->is_open()) return;
    const OpenedDocument& opened = *state.opened;
    const std::string batch = ports.random.unique_id();
    std::vector<Edit> edits;
    for (const std::string& item : left_to_take(opened.document, opened.layer)) {
        const Value score = *offered_score(opened.document, opened.layer, item);
        auto edit =
            make_edit(opened.document, author(state, ports), {opened.layer, item, "score"}, score, batch, edits.size());
        if (!edit) return show_toast(state, ports, describe(state.settings.language, edit.error()));
        edits.push_back(*std::move(edit));
    }
    const auto count = static_cast<std::int64_t>(edits.size());
    const std::size_t first = opened.document.log.size();
    if (const Done done = apply_all(state.opened->document, std::move(edits)); !done)
        return show_toast(state, ports, describe(state.settings.language, done.error()));
    save_edits(state, ports, first);
    show_toast(state, ports, say(state, "ui.take.done", {{"count", count}}), say(state, "ui.undo"), command::Undo{});
}

namespace {

/// The first cell of every line; a last empty line is no cell.
std::vector<std::string> first_cells(std::string_view text) {
    std::vector<std::string> cells;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        line = line.substr(0, line.find('\t'));
        cells.emplace_back(trim(line));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return cells;
}

std::size_t order_of(const Instrument& instrument, std::string_view item) {
    std::size_t index = 0;
    while (index < instrument.order.size() && instrument.criterion(instrument.order[index]).id != item) ++index;
    return index;
}

}  // namespace

void on(State& state, const Ports& ports, const command::PasteScores& request) {
    if (!state.opened || !state.opened->is_open()) return;
    Document draft = state.opened->document;
    const Instrument& instrument = *draft.instrument;
    const std::vector<std::string> cells = first_cells(request.text);
    const std::size_t first = order_of(instrument, request.item);
    const std::size_t room = instrument.order.size() - first;
    if (cells.size() > room)
        return show_toast(
            state, ports,
            say(state, "ui.paste.long",
                {{"lines", static_cast<std::int64_t>(cells.size())}, {"room", static_cast<std::int64_t>(room)}}));
    const Author pasting = author(state, ports);
    const std::string batch = ports.random.unique_id();
    const std::size_t log_before = draft.log.size();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Target target{request.layer, instrument.criterion(instrument.order[first + i]).id, "score"};
        const Result<Value> value = parse_value(instrument, target, cells[i]);
        Result<Edit> edit = value ? make_edit(draft, pasting, target, *value, batch) : tl::unexpected(value.error());
        const Done done = edit ? apply(draft, std::move(*edit)) : tl::unexpected(edit.error());
        if (!done)
            return show_toast(state, ports,
                              say(state, "ui.paste.line",
                                  {{"line", static_cast<std::int64_t>(i + 1)},
                                   {"text", cells[i]},
                                   {"item", target.item},
                                   {"why", describe(state.settings.language, done.error())}}));
    }
    state.opened->document = std::move(draft);
    save_edits(state, ports, log_before);
    show_toast(state, ports, say(state, "ui.paste.done", {{"lines", static_cast<std::int64_t>(cells.size())}}),
               say(state, "ui.undo"), command::Undo{});
}

void on(State& state, const Ports& ports, const command::AddRows& request) {
    add_rows(state, ports, request.text, Quoting::copied, say(state, "ui.rows.source"));
}

void add_rows(State& state, const Ports& ports, std::string_view table, Quoting quoting, const std::string& source) {
    if (!state.opened || !state.opened->is_open() || !state.opened->document.instrument->has_rows()) return;
    Document& document = state.opened->document;
    Author adding = author(state, ports);
    const std::size_t first = document.log.size();
    // A batch of its own: the session's earlier rows stay when this one is undone.
    adding.session += "." + std::to_string(first);
    auto filled = add_rows_from_csv(document, Layer::self, table, adding, quoting);
    if (!filled) {
        // What was pasted into the dialog stays there, with what is wrong in it.
        const Dialog shown = state.dialog;
        show_errors(state, filled.error(), source);
        if (shown.name == "paste") state.dialog = {shown.name, shown.argument, std::move(state.dialog.lines)};
        return;
    }
    const int serial_dates = filled->serial_dates;
    document = std::move(filled->document);
    if (document.log.size() - first > most_single_writes) {
        save_snapshot(state, ports);
    } else {
        save_edits(state, ports, first);
    }
    state.dialog = {};
    std::string done = say(state, "ui.rows.added", {{"count", static_cast<std::int64_t>(filled->changed)}});
    if (serial_dates > 0) done += say(state, "ui.rows.serials", {{"count", std::int64_t{serial_dates}}});
    show_toast(state, ports, std::move(done), say(state, "ui.undo"), command::Undo{});
}

namespace {

/// The edits of a change of rows, or what is wrong with each row. Rows that stay as they are make none.
tl::expected<std::vector<Edit>, std::vector<Error>> edits_of(const State& state, const Ports& ports,
                                                             const command::ChangeRows& request) {
    const Document& document = state.opened->document;
    const Author writing = author(state, ports);
    const std::string batch = request.batch.empty() ? ports.random.unique_id() : request.batch;
    std::vector<Edit> edits;
    std::vector<Error> errors;
    const auto write = [&](const std::string& row, const char* field, const std::string& text, std::size_t number) {
        const Target target{Layer::self, row, field};
        const Value value = text.empty() ? Value{} : Value{text};
        auto edit = make_edit(document, writing, target, value, batch, edits.size());
        if (!edit) {
            edit.error().place = say(state, "ui.paste.row", {{"row", static_cast<std::int64_t>(number)}});
            errors.push_back(std::move(edit.error()));
        } else if (edit->before != edit->after) {
            edits.push_back(std::move(*edit));
        }
    };
    for (std::size_t i = 0; i < request.changes.size(); ++i) {
        const command::RowChange& change = request.changes[i];
        const bool goes = change.cells && change.cells->empty();
        if (change.order || goes) write(change.row, "order", change.order.value_or(std::string{}), i + 1);
        if (change.cells) write(change.row, "cells", *change.cells, i + 1);  // last: typing goes on from here
    }
    if (!errors.empty()) return tl::unexpected(std::move(errors));
    return edits;
}

std::size_t count_new_rows(const Document& document, const command::ChangeRows& request) {
    return static_cast<std::size_t>(
        std::count_if(request.changes.begin(), request.changes.end(), [&](const command::RowChange& change) {
            return change.cells && !change.cells->empty() && document.text(Layer::self, change.row, "cells").empty();
        }));
}

}  // namespace

void on(State& state, const Ports& ports, const command::ChangeRows& request) {
    if (!state.opened || !state.opened->is_open() || request.changes.empty()) return;
    Document& document = state.opened->document;
    if (state.opened->rows.size() + count_new_rows(document, request) > limits::rows) {
        const Error many{"rows-many", {}, {{"limit", static_cast<std::int64_t>(limits::rows)}}};
        return show_errors(state, {many}, say(state, "ui.rows.source"));
    }
    auto edits = edits_of(state, ports, request);
    if (!edits) return show_errors(state, edits.error(), say(state, "ui.rows.source"));
    if (edits->empty()) return;
    const std::size_t first = document.log.size();
    const bool many = edits->size() > most_single_writes;
    const Done done = duibiao::apply_all(document, std::move(*edits));
    if (!done) return show_toast(state, ports, describe(state.settings.language, done.error()));
    if (many) {
        save_snapshot(state, ports);
    } else {
        save_edits(state, ports, first);
    }
    if (!request.done.empty()) show_toast(state, ports, request.done, say(state, "ui.undo"), command::Undo{});
}

namespace {

void carry_out(State& state, const Ports& ports, std::vector<Edit> edits) {
    if (edits.empty()) return;
    const std::size_t first = state.opened->document.log.size();
    const Target target = edits.back().target;
    const bool many = edits.size() > most_single_writes;
    const Done done = duibiao::apply_all(state.opened->document, std::move(edits));
    if (!done) return show_toast(state, ports, describe(state.settings.language, done.error()));
    if (many) {
        save_snapshot(state, ports);
    } else {
        save_edits(state, ports, first);
    }
    if (is_evidence_id(target.item)) return;  // it has no row of its own
    on(state, ports, command::Reveal{target.item, target.field, target.layer});
}

}  // namespace

void on(State& state, const Ports& ports, const command::Undo&) {
    // What it offered is done; pressed again it would take back more.
    const std::optional<Command>& offered = state.toast.command;
    if (offered && std::holds_alternative<command::Undo>(offered->any())) state.toast = {};
    if (can_take_back(state)) return on(state, ports, command::UndoImport{});
    if (!state.opened || !state.opened->is_open()) return;
    carry_out(state, ports, make_undo(state.opened->document, author(state, ports)));
}

void on(State& state, const Ports& ports, const command::Redo&) {
    if (!state.opened || !state.opened->is_open()) return;
    carry_out(state, ports, make_redo(state.opened->document, author(state, ports)));
}

void on(State& state, const Ports&, const command::SetLayer& request) {
    if (!state.opened) return;
    state.opened->layer = request.layer;
    refresh(state);
}

}  // namespace duibiao::app
