// A year from a unit's documents of its months, quarters or halves.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/evaluate/evaluate.hpp"

namespace duibiao {

/// One period of the year.
struct YearPeriod {
    std::string period;
    const Document* document = nullptr;  ///< none: excused or missing
    std::string excuse;                  ///< why it is left out
    std::optional<Fraction> total;       ///< exact
    bool final = false;
    [[nodiscard]] bool is_missing() const { return document == nullptr && excuse.empty(); }
};

/// Sums or means over the periods that have a figure, of whoever decides the form's total. With a missing period, or
/// one that is not final, they are provisional; an excused one leaves the mean.
struct YearFigures {
    std::string year;
    std::vector<YearPeriod> periods;  ///< all of the year, in their order
    std::size_t counted = 0;          ///< that have a total
    std::optional<Fraction> total;
    std::vector<std::optional<Fraction>> sections;
    std::vector<std::optional<Fraction>> items;  ///< in the form's order
    bool final = false;
    std::vector<std::string> vetoed;  ///< periods in which a veto was set
    std::optional<std::size_t> band;  ///< of a final total, by points alone; none where a period knows a veto
};

/// `excuses` are by period, as written in files. All documents are of one unit and subject and of one version of a form
/// that says how a year comes about. Errors: "year-form" (it does not, or it is of another kind), "year-other" {what,
/// ours, theirs} (another form, unit, subject or year), "year-period" {period} (no part of a year, or of another kind
/// than the others), "year-doubled" {period}, "year-excuse" {period} (an excuse for a period that is there, or that is
/// none of this year's). The place is the position of the document at fault.
[[nodiscard]] Result<YearFigures> add_up_year(std::span<const Document* const> documents,
                                              const std::map<std::string, std::string>& excuses);

}  // namespace duibiao
