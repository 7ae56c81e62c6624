// Grades and figures beside the total: the last steps of evaluate().
#pragma once

#include "core/evaluate/evaluate.hpp"

namespace duibiao {

/// Bonus and penalty as they are in the form's total, whoever gave them.
struct Beside {
    Fraction bonus;
    Fraction penalty;
};
[[nodiscard]] Beside joint_beside(const ScoredForm& form, const Evaluation& evaluation);
/// What a part comes to for the form: of whoever decides, or the mean of all who scored it, as they weigh.
[[nodiscard]] std::optional<Fraction> joint_part(const ScoredForm& form, const Evaluation& evaluation,
                                                 std::size_t part);
/// Band of a total alone, such as a year's; nothing where bands ask for more than points.
[[nodiscard]] std::optional<std::size_t> band_of(const ScoredForm& form, Fraction total);
/// Band of the total, and the facts that lower it. For a total that is final.
[[nodiscard]] Grade grade_of(const Document& document, const Evaluation& evaluation);
/// Bands whose conditions a total could meet: which one it would be, without ceilings.
[[nodiscard]] bool holds(const Document& document, const Evaluation& evaluation, const Conditions& conditions);
/// Label of the level that an item reached; empty where it has none.
[[nodiscard]] std::string_view level_of(const Document& document, Layer layer, const Criterion& item,
                                        const ItemResult& result);
void add_figures(const Document& document, Evaluation& evaluation);

}  // namespace duibiao
