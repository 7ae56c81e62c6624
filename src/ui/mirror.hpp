// The mirror: what is on the canvas, said again as real DOM nodes.
//
// One mechanism for screen readers, keyboard focus, text entry and browser tests. Every widget emits one node a frame
// with its rectangle; the platform diffs the nodes against the last frame's and keeps real elements exactly over the
// canvas. Buttons and the like are transparent to the mouse (the canvas sees it) but take keyboard focus; text fields
// are real inputs that take the mouse too and show themselves while they have the focus, so IME, selection, clipboard
// and touch keyboards are the browser's own. Events come back at the start of the next frame and widgets ask for them
// by id.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace duibiao::ui {

/// What happened to a node since the last frame.
struct DomEvent {
    enum class Kind : std::uint8_t {
        click,      ///< Enter, Space or a screen reader's click on a button, link, checkbox, tab …
        focus,      ///< the node got the focus
        blur,       ///< it lost the focus; `text` is the field's last text
        input,      ///< the field's text is now `text` (never in mid-composition)
        key,        ///< a key the field hands over: see `key`
        composing,  ///< an IME composition began or went on; `text` is the field's text including the composition
        composed,   ///< it ended and left the text as C++ knows it
        paste,      ///< text with TAB or LF was pasted into a single-line field: `text`, not inserted by the browser
        overflow    ///< more than `max_length` was typed or pasted; the field keeps `text`, an `input` comes as well
    };
    Kind kind = Kind::click;
    std::string id;
    std::string text;
    /// "Enter", "Shift+Enter", "Tab", "Escape", "ArrowUp", "ArrowDown", "F", "Ctrl+Z", …; with an empty id a shortcut
    /// pressed anywhere.
    std::string key;
    float height = 0;  ///< focus, input, composing: the text area's own scroll height, CSS pixels
};

enum class Role : std::uint8_t {
    button,
    link,
    checkbox,
    radio,
    tab,
    menuitem,
    text,       ///< single-line field
    multiline,  ///< text area
    number,     ///< single-line field, decimal keyboard, whole text selected on focus
    select,     ///< combo box: `options`
    heading,
    paragraph,   ///< static text
    status,      ///< live region, polite
    alert,       ///< live region, assertive
    region,      ///< landmark with a name; container
    navigation,  ///< landmark; container
    dialog,      ///< modal: the platform makes everything outside it inert; container
    group,       ///< container
    list,        ///< container
    listitem,    ///< container
    table,       ///< container; `row_count`
    row,         ///< container; `row_index`
    columnheader,
    rowheader,
    cell,  ///< container or text
    progressbar
};

struct Rect {
    float x = 0;  ///< CSS pixels from the canvas' top left corner
    float y = 0;
    float width = 0;
    float height = 0;
    friend bool operator==(const Rect&, const Rect&) = default;
};

struct MirrorNode {
    std::string id;      ///< unique in the frame, stable over frames: "score/self/3.2.4"
    std::string parent;  ///< id of a container emitted earlier this frame, or empty
    Role role = Role::button;
    std::string name;   ///< accessible name
    std::string value;  ///< field text; checkbox, radio: "true"/"false"/"mixed"; progressbar: percent; heading: level
    std::string description;
    Rect rect;
    Rect clip;  ///< what of it is in sight; zero size: all
    bool disabled = false;
    bool read_only = false;
    bool skipped = false;  ///< Tab passes it by
    bool invalid = false;
    bool secret = false;        ///< a field that shows dots
    bool selected = false;      ///< tab, row, current page in navigation
    bool over = false;          ///< may lie over fields, so it takes the mouse itself
    std::int8_t expanded = -1;  ///< -1: not expandable, 0, 1
    int row_count = 0;
    int row_index = 0;
    std::vector<std::string> options;  ///< of a select; of a text field what is offered while typing
    // Looks of a field while it has the focus, so that it covers the canvas' own drawing exactly.
    std::string placeholder;
    float font_size = 15;  ///< CSS pixels
    float line_height = 22;
    float padding_x = 0;
    float padding_y = 0;
    int font_weight = 400;
    bool centred = false;
    std::string keys;  ///< space separated keys handed over as `key` events and kept from the field: "Enter ArrowUp"
    int max_length = 10000;
    // The one field that stands over the current cell of a grid. It is emptied as soon as it hands over a key other
    // than F2, so that what is typed next belongs to the next cell; and it knows itself which keys it hands over then,
    // since who types fast does not wait for the next frame.
    std::string waiting_keys;   ///< handed over while nothing is typed; `keys` while something is. Not empty: a grid's
    bool waiting = false;       ///< nothing typed yet: not seen, and any paste is handed over
    bool caret_inside = false;  ///< left and right move the caret, whatever `keys` says
    int serial = 0;             ///< grows when the field has to take `value`, whatever was typed since
    friend bool operator==(const MirrorNode&, const MirrorNode&) = default;
};

/// Takes one frame's events off the front. What was pressed after a text had changed elsewhere is left for the next
/// frame: it must find that text written, whichever of the two is drawn first.
[[nodiscard]] std::vector<DomEvent> take_frame(std::vector<DomEvent>& events);

/// Collects one frame's nodes and hands out its events.
class Mirror {
public:
    void begin_frame(std::vector<DomEvent> events);

    /// The newest event of that kind for `id` in this frame; null when there is none.
    [[nodiscard]] const DomEvent* event(DomEvent::Kind kind, std::string_view id) const;
    [[nodiscard]] bool clicked(std::string_view id) const { return event(DomEvent::Kind::click, id) != nullptr; }
    /// True when `key` was pressed in `id` (empty id: anywhere) this frame.
    [[nodiscard]] bool pressed(std::string_view key, std::string_view id) const;
    [[nodiscard]] const std::vector<DomEvent>& events() const { return events_; }
    /// Takes events out of this frame's, for who asks before all others.
    template <typename Wanted>
    [[nodiscard]] std::vector<DomEvent> take_events(const Wanted& is_wanted) {
        std::vector<DomEvent> taken;
        std::vector<DomEvent> rest;
        for (DomEvent& event : events_) (is_wanted(event) ? taken : rest).push_back(std::move(event));
        events_ = std::move(rest);
        return taken;
    }

    void emit(MirrorNode node) { nodes_.push_back(std::move(node)); }
    [[nodiscard]] const std::vector<MirrorNode>& nodes() const { return nodes_; }

    /// Asks the platform to move the focus there once the node stands in the DOM (this frame or a later one).
    void request_focus(std::string_view id) { focus_request_ = id; }
    /// Takes the request away; empty when there is none.
    [[nodiscard]] std::string take_focus_request();

    /// Who has the keyboard focus as of this frame's events; empty: nobody.
    [[nodiscard]] const std::string& focused() const { return focused_; }

private:
    std::vector<DomEvent> events_;
    std::vector<MirrorNode> nodes_;
    std::string focus_request_;
    std::string focused_;
};

}  // namespace duibiao::ui
