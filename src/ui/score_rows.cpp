#include "ui/score_rows.hpp"

#include <algorithm>
#include <cmath>

#include "core/evaluate/evaluate.hpp"
#include "ui/evidence/evidence_line.hpp"
#include "ui/forms.hpp"
#include "ui/from_ledger.hpp"
#include "ui/item_facts.hpp"

namespace duibiao::ui {

namespace {

std::string dash() { return "—"; }

/// A cell of the mirror's table, for what is drawn while its container lives.
MirrorNode cell_node(const Ui& ui, const std::string& id, const Box& box) {
    return make_node(ui, "cell/" + id, Role::cell, {}, box);
}

std::string score_text(const std::optional<Points>& score) { return score ? score->to_string() : std::string(); }

std::string sum_text(const Sum& sum) {
    const std::string score = sum.scored == 0 ? dash() : sum.score.to_string();
    return sum.points > Points{} ? score + " / " + sum.points.to_string() : score;
}

void draw_sums(Ui& ui, const ScoreColumns& columns, const Box& box, const PerLayer<Sum>& sums, const TextStyle& style) {
    const Layer current = ui.state.opened->layer;
    for (const Layer layer : layers_of(*ui.state.opened->document.instrument)) {
        const Sum& sum = sums[index_of(layer)];
        if (columns.stacked) {
            if (layer == current)
                write_in(ui, {box.x, box.y, box.width - ui.px(12), box.height}, sum_text(sum), style, 1);
            continue;
        }
        const Span& span = columns.scores[index_of(layer)];
        const bool silent = layer != current && sum.scored == 0;
        write_in(ui, {span.x, box.y, span.width, box.height}, silent ? dash() : sum_text(sum),
                 silent ? with_colour(style, colour::faint) : style, 0.5F);
    }
}

float title_width(const ScoreColumns& columns, const Box& box) {
    return columns.stacked ? box.width * 0.7F : columns.criterion.width + columns.note.width;
}

void draw_section(Ui& ui, const ScoreColumns& columns, const ScoreRow& row, const Box& box) {
    const Section& section = ui.state.opened->document.instrument->sections[row.section];
    const bool is_own =
        ui.state.opened->document.instrument->scored != nullptr;  // its titles stand as they are printed
    const std::string title =
        is_own ? section.title
               : section.id + " " +
                     ui.say("ui.section", {{"title", section.title}, {"points", section.points.to_string()}});
    fill(box, colour::head);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    write_in(ui, {columns.criterion.x, box.y, title_width(columns, box), box.height}, title,
             {17, Weight::bold, colour::text});
    const Container cell(ui, cell_node(ui, section.id, box));
    emit_heading(ui, "section-head/" + section.id, title, 2, box);
    draw_sums(ui, columns, box, ui.state.opened->tally.sections[row.section].layers, {15, Weight::bold, colour::text});
}

void draw_group(Ui& ui, const ScoreColumns& columns, const ScoreRow& row, const Box& box) {
    const Group& group = ui.state.opened->document.instrument->sections[row.section].groups[row.group];
    fill(box, IM_COL32(0xFB, 0xFB, 0xFC, 255));
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const bool is_own = ui.state.opened->document.instrument->scored != nullptr;
    const std::string title = is_own ? group.title : group.id + " " + group.title;
    write_in(ui, {columns.criterion.x, box.y, title_width(columns, box), box.height}, title, style::body_strong);
    const Container cell(ui, cell_node(ui, group.id, box));
    emit_heading(ui, "group-head/" + group.id, title, 3, box);
    draw_sums(ui, columns, box, ui.state.opened->tally.sections[row.section].groups[row.group].layers,
              style::body_strong);
}

void draw_criterion_text(Ui& ui, const Criterion& criterion, float x, float y, float width) {
    const std::string text = criterion_text(criterion);
    const TextBlock& block = ui.text.wrap(text, width, style::body);
    write_wrapped(ui, x, y, width, text, style::body);
    const std::string points = points_words(ui, criterion);
    const bool fits = block.lines.back().width + chip_width(ui, points) + ui.px(6) <= width;
    const float chip_x = fits ? x + block.lines.back().width + ui.px(6) : x;
    const float chip_y =
        y + block.height() - (fits ? block.line_height : 0) + (block.line_height - chip_height(ui)) / 2;
    if (!points.empty()) chip(ui, chip_x, chip_y, points, Tone::neutral);
    emit_text(ui, "text/" + criterion.id, text + " " + points, {x, y, width, block.height()}, Role::rowheader);
}

Tone measure_tone(const MeasureState& state) {
    if (state.measure->excuses) return Tone::neutral;  // it asks for nothing
    return state.met ? Tone::good : !state.value ? Tone::neutral : Tone::warning;
}

void draw_yesno(Ui& ui, const Box& box, const Measure& measure, const MeasureState& state, const Target& target) {
    const bool writable = ui.state.opened->is_open() && ui.state.opened->layer == Layer::self;
    const std::size_t chosen = !state.value ? 2 : *state.value > Points() ? 0 : 1;
    const auto pick =
        segments(ui, box, "measure/" + measure.id, measure.name, {ui.say("ui.yes"), ui.say("ui.no")}, chosen);
    if (pick && writable) ui.send(command::SetAnswer{target, *pick == 0 ? "1" : "0", {}});
}

void draw_measure(Ui& ui, const Measure& measure, const MeasureState& state, float x, float y, float width) {
    const TextStyle style =
        with_colour(style::small, measure_tone(state) == Tone::warning ? colour::warning : colour::secondary);
    const std::string label = measure_label(ui, measure);
    const float label_width = measure_label_width(ui, width);
    const bool stacked = measure_is_stacked(ui, width);
    const float text_height = write_wrapped(ui, x, y + (stacked ? 0 : ui.px(4)), label_width, label, style);
    const Target target{Layer::self, measure.id, "value"};
    const bool own = state.value && !state.computed;
    const std::string verdict = state.excused     ? ui.say("ui.measure.excused")
                                : measure.excuses ? std::string()
                                                  : ui.say(state.met      ? "ui.measure.met"
                                                           : !state.value ? "ui.measure.empty"
                                                                          : "ui.measure.missed");
    const float field_width = ui.px(measure.type == Measure::Type::yesno ? 80 : 72);
    const float field_y = stacked ? y + text_height + ui.px(2) : y;
    const Box box{stacked ? x : x + width - ui.px(52) - field_width, field_y, field_width, ui.px(28)};
    const Box verdict_box{box.right() + ui.px(8), field_y, ui.px(50), ui.px(28)};
    if (measure.type == Measure::Type::yesno) {
        draw_yesno(ui, box, measure, state, target);
    } else {
        FieldSpec spec;
        spec.id = "measure/" + measure.id;
        spec.name = label;
        spec.text = own ? state.value->to_string() : std::string();
        spec.placeholder = state.computed ? state.value->to_string() : measure.unit;
        spec.role = Role::number;
        spec.style = {14, Weight::regular, colour::text};
        spec.centred = true;
        spec.read_only = ui.state.opened->layer != Layer::self;
        answer_field(ui, box, std::move(spec), target);
    }
    write_in(ui, verdict_box, verdict, {12.5F, Weight::regular, tone_text(measure_tone(state))});
    const Computed* computed = from_ledger(ui, measure.id, "value");
    const std::string said = computed ? value_text(ui, computed->value, measure.unit) : std::string();
    const float below = std::max(box.bottom(), y + text_height);
    from_ledger_chip(ui, "measure/" + measure.id, computed, said, own, {x, below}, true);
}

float draw_measures(Ui& ui, const Criterion& criterion, const Proposal& proposal, float x, float y, float width) {
    if (criterion.measures.empty()) return y;
    const Container cell(ui, cell_node(ui, "measures/" + criterion.id, {x, y, width, ui.px(28)}));
    y += ui.px(6);
    for (std::size_t i = 0; i < criterion.measures.size(); ++i) {
        draw_measure(ui, criterion.measures[i], proposal.measures[i], x, y, width);
        y += measure_height(ui, criterion.measures[i], width);
    }
    if (!proposal.score) return y;
    const std::optional<Points> score = ui.state.opened->document.score(Layer::self, criterion.id);
    const bool above = is_above_measures(proposal, score);
    const std::string text = ui.say("ui.measure.proposal", {{"points", proposal.score->to_string()}});
    const float width_used = write(ui, x, y, text, {13, Weight::semibold, above ? colour::warning : colour::secondary});
    if (above) chip(ui, x + width_used + ui.px(8), y - 1, ui.say("ui.measure.above"), Tone::error);
    emit_text(ui, "proposal/" + criterion.id, text, {x, y, width, line_height(ui, style::small)});
    return y + line_height(ui, style::small);
}

void draw_note(Ui& ui, Layer layer, const std::string& item, const std::string& label, const Box& box,
               std::string placeholder) {
    FieldSpec spec;
    spec.id = field_id("note", layer, item);
    spec.name = item + " " + label;
    spec.text = ui.state.opened->document.text(layer, item, "note");
    spec.placeholder = std::move(placeholder);
    spec.role = Role::multiline;
    spec.flat = true;
    spec.read_only = spec.skipped = ui.state.opened->layer != layer;
    if (spec.read_only) spec.placeholder.clear();
    spec.keys = "Enter Escape ArrowUp ArrowDown";
    answer_field(ui, box, std::move(spec), {layer, item, "note"});
}

/// An opinion on what nothing is taken off for; for the row in use.
float draw_remark_offer(Ui& ui, Layer layer, const std::string& item, float x, float y) {
    if (ui.view.selected_item == item) {
        const std::string label = ui.say("ui.remark");
        if (button(ui, {x, y, button_width(ui, label), ui.px(24)}, {"remark/" + item, label, {}, ButtonKind::quiet})) {
            ui.view.remark = item;
            ui.view.focus_when_drawn = field_id("note", layer, item);
        }
    }
    return ui.px(remark_line);
}

float draw_reasons(Ui& ui, const Instrument& instrument, const Criterion& criterion, float x, float y, float width) {
    for (const Layer layer : layers_of(instrument).subspan(1)) {
        if (offers_remark(ui, layer, criterion.id)) y += draw_remark_offer(ui, layer, criterion.id, x, y);
        if (!shows_reason(ui, layer, criterion.id)) continue;
        const LayerLabel* names = instrument.find_layer(layer);
        const std::string label = ui.say("ui.reason", {{"layer", names ? names->short_label : std::string()}});
        write(ui, x + ui.px(9), y, label, style::small);
        y += ui.px(label_line);
        const float height = note_height(ui, layer, criterion.id, width);
        draw_note(ui, layer, criterion.id, label, {x, y, width, height}, ui.say("ui.reason.placeholder"));
        y += height;
    }
    return y;
}

float draw_explanation(Ui& ui, const Criterion& criterion, float x, float y, float width) {
    const bool against_ledger = contradicts_ledger(ui, criterion);
    const std::string label = ui.say(against_ledger ? "ui.explanation.ledger" : "ui.explanation");
    write(ui, x + ui.px(9), y, label, with_colour(style::small, colour::warning));
    y += ui.px(label_line);
    FieldSpec spec;
    spec.id = field_id("explanation", Layer::self, criterion.id);
    spec.name = criterion.id + " " + label;
    spec.text = ui.state.opened->document.text(Layer::self, criterion.id, "explanation");
    spec.placeholder = ui.say(against_ledger ? "ui.ledger.explain" : "ui.explanation.placeholder");
    spec.role = Role::multiline;
    spec.read_only = ui.state.opened->layer != Layer::self;
    const float height = field_height(ui, width, spec.text, spec.id, style::body, ui.px(34));
    answer_field(ui, {x, y, width, height}, std::move(spec), {Layer::self, criterion.id, "explanation"});
    return y + height;
}

/// Returns where the evidence stands: it is drawn behind the scores, so that Tab goes from the note to them.
float draw_notes(Ui& ui, const Criterion& criterion, const Proposal& proposal, float x, float y, float width) {
    const Instrument& instrument = *ui.state.opened->document.instrument;
    const float height = note_height(ui, Layer::self, criterion.id, width);
    const Container cell(ui, cell_node(ui, "note/" + criterion.id, {x, y, width, height}));
    const std::string column = note_title(ui);
    draw_note(ui, Layer::self, criterion.id, column, {x, y, width, height},
              ui.say("ui.note.placeholder", {{"column", column}}));
    y += height;
    if (wants_explanation(ui, criterion, proposal)) y = draw_explanation(ui, criterion, x, y, width);
    const float evidence = y;
    y += evidence_line(ui, criterion.id, {x, y, width, 0}, false, false);
    draw_reasons(ui, instrument, criterion, x, y, width);
    return evidence;
}

void draw_score(Ui& ui, const Criterion& criterion, Layer layer, const Box& box) {
    const OpenedDocument& opened = *ui.state.opened;
    const std::optional<Points> score = opened.document.score(layer, criterion.id);
    const LayerLabel* label = opened.document.instrument->find_layer(layer);
    FieldSpec spec;
    spec.id = field_id("score", layer, criterion.id);
    spec.name = criterion.id + " " + (label ? label->label : std::string());
    spec.text = score_text(score);
    spec.placeholder = dash();
    spec.description =
        ui.say(layer_before(*opened.document.instrument, layer) ? "ui.score.hint.upper" : "ui.score.hint",
               {{"max", criterion.points.to_string()}, {"step", opened.document.instrument->score_step.to_string()}});
    spec.role = Role::number;
    spec.style = style::body;
    if (score && opened.layer == layer) spec.style.weight = Weight::semibold;
    spec.centred = true;
    const bool is_anothers = criterion.scoring && !is_by(*criterion.scoring, layer);
    spec.read_only = spec.skipped = opened.layer != layer || is_anothers;
    if (is_anothers) spec.placeholder.clear();
    spec.keys = "Enter Shift+Enter ArrowUp ArrowDown Escape F";
    const Container cell(ui, cell_node(ui, spec.id, box));
    answer_field(ui, box, std::move(spec), {layer, criterion.id, "score"});
}

Box score_box(const Ui& ui, const Span& span, float y) {
    const float width = std::min(ui.px(64), span.width - ui.px(8));
    return {span.x + std::floor((span.width - width) / 2), y, width, ui.px(32)};
}

/// For hands on mouse or touch: none and full.
void draw_quick_scores(Ui& ui, const Criterion& criterion, const Box& cell, float column_width, float bottom) {
    const bool is_current = ui.view.selected_item == criterion.id && ui.state.opened->is_open();
    const float width = std::min(column_width - 2, ui.px(84));
    const Box box{cell.x + (cell.width - width) / 2, cell.bottom() + ui.px(4), width, ui.px(26)};
    if (!is_current || box.bottom() > bottom) return;
    const Container group(ui, cell_node(ui, "quick/" + criterion.id, box));
    const Target target{ui.state.opened->layer, criterion.id, "score"};
    const float half = box.width / 2 - 1;
    const Box none{box.x, box.y, half, box.height};
    const Box full{box.x + half + 2, box.y, half, box.height};
    if (button(ui, none,
               {"none/" + criterion.id, ui.say("ui.score.none.short"), ui.say("ui.score.none"), ButtonKind::quiet}))
        ui.send(command::SetAnswer{target, "0", {}});
    const auto offered = offered_score(ui.state.opened->document, target.layer, criterion.id);
    const auto before = layer_before(*ui.state.opened->document.instrument, target.layer);
    const bool is_taken = before && ui.state.opened->document.score(*before, criterion.id);
    const std::string key = is_taken ? "ui.score.same" : "ui.score.full";
    if (offered && button(ui, full, {"full/" + criterion.id, ui.say(key + ".short"), ui.say(key), ButtonKind::quiet}))
        ui.send(command::SetAnswer{target, offered->to_string(), {}});
}

void draw_scores_stacked(Ui& ui, const ScoreColumns& columns, const Criterion& criterion, float y) {
    for (const Layer layer : layers_of(*ui.state.opened->document.instrument)) {
        const Span& span = columns.scores[index_of(layer)];
        const LayerLabel* label = ui.state.opened->document.instrument->find_layer(layer);
        write_in(ui, {span.x, y, span.width - 4, ui.px(20)}, label ? label->short_label : "", style::small);
        const Box cell{span.x, y + ui.px(22), std::min(ui.px(84), span.width - ui.px(8)), ui.px(38)};
        draw_score(ui, criterion, layer, cell);
    }
}

void draw_criterion(Ui& ui, const ScoreColumns& columns, const ScoreRow& row, const Box& box) {
    const OpenedDocument& opened = *ui.state.opened;
    const Criterion& criterion = opened.document.instrument->criterion(opened.document.instrument->order[row.index]);
    const Proposal& proposal = opened.proposals[row.index];
    if (ui.view.selected_item == criterion.id) {
        fill(box, colour::selected);
        fill({box.x, box.y, 3, box.height}, colour::accent);
    }
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const float top = box.y + ui.theme.row_padding();
    const float text_height = criterion_text_height(ui, criterion, columns.criterion.width);
    draw_criterion_text(ui, criterion, columns.criterion.x, top + (columns.stacked ? 0 : ui.px(5)),
                        columns.criterion.width);
    float y = draw_measures(ui, criterion, proposal, columns.criterion.x,
                            top + text_height + (columns.stacked ? 0 : ui.px(5)), columns.criterion.width);
    y += item_facts(ui, criterion, {columns.criterion.x, y, columns.criterion.width, 0}, true);
    const float notes_y = columns.stacked ? y + ui.px(4) : top;
    const float evidence_y = draw_notes(ui, criterion, proposal, columns.note.x, notes_y, columns.note.width);
    const auto draw_evidence = [&] {
        const Box place{columns.note.x, evidence_y, columns.note.width, ui.px(28)};
        const bool has_some = !evidence_numbers(opened.evidence, criterion.id).empty();
        if (!has_some && ui.view.selected_item != criterion.id) return;
        const Container cell(ui, cell_node(ui, "evidence/" + criterion.id, place));
        (void)evidence_line(ui, criterion.id, place, false, true);
    };
    if (columns.stacked) {
        draw_scores_stacked(ui, columns, criterion, box.bottom() - ui.theme.row_padding() - ui.px(60));
        return draw_evidence();
    }
    for (const Layer layer : layers_of(*ui.state.opened->document.instrument)) {
        const Box cell = score_box(ui, columns.scores[index_of(layer)], top);
        draw_score(ui, criterion, layer, cell);
        if (layer == opened.layer)
            draw_quick_scores(ui, criterion, cell, columns.scores[index_of(layer)].width, box.bottom());
    }
    draw_evidence();
}

void draw_veto_head(Ui& ui, const ScoreColumns& columns, const Box& box) {
    const Veto& veto = ui.state.opened->document.instrument->veto;
    fill(box, colour::head);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    write_in(ui, {columns.criterion.x, box.y, box.width - 24, ui.px(44)}, veto.title, {17, Weight::bold, colour::text});
    write_wrapped(ui, columns.criterion.x, box.y + ui.px(40), box.width - 2 * ui.px(12), veto.text, style::small);
    const Container cell(ui, cell_node(ui, "veto", box));
    emit_heading(ui, "section-head/veto", veto.title, 2, box);
}

void draw_veto_condition(Ui& ui, const ScoreColumns& columns, const ScoreRow& row, const Box& box) {
    const OpenedDocument& opened = *ui.state.opened;
    const VetoCondition& condition = opened.document.instrument->veto.conditions[row.index];
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const float top = box.y + ui.theme.row_padding();
    const std::string label = condition.number + " " + condition.text;
    const float text = wrapped_height(ui, columns.criterion.width - ui.px(32), label, style::body);
    const bool is_set = opened.document.flag(opened.layer, condition.id, "set");
    const Box check_box{columns.criterion.x, top + (columns.stacked ? 0 : ui.px(5)), columns.criterion.width, text};
    std::optional<bool> toggled;
    {
        const Container cell(ui, cell_node(ui, condition.id, check_box));
        toggled =
            checkbox(ui, check_box, field_id("veto", opened.layer, condition.id), label, is_set, opened.is_open());
    }
    if (toggled) ui.send(command::SetAnswer{{opened.layer, condition.id, "set"}, *toggled ? "1" : "0", {}});
    const float note_y = columns.stacked ? top + text + ui.px(8) : top;
    const Box note_box{columns.note.x, note_y, columns.note.width,
                       note_height(ui, opened.layer, condition.id, columns.note.width)};
    {
        const Container cell(ui, cell_node(ui, "note/" + condition.id, note_box));
        draw_note(ui, opened.layer, condition.id, ui.say("ui.veto.note"), note_box, ui.say("ui.veto.note"));
    }
    if (columns.stacked) return;
    for (const Layer layer : layers_of(*ui.state.opened->document.instrument)) {
        const Span& span = columns.scores[index_of(layer)];
        const bool set = opened.document.flag(layer, condition.id, "set");
        write_in(ui, {span.x, top, span.width, ui.px(32)}, set ? ui.say("ui.veto.set") : dash(),
                 with_colour(style::body, set ? colour::accent : colour::faint), 0.5F);
    }
}

void draw_total(Ui& ui, const ScoreColumns& columns, const Box& box) {
    const Tally& tally = ui.state.opened->tally;
    const std::string& grade = ui.state.opened->grade;
    const Box line{box.x, box.y, box.width, grade.empty() ? box.height : ui.px(52)};
    fill(box, colour::head, 8);
    const std::string title = tally.veto ? ui.say("ui.total.veto", {{"verdict", tally.verdict}}) : ui.say("ui.total");
    const ImU32 colour = tally.veto ? colour::accent : colour::text;
    write_in(ui, {columns.criterion.x, line.y, title_width(columns, line), line.height}, title,
             {17, Weight::bold, colour});
    if (!grade.empty()) {
        const Box words{columns.criterion.x, line.bottom() - ui.px(4), box.width - 2 * ui.px(12),
                        box.bottom() - line.bottom()};
        write_wrapped(ui, words.x, words.y, words.width, grade, style::small);
        emit_text(ui, "grade", grade, words, Role::status);
    }
    draw_sums(ui, columns, line, tally.layers, {15, Weight::bold, colour::text});
    emit_text(ui, "total-row", title + " " + sum_text(tally.layers[index_of(ui.state.opened->layer)]), box, Role::cell);
}

}  // namespace

void draw_score_row(Ui& ui, const ScoreColumns& columns, const ScoreRow& row, const Box& box) {
    switch (row.kind) {
        case ScoreRow::Kind::section:
            return draw_section(ui, columns, row, box);
        case ScoreRow::Kind::group:
            return draw_group(ui, columns, row, box);
        case ScoreRow::Kind::criterion:
            return draw_criterion(ui, columns, row, box);
        case ScoreRow::Kind::veto_head:
            return draw_veto_head(ui, columns, box);
        case ScoreRow::Kind::veto_condition:
            return draw_veto_condition(ui, columns, row, box);
        case ScoreRow::Kind::total:
            return draw_total(ui, columns, box);
        case ScoreRow::Kind::kind:
            form_facts(ui, {columns.criterion.x, box.y + ui.px(4), box.width - 2 * ui.px(12), 0}, true);
            return horizontal_line(box.x, box.bottom() - 1, box.width);
        case ScoreRow::Kind::foot:
            foot_facts(ui, {columns.criterion.x, box.y + ui.theme.row_padding(), box.width - 2 * ui.px(12), 0}, true);
            return;
    }
}

}  // namespace duibiao::ui
