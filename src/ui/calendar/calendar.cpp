#include "ui/calendar/calendar.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/cell.hpp"
#include "core/date_text.hpp"

namespace duibiao::ui {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr int weeks = 6;
constexpr int week_days = 7;
constexpr int months_a_year = 12;

Date today_of(const Ui& ui) { return parse_date(ui.state.today).value_or(Date{}); }

bool can_stand(Date day) {
    constexpr int first_year = 1900;
    constexpr int last_year = 2200;
    const int year = static_cast<int>(day.year());
    return day.ok() && year >= first_year && year <= last_year;
}

/// The last day that the text tells; several may stand in it.
std::optional<Date> day_in(const Ui& ui, std::string_view text) {
    const auto parts = split_parts(text);
    if (parts.empty()) return std::nullopt;
    std::string day = parts.back();
    if (ui.state.opened) day = with_year_of(ui.state.opened->document.period(), day);
    const auto date = parse_date(day);
    if (date) return *date;
    const auto month = parse_month(day);
    return month ? std::optional<Date>(*month / std::chrono::day{1}) : std::nullopt;
}

void open(Ui& ui, const std::string& field, std::string_view text) {
    Calendar& calendar = ui.view.calendar;
    calendar = Calendar{};
    calendar.field = field;
    calendar.day = day_in(ui, text).value_or(today_of(ui));
    calendar.chosen = day_in(ui, text);
    calendar.text = text;
    ui.view.wants_frame = true;
}

void close(Ui& ui) {
    ui.view.calendar.field.clear();
    ui.view.wants_frame = true;
}

/// Behind 、 a day is one more; anything else gives way to it.
void take(Ui& ui) {
    Calendar& calendar = ui.view.calendar;
    const std::string day = to_string(calendar.day);
    const bool is_further = calendar.text.ends_with(part_separator) || calendar.text.ends_with(',');
    calendar.taken_for = calendar.field;
    calendar.taken = is_further ? calendar.text + day : day;
    if (!ui.touch) ui.mirror.request_focus(calendar.field);
    close(ui);
}

void go(Ui& ui, Date day) {
    if (can_stand(day)) ui.view.calendar.day = day;
}

void go_days(Ui& ui, int count) { go(ui, Date{sys_days{ui.view.calendar.day} + days{count}}); }
void go_months(Ui& ui, int count) { go(ui, add_months(ui.view.calendar.day, count)); }

void take_key(Ui& ui, std::string_view key) {
    const Date day = ui.view.calendar.day;
    if (key == "Escape" || key == "F4" || key == "Alt+ArrowUp" || key == "Alt+ArrowDown") return close(ui);
    if (key == "Enter") return take(ui);
    if (key == "ArrowLeft") return go_days(ui, -1);
    if (key == "ArrowRight") return go_days(ui, 1);
    if (key == "ArrowUp") return go_days(ui, -week_days);
    if (key == "ArrowDown") return go_days(ui, week_days);
    if (key == "PageUp") return go_months(ui, -1);
    if (key == "PageDown") return go_months(ui, 1);
    if (key == "Shift+PageUp") return go_months(ui, -months_a_year);
    if (key == "Shift+PageDown") return go_months(ui, months_a_year);
    if (key == "Home") return go(ui, day.year() / day.month() / std::chrono::day{1});
    if (key == "End") return go(ui, Date{day.year() / day.month() / std::chrono::last});
}

std::string month_words_of(const Ui& ui, Date day) {
    return ui.say("ui.calendar.month", {{"year", std::int64_t{static_cast<int>(day.year())}},
                                        {"month", std::int64_t{static_cast<unsigned>(day.month())}}});
}

/// 0: Monday.
int place_in_week(Date day) { return static_cast<int>(std::chrono::weekday{sys_days{day}}.iso_encoding()) - 1; }

std::string weekday_of(const Ui& ui, int place) { return ui.say("ui.calendar.weekday." + std::to_string(place + 1)); }

std::string day_words(const Ui& ui, Date day) {
    return ui.say("ui.calendar.day", {{"date", to_string(day)}, {"weekday", weekday_of(ui, place_in_week(day))}});
}

float cell_size(const Ui& ui) { return ui.touch || ui.is_narrow() ? std::max(44.0F, ui.px(40)) : ui.px(36); }

Box place_beside(const Ui& ui) {
    const Rect& field = ui.view.calendar.place;
    const float cell = cell_size(ui);
    const float width = cell * week_days + ui.px(24);
    const float height = cell * (weeks + 2) + ui.px(24 + 20);
    const float x = std::clamp(field.x, 8.0F, std::max(8.0F, ui.size.x - width - 8));
    const bool below = field.y + field.height + height + 8 < ui.size.y;
    const float y = below ? field.y + field.height + 4 : std::max(8.0F, field.y - height - 4);
    return {x, std::min(y, std::max(8.0F, ui.size.y - height - 8)), width, height};
}

/// « ‹ month › »
void draw_months(Ui& ui, const Box& line) {
    struct Step {
        const char* id;
        const char* sign;
        int months;
        float place;
    };
    const float size = line.height;
    const std::array<Step, 4> steps{{{"year-before", "«", -months_a_year, 0},
                                     {"month-before", "‹", -1, size},
                                     {"month-after", "›", 1, line.width - 2 * size},
                                     {"year-after", "»", months_a_year, line.width - size}}};
    for (const Step& step : steps) {
        const Box box{line.x + step.place, line.y, size, size};
        const std::string name = ui.say(std::string("ui.calendar.") + step.id);
        const AreaState state = area(ui, box, {std::string("calendar/") + step.id, name});
        if (state.hovered) fill(box, colour::hover, 6);
        write_in(ui, box, step.sign, {18, Weight::regular, colour::secondary}, 0.5F);
        if (!state.pressed) continue;
        go_months(ui, step.months);
        if (!ui.touch) ui.mirror.request_focus(ui.view.calendar.field);
    }
    write_in(ui, line, month_words_of(ui, ui.view.calendar.day), style::body_strong, 0.5F);
}

void draw_day(Ui& ui, const Box& box, Date day) {
    const Calendar& calendar = ui.view.calendar;
    const bool is_current = day == calendar.day;
    const bool is_today = day == today_of(ui);
    MirrorNode node = make_node(ui, "calendar/" + to_string(day), Role::button, day_words(ui, day), box);
    node.selected = is_current;
    node.skipped = true;  // the field's arrows lead there
    const Hit mouse = hit(node.id, box);
    const bool pressed = mouse.clicked || ui.mirror.clicked(node.id);
    emit(ui, std::move(node));
    const Box mark = box.inset(2, 2);
    if (is_current) {
        fill(mark, colour::accent, 6);
    } else if (mouse.hovered) {
        fill(mark, colour::hover, 6);
    }
    if (is_today && !is_current) outline(mark, colour::accent, 6, 1.5F);
    const bool is_inside = day.month() == calendar.day.month();
    const bool is_marked = is_current || is_today || calendar.chosen == day;
    const TextStyle style{15, is_marked ? Weight::semibold : Weight::regular,
                          is_current  ? colour::sheet
                          : is_today  ? colour::accent
                          : is_inside ? colour::text
                                      : colour::secondary};
    write_in(ui, box, std::to_string(static_cast<unsigned>(day.day())), style, 0.5F);
    if (!pressed) return;
    ui.view.calendar.day = day;
    take(ui);
}

void draw_days(Ui& ui, float x, float y) {
    const float cell = cell_size(ui);
    const Date shown = ui.view.calendar.day;
    for (int i = 0; i < week_days; ++i)
        write_in(ui, {x + cell * static_cast<float>(i), y, cell, ui.px(20)}, weekday_of(ui, i), style::small, 0.5F);
    y += ui.px(22);
    const sys_days first{shown.year() / shown.month() / std::chrono::day{1}};
    const sys_days begin = first - days{place_in_week(Date{first})};
    for (int i = 0; i < weeks * week_days; ++i) {
        const Date day{begin + days{i}};
        if (!can_stand(day)) continue;
        const int row = i / week_days;
        const Box box{x + cell * static_cast<float>(i % week_days), y + cell * static_cast<float>(row), cell, cell};
        draw_day(ui, box, day);
    }
}

void draw_foot(Ui& ui, const Box& line) {
    const std::string today = ui.say("ui.calendar.today");
    if (button(ui, {line.x, line.y, button_width(ui, today), line.height},
               {"calendar/today", today, {}, ButtonKind::quiet})) {
        ui.view.calendar.day = today_of(ui);
        take(ui);
    }
    const std::string words = day_words(ui, ui.view.calendar.day);
    const float left = button_width(ui, today) + ui.px(8);
    write_in(ui, {line.x + left, line.y, line.width - left - ui.px(4), line.height}, words, style::small, 1);
    emit_text(ui, "calendar/day", words, {line.x + left, line.y, line.width - left, line.height}, Role::status);
}

/// Where a text field got the focus that is not this one, or the mouse went down elsewhere, nobody wants a day.
bool is_left(const Ui& ui, const Box& box) {
    const Calendar& calendar = ui.view.calendar;
    if (!calendar.is_placed) return true;  // its field is not on the page any more
    for (const DomEvent& event : ui.mirror.events()) {
        const bool is_own = event.id == calendar.field || event.id.starts_with("calendar");
        if (event.kind == DomEvent::Kind::focus && !is_own) return true;
    }
    if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return false;
    const ImVec2 at = ImGui::GetMousePos();
    const Rect& field = calendar.place;
    const auto holds = [&at](float x, float y, float width, float height) {
        return at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
    };
    return !holds(box.x, box.y, box.width, box.height) && !holds(field.x, field.y, field.width, field.height);
}

/// A leaf of a calendar: a frame, its binding and two rows of days.
void paint_leaf(Ui& ui, const Box& box, ImU32 colour) {
    const float side = ui.px(16);
    const Box leaf{std::floor(box.x + (box.width - side) / 2), std::floor(box.y + (box.height - side) / 2) + 1, side,
                   side - 1};
    outline(leaf, colour, 2.5F, 1.4F);
    fill({leaf.x, leaf.y + leaf.height * 0.28F, leaf.width, 1.4F}, colour);
    for (const float x : {0.28F, 0.68F}) fill({leaf.x + leaf.width * x, leaf.y - 2, 1.6F, 4}, colour);
    for (int i = 0; i < 6; ++i)
        fill({leaf.x + leaf.width * (0.22F + 0.24F * static_cast<float>(i % 3)),
              leaf.y + leaf.height * (i < 3 ? 0.48F : 0.7F), 2, 2},
             colour);
}

}  // namespace

float calendar_room(const Ui& ui) { return ui.touch ? std::max(44.0F, ui.px(34)) : ui.px(32); }

bool is_calendar_open(const Ui& ui, std::string_view field) {
    return !ui.view.calendar.field.empty() && ui.view.calendar.field == field;
}

void paint_calendar_sign(Ui& ui, std::string_view field, const Box& box) {
    const float room = std::min(calendar_room(ui), box.width / 2);
    const Box place{box.right() - room, box.y, room, box.height};
    const bool hovered = ImGui::IsMouseHoveringRect(place.min(), place.max()) && ImGui::IsWindowHovered();
    paint_leaf(ui, place, hovered || is_calendar_open(ui, field) ? colour::accent : colour::secondary);
}

std::optional<std::string> calendar_of(Ui& ui, const std::string& field, const std::string& name, std::string_view text,
                                       const Box& box) {
    Calendar& calendar = ui.view.calendar;
    const float room = std::min(calendar_room(ui), box.width / 2);
    const Box place{box.right() - room, box.y, room, box.height};
    const Hit mouse = hit("calendar-of/" + field, place);
    MirrorNode node =
        make_node(ui, "calendar-of/" + field, Role::button, ui.say("ui.calendar.open", {{"field", name}}), place);
    node.skipped = true;  // Alt+↓ and F4 open it
    const bool pressed = mouse.clicked || ui.mirror.clicked(node.id);
    emit(ui, std::move(node));
    if (is_calendar_open(ui, field)) {
        calendar.place = {box.x, box.y, box.width, box.height};
        calendar.is_placed = true;
        if (calendar.text != text) {
            if (const auto day = day_in(ui, text)) calendar.day = *day;
            calendar.text = text;
        }
        if (pressed) close(ui);
    } else if (pressed || ui.mirror.pressed("Alt+ArrowDown", field) || ui.mirror.pressed("F4", field)) {
        open(ui, field, text);
        calendar.place = {box.x, box.y, box.width, box.height};
        calendar.is_placed = true;
        if (pressed && !ui.touch) ui.mirror.request_focus(field);
    }
    if (calendar.taken_for != field || calendar.taken_for.empty()) return std::nullopt;
    calendar.taken_for.clear();
    return std::exchange(calendar.taken, {});
}

void take_calendar_keys(Ui& ui) {
    const std::string field = ui.view.calendar.field;
    if (field.empty()) return;
    const auto is_own = [&field](const DomEvent& event) {
        const bool is_key = event.kind == DomEvent::Kind::key;
        const bool is_escape = event.id.empty() && event.key == "Escape";
        return is_key && (is_escape || event.id.starts_with("calendar") ||
                          (event.id == field && (calendar_keys.find(event.key) != std::string_view::npos ||
                                                 calendar_opening_keys.find(event.key) != std::string_view::npos)));
    };
    for (const DomEvent& event : ui.mirror.take_events(is_own)) {
        if (!ui.view.calendar.field.empty()) take_key(ui, event.key);
    }
}

void draw_calendar(Ui& ui) {
    if (ui.view.calendar.field.empty()) return;
    const Box box = place_beside(ui);
    if (is_left(ui, box)) return close(ui);
    ui.view.calendar.is_placed = false;
    ImGui::SetNextWindowPos(box.min());
    ImGui::SetNextWindowSize({box.width, box.height});
    ImGui::Begin("calendar", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    ui.over = true;
    // What stands outside an open dialog cannot be reached.
    if (!ui.state.dialog.name.empty()) ui.parents.emplace_back("dialog");
    sheet(box, 8);
    outline(box, colour::control_line, 8);
    {
        const Container month(ui,
                              make_node(ui, "calendar", Role::group, month_words_of(ui, ui.view.calendar.day), box));
        const Box inner = box.inset(ui.px(12), ui.px(10));
        const float cell = cell_size(ui);
        draw_months(ui, {inner.x, inner.y, inner.width, cell});
        draw_days(ui, inner.x, inner.y + cell);
        const float foot = std::min(cell, ui.px(36));
        draw_foot(ui, {inner.x, inner.bottom() - foot, inner.width, foot});
    }
    if (!ui.state.dialog.name.empty()) ui.parents.pop_back();
    ui.over = false;
    ImGui::End();
}

}  // namespace duibiao::ui
