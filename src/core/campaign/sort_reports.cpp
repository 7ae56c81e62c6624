// What became of each report.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/campaign/roll_up.hpp"
#include "core/name_key.hpp"

namespace duibiao {
namespace {

constexpr std::array<std::string_view, 4> fate_names{"counted", "superseded", "doubled", "foreign"};

/// Where the campaign names no form, or there is no campaign: the form and period of most reports.
Subject most_frequent(const Collection& collection, const Campaign* campaign) {
    std::map<Subject, std::size_t> counts;
    for (const CollectedReport& report : collection.reports()) ++counts[collection.subjects()[report.subject]];
    const auto fits = [campaign](const Subject& subject) {
        if (campaign == nullptr) return true;
        const auto& forms = campaign->instruments;
        const bool form_fits =
            forms.empty() || std::find(forms.begin(), forms.end(), subject.instrument) != forms.end();
        return form_fits && (campaign->period.empty() || campaign->period == subject.period);
    };
    Subject best;
    if (campaign != nullptr) {
        best.period = campaign->period;
        if (!campaign->instruments.empty()) best.instrument = campaign->instruments.front();
    }
    std::size_t most = 0;
    for (const auto& [subject, count] : counts) {
        if (subject.instrument == campaign_form || !fits(subject) || count <= most) continue;
        most = count;
        best = subject;
    }
    return best;
}

/// The later one of a document's revisions, or of a unit's documents, is the greater.
auto revision_of(const CollectedReport& report) { return std::tie(report.edits, report.at, report.key); }
auto lateness_of(const CollectedReport& report) { return std::tie(report.at, report.edits, report.key); }

class Sorting {
public:
    Sorting(const Collection& collection, const Campaign* campaign, Sorted& sorted)
        : reports_(collection.reports()), campaign_(campaign), sorted_(sorted) {
        sorted_.fates.assign(reports_.size(), Fate::counted);
        sorted_.expected.assign(reports_.size(), -1);
        for (std::size_t i = 0; i < reports_.size(); ++i) {
            if (collection.subjects()[reports_[i].subject] != sorted_.subject) sorted_.fates[i] = Fate::foreign;
        }
    }

    void match();
    void find_superseded();
    void find_doubled();

private:
    /// Of all counted reports with the same mark only the best stays.
    template <typename Mark, typename Better>
    void keep_best(Mark mark, Better better, Fate fate);

    const std::vector<CollectedReport>& reports_;
    const Campaign* campaign_;
    Sorted& sorted_;
};

/// Finds each report's unit in the list: by the document that was decided on, then by name.
void Sorting::match() {
    if (campaign_ == nullptr || campaign_->expected.empty()) return;
    std::map<TextMark, std::int32_t> by_name;
    std::map<TextMark, std::int32_t> by_document;
    for (std::size_t i = 0; i < campaign_->expected.size(); ++i) {
        const ExpectedUnit& unit = campaign_->expected[i];
        by_name.emplace(mark_of(organisation_key(unit.name)), static_cast<std::int32_t>(i));
        if (!unit.document.empty()) by_document.emplace(mark_of(unit.document), static_cast<std::int32_t>(i));
    }
    for (std::size_t i = 0; i < reports_.size(); ++i) {
        if (sorted_.fates[i] != Fate::counted) continue;
        auto found = by_document.find(reports_[i].document);
        if (found == by_document.end()) {
            found = by_name.find(reports_[i].unit);
            if (found == by_name.end()) {
                sorted_.fates[i] = Fate::foreign;
                continue;
            }
        }
        sorted_.expected[i] = found->second;
    }
}

template <typename Mark, typename Better>
void Sorting::keep_best(Mark mark, Better better, Fate fate) {
    std::map<decltype(mark(std::size_t{0})), std::size_t> best;
    for (std::size_t i = 0; i < reports_.size(); ++i) {
        if (sorted_.fates[i] != Fate::counted) continue;
        const auto [known, fresh] = best.emplace(mark(i), i);
        if (fresh) continue;
        const bool is_better = better(i, known->second);
        sorted_.fates[is_better ? known->second : i] = fate;
        if (is_better) known->second = i;
    }
}

void Sorting::find_superseded() {
    keep_best([this](std::size_t i) { return reports_[i].document; },
              [this](std::size_t a, std::size_t b) { return revision_of(reports_[b]) < revision_of(reports_[a]); },
              Fate::superseded);
}

void Sorting::find_doubled() {
    std::vector<TextMark> decided;
    if (campaign_ != nullptr) {
        for (const ExpectedUnit& unit : campaign_->expected)
            decided.push_back(unit.document.empty() ? TextMark{} : mark_of(unit.document));
    }
    const auto is_decided = [&](std::size_t i) {
        const std::int32_t at = sorted_.expected[i];
        return at >= 0 && decided[static_cast<std::size_t>(at)] == reports_[i].document;
    };
    // A unit of the list is its position, another one its name; a sheet a person is one of them each.
    const auto unit = [this](std::size_t i) {
        const std::int32_t at = sorted_.expected[i];
        return std::tuple(at, at >= 0 ? TextMark{} : reports_[i].unit, reports_[i].about);
    };
    keep_best(
        unit,
        [&](std::size_t a, std::size_t b) {
            if (is_decided(a) != is_decided(b)) return is_decided(a);
            return lateness_of(reports_[b]) < lateness_of(reports_[a]);
        },
        Fate::doubled);
}

}  // namespace

std::string_view to_string(Fate fate) { return fate_names[static_cast<std::size_t>(fate)]; }

Sorted sort_reports(const Collection& collection, const Campaign* campaign, const std::optional<Subject>& subject) {
    Sorted sorted;
    sorted.subject = subject ? *subject : most_frequent(collection, campaign);
    Sorting sorting(collection, campaign, sorted);
    sorting.match();
    sorting.find_superseded();
    sorting.find_doubled();
    return sorted;
}

void for_each_counted(const Collection& collection, const Campaign* campaign, const Sorted& sorted,
                      const CountedUse& use) {
    const auto& reports = collection.reports();
    std::vector<std::pair<std::int32_t, std::size_t>> order;
    std::map<std::size_t, std::string> names;  // of units that are in no list
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (sorted.fates[i] != Fate::counted) continue;
        order.emplace_back(sorted.expected[i], i);
        if (sorted.expected[i] < 0) names.emplace(i, collection.digest(reports[i]).unit);
    }
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        const auto name_a = names.find(a.second);
        const auto name_b = names.find(b.second);
        if (name_a != names.end() && name_b != names.end() && name_a->second != name_b->second)
            return name_a->second < name_b->second;
        return reports[a.second].key < reports[b.second].key;
    });
    for (const auto& [at, index] : order) {
        const ExpectedUnit* unit = at < 0 ? nullptr : &campaign->expected[static_cast<std::size_t>(at)];
        use(collection.digest(reports[index]), unit);
    }
}

}  // namespace duibiao
