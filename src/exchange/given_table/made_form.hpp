// The file of a form that was recognised, proved as its author's would be.
#pragma once

#include <string>
#include <vector>

#include "core/scored_form/check_form.hpp"

namespace duibiao {

struct MadeForm {
    std::string text;  ///< of the form's file
    FormReport report;
    std::vector<Error> left_out;  ///< what the form's rules refused; it is not in the text
};

/// Checks the text of a form's file. What the form's rules refuse is left out, one after another, so that the rest is a
/// form.
[[nodiscard]] MadeForm make_form(std::string text);

}  // namespace duibiao
