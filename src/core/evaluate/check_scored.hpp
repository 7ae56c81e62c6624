// What is to be said of the answers to a scored form of format 2.
#pragma once

#include "core/check.hpp"

namespace duibiao {

/// Findings of every scorer who filled in anything, and of the first. None of them says 自评 of what is not. All have
/// {layer}, the scorer's name.
///
///   code                 | speaks when                                         | item, field       | params
///   kind-missing         | the form has kinds of unit, and none is chosen      | header, kind      | expected
///                        | (warning)                                           |                   |
///   unscored             | a section has items without a score (notice)        | section, score    | section, count,
///   items unanswered           | the same of a form without points                   | the same          | the same
///   facts-missing        | something is filled in, and more is needed (notice) | item, a field     | fields
///   score-differs        | a typed score is not what the rules give, no note   | item, note        | score, derived
///                        | (warning)                                           |                   |
///   amount-reason        | a rule applies that wants a reason, no note         | item, note        | rule, amount
///                        | (warning)                                           |                   |
///   absence-reason       | not applicable without a reason (warning)           | item, na          |
///   absence-not-allowed  | not applicable where it may not be (warning)        | item, na          |
///   votes-over           | more votes than valid ballots (warning)             | item, votes:有效  | sum, valid
///   ballots-over         | more came back than went out, or more are valid     | item, votes:收回  | more, less,
///   more_name,
///                        | than came back (warning)                            |                   | less_name
///   ballots-scarce       | fewer valid ballots than the form reads (warning)   | item              | fewest
///   votes-none           | ballots, and none that counts (warning)             | item              | sum
///   votes-few            | less than half of the votes count (notice)          | item              | counted, sum
///   tier-unmet           | a tier holds by itself, one below it does not       | item, a tick      | tier, lower,
///   result
///                        | (notice)                                            |                   |
///   tier-below           | a core clause below its least tier (warning)        | item              | result, least
///   level-differs        | a typed level is not the one that holds (warning)   | item, level       | stated, computed
///   reason-missing       | less than the scorer before, no note, where the     | item, note        | before, after
///                        | form asks for it (warning)                          |                   |
///   grade-gap            | the total lies between two bands (warning)          | header            | total, better,
///   worse figure-fine          | a total is too fine a fraction (error)              | header            |
[[nodiscard]] Findings check_scored(const Document& document);

}  // namespace duibiao
