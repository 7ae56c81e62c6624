#include "ui/contrast.hpp"

#include "ui/theme.hpp"

namespace duibiao::ui {
namespace {

/// Tells how far behind a dialog the rest is.
constexpr ImU32 veil_alpha = 0xD8;

ImU32 with_alpha(ImU32 colour, ImU32 alpha) { return (colour & ~IM_COL32_A_MASK) | alpha << IM_COL32_A_SHIFT; }

ImU32 alpha_of(ImU32 colour) { return colour >> IM_COL32_A_SHIFT; }

bool same(ImU32 one, ImU32 other) { return ((one ^ other) & ~IM_COL32_A_MASK) == 0; }

/// Backgrounds are light, whatever is written or drawn on them is not.
bool is_light(ImU32 own) {
    constexpr ImU32 threshold = 0xC0;
    const auto part = [own](int shift) { return own >> shift & 0xFFU; };
    return part(IM_COL32_R_SHIFT) >= threshold && part(IM_COL32_G_SHIFT) >= threshold &&
           part(IM_COL32_B_SHIFT) >= threshold;
}

}  // namespace

ImU32 glyph_colour(const SystemColours& system, ImU32 own) {
    ImU32 colour = system.canvas_text;
    if (same(own, colour::sheet)) colour = system.highlight_text;
    if (same(own, colour::faint)) colour = system.grey_text;
    if (same(own, colour::accent)) colour = system.link_text;
    return with_alpha(colour, alpha_of(own));
}

ImU32 shape_colour(const SystemColours& system, ImU32 own) {
    if (own == colour::shade) return with_alpha(system.canvas, veil_alpha);
    ImU32 colour = system.canvas_text;
    if (same(own, colour::control_line) || same(own, colour::line) || same(own, colour::track) ||
        same(own, colour::faint)) {
        colour = system.grey_text;
    } else if (is_light(own)) {
        colour = system.canvas;
    } else if (same(own, colour::accent) || same(own, colour::accent_hover) || same(own, colour::progress) ||
               same(own, colour::text) || same(own, colour::good)) {
        colour = system.highlight;  // what is written on them is white
    }
    return with_alpha(colour, alpha_of(own));
}

void recolour(const ImDrawData& data, const SystemColours& system, const ImVec2& white) {
    for (ImDrawList* list : data.CmdLists) {
        for (ImDrawVert& vertex : list->VtxBuffer) {
            const bool is_shape = vertex.uv.x == white.x && vertex.uv.y == white.y;
            vertex.col = is_shape ? shape_colour(system, vertex.col) : glyph_colour(system, vertex.col);
        }
    }
}

}  // namespace duibiao::ui
