#pragma once

#include <string>
#include <vector>

#include "ui/mirror.hpp"

namespace duibiao::ui {

#ifdef DUIBIAO_MIRROR_CHECK
/// Ids of this frame's items that take the mouse but have no node, so that no keyboard or screen reader reaches them.
[[nodiscard]] std::vector<std::string> take_items_without_node(const Mirror& mirror);
#endif

}  // namespace duibiao::ui
