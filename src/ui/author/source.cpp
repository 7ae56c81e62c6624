// The given table as it was read: its cells with their spans, what each column is for, and the row that is selected.
#include <algorithm>
#include <array>
#include <set>

#include "core/authoring/arrange.hpp"
#include "ui/author/author_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr TextStyle cell_style{13, Weight::regular, colour::text};
constexpr TextStyle line_style{13, Weight::regular, colour::secondary};
constexpr ImU32 frame_colour = IM_COL32(0xC4, 0xC8, 0xCE, 255);
constexpr float pad = 5;  ///< around a cell's text

/// Where the columns of a table begin, and where the last one ends.
std::vector<float> column_edges(const Ui& ui, const SourceTable& table, const Box& place) {
    std::vector<float> widths(table.columns, 1);
    float all = 0;
    for (std::size_t i = 0; i < table.columns; ++i) {
        if (i < table.widths.size() && table.widths[i] > 0) widths[i] = static_cast<float>(table.widths[i]);
        all += widths[i];
    }
    const float least = std::min(ui.px(46), place.width / static_cast<float>(std::max<std::size_t>(1, table.columns)));
    // What is too narrow gets the least; the others share the rest.
    float room = place.width;
    float wanted = all;
    for (float& width : widths) {
        if (width / all * place.width >= least) continue;
        room -= least;
        wanted -= width;
        width = -1;
    }
    std::vector<float> edges{place.x};
    for (const float width : widths) edges.push_back(edges.back() + (width < 0 ? least : width / wanted * room));
    return edges;
}

/// Tops of the table's rows from 0, and where the last ends.
std::vector<float> row_tops(Ui& ui, const SourceTable& table, const std::vector<float>& edges) {
    std::vector<float> heights(table.rows.size(), ui.px(28));
    const auto wanted = [&](const SourceCell& cell) {
        const std::size_t end = std::min(cell.column + cell.columns, table.columns);
        const float width = edges[end] - edges[cell.column] - 2 * ui.px(pad);
        return wrapped_height(ui, std::max(width, ui.px(14)), cell.text, cell_style) + 2 * ui.px(pad);
    };
    const auto fits = [&table](const SourceCell& cell) {
        return cell.column < table.columns && cell.row + cell.rows <= table.rows.size();
    };
    for (const SourceCell& cell : table.cells) {
        if (fits(cell) && cell.rows == 1) heights[cell.row] = std::max(heights[cell.row], wanted(cell));
    }
    for (const SourceCell& cell : table.cells) {
        if (!fits(cell) || cell.rows == 1) continue;
        float have = 0;
        for (std::size_t row = cell.row; row < cell.row + cell.rows; ++row) have += heights[row];
        const float lacking = wanted(cell) - have;
        if (lacking > 0) heights[cell.row + cell.rows - 1] += lacking;
    }
    std::vector<float> tops{0};
    for (const float height : heights) tops.push_back(tops.back() + std::round(height));
    return tops;
}

/// Rows that something is asked about.
std::set<std::size_t> doubtful_rows(const Ui& ui, std::size_t table) {
    std::set<std::size_t> rows;
    for (const AuthorDoubt& doubt : author_view(ui).doubts) {
        if (!doubt.is_accepted && doubt.place.table == table) rows.insert(authoring::given_row(doubt.place.row));
    }
    return rows;
}

float draw_plain_lines(Ui& ui, const Box& column, float y, const std::vector<std::string>& lines,
                       const std::string& id) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const float height = wrapped_height(ui, column.width, lines[i], line_style);
        const Box box{column.x, y, column.width, height};
        write_wrapped(ui, box.x, box.y, box.width, lines[i], line_style);
        emit_text(ui, id + std::to_string(i), lines[i], box);
        y += height + ui.px(2);
    }
    return lines.empty() ? y : y + ui.px(6);
}

class SourceDrawing {
public:
    SourceDrawing(Ui& ui, const SourceTable& table, std::vector<float> edges, const std::vector<float>& tops, float top,
                  const Box& sight)
        : ui_(ui),
          table_(table),
          edges_(std::move(edges)),
          tops_(tops),
          top_(top),
          sight_(sight),
          doubtful_(doubtful_rows(ui, table.number)) {}

    void draw() {
        for (std::size_t row = 0; row < table_.rows.size(); ++row) draw_ground(row);
        for (const SourceCell& cell : table_.cells) draw_cell(cell);
        draw_selection();
        emit_rows();
    }

private:
    [[nodiscard]] Box row_box(std::size_t row) const {
        return {edges_.front(), top_ + tops_[row], edges_.back() - edges_.front(), tops_[row + 1] - tops_[row]};
    }
    [[nodiscard]] bool is_seen(const Box& box) const { return box.bottom() >= sight_.y && box.y <= sight_.bottom(); }

    void draw_ground(std::size_t row) {
        const Box box = row_box(row);
        if (!is_seen(box)) return;
        const bool is_head = row >= table_.head && row < table_.body && !table_.roles.empty();
        if (is_head) fill(box, colour::head);
        if (doubtful_.contains(table_.rows[row])) fill(box, colour::warning_tint);
    }

    void draw_cell(const SourceCell& cell) {
        if (cell.column >= table_.columns || cell.row + cell.rows > table_.rows.size()) return;
        const std::size_t end = std::min(cell.column + cell.columns, table_.columns);
        const float y = top_ + tops_[cell.row];
        const Box box{edges_[cell.column], y, edges_[end] - edges_[cell.column],
                      top_ + tops_[cell.row + cell.rows] - y};
        if (!is_seen(box)) return;
        outline({box.x, box.y, box.width + 1, box.height + 1}, frame_colour, 0);
        if (cell.text.empty()) return;
        const bool is_head = cell.row < table_.body && cell.row >= table_.head && !table_.roles.empty();
        TextStyle look = cell_style;
        if (is_head) look.weight = Weight::semibold;
        const float room = std::max(box.width - 2 * ui_.px(pad), ui_.px(14));
        const float height = wrapped_height(ui_, room, cell.text, cell_style);
        // What spans more than is in sight is read where it is seen.
        const float least = box.y + ui_.px(pad);
        const float most = std::max(least, box.bottom() - height - ui_.px(pad));
        const float middle = std::clamp(box.y + (box.height - height) / 2, least, most);
        const float text_y = cell.rows > 1 ? std::clamp(std::max(middle, sight_.y + ui_.px(8)), least, most) : least;
        write_wrapped(ui_, box.x + ui_.px(pad), text_y, room, cell.text, look);
    }

    void draw_selection() {
        const SourcePlace& selected = ui_.view.author.selected;
        if (selected.table != table_.number) return;
        if (ui_.view.author.column > 0) return draw_column();
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            if (table_.rows[row] != authoring::given_row(selected.row)) continue;
            outline(row_box(row).inset(0, 0), colour::accent, 2, 2);
        }
    }

    void draw_column() {
        const std::size_t index = ui_.view.author.column - 1;
        if (index >= table_.roles.size()) return;
        const std::size_t begin = table_.roles[index].begin;
        const std::size_t end = index + 1 < table_.roles.size() ? table_.roles[index + 1].begin : table_.columns;
        if (begin >= table_.columns || end > table_.columns) return;
        outline({edges_[begin], top_, edges_[end] - edges_[begin], tops_.back()}, colour::accent, 2, 2);
    }

    [[nodiscard]] std::string words_of(std::size_t row) const {
        std::string words;
        for (const SourceCell& cell : table_.cells) {
            if (cell.row == row && !cell.text.empty()) words += (words.empty() ? "" : "；") + cell.text;
        }
        return words;
    }

    void emit_rows() {
        const Container list(ui_, make_node(ui_, "author/table/" + std::to_string(table_.number), Role::group,
                                            ui_.say("ui.author.part.source"),
                                            {edges_.front(), top_, edges_.back() - edges_.front(), tops_.back()}));
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            const Box box = row_box(row);
            if (!is_seen(box)) continue;
            const SourcePlace place{table_.number, table_.rows[row]};
            const std::string id = "author/source/" + place_key(place);
            const bool is_selected = ui_.view.author.selected == place && ui_.view.author.column == 0;
            const AreaState state =
                area(ui_, box, {id, place_words(ui_, place) + " " + words_of(row), Role::button, is_selected, 2});
            if (state.hovered && !is_selected) outline(box, colour::secondary, 2);
            if (ui_.mirror.focused() == id) focus_ring(box.inset(1, 1), 2);
            if (!state.pressed) continue;
            select_place(ui_, place);
            ui_.view.author.wants_source = false;
        }
    }

    Ui& ui_;
    const SourceTable& table_;
    std::vector<float> edges_;
    const std::vector<float>& tops_;
    float top_;
    Box sight_;
    std::set<std::size_t> doubtful_;
};

/// What each column is for, over the table: pressed, it can be changed.
float draw_roles(Ui& ui, const SourceTable& table, const std::vector<float>& edges, float y) {
    if (table.roles.empty()) return y;
    const float height = ui.px(24);
    for (std::size_t i = 0; i < table.roles.size(); ++i) {
        const std::size_t begin = table.roles[i].begin;
        const std::size_t end = i + 1 < table.roles.size() ? table.roles[i + 1].begin : table.columns;
        if (begin >= end || end >= edges.size()) continue;
        const Box box{edges[begin] + 1, y, edges[end] - edges[begin] - 2, height};
        const bool is_field = author_view(ui).is_roster && !table.roles[i].type.empty();
        const std::string role =
            ui.say(is_field ? "ui.author.type." + table.roles[i].type : "ui.author.role." + table.roles[i].role);
        const SourcePlace place{table.number, i + 1};
        const bool is_selected = ui.view.author.column == i + 1 && ui.view.author.selected.table == table.number;
        const std::string id = "author/column/" + place_key(place);
        const AreaState state =
            area(ui, box,
                 {id, ui.say("ui.author.column", {{"column", table.roles[i].label}, {"role", role}}), Role::button,
                  is_selected, 4});
        fill(box, is_selected ? colour::accent_tint : state.hovered ? colour::hover : colour::neutral_tint, 4);
        write_in(ui, box.inset(ui.px(3), 0), role,
                 {12, Weight::regular, is_selected ? colour::accent : colour::secondary}, 0.5F);
        if (ui.mirror.focused() == id) focus_ring(box, 4);
        if (!state.pressed) continue;
        ui.view.author.selected = {table.number, 0};
        ui.view.author.column = i + 1;
        ui.view.wants_frame = true;
    }
    return y + height + ui.px(4);
}

/// Rows' tops are worked out once for a width: decisions change what is made of the tables, not what they say.
void refresh_layout(Ui& ui, float width) {
    AuthorDesk& desk = ui.view.author;
    std::string key = ui.state.author->draft + "/" + std::to_string(width) + "/" + std::to_string(ui.theme.scale);
    for (const SourceTable& table : author_view(ui).tables)
        key += "/" + std::to_string(table.number) + "." + std::to_string(table.cells.size());
    if (desk.layout == key) return;
    desk.layout = key;
    desk.tops.clear();
    for (const SourceTable& table : author_view(ui).tables)
        desk.tops.push_back(row_tops(ui, table, column_edges(ui, table, {0, 0, width, 0})));
}

/// Brings the selected row into sight, `top` being where the table begins in the scrolled content.
void follow_selection(Ui& ui, const SourceTable& table, const std::vector<float>& tops, float top, const Box& sight) {
    AuthorDesk& desk = ui.view.author;
    if (!desk.wants_source || desk.selected.table != table.number) return;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (table.rows[row] != authoring::given_row(desk.selected.row)) continue;
        desk.wants_source = false;
        const float y = top + tops[row];
        const float below = y + (tops[row + 1] - tops[row]) + ui.px(16) - sight.bottom();
        const float above = sight.y + ui.px(16) - y;
        if (below <= 0 && above <= 0) return;
        const float third = y - sight.y - sight.height / 3;
        ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() + third));
        ui.view.wants_frame = true;
    }
}

}  // namespace

void draw_source(Ui& ui, const Box& place) {
    const Container region(ui, make_node(ui, "author/given", Role::region, ui.say("ui.author.part.source"), place));
    if (ui.is_medium()) sheet(place);
    ScrollArea scroll(ui, "author/source", place);
    const float margin = ui.px(ui.is_medium() ? 10 : 14);
    const Box column{place.x + margin, 0, place.width - margin - ui.px(14), 0};
    refresh_layout(ui, column.width);
    float y = scroll.origin().y + ui.px(12);
    const auto& tables = author_view(ui).tables;
    const std::string file = ui.say("ui.author.given", {{"name", std::string(opened(ui).document.unit())}});
    write_in(ui, {column.x, y, column.width, ui.px(22)}, file, style::small);
    emit_heading(ui, "author/given/name", file, 2, {column.x, y, column.width, ui.px(22)});
    y += ui.px(26);
    for (std::size_t i = 0; i < tables.size() && i < ui.view.author.tops.size(); ++i) {
        const SourceTable& table = tables[i];
        const std::string id = "author/line/" + std::to_string(table.number);
        const auto edges = column_edges(ui, table, column);
        y = draw_plain_lines(ui, column, y, table.above, id + "/above/");
        y = draw_roles(ui, table, edges, y);
        follow_selection(ui, table, ui.view.author.tops[i], y, place);
        SourceDrawing(ui, table, edges, ui.view.author.tops[i], y, place).draw();
        y += ui.view.author.tops[i].back() + ui.px(10);
        y = draw_plain_lines(ui, column, y, table.below, id + "/below/");
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y + ui.px(20));
}

}  // namespace duibiao::ui
