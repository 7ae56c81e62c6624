// One item's score from what was filled in, and why.
#pragma once

#include <optional>
#include <vector>

#include "core/evaluate/facts.hpp"

namespace duibiao {

/// One step of how a figure came about, for any front end to say in words; in the order in which they were applied.
struct WhyStep {
    enum class Kind : std::uint8_t {
        full,       ///< begins with `after`, the full mark
        level,      ///< `index`: level; `after`
        tier,       ///< `index`: tier that holds, or how many there are where none does
        rule,       ///< rule `index`: `count` steps × `each` = `amount`; `after`
        amount,     ///< rule `index`: a person entered `amount`; `after`
        rule_cap,   ///< the step before it held to the rule's cap: `amount`; `after`
        bonus,      ///< rule `index` beyond the points: `count` × `each` = `amount`; `after` of the bonus
        bonus_cap,  ///< the item's bonus held to `after`
        zero,       ///< rule `index`: nothing is left
        times,      ///< rule `index`: × `each`; `after`
        item_cap,   ///< not above the full mark: `after`
        floor,      ///< not below the item's floor: `after`
        votes,      ///< `count` votes of those that count; mean `after`
        absent,     ///< not applicable; `after` where that gives points
        typed       ///< a person wrote `after`
    };
    Kind kind = Kind::full;
    std::size_t index = 0;
    Fraction quantity;  ///< of rules: what was counted, before it is taken in steps (8 percentage points)
    Fraction count;
    Fraction each;
    Fraction amount;
    Fraction after;
};
using WhySteps = std::vector<WhyStep>;

struct ItemResult {
    enum class State : std::uint8_t {
        unscored,  ///< neither zero nor full
        scored,
        absent,    ///< not applicable and left out
        elsewhere  ///< for another kind of unit
    };
    State state = State::unscored;
    bool is_typed = false;    ///< the score is a person's own
    bool is_absent = false;   ///< said to be not applicable, and may be
    bool incomplete = false;  ///< something that it needs is not filled in
    Fraction score;           ///< of its points
    Fraction full;            ///< what it is of; 0 without an upper limit, or when it is left out
    Fraction bonus;
    Fraction penalty;
    Fraction gained;                  ///< by rules that give
    Fraction deducted;                ///< by rules that take
    std::optional<Fraction> derived;  ///< what the facts alone give
    std::optional<std::size_t> tier;  ///< that holds; the number of tiers where none does

    [[nodiscard]] bool is_scored() const { return state == State::scored; }
};

/// Deductions of a rule, its cap, then cap and floor of the item. `why` may be null; then nothing is told.
[[nodiscard]] ItemResult evaluate_item(const ItemScoring& scoring, const ItemFacts& facts, WhySteps* why = nullptr);

/// What the columns 加分 and 扣分 of a paper say of an item: all that it has beyond its full mark or from rules that
/// give, and what is missing from its full mark, whoever took it. Of an item without a full mark, what its rules took.
[[nodiscard]] Fraction points_given(const ItemScoring& scoring, const ItemResult& result);
[[nodiscard]] Fraction points_taken(const ItemScoring& scoring, const ItemResult& result);

/// How often a rule's count stands; nothing while a blank that it needs is empty.
[[nodiscard]] std::optional<Fraction> quantity_of(const ScoreRule& rule, std::size_t index, const ItemFacts& facts);

/// Names of the fields that are still needed, once anything was filled in: "blank:应报".
[[nodiscard]] std::vector<std::string> missing_fields(const ItemScoring& scoring, const ItemFacts& facts);

}  // namespace duibiao
