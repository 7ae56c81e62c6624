// What the parts of an organisation's panel are made of.
#include <algorithm>

#include "core/cell.hpp"
#include "core/date_text.hpp"
#include "core/weak/check_weak.hpp"
#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

void WeakColumn::line(const std::string& name, const std::string& text, const TextStyle& style) {
    const float height = write_wrapped(ui, x, y, width, text, style);
    emit_text(ui, id + "/" + name, text, {x, y, width, height});
    y += height + ui.px(6);
}

void WeakColumn::title(const std::string& name, const std::string& text) {
    const float height = write_wrapped(ui, x, y, width, text, {18, Weight::bold, colour::text});
    emit_heading(ui, id + "/" + name, text, 2, {x, y, width, height});
    y += height + ui.px(6);
}

void WeakColumn::heading(const std::string& name, const std::string& text) {
    y += ui.px(8);
    horizontal_line(x, y, width);
    y += ui.px(10);
    write_in(ui, {x, y, width, ui.px(24)}, text, style::body_strong);
    emit_heading(ui, id + "/" + name, text, 3, {x, y, width, ui.px(24)});
    y += ui.px(30);
}

void WeakColumn::note(const std::string& name, const std::string& text, Tone tone) {
    const float height = wrapped_height(ui, width - ui.px(22), text, style::small) + ui.px(14);
    const Box box{x, y, width, height};
    fill(box, tone_tint(tone), 5);
    fill({box.x, box.y, ui.px(3), box.height}, tone_text(tone), 1);
    write_wrapped(ui, box.x + ui.px(12), box.y + ui.px(7), width - ui.px(22), text,
                  with_colour(style::small, colour::text));
    emit_text(ui, id + "/" + name, text, box);
    y = box.bottom() + ui.px(6);
}

bool WeakColumn::button(const std::string& name, const std::string& label, ButtonKind kind, bool enabled) {
    const float own = std::min(width, button_width(ui, label));
    if (used_ > 0 && used_ + own > width) end_buttons();
    const Box box{x + used_, y, own, ui.px(36)};
    used_ += own + ui.px(8);
    return ui::button(ui, box, {id + "/" + name, label, {}, kind, enabled}) && enabled;
}

void WeakColumn::end_buttons() {
    if (used_ > 0) y += ui.px(44);
    used_ = 0;
}

std::string weak_text(const Ui& ui, const WeakUnit& unit, std::string_view cell) {
    const Document& document = opened(ui).document;
    const std::string_view cells = document.text(Layer::self, unit.row, "cells");
    return std::string(NamedCells(document, cells)[cell]);
}

namespace {

/// A choice of the form: its options, and none of them.
void draw_choice(WeakColumn& column, const WeakUnit& unit, const AnswerField& field, const std::string& text) {
    Ui& ui = column.ui;
    std::vector<std::string> labels = field.options;
    labels.push_back(ui.say("ui.unset"));
    const auto at =
        static_cast<std::size_t>(std::find(field.options.begin(), field.options.end(), text) - field.options.begin());
    const Box box{column.x, column.y, std::min(column.width, ui.px(96) * static_cast<float>(labels.size())), ui.px(34)};
    const auto chosen = segments(ui, box, column.id + "/" + field.id, field.label, labels, at);
    column.y = box.bottom() + ui.px(8);
    if (!chosen || !opened(ui).is_open()) return;
    const std::string value = *chosen < field.options.size() ? field.options[*chosen] : std::string();
    ui.send(command::WriteWeak{unit.row, {{field.id, value}}, {}, {}});
}

/// A day is written once it is one; its year may be left out.
void write_cell(Ui& ui, const WeakUnit& unit, const AnswerField& field, std::string text) {
    ActiveField& active = ui.view.active;
    active.error.clear();
    if (field.type == AnswerField::Type::date && !text.empty()) {
        text = with_year_of(opened(ui).document.period(), text);
        if (const auto day = parse_date(text); !day) {
            active.error = describe(ui.state.settings.language, day.error());
            return;
        }
    }
    ui.send(command::WriteWeak{unit.row, {{field.id, std::move(text)}}, active.batch, {}});
}

}  // namespace

void weak_cell(WeakColumn& column, const WeakUnit& unit, std::string_view cell) {
    Ui& ui = column.ui;
    const Table& table = opened(ui).document.instrument->table;
    const auto at = table.find_column(cell);
    if (!at) return;
    const AnswerField& field = table.columns[*at];
    const std::string text = weak_text(ui, unit, cell);
    write_in(ui, {column.x, column.y, column.width, ui.px(20)}, field.label, style::small);
    column.y += ui.px(22);
    if (field.type == AnswerField::Type::choice) return draw_choice(column, unit, field, text);
    FieldSpec spec;
    spec.id = column.id + "/" + field.id;
    spec.name = field.label;
    spec.text = text;
    spec.max_length = 2000;
    spec.as_typed = true;
    spec.dated = field.type == AnswerField::Type::date;
    spec.read_only = !opened(ui).is_open();
    if (const auto known = opened(ui).known.find(field.entity); known != opened(ui).known.end())
        spec.offered = known->second;
    // Sentences; names and days are short.
    const bool is_long = field.type == AnswerField::Type::text && field.entity == AnswerField::Entity::none;
    if (is_long) spec.role = Role::multiline;
    const float least = ui.px(34);
    const float height = is_long ? field_height(ui, column.width, text, spec.id, spec.style, least) : least;
    const Box box{column.x, column.y, column.width, height};
    const FieldEvents events = ui::field(ui, box, spec);
    if (events.typed && !spec.read_only) write_cell(ui, unit, field, *events.typed);
    if (events.lost_focus && ui.view.active.id == spec.id) ui.view.active = ActiveField{};
    column.y = box.bottom() + ui.px(8);
}

Tone tone_of(WeakStage stage) {
    switch (stage) {
        case WeakStage::candidate:
            return Tone::warning;
        case WeakStage::confirmed:
        case WeakStage::rectifying:
        case WeakStage::prolonged:
            return Tone::error;
        case WeakStage::rectified:
        case WeakStage::reviewed:
        case WeakStage::closed:
            return Tone::good;
        case WeakStage::struck:
            break;
    }
    return Tone::neutral;
}

std::string stage_words(const Ui& ui, WeakStage stage) {
    return ui.say("ui.weak.stage." + std::string(to_string(stage)));
}

namespace {

std::string prolonged_words(const Ui& ui, const WeakUnit& unit) {
    if (unit.plan && unit.plan->waiting() > 0)
        return ui.say("ui.weak.unit.next.check", {{"count", number(unit.plan->waiting())}});
    if (unit.is_reviewed_again) return ui.say("ui.weak.unit.next.reviewing");
    if (unit.limit.empty()) return ui.say("ui.weak.unit.next.prolonged.open");
    return ui.say("ui.weak.unit.next.prolonged", {{"date", unit.limit}});
}

}  // namespace

std::string next_words(const Ui& ui, const WeakUnit& unit) {
    const auto say = [&](const char* key) { return ui.say("ui.weak.unit.next." + std::string(key)); };
    switch (unit.stage) {
        case WeakStage::candidate:
            return say("decide");
        case WeakStage::confirmed:
            return say("plan");
        case WeakStage::rectifying:
            if (unit.plan && unit.plan->waiting() > 0)
                return ui.say("ui.weak.unit.next.check", {{"count", number(unit.plan->waiting())}});
            return unit.is_late ? say("late") : say("rectify");
        case WeakStage::prolonged:
            return prolonged_words(ui, unit);
        case WeakStage::rectified:
            return say(unit.review.empty() ? "review" : "reviewing");
        case WeakStage::reviewed:
            return say(weak_text(ui, unit, "verdict").empty() ? "verdict" : "close");
        case WeakStage::closed:
            return unit.revisit ? ui.say("ui.weak.unit.next.revisit", {{"date", to_string(*unit.revisit)}})
                                : say("done");
        case WeakStage::struck:
            break;
    }
    return weak_text(ui, unit, "reason");
}

float draw_weak_close(Ui& ui, const Box& drawer, const std::string& opener) {
    const std::string close = ui.say("ui.close");
    const float width = button_width(ui, close);
    if (button(ui, {drawer.right() - width - ui.px(10), drawer.y + ui.px(8), width, ui.px(30)},
               {"weak/drawer/close", close, {}, ButtonKind::quiet})) {
        ui.view.weak.selected.clear();
        ui.mirror.request_focus(opener);
    }
    return width;
}

std::optional<std::string> draw_weak_papers(Ui& ui, const Box& column, float y, float& right, const std::string& name) {
    std::optional<std::string> chosen;
    if (column.width <= ui.px(760)) return chosen;
    for (const std::string format : {"xlsx", "docx", "html"}) {
        const std::string label = ui.say("ui.desk.list." + format);
        const float width = button_width(ui, label) - ui.px(8);
        right -= width;
        if (button(ui, {right, y, width, ui.px(34)}, {"weak/paper/" + format, label, ui.say(name, {{"what", label}})}))
            chosen = format;
        right -= ui.px(8);
    }
    return chosen;
}

}  // namespace duibiao::ui
