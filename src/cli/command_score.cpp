#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "cli/score_scored.hpp"
#include "core/appraisal.hpp"
#include "core/json.hpp"
#include "core/row_formula.hpp"
#include "core/tally.hpp"

namespace duibiao::cli {
namespace {

// --- JSON ---------------------------------------------------------------------------------------------------------

OrderedJson to_ordered_json(const Tally& sums, Layer layer) {
    OrderedJson sections = OrderedJson::array();
    for (const SectionTally& section : sums.sections) {
        const Sum& sum = section.layers[index_of(layer)];
        sections.push_back({{"id", section.id},
                            {"name", section.title},
                            {"points", to_json(sum.points)},
                            {"score", to_json(sum.score)},
                            {"scored", sum.scored},
                            {"of", sum.of}});
    }
    const Sum& total = sums.layers[index_of(layer)];
    return {
        {"total", to_json(total.score)}, {"scored", total.scored}, {"of", total.of}, {"sections", std::move(sections)}};
}

OrderedJson to_ordered_json(const std::optional<Points>& points) {
    return points ? OrderedJson(to_json(*points)) : OrderedJson();
}

OrderedJson to_ordered_json(const Standing& standing) {
    OrderedJson parts = OrderedJson::object();
    for (const StandingPart& part : standing.parts) parts[part.step->id] = to_ordered_json(part.score);
    return {{"row", standing.number},
            {"name", std::string(standing.name)},
            {"branch", std::string(standing.branch)},
            {"parts", std::move(parts)},
            {"raters", to_ordered_json(standing.raters)},
            {"lowest", to_ordered_json(standing.lowest)},
            {"highest", to_ordered_json(standing.highest)},
            {"total", to_ordered_json(standing.total)},
            {"grade", standing.grade == nullptr ? OrderedJson() : OrderedJson(standing.grade->title)}};
}

/// An appraisal has steps and members beside the layers that every form has.
void add_appraisal(OrderedJson& json, const Document& document) {
    OrderedJson steps = OrderedJson::array();
    for (const AppraisalStep& step : document.instrument->appraisal.steps) {
        steps.push_back({{"id", step.id},
                         {"title", step.title},
                         {"weight", to_json(step.weight)},
                         {"closed", is_closed(document, step.id)}});
    }
    OrderedJson members = OrderedJson::array();
    for (const Standing& standing : appraise(document)) members.push_back(to_ordered_json(standing));
    json["steps"] = std::move(steps);
    json["members"] = std::move(members);
}

/// What is worked out of all rows, by the form's names for it.
void add_figures(OrderedJson& json, const Document& document) {
    OrderedJson figures = OrderedJson::object();
    for (const FootFigure& one : foot_figures(document)) figures[one.figure->id] = one.text;
    json["figures"] = std::move(figures);
}

OrderedJson to_ordered_json(Language language, const Document& document, const Tally& sums, bool with_items) {
    OrderedJson layers = OrderedJson::object();
    const Instrument& form = *document.instrument;
    for (const Layer layer : layers_of(form)) {
        const std::string id = form.scored == nullptr ? std::string(to_string(layer)) : form.find_layer(layer)->id;
        layers[id] = to_ordered_json(sums, layer);
        if (with_items && form.scored == nullptr && form.is_scored())
            layers[id]["items"] = items_json(language, document, layer);
    }
    OrderedJson json{{"instrument", document.instrument->id},
                     {"unit", std::string(document.unit())},
                     {"period", std::string(document.period())},
                     {"veto", sums.veto},
                     {"verdict", sums.verdict.empty() ? OrderedJson() : OrderedJson(sums.verdict)},
                     {"layers", std::move(layers)}};
    if (document.instrument->is_appraisal()) add_appraisal(json, document);
    if (!document.instrument->table.foot.figures.empty()) add_figures(json, document);
    if (form.scored != nullptr) add_scored(json, language, document, with_items);
    return json;
}

// --- Text ---------------------------------------------------------------------------------------------------------

/// "28", "27.5 (30/31)" while some are unscored, "—" when all are.
std::string to_text(const Sum& sum) {
    if (sum.scored == 0) return "—";
    if (sum.scored == sum.of) return sum.score.to_string();
    return sum.score.to_string() + " (" + std::to_string(sum.scored) + "/" + std::to_string(sum.of) + ")";
}

std::vector<std::string> sum_row(const Instrument& form, std::string id, std::string name, const PerLayer<Sum>& sums) {
    std::vector<std::string> row{std::move(id), std::move(name), sums[0].points.to_string()};
    for (const LayerLabel& layer : form.layers) row.push_back(to_text(sums[index_of(layer.layer)]));
    return row;
}

std::string sums_text(Language language, const Instrument& form, const Tally& sums) {
    using Align = TextTable::Align;
    std::vector<Align> columns{Align::right, Align::left, Align::right};
    columns.resize(columns.size() + form.layers.size(), Align::right);
    TextTable table(std::move(columns));
    std::vector<std::string> head{"", form.columns.section, std::string(label(language, "cli.column.points"))};
    for (const LayerLabel& layer : form.layers) head.push_back(layer.short_label);
    table.add(std::move(head));
    for (const SectionTally& section : sums.sections) {
        table.add(sum_row(form, section.id, section.title, section.layers));
    }
    table.add(sum_row(form, {}, std::string(label(language, "print.total")), sums.layers));
    return table.to_string();
}

std::string to_text(const std::optional<Points>& points) { return points ? points->to_string() : "—"; }

/// One line a member: the parts, the number of ballots, total and grade.
std::string members_text(Language language, const Document& document) {
    using Align = TextTable::Align;
    const Appraisal& appraisal = document.instrument->appraisal;
    std::vector<Align> columns{Align::right, Align::left, Align::left};
    std::vector<std::string> head{"", std::string(label(language, "cli.column.name")),
                                  std::string(label(language, "cli.column.branch"))};
    for (const AppraisalStep& step : appraisal.steps) {
        if (step.gives == AppraisalStep::Gives::publication) continue;
        columns.push_back(Align::right);
        const bool closed = is_closed(document, step.id);
        head.push_back(translate(language, closed ? "cli.step_closed" : "cli.step_open", {{"step", step.title}}));
    }
    columns.insert(columns.end(), {Align::right, Align::right, Align::left});
    head.insert(head.end(),
                {std::string(label(language, "cli.column.raters")), appraisal.total_label, appraisal.grade_label});
    TextTable table(std::move(columns));
    table.add(std::move(head));
    for (const Standing& standing : appraise(document)) {
        std::vector<std::string> row{std::to_string(standing.number), printable(standing.name),
                                     printable(standing.branch)};
        for (const StandingPart& part : standing.parts) row.push_back(to_text(part.score));
        row.insert(row.end(), {to_text(standing.raters), to_text(standing.total),
                               standing.grade == nullptr ? std::string("—") : standing.grade->title});
        table.add(std::move(row));
    }
    return table.to_string();
}

std::string figures_text(const Document& document) {
    using Align = TextTable::Align;
    TextTable table({Align::left, Align::right});
    for (const FootFigure& one : foot_figures(document))
        table.add({one.figure->label, one.text.empty() ? "—" : one.text});
    return table.to_string();
}

std::string to_text(Language language, const Document& document, const Tally& sums) {
    const Instrument& form = *document.instrument;
    std::string out = form.title + "\n" + printable(document.unit()) + "  " + printable(document.period()) + "\n\n";
    if (form.is_appraisal()) return out + members_text(language, document);
    if (!form.table.foot.figures.empty()) return out + figures_text(document);
    if (form.scored == nullptr || form.scored->has_points) out += sums_text(language, form, sums);
    if (form.scored != nullptr) out += scored_text(language, document);
    if (sums.veto) {
        out += "\n" + translate(language, "cli.verdict", {{"veto", form.veto.title}, {"verdict", sums.verdict}}) + "\n";
    }
    return out;
}

}  // namespace

Exit show_score(Language language, const ScoreArguments& arguments) {
    const auto report = load_report(language, arguments.file);
    if (!report) return Exit::unusable;
    const bool altered = complain_about(language, arguments.file, report->findings);
    const Exit exit = altered ? Exit::findings : Exit::done;
    const Tally sums = tally(report->document);
    if (arguments.format == "json")
        return deliver(language, to_ordered_json(language, report->document, sums, arguments.items), exit);
    return deliver(language, {}, to_text(language, report->document, sums), {}, {}, exit);
}

}  // namespace duibiao::cli
