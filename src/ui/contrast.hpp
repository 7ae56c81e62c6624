// The system's own colours, where its user has chosen them (Windows contrast themes, CSS forced-colors).
#pragma once

#include <imgui.h>

namespace duibiao::ui {

/// The colours of CSS of these names.
struct SystemColours {
    ImU32 canvas = 0;
    ImU32 canvas_text = 0;
    ImU32 link_text = 0;
    ImU32 grey_text = 0;
    ImU32 highlight = 0;
    ImU32 highlight_text = 0;
};

/// What a colour of the page's own (theme.hpp) is in the system's: for a glyph, or for an area or a line. Keeps how
/// transparent it is.
[[nodiscard]] ImU32 glyph_colour(const SystemColours& system, ImU32 own);
[[nodiscard]] ImU32 shape_colour(const SystemColours& system, ImU32 own);

/// Everything that is about to be drawn, in the system's colours. Glyphs are what does not point to `white`.
void recolour(const ImDrawData& data, const SystemColours& system, const ImVec2& white);

}  // namespace duibiao::ui
