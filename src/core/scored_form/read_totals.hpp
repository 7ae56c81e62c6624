// What is made of the items: parts, figures, grades.
#pragma once

#include "core/instrument.hpp"
#include "core/scored_form/form_reader.hpp"

namespace duibiao::scored_form {

/// Before the sections, which name them. Mistakes also: "form-weights" {sum}.
void read_parts(FormReader& reader, const Node& root, ScoredForm& form);
/// After the sections.
void read_figures(FormReader& reader, const Node& root, const Instrument& instrument, ScoredForm& form);
/// After the figures and the foot. Mistakes also: "form-ceiling" (neither not_above nor down, or both),
/// "form-condition" (not exactly one thing that may hold). Warnings: "form-bands-gap" {better, worse, from, to},
/// "form-bands-overlap" {better, worse, from, to}.
void read_grades(FormReader& reader, const Node& root, const Instrument& instrument, ScoredForm& form);
/// Warnings where printed sums are not what the items give: "form-printed" {printed, sum}, "form-printed-bonus".
void compare_printed(FormReader& reader, const Instrument& instrument, const ScoredForm& form);

}  // namespace duibiao::scored_form
