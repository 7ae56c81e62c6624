// A form made from the Word or Excel file that an office mails: recognised by the page's second program, looked at,
// kept.
#include <utility>

#include "app/author/handlers.hpp"
#include "app/handlers.hpp"
#include "core/json.hpp"

namespace duibiao::app {

void make_form_from(State& state, const Ports& ports, const command::FileArrived& file) {
    if (state.offline == Offline::file) return show_error(state, Error{"workbook-single", {}, {}}, file.name);
    OfficeJob job = bare_job(state, ports);
    job.format = form_format;
    job.name = file.name;
    job.report = file.content;
    ports.files.write_office(job);
}

void show_made_form(State& state, const command::OfficeWritten& answer) {
    if (!answer.done) return show_unread(state, answer);
    const Result<Json> made = parse_json(answer.content, limits::report_bytes);
    if (!made || !made->is_object()) return;
    std::string definition = text_member(*made, "form");
    const Result<InstrumentPtr> form = load_instrument(definition);
    if (!form) return show_error(state, form.error(), answer.name);
    Dialog dialog{"made-form", answer.name, {(*form)->title, (*form)->points.to_string()}};
    const bool has_items = (*form)->has_items();
    dialog.lines.push_back(std::to_string(has_items ? (*form)->order.size() : (*form)->table.columns.size()));
    dialog.lines.emplace_back(has_items ? "items" : "columns");
    for (const Json& doubt : made->at("doubts")) dialog.lines.push_back(doubt.get<std::string>());
    state.pending_draft = PendingDraft{answer.name, text_member(*made, "given")};
    state.pending_form = std::move(definition);
    state.dialog = std::move(dialog);
}

void on(State& state, const Ports& ports, const command::BeginDraft& request) {
    if (!state.pending_draft || !has_desk_part(state, ports, request)) return;
    request.is_next ? begin_next_draft(state, ports) : begin_draft(state, ports);
}

void on(State& state, const Ports& ports, const command::GiveForm&) {
    const Result<InstrumentPtr> form = load_instrument(state.pending_form);
    if (form) ports.files.download((*form)->title + ".json", "application/json", state.pending_form);
}

}  // namespace duibiao::app
