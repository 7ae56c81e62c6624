// Rows of a kind of their own: counts, clauses, votes, and what the author said.
#include <algorithm>
#include <utility>

#include "core/authoring/item_text.hpp"
#include "core/authoring/row_reading.hpp"
#include "core/authoring/wording.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {

namespace {

/// C of C级以上; nothing where no such word is.
char least_letter(std::string_view text) {
    const std::string plain = squeeze(text);
    const std::size_t at = plain.find("级以上");
    const bool is_letter = at != std::string::npos && at > 0 && plain[at - 1] >= 'A' && plain[at - 1] <= 'E';
    return is_letter ? plain[at - 1] : '\0';
}

}  // namespace

/// 条款统计：A__条，B__条 …；C级以上占__%: counts that the form works out itself.
bool RowReading::take_figures(std::string_view text) {
    const FilledText filled = read_blanks_of(text);
    std::vector<DraftFigure> figures;
    for (const DraftBlank& blank : filled.blanks) {
        if (blank.type == DraftBlank::Type::tick) return false;
        const bool is_letter = blank.name.size() == 1 && blank.name[0] >= 'A' && blank.name[0] <= 'E';
        if (is_letter) {
            figures.push_back({blank.name, "levels", {blank.name}});
        } else if (blank.name.find("不适用") != std::string::npos) {
            figures.push_back({blank.name, "not_applicable", {}});
        } else if (const char best = least_letter(text); blank.unit == "%" && best != '\0') {
            DraftFigure share{std::string(1, best) + "级以上占", "level_share", {}};
            for (char letter = 'A'; letter <= best; ++letter) share.labels.emplace_back(1, letter);
            figures.push_back(std::move(share));
        }
    }
    if (figures.empty() || figures.size() != filled.blanks.size()) return false;
    draft_.figures = std::move(figures);
    return true;
}

/// Clauses whose points are C, B and A.
void RowReading::take_tier(std::size_t row) {
    const DraftColumn* criterion = frame_.find(Role::criterion);
    const DraftColumn* tier = frame_.find(Role::tier);
    const DraftColumn* points = frame_.find(Role::blanks);
    if (points == nullptr) points = frame_.find(Role::rule);
    if (criterion == nullptr || tier == nullptr || points == nullptr) return;
    const GivenCell& clause = frame_.at(row, *criterion);
    if (item_ == nullptr || (&clause != criterion_ && !clause.is_blank())) {
        item_ = &add_item(row);
        criterion_ = &clause;
        read_clause(clause.text, *item_);
        add_texts(row, *item_);
    }
    std::string label = squeeze(frame_.at(row, *tier).text);
    const auto letter = std::find_if(label.begin(), label.end(), [](char c) { return c >= 'A' && c <= 'E'; });
    label = letter == label.end() ? label : std::string(1, *letter);
    if (!label.empty() && (item_->tiers.empty() || item_->tiers.back().label != label))
        item_->tiers.push_back({label, {}});
    std::string text = frame_.at(row, *points).text;
    if (const auto number = leading_number(text)) text.erase(0, number->end);
    if (!text.empty() && !item_->tiers.empty()) item_->tiers.back().points.push_back(std::move(text));
}

/// 发出__票 …；好__票，较好__票: an item of votes, and in the row below how they are weighed.
bool RowReading::take_votes(std::size_t row) {
    std::string text;
    for (const GivenCell* cell : table_.seen(row)) {
        if (cell->row == row && cell->text.size() > text.size()) text = cell->text;
    }
    if (item_ != nullptr && !item_->votes.empty() && read_vote_weights(text, *item_)) return true;
    if (!is_votes(text)) return false;
    enter_levels(row);
    item_ = &add_item(row);
    read_votes_of(text, *item_);
    if (const DraftColumn* number = frame_.find(Role::number)) item_->number = squeeze(frame_.at(row, *number).text);
    return true;
}

/// 自评意见｜书记签名：　年　月　日: a remark of the whole form, in a row of the table.
bool RowReading::take_remark(std::size_t row) {
    std::string name;
    bool has_blank = false;
    bool has_words = false;
    for (const GivenCell* cell : table_.seen(row)) {
        if (cell->row != row) return false;
        const std::string plain = squeeze(cell->text);
        if (name.empty()) {
            name = one_line(cell->text);
            continue;
        }
        const bool is_signed = has_any(plain, {"签名", "签字", "盖章", "签章", "年月日"});
        has_blank = has_blank || plain.empty() || is_signed;
        has_words = has_words || (!plain.empty() && !is_signed);
    }
    constexpr std::size_t longest = 36;
    if (!has_blank || has_words || name.size() > longest || !ends_with_any(squeeze(name), {"意见", "评语", "结论"}))
        return false;
    draft_.remarks.push_back(std::move(name));
    return true;
}

/// The longest text that begins in the row.
std::string RowReading::whole_text(std::size_t row) const {
    std::string longest;
    for (const GivenCell* cell : table_.seen(row)) {
        if (cell->row == row && cell->text.size() > longest.size()) longest = cell->text;
    }
    return longest;
}

void RowReading::join_row(std::size_t row) {
    const std::string text = text_at(row, Role::criterion);
    const DraftColumn* criterion = frame_.find(Role::criterion);
    const bool is_same = criterion != nullptr && &frame_.at(row, *criterion) == criterion_;
    if (!is_same && !text.empty()) item_->text += "\n" + text;
    add_texts(row, *item_);
}

/// The author has said what the row is. False: nothing was said, or nothing that this row can be.
bool RowReading::take_decided(std::size_t row) {
    const std::string* kind = frame_.decided_of("kind", row);
    if (kind == nullptr) return false;
    const std::string text = whole_text(row);
    if (*kind == "leave" || text.empty()) return true;
    if (*kind == "note") {
        draft_.notes.push_back(one_line(text));
    } else if (*kind == "veto") {
        draft_.vetoes.push_back(one_line(text));
    } else if (*kind == "join" && item_ != nullptr) {
        join_row(row);
        const DraftColumn* points = frame_.find(Role::points);
        const auto own = points == nullptr || &frame_.at(row, *points) == points_
                             ? std::nullopt
                             : points_of_cell(frame_.at(row, *points).text);
        if (own && item_->points) *item_->points += *own;
    } else if (*kind == "section") {
        open_section(row, text);
        has_wide_section_ = has_wide_section_ || frame_.find(Role::section) == nullptr;
        if (const DraftColumn* section = frame_.find(Role::section)) section_ = &frame_.at(row, *section);
    } else if (*kind == "group") {
        open_group(row, text);
        has_wide_group_ = true;
    } else {
        enter_levels(row);
        take_item(row, false);
    }
    return true;
}

}  // namespace duibiao::authoring
