#include "core/evaluate/facts.hpp"

#include <algorithm>
#include <string>

#include "core/text.hpp"

namespace duibiao {
namespace {

using Kind = ItemField::Kind;

struct FieldPrefix {
    std::string_view text;
    Kind kind;
};
constexpr std::array<FieldPrefix, 5> prefixes{{{"count:", Kind::count},
                                               {"amount:", Kind::amount},
                                               {"blank:", Kind::blank},
                                               {"tick:", Kind::tick},
                                               {"votes:", Kind::votes}}};

/// "2" as a position from 0.
std::optional<std::size_t> position_of(std::string_view number, std::size_t count) {
    std::size_t value = 0;
    if (number.empty() || number.size() > 3 || number.front() == '0') return std::nullopt;
    for (const char c : number) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::size_t>(c - '0');
    }
    return value <= count ? std::optional(value - 1) : std::nullopt;
}

std::optional<ItemField> rule_field(const ItemScoring& scoring, Kind kind, std::string_view number) {
    const auto at = position_of(number, scoring.rules.size());
    if (!at) return std::nullopt;
    const ScoreRule& rule = scoring.rules[*at];
    const bool fits = kind == Kind::amount ? rule.by_amount : rule.is_counted();
    return fits ? std::optional(ItemField{kind, *at}) : std::nullopt;
}

std::optional<ItemField> vote_field(const ItemScoring& scoring, std::string_view name) {
    if (!scoring.votes) return std::nullopt;
    const Votes& votes = *scoring.votes;
    for (std::size_t i = 0; i < votes.options.size(); ++i) {
        if (votes.options[i].label == name) return ItemField{Kind::votes, i};
    }
    const std::array<bool, 3> has{votes.has_issued, votes.has_returned, votes.has_valid};
    for (std::size_t i = 0; i < has.size(); ++i) {
        if (has[i] && ballot_counts[i] == name) return ItemField{Kind::ballots, i};
    }
    return std::nullopt;
}

}  // namespace

std::optional<ItemField> find_item_field(const ItemScoring& scoring, std::string_view field) {
    for (const FieldPrefix& prefix : prefixes) {
        if (field.empty() || field.front() != prefix.text.front() || !field.starts_with(prefix.text)) continue;
        const std::string_view name = field.substr(prefix.text.size());
        if (prefix.kind == Kind::count || prefix.kind == Kind::amount) return rule_field(scoring, prefix.kind, name);
        if (prefix.kind == Kind::votes) return vote_field(scoring, name);
        const auto blank = scoring.find_blank(name);
        if (!blank || scoring.blanks[*blank].is_tick() != (prefix.kind == Kind::tick)) return std::nullopt;
        return ItemField{prefix.kind, *blank};
    }
    if (field == "score" && scoring.tiers.empty()) return ItemField{Kind::score};
    if (field == "note") return ItemField{Kind::note};
    if (field == "na") return ItemField{Kind::absent};
    if (field == "level" && (!scoring.levels.empty() || !scoring.tiers.empty())) return ItemField{Kind::level};
    return std::nullopt;
}

std::string name_of(const ItemScoring& scoring, const ItemField& field) {
    switch (field.kind) {
        case Kind::score:
            return "score";
        case Kind::note:
            return "note";
        case Kind::level:
            return "level";
        case Kind::absent:
            return "na";
        case Kind::count:
            return "count:" + std::to_string(field.index + 1);
        case Kind::amount:
            return "amount:" + std::to_string(field.index + 1);
        case Kind::blank:
            return "blank:" + scoring.blanks[field.index].name;
        case Kind::tick:
            return "tick:" + scoring.blanks[field.index].name;
        case Kind::votes:
            return "votes:" + scoring.votes->options[field.index].label;
        case Kind::ballots:
            return "votes:" + std::string(ballot_counts[field.index]);
    }
    return {};
}

bool ItemFacts::has_too_few_ballots(const ItemScoring& scoring) const {
    if (!scoring.votes || scoring.votes->fewest == 0) return false;
    Points cast;
    for (const auto& given : votes) cast += given.value_or(Points{});
    const Points valid = std::max(cast, ballots[2].value_or(Points{}));
    return valid > Points{} && valid < Points::from_whole(scoring.votes->fewest);
}

void ItemFacts::clear(const ItemScoring& scoring) {
    typed.reset();
    level = {};
    note = {};
    absent = false;
    absence = {};
    any = false;
    counts.assign(scoring.rules.size(), std::nullopt);
    blanks.assign(scoring.blanks.size(), nullptr);
    votes.assign(scoring.votes ? scoring.votes->options.size() : 0, std::nullopt);
    ballots = {};
}

void ItemFacts::take(const ItemScoring& scoring, std::string_view field, const Value& value) {
    const auto known = find_item_field(scoring, field);
    if (!known) return;
    const auto* number = std::get_if<Points>(&value);
    const auto* text = std::get_if<std::string>(&value);
    const auto figure = number == nullptr ? std::nullopt : std::optional(*number);
    switch (known->kind) {
        case Kind::score:
            typed = figure;
            return;
        case Kind::note:
            if (text != nullptr) note = *text;
            return;
        case Kind::absent:
            absent = true;
            if (text != nullptr) absence = *text;
            return;
        case Kind::level:
            if (text != nullptr) level = *text;
            break;
        case Kind::count:
        case Kind::amount:
            counts[known->index] = figure;
            break;
        case Kind::blank:
        case Kind::tick:
            blanks[known->index] = &value;
            break;
        case Kind::votes:
            votes[known->index] = figure;
            break;
        case Kind::ballots:
            ballots[known->index] = figure;
            return;
    }
    any = true;
}

std::optional<Fraction> figure_of_blank(const Value& value) {
    if (const auto* number = std::get_if<Points>(&value)) return Fraction(*number);
    if (const auto* flag = std::get_if<bool>(&value)) return Fraction(*flag ? 1 : 0);
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || trim(*text).empty()) return std::nullopt;
    return Fraction(yes_or_no(trim(*text)).value_or(true) ? 1 : 0);
}

std::optional<Fraction> ItemFacts::figure(BlankIndex blank) const {
    return blanks[blank] == nullptr ? std::nullopt : figure_of_blank(*blanks[blank]);
}

bool ItemFacts::has_figure(BlankIndex blank) const {
    const Value* value = blanks[blank];
    if (value == nullptr) return false;
    const auto* text = std::get_if<std::string>(value);
    return text == nullptr ? !std::holds_alternative<std::monostate>(*value) : !trim(*text).empty();
}

ItemFacts read_facts(const Document& document, Layer layer, const Criterion& item) {
    ItemFacts facts;
    facts.clear(*item.scoring);
    auto answer = document.answers.lower_bound(TargetRef{layer, item.id, {}});
    for (; answer != document.answers.end() && answer->first.layer == layer && answer->first.item == item.id; ++answer)
        facts.take(*item.scoring, answer->first.field, answer->second);
    return facts;
}

}  // namespace duibiao
