#include "exchange/desk/desk_view.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/date.hpp"
#include "core/json.hpp"
#include "core/name_key.hpp"
#include "core/sort.hpp"
#include "exchange/campaign/campaign_tables.hpp"
#include "exchange/campaign/roll_up_json.hpp"
#include "exchange/campaign_papers/paper_facts.hpp"

namespace duibiao {
namespace {

Json hundredths(const std::optional<Points>& points) { return points ? Json(points->hundredths()) : Json(); }

/// Of what is neither returned nor accepted, whether it was handed over.
std::string_view state_of(const ReportDigest& digest) {
    const std::string_view state = papers::state_of(digest);
    if (state != "pending") return state;
    return digest.handed.empty() ? "draft" : "submitted";
}

Json listed(const ExpectedUnit& unit) {
    Json row{{"u", unit.name}, {"d", unit.district}, {"c", unit.class_name}};
    if (!unit.contact.empty()) row["n"] = unit.contact;
    if (!unit.email.empty()) row["m"] = unit.email;
    if (!unit.reminded.empty()) row["r"] = unit.reminded;
    if (unit.due) row["due"] = to_string(*unit.due);
    return row;
}

/// The criteria that lose most in a layer, the most first.
std::vector<std::string> lost_most(const RollUp& all, Layer layer) {
    constexpr std::size_t most = 10;
    std::vector<const PlaceFigures*> places;
    for (const PlaceFigures& place : all.criteria) {
        if (place.layers[index_of(layer)].lost > 0) places.push_back(&place);
    }
    sort_stably(places, [layer](const PlaceFigures* a, const PlaceFigures* b) {
        return a->layers[index_of(layer)].lost > b->layers[index_of(layer)].lost;
    });
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < places.size() && i < most; ++i) ids.push_back(places[i]->place.id);
    return ids;
}

/// Which of them a report loses points in.
Json losses_in(const ReportDigest& digest, Layer layer, const std::vector<std::string>& ids) {
    Json lost = Json::array();
    const auto& scores = digest.scores[index_of(layer)];
    const auto& items = digest.form->items;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!scores[i] || *scores[i] >= items[i].points) continue;
        const auto at = std::find(ids.begin(), ids.end(), items[i].id);
        if (at != ids.end()) lost.push_back(at - ids.begin());
    }
    return lost;
}

/// Whose report a file that cannot be used is; empty: it does not say.
std::string unit_of(const RejectedFile& file) {
    const auto unit = file.error.params.find("unit");
    const auto* text = unit == file.error.params.end() ? nullptr : std::get_if<std::string>(&unit->second);
    return text == nullptr ? std::string() : *text;
}

class Rows {
public:
    Rows(const CampaignSource& source, const KeptUnder& kept_under, Language language)
        : source_(source), kept_under_(kept_under) {
        for (const RejectedFile& file : source.all.rejected) {
            const std::string unit = unit_of(file);
            if (!unit.empty()) unusable_[organisation_key(unit)] = describe(language, file.error);
        }
        for (std::size_t i = 0; i < layer_count(source.all.form.get()); ++i)
            lost_.push_back(lost_most(source.all, static_cast<Layer>(i)));
    }

    [[nodiscard]] const std::vector<std::vector<std::string>>& lost() const { return lost_; }

    Json all();

private:
    [[nodiscard]] Json missing() const;
    [[nodiscard]] Json counted(const ReportDigest& digest, const ExpectedUnit* unit) const;
    void add_scores(Json& row, const ReportDigest& digest) const;

    const CampaignSource& source_;
    const KeptUnder& kept_under_;
    std::map<std::string, std::string> unusable_;  ///< why, by the keys of the units whose files cannot be used
    std::vector<std::vector<std::string>> lost_;   ///< by layer
};

Json Rows::all() {
    Json rows = missing();
    for_each_counted(
        source_.collection, source_.campaign, source_.sorted,
        [&](const ReportDigest& digest, const ExpectedUnit* unit) { rows.push_back(counted(digest, unit)); });
    return rows;
}

Json Rows::missing() const {
    Json rows = Json::array();
    if (source_.campaign == nullptr) return rows;
    std::set<const ExpectedUnit*> reported;
    const auto& sorted = source_.sorted;
    for (std::size_t i = 0; i < sorted.fates.size(); ++i) {
        if (sorted.fates[i] == Fate::counted && sorted.expected[i] >= 0)
            reported.insert(&source_.campaign->expected[static_cast<std::size_t>(sorted.expected[i])]);
    }
    for (const ExpectedUnit& unit : source_.campaign->expected) {
        if (reported.contains(&unit)) continue;
        Json row = listed(unit);
        row["s"] = "missing";
        const auto refused = unusable_.find(organisation_key(unit.name));
        if (refused != unusable_.end()) row["x"] = refused->second;
        rows.push_back(std::move(row));
    }
    return rows;
}

void Rows::add_scores(Json& row, const ReportDigest& digest) const {
    Json totals = Json::array();
    Json parts = Json::array();
    Json losses = Json::array();
    for (std::size_t i = 0; i < lost_.size(); ++i) {
        const auto layer = static_cast<Layer>(i);
        totals.push_back(hundredths(digest.total(layer)));
        Json sums = Json::array();
        for (const PlaceFigures& section : source_.all.sections) {
            const auto& own = digest.form->sections;
            const auto at =
                std::find_if(own.begin(), own.end(), [&](const auto& part) { return part.id == section.place.id; });
            const auto index = static_cast<std::size_t>(at - own.begin());
            sums.push_back(hundredths(at == own.end() ? std::nullopt : digest.section_total(layer, index)));
        }
        parts.push_back(std::move(sums));
        losses.push_back(losses_in(digest, layer, lost_[index_of(layer)]));
    }
    row["l"] = std::move(losses);
    row["t"] = std::move(totals);
    row["p"] = std::move(parts);
}

Json Rows::counted(const ReportDigest& digest, const ExpectedUnit* unit) const {
    Json row = unit != nullptr ? listed(*unit) : Json{{"u", digest.unit}, {"d", ""}, {"c", ""}};
    if (!digest.subject.empty()) row["u"] = digest.unit + "（" + digest.subject + "）";
    row["s"] = state_of(digest);
    row["doc"] = digest.document;
    row["k"] = kept_under_(digest.key);
    row["e"] = digest.edits;
    row["at"] = digest.at;
    row["h"] = digest.handed.substr(0, 10);
    row["code"] = digest.code;
    const auto due = unit != nullptr && unit->due ? unit->due : papers::campaign_due(source_);
    if (papers::is_late(digest, due)) row["late"] = true;
    if (!digest.veto.empty()) row["veto"] = true;
    if (digest.form->kind == "score_table" || !digest.scores[0].empty()) add_scores(row, digest);
    std::array<int, 3> counts{};
    if (const auto result = digest.shown_result()) row["total"] = hundredths(result);
    Json codes = Json::object();
    for (const auto& [code, found] : digest.findings) {
        counts[static_cast<std::size_t>(found.first)] += found.second;
        codes[code] = found.second;
    }
    row["f"] = counts;
    row["fc"] = std::move(codes);
    if (std::string grade = papers::grade_of(digest); !grade.empty()) row["g"] = std::move(grade);
    return row;
}

/// {"heads", "rows"}: of very many rows the first, which fit on no screen anyhow; papers have all.
Json table_json(const CampaignTable& table) {
    constexpr std::size_t most_rows = 20'000;
    Json rows = Json::array();
    for (std::size_t i = 0; i < table.rows.size() && i < most_rows; ++i) {
        Json row = Json::array();
        for (const CampaignCell& cell : table.rows[i]) row.push_back(cell.text);
        rows.push_back(std::move(row));
    }
    return {{"heads", table.heads}, {"rows", std::move(rows)}};
}

Json texts_of(const RollUp& all) {
    Json texts = Json::object();
    for (const PlaceFigures& criterion : all.criteria) texts[criterion.place.id] = criterion.place.name;
    return texts;
}

Json titles_of(const RollUp& all, Language language) {
    Json titles = Json::object();
    for (const auto& [code, found] : all.findings) titles[code] = label(language, "finding." + code + ".title");
    return titles;
}

std::string text_of_json(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// The same form one period earlier, where reports of it are there.
std::optional<RollUp> roll_up_before(const CampaignSource& source) {
    const auto period = previous_period(source.sorted.subject.period);
    if (!period) return std::nullopt;
    const Subject earlier{source.sorted.subject.instrument, *period};
    const auto& known = source.collection.subjects();
    if (std::find(known.begin(), known.end(), earlier) == known.end()) return std::nullopt;
    return roll_up(source.collection, source.campaign, sort_reports(source.collection, source.campaign, earlier));
}

}  // namespace

std::string write_desk_view(const CampaignSource& source, const KeptUnder& kept_under, Language language) {
    const std::optional<RollUp> before = roll_up_before(source);
    Json rest = Json::object();
    rest["title"] = source.all.form ? source.all.form->title : std::string();
    rest["layers"] = Json::array();
    rest["layer_titles"] = Json::array();
    for (std::size_t i = 0; i < layer_count(source.all.form.get()); ++i) {
        rest["layers"].push_back(layer_id(source.all.form.get(), i));
        rest["layer_titles"].push_back(layer_title(language, source.all.form.get(), i));
    }
    const auto& rejected = source.all.rejected;
    rest["locked"] = std::count_if(rejected.begin(), rejected.end(), [](const RejectedFile& file) {
        return file.error.code == "file-locked" || file.error.code == "lock-password";
    });
    rest["refused"] = Json::array();  // the units of the files that cannot be used, in their order
    for (const RejectedFile& file : rejected) rest["refused"].push_back(unit_of(file));
    rest["texts"] = texts_of(source.all);
    rest["titles"] = titles_of(source.all, language);
    const CampaignTable collected = collected_table(source, language);
    if (!collected.rows.empty()) rest["table"] = table_json(collected);
    Rows rows(source, kept_under, language);
    rest["lost"] = rows.lost();
    rest["units"] = rows.all();
    std::string text = text_of_json(rest);
    text.back() = ',';
    return text + "\"roll\":" + write_roll_up_json(source.all, before ? &*before : nullptr, source.proposal, language) +
           "}";
}

}  // namespace duibiao
