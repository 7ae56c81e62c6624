// The steps of the notice with their last days, how many have come how far, and what is next.
#include <algorithm>

#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

using Of = WeakStep::Of;

struct StepShown {
    std::string number;
    std::string title;
    std::string day;
    std::string text;
    std::string clause;
    bool is_done = false;
    bool is_over = false;  ///< its last day is past, and it is not done
    bool is_now = false;
};

std::string step_text(const Ui& ui, Of of) {
    const WeakSums& sums = weak(ui).sums;
    switch (of) {
        case Of::problems: {
            std::int64_t on = 0;
            for (const Door& door : weak(ui).doors.doors) on += door.is_on ? 1 : 0;
            return ui.say("ui.weak.step.problems", {{"count", on}});
        }
        case Of::check:
            return sums.expected ? ui.say("ui.weak.step.check.of",
                                          {{"count", number(sums.checked)}, {"of", number(*sums.expected)}})
                                 : ui.say("ui.weak.step.check", {{"count", number(sums.checked)}});
        case Of::survey:
            return ui.say("ui.weak.step.survey",
                          {{"count", number(sums.surveyed)}, {"confirmed", number(sums.confirmed)}});
        case Of::rectify:
            return ui.say("ui.weak.step.rectify", {{"count", number(sums.rectified)}, {"of", number(sums.confirmed)}});
        case Of::review:
            break;
    }
    return ui.say("ui.weak.step.review", {{"count", number(sums.closed)}, {"of", number(sums.confirmed)}});
}

bool is_step_done(const Ui& ui, Of of) {
    const WeakSums& sums = weak(ui).sums;
    const bool has_list = !weak(ui).units.empty();
    switch (of) {
        case Of::problems:
            return true;
        case Of::check:
            return sums.expected && *sums.expected > 0 && sums.checked >= *sums.expected;
        case Of::survey:
            return has_list && sums.candidates == 0;
        case Of::rectify:
            return sums.confirmed > 0 && sums.rectified == sums.confirmed;
        case Of::review:
            break;
    }
    return sums.confirmed > 0 && sums.closed == sums.confirmed;
}

std::vector<StepShown> steps_of(const Ui& ui) {
    const auto today = parse_date(ui.state.today);
    std::vector<StepShown> steps;
    bool has_now = false;
    for (const WeakStep& step : weak(ui).doors.steps) {
        StepShown shown;
        shown.number = std::to_string(steps.size() + 1);
        shown.title = step.title;
        shown.clause = step.clause;
        shown.text = step_text(ui, step.of);
        shown.is_done = is_step_done(ui, step.of);
        if (const auto day = last_day(step, weak(ui).period)) {
            shown.day = ui.say("ui.weak.step.until", {{"date", day_words(*day)}});
            shown.is_over = today && !shown.is_done && std::chrono::sys_days(*day) < std::chrono::sys_days(*today);
        }
        shown.is_now = !shown.is_done && !has_now;
        has_now = has_now || shown.is_now;
        steps.push_back(std::move(shown));
    }
    return steps;
}

void draw_number(Ui& ui, float x, float y, const StepShown& step) {
    const float radius = ui.px(11);
    const ImU32 ground = step.is_done ? colour::good_tint : step.is_now ? colour::accent : colour::neutral_tint;
    const ImU32 ink = step.is_done ? colour::good : step.is_now ? colour::sheet : colour::secondary;
    canvas()->AddCircleFilled({x + radius, y + radius}, radius, ground);
    write_in(ui, {x, y, 2 * radius, 2 * radius}, step.is_done ? "✓" : step.number, {13, Weight::semibold, ink}, 0.5F);
}

std::string spoken(const Ui& ui, const StepShown& step) {
    std::string words = step.number + " " + step.title;
    if (!step.day.empty()) words += " " + step.day;
    words += " " + step.text + " " + step.clause;
    if (step.is_over) words += " " + ui.say("ui.weak.step.over");
    return words;
}

void draw_step(Ui& ui, const Box& box, const StepShown& step) {
    sheet(box);
    if (step.is_now) outline(box, colour::accent, 8, 2);
    draw_number(ui, box.x + ui.px(12), box.y + ui.px(11), step);
    const float x = box.x + ui.px(42);
    const float right = box.right() - ui.px(12);
    float title_right = right;
    if (!step.day.empty()) {
        const float width = ui.text.measure(step.day, style::small) + 2;
        title_right -= width + ui.px(6);
        write_in(ui, {right - width, box.y + ui.px(10), width, ui.px(24)}, step.day,
                 step.is_over ? with_colour(style::small, colour::accent) : style::small, 1);
    }
    write_in(ui, {x, box.y + ui.px(10), std::max(0.0F, title_right - x), ui.px(24)}, step.title, style::body_strong);
    const float clause = ui.text.measure(step.clause, style::small) + 2;
    const float room = right - clause - ui.px(8) - x;
    write_in(ui, {x, box.y + ui.px(36), std::max(0.0F, room), ui.px(22)}, step.text, style::small);
    write_in(ui, {right - clause, box.y + ui.px(36), clause, ui.px(22)}, step.clause,
             with_colour(style::small, colour::faint), 1);
    emit_text(ui, "weak/step/" + step.number, spoken(ui, step), box);
}

/// On a narrow page: numbers and days beside each other, and the step that is now in words.
float draw_short_steps(Ui& ui, const Box& column, float y, const std::vector<StepShown>& steps) {
    if (steps.empty()) return y;
    const float width = column.width / static_cast<float>(steps.size());
    const StepShown* now = &steps.back();
    sheet({column.x, y, column.width, ui.px(86)});
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const StepShown& step = steps[i];
        const Box box{column.x + static_cast<float>(i) * width, y + ui.px(8), width, ui.px(46)};
        draw_number(ui, box.x + width / 2 - ui.px(11), box.y, step);
        write_in(ui, {box.x, box.y + ui.px(24), width, ui.px(20)}, step.day,
                 step.is_over ? with_colour(style::small, colour::accent) : style::small, 0.5F);
        emit_text(ui, "weak/step/" + step.number, spoken(ui, step), box);
        if (step.is_now) now = &step;
    }
    const std::string text = now->title + "　" + now->text + "　" + now->clause;
    write_in(ui, {column.x + ui.px(12), y + ui.px(58), column.width - ui.px(24), ui.px(22)}, text, style::small);
    return y + ui.px(94);
}

/// What the whole waits for, the most pressing first.
std::string next_of_all(const Ui& ui) {
    const WeakState& all = weak(ui);
    const WeakSums& sums = all.sums;
    const auto count = [&](const char* key, std::size_t value) {
        return ui.say("ui.weak.next." + std::string(key), {{"count", number(value)}});
    };
    if (!all.failure.empty()) return all.failure;
    if (all.list.empty() && all.added > 0) return count("list", all.added);
    if (all.added > 0) return count("added", all.added);
    if (all.changed > 0) return count("changed", all.changed);
    if (sums.candidates > 0) return count("decide", sums.candidates);
    if (sums.waiting > 0) return count("check", sums.waiting);
    if (sums.confirmed > sums.planned) return count("plan", sums.confirmed - sums.planned);
    if (sums.late > 0) return count("late", sums.late);
    if (sums.rectified > sums.reviewed) return count("review", sums.rectified - sums.reviewed);
    if (sums.reviewed > sums.closed) return count("close", sums.reviewed - sums.closed);
    if (sums.revisits > 0) return count("revisit", sums.revisits);
    if (sums.planned > sums.rectified) return count("rectify", sums.planned - sums.rectified);
    if (sums.confirmed > 0) return ui.say("ui.weak.next.done");
    return ui.say(all.found ? "ui.weak.next.none" : "ui.weak.next.wait");
}

float draw_wide_steps(Ui& ui, const Box& column, float y, const std::vector<StepShown>& steps) {
    const float gap = ui.px(8);
    const float height = ui.px(66);
    const int across = column.width > ui.px(1100) ? std::max(1, static_cast<int>(steps.size())) : 3;
    const float width = (column.width - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto at = static_cast<int>(i);
        const int line = at / across;
        const Box box{column.x + static_cast<float>(at % across) * (width + gap),
                      y + static_cast<float>(line) * (height + gap), width, height};
        draw_step(ui, box, steps[i]);
    }
    const int rows = (static_cast<int>(steps.size()) + across - 1) / across;
    return y + static_cast<float>(rows) * (height + gap);
}

float draw_next(Ui& ui, const Box& column, float y) {
    const WeakSums& sums = weak(ui).sums;
    const bool is_done = sums.confirmed > 0 && sums.closed == sums.confirmed && sums.candidates == 0 &&
                         sums.revisits == 0 && weak(ui).added == 0 && weak(ui).changed == 0;
    const std::string next = ui.say("ui.weak.next", {{"what", next_of_all(ui)}});
    const float lines = wrapped_height(ui, column.width - ui.px(28), next, style::body);
    const Box box{column.x, y, column.width, lines + ui.px(14)};
    fill(box, is_done ? colour::good_tint : colour::warning_tint, 8);
    write_wrapped(ui, box.x + ui.px(14), box.y + ui.px(7), box.width - ui.px(28), next, style::body);
    emit_text(ui, "weak/next", next, box, Role::status);
    return box.bottom() + ui.px(10);
}

}  // namespace

std::string day_words(Date day) {
    const std::string text = to_string(day);
    return std::to_string(static_cast<unsigned>(day.month())) + text.substr(text.size() - 3);
}

float draw_weak_steps(Ui& ui, const Box& column, float y) {
    const std::vector<StepShown> steps = steps_of(ui);
    const Container list(
        ui, make_node(ui, "weak/steps", Role::group, ui.say("ui.weak.steps"), {column.x, y, column.width, ui.px(70)}));
    y = column.width > ui.px(680) ? draw_wide_steps(ui, column, y, steps) : draw_short_steps(ui, column, y, steps);
    return draw_next(ui, column, y);
}

}  // namespace duibiao::ui
