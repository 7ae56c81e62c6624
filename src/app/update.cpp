#include "app/update.hpp"

#include <algorithm>
#include <iterator>

#include "app/author/handlers.hpp"
#include "app/clock.hpp"
#include "app/desk/handlers.hpp"
#include "app/handlers.hpp"
#include "app/weak/handlers.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/known.hpp"
#include "core/participation.hpp"
#include "core/row_formula.hpp"
#include "exchange/why.hpp"

namespace duibiao {

State make_state() {
    State state;
    state.library = InstrumentLibrary::shipped();
    return state;
}

namespace app {

namespace {

template <typename Request>
DUIBIAO_APART void carry_out(State& state, const Ports& ports, const Request& request) {
    on(state, ports, request);
}

}  // namespace

}  // namespace app

void update(State& state, const Ports& given, const Command& command) {
    app::CredibleClock clock(given.clock, state);
    const Ports ports{clock,          given.random,    given.storage,  given.files, given.folder,
                      given.location, given.announcer, given.versions, given.desk};
    std::visit([&](const auto& request) { app::carry_out(state, ports, request); }, command.any());
    if (state.desk) app::tell_desk(state, ports);
    if (state.weak) app::follow_weak(state, ports);
    if (state.author) app::tell_author(state, ports);
}

namespace app {

namespace {
constexpr std::int64_t toast_ms = 8000;
}

int text_size_from(std::string_view value) { return value == "14" ? 14 : value == "17" ? 17 : value == "19" ? 19 : 15; }

std::string say(const State& state, std::string_view key, const Params& params) {
    return translate(state.settings.language, key, params);
}

std::string say(const State& state, std::string_view key) { return translate(state.settings.language, key); }

void show_toast(State& state, const Ports& ports, std::string text) {
    ports.announcer.announce(text);
    state.toast = Toast{std::move(text), {}, std::nullopt, ports.clock.ticks_ms() + toast_ms};
}

void show_toast(State& state, const Ports& ports, std::string text, std::string action, Command command) {
    show_toast(state, ports, std::move(text));
    state.toast.action = std::move(action);
    state.toast.command = std::move(command);
}

namespace {

/// In words; of a pointer into a file what stands before the program's own ids.
std::string shown_place(Language language, const Error& error) {
    const std::string_view place = error.place;
    return place_words(language, place.substr(0, place.find("/" + std::string(row_prefix))));
}

}  // namespace

void show_error(State& state, const Error& error, std::string_view file_name) {
    state.dialog = Dialog{"error", std::string(file_name), {describe(state.settings.language, error)}};
    const std::string place = shown_place(state.settings.language, error);
    if (!place.empty()) state.dialog.lines.push_back(say(state, "ui.error.place", {{"place", place}}));
    state.dialog.lines.push_back(say(state, "ui.error.nothing-changed"));
}

void show_errors(State& state, const std::vector<Error>& errors, std::string_view name) {
    constexpr std::size_t most = 12;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < errors.size() && i < most; ++i) {
        const std::string why = describe(state.settings.language, errors[i]);
        const std::string place = shown_place(state.settings.language, errors[i]);
        lines.push_back(place.empty() ? why : say(state, "ui.rows.line", {{"place", place}, {"why", why}}));
    }
    if (errors.size() > most)
        lines.push_back(say(state, "ui.rows.more", {{"count", static_cast<std::int64_t>(errors.size() - most)}}));
    lines.push_back(say(state, "ui.error.nothing-changed"));
    state.dialog = Dialog{"error", std::string(name), std::move(lines)};
}

namespace {

/// Who works here, once he has said so (when handing over); empty before.
std::string signature(const Settings& settings) {
    if (settings.office.empty()) return settings.signer;
    return settings.signer + " · " + settings.office;
}

}  // namespace

Author author(const State& state, const Ports& ports) {
    return Author{state.opened ? state.opened->session : std::string(), signature(state.settings), ports.clock.now()};
}

namespace {

void refresh_ledger(OpenedDocument& opened, std::optional<Date> as_of) {
    const bool own = opened.document.instrument->kind == InstrumentKind::ledger;
    std::vector<const Document*> documents;
    for (const Document& document : opened.related) documents.push_back(&document);
    opened.ledger = own ? read_ledger(opened.document, documents) : gather_ledger(documents, year_of(opened.document));
    opened.duties = own && as_of ? duty_matrix(opened.ledger, *as_of) : std::vector<DutyRow>{};
    opened.attendance_rate = own && as_of ? participation(opened.ledger, *as_of).all.rate() : std::nullopt;
}

void add_computed(OpenedDocument& opened, const std::string& item, const std::string& field,
                  const std::optional<Source>& source, const std::vector<std::string>& options, Date as_of) {
    const auto answer = answer_at(opened.ledger, *opened.document.instrument, item, field, source, options, as_of);
    if (!answer) return;
    const Value& own = opened.document.answer(TargetRef{Layer::self, item, field});
    const bool binds = !opened.ledger.documents.empty() || answer->is_figure;
    const bool contradicted = binds && !std::holds_alternative<std::monostate>(own) && contradicts(own, *answer);
    opened.computed[item + "/" + field] = {answer->value, static_cast<int>(answer->rows.size()), contradicted,
                                           answer->who, answer->lists};
}

/// The months of a document's period, 1–12; none: the whole year.
std::vector<int> months_of_period(std::string_view period) {
    constexpr std::size_t year_length = 5;  // "2026-"
    if (period.size() <= year_length) return {};
    const std::string_view rest = period.substr(year_length);
    const int number = rest.back() - '0';
    const int length = rest.front() == 'H' ? 6 : rest.front() == 'Q' ? 3 : 1;
    if (length == 1) return {(rest.front() - '0') * 10 + number};
    std::vector<int> months;
    for (int month = (number - 1) * length + 1; month <= number * length; ++month) months.push_back(month);
    return months;
}

/// Blanks of a form of format 2 that the ledger has figures for.
void add_blanks(OpenedDocument& opened, const Criterion& item, Date as_of) {
    if (!item.scoring) return;
    for (const Blank& blank : item.scoring->blanks) {
        if (blank.from.empty()) continue;
        Source source;
        source.kinds = blank.from;
        source.months = months_of_period(opened.document.period());
        add_computed(opened, item.id, "blank:" + blank.name, source, {}, as_of);
    }
}

void refresh_computed(OpenedDocument& opened, Date as_of) {
    opened.computed.clear();
    if (opened.ledger.empty()) return;
    const Instrument& instrument = *opened.document.instrument;
    for (const Instrument::Place& place : instrument.order) {
        const Criterion& item = instrument.criterion(place);
        for (const AnswerField& field : item.fields)
            add_computed(opened, item.id, field.id, field.from, field.options, as_of);
        add_blanks(opened, item, as_of);
        for (const Measure& measure : item.measures) add_computed(opened, measure.id, "value", measure.from, {}, as_of);
    }
}

std::optional<Points> figure_of(const OpenedDocument& opened, const Measure& measure) {
    const auto computed = opened.computed.find(measure.id + "/value");
    return computed == opened.computed.end() ? std::nullopt : duibiao::figure_of(computed->second.value);
}

}  // namespace

namespace {

constexpr std::size_t most_own_names = 500;

/// Names of other tables, and of this one while it is small.
void refresh_known(OpenedDocument& opened) {
    std::vector<const Document*> documents;
    for (const Document& other : opened.related) documents.push_back(&other);
    if (opened.rows.size() <= most_own_names && opened.ledger.own <= most_own_names)
        documents.push_back(&opened.document);
    for (const AnswerField::Entity entity : {AnswerField::Entity::person, AnswerField::Entity::organisation})
        opened.known[entity] = known_names(documents, entity);
}

/// With more rows than this the rules would hold up typing.
constexpr std::size_t most_rows_at_once = 2'000;
constexpr std::int64_t pause_ms = 300;

void check_now(OpenedDocument& opened, std::optional<Date> today, const KnownKey& is_known) {
    opened.checked = opened.serial;
    opened.findings = opened.load_findings;
    if (!today) return;
    std::vector<const Document*> others;
    for (const Document& other : opened.related) others.push_back(&other);
    Findings ruled = check(opened.document, *today, &opened.ledger, others);
    Findings on_signatures = describe_signatures(opened.document, opened.signatures, is_known);
    std::move(on_signatures.begin(), on_signatures.end(), std::back_inserter(opened.findings));
    std::move(ruled.begin(), ruled.end(), std::back_inserter(opened.findings));
}

KnownKey known_keys(const Settings& settings) {
    return [&settings](const LayerSignature& own) { return is_known_key(settings, own); };
}

}  // namespace

void check_in_pause(State& state, std::int64_t now_ms) {
    if (!state.opened || state.opened->checked == state.opened->serial) return;
    OpenedDocument& opened = *state.opened;
    if (opened.paused_at != opened.serial) {
        opened.paused_at = opened.serial;
        opened.paused_since = now_ms;
    }
    const bool first = opened.checked == 0;
    if (!first && now_ms - opened.paused_since < pause_ms) return;
    const auto today = parse_date(state.today);
    check_now(opened, today ? std::optional(*today) : std::nullopt, known_keys(state.settings));
    ++opened.serial;
    opened.checked = opened.serial;
}

void refresh(State& state) {
    OpenedDocument& opened = *state.opened;
    const Document& document = opened.document;
    const Result<Date> parsed = parse_date(state.today);
    const std::optional<Date> today = parsed ? std::optional(*parsed) : std::nullopt;
    refresh_ledger(opened, today);
    if (today) refresh_computed(opened, *today);
    ++opened.serial;
    opened.standings = appraise(document);
    refresh_known(opened);
    opened.rows = document.instrument->kind == InstrumentKind::ledger ? std::vector<RowView>{} : rows_of(document);
    opened.foot = foot_words(document);
    opened.grade = document.instrument->scored == nullptr
                       ? std::string()
                       : why_grade(state.settings.language, document, evaluate(document));
    opened.evidence = evidence_of(document);
    opened.tally = tally(document);
    opened.proposals.clear();
    for (const Instrument::Place& place : document.instrument->order) {
        opened.proposals.push_back(propose(document, document.instrument->criterion(place),
                                           [&opened](const Measure& measure) { return figure_of(opened, measure); }));
    }
    refresh_signatures(opened);
    opened.is_of_others = is_of_others(state.settings, opened);
    if (opened.rows.size() <= most_rows_at_once) check_now(opened, today, known_keys(state.settings));
    opened.custody = custody_of(document);
    opened.state = state_of(document);
    if (opened.is_sample) return;
    opened.newer = find_newer(state);
    const DocumentCard card = make_card(opened);
    const auto known = std::find_if(state.cards.begin(), state.cards.end(),
                                    [&](const DocumentCard& other) { return other.id == card.id; });
    if (known != state.cards.end()) {
        *known = card;
    } else {
        state.cards.insert(state.cards.begin(), card);
    }
}

}  // namespace app
}  // namespace duibiao
