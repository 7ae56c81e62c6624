// Head rows, and what each column is for.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/authoring/column_roles.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

constexpr std::size_t most_rows_above = 40;  ///< of a table, in front of its head
constexpr std::size_t longest_label = 60;    ///< bytes of a column's name

bool is_label(const GivenCell& cell) { return !cell.is_blank() && cell.text.size() <= longest_label; }

/// How much a row looks like a head: its cells whose names are known.
std::size_t known_labels(const GivenTable& table, std::size_t row) {
    std::size_t known = 0;
    const auto cells = table.seen(row);
    for (const GivenCell* cell : cells) {
        if (is_label(*cell) && role_of_label(label_core(cell->text)) != Role::unknown) ++known;
    }
    return known;
}

bool is_full_of_labels(const GivenTable& table, std::size_t row) {
    const auto cells = table.seen(row);
    const auto labels =
        std::count_if(cells.begin(), cells.end(), [](const GivenCell* cell) { return is_label(*cell); });
    return cells.size() >= 2 && static_cast<std::size_t>(labels) == cells.size();
}

/// The first row that names columns; nothing where none does.
std::optional<std::size_t> find_head(const GivenTable& table) {
    const std::size_t rows = std::min(table.rows(), most_rows_above);
    for (std::size_t row = 0; row < rows; ++row) {
        if (table.lone(row) != nullptr || table.is_bare(row)) continue;
        const std::size_t known = known_labels(table, row);
        const bool is_enough = known >= 2 && 2 * known >= table.seen(row).size();
        if (is_enough || (table.row(row).is_head && known >= 1) || (known >= 1 && is_full_of_labels(table, row)))
            return row;
    }
    for (std::size_t row = 0; row < rows; ++row) {
        if (table.lone(row) != nullptr || !is_full_of_labels(table, row) || table.seen(row).size() < 3) continue;
        const auto cells = table.seen(row);
        const bool has_digit = std::any_of(cells.begin(), cells.end(), [](const GivenCell* cell) {
            return std::any_of(cell->text.begin(), cell->text.end(), is_digit);
        });
        if (!has_digit) return row;
    }
    return std::nullopt;
}

/// A second row of names where nothing is merged: 得分 above 自评 and 复核.
bool names_columns_below(const GivenTable& table, std::size_t head, std::size_t row) {
    std::size_t names = 0;
    std::size_t below_nothing = 0;
    for (const GivenCell* cell : table.seen(row)) {
        if (cell->is_blank()) continue;
        if (!is_label(*cell) || cell->column == 0 || role_of_label(label_core(cell->text)) == Role::unknown)
            return false;
        ++names;
        if (table.at(head, cell->column).is_blank()) ++below_nothing;
    }
    return names >= 2 && below_nothing >= 1;
}

/// Behind the head's last row: merged cells and names below wide ones make it two or three rows.
std::size_t head_end(const GivenTable& table, std::size_t head) {
    constexpr std::size_t most_head_rows = 3;
    std::size_t end = head + 1;
    bool has_wide = false;
    for (const GivenCell* cell : table.seen(head)) {
        if (is_label(*cell) && cell->rows <= most_head_rows) end = std::max(end, cell->row + cell->rows);
        has_wide = has_wide || cell->columns > 1;
    }
    if (end > head + 1 || end >= table.rows()) return end;
    if (!has_wide) return names_columns_below(table, head, end) ? end + 1 : end;
    bool is_below_wide = true;
    bool has_name = false;
    for (const GivenCell* cell : table.seen(end)) {
        const GivenCell& above = table.at(head, cell->column);
        if (cell->is_blank()) continue;
        is_below_wide = is_below_wide && above.columns > cell->columns && cell->text.size() <= longest_label;
        has_name = has_name || above.columns > cell->columns;
    }
    return is_below_wide && has_name ? end + 1 : end;
}

bool is_note_start(std::string_view text) {
    const std::string plain = squeeze(text);
    return starts_with_any(plain, {"注:", "注1", "注意", "说明:", "说明1", "备注:", "填表说明", "填报说明", "填写说明",
                                   "注、", "评分说明", "考核说明", "使用说明"}) ||
           plain == "注" || plain == "说明";
}

bool is_signature(std::string_view text) {
    const std::string plain = squeeze(text);
    return has_any(plain, {"签字", "签名", "盖章", "签章", "填表人", "填报人", "审核人", "考核人", "检查人", "评定人",
                           "考评人"}) &&
           plain.find(':') != std::string::npos;
}

/// 说明｜总分90分以上为优秀 …: a note beside its name.
bool is_note_row(const GivenTable& table, std::size_t row) {
    const auto cells = table.seen(row);
    return cells.size() == 2 && cells[0]->row == row &&
           is_any(squeeze(cells[0]->text), {"说明", "备注", "注", "注:", "说明:", "备注:"}) && !cells[1]->is_blank();
}

/// 被考核人：｜考核人：, each in a cell of its own.
bool is_signature_row(const GivenTable& table, std::size_t row) {
    std::size_t signs = 0;
    for (const GivenCell* cell : table.seen(row)) {
        if (cell->row != row || (!cell->is_blank() && !is_signature(cell->text))) return false;
        if (!cell->is_blank()) ++signs;
    }
    return signs > 1;
}

/// Rows at the table's end that are one line each: notes and signatures.
std::size_t body_end(const GivenTable& table, std::size_t body) {
    std::size_t end = table.rows();
    while (end > body && table.is_bare(end - 1) && table.lone(end - 1) == nullptr) --end;
    std::size_t first = table.rows();
    for (std::size_t row = table.rows(); row > body; --row) {
        const GivenCell* lone = table.lone(row - 1);
        if (is_note_row(table, row - 1) || is_signature_row(table, row - 1)) first = row - 1;
        if (lone == nullptr && !table.is_bare(row - 1) && first != row - 1) break;
        if (lone == nullptr) continue;
        if (is_note_start(lone->text) || is_signature(lone->text)) first = row - 1;
    }
    return first < table.rows() ? first : table.rows();
}

/// Where data cells begin within a head's cell that covers several columns of the grid.
std::vector<std::size_t> begins_within(const GivenTable& table, const GivenCell& head, std::size_t body,
                                       std::size_t end) {
    std::vector<std::size_t> begins{head.column};
    for (std::size_t column = head.column + 1; column < head.column + head.columns; ++column) {
        std::size_t rows = 0;
        std::size_t starting = 0;
        for (std::size_t row = body; row < end; ++row) {
            if (table.lone(row) != nullptr || table.is_bare(row)) continue;
            ++rows;
            const GivenCell& cell = table.at(row, column);
            if (cell.column == column && table.at(row, column - 1).column + table.at(row, column - 1).columns <= column)
                ++starting;
        }
        constexpr std::size_t share = 3;
        if (rows > 0 && share * starting >= rows) begins.push_back(column);
    }
    return begins;
}

std::vector<DraftColumn> columns_of(const Frame& frame) {
    const GivenTable& table = *frame.table;
    std::vector<DraftColumn> columns;
    const std::size_t last = frame.has_head ? frame.body - 1 : frame.body;
    if (!frame.has_head) {
        for (std::size_t column = 0; column < table.columns(); ++column) {
            columns.emplace_back();
            columns.back().begin = column;
        }
    }
    for (const GivenCell* cell : frame.has_head ? table.seen(last) : std::vector<const GivenCell*>{}) {
        for (const std::size_t begin : begins_within(table, *cell, frame.body, frame.end)) {
            DraftColumn column;
            column.begin = begin;
            column.label = compact(cell->text);
            const GivenCell& above = table.at(frame.head, cell->column);
            if (&above != cell) column.parent = compact(above.text);
            for (std::size_t at = cell->column;
                 &above != cell && column.parent.empty() && !column.label.empty() && at > 0; --at)
                column.parent = compact(table.at(frame.head, at - 1).text);
            if (column.label.empty()) std::swap(column.label, column.parent);
            columns.push_back(std::move(column));
        }
    }
    for (std::size_t i = 0; i < columns.size() && !table.widths.empty(); ++i) {
        const std::size_t next = i + 1 < columns.size() ? columns[i + 1].begin : table.columns();
        for (std::size_t at = columns[i].begin; at < next && at < table.widths.size(); ++at)
            columns[i].width += table.widths[at];
    }
    return columns;
}

}  // namespace

bool is_sum_text(std::string_view text) {
    const std::string plain = squeeze(text);
    if (plain.size() > 200) return false;
    return starts_with_any(plain, {"合计", "总计", "总分", "小计", "总得分", "得分合计", "综合得分", "累计得分",
                                   "合计得分", "最终得分", "考核总分", "考核得分", "总评分", "实得分"}) ||
           ends_with_any(plain.substr(0, std::min(plain.find('('), plain.size())), {"合计", "小计", "总计", "总分"});
}

const DraftColumn* Frame::find(Role role) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [role](const DraftColumn& one) { return one.role == role; });
    return found == columns.end() ? nullptr : &*found;
}

bool Frame::is_head_again(std::size_t row) const {
    if (!has_head || row < body) return false;
    std::size_t same = 0;
    const auto cells = table->seen(row);
    for (const GivenCell* cell : cells) {
        if (cell->row != row && cell->rows > 2) return false;
        for (std::size_t at = head; at < body; ++at) {
            if (!cell->is_blank() && squeeze(cell->text) == squeeze(table->at(at, cell->column).text)) {
                ++same;
                break;
            }
        }
    }
    return same >= 2 && 2 * same > cells.size();
}

Frame frame_of(const GivenTable& table, std::vector<Unsure>& unsure) {
    Frame frame;
    frame.table = &table;
    frame.above = table.above;
    const auto head = find_head(table);
    frame.has_head = head.has_value();
    frame.head = head.value_or(0);
    if (!head) {
        while (frame.head < table.rows() && (table.lone(frame.head) != nullptr || table.is_bare(frame.head)))
            ++frame.head;
    }
    frame.body = head ? head_end(table, *head) : frame.head;
    for (std::size_t row = 0; row < frame.head; ++row) {
        std::string line;
        for (const GivenCell* cell : table.seen(row)) {
            if (!cell->is_blank() && cell->row == row) line += (line.empty() ? "" : "    ") + cell->text;
        }
        if (!line.empty()) frame.above.push_back(std::move(line));
    }
    frame.end = body_end(table, frame.body);
    for (std::size_t row = frame.end; row < table.rows(); ++row) {
        if (const GivenCell* lone = table.lone(row))
            frame.below.push_back(lone->text);
        else if (is_note_row(table, row))
            frame.below.push_back("说明：" + table.seen(row)[1]->text);
        else if (is_signature_row(table, row))
            for (const GivenCell* cell : table.seen(row)) frame.below.push_back(cell->text);
    }
    frame.below.insert(frame.below.end(), table.below.begin(), table.below.end());
    frame.columns = columns_of(frame);
    find_roles(frame, unsure);
    if (!frame.has_head)
        unsure.push_back({{table.number, table.rows() > 0 ? table.row(0).number : 1}, "no-head", {}, {}, {}});
    return frame;
}

}  // namespace duibiao::authoring
