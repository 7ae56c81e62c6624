// What score says of forms of format 2 beside the sums.
#pragma once

#include "cli/output.hpp"
#include "core/evaluate/evaluate.hpp"

namespace duibiao::cli {

/// Adds grade, final, parts, bonus, penalty, not_applicable, figures and the form's own total; and to each layer of
/// `json` its items where they are asked for.
void add_scored(OrderedJson& json, Language language, const Document& document, bool with_items);
/// {ID:{score,of,why}} of one layer; of format 1 too, where there is no why.
[[nodiscard]] OrderedJson items_json(Language language, const Document& document, Layer layer);
/// Total, bonus, grade and figures, one a line.
[[nodiscard]] std::string scored_text(Language language, const Document& document);

}  // namespace duibiao::cli
