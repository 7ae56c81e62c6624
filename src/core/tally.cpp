#include "core/tally.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "core/evaluate/sums.hpp"
#include "core/sort.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

void add_worth(Sum& sum, Points points, int criteria) {
    sum.points += points;
    sum.of += criteria;
}

void add_score(Sum& sum, Points score) {
    sum.score += score;
    ++sum.scored;
}

/// The form's sections and groups with what they are worth, and no scores yet.
Tally empty_tally(const Instrument& instrument) {
    Tally result;
    for (const Section& section : instrument.sections) {
        SectionTally& section_tally = result.sections.emplace_back();
        section_tally.id = section.id;
        section_tally.title = section.title;
        for (const Group& group : section.groups) {
            GroupTally& group_tally = section_tally.groups.emplace_back();
            group_tally.id = group.id;
            const int criteria = static_cast<int>(group.criteria.size());
            for (const Layer layer : layers_of(instrument)) {
                const std::size_t l = index_of(layer);
                add_worth(group_tally.layers[l], group.points, criteria);
                add_worth(section_tally.layers[l], group.points, criteria);
                add_worth(result.layers[l], group.points, criteria);
            }
        }
    }
    return result;
}

void add_veto(const Document& document, Tally& result) {
    for (const VetoCondition& condition : document.instrument->veto.conditions) {
        const auto layers = layers_of(*document.instrument);
        const bool set = std::any_of(layers.begin(), layers.end(),
                                     [&](Layer layer) { return document.flag(layer, condition.id, "set"); });
        if (set) result.veto_ids.push_back(condition.id);
    }
    result.veto = !result.veto_ids.empty();
    if (result.veto) result.verdict = document.instrument->veto.verdict;
}

// ---- Proposals ----

/// Shares are counted in whole parts of one unit, so that thirds add up to a whole without floating point.
constexpr std::int64_t finest_parts = 1'000'000'000;

/// Parts that divide every threshold, so that each share is a whole number of them. Thresholds too unlike each other
/// share the finest parts instead, and each share is rounded down to those.
std::int64_t common_parts(const Criterion& criterion) {
    std::int64_t parts = 1;
    for (const Measure& measure : criterion.measures) {
        if (measure.propose != Measure::Propose::proportional || !measure.at_least) continue;
        const std::int64_t threshold = measure.at_least->hundredths();
        const std::int64_t factor = threshold / std::gcd(parts, threshold);
        if (parts > finest_parts / factor) return finest_parts;
        parts *= factor;
    }
    return parts;
}

bool is_met(const Measure& measure, Points value) {
    if (measure.type == Measure::Type::yesno) return (value > Points{}) == measure.expect;
    return (!measure.at_least || value >= *measure.at_least) && (!measure.at_most || value <= *measure.at_most);
}

/// What a filled measure contributes, of `parts`.
std::int64_t share_of(const MeasureState& state, std::int64_t parts) {
    if (state.met) return parts;
    const Measure& measure = *state.measure;
    const bool proportional =
        measure.propose == Measure::Propose::proportional && measure.type == Measure::Type::number && measure.at_least;
    // Above the upper bound no share of the lower one counts.
    if (!proportional || *state.value >= *measure.at_least) return 0;
    return state.value->hundredths() * parts / measure.at_least->hundredths();
}

MeasureState measure_state(const Document& document, const Measure& measure, const MeasureAnswers& answers) {
    MeasureState state;
    state.measure = &measure;
    const Value& answer = document.answer({Layer::self, measure.id, "value"});
    if (const auto* number = std::get_if<Points>(&answer)) state.value = *number;
    if (const auto* flag = std::get_if<bool>(&answer)) state.value = Points::from_whole(*flag ? 1 : 0);
    if (!state.value && answers) {
        state.value = answers(measure);
        state.computed = state.value.has_value();
    }
    state.met = state.value && is_met(measure, *state.value);
    return state;
}

/// Measures that another excuses are met whatever their figures.
void excuse(std::vector<MeasureState>& states) {
    for (const MeasureState& state : states) {
        if (!state.measure->excuses || !state.met) continue;
        MeasureState& excused = states[*state.measure->excuses];
        excused.excused = !excused.met;
        excused.met = true;
    }
}

/// Forms that are not scored have no sums: `scored` counts the items with an answer.
void count_answered(const Document& document, Tally& result) {
    for (const Instrument::Place& place : document.instrument->order) {
        const Criterion& item = document.instrument->criterion(place);
        const bool answered = std::any_of(item.fields.begin(), item.fields.end(), [&](const AnswerField& field) {
            const Value& value = document.answer(TargetRef{Layer::self, item.id, field.id});
            return !std::holds_alternative<std::monostate>(value);
        });
        if (!answered) continue;
        SectionTally& section = result.sections[place.section];
        ++section.groups[place.group].layers[0].scored;
        ++section.layers[0].scored;
        ++result.layers[0].scored;
    }
}

}  // namespace

Tally tally(const Document& document) {
    Tally result = empty_tally(*document.instrument);
    if (!document.instrument->is_scored()) {
        count_answered(document, result);
        return result;
    }
    if (document.instrument->scored != nullptr) {
        add_scored_sums(document, result);
        add_veto(document, result);
        return result;
    }
    for (const auto& [target, value] : document.answers) {
        if (target.field != "score") continue;
        const auto* score = std::get_if<Points>(&value);
        const auto place = document.instrument->find_place(target.item);
        if (score == nullptr || !place) continue;
        const std::size_t layer = index_of(target.layer);
        SectionTally& section = result.sections[place->section];
        add_score(section.groups[place->group].layers[layer], *score);
        add_score(section.layers[layer], *score);
        add_score(result.layers[layer], *score);
    }
    add_veto(document, result);
    return result;
}

Explanation explain(const Document& document, Layer layer) {
    const Instrument& instrument = *document.instrument;
    if (instrument.scored != nullptr) return explain_scored(document, layer);
    Explanation result;
    result.layer = layer;
    result.full = instrument.points;
    for (const Instrument::Place& place : instrument.order) {
        const Criterion& criterion = instrument.criterion(place);
        const auto score = document.score(layer, criterion.id);
        if (!score) {
            result.unscored += criterion.points;
            result.missing.push_back(criterion.id);
        } else if (*score < criterion.points) {
            result.lost += criterion.points - *score;
            const std::string reason(document.text(layer, criterion.id, "note"));
            result.deductions.push_back({criterion.id, criterion.points, *score, reason});
        }
    }
    result.score = result.full - result.lost - result.unscored;
    return result;
}

std::optional<Points> offered_score(const Document& document, Layer layer, std::string_view criterion) {
    const auto earlier = layer_before(*document.instrument, layer);
    if (const auto before = earlier ? document.score(*earlier, criterion) : std::nullopt) return before;
    const Criterion* known = document.instrument->find_criterion(criterion);
    // Where nothing limits an item, nothing is its full score.
    return known == nullptr || known->points == Points{} ? std::nullopt : std::optional(known->points);
}

std::vector<std::string> left_to_take(const Document& document, Layer later) {
    std::vector<std::string> items;
    const auto earlier = layer_before(*document.instrument, later);
    if (!earlier) return items;
    for (const Instrument::Place& place : document.instrument->order) {
        const std::string& id = document.instrument->criterion(place).id;
        if (!document.score(later, id) && document.score(*earlier, id)) items.push_back(id);
    }
    return items;
}

ScoreList::ScoreList(const Document& document) {
    const Instrument& instrument = *document.instrument;
    std::vector<std::vector<std::size_t>> first;  // of each group, by section
    std::size_t position = 0;
    for (const Section& section : instrument.sections) {
        auto& groups = first.emplace_back();
        for (const Group& group : section.groups) {
            groups.push_back(position);
            position += group.criteria.size();
        }
    }
    if (instrument.scored != nullptr) {
        add_derived(document);
        return;
    }
    const Answers::value_type* last_note = nullptr;  // an item's note stands before its score
    for (const auto& answer : document.answers) {
        const auto& [target, value] = answer;
        const std::string_view field = target.field;  // of all answers: compared as numbers, not by a call
        if (field == "note") last_note = &answer;
        const auto* score = std::get_if<Points>(&value);
        if (score == nullptr || field != "score") continue;
        const auto place = instrument.find_place(target.item);
        if (!place) continue;
        const std::size_t layer = index_of(target.layer);
        layers_[layer].resize(instrument.order.size());
        notes_[layer].resize(instrument.order.size());
        const std::size_t at = first[place->section][place->group] + place->criterion;
        layers_[layer][at] = *score;
        const bool is_noted =
            last_note != nullptr && last_note->first.item == target.item && last_note->first.layer == target.layer;
        const auto* note = is_noted ? std::get_if<std::string>(&last_note->second) : nullptr;
        if (note != nullptr) notes_[layer][at] = *note;
    }
}

void ScoreList::add_derived(const Document& document) {
    const Instrument& instrument = *document.instrument;
    for (const Layer layer : layers_of(instrument)) {
        auto& scores = layers_[index_of(layer)];
        auto& notes = notes_[index_of(layer)];
        for (std::size_t i = 0; i < instrument.order.size(); ++i) {
            const std::string& id = instrument.criterion(instrument.order[i]).id;
            const auto score = document.score(layer, id);
            if (!score) continue;
            scores.resize(instrument.order.size());
            notes.resize(instrument.order.size());
            scores[i] = score;
            notes[i] = document.text(layer, id, "note");
        }
    }
}

std::vector<Difference> differences(const Document& document, Layer later, const ScoreList& scores) {
    std::vector<Difference> result;
    const auto earlier = layer_before(*document.instrument, later);
    if (!earlier) return result;
    const Instrument& instrument = *document.instrument;
    for (std::size_t i = 0; i < instrument.order.size(); ++i) {
        const auto before = scores.at(*earlier, i);
        const auto after = scores.at(later, i);
        if (!before || !after || *before == *after) continue;
        const std::string& id = instrument.criterion(instrument.order[i]).id;
        result.push_back({id, *before, *after, std::string(scores.note(later, i))});
    }
    return result;
}

std::vector<Difference> differences(const Document& document, Layer later) {
    return differences(document, later, ScoreList(document));
}

namespace {

using LayerPoints = PerLayer<std::optional<Points>>;

/// Of the last layer that has points against the first.
Points change_of(const LayerPoints& points) {
    std::optional<Points> first;
    Points change;
    for (const auto& own : points) {
        if (!own) continue;
        if (!first) first = own;
        change = *own - *first;
    }
    return change;
}

LayerPoints scored_sums(const PerLayer<Sum>& layers) {
    LayerPoints points;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (layers[i].scored > 0) points[i] = layers[i].score;
    }
    return points;
}

ComparedItem compare_item(const Document& document, const std::string& id) {
    ComparedItem compared{id, {}, {}, {}};
    for (const Layer layer : layers_of(*document.instrument)) {
        const auto score = document.score(layer, id);
        compared.scores[index_of(layer)] = score;
        if (!score) continue;
        const std::string_view reason = trim(document.text(layer, id, "note"));
        if (layer == Layer::self || reason.empty()) continue;
        compared.reason += (compared.reason.empty() ? "" : "\n") + std::string(reason);
    }
    compared.change = change_of(compared.scores);
    return compared;
}

}  // namespace

LayerComparison compare_layers(const Document& document) {
    LayerComparison comparison;
    const Tally totals = tally(document);
    comparison.total = scored_sums(totals.layers);
    for (const SectionTally& section : totals.sections) {
        ComparedItem compared{section.id, scored_sums(section.layers), {}, {}};
        compared.change = change_of(compared.scores);
        if (compared.change != Points{}) comparison.sections.push_back(std::move(compared));
    }
    for (const Instrument::Place& place : document.instrument->order) {
        ComparedItem compared = compare_item(document, document.instrument->criterion(place).id);
        if (compared.change != Points{}) comparison.items.push_back(std::move(compared));
    }
    const auto size = [](const ComparedItem& item) {
        return item.change < Points{} ? Points{} - item.change : item.change;
    };
    sort_stably(comparison.items, [&size](const ComparedItem& a, const ComparedItem& b) { return size(b) < size(a); });
    return comparison;
}

Proposal propose(const Document& document, const Criterion& criterion, const MeasureAnswers& answers) {
    Proposal proposal;
    proposal.most = criterion.points;
    if (criterion.measures.empty()) return proposal;
    const std::int64_t parts = common_parts(criterion);
    for (const Measure& measure : criterion.measures)
        proposal.measures.push_back(measure_state(document, measure, answers));
    excuse(proposal.measures);
    std::int64_t shares = 0;
    std::int64_t asking = 0;
    bool any_empty = false;
    for (const MeasureState& state : proposal.measures) {
        if (state.measure->excuses) continue;
        ++asking;
        any_empty = any_empty || (!state.value && !state.met);
        proposal.failing = proposal.failing || (state.value && !state.met);
        shares += state.value || state.met ? share_of(state, parts) : parts;
    }
    // Whole steps, rounded down: points × shares / (measures × parts). At most 10⁵ steps × 10⁴ measures × 10⁹ parts.
    const std::int64_t step = document.instrument->score_step.hundredths();
    const std::int64_t steps = criterion.points.hundredths() / step;
    const std::int64_t whole = parts * asking;
    proposal.most = Points::from_hundredths(steps * shares / whole * step);
    if (!any_empty) proposal.score = proposal.most;
    return proposal;
}

}  // namespace duibiao
