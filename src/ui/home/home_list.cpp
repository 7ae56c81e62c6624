#include "ui/home/home_list.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "core/name_key.hpp"
#include "core/sort.hpp"

namespace duibiao::ui {

namespace {

constexpr float line_px = 46;
constexpr std::size_t overscan = 2;  ///< lines beyond the edges, so that Tab always finds the next
constexpr std::array<std::string_view, 4> states{"draft", "submitted", "returned", "accepted"};
constexpr std::array<std::string_view, 3> orders{"updated", "unit", "score"};

/// The words of a search, each as a key: all of them are wanted.
std::vector<std::string> words_of(std::string_view query) {
    std::vector<std::string> words;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find(' '), query.size());
        if (std::string word = label_key(query.substr(0, end)); !word.empty()) words.push_back(std::move(word));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return words;
}

std::string_view year_of(const DocumentCard& card) { return std::string_view(card.period).substr(0, 4); }

/// All that is asked for but the state.
bool passes(const Ui& ui, const DocumentCard& card, const std::vector<std::string>& words) {
    const HomeList& list = ui.view.home;
    if (!list.year.empty() && year_of(card) != list.year) return false;
    if (list.group > 0) {
        const InstrumentPtr form = ui.state.library.find(card.instrument);
        if (!form || form->form_group != all_form_groups[list.group - 1]) return false;
    }
    if (words.empty()) return true;
    const std::string text = label_key(card.unit + title_of(card) + card.period);
    return std::all_of(words.begin(), words.end(),
                       [&text](const std::string& word) { return text.find(word) != std::string::npos; });
}

/// What the list was made of: it is made anew when that changes.
std::string key_of(const Ui& ui) {
    const HomeList& list = ui.view.home;
    std::size_t mark = ui.state.cards.size();
    const std::hash<std::string_view> hash;
    for (const DocumentCard& card : ui.state.cards)
        for (const std::string_view part :
             {std::string_view(card.id), std::string_view(card.updated), std::string_view(card.state)})
            mark = mark * 31 + hash(part);
    for (const std::string& folded : list.folded) mark = mark * 31 + hash(folded);
    std::string key = list.query + "/" + list.year;
    for (const std::size_t part : {mark, list.state, list.order, list.group}) key += "/" + std::to_string(part);
    return key;
}

void find_documents(const Ui& ui, HomeList& list) {
    const std::vector<DocumentCard>& cards = ui.state.cards;
    const std::vector<std::string> words = words_of(list.query);
    list.found.clear();
    list.years.clear();
    list.counts.fill(0);
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const std::string year(year_of(cards[i]));
        if (std::find(list.years.begin(), list.years.end(), year) == list.years.end()) list.years.push_back(year);
        if (!passes(ui, cards[i], words)) continue;
        const auto state = std::find(states.begin(), states.end(), cards[i].state);
        const auto place = static_cast<std::size_t>(state - states.begin()) + 1;
        ++list.counts[0];
        if (place < list.counts.size()) ++list.counts[place];
        if (list.state == 0 || list.state == place) list.found.push_back(i);
    }
    std::sort(list.years.rbegin(), list.years.rend());
    const auto is_before = [&](std::size_t a, std::size_t b) {
        const auto by_name = [&] {
            return std::tie(cards[a].unit, cards[b].period) < std::tie(cards[b].unit, cards[a].period);
        };
        if (orders[list.order] == "unit") return by_name();
        if (orders[list.order] == "score") return cards[a].score > cards[b].score;
        return cards[a].updated != cards[b].updated ? cards[a].updated > cards[b].updated : by_name();
    };
    sort_stably(list.found, is_before);
}

std::string group_of(const DocumentCard& card) { return card.unit + "\n" + std::string(year_of(card)); }

/// The documents found, those of a unit and year below one head, where that brings some together.
void arrange(const Ui& ui, HomeList& list) {
    const std::vector<DocumentCard>& cards = ui.state.cards;
    std::vector<std::pair<std::string, std::vector<std::size_t>>> groups;
    std::map<std::string, std::size_t> places;
    for (const std::size_t found : list.found) {
        const auto [place, is_new] = places.try_emplace(group_of(cards[found]), groups.size());
        if (is_new) groups.push_back({place->first, {}});
        groups[place->second].second.push_back(found);
    }
    list.lines.clear();
    list.lines.reserve(list.found.size() + groups.size());
    const bool is_grouped = orders[list.order] != "score" && groups.size() * 2 <= list.found.size();
    for (const auto& [key, members] : groups) {
        if (is_grouped) list.lines.push_back({members.front(), static_cast<std::int64_t>(members.size())});
        if (is_grouped && list.folded.contains(key)) continue;
        for (const std::size_t member : members) list.lines.push_back({member, 0});
    }
    if (is_grouped) return;
    list.lines.clear();
    for (const std::size_t found : list.found) list.lines.push_back({found, 0});
}

void refresh_list(Ui& ui) {
    HomeList& list = ui.view.home;
    std::string key = key_of(ui);
    if (list.key == key) return;
    list.key = std::move(key);
    find_documents(ui, list);
    arrange(ui, list);
}

// --- What is asked for ------------------------------------------------------------------------------------------

void choose_year(Ui& ui, const Box& box) {
    HomeList& list = ui.view.home;
    std::vector<std::string> names{ui.say("ui.home.year.all")};
    names.insert(names.end(), list.years.begin(), list.years.end());
    const auto at = std::find(list.years.begin(), list.years.end(), list.year);
    const std::size_t chosen = at == list.years.end() ? 0 : static_cast<std::size_t>(at - list.years.begin()) + 1;
    if (const auto now = select(ui, box, "home/year", ui.say("ui.home.year"), names, chosen))
        list.year = *now == 0 ? std::string() : list.years[*now - 1];
}

void choose_group(Ui& ui, const Box& box) {
    std::vector<std::string> names{ui.say("ui.home.group.all")};
    for (const FormGroup group : all_form_groups) names.push_back(ui.say("group." + std::string(to_string(group))));
    if (const auto now = select(ui, box, "home/group", ui.say("ui.home.kind"), names, ui.view.home.group))
        ui.view.home.group = *now;
}

void choose_order(Ui& ui, const Box& box) {
    std::vector<std::string> names;
    names.reserve(orders.size());
    for (const std::string_view order : orders) names.push_back(ui.say("ui.home.order." + std::string(order)));
    if (const auto now = select(ui, box, "home/order", ui.say("ui.home.order"), names, ui.view.home.order))
        ui.view.home.order = *now;
}

/// With their counts: as tabs where there is room.
void choose_state(Ui& ui, const Box& box, bool as_tabs) {
    HomeList& list = ui.view.home;
    std::vector<std::string> names{ui.say("ui.home.state.all")};
    for (const std::string_view state : states) names.push_back(ui.say("state." + std::string(state)));
    for (std::size_t i = 0; i < names.size(); ++i) names[i] += " " + std::to_string(list.counts[i]);
    const auto now = as_tabs ? segments(ui, box, "home/state", ui.say("ui.home.state"), names, list.state)
                             : select(ui, box, "home/state", ui.say("ui.home.state"), names, list.state);
    if (now) list.state = *now;
}

void search_field(Ui& ui, const Box& box) {
    FieldSpec spec;
    spec.id = "home/search";
    spec.name = ui.say("ui.home.search");
    spec.placeholder = ui.say("ui.home.search.placeholder");
    spec.max_length = 200;
    draft_field(ui, box, std::move(spec), ui.view.home.query);
}

void create_button(Ui& ui, const Box& box) {
    if (button(ui, box, {"new", "+ " + ui.say("ui.new"), ui.say("ui.new"), ButtonKind::primary}))
        ui.send(command::ShowDialog{"new", {}});
}

float draw_tools(Ui& ui, const Box& column, float y) {
    const float height = ui.px(38);
    const float gap = ui.px(8);
    if (ui.is_narrow()) {
        const float part = (column.width - gap) / 2;
        search_field(ui, {column.x, y, column.width, height});
        y += height + gap;
        choose_state(ui, {column.x, y, part, height}, false);
        choose_order(ui, {column.x + part + gap, y, part, height});
        y += height + gap;
        create_button(ui, {column.x, y, column.width, height});
        return y + height + ui.px(14);
    }
    const float create = button_width(ui, "+ " + ui.say("ui.new")) + ui.px(12);
    search_field(ui, {column.x, y, column.width - create - gap, height});
    create_button(ui, {column.right() - create, y, create, height});
    y += height + gap;
    const float part = ui.px(116);
    const float tabs = std::min(ui.px(540), column.width - 3 * (part + gap));
    const bool has_tabs = tabs > ui.px(420);
    choose_state(ui, {column.x, y, has_tabs ? tabs : part, height}, has_tabs);
    choose_order(ui, {column.right() - part, y, part, height});
    choose_group(ui, {column.right() - 2 * part - gap, y, part, height});
    choose_year(ui, {column.right() - 3 * part - 2 * gap, y, part, height});
    return y + height + ui.px(14);
}

// --- The lines --------------------------------------------------------------------------------------------------

/// Where the columns of a line stand.
struct ListColumns {
    float name = 0;
    float state = 0;
    float figure = 0;  ///< its right edge
    float findings = 0;
    float time = 0;
    float end = 0;
};

ListColumns list_columns(const Ui& ui, const Box& line) {
    const float x = line.x + pick_room(ui);
    const float room = line.width - pick_room(ui) - ui.px(50);
    if (ui.is_narrow()) return {x, x + room - ui.px(62), 0, 0, 0, x + room};
    return {x, x + room * 0.44F, x + room * 0.70F, x + room * 0.73F, x + room - ui.px(104), x + room};
}

std::string figure_of(const Ui& ui, const DocumentCard& card) {
    if (card.rows >= 0) return ui.say("ui.card.count", {{"count", std::int64_t{card.rows}}});
    if (card.of == 0) return {};
    const std::string answered = std::to_string(card.scored) + "/" + std::to_string(card.of);
    if (!card.verdict.empty()) return card.verdict + " · " + answered;
    return card.points == Points{} ? answered : card.score.to_string() + " · " + answered;
}

void draw_columns(Ui& ui, const Box& box) {
    const ListColumns at = list_columns(ui, box);
    const auto head = [&](float x, float width, std::string_view key, float align) {
        write_in(ui, {x, box.y, width, box.height}, ui.say("ui.home.column." + std::string(key)), style::small, align);
    };
    head(at.name, at.state - at.name, "form", 0);
    head(at.state, ui.px(80), "state", 0);
    head(at.figure - ui.px(120), ui.px(120), "figure", 1);
    head(at.findings, ui.px(80), "findings", 0);
    head(at.time, at.end - at.time, "time", 1);
    horizontal_line(box.x, box.bottom() - 1, box.width);
}

/// A unit and year, and whether its documents are shown.
void draw_group(Ui& ui, const Box& box, const HomeLine& line) {
    const DocumentCard& card = ui.state.cards[line.card];
    std::string key = group_of(card);
    const bool is_folded = ui.view.home.folded.contains(key);
    const std::string title = ui.say("ui.home.group", {{"unit", card.unit}, {"year", std::string(year_of(card))}});
    const std::string count = ui.say("ui.home.group.count", {{"count", line.count}});
    const std::string id = "home/group/" + key;
    const AreaState state =
        area(ui, box, {id, ui.say(is_folded ? "ui.home.unfold" : "ui.home.fold", {{"title", title + " " + count}})});
    fill(box.inset(1, 0), state.hovered ? colour::hover : colour::head);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const ImVec2 middle{box.x + ui.px(22), box.y + box.height / 2};
    const float s = ui.px(4.5F);
    if (is_folded)
        canvas()->AddTriangleFilled({middle.x - s * 0.7F, middle.y - s}, {middle.x + s * 0.9F, middle.y},
                                    {middle.x - s * 0.7F, middle.y + s}, colour::secondary);
    else
        canvas()->AddTriangleFilled({middle.x - s, middle.y - s * 0.7F}, {middle.x + s, middle.y - s * 0.7F},
                                    {middle.x, middle.y + s * 0.9F}, colour::secondary);
    const float x = box.x + pick_room(ui);
    const float width = std::min(ui.text.measure(title, style::body_strong) + ui.px(4), box.right() - x - ui.px(90));
    write_in(ui, {x, box.y, width, box.height}, title, style::body_strong);
    write_in(ui, {x + width + ui.px(6), box.y, ui.px(80), box.height}, count, style::small);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 2), 6);
    if (!state.pressed) return;
    if (is_folded)
        ui.view.home.folded.erase(key);
    else
        ui.view.home.folded.insert(std::move(key));
    ui.view.wants_frame = true;
}

void draw_names(Ui& ui, const Box& line, const ListColumns& at, const DocumentCard& card, bool below_head) {
    const float width = at.state - at.name - ui.px(10);
    const TextStyle name = with_colour(style::body, colour::text);
    const std::string period = card.period.size() > 4 || !below_head ? "　" + card.period : std::string();
    if (ui.is_narrow() || below_head)
        return write_in(ui, {at.name, line.y, width, line.height},
                        below_head ? title_of(card) + period : card.unit + period + " " + title_of(card), name);
    const float half = width * 0.5F;
    write_in(ui, {at.name, line.y, half - ui.px(10), line.height}, card.unit + period, name);
    write_in(ui, {at.name + half, line.y, half, line.height}, title_of(card), with_colour(style::small, colour::text));
}

/// Form, unit and year where no head has them, state, how far it is, what is found, when it was changed last.
void draw_line(Ui& ui, const Box& box, const DocumentCard& card, bool below_head) {
    const ListColumns at = list_columns(ui, box);
    const std::string id = "card/" + card.id;
    const float pick = pick_room(ui);
    const AreaState state =
        area(ui, {box.x + pick, box.y, box.width - pick - ui.px(46), box.height},
             {id, card.unit + "　" + card.period + " " + title_of(card) + " " + progress_line(ui, card), Role::link,
              false, 4});
    if (state.hovered) fill(box.inset(1, 1), colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    draw_pick(ui, box, card);
    draw_names(ui, box, at, card, below_head);
    const float chip_y = box.y + (box.height - chip_height(ui)) / 2;
    draw_state_chip(ui, at.state, chip_y, card);
    if (!ui.is_narrow()) {
        write_in(ui, {at.figure - ui.px(190), box.y, ui.px(190), box.height}, figure_of(ui, card), style::small, 1);
        draw_finding_chips(ui, at.findings, chip_y, card);
        write_in(ui, {at.time, box.y, at.end - at.time, box.height}, short_time(ui, card), style::small, 1);
    }
    draw_card_menu(ui, {box.right() - ui.px(44), box.y + (box.height - ui.px(36)) / 2, ui.px(36), ui.px(36)}, card);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 2), 6);
    if (state.pressed) ui.send(command::OpenDocument{card.id, {}});
}

/// Whether a line has what has the focus, which stays although it is out of sight.
bool has_focus(const Ui& ui, const HomeLine& line) {
    const std::string& focused = ui.mirror.focused();
    if (focused.empty()) return false;
    const DocumentCard& card = ui.state.cards[line.card];
    return line.count > 0 ? focused == "home/group/" + group_of(card) : focused.ends_with(card.id);
}

void draw_lines(Ui& ui, const Box& table) {
    const std::vector<HomeLine>& lines = ui.view.home.lines;
    const float height = ui.px(line_px);
    const float beyond = height * static_cast<float>(overscan);
    const float top = canvas()->GetClipRectMin().y - beyond;
    const float bottom = canvas()->GetClipRectMax().y + beyond;
    const bool is_grouped = !lines.empty() && lines.front().count > 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Box box{table.x, table.y + height * static_cast<float>(i), table.width, height};
        if ((box.bottom() < top || box.y > bottom) && !has_focus(ui, lines[i])) continue;
        if (lines[i].count > 0)
            draw_group(ui, box, lines[i]);
        else
            draw_line(ui, box, ui.state.cards[lines[i].card], is_grouped);
    }
    if (lines.empty())
        write_in(ui, table.inset(ui.px(14), 0), ui.say("ui.home.none"), with_colour(style::body, colour::secondary));
}

}  // namespace

float draw_home_list(Ui& ui, const Box& column, float y) {
    const bool is_wanted = ui.mirror.pressed("Ctrl+K", {}) || ui.mirror.pressed("/", {});
    if (is_wanted && ui.state.dialog.name.empty()) ui.mirror.request_focus("home/search");
    refresh_list(ui);
    y = draw_tools(ui, column, y);
    const HomeList& list = ui.view.home;
    const std::string title = ui.say("ui.home.found", {{"count", static_cast<std::int64_t>(list.found.size())}});
    emit_text(ui, "home/found", title, {column.x, y, column.width, ui.px(24)}, Role::status);
    write_in(ui, {column.x, y, column.width, ui.px(24)}, title, style::small);
    y = draw_many(ui, column, y + ui.px(30));
    const float head = ui.is_narrow() ? 0 : ui.px(38);
    const float height = ui.px(line_px) * static_cast<float>(std::max<std::size_t>(1, list.lines.size()));
    const Box table{column.x, y, column.width, head + height};
    sheet(table);
    if (head > 0) draw_columns(ui, {table.x, table.y, table.width, head});
    const Box lines{table.x, table.y + head, table.width, height};
    const Container container(ui, make_node(ui, "home/list", Role::list, ui.say("ui.home"), lines));
    draw_lines(ui, lines);
    return table.bottom() + ui.px(28);
}

}  // namespace duibiao::ui
