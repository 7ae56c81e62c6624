// Where in a form something is wrong, as its author knows the place.
#pragma once

#include <string>
#include <string_view>

#include "core/json.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// "第 12 行，第 2 部分第 3 条“每月上报”，规则 1" for "/sections/1/items/2/rules/0/cap" of a form file. A place that is
/// no pointer stays as it is.
[[nodiscard]] std::string form_place(Language language, std::string_view json_text, std::string_view pointer);

}  // namespace duibiao
