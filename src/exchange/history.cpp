#include "exchange/history.hpp"

#include <algorithm>

#include "core/evidence.hpp"
#include "core/statement.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

/// A piece of evidence tells of the item in its first cell.
bool is_evidence_for(const Edit& edit, std::string_view item) {
    if (!is_evidence_id(edit.target.item)) return false;
    const auto tells = [item](const Value& value) {
        const auto* line = std::get_if<std::string>(&value);
        return line != nullptr && split_evidence(*line).item == item;
    };
    return tells(edit.before) || tells(edit.after);
}

bool belongs_to(const Instrument& form, const Edit& edit, std::string_view item) {
    const Target& target = edit.target;
    if (item.empty() || target.item == item || is_evidence_for(edit, item)) return true;
    const Criterion* criterion = form.find_criterion(item);
    return criterion != nullptr && std::any_of(criterion->measures.begin(), criterion->measures.end(),
                                               [&target](const Measure& measure) { return measure.id == target.item; });
}

std::string header_name(const Instrument& form, Language language, const std::string& field) {
    if (field == "unit") return translate(language, "ui.new.unit");
    if (field == "period") return translate(language, "ui.new.period");
    const HeaderField* header = form.find_header(field);
    return header == nullptr ? field : header->label;
}

std::string item_field_name(const Instrument& form, Language language, const Target& target) {
    const LayerLabel* layer = form.find_layer(target.layer);
    const std::string layer_name = layer == nullptr ? std::string() : layer->short_label;
    if (target.field == "score") return layer == nullptr ? std::string() : layer->label;
    if (target.field == "explanation") return translate(language, "csv.explanation");
    if (target.field == "note" && target.layer != Layer::self)
        return translate(language, "csv.reason", {{"layer", layer_name}});
    if (target.field == "note") return form.columns.note;
    const Criterion* criterion = form.find_criterion(target.item);
    const auto* field = criterion == nullptr ? nullptr : criterion->find_field(target.field);
    return field == nullptr ? target.field : field->label;
}

std::string name_of(const Instrument& form, Language language, const Target& target) {
    if (target.item == "header") return header_name(form, language, target.field);
    if (target.item == "document")
        return translate(language, "history." + target.field,
                         {{"layer", translate(language, "layer." + std::string(to_string(target.layer)))}});
    if (target.item == "duties" && target.field == "from") return translate(language, "ui.ledger.from");
    if (target.item == "duties") return translate(language, "ui.ledger.sets");
    if (const AppraisalStep* step = form.appraisal.find_step(target.field);
        step != nullptr && target.item == steps_item)
        return translate(language, "history.step", {{"step", step->title}});
    if (is_evidence_id(target.item)) return translate(language, "evidence.annex");
    if (target.field == "cells") return form.table.title;
    if (const Measure* measure = form.find_measure(target.item)) return measure->name;
    if (const VetoCondition* veto = form.find_veto(target.item)) return veto->number + " " + form.veto.title;
    return target.item + " " + item_field_name(form, language, target);
}

std::string words_of(Language language, const Target& target, const Value& value) {
    std::string words = show_value(value);
    if (target.item == "document" && target.field == "state" && !words.empty())
        return translate(language, "state." + words);
    std::replace(words.begin(), words.end(), '\t', ' ');
    return words;
}

}  // namespace

std::vector<HistoryLine> history(const Document& document, Language language, std::string_view item, std::size_t most) {
    const Instrument& form = *document.instrument;
    std::vector<HistoryLine> lines;
    for (auto edit = document.log.rbegin(); edit != document.log.rend() && lines.size() < most; ++edit) {
        if (!belongs_to(form, *edit, item) || edit->before == edit->after || is_seal(edit->target)) continue;
        std::string what = name_of(form, language, edit->target);
        if (edit->kind == EditKind::undo) what = translate(language, "history.undo", {{"what", what}});
        if (edit->kind == EditKind::redo) what = translate(language, "history.redo", {{"what", what}});
        lines.push_back({edit->at, edit->by, std::move(what), words_of(language, edit->target, edit->before),
                         words_of(language, edit->target, edit->after)});
    }
    return lines;
}

std::vector<ChangeLine> change_lines(const Instrument& form, Language language,
                                     const std::vector<MergeChange>& changes) {
    std::vector<ChangeLine> lines;
    lines.reserve(changes.size());
    for (const MergeChange& change : changes) {
        lines.push_back({change.kind, change.target, name_of(form, language, change.target),
                         words_of(language, change.target, change.ours),
                         words_of(language, change.target, change.theirs)});
    }
    return lines;
}

}  // namespace duibiao
