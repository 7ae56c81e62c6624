// What the ledger says at a field: shown beside the document's own answer, never written into it.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Null where the ledger says nothing.
[[nodiscard]] const Computed* from_ledger(const Ui& ui, std::string_view item, std::string_view field);

/// "按台账：3 次（3 次活动）", or that it agrees with the own answer, or red that it does not. Returns its height, 0
/// without `computed`; draws only when `paint`. `value` is how the ledger's answer reads.
float from_ledger_chip(Ui& ui, const std::string& id, const Computed* computed, const std::string& value,
                       bool has_answer, ImVec2 at, bool paint);

/// True when an answer of the item differs from the ledger's.
[[nodiscard]] bool contradicts_ledger(const Ui& ui, const Criterion& item);

}  // namespace duibiao::ui
