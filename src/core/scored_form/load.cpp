#include "core/scored_form/load.hpp"

#include <algorithm>
#include <set>

#include "core/scored_form/read_items.hpp"
#include "core/scored_form/read_rules.hpp"
#include "core/scored_form/read_totals.hpp"
#include "core/sha256.hpp"

namespace duibiao::scored_form {
namespace {

constexpr std::array<std::string_view, 19> column_roles{
    "section", "group",  "number",   "criterion", "points", "rule", "method", "evidence", "text", "blanks",
    "score",   "gained", "deducted", "sum",       "note",   "tier", "point",  "met",      "unmet"};
constexpr std::array<std::string_view, 7> kind_words{"scored", "checklist", "roster",   "ledger",
                                                     "tasks",  "measures",  "appraisal"};
constexpr std::array<std::string_view, 2> order_names{"chained", "parallel"};
constexpr std::array<std::string_view, 5> group_names{"assessment", "survey", "ledger", "roster", "list"};

void read_identity(FormReader& reader, const Node& root, Instrument& instrument) {
    instrument.id = reader.free_id(root, Need::required);
    instrument.version = reader.text(root, "version", Need::required);
    instrument.kind = InstrumentKind::scored;
    instrument.title = reader.text(root, "title", Need::required);
    instrument.language = reader.text(root, "language", Need::optional);
    instrument.short_title = reader.text(root, "short_title", Need::optional);
    if (instrument.short_title.empty()) instrument.short_title = instrument.title;
    instrument.heading = reader.text(root, "heading", Need::optional);
    instrument.period =
        instrument_parts::period_names[reader.choice(root, "period", instrument_parts::period_names, 0)];
    instrument.form_group = static_cast<FormGroup>(reader.choice(root, "group", group_names, 0));
    const Node source = reader.member(root, "source", Need::optional);
    instrument.source_key = instrument.id;
    instrument.source_title = instrument.title;
    if (source.value != nullptr && reader.check(source, {"key", "title", "issuer"})) {
        instrument.source_key = reader.text(source, "key", Need::required);
        instrument.source_title = reader.text(source, "title", Need::required);
        instrument.issuer = reader.text(source, "issuer", Need::optional);
    }
    instrument.asked_by = {instrument.source_key};
    for (std::string& key : reader.texts(root, "asked_by", Need::optional))
        instrument.asked_by.push_back(std::move(key));
    instrument.score_step =
        reader.points(root, "score_step", Need::required, Points::from_hundredths(1), Points::from_whole(100))
            .value_or(Points::from_hundredths(1));
}

void read_scorers(FormReader& reader, const Node& root, Instrument& instrument, ScoredForm& form) {
    std::set<std::string> seen;
    for (const Node& node : reader.list(root, "scorers", Need::required)) {
        Scorer scorer;
        if (!reader.check(node, {"id", "label", "short", "weight"})) continue;
        scorer.id = reader.free_id(node, Need::required);
        scorer.label = reader.text(node, "label", Need::required);
        scorer.short_label = reader.text(node, "short", Need::optional);
        if (scorer.short_label.empty()) scorer.short_label = scorer.label;
        scorer.weight = reader.points(node, "weight", Need::optional).value_or(Points{});
        if (!seen.insert(scorer.id).second)
            reader.refuse("form-doubled", json_pointer(node.pointer, "id"),
                          {{"field", std::string("id")}, {"found", scorer.id}});
        form.scorers.push_back(std::move(scorer));
    }
    if (form.scorers.size() > most_layers) {
        reader.refuse("form-scorers-many", "/scorers", {{"limit", static_cast<std::int64_t>(most_layers)}});
        form.scorers.resize(most_layers);
    }
    for (const Scorer& scorer : form.scorers)
        instrument.layers.push_back({layer_at(instrument.layers.size()), scorer.id, scorer.label, scorer.short_label});
    form.chained = reader.choice(root, "order", order_names, 0) == 0;
    form.differences_need_reason = reader.flag(root, "difference_reason", false);
}

/// "last", "mean", "weighted" or a scorer's id.
void read_total(FormReader& reader, const Node& root, ScoredForm& form) {
    const Node node = reader.member(root, "total", Need::optional);
    if (node.value == nullptr || !reader.check(node, {"by", "without_extremes"})) return;
    std::vector<std::string> known{"last", "mean", "weighted"};
    for (const Scorer& scorer : form.scorers) known.push_back(scorer.id);
    const std::string by = reader.text(node, "by", Need::required);
    const auto found = std::find(known.begin(), known.end(), by);
    if (found == known.end()) {
        if (!by.empty())
            reader.refuse("form-word", json_pointer(node.pointer, "by"),
                          {{"field", std::string("by")}, {"found", by}, {"expected", known}});
        return;
    }
    const auto at = static_cast<std::size_t>(found - known.begin());
    form.total_by = at == 0 ? TotalBy::last : at == 1 ? TotalBy::mean : at == 2 ? TotalBy::weighted : TotalBy::one;
    if (form.total_by == TotalBy::one) form.total_of = at - 3;
    form.without_extremes = reader.flag(node, "without_extremes", false);
    constexpr std::size_t fewest = 3;
    if (form.without_extremes && form.scorers.size() < fewest)
        reader.refuse("form-extremes", json_pointer(node.pointer, "without_extremes"),
                      {{"count", static_cast<std::int64_t>(form.scorers.size())}});
    Points weights;
    for (const Scorer& scorer : form.scorers) weights += scorer.weight;
    if (form.total_by == TotalBy::weighted && weights != Points::from_whole(100))
        reader.refuse("form-weights", "/scorers", {{"sum", weights.to_string()}});
}

PaperColumn read_column(FormReader& reader, const Node& node, const ScoredForm& form) {
    PaperColumn column;
    if (!reader.check(node, {"role", "id", "label", "over", "width", "scorer"})) return column;
    column.role = static_cast<PaperColumn::Role>(reader.choice(node, "role", column_roles, 8));
    column.label = reader.text(node, "label", Need::required);
    column.over = reader.text(node, "over", Need::optional);
    column.width = reader.points(node, "width", Need::optional).value_or(Points{});
    using Role = PaperColumn::Role;
    const bool own = column.role == Role::rule || column.role == Role::method || column.role == Role::evidence ||
                     column.role == Role::text;
    column.id = reader.free_id(node, own ? Need::required : Need::optional);
    const std::string scorer = reader.text(node, "scorer", Need::optional);
    if (scorer.empty()) return column;
    std::vector<std::string> ids;
    for (const Scorer& known : form.scorers) ids.push_back(known.id);
    column.scorer = reader.named(json_pointer(node.pointer, "scorer"), "scorer", scorer, ids);
    return column;
}

void read_columns(FormReader& reader, const Node& root, Instrument& instrument, ScoredForm& form) {
    using Role = PaperColumn::Role;
    std::size_t cells = 0;
    for (const Node& node : reader.list(root, "columns", Need::required)) {
        PaperColumn column = read_column(reader, node, form);
        const bool own = column.role == Role::rule || column.role == Role::method || column.role == Role::evidence ||
                         column.role == Role::text;
        if (own) column.cell = cells++;
        if (column.role == Role::section) instrument.columns.section = column.label;
        if (column.role == Role::criterion) instrument.columns.criterion = column.label;
        if (column.role == Role::note && instrument.columns.note.empty()) instrument.columns.note = column.label;
        form.columns.push_back(std::move(column));
    }
    const bool has_criterion = std::any_of(form.columns.begin(), form.columns.end(),
                                           [](const PaperColumn& column) { return column.role == Role::criterion; });
    if (!form.columns.empty() && !has_criterion) reader.refuse("form-no-criterion", "/columns", {});
}

void read_foot(FormReader& reader, const Node& root, ScoredForm& form) {
    const Node node = reader.member(root, "foot", Need::optional);
    if (node.value == nullptr || !reader.check(node, {"remarks", "blanks"})) return;
    form.foot_blanks = read_blanks(reader, node, "blanks");
    for (const Node& child : reader.list(node, "remarks", Need::optional)) {
        if (!reader.check(child, {"id", "label"})) continue;
        form.remarks.push_back({reader.free_id(child, Need::required), reader.text(child, "label", Need::required)});
    }
}

void read_bounds(FormReader& reader, const Node& root, ScoredForm& form) {
    form.printed = reader.points(root, "printed", Need::optional);
    form.printed_bonus = reader.points(root, "printed_bonus", Need::optional);
    form.cap = reader.points(root, "cap", Need::optional);
    form.bonus_cap = reader.points(root, "bonus_cap", Need::optional);
    form.floor =
        reader.points(root, "floor", Need::optional, Points::from_whole(-100'000), Points::from_whole(100'000));
    form.bonus_in_total = reader.flag(root, "bonus_in_total", true);
    form.penalty_before_scaling = reader.flag(root, "penalty_before_scaling", false);
    form.scaled_decimals = reader.whole(root, "scaled_decimals", 0, 6);
    form.decimals = reader.whole(root, "decimals", 0, 6).value_or(2);
    constexpr std::array<std::string_view, 2> years{"mean", "sum"};
    if (FormReader::has(root, "year")) form.year = static_cast<YearBy>(1 + reader.choice(root, "year", years, 0));
}

/// Parts that both formats share are read as format 1 reads them; its reader knows one error.
template <typename Read>
void read_shared(FormReader& reader, Read read) {
    instrument_parts::Reader shared;
    read(shared);
    if (!shared.good()) reader.take(shared.take_error());
}

void check_shared(FormReader& reader, const Node& root) {
    for (const Node& node : reader.list(root, "header", Need::optional))
        reader.check(node, {"id", "label", "type", "required", "personal"});
    const Node print = reader.member(root, "print", Need::optional);
    if (print.value != nullptr &&
        reader.check(print, {"signatures", "notes", "orientation", "period", "total", "lines", "result"})) {
        for (const Node& node : reader.list(print, "signatures", Need::optional))
            reader.check(node, {"party", "lines"});
    }
    const Node veto = reader.member(root, "veto", Need::optional);
    if (veto.value == nullptr || !reader.check(veto, {"title", "text", "verdict", "citation", "conditions"})) return;
    for (const Node& node : reader.list(veto, "conditions", Need::optional))
        reader.check(node, {"id", "number", "text", "citation"});
}

/// Names that {…} may have in the paper's lines.
std::vector<std::string> placeholders_of(const ScoredForm& form) {
    std::vector<std::string> names{"total", "points", "bonus", "penalty", "full", "grade"};
    for (const FigureDefinition& figure : form.figures) names.push_back(figure.name);
    for (const Blank& blank : form.foot_blanks) names.push_back(blank.name);
    return names;
}

void check_placeholders(FormReader& reader, const Node& node, std::string_view key, std::string_view text,
                        const std::vector<std::string>& known) {
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::string name(text.substr(open + 1, std::min(text.find('}', open), text.size()) - open - 1));
        (void)reader.named(json_pointer(node.pointer, key), key, name, known);
    }
}

void read_words(FormReader& reader, const Node& root, ScoredForm& form) {
    constexpr std::array<std::string_view, 2> orientations{"landscape", "portrait"};
    const Node node = reader.member(root, "print", Need::optional);
    if (node.value == nullptr || !node.value->is_object()) return;
    const auto known = placeholders_of(form);
    (void)reader.choice(node, "orientation", orientations, 0);
    form.words.period = reader.text(node, "period", Need::optional);
    check_placeholders(reader, node, "period", form.words.period, {"period"});
    const Node total = reader.member(node, "total", Need::optional);
    const bool has_no_row =
        total.value != nullptr && total.value->is_string() && total.value->get<std::string>().empty();
    if (total.value != nullptr)
        form.words.total = has_no_row ? std::string() : reader.text(node, "total", Need::optional);
    check_placeholders(reader, node, "total", form.words.total.value_or(std::string()), known);
    if (FormReader::has(node, "lines")) form.words.lines = reader.texts(node, "lines", Need::optional);
    for (const std::string& line : form.words.lines.value_or(std::vector<std::string>{}))
        check_placeholders(reader, node, "lines", line, known);
    form.words.result = reader.text(node, "result", Need::optional);
}

void check_format(FormReader& reader, const Json& json) {
    const std::string kind = text_member(json, "kind");
    if (kind != "scored") {
        reader.refuse("form-word", "/kind",
                      {{"field", std::string("kind")},
                       {"found", kind},
                       {"expected", std::vector<std::string>(kind_words.begin(), kind_words.end())}});
    }
}

}  // namespace

bool is_scored_form(const Json& json) {
    if (!json.is_object() || text_member(json, "format") != "duibiao-instrument") return false;
    if (size_member(json, "format_version") != 2) return false;
    const std::string kind = text_member(json, "kind");
    return kind == "scored" || std::find(kind_words.begin(), kind_words.end(), kind) == kind_words.end();
}

std::shared_ptr<Instrument> read_form(FormReader& reader, const Json& json) {
    auto instrument = std::make_shared<Instrument>();
    auto form = std::make_shared<ScoredForm>();
    const Node root{&json, {}};
    check_format(reader, json);
    reader.check(root, {"$schema",
                        "format",
                        "format_version",
                        "id",
                        "version",
                        "kind",
                        "title",
                        "short_title",
                        "heading",
                        "language",
                        "period",
                        "group",
                        "asked_by",
                        "source",
                        "score_step",
                        "decimals",
                        "year",
                        "scorers",
                        "order",
                        "total",
                        "difference_reason",
                        "kinds",
                        "subject",
                        "columns",
                        "header",
                        "parts",
                        "sections",
                        "item_rules",
                        "foot",
                        "figures",
                        "grades",
                        "print",
                        "veto",
                        "printed",
                        "cap",
                        "printed_bonus",
                        "bonus_cap",
                        "floor",
                        "bonus_in_total",
                        "penalty_before_scaling",
                        "scaled_decimals"});
    read_identity(reader, root, *instrument);
    read_scorers(reader, root, *instrument, *form);
    read_total(reader, root, *form);
    form->kinds = reader.texts(root, "kinds", Need::optional);
    form->subject = reader.text(root, "subject", Need::optional);
    read_columns(reader, root, *instrument, *form);
    check_shared(reader, root);
    read_shared(reader, [&](auto& shared) { instrument_parts::read_header(shared, root, *instrument); });
    read_shared(reader, [&](auto& shared) { instrument_parts::read_print(shared, root, *instrument); });
    read_shared(reader, [&](auto& shared) { instrument_parts::read_veto(shared, root, instrument->veto); });
    if (!instrument->veto.conditions.empty()) {
        Rule& rule = instrument->rules.emplace_back();
        rule.kind = Rule::Kind::veto;
        rule.severity = Severity::error;
        rule.citation = instrument->veto.citation;
    }
    read_bounds(reader, root, *form);
    read_parts(reader, root, *form);
    read_foot(reader, root, *form);
    read_sections(reader, root, *instrument, *form);
    instrument->points = form->sums.points;
    read_figures(reader, root, *instrument, *form);
    read_grades(reader, root, *instrument, *form);
    read_words(reader, root, *form);
    compare_printed(reader, *instrument, *form);
    instrument->hash = to_hex(sha256(canonical_json(instrument_parts::hashed_part(json))));
    instrument->definition = std::make_shared<const std::string>(canonical_json(json));
    instrument->scored = std::move(form);
    return instrument;
}

}  // namespace duibiao::scored_form

namespace duibiao {

std::string_view to_string(PaperColumn::Role role) { return scored_form::column_roles[static_cast<std::size_t>(role)]; }

}  // namespace duibiao
