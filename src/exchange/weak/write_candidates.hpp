// Candidates for the list of weak organisations as files for people and programs.
#pragma once

#include <string>
#include <string_view>

#include "core/weak/candidates.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// Everything the tables are made of; all of it must outlive them.
struct CandidatesSource {
    const Candidates& found;
    const Doors& doors;
    const Campaign* campaign;  ///< may be null
    Date as_of;
};

/// {"doors":{"id","version","title","on":[{"id","title","clause"}]},"office","period","as_of",
///  "received","counted","superseded","doubled","unlisted","aside","rejected","candidates":n,
///  "units":[{"name","unit","district","class","listed":bool,"perhaps":[],"other_names":[],"doors":[ids],
///    "evidence":[{"door","form","title","document","edits","item","text","answer","words","clause","survey":bool,
///                 "tied":bool}],
///    "replaced":[the same and "by_edits"],"differences":[{"item","text","unit","survey"}],
///    "unanswered":[{"door","form","item","text"}],"doubled":[documents]}],"silent":[units]}
/// A unit without "doors" is no candidate: there is something else to say of it.
[[nodiscard]] std::string write_candidates_json(const CandidatesSource& source);

/// "xlsx", "docx" (to edit), "html" (to print) or "csv" (a line for every piece of evidence). Errors: "format-unknown",
/// "xlsx-cell-long" {limit}.
[[nodiscard]] Result<std::string> write_candidates(const CandidatesSource& source, std::string_view format,
                                                   Language language);

}  // namespace duibiao
