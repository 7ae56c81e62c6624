// What a user does with the rows of a table, as the changes that do it: written blocks, rows inserted, removed, moved
// and sorted. ChangeRows carries them out, all or none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "core/rows.hpp"
#include "exchange/csv.hpp"

namespace duibiao {

/// By a block's columns: where each goes in the table; nowhere.
using ColumnMap = std::vector<std::optional<std::size_t>>;

/// What a pasted block's columns are.
struct BlockColumns {
    ColumnMap columns;
    std::vector<std::string> heads;  ///< its own names for them; none when it has no head
    std::size_t body = 0;            ///< rows above its first row of data
    bool is_sure = true;             ///< every column with something in it is known, none twice
};
/// By the names in a head, which may stand below a title; otherwise from `first_column` on in the table's order,
/// without a column of running numbers where the block is one column too wide.
[[nodiscard]] BlockColumns find_columns(const Table& table, const CellBlock& block, std::size_t first_column);

/// A rectangle of cells: rows by their places in what is shown, columns of the table.
struct CellRange {
    std::size_t first_row = 0;
    std::size_t last_row = 0;
    std::size_t first_column = 0;
    std::size_t last_column = 0;
};

/// The rows of an open document, some of them, as they are shown.
class RowActions {
public:
    RowActions(const Document& document, const Author& author, std::vector<RowView> shown)
        : document_(document), table_(document.instrument->table), author_(author), shown_(std::move(shown)) {}

    /// Writes a block from a row on, its columns where `columns` says; rows below the last one are new.
    [[nodiscard]] std::vector<command::RowChange> write(std::size_t first_row, const ColumnMap& columns,
                                                        const CellBlock& block) const;
    /// The same text into every cell of a range.
    [[nodiscard]] std::vector<command::RowChange> fill(const CellRange& at, const std::string& text) const;
    /// New rows in front of the one at `row`; behind the last one when there is none.
    [[nodiscard]] std::vector<command::RowChange> insert(std::size_t row, const ColumnMap& columns,
                                                         const CellBlock& block) const;
    [[nodiscard]] std::vector<command::RowChange> clear(const CellRange& at) const;
    [[nodiscard]] std::vector<command::RowChange> remove(std::size_t first_row, std::size_t last_row) const;
    /// The first row's cells into all rows of the range.
    [[nodiscard]] std::vector<command::RowChange> fill_down(const CellRange& at) const;
    /// One place up or down, together.
    [[nodiscard]] std::vector<command::RowChange> move(std::size_t first_row, std::size_t last_row, bool down) const;
    /// All rows by a column; empty cells last, equal ones as they stood.
    [[nodiscard]] std::vector<command::RowChange> sort(std::size_t column, bool descending) const;
    [[nodiscard]] CellBlock read(const CellRange& at) const;

private:
    [[nodiscard]] std::vector<std::string> cells_of(std::size_t row) const;
    [[nodiscard]] std::vector<command::RowChange> place(std::vector<command::RowChange> rows, std::string_view after,
                                                        std::string_view before) const;

    const Document& document_;
    const Table& table_;
    Author author_;
    std::vector<RowView> shown_;
};

/// The cells of a row with one of them changed, and those that follow from it to be worked out anew.
[[nodiscard]] std::string with_cell(const Table& table, std::string_view row, std::size_t index, std::string_view text);

}  // namespace duibiao
