// What the rules found over all units, rule by rule.
#include <algorithm>

#include "core/sort.hpp"
#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

int weight_of(const DeskRule& rule) { return rule.severity == "error" ? 0 : rule.severity == "warning" ? 1 : 2; }

std::vector<const DeskRule*> rules_of(const Ui& ui) {
    std::vector<const DeskRule*> rules;
    for (const DeskRule& rule : desk_view(ui).rules) rules.push_back(&rule);
    sort_stably(rules, [](const DeskRule* a, const DeskRule* b) {
        return weight_of(*a) != weight_of(*b) ? weight_of(*a) < weight_of(*b) : a->units > b->units;
    });
    return rules;
}

void draw_rule(Ui& ui, const Box& box, const DeskRule& rule) {
    const Tone tone = rule.severity == "error"     ? Tone::error
                      : rule.severity == "warning" ? Tone::warning
                                                   : Tone::neutral;
    const std::string severity = ui.say("ui.desk.severity." + rule.severity);
    const std::string figures = ui.say("ui.desk.rule.units", {{"units", rule.units}, {"count", rule.count}});
    const std::string id = "desk/rule/" + rule.code;
    const AreaState state = area(ui, box, {id, severity + " " + rule.title + " " + figures, Role::button, false, 4});
    if (state.hovered) fill(box.inset(1, 0), colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    chip(ui, box.x + ui.px(16), box.y + (box.height - chip_height(ui)) / 2, severity, tone);
    const float x = box.x + ui.px(84);
    const float room = ui.px(150);
    const auto all = static_cast<float>(std::max<std::int64_t>(1, desk_view(ui).counted));
    const bool has_bar = box.width > ui.px(640);
    const float bar = has_bar ? ui.px(160) : 0;
    write_in(ui, {x, box.y, box.right() - x - room - bar - ui.px(24), box.height}, rule.title, style::body);
    if (has_bar) {
        const Box groove{box.right() - room - bar - ui.px(8), box.y + box.height / 2 - ui.px(4), bar - ui.px(10),
                         ui.px(8)};
        fill(groove, colour::groove, 4);
        fill({groove.x, groove.y, groove.width * static_cast<float>(rule.units) / all, groove.height},
             tone == Tone::error ? IM_COL32(0xC9, 0x67, 0x5F, 255) : IM_COL32(0xD9, 0xA2, 0x4E, 255), 4);
    }
    write_in(ui, {box.right() - room - ui.px(14), box.y, room, box.height}, figures, style::small, 1);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 2), 4);
    if (!state.pressed) return;
    DeskList wanted;
    wanted.rule = rule.code;
    show_units(ui, std::move(wanted));
}

}  // namespace

void draw_desk_findings(Ui& ui, const Box& whole) {
    const auto rules = rules_of(ui);
    const bool has_room = whole.width > ui.px(700) && !rules.empty();
    give_buttons(ui, {whole.x, whole.y, whole.width, ui.px(32)}, "findings", has_room);
    const float top = has_room ? ui.px(42) : 0;
    const Box place{whole.x, whole.y + top, whole.width, whole.height - top};
    const float line = ui.px(44);
    const float height = std::min(place.height, line * static_cast<float>(std::max<std::size_t>(1, rules.size())) + 2);
    sheet({place.x, place.y, place.width, height});
    ScrollArea scroll(ui, "desk/rules", {place.x, place.y + 1, place.width, height - 2});
    const Container list(ui, make_node(ui, "desk/rule-list", Role::group, ui.say("ui.desk.part.findings"), place));
    float y = scroll.origin().y;
    if (rules.empty())
        write_in(ui, {place.x + ui.px(16), y, place.width, line}, ui.say("ui.desk.rules.none"), style::hint);
    for (const DeskRule* rule : rules) {
        draw_rule(ui, {place.x, y, place.width, line}, *rule);
        y += line;
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

}  // namespace duibiao::ui
