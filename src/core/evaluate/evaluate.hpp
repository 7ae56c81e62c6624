// Every figure of a scored form of format 2, exactly, from what was filled in. The only reader of a form's rules:
// table, check, print, exports and aggregate ask here.
//
// The order, as forms say it where they say nothing else: deductions of a rule, its cap, cap and floor of the item
// (item.hpp); not applicable and scaling; sums of groups, sections and parts with their caps; bonus and penalty;
// weights; ceiling; grade. Nothing is rounded but where a form says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/document.hpp"
#include "core/evaluate/item.hpp"

namespace duibiao {

/// Over the items of a group, a section or the form.
struct ScoredSum {
    Fraction score;       ///< of the points, held to caps and floors
    Fraction full;        ///< what the items are worth, without those left out
    Fraction scaled_out;  ///< worth of those whose place the others take
    Fraction bonus;
    Fraction penalty;
    Fraction gained;
    Fraction deducted;
    int scored = 0;      ///< items with points that have a score
    int of = 0;          ///< items with points that apply; bonus and penalty are never missing
    int incomplete = 0;  ///< items that lack something
    [[nodiscard]] bool is_complete() const { return scored == of && incomplete == 0; }
};

/// One part of the form, of which the total is made.
struct PartResult {
    ScoredSum sum;
    Fraction scaled;   ///< the score with what is not applicable scaled out
    Fraction score;    ///< with bonus and penalty, held to its cap
    bool any = false;  ///< anything scored
};

/// What one scorer gave.
struct ScorerResult {
    Layer layer = Layer::self;
    std::vector<ItemResult> items;  ///< in the form's order
    std::vector<ScoredSum> sections;
    std::vector<std::vector<ScoredSum>> groups;
    std::vector<PartResult> parts;
    ScoredSum outside;  ///< bonus and penalty of no part
    ScoredSum alone;    ///< bonus and penalty that this scorer alone decides
    ScoredSum sum;
    Fraction full;                   ///< what the whole is of, weighed by its parts
    std::optional<Fraction> total;   ///< with bonus and penalty; none while a weighted part has nothing
    std::optional<Fraction> shared;  ///< of it what all scorers judge, held to no cap of the form
    bool final = false;              ///< nothing is missing
    bool any = false;                ///< this scorer filled in anything
};

/// Grade of a total.
struct Grade {
    enum class By : std::uint8_t { none, band, ceiling };
    By by = By::none;
    std::optional<std::size_t> by_points;  ///< band that the total gives
    std::optional<std::size_t> band;       ///< band that stands
    std::vector<std::size_t> ceilings;     ///< the facts that hold, whether or not they lower it further
    /// Where the total lies between two bands: the better and the worse one.
    std::optional<std::size_t> above_gap;
    std::optional<std::size_t> below_gap;
};

struct FigureResult {
    const FigureDefinition* definition = nullptr;
    std::optional<Fraction> value;  ///< rounded to the figure's decimals
    Fraction base;                  ///< of shares: what they are of
};

/// The whole document.
struct Evaluation {
    std::vector<ScorerResult> scorers;  ///< in the form's order
    std::size_t deciding = 0;           ///< whose parts and facts stand for the form
    std::optional<Fraction> total;      ///< the form's: of the last, one, all or weighted
    std::size_t counted = 0;            ///< scorers in it
    std::size_t expected = 0;
    bool final = false;
    Grade grade;  ///< of a final total
    std::vector<FigureResult> figures;
};

/// Of a form of format 2. Reads the document's answers once; a pure function.
[[nodiscard]] ScorerResult evaluate(const Document& document, Layer scorer);
[[nodiscard]] Evaluation evaluate(const Document& document);

/// Which kind of unit the document is about; nothing while it is not said or the form has none.
[[nodiscard]] std::optional<std::size_t> unit_kind(const Document& document);
[[nodiscard]] bool is_for(const ItemScoring& scoring, const ScoredForm& form, std::optional<std::size_t> kind);

/// The total is the mean of several scorers, plain or weighted.
[[nodiscard]] bool is_joint(const ScoredForm& form);
/// What a scorer counts in that mean: 1, or as the form weighs; 0 of one who decides bonus and penalty alone.
[[nodiscard]] Fraction weight_of(const ScoredForm& form, std::size_t scorer);
/// A bonus or a penalty is decided by one scorer alone.
[[nodiscard]] bool has_deciders(const ScoredForm& form);
/// Whether this scorer fills it in.
[[nodiscard]] bool is_by(const ItemScoring& scoring, Layer scorer);

/// One item with every step.
struct ItemWhy {
    ItemResult result;
    WhySteps steps;
    std::vector<std::string> missing;  ///< fields, once something is filled in
};
[[nodiscard]] ItemWhy explain_item(const Document& document, Layer scorer, const Criterion& item);

}  // namespace duibiao
