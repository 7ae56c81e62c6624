// Screens, links, and the documents' comings and goings.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "app/desk/handlers.hpp"
#include "app/handlers.hpp"
#include "core/text.hpp"
#include "exchange/history.hpp"

namespace duibiao::app {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode_percent(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = i + 2 < text.size() && text[i] == '%' ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

/// The value of `name` in "a=1&b=2".
std::string query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return decode_percent(pair.substr(equals + 1));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return {};
}

std::string document_route(std::string_view document, std::string_view item) {
    std::string route = "/doc/" + std::string(document);
    if (!item.empty()) route += "/" + std::string(item);
    return route;
}

/// What is not durable yet is held until it is, and so is its lock.
void leave_document(State& state, const Ports& ports) {
    if (state.opened && state.opened->is_sample) state.opened.reset();
    if (state.opened) tell_ledgers(state, ports);
    const bool hold =
        state.opened && (state.opened->strayed || (state.opened->writer && state.saving.state != SaveState::saved));
    if (hold) state.unsaved.push_back(std::move(*state.opened));
    if (state.opened && !hold) ports.storage.close(state.opened->document.id);
    state.opened.reset();
    state.loading_document.clear();
    state.after_load.reset();
}

void go(State& state, const Ports& ports, std::string route) {
    if (state.route == route) return;
    state.route = std::move(route);
    ports.location.push(state.route);
}

std::vector<OpenedDocument>::iterator find_unsaved(State& state, std::string_view id) {
    return std::find_if(state.unsaved.begin(), state.unsaved.end(),
                        [&](const OpenedDocument& left) { return left.document.id == id; });
}

/// Goes on with a document that is held here.
bool take_unsaved(State& state, const Ports& ports, std::string_view id) {
    const auto held = find_unsaved(state, id);
    if (held == state.unsaved.end()) return false;
    state.opened = std::move(*held);
    state.unsaved.erase(held);
    show_opened(state, ports);
    if (state.opened->strayed) {
        state.loading_document = id;
        ports.storage.load(id);
    }
    return true;
}

/// Opens without touching the history: used by links and by commands alike.
void open_document(State& state, const Ports& ports, std::string_view id, std::string_view item) {
    const bool open_already = state.opened && state.opened->document.id == id;
    if (!open_already) {
        leave_document(state, ports);
        if (!take_unsaved(state, ports, id)) {
            state.loading_document = id;
            ports.storage.load(id);
        }
    } else {
        state.screen = Screen::document;
    }
    if (!item.empty()) on(state, ports, command::Reveal{std::string(item), {}, Layer::self});
}

void show_home(State& state, const Ports& ports) {
    leave_document(state, ports);
    if (std::exchange(state.desk, std::nullopt)) ports.desk.close();
    state.weak.reset();
    state.author.reset();
    state.screen = Screen::home;
    state.dialog = {};
}

}  // namespace

void on(State& state, const Ports& ports, const command::OpenHome&) {
    show_home(state, ports);
    go(state, ports, "/");
}

void on(State& state, const Ports& ports, const command::OpenDocument& request) {
    open_document(state, ports, request.document, request.item);
    go(state, ports, document_route(request.document, request.item));
}

void open_then(State& state, const Ports& ports, const std::string& document, const Command& next) {
    on(state, ports, command::OpenDocument{document, {}});
    if (state.opened) return update(state, ports, next);
    state.after_load = next;
}

void show_document(State& state, const Ports& ports, std::string_view item) {
    state.screen = Screen::document;
    state.dialog = {};
    go(state, ports, document_route(state.opened->document.id, item));
}

void adopt(State& state, const Ports& ports, Document document, Findings load_findings) {
    leave_document(state, ports);
    OpenedDocument opened;
    opened.document = std::move(document);
    opened.session = ports.random.unique_id();
    opened.load_findings = std::move(load_findings);
    state.opened = std::move(opened);
    save_snapshot(state, ports);
    remember_keys(state, ports, state.opened->signatures);
    ask_for_related(state, ports);
    show_document(state, ports, {});
    enter_desk(state, ports);
}

void show_sample(State& state, const Ports& ports, Document document) {
    leave_document(state, ports);
    OpenedDocument sample;
    sample.document = std::move(document);
    sample.session = ports.random.unique_id();
    sample.is_sample = true;
    state.opened = std::move(sample);
    refresh(state);
    state.screen = Screen::document;
    state.dialog = {};
}

bool keeps_sample(State& state, const Ports& ports) {
    if (!state.opened || !state.opened->is_sample) return false;
    show_toast(state, ports, say(state, "ui.author.try.kept"));
    return true;
}

void on(State& state, const Ports& ports, const command::CreateDocument& request) {
    const InstrumentPtr instrument = state.library.find(request.instrument);
    if (!instrument) return;
    const Author creator{ports.random.unique_id(), author(state, ports).by, ports.clock.now()};
    Result<Document> created =
        new_document(instrument, ports.random.unique_id(), request.unit, request.period, creator);
    if (!created) return show_toast(state, ports, describe(state.settings.language, created.error()));
    on(state, ports, command::SetSetting{"last-unit", request.unit});
    adopt(state, ports, std::move(*created), {});
}

void on(State& state, const Ports& ports, const command::NextSubject&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    const std::string unit(document.unit());
    const std::string period(document.period());
    const std::string instrument = document.instrument->id;
    on(state, ports, command::CreateDocument{instrument, unit, period});
    on(state, ports, command::Reveal{"header", "subject", Layer::self});
}

namespace {

/// Who is who, and which branches there are, is so in the next period too.
bool is_carried(const Instrument& form, const std::string& field) {
    for (const Each each : {Each::leader, Each::secretary, Each::member, Each::party_secretary, Each::cadre}) {
        if (names_field(each) == field) return form.find_header(field) != nullptr;
    }
    return field == "branches" && form.find_header(field) != nullptr;
}

}  // namespace

void on(State& state, const Ports& ports, const command::DuplicateDocument& request) {
    if (!state.opened || state.opened->document.id != request.document)
        return open_then(state, ports, request.document, request);
    const Document& source = state.opened->document;
    const Result<std::string> period = next_period(source.period());
    if (!period) return show_toast(state, ports, describe(state.settings.language, period.error()));
    const Author creator{ports.random.unique_id(), author(state, ports).by, ports.clock.now()};
    // The next period is filled in on the newest version of the form.
    const InstrumentPtr newest = state.library.find(source.instrument->id);
    Result<Document> copy =
        new_document(newest ? newest : source.instrument, ports.random.unique_id(), source.unit(), *period, creator);
    if (!copy) return show_toast(state, ports, describe(state.settings.language, copy.error()));
    for (const auto& [target, value] : source.answers) {
        // Texts are carried over, and who is responsible; answers, dates and activities are not.
        const bool text = target.field == "note" || target.field == "owner";
        const bool people = target.item == "header" && is_carried(*copy->instrument, target.field);
        const bool carried =
            target.layer == Layer::self && (people || (target.item == "duties" && target.field != "from") ||
                                            (text && target.item.rfind("veto", 0) != 0));
        if (!carried) continue;
        Result<Edit> edit = make_edit(*copy, creator, target, value, "carried");
        if (edit) (void)apply(*copy, std::move(*edit));
    }
    adopt(state, ports, std::move(*copy), {});
    show_toast(state, ports, say(state, "ui.document.carried"));
}

void on(State& state, const Ports& ports, const command::DeleteDocument& request) {
    if (state.opened && state.opened->document.id == request.document) on(state, ports, command::OpenHome{});
    ports.storage.remove(request.document, begin_save(state));
    const auto card = std::find_if(state.cards.begin(), state.cards.end(),
                                   [&](const DocumentCard& known) { return known.id == request.document; });
    const std::string title = card == state.cards.end() ? std::string() : card->title;
    state.deleted.clear();
    if (card == state.cards.end()) {
        state.deleted.emplace_back().id = request.document;
    } else {
        state.deleted.push_back(*card);
        state.cards.erase(card);
    }
    show_toast(state, ports, say(state, "ui.document.deleted", {{"title", title}}), say(state, "ui.undo"),
               command::UndoDelete{});
}

void on(State& state, const Ports& ports, const command::UndoDelete&) {
    if (state.deleted.empty()) return;
    state.toast = {};
    for (DocumentCard& back : std::exchange(state.deleted, {})) {
        ports.storage.restore(back.id, begin_save(state));
        if (back.instrument.empty()) continue;  // nothing was known of it
        const auto place = std::find_if(state.cards.begin(), state.cards.end(),
                                        [&back](const DocumentCard& card) { return card.updated <= back.updated; });
        state.cards.insert(place, std::move(back));
    }
}

void on(State& state, const Ports& ports, const command::OpenExample& request) {
    const std::string_view text = asset("examples/" + request.name + ".json");
    Result<LoadedReport> report = read_report(text, state.library.finder());
    if (!report) return show_error(state, report.error(), request.name);
    const std::string id = report->document.id;
    const bool here =
        std::any_of(state.cards.begin(), state.cards.end(), [&](const DocumentCard& card) { return card.id == id; });
    if (here) return on(state, ports, command::OpenDocument{id, {}});
    adopt(state, ports, std::move(report->document), std::move(report->findings));
    state.opened->edits_out = state.opened->document.log.size();  // an example needs no backup
    refresh(state);
    ports.storage.put_card(id, write_card(make_card(*state.opened)), begin_save(state));
}

void on(State& state, const Ports& ports, const command::RouteChanged& request) {
    state.route = request.route.empty() ? "/" : request.route;
    if (!state.storage_open && state.saving.state != SaveState::failed) return;  // StorageOpened comes back here
    const std::string_view route = state.route;
    if (route.rfind("/doc/", 0) == 0) {
        const std::string_view rest = route.substr(5);
        const std::size_t slash = rest.find('/');
        const std::string_view item = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
        const std::string_view id = rest.substr(0, slash);
        const bool is_here =
            (state.opened && state.opened->document.id == id) || find_unsaved(state, id) != state.unsaved.end();
        // Asked in vain, storage would only fail again.
        if (!state.storage_open && !is_here) return show_home(state, ports);
        return open_document(state, ports, id, item);
    }
    show_home(state, ports);
    if (route.rfind("/new/", 0) == 0) {
        const std::string_view rest = route.substr(5);
        const std::size_t mark = rest.find('?');
        const std::string_view query = mark == std::string_view::npos ? std::string_view() : rest.substr(mark + 1);
        state.dialog = Dialog{
            "new", decode_percent(rest.substr(0, mark)), {query_value(query, "unit"), query_value(query, "period")}};
    }
}

void on(State& state, const Ports& ports, const command::Reveal& request) {
    state.reveal = RevealWish{request.item, request.field, request.layer, state.reveal.serial + 1};
    if (!state.opened || request.item.empty()) return;
    state.route = document_route(state.opened->document.id, request.item);
    ports.location.replace(state.route);
}

namespace {

constexpr std::size_t most_history = 200;

std::vector<HistoryLine> local_history(const State& state, const Ports& ports, std::string_view item) {
    std::vector<HistoryLine> lines = history(state.opened->document, state.settings.language, item, most_history);
    for (HistoryLine& line : lines) line.at = ports.clock.local_time(line.at);
    return lines;
}

}  // namespace

namespace {

std::vector<ChangeLine> changes_since_revision(const State& state) {
    if (!state.opened) return {};
    const Document& now = state.opened->document;
    const auto before = last_revision(now, state.opened->layer);
    if (!before) return {};
    std::vector<MergeChange> changes = preview(*before, Merge{now, {}, {}, {}}).changes;
    std::erase_if(changes, [](const MergeChange& change) { return change.target.item == "document"; });
    return change_lines(*now.instrument, state.settings.language, changes);
}

}  // namespace

namespace {

/// A question that is closed is answered with no; one about a copy's data comes again at the next visit.
void close_question(State& state, const Ports& ports) {
    const std::string closed = std::exchange(state.dialog, {}).name;
    state.given.reset();  // a whole file
    forget_locked(state, ports);
    state.protecting = {};
    if (closed == "arrival") state.arrival.reset();
    if (closed != "import") return;
    if (state.carried && !state.carried->id.empty()) {
        state.pending_import.reset();
        state.carried.reset();
    } else {
        on(state, ports, command::ResolveImport{command::ResolveImport::Choice::cancel});
    }
}

}  // namespace

void on(State& state, const Ports& ports, const command::ShowDialog& request) {
    if (request.name.empty()) return close_question(state, ports);
    if (request.name == "campaign" && !has_desk_part(state, ports, request)) return;
    if (request.name == "send" && keeps_sample(state, ports)) return;
    state.dialog = Dialog{request.name, request.argument, {}};
    state.protecting = {};
    if (request.name != "locked") forget_locked(state, ports);
    if (request.name == "send" && state.opened) state.dialog.lines = personal_columns(state.opened->document);
    if (request.name == "renew") return show_renewal(state);
    if (request.name == "compare") state.dialog.changes = changes_since_revision(state);
    if (request.name != "history" || !state.opened) return;
    state.dialog.history = local_history(state, ports, request.argument);
    if (state.dialog.history.size() == most_history)
        state.dialog.lines = {say(state, "history.more", {{"count", std::int64_t{most_history}}})};
    if (state.dialog.history.empty()) state.dialog.lines = {say(state, "history.none")};
}

void on(State& state, const Ports&, const command::DismissToast&) {
    if (offers_update(state.toast)) state.update = Update::none;
    state.toast = {};
}

void on(State& state, const Ports& ports, const command::Notify& request) { show_toast(state, ports, request.text); }

std::vector<std::string> sources_from(std::string_view value) {
    std::vector<std::string> sources;
    for (const std::string_view key : split_list(value)) {
        if (!key.empty()) sources.emplace_back(key);
    }
    return sources;
}

void on(State& state, const Ports& ports, const command::SetSetting& request) {
    Settings& settings = state.settings;
    if (request.key == "language") settings.language = request.value == "en" ? Language::english : Language::chinese;
    if (request.key == "left") settings.left_closed = request.value == "closed";
    if (request.key == "right") settings.right_closed = request.value == "closed";
    if (request.key == "density") settings.compact = request.value == "compact";
    if (request.key == "text-size") settings.text_size = text_size_from(request.value);
    if (request.key == "last-backup") {
        settings.last_backup = request.value;
        state.recovery = Recovery::none;
    }
    if (request.key == "last-unit") settings.last_unit = request.value;
    if (request.key == "signer") settings.signer = request.value;
    if (request.key == "office") settings.office = request.value;
    if (request.key == "role") settings.role = request.value;
    if (request.key == "recipients") settings.recipients = request.value;
    if (request.key == "sources") settings.sources = sources_from(request.value);
    if (request.key == "signing-key") settings.signing_key = request.value;
    ports.storage.put_setting(request.key, request.value, begin_save(state));
}

void on(State& state, const Ports& ports, const command::Tick&) {
    const std::string now = ports.clock.now();
    state.now = ports.clock.local_time(now);
    state.clock_is_wrong = ports.clock.is_wrong();
    state.today = to_string(ports.clock.today());
    for (DocumentCard& card : state.cards) {
        if (card.updated_local.empty() && !card.updated.empty())
            card.updated_local = ports.clock.local_time(card.updated);
    }
    if (state.toast.until_ms != 0 && ports.clock.ticks_ms() >= state.toast.until_ms) state.toast = {};
    check_in_pause(state, ports.clock.ticks_ms());
    offer_update(state, ports);
    copy_when_due(state, ports);
}

}  // namespace duibiao::app
