// The browser side: the only folder with EM_JS and SDL.
#pragma once

#include <imgui.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/ports.hpp"
#include "ui/mirror.hpp"

struct ImFont;

namespace duibiao::web {

/// The three weights of the user's own system font.
struct Fonts {
    ImFont* regular = nullptr;   ///< 400
    ImFont* semibold = nullptr;  ///< 600
    ImFont* bold = nullptr;      ///< 700
};

/// What came in since the last frame.
struct Inbox {
    std::vector<Command> commands;
    std::vector<ui::DomEvent> events;
};

/// Window, renderer, ImGui backends, ports and bridges. One instance for the page's life.
class Platform {
public:
    /// False when there is no window; the page has already said so to the user.
    [[nodiscard]] static bool start();
    /// Calls `frame` in the next animation frame and three more; called again by every event, command and storage
    /// answer. Nothing runs when idle.
    static void on_frame(void (*frame)());
    static void request_frame();
    /// A frame after `delay_ms` milliseconds (toasts that go away).
    static void request_frame_in(int delay_ms);

    [[nodiscard]] static Fonts fonts();
    /// The system's user wants its colours and no others (CSS forced-colors).
    [[nodiscard]] static bool has_system_colours();
    /// The user points with a finger.
    [[nodiscard]] static bool has_coarse_pointer();
    /// Draws the glyphs of `texts` in one go, ahead of the first frame that shows them. `size` in CSS pixels.
    static void prewarm(ImFont* font, float size, const std::vector<std::string>& texts);
    [[nodiscard]] static Ports& ports();
    [[nodiscard]] static Inbox take_inbox();

    /// Feeds SDL events to ImGui and begins its frame (sizes, density, fonts).
    static void begin_frame();
    /// Renders ImGui's draw data over `background`.
    static void present(ImU32 background);
    /// Sends the difference to the DOM.
    static void mirror(ui::Mirror& mirror);

    /// data-save on the root element: "saved", "saving", "failed".
    static void set_save_state(std::string_view state);
    /// data-ready="1" and performance.mark('duibiao-ready'), once.
    static void set_ready();
    static void set_title(std::string_view title);
    /// "zh-CN" or "en" on the root element.
    static void set_language(std::string_view tag);
    /// Milliseconds of the page's clock, for measuring a frame.
    [[nodiscard]] static double now_ms();
#ifdef DUIBIAO_MIRROR_CHECK
    /// A line for the browser's console, in debug builds only.
    static void complain(const std::string& line);
#endif
    /// Adds the CPU time of a frame to `window.duibiaoFrames` (the last 600), for the bench.
    static void record_frame(double milliseconds);
};

}  // namespace duibiao::web
