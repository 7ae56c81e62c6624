// Left: progress of each section. Right: the total, why, and what the rules say.
#include <algorithm>

#include "core/name_key.hpp"
#include "ui/findings_list.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

namespace {

void draw_section_entry(Ui& ui, const Box& box, const Section& section, const SectionTally& tally) {
    const Sum& sum = tally.layers[index_of(ui.state.opened->layer)];
    const bool is_here = ui.view.visible_section == section.id;
    const bool scored = ui.state.opened->document.instrument->is_scored();
    const std::string score = scored
                                  ? (sum.scored == 0 ? "—" : sum.score.to_string()) +
                                        (section.points > Points{} ? " / " + section.points.to_string() : std::string())
                                  : std::to_string(sum.scored) + " / " + std::to_string(sum.of);
    // Titles of a form of format 2 stand as they are printed, as in the table.
    const bool has_number = scored && !section.id.empty() && ui.state.opened->document.instrument->scored == nullptr;
    const std::string words = has_number ? section.id + " " + section.title : section.title;
    AreaSpec spec{"section/" + section.id, words + " " + score, Role::link, is_here, 6};
    const AreaState state = area(ui, box, spec);
    if (is_here)
        fill(box, colour::accent_tint, 6);
    else if (state.hovered)
        fill(box, colour::hover, 6);
    const Box inner = box.inset(ui.px(10), 0);
    const float score_width = ui.text.measure(score, style::body);
    const TextStyle title{15, is_here ? Weight::semibold : Weight::regular, is_here ? colour::accent : colour::text};
    write_in(ui, {inner.x, box.y + ui.px(6), inner.width - score_width - ui.px(8), ui.px(24)}, words, title);
    write_in(ui, {inner.x, box.y + ui.px(6), inner.width, ui.px(24)}, score,
             with_colour(style::body, colour::secondary), 1);
    progress_bar(ui, {inner.x, box.y + ui.px(34), inner.width, ui.px(4)}, Points::from_whole(sum.scored),
                 Points::from_whole(sum.of));
    if (ui.mirror.focused() == spec.id) focus_ring(box.inset(2, 2), 6);
    if (state.pressed) ui.send(command::Reveal{section.id, {}, ui.state.opened->layer});
}

void draw_veto_entry(Ui& ui, const Box& box) {
    const Tally& tally = ui.state.opened->tally;
    const Veto& veto = ui.state.opened->document.instrument->veto;
    const std::string state_text = tally.veto ? tally.verdict : ui.say("ui.veto.none");
    const bool is_here = ui.view.visible_section == "veto";
    AreaSpec spec{"section/veto", veto.title + " " + state_text, Role::link, is_here, 6};
    const AreaState state = area(ui, box, spec);
    if (is_here)
        fill(box, colour::accent_tint, 6);
    else if (state.hovered)
        fill(box, colour::hover, 6);
    const Box inner = box.inset(ui.px(10), 0);
    write_in(ui, inner, veto.title, is_here ? with_colour(style::body_strong, colour::accent) : style::body);
    write_in(ui, inner, state_text, with_colour(style::body, tally.veto ? colour::accent : colour::secondary), 1);
    if (ui.mirror.focused() == spec.id) focus_ring(box.inset(2, 2), 6);
    if (state.pressed) ui.send(command::Reveal{"veto", {}, ui.state.opened->layer});
}

std::string card_figure(const DocumentCard& card) {
    if (card.of == 0) return {};
    const bool is_scored = card.points > Points{};
    return is_scored ? card.score.to_string() : std::to_string(card.scored) + "/" + std::to_string(card.of);
}

/// The unit's other documents of the year: one step to each.
float draw_dossier(Ui& ui, float x, float y, float width) {
    const Document& document = ui.state.opened->document;
    const std::string unit = organisation_key(document.unit());
    const auto belongs = [&](const DocumentCard& card) {
        return organisation_key(card.unit) == unit && card.period.substr(0, 4) == document.period().substr(0, 4);
    };
    y += ui.px(10);
    write_in(ui, {x + ui.px(10), y, width, ui.px(24)}, ui.say("ui.dossier"), style::small);
    y += ui.px(28);
    for (const DocumentCard& card : ui.state.cards) {
        if (!belongs(card)) continue;
        const Box box{x, y, width, ui.px(36)};
        const bool is_here = card.id == document.id;
        const AreaState state =
            area(ui, box, {"dossier/" + card.id, title_of(card) + " " + card_figure(card), Role::link, is_here});
        if (is_here)
            fill(box, colour::accent_tint, 6);
        else if (state.hovered)
            fill(box, colour::hover, 6);
        const Box inner = box.inset(ui.px(10), 0);
        const std::string figure = card_figure(card);
        const float room = inner.width - ui.text.measure(figure, style::small) - ui.px(8);
        write_in(ui, {inner.x, box.y, room, box.height}, title_of(card),
                 is_here ? with_colour(style::body_strong, colour::accent) : style::body);
        write_in(ui, inner, figure, style::small, 1);
        if (state.pressed && !is_here) ui.send(command::OpenDocument{card.id, {}});
        y += ui.px(38);
    }
    return y;
}

}  // namespace

void draw_sections_panel(Ui& ui, ImVec2 position, ImVec2 size) {
    const Box box{position.x, position.y, size.x, size.y};
    fill(box, colour::sheet);
    fill({box.right() - 1, box.y, 1, box.height}, colour::line);
    const Container region(ui, make_node(ui, "sections", Role::navigation, ui.say("ui.sections"), box));
    ScrollArea scroll(ui, "sections-scroll", {box.x, box.y, box.width - 1, box.height});
    const Instrument& instrument = *ui.state.opened->document.instrument;
    const float x = box.x + ui.px(10);
    const float width = box.width - ui.px(20);
    float y = scroll.origin().y + ui.px(18);
    if (!instrument.sections.empty()) {
        write_in(ui, {x + ui.px(10), y, width, ui.px(24)}, instrument.columns.section, style::small);
        y += ui.px(30);
    }
    for (std::size_t i = 0; i < instrument.sections.size(); ++i) {
        draw_section_entry(ui, {x, y, width, ui.px(45)}, instrument.sections[i], ui.state.opened->tally.sections[i]);
        y += ui.px(ui.theme.compact ? 45 : 49);
    }
    if (!instrument.veto.conditions.empty()) {
        y += ui.px(4);
        draw_veto_entry(ui, {x, y, width, ui.px(40)});
        y += ui.px(44);
    }
    y = draw_dossier(ui, x, y, width);
    scroll.follow_focus();
    scroll.finish(y + ui.px(12) - scroll.origin().y);
}

namespace {

/// Forms without scores: how much is filled in, or done of what was due.
float draw_answered_block(Ui& ui, float x, float y, float width) {
    const OpenedDocument& opened = *ui.state.opened;
    if (opened.document.instrument->kind == InstrumentKind::roster ||
        opened.document.instrument->kind == InstrumentKind::appraisal)
        return y;
    const bool is_ledger = !opened.document.instrument->has_items();
    const DutySummary duties = summarise(opened.duties);
    const Sum& sum = opened.tally.layers[0];
    const int part = is_ledger ? duties.met : sum.scored;
    const int whole = is_ledger ? duties.due : sum.of;
    const std::string label = ui.say(is_ledger ? "ui.ledger.met" : "ui.answered");
    write_in(ui, {x, y, width, ui.px(22)}, label, style::small);
    y += ui.px(24);
    const float number = write(ui, x, y, std::to_string(part), style::number);
    const std::string rest = "/ " + std::to_string(whole);
    write_in(ui, {x + number + ui.px(8), y + ui.px(22), width - number - ui.px(8), ui.px(30)}, rest,
             with_colour(style::body, colour::secondary));
    emit_text(ui, "total-text", label + " " + std::to_string(part) + " " + rest, {x, y, width, ui.px(56)},
              Role::status);
    y += ui.px(62);
    progress_bar(ui, {x, y, width, ui.px(6)}, Points::from_whole(part), Points::from_whole(whole));
    return y + ui.px(26);
}

/// 其余照自评: what is left gets the scores of the layer before, with one undo.
float draw_take_rest(Ui& ui, float x, float y, float width) {
    const OpenedDocument& opened = *ui.state.opened;
    const auto before = layer_before(*opened.document.instrument, opened.layer);
    if (!before || !opened.is_open()) return y;
    const std::size_t left = left_to_take(opened.document, opened.layer).size();
    if (left == 0) return y;
    const LayerLabel* label = opened.document.instrument->find_layer(*before);
    const std::string text = ui.say(
        "ui.take", {{"layer", label ? label->short_label : std::string()}, {"count", static_cast<std::int64_t>(left)}});
    if (button(ui, {x, y, width, ui.px(34)}, {"take-scores", text, {}, ButtonKind::plain}))
        ui.send(command::TakeScores{});
    return y + ui.px(46);
}

float draw_score_block(Ui& ui, float x, float y, float width) {
    const OpenedDocument& opened = *ui.state.opened;
    const Sum& sum = opened.tally.layers[index_of(opened.layer)];
    const LayerLabel* label = opened.document.instrument->find_layer(opened.layer);
    write_in(ui, {x, y, width, ui.px(22)}, label ? label->label : "", style::small);
    y += ui.px(24);
    const std::string score = sum.scored == 0 ? "—" : sum.score.to_string();
    TextStyle number_style = with_colour(style::number, opened.tally.veto ? colour::secondary : colour::text);
    if (sum.scored == 0) number_style = {40, Weight::regular, colour::control_line};
    const float number = write(ui, x, y, score, number_style);
    const Params counts{
        {"points", sum.points.to_string()}, {"scored", std::int64_t{sum.scored}}, {"of", std::int64_t{sum.of}}};
    const std::string rest = ui.say(sum.points > Points{} ? "ui.total.of" : "ui.total.open", counts);
    write_in(ui, {x + number + ui.px(8), y + ui.px(22), width - number - ui.px(8), ui.px(30)}, rest,
             with_colour(style::body, colour::secondary));
    emit_text(ui, "total-text", (label ? label->label : std::string()) + " " + score + " " + rest,
              {x, y, width, ui.px(56)}, Role::status);
    y += ui.px(62);
    progress_bar(ui, {x, y, width, ui.px(6)}, Points::from_whole(sum.scored), Points::from_whole(sum.of));
    y += ui.px(14);
    if (opened.tally.veto) {
        const std::string text = ui.say("ui.total.veto", {{"verdict", opened.tally.verdict}});
        chip(ui, x, y, text, Tone::error);
        emit_text(ui, "verdict", text, {x, y, width, ui.px(22)}, Role::status);
        y += ui.px(28);
    }
    const std::string why = ui.say("ui.why");
    const float why_width = button_width(ui, why);
    if (button(ui, {x - ui.px(14), y, why_width, ui.px(30)}, {"why", why, {}, ButtonKind::quiet}))
        ui.send(command::ShowDialog{"why", {}});
    return draw_take_rest(ui, x, y + ui.px(42), width);
}

float draw_findings_head(Ui& ui, const FindingCount& counts, float x, float y, float width) {
    const float used = write(ui, x, y, ui.say("ui.findings"), style::body_strong);
    emit_heading(ui, "findings-head", ui.say("ui.findings"), 2, {x, y, width, ui.px(24)});
    float chip_x = x + used + ui.px(8);
    const float chip_y = y + ui.px(1);
    const auto add = [&](int count, const char* key, Tone tone) {
        if (count > 0)
            chip_x += chip(ui, chip_x, chip_y, ui.say(key, {{"count", std::int64_t{count}}}), tone) + ui.px(6);
    };
    add(counts.errors, "ui.count.errors", Tone::error);
    add(counts.warnings, "ui.count.warnings", Tone::warning);
    const std::string label = ui.say("ui.history");
    const float part = button_width(ui, label);
    if (button(ui, {x + width - part + ui.px(14), y - ui.px(5), part, ui.px(32)},
               {"history", label, {}, ButtonKind::quiet}))
        ui.send(command::ShowDialog{"history", ui.view.selected_item});
    return y + ui.px(34);
}

}  // namespace

void draw_findings_panel(Ui& ui, ImVec2 position, ImVec2 size) {
    const Box box{position.x, position.y, size.x, size.y};
    fill(box, colour::sheet);
    fill({box.x, box.y, 1, box.height}, colour::line);
    const Container region(ui, make_node(ui, "findings", Role::region, ui.say("ui.findings.region"), box));
    ScrollArea scroll(ui, "findings-scroll", {box.x + 1, box.y, box.width - 1, box.height});
    const float x = box.x + ui.px(17);
    const float width = box.width - ui.px(34);
    const Findings& findings = ui.state.opened->findings;
    const FindingCount counts = count(findings);
    const bool is_scored = ui.state.opened->document.instrument->is_scored();
    const float top = scroll.origin().y + ui.px(16);
    float y = is_scored ? draw_score_block(ui, x, top, width) : draw_answered_block(ui, x, top, width);
    y = draw_way(ui, x, y, width);
    y = draw_findings_head(ui, counts, x, y, width);
    if (counts.errors + counts.warnings == 0) {
        const std::string text = ui.say("ui.findings.none");
        emit_text(ui, "no-findings", text, {x, y, width, ui.px(24)});
        y += write_wrapped(ui, x, y, width, text, with_colour(style::small, colour::good)) + ui.px(12);
    }
    for (const Severity severity : {Severity::error, Severity::warning, Severity::notice}) {
        if (severity == Severity::notice && counts.notices > 0) {
            const std::string label = ui.say(ui.view.show_notices ? "ui.notices.hide" : "ui.notices.show",
                                             {{"count", std::int64_t{counts.notices}}});
            if (button(ui, {x, y, width, ui.px(32)}, {"notices", label, {}, ButtonKind::plain}))
                ui.view.show_notices = !ui.view.show_notices;
            y += ui.px(42);
            if (!ui.view.show_notices) break;
        }
        y = draw_findings_of(ui, severity, x, y, width);
    }
    scroll.follow_focus();
    scroll.finish(y + ui.px(20) - scroll.origin().y);
}

}  // namespace duibiao::ui
