// The dialog "made-form": what was recognised in a mailed file, what is to be looked at, and what becomes of it.
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

void body_made_form(Ui& ui, Flow& flow) {
    constexpr std::size_t head = 4;  // title, points, how many, of what
    constexpr std::size_t most = 60;
    const std::vector<std::string>& lines = ui.state.dialog.lines;
    if (lines.size() < head) return close_dialog(ui);
    paragraph(ui, flow, "made/title", lines[0], style::card_title);
    const Params figures{{"name", ui.state.dialog.argument}, {"points", lines[1]}, {"count", lines[2]}};
    paragraph(ui, flow, "made/figures", ui.say("ui.made-form." + lines[3], figures));
    const std::size_t doubts = lines.size() - head;
    const Params count{{"count", static_cast<std::int64_t>(doubts)}};
    paragraph(ui, flow, "made/doubts", ui.say(doubts == 0 ? "ui.made-form.sure" : "ui.made-form.unsure", count),
              style::body_strong);
    // Of a draft that is open it may be the next year's.
    const bool can_follow = is_author(ui);
    // Above the list, so that they stay in sight however long it is.
    const int pressed = buttons(ui, flow,
                                {{"made/cancel", ui.say("ui.cancel")},
                                 {"made/save", ui.say("ui.made-form.save")},
                                 can_follow ? ButtonSpec{"made/next", ui.say("ui.made-form.next")}
                                            : ButtonSpec{"made/take", ui.say("ui.made-form.take")},
                                 {"made/edit", ui.say("ui.made-form.edit"), {}, ButtonKind::primary}});
    for (std::size_t i = 0; i < doubts && i < most; ++i)
        paragraph(ui, flow, "made/doubt/" + std::to_string(i), lines[head + i], style::small);
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1) ui.send(command::GiveForm{});
    if (pressed == 2 && can_follow) ui.send(command::BeginDraft{true});
    if (pressed == 2 && !can_follow) ui.send(command::TakeForm{});
    if (pressed == 3) ui.send(command::BeginDraft{});
}

}  // namespace duibiao::ui
