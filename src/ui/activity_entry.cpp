// Writing down an activity: one row, or one a date.
#include <algorithm>
#include <array>
#include <utility>

#include "core/cell.hpp"
#include "core/date_text.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "ui/ledger_parts.hpp"

namespace duibiao::ui {

namespace {

void open_entry(Ui& ui) {
    ui.view.row_open = true;
    ui.view.scroll_to = RevealWish{"row", {}, Layer::self, 0};
    ui.view.focus_when_drawn = "row/date";
}

struct Draft {
    Ui& ui;
    std::vector<std::string>& cells;

    [[nodiscard]] std::string* cell(std::string_view id) const {
        const auto at = table_of(ui).find_column(id);
        return at ? &cells[*at] : nullptr;
    }
};

/// The error of one row as it stands, or nothing.
std::optional<std::string> error_of(const Ui& ui, const std::string& row) {
    const Target target{Layer::self, "row.1", "cells"};
    const Result<Value> value = parse_value(*ui.state.opened->document.instrument, target, row);
    if (value && !std::holds_alternative<std::monostate>(*value)) return std::nullopt;
    if (!value) return describe(ui.state.settings.language, value.error());
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
        if (date_at) cells[*date_at] = with_year_of(ui.state.opened->document.period(), date);
        rows.push_back(join_row(cells));
        if (const auto error = error_of(ui, rows.back())) {
            ui.view.row_error = *error;
            return;
        }
    }
    const OpenedDocument& opened = *ui.state.opened;
    const std::string batch = opened.session + "/rows/" + std::to_string(++ui.view.visits);
    const Author author{opened.session, {}, {}};
    std::vector<command::RowChange> changes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string id =
            ui.view.row_edited.empty() ? next_row_id(opened.document, author, i) : ui.view.row_edited;
        changes.push_back({id, rows[i], std::nullopt});
    }
    const std::string done = ui.say(ui.view.row_edited.empty() ? "ui.ledger.added" : "ui.ledger.changed",
                                    {{"count", static_cast<std::int64_t>(rows.size())}});
    ui.send(command::ChangeRows{std::move(changes), batch, done});
    clear_draft(ui);
    ui.view.row_open = true;  // the first activity ends what held it open
    ui.mirror.request_focus("row/date");
}

void draw_draft_field(Ui& ui, const AnswerField& column, std::string& value, const Box& box) {
    using Type = AnswerField::Type;
    write_in(ui, {box.x, box.y, box.width, ui.px(20)}, column.label + (column.required ? " *" : ""), style::small);
    FieldSpec spec;
    spec.id = "row/" + column.id;
    spec.name = column.label;
    spec.max_length = 2000;
    if (column.type == Type::count) spec.role = Role::number;
    spec.dated = column.type == Type::date || column.type == Type::month;
    if (column.id == "date") spec.placeholder = ui.state.today;
    if (column.type == Type::names) spec.placeholder = ui.say("ui.ledger.people.placeholder");
    const auto known = ui.state.opened->known.find(column.entity);
    if (known != ui.state.opened->known.end() && column.type != Type::names) spec.offered = known->second;
    if (column.type == Type::kind || column.type == Type::kinds)
        spec.placeholder = ui.say("ui.ledger.kind.placeholder");
    draft_field(ui, {box.x, box.y + ui.px(22), box.width, ui.px(34)}, std::move(spec), value);
    const std::string id = "row/" + column.id;
    if (ui.mirror.pressed("Enter", id)) save_draft(ui);
    const DomEvent* pasted = ui.mirror.event(DomEvent::Kind::paste, id);
    if (pasted == nullptr) return;
    ui.send(command::AddRows{pasted->text});
    if (!pasted->key.empty()) ui.send(command::Notify{ui.say("ui.paste.hidden", {{"count", pasted->key}})});
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
    const std::vector<std::string> parts = split_parts(kind);
    for (const std::string& name : likely_kinds(ui, most)) {
        const float width = chip_width(ui, name) + ui.px(8);
        if (x + width > column.right()) break;
        const Box box{x, y, width, ui.px(28)};
        const bool on = kind == name || std::find(parts.begin(), parts.end(), name) != parts.end();
        const AreaState state =
            area(ui, box, {"kind/" + name, ui.say("ui.ledger.pick", {{"kind", name}}), Role::button, on, 6});
        fill(box, on ? colour::accent_tint : state.hovered ? colour::hover : colour::neutral_tint, 6);
        write_in(ui, box, name, {13, Weight::regular, on ? colour::accent : colour::text}, 0.5F);
        if (state.pressed) kind = name;
        x += width + ui.px(8);
    }
    return y + ui.px(38);
}

struct FormRow {
    std::array<std::string_view, 5> ids;
    std::array<float, 5> shares;
};
constexpr std::array<FormRow, 4> wide_rows{
    {{{"date", "kind", "topic", "branch", "chair"}, {0.15F, 0.17F, 0.36F, 0.18F, 0.14F}},
     {{"place", "expected", "actual", "people", "hours"}, {0.26F, 0.12F, 0.12F, 0.38F, 0.12F}},
     {{"lead", "speakers", "group", "theory_hours", "guide"}, {0.24F, 0.24F, 0.18F, 0.12F, 0.22F}},
     {{"attending", "situation", "audience", "", ""}, {0.42F, 0.2F, 0.38F, 0, 0}}}};
constexpr std::size_t usual_rows = 2;

/// The form's rows that the table has columns for: the usual ones, and the others once they are asked for or filled in.
std::vector<const FormRow*> shown_rows(const Draft& draft) {
    std::vector<const FormRow*> rows;
    for (std::size_t at = 0; at < wide_rows.size(); ++at) {
        const auto cells = [&](const auto& wanted) {
            return std::any_of(wide_rows[at].ids.begin(), wide_rows[at].ids.end(), [&](std::string_view id) {
                const std::string* cell = draft.cell(id);
                return cell != nullptr && wanted(*cell);
            });
        };
        const bool open =
            at < usual_rows || draft.ui.view.row_more || cells([](const std::string& text) { return !text.empty(); });
        if (open && cells([](const std::string&) { return true; })) rows.push_back(&wide_rows[at]);
    }
    return rows;
}

bool has_more_rows(const Draft& draft) {
    return draft.cell("lead") != nullptr && shown_rows(draft).size() == usual_rows;
}

float draw_draft_fields(Ui& ui, const Draft& draft, const Box& inner, float y) {
    const float gap = ui.px(12);
    if (inner.width < ui.px(700)) {
        const float half = (inner.width - gap) / 2;
        int index = 0;
        for (const FormRow* row : shown_rows(draft)) {
            for (const std::string_view id : row->ids) {
                const auto at = table_of(ui).find_column(id);
                if (!at) continue;
                draw_draft_field(ui, table_of(ui).columns[*at], draft.cells[*at],
                                 {inner.x + static_cast<float>(index % 2) * (half + gap), y, half, ui.px(56)});
                if (index++ % 2 == 1) y += ui.px(64);
            }
        }
        return y + (index % 2 == 1 ? ui.px(64) : 0);
    }
    for (const FormRow* row : shown_rows(draft)) {
        float x = inner.x;
        for (std::size_t i = 0; i < row->ids.size(); ++i) {
            const float width = (inner.width - 4 * gap) * row->shares[i];
            const auto at = table_of(ui).find_column(row->ids[i]);
            if (at) draw_draft_field(ui, table_of(ui).columns[*at], draft.cells[*at], {x, y, width, ui.px(56)});
            x += width + gap;
        }
        y += ui.px(64);
    }
    return y;
}

/// The steps of the chosen kinds, or those of the column; others that are chosen stand behind them.
std::vector<std::string> offered_steps(const Draft& draft, const AnswerField& column,
                                       const std::vector<std::string>& chosen) {
    std::vector<std::string> steps;
    const auto add = [&steps](const std::vector<std::string>& more) {
        for (const std::string& step : more) {
            if (std::find(steps.begin(), steps.end(), step) == steps.end()) steps.push_back(step);
        }
    };
    const std::string* kinds = draft.cell("kind");
    const Instrument& form = *draft.ui.state.opened->document.instrument;
    for (const ActivityKind& kind : form.activity_kinds) {
        const std::vector<std::string> parts = kinds == nullptr ? std::vector<std::string>{} : split_parts(*kinds);
        if (std::find(parts.begin(), parts.end(), kind.name) != parts.end()) add(kind.steps);
    }
    if (steps.empty()) add(column.options);
    add(chosen);
    return steps;
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
    for (const std::string_view id : {"signin", "record", "photo", "reported", "filed", "posted"}) {
        std::string* cell = draft.cell(id);
        if (cell == nullptr) continue;
        const AnswerField& column = table_of(ui).columns[*table_of(ui).find_column(id)];
        const auto now = tick("row/" + column.id, column.label, *cell == "是");
        if (now) *cell = *now ? "是" : "";
    }
    std::string* procedures = draft.cell("procedures");
    if (procedures != nullptr) {
        const AnswerField& column = table_of(ui).columns[*table_of(ui).find_column("procedures")];
        const std::vector<std::string> chosen = split_parts(*procedures);
        for (const std::string& option : offered_steps(draft, column, chosen)) {
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
        const bool pressed = button(ui, {x, y, width, ui.px(34)}, {id, label, {}, kind, ui.state.opened->is_open()});
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
    if (has_more_rows(Draft{ui, ui.view.row_draft}) && press("row/more", ui.say("ui.ledger.more"), ButtonKind::plain))
        ui.view.row_more = true;
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

}  // namespace

void clear_draft(Ui& ui) {
    ui.view.row_draft.assign(table_of(ui).columns.size(), {});
    ui.view.row_edited.clear();
    ui.view.row_error.clear();
}

/// A missing period can be made good at once: its cell begins a row of that kind.
void begin_row(Ui& ui, const std::string& kind, const std::string& date, const std::string& branch) {
    clear_draft(ui);
    const Draft draft{ui, ui.view.row_draft};
    if (std::string* cell = draft.cell("kind")) *cell = kind;
    if (std::string* cell = draft.cell("date")) *cell = date;
    if (std::string* cell = draft.cell("branch")) *cell = branch;
    open_entry(ui);
}

void load_draft(Ui& ui, std::string_view cells, std::string edited) {
    ui.view.row_draft.clear();
    for (const std::string_view cell : split_row(cells, table_of(ui).columns.size()))
        ui.view.row_draft.emplace_back(cell);
    ui.view.row_edited = std::move(edited);
    ui.view.row_error.clear();
    open_entry(ui);
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

}  // namespace duibiao::ui
