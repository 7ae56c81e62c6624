#include "core/unlisted.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/cell.hpp"
#include "core/name_key.hpp"
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

/// Who took part in each month; January is the first.
std::array<Names, 12> there_by_month(const Ledger& ledger, Date as_of) {
    std::array<Names, 12> there;
    for (const Activity& activity : ledger.activities) {
        if (activity.date > as_of || static_cast<int>(activity.date.year()) != ledger.year) continue;
        Names& names = there[static_cast<unsigned>(activity.date.month()) - 1];
        for (const std::string& name : split_names(activity.people)) names.emplace(person_key(name));
        if (!activity.people.empty()) names.emplace(person_key(activity.chair));
    }
    return there;
}

/// Months of the year that are over.
std::size_t months_over(int year, Date as_of) {
    std::size_t over = 0;
    while (over < 12) {
        const std::chrono::year_month month{std::chrono::year{year},
                                            std::chrono::month{static_cast<unsigned>(over) + 1}};
        if (Date{month / std::chrono::last} > as_of) break;
        ++over;
    }
    return over;
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
    const auto there = there_by_month(ledger, as_of);
    const std::size_t over = months_over(ledger.year, as_of);
    std::vector<std::string> absent;
    for (const std::string& member : people_of(ledger, Each::member)) {
        const std::string key = person_key(member);
        int run = 0;
        int longest = 0;
        for (std::size_t month = 0; month < over; ++month) {
            run = there[month].empty() || there[month].contains(key) ? 0 : run + 1;
            longest = std::max(longest, run);
        }
        if (longest >= months) absent.push_back(member);
    }
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
