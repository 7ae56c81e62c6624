// The dialog "renew": what the newest version of the form asks otherwise, and what becomes of the answers.
#include <algorithm>

#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t most_told = 12;

/// A heading and what is below it, as far as a reader takes it in.
void draw_renewal_labels(Ui& ui, Flow& flow, const std::string& what, const std::vector<std::string>& labels) {
    if (labels.empty()) return;
    const std::string id = "renew/" + what;
    subtitle(ui, flow, id, ui.say("ui.renew." + what, {{"count", static_cast<std::int64_t>(labels.size())}}));
    const std::size_t shown = std::min(labels.size(), most_told);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) text += (i > 0 ? "；" : "") + labels[i];
    const auto rest = static_cast<std::int64_t>(labels.size() - shown);
    if (rest > 0) text += ui.say("ui.renew.rest", {{"count", rest}});
    paragraph(ui, flow, id + "/list", text, with_colour(style::body, colour::secondary));
}

/// Values may name people: they are the reader's own.
void draw_renewed_answers(Ui& ui, Flow& flow, const std::vector<ChangeLine>& lines) {
    if (lines.empty()) {
        paragraph(ui, flow, "renew/kept", ui.say("ui.renew.kept"), with_colour(style::body, colour::good));
        return;
    }
    subtitle(ui, flow, "renew/answers",
             ui.say("ui.renew.answers", {{"count", static_cast<std::int64_t>(lines.size())}}));
    for (std::size_t i = 0; i < std::min(lines.size(), most_told); ++i) {
        const ChangeLine& line = lines[i];
        const bool is_lost = line.kind == MergeChange::Kind::cleared;
        paragraph(ui, flow, "renew/answer/" + std::to_string(i),
                  ui.say(is_lost ? "ui.renew.lost" : "ui.renew.changed",
                         {{"what", line.what}, {"before", line.before}, {"after", line.after}}),
                  with_colour(style::small, is_lost ? colour::warning : colour::secondary));
    }
    if (lines.size() > most_told)
        paragraph(ui, flow, "renew/more",
                  ui.say("ui.renew.more", {{"count", static_cast<std::int64_t>(lines.size() - most_told)}}),
                  style::small);
}

}  // namespace

void body_renew(Ui& ui, Flow& flow) {
    if (!ui.state.opened || !ui.state.renewal) return close_dialog(ui);
    const Renewal& renewal = *ui.state.renewal;
    const Instrument& before = *ui.state.opened->document.instrument;
    const Instrument& after = *renewal.taken.document.instrument;
    paragraph(ui, flow, "renew/versions",
              ui.say("ui.renew.versions",
                     {{"form", before.short_title}, {"before", before.version}, {"after", after.version}}),
              style::body_strong);
    draw_renewal_labels(ui, flow, "added", renewal.taken.added);
    draw_renewal_labels(ui, flow, "removed", renewal.taken.removed);
    draw_renewal_labels(ui, flow, "reworded", renewal.taken.reworded);
    draw_renewed_answers(ui, flow, renewal.lines);
    paragraph(ui, flow, "renew/papers", ui.say("ui.renew.papers"), style::small);
    const int pressed = buttons(ui, flow,
                                {{"renew/later", ui.say("ui.renew.later")},
                                 {"renew/confirm", ui.say("ui.renew.confirm"), {}, ButtonKind::primary}});
    if (pressed == 0) ui.send(command::PutOffRenewal{});
    if (pressed == 1) ui.send(command::Renew{});
}

}  // namespace duibiao::ui
