#include "core/document.hpp"
#include "exchange/layout_parts.hpp"
#include "exchange/messages.hpp"

namespace duibiao {
namespace {

void add_condition(LayoutCell& cell, const Document& document, Language language, const VetoCondition& condition) {
    const Instrument& form = *document.instrument;
    std::vector<std::string> set_by;
    for (const LayerLabel& layer : form.layers) {
        if (document.flag(layer.layer, condition.id, "set")) set_by.push_back(layer.short_label);
    }
    std::vector<LayoutRun> runs{{(set_by.empty() ? "□ " : "■ ") + condition.number + condition.text}};
    if (!set_by.empty()) {
        runs.push_back({" "});
        runs.push_back({.text = translate(language, "print.veto_set", {{"layers", set_by}}), .bold = true});
    }
    cell.paragraphs.push_back({LayoutParagraph::Kind::paragraph, std::move(runs)});
    for (const LayerLabel& layer : form.layers)
        add_named(cell, language, layer.short_label, document.text(layer.layer, condition.id, "note"));
}

}  // namespace

LayoutCell veto_cell(const Document& document, std::string_view verdict) {
    const Veto& veto = document.instrument->veto;
    const Language language = language_of(*document.instrument);
    LayoutCell cell;
    cell.kind = LayoutCell::Kind::statement;
    const std::string_view gap = language == Language::chinese ? "　" : " ";
    cell.paragraphs.push_back(
        {LayoutParagraph::Kind::paragraph, {{.text = veto.title, .bold = true}, {std::string(gap) + veto.text}}});
    if (!verdict.empty())
        cell.paragraphs.front().runs.push_back({.text = std::string(gap) + std::string(verdict), .bold = true});
    for (const VetoCondition& condition : veto.conditions) add_condition(cell, document, language, condition);
    return cell;
}

}  // namespace duibiao
