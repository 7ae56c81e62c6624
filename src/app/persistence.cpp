// Autosave and what storage answers.
#include <algorithm>
#include <charconv>
#include <utility>

#include "core/evaluate/definition.hpp"
#include "core/sort.hpp"

#include "app/desk/handlers.hpp"
#include "app/handlers.hpp"
#include "app/weak/handlers.hpp"
#include "core/merge.hpp"
#include "core/name_key.hpp"

namespace duibiao::app {

namespace {
constexpr std::uint64_t edits_per_snapshot = 200;

Settings read_settings(const std::vector<command::StoredText>& stored) {
    Settings settings;
    for (const auto& [key, value] : stored) {
        if (key == "language") settings.language = value == "en" ? Language::english : Language::chinese;
        if (key == "left") settings.left_closed = value == "closed";
        if (key == "right") settings.right_closed = value == "closed";
        if (key == "density") settings.compact = value == "compact";
        if (key == "text-size") settings.text_size = text_size_from(value);
        if (key == "last-backup") settings.last_backup = value;
        if (key == "last-unit") settings.last_unit = value;
        if (key == "signer") settings.signer = value;
        if (key == "office") settings.office = value;
        if (key == "role") settings.role = value;
        if (key == "recipients") settings.recipients = value;
        if (key == "sources") settings.sources = sources_from(value);
        if (key == "signing-key") settings.signing_key = value;
        if (key.starts_with(known_key_setting)) settings.known_keys[key.substr(known_key_setting.size())] = value;
        if (key.starts_with(carried_setting)) settings.carried.insert(key.substr(carried_setting.size()));
    }
    return settings;
}

std::vector<DocumentCard> read_cards(const std::vector<command::StoredText>& stored) {
    std::vector<DocumentCard> cards;
    cards.reserve(stored.size());
    for (const auto& [id, text] : stored) cards.push_back(read_card(id, text));
    sort_stably(cards, [](const DocumentCard& a, const DocumentCard& b) { return a.updated > b.updated; });
    return cards;
}

/// The number at the end of an edit's id, which says where in the log it belongs (next_edit_id).
std::uint64_t place_of(const Edit& edit) {
    std::uint64_t number = 0;
    const std::size_t digits = edit.id.rfind('-') + 1;
    std::from_chars(edit.id.data() + digits, edit.id.data() + edit.id.size(), number);
    return number;
}

struct StoredEdits {
    std::vector<Edit> edits;
    int unread = 0;
    bool disordered = false;  ///< a record is missing, or stands at another's place
};

StoredEdits read_stored(const Document& document, const std::vector<command::StoredEdit>& records) {
    StoredEdits stored;
    std::uint64_t next = document.log.size();
    for (const command::StoredEdit& record : records) {
        Result<Edit> edit = read_edit(record.text);
        const bool in_place = edit && record.sequence == next++ && place_of(*edit) == next;
        if (!in_place) stored.disordered = true;
        if (edit)
            stored.edits.push_back(std::move(*edit));
        else
            ++stored.unread;
    }
    if (!stored.disordered) return stored;
    sort_stably(stored.edits, [](const Edit& a, const Edit& b) { return place_of(a) < place_of(b); });
    return stored;
}

/// Appends all that fit: where one is lost, those after it still stand. Returns how many records are not what was
/// written.
int append_stored(Document& document, const std::vector<command::StoredEdit>& records) {
    StoredEdits stored = read_stored(document, records);
    int wrong = stored.unread;
    if (!stored.disordered && duibiao::apply_all(document, std::move(stored.edits))) return wrong;
    if (!stored.disordered) stored = read_stored(document, records);
    for (Edit& edit : stored.edits) {
        if (!apply(document, std::move(edit))) ++wrong;
    }
    return std::max(wrong, 1);
}

}  // namespace

std::uint64_t begin_save(State& state) {
    const std::uint64_t token = ++state.saving.last_token;
    state.saving.pending.insert(token);
    if (state.saving.state == SaveState::saved) state.saving.state = SaveState::saving;
    return token;
}

void save_edits(State& state, const Ports& ports, std::size_t first) {
    OpenedDocument& opened = *state.opened;
    if (opened.is_sample) return refresh(state);
    if (opened.strayed) return;  // with all of it, when this tab may write again
    if (state.saving.state == SaveState::failed) return on(state, ports, command::RetrySave{});
    if (opened.damaged || opened.edits_since_snapshot >= edits_per_snapshot) return save_snapshot(state, ports);
    refresh(state);
    const std::vector<Edit>& log = opened.document.log;
    std::vector<std::string> edits;
    for (std::size_t index = first; index < log.size(); ++index) edits.push_back(write_edit(log[index]));
    ports.storage.put_edits(opened.document.id, first, edits, write_card(make_card(opened)), begin_save(state));
    opened.edits_since_snapshot += edits.size();
}

namespace {

void put_whole(State& state, const Ports& ports, OpenedDocument& opened) {
    const Document& document = opened.document;
    const std::uint64_t token = begin_save(state);
    const Replaced replaced = opened.damaged   ? Replaced::put_aside
                              : opened.erasing ? Replaced::erased
                                               : Replaced::dropped;
    if (opened.damaged) opened.mending_token = token;
    if (replaced == Replaced::erased) opened.erasing_token = token;
    ports.storage.put_snapshot(document.id, document.log.size(), write_report(document), write_card(make_card(opened)),
                               token, replaced);
    opened.edits_since_snapshot = 0;
    opened.snapshot_edits = document.log.size();
}

}  // namespace

void save_snapshot(State& state, const Ports& ports) {
    refresh(state);
    if (state.opened->is_sample) return;
    put_whole(state, ports, *state.opened);
}

Result<OpenedDocument> restore_document(const State& state, const command::DocumentLoaded& loaded) {
    Result<LoadedReport> report = read_stored_report(loaded.snapshot, state.library.finder());
    if (!report) return tl::unexpected(report.error());
    OpenedDocument opened;
    opened.document = std::move(report->document);
    opened.load_findings = std::move(report->findings);
    opened.snapshot_edits = opened.document.log.size();
    const int wrong = append_stored(opened.document, loaded.edits);
    // A record that is broken leaves a gap, too.
    opened.quarantined = std::max(loaded.quarantined, wrong);
    opened.damaged = opened.quarantined > 0;
    opened.edits_since_snapshot = loaded.edits.size();
    return opened;
}

void on(State& state, const Ports& ports, const command::StorageOpened& answer) {
    state.storage_open = true;
    state.storage_persisted = answer.persisted;
    state.aside = answer.aside;
    state.recovery = answer.recovery;
    state.settings = read_settings(answer.settings);
    for (const auto& [id, definition] : answer.instruments) {
        if (id.find(earlier_mark) != std::string::npos) {
            (void)state.library.add_earlier(definition);
            continue;
        }
        if (!state.library.add(definition)) state.saving.reason = "instrument";
        state.own_forms[id] = definition;
    }
    state.cards = read_cards(answer.cards);
    on(state, ports, command::RouteChanged{state.route});
    for (std::size_t i = 0; i < state.gathering.size(); ++i) ports.storage.load_all();
    ports.files.take_carried();
}

namespace {

bool takes_from_ledger(const Instrument& instrument) {
    const auto asks = [](const auto& cell) { return cell.from.has_value(); };
    return std::any_of(instrument.order.begin(), instrument.order.end(), [&](const Instrument::Place& place) {
        const Criterion& item = instrument.criterion(place);
        const auto is_offered = [](const Blank& blank) { return !blank.from.empty(); };
        const bool has_blank = item.scoring != nullptr &&
                               std::any_of(item.scoring->blanks.begin(), item.scoring->blanks.end(), is_offered);
        return has_blank || std::any_of(item.fields.begin(), item.fields.end(), asks) ||
               std::any_of(item.measures.begin(), item.measures.end(), asks);
    });
}

/// Do the rows of a list answer something of that form?
bool answers(const Table& list, const Instrument& form) {
    return (!list.activities.empty() && takes_from_ledger(form)) ||
           std::any_of(list.figures.begin(), list.figures.end(),
                       [&form](const RowFigure& figure) { return figure.form == form.id; });
}

bool lists_people(InstrumentKind kind) {
    return kind == InstrumentKind::ledger || kind == InstrumentKind::roster || kind == InstrumentKind::appraisal;
}

/// Ledgers of the year answer questions; rosters of any year know people and organisations.
bool is_related(const DocumentCard& card, const OpenedDocument& opened, const InstrumentLibrary& library) {
    const InstrumentPtr form = library.find(card.instrument);
    const Instrument& own = *opened.document.instrument;
    if (!form || !lists_people(form->kind) || organisation_key(card.unit) != organisation_key(opened.document.unit()) ||
        card.id == opened.document.id)
        return false;
    const bool this_year = card.period.substr(0, 4) == opened.document.period().substr(0, 4);
    if (form->kind == InstrumentKind::ledger && !this_year) return false;
    if (lists_people(own.kind)) return true;
    if (form->kind == InstrumentKind::ledger) return takes_from_ledger(own);
    return this_year && answers(form->table, own);
}

/// A document that was asked for: what it says is computed anew.
void take_related(State& state, const command::DocumentLoaded& loaded) {
    if (state.weak && take_weak(state, loaded)) return;
    if (!state.opened || !loaded.found || loaded.document == state.opened->document.id) return;
    Result<OpenedDocument> other = restore_document(state, loaded);
    if (!other || !lists_people(other->document.instrument->kind)) return;
    std::erase_if(state.opened->related, [&](const Document& known) { return known.id == loaded.document; });
    state.opened->related.push_back(std::move(other->document));
    refresh(state);
}

}  // namespace

void ask_for_related(State& state, const Ports& ports) {
    if (!state.opened) return;
    for (const DocumentCard& card : state.cards) {
        if (is_related(card, *state.opened, state.library)) ports.storage.peek(card.id);
    }
}

void take_card(const State& state, OpenedDocument& opened) {
    const auto card = std::find_if(state.cards.begin(), state.cards.end(),
                                   [&](const DocumentCard& known) { return known.id == opened.document.id; });
    if (card == state.cards.end()) return;
    opened.layer = card->layer;
    opened.edits_out = card->edits_out;
    take_ballots(opened, *card);
}

namespace {

/// The data was gone while the page was open. What is open here is stored anew, whatever is left of it there.
void recover(State& state, const Ports& ports, Recovery recovery) {
    if (recovery == Recovery::none) return;
    const bool has_some = state.opened || !state.unsaved.empty();
    state.recovery = recovery == Recovery::lost && has_some ? Recovery::partly : recovery;
    if (state.opened && !is_here(state, state.opened->document.id)) state.cards.push_back(make_card(*state.opened));
    on(state, ports, command::RetrySave{});
    if (state.screen == Screen::home) return;  // it stands there
    const bool restored = state.recovery == Recovery::restored;
    show_toast(state, ports, say(state, restored ? "ui.recovery.restored" : "ui.recovery.partly"));
}

}  // namespace

void on(State& state, const Ports& ports, const command::CardsChanged& answer) {
    state.cards = read_cards(answer.cards);
    for (const OpenedDocument& left : state.unsaved) {
        if (!is_here(state, left.document.id)) state.cards.push_back(make_card(left));
    }
    recover(state, ports, answer.recovery);
    if (!state.opened || state.opened->writer) return;
    // Ballots that the writer has deleted must not come back from a reader's memory.
    for (const DocumentCard& card : state.cards) {
        if (card.id == state.opened->document.id) take_ballots(*state.opened, card);
    }
}

void show_opened(State& state, const Ports& ports) {
    refresh(state);
    remember_keys(state, ports, state.opened->signatures);
    ask_for_related(state, ports);
    state.screen = Screen::document;
    enter_desk(state, ports);
}

namespace {

/// What the other tab made was handed over, and stands against what was not stored here: both are kept.
void keep_strayed_beside(State& state, const Ports& ports, const Document& stored,
                         const std::vector<Rewriting>& rewritten) {
    Document own = std::exchange(state.opened->document, stored);
    state.opened->strayed = false;
    keep_beside(state, ports, std::move(own), {}, rewritten);
    show_toast(state, ports, say(state, "ui.storage.beside"));
}

/// Edits that another tab's taking over kept out of storage join what that tab made of the document.
void unite_with_strayed(State& state, const Ports& ports, const command::DocumentLoaded& loaded) {
    OpenedDocument& opened = *state.opened;
    const Result<OpenedDocument> stored = restore_document(state, loaded);
    if (stored) {
        Result<Merge> merged = merge(stored->document, opened.document);
        const auto rewritten = cannot_be_taken_in(stored->document, opened.document, merged);
        if (!rewritten.empty()) return keep_strayed_beside(state, ports, stored->document, rewritten);
        if (!merged) return show_error(state, merged.error(), {});
        opened.document = std::move(merged->document);
    }
    opened.damaged = opened.damaged || (!stored && (loaded.found || loaded.quarantined > 0));
    opened.session = ports.random.unique_id();
    opened.strayed = false;
    show_opened(state, ports);
    on(state, ports, command::RetrySave{});
    show_toast(state, ports, say(state, "ui.storage.united"));
}

/// What the home page calls a document.
std::string title_of(const State& state, const std::string& document) {
    const auto card = std::find_if(state.cards.begin(), state.cards.end(),
                                   [&document](const DocumentCard& known) { return known.id == document; });
    return card == state.cards.end() ? std::string() : card->unit + " " + card->title;
}

}  // namespace

void on(State& state, const Ports& ports, const command::DocumentLoaded& loaded) {
    if (loaded.document != state.loading_document) return take_related(state, loaded);
    state.loading_document.clear();
    if (state.opened && state.opened->strayed && state.opened->document.id == loaded.document) {
        if (state.opened->writer) unite_with_strayed(state, ports, loaded);
        return;
    }
    if (!loaded.found) {
        state.screen = Screen::home;
        ports.location.replace("/");
        if (loaded.quarantined == 0) return show_toast(state, ports, say(state, "ui.document.missing"));
        state.aside = std::max(state.aside, 1);
        return show_error(state, Error{"document-damaged", {}, {}}, {});
    }
    Result<OpenedDocument> opened = restore_document(state, loaded);
    if (!opened) {
        state.screen = Screen::home;
        return show_error(state, opened.error(), title_of(state, loaded.document));
    }
    take_card(state, *opened);
    opened->session = ports.random.unique_id();
    // Until the lock answers, nobody else is taken to be writing; a reader is told by LockChanged.
    state.opened = std::move(*opened);
    show_opened(state, ports);
    if (state.opened->quarantined > 0) {
        const std::int64_t records = state.opened->quarantined;
        show_toast(state, ports, say(state, "ui.storage.quarantined", {{"count", records}}));
    }
    const std::optional<Command> next = std::exchange(state.after_load, std::nullopt);
    if (next) update(state, ports, *next);
}

namespace {

/// What else a snapshot was for.
void note_snapshot(State& state, const Ports& ports, const command::StorageSaved& answer) {
    OpenedDocument& opened = *state.opened;
    if (opened.damaged && opened.mending_token == answer.token) {
        opened.damaged = false;
        ++state.aside;
        if (opened.erasing) save_snapshot(state, ports);
    }
    if (!opened.erasing || opened.erasing_token != answer.token) return;
    opened.erasing = false;
    say_ballots_gone(state, ports, answer.kept);
}

}  // namespace

void on(State& state, const Ports& ports, const command::StorageSaved& answer) {
    state.saving.pending.erase(answer.token);
    if (state.opened) note_snapshot(state, ports, answer);
    if (state.saving.state == SaveState::failed) {
        if (answer.token != state.saving.recovery_token) return;
        state.saving.state = SaveState::saving;
        if (state.dialog.name == "save") state.dialog = {};
    }
    if (!state.saving.pending.empty()) return;
    state.saving.state = has_strayed(state) ? SaveState::failed : SaveState::saved;
    if (state.saving.state == SaveState::failed) return;
    state.saving.saved_at = ports.clock.local_time(ports.clock.now()).substr(11);
    for (const OpenedDocument& left : state.unsaved) {
        if (!state.opened || state.opened->document.id != left.document.id) ports.storage.close(left.document.id);
    }
    state.unsaved.clear();
}

bool has_strayed(const State& state) {
    const auto strayed = [](const OpenedDocument& document) { return document.strayed; };
    return (state.opened && strayed(*state.opened)) || std::any_of(state.unsaved.begin(), state.unsaved.end(), strayed);
}

namespace {

void note_strayed(State& state, const Ports& ports, const std::string& document) {
    for (OpenedDocument& left : state.unsaved) left.strayed = left.strayed || left.document.id == document;
    if (!state.opened || state.opened->document.id != document) return;
    state.opened->strayed = true;
    if (!state.opened->writer) return;
    state.loading_document = document;
    ports.storage.load(document);
}

}  // namespace

void on(State& state, const Ports& ports, const command::StorageFailed& answer) {
    state.saving.pending.erase(answer.token);
    state.saving.state = SaveState::failed;
    state.saving.reason = answer.reason;
    // What was asked for before the recovery began is part of it.
    const bool is_old = answer.token != 0 && answer.token < state.saving.recovery_first;
    if (!is_old) state.saving.recovery_token = 0;
    const bool is_refused = answer.token == 0 && !state.storage_open;
    while (is_refused && !state.gathering.empty()) on(state, ports, command::AllLoaded{});
    if (answer.token == 0) state.gathering.clear();
    if (answer.reason == "taken") note_strayed(state, ports, answer.document);
    ports.announcer.announce(say(state, "ui.storage." + answer.reason));
    if (is_refused) on(state, ports, command::RouteChanged{state.route});
}

void on(State& state, const Ports& ports, const command::LockChanged& answer) {
    for (OpenedDocument& left : state.unsaved) {
        if (left.document.id == answer.document) left.writer = answer.writer;
    }
    if (!state.opened || state.opened->document.id != answer.document) return;
    const bool was_writer = state.opened->writer;
    state.opened->writer = answer.writer;
    if (!answer.writer && state.saving.state == SaveState::failed) state.opened->strayed = true;
    if (!was_writer && answer.writer) {
        // The other tab may have gone on: read what it left.
        state.loading_document = answer.document;
        ports.storage.load(answer.document);
    } else if (answer.writer && state.opened->damaged && state.saving.state != SaveState::failed) {
        save_snapshot(state, ports);
    }
}

void on(State& state, const Ports& ports, const command::RetrySave&) {
    state.saving.recovery_first = state.saving.last_token + 1;
    for (OpenedDocument& left : state.unsaved) {
        if (!left.strayed) put_whole(state, ports, left);
    }
    if (state.opened && state.opened->writer && !state.opened->strayed) save_snapshot(state, ports);
    // Whether there is room again, any write tells.
    if (state.saving.last_token < state.saving.recovery_first)
        ports.storage.put_setting("last-unit", state.settings.last_unit, begin_save(state));
    state.saving.recovery_token = state.saving.last_token;
}

void on(State&, const Ports& ports, const command::Rescue&) { ports.storage.rescue(); }

void on(State& state, const Ports& ports, const command::RecordsRescued& answer) {
    ports.files.download("duibiao-rescue-" + state.today + ".json", "application/json", answer.content);
}

void on(State& state, const Ports& ports, const command::TakeOver&) {
    if (state.opened) ports.storage.take_over(state.opened->document.id);
}

}  // namespace duibiao::app
