// The letter that says where the layers differ.
#include <string>

#include "core/report.hpp"
#include "core/tally.hpp"
#include "exchange/export.hpp"
#include "exchange/layout_parts.hpp"
#include "exchange/print.hpp"

namespace duibiao {
namespace {

std::string points_or_dash(const std::optional<Points>& points) { return points ? points->to_string() : "—"; }

void write_cells(Html& html, std::string_view first, const PerLayer<std::optional<Points>>& scores,
                 std::string_view change, std::string_view reason) {
    html.markup("<tr><td>").text(first).markup("</td>");
    for (const auto& score : scores)
        html.markup("<td class=\"paper-middle\">").text(points_or_dash(score)).markup("</td>");
    html.markup("<td class=\"paper-middle\">").text(change).markup("</td><td>").lines(reason).markup("</td></tr>\n");
}

void write_heads(Html& html, const Instrument& form, Language language) {
    html.markup(
        "<colgroup><col><col class=\"paper-cell-date\"><col class=\"paper-cell-date\"><col "
        "class=\"paper-cell-date\"><col class=\"paper-cell-date\"><col></colgroup>\n"
        "<thead><tr class=\"paper-columns\">");
    const auto head = [&html](std::string_view words) {
        html.markup("<th scope=\"col\">").text(words).markup("</th>");
    };
    head(label(language, "csv.criterion"));
    for (const auto& layer : form.layers) head(layer.label);
    head(label(language, "compare.change"));
    head(label(language, "compare.reason"));
    html.markup("</tr></thead>\n");
}

std::string title_of(const Instrument& form, const std::string& id) {
    for (const Section& section : form.sections) {
        if (section.id == id) return section.title;
    }
    return id;
}

}  // namespace

std::string write_comparison_body(const Document& document, Date as_of) {
    const LayerComparison comparison = compare_layers(document);
    const Instrument& form = *document.instrument;
    const Language language = language_of(form);
    Html html;
    print_article_start(html, lay_out_frame(document), "paper paper-portrait");
    html.markup("<header class=\"paper-title\">\n<h1>")
        .text(translate(language, "compare.title", {{"form", form.title}}))
        .markup("</h1>\n<p class=\"paper-period\">")
        .text(translate(language, "compare.head",
                        {{"unit", std::string(document.unit())},
                         {"period", std::string(document.period())},
                         {"date", to_string(as_of)},
                         {"code", paper_code(document)}}))
        .markup("</p>\n</header>\n<table class=\"paper-grid paper-list\">\n");
    write_heads(html, form, language);
    html.markup("<tbody>\n");
    write_cells(html, label(language, "compare.total"), comparison.total, "", "");
    for (const ComparedItem& section : comparison.sections)
        write_cells(html, title_of(form, section.item), section.scores, section.change.to_string(), "");
    for (const ComparedItem& item : comparison.items) {
        const Criterion* criterion = form.find_criterion(item.item);
        write_cells(html, item.item + " " + (criterion == nullptr ? std::string() : criterion->text), item.scores,
                    item.change.to_string(), item.reason);
    }
    html.markup("</tbody></table>\n</article>\n");
    return std::move(html).take();
}

}  // namespace duibiao
