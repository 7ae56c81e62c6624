// One organisation of the list: why it is there, what was decided, and what follows.
#include <algorithm>

#include "core/name_key.hpp"
#include "core/weak/check_weak.hpp"
#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

/// Of the candidate each answer, while there is one; else what the list has written down.
void draw_grounds(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    const std::string changed = weak_text(ui, unit, "changed");
    if (!changed.empty()) {
        column.note("changed", ui.say("ui.weak.changed", {{"what", changed}}), Tone::warning);
        if (column.button("reviewed", ui.say("ui.weak.changed.seen"), ButtonKind::plain, opened(ui).is_open()))
            ui.send(command::WriteWeak{unit.row, {{"changed", {}}}, {}, ui.say("ui.weak.changed.done")});
        column.end_buttons();
    }
    const auto remarks = weak(ui).remarks.find(organisation_key(unit.name));
    if (remarks != weak(ui).remarks.end()) {
        for (std::size_t i = 0; i < remarks->second.size(); ++i)
            column.note("remark/" + std::to_string(i), remarks->second[i], Tone::error);
    }
    const Candidate* candidate = weak(ui).candidate(unit.name);
    if (candidate != nullptr && candidate->is_candidate() && unit.stage == WeakStage::candidate)
        return draw_weak_evidence(column, *candidate);
    column.heading("grounds", ui.say("ui.weak.grounds"));
    const std::string grounds = weak_text(ui, unit, "grounds");
    column.line("grounds/text", grounds.empty() ? ui.say("ui.weak.grounds.none") : grounds, style::small);
}

/// What the form's rules say of the row: what is wrong, and what is due.
void draw_row_findings(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    std::size_t index = 0;
    for (const Finding& finding : opened(ui).findings) {
        if (finding.item != unit.row) continue;
        const bool is_due = finding.code == "row-due-soon" || finding.code == "row-overdue";
        if (finding.severity != Severity::error && !is_due) continue;
        const FindingText text = describe(ui.state.settings.language, finding);
        column.note("finding/" + std::to_string(index++), text.message + text.remedy, tone_of(finding.severity));
    }
}

void decide(Ui& ui, const WeakUnit& unit, std::string_view status, const char* done) {
    std::string& reason = ui.view.weak.reason;
    command::WriteWeak request{unit.row, {{"status", std::string(status)}}, {}, ui.say(done, {{"unit", unit.name}})};
    if (!reason.empty()) request.cells.push_back({"reason", reason});
    reason.clear();
    ui.send(std::move(request));
}

/// Confirmed or struck by a person, a strike with its reason.
void draw_decision(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    column.heading("decision", ui.say("ui.weak.decision"));
    FieldSpec spec;
    spec.id = column.id + "/reason";
    spec.name = ui.say("ui.weak.reason");
    spec.placeholder = ui.say("ui.weak.reason.placeholder");
    spec.max_length = 500;
    const Box box{column.x, column.y, column.width, ui.px(34)};
    draft_field(ui, box, std::move(spec), ui.view.weak.reason);
    column.y = box.bottom() + ui.px(8);
    const bool is_open = opened(ui).is_open();
    if (column.button("confirm", ui.say("ui.weak.confirm"), ButtonKind::primary, is_open))
        decide(ui, unit, weak_confirmed, "ui.weak.confirmed");
    const bool has_reason = !ui.view.weak.reason.empty();
    if (column.button("strike", ui.say("ui.weak.strike"), ButtonKind::plain, is_open && has_reason))
        decide(ui, unit, weak_struck, "ui.weak.struck");
    column.end_buttons();
}

void draw_decided(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    column.heading("decided", ui.say("ui.weak.decided", {{"date", weak_text(ui, unit, "decided")},
                                                         {"office", weak_text(ui, unit, "decider")},
                                                         {"status", weak_text(ui, unit, "status")}}));
    const std::string reason = weak_text(ui, unit, "reason");
    if (!reason.empty()) column.line("decided/reason", reason, style::small);
    if (column.button("undecide", ui.say("ui.weak.undecide"), ButtonKind::quiet, opened(ui).is_open()))
        ui.send(command::WriteWeak{unit.row,
                                   {{"status", std::string(weak_candidate)}},
                                   {},
                                   ui.say("ui.weak.undecided", {{"unit", unit.name}})});
    column.end_buttons();
}

/// Who helps follows from the cause.
void draw_help(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    column.heading("help", ui.say("ui.weak.help"));
    for (const char* cell : {"problems", "cause", "measures"}) weak_cell(column, unit, cell);
    const float whole = column.width;
    const float left = column.x;
    const float half = (whole - ui.px(12)) / 2;
    for (const auto& [first, second] : {std::pair("owner", "leader"), std::pair("pair", "limit")}) {
        const float top = column.y;
        column.width = half;
        weak_cell(column, unit, first);
        const float bottom = column.y;
        column.y = top;
        column.x = left + half + ui.px(12);
        weak_cell(column, unit, second);
        column.x = left;
        column.y = std::max(bottom, column.y);
    }
    column.width = whole;
}

}  // namespace

void draw_weak_unit(Ui& ui, const Box& place, const WeakUnit& unit) {
    sheet(place);
    const Container region(ui, make_node(ui, "weak/drawer", Role::region, unit.name, place));
    draw_weak_close(ui, place, "weak/unit/" + unit.name);
    chip(ui, place.x + ui.px(16), place.y + ui.px(12), stage_words(ui, unit.stage), tone_of(unit.stage));
    const Box body{place.x + 1, place.y + ui.px(44), place.width - 2, place.height - ui.px(46)};
    ScrollArea scroll(ui, "weak/drawer/scroll", body);
    WeakColumn column(ui, "weak/drawer", body.x + ui.px(16), body.width - ui.px(34), scroll.origin().y);
    column.title("unit", unit.name);
    column.line("next", ui.say("ui.weak.next", {{"what", next_words(ui, unit)}}), style::small);
    draw_row_findings(column, unit);
    // What is to be done stands where it is seen at once, why below it.
    if (unit.stage == WeakStage::candidate)
        draw_decision(column, unit);
    else
        draw_decided(column, unit);
    draw_grounds(column, unit);
    if (unit.stage <= WeakStage::struck) draw_weak_survey(column, unit);
    if (unit.stage >= WeakStage::confirmed) {
        draw_help(column, unit);
        draw_weak_survey(column, unit);
        draw_weak_plan(column, unit);
        draw_weak_review(column, unit);
    }
    scroll.follow_focus();
    scroll.finish(column.y - scroll.origin().y + ui.px(16));
}

}  // namespace duibiao::ui
