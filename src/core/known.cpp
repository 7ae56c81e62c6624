#include "core/known.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/cell.hpp"
#include "core/name_key.hpp"
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

std::string entity_key(AnswerField::Entity entity, std::string_view name) {
    return entity == AnswerField::Entity::person ? person_key(name) : organisation_key(name);
}

/// Names by their keys. Of several spellings the first in the order of bytes stands for all.
class Names {
public:
    explicit Names(AnswerField::Entity entity) : entity_(entity) {}

    void add(std::string name) {
        auto& known = by_key_[entity_key(entity_, name)];
        if (known.empty() || name < known) known = std::move(name);
    }
    [[nodiscard]] std::vector<std::string> list() && {
        std::vector<std::string> names;
        names.reserve(by_key_.size());
        for (auto& [key, name] : by_key_) names.push_back(std::move(name));
        std::sort(names.begin(), names.end());
        return names;
    }

private:
    AnswerField::Entity entity_;
    std::map<std::string, std::string> by_key_;
};

}  // namespace

std::vector<std::string> known_names(const std::vector<const Document*>& documents, AnswerField::Entity entity) {
    Names names(entity);
    for (const Document* document : documents) {
        const Table& table = document->instrument->table;
        const auto columns = columns_of(table, entity);
        if (columns.empty()) continue;
        for (const RowView& row : rows_of(*document)) {
            const auto cells = split_row(row.cells, table.columns.size());
            for (const std::size_t column : columns) {
                if (says_nothing(cells[column])) continue;
                const bool many = table.columns[column].type == AnswerField::Type::names;
                if (!many) names.add(std::string(cells[column]));
                if (!many) continue;
                for (std::string& name : split_names(cells[column])) names.add(std::move(name));
            }
        }
    }
    return std::move(names).list();
}

std::string known_cell(const std::vector<const Document*>& documents, AnswerField::Entity entity, std::string_view name,
                       std::string_view column) {
    std::string known;
    const std::string key = entity_key(entity, name);
    for (const Document* document : documents) {
        const Table& table = document->instrument->table;
        const auto named = columns_of(table, entity);
        const auto wanted = table.find_column(column);
        if (named.empty() || named.front() != 0 || !wanted) continue;  // only tables that are about such things
        for (const RowView& row : rows_of(*document)) {
            const auto cells = split_row(row.cells, table.columns.size());
            if (cells[*wanted].empty() || entity_key(entity, cells.front()) != key) continue;
            if (!known.empty() && known != cells[*wanted]) return {};
            known = cells[*wanted];
        }
    }
    return known;
}

}  // namespace duibiao
