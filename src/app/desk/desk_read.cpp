// The worker's view of a campaign, out of its JSON (exchange/desk/desk_view.hpp).
#include <algorithm>
#include <utility>

#include "app/desk/desk.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"

namespace duibiao {

namespace {

constexpr std::array<std::string_view, unit_states> state_names{"missing", "draft", "submitted", "accepted",
                                                                "returned"};

std::int64_t number_in(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_number_integer() ? member->get<std::int64_t>() : 0;
}

std::optional<Points> hundredths(const Json& value) {
    return value.is_number_integer() ? std::optional(Points::from_hundredths(value.get<std::int64_t>())) : std::nullopt;
}

std::vector<std::optional<Points>> points_in(const Json& list) {
    std::vector<std::optional<Points>> points;
    points.reserve(list.size());
    for (const Json& value : list) points.push_back(hundredths(value));
    return points;
}

DeskFigures figures_in(const Json& object) {
    return {number_in(object, "n"), text_member(object, "mean"), text_member(object, "median"),
            text_member(object, "min"), text_member(object, "max")};
}

DeskPlace place_in(const Json& object, const std::vector<std::string>& layers) {
    DeskPlace place{text_member(object, "id"), text_member(object, "name"), std::nullopt, {}, {}, {}};
    if (const auto points = points_from_json(member_of(object, "points"))) place.points = *points;
    for (const std::string& layer : layers) {
        const Json& own = member_of(member_of(object, "layers"), layer.c_str());
        place.layers.push_back(figures_in(own));
        const auto lost = Points::parse(text_member(own, "lost"));
        place.lost.push_back(lost ? *lost : Points{});
        place.full.push_back(number_in(own, "full"));
    }
    return place;
}

DeskUnit unit_in(const Json& row) {
    DeskUnit unit;
    unit.unit = text_member(row, "u");
    unit.district = text_member(row, "d");
    unit.class_name = text_member(row, "c");
    unit.contact = text_member(row, "n");
    unit.email = text_member(row, "m");
    unit.reminded = text_member(row, "r");
    unit.due = text_member(row, "due");
    unit.unusable = text_member(row, "x");
    const auto state = std::find(state_names.begin(), state_names.end(), text_member(row, "s"));
    if (state != state_names.end()) unit.state = static_cast<UnitState>(state - state_names.begin());
    if (unit.state == UnitState::missing) return unit;
    unit.document = text_member(row, "doc");
    unit.key = text_member(row, "k");
    unit.edits = static_cast<std::uint64_t>(number_in(row, "e"));
    unit.handed = text_member(row, "h");
    unit.code = text_member(row, "code");
    unit.grade = text_member(row, "g");
    unit.result = hundredths(member_of(row, "total"));
    unit.is_late = flag_member(row, "late");
    unit.is_vetoed = flag_member(row, "veto");
    unit.totals = points_in(member_of(row, "t"));
    for (const Json& layer : member_of(row, "p")) unit.sections.push_back(points_in(layer));
    for (const Json& layer : member_of(row, "l")) {
        std::vector<std::size_t>& losses = unit.losses.emplace_back();
        for (const Json& place : layer) {
            if (place.is_number_unsigned()) losses.push_back(place.get<std::size_t>());
        }
    }
    const Json& counts = member_of(row, "f");
    for (std::size_t i = 0; i < unit.findings.size() && i < counts.size(); ++i) {
        if (counts[i].is_number_integer()) unit.findings[i] = counts[i].get<int>();
    }
    const Json& codes = member_of(row, "fc");
    for (auto code = codes.begin(); codes.is_object() && code != codes.end(); ++code)
        unit.by_rule[code.key()] = static_cast<int>(number_in(codes, code.key().c_str()));
    return unit;
}

void read_uncounted(const Json& roll, DeskView& view) {
    for (const Json& file : member_of(roll, "rejected"))
        view.uncounted.push_back({text_member(file, "file"), {}, {}, "rejected", text_member(file, "why"), {}});
    for (const Json& file : member_of(roll, "uncounted")) {
        DeskUncounted one{text_member(file, "file"),
                          text_member(file, "unit"),
                          text_member(file, "document"),
                          text_member(file, "fate"),
                          {},
                          {}};
        one.perhaps = texts_in(member_of(file, "perhaps"));
        view.uncounted.push_back(std::move(one));
    }
}

/// Of all layers the one that differs in the most units.
DeskChange change_in(const Json& object, const std::vector<std::string>& layers) {
    DeskChange change{text_member(object, "id"), 0, {}};
    for (const std::string& layer : layers) {
        const Json& own = member_of(member_of(object, "layers"), layer.c_str());
        if (number_in(own, "n") <= change.units) continue;
        change.units = number_in(own, "n");
        change.points = text_member(own, "points");
    }
    return change;
}

void read_comparisons(const Json& roll, DeskView& view) {
    for (const Json& group : member_of(roll, "groups")) {
        DeskGroup one{text_member(group, "by"), text_member(group, "name"), number_in(group, "n"), {}};
        for (const std::string& layer : view.layers)
            one.layers.push_back(figures_in(member_of(member_of(group, "layers"), layer.c_str())));
        view.groups.push_back(std::move(one));
    }
    for (const Json& change : member_of(roll, "changes")) view.changes.push_back(change_in(change, view.layers));
}

/// How many have each grade, and the shares.
void read_grades(const Json& roll, DeskView& view) {
    const Json& grades = member_of(roll, "grades");
    for (auto grade = grades.begin(); grades.is_object() && grade != grades.end(); ++grade)
        view.grades.push_back({grade.key(), number_in(grades, grade.key().c_str()), false, 0, 0, {}});
    for (const Json& quota : member_of(member_of(roll, "proposal"), "quotas")) {
        const std::string name = text_member(quota, "grade");
        auto known = std::find_if(view.grades.begin(), view.grades.end(),
                                  [&](const DeskGrade& one) { return one.grade == name; });
        if (known == view.grades.end()) known = view.grades.insert(known, {name, 0, false, 0, 0, {}});
        known->has_quota = true;
        known->seats = number_in(quota, "seats");
        known->held = number_in(quota, "held");
        known->tied = texts_in(member_of(quota, "tied"));
    }
}

void read_roll(const Json& roll, const Json& texts, const Json& titles, DeskView& view) {
    view.instrument = text_member(roll, "instrument");
    view.period = text_member(roll, "period");
    view.received = number_in(roll, "received");
    view.counted = number_in(roll, "counted");
    view.superseded = number_in(roll, "superseded");
    view.doubled = number_in(roll, "doubled");
    view.foreign = number_in(roll, "foreign");
    if (member_of(roll, "expected").is_number_integer()) view.expected = number_in(roll, "expected");
    view.late = number_in(roll, "late");
    for (const std::string& layer : view.layers)
        view.totals.push_back(figures_in(member_of(member_of(roll, "layers"), layer.c_str())));
    for (const Json& section : member_of(roll, "sections")) view.sections.push_back(place_in(section, view.layers));
    for (const Json& criterion : member_of(roll, "criteria")) {
        DeskPlace place = place_in(criterion, view.layers);
        place.name = text_member(texts, place.id.c_str());
        view.criteria.push_back(std::move(place));
    }
    for (const Json& found : member_of(roll, "findings")) {
        const std::string code = text_member(found, "code");
        view.rules.push_back({code, text_member(titles, code.c_str()), text_member(found, "severity"),
                              number_in(found, "units"), number_in(found, "n")});
    }
    read_uncounted(roll, view);
    read_comparisons(roll, view);
    read_grades(roll, view);
    const Json& before = member_of(roll, "previous");
    if (before.is_object() && !view.layers.empty())
        view.before = figures_in(member_of(member_of(before, "layers"), view.layers.front().c_str()));
}

}  // namespace

std::string_view to_string(UnitState state) { return state_names[static_cast<std::size_t>(state)]; }

Result<DeskView> read_desk_view(std::string_view json) {
    const Result<Json> parsed = parse_json(json, limits::backup_bytes);
    if (!parsed) return tl::unexpected(parsed.error());
    DeskView view;
    view.title = text_member(*parsed, "title");
    view.locked = number_in(*parsed, "locked");
    view.layers = texts_in(member_of(*parsed, "layers"));
    view.layer_titles = texts_in(member_of(*parsed, "layer_titles"));
    read_roll(member_of(*parsed, "roll"), member_of(*parsed, "texts"), member_of(*parsed, "titles"), view);
    for (const Json& layer : member_of(*parsed, "lost")) view.lost.push_back(texts_in(layer));
    const std::vector<std::string> refused = texts_in(member_of(*parsed, "refused"));
    for (std::size_t i = 0; i < refused.size() && i < view.uncounted.size(); ++i) view.uncounted[i].unit = refused[i];
    const Json& table = member_of(*parsed, "table");
    view.table_heads = texts_in(member_of(table, "heads"));
    for (const Json& row : member_of(table, "rows")) view.table_rows.push_back(texts_in(row));
    const Json& rows = member_of(*parsed, "units");
    view.units.reserve(rows.size());
    for (const Json& row : rows) {
        view.units.push_back(unit_in(row));
        ++view.states[static_cast<std::size_t>(view.units.back().state)];
    }
    return view;
}

const DeskUnit* DeskState::find(std::string_view key) const {
    if (!view || key.empty()) return nullptr;
    const auto found =
        std::find_if(view->units.begin(), view->units.end(), [key](const DeskUnit& unit) { return unit.key == key; });
    return found == view->units.end() ? nullptr : &*found;
}

}  // namespace duibiao
