// What only the outermost program knows: the clock and chance. SOURCE_DATE_EPOCH takes the place of both, so that the
// same input gives the same output.
#pragma once

#include <string>
#include <string_view>

#include "core/date.hpp"
#include "core/document.hpp"
#include "exchange/messages.hpp"

namespace duibiao::cli {

/// Today where the user is.
[[nodiscard]] Date today();

/// Whether the clock shows what cannot be. What is filled in then is dated by the last instant that the file knows.
[[nodiscard]] bool clock_is_wrong();
/// Says so, where it is wrong.
void complain_about_clock(Language language);

/// Identity of a new document. With SOURCE_DATE_EPOCH it follows from the three texts, else it is random.
[[nodiscard]] std::string new_document_id(std::string_view instrument, std::string_view unit, std::string_view period);

/// Who makes the next edits, and when. With SOURCE_DATE_EPOCH the session follows from `seed`.
[[nodiscard]] Author new_author(std::string_view seed);

}  // namespace duibiao::cli
