// The dialog "clause": what a cited clause says, as far as the forms hold its words.
#include "exchange/clause_words.hpp"
#include "ui/citation.hpp"
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

bool citation_link(Ui& ui, const std::string& id, std::string_view citation, const Box& box, bool skipped) {
    if (citation.empty() || box.width < 1 || box.height < 1) return false;
    const Hit mouse = hit(id, box);
    const std::string name = ui.say("ui.clause.open", {{"citation", citation_words(ui, citation)}});
    MirrorNode node = make_node(ui, id, Role::button, name, box);
    node.skipped = skipped;
    emit(ui, std::move(node));
    if (mouse.hovered) horizontal_line(box.x, box.bottom() - 3, box.width, colour::secondary);
    if (ui.mirror.focused() == id) focus_ring(box, 4);
    if (!mouse.clicked && !ui.mirror.clicked(id)) return false;
    ui.send(command::ShowDialog{"clause", std::string(citation)});
    return true;
}

void body_clause(Ui& ui, Flow& flow) {
    std::size_t number = 0;
    for (const ClauseWords& clause : clause_words(ui.state.library.all(), ui.state.dialog.argument)) {
        const std::string id = "clause/" + std::to_string(number++);
        subtitle(ui, flow, id, citation_words(ui, clause.clause));
        if (!clause.source.empty()) paragraph(ui, flow, id + "/source", clause.source, style::small);
        std::size_t line = 0;
        for (const std::string& words : clause.words) paragraph(ui, flow, id + "/" + std::to_string(line++), words);
        if (clause.words.empty()) paragraph(ui, flow, id + "/none", ui.say("ui.clause.none"), style::small);
        flow.y += ui.px(6);
    }
    if (buttons(ui, flow, {{"clause/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
