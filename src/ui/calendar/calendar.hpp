// A month to take a day from, for every field that holds one. The field keeps the focus: it hands its keys over while
// the month is open.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Keys with which a field that holds a day opens its month.
inline constexpr std::string_view calendar_opening_keys = "Alt+ArrowDown F4";
/// Keys it hands over besides while the month is open.
inline constexpr std::string_view calendar_keys =
    "Enter Escape ArrowLeft ArrowRight ArrowUp ArrowDown PageUp PageDown Shift+PageUp Shift+PageDown Home End";

/// Width of the button at a field's right edge; the real field ends before it.
[[nodiscard]] float calendar_room(const Ui& ui);

/// The sign at a field's right edge; over the field's own frame.
void paint_calendar_sign(Ui& ui, std::string_view field, const Box& box);

/// The month of a field: opens and closes it at its sign, and keeps it beside the field. Returns the field's new text
/// when a day was taken since the last frame. `text` is the field's as it stands.
[[nodiscard]] std::optional<std::string> calendar_of(Ui& ui, const std::string& field, const std::string& name,
                                                     std::string_view text, const Box& box);

[[nodiscard]] bool is_calendar_open(const Ui& ui, std::string_view field);

/// Takes the keys that belong to the open month out of the frame's events; before anything else asks for them.
void take_calendar_keys(Ui& ui);
/// The open month over everything else; after it.
void draw_calendar(Ui& ui);

}  // namespace duibiao::ui
