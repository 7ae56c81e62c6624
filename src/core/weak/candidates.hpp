// Candidates for the list of weak organisations: which doors the reports of a campaign open, and by which answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/campaign/collection.hpp"
#include "core/campaign/expected.hpp"
#include "core/weak/doors.hpp"

namespace duibiao {

/// One answer that a door's rule holds of.
struct DoorEvidence {
    std::size_t door = 0;  ///< position in Doors::doors
    std::size_t rule = 0;  ///< position in its rules
    std::string form;      ///< the instrument's id
    std::string form_title;
    std::string document;
    std::uint32_t edits = 0;  ///< of the revision that says it
    std::string item;         ///< empty where it is about the whole report
    std::string text;         ///< of the item
    std::string answer;
    std::string words;
    std::string clause;
    bool is_survey = false;  ///< found on site, not said by the unit
    bool is_tied = false;    ///< of the lowest share: others have the same total at its border
};

/// DoorEvidence of an earlier revision that the one that counts does not give.
struct ReplacedEvidence {
    DoorEvidence evidence;
    std::uint32_t by_edits = 0;  ///< of the revision that counts
};

/// A unit's answer that the survey on site found otherwise.
struct SurveyDifference {
    std::string item;
    std::string text;
    std::string unit_says;
    std::string survey_says;
};

/// What a door's rule asks for and the report does not say.
struct UnansweredRule {
    std::size_t door = 0;
    std::string form;
    std::string item;
    std::string text;
};

struct Candidate {
    std::string name;  ///< the organisation; of a row that names one: with the reporting unit before it
    std::string unit;  ///< who reported
    std::string district;
    std::string class_name;
    bool is_listed = true;                 ///< in the campaign's list, or there is none
    std::vector<std::string> perhaps;      ///< units of the list with a name like it
    std::vector<std::string> other_names;  ///< under which its reports came, besides `unit`
    std::vector<std::size_t> doors;        ///< open, in their order; none: only replaced evidence, or differences
    std::vector<DoorEvidence> evidence;    ///< by door, rule, form, organisation
    std::vector<ReplacedEvidence> replaced;
    std::vector<SurveyDifference> differences;
    std::vector<UnansweredRule> unanswered;
    std::vector<std::string> doubled;  ///< documents of the unit that do not count, as another one does

    [[nodiscard]] bool is_candidate() const { return !doors.empty(); }
};

struct Candidates {
    std::string period;
    /// Of every unit of which there is anything to say: those of the list in its order, then others by name.
    std::vector<Candidate> units;
    std::vector<std::string> silent;  ///< of the list, without any report that a door reads
    /// received = counted + superseded + doubled + unlisted + aside + rejected.
    std::uint64_t received = 0;
    std::uint64_t counted = 0;
    std::uint64_t superseded = 0;
    std::uint64_t doubled = 0;
    std::uint64_t unlisted = 0;  ///< of units that are not in the list: looked at, and said to be so
    std::uint64_t aside = 0;     ///< of forms that no door reads, or of other periods
    std::uint64_t rejected = 0;
};

/// Classes of fewer units have no lowest share: it would be one unit by name.
inline constexpr std::size_t least_class = 3;

/// Looks at every report of the campaign's period whose form a door that is on reads, or that is a survey beside one.
/// Of a document the revision with the most edits counts, also where the unit was renamed in it; of several documents
/// of a unit the one that sort_reports() counts. The same set of files gives the same candidates in any order. Without
/// a campaign the period is the one of most such reports.
[[nodiscard]] Candidates find_candidates(const Collection& collection, const Campaign* campaign, const Doors& doors,
                                         Date as_of);

}  // namespace duibiao
