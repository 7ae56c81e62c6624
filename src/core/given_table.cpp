#include "core/given_table.hpp"

#include <algorithm>
#include <utility>

namespace duibiao {

void GivenTable::add_row(GivenRow row) {
    rows_.push_back(row);
    owners_.emplace_back();
}

void GivenTable::add(GivenCell cell) {
    if (cell.row >= rows_.size()) return;
    cell.rows = std::min(std::max<std::size_t>(cell.rows, 1), rows_.size() - cell.row);
    cell.columns = std::max<std::size_t>(cell.columns, 1);
    columns_ = std::max(columns_, cell.column + cell.columns);
    for (std::size_t row = cell.row; row < cell.row + cell.rows; ++row) {
        auto& owners = owners_[row];
        if (owners.size() < cell.column + cell.columns) owners.resize(cell.column + cell.columns, nobody);
        for (std::size_t column = cell.column; column < cell.column + cell.columns; ++column) {
            if (owners[column] == nobody) owners[column] = cells_.size();
        }
    }
    cells_.push_back(std::move(cell));
}

void GivenTable::put(GivenCell cell) {
    const auto& owners = owners_[cell.row];
    const std::size_t owner = cell.column < owners.size() ? owners[cell.column] : nobody;
    if (owner == nobody) return add(std::move(cell));
    GivenCell& known = cells_[owner];
    if (known.row != cell.row || known.column != cell.column) return;  // merged cells hide it
    known.text = std::move(cell.text);
    known.is_sum = cell.is_sum;
}

const GivenCell& GivenTable::at(std::size_t row, std::size_t column) const {
    static const GivenCell blank;
    if (row >= owners_.size() || column >= owners_[row].size() || owners_[row][column] == nobody) return blank;
    return cells_[owners_[row][column]];
}

std::vector<const GivenCell*> GivenTable::seen(std::size_t row) const {
    std::vector<const GivenCell*> found;
    for (const std::size_t owner : owners_[row]) {
        if (owner != nobody && (found.empty() || found.back() != &cells_[owner])) found.push_back(&cells_[owner]);
    }
    return found;
}

bool GivenTable::is_bare(std::size_t row) const {
    const auto cells = seen(row);
    return std::all_of(cells.begin(), cells.end(), [](const GivenCell* cell) { return cell->is_blank(); });
}

const GivenCell* GivenTable::lone(std::size_t row) const {
    const GivenCell* only = nullptr;
    for (const GivenCell* cell : seen(row)) {
        if (cell->row != row || cell->rows > 1) return nullptr;
        if (cell->is_blank()) continue;
        if (only != nullptr) return nullptr;
        only = cell;
    }
    if (only == nullptr || columns_ < 2) return nullptr;
    return only->columns == columns_ || only->column == 0 ? only : nullptr;
}

}  // namespace duibiao
