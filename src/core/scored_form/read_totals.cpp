#include "core/scored_form/read_totals.hpp"

#include <algorithm>
#include <set>

#include "core/scored_form/read_rules.hpp"

namespace duibiao::scored_form {
namespace {

constexpr std::array<std::string_view, 8> figure_names{"gained", "deducted",    "item",           "votes",
                                                       "levels", "level_share", "not_applicable", "mean"};
constexpr std::array<std::string_view, 2> decided_names{"exact", "shown"};
constexpr std::array<std::string_view, 3> rounding_names{"down", "up", "half"};
constexpr std::array<std::string_view, 3> quota_bases{"final", "counted", "expected"};
constexpr Points hundred = Points::from_whole(100);
constexpr Points furthest = Points::from_whole(1'000'000);

std::optional<std::size_t> find_named(FormReader& reader, const Node& node, std::string_view key,
                                      const std::string& wanted, const std::vector<std::string>& known) {
    return reader.named(json_pointer(node.pointer, key), key, wanted, known);
}

/// "3.1.2" as a position in the form's order.
std::optional<std::size_t> read_item(FormReader& reader, const Node& node, std::string_view key, Need need,
                                     const Instrument& instrument) {
    const std::string id = reader.text(node, key, need);
    if (id.empty()) return std::nullopt;
    std::vector<std::string> ids;
    for (const Instrument::Place& place : instrument.order) ids.push_back(instrument.criterion(place).id);
    return find_named(reader, node, key, id, ids);
}

std::optional<std::size_t> read_section(FormReader& reader, const Node& node, const Instrument& instrument) {
    std::vector<std::string> ids;
    for (const Section& section : instrument.sections) ids.push_back(section.id);
    return find_named(reader, node, "section", reader.text(node, "section", Need::required), ids);
}

/// A blank of an item, or of the foot where the condition names none.
void read_blank_condition(FormReader& reader, const Node& node, const Instrument& instrument, const ScoredForm& form,
                          Condition& condition) {
    condition.what = Condition::What::blank;
    condition.item = read_item(reader, node, "item", Need::optional, instrument);
    const std::vector<Blank>& blanks =
        condition.item ? instrument.criterion(instrument.order[*condition.item]).scoring->blanks : form.foot_blanks;
    std::vector<std::string> names;
    names.reserve(blanks.size());
    for (const Blank& blank : blanks) names.push_back(blank.name);
    if (FormReader::has(node, "item") && !condition.item) return;  // said already
    condition.index = find_named(reader, node, "blank", reader.text(node, "blank", Need::required), names).value_or(0);
}

Condition read_condition(FormReader& reader, const Node& node, const Instrument& instrument, const ScoredForm& form) {
    Condition condition;
    const bool known = reader.check(
        node, {"blank", "item", "section", "part", "full", "no_deduction", "figure", "at_least", "at_most"});
    if (!known) return condition;
    const auto has = [&node](std::string_view key) { return FormReader::has(node, key); };
    const int count = (has("blank") || has("item") ? 1 : 0) + (has("section") ? 1 : 0) + (has("part") ? 1 : 0) +
                      (has("full") ? 1 : 0) + (has("no_deduction") ? 1 : 0) + (has("figure") ? 1 : 0);
    if (count != 1) {
        reader.refuse("form-condition", node.pointer, {{"found", found_text(*node.value)}});
        return condition;
    }
    using What = Condition::What;
    if (has("blank")) {
        read_blank_condition(reader, node, instrument, form, condition);
    } else if (has("item")) {
        condition.what = What::item;
        condition.item = read_item(reader, node, "item", Need::required, instrument).value_or(0);
    } else if (has("full")) {
        condition.what = What::full;
        condition.item = read_item(reader, node, "full", Need::required, instrument).value_or(0);
    } else if (has("section")) {
        condition.what = What::section;
        condition.index = read_section(reader, node, instrument).value_or(0);
    } else if (has("part")) {
        std::vector<std::string> ids;
        for (const FormPart& part : form.parts) ids.push_back(part.id);
        condition.what = What::part;
        condition.index = find_named(reader, node, "part", reader.text(node, "part", Need::required), ids).value_or(0);
    } else if (has("figure")) {
        std::vector<std::string> names;
        for (const FigureDefinition& figure : form.figures) names.push_back(figure.name);
        condition.what = What::figure;
        condition.index =
            find_named(reader, node, "figure", reader.text(node, "figure", Need::required), names).value_or(0);
    } else {
        condition.what = What::no_deduction;
        reader.flag(node, "no_deduction", true);
    }
    condition.at_least = reader.points(node, "at_least", Need::optional, Points{} - furthest, furthest);
    condition.at_most = reader.points(node, "at_most", Need::optional, Points{} - furthest, furthest);
    return condition;
}

Conditions read_conditions(FormReader& reader, const Node& parent, Need need, const Instrument& instrument,
                           const ScoredForm& form) {
    Conditions conditions;
    for (const Node& node : reader.list(parent, "when", need))
        conditions.push_back(read_condition(reader, node, instrument, form));
    return conditions;
}

std::vector<std::string> labels_of(const Grades& grades) {
    std::vector<std::string> labels;
    for (const ScoreBand& band : grades.bands) labels.push_back(band.label);
    return labels;
}

ScoreBand read_band(FormReader& reader, const Node& node, const Instrument& instrument, const ScoredForm& form) {
    ScoreBand band;
    if (!reader.check(node, {"label", "from", "above", "to", "below", "when"})) return band;
    const auto bound = [&](std::string_view key) {
        return reader.points(node, key, Need::optional, Points{} - furthest, furthest);
    };
    band.label = reader.text(node, "label", Need::required);
    band.from = bound("from");
    band.above = bound("above");
    band.to = bound("to");
    band.below = bound("below");
    band.when = read_conditions(reader, node, Need::optional, instrument, form);
    return band;
}

void add_band(FormReader& reader, const Node& node, ScoreBand band, Grades& grades) {
    const auto labels = labels_of(grades);
    if (std::find(labels.begin(), labels.end(), band.label) != labels.end())
        reader.refuse("form-doubled", node.pointer, {{"field", std::string("label")}, {"found", band.label}});
    grades.bands.push_back(std::move(band));
}

GradeCeiling read_ceiling(FormReader& reader, const Node& node, const Instrument& instrument, const ScoredForm& form) {
    GradeCeiling ceiling;
    if (!reader.check(node, {"text", "when", "not_above", "down"})) return ceiling;
    ceiling.text = reader.text(node, "text", Need::required);
    ceiling.when = read_conditions(reader, node, Need::required, instrument, form);
    const bool limits = FormReader::has(node, "not_above");
    if (limits == FormReader::has(node, "down")) {
        reader.refuse("form-ceiling", node.pointer, {{"found", found_text(*node.value)}});
        return ceiling;
    }
    if (limits) {
        ceiling.not_above = find_named(reader, node, "not_above", reader.text(node, "not_above", Need::required),
                                       labels_of(form.grades));
    } else {
        ceiling.steps = static_cast<std::size_t>(reader.whole(node, "down", 1, 20).value_or(1));
    }
    return ceiling;
}

/// The lowest total that a band takes, and whether it takes it.
struct Edge {
    Points at;
    bool taken = false;
};
std::optional<Edge> lower_edge(const ScoreBand& band) {
    if (band.from) return Edge{*band.from, true};
    if (band.above) return Edge{*band.above, false};
    return std::nullopt;
}
std::optional<Edge> upper_edge(const ScoreBand& band) {
    if (band.to) return Edge{*band.to, true};
    if (band.below) return Edge{*band.below, false};
    return std::nullopt;
}

/// Where one band ends and the next begins; a band without an upper edge ends where the better one begins.
void compare_bands(FormReader& reader, const std::string& place, const ScoreBand& better, const ScoreBand& worse) {
    const auto from = lower_edge(better);
    const auto to = upper_edge(worse);
    const auto begin = lower_edge(worse);
    if (from && begin && begin->at > from->at && better.when.empty())
        return reader.warn("form-bands-order", place,
                           {{"better", better.label},
                            {"worse", worse.label},
                            {"to", begin->at.to_string()},
                            {"from", from->at.to_string()}});
    if (!to) return;
    const Params params{{"better", better.label},
                        {"worse", worse.label},
                        {"to", to->at.to_string()},
                        {"from", from ? from->at.to_string() : std::string("0")}};
    if (!from || to->at > from->at || (to->at == from->at && to->taken && from->taken)) {
        reader.warn("form-bands-overlap", place, params);
    } else if (to->at < from->at || (!to->taken && !from->taken)) {
        reader.warn("form-bands-gap", place, params);
    }
}

void read_quotas(FormReader& reader, const Node& parent, Grades& grades) {
    for (const Node& node : reader.list(parent, "quotas", Need::optional)) {
        if (!reader.check(node, {"grade", "share", "rounding", "base", "counts_limited"})) continue;
        Quota quota;
        quota.band = find_named(reader, node, "grade", reader.text(node, "grade", Need::required), labels_of(grades))
                         .value_or(0);
        quota.share = reader.points(node, "share", Need::required, Points{}, hundred).value_or(Points{});
        quota.rounding = static_cast<Quota::Rounding>(reader.choice(node, "rounding", rounding_names, 0));
        quota.base = static_cast<Quota::Base>(reader.choice(node, "base", quota_bases, 0));
        quota.counts_limited = reader.flag(node, "counts_limited", true);
        grades.quotas.push_back(quota);
    }
}

FigureDefinition read_figure(FormReader& reader, const Node& node, const Instrument& instrument) {
    using Kind = FigureDefinition::Kind;
    FigureDefinition figure;
    if (!reader.check(node, {"name", "kind", "item", "labels", "base", "decimals"})) return figure;
    figure.name = reader.text(node, "name", Need::required);
    figure.kind = static_cast<Kind>(reader.choice(node, "kind", figure_names, 0));
    if (!FormReader::has(node, "kind")) (void)reader.member(node, "kind", Need::required);
    const bool of_item = figure.kind == Kind::item || figure.kind == Kind::votes || figure.kind == Kind::mean;
    figure.item = read_item(reader, node, "item", of_item ? Need::required : Need::optional, instrument);
    const bool of_labels =
        figure.kind == Kind::votes || figure.kind == Kind::level_count || figure.kind == Kind::level_share;
    figure.labels = reader.texts(node, "labels", of_labels ? Need::required : Need::optional);
    constexpr std::array<std::string_view, 4> bases{"计入", "发出", "收回", "有效"};
    figure.base = bases[reader.choice(node, "base", bases, 0)];
    const bool is_share = figure.kind == Kind::votes || figure.kind == Kind::level_share;
    figure.decimals = reader.whole(node, "decimals", 0, 6).value_or(is_share ? 1 : 2);
    if (of_item && !figure.item) figure.kind = Kind::gained;  // said already
    if (figure.kind == Kind::votes && !instrument.criterion(instrument.order[*figure.item]).scoring->votes) {
        reader.refuse("form-no-votes", json_pointer(node.pointer, "item"), {});
        figure.kind = Kind::gained;
    }
    return figure;
}

}  // namespace

void read_parts(FormReader& reader, const Node& root, ScoredForm& form) {
    Points weights;
    for (const Node& node : reader.list(root, "parts", Need::optional)) {
        FormPart part;
        if (!reader.check(node, {"id", "name", "weight", "cap"})) continue;
        part.id = reader.free_id(node, Need::required);
        part.name = reader.text(node, "name", Need::required);
        part.weight = reader.points(node, "weight", Need::optional, Points{}, hundred).value_or(hundred);
        part.cap = reader.points(node, "cap", Need::optional);
        weights += part.weight;
        const bool is_doubled = std::any_of(form.parts.begin(), form.parts.end(),
                                            [&part](const FormPart& other) { return other.id == part.id; });
        if (is_doubled) reader.refuse("form-doubled", node.pointer, {{"field", std::string("id")}, {"found", part.id}});
        form.parts.push_back(std::move(part));
    }
    if (form.parts.empty()) {
        form.parts.push_back({"all", {}, hundred, {}});
        return;
    }
    // Parts that all count in full are added up.
    const bool added =
        std::all_of(form.parts.begin(), form.parts.end(), [](const FormPart& part) { return part.weight == hundred; });
    if (!added && weights != hundred) reader.refuse("form-weights", "/parts", {{"sum", weights.to_string()}});
}

void read_figures(FormReader& reader, const Node& root, const Instrument& instrument, ScoredForm& form) {
    std::set<std::string> seen;
    for (const Node& node : reader.list(root, "figures", Need::optional)) {
        form.figures.push_back(read_figure(reader, node, instrument));
        if (!seen.insert(form.figures.back().name).second)
            reader.refuse("form-doubled", node.pointer,
                          {{"field", std::string("name")}, {"found", form.figures.back().name}});
    }
}

void read_grades(FormReader& reader, const Node& root, const Instrument& instrument, ScoredForm& form) {
    const Node node = reader.member(root, "grades", Need::optional);
    if (node.value == nullptr || !reader.check(node, {"bands", "ceilings", "quotas", "decided", "figure"})) return;
    Grades& grades = form.grades;
    for (const Node& child : reader.list(node, "bands", Need::required))
        add_band(reader, child, read_band(reader, child, instrument, form), grades);
    for (std::size_t i = 1; i < grades.bands.size(); ++i) {
        compare_bands(reader, json_pointer(json_pointer(node.pointer, "bands"), i), grades.bands[i - 1],
                      grades.bands[i]);
    }
    for (const Node& child : reader.list(node, "ceilings", Need::optional))
        grades.ceilings.push_back(read_ceiling(reader, child, instrument, form));
    read_quotas(reader, node, grades);
    grades.on_shown = reader.choice(node, "decided", decided_names, 0) == 1;
    const std::string figure = reader.text(node, "figure", Need::optional);
    if (figure.empty()) return;
    std::vector<std::string> names;
    for (const FigureDefinition& known : form.figures) names.push_back(known.name);
    grades.figure = find_named(reader, node, "figure", figure, names);
}

namespace {

void compare_sum(FormReader& reader, std::string_view code, const std::string& place, std::optional<Points> printed,
                 Points sum) {
    if (printed && *printed != sum)
        reader.warn(code, place, {{"printed", printed->to_string()}, {"sum", sum.to_string()}});
}

}  // namespace

void compare_printed(FormReader& reader, const Instrument& instrument, const ScoredForm& form) {
    for (std::size_t i = 0; i < form.sections.size(); ++i) {
        const std::string place = json_pointer("/sections", i);
        const ScoredForm::Sums& sums = form.section_sums[i];
        compare_sum(reader, "form-printed", place + "/printed", form.sections[i].printed, sums.points);
        compare_sum(reader, "form-printed-bonus", place + "/printed_bonus", form.sections[i].printed_bonus, sums.bonus);
    }
    compare_sum(reader, "form-printed", "/printed", form.printed, instrument.points);
    compare_sum(reader, "form-printed-bonus", "/printed_bonus", form.printed_bonus, form.sums.bonus);
}

}  // namespace duibiao::scored_form
