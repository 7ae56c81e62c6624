// Which table of a Word document is which of the form's, and which of its columns hold which answers.
#include <algorithm>

#include "core/text.hpp"
#include "exchange/docx_plan.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_heading_rows = 100;   ///< a table's first rows, among which the columns' names are
constexpr std::size_t most_heading_bytes = 300;  ///< of a cell that names a column
constexpr int exact_score = 3;

/// What a cell may mean: its own text, and with the heading above it where that covers several columns.
std::vector<Label> labels_of(const WordTable& table, std::size_t row, const WordCell& cell, const std::string& text) {
    std::vector<Label> labels{Label(text)};
    if (row == 0) return labels;
    const WordCell* above = table.shown_at(row - 1, cell.column);
    if (above == nullptr || above->columns <= cell.columns) return labels;
    const std::string parent = above->text();
    if (parent.size() <= most_heading_bytes) labels.emplace_back(parent + text);
    return labels;
}

int likeness_of(const std::vector<Label>& a, const std::vector<Label>& b) {
    int best = 0;
    for (const Label& one : a) {
        for (const Label& other : b) best = std::max(best, one.likeness(other));
    }
    return best;
}

struct HeadingCell {
    const WordCell* cell = nullptr;
    std::string text;
    std::vector<Label> labels;
};

std::vector<HeadingCell> heading_cells(const WordTable& table, std::size_t row) {
    std::vector<HeadingCell> cells;
    for (const WordCell& cell : table.rows[row].cells) {
        const WordCell* shown = table.shown_at(row, cell.column);
        if (shown == nullptr) continue;
        std::string text = shown->text();
        if (text.size() > most_heading_bytes || trim(text).empty()) continue;
        auto labels = labels_of(table, row, cell, text);
        cells.push_back({&cell, std::move(text), std::move(labels)});
    }
    return cells;
}

/// The columns that a row names; each name stands for one column, the most alike first.
FoundTable read_heading(const FormTable& form, const WordTable& table, std::size_t row) {
    struct Pair {
        int likeness;
        const FormColumn* column;
        const HeadingCell* cell;
    };
    FoundTable found;
    found.heading = row;
    const auto cells = heading_cells(table, row);
    std::vector<Pair> pairs;
    for (const FormColumn& column : form.columns) {
        for (const HeadingCell& cell : cells) {
            const int likeness = likeness_of(column.labels, cell.labels);
            if (likeness >= alike) pairs.push_back({likeness, &column, &cell});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.likeness > b.likeness; });
    for (const Pair& pair : pairs) {
        const WordCell& cell = *pair.cell->cell;
        const bool is_taken = std::any_of(found.columns.begin(), found.columns.end(), [&](const FoundColumn& other) {
            return other.column == pair.column || other.begin == cell.column;
        });
        if (is_taken) continue;
        const bool is_exact = pair.likeness == same;
        found.columns.push_back(
            {pair.column, cell.column, cell.column + cell.columns, beginning(pair.cell->text), is_exact});
        found.score += is_exact ? exact_score : 1;
    }
    std::sort(found.columns.begin(), found.columns.end(),
              [](const FoundColumn& a, const FoundColumn& b) { return a.begin < b.begin; });
    return found;
}

/// The row that names the most columns.
FoundTable best_heading(const FormTable& form, const WordTable& table) {
    FoundTable best;
    const std::size_t rows = std::min(table.rows.size(), most_heading_rows);
    for (std::size_t row = 0; row < rows; ++row) {
        FoundTable found = read_heading(form, table, row);
        if (found.score > best.score) best = std::move(found);
    }
    return best;
}

/// One name alone may stand in any table, unless there is but one column of answers.
bool is_enough(const FormTable& form, const FoundTable& found) {
    const auto named =
        static_cast<std::size_t>(std::count_if(found.columns.begin(), found.columns.end(),
                                               [](const FoundColumn& column) { return !column.column->is_number; }));
    return form.is_list ? named >= 2 && 2 * named >= form.columns.size() - 1 : named >= 1;
}

}  // namespace

namespace {

/// A table that is cut, its head repeated: the parts whose heads name the same columns at the same places.
std::vector<FoundTable> with_parts(const FoundTable& found, const std::vector<FoundTable>& all,
                                   std::set<std::size_t>& taken) {
    std::vector<FoundTable> parts{found};
    const auto is_same = [](const FoundColumn& a, const FoundColumn& b) {
        return a.column == b.column && a.begin == b.begin && a.is_exact && b.is_exact;
    };
    for (const FoundTable& other : all) {
        const bool goes_on =
            other.form == found.form && other.columns.size() > 1 &&
            std::equal(other.columns.begin(), other.columns.end(), found.columns.begin(), found.columns.end(), is_same);
        if (goes_on && taken.insert(other.word).second) parts.push_back(other);
    }
    std::sort(parts.begin(), parts.end(), [](const FoundTable& a, const FoundTable& b) { return a.word < b.word; });
    return parts;
}

}  // namespace

Done plan_tables(Planning& planning) {
    std::vector<FoundTable> all;
    for (std::size_t i = 0; i < planning.form.tables.size(); ++i) {
        const FormTable& form = planning.form.tables[i];
        for (std::size_t j = 0; j < planning.word.tables.size() && !form.columns.empty(); ++j) {
            FoundTable found = best_heading(form, planning.word.tables[j]);
            found.form = i;
            found.word = j;
            if (is_enough(form, found)) all.push_back(std::move(found));
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const FoundTable& a, const FoundTable& b) { return a.score > b.score; });
    std::vector<const FoundTable*> chosen(planning.form.tables.size());
    std::set<std::size_t> taken;
    for (const FoundTable& found : all) {
        if (chosen[found.form] != nullptr || taken.contains(found.word)) continue;
        chosen[found.form] = &found;
        taken.insert(found.word);
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const FoundTable nowhere{i, 0, 0, {}, 0};
        if (planning.form.tables[i].is_list) {
            plan_list(planning, chosen[i] != nullptr ? *chosen[i] : nowhere);
        } else if (const Done done =
                       plan_items(planning, with_parts(chosen[i] != nullptr ? *chosen[i] : nowhere, all, taken));
                   !done) {
            return done;
        }
    }
    return {};
}

const WordCell* cell_in(const WordRow& row, const FoundColumn& column) {
    const WordCell* best = nullptr;
    std::size_t most = 0;
    for (const WordCell& cell : row.cells) {
        const std::size_t begin = std::max(cell.column, column.begin);
        const std::size_t end = std::min(cell.column + cell.columns, column.end);
        if (end <= begin || end - begin <= most) continue;
        most = end - begin;
        best = &cell;
    }
    return best;
}

void link_columns(Planning& planning, const FoundTable& found) {
    for (const FoundColumn& column : found.columns)
        planning.plan.match.links.push_back({DocxLink::Kind::column,
                                             column.column->id,
                                             column.column->name,
                                             column.found,
                                             found.word + 1,
                                             found.heading + 1,
                                             column.is_exact,
                                             {},
                                             0,
                                             0});
}

}  // namespace duibiao
