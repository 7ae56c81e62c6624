#include "cli/score_scored.hpp"

#include "core/evaluate/grade.hpp"
#include "core/json.hpp"
#include "exchange/why.hpp"

namespace duibiao::cli {
namespace {

OrderedJson figure_json(const std::optional<Fraction>& figure, int decimals) {
    return figure && figure->is_figure() ? OrderedJson(figure->to_string(decimals)) : OrderedJson();
}

OrderedJson grade_json(Language language, const Document& document, const Evaluation& evaluation) {
    const auto& bands = document.instrument->scored->grades.bands;
    if (bands.empty()) return {};
    const Grade& grade = evaluation.grade;
    const std::string_view by = grade.by == Grade::By::band      ? "band"
                                : grade.by == Grade::By::ceiling ? "ceiling"
                                                                 : "none";
    return {{"label", grade.band ? OrderedJson(bands[*grade.band].label) : OrderedJson()},
            {"by", by},
            {"by_points", grade.by_points ? OrderedJson(bands[*grade.by_points].label) : OrderedJson()},
            {"why", why_grade(language, document, evaluation)}};
}

OrderedJson parts_json(const ScoredForm& form, const Evaluation& evaluation) {
    OrderedJson parts = OrderedJson::array();
    for (std::size_t i = 0; i < form.parts.size(); ++i) {
        const PartResult& part = evaluation.scorers[evaluation.deciding].parts[i];
        if (form.parts.size() == 1 && form.parts[i].name.empty()) continue;
        parts.push_back({{"id", form.parts[i].id},
                         {"name", form.parts[i].name},
                         {"score", figure_json(joint_part(form, evaluation, i), form.decimals)},
                         {"of", (part.sum.full + part.sum.scaled_out).to_string(form.decimals)},
                         {"weight", form.parts[i].weight.to_string()}});
    }
    return parts;
}

OrderedJson item_json(Language language, const Document& document, Layer layer, const Criterion& item) {
    const Instrument& form = *document.instrument;
    const int decimals = form.scored->decimals;
    const ItemWhy why = explain_item(document, layer, item);
    const ItemResult& result = why.result;
    const bool has_points = item.scoring->tiers.empty();
    std::optional<Fraction> score;
    if (result.is_scored() && has_points)
        score = item.scoring->role == ScoreRole::penalty ? -result.penalty : result.score;
    OrderedJson json{{"score", figure_json(score, decimals)},
                     {"of", item.scoring->points ? OrderedJson(item.scoring->points->to_string()) : OrderedJson()},
                     {"why", why_sentences(language, form, item, why)}};
    if (!result.bonus.is_zero()) json["bonus"] = result.bonus.to_string(decimals);
    if (!result.gained.is_zero()) json["gained"] = result.gained.to_string(decimals);
    if (!result.deducted.is_zero()) json["deducted"] = result.deducted.to_string(decimals);
    const std::string level = level_words(document, layer, item, result);
    if (!level.empty()) json["level"] = level;
    if (!why.missing.empty()) json["missing"] = why.missing;
    return json;
}

void add_sums(OrderedJson& layer, const Instrument& form, const ScorerResult& own) {
    const int decimals = form.scored->decimals;
    for (std::size_t s = 0; s < own.sections.size(); ++s) {
        OrderedJson& section = layer["sections"][s];
        const ScoredSum& sum = own.sections[s];
        section["bonus"] = sum.bonus.to_string(decimals);
        section["penalty"] = sum.penalty.to_string(decimals);
        section["gained"] = sum.gained.to_string(decimals);
        section["deducted"] = sum.deducted.to_string(decimals);
    }
    layer["points"] = own.sum.score.to_string(decimals);
    layer["full"] = own.full.to_string(decimals);
    layer["bonus"] = own.sum.bonus.to_string(decimals);
    layer["penalty"] = own.sum.penalty.to_string(decimals);
    if (own.sum.scaled_out > Fraction()) layer["scaled"] = own.parts.front().scaled.to_string(decimals);
}

}  // namespace

OrderedJson items_json(Language language, const Document& document, Layer layer) {
    const Instrument& form = *document.instrument;
    const auto kind = form.scored == nullptr ? std::nullopt : unit_kind(document);
    OrderedJson items = OrderedJson::object();
    for (const Instrument::Place& place : form.order) {
        const Criterion& item = form.criterion(place);
        if (form.scored != nullptr) {
            if (is_for(*item.scoring, *form.scored, kind) && is_by(*item.scoring, layer))
                items[item.id] = item_json(language, document, layer, item);
            continue;
        }
        const auto score = document.score(layer, item.id);
        items[item.id] = {{"score", score ? OrderedJson(score->to_string()) : OrderedJson()},
                          {"of", item.points.to_string()},
                          {"why", OrderedJson::array()}};
    }
    return items;
}

void add_scored(OrderedJson& json, Language language, const Document& document, bool with_items) {
    const Instrument& form = *document.instrument;
    const Evaluation evaluation = evaluate(document);
    const ScorerResult& own = evaluation.scorers[evaluation.deciding];
    const int decimals = form.scored->decimals;
    for (const ScorerResult& scorer : evaluation.scorers) {
        OrderedJson& layer = json["layers"][form.scored->scorers[index_of(scorer.layer)].id];
        add_sums(layer, form, scorer);
        if (with_items) layer["items"] = items_json(language, document, scorer.layer);
    }
    const bool any = evaluation.counted > 0;
    json["total"] = any ? figure_json(evaluation.total, decimals) : OrderedJson();
    json["grade"] = grade_json(language, document, evaluation);
    json["final"] = evaluation.final;
    json["parts"] = parts_json(*form.scored, evaluation);
    const Beside beside = joint_beside(*form.scored, evaluation);
    json["bonus"] = beside.bonus.to_string(decimals);
    json["penalty"] = beside.penalty.to_string(decimals);
    OrderedJson absent = OrderedJson::array();
    for (std::size_t i = 0; i < own.items.size(); ++i) {
        if (own.items[i].is_absent) absent.push_back(form.criterion(form.order[i]).id);
    }
    json["not_applicable"] = std::move(absent);
    OrderedJson figures = OrderedJson::object();
    for (const FigureResult& figure : evaluation.figures)
        figures[figure.definition->name] = figure_json(figure.value, figure.definition->decimals);
    json["figures"] = std::move(figures);
}

std::string scored_text(Language language, const Document& document) {
    const ScoredForm& form = *document.instrument->scored;
    const Evaluation evaluation = evaluate(document);
    const ScorerResult& own = evaluation.scorers[evaluation.deciding];
    std::string out;
    const auto say = [&](std::string_view key, Params params) { out += translate(language, key, params) + "\n"; };
    if (form.has_points && evaluation.total && evaluation.counted > 0) {
        const Fraction bonus = joint_beside(form, evaluation).bonus;
        Params params{{"total", evaluation.total->to_string(form.decimals)},
                      {"bonus", bonus.to_string(form.decimals)},
                      {"full", own.full.to_string(form.decimals)},
                      {"counted", static_cast<std::int64_t>(evaluation.counted)},
                      {"expected", static_cast<std::int64_t>(evaluation.expected)}};
        const bool is_in = document.instrument->scored->bonus_in_total;
        say(bonus.is_zero() ? "cli.score.total" : is_in ? "cli.score.total_bonus" : "cli.score.total_beside", params);
        if (evaluation.counted < evaluation.expected) say("cli.score.provisional", params);
    }
    if (!evaluation.final) {
        say("cli.score.open", {{"missing", static_cast<std::int64_t>(own.sum.of - own.sum.scored)}});
    }
    if (evaluation.grade.band)
        say("cli.score.grade", {{"label", form.grades.bands[*evaluation.grade.band].label},
                                {"why", why_grade(language, document, evaluation)}});
    for (const FigureResult& figure : evaluation.figures) {
        if (figure.value)
            out += figure.definition->name + " " + figure.value->to_string(figure.definition->decimals) + "\n";
    }
    return out;
}

}  // namespace duibiao::cli
