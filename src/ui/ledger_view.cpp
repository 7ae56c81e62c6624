// The ledger's page: figures, writing down, and below them the duties, the activities or the year.
#include <algorithm>
#include <cmath>

#include "core/cell.hpp"
#include "ui/ledger_parts.hpp"

namespace duibiao::ui {

namespace {

/// What the lower part shows: the duties, the activities, or the year and whose ledger it is.
float draw_parts(Ui& ui, const Box& column, float y) {
    const std::vector<std::string> labels{ui.say("ui.ledger.part.duties"), ui.say("ui.ledger.part.list"),
                                          ui.say("ui.ledger.part.year")};
    const float width = std::min(column.width * 0.62F, ui.px(390));
    const auto chosen =
        segments(ui, {column.x, y, width, ui.px(36)}, "parts", ui.say("ui.ledger.parts"), labels, ui.view.ledger_part);
    if (chosen) ui.view.ledger_part = *chosen;
    const std::string sets = ui.say("ui.ledger.sets");
    const float sets_width = button_width(ui, sets);
    if (button(ui, {column.right() - sets_width, y + ui.px(2), sets_width, ui.px(32)}, {"sets", sets}))
        ui.send(command::ShowDialog{"duties", {}});
    return y + ui.px(48);
}

void take_reveal(Ui& ui) {
    const RevealWish& wish = ui.state.reveal;
    if (wish.serial == ui.view.seen_reveal) return;
    ui.view.seen_reveal = wish.serial;
    ui.view.show_left = ui.view.show_right = false;
    if (wish.item == "header") {
        ui.view.ledger_part = 2;
        ui.view.focus_when_drawn = "header/" + wish.field;
        return;
    }
    if (wish.item == "new") return begin_row(ui, {}, {});
    if (is_row_id(wish.item) && wish.field == "cells") {
        const std::string_view row = ui.state.opened->document.text(Layer::self, wish.item, "cells");
        if (!row.empty()) return load_draft(ui, row, wish.item);
    }
    for (const DutyRow& row : ui.state.opened->duties) {
        if (row.duty->id == wish.item) begin_row(ui, row.duty->kinds.front(), {});
    }
}

}  // namespace

const Table& table_of(const Ui& ui) { return ui.state.opened->document.instrument->table; }

int this_month(const Ui& ui) {
    const Result<Date> today = parse_date(ui.state.today);
    return today ? static_cast<int>(static_cast<unsigned>(today->month())) : months_of_year;
}

void draw_ledger(Ui& ui, ImVec2 position, ImVec2 size) {
    const Box view{position.x, position.y, size.x, size.y};
    const Container region(ui, make_node(ui, "main", Role::region, ui.state.opened->document.instrument->title, view));
    take_reveal(ui);
    ScrollArea scroll(ui, "ledger-scroll", view);
    const float width = std::min(view.width - 2 * form_margin(ui), ui.px(1240));
    const Box column{std::floor(view.x + (view.width - width) / 2), 0, width, 0};
    float y = scroll.origin().y + form_margin(ui);
    y = draw_figures(ui, column, y);
    y = draw_begin(ui, column, y);
    const float entry_y = y;
    if (ui.view.row_open || ui.state.opened->ledger.own == 0) y = draw_entry(ui, column, y);
    y = draw_parts(ui, column, y);
    if (ui.view.ledger_part == 0) y = draw_matrix(ui, column, y, view);
    if (ui.view.ledger_part == 1) y = draw_list(ui, column, y, view) + ui.px(gap_at_15);
    if (ui.view.ledger_part == 2) {
        y = draw_year(ui, column, y);
        y += form_head(ui, column, y, true);
    }
    y += ui.px(12);
    if (!ui.view.focus_when_drawn.empty()) ui.mirror.request_focus(std::exchange(ui.view.focus_when_drawn, {}));
    if (ui.view.scroll_to) {
        ImGui::SetScrollY(std::max(0.0F, entry_y - scroll.origin().y - ui.px(12)));
        ui.view.scroll_to.reset();
        ui.view.wants_frame = true;
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

}  // namespace duibiao::ui
