#include "exchange/campaign/roll_up_json.hpp"

#include <algorithm>
#include <utility>

#include "core/sort.hpp"

namespace duibiao {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson text_or_null(std::uint64_t n, std::string text) {
    return n == 0 ? OrderedJson() : OrderedJson(std::move(text));
}

/// Is it of a form of format 2?
bool is_scored(const RollUp& all) { return all.form != nullptr && all.form->scored; }

OrderedJson figures_json(const Figures& figures) {
    const std::uint64_t n = figures.n();
    return {{"n", n},
            {"mean", text_or_null(n, figures.mean())},
            {"median", text_or_null(n, figures.median())},
            {"min", text_or_null(n, figures.min().to_string())},
            {"max", text_or_null(n, figures.max().to_string())}};
}

OrderedJson sum_json(const Figures& figures) {
    OrderedJson json = figures_json(figures);
    json["sd"] = text_or_null(figures.n(), figures.deviation());
    return json;
}

/// By the form's scorers, in its order.
template <typename ToJson>
OrderedJson by_layer(const RollUp& all, ToJson to_json_of) {
    OrderedJson json = OrderedJson::object();
    for (std::size_t l = 0; l < layer_count(all.form.get()); ++l)
        json[std::string(layer_id(all.form.get(), l))] = to_json_of(l);
    return json;
}

OrderedJson layers_json(const RollUp& all, const ByLayer& layers) {
    return by_layer(all, [&](std::size_t l) { return sum_json(layers[l].figures); });
}

OrderedJson criterion_json(const RollUp& all, const PlaceFigures& criterion) {
    OrderedJson layers = by_layer(all, [&](std::size_t l) {
        const LayerFigures& own = criterion.layers[l];
        OrderedJson json = figures_json(own.figures);
        json["full"] = own.full;
        json["zero"] = own.zero;
        json["lost"] = Points::from_hundredths(own.lost).to_string();
        if (!own.levels.empty()) json["levels"] = own.levels;
        return json;
    });
    return {{"id", criterion.place.id}, {"points", to_json(criterion.place.points)}, {"layers", std::move(layers)}};
}

OrderedJson sections_json(const RollUp& all) {
    OrderedJson sections = OrderedJson::array();
    for (const PlaceFigures& section : all.sections)
        sections.push_back({{"id", section.place.id},
                            {"name", section.place.name},
                            {"points", to_json(section.place.points)},
                            {"layers", layers_json(all, section.layers)}});
    return sections;
}

OrderedJson criteria_json(const RollUp& all) {
    OrderedJson criteria = OrderedJson::array();
    for (const PlaceFigures& criterion : all.criteria) criteria.push_back(criterion_json(all, criterion));
    return criteria;
}

OrderedJson extremes_json(const RollUp& all, const PerLayer<Extreme>& extremes) {
    OrderedJson json = OrderedJson::object();
    for (std::size_t l = 0; l < layer_count(all.form.get()); ++l) {
        const Extreme& own = extremes[l];
        if (!own.total) continue;
        json[std::string(layer_id(all.form.get(), l))] = {
            {"total", own.total->to_string()}, {"n", own.n}, {"units", own.units}};
    }
    return json;
}

std::int64_t size_of_change(const PlaceFigures& criterion) {
    std::int64_t size = 0;
    for (const LayerFigures& layer : criterion.layers) size += layer.change < 0 ? -layer.change : layer.change;
    return size;
}

OrderedJson changes_json(const RollUp& all) {
    std::vector<const PlaceFigures*> changed;
    for (const PlaceFigures& criterion : all.criteria) {
        const auto differs = [](const LayerFigures& layer) { return layer.changed > 0; };
        if (std::any_of(criterion.layers.begin(), criterion.layers.end(), differs)) changed.push_back(&criterion);
    }
    sort_stably(changed, [](const auto* a, const auto* b) { return size_of_change(*b) < size_of_change(*a); });
    OrderedJson list = OrderedJson::array();
    for (const PlaceFigures* criterion : changed) {
        OrderedJson layers = OrderedJson::object();
        for (std::size_t l = 1; l < layer_count(all.form.get()); ++l) {
            const LayerFigures& own = criterion->layers[l];
            layers[std::string(layer_id(all.form.get(), l))] = {
                {"n", own.changed}, {"points", Points::from_hundredths(own.change).to_string()}};
        }
        list.push_back({{"id", criterion->place.id}, {"layers", std::move(layers)}});
    }
    return list;
}

OrderedJson label_or_null(const ScoredOutline& form, const std::optional<std::size_t>& band) {
    return band ? OrderedJson(form.bands[*band]) : OrderedJson();
}

OrderedJson quota_json(const ScoredOutline& form, const QuotaUse& use) {
    return {{"grade", form.bands[use.quota.band]},
            {"share", use.quota.share.to_string()},
            {"base", use.base},
            {"seats", use.seats},
            {"held", use.held},
            {"over", use.over()},
            {"tied", use.tied}};
}

OrderedJson unit_json(const ScoredOutline& form, const ProposedGrade& unit) {
    OrderedJson json{{"unit", unit.unit},
                     {"document", unit.document},
                     {"total", unit.total ? OrderedJson(unit.total->to_string(form.decimals)) : OrderedJson()},
                     {"by_points", label_or_null(form, unit.by_points)},
                     {"grade", label_or_null(form, unit.grade)},
                     {"proposed", label_or_null(form, unit.proposed)},
                     {"why", to_string(unit.why)}};
    if (unit.better || unit.worse)
        json["between"] = OrderedJson::array({label_or_null(form, unit.better), label_or_null(form, unit.worse)});
    if (!unit.tied_with.empty()) json["tied_with"] = unit.tied_with;
    return json;
}

/// Of forms of format 2 alone.
void add_result(OrderedJson& json, const RollUp& all, const GradeProposal* proposal) {
    const ScoredOutline& form = *all.form->scored;
    OrderedJson total = sum_json(all.result.figures);
    total["open"] = all.result.incomplete;
    json["total"] = std::move(total);
    if (proposal == nullptr) return;
    OrderedJson quotas = OrderedJson::array();
    for (const QuotaUse& use : proposal->quotas) quotas.push_back(quota_json(form, use));
    OrderedJson units = OrderedJson::array();
    for (const ProposedGrade& unit : proposal->units) units.push_back(unit_json(form, unit));
    json["proposal"] = {{"quotas", std::move(quotas)}, {"units", std::move(units)}};
}

void add_what_was_found(OrderedJson& json, const RollUp& all) {
    OrderedJson findings = OrderedJson::array();
    for (const auto& [code, found] : all.findings)
        findings.push_back(
            {{"code", code}, {"severity", to_string(found.severity)}, {"units", found.units}, {"n", found.n}});
    OrderedJson duties = OrderedJson::array();
    for (const auto& [id, missed] : all.duties)
        duties.push_back({{"id", id}, {"title", missed.title}, {"units", missed.units}, {"periods", missed.periods}});
    OrderedJson uncounted = OrderedJson::array();
    for (const Uncounted& report : all.uncounted) {
        OrderedJson entry{{"file", report.file},
                          {"unit", report.unit},
                          {"document", report.document},
                          {"fate", to_string(report.fate)}};
        if (!report.perhaps.empty()) entry["perhaps"] = report.perhaps;
        uncounted.push_back(std::move(entry));
    }
    json["findings"] = std::move(findings);
    json["duties"] = std::move(duties);
    json["grades"] = all.grades;
    json["changes"] = changes_json(all);
    json["uncounted"] = std::move(uncounted);
}

void add_contract(OrderedJson& json, const RollUp& all, Language language) {
    json["instrument"] = all.subject.instrument;
    json["period"] = all.subject.period;
    json["received"] = all.received;
    for (const Fate fate : {Fate::counted, Fate::superseded, Fate::doubled, Fate::foreign})
        json[std::string(to_string(fate))] = all.count(fate);
    OrderedJson rejected = OrderedJson::array();
    for (const RejectedFile& file : all.rejected)
        rejected.push_back({{"file", file.file}, {"why", describe(language, file.error)}});
    json["rejected"] = std::move(rejected);
    json["expected"] = all.expected ? OrderedJson(*all.expected) : OrderedJson();
    json["missing"] = all.missing;
    json["layers"] = layers_json(all, all.layers);
    json["sections"] = sections_json(all);
    json["criteria"] = criteria_json(all);
    OrderedJson groups = OrderedJson::array();
    for (const GroupFigures& group : all.groups) {
        groups.push_back(
            {{"by", group.by}, {"name", group.name}, {"n", group.n}, {"layers", layers_json(all, group.layers)}});
        if (is_scored(all)) groups.back()["total"] = sum_json(group.result.figures);
    }
    json["groups"] = std::move(groups);
    json["veto"] = all.veto;
}

}  // namespace

std::string write_roll_up_json(const RollUp& all, const RollUp* previous, const GradeProposal* proposal,
                               Language language) {
    constexpr int indent_spaces = 2;
    OrderedJson json = OrderedJson::object();
    add_contract(json, all, language);
    json["late"] = all.late;
    json["accepted"] = all.accepted;
    json["returned"] = all.returned;
    json["errors"] = all.with_errors;
    json["incomplete"] = by_layer(all, [&](std::size_t l) { return all.layers[l].incomplete; });
    json["lowest"] = extremes_json(all, all.lowest);
    json["highest"] = extremes_json(all, all.highest);
    add_what_was_found(json, all);
    json["previous"] = previous == nullptr ? OrderedJson()
                                           : OrderedJson{{"period", previous->subject.period},
                                                         {"counted", previous->count(Fate::counted)},
                                                         {"layers", layers_json(*previous, previous->layers)},
                                                         {"sections", sections_json(*previous)},
                                                         {"criteria", criteria_json(*previous)}};
    if (is_scored(all)) add_result(json, all, proposal);
    return json.dump(indent_spaces, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

void append_rows(std::string& out, const ReportDigest& digest, const ExpectedUnit* unit) {
    std::string head = "{\"unit\":";
    append_json_string(head, digest.unit);
    const auto member = [&head](std::string_view name, std::string_view text) {
        head += ",\"";
        head += name;
        head += "\":";
        append_json_string(head, text);
    };
    member("district", unit == nullptr ? std::string_view{} : std::string_view(unit->district));
    member("class", unit == nullptr ? std::string_view{} : std::string_view(unit->class_name));
    member("instrument", digest.form->id);
    member("version", digest.version);
    member("period", digest.period);
    member("document", digest.document);
    member("code", digest.code);
    for (std::size_t i = 0; i < digest.form->items.size(); ++i) {
        const FormOutline::Part& item = digest.form->items[i];
        for (std::size_t l = 0; l < layer_count(digest.form.get()); ++l) {
            const auto& scores = digest.scores[l];
            if (scores.empty() || !scores[i]) continue;
            out += head;
            out += ",\"item\":";
            append_json_string(out, item.id);
            out += ",\"layer\":\"";
            out += layer_id(digest.form.get(), l);
            out += "\",\"points\":" + item.points.to_string() + ",\"score\":" + scores[i]->to_string() + "}\n";
        }
    }
}

}  // namespace duibiao
