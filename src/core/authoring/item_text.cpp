#include "core/authoring/item_text.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

constexpr Points nothing{};

/// The number in front goes into a member of its own, unless the text is a list of numbered lines.
void split_number(DraftItem& item) {
    const auto number = leading_number(item.text);
    if (!item.number.empty() || !number || number->depth < 4) return;
    const Folded rest(std::string_view(item.text).substr(number->end));
    for (std::size_t at = rest.text.find('\n'); at != std::string::npos; at = rest.text.find('\n', at + 1)) {
        if (leading_number(std::string_view(rest.text).substr(at + 1))) return;
    }
    for (const std::string_view sign : {";", "。", ","}) {
        for (std::size_t at = rest.text.find(sign); at != std::string::npos; at = rest.text.find(sign, at + 1)) {
            const auto next = leading_number(std::string_view(rest.text).substr(at + sign.size()));
            if (next && next->depth == number->depth) return;
        }
    }
    if (rest.text.empty()) return;
    item.number = number->number;
    item.text.erase(0, number->end);
}

bool is_fixed(const DraftRule& rule) { return rule.each && rule.per.empty(); }

/// Things done each give their points: parts, or levels of which one holds.
void sort_gains(DraftItem& item) {
    Points sum;
    Points most;
    std::size_t gains = 0;
    bool falls = true;
    for (const DraftRule& rule : item.rules) {
        if (rule.effect != Effect::gain || !is_fixed(rule)) continue;
        falls = falls && (gains == 0 || *rule.each < most || *rule.each < sum);
        sum += *rule.each;
        most = std::max(most, *rule.each);
        ++gains;
    }
    const bool only_gains = gains == item.rules.size() && gains > 0;
    if (!item.points || gains == 0) return;
    if (sum == *item.points) {
        for (DraftRule& rule : item.rules) rule.part = rule.part || (rule.effect == Effect::gain && is_fixed(rule));
    } else if (only_gains && gains > 1 && most == *item.points && falls) {
        for (DraftRule& rule : item.rules) item.levels.push_back({std::move(rule.text), rule.each});
        item.rules.clear();
    }
}

bool has_effect(const DraftItem& item, Effect effect) {
    return std::any_of(item.rules.begin(), item.rules.end(),
                       [effect](const DraftRule& rule) { return rule.effect == effect; });
}

void change_effect(DraftItem& item, Effect from, Effect to) {
    for (DraftRule& rule : item.rules) {
        if (rule.effect == from) rule.effect = to;
    }
}

/// 加 adds to the full mark only beside deductions; alone it gives the item's own points.
void sort_effects(DraftItem& item, std::string_view text) {
    const bool gives = has_effect(item, Effect::bonus);
    const bool takes = has_effect(item, Effect::deduct) || has_effect(item, Effect::zero);
    if (item.role == Part::points && item.points && gives && !takes && !has_any(text, {"奖", "附加", "基本分"})) {
        for (DraftRule& rule : item.rules) {
            const bool is_beyond = rule.each && *rule.each > *item.points;  // 2 points, and 加3分 for each
            if (rule.effect == Effect::bonus && !is_beyond) rule.effect = Effect::gain;
        }
    }
    if (item.role == Part::bonus) change_effect(item, Effect::gain, Effect::bonus);
}

/// 满分10分，每少1次扣1分; 10分。每少1次扣1分.
std::optional<Points> leading_points(std::string_view text) {
    const std::string plain = squeeze(text);
    std::size_t at = 0;
    for (const std::string_view word : {"满分为", "满分", "分值", "本项", "该项"}) {
        const std::size_t found = plain.find(word);
        if (found != std::string::npos && figure_at(plain, found + word.size())) at = found + word.size();
    }
    const auto figure = figure_at(plain, at);
    const bool is_points = figure && std::string_view(plain).substr(figure->end).starts_with("分");
    const std::string_view rest =
        is_points ? std::string_view(plain).substr(figure->end + std::string_view("分").size()) : std::string_view{};
    const bool is_whole = rest.empty() || starts_with_any(rest, {"。", ",", ";", ":", ")"});
    return is_points && is_whole ? std::optional(figure->value) : std::nullopt;
}

void take_points(DraftItem& item, const std::string& rule_text, bool& has_bonus) {
    if (const auto levels = levels_in_brackets(item.text); !item.points && !levels.empty())
        item.points = levels.front().points;
    PrintedPoints printed = printed_points(item.text);
    if (!item.points && !printed.points && !printed.bonus && !rule_text.empty()) printed = printed_points(rule_text);
    if (!item.points && !printed.points && !printed.bonus)
        printed.points = leading_points(rule_text.empty() ? item.text : rule_text);
    has_bonus = printed.bonus.has_value();
    if (!item.points && printed.points) item.points = printed.points;
    if (!item.points && printed.bonus) {
        item.points = printed.bonus;
        item.role = Part::bonus;
    } else if (printed.bonus && printed.points) {
        item.bonus_cap = printed.bonus;
    }
    if (!item.points && printed.most) item.bonus_cap = printed.most;
    if (item.points == nothing) item.points.reset();
}

std::optional<Points> most_of(const std::vector<DraftLevel>& levels) {
    std::optional<Points> most;
    for (const DraftLevel& level : levels) {
        if (level.points && (!most || *level.points > *most)) most = level.points;
    }
    return most;
}

/// Caps on bonus that their rules give already are no caps of the item's.
void take_cap(const RuleText& read, DraftItem& item) {
    if (!read.cap) return;
    const bool gives = has_effect(item, Effect::bonus) || has_effect(item, Effect::gain);
    if (item.role == Part::bonus || (gives && item.points && *read.cap != *item.points)) {
        if (item.role == Part::bonus && !item.points)
            item.points = read.cap;
        else if (item.role != Part::bonus)
            item.bonus_cap = read.cap;
    } else if (!item.points && gives) {
        item.bonus_cap = read.cap;
    } else if (!gives && item.rules.size() == 1) {
        item.rules.front().cap = read.cap;
    }
}

/// "每次" alone is no name for a rule: the item's text is.
void name_rules(DraftItem& item) {
    constexpr std::size_t longest = 90;
    for (DraftRule& rule : item.rules) {
        const bool is_bare = rule.text.size() <= std::string_view("每人次").size() && rule.text.starts_with("每");
        if (is_bare && item.text.size() <= longest) rule.text = one_line(item.text);
        for (const std::string_view close : {"】", "]"}) {
            const std::size_t end = rule.text.find(close);
            if (!item.kinds.empty() && starts_with_any(rule.text, {"【", "["}) && end != std::string::npos)
                rule.text.erase(0, end + close.size());
        }
    }
}

/// 【医院】… is for one kind alone.
void take_kind(DraftItem& item) {
    const std::string_view text = item.text;
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"【", "】"}, {"[", "]"}}) {
        if (!text.starts_with(open)) continue;
        const std::size_t end = text.find(close);
        if (end != std::string_view::npos) item.kinds.emplace_back(text.substr(open.size(), end - open.size()));
    }
}

/// 有方案1分；有总结2分 of 3: parts without a word for giving.
void take_plain_parts(std::string_view text, DraftItem& item) {
    const Folded folded(text);
    const std::string_view plain = folded.text;
    std::vector<DraftRule> parts;
    Points sum;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < plain.size(); ++at) {
        const auto figure = figure_at(plain, at);
        if (!figure) continue;
        const bool is_points = plain.substr(figure->end).starts_with("分");
        const std::string_view rest =
            is_points ? plain.substr(figure->end + std::string_view("分").size()) : std::string_view{};
        if (is_points && (rest.empty() || starts_with_any(rest, {";", ",", "、", "。", "\n", ")"}))) {
            while (begin < at && starts_with_any(plain.substr(begin), {";", ",", "\n", ")", " "})) ++begin;
            for (const std::string_view sign : {";", "。", "\n"}) {
                const std::size_t last = plain.substr(0, at).rfind(sign);
                if (last != std::string_view::npos && last + sign.size() > begin) begin = last + sign.size();
            }
            DraftRule part;
            part.text = one_line(folded.original(begin, plain.substr(0, at).ends_with("(") ? at - 1 : at));
            for (const std::string_view sign : {"。", "、", "，", "；"}) {
                if (part.text.starts_with(sign)) part.text.erase(0, sign.size());
            }
            part.effect = Effect::gain;
            part.each = figure->value;
            part.once = part.part = true;
            sum += figure->value;
            if (part.text.empty()) return;
            parts.push_back(std::move(part));
            begin = figure->end + std::string_view("分").size();
        }
        at = figure->end;
    }
    if (parts.size() > 1 && item.points && sum == *item.points) item.rules = std::move(parts);
}

/// Several parts with points of their own in one text: what is taken off one may eat into another.
void say_parts(const DraftItem& item, std::vector<Unsure>& unsure) {
    const std::string plain = squeeze(item.text);
    std::size_t parts = 0;
    for (std::size_t at = plain.find('('); at != std::string::npos; at = plain.find('(', at + 1)) {
        const auto figure = figure_at(plain, at + 1);
        if (figure && std::string_view(plain).substr(figure->end).starts_with("分)")) ++parts;
    }
    if (parts > 1 && has_effect(item, Effect::deduct))
        unsure.push_back({item.place,
                          "parts",
                          {{"count", static_cast<std::int64_t>(parts)}, {"text", one_line(item.text)}},
                          {},
                          {}});
}

void say_amounts(const DraftItem& item, std::vector<Unsure>& unsure) {
    if (item.points || item.is_unlimited || item.role != Part::points) return;
    if (item.rules.empty() && item.levels.empty() && item.votes.empty() && item.tiers.empty())
        unsure.push_back({item.place, "no-points", {{"text", one_line(item.text)}}, {}, {}});
}

/// 思想工作有效，在全院推广20分，在科内推广10分，没有0分: levels at the end of a text, the last of them nothing.
void take_last_levels(DraftItem& item) {
    if (item.points || !item.levels.empty() || !item.rules.empty()) return;
    const std::string text = Folded(item.text).text;
    for (std::size_t at = 0; at < text.size(); (void)take_character(text, at)) {
        const std::string_view rest = std::string_view(text).substr(at);
        if (at > 0 && !ends_with_any(std::string_view(text).substr(0, at), {",", "。", ";"})) continue;
        auto levels = levels_in(rest);
        if (levels.size() < 3 || *levels.back().points != nothing) continue;
        item.points = levels.front().points;
        item.levels = std::move(levels);
        return;
    }
}

/// ★ and （可选） of a clause mean what the notes say.
void read_clause_notes(const Draft& draft, DraftItem& item) {
    const std::string text = squeeze(item.text);
    if (has_any(text, {"(可选)"})) item.not_applicable = "out";
    for (const std::string& note : draft.notes) {
        const std::string plain = squeeze(note);
        const std::size_t at = plain.find("达到");
        if (!has_any(text, {"★"}) || !has_any(plain, {"★"}) || at == std::string::npos) continue;
        for (const DraftTier& tier : item.tiers) {
            if (plain.find("“" + tier.label, at) != std::string::npos ||
                plain.find("\"" + tier.label, at) != std::string::npos ||
                plain.find("达到" + tier.label, at) != std::string::npos)
                item.at_least = tier.label;
        }
    }
}

}  // namespace

void read_clause(std::string_view text, DraftItem& item) {
    item.text = std::string(text);
    if (const auto number = leading_number(text)) {
        item.number = number->number;
        item.text.erase(0, number->end);
    }
}

bool is_votes(std::string_view text) {
    std::string plain = squeeze(text);
    std::erase(plain, '_');
    std::size_t votes = 0;
    for (std::size_t at = plain.find("票"); at != std::string::npos; at = plain.find("票", at + 1)) ++votes;
    return votes >= 3 && has_places(text) &&
           has_any(plain, {"好票", "优秀票", "满意票", "合格票", "称职票", "赞成票", "同意票"});
}

void read_votes_of(std::string_view text, DraftItem& item) {
    const FilledText filled = read_blanks_of(text);
    const std::string plain = std::string(text.substr(0, std::min(text.find("："), text.size())));
    item.text = plain.empty() ? "测评" : plain;
    for (const DraftBlank& blank : filled.blanks) {
        std::string name = blank.name;
        if (const std::size_t colon = name.find("测评"); colon != std::string::npos && name.size() > 12)
            name.erase(0, name.size() - 6);
        for (const std::string_view known : {"发出", "收回", "有效"}) {
            if (name.ends_with(known)) name = known;
        }
        if (is_any(name, {"发出", "收回", "有效"}))
            item.ballots.push_back(name);
        else
            item.votes.push_back({name, std::nullopt});
    }
}

bool read_vote_weights(std::string_view text, DraftItem& item) {
    const std::string plain = squeeze(text);
    bool found = false;
    for (DraftLevel& option : item.votes) {
        for (const std::string_view times : {"×", "*", "x", "X"}) {
            for (const std::string_view before : {"(", "+", "=", ","}) {
                std::string wanted = std::string(before) + option.label;
                if (plain.find(wanted + std::string(times)) == std::string::npos) wanted += "票";
                const std::size_t at = plain.find(wanted + std::string(times));
                if (at == std::string::npos) continue;
                const auto figure = figure_at(plain, at + wanted.size() + times.size());
                if (!figure) continue;
                option.points = figure->value;
                found = true;
            }
        }
    }
    return found;
}

void read_weights(std::string_view plain, Place place, Draft& draft, std::vector<Unsure>& unsure) {
    const std::size_t equals = plain.find('=');
    if (equals == std::string_view::npos || !draft.parts.empty()) return;
    std::vector<DraftPart> parts;
    Points sum;
    std::size_t begin = equals + 1;
    for (std::size_t at = begin; at < plain.size(); ++at) {
        const auto figure = figure_at(plain, at);
        if (!figure) continue;
        const bool is_weight = plain.substr(figure->end).starts_with("%");
        std::string_view name = plain.substr(begin, at - begin);
        at = figure->end;
        if (!is_weight) continue;
        while (starts_with_any(name, {"+", "("})) name.remove_prefix(1);
        for (const std::string_view sign : {"×", "*", ")"}) {
            if (name.ends_with(sign)) name.remove_suffix(sign.size());
        }
        if (name.ends_with(")")) name.remove_suffix(1);
        parts.push_back({"part" + std::to_string(parts.size() + 1), std::string(name), figure->value});
        sum += figure->value;
        begin = figure->end + 1;
    }
    if (parts.size() > 1 && sum == Points::from_whole(100)) {
        draft.parts = std::move(parts);
    } else if (!parts.empty()) {
        unsure.push_back({place, "weights", {{"text", std::string(plain)}}, {}, {}});
    }
}

void read_item_text(const std::string& rule_text, Draft& draft, DraftItem& item, std::vector<Unsure>& unsure) {
    if (!item.tiers.empty()) return read_clause_notes(draft, item);
    if (!item.votes.empty()) return;
    bool has_bonus = false;
    take_kind(item);
    take_points(item, rule_text, has_bonus);
    RuleText read = read_rule_text(rule_text.empty() ? item.text : rule_text);
    if (read.rules.empty() && read.levels.empty() && !rule_text.empty()) {
        RuleText other = read_rule_text(item.text);
        if (!other.rules.empty()) read = std::move(other);
    }
    split_number(item);
    for (const GradeFact& fact : read.facts) draft.ceilings.push_back({fact.text, fact.text, {}, fact.steps});
    if (read.is_veto) draft.vetoes.push_back(one_line(item.text));
    item.rules = std::move(read.rules);
    item.levels = std::move(read.levels);
    if (rule_text.empty() && item.levels.empty()) item.levels = levels_in_brackets(item.text);
    if (!item.levels.empty()) item.rules.clear();
    if (!item.levels.empty() && item.points && most_of(item.levels) != item.points) {
        Points sum;
        for (const DraftLevel& level : item.levels) sum += *level.points;
        if (sum == *item.points) {  // 计划2分，总结1分 of 3 are parts
            for (DraftLevel& level : item.levels) {
                DraftRule rule;
                rule.text = std::move(level.label);
                rule.effect = Effect::gain;
                rule.each = level.points;
                rule.once = rule.part = true;
                item.rules.push_back(std::move(rule));
            }
            item.levels.clear();
        } else {
            unsure.push_back({item.place,
                              "levels",
                              {{"text", one_line(item.text)}},
                              item.points->to_string(),
                              {most_of(item.levels)->to_string()}});
        }
    }
    if (item.rules.empty() && item.levels.empty()) take_plain_parts(rule_text.empty() ? item.text : rule_text, item);
    if (rule_text.empty()) take_last_levels(item);
    sort_effects(item, squeeze(item.text + rule_text));
    sort_gains(item);
    take_cap(read, item);
    if (read.is_full_when_absent) item.not_applicable = "full";
    if (read.is_out_when_absent || squeeze(item.text).find("(可选)") != std::string::npos) item.not_applicable = "out";
    name_rules(item);
    link_blanks(item, rule_text);
    say_amounts(item, unsure);
    say_parts(item, unsure);
}

}  // namespace duibiao::authoring
