// The score table: scrolling, the sticky head, moving between cells, and which rows are drawn.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/item_facts.hpp"
#include "ui/score_rows.hpp"

namespace duibiao::ui {

namespace {

/// Rows drawn beyond the edges, so that Tab always finds the next cell.
constexpr std::size_t overscan = 2;

struct CellName {
    std::string_view field;
    std::string_view layer;
    std::string_view item;
    std::string_view fact = {};  ///< the answer's field, of a fact
};

/// "score/self/3.2.2" taken apart; empty field when it is not a cell.
CellName parse_cell(std::string_view id) {
    const std::size_t first = id.find('/');
    if (first == std::string_view::npos) return {};
    const std::string_view field = id.substr(0, first);
    if (field == "measure") return {field, "self", id.substr(first + 1)};
    constexpr std::array<std::string_view, 5> fields{"score", "note", "explanation", "veto", "fact"};
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) return {};
    const std::size_t second = id.find('/', first + 1);
    if (second == std::string_view::npos) return {};
    const std::string_view layer = id.substr(first + 1, second - first - 1);
    const std::string_view item = id.substr(second + 1);
    if (field != "fact") return {field, layer, item};
    const std::size_t third = std::min(item.find('/'), item.size());
    return {field, layer, item.substr(0, third), item.substr(std::min(third + 1, item.size()))};
}

/// The row that holds an item: a measure stands in its criterion's row.
const ScoreRow* find_row(const ScoreLayout& layout, std::string_view item) {
    const std::size_t measure = item.find(".m");
    const std::string_view id = item.substr(0, measure);
    const auto found =
        std::find_if(layout.rows.begin(), layout.rows.end(), [&](const ScoreRow& row) { return row.id == id; });
    return found == layout.rows.end() ? nullptr : &*found;
}

/// The next criterion or condition row in a direction; null at the ends.
const ScoreRow* neighbour(const ScoreLayout& layout, const ScoreRow* row, int direction) {
    const auto has_cells = [](const ScoreRow& candidate) { return candidate.kind == ScoreRow::Kind::criterion; };
    const ScoreRow* first = layout.rows.data();
    const ScoreRow* end = first + layout.rows.size();
    for (const ScoreRow* next = row + direction; next >= first && next < end; next += direction)
        if (has_cells(*next)) return next;
    return nullptr;
}

void focus_cell(Ui& ui, const ScoreRow& row, std::string_view field, Layer layer) {
    ui.view.scroll_to = RevealWish{row.id, {}, layer, 0};
    ui.view.focus_when_drawn = field_id(field, layer, row.id);
    ui.view.selected_item = row.id;
}

/// What the layer before gave, or full points.
void fill_offered_score(Ui& ui, const CellName& cell) {
    const OpenedDocument& opened = *ui.state.opened;
    const std::optional<Points> offered = offered_score(opened.document, opened.layer, cell.item);
    if (!offered) return;
    ui.view.active.error.clear();
    ui.view.active.is_typed = false;
    const Target target{opened.layer, std::string(cell.item), "score"};
    ui.send(command::SetAnswer{target, offered->to_string(), ui.view.active.batch});
}

/// True while the field holds what cannot be accepted. What was typed in this frame is drawn, and judged, only later.
bool holds_error(const Ui& ui, const CellName& cell, const DomEvent& key) {
    const DomEvent* input = ui.mirror.event(DomEvent::Kind::input, key.id);
    if (input == nullptr) return ui.view.active.id == key.id && !ui.view.active.error.empty();
    const std::string_view field = cell.field == "measure" ? "value" : cell.field == "fact" ? cell.fact : cell.field;
    const Target target{ui.state.opened->layer, std::string(cell.item), std::string(field)};
    return !parse_value(*ui.state.opened->document.instrument, target, without_open_point(target, input->text));
}

void focus_fact(Ui& ui, const ScoreRow& row, const std::string& id) {
    ui.view.scroll_to = RevealWish{row.id, {}, ui.state.opened->layer, 0};
    ui.view.focus_when_drawn = id;
    ui.view.selected_item = row.id;
}

std::vector<std::string> facts_of_row(const Ui& ui, const ScoreRow& row) {
    const Criterion* item = ui.state.opened->document.instrument->find_criterion(row.id);
    return item == nullptr ? std::vector<std::string>{} : fact_ids(ui, *item);
}

/// The row's next fact, or the one before.
bool focus_fact_beside(Ui& ui, const ScoreRow& row, std::string_view id, int direction) {
    const std::vector<std::string> ids = facts_of_row(ui, row);
    const auto at = std::find(ids.begin(), ids.end(), id);
    if (at == ids.end() || (direction < 0 ? at == ids.begin() : at + 1 == ids.end())) return false;
    focus_fact(ui, row, *(at + direction));
    return true;
}

/// A row with facts begins at them: its score follows. Who comes back from below finds the last of them.
bool focus_end_fact(Ui& ui, const ScoreRow& row, int direction) {
    const std::vector<std::string> ids = facts_of_row(ui, row);
    if (ids.empty()) return false;
    focus_fact(ui, row, direction < 0 ? ids.back() : ids.front());
    return true;
}

void take_key(Ui& ui, const ScoreLayout& layout, const DomEvent& event) {
    const CellName cell = parse_cell(event.id);
    const ScoreRow* row = cell.field.empty() ? nullptr : find_row(layout, cell.item);
    if (row == nullptr) return;
    const std::optional<Layer> layer = layer_from_string(cell.layer);
    if (layer && *layer != ui.state.opened->layer) {
        if (event.key != "Enter") return;
        ui.send(command::SetLayer{*layer});
        return focus_cell(ui, *row, cell.field, *layer);
    }
    if (cell.field == "score" && event.key == "F") return fill_offered_score(ui, cell);
    const bool down = event.key == "Enter" || event.key == "ArrowDown";
    const bool up = event.key == "Shift+Enter" || event.key == "ArrowUp";
    if (!down && !up) return;
    // A value that cannot be accepted keeps the hand where it is.
    if (holds_error(ui, cell, event)) return;
    if (cell.field == "fact" && focus_fact_beside(ui, *row, event.id, down ? 1 : -1)) return;
    const bool same_row = cell.field == "measure" && down;
    const ScoreRow* next = same_row ? row : neighbour(layout, row, down ? 1 : -1);
    if (next == nullptr) return;
    if (cell.field != "note" && focus_end_fact(ui, *next, down ? 1 : -1)) return;
    const std::string_view field = cell.field == "note" ? "note" : "score";
    focus_cell(ui, *next, field, ui.state.opened->layer);
}

void take_keys(Ui& ui, const ScoreLayout& layout) {
    for (const DomEvent& event : ui.mirror.events()) {
        if (event.kind == DomEvent::Kind::key && !event.id.empty()) take_key(ui, layout, event);
        if (event.kind == DomEvent::Kind::paste) {
            const CellName cell = parse_cell(event.id);
            if (cell.field == "score")
                ui.send(command::PasteScores{ui.state.opened->layer, std::string(cell.item), event.text});
        }
        if (event.kind == DomEvent::Kind::focus) {
            const CellName cell = parse_cell(event.id);
            const ScoreRow* row = cell.field.empty() ? nullptr : find_row(layout, cell.item);
            if (row == nullptr) continue;
            ui.view.selected_item = row->id;
            ui.view.scroll_to = RevealWish{row->id, {}, Layer::self, 0};
        }
    }
}

std::string cell_to_open(const RevealWish& wish, const ScoreRow& row) {
    if (wish.field.empty()) return {};
    if (wish.field == "value") return "measure/" + wish.item;
    if (wish.field.find(':') != std::string::npos || wish.field == "level" || wish.field == "na")
        return fact_id(wish.layer, row.id, wish.field);
    if (wish.field == "set") return field_id("veto", wish.layer, row.id);
    if (wish.item == "header") return "header/" + wish.field;
    return field_id(wish.field, wish.layer, row.id);
}

void take_reveal(Ui& ui, const ScoreLayout& layout) {
    const RevealWish& wish = ui.state.reveal;
    if (wish.serial == ui.view.seen_reveal) return;
    ui.view.seen_reveal = wish.serial;
    ui.view.scroll_to = wish;
    ui.view.show_left = ui.view.show_right = false;
    if (wish.item == "header") {
        if (!wish.field.empty()) ui.view.focus_when_drawn = "header/" + wish.field;
        return;
    }
    const ScoreRow* row = find_row(layout, wish.item);
    if (row == nullptr) return;
    ui.view.selected_item = row->id;
    const std::string cell = cell_to_open(wish, *row);
    if (!cell.empty()) ui.view.focus_when_drawn = cell;
}

/// Brings the wished row into sight, moving as little as possible; sections go to the top.
void scroll_to_wish(Ui& ui, const ScoreLayout& layout, float view_height) {
    if (!ui.view.scroll_to) return;
    const RevealWish wish = *ui.view.scroll_to;
    ui.view.scroll_to.reset();
    if (wish.item == "header") return ImGui::SetScrollY(0);
    const ScoreRow* row = find_row(layout, wish.item);
    if (row == nullptr) return;
    const float now = ImGui::GetScrollY();
    const float top = row->y - layout.columns_height - ui.px(4);
    const float bottom = row->y + row->height - view_height + ui.px(8);
    const bool is_head = row->kind == ScoreRow::Kind::section || row->kind == ScoreRow::Kind::veto_head;
    float wanted = now;
    if (is_head || row->height > view_height)
        wanted = top;
    else if (now > top)
        wanted = top;
    else if (now < bottom)
        wanted = bottom;
    // A jump from far away lands with some room above, so that the eye finds the row.
    if (!is_head && std::abs(wanted - now) > view_height) wanted = top - view_height / 4;
    if (wanted != now) {
        ImGui::SetScrollY(std::max(0.0F, wanted));
        ui.view.wants_frame = true;
    }
}

void draw_header_field(Ui& ui, const HeaderField& header, const Box& box) {
    write_in(ui, {box.x, box.y, box.width, ui.px(20)}, header.label, style::small);
    const Document& document = ui.state.opened->document;
    const Box place{box.x, box.y + ui.px(22), box.width, ui.px(34)};
    if (header.type == HeaderField::Type::computed) {
        const Tally& tally = ui.state.opened->tally;
        const Sum& sum = tally.layers[index_of(ui.state.opened->layer)];
        const std::string score = sum.scored == 0 ? "—" : sum.score.to_string();
        const std::string full =
            tally.veto ? ui.say("ui.header.veto", {{"verdict", tally.verdict}, {"score", score}}) : score;
        const bool fits = ui.text.measure(full, style::body_strong) <= place.width - 2 * ui.px(9);
        const std::string& text = fits ? full : tally.verdict;
        fill(place, colour::hover, 6);
        write_in(ui, place.inset(ui.px(9), 0), text,
                 with_colour(style::body_strong, tally.veto ? colour::accent : colour::text));
        emit_text(ui, "header/" + header.id, header.label + " " + text, place);
        return;
    }
    FieldSpec spec;
    spec.id = "header/" + header.id;
    spec.name = header.label;
    spec.text = document.text(Layer::self, "header", header.id);
    spec.placeholder =
        ui.say(header.type == HeaderField::Type::date ? "ui.header.date.placeholder" : "ui.header.placeholder");
    spec.dated = header.type == HeaderField::Type::date;
    spec.max_length = 200;
    answer_field(ui, place, std::move(spec), {Layer::self, "header", header.id});
}

void draw_layer_choice(Ui& ui, const Box& box) {
    const Instrument& instrument = *ui.state.opened->document.instrument;
    std::vector<std::string> labels;
    for (const LayerLabel& label : instrument.layers) labels.push_back(label.short_label);
    if (labels.size() < 2) return;
    write_in(ui, {box.x, box.y, box.width, ui.px(20)}, ui.say("ui.layer"), style::small);
    const Box place{box.x, box.y + ui.px(22), box.width, ui.px(34)};
    const auto chosen = segments(ui, place, "layer", ui.say("ui.layer"), labels, index_of(ui.state.opened->layer));
    if (chosen) ui.send(command::SetLayer{instrument.layers[*chosen].layer});
}

/// Title, header fields and whose column is filled in.
void draw_head(Ui& ui, const ScoreLayout& layout, float y) {
    const Instrument& instrument = *ui.state.opened->document.instrument;
    const ScoreColumns& columns = layout.columns;
    const Box box{columns.sheet.x, y, columns.sheet.width, layout.head_height};
    sheet(box);
    const Container group(ui, make_node(ui, "head", Role::group, instrument.title, box));
    const float x = box.x + ui.px(20);
    const float width = head_text_width(ui, columns);
    const float title_y =
        box.y + ui.px(16) + write_wrapped(ui, x, box.y + ui.px(14), width, instrument.heading, style::small);
    const float title_height = write_wrapped(ui, x, title_y, width, instrument.title, style::title);
    emit_heading(ui, "title", instrument.title, 2, {x, title_y, width, title_height});
    float top = box.y + head_fields_top(ui, columns);
    if (columns.stacked) {
        for (const HeaderField& header : instrument.header) {
            const bool half = header.type != HeaderField::Type::text;
            const float part = half ? (width - ui.px(12)) / 2 : width;
            const bool second = header.type == HeaderField::Type::date;
            draw_header_field(ui, header, {second ? x + part + ui.px(12) : x, top, part, ui.px(56)});
            if (!half || second) top += ui.px(68);
        }
        draw_layer_choice(ui, {x, top, width, ui.px(56)});
        return;
    }
    const float layer_width = ui.px(246);
    const float room = width - layer_width - ui.px(16) * static_cast<float>(instrument.header.size());
    float field_x = x;
    for (const HeaderField& header : instrument.header) {
        const float part = room * (header.type == HeaderField::Type::text   ? 0.43F
                                   : header.type == HeaderField::Type::date ? 0.39F
                                                                            : 0.18F);
        draw_header_field(ui, header, {field_x, top, part, ui.px(56)});
        field_x += part + ui.px(16);
    }
    draw_layer_choice(ui, {box.right() - ui.px(20) - layer_width, top, layer_width, ui.px(56)});
}

/// The head of a layer's column: a press makes it the one that is filled in.
void draw_layer_head(Ui& ui, const LayerLabel& label, const Box& box) {
    const std::string id(to_string(label.layer));
    const bool is_own = ui.state.opened->layer == label.layer;
    const Container cell(ui, make_node(ui, "column/" + id, Role::columnheader, {}, box));
    const AreaState state = area(ui, box, {"fill/" + id, label.short_label, Role::button, is_own});
    if (state.hovered && !is_own) fill(box.inset(2, 4), colour::hover, 4);
    write_in(ui, box, label.short_label, {13, Weight::semibold, is_own ? colour::accent : colour::secondary}, 0.5F);
    if (is_own) fill({box.x + ui.px(8), box.bottom() - 3, box.width - ui.px(16), 3}, colour::accent);
    if (ui.mirror.focused() == "fill/" + id) focus_ring(box.inset(2, 2), 6);
    if (state.pressed && !is_own) ui.send(command::SetLayer{label.layer});
}

void draw_column_heads(Ui& ui, const ScoreLayout& layout, float y) {
    if (layout.columns_height <= 0) return;
    const Instrument& instrument = *ui.state.opened->document.instrument;
    const ScoreColumns& columns = layout.columns;
    const Box box{columns.sheet.x, y, columns.sheet.width, layout.columns_height};
    fill(box, colour::head, 8);
    outline(box, colour::line, 8);
    fill({box.x + 1, box.bottom() - 8, box.width - 2, 8}, colour::head);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const TextStyle style{13, Weight::semibold, colour::secondary};
    const auto head = [&](std::string id, const Span& span, const std::string& text, float align) {
        const Box cell{span.x, box.y, span.width, box.height};
        write_in(ui, cell, text, style, align);
        emit_text(ui, std::move(id), text, cell, Role::columnheader);
    };
    MirrorNode row = make_node(ui, "columns", Role::row, {}, box);
    row.row_index = 1;
    const Container container(ui, std::move(row));
    head("column/criterion", columns.criterion, instrument.columns.criterion, 0);
    head("column/note", {columns.note.x + ui.px(9), columns.note.width}, note_title(ui), 0);
    for (const LayerLabel& label : instrument.layers) {
        const Span& span = columns.scores[index_of(label.layer)];
        draw_layer_head(ui, label, {span.x, box.y, span.width, box.height});
    }
}

void draw_row(Ui& ui, const ScoreLayout& layout, std::size_t i, float origin) {
    const ScoreRow& row = layout.rows[i];
    const Box box{layout.columns.sheet.x + 1, origin + row.y, layout.columns.sheet.width - 2, row.height};
    MirrorNode node = make_node(ui, "row/" + row.id, Role::row, {}, box);
    node.row_index = static_cast<int>(i) + 2;
    node.selected = ui.view.selected_item == row.id;
    const Container container(ui, std::move(node));
    draw_score_row(ui, layout.columns, row, box);
}

void draw_rows(Ui& ui, const ScoreLayout& layout, float origin, const Box& view) {
    const std::vector<ScoreRow>& rows = layout.rows;
    const float low = view.y - origin;
    const float high = view.bottom() - origin;
    std::size_t first = rows.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].y + rows[i].height < low || rows[i].y > high) continue;
        first = std::min(first, i);
        last = i;
    }
    first = first > overscan ? first - overscan : 0;
    last = std::min(rows.size() - 1, last + overscan);
    const ScoreRow* focused = find_row(layout, parse_cell(ui.mirror.focused()).item);
    const ScoreRow* wanted = find_row(layout, parse_cell(ui.view.focus_when_drawn).item);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool in_sight = i >= first && i <= last;
        if (in_sight || &rows[i] == focused || &rows[i] == wanted) draw_row(ui, layout, i, origin);
    }
}

void note_visible_section(Ui& ui, const ScoreLayout& layout, float scroll, float view_height) {
    float line = scroll + layout.columns_height + ui.px(80);
    // The row that is worked on, where it is in sight.
    for (const ScoreRow& row : layout.rows) {
        if (row.id == ui.view.selected_item && row.y + row.height > line && row.y < scroll + view_height) line = row.y;
    }
    ui.view.visible_section.clear();
    for (const ScoreRow& row : layout.rows) {
        const bool is_head = row.kind == ScoreRow::Kind::section || row.kind == ScoreRow::Kind::veto_head;
        if (is_head && (row.y <= line || ui.view.visible_section.empty())) ui.view.visible_section = row.id;
    }
}

}  // namespace

namespace {

/// A form just opened begins at the first score that is missing. A finger would only meet the keyboard there.
void greet(Ui& ui, const ScoreLayout& layout) {
    const OpenedDocument& opened = *ui.state.opened;
    if (!ui.view.begun.insert(opened.document.id).second) return;  // it is where it was left
    if (layout.columns.stacked || !opened.is_open() || !ui.mirror.focused().empty()) return;
    if (!ui.view.focus_when_drawn.empty() || ui.view.scroll_to) return;
    for (const ScoreRow& row : layout.rows) {
        if (row.kind != ScoreRow::Kind::criterion || opened.document.score(opened.layer, row.id)) continue;
        if (focus_end_fact(ui, row, 1)) return;
        return focus_cell(ui, row, "score", opened.layer);
    }
}

}  // namespace

void draw_score_table(Ui& ui, ImVec2 position, ImVec2 size) {
    const Box view{position.x, position.y, size.x, size.y};
    const ScoreLayout layout = layout_score_table(ui, position, size);
    const Container region(ui, make_node(ui, "main", Role::region, ui.state.opened->document.instrument->title, view));
    take_keys(ui, layout);
    take_reveal(ui, layout);
    greet(ui, layout);
    ScrollArea scroll(ui, "score-scroll", view);
    scroll_to_wish(ui, layout, size.y);
    const float origin = scroll.origin().y;
    draw_head(ui, layout, origin + ui.px(20));
    const float table_y = origin + ui.px(20) + layout.head_height + ui.px(16);
    const Box table{layout.columns.sheet.x, table_y, layout.columns.sheet.width,
                    layout.height - ui.px(32) - (table_y - origin)};
    sheet(table);
    {
        MirrorNode node = make_node(ui, "table", Role::table, ui.state.opened->document.instrument->short_title, table);
        node.row_count = static_cast<int>(layout.rows.size()) + 1;
        const Container container(ui, std::move(node));
        const float heads_y = std::max(table_y, view.y);
        // Rows end where the sticky head begins, for the eye and for the mouse.
        ImGui::PushClipRect({view.x, heads_y + layout.columns_height}, {view.right(), view.bottom()}, true);
        draw_rows(ui, layout, origin, view);
        ImGui::PopClipRect();
        draw_column_heads(ui, layout, heads_y);
    }
    note_visible_section(ui, layout, view.y - origin, view.height);
    if (!ui.view.focus_when_drawn.empty()) ui.mirror.request_focus(std::exchange(ui.view.focus_when_drawn, {}));
    scroll.finish(layout.height);
}

}  // namespace duibiao::ui
