// A form of items in a Word table: which row is which item, and its answers in that row's cells. A cell may hold
// several items, "1.…；2.…"; their answers then stand one below the other.
#include <algorithm>
#include <array>
#include <map>

#include "core/points.hpp"
#include "core/text.hpp"
#include "exchange/docx_plan.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_comparisons = 500'000;
constexpr std::size_t most_contexts = 4;
constexpr int same_number = 10;     ///< what equal numbers add to a likeness
constexpr int least_by_place = 40;  ///< texts of one number in one group may be worded so differently
constexpr int text_share = 3;       ///< of the likeness, in quarters; the group has the rest
constexpr int quarters = 4;

/// One item as the Word table words it.
struct Part {
    std::size_t found = 0;  ///< which of the tables that the form goes on in
    std::size_t row = 0;
    std::size_t column = 0;  ///< of the cell
    std::string number;
    std::string text;
    Label label;
    std::vector<Label> contexts;  ///< the other cells that name the row
};

struct Pair {
    int likeness = 0;
    bool is_exact = false;
    std::size_t part = 0;
    std::size_t line = 0;
};

/// A number begins an item at the start of a text or behind what ends one.
bool may_begin(std::string_view text, std::size_t at) {
    std::string_view before = text.substr(0, at);
    if (before.empty() || before.ends_with('\n')) return true;
    before = trim(before);
    constexpr std::array<std::string_view, 6> ends{"；", ";", "。", "）", ")", "、"};
    return before.empty() ||
           std::any_of(ends.begin(), ends.end(), [before](std::string_view end) { return before.ends_with(end); });
}

/// Where "N." stands that begins an item; npos when nowhere.
std::size_t find_number(std::string_view text, int number, std::size_t from) {
    const std::string digits = std::to_string(number);
    for (std::size_t at = text.find(digits, from); at != std::string_view::npos; at = text.find(digits, at + 1)) {
        std::string_view rest = text.substr(at);
        if (may_begin(text, at) && take_number(rest) == digits) return at;
    }
    return std::string_view::npos;
}

/// "1.…；2.…" as its items; one without numbers as a whole.
std::vector<std::string_view> split_items(std::string_view text) {
    std::string_view rest = text;
    const std::string first = take_number(rest);
    if (first.empty()) return {text};
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (int number = std::stoi(first) + 1;; ++number) {
        const std::size_t end = find_number(text, number, begin + 1);
        parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end;
    }
}

/// A cell's items; where Word itself numbers its paragraphs each is one.
std::vector<std::string> items_in(const WordCell& cell) {
    const bool is_list =
        cell.paragraphs.size() > 1 && std::all_of(cell.paragraphs.begin(), cell.paragraphs.end(),
                                                  [](const WordParagraph& one) { return one.is_numbered; });
    std::vector<std::string> items;
    if (is_list) {
        for (const WordParagraph& paragraph : cell.paragraphs)
            items.push_back(std::to_string(items.size() + 1) + "." + paragraph.text);
        return items;
    }
    const std::string text = cell.text();
    for (const std::string_view item : split_items(text)) items.emplace_back(item);
    return items;
}

class ItemPlanner {
public:
    ItemPlanner(Planning& planning, const std::vector<FoundTable>& found)
        : planning_(planning), form_(planning.form.tables[found.front().form]), found_(found) {
        has_lists_ = std::any_of(form_.lines.begin(), form_.lines.end(),
                                 [](const FormLine& line) { return split_items(line.name).size() > 1; });
    }

    Done plan();

private:
    [[nodiscard]] const WordTable& table(std::size_t found) const { return planning_.word.tables[found_[found].word]; }
    void read_parts(std::size_t found);
    void read_row(std::size_t found, std::size_t row, std::size_t labels_end);
    Done pair_up();
    void choose(std::vector<Pair> pairs);
    [[nodiscard]] Pair compare(std::size_t part, std::size_t line) const;
    void link_items();
    void write_cells(std::size_t found);
    void write_cell(const FoundColumn& column, const std::vector<std::size_t>& parts);
    void write_sum(const FoundColumn& column, const std::vector<std::size_t>& parts);
    void put(const Part& part, const FoundColumn& column, const std::string& names, const std::string& text);
    void list_missing();
    void list_left_empty();
    [[nodiscard]] DocxGap gap(DocxGap::Kind kind, std::string name, const Part& part, std::string value) const {
        return {kind, beginning(name), found_[part.found].word + 1, part.row + 1, beginning(value)};
    }
    /// The cell that is shown in the part's row in that column; null where there is none.
    [[nodiscard]] const WordCell* shown_cell(const Part& part, const FoundColumn& column) const {
        const WordCell* own = cell_in(table(part.found).rows[part.row], column);
        return own == nullptr ? nullptr : table(part.found).shown_at(part.row, own->column);
    }

    Planning& planning_;
    const FormTable& form_;
    const std::vector<FoundTable>& found_;  ///< at least one: a table cut in two stands in two
    bool has_lists_ = false;                ///< some items are whole lists, "1.…；2.…", themselves
    std::vector<Part> parts_;
    std::vector<const Pair*> pair_of_part_;
    std::vector<const Pair*> pair_of_line_;
    std::vector<Pair> chosen_;
};

Done ItemPlanner::plan() {
    for (std::size_t found = 0; found < found_.size(); ++found) read_parts(found);
    if (const Done done = pair_up(); !done) return done;
    if (!chosen_.empty()) {
        for (const FoundTable& found : found_) link_columns(planning_, found);
        link_items();
        for (std::size_t found = 0; found < found_.size(); ++found) write_cells(found);
        list_left_empty();
    }
    list_missing();
    return {};
}

void ItemPlanner::read_parts(std::size_t found) {
    if (found_[found].columns.empty()) return;
    const std::size_t labels_end = found_[found].columns.front().begin;
    for (std::size_t row = found_[found].heading + 1; row < table(found).rows.size(); ++row)
        read_row(found, row, labels_end);
}

void ItemPlanner::read_row(std::size_t found, std::size_t row, std::size_t labels_end) {
    std::vector<const WordCell*> cells;
    for (const WordCell& cell : table(found).rows[row].cells) {
        const WordCell* shown = table(found).shown_at(row, cell.column);
        if (cell.column + cell.columns <= labels_end && shown != nullptr && !shown->is_blank()) cells.push_back(shown);
    }
    for (const WordCell* cell : cells) {
        const WordCell* own = table(found).rows[row].cell_over(cell->column);
        if (own != cell) continue;
        std::vector<Label> contexts;
        for (const WordCell* other : cells) {
            const std::string text = other == cell ? std::string() : other->text();
            const bool is_name = !text.empty() && !Points::parse(trim(text));  // and no number of points
            if (is_name && contexts.size() < most_contexts) contexts.emplace_back(text);
        }
        std::vector<std::string> items = items_in(*cell);
        if (items.size() > 1 && has_lists_) items.push_back(cell->text());
        for (std::string& item : items) {
            std::string_view text = item;
            std::string number = take_number(text);
            Label label(text);
            parts_.push_back({found, row, cell->column, std::move(number), item, std::move(label), contexts});
        }
    }
}

Pair ItemPlanner::compare(std::size_t part, std::size_t line) const {
    const Part& found = parts_[part];
    const FormLine& wanted = form_.lines[line];
    const int text = wanted.text.likeness(found.label);
    int context = found.contexts.empty() || wanted.context.is_empty() ? same : 0;
    for (const Label& label : found.contexts) context = std::max(context, wanted.context.likeness(label));
    const bool has_number = !wanted.number.empty() && wanted.number == found.number;
    Pair pair{(text_share * text + (quarters - text_share) * context) / quarters, false, part, line};
    if (has_number) pair.likeness += same_number;
    pair.is_exact = context == same && (text == same || (has_number && text >= least_by_place));
    if (!pair.is_exact && text < least_by_place) pair.likeness = 0;
    return pair;
}

Done ItemPlanner::pair_up() {
    pair_of_part_.resize(parts_.size());
    pair_of_line_.resize(form_.lines.size());
    if (parts_.size() * form_.lines.size() > most_comparisons)
        return fail("docx-many", {}, {{"limit", static_cast<std::int64_t>(most_comparisons / form_.lines.size())}});
    std::vector<Pair> pairs;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        for (std::size_t line = 0; line < form_.lines.size(); ++line) {
            const Pair pair = compare(part, line);
            if (pair.is_exact || pair.likeness >= alike) pairs.push_back(pair);
        }
    }
    choose(std::move(pairs));
    return {};
}

/// The most alike first; each item and each of its wordings once.
void ItemPlanner::choose(std::vector<Pair> pairs) {
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return a.is_exact != b.is_exact ? a.is_exact : a.likeness > b.likeness;
    });
    std::vector<bool> has_part(parts_.size());
    std::vector<bool> has_line(form_.lines.size());
    for (const Pair& pair : pairs) {
        if (has_part[pair.part] || has_line[pair.line]) continue;
        has_part[pair.part] = true;
        has_line[pair.line] = true;
        chosen_.push_back(pair);
    }
    std::sort(chosen_.begin(), chosen_.end(), [](const Pair& a, const Pair& b) { return a.part < b.part; });
    for (const Pair& pair : chosen_) {
        pair_of_part_[pair.part] = &pair;
        pair_of_line_[pair.line] = &pair;
    }
}

void ItemPlanner::link_items() {
    for (const Pair& pair : chosen_) {
        const Part& part = parts_[pair.part];
        const FormLine& line = form_.lines[pair.line];
        planning_.plan.used.insert(table(part.found).rows[part.row].source.begin);
        std::string value;
        for (const FoundColumn& column : found_[part.found].columns) {
            const std::string& answer = line.answers[column.column->at];
            if (!answer.empty()) value += (value.empty() ? "" : "　") + answer;
        }
        planning_.plan.match.links.push_back({DocxLink::Kind::item, line.id, beginning(line.name), beginning(part.text),
                                              found_[part.found].word + 1, part.row + 1, pair.is_exact,
                                              beginning(value), 0, 0});
    }
}

/// What merged cells show in several rows is written once.
void ItemPlanner::write_cells(std::size_t found) {
    for (const FoundColumn& column : found_[found].columns) {
        std::map<const WordCell*, std::size_t> place;  // in the list, which keeps the table's order
        std::vector<std::vector<std::size_t>> cells;
        for (const Pair& pair : chosen_) {
            if (parts_[pair.part].found != found) continue;
            const WordCell* shown = shown_cell(parts_[pair.part], column);
            if (shown == nullptr) continue;
            const auto [known, is_new] = place.try_emplace(shown, cells.size());
            if (is_new) cells.emplace_back();
            cells[known->second].push_back(pair.part);
        }
        for (const auto& parts : cells) write_cell(column, parts);
    }
}

void ItemPlanner::write_cell(const FoundColumn& column, const std::vector<std::size_t>& parts) {
    if (column.column->is_figure && parts.size() > 1) return write_sum(column, parts);
    std::string text;
    std::string names;
    for (const std::size_t part : parts) {
        const FormLine& line = form_.lines[pair_of_part_[part]->line];
        const std::string& answer = line.answers[column.column->at];
        if (answer.empty() || !planning_.takes(line.id) || !planning_.takes(column.column->id)) continue;
        names += (names.empty() ? "" : "、") + beginning(line.name);
        if (!text.empty()) text += '\n';
        const bool is_shared = !line.is_shared.empty() && line.is_shared[column.column->at];
        const bool is_alone = parts.size() == 1 || is_shared || parts_[part].number.empty();
        text += is_alone ? answer : parts_[part].number + "：" + answer;
    }
    put(parts_[parts.front()], column, names, text);
}

void ItemPlanner::put(const Part& part, const FoundColumn& column, const std::string& names, const std::string& text) {
    if (text.empty()) return;
    const WordCell& cell = *shown_cell(part, column);
    std::vector<Splice> splices = fill_cell(planning_.xml, cell, text);
    if (splices.empty() && Label(cell.text()) != Label(text)) {
        planning_.plan.match.gaps.push_back(
            gap(DocxGap::Kind::occupied, names + "　" + column.column->name, part, text));
    }
    for (Splice& splice : splices) planning_.plan.splices.push_back(std::move(splice));
}

/// What our own cell over several rows holds, else the sum of the items: nothing while one of them has no score.
void ItemPlanner::write_sum(const FoundColumn& column, const std::vector<std::size_t>& parts) {
    const std::size_t at = column.column->at;
    std::optional<Points> sum;
    std::string names;
    for (const std::size_t part : parts) {
        const FormLine& line = form_.lines[pair_of_part_[part]->line];
        names += (names.empty() ? "" : "、") + beginning(line.name);
        if (!planning_.takes(line.id) || !planning_.takes(column.column->id)) return;
        const bool goes_on = line.is_shared[at] && line.answers[at].empty();
        if (goes_on) continue;
        const auto score = Points::parse(line.answers[at]);
        if (!score) return;
        sum = sum.value_or(Points{}) + *score;
    }
    if (sum) put(parts_[parts.front()], column, names, sum->to_string());
}

/// Answers without a row, or without a column.
void ItemPlanner::list_missing() {
    for (const FormLine& line : form_.lines) {
        const bool is_found = pair_of_line_[static_cast<std::size_t>(&line - form_.lines.data())] != nullptr;
        if (!is_found && line.id.starts_with("sum.")) continue;
        for (const FormColumn& column : form_.columns) {
            const bool has_column = std::any_of(found_.begin(), found_.end(),
                                                [&column](const FoundTable& found) { return found.has(column); });
            if (line.answers[column.at].empty() || (is_found && has_column)) continue;
            planning_.plan.match.gaps.push_back({DocxGap::Kind::no_place, beginning(line.name) + "　" + column.name, 0,
                                                 0, beginning(line.answers[column.at])});
        }
    }
}

/// Rows with a name and blank cells for answers that no item has.
void ItemPlanner::list_left_empty() {
    std::set<std::pair<std::size_t, std::size_t>> listed;
    for (const Pair& pair : chosen_) listed.emplace(parts_[pair.part].found, parts_[pair.part].row);
    for (const Part& part : parts_) {
        const WordCell* cell = cell_in(table(part.found).rows[part.row], found_[part.found].columns.front());
        const bool is_open = cell != nullptr && !cell->is_below && cell->is_blank();
        if (!is_open || !listed.emplace(part.found, part.row).second) continue;
        planning_.plan.match.gaps.push_back(gap(DocxGap::Kind::left_empty, part.text, part, {}));
    }
}

}  // namespace

Done plan_items(Planning& planning, const std::vector<FoundTable>& found) {
    return ItemPlanner(planning, found).plan();
}

}  // namespace duibiao
