#include "core/unlisted.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/participation.hpp"
#include "core/row_check.hpp"
#include "core/rows.hpp"

namespace duibiao {
namespace {

using Names = std::set<std::string, std::less<>>;

/// Who stands in a column.
Names names_in(const Document& document, std::size_t column) {
    Names names;
    const std::size_t columns = document.instrument->table.columns.size();
    for (const RowView& row : rows_of(document)) names.emplace(person_key(split_row(row.cells, columns)[column]));
    return names;
}

/// Rows of another table that tell of somebody who is not listed, as "its title row".
void add_places(const Document& other, const Names& listed, Date as_of, std::vector<std::string>& places) {
    const Table& table = other.instrument->table;
    const auto named = std::find_if(table.columns.begin(), table.columns.end(), [](const AnswerField& column) {
        return column.entity == AnswerField::Entity::person;
    });
    if (named == table.columns.end()) return;
    const auto column = static_cast<std::size_t>(named - table.columns.begin());
    const auto rows = rows_of(other);
    for (const Finding& finding : check_rows(other, as_of)) {
        if (finding.code != "cells-run" || finding.severity != Severity::error || !finding.row) continue;
        const auto cells = split_row(rows[static_cast<std::size_t>(*finding.row) - 1].cells, table.columns.size());
        if (listed.contains(person_key(cells[column]))) continue;
        places.push_back(other.instrument->short_title + " " + std::to_string(*finding.row));
    }
}

bool has_runs(const Table& table) {
    return std::any_of(table.rules.begin(), table.rules.end(),
                       [](const RowRule& rule) { return rule.kind == RowRule::Kind::cells_run; });
}

}  // namespace

std::vector<std::string> absent_members(const Ledger& ledger, int months, Date as_of) {
    std::vector<std::string> absent;
    for (Absence& absence : absences(ledger, months, as_of)) absent.push_back(std::move(absence.name));
    return absent;
}

Findings check_unlisted(const Document& document, const Ledger* ledger, std::span<const Document* const> others,
                        Date as_of) {
    Findings findings;
    for (const RowRule& rule : document.instrument->table.rules) {
        if (rule.kind != RowRule::Kind::unlisted) continue;
        const Names listed = names_in(document, rule.columns.front());
        std::vector<std::string> places;
        for (const Document* other : others) {
            if (other != &document && other->unit() == document.unit() && has_runs(other->instrument->table))
                add_places(*other, listed, as_of, places);
        }
        std::int64_t absent = 0;
        if (ledger != nullptr) {
            for (const std::string& member : absent_members(*ledger, rule.months, as_of))
                absent += listed.contains(person_key(member)) ? 0 : 1;
        }
        const auto count = static_cast<std::int64_t>(places.size()) + absent;
        if (count == 0) continue;
        Finding& finding = findings.emplace_back();
        finding.code = places.empty() ? "not-listed-absent" : "not-listed";
        finding.severity = rule.severity;
        finding.document = document.id;
        finding.item = "table";
        finding.field = "none";
        finding.citation = rule.citation;
        finding.params = {{"count", count},
                          {"absent", absent},
                          {"places", std::move(places)},
                          {"months", std::int64_t{rule.months}},
                          {"advice", rule.advice}};
    }
    return findings;
}

}  // namespace duibiao
