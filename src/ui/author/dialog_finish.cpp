// The dialog "author-finish": how the form goes to the units.
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

void body_author_finish(Ui& ui, Flow& flow) {
    if (!ui.state.author || !ui.state.author->view) return close_dialog(ui);
    const AuthorView& view = *ui.state.author->view;
    const Params params{{"title", view.title},
                        {"version", view.version},
                        {"items", view.items},
                        {"points", view.points},
                        {"count", static_cast<std::int64_t>(view.open_doubts())},
                        {"sums", static_cast<std::int64_t>(view.sums.size())}};
    paragraph(ui, flow, "author-finish/what",
              ui.say(view.is_roster ? "ui.author.finish.what-roster" : "ui.author.finish.what", params));
    const bool is_open = view.open_doubts() > 0 || !view.sums.empty();
    if (is_open)
        paragraph(ui, flow, "author-finish/open", ui.say("ui.author.finish.open", params),
                  with_colour(style::small, colour::warning));
    for (const char* how : {"file", "page", "link", "use"}) {
        const std::string key = "ui.author.finish." + std::string(how);
        if (choice(ui, flow, "author-finish/" + std::string(how), ui.say(key), ui.say(key + ".text")))
            ui.send(command::GiveOutForm{how});
    }
    if (buttons(ui, flow, {{"author-finish/close", ui.say("ui.close")}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
