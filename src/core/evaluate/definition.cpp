#include "core/evaluate/definition.hpp"

#include <algorithm>

namespace duibiao {
namespace {

template <typename List, typename Fits>
std::optional<std::size_t> position_where(const List& list, Fits fits) {
    const auto found = std::find_if(list.begin(), list.end(), fits);
    if (found == list.end()) return std::nullopt;
    return static_cast<std::size_t>(found - list.begin());
}

}  // namespace

std::optional<BlankIndex> ItemScoring::find_blank(std::string_view name) const {
    return position_where(blanks, [name](const Blank& blank) { return blank.name == name; });
}

std::optional<std::size_t> ItemScoring::find_level(std::string_view label) const {
    return position_where(levels, [label](const ScoreLevel& level) { return level.label == label; });
}

std::optional<BlankIndex> ScoredForm::find_foot_blank(std::string_view name) const {
    return position_where(foot_blanks, [name](const Blank& blank) { return blank.name == name; });
}

}  // namespace duibiao
