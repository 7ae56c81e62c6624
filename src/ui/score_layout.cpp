#include "ui/score_layout.hpp"

#include <algorithm>
#include <cmath>

#include "ui/evidence/evidence_line.hpp"
#include "ui/from_ledger.hpp"
#include "ui/item_facts.hpp"

namespace duibiao::ui {

namespace {

constexpr float cell_padding = 12;

ScoreColumns lay_columns(const Ui& ui, ImVec2 position, ImVec2 size) {
    ScoreColumns columns;
    columns.count = layers_of(*ui.state.opened->document.instrument).size();
    const auto count = static_cast<float>(columns.count);
    columns.stacked = size.x < ui.px(640);
    const float margin = columns.stacked ? ui.px(12) : ui.px(20);  // the right one holds the scroll bar
    const float width = std::min(ui.px(1200), size.x - 2 * margin);
    columns.sheet = {position.x + std::floor((size.x - width) / 2), 0, width, 0};
    const float pad = ui.px(cell_padding);
    const float left = columns.sheet.x + pad;
    if (columns.stacked) {
        columns.criterion = {left, width - 2 * pad};
        // The field's own padding is outside, so that its text stands under the criterion's.
        columns.note = {left - ui.px(9), width - 2 * pad + 2 * ui.px(9)};
        const float share = (width - 2 * pad) / count;
        for (std::size_t i = 0; i < columns.count; ++i)
            columns.scores[i] = {left + share * static_cast<float>(i), share};
        return columns;
    }
    const float score = ui.px(width < ui.px(760) || columns.count > 4 ? 68 : 92);
    const float rest = width - count * score - 3 * pad;
    columns.criterion = {left, std::floor(rest * 0.6F)};
    columns.note = {left + columns.criterion.width + pad, rest - columns.criterion.width};
    const float scores_x = columns.sheet.right() - count * score - pad / 2;
    for (std::size_t i = 0; i < columns.count; ++i)
        columns.scores[i] = {scores_x + score * static_cast<float>(i), score};
    return columns;
}

float measures_height(Ui& ui, const Criterion& criterion, const Proposal& proposal, float width) {
    if (criterion.measures.empty()) return 0;
    float height = ui.px(6);
    for (const Measure& measure : criterion.measures) height += measure_height(ui, measure, width);
    if (proposal.score) height += line_height(ui, style::small);
    return height;
}

float criterion_row_height(Ui& ui, const ScoreColumns& columns, const Criterion& criterion, const Proposal& proposal) {
    const float padding = ui.theme.row_padding();
    const float left = criterion_text_height(ui, criterion, columns.criterion.width) +
                       measures_height(ui, criterion, proposal, columns.criterion.width) +
                       item_facts(ui, criterion, {0, 0, columns.criterion.width, 0}, false);
    float middle = note_height(ui, Layer::self, criterion.id, columns.note.width);
    if (wants_explanation(ui, criterion, proposal)) {
        const std::string_view text = ui.state.opened->document.text(Layer::self, criterion.id, "explanation");
        middle += ui.px(label_line) + field_height(ui, columns.note.width, text,
                                                   field_id("explanation", Layer::self, criterion.id), style::body,
                                                   ui.px(34));
    }
    middle += evidence_line(ui, criterion.id, {0, 0, columns.note.width, 0}, false, false);
    middle += reasons_height(ui, criterion.id, columns.note.width);
    const float score = ui.px(32);
    const float inner = columns.stacked ? left + middle + ui.px(66) : std::max({left + ui.px(5), middle, score});
    return std::max(ui.px(44), std::ceil(inner + 2 * padding));
}

void add_row(ScoreLayout& layout, ScoreRow row) {
    row.y = layout.height;
    layout.height += row.height;
    layout.rows.push_back(std::move(row));
}

void add_section(Ui& ui, ScoreLayout& layout, std::size_t s, std::size_t& order) {
    const OpenedDocument& opened = *ui.state.opened;
    const Section& section = opened.document.instrument->sections[s];
    add_row(layout, {ScoreRow::Kind::section, section.id, s, 0, 0, 0, ui.px(48)});
    for (std::size_t g = 0; g < section.groups.size(); ++g) {
        const Group& group = section.groups[g];
        if (!group.title.empty()) add_row(layout, {ScoreRow::Kind::group, group.id, s, g, 0, 0, ui.px(40)});
        for (const Criterion& criterion : group.criteria) {
            const float height = criterion_row_height(ui, layout.columns, criterion, opened.proposals[order]);
            add_row(layout, {ScoreRow::Kind::criterion, criterion.id, s, g, order++, 0, height});
        }
    }
}

void add_veto(Ui& ui, ScoreLayout& layout) {
    const Veto& veto = ui.state.opened->document.instrument->veto;
    if (veto.conditions.empty()) return;
    const float width = layout.columns.sheet.width - 2 * ui.px(cell_padding);
    add_row(layout, {ScoreRow::Kind::veto_head, "veto", 0, 0, 0, 0,
                     ui.px(48) + wrapped_height(ui, width, veto.text, style::small)});
    for (std::size_t i = 0; i < veto.conditions.size(); ++i) {
        const VetoCondition& condition = veto.conditions[i];
        const float text = wrapped_height(ui, layout.columns.criterion.width - ui.px(32),
                                          condition.number + " " + condition.text, style::body);
        const Layer layer = ui.state.opened->layer;
        const float note = note_height(ui, layer, condition.id, layout.columns.note.width);
        const float inner = layout.columns.stacked ? text + note + ui.px(8) : std::max(text, note);
        add_row(layout, {ScoreRow::Kind::veto_condition, condition.id, 0, 0, i, 0, inner + 2 * ui.theme.row_padding()});
    }
}

}  // namespace

std::string field_id(std::string_view field, Layer layer, std::string_view item) {
    std::string id(field);
    id.append("/").append(to_string(layer)).append("/").append(item);
    return id;
}

std::string criterion_text(const Criterion& criterion) {
    // A bureau's own form is spoken of by the numbers that are printed on it.
    const bool has_number = criterion.scoring != nullptr && !criterion.number.empty();
    return (has_number ? criterion.number : criterion.id) + " " + criterion.text;
}

float criterion_text_height(Ui& ui, const Criterion& criterion, float width) {
    const TextBlock& block = ui.text.wrap(criterion_text(criterion), width, style::body);
    const float chip_space = chip_width(ui, points_words(ui, criterion)) + ui.px(6);
    const bool fits = block.lines.back().width + chip_space <= width;
    return block.height() + (fits ? 0 : block.line_height);
}

std::string measure_label(const Ui& ui, const Measure& measure) {
    std::string label = measure.name;
    if (measure.at_least && measure.at_most) {
        label += " " + measure.at_least->to_string() + "–" + measure.at_most->to_string() + measure.unit;
    } else if (measure.at_least) {
        label += " ≥" + measure.at_least->to_string() + measure.unit;
    } else if (measure.at_most) {
        label += " ≤" + measure.at_most->to_string() + measure.unit;
    }
    if (!measure.when.empty()) label += ui.say("ui.measure.when", {{"when", measure.when}});
    return label;
}

bool measure_is_stacked(const Ui& ui, float width) { return width < ui.px(330); }

float measure_label_width(const Ui& ui, float width) {
    return measure_is_stacked(ui, width) ? width : width - ui.px(140);
}

float measure_height(Ui& ui, const Measure& measure, float width) {
    const float text = wrapped_height(ui, measure_label_width(ui, width), measure_label(ui, measure), style::small);
    const Computed* computed = from_ledger(ui, measure.id, "value");
    const float chip = from_ledger_chip(ui, {}, computed, {}, false, {}, false);
    if (measure_is_stacked(ui, width)) return text + ui.px(28) + chip + ui.px(10);
    return std::max(text, ui.px(28)) + chip + ui.px(6);
}

bool is_above_measures(const Proposal& proposal, const std::optional<Points>& score) {
    return proposal.failing && score && *score > proposal.most;
}

bool wants_explanation(const Ui& ui, const Criterion& criterion, const Proposal& proposal) {
    const Document& document = ui.state.opened->document;
    if (!document.text(Layer::self, criterion.id, "explanation").empty()) return true;
    if (ui.view.active.id == field_id("explanation", Layer::self, criterion.id)) return true;
    const std::optional<Points> score = document.score(Layer::self, criterion.id);
    return is_above_measures(proposal, score) || contradicts_ledger(ui, criterion);
}

float note_height(Ui& ui, Layer layer, std::string_view item, float width) {
    return field_height(ui, width, ui.state.opened->document.text(layer, item, "note"), field_id("note", layer, item),
                        style::body, ui.px(34));
}

bool shows_reason(const Ui& ui, Layer layer, std::string_view item) {
    const Document& document = ui.state.opened->document;
    const auto before = layer_before(*ui.state.opened->document.instrument, layer);
    if (!before) return false;
    if (!document.text(layer, item, "note").empty()) return true;
    if (ui.state.opened->layer != layer) return false;
    const std::optional<Points> own = document.score(layer, item);
    const bool differs = own && own != document.score(*before, item);
    return differs || ui.view.remark == item || ui.view.active.id == field_id("note", layer, item);
}

bool offers_remark(const Ui& ui, Layer layer, std::string_view item) {
    const OpenedDocument& opened = *ui.state.opened;
    return layer != Layer::self && opened.layer == layer && opened.is_open() && !shows_reason(ui, layer, item);
}

float reasons_height(Ui& ui, std::string_view item, float width) {
    float height = 0;
    for (const Layer layer : layers_of(*ui.state.opened->document.instrument).subspan(1)) {
        if (shows_reason(ui, layer, item)) height += ui.px(label_line) + note_height(ui, layer, item, width);
        if (offers_remark(ui, layer, item)) height += ui.px(remark_line);
    }
    return height;
}

std::string note_title(const Ui& ui) {
    const std::string& title = ui.state.opened->document.instrument->columns.note;
    return title.empty() ? ui.say("ui.note") : title;
}

float head_text_width(const Ui& ui, const ScoreColumns& columns) { return columns.sheet.width - ui.px(40); }

float head_fields_top(Ui& ui, const ScoreColumns& columns) {
    const Instrument& instrument = *ui.state.opened->document.instrument;
    const float width = head_text_width(ui, columns);
    return ui.px(14) + wrapped_height(ui, width, instrument.heading, style::small) + ui.px(2) +
           wrapped_height(ui, width, instrument.title, style::title) + ui.px(18);
}

namespace {

float head_height(Ui& ui, const ScoreColumns& columns) {
    return head_fields_top(ui, columns) + ui.px(columns.stacked ? 3 * 68 : 56) + ui.px(columns.stacked ? 8 : 20);
}

}  // namespace

ScoreLayout layout_score_table(Ui& ui, ImVec2 position, ImVec2 size) {
    ScoreLayout layout;
    layout.columns = lay_columns(ui, position, size);
    layout.head_height = head_height(ui, layout.columns);
    layout.columns_height = layout.columns.stacked ? 0 : ui.px(42);
    layout.height = ui.px(20) + layout.head_height + ui.px(16) + layout.columns_height;
    const Box inside{0, 0, layout.columns.sheet.width - 2 * ui.px(cell_padding), 0};
    if (const float kind = form_facts(ui, inside, false); kind > 0)
        add_row(layout, {ScoreRow::Kind::kind, "header", 0, 0, 0, 0, kind + ui.px(8)});
    std::size_t order = 0;
    for (std::size_t s = 0; s < ui.state.opened->document.instrument->sections.size(); ++s)
        add_section(ui, layout, s, order);
    add_veto(ui, layout);
    const float grade = ui.state.opened->grade.empty()
                            ? 0
                            : wrapped_height(ui, inside.width, ui.state.opened->grade, style::small) + ui.px(8);
    add_row(layout, {ScoreRow::Kind::total, "total", 0, 0, 0, 0, ui.px(52) + grade});
    if (const float foot = foot_facts(ui, inside, false); foot > 0)
        add_row(layout, {ScoreRow::Kind::foot, "foot", 0, 0, 0, 0, foot + 2 * ui.theme.row_padding()});
    layout.height += ui.px(32);
    return layout;
}

}  // namespace duibiao::ui
