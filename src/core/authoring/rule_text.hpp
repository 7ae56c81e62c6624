// What a text says about points: 每少1次扣0.5分，最高扣2分; 好8分，较好6分; 没有发生的不扣分.
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

/// Reads a cell's text. A rule's text is what stands in front of its figures, as it is written.
[[nodiscard]] RuleText read_rule_text(std::string_view text);

}  // namespace duibiao::authoring
