#include "app/row_actions.hpp"

#include <algorithm>
#include <utility>

#include "core/cell.hpp"
#include "core/row_formula.hpp"
#include "core/sort.hpp"

namespace duibiao {

using Changes = std::vector<command::RowChange>;

namespace {

std::string one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line) {
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    }
    return line;
}

bool is_number_column(const AnswerField& column) { return column.type == AnswerField::Type::count; }

/// A row with some of its cells replaced; what follows from them is worked out anew unless it is given, too.
std::string merged(const Table& table, std::vector<std::string> cells, const ColumnMap& columns,
                   const std::vector<std::string>& from) {
    for (std::size_t i = 0; i < from.size() && i < columns.size(); ++i) {
        if (columns[i] && *columns[i] < cells.size()) forget_what_follows(table, *columns[i], cells);
    }
    for (std::size_t i = 0; i < from.size() && i < columns.size(); ++i) {
        if (columns[i] && *columns[i] < cells.size()) cells[*columns[i]] = one_line(from[i]);
    }
    return join_row(cells);
}

/// The row that names the columns: at least two of them, or the only one there is.
std::optional<std::size_t> find_head(const Table& table, const CellBlock& block) {
    constexpr std::size_t most_lines_above = 6;
    for (std::size_t i = 0; i < block.size() && i <= most_lines_above; ++i) {
        const std::size_t named = table.count_named(block[i]);
        if (named >= 2 || (named == 1 && block[i].size() == 1)) return i;
    }
    return std::nullopt;
}

bool is_empty_column(const CellBlock& block, std::size_t column, std::size_t from) {
    return std::all_of(block.begin() + static_cast<std::ptrdiff_t>(from), block.end(),
                       [column](const auto& row) { return column >= row.size() || row[column].empty(); });
}

/// 1, 2, 3 … down the first column.
bool has_running_numbers(const CellBlock& block) {
    std::size_t number = 0;
    return std::all_of(block.begin(), block.end(),
                       [&number](const auto& row) { return !row.empty() && row.front() == std::to_string(++number); });
}

BlockColumns by_position(const Table& table, const CellBlock& block, std::size_t first_column) {
    BlockColumns found;
    std::size_t width = 0;
    for (const auto& row : block) width = std::max(width, row.size());
    std::size_t next = first_column;
    const bool numbered =
        first_column == 0 && width > 1 && !is_number_column(table.columns.front()) && has_running_numbers(block);
    for (std::size_t i = 0; i < width; ++i) {
        const bool drop = (i == 0 && numbered) || next >= table.columns.size();
        found.columns.push_back(drop ? std::nullopt : std::optional(next++));
        if (drop && i > 0 && !is_empty_column(block, i, 0)) found.is_sure = false;
    }
    return found;
}

}  // namespace

BlockColumns find_columns(const Table& table, const CellBlock& block, std::size_t first_column) {
    const auto head = find_head(table, block);
    if (!head) return by_position(table, block, first_column);
    BlockColumns found;
    found.heads = block[*head];
    found.body = *head + 1;
    std::vector<bool> taken(table.columns.size());
    for (std::size_t i = 0; i < found.heads.size(); ++i) {
        auto column = table.find_named_column(found.heads[i]);
        const bool doubled = column && taken[*column];
        if (doubled) column.reset();
        if (column) taken[*column] = true;
        const bool known = column || is_row_number(found.heads[i]);
        if (doubled || (!known && !is_empty_column(block, i, *head))) found.is_sure = false;
        found.columns.push_back(column);
    }
    return found;
}

std::string with_cell(const Table& table, std::string_view row, std::size_t index, std::string_view text) {
    std::vector<std::string> cells;
    for (const std::string_view cell : split_row(row, table.columns.size())) cells.emplace_back(cell);
    forget_what_follows(table, index, cells);
    cells[index] = one_line(text);
    return join_row(cells);
}

std::vector<std::string> RowActions::cells_of(std::size_t row) const {
    std::vector<std::string> cells(table_.columns.size());
    if (row >= shown_.size()) return cells;
    const auto own = split_row(shown_[row].cells, cells.size());
    std::copy(own.begin(), own.end(), cells.begin());
    return cells;
}

Changes RowActions::write(std::size_t first_row, const ColumnMap& columns, const CellBlock& block) const {
    Changes changes;
    std::size_t added = 0;
    for (std::size_t i = 0; i < block.size(); ++i) {
        const std::size_t row = first_row + i;
        std::string text = merged(table_, cells_of(row), columns, block[i]);
        const bool known = row < shown_.size();
        if (!known && text.empty()) continue;
        std::string id = known ? std::string(shown_[row].id) : next_row_id(document_, author_, added++);
        changes.push_back({std::move(id), std::move(text), std::nullopt});
    }
    return changes;
}

Changes RowActions::fill(const CellRange& at, const std::string& text) const {
    ColumnMap columns;
    for (std::size_t column = at.first_column; column <= at.last_column; ++column) columns.emplace_back(column);
    const std::vector<std::string> row(columns.size(), text);
    return write(at.first_row, columns, CellBlock(at.last_row - at.first_row + 1, row));
}

Changes RowActions::insert(std::size_t row, const ColumnMap& columns, const CellBlock& block) const {
    Changes changes;
    for (const auto& cells : block) {
        std::string text = merged(table_, cells_of(shown_.size()), columns, cells);
        if (text.empty()) continue;
        changes.push_back({next_row_id(document_, author_, changes.size()), std::move(text), std::nullopt});
    }
    if (row >= shown_.size()) return changes;
    return place(std::move(changes), row == 0 ? std::string_view{} : shown_[row - 1].key, shown_[row].key);
}

Changes RowActions::clear(const CellRange& at) const {
    Changes changes;
    for (std::size_t row = at.first_row; row <= at.last_row && row < shown_.size(); ++row) {
        std::vector<std::string> cells = cells_of(row);
        for (std::size_t column = at.first_column; column <= at.last_column; ++column) {
            cells[column].clear();
            forget_what_follows(table_, column, cells);
        }
        changes.push_back({std::string(shown_[row].id), join_row(cells), std::nullopt});
    }
    return changes;
}

Changes RowActions::remove(std::size_t first_row, std::size_t last_row) const {
    Changes changes;
    for (std::size_t row = first_row; row <= last_row && row < shown_.size(); ++row)
        changes.push_back({std::string(shown_[row].id), std::string{}, std::nullopt});
    return changes;
}

Changes RowActions::fill_down(const CellRange& at) const {
    if (at.first_row >= shown_.size()) return {};
    const std::vector<std::string> from = cells_of(at.first_row);
    Changes changes;
    for (std::size_t row = at.first_row + 1; row <= at.last_row && row < shown_.size(); ++row) {
        std::vector<std::string> cells = cells_of(row);
        for (std::size_t column = at.first_column; column <= at.last_column; ++column)
            forget_what_follows(table_, column, cells);
        for (std::size_t column = at.first_column; column <= at.last_column; ++column) cells[column] = from[column];
        changes.push_back({std::string(shown_[row].id), join_row(cells), std::nullopt});
    }
    return changes;
}

/// Gives rows places between two keys; where there is no room, all rows of the table get theirs anew.
Changes RowActions::place(Changes rows, std::string_view after, std::string_view before) const {
    const std::vector<std::string> keys = keys_between(document_, after, before, rows.size());
    for (std::size_t i = 0; i < keys.size(); ++i) rows[i].order = keys[i];
    if (!keys.empty()) return rows;
    Changes all;
    std::size_t position = 0;
    const auto add = [&](command::RowChange change) {
        change.order = numbered_key(++position);
        all.push_back(std::move(change));
    };
    bool placed = false;
    for (const RowView& row : rows_of(document_)) {
        if (!placed && !before.empty() && row.key >= before) {
            for (command::RowChange& change : rows) add(std::move(change));
            placed = true;
        }
        const bool moved = std::any_of(rows.begin(), rows.end(),
                                       [&row](const command::RowChange& change) { return change.row == row.id; });
        if (!moved) add({std::string(row.id), std::nullopt, std::nullopt});
    }
    if (!placed) {
        for (command::RowChange& change : rows) add(std::move(change));
    }
    return all;
}

Changes RowActions::move(std::size_t first_row, std::size_t last_row, bool down) const {
    last_row = std::min(last_row, shown_.size() - 1);
    if (shown_.empty() || (down ? last_row + 1 >= shown_.size() : first_row == 0)) return {};
    Changes rows;
    for (std::size_t row = first_row; row <= last_row; ++row)
        rows.push_back({std::string(shown_[row].id), std::nullopt, std::nullopt});
    const auto key_at = [this](std::size_t row) { return row < shown_.size() ? shown_[row].key : std::string_view{}; };
    if (down) return place(std::move(rows), key_at(last_row + 1), key_at(last_row + 2));
    return place(std::move(rows), first_row < 2 ? std::string_view{} : key_at(first_row - 2), key_at(first_row - 1));
}

Changes RowActions::sort(std::size_t column, bool descending) const {
    std::vector<RowView> rows = rows_of(document_);
    std::vector<std::pair<std::string_view, std::size_t>> order;
    for (std::size_t i = 0; i < rows.size(); ++i)
        order.emplace_back(split_row(rows[i].cells, table_.columns.size())[column], i);
    const bool numbers = is_number_column(table_.columns[column]);
    const auto less = [numbers](std::string_view a, std::string_view b) {
        if (!numbers) return a < b;
        return Points::parse(a).value_or(Points{}) < Points::parse(b).value_or(Points{});
    };
    sort_stably(order, [&](const auto& a, const auto& b) {
        if (a.first.empty() || b.first.empty()) return !a.first.empty() && b.first.empty();
        return descending ? less(b.first, a.first) : less(a.first, b.first);
    });
    const bool sorted =
        std::is_sorted(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    Changes changes;
    if (sorted) return changes;
    for (std::size_t i = 0; i < order.size(); ++i)
        changes.push_back({std::string(rows[order[i].second].id), std::nullopt, numbered_key(i + 1)});
    return changes;
}

CellBlock RowActions::read(const CellRange& at) const {
    CellBlock block;
    for (std::size_t row = at.first_row; row <= at.last_row && row < shown_.size(); ++row) {
        const std::vector<std::string> cells = cells_of(row);
        block.emplace_back(cells.begin() + static_cast<std::ptrdiff_t>(at.first_column),
                           cells.begin() + static_cast<std::ptrdiff_t>(at.last_column + 1));
    }
    return block;
}

}  // namespace duibiao
