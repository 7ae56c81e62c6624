// What a form's rules say about the rows of its table.
#pragma once

#include "core/check.hpp"

namespace duibiao {

/// Findings of the rows in order, errors first within a row. `item` is the row's id, `row` its position, `field` the
/// column that a click should open. Params name columns by their labels and never hold a person's name.
///
///   code                  | speaks when                                             | params
///   table-empty           | no rows, and not said to be none (warning)              | title
///   table-none            | said to be none, and has rows (warning)                 | title, count
///   cell-required         | a rule's columns are empty                              | labels, advice
///   cell-required-when    | the same, under its conditions                          | labels, facts, advice
///   cell-required-any     | all of them are                                         | labels
///   row-state             | a rule's conditions hold                                | facts, advice
///   row-contradiction     | the same, of an error                                   | facts, advice
///   span-over             | more than the rule's months since the date              | label, date, months, end, days,
///   advice dates-order           | the later date lies before the earlier one              | earlier, later, and _date
///   of both cell-future           | a date after `as_of`                                    | label, date, as_of
///   row-doubled           | an earlier row says the same                            | labels, first
///   span-between          | more than the rule's months from one date to the other  | earlier, later, and _date of
///                         |                                                         | both, months, advice
///   count-less            | a number below the one of another column                | label, value, other,
///   count-share           | the same, of a share: so many times it                  | other_value, times, advice
///   count-under, -over    | a number out of the rule's range                        | label, value, limit, advice
///   cells-run             | so many columns one after another say it (explained: a   | from, to, count, says,
///                         | notice)                                                 | advice
///   row-overdue           | not done, and the last day is past                      | what, due, days, advice
///   row-due-soon          | not done, and it is near (notice)                       | what, due, days, advice
///   row-done-late         | done after the last day (notice)                        | what, due, done, advice
///   row-late              | the same, of a limit that may be words (notice)         | what, due, done, days, advice
///   amount-short, -over   | an amount that is not the one it should be (over: a     | label, value, other,
///                         | notice), and nothing is said about it                   | other_value, difference, advice
///   formula-differs       | a cell is not what follows from the others              | label, value, expected, advice
///   deadline-unknown      | a limit in words that mean no day (warning)             | label, text
///   choice-other          | none of the options (warning)                           | label, text, nearest, options
///   identity-number       | an identity number in a text (warning)                  | label
///   cell-formula          | a formula or a spreadsheet's error in a text (warning)  | label, text
///   term-unknown          | no length of term is known (notice)                     | name
///   term-soon             | TermState::soon (notice)                                | name, due, months
///   term-request          | TermState::request_due (warning)                        | name, due, months
///   term-overdue          | TermState::overdue (warning)                            | name, due, days
///   term-long-overdue     | TermState::long_overdue (error)                         | name, due, days, months
///   term-request-late, term-planned-late, term-planned-early, term-shifted-far (warnings): OfficeTerm's flags of these
///   names                 |                                                         | name, end, due, date, months
[[nodiscard]] Findings check_rows(const Document& document, Date as_of);

}  // namespace duibiao
