// Which units the desk lists, and in which order: worked out once for whatever is asked for.
#include <algorithm>
#include <array>
#include <set>

#include "core/sort.hpp"
#include "core/text.hpp"
#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

/// What a unit wants of the office, most first: what is to be accepted, what does not come, what was returned.
constexpr std::array<int, unit_states> urgency{1, 2, 0, 4, 3};

int urgency_of(const DeskUnit& unit) { return urgency[static_cast<std::size_t>(unit.state)]; }

std::string key_of(const Ui& ui) {
    const DeskList& list = ui.view.desk;
    std::string key = std::to_string(desk(ui).serial) + "\n" + list.query + "\n" + list.district + "\n" +
                      list.class_name + "\n" + list.rule + "\n" + list.grade + "\n" + list.criterion + "\n" +
                      std::to_string(list.layer) + "\n" + std::to_string(list.order) + (list.descending ? "v" : "^");
    if (list.state) key += to_string(*list.state);
    if (list.totals) key += list.totals->first.to_string() + "-" + list.totals->second.to_string();
    return key;
}

/// What came and waits for this office, handed over or not.
UnitState asked_state(const DeskUnit& unit) {
    return unit.state == UnitState::draft ? UnitState::submitted : unit.state;
}

/// Whether a unit loses points in the criterion that is asked for.
bool loses(const DeskView& view, const DeskList& list, const DeskUnit& unit) {
    if (list.criterion.empty()) return true;
    if (list.layer >= unit.losses.size() || list.layer >= view.lost.size()) return false;
    const auto& losses = unit.losses[list.layer];
    return std::any_of(losses.begin(), losses.end(), [&](std::size_t place) {
        return place < view.lost[list.layer].size() && view.lost[list.layer][place] == list.criterion;
    });
}

bool passes(const DeskList& list, const DeskUnit& unit) {
    if (list.state && asked_state(unit) != *list.state) return false;
    if (!list.district.empty() && unit.district != list.district) return false;
    if (!list.class_name.empty() && unit.class_name != list.class_name) return false;
    if (!list.rule.empty() && !unit.by_rule.contains(list.rule)) return false;
    if (!list.grade.empty() && unit.grade != list.grade) return false;
    if (list.totals) {
        const auto total = unit.total(list.layer);
        if (!total || *total < list.totals->first || *total >= list.totals->second) return false;
    }
    return list.query.empty() || unit.unit.find(trim(list.query)) != std::string::npos ||
           unit.contact.find(trim(list.query)) != std::string::npos;
}

std::int64_t total_of(const DeskUnit& unit, std::size_t layer) {
    const auto total = unit.total(layer);
    return total ? total->hundredths() : -1;
}

/// Difference of the layer from the one before it; those without one come last.
std::int64_t difference_of(const DeskUnit& unit, std::size_t layer) {
    constexpr std::int64_t none = 1'000'000'000;
    if (layer == 0 || !unit.total(layer) || !unit.total(layer - 1)) return none;
    return (*unit.total(layer) - *unit.total(layer - 1)).hundredths();
}

/// Negative, zero or positive, as the order's column has it.
int compare(const DeskList& list, const DeskUnit& a, const DeskUnit& b) {
    const auto by = [](const auto& one, const auto& other) { return one < other ? -1 : other < one ? 1 : 0; };
    switch (list.order) {
        case 1:
            return by(a.state, b.state);
        case 2:
            return by(a.unit, b.unit);
        case 3:
            return by(a.district, b.district);
        case 4:
            return by(a.class_name, b.class_name);
        case 5:
            return by(difference_of(a, list.layer), difference_of(b, list.layer));
        case 6:
            return by(b.findings, a.findings);
        case 7:
            return by(a.handed, b.handed);
        case 8:
            return by(a.grade, b.grade);
        case 9:
            return by(b.result, a.result);
        case 0:
            if (urgency_of(a) != urgency_of(b)) return by(urgency_of(a), urgency_of(b));
            return by(b.findings[0], a.findings[0]);  // those with errors first
        default:
            return by(total_of(b, list.order - 10), total_of(a, list.order - 10));
    }
}

std::vector<std::string> names_of(const Ui& ui, std::string DeskUnit::*name) {
    std::set<std::string> names;
    for (const DeskUnit& unit : desk_view(ui).units) {
        if (!(unit.*name).empty()) names.insert(unit.*name);
    }
    return {names.begin(), names.end()};
}

}  // namespace

void refresh_desk_list(Ui& ui) {
    DeskList& list = ui.view.desk;
    const auto layers = scored_layers(ui);
    if (!layers.empty() && std::find(layers.begin(), layers.end(), list.layer) == layers.end())
        list.layer = layers.front();
    std::string key = key_of(ui);
    if (list.key == key) return;
    list.key = std::move(key);
    list.districts = names_of(ui, &DeskUnit::district);
    list.classes = names_of(ui, &DeskUnit::class_name);
    list.shown.clear();
    const auto& units = desk_view(ui).units;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (passes(list, units[i]) && loses(desk_view(ui), list, units[i]))
            list.shown.push_back(static_cast<std::uint32_t>(i));
    }
    sort_stably(list.shown, [&](std::uint32_t a, std::uint32_t b) {
        const int order = compare(list, units[a], units[b]);
        return list.descending ? order > 0 : order < 0;
    });
}

const DeskUnit* selected_unit(const Ui& ui) {
    if (ui.view.desk.selected.empty()) return nullptr;
    for (const std::uint32_t at : ui.view.desk.shown) {
        const DeskUnit& unit = desk_view(ui).units[at];
        if (unit.unit == ui.view.desk.selected) return &unit;
    }
    return nullptr;
}

void open_unit(Ui& ui, const DeskUnit& unit) {
    std::vector<std::string> walk;
    for (const std::uint32_t at : ui.view.desk.shown) {
        const DeskUnit& other = desk_view(ui).units[at];
        if (!other.key.empty()) walk.push_back(other.key);
    }
    ui.send(command::OpenUnit{unit.key, std::move(walk)});
}

void show_units(Ui& ui, DeskList wanted) {
    wanted.layer = ui.view.desk.layer;
    wanted.order = ui.view.desk.order;
    wanted.descending = ui.view.desk.descending;
    ui.view.desk = std::move(wanted);
    ui.view.wants_frame = true;
}

float give_buttons(Ui& ui, const Box& line, const std::string& paper, bool has_room) {
    float right = line.right();
    if (!has_room) return right;
    const DeskList& list = ui.view.desk;
    for (const char* format : {"html", "docx", "xlsx"}) {
        const std::string label = ui.say("ui.desk.list." + std::string(format));
        const float width = button_width(ui, label) - ui.px(8);
        right -= width;
        const std::string id =
            paper == "units" ? "desk/list/" + std::string(format) : "desk/list/" + paper + "/" + format;
        const ButtonSpec spec{id, label, ui.say("ui.desk.list.name", {{"what", label}}), ButtonKind::plain,
                              !list.shown.empty()};
        if (button(ui, {right, line.y, width, line.height}, spec)) {
            command::WriteDesk request{paper, format};
            for (const std::uint32_t at : list.shown) request.units.push_back(desk_view(ui).units[at].unit);
            request.words = listing_words(ui);
            request.is_ranked = list.order == 5 || list.order >= 9;
            ui.send(std::move(request));
        }
        right -= ui.px(8);
    }
    return right;
}

std::string layer_name(const Ui& ui, std::size_t layer) {
    const auto& titles = desk_view(ui).layer_titles;
    return layer < titles.size() ? titles[layer] : std::string();
}

std::string figure(const std::optional<Points>& points) { return points ? points->to_string() : "—"; }

std::vector<std::size_t> scored_layers(const Ui& ui) {
    std::vector<std::size_t> layers;
    for (std::size_t i = 0; i < desk_view(ui).totals.size(); ++i) {
        if (desk_view(ui).totals[i].n > 0) layers.push_back(i);
    }
    return layers;
}

}  // namespace duibiao::ui
