// The units of a campaign, one line each, and what can be asked of them.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t overscan = 4;      ///< lines drawn beyond what is in sight
constexpr std::size_t first_total = 10;  ///< DeskList::order of the first layer's totals
const char* const unit_keys = "ArrowDown ArrowUp Home End PageDown PageUp Enter Escape";

struct Column {
    std::size_t order = 0;  ///< DeskList::order
    std::string label;
    float x = 0;
    float width = 0;
    float align = 0;
};

std::vector<Column> columns_of(const Ui& ui, const Box& line) {
    const auto say = [&](const char* key) { return ui.say("ui.desk.column." + std::string(key)); };
    std::vector<Column> columns{{1, say("state"), 0, ui.px(84), 0}, {2, say("unit"), 0, 0, 0}};
    const auto layers = scored_layers(ui);
    const bool wide = line.width > ui.px(760);
    const bool narrow = line.width < ui.px(520);
    if (line.width > ui.px(900) && !ui.view.desk.districts.empty())
        columns.push_back({3, say("district"), 0, ui.px(96), 0});
    if (line.width > ui.px(1060) && !ui.view.desk.classes.empty())
        columns.push_back({4, say("class"), 0, ui.px(84), 0});
    for (const std::size_t layer : layers) {
        if (!narrow || layer == ui.view.desk.layer)
            columns.push_back({first_total + layer, layer_name(ui, layer), 0, ui.px(72), 1});
    }
    const auto& units = desk_view(ui).units;
    const auto has_grade = [](const DeskUnit& unit) { return !unit.grade.empty(); };
    const auto has_result = [](const DeskUnit& unit) { return unit.result.has_value(); };
    if (layers.size() > 1 && std::any_of(units.begin(), units.end(), has_result))
        columns.push_back({9, say("total"), 0, ui.px(72), 1});
    if (wide && std::any_of(units.begin(), units.end(), has_grade))
        columns.push_back({8, say("grade"), 0, ui.px(72), 0});
    if (wide && layers.size() > 1) columns.push_back({5, say("difference"), 0, ui.px(60), 1});
    if (!narrow) columns.push_back({6, say("findings"), 0, ui.px(wide ? 112 : 64), 0});
    if (wide) columns.push_back({7, say("handed"), 0, ui.px(104), 0});
    if (line.width > ui.px(1160)) columns.push_back({0, say("contact"), 0, ui.px(110), 0});
    float used = ui.px(20);
    for (const Column& column : columns) used += column.width + ui.px(12);
    for (Column& column : columns) {
        if (column.width == 0) column.width = std::max(ui.px(110), line.width - used);
    }
    float x = line.x + ui.px(14);
    for (Column& column : columns) {
        column.x = x;
        x += column.width + ui.px(12);
    }
    return columns;
}

void press_head(Ui& ui, const Column& column) {
    DeskList& list = ui.view.desk;
    if (list.order == column.order) {
        list.descending = !list.descending;
    } else {
        list.order = column.order;
        list.descending = false;
    }
    ui.view.wants_frame = true;
}

void draw_heads(Ui& ui, const Box& box, const std::vector<Column>& columns) {
    fill({box.x + 1, box.y + 1, box.width - 2, box.height - 1}, colour::head);
    const Container row(ui, make_node(ui, "desk/heads", Role::group, ui.say("ui.desk.heads"), box));
    for (const Column& column : columns) {
        const Box place{column.x, box.y, column.width, box.height};
        const bool is_order = column.order != 0 && ui.view.desk.order == column.order;
        const std::string label = column.label + (is_order ? ui.view.desk.descending ? " ↓" : " ↑" : "");
        write_in(ui, place, label, {13, Weight::semibold, colour::secondary}, column.align);
        const std::string id = "desk/head/" + std::to_string(column.order);
        if (column.order == 0) {
            emit_text(ui, id, column.label, place);
            continue;
        }
        const AreaState state = area(ui, place, {id, ui.say("ui.desk.sort", {{"column", column.label}})});
        if (state.pressed) press_head(ui, column);
    }
    horizontal_line(box.x, box.bottom() - 1, box.width);
}

std::string difference(const DeskUnit& unit, std::size_t layer) {
    if (layer == 0 || !unit.total(layer) || !unit.total(layer - 1)) return "—";
    const Points points = *unit.total(layer) - *unit.total(layer - 1);
    std::string text = points.to_string();
    if (text.starts_with('-')) text.replace(0, 1, "−");
    return points > Points{} ? "+" + text : text;
}

/// The last layer that has a score, for the difference.
std::size_t last_layer(const DeskUnit& unit) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < unit.totals.size(); ++i) {
        if (unit.totals[i]) last = i;
    }
    return last;
}

std::string handed_words(const Ui& ui, const DeskUnit& unit) {
    if (unit.state == UnitState::missing)
        return unit.unusable.empty() ? unit.reminded : ui.say("ui.desk.came-unusable");
    if (unit.handed.empty()) return ui.say("ui.desk.not-handed");
    return unit.handed.substr(5) + (unit.is_late ? " " + ui.say("ui.desk.late") : "");
}

void draw_findings(Ui& ui, const Column& column, float y, const DeskUnit& unit) {
    float x = column.x;
    if (unit.findings[0] > 0)
        x += chip(ui, x, y, ui.say("ui.count.errors", {{"count", std::int64_t{unit.findings[0]}}}), Tone::error) + 6;
    if (unit.findings[1] > 0 && x + ui.px(44) <= column.x + column.width)
        chip(ui, x, y, ui.say("ui.count.warnings", {{"count", std::int64_t{unit.findings[1]}}}), Tone::warning);
}

std::string cell_text(const Ui& ui, const DeskUnit& unit, std::size_t order) {
    switch (order) {
        case 2:
            return unit.unit;
        case 3:
            return unit.district;
        case 4:
            return unit.class_name;
        case 5:
            return difference(unit, last_layer(unit));
        case 7:
            return handed_words(ui, unit);
        case 8:
            return unit.grade;
        case 9:
            return unit.state == UnitState::missing ? std::string() : figure(unit.result);
        case 0:
            return unit.contact;
        default:
            return order >= first_total && unit.state != UnitState::missing ? figure(unit.total(order - first_total))
                                                                            : std::string();
    }
}

std::string spoken(const Ui& ui, const DeskUnit& unit, const std::vector<Column>& columns) {
    std::string words = unit.unit + " " + ui.say("ui.desk.state." + std::string(to_string(unit.state)));
    for (const Column& column : columns) {
        if (column.order < 3 || column.order == 6) continue;
        const std::string text = cell_text(ui, unit, column.order);
        if (!text.empty() && text != "—") words += " " + column.label + " " + text;
    }
    if (unit.grave() > 0) words += " " + ui.say("ui.findings.button", {{"count", std::int64_t{unit.grave()}}});
    return words;
}

void take_key(Ui& ui, std::size_t at, const std::string& id) {
    const auto& shown = ui.view.desk.shown;
    const std::size_t page = 10;
    std::size_t wanted = at;
    if (ui.mirror.pressed("ArrowDown", id)) wanted = std::min(at + 1, shown.size() - 1);
    if (ui.mirror.pressed("ArrowUp", id)) wanted = at == 0 ? 0 : at - 1;
    if (ui.mirror.pressed("PageDown", id)) wanted = std::min(at + page, shown.size() - 1);
    if (ui.mirror.pressed("PageUp", id)) wanted = at < page ? 0 : at - page;
    if (ui.mirror.pressed("Home", id)) wanted = 0;
    if (ui.mirror.pressed("End", id)) wanted = shown.size() - 1;
    if (ui.mirror.pressed("Escape", id)) ui.view.desk.selected.clear();
    const DeskUnit& unit = desk_view(ui).units[shown[wanted]];
    if (ui.mirror.pressed("Enter", id) && !unit.key.empty()) return open_unit(ui, unit);
    if (wanted == at) return;
    ui.view.desk.selected = unit.unit;
    ui.mirror.request_focus("desk/unit/" + unit.unit);
    ui.view.wants_frame = true;
}

void draw_unit(Ui& ui, const Box& box, std::size_t at, const std::vector<Column>& columns) {
    const DeskUnit& unit = desk_view(ui).units[ui.view.desk.shown[at]];
    const std::string id = "desk/unit/" + unit.unit;
    const bool is_selected = ui.view.desk.selected == unit.unit;
    const AreaState state =
        keyed_area(ui, box, {id, spoken(ui, unit, columns), Role::button, is_selected, 4}, unit_keys);
    if (is_selected || state.hovered) fill(box.inset(1, 0), is_selected ? colour::selected : colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const bool is_missing = unit.state == UnitState::missing;
    const float chip_y = box.y + (box.height - chip_height(ui)) / 2;
    for (const Column& column : columns) {
        if (column.order == 1) {
            state_chip(ui, column.x, chip_y, unit.state);
        } else if (column.order == 6) {
            draw_findings(ui, column, chip_y, unit);
        } else {
            const TextStyle plain = column.order == 2 || column.align > 0 ? style::body : style::small;
            const TextStyle look = is_missing                         ? with_colour(plain, colour::secondary)
                                   : is_selected && column.order == 2 ? style::body_strong
                                                                      : plain;
            write_in(ui, {column.x, box.y, column.width, box.height}, cell_text(ui, unit, column.order), look,
                     column.align);
        }
    }
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 1), 4);
    if (state.pressed) ui.view.desk.selected = is_selected ? std::string() : unit.unit;
    take_key(ui, at, id);
}

void draw_lines(Ui& ui, const Box& table, const std::vector<Column>& columns) {
    const auto& shown = ui.view.desk.shown;
    const float height = ui.px(desk_line);
    const Container list(ui, make_node(ui, "desk/units", Role::group, ui.say("ui.desk.part.units"),
                                       {table.x, table.y, table.width, height * static_cast<float>(shown.size())}));
    const float above = canvas()->GetClipRectMin().y - table.y;
    const float below = canvas()->GetClipRectMax().y - table.y;
    const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor(above / height) - overscan));
    const auto last = static_cast<std::size_t>(std::max(0.0F, std::ceil(below / height) + overscan));
    const std::string& focused = ui.mirror.focused();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool is_in_sight = i >= first && i <= last;
        // What has the focus, or is to get it, stays although it is out of sight.
        const auto is_wanted = [&] {
            const std::string& name = desk_view(ui).units[shown[i]].unit;
            return name == ui.view.desk.selected || focused == "desk/unit/" + name;
        };
        if (is_in_sight || is_wanted())
            draw_unit(ui, {table.x, table.y + height * static_cast<float>(i), table.width, height}, i, columns);
    }
}

std::optional<std::string> choose(Ui& ui, const Box& box, const std::string& id, const std::string& name,
                                  const std::string& all, const std::vector<std::string>& names,
                                  const std::string& chosen) {
    std::vector<std::string> options{all};
    options.insert(options.end(), names.begin(), names.end());
    const auto at = std::find(names.begin(), names.end(), chosen);
    const std::size_t now = at == names.end() ? 0 : static_cast<std::size_t>(at - names.begin()) + 1;
    const auto picked = select(ui, box, id, name, options, now);
    if (!picked) return std::nullopt;
    return *picked == 0 ? std::string() : options[*picked];
}

/// The list as it stands here, as a paper.
/// Words, district, class; and what else narrows the list, to be taken away. Returns their height.
float draw_filters(Ui& ui, const Box& line) {
    DeskList& list = ui.view.desk;
    const float height = ui.px(34);
    const bool is_wanted = ui.mirror.pressed("/", {}) || ui.mirror.pressed("Ctrl+K", {});
    if (is_wanted && ui.state.dialog.name.empty()) ui.mirror.request_focus("desk/search");
    float right = line.right();
    const float part = ui.px(120);
    if (!list.classes.empty() && line.width > ui.px(420)) {
        right -= part;
        if (auto now = choose(ui, {right, line.y, part, height}, "desk/class", ui.say("ui.desk.column.class"),
                              ui.say("ui.desk.class.all"), list.classes, list.class_name))
            list.class_name = *now;
        right -= ui.px(8);
    }
    if (!list.districts.empty() && line.width > ui.px(420)) {
        right -= part;
        if (auto now = choose(ui, {right, line.y, part, height}, "desk/district", ui.say("ui.desk.column.district"),
                              ui.say("ui.desk.district.all"), list.districts, list.district))
            list.district = *now;
        right -= ui.px(8);
    }
    if (list.state == UnitState::missing && !list.shown.empty() && line.width > ui.px(700)) {
        const std::string note = ui.say("ui.desk.note-all");
        const std::string remind = ui.say("ui.desk.remind");
        right -= button_width(ui, note);
        if (button(ui, {right, line.y, button_width(ui, note), height},
                   {"desk/note-all", note, {}, ButtonKind::plain, opened(ui).is_open()})) {
            std::vector<std::string> units;
            for (const std::uint32_t at : list.shown) units.push_back(desk_view(ui).units[at].unit);
            ui.send(command::NoteReminder{std::move(units)});
        }
        right -= button_width(ui, remind) + ui.px(8);
        if (button(ui, {right, line.y, button_width(ui, remind), height},
                   {"desk/remind", remind, {}, ButtonKind::primary}))
            list.part = 3;
        right -= ui.px(8);
    }
    right = give_buttons(ui, {line.x, line.y, right - line.x, height}, "units", line.width > ui.px(900));
    FieldSpec spec;
    spec.id = "desk/search";
    spec.name = ui.say("ui.desk.search");
    spec.placeholder = spec.name;
    spec.max_length = 100;
    const float width = std::min(ui.px(220), std::max(ui.px(100), right - line.x - ui.px(120)));
    draft_field(ui, {right - width, line.y, width, height}, std::move(spec), list.query);
    right -= width + ui.px(12);
    const auto title = [&] {
        for (const DeskRule& rule : desk_view(ui).rules) {
            if (rule.code == list.rule) return rule.title;
        }
        return list.totals ? ui.say("ui.desk.totals",
                                    {{"from", list.totals->first.to_string()}, {"to", list.totals->second.to_string()}})
                           : std::string();
    }();
    const std::string count = ui.say(title.empty() ? "ui.desk.count" : "ui.desk.count.only",
                                     {{"count", static_cast<std::int64_t>(list.shown.size())}, {"what", title}});
    const Box words{line.x, line.y, std::max(0.0F, right - line.x), height};
    write_in(ui, words, count, style::small);
    emit_text(ui, "desk/count", count, words, Role::status);
    if (!title.empty()) {
        const float used = ui.text.measure(count, style::small) + ui.px(10);
        const std::string label = ui.say("ui.desk.all");
        if (button(ui, {line.x + used, line.y + ui.px(2), button_width(ui, label) - ui.px(8), ui.px(30)},
                   {"desk/all", label, {}, ButtonKind::quiet})) {
            list.rule.clear();
            list.criterion.clear();
            list.grade.clear();
            list.totals.reset();
        }
    }
    return height + ui.px(8);
}

}  // namespace

std::string listing_words(const Ui& ui) {
    const DeskList& list = ui.view.desk;
    std::vector<std::string> parts;
    if (list.state) parts.push_back(ui.say("ui.desk.state." + std::string(to_string(*list.state))));
    for (const std::string* part : {&list.district, &list.class_name, &list.query}) {
        if (!part->empty()) parts.push_back(*part);
    }
    for (const DeskRule& rule : desk_view(ui).rules) {
        if (rule.code == list.rule) parts.push_back(rule.title);
    }
    if (!list.grade.empty()) parts.push_back(list.grade);
    if (!list.criterion.empty())
        parts.push_back(ui.say("ui.desk.loses", {{"layer", layer_name(ui, list.layer)}, {"item", list.criterion}}));
    if (list.totals)
        parts.push_back(ui.say("ui.desk.totals",
                               {{"from", list.totals->first.to_string()}, {"to", list.totals->second.to_string()}}));
    return parts.empty() ? ui.say("ui.desk.listing.all") : ui.say("ui.desk.listing", {{"parts", parts}});
}

AreaState keyed_area(Ui& ui, const Box& box, const AreaSpec& spec, const std::string& keys) {
    const Hit mouse = hit(spec.id, box);
    MirrorNode node = make_node(ui, spec.id, spec.role, spec.name, box);
    node.selected = spec.selected;
    node.keys = keys;
    emit(ui, std::move(node));
    return {mouse.hovered, mouse.clicked || ui.mirror.clicked(spec.id)};
}

float state_chip(Ui& ui, float x, float y, UnitState state) {
    const Tone tone = state == UnitState::accepted   ? Tone::good
                      : state == UnitState::returned ? Tone::warning
                                                     : Tone::neutral;
    const std::string text = ui.say("ui.desk.state." + std::string(to_string(state)));
    if (state != UnitState::submitted) return chip(ui, x, y, text, tone);
    const float width = chip_width(ui, text);
    const Box box{x, y, width, chip_height(ui)};
    fill(box, IM_COL32(0xE6, 0xEE, 0xF7, 255), 4);
    write_in(ui, box, text, {12.5F, Weight::regular, IM_COL32(0x2B, 0x5B, 0x8C, 255)}, 0.5F);
    return width;
}

void draw_desk_units(Ui& ui, const Box& place) {
    const float top = draw_filters(ui, {place.x, place.y, place.width, 0});
    const DeskUnit* unit = selected_unit(ui);
    const bool has_room = place.width > ui.px(980);
    const float drawer = unit != nullptr && has_room ? ui.px(340) : 0;
    const Box table{place.x, place.y + top, place.width - (drawer > 0 ? drawer + ui.px(desk_gap) : 0),
                    place.height - top};
    const float head = ui.px(38);
    if (unit != nullptr && !has_room) {
        draw_unit_drawer(ui, {place.x, table.y, place.width, table.height}, *unit);
        return;
    }
    sheet(table);
    const std::vector<Column> columns = columns_of(ui, table);
    draw_heads(ui, {table.x, table.y, table.width, head}, columns);
    const Box body{table.x, table.y + head, table.width, table.height - head - 1};
    {
        ScrollArea scroll(ui, "desk/scroll", body);
        draw_lines(ui, {scroll.origin().x, scroll.origin().y, body.width, 0}, columns);
        if (ui.view.desk.shown.empty())
            write_in(ui, {body.x + ui.px(16), scroll.origin().y, body.width, ui.px(48)}, ui.say("ui.desk.none"),
                     style::hint);
        scroll.follow_focus();
        scroll.finish(ui.px(desk_line) * static_cast<float>(ui.view.desk.shown.size()));
    }
    if (drawer > 0) draw_unit_drawer(ui, {place.right() - drawer, table.y, drawer, table.height}, *unit);
}

}  // namespace duibiao::ui
