// Who and what a unit's documents know already: entered once, offered wherever it is asked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// The names in all columns that name such a thing, each once, in order.
[[nodiscard]] std::vector<std::string> known_names(const std::vector<const Document*>& documents,
                                                   AnswerField::Entity entity);

/// What another row says of it in the column of that id; empty where none does, or two say different things.
[[nodiscard]] std::string known_cell(const std::vector<const Document*>& documents, AnswerField::Entity entity,
                                     std::string_view name, std::string_view column);

}  // namespace duibiao
