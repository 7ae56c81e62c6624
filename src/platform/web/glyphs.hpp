// Glyphs of the user's own system fonts: an ImFontLoader that lets the browser draw each one on a 2D canvas.
#pragma once

#include <string>
#include <vector>

#include "platform/web/web.hpp"

struct ImDrawData;

namespace duibiao::web::glyphs {

/// Adds the three weights to ImGui's atlas.
[[nodiscard]] Fonts add_fonts();

/// Draws the glyphs of `texts` in one go, ahead of the first frame that shows them. `size` in CSS pixels.
void prewarm(ImFont& font, float size, const std::vector<std::string>& texts, float density);

/// Moves every glyph to whole device pixels, so that text is crisp at fractional densities too.
void snap_to_pixels(ImDrawData& data, float density);

}  // namespace duibiao::web::glyphs
