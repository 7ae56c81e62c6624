// A document's log in words: who changed what, in which layer, when, before and after.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/merge.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

struct HistoryLine {
    std::string at;      ///< instant
    std::string by;      ///< who, may be empty
    std::string what;    ///< "3.2.2 自评得分", with 撤销 or 重做 where the edit took something back
    std::string before;  ///< empty: there was nothing
    std::string after;
};

/// The newest `most` edits first. With an `item`, only those of it and of its measures.
[[nodiscard]] std::vector<HistoryLine> history(const Document& document, Language language, std::string_view item,
                                               std::size_t most);

/// What an import does to one answer, in words.
struct ChangeLine {
    MergeChange::Kind kind;
    Target target;
    std::string what;
    std::string before;
    std::string after;
};
[[nodiscard]] std::vector<ChangeLine> change_lines(const Instrument& form, Language language,
                                                   const std::vector<MergeChange>& changes);

}  // namespace duibiao
