// The list of activities, newest first, found by word, kind, branch or month.
#include <algorithm>

#include "core/sort.hpp"

#include "core/cell.hpp"
#include "core/text.hpp"
#include "ui/ledger_parts.hpp"

namespace duibiao::ui {

namespace {

bool passes(const Activity& activity, std::string_view cells, const std::string& filter) {
    if (filter.empty()) return true;
    const std::string month = std::to_string(static_cast<unsigned>(activity.date.month())) + "月";
    return cells.find(filter) != std::string_view::npos || month == filter;
}

/// Rows that pass the filter, newest first; made anew when something changed.
void refresh_list(Ui& ui) {
    const OpenedDocument& opened = *ui.state.opened;
    const std::string key =
        opened.document.id + "/" + std::to_string(opened.document.log.size()) + "/" + ui.view.filter;
    if (ui.view.list_key == key) return;
    ui.view.list_key = key;
    ui.view.list.clear();
    const auto activities = opened.ledger.own_activities();
    const std::string filter(trim(ui.view.filter));
    for (std::size_t i = 0; i < activities.size(); ++i) {
        const std::string_view cells = opened.document.text(Layer::self, activities[i].row, "cells");
        if (passes(activities[i], cells, filter)) ui.view.list.push_back(i);
    }
    sort_stably(ui.view.list, [&](std::size_t a, std::size_t b) { return activities[a].date > activities[b].date; });
}

std::string day_of(const Ui& ui, Date date) {
    return ui.say("ui.day", {{"month", std::int64_t{static_cast<unsigned>(date.month())}},
                             {"day", std::int64_t{static_cast<unsigned>(date.day())}}});
}

struct ListCells {
    std::vector<std::string_view> cells;
    const Table& table;

    [[nodiscard]] std::string_view of(std::string_view id) const {
        const auto at = table.find_column(id);
        return at ? cells[*at] : std::string_view();
    }
};

float draw_list_chips(Ui& ui, const ListCells& cells, const Activity& activity, const Box& box) {
    float x = box.right();
    const auto add = [&](const std::string& text, Tone tone) {
        x -= chip_width(ui, text);
        chip(ui, x, box.y + (box.height - chip_height(ui)) / 2, text, tone);
        x -= ui.px(8);
    };
    if (activity.record)
        add(ui.say("ui.ledger.has-record"), Tone::good);
    else
        add(ui.say("ui.ledger.no-record"), Tone::warning);
    const std::string actual(cells.of("actual"));
    const std::string expected(cells.of("expected"));
    if (!actual.empty())
        add(ui.say("ui.ledger.attendance", {{"count", actual + (expected.empty() ? "" : "/" + expected)}}),
            activity.signin ? Tone::good : Tone::neutral);
    return x;
}

void draw_list_row(Ui& ui, const Activity& activity, const Box& box) {
    const std::string_view row = ui.state.opened->document.text(Layer::self, activity.row, "cells");
    const ListCells cells{split_row(row, table_of(ui).columns.size()), table_of(ui)};
    const std::string id(activity.row);
    const std::string day = day_of(ui, activity.date);
    const float again_width = ui.is_narrow() ? 0 : button_width(ui, ui.say("ui.ledger.again"));
    const Box press{box.x, box.y, box.width - again_width - ui.px(16), box.height};
    const std::string name = day + " " + std::string(activity.kind) + " " + std::string(activity.topic);
    const AreaState state = area(ui, press, {"activity/" + id, name, Role::button, ui.view.row_edited == id});
    if (state.hovered || ui.view.row_edited == id) fill(box.inset(1, 1), colour::hover);
    const float x = box.x + ui.px(16);
    write_in(ui, {x, box.y, ui.px(96), box.height}, day, with_colour(style::body, colour::secondary));
    const float kind_x = x + ui.px(104);
    const float kind_width = chip(ui, kind_x, box.y + (box.height - chip_height(ui)) / 2, activity.kind, Tone::neutral);
    const float topic_x = kind_x + kind_width + ui.px(12);
    const float end = ui.is_narrow() ? box.right() - ui.px(12)
                                     : draw_list_chips(ui, cells, activity, {box.x, box.y, press.width, box.height});
    std::string topic(activity.topic);
    if (!activity.branch.empty()) topic += (topic.empty() ? "" : "　") + std::string(activity.branch);
    write_in(ui, {topic_x, box.y, std::max(1.0F, end - topic_x), box.height}, topic, style::body);
    horizontal_line(box.x + 1, box.bottom() - 1, box.width - 2);
    if (again_width > 0) {
        const Box again{box.right() - again_width - ui.px(10), box.y + (box.height - ui.px(30)) / 2, again_width,
                        ui.px(30)};
        if (button(ui, again,
                   {"again/" + id, ui.say("ui.ledger.again"), ui.say("ui.ledger.again") + " " + name,
                    ButtonKind::quiet})) {
            load_draft(ui, row, {});
            if (const auto at = table_of(ui).find_column("date"))
                ui.view.row_draft[*at] = to_string(add_months(activity.date, 1));
            return;
        }
    }
    if (state.pressed) load_draft(ui, row, id);
}

}  // namespace

float draw_list(Ui& ui, const Box& column, float y, const Box& view) {
    refresh_list(ui);
    const float row_height = ui.px(ui.theme.compact ? 36 : 42);
    const std::size_t count = ui.view.list.size();
    const float head = ui.px(54);
    const float body = count == 0 ? ui.px(56) : static_cast<float>(count) * row_height;
    const Box box{column.x, y, column.width, head + body + 1};
    sheet(box);
    const float filter_width = std::min(ui.px(240), box.width * 0.5F);
    const std::string title = ui.say("ui.ledger.list", {{"count", static_cast<std::int64_t>(count)}});
    write_in(ui, {box.x + ui.px(16), box.y, box.width - filter_width - ui.px(40), head}, title, style::body_strong);
    emit_heading(ui, "list-title", title, 3, {box.x + ui.px(16), box.y, box.width - filter_width - ui.px(40), head});
    FieldSpec spec;
    spec.id = "filter";
    spec.name = ui.say("ui.ledger.filter");
    spec.placeholder = ui.say("ui.ledger.filter");
    spec.max_length = 100;
    draft_field(ui, {box.right() - filter_width - ui.px(14), box.y + ui.px(10), filter_width, ui.px(34)},
                std::move(spec), ui.view.filter);
    horizontal_line(box.x, box.y + head - 1, box.width);
    if (count == 0) {
        const std::string text = ui.say(ui.view.filter.empty() ? "ui.ledger.empty" : "ui.ledger.none-found");
        const Box line{box.x + ui.px(16), box.y + head, box.width - ui.px(32), ui.px(56)};
        write_in(ui, line, text, with_colour(style::body, colour::secondary));
        emit_text(ui, "list-empty", text, line);
        return box.bottom();
    }
    const float first_y = box.y + head;
    const auto at = [&](float edge) {
        return std::clamp((edge - first_y) / row_height, 0.0F, static_cast<float>(count));
    };
    const auto first = static_cast<std::size_t>(std::max(0.0F, at(view.y) - 2));
    const auto last = std::min(count, static_cast<std::size_t>(at(view.bottom())) + 3);
    MirrorNode node = make_node(ui, "activities", Role::group, title, box);
    const Container container(ui, std::move(node));
    for (std::size_t i = first; i < last; ++i) {
        draw_list_row(ui, ui.state.opened->ledger.activities[ui.view.list[i]],
                      {box.x, first_y + static_cast<float>(i) * row_height, box.width, row_height});
    }
    return box.bottom();
}

}  // namespace duibiao::ui
