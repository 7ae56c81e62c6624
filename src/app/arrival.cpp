// Several documents at once, from a backup or as files: what each would do here, taking them in, and taking that back.
#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "core/sort.hpp"

#include "app/handlers.hpp"
#include "core/limits.hpp"
#include "core/merge.hpp"
#include "core/name_key.hpp"
#include "exchange/intake/arrived_file.hpp"

namespace duibiao::app {

namespace {

using Fate = ArrivedReport::Fate;

// --- What each would do -------------------------------------------------------------------------------------------

/// Goes through what arrived as if it were taken in, one after the other: a document may come in several files.
class Rehearsal {
public:
    struct Outcome {
        const Document* now;
        std::optional<OpenedDocument> before;  ///< none: it is not here
        Findings findings;
        bool changed = false;
    };

    Rehearsal(const State& state, const command::AllLoaded& here) : state_(state), here_(here) {}

    void go_through(ArrivedReport& arrived) {
        if (!arrived.report) return;
        const LoadedReport& report = *arrived.report;
        const auto known = outcomes_.find(report.document.id);
        if (known != outcomes_.end()) return unite(arrived, known->second);
        std::optional<OpenedDocument> own = document_here(state_, here_, report.document.id);
        arrived.fate = Fate::fresh;
        if (!own) {
            outcomes_.emplace(report.document.id, Outcome{&report.document, std::nullopt, report.findings, true});
        } else if (is_elsewhere(report.document.id)) {
            arrived.fate = Fate::elsewhere;
        } else {
            made_.push_back(own->document);
            const Outcome as_it_is{&made_.back(), std::move(own), report.findings};
            unite(arrived, outcomes_.emplace(report.document.id, as_it_is).first->second);
        }
    }

    [[nodiscard]] std::map<std::string, Outcome>& outcomes() { return outcomes_; }

    /// Another tab holds the document.
    [[nodiscard]] bool is_elsewhere(const std::string& id) const {
        if (state_.opened && state_.opened->document.id == id) return !state_.opened->writer;
        return std::any_of(here_.documents.begin(), here_.documents.end(),
                           [&](const auto& document) { return document.document == id && document.elsewhere; });
    }

private:
    void unite(ArrivedReport& arrived, Outcome& outcome) {
        Result<Merge> merged = merge(*outcome.now, arrived.report->document);
        const auto rewritten = cannot_be_taken_in(*outcome.now, arrived.report->document, merged);
        if (!rewritten.empty()) {
            arrived.fate = Fate::conflict;
            arrived.is_rewritten = true;
            arrived.changes = rewritten.size();
        } else if (!merged) {
            arrived.fate = Fate::refused;
            arrived.refusal = describe(state_.settings.language, merged.error());
        } else if (merged->document.log == outcome.now->log) {
            arrived.fate = Fate::kept;
        } else if (!merged->conflicts.empty()) {
            arrived.fate = Fate::conflict;
            arrived.changes = merged->conflicts.size();
        } else {
            arrived.fate = Fate::changed;
            arrived.changes = preview(*outcome.now, *merged).changes.size();
            made_.push_back(std::move(merged->document));
            outcome.now = &made_.back();
            outcome.changed = true;
        }
    }

    const State& state_;
    const command::AllLoaded& here_;
    std::map<std::string, Outcome> outcomes_;  ///< by document
    std::deque<Document> made_;
};

std::string paper_of(const Document& document) {
    return document.instrument->id + "\n" + organisation_key(document.unit()) + "\n" + std::string(document.period()) +
           "\n" + std::string(document.text(Layer::self, "header", "subject"));
}

void note_namesakes(const State& state, std::vector<ArrivedReport>& reports) {
    std::map<std::string, std::set<std::string>> ids;
    for (const ArrivedReport& arrived : reports) {
        if (arrived.report) ids[paper_of(arrived.report->document)].insert(arrived.report->document.id);
    }
    for (ArrivedReport& arrived : reports) {
        if (!arrived.report) continue;
        const Document& document = arrived.report->document;
        arrived.has_namesake = ids[paper_of(document)].size() > 1 || has_namesake(state, document);
    }
}

std::int64_t count(const Arrival& arrival, Fate fate) {
    return std::count_if(arrival.reports.begin(), arrival.reports.end(),
                         [fate](const ArrivedReport& arrived) { return arrived.fate == fate; });
}

void show_taken(State& state, const Ports& ports, const Arrival& arrival) {
    const std::int64_t changed = count(arrival, Fate::changed);
    const std::string sentence =
        say(state, "ui.arrival.done",
            {{"fresh", count(arrival, Fate::fresh)}, {"changed", changed}, {"kept", count(arrival, Fate::kept)}});
    if (state.taken_in.empty()) return show_toast(state, ports, sentence);
    offer_to_take_back(state, ports, sentence);
}

// --- Files as they come -------------------------------------------------------------------------------------------

void add_refused(State& state, const std::string& file, const Error& error) {
    state.arrival->reports.push_back({file, std::nullopt, describe(state.settings.language, error)});
}

/// Returns false when its form is not known (yet).
bool add_report(State& state, const command::FileArrived& file) {
    Result<LoadedReport> report = read_report(file.content, state.library.finder());
    if (!report && report.error().code == "instrument-unknown") return false;
    if (report)
        state.arrival->reports.push_back({file.name, std::move(*report), {}});
    else
        add_refused(state, file.name, report.error());
    return true;
}

void add_backup(State& state, const Ports& ports, const command::FileArrived& file, const Json& backup) {
    Result<std::vector<LoadedReport>> reports = open_backup(state, ports, backup);
    if (!reports) return add_refused(state, file.name, reports.error());
    for (LoadedReport& report : *reports) state.arrival->reports.push_back({{}, std::move(report), {}});
}

void add_file(State& state, const Ports& ports, const command::FileArrived& file) {
    const Error large{"file-large", {}, {{"limit", std::string("64 MiB")}}};
    if (file.too_large) return add_refused(state, file.name, large);
    // Reports are most of what comes so; they are told by their beginning, and read once.
    if (file.content.starts_with(R"({"code":)") && add_report(state, file)) return;
    const Result<Json> parsed = parse_json(file.content, limits::backup_bytes);
    if (!parsed) return add_refused(state, file.name, parsed.error());
    const std::string format = format_of(*parsed);
    if (format == "duibiao-backup") return add_backup(state, ports, file, *parsed);
    if (format == "duibiao-instrument") {
        const Result<InstrumentPtr> read = load_instrument(file.content);
        if (read && hides_shipped(state, (*read)->id))
            return add_refused(state, file.name, Error{"form-shipped", {}, {{"id", (*read)->id}}});
        const Result<InstrumentPtr> form = add_form(state, ports, file.content);
        if (!form) return add_refused(state, file.name, form.error());
        ++state.arrival->forms;
    } else if (!add_report(state, file)) {
        state.arrival->waiting.push_back(file);
    }
}

void read_waiting(State& state) {
    for (const command::FileArrived& file : std::exchange(state.arrival->waiting, {})) {
        if (add_report(state, file)) continue;
        const Result<LoadedReport> report = read_report(file.content, state.library.finder());
        add_refused(state, file.name, report.error());
    }
}

}  // namespace

void on(State& state, const Ports&, const command::FilesAnnounced& files) {
    if (!state.arrival || state.arrival->expected == 0) state.arrival = Arrival{};
    state.arrival->expected += files.count;
    state.dialog = Dialog{"arrival", {}, {}};
}

void collect(State& state, const Ports& ports, const command::FileArrived& file) {
    Arrival& arrival = *state.arrival;
    Result<ArrivedFile> seen = look_at({file.name, file.content});
    if (file.too_large)
        add_file(state, ports, file);
    else if (!seen)
        add_refused(state, file.name, seen.error());
    else if (seen->kind == ArrivedFile::Kind::json)
        add_file(state, ports, {file.name, std::move(seen->content)});
    else
        add_refused(state, file.name, Error{"file-alone", {}, {}});
    ++arrival.read;
    if (--arrival.expected > 0) return;
    read_waiting(state);
    gather_for(state, ports, Gathering::preview);
}

void import_backup(State& state, const Ports& ports, const std::string& name, const Json& backup) {
    Result<std::vector<LoadedReport>> reports = open_backup(state, ports, backup);
    if (!reports) return show_error(state, reports.error(), name);
    state.arrival = Arrival{};
    state.arrival->name = name;
    for (LoadedReport& report : *reports) state.arrival->reports.push_back({{}, std::move(report), {}});
    gather_for(state, ports, Gathering::preview);
}

void preview_arrival(State& state, const Ports& ports, const command::AllLoaded& here) {
    if (!state.arrival || state.arrival->expected > 0) return;
    Arrival& arrival = *state.arrival;
    Rehearsal rehearsal(state, here);
    for (ArrivedReport& arrived : arrival.reports) rehearsal.go_through(arrived);
    note_namesakes(state, arrival.reports);
    arrival.compared = true;
    sort_stably(arrival.reports, [](const ArrivedReport& a, const ArrivedReport& b) { return a.fate < b.fate; });
    state.dialog = Dialog{"arrival", {}, {}};
    const bool nothing_new = std::all_of(arrival.reports.begin(), arrival.reports.end(),
                                         [](const ArrivedReport& arrived) { return arrived.fate == Fate::kept; });
    if (nothing_new) on(state, ports, command::ResolveArrival{true});
}

// --- In and back --------------------------------------------------------------------------------------------------

void on(State& state, const Ports& ports, const command::ResolveArrival& request) {
    state.dialog = {};
    if (!request.take) state.arrival.reset();
    if (state.arrival) gather_for(state, ports, Gathering::taking);
}

namespace {

void put_in_place(State& state, const Ports& ports, Document document, Findings findings, bool damaged) {
    if (!state.opened || state.opened->document.id != document.id)
        return store_beside(state, ports, std::move(document), std::move(findings), damaged);
    state.opened->document = std::move(document);
    state.opened->load_findings = std::move(findings);
    save_snapshot(state, ports);
    remember_keys(state, ports, state.opened->signatures);
}

/// Damaged records give way to what came, and are put aside.
bool is_damaged(const State& state, const std::string& id, const std::optional<OpenedDocument>& own) {
    return own ? own->damaged : is_here(state, id);
}

}  // namespace

/// What is here may have changed since the user saw the preview: it is looked at again, and never written over.
void take_arrival(State& state, const Ports& ports, const command::AllLoaded& here) {
    if (!state.arrival) return;
    Arrival arrival = *std::exchange(state.arrival, std::nullopt);
    Rehearsal rehearsal(state, here);
    for (ArrivedReport& arrived : arrival.reports) rehearsal.go_through(arrived);
    std::vector<TakenIn> taken_in;
    for (auto& [id, outcome] : rehearsal.outcomes()) {
        if (!outcome.changed) continue;
        const bool damaged = is_damaged(state, id, outcome.before);
        taken_in.push_back({id, std::nullopt, outcome.now->log.size()});
        if (outcome.before) taken_in.back().before = std::move(outcome.before->document);
        if (!outcome.before) ports.storage.restore(id, begin_save(state));  // it may have been deleted here
        put_in_place(state, ports, *outcome.now, std::move(outcome.findings), damaged);
    }
    state.taken_in = std::move(taken_in);
    show_taken(state, ports, arrival);
    state.carried = Carried{{}, {}};
    for (ArrivedReport& arrived : arrival.reports) {
        if (arrived.fate == Fate::conflict) state.carried->differing.push_back(std::move(*arrived.report));
    }
    ask_next_carried(state, ports);
}

void offer_to_take_back(State& state, const Ports& ports, std::string sentence) {
    show_toast(state, ports, std::move(sentence), say(state, "ui.import.take-back"), command::UndoImport{});
}

bool can_take_back(const State& state) {
    if (!state.opened || !state.opened->writer || state.taken_in.size() != 1) return false;
    const TakenIn& last = state.taken_in.front();
    return last.before && last.id == state.opened->document.id && last.edits == state.opened->document.log.size();
}

void on(State& state, const Ports& ports, const command::UndoImport&) {
    if (!state.taken_in.empty()) gather_for(state, ports, Gathering::taking_back);
}

/// All of it or nothing: what was changed since stays, and so does the rest.
void take_back(State& state, const Ports& ports, const command::AllLoaded& here) {
    Rehearsal rehearsal(state, here);
    const bool untouched = std::all_of(state.taken_in.begin(), state.taken_in.end(), [&](const TakenIn& taken) {
        const std::optional<OpenedDocument> now = document_here(state, here, taken.id);
        return now && now->document.log.size() == taken.edits && !rehearsal.is_elsewhere(taken.id);
    });
    if (!untouched) return show_toast(state, ports, say(state, "ui.import.not-taken-back"));
    for (TakenIn& taken : std::exchange(state.taken_in, {})) {
        if (!taken.before) {
            on(state, ports, command::DeleteDocument{taken.id});
            continue;
        }
        put_in_place(state, ports, std::move(*taken.before), {}, false);
        // Ids of edits that went with the import are not given again.
        if (state.opened) state.opened->session = ports.random.unique_id();
    }
    show_toast(state, ports, say(state, "ui.import.taken-back"));
}

}  // namespace duibiao::app
