// Doors (认定条件): what makes a unit a candidate for the list of weak organisations, as data. A door is opened by
// answers of reports, each with its clause; whether the unit is weak a person decides.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/instrument.hpp"

namespace duibiao {

/// Asked of one answer or cell; it holds where any of its members does. An empty answer is no answer: nothing holds of
/// it but `is_blank`.
struct AnswerTest {
    std::vector<std::string> is;     ///< says one of these
    bool says_nothing = false;       ///< 无, 否, / … (cell.hpp)
    bool is_blank = false;           ///< of a row's cell: nothing stands there, or it says nothing
    bool unmet = false;              ///< of a cadence: the number so far stands there, not "是"
    std::vector<std::string> lacks;  ///< one of these options is not among its parts
    std::optional<Points> below;     ///< is a number, and a lower one
    std::optional<int> months;       ///< is a day or month more than so many months ago
};

/// One condition on a row's cell.
struct CellTest {
    std::string column;  ///< its label
    AnswerTest test;
};

/// What opens a door.
struct EvidenceRule {
    enum class Of : std::uint8_t {
        item,     ///< an answer of a checklist
        rows,     ///< rows of a roster for which all of `cells` hold
        finding,  ///< findings of the rules, of one code or of one severity
        duty,     ///< periods in which a duty of the ledger was missed
        total,    ///< a complete total, or a section's, below a line
        lowest,   ///< the lowest `share` percent of complete totals within a class
        veto,     ///< a veto condition is set
        grade     ///< the grade, or that of a member of an appraisal
    };
    Of of = Of::item;
    std::string form;  ///< the instrument's id; of findings it may be empty: any form
    std::string item;  ///< item, duty or section; of a total empty: the whole
    AnswerTest test;   ///< of an item
    std::vector<CellTest> cells;
    /// A row of the same organisation for which all of these hold takes the evidence away, where it is dated no
    /// earlier.
    std::vector<CellTest> unless;
    std::string organisation;  ///< column that names the organisation; empty: the unit itself
    std::string dated;         ///< column with the row's day, for `unless`
    std::string code;          ///< of a finding; empty: any of `severity`
    Severity severity = Severity::error;
    int at_least = 1;  ///< rows, findings, periods, conditions, members
    Layer layer = Layer::self;
    Points line;               ///< of a total: below it
    Points share;              ///< of `lowest`, percent
    bool within_class = true;  ///< of `lowest`; else among all units. Never among those of a district
    std::vector<std::string> grades;
    std::string clause;  ///< where it stands: "R 一(二)1"
    /// What is wrong, in words: {answer}, {missing}, {count}, {organisation}, {line} are filled in.
    std::string words;
};

struct Door {
    std::string id;
    std::string title;
    std::string clause;
    bool is_on = true;  ///< where a campaign names no doors
    int at_least = 1;   ///< so many of its rules must hold
    std::vector<EvidenceRule> evidence;
};

/// A form that others fill in about a unit, beside the unit's own with the same items: an on-site survey.
struct SurveyForm {
    std::string form;
    std::string of;
};

/// One of the steps in which the whole is done, with its last day.
struct WeakStep {
    enum class Of : std::uint8_t { problems, check, survey, rectify, review };
    Of of = Of::problems;
    std::string title;
    std::string clause;
    std::optional<std::chrono::month_day> until;  ///< in the year of the list
};

/// A form of what follows: the list, the plans, the reviews.
struct DeskForm {
    std::string form;    ///< its id
    std::string clause;  ///< where it is asked for
    // Of the review: names of the blanks that say how many problems the plan has, and how many are closed; may be
    // empty.
    std::string problems = {};
    std::string closed = {};
    /// Of the review: verdicts with which an organisation may be closed; empty: all. With others it goes on.
    std::vector<std::string> passes = {};

    [[nodiscard]] bool passes_with(std::string_view verdict) const;
};

/// The form of the list that the program ships; assets/campaign/weak-list.json.
inline constexpr std::string_view weak_list_form = "weak-list";

struct Doors {
    std::string id;
    std::string version;
    std::string title;
    std::string language;
    std::string source_title;
    std::vector<SurveyForm> surveys;
    std::vector<Door> doors;
    DeskForm list;
    DeskForm plan;
    DeskForm review;
    std::vector<WeakStep> steps;  ///< in their order; may be none
    std::chrono::month_day plan_limit = std::chrono::month_day(std::chrono::month(10), std::chrono::day(15));

    /// The form that a survey is filled in beside; empty: it is none.
    [[nodiscard]] std::string_view surveyed(std::string_view form) const;
};

/// By its id; null when it is not known: then items and columns of it are not proved.
using FormById = std::function<InstrumentPtr(std::string_view id)>;

struct DoorsReport {
    std::optional<Doors> doors;  ///< nothing where there are mistakes
    std::vector<Error> mistakes;
};

/// Reads a file of doors with all its mistakes, each with its place as JSON pointer. Errors: those of parse_json,
/// "doors-format", those of FormReader (core/scored_form/form_reader.hpp), and:
///   "doors-clause" {field}   a door or a rule without its clause
///   "doors-kind" {found}     a rule that says of nothing, or of two things, what it looks at
///   "doors-test"             nothing that could hold is asked of an answer
///   "doors-district"         the lowest share within a district: weak organisations are never spread over districts
[[nodiscard]] DoorsReport load_doors(std::string_view text, const FormById& find_form);

/// Switches doors on and off as a campaign's words say: ids or titles with 、 between them; none: as the file has it.
/// Error: "doors-unknown" {found, known}.
[[nodiscard]] Done choose_doors(Doors& doors, const std::vector<std::string>& names);

}  // namespace duibiao
