// What the form comes to: items, points, what is in doubt, and sums that are not as printed.
#include <algorithm>

#include "ui/author/author_parts.hpp"

namespace duibiao::ui {

namespace {

struct Figure {
    std::string id;
    std::string number;
    std::string text;
    ImU32 colour = colour::text;
};

std::vector<Figure> figures_of(const Ui& ui) {
    const AuthorView& view = author_view(ui);
    const auto doubts = static_cast<std::int64_t>(view.open_doubts());
    const auto sums = static_cast<std::int64_t>(view.sums.size());
    const bool is_same = view.printed.empty() || view.printed == view.points;
    std::vector<Figure> figures;
    figures.push_back(
        {"items", std::to_string(view.items),
         ui.say(view.is_roster ? "ui.author.card.columns" : "ui.author.card.items", {{"sections", view.sections}})});
    if (!view.is_roster)
        figures.push_back({"points", view.points,
                           view.printed.empty()
                               ? ui.say("ui.author.card.points")
                               : ui.say(is_same ? "ui.author.card.points.same" : "ui.author.card.points.other",
                                        {{"printed", view.printed}}),
                           is_same ? colour::text : colour::warning});
    figures.push_back({"doubts", std::to_string(doubts),
                       ui.say(doubts == 0      ? "ui.author.card.sure"
                              : ui.is_narrow() ? "ui.author.card.doubts.short"
                                               : "ui.author.card.doubts"),
                       doubts == 0 ? colour::good : colour::warning});
    if (!view.is_roster)
        figures.push_back({"sums", std::to_string(sums),
                           ui.say(sums == 0 ? "ui.author.card.sums.right" : "ui.author.card.sums.other"),
                           sums == 0 ? colour::good : colour::warning});
    return figures;
}

/// Sums one after the other.
void walk_sums(Ui& ui) {
    const auto& sums = author_view(ui).sums;
    if (sums.empty()) return;
    const auto here = std::find_if(sums.begin(), sums.end(),
                                   [&ui](const AuthorSum& sum) { return sum.place == ui.view.author.selected; });
    const auto next = here == sums.end() || std::next(here) == sums.end() ? sums.begin() : std::next(here);
    select_place(ui, next->place);
    ui.send(command::Notify{place_words(ui, next->place) + " " + next->words});
}

void draw_figure(Ui& ui, const Box& box, const Figure& figure) {
    sheet(box);
    const AreaState state =
        area(ui, box, {"author/card/" + figure.id, figure.number + " " + figure.text, Role::button, false, 8});
    if (state.hovered) outline(box, colour::control_line, 8);
    const bool small = ui.is_narrow();
    write_in(ui, {box.x + ui.px(12), box.y + ui.px(small ? 4 : 8), box.width - ui.px(20), ui.px(30)}, figure.number,
             {small ? 20.0F : 24.0F, Weight::bold, figure.colour});
    const float top = box.y + ui.px(small ? 32 : 40);
    write_in(ui, {box.x + ui.px(12), top, box.width - ui.px(20), ui.px(22)}, figure.text, style::small);
    if (ui.mirror.focused() == "author/card/" + figure.id) focus_ring(box, 8);
    if (!state.pressed) return;
    if (figure.id == "doubts") return walk_doubts(ui, 1);
    if (figure.id == "sums") return walk_sums(ui);
    select_place(ui, {});
}

}  // namespace

float draw_author_cards(Ui& ui, const Box& column, float y) {
    const std::vector<Figure> figures = figures_of(ui);
    const float gap = ui.px(ui.is_narrow() ? 8 : author_gap);
    const auto across = static_cast<float>(ui.is_narrow() ? 2 : figures.size());
    const float width = (column.width - (across - 1) * gap) / across;
    const float height = ui.px(ui.is_narrow() ? 58 : 70);
    float x = column.x;
    for (const Figure& figure : figures) {
        if (x + width > column.right() + 1) {
            x = column.x;
            y += height + ui.px(8);
        }
        draw_figure(ui, {x, y, width, height}, figure);
        x += width + gap;
    }
    return y + height + ui.px(author_gap);
}

}  // namespace duibiao::ui
