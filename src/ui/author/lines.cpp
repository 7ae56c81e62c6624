// The form as it was made of the table: sections, groups, items with their points and rules.
#include <algorithm>
#include <cmath>

#include "ui/author/author_parts.hpp"

namespace duibiao::ui {

std::string rule_words(const Ui& ui, const AuthorRule& rule) {
    const std::string per = rule.per.empty() ? std::string() : "/" + rule.per;
    std::string amount;
    if (rule.is_dropped) {
        amount = ui.say("ui.author.rule.dropped");
    } else if (rule.effect == "zero") {
        amount = ui.say("ui.author.rule.zero");
    } else if (rule.each.empty() && rule.range.empty()) {
        amount = ui.say("ui.author.rule.free");
    } else {
        const std::string figure = rule.each.empty() ? rule.range : rule.each;
        amount = (rule.effect == "deduct" ? "−" : rule.effect == "times" ? "×" : "+") + figure + per;
    }
    std::string words = rule.text.empty() ? amount : rule.text + " " + amount;
    if (!rule.cap.empty() && !rule.is_dropped) words += ui.say("ui.author.rule.cap", {{"cap", rule.cap}});
    return words;
}

namespace {

constexpr const char* line_keys = "ArrowDown ArrowUp Home End";
constexpr ImU32 rule_ground = IM_COL32(0xE6, 0xEE, 0xF7, 255);
constexpr ImU32 rule_colour = IM_COL32(0x2B, 0x5B, 0x8C, 255);
constexpr ImU32 section_ground = IM_COL32(0xF7, 0xF8, 0xFA, 255);

struct LineColumns {
    float number = 0;
    float text = 0;
    float text_width = 0;
    float points = 0;  ///< right edge
    float rules = 0;   ///< 0: below the text
    float rules_width = 0;
};

LineColumns columns_for(const Ui& ui, const Box& line) {
    LineColumns columns;
    columns.number = line.x + ui.px(12);
    columns.text = columns.number + ui.px(ui.is_narrow() ? 44 : 56);
    if (ui.is_narrow()) {
        columns.points = line.right() - ui.px(10);
        columns.text_width = columns.points - columns.text - ui.px(56);
        return columns;
    }
    columns.rules_width = line.width * 0.36F;
    columns.rules = line.right() - columns.rules_width - ui.px(8);
    columns.points = columns.rules - ui.px(16);
    columns.text_width = columns.points - ui.px(56) - columns.text;
    return columns;
}

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string points_words(const Ui& ui, const AuthorLine& line) {
    if (line.is_unlimited) return ui.say("ui.author.unlimited");
    if (line.points.empty()) return line.role == "bonus" ? "+" : line.role == "penalty" ? "−" : "—";
    return (line.role == "bonus" ? "+" : "") + line.points;
}

/// 7 分 = 原表 7 分
std::string sum_words(const Ui& ui, const AuthorLine& line) {
    if (!line.role.empty()) return ui.say("ui.author.as." + line.role);
    if (line.printed.empty()) return ui.say("ui.author.sum", {{"points", line.points}});
    return ui.say(line.printed == line.points ? "ui.author.sum.same" : "ui.author.sum.other",
                  {{"points", line.points}, {"printed", line.printed}});
}

bool is_off(const AuthorLine& line) {
    return line.role.empty() && !line.printed.empty() && line.printed != line.points;
}

/// What is asked about a row is asked about its item, not about the section that begins there.
bool is_doubtful(const Ui& ui, const AuthorLine& line) {
    const AuthorLine* own = line_at(ui, line.place);
    if (own != nullptr && own != &line && own->place == line.place) return false;
    const auto& doubts = author_view(ui).doubts;
    return std::any_of(doubts.begin(), doubts.end(),
                       [&line](const AuthorDoubt& doubt) { return !doubt.is_accepted && doubt.place == line.place; });
}

std::string spoken(const Ui& ui, const AuthorLine& line) {
    if (line.level != AuthorLine::Level::item) return line.id + " " + line.text + " " + sum_words(ui, line);
    std::string words = line.id + " " + one_line(line.text) + " " + points_words(ui, line);
    for (const AuthorRule& rule : line.rules) words += "；" + rule_words(ui, rule);
    for (const std::string& level : line.levels) words += "；" + level;
    return words;
}

void draw_chip(Ui& ui, const Box& box, const std::string& text, bool is_open) {
    fill(box, is_open ? colour::warning_tint : rule_ground, 4);
    write_in(ui, box.inset(ui.px(6), 0), text, {12.5F, Weight::regular, is_open ? colour::warning : rule_colour});
}

/// Rules side by side, as many as there is room for.
void draw_rules(Ui& ui, const AuthorLine& line, const Box& place) {
    std::vector<std::pair<std::string, bool>> words;
    for (const AuthorRule& rule : line.rules)
        words.emplace_back(one_line(rule_words(ui, rule)),
                           rule.each.empty() && rule.range.empty() && rule.effect != "zero");
    if (!line.levels.empty()) {
        std::string all;
        for (const std::string& level : line.levels) all += (all.empty() ? "" : " / ") + level;
        words.emplace_back(all, false);
    }
    float x = place.x;
    const float y = place.y + (place.height - chip_height(ui)) / 2;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const float left = place.right() - x;
        const bool is_last = i + 1 == words.size();
        const float more = is_last ? 0 : ui.px(30);
        const float wanted = ui.text.measure(words[i].first, {12.5F, Weight::regular, rule_colour}) + ui.px(13);
        const float width = std::min(wanted, left - more);
        if (i > 0 && width < std::min(wanted, ui.px(70))) {
            write_in(ui, {x, place.y, left, place.height}, "+" + std::to_string(words.size() - i), style::small);
            return;
        }
        draw_chip(ui, {x, y, width, chip_height(ui)}, words[i].first, words[i].second);
        x += width + ui.px(5);
    }
}

float height_of(const Ui& ui, const AuthorLine& line) {
    if (line.level != AuthorLine::Level::item) return ui.px(34);
    const bool is_tall = ui.is_narrow() && (!line.rules.empty() || !line.levels.empty());
    return ui.px(is_tall ? 58 : 36);
}

void take_line_key(Ui& ui, std::size_t index, const std::string& id) {
    const auto& lines = author_view(ui).lines;
    std::size_t to = index;
    if (ui.mirror.pressed("ArrowDown", id) && index + 1 < lines.size()) to = index + 1;
    if (ui.mirror.pressed("ArrowUp", id) && index > 0) to = index - 1;
    if (ui.mirror.pressed("Home", id)) to = 0;
    if (ui.mirror.pressed("End", id)) to = lines.size() - 1;
    if (to == index) return;
    select_place(ui, lines[to].place);
    ui.view.author.line = lines[to].id;
    ui.mirror.request_focus("author/form/" + lines[to].id);
}

void draw_line(Ui& ui, const Box& box, const LineColumns& columns, std::size_t index) {
    const AuthorLine& line = author_view(ui).lines[index];
    const bool is_item = line.level == AuthorLine::Level::item;
    const bool is_selected = chosen_line(ui) == &line;
    const std::string id = "author/form/" + line.id;
    const Hit mouse = hit(id, box);
    MirrorNode node = make_node(ui, id, Role::button, spoken(ui, line), box);
    node.selected = is_selected;
    node.keys = line_keys;
    emit(ui, std::move(node));
    if (!is_item) fill(box.inset(1, 0), section_ground);
    if (is_doubtful(ui, line)) fill(box.inset(1, 0), colour::warning_tint);
    if (is_selected || mouse.hovered) fill(box.inset(1, 0), is_selected ? colour::accent_tint : colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const float first = is_item && columns.rules == 0 ? ui.px(34) : box.height;
    const TextStyle name = line.level == AuthorLine::Level::section ? style::body_strong
                           : is_item                                ? style::body
                                                                    : style::small_strong;
    if (is_item) {
        const std::string number = line.number.empty() ? line.id : line.number;
        write_in(ui, {columns.number, box.y, columns.text - columns.number - ui.px(6), first}, number, style::small);
        write_in(ui, {columns.text, box.y, columns.text_width, first}, one_line(line.text), name);
        write_in(ui, {columns.points - ui.px(56), box.y, ui.px(56), first}, points_words(ui, line), style::body, 1);
        const Box rules = columns.rules > 0
                              ? Box{columns.rules, box.y, columns.rules_width, box.height}
                              : Box{columns.text, box.y + ui.px(30), box.right() - columns.text - ui.px(10), ui.px(24)};
        draw_rules(ui, line, rules);
    } else {
        const std::string sum = sum_words(ui, line);
        const TextStyle look = with_colour(style::small, is_off(line) ? colour::warning : colour::secondary);
        const float width = ui.text.measure(sum, look) + 2;
        const float left = line.level == AuthorLine::Level::section ? columns.number : columns.text;
        const float room = box.right() - ui.px(12) - left;
        const float text =
            std::min(ui.text.measure(line.text, name) + 2, std::max(ui.px(60), room - width - ui.px(14)));
        write_in(ui, {left, box.y, text, box.height}, line.text, name);
        write_in(ui, {left + text + ui.px(14), box.y, std::max(0.0F, room - text - ui.px(14)), box.height}, sum, look);
    }
    if (is_selected) fill({box.x, box.y, 3, box.height}, colour::accent);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 1), 4);
    if (mouse.clicked || ui.mirror.clicked(id)) {
        select_place(ui, line.place);
        ui.view.author.line = line.id;
        ui.view.author.wants_line = false;
    }
    take_line_key(ui, index, id);
}

void draw_line_heads(Ui& ui, const Box& box, const LineColumns& columns) {
    fill({box.x + 1, box.y + 1, box.width - 2, box.height - 1}, colour::head, 8);
    const TextStyle look{13, Weight::semibold, colour::secondary};
    write_in(ui, {columns.number, box.y, ui.px(50), box.height}, ui.say("ui.author.head.number"), look);
    write_in(ui, {columns.text, box.y, columns.text_width, box.height}, ui.say("ui.author.head.text"), look);
    write_in(ui, {columns.points - ui.px(60), box.y, ui.px(60), box.height}, ui.say("ui.author.head.points"), look, 1);
    if (columns.rules > 0)
        write_in(ui, {columns.rules, box.y, columns.rules_width, box.height}, ui.say("ui.author.head.rules"), look);
    horizontal_line(box.x, box.bottom() - 1, box.width);
}

/// A column of a ledger: its name, and what is filled in there.
void draw_field(Ui& ui, const Box& box, const SourcePlace& place, const SourceColumn& field) {
    const std::string id = "author/field/" + place_key(place);
    AuthorDesk& desk = ui.view.author;
    const bool is_selected = desk.column == place.row && desk.selected.table == place.table;
    std::string what = ui.say("ui.author.type." + field.type);
    if (!field.options.empty()) what += "：" + one_line(field.options);
    const AreaState state = area(ui, box, {id, field.label + " " + what, Role::button, is_selected, 2});
    if (is_selected || state.hovered) fill(box.inset(1, 0), is_selected ? colour::accent_tint : colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const float name = std::min(ui.px(260), box.width * 0.45F);
    write_in(ui, {box.x + ui.px(16), box.y, name - ui.px(16), box.height}, field.label, style::body);
    write_in(ui, {box.x + name + ui.px(12), box.y, box.width - name - ui.px(24), box.height}, what, style::small);
    if (is_selected) fill({box.x, box.y, 3, box.height}, colour::accent);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 1), 4);
    if (!state.pressed) return;
    desk.selected = {place.table, 0};
    desk.column = place.row;
    ui.view.wants_frame = true;
}

/// A list of what is filled in has no items, but columns.
void draw_roster(Ui& ui, const Box& place) {
    const std::string text = ui.say("ui.author.roster", {{"count", author_view(ui).items}});
    ScrollArea scroll(ui, "author/lines", place.inset(1, 1));
    const float begin = scroll.origin().y;
    const Box box{place.x + ui.px(16), begin + ui.px(12), place.width - ui.px(32), 0};
    const float height = write_wrapped(ui, box.x, box.y, box.width, text, style::small);
    emit_text(ui, "author/roster", text, {box.x, box.y, box.width, height});
    float y = box.y + height + ui.px(10);
    horizontal_line(place.x, y - 1, place.width);
    for (const SourceTable& table : author_view(ui).tables) {
        for (std::size_t i = 0; i < table.roles.size(); ++i) {
            if (table.roles[i].type.empty()) continue;
            draw_field(ui, {place.x, y, place.width - 1, ui.px(36)}, {table.number, i + 1}, table.roles[i]);
            y += ui.px(36);
        }
    }
    scroll.follow_focus();
    scroll.finish(y - begin);
}

}  // namespace

void draw_lines(Ui& ui, const Box& place) {
    sheet(place);
    const Container region(ui, make_node(ui, "author/form", Role::region, ui.say("ui.author.part.form"), place));
    const AuthorView& view = author_view(ui);
    if (view.is_roster) return draw_roster(ui, place);
    const float head = ui.px(30);
    const LineColumns columns = columns_for(ui, {place.x, 0, place.width - ui.px(10), 0});
    draw_line_heads(ui, {place.x, place.y, place.width, head}, columns);
    const Box body{place.x, place.y + head, place.width, std::max(1.0F, place.height - head - 1)};
    ScrollArea scroll(ui, "author/lines", body);
    float y = scroll.origin().y;
    AuthorDesk& desk = ui.view.author;
    const AuthorLine* chosen = chosen_line(ui);
    for (std::size_t i = 0; i < view.lines.size(); ++i) {
        const float height = height_of(ui, view.lines[i]);
        const Box box{place.x, y, place.width - 1, height};
        if (&view.lines[i] == chosen && desk.wants_line) {
            desk.wants_line = false;
            if (box.y < body.y || box.bottom() > body.bottom()) {
                ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() + box.y - body.y - body.height / 3));
                ui.view.wants_frame = true;
            }
        }
        const bool is_near = box.bottom() > body.y - ui.px(80) && box.y < body.bottom() + ui.px(80);
        if (is_near) draw_line(ui, box, columns, i);
        y += height;
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

}  // namespace duibiao::ui
