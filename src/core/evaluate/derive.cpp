#include "core/evaluate/derive.hpp"

#include "core/evaluate/item.hpp"

namespace duibiao {
namespace {

/// The item's figure as one number: a bonus is what it gives, a penalty stands below zero.
std::optional<Points> score_of(const ItemScoring& scoring, const ItemResult& result) {
    if (!result.is_scored() || result.is_typed || !scoring.tiers.empty()) return std::nullopt;
    const Fraction figure = scoring.role == ScoreRole::points  ? result.score
                            : scoring.role == ScoreRole::bonus ? result.bonus
                                                               : -result.penalty;
    if (!figure.is_figure()) return std::nullopt;
    return figure.to_points();
}

void derive(Document& document, Layer layer, const Criterion& item) {
    const ItemFacts facts = read_facts(document, layer, item);
    const auto score = score_of(*item.scoring, evaluate_item(*item.scoring, facts));
    Target target{layer, item.id, "score"};
    if (score) {
        document.derived.insert_or_assign(std::move(target), *score);
    } else {
        document.derived.erase(target);
    }
}

}  // namespace

void derive_item(Document& document, const TargetRef& target) {
    if (document.instrument->scored == nullptr) return;
    if (const Criterion* item = document.instrument->find_criterion(target.item)) derive(document, target.layer, *item);
}

void derive_all(Document& document) {
    if (document.instrument->scored == nullptr) return;
    document.derived.clear();
    const Target* last = nullptr;
    for (const auto& [target, value] : document.answers) {
        if (last != nullptr && last->layer == target.layer && last->item == target.item) continue;
        last = &target;
        derive_item(document, target);
    }
}

}  // namespace duibiao
