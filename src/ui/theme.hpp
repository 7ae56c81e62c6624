// Colours, type and distances: the tokens of the page's look.
#pragma once

#include <cmath>
#include <cstdint>

#include <imgui.h>

namespace duibiao::ui {

enum class Weight : std::uint8_t { regular, semibold, bold };

namespace colour {
/// The page behind the sheets: what the platform clears the canvas with.
inline constexpr ImU32 desk = IM_COL32(0xF2, 0xF3, 0xF5, 255);
inline constexpr ImU32 sheet = IM_COL32(0xFF, 0xFF, 0xFF, 255);
inline constexpr ImU32 head = IM_COL32(0xF7, 0xF8, 0xFA, 255);
inline constexpr ImU32 line = IM_COL32(0xE3, 0xE5, 0xE8, 255);
inline constexpr ImU32 control_line = IM_COL32(0xC4, 0xC8, 0xCE, 255);
inline constexpr ImU32 track = IM_COL32(0xEB, 0xEC, 0xEE, 255);
/// What a bar of progress lies in.
inline constexpr ImU32 groove = IM_COL32(0xEB, 0xEC, 0xEF, 255);
inline constexpr ImU32 text = IM_COL32(0x1F, 0x23, 0x29, 255);
inline constexpr ImU32 secondary = IM_COL32(0x64, 0x6A, 0x73, 255);
inline constexpr ImU32 faint =
    IM_COL32(0x68, 0x6E, 0x77, 255);  ///< what stands in for an answer; 4.5 : 1 on sheet and desk
inline constexpr ImU32 accent = IM_COL32(0xB3, 0x26, 0x1E, 255);
inline constexpr ImU32 accent_hover = IM_COL32(0x9A, 0x1F, 0x18, 255);
inline constexpr ImU32 accent_tint = IM_COL32(0xFD, 0xEC, 0xEB, 255);
/// How much is done, which is not how good it is: red is for what is wrong.
inline constexpr ImU32 progress = IM_COL32(0x6B, 0x9A, 0x84, 255);
inline constexpr ImU32 warning = IM_COL32(0xA4, 0x5C, 0x00, 255);
inline constexpr ImU32 warning_tint = IM_COL32(0xFF, 0xF4, 0xE0, 255);
inline constexpr ImU32 good = IM_COL32(0x1D, 0x7A, 0x44, 255);
inline constexpr ImU32 good_tint = IM_COL32(0xE7, 0xF6, 0xED, 255);
inline constexpr ImU32 good_dot = IM_COL32(0x2E, 0x9E, 0x5B, 255);
inline constexpr ImU32 neutral_tint = IM_COL32(0xF0, 0xF1, 0xF3, 255);
inline constexpr ImU32 hover = IM_COL32(0xF5, 0xF6, 0xF7, 255);
inline constexpr ImU32 selected = IM_COL32(0xFF, 0xFA, 0xF9, 255);
inline constexpr ImU32 shade = IM_COL32(0x1F, 0x23, 0x29, 110);
}  // namespace colour

enum class Tone : std::uint8_t { neutral, error, warning, good };
[[nodiscard]] constexpr ImU32 tone_text(Tone tone) {
    switch (tone) {
        case Tone::error:
            return colour::accent;
        case Tone::warning:
            return colour::warning;
        case Tone::good:
            return colour::good;
        case Tone::neutral:
            break;
    }
    return colour::secondary;
}
[[nodiscard]] constexpr ImU32 tone_tint(Tone tone) {
    switch (tone) {
        case Tone::error:
            return colour::accent_tint;
        case Tone::warning:
            return colour::warning_tint;
        case Tone::good:
            return colour::good_tint;
        case Tone::neutral:
            break;
    }
    return colour::neutral_tint;
}

/// Fonts and sizes of this frame. Distances are CSS pixels at text size 15 and grow with the text.
struct Theme {
    ImFont* fonts[3] = {nullptr, nullptr, nullptr};  ///< by Weight
    float scale = 1.0F;                              ///< text size / 15
    bool compact = false;
    bool contrast = false;  ///< in the system's few colours (contrast.hpp)

    [[nodiscard]] float px(float at_15) const { return at_15 * scale; }
    [[nodiscard]] ImFont* font(Weight weight) const { return fonts[static_cast<int>(weight)]; }
    /// Line height of a size of type.
    [[nodiscard]] static float line_height(float size) { return std::round(size * 1.5F); }
    [[nodiscard]] float row_padding() const { return px(compact ? 6 : 11); }
};

/// One way to set text.
struct TextStyle {
    float size = 15;  ///< at text size 15
    Weight weight = Weight::regular;
    ImU32 colour = colour::text;
};

namespace style {
inline constexpr TextStyle body{15, Weight::regular, colour::text};
inline constexpr TextStyle body_strong{15, Weight::semibold, colour::text};
inline constexpr TextStyle small{13, Weight::regular, colour::secondary};
inline constexpr TextStyle small_strong{13, Weight::semibold, colour::text};
inline constexpr TextStyle title{20, Weight::bold, colour::text};
inline constexpr TextStyle card_title{16, Weight::semibold, colour::text};
inline constexpr TextStyle hint{15, Weight::regular, colour::faint};
inline constexpr TextStyle chip{12.5F, Weight::regular, colour::secondary};
inline constexpr TextStyle number{40, Weight::bold, colour::text};
}  // namespace style

[[nodiscard]] constexpr TextStyle with_colour(TextStyle style, ImU32 colour) {
    style.colour = colour;
    return style;
}

}  // namespace duibiao::ui
