// Forms made of items that are not scored: checklists, tasks, measures.
#include <algorithm>
#include <cmath>

#include "core/cell.hpp"
#include "ui/citation.hpp"
#include "ui/evidence/evidence_line.hpp"
#include "ui/forms.hpp"

namespace duibiao::ui {

namespace {

struct Row {
    enum class Kind : std::uint8_t { section, group, item };
    Kind kind = Kind::item;
    std::string id;
    const Section* section = nullptr;
    const Group* group = nullptr;
    const Criterion* item = nullptr;
    float y = 0;
    float height = 0;
};

struct Layout {
    Box column;  ///< left edge and width
    float head_height = 0;
    float table_y = 0;  ///< of the sheet with the items
    std::vector<Row> rows;
    float rows_y = 0;  ///< of the form's own table, under its items
    float height = 0;
};

/// Left the item's words, right its answers; one under the other where it is narrow.
struct Columns {
    Box text;
    Box answers;
    bool stacked = false;
};

Columns columns_of(const Ui& ui, const Box& column) {
    const float pad = ui.px(20);
    const float width = column.width - 2 * pad;
    if (column.width < ui.px(620)) return {{column.x + pad, 0, width, 0}, {column.x + pad, 0, width, 0}, true};
    const float text = std::floor(width * 0.46F);
    return {{column.x + pad, 0, text - pad, 0}, {column.x + pad + text, 0, width - text, 0}, false};
}

std::string item_text(const Criterion& item) {
    return item.number.empty() ? item.text : item.number + "　" + item.text;
}

float draw_words(Ui& ui, const Criterion& item, const Box& box, bool paint) {
    const std::string text = item_text(item);
    float height = wrapped_height(ui, box.width, text, style::body);
    if (paint) {
        write_wrapped(ui, box.x, box.y, box.width, text, style::body);
        emit_text(ui, "text/" + item.id, text, {box.x, box.y, box.width, height});
    }
    const std::string foot = item.due_label.empty() ? citation_words(ui, item.citation)
                                                    : item.due_label + "　" + citation_words(ui, item.citation);
    const float line = line_height(ui, style::small);
    const Box foot_box{box.x, box.y + height, box.width, line};
    if (paint) write_in(ui, foot_box, foot, style::small);
    const float room = std::min(box.width, ui.text.measure(foot, style::small) + 1);
    if (paint) citation_link(ui, "clause-of/" + item.id, item.citation, {box.x, foot_box.y, room, line}, true);
    return height + line;
}

/// Short cells stand side by side.
bool is_short(const AnswerField& cell) {
    using Type = AnswerField::Type;
    return cell.type == Type::date || cell.type == Type::month || cell.type == Type::count || cell.type == Type::names;
}

float draw_answers(Ui& ui, const Criterion& item, const Box& box, bool paint) {
    const bool is_checklist = ui.state.opened->document.instrument->kind == InstrumentKind::checklist;
    const bool labelled = !is_checklist || item.fields.size() > 1;
    float y = box.y;
    float row_height = 0;
    int in_row = 0;
    const float half = (box.width - ui.px(16)) / 2;
    for (const AnswerField& cell : item.fields) {
        const bool beside = labelled && (is_short(cell) || cell.id == "owner");
        if ((!beside && in_row > 0) || in_row == 2) {
            y += row_height + ui.px(8);
            in_row = 0;
            row_height = 0;
        }
        const float x = box.x + static_cast<float>(in_row) * (half + ui.px(16));
        row_height =
            std::max(row_height, item_cell(ui, item, cell, {x, y, beside ? half : box.width, 0}, labelled, paint));
        if (beside) {
            ++in_row;
        } else {
            y += row_height + ui.px(8);
            row_height = 0;
        }
    }
    if (in_row > 0) y += row_height + ui.px(8);
    y += item_note(ui, item, {box.x, y, box.width, 0}, paint);
    return y + evidence_line(ui, item.id, {box.x, y, box.width, 0}, true, paint) - box.y;
}

/// An item from its row's top; the same for measuring and for painting.
float draw_item(Ui& ui, const Columns& columns, const Criterion& item, float y, bool paint) {
    const float padding = ui.theme.row_padding();
    Box words = columns.text;
    words.y = y + padding;
    const float words_height = draw_words(ui, item, words, paint);
    Box answers = columns.answers;
    answers.y = columns.stacked ? words.y + words_height + ui.px(8) : words.y;
    const float answers_height = draw_answers(ui, item, answers, paint);
    return std::max(words.y + words_height, answers.y + answers_height) + padding - y;
}

Layout lay_out(Ui& ui, const Box& view) {
    const Instrument& instrument = *ui.state.opened->document.instrument;
    Layout layout;
    const float width = std::min(view.width - 2 * form_margin(ui), ui.px(980));
    layout.column = {std::floor(view.x + (view.width - width) / 2), 0, width, 0};
    const Columns columns = columns_of(ui, layout.column);
    layout.head_height = form_head(ui, layout.column, 0, false);
    layout.table_y = form_margin(ui) + layout.head_height + ui.px(16);
    float y = layout.table_y;
    const auto add = [&](Row row, float height) {
        row.y = y;
        row.height = height;
        layout.rows.push_back(std::move(row));
        y += height;
    };
    for (const Section& section : instrument.sections) {
        add({Row::Kind::section, section.id, &section}, ui.px(44));
        for (const Group& group : section.groups) {
            if (!group.title.empty()) add({Row::Kind::group, group.id, &section, &group}, ui.px(38));
            for (const Criterion& item : group.criteria)
                add({Row::Kind::item, item.id, &section, &group, &item}, draw_item(ui, columns, item, 0, false));
        }
    }
    layout.rows_y = y + ui.px(16);
    const float rows_height = row_cards(ui, layout.column, 0, false);
    layout.height = (rows_height > 0 ? layout.rows_y + rows_height : y) + ui.px(24);
    return layout;
}

void draw_row(Ui& ui, const Layout& layout, const Row& row, float origin) {
    const Box box{layout.column.x + 1, origin + row.y, layout.column.width - 2, row.height};
    const float x = layout.column.x + ui.px(20);
    if (row.kind == Row::Kind::section) {
        fill(box, colour::head, row.y == layout.table_y ? 8.0F : 0.0F);
        write_in(ui, {x, box.y, box.width - ui.px(40), box.height}, row.section->title, style::body_strong);
        emit_heading(ui, "section-head/" + row.id, row.section->title, 3, box);
    } else if (row.kind == Row::Kind::group) {
        write_in(ui, {x, box.y, box.width - ui.px(40), box.height}, row.group->title,
                 with_colour(style::body_strong, colour::secondary));
        emit_heading(ui, "group-head/" + row.id, row.group->title, 4, box);
    } else {
        if (ui.view.selected_item == row.id) fill(box, colour::selected);
        MirrorNode node = make_node(ui, "row/" + row.id, Role::group, row.id, box);
        const Container container(ui, std::move(node));
        draw_item(ui, columns_of(ui, layout.column), *row.item, box.y, true);
    }
    horizontal_line(box.x, box.bottom() - 1, box.width);
}

const Row* find_row(const Layout& layout, std::string_view item) {
    const auto found =
        std::find_if(layout.rows.begin(), layout.rows.end(), [item](const Row& row) { return row.id == item; });
    return found == layout.rows.end() ? nullptr : &*found;
}

/// "value/self/1.1.1/0": the item of a control.
std::string_view item_of(std::string_view id) {
    const std::size_t first = id.find("/self/");
    if (first == std::string_view::npos) return {};
    const std::string_view rest = id.substr(first + 6);
    return rest.substr(0, rest.find('/'));
}

void take_reveal(Ui& ui, const Layout& layout) {
    const RevealWish& wish = ui.state.reveal;
    if (wish.serial == ui.view.seen_reveal) return;
    ui.view.seen_reveal = wish.serial;
    ui.view.scroll_to = wish;
    ui.view.show_left = ui.view.show_right = false;
    if (wish.item == "header") {
        if (!wish.field.empty()) ui.view.focus_when_drawn = "header/" + wish.field;
    } else if (find_row(layout, wish.item) != nullptr) {
        ui.view.selected_item = wish.item;
        if (!wish.field.empty()) ui.view.focus_when_drawn = wish.field + "/self/" + wish.item;
    }
}

void scroll_to_wish(Ui& ui, const Layout& layout, float view_height) {
    if (!ui.view.scroll_to) return;
    const RevealWish wish = *ui.view.scroll_to;
    ui.view.scroll_to.reset();
    if (wish.item == "header") return ImGui::SetScrollY(0);
    const Row* row = find_row(layout, wish.item);
    if (row == nullptr) return;
    const float now = ImGui::GetScrollY();
    const bool in_sight = row->y >= now && row->y + row->height <= now + view_height;
    if (in_sight) return;
    ImGui::SetScrollY(std::max(0.0F, row->y - ui.px(12)));
    ui.view.wants_frame = true;
}

void note_visible_section(Ui& ui, const Layout& layout, float scroll) {
    ui.view.visible_section.clear();
    for (const Row& row : layout.rows) {
        if (row.kind != Row::Kind::section) continue;
        if (row.y <= scroll + ui.px(80) || ui.view.visible_section.empty()) ui.view.visible_section = row.id;
    }
}

}  // namespace

void draw_item_form(Ui& ui, ImVec2 position, ImVec2 size) {
    constexpr float overscan = 500;  // CSS pixels, so that Tab always finds the next cell
    const Box view{position.x, position.y, size.x, size.y};
    const Layout layout = lay_out(ui, view);
    const Container region(ui, make_node(ui, "main", Role::region, ui.state.opened->document.instrument->title, view));
    take_reveal(ui, layout);
    ScrollArea scroll(ui, "form-scroll", view);
    scroll_to_wish(ui, layout, size.y);
    const float origin = scroll.origin().y;
    form_head(ui, layout.column, origin + form_margin(ui), true);
    sheet({layout.column.x, origin + layout.table_y, layout.column.width, layout.rows_y - ui.px(16) - layout.table_y});
    const std::string_view focused = item_of(ui.mirror.focused());
    for (const Row& row : layout.rows) {
        const bool in_sight =
            origin + row.y + row.height > view.y - overscan && origin + row.y < view.bottom() + overscan;
        if (in_sight || row.id == focused || row.id == item_of(ui.view.focus_when_drawn))
            draw_row(ui, layout, row, origin);
    }
    row_cards(ui, layout.column, origin + layout.rows_y, true);
    note_visible_section(ui, layout, view.y - origin);
    if (!ui.view.focus_when_drawn.empty()) ui.mirror.request_focus(std::exchange(ui.view.focus_when_drawn, {}));
    scroll.finish(layout.height);
}

}  // namespace duibiao::ui
