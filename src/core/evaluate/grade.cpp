#include "core/evaluate/grade.hpp"

#include <algorithm>

namespace duibiao {
namespace {

/// A figure as the total is made: of whoever decides, or the mean of those who have it, as they weigh.
template <typename Get>
std::optional<Fraction> joint(const ScoredForm& form, const Evaluation& evaluation, const Get& get) {
    if (!is_joint(form)) return get(evaluation.scorers[evaluation.deciding]);
    Fraction sum;
    Fraction weights;
    for (std::size_t i = 0; i < evaluation.scorers.size(); ++i) {
        if (!evaluation.scorers[i].any) continue;
        const std::optional<Fraction> figure = get(evaluation.scorers[i]);
        if (!figure) continue;
        const Fraction weight = weight_of(form, i);
        sum += *figure * weight;
        weights += weight;
    }
    const Fraction mean = sum / weights;
    return mean.is_figure() ? std::optional(mean) : std::nullopt;
}

/// Facts are those of whoever decides; where all scorers count, of any of them.
std::optional<Fraction> fact_of(const Document& document, const Evaluation& evaluation, const Condition& condition) {
    const Instrument& form = *document.instrument;
    std::optional<Fraction> largest;
    for (std::size_t i = 0; i < evaluation.scorers.size(); ++i) {
        if (!is_joint(*form.scored) && i != evaluation.deciding) continue;
        const Criterion* item = condition.item ? &form.criterion(form.order[*condition.item]) : nullptr;
        const Blank& blank =
            item == nullptr ? form.scored->foot_blanks[condition.index] : item->scoring->blanks[condition.index];
        const std::string field = (blank.is_tick() ? "tick:" : "blank:") + blank.name;
        const std::string_view place = item == nullptr ? std::string_view("foot") : std::string_view(item->id);
        const auto figure = figure_of_blank(document.answer({layer_at(i), place, field}));
        if (figure && (!largest || *figure > *largest)) largest = figure;
    }
    return largest;
}

/// Of a bonus or a penalty what it adds or takes.
std::optional<Fraction> item_score(const Instrument& form, const ScorerResult& own, std::size_t at) {
    const ItemResult& item = own.items[at];
    if (form.criterion(form.order[at]).scoring->role != ScoreRole::points) return item.bonus - item.penalty;
    return item.is_scored() ? std::optional(item.score) : std::nullopt;
}

bool loses_nothing(const ScoredForm& form, const Evaluation& evaluation) {
    const auto loses = [](const ScorerResult& own) {
        return own.any &&
               (own.sum.deducted > Fraction() || own.sum.penalty > Fraction() || own.sum.score < own.sum.full);
    };
    const auto& all = evaluation.scorers;
    return is_joint(form) ? std::none_of(all.begin(), all.end(), loses) : !loses(all[evaluation.deciding]);
}

std::optional<Fraction> value_of(const Document& document, const Evaluation& evaluation, const Condition& condition) {
    const ScoredForm& form = *document.instrument->scored;
    const auto of_item = [&](const ScorerResult& one) {
        return item_score(*document.instrument, one, *condition.item);
    };
    const auto of_section = [&condition](const ScorerResult& one) {
        const ScoredSum& sum = one.sections[condition.index];
        return std::optional(sum.of > 0 ? sum.score : sum.bonus - sum.penalty);
    };
    switch (condition.what) {
        case Condition::What::blank:
            return fact_of(document, evaluation, condition);
        case Condition::What::item:
            return joint(form, evaluation, of_item);
        case Condition::What::section:
            return joint(form, evaluation, of_section);
        case Condition::What::part:
            return joint_part(form, evaluation, condition.index);
        case Condition::What::full: {
            const auto score = joint(form, evaluation, of_item);
            const Fraction& full = evaluation.scorers[evaluation.deciding].items[*condition.item].full;
            return Fraction(score && *score >= full ? 1 : 0);
        }
        case Condition::What::no_deduction:
            return Fraction(loses_nothing(form, evaluation) ? 1 : 0);
        case Condition::What::figure:
            return evaluation.figures[condition.index].value;
    }
    return std::nullopt;
}

bool holds(const Document& document, const Evaluation& evaluation, const Condition& condition) {
    const auto value = value_of(document, evaluation, condition);
    if (!condition.at_least && !condition.at_most) return value && *value > Fraction();
    // What was not said has not happened: at most 3 holds of it, at least 1 does not.
    const Fraction figure = value.value_or(Fraction());
    return (!condition.at_least || figure >= Fraction(*condition.at_least)) &&
           (!condition.at_most || figure <= Fraction(*condition.at_most));
}

bool is_within(const ScoreBand& band, const Fraction& total) {
    return (!band.from || total >= Fraction(*band.from)) && (!band.above || total > Fraction(*band.above)) &&
           (!band.to || total <= Fraction(*band.to)) && (!band.below || total < Fraction(*band.below));
}

/// Does the total lie above all that the band takes?
bool is_over(const ScoreBand& band, const Fraction& total) {
    return (band.to && total > Fraction(*band.to)) || (band.below && total >= Fraction(*band.below));
}

void find_gap(const Grades& grades, const Fraction& total, Grade& grade) {
    for (std::size_t i = 0; i < grades.bands.size(); ++i) {
        if (is_over(grades.bands[i], total)) {
            if (!grade.below_gap) grade.below_gap = i;
        } else {
            grade.above_gap = i;
        }
    }
}

}  // namespace

Beside joint_beside(const ScoredForm& form, const Evaluation& evaluation) {
    const auto bonus = [](const ScorerResult& own) { return std::optional(own.sum.bonus - own.alone.bonus); };
    const auto penalty = [](const ScorerResult& own) { return std::optional(own.sum.penalty - own.alone.penalty); };
    Beside all{joint(form, evaluation, bonus).value_or(Fraction()),
               joint(form, evaluation, penalty).value_or(Fraction())};
    for (const ScorerResult& own : evaluation.scorers) {
        all.bonus += own.alone.bonus;
        all.penalty += own.alone.penalty;
    }
    return all;
}

std::optional<Fraction> joint_part(const ScoredForm& form, const Evaluation& evaluation, std::size_t part) {
    return joint(form, evaluation, [part](const ScorerResult& own) {
        return own.parts[part].any ? std::optional(own.parts[part].score) : std::nullopt;
    });
}

std::optional<std::size_t> band_of(const ScoredForm& form, Fraction total) {
    const Grades& grades = form.grades;
    if (grades.figure) return std::nullopt;
    if (grades.on_shown) total = total.rounded(form.decimals);
    for (std::size_t i = 0; i < grades.bands.size(); ++i) {
        if (!grades.bands[i].when.empty()) return std::nullopt;
        if (is_within(grades.bands[i], total)) return i;
    }
    return std::nullopt;
}

bool holds(const Document& document, const Evaluation& evaluation, const Conditions& conditions) {
    return std::all_of(conditions.begin(), conditions.end(),
                       [&](const Condition& condition) { return holds(document, evaluation, condition); });
}

Grade grade_of(const Document& document, const Evaluation& evaluation) {
    const ScoredForm& form = *document.instrument->scored;
    const Grades& grades = form.grades;
    Grade grade;
    std::optional<Fraction> total = evaluation.total;
    if (grades.figure) total = evaluation.figures[*grades.figure].value;
    if (grades.bands.empty() || !total) return grade;
    if (grades.on_shown) total = total->rounded(form.decimals);
    for (std::size_t i = 0; i < grades.bands.size() && !grade.by_points; ++i) {
        const ScoreBand& band = grades.bands[i];
        if (is_within(band, *total) && holds(document, evaluation, band.when)) grade.by_points = i;
    }
    if (!grade.by_points) {
        find_gap(grades, *total, grade);
        return grade;
    }
    const std::size_t worst = grades.bands.size() - 1;
    grade.by = Grade::By::band;
    std::size_t lowered = *grade.by_points;
    std::size_t limit = 0;
    for (std::size_t i = 0; i < grades.ceilings.size(); ++i) {
        const GradeCeiling& ceiling = grades.ceilings[i];
        if (!holds(document, evaluation, ceiling.when)) continue;
        grade.ceilings.push_back(i);
        lowered += ceiling.steps;  // two facts of one grade each are two grades
        limit = std::max(limit, ceiling.not_above.value_or(0));
    }
    grade.band = std::max(std::min(lowered, worst), limit);
    if (*grade.band != *grade.by_points || (!grade.ceilings.empty() && lowered > worst)) grade.by = Grade::By::ceiling;
    return grade;
}

std::string_view level_of(const Document& document, Layer layer, const Criterion& item, const ItemResult& result) {
    if (!result.is_scored()) return {};
    const ItemScoring& scoring = *item.scoring;
    if (!scoring.tiers.empty()) {
        if (!result.tier) return {};
        return *result.tier < scoring.tiers.size() ? scoring.tiers[*result.tier].label : scoring.no_tier;
    }
    return scoring.levels.empty() ? std::string_view{} : document.text(layer, item.id, "level");
}

namespace {

Fraction percent(const Fraction& part, const Fraction& whole) { return Fraction(100) * part / whole; }

bool is_named(const FigureDefinition& figure, std::string_view label) {
    return std::find(figure.labels.begin(), figure.labels.end(), label) != figure.labels.end();
}

void count_levels(const Document& document, const ScorerResult& own, FigureResult& figure) {
    const Instrument& form = *document.instrument;
    std::int64_t named = 0;
    std::int64_t all = 0;
    for (std::size_t i = 0; i < own.items.size(); ++i) {
        const std::string_view label = level_of(document, own.layer, form.criterion(form.order[i]), own.items[i]);
        if (label.empty()) continue;
        ++all;
        if (is_named(*figure.definition, label)) ++named;
    }
    figure.base = all;
    figure.value =
        figure.definition->kind == FigureDefinition::Kind::level_count ? Fraction(named) : percent(named, all);
}

/// Of one scorer's ballots, or of all scorers' where all count.
void share_votes(const Document& document, const Evaluation& evaluation, FigureResult& figure) {
    const Instrument& form = *document.instrument;
    const Criterion& item = form.criterion(form.order[*figure.definition->item]);
    const auto* base = std::find(ballot_counts.begin(), ballot_counts.end(), figure.definition->base);
    const bool is_of_counted = base == ballot_counts.end();
    Fraction named;
    for (std::size_t scorer = 0; scorer < evaluation.scorers.size(); ++scorer) {
        if (!is_joint(*form.scored) && scorer != evaluation.deciding) continue;
        const ItemFacts facts = read_facts(document, evaluation.scorers[scorer].layer, item);
        if (facts.has_too_few_ballots(*item.scoring)) return;  // a share of them could tell who gave them
        for (std::size_t i = 0; i < facts.votes.size(); ++i) {
            if (!facts.votes[i]) continue;
            const VoteOption& option = item.scoring->votes->options[i];
            if (option.counts && is_of_counted) figure.base += Fraction(*facts.votes[i]);
            if (is_named(*figure.definition, option.label)) named += Fraction(*facts.votes[i]);
        }
        if (is_of_counted) continue;
        const auto& given = facts.ballots[static_cast<std::size_t>(base - ballot_counts.begin())];
        if (given) figure.base += Fraction(*given);
    }
    figure.value = percent(named, figure.base);
}

void average_item(const Evaluation& evaluation, FigureResult& figure) {
    Fraction sum;
    std::int64_t count = 0;
    for (const ScorerResult& own : evaluation.scorers) {
        const ItemResult& item = own.items[*figure.definition->item];
        if (!item.is_scored()) continue;
        sum += item.score;
        ++count;
    }
    figure.base = count;
    figure.value = sum / Fraction(count);
}

void work_out(const Document& document, const Evaluation& evaluation, FigureResult& figure) {
    const ScorerResult& own = evaluation.scorers[evaluation.deciding];
    using Kind = FigureDefinition::Kind;
    switch (figure.definition->kind) {
        case Kind::gained:
            figure.value = own.sum.gained;
            return;
        case Kind::deducted:
            figure.value = own.sum.deducted;
            return;
        case Kind::item:
            figure.value = joint(*document.instrument->scored, evaluation, [&](const ScorerResult& one) {
                return item_score(*document.instrument, one, *figure.definition->item);
            });
            return;
        case Kind::votes:
            return share_votes(document, evaluation, figure);
        case Kind::level_count:
        case Kind::level_share:
            return count_levels(document, own, figure);
        case Kind::absent_count:
            figure.value = Fraction(std::count_if(own.items.begin(), own.items.end(),
                                                  [](const ItemResult& item) { return item.is_absent; }));
            return;
        case Kind::mean:
            return average_item(evaluation, figure);
    }
}

}  // namespace

void add_figures(const Document& document, Evaluation& evaluation) {
    for (const FigureDefinition& definition : document.instrument->scored->figures) {
        FigureResult& figure = evaluation.figures.emplace_back();
        figure.definition = &definition;
        work_out(document, evaluation, figure);
        if (figure.value) figure.value = figure.value->rounded(definition.decimals);
        if (figure.value && !figure.value->is_figure()) figure.value.reset();
    }
}

}  // namespace duibiao
