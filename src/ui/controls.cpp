// Buttons, areas, check boxes, segments, scrolling, and their mirror nodes.
#include <algorithm>
#include <cmath>

#include "ui/widgets.hpp"

namespace duibiao::ui {

namespace {

Rect to_rect(const Box& box) { return {box.x, box.y, box.width, box.height}; }

Rect visible_part(const Box& box) {
    const ImVec2 low = canvas()->GetClipRectMin();
    const ImVec2 high = canvas()->GetClipRectMax();
    const float x = std::max(box.x, low.x);
    const float y = std::max(box.y, low.y);
    const float right = std::min(box.right(), high.x);
    const float bottom = std::min(box.bottom(), high.y);
    const bool whole = x == box.x && y == box.y && right == box.right() && bottom == box.bottom();
    if (whole) return {};
    // A rectangle out of sight keeps a sliver of no area, so that nothing of it takes the mouse.
    return {x, y, std::max(0.001F, right - x), std::max(0.001F, bottom - y)};
}

}  // namespace

MirrorNode make_node(const Ui& ui, std::string id, Role role, std::string name, const Box& box) {
    MirrorNode node;
    node.id = std::move(id);
    node.role = role;
    node.name = std::move(name);
    node.rect = to_rect(box);
    node.clip = visible_part(box);
    if (!ui.parents.empty()) node.parent = ui.parents.back();
    node.over = ui.over;
    return node;
}

void emit(Ui& ui, MirrorNode node) { ui.mirror.emit(std::move(node)); }

Container::Container(Ui& ui, MirrorNode node) : ui_(ui) {
    std::string id = node.id;
    ui_.mirror.emit(std::move(node));
    ui_.parents.push_back(std::move(id));
}

Container::~Container() { ui_.parents.pop_back(); }

void emit_text(Ui& ui, std::string id, std::string text, const Box& box, Role role) {
    emit(ui, make_node(ui, std::move(id), role, std::move(text), box));
}

float draw_alarm(Ui& ui, const std::string& id, const Box& column, float y, const std::string& text) {
    const float height = wrapped_height(ui, column.width - ui.px(32), text, style::body) + ui.px(24);
    const Box box{column.x, y, column.width, height};
    fill(box, colour::accent_tint, 8);
    write_wrapped(ui, box.x + ui.px(16), box.y + ui.px(12), box.width - ui.px(32), text,
                  with_colour(style::body, colour::accent));
    emit_text(ui, id, text, box, Role::alert);
    return box.bottom();
}

void emit_heading(Ui& ui, std::string id, std::string text, int level, const Box& box) {
    MirrorNode node = make_node(ui, std::move(id), Role::heading, std::move(text), box);
    node.value = std::to_string(level);
    emit(ui, std::move(node));
}

Hit hit(std::string_view id, const Box& box) {
    if (box.width < 1 || box.height < 1) return {};
    const std::string name(id);
    ImGui::SetCursorScreenPos(box.min());
    Hit result;
    result.clicked = ImGui::InvisibleButton(name.c_str(), {box.width, box.height});
    result.hovered = ImGui::IsItemHovered();
    result.held = ImGui::IsItemActive();
    if (result.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    return result;
}

float button_height(const Ui& ui) { return ui.px(32); }

float button_width(const Ui& ui, std::string_view label) {
    return std::ceil(ui.text.measure(label, TextStyle{14, Weight::semibold, 0})) + ui.px(28);
}

namespace {

/// What a finger meets: at least 44 pixels high, as far as neighbours leave room for it.
Box for_finger(const Ui& ui, const Box& box) {
    constexpr float least = 44;
    constexpr float most_added = 8;
    if (!ui.touch || box.height >= least) return box;
    const float added = std::min(most_added, (least - box.height) / 2);
    return {box.x, box.y - added, box.width, box.height + 2 * added};
}

void paint_button(Ui& ui, const Box& box, const ButtonSpec& spec, const Hit& mouse) {
    TextStyle label{14, Weight::regular, colour::text};
    const bool lit = spec.enabled && mouse.hovered;
    switch (spec.kind) {
        case ButtonKind::primary:
            label = {14, Weight::semibold, colour::sheet};
            fill(box, !spec.enabled ? colour::groove : lit ? colour::accent_hover : colour::accent, 6);
            break;
        case ButtonKind::plain:
            fill(box, lit ? colour::hover : colour::sheet, 6);
            outline(box, spec.enabled ? colour::control_line : colour::line, 6);
            break;
        case ButtonKind::quiet:
            label = {14, Weight::semibold, colour::accent};
            if (lit) fill(box, colour::accent_tint, 6);
            break;
        case ButtonKind::warning:
            label = {14, Weight::semibold, colour::warning};
            if (lit) fill(box, IM_COL32(0xF8, 0xE4, 0xC2, 255), 6);
            break;
    }
    if (!spec.enabled) label.colour = spec.kind == ButtonKind::primary ? colour::secondary : colour::faint;
    write_in(ui, box.inset(std::min(ui.px(6), box.width * 0.05F), 0), spec.label, label, 0.5F);
}

}  // namespace

bool button(Ui& ui, const Box& box, const ButtonSpec& spec) {
    const Box target = for_finger(ui, box);
    const Hit mouse = hit(spec.id, target);
    paint_button(ui, box, spec, mouse);
    MirrorNode node = make_node(ui, spec.id, Role::button, spec.name.empty() ? spec.label : spec.name, target);
    node.disabled = !spec.enabled;
    emit(ui, std::move(node));
    if (ui.mirror.focused() == spec.id) focus_ring(box, 6);
    return spec.enabled && (mouse.clicked || ui.mirror.clicked(spec.id));
}

AreaState area(Ui& ui, const Box& box, const AreaSpec& spec) {
    const Hit mouse = hit(spec.id, box);
    MirrorNode node = make_node(ui, spec.id, spec.role, spec.name, box);
    node.selected = spec.selected;
    emit(ui, std::move(node));
    if (ui.mirror.focused() == spec.id) focus_ring(box.inset(2, 2), spec.radius);
    return {mouse.hovered, mouse.clicked || ui.mirror.clicked(spec.id)};
}

std::optional<bool> checkbox(Ui& ui, const Box& box, const std::string& id, std::string_view label, bool checked,
                             bool enabled) {
    const Box target = for_finger(ui, box);
    const Hit mouse = hit(id, target);
    const float side = ui.px(18);
    const Box mark{box.x + 2, box.y + std::floor((line_height(ui, style::body) - side) / 2), side, side};
    if (checked) {
        fill(mark, enabled ? colour::accent : colour::faint, 4);
        const float s = side / 18;
        const ImVec2 points[3] = {
            {mark.x + 4 * s, mark.y + 9 * s}, {mark.x + 8 * s, mark.y + 13 * s}, {mark.x + 14 * s, mark.y + 5 * s}};
        canvas()->AddPolyline(points, 3, colour::sheet, 0, 2 * s);
    } else {
        fill(mark, enabled && !mouse.hovered ? colour::sheet : colour::hover, 4);
        outline(mark, colour::control_line, 4);
    }
    const float text_x = mark.right() + ui.px(10);
    write_wrapped(ui, text_x, box.y, box.right() - text_x, label, style::body);
    MirrorNode node = make_node(ui, id, Role::checkbox, std::string(label), target);
    node.value = checked ? "true" : "false";
    node.disabled = !enabled;
    emit(ui, std::move(node));
    if (ui.mirror.focused() == id) focus_ring(box, 4);
    if (enabled && (mouse.clicked || ui.mirror.clicked(id))) return !checked;
    return std::nullopt;
}

std::optional<std::size_t> segments(Ui& ui, const Box& box, const std::string& id, const std::string& name,
                                    const std::vector<std::string>& labels, std::size_t selected) {
    const Container group(ui, make_node(ui, id, Role::group, name, box));
    fill(box, colour::neutral_tint, 6);
    std::optional<std::size_t> chosen;
    const float width = box.width / static_cast<float>(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const Box part = Box{box.x + width * static_cast<float>(i), box.y, width, box.height}.inset(2, 2);
        const std::string part_id = id + "/" + std::to_string(i);
        const Box target = for_finger(ui, part);
        const Hit mouse = hit(part_id, target);
        const bool is_on = i == selected;
        if (is_on) {
            fill(part, colour::sheet, 5);
            outline(part, colour::control_line, 5);
        }
        const Weight weight = is_on ? Weight::semibold : Weight::regular;
        const bool lit = is_on || mouse.hovered;
        write_in(ui, part.inset(4, 0), labels[i], {14, weight, lit ? colour::text : colour::secondary}, 0.5F);
        MirrorNode node = make_node(ui, part_id, Role::radio, labels[i], target);
        node.value = is_on ? "true" : "false";
        emit(ui, std::move(node));
        if (ui.mirror.focused() == part_id) focus_ring(part, 5);
        if (!is_on && (mouse.clicked || ui.mirror.clicked(part_id))) chosen = i;
    }
    return chosen;
}

std::optional<std::size_t> select(Ui& ui, const Box& box, const std::string& id, const std::string& name,
                                  const std::vector<std::string>& options, std::size_t selected) {
    const bool hovered = ImGui::IsMouseHoveringRect(box.min(), box.max()) && ImGui::IsWindowHovered();
    fill(box, hovered ? colour::hover : colour::sheet, 6);
    outline(box, colour::control_line, 6);
    const std::string& shown = options[std::min(selected, options.size() - 1)];
    write_in(ui, box.inset(ui.px(10), 0), shown, style::body);
    const float x = box.right() - ui.px(18);
    const float y = box.y + box.height / 2;
    canvas()->AddTriangleFilled({x - ui.px(5), y - ui.px(3)}, {x + ui.px(5), y - ui.px(3)}, {x, y + ui.px(4)},
                                colour::secondary);
    MirrorNode node = make_node(ui, id, Role::select, name, box);
    node.value = shown;
    node.options = options;
    node.font_size = ui.px(style::body.size);
    node.padding_x = ui.px(8);
    emit(ui, std::move(node));
    const DomEvent* input = ui.mirror.event(DomEvent::Kind::input, id);
    if (input == nullptr) return std::nullopt;
    const auto at = std::find(options.begin(), options.end(), input->text);
    return at == options.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - options.begin()));
}

ScrollArea::ScrollArea(Ui& ui, const std::string& id, const Box& box)
    : ui_(ui), first_node_(ui.mirror.nodes().size()), view_(box) {
    ImGui::SetCursorScreenPos(box.min());
    ImGui::BeginChild(id.c_str(), {box.width, box.height}, ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    origin_ = {box.x, box.y - ImGui::GetScrollY()};
}

void ScrollArea::follow_focus() {
    const std::string& focused = ui_.mirror.focused();
    // Who holds the mouse button down would miss what moves away under it.
    if (ui_.mirror.event(DomEvent::Kind::focus, focused) == nullptr || ImGui::IsMouseDown(ImGuiMouseButton_Left))
        return;
    const auto& nodes = ui_.mirror.nodes();
    const auto node = std::find_if(nodes.begin() + static_cast<std::ptrdiff_t>(first_node_), nodes.end(),
                                   [&](const MirrorNode& one) { return one.id == focused; });
    if (node == nodes.end()) return;
    const float room = ui_.px(12);
    const float below = node->rect.y + node->rect.height + room - view_.bottom();
    const float above = view_.y + room - node->rect.y;
    if (below <= 0 && above <= 0) return;
    // Its beginning at least, where it is taller than the view.
    const float down = above > 0 ? -above : std::min(below, -above);
    ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() + down));
    ui_.view.wants_frame = true;
}

void ScrollArea::finish(float content_height) {
    ImGui::SetCursorScreenPos({origin_.x, origin_.y + std::max(0.0F, content_height - 1)});
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
}

}  // namespace duibiao::ui
