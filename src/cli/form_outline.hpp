// The outline of a form, as form show and form import give it.
#pragma once

#include <string>

#include "cli/console.hpp"
#include "cli/output.hpp"
#include "core/instrument.hpp"

namespace duibiao::cli {

[[nodiscard]] OrderedJson form_outline(const Instrument& form);
[[nodiscard]] std::string form_outline_words(Language language, const Instrument& form);

}  // namespace duibiao::cli
