// How far a form has come on its way through the offices, as a parcel's stations are shown.
#include <algorithm>

#include "ui/widgets.hpp"

namespace duibiao::ui {

namespace {

struct Station {
    std::string id;
    std::string words;  ///< "自评：已报送"
    std::string by;     ///< who and when; empty where nothing was handed over
    Tone tone = Tone::neutral;
};

std::vector<Station> stations_of(const Ui& ui) {
    const OpenedDocument& opened = *ui.state.opened;
    std::vector<Station> stations;
    for (const Layer layer : layers_of(*opened.document.instrument)) {
        const LayerLabel* label = opened.document.instrument->find_layer(layer);
        const Custody& own = opened.custody[index_of(layer)];
        const bool is_begun = opened.tally.layers[index_of(layer)].scored > 0;
        const std::string state = own.returned ? "came-back"
                                  : own.locked ? std::string(to_string(own.state))
                                  : is_begun   ? "begun"
                                               : "waiting";
        Station station;
        station.id = label == nullptr ? std::string() : label->id;
        station.words = ui.say("ui.way." + state, {{"layer", label == nullptr ? std::string() : label->short_label}});
        if (own.locked || own.returned) station.by = own.by + "　" + own.at.substr(0, 10);
        station.tone = own.returned || own.state == LayerState::returned ? Tone::warning
                       : own.locked                                      ? Tone::good
                                                                         : Tone::neutral;
        stations.push_back(std::move(station));
    }
    return stations;
}

}  // namespace

float draw_way(Ui& ui, float x, float y, float width) {
    const OpenedDocument& opened = *ui.state.opened;
    if (!has_custody(*opened.document.instrument)) return y;
    const auto was_given = [](const Custody& own) { return own.locked || own.returned; };
    if (std::none_of(opened.custody.begin(), opened.custody.end(), was_given)) return y;
    const std::vector<Station> stations = stations_of(ui);
    const float step = ui.px(44);
    const float radius = ui.px(5);
    const float left = x + radius + 1;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        const Station& station = stations[i];
        const float middle = y + ui.px(11);
        const ImU32 colour = station.tone == Tone::neutral ? colour::control_line : tone_text(station.tone);
        if (i + 1 < stations.size()) fill({left - 1, middle + radius, 2, step - 2 * radius}, colour::line);
        if (station.tone == Tone::neutral)
            canvas()->AddCircle({left, middle}, radius - 1, colour, 0, 2);
        else
            canvas()->AddCircleFilled({left, middle}, radius, colour);
        const float text = x + ui.px(20);
        const TextStyle words = station.tone == Tone::neutral ? style::small : style::small_strong;
        write_in(ui, {text, y, width - ui.px(20), ui.px(22)}, station.words, words);
        write_in(ui, {text, y + ui.px(19), width - ui.px(20), ui.px(20)}, station.by, style::small);
        emit_text(ui, "way/" + station.id, station.words + " " + station.by, {x, y, width, ui.px(40)});
        y += step;
    }
    return y + ui.px(6);
}

}  // namespace duibiao::ui
