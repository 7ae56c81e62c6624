// What each column is for: by its name, and by what its cells are like.
#include <algorithm>
#include <array>
#include <utility>

#include "core/authoring/column_roles.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"

namespace duibiao::authoring {
namespace {

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

/// Names that are not known are told by what they end with.
Role role_of_ending(std::string_view label) {
    if (ends_with_any(label, {"类别", "分类", "项目"})) return Role::section;
    if (ends_with_any(label, {"要素", "评分项", "考核项", "评价项"})) return Role::criterion;
    if (ends_with_any(label, {"方法", "方式"})) return Role::method;
    return label.ends_with("评") ? Role::score : Role::unknown;
}

}  // namespace

Role role_of_label(std::string_view label) {
    const bool is_asked = has_any(label, {"内容", "要点", "项目", "要求", "标准", "材料", "类别", "分类", "方法",
                                          "方式", "办法", "指标", "要素", "对象", "单位", "依据"}) ||
                          label.ends_with("项");
    for (const RoleWords& known : role_words) {
        if (known.role == Role::score && is_asked) continue;  // 考评内容 is what is scored
        for (const std::string_view word : known.words) {
            if (word.empty()) break;
            if (known.whole ? label == word : label.find(word) != std::string_view::npos) return known.role;
        }
    }
    return role_of_ending(label);
}

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

namespace {

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
    std::size_t figured = 0;  ///< cells with 2分 in them
    std::size_t counted = 0;  ///< cells that go on from the one before: 1, 2, 3
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

bool has_points_within(std::string_view text) {
    const std::string plain = squeeze(text);
    for (std::size_t at = 0; at < plain.size(); ++at) {
        const auto figure = figure_at(plain, at);
        if (!figure) continue;
        if (std::string_view(plain).substr(figure->end).starts_with("分")) return true;
        at = figure->end - 1;
    }
    return false;
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
        if (has_points_within(cell.text)) ++contents.figured;
        if (squeeze(cell.text) == std::to_string(contents.counted + 1)) ++contents.counted;
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
void correct_roles(const Frame& frame, std::vector<DraftColumn>& columns, const std::vector<Contents>& contents,
                   std::vector<Unsure>& unsure) {
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
        constexpr std::size_t longest_points = 24;  // 酌定, 由考核组定: points that cannot be read, one by one
        if (column.role == Role::points && !is_numeric && is_text && inside.letters > longest_points * inside.filled) {
            column.role = Role::rule;
            if (inside.figures > 0)
                unsure.push_back(
                    {{frame.table->number, 0}, "points-column", {{"column", column.label}}, "rule", {"points"}});
        }
        if (column.role == Role::points && inside.filled == 0) column.role = Role::score;
        if (column.role == Role::score && is_numeric && inside.filled * 2 >= inside.cells) column.role = Role::points;
        if (column.role == Role::score && is_text && inside.letters > 12 * inside.filled) column.role = Role::rule;
        if (column.role == Role::deducted && is_text) column.role = Role::rule;
        if (column.role == Role::gained && is_text) column.role = Role::rule;
        const bool says_how = 2 * (inside.ruled + inside.figured) >= inside.filled;
        if (column.role == Role::note && is_text) column.role = says_how ? Role::rule : Role::text;
        if (column.role == Role::blanks && inside.filled == 0) column.role = Role::note;
        if (column.role == Role::blanks && inside.places == 0 && inside.filled > 0) column.role = Role::text;
        if ((column.role == Role::text || column.role == Role::unknown) && is_text && 2 * inside.places > inside.filled)
            column.role = Role::blanks;
        if (column.role == Role::evidence && inside.filled == 0 && inside.cells > 0) column.role = Role::note;
        if (column.role == Role::criterion && inside.filled == 0) column.role = Role::text;
        const bool is_level = column.role == Role::section || column.role == Role::group ||
                              column.role == Role::criterion || column.role == Role::unknown;
        if (is_level && inside.filled > 1 && inside.counted == inside.filled) column.role = Role::number;
        if (column.role != Role::unknown) continue;
        if (is_numeric)
            column.role = inside.filled * 2 >= inside.cells && i == 0 ? Role::number : Role::points;
        else if (inside.filled == 0)
            column.role = frame.has_head ? Role::text : Role::score;
    }
}

/// 项目｜评分要点｜评分办法, 考评标准｜标准内涵｜考评要素: columns that are called rules and take nothing are levels,
/// or what is scored.
void find_scored_points(std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    const auto criterion = std::find_if(columns.begin(), columns.end(),
                                        [](const DraftColumn& one) { return one.role == Role::criterion; });
    const auto takes_nothing = [&](std::size_t i) { return 4 * contents[i].ruled < contents[i].filled; };
    const auto before = static_cast<std::size_t>(criterion - columns.begin());
    std::vector<std::size_t> rules;
    for (std::size_t i = 0; i < before; ++i) {
        if (columns[i].role == Role::rule) rules.push_back(i);
    }
    if (criterion != columns.end()) {
        for (const std::size_t i : rules) {
            if (takes_nothing(i)) columns[i].role = Role::unknown;
        }
        return;
    }
    if (rules.size() < 2) return;
    if (takes_nothing(rules[0]) && 2 * contents[rules[1]].ruled >= contents[rules[1]].filled) {
        columns[rules[0]].role = Role::criterion;
    } else if (std::all_of(rules.begin(), rules.end(), takes_nothing)) {
        for (const std::size_t i : rules) columns[i].role = Role::unknown;
    }
}

/// A column behind what is scored that says 2分 in most cells is the rules', whatever it is called.
void find_rules(std::vector<DraftColumn>& columns, const std::vector<Contents>& contents) {
    const auto criterion = std::find_if(columns.begin(), columns.end(),
                                        [](const DraftColumn& one) { return one.role == Role::criterion; });
    const bool has_rules =
        std::any_of(columns.begin(), columns.end(), [](const DraftColumn& one) { return one.role == Role::rule; });
    if (has_rules || criterion == columns.end()) return;
    const auto at = static_cast<std::size_t>(criterion - columns.begin());
    if (2 * contents[at].ruled >= contents[at].filled) return;
    for (std::size_t i = at + 1; i < columns.size(); ++i) {
        const bool says_how = contents[i].filled > 0 && 2 * contents[i].figured >= contents[i].filled &&
                              2 * contents[i].figures < contents[i].filled;
        if (columns[i].role != Role::text || columns[i].is_weight || !says_how) continue;
        columns[i].role = Role::rule;
        return;
    }
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

/// 加分项 beside the rules: what it gives is printed, and nobody works it out.
void say_unread_rules(const Frame& frame, const std::vector<Contents>& contents, std::vector<Unsure>& unsure) {
    for (std::size_t i = 0; i < frame.columns.size(); ++i) {
        const DraftColumn& column = frame.columns[i];
        const bool gives = has_any(column.label, {"加分", "扣分", "减分", "奖分", "奖励"});
        if (column.role != Role::text || !gives || contents[i].figured == 0) continue;
        unsure.push_back({{frame.table->number, 0}, "text-points", {{"column", column.label}}, {}, {}});
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
    if (is_one_level ||
        (has_finer_rules && finest < rule_at && (has_pointed_rules || point_cells > contents[finest].filled))) {
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

void find_roles(Frame& frame, std::vector<Unsure>& unsure) {
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
    correct_roles(frame, frame.columns, contents, unsure);
    keep_one_points(frame, frame.columns, contents);
    find_scored_points(frame.columns, contents);
    part_one_head(frame.columns, contents);
    arrange_levels(frame.columns, contents);
    find_rules(frame.columns, contents);
    say_unread_rules(frame, contents, unsure);
}

}  // namespace duibiao::authoring
