#include "core/scored_form/read_items.hpp"

#include <algorithm>
#include <set>

#include "core/limits.hpp"
#include "core/scored_form/read_rules.hpp"

namespace duibiao::scored_form {
namespace {

constexpr std::array<std::string_view, 3> role_names{"points", "bonus", "penalty"};
constexpr std::array<std::string_view, 4> absent_names{"no", "full", "out", "scaled"};
constexpr std::array<std::string_view, 2> start_names{"full", "zero"};
constexpr Points largest_item = Points::from_whole(1000);
constexpr int most_fewest = 100;  ///< ballots below which none is read

/// What all items of a form share while they are read.
struct Style {
    const Instrument& instrument;
    const ScoredForm& form;
    std::vector<ScoreRule> rules;  ///< that hold for every item
    ScoreRole role = ScoreRole::points;
    std::optional<std::size_t> scorer = {};  ///< the only one, of the section that is read
};

void check_step(FormReader& reader, const Style& style, const std::string& place, Points points) {
    if (points.is_multiple_of(style.instrument.score_step)) return;
    reader.refuse("form-step", place,
                  {{"field", std::string("points")},
                   {"found", points.to_string()},
                   {"step", style.instrument.score_step.to_string()}});
}

/// A number, or "unlimited".
void read_points(FormReader& reader, const Node& node, const Style& style, ItemScoring& item) {
    const Node points = reader.member(node, "points", Need::optional);
    if (points.value == nullptr) {
        if (!item.levels.empty()) {
            item.points = std::max_element(item.levels.begin(), item.levels.end(), [](const auto& a, const auto& b) {
                              return a.points < b.points;
                          })->points;
        } else if (item.votes) {
            Points most;
            for (const VoteOption& option : item.votes->options) most = std::max(most, option.weight);
            item.points = most;
        } else if (item.role == ScoreRole::points && item.tiers.empty()) {
            reader.refuse("form-points", json_pointer(node.pointer, "points"), {});
        }
        return;
    }
    if (item.votes) item.votes->has_points = true;
    const auto* word = points.value->get_ptr<const std::string*>();
    if (word != nullptr && *word == "unlimited") {
        item.floor.reset();
        return;
    }
    if (word != nullptr) {
        reader.refuse(
            "form-number-word", points.pointer,
            {{"field", std::string("points")}, {"found", *word}, {"expected", std::vector<std::string>{"unlimited"}}});
        return;
    }
    item.points = reader.points(node, "points", Need::required, Points::from_hundredths(1), largest_item);
    if (item.points) check_step(reader, style, points.pointer, *item.points);
}

/// A number, which may lie below zero, or "none".
void read_floor(FormReader& reader, const Node& node, ItemScoring& item) {
    const Node floor = reader.member(node, "floor", Need::optional);
    if (floor.value == nullptr) return;
    const auto* word = floor.value->get_ptr<const std::string*>();
    if (word != nullptr && *word == "none") {
        item.floor.reset();
    } else if (word != nullptr) {
        reader.refuse(
            "form-number-word", floor.pointer,
            {{"field", std::string("floor")}, {"found", *word}, {"expected", std::vector<std::string>{"none"}}});
    } else {
        item.floor = reader.points(node, "floor", Need::required, Points::from_whole(-100'000), largest_item);
    }
}

void read_levels(FormReader& reader, const Node& node, ItemScoring& item) {
    std::set<std::string> seen;
    for (const Node& child : reader.list(node, "levels", Need::optional)) {
        if (!reader.check(child, {"label", "points"})) continue;
        ScoreLevel level{reader.text(child, "label", Need::required), {}};
        level.points =
            reader.points(child, "points", Need::required, Points::from_whole(-1000), largest_item).value_or(Points{});
        if (!seen.insert(level.label).second)
            reader.refuse("form-doubled", child.pointer, {{"field", std::string("label")}, {"found", level.label}});
        item.levels.push_back(std::move(level));
    }
}

/// Tiers add a tick for each of their points.
void read_tiers(FormReader& reader, const Node& node, ItemScoring& item) {
    for (const Node& child : reader.list(node, "tiers", Need::optional)) {
        if (!reader.check(child, {"label", "points"})) continue;
        Tier tier;
        tier.label = reader.text(child, "label", Need::required);
        tier.points = reader.texts(child, "points", Need::required);
        tier.first = item.blanks.size();
        for (std::size_t i = 0; i < tier.points.size(); ++i) {
            item.blanks.push_back({tier.label + std::to_string(i + 1), Blank::Type::tick, {}, "达到", "未达到", {}});
        }
        item.tiers.push_back(std::move(tier));
    }
    item.no_tier = reader.text(node, "no_tier", item.tiers.empty() ? Need::optional : Need::required);
    const std::string least = reader.text(node, "at_least", Need::optional);
    if (least.empty()) return;
    std::vector<std::string> labels;
    for (const Tier& tier : item.tiers) labels.push_back(tier.label);
    item.least_tier = reader.named(json_pointer(node.pointer, "at_least"), "at_least", least, labels);
}

void read_votes(FormReader& reader, const Node& parent, ItemScoring& item) {
    const Node node = reader.member(parent, "votes", Need::optional);
    if (node.value == nullptr || !reader.check(node, {"options", "ballots", "decimals", "fewest"})) return;
    Votes& votes = item.votes.emplace();
    for (const Node& child : reader.list(node, "options", Need::required)) {
        if (!reader.check(child, {"label", "weight"})) continue;
        VoteOption option;
        option.label = reader.text(child, "label", Need::required);
        // Without a weight it is no part of what is divided by: 弃权.
        const auto weight = reader.points(child, "weight", Need::optional);
        option.counts = weight.has_value();
        option.weight = weight.value_or(Points{});
        votes.options.push_back(std::move(option));
    }
    const std::array<bool*, 3> has{&votes.has_issued, &votes.has_returned, &votes.has_valid};
    const std::vector<std::string> known(ballot_counts.begin(), ballot_counts.end());
    for (const std::string& name : reader.texts(node, "ballots", Need::optional)) {
        const auto position = position_in(ballot_counts, name);
        if (position) {
            *has[*position] = true;
        } else {
            reader.refuse("form-word", json_pointer(node.pointer, "ballots"),
                          {{"field", std::string("ballots")}, {"found", name}, {"expected", known}});
        }
    }
    votes.decimals = reader.whole(node, "decimals", 0, 6);
    votes.fewest = reader.whole(node, "fewest", 2, most_fewest).value_or(0);
}

std::vector<std::size_t> read_kinds(FormReader& reader, const Node& node, const ScoredForm& form) {
    std::vector<std::size_t> kinds;
    for (const std::string& name : reader.texts(node, "kinds", Need::optional)) {
        if (const auto at = reader.named(json_pointer(node.pointer, "kinds"), "kinds", name, form.kinds))
            kinds.push_back(*at);
    }
    return kinds;
}

/// "texts": {COLUMN: TEXT}.
void read_cells(FormReader& reader, const Node& parent, const ScoredForm& form, ItemScoring& item) {
    std::vector<std::string> ids;
    for (const PaperColumn& column : form.columns) {
        if (column.cell) ids.push_back(column.id);
    }
    item.cells.resize(ids.size());
    const Node node = reader.member(parent, "texts", Need::optional);
    if (node.value == nullptr) return;
    const auto* object = node.value->get_ptr<const Json::object_t*>();
    if (object == nullptr) {
        reader.check(node, {});
        return;
    }
    for (const auto& [key, value] : *object) {
        const auto at = std::find(ids.begin(), ids.end(), key);
        if (at == ids.end()) {
            reader.refuse("form-member", json_pointer(node.pointer, key),
                          {{"field", key}, {"known", ids}, {"nearest", nearest_name(key, ids)}});
        } else {
            item.cells[static_cast<std::size_t>(at - ids.begin())] = reader.text(node, key, Need::optional);
        }
    }
}

/// Every {name} of the row's text is one of its blanks.
void check_result(FormReader& reader, const Node& node, const ItemScoring& item) {
    std::vector<std::string> names;
    for (const Blank& blank : item.blanks) names.push_back(blank.name);
    std::string_view rest = item.result;
    for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        const std::size_t close = rest.find('}', open);
        const std::string name(rest.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
        if (!item.find_blank(name)) {
            reader.refuse("form-text-blank", json_pointer(node.pointer, "result"),
                          {{"found", name}, {"known", names}, {"nearest", nearest_name(name, names)}});
        }
        if (close == std::string_view::npos) return;
        rest.remove_prefix(close + 1);
    }
}

/// Rules that give begin at nothing, unless the item says otherwise.
bool begins_full(const ItemScoring& item) {
    return std::none_of(item.rules.begin(), item.rules.end(),
                        [](const ScoreRule& rule) { return rule.effect == ScoreRule::Effect::gain; });
}

void read_scoring(FormReader& reader, const Node& node, const Style& style, ItemScoring& item) {
    item.scorer = style.scorer;
    item.role = static_cast<ScoreRole>(reader.choice(node, "role", role_names, static_cast<std::size_t>(style.role)));
    item.blanks = read_blanks(reader, node, "blanks");
    item.rules = read_rules(reader, node, "rules", item.blanks);
    read_levels(reader, node, item);
    read_tiers(reader, node, item);
    read_votes(reader, node, item);
    read_points(reader, node, style, item);
    read_floor(reader, node, item);
    item.starts_full = reader.choice(node, "starts", start_names, begins_full(item) ? 0 : 1) == 0;
    item.bonus_cap = reader.points(node, "bonus_cap", Need::optional);
    item.absent = static_cast<NotApplicable>(reader.choice(node, "not_applicable", absent_names, 0));
    item.kinds = read_kinds(reader, node, style.form);
    item.result = reader.text(node, "result", Need::optional);
    read_cells(reader, node, style.form, item);
    check_result(reader, node, item);
    if (item.role == ScoreRole::bonus) {
        // All that a bonus item gives is bonus: one sum, held to one cap.
        for (ScoreRule& rule : item.rules) {
            if (rule.effect == ScoreRule::Effect::bonus) rule.effect = ScoreRule::Effect::gain;
        }
    }
    if (item.role == ScoreRole::points && item.tiers.empty())
        item.rules.insert(item.rules.end(), style.rules.begin(), style.rules.end());
}

void check_id(FormReader& reader, const Node& node, const std::string& expected) {
    const std::string id = reader.text(node, "id", Need::optional);
    if (id.empty() || id == expected) return;
    reader.refuse("form-id-position", json_pointer(node.pointer, "id"), {{"found", id}, {"expected", expected}});
}

/// What could never count: a rule that may take more than there is, a level that gives more.
void warn_above_points(FormReader& reader, const Node& node, const ItemScoring& item) {
    if (!item.points) return;
    const auto warn = [&](std::string_view code, std::string_view list, std::size_t at, Points found) {
        reader.warn(code, json_pointer(json_pointer(node.pointer, list), at),
                    {{"found", found.to_string()}, {"points", item.points->to_string()}});
    };
    for (std::size_t i = 0; i < item.rules.size(); ++i) {
        const ScoreRule& rule = item.rules[i];
        const bool is_within = rule.effect == ScoreRule::Effect::deduct || rule.effect == ScoreRule::Effect::gain;
        if (is_within && !rule.of_form && rule.cap && *rule.cap > *item.points)
            warn("form-cap-over", "rules", i, *rule.cap);
    }
    for (std::size_t i = 0; i < item.levels.size(); ++i) {
        if (item.levels[i].points > *item.points) warn("form-level-over", "levels", i, item.levels[i].points);
    }
    for (std::size_t i = 0; item.votes && i < item.votes->options.size(); ++i) {
        const Points weight = item.votes->options[i].weight;
        if (weight > *item.points) warn("form-vote-over", "votes", i, weight);
    }
}

Criterion read_item(FormReader& reader, const Node& node, const std::string& id, const Style& style) {
    Criterion criterion;
    criterion.id = id;
    auto item = std::make_shared<ItemScoring>();
    criterion.scoring = item;
    const bool known =
        reader.check(node, {"id",     "number",    "text",           "headings", "points", "role",   "floor",
                            "starts", "bonus_cap", "not_applicable", "kinds",    "blanks", "result", "rules",
                            "levels", "tiers",     "no_tier",        "at_least", "votes",  "texts",  "citation"});
    if (!known) return criterion;
    check_id(reader, node, id);
    criterion.number = reader.text(node, "number", Need::optional);
    criterion.text = reader.text(node, "text", Need::required);
    criterion.headings = reader.texts(node, "headings", Need::optional);
    criterion.citation = reader.text(node, "citation", Need::optional);
    if (criterion.citation.empty())
        criterion.citation =
            style.instrument.source_key + (criterion.number.empty() ? " " + id : " " + criterion.number);
    read_scoring(reader, node, style, *item);
    warn_above_points(reader, node, *item);
    if (item->role == ScoreRole::points) criterion.points = item->points.value_or(Points{});
    return criterion;
}

SumScoring read_sum(FormReader& reader, const Node& node, ScoreRole role) {
    SumScoring sum;
    sum.role = role;
    sum.cap = reader.points(node, "cap", Need::optional);
    sum.floor = reader.points(node, "floor", Need::optional, Points::from_whole(-100'000), Points::from_whole(100'000));
    sum.printed = reader.points(node, "printed", Need::optional);
    sum.printed_bonus = reader.points(node, "printed_bonus", Need::optional);
    return sum;
}

void read_items(FormReader& reader, const Node& node, const Style& style, Group& group) {
    for (const Node& child : reader.list(node, "items", Need::required)) {
        const std::string id = group.id + "." + std::to_string(group.criteria.size() + 1);
        group.criteria.push_back(read_item(reader, child, id, style));
        group.points += group.criteria.back().points;
    }
}

void read_groups(FormReader& reader, const Node& node, const Style& style, ScoredForm& form, Section& section) {
    auto& sums = form.groups.emplace_back();
    if (!FormReader::has(node, "groups")) {
        Group& group = section.groups.emplace_back();
        group.id = section.id + ".1";
        sums.push_back({style.role, {}, {}, {}, {}, 0});
        read_items(reader, node, style, group);
        return;
    }
    if (FormReader::has(node, "items")) reader.refuse("form-items-groups", json_pointer(node.pointer, "items"), {});
    for (const Node& child : reader.list(node, "groups", Need::required)) {
        Group& group = section.groups.emplace_back();
        group.id = section.id + "." + std::to_string(section.groups.size());
        sums.push_back({});
        if (!reader.check(child, {"id", "title", "headings", "items", "cap", "floor", "printed", "printed_bonus"}))
            continue;
        check_id(reader, child, group.id);
        group.title = reader.text(child, "title", Need::optional);
        group.headings = reader.texts(child, "headings", Need::optional);
        sums.back() = read_sum(reader, child, style.role);
        read_items(reader, child, style, group);
    }
}

/// Of several parts each section names its own; bonus and penalty may stand outside of them.
std::size_t read_part(FormReader& reader, const Node& node, const ScoredForm& form, bool may_be_outside) {
    const std::string id = reader.text(node, "part", Need::optional);
    std::vector<std::string> ids;
    for (const FormPart& part : form.parts) ids.push_back(part.id);
    if (id.empty()) {
        if (form.parts.size() > 1 && !may_be_outside)
            reader.refuse("form-part-missing", node.pointer, {{"known", ids}});
        return 0;
    }
    return reader.named(json_pointer(node.pointer, "part"), "part", id, ids).value_or(0);
}

/// Who alone decides a bonus or a penalty.
std::optional<std::size_t> read_decider(FormReader& reader, const Node& node, const ScoredForm& form,
                                        bool may_have_one) {
    const std::string id = reader.text(node, "scorer", Need::optional);
    if (id.empty()) return std::nullopt;
    if (!may_have_one) reader.refuse("form-scorer-points", json_pointer(node.pointer, "scorer"), {});
    std::vector<std::string> ids;
    for (const Scorer& scorer : form.scorers) ids.push_back(scorer.id);
    return reader.named(json_pointer(node.pointer, "scorer"), "scorer", id, ids);
}

void read_section(FormReader& reader, const Node& node, Style& style, Instrument& instrument, ScoredForm& form) {
    Section& section = instrument.sections.emplace_back();
    section.id = std::to_string(instrument.sections.size());
    form.sections.emplace_back();
    const bool known = reader.check(node, {"id", "title", "headings", "role", "part", "items", "groups", "cap", "floor",
                                           "printed", "printed_bonus", "subtotal", "scorer"});
    if (!known) {
        form.groups.emplace_back();
        return;
    }
    check_id(reader, node, section.id);
    section.title = reader.text(node, "title", Need::required);
    section.headings = reader.texts(node, "headings", Need::optional);
    style.role = static_cast<ScoreRole>(reader.choice(node, "role", role_names, 0));
    form.sections.back() = read_sum(reader, node, style.role);
    const bool may_be_outside = style.role == ScoreRole::bonus || style.role == ScoreRole::penalty;
    form.sections.back().part = read_part(reader, node, form, may_be_outside);
    form.sections.back().scorer = style.scorer = read_decider(reader, node, form, may_be_outside);
    form.sections.back().is_outside = may_be_outside && form.parts.size() > 1 && !FormReader::has(node, "part");
    form.sections.back().subtotal = reader.text(node, "subtotal", Need::optional);
    read_groups(reader, node, style, form, section);
}

/// The most that bonus rules and bonus items can give; nothing while one of them has no limit.
std::optional<Points> most_bonus(const ItemScoring& item) {
    if (item.role == ScoreRole::bonus) {
        if (item.points) return item.points;
        if (item.bonus_cap) return item.bonus_cap;
    }
    Points sum;
    for (const ScoreRule& rule : item.rules) {
        const bool gives = rule.effect == ScoreRule::Effect::bonus ||
                           (item.role == ScoreRole::bonus && rule.effect == ScoreRule::Effect::gain);
        if (!gives) continue;
        std::optional<Points> most = rule.cap;
        if (!most && rule.once) most = rule.each;
        if (!most && !rule.quantity.groups.empty()) {
            most = Points::from_hundredths(rule.each.hundredths() *
                                           static_cast<std::int64_t>(rule.quantity.groups.size()));
        }
        if (!most) return std::nullopt;
        sum += *most;
    }
    return item.bonus_cap ? std::min(sum, *item.bonus_cap) : sum;
}

bool is_for_first_kind(const ItemScoring& item) {
    return item.kinds.empty() || std::find(item.kinds.begin(), item.kinds.end(), std::size_t{0}) != item.kinds.end();
}

/// What an item without an upper limit gives when each thing is done once, for the sum as printed.
Points given_once(const ItemScoring& item) {
    Points sum;
    for (const ScoreRule& rule : item.rules) {
        const bool goes_on = rule.quantity.kind == Quantity::Kind::beyond;  // 每增加1次再加1分
        if (rule.effect == ScoreRule::Effect::gain && !goes_on) sum += rule.each;
    }
    return sum;
}

void add_sums(Instrument& instrument, ScoredForm& form) {
    for (std::size_t s = 0; s < instrument.sections.size(); ++s) {
        ScoredForm::Sums sums;
        Points once;
        for (const Group& group : instrument.sections[s].groups) {
            for (const Criterion& criterion : group.criteria) {
                if (!is_for_first_kind(*criterion.scoring)) continue;
                sums.points += criterion.points;
                sums.bonus += most_bonus(*criterion.scoring).value_or(Points{});
                const ItemScoring& item = *criterion.scoring;
                if (!item.points && item.role == ScoreRole::points) once += given_once(item);
                if (item.role == ScoreRole::points && item.tiers.empty()) form.has_points = true;
            }
        }
        instrument.sections[s].points = sums.points;
        form.sums.points += sums.points;
        form.sums.bonus += sums.bonus;
        sums.points += once;
        form.section_sums.push_back(sums);
    }
}

}  // namespace

/// Parts count as they weigh: 70 of 100 and 30 of 100 make 100.
void weigh_sums(const Instrument& instrument, ScoredForm& form) {
    std::int64_t weighed = 0;
    for (std::size_t s = 0; s < instrument.sections.size(); ++s) {
        const Points weight = form.parts[form.sections[s].part].weight;
        weighed += instrument.sections[s].points.hundredths() * weight.hundredths();
    }
    form.sums.points = Points::from_hundredths(weighed / Points::from_whole(100).hundredths());
}

void read_sections(FormReader& reader, const Node& root, Instrument& instrument, ScoredForm& form) {
    Style style{instrument, form, read_rules(reader, root, "item_rules", {}), ScoreRole::points};
    for (ScoreRule& rule : style.rules) rule.of_form = true;
    form.has_points = false;
    for (const Node& node : reader.list(root, "sections", Need::required))
        read_section(reader, node, style, instrument, form);
    instrument_parts::list_criteria(instrument);
    if (instrument.order.size() > limits::items) {
        reader.refuse("form-items-many", "/sections", {{"limit", static_cast<std::int64_t>(limits::items)}});
    }
    add_sums(instrument, form);
    weigh_sums(instrument, form);
}

}  // namespace duibiao::scored_form
