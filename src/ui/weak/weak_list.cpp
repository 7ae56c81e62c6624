// The list of weak organisations: how far each has come, and what is next.
#include <algorithm>

#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t table_part = 2;

struct Places {
    float name;
    float name_width;
    float stage;
    float plan;  ///< 0: there is no room for it
    float limit;
    float leader;
    float next;
    float right;
};

Places places_of(const Ui& ui, const Box& line) {
    Places places{};
    places.name = line.x + ui.px(16);
    places.right = line.right() - ui.px(14);
    const bool is_wide = line.width > ui.px(880);
    const bool is_medium = line.width > ui.px(560);
    float x = places.right;
    const auto take = [&](float width) {
        x -= ui.px(width) + ui.px(12);
        return x + ui.px(12);
    };
    if (is_medium) places.next = take(is_wide ? 250 : 180);
    if (is_wide) places.leader = take(90);
    if (is_wide) places.limit = take(96);
    if (is_medium) places.plan = take(110);
    places.stage = take(84);
    places.name_width = std::max(ui.px(80), x - places.name);
    return places;
}

void draw_heads(Ui& ui, const Box& box, const Places& places) {
    fill({box.x + 1, box.y + 1, box.width - 2, box.height - 1}, colour::head);
    const auto put = [&](const char* key, float x, float width) {
        if (x <= 0) return;
        const Box place{x, box.y, width, box.height};
        const std::string text = ui.say("ui.weak.head." + std::string(key));
        write_in(ui, place, text, {13, Weight::semibold, colour::secondary});
        emit_text(ui, "weak/head/" + std::string(key), text, place);
    };
    put("name", places.name, places.name_width);
    put("stage", places.stage, ui.px(84));
    put("plan", places.plan, ui.px(110));
    put("limit", places.limit, ui.px(96));
    put("leader", places.leader, ui.px(90));
    put("next", places.next, places.right - places.next);
    horizontal_line(box.x, box.bottom() - 1, box.width);
}

std::string plan_words(const Ui& ui, const WeakUnit& unit) {
    if (!unit.plan) return {};
    return ui.say("ui.weak.plan.of",
                  {{"closed", number(unit.plan->closed())}, {"count", number(unit.plan->items.size())}});
}

void draw_plan_bar(Ui& ui, const Places& places, const Box& box, const WeakUnit& unit) {
    if (!unit.plan || places.plan <= 0) return;
    const float bar = ui.px(52);
    progress_bar(ui, {places.plan, box.y + box.height / 2 - ui.px(3), bar, ui.px(6)},
                 Points::from_whole(number(unit.plan->closed())),
                 Points::from_whole(std::max<std::int64_t>(1, number(unit.plan->items.size()))));
    write_in(ui, {places.plan + bar + ui.px(8), box.y, ui.px(50), box.height}, plan_words(ui, unit), style::small);
}

void draw_unit_line(Ui& ui, const Box& box, const Places& places, const WeakUnit& unit) {
    const bool is_selected = ui.view.weak.selected == unit.name;
    const std::string id = "weak/unit/" + unit.name;
    const std::string stage = stage_words(ui, unit.stage);
    const std::string next = next_words(ui, unit);
    const std::string words = unit.name + " " + stage + " " + plan_words(ui, unit) + " " + next;
    const AreaState state = area(ui, box, {id, words, Role::button, is_selected, 4});
    if (is_selected || state.hovered) fill(box.inset(1, 0), is_selected ? colour::selected : colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const bool is_struck = unit.stage == WeakStage::struck;
    write_in(ui, {places.name, box.y, places.name_width, box.height}, unit.name,
             is_struck ? with_colour(style::body, colour::secondary) : style::body_strong);
    chip(ui, places.stage, box.y + (box.height - chip_height(ui)) / 2, stage, tone_of(unit.stage));
    draw_plan_bar(ui, places, box, unit);
    if (places.limit > 0)
        write_in(ui, {places.limit, box.y, ui.px(96), box.height}, unit.limit,
                 unit.is_late ? with_colour(style::small, colour::accent) : style::small);
    if (places.leader > 0)
        write_in(ui, {places.leader, box.y, ui.px(90), box.height}, weak_text(ui, unit, "leader"), style::small);
    if (places.next > 0) write_in(ui, {places.next, box.y, places.right - places.next, box.height}, next, style::small);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 1), 4);
    if (state.pressed) {
        ui.view.weak.selected = is_selected ? std::string() : unit.name;
        ui.view.weak.reason.clear();
        ui.view.weak.item.clear();
    }
}

void draw_weak_units(Ui& ui, const Box& place) {
    sheet(place);
    const float head = ui.px(38);
    const Places places = places_of(ui, place);
    draw_heads(ui, {place.x, place.y, place.width, head}, places);
    const Box body{place.x, place.y + head, place.width, place.height - head - 1};
    ScrollArea scroll(ui, "weak/units/scroll", body);
    const Container list(ui, make_node(ui, "weak/units", Role::group, ui.say("ui.weak.part.list.name"), place));
    float y = scroll.origin().y;
    const float line = ui.px(44);
    for (const WeakUnit& unit : weak(ui).units) {
        const Box box{place.x, y, place.width, line};
        const bool is_in_sight = box.bottom() > body.y - line && box.y < body.bottom() + line;
        if (is_in_sight || ui.view.weak.selected == unit.name) draw_unit_line(ui, box, places, unit);
        y += line;
    }
    if (weak(ui).units.empty()) {
        const std::string none = ui.say("ui.weak.list.none");
        write_in(ui, {place.x + ui.px(16), y, place.width - ui.px(32), ui.px(48)}, none, style::hint);
        emit_text(ui, "weak/list-none", none, {place.x, y, place.width, ui.px(48)});
        y += ui.px(48);
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

/// Papers of the list, and what is new in what the doors find.
float draw_list_tools(Ui& ui, const Box& column, float y) {
    const WeakState& state = weak(ui);
    const WeakSums& sums = state.sums;
    const float height = ui.px(34);
    float right = column.right();
    if (state.added > 0 || state.changed > 0) {
        const std::string update =
            ui.say("ui.weak.list.update", {{"added", number(state.added)}, {"changed", number(state.changed)}});
        const float width = button_width(ui, update);
        right -= width;
        if (button(ui, {right, y, width, height},
                   {"weak/update", update, {}, ButtonKind::primary, opened(ui).is_open()}))
            ui.send(command::UpdateWeakList{});
        right -= ui.px(8);
    }
    if (const auto format = draw_weak_papers(ui, column, y, right, "ui.weak.paper.list")) {
        if (*format == "html")
            ui.send(command::Print{});
        else
            ui.send(command::ExportOffice{*format});
    }
    const std::string text = ui.say("ui.weak.sums", {{"candidates", number(sums.candidates)},
                                                     {"confirmed", number(sums.confirmed)},
                                                     {"struck", number(sums.struck)},
                                                     {"closed", number(sums.closed)}});
    const Box words{column.x, y, std::max(0.0F, right - column.x), height};
    write_in(ui, words, text, style::small);
    emit_text(ui, "weak/sums", text, words, Role::status);
    return y + height + ui.px(8);
}

const WeakUnit* selected_in_list(const Ui& ui) {
    return ui.view.weak.selected.empty() ? nullptr : weak(ui).find(ui.view.weak.selected);
}

}  // namespace

float draw_weak_tabs(Ui& ui, const Box& column, float y) {
    const WeakState& state = weak(ui);
    std::vector<std::string> labels;
    std::vector<std::size_t> parts;
    const auto add = [&](std::size_t part, std::string label) {
        labels.push_back(std::move(label));
        parts.push_back(part);
    };
    if (!state.campaign.empty()) add(0, ui.say("ui.weak.part.candidates"));
    if (!state.list.empty()) add(1, ui.say("ui.weak.part.list"));
    if (!state.list.empty()) add(table_part, ui.say("ui.weak.part.table"));
    if (labels.size() < 2) return y;
    const std::size_t now = is_desk(ui) ? 0 : ui.view.weak.part;
    const auto at = static_cast<std::size_t>(std::find(parts.begin(), parts.end(), now) - parts.begin());
    const Box box{column.x, y, std::min(column.width, ui.px(120) * static_cast<float>(labels.size())), ui.px(34)};
    const auto chosen = segments(ui, box, "weak/parts", ui.say("ui.weak.parts"), labels, at);
    if (chosen && parts[*chosen] == 0) {
        ui.view.desk.part = weak_part;
        ui.send(command::OpenDocument{state.campaign, {}});
    } else if (chosen) {
        ui.view.weak.part = parts[*chosen];
        if (is_desk(ui)) ui.send(command::OpenDocument{state.list, {}});
    }
    return box.bottom() + ui.px(10);
}

void draw_weak(Ui& ui, ImVec2 position, ImVec2 size) {
    const float margin = ui.px(ui.is_narrow() ? 10 : 20);
    const Box column{position.x + margin, position.y, size.x - 2 * margin, size.y};
    float y = position.y + ui.px(14);
    if (ui.state.desk) y = draw_desk_tools(ui, column, y);
    const bool is_revealed = ui.state.reveal.serial != ui.view.seen_reveal && !ui.state.reveal.item.empty();
    if (is_revealed) ui.view.weak.part = table_part;
    if (ui.view.weak.part == table_part) {
        y = draw_weak_tabs(ui, column, y);
        return draw_roster(ui, {position.x, y - ui.px(8)}, {size.x, position.y + size.y - y + ui.px(8)});
    }
    const Container region(ui, make_node(ui, "main", Role::region, opened(ui).document.instrument->title,
                                         {position.x, position.y, size.x, size.y}));
    const WeakUnit* unit = selected_in_list(ui);
    const bool has_room = column.width > ui.px(980);
    if (unit != nullptr && !has_room)
        return draw_weak_unit(ui, {column.x, y, column.width, position.y + size.y - y - ui.px(12)}, *unit);
    y = draw_weak_steps(ui, column, y);
    y = draw_weak_tabs(ui, column, y);
    y = draw_list_tools(ui, column, y);
    const Box body{column.x, y, column.width, std::max(ui.px(160), position.y + size.y - y - ui.px(12))};
    const float drawer = unit != nullptr ? ui.px(460) : 0;
    draw_weak_units(ui, {body.x, body.y, body.width - (drawer > 0 ? drawer + ui.px(desk_gap) : 0), body.height});
    if (drawer > 0) draw_weak_unit(ui, {body.right() - drawer, body.y, drawer, body.height}, *unit);
}

}  // namespace duibiao::ui
