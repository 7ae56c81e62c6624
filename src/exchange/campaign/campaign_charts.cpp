// Charts as inline SVG: where people would rather look than read.
#include <algorithm>
#include <string>

#include "exchange/campaign/campaign_tables.hpp"
#include "exchange/html.hpp"

namespace duibiao {
namespace {

constexpr int width = 720;
constexpr int bar_height = 18;
constexpr int row_height = 24;
constexpr int label_width = 240;
constexpr int figure_width = 70;

std::string px(std::int64_t value) { return std::to_string(value); }

struct Bar {
    std::string name;
    std::int64_t size = 0;  ///< of `whole`
    std::int64_t whole = 1;
    std::string figure;
};

void text_at(Html& svg, std::int64_t x, std::int64_t y, std::string_view anchor, std::string_view text) {
    svg.markup("<text").attribute("x", px(x)).attribute("y", px(y)).attribute("text-anchor", anchor);
    svg.markup(">").text(text).markup("</text>");
}

std::string bar_chart(const std::string& title, const std::vector<Bar>& bars) {
    Html svg;
    const auto height = static_cast<std::int64_t>(bars.size()) * row_height;
    svg.markup("<figure><figcaption>")
        .text(title)
        .markup("</figcaption><svg role=\"img\"")
        .attribute("aria-label", title);
    svg.attribute("viewBox", "0 0 " + px(width) + " " + px(height)).attribute("width", px(width));
    svg.attribute("height", px(height)).markup(" font-size=\"13\">");
    std::int64_t y = 0;
    for (const Bar& bar : bars) {
        constexpr std::int64_t room = width - label_width - figure_width;
        const std::int64_t length = bar.whole <= 0 ? 0 : bar.size * room / bar.whole;
        text_at(svg, label_width - 8, y + 14, "end", bar.name);
        svg.markup("<rect").attribute("x", px(label_width)).attribute("y", px(y));
        svg.attribute("width", px(std::clamp<std::int64_t>(length, 0, room))).attribute("height", px(bar_height));
        svg.markup(" fill=\"#b5462f\"/>");
        text_at(svg, label_width + length + 6, y + 14, "start", bar.figure);
        y += row_height;
    }
    svg.markup("</svg></figure>");
    return std::move(svg).take();
}

/// Totals of one layer in tens of points; full points belong to the tens below them.
std::string distribution(const RollUp& all, std::size_t layer, const std::string& title) {
    constexpr std::int64_t step = 1000;  // hundredths
    const Figures& figures = all.layers[layer].figures;
    if (figures.n() == 0) return {};
    std::map<std::int64_t, std::int64_t> bins;
    std::int64_t full = 0;
    for (const PlaceFigures& section : all.sections) full += section.place.points.hundredths();
    for (const auto& [value, count] : figures.counts()) {
        const bool is_full = value == full && full > 0;
        bins[(is_full ? value - 1 : value) / step] += static_cast<std::int64_t>(count);
    }
    std::int64_t most = 1;
    for (const auto& [bin, count] : bins) most = std::max(most, count);
    std::vector<Bar> bars;
    for (std::int64_t bin = bins.begin()->first; bin <= bins.rbegin()->first; ++bin) {
        const std::int64_t count = bins.contains(bin) ? bins[bin] : 0;
        bars.push_back({px(bin * 10) + "–" + px(bin * 10 + 10), count, most, px(count)});
    }
    return bar_chart(title, bars);
}

/// Hundredths of a decimal with two places, as means are written.
std::int64_t hundredths_of(const std::string& decimal) {
    const auto points = Points::parse(decimal);
    return points ? points->hundredths() : 0;
}

std::string section_shares(const RollUp& all, std::size_t layer, const std::string& title) {
    std::vector<Bar> bars;
    for (const PlaceFigures& section : all.sections) {
        const Figures& figures = section.layers[layer].figures;
        if (figures.n() == 0) continue;
        const std::string mean = figures.mean();
        bars.push_back({section.place.id + " " + section.place.name, hundredths_of(mean),
                        section.place.points.hundredths(), mean + "/" + section.place.points.to_string()});
    }
    return bars.empty() ? std::string{} : bar_chart(title, bars);
}

}  // namespace

std::string campaign_charts(const RollUp& all, Language language) {
    std::string charts;
    for (std::size_t layer = 0; layer < layer_count(all.form.get()); ++layer) {
        const std::string name = layer_title(language, all.form.get(), layer);
        const auto title = [&](std::string_view key) { return translate(language, key, {{"layer", name}}); };
        charts += distribution(all, layer, title("campaign.chart.distribution"));
        charts += section_shares(all, layer, title("campaign.chart.sections"));
    }
    return charts;
}

}  // namespace duibiao
