// What a task asks for once it is said to be done.
#pragma once

#include "core/check.hpp"

namespace duibiao {

/// Findings "task-short" and "task-unticked" (check.hpp) of the items that are done, in their order.
[[nodiscard]] Findings check_done_tasks(const Document& document);

}  // namespace duibiao
