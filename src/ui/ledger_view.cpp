// The ledger: what is due, the duty matrix, writing down an activity, and the list of activities.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "core/cell.hpp"
#include "core/text.hpp"
#include "ui/forms.hpp"

namespace duibiao::ui {

namespace {

constexpr int months_of_year = 12;
constexpr float gap_at_15 = 16;

float margin(const Ui& ui) { return ui.px(ui.is_narrow() ? 12 : 20); }

const Table& table_of(const Ui& ui) { return ui.state.opened->document.instrument->table; }

// ---- What is due ----

struct Figure {
    std::string number;
    std::string rest;
    std::string text;
    bool bad = false;
};

int this_month(const Ui& ui) {
    const Result<Date> today = parse_date(ui.state.today);
    return today ? static_cast<int>(static_cast<unsigned>(today->month())) : months_of_year;
}

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

std::array<Figure, 4> figures_of(const Ui& ui) {
    const DutySummary duties = summarise(ui.state.opened->duties);
    return {{{std::to_string(duties.met), " / " + std::to_string(duties.due), ui.say("ui.ledger.met")},
             {std::to_string(duties.missing),
              {},
              ui.say("ui.ledger.missing", {{"names", missing_names(ui)}}),
              duties.missing > 0},
             {std::to_string(due_this_month(ui)), {}, ui.say("ui.ledger.this-month")},
             {std::to_string(ui.state.opened->ledger.activities.size()), {}, ui.say("ui.ledger.activities")}}};
}

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

// ---- The matrix ----

struct MatrixLayout {
    Box box;
    float label_width = 0;
    float month_width = 0;
    float row_height = 0;
    float head_height = 0;
    bool stacked = false;  ///< the label above its cells
};

MatrixLayout lay_out_matrix(const Ui& ui, const Box& column, float y) {
    MatrixLayout layout;
    layout.stacked = column.width < ui.px(760);
    const float pad = ui.px(14);
    layout.label_width = layout.stacked ? 0 : std::floor((column.width - 2 * pad) * 0.3F);
    layout.month_width = (column.width - 2 * pad - layout.label_width) / months_of_year;
    layout.row_height = ui.px(layout.stacked ? 70.0F : ui.theme.compact ? 38.0F : 44.0F);
    layout.head_height = ui.px(38);
    const auto rows = static_cast<float>(ui.state.opened->duties.size());
    layout.box = {column.x, y, column.width, layout.head_height + rows * layout.row_height + ui.px(2)};
    return layout;
}

std::string period_name(const Ui& ui, const DutyCell& cell) {
    if (cell.months == 1) return ui.say("ui.month", {{"month", std::int64_t{cell.first_month}}});
    if (cell.months == 3) return ui.say("ui.quarter." + std::to_string((cell.first_month + 2) / 3));
    if (cell.months == 6) return ui.say(cell.first_month == 1 ? "ui.half.1" : "ui.half.2");
    return ui.say("ui.year");
}

struct CellLook {
    std::string text;
    Tone tone = Tone::neutral;
};

CellLook look_of(const Ui& ui, const DutyCell& cell) {
    const std::string prefix = cell.months == 1 ? std::string() : period_name(ui, cell) + " ";
    const Params params{{"count", std::int64_t{cell.needed - cell.done}}};
    switch (cell.state) {
        case DutyState::met:
            return {prefix + std::to_string(cell.done), Tone::good};
        case DutyState::missing:
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
    constexpr std::array<std::string_view, 4> per{"year", "half", "quarter", "month"};
    const std::string key = duty.sum_hours ? "ui.per.hours." : "ui.per.";
    return ui.say(key + std::string(per[static_cast<std::size_t>(duty.per)]), {{"count", std::int64_t{duty.at_least}}});
}

void open_entry(Ui& ui) {
    ui.view.row_open = true;
    ui.view.scroll_to = RevealWish{"row", {}, Layer::self, 0};
    ui.view.focus_when_drawn = "row/date";
}

/// A missing period can be made good at once: its cell begins a row of that kind.
void begin_row(Ui& ui, const std::string& kind, const std::string& date) {
    ui.view.row_draft.assign(table_of(ui).columns.size(), {});
    ui.view.row_edited.clear();
    ui.view.row_error.clear();
    const auto kind_at = table_of(ui).find_column("kind");
    const auto date_at = table_of(ui).find_column("date");
    if (kind_at) ui.view.row_draft[*kind_at] = kind;
    if (date_at) ui.view.row_draft[*date_at] = date;
    open_entry(ui);
}

void draw_cell(Ui& ui, const DutyRow& row, const DutyCell& cell, const Box& box) {
    const CellLook look = look_of(ui, cell);
    if (cell.state == DutyState::outside) return;
    const std::string id = "duty/" + row.duty->id + "/" + cell.period;
    const std::string words = look.text.empty() ? ui.say("ui.ledger.later") : look.text;
    const std::string name = row.duty->title + " " + period_name(ui, cell) + " " + words;
    fill(box, tone_tint(look.tone), 5);
    const Weight weight = cell.state == DutyState::missing ? Weight::semibold : Weight::regular;
    write_in(ui, box.inset(2, 0), look.text,
             {13, weight, look.tone == Tone::neutral ? colour::faint : tone_text(look.tone)}, 0.5F);
    if (cell.state != DutyState::missing) return emit_text(ui, id, name, box, Role::cell);
    const Container container(ui, make_node(ui, "cell/" + id, Role::cell, {}, box));
    const AreaState state = area(ui, box, {id, name, Role::button, false, 5});
    if (state.hovered) outline(box, colour::accent, 5);
    if (state.pressed)
        begin_row(ui, row.duty->kinds.front(), cell.period.size() == 7 ? cell.period + "-" : std::string());
}

void draw_duty(Ui& ui, const MatrixLayout& layout, const DutyRow& row, float y) {
    const float pad = ui.px(14);
    const Box box{layout.box.x, y, layout.box.width, layout.row_height};
    MirrorNode node = make_node(ui, "duty/" + row.duty->id, Role::row, row.duty->title, box);
    const Container container(ui, std::move(node));
    const float label_width = layout.stacked ? box.width - 2 * pad : layout.label_width - ui.px(8);
    const float label_height = layout.stacked ? ui.px(30) : box.height;
    const Box label{box.x + pad, y, label_width, label_height};
    const std::string foot = often(ui, *row.duty) + " · " + row.citation();
    const float title = std::min(ui.text.measure(row.duty->title, style::body), label.width);
    write_in(ui, {label.x, label.y, title + 1, label.height}, row.duty->title, style::body);
    write_in(ui, {label.x + title + ui.px(6), label.y, std::max(1.0F, label.width - title - ui.px(6)), label.height},
             foot, {12, Weight::regular, colour::secondary});
    emit_text(ui, "duty-name/" + row.duty->id, row.duty->title + " " + foot, label, Role::rowheader);
    const float cells_x = box.x + pad + layout.label_width;
    const float cell_y = layout.stacked ? y + ui.px(32) : y + ui.px(7);
    const float cell_height = layout.stacked ? ui.px(28) : box.height - ui.px(14);
    const bool unnamed = row.duty->each != Duty::Each::unit &&
                         std::all_of(row.cells.begin(), row.cells.end(),
                                     [](const DutyCell& cell) { return cell.state == DutyState::outside; });
    if (unnamed) {
        const Box hint{cells_x, cell_y, layout.month_width * months_of_year, cell_height};
        const std::string text = ui.say("ui.ledger.no-names");
        write_in(ui, hint, text, style::small, 0.5F);
        const Container cell(ui, make_node(ui, "cell/names/" + row.duty->id, Role::cell, {}, hint));
        const AreaState press =
            area(ui, hint, {"names/" + row.duty->id, row.duty->title + " " + text, Role::button, false, 5});
        if (press.pressed) ui.send(command::Reveal{"header", "leaders", Layer::self});
    }
    for (const DutyCell& cell : row.cells) {
        const float inset = cell.months == 1 ? layout.month_width * 0.08F : ui.px(3);
        draw_cell(ui, row, cell,
                  {cells_x + static_cast<float>(cell.first_month - 1) * layout.month_width + inset, cell_y,
                   layout.month_width * static_cast<float>(cell.months) - 2 * inset, cell_height});
    }
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

float draw_matrix(Ui& ui, const Box& column, float y, const Box& view) {
    const MatrixLayout layout = lay_out_matrix(ui, column, y);
    sheet(layout.box);
    draw_matrix_head(ui, layout);
    MirrorNode node = make_node(ui, "matrix", Role::table, ui.say("ui.ledger.duties"), layout.box);
    node.row_count = static_cast<int>(ui.state.opened->duties.size());
    const Container container(ui, std::move(node));
    float row_y = layout.box.y + layout.head_height;
    for (const DutyRow& row : ui.state.opened->duties) {
        const bool in_sight = row_y + layout.row_height > view.y - 200 && row_y < view.bottom() + 200;
        if (in_sight) draw_duty(ui, layout, row, row_y);
        row_y += layout.row_height;
    }
    return layout.box.bottom() + ui.px(gap_at_15);
}

/// How many activities a month: a look at the year.
float draw_year(Ui& ui, const Box& column, float y) {
    std::array<int, months_of_year> counts{};
    for (const Activity& activity : ui.state.opened->ledger.activities) {
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

// ---- Writing down ----

struct Draft {
    Ui& ui;
    std::vector<std::string>& cells;

    [[nodiscard]] std::string* cell(std::string_view id) const {
        const auto at = table_of(ui).find_column(id);
        return at ? &cells[*at] : nullptr;
    }
};

void clear_draft(Ui& ui) {
    ui.view.row_draft.assign(table_of(ui).columns.size(), {});
    ui.view.row_edited.clear();
    ui.view.row_error.clear();
}

/// The error of one row as it stands, or nothing.
std::optional<std::string> error_of(const Ui& ui, const std::string& row) {
    const Target target{Layer::self, "row.1", "cells"};
    const Result<Value> value = parse_value(*ui.state.opened->document.instrument, target, row);
    if (value && !std::holds_alternative<std::monostate>(*value)) return std::nullopt;
    if (!value) {
        const std::string why = describe(ui.state.settings.language, value.error());
        const auto column = value.error().params.find("column");
        const auto* name = column == value.error().params.end() ? nullptr : std::get_if<std::string>(&column->second);
        return name == nullptr ? why : *name + "：" + why;
    }
    return ui.say("ui.ledger.empty-row");
}

/// One row a date: "several days at once". All or nothing.
void save_draft(Ui& ui) {
    const auto date_at = table_of(ui).find_column("date");
    std::vector<std::string> dates{date_at ? ui.view.row_draft[*date_at] : std::string()};
    if (date_at && ui.view.row_edited.empty() && split_parts(dates.front()).size() > 1)
        dates = split_parts(dates.front());
    std::vector<std::string> rows;
    for (const std::string& date : dates) {
        std::vector<std::string> cells = ui.view.row_draft;
        if (date_at) cells[*date_at] = date;
        rows.push_back(join_row(cells));
        if (const auto error = error_of(ui, rows.back())) {
            ui.view.row_error = *error;
            return;
        }
    }
    const OpenedDocument& opened = *ui.state.opened;
    const std::string batch = opened.session + "/rows/" + std::to_string(++ui.view.visits);
    const Author author{opened.session, {}, {}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string id =
            ui.view.row_edited.empty() ? next_row_id(opened.document, author, i) : ui.view.row_edited;
        ui.send(command::SetAnswer{{Layer::self, id, "cells"}, rows[i], batch});
    }
    ui.send(command::Notify{ui.say(ui.view.row_edited.empty() ? "ui.ledger.added" : "ui.ledger.changed",
                                   {{"count", static_cast<std::int64_t>(rows.size())}})});
    clear_draft(ui);
    ui.mirror.request_focus("row/date");
}

void draw_draft_field(Ui& ui, const duibiao::FieldSpec& column, std::string& value, const Box& box) {
    using Type = duibiao::FieldSpec::Type;
    write_in(ui, {box.x, box.y, box.width, ui.px(20)}, column.label + (column.required ? " *" : ""), style::small);
    FieldSpec spec;
    spec.id = "row/" + column.id;
    spec.name = column.label;
    spec.max_length = 2000;
    if (column.type == Type::count) spec.role = Role::number;
    if (column.id == "date") spec.placeholder = ui.state.today;
    if (column.type == Type::names) spec.placeholder = ui.say("ui.ledger.people.placeholder");
    if (column.type == Type::kind) spec.placeholder = ui.say("ui.ledger.kind.placeholder");
    draft_field(ui, {box.x, box.y + ui.px(22), box.width, ui.px(34)}, std::move(spec), value);
    const std::string id = "row/" + column.id;
    if (ui.mirror.pressed("Enter", id)) save_draft(ui);
    if (const DomEvent* pasted = ui.mirror.event(DomEvent::Kind::paste, id)) ui.send(command::AddRows{pasted->text});
}

/// Kinds to begin with: those still missing, then those due, then the rest.
std::vector<std::string> likely_kinds(const Ui& ui, std::size_t most) {
    std::vector<std::string> kinds;
    const auto add = [&](const std::string& kind) {
        if (kinds.size() < most && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    };
    for (const DutyRow& row : ui.state.opened->duties) {
        if (row.duty->per == Per::month) add(row.duty->kinds.front());
    }
    for (const DutyRow& row : ui.state.opened->duties) {
        if (row.duty->per == Per::quarter) add(row.duty->kinds.front());
    }
    for (const ActivityKind& kind : ui.state.opened->document.instrument->activity_kinds) add(kind.name);
    return kinds;
}

float draw_kind_choice(Ui& ui, const Box& column, float y, std::string& kind) {
    float x = column.x;
    const std::size_t most = column.width > ui.px(760) ? 9 : 5;
    for (const std::string& name : likely_kinds(ui, most)) {
        const float width = chip_width(ui, name) + ui.px(8);
        if (x + width > column.right()) break;
        const Box box{x, y, width, ui.px(28)};
        const AreaState state =
            area(ui, box, {"kind/" + name, ui.say("ui.ledger.pick", {{"kind", name}}), Role::button, kind == name, 6});
        fill(box, kind == name ? colour::accent_tint : state.hovered ? colour::hover : colour::neutral_tint, 6);
        write_in(ui, box, name, {13, Weight::regular, kind == name ? colour::accent : colour::text}, 0.5F);
        if (state.pressed) kind = name;
        x += width + ui.px(8);
    }
    return y + ui.px(38);
}

struct FormRow {
    std::array<std::string_view, 5> ids;
    std::array<float, 5> shares;
};
constexpr std::array<FormRow, 2> wide_rows{
    {{{"date", "kind", "topic", "branch", "chair"}, {0.15F, 0.17F, 0.36F, 0.18F, 0.14F}},
     {{"place", "expected", "actual", "people", "hours"}, {0.26F, 0.12F, 0.12F, 0.38F, 0.12F}}}};

float draw_draft_fields(Ui& ui, const Draft& draft, const Box& inner, float y) {
    const float gap = ui.px(12);
    if (inner.width < ui.px(700)) {
        const float half = (inner.width - gap) / 2;
        int index = 0;
        for (const FormRow& row : wide_rows) {
            for (const std::string_view id : row.ids) {
                const auto at = table_of(ui).find_column(id);
                if (!at) continue;
                draw_draft_field(ui, table_of(ui).columns[*at], draft.cells[*at],
                                 {inner.x + static_cast<float>(index % 2) * (half + gap), y, half, ui.px(56)});
                if (index++ % 2 == 1) y += ui.px(64);
            }
        }
        return y + (index % 2 == 1 ? ui.px(64) : 0);
    }
    for (const FormRow& row : wide_rows) {
        float x = inner.x;
        for (std::size_t i = 0; i < row.ids.size(); ++i) {
            const float width = (inner.width - 4 * gap) * row.shares[i];
            const auto at = table_of(ui).find_column(row.ids[i]);
            if (at) draw_draft_field(ui, table_of(ui).columns[*at], draft.cells[*at], {x, y, width, ui.px(56)});
            x += width + gap;
        }
        y += ui.px(64);
    }
    return y;
}

float draw_draft_flags(Ui& ui, const Draft& draft, const Box& inner, float y) {
    float x = inner.x;
    const auto tick = [&](const std::string& id, const std::string& label, bool on) -> std::optional<bool> {
        const float width = ui.text.measure(label, style::body) + ui.px(44);
        if (x + width > inner.right() && x > inner.x) {
            x = inner.x;
            y += ui.px(30);
        }
        const auto now = checkbox(ui, {x, y, width, ui.px(24)}, id, label, on);
        x += width;
        return now;
    };
    for (const std::string_view id : {"signin", "record", "photo"}) {
        std::string* cell = draft.cell(id);
        if (cell == nullptr) continue;
        const duibiao::FieldSpec& column = table_of(ui).columns[*table_of(ui).find_column(id)];
        const auto now = tick("row/" + column.id, column.label, *cell == "是");
        if (now) *cell = *now ? "是" : "";
    }
    std::string* procedures = draft.cell("procedures");
    if (procedures != nullptr) {
        const duibiao::FieldSpec& column = table_of(ui).columns[*table_of(ui).find_column("procedures")];
        const std::vector<std::string> chosen = split_parts(*procedures);
        for (const std::string& option : column.options) {
            const bool on = std::find(chosen.begin(), chosen.end(), option) != chosen.end();
            const auto now = tick("row/procedures/" + option, option, on);
            if (!now) continue;
            std::vector<std::string> next = chosen;
            if (*now)
                next.push_back(option);
            else
                std::erase(next, option);
            procedures->clear();
            for (const std::string& one : next) *procedures += (procedures->empty() ? "" : "、") + one;
        }
    }
    return y + ui.px(36);
}

float draw_draft_buttons(Ui& ui, const Box& inner, float y) {
    const bool edits = !ui.view.row_edited.empty();
    float x = inner.x;
    const auto press = [&](const char* id, const std::string& label, ButtonKind kind) {
        const float width = button_width(ui, label);
        const bool pressed = button(ui, {x, y, width, ui.px(34)}, {id, label, {}, kind, ui.state.opened->writer});
        x += width + ui.px(10);
        return pressed;
    };
    if (press("row/save", ui.say(edits ? "ui.ledger.save" : "ui.ledger.add"), ButtonKind::primary)) save_draft(ui);
    if (edits) {
        if (press("row/delete", ui.say("ui.ledger.delete"), ButtonKind::plain)) {
            ui.send(command::SetAnswer{{Layer::self, ui.view.row_edited, "cells"}, {}, {}});
            ui.send(command::Notify{ui.say("ui.ledger.deleted")});
            clear_draft(ui);
        }
    }
    if (press("row/cancel", ui.say(edits ? "ui.cancel" : "ui.ledger.fold"), ButtonKind::plain)) {
        clear_draft(ui);
        ui.view.row_open = false;
    }
    if (!ui.view.row_error.empty()) {
        const Box box{x, y, std::max(ui.px(120), inner.right() - x), ui.px(34)};
        write_in(ui, box, ui.view.row_error, with_colour(style::body, colour::accent));
        emit_text(ui, "row-error", ui.view.row_error, box, Role::alert);
    }
    return y + ui.px(34);
}

float draw_entry(Ui& ui, const Box& column, float y) {
    if (ui.view.row_draft.size() != table_of(ui).columns.size()) clear_draft(ui);
    const Draft draft{ui, ui.view.row_draft};
    const Box inner{column.x + ui.px(16), 0, column.width - ui.px(32), 0};
    // The frame lies under what it holds, so its height is that of the last frame.
    ImDrawList* list = canvas();
    list->ChannelsSplit(2);
    list->ChannelsSetCurrent(1);
    const float top = y;
    y += ui.px(12);
    const std::string title = ui.say(ui.view.row_edited.empty() ? "ui.ledger.new" : "ui.ledger.edit");
    write_in(ui, {inner.x, y, inner.width, ui.px(26)}, title, style::body_strong);
    emit_heading(ui, "row-title", title, 3, {inner.x, y, inner.width, ui.px(26)});
    y += ui.px(32);
    if (std::string* kind = draft.cell("kind")) y = draw_kind_choice(ui, inner, y, *kind);
    y = draw_draft_fields(ui, draft, inner, y);
    y = draw_draft_flags(ui, draft, inner, y);
    y = draw_draft_buttons(ui, inner, y);
    y += ui.px(14);
    list->ChannelsSetCurrent(0);
    sheet({column.x, top, column.width, y - top});
    list->ChannelsMerge();
    return y + ui.px(gap_at_15);
}

// ---- The list ----

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
    const auto& activities = opened.ledger.activities;
    const std::string filter(trim(ui.view.filter));
    for (std::size_t i = 0; i < activities.size(); ++i) {
        const std::string_view cells = opened.document.text(Layer::self, activities[i].row, "cells");
        if (passes(activities[i], cells, filter)) ui.view.list.push_back(i);
    }
    std::stable_sort(ui.view.list.begin(), ui.view.list.end(),
                     [&](std::size_t a, std::size_t b) { return activities[a].date > activities[b].date; });
}

std::string day_of(const Ui& ui, Date date) {
    return ui.say("ui.day", {{"month", std::int64_t{static_cast<unsigned>(date.month())}},
                             {"day", std::int64_t{static_cast<unsigned>(date.day())}}});
}

/// The same a month later, on the last day where the month is shorter.
std::string month_later(Date date) {
    namespace calendar = std::chrono;
    const auto month = calendar::year_month{date.year(), date.month()} + calendar::months{1};
    const calendar::year_month_day last{month / calendar::last};
    return to_string(Date{month.year(), month.month(), std::min(date.day(), last.day())});
}

void load_draft(Ui& ui, std::string_view cells, std::string edited) {
    ui.view.row_draft.clear();
    for (const std::string_view cell : split_row(cells, table_of(ui).columns.size()))
        ui.view.row_draft.emplace_back(cell);
    ui.view.row_edited = std::move(edited);
    ui.view.row_error.clear();
    open_entry(ui);
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
            if (const auto at = table_of(ui).find_column("date")) ui.view.row_draft[*at] = month_later(activity.date);
            return;
        }
    }
    if (state.pressed) load_draft(ui, row, id);
}

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

void draw_ledger(Ui& ui, ImVec2 position, ImVec2 size) {
    const Box view{position.x, position.y, size.x, size.y};
    const Container region(ui, make_node(ui, "main", Role::region, ui.state.opened->document.instrument->title, view));
    take_reveal(ui);
    ScrollArea scroll(ui, "ledger-scroll", view);
    const float width = std::min(view.width - 2 * margin(ui), ui.px(1240));
    const Box column{std::floor(view.x + (view.width - width) / 2), 0, width, 0};
    float y = scroll.origin().y + margin(ui);
    y = draw_figures(ui, column, y);
    const float entry_y = y;
    if (ui.view.row_open || ui.state.opened->ledger.activities.empty()) y = draw_entry(ui, column, y);
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
    scroll.finish(y - scroll.origin().y);
    draw_reader_notice(ui, view);
}

}  // namespace duibiao::ui
