// Persons whom a table should list, as the unit's other documents tell: red line 2 of the dues and of the ledger.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/check.hpp"

namespace duibiao {

/// Members named in the ledger's head who took part in nothing for `months` months one after another, each of them over
/// and with an activity whose people are written down; once each. Where nobody is named nobody is missed.
[[nodiscard]] std::vector<std::string> absent_members(const Ledger& ledger, int months, Date as_of);

/// "not-listed" (check.hpp), for a table with a rule of kind `unlisted`: rows of other tables whose rule of kind
/// `cells_run` speaks as an error, and absent members, that no row of this one names. Params hold where they stand, not
/// their names: `places` are texts such as "党费收缴台账 3"; the ledger gives a number of persons.
[[nodiscard]] Findings check_unlisted(const Document& document, const Ledger* ledger,
                                      std::span<const Document* const> others, Date as_of);

}  // namespace duibiao
