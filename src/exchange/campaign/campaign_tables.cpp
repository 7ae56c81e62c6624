#include "exchange/campaign/campaign_tables.hpp"

#include <algorithm>
#include <utility>

#include "core/cell.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using Row = std::vector<CampaignCell>;

CampaignCell number_cell(std::string decimal) { return {std::move(decimal), true}; }
CampaignCell number_cell(std::uint64_t count) { return {std::to_string(count), true}; }
CampaignCell number_cell(const std::optional<Points>& points) {
    return points ? number_cell(points->to_string()) : CampaignCell{};
}

class Words {
public:
    explicit Words(Language language) : language_(language) {}
    [[nodiscard]] std::string operator()(std::string_view key) const {
        return std::string(label(language_, "campaign." + std::string(key)));
    }
    /// Heads by their keys.
    [[nodiscard]] std::vector<std::string> heads(std::initializer_list<std::string_view> keys) const {
        std::vector<std::string> heads;
        for (const std::string_view key : keys) heads.push_back((*this)("head." + std::string(key)));
        return heads;
    }
    [[nodiscard]] Language language() const { return language_; }

private:
    Language language_;
};

/// n, mean, median, lowest, highest, standard deviation.
void append_figures(Row& row, const Figures& figures) {
    const std::uint64_t n = figures.n();
    row.push_back(number_cell(n));
    if (n == 0) return row.resize(row.size() + 5);
    row.push_back(number_cell(figures.mean()));
    row.push_back(number_cell(figures.median()));
    row.push_back(number_cell(figures.min()));
    row.push_back(number_cell(figures.max()));
    row.push_back(number_cell(figures.deviation()));
}

CampaignTable layer_table(const RollUp& all, const Words& words) {
    CampaignTable table{
        words("table.layers"), words.heads({"layer", "n", "mean", "median", "min", "max", "sd", "incomplete"}), {}};
    for (std::size_t layer = 0; layer < layer_count(all.form.get()); ++layer) {
        const LayerFigures& own = all.layers[layer];
        if (own.figures.n() == 0) continue;
        Row row{{layer_title(words.language(), all.form.get(), layer)}};
        append_figures(row, own.figures);
        row.push_back(number_cell(own.incomplete));
        table.rows.push_back(std::move(row));
    }
    if (all.result.figures.n() > 0 && layer_count(all.form.get()) > 1) {
        Row row{{words("layer.all")}};
        append_figures(row, all.result.figures);
        row.push_back(number_cell(all.result.incomplete));
        table.rows.push_back(std::move(row));
    }
    return table;
}

CampaignTable place_table(std::string title, const RollUp& all, const std::vector<PlaceFigures>& places,
                          const Words& words) {
    CampaignTable table{std::move(title),
                        words.heads({"id", "name", "points", "layer", "n", "mean", "median", "min", "max", "sd", "full",
                                     "zero", "lost"}),
                        {}};
    for (const PlaceFigures& place : places) {
        for (std::size_t layer = 0; layer < layer_count(all.form.get()); ++layer) {
            const LayerFigures& own = place.layers[layer];
            if (own.figures.n() == 0) continue;
            Row row{{place.place.id},
                    {place.place.name},
                    number_cell(place.place.points),
                    {layer_title(words.language(), all.form.get(), layer)}};
            append_figures(row, own.figures);
            row.push_back(number_cell(own.full));
            row.push_back(number_cell(own.zero));
            row.push_back(number_cell(Points::from_hundredths(own.lost)));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

CampaignTable group_table(const RollUp& all, const Words& words) {
    CampaignTable table{words("table.groups"),
                        words.heads({"by", "name", "reports", "layer", "n", "mean", "median", "min", "max", "sd"}),
                        {}};
    for (const GroupFigures& group : all.groups) {
        for (std::size_t layer = 0; layer < layer_count(all.form.get()); ++layer) {
            const LayerFigures& own = group.layers[layer];
            if (own.figures.n() == 0) continue;
            Row row{{words("by." + group.by)},
                    {group.name},
                    number_cell(group.n),
                    {layer_title(words.language(), all.form.get(), layer)}};
            append_figures(row, own.figures);
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

CampaignTable missing_table(const CampaignSource& source, const Words& words) {
    CampaignTable table{
        words("table.missing"), words.heads({"unit", "district", "class", "contact", "email", "reminded"}), {}};
    std::size_t next = 0;
    const auto& missing = source.all.missing;
    for (std::size_t i = 0; source.campaign != nullptr && i < source.campaign->expected.size(); ++i) {
        const ExpectedUnit& unit = source.campaign->expected[i];
        if (next == missing.size() || missing[next] != unit.name) continue;
        ++next;
        table.rows.push_back(
            {{unit.name}, {unit.district}, {unit.class_name}, {unit.contact}, {unit.email}, {unit.reminded}});
    }
    return table;
}

CampaignTable uncounted_table(const RollUp& all, const Words& words) {
    CampaignTable table{words("table.uncounted"), words.heads({"fate", "file", "unit", "why"}), {}};
    for (const RejectedFile& file : all.rejected)
        table.rows.push_back({{words("fate.rejected")}, {file.file}, {}, {describe(words.language(), file.error)}});
    for (const Uncounted& report : all.uncounted) {
        const std::string fate(to_string(report.fate));
        const std::string why = report.perhaps.empty()
                                    ? words("why." + fate)
                                    : translate(words.language(), "campaign.why.perhaps", {{"units", report.perhaps}});
        table.rows.push_back({{words("fate." + fate)}, {report.file}, {report.unit}, {why}});
    }
    return table;
}

CampaignTable finding_table(const RollUp& all, const Words& words) {
    CampaignTable table{words("table.findings"), words.heads({"severity", "finding", "units", "times"}), {}};
    for (const auto& [code, found] : all.findings) {
        const std::string severity = words("severity." + std::string(to_string(found.severity)));
        const std::string title(label(words.language(), "finding." + code + ".title"));
        table.rows.push_back({{severity}, {title}, number_cell(found.units), number_cell(found.n)});
    }
    return table;
}

CampaignTable duty_table(const RollUp& all, const Words& words) {
    CampaignTable table{words("table.duties"), words.heads({"duty", "units", "periods"}), {}};
    for (const auto& [id, missed] : all.duties)
        table.rows.push_back(
            {{missed.title.empty() ? id : missed.title}, number_cell(missed.units), number_cell(missed.periods)});
    std::stable_sort(table.rows.begin(), table.rows.end(), [](const Row& a, const Row& b) {
        return std::pair(a[1].text.size(), a[1].text) > std::pair(b[1].text.size(), b[1].text);
    });
    return table;
}

CampaignTable grade_table(const RollUp& all, const Words& words) {
    CampaignTable table{words("table.grades"), words.heads({"grade", "members"}), {}};
    for (const auto& [grade, members] : all.grades) table.rows.push_back({{grade}, number_cell(members)});
    return table;
}

/// Of criteria with levels: how many units have each.
CampaignTable level_table(const RollUp& all, const Words& words) {
    CampaignTable table{words("table.levels"), words.heads({"id", "name", "layer", "level", "units"}), {}};
    for (const PlaceFigures& place : all.criteria) {
        for (std::size_t layer = 0; layer < layer_count(all.form.get()); ++layer) {
            for (const auto& [level, count] : place.layers[layer].levels)
                table.rows.push_back({{place.place.id},
                                      {place.place.name},
                                      {layer_title(words.language(), all.form.get(), layer)},
                                      {level},
                                      number_cell(count)});
        }
    }
    return table;
}

CampaignTable quota_table(const CampaignSource& source, const Words& words) {
    CampaignTable table{
        words("table.quotas"), words.heads({"grade", "share", "base", "seats", "held", "over", "tied"}), {}};
    if (source.proposal == nullptr) return table;
    for (const QuotaUse& use : source.proposal->quotas)
        table.rows.push_back({{source.all.form->scored->bands[use.quota.band]},
                              {use.quota.share.to_string() + "%"},
                              number_cell(use.base),
                              number_cell(use.seats),
                              number_cell(use.held),
                              number_cell(use.over()),
                              {translate(words.language(), "campaign.names", {{"units", use.tied}})}});
    return table;
}

/// Why a unit's grade is proposed, where its total alone does not give it.
std::string why_proposed(const ScoredOutline& form, const ProposedGrade& unit, const Words& words) {
    const auto name = [&](const std::optional<std::size_t>& band) {
        return band ? form.bands[*band] : words("no_grade");
    };
    if (unit.why == ProposedGrade::Why::band) return {};
    return translate(words.language(), "campaign.proposed." + std::string(to_string(unit.why)),
                     {{"by_points", name(unit.by_points)},
                      {"grade", name(unit.grade)},
                      {"better", name(unit.better)},
                      {"worse", name(unit.worse)},
                      {"units", unit.tied_with}});
}

CampaignTable proposal_table(const CampaignSource& source, const Words& words) {
    CampaignTable table{
        words("table.proposal"), words.heads({"unit", "total", "by_points", "grade", "proposed", "why"}), {}};
    if (source.proposal == nullptr) return table;
    const ScoredOutline& form = *source.all.form->scored;
    const auto name = [&](const std::optional<std::size_t>& band) { return band ? form.bands[*band] : std::string{}; };
    for (const ProposedGrade& unit : source.proposal->units)
        table.rows.push_back({{unit.unit},
                              unit.total ? number_cell(unit.total->to_string(form.decimals)) : CampaignCell{},
                              {name(unit.by_points)},
                              {name(unit.grade)},
                              {name(unit.proposed)},
                              {why_proposed(form, unit, words)}});
    return table;
}

/// Every unit's rows, the unit in front; a unit that reported none says so.
CampaignTable roster_table(const CampaignSource& source, const Words& words) {
    CampaignTable table{words("table.rows"), words.heads({"unit"}), {}};
    if (source.all.form == nullptr || source.all.form->columns.empty()) return table;
    const auto& columns = source.all.form->columns;
    table.heads.insert(table.heads.end(), columns.begin(), columns.end());
    for_each_counted(source.collection, source.campaign, source.sorted,
                     [&](const ReportDigest& digest, const ExpectedUnit*) {
                         if (digest.none) table.rows.push_back({{digest.unit}, {words("none")}});
                         for (const std::string& cells : digest.rows) {
                             Row row{{digest.unit}};
                             for (const std::string_view cell : split_row(cells, columns.size()))
                                 row.push_back({std::string(cell)});
                             table.rows.push_back(std::move(row));
                         }
                     });
    return table;
}

/// Units × items of a form without scores.
CampaignTable answer_table(const CampaignSource& source, const Words& words) {
    CampaignTable table{words("table.answers"), words.heads({"unit"}), {}};
    if (source.all.form == nullptr) return table;
    for (const PlaceFigures& item : source.all.criteria) table.heads.push_back(item.place.id + " " + item.place.name);
    for_each_counted(source.collection, source.campaign, source.sorted,
                     [&](const ReportDigest& digest, const ExpectedUnit*) {
                         if (digest.answers.empty()) return;
                         Row row{{digest.unit}};
                         row.resize(table.heads.size());
                         for (std::size_t i = 0; i < digest.answers.size(); ++i) {
                             const std::string& id = digest.form->items[i].id;
                             const auto& places = source.all.criteria;
                             const auto at = std::find_if(places.begin(), places.end(),
                                                          [&id](const auto& place) { return place.place.id == id; });
                             if (at != places.end())
                                 row[static_cast<std::size_t>(at - places.begin()) + 1].text = digest.answers[i];
                         }
                         table.rows.push_back(std::move(row));
                     });
    return table;
}

}  // namespace

std::string layer_title(Language language, const FormOutline* form, std::size_t layer) {
    if (form != nullptr && form->scored) return form->scored->scorers[layer].label;
    return std::string(label(language, "campaign.layer." + std::string(to_string(layer_at(layer)))));
}

CampaignTable unit_table(const CampaignSource& source, Language language, BookWidth width) {
    const Words words(language);
    CampaignTable table{
        words("table.units"), words.heads({"unit", "district", "class", "document", "code", "version", "handed"}), {}};
    const RollUp& all = source.all;
    const std::vector<PlaceFigures> no_sections;
    const auto& sections = width == BookWidth::sheet ? all.sections : no_sections;
    std::vector<Layer> layers;
    for (std::size_t layer = 0; layer < layer_count(all.form.get()); ++layer) {
        if (all.layers[layer].figures.n() > 0) layers.push_back(layer_at(layer));
    }
    for (const Layer layer : layers) {
        const std::string title = layer_title(language, all.form.get(), index_of(layer));
        table.heads.push_back(title);
        for (const PlaceFigures& section : sections) table.heads.push_back(title + " " + section.place.name);
    }
    const bool is_graded = all.form != nullptr && all.form->scored && !all.form->scored->bands.empty();
    const bool has_result = all.result.figures.n() > 0 && layer_count(all.form.get()) > 1;
    if (has_result) table.heads.push_back(words("layer.all"));
    if (is_graded) table.heads.push_back(words("head.grade"));
    for_each_counted(
        source.collection, source.campaign, source.sorted, [&](const ReportDigest& digest, const ExpectedUnit* unit) {
            Row row{{digest.unit},
                    {unit == nullptr ? std::string{} : unit->district},
                    {unit == nullptr ? std::string{} : unit->class_name},
                    {digest.document},
                    {digest.code},
                    {digest.version},
                    {digest.handed.substr(0, 10)}};
            for (const Layer layer : layers) {
                row.push_back(number_cell(digest.total(layer)));
                for (const PlaceFigures& section : sections) {
                    const auto& own = digest.form->sections;
                    const auto at = std::find_if(own.begin(), own.end(),
                                                 [&](const auto& part) { return part.id == section.place.id; });
                    const auto index = static_cast<std::size_t>(at - own.begin());
                    row.push_back(number_cell(at == own.end() ? std::nullopt : digest.section_total(layer, index)));
                }
            }
            if (has_result) row.push_back(number_cell(digest.shown_result()));
            if (is_graded) row.push_back({digest.grades.empty() ? std::string{} : digest.grades.begin()->first});
            table.rows.push_back(std::move(row));
        });
    return table;
}

CampaignTable collected_table(const CampaignSource& source, Language language) {
    const Words words(language);
    CampaignTable rows = roster_table(source, words);
    return rows.rows.empty() ? answer_table(source, words) : rows;
}

std::vector<std::string> campaign_head(const RollUp& all, Language language) {
    const auto count = [&all](Fate fate) { return std::to_string(all.count(fate)); };
    const std::string title = all.form == nullptr ? all.subject.instrument : all.form->title;
    std::vector<std::string> lines{title + "  " + period_title(language, all.subject.period)};
    lines.push_back(translate(language, "campaign.conservation",
                              {{"received", std::to_string(all.received)},
                               {"counted", count(Fate::counted)},
                               {"superseded", count(Fate::superseded)},
                               {"doubled", count(Fate::doubled)},
                               {"foreign", count(Fate::foreign)},
                               {"rejected", std::to_string(all.rejected.size())}}));
    if (all.expected)
        lines.push_back(translate(language, "campaign.progress",
                                  {{"expected", std::to_string(*all.expected)},
                                   {"missing", std::to_string(all.missing.size())},
                                   {"late", std::to_string(all.late)}}));
    return lines;
}

CampaignTable rule_table(const RollUp& all, Language language) { return finding_table(all, Words(language)); }

CampaignBook campaign_book(const CampaignSource& source, Language language, BookWidth width) {
    const Words words(language);
    const RollUp& all = source.all;
    CampaignBook book{words("title"), campaign_head(all, language), {}};
    for (CampaignTable table :
         {layer_table(all, words), place_table(words("table.sections"), all, all.sections, words),
          place_table(words("table.criteria"), all, all.criteria, words), group_table(all, words),
          missing_table(source, words), uncounted_table(all, words), finding_table(all, words), duty_table(all, words),
          grade_table(all, words), level_table(all, words), quota_table(source, words), proposal_table(source, words),
          unit_table(source, language, width), roster_table(source, words),
          width == BookWidth::sheet ? answer_table(source, words) : CampaignTable{}}) {
        if (!table.rows.empty()) book.tables.push_back(std::move(table));
    }
    return book;
}

}  // namespace duibiao
