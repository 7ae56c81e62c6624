// What can be done to several documents of home's list at once.
#include "ui/home/home_list.hpp"

namespace duibiao::ui {

void draw_pick(Ui& ui, const Box& line, const DocumentCard& card) {
    auto& picked = ui.view.home.picked;
    const Box box{line.x, line.y, pick_room(ui), line.height};
    const std::string id = "pick/" + card.id;
    const Hit mouse = hit(id, box);
    const bool is_on = picked.contains(card.id);
    const float side = ui.px(18);
    const Box mark{box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side};
    fill(mark, is_on ? colour::accent : mouse.hovered ? colour::hover : colour::sheet, 4);
    if (is_on) {
        const float s = side / 18;
        const ImVec2 points[3] = {
            {mark.x + 4 * s, mark.y + 9 * s}, {mark.x + 8 * s, mark.y + 13 * s}, {mark.x + 14 * s, mark.y + 5 * s}};
        canvas()->AddPolyline(points, 3, colour::sheet, 0, 2 * s);
    } else {
        outline(mark, colour::secondary, 4);
    }
    MirrorNode node =
        make_node(ui, id, Role::checkbox,
                  ui.say("ui.many.pick", {{"name", card.unit + " " + card.period + " " + card.title}}), box);
    node.value = is_on ? "true" : "false";
    emit(ui, std::move(node));
    if (ui.mirror.focused() == id) focus_ring(mark.inset(-4, -4), 6);
    if (!mouse.clicked && !ui.mirror.clicked(id)) return;
    if (is_on)
        picked.erase(card.id);
    else
        picked.insert(card.id);
    ui.view.wants_frame = true;
}

float draw_many(Ui& ui, const Box& column, float y) {
    HomeList& list = ui.view.home;
    std::vector<std::string> picked;
    for (const DocumentCard& card : ui.state.cards) {
        if (list.picked.contains(card.id)) picked.push_back(card.id);
    }
    if (picked.empty()) {
        list.picked.clear();
        return y;
    }
    const auto count = static_cast<std::int64_t>(picked.size());
    const std::vector<ButtonSpec> specs{
        {"many/all", ui.say("ui.many.all", {{"count", static_cast<std::int64_t>(list.found.size())}})},
        {"many/reports", ui.say("ui.many.reports")},
        {"many/backup", ui.say("ui.many.backup")},
        {"many/delete", ui.say("ui.many.delete")},
        {"many/none", ui.say("ui.many.none")}};
    const std::string title = ui.say("ui.many.picked", {{"count", count}});
    const float height = ui.px(36);
    float x = column.x + ui.px(12);
    const float words = ui.text.measure(title, style::body_strong) + ui.px(14);
    float wanted = words + ui.px(12);
    for (const ButtonSpec& spec : specs) wanted += button_width(ui, spec.label) + ui.px(8);
    const bool wraps = wanted > column.width;
    const Box bar{column.x, y, column.width, wraps ? 3 * height + ui.px(24) : height + ui.px(12)};
    fill(bar, colour::accent_tint, 8);
    float top = y + ui.px(6);
    write_in(ui, {x, top, words, height}, title, style::body_strong);
    emit_text(ui, "many/picked", title, {x, top, words, height}, Role::status);
    x += words;
    std::string pressed;
    for (const ButtonSpec& spec : specs) {
        const float width = button_width(ui, spec.label);
        if (x + width > column.right() - ui.px(8)) {
            x = column.x + ui.px(12);
            top += height + ui.px(6);
        }
        if (button(ui, {x, top, width, height}, spec)) pressed = spec.id;
        x += width + ui.px(8);
    }
    if (pressed == "many/all")
        for (const std::size_t found : list.found) list.picked.insert(ui.state.cards[found].id);
    if (pressed == "many/reports") ui.send(command::GiveDocuments{picked, true});
    if (pressed == "many/backup") ui.send(command::GiveDocuments{picked, false});
    if (pressed == "many/delete") ui.send(command::DeleteDocuments{picked});
    if (pressed == "many/none" || pressed == "many/delete") list.picked.clear();
    if (!pressed.empty()) ui.view.wants_frame = true;
    return bar.bottom() + ui.px(10);
}

}  // namespace duibiao::ui
