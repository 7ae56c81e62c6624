// The superior's desk: the worker adds up, the campaign's document has the list, and reports are opened from here.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/desk/handlers.hpp"
#include "app/weak/handlers.hpp"
#include "core/campaign/expected.hpp"
#include "core/cell.hpp"
#include "core/rows.hpp"
#include "exchange/export.hpp"

namespace duibiao::app {

namespace {

bool is_campaign(const State& state) { return is_open_of(state, campaign_form); }

std::vector<std::string> campaigns_of(const State& state) {
    std::vector<std::string> ids;
    for (const auto* cards : {&state.cards, &state.deleted}) {
        for (const DocumentCard& card : *cards) {
            if (card.instrument == campaign_form) ids.push_back(card.id);
        }
    }
    return ids;
}

const DocumentCard* card_of(const State& state, std::string_view document) {
    const auto found = std::find_if(state.cards.begin(), state.cards.end(),
                                    [document](const DocumentCard& card) { return card.id == document; });
    return found == state.cards.end() ? nullptr : &*found;
}

/// Whether a report is further here than what the worker knows of it.
bool is_further(const State& state, const DeskUnit& unit) {
    const DocumentCard* card = unit.document.empty() ? nullptr : card_of(state, unit.document);
    return card != nullptr && card->edits > unit.edits;
}

}  // namespace

namespace {

/// A report that is gone through opens in the column of who collects: his own where he has said so, else the first one
/// above the unit's that is still open.
void open_upper_layer(State& state) {
    OpenedDocument& opened = *state.opened;
    const DeskUnit* unit = state.desk ? state.desk->find(state.desk->at) : nullptr;
    if (unit == nullptr || unit->document != opened.document.id) return;
    const auto own = layer_from_string(state.settings.role);
    for (const Layer layer : layers_of(*opened.document.instrument)) {
        if (layer == Layer::self || opened.custody[index_of(layer)].locked) continue;
        if (own && *own != Layer::self && *own != layer) continue;
        opened.layer = layer;
        return refresh(state);
    }
}

}  // namespace

void open_desk(State& state, const Ports& ports) {
    if (!is_campaign(state)) return open_upper_layer(state);
    const Document& document = state.opened->document;
    if (state.desk && state.desk->campaign == document.id) {
        state.desk->at.clear();
        state.desk->has_compared = false;
        if (state.desk->failure.empty()) return tell_desk(state, ports);
    }
    begin_desk(state, ports, document);
    state.desk->told = state.opened->serial;
}

void begin_desk(State& state, const Ports& ports, const Document& document) {
    state.desk = DeskState{};
    state.desk->campaign = document.id;
    state.desk->is_waiting = true;
    std::vector<std::string> forms;
    for (const auto& [id, definition] : state.own_forms) forms.push_back(definition);
    ports.desk.open({document.id, write_report(document), std::move(forms), campaigns_of(state),
                     state.settings.language == Language::english});
}

void tell_desk(State& state, const Ports& ports) {
    if (!state.desk || !is_campaign(state) || state.desk->campaign != state.opened->document.id) return;
    if (!state.desk->failure.empty() || state.desk->is_waiting || state.desk->told == state.opened->serial) return;
    state.desk->told = state.opened->serial;
    state.desk->is_waiting = true;
    ports.desk.set_campaign(write_report(state.opened->document));
}

void revise_opened(State& state, const Ports& ports) {
    if (!state.desk || !state.opened || is_campaign(state)) return;
    const DeskUnit* unit = state.desk->find(state.desk->at);
    const Document& document = state.opened->document;
    if (unit == nullptr || unit->document != document.id || document.log.size() <= unit->edits) return;
    ports.desk.revise(unit->key, write_report(document));
}

void compare_desk(State& state, const Ports& ports, const command::AllLoaded& here) {
    if (!state.desk || !state.desk->view) return;
    for (const DeskUnit& unit : state.desk->view->units) {
        if (!is_further(state, unit)) continue;
        const auto own = document_here(state, here, unit.document);
        if (own && own->document.log.size() > unit.edits) ports.desk.revise(unit.key, write_report(own->document));
    }
}

void on(State& state, const Ports& ports, const command::DeskShown& answer) {
    if (!state.desk || state.desk->campaign != answer.campaign) return;
    DeskState& desk = *state.desk;
    desk.is_waiting = false;
    Result<DeskView> view = read_desk_view(answer.view);
    if (!view) {
        desk.failure = "unknown";
        return;
    }
    desk.view = *std::move(view);
    ++desk.serial;
    tell_desk(state, ports);
    if (desk.has_compared) return;
    desk.has_compared = true;
    const auto& units = desk.view->units;
    if (std::any_of(units.begin(), units.end(), [&](const DeskUnit& unit) { return is_further(state, unit); }))
        gather_for(state, ports, Gathering::desk);
}

void on(State& state, const Ports& ports, const command::DeskWent& went) {
    if (!state.desk) return;
    if (!went.is_last) {
        state.desk->progress = DeskProgress{went.done, went.total, went.left_ms};
        return;
    }
    state.desk->progress.reset();
    const Params params{
        {"files", went.done}, {"fresh", went.fresh}, {"before", went.before}, {"refused", went.refused}};
    const bool is_whole = went.done == went.total;
    show_toast(state, ports, say(state, is_whole ? "ui.desk.taken" : "ui.desk.stopped", params));
}

void on(State& state, const Ports&, const command::DeskFailed& failed) {
    if (!state.desk) return;
    if (state.desk->failure.empty()) state.desk->failure = failed.reason;  // the others follow from the first
    state.desk->is_waiting = false;
    state.desk->progress.reset();
}

void on(State& state, const Ports& ports, const command::DeskWritten& written) {
    if (!written.is_done) {
        state.dialog = Dialog{"error", say(state, "ui.desk.part.papers"), {written.content}};
        return;
    }
    if (written.format == "txt") return show_toast(state, ports, say(state, "ui.desk.copied"));
    if (written.format != "html") show_toast(state, ports, say(state, "ui.desk.written"));
}

// --- Reports ------------------------------------------------------------------------------------------------------

void on(State& state, const Ports& ports, const command::PickReports& request) {
    if (state.desk) ports.desk.pick(request.folder);
}

void on(State& state, const Ports& ports, const command::StopTaking&) {
    if (state.desk) ports.desk.stop();
}

void on(State& state, const Ports& ports, const command::TellPassword& request) {
    if (!state.desk) return;
    ports.desk.set_password(request.password);
    show_toast(state, ports, say(state, "ui.desk.password.told"));
}

void on(State& state, const Ports& ports, const command::OpenUnit& request) {
    if (!state.desk) return;
    revise_opened(state, ports);
    DeskState& desk = *state.desk;
    if (!request.walk.empty()) desk.walk = request.walk;
    const DeskUnit* unit = desk.find(request.key);
    if (unit == nullptr) return;
    desk.at = request.key;
    const DocumentCard* card = card_of(state, unit->document);
    if (card != nullptr && card->edits >= unit->edits)
        return on(state, ports, command::OpenDocument{unit->document, {}});
    desk.fetching = request.key;
    ports.desk.fetch(request.key);
}

void on(State& state, const Ports& ports, const command::DeskReport& report) {
    if (take_evidence(state, ports, report)) return;
    if (!state.desk || state.desk->fetching != report.key) return;
    state.desk->fetching.clear();
    const DeskUnit* unit = state.desk->find(report.key);
    if (unit == nullptr) return;
    if (report.text.empty()) return show_error(state, Error{"desk-summary-only", {}, {}}, unit->unit);
    // It came with the others, and is not taken back alone. What was said of the one before still stands.
    const Toast before = state.toast;
    import_report(state, ports, {unit->unit, report.text});
    state.toast = before;
}

void on(State& state, const Ports& ports, const command::OpenDesk&) {
    if (!state.desk) return;
    revise_opened(state, ports);
    on(state, ports, command::OpenDocument{state.desk->campaign, {}});
}

void go_on_after(State& state, const Ports& ports) {
    if (!state.desk || state.desk->at.empty()) return;
    revise_opened(state, ports);
    const auto& walk = state.desk->walk;
    const auto here = std::find(walk.begin(), walk.end(), state.desk->at);
    if (here == walk.end() || std::next(here) == walk.end()) return on(state, ports, command::OpenDesk{});
    on(state, ports, command::OpenUnit{*std::next(here), {}});
}

// --- The list -----------------------------------------------------------------------------------------------------

namespace {

std::string cell_of(const Table& table, std::string_view row, std::string_view column) {
    const auto at = table.find_column(column);
    return at ? std::string(split_row(row, table.columns.size())[*at]) : std::string();
}

}  // namespace

void on(State& state, const Ports& ports, const command::NoteReminder& request) {
    if (!is_campaign(state)) return;
    const Table& table = state.opened->document.instrument->table;
    const std::set<std::string, std::less<>> wanted(request.units.begin(), request.units.end());
    const std::string now = say(state, "ui.desk.reminded-on", {{"date", state.today}});
    command::ChangeRows changes{{}, {}, {}};
    for (const RowView& row : state.opened->rows) {
        if (!wanted.contains(cell_of(table, row.cells, "unit"))) continue;
        const std::string before = cell_of(table, row.cells, "reminded");
        if (before.ends_with(now)) continue;
        const std::string after = before.empty() ? now : before + "；" + now;
        changes.changes.push_back({std::string(row.id), with_cells(table, row.cells, {{"reminded", after}}), {}});
    }
    if (changes.changes.empty()) return;
    changes.done = say(state, "ui.desk.reminder-noted", {{"count", static_cast<std::int64_t>(changes.changes.size())}});
    on(state, ports, changes);
}

void on(State& state, const Ports& ports, const command::CountReport& request) {
    if (!is_campaign(state)) return;
    const Table& table = state.opened->document.instrument->table;
    for (const RowView& row : state.opened->rows) {
        if (cell_of(table, row.cells, "unit") != request.unit) continue;
        WrittenCells written{{"document", request.document}};
        if (cell_of(table, row.cells, "reason").empty())
            written["reason"] = say(state, "ui.desk.decided", {{"date", state.today}});
        const command::RowChange change{std::string(row.id), with_cells(table, row.cells, written), {}};
        return on(state, ports, command::ChangeRows{{change}, {}, say(state, "ui.desk.decided.done")});
    }
}

namespace {

/// The units of the open campaign as a spreadsheet copies them.
std::string list_of(const State& state) {
    const Table& table = state.opened->document.instrument->table;
    std::string text;
    for (const RowView& row : state.opened->rows) {
        std::string line;
        for (const std::string_view column : {"unit", "district", "class", "contact", "email"})
            line += (line.empty() ? "" : "\t") + cell_of(table, row.cells, column);
        text += line + "\n";
    }
    return text;
}

std::string form_of_campaign(const State& state) {
    return is_campaign(state) ? std::string(state.opened->document.text(Layer::self, "header", "forms"))
                              : std::string();
}

}  // namespace

void on(State& state, const Ports& ports, const command::CreateCampaign& request) {
    std::string list;
    if (!request.from.empty()) {
        if (!state.opened || state.opened->document.id != request.from)
            return open_then(state, ports, request.from, request);
        list = list_of(state);
    }
    on(state, ports, command::CreateDocument{std::string(campaign_form), request.unit, request.period});
    if (!is_campaign(state)) return;
    on(state, ports, command::SetAnswer{{Layer::self, "header", "forms"}, request.form, {}});
    if (!request.due.empty()) on(state, ports, command::SetAnswer{{Layer::self, "header", "due"}, request.due, {}});
    if (!list.empty()) on(state, ports, command::AddRows{list});
}

void on(State& state, const Ports& ports, const command::CopyInvitation&) {
    const std::string form = form_of_campaign(state);
    const InstrumentPtr known = state.library.find(form);
    if (!known) return;
    const Document& document = state.opened->document;
    const std::string route = "/new/" + form + "?period=" + std::string(document.period());
    const std::string due(document.text(Layer::self, "header", "due"));
    ports.files.copy_link(route, say(state, due.empty() ? "ui.desk.invitation.open" : "ui.desk.invitation",
                                     {{"unit", std::string(document.unit())}, {"form", known->title}, {"due", due}}));
    show_toast(state, ports, say(state, "ui.desk.invitation.copied"));
}

void on(State& state, const Ports& ports, const command::GiveCampaignForm&) {
    const auto own = state.own_forms.find(form_of_campaign(state));
    if (own == state.own_forms.end()) return show_toast(state, ports, say(state, "ui.desk.form.shipped"));
    ports.files.download(own->first + ".json", "application/json", own->second);
}

// --- Out ----------------------------------------------------------------------------------------------------------

void on(State& state, const Ports& ports, const command::WriteDesk& request) {
    if (!state.desk || !state.desk->view) return;
    DeskPaperJob job{request.paper, request.format,   {}, state.today, request.document, {},
                     request.words, request.is_ranked};
    const DeskUnit* unit = nullptr;
    for (const DeskUnit& one : state.desk->view->units) {
        if (!request.document.empty() && one.document == request.document) unit = &one;
    }
    job.name = state.desk->view->title + "-" + say(state, "ui.desk.paper." + request.paper) +
               (unit == nullptr ? std::string() : "-" + unit->unit) + "-" + state.today + "." + request.format;
    for (const std::string& name : request.units) job.units += name + "\n";
    ports.desk.write(job);
}

}  // namespace duibiao::app
