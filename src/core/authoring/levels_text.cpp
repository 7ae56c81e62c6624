// Levels of which one holds: 好8分，较好6分，差0分.
#include <algorithm>
#include <array>
#include <utility>

#include "core/authoring/item_text.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {

namespace {

/// What stands between these signs.
template <std::size_t count>
std::vector<std::string_view> clauses_of(std::string_view text, const std::array<char32_t, count>& signs) {
    std::vector<std::string_view> clauses;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const char32_t sign = take_character(text, at);
        if (std::find(signs.begin(), signs.end(), sign) == signs.end()) continue;
        clauses.push_back(text.substr(begin, here - begin));
        begin = at;
    }
    clauses.push_back(text.substr(begin));
    return clauses;
}

}  // namespace

/// 好8分，较好6分，差0分: nothing but names and figures.
std::vector<DraftLevel> levels_in(std::string_view text) {
    std::vector<DraftLevel> levels;
    for (const std::string_view clause : clauses_of(text, std::array{U',', U'、', U';', U'。', U'\n'})) {
        const std::string part = squeeze(clause);
        if (part.empty()) continue;
        std::size_t figure = 0;
        while (figure < part.size() && !is_digit(part[figure])) ++figure;
        const auto points = figure_at(part, figure);
        const std::string_view behind = points ? std::string_view(part).substr(points->end) : std::string_view{};
        std::string label = part.substr(0, figure);
        const bool in_brackets = label.ends_with("(");
        while (ends_with_any(label, {":", "("})) label.pop_back();
        for (const std::string_view verb : {"的", "得", "计", "为"}) {
            if (label.size() > verb.size() && label.ends_with(verb)) label.resize(label.size() - verb.size());
        }
        constexpr std::size_t longest_label = 24;
        const bool is_level = behind == (in_brackets ? "分)" : "分") && !label.empty() &&
                              label.size() <= longest_label && !has_any(label, {"扣", "加", "减", "奖", "每", "最"});
        if (!is_level) return {};
        levels.push_back({std::move(label), points->value});
    }
    const bool falls = std::is_sorted(levels.begin(), levels.end(),
                                      [](const DraftLevel& a, const DraftLevel& b) { return *a.points > *b.points; });
    if (levels.size() < 2 || !falls || *levels.front().points == *levels.back().points) return {};
    return levels;
}

namespace {

bool falls(const std::vector<DraftLevel>& levels) {
    return std::adjacent_find(levels.begin(), levels.end(), [](const DraftLevel& a, const DraftLevel& b) {
               return *a.points <= *b.points;
           }) == levels.end();
}

/// Words that say less than the level before does.
bool says_less(std::string_view label) {
    return has_any(label, {"较", "一般", "基本", "不太", "偶尔", "没有", "不", "无", "差"});
}

}  // namespace

std::vector<DraftLevel> levels_in_brackets(std::string_view source) {
    const std::string text = Folded(source).text;
    std::vector<DraftLevel> levels;
    for (const std::string_view each : clauses_of(text, std::array{U';', U'。', U'\n'})) {
        const std::string_view clause = trim(each);
        if (clause.empty()) continue;
        const std::size_t open = clause.rfind('(');
        if (open == std::string_view::npos || open == 0) return {};
        const auto points = figure_at(clause, open + 1);
        if (!points || clause.substr(points->end) != "分)") return {};
        std::string_view label = clause.substr(0, open);
        if (const std::size_t colon = label.rfind(':'); levels.empty() && colon != std::string_view::npos)
            label.remove_prefix(colon + 1);
        levels.push_back({std::string(trim(label)), points->value});
    }
    if (levels.size() < 2 || !falls(levels)) return {};
    const bool is_graded = std::all_of(levels.begin() + 1, levels.end(), [](const DraftLevel& level) {
        return *level.points == Points{} || says_less(level.label);
    });
    const bool has_nothing = *levels.back().points == Points{};
    return is_graded || has_nothing ? levels : std::vector<DraftLevel>{};
}

}  // namespace duibiao::authoring
