// The dialog "given": what goes where in a Word form that was sent to the unit.
#include <algorithm>

#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

using Links = std::vector<const DocxLink*>;

/// Those that write something.
Links links_of(const DocxMatch& match, bool exact) {
    Links links;
    for (const DocxLink& link : match.links) {
        const bool writes = !link.value.empty() || link.kind == DocxLink::Kind::column || link.count > 0;
        if (writes && link.is_exact == exact) links.push_back(&link);
    }
    return links;
}

/// A box to tick, and below it what is written.
void draw_link(Ui& ui, Flow& flow, const DocxLink& link) {
    const std::string words = link_words(ui.state.settings.language, link);
    const float indent = ui.px(30);
    const float height = std::max(wrapped_height(ui, flow.width - indent, words, style::body), ui.px(24));
    const bool taken = !ui.state.given->left_out.contains(link.id);
    const auto now = checkbox(ui, {flow.x, flow.y, flow.width, height}, "given/" + link.id, words, taken, true);
    if (now) ui.send(command::LeaveOut{link.id, !*now});
    flow.y += height;
    if (!link.value.empty()) {
        const float top = flow.y;
        const std::string value = ui.say("ui.given.value", {{"value", link.value}});
        flow.y += write_wrapped(ui, flow.x + indent, flow.y, flow.width - indent, value, style::small);
        emit_text(ui, "given/value/" + link.id, value, {flow.x, top, flow.width, flow.y - top});
    }
    flow.y += ui.px(8);
}

void draw_links(Ui& ui, Flow& flow, const Links& links) {
    for (const DocxLink* link : links) draw_link(ui, flow, *link);
}

void draw_gaps(Ui& ui, Flow& flow, const std::vector<DocxGap>& gaps) {
    for (std::size_t i = 0; i < gaps.size(); ++i)
        paragraph(ui, flow, "given/gap/" + std::to_string(i), gap_words(ui.state.settings.language, gaps[i]),
                  style::small);
}

}  // namespace

void body_given(Ui& ui, Flow& flow) {
    if (!ui.state.given) return;
    const DocxMatch& match = ui.state.given->match;
    const Links similar = links_of(match, false);
    const Links exact = links_of(match, true);
    // What wants a look first.
    if (ui.view.draft.empty()) ui.view.draft = {!similar.empty() ? "0" : "1"};
    paragraph(ui, flow, "given/name", ui.state.given->name, style::body_strong);
    paragraph(ui, flow, "given/how", ui.say(similar.empty() ? "ui.given.how" : "ui.given.how.similar"), style::small);
    const auto words = [&ui](const char* key, std::size_t count) {
        return ui.say(key, {{"count", static_cast<std::int64_t>(count)}});
    };
    const std::vector<std::string> parts{words("ui.given.similar", similar.size()),
                                         words("ui.given.exact", exact.size()),
                                         words("ui.given.gaps", match.gaps.size())};
    std::string& part = ui.view.draft[0];
    const auto shown = static_cast<std::size_t>(part[0] - '0');
    const auto chosen =
        segments(ui, {flow.x, flow.y, flow.width, ui.px(36)}, "given/part", ui.say("ui.given.parts"), parts, shown);
    if (chosen) part = std::to_string(*chosen);
    flow.y += ui.px(40);
    // Above the list, so that they stay in sight however long it is.
    const int pressed = buttons(
        ui, flow,
        {{"given/cancel", ui.say("ui.cancel")}, {"given/save", ui.say("ui.given.save"), {}, ButtonKind::primary}});
    if (shown == 2)
        draw_gaps(ui, flow, match.gaps);
    else
        draw_links(ui, flow, shown == 0 ? similar : exact);
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1) ui.send(command::FillGiven{});
}

}  // namespace duibiao::ui
