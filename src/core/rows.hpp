// The rows of a document.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// The document's rows in order.
struct RowView {
    std::string_view id;
    std::string_view cells;
    std::string_view key;  ///< where it stands: its id's, or the one it was moved to
};
[[nodiscard]] std::vector<RowView> rows_of(const Document& document);

/// Cells by the ids of their columns.
using WrittenCells = std::map<std::string_view, std::string, std::less<>>;
/// A row with some of its cells written anew; columns that the table has not are left out.
[[nodiscard]] std::string with_cells(const Table& table, std::string_view row, const WrittenCells& written);

/// An id after those of all rows that were named so, its own among all sessions. With `ahead` it leaves room for so
/// many rows that got theirs but were not written yet.
[[nodiscard]] std::string next_row_id(const Document& document, const Author& author, std::size_t ahead = 0);

/// Keys for `count` rows to stand between two others, in order: `after` may be empty for the first place, `before` for
/// the last. Nothing when there is no room left: then all rows get the keys of their positions anew.
[[nodiscard]] std::vector<std::string> keys_between(const Document& document, std::string_view after,
                                                    std::string_view before, std::size_t count);
/// The key of a row that stands at `position`, from 1, when all rows get theirs anew.
[[nodiscard]] std::string numbered_key(std::size_t position);

}  // namespace duibiao
