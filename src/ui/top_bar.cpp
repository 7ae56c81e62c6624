// Brand, where we are, the state of saving, and the main actions.
#include <algorithm>
#include <vector>

#include "core/undo.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

float top_bar_height(const Ui& ui) { return ui.px(56); }

float bottom_bar_height(const Ui& ui) {
    const bool has_bar = ui.is_narrow() && ui.state.screen == Screen::document && !is_desk(ui) && !is_author(ui);
    return has_bar ? ui.px(56) : 0;
}

namespace {

struct Action {
    ButtonSpec spec;
    Command command;
};

/// Places buttons from the right edge leftwards; returns the x where they begin.
float draw_actions(Ui& ui, float right, const std::vector<Action>& actions) {
    float x = right;
    std::vector<Box> boxes(actions.size());
    for (std::size_t i = actions.size(); i-- > 0;) {
        const float width = button_width(ui, actions[i].spec.label);
        x -= width;
        boxes[i] = {x, (top_bar_height(ui) - button_height(ui)) / 2, width, button_height(ui)};
        x -= ui.px(8);
    }
    for (std::size_t i = 0; i < actions.size(); ++i) {
        if (button(ui, boxes[i], actions[i].spec)) ui.commands.push_back(actions[i].command);
    }
    return x;
}

struct SaveText {
    std::string text;
    ImU32 dot;
    ImU32 colour;
};

/// What is typed in this frame is stored only after it is drawn.
bool was_typed(const Ui& ui) {
    using Kind = DomEvent::Kind;
    const std::vector<DomEvent>& events = ui.mirror.events();
    return std::any_of(events.begin(), events.end(), [](const DomEvent& event) { return event.kind == Kind::input; });
}

SaveText save_text(const Ui& ui) {
    const Saving& saving = ui.state.saving;
    if (saving.state == SaveState::failed) return {ui.say("ui.save.failed"), colour::accent, colour::accent};
    if (saving.state == SaveState::saving || was_typed(ui))
        return {ui.say("ui.save.saving"), colour::warning, colour::secondary};
    if (is_typing(ui.view, ui.mirror)) return {ui.say("ui.save.typing"), colour::warning, colour::secondary};
    if (ui.state.screen != Screen::document) return {ui.say("ui.save.local"), colour::good_dot, colour::secondary};
    const std::string text =
        saving.saved_at.empty() ? ui.say("ui.save.saved") : ui.say("ui.save.saved-at", {{"time", saving.saved_at}});
    return {text, colour::good_dot, colour::secondary};
}

/// Right-aligned at `right`; returns the x where it begins. On the narrowest pages only the dot is drawn.
float draw_save_state(Ui& ui, float right) {
    const SaveText save = save_text(ui);
    const TextStyle style = with_colour(style::small, save.colour);
    const bool dot_only = ui.size.x < 560 && ui.state.saving.state != SaveState::failed;
    const float text_width = dot_only ? 0 : ui.text.measure(save.text, style) + ui.px(6);
    const float x = right - text_width - ui.px(8);
    const float middle = top_bar_height(ui) / 2;
    canvas()->AddCircleFilled({x + ui.px(4), middle}, ui.px(4), save.dot);
    const Box box{x + ui.px(14), 0, text_width, top_bar_height(ui)};
    if (ui.state.saving.state == SaveState::failed && ui.state.opened) {
        const Box press{x - ui.px(4), middle - ui.px(16), text_width + ui.px(18), ui.px(32)};
        if (area(ui, press, {"save-failed", save.text}).pressed) ui.send(command::ShowDialog{"save", {}});
    }
    if (!dot_only) write_in(ui, box, save.text, style);
    emit_text(ui, "save-state", save.text, {x, middle - 10, text_width + ui.px(14), 20}, Role::status);
    return x - ui.px(16);
}

float draw_brand(Ui& ui) {
    const float left = ui.px(20);
    const Box box{left - 6, ui.px(8), ui.px(ui.size.x < 560 ? 50 : 110), ui.px(40)};
    const AreaState home = area(ui, box, {"brand", ui.say("ui.home"), Role::link});
    if (home.pressed) ui.send(command::OpenHome{});
    write_in(ui, {left, 0, ui.px(46), top_bar_height(ui)}, ui.say("ui.brand"), {20, Weight::bold, colour::accent});
    if (ui.size.x < 560) return left + ui.px(54);
    write_in(ui, {left + ui.px(46), ui.px(2), ui.px(70), top_bar_height(ui)}, "Duibiao",
             {13, Weight::regular, colour::faint});
    return left + ui.px(112);
}

Tone tone_of(LayerState state) {
    if (state == LayerState::returned) return Tone::warning;
    return state == LayerState::draft ? Tone::neutral : Tone::good;
}

/// unit / title / period and the state's chip, as much as there is room for.
void draw_breadcrumb(Ui& ui, float left, float right) {
    const OpenedDocument& opened = *ui.state.opened;
    const Document& document = opened.document;
    const std::string state = ui.say("state." + std::string(to_string(opened.state)));
    const float height = top_bar_height(ui);
    std::string unit = std::string(document.unit()) + " / ";
    std::string title = document.instrument->short_title;
    std::string period = " / " + period_title(ui.state.settings.language, document.period());
    if (is_author(ui)) {
        // What is made is what it is about.
        unit = title + " / ";
        const bool has_title = ui.state.author && ui.state.author->view && !ui.state.author->view->title.empty();
        title = has_title ? ui.state.author->view->title : std::string(document.unit());
        period.clear();
    }
    const TextStyle plain = with_colour(style::body, colour::secondary);
    const float chip_space = chip_width(ui, state) + ui.px(14);
    float room = right - left - chip_space;
    const float title_width = ui.text.measure(title, style::body_strong);
    const float period_width = ui.text.measure(period, plain);
    const float unit_width = ui.text.measure(unit, plain);
    const bool with_unit = unit_width + title_width + period_width <= room;
    const bool with_period = title_width + period_width <= room;
    float x = left;
    if (with_unit) {
        write_in(ui, {x, 0, unit_width + 1, height}, unit, plain);
        x += unit_width;
    }
    const float shown = std::min(title_width + 1, std::max(0.0F, room));
    write_in(ui, {x, 0, shown, height}, title, style::body_strong);
    x += shown;
    if (with_period) {
        write_in(ui, {x, 0, period_width + 1, height}, period, plain);
        x += period_width;
    }
    if (room > ui.px(60) && !is_desk(ui) && !is_author(ui))
        chip(ui, x + ui.px(12), (height - chip_height(ui)) / 2, state, tone_of(opened.state));
    emit_heading(ui, "breadcrumb", unit + title + period + " " + state, 1, {left, 12, std::max(1.0F, x - left), 32});
}

std::vector<Action> document_actions(const Ui& ui) {
    const Document& document = ui.state.opened->document;
    const bool writer = ui.state.opened->is_open();
    std::vector<Action> actions;
    if (ui.is_narrow()) return actions;
    actions.push_back(
        {{"undo", ui.say("ui.undo"), ui.say("ui.undo.name"), ButtonKind::plain, writer && can_undo(document)},
         command::Undo{}});
    actions.push_back(
        {{"redo", ui.say("ui.redo"), ui.say("ui.redo.name"), ButtonKind::plain, writer && can_redo(document)},
         command::Redo{}});
    if (is_author(ui)) {
        const bool has_form = ui.state.author && ui.state.author->view && !ui.state.author->view->form.empty();
        if (ui.size.x >= 860)
            actions.push_back({{"author/print", ui.say("ui.author.print"), {}, ButtonKind::plain, has_form},
                               command::GiveOutForm{"print"}});
        actions.push_back(
            {{"author/try", ui.say("ui.author.try"), {}, ButtonKind::plain, has_form}, command::TryForm{}});
        actions.push_back({{"author/finish", ui.say("ui.author.finish"), {}, ButtonKind::primary, has_form},
                           command::ShowDialog{"author-finish", {}}});
        return actions;
    }
    if (is_desk(ui)) {
        if (ui.size.x >= 860)
            actions.push_back(
                {{"print", ui.say("ui.print"), ui.say("ui.print.name")}, command::WriteDesk{"rollup", "html"}});
        if (ui.size.x >= 1240) {
            actions.push_back({{"settings", ui.say("ui.settings")}, command::ShowDialog{"settings", {}}});
            actions.push_back({{"help", ui.say("ui.help"), ui.say("ui.help.name")}, command::ShowDialog{"help", {}}});
        }
        return actions;
    }
    if (document.instrument->kind == InstrumentKind::ledger) {
        if (ui.size.x >= 860)
            actions.push_back({{"row/paste", ui.say("ui.ledger.paste"), {}, ButtonKind::plain, writer},
                               command::ShowDialog{"paste", {}}});
        actions.push_back({{"send", ui.say("ui.send")}, command::ShowDialog{"send", {}}});
        actions.push_back(
            {{"row/new", "+ " + ui.say("ui.ledger.new"), ui.say("ui.ledger.new"), ButtonKind::primary, writer},
             command::Reveal{"new", {}, Layer::self}});
        return actions;
    }
    if (ui.size.x >= 860) actions.push_back({{"print", ui.say("ui.print"), ui.say("ui.print.name")}, command::Print{}});
    if (ui.size.x >= 1240) {
        actions.push_back({{"settings", ui.say("ui.settings")}, command::ShowDialog{"settings", {}}});
        actions.push_back({{"help", ui.say("ui.help"), ui.say("ui.help.name")}, command::ShowDialog{"help", {}}});
    }
    if (ui.state.opened->is_sample) return actions;
    actions.push_back({{"send", ui.say("ui.send"), {}, ButtonKind::primary}, command::ShowDialog{"send", {}}});
    return actions;
}

std::vector<Action> home_actions(const Ui& ui) {
    std::vector<Action> actions;
    if (ui.size.x >= 560) {
        actions.push_back({{"import", ui.say("ui.import")}, command::Pick{}});
        actions.push_back({{"backup", ui.say("ui.backup")}, command::Backup{}});
    }
    actions.push_back({{"settings", ui.say("ui.settings")}, command::ShowDialog{"settings", {}}});
    actions.push_back({{"help", ui.say("ui.help"), ui.say("ui.help.name")}, command::ShowDialog{"help", {}}});
    return actions;
}

std::vector<ButtonSpec> bottom_buttons(const Ui& ui) {
    const OpenedDocument& opened = *ui.state.opened;
    const FindingCount findings = count(opened.findings);
    const Params faults{{"count", std::int64_t{findings.errors + findings.warnings}}};
    const bool is_ledger = opened.document.instrument->kind == InstrumentKind::ledger;
    const bool undoable = opened.is_open() && can_undo(opened.document);
    std::vector<ButtonSpec> specs{
        {"open-sections", ui.say("ui.sections.button")},
        {"undo", ui.say("ui.undo"), ui.say("ui.undo.name"), ButtonKind::plain, undoable},
        {"open-findings", ui.say("ui.findings.button", faults)},
        {"more", ui.say("ui.more"), ui.say("ui.dialog.more")},
        {"send", ui.say("ui.send.short"), ui.say("ui.send"), is_ledger ? ButtonKind::plain : ButtonKind::primary}};
    const ButtonSpec add{"row/new", ui.say("ui.ledger.new.short"), ui.say("ui.ledger.new"), ButtonKind::primary,
                         opened.is_open()};
    if (is_ledger) specs.insert(specs.begin() + 2, add);
    return specs;
}

void press_bottom(Ui& ui, std::string_view id) {
    if (id == "open-sections") ui.view.show_left = true;
    if (id == "open-findings") ui.view.show_right = true;
    if (id == "undo") ui.send(command::Undo{});
    if (id == "more") ui.send(command::ShowDialog{"more", {}});
    if (id == "send") ui.send(command::ShowDialog{"send", {}});
    if (id == "row/new") ui.send(command::Reveal{"new", {}, Layer::self});
}

}  // namespace

void draw_top_bar(Ui& ui) {
    const Box bar{0, 0, ui.size.x, top_bar_height(ui)};
    fill(bar, colour::sheet);
    horizontal_line(0, bar.height - 1, bar.width);
    const Container region(ui, make_node(ui, "top", Role::region, ui.say("ui.top"), bar));
    const float left = draw_brand(ui);
    const bool has_document = ui.state.screen == Screen::document && ui.state.opened.has_value();
    float right = ui.size.x - ui.px(20);
    if (has_document && ui.findings_are_drawer() && !ui.is_narrow() && !is_author(ui)) {
        const FindingCount findings = count(ui.state.opened->findings);
        const std::string label =
            ui.say("ui.findings.button", {{"count", std::int64_t{findings.errors + findings.warnings}}});
        const float width = button_width(ui, label);
        right -= width;
        if (button(ui, {right, (bar.height - button_height(ui)) / 2, width, button_height(ui)},
                   {"open-findings", label}))
            ui.view.show_right = true;
        right -= ui.px(8);
    }
    right = draw_actions(ui, right, has_document ? document_actions(ui) : home_actions(ui));
    right = draw_save_state(ui, right - ui.px(4));
    if (has_document) draw_breadcrumb(ui, left + ui.px(16), right);
}

void draw_bottom_bar(Ui& ui) {
    const float height = bottom_bar_height(ui);
    if (height <= 0) return;
    const Box bar{0, ui.size.y - height, ui.size.x, height};
    fill(bar, colour::sheet);
    horizontal_line(0, bar.y, bar.width);
    const Container region(ui, make_node(ui, "bottom", Role::navigation, ui.say("ui.bottom"), bar));
    const std::vector<ButtonSpec> specs = bottom_buttons(ui);
    const float gap = ui.px(8);
    const auto across = static_cast<float>(specs.size());
    const float width = (ui.size.x - ui.px(24) - (across - 1) * gap) / across;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const Box place{ui.px(12) + static_cast<float>(i) * (width + gap), bar.y + ui.px(8), width, ui.px(40)};
        if (button(ui, place, specs[i])) press_bottom(ui, specs[i].id);
    }
}

}  // namespace duibiao::ui
