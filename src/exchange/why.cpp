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

namespace {

/// What follows it goes on in the same line.
std::string without_stop(std::string text) {
    constexpr std::string_view stop = "。";
    if (text.ends_with(stop)) text.resize(text.size() - stop.size());
    return text;
}

class TotalLines {
public:
    TotalLines(Language language, const Document& document, const Evaluation& evaluation)
        : language_(language),
          document_(document),
          form_(*document.instrument->scored),
          evaluation_(evaluation),
          own_(evaluation.scorers[evaluation.deciding]) {}

    [[nodiscard]] std::vector<TotalLine> run();

private:
    void add_part(std::size_t part);
    void add_items(std::size_t part);
    void add_item(const Criterion& item, const ItemResult& result);
    void add_whole();
    void add(TotalLine::Of of, std::string_view key, const Params& params) {
        lines_.push_back({of, translate(language_, key, params)});
    }
    [[nodiscard]] std::string figure(const Fraction& value) const { return value.to_string(form_.decimals); }

    Language language_;
    const Document& document_;
    const ScoredForm& form_;
    const Evaluation& evaluation_;
    const ScorerResult& own_;
    std::vector<TotalLine> lines_;
};

void TotalLines::add_part(std::size_t part) {
    const FormPart& definition = form_.parts[part];
    const PartResult& result = own_.parts[part];
    if (form_.parts.size() > 1) {
        const Fraction weighed = result.score * Fraction(definition.weight) / Fraction(100);
        add(TotalLine::Of::part, result.any && result.sum.is_complete() ? "why.part" : "why.part_open",
            {{"name", definition.name},
             {"score", figure(result.score)},
             {"weight", definition.weight.to_string()},
             {"after", figure(weighed)}});
    }
    add_items(part);
}

void TotalLines::add_items(std::size_t part) {
    const Instrument& form = *document_.instrument;
    for (std::size_t i = 0; i < form.order.size(); ++i) {
        const SumScoring& section = form_.sections[form.order[i].section];
        if (!section.is_outside && section.part == part) add_item(form.criterion(form.order[i]), own_.items[i]);
    }
}

void TotalLines::add_item(const Criterion& item, const ItemResult& result) {
    if (result.state == ItemResult::State::elsewhere) return;
    const ItemWhy why = explain_item(document_, own_.layer, item);
    std::string steps;
    for (const std::string& one : why_sentences(language_, *document_.instrument, item, why))
        steps += (steps.empty() ? "" : translate(language_, "why.then", {})) + one;
    const std::string_view note = document_.text(own_.layer, item.id, "note");
    const bool is_typed = why.steps.size() == 1 && why.steps.front().kind == Step::typed && item.scoring->points;
    const std::string_view key = steps.empty() ? "why.item_open" : is_typed ? "why.item_typed" : "why.item";
    std::string text = translate(language_, key,
                                 {{"text", without_stop(item.text)},
                                  {"steps", steps},
                                  {"score", figure(result.score)},
                                  {"points", is_typed ? item.scoring->points->to_string() : std::string()}});
    if (!note.empty()) text = translate(language_, "why.noted", {{"text", text}, {"note", std::string(note)}});
    lines_.push_back({TotalLine::Of::item, std::move(text)});
}

void TotalLines::add_whole() {
    for (const FigureResult& one : evaluation_.figures) {
        if (!one.value) continue;
        const bool is_share = one.definition->kind == FigureDefinition::Kind::votes ||
                              one.definition->kind == FigureDefinition::Kind::level_share;
        add(TotalLine::Of::whole, is_share ? "why.figure_share" : "why.figure",
            {{"name", one.definition->name}, {"value", one.value->to_string(one.definition->decimals)}});
    }
    if (evaluation_.total && evaluation_.final)
        add(TotalLine::Of::whole, "why.total", {{"total", figure(*evaluation_.total)}});
    std::string grade = why_grade(language_, document_, evaluation_);
    if (!grade.empty()) lines_.push_back({TotalLine::Of::whole, std::move(grade)});
}

std::vector<TotalLine> TotalLines::run() {
    for (std::size_t part = 0; part < form_.parts.size(); ++part) add_part(part);
    add_whole();
    return std::move(lines_);
}

}  // namespace

std::vector<TotalLine> why_total(Language language, const Document& document, const Evaluation& evaluation) {
    return TotalLines(language, document, evaluation).run();
}

std::string level_words(const Document& document, Layer layer, const Criterion& item, const ItemResult& result) {
    const ItemScoring& scoring = *item.scoring;
    if (!result.is_scored()) return {};
    if (!scoring.tiers.empty()) return result.tier ? tier_label(scoring, *result.tier) : std::string{};
    return scoring.levels.empty() ? std::string{} : std::string(document.text(layer, item.id, "level"));
}

}  // namespace duibiao
