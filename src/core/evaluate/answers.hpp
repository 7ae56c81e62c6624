// What may stand at the fields of format 2: of items, of the form's foot, and of its head.
#pragma once

#include <string_view>

#include "core/evaluate/facts.hpp"
#include "core/value.hpp"

namespace duibiao {

/// Checks and cleans a value that is there. Errors (place empty): "score-over" {max}, "score-under", "score-step"
/// {step}, "score-between" {least, most}, "value-under", "value-type", "count-once", "level-unknown" {text, expected},
/// "number-range", "text-long" {limit}, "text-encoding". An empty text becomes "nothing".
[[nodiscard]] Done normalise_item_answer(const Instrument& form, const Criterion& item, const ItemField& field,
                                         Value& value);
/// Reads what a user typed or a file says; the value is checked then. Errors also: those of read_number.
[[nodiscard]] Result<Value> parse_item_answer(const Criterion& item, const ItemField& field, std::string_view text);

/// "blank:NAME", "tick:NAME" or a remark's id; null for a remark. Nothing where the foot has no such field.
[[nodiscard]] std::optional<const Blank*> find_foot_field(const ScoredForm& form, std::string_view field);
[[nodiscard]] Done normalise_blank(const Blank& blank, Value& value);
[[nodiscard]] Result<Value> parse_blank(const Blank& blank, std::string_view text);

/// One of the form's kinds of unit, as the form writes it. Error: "level-unknown" {text, expected}.
[[nodiscard]] Done normalise_kind(const ScoredForm& form, std::string& kind);

}  // namespace duibiao
