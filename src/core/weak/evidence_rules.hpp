// Whether one report gives what a door's rule asks for.
#pragma once

#include <string>
#include <vector>

#include "core/campaign/digest.hpp"
#include "core/weak/doors.hpp"

namespace duibiao {

/// Once that a rule holds in a report.
struct RuleHit {
    std::string organisation;  ///< whom a row names; empty: the unit itself
    std::string item;          ///< item, section, duty or condition, or the row's position from 1
    std::string text;          ///< of the item, in the form's words
    std::string answer;        ///< as it stands in the report
    std::string words;         ///< what is wrong
};

/// What holds; rows of several organisations are several. `lowest` needs all reports and gives nothing here. A test of
/// months counts to `as_of`. An answer that is not there holds nothing: it is asked for by unanswered().
[[nodiscard]] std::vector<RuleHit> hits_of(const EvidenceRule& rule, const ReportDigest& report, Date as_of);

/// Does the rule ask for something that the report does not say: an item without an answer, a total that is not
/// complete? The item's text then, or the section's.
[[nodiscard]] std::optional<std::string> unanswered(const EvidenceRule& rule, const ReportDigest& report);

/// The total of the layer, or of a section of it, once every item has a score.
[[nodiscard]] std::optional<Points> complete_total(const ReportDigest& report, Layer layer, const std::string& section);

/// {name} marks filled in; unknown ones stay.
[[nodiscard]] std::string fill_words(std::string words, const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace duibiao
