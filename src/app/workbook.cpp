// Excel's workbooks that arrive, and the templates that become such: the page's second program reads and writes them,
// and the sheet that is meant goes the way of every table.
#include <utility>

#include "app/handlers.hpp"
#include "exchange/workbook/sheets.hpp"
#include "exchange/workbook/template.hpp"

namespace duibiao::app {

namespace {

void take_sheet(State& state, const Ports& ports, std::string_view file, const Sheet& sheet) {
    const Language language = state.settings.language;
    const std::size_t before = state.opened->document.log.size();
    import_table(state, ports, sheet.text, Quoting::sheet, name_with_sheet(language, file, sheet));
    if (state.opened->document.log.size() != before) state.toast.text += hidden_words(language, sheet);
}

/// Which of several is meant only the user knows.
void ask_which(State& state, std::vector<Sheet> sheets, const Error& error, const std::string& file) {
    state.dialog = Dialog{"sheets", file, {}};
    for (const auto& [name, value] : error.params) {
        if (const auto* names = std::get_if<std::vector<std::string>>(&value)) state.dialog.lines = *names;
    }
    state.sheets = std::move(sheets);
}

}  // namespace

void show_unread(State& state, const command::OfficeWritten& answer) {
    const std::string problem = answer.content.empty() ? say(state, "ui.office.failed") : answer.content;
    state.dialog = Dialog{"error", answer.name, {problem, say(state, "ui.error.nothing-changed")}};
}

void import_workbook(State& state, const Ports& ports, const command::FileArrived& file) {
    if (state.offline == Offline::file) return show_error(state, Error{"workbook-single", {}, {}}, file.name);
    OfficeJob job = bare_job(state, ports);
    job.format = sheets_format;
    job.name = file.name;
    job.report = file.content;
    state.workbooks_for.push_back(state.opened->document.id);
    ports.files.write_office(job);
}

void take_sheets(State& state, const Ports& ports, const command::OfficeWritten& answer) {
    if (state.workbooks_for.empty()) return;
    const std::string document = std::move(state.workbooks_for.front());
    state.workbooks_for.erase(state.workbooks_for.begin());
    if (!answer.done) return show_unread(state, answer);
    const bool is_here = state.opened && state.opened->document.id == document;
    if (!is_here) return show_error(state, Error{"table-unopened", {}, {}}, answer.name);
    std::vector<Sheet> sheets = read_sheets(answer.content);
    auto sheet = choose_sheet(sheets, state.opened->document);
    if (sheet) return take_sheet(state, ports, answer.name, *sheet);
    if (sheet.error().front().code == "sheets-many")
        return ask_which(state, std::move(sheets), sheet.error().front(), answer.name);
    show_errors(state, sheet.error(), answer.name);
}

void on(State& state, const Ports& ports, const command::TakeSheet& request) {
    std::vector<Sheet> sheets = std::exchange(state.sheets, {});
    const std::string file = std::exchange(state.dialog, {}).argument;
    std::erase_if(sheets, [&](const Sheet& sheet) { return sheet.name != request.name; });
    if (sheets.empty() || !state.opened) return;
    auto sheet = choose_sheet(std::move(sheets), state.opened->document);
    if (!sheet) return show_errors(state, sheet.error(), file);
    take_sheet(state, ports, file, *sheet);
}

void on(State& state, const Ports& ports, const command::GiveTemplate&) {
    if (!state.opened) return;
    OfficeJob job = office_job(state, ports);
    job.format = "template";
    job.name = template_file_name(state.opened->document);
    ports.files.write_office(job);
}

}  // namespace duibiao::app
