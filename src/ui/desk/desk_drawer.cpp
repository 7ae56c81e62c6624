// One unit of the campaign: its figures, what is to be looked at, and what can be done.
#include <algorithm>

#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

/// The middle total of the unit's class, of at least three: fewer would give another unit away.
std::optional<Points> class_median(const Ui& ui, const DeskUnit& unit, std::size_t layer) {
    constexpr std::size_t fewest = 3;
    std::vector<std::int64_t> totals;
    for (const DeskUnit& other : desk_view(ui).units) {
        const auto total = other.total(layer);
        if (total && other.class_name == unit.class_name) totals.push_back(total->hundredths());
    }
    if (totals.size() < fewest) return std::nullopt;
    std::sort(totals.begin(), totals.end());
    const std::size_t middle = totals.size() / 2;
    const std::int64_t sum = totals.size() % 2 == 1 ? 2 * totals[middle] : totals[middle - 1] + totals[middle];
    return Points::from_hundredths(sum / 2);
}

struct Drawer {
    Ui& ui;
    const DeskUnit& unit;
    float x;
    float width;
    float y;

    void line(std::string id, const std::string& text, const TextStyle& style) {
        const float height = write_wrapped(ui, x, y, width, text, style);
        emit_text(ui, "desk/drawer/" + id, text, {x, y, width, height});
        y += height + ui.px(6);
    }
};

void draw_total(Drawer& drawer) {
    Ui& ui = drawer.ui;
    const DeskUnit& unit = drawer.unit;
    const std::size_t layer = ui.view.desk.layer;
    const auto total = unit.total(layer);
    if (!total) return;
    Points of;
    for (const DeskPlace& section : desk_view(ui).sections) of += section.points.value_or(Points{});
    const TextStyle big{34, Weight::bold, colour::text};
    const float used = write(ui, drawer.x, drawer.y, total->to_string(), big);
    std::string rest = "/ " + of.to_string();
    if (const auto median = class_median(ui, unit, layer))
        rest += "　" + ui.say("ui.desk.class-median", {{"median", median->to_string()}});
    write_in(ui, {drawer.x + used + ui.px(8), drawer.y + ui.px(16), drawer.width - used - ui.px(8), ui.px(28)}, rest,
             style::small);
    emit_text(ui, "desk/drawer/total", layer_name(ui, layer) + " " + total->to_string() + " " + rest,
              {drawer.x, drawer.y, drawer.width, ui.px(50)});
    drawer.y += ui.px(54);
    if (!unit.grade.empty()) drawer.line("grade", ui.say("ui.desk.grade", {{"grade", unit.grade}}), style::body_strong);
    if (unit.is_vetoed) drawer.line("veto", ui.say("ui.desk.veto"), with_colour(style::body_strong, colour::accent));
}

/// Where two layers differ most, section by section.
void draw_differences(Drawer& drawer) {
    Ui& ui = drawer.ui;
    const auto& sections = drawer.unit.sections;
    std::vector<std::pair<std::int64_t, std::string>> lines;
    for (std::size_t layer = 1; layer < sections.size(); ++layer) {
        for (std::size_t i = 0; i < sections[layer].size() && i < desk_view(ui).sections.size(); ++i) {
            const auto& now = sections[layer][i];
            const auto& before = sections[layer - 1][i];
            if (!now || !before || *now == *before) continue;
            const std::int64_t size = (*now - *before).hundredths();
            lines.emplace_back(-(size < 0 ? -size : size), desk_view(ui).sections[i].name + "　" +
                                                               layer_name(ui, layer - 1) + " " + before->to_string() +
                                                               " → " + layer_name(ui, layer) + " " + now->to_string());
        }
    }
    if (lines.empty()) return;
    std::sort(lines.begin(), lines.end());
    constexpr std::size_t most = 3;
    drawer.line("differences", ui.say("ui.desk.differences"), style::small_strong);
    for (std::size_t i = 0; i < lines.size() && i < most; ++i)
        drawer.line("difference/" + std::to_string(i), lines[i].second, style::small);
}

void draw_rules(Drawer& drawer) {
    Ui& ui = drawer.ui;
    const DeskUnit& unit = drawer.unit;
    if (unit.grave() == 0) return drawer.line("fine", ui.say("ui.desk.nothing-found"), style::small);
    drawer.line("found", ui.say("ui.desk.to-look-at", {{"count", std::int64_t{unit.grave()}}}), style::small_strong);
    for (const DeskRule& rule : desk_view(ui).rules) {
        const auto found = unit.by_rule.find(rule.code);
        if (found == unit.by_rule.end() || rule.severity == "notice") continue;
        const bool is_error = rule.severity == "error";
        const std::string text =
            found->second > 1 ? ui.say("ui.desk.times", {{"what", rule.title}, {"count", std::int64_t{found->second}}})
                              : rule.title;
        const float height = wrapped_height(ui, drawer.width - ui.px(22), text, style::small) + ui.px(14);
        const Box box{drawer.x, drawer.y, drawer.width, height};
        fill(box, is_error ? colour::accent_tint : colour::warning_tint, 5);
        fill({box.x, box.y, ui.px(3), box.height}, is_error ? colour::accent : colour::warning, 1);
        write_wrapped(ui, box.x + ui.px(12), box.y + ui.px(7), drawer.width - ui.px(22), text,
                      with_colour(style::small, colour::text));
        emit_text(ui, "desk/drawer/rule/" + rule.code, text, box);
        drawer.y = box.bottom() + ui.px(6);
    }
}

void draw_contact(Drawer& drawer) {
    Ui& ui = drawer.ui;
    const DeskUnit& unit = drawer.unit;
    const auto say = [&](const char* key, const std::string& value) {
        if (!value.empty()) drawer.line(key, ui.say("ui.desk.column." + std::string(key)) + "　" + value, style::small);
    };
    say("district", unit.district);
    say("class", unit.class_name);
    say("contact", unit.contact);
    say("email", unit.email);
    say("due", unit.due);
    say("reminded", unit.reminded);
    if (unit.state != UnitState::missing) say("handed", unit.handed);
    say("code", unit.code);
}

void draw_buttons(Drawer& drawer) {
    Ui& ui = drawer.ui;
    const DeskUnit& unit = drawer.unit;
    drawer.y += ui.px(6);
    const Box place{drawer.x, drawer.y, drawer.width, ui.px(38)};
    drawer.y = place.bottom() + ui.px(8);
    if (!unit.key.empty()) {
        const bool is_done = unit.state == UnitState::accepted || unit.state == UnitState::returned;
        const std::string label = ui.say(is_done ? "ui.desk.open-report" : "ui.desk.open-acceptance");
        if (button(ui, place, {"desk/drawer/open", label, {}, ButtonKind::primary})) open_unit(ui, unit);
        const std::string letter = ui.say("ui.desk.letter");
        if (button(ui, {drawer.x, drawer.y, drawer.width, ui.px(34)}, {"desk/drawer/letter", letter}))
            ui.send(command::WriteDesk{"letter", "docx", unit.document});
        drawer.y += ui.px(44);
        return;
    }
    const std::string label = ui.say("ui.desk.note-reminder");
    if (button(ui, place, {"desk/drawer/remind", label, {}, ButtonKind::plain, opened(ui).is_open()}))
        ui.send(command::NoteReminder{{unit.unit}});
}

}  // namespace

void draw_unit_drawer(Ui& ui, const Box& place, const DeskUnit& unit) {
    sheet(place);
    const Container region(
        ui, make_node(ui, "desk/drawer", Role::region, ui.say("ui.desk.drawer", {{"unit", unit.unit}}), place));
    const std::string close = ui.say("ui.close");
    const float close_width = button_width(ui, close);
    if (button(ui, {place.right() - close_width - ui.px(10), place.y + ui.px(8), close_width, ui.px(30)},
               {"desk/drawer/close", close, {}, ButtonKind::quiet})) {
        ui.view.desk.selected.clear();
        ui.mirror.request_focus("desk/unit/" + unit.unit);
    }
    state_chip(ui, place.x + ui.px(16), place.y + ui.px(12), unit.state);
    const Box body{place.x + 1, place.y + ui.px(44), place.width - 2, place.height - ui.px(46)};
    ScrollArea scroll(ui, "desk/drawer/scroll", body);
    Drawer drawer{ui, unit, scroll.origin().x + ui.px(16), body.width - ui.px(34), scroll.origin().y};
    drawer.line("unit", unit.unit, {18, Weight::bold, colour::text});
    draw_total(drawer);
    if (!unit.key.empty()) draw_rules(drawer);
    if (!unit.unusable.empty())
        drawer.line("unusable", ui.say("ui.desk.came-unusable") + "：" + unit.unusable,
                    with_colour(style::small, colour::accent));
    draw_differences(drawer);
    draw_buttons(drawer);
    draw_contact(drawer);
    scroll.finish(drawer.y - scroll.origin().y + ui.px(12));
}

}  // namespace duibiao::ui
