// What the figures of a campaign say: how totals are spread, what loses most, and in which groups.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/sort.hpp"
#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

constexpr int bins = 10;
constexpr std::size_t most_lost = 10;
constexpr ImU32 bar_colour = IM_COL32(0x9E, 0xAE, 0xC6, 255);
constexpr ImU32 bar_hover = IM_COL32(0x7F, 0x95, 0xB4, 255);
constexpr ImU32 lost_colour = IM_COL32(0xC9, 0x67, 0x5F, 255);

struct Bin {
    Points from;
    Points to;  ///< below it; of the last one a little above, so that full points are in it
    int count = 0;
};

Points full_points(const Ui& ui) {
    Points of;
    for (const DeskPlace& section : desk_view(ui).sections) of += section.points.value_or(Points{});
    return of;
}

/// Of the listed units' totals, from the lowest that is a whole step up to full points.
std::vector<Bin> bins_of(const Ui& ui) {
    const DeskList& list = ui.view.desk;
    std::vector<std::int64_t> totals;
    for (const DeskUnit& unit : desk_view(ui).units) {
        if (const auto total = unit.total(list.layer)) totals.push_back(total->hundredths());
    }
    if (totals.empty()) return {};
    const auto [low, high] = std::minmax_element(totals.begin(), totals.end());
    const std::int64_t top = std::max(full_points(ui).hundredths(), *high);
    std::int64_t step = 100;
    for (const std::int64_t wanted : {100, 200, 500, 1000, 2000, 5000, 10000}) {
        step = wanted;
        if ((top - *low) / wanted < bins) break;
    }
    const std::int64_t begin = (*low >= 0 ? *low / step : (*low - step + 1) / step) * step;
    std::vector<Bin> all;
    for (std::int64_t from = begin; from < std::max(top, begin + 1); from += step)
        all.push_back({Points::from_hundredths(from), Points::from_hundredths(from + step), 0});
    for (const std::int64_t total : totals) {
        const auto at = std::min(static_cast<std::size_t>((total - begin) / step), all.size() - 1);
        ++all[at].count;
    }
    all.back().to = Points::from_hundredths(std::max(all.back().to.hundredths(), top + 1));
    return all;
}

void draw_bin(Ui& ui, const Box& box, const Bin& bin, int most, float base) {
    const float share = most == 0 ? 0 : static_cast<float>(bin.count) / static_cast<float>(most);
    const float height = std::max(bin.count > 0 ? 3.0F : 0.0F, (base - box.y - ui.px(20)) * share);
    const Box bar{box.x + ui.px(3), base - height, box.width - ui.px(6), height};
    const std::string from = bin.from.to_string();
    const std::string name =
        ui.say("ui.desk.bin", {{"from", from}, {"to", bin.to.to_string()}, {"count", std::int64_t{bin.count}}});
    const AreaState state = area(ui, {box.x, box.y, box.width, box.height}, {"desk/bin/" + from, name});
    fill(bar, state.hovered ? bar_hover : bar_colour, 2);
    if (bin.count > 0)
        write_in(ui, {box.x, bar.y - ui.px(19), box.width, ui.px(18)}, std::to_string(bin.count), style::small, 0.5F);
    write_in(ui, {box.x, base + ui.px(2), box.width, ui.px(20)}, from, {12, Weight::regular, colour::secondary}, 0.5F);
    if (!state.pressed) return;
    DeskList wanted;
    wanted.totals = std::pair(bin.from, bin.to);
    show_units(ui, std::move(wanted));
}

float draw_spread(Ui& ui, const Box& place) {
    const std::size_t layer = ui.view.desk.layer;
    const auto all = bins_of(ui);
    const Box box{place.x, place.y, place.width, ui.px(216)};
    sheet(box);
    const DeskFigures& figures = desk_view(ui).totals[layer];
    const std::string title = ui.say("ui.desk.spread");
    write_in(ui, {box.x + ui.px(16), box.y + ui.px(10), box.width - ui.px(32), ui.px(24)}, title, style::body_strong);
    emit_heading(ui, "desk/spread", title, 2, {box.x + ui.px(16), box.y + ui.px(10), box.width - ui.px(32), ui.px(24)});
    const std::string words = ui.say("ui.desk.spread.words", {{"n", figures.n},
                                                              {"median", figures.median},
                                                              {"mean", figures.mean},
                                                              {"min", figures.min},
                                                              {"max", figures.max}});
    const Box line{box.x + ui.px(16), box.y + ui.px(34), box.width - ui.px(32), ui.px(22)};
    write_in(ui, line, words, style::small);
    emit_text(ui, "desk/spread/words", words, line);
    if (const auto& before = desk_view(ui).before; before && layer == 0 && before->n > 0) {
        const std::string last =
            ui.say("ui.desk.spread.before", {{"n", before->n}, {"mean", before->mean}, {"median", before->median}});
        write_in(ui, {line.x, line.bottom() - 2, line.width, ui.px(20)}, last, style::small);
        emit_text(ui, "desk/spread/before", last, {line.x, line.bottom(), line.width, ui.px(20)});
    }
    const float base = box.bottom() - ui.px(28);
    const Container group(
        ui, make_node(ui, "desk/bins", Role::group, title, {box.x, box.y + ui.px(60), box.width, ui.px(150)}));
    int most = 0;
    for (const Bin& bin : all) most = std::max(most, bin.count);
    const float width = (box.width - ui.px(24)) / static_cast<float>(std::max<std::size_t>(1, all.size()));
    for (std::size_t i = 0; i < all.size(); ++i)
        draw_bin(ui, {box.x + ui.px(12) + width * static_cast<float>(i), box.y + ui.px(60), width, ui.px(150)}, all[i],
                 most, base);
    horizontal_line(box.x + ui.px(12), base, box.width - ui.px(24));
    return box.bottom() + ui.px(desk_gap);
}

/// The criteria that lose most points over all units.
std::vector<const DeskPlace*> lost_most(const Ui& ui) {
    const std::size_t layer = ui.view.desk.layer;
    std::vector<const DeskPlace*> places;
    for (const DeskPlace& place : desk_view(ui).criteria) {
        if (layer < place.lost.size() && place.lost[layer] > Points{}) places.push_back(&place);
    }
    sort_stably(places, [layer](const auto* a, const auto* b) { return a->lost[layer] > b->lost[layer]; });
    if (places.size() > most_lost) places.resize(most_lost);
    return places;
}

/// A card with a title and lines of equal height, some of them with `more` in all; returns where the first line stands.
float begin_card(Ui& ui, const Box& place, const std::string& id, const std::string& title, std::size_t lines,
                 float more = 0) {
    const Box box{place.x, place.y, place.width, ui.px(54) + ui.px(34) * static_cast<float>(lines) + more};
    sheet(box);
    const Box head{box.x + ui.px(16), box.y + ui.px(10), box.width - ui.px(32), ui.px(26)};
    write_in(ui, head, title, style::body_strong);
    emit_heading(ui, id, title, 2, head);
    return box.y + ui.px(42);
}

/// How the lines of what loses most are divided.
struct LostColumns {
    Box head;           ///< left edge and width
    float figures = 0;  ///< width
    float name = 0;
    Points most;
};

constexpr TextStyle lost_style = with_colour(style::small, colour::text);

/// What does not fit on a line has two.
float second_line(Ui& ui, const LostColumns& at, const DeskPlace& criterion) {
    return ui.text.measure(criterion.name, lost_style) > at.name ? line_height(ui, lost_style) : 0;
}

void draw_lost_name(Ui& ui, const Box& box, const std::string& name) {
    if (box.height < 2 * line_height(ui, lost_style)) return write_in(ui, box, name, lost_style);
    const float height = 2 * line_height(ui, lost_style);
    const Box lines{box.x, box.y + (box.height - height) / 2, box.width, height};
    canvas()->PushClipRect(lines.min(), lines.max(), true);
    write_wrapped(ui, lines.x, lines.y, lines.width, name, lost_style);
    canvas()->PopClipRect();
}

void draw_lost_line(Ui& ui, const Box& box, const LostColumns& at, const DeskPlace& criterion) {
    const std::size_t layer = ui.view.desk.layer;
    const Points lost = criterion.lost[layer];
    const std::int64_t units = criterion.layers[layer].n - criterion.full[layer];
    const std::string figures = ui.say("ui.desk.lost.line", {{"count", units}, {"points", lost.to_string()}});
    write_in(ui, {box.x, box.y, ui.px(52), box.height}, criterion.id, style::small);
    draw_lost_name(ui, {box.x + ui.px(52), box.y, at.name, box.height}, criterion.name);
    const float share = static_cast<float>(lost.hundredths()) / static_cast<float>(at.most.hundredths());
    fill({box.right() - at.figures - ui.px(70), box.y + box.height / 2 - ui.px(4), ui.px(62) * share, ui.px(8)},
         lost_colour, 3);
    write_in(ui, {box.right() - at.figures, box.y, at.figures, box.height}, figures, style::small, 1);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const std::string id = "desk/lost/" + criterion.id;
    const AreaState state =
        area(ui, box, {id, criterion.id + " " + criterion.name + " " + figures, Role::button, false, 4});
    if (ui.mirror.focused() == id) focus_ring(box, 4);
    if (!state.pressed) return;
    DeskList wanted;
    wanted.criterion = criterion.id;
    show_units(ui, std::move(wanted));
}

float draw_lost(Ui& ui, const Box& place) {
    const auto lost = lost_most(ui);
    LostColumns at{{place.x + ui.px(16), 0, place.width - ui.px(32), 0}, ui.px(128), 0, {}};
    at.name = at.head.width - ui.px(60) - at.figures - ui.px(78);
    if (!lost.empty()) at.most = lost.front()->lost[ui.view.desk.layer];
    float more = 0;
    for (const DeskPlace* criterion : lost) more += second_line(ui, at, *criterion);
    const float line = ui.px(34);
    float y = begin_card(ui, place, "desk/lost", ui.say("ui.desk.lost"), std::max<std::size_t>(1, lost.size()), more);
    if (lost.empty()) write_in(ui, {at.head.x, y, at.head.width, line}, ui.say("ui.desk.lost.none"), style::small);
    for (const DeskPlace* criterion : lost) {
        const Box box{at.head.x, y, at.head.width, line + second_line(ui, at, *criterion)};
        draw_lost_line(ui, box, at, *criterion);
        y = box.bottom();
    }
    return y + ui.px(12) + ui.px(desk_gap);
}

/// Districts or classes beside each other: how many, and their mean; a press lists their units.
float draw_groups(Ui& ui, const Box& place, const std::string& by) {
    const std::size_t layer = ui.view.desk.layer;
    std::vector<const DeskGroup*> groups;
    for (const DeskGroup& group : desk_view(ui).groups) {
        if (group.by == by && !group.name.empty() && group.layers[layer].n > 0) groups.push_back(&group);
    }
    if (groups.size() < 2) return place.y;
    const std::string title = ui.say("ui.desk.groups." + by);
    const Points of = full_points(ui);
    float y = begin_card(ui, place, "desk/groups/" + by, title, groups.size());
    for (const DeskGroup* group : groups) {
        const Box line{place.x + ui.px(16), y, place.width - ui.px(32), ui.px(34)};
        y = line.bottom();
        const DeskFigures& figures = group->layers[layer];
        const std::string words =
            ui.say("ui.desk.groups.line", {{"n", figures.n}, {"mean", figures.mean}, {"median", figures.median}});
        const std::string id = "desk/group/" + by + "/" + group->name;
        const AreaState state = area(ui, line, {id, group->name + " " + words, Role::button, false, 4});
        if (state.hovered) fill(line, colour::hover, 4);
        const float room = ui.px(190);
        write_in(ui, {line.x, line.y, ui.px(96), line.height}, group->name, with_colour(style::small, colour::text));
        const auto mean = Points::parse(figures.mean);
        const float share =
            mean && of > Points{} ? static_cast<float>(mean->hundredths()) / static_cast<float>(of.hundredths()) : 0;
        const Box groove{line.x + ui.px(100), line.y + ui.px(13), std::max(0.0F, line.width - room - ui.px(108)),
                         ui.px(8)};
        fill(groove, colour::groove, 4);
        fill({groove.x, groove.y, groove.width * std::clamp(share, 0.0F, 1.0F), groove.height}, bar_colour, 4);
        write_in(ui, {line.right() - room, line.y, room, line.height}, words, style::small, 1);
        if (ui.mirror.focused() == id) focus_ring(line, 4);
        if (!state.pressed) continue;
        DeskList wanted;
        (by == "district" ? wanted.district : wanted.class_name) = group->name;
        show_units(ui, std::move(wanted));
    }
    return y + ui.px(12) + ui.px(desk_gap);
}

/// Grades as the reports say them, and the shares: proposed, never applied; a press lists their units.
float draw_grades(Ui& ui, const Box& place) {
    const auto& grades = desk_view(ui).grades;
    if (grades.empty()) return place.y;
    float y = begin_card(ui, place, "desk/grades", ui.say("ui.desk.grades"), grades.size());
    for (const DeskGrade& grade : grades) {
        const Box line{place.x + ui.px(16), y, place.width - ui.px(32), ui.px(34)};
        y = line.bottom();
        const bool is_over = grade.has_quota && grade.held > grade.seats;
        std::string words = ui.say("ui.desk.grades.line", {{"count", grade.n}});
        if (grade.has_quota)
            words = ui.say("ui.desk.grades.quota", {{"count", grade.n}, {"seats", grade.seats}, {"held", grade.held}});
        if (!grade.tied.empty()) words += ui.say("ui.desk.grades.tied", {{"units", grade.tied}});
        const std::string id = "desk/grade/" + grade.grade;
        const AreaState state = area(ui, line, {id, grade.grade + " " + words, Role::button, false, 4});
        if (state.hovered) fill(line, colour::hover, 4);
        write_in(ui, {line.x, line.y, ui.px(90), line.height}, grade.grade,
                 with_colour(style::small_strong, colour::text));
        write_in(ui, {line.x + ui.px(96), line.y, line.width - ui.px(96), line.height}, words,
                 with_colour(style::small, is_over ? colour::warning : colour::secondary));
        if (ui.mirror.focused() == id) focus_ring(line, 4);
        if (!state.pressed) continue;
        DeskList wanted;
        wanted.grade = grade.grade;
        show_units(ui, std::move(wanted));
    }
    return y + ui.px(12) + ui.px(desk_gap);
}

/// Criteria in which the scorers differ most.
float draw_changes(Ui& ui, const Box& place) {
    const auto& changes = desk_view(ui).changes;
    if (changes.empty()) return place.y;
    const std::size_t count = std::min(changes.size(), most_lost / 2);
    float y = begin_card(ui, place, "desk/changes", ui.say("ui.desk.changes"), count);
    for (std::size_t i = 0; i < count; ++i) {
        const DeskChange& change = changes[i];
        const Box line{place.x + ui.px(16), y, place.width - ui.px(32), ui.px(34)};
        y = line.bottom();
        const auto& criteria = desk_view(ui).criteria;
        const auto criterion =
            std::find_if(criteria.begin(), criteria.end(), [&](const DeskPlace& one) { return one.id == change.id; });
        const std::string name = criterion == criteria.end() ? std::string() : criterion->name;
        const std::string words = ui.say("ui.desk.changes.line", {{"count", change.units}, {"points", change.points}});
        const float room = ui.px(130);
        write_in(ui, {line.x, line.y, ui.px(52), line.height}, change.id, style::small);
        write_in(ui, {line.x + ui.px(52), line.y, line.width - room - ui.px(60), line.height}, name,
                 with_colour(style::small, colour::text));
        write_in(ui, {line.right() - room, line.y, room, line.height}, words, style::small, 1);
        horizontal_line(line.x, line.bottom() - 1, line.width);
        emit_text(ui, "desk/change/" + change.id, change.id + " " + name + " " + words, line);
    }
    return y + ui.px(12) + ui.px(desk_gap);
}

/// Whose scores the figures are of.
float draw_layers(Ui& ui, const Box& line) {
    const auto layers = scored_layers(ui);
    std::vector<std::string> labels;
    labels.reserve(layers.size());
    for (const std::size_t layer : layers) labels.push_back(layer_name(ui, layer));
    const auto chosen = std::find(layers.begin(), layers.end(), ui.view.desk.layer) - layers.begin();
    const float width = ui.px(104) * static_cast<float>(labels.size());
    if (labels.size() > 1) {
        const auto now = segments(ui, {line.x, line.y, width, ui.px(32)}, "desk/layer", ui.say("ui.desk.layer"), labels,
                                  static_cast<std::size_t>(chosen));
        if (now) ui.view.desk.layer = layers[*now];
    }
    const auto& units = desk_view(ui).units;
    const auto verified = std::count_if(units.begin(), units.end(),
                                        [](const DeskUnit& unit) { return unit.state == UnitState::accepted; });
    const std::string words = ui.say("ui.desk.basis", {{"n", desk_view(ui).totals[ui.view.desk.layer].n},
                                                       {"verified", static_cast<std::int64_t>(verified)}}) +
                              (ui.view.desk.shown.size() == units.size() ? std::string() : "　" + listing_words(ui));
    const float right = give_buttons(ui, {line.x, line.y, line.width, ui.px(32)}, "scores", line.width > ui.px(900));
    const float x = labels.size() > 1 ? line.x + width + ui.px(12) : line.x;
    write_in(ui, {x, line.y, right - x, ui.px(32)}, words, style::small);
    emit_text(ui, "desk/basis", words, {x, line.y, right - x, ui.px(32)});
    return ui.px(42);
}

}  // namespace

void draw_desk_scores(Ui& ui, const Box& place) {
    if (scored_layers(ui).empty())
        return write_in(ui, {place.x, place.y, place.width, ui.px(40)}, ui.say("ui.desk.unscored"), style::hint);
    const float top = draw_layers(ui, {place.x, place.y, place.width, 0});
    const Box body{place.x, place.y + top, place.width, place.height - top};
    const bool is_wide = body.width > ui.px(900) && !desk_view(ui).sections.empty();
    const float left = is_wide ? std::min(ui.px(440), body.width * 0.36F) : body.width;
    {
        ScrollArea scroll(ui, "desk/charts", {body.x, body.y, left, body.height});
        const float begin = scroll.origin().y;
        const float card = left - ui.px(is_wide ? 12 : 0);
        float y = draw_spread(ui, {body.x, begin, card, 0});
        y = draw_grades(ui, {body.x, y, card, 0});
        y = draw_lost(ui, {body.x, y, card, 0});
        y = draw_groups(ui, {body.x, y, card, 0}, "district");
        y = draw_groups(ui, {body.x, y, card, 0}, "class");
        y = draw_changes(ui, {body.x, y, card, 0});
        scroll.follow_focus();
        scroll.finish(y - begin);
    }
    if (is_wide)
        draw_desk_matrix(ui,
                         {body.x + left + ui.px(desk_gap), body.y, body.width - left - ui.px(desk_gap), body.height});
}

}  // namespace duibiao::ui
