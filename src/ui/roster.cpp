// The page of a roster: who reports, the tools, the grid or the terms of office, and what is said of the current row.
#include <algorithm>
#include <array>
#include <utility>

#include "core/appraisal.hpp"
#include "core/term.hpp"
#include "ui/citation.hpp"
#include "ui/forms.hpp"
#include "ui/grid_parts.hpp"
#include "ui/roster_parts.hpp"

namespace duibiao::ui {

void show_columns_of(Ui& ui, const AppraisalStep& step) {
    if (step.gives == AppraisalStep::Gives::ballots || opened(ui).rows.empty()) return;
    const auto& columns = opened(ui).document.instrument->table.columns;
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const AnswerField& column) { return column.step == step.id; });
    if (found != columns.end()) go_to_cell(ui, 0, static_cast<std::size_t>(found - columns.begin()));
}

namespace {

bool is_none(const Ui& ui) { return opened(ui).document.flag(Layer::self, "table", "none"); }

// --- What is asked for from elsewhere -----------------------------------------------------------------------------

void show_row(Ui& ui, const RevealWish& wish) {
    Grid& grid = ui.view.grid;
    grid.filter.clear();
    grid.faults_only = false;
    grid.gap.reset();
    refresh_grid(ui);
    const Table& table = opened(ui).document.instrument->table;
    for (std::size_t i = 0; i < grid.shown.size(); ++i) {
        const std::size_t row = grid.shown[i];
        // Evidence tells a row by its position, as the paper does.
        if (opened(ui).rows[row].id != wish.item && std::to_string(row + 1) != wish.item) continue;
        ui.view.roster_part = 0;
        go_to_cell(ui, i, table.find_column(wish.field).value_or(grid.column));
        ui.mirror.request_focus(grid_field);
        return;
    }
}

void take_row_reveal(Ui& ui) {
    const RevealWish& wish = ui.state.reveal;
    if (wish.serial == ui.view.seen_reveal) return;
    ui.view.seen_reveal = wish.serial;
    ui.view.show_left = ui.view.show_right = false;
    if (wish.item == "header") {
        ui.view.head_open = true;
        ui.view.focus_when_drawn = "header/" + wish.field;
    } else if (wish.item == "table") {
        ui.mirror.request_focus("grid/none");
    } else {
        show_row(ui, wish);
    }
}

/// A document just opened begins in its grid; its head is open while something in it is missing.
void greet(Ui& ui) {
    if (ui.view.greeted == opened(ui).document.id) return;
    ui.view.greeted = opened(ui).document.id;
    ui.view.roster_part = 0;
    const Findings& findings = opened(ui).findings;
    ui.view.head_open = !ui.is_narrow() && std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.code == "header-required";
    });
    const Document& document = opened(ui).document;
    const AppraisalStep* step = document.instrument->is_appraisal() ? open_step(document) : nullptr;
    if (step != nullptr) show_columns_of(ui, *step);
    ui.mirror.request_focus(grid_field);
}

// --- Tools --------------------------------------------------------------------------------------------------------

struct Tool {
    const char* id;
    const char* label;
    void (*press)(Ui&);
};

constexpr std::array<Tool, 5> tools{{{"grid/insert", "ui.grid.insert", [](Ui& ui) { insert_row(ui); }},
                                     {"grid/remove", "ui.grid.remove", [](Ui& ui) { remove_rows(ui); }},
                                     {"grid/up", "ui.grid.up", [](Ui& ui) { move_rows(ui, false); }},
                                     {"grid/down", "ui.grid.down", [](Ui& ui) { move_rows(ui, true); }},
                                     {"grid/fill", "ui.grid.fill", [](Ui& ui) { fill_down(ui); }}}};

float draw_row_tools(Ui& ui, float x, float y, float right) {
    for (const Tool& tool : tools) {
        const std::string label = ui.say(tool.label);
        const float width = button_width(ui, label) - ui.px(8);
        if (x + width > right) break;
        if (button(ui, {x, y, width, ui.px(32)}, {tool.id, label, {}, ButtonKind::plain, opened(ui).is_open()}))
            tool.press(ui);
        x += width + ui.px(6);
    }
    return x;
}

float draw_filter(Ui& ui, float right, float y) {
    const float width = ui.px(ui.is_narrow() ? 120 : 180);
    FieldSpec spec;
    spec.id = "grid/filter";
    spec.name = ui.say("ui.grid.filter");
    spec.placeholder = spec.name;
    spec.max_length = 100;
    draft_field(ui, {right - width, y, width, ui.px(32)}, std::move(spec), ui.view.grid.filter);
    if (ui.mirror.pressed("Enter", "grid/filter")) ui.mirror.request_focus(grid_field);
    return right - width - ui.px(12);
}

float draw_faults_only(Ui& ui, float right, float y) {
    const std::string label = ui.say("ui.grid.faults-only");
    const float width = ui.text.measure(label, style::body) + ui.px(38);
    const auto now =
        checkbox(ui, {right - width, y + ui.px(4), width, ui.px(24)}, "grid/faults", label, ui.view.grid.faults_only);
    if (now) ui.view.grid.faults_only = *now;
    return right - width - ui.px(12);
}

bool is_appraisal(const Ui& ui) { return opened(ui).document.instrument->is_appraisal(); }

float draw_parts(Ui& ui, float x, float y) {
    const bool terms = opened(ui).document.instrument->table.term.has_value();
    if (!terms && !is_appraisal(ui)) return x;
    std::vector<std::string> labels{ui.say("ui.roster.part.rows"), ui.say("ui.roster.part.terms")};
    if (is_appraisal(ui))
        labels = {ui.say("ui.appraisal.part.scores"), ui.say("ui.appraisal.part.ballots"),
                  ui.say("ui.appraisal.part.result")};
    const float width = ui.px(90) * static_cast<float>(labels.size());
    const auto chosen =
        segments(ui, {x, y, width, ui.px(32)}, "roster/parts", ui.say("ui.roster.parts"), labels, ui.view.roster_part);
    if (chosen) ui.view.roster_part = *chosen;
    return x + width + ui.px(12);
}

float draw_head_toggle(Ui& ui, float x, float y) {
    const std::string label = ui.say(ui.view.head_open ? "ui.roster.head.hide" : "ui.roster.head.show");
    const float width = button_width(ui, label) - ui.px(8);
    if (button(ui, {x, y, width, ui.px(32)}, {"roster/head", label, {}, ButtonKind::quiet}))
        ui.view.head_open = !ui.view.head_open;
    return x + width + ui.px(6);
}

/// One line; two or three where there is no room. Returns their height.
float draw_tools(Ui& ui, const Box& column, float y) {
    const float line = ui.px(42);
    const float x = draw_head_toggle(ui, draw_parts(ui, column.x, y), y);
    if (ui.view.roster_part != 0) return line;
    if (column.width >= ui.px(860)) {
        const float right = draw_faults_only(ui, draw_filter(ui, column.right(), y), y);
        draw_row_tools(ui, x, y, right);
        return line;
    }
    // The words that narrow the rows stand beside the parts, or below them on a telephone.
    const float find_y = ui.is_narrow() ? y + line : y;
    const float right = draw_filter(ui, column.right(), find_y);
    const float tools_y = find_y + line;
    const float tools_right = ui.is_narrow() ? column.right() : draw_faults_only(ui, column.right(), tools_y);
    if (ui.is_narrow()) draw_faults_only(ui, right, find_y);
    draw_row_tools(ui, column.x, tools_y, tools_right);
    return tools_y + line - y;
}

// --- Below the grid -----------------------------------------------------------------------------------------------

/// The empty table as a workbook, where there is room. The single file is without the program that writes it. Returns
/// where the button begins.
float draw_template(Ui& ui, const Box& line) {
    if (ui.state.offline == Offline::file || line.width < ui.px(600)) return line.right();
    const std::string label = ui.say("ui.template");
    const float width = button_width(ui, label) - ui.px(8);
    if (button(ui, {line.right() - width, line.y + ui.px(2), width, ui.px(32)}, {"grid/template", label}))
        ui.send(command::GiveTemplate{});
    return line.right() - width - ui.px(12);
}

/// An empty table: how to fill it, or that there is nothing to report.
float draw_empty_line(Ui& ui, const Box& line) {
    const std::string none = ui.say("ui.grid.none");
    const float width = ui.text.measure(none, style::body) + ui.px(40);
    const auto now = checkbox(ui, {line.x, line.y + ui.px(6), width, ui.px(24)}, "grid/none", none, is_none(ui),
                              opened(ui).is_open());
    if (now) ui.send(command::SetAnswer{{Layer::self, "table", "none"}, *now ? "是" : "", {}});
    const float left = line.x + width + ui.px(12);
    write_in(ui, {left, line.y, draw_template(ui, line) - left, ui.px(36)}, ui.say("ui.grid.how"), style::small);
    return ui.px(36);
}

/// Beside a score of what the ledger tells of: how often the member was there.
std::string attendance_line(const Ui& ui, std::optional<std::size_t> place) {
    const Grid& grid = ui.view.grid;
    if (!is_appraisal(ui) || !place || opened(ui).ledger.empty()) return {};
    const std::size_t row = grid.shown[*place];
    if (row >= opened(ui).standings.size()) return {};
    for (const Dimension& dimension : opened(ui).document.instrument->appraisal.dimensions) {
        const auto& columns = dimension.columns;
        if (std::find(columns.begin(), columns.end(), grid.column) == columns.end()) continue;
        const auto there = attendance(opened(ui).document, opened(ui).ledger, dimension, opened(ui).standings[row]);
        if (!there) return {};
        return ui.say("ui.appraisal.attendance", {{"dimension", dimension.title},
                                                  {"attended", std::int64_t{there->attended}},
                                                  {"recorded", std::int64_t{there->recorded}},
                                                  {"held", std::int64_t{there->held}}});
    }
    return {};
}

/// How many rows there are, or how often the member was there.
float draw_status(Ui& ui, const Box& line, const std::string& text) {
    const Box place{line.x, line.y, line.width, ui.px(36)};
    write_in(ui, place, text, style::small);
    emit_text(ui, "grid/status", text, place, Role::status);
    return place.height;
}

std::string count_line(const Ui& ui) {
    const std::size_t shown = ui.view.grid.shown.size();
    const std::size_t count = opened(ui).rows.size();
    return ui.say(shown == count ? "ui.grid.count" : "ui.grid.count-shown",
                  {{"count", static_cast<std::int64_t>(count)}, {"shown", static_cast<std::int64_t>(shown)}});
}

/// What is said of the current row; otherwise how many rows there are.
float draw_row_line(Ui& ui, const Box& line) {
    const auto place = ui.view.grid.place_of(ui.view.grid.row);
    auto said = place ? findings_of(ui, ui.view.grid.shown[*place]) : std::span<const Finding>{};
    if (said.empty()) {
        const std::string attended = attendance_line(ui, place);
        return draw_status(ui, line, attended.empty() ? count_line(ui) : attended);
    }
    constexpr std::size_t most = 2;
    said = said.first(std::min(most, said.size()));
    float y = line.y + ui.px(4);
    std::string spoken;
    for (const Finding& finding : said) {
        const FindingText text = describe(ui.state.settings.language, finding);
        const float width = chip(ui, line.x, y + ui.px(3), text.title, tone_of(finding.severity));
        const std::string sentence =
            text.message + " " + text.remedy + ui.say("ui.cited", {{"citation", citation_words(ui, finding.citation)}});
        write_in(ui, {line.x + width + ui.px(8), y, line.width - width - ui.px(8), ui.px(28)}, sentence, style::small);
        spoken += text.title + "：" + sentence + " ";
        y += ui.px(28);
    }
    emit_text(ui, "grid/status", spoken, {line.x, line.y, line.width, y - line.y}, Role::status);
    return y - line.y + ui.px(4);
}

/// Sums and counts of all rows.
float draw_figures(Ui& ui, const Box& line) {
    const std::string& words = opened(ui).foot;
    if (words.empty() || opened(ui).rows.empty()) return 0;
    const Box place{line.x, line.y + ui.px(2), line.width, ui.px(28)};
    write_in(ui, place, words, style::body_strong);
    emit_text(ui, "grid/figures", words, place, Role::status);
    return ui.px(28);
}

float foot_height(const Ui& ui) {
    return ui.px(opened(ui).rows.empty() ? 40 : 64) + ui.px(opened(ui).foot.empty() ? 0 : 28);
}

}  // namespace

void draw_roster(Ui& ui, ImVec2 position, ImVec2 size) {
    const Box view{position.x, position.y, size.x, size.y};
    const Container region(ui, make_node(ui, "main", Role::region, opened(ui).document.instrument->title, view));
    greet(ui);
    refresh_grid(ui);
    take_row_reveal(ui);
    take_grid_events(ui);
    const float margin = ui.px(ui.is_narrow() ? 10 : 16);
    const Box column{view.x + margin, 0, view.width - 2 * margin, 0};
    float y = view.y + ui.px(12);
    if (ui.view.head_open) y += form_head(ui, column, y, true) + ui.px(10);
    if (ui.view.focus_when_drawn.starts_with("header/"))
        ui.mirror.request_focus(std::exchange(ui.view.focus_when_drawn, {}));
    if (is_appraisal(ui)) y = draw_steps(ui, column, y);
    y += draw_tools(ui, column, y);
    const bool rows = ui.view.roster_part == 0;
    const float foot = rows ? foot_height(ui) : 0;
    const Box place{column.x, y, column.width, std::max(ui.px(120), view.bottom() - y - foot - ui.px(8))};
    if (rows) {
        draw_grid(ui, place.inset(1, 1));
        outline(place, colour::line, 2);
        const float figures = draw_figures(ui, {column.x, place.bottom(), column.width, 0});
        const Box line{column.x, place.bottom() + figures, column.width, foot - figures};
        if (opened(ui).rows.empty() && !is_appraisal(ui))
            draw_empty_line(ui, line);
        else
            draw_row_line(ui, line);
    } else if (!is_appraisal(ui)) {
        draw_terms(ui, place);
    } else if (ui.view.roster_part == 1) {
        draw_ballots(ui, place);
    } else {
        draw_standings(ui, place);
    }
}

}  // namespace duibiao::ui
