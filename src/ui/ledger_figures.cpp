// The ledger in four figures: what is met, missing, due this month, and written down.
#include <algorithm>
#include <array>

#include "ui/ledger_parts.hpp"

namespace duibiao::ui {

namespace {

struct Figure {
    std::string number;
    std::string rest;
    std::string text;
    bool bad = false;
};

/// Duties not yet met whose period ends this month.
int due_this_month(const Ui& ui) {
    int count = 0;
    const int month = this_month(ui);
    for (const DutyRow& row : ui.state.opened->duties) {
        for (const DutyCell& cell : row.cells)
            count += cell.state == DutyState::pending && cell.first_month + cell.months - 1 == month ? 1 : 0;
    }
    return count;
}

std::string missing_names(const Ui& ui) {
    std::string names;
    for (const DutyRow& row : ui.state.opened->duties) {
        if (row.missing.empty()) continue;
        if (!names.empty()) names += "、";
        names += row.duty->title;
    }
    return names.empty() ? ui.say("ui.ledger.nothing-missing") : names;
}

/// "今年活动", and how many of those who should have came.
std::string activities_text(const Ui& ui) {
    const std::optional<Points>& rate = ui.state.opened->attendance_rate;
    if (!rate) return ui.say("ui.ledger.activities");
    return ui.say("ui.ledger.activities.rate", {{"rate", rate->to_string()}});
}

std::array<Figure, 4> figures_of(const Ui& ui) {
    const DutySummary duties = summarise(ui.state.opened->duties);
    const bool hollow = is_hollow(ui) && duties.missing > 0;
    return {{{std::to_string(duties.met), " / " + std::to_string(duties.due), ui.say("ui.ledger.met")},
             {std::to_string(duties.missing),
              {},
              ui.say(hollow ? "ui.ledger.to-come" : "ui.ledger.missing", {{"names", missing_names(ui)}}),
              duties.missing > 0 && !hollow},
             {std::to_string(due_this_month(ui)), {}, ui.say("ui.ledger.this-month")},
             {std::to_string(ui.state.opened->ledger.own), {}, activities_text(ui)}}};
}

}  // namespace

float draw_figures(Ui& ui, const Box& column, float y) {
    const int columns = column.width > ui.px(820) ? 4 : 2;
    const float gap = ui.px(gap_at_15);
    const float width = (column.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height = ui.px(88);
    int index = 0;
    for (const Figure& figure : figures_of(ui)) {
        const int row = index / columns;
        const Box box{column.x + static_cast<float>(index % columns) * (width + gap),
                      y + static_cast<float>(row) * (height + gap), width, height};
        sheet(box);
        const float x = box.x + ui.px(16);
        const TextStyle number{26, Weight::bold, figure.bad ? colour::accent : colour::text};
        const float used = write(ui, x, box.y + ui.px(12), figure.number, number);
        if (!figure.rest.empty())
            write(ui, x + used, box.y + ui.px(16), figure.rest, {20, Weight::semibold, colour::secondary});
        write_in(ui, {x, box.y + ui.px(54), box.width - ui.px(32), ui.px(22)}, figure.text, style::small);
        emit_text(ui, "figure/" + std::to_string(index), figure.text + " " + figure.number + figure.rest, box,
                  Role::status);
        ++index;
    }
    const int rows = (index + columns - 1) / columns;
    return y + static_cast<float>(rows) * (height + gap);
}

}  // namespace duibiao::ui
