// Rules, blanks and what else an item of format 2 is scored by.
#pragma once

#include "core/evaluate/definition.hpp"
#include "core/scored_form/form_reader.hpp"

namespace duibiao::scored_form {

/// "应报" (a number), or {name, type, unit, yes, no}. Mistakes also: "form-doubled".
[[nodiscard]] std::vector<Blank> read_blanks(FormReader& reader, const Node& parent, std::string_view key);

/// Rules of `parent`; names in counts are those of `blanks`. Mistakes also: "form-rule-effect" {count} (not exactly one
/// of deduct, gain, bonus, zero, times), "form-count" (not exactly one way of counting), "form-count-amount" (an amount
/// that a person enters has no count).
[[nodiscard]] std::vector<ScoreRule> read_rules(FormReader& reader, const Node& parent, std::string_view key,
                                                const std::vector<Blank>& blanks);

/// Names of blanks as positions.
[[nodiscard]] std::vector<BlankIndex> read_names(FormReader& reader, const Node& node, std::string_view key,
                                                 const std::vector<Blank>& blanks);

}  // namespace duibiao::scored_form
