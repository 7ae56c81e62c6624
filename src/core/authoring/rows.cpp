// Rows as sections, groups and items.
#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "core/authoring/item_text.hpp"
#include "core/authoring/row_reading.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

/// How deep an unnumbered heading lies: below every numbered one.
constexpr int unnumbered = 7;

int depth_of(std::string_view text) {
    const auto number = leading_number(text);
    return number ? number->depth : unnumbered;
}

std::optional<Points> points_of_share(std::string_view text) {
    const std::string plain = squeeze(text);
    const auto figure = figure_at(plain, 0);
    return figure ? std::optional(figure->value) : std::nullopt;
}

}  // namespace

RowReading::RowReading(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure)
    : frame_(frame), table_(*frame.table), draft_(draft), unsure_(unsure) {
    find_depths();
    has_section_points_ = find_section_points();
}

namespace {

/// A row across the table that is no sum, no note and no result of what is above.
bool is_heading(const GivenCell& cell) {
    return !is_sum_text(cell.text) && !has_places(cell.text) && cell.text.size() <= 300;
}

}  // namespace

void RowReading::find_depths() {
    for (std::size_t row = frame_.body; row < frame_.end; ++row) {
        const GivenCell* cell = table_.lone(row);
        if (cell == nullptr || !is_heading(*cell) || frame_.decided_of("kind", row) != nullptr) continue;
        const int depth = depth_of(cell->text);
        if (std::find(depths_.begin(), depths_.end(), depth) == depths_.end()) depths_.push_back(depth);
    }
    std::size_t headings = 0;
    std::size_t others = 0;
    std::vector<int> found = depths_;
    for (std::size_t row = frame_.body; row < frame_.end; ++row) {
        if (table_.lone(row) != nullptr || table_.is_bare(row) || sum_cell(row) != nullptr) continue;
        const int depth = heading_depth(row);
        ++(depth > 0 ? headings : others);
        if (depth > 0 && std::find(found.begin(), found.end(), depth) == found.end()) found.push_back(depth);
    }
    has_row_headings_ = headings > 0 && others > headings;
    if (has_row_headings_) depths_ = std::move(found);
    std::sort(depths_.begin(), depths_.end());
}

/// Points over several rows whose criteria have points of their own in their texts.
bool RowReading::find_section_points() const {
    const DraftColumn* points = frame_.find(Role::points);
    const DraftColumn* criterion = frame_.find(Role::criterion);
    if (points == nullptr || criterion == nullptr) return false;
    std::size_t with = 0;
    std::size_t without = 0;
    for (std::size_t row = frame_.body; row < frame_.end; ++row) {
        const GivenCell& cell = frame_.at(row, *points);
        const GivenCell& text = frame_.at(row, *criterion);
        const bool is_over_several = cell.rows > text.rows || (cell.is_blank() && !text.is_blank());
        if (!is_over_several || text.is_blank() || table_.lone(row) != nullptr) continue;
        ++(printed_points(text.text).points ? with : without);
    }
    return with > 1 && without == 0;
}

void RowReading::open_section(std::size_t row, std::string_view text) {
    DraftSection section;
    section.place = frame_.place(row);
    const std::string* decided = frame_.decided_of("title", row);
    section.title = one_line(decided != nullptr && !looks_empty(*decided) ? std::string_view(*decided) : text);
    const PrintedPoints printed = printed_points(section.title);
    section.printed = printed.points;
    section.printed_bonus = printed.bonus;
    section.cap = printed.most;
    section.weight = printed.weight;
    const std::string plain = squeeze(section.title);
    if (has_any(plain, {"减分", "扣分项", "倒扣"})) section.role = Part::penalty;
    if (has_any(plain, {"加分", "奖励分", "附加分", "奖分项"}) && !has_any(plain, {"减"})) section.role = Part::bonus;
    if (section.role != Part::points && section.printed) {
        if (!section.cap) section.cap = section.printed;
        section.printed.reset();
    }
    draft_.sections.push_back(std::move(section));
    item_ = nullptr;
    group_ = nullptr;
    has_wide_group_ = false;
}

void RowReading::open_group(std::size_t row, std::string_view text) {
    if (draft_.sections.empty()) open_section(row, draft_.title.empty() ? "一" : draft_.title);
    DraftGroup group;
    group.place = frame_.place(row);
    const std::string* decided = frame_.decided_of("title", row);
    group.title = one_line(decided != nullptr && !looks_empty(*decided) ? std::string_view(*decided) : text);
    group.printed = printed_points(group.title).points;
    draft_.sections.back().groups.push_back(std::move(group));
    item_ = nullptr;
}

void RowReading::take_heading(std::size_t row, std::string_view text) {
    const auto level = std::find(depths_.begin(), depths_.end(), depth_of(text)) - depths_.begin();
    pending_.resize(std::min(pending_.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(level - 2, 0))));
    if (level == 0) {
        open_section(row, text);
        has_wide_section_ = true;
        section_ = nullptr;
    } else if (level == 1) {
        open_group(row, text);
        has_wide_group_ = true;
    } else {
        pending_.push_back(one_line(text));
    }
}

void RowReading::take_lone(std::size_t row, const GivenCell& cell) {
    const std::string plain = squeeze(cell.text);
    if (is_sum_text(cell.text)) return take_sum(row);
    if (has_any(plain, {"意见"}) && has_any(plain, {":", "签字", "盖章"})) {
        const auto fields = fields_of_line(cell.text);
        draft_.remarks.push_back(fields.empty() ? one_line(cell.text) : fields.front().label);
        return;
    }
    if (has_places(cell.text)) {
        if (frame_.find(Role::tier) != nullptr && take_figures(cell.text)) return;
        if (plain.find("本条") == std::string::npos || plain.find("□") == std::string::npos)
            say(row, "row-left-out", {{"text", one_line(cell.text)}});
        return;
    }
    // The finest cell alone, in a table whose columns are not merged: an item without anything else is a heading.
    take_heading(row, cell.text);
}

const GivenCell* RowReading::sum_cell(std::size_t row) const {
    for (const GivenCell* cell : table_.seen(row)) {
        if (cell->row != row) continue;
        if (cell->is_blank()) continue;
        return is_sum_text(cell->text) ? cell : nullptr;
    }
    return nullptr;
}

namespace {

/// "综合得分：____分，其中奖励____分" with what stands in its places: {total}, {bonus}.
std::string with_figures(std::string_view text) {
    constexpr std::array<std::string_view, 2> places{"_", "＿"};
    std::string out;
    bool has_total = false;
    while (!text.empty()) {
        const auto place =
            std::find_if(places.begin(), places.end(), [text](auto one) { return text.starts_with(one); });
        if (place == places.end()) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        while (text.starts_with(*place)) text.remove_prefix(place->size());
        out += ends_with_any(out, {"奖励", "奖励分", "加分", "奖分"}) ? "{bonus}" : has_total ? "____" : "{total}";
        has_total = out.ends_with("{total}") || has_total;
    }
    return out;
}

}  // namespace

void RowReading::take_sum(std::size_t row) {
    const GivenCell* cell = sum_cell(row);
    if (cell == nullptr) return;
    if (!draft_.sections.empty()) draft_.sections.back().sums.push_back(with_figures(one_line(cell->text)));
    const std::string plain = squeeze(cell->text);
    const PrintedPoints inside = printed_points(cell->text);
    std::optional<Points> printed = inside.points;
    if (const DraftColumn* column = frame_.find(Role::points); !printed && column != nullptr) {
        const GivenCell& points = frame_.at(row, *column);
        if (&points != cell) printed = points_of_cell(points.text);
    }
    if (inside.most && !draft_.sections.empty() && draft_.sections.back().role != Part::points) {
        draft_.sections.back().cap = inside.most;
        return;
    }
    read_weights(plain, frame_.place(row), draft_, unsure_);
    if (!printed) return;
    const bool is_part = has_any(plain, {"小计"}) && !draft_.sections.empty();
    if (is_part)
        draft_.sections.back().printed = printed;
    else
        draft_.printed = printed;
}

void RowReading::enter_levels(std::size_t row) {
    const DraftColumn* section = frame_.find(Role::section);
    const DraftColumn* group = frame_.find(Role::group);
    if (has_wide_section_ && section != nullptr) {
        // Sections stand in rows across the table; the column beside is a level below.
        group = section;
        section = nullptr;
    }
    const auto is_new = [&](const DraftColumn* column, const GivenCell*& last) {
        if (column == nullptr) return false;
        const GivenCell& cell = frame_.at(row, *column);
        const bool differs =
            &cell != last && !cell.is_blank() &&
            (last == nullptr || cell.rows > 1 || last->rows > 1 || squeeze(cell.text) != squeeze(last->text));
        if (differs) last = &cell;
        return differs;
    };
    if (is_new(section, section_)) {
        const bool again = !draft_.sections.empty() && draft_.sections.back().title == one_line(section_->text);
        if (!again || section_->rows > 1) {
            open_section(row, section_->text);
            for (const DraftColumn& column : frame_.columns) {
                if (column.is_weight) draft_.sections.back().weight = points_of_share(frame_.at(row, column).text);
            }
            if (has_section_points_) draft_.sections.back().printed = points_of_cell(text_at(row, Role::points));
        }
    }
    if (draft_.sections.empty()) open_section(row, draft_.title.empty() ? "一" : draft_.title);
    if (!has_wide_group_ && is_new(group, group_)) open_group(row, group_->text);
    if (draft_.sections.back().groups.empty()) draft_.sections.back().groups.emplace_back();
}

bool RowReading::goes_on(std::size_t row) const {
    const DraftColumn* criterion = frame_.find(Role::criterion);
    if (item_ == nullptr || criterion == nullptr) return false;
    const GivenCell& cell = frame_.at(row, *criterion);
    if (has_section_points_) return false;
    const DraftColumn* points = frame_.find(Role::points);
    const bool same_points =
        points != nullptr && points_ != nullptr && &frame_.at(row, *points) == points_ && points_->rows > 1;
    if (&cell == criterion_) return points == nullptr || same_points || frame_.at(row, *points).is_blank();
    if (cell.is_blank()) return points == nullptr || frame_.at(row, *points).is_blank() || same_points;
    return same_points && !points_->is_blank();
}

void RowReading::add_texts(std::size_t row, DraftItem& item) {
    for (const DraftColumn& column : frame_.columns) {
        if (column.id.empty()) continue;
        const GivenCell& cell = frame_.at(row, column);
        if (cell.is_blank()) continue;
        const auto known =
            std::find_if(item.texts.begin(), item.texts.end(), [&](const auto& one) { return one.first == column.id; });
        if (known == item.texts.end()) {
            item.texts.emplace_back(column.id, cell.text);
        } else if (cell.row == row) {
            known->second += "\n" + cell.text;
        }
    }
}

DraftItem& RowReading::add_item(std::size_t row) {
    DraftItem item;
    item.place = frame_.place(row);
    item.headings = pending_;
    for (const DraftColumn& column : frame_.columns) {
        if (column.role == Role::headings && !frame_.at(row, column).is_blank())
            item.headings.push_back(one_line(frame_.at(row, column).text));
    }
    auto& items = draft_.sections.back().groups.back().items;
    items.push_back(std::move(item));
    return items.back();
}

/// 一｜思想建设｜30: a heading within the table's own columns.
int RowReading::heading_depth(std::size_t row) const {
    if (frame_.find(Role::section) != nullptr || frame_.find(Role::tier) != nullptr ||
        !text_at(row, Role::rule).empty())
        return 0;
    const std::string number = squeeze(text_at(row, Role::number));
    const std::string text = text_at(row, Role::criterion);
    if (text.empty()) return 0;
    const auto in_front = leading_number(text);
    const auto in_column = leading_number(number + "、");
    const int depth = !number.empty() && in_column ? in_column->depth : in_front ? in_front->depth : 0;
    return depth <= 3 ? depth : 0;
}

void RowReading::take_row_heading(std::size_t row) {
    const std::string number = squeeze(text_at(row, Role::number));
    const std::string text = text_at(row, Role::criterion);
    take_heading(row, number.empty() ? text : number + "、" + text);
    const DraftColumn* points = frame_.find(Role::points);
    const auto printed = points == nullptr ? std::nullopt : points_of_cell(frame_.at(row, *points).text);
    if (!printed || draft_.sections.empty()) return;
    DraftSection& section = draft_.sections.back();
    if (section.groups.empty())
        section.printed = printed;
    else
        section.groups.back().printed = printed;
}

void RowReading::take_row(std::size_t row) {
    if (take_votes(row)) return;
    if (has_row_headings_ && heading_depth(row) > 0) return take_row_heading(row);
    const bool continues = goes_on(row);
    const DraftItem* before = item_;
    enter_levels(row);
    if (frame_.find(Role::tier) != nullptr) return take_tier(row);
    const std::string text = text_at(row, Role::criterion);
    const DraftColumn* criterion = frame_.find(Role::criterion);
    const bool is_kind = starts_with_any(squeeze(text), {"【", "["});
    if (continues && before != nullptr && before == item_ && !is_kind) {
        const bool is_same = criterion != nullptr && &frame_.at(row, *criterion) == criterion_;
        join_row(row);
        if (!is_same && !text.empty() && item_->text.find('\n') == item_->text.rfind('\n'))  // once an item
            say(row, "joined", {{"text", one_line(text)}});
        return;
    }
    take_item(row, is_kind);
}

void RowReading::take_item(std::size_t row, bool is_kind) {
    const std::string number = squeeze(text_at(row, Role::number));
    const DraftColumn* criterion = frame_.find(Role::criterion);
    std::string text = text_at(row, Role::criterion);
    if (text.empty()) text = text_at(row, Role::rule);
    if (text.empty() && frame_.decided_of("kind", row) != nullptr) text = whole_text(row);
    if (text.empty()) {
        say(row, "row-without-text", {{"row", static_cast<std::int64_t>(table_.row(row).number)}});
        return;
    }
    item_ = &add_item(row);
    criterion_ = criterion == nullptr ? nullptr : &frame_.at(row, *criterion);
    item_->text = std::string(trim(text));
    if (!is_number_of_several(row) || is_kind) item_->number = number;
    if (const DraftColumn* points = frame_.find(Role::points); points != nullptr && !has_section_points_) {
        points_ = &frame_.at(row, *points);
        item_->points = points_of_cell(points_->text);
        if (has_any(squeeze(points_->text), {"不限", "不封顶"})) item_->is_unlimited = true;
        const bool is_unread =
            !item_->points && !item_->is_unlimited && !is_any(squeeze(points_->text), {"", "/", "-", "—"});
        if (is_unread) say(row, "points", {{"text", points_->text}});
    }
    add_texts(row, *item_);
    if (const DraftColumn* blanks = frame_.find(Role::blanks)) {
        FilledText filled = read_blanks_of(frame_.at(row, *blanks).text);
        item_->blanks = std::move(filled.blanks);
        item_->result = std::move(filled.result);
        if (item_->blanks.empty()) item_->result = frame_.at(row, *blanks).text;
    }
}

void RowReading::read() {
    for (std::size_t row = frame_.body; row < frame_.end; ++row) {
        if (table_.is_bare(row) || frame_.is_head_again(row) || take_decided(row)) continue;
        const GivenCell* lone = table_.lone(row);
        const bool is_wide =
            lone != nullptr && (lone->columns > 1 || frame_.find(Role::section) == nullptr ||
                                frame_.at(row, *frame_.find(Role::section)).columns > 1 || frame_.columns.size() > 2);
        const bool is_criterion = lone != nullptr && frame_.find(Role::criterion) != nullptr &&
                                  lone == &frame_.at(row, *frame_.find(Role::criterion)) && lone->columns == 1 &&
                                  depths_.size() > 3;
        if (is_wide && !is_criterion) {
            take_lone(row, *lone);
        } else if (sum_cell(row) != nullptr) {
            take_sum(row);
        } else if (take_remark(row)) {
            continue;
        } else if (const std::string first = squeeze(table_.at(row, 0).text); first == "例" || first == "示例") {
            say(row, "example", {{"row", static_cast<std::int64_t>(table_.row(row).number)}});
        } else {
            take_row(row);
        }
    }
}

void read_rows(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure) {
    RowReading(frame, draft, unsure).read();
}

}  // namespace duibiao::authoring
