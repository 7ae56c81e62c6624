#include "core/scored_form/read_rules.hpp"

#include <algorithm>
#include <set>

namespace duibiao::scored_form {
namespace {

constexpr std::array<std::string_view, 3> blank_types{"number", "text", "tick"};
constexpr std::array<std::string_view, 3> rest_names{"dropped", "proportional", "begun"};
constexpr std::array<std::string_view, 5> effect_names{"deduct", "gain", "bonus", "zero", "times"};
/// In the order of Quantity::Kind, from blanks on.
constexpr std::array<std::string_view, 7> count_names{"blank",   "short",   "beyond", "rate",
                                                      "reached", "lacking", "ticked"};
constexpr Points most_times = Points::from_whole(100);

std::vector<std::string> names_of(const std::vector<Blank>& blanks) {
    std::vector<std::string> names;
    names.reserve(blanks.size());
    for (const Blank& blank : blanks) names.push_back(blank.name);
    return names;
}

std::optional<BlankIndex> read_name(FormReader& reader, const Node& node, std::string_view key,
                                    const std::vector<Blank>& blanks) {
    const auto name = reader.element(node, key);
    if (!name) return std::nullopt;
    const auto found = reader.named(node.pointer, key, *name, names_of(blanks));
    return found ? std::optional(static_cast<BlankIndex>(*found)) : std::nullopt;
}

/// 4, "应报" or ["餐饮应","学校应"].
Operand read_operand(FormReader& reader, const Node& parent, std::string_view key, const std::vector<Blank>& blanks) {
    Operand operand;
    const Node node = reader.member(parent, key, Need::required);
    if (node.value == nullptr) return operand;
    if (node.value->is_number()) {
        operand.fixed = reader.points(parent, key, Need::required).value_or(Points{});
    } else {
        operand.blanks = read_names(reader, node, key, blanks);
    }
    return operand;
}

/// ["计划","总结"], where a list within stands for several that must all be there.
std::vector<std::vector<BlankIndex>> read_groups(FormReader& reader, const Node& parent, std::string_view key,
                                                 const std::vector<Blank>& blanks) {
    std::vector<std::vector<BlankIndex>> groups;
    for (const Node& node : reader.list(parent, key, Need::required)) {
        groups.push_back(read_names(reader, node, key, blanks));
    }
    return groups;
}

void read_counting(FormReader& reader, const Node& node, const std::vector<Blank>& blanks, Quantity& quantity) {
    using Kind = Quantity::Kind;
    std::vector<Kind> given;
    for (std::size_t i = 0; i < count_names.size(); ++i) {
        if (FormReader::has(node, count_names[i])) given.push_back(static_cast<Kind>(i + 1));
    }
    if (given.size() != 1) {
        reader.refuse("form-count", node.pointer,
                      {{"found", found_text(*node.value)},
                       {"expected", std::vector<std::string>(count_names.begin(), count_names.end())}});
        return;
    }
    quantity.kind = given.front();
    const std::string_view key = count_names[static_cast<std::size_t>(quantity.kind) - 1];
    if (quantity.kind == Kind::lacking || quantity.kind == Kind::ticked) {
        quantity.groups = read_groups(reader, node, key, blanks);
        quantity.all = reader.flag(node, "all", false);
    } else if (quantity.kind == Kind::blanks) {
        quantity.done.blanks = read_names(reader, reader.member(node, key, Need::required), key, blanks);
    } else {
        const Node child = reader.member(node, key, Need::required);
        if (!reader.check(child, {"due", "done", "line"})) return;
        quantity.due = read_operand(reader, child, "due", blanks);
        quantity.done = read_operand(reader, child, "done", blanks);
        const Need line = quantity.kind == Kind::below_rate ? Need::required : Need::optional;
        quantity.line = reader.points(child, "line", line).value_or(Points{});
    }
}

/// "违规使用", or {"short":{"due":…,"done":…}} and the like; left out, a person says how many.
void read_count(FormReader& reader, const Node& parent, const std::vector<Blank>& blanks, Quantity& quantity) {
    const Node node = reader.member(parent, "count", Need::optional);
    if (node.value == nullptr) return;
    if (node.value->is_string()) {
        quantity.kind = Quantity::Kind::blanks;
        quantity.done.blanks = read_names(reader, node, "count", blanks);
        return;
    }
    const bool known = reader.check(node, {"blank", "short", "beyond", "rate", "reached", "lacking", "ticked", "all"});
    if (known) read_counting(reader, node, blanks, quantity);
}

/// A number, "free", or {"from":6,"to":10}.
void read_amount(FormReader& reader, const Node& parent, std::string_view key, ScoreRule& rule) {
    const Node node = reader.member(parent, key, Need::required);
    if (node.value == nullptr) return;
    const auto* word = node.value->get_ptr<const std::string*>();
    if (word != nullptr && *word == "free") {
        rule.by_amount = true;
    } else if (node.value->is_object()) {
        rule.by_amount = true;
        reader.check(node, {"from", "to"});
        rule.least = reader.points(node, "from", Need::optional);
        rule.most = reader.points(node, "to", Need::optional);
        if (rule.least && rule.most && *rule.most < *rule.least) {
            reader.refuse("form-range", json_pointer(node.pointer, "to"),
                          {{"field", std::string("to")},
                           {"found", rule.most->to_string()},
                           {"least", rule.least->to_string()},
                           {"most", std::string("10000000")}});
        }
    } else if (word != nullptr) {
        reader.refuse("form-number-word", node.pointer,
                      {{"field", std::string(key)}, {"found", *word}, {"expected", std::vector<std::string>{"free"}}});
    } else {
        rule.each = reader.points(parent, key, Need::required).value_or(Points{});
    }
}

void read_effect(FormReader& reader, const Node& node, ScoreRule& rule) {
    std::vector<std::size_t> given;
    for (std::size_t i = 0; i < effect_names.size(); ++i) {
        if (FormReader::has(node, effect_names[i])) given.push_back(i);
    }
    if (given.size() != 1) {
        reader.refuse("form-rule-effect", node.pointer,
                      {{"count", static_cast<std::int64_t>(given.size())},
                       {"expected", std::vector<std::string>(effect_names.begin(), effect_names.end())}});
        return;
    }
    rule.effect = static_cast<ScoreRule::Effect>(given.front());
    const std::string_view key = effect_names[given.front()];
    if (rule.effect == ScoreRule::Effect::zero) {
        reader.flag(node, key, true);
    } else if (rule.effect == ScoreRule::Effect::times) {
        rule.each = reader.points(node, key, Need::required, Points{}, most_times).value_or(Points{});
    } else {
        read_amount(reader, node, key, rule);
    }
}

ScoreRule read_rule(FormReader& reader, const Node& node, const std::vector<Blank>& blanks) {
    ScoreRule rule;
    const bool known = reader.check(node, {"text", "deduct", "gain", "bonus", "zero", "times", "per", "cap", "once",
                                           "part", "reason", "count", "every", "rest"});
    if (!known) return rule;
    rule.text = reader.text(node, "text", Need::required);
    read_effect(reader, node, rule);
    rule.per = reader.text(node, "per", Need::optional);
    rule.cap = reader.points(node, "cap", Need::optional);
    rule.part = reader.flag(node, "part", false);
    rule.once = reader.flag(node, "once", rule.part);
    rule.needs_reason = reader.flag(node, "reason", rule.by_amount);
    rule.every = reader.points(node, "every", Need::optional, Points::from_hundredths(1), Points::from_whole(10'000))
                     .value_or(Points::from_whole(1));
    rule.rest = static_cast<PartOfStep>(reader.choice(node, "rest", rest_names, 0));
    if (rule.by_amount && FormReader::has(node, "count")) {
        reader.refuse("form-count-amount", json_pointer(node.pointer, "count"), {});
    } else {
        read_count(reader, node, blanks, rule.quantity);
    }
    return rule;
}

Blank read_blank(FormReader& reader, const Node& node) {
    Blank blank;
    if (const auto* name = node.value->get_ptr<const std::string*>()) {
        blank.name = *name;
        return blank;
    }
    if (!reader.check(node, {"name", "type", "unit", "yes", "no", "from"})) return blank;
    blank.name = reader.text(node, "name", Need::required);
    blank.type = static_cast<Blank::Type>(reader.choice(node, "type", blank_types, 0));
    blank.unit = reader.text(node, "unit", Need::optional);
    blank.yes = reader.text(node, "yes", Need::optional);
    blank.no = reader.text(node, "no", Need::optional);
    blank.from = reader.texts(node, "from", Need::optional);
    if (blank.is_tick() && blank.yes.empty()) blank.yes = "是";
    if (blank.is_tick() && blank.no.empty()) blank.no = "否";
    return blank;
}

}  // namespace

std::vector<BlankIndex> read_names(FormReader& reader, const Node& node, std::string_view key,
                                   const std::vector<Blank>& blanks) {
    std::vector<BlankIndex> positions;
    if (node.value == nullptr) return positions;
    if (!node.value->is_array()) {
        if (const auto position = read_name(reader, node, key, blanks)) positions.push_back(*position);
        return positions;
    }
    const Json::array_t& array = *node.value->get_ptr<const Json::array_t*>();
    for (std::size_t i = 0; i < array.size(); ++i) {
        const auto position = read_name(reader, {&array[i], json_pointer(node.pointer, i)}, key, blanks);
        if (position) positions.push_back(*position);
    }
    return positions;
}

std::vector<Blank> read_blanks(FormReader& reader, const Node& parent, std::string_view key) {
    std::vector<Blank> blanks;
    std::set<std::string> seen;
    for (const Node& node : reader.list(parent, key, Need::optional)) {
        blanks.push_back(read_blank(reader, node));
        const std::string& name = blanks.back().name;
        if (!name.empty() && !seen.insert(name).second)
            reader.refuse("form-doubled", node.pointer, {{"field", std::string("name")}, {"found", name}});
    }
    return blanks;
}

std::vector<ScoreRule> read_rules(FormReader& reader, const Node& parent, std::string_view key,
                                  const std::vector<Blank>& blanks) {
    std::vector<ScoreRule> rules;
    for (const Node& node : reader.list(parent, key, Need::optional)) rules.push_back(read_rule(reader, node, blanks));
    return rules;
}

}  // namespace duibiao::scored_form
