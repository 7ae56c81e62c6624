// Weak organisations: what is read, what the worker is asked, and the list that is written.
#include "app/weak/weak.hpp"

#include <algorithm>
#include <utility>

#include "app/desk/handlers.hpp"
#include "app/weak/handlers.hpp"
#include "core/campaign/expected.hpp"
#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/weak/check_weak.hpp"
#include "exchange/weak/shipped_doors.hpp"
#include "exchange/weak/weak_list.hpp"

namespace duibiao {

const WeakUnit* WeakState::find(std::string_view name) const {
    const auto at = places.find(organisation_key(name));
    return at == places.end() ? nullptr : &units[at->second];
}

bool WeakState::has_reports() const {
    return found && found->candidates.counted + found->candidates.unlisted + found->candidates.doubled > 0;
}

const Candidate* WeakState::candidate(std::string_view name) const {
    if (!found) return nullptr;
    const auto at = candidate_places.find(organisation_key(name));
    return at == candidate_places.end() ? nullptr : &found->candidates.units[at->second];
}

const WeakFile* WeakState::file(std::string_view form, std::string_view unit) const {
    if (!found) return nullptr;
    const auto at = file_places.find({std::string(form), organisation_key(unit)});
    return at == file_places.end() ? nullptr : &found->files[at->second];
}

}  // namespace duibiao

namespace duibiao::app {

namespace {

bool is_of(const State& state, const DocumentCard& card, std::string_view form) {
    return card.instrument == form && card.period == state.weak->period;
}

bool is_of_office(const State& state, const DocumentCard& card) {
    return organisation_key(card.unit) == organisation_key(state.weak->unit);
}

/// Of the office and period, the one changed last.
std::string find_own(const State& state, std::string_view form) {
    for (const DocumentCard& card : state.cards) {
        if (is_of(state, card, form) && is_of_office(state, card)) return card.id;
    }
    return {};
}

/// Of a campaign those that it has of its own.
void learn_doors(WeakState& weak, const Document& document) {
    const auto campaign = read_campaign(document);
    if (!campaign) return;
    if (auto doors = doors_of(&*campaign)) weak.doors = *std::move(doors);
}

std::shared_ptr<WeakState> begin_weak(const Document& document) {
    auto weak = std::make_shared<WeakState>();
    weak->unit = document.unit();
    weak->period = document.period();
    weak->doors = shipped_doors();
    learn_doors(*weak, document);
    return weak;
}

/// Of several campaigns of the office and period the one whose desk is open.
std::string find_campaign(const State& state) {
    for (const DocumentCard& card : state.cards) {
        const bool is_open = state.desk && state.desk->campaign == card.id;
        if (is_open && is_of(state, card, campaign_form) && is_of_office(state, card)) return card.id;
    }
    return find_own(state, campaign_form);
}

bool is_opened(const State& state, const std::string& id) {
    return !id.empty() && state.opened && state.opened->document.id == id;
}

/// The screen shows weak organisations, not a report or a plan that was opened from there.
bool is_weak_shown(const State& state) {
    return is_opened(state, state.weak->list) || is_opened(state, state.weak->campaign);
}

// --- What is read -------------------------------------------------------------------------------------------------

bool is_wanted(const State& state, const DocumentCard& card) {
    const WeakState& weak = *state.weak;
    if (card.id == weak.list || card.id == weak.campaign) return true;
    if (is_of(state, card, weak.doors.list.form)) return true;  // another office's: both may decide on the same unit
    if (is_of(state, card, weak.doors.plan.form) || is_of(state, card, weak.doors.review.form)) return true;
    return std::any_of(weak.doors.surveys.begin(), weak.doors.surveys.end(),
                       [&](const SurveyForm& survey) { return is_of(state, card, survey.form); });
}

void keep_document(WeakState& weak, const Document& document) {
    weak.documents.insert_or_assign(document.id, document);
    weak.is_stale = true;
    if (!weak.found) learn_doors(weak, document);
}

/// What was just left may not be stored yet.
bool take_held(State& state, const std::string& id) {
    for (const OpenedDocument& held : state.unsaved) {
        if (held.document.id != id) continue;
        keep_document(*state.weak, held.document);
        return true;
    }
    return false;
}

void read_documents(State& state, const Ports& ports) {
    WeakState& weak = *state.weak;
    for (const DocumentCard& card : state.cards) {
        if (!is_wanted(state, card) || is_opened(state, card.id)) continue;
        const auto known = weak.read.find(card.id);
        if (known != weak.read.end() && known->second == card.edits) continue;
        weak.read.insert_or_assign(card.id, card.edits);
        if (!take_held(state, card.id)) ports.storage.peek(card.id);
    }
    const std::size_t gone =
        std::erase_if(weak.documents, [&](const auto& known) { return !is_here(state, known.first); });
    weak.is_stale = weak.is_stale || gone > 0;
}

// --- The worker ---------------------------------------------------------------------------------------------------

/// The desk of the campaign behind a list that was opened by itself.
void open_campaign_behind(State& state, const Ports& ports) {
    if (state.desk || state.weak->campaign.empty()) return;
    const auto campaign = state.weak->documents.find(state.weak->campaign);
    if (campaign != state.weak->documents.end()) begin_desk(state, ports, campaign->second);
}

/// Surveys that were filled in here count like those that came as files.
void tell_surveys(State& state, const Ports& ports) {
    WeakState& weak = *state.weak;
    if (!weak.found || !state.desk || state.desk->campaign != weak.campaign) return;
    for (const auto& known : weak.documents) {
        const Document& document = known.second;
        if (weak.doors.surveyed(document.instrument->id).empty()) continue;
        const auto edits = static_cast<std::uint64_t>(document.log.size());
        if (std::exchange(weak.told[document.id], edits) == edits) continue;
        const auto& files = weak.found->files;
        const auto file =
            std::find_if(files.begin(), files.end(), [&](const WeakFile& one) { return one.document == document.id; });
        if (file != files.end() && file->edits >= edits) continue;
        ports.desk.revise(file != files.end() ? file->key : "page:" + document.id, write_report(document));
    }
}

void ask_worker(State& state, const Ports& ports) {
    WeakState& weak = *state.weak;
    if (!state.desk || !state.desk->view || state.desk->campaign != weak.campaign) return;
    if (weak.is_waiting || weak.asked_at == state.desk->serial) return;
    weak.is_waiting = true;
    weak.asked_at = state.desk->serial;
    ports.desk.find_weak(state.today);
}

}  // namespace

const Document* weak_list(const State& state) {
    const WeakState& weak = *state.weak;
    if (is_opened(state, weak.list)) return &state.opened->document;
    const auto known = weak.documents.find(weak.list);
    return known == weak.documents.end() ? nullptr : &known->second;
}

void open_weak(State& state, const Ports&) {
    if (!is_open_of(state, weak_list_form)) return;
    const Document& document = state.opened->document;
    const bool is_same = state.weak && state.weak->period == document.period() &&
                         organisation_key(state.weak->unit) == organisation_key(document.unit());
    if (!is_same) state.weak = begin_weak(document);
    state.weak->list = document.id;
    state.weak->at.clear();
    state.weak->is_stale = true;
}

void follow_weak(State& state, const Ports& ports) {
    if (!is_weak_shown(state)) return;
    WeakState& weak = *state.weak;
    if (weak.list.empty() || !is_here(state, weak.list)) weak.list = find_own(state, weak.doors.list.form);
    if (weak.campaign.empty() || !is_here(state, weak.campaign)) {
        weak.campaign = find_campaign(state);
    }
    read_documents(state, ports);
    open_campaign_behind(state, ports);
    ask_worker(state, ports);
    tell_surveys(state, ports);
    const bool is_changed = is_opened(state, weak.list) && weak.list_serial != state.opened->serial;
    if (!weak.is_stale && !is_changed && weak.day == state.today) return;
    weak.day = state.today;
    weak.list_serial = is_opened(state, weak.list) ? state.opened->serial : 0;
    work_out_weak(state);
}

bool take_weak(State& state, const command::DocumentLoaded& loaded) {
    if (!state.weak || !state.weak->read.contains(loaded.document)) return false;
    if (!loaded.found) return true;
    const Result<OpenedDocument> own = restore_document(state, loaded);
    if (own) keep_document(*state.weak, own->document);
    return true;
}

// --- Commands -----------------------------------------------------------------------------------------------------

void on(State& state, const Ports&, const command::OpenWeak&) {
    if (!is_open_of(state, campaign_form)) return;
    const Document& document = state.opened->document;
    if (state.weak && state.weak->campaign == document.id) return;
    state.weak = begin_weak(document);
    state.weak->campaign = document.id;
}

namespace {

/// The first of a name stands for it.
void note_places(WeakState& weak) {
    weak.candidate_places.clear();
    weak.file_places.clear();
    const auto& units = weak.found->candidates.units;
    for (std::size_t i = 0; i < units.size(); ++i) weak.candidate_places.emplace(organisation_key(units[i].name), i);
    const auto& files = weak.found->files;
    for (std::size_t i = 0; i < files.size(); ++i)
        weak.file_places.emplace(std::pair(files[i].form, organisation_key(files[i].unit)), i);
}

}  // namespace

void on(State& state, const Ports&, const command::WeakFound& answer) {
    if (!state.weak || state.weak->campaign != answer.campaign) return;
    WeakState& weak = *state.weak;
    weak.is_waiting = false;
    weak.is_stale = true;
    weak.failure.clear();
    if (!answer.is_done) {
        weak.failure = answer.content;
        return;
    }
    Result<FoundWeak> found = read_found_weak(answer.content);
    if (!found) {
        weak.failure = describe(state.settings.language, found.error());
        return;
    }
    weak.found = *std::move(found);
    weak.doors = weak.found->doors;
    note_places(weak);
}

void on(State& state, const Ports& ports, const command::SwitchDoor& request) {
    if (!state.weak || !is_opened(state, state.weak->campaign)) return;
    std::string names;
    for (const Door& door : state.weak->doors.doors) {
        const bool is_on = door.id == request.door ? request.on : door.is_on;
        if (is_on) names += (names.empty() ? "" : "、") + door.title;
    }
    if (names.empty()) return show_toast(state, ports, say(state, "ui.weak.door.last"));
    on(state, ports, command::SetAnswer{{Layer::self, "header", "doors"}, names, {}});
}

namespace {

void say_updated(State& state, const Ports& ports, const WeakListUpdate& update) {
    show_toast(state, ports,
               say(state, "ui.weak.updated",
                   {{"added", static_cast<std::int64_t>(update.added.size())},
                    {"changed", static_cast<std::int64_t>(update.changed.size())}}));
}

std::string doors_on(const Doors& doors) {
    std::string names;
    for (const Door& door : doors.doors) {
        if (door.is_on) names += (names.empty() ? "" : "、") + door.title;
    }
    return names;
}

/// A list that nobody has written in: with its candidates it begins.
void begin_list(State& state, const Ports& ports) {
    const WeakState& weak = *state.weak;
    const InstrumentPtr form = state.library.find(weak.doors.list.form);
    if (!form) return;
    const Author creator = weak_author(state, ports);
    auto list = new_document(form, ports.random.unique_id(), weak.unit, weak.period, creator);
    if (!list) return show_error(state, list.error(), {});
    auto update = update_weak_list(*list, weak.found->candidates, weak.doors, creator);
    if (!update) return show_error(state, update.error(), {});
    const std::string doors = doors_on(weak.doors);
    adopt(state, ports, std::move(update->document), {});
    on(state, ports, command::SetAnswer{{Layer::self, "header", "doors"}, doors, {}});
    say_updated(state, ports, *update);
}

}  // namespace

Author weak_author(State& state, const Ports& ports) {
    return {ports.random.unique_id(), author(state, ports).by, ports.clock.now()};
}

void on(State& state, const Ports& ports, const command::UpdateWeakList& request) {
    if (!state.weak || !state.weak->has_reports()) return;
    if (state.weak->list.empty()) return begin_list(state, ports);
    if (!is_opened(state, state.weak->list)) return open_then(state, ports, state.weak->list, request);
    OpenedDocument& opened = *state.opened;
    if (!opened.is_open()) return show_toast(state, ports, say(state, "ui.weak.closed"));
    auto update =
        update_weak_list(opened.document, state.weak->found->candidates, state.weak->doors, author(state, ports));
    if (!update) return show_error(state, update.error(), {});
    const std::size_t first = opened.document.log.size();
    if (update->document.log.size() > first) {
        opened.document = std::move(update->document);
        save_edits(state, ports, first);
    }
    say_updated(state, ports, *update);
}

void on(State& state, const Ports& ports, const command::WriteWeak& request) {
    if (!state.weak || !is_opened(state, state.weak->list)) return;
    const Document& document = state.opened->document;
    const std::string before(document.text(Layer::self, request.row, "cells"));
    if (before.empty()) return;
    WrittenCells written;
    for (const auto& [column, text] : request.cells) {
        written[column] = text;
        if (column != "status") continue;
        // Who decided and when stands beside the decision, as it was made here and now.
        const bool is_decided = text == weak_confirmed || text == weak_struck;
        written["decided"] = is_decided ? state.today : std::string();
        written["decider"] = is_decided ? std::string(document.unit()) : std::string();
    }
    const std::string after = with_cells(document.instrument->table, before, written);
    on(state, ports, command::SetAnswer{{Layer::self, request.row, "cells"}, after, request.batch});
    if (!request.done.empty()) show_toast(state, ports, request.done, say(state, "ui.undo"), command::Undo{});
}

// --- Evidence -----------------------------------------------------------------------------------------------------

void on(State& state, const Ports& ports, const command::OpenEvidence& request) {
    if (!state.weak || !state.weak->found || !state.opened) return;
    WeakState& weak = *state.weak;
    weak.at = request.document;
    weak.origin = state.opened->document.id;
    if (is_here(state, request.document))
        return on(state, ports, command::OpenDocument{request.document, request.item});
    const auto& files = weak.found->files;
    const auto file =
        std::find_if(files.begin(), files.end(), [&](const WeakFile& one) { return one.document == request.document; });
    if (file == files.end()) return show_error(state, Error{"desk-summary-only", {}, {}}, {});
    weak.fetching = request;
    ports.desk.fetch(file->key);
}

bool take_evidence(State& state, const Ports& ports, const command::DeskReport& report) {
    if (!state.weak || !state.weak->fetching) return false;
    const command::OpenEvidence wanted = *std::exchange(state.weak->fetching, std::nullopt);
    if (report.text.empty()) {
        show_error(state, Error{"desk-summary-only", {}, {}}, {});
        return true;
    }
    import_report(state, ports, {wanted.document, report.text});
    state.toast = {};  // it came with the others, and is not taken back alone
    if (is_opened(state, wanted.document)) on(state, ports, command::Reveal{wanted.item, {}, Layer::self});
    return true;
}

}  // namespace duibiao::app
