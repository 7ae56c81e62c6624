// Points as they stand in texts and cells.
#include <algorithm>

#include "core/authoring/wording.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

/// "2分", "12分,7分奖分", "23分+10分", "满分10分": nothing but points.
bool is_only_points(std::string_view inside) {
    for (const std::string_view word : {"满分", "本项", "共", "计"}) {
        if (inside.starts_with(word)) inside.remove_prefix(word.size());
    }
    const auto figure = figure_at(inside, 0);
    if (!figure || !inside.substr(figure->end).starts_with("分")) return false;
    const std::string_view rest = inside.substr(figure->end + std::string_view("分").size());
    return rest.empty() || starts_with_any(rest, {"+", ","});
}

/// 一次, 每篇 at its end: what follows is for each.
bool ends_with_one(std::string_view before) {
    for (const std::string_view one : {"一", "1", "每"}) {
        const std::size_t at = before.rfind(one);
        if (at == std::string_view::npos || (one == "1" && at > 0 && is_digit(before[at - 1]))) continue;
        const std::size_t behind = at + one.size();
        const std::size_t length = measure_at(before, behind);
        if (length > 0 && behind + length == before.size()) return true;
    }
    return false;
}

/// The figure behind it is no full mark but what is taken or given.
bool is_said_of_rule(std::string_view before) {
    return ends_with_any(before, {"扣", "加", "减", "得", "记", "计", "奖", "-", "~", "至", "给"}) ||
           ends_with_one(before);
}

/// Where the number in front of 分 at its end begins.
std::size_t begin_of_figure(std::string_view plain) {
    std::size_t begin = plain.size() - std::string_view("分").size();
    while (begin > 0 && (is_digit(plain[begin - 1]) || plain[begin - 1] == '.')) --begin;
    return begin;
}

/// What stands in the last brackets that say nothing but points, or else in the last that speak of them; the whole
/// text's end where no brackets do.
std::string_view words_of_points(std::string_view plain) {
    std::string_view found;
    for (std::size_t close = plain.rfind(')'); close != std::string_view::npos && close > 0;
         close = plain.rfind(')', close - 1)) {
        const std::size_t open = plain.rfind('(', close);
        if (open == std::string_view::npos) break;
        const std::string_view inside = plain.substr(open + 1, close - open - 1);
        if (is_only_points(inside)) return inside;
        const bool has_digit = std::any_of(inside.begin(), inside.end(), is_digit);
        const bool is_bare = inside.find_first_not_of("0123456789.") == std::string_view::npos &&
                             close + 1 == plain.size() && inside.size() <= 4;
        if (found.empty() && has_digit && (is_bare || has_any(inside, {"分", "%"}))) found = inside;
    }
    if (!found.empty()) return found;
    if (!plain.ends_with("分")) return {};
    const std::size_t begin = begin_of_figure(plain);
    return is_said_of_rule(plain.substr(0, begin)) ? std::string_view{} : plain.substr(begin);
}

/// （2分）…（3分）: the sum, where nothing but plain points stands in several brackets; the last where it is the sum of
/// those before. Else nothing.
std::optional<Points> sum_of_brackets(std::string_view plain) {
    Points sum;
    Points last;
    std::size_t count = 0;
    for (std::size_t open = plain.find('('); open != std::string_view::npos; open = plain.find('(', open + 1)) {
        const auto figure = figure_at(plain, open + 1);
        if (!figure || !plain.substr(figure->end).starts_with("分)")) continue;
        sum += figure->value;
        last = figure->value;
        ++count;
    }
    if (count > 2 && plain.ends_with(")") && sum - last == last) return last;
    return count > 1 ? std::optional(sum) : std::nullopt;
}

/// ……；2分（查看记录）, ……20分（每缺一名扣5分）: where points begin with nothing but one pair of brackets behind them.
std::optional<std::size_t> points_before_brackets(std::string_view plain) {
    const std::size_t open = plain.ends_with(")") ? plain.rfind('(') : std::string_view::npos;
    if (open == std::string_view::npos || !plain.substr(0, open).ends_with("分")) return std::nullopt;
    const std::size_t begin = begin_of_figure(plain.substr(0, open));
    const bool is_points = figure_at(plain, begin) && !is_said_of_rule(plain.substr(0, begin));
    return is_points ? std::optional(begin) : std::nullopt;
}

}  // namespace

PrintedPoints printed_points(std::string_view text) {
    const std::string plain = squeeze(text);
    const std::string_view words = words_of_points(plain);
    PrintedPoints printed;
    if (const auto sum = sum_of_brackets(plain)) {
        printed.points = sum;
        return printed;
    }
    if (const auto begin = points_before_brackets(plain); begin && !is_only_points(words)) {
        printed.points = figure_at(plain, *begin)->value;
        if (has_any(words, {"占"}) && words.ends_with("%"))
            if (const auto share = figure_at(words, words.find_first_of("0123456789"))) printed.weight = share->value;
        return printed;
    }
    std::vector<Points> figures;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto figure = figure_at(words, at);
        if (!figure) continue;
        if (words.substr(figure->end).starts_with("%")) {
            printed.weight = figure->value;
        } else {
            figures.push_back(figure->value);
        }
        at = figure->end;
    }
    if (figures.empty()) return printed;
    const bool is_extra = has_any(words, {"奖", "加分", "附加"});
    if (has_any(words, {"最高减", "最多减", "最高扣", "最多扣", "最高加", "最多加", "不超过", "上限", "封顶"})) {
        printed.most = figures.front();
    } else if (is_extra && figures.size() == 1) {
        printed.bonus = figures.front();
    } else if (!has_any(words, {"扣", "减"})) {
        printed.points = figures.front();
        if (figures.size() > 1 && (is_extra || words.find('+') != std::string_view::npos)) printed.bonus = figures[1];
    }
    return printed;
}

std::optional<Points> points_of_cell(std::string_view text) {
    const std::string plain = squeeze(text);
    std::string_view rest = plain;
    if (rest.starts_with("(") && rest.ends_with(")")) rest = rest.substr(1, rest.size() - 2);
    for (const std::string_view sign : {"+", "-", "≤", "<=", "满分", "加", "扣", "减"}) {
        if (rest.starts_with(sign)) rest.remove_prefix(sign.size());
    }
    const auto figure = figure_at(rest, 0);
    if (!figure) return std::nullopt;
    rest.remove_prefix(figure->end);
    if (rest.starts_with("分")) rest.remove_prefix(std::string_view("分").size());
    for (const std::string_view dash : {"-", "~", "—", "–", "至"}) {
        if (!rest.starts_with(dash)) continue;
        const auto most = figure_at(rest, dash.size());
        return most ? std::optional(std::max(most->value, figure->value)) : std::nullopt;
    }
    if (!rest.empty() && !rest.starts_with("(")) return std::nullopt;
    return figure->value;
}

}  // namespace duibiao::authoring
