#include "ui/dialog_parts.hpp"

#include <vector>

namespace duibiao::ui {

void paragraph(Ui& ui, Flow& flow, const std::string& id, const std::string& text, const TextStyle& style) {
    const float height = wrapped_height(ui, flow.width, text, style);
    emit_text(ui, id, text, {flow.x, flow.y, flow.width, height});
    write_wrapped(ui, flow.x, flow.y, flow.width, text, style);
    flow.y += height + ui.px(10);
}

void subtitle(Ui& ui, Flow& flow, const std::string& id, const std::string& text) {
    emit_heading(ui, id, text, 3, {flow.x, flow.y, flow.width, ui.px(24)});
    flow.y += write_wrapped(ui, flow.x, flow.y, flow.width, text, style::body_strong) + ui.px(6);
}

void labelled_field(Ui& ui, Flow& flow, const std::string& id, const std::string& label, const std::string& placeholder,
                    std::string& value, int max_length) {
    write_in(ui, {flow.x, flow.y, flow.width, ui.px(22)}, label, style::small);
    FieldSpec spec;
    spec.id = id;
    spec.name = label;
    spec.placeholder = placeholder;
    spec.max_length = max_length;
    draft_field(ui, {flow.x, flow.y + ui.px(24), flow.width, ui.px(38)}, std::move(spec), value);
    flow.y += ui.px(76);
}

bool choice(Ui& ui, Flow& flow, const std::string& id, const std::string& title, const std::string& text,
            bool selected) {
    const float inner = flow.width - ui.px(32);
    const float height = ui.px(24) + wrapped_height(ui, inner, title, style::body_strong) +
                         (text.empty() ? 0 : wrapped_height(ui, inner, text, style::small));
    const Box box{flow.x, flow.y, flow.width, height};
    const AreaState state = area(ui, box, {id, text.empty() ? title : title + " " + text, Role::button, selected, 8});
    fill(box, selected ? colour::accent_tint : state.hovered ? colour::hover : colour::sheet, 8);
    outline(box, selected ? colour::accent : colour::line, 8);
    float y = flow.y + ui.px(12);
    y += write_wrapped(ui, flow.x + ui.px(16), y, inner, title, style::body_strong);
    if (!text.empty()) write_wrapped(ui, flow.x + ui.px(16), y, inner, text, style::small);
    if (ui.mirror.focused() == id) focus_ring(box, 8);
    flow.y += height + ui.px(10);
    return state.pressed;
}

int buttons(Ui& ui, Flow& flow, const std::vector<ButtonSpec>& specs) {
    flow.y += ui.px(6);
    float x = flow.x + flow.width;
    std::vector<Box> boxes(specs.size());
    for (std::size_t i = specs.size(); i-- > 0;) {
        const float width = button_width(ui, specs[i].label);
        x -= width;
        boxes[i] = {x, flow.y, width, ui.px(36)};
        x -= ui.px(10);
    }
    int pressed = -1;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (button(ui, boxes[i], specs[i])) pressed = static_cast<int>(i);
    }
    flow.y += ui.px(44);
    return pressed;
}

void close_dialog(Ui& ui) { ui.send(command::ShowDialog{}); }

}  // namespace duibiao::ui
