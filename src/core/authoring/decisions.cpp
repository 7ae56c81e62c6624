#include "core/authoring/decisions.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/authoring/arrange.hpp"
#include "core/authoring/recognise.hpp"
#include "core/plain_text.hpp"

namespace duibiao::authoring {

std::string key_of(std::string_view what, const Place& place) {
    return std::string(what) + "/" + std::to_string(place.table) + "." + std::to_string(place.row);
}

std::string key_of(std::string_view what, const Place& place, std::size_t number) {
    return key_of(what, place) + "." + std::to_string(number);
}

const std::string* decided(const Decisions& decisions, std::string_view what, const Place& place) {
    const auto found = decisions.find(key_of(what, place));
    return found == decisions.end() ? nullptr : &found->second;
}

namespace {

const std::string* of_rule(const Decisions& decisions, std::string_view what, const Place& place, std::size_t number) {
    const auto found = decisions.find(key_of(what, place, number));
    return found == decisions.end() ? nullptr : &found->second;
}

/// A figure as a person types it; nothing where it is none, or nothing was decided.
std::optional<Points> typed_figure(const std::string* text) {
    if (text == nullptr) return std::nullopt;
    const Result<Points> points = Points::parse(*text);
    return points && *points >= Points{} ? std::optional(*points) : std::nullopt;
}

}  // namespace

void decide_texts(const Decisions& decisions, std::string_view rule_column, DraftItem& item) {
    if (const std::string* text = decided(decisions, "text", item.place); text != nullptr && !looks_empty(*text))
        item.text = *text;
    if (const std::string* rules = decided(decisions, "rules", item.place); rules != nullptr && !rule_column.empty()) {
        const auto known = std::find_if(item.texts.begin(), item.texts.end(),
                                        [rule_column](const auto& one) { return one.first == rule_column; });
        if (known != item.texts.end())
            known->second = *rules;
        else
            item.texts.emplace_back(rule_column, *rules);
    }
    const std::string* kind = decided(decisions, "kind", item.place);
    if (kind == nullptr) return;
    item.is_decided = *kind == "item" || *kind == "bonus" || *kind == "penalty";
    if (*kind == "item") item.role = Part::points;
    if (*kind == "bonus") item.role = Part::bonus;
    if (*kind == "penalty") item.role = Part::penalty;
}

void decide_figures(const Decisions& decisions, DraftItem& item) {
    if (const std::string* points = decided(decisions, "points", item.place)) {
        item.is_unlimited = *points == "unlimited";
        if (item.is_unlimited || points->empty())
            item.points.reset();
        else if (const auto figure = typed_figure(points))
            item.points = figure;
    }
    std::vector<DraftRule> kept;
    for (std::size_t i = 0; i < item.rules.size(); ++i) {
        DraftRule& rule = item.rules[i];
        const std::size_t number = i + 1;
        rule.number = number;
        if (of_rule(decisions, "drop", item.place, number) != nullptr) {
            item.dropped.push_back(rule);
            continue;
        }
        const std::string* each = of_rule(decisions, "each", item.place, number);
        if (each != nullptr && *each == "free") {
            rule.each.reset();
            rule.from.reset();
            rule.to.reset();
            rule.reason = true;
        } else if (const auto figure = typed_figure(each); figure && *figure > Points{}) {
            rule.each = figure;
            rule.from.reset();
            rule.to.reset();
        }
        const std::string* cap = of_rule(decisions, "cap", item.place, number);
        if (cap != nullptr && cap->empty()) rule.cap.reset();
        if (const auto figure = typed_figure(cap); figure && *figure > Points{}) rule.cap = figure;
        kept.push_back(rule);
    }
    item.rules = std::move(kept);
}

void decide_field(const Decisions& decisions, DraftLedgerField& field) {
    if (const std::string* options = decided(decisions, "options", field.source)) field.options = lines_in(*options);
    const std::string* type = decided(decisions, "type", field.source);
    field.is_decided = type != nullptr;
    if (type == nullptr) return;
    const bool is_choice = *type == "choice";
    if (!is_choice) field.options.clear();
    // A choice is one when it has options.
    field.type = is_choice && field.options.empty() ? "text" : *type;
}

namespace {

std::optional<Role> role_from(std::string_view word) {
    for (int role = 0; role <= static_cast<int>(Role::unknown); ++role) {
        if (to_string(static_cast<Role>(role)) == word) return static_cast<Role>(role);
    }
    return std::nullopt;
}

/// Rows behind the end that the author wants in the form bring the end further down.
void stretch(Frame& frame) {
    const GivenTable& table = *frame.table;
    const std::size_t before = frame.end;
    for (std::size_t row = frame.end; row < table.rows(); ++row) {
        const std::string* kind = frame.decided_of("kind", row);
        if (kind != nullptr && *kind != "note" && *kind != "leave") frame.end = row + 1;
    }
    for (std::size_t row = before; row < frame.end; ++row) {
        const GivenCell* lone = table.lone(row);
        if (lone == nullptr) continue;
        const auto line = std::find(frame.below.begin(), frame.below.end(), lone->text);
        if (line != frame.below.end()) frame.below.erase(line);
    }
}

}  // namespace

void decide_frame(const Decisions& decisions, Frame& frame) {
    frame.decisions = &decisions;
    const GivenTable& table = *frame.table;
    if (const auto body = decisions.find("body/" + std::to_string(table.number)); body != decisions.end()) {
        for (std::size_t row = frame.head + 1; row < table.rows(); ++row) {
            if (std::to_string(table.row(row).number) == body->second) frame.body = row;
        }
        frame.end = std::max(frame.end, frame.body);
    }
    for (std::size_t i = 0; i < frame.columns.size(); ++i) {
        const std::string* role = decided(decisions, "role", {table.number, i + 1});
        const auto known = role == nullptr ? std::nullopt : role_from(*role);
        if (known) frame.columns[i].role = *known;
    }
    stretch(frame);
}

}  // namespace duibiao::authoring
