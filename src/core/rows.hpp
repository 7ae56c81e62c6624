// The rows of a document.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// The document's rows in order: (id, cells).
struct RowView {
    std::string_view id;
    std::string_view cells;
};
[[nodiscard]] std::vector<RowView> rows_of(const Document& document);

/// An id after those of all rows that were named so, its own among all sessions. With `ahead` it leaves room for so
/// many rows that got theirs but were not written yet.
[[nodiscard]] std::string next_row_id(const Document& document, const Author& author, std::size_t ahead = 0);

}  // namespace duibiao
