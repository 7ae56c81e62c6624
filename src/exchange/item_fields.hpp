// The fields of a form's items as columns.
#pragma once

#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// Every field that any item has, once, in the order in which the form names them first.
[[nodiscard]] std::vector<const AnswerField*> item_fields(const Instrument& instrument);

}  // namespace duibiao
