// The page as a whole: bars, screen, dialog, toast.
#include <algorithm>

#include "ui/calendar/calendar.hpp"
#include "ui/findings_list.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

namespace {

constexpr ImGuiWindowFlags bare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                  ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus;

void set_look() {
    ImGuiStyle& look = ImGui::GetStyle();
    look.WindowBorderSize = look.ChildBorderSize = 0;
    look.WindowPadding = {0, 0};
    look.ScrollbarSize = 10;
    look.ScrollbarRounding = 5;
    look.Colors[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
    look.Colors[ImGuiCol_ScrollbarGrab] = ImGui::ColorConvertU32ToFloat4(colour::control_line);
    look.Colors[ImGuiCol_ScrollbarGrabHovered] = ImGui::ColorConvertU32ToFloat4(colour::faint);
    look.Colors[ImGuiCol_ScrollbarGrabActive] = ImGui::ColorConvertU32ToFloat4(colour::faint);
}

void take_shortcuts(Ui& ui) {
    const auto pressed = [&](std::string_view key) { return ui.mirror.pressed(key, {}); };
    if (pressed("Ctrl+Z")) ui.send(command::Undo{});
    if (pressed("Ctrl+Y")) ui.send(command::Redo{});
    if (pressed("Ctrl+P") && is_author(ui)) ui.send(command::GiveOutForm{"print"});
    if (pressed("Ctrl+P") && !is_author(ui)) ui.send(command::Print{});
    if (pressed("Ctrl+S") && ui.state.opened) ui.send(command::Notify{ui.say("ui.save.automatic")});
    if (pressed("F8") && !is_author(ui)) go_to_next_finding(ui, 1);
    if (pressed("Shift+F8") && !is_author(ui)) go_to_next_finding(ui, -1);
    if (pressed("F1") || pressed("?")) ui.send(command::ShowDialog{"help", {}});
    if (pressed("Escape")) {
        ui.view.show_left = ui.view.show_right = false;
        if (!ui.state.dialog.name.empty()) ui.send(command::ShowDialog{});
    }
}

/// A panel that slides over the table on narrow pages.
template <typename Draw>
void drawer(Ui& ui, const char* id, bool on_right, bool& open, Draw&& draw_panel) {
    const float width = std::min(ui.px(on_right ? 328 : 260), ui.size.x - 48);
    const float x = on_right ? ui.size.x - width : 0;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ui.size);
    ImGui::Begin(id, nullptr, bare & ~ImGuiWindowFlags_NoBringToFrontOnFocus);
    fill({0, 0, ui.size.x, ui.size.y}, colour::shade);
    const Box outside = on_right ? Box{0, 0, x, ui.size.y} : Box{width, 0, ui.size.x - width, ui.size.y};
    const Box panel{x, 0, width, ui.size.y};
    {
        const Container dialog(
            ui, make_node(ui, id, Role::dialog, ui.say(on_right ? "ui.findings" : "ui.sections"), panel));
        fill(panel, colour::sheet);
        const float bar = ui.px(48);
        const Box close{panel.right() - ui.px(72), panel.y + ui.px(8), ui.px(60), ui.px(32)};
        if (button(ui, close, {std::string(id) + "/close", ui.say("ui.close"), {}, ButtonKind::plain})) open = false;
        draw_panel(ImVec2{panel.x, panel.y + bar}, ImVec2{width, ui.size.y - bar});
    }
    if (hit("outside", outside).clicked) open = false;
    ImGui::End();
}

/// A panel that is folded away: a strip with the button that opens it again, or that button in the panel's corner.
void draw_fold(Ui& ui, const Box& panel, bool on_right, bool is_closed) {
    const std::string side = on_right ? "right" : "left";
    const std::string name = ui.say("ui.panel." + side + (is_closed ? ".open" : ".close"));
    const float size = ui.px(28);
    const Box box{is_closed  ? panel.x + (panel.width - size) / 2
                  : on_right ? panel.right() - size - ui.px(8)
                             : panel.right() - size - ui.px(6),
                  panel.y + ui.px(12), size, size};
    if (is_closed) {
        fill(panel, colour::sheet);
        fill({on_right ? panel.x : panel.right() - 1, panel.y, 1, panel.height}, colour::line);
    }
    const AreaState state = area(ui, box, {"fold/" + side, name});
    if (state.hovered) fill(box, colour::hover, 6);
    write_in(ui, box, on_right == is_closed ? "«" : "»", {18, Weight::regular, colour::secondary}, 0.5F);
    const FindingCount findings = count(ui.state.opened->findings);
    const int grave = findings.errors + findings.warnings;
    if (is_closed && on_right && grave > 0)
        write_in(ui, {panel.x, box.bottom() + ui.px(6), panel.width, ui.px(24)}, std::to_string(grave),
                 with_colour(style::small_strong, findings.errors > 0 ? colour::accent : colour::warning), 0.5F);
    if (state.pressed) ui.send(command::SetSetting{side, is_closed ? "open" : "closed"});
}

/// A screen that has the whole page below the strips; null: the document's own, with its panels.
void (*whole_screen(const Ui& ui))(Ui&, ImVec2, ImVec2) {
    if (is_author(ui)) return draw_author;
    if (is_desk(ui)) return draw_desk;
    return is_weak(ui) ? draw_weak : nullptr;
}

DUIBIAO_APART void draw_document(Ui& ui) {
    const float strip = ui.state.desk || ui.state.weak ? draw_desk_strip(ui, {0, top_bar_height(ui), ui.size.x, 0}) : 0;
    const float top = top_bar_height(ui) + strip;
    const float height = ui.size.y - top - bottom_bar_height(ui);
    if (const auto draw_whole = whole_screen(ui)) {
        const float notice = draw_notice(ui, {0, top, ui.size.x, height});
        return draw_whole(ui, {0, top + notice}, {ui.size.x, height - notice});
    }
    const bool has_left = !ui.is_narrow();
    const bool has_right = !ui.findings_are_drawer();
    const bool left_closed = ui.state.settings.left_closed;
    const bool right_closed = ui.state.settings.right_closed;
    const float left_width = !has_left ? 0 : ui.px(left_closed ? 40 : 232);
    const float right_width = !has_right ? 0 : ui.px(right_closed ? 40 : 328);
    if (has_left && !left_closed) draw_sections_panel(ui, {0, top}, {left_width, height});
    if (has_left) draw_fold(ui, {0, top, left_width, height}, false, left_closed);
    const float middle = ui.size.x - left_width - right_width;
    const float notice = draw_notice(ui, {left_width, top, middle, height});
    const ImVec2 position{left_width, top + notice};
    const ImVec2 size{middle, height - notice};
    const Instrument& instrument = *ui.state.opened->document.instrument;
    if (instrument.is_scored()) {
        draw_score_table(ui, position, size);
    } else if (instrument.has_items()) {
        draw_item_form(ui, position, size);
    } else if (instrument.kind == InstrumentKind::ledger) {
        draw_ledger(ui, position, size);
    } else {
        draw_roster(ui, position, size);
    }
    const Box right{ui.size.x - right_width, top, right_width, height};
    if (has_right && !right_closed) draw_findings_panel(ui, right.min(), {right_width, height});
    if (has_right) draw_fold(ui, right, true, right_closed);
}

void draw_drawers(Ui& ui) {
    if (!ui.is_narrow()) ui.view.show_left = false;
    if (!ui.findings_are_drawer()) ui.view.show_right = false;
    if (ui.view.show_left)
        drawer(ui, "drawer-left", false, ui.view.show_left,
               [&](ImVec2 position, ImVec2 size) { draw_sections_panel(ui, position, size); });
    if (ui.view.show_right)
        drawer(ui, "drawer-right", true, ui.view.show_right,
               [&](ImVec2 position, ImVec2 size) { draw_findings_panel(ui, position, size); });
}

/// Keeps in mind which field the input method is at work in.
void follow_composition(Ui& ui) {
    using Kind = DomEvent::Kind;
    std::string& composing = ui.view.composing;
    for (const DomEvent& event : ui.mirror.events()) {
        const bool is_end = event.kind == Kind::input || event.kind == Kind::composed || event.kind == Kind::blur;
        if (event.kind == Kind::composing) composing = event.id;
        if (is_end && composing == event.id) composing.clear();
    }
}

void draw_loading(Ui& ui) {
    const Box middle{0, ui.size.y * 0.4F, ui.size.x, ui.px(40)};
    write_in(ui, middle, ui.say("ui.loading"), style::hint, 0.5F);
    emit_text(ui, "loading", ui.say("ui.loading"), middle, Role::status);
}

}  // namespace

bool is_typing(const View& view, const Mirror& mirror) {
    const std::string& focused = mirror.focused();
    if (focused.empty()) return false;
    const bool is_refused = view.active.id == focused && !view.active.error.empty();
    const bool is_refused_cell = focused == grid_field && !view.grid.error.empty();
    return view.composing == focused || is_refused || is_refused_cell;
}

View::View() = default;

void draw(Ui& ui) {
    set_look();
    begin_painting(ui.theme);
    follow_composition(ui);
    take_calendar_keys(ui);
    take_shortcuts(ui);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ui.size);
    ImGui::Begin("page", nullptr, bare);
    draw_top_bar(ui);
    const bool has_document = ui.state.screen == Screen::document && ui.state.opened.has_value();
    if (has_document) {
        // Each document is where it was left.
        ImGui::PushID(ui.state.opened->document.id.c_str());
        draw_document(ui);
        ImGui::PopID();
        draw_bottom_bar(ui);
    } else if (ui.state.screen == Screen::home) {
        draw_home(ui);
    } else {
        draw_loading(ui);
    }
    ImGui::End();
    if (has_document) draw_drawers(ui);
    if (!ui.state.dialog.name.empty() || !ui.view.dialog_name.empty()) draw_dialog(ui);
    if (!ui.state.toast.text.empty()) draw_toast(ui);
    draw_calendar(ui);
}

namespace {

/// What keeps the user from writing, or what he is asked for, and what can be done about it.
struct Notice {
    const char* id;
    std::string text;
    std::string action;
    Command command;
    bool is_alarm = false;
    std::string other = {};  ///< a second thing that can be done
    std::optional<Command> other_command = {};
};

/// What is handed over is opened again by its own office; who reads what another one sent goes on in his own column.
Notice locked_notice(const Ui& ui, const Params& params) {
    const OpenedDocument& opened = *ui.state.opened;
    const std::string state(to_string(opened.custody[index_of(opened.layer)].state));
    Notice notice{"unlock", ui.say("ui.locked." + state, params), ui.say("ui.unlock"),
                  command::ShowDialog{"unlock", {}}};
    const auto layers = layers_of(*opened.document.instrument);
    if (!opened.is_of_others) return notice;
    // Another computer of the same office says so first: 我是谁.
    if (ui.state.settings.role != to_string(opened.layer)) notice.action.clear();
    if (index_of(opened.layer) + 1 >= layers.size()) return notice;
    const Layer next = layers[index_of(opened.layer) + 1];
    const LayerLabel* label = opened.document.instrument->find_layer(next);
    if (label == nullptr || opened.custody[index_of(next)].locked) return notice;
    notice.other = ui.say("ui.layer.go", {{"layer", label->short_label}});
    notice.other_command = command::SetLayer{next};
    return notice;
}

std::optional<Notice> notice_of(const Ui& ui) {
    const OpenedDocument& opened = *ui.state.opened;
    if (opened.is_sample)
        return Notice{"trial-back", ui.say("ui.author.try.notice"), ui.say("ui.author.try.back"), command::EndTrial{}};
    if (!opened.writer)
        return Notice{"take-over", ui.say(opened.strayed ? "ui.reader.strayed" : "ui.reader"),
                      ui.say("ui.reader.take-over"), command::TakeOver{}, opened.strayed};
    // Not a dialog: that would take the focus in the middle of a word.
    if (ui.state.saving.state == SaveState::failed)
        return Notice{"save-help", ui.say("ui.save.notice"), ui.say("ui.save.help"), command::ShowDialog{"save", {}},
                      true};
    const Custody& custody = opened.custody[index_of(opened.layer)];
    const Params params{{"by", custody.by}, {"at", custody.at.substr(0, 10)}, {"reason", custody.reason}};
    if (custody.locked) return locked_notice(ui, params);
    if (ui.state.clock_is_wrong)
        return Notice{"clock", ui.say("ui.clock.wrong", {{"date", ui.state.today}}), ui.say("ui.clock.again"),
                      command::Tick{}};
    if (!custody.returned && opened.newer && !opened.has_put_off_renewal)
        return Notice{"renew", ui.say("ui.renew.notice", {{"version", opened.newer->version}}), ui.say("ui.renew.show"),
                      command::ShowDialog{"renew", {}}};
    if (!custody.returned) return std::nullopt;
    return Notice{"compare", ui.say("ui.returned", params), ui.say("ui.compare.short"),
                  command::ShowDialog{"compare", {}}};
}

}  // namespace

float draw_notice(Ui& ui, const Box& view) {
    const auto notice = notice_of(ui);
    if (!notice) return 0;
    struct Part {
        ButtonSpec spec;
        Command command;
    };
    std::vector<Part> parts;
    const bool asks = notice->other_command || notice->action.empty();
    if (asks && ui.state.settings.role.empty())
        parts.push_back({{"who", ui.say("ui.who.ask")}, command::ShowDialog{"who", {}}});
    if (notice->other_command)
        parts.push_back({{"fill-next", notice->other, {}, ButtonKind::primary}, *notice->other_command});
    if (!notice->action.empty()) parts.push_back({{notice->id, notice->action}, notice->command});
    float buttons = 0;
    for (const Part& part : parts) buttons += button_width(ui, part.spec.label) + ui.px(8);
    const float line = ui.px(44);
    const float room = view.width - ui.px(28);
    const TextStyle style = with_colour(style::small, notice->is_alarm ? colour::accent : colour::warning);
    const bool beside = ui.text.measure(notice->text, style) + ui.px(14) + buttons <= room;
    const float words = beside ? line : wrapped_height(ui, room, notice->text, style) + ui.px(10);
    const Box box{view.x, view.y, view.width, beside ? line : words + line};
    fill(box, notice->is_alarm ? colour::accent_tint : colour::warning_tint);
    horizontal_line(box.x, box.bottom() - 1, box.width,
                    notice->is_alarm ? colour::accent : IM_COL32(0xF2, 0xD9, 0xA8, 255));
    const Box text{box.x + ui.px(14), box.y, room, words};
    if (beside)
        write_in(ui, text, notice->text, style);
    else
        write_wrapped(ui, text.x, text.y + ui.px(8), text.width, notice->text, style);
    emit_text(ui, "reader", notice->text, text, Role::status);
    float x = beside ? box.right() - ui.px(6) - buttons : box.x + ui.px(14);
    for (const Part& part : parts) {
        const float width = button_width(ui, part.spec.label);
        if (button(ui, {x, box.bottom() - ui.px(38), width, ui.px(32)}, part.spec)) {
            // Who fills in the column above has said who he is.
            const auto* next = std::get_if<command::SetLayer>(&part.command.any());
            if (next != nullptr && ui.state.settings.role.empty())
                ui.send(command::SetSetting{"role", std::string(to_string(next->layer))});
            ui.commands.push_back(part.command);
        }
        x += width + ui.px(8);
    }
    return box.height;
}

namespace {

/// A new version begins the page anew, which a row that is being written would not outlive.
Command action_of(const Ui& ui, const Toast& toast) {
    const auto is_empty = [](const std::string& cell) { return cell.empty(); };
    const bool has_draft = !std::all_of(ui.view.row_draft.begin(), ui.view.row_draft.end(), is_empty);
    if (has_draft && std::holds_alternative<command::TakeUpdate>(toast.command->any()))
        return command::Notify{ui.say("ui.update.draft")};
    return *toast.command;
}

}  // namespace

void draw_toast(Ui& ui) {
    const Toast& toast = ui.state.toast;
    const TextStyle style{14, Weight::regular, colour::sheet};
    const float action = toast.action.empty() ? 0 : button_width(ui, toast.action);
    const float close = ui.px(36);
    // Beside the author's desk it stays over the given table.
    const bool is_beside = is_author(ui) && !ui.is_medium();
    const float room = is_beside ? ui.size.x * 0.42F : ui.size.x;
    const float most = std::min(ui.px(520), room - action - close - ui.px(72));
    const float text_width = std::min(ui.text.measure(toast.text, style) + 1, most);
    const float height = std::max(ui.px(44), wrapped_height(ui, text_width, toast.text, style) + ui.px(22));
    const float width = text_width + action + close + ui.px(36);
    // At the left, where no figures are. A dialog's buttons are at its foot: there the sentence would hide them.
    const bool is_low = ui.state.dialog.name.empty() && (!is_author(ui) || is_beside);
    const float y = is_low ? ui.size.y - bottom_bar_height(ui) - height - ui.px(20) : ui.px(8);
    const float x_low = ui.is_narrow() ? (ui.size.x - width) / 2 : ui.px(20);
    const Box box{is_low ? x_low : (ui.size.x - width) / 2, y, width, height};
    ImGui::SetNextWindowPos(box.min());
    ImGui::SetNextWindowSize({box.width, box.height});
    ImGui::Begin("toast", nullptr, bare & ~ImGuiWindowFlags_NoBringToFrontOnFocus);
    ui.over = true;
    fill(box, colour::text, 8);
    write_wrapped(ui, box.x + ui.px(18), box.y + ui.px(11), text_width, toast.text, style);
    emit_text(ui, "toast", toast.text, box, Role::status);
    float x = box.x + ui.px(24) + text_width;
    if (action > 0) {
        const Box part{x, box.y + (height - ui.px(32)) / 2, action, ui.px(32)};
        if (button(ui, part, {"toast/action", toast.action, {}, ButtonKind::plain}) && toast.command)
            ui.commands.push_back(action_of(ui, toast));
        x += action;
    }
    const Box cross{x, box.y + (height - ui.px(32)) / 2, close, ui.px(32)};
    const AreaState closed = area(ui, cross, {"toast/close", ui.say("ui.close")});
    write_in(ui, cross, "×", {18, Weight::regular, colour::sheet}, 0.5F);
    if (closed.pressed) ui.send(command::DismissToast{});
    ui.over = false;
    ImGui::End();
}

}  // namespace duibiao::ui
