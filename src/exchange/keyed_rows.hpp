// Lines of a table that speak of rows which are there already, by the table's key column (Table::key).
#pragma once

#include <string>
#include <vector>

#include "core/document.hpp"
#include "core/rows.hpp"

namespace duibiao {

class KeyedRows {
public:
    /// `document` must outlive it.
    explicit KeyedRows(const Document& document);

    /// The row that says the same in the key column; null where there is none, or the table has no key.
    [[nodiscard]] const RowView* find(const std::vector<std::string>& cells) const;
    /// Takes the row's own cells where the line says nothing. False: the row says all of it already.
    [[nodiscard]] bool complete(std::vector<std::string>& cells, const RowView& row) const;

private:
    const Document& document_;
    std::vector<RowView> rows_;      ///< none where the table has no key
    std::vector<std::string> keys_;  ///< of the rows
};

}  // namespace duibiao
