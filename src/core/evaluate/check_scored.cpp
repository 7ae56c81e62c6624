#include "core/evaluate/check_scored.hpp"

#include <algorithm>

#include "core/evaluate/evaluate.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

/// One scorer's answers, and where the findings go.
struct ScorerCheck {
    const Document& document;
    const Instrument& form;
    Layer layer = Layer::self;
    Findings& findings;

    void report(std::string_view code, Severity severity, std::string_view item, std::string_view field,
                std::string citation, Params params) const {
        Finding& finding = findings.emplace_back();
        finding.code = code;
        finding.severity = severity;
        finding.document = document.id;
        finding.item = item;
        finding.field = field;
        finding.layer = layer;
        finding.citation = std::move(citation);
        finding.params = std::move(params);
        finding.params.insert_or_assign("layer", layer_name(form, layer));
    }
};

/// One item of it.
struct ItemCheck {
    const ScorerCheck& check;
    const Criterion& item;
    const ItemScoring& scoring;
    const ItemFacts& facts;
    const ItemWhy& why;

    void report(std::string_view code, Severity severity, std::string_view field, Params params) const {
        check.report(code, severity, item.id, field, item.citation, std::move(params));
    }
    [[nodiscard]] bool has_note() const { return !trim(facts.note).empty(); }
};

void check_missing(const ItemCheck& check) {
    if (check.why.missing.empty() || check.why.result.is_typed) return;
    std::vector<std::string> names;
    for (const std::string& field : check.why.missing) {
        const auto known = find_item_field(check.scoring, field);
        const bool of_rule = known && known->kind == ItemField::Kind::count;
        names.push_back(of_rule ? check.scoring.rules[known->index].text : field.substr(field.find(':') + 1));
    }
    check.report("facts-missing", Severity::notice, check.why.missing.front(),
                 {{"fields", names}, {"count", static_cast<std::int64_t>(names.size())}});
}

void check_typed(const ItemCheck& check) {
    const ItemResult& result = check.why.result;
    if (!result.is_typed || !result.derived || check.has_note()) return;
    const Points typed = *check.facts.typed;
    if (Fraction(typed) == *result.derived) return;
    check.report(
        "score-differs", Severity::warning, "note",
        {{"score", typed.to_string()}, {"derived", result.derived->to_string(check.check.form.scored->decimals)}});
}

void check_amounts(const ItemCheck& check) {
    if (check.has_note() || check.why.result.is_absent) return;
    for (std::size_t i = 0; i < check.scoring.rules.size(); ++i) {
        const ScoreRule& rule = check.scoring.rules[i];
        if (!rule.needs_reason) continue;
        const auto quantity = rule.by_amount && check.facts.counts[i] ? std::optional(Fraction(*check.facts.counts[i]))
                              : rule.by_amount                        ? std::nullopt
                                                                      : quantity_of(rule, i, check.facts);
        if (!quantity || !(*quantity > Fraction())) continue;
        check.report("amount-reason", Severity::warning, "note",
                     {{"rule", rule.text}, {"amount", quantity->to_string(2)}});
    }
}

void check_absence(const ItemCheck& check) {
    if (!check.facts.absent) return;
    if (check.scoring.absent == NotApplicable::no) {
        check.report("absence-not-allowed", Severity::warning, "na", {});
    } else if (trim(check.facts.absence).empty() && !check.has_note()) {
        check.report("absence-reason", Severity::warning, "na", {});
    }
}

void check_ballot_order(const ItemCheck& check, std::size_t less, std::size_t more) {
    const auto& fewer = check.facts.ballots[less];
    const auto& greater = check.facts.ballots[more];
    if (!fewer || !greater || *greater <= *fewer) return;
    check.report("ballots-over", Severity::warning, "votes:" + std::string(ballot_counts[more]),
                 {{"more", greater->to_string()},
                  {"less", fewer->to_string()},
                  {"more_name", std::string(ballot_counts[more])},
                  {"less_name", std::string(ballot_counts[less])}});
}

void check_votes(const ItemCheck& check) {
    if (!check.scoring.votes) return;
    check_ballot_order(check, 0, 1);
    check_ballot_order(check, 1, 2);
    Points sum;
    Points counted;
    for (std::size_t i = 0; i < check.facts.votes.size(); ++i) {
        const Points given = check.facts.votes[i].value_or(Points{});
        sum += given;
        if (check.scoring.votes->options[i].counts) counted += given;
    }
    const auto& valid = check.facts.ballots[2];
    if (valid && sum > *valid) {
        check.report("votes-over", Severity::warning, "votes:" + std::string(ballot_counts[2]),
                     {{"sum", sum.to_string()}, {"valid", valid->to_string()}});
    }
    if (check.facts.has_too_few_ballots(check.scoring))
        return check.report("ballots-scarce", Severity::warning, {},
                            {{"fewest", std::int64_t{check.scoring.votes->fewest}}});
    if (sum == Points{}) return;
    if (counted == Points{}) {
        check.report("votes-none", Severity::warning, {}, {{"sum", sum.to_string()}});
    } else if (counted + counted < sum) {
        check.report("votes-few", Severity::notice, {}, {{"sum", sum.to_string()}, {"counted", counted.to_string()}});
    }
}

bool is_met(const ItemCheck& check, const Tier& tier) {
    for (std::size_t i = 0; i < tier.points.size(); ++i) {
        const auto figure = check.facts.figure(tier.first + i);
        if (!figure || figure->is_zero()) return false;
    }
    return true;
}

/// A point of it was refused.
bool is_refused(const ItemCheck& check, const Tier& tier) {
    for (std::size_t i = 0; i < tier.points.size(); ++i) {
        const auto figure = check.facts.figure(tier.first + i);
        if (figure && figure->is_zero()) return true;
    }
    return false;
}

void check_tiers(const ItemCheck& check) {
    const auto& tiers = check.scoring.tiers;
    const auto& held = check.why.result.tier;
    if (tiers.empty() || !held) return;
    const std::string& result = *held < tiers.size() ? tiers[*held].label : check.scoring.no_tier;
    const auto refused =
        std::find_if(tiers.begin(), tiers.end(), [&](const Tier& tier) { return is_refused(check, tier); });
    for (auto tier = refused; tier != tiers.end(); ++tier) {
        if (tier == refused || !is_met(check, *tier)) continue;
        check.report("tier-unmet", Severity::notice, "tick:" + refused->label + "1",
                     {{"tier", tier->label}, {"lower", refused->label}, {"result", result}});
    }
    const bool below = check.scoring.least_tier && (*held == tiers.size() || *held < *check.scoring.least_tier);
    if (below && !check.why.result.incomplete) {
        check.report("tier-below", Severity::warning, {},
                     {{"result", result}, {"least", tiers[*check.scoring.least_tier].label}});
    }
    if (!check.facts.level.empty() && check.facts.level != result) {
        check.report("level-differs", Severity::warning, "level",
                     {{"stated", std::string(check.facts.level)}, {"computed", result}});
    }
}

void check_item(const ScorerCheck& check, const Criterion& item) {
    const ItemFacts facts = read_facts(check.document, check.layer, item);
    const ItemWhy why = explain_item(check.document, check.layer, item);
    const ItemCheck one{check, item, *item.scoring, facts, why};
    check_absence(one);
    check_missing(one);
    check_typed(one);
    check_amounts(one);
    check_votes(one);
    check_tiers(one);
}

void check_unscored(const ScorerCheck& check, const ScorerResult& result) {
    std::size_t position = 0;
    for (const Section& section : check.form.sections) {
        std::vector<std::string> items;
        for (const Group& group : section.groups) {
            for (const Criterion& item : group.criteria) {
                const ItemResult& own = result.items[position++];
                if (item.scoring->role == ScoreRole::points && own.state == ItemResult::State::unscored)
                    items.push_back(item.id);
            }
        }
        if (items.empty()) continue;
        const auto count = static_cast<std::int64_t>(items.size());
        // Forms of levels have no scores to speak of.
        check.report(check.form.scored->has_points ? "unscored" : "unanswered", Severity::notice, section.id, "score",
                     check.form.source_key,
                     {{"section", section.title}, {"count", count}, {"items", std::move(items)}});
    }
}

void check_differences(const ScorerCheck& check, const ScorerResult& before, const ScorerResult& after) {
    const int decimals = check.form.scored->decimals;
    for (std::size_t i = 0; i < after.items.size(); ++i) {
        const ItemResult& own = after.items[i];
        const ItemResult& earlier = before.items[i];
        const std::string& id = check.form.criterion(check.form.order[i]).id;
        if (!own.is_scored() || !earlier.is_scored() || !(own.score < earlier.score)) continue;
        if (!trim(check.document.text(check.layer, id, "note")).empty()) continue;
        check.report("reason-missing", Severity::warning, id, "note",
                     check.form.criterion(check.form.order[i]).citation,
                     {{"before", earlier.score.to_string(decimals)}, {"after", own.score.to_string(decimals)}});
    }
}

void check_scorer(const ScorerCheck& check, const Evaluation& evaluation) {
    const ScorerResult& own = evaluation.scorers[index_of(check.layer)];
    if (!own.any && check.layer != Layer::self) return;
    check_unscored(check, own);
    for (std::size_t i = 0; i < own.items.size(); ++i) {
        if (own.items[i].state == ItemResult::State::elsewhere) continue;
        check_item(check, check.form.criterion(check.form.order[i]));
    }
    const bool is_later = check.form.scored->chained && check.layer != Layer::self;
    if (is_later && check.form.scored->differences_need_reason)
        check_differences(check, evaluation.scorers[index_of(check.layer) - 1], own);
}

void check_whole(const ScorerCheck& check, const Evaluation& evaluation) {
    const ScoredForm& form = *check.form.scored;
    const std::string& citation = check.form.source_key;
    if (!form.kinds.empty() && !unit_kind(check.document))
        check.report("kind-missing", Severity::warning, "header", "kind", citation, {{"expected", form.kinds}});
    const ScorerResult& deciding = evaluation.scorers[evaluation.deciding];
    const bool is_lost =
        !deciding.sum.score.is_figure() || std::any_of(deciding.parts.begin(), deciding.parts.end(),
                                                       [](const PartResult& part) { return !part.score.is_figure(); });
    if (is_lost) check.report("figure-fine", Severity::error, "header", {}, citation, {});
    const Grade& grade = evaluation.grade;
    if (!evaluation.final || !grade.above_gap || !grade.below_gap) return;
    check.report("grade-gap", Severity::warning, "header", {}, citation,
                 {{"total", evaluation.total->to_string(form.decimals)},
                  {"better", form.grades.bands[*grade.above_gap].label},
                  {"worse", form.grades.bands[*grade.below_gap].label}});
}

}  // namespace

Findings check_scored(const Document& document) {
    Findings findings;
    const Evaluation evaluation = evaluate(document);
    ScorerCheck check{document, *document.instrument, layer_at(evaluation.deciding), findings};
    check_whole(check, evaluation);
    for (const Layer layer : layers_of(*document.instrument)) {
        check.layer = layer;
        check_scorer(check, evaluation);
    }
    return findings;
}

}  // namespace duibiao
