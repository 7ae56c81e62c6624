#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/report.hpp"
#include "core/rows.hpp"
#include "core/tally.hpp"
#include "exchange/csv.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/export.hpp"
#include "exchange/item_fields.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

using Cells = std::vector<std::string>;

/// One line of the table. Which cells a line uses depends on what it tells.
struct Line {
    std::string item;
    std::string section;
    std::string group;
    std::string number;
    std::string text;
    std::string points;
    std::string note;
    std::string explanation;
    PerLayer<std::string> scores;
    PerLayer<std::string> reasons;  ///< of acceptance and rating; self's reason is the note
};

Cells to_cells(const Instrument& form, const Line& line) {
    Cells cells{line.item, line.section, line.group, line.number, line.text, line.points, line.note};
    for (const LayerLabel& layer : form.layers) cells.push_back(line.scores[index_of(layer.layer)]);
    cells.push_back(line.explanation);
    for (const LayerLabel& layer : form.layers) {
        if (layer.layer != Layer::self) cells.push_back(line.reasons[index_of(layer.layer)]);
    }
    return cells;
}

Cells head(const Instrument& form) {
    const Language language = language_of(form);
    const auto words = [language](std::string_view key) { return std::string(label(language, key)); };
    Line line{words("csv.item"),
              form.columns.section,
              words("csv.group"),
              words("csv.number"),
              form.columns.criterion,
              words("csv.points"),
              form.columns.note,
              words("csv.explanation"),
              {},
              {}};
    for (const LayerLabel& layer : form.layers) {
        line.scores[index_of(layer.layer)] = layer.label;
        line.reasons[index_of(layer.layer)] = translate(language, "csv.reason", {{"layer", layer.short_label}});
    }
    return to_cells(form, line);
}

Line criterion_line(const Document& document, const Instrument::Place& place) {
    const Instrument& form = *document.instrument;
    const Section& section = form.sections[place.section];
    const Criterion& criterion = form.criterion(place);
    Line line{criterion.id,
              section.title,
              section.groups[place.group].title,
              criterion.number,
              criterion.text,
              criterion.points.to_string(),
              std::string(document.text(Layer::self, criterion.id, "note")),
              std::string(document.text(Layer::self, criterion.id, "explanation")),
              {},
              {}};
    for (const LayerLabel& layer : form.layers) {
        const auto score = document.score(layer.layer, criterion.id);
        if (score) line.scores[index_of(layer.layer)] = score->to_string();
        line.reasons[index_of(layer.layer)] = document.text(layer.layer, criterion.id, "note");
    }
    return line;
}

void append_measures(std::string& out, const Document& document) {
    const Instrument& form = *document.instrument;
    for (const Instrument::Place& place : form.order) {
        for (const MeasureState& state : propose(document, form.criterion(place)).measures) {
            Line line;
            line.item = state.measure->id;
            line.section = form.sections[place.section].title;
            line.group = form.sections[place.section].groups[place.group].title;
            line.text = state.measure->name;
            line.note = state.measure->unit;
            if (state.value) line.scores[index_of(Layer::self)] = state.value->to_string();
            append_csv_row(out, to_cells(form, line));
        }
    }
}

void append_veto(std::string& out, const Document& document) {
    const Instrument& form = *document.instrument;
    for (const VetoCondition& condition : form.veto.conditions) {
        Line line;
        line.item = condition.id;
        line.section = form.veto.title;
        line.number = condition.number;
        line.text = condition.text;
        line.note = document.text(Layer::self, condition.id, "note");
        for (const LayerLabel& layer : form.layers) {
            const bool set = document.flag(layer.layer, condition.id, "set");
            line.scores[index_of(layer.layer)] = set ? "1" : "";
            line.reasons[index_of(layer.layer)] = document.text(layer.layer, condition.id, "note");
        }
        append_csv_row(out, to_cells(form, line));
    }
}

Line sum_line(std::string item, std::string name, const PerLayer<Sum>& sums) {
    Line line;
    line.item = std::move(item);
    line.text = std::move(name);
    line.points = sums[0].points.to_string();
    for (const Layer layer : all_layers) {
        const Sum& sum = sums[index_of(layer)];
        if (sum.scored > 0) line.scores[index_of(layer)] = sum.score.to_string();
    }
    return line;
}

void append_totals(std::string& out, const Document& document) {
    const Language language = language_of(*document.instrument);
    const Instrument& form = *document.instrument;
    const Tally sums = tally(document);
    for (const SectionTally& section : sums.sections) {
        Line line = sum_line("total." + section.id, std::string(label(language, "csv.section_total")), section.layers);
        line.section = section.title;
        append_csv_row(out, to_cells(form, line));
    }
    Line line = sum_line("total", std::string(label(language, "csv.total")), sums.layers);
    line.note = sums.verdict;
    append_csv_row(out, to_cells(form, line));
}

void append_header(std::string& out, const Document& document) {
    const Language language = language_of(*document.instrument);
    const Instrument& form = *document.instrument;
    const auto append = [&](std::string item, std::string name, std::string_view value) {
        Line line;
        line.item = std::move(item);
        line.text = std::move(name);
        line.note = value;
        append_csv_row(out, to_cells(form, line));
    };
    for (const HeaderField& field : form.header) {
        if (field.type == HeaderField::Type::computed) continue;
        append("header." + field.id, field.label, document.text(Layer::self, "header", field.id));
    }
    append("header.period", std::string(label(language, "csv.period")), document.period());
    append("code", std::string(label(language, "csv.code")), short_code(document));
}

std::string write_score_table(const Document& document) {
    const Instrument& form = *document.instrument;
    std::string out;
    append_csv_row(out, head(form));
    for (const Instrument::Place& place : form.order)
        append_csv_row(out, to_cells(form, criterion_line(document, place)));
    append_measures(out, document);
    append_veto(out, document);
    append_totals(out, document);
    append_header(out, document);
    return out;
}

// --- Items with fields, and rows ----------------------------------------------------------------------------------

Cells items_head(const Instrument& form, const std::vector<const AnswerField*>& fields) {
    const Language language = language_of(form);
    const auto words = [language](std::string_view key) { return std::string(label(language, key)); };
    Cells cells{words("csv.item"), form.columns.section, words("csv.group"), words("csv.number"),
                form.columns.criterion};
    for (const AnswerField* field : fields) cells.push_back(field->label);
    cells.push_back(form.columns.note);
    cells.push_back(words("csv.explanation"));
    return cells;
}

Cells item_cells(const Document& document, const Instrument::Place& place,
                 const std::vector<const AnswerField*>& fields) {
    const Section& section = document.instrument->sections[place.section];
    const Criterion& item = document.instrument->criterion(place);
    Cells cells{item.id, section.title, section.groups[place.group].title, item.number, item.text};
    const auto append = [&](std::string_view field) {
        cells.push_back(show_value(document.answer(TargetRef{Layer::self, item.id, field})));
    };
    for (const AnswerField* field : fields) append(field->id);
    append("note");
    append("explanation");
    return cells;
}

void append_items(std::string& out, const Document& document) {
    const Instrument& form = *document.instrument;
    const auto fields = item_fields(form);
    append_csv_row(out, items_head(form, fields));
    for (const Instrument::Place& place : form.order) append_csv_row(out, item_cells(document, place, fields));
}

/// A roster without rows that is reported so: 无, as fill_from_csv reads it.
void append_none(std::string& out, const Document& document) {
    if (document.instrument->kind != InstrumentKind::roster || !document.flag(Layer::self, "table", "none")) return;
    Cells cells(document.instrument->table.columns.size());
    cells.front() = "无";
    append_csv_row(out, cells);
}

void append_rows(std::string& out, const Document& document) {
    const Instrument& form = *document.instrument;
    const auto standings = appraise(document);
    Cells heads;
    for (const AnswerField& column : form.table.columns) heads.push_back(column.label);
    if (form.is_appraisal()) heads.insert(heads.end(), {form.appraisal.total_label, form.appraisal.grade_label});
    append_csv_row(out, heads);
    std::size_t number = 0;
    const auto rows = rows_of(document);
    if (rows.empty()) append_none(out, document);
    for (const RowView& row : rows) {
        const auto given = split_row(row.cells, form.table.columns.size());
        Cells cells(given.begin(), given.end());
        if (form.is_appraisal()) {
            const Standing& standing = standings[number++];
            cells.push_back(standing.total ? standing.total->to_string() : std::string{});
            cells.push_back(standing.grade != nullptr ? standing.grade->title : std::string{});
        }
        append_csv_row(out, cells);
    }
}

}  // namespace

std::string write_csv(const Document& document, Privacy privacy) {
    if (privacy == Privacy::masked && !document.instrument->is_scored()) return write_csv(masked(document));
    const Instrument& form = *document.instrument;
    std::string out = "\xEF\xBB\xBF";
    if (form.is_scored()) out += form.scored != nullptr ? write_own_table(document) : write_score_table(document);
    if (form.has_items() && !form.is_scored()) append_items(out, document);
    if (form.has_items() && form.has_rows()) out += "\r\n";
    if (form.has_rows()) append_rows(out, document);
    append_evidence(out, document);
    return out;
}

}  // namespace duibiao
