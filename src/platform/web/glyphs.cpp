#include "platform/web/glyphs.hpp"

#include <emscripten.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "platform/web/quads.hpp"

// clang-format off
EM_JS(int, duibiao_js_glyph, (int weight, float pixels, int codepoint, float* metrics, unsigned char* bitmap, int capacity), {
    return Module["bridge"].glyphs.load(weight, pixels, codepoint, metrics, bitmap, capacity);
});
EM_JS(float, duibiao_js_advance, (int weight, float pixels, int codepoint), {
    return Module["bridge"].glyphs.advance(weight, pixels, codepoint);
});
EM_JS(float, duibiao_js_ascent, (int weight, float pixels), { return Module["bridge"].glyphs.ascent(weight, pixels); });
EM_JS(void, duibiao_js_prewarm, (int weight, float pixels, const char* text, int size), {
    Module["bridge"].glyphs.prewarm(weight, pixels, text, size);
});
// clang-format on

namespace duibiao::web::glyphs {
namespace {

/// The largest glyph in device pixels; larger text is drawn from this size and scaled.
constexpr float max_pixels = 256;

int weight_of(const ImFontConfig& source) { return static_cast<int>(source.FontLoaderFlags); }

/// Control characters have no glyph; everything else the browser draws, if only as its own box.
bool drawable(ImWchar codepoint) { return codepoint >= 0x20 && codepoint != 0x7F; }

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) { return drawable(codepoint); }

bool init_baked(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) {
    baked->Ascent = duibiao_js_ascent(weight_of(*source), baked->Size);
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}

/// What duibiao_js_glyph writes: all in device pixels, `left` and `top` from the pen on the baseline.
struct Metrics {
    float advance = 0;
    float left = 0;
    float top = 0;
    float width = 0;
    float height = 0;
};

bool place_bitmap(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, const Metrics& metrics,
                  const std::vector<unsigned char>& bitmap, float scale, ImFontGlyph* glyph) {
    const auto width = static_cast<int>(metrics.width);
    const auto height = static_cast<int>(metrics.height);
    const ImFontAtlasRectId rect_id = ImFontAtlasPackAddRect(atlas, width, height);
    if (rect_id == ImFontAtlasRectId_Invalid) return false;
    glyph->X0 = metrics.left * scale;
    glyph->Y0 = metrics.top * scale + baked->Ascent;
    glyph->X1 = (metrics.left + metrics.width) * scale;
    glyph->Y1 = (metrics.top + metrics.height) * scale + baked->Ascent;
    glyph->Visible = true;
    glyph->PackId = rect_id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, rect_id),
                                       bitmap.data(), ImTextureFormat_Alpha8, width);
    return true;
}

bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar codepoint, ImFontGlyph* glyph,
          float* advance_only) {
    if (!drawable(codepoint)) return false;
    const float pixels = std::min(baked->Size * baked->RasterizerDensity, max_pixels);
    const float scale = baked->Size / pixels;
    const int weight = weight_of(*source);
    if (advance_only != nullptr) {
        *advance_only = duibiao_js_advance(weight, pixels, static_cast<int>(codepoint)) * scale;
        return true;
    }
    static std::vector<unsigned char> bitmap(64 * 1024);
    Metrics metrics;
    const auto capacity = [] { return static_cast<int>(bitmap.size()); };
    const int needed =
        duibiao_js_glyph(weight, pixels, static_cast<int>(codepoint), &metrics.advance, bitmap.data(), capacity());
    if (needed > capacity()) {
        bitmap.resize(static_cast<std::size_t>(needed));
        (void)duibiao_js_glyph(weight, pixels, static_cast<int>(codepoint), &metrics.advance, bitmap.data(),
                               capacity());
    }
    glyph->Codepoint = codepoint;
    glyph->AdvanceX = metrics.advance * scale;
    if (needed == 0) return true;
    return place_bitmap(atlas, source, baked, metrics, bitmap, scale, glyph);
}

const ImFontLoader& loader() {
    static const ImFontLoader instance = [] {
        ImFontLoader made;
        made.Name = "browser";
        made.FontSrcContainsGlyph = contains;
        made.FontBakedInit = init_baked;
        made.FontBakedLoadGlyph = load;
        return made;
    }();
    return instance;
}

ImFont* add_font(int weight) {
    ImFontConfig config;
    config.FontLoader = &loader();
    config.FontLoaderFlags = static_cast<unsigned>(weight);
    config.SizePixels = 15;
    (void)std::snprintf(config.Name, sizeof config.Name, "system %d", weight);
    return ImGui::GetIO().Fonts->AddFont(&config);
}

/// True when four vertices are an upright textured quad: a glyph, as nothing else on the page is textured.
bool is_glyph(const ImDrawVert* corner) {
    return corner[0].uv.x != corner[2].uv.x && corner[0].uv.y != corner[2].uv.y && corner[0].uv.y == corner[1].uv.y &&
           corner[1].uv.x == corner[2].uv.x && corner[2].uv.y == corner[3].uv.y && corner[3].uv.x == corner[0].uv.x;
}

/// How far a position must move so that device pixel and texel lie on one another. Texels of clipped glyphs are
/// fractions, exact to far less than the 1/256 they are rounded to. Halves go up, with what is as good as a half: where
/// a glyph lies in the texture must not decide on which row a line of text stands.
float to_grid(float position, float density, float texel) {
    constexpr float nearly = 1.0F / 64;
    const float offset = position * density - std::round(texel * 256) / 256;
    return (std::floor(offset + 0.5F + nearly) - offset) / density;
}

void snap_glyph(ImDrawVert* corner, float density, const ImTextureData& texture) {
    const float x = to_grid(corner->pos.x, density, corner->uv.x * static_cast<float>(texture.Width));
    const float y = to_grid(corner->pos.y, density, corner->uv.y * static_cast<float>(texture.Height));
    for (int index = 0; index < 4; ++index) {
        corner[index].pos.x += x;
        corner[index].pos.y += y;
    }
}

void snap_command(const ImDrawList& list, const ImDrawCmd& command, float density) {
    const ImTextureData* texture = command.TexRef._TexData;
    if (texture == nullptr) return;
    for_each_quad(list, command, [&](ImDrawVert* corner, unsigned) {
        if (is_glyph(corner)) snap_glyph(corner, density, *texture);
    });
}

}  // namespace

Fonts add_fonts() {
    ImGui::GetIO().Fonts->SetFontLoader(&loader());
    Fonts fonts;
    fonts.regular = add_font(400);
    fonts.semibold = add_font(600);
    fonts.bold = add_font(700);
    return fonts;
}

void prewarm(ImFont& font, float size, const std::vector<std::string>& texts, float density) {
    std::string all;
    for (const std::string& text : texts) all += text;
    const int weight = weight_of(*font.Sources[0]);
    duibiao_js_prewarm(weight, size * density, all.data(), static_cast<int>(all.size()));
}

void snap_to_pixels(ImDrawData& data, float density) {
    for (ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) snap_command(*list, command, density);
    }
}

}  // namespace duibiao::web::glyphs
