// The survey on site, the review, and closing: forms of their own that are opened from here, and the days that the
// list keeps.
#include <algorithm>

#include "core/weak/check_weak.hpp"
#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

bool is_surveyed(const Ui& ui, const WeakUnit& unit) {
    const auto& surveys = weak(ui).doors.surveys;
    return !unit.survey.empty() || (!surveys.empty() && weak(ui).file(surveys.front().form, unit.name) != nullptr);
}

/// The whole sum, step by step: what a person decides by.
void draw_sum(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    const auto lines = weak(ui).verdicts.find(unit.review);
    if (lines == weak(ui).verdicts.end()) return;
    bool& shows = ui.view.weak.shows_why;
    if (column.button("review/why", ui.say(shows ? "ui.weak.review.why.hide" : "ui.weak.review.why"),
                      ButtonKind::quiet))
        shows = !shows;
    column.end_buttons();
    if (!shows) return;
    for (std::size_t i = 0; i < lines->second.size(); ++i) {
        const TotalLine& one = lines->second[i];
        const bool is_item = one.of == TotalLine::Of::item;
        const float step = is_item ? ui.px(14) : 0;
        column.x += step;
        column.width -= step;
        column.line("review/why/" + std::to_string(i), one.text, is_item ? style::small : style::small_strong);
        column.x -= step;
        column.width += step;
    }
}

/// A verdict that closes nothing: what follows from it.
void draw_goes_on(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    column.note("review/goes-on",
                ui.say(unit.limit.empty() ? "ui.weak.review.goes-on.open" : "ui.weak.review.goes-on",
                       {{"verdict", weak_text(ui, unit, "verdict")}, {"date", unit.limit}}),
                Tone::warning);
    if (unit.is_reviewed_again) return;
    if (column.button("review/again", ui.say("ui.weak.review.again"), ButtonKind::primary))
        ui.send(command::OpenWeakForm{unit.name, true, true});
    column.end_buttons();
}

/// The verdict is a person's; what the review comes to stands beside it.
void draw_verdict(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    const bool is_open =
        weak_text(ui, unit, "verdict").empty() ||
        (unit.is_reviewed_again && unit.stage == WeakStage::reviewed && weak_text(ui, unit, "verdict") != unit.grade);
    if (!unit.grade.empty()) {
        column.line("review/grade", ui.say("ui.weak.review.grade", {{"grade", unit.grade}}), style::body_strong);
        draw_sum(column, unit);
        if (is_open && column.button("review/take", ui.say("ui.weak.review.take", {{"grade", unit.grade}}),
                                     ButtonKind::primary, opened(ui).is_open()))
            ui.send(command::WriteWeak{unit.row,
                                       {{"verdict", unit.grade}, {"accepted", ui.state.today}},
                                       {},
                                       ui.say("ui.weak.review.taken", {{"unit", unit.name}, {"grade", unit.grade}})});
        column.end_buttons();
    } else if (!unit.review.empty()) {
        column.line("review/open", ui.say("ui.weak.review.incomplete"), style::small);
        draw_sum(column, unit);
    }
    weak_cell(column, unit, "verdict");
    if (unit.stage == WeakStage::prolonged) draw_goes_on(column, unit);
}

void draw_days(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    const float whole = column.width;
    const float left = column.x;
    const float half = (whole - ui.px(12)) / 2;
    column.width = half;
    float bottom = column.y;
    bool is_left = true;
    float top = column.y;
    for (const char* cell : {"accepted", "applied", "approved", "closed", "revisited"}) {
        column.x = is_left ? left : left + half + ui.px(12);
        column.y = top;
        weak_cell(column, unit, cell);
        bottom = std::max(bottom, column.y);
        if (!is_left) top = bottom;
        is_left = !is_left;
    }
    column.x = left;
    column.width = whole;
    column.y = bottom;
    if (unit.revisit)
        column.note("revisit", ui.say("ui.weak.revisit", {{"date", to_string(*unit.revisit)}}), Tone::neutral);
}

}  // namespace

void draw_weak_survey(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    if (weak(ui).doors.surveys.empty()) return;
    column.heading("survey", ui.say("ui.weak.survey", {{"clause", weak(ui).doors.list.clause}}));
    const bool is_there = is_surveyed(ui, unit);
    if (!is_there) column.line("survey/none", ui.say("ui.weak.survey.none"), style::small);
    const Candidate* candidate = weak(ui).candidate(unit.name);
    if (candidate != nullptr && !candidate->differences.empty()) {
        for (std::size_t i = 0; i < candidate->differences.size(); ++i) {
            const SurveyDifference& one = candidate->differences[i];
            column.note("difference/" + std::to_string(i),
                        ui.say("ui.weak.difference",
                               {{"item", one.text},
                                {"unit", one.unit_says.empty() ? ui.say("ui.weak.unsaid") : one.unit_says},
                                {"survey", one.survey_says}}),
                        Tone::warning);
        }
    } else if (is_there) {
        column.line("survey/same", ui.say("ui.weak.survey.same"), style::small);
    }
    if (column.button("survey/open", ui.say(is_there ? "ui.weak.survey.open" : "ui.weak.survey.begin")))
        ui.send(command::OpenWeakForm{unit.name, false});
    column.end_buttons();
}

void draw_weak_review(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    if (!unit.plan && unit.review.empty() && unit.stage < WeakStage::reviewed) return;
    column.heading("review", ui.say("ui.weak.review", {{"clause", weak(ui).doors.review.clause}}));
    const bool is_early = unit.stage < WeakStage::prolonged;
    if (is_early && unit.review.empty()) column.line("review/early", ui.say("ui.weak.review.early"), style::small);
    if (column.button(
            "review/begin", ui.say(unit.review.empty() ? "ui.weak.review.begin" : "ui.weak.review.open"),
            unit.stage == WeakStage::rectified && unit.review.empty() ? ButtonKind::primary : ButtonKind::plain))
        ui.send(command::OpenWeakForm{unit.name, true});
    column.end_buttons();
    if (is_early) return;
    draw_verdict(column, unit);
    if (unit.stage == WeakStage::prolonged) return;
    column.heading("closing", ui.say("ui.weak.closing"));
    column.line("closing/how", ui.say("ui.weak.closing.how"), style::small);
    draw_days(column, unit);
}

}  // namespace duibiao::ui
