// What the rules say about the answers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "core/ledger.hpp"

namespace duibiao {

struct Finding {
    std::string code;  ///< "unscored", "note-required", "above-measure", …: rule kinds with '-'; and of loading:
                       ///< "total-mismatch", "layer-altered"
    Severity severity = Severity::notice;
    std::string document;  ///< document id, or the file's name on the command line
    std::string item;      ///< criterion, section, "header", "veto.1"
    std::string field;     ///< the field that a click should open, may be empty
    Layer layer = Layer::self;
    std::optional<int> row;  ///< position of the row, from 1
    std::string citation;
    Params params;  ///< figures for the sentences `finding.<code>.title`, `.message` and `.remedy`
};
using Findings = std::vector<Finding>;

/// Rule findings of one document in the form's order, what concerns all of it first, errors first within an item.
/// `as_of` stands for today. Rules of kind `unscored` and `layer-order` speak only of layers that have at least one
/// score, except self. A text of nothing but blanks counts as none. What makes each rule speak, and its params (figures
/// as the form writes them):
///
///   rule             | speaks when                                          | item, field        | params
///   unscored         | a section has criteria without a score in the layer  | section, score     | section, count,
///   items note-required    | score > 0 and no note in the layer                   | criterion, note    | score
///   above-measure    | a filled measure fails, self's score > the most that | criterion,         | score, proposed,
///                    | the measures can propose (Proposal::most)            | explanation        | measures
///   measure-empty    | scored by self, and a measure has no value           | criterion, value   | measures
///   deduction-reason | score < score of the layer before, no note           | criterion, note    | before, after,
///                    |                                                      |                    | difference
///   score-raised     | the same rule: score > that of the layer before, no  | criterion, note    | the same
///                    | note (warning)                                       |                    |
///   reason-past      | the same rule: points given back, and the reason for | criterion, note    |
///                    | taking them is still there (notice)                  |                    |
///   layer-order      | scored, and the layer before has no score            | criterion, score   | after
///   header-required  | the field is empty                                   | header, the field  | field, label
///   date-future      | the field's date > as_of                             | header, the field  | label, date, as_of
///   veto             | any layer set the condition (`layer`: the first)     | condition, set     | number, text,
///   verdict,
///                    |                                                      |                    | condition
///
/// With an explanation, above-measure becomes the notice "above-measure-explained". Its `measures` are written
/// "name value/threshold unit" ("中心组学习 3/4 次"; "委员 12/5–9 人"; "办公用房 9/≤6"; yes/no: "name ×" or "name √").
///
/// With a `ledger`, empty measures take its figures, and an answer that it contradicts is "ledger-contradiction"
/// {label, stated, computed, activities} (error; with an explanation the notice "ledger-contradiction-explained").
/// Forms that are not scored have fixed rules:
///
///   code            | speaks when                                      | item, field     | params
///   header-required | a required header field is empty (warning)       | header          | field, label
///   unanswered      | items of a checklist's section have no answer    | section         | section, count,
///                   | (notice)                                         |                 | items
///   task-late       | the last day is past, not done (warning)         | item            | text, due, days
///   task-soon       | at most 14 days to the last one, not done        | item            | text, due, days
///                   | (notice)                                         |                 |
///   task-done-late  | done after the last day (notice)                 | item            | text, due, done
///   task-short      | done, and a number does not reach the one it   | item, field     | text, label, value,
///                   | should (warning)                               |                 | other, other_value
///   task-unticked   | done, and something is not ticked (warning)    | item, field     | text, labels
///   not-listed      | other tables or the ledger tell of persons who | table           | count, places, advice
///                   | belong into this one (unlisted.hpp; notice)    |                 |
///   duty-missing    | a period is over, something undone (warning);    | duty            | kind, title, per,
///                   | duty-missing-people where people are named       |                 | missing, at_least,
///                   |                                                  |                 | people
///   duty-missing-   | the same for one branch or group of the head's   | duty            | the same, and
///   branch          | list (warning)                                   |                 | branch
///   names-missing   | duties ask for each of some people, and none is  | header, its     | label
///                   | named (notice)                                   | field           |
///   names-doubled   | a name stands twice in such a list (notice)      | the same        | label, names, count
///   branches-unread | words of the list of branches say nothing; a     | header,         | label, names, count
///   -doubled        | branch stands twice; activities name a branch    | branches        |
///   -unknown        | that is not listed (warnings); several are named |                 |
///   -unlisted       | and there is no list (notice)                    |                 |
///   branch-missing  | activities that are asked of branches or groups  | row.KEY (the    | count, kind, date
///   group-missing   | name none (warning)                              | first), cells   |
///   branch-closed   | done by a branch that was not there that day     | the same        | names, date
///                   | (warning)                                        |                 |
///   steps-missing   | 程序 names some of a kind's steps, not all       | the same        | kind, count, steps
///                   | (notice)                                         |                 |
///   activity-future | dated after `as_of` (error)                      | row.KEY, cells  | date, kind, as_of,
///                   |                                                  |                 | year
///   activity-year   | dated outside the ledger's year (warning)        | row.KEY, cells  | the same
///
/// Rows of other tables: row_check.hpp.
/// Scored forms of format 2 have the rules of check_scored (evaluate/check_scored.hpp). And all forms what
/// check_returned() and check_handed_over() of custody.hpp say. `others` are the other documents of the dossier (the
/// document itself may be among them). Appraisals have the rules of check_appraisal (appraisal.hpp) too.
[[nodiscard]] Findings check(const Document& document, Date as_of, const Ledger* ledger = nullptr,
                             std::span<const Document* const> others = {});

/// Every document of a unit, each also against the ledgers of its year and the other forms among them. One list a
/// document.
[[nodiscard]] std::vector<Findings> check_dossier(const std::vector<const Document*>& documents, Date as_of);

/// What stands against a hand-typed answer that the ledger gives otherwise: a count is also right where the ledger says
/// "met" of as many activities.
[[nodiscard]] bool contradicts(const Value& stated, const LedgerAnswer& computed);

struct FindingCount {
    int errors = 0;
    int warnings = 0;
    int notices = 0;
};
[[nodiscard]] FindingCount count(const Findings& findings);

}  // namespace duibiao
