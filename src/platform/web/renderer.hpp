#pragma once

#include <SDL.h>
#include <imgui.h>

#include <memory>

#include "platform/web/drawn.hpp"

namespace duibiao::web {

/// Draws Dear ImGui's lists on the canvas. There are two ways to do so (`web/surface.js` decides), and they show the
/// same.
class Renderer {
public:
    Renderer() = default;
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;
    virtual ~Renderer() = default;

    /// @param width,height the canvas, in device pixels
    /// @param changed the rows outside which all looks as it did the last time
    virtual void draw(const ImDrawData& data, ImU32 background, int width, int height, const Rows& changed) = 0;

    /// WebGL 2 draws, with the context that the window has just got.
    [[nodiscard]] static std::unique_ptr<Renderer> with_webgl(SDL_Window& window);
    /// The processor draws, where there is nothing better or no longer.
    [[nodiscard]] static std::unique_ptr<Renderer> with_processor();
};

}  // namespace duibiao::web
