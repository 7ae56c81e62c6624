// What the texts of one item say: its points, rules, levels, votes, kinds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/draft.hpp"

namespace duibiao::authoring {

/// "1.1.2.1 ★承担……" of a clause with C, B and A.
void read_clause(std::string_view text, DraftItem& item);

/// 发出__票，收回__票；好__票，较好__票 …
[[nodiscard]] bool is_votes(std::string_view text);
void read_votes_of(std::string_view text, DraftItem& item);
/// 评议得分＝（好×100＋较好×85 …）; false when the text is no such sentence.
bool read_vote_weights(std::string_view text, DraftItem& item);

/// 总分＝（基础项－减分项）×70%＋评议得分×30%: parts with weights. `plain` is squeezed.
void read_weights(std::string_view plain, Place place, Draft& draft, std::vector<Unsure>& unsure);

/// Points, rules and all else from the item's texts; `rule_text` is that of the column of rules.
/// Facts that bring the grade down, and vetoes, go into the draft.
void read_item_text(const std::string& rule_text, Draft& draft, DraftItem& item, std::vector<Unsure>& unsure);

}  // namespace duibiao::authoring
