// A roster in a Word table: its rows go into the table's empty ones, and where there are too few, into copies of the
// last of these.
#include <algorithm>

#include "exchange/docx_plan.hpp"

namespace duibiao {
namespace {

class ListPlanner {
public:
    ListPlanner(Planning& planning, const FoundTable& found)
        : planning_(planning), form_(planning.form.tables[found.form]), found_(found) {}

    void plan();

private:
    [[nodiscard]] const WordTable& table() const { return planning_.word.tables[found_.word]; }
    [[nodiscard]] std::vector<std::size_t> blank_rows() const;
    [[nodiscard]] bool is_blank(const WordRow& row) const;
    [[nodiscard]] std::vector<Splice> splices_of(const WordRow& row, const std::vector<std::string>& cells,
                                                 bool is_copy) const;
    [[nodiscard]] std::string copy_of(const WordRow& row, const std::vector<std::string>& cells) const;
    void list_missing();

    Planning& planning_;
    const FormTable& form_;
    const FoundTable& found_;
};

void ListPlanner::plan() {
    list_missing();
    if (found_.columns.empty()) return;
    planning_.plan.used.insert(table().rows[found_.heading].source.begin);
    link_columns(planning_, found_);
    if (form_.rows.empty()) return;
    Plan& plan = planning_.plan;
    const std::vector<std::size_t> blank = blank_rows();
    const std::string id = "rows." + std::to_string(found_.form + 1);
    if (blank.empty()) {
        plan.match.gaps.push_back({DocxGap::Kind::no_place, {}, found_.word + 1, 0, std::to_string(form_.rows.size())});
        return;
    }
    const std::size_t count = form_.rows.size();
    const std::size_t added = count - std::min(count, blank.size());
    plan.match.links.push_back(
        {DocxLink::Kind::rows, id, {}, {}, found_.word + 1, blank.front() + 1, true, {}, count, added});
    for (const std::size_t row : blank) plan.used.insert(table().rows[row].source.begin);
    if (!planning_.takes(id)) return;
    const WordRow& last = table().rows[blank.back()];
    std::string copies;
    for (std::size_t i = 0; i < count; ++i) {
        if (i >= blank.size()) {
            copies += copy_of(last, form_.rows[i]);
            continue;
        }
        for (Splice& splice : splices_of(table().rows[blank[i]], form_.rows[i], false))
            plan.splices.push_back(std::move(splice));
    }
    if (!copies.empty()) plan.splices.push_back({{last.source.end, last.source.end}, std::move(copies)});
}

bool ListPlanner::is_blank(const WordRow& row) const {
    return std::all_of(found_.columns.begin(), found_.columns.end(), [&row](const FoundColumn& column) {
        const WordCell* cell = cell_in(row, column);
        return cell != nullptr && !cell->is_below && !cell->paragraphs.empty() &&
               (column.column->is_number || is_open(*cell));
    });
}

/// The first run of blank rows below the heading.
std::vector<std::size_t> ListPlanner::blank_rows() const {
    std::vector<std::size_t> rows;
    for (std::size_t row = found_.heading + 1; row < table().rows.size(); ++row) {
        if (is_blank(table().rows[row])) {
            rows.push_back(row);
        } else if (!rows.empty()) {
            break;
        }
    }
    return rows;
}

/// Of the rows' numbers those that Word or the form wrote stay; in a copy they go on.
std::vector<Splice> ListPlanner::splices_of(const WordRow& row, const std::vector<std::string>& cells,
                                            bool is_copy) const {
    std::vector<Splice> splices;
    for (const FoundColumn& column : found_.columns) {
        const std::string& text = cells[column.column->at];
        const WordCell* cell = cell_in(row, column);
        const WordParagraph& paragraph = cell->paragraphs.front();
        const bool goes_on = is_copy && column.column->is_number && !paragraph.pieces.empty();
        if (text.empty() || !planning_.takes(column.column->id)) continue;
        if (goes_on && !cell->is_blank()) {
            const std::size_t first = splices.size();
            for (const WordPiece& piece : paragraph.pieces) splices.push_back({piece.source, {}});
            splices[first].bytes = text;
        } else if (is_open(*cell) && !paragraph.is_numbered) {
            for (Splice& splice : fill_cell(planning_.xml, *cell, text)) splices.push_back(std::move(splice));
        }
    }
    return splices;
}

/// A copy of a row without the ids of its paragraphs, which are unique.
std::string ListPlanner::copy_of(const WordRow& row, const std::vector<std::string>& cells) const {
    std::vector<Splice> splices = splices_of(row, cells, true);
    const std::string_view source = planning_.xml.substr(row.source.begin, row.source.size());
    for (const std::string_view name : {std::string_view(":paraId="), std::string_view(":textId=")}) {
        for (std::size_t at = source.find(name); at != std::string_view::npos; at = source.find(name, at + 1)) {
            const std::size_t begin = source.rfind(' ', at);
            const char quote = at + name.size() < source.size() ? source[at + name.size()] : '\0';
            const std::size_t end = source.find(quote, at + name.size() + 1);
            const bool is_attribute = (quote == '"' || quote == '\'') && begin != std::string_view::npos &&
                                      end != std::string_view::npos && source.find('<', begin) > end;
            if (is_attribute) splices.push_back({{row.source.begin + begin, row.source.begin + end + 1}, {}});
        }
    }
    return apply_splices(planning_.xml, row.source, std::move(splices));
}

/// Columns with something in them that the Word table has not.
void ListPlanner::list_missing() {
    for (const FormColumn& column : form_.columns) {
        const bool is_found = found_.has(column);
        const auto filled = std::count_if(form_.rows.begin(), form_.rows.end(),
                                          [&column](const auto& cells) { return !cells[column.at].empty(); });
        if (is_found || column.is_number || filled == 0) continue;
        planning_.plan.match.gaps.push_back({DocxGap::Kind::no_place, column.name, 0, 0, {}});
    }
}

}  // namespace

void plan_list(Planning& planning, const FoundTable& found) { ListPlanner(planning, found).plan(); }

}  // namespace duibiao
