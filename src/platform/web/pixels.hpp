// Where what is drawn lies on the canvas, in device pixels; the same for everything that draws.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace duibiao::web {

/// From the top left corner.
struct Area {
    int left, top, right, bottom;

    [[nodiscard]] bool empty() const { return left >= right || top >= bottom; }
    [[nodiscard]] int size() const { return empty() ? 0 : (right - left) * (bottom - top); }
};

inline Area common(const Area& one, const Area& other) {
    return {std::max(one.left, other.left), std::max(one.top, other.top), std::min(one.right, other.right),
            std::min(one.bottom, other.bottom)};
}

/// Where a position lies on the canvas, to a sixteenth of a pixel, as in WebGL by the processor: what layouts leave
/// behind in the hundredths moves no edge over the middle of a pixel.
inline float on_canvas(float position, float density) { return std::floor(position * density * 16 + 0.5F) / 16; }

/// The first column, or row, whose middle lies behind a place on the canvas, as triangles are filled. A middle on the
/// very place counts as behind it from the left and from below, where WebGL counts rows from.
inline int column_behind(float place) { return static_cast<int>(std::ceil(place - 0.5F)); }
inline int row_behind(float place) { return static_cast<int>(std::floor(place + 0.5F)); }

inline Area clip_of(const ImDrawCmd& command, float density) {
    const auto nearest = [density](float position) { return static_cast<int>(std::lround(position * density)); };
    const ImVec4& clip = command.ClipRect;
    return {nearest(clip.x), nearest(clip.y), nearest(clip.z), nearest(clip.w)};
}

/// What an upright four-cornered part covers.
inline Area area_of(const ImDrawVert* corner, float density) {
    const auto column = [density](float position) { return column_behind(on_canvas(position, density)); };
    const auto row = [density](float position) { return row_behind(on_canvas(position, density)); };
    return {column(corner[0].pos.x), row(corner[0].pos.y), column(corner[2].pos.x), row(corner[2].pos.y)};
}

inline bool is_upright(const ImDrawVert* corner) {
    return corner[0].pos.y == corner[1].pos.y && corner[1].pos.x == corner[2].pos.x &&
           corner[2].pos.y == corner[3].pos.y && corner[3].pos.x == corner[0].pos.x;
}

/// Of one colour, without a texture: all four corners point to the white texel.
inline bool is_plain(const ImDrawVert* corner, const ImVec2& white) {
    return std::all_of(corner, corner + 4, [&](const ImDrawVert& one) {
        return one.col == corner->col && one.uv.x == white.x && one.uv.y == white.y;
    });
}

}  // namespace duibiao::web
