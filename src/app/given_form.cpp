// A Word form that was sent to the unit: matched, looked at, filled.
#include <utility>

#include "app/handlers.hpp"

namespace duibiao::app {

void import_given(State& state, const Ports& ports, const command::FileArrived& file) {
    state.given = GivenForm{file.name, file.content, state.opened->document.id, {}, {}};
    OfficeJob job = office_job(state, ports);
    job.format = "match";
    job.given = file.content;
    ports.files.write_office(job);
}

void show_match(State& state, std::string_view match) {
    if (!state.given || !state.opened || state.given->document != state.opened->document.id) return;
    state.given->match = read_docx_match(match);
    state.given->left_out.clear();
    state.dialog = Dialog{"given", state.given->name, {}};
}

void on(State& state, const Ports&, const command::LeaveOut& request) {
    if (!state.given) return;
    if (request.left_out) {
        state.given->left_out.insert(request.link);
    } else {
        state.given->left_out.erase(request.link);
    }
}

void on(State& state, const Ports& ports, const command::FillGiven&) {
    if (!state.given || !state.opened || state.given->document != state.opened->document.id) return;
    const GivenForm given = *std::exchange(state.given, std::nullopt);
    state.dialog = {};
    OfficeJob job = office_job(state, ports);
    job.format = "given";
    job.name = say(state, "ui.given.file", {{"name", given.name.substr(0, given.name.rfind('.'))}});
    job.given = given.content;
    for (const std::string& link : given.left_out) job.left_out += (job.left_out.empty() ? "" : ",") + link;
    ports.files.write_office(job);
}

}  // namespace duibiao::app
