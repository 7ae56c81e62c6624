// Outputs under a password, and locked files that arrive. The page's second program does the work (main_office.cpp).
#include <utility>

#include "app/author/handlers.hpp"
#include "app/handlers.hpp"
#include "core/report.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/lock.hpp"

namespace duibiao::app {

namespace {

constexpr std::string_view opening = "open";

/// What came out of a locked file: our own files are taken in, others are given to the user.
void take_opened(State& state, const Ports& ports, const command::OfficeWritten& answer) {
    state.locked.reset();
    state.dialog = {};
    if (answer.name.ends_with(".json") || is_locked(answer.content))
        return on(state, ports, command::FileArrived{answer.name, answer.content});
    ports.files.download(answer.name, "application/octet-stream", answer.content);
    show_toast(state, ports, say(state, "ui.locked.given", {{"name", answer.name}}));
}

void say_failure(State& state, const Ports& ports, const command::OfficeWritten& answer) {
    const std::string problem = answer.content.empty() ? say(state, "ui.office.failed") : answer.content;
    if (answer.format == opening) {
        state.locked->percent.reset();
        state.dialog.lines = {problem};
        return;
    }
    show_toast(state, ports, problem);
}

}  // namespace

void on(State& state, const Ports&, const command::Protect& request) {
    state.protecting = {request.password, request.masked};
}

Protecting take_protection(State& state) { return std::exchange(state.protecting, {}); }

Privacy privacy_of(const Protecting& protecting) { return protecting.masked ? Privacy::masked : Privacy::whole; }

bool give(State& state, const Ports& ports, std::string_view format, std::string_view name, std::string_view mime,
          std::string content) {
    const Protecting protecting = take_protection(state);
    if (protecting.password.empty()) {
        ports.files.download(name, mime, content);
        return true;
    }
    OfficeJob job = bare_job(state, ports);
    job.format = format;
    job.name = locked_name(name);
    job.password = protecting.password;
    job.report = std::move(content);
    show_toast(state, ports, say(state, "ui.lock.working"));
    ports.files.write_office(job);
    return false;
}

void forget_locked(State& state, const Ports& ports) {
    if (state.locked && state.locked->percent) ports.files.stop_opening();
    state.locked.reset();
}

void ask_for_password(State& state, const Ports& ports, const command::FileArrived& file) {
    forget_locked(state, ports);
    state.locked = LockedFile{file.name, file.content};
    state.dialog = Dialog{"locked", file.name, {}};
}

void on(State& state, const Ports& ports, const command::OpenLocked& request) {
    if (!state.locked || state.locked->percent) return;
    state.locked->percent = 0;
    state.dialog.lines.clear();
    OfficeJob job = bare_job(state, ports);
    job.format = opening;
    job.name = state.locked->name;
    job.password = request.password;
    job.report = state.locked->content;
    ports.files.write_office(job);
}

void on(State& state, const Ports&, const command::OpeningWent& message) {
    if (state.locked && state.locked->percent) state.locked->percent = message.percent;
}

void on(State& state, const Ports& ports, const command::StopOpening&) {
    if (!state.locked || !state.locked->percent) return;
    ports.files.stop_opening();
    state.locked->percent.reset();
}

void on(State& state, const Ports& ports, const command::OfficeWritten& answer) {
    // Of what was stopped an answer may have been on its way.
    if (answer.format == opening && !(state.locked && state.locked->percent)) return;
    if (answer.format == sheets_format) return take_sheets(state, ports, answer);
    if (answer.format == form_format) return show_made_form(state, answer);
    if (answer.format == author_format) return take_author_view(state, answer);
    if (answer.format == next_format) return take_next_draft(state, ports, answer);
    if (!answer.done) return say_failure(state, ports, answer);
    if (answer.format == opening) return take_opened(state, ports, answer);
    if (answer.format == "unpack") return take_wrapped(state, ports, answer.name, unpack_files(answer.content));
    if (answer.format == "match") return show_match(state, answer.content);
    if (answer.format == "backup") return show_backup_given(state, ports);
    if (answer.locked) show_toast(state, ports, say(state, "ui.lock.done"));
    if (!state.opened) return;
    if (answer.format == "json") return show_report_given(state, ports);
    if (answer.format != draft_format) return;
    mark_as_out(state, ports);
    state.dialog = {};
    show_toast(state, ports, say(state, "ui.office.draft", {{"code", paper_code(state.opened->document)}}));
}

}  // namespace duibiao::app
