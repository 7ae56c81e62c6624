// What the list of weak organisations, their plans, surveys and reviews do not tell alike. Each file's own rules are
// its form's; here they are held against each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"
#include "core/weak/doors.hpp"

namespace duibiao {

/// Cells of a row by the ids of their columns; a column that the form has not is empty.
class NamedCells {
public:
    NamedCells(const Document& document, std::string_view row);
    [[nodiscard]] std::string_view operator[](std::string_view column) const;

private:
    const Table& table_;
    std::vector<std::string_view> cells_;
};

/// What the list's and the plan's choices say.
inline constexpr std::string_view weak_candidate = "候选";
inline constexpr std::string_view weak_confirmed = "确定";
inline constexpr std::string_view weak_struck = "剔除";
inline constexpr std::string_view weak_item_closed = "销号";
inline constexpr std::string_view weak_item_returned = "退回";
/// Valid ballots below this are nobody's to read: they could be told apart by who gave them.
inline constexpr int fewest_ballots = 3;

/// Of two reviews of one unit the one that stands: that of the later day, of the same day the one with more edits.
/// Either may be null.
[[nodiscard]] const Document* later_review(const Document* a, const Document* b);

/// One list of findings a document. Which document is what, its form's id says (Doors).
///
///   code                | of     | speaks when                                                          | params
///   weak-decided-twice  | list   | another list decides otherwise on the same organisation (error)      | name, ours,
///   theirs,
///                       |        |                                                                      | office
///   weak-listed-twice   | list   | another list has it too, with the same decision (notice)             | name, office
///   weak-plan-missing   | list   | confirmed, and no plan of it among the plans (warning)               | name
///   weak-plan-unlisted  | plan   | of a unit that no list has, or that is not confirmed (error)         | unit
///   weak-plan-twice     | plan   | another plan of the same unit (warning)                              | unit, other
///   weak-plan-forked    | plan   | two copies of one plan, each with edits that the other lacks (error) | unit, ours,
///   theirs weak-plan-earlier   | plan   | a copy of it goes on after this one (notice)                         | unit,
///   edits, later weak-closed-open    | list   | closed, and items of its plan are not (error)                        |
///   name, count weak-verdict-differs| list   | the verdict is not the review's, no note (warning)                   |
///   name, stated, computed weak-ballots-few    | review | fewer than three valid ballots (warning) | item
///   weak-survey-differs | survey | the unit's own answer is another one (warning)                       | text, unit,
///   survey
[[nodiscard]] std::vector<Findings> check_weak(const std::vector<const Document*>& documents, const Doors& doors);

}  // namespace duibiao
