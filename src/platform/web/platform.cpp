#include "platform/web/web.hpp"

#include <SDL.h>
#include <emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <memory>
#include <optional>
#include <utility>

#include "core/json.hpp"
#include "platform/web/bridge.hpp"
#include "platform/web/drawn.hpp"
#include "platform/web/glyphs.hpp"
#include "platform/web/mirror_sender.hpp"
#include "platform/web/ports.hpp"
#include "platform/web/renderer.hpp"
#include "ui/contrast.hpp"

// clang-format off
EM_JS(int, duibiao_js_has_webgl, (), { return Module["bridge"].surface.hasWebGl; });
EM_JS(void, duibiao_js_record_frame, (double milliseconds), { Module["bridge"].recordFrame(milliseconds); });
// clang-format on

namespace duibiao::web {
namespace {

/// One frame for what happened, up to three more for what ImGui settles later (hover, sizes, queued input).
constexpr int frames_per_event = 4;
/// The hover of what was drawn in the first is known in the second only.
constexpr int fewest_frames_per_event = 2;
/// What every WebGL 2 has; ImGui begins small and doubles.
constexpr int max_texture = 4096;

struct Canvas {
    double width = 0;    ///< device pixels
    double height = 0;   ///< device pixels
    double density = 1;  ///< device pixels per CSS pixel
    bool changed = false;
};

struct Page {
    SDL_Window* window = nullptr;
    Canvas canvas;
    std::optional<ui::SystemColours> system;  ///< where its user wants no others
    bool coarse_pointer = false;
    Drawn drawn;
    std::unique_ptr<Renderer> renderer;
    Fonts fonts;
    Inbox inbox;
    MirrorSender mirror;
    void (*draw)() = nullptr;
    int frames_left = 0;
    bool frame_scheduled = false;
    bool had_input = false;  ///< in this frame, from the mirror
    bool settled = false;    ///< the last frame had no input, changed nothing, and ImGui has no input left
    long timer = 0;          ///< of request_frame_in, 0: none
    double timer_due = 0;
    bool in_frame = false;
    bool ready = false;
};

Page& page() {
    static Page instance;
    return instance;
}

// --- Frames -----------------------------------------------------------------------------------------------------

void schedule_frame();

void run_frame() {
    if (page().draw == nullptr || page().in_frame) return;
    page().in_frame = true;
    page().draw();
    page().in_frame = false;
}

EM_BOOL animation_frame(double, void*) {
    page().frame_scheduled = false;
    --page().frames_left;
    run_frame();
    if (page().settled && page().frames_left <= frames_per_event - fewest_frames_per_event) page().frames_left = 0;
    if (page().frames_left > 0) schedule_frame();
    return EM_FALSE;
}

void schedule_frame() {
    if (page().frame_scheduled) return;
    page().frame_scheduled = true;
    emscripten_request_animation_frame(animation_frame, nullptr);
}

/// SDL also puts marks of its own between the events; only what the user did counts.
int watch_sdl_events(void*, SDL_Event* event) {
    const bool from_user =
        event->type == SDL_WINDOWEVENT || (event->type >= SDL_MOUSEMOTION && event->type <= SDL_MOUSEWHEEL);
    if (from_user) Platform::request_frame();
    return 0;
}

/// SDL leaves out a motion to where it last saw the mouse, but wheels and fingers have moved ImGui's since: a press
/// says its place again.
void take_sdl_events() {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
        if (event.type == SDL_MOUSEBUTTONDOWN) {
            ImGui::GetIO().AddMousePosEvent(static_cast<float>(event.button.x), static_cast<float>(event.button.y));
        }
        ImGui_ImplSDL2_ProcessEvent(&event);
    }
}

/// The page is being hidden or closed and gets no animation frame any more: what the fields hold must reach storage
/// now. A second frame for commands that the first one's widgets sent.
void flush(const nlohmann::json&, std::string_view) {
    do run_frame();
    while (!page().in_frame && page().draw != nullptr && !page().inbox.events.empty());
    run_frame();
}

// --- Messages ---------------------------------------------------------------------------------------------------

ui::DomEvent::Kind kind_of(std::string_view name) {
    using Kind = ui::DomEvent::Kind;
    constexpr std::array<std::pair<std::string_view, Kind>, 9> kinds = {{{"click", Kind::click},
                                                                         {"focus", Kind::focus},
                                                                         {"blur", Kind::blur},
                                                                         {"input", Kind::input},
                                                                         {"key", Kind::key},
                                                                         {"composing", Kind::composing},
                                                                         {"composed", Kind::composed},
                                                                         {"paste", Kind::paste},
                                                                         {"overflow", Kind::overflow}}};
    const auto* found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == name; });
    return found == kinds.end() ? Kind::click : found->second;
}

void dom_event(const nlohmann::json& header, std::string_view) {
    ui::DomEvent event;
    event.kind = kind_of(bridge::text_of(header, "kind"));
    event.id = bridge::text_of(header, "id");
    event.text = bridge::text_of(header, "text");
    event.key = bridge::text_of(header, "key");
    event.height = static_cast<float>(bridge::number_of(header, "height"));
    page().inbox.events.push_back(std::move(event));
}

void resized(const nlohmann::json& header, std::string_view) {
    Canvas& canvas = page().canvas;
    canvas.width = std::max(1.0, bridge::number_of(header, "width"));
    canvas.height = std::max(1.0, bridge::number_of(header, "height"));
    canvas.density = std::clamp(bridge::number_of(header, "density", 1), 0.25, 8.0);
    canvas.changed = true;
}

/// A wheel or a finger moved the page by pixels. ImGui counts in steps of its own, so the step of the window that
/// will scroll is worked out as ImGui::UpdateMouseWheel does.
void wheel(const nlohmann::json& header, std::string_view) {
    take_sdl_events();  // what came before
    ImGuiIO& io = ImGui::GetIO();
    const auto x = static_cast<float>(bridge::number_of(header, "x"));
    const auto y = static_cast<float>(bridge::number_of(header, "y"));
    io.AddMouseSourceEvent(bridge::flag_of(header, "touch") ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
    io.AddMousePosEvent(x, y);
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    const ImGuiWindow* target = context.WheelingWindow != nullptr ? context.WheelingWindow : context.HoveredWindow;
    const float font = target != nullptr ? target->FontRefSize : ImGui::GetFontSize();
    const ImVec2 room = target != nullptr ? target->InnerRect.GetSize() : io.DisplaySize;
    const float step_x = std::max(1.0F, ImTrunc(std::min(2 * font, room.x * 0.67F)));
    const float step_y = std::max(1.0F, ImTrunc(std::min(5 * font, room.y * 0.67F)));
    io.AddMouseWheelEvent(-static_cast<float>(bridge::number_of(header, "dx")) / step_x,
                          -static_cast<float>(bridge::number_of(header, "dy")) / step_y);
}

void pointer_gone(const nlohmann::json&, std::string_view) {
    take_sdl_events();  // what came before
    ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

/// What lived in the context is gone; ImGui still has its glyphs.
void context_lost(const nlohmann::json&, std::string_view) {
    page().drawn.forget();
    page().renderer = Renderer::with_processor();
}

/// Only what changes is drawn again, so the rest has to be there.
void picture_lost(const nlohmann::json&, std::string_view) { page().drawn.forget(); }

/// Every message may change what is seen.
template <bridge::Handler handler>
void with_frame(const nlohmann::json& header, std::string_view body) {
    handler(header, body);
    Platform::request_frame();
}

/// 0xRRGGBB
ImU32 colour_of(const nlohmann::json& header, const char* name) {
    const auto value = static_cast<ImU32>(bridge::number_of(header, name));
    return IM_COL32(value >> 16U & 0xFFU, value >> 8U & 0xFFU, value & 0xFFU, 0xFF);
}

void pointer_known(const nlohmann::json& header, std::string_view) {
    page().coarse_pointer = bridge::flag_of(header, "coarse");
}

void colours_changed(const nlohmann::json& header, std::string_view) {
    page().system.reset();
    if (!bridge::flag_of(header, "forced")) return;
    page().system = ui::SystemColours{colour_of(header, "Canvas"),    colour_of(header, "CanvasText"),
                                      colour_of(header, "LinkText"),  colour_of(header, "GrayText"),
                                      colour_of(header, "Highlight"), colour_of(header, "HighlightText")};
}

void listen() {
    bridge::on("dom", with_frame<dom_event>);
    bridge::on("resize", with_frame<resized>);
    bridge::on("wheel", with_frame<wheel>);
    bridge::on("pointer_gone", with_frame<pointer_gone>);
    bridge::on("context_lost", with_frame<context_lost>);
    bridge::on("picture_lost", with_frame<picture_lost>);
    bridge::on("colours", with_frame<colours_changed>);
    bridge::on("pointer", with_frame<pointer_known>);
    bridge::on("frame", [](const nlohmann::json&, std::string_view) { Platform::request_frame(); });
    bridge::on("flush", flush);
    listen_for_commands(page().inbox.commands, Platform::request_frame);
}

// --- Window -----------------------------------------------------------------------------------------------------

/// The context is there already, made by web/surface.js.
bool open_webgl_window() {
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 0);
    page().window = SDL_CreateWindow(nullptr, 0, 0, 640, 480, SDL_WINDOW_OPENGL | SDL_WINDOW_ALLOW_HIGHDPI);
    if (page().window == nullptr) return false;
    const SDL_GLContext context = SDL_GL_CreateContext(page().window);
    if (context == nullptr) return false;
    ImGui_ImplSDL2_InitForOpenGL(page().window, context);
    page().renderer = Renderer::with_webgl(*page().window);
    return true;
}

bool open_plain_window() {
    page().window = SDL_CreateWindow(nullptr, 0, 0, 640, 480, SDL_WINDOW_ALLOW_HIGHDPI);
    if (page().window == nullptr) return false;
    ImGui_ImplSDL2_InitForOther(page().window);
    page().renderer = Renderer::with_processor();
    return true;
}

bool open_window() {
    // Keys belong to the mirror's elements; the canvas never has the focus, so SDL hears none.
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;
    if (!(duibiao_js_has_webgl() != 0 ? open_webgl_window() : open_plain_window())) return false;
    SDL_AddEventWatch(watch_sdl_events, nullptr);
    return true;
}

void set_up_imgui() {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags &= ~(ImGuiConfigFlags_NavEnableKeyboard | ImGuiConfigFlags_NavEnableGamepad);
    io.ConfigInputTrickleEventQueue = true;
    // Only glyphs are textured, so that they can be told apart when they are moved to whole pixels.
    io.Fonts->Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
    ImGui::GetStyle().AntiAliasedLinesUseTex = false;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
    ImGui::GetPlatformIO().Renderer_TextureMaxWidth = max_texture;
    ImGui::GetPlatformIO().Renderer_TextureMaxHeight = max_texture;
}

/// The page measures the canvas; SDL only has to know the size for the mouse.
void fit_canvas() {
    Canvas& canvas = page().canvas;
    if (!canvas.changed) return;
    canvas.changed = false;
    page().drawn.forget();
    SDL_SetWindowSize(page().window, std::max(1, static_cast<int>(canvas.width / canvas.density + 0.5)),
                      std::max(1, static_cast<int>(canvas.height / canvas.density + 0.5)));
    emscripten_set_canvas_element_size("#canvas", static_cast<int>(canvas.width), static_cast<int>(canvas.height));
}

void post_value(std::string_view type, std::string_view value) {
    std::string header = "{\"value\":";
    append_json_string(header, value);
    header += '}';
    bridge::post(type, header);
}

}  // namespace

bool Platform::start() {
    bridge::attach();
    listen();
    set_up_imgui();
    if (!open_window()) {
        post_value("notice", "window");
        return false;
    }
    page().fonts = glyphs::add_fonts();
    bridge::post("started", "{}");
    return true;
}

void Platform::on_frame(void (*frame)()) {
    page().draw = frame;
    request_frame();
}

void Platform::request_frame() {
    page().frames_left = frames_per_event;
    if (page().draw != nullptr) schedule_frame();
}

void Platform::request_frame_in(int delay_ms) {
    const double due = emscripten_get_now() + std::max(0, delay_ms);
    if (page().timer != 0 && page().timer_due <= due) return;
    if (page().timer != 0) emscripten_clear_timeout(page().timer);
    page().timer_due = due;
    const auto ring = [](void*) {
        page().timer = 0;
        request_frame();
    };
    page().timer = emscripten_set_timeout(ring, due - emscripten_get_now(), nullptr);
}

Fonts Platform::fonts() { return page().fonts; }

bool Platform::has_coarse_pointer() { return page().coarse_pointer; }

bool Platform::has_system_colours() { return page().system.has_value(); }

void Platform::prewarm(ImFont* font, float size, const std::vector<std::string>& texts) {
    if (font != nullptr) glyphs::prewarm(*font, size, texts, static_cast<float>(page().canvas.density));
}

Ports& Platform::ports() { return browser_ports(); }

Inbox Platform::take_inbox() {
    Inbox& all = page().inbox;
    Inbox taken;
    taken.events = ui::take_frame(all.events);
    if (all.events.empty())
        taken.commands = std::exchange(all.commands, {});
    else
        request_frame();
    page().had_input = !taken.events.empty() || !taken.commands.empty();
    return taken;
}

void Platform::begin_frame() {
    fit_canvas();
    take_sdl_events();
    ImGui_ImplSDL2_NewFrame();
    ImGuiIO& io = ImGui::GetIO();
    const auto density = static_cast<float>(page().canvas.density);
    // The hundredth keeps the product with the density from falling short of a whole pixel.
    io.DisplaySize = ImVec2((static_cast<float>(page().canvas.width) + 0.01F) / density,
                            (static_cast<float>(page().canvas.height) + 0.01F) / density);
    io.DisplayFramebufferScale = ImVec2(density, density);
    ImGui::NewFrame();
    // ImGui does so for the fonts that are pushed; ours are drawn with directly.
    for (ImFont* font : io.Fonts->Fonts) font->CurrentRasterizerDensity = density;
}

void Platform::present(ImU32 background) {
    ImGui::Render();
    ImDrawData* data = ImGui::GetDrawData();
    glyphs::snap_to_pixels(*data, static_cast<float>(page().canvas.density));
    if (page().system) {
        ui::recolour(*data, *page().system, ImGui::GetIO().Fonts->TexUvWhitePixel);
        background = page().system->canvas;
    }
    const std::optional<Rows> changed = page().drawn.changed(*data);
    if (!changed) return;
    page().settled = false;
    page().renderer->draw(*data, background, static_cast<int>(page().canvas.width),
                          static_cast<int>(page().canvas.height), *changed);
}

void Platform::mirror(ui::Mirror& mirror) {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    const bool idle = !page().had_input && context.InputEventsTrail.empty() && context.InputEventsQueue.empty();
    page().settled = !page().mirror.send(mirror) && idle;
}

void Platform::set_save_state(std::string_view state) { post_value("save_state", state); }

void Platform::set_ready() {
    if (std::exchange(page().ready, true)) return;
    bridge::post("ready", "{}");
}

void Platform::set_title(std::string_view title) { post_value("title", title); }

void Platform::set_language(std::string_view tag) { post_value("language", tag); }

double Platform::now_ms() { return emscripten_get_now(); }

#ifdef DUIBIAO_MIRROR_CHECK
void Platform::complain(const std::string& line) { emscripten_console_error(line.c_str()); }
#endif

void Platform::record_frame(double milliseconds) { duibiao_js_record_frame(milliseconds); }

}  // namespace duibiao::web
