#include <emscripten.h>

#include "platform/web/quads.hpp"
#include "platform/web/raster.hpp"
#include "platform/web/renderer.hpp"

// clang-format off
EM_JS(void, duibiao_js_show, (const void* pixels, int width, int top, int rows), {
    Module["bridge"].surface.show(pixels, width, top, rows);
});
// clang-format on

namespace duibiao::web {
namespace {

/// A canvas is drawn in bands of so many pixels: memory does not grow with the screen, and a band stays in the
/// processor's cache.
constexpr int band_pixels = 512 * 1024;

/// Draws one command on a band.
class BandPainter {
public:
    BandPainter(Raster& raster, const ImDrawList& list, const ImDrawCmd& command, float density)
        : raster_(raster),
          list_(list),
          command_(command),
          density_(density),
          white_(ImGui::GetIO().Fonts->TexUvWhitePixel) {}

    void paint() {
        raster_.clip(clip_of(command_, density_));
        if (raster_.clipped_away()) return;
        for_each_part(
            list_, command_, [this](const ImDrawVert* corner, unsigned) { quad(corner); },
            [this](const ImDrawVert& one, const ImDrawVert& two, const ImDrawVert& three) {
                raster_.triangle(corner_of(one), corner_of(two), corner_of(three));
            });
    }

private:
    [[nodiscard]] Corner corner_of(const ImDrawVert& vertex) const {
        return {on_canvas(vertex.pos.x, density_), on_canvas(vertex.pos.y, density_), vertex.col};
    }

    void quad(const ImDrawVert* corner) {
        const bool is_upright_quad = is_upright(corner);
        if (is_upright_quad && is_plain(corner, white_)) return raster_.fill(area_of(corner, density_), corner->col);
        if (is_upright_quad && corner[0].uv.x != corner[2].uv.x) return glyph(corner);
        const Corner corners[] = {corner_of(corner[0]), corner_of(corner[1]), corner_of(corner[2]),
                                  corner_of(corner[3])};
        raster_.triangle(corners[0], corners[1], corners[2]);
        raster_.triangle(corners[0], corners[2], corners[3]);
    }

    void glyph(const ImDrawVert* corner) {
        const ImTextureData* const texture = command_.TexRef._TexData;
        if (texture == nullptr || texture->Pixels == nullptr) return;
        const auto texel = [texture](const ImVec2& uv) {
            return ImVec2(uv.x * static_cast<float>(texture->Width), uv.y * static_cast<float>(texture->Height));
        };
        const ImVec2 first = texel(corner[0].uv);
        const ImVec2 last = texel(corner[2].uv);
        const Corner from = corner_of(corner[0]);
        const Corner to = corner_of(corner[2]);
        raster_.glyph({texture->Pixels, texture->Width, texture->Height, from.x, from.y, first.x, first.y,
                       (last.x - first.x) / (to.x - from.x), (last.y - first.y) / (to.y - from.y)},
                      area_of(corner, density_), corner->col);
    }

    Raster& raster_;
    const ImDrawList& list_;
    const ImDrawCmd& command_;
    float density_;
    ImVec2 white_;
};

/// Glyphs are read where ImGui keeps them.
void accept(ImTextureData& texture) {
    const bool is_unwanted = texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0;
    if (is_unwanted) {
        texture.SetTexID(ImTextureID_Invalid);
        texture.SetStatus(ImTextureStatus_Destroyed);
    } else if (texture.Status == ImTextureStatus_WantCreate || texture.Status == ImTextureStatus_WantUpdates) {
        texture.SetTexID(static_cast<ImTextureID>(texture.UniqueID + 1));
        texture.SetStatus(ImTextureStatus_OK);
    }
}

int row_of(double position, int height) {
    return static_cast<int>(std::clamp(position, 0.0, static_cast<double>(height)));
}

class ProcessorRenderer final : public Renderer {
public:
    void draw(const ImDrawData& data, ImU32 background, int width, int height, const Rows& changed) override {
        if (data.Textures != nullptr)
            for (ImTextureData* texture : *data.Textures) accept(*texture);
        const double density = data.FramebufferScale.y;
        const int end = row_of(std::ceil(changed.bottom * density) + 1, height);
        const int rows = std::max(1, band_pixels / width);
        for (int top = row_of(std::floor(changed.top * density) - 1, height); top < end; top += rows) {
            draw_band(data, background, {0, top, width, std::min(end, top + rows)});
        }
    }

private:
    void draw_band(const ImDrawData& data, ImU32 background, const Area& band) {
        raster_.begin(band, background);
        for (const ImDrawList* list : data.CmdLists) {
            for (const ImDrawCmd& command : list->CmdBuffer)
                BandPainter(raster_, *list, command, data.FramebufferScale.x).paint();
        }
        duibiao_js_show(raster_.pixels(), band.right, band.top, band.bottom - band.top);
    }

    Raster raster_;
};

}  // namespace

std::unique_ptr<Renderer> Renderer::with_processor() { return std::make_unique<ProcessorRenderer>(); }

}  // namespace duibiao::web
