#include <GLES3/gl3.h>

#include <cstddef>
#include <cstdint>

#include "platform/web/pixels.hpp"
#include "platform/web/quads.hpp"
#include "platform/web/renderer.hpp"

namespace duibiao::web {
namespace {

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
          white_(ImGui::GetIO().Fonts->TexUvWhitePixel),
          clip_(clip_of(command, density)) {}

    void paint() {
        if (clip_.empty()) return;
        scissor(clip_, height_);
        for_each_quad(list_, command_, [this](const ImDrawVert* corner, unsigned at) { quad(corner, at); });
        triangles(command_.ElemCount);
    }

private:
    static constexpr int large = 64 * 64;

    void quad(const ImDrawVert* corner, unsigned at) {
        if (corner->col >> IM_COL32_A_SHIFT != 0xFF || !is_upright(corner) || !is_plain(corner, white_)) return;
        const Area area = common(clip_, area_of(corner, density_));
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
    Area clip_;
    unsigned drawn_ = 0;
};

/// Nothing else draws on the canvas, so no state is asked for or put back, and no question is put to the graphics
/// process: each would wait until it has done all it was told so far.
class WebGlRenderer final : public Renderer {
public:
    explicit WebGlRenderer(SDL_Window& window) : window_(window) {
        static_assert(sizeof(ImDrawIdx) == 2);
        compile();
    }

    /// Draws all of it: what a canvas with WebGL has shown is gone.
    void draw(const ImDrawData& data, ImU32 background, int width, int height, const Rows& changed) override;

private:
    void compile();
    void draw_list(const ImDrawList& list, float density, int height);

    SDL_Window& window_;
    unsigned program_ = 0;
    unsigned first_vertex_ = 0;  ///< where the indices count from
    int grid_ = -1;
    int white_ = -1;
};

void WebGlRenderer::compile() {
    program_ = glCreateProgram();
    attach(program_, GL_VERTEX_SHADER, vertex_shader);
    attach(program_, GL_FRAGMENT_SHADER, fragment_shader);
    glLinkProgram(program_);
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

void WebGlRenderer::draw_list(const ImDrawList& list, float density, int height) {
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

void WebGlRenderer::draw(const ImDrawData& data, ImU32 background, int width, int height, const Rows&) {
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
    SDL_GL_SwapWindow(&window_);
}

}  // namespace

std::unique_ptr<Renderer> Renderer::with_webgl(SDL_Window& window) { return std::make_unique<WebGlRenderer>(window); }

}  // namespace duibiao::web
