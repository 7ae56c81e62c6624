// The score table: sections and groups in merged cells at the left, what the unit did, the scores of each layer.

#include "core/past_reasons.hpp"
#include "core/tally.hpp"
#include "core/text.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

constexpr std::size_t columns_before_scores = 4;  ///< section, group, criterion, note

class ScoredLayout {
public:
    explicit ScoredLayout(const Document& document)
        : document_(document),
          form_(*document.instrument),
          language_(language_of(form_)),
          tally_(tally(document)),
          evidence_(evidence_of(document)) {
        for (const Layer layer : all_layers) past_reasons_[index_of(layer)] = past_reasons(document, layer);
    }

    [[nodiscard]] Layout make();

private:
    [[nodiscard]] LayoutTable table() const;
    [[nodiscard]] LayoutSection section(const Section& section) const;
    [[nodiscard]] LayoutRow criterion_row(const Criterion& criterion) const;
    [[nodiscard]] LayoutCell note_cell(const Criterion& criterion) const;
    void add_measure(LayoutCell& cell, const MeasureState& state) const;
    void add_scores(std::vector<LayoutBlock>& blocks) const;
    void add_veto(LayoutTable& table) const;

    [[nodiscard]] bool is_long(const Criterion& criterion) const;
    [[nodiscard]] std::string total_words() const;
    [[nodiscard]] std::string points_words(Points points) const {
        return words("print.points", {{"points", points.to_string()}});
    }
    [[nodiscard]] std::string words(std::string_view key) const { return translate(language_, key); }
    [[nodiscard]] std::string words(std::string_view key, const Params& params) const {
        return translate(language_, key, params);
    }

    const Document& document_;
    const Instrument& form_;
    Language language_;
    Tally tally_;
    std::vector<Evidence> evidence_;
    PerLayer<std::set<std::string, std::less<>>> past_reasons_;  ///< by layer
};

Layout ScoredLayout::make() {
    Layout layout = lay_out_frame(document_);
    layout.shape = Layout::Shape::score_table;
    layout.layers = form_.layers.size();
    for (std::size_t i = 0; i < form_.header.size(); ++i) {
        if (form_.header[i].type == HeaderField::Type::computed) layout.head_line[i].value = total_words();
    }
    layout.tables.push_back(table());
    add_scores(layout.blocks);
    if (!evidence_.empty()) layout.tables.push_back(lay_out_evidence(document_, evidence_));
    return layout;
}

LayoutTable ScoredLayout::table() const {
    LayoutTable table;
    table.widths = {widths::name, widths::name, widths::rest, widths::note};
    table.name_columns = 2;
    std::vector<LayoutCell> head{heading_cell(form_.columns.section, table.name_columns),
                                 heading_cell(form_.columns.criterion), heading_cell(form_.columns.note)};
    for (const LayerLabel& layer : form_.layers) {
        table.widths.push_back(widths::score);
        head.push_back(heading_cell(layer.label));
    }
    table.head.push_back(std::move(head));
    for (const Section& each : form_.sections) table.sections.push_back(section(each));
    add_veto(table);
    return table;
}

/// The newest layer that scored everything speaks, else self so far; a verdict stands beside the points.
std::string ScoredLayout::total_words() const {
    std::string total;
    for (const LayerLabel& layer : form_.layers) {
        const Sum& sum = tally_.layers[index_of(layer.layer)];
        const bool complete = sum.scored == sum.of;
        if (sum.scored == 0 || (!complete && layer.layer != Layer::self)) continue;
        const Params params{{"score", sum.score.to_string()},
                            {"layer", layer.short_label},
                            {"scored", static_cast<std::int64_t>(sum.scored)},
                            {"of", static_cast<std::int64_t>(sum.of)}};
        total = words(complete ? "print.total_of_layer" : "print.total_so_far", params);
    }
    if (tally_.veto) total += (total.empty() ? "" : " ") + tally_.verdict;
    return total;
}

// --- Sections -----------------------------------------------------------------------------------------------------

LayoutSection ScoredLayout::section(const Section& section) const {
    LayoutSection out{section.title + points_words(section.points), {}};
    for (const Group& group : section.groups) {
        out.groups.push_back({group.title, {}});
        for (const Criterion& criterion : group.criteria) out.groups.back().rows.push_back(criterion_row(criterion));
    }
    return out;
}

LayoutRow ScoredLayout::criterion_row(const Criterion& criterion) const {
    LayoutCell text = text_cell(criterion.number + "." + criterion.text);
    text.paragraphs[0].runs.push_back({.text = points_words(criterion.points), .unbroken = true});
    LayoutRow row{LayoutRow::Kind::plain, {std::move(text), note_cell(criterion)}, is_long(criterion)};
    for (const LayerLabel& layer : form_.layers)
        row.cells.push_back(number_cell(document_.score(layer.layer, criterion.id), LayoutCell::Kind::score));
    return row;
}

bool ScoredLayout::is_long(const Criterion& criterion) const {
    std::size_t characters = count_characters(document_.text(Layer::self, criterion.id, "explanation"));
    for (const LayerLabel& layer : form_.layers)
        characters += count_characters(document_.text(layer.layer, criterion.id, "note"));
    return characters > most_uncut_characters;
}

/// What the unit did, what it counted, why it scored above that, and what the others found.
LayoutCell ScoredLayout::note_cell(const Criterion& criterion) const {
    LayoutCell cell;
    add_paragraph(cell, std::string(document_.text(Layer::self, criterion.id, "note")));
    for (const MeasureState& state : propose(document_, criterion).measures) {
        if (state.value) add_measure(cell, state);
    }
    add_named(cell, language_, words("print.explanation"), document_.text(Layer::self, criterion.id, "explanation"));
    add_named(cell, language_, words("evidence.at"), evidence_numbers(evidence_, criterion.id));
    for (const LayerLabel& layer : form_.layers) {
        if (layer.layer == Layer::self || past_reasons_[index_of(layer.layer)].contains(criterion.id)) continue;
        add_named(cell, language_, layer.short_label, document_.text(layer.layer, criterion.id, "note"));
    }
    return cell;
}

void ScoredLayout::add_measure(LayoutCell& cell, const MeasureState& state) const {
    const Measure& measure = *state.measure;
    std::string value = state.value->to_string() + measure.unit;
    if (measure.type == Measure::Type::yesno) value = words(*state.value == Points() ? "print.no" : "print.yes");
    add_named(cell, language_, measure.name, value);
}

// --- Scores and veto ----------------------------------------------------------------------------------------------

/// The paper has no row for sums: each layer's stands where its office signs. A sum over nothing is left blank:
/// unscored is neither zero nor full. A layer that the form gives no place to sign gets one.
void ScoredLayout::add_scores(std::vector<LayoutBlock>& blocks) const {
    for (std::size_t i = 0; i < form_.layers.size(); ++i) {
        if (i == blocks.size()) blocks.push_back({form_.layers[i].label, {}});
        const Sum& sum = tally_.layers[index_of(form_.layers[i].layer)];
        std::string score = sum.scored > 0 ? sum.score.to_string() : std::string();
        if (sum.scored > 0 && sum.scored < sum.of)
            score += words("print.so_far", {{"scored", static_cast<std::int64_t>(sum.scored)},
                                            {"of", static_cast<std::int64_t>(sum.of)}});
        blocks[i].lines.insert(blocks[i].lines.begin(), words("print.block_score", {{"score", score}}));
    }
}

void ScoredLayout::add_veto(LayoutTable& table) const {
    if (form_.veto.conditions.empty()) return;
    LayoutCell cell = veto_cell(document_, tally_.veto ? tally_.verdict : std::string_view());
    cell.columns = columns_before_scores + form_.layers.size() - 1;
    LayoutRow row{LayoutRow::Kind::plain, {text_cell(words("print.remark"), LayoutCell::Kind::name), std::move(cell)}};
    table.foot.push_back(std::move(row));
}

}  // namespace

Layout lay_out_scored(const Document& document) { return ScoredLayout(document).make(); }

}  // namespace duibiao
