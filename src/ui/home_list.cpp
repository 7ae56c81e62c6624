#include "ui/home_list.hpp"

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

bool passes(const DocumentCard& card, const HomeList& list, const std::vector<std::string>& words) {
    if (list.state > 0 && card.state != states[list.state - 1]) return false;
    if (words.empty()) return true;
    const std::string text = label_key(card.unit + card.title + card.period);
    return std::all_of(words.begin(), words.end(),
                       [&text](const std::string& word) { return text.find(word) != std::string::npos; });
}

/// What the list was made of: it is made anew when that changes.
std::size_t mark_of(const std::vector<DocumentCard>& cards) {
    std::size_t mark = cards.size();
    for (const DocumentCard& card : cards)
        mark = mark * 31 + std::hash<std::string>{}(card.id + card.updated + card.state);
    return mark;
}

void refresh_list(Ui& ui) {
    HomeList& list = ui.view.home;
    const std::string key = std::to_string(mark_of(ui.state.cards)) + "/" + std::to_string(list.state) + "/" +
                            std::to_string(list.order) + "/" + list.query;
    if (list.key == key) return;
    list.key = key;
    list.found.clear();
    const std::vector<DocumentCard>& cards = ui.state.cards;
    const std::vector<std::string> words = words_of(list.query);
    for (std::size_t i = 0; i < cards.size(); ++i) {
        if (passes(cards[i], list, words)) list.found.push_back(i);
    }
    const auto is_before = [&](std::size_t a, std::size_t b) {
        if (orders[list.order] == "unit")
            return std::tie(cards[a].unit, cards[b].period) < std::tie(cards[b].unit, cards[a].period);
        if (orders[list.order] == "score") return cards[a].score > cards[b].score;
        return cards[a].updated > cards[b].updated;
    };
    sort_stably(list.found, is_before);
}

float draw_tools(Ui& ui, const Box& column, float y) {
    HomeList& list = ui.view.home;
    const float height = ui.px(38);
    const bool narrow = ui.is_narrow();
    const float part = narrow ? (column.width - ui.px(8)) / 2 : ui.px(132);
    const std::string create = "+ " + ui.say("ui.new");
    const float create_width = narrow ? column.width : button_width(ui, create) + ui.px(12);
    const float search = narrow ? column.width : column.width - 2 * (part + ui.px(8)) - create_width - ui.px(8);
    FieldSpec spec;
    spec.id = "home/search";
    spec.name = ui.say("ui.home.search");
    spec.placeholder = ui.say("ui.home.search.placeholder");
    spec.max_length = 200;
    draft_field(ui, {column.x, y, search, height}, std::move(spec), list.query);
    float x = narrow ? column.x : column.x + search + ui.px(8);
    if (narrow) y += height + ui.px(8);
    std::vector<std::string> shown{ui.say("ui.home.state.all")};
    for (const std::string_view state : states) shown.push_back(ui.say("state." + std::string(state)));
    if (const auto state = select(ui, {x, y, part, height}, "home/state", ui.say("ui.home.state"), shown, list.state))
        list.state = *state;
    x += part + ui.px(8);
    std::vector<std::string> sorted;
    sorted.reserve(orders.size());
    for (const std::string_view order : orders) sorted.push_back(ui.say("ui.home.order." + std::string(order)));
    if (const auto order = select(ui, {x, y, part, height}, "home/order", ui.say("ui.home.order"), sorted, list.order))
        list.order = *order;
    x = narrow ? column.x : x + part + ui.px(8);
    if (narrow) y += height + ui.px(8);
    if (button(ui, {x, y, create_width, height}, {"new", create, ui.say("ui.new"), ButtonKind::primary}))
        ui.send(command::ShowDialog{"new", {}});
    return y + height + ui.px(14);
}

float pick_room(const Ui& ui) { return ui.px(44); }

/// The box at a line's beginning.
void draw_pick(Ui& ui, const Box& line, const DocumentCard& card) {
    auto& picked = ui.view.home.picked;
    const Box box{line.x, line.y, pick_room(ui), line.height};
    const std::string id = "pick/" + card.id;
    const Hit mouse = hit(id, box);
    const bool is_on = picked.contains(card.id);
    const float side = ui.px(18);
    const Box mark{box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side};
    fill(mark, is_on ? colour::accent : mouse.hovered ? colour::hover : colour::sheet, 4);
    if (is_on) {
        const float s = side / 18;
        const ImVec2 points[3] = {
            {mark.x + 4 * s, mark.y + 9 * s}, {mark.x + 8 * s, mark.y + 13 * s}, {mark.x + 14 * s, mark.y + 5 * s}};
        canvas()->AddPolyline(points, 3, colour::sheet, 0, 2 * s);
    } else {
        outline(mark, colour::secondary, 4);
    }
    MirrorNode node =
        make_node(ui, id, Role::checkbox,
                  ui.say("ui.many.pick", {{"name", card.unit + " " + card.period + " " + card.title}}), box);
    node.value = is_on ? "true" : "false";
    emit(ui, std::move(node));
    if (ui.mirror.focused() == id) focus_ring(mark.inset(-4, -4), 6);
    if (!mouse.clicked && !ui.mirror.clicked(id)) return;
    if (is_on)
        picked.erase(card.id);
    else
        picked.insert(card.id);
    ui.view.wants_frame = true;
}

/// What can be done to the documents that are picked.
float draw_many(Ui& ui, const Box& column, float y) {
    HomeList& list = ui.view.home;
    std::vector<std::string> picked;
    for (const DocumentCard& card : ui.state.cards) {
        if (list.picked.contains(card.id)) picked.push_back(card.id);
    }
    if (picked.empty()) {
        list.picked.clear();
        return y;
    }
    const auto count = static_cast<std::int64_t>(picked.size());
    const std::vector<ButtonSpec> specs{
        {"many/all", ui.say("ui.many.all", {{"count", static_cast<std::int64_t>(list.found.size())}})},
        {"many/reports", ui.say("ui.many.reports")},
        {"many/backup", ui.say("ui.many.backup")},
        {"many/delete", ui.say("ui.many.delete")},
        {"many/none", ui.say("ui.many.none")}};
    const std::string title = ui.say("ui.many.picked", {{"count", count}});
    const float height = ui.px(36);
    float x = column.x + ui.px(12);
    const float words = ui.text.measure(title, style::body_strong) + ui.px(14);
    float wanted = words + ui.px(12);
    for (const ButtonSpec& spec : specs) wanted += button_width(ui, spec.label) + ui.px(8);
    const bool wraps = wanted > column.width;
    const Box bar{column.x, y, column.width, wraps ? 3 * height + ui.px(24) : height + ui.px(12)};
    fill(bar, colour::accent_tint, 8);
    float top = y + ui.px(6);
    write_in(ui, {x, top, words, height}, title, style::body_strong);
    emit_text(ui, "many/picked", title, {x, top, words, height}, Role::status);
    x += words;
    std::string pressed;
    for (const ButtonSpec& spec : specs) {
        const float width = button_width(ui, spec.label);
        if (x + width > column.right() - ui.px(8)) {
            x = column.x + ui.px(12);
            top += height + ui.px(6);
        }
        if (button(ui, {x, top, width, height}, spec)) pressed = spec.id;
        x += width + ui.px(8);
    }
    if (pressed == "many/all")
        for (const std::size_t found : list.found) list.picked.insert(ui.state.cards[found].id);
    if (pressed == "many/reports") ui.send(command::GiveDocuments{picked, true});
    if (pressed == "many/backup") ui.send(command::GiveDocuments{picked, false});
    if (pressed == "many/delete") ui.send(command::DeleteDocuments{picked});
    if (pressed == "many/none" || pressed == "many/delete") list.picked.clear();
    if (!pressed.empty()) ui.view.wants_frame = true;
    return bar.bottom() + ui.px(10);
}

/// Unit and year, form, how far it is, when it was changed last.
void draw_line(Ui& ui, const Box& box, const DocumentCard& card) {
    draw_pick(ui, box, card);
    const bool narrow = ui.is_narrow();
    const std::string unit = card.unit + "　" + card.period;
    const std::string line = progress_line(ui, card);
    const std::string id = "card/" + card.id;
    const float pick = pick_room(ui);
    const AreaState state = area(ui, {box.x + pick, box.y, box.width - pick - ui.px(46), box.height},
                                 {id, unit + " " + card.title + " " + line, Role::link, false, 4});
    if (state.hovered) fill(box.inset(1, 1), colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const float x = box.x + pick;
    const float room = box.width - pick - ui.px(50);
    const float first = room * (narrow ? 0.62F : 0.30F);
    write_in(ui, {x, box.y, first - ui.px(10), box.height}, narrow ? unit + " " + card.title : unit,
             with_colour(style::body, colour::text));
    const float second = narrow ? 0 : room * 0.24F;
    if (!narrow)
        write_in(ui, {x + first, box.y, second - ui.px(10), box.height}, card.title,
                 with_colour(style::small, colour::text));
    const float chips = x + first + second;
    const float end = draw_chips(ui, chips, box.y + (box.height - chip_height(ui)) / 2, card);
    if (!narrow) {
        const float time = ui.px(104);
        const float left = box.x + box.width - ui.px(50) - time;
        if (left - end > ui.px(40)) write_in(ui, {end, box.y, left - end - ui.px(8), box.height}, line, style::small);
        write_in(ui, {left, box.y, time, box.height}, short_time(ui, card), style::small, 1);
    }
    draw_card_menu(ui, {box.right() - ui.px(44), box.y + (box.height - ui.px(36)) / 2, ui.px(36), ui.px(36)}, card);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 2), 6);
    if (state.pressed) ui.send(command::OpenDocument{card.id, {}});
}

}  // namespace

float draw_home_list(Ui& ui, const Box& column, float y) {
    const bool is_wanted = ui.mirror.pressed("Ctrl+K", {}) || ui.mirror.pressed("/", {});
    if (is_wanted && ui.state.dialog.name.empty()) ui.mirror.request_focus("home/search");
    refresh_list(ui);
    y = draw_tools(ui, column, y);
    const HomeList& list = ui.view.home;
    const auto count = static_cast<std::int64_t>(list.found.size());
    const std::string title = ui.say("ui.home.found", {{"count", count}});
    emit_text(ui, "home/found", title, {column.x, y, column.width, ui.px(24)}, Role::status);
    write_in(ui, {column.x, y, column.width, ui.px(24)}, title, style::small);
    y = draw_many(ui, column, y + ui.px(30));
    const float height = ui.px(line_px);
    const Box table{column.x, y, column.width,
                    height * static_cast<float>(std::max<std::size_t>(1, list.found.size()))};
    sheet(table);
    MirrorNode node = make_node(ui, "home/list", Role::list, ui.say("ui.home"), table);
    const Container container(ui, std::move(node));
    const float top = canvas()->GetClipRectMin().y;
    const float bottom = canvas()->GetClipRectMax().y;
    const std::string& focused = ui.mirror.focused();
    for (std::size_t i = 0; i < list.found.size(); ++i) {
        const Box box{column.x, y + height * static_cast<float>(i), column.width, height};
        const float beyond = height * static_cast<float>(overscan);
        const DocumentCard& card = ui.state.cards[list.found[i]];
        const bool in_sight = box.bottom() > top - beyond && box.y < bottom + beyond;
        if (in_sight || (focused.ends_with(card.id) && !focused.empty())) draw_line(ui, box, card);
    }
    if (list.found.empty())
        write_in(ui, table.inset(ui.px(14), 0), ui.say("ui.home.none"), with_colour(style::body, colour::secondary));
    return table.bottom() + ui.px(28);
}

}  // namespace duibiao::ui
