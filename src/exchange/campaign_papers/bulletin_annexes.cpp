#include "exchange/campaign_papers/bulletin_annexes.hpp"

#include "core/sort.hpp"

namespace duibiao::papers {
namespace {

using Row = std::vector<CampaignCell>;

/// n, mean and median; lowest and highest where asked.
void append_places(Row& row, const Figures& figures, bool has_ends) {
    const std::uint64_t n = figures.n();
    row.push_back(counted_cell(n));
    if (n == 0) return row.resize(row.size() + (has_ends ? 4 : 2));
    row.push_back({figures.mean(), true});
    row.push_back({figures.median(), true});
    if (!has_ends) return;
    row.push_back(points_cell(figures.min()));
    row.push_back(points_cell(figures.max()));
}

struct Ranked {
    std::string unit;
    std::string class_name;
    std::optional<Points> total;
    std::string state;
};

std::vector<Ranked> ranked_units(const CampaignSource& source, std::optional<Layer> layer) {
    std::vector<Ranked> units;
    for_each_counted(source.collection, source.campaign, source.sorted,
                     [&](const ReportDigest& digest, const ExpectedUnit* unit) {
                         units.push_back({unit == nullptr ? digest.unit : unit->name,
                                          unit == nullptr ? std::string{} : unit->class_name,
                                          layer ? digest.total(*layer) : std::nullopt, std::string(state_of(digest))});
                     });
    sort_stably(units, [](const Ranked& a, const Ranked& b) { return b.total < a.total; });
    return units;
}

}  // namespace

CampaignTable section_annex(const RollUp& all, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"section", "points", "layer", "n", "mean", "median", "min", "max"}), {}};
    for (const PlaceFigures& section : all.sections) {
        for (const Layer layer : scored_layers(all)) {
            Row row{{section.place.name}, points_cell(section.place.points), {words.layer(layer)}};
            append_places(row, section.layers[index_of(layer)].figures, true);
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

CampaignTable criterion_annex(const RollUp& all, Layer layer, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"id", "criterion", "points", "n", "mean", "median", "full", "lost"}), {}};
    for (const PlaceFigures& criterion : all.criteria) {
        const LayerFigures& own = criterion.layers[index_of(layer)];
        Row row{{criterion.place.id}, {criterion.place.name}, points_cell(criterion.place.points)};
        append_places(row, own.figures, false);
        row.push_back(counted_cell(own.full));
        row.push_back(points_cell(Points::from_hundredths(own.lost)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

CampaignTable group_annex(const RollUp& all, Layer layer, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"by", "name", "reports", "n", "mean", "median"}), {}};
    for (const GroupFigures& group : all.groups) {
        if (group.by != "district" && group.by != "class") continue;
        Row row{{words("by." + group.by)}, {group.name}, counted_cell(group.n)};
        const Figures& figures = group.layers[index_of(layer)].figures;
        if (figures.n() >= fewest_for_median) {
            append_places(row, figures, false);
        } else {
            row.push_back(counted_cell(figures.n()));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

CampaignTable error_annex(const CampaignSource& source, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"unit", "finding", "times"}), {}};
    for_each_counted(source.collection, source.campaign, source.sorted,
                     [&](const ReportDigest& digest, const ExpectedUnit* unit) {
                         for (const auto& [code, found] : digest.findings) {
                             if (found.first != Severity::error) continue;
                             table.rows.push_back({{unit == nullptr ? digest.unit : unit->name},
                                                   {std::string(label(words.language(), "finding." + code + ".title"))},
                                                   counted_cell(static_cast<std::uint64_t>(found.second))});
                         }
                     });
    return table;
}

CampaignTable rank_annex(const CampaignSource& source, std::optional<Layer> layer, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"rank", "unit", "class", "total", "state"}), {}};
    std::size_t rank = 0;
    const std::vector<Ranked> units = ranked_units(source, layer);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const Ranked& unit = units[i];
        if (i == 0 || units[i - 1].total != unit.total) rank = i + 1;
        table.rows.push_back({unit.total ? counted_cell(rank) : CampaignCell{},
                              {unit.unit},
                              {unit.class_name},
                              points_cell(unit.total),
                              {words("state." + unit.state)}});
    }
    return table;
}

CampaignTable missing_annex(const CampaignSource& source, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"number", "unit"}), {}};
    for (const std::string& unit : source.all.missing)
        table.rows.push_back({counted_cell(table.rows.size() + 1), {unit}});
    return table;
}

}  // namespace duibiao::papers
