// The way from an item's row to its evidence: the line below what the unit did.
#pragma once

#include <string>

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Whether evidence can be written: the unit's own layer is the one that is filled in.
[[nodiscard]] bool may_write_evidence(const Ui& ui);

/// Numbers of an item's evidence, and the button that opens its list; the button stands in every row where
/// `always`, else only in the one in use. Returns its height; draws only when `paint`.
float evidence_line(Ui& ui, const std::string& item, const Box& place, bool always, bool paint);

}  // namespace duibiao::ui
