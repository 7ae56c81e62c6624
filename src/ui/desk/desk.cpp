// The superior's desk as a whole: figures, parts, and the strip above a report that is opened from it.
#include <algorithm>
#include <array>

#include "ui/desk/desk_parts.hpp"
#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::array<std::string_view, 6> parts{"units", "scores", "findings", "papers", "list", "weak"};
constexpr std::size_t list_part = 4;

std::optional<Date> due_of(const Ui& ui) {
    const auto due = parse_date(opened(ui).document.text(Layer::self, "header", "due"));
    return due ? std::optional(*due) : std::nullopt;
}

/// "截止 12-20 · 还有 21 天", and what the form is.
std::string due_words(const Ui& ui) {
    const auto due = due_of(ui);
    const auto today = parse_date(ui.state.today);
    if (!due || !today) return ui.say("ui.desk.no-due");
    const std::int64_t days = (std::chrono::sys_days(*due) - std::chrono::sys_days(*today)).count();
    const Params params{{"date", to_string(*due)}, {"count", days < 0 ? -days : days}};
    return ui.say(days < 0 ? "ui.desk.overdue" : days == 0 ? "ui.desk.due-today" : "ui.desk.due", params);
}

bool is_overdue(const Ui& ui) {
    const auto due = due_of(ui);
    const auto today = parse_date(ui.state.today);
    return due && today && std::chrono::sys_days(*due) < std::chrono::sys_days(*today);
}

/// How far taking in is, with 停止.
float draw_progress(Ui& ui, const Box& column, float y) {
    if (!desk(ui).progress) return y;
    const DeskProgress& progress = *desk(ui).progress;
    const Box box{column.x, y, column.width, ui.px(48)};
    sheet(box);
    const std::int64_t seconds = (progress.left_ms + 999) / 1000;
    const std::string text = ui.say(progress.done == 0 ? "ui.desk.taking" : "ui.desk.taking-left",
                                    {{"done", progress.done}, {"total", progress.total}, {"seconds", seconds}});
    const std::string stop = ui.say("ui.desk.stop");
    const float width = button_width(ui, stop);
    write_in(ui, {box.x + ui.px(16), box.y, ui.px(300), box.height - 4}, text, style::body);
    emit_text(ui, "desk/progress", text, box, Role::status);
    const float left = box.x + ui.px(330);
    progress_bar(ui, {left, box.y + ui.px(21), std::max(0.0F, box.right() - width - ui.px(40) - left), ui.px(6)},
                 Points::from_whole(progress.done), Points::from_whole(std::max<std::int64_t>(1, progress.total)));
    if (button(ui, {box.right() - width - ui.px(8), box.y + ui.px(8), width, ui.px(32)}, {"desk/stop", stop}))
        ui.send(command::StopTaking{});
    return box.bottom() + ui.px(desk_gap);
}

/// The program or its storage cannot be had: what to do.
float draw_failure(Ui& ui, const Box& column, float y) {
    if (desk(ui).failure.empty()) return y;
    const std::string text = ui.say("ui.desk.failure." + desk(ui).failure);
    return draw_alarm(ui, "desk/failure", column, y, text) + ui.px(desk_gap);
}

void draw_part(Ui& ui, const Box& place) {
    switch (ui.view.desk.part) {
        case 1:
            return desk_view(ui).table_rows.empty() ? draw_desk_scores(ui, place) : draw_desk_rows(ui, place);
        case 2:
            return draw_desk_findings(ui, place);
        case 3:
            return draw_desk_papers(ui, place);
        default:
            return draw_desk_units(ui, place);
    }
}

/// The name of what is collected, its last day, and the ways in.
float draw_head(Ui& ui, const Box& column, float y) {
    const float height = ui.px(36);
    float right = column.right();
    const auto put = [&](const std::string& id, const char* key, ButtonKind kind) {
        const std::string label = ui.say(key);
        const float width = button_width(ui, label);
        right -= width;
        const bool pressed = button(ui, {right, y, width, height}, {id, label, {}, kind});
        right -= ui.px(8);
        return pressed;
    };
    if (put("desk/open", "ui.desk.open", ButtonKind::primary)) ui.send(command::PickReports{false});
    if (!ui.is_narrow() && put("desk/folder", "ui.desk.folder", ButtonKind::plain)) ui.send(command::PickReports{true});
    const std::string due = due_words(ui);
    const std::string title = desk(ui).view ? desk_view(ui).title : std::string();
    float x = column.x;
    if (!title.empty() && !ui.is_narrow()) {
        const float width = std::min(ui.text.measure(title, style::card_title) + 2, right - x - ui.px(200));
        write_in(ui, {x, y, width, height}, title, style::card_title);
        emit_heading(ui, "desk/title", title, 2, {x, y, width, height});
        x += width + ui.px(12);
    }
    const Box chip_box{x, y + (height - chip_height(ui)) / 2, chip_width(ui, due), chip_height(ui)};
    chip(ui, chip_box.x, chip_box.y, due, is_overdue(ui) ? Tone::warning : Tone::neutral);
    emit_text(ui, "desk/due", due, chip_box);
    return y + height + ui.px(desk_gap);
}

}  // namespace

float draw_desk_tools(Ui& ui, const Box& column, float y) {
    std::vector<std::string> labels;
    labels.reserve(parts.size());
    for (const std::string_view part : parts) labels.push_back(ui.say("ui.desk.part." + std::string(part)));
    if (desk(ui).view && !desk_view(ui).table_rows.empty()) labels[1] = ui.say("ui.desk.part.rows");
    if (ui.is_narrow()) labels[weak_part] = ui.say("ui.desk.part.weak.short");
    const float width = std::min(column.width, ui.px(92) * static_cast<float>(labels.size()));
    const Box box{column.x, y, width, ui.px(34)};
    const std::size_t at = is_weak(ui) ? weak_part : ui.view.desk.part;
    if (const auto now = segments(ui, box, "desk/parts", ui.say("ui.desk.parts"), labels, at)) {
        ui.view.desk.part = *now;
        if (is_weak(ui) && *now != weak_part) ui.send(command::OpenDesk{});
        if (is_desk(ui) && *now == weak_part) ui.send(command::OpenWeak{});
    }
    return box.bottom() + ui.px(10);
}

namespace {

/// 认定条件 are seen where they are chosen, not in the list of units.
void take_doors_reveal(Ui& ui) {
    const RevealWish& wish = ui.state.reveal;
    const bool is_of_doors = wish.item == "header" && wish.field.starts_with("doors");
    if (ui.view.desk.part == weak_part && is_of_doors) ui.view.seen_reveal = wish.serial;
}

}  // namespace

void draw_desk(Ui& ui, ImVec2 position, ImVec2 size) {
    if (!ui.state.desk) return;
    take_doors_reveal(ui);
    const float margin = ui.px(ui.is_narrow() ? 10 : 20);
    const Box column{position.x + margin, position.y, size.x - 2 * margin, size.y};
    if (ui.view.desk.part == list_part ||
        (ui.state.reveal.serial != ui.view.seen_reveal && !ui.state.reveal.item.empty())) {
        ui.view.desk.part = list_part;
        const float y = draw_desk_tools(ui, column, position.y + ui.px(14));
        return draw_roster(ui, {position.x, y - ui.px(8)}, {size.x, position.y + size.y - y + ui.px(8)});
    }
    const Container region(ui, make_node(ui, "main", Role::region, opened(ui).document.instrument->title,
                                         {position.x, position.y, size.x, size.y}));
    float y = draw_head(ui, column, position.y + ui.px(14));
    y = draw_progress(ui, column, draw_failure(ui, column, y));
    if (!desk(ui).view) {
        if (desk(ui).failure.empty())
            write_in(ui, {column.x, y, column.width, ui.px(40)}, ui.say("ui.desk.loading"), style::hint);
        return;
    }
    if (ui.view.desk.part == weak_part) {
        y = draw_desk_tools(ui, column, y);
        return draw_weak_candidates(ui, {column.x, y, column.width, position.y + size.y - y - ui.px(12)});
    }
    const bool is_empty = desk_view(ui).units.empty() && desk_view(ui).received == 0;
    if (is_empty) {
        y = draw_desk_tools(ui, column, y);
        return draw_desk_begin(ui, {column.x, y, column.width, position.y + size.y - y});
    }
    refresh_desk_list(ui);
    y = draw_desk_cards(ui, column, y);
    y = draw_desk_tools(ui, column, y);
    const float foot = ui.px(12);
    draw_part(ui, {column.x, y, column.width, std::max(ui.px(160), position.y + size.y - y - foot)});
}

void draw_desk_begin(Ui& ui, const Box& place) {
    float y = place.y + ui.px(8);
    for (int i = 1; i <= 3; ++i) {
        const std::string number = std::to_string(i);
        const std::string text = ui.say("ui.desk.begin." + number);
        const float radius = ui.px(13);
        const Box row{place.x, y, std::min(place.width, ui.px(760)), 0};
        canvas()->AddCircleFilled({row.x + radius, row.y + radius}, radius, colour::accent_tint);
        write_in(ui, {row.x, row.y, 2 * radius, 2 * radius}, number, {14, Weight::semibold, colour::accent}, 0.5F);
        const float height = write_wrapped(ui, row.x + 2 * radius + ui.px(12), row.y + ui.px(1),
                                           row.width - 2 * radius - ui.px(12), text, style::body);
        emit_text(ui, "desk/begin/" + number, number + " " + text, {row.x, row.y, row.width, height});
        y += std::max(height, 2 * radius) + ui.px(16);
    }
    const std::string label = ui.say("ui.desk.begin.list");
    if (button(ui, {place.x + ui.px(38), y, button_width(ui, label), ui.px(36)}, {"desk/begin/list", label}))
        ui.view.desk.part = list_part;
}

// --- Above a report -----------------------------------------------------------------------------------------------

float draw_desk_strip(Ui& ui, const Box& view) {
    if (const float height = draw_weak_strip(ui, view); height > 0) return height;
    if (!ui.state.desk || is_desk(ui) || ui.state.desk->at.empty()) return 0;
    const DeskState& desk = *ui.state.desk;
    const DeskUnit* unit = desk.find(desk.at);
    if (unit == nullptr || unit->document != opened(ui).document.id) return 0;
    const auto here = std::find(desk.walk.begin(), desk.walk.end(), desk.at);
    const auto at = static_cast<std::size_t>(here - desk.walk.begin());
    const Box box{view.x, view.y, view.width, ui.px(44)};
    fill(box, colour::sheet);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const Container region(ui, make_node(ui, "desk/strip", Role::region, ui.say("ui.desk.strip"), box));
    float x = box.x + ui.px(14);
    const auto put = [&](const std::string& id, const std::string& label, bool enabled) {
        const float width = button_width(ui, label);
        const bool pressed =
            button(ui, {x, box.y + ui.px(6), width, ui.px(32)}, {id, label, {}, ButtonKind::plain, enabled});
        x += width + ui.px(8);
        return pressed && enabled;
    };
    if (put("desk/back", ui.say("ui.desk.back"), true)) ui.send(command::OpenDesk{});
    const bool has_before = here != desk.walk.end() && at > 0;
    const bool has_next = here != desk.walk.end() && at + 1 < desk.walk.size();
    const bool before = put("desk/before", ui.say("ui.desk.before"), has_before) ||
                        (has_before && ui.mirror.pressed("Alt+ArrowUp", {}));
    const bool next =
        put("desk/next", ui.say("ui.desk.next"), has_next) || (has_next && ui.mirror.pressed("Alt+ArrowDown", {}));
    if (before) ui.send(command::OpenUnit{desk.walk[at - 1], {}});
    if (next) ui.send(command::OpenUnit{desk.walk[at + 1], {}});
    const Sum& sum = opened(ui).tally.layers[index_of(opened(ui).layer)];
    const bool is_upper = opened(ui).layer != Layer::self && opened(ui).is_open();
    const std::int64_t left = sum.of - sum.scored;
    if (is_upper && left > 0 && !ui.is_narrow() && put("desk/take", ui.say("ui.desk.take", {{"count", left}}), true))
        ui.send(command::TakeScores{});
    if (is_upper && put("desk/decide", ui.say("ui.desk.decide"), true)) ui.send(command::ShowDialog{"send", {}});
    const std::string text = ui.say("ui.desk.place", {{"at", static_cast<std::int64_t>(at + 1)},
                                                      {"of", static_cast<std::int64_t>(desk.walk.size())},
                                                      {"unit", unit->unit}});
    write_in(ui, {x + ui.px(6), box.y, std::max(0.0F, box.right() - x - ui.px(20)), box.height}, text, style::body);
    emit_text(ui, "desk/place", text, {x, box.y, std::max(1.0F, box.right() - x), box.height}, Role::status);
    return box.height;
}

}  // namespace duibiao::ui
