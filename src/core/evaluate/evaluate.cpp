#include "core/evaluate/evaluate.hpp"

#include <algorithm>

#include "core/evaluate/grade.hpp"

namespace duibiao {
namespace {

void add(ScoredSum& sum, const ScoredSum& part) {
    sum.score += part.score;
    sum.full += part.full;
    sum.scaled_out += part.scaled_out;
    sum.bonus += part.bonus;
    sum.penalty += part.penalty;
    sum.gained += part.gained;
    sum.deducted += part.deducted;
    sum.scored += part.scored;
    sum.of += part.of;
    sum.incomplete += part.incomplete;
}

void add(ScoredSum& sum, const ItemScoring& scoring, const ItemResult& item) {
    using State = ItemResult::State;
    if (item.state == State::elsewhere) return;
    sum.bonus += item.bonus;
    sum.penalty += item.penalty;
    sum.gained += item.gained;
    sum.deducted += item.deducted;
    if (item.incomplete) ++sum.incomplete;
    if (scoring.role != ScoreRole::points) return;
    if (item.state == State::absent) {
        if (scoring.absent == NotApplicable::scaled) sum.scaled_out += item.full;
        return;
    }
    ++sum.of;
    sum.full += item.full;
    if (!item.is_scored()) return;
    ++sum.scored;
    sum.score += item.score;
}

void hold(const SumScoring& scoring, ScoredSum& sum) {
    Fraction& held = scoring.role == ScoreRole::penalty ? sum.penalty
                     : scoring.role == ScoreRole::bonus ? sum.bonus
                                                        : sum.score;
    if (scoring.cap && held > Fraction(*scoring.cap)) held = Fraction(*scoring.cap);
    if (scoring.floor && held < Fraction(*scoring.floor)) held = Fraction(*scoring.floor);
}

/// All items of one scorer, found in one pass over the answers.
class ItemPass {
public:
    ItemPass(const Document& document, Layer layer) : document_(document), layer_(layer) {
        std::size_t position = 0;
        for (const Section& section : document.instrument->sections) {
            auto& groups = first_.emplace_back();
            for (const Group& group : section.groups) {
                groups.push_back(position);
                position += group.criteria.size();
            }
        }
    }

    void run(ScorerResult& result) {
        const Instrument& form = *document_.instrument;
        const auto kind = unit_kind(document_);
        result.items.resize(form.order.size());
        std::vector<bool> seen(form.order.size());
        auto answer = document_.answers.lower_bound(TargetRef{layer_, {}, {}});
        const auto end = document_.answers.end();
        while (answer != end && answer->first.layer == layer_) {
            const std::string_view item = answer->first.item;
            const auto place = form.find_place(item);
            const Criterion* criterion = place ? &form.criterion(*place) : nullptr;
            if (criterion != nullptr) facts_.clear(*criterion->scoring);
            for (; answer != end && answer->first.layer == layer_ && answer->first.item == item; ++answer) {
                if (criterion != nullptr) facts_.take(*criterion->scoring, answer->first.field, answer->second);
            }
            if (criterion == nullptr) continue;
            const std::size_t at = first_[place->section][place->group] + place->criterion;
            result.items[at] = evaluate_item(*criterion->scoring, facts_);
            result.any = result.any || facts_.any || facts_.typed || facts_.absent;
            seen[at] = true;
        }
        for (std::size_t i = 0; i < result.items.size(); ++i) settle(result.items[i], i, seen[i], kind);
    }

private:
    void settle(ItemResult& item, std::size_t position, bool seen, std::optional<std::size_t> kind) {
        const Instrument& form = *document_.instrument;
        const ItemScoring& scoring = *form.criterion(form.order[position]).scoring;
        if (!seen && scoring.role == ScoreRole::points && scoring.points) item.full = Fraction(*scoring.points);
        if (is_for(scoring, *form.scored, kind) && is_by(scoring, layer_)) return;
        item = {};
        item.state = ItemResult::State::elsewhere;
    }

    const Document& document_;
    Layer layer_;
    std::vector<std::vector<std::size_t>> first_;  ///< of each group, by section
    ItemFacts facts_;
};

void add_up(const Instrument& form, ScorerResult& result) {
    std::size_t position = 0;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        ScoredSum& section = result.sections.emplace_back();
        auto& groups = result.groups.emplace_back();
        for (std::size_t g = 0; g < form.sections[s].groups.size(); ++g) {
            ScoredSum& group = groups.emplace_back();
            for (const Criterion& item : form.sections[s].groups[g].criteria)
                add(group, *item.scoring, result.items[position++]);
            hold(form.scored->groups[s][g], group);
            add(section, group);
        }
        hold(form.scored->sections[s], section);
        const SumScoring& definition = form.scored->sections[s];
        add(definition.scorer       ? result.alone
            : definition.is_outside ? result.outside
                                    : result.parts[definition.part].sum,
            section);
        add(result.sum, section);
    }
}

/// Not applicable and scaling, then bonus and penalty, then the part's cap.
void finish(const ScoredForm& form, const FormPart& definition, PartResult& part) {
    const ScoredSum& sum = part.sum;
    Fraction score = sum.score;
    if (form.penalty_before_scaling) score -= sum.penalty;
    if (sum.scaled_out > Fraction() && sum.full > Fraction()) {
        score = score * (sum.full + sum.scaled_out) / sum.full;
    }
    if (form.scaled_decimals) score = score.rounded(*form.scaled_decimals);
    part.scaled = score;
    if (form.bonus_in_total) score += sum.bonus;
    if (!form.penalty_before_scaling) score -= sum.penalty;
    if (definition.cap && score > Fraction(*definition.cap)) score = Fraction(*definition.cap);
    part.score = score;
    part.any = sum.scored > 0 || sum.of == 0;
}

/// The total between the form's floor and cap.
Fraction held(const ScoredForm& form, Fraction total) {
    if (form.cap && total > Fraction(*form.cap)) total = Fraction(*form.cap);
    if (form.floor && total < Fraction(*form.floor)) total = Fraction(*form.floor);
    return total;
}

/// What bonus and penalty of no part make of the total.
Fraction beside(const ScoredForm& form, const ScoredSum& sum) {
    return (form.bonus_in_total ? sum.bonus : Fraction()) - sum.penalty;
}

/// What of the bonus is above the most that the form gives.
Fraction over_bonus(const ScoredForm& form, const Fraction& bonus) {
    if (!form.bonus_in_total || !form.bonus_cap || !(bonus > Fraction(*form.bonus_cap))) return {};
    return bonus - Fraction(*form.bonus_cap);
}

void make_total(const ScoredForm& form, ScorerResult& result) {
    Fraction total;
    bool has_all = true;
    for (std::size_t i = 0; i < form.parts.size(); ++i) {
        PartResult& part = result.parts[i];
        finish(form, form.parts[i], part);
        const Fraction weight = Fraction(form.parts[i].weight) / Fraction(100);
        total += part.score * weight;
        result.full += (part.sum.full + part.sum.scaled_out) * weight;
        has_all = has_all && part.any;
    }
    total += beside(form, result.outside);
    const Fraction over = over_bonus(form, result.sum.bonus);
    // A weighted part without a figure is no zero.
    if ((!has_all && form.parts.size() > 1) || !total.is_figure()) return;
    result.shared = total - over_bonus(form, result.sum.bonus - result.alone.bonus);
    result.total = held(form, total + beside(form, result.alone) - over);
    result.final = result.any && result.sum.is_complete();
}

}  // namespace

std::optional<std::size_t> unit_kind(const Document& document) {
    const auto& kinds = document.instrument->scored->kinds;
    if (kinds.empty()) return std::nullopt;
    const std::string_view named = document.text(Layer::self, "header", "kind");
    const auto found = std::find(kinds.begin(), kinds.end(), named);
    if (found == kinds.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kinds.begin());
}

bool is_for(const ItemScoring& scoring, const ScoredForm& form, std::optional<std::size_t> kind) {
    if (scoring.kinds.empty() || form.kinds.empty()) return true;
    return kind && std::find(scoring.kinds.begin(), scoring.kinds.end(), *kind) != scoring.kinds.end();
}

bool is_joint(const ScoredForm& form) { return form.total_by == TotalBy::mean || form.total_by == TotalBy::weighted; }

Fraction weight_of(const ScoredForm& form, std::size_t scorer) {
    return form.total_by == TotalBy::weighted ? Fraction(form.scorers[scorer].weight) : Fraction(1);
}

bool has_deciders(const ScoredForm& form) {
    return std::any_of(form.sections.begin(), form.sections.end(),
                       [](const SumScoring& section) { return section.scorer.has_value(); });
}

bool is_by(const ItemScoring& scoring, Layer scorer) { return !scoring.scorer || layer_at(*scoring.scorer) == scorer; }

ScorerResult evaluate(const Document& document, Layer scorer) {
    const Instrument& form = *document.instrument;
    ScorerResult result;
    result.layer = scorer;
    result.parts.resize(form.scored->parts.size());
    ItemPass(document, scorer).run(result);
    add_up(form, result);
    make_total(*form.scored, result);
    if (!form.scored->kinds.empty() && !unit_kind(document)) result.final = false;
    return result;
}

namespace {

/// What one scorer alone decides counts once and whole, whoever else scores and whatever they weigh.
void add_decided(const ScoredForm& form, Evaluation& evaluation) {
    if (!evaluation.total) return;
    ScoredSum alone;
    for (const ScorerResult& own : evaluation.scorers) add(alone, own.alone);
    evaluation.total = held(form, *evaluation.total + beside(form, alone) - over_bonus(form, alone.bonus));
}

/// Of all scorers who have one; without the highest and the lowest where the form says so and three are left to judge.
void average(const ScoredForm& form, Evaluation& evaluation) {
    struct Own {
        Fraction total;
        Fraction weight;
    };
    std::vector<Own> totals;
    const bool has_decider = has_deciders(form);
    for (std::size_t i = 0; i < evaluation.scorers.size(); ++i) {
        const ScorerResult& own = evaluation.scorers[i];
        if (!own.any || !own.total || (has_decider && own.sum.scored == 0)) continue;
        const Fraction weight = weight_of(form, i);
        if (!weight.is_zero()) totals.push_back({has_decider ? *own.shared : *own.total, weight});
    }
    evaluation.counted = totals.size();
    constexpr std::size_t fewest = 3;
    if (form.without_extremes && totals.size() >= fewest) {
        std::sort(totals.begin(), totals.end(), [](const Own& a, const Own& b) { return a.total < b.total; });
        totals = {totals.begin() + 1, totals.end() - 1};
    }
    Fraction sum;
    Fraction weights;
    for (const Own& own : totals) {
        sum += own.total * own.weight;
        weights += own.weight;
    }
    const Fraction mean = sum / weights;
    if (mean.is_figure()) evaluation.total = mean;
    const auto is_ready = [&form](const ScorerResult& own) {
        return own.final || weight_of(form, index_of(own.layer)).is_zero();
    };
    evaluation.final = evaluation.total && std::all_of(evaluation.scorers.begin(), evaluation.scorers.end(), is_ready);
}

}  // namespace

Evaluation evaluate(const Document& document) {
    const ScoredForm& form = *document.instrument->scored;
    Evaluation evaluation;
    for (std::size_t i = 0; i < form.scorers.size(); ++i) evaluation.scorers.push_back(evaluate(document, layer_at(i)));
    evaluation.deciding = form.total_by == TotalBy::one ? form.total_of : form.scorers.size() - 1;
    evaluation.expected = is_joint(form) ? 0 : 1;
    for (std::size_t i = 0; is_joint(form) && i < form.scorers.size(); ++i) {
        if (!weight_of(form, i).is_zero()) ++evaluation.expected;
    }
    if (is_joint(form)) {
        average(form, evaluation);
    } else {
        const ScorerResult& own = evaluation.scorers[evaluation.deciding];
        evaluation.counted = own.any ? 1 : 0;
        evaluation.total = has_deciders(form) ? own.shared : own.total;
        evaluation.final = own.final;
    }
    if (has_deciders(form)) add_decided(form, evaluation);
    add_figures(document, evaluation);
    if (evaluation.final) evaluation.grade = grade_of(document, evaluation);
    return evaluation;
}

ItemWhy explain_item(const Document& document, Layer scorer, const Criterion& item) {
    ItemWhy why;
    const ItemFacts facts = read_facts(document, scorer, item);
    why.result = evaluate_item(*item.scoring, facts, &why.steps);
    const bool open = !why.result.is_scored() || why.result.incomplete;
    if (facts.any && open && !why.result.is_absent) why.missing = missing_fields(*item.scoring, facts);
    return why;
}

}  // namespace duibiao
