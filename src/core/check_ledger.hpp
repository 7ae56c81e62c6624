// What the rules say about a ledger.
#pragma once

#include "core/check.hpp"
#include "core/ledger.hpp"

namespace duibiao {

/// The duties that are missing, by branch where the head lists branches; and what the activities and the head say that
/// cannot be counted. The table in check.hpp has the codes. `ledger` is the document's own.
[[nodiscard]] Findings check_ledger(const Document& document, const Ledger& ledger, Date as_of);

}  // namespace duibiao
