// What each column is for: private to columns.cpp and column_roles.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/recognise.hpp"

namespace duibiao::authoring {

/// By a column's name alone (label_core()).
[[nodiscard]] Role role_of_label(std::string_view label);
/// A column's name without what stands in brackets behind it.
[[nodiscard]] std::string label_core(std::string_view text);
/// Gives the frame's columns their roles.
void find_roles(Frame& frame, std::vector<Unsure>& unsure);

}  // namespace duibiao::authoring
