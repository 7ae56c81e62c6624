// The dialog "import": what a report that arrived would change here.
#include <algorithm>
#include <array>

#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t most_lines_shown = 60;
constexpr std::array<const char*, 4> kinds{"merge.added", "merge.changed", "merge.cleared", "merge.conflict"};
constexpr std::array<Tone, 4> tones{Tone::good, Tone::neutral, Tone::warning, Tone::error};

std::int64_t count_of(const PendingImport& pending, MergeChange::Kind kind) {
    return std::count_if(pending.lines.begin(), pending.lines.end(),
                         [kind](const ChangeLine& line) { return line.kind == kind; });
}

std::string shown(const Ui& ui, const std::string& text) { return text.empty() ? ui.say("history.empty") : text; }

/// One change; of a conflict both sides, to choose from. `conflict` counts those before it.
void draw_change(Ui& ui, Flow& flow, const ChangeLine& line, std::size_t index, std::size_t conflict) {
    const auto kind = static_cast<std::size_t>(line.kind);
    const float top = flow.y;
    const std::string word = ui.say(kinds[kind]);
    const float width = chip(ui, flow.x, flow.y + ui.px(2), word, tones[kind]);
    write_in(ui, {flow.x + width + ui.px(8), flow.y, flow.width - width - ui.px(8), ui.px(26)}, line.what, style::body);
    flow.y += ui.px(28);
    if (line.kind == MergeChange::Kind::conflict) {
        const bool ours = ui.state.pending_import->keep_ours[conflict];
        const std::vector<std::string> sides{ui.say("ui.import.ours", {{"value", shown(ui, line.before)}}),
                                             ui.say("ui.import.theirs", {{"value", shown(ui, line.after)}})};
        const auto chosen = segments(ui, {flow.x, flow.y, flow.width, ui.px(36)},
                                     "import/side/" + std::to_string(conflict), line.what, sides, ours ? 0 : 1);
        if (chosen) ui.send(command::KeepOurs{conflict, *chosen == 0});
        flow.y += ui.px(44);
        return;
    }
    const std::string change = shown(ui, line.before) + " → " + shown(ui, line.after);
    flow.y += write_wrapped(ui, flow.x, flow.y, flow.width, change, style::small) + ui.px(8);
    emit_text(ui, "import/line/" + std::to_string(index), word + " " + line.what + " " + change,
              {flow.x, top, flow.width, flow.y - top});
}

/// What the file rewrites, with both contents; nothing of it can be taken in.
void draw_rewritten(Ui& ui, Flow& flow, const PendingImport& pending) {
    if (pending.lines.empty()) paragraph(ui, flow, "import/history", ui.say("ui.import.rewritten.history"));
    for (std::size_t i = 0; i < pending.lines.size() && i < most_lines_shown; ++i) {
        const ChangeLine& line = pending.lines[i];
        paragraph(ui, flow, "import/rewritten/" + std::to_string(i),
                  line.what + "　" + ui.say("ui.import.ours", {{"value", shown(ui, line.before)}}) + "　" +
                      ui.say("ui.import.theirs", {{"value", shown(ui, line.after)}}));
    }
}

/// What the office above says of it, where that is what the file brings.
void draw_verdict(Ui& ui, Flow& flow, const PendingImport& pending) {
    if (!pending.merge) return;
    const Document& document = pending.merge->document;
    const Custodies custody = custody_of(document);
    const Custody& own = custody[index_of(Layer::self)];
    const Custody& above = custody[index_of(Layer::acceptance)];
    if (!own.returned && above.state != LayerState::accepted) return;
    std::int64_t remarks = 0;
    for (const Instrument::Place& place : document.instrument->order) {
        const std::string& item = document.instrument->criterion(place).id;
        remarks += document.text(Layer::acceptance, item, "note").empty() ? 0 : 1;
    }
    const std::string text = ui.say(own.returned ? "ui.import.returned" : "ui.import.accepted", {{"count", remarks}});
    paragraph(ui, flow, "import/verdict", text, style::body_strong);
}

void draw_preview(Ui& ui, Flow& flow, const PendingImport& pending) {
    using Kind = MergeChange::Kind;
    paragraph(ui, flow, "import/preview",
              ui.say("ui.import.preview", {{"added", count_of(pending, Kind::added)},
                                           {"changed", count_of(pending, Kind::changed)},
                                           {"cleared", count_of(pending, Kind::cleared)},
                                           {"conflicts", count_of(pending, Kind::conflict)},
                                           {"same", static_cast<std::int64_t>(pending.same)}}),
              style::body_strong);
    if (!pending.report.findings.empty())
        paragraph(ui, flow, "import/altered", ui.say("ui.import.altered"), with_colour(style::body, colour::accent));
    std::size_t conflict = 0;
    for (std::size_t i = 0; i < pending.lines.size() && i < most_lines_shown; ++i) {
        draw_change(ui, flow, pending.lines[i], i, conflict);
        conflict += pending.lines[i].kind == Kind::conflict ? 1 : 0;
    }
    if (pending.lines.size() > most_lines_shown)
        paragraph(
            ui, flow, "import/more",
            ui.say("ui.import.more", {{"count", static_cast<std::int64_t>(pending.lines.size() - most_lines_shown)}}),
            style::small);
}

}  // namespace

void body_import(Ui& ui, Flow& flow) {
    using Choice = command::ResolveImport::Choice;
    if (!ui.state.pending_import) return;
    if (!ui.state.pending_import->rewritten.empty()) {
        paragraph(ui, flow, "import/text", ui.say("ui.import.rewritten", {{"name", ui.state.dialog.argument}}));
        draw_rewritten(ui, flow, *ui.state.pending_import);
        if (choice(ui, flow, "import/copy", ui.say("ui.import.rewritten.copy"),
                   ui.say("ui.import.rewritten.copy.text")))
            ui.send(command::ResolveImport{Choice::copy});
        if (buttons(ui, flow, {{"import/cancel", ui.say("ui.cancel")}}) == 0)
            ui.send(command::ResolveImport{Choice::cancel});
        return;
    }
    draw_verdict(ui, flow, *ui.state.pending_import);
    const char* why = ui.state.carried ? "ui.carried.differs" : "ui.import.exists";
    paragraph(ui, flow, "import/text", ui.say(why, {{"name", ui.state.dialog.argument}}));
    draw_preview(ui, flow, *ui.state.pending_import);
    if (choice(ui, flow, "import/merge", ui.say("ui.import.merge"), ui.say("ui.import.merge.text")))
        ui.send(command::ResolveImport{Choice::merge});
    if (choice(ui, flow, "import/copy", ui.say("ui.import.copy"), ui.say("ui.import.copy.text")))
        ui.send(command::ResolveImport{Choice::copy});
    if (buttons(ui, flow, {{"import/cancel", ui.say("ui.cancel")}}) == 0)
        ui.send(command::ResolveImport{Choice::cancel});
}

}  // namespace duibiao::ui
