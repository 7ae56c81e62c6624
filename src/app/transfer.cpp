// Files in and out.
#include <algorithm>
#include <utility>

#include "app/handlers.hpp"
#include "app/reminders.hpp"
#include "app/weak/handlers.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/scored_form/check_form.hpp"
#include "exchange/author/given_json.hpp"
#include "exchange/export.hpp"
#include "exchange/fill.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/letter.hpp"

namespace duibiao::app {

namespace {

/// It can be filled in at once. A version before it stays with what was filled with it.
void take_form(State& state, const Ports& ports, const std::string& definition) {
    const Result<InstrumentPtr> read = load_instrument(definition);
    const InstrumentPtr before =
        read && state.own_forms.contains((*read)->id) ? state.library.find((*read)->id) : nullptr;
    const Result<InstrumentPtr> added = add_form(state, ports, definition);
    if (!added) return show_error(state, added.error(), {});
    const bool is_other = before && before->hash != (*added)->hash;
    state.dialog = Dialog{"new", (*added)->id, {}};
    show_toast(state, ports,
               say(state, is_other ? "ui.import.instrument.again" : "ui.import.instrument",
                   {{"title", (*added)->title}, {"version", (*added)->version}}));
}

void import_instrument(State& state, const Ports& ports, const command::FileArrived& file) {
    FormReport read = check_form(file.content);
    if (read.form == nullptr) return show_errors(state, read.mistakes, file.name);
    if (!hides_shipped(state, read.form->id)) return take_form(state, ports, file.content);
    state.pending_form = file.content;
    state.dialog = Dialog{"form-same", read.form->id, {read.form->title, state.library.find(read.form->id)->title}};
}

}  // namespace

/// A table belongs to the document that is open.
void import_table(State& state, const Ports& ports, std::string_view table, Quoting quoting,
                  const std::string& source) {
    if (!state.opened) return show_error(state, Error{"table-unopened", {}, {}}, source);
    if (state.opened->document.instrument->has_rows()) return add_rows(state, ports, table, quoting, source);
    const std::size_t first = state.opened->document.log.size();
    auto filled = fill_from_csv(state.opened->document, state.opened->layer, table, author(state, ports), quoting);
    if (!filled) return show_errors(state, filled.error(), source);
    state.opened->document = std::move(filled->document);
    save_edits(state, ports, first);
    show_toast(state, ports, say(state, "ui.rows.added", {{"count", static_cast<std::int64_t>(filled->changed)}}));
}

void on(State& state, const Ports& ports, const command::TakeForm&) {
    const std::string definition = std::exchange(state.pending_form, {});
    state.dialog = {};
    if (!definition.empty()) take_form(state, ports, definition);
}

void on(State&, const Ports& ports, const command::CopyText& request) { ports.files.copy(request.text); }

void on(State&, const Ports& ports, const command::Pick&) { ports.files.pick(); }

void on(State& state, const Ports& ports, const command::ExportCsv&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    give(state, ports, "file", suggest_file_name(document, "csv"), "text/csv",
         write_csv(document, privacy_of(state.protecting)));
}

void on(State& state, const Ports& ports, const command::ExportHtml&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    give(state, ports, "file", suggest_file_name(document, "html"), "text/html",
         write_html(document, ports.clock.today(), privacy_of(state.protecting)));
}

void on(State& state, const Ports& ports, const command::ExportCalendar&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    const Result<std::string> calendar = write_ics(document, ports.clock.today());
    if (!calendar) return show_toast(state, ports, describe(state.settings.language, calendar.error()));
    ports.files.download(suggest_file_name(document, "ics"), "text/calendar", *calendar);
}

void on(State& state, const Ports& ports, const command::ExportOffice& request) {
    if (!state.opened) return;
    const bool is_draft = request.format == draft_format;
    if (is_draft && request.to != state.settings.recipients)
        on(state, ports, command::SetSetting{"recipients", request.to});
    const Protecting protecting = take_protection(state);
    const std::string name = suggest_file_name(state.opened->document, request.format);
    OfficeJob job = office_job(state, ports);
    job.format = request.format;
    job.name = is_draft || protecting.password.empty() ? name : locked_name(name);
    job.attach = request.attach;
    job.to = request.to;
    job.password = protecting.password;
    job.masked = protecting.masked;
    if (!protecting.password.empty()) show_toast(state, ports, say(state, "ui.lock.working"));
    ports.files.write_office(job);
}

OfficeJob bare_job(const State& state, const Ports& ports) {
    OfficeJob job;
    job.language = state.settings.language == Language::english ? "en" : "zh";
    job.today = to_string(ports.clock.today());
    return job;
}

OfficeJob office_job(const State& state, const Ports& ports) {
    const Document& document = state.opened->document;
    OfficeJob job = bare_job(state, ports);
    if (const auto own = state.own_forms.find(document.instrument->id); own != state.own_forms.end())
        job.form = own->second;
    job.report = write_report(document);
    return job;
}

void on(State& state, const Ports& ports, const command::Print&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    state.dialog = {};
    ports.files.print(suggest_file_name(document, "pdf"), write_print_body(document, ports.clock.today()));
}

void on(State& state, const Ports& ports, const command::PrintComparison&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    state.dialog = {};
    ports.files.print(suggest_file_name(document, "pdf"), write_comparison_body(document, ports.clock.today()));
}

namespace {

/// A list over several forms speaks their language where they share one, else the reader's.
Language shared_language(const State& state, const std::vector<Reminder>& listed) {
    std::optional<Language> shared;
    for (const Reminder& reminder : listed) {
        const InstrumentPtr form = state.library.find(reminder.card->instrument);
        if (form == nullptr) continue;
        const Language language = language_of(*form);
        if (shared.value_or(language) != language) return state.settings.language;
        shared = language;
    }
    return shared.value_or(state.settings.language);
}

}  // namespace

void on(State& state, const Ports& ports, const command::GiveLetter& request) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    const auto letter = lay_out_letter(document, request.row, ports.clock.today());
    if (!letter) return show_error(state, letter.error(), document.instrument->short_title);
    state.dialog = {};
    if (!request.word) return ports.files.print(letter->title, write_print_body(*letter));
    OfficeJob job = office_job(state, ports);
    job.format = "letter";
    job.name = suggest_file_name(document, "docx");
    job.left_out = request.row;
    ports.files.write_office(job);
}

void on(State& state, const Ports& ports, const command::PrintReminders& request) {
    const Date today = ports.clock.today();
    const ReminderList list = request.quarter ? ReminderList::quarter : ReminderList::month;
    const std::vector<Reminder> listed = reminders(state.cards, list, today);
    const Language language = shared_language(state, listed);
    const std::string title = translate(language, request.quarter ? "reminder.quarter" : "reminder.month");
    std::vector<ReminderLine> lines;
    for (const Reminder& reminder : listed) {
        const bool done = reminder.done == reminder.of;
        lines.push_back({reminder.card->unit, reminder_words(language, reminder), reminder.first->citation,
                         reminder_owners(language, reminder), to_string(reminder.due),
                         translate(language, done            ? "reminder.done"
                                             : reminder.late ? "reminder.late"
                                                             : "reminder.open")});
    }
    const std::string span = span_words(language, list, today);
    ports.files.print(title + " " + span, write_reminders_body(title, span, lines, language));
}

std::string format_of(const Json& file) {
    const auto member = file.is_object() ? file.find("format") : file.end();
    return member != file.end() && member->is_string() ? member->get<std::string>() : std::string();
}

namespace {

/// 认定条件 are a campaign's; without its part of the program none is open.
void import_doors(State& state, const Ports& ports, const command::FileArrived& file) {
    if (!state.has_desk_part || (!state.weak && !is_open_of(state, campaign_form)))
        return show_error(state, Error{"doors-unopened", {}, {}}, file.name);
    take_doors(state, ports, file);
}

void import_json(State& state, const Ports& ports, const command::FileArrived& file) {
    const Result<Json> parsed = parse_json(file.content, limits::backup_bytes);
    if (!parsed) return show_error(state, parsed.error(), file.name);
    const std::string format = format_of(*parsed);
    if (format == "duibiao-instrument") return import_instrument(state, ports, file);
    if (format == "duibiao-doors") return import_doors(state, ports, file);
    if (format == "duibiao-backup") return import_backup(state, ports, file.name, *parsed);
    import_report(state, ports, file);
}

/// The page's second program has what unpacks an e-mail and an archive.
void unpack(State& state, const Ports& ports, const command::FileArrived& file) {
    OfficeJob job = bare_job(state, ports);
    job.format = "unpack";
    job.name = file.name;
    job.report = file.content;
    ports.files.write_office(job);
}

/// What a document takes in; on home, and beside the draft of a form, a file is a form to be made.
bool takes_answers(const State& state) { return state.opened && !is_open_of(state, draft_form); }

/// Our own files: what else comes in an e-mail or an archive beside them are their papers.
bool is_own(const NamedFile& file) {
    const Result<ArrivedFile> seen = look_at(file);
    return seen && (seen->kind == ArrivedFile::Kind::json || seen->kind == ArrivedFile::Kind::locked);
}

}  // namespace

void take_wrapped(State& state, const Ports& ports, const std::string& name, std::vector<NamedFile> files) {
    if (files.size() == 1) {
        NamedFile& only = files.front();  // what is wrong with it is said of itself
        return on(state, ports, command::FileArrived{only.name.empty() ? name : only.name, std::move(only.content)});
    }
    const bool has_own = std::any_of(files.begin(), files.end(), is_own);
    std::erase_if(files, [has_own](const NamedFile& file) { return has_own ? !is_own(file) : !look_at(file); });
    if (files.empty()) return show_error(state, Error{"wrapper-empty", {}, {}}, name);
    if (files.size() > 1) on(state, ports, command::FilesAnnounced{files.size()});
    for (NamedFile& file : files) on(state, ports, command::FileArrived{std::move(file.name), std::move(file.content)});
}

void on(State& state, const Ports& ports, const command::FileArrived& file) {
    if (state.arrival && state.arrival->expected > 0) return collect(state, ports, file);
    if (file.too_large)
        return show_error(state, Error{"file-large", {}, {{"limit", std::string("64 MiB")}}}, file.name);
    if (file.content.starts_with(given_start)) {  // a table that was pasted
        if (!takes_answers(state)) make_form_from(state, ports, {say(state, "ui.author.pasted"), file.content});
        return;
    }
    Result<ArrivedFile> seen = look_at({file.name, file.content});
    if (!seen) return show_error(state, seen.error(), file.name);
    const command::FileArrived read{file.name, std::move(seen->content)};
    switch (seen->kind) {
        case ArrivedFile::Kind::word:
            return takes_answers(state) ? import_given(state, ports, read) : make_form_from(state, ports, read);
        case ArrivedFile::Kind::locked:
            return ask_for_password(state, ports, read);
        case ArrivedFile::Kind::table:
            return import_table(state, ports, read.content, Quoting::file, read.name);
        case ArrivedFile::Kind::workbook:
            return takes_answers(state) ? import_workbook(state, ports, read) : make_form_from(state, ports, read);
        case ArrivedFile::Kind::archive:
        case ArrivedFile::Kind::mail:
            return unpack(state, ports, read);
        case ArrivedFile::Kind::json:
            import_json(state, ports, read);
    }
    if (seen->has_footer && !state.toast.text.empty()) state.toast.text += say(state, "ui.import.footer");
}

}  // namespace duibiao::app
