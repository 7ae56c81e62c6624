// Units by sections, in colour and in figures.
#include <algorithm>

#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

/// Darker where more of the full points is reached; the figure stands in it.
ImU32 heat(float share) {
    const float light = std::clamp((share - 0.4F) / 0.6F, 0.0F, 1.0F);
    const auto mix = [light](int weak, int strong) {
        return static_cast<int>(static_cast<float>(weak) +
                                (static_cast<float>(strong) - static_cast<float>(weak)) * light);
    };
    return IM_COL32(mix(0xF3, 0xA4), mix(0xE4, 0xC2), mix(0xD6, 0xDA), 255);
}

struct Heat {
    float name = 0;
    float total = 0;
    float cell = 0;
};

Heat heat_columns(const Ui& ui, float width) {
    const auto count = static_cast<float>(std::max<std::size_t>(1, desk_view(ui).sections.size()));
    Heat heat;
    heat.name = std::clamp(width * 0.26F, ui.px(110), ui.px(220));
    heat.total = ui.px(64);
    heat.cell = std::max(ui.px(46), (width - heat.name - heat.total - ui.px(16)) / count);
    return heat;
}

void draw_heat_row(Ui& ui, const Box& box, const Heat& at, const std::string& name, const std::string& total,
                   const std::vector<std::optional<Points>>& sums, const TextStyle& look) {
    write_in(ui, {box.x + ui.px(14), box.y, at.name - ui.px(20), box.height}, name, look);
    write_in(ui, {box.x + at.name, box.y, at.total - ui.px(10), box.height}, total, style::body_strong, 1);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const Box cell{box.x + at.name + at.total + at.cell * static_cast<float>(i) + 2, box.y + 3, at.cell - 4,
                       box.height - 6};
        const auto& of = desk_view(ui).sections[i].points;
        if (sums[i] && of && *of > Points{})
            fill(cell, heat(static_cast<float>(sums[i]->hundredths()) / static_cast<float>(of->hundredths())), 4);
        write_in(ui, cell, figure(sums[i]), {13, Weight::regular, colour::text}, 0.5F);
    }
}

/// What the colours mean: the share of the full points.
void draw_legend(Ui& ui, const Box& box) {
    const TextStyle look{12, Weight::regular, colour::secondary};
    const std::string words = ui.say("ui.desk.heat.share");
    float x = box.x;
    write_in(ui, {x, box.y, box.width, box.height}, words, look);
    x += ui.text.measure(words, look) + ui.px(6);
    for (const int percent : {40, 60, 80, 100}) {
        if (x + ui.px(20) > box.right()) return;
        fill({x, box.y + ui.px(3), ui.px(14), box.height - ui.px(6)}, heat(static_cast<float>(percent) / 100), 2);
        x += ui.px(16);
        if (percent != 40 && percent != 100) continue;
        const std::string figure = std::to_string(percent) + "%";
        if (x + ui.text.measure(figure, look) > box.right()) return;
        write_in(ui, {x, box.y, box.width, box.height}, figure, look);
        x += ui.text.measure(figure, look) + ui.px(6);
    }
}

void draw_heat_head(Ui& ui, const Box& box, const Heat& at) {
    fill({box.x + 1, box.y + 1, box.width - 2, box.height - 1}, colour::head);
    const TextStyle look{12, Weight::semibold, colour::secondary};
    write_in(ui, {box.x + ui.px(14), box.y, at.name, ui.px(42)}, ui.say("ui.desk.column.unit"), look);
    write_in(ui, {box.x + at.name, box.y, at.total - ui.px(10), box.height}, ui.say("ui.desk.column.total"), look, 1);
    draw_legend(ui, {box.x + ui.px(14), box.y + ui.px(42), at.name - ui.px(20), ui.px(18)});
    for (std::size_t i = 0; i < desk_view(ui).sections.size(); ++i) {
        const DeskPlace& section = desk_view(ui).sections[i];
        const float x = box.x + at.name + at.total + at.cell * static_cast<float>(i);
        const float height = std::min(ui.px(38), wrapped_height(ui, at.cell - 8, section.name, look));
        canvas()->PushClipRect({x, box.y}, {x + at.cell, box.y + ui.px(42)}, true);
        write_wrapped(ui, x + 4, box.y + ui.px(4) + (ui.px(38) - height) / 2, at.cell - 8, section.name, look);
        canvas()->PopClipRect();
        write_in(ui, {x + 2, box.y + ui.px(42), at.cell - 4, ui.px(18)},
                 section.points ? section.points->to_string() : "", {12, Weight::regular, colour::secondary}, 0.5F);
    }
    horizontal_line(box.x, box.bottom() - 1, box.width);
}

std::vector<std::optional<Points>> means(const Ui& ui) {
    std::vector<std::optional<Points>> sums;
    for (const DeskPlace& section : desk_view(ui).sections) {
        const auto mean = Points::parse(section.layers[ui.view.desk.layer].mean);
        sums.push_back(mean ? std::optional(*mean) : std::nullopt);
    }
    return sums;
}

std::string spoken_row(const Ui& ui, const std::string& name, const std::string& total,
                       const std::vector<std::optional<Points>>& sums) {
    std::string words = name + " " + total;
    for (std::size_t i = 0; i < sums.size(); ++i) words += " " + desk_view(ui).sections[i].name + " " + figure(sums[i]);
    return words;
}

void draw_heat_units(Ui& ui, const Box& body, const Heat& at) {
    const std::size_t layer = ui.view.desk.layer;
    const float line = ui.px(desk_line);
    ScrollArea scroll(ui, "desk/heat", body);
    float y = scroll.origin().y;
    const std::string mean = desk_view(ui).totals[layer].mean;
    draw_heat_row(ui, {body.x, y, body.width, line}, at, ui.say("ui.desk.mean"), mean, means(ui), style::body_strong);
    emit_text(ui, "desk/heat/mean", spoken_row(ui, ui.say("ui.desk.mean"), mean, means(ui)),
              {body.x, y, body.width, line});
    y += line;
    for (const std::uint32_t place : ui.view.desk.shown) {
        const DeskUnit& unit = desk_view(ui).units[place];
        if (!unit.total(layer) || layer >= unit.sections.size()) continue;
        const Box box{body.x, y, body.width, line};
        y += line;
        if (box.bottom() < body.y - line || box.y > body.bottom() + line) continue;
        const std::string id = "desk/heat/" + unit.unit;
        const std::string total = unit.total(layer)->to_string();
        const AreaState state =
            area(ui, box, {id, spoken_row(ui, unit.unit, total, unit.sections[layer]), Role::button, false, 4});
        if (state.hovered) fill(box.inset(1, 0), colour::hover);
        draw_heat_row(ui, box, at, unit.unit, total, unit.sections[layer], style::body);
        if (ui.mirror.focused() == id) focus_ring(box.inset(2, 2), 4);
        if (!state.pressed) continue;
        ui.view.desk.part = 0;
        ui.view.desk.selected = unit.unit;
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

}  // namespace

void draw_desk_matrix(Ui& ui, const Box& place) {
    sheet(place);
    const Heat at = heat_columns(ui, place.width);
    const float head = ui.px(64);
    draw_heat_head(ui, {place.x, place.y, place.width, head}, at);
    draw_heat_units(ui, {place.x, place.y + head, place.width, place.height - head - 1}, at);
}

}  // namespace duibiao::ui
