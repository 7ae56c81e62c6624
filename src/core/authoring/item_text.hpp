// What the texts of one item say: its points, rules (每少1次扣0.5分，最高扣2分), levels (好8分，较好6分), votes, kinds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/draft.hpp"

namespace duibiao::authoring {

/// A fact that brings the grade down.
struct GradeFact {
    std::string text;
    std::size_t steps = 1;
};

struct RuleText {
    std::vector<DraftRule> rules;
    std::vector<DraftLevel> levels;
    std::optional<Points> cap;         ///< of the whole item: 最高加5分
    std::vector<GradeFact> facts;      ///< 降一个等级
    bool is_full_when_absent = false;  ///< 没有发生的不扣分
    bool is_out_when_absent = false;   ///< 无此项的不计入
    bool is_veto = false;              ///< 一票否决
    std::vector<std::string> unread;   ///< words about points that no rule came of
};

/// 好8分，较好6分，差0分: levels where a text is nothing but names and figures, from the best; else empty.
[[nodiscard]] std::vector<DraftLevel> levels_in(std::string_view text);

/// 按期换届：健全（2分）；比较健全（1分）；不健全（0分）: levels in clauses whose points stand in brackets; else empty.
[[nodiscard]] std::vector<DraftLevel> levels_in_brackets(std::string_view source);

/// Reads a cell's text. A rule's text is what stands in front of its figures, as it is written.
[[nodiscard]] RuleText read_rule_text(std::string_view text);

/// "1.1.2.1 ★承担……" of a clause with C, B and A.
void read_clause(std::string_view text, DraftItem& item);

/// 发出__票，收回__票；好__票，较好__票 …
[[nodiscard]] bool is_votes(std::string_view text);
void read_votes_of(std::string_view text, DraftItem& item);
/// 评议得分＝（好×100＋较好×85 …）; false when the text is no such sentence.
bool read_vote_weights(std::string_view text, DraftItem& item);

/// 总分＝（基础项－减分项）×70%＋评议得分×30%: parts with weights. `plain` is squeezed.
void read_weights(std::string_view plain, Place place, Draft& draft, std::vector<Unsure>& unsure);

/// Blanks of the row, or of how often a text asks for something, say how many where it is plain which.
void link_blanks(DraftItem& item, std::string_view rule_text);

/// Points, rules and all else from the item's texts; `rule_text` is that of the column of rules.
/// Facts that bring the grade down, and vetoes, go into the draft.
void read_item_text(const std::string& rule_text, Draft& draft, DraftItem& item, std::vector<Unsure>& unsure);

}  // namespace duibiao::authoring
