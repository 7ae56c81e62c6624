// Text fields. The canvas draws them at rest; while one has the focus, a real input lies exactly over it.
#include <algorithm>
#include <cmath>

#include "core/date_text.hpp"
#include "core/text.hpp"
#include "ui/calendar/calendar.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

namespace {

constexpr float padding_x = 9;

float padding_y(const Ui& ui, const Box& box, const FieldSpec& spec) {
    const float line = line_height(ui, spec.style);
    return spec.role == Role::multiline ? ui.px(5) : std::max(0.0F, std::floor((box.height - line) / 2));
}

void paint_frame(const Ui& ui, const Box& box, const FieldSpec& spec, bool focused, bool hovered) {
    if (spec.read_only) {
        if (!spec.flat) {
            fill(box, colour::hover, 6);
            outline(box, colour::line, 6);
        }
        return;
    }
    if (focused || !spec.flat) fill(box, colour::sheet, 6);
    if (spec.invalid) fill(box, colour::accent_tint, 6);
    if (focused) {
        outline(box, colour::accent, 6, 2);
    } else if (spec.invalid) {
        outline(box, colour::accent, 6, ui.theme.contrast ? 3 : 1);
    } else if (!spec.flat || hovered) {
        outline(box, colour::control_line, 6);
    }
}

void paint_text(Ui& ui, const Box& box, const FieldSpec& spec, std::string_view text) {
    const bool is_empty = text.empty();
    const TextStyle style = is_empty ? with_colour(spec.style, colour::faint) : spec.style;
    const std::string_view shown = is_empty ? std::string_view(spec.placeholder) : text;
    const Box inner = box.inset(ui.px(padding_x), 0);
    if (spec.role == Role::multiline) {
        write_wrapped(ui, inner.x, box.y + padding_y(ui, box, spec), inner.width, shown, style);
    } else {
        write_in(ui, inner, shown, style, spec.centred ? 0.5F : 0);
    }
}

std::string dots(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "•";
    return text;
}

MirrorNode field_node(const Ui& ui, const Box& box, const FieldSpec& spec) {
    MirrorNode node = make_node(ui, spec.id, spec.role, spec.name, box);
    node.value = spec.text;
    node.description = spec.description;
    node.placeholder = spec.placeholder;
    node.options = spec.offered;
    node.read_only = spec.read_only;
    node.skipped = spec.skipped;
    node.invalid = spec.invalid;
    node.secret = spec.secret;
    node.font_size = ui.px(spec.style.size);
    node.line_height = line_height(ui, spec.style);
    node.padding_x = ui.px(padding_x);
    node.padding_y = padding_y(ui, box, spec);
    node.font_weight = spec.style.weight == Weight::regular ? 400 : spec.style.weight == Weight::semibold ? 600 : 700;
    node.centred = spec.centred;
    node.keys = spec.read_only && !spec.skipped ? std::string() : spec.keys;
    if (spec.dated && !spec.read_only) node.keys.append(" ").append(calendar_opening_keys);
    if (is_calendar_open(ui, spec.id)) node.keys.append(" ").append(calendar_keys);
    node.max_length = spec.max_length;
    return node;
}

void say_reverted(Ui& ui, const std::string& name, const std::string& why) {
    ui.send(command::Notify{ui.say("ui.field.reverted", {{"name", name}, {"why", why}})});
}

}  // namespace

float field_height(Ui& ui, float width, std::string_view text, const std::string& id, const TextStyle& style,
                   float minimum) {
    const float own = wrapped_height(ui, width - 2 * ui.px(padding_x), text, style) + 2 * ui.px(5);
    const float typed = ui.view.active.id == id ? ui.view.active.height : 0;
    return std::max({own, typed, minimum});
}

namespace {

/// What stands in the active field. What the document made of the text must not come in between while it is typed.
std::string text_while_typing(ActiveField& active, const std::optional<std::string>& typed, const std::string& stored) {
    if (typed) {
        active.typed = *typed;
        active.is_typed = true;
        active.meant.reset();
    } else if (!active.meant) {
        active.meant = stored;
    }
    if (active.meant && *active.meant != stored) active.is_typed = false;
    return active.is_typed ? active.typed : stored;
}

}  // namespace

FieldEvents field(Ui& ui, const Box& box, const FieldSpec& spec) {
    using Kind = DomEvent::Kind;
    FieldEvents events;
    ActiveField& active = ui.view.active;
    const DomEvent* focus = ui.mirror.event(Kind::focus, spec.id);
    events.got_focus = focus != nullptr;
    // A field that lost and regained the focus between two frames was never left.
    if (events.got_focus && active.id != spec.id) {
        // The field that was left may come later on the page.
        if (!active.error.empty()) say_reverted(ui, active.name, active.error);
        ui.view.left = std::move(active);
        active = ActiveField{};
        active.id = spec.id;
        active.name = spec.name;
        active.original = spec.text;
        active.reported = focus->text;
        active.height = focus->height;
        active.batch =
            (ui.state.opened ? ui.state.opened->session : std::string("page")) + "/" + std::to_string(++ui.view.visits);
    }
    if (const DomEvent* input = ui.mirror.event(Kind::input, spec.id)) {
        events.typed = input->text;
        active.reported = input->text;
        active.height = input->height;
        active.is_full = false;
    }
    if (ui.mirror.event(Kind::overflow, spec.id) != nullptr) active.is_full = true;
    if (const DomEvent* composing = ui.mirror.event(Kind::composing, spec.id)) active.height = composing->height;
    if (const DomEvent* blur = ui.mirror.event(Kind::blur, spec.id)) {
        events.lost_focus = true;
        // Only what the input method leaves behind comes with the blur. An older text is one that a key has replaced
        // since.
        const bool is_changed = blur->text != spec.text && blur->text != active.reported;
        const bool is_new = is_changed && !events.typed && active.id == spec.id && active.error.empty();
        if (is_new && !spec.read_only) events.typed = blur->text;
    }
    const bool has_month = spec.dated && !spec.read_only;
    if (has_month) {
        const std::string& now = active.id == spec.id && active.is_typed ? active.typed : spec.text;
        if (auto day = calendar_of(ui, spec.id, spec.name, now, box)) events.typed = active.reported = *std::move(day);
    }
    events.focused = ui.mirror.focused() == spec.id;
    const bool hovered = ImGui::IsMouseHoveringRect(box.min(), box.max()) && ImGui::IsWindowHovered();
    FieldSpec shown = spec;
    if (active.id == spec.id) {
        shown.invalid = spec.invalid || !active.error.empty();
        if (spec.as_typed && !spec.read_only) shown.text = text_while_typing(active, events.typed, spec.text);
    }
    paint_frame(ui, box, shown, events.focused, hovered);
    Box inner = box;
    if (has_month) {
        inner.width -= calendar_room(ui);
        paint_calendar_sign(ui, spec.id, box);
    }
    paint_text(ui, inner, shown, shown.secret ? dots(count_characters(shown.text)) : shown.text);
    emit(ui, field_node(ui, inner, shown));
    return events;
}

namespace {

/// The visit of the field that a text comes from: the focus may have gone on to another field in the same frame.
const ActiveField& visit_of(const Ui& ui, const FieldSpec& spec) {
    static const ActiveField none;
    for (const ActiveField* visit : {&ui.view.active, &ui.view.left})
        if (visit->id == spec.id) return *visit;
    return none;
}

/// What a wrong text began with was acceptable and is written ("0" of "0.3"): it goes, as nobody meant it.
void take_back(Ui& ui, const FieldSpec& spec, const Target& target) {
    const ActiveField& visit = visit_of(ui, spec);
    if (!visit.batch.empty()) ui.send(command::SetAnswer{target, visit.original, visit.batch});
}

void commit(Ui& ui, const FieldSpec& spec, const Target& target, const std::string& text) {
    ActiveField& active = ui.view.active;
    const Document& document = ui.state.opened->document;
    std::string meant = without_open_point(target, text);
    Result<Value> value = parse_value(*document.instrument, target, meant);
    if (!value && value.error().code.starts_with("date-")) {
        meant = with_year_of(document.period(), meant);
        value = parse_value(*document.instrument, target, meant);
    }
    const bool is_here = active.id == spec.id;
    if (is_here) {
        active.error = value ? std::string() : describe(ui.state.settings.language, value.error());
    }
    if (value) return ui.send(command::SetAnswer{target, meant, visit_of(ui, spec).batch});
    take_back(ui, spec, target);
    if (!is_here) say_reverted(ui, spec.name, describe(ui.state.settings.language, value.error()));
}

}  // namespace

std::string without_open_point(const Target& target, std::string_view text) {
    if (target.field != "score" && target.field != "value") return std::string(text);
    for (const std::string_view point : {".", "．", "。"}) {
        if (text.size() > point.size() && text.ends_with(point))
            return std::string(text.substr(0, text.size() - point.size()));
    }
    return std::string(text);
}

void say_beside(Ui& ui, const Box& box, const std::string& sentence) {
    const TextStyle style{13, Weight::regular, colour::sheet};
    const float width = std::min(ui.px(300), ui.text.measure(sentence, style) + ui.px(20) + 1);
    const float height = wrapped_height(ui, width - ui.px(20), sentence, style) + ui.px(12);
    const float x = std::clamp(box.x + box.width / 2 - width / 2, 8.0F, std::max(8.0F, ui.size.x - width - 8));
    const bool below = box.bottom() + height + 12 < ui.size.y;
    const Box bubble{x, below ? box.bottom() + 6 : box.y - height - 6, width, height};
    // Over everything, so that neighbouring cells do not cover it.
    ImDrawList* top = ImGui::GetForegroundDrawList();
    top->AddRectFilled(bubble.min(), bubble.max(), colour::text, 6);
    const TextBlock& block = ui.text.wrap(sentence, width - ui.px(20), style);
    float y = bubble.y + ui.px(6);
    for (const TextLine& line : block.lines) {
        top->AddText(ui.theme.font(style.weight), ui.px(style.size), {bubble.x + ui.px(10), y + 3}, style.colour,
                     sentence.data() + line.begin, sentence.data() + line.end);
        y += block.line_height;
    }
    emit_text(ui, "field-error", sentence, bubble, Role::alert);
}

namespace {

/// Why nothing can be typed here, and what to do about it.
std::string why_closed(const Ui& ui, const Target& target) {
    const OpenedDocument& opened = *ui.state.opened;
    if (!opened.writer) return {};
    const LayerLabel* label = opened.document.instrument->find_layer(target.layer);
    const Params params{{"layer", label != nullptr ? label->short_label : std::string()}};
    if (opened.layer != target.layer) return ui.say("ui.layer.other", params);
    return opened.is_open() ? std::string() : ui.say("ui.layer.locked", params);
}

}  // namespace

void answer_field(Ui& ui, const Box& box, FieldSpec spec, const Target& target) {
    spec.read_only = spec.read_only || !ui.state.opened->is_open(target.layer);
    spec.as_typed = true;
    const FieldEvents events = field(ui, box, spec);
    ActiveField& active = ui.view.active;
    if (events.typed && !spec.read_only) commit(ui, spec, target, *events.typed);
    const bool is_active = active.id == spec.id;
    if (is_active && ui.mirror.pressed("Escape", spec.id)) {
        commit(ui, spec, target, active.original);
        active.is_typed = false;
    }
    if (is_active && !active.error.empty()) {
        if (events.lost_focus) {
            say_reverted(ui, spec.name, active.error);
        } else {
            say_beside(ui, box, active.error);
        }
    } else if (is_active && active.is_full && !events.lost_focus) {
        const Error full{"text-long", {}, {{"limit", std::int64_t{spec.max_length}}}};
        say_beside(ui, box, describe(ui.state.settings.language, full));
    }
    if (spec.read_only && events.focused && !events.lost_focus) {
        if (const std::string why = why_closed(ui, target); !why.empty()) say_beside(ui, box, why);
    }
    if (is_active && events.lost_focus) active = ActiveField{};
}

void ballot_field(Ui& ui, const Box& box, FieldSpec spec, std::size_t rater, const std::string& row) {
    spec.as_typed = true;
    const FieldEvents events = field(ui, box, spec);
    ActiveField& active = ui.view.active;
    const bool is_active = active.id == spec.id;
    if (events.typed && !spec.read_only) {
        const std::string meant = without_open_point({Layer::self, row, "score"}, *events.typed);
        const Done fits = check_ballot(*ui.state.opened->document.instrument, meant);
        if (is_active) active.error = fits ? std::string() : describe(ui.state.settings.language, fits.error());
        ui.send(command::SetBallot{rater, row, fits ? meant : active.original});
    }
    if (!is_active) return;
    if (!active.error.empty() && !events.lost_focus) say_beside(ui, box, active.error);
    if (!active.error.empty() && events.lost_focus) say_reverted(ui, spec.name, active.error);
    if (events.lost_focus) active = ActiveField{};
}

void draft_field(Ui& ui, const Box& box, FieldSpec spec, std::string& value) {
    spec.text = value;
    spec.keys = spec.role == Role::multiline ? "" : "Enter";  // Escape is the dialog's
    const FieldEvents events = field(ui, box, spec);
    if (events.typed) value = *events.typed;
    if (events.lost_focus && ui.view.active.id == spec.id) ui.view.active = ActiveField{};
}

}  // namespace duibiao::ui
