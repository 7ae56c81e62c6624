// What the desk of an author shows: the given table, the form made of it, what is in doubt, sums beside the printed
// ones. Worked out anew from the table and the author's decisions whenever one of them changes.
#pragma once

#include <string>
#include <string_view>

#include "core/authoring/decisions.hpp"
#include "core/given_table.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// What an author works on.
struct AuthorJob {
    std::string name;  ///< of the given file
    authoring::Decisions decisions;
    std::string older;     ///< the form's file as it was given out last; empty: it was not
    bool is_next = false;  ///< `older` is of another table: what is the same keeps its ids
    Language language = Language::chinese;
};

/// JSON, as app/author/author.hpp reads it. A table of which no form can be made gives one with "error" alone, in
/// words, and the tables.
[[nodiscard]] std::string write_author_view(const GivenFile& file, const AuthorJob& job);

/// Decisions as a text, and back; what is no such text gives none.
[[nodiscard]] std::string write_decisions(const authoring::Decisions& decisions);
[[nodiscard]] authoring::Decisions read_decisions(std::string_view text);

}  // namespace duibiao
