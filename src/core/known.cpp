#include "core/known.hpp"

#include <set>

#include "core/cell.hpp"
#include "core/rows.hpp"

namespace duibiao {
namespace {

/// Columns that name a thing of this kind.
std::vector<std::size_t> columns_of(const Table& table, AnswerField::Entity entity) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].entity == entity) columns.push_back(i);
    }
    return columns;
}

}  // namespace

std::vector<std::string> known_names(const std::vector<const Document*>& documents, AnswerField::Entity entity) {
    std::set<std::string> names;
    for (const Document* document : documents) {
        const Table& table = document->instrument->table;
        const auto columns = columns_of(table, entity);
        if (columns.empty()) continue;
        for (const RowView& row : rows_of(*document)) {
            const auto cells = split_row(row.cells, table.columns.size());
            for (const std::size_t column : columns) {
                if (says_nothing(cells[column])) continue;
                const bool many = table.columns[column].type == AnswerField::Type::names;
                if (!many) names.emplace(cells[column]);
                if (!many) continue;
                for (std::string& name : split_names(cells[column])) names.insert(std::move(name));
            }
        }
    }
    return {names.begin(), names.end()};
}

std::string known_cell(const std::vector<const Document*>& documents, AnswerField::Entity entity,
                       std::string_view name, std::string_view column) {
    std::string known;
    for (const Document* document : documents) {
        const Table& table = document->instrument->table;
        const auto named = columns_of(table, entity);
        const auto wanted = table.find_column(column);
        if (named.empty() || named.front() != 0 || !wanted) continue;  // only tables that are about such things
        for (const RowView& row : rows_of(*document)) {
            const auto cells = split_row(row.cells, table.columns.size());
            if (cells.front() != name || cells[*wanted].empty()) continue;
            if (!known.empty() && known != cells[*wanted]) return {};
            known = cells[*wanted];
        }
    }
    return known;
}

}  // namespace duibiao
