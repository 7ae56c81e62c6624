#include "core/check.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/tally.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

/// One document under one as-of date, and where its findings go.
struct Check {
    const Document& document;
    const Instrument& instrument;
    Date as_of;
    std::array<bool, 3> has_score{};  ///< by layer
    Findings findings;
};

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

template <typename Use>
void for_each_criterion(const Instrument& instrument, Use use) {
    for (const Instrument::Place& place : instrument.order) use(instrument.criterion(place));
}

void check_unscored(Check& check, const Rule& rule) {
    if (rule.layer != Layer::self && !check.has_score[index_of(rule.layer)]) return;
    for (const Section& section : check.instrument.sections) {
        std::vector<std::string> items;
        for (const Group& group : section.groups) {
            for (const Criterion& criterion : group.criteria) {
                if (!check.document.score(rule.layer, criterion.id)) items.push_back(criterion.id);
            }
        }
        if (items.empty()) continue;
        const auto count = static_cast<std::int64_t>(items.size());
        report(check, rule, section.id, "score",
               {{"section", section.title}, {"count", count}, {"items", std::move(items)}});
    }
}

void check_note_required(Check& check, const Rule& rule) {
    for_each_criterion(check.instrument, [&](const Criterion& criterion) {
        const auto score = check.document.score(rule.layer, criterion.id);
        if (!score || *score <= Points{} || has_text(check.document, rule.layer, criterion.id, "note")) return;
        report(check, rule, criterion.id, "note", {{"score", score->to_string()}});
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
    for_each_criterion(check.instrument, [&](const Criterion& criterion) {
        if (criterion.measures.empty()) return;
        const auto score = check.document.score(rule.layer, criterion.id);
        if (!score) return;
        const Proposal proposal = propose(check.document, criterion);
        if (!proposal.failing || *score <= proposal.most) return;
        std::vector<std::string> failing;
        for (const MeasureState& state : proposal.measures) {
            if (state.value && !state.met) failing.push_back(describe(state));
        }
        Finding& finding = report(
            check, rule, criterion.id, "explanation",
            {{"score", score->to_string()}, {"proposed", proposal.most.to_string()}, {"measures", std::move(failing)}});
        finding.citation = criterion.citation;  // the clause that names the figure
        if (has_text(check.document, Layer::self, criterion.id, "explanation")) {
            finding.code += "-explained";
            finding.severity = Severity::notice;
        }
    });
}

void check_measure_empty(Check& check, const Rule& rule) {
    for_each_criterion(check.instrument, [&](const Criterion& criterion) {
        if (criterion.measures.empty() || !check.document.score(rule.layer, criterion.id)) return;
        std::vector<std::string> empty;
        for (const MeasureState& state : propose(check.document, criterion).measures) {
            if (!state.value) empty.push_back(state.measure->name);
        }
        if (empty.empty()) return;
        report(check, rule, criterion.id, "value", {{"measures", std::move(empty)}}).citation = criterion.citation;
    });
}

void check_deduction_reason(Check& check, const Rule& rule) {
    for (const Difference& difference : differences(check.document, rule.layer)) {
        if (difference.after >= difference.before || !trim(difference.reason).empty()) continue;
        report(check, rule, difference.item, "note",
               {{"before", difference.before.to_string()},
                {"after", difference.after.to_string()},
                {"difference", (difference.before - difference.after).to_string()}});
    }
}

void check_layer_order(Check& check, const Rule& rule) {
    const auto before = layer_before(rule.layer);
    if (!before) return;
    for_each_criterion(check.instrument, [&](const Criterion& criterion) {
        const auto score = check.document.score(rule.layer, criterion.id);
        if (!score || check.document.score(*before, criterion.id)) return;
        report(check, rule, criterion.id, "score", {{"after", score->to_string()}});
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
        for (const Layer layer : all_layers) {
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

/// Position of an item on the form: header, then each section before its criteria, then the veto's conditions.
auto position(const Instrument& instrument, std::string_view item) {
    using Position = std::tuple<std::size_t, std::size_t, std::size_t>;
    if (item == "header") return Position{0, 0, 0};
    if (const auto place = instrument.find_place(item)) {
        return Position{place->section + 1, place->group + 1, place->criterion + 1};
    }
    const auto& sections = instrument.sections;
    const auto section =
        std::find_if(sections.begin(), sections.end(), [item](const Section& known) { return known.id == item; });
    if (section != sections.end()) {
        return Position{static_cast<std::size_t>(section - sections.begin()) + 1, std::size_t{0}, std::size_t{0}};
    }
    const auto& conditions = instrument.veto.conditions;
    const auto condition = std::find_if(conditions.begin(), conditions.end(),
                                        [item](const VetoCondition& known) { return known.id == item; });
    return Position{sections.size() + 1, static_cast<std::size_t>(condition - conditions.begin()), std::size_t{0}};
}

}  // namespace

Findings check(const Document& document, Date as_of) {
    Check check{document, *document.instrument, as_of, {}, {}};
    for (const auto& [target, value] : document.answers) {
        if (target.field == "score") check.has_score[index_of(target.layer)] = true;
    }
    for (const Rule& rule : check.instrument.rules) run(check, rule);
    std::stable_sort(check.findings.begin(), check.findings.end(), [&check](const Finding& a, const Finding& b) {
        const auto place_a = position(check.instrument, a.item);
        const auto place_b = position(check.instrument, b.item);
        return place_a != place_b ? place_a < place_b : a.severity < b.severity;
    });
    return std::move(check.findings);
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
