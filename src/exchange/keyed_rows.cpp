#include "exchange/keyed_rows.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "exchange/csv.hpp"

namespace duibiao {
namespace {

std::string key_of(std::string_view cell) { return organisation_key(with_plain_blanks(cell)); }

}  // namespace

KeyedRows::KeyedRows(const Document& document) : document_(document) {
    const Table& table = document.instrument->table;
    if (!table.key) return;
    rows_ = rows_of(document);
    for (const RowView& row : rows_) keys_.push_back(key_of(split_row(row.cells, table.columns.size())[*table.key]));
}

const RowView* KeyedRows::find(const std::vector<std::string>& cells) const {
    if (rows_.empty()) return nullptr;
    const std::string wanted = key_of(cells[*document_.instrument->table.key]);
    const auto at = wanted.empty() ? keys_.end() : std::find(keys_.begin(), keys_.end(), wanted);
    return at == keys_.end() ? nullptr : &rows_[static_cast<std::size_t>(at - keys_.begin())];
}

bool KeyedRows::complete(std::vector<std::string>& cells, const RowView& row) const {
    const auto own = split_row(row.cells, cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (is_empty_cell(cells[i])) cells[i] = std::string(own[i]);
    }
    const auto written = normalise_row(*document_.instrument, join_row(cells));
    return !written || *written != row.cells;
}

}  // namespace duibiao
