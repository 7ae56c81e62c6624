#include "core/campaign/roll_up.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/name_key.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

/// The form of most counted reports, and the sum of all their items: versions are joined by the items' ids.
class CriterionPlaces {
public:
    CriterionPlaces(const Collection& collection, const Sorted& sorted, RollUp& all);

    /// Where the items of a form stand among RollUp::criteria.
    [[nodiscard]] const std::vector<std::size_t>& of(const FormOutline& form);
    [[nodiscard]] std::size_t section_of_criterion(std::size_t criterion) const { return sections_[criterion]; }

private:
    std::size_t place_of(const FormOutline& form, std::size_t item);

    RollUp& all_;
    std::unordered_map<std::string, std::size_t> by_id_;
    std::unordered_map<std::string, std::size_t> sections_by_id_;
    std::vector<std::size_t> sections_;  ///< by criterion
    std::map<const FormOutline*, std::vector<std::size_t>> known_;
};

CriterionPlaces::CriterionPlaces(const Collection& collection, const Sorted& sorted, RollUp& all) : all_(all) {
    // Most reports decide, then the hash: the same in any order. Other forms follow in the order of their hashes.
    std::map<std::string, std::size_t> forms;
    for (std::size_t i = 0; i < sorted.fates.size(); ++i) {
        if (sorted.fates[i] == Fate::counted) ++forms[collection.form_hashes()[collection.reports()[i].form]];
    }
    std::vector<std::pair<std::size_t, std::string>> order;
    order.reserve(forms.size());
    for (const auto& [hash, n] : forms) order.emplace_back(n, hash);
    std::sort(order.begin(), order.end(),
              [](const auto& a, const auto& b) { return std::tie(b.first, a.second) < std::tie(a.first, b.second); });
    for (const auto& [n, hash] : order) {
        const FormOutlinePtr form = collection.find_form(hash);
        if (all_.form == nullptr) all_.form = form;
        (void)of(*form);
    }
}

std::size_t CriterionPlaces::place_of(const FormOutline& form, std::size_t item) {
    const auto [known, fresh] = by_id_.try_emplace(form.items[item].id, all_.criteria.size());
    if (!fresh) return known->second;
    all_.criteria.push_back({form.items[item], {}});
    const auto section = section_of(form, item);
    const FormOutline::Part part = section ? form.sections[*section] : FormOutline::Part{};
    const auto [at, fresh_section] = sections_by_id_.try_emplace(part.id, all_.sections.size());
    if (fresh_section) all_.sections.push_back({part, {}});
    sections_.push_back(at->second);
    return known->second;
}

const std::vector<std::size_t>& CriterionPlaces::of(const FormOutline& form) {
    const auto [known, fresh] = known_.try_emplace(&form);
    if (fresh) {
        for (std::size_t item = 0; item < form.items.size(); ++item) known->second.push_back(place_of(form, item));
    }
    return known->second;
}

/// A sum over criteria while it is made.
struct Adding {
    std::optional<Points> sum;
    Points full;  ///< of the scored ones
    std::size_t scored = 0;
    std::size_t of = 0;

    void add(const std::optional<Points>& score, Points points) {
        ++of;
        if (!score) return;
        sum = sum.value_or(Points{}) + *score;
        full += points;
        ++scored;
    }
};

/// `points` 0: there is no full mark, and only what stands below zero is lost.
void take_score(LayerFigures& layer, Points score, Points points) {
    layer.figures.add(score);
    if (score >= points && points != Points{}) ++layer.full;
    if (score == Points{}) ++layer.zero;
    layer.lost += std::max(Points{}, points - score).hundredths();
}

void take_change(LayerFigures& layer, Points score, const std::optional<Points>& before) {
    if (!before || *before == score) return;
    ++layer.changed;
    layer.change += (score - *before).hundredths();
}

void take_sum(LayerFigures& layer, const Adding& adding) {
    if (!adding.sum) return;
    take_score(layer, *adding.sum, adding.full);
    if (adding.scored < adding.of) ++layer.incomplete;
}

/// Everything one report adds in one layer, at every place.
struct LayerSums {
    Adding total;
    std::vector<Adding> sections;
};

/// A sum that the form's arithmetic gives instead of the plain one.
void replace_sum(Adding& adding, const std::optional<Points>& sum, bool is_open) {
    adding.sum = sum;
    adding.of = 1;
    adding.scored = is_open ? 0 : 1;
}

class Rolling {
public:
    Rolling(const Collection& collection, const Campaign* campaign, const Sorted& sorted, RollUp& all)
        : campaign_(campaign), all_(all), columns_(collection, sorted, all) {}

    void take(const ReportDigest& digest, const ExpectedUnit* unit);
    void finish();

private:
    void take_scores(const ReportDigest& digest);
    void add_scores(const ReportDigest& digest, Layer layer, const std::vector<std::size_t>& places);
    void take_given_sums(const ReportDigest& digest, Layer layer, const std::vector<std::size_t>& places);
    void take_levels(const ReportDigest& digest, Layer layer, const std::vector<std::size_t>& places);
    void take_result(LayerFigures& figures, const ReportDigest& digest) const;
    void take_groups(const ReportDigest& digest, const ExpectedUnit* unit);
    void take_group(const ReportDigest& digest, std::string by, std::string name);
    void take_extremes(const ReportDigest& digest);
    void take_custody(const ReportDigest& digest, const ExpectedUnit* unit);
    void take_findings(const ReportDigest& digest);

    const Campaign* campaign_;
    RollUp& all_;
    CriterionPlaces columns_;
    PerLayer<LayerSums> sums_;
    std::map<std::pair<std::string, std::string>, GroupFigures> groups_;
};

void Rolling::take_scores(const ReportDigest& digest) {
    const std::vector<std::size_t>& places = columns_.of(*digest.form);
    const std::size_t layers = layer_count(digest.form.get());
    for (std::size_t l = 0; l < sums_.size(); ++l) {
        LayerSums& sums = sums_[l];
        sums.total = {};
        sums.sections.assign(all_.sections.size(), {});
        if (l >= layers) continue;
        add_scores(digest, layer_at(l), places);
        if (digest.sums) take_given_sums(digest, layer_at(l), places);
        take_levels(digest, layer_at(l), places);
        take_sum(all_.layers[l], sums.total);
        for (std::size_t s = 0; s < sums.sections.size(); ++s) take_sum(all_.sections[s].layers[l], sums.sections[s]);
    }
    for (std::size_t l = 1; l < layers; ++l) {
        if (is_chained(*digest.form) && sums_[l].total.sum)
            take_change(all_.layers[l], *sums_[l].total.sum, sums_[l - 1].total.sum);
    }
    take_result(all_.result, digest);
}

void Rolling::add_scores(const ReportDigest& digest, Layer layer, const std::vector<std::size_t>& places) {
    const std::size_t l = index_of(layer);
    LayerSums& sums = sums_[l];
    const auto& scores = digest.scores[l];
    const auto* earlier = l > 0 && is_chained(*digest.form) ? &digest.scores[l - 1] : nullptr;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const Points points = digest.form->items[i].points;
        sums.total.add(scores[i], points);
        sums.sections[columns_.section_of_criterion(places[i])].add(scores[i], points);
        if (!scores[i]) continue;
        LayerFigures& figures = all_.criteria[places[i]].layers[l];
        take_score(figures, *scores[i], points);
        if (earlier != nullptr && !earlier->empty()) take_change(figures, *scores[i], (*earlier)[i]);
    }
}

/// What the form's arithmetic gives stands in the place of the plain sums.
void Rolling::take_given_sums(const ReportDigest& digest, Layer layer, const std::vector<std::size_t>& places) {
    LayerSums& sums = sums_[index_of(layer)];
    replace_sum(sums.total, digest.total(layer), digest.is_open(layer));
    const auto& caps = digest.form->scored->caps;
    std::vector<bool> is_known(digest.form->sections.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto section = section_of(*digest.form, i);
        if (!section || is_known[*section]) continue;
        is_known[*section] = true;
        Adding& adding = sums.sections[columns_.section_of_criterion(places[i])];
        if (!caps.empty() && caps[*section]) adding.full = std::min(adding.full, *caps[*section]);
        replace_sum(adding, digest.section_total(layer, *section), digest.is_open(layer, *section));
    }
}

void Rolling::take_levels(const ReportDigest& digest, Layer layer, const std::vector<std::size_t>& places) {
    if (!digest.sums) return;
    const auto& levels = (*digest.sums)[index_of(layer)].levels;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (!levels[i].empty()) ++all_.criteria[places[i]].layers[index_of(layer)].levels[levels[i]];
    }
}

void Rolling::take_result(LayerFigures& figures, const ReportDigest& digest) const {
    const auto total = digest.shown_result();
    if (!total) return;
    figures.figures.add(*total);
    if (!digest.result.final) ++figures.incomplete;
}

void Rolling::take_group(const ReportDigest& digest, std::string by, std::string name) {
    GroupFigures& group = groups_[{by, name}];
    group.by = std::move(by);
    group.name = std::move(name);
    ++group.n;
    group.sections.resize(all_.sections.size());
    for (std::size_t l = 0; l < sums_.size(); ++l) {
        take_sum(group.layers[l], sums_[l].total);
        for (std::size_t s = 0; s < sums_[l].sections.size(); ++s) take_sum(group.sections[s][l], sums_[l].sections[s]);
    }
    take_result(group.result, digest);
}

void Rolling::take_groups(const ReportDigest& digest, const ExpectedUnit* unit) {
    if (unit != nullptr) {
        take_group(digest, "district", unit->district);
        take_group(digest, "class", unit->class_name);
    }
    take_group(digest, "version", digest.version);
}

void take_extreme(Extreme& extreme, Points total, const std::string& unit, bool is_better) {
    if (extreme.total && *extreme.total != total && !is_better) return;
    if (!extreme.total || *extreme.total != total) extreme = {total, 0, {}};
    ++extreme.n;
    extreme.units.insert(unit);
    if (extreme.units.size() > most_named) extreme.units.erase(std::prev(extreme.units.end()));
}

void Rolling::take_extremes(const ReportDigest& digest) {
    for (std::size_t l = 0; l < sums_.size(); ++l) {
        const auto& total = sums_[l].total.sum;
        if (!total) continue;
        Extreme& low = all_.lowest[l];
        Extreme& high = all_.highest[l];
        take_extreme(low, *total, digest.unit, low.total && *total < *low.total);
        take_extreme(high, *total, digest.unit, high.total && *high.total < *total);
    }
}

void Rolling::take_custody(const ReportDigest& digest, const ExpectedUnit* unit) {
    const auto is_any = [&digest](std::string_view state) {
        return std::find(digest.states.begin(), digest.states.end(), state) != digest.states.end();
    };
    if (is_any("returned")) {
        ++all_.returned;
    } else if (is_any("accepted")) {
        ++all_.accepted;
    }
    auto due = unit != nullptr ? unit->due : std::nullopt;
    if (!due && campaign_ != nullptr) due = campaign_->due;
    const auto handed = parse_date(std::string_view(digest.handed).substr(0, 10));
    if (due && handed && *due < *handed) ++all_.late;
}

void Rolling::take_findings(const ReportDigest& digest) {
    if (!digest.veto.empty()) ++all_.veto;
    if (digest.has_errors()) ++all_.with_errors;
    for (const auto& [code, found] : digest.findings) {
        FindingFigures& figures = all_.findings[code];
        figures.severity = std::min(figures.severity, found.first);
        ++figures.units;
        figures.n += static_cast<std::uint64_t>(found.second);
    }
    for (const auto& [id, periods] : digest.duties) {
        DutyFigures& figures = all_.duties[id];
        ++figures.units;
        figures.periods += static_cast<std::uint64_t>(periods);
        for (const FormOutline::Part& duty : digest.form->duties) {
            if (duty.id == id && (figures.title.empty() || duty.name < figures.title)) figures.title = duty.name;
        }
    }
    for (const auto& [grade, members] : digest.grades) all_.grades[grade] += static_cast<std::uint64_t>(members);
}

void Rolling::take(const ReportDigest& digest, const ExpectedUnit* unit) {
    take_scores(digest);
    take_groups(digest, unit);
    take_extremes(digest);
    take_custody(digest, unit);
    take_findings(digest);
}

void Rolling::finish() {
    for (const std::string_view by : {"district", "class", "version"}) {
        for (auto& [key, group] : groups_) {
            if (key.first == by) all_.groups.push_back(std::move(group));
        }
    }
}

/// A slip of the pen, or the same name with something before or behind it: 第一医院, 市第一医院党委.
bool is_like(std::string_view key, std::string_view other) {
    constexpr std::size_t fewest_characters = 4;
    const std::string_view shorter = key.size() < other.size() ? key : other;
    const std::string_view longer = key.size() < other.size() ? other : key;
    const bool is_part = longer.find(shorter) != std::string_view::npos;
    return is_part ? count_characters(shorter) >= fewest_characters : is_near_miss(key, other);
}

/// The units of the list that have no report, by their names.
class MissingUnits {
public:
    explicit MissingUnits(const std::vector<std::string>& names) {
        for (const std::string& name : names) by_key_.emplace_back(organisation_key(name), name);
    }

    [[nodiscard]] std::vector<std::string> like(std::string_view unit) const {
        const std::string key = organisation_key(unit);
        std::vector<std::string> names;
        for (const auto& [other, name] : by_key_) {
            if (names.size() < most_perhaps && is_like(key, other)) names.push_back(name);
        }
        return names;
    }

private:
    std::vector<std::pair<std::string, std::string>> by_key_;
};

void count_fates(const Collection& collection, const Sorted& sorted, RollUp& all) {
    const MissingUnits missing(all.missing);
    for (std::size_t i = 0; i < sorted.fates.size(); ++i) {
        const Fate fate = sorted.fates[i];
        ++all.fates[static_cast<std::size_t>(fate)];
        if (fate == Fate::counted) continue;
        const CollectedReport& report = collection.reports()[i];
        ReportDigest digest = collection.digest(report);
        const bool lacks_unit = fate == Fate::foreign && collection.subjects()[report.subject] == sorted.subject;
        auto perhaps = lacks_unit ? missing.like(digest.unit) : std::vector<std::string>{};
        all.uncounted.push_back(
            {fate, std::move(digest.file), std::move(digest.unit), std::move(digest.document), std::move(perhaps)});
    }
    std::sort(all.uncounted.begin(), all.uncounted.end());
    for (const auto& [key, file] : collection.rejected()) all.rejected.push_back(file);
    std::sort(all.rejected.begin(), all.rejected.end(), [](const RejectedFile& a, const RejectedFile& b) {
        return std::tie(a.file, a.key) < std::tie(b.file, b.key);
    });
    all.received = sorted.fates.size() + all.rejected.size();
}

void find_missing(const Campaign& campaign, const Sorted& sorted, RollUp& all) {
    all.expected = campaign.expected.size();
    std::vector<bool> is_there(campaign.expected.size());
    for (std::size_t i = 0; i < sorted.fates.size(); ++i) {
        if (sorted.fates[i] == Fate::counted && sorted.expected[i] >= 0)
            is_there[static_cast<std::size_t>(sorted.expected[i])] = true;
    }
    for (std::size_t i = 0; i < is_there.size(); ++i) {
        if (!is_there[i]) all.missing.push_back(campaign.expected[i].name);
    }
}

}  // namespace

RollUp roll_up(const Collection& collection, const Campaign* campaign, const Sorted& sorted) {
    RollUp all;
    all.subject = sorted.subject;
    if (campaign != nullptr && !campaign->expected.empty()) find_missing(*campaign, sorted, all);
    count_fates(collection, sorted, all);
    Rolling rolling(collection, campaign, sorted, all);
    for (std::size_t i = 0; i < sorted.fates.size(); ++i) {
        if (sorted.fates[i] != Fate::counted) continue;
        const std::int32_t at = sorted.expected[i];
        const ExpectedUnit* unit = at < 0 ? nullptr : &campaign->expected[static_cast<std::size_t>(at)];
        rolling.take(collection.digest(collection.reports()[i]), unit);
    }
    rolling.finish();
    return all;
}

}  // namespace duibiao
