// Reasons that have lost their deduction: an office above took points off, wrote why, and gave the points back.
#pragma once

#include <set>
#include <string>

#include "core/document.hpp"

namespace duibiao {

/// Criteria whose note in `layer` was the reason of a deduction that is there no more: since the note was last changed
/// the layer gave less than the layer before it, and now it gives as much. Such a note stays in the log and is not
/// printed. A note that never stood beside a deduction is a remark. None for self.
[[nodiscard]] std::set<std::string, std::less<>> past_reasons(const Document& document, Layer layer);

}  // namespace duibiao
