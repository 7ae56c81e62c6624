// The duty matrix: every duty of the year by month, quarter, half and year; and the year's activities as bars.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/citation.hpp"
#include "ui/ledger_parts.hpp"

namespace duibiao::ui {

namespace {

struct MatrixLayout {
    Box box;
    float label_width = 0;
    float month_width = 0;
    float row_height = 0;
    float head_height = 0;
    bool stacked = false;  ///< the label above its cells
};

bool is_unfolded(const Ui& ui, const DutyRow& row) {
    return !row.parts.empty() && ui.view.open_duties.contains(row.duty->id);
}

/// With the branches below it, when they are shown.
float height_of(const Ui& ui, const MatrixLayout& layout, const DutyRow& row) {
    const float parts = is_unfolded(ui, row) ? static_cast<float>(row.parts.size()) : 0;
    return layout.row_height * (1 + parts);
}

MatrixLayout lay_out_matrix(const Ui& ui, const Box& column, float y) {
    MatrixLayout layout;
    layout.stacked = column.width < ui.px(760);
    const float pad = ui.px(14);
    layout.label_width = layout.stacked ? 0 : std::floor((column.width - 2 * pad) * 0.3F);
    layout.month_width = (column.width - 2 * pad - layout.label_width) / months_of_year;
    layout.row_height = ui.px(layout.stacked ? 70.0F : ui.theme.compact ? 38.0F : 44.0F);
    layout.head_height = ui.px(38);
    float height = layout.head_height + ui.px(2);
    for (const DutyRow& row : ui.state.opened->duties) height += height_of(ui, layout, row);
    layout.box = {column.x, y, column.width, height};
    return layout;
}

struct CellLook {
    std::string text;
    Tone tone = Tone::neutral;
};

CellLook look_of(const Ui& ui, const DutyCell& cell) {
    const std::string prefix =
        cell.months == 1 ? std::string() : period_words(ui.state.settings.language, cell.period) + " ";
    const Params params{{"count", std::int64_t{cell.needed - cell.done}}};
    switch (cell.state) {
        case DutyState::met:
            return {prefix + std::to_string(cell.done), Tone::good};
        case DutyState::missing:
            if (is_hollow(ui)) return {prefix + ui.say("ui.ledger.hollow"), Tone::neutral};
            return {prefix + (cell.needed > 1 || cell.months > 1 ? ui.say("ui.ledger.short", params)
                                                                 : ui.say("ui.ledger.lacks")),
                    Tone::error};
        case DutyState::pending:
            if (cell.done > 0)
                return {prefix + std::to_string(cell.done) + "/" + std::to_string(cell.needed), Tone::neutral};
            return {cell.first_month <= this_month(ui) ? prefix + ui.say("ui.ledger.pending") : prefix, Tone::neutral};
        case DutyState::outside:
            break;
    }
    return {};
}

std::string often(const Ui& ui, const Duty& duty) {
    const std::string key = duty.sum_hours ? "ui.per.hours." : "ui.per.";
    return ui.say(key + std::string(to_string(duty.per)), {{"count", std::int64_t{duty.at_least}}});
}

/// The only branch that lacks a period, or nothing.
std::string lacking_branch(const DutyRow& row, const DutyCell& cell) {
    std::string name;
    for (const DutyPart& part : row.parts) {
        const bool lacks = part.cells[static_cast<std::size_t>(&cell - row.cells.data())].state == DutyState::missing;
        if (lacks && !name.empty()) return {};
        if (lacks) name = part.name;
    }
    return name;
}

/// One period of a duty, or of one branch's share of it.
void draw_cell(Ui& ui, const DutyRow& row, const DutyPart* part, const DutyCell& cell, const Box& box) {
    const CellLook look = look_of(ui, cell);
    if (cell.state == DutyState::outside) return;
    const std::string id = "duty/" + row.duty->id + "/" + (part == nullptr ? "" : part->name + "/") + cell.period;
    const std::string words = look.text.empty() ? ui.say("ui.ledger.later") : look.text;
    const std::string name = row.duty->title + " " + (part == nullptr ? "" : part->name + " ") +
                             period_words(ui.state.settings.language, cell.period) + " " + words;
    fill(box, tone_tint(look.tone), 5);
    const bool is_missing = cell.state == DutyState::missing && look.tone == Tone::error;
    const Weight weight = is_missing ? Weight::semibold : Weight::regular;
    write_in(ui, box.inset(2, 0), look.text, {13, weight, tone_text(look.tone)}, 0.5F);
    if (cell.state != DutyState::missing) return emit_text(ui, id, name, box, Role::cell);
    const Container container(ui, make_node(ui, "cell/" + id, Role::cell, {}, box));
    const AreaState state = area(ui, box, {id, name, Role::button, false, 5});
    if (state.hovered) outline(box, colour::accent, 5);
    if (!state.pressed) return;
    const bool of_branch = row.duty->level == Level::branch;
    const std::string branch = !of_branch ? std::string() : part != nullptr ? part->name : lacking_branch(row, cell);
    begin_row(ui, row.duty->kinds.front(), cell.period.size() == 7 ? cell.period + "-" : std::string(), branch);
}

void draw_cells(Ui& ui, const MatrixLayout& layout, const DutyRow& row, const DutyPart* part, float y) {
    const float x = layout.box.x + ui.px(14) + layout.label_width;
    const float cell_y = layout.stacked ? y + ui.px(32) : y + ui.px(7);
    const float height = layout.stacked ? ui.px(28) : layout.row_height - ui.px(14);
    for (const DutyCell& cell : part == nullptr ? row.cells : part->cells) {
        const float inset = cell.months == 1 ? layout.month_width * 0.08F : ui.px(3);
        draw_cell(ui, row, part, cell,
                  {x + static_cast<float>(cell.first_month - 1) * layout.month_width + inset, cell_y,
                   layout.month_width * static_cast<float>(cell.months) - 2 * inset, height});
    }
}

/// How many branches lack something; pressed, it shows or hides them. Returns its width.
float draw_fold(Ui& ui, const DutyRow& row, const Box& label) {
    if (row.parts.empty()) return 0;
    const auto lacking =
        std::count_if(row.parts.begin(), row.parts.end(), [](const DutyPart& part) { return !part.missing.empty(); });
    const bool open = is_unfolded(ui, row);
    const Params params{{"count", static_cast<std::int64_t>(lacking)},
                        {"all", static_cast<std::int64_t>(row.parts.size())}};
    const std::string text = ui.say(lacking > 0 ? "ui.ledger.branches-lack" : "ui.ledger.branches", params);
    const TextStyle style{12, Weight::semibold, lacking > 0 ? colour::accent : colour::secondary};
    const std::string shown = (open ? "▾ " : "▸ ") + text;
    const float width = std::ceil(ui.text.measure(shown, style)) + ui.px(12);
    const Box box{label.right() - width, label.y + (label.height - ui.px(26)) / 2, width, ui.px(26)};
    const Container cell(ui, make_node(ui, "cell/fold/" + row.duty->id, Role::cell, {}, box));
    const AreaState state =
        area(ui, box, {"fold/" + row.duty->id, row.duty->title + " " + text, Role::button, open, 5});
    if (state.hovered) fill(box, colour::hover, 5);
    write_in(ui, box, shown, style, 0.5F);
    if (state.pressed && !ui.view.open_duties.erase(row.duty->id)) ui.view.open_duties.insert(row.duty->id);
    return width + ui.px(6);
}

void draw_part(Ui& ui, const MatrixLayout& layout, const DutyRow& row, const DutyPart& part, float y) {
    const float pad = ui.px(14);
    const Box box{layout.box.x, y, layout.box.width, layout.row_height};
    const Container container(
        ui, make_node(ui, "duty/" + row.duty->id + "/" + part.name, Role::row, row.duty->title + " " + part.name, box));
    const float indent = ui.px(18);
    const Box label{box.x + pad + indent, y, (layout.stacked ? box.width - 2 * pad : layout.label_width) - indent,
                    layout.stacked ? ui.px(30) : box.height};
    write_in(ui, label, part.name, with_colour(style::body, colour::secondary));
    emit_text(ui, "duty-name/" + row.duty->id + "/" + part.name, part.name, label, Role::rowheader);
    draw_cells(ui, layout, row, &part, y);
    horizontal_line(box.x + 1, box.bottom() - 1, box.width - 2);
}

void draw_duty(Ui& ui, const MatrixLayout& layout, const DutyRow& row, float y) {
    const float pad = ui.px(14);
    const Box box{layout.box.x, y, layout.box.width, layout.row_height};
    MirrorNode node = make_node(ui, "duty/" + row.duty->id, Role::row, row.duty->title, box);
    const Container container(ui, std::move(node));
    const float label_width = layout.stacked ? box.width - 2 * pad : layout.label_width - ui.px(8);
    const float label_height = layout.stacked ? ui.px(30) : box.height;
    Box label{box.x + pad, y, label_width, label_height};
    label.width -= draw_fold(ui, row, label);
    const std::string foot = often(ui, *row.duty) + " · " + citation_words(ui, row.citation());
    const float title = std::min(ui.text.measure(row.duty->title, style::body), label.width);
    write_in(ui, {label.x, label.y, title + 1, label.height}, row.duty->title, style::body);
    const Box foot_box{label.x + title + ui.px(6), label.y, std::max(1.0F, label.width - title - ui.px(6)),
                       label.height};
    write_in(ui, foot_box, foot, {12, Weight::regular, colour::secondary});
    {
        const Container cell(ui, make_node(ui, "cell/clause/" + row.duty->id, Role::cell, {}, foot_box));
        citation_link(ui, "clause-of/" + row.duty->id, row.citation(), foot_box, true);
    }
    emit_text(ui, "duty-name/" + row.duty->id, row.duty->title + " " + foot, label, Role::rowheader);
    const float cells_x = box.x + pad + layout.label_width;
    const float cell_y = layout.stacked ? y + ui.px(32) : y + ui.px(7);
    const float cell_height = layout.stacked ? ui.px(28) : box.height - ui.px(14);
    const bool unnamed = row.duty->each != Each::unit &&
                         std::all_of(row.cells.begin(), row.cells.end(),
                                     [](const DutyCell& cell) { return cell.state == DutyState::outside; });
    if (unnamed) {
        const Box hint{cells_x, cell_y, layout.month_width * months_of_year, cell_height};
        const std::string text = ui.say("ui.ledger.no-names");
        write_in(ui, hint, text, style::small, 0.5F);
        const Container cell(ui, make_node(ui, "cell/names/" + row.duty->id, Role::cell, {}, hint));
        const AreaState press =
            area(ui, hint, {"names/" + row.duty->id, row.duty->title + " " + text, Role::button, false, 5});
        if (press.pressed) ui.send(command::Reveal{"header", std::string(names_field(row.duty->each)), Layer::self});
    }
    draw_cells(ui, layout, row, nullptr, y);
    horizontal_line(box.x + 1, box.bottom() - 1, box.width - 2);
}

void draw_matrix_head(Ui& ui, const MatrixLayout& layout) {
    const float pad = ui.px(14);
    const Box head{layout.box.x + 1, layout.box.y + 1, layout.box.width - 2, layout.head_height};
    fill(head, colour::head, 8);
    const TextStyle style{13, Weight::semibold, colour::secondary};
    if (!layout.stacked)
        write_in(ui, {head.x + pad, head.y, layout.label_width, head.height}, ui.say("ui.ledger.duties"), style);
    for (int month = 1; month <= months_of_year; ++month) {
        const Box cell{head.x + pad + layout.label_width + static_cast<float>(month - 1) * layout.month_width, head.y,
                       layout.month_width, head.height};
        const std::string name = ui.say("ui.month", {{"month", std::int64_t{month}}});
        const bool narrow = ui.text.measure(name, style) > cell.width;
        const bool now = month == this_month(ui);
        write_in(ui, cell, narrow ? std::to_string(month) : name, now ? with_colour(style, colour::accent) : style,
                 0.5F);
    }
    horizontal_line(head.x, head.bottom() - 1, head.width);
}

}  // namespace

float draw_matrix(Ui& ui, const Box& column, float y, const Box& view) {
    const MatrixLayout layout = lay_out_matrix(ui, column, y);
    sheet(layout.box);
    draw_matrix_head(ui, layout);
    MirrorNode node = make_node(ui, "matrix", Role::table, ui.say("ui.ledger.duties"), layout.box);
    node.row_count = static_cast<int>(ui.state.opened->duties.size());
    const Container container(ui, std::move(node));
    float row_y = layout.box.y + layout.head_height;
    const auto in_sight = [&](float line_y) {
        return line_y + layout.row_height > view.y - 200 && line_y < view.bottom() + 200;
    };
    for (const DutyRow& row : ui.state.opened->duties) {
        const bool unfolded = is_unfolded(ui, row);
        const bool drawn = in_sight(row_y);
        float line_y = row_y;
        if (drawn) draw_duty(ui, layout, row, line_y);
        for (std::size_t at = 0; unfolded && at < row.parts.size(); ++at) {
            line_y += layout.row_height;
            if (in_sight(line_y)) draw_part(ui, layout, row, row.parts[at], line_y);
        }
        row_y = line_y + layout.row_height;
    }
    return layout.box.bottom() + ui.px(gap_at_15);
}

/// How many activities a month: a look at the year.
float draw_year(Ui& ui, const Box& column, float y) {
    std::array<int, months_of_year> counts{};
    for (const Activity& activity : ui.state.opened->ledger.own_activities()) {
        const unsigned month = static_cast<unsigned>(activity.date.month());
        if (static_cast<int>(activity.date.year()) == ui.state.opened->ledger.year && month >= 1 && month <= 12)
            ++counts[month - 1];
    }
    const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
    const Box box{column.x, y, column.width, ui.px(116)};
    sheet(box);
    write_in(ui, {box.x + ui.px(16), box.y + ui.px(8), box.width - ui.px(32), ui.px(24)}, ui.say("ui.ledger.year"),
             style::small_strong);
    const float step = (box.width - ui.px(32)) / months_of_year;
    std::string words = ui.say("ui.ledger.year");
    for (int month = 0; month < months_of_year; ++month) {
        const int count = counts[static_cast<std::size_t>(month)];
        const float height = ui.px(40) * static_cast<float>(count) / static_cast<float>(most);
        const float x = box.x + ui.px(16) + step * static_cast<float>(month);
        const float base = box.y + ui.px(90);
        fill({x + step * 0.25F, base - std::max(height, 1.0F), step * 0.5F, std::max(height, 1.0F)},
             count > 0 ? colour::progress : colour::line, 2);
        if (count > 0)
            write_in(ui, {x, base - height - ui.px(18), step, ui.px(17)}, std::to_string(count),
                     {12, Weight::regular, colour::secondary}, 0.5F);
        const std::string name = std::to_string(month + 1);
        write_in(ui, {x, base + ui.px(2), step, ui.px(20)}, name, {12, Weight::regular, colour::secondary}, 0.5F);
        words += " " + ui.say("ui.month", {{"month", std::int64_t{month + 1}}}) + " " + std::to_string(count);
    }
    emit_text(ui, "year-chart", words, box);
    return box.bottom() + ui.px(gap_at_15);
}

}  // namespace duibiao::ui
