// The file of a form that was recognised, proved as its author's would be.
#pragma once

#include <string>
#include <vector>

#include "core/authoring/recognise.hpp"
#include "core/scored_form/check_form.hpp"

namespace duibiao {

struct MadeForm {
    std::string text;  ///< of the form's file
    FormReport report;
    std::vector<Error> left_out;  ///< what the form's rules refused; it is not in the text
};

/// Writes and checks the form. What it refuses is left out, one after another, so that the rest is a form.
[[nodiscard]] MadeForm make_form(const authoring::Draft& draft);

}  // namespace duibiao
