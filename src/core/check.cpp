#include "core/check.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "core/appraisal.hpp"
#include "core/check_ledger.hpp"
#include "core/custody.hpp"
#include "core/due.hpp"
#include "core/evaluate/check_scored.hpp"
#include "core/past_reasons.hpp"
#include "core/row_check.hpp"
#include "core/sort.hpp"
#include "core/tally.hpp"
#include "core/task_check.hpp"
#include "core/text.hpp"
#include "core/unlisted.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

/// One document under one as-of date, and where its findings go.
struct Check {
    const Document& document;
    const Instrument& instrument;
    Date as_of;
    const Ledger* ledger = nullptr;
    std::span<const Document* const> others;
    ScoreList scores;
    Findings findings;

    [[nodiscard]] bool has_score(Layer layer) const { return !scores.layers()[index_of(layer)].empty(); }
};

/// The ledger's figure for a measure.
std::optional<Points> ledger_figure(const Check& check, const Measure& measure) {
    if (check.ledger == nullptr || check.ledger->empty()) return std::nullopt;
    const auto answer = answer_at(*check.ledger, check.instrument, measure.id, "value", measure.from, {}, check.as_of);
    return answer ? figure_of(answer->value) : std::nullopt;
}

Proposal propose_with_ledger(const Check& check, const Criterion& criterion) {
    return propose(check.document, criterion,
                   [&check](const Measure& measure) { return ledger_figure(check, measure); });
}

bool has_text(const Document& document, Layer layer, std::string_view item, std::string_view field) {
    return !trim(document.text(layer, item, field)).empty();
}

Finding& report(Check& check, const Rule& rule, std::string item, std::string field, Params params) {
    Finding& finding = check.findings.emplace_back();
    finding.code = to_string(rule.kind);
    finding.severity = rule.severity;
    finding.document = check.document.id;
    finding.item = std::move(item);
    finding.field = std::move(field);
    finding.layer = rule.layer;
    finding.citation = rule.citation;
    finding.params = std::move(params);
    return finding;
}

/// Calls `use(criterion, score, position)` for each criterion that the layer has scored, in the form's order.
template <typename Use>
void for_each_score(const Check& check, Layer layer, Use use) {
    const auto& order = check.instrument.order;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (const auto score = check.scores.at(layer, i)) use(check.instrument.criterion(order[i]), *score, i);
    }
}

void check_unscored(Check& check, const Rule& rule) {
    if (rule.layer != Layer::self && !check.has_score(rule.layer)) return;
    std::size_t position = 0;
    for (const Section& section : check.instrument.sections) {
        std::vector<std::string> items;
        for (const Group& group : section.groups) {
            for (const Criterion& criterion : group.criteria) {
                if (!check.scores.at(rule.layer, position++)) items.push_back(criterion.id);
            }
        }
        if (items.empty()) continue;
        const auto count = static_cast<std::int64_t>(items.size());
        report(check, rule, section.id, "score",
               {{"section", section.title}, {"count", count}, {"items", std::move(items)}});
    }
}

void check_note_required(Check& check, const Rule& rule) {
    for_each_score(check, rule.layer, [&](const Criterion& criterion, Points score, std::size_t position) {
        if (score <= Points{} || !trim(check.scores.note(rule.layer, position)).empty()) return;
        report(check, rule, criterion.id, "note", {{"score", score.to_string()}});
    });
}

/// "3/4 次": a measure's value against what it should be.
std::string describe(const MeasureState& state) {
    const Measure& measure = *state.measure;
    if (measure.type == Measure::Type::yesno) return measure.name + (*state.value > Points{} ? " √" : " ×");
    std::string text = measure.name + " " + state.value->to_string() + "/";
    if (measure.at_least && measure.at_most) {
        text += measure.at_least->to_string() + "–" + measure.at_most->to_string();
    } else if (measure.at_least) {
        text += measure.at_least->to_string();
    } else {
        text += "≤" + measure.at_most->to_string();
    }
    return measure.unit.empty() ? text : text + " " + measure.unit;
}

void check_above_measure(Check& check, const Rule& rule) {
    for_each_score(check, rule.layer, [&](const Criterion& criterion, Points score, std::size_t /*position*/) {
        if (criterion.measures.empty()) return;
        const Proposal proposal = propose_with_ledger(check, criterion);
        if (!proposal.failing || score <= proposal.most) return;
        std::vector<std::string> failing;
        for (const MeasureState& state : proposal.measures) {
            if (state.value && !state.met && !state.measure->excuses) failing.push_back(describe(state));
        }
        Finding& finding = report(
            check, rule, criterion.id, "explanation",
            {{"score", score.to_string()}, {"proposed", proposal.most.to_string()}, {"measures", std::move(failing)}});
        finding.citation = criterion.citation;  // the clause that names the figure
        if (has_text(check.document, Layer::self, criterion.id, "explanation")) {
            finding.code += "-explained";
            finding.severity = Severity::notice;
        }
    });
}

void check_measure_empty(Check& check, const Rule& rule) {
    for_each_score(check, rule.layer, [&](const Criterion& criterion, Points /*score*/, std::size_t /*position*/) {
        if (criterion.measures.empty()) return;
        std::vector<std::string> empty;
        for (const MeasureState& state : propose_with_ledger(check, criterion).measures) {
            if (!state.value && !state.met && !state.measure->excuses) empty.push_back(state.measure->name);
        }
        if (empty.empty()) return;
        report(check, rule, criterion.id, "value", {{"measures", std::move(empty)}}).citation = criterion.citation;
    });
}

void check_deduction_reason(Check& check, const Rule& rule) {
    for (const Difference& difference : differences(check.document, rule.layer, check.scores)) {
        if (!trim(difference.reason).empty()) continue;
        const bool is_more = difference.after > difference.before;
        const Points by = is_more ? difference.after - difference.before : difference.before - difference.after;
        Finding& finding = report(check, rule, difference.item, "note",
                                  {{"before", difference.before.to_string()},
                                   {"after", difference.after.to_string()},
                                   {"difference", by.to_string()}});
        if (!is_more) continue;
        finding.code = "score-raised";
        finding.severity = Severity::warning;
    }
    for (const std::string& past : past_reasons(check.document, rule.layer)) {
        Finding& finding = report(check, rule, past, "note", {});
        finding.code = "reason-past";
        finding.severity = Severity::notice;
    }
}

void check_layer_order(Check& check, const Rule& rule) {
    const auto before = layer_before(rule.layer);
    if (!before) return;
    for_each_score(check, rule.layer, [&](const Criterion& criterion, Points score, std::size_t position) {
        if (check.scores.at(*before, position)) return;
        report(check, rule, criterion.id, "score", {{"after", score.to_string()}});
    });
}

std::string header_label(const Instrument& instrument, const std::string& field) {
    const HeaderField* header = instrument.find_header(field);
    return header == nullptr ? field : header->label;
}

void check_header_required(Check& check, const Rule& rule) {
    if (has_text(check.document, Layer::self, "header", rule.field)) return;
    report(check, rule, "header", rule.field,
           {{"field", rule.field}, {"label", header_label(check.instrument, rule.field)}});
}

void check_date_future(Check& check, const Rule& rule) {
    const auto date = parse_date(check.document.text(Layer::self, "header", rule.field));
    if (!date || *date <= check.as_of) return;
    report(check, rule, "header", rule.field,
           {{"label", header_label(check.instrument, rule.field)},
            {"date", to_string(*date)},
            {"as_of", to_string(check.as_of)}});
}

void check_veto(Check& check, const Rule& rule) {
    const Veto& veto = check.instrument.veto;
    for (const VetoCondition& condition : veto.conditions) {
        for (const Layer layer : layers_of(check.instrument)) {
            if (!check.document.flag(layer, condition.id, "set")) continue;
            Finding& finding = report(check, rule, condition.id, "set",
                                      {{"number", condition.number},
                                       {"text", condition.text},
                                       {"condition", condition.number + condition.text},
                                       {"verdict", veto.verdict}});
            finding.layer = layer;
            finding.citation = condition.citation;
            break;  // the first layer that set it speaks for all
        }
    }
}

void run(Check& check, const Rule& rule) {
    switch (rule.kind) {
        case Rule::Kind::unscored:
            return check_unscored(check, rule);
        case Rule::Kind::note_required:
            return check_note_required(check, rule);
        case Rule::Kind::above_measure:
            return check_above_measure(check, rule);
        case Rule::Kind::measure_empty:
            return check_measure_empty(check, rule);
        case Rule::Kind::deduction_reason:
            return check_deduction_reason(check, rule);
        case Rule::Kind::layer_order:
            return check_layer_order(check, rule);
        case Rule::Kind::header_required:
            return check_header_required(check, rule);
        case Rule::Kind::date_future:
            return check_date_future(check, rule);
        case Rule::Kind::veto:
            return check_veto(check, rule);
    }
}

// ---- Forms that are not scored ----

Finding& report_fixed(Check& check, std::string_view code, Severity severity, std::string item, std::string field,
                      std::string citation, Params params) {
    Finding& finding = check.findings.emplace_back();
    finding.code = code;
    finding.severity = severity;
    finding.document = check.document.id;
    finding.item = std::move(item);
    finding.field = std::move(field);
    finding.citation = std::move(citation);
    finding.params = std::move(params);
    return finding;
}

void check_required_header(Check& check) {
    for (const HeaderField& field : check.instrument.header) {
        if (!field.required || has_text(check.document, Layer::self, "header", field.id)) continue;
        report_fixed(check, "header-required", Severity::warning, "header", field.id, check.instrument.source_key,
                     {{"field", field.id}, {"label", field.label}});
    }
}

bool is_answered(const Check& check, const Criterion& item) {
    return std::any_of(item.fields.begin(), item.fields.end(), [&](const AnswerField& field) {
        return !std::holds_alternative<std::monostate>(
                   check.document.answer(TargetRef{Layer::self, item.id, field.id})) ||
               (check.ledger != nullptr &&
                answer_at(*check.ledger, check.instrument, item.id, field.id, field.from, field.options, check.as_of));
    });
}

void check_unanswered(Check& check) {
    for (const Section& section : check.instrument.sections) {
        std::vector<std::string> items;
        for (const Group& group : section.groups) {
            for (const Criterion& item : group.criteria) {
                if (!is_answered(check, item)) items.push_back(item.id);
            }
        }
        if (items.empty()) continue;
        const auto count = static_cast<std::int64_t>(items.size());
        report_fixed(check, "unanswered", Severity::notice, section.id, "value", check.instrument.source_key,
                     {{"section", section.title}, {"count", count}, {"items", std::move(items)}});
    }
}

void check_due(Check& check) {
    constexpr std::int64_t soon = 14;  // days
    for (const DueItem& item : due_items(check.document)) {
        if (item.done) {
            if (!item.done_on || *item.done_on <= item.due) continue;
            report_fixed(check, "task-done-late", Severity::notice, item.item, item.field, item.citation,
                         {{"text", item.text}, {"due", to_string(item.due)}, {"done", to_string(*item.done_on)}});
            continue;
        }
        const std::int64_t days = days_between(check.as_of, item.due);
        if (days > soon) continue;
        report_fixed(check, days < 0 ? "task-late" : "task-soon", days < 0 ? Severity::warning : Severity::notice,
                     item.item, item.field, item.citation,
                     {{"text", item.text}, {"due", to_string(item.due)}, {"days", days < 0 ? -days : days}});
    }
}

// ---- One fact, many places ----

/// A place of the form, as the ledger and the lists may answer it.
struct Place {
    const Criterion& item;
    Target target;
    const std::string& label;
    const std::optional<Source>& source;
    const std::vector<std::string>& options;
};

void check_contradiction(Check& check, const Place& place) {
    const Value& stated = check.document.answer(place.target);
    if (std::holds_alternative<std::monostate>(stated)) return;
    const auto computed = answer_at(*check.ledger, check.instrument, place.target.item, place.target.field,
                                    place.source, place.options, check.as_of);
    if (!computed || !contradicts(stated, *computed)) return;
    // A list alone need not tell of everything that was done.
    if (check.ledger->documents.empty() && !computed->is_figure) return;
    const bool explained = has_text(check.document, Layer::self, place.item.id, "explanation");
    std::string code = computed->lists.empty() ? "ledger-contradiction" : "list-contradiction";
    report_fixed(check, explained ? code + "-explained" : code, explained ? Severity::notice : Severity::error,
                 place.item.id, "explanation", place.item.citation,
                 {{"label", place.label},
                  {"stated", show_value(stated)},
                  {"computed", show_value(computed->value)},
                  {"kind", place.source ? place.source->kinds.front() : std::string()},
                  {"who", computed->who},
                  {"lists", computed->lists},
                  {"activities", static_cast<std::int64_t>(computed->rows.size())}});
}

void check_contradictions(Check& check) {
    const std::vector<std::string> none;
    for (const Instrument::Place& place : check.instrument.order) {
        const Criterion& item = check.instrument.criterion(place);
        for (const AnswerField& field : item.fields)
            check_contradiction(check, {item, {Layer::self, item.id, field.id}, item.text, field.from, field.options});
        for (const Measure& measure : item.measures)
            check_contradiction(check, {item, {Layer::self, measure.id, "value"}, measure.name, measure.from, none});
    }
}

/// Reading 100,000 activities takes a while: who has just read them hands them over.
void check_own_ledger(Check& check) {
    const bool is_read = check.ledger != nullptr && check.ledger->documents.size() == 1 &&
                         check.ledger->documents.front() == &check.document;
    Ledger own;
    if (!is_read) own = read_ledger(check.document, {check.others.begin(), check.others.end()});
    Findings findings = check_ledger(check.document, is_read ? *check.ledger : own, check.as_of);
    std::move(findings.begin(), findings.end(), std::back_inserter(check.findings));
}

void take(Check& check, Findings findings) {
    check.findings.reserve(check.findings.size() + findings.size());
    std::move(findings.begin(), findings.end(), std::back_inserter(check.findings));
}

void check_table(Check& check) {
    take(check, check_rows(check.document, check.as_of));
    take(check, check_unlisted(check.document, check.ledger, check.others, check.as_of));
}

void check_by_kind(Check& check) {
    const InstrumentKind kind = check.instrument.kind;
    const bool has_fixed_rules = !check.instrument.is_scored() || check.instrument.scored != nullptr;
    if (has_fixed_rules) check_required_header(check);
    if (check.instrument.scored != nullptr) take(check, check_scored(check.document));
    if (kind == InstrumentKind::checklist) check_unanswered(check);
    if (kind == InstrumentKind::tasks || kind == InstrumentKind::measures) check_due(check);
    if (kind == InstrumentKind::tasks) take(check, check_done_tasks(check.document));
    if (kind == InstrumentKind::ledger) check_own_ledger(check);
    if (kind != InstrumentKind::ledger && check.instrument.has_rows()) check_table(check);
    if (kind == InstrumentKind::appraisal) {
        for (Finding& finding : check_appraisal(check.document, check.others)) {
            check.findings.push_back(std::move(finding));
        }
    }
    if (check.ledger != nullptr && !check.ledger->empty()) check_contradictions(check);
}

using Position = std::tuple<std::size_t, std::size_t, std::size_t>;

/// Position of a finding on the form: what concerns the whole document, the header, then each section before its
/// criteria, then the veto's conditions or the rows.
Position position_of(const Instrument& instrument, const Finding& finding) {
    const std::string& item = finding.item;
    if (item == "document") return Position{0, 0, 0};
    if (item == "header") return Position{0, 0, 1};
    if (const auto place = instrument.find_place(item)) {
        return Position{place->section + 1, place->group + 1, place->criterion + 1};
    }
    const auto& sections = instrument.sections;
    const auto section =
        std::find_if(sections.begin(), sections.end(), [&item](const Section& known) { return known.id == item; });
    if (section != sections.end()) {
        return Position{static_cast<std::size_t>(section - sections.begin()) + 1, std::size_t{0}, std::size_t{0}};
    }
    if (!instrument.is_scored())
        return Position{sections.size() + 1, static_cast<std::size_t>(finding.row.value_or(0)), std::size_t{0}};
    const auto& conditions = instrument.veto.conditions;
    const auto condition = std::find_if(conditions.begin(), conditions.end(),
                                        [&item](const VetoCondition& known) { return known.id == item; });
    return Position{sections.size() + 1, static_cast<std::size_t>(condition - conditions.begin()), std::size_t{0}};
}

/// In the form's order, errors first within an item.
Findings in_order(const Instrument& instrument, Findings findings) {
    std::vector<std::tuple<Position, Severity, std::size_t>> order;
    order.reserve(findings.size());
    for (std::size_t i = 0; i < findings.size(); ++i) {
        order.emplace_back(position_of(instrument, findings[i]), findings[i].severity, i);
    }
    if (std::is_sorted(order.begin(), order.end())) return findings;  // rows come in their order
    sort_stably(order, std::less());
    Findings sorted;
    sorted.reserve(findings.size());
    for (const auto& entry : order) sorted.push_back(std::move(findings[std::get<std::size_t>(entry)]));
    return sorted;
}

}  // namespace

bool contradicts(const Value& stated, const LedgerAnswer& computed) {
    if (stated == computed.value) return false;
    const auto* count = std::get_if<Points>(&stated);
    const bool met = std::holds_alternative<bool>(computed.value);
    return count == nullptr || !met || *count != Points::from_whole(static_cast<std::int64_t>(computed.rows.size()));
}

std::vector<Findings> check_dossier(const std::vector<const Document*>& documents, Date as_of) {
    std::vector<Findings> findings;
    for (const Document* document : documents) {
        const Ledger ledger = gather_ledger(documents, year_of(*document));
        findings.push_back(check(*document, as_of, &ledger, documents));
    }
    return findings;
}

Findings check(const Document& document, Date as_of, const Ledger* ledger, std::span<const Document* const> others) {
    Check check{document, *document.instrument, as_of, ledger, others, ScoreList(document), {}};
    for (const Rule& rule : check.instrument.rules) run(check, rule);
    check_by_kind(check);
    Findings asked = check_returned(document);
    std::move(asked.begin(), asked.end(), std::back_inserter(check.findings));
    Findings against = check_handed_over(document);
    std::move(against.begin(), against.end(), std::back_inserter(check.findings));
    return in_order(check.instrument, std::move(check.findings));
}

FindingCount count(const Findings& findings) {
    FindingCount result;
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::error) ++result.errors;
        if (finding.severity == Severity::warning) ++result.warnings;
        if (finding.severity == Severity::notice) ++result.notices;
    }
    return result;
}

}  // namespace duibiao
