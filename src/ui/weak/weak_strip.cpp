// Above a document that was opened from the list or from what the doors find: the way back.
#include <algorithm>

#include "core/rows.hpp"
#include "core/weak/check_weak.hpp"
#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

bool is_plan(const Ui& ui) { return opened(ui).document.instrument->id == weak(ui).doors.plan.form; }

bool belongs_here(const Ui& ui) {
    const Document& document = opened(ui).document;
    const Doors& doors = weak(ui).doors;
    if (document.id == weak(ui).at) return true;
    const std::string& form = document.instrument->id;
    return document.period() == weak(ui).period &&
           (form == doors.plan.form || form == doors.review.form || !doors.surveyed(form).empty());
}

/// Where the user came from: the list, or the campaign.
const std::string& way_back(const Ui& ui) {
    const WeakState& state = weak(ui);
    if (opened(ui).document.id == state.at && !state.origin.empty()) return state.origin;
    return state.list.empty() ? state.campaign : state.list;
}

std::string what_is_open(const Ui& ui) {
    const OpenedDocument& now = opened(ui);
    const Params params{{"unit", std::string(now.document.unit())}, {"form", now.document.instrument->short_title}};
    if (!is_plan(ui)) return ui.say("ui.weak.strip", params);
    std::int64_t closed = 0;
    for (const RowView& row : now.rows)
        closed += NamedCells(now.document, row.cells)["outcome"] == weak_item_closed ? 1 : 0;
    return ui.say("ui.weak.strip.plan", {{"unit", std::string(now.document.unit())},
                                         {"form", now.document.instrument->short_title},
                                         {"count", number(now.rows.size())},
                                         {"closed", closed}});
}

}  // namespace

float draw_weak_strip(Ui& ui, const Box& view) {
    if (!ui.state.weak || is_weak(ui) || is_desk(ui) || !belongs_here(ui)) return 0;
    const std::string& back = way_back(ui);
    if (back.empty()) return 0;
    const Box box{view.x, view.y, view.width, ui.px(44)};
    fill(box, colour::sheet);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const Container region(ui, make_node(ui, "weak/strip", Role::region, ui.say("ui.weak.strip.name"), box));
    float x = box.x + ui.px(14);
    const auto put = [&](const std::string& id, const std::string& label) {
        const float width = button_width(ui, label);
        const bool pressed = button(ui, {x, box.y + ui.px(6), width, ui.px(32)}, {id, label});
        x += width + ui.px(8);
        return pressed;
    };
    if (put("weak/back", ui.say(back == weak(ui).list ? "ui.weak.back.list" : "ui.weak.back.candidates")))
        ui.send(command::OpenDocument{back, {}});
    if (is_plan(ui) && !ui.is_narrow() && put("weak/give", ui.say("ui.weak.plan.give")))
        ui.send(command::GiveDocuments{{opened(ui).document.id}, true});
    const std::string text = what_is_open(ui);
    write_in(ui, {x + ui.px(6), box.y, std::max(0.0F, box.right() - x - ui.px(20)), box.height}, text, style::body);
    emit_text(ui, "weak/place", text, {x, box.y, std::max(1.0F, box.right() - x), box.height}, Role::status);
    return box.height;
}

}  // namespace duibiao::ui
