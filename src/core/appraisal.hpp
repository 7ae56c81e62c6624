// The appraisal (先锋指数考评): members scored in steps, each closed for good before the next, up to a grade.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ballots.hpp"
#include "core/check.hpp"
#include "core/document.hpp"
#include "core/ledger.hpp"

namespace duibiao {

/// What a member has of one step that weighs something.
struct StandingPart {
    const AppraisalStep* step = nullptr;
    std::vector<std::optional<Points>> dimensions;  ///< of a step that gives scores, in the form's order
    /// The sum of its dimensions, or the raters' mean; nothing while any is missing.
    std::optional<Points> score;
};

/// Where a member stands. Texts belong to the document. The total is the parts' scores by their weights, rounded half
/// up to hundredths from the figures as the sheet shows them; nothing while a part is missing. Equal totals have equal
/// grades, and nobody has a rank.
struct Standing {
    std::string_view row;  ///< id of the member's row
    int number = 0;        ///< position of the row, from 1
    std::string_view name;
    std::string_view branch;
    std::string_view reason;  ///< 说明
    std::vector<StandingPart> parts;
    std::optional<Points> raters;
    std::optional<Points> lowest;
    std::optional<Points> highest;
    std::optional<Points> total;
    const GradeBand* grade = nullptr;  ///< null without a total
};
/// One for each member, in the order of the rows. Instruments must outlive it. Empty for other forms.
[[nodiscard]] std::vector<Standing> appraise(const Document& document);

[[nodiscard]] bool is_closed(const Document& document, std::string_view step);
/// The first step that is not closed; null when all are, or the form is no appraisal.
[[nodiscard]] const AppraisalStep* open_step(const Document& document);

/// The members who lack what a step gives: a score in every dimension, or as many raters as the form asks for; for the
/// publication, a total.
[[nodiscard]] std::vector<const Standing*> lacking(const Appraisal& appraisal, const std::vector<Standing>& standings,
                                                   const AppraisalStep& step);

/// How often a member was at what the ledger has of a dimension in the document's period. It stands beside the score
/// and never becomes one.
struct Attendance {
    int attended = 0;
    int recorded = 0;  ///< activities that say who was there
    int held = 0;      ///< all of them: by the member's branch, where the ledger and the list name one
};
/// Nothing where the form names no kinds of activities, or none was held.
[[nodiscard]] std::optional<Attendance> attendance(const Document& document, const Ledger& ledger,
                                                   const Dimension& dimension, const Standing& standing);

/// The edits that close a step, to be applied at once. Undo never goes back behind them. Closing the step of ballots
/// writes each member's number of raters and, from `Appraisal::fewest_raters` on, mean, lowest and highest: all that
/// ever leaves the box. A ballot that comes later is not counted, and a closed step is not opened again: the difference
/// between two results would give the late rater's score away. `confirmed`, if any, is kept as the document's
/// explanation: who closed the step knew what was missing.
///
/// Errors (place "steps"): "field-unknown" {field}, "step-closed" {step}, "step-order" {step, before} (an earlier step
/// is open), "members-none", "ballots-missing" (none given for the step that needs them, or without a rater),
/// "total-missing" {count, members} (publication: a member has neither a total nor a 说明 that says why).
[[nodiscard]] Result<std::vector<Edit>> close_step(const Document& document, std::string_view step,
                                                   const BallotBox* ballots, const Author& author,
                                                   std::string_view confirmed = {});

/// Batches of closing a step begin so.
inline constexpr std::string_view lock_prefix = "lock-";

/// May a user change this answer to `value`, which is checked? Errors: "step-closed" {step} (a cell of a closed step, a
/// member more or fewer once a step is closed), "column-computed" {column}, "step-by-hand" (close_step closes).
[[nodiscard]] Done check_open(const Document& document, const Target& target, const Value& value);

/// The members of a document by name, as tables from elsewhere name them (name_key.hpp): 张　三 is 张三.
class MemberIndex {
public:
    explicit MemberIndex(const Document& document);

    struct Member {
        std::string_view row;
        std::string branch;  ///< its key
    };
    /// Which member a table means. Without a branch the name has to be there once; with one it names the member of that
    /// branch, else the only one of that name who has none. Null when there is nobody. Error: "member-ambiguous"
    /// {name}.
    [[nodiscard]] Result<const Member*> find(std::string_view name, std::string_view branch) const;

private:
    std::map<std::string, std::vector<Member>, std::less<>> by_name_;
};
/// A name without the blanks that pad it, as it is written for a new member.
[[nodiscard]] std::string plain_name(std::string_view name);

/// What the rules say about an appraisal beside the other documents of its dossier; a part of check(). Citations are
/// those of the step or of the list.
///
///   code                     | speaks when                                          | params
///   member-twice             | name and branch stand there before (error)           | first
///   scores-missing           | the step that is open has members without scores     | step, count, rows
///                            | (notice)                                             |
///   scores-missing-closed    | a closed step left a member without scores (warning) | step
///   raters-few               | too few ballots for a mean (warning)                 | count, fewest
///   step-open-before         | a step is closed before an earlier one (error)       | step, before
///   changed-after-close      | a merged copy changed what was closed (error)        | step
///   members-gone             | or took members away (error)                         | step, count
///   listed-passes            | listed in the form `listed_in` of this unit, graded  | grade, total, form
///                            | as passing without a 说明 (error)                    |
///   listed-passes-explained  | the same with one (notice)                           | grade, total, form
///   branch-missing           | without a branch, where others have one (warning)    |
///   name-near                | no member of that name, but one a character apart,   | form, other
///                            | stands in another form of the unit (notice)          |
[[nodiscard]] Findings check_appraisal(const Document& document, std::span<const Document* const> others);

}  // namespace duibiao
