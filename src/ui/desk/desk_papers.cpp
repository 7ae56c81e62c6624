// Papers of the campaign, and the files that do not count with the reason of each.
#include <algorithm>
#include <array>
#include <utility>

#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

struct PaperChoice {
    std::string_view paper;
    std::string_view format;
    bool is_chase = false;  ///< it goes to units that are missing
};

/// What goes to the units, what goes up, what is kept.
constexpr std::array<PaperChoice, 14> papers{{{"reminder", "html", true},
                                              {"notice", "docx", true},
                                              {"drafts", "zip", true},
                                              {"draft", "eml", true},
                                              {"messages", "txt", true},
                                              {"letters", "zip"},
                                              {"bulletin", "docx"},
                                              {"brief", "docx"},
                                              {"internal", "docx"},
                                              {"rollup", "docx"},
                                              {"rollup", "xlsx"},
                                              {"rollup", "html"},
                                              {"rollup", "csv"},
                                              {"partial", "ndjson"}}};

std::string paper_key(const PaperChoice& choice) {
    const std::string key = "ui.desk.paper." + std::string(choice.paper);
    return choice.paper == "rollup" ? key + "." + std::string(choice.format) : key;
}

void draw_paper(Ui& ui, const Box& box, const PaperChoice& choice) {
    const std::string key = paper_key(choice);
    const std::string title = ui.say(key + ".title");
    const std::string text = ui.say(key + ".text");
    const std::string id = "desk/paper/" + std::string(choice.paper) + "/" + std::string(choice.format);
    const AreaState state = area(ui, box, {id, title + " " + text, Role::button, false, 8});
    sheet(box);
    if (state.hovered) outline(box, colour::accent, 8);
    write_in(ui, {box.x + ui.px(14), box.y + ui.px(8), box.width - ui.px(28), ui.px(24)}, title, style::body_strong);
    write_in(ui, {box.x + ui.px(14), box.y + ui.px(32), box.width - ui.px(28), ui.px(22)}, text, style::small);
    if (ui.mirror.focused() == id) focus_ring(box, 8);
    if (state.pressed) ui.send(command::WriteDesk{std::string(choice.paper), std::string(choice.format)});
}

/// One kind of paper below its heading; returns where it ends.
float draw_papers(Ui& ui, const Box& column, float y, bool is_chase) {
    const std::string title = ui.say(is_chase ? "ui.desk.papers.chase" : "ui.desk.papers.results");
    const Box head{column.x, y, column.width, ui.px(26)};
    write_in(ui, head, title, style::card_title);
    emit_heading(ui, is_chase ? "desk/papers/chase" : "desk/papers/results", title, 2, head);
    y = head.bottom() + ui.px(8);
    const float gap = ui.px(10);
    const int across = column.width > ui.px(1000)  ? 4
                       : column.width > ui.px(720) ? 3
                       : column.width > ui.px(480) ? 2
                                                   : 1;
    const float width = (column.width - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
    const float height = ui.px(62);
    int index = 0;
    for (const PaperChoice& choice : papers) {
        if (choice.is_chase != is_chase) continue;
        const int row = index / across;
        draw_paper(ui,
                   {column.x + static_cast<float>(index % across) * (width + gap),
                    y + static_cast<float>(row) * (height + gap), width, height},
                   choice);
        ++index;
    }
    const int rows = (index + across - 1) / across;
    return y + static_cast<float>(rows) * (height + gap) + ui.px(8);
}

/// What goes to the units before anything comes back.
float draw_invitation(Ui& ui, const Box& column, float y) {
    float x = column.x;
    const auto put = [&](const std::string& id, const char* key) {
        const std::string label = ui.say(key);
        const float width = button_width(ui, label);
        const bool pressed = button(ui, {x, y, width, ui.px(36)}, {id, label});
        x += width + ui.px(8);
        return pressed;
    };
    if (put("desk/invite", "ui.desk.invite")) ui.send(command::CopyInvitation{});
    if (ui.state.own_forms.contains(std::string(opened(ui).document.text(Layer::self, "header", "forms"))) &&
        put("desk/form", "ui.desk.form"))
        ui.send(command::GiveCampaignForm{});
    return y + ui.px(36 + desk_gap);
}

/// The password of locked files: it is told first, then they are taken in again.
float draw_password(Ui& ui, const Box& column, float y) {
    if (desk_view(ui).locked == 0) return y;
    const float width = std::min(ui.px(260), column.width * 0.5F);
    FieldSpec spec;
    spec.id = "desk/password";
    spec.name = ui.say("ui.desk.password");
    spec.placeholder = spec.name;
    spec.secret = true;
    draft_field(ui, {column.x, y, width, ui.px(36)}, std::move(spec), ui.view.desk.password);
    const std::string label = ui.say("ui.desk.password.use");
    const bool ready = !ui.view.desk.password.empty();
    const bool pressed = button(ui, {column.x + width + ui.px(8), y, button_width(ui, label), ui.px(36)},
                                {"desk/password/use", label, {}, ButtonKind::plain, ready});
    if (ready && (pressed || ui.mirror.pressed("Enter", "desk/password")))
        ui.send(command::TellPassword{std::exchange(ui.view.desk.password, {})});
    return y + ui.px(36 + desk_gap);
}

/// The unit that a doubled report is of, or may be of.
std::vector<std::string> units_for(const DeskUncounted& file) {
    if (file.fate == "doubled") return {file.unit};
    return file.perhaps;
}

float draw_uncounted_line(Ui& ui, const Box& box, const DeskUncounted& file, std::size_t index) {
    const Tone tone = file.fate == "rejected" ? Tone::error : file.fate == "superseded" ? Tone::neutral : Tone::warning;
    const std::string fate = ui.say("ui.desk.fate." + file.fate);
    const std::string name = file.unit.empty() ? file.file : file.unit + "　" + file.file;
    const std::string why = file.fate == "rejected" ? file.why
                            : file.perhaps.empty()  ? ui.say("ui.desk.why." + file.fate)
                                                    : ui.say("ui.desk.why.perhaps", {{"units", file.perhaps}});
    chip(ui, box.x + ui.px(16), box.y + ui.px(10), fate, tone);
    const float x = box.x + ui.px(96);
    float right = box.right() - ui.px(14);
    const auto units = file.document.empty() ? std::vector<std::string>{} : units_for(file);
    if (!units.empty() && opened(ui).is_open()) {
        const std::string label =
            ui.say(file.fate == "doubled" ? "ui.desk.count-this" : "ui.desk.is-this", {{"unit", units.front()}});
        const float width = std::min(button_width(ui, label), box.width * 0.4F);
        right -= width;
        if (button(ui, {right, box.y + ui.px(8), width, ui.px(32)}, {"desk/decide/" + std::to_string(index), label}))
            ui.send(command::CountReport{units.front(), file.document});
        right -= ui.px(10);
    }
    const float room = right - x;
    write_in(ui, {x, box.y + ui.px(6), room, ui.px(22)}, name, style::body);
    write_in(ui, {x, box.y + ui.px(28), room, ui.px(20)}, why, style::small);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    emit_text(ui, "desk/uncounted/" + std::to_string(index), fate + " " + name + " " + why,
              {x, box.y, room, box.height});
    return box.bottom();
}

float draw_uncounted(Ui& ui, const Box& column, float y, const Box& sight) {
    const auto& files = desk_view(ui).uncounted;
    const std::string title = ui.say("ui.desk.uncounted", {{"count", static_cast<std::int64_t>(files.size())}});
    write_in(ui, {column.x, y, column.width, ui.px(28)}, title, style::card_title);
    emit_heading(ui, "desk/uncounted", title, 2, {column.x, y, column.width, ui.px(28)});
    y += ui.px(36);
    if (files.empty()) return y;
    const float line = ui.px(52);
    sheet({column.x, y, column.width, line * static_cast<float>(files.size()) + 1});
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Box box{column.x, y, column.width, line};
        if (box.bottom() > sight.y - line && box.y < sight.bottom() + line) draw_uncounted_line(ui, box, files[i], i);
        y += line;
    }
    return y;
}

}  // namespace

void draw_desk_papers(Ui& ui, const Box& place) {
    ScrollArea scroll(ui, "desk/papers", place);
    const Box column{place.x, 0, place.width - ui.px(12), 0};
    float y = draw_invitation(ui, column, scroll.origin().y + 2);
    if (desk_view(ui).states[0] > 0) y = draw_papers(ui, column, y, true);
    y = draw_papers(ui, column, y, false);
    y = draw_password(ui, column, y);
    y = draw_uncounted(ui, column, y, place);
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y + ui.px(12));
}

}  // namespace duibiao::ui
