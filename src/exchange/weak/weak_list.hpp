// The list of weak organisations (后进名单、整顿台账) and the plan that a unit gets from it: documents like any other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/weak/candidates.hpp"

namespace duibiao {

struct WeakListUpdate {
    Document document;
    std::vector<std::string> added;    ///< organisations
    std::vector<std::string> changed;  ///< whose evidence is not the one that stands in the list
};

/// Adds a row for each candidate that the list has not, as 候选; nothing that stands in a row is changed but the two
/// columns of the program: "evidence", a mark of the evidence that was there, and "changed", which says that it is
/// another one now. Rows are found by name, also by an earlier one of the unit. Errors: "weak-list-form" {columns} (the
/// form lacks a column that is needed), those of make_edit() and apply_all().
[[nodiscard]] Result<WeakListUpdate> update_weak_list(const Document& list, const Candidates& found, const Doors& doors,
                                                      const Author& author);

/// The plan of one confirmed organisation: a row for each of its problems, with what the list says of them. It holds
/// nothing of any other. The limit is the list's, else the doors' in the list's year. Errors: "weak-unit-unknown"
/// {unit, known}, "weak-unconfirmed" {unit, status}, "weak-no-problems" {unit}, "weak-list-form" {columns}.
[[nodiscard]] Result<Document> make_weak_plan(const Document& list, const Doors& doors, std::string_view unit,
                                              InstrumentPtr plan_form, std::string id, const Author& author);

}  // namespace duibiao
