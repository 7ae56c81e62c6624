// Which unit would have which grade where only a share of them may have one (五星不超过 30%). A proposal: nothing is
// changed by it, and a person decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/campaign/roll_up.hpp"

namespace duibiao {

/// One unit's grade, as its report says it and as the shares leave it. Grades are positions among the form's.
struct ProposedGrade {
    enum class Why : std::uint8_t {
        band,     ///< its total gives it
        ceiling,  ///< a fact limits or lowers it
        quota,    ///< good enough for a better one, beyond its share
        tied,     ///< as good as others at the border of a share: a person decides
        gap,      ///< the total lies between two bands
        open      ///< the total is not final
    };
    std::string unit;
    std::string document;
    std::string key;                ///< of the report
    std::optional<Fraction> total;  ///< exact
    std::optional<Fraction> rank;   ///< what decides the order: the total, or the figure that is graded
    std::optional<std::size_t> by_points;
    std::optional<std::size_t> grade;     ///< that stands in the report
    std::optional<std::size_t> proposed;  ///< none: tied, or without a grade
    Why why = Why::open;
    /// Of `gap`: the better and the worse band. Of `tied`: the grade at stake and the next one.
    std::optional<std::size_t> better;
    std::optional<std::size_t> worse;
    std::vector<std::string> tied_with;  ///< the others, by name
};
/// "band", "ceiling", …
[[nodiscard]] std::string_view to_string(ProposedGrade::Why why);

/// One share and how it is used.
struct QuotaUse {
    Quota quota;
    std::uint64_t base = 0;         ///< units that the share is of
    std::uint64_t seats = 0;        ///< that it allows, rounded as the form says
    std::uint64_t held = 0;         ///< units good enough for the grade
    std::vector<std::string> tied;  ///< units at the border that are as good as each other, by name
    [[nodiscard]] std::uint64_t over() const { return held > seats ? held - seats : 0; }
};

struct GradeProposal {
    std::vector<QuotaUse> quotas;      ///< in the order of their grades, the best first
    std::vector<ProposedGrade> units;  ///< the best first; then those without a grade, by name
};

/// Of the counted reports of a form with grades; nothing of any other. Grades of other versions of the form are matched
/// by their labels. The best come first into a share; of those beyond it each falls to the next grade, where it counts
/// again. Units that are as good as each other at the border are all named and none of them is given the grade.
[[nodiscard]] std::optional<GradeProposal> propose_grades(const Collection& collection, const Campaign* campaign,
                                                          const Sorted& sorted, const RollUp& all);

}  // namespace duibiao
