#include "platform/web/renderer.hpp"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "platform/web/quads.hpp"

namespace duibiao::web {
namespace {

/// What every WebGL 2 has; ImGui begins small and doubles.
constexpr int max_texture = 4096;

// Only glyphs have a texture. All else is plain colour, and most of a page is that: where a processor has to draw it,
// a look into the texture costs more than all the rest of a pixel, so there is none for what points to the white one.
constexpr const char* vertex_shader =
    "#version 300 es\n"
    "layout(location = 0) in vec2 position;\n"
    "layout(location = 1) in vec2 place;\n"
    "layout(location = 2) in vec4 tint;\n"
    "uniform vec2 grid;\n"
    "uniform vec2 white;\n"
    "out highp vec2 texel;\n"
    "out mediump vec4 colour;\n"
    "void main() {\n"
    "    texel = place == white ? vec2(-1.0) : place;\n"
    "    colour = tint;\n"
    "    gl_Position = vec4(position * grid + vec2(-1.0, 1.0), 0.0, 1.0);\n"
    "}\n";
constexpr const char* fragment_shader =
    "#version 300 es\n"
    "uniform mediump sampler2D glyphs;\n"
    "in highp vec2 texel;\n"
    "in mediump vec4 colour;\n"
    "out mediump vec4 pixel;\n"
    "void main() {\n"
    "    pixel = colour;\n"
    "    if (texel.x >= 0.0) pixel.a *= textureLod(glyphs, texel, 0.0).r;\n"
    "}\n";

/// In device pixels from the top left corner.
struct Area {
    int left, top, right, bottom;

    [[nodiscard]] bool empty() const { return left >= right || top >= bottom; }
    [[nodiscard]] int size() const { return empty() ? 0 : (right - left) * (bottom - top); }
};

Area common(const Area& one, const Area& other) {
    return {std::max(one.left, other.left), std::max(one.top, other.top), std::min(one.right, other.right),
            std::min(one.bottom, other.bottom)};
}

void scissor(const Area& area, int height) {
    glScissor(area.left, height - area.bottom, area.right - area.left, area.bottom - area.top);
}

void clear(ImU32 colour) {
    const ImVec4 parts = ImGui::ColorConvertU32ToFloat4(colour);
    glClearColor(parts.x, parts.y, parts.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

void attach(unsigned program, unsigned kind, const char* source) {
    const unsigned shader = glCreateShader(kind);
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    glAttachShader(program, shader);
    glDeleteShader(shader);
}

void create(ImTextureData& texture) {
    unsigned name = 0;
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, texture.Width, texture.Height, 0, GL_RED, GL_UNSIGNED_BYTE,
                 texture.GetPixels());
    texture.SetTexID(name);
    texture.SetStatus(ImTextureStatus_OK);
}

void update(ImTextureData& texture) {
    const ImTextureRect& changed = texture.UpdateRect;
    glBindTexture(GL_TEXTURE_2D, static_cast<unsigned>(texture.GetTexID()));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
    glTexSubImage2D(GL_TEXTURE_2D, 0, changed.x, changed.y, changed.w, changed.h, GL_RED, GL_UNSIGNED_BYTE,
                    texture.GetPixelsAt(changed.x, changed.y));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    texture.SetStatus(ImTextureStatus_OK);
}

void destroy(ImTextureData& texture) {
    const auto name = static_cast<unsigned>(texture.GetTexID());
    glDeleteTextures(1, &name);
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(ImTextureStatus_Destroyed);
}

/// What was there lived in a context that is lost.
void renew(ImTextureData& texture) {
    const bool unwanted = texture.Status == ImTextureStatus_WantDestroy || texture.Status == ImTextureStatus_Destroyed;
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(unwanted ? ImTextureStatus_Destroyed : ImTextureStatus_WantCreate);
}

void follow(ImTextureData& texture) {
    if (texture.Status == ImTextureStatus_WantCreate) create(texture);
    if (texture.Status == ImTextureStatus_WantUpdates) update(texture);
    if (texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0) destroy(texture);
}

void point_to_vertices(unsigned first) {
    const auto at = [first](std::size_t member) {
        return reinterpret_cast<const void*>(first * sizeof(ImDrawVert) + member);
    };
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, col)));
}

/// Draws one command. What is plain, opaque and large in it is cleared to its colour instead: many times quicker than
/// triangles where a processor draws.
class Painter {
public:
    Painter(const ImDrawList& list, const ImDrawCmd& command, float density, int height)
        : list_(list),
          command_(command),
          density_(density),
          height_(height),
          white_(ImGui::GetIO().Fonts->TexUvWhitePixel) {
        const ImVec4& clip = command.ClipRect;
        clip_ = {nearest(clip.x), nearest(clip.y), nearest(clip.z), nearest(clip.w)};
    }

    void paint() {
        if (clip_.empty()) return;
        scissor(clip_, height_);
        for_each_quad(list_, command_, [this](const ImDrawVert* corner, unsigned at) { quad(corner, at); });
        triangles(command_.ElemCount);
    }

private:
    static constexpr int large = 64 * 64;

    [[nodiscard]] int nearest(float position) const { return static_cast<int>(std::lround(position * density_)); }
    /// The first pixel whose centre lies behind a position, as triangles are filled.
    [[nodiscard]] int behind(float position) const { return static_cast<int>(std::ceil(position * density_ - 0.5F)); }

    [[nodiscard]] bool plain(const ImDrawVert* corner) const {
        const auto same = [&](const ImDrawVert& one) {
            return one.col == corner->col && one.uv.x == white_.x && one.uv.y == white_.y;
        };
        return corner->col >> IM_COL32_A_SHIFT == 0xFF && std::all_of(corner, corner + 4, same) &&
               corner[0].pos.y == corner[1].pos.y && corner[1].pos.x == corner[2].pos.x &&
               corner[2].pos.y == corner[3].pos.y && corner[3].pos.x == corner[0].pos.x;
    }

    void quad(const ImDrawVert* corner, unsigned at) {
        if (!plain(corner)) return;
        const Area area = common(clip_, {behind(corner[0].pos.x), behind(corner[0].pos.y), behind(corner[2].pos.x),
                                         behind(corner[2].pos.y)});
        if (area.size() < large) return;
        triangles(at);
        drawn_ = at + 6;
        scissor(area, height_);
        clear(corner->col);
        scissor(clip_, height_);
    }

    void triangles(unsigned end) {
        if (end > drawn_)
            glDrawElements(GL_TRIANGLES, static_cast<int>(end - drawn_), GL_UNSIGNED_SHORT,
                           reinterpret_cast<const void*>((command_.IdxOffset + drawn_) * sizeof(ImDrawIdx)));
        drawn_ = end;
    }

    const ImDrawList& list_;
    const ImDrawCmd& command_;
    float density_;
    int height_;
    ImVec2 white_;
    Area clip_{};
    unsigned drawn_ = 0;
};

}  // namespace

void Renderer::start() {
    static_assert(sizeof(ImDrawIdx) == 2);
    ImGuiIO& io = ImGui::GetIO();
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
    ImGui::GetPlatformIO().Renderer_TextureMaxWidth = max_texture;
    ImGui::GetPlatformIO().Renderer_TextureMaxHeight = max_texture;
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) renew(*texture);
    compile();
}

void Renderer::compile() {
    program_ = glCreateProgram();
    attach(program_, GL_VERTEX_SHADER, vertex_shader);
    attach(program_, GL_FRAGMENT_SHADER, fragment_shader);
    glLinkProgram(program_);
    grid_ = white_ = -1;
    unsigned names[2] = {};
    glGenBuffers(2, names);
    glBindBuffer(GL_ARRAY_BUFFER, names[0]);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, names[1]);
    for (unsigned place = 0; place < 3; ++place) glEnableVertexAttribArray(place);
    point_to_vertices(first_vertex_ = 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glEnable(GL_BLEND);
}

void Renderer::draw_list(const ImDrawList& list, float density, int height) {
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
    ImTextureID bound = ImTextureID_Invalid;
    for (const ImDrawCmd& command : list.CmdBuffer) {
        if (command.VtxOffset != first_vertex_) point_to_vertices(first_vertex_ = command.VtxOffset);
        if (command.GetTexID() != bound)
            glBindTexture(GL_TEXTURE_2D, static_cast<unsigned>(bound = command.GetTexID()));
        Painter(list, command, density, height).paint();
    }
}

void Renderer::draw(const ImDrawData& data, ImU32 background, int width, int height) {
    if (data.Textures != nullptr)
        for (ImTextureData* texture : *data.Textures) follow(*texture);
    glUseProgram(program_);
    if (grid_ < 0) {
        // The first question: it waits until the graphics process has compiled, so nothing is asked before.
        grid_ = glGetUniformLocation(program_, "grid");
        white_ = glGetUniformLocation(program_, "white");
    }
    const float density = data.FramebufferScale.x;
    glUniform2f(grid_, 2 * density / static_cast<float>(width), -2 * density / static_cast<float>(height));
    const ImVec2 white = ImGui::GetIO().Fonts->TexUvWhitePixel;
    glUniform2f(white_, white.x, white.y);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    clear(background);
    glEnable(GL_SCISSOR_TEST);
    for (const ImDrawList* list : data.CmdLists) draw_list(*list, density, height);
}

}  // namespace duibiao::web
