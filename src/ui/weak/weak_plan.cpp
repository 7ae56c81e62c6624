// A unit's plan, problem by problem: what the unit reports, and what the office says to it.
#include <algorithm>

#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

std::pair<std::string, Tone> item_state(const Ui& ui, const WeakItem& item) {
    const auto say = [&](const char* key) { return ui.say("ui.weak.item." + std::string(key)); };
    if (item.is_closed()) return {say("is-closed"), Tone::good};
    if (item.waits()) return {say("waits"), Tone::warning};
    if (!item.outcome.empty()) return {say("is-returned"), Tone::error};
    if (item.is_vague) return {say("vague"), Tone::error};
    if (item.is_overdue) return {say("overdue"), Tone::error};
    if (item.is_silent) return {say("silent"), Tone::warning};
    return {say("open"), Tone::neutral};
}

/// Measure, person, day; then what was reported on it.
std::vector<std::string> item_lines(const Ui& ui, const WeakItem& item) {
    const std::string none = ui.say("ui.weak.item.none");
    const auto or_none = [&](const std::string& text) { return text.empty() ? none : text; };
    std::vector<std::string> lines{
        ui.say("ui.weak.item.measure",
               {{"measure", or_none(item.measure)}, {"owner", or_none(item.owner)}, {"limit", or_none(item.limit)}})};
    if (!item.progress.empty() || !item.reported.empty())
        lines.push_back(ui.say("ui.weak.item.progress", {{"date", item.reported}, {"what", item.progress}}));
    if (!item.done.empty())
        lines.push_back(ui.say("ui.weak.item.done", {{"date", item.done}, {"proof", or_none(item.proof)}}));
    if (!item.reason.empty())
        lines.push_back(ui.say("ui.weak.item.reason", {{"date", item.checked}, {"reason", item.reason}}));
    return lines;
}

void draw_return(WeakColumn& column, const WeakUnit& unit, const WeakItem& item) {
    Ui& ui = column.ui;
    FieldSpec spec;
    spec.id = column.id + "/return/reason";
    spec.name = ui.say("ui.weak.item.why");
    spec.placeholder = spec.name;
    spec.max_length = 500;
    const Box box{column.x, column.y, column.width, ui.px(34)};
    draft_field(ui, box, std::move(spec), ui.view.weak.item_reason);
    column.y = box.bottom() + ui.px(8);
    const bool is_ready = !ui.view.weak.item_reason.empty();
    if (column.button("return/send", ui.say("ui.weak.item.return"), ButtonKind::primary, is_ready)) {
        ui.send(command::CheckWeakItem{unit.plan->document, item.row, false, ui.view.weak.item_reason});
        ui.view.weak.item.clear();
        ui.view.weak.item_reason.clear();
    }
    if (column.button("return/cancel", ui.say("ui.cancel"), ButtonKind::quiet)) ui.view.weak.item.clear();
    column.end_buttons();
}

void draw_item(WeakColumn& column, const WeakUnit& unit, const WeakItem& item, std::size_t index) {
    Ui& ui = column.ui;
    const std::string id = "item/" + std::to_string(index);
    const auto [state, tone] = item_state(ui, item);
    const float top = column.y;
    const float chip_room = chip_width(ui, state) + ui.px(8);
    chip(ui, column.x + column.width - chip_width(ui, state), top, state, tone);
    const std::string title = std::to_string(index + 1) + ". " + item.problem;
    const float height = write_wrapped(ui, column.x, top, column.width - chip_room, title, style::body_strong);
    emit_text(ui, column.id + "/" + id, title + " " + state, {column.x, top, column.width, height});
    column.y = top + std::max(height, chip_height(ui)) + ui.px(4);
    const auto lines = item_lines(ui, item);
    for (std::size_t i = 0; i < lines.size(); ++i) column.line(id + "/" + std::to_string(i), lines[i], style::small);
    if (ui.view.weak.item == item.row) return draw_return(column, unit, item);
    const bool is_checked = item.waits() || item.is_closed();
    if (item.waits() && column.button(id + "/close", ui.say("ui.weak.item.close"), ButtonKind::primary))
        ui.send(command::CheckWeakItem{unit.plan->document, item.row, true, {}});
    if (is_checked &&
        column.button(id + "/return", ui.say(item.waits() ? "ui.weak.item.return" : "ui.weak.item.reopen"),
                      item.waits() ? ButtonKind::plain : ButtonKind::quiet)) {
        ui.view.weak.item = item.row;
        ui.view.weak.item_reason.clear();
    }
    column.end_buttons();
    column.gap(4);
}

/// What is wrong with it as a whole.
void draw_faults(WeakColumn& column, const WeakPlan& plan) {
    Ui& ui = column.ui;
    const auto put = [&](const char* key, std::size_t count, Tone tone) {
        if (count > 0)
            column.note("plan/" + std::string(key),
                        ui.say("ui.weak.plan." + std::string(key), {{"count", number(count)}}), tone);
    };
    put("vague", plan.vague(), Tone::error);
    put("overdue", plan.overdue(), Tone::error);
    put("silent", plan.silent(), Tone::warning);
}

}  // namespace

void draw_weak_plan(WeakColumn& column, const WeakUnit& unit) {
    Ui& ui = column.ui;
    column.heading("plan", ui.say("ui.weak.plan", {{"clause", weak(ui).doors.plan.clause}}));
    if (!unit.plan) {
        column.line("plan/none", ui.say("ui.weak.plan.none"), style::small);
        if (column.button("plan/make", ui.say("ui.weak.plan.make"), ButtonKind::primary))
            ui.send(command::MakeWeakPlan{unit.row});
        return column.end_buttons();
    }
    draw_faults(column, *unit.plan);
    for (std::size_t i = 0; i < unit.plan->items.size(); ++i) draw_item(column, unit, unit.plan->items[i], i);
    if (column.button("plan/give", ui.say("ui.weak.plan.give")))
        ui.send(command::GiveDocuments{{unit.plan->document}, true});
    if (column.button("plan/open", ui.say("ui.weak.plan.open")))
        ui.send(command::OpenDocument{unit.plan->document, {}});
    column.end_buttons();
    column.line("plan/back", ui.say("ui.weak.plan.back"), style::small);
}

}  // namespace duibiao::ui
