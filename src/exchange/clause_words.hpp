// What a clause says, as far as the forms hold its words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/library.hpp"

namespace duibiao {

/// One clause of a citation.
struct ClauseWords {
    std::string clause;              ///< as it is cited: "R 一(二)2"
    std::string source;              ///< issuer and title of its document; empty where no form comes from it
    std::vector<std::string> words;  ///< of the items, duties and conditions that the forms take from it, each once
};

/// The clauses of "J 落实情况；R 一(二)2" in their order.
[[nodiscard]] std::vector<ClauseWords> clause_words(std::span<const InstrumentPtr> forms, std::string_view citation);

}  // namespace duibiao
