#include "exchange/why.hpp"

namespace duibiao {
namespace {

using Step = WhyStep::Kind;

constexpr int exact_decimals = 4;  ///< of what is counted and multiplied

std::string key_of(const WhyStep& step, const ScoreRule* rule) {
    const bool gives = rule != nullptr && rule->effect == ScoreRule::Effect::gain;
    const bool is_bonus = rule != nullptr && rule->effect == ScoreRule::Effect::bonus;
    switch (step.kind) {
        case Step::full:
            return "why.full";
        case Step::level:
            return "why.level";
        case Step::tier:
            return "why.tier";
        case Step::rule:
            return gives ? "why.gain" : "why.deduct";
        case Step::amount:
            return is_bonus ? "why.amount_bonus" : gives ? "why.amount_gain" : "why.amount_deduct";
        case Step::rule_cap:
            return "why.rule_cap";
        case Step::bonus:
            return "why.bonus";
        case Step::bonus_cap:
            return "why.bonus_cap";
        case Step::zero:
            return "why.zero";
        case Step::times:
            return "why.times";
        case Step::item_cap:
            return "why.item_cap";
        case Step::floor:
            return "why.floor";
        case Step::votes:
            return "why.votes";
        case Step::absent:
            return "why.absent";
        case Step::typed:
            return "why.typed";
    }
    return {};
}

bool is_of_rule(Step kind) {
    return kind == Step::rule || kind == Step::amount || kind == Step::rule_cap || kind == Step::bonus ||
           kind == Step::zero || kind == Step::times;
}

std::string tier_label(const ItemScoring& scoring, std::size_t tier) {
    return tier < scoring.tiers.size() ? scoring.tiers[tier].label : scoring.no_tier;
}

}  // namespace

std::vector<std::string> why_sentences(Language language, const Instrument& form, const Criterion& item,
                                       const ItemWhy& why) {
    const ItemScoring& scoring = *item.scoring;
    const int decimals = form.scored->decimals;
    std::vector<std::string> sentences;
    for (const WhyStep& step : why.steps) {
        const ScoreRule* rule = is_of_rule(step.kind) ? &scoring.rules[step.index] : nullptr;
        Params params{{"count", step.count.to_string(exact_decimals)},
                      {"quantity", step.quantity.to_string(exact_decimals)},
                      {"each", step.each.to_string(exact_decimals)},
                      {"amount", step.amount.to_string(exact_decimals)},
                      {"after", step.after.to_string(decimals)}};
        if (rule != nullptr) {
            params["rule"] = rule->text;
            params["per"] = rule->per;
        }
        if (step.kind == Step::level) params["label"] = scoring.levels[step.index].label;
        if (step.kind == Step::tier) params["label"] = tier_label(scoring, step.index);
        std::string key = key_of(step, rule);
        const bool left_out = step.kind == Step::absent && !why.result.is_scored();
        if (left_out) key = "why.left_out";
        sentences.push_back(translate(language, key, params));
    }
    return sentences;
}

std::string why_grade(Language language, const Document& document, const Evaluation& evaluation) {
    const ScoredForm& form = *document.instrument->scored;
    const Grade& grade = evaluation.grade;
    if (form.grades.bands.empty()) return {};
    if (!evaluation.final) return translate(language, "why.grade_open", {});
    const auto& bands = form.grades.bands;
    const std::string total = evaluation.total->to_string(form.decimals);
    if (!grade.band) {
        if (grade.above_gap && grade.below_gap)
            return translate(language, "why.grade_gap",
                             {{"total", total},
                              {"better", bands[*grade.above_gap].label},
                              {"worse", bands[*grade.below_gap].label}});
        return translate(language, "why.grade_none", {{"total", total}});
    }
    std::string words =
        translate(language, "why.grade_band", {{"total", total}, {"label", bands[*grade.by_points].label}});
    for (const std::size_t at : grade.ceilings) {
        const GradeCeiling& ceiling = form.grades.ceilings[at];
        const std::string_view key = ceiling.not_above ? "why.grade_ceiling" : "why.grade_down";
        words += translate(language, key,
                           {{"fact", ceiling.text},
                            {"steps", static_cast<std::int64_t>(ceiling.steps)},
                            {"label", bands[ceiling.not_above.value_or(*grade.band)].label}});
    }
    return words;
}

std::string level_words(const Document& document, Layer layer, const Criterion& item, const ItemResult& result) {
    const ItemScoring& scoring = *item.scoring;
    if (!result.is_scored()) return {};
    if (!scoring.tiers.empty()) return result.tier ? tier_label(scoring, *result.tier) : std::string{};
    return scoring.levels.empty() ? std::string{} : std::string(document.text(layer, item.id, "level"));
}

}  // namespace duibiao
