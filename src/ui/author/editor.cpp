// Below the form: what is asked about, and what of the selected row, column or form can be changed.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "core/authoring/arrange.hpp"
#include "core/points.hpp"
#include "ui/author/author_parts.hpp"
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::array<std::string_view, 9> kinds{"item", "bonus", "penalty", "section", "group",
                                                "join", "note",  "veto",    "leave"};
constexpr std::array<std::string_view, 17> roles{"section",  "group",    "number", "criterion", "points",  "rule",
                                                 "method",   "evidence", "text",   "blanks",    "score",   "gained",
                                                 "deducted", "sum",      "note",   "tier",      "headings"};
constexpr std::array<std::string_view, 21> said{"kind",  "role",    "text",  "points",     "rules", "each",    "cap",
                                                "drop",  "title",   "split", "add",        "order", "body",    "heads",
                                                "notes", "remarks", "bands", "signatures", "type",  "options", "label"};
constexpr float line_room = 36;
constexpr float label_room = 64;

void write_label(Ui& ui, const Flow& column, const std::string& text) {
    write_in(ui, {column.x, column.y, ui.px(label_room), ui.px(line_room)}, text, style::small);
}

}  // namespace

int draw_buttons(Ui& ui, Flow& column, const std::vector<ButtonSpec>& specs) {
    const float height = ui.px(34);
    float x = column.x;
    int pressed = -1;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const float width = std::min(button_width(ui, specs[i].label), column.width);
        if (x + width > column.x + column.width && x > column.x) {
            x = column.x;
            column.y += height + ui.px(6);
        }
        if (button(ui, {x, column.y, width, height}, specs[i])) pressed = static_cast<int>(i);
        x += width + ui.px(8);
    }
    column.y += height + ui.px(8);
    return pressed;
}

void draw_text_field(Ui& ui, Flow& column, const std::string& id, const char* label, const std::string& key,
                     const std::string& recognised, bool is_long) {
    write_label(ui, column, ui.say(label));
    FieldSpec spec;
    spec.id = id;
    spec.name = ui.say(label);
    spec.role = is_long ? Role::multiline : Role::text;
    spec.max_length = 4000;
    const float width = column.width - ui.px(label_room);
    const std::string text = decided_text(ui, key, recognised);
    const float height = is_long
                             ? std::min(field_height(ui, width, text, id, style::body, ui.px(line_room)), ui.px(110))
                             : ui.px(line_room);
    decision_field(ui, {column.x + ui.px(label_room), column.y, width, height}, std::move(spec), key, recognised);
    column.y += height + ui.px(8);
}

namespace {

// --- What is asked ------------------------------------------------------------------------------------------------

std::string doubt_words(const Ui& ui, const AuthorDoubt& doubt) {
    std::string words = doubt.what;
    if (!doubt.chosen.empty()) words += ui.say("form.unsure.chosen", {{"chosen", doubt.chosen}});
    if (!doubt.instead.empty()) words += ui.say("form.unsure.instead", {{"instead", doubt.instead}});
    return words;
}

void draw_doubt(Ui& ui, Flow& column, const AuthorDoubt& doubt) {
    const auto& doubts = author_view(ui).doubts;
    std::int64_t at = 0;
    for (const AuthorDoubt& one : doubts) {
        if (one.is_accepted) continue;
        ++at;
        if (&one == &doubt) break;
    }
    const std::string title =
        ui.say("ui.author.doubt", {{"at", at},
                                   {"of", static_cast<std::int64_t>(author_view(ui).open_doubts())},
                                   {"place", place_words(ui, doubt.place)}});
    const float begin = column.y;
    write_in(ui, {column.x, column.y, column.width, ui.px(24)}, title, style::body_strong);
    emit_heading(ui, "author/doubt/title", title, 3, {column.x, column.y, column.width, ui.px(24)});
    column.y += ui.px(26);
    const std::string words = doubt_words(ui, doubt);
    const float height = write_wrapped(ui, column.x, column.y, column.width, words, style::body);
    emit_text(ui, "author/doubt", words, {column.x, column.y, column.width, height}, Role::status);
    column.y += height + ui.px(8);
    std::vector<ButtonSpec> specs{{"author/accept", ui.say("ui.author.accept"),
                                   ui.say("ui.author.accept.name", {{"what", words}}), ButtonKind::primary,
                                   opened(ui).is_open()}};
    for (std::size_t i = 0; i < doubt.answers.size(); ++i)
        specs.push_back({"author/answer/" + std::to_string(i),
                         doubt.answers[i].label,
                         {},
                         ButtonKind::plain,
                         opened(ui).is_open()});
    const int pressed = draw_buttons(ui, column, specs);
    fill({column.x - ui.px(14), begin - ui.px(10), 3, column.y - begin + ui.px(8)}, colour::warning);
    if (pressed == 0) decide(ui, doubt.key, "yes");
    if (pressed > 0) {
        const AuthorAnswer& answer = doubt.answers[static_cast<std::size_t>(pressed - 1)];
        decide(ui, answer.key, answer.value);
    }
    if (pressed >= 0 && !ui.touch) ui.mirror.request_focus("author/accept");
}

// --- What can be changed ------------------------------------------------------------------------------------------

bool is_figure(const std::string& text) {
    if (text.empty()) return true;
    const Result<Points> points = Points::parse(text);
    return points && *points >= Points{};
}

void draw_figure_field(Ui& ui, const Box& box, const std::string& id, const std::string& name, const std::string& key,
                       const std::string& recognised, const std::string& placeholder) {
    FieldSpec spec;
    spec.id = id;
    spec.name = name;
    spec.role = Role::number;
    spec.placeholder = placeholder;
    spec.max_length = 12;
    const std::string now = decided_text(ui, key, recognised);
    spec.invalid = !is_figure(now) && now != "unlimited" && now != "free";
    decision_field(ui, box, std::move(spec), key, recognised);
}

/// What the row is, as it was recognised.
std::string recognised_kind(const AuthorLine* line, const SourcePlace& place) {
    if (line == nullptr || !(line->place == place)) return {};
    if (line->level == AuthorLine::Level::section) return "section";
    if (line->level == AuthorLine::Level::group) return "group";
    return line->role.empty() ? "item" : line->role;
}

/// Rows of the table can be anything; others are items, unless something else is said.
bool fits_kind(const SourcePlace& place, std::string_view kind) {
    return place.row < authoring::part_rows || kind == "bonus" || kind == "penalty" ||
           (kind == "leave" && place.row < authoring::added_rows);
}

void draw_kind(Ui& ui, const Box& box, const SourcePlace& place, const AuthorLine* line) {
    const std::string key = decision_key("kind", place);
    const auto decided = decision_in(opened(ui).rows, key);
    std::vector<std::string> labels;
    const std::string own = decided ? std::string() : recognised_kind(line, place);
    const bool is_given = place.row < authoring::part_rows;
    labels.push_back(!is_given     ? ui.say("ui.author.as.item")
                     : own.empty() ? ui.say("ui.author.as.recognised")
                                   : ui.say("ui.author.as.recognised-as", {{"kind", ui.say("ui.author.as." + own)}}));
    std::size_t selected = 0;
    std::vector<std::string_view> fitting;
    for (const std::string_view kind : kinds) {
        if (!fits_kind(place, kind)) continue;
        fitting.push_back(kind);
        labels.push_back(ui.say("ui.author.as." + std::string(kind)));
        if (decided && *decided == kind) selected = fitting.size();
    }
    if (!opened(ui).is_open()) return write_in(ui, box, labels[selected], style::body);
    const auto now = select(ui, box, "author/kind", ui.say("ui.author.kind"), labels, selected);
    if (!now || *now == selected) return;
    decide(ui, key, *now == 0 ? std::nullopt : std::optional(std::string(fitting[*now - 1])));
}

void draw_rule(Ui& ui, Flow& column, const AuthorLine& line, const AuthorRule& rule) {
    const std::size_t n = rule.number;
    const std::string id = "author/rule/" + std::to_string(n);
    const float height = ui.px(32);
    const float check = ui.px(88);
    const float figure = ui.px(ui.is_narrow() ? 52 : 64);
    const float fixed = check + 2 * (figure + ui.px(52)) + ui.px(12);
    const bool is_below = ui.is_narrow();
    const float text_width = is_below ? column.width : std::max(ui.px(90), column.width - fixed - ui.px(8));
    const std::string words = rule.text.empty() ? ui.say("ui.author.head.rules") : rule.text;
    write_in(ui, {column.x, column.y, text_width, height}, words,
             rule.is_dropped ? with_colour(style::small, colour::faint) : style::small);
    emit_text(ui, id, rule_words(ui, rule), {column.x, column.y, text_width, height});
    if (is_below) column.y += ui.px(28);
    float x = is_below ? column.x : column.x + text_width + ui.px(8);
    const auto put = [&](const char* label, const char* what, const std::string& recognised,
                         const std::string& placeholder) {
        const float wide = ui.px(48);
        write_in(ui, {x, column.y, wide, height}, ui.say(label), style::small, 1);
        x += wide + ui.px(4);
        draw_figure_field(ui, {x, column.y, figure, height}, id + "/" + what, words + " " + ui.say(label),
                          decision_key(what, line.place, n), recognised, placeholder);
        x += figure;
    };
    const bool has_figure = rule.effect != "zero" && !rule.is_dropped;
    if (has_figure) {
        put(rule.effect == "deduct" ? "ui.author.rule.each" : "ui.author.rule.gain", "each", rule.each,
            ui.say("ui.author.rule.free"));
        put("ui.author.rule.most", "cap", rule.cap, ui.say("ui.author.rule.no-cap"));
    }
    const float right = column.x + column.width - check;
    const auto now = checkbox(ui, {right, column.y + ui.px(3), check, ui.px(26)}, id + "/drop",
                              ui.say("ui.author.rule.drop"), rule.is_dropped, opened(ui).is_open());
    if (now) decide(ui, decision_key("drop", line.place, n), *now ? std::optional<std::string>("yes") : std::nullopt);
    column.y += height + ui.px(6);
}

void draw_item_editor(Ui& ui, Flow& column, const AuthorLine& line) {
    write_label(ui, column, place_words(ui, line.place));
    const float x = column.x + ui.px(label_room);
    const float points = ui.px(76);
    const float label = ui.px(44);
    const float kind = std::min(ui.px(230), column.width - ui.px(label_room) - points - label - ui.px(8));
    draw_kind(ui, {x, column.y, kind, ui.px(line_room)}, line.place, &line);
    write_in(ui, {x + kind, column.y, label, ui.px(line_room)}, ui.say("ui.author.head.points"), style::small, 1);
    draw_figure_field(ui, {x + kind + label + ui.px(6), column.y, points, ui.px(line_room)}, "author/points",
                      ui.say("ui.author.head.points"), decision_key("points", line.place),
                      line.is_unlimited ? std::string() : line.points,
                      line.is_unlimited ? ui.say("ui.author.unlimited") : std::string());
    column.y += ui.px(line_room + 8);
    draw_text_field(ui, column, "author/text", "ui.author.head.text", decision_key("text", line.place), line.text,
                    true);
    draw_text_field(ui, column, "author/rules", "ui.author.head.rules", decision_key("rules", line.place), line.said,
                    true);
    for (const AuthorRule& rule : line.rules) draw_rule(ui, column, line, rule);
    draw_item_actions(ui, column, line);
}

/// The row itself is an item: the heading began in the same row.
bool has_item(const Ui& ui, const SourcePlace& place) {
    const auto& lines = author_view(ui).lines;
    return std::any_of(lines.begin(), lines.end(), [&place](const AuthorLine& line) {
        return line.level == AuthorLine::Level::item && line.place == place;
    });
}

void draw_heading_editor(Ui& ui, Flow& column, const AuthorLine& line) {
    write_label(ui, column, place_words(ui, line.place));
    const float x = column.x + ui.px(label_room);
    const Box box{x, column.y, std::min(ui.px(230), column.width - ui.px(label_room)), ui.px(line_room)};
    if (has_item(ui, line.place) || line.place.row >= authoring::part_rows)
        write_in(ui, box,
                 ui.say(line.level == AuthorLine::Level::section ? "ui.author.as.section" : "ui.author.as.group"),
                 style::body);
    else
        draw_kind(ui, box, line.place, &line);
    column.y += ui.px(line_room + 8);
    draw_text_field(ui, column, "author/title", "ui.author.title", decision_key("title", line.place), line.text, false);
    draw_heading_actions(ui, column, line);
}

void draw_row_editor(Ui& ui, Flow& column) {
    const SourcePlace& place = ui.view.author.selected;
    write_label(ui, column, place_words(ui, place));
    const float x = column.x + ui.px(label_room);
    draw_kind(ui, {x, column.y, std::min(ui.px(230), column.width - ui.px(label_room)), ui.px(line_room)}, place,
              nullptr);
    column.y += ui.px(line_room + 8);
    const std::string text = ui.say("ui.author.row.none");
    const float height = write_wrapped(ui, x, column.y, column.width - ui.px(label_room), text, style::small);
    emit_text(ui, "author/row", text, {x, column.y, column.width - ui.px(label_room), height});
    column.y += height + ui.px(8);
    draw_row_actions(ui, column);
}

void draw_column_editor(Ui& ui, Flow& column) {
    const AuthorDesk& desk = ui.view.author;
    for (const SourceTable& table : author_view(ui).tables) {
        if (table.number != desk.selected.table || desk.column > table.roles.size()) continue;
        const SourceColumn& own = table.roles[desk.column - 1];
        if (author_view(ui).is_roster && !own.type.empty()) {
            draw_ledger_column(ui, column, {table.number, desk.column}, own);
            continue;
        }
        write_label(ui, column, ui.say("ui.author.column.label"));
        const float x = column.x + ui.px(label_room);
        write_in(ui, {x, column.y, column.width - ui.px(label_room), ui.px(line_room)}, own.label, style::body_strong);
        column.y += ui.px(line_room + 4);
        write_label(ui, column, ui.say("ui.author.column.role"));
        std::vector<std::string> labels;
        std::size_t selected = 0;
        for (std::size_t i = 0; i < roles.size(); ++i) {
            labels.push_back(ui.say("ui.author.role." + std::string(roles[i])));
            if (own.role == roles[i]) selected = i;
        }
        const Box box{x, column.y, std::min(ui.px(260), column.width - ui.px(label_room)), ui.px(line_room)};
        const auto now = select(ui, box, "author/role", ui.say("ui.author.column.role"), labels, selected);
        if (now && *now != selected && opened(ui).is_open())
            decide(ui, decision_key("role", {table.number, desk.column}), std::string(roles[*now]));
        column.y += ui.px(line_room + 8);
    }
}

/// A decision in words, and the row it is about; nothing for what is no change.
struct SaidDecision {
    SourcePlace place;
    std::string words;
};

std::optional<SaidDecision> said_decision(const Ui& ui, const RowView& row) {
    const std::string key(row.cells.substr(0, row.cells.find('\t')));
    const std::size_t slash = key.find('/');
    const std::string what = key.substr(0, slash);
    const bool is_change = std::find(said.begin(), said.end(), what) != said.end();
    if (!is_change) return std::nullopt;
    SaidDecision decision;
    std::string value = decision_in(opened(ui).rows, key).value_or(std::string());
    if (what == "kind" || what == "add") value = ui.say("ui.author.as." + value);
    if (what == "role") value = ui.say("ui.author.role." + value);
    if (what == "type") value = ui.say("ui.author.type." + value);
    std::replace(value.begin(), value.end(), '\n', ' ');
    if (slash != std::string::npos) {
        const std::size_t dot = key.find('.', slash);
        decision.place.table = std::strtoul(key.c_str() + slash + 1, nullptr, 10);
        const bool is_column = what == "role" || what == "type" || what == "options" || what == "label";
        if (dot != std::string::npos && !is_column)
            decision.place.row = std::strtoul(key.c_str() + dot + 1, nullptr, 10);
    }
    decision.words =
        ui.say("ui.author.changed." + what, {{"place", place_words(ui, decision.place)}, {"value", value}});
    return decision;
}

/// What was changed, each leading to its row.
void draw_decisions(Ui& ui, Flow& column) {
    std::vector<SaidDecision> decisions;
    for (const RowView& row : opened(ui).rows) {
        if (auto decision = said_decision(ui, row)) decisions.push_back(*std::move(decision));
    }
    if (decisions.empty()) return;
    const std::string title = ui.say("ui.author.changed", {{"count", static_cast<std::int64_t>(decisions.size())}});
    write_in(ui, {column.x, column.y, column.width, ui.px(26)}, title, style::small_strong);
    emit_heading(ui, "author/changed", title, 3, {column.x, column.y, column.width, ui.px(26)});
    column.y += ui.px(28);
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        const Box box{column.x - ui.px(6), column.y, column.width + ui.px(12), ui.px(26)};
        const AreaState state = area(ui, box, {"author/changed/" + std::to_string(i), decisions[i].words});
        if (state.hovered) fill(box, colour::hover, 4);
        write_in(ui, box.inset(ui.px(6), 0), decisions[i].words, style::small);
        if (state.pressed && decisions[i].place.row > 0) select_place(ui, decisions[i].place);
        column.y += box.height;
    }
    column.y += ui.px(8);
}

void draw_form_editor(Ui& ui, Flow& column) {
    const AuthorView& view = author_view(ui);
    draw_text_field(ui, column, "author/name", "ui.author.title", "title", view.title, false);
    const std::string text = ui.say(view.open_doubts() > 0 ? "ui.author.hint.doubts" : "ui.author.hint.done");
    const float height = write_wrapped(ui, column.x, column.y, column.width, text, style::small);
    emit_text(ui, "author/hint", text, {column.x, column.y, column.width, height});
    column.y += height + ui.px(8);
    draw_form_lines(ui, column);
    draw_decisions(ui, column);
    for (std::size_t i = 0; i < view.changes.size(); ++i) {
        const float own = write_wrapped(ui, column.x, column.y, column.width, view.changes[i], style::small);
        emit_text(ui, "author/change/" + std::to_string(i), view.changes[i], {column.x, column.y, column.width, own});
        column.y += own + ui.px(2);
    }
}

void draw_selected(Ui& ui, Flow& column) {
    AuthorDesk& desk = ui.view.author;
    if (desk.column > 0) return draw_column_editor(ui, column);
    if (desk.selected.row == 0) return draw_form_editor(ui, column);
    const AuthorLine* line = chosen_line(ui);
    if (line == nullptr || !(line->place == desk.selected)) return draw_row_editor(ui, column);
    if (!desk.wants_field.empty()) ui.mirror.request_focus(std::exchange(desk.wants_field, {}));
    if (line->level == AuthorLine::Level::item) return draw_item_editor(ui, column, *line);
    draw_heading_editor(ui, column, *line);
}

}  // namespace

float editor_height(const Ui& ui) { return std::max(ui.px(90), ui.view.author.editor_height + 4); }

void draw_editor(Ui& ui, const Box& place) {
    sheet(place);
    const Container region(ui, make_node(ui, "author/editor", Role::region, ui.say("ui.author.editor"), place));
    ScrollArea scroll(ui, "author/editing", place.inset(1, 1));
    const float begin = scroll.origin().y;
    Flow column{place.x + ui.px(16), begin + ui.px(12), place.width - ui.px(32)};
    if (const AuthorDoubt* doubt = doubt_at(ui)) {
        draw_doubt(ui, column, *doubt);
        horizontal_line(column.x, column.y, column.width);
        column.y += ui.px(10);
    }
    draw_selected(ui, column);
    const float height = column.y - begin + ui.px(6);
    scroll.follow_focus();
    scroll.finish(height);
    if (std::abs(height - ui.view.author.editor_height) > 0.5F) {
        // The lines have another height then, and the selected one stays in sight.
        ui.view.author.editor_height = height;
        ui.view.author.wants_line = true;
        ui.view.wants_frame = true;
    }
}

}  // namespace duibiao::ui
