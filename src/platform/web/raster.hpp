// Draws with the processor.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <vector>

#include "platform/web/pixels.hpp"

namespace duibiao::web {

/// A corner on the canvas, in device pixels.
struct Corner {
    float x, y;
    ImU32 colour;
};

/// A glyph in a texture of alphas: which texels lie on which part of the canvas.
struct GlyphImage {
    const unsigned char* alphas;
    int width, height;       ///< of the texture
    float left, top;         ///< on the canvas, in device pixels
    float texel_x, texel_y;  ///< that lie there
    float step_x, step_y;    ///< texels a pixel
};

/// Some rows of the canvas, a pixel 32 bits: red, green, blue, 255, as ImGui's colours lie in memory and the browser
/// wants them. Fills, blends and rounds as WebGL does.
class Raster {
public:
    /// Rows of a canvas, all of one colour.
    void begin(const Area& rows, ImU32 background);
    /// What is drawn from here on stays within.
    void clip(const Area& area) { clip_ = common(area, rows_); }
    [[nodiscard]] bool clipped_away() const { return clip_.empty(); }

    void fill(const Area& area, ImU32 colour);
    void glyph(const GlyphImage& image, const Area& area, ImU32 colour);
    /// The colour is the first corner's; each has an alpha of its own, as the edges that ImGui smoothes have.
    void triangle(const Corner& one, const Corner& two, const Corner& three);

    [[nodiscard]] const void* pixels() const { return pixels_.data(); }

private:
    [[nodiscard]] std::uint32_t* at(int x, int y);
    void span(int y, int left, int right, ImU32 colour);
    void fading_span(int y, int left, int right, ImU32 colour, float alpha, float step);

    std::vector<std::uint32_t> pixels_;
    Area rows_{};
    Area clip_{};
};

}  // namespace duibiao::web
