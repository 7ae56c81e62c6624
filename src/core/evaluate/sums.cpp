#include "core/evaluate/sums.hpp"

#include "core/evaluate/evaluate.hpp"

namespace duibiao {
namespace {

Sum to_sum(const ScoredSum& sum) { return {sum.score.to_points(), sum.full.to_points(), sum.scored, sum.of}; }

/// Bonus and penalty of their own sections are these sections' scores.
Points score_of(const ScoredSum& sum) {
    return sum.of > 0 ? sum.score.to_points() : (sum.score + sum.bonus - sum.penalty).to_points();
}

}  // namespace

void add_scored_sums(const Document& document, Tally& tally) {
    for (const Layer layer : layers_of(*document.instrument)) {
        const std::size_t index = index_of(layer);
        const ScorerResult result = evaluate(document, layer);
        for (std::size_t s = 0; s < result.sections.size(); ++s) {
            tally.sections[s].layers[index] = to_sum(result.sections[s]);
            tally.sections[s].layers[index].score = score_of(result.sections[s]);
            for (std::size_t g = 0; g < result.groups[s].size(); ++g)
                tally.sections[s].groups[g].layers[index] = to_sum(result.groups[s][g]);
        }
        Sum& whole = tally.layers[index];
        whole = to_sum(result.sum);
        whole.points = result.full.to_points();
        if (result.any && result.total) whole.score = result.total->to_points();
    }
}

Explanation explain_scored(const Document& document, Layer layer) {
    const Instrument& form = *document.instrument;
    const ScorerResult result = evaluate(document, layer);
    Explanation explanation;
    explanation.layer = layer;
    explanation.full = result.full.to_points();
    for (std::size_t i = 0; i < form.order.size(); ++i) {
        const Criterion& criterion = form.criterion(form.order[i]);
        const ItemResult& item = result.items[i];
        const bool counts = criterion.scoring->role == ScoreRole::points && criterion.scoring->points;
        if (!counts || item.state == ItemResult::State::elsewhere || item.state == ItemResult::State::absent) continue;
        if (!item.is_scored()) {
            explanation.unscored += criterion.points;
            explanation.missing.push_back(criterion.id);
        } else if (item.score < item.full) {
            const Points score = item.score.to_points();
            explanation.lost += criterion.points - score;
            explanation.deductions.push_back(
                {criterion.id, criterion.points, score, std::string(document.text(layer, criterion.id, "note"))});
        }
    }
    explanation.score = explanation.full - explanation.lost - explanation.unscored;
    return explanation;
}

}  // namespace duibiao
