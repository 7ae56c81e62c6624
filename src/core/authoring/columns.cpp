// Head rows, and what each column is for.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/authoring/recognise.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

constexpr std::size_t most_rows_above = 40;  ///< of a table, in front of its head
constexpr std::size_t longest_label = 60;    ///< bytes of a column's name

/// Words of a column's name, the first that fits decides; `whole` fits the whole name alone.
struct RoleWords {
    Role role;
    bool whole;
    std::array<std::string_view, 18> words;
};
constexpr std::array<RoleWords, 18> role_words{{
    {Role::number, true, {"序号", "编号", "号", "序", "NO", "No.", "No", "项次", "条目号"}},
    {Role::points,
     true,
     {"分值", "标准分", "满分", "应得分", "配分", "基准分", "权重分", "基础分", "分数", "考核分值", "标准分值",
      "赋分值", "总分值", "规定分", "赋分", "权重"}},
    {Role::points, false, {"分值", "标准分", "满分", "应得分"}},
    {Role::deducted, true, {"扣分", "减分", "扣减分"}},
    {Role::gained, true, {"加分", "奖分", "奖励分"}},
    {Role::sum, true, {"合计", "小计", "得分合计", "总分", "合计得分", "总得分", "合计分", "得分小计"}},
    {Role::note,
     false,
     {"扣分原因", "扣分理由", "扣分说明", "扣分依据", "扣分情况", "得分说明", "失分原因", "加减分原因", "评分说明",
      "存在问题", "情况说明", "备注"}},
    {Role::criterion,
     false,
     {"内容及评分标准", "内容和评分标准", "内容与评分标准", "内容及标准", "要求及评分标准", "内容及要求",
      "内容和要求"}},
    {Role::rule,
     false,
     {"评分标准", "考核标准", "评分细则", "扣分标准", "计分办法", "评分办法", "评价标准", "考评标准", "评分依据",
      "扣分细则", "加分标准", "赋分标准", "计分标准", "评分规则", "评定标准", "计分方法"}},
    {Role::rule,
     false,
     {"评分方法", "计分规则", "检查标准", "扣分办法", "考评细则", "计分说明", "标准及分值", "评分要点", "加减分标准",
      "记分标准"}},
    {Role::method,
     false,
     {"考核方法", "考核方式", "检查方法", "检查方式", "考评方式", "考评方法", "评价方法", "评价方式", "评审方法",
      "核查方式", "考核办法", "检查办法", "考评办法", "测评方式", "验收方法"}},
    {Role::evidence,
     false,
     {"佐证材料", "支撑材料", "印证材料", "佐证资料", "查阅资料", "备查资料", "台账资料", "证明材料", "资料清单",
      "需提供"}},
    {Role::blanks, true, {"考核结果", "检查结果", "考核情况", "检查情况", "完成情况", "落实情况", "评审要点"}},
    {Role::tier, true, {"等级"}},
    {Role::score,
     false,
     {"得分", "评分", "自评", "自查", "考评", "复核", "核准", "审核", "打分", "评定", "验收", "互评", "测评", "考核分",
      "评价分", "初评"}},
    {Role::group, true, {"二级指标", "考核指标", "考核要素", "二级项目", "子项目", "具体项目"}},
    {Role::section,
     true,
     {"项目", "类别", "考核项目", "一级指标", "考评项目", "检查项目", "工作内容", "考核类别", "部分", "模块",
      "指标类别", "评价项目", "考核内容分类", "大类", "板块", "维度"}},
    {Role::criterion,
     false,
     {"考核内容", "评价内容", "具体内容", "考核要点", "工作要求", "评定内容", "三级指标", "检查内容", "考评内容",
      "考核指标", "目标任务", "评审标准", "工作任务", "指标内容", "内容", "要求", "指标"}},
}};

Role role_of_label(std::string_view label) {
    const bool is_asked = has_any(label, {"内容", "要点", "项目", "要求", "标准", "材料"});
    for (const RoleWords& known : role_words) {
        if (known.role == Role::score && is_asked) continue;  // 考评内容 is what is scored
        for (const std::string_view word : known.words) {
            if (word.empty()) break;
            if (known.whole ? label == word : label.find(word) != std::string_view::npos) return known.role;
        }
    }
    return Role::unknown;
}

/// A column's name without what stands in brackets behind it.
std::string label_core(std::string_view text) {
    std::string label = squeeze(text);
    const std::size_t open = label.find('(');
    if (open != std::string::npos && open > 0) label.resize(open);
    for (const std::string_view joint : {"及", "和", "与", "、"}) {  // 考评项目及标准分
        const std::size_t at = label.find(joint);
        if (at != std::string::npos && at >= 6 && has_any(std::string_view(label).substr(at), {"标准", "分", "细则"}) &&
            !has_any(label, {"评分内容"}))
            label.resize(at);
    }
    return label;
}

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

/// Rows at the table's end that are one line each: notes and signatures.
std::size_t body_end(const GivenTable& table, std::size_t body) {
    std::size_t end = table.rows();
    while (end > body && table.is_bare(end - 1) && table.lone(end - 1) == nullptr) --end;
    std::size_t first = table.rows();
    for (std::size_t row = table.rows(); row > body; --row) {
        const GivenCell* lone = table.lone(row - 1);
        if (lone == nullptr && !table.is_bare(row - 1)) break;
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

/// What the cells of a column below the head are like.
struct Contents {
    std::size_t filled = 0;   ///< cells with a text, each once
    std::size_t figures = 0;  ///< of them numbers
    std::size_t letters = 0;  ///< bytes of text in all
    std::size_t places = 0;   ///< cells with places to fill in
    std::size_t tiers = 0;    ///< cells that are C, B, A
    std::size_t shares = 0;   ///< cells like 30%
    std::size_t pointed = 0;  ///< cells whose text says its points
    std::size_t ruled = 0;    ///< cells that say how points are given or taken
    std::size_t cells = 0;    ///< cells, blank ones too
};

bool is_tier_text(std::string_view text) {
    std::string plain = squeeze(text);
    for (const std::string_view sign : {"【", "[", "("}) {
        if (plain.starts_with(sign)) plain.erase(0, sign.size());
    }
    return !plain.empty() && plain[0] >= 'A' && plain[0] <= 'E' &&
           (plain.size() == 1 ||
            starts_with_any(std::string_view(plain).substr(1), {"】", "]", ")", "级", "符合", "档"}));
}

bool is_share_text(std::string_view text) {
    const std::string plain = squeeze(text);
    const auto figure = figure_at(plain, 0);
    return figure && std::string_view(plain).substr(figure->end) == "%";
}

Contents contents_of(const Frame& frame, const DraftColumn& column) {
    Contents contents;
    const GivenCell* last = nullptr;
    for (std::size_t row = frame.body; row < frame.end; ++row) {
        if (frame.table->lone(row) != nullptr || frame.is_head_again(row)) continue;
        const GivenCell& cell = frame.at(row, column);
        if (&cell == last && cell.rows > 1) continue;
        last = &cell;
        if (is_sum_text(frame.table->at(row, 0).text)) continue;
        ++contents.cells;
        if (cell.is_blank()) continue;
        ++contents.filled;
        contents.letters += cell.text.size();
        if (points_of_cell(cell.text)) ++contents.figures;
        if (has_places(cell.text)) ++contents.places;
        if (is_tier_text(cell.text)) ++contents.tiers;
        if (is_share_text(cell.text)) ++contents.shares;
        if (printed_points(cell.text).points) ++contents.pointed;
        if (has_any(cell.text, {"扣", "不得分", "得分", "打分", "赋分", "加分", "给分", "满分"})) ++contents.ruled;
    }
    return contents;
}

bool is_answer(Role role) {
    return role == Role::score || role == Role::gained || role == Role::deducted || role == Role::sum ||
           role == Role::note;
}

/// The name says one thing, the cells another.
void correct_roles(const Frame& frame, std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        DraftColumn& column = columns[i];
        const Contents& inside = contents[i];
        const bool is_numeric = inside.filled > 0 && 4 * inside.figures >= 3 * inside.filled;
        const bool is_text = inside.filled > 0 && !is_numeric && 2 * inside.filled >= inside.cells;
        if (inside.tiers > 0 && inside.tiers == inside.filled)
            column.role = Role::tier;
        else if (column.role == Role::tier)
            column.role = Role::unknown;
        if (inside.shares > 0 && inside.shares == inside.filled) {
            column.role = Role::text;
            column.is_weight = true;
        }
        if (column.role == Role::points && !is_numeric && is_text) column.role = Role::rule;
        if (column.role == Role::points && inside.filled == 0) column.role = Role::score;
        if (column.role == Role::score && is_numeric && inside.filled * 2 >= inside.cells) column.role = Role::points;
        if (column.role == Role::score && is_text && inside.letters > 12 * inside.filled) column.role = Role::rule;
        if (column.role == Role::deducted && is_text) column.role = Role::rule;
        if (column.role == Role::gained && is_text) column.role = Role::rule;
        if (column.role == Role::note && is_text) column.role = Role::text;
        if (column.role == Role::blanks && inside.filled == 0) column.role = Role::note;
        if (column.role == Role::blanks && inside.places == 0 && inside.filled > 0) column.role = Role::text;
        if ((column.role == Role::text || column.role == Role::unknown) && is_text && 2 * inside.places > inside.filled)
            column.role = Role::blanks;
        if (column.role == Role::evidence && inside.filled == 0 && inside.cells > 0) column.role = Role::note;
        if (column.role == Role::criterion && inside.filled == 0) column.role = Role::text;
        if (column.role != Role::unknown) continue;
        if (is_numeric)
            column.role = inside.filled * 2 >= inside.cells && i == 0 ? Role::number : Role::points;
        else if (inside.filled == 0)
            column.role = frame.has_head ? Role::text : Role::score;
    }
}

/// 项目｜评分要点｜评分办法: of two columns that are called rules the first is what is scored, where it takes nothing.
void find_scored_points(std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    const auto is_criterion = [](const DraftColumn& one) { return one.role == Role::criterion; };
    if (std::any_of(columns.begin(), columns.end(), is_criterion)) return;
    std::vector<std::size_t> rules;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].role == Role::rule) rules.push_back(i);
    }
    if (rules.size() < 2) return;
    const Contents& first = contents[rules[0]];
    const Contents& second = contents[rules[1]];
    if (4 * first.ruled < first.filled && 2 * second.ruled >= second.filled) columns[rules[0]].role = Role::criterion;
}

/// Two columns below one head: the one with points is what is scored, the other says how.
void part_one_head(std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
        DraftColumn& next = columns[i + 1];
        const bool is_shared = columns[i].label == next.label && columns[i].parent == next.parent;
        const bool is_pair = is_shared && columns[i].role == Role::criterion && next.role == Role::criterion;
        if (!is_pair || contents[i + 1].filled == 0) continue;
        if (2 * contents[i].pointed >= contents[i].filled && 2 * contents[i + 1].ruled >= contents[i + 1].filled)
            next.role = Role::rule;
    }
}

/// Columns of texts from the left that are no rule, method or the like: levels and what is scored.
void arrange_levels(std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    std::vector<std::size_t> texts;
    bool is_behind = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        is_behind = is_behind || columns[i].role == Role::criterion || columns[i].role == Role::rule ||
                    columns[i].role == Role::points;
        if (is_behind && columns[i].role == Role::unknown) columns[i].role = Role::text;
        const Role role = columns[i].role;
        const bool is_level = role == Role::section || role == Role::group || role == Role::criterion ||
                              (role == Role::unknown && contents[i].filled > 0);
        if (is_level) texts.push_back(i);
    }
    const auto find_rule = [&columns] {
        return std::find_if(columns.begin(), columns.end(),
                            [](const DraftColumn& one) { return one.role == Role::rule; });
    };
    if (texts.empty()) {
        if (const auto rule = find_rule(); rule != columns.end()) rule->role = Role::criterion;
        return;
    }
    // The finest of them is what is scored; texts behind it are the paper's own.
    std::size_t finest = texts.front();
    for (const std::size_t i : texts) {
        const bool is_named = columns[i].role == Role::criterion;
        const bool was_named = columns[finest].role == Role::criterion;
        if (contents[i].filled > contents[finest].filled ||
            (contents[i].filled == contents[finest].filled && (is_named || !was_named) &&
             columns[i].role != Role::unknown))
            finest = i;
    }
    const auto rule = find_rule();
    const std::size_t rule_at = static_cast<std::size_t>(rule - columns.begin());
    const auto points =
        std::find_if(columns.begin(), columns.end(), [](const DraftColumn& one) { return one.role == Role::points; });
    const std::size_t point_cells =
        points == columns.end() ? 0 : contents[static_cast<std::size_t>(points - columns.begin())].filled;
    const bool has_finer_rules = rule != columns.end() && contents[rule_at].filled > contents[finest].filled;
    const bool is_one_level = texts.size() == 1 && columns[finest].role != Role::criterion && has_finer_rules &&
                              contents[rule_at].filled > contents[finest].filled + 1;
    // 项目｜评分标准, or a criterion over rows that have points of their own: the rule is what is scored.
    const bool has_pointed_rules = has_finer_rules && 4 * contents[rule_at].pointed >= 3 * contents[rule_at].filled;
    if (is_one_level || (has_finer_rules && finest < rule_at &&
                         (has_pointed_rules || point_cells > contents[finest].filled))) {
        rule->role = Role::criterion;
        finest = rule_at;
    }
    std::vector<std::size_t> before;
    for (const std::size_t i : texts) {
        if (i < finest) before.push_back(i);
        if (i > finest) columns[i].role = Role::text;
    }
    columns[finest].role = Role::criterion;
    for (std::size_t i = 0; i < before.size(); ++i)
        columns[before[i]].role = i == 0 ? Role::section : i == 1 ? Role::group : Role::headings;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != finest && columns[i].role == Role::criterion) columns[i].role = Role::text;
    }
}

/// A second column of points says what a section or group has in all.
void keep_one_points(const Frame& frame, std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    std::size_t best = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].role == Role::points && (best == columns.size() || contents[i].filled > contents[best].filled))
            best = i;
    }
    (void)frame;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].role == Role::points && i != best) columns[i].role = Role::text;
    }
    bool has_number = false;
    for (DraftColumn& column : columns) {
        if (column.role == Role::number && std::exchange(has_number, true)) column.role = Role::text;
    }
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
        if (const GivenCell* lone = table.lone(row)) frame.below.push_back(lone->text);
    }
    frame.below.insert(frame.below.end(), table.below.begin(), table.below.end());
    frame.columns = columns_of(frame);
    std::vector<Contents> contents;
    contents.reserve(frame.columns.size());
    for (DraftColumn& column : frame.columns) {
        column.role = role_of_label(label_core(column.label));
        if (column.role == Role::unknown || column.role == Role::criterion) {
            const Role parent = role_of_label(label_core(column.parent));
            if (is_answer(parent)) column.role = parent;
        }
        contents.push_back(contents_of(frame, column));
    }
    correct_roles(frame, frame.columns, contents);
    keep_one_points(frame, frame.columns, contents);
    find_scored_points(frame.columns, contents);
    part_one_head(frame.columns, contents);
    arrange_levels(frame.columns, contents);
    if (!frame.has_head)
        unsure.push_back({{table.number, table.rows() > 0 ? table.row(0).number : 1}, "no-head", {}, {}, {}});
    return frame;
}

}  // namespace duibiao::authoring
