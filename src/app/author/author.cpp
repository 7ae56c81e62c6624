// The desk of a form's author: a draft is begun from a mailed file, decisions go into its rows, the second program
// works out what that makes of the form, and the form is tried and given out.
#include <algorithm>
#include <map>
#include <utility>

#include "app/author/handlers.hpp"
#include "app/backup_file.hpp"
#include "app/handlers.hpp"
#include "core/cell.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"

namespace duibiao::app {

namespace {

constexpr std::string_view source_key = "source";
constexpr std::size_t piece_characters = 4000;  ///< of the table, in one row

bool is_draft(const State& state) { return is_open_of(state, draft_form); }

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

std::string unquoted(std::string_view text) {
    const Result<Json> json = parse_json(text, limits::report_bytes);
    const auto* own = json ? json->get_ptr<const std::string*>() : nullptr;
    return own == nullptr ? std::string() : *own;
}

/// The row of a decision: what it is about, and the decision.
std::string cells_of(std::string_view key, std::string_view value) {
    return join_row({std::string(key), quoted(value)});
}

std::string_view key_in(std::string_view cells) { return cells.substr(0, cells.find('\t')); }

std::string value_in(std::string_view cells) {
    const std::size_t tab = cells.find('\t');
    return tab == std::string_view::npos ? std::string() : unquoted(cells.substr(tab + 1));
}

/// The table that the draft is made from, out of its rows.
std::string given_of(const OpenedDocument& opened) {
    std::string given;
    for (const RowView& row : opened.rows) {
        if (key_in(row.cells) == source_key) given += value_in(row.cells);
    }
    return given;
}

/// Decisions as JSON (write_decisions()).
std::string decisions_of(const OpenedDocument& opened) {
    Json decisions = Json::object();
    for (const RowView& row : opened.rows) {
        const std::string key(key_in(row.cells));
        if (!key.empty() && key != source_key) decisions[key] = value_in(row.cells);
    }
    return decisions.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Pieces of so many characters.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_begin = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (is_begin && characters++ == piece_characters) {
            pieces.emplace_back(text.substr(begin, at - begin));
            begin = at;
            characters = 1;
        }
    }
    pieces.emplace_back(text.substr(begin));
    return pieces;
}

std::string bare_name(const std::string& name) {
    const std::string bare = name.substr(0, name.rfind('.'));
    return bare.empty() ? name : bare;
}

}  // namespace

}  // namespace duibiao::app

namespace duibiao {

std::optional<std::string> decision_in(const std::vector<RowView>& rows, std::string_view key) {
    for (const RowView& row : rows) {
        if (app::key_in(row.cells) == key) return app::value_in(row.cells);
    }
    return std::nullopt;
}

}  // namespace duibiao

namespace duibiao::app {

// --- Begin --------------------------------------------------------------------------------------------------------

void begin_draft(State& state, const Ports& ports) {
    const InstrumentPtr form = state.library.find(draft_form);
    if (!form) return;
    const PendingDraft pending = *std::exchange(state.pending_draft, std::nullopt);
    state.dialog = {};
    const Author creator{ports.random.unique_id(), author(state, ports).by, ports.clock.now()};
    auto created =
        new_document(form, ports.random.unique_id(), bare_name(pending.name), state.today.substr(0, 4), creator);
    if (!created) return show_toast(state, ports, describe(state.settings.language, created.error()));
    std::vector<Edit> edits;
    const auto write = [&](std::string_view key, std::string_view value) {
        const Target target{Layer::self, next_row_id(*created, creator, edits.size()), "cells"};
        auto edit = make_edit(*created, creator, target, Value{cells_of(key, value)}, std::string(creation_batch),
                              edits.size());
        if (edit) edits.push_back(*std::move(edit));
    };
    for (const std::string& piece : pieces_of(pending.given)) write(source_key, piece);
    // Forms of Chinese names would all be called the same.
    if (!pending.decisions.contains("id")) write("id", "form-" + created->id.substr(0, 8));
    for (const auto& [key, value] : pending.decisions) write(key, value);
    if (const Done done = duibiao::apply_all(*created, std::move(edits)); !done)
        return show_toast(state, ports, describe(state.settings.language, done.error()));
    adopt(state, ports, *std::move(created), {});
}

void begin_next_draft(State& state, const Ports& ports) {
    if (!is_draft(state)) return begin_draft(state, ports);
    state.dialog = {};
    OfficeJob job = bare_job(state, ports);
    job.format = next_format;
    job.name = state.pending_draft->name;
    job.report = state.pending_draft->given;
    const Json before{{"given", given_of(*state.opened)}, {"decisions", decisions_of(*state.opened)}};
    job.given = before.dump(-1, ' ', false, Json::error_handler_t::replace);
    ports.files.write_office(job);
}

void take_next_draft(State& state, const Ports& ports, const command::OfficeWritten& answer) {
    if (!state.pending_draft) return;
    if (!answer.done) return show_error(state, Error{"desk-part", {}, {}}, answer.name);
    const Result<Json> decisions = parse_json(answer.content, limits::report_bytes);
    if (!decisions || !decisions->is_object()) return;
    for (const auto& [key, value] : decisions->items()) {
        if (value.is_string()) state.pending_draft->decisions[key] = value.get<std::string>();
    }
    if (state.own_forms.contains(state.pending_draft->decisions["id"])) state.pending_draft->decisions["like"] = "yes";
    begin_draft(state, ports);
}

void open_author(State& state, const Ports& ports) {
    if (!state.author || state.author->draft != state.opened->document.id) {
        const std::uint64_t serial = state.author ? state.author->serial : 0;
        state.author = AuthorState{};
        state.author->draft = state.opened->document.id;
        state.author->serial = serial + 1;
    }
    state.author->is_trying = false;
    tell_author(state, ports);
}

void tell_author(State& state, const Ports& ports) {
    if (!is_draft(state) || state.author->draft != state.opened->document.id || state.author->is_waiting) return;
    // A document that was read again, as another tab left it, counts from the beginning.
    std::string now = state.opened->session + "." + std::to_string(state.opened->serial);
    if (state.author->told == now) return;
    state.author->told = std::move(now);
    OfficeJob job = bare_job(state, ports);
    job.given = decisions_of(*state.opened);
    if (job.given == state.author->asked) return;
    if (state.offline == Offline::file) {
        state.author->failure = describe(state.settings.language, Error{"workbook-single", {}, {}});
        return;
    }
    state.author->asked = job.given;
    state.author->is_waiting = true;
    job.format = author_format;
    job.name = std::string(state.opened->document.unit()) + ".docx";
    job.report = given_of(*state.opened);
    if (const auto own = state.own_forms.find(decision_in(state.opened->rows, "id").value_or(std::string()));
        own != state.own_forms.end())
        job.form = own->second;
    ports.files.write_office(job);
}

void take_author_view(State& state, const command::OfficeWritten& answer) {
    if (!state.author) return;
    AuthorState& author = *state.author;
    author.is_waiting = false;
    if (!answer.done) {
        author.failure = answer.content.empty() ? say(state, "ui.author.failure") : answer.content;
        return;
    }
    Result<AuthorView> view = read_author_view(answer.content);
    if (!view) {
        author.failure = describe(state.settings.language, view.error());
        return;
    }
    author.failure.clear();
    author.view = *std::move(view);
    ++author.serial;
    author.told.clear();
}

// --- Decide -------------------------------------------------------------------------------------------------------

namespace {

/// The row of a decision; a new one's id where there is none.
std::string row_of(const OpenedDocument& opened, std::string_view key, const Author& writing, std::size_t ahead) {
    for (const RowView& row : opened.rows) {
        if (key_in(row.cells) == key) return std::string(row.id);
    }
    return next_row_id(opened.document, writing, ahead);
}

}  // namespace

void on(State& state, const Ports& ports, const command::DecideForm& request) {
    if (!is_draft(state) || !state.opened->is_open()) return;
    const Author writing = author(state, ports);
    // Typing in one field is one edit.
    if (request.decisions.size() == 1 && !request.batch.empty() && request.decisions.front().value) {
        const auto& [key, value] = request.decisions.front();
        const Target target{Layer::self, row_of(*state.opened, key, writing, 0), "cells"};
        return on(state, ports, command::SetAnswer{target, cells_of(key, *value), request.batch});
    }
    command::ChangeRows changes{{}, request.batch, {}};
    std::size_t ahead = 0;
    for (const auto& [key, value] : request.decisions) {
        const std::string row = row_of(*state.opened, key, writing, ahead);
        const bool is_new = state.opened->document.text(Layer::self, row, "cells").empty();
        if (!value && is_new) continue;
        if (is_new) ++ahead;
        changes.changes.push_back({row, value ? cells_of(key, *value) : std::string(), {}});
    }
    on(state, ports, changes);
}

// --- Try and give out ---------------------------------------------------------------------------------------------

namespace {

bool has_form(const State& state) {
    return is_draft(state) && state.author && state.author->view && !state.author->view->form.empty();
}

std::string this_year(const State& state) {
    constexpr std::size_t year_length = 4;
    return state.today.substr(0, year_length);
}

Result<Document> sample_of(const State& state, const Ports& ports, const InstrumentPtr& form) {
    const Author creator{ports.random.unique_id(), author(state, ports).by, ports.clock.now()};
    return new_document(form, "try-" + state.author->draft, say(state, "ui.author.try.unit"), this_year(state),
                        creator);
}

/// The empty form on paper.
void print_sample(State& state, const Ports& ports, const InstrumentPtr& form) {
    const auto sample = sample_of(state, ports, form);
    if (sample) ports.files.print(form->title, write_print_body(*sample, ports.clock.today()));
}

/// The whole page as one file, which begins with this form wherever it is opened.
void give_page_with(State& state, const Ports& ports, const std::string& title, const std::string& definition) {
    Backup backup;
    backup.forms.push_back(definition);
    state.leaving = {};
    ports.files.save_copy(title + ".html", ports.random.unique_id(),
                          write_backup(backup, limits::backup_bytes).front());
}

}  // namespace

void on(State& state, const Ports& ports, const command::TryForm&) {
    if (!has_form(state)) return;
    const Result<InstrumentPtr> form = load_instrument(state.author->view->form);
    if (!form) return show_error(state, form.error(), state.author->view->title);
    auto sample = sample_of(state, ports, *form);
    if (!sample) return show_toast(state, ports, describe(state.settings.language, sample.error()));
    state.author->is_trying = true;
    show_sample(state, ports, *std::move(sample));
}

void on(State& state, const Ports& ports, const command::EndTrial&) {
    if (!state.author || !state.author->is_trying) return;
    on(state, ports, command::OpenDocument{state.author->draft, {}});
}

void on(State& state, const Ports& ports, const command::GiveOutForm& request) {
    if (!has_form(state)) return;
    const AuthorView& view = *state.author->view;
    const Result<InstrumentPtr> form = load_instrument(view.form);
    if (!form) return show_error(state, form.error(), view.title);
    if (request.how == "print") return print_sample(state, ports, *form);
    if (hides_shipped(state, view.id))
        return show_error(state, Error{"form-shipped", {}, {{"id", view.id}}}, view.title);
    const Result<InstrumentPtr> added = add_form(state, ports, view.form);
    if (!added) return show_error(state, added.error(), view.title);
    const std::string definition = view.form;
    if (request.how == "file") {
        ports.files.download(view.title + ".json", "application/json", definition);
        show_toast(state, ports, say(state, "ui.author.given.file", {{"title", view.title}}));
    } else if (request.how == "link") {
        ports.files.copy_link("/new/" + view.id + "?period=" + this_year(state),
                              say(state, "ui.author.given.link", {{"title", view.title}}));
        show_toast(state, ports, say(state, "ui.author.given.link-copied"));
    } else if (request.how == "page") {
        give_page_with(state, ports, view.title, definition);
    } else {
        state.dialog = Dialog{"new", view.id, {}};
    }
}

}  // namespace duibiao::app
