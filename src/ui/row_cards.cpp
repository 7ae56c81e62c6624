// Rows of a table under a form's items, one card a row: 五查五看 and the like.
#include <algorithm>

#include "app/row_actions.hpp"
#include "core/cell.hpp"
#include "core/rows.hpp"
#include "ui/forms.hpp"

namespace duibiao::ui {

namespace {

using Column = AnswerField;

/// One cell of a row: every change writes the row anew, keystrokes of one visit as one edit.
float draw_row_cell(Ui& ui, const RowView& row, std::size_t index, const Box& box, bool paint) {
    const Table& table = ui.state.opened->document.instrument->table;
    const Column& column = table.columns[index];
    const std::string_view cell = split_row(row.cells, table.columns.size())[index];
    const float height = ui.px(60);
    if (!paint) return height;
    const Target target{Layer::self, std::string(row.id), "cells"};
    const std::string id = "cell/" + std::string(row.id) + "/" + column.id;
    const auto write_row = [&](std::string_view text, const std::string& batch) {
        ui.send(command::SetAnswer{target, with_cell(table, row.cells, index, text), batch});
    };
    write_in(ui, {box.x, box.y, box.width, ui.px(20)}, column.label, style::small);
    const Box place{box.x, box.y + ui.px(22), box.width, ui.px(34)};
    if (column.type == Column::Type::yesno || column.type == Column::Type::choice) {
        const bool yesno = column.type == Column::Type::yesno;
        std::vector<std::string> answers = yesno ? std::vector<std::string>{"是", "否"} : column.options;
        std::vector<std::string> labels =
            yesno ? std::vector<std::string>{ui.say("ui.yes"), ui.say("ui.no")} : column.options;
        answers.emplace_back();
        labels.push_back(ui.say("ui.unset"));
        const auto at = static_cast<std::size_t>(std::find(answers.begin(), answers.end(), cell) - answers.begin());
        const Box part{place.x, place.y, std::min(place.width, ui.px(96) * static_cast<float>(labels.size())),
                       place.height};
        const auto chosen = segments(ui, part, id, column.label, labels, at);
        if (chosen && ui.state.opened->is_open()) write_row(answers[*chosen], {});
        return height;
    }
    FieldSpec spec;
    spec.id = id;
    spec.name = column.label;
    spec.text = cell;
    spec.max_length = 2000;
    spec.as_typed = true;
    spec.dated = column.type == Column::Type::date || column.type == Column::Type::month;
    spec.read_only = !ui.state.opened->is_open();
    const FieldEvents events = field(ui, place, spec);
    if (events.typed && !spec.read_only) write_row(*events.typed, ui.view.active.batch);
    if (events.lost_focus && ui.view.active.id == id) ui.view.active = ActiveField{};
    return height;
}

float draw_row_card(Ui& ui, const RowView& row, const Box& column, float y, bool paint) {
    const Table& table = ui.state.opened->document.instrument->table;
    const float pad = ui.px(20);
    const float gap = ui.px(16);
    const int across = column.width > ui.px(620) ? 2 : 1;
    const float width = (column.width - 2 * pad - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
    float line_y = y + ui.px(14);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const int at = static_cast<int>(i) % across;
        const Box box{column.x + pad + static_cast<float>(at) * (width + gap), line_y, width, 0};
        const float height = draw_row_cell(ui, row, i, box, paint);
        if (at == across - 1 || i + 1 == table.columns.size()) line_y += height + ui.px(6);
    }
    const std::string label = ui.say("ui.rows.delete");
    if (paint && button(ui, {column.x + pad, line_y, button_width(ui, label), ui.px(30)},
                        {"delete/" + std::string(row.id), label, {}, ButtonKind::quiet, ui.state.opened->is_open()}))
        ui.send(command::SetAnswer{{Layer::self, std::string(row.id), "cells"}, {}, {}});
    line_y += ui.px(40);
    if (paint) horizontal_line(column.x + 1, line_y - 1, column.width - 2);
    return line_y - y;
}

}  // namespace

float row_cards(Ui& ui, const Box& column, float y, bool paint) {
    const Document& document = ui.state.opened->document;
    if (!document.instrument->has_rows()) return 0;
    const float top = y;
    const std::vector<RowView> rows = rows_of(document);
    float height = ui.px(44) + ui.px(54);
    for (const RowView& row : rows) height += draw_row_card(ui, row, column, 0, false);
    if (!paint) return height;
    sheet({column.x, top, column.width, height});
    const Box head{column.x + 1, top, column.width - 2, ui.px(44)};
    fill(head, colour::head, 8);
    write_in(ui, head.inset(ui.px(19), 0), document.instrument->table.title, style::body_strong);
    emit_heading(ui, "rows", document.instrument->table.title, 3, head);
    y += ui.px(44);
    for (const RowView& row : rows) y += draw_row_card(ui, row, column, y, true);
    const std::string add = ui.say("ui.rows.add");
    if (button(ui, {column.x + ui.px(20), y + ui.px(11), button_width(ui, add), ui.px(32)},
               {"rows/add", add, {}, ButtonKind::plain, ui.state.opened->is_open()})) {
        const Author author{ui.state.opened->session, {}, {}};
        const auto& columns = document.instrument->table.columns;
        // A row needs something in it: the required cells begin with their place's number.
        std::vector<std::string> cells(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].required) cells[i] = std::to_string(rows.size() + 1);
        }
        if (std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); }))
            cells[0] = std::to_string(rows.size() + 1);
        ui.send(command::SetAnswer{{Layer::self, next_row_id(document, author), "cells"}, join_row(cells), {}});
    }
    return height;
}

}  // namespace duibiao::ui
