// Shapes and text.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/widgets.hpp"

namespace duibiao::ui {

ImDrawList* canvas() { return ImGui::GetWindowDrawList(); }

namespace {

/// In the system's few colours a tint is no other than the sheet below it; its edge takes its place.
bool tints_have_edges = false;

bool is_tint(ImU32 colour) {
    constexpr std::array<ImU32, 7> tints{colour::accent_tint,  colour::warning_tint, colour::good_tint,
                                         colour::neutral_tint, colour::hover,        colour::selected,
                                         colour::groove};
    return std::find(tints.begin(), tints.end(), colour) != tints.end();
}

}  // namespace

void begin_painting(const Theme& theme) { tints_have_edges = theme.contrast; }

void fill(const Box& box, ImU32 colour, float radius) {
    canvas()->AddRectFilled(box.min(), box.max(), colour, radius);
    if (tints_have_edges && is_tint(colour)) outline(box, colour::control_line, radius);
}

void outline(const Box& box, ImU32 colour, float radius, float thickness) {
    // AddRect draws its line's middle half a pixel inside the corners it is given.
    const float inset = thickness / 2 - 0.5F;
    const Box inner = box.inset(inset, inset);
    canvas()->AddRect(inner.min(), inner.max(), colour, std::max(0.0F, radius - inset), 0, thickness);
}

void sheet(const Box& box, float radius) {
    // Its shadow shows at the foot alone: what a sheet would cover is not drawn.
    const float foot = 2 * radius;
    fill({box.x, box.bottom() + 1 - foot, box.width, foot}, IM_COL32(0x1F, 0x23, 0x29, 12), radius);
    if (box.height > 2 * foot) {
        // Rounded ends and a plain middle over them, which costs a renderer next to nothing however large it is.
        fill({box.x, box.y, box.width, foot}, colour::sheet, radius);
        fill({box.x, box.bottom() - foot, box.width, foot}, colour::sheet, radius);
        fill({box.x, box.y + radius, box.width, box.height - foot}, colour::sheet);
    } else {
        fill(box, colour::sheet, radius);
    }
    outline(box, colour::line, radius);
}

void horizontal_line(float x, float y, float width, ImU32 colour) {
    canvas()->AddRectFilled({x, y}, {x + width, y + 1}, colour);
}

void focus_ring(const Box& box, float radius) { outline(box.inset(-2, -2), colour::accent, radius + 2, 2); }

void progress_bar(Ui&, const Box& box, Points part, Points whole) {
    const float radius = box.height / 2;
    fill(box, colour::groove, radius);
    if (whole.hundredths() <= 0 || part.hundredths() <= 0) return;
    const float share = std::min(1.0F, static_cast<float>(part.hundredths()) / static_cast<float>(whole.hundredths()));
    fill({box.x, box.y, std::max(box.height, box.width * share), box.height}, colour::progress, radius);
}

float line_height(const Ui& ui, const TextStyle& style) { return Theme::line_height(ui.px(style.size)); }

namespace {

void draw_line(Ui& ui, float x, float y, std::string_view text, const TextStyle& style) {
    if (text.empty()) return;
    const float size = ui.px(style.size);
    const float top = y + std::floor((line_height(ui, style) - size) / 2);
    canvas()->AddText(ui.theme.font(style.weight), size, {x, top}, style.colour, text.data(),
                      text.data() + text.size());
}

}  // namespace

float write(Ui& ui, float x, float y, std::string_view text, const TextStyle& style) {
    draw_line(ui, x, y, text, style);
    return ui.text.measure(text, style);
}

void write_in(Ui& ui, const Box& box, std::string_view text, const TextStyle& style, float align) {
    const std::string shown = ui.text.elide(text, box.width, style);
    const float width = align == 0 ? 0 : ui.text.measure(shown, style);
    const float x = box.x + std::floor((box.width - width) * align);
    draw_line(ui, x, box.y + std::floor((box.height - line_height(ui, style)) / 2), shown, style);
}

float write_wrapped(Ui& ui, float x, float y, float width, std::string_view text, const TextStyle& style) {
    const TextBlock& block = ui.text.wrap(text, width, style);
    float top = y;
    const ImVec2 clip_min = canvas()->GetClipRectMin();
    const ImVec2 clip_max = canvas()->GetClipRectMax();
    for (const TextLine& line : block.lines) {
        const bool visible = top + block.line_height >= clip_min.y && top <= clip_max.y;
        if (visible) draw_line(ui, x, top, text.substr(line.begin, line.end - line.begin), style);
        top += block.line_height;
    }
    return block.height();
}

float wrapped_height(Ui& ui, float width, std::string_view text, const TextStyle& style) {
    return ui.text.wrap(text, width, style).height();
}

float chip_width(const Ui& ui, std::string_view text) { return ui.text.measure(text, style::chip) + ui.px(12); }

float chip_height(const Ui& ui) { return ui.px(21); }

float chip(Ui& ui, float x, float y, std::string_view text, Tone tone) {
    const float width = chip_width(ui, text);
    const Box box{x, y, width, chip_height(ui)};
    fill(box, tone_tint(tone), 4);
    TextStyle style = with_colour(style::chip, tone_text(tone));
    write_in(ui, box.inset(ui.px(6), 0), text, style);
    return width;
}

}  // namespace duibiao::ui
