// Sections, groups and items of a form of format 2.
#pragma once

#include "core/instrument.hpp"
#include "core/scored_form/form_reader.hpp"

namespace duibiao::scored_form {

/// Parts, kinds, columns, step and item_rules are read by now. Fills sections, order, SumScoring and the sums. Mistakes
/// also: "form-points" (an item whose worth is not said), "form-step", "form-level-points", "form-id-position" {found,
/// expected}, "form-text-blank" {found, known, nearest} (a {name} of `result` that is no blank).
void read_sections(FormReader& reader, const Node& root, Instrument& instrument, ScoredForm& form);

}  // namespace duibiao::scored_form
