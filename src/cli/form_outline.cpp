#include "cli/form_outline.hpp"

#include <algorithm>
#include <array>

namespace duibiao::cli {
namespace {

using Effect = ScoreRule::Effect;

OrderedJson optional_json(const std::optional<Points>& points) {
    return points ? OrderedJson(points->to_string()) : OrderedJson();
}

OrderedJson rules_json(const ItemScoring& item) {
    constexpr std::array<std::string_view, 5> effects{"deduct", "gain", "bonus", "zero", "times"};
    OrderedJson rules = OrderedJson::array();
    for (const ScoreRule& rule : item.rules) {
        const bool has_points = !rule.by_amount && rule.effect != Effect::zero;
        rules.push_back({{"text", rule.text},
                         {"points", has_points ? OrderedJson(rule.each.to_string()) : OrderedJson()},
                         {"per", rule.per},
                         {"cap", optional_json(rule.cap ? rule.cap : rule.most)},
                         {"once", rule.once},
                         {"effect", effects[static_cast<std::size_t>(rule.effect)]}});
    }
    return rules;
}

OrderedJson criterion_json(const Criterion& item) {
    const ItemScoring* scoring = item.scoring.get();
    const bool has_points = scoring == nullptr || scoring->points;
    return {{"id", item.id},
            {"text", item.text},
            {"points", !has_points          ? OrderedJson()
                       : scoring == nullptr ? OrderedJson(item.points.to_string())
                                            : optional_json(scoring->points)},
            {"bonus", scoring != nullptr && scoring->role == ScoreRole::bonus},
            {"rules", scoring == nullptr ? OrderedJson::array() : rules_json(*scoring)}};
}

OrderedJson sections_json(const Instrument& form) {
    OrderedJson sections = OrderedJson::array();
    for (std::size_t i = 0; i < form.sections.size(); ++i) {
        const Section& section = form.sections[i];
        std::size_t items = 0;
        for (const Group& group : section.groups) items += group.criteria.size();
        sections.push_back({{"id", section.id},
                            {"title", section.title},
                            {"points", section.points.to_string()},
                            {"printed", form.scored == nullptr ? OrderedJson(section.points.to_string())
                                                               : optional_json(form.scored->sections[i].printed)},
                            {"items", items}});
    }
    return sections;
}

OrderedJson columns_json(const Instrument& form) {
    OrderedJson columns = OrderedJson::array();
    const auto add = [&columns](const std::string& label, std::string_view role, OrderedJson scorer) {
        columns.push_back({{"label", label}, {"role", role}, {"scorer", std::move(scorer)}});
    };
    if (form.scored == nullptr) {
        add(form.columns.section, "section", {});
        add(form.columns.criterion, "criterion", {});
        add(form.columns.note, "note", {});
        for (const LayerLabel& layer : form.layers) add(layer.label, "score", layer.id);
        return columns;
    }
    for (const PaperColumn& column : form.scored->columns) {
        add(column.label, to_string(column.role),
            column.scorer ? OrderedJson(form.scored->scorers[*column.scorer].id) : OrderedJson());
    }
    return columns;
}

OrderedJson bands_json(const Instrument& form) {
    OrderedJson bands = OrderedJson::array();
    if (form.scored == nullptr) return bands;
    for (const ScoreBand& band : form.scored->grades.bands) {
        bands.push_back({{"label", band.label},
                         {"from", optional_json(band.from)},
                         {"above", optional_json(band.above)},
                         {"to", optional_json(band.to)},
                         {"below", optional_json(band.below)},
                         {"conditions", band.when.size()}});
    }
    return bands;
}

/// Sections and items; groups where one has a title; headings between; tiers and their points.
std::size_t levels_of(const Instrument& form) {
    std::size_t deepest = 0;
    for (const Section& section : form.sections) {
        for (const Group& group : section.groups) {
            for (const Criterion& item : group.criteria) {
                const bool has_tiers = item.scoring != nullptr && !item.scoring->tiers.empty();
                const std::size_t depth = 2 + section.headings.size() + (group.title.empty() ? 0 : 1) +
                                          group.headings.size() + item.headings.size() + (has_tiers ? 2 : 0);
                deepest = std::max(deepest, depth);
            }
        }
    }
    return deepest;
}

}  // namespace

OrderedJson form_outline(const Instrument& form) {
    OrderedJson criteria = OrderedJson::array();
    for (const Instrument::Place& place : form.order) criteria.push_back(criterion_json(form.criterion(place)));
    OrderedJson scorers = OrderedJson::array();
    for (const LayerLabel& layer : form.layers) scorers.push_back({{"id", layer.id}, {"label", layer.label}});
    return {{"title", form.title},
            {"kind", std::string(to_string(form.kind))},
            {"levels", levels_of(form)},
            {"items", form.order.size()},
            {"points", form.points.to_string()},
            {"sections", sections_json(form)},
            {"criteria", std::move(criteria)},
            {"columns", columns_json(form)},
            {"scorers", std::move(scorers)},
            {"bands", bands_json(form)},
            {"unsure", OrderedJson::array()}};
}

namespace {

/// "少报 −2／条，最多 12".
std::string rule_words(Language language, const ScoreRule& rule) {
    constexpr std::array<std::string_view, 5> keys{"form.rule.deduct", "form.rule.gain", "form.rule.bonus",
                                                   "form.rule.zero", "form.rule.times"};
    const std::string per =
        rule.per.empty() ? std::string{} : translate(language, "form.rule.per", {{"per", rule.per}});
    std::string words =
        rule.by_amount
            ? translate(language, rule.effect == Effect::deduct ? "form.rule.free_deduct" : "form.rule.free_gain",
                        {{"rule", rule.text}})
            : translate(language, keys[static_cast<std::size_t>(rule.effect)],
                        {{"rule", rule.text}, {"each", rule.each.to_string()}, {"per", per}});
    const auto cap = rule.cap ? rule.cap : rule.most;
    return cap ? words + translate(language, "form.rule.cap", {{"cap", cap->to_string()}}) : words;
}

std::string item_words(Language language, const Criterion& item) {
    const ItemScoring* scoring = item.scoring.get();
    const bool has_points = scoring == nullptr || scoring->points;
    const std::string points = scoring == nullptr       ? item.points.to_string()
                               : has_points             ? scoring->points->to_string()
                               : scoring->tiers.empty() ? std::string(label(language, "form.unlimited"))
                                                        : std::string{};
    std::string out = "  " + item.id + "  " + printable(item.text) + (points.empty() ? "" : "  " + points) + "\n";
    if (scoring == nullptr) return out;
    for (std::size_t i = 0; i < scoring->rules.size(); ++i)
        out += "        " + std::to_string(i + 1) + " " + printable(rule_words(language, scoring->rules[i])) + "\n";
    for (const ScoreLevel& level : scoring->levels)
        out += "        " + printable(level.label) + " " + level.points.to_string() + "\n";
    for (const Tier& tier : scoring->tiers)
        out += "        " + printable(tier.label) + " ×" + std::to_string(tier.points.size()) + "\n";
    return out;
}

}  // namespace

std::string form_outline_words(Language language, const Instrument& form) {
    std::string out = form.title + "\n" + form.id + "  " + form.version + "\n";
    for (const LayerLabel& layer : form.layers) out += "  " + layer.id + "  " + printable(layer.label) + "\n";
    for (const Section& section : form.sections) {
        out += "\n" + section.id + "  " + printable(section.title) + "  " + section.points.to_string() + "\n";
        for (const Group& group : section.groups) {
            if (!group.title.empty()) out += " " + group.id + "  " + printable(group.title) + "\n";
            for (const Criterion& item : group.criteria) out += item_words(language, item);
        }
    }
    return out + "\n" + std::string(label(language, "print.total")) + "  " + form.points.to_string() + "\n";
}

}  // namespace duibiao::cli
