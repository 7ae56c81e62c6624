// A draft as the file of a form.
#pragma once

#include <string>

#include "core/authoring/draft.hpp"

namespace duibiao {

/// The form's file, members in the order that the guide for authors has.
[[nodiscard]] std::string write_draft(const authoring::Draft& draft);

}  // namespace duibiao
