// All documents of this browser at once: as a backup, as a copy of the whole page with the data inside, and the way in.
#include <algorithm>
#include <utility>

#include "app/handlers.hpp"
#include "core/limits.hpp"
#include "core/merge.hpp"

namespace duibiao::app {

namespace {

/// Documents that are open or could not be saved are taken as they stand here.
std::string gather(const State& state, const command::AllLoaded& answer) {
    std::vector<Document> documents;
    if (state.opened) documents.push_back(state.opened->document);
    for (const OpenedDocument& left : state.unsaved) documents.push_back(left.document);
    for (const command::DocumentLoaded& loaded : answer.documents) {
        const bool held = std::any_of(documents.begin(), documents.end(),
                                      [&](const Document& known) { return known.id == loaded.document; });
        if (held) continue;
        if (Result<OpenedDocument> opened = restore_document(state, loaded))
            documents.push_back(std::move(opened->document));
    }
    Json reports = Json::array();
    for (const Document& document : documents) {
        Result<Json> report = parse_json(write_report(document), limits::report_bytes);
        if (report) reports.push_back(std::move(*report));
    }
    Json forms = Json::array();
    for (const auto& [id, definition] : state.own_forms) forms.push_back(definition);
    const Json backup{{"format", "duibiao-backup"},
                      {"version", 1},
                      {"instruments", std::move(forms)},
                      {"reports", std::move(reports)}};
    return canonical_json(backup) + "\n";
}

/// Everything that there is now exists elsewhere, too.
void mark_all_as_out(State& state, const Ports& ports) {
    for (DocumentCard& card : state.cards) {
        card.edits_out = card.edits;
        ports.storage.put_card(card.id, write_card(card), begin_save(state));
    }
    if (state.opened) state.opened->edits_out = state.opened->document.log.size();
    on(state, ports, command::SetSetting{"last-backup", ports.clock.now()});
}

void store_beside(State& state, const Ports& ports, LoadedReport report) {
    OpenedDocument opened;
    opened.document = std::move(report.document);
    opened.load_findings = std::move(report.findings);
    opened.edits_out = opened.document.log.size();        // the file has them
    opened.damaged = is_here(state, opened.document.id);  // it can be here only as records that cannot be read
    std::optional<OpenedDocument> shown = std::exchange(state.opened, std::move(opened));
    ports.storage.restore(state.opened->document.id, begin_save(state));  // it may have been deleted here
    save_snapshot(state, ports);
    state.unsaved.push_back(std::move(*state.opened));
    state.opened = std::move(shown);
}

void keep_form(State& state, const Ports& ports, const std::string& id, const std::string& definition) {
    if (!state.library.add(definition)) return;
    state.own_forms[id] = definition;
    ports.storage.put_instrument(id, definition, begin_save(state));
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

Result<std::vector<LoadedReport>> read_reports(const State& state, const Json& backup) {
    std::vector<LoadedReport> reports;
    for (const Json& text : backup.value("reports", Json::array())) {
        Result<LoadedReport> report = read_report(text.dump(), state.library.finder());
        if (!report) return tl::unexpected(report.error());
        reports.push_back(std::move(*report));
    }
    return reports;
}

/// Adds the documents that are not here; returns the others.
std::vector<LoadedReport> add_missing(State& state, const Ports& ports, std::vector<LoadedReport> reports) {
    std::vector<LoadedReport> known;
    for (LoadedReport& report : reports) {
        if (is_here(state, report.document.id)) {
            known.push_back(std::move(report));
        } else {
            store_beside(state, ports, std::move(report));
        }
    }
    return known;
}

}  // namespace

bool is_here(const State& state, std::string_view document) {
    return std::any_of(state.cards.begin(), state.cards.end(),
                       [&](const DocumentCard& card) { return card.id == document; });
}

Result<InstrumentPtr> add_form(State& state, const Ports& ports, const std::string& definition) {
    Result<InstrumentPtr> form = load_instrument(definition);
    if (form) keep_form(state, ports, (*form)->id, definition);
    return form;
}

void show_backup_given(State& state, const Ports& ports) {
    mark_all_as_out(state, ports);
    const auto count = static_cast<std::int64_t>(state.cards.size());
    show_toast(state, ports, say(state, "ui.backup.done", {{"count", count}}));
}

// --- Out ----------------------------------------------------------------------------------------------------------

void on(State& state, const Ports& ports, const command::Backup&) {
    state.gathering = Gathering::backup;
    ports.storage.load_all();
}

void on(State& state, const Ports& ports, const command::SaveCopy&) {
    state.dialog = {};
    state.gathering = Gathering::copy;
    if (state.storage_open) return ports.storage.load_all();
    on(state, ports, command::AllLoaded{});  // what is open is all there is
}

void on(State& state, const Ports& ports, const command::CopySaved& answer) {
    if (!answer.done) return show_toast(state, ports, say(state, "ui.copy.failed"));
    mark_all_as_out(state, ports);
    show_toast(state, ports, say(state, "ui.copy.done"));
}

// --- In -----------------------------------------------------------------------------------------------------------

/// Nothing is taken before the user saw what that would do.
void import_backup(State& state, const Ports& ports, const std::string& name, const Json& backup) {
    add_forms(state, ports, backup);
    Result<std::vector<LoadedReport>> reports = read_reports(state, backup);
    if (!reports) return show_error(state, reports.error(), name);
    state.restore = Restore{name, std::move(*reports), {}, {}, 0};
    state.gathering = Gathering::restore;
    if (state.storage_open) return ports.storage.load_all();
    on(state, ports, command::AllLoaded{});  // what is open is all there is
}

/// Data is taken from a copy once: what is deleted or changed here later stays so, however often the copy is opened.
void on(State& state, const Ports& ports, const command::CarriedArrived& copy) {
    if (!state.storage_open || state.settings.carried.contains(copy.id)) return;
    const Result<Json> backup = parse_json(copy.content, limits::report_bytes);
    if (!backup || !backup->is_object()) return show_toast(state, ports, say(state, "ui.carried.broken"));
    add_forms(state, ports, *backup);
    Result<std::vector<LoadedReport>> reports = read_reports(state, *backup);
    if (!reports) return show_error(state, reports.error(), say(state, "ui.carried.name"));
    const std::size_t all = reports->size();
    state.carried = Carried{copy.id, add_missing(state, ports, std::move(*reports))};
    const std::int64_t added = static_cast<std::int64_t>(all - state.carried->differing.size());
    if (added > 0) show_toast(state, ports, say(state, "ui.carried.added", {{"count", added}}));
    if (state.carried->differing.empty()) return ask_next_carried(state, ports);
    state.gathering = Gathering::comparison;
    ports.storage.load_all();
}

namespace {

/// The document as it is here: none, when it is not here or damaged.
std::optional<Document> own_document(const State& state, const command::AllLoaded& here, const std::string& id) {
    if (state.opened && state.opened->document.id == id) return state.opened->document;
    for (const OpenedDocument& left : state.unsaved) {
        if (left.document.id == id) return left.document;
    }
    const auto loaded = std::find_if(here.documents.begin(), here.documents.end(),
                                     [&](const auto& document) { return document.document == id; });
    if (loaded == here.documents.end()) return std::nullopt;
    Result<OpenedDocument> own = restore_document(state, *loaded);
    return own ? std::optional(std::move(own->document)) : std::nullopt;
}

bool has_all_of(const Document& own, const Document& other) {
    const Result<Merge> merged = merge(own, other);
    return merged && merged->document.log == own.log;
}

/// The document here has all that the carried one has, or was deleted meanwhile.
bool covers(const State& state, const command::AllLoaded& here, const Document& carried) {
    if (!is_here(state, carried.id)) return true;
    const std::optional<Document> own = own_document(state, here, carried.id);
    return own && has_all_of(*own, carried);
}

/// What the backup would do, a sentence for every document; of many the first ones.
void preview(State& state, const Ports& ports, const command::AllLoaded& here) {
    constexpr std::size_t most_lines = 10;
    Restore& restore = *state.restore;
    state.dialog = Dialog{"restore", restore.name, {}};
    const std::size_t all = restore.reports.size();
    for (LoadedReport& report : std::exchange(restore.reports, {})) {
        const std::optional<Document> own = own_document(state, here, report.document.id);
        const bool is_kept = own && has_all_of(*own, report.document);
        const char* what = !own                                            ? "ui.restore.missing"
                           : !is_kept                                      ? "ui.restore.differing"
                           : own->log.size() == report.document.log.size() ? "ui.restore.same"
                                                                           : "ui.restore.newer";
        if (state.dialog.lines.size() < most_lines)
            state.dialog.lines.push_back(say(state, what,
                                             {{"title", report.document.instrument->short_title},
                                              {"unit", std::string(report.document.unit())},
                                              {"period", std::string(report.document.period())}}));
        if (is_kept)
            ++restore.kept;
        else
            (own ? restore.differing : restore.missing).push_back(std::move(report));
    }
    if (all > most_lines)
        state.dialog.lines.push_back(say(state, "ui.restore.more", {{"count", static_cast<std::int64_t>(all)}}));
    if (restore.missing.empty() && restore.differing.empty())
        on(state, ports, command::ResolveRestore{true});  // nothing to decide
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
    state.pending_import = PendingImport{name, std::move(next), {}, {}, 0, {}};
    on(state, ports, command::PreviewImport{});
}

void on(State& state, const Ports& ports, const command::AllLoaded& answer) {
    switch (state.gathering) {
        case Gathering::backup: {
            const bool is_out = give(state, ports, "backup", "duibiao-" + state.today + ".json", "application/json",
                                     gather(state, answer));
            return is_out ? show_backup_given(state, ports) : void();
        }
        case Gathering::copy:
            return ports.files.save_copy("duibiao-" + state.today + ".html", ports.random.unique_id(),
                                         gather(state, answer));
        case Gathering::comparison:
            if (!state.carried) return;
            std::erase_if(state.carried->differing,
                          [&](const LoadedReport& report) { return covers(state, answer, report.document); });
            return ask_next_carried(state, ports);
        case Gathering::restore:
            if (state.restore) preview(state, ports, answer);
    }
}

void on(State& state, const Ports& ports, const command::ResolveRestore& request) {
    std::optional<Restore> restore = std::exchange(state.restore, std::nullopt);
    state.dialog = {};
    if (!restore || !request.take) return;
    const auto added = static_cast<std::int64_t>(restore->missing.size());
    for (LoadedReport& report : restore->missing) store_beside(state, ports, std::move(report));
    show_toast(state, ports, say(state, "ui.import.backup", {{"added", added}, {"kept", restore->kept}}));
    state.carried = Carried{{}, std::move(restore->differing)};
    ask_next_carried(state, ports);
}

}  // namespace duibiao::app
