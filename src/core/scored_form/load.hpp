// Loading a scored form of format 2.
#pragma once

#include "core/instrument.hpp"
#include "core/scored_form/form_reader.hpp"

namespace duibiao::scored_form {

/// Of format 2, and of kind "scored" or of none that there is.
[[nodiscard]] bool is_scored_form(const Json& json);

/// The form as far as it can be read; usable only where the reader has no mistakes. Mistakes also: "form-no-criterion",
/// "form-scorers-many" {limit}, "form-extremes" {count}.
[[nodiscard]] std::shared_ptr<Instrument> read_form(FormReader& reader, const Json& json);

}  // namespace duibiao::scored_form
