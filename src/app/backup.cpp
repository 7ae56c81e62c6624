// All documents of this browser at once: as a backup, as a copy of the whole page with the data inside, and the way in.
#include <algorithm>
#include <utility>

#include "app/backup_file.hpp"
#include "app/desk/handlers.hpp"
#include "app/handlers.hpp"
#include "app/weak/handlers.hpp"
#include "core/limits.hpp"
#include "core/merge.hpp"

namespace duibiao::app {

namespace {

/// Documents that are open or could not be saved are taken as they stand here.
Backup gather(const State& state, const command::AllLoaded& answer) {
    Backup backup;
    const auto is_wanted = [&state](const std::string& id) {
        if (!state.giving) return true;
        const auto& wanted = state.giving->documents;
        return std::find(wanted.begin(), wanted.end(), id) != wanted.end();
    };
    const auto add = [&](const Document& document) {
        if (!is_wanted(document.id)) return;
        if (backup.edits.try_emplace(document.id, document.log.size()).second)
            backup.reports.push_back(write_report(document));
    };
    if (state.opened && !state.opened->is_sample) add(state.opened->document);
    for (const OpenedDocument& left : state.unsaved) add(left.document);
    for (const command::DocumentLoaded& loaded : answer.documents) {
        if (backup.edits.contains(loaded.document) || !is_wanted(loaded.document)) continue;
        if (const Result<OpenedDocument> opened = restore_document(state, loaded)) add(opened->document);
    }
    for (const auto& [id, definition] : state.own_forms) backup.forms.push_back(definition);
    backup.signing_key = state.settings.signing_key;
    backup.known_keys = state.settings.known_keys;
    return backup;
}

/// What has left exists elsewhere, too, as far as it went.
void mark_as_left(State& state, const Ports& ports) {
    for (DocumentCard& card : state.cards) {
        const auto left = state.leaving.edits.find(card.id);
        if (left == state.leaving.edits.end()) continue;
        card.edits_out = left->second;
        ports.storage.put_card(card.id, write_card(card), begin_save(state));
    }
    if (state.opened) {
        const auto left = state.leaving.edits.find(state.opened->document.id);
        if (left != state.leaving.edits.end()) state.opened->edits_out = left->second;
    }
    // Some of them are no backup of all.
    if (state.leaving.edits.size() >= state.cards.size())
        on(state, ports, command::SetSetting{"last-backup", ports.clock.now()});
}

/// The version before is kept beside it, for what was filled with it.
void keep_form(State& state, const Ports& ports, const std::string& id, const std::string& definition) {
    const InstrumentPtr before = state.own_forms.contains(id) ? state.library.find(id) : nullptr;
    const Result<InstrumentPtr> added = state.library.add(definition);
    if (!added) return;
    if (before && before->hash != (*added)->hash)
        ports.storage.put_instrument(id + std::string(earlier_mark) + before->hash, state.own_forms[id],
                                     begin_save(state));
    state.own_forms[id] = definition;
    ports.storage.put_instrument(id, definition, begin_save(state));
}

/// Adds the documents that are not here; returns the others.
std::vector<LoadedReport> add_missing(State& state, const Ports& ports, std::vector<LoadedReport> reports) {
    std::vector<LoadedReport> known;
    for (LoadedReport& report : reports) {
        if (is_here(state, report.document.id)) {
            known.push_back(std::move(report));
        } else {
            ports.storage.restore(report.document.id, begin_save(state));  // it may have been deleted here
            store_beside(state, ports, std::move(report.document), std::move(report.findings), false);
        }
    }
    return known;
}

/// Forms that are known here stay as they are.
void add_forms(State& state, const Ports& ports, const Json& backup) {
    for (const Json& form : backup.value("instruments", Json::array())) {
        if (!form.is_string()) continue;
        const auto definition = form.get<std::string>();
        const Result<InstrumentPtr> read = load_instrument(definition);
        if (read && !state.library.find((*read)->id)) keep_form(state, ports, (*read)->id, definition);
    }
}

/// The key comes back with the data where nothing is: elsewhere the backup may be another office's.
void add_keys(State& state, const Ports& ports, const Json& backup) {
    if (!state.cards.empty() || !state.settings.signing_key.empty()) return;
    const KeysInBackup keys = read_keys(backup);
    if (!public_key(keys.signing_key).empty()) on(state, ports, command::SetSetting{"signing-key", keys.signing_key});
    for (const auto& [office, known] : keys.known_keys) {
        state.settings.known_keys.insert_or_assign(office, known);
        ports.storage.put_setting(std::string(known_key_setting) + office, known, begin_save(state));
    }
}

}  // namespace

Result<std::vector<LoadedReport>> open_backup(State& state, const Ports& ports, const Json& backup) {
    if (const Done known = check_backup(backup); !known) return tl::unexpected(known.error());
    add_forms(state, ports, backup);
    add_keys(state, ports, backup);
    std::vector<LoadedReport> reports;
    for (const Json& text : backup.value("reports", Json::array())) {
        Result<LoadedReport> report = read_report(text.dump(), state.library.finder());
        if (!report) return tl::unexpected(report.error());
        reports.push_back(std::move(*report));
    }
    return reports;
}

bool is_here(const State& state, std::string_view document) {
    return std::any_of(state.cards.begin(), state.cards.end(),
                       [&](const DocumentCard& card) { return card.id == document; });
}

Result<InstrumentPtr> add_form(State& state, const Ports& ports, const std::string& definition) {
    Result<InstrumentPtr> form = load_instrument(definition);
    if (form) keep_form(state, ports, (*form)->id, definition);
    return form;
}

void learn_form(State& state, const Ports& ports, const InstrumentPtr& form) {
    if (form->definition == nullptr || is_shipped(form->id) || state.library.find(form->id)) return;
    keep_form(state, ports, form->id, *form->definition);
}

bool hides_shipped(const State& state, const std::string& id) {
    return is_shipped(id) && !state.own_forms.contains(id);
}

std::optional<OpenedDocument> document_here(const State& state, const command::AllLoaded& here, std::string_view id) {
    if (state.opened && state.opened->document.id == id) return state.opened;
    for (const OpenedDocument& left : state.unsaved) {
        if (left.document.id == id) return left;
    }
    const auto loaded = std::find_if(here.documents.begin(), here.documents.end(),
                                     [&](const auto& document) { return document.document == id; });
    if (loaded == here.documents.end()) return std::nullopt;
    Result<OpenedDocument> own = restore_document(state, *loaded);
    return own ? std::optional(std::move(*own)) : std::nullopt;
}

void store_beside(State& state, const Ports& ports, Document document, Findings load_findings, bool damaged) {
    learn_form(state, ports, document.instrument);
    OpenedDocument opened;
    opened.document = std::move(document);
    opened.load_findings = std::move(load_findings);
    opened.edits_out = opened.document.log.size();  // the file has them
    take_card(state, opened);
    opened.damaged = damaged;
    std::erase_if(state.unsaved, [&](const OpenedDocument& left) { return left.document.id == opened.document.id; });
    std::optional<OpenedDocument> shown = std::exchange(state.opened, std::move(opened));
    save_snapshot(state, ports);
    remember_keys(state, ports, state.opened->signatures);
    state.unsaved.push_back(std::move(*state.opened));
    state.opened = std::move(shown);
}

void gather_for(State& state, const Ports& ports, Gathering what) {
    state.gathering.push_back(what);
    if (state.storage_open) return ports.storage.load_all();
    // What is open is all there is; but storage that still opens is waited for.
    if (state.saving.state == SaveState::failed) on(state, ports, command::AllLoaded{});
}

void show_backup_given(State& state, const Ports& ports) {
    if (state.leaving.files > 0 && --state.leaving.files > 0) return;
    mark_as_left(state, ports);
    const auto count = static_cast<std::int64_t>(state.leaving.edits.size());
    show_toast(state, ports, say(state, "ui.backup.done", {{"count", count}}));
}

// --- Out ----------------------------------------------------------------------------------------------------------

void on(State& state, const Ports& ports, const command::Backup&) { gather_for(state, ports, Gathering::backup); }

void on(State& state, const Ports& ports, const command::SaveCopy&) {
    state.dialog = {};
    gather_for(state, ports, Gathering::copy);
}

void on(State& state, const Ports& ports, const command::CopySaved& answer) {
    if (!answer.done) return show_toast(state, ports, say(state, "ui.copy.failed"));
    mark_as_left(state, ports);
    show_toast(state, ports, say(state, "ui.copy.done"));
}

// --- In -----------------------------------------------------------------------------------------------------------

namespace {

/// A page that was made to bring one form to the units begins with it.
void show_carried_form(State& state, const Json& backup) {
    const Json forms = backup.value("instruments", Json::array());
    const bool is_form = backup.value("reports", Json::array()).empty() && forms.size() == 1 && forms[0].is_string();
    if (!is_form || state.screen != Screen::home) return;
    const Result<InstrumentPtr> form = load_instrument(forms[0].get<std::string>());
    if (form) state.dialog = Dialog{"new", (*form)->id, {}};
}

}  // namespace

/// Data is taken from a copy once: what is deleted or changed here later stays so, however often the copy is opened.
void on(State& state, const Ports& ports, const command::CarriedArrived& copy) {
    if (!state.storage_open || state.settings.carried.contains(copy.id)) return;
    const Result<Json> backup = parse_json(copy.content, limits::backup_bytes);
    if (!backup || !backup->is_object()) return show_toast(state, ports, say(state, "ui.carried.broken"));
    Result<std::vector<LoadedReport>> reports = open_backup(state, ports, *backup);
    if (!reports) return show_error(state, reports.error(), say(state, "ui.carried.name"));
    const std::size_t all = reports->size();
    state.carried = Carried{copy.id, add_missing(state, ports, std::move(*reports))};
    const std::int64_t added = static_cast<std::int64_t>(all - state.carried->differing.size());
    if (added > 0) show_toast(state, ports, say(state, "ui.carried.added", {{"count", added}}));
    show_carried_form(state, *backup);
    if (state.carried->differing.empty()) return ask_next_carried(state, ports);
    gather_for(state, ports, Gathering::comparison);
}

namespace {

/// The document here has all that the carried one has, or was deleted meanwhile.
bool covers(const State& state, const command::AllLoaded& here, const Document& carried) {
    if (!is_here(state, carried.id)) return true;
    const std::optional<OpenedDocument> own = document_here(state, here, carried.id);
    if (!own) return false;
    const Result<Merge> merged = merge(own->document, carried);
    return merged && merged->document.log == own->document.log;
}

}  // namespace

void ask_next_carried(State& state, const Ports& ports) {
    if (!state.carried || state.pending_import) return;
    std::vector<LoadedReport>& waiting = state.carried->differing;
    if (waiting.empty()) {
        const std::string id = std::exchange(state.carried, std::nullopt)->id;
        if (id.empty()) return;  // of a backup, which may be taken again
        state.settings.carried.insert(id);
        ports.storage.put_setting(std::string(carried_setting) + id, ports.clock.now(), begin_save(state));
        return;
    }
    LoadedReport next = std::move(waiting.back());
    waiting.pop_back();
    const std::string name = next.document.instrument->title + " " + std::string(next.document.unit());
    state.pending_import = PendingImport{name, std::move(next), {}, {}, 0, {}, {}};
    on(state, ports, command::PreviewImport{});
}

namespace {

/// Each file under the same password, where there is one.
void give_backup(State& state, const Ports& ports, Backup backup) {
    std::vector<std::string> files = write_backup(backup, limits::backup_bytes);
    state.leaving = Leaving{std::move(backup.edits), files.size()};
    const Protecting protecting = state.protecting;
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::string name = "duibiao-" + state.today;
        if (files.size() > 1) name += "-" + std::to_string(i + 1) + "-" + std::to_string(files.size());
        state.protecting = protecting;
        const bool is_out = give(state, ports, "backup", name + ".json", "application/json", std::move(files[i]));
        if (is_out) show_backup_given(state, ports);
    }
}

void give_copy(State& state, const Ports& ports, Backup backup) {
    const std::vector<std::string> files = write_backup(backup, limits::backup_bytes);
    if (files.size() > 1) return show_toast(state, ports, say(state, "ui.copy.large"));
    state.leaving = Leaving{std::move(backup.edits), 1};
    ports.files.save_copy("duibiao-" + state.today + ".html", ports.random.unique_id(), files.front());
}

void give_to_folder(State& state, const Ports& ports, const Backup& backup) {
    const std::vector<std::string> files = write_backup(backup, limits::backup_bytes);
    if (files.size() == 1) return ports.folder.write(state.today, ports.clock.now(), files.front());
    state.folder.under_way = false;
    state.folder.failed = true;
    show_toast(state, ports, say(state, "ui.copy.large"));
}

}  // namespace

void on(State& state, const Ports& ports, const command::AllLoaded& answer) {
    if (state.gathering.empty()) return;
    const Gathering what = state.gathering.front();
    state.gathering.erase(state.gathering.begin());
    switch (what) {
        case Gathering::backup: {
            Backup backup = gather(state, answer);
            state.giving.reset();
            return give_backup(state, ports, std::move(backup));
        }
        case Gathering::reports:
            return give_reports(state, ports, answer);
        case Gathering::copy:
            return give_copy(state, ports, gather(state, answer));
        case Gathering::comparison:
            if (!state.carried) return;
            std::erase_if(state.carried->differing,
                          [&](const LoadedReport& report) { return covers(state, answer, report.document); });
            return ask_next_carried(state, ports);
        case Gathering::preview:
            return preview_arrival(state, ports, answer);
        case Gathering::taking:
            return take_arrival(state, ports, answer);
        case Gathering::taking_back:
            return take_back(state, ports, answer);
        case Gathering::desk:
            return compare_desk(state, ports, answer);
        case Gathering::weak:
            return check_weak_item(state, ports, answer);
        case Gathering::folder:
            return give_to_folder(state, ports, gather(state, answer));
    }
}

}  // namespace duibiao::app
