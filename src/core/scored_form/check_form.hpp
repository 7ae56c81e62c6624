// All that is wrong with a form file, for those who write it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/instrument.hpp"

namespace duibiao {

/// A form file as its author should see it. The places of errors are JSON pointers into the file, or "line L, column C"
/// where it is no JSON.
struct FormReport {
    int format = 1;               ///< of the file, as far as it can be told
    InstrumentPtr form;           ///< null while there are mistakes
    std::vector<Error> mistakes;  ///< of format 2 all of them, of format 1 the first
    std::vector<Error> warnings;  ///< what the author is told once: printed sums that are off, gaps between grades
};
[[nodiscard]] FormReport check_form(std::string_view json_text);

/// The line, from 1, where the value of a JSON pointer begins in a text that is JSON; that of the innermost value there
/// is when the pointer leads nowhere.
[[nodiscard]] std::size_t line_of(std::string_view json_text, std::string_view pointer);

}  // namespace duibiao
