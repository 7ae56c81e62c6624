// Rosters of all units as one table, or a checklist as units by items.
#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t measured_rows = 60;  ///< whose texts decide how wide a column is

std::vector<float> widths_of(Ui& ui) {
    const DeskView& view = desk_view(ui);
    std::vector<float> widths;
    for (std::size_t column = 0; column < view.table_heads.size(); ++column) {
        float width = ui.text.measure(view.table_heads[column], style::small_strong);
        for (std::size_t row = 0; row < view.table_rows.size() && row < measured_rows; ++row) {
            if (column < view.table_rows[row].size())
                width = std::max(width, ui.text.measure(view.table_rows[row][column], style::small));
        }
        widths.push_back(std::clamp(std::ceil(width) + ui.px(20), ui.px(56), ui.px(240)));
    }
    return widths;
}

/// Columns in sight: the unit, then as many as fit from the first that is wanted.
struct Columns {
    std::vector<std::size_t> shown;
    std::vector<float> x;
    std::vector<float> width;
    bool has_more = false;
};

Columns columns_from(Ui& ui, const Box& table, std::size_t first) {
    const std::vector<float> widths = widths_of(ui);
    Columns columns;
    float x = table.x + ui.px(8);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i != 0 && i < first) continue;
        if (x + widths[i] > table.right() && columns.shown.size() > 1) {
            columns.has_more = true;
            break;
        }
        columns.shown.push_back(i);
        columns.x.push_back(x);
        columns.width.push_back(std::min(widths[i], table.right() - x));
        x += widths[i];
    }
    return columns;
}

std::vector<std::size_t> rows_with(const Ui& ui) {
    const std::string_view wanted = trim(ui.view.desk.query);
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < desk_view(ui).table_rows.size(); ++i) {
        const auto& row = desk_view(ui).table_rows[i];
        const auto has = [&](const std::string& cell) { return cell.find(wanted) != std::string::npos; };
        if (wanted.empty() || std::any_of(row.begin(), row.end(), has)) rows.push_back(i);
    }
    return rows;
}

/// Words, how many rows, and the way to the columns that do not fit. Returns its height.
float draw_line(Ui& ui, const Box& line, std::size_t count, bool has_more) {
    const float height = ui.px(34);
    FieldSpec spec;
    spec.id = "desk/rows/search";
    spec.name = ui.say("ui.desk.rows.search");
    spec.placeholder = spec.name;
    spec.max_length = 100;
    const float width = std::min(ui.px(220), line.width * 0.4F);
    draft_field(ui, {line.right() - width, line.y, width, height}, std::move(spec), ui.view.desk.query);
    float right = line.right() - width - ui.px(8);
    std::size_t& first = ui.view.desk.first_column;
    const auto put = [&](const std::string& id, const char* key, bool enabled) {
        const std::string label = ui.say(key);
        right -= button_width(ui, label);
        const bool pressed =
            button(ui, {right, line.y, button_width(ui, label), height}, {id, label, {}, ButtonKind::plain, enabled});
        right -= ui.px(8);
        return pressed && enabled;
    };
    if (first > 1 || has_more) {
        if (put("desk/rows/right", "ui.desk.rows.right", has_more)) ++first;
        if (put("desk/rows/left", "ui.desk.rows.left", first > 1)) --first;
    }
    const std::string words = ui.say("ui.desk.rows.count", {{"count", static_cast<std::int64_t>(count)}});
    const Box box{line.x, line.y, std::max(0.0F, right - line.x), height};
    write_in(ui, box, words, style::small);
    emit_text(ui, "desk/rows/count", words, box, Role::status);
    return height + ui.px(8);
}

void draw_row(Ui& ui, const Box& box, const Columns& columns, std::size_t at) {
    const auto& row = desk_view(ui).table_rows[at];
    horizontal_line(box.x, box.bottom() - 1, box.width);
    std::string words;
    for (std::size_t i = 0; i < columns.shown.size(); ++i) {
        const std::size_t column = columns.shown[i];
        if (column >= row.size()) continue;
        write_in(ui, {columns.x[i] + ui.px(6), box.y, columns.width[i] - ui.px(10), box.height}, row[column],
                 with_colour(style::small, colour::text));
        if (!row[column].empty()) words += desk_view(ui).table_heads[column] + " " + row[column] + " ";
    }
    emit_text(ui, "desk/row/" + std::to_string(at), words, box);
}

}  // namespace

void draw_desk_rows(Ui& ui, const Box& place) {
    std::size_t& first = ui.view.desk.first_column;
    first = std::max<std::size_t>(1, first);
    const Columns columns = columns_from(ui, place, first);
    const std::vector<std::size_t> rows = rows_with(ui);
    const float top = draw_line(ui, {place.x, place.y, place.width, 0}, rows.size(), columns.has_more);
    const Box table{place.x, place.y + top, place.width, place.height - top};
    sheet(table);
    const float head = ui.px(40);
    fill({table.x + 1, table.y + 1, table.width - 2, head - 1}, colour::head);
    for (std::size_t i = 0; i < columns.shown.size(); ++i)
        write_in(ui, {columns.x[i] + ui.px(6), table.y, columns.width[i] - ui.px(10), head},
                 desk_view(ui).table_heads[columns.shown[i]], {13, Weight::semibold, colour::secondary});
    horizontal_line(table.x, table.y + head - 1, table.width);
    const Box body{table.x, table.y + head, table.width, table.height - head - 1};
    ScrollArea scroll(ui, "desk/rows", body);
    const Container list(ui, make_node(ui, "desk/row-list", Role::group, ui.say("ui.desk.part.rows"), body));
    const float line = ui.px(desk_line);
    const float origin = scroll.origin().y;
    const auto from = static_cast<std::size_t>(std::max(0.0F, std::floor((body.y - origin) / line)));
    const auto to = std::min(rows.size(), from + static_cast<std::size_t>(std::ceil(body.height / line)) + 2);
    for (std::size_t i = from; i < to; ++i)
        draw_row(ui, {body.x, origin + line * static_cast<float>(i), body.width, line}, columns, rows[i]);
    scroll.finish(line * static_cast<float>(rows.size()));
}

}  // namespace duibiao::ui
