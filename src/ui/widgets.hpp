// The few controls the page is made of. Each draws itself, tests the mouse, and emits its mirror node.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ui/ui.hpp"

namespace duibiao::ui {

struct Box {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    [[nodiscard]] ImVec2 min() const { return {x, y}; }
    [[nodiscard]] ImVec2 max() const { return {x + width, y + height}; }
    [[nodiscard]] float right() const { return x + width; }
    [[nodiscard]] float bottom() const { return y + height; }
    [[nodiscard]] Box inset(float dx, float dy) const { return {x + dx, y + dy, width - 2 * dx, height - 2 * dy}; }
};

[[nodiscard]] ImDrawList* canvas();

// --- Shapes -----------------------------------------------------------------------------------------------------
void fill(const Box& box, ImU32 colour, float radius = 0);
void outline(const Box& box, ImU32 colour, float radius, float thickness = 1);
/// A white sheet with a hair line.
void sheet(const Box& box, float radius = 8);
/// Before anything is drawn in a frame.
void begin_painting(const Theme& theme);
void horizontal_line(float x, float y, float width, ImU32 colour = colour::line);
void focus_ring(const Box& box, float radius);
void progress_bar(Ui& ui, const Box& box, Points part, Points whole);

// --- Text -------------------------------------------------------------------------------------------------------
/// One line with its top at `y` of a line box of the style's line height. Returns its width.
float write(Ui& ui, float x, float y, std::string_view text, const TextStyle& style);
/// Vertically centred in `box`; horizontally by `align` 0 left, 0.5 centre, 1 right; cut with "…" where too long.
void write_in(Ui& ui, const Box& box, std::string_view text, const TextStyle& style, float align = 0);
/// Wrapped text from its top left corner. Returns its height.
float write_wrapped(Ui& ui, float x, float y, float width, std::string_view text, const TextStyle& style);
[[nodiscard]] float wrapped_height(Ui& ui, float width, std::string_view text, const TextStyle& style);
[[nodiscard]] float line_height(const Ui& ui, const TextStyle& style);
/// A small label on a tint. Returns its width.
float chip(Ui& ui, float x, float y, std::string_view text, Tone tone);
[[nodiscard]] float chip_width(const Ui& ui, std::string_view text);
[[nodiscard]] float chip_height(const Ui& ui);

/// What went wrong, on a tint, from `y` on. Returns where it ends.
float draw_alarm(Ui& ui, const std::string& id, const Box& column, float y, const std::string& text);

// --- Mirror -----------------------------------------------------------------------------------------------------
[[nodiscard]] MirrorNode make_node(const Ui& ui, std::string id, Role role, std::string name, const Box& box);
void emit(Ui& ui, MirrorNode node);
/// A container that lasts as long as this object.
class Container {
public:
    Container(Ui& ui, MirrorNode node);
    ~Container();
    Container(const Container&) = delete;
    Container& operator=(const Container&) = delete;

private:
    Ui& ui_;
};
void emit_text(Ui& ui, std::string id, std::string text, const Box& box, Role role = Role::paragraph);
void emit_heading(Ui& ui, std::string id, std::string text, int level, const Box& box);

// --- Controls ---------------------------------------------------------------------------------------------------
struct Hit {
    bool hovered = false;
    bool held = false;
    bool clicked = false;
};
/// Mouse on a rectangle of the current window.
[[nodiscard]] Hit hit(std::string_view id, const Box& box);

enum class ButtonKind : std::uint8_t { plain, primary, quiet, warning };
struct ButtonSpec {
    std::string id = {};
    std::string label = {};
    std::string name = {};  ///< accessible name where the label is too short; empty: the label
    ButtonKind kind = ButtonKind::plain;
    bool enabled = true;
};
/// True when pressed by mouse, key or screen reader.
bool button(Ui& ui, const Box& box, const ButtonSpec& spec);
[[nodiscard]] float button_width(const Ui& ui, std::string_view label);
[[nodiscard]] float button_height(const Ui& ui);

/// An invisible button over something drawn by the caller: cards, rows, entries. `role` is button, link, tab or
/// menuitem.
struct AreaSpec {
    std::string id = {};
    std::string name = {};
    Role role = Role::button;
    bool selected = false;
    float radius = 6;
};
struct AreaState {
    bool hovered = false;
    bool pressed = false;
};
AreaState area(Ui& ui, const Box& box, const AreaSpec& spec);

/// Returns the new state when toggled.
std::optional<bool> checkbox(Ui& ui, const Box& box, const std::string& id, std::string_view label, bool checked,
                             bool enabled = true);
/// One of several; returns the index chosen.
std::optional<std::size_t> segments(Ui& ui, const Box& box, const std::string& id, const std::string& name,
                                    const std::vector<std::string>& labels, std::size_t selected);

/// One of many, in the browser's own list. Returns the index chosen.
std::optional<std::size_t> select(Ui& ui, const Box& box, const std::string& id, const std::string& name,
                                  const std::vector<std::string>& options, std::size_t selected);

// --- Fields -----------------------------------------------------------------------------------------------------
struct FieldSpec {
    std::string id = {};
    std::string name = {};
    std::string text = {};
    std::string placeholder = {};
    std::string description = {};
    Role role = Role::text;  ///< text, multiline or number
    TextStyle style = style::body;
    bool read_only = false;
    bool skipped = false;  ///< Tab passes it by
    bool centred = false;
    bool flat = false;  ///< no frame until hovered or focused, as in a table
    bool invalid = false;
    bool secret = false;                    ///< a password: dots are shown
    bool dated = false;                     ///< it holds a day: with a month to take one from
    bool as_typed = false;                  ///< the document writes its text in another way; not before it is left
    std::vector<std::string> offered = {};  ///< what the browser offers while something is typed
    std::string keys = "Enter Escape";
    int max_length = 10000;
};
struct FieldEvents {
    std::optional<std::string> typed;
    bool got_focus = false;
    bool lost_focus = false;
    bool focused = false;
};
/// Draws the field's text and frame and emits the real input that lies over it.
FieldEvents field(Ui& ui, const Box& box, const FieldSpec& spec);

/// A field of the open document: typing becomes SetAnswer; what cannot be accepted is said beside the field, and the
/// document has the answer again that it had before. `spec.text` is the answer as it stands.
void answer_field(Ui& ui, const Box& box, FieldSpec spec, const Target& target);
/// "1." on the way to "1.5" counts as 1 so far. Other texts, and those of other targets, come back as they are.
[[nodiscard]] std::string without_open_point(const Target& target, std::string_view text);
/// A sentence about a field, in a bubble beside it.
void say_beside(Ui& ui, const Box& box, const std::string& sentence);
/// A field of a dialog: typing goes into `value`.
void draft_field(Ui& ui, const Box& box, FieldSpec spec, std::string& value);
/// One rater's score for one member.
void ballot_field(Ui& ui, const Box& box, FieldSpec spec, std::size_t rater, const std::string& row);
/// Height that a multi-line field wants for its text at a width.
[[nodiscard]] float field_height(Ui& ui, float width, std::string_view text, const std::string& id,
                                 const TextStyle& style, float minimum);

/// A scrolling part of the page. Contents draw at absolute positions from `origin()`.
class ScrollArea {
public:
    ScrollArea(Ui& ui, const std::string& id, const Box& box);
    /// What has got the keyboard's focus, of all that was emitted since, comes into sight as a whole.
    void follow_focus();
    /// `content_height` is known when everything has been laid out.
    void finish(float content_height);
    [[nodiscard]] ImVec2 origin() const { return origin_; }
    [[nodiscard]] Box view() const { return view_; }

private:
    Ui& ui_;
    std::size_t first_node_;
    ImVec2 origin_;
    Box view_;
};

}  // namespace duibiao::ui
