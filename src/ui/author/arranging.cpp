// Moving, splitting, adding and removing items and sections, where the table's head ends, and the lines around it.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "core/authoring/arrange.hpp"
#include "ui/author/author_parts.hpp"
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

using Decided = std::vector<command::DecideForm::Decision>;
using Level = AuthorLine::Level;

std::size_t position_of(const Ui& ui, const AuthorLine& line) {
    return static_cast<std::size_t>(&line - author_view(ui).lines.data());
}

/// A section's heading and what belongs to it: positions of lines.
struct SectionRange {
    std::size_t head = 0;
    std::size_t end = 0;
};

std::vector<SectionRange> sections_of(const AuthorView& view) {
    std::vector<SectionRange> sections;
    for (std::size_t i = 0; i < view.lines.size(); ++i) {
        if (view.lines[i].level == Level::section) sections.push_back({i, i + 1});
        if (!sections.empty()) sections.back().end = i + 1;
    }
    return sections;
}

std::size_t section_at(const std::vector<SectionRange>& sections, std::size_t line) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        if (sections[i].head <= line) found = i;
    }
    return found;
}

std::string word_of(const AuthorLine& line) { return (line.level == Level::group ? "g" : "") + place_key(line.place); }

/// The order of a section's lines as it is.
std::vector<std::string> words_in(const AuthorView& view, const SectionRange& section) {
    std::vector<std::string> words;
    for (std::size_t i = section.head + 1; i < section.end; ++i) words.push_back(word_of(view.lines[i]));
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

void put_order(const AuthorView& view, const SectionRange& section, const std::vector<std::string>& words,
               Decided& decided) {
    decided.push_back({decision_key("order", view.lines[section.head].place), joined(words)});
}

/// The item one place up or down: within its section, or over to the one beside.
Decided moved_item(const AuthorView& view, std::size_t line, int step) {
    Decided decided;
    const auto sections = sections_of(view);
    const std::size_t own = section_at(sections, line);
    std::vector<std::string> words = words_in(view, sections[own]);
    const auto at = static_cast<std::ptrdiff_t>(line - sections[own].head - 1);
    const std::ptrdiff_t to = at + step;
    if (to >= 0 && to < static_cast<std::ptrdiff_t>(words.size())) {
        std::swap(words[static_cast<std::size_t>(at)], words[static_cast<std::size_t>(to)]);
        put_order(view, sections[own], words, decided);
        return decided;
    }
    const std::ptrdiff_t next = static_cast<std::ptrdiff_t>(own) + step;
    if (next < 0 || next >= static_cast<std::ptrdiff_t>(sections.size())) return decided;
    const SectionRange& other = sections[static_cast<std::size_t>(next)];
    std::vector<std::string> others = words_in(view, other);
    others.insert(step < 0 ? others.end() : others.begin(), words[static_cast<std::size_t>(at)]);
    words.erase(words.begin() + at);
    put_order(view, sections[own], words, decided);
    put_order(view, other, others, decided);
    return decided;
}

Decided item_in_section(const AuthorView& view, std::size_t line, std::size_t section) {
    Decided decided;
    const auto sections = sections_of(view);
    const std::size_t own = section_at(sections, line);
    if (section == own || section >= sections.size()) return decided;
    std::vector<std::string> words = words_in(view, sections[own]);
    std::vector<std::string> others = words_in(view, sections[section]);
    const std::string word = word_of(view.lines[line]);
    std::erase(words, word);
    others.push_back(word);
    put_order(view, sections[own], words, decided);
    put_order(view, sections[section], others, decided);
    return decided;
}

std::string section_order(const AuthorView& view, const std::vector<SectionRange>& sections) {
    std::vector<std::string> words;
    words.reserve(sections.size());
    for (const SectionRange& section : sections) words.push_back(place_key(view.lines[section.head].place));
    return joined(words);
}

/// A row that no other decision is about.
SourcePlace new_place(const Ui& ui, std::size_t ahead) {
    const AuthorView& view = author_view(ui);
    std::size_t last = authoring::added_rows;
    for (const RowView& row : opened(ui).rows) {
        const std::string_view cells = row.cells;
        if (!cells.starts_with("add/")) continue;
        const std::size_t dot = cells.find('.');
        if (dot == std::string_view::npos) continue;
        last = std::max<std::size_t>(last, std::strtoul(std::string(cells.substr(dot + 1)).c_str(), nullptr, 10));
    }
    return {view.tables.empty() ? 1 : view.tables.front().number, last + 1 + ahead};
}

void send_all(Ui& ui, Decided decided) {
    if (!decided.empty()) ui.send(command::DecideForm{std::move(decided), {}});
}

void show_new(Ui& ui, const SourcePlace& place, const char* field) {
    select_place(ui, place);
    ui.view.author.wants_field = ui.touch ? "" : field;
}

void add_item(Ui& ui, std::size_t line) {
    const AuthorView& view = author_view(ui);
    const auto sections = sections_of(view);
    const SectionRange& section = sections[section_at(sections, line)];
    const SourcePlace place = new_place(ui, 0);
    std::vector<std::string> words = words_in(view, section);
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(line - section.head), place_key(place));
    Decided decided{{decision_key("add", place), "item"}, {decision_key("text", place), ui.say("ui.author.new.item")}};
    put_order(view, section, words, decided);
    send_all(ui, std::move(decided));
    show_new(ui, place, "author/text");
}

/// A section is none without an item.
void add_section(Ui& ui, std::size_t line) {
    const AuthorView& view = author_view(ui);
    auto sections = sections_of(view);
    const SourcePlace place = new_place(ui, 0);
    const SourcePlace item = new_place(ui, 1);
    std::string order;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        order += (order.empty() ? "" : " ") + place_key(view.lines[sections[i].head].place);
        if (i == section_at(sections, line)) order += " " + place_key(place);
    }
    send_all(ui, {{decision_key("add", place), "section"},
                  {decision_key("title", place), ui.say("ui.author.new.section")},
                  {decision_key("add", item), "item"},
                  {decision_key("text", item), ui.say("ui.author.new.item")},
                  {decision_key("order", place), place_key(item)},
                  {"sections", order}});
    show_new(ui, place, "author/title");
}

/// Whatever was decided of a row that was added goes with it.
void remove_added(Ui& ui, const SourcePlace& place) {
    Decided decided;
    for (const RowView& row : opened(ui).rows) {
        const std::string key(row.cells.substr(0, row.cells.find('\t')));
        const std::size_t slash = key.find('/');
        const std::string of = place_key(place);
        const bool is_own =
            slash != std::string::npos && (key.substr(slash + 1) == of || key.substr(slash + 1).starts_with(of + "."));
        if (is_own) decided.push_back({key, std::nullopt});
    }
    send_all(ui, std::move(decided));
    select_place(ui, {});
}

ButtonSpec action(const Ui& ui, const char* what, bool is_enabled, Params params = {}) {
    return {"author/" + std::string(what),
            ui.say("ui.author." + std::string(what), std::move(params)),
            {},
            ButtonKind::plain,
            is_enabled && opened(ui).is_open()};
}

bool is_first_item(const AuthorView& view, std::size_t line) {
    return std::none_of(view.lines.begin(), view.lines.begin() + static_cast<std::ptrdiff_t>(line),
                        [](const AuthorLine& one) { return one.level == Level::item; });
}

bool is_last_line(const AuthorView& view, std::size_t line) { return line + 1 == view.lines.size(); }

/// Which section the item belongs to, as a choice.
void draw_section_choice(Ui& ui, Flow& column, std::size_t line) {
    const AuthorView& view = author_view(ui);
    const auto sections = sections_of(view);
    if (sections.size() < 2 || !opened(ui).is_open()) return;
    std::vector<std::string> labels;
    labels.reserve(sections.size());
    for (const SectionRange& section : sections) labels.push_back(view.lines[section.head].text);
    const float label = ui.px(64);
    const Box box{column.x + label, column.y, std::min(ui.px(320), column.width - label), ui.px(36)};
    write_in(ui, {column.x, column.y, label, box.height}, ui.say("ui.author.in-section"), style::small);
    const std::size_t own = section_at(sections, line);
    const auto now = select(ui, box, "author/section", ui.say("ui.author.in-section"), labels, own);
    column.y += box.height + ui.px(8);
    if (now && *now != own) send_all(ui, item_in_section(view, line, *now));
}

}  // namespace

void draw_item_actions(Ui& ui, Flow& column, const AuthorLine& line) {
    const AuthorView& view = author_view(ui);
    const std::size_t at = position_of(ui, line);
    draw_section_choice(ui, column, at);
    const bool is_added = line.place.row >= authoring::added_rows;
    const bool is_part = !is_added && line.place.row >= authoring::part_rows;
    std::vector<ButtonSpec> specs{action(ui, "up", !is_first_item(view, at)),
                                  action(ui, "down", !is_last_line(view, at)), action(ui, "add-item", true)};
    if (is_part)
        specs.push_back(action(ui, "unsplit", true));
    else if (line.parts > 1)
        specs.push_back(action(ui, "split", true, {{"count", static_cast<std::int64_t>(line.parts)}}));
    if (is_added) specs.push_back(action(ui, "remove", true));
    const int pressed = draw_buttons(ui, column, specs);
    if (pressed == 0) send_all(ui, moved_item(view, at, -1));
    if (pressed == 1) send_all(ui, moved_item(view, at, 1));
    if (pressed == 2) add_item(ui, at);
    if (pressed == 0 || pressed == 1) ui.view.author.wants_line = true;
    if (pressed < 3) return;
    if (is_added) return remove_added(ui, line.place);
    const SourcePlace whole{line.place.table, authoring::given_row(line.place.row)};
    decide(ui, decision_key("split", whole), is_part ? std::nullopt : std::optional<std::string>("yes"));
    const std::size_t row = is_part ? whole.row : authoring::part_row(whole.row, 1);
    select_place(ui, {whole.table, row});
}

void draw_heading_actions(Ui& ui, Flow& column, const AuthorLine& line) {
    const AuthorView& view = author_view(ui);
    const std::size_t at = position_of(ui, line);
    if (line.level != Level::section) {
        if (draw_buttons(ui, column, {action(ui, "add-item", true)}) == 0) add_item(ui, at);
        return;
    }
    auto sections = sections_of(view);
    const std::size_t own = section_at(sections, at);
    std::vector<ButtonSpec> specs{action(ui, "up", own > 0), action(ui, "down", own + 1 < sections.size()),
                                  action(ui, "add-item", true), action(ui, "add-section", true)};
    const bool is_added = line.place.row >= authoring::added_rows;
    if (is_added) specs.push_back(action(ui, "remove", true));
    const int pressed = draw_buttons(ui, column, specs);
    if (pressed == 0 || pressed == 1) {
        std::swap(sections[own], sections[pressed == 0 ? own - 1 : own + 1]);
        decide(ui, "sections", section_order(view, sections));
        ui.view.author.wants_line = true;
    }
    if (pressed == 2) add_item(ui, at);
    if (pressed == 3) add_section(ui, at);
    if (pressed == 4) remove_added(ui, line.place);
}

void draw_row_actions(Ui& ui, Flow& column) {
    const SourcePlace& place = ui.view.author.selected;
    for (const SourceTable& table : author_view(ui).tables) {
        constexpr std::size_t most = 8;  // a head has few rows
        const auto row = std::find(table.rows.begin(), table.rows.end(), place.row);
        const auto at = static_cast<std::size_t>(row - table.rows.begin());
        if (table.number != place.table || row == table.rows.end() || at == 0 || at > most || at == table.body)
            continue;
        if (draw_buttons(ui, column, {action(ui, "body-here", true)}) == 0)
            decide(ui, "body/" + std::to_string(table.number), std::to_string(place.row));
    }
}

void draw_ledger_column(Ui& ui, Flow& column, const SourcePlace& place, const SourceColumn& own) {
    constexpr std::array<std::string_view, 7> types{"text", "date", "deadline", "month", "amount", "count", "choice"};
    draw_text_field(ui, column, "author/label", "ui.author.column.label", decision_key("label", place), own.label,
                    false);
    const float label = ui.px(64);
    const std::string key = decision_key("type", place);
    const std::string now = decision_in(opened(ui).rows, key).value_or(own.type);
    std::vector<std::string> labels;
    std::size_t selected = types.size();
    for (std::size_t i = 0; i < types.size(); ++i) {
        labels.push_back(ui.say("ui.author.type." + std::string(types[i])));
        if (now == types[i]) selected = i;
    }
    if (selected == types.size()) labels.push_back(ui.say("ui.author.type." + now));
    const Box box{column.x + label, column.y, std::min(ui.px(260), column.width - label), ui.px(36)};
    write_in(ui, {column.x, column.y, label, box.height}, ui.say("ui.author.column.type"), style::small);
    const auto chosen = select(ui, box, "author/type", ui.say("ui.author.column.type"), labels, selected);
    column.y += box.height + ui.px(8);
    if (chosen && *chosen != selected && *chosen < types.size() && opened(ui).is_open())
        decide(ui, key, std::string(types[*chosen]));
    if (now == "choice")
        draw_text_field(ui, column, "author/options", "ui.author.column.options", decision_key("options", place),
                        own.options, true);
}

void draw_form_lines(Ui& ui, Flow& column) {
    AuthorDesk& desk = ui.view.author;
    const ButtonSpec more{"author/more", ui.say(desk.has_more ? "ui.author.lines.less" : "ui.author.lines.more")};
    if (draw_buttons(ui, column, {more}) == 0) {
        desk.has_more = !desk.has_more;
        ui.view.wants_frame = true;
    }
    if (!desk.has_more) return;
    std::vector<const char*> names{"heads", "notes", "signatures"};
    if (!author_view(ui).is_roster) names = {"heads", "bands", "notes", "remarks", "signatures"};
    for (const char* name : names) {
        const auto found = author_view(ui).around.find(name);
        const std::string key = "ui.author.lines." + std::string(name);
        draw_text_field(ui, column, "author/lines/" + std::string(name), key.c_str(), name,
                        found == author_view(ui).around.end() ? std::string() : found->second, true);
    }
    const std::string text = ui.say("ui.author.lines.hint");
    const float height = write_wrapped(ui, column.x, column.y, column.width, text, style::small);
    emit_text(ui, "author/lines/hint", text, {column.x, column.y, column.width, height});
    column.y += height + ui.px(8);
}

}  // namespace duibiao::ui
