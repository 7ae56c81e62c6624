// What is to be looked at in a form that was made from a mailed file.
#pragma once

#include <string>
#include <vector>

#include "core/authoring/recognise.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

struct FormDoubt {
    authoring::Place place;
    std::string what;
    std::string chosen;
    std::vector<std::string> instead;
};

/// What could be read otherwise, what the form's own rules refused, and printed sums that are off.
[[nodiscard]] std::vector<FormDoubt> doubts_of(Language language, const authoring::Recognised& found,
                                               const MadeForm& made);

/// "第 1 张表第 5 行：…；现取“…”；也可以是 …"
[[nodiscard]] std::string doubt_words(Language language, const FormDoubt& doubt);

}  // namespace duibiao
