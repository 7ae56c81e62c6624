// The grid as it looks: head, rows in sight, the range, the current cell with its field and options.
#include <algorithm>
#include <cmath>

#include "core/cell.hpp"
#include "ui/calendar/calendar.hpp"
#include "ui/forms.hpp"
#include "ui/grid_parts.hpp"

namespace duibiao::ui {

namespace {

using Type = AnswerField::Type;

/// Where everything is, in this frame.
struct GridLayout {
    Box view;                ///< of the whole grid
    float number_width = 0;  ///< of the running numbers, which stay at the left
    float head_height = 0;   ///< of the columns' names, which stay at the top
    float row_height = 0;
    std::vector<float> columns;  ///< left edges, and the last one's right edge, from 0
    float frozen = 0;            ///< width of the first column where it stays while the others scroll; else 0
    float scroll_x = 0;
    float scroll_y = 0;

    [[nodiscard]] bool is_frozen(std::size_t column) const { return column == 0 && frozen > 0; }
    [[nodiscard]] float column_x(std::size_t column) const {
        return view.x + number_width + columns[column] - (is_frozen(column) ? 0 : scroll_x);
    }
    [[nodiscard]] float row_y(std::size_t row) const {
        return view.y + head_height + static_cast<float>(row) * row_height - scroll_y;
    }
    [[nodiscard]] Box cell(std::size_t row, std::size_t column) const {
        return {column_x(column), row_y(row), columns[column + 1] - columns[column], row_height};
    }
    [[nodiscard]] Box body() const {
        return {view.x + number_width, view.y + head_height, view.width - number_width, view.height - head_height};
    }
    /// The part of `box` in which a column shows itself.
    [[nodiscard]] Box part_of(std::size_t column, const Box& box) const {
        if (frozen <= 0) return box;
        return column == 0 ? Box{box.x, box.y, frozen, box.height}
                           : Box{box.x + frozen, box.y, box.width - frozen, box.height};
    }
};

/// Draws in the part of `box` that belongs to a column.
class ColumnClip {
public:
    ColumnClip(const GridLayout& layout, std::size_t column, const Box& box) {
        const Box part = layout.part_of(column, box);
        ImGui::PushClipRect(part.min(), part.max(), true);
    }
    ~ColumnClip() { ImGui::PopClipRect(); }
    ColumnClip(const ColumnClip&) = delete;
    ColumnClip& operator=(const ColumnClip&) = delete;
};

/// At text size 15; what people write gets what is left.
float least_width(const AnswerField& column, bool first) {
    switch (column.type) {
        case Type::date:
        case Type::month:
            return 104;
        case Type::yesno:
        case Type::count:
            return 84;
        case Type::choice:
        case Type::amount:
        case Type::rate:
        case Type::deadline:
            return 104;
        case Type::numbered:
            return 108;
        default:
            return first ? 128 : 104;
    }
}

bool grows(const AnswerField& column) { return column.type == Type::text || column.type == Type::names; }

std::vector<float> column_edges(const Ui& ui, float room) {
    const auto& columns = table(ui).columns;
    std::vector<float> widths;
    float sum = 0;
    int growing = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        widths.push_back(ui.px(least_width(columns[i], i == 0)));
        sum += widths.back();
        growing += grows(columns[i]) ? 1 : 0;
    }
    const float spare = std::max(0.0F, room - sum);
    const float share = growing > 0 ? std::floor(spare / static_cast<float>(growing)) : 0;
    std::vector<float> edges{0};
    for (std::size_t i = 0; i < columns.size(); ++i)
        edges.push_back(edges.back() + widths[i] + (grows(columns[i]) ? share : 0));
    return edges;
}

/// Scrolls so that the current cell is seen, with a row to spare.
void bring_into_sight(Ui& ui, GridLayout& layout) {
    Grid& grid = ui.view.grid;
    if (!std::exchange(grid.wants_sight, false)) return;
    const Box body = layout.part_of(grid.column, layout.body());
    const Box cell = layout.cell(grid.row, grid.column);
    float x = layout.scroll_x;
    float y = layout.scroll_y;
    if (cell.y < body.y) y -= body.y - cell.y;
    if (cell.bottom() > body.bottom() - ui.px(10)) y += cell.bottom() - body.bottom() + ui.px(10);
    if (cell.x < body.x) x -= body.x - cell.x;
    if (!layout.is_frozen(grid.column) && cell.right() > body.right() - ui.px(10))
        x += std::min(cell.right() - body.right() + ui.px(10), cell.x - body.x);
    if (x == layout.scroll_x && y == layout.scroll_y) return;
    layout.scroll_x = std::max(0.0F, x);
    layout.scroll_y = std::max(0.0F, y);
    ImGui::SetScrollX(layout.scroll_x);
    ImGui::SetScrollY(layout.scroll_y);
    ui.view.wants_frame = true;
}

// --- Cells --------------------------------------------------------------------------------------------------------

ImU32 severity_colour(Severity severity) {
    return severity == Severity::error ? colour::accent : IM_COL32(0xD9, 0x82, 0x2B, 255);
}

std::string shown_cell(const Ui& ui, std::size_t column, std::string_view cell) {
    if (table(ui).columns[column].type != Type::yesno || cell.empty()) return std::string(cell);
    return ui.say(cell == "是" ? "ui.yes" : "ui.no");
}

void draw_cell(Ui& ui, const GridLayout& layout, std::size_t row, std::size_t column, std::string_view text,
               const Finding* finding) {
    const Box box = layout.cell(row, column);
    if (box.right() < layout.body().x || box.x > layout.view.right()) return;
    const ColumnClip clip(layout, column, layout.body());
    const AnswerField& field = table(ui).columns[column];
    if (finding != nullptr && finding->field == field.id)
        fill({box.x, box.y, box.width, box.height - 1},
             finding->severity == Severity::error ? colour::accent_tint : colour::warning_tint);
    if (finding != nullptr && finding->field == field.id && ui.theme.contrast && finding->severity == Severity::error)
        outline({box.x, box.y, box.width, box.height - 1}, colour::secondary, 0, 3);
    const float align = grows(field) ? 0 : 0.5F;
    const TextStyle look =
        table(ui).formula(column) != nullptr ? with_colour(style::body, colour::secondary) : style::body;
    write_in(ui, box.inset(ui.px(9), 0), shown_cell(ui, column, text), look, align);
    fill({box.right() - 1, box.y, 1, box.height}, colour::track);
}

/// Its number, a bar where a rule says something, and its cells.
void draw_row(Ui& ui, const GridLayout& layout, std::size_t row) {
    const Grid& grid = ui.view.grid;
    const auto place = grid.place_of(row);
    const std::size_t columns = table(ui).columns.size();
    std::vector<std::string_view> cells(columns);
    const Finding* finding = nullptr;
    std::size_t index = 0;
    if (place) {
        index = grid.shown[*place];
        cells = split_row(ui.state.opened->rows[index].cells, columns);
        finding = worst_of(ui, index);
    }
    const float y = layout.row_y(row);
    const std::string number = place ? std::to_string(index + 1) : "";
    MirrorNode node = make_node(ui, "grid/row/" + std::to_string(row), Role::row,
                                place ? ui.say("row.number", {{"row", number}}) : ui.say("ui.grid.new-row"),
                                {layout.view.x, y, layout.view.width, layout.row_height});
    node.row_index = static_cast<int>(row) + 2;
    const Container container(ui, std::move(node));
    // A row has a cell, for readers of the screen.
    const bool is_empty = std::all_of(cells.begin(), cells.end(), [](std::string_view text) { return text.empty(); });
    for (std::size_t column = 0; column < columns; ++column) {
        draw_cell(ui, layout, row, column, cells[column], finding);
        const ColumnClip clip(layout, column, layout.body());
        if (!cells[column].empty() || (column == 0 && is_empty))
            emit_text(ui, "grid/" + std::to_string(row) + "/" + table(ui).columns[column].id,
                      shown_cell(ui, column, cells[column]), layout.cell(row, column), Role::cell);
    }
    horizontal_line(layout.view.x, y + layout.row_height - 1, layout.view.width, colour::track);
}

void draw_number(Ui& ui, const GridLayout& layout, std::size_t row) {
    const Grid& grid = ui.view.grid;
    const auto place = grid.place_of(row);
    const CellRange range = grid.range();
    const bool current = row >= range.first_row && row <= range.last_row;
    const Box box{layout.view.x, layout.row_y(row), layout.number_width, layout.row_height};
    fill({box.x, box.y, box.width - 1, box.height - 1}, current ? colour::neutral_tint : colour::head);
    if (place) {
        const std::size_t index = grid.shown[*place];
        write_in(ui, {box.x, box.y, box.width - ui.px(2), box.height}, std::to_string(index + 1),
                 current ? style::small_strong : style::small, 0.5F);
        if (const Finding* finding = worst_of(ui, index))
            fill({box.x, box.y, ui.px(3), box.height - 1}, severity_colour(finding->severity));
    } else {
        write_in(ui, box, "+", with_colour(style::small, colour::faint), 0.5F);
    }
    fill({box.right() - 1, box.y, 1, box.height}, colour::line);
}

// --- Head ---------------------------------------------------------------------------------------------------------

void draw_head_cell(Ui& ui, const GridLayout& layout, std::size_t column) {
    const AnswerField& field = table(ui).columns[column];
    const Box box{layout.column_x(column), layout.view.y, layout.columns[column + 1] - layout.columns[column],
                  layout.head_height};
    const ColumnClip clip(layout, column, {layout.body().x, box.y, layout.body().width, box.height});
    const std::string name = ui.say("ui.grid.sort", {{"column", field.label}});
    const Container cell(ui, make_node(ui, "grid/head/" + field.id, Role::columnheader, {}, box));
    const AreaState state = area(ui, box, {"grid/sort/" + field.id, name, Role::button, false, 0});
    if (state.hovered) fill(box, colour::neutral_tint);
    const std::string unit = field.unit.empty() ? std::string() : "（" + field.unit + "）";
    const std::string label = field.label.ends_with(unit) ? field.label : field.label + unit;
    const Box inner = box.inset(ui.px(6), 0);
    const float height = wrapped_height(ui, inner.width, label, style::small_strong);
    const TextStyle look = field.on_paper ? style::small_strong : with_colour(style::small_strong, colour::secondary);
    if (ui.text.measure(label, look) <= inner.width)
        write_in(ui, inner, label, look, 0.5F);
    else
        write_wrapped(ui, inner.x, box.y + std::max(0.0F, (box.height - height) / 2), inner.width, label, look);
    fill({box.right() - 1, box.y, 1, box.height}, colour::line);
    if (state.pressed) sort_rows(ui, column);
}

void draw_head(Ui& ui, const GridLayout& layout) {
    const Box head{layout.view.x, layout.view.y, layout.view.width, layout.head_height};
    fill(head, colour::head);
    const Box body = layout.body();
    ImGui::PushClipRect({body.x, head.y}, {body.right(), head.bottom()}, true);
    MirrorNode node = make_node(ui, "grid/head", Role::row, ui.say("ui.grid.head"), head);
    node.row_index = 1;
    const Container container(ui, std::move(node));
    for (std::size_t column = 0; column < table(ui).columns.size(); ++column) draw_head_cell(ui, layout, column);
    ImGui::PopClipRect();
    write_in(ui, {head.x, head.y, layout.number_width, head.height}, ui.say("csv.number"), style::small, 0.5F);
    fill({head.x + layout.number_width - 1, head.y, 1, head.height}, colour::line);
    horizontal_line(head.x, head.bottom() - 1, head.width);
}

// --- The current cell ---------------------------------------------------------------------------------------------

/// The range and the current cell, as far as they lie in the part of a column: the first, or all others.
void draw_range(Ui& ui, const GridLayout& layout, std::size_t part) {
    const Grid& grid = ui.view.grid;
    const CellRange range = grid.range();
    const ColumnClip clip(layout, part, layout.body());
    const Box first = layout.cell(range.first_row, range.first_column);
    const Box last = layout.cell(range.last_row, range.last_column);
    const float right = std::max(last.right(), first.right());  // the last may be scrolled away under the first
    const Box box{first.x, first.y, right - first.x, last.bottom() - first.y};
    const bool many = range.first_row != range.last_row || range.first_column != range.last_column;
    if (many) fill(box, IM_COL32(0xB3, 0x26, 0x1E, 18));
    if (many) outline(box, colour::progress, 0);
    if (layout.frozen > 0 && (grid.column == 0) != (part == 0)) return;
    const bool focused = ui.mirror.focused() == grid_field;
    outline(layout.cell(grid.row, grid.column), focused ? colour::accent : colour::control_line, 0, 2);
}

constexpr const char* waiting_keys =
    "F2 Enter Shift+Enter Tab Shift+Tab Escape Delete Backspace ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp "
    "PageDown Shift+ArrowUp Shift+ArrowDown Shift+ArrowLeft Shift+ArrowRight Ctrl+ArrowUp Ctrl+ArrowDown "
    "Ctrl+ArrowLeft Ctrl+ArrowRight Ctrl+Shift+ArrowUp Ctrl+Shift+ArrowDown Ctrl+Shift+ArrowLeft Ctrl+Shift+ArrowRight "
    "Ctrl+Home Ctrl+End Shift+Home Shift+End Alt+ArrowDown Alt+ArrowUp Alt+Shift+ArrowDown Ctrl+A Ctrl+C Ctrl+X Ctrl+D "
    "Ctrl+F Ctrl+- Ctrl+Shift++ Ctrl+Shift+= F4 Shift+PageUp Shift+PageDown";
constexpr const char* typing_keys =
    "F2 Enter Shift+Enter Tab Shift+Tab Escape ArrowUp ArrowDown ArrowLeft ArrowRight Alt+ArrowDown F4";

/// A day from the month, as if it had been typed and left with Enter.
void take_day(Ui& ui, const std::string& day) {
    if (!ui.view.grid.editing) begin_edit(ui);
    type_into_cell(ui, day);
    end_edit(ui);
}

void emit_field(Ui& ui, const GridLayout& layout) {
    const Grid& grid = ui.view.grid;
    const AnswerField& column = table(ui).columns[grid.column];
    Box box = layout.cell(grid.row, grid.column);
    const std::string text = cell_text(ui, grid.row, grid.column);
    if (holds_day(column) && ui.state.opened->is_open()) {
        const std::string now = grid.editing ? grid.text : text;
        if (const auto day = calendar_of(ui, grid_field, column.label, now, box)) take_day(ui, *day);
        paint_calendar_sign(ui, grid_field, box);
        box.width -= calendar_room(ui);
    }
    const auto place = grid.place_of(grid.row);
    std::string name = column.label;
    if (place) name = ui.say("row.number", {{"row", std::to_string(grid.shown[*place] + 1)}}) + " " + name;
    if (!grid.editing && !text.empty()) name += "：" + text;
    MirrorNode node = make_node(ui, grid_field, Role::text, name, box.inset(1, 1));
    node.value = grid.editing ? grid.text : std::string();
    node.read_only = !ui.state.opened->is_open();
    node.invalid = !grid.error.empty();
    node.font_size = ui.px(style::body.size);
    node.line_height = line_height(ui, style::body);
    node.padding_x = ui.px(8);
    node.padding_y = std::max(0.0F, std::floor((box.height - 2 - node.line_height) / 2));
    node.keys = typing_keys;
    if (is_calendar_open(ui, grid_field)) node.keys.append(" ").append(calendar_keys);
    node.waiting_keys = waiting_keys;
    node.max_length = 2000;
    node.waiting = !grid.editing;
    node.caret_inside = grid.caret_inside;
    node.serial = grid.serial;
    emit(ui, std::move(node));
}

/// What may stand in the cell, below it.
void draw_options(Ui& ui, const GridLayout& layout) {
    Grid& grid = ui.view.grid;
    if (!grid.editing || !grid.options_open) return;
    const std::vector<std::string> options = options_of(ui, grid.column);
    if (options.empty()) return;
    const Box cell = layout.cell(grid.row, grid.column);
    const float row = ui.px(32);
    const float height = row * static_cast<float>(options.size()) + ui.px(8);
    float width = std::max(cell.width, ui.px(120));
    for (const std::string& option : options) width = std::max(width, ui.text.measure(option, style::body) + ui.px(36));
    const bool below = cell.bottom() + height < ui.size.y - ui.px(8);
    const Box list{std::min(cell.x, ui.size.x - width - ui.px(8)), below ? cell.bottom() + 2 : cell.y - height - 2,
                   width, height};
    ImGui::SetNextWindowPos(list.min());
    ImGui::SetNextWindowSize({list.width, list.height});
    ImGui::Begin("grid-options", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    ui.over = true;
    sheet(list, 6);
    const Container container(ui,
                              make_node(ui, "grid/options", Role::list, table(ui).columns[grid.column].label, list));
    float y = list.y + ui.px(4);
    const bool many = table(ui).columns[grid.column].type == Type::numbered;
    for (std::size_t i = 0; i < options.size(); ++i) {
        const Box box{list.x + ui.px(4), y, list.width - ui.px(8), row};
        const bool chosen = is_chosen(ui, grid.column, i);
        const AreaState state =
            area(ui, box, {"grid/option/" + std::to_string(i), options[i], Role::button, chosen, 4});
        if (chosen || state.hovered) fill(box, chosen ? colour::accent_tint : colour::hover, 4);
        write_in(ui, box.inset(ui.px(10), 0), options[i],
                 chosen ? with_colour(style::body_strong, colour::accent) : style::body);
        if (state.pressed) {
            choose_option(ui, i);
            if (!many) end_edit(ui);
            ui.mirror.request_focus(grid_field);
        }
        y += row;
    }
    ui.over = false;
    ImGui::End();
}

void draw_error(Ui& ui, const GridLayout& layout) {
    const Grid& grid = ui.view.grid;
    if (grid.editing && !grid.error.empty()) say_beside(ui, layout.cell(grid.row, grid.column), grid.error);
}

// --- Mouse --------------------------------------------------------------------------------------------------------

struct Hovered {
    std::size_t row = 0;
    std::size_t column = 0;
};

Hovered cell_at(const Ui& ui, const GridLayout& layout, ImVec2 at) {
    const float y = (at.y - layout.row_y(0)) / layout.row_height;
    const float inside = at.x - layout.body().x;
    const float x = inside < layout.frozen ? inside : inside + layout.scroll_x;
    std::size_t column = 0;
    while (column + 1 < table(ui).columns.size() && x >= layout.columns[column + 1]) ++column;
    return {std::min(static_cast<std::size_t>(std::max(0.0F, y)), ui.view.grid.row_count() - 1), column};
}

/// A press goes to a cell, a drag stretches the range, a second press edits; the number takes the whole row.
void take_mouse(Ui& ui, const GridLayout& layout) {
    Grid& grid = ui.view.grid;
    const ImVec2 at = ImGui::GetMousePos();
    const Box rows{layout.view.x, layout.body().y, layout.view.width - ui.px(12), layout.body().height - ui.px(12)};
    const bool hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(rows.min(), rows.max());
    const bool on_number = at.x < layout.body().x;
    const Hovered cell = cell_at(ui, layout, at);
    if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        grid.dragging = true;
        end_edit(ui);
        go_to_cell(ui, cell.row, on_number ? table(ui).columns.size() - 1 : cell.column);
        if (on_number) grid.from_column = 0;
        grid.wants_sight = false;
        ui.mirror.request_focus(grid_field);
    } else if (grid.dragging && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        if (!on_number) grid.column = cell.column;
        grid.row = cell.row;
    } else {
        grid.dragging = false;
    }
    if (hovered && !on_number && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) begin_edit(ui);
}

GridLayout lay_out_grid(Ui& ui, const Box& box) {
    GridLayout layout;
    layout.view = box;
    layout.number_width = ui.px(52);
    layout.head_height = ui.px(46);
    layout.row_height = ui.px(ui.theme.compact ? 32 : 36);
    const float room = box.width - layout.number_width - ui.px(12);
    layout.columns = column_edges(ui, room);
    const bool stays = layout.columns.back() > room && layout.columns[1] < room * 0.45F;
    layout.frozen = stays ? layout.columns[1] : 0;
    layout.scroll_x = ImGui::GetScrollX();
    layout.scroll_y = ImGui::GetScrollY();
    return layout;
}

}  // namespace

void draw_grid(Ui& ui, const Box& box) {
    Grid& grid = ui.view.grid;
    ImGui::SetCursorScreenPos(box.min());
    ImGui::BeginChild("grid-scroll", {box.width, box.height}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_HorizontalScrollbar);
    GridLayout layout = lay_out_grid(ui, box);
    bring_into_sight(ui, layout);
    fill(box, colour::sheet);
    const std::size_t count = grid.row_count();
    const Box body = layout.body();
    const auto first = static_cast<std::size_t>(layout.scroll_y / layout.row_height);
    const auto last = std::min(count, first + static_cast<std::size_t>(body.height / layout.row_height) + 2);
    take_mouse(ui, layout);
    {
        MirrorNode node = make_node(ui, "grid", Role::table, table(ui).title, box);
        node.row_count = static_cast<int>(count) + 1;
        const Container container(ui, std::move(node));
        draw_head(ui, layout);
        ImGui::PushClipRect({body.x, body.y}, {body.right(), body.bottom()}, true);
        for (std::size_t row = first; row < last; ++row) draw_row(ui, layout, row);
        draw_range(ui, layout, 1);
        if (layout.frozen > 0) {
            draw_range(ui, layout, 0);
            fill({body.x + layout.frozen - 1, body.y, 1, body.height}, colour::control_line);
        }
        ImGui::PopClipRect();
        ImGui::PushClipRect({box.x, body.y}, {body.x, body.bottom()}, true);
        for (std::size_t row = first; row < last; ++row) draw_number(ui, layout, row);
        ImGui::PopClipRect();
    }
    ImGui::PushClipRect({body.x, body.y}, {body.right(), body.bottom()}, true);
    {
        const ColumnClip clip(layout, grid.column, body);
        emit_field(ui, layout);
    }
    ImGui::PopClipRect();
    draw_error(ui, layout);
    // Where the window has scrolled to by now; the layout may be ahead of it.
    const ImVec2 origin{box.x - ImGui::GetScrollX(), box.y - ImGui::GetScrollY()};
    ImGui::SetCursorScreenPos(
        {origin.x + layout.number_width + layout.columns.back() + ui.px(8),
         origin.y + layout.head_height + static_cast<float>(count) * layout.row_height + ui.px(4)});
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
    draw_options(ui, layout);
}

}  // namespace duibiao::ui
