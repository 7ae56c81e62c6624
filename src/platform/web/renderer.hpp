#pragma once

#include <imgui.h>

namespace duibiao::web {

/// Draws Dear ImGui's lists with WebGL 2. Nothing else draws on the canvas, so no state is asked for or put back, and
/// no question is put to the graphics process: each would wait until it has done all it was told so far.
class Renderer {
public:
    /// For a context just made, the first one or the next after one was lost; ImGui is set up.
    void start();
    /// @param width,height the canvas, in device pixels
    void draw(const ImDrawData& data, ImU32 background, int width, int height);

private:
    void compile();
    void draw_list(const ImDrawList& list, float density, int height);

    unsigned program_ = 0;
    unsigned first_vertex_ = 0;  ///< where the indices count from
    int grid_ = -1;
    int white_ = -1;
};

}  // namespace duibiao::web
