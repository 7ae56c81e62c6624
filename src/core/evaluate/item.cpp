#include "core/evaluate/item.hpp"

#include <algorithm>

namespace duibiao {
namespace {

using Effect = ScoreRule::Effect;
using Step = WhyStep::Kind;

/// Nothing where a blank is empty.
std::optional<Fraction> figure_of(const Operand& operand, const ItemFacts& facts) {
    if (operand.blanks.empty()) return Fraction(operand.fixed);
    Fraction sum;
    for (const BlankIndex blank : operand.blanks) {
        const auto figure = facts.figure(blank);
        if (!figure) return std::nullopt;
        sum += *figure;
    }
    return sum;
}

Fraction at_least_zero(const Fraction& value) { return value.is_negative() ? Fraction() : value; }

/// How many of the groups lack something, or have everything.
std::optional<Fraction> count_groups(const Quantity& quantity, const ItemFacts& facts) {
    const bool lacking = quantity.kind == Quantity::Kind::lacking;
    std::int64_t count = 0;
    for (const auto& group : quantity.groups) {
        bool has_all = true;
        for (const BlankIndex blank : group) {
            const auto figure = facts.figure(blank);
            if (!figure) return std::nullopt;
            has_all = has_all && *figure > Fraction();
        }
        if (has_all != lacking) ++count;
    }
    if (!quantity.all) return Fraction(count);
    return Fraction(count == static_cast<std::int64_t>(quantity.groups.size()) ? 1 : 0);
}

std::optional<Fraction> compare(const Quantity& quantity, const ItemFacts& facts) {
    const auto due = figure_of(quantity.due, facts);
    const auto done = figure_of(quantity.done, facts);
    if (!due || !done) return std::nullopt;
    switch (quantity.kind) {
        case Quantity::Kind::short_of:
            return at_least_zero(*due - *done);
        case Quantity::Kind::beyond:
            return at_least_zero(*done - *due);
        case Quantity::Kind::reached:
            return Fraction(*done >= *due ? 1 : 0);
        case Quantity::Kind::below_rate:
            // Where nothing is due nothing can be short.
            if (!(*due > Fraction())) return Fraction();
            return at_least_zero(Fraction(quantity.line) - Fraction(100) * *done / *due);
        default:
            return std::nullopt;
    }
}

/// What was counted, in the rule's steps.
Fraction steps_of(const ScoreRule& rule, const Fraction& quantity) {
    Fraction steps = rule.every == Points::from_whole(1) ? quantity : quantity / Fraction(rule.every);
    if (rule.rest == PartOfStep::dropped) steps = steps.floor();
    if (rule.rest == PartOfStep::begun) steps = steps.ceiling();
    // 达不到90%的: any shortfall is one, however small.
    const bool is_yes = rule.once || rule.effect == Effect::zero;
    if (is_yes && rule.quantity.kind == Quantity::Kind::below_rate && quantity > Fraction()) steps = Fraction(1);
    if (rule.once && steps > Fraction(1)) steps = Fraction(1);
    return steps;
}

bool is_needed(const ScoreRule& rule) { return !rule.by_amount && (rule.part || !rule.is_counted()); }

/// One item while its rules are applied.
struct Working {
    const ItemScoring& scoring;
    const ItemFacts& facts;
    WhySteps* why;
    ItemResult result;
    Fraction value;  ///< of the points
    Fraction bonus;
    bool zero = false;

    void tell(WhyStep step) const {
        if (why != nullptr) why->push_back(step);
    }
};

/// What a rule gives or takes; nothing when it does not apply.
std::optional<Fraction> amount_of(Working& work, std::size_t index, WhyStep& step) {
    const ScoreRule& rule = work.scoring.rules[index];
    step.index = index;
    if (rule.by_amount) {
        const auto& entered = work.facts.counts[index];
        if (!entered || *entered == Points{}) return std::nullopt;
        step.kind = Step::amount;
        return Fraction(*entered);
    }
    const auto quantity = quantity_of(rule, index, work.facts);
    if (!quantity || quantity->is_zero()) return std::nullopt;
    step.kind = Step::rule;
    step.quantity = *quantity;
    step.count = steps_of(rule, *quantity);
    step.each = Fraction(rule.each);
    if (step.count.is_zero()) return std::nullopt;
    return step.count * step.each;
}

void apply_amount(Working& work, const ScoreRule& rule, Fraction amount, WhyStep& step) {
    step.amount = amount;
    const bool capped = rule.cap && amount > Fraction(*rule.cap);
    if (capped) amount = Fraction(*rule.cap);
    if (rule.effect == Effect::bonus) {
        work.bonus += amount;
        if (step.kind == Step::rule) step.kind = Step::bonus;
    } else if (rule.effect == Effect::gain) {
        work.value += amount;
        work.result.gained += amount;
    } else {
        work.value -= amount;
        work.result.deducted += amount;
    }
    step.after = rule.effect == Effect::bonus ? work.bonus : work.value;
    work.tell(step);
    if (capped) work.tell({Step::rule_cap, step.index, {}, {}, {}, amount, step.after});
}

void apply_rules(Working& work) {
    for (std::size_t i = 0; i < work.scoring.rules.size(); ++i) {
        const ScoreRule& rule = work.scoring.rules[i];
        if (rule.effect == Effect::times) continue;  // of what is left in the end
        WhyStep step;
        const auto amount = amount_of(work, i, step);
        if (!amount) continue;
        if (rule.effect == Effect::zero) {
            work.zero = true;
            work.tell({Step::zero, i, step.quantity, step.count, {}, {}, {}});
        } else {
            apply_amount(work, rule, *amount, step);
        }
    }
}

void hold_bounds(Working& work) {
    const ItemScoring& scoring = work.scoring;
    if (work.zero) {
        work.value = Fraction();
    } else if (scoring.points && work.value > Fraction(*scoring.points)) {
        work.value = Fraction(*scoring.points);
        work.tell({Step::item_cap, 0, {}, {}, {}, {}, work.value});
    } else if (scoring.floor && work.value < Fraction(*scoring.floor) && scoring.role == ScoreRole::points) {
        work.value = Fraction(*scoring.floor);
        work.tell({Step::floor, 0, {}, {}, {}, {}, work.value});
    }
    for (std::size_t i = 0; i < scoring.rules.size(); ++i) {
        const ScoreRule& rule = scoring.rules[i];
        const auto& count = work.facts.counts[i];
        if (rule.effect != Effect::times || !count || *count == Points{}) continue;
        work.value = work.value * Fraction(rule.each);
        work.tell({Step::times, i, {}, {}, Fraction(rule.each), {}, work.value});
    }
    if (scoring.bonus_cap && work.bonus > Fraction(*scoring.bonus_cap)) {
        work.bonus = Fraction(*scoring.bonus_cap);
        work.tell({Step::bonus_cap, 0, {}, {}, {}, {}, work.bonus});
    }
}

/// Where the points go: into the item, beyond it, or off.
void settle(Working& work, const Fraction& value) {
    ItemResult& result = work.result;
    result.state = ItemResult::State::scored;
    result.bonus = work.bonus;
    if (work.scoring.role == ScoreRole::points) result.score = value;
    if (work.scoring.role == ScoreRole::bonus) {
        result.bonus += value;
        if (work.scoring.bonus_cap && result.bonus > Fraction(*work.scoring.bonus_cap)) {
            result.bonus = Fraction(*work.scoring.bonus_cap);
            work.tell({Step::bonus_cap, 0, {}, {}, {}, {}, result.bonus});
        }
    }
    if (work.scoring.role == ScoreRole::penalty) result.penalty = value.is_negative() ? -value : value;
}

std::optional<Fraction> mean_of_votes(Working& work) {
    const Votes& votes = *work.scoring.votes;
    if (work.facts.has_too_few_ballots(work.scoring)) return std::nullopt;
    Fraction sum;
    Fraction counted;
    for (std::size_t i = 0; i < votes.options.size(); ++i) {
        const auto& given = work.facts.votes[i];
        if (!given || !votes.options[i].counts) continue;
        sum += Fraction(*given) * Fraction(votes.options[i].weight);
        counted += Fraction(*given);
    }
    if (!(counted > Fraction())) return std::nullopt;
    Fraction mean = sum / counted;
    if (votes.decimals) mean = mean.rounded(*votes.decimals);
    work.tell({Step::votes, 0, {}, counted, {}, sum, mean});
    if (work.scoring.points && mean > Fraction(*work.scoring.points)) {
        mean = Fraction(*work.scoring.points);
        work.tell({Step::item_cap, 0, {}, {}, {}, {}, mean});
    }
    return mean;
}

/// Points of a tier that are ticked; nothing where some are neither ticked nor refused.
struct TierState {
    bool holds = true;
    bool answered = true;
    bool any = false;
};
TierState state_of(const Tier& tier, const ItemFacts& facts) {
    TierState state;
    for (std::size_t i = 0; i < tier.points.size(); ++i) {
        const auto figure = facts.figure(tier.first + i);
        state.any = state.any || figure.has_value();
        state.answered = state.answered && figure.has_value();
        state.holds = state.holds && figure && !figure->is_zero();
    }
    return state;
}

void evaluate_tiers(Working& work) {
    const auto& tiers = work.scoring.tiers;
    bool any = false;
    bool goes_on = true;
    std::size_t held = tiers.size();
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        const TierState state = state_of(tiers[i], work.facts);
        any = any || state.any;
        work.result.incomplete = work.result.incomplete || !state.answered;
        goes_on = goes_on && state.holds;
        if (goes_on) held = i;
    }
    if (!any) return;
    work.result.tier = held;
    work.result.state = ItemResult::State::scored;
    work.tell({Step::tier, held, {}, {}, {}, {}, {}});
}

/// Has quantity_of() what it needs?
bool is_answered(const ScoreRule& rule, std::size_t index, const ItemFacts& facts) {
    if (rule.is_counted()) return facts.counts[index].has_value();
    const auto are_there = [&facts](const std::vector<BlankIndex>& blanks) {
        return std::all_of(blanks.begin(), blanks.end(),
                           [&facts](BlankIndex blank) { return facts.has_figure(blank); });
    };
    const auto& groups = rule.quantity.groups;
    return are_there(rule.quantity.due.blanks) && are_there(rule.quantity.done.blanks) &&
           std::all_of(groups.begin(), groups.end(), are_there);
}

/// What the facts give; nothing while there are too few of them.
std::optional<Fraction> derive(Working& work) {
    const ItemScoring& scoring = work.scoring;
    if (scoring.votes) return mean_of_votes(work);
    if (!work.facts.any) return std::nullopt;
    const auto level = scoring.find_level(work.facts.level);
    if (!scoring.levels.empty() && !level) return std::nullopt;
    if (scoring.levels.empty() && scoring.rules.empty()) return std::nullopt;
    for (std::size_t i = 0; i < scoring.rules.size(); ++i) {
        const ScoreRule& rule = scoring.rules[i];
        if (is_needed(rule) && !is_answered(rule, i, work.facts)) {
            work.result.incomplete = true;
            return std::nullopt;
        }
    }
    if (level) {
        work.value = Fraction(scoring.levels[*level].points);
        work.tell({Step::level, *level, {}, {}, {}, {}, work.value});
    } else if (scoring.starts_full && scoring.points && scoring.role == ScoreRole::points) {
        work.value = Fraction(*scoring.points);
        work.tell({Step::full, 0, {}, {}, {}, {}, work.value});
    }
    apply_rules(work);
    hold_bounds(work);
    return work.value;
}

}  // namespace

std::optional<Fraction> quantity_of(const ScoreRule& rule, std::size_t index, const ItemFacts& facts) {
    const Quantity& quantity = rule.quantity;
    switch (quantity.kind) {
        case Quantity::Kind::entered: {
            const auto& count = facts.counts[index];
            if (count) return Fraction(*count);
            if (rule.part) return std::nullopt;
            return Fraction();
        }
        case Quantity::Kind::blanks:
            return figure_of(quantity.done, facts);
        case Quantity::Kind::lacking:
        case Quantity::Kind::ticked:
            return count_groups(quantity, facts);
        default:
            return compare(quantity, facts);
    }
}

ItemResult evaluate_item(const ItemScoring& scoring, const ItemFacts& facts, WhySteps* why) {
    Working work{scoring, facts, why, {}, {}, {}, false};
    ItemResult& result = work.result;
    if (scoring.role == ScoreRole::points && scoring.points) result.full = Fraction(*scoring.points);
    if (facts.absent && scoring.absent != NotApplicable::no) {
        result.is_absent = true;
        const bool gives_points = scoring.absent == NotApplicable::full && scoring.points;
        result.state = gives_points ? ItemResult::State::scored : ItemResult::State::absent;
        result.score = gives_points ? result.full : Fraction();
        work.tell({Step::absent, 0, {}, {}, {}, {}, result.score});
        return std::move(result);
    }
    if (!scoring.tiers.empty()) {
        evaluate_tiers(work);
        return std::move(result);
    }
    const auto derived = derive(work);
    if (derived) {
        result.derived = derived;
        settle(work, *derived);
    }
    if (facts.typed) {
        result.is_typed = true;
        settle(work, Fraction(*facts.typed));
        work.tell({Step::typed, 0, {}, {}, {}, {}, Fraction(*facts.typed)});
    }
    return std::move(result);
}

std::vector<std::string> missing_fields(const ItemScoring& scoring, const ItemFacts& facts) {
    std::vector<bool> needed(scoring.blanks.size(), !scoring.tiers.empty());
    const auto need = [&needed](const std::vector<BlankIndex>& blanks) {
        for (const BlankIndex blank : blanks) needed[blank] = true;
    };
    std::vector<std::string> names;
    if (!scoring.levels.empty() && !scoring.find_level(facts.level)) names.emplace_back("level");
    for (std::size_t i = 0; i < scoring.rules.size(); ++i) {
        const ScoreRule& rule = scoring.rules[i];
        if (rule.part && rule.is_counted() && !facts.counts[i]) names.push_back("count:" + std::to_string(i + 1));
        if (!is_needed(rule)) continue;
        need(rule.quantity.due.blanks);
        need(rule.quantity.done.blanks);
        for (const auto& group : rule.quantity.groups) need(group);
    }
    for (BlankIndex blank = 0; blank < scoring.blanks.size(); ++blank) {
        if (needed[blank] && !facts.figure(blank))
            names.push_back((scoring.blanks[blank].is_tick() ? "tick:" : "blank:") + scoring.blanks[blank].name);
    }
    return names;
}

Fraction points_given(const ItemScoring& scoring, const ItemResult& result) {
    const bool is_below_full = scoring.role == ScoreRole::points && scoring.points && !scoring.starts_full;
    return scoring.role == ScoreRole::bonus || is_below_full ? result.bonus : result.gained + result.bonus;
}

Fraction points_taken(const ItemScoring& scoring, const ItemResult& result) {
    if (scoring.role == ScoreRole::penalty) return result.penalty;
    if (scoring.role != ScoreRole::points || !scoring.points || !result.is_scored()) return result.deducted;
    const Fraction missing = result.full + (scoring.starts_full ? result.gained : Fraction()) - result.score;
    return missing > Fraction() ? missing : Fraction();
}

}  // namespace duibiao
