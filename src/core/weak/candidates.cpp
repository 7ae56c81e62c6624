#include "core/weak/candidates.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/campaign/roll_up.hpp"
#include "core/name_key.hpp"
#include "core/sort.hpp"
#include "core/weak/evidence_rules.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_perhaps_named = 5;

/// Every revision of one document.
struct Versions {
    std::vector<std::size_t> revisions;  ///< positions in Collection::reports(), the one that counts last
    std::int32_t expected = -1;
    bool counts = false;  ///< sort_reports() counts one of them, or the unit is in no list
};

/// A total of one unit, for the lowest share.
struct UnitTotal {
    std::string key;
    Points total;
    DoorEvidence evidence;
};

class CandidateSearch {
public:
    CandidateSearch(const Collection& collection, const Campaign* campaign, const Doors& doors, Date as_of)
        : collection_(collection), campaign_(campaign), doors_(doors), as_of_(as_of) {
        for (std::size_t i = 0; campaign != nullptr && i < campaign->expected.size(); ++i)
            listed_.emplace(organisation_key(campaign->expected[i].name), static_cast<std::int32_t>(i));
    }

    [[nodiscard]] Candidates run();

private:
    [[nodiscard]] std::set<std::string> forms_read() const;
    [[nodiscard]] std::string period_of(const std::set<std::string>& forms) const;
    void read_subject(const Subject& subject);
    [[nodiscard]] std::vector<Versions> versions_of(const Subject& subject, const Sorted& sorted);
    void read_document(const Versions& versions);
    [[nodiscard]] std::vector<DoorEvidence> evidence_in(const ReportDigest& report, std::string_view form,
                                                        std::vector<std::string>* organisations) const;
    void keep_unanswered(Candidate& unit, const ReportDigest& report, std::string_view form) const;
    void keep_totals(const ReportDigest& report, const std::string& key);
    void keep_replaced(const Versions& versions, const std::string& form, Candidate& unit,
                       const std::vector<DoorEvidence>& now);
    [[nodiscard]] DoorEvidence evidence_of(std::size_t door, std::size_t rule, const ReportDigest& report) const;
    Candidate& unit_of(const std::string& key, const std::string& name, std::int32_t expected);
    Candidate& organisation_of(const std::string& unit_key, const std::string& organisation);
    [[nodiscard]] std::string key_of(const Versions& versions, const ReportDigest& report) const;
    void find_lowest();
    void compare_surveys();
    void finish();

    const Collection& collection_;
    const Campaign* campaign_;
    const Doors& doors_;
    Date as_of_;
    std::map<std::string, std::int32_t> listed_;  ///< units of the campaign's list by key
    Candidates found_;
    std::map<std::string, Candidate> by_key_;
    std::map<std::string, std::int32_t> order_;                                     ///< of keys: position in the list
    std::map<std::pair<std::size_t, std::size_t>, std::vector<UnitTotal>> totals_;  ///< by door and rule
    /// Answers of surveys and of what they stand beside, by unit and form.
    std::map<std::pair<std::string, std::string>, ReportDigest> surveyed_;
    /// Whom a row names is known once all reports are read: it may have reported itself.
    struct Pending {
        std::string key;
        std::string organisation;
        DoorEvidence evidence;
    };
    std::vector<Pending> pending_;
};

std::set<std::string> CandidateSearch::forms_read() const {
    std::set<std::string> forms;
    bool any_form = false;
    for (const Door& door : doors_.doors) {
        if (!door.is_on) continue;
        for (const EvidenceRule& rule : door.evidence) {
            any_form = any_form || rule.form.empty();
            if (!rule.form.empty()) forms.insert(rule.form);
        }
    }
    for (const SurveyForm& survey : doors_.surveys) {
        if (forms.contains(survey.of)) forms.insert(survey.form);
    }
    if (!any_form) return forms;
    for (const Subject& subject : collection_.subjects()) forms.insert(subject.instrument);
    // The desk's own files are no reports of units.
    for (const std::string& own : {doors_.list.form, doors_.plan.form, doors_.review.form, std::string(campaign_form)})
        forms.erase(own);
    return forms;
}

std::string CandidateSearch::period_of(const std::set<std::string>& forms) const {
    if (campaign_ != nullptr && !campaign_->period.empty()) return campaign_->period;
    std::map<std::string, std::size_t> counts;
    for (const CollectedReport& report : collection_.reports()) {
        const Subject& subject = collection_.subjects()[report.subject];
        if (forms.contains(subject.instrument)) ++counts[subject.period];
    }
    std::string best;
    std::size_t most = 0;
    for (const auto& [period, count] : counts) {
        if (count < most) continue;  // of equally many the later one
        most = count;
        best = period;
    }
    return best;
}

std::vector<Versions> CandidateSearch::versions_of(const Subject& subject, const Sorted& sorted) {
    const auto& reports = collection_.reports();
    std::map<TextMark, Versions> by_document;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (collection_.subjects()[reports[i].subject] != subject) continue;
        Versions& versions = by_document[reports[i].document];
        versions.revisions.push_back(i);
        if (sorted.expected[i] >= 0) versions.expected = std::max(versions.expected, sorted.expected[i]);
        versions.counts = versions.counts || sorted.fates[i] == Fate::counted;
    }
    const bool has_list = campaign_ != nullptr && !campaign_->expected.empty();
    std::vector<Versions> all;
    for (auto& [document, versions] : by_document) {
        std::sort(versions.revisions.begin(), versions.revisions.end(), [&reports](std::size_t a, std::size_t b) {
            return std::tie(reports[a].edits, reports[a].at, reports[a].key) <
                   std::tie(reports[b].edits, reports[b].at, reports[b].key);
        });
        found_.superseded += versions.revisions.size() - 1;
        const bool is_unlisted = has_list && versions.expected < 0;
        if (is_unlisted) versions.counts = true;
        ++(is_unlisted ? found_.unlisted : versions.counts ? found_.counted : found_.doubled);
        all.push_back(std::move(versions));
    }
    return all;
}

std::string CandidateSearch::key_of(const Versions& versions, const ReportDigest& report) const {
    if (versions.expected < 0) return organisation_key(report.unit);
    return organisation_key(campaign_->expected[static_cast<std::size_t>(versions.expected)].name);
}

Candidate& CandidateSearch::unit_of(const std::string& key, const std::string& name, std::int32_t expected) {
    const auto [known, is_new] = by_key_.try_emplace(key);
    Candidate& unit = known->second;
    if (!is_new) return unit;
    order_[key] = expected;
    unit.name = unit.unit = name;
    if (expected >= 0) {
        const ExpectedUnit& own = campaign_->expected[static_cast<std::size_t>(expected)];
        unit.name = unit.unit = own.name;
        unit.district = own.district;
        unit.class_name = own.class_name;
        return unit;
    }
    unit.is_listed = campaign_ == nullptr || campaign_->expected.empty();
    if (unit.is_listed) return unit;
    std::vector<std::int32_t> alike;
    for (const auto& [other, position] : listed_) {
        if (is_near_miss(key, other)) alike.push_back(position);
    }
    std::sort(alike.begin(), alike.end());
    alike.resize(std::min(alike.size(), most_perhaps_named));
    for (const std::int32_t position : alike)
        unit.perhaps.push_back(campaign_->expected[static_cast<std::size_t>(position)].name);
    return unit;
}

/// An organisation that a row names: a unit of the list or one that reported itself, else one of the reporting unit.
Candidate& CandidateSearch::organisation_of(const std::string& unit_key, const std::string& organisation) {
    const std::string own_key = organisation_key(organisation);
    if (organisation.empty() || own_key == unit_key) return by_key_.at(unit_key);
    if (const auto known = by_key_.find(own_key); known != by_key_.end()) return known->second;
    if (const auto listed = listed_.find(own_key); listed != listed_.end())
        return unit_of(own_key, organisation, listed->second);
    const std::string key = unit_key + "\n" + own_key;
    const Candidate& unit = by_key_.at(unit_key);
    const auto [known, is_new] = by_key_.try_emplace(key);
    if (!is_new) return known->second;
    order_[key] = order_[unit_key];
    Candidate& part = known->second;
    part.name = unit.unit + " " + organisation;
    part.unit = unit.unit;
    part.district = unit.district;
    part.class_name = unit.class_name;
    part.is_listed = unit.is_listed;
    part.perhaps = unit.perhaps;
    return part;
}

DoorEvidence CandidateSearch::evidence_of(std::size_t door, std::size_t rule, const ReportDigest& report) const {
    DoorEvidence evidence;
    evidence.door = door;
    evidence.rule = rule;
    evidence.form = report.form->id;
    evidence.form_title = report.form->title;
    evidence.document = report.document;
    evidence.edits = static_cast<std::uint32_t>(report.edits);
    evidence.clause = doors_.doors[door].evidence[rule].clause;
    evidence.is_survey = !doors_.surveyed(evidence.form).empty();
    return evidence;
}

/// `form`: the one that rules are asked for, of a survey the one that it stands beside. With `organisations`, whom each
/// piece of evidence is about.
std::vector<DoorEvidence> CandidateSearch::evidence_in(const ReportDigest& report, std::string_view form,
                                                       std::vector<std::string>* organisations) const {
    std::vector<DoorEvidence> all;
    for (std::size_t door = 0; door < doors_.doors.size(); ++door) {
        if (!doors_.doors[door].is_on) continue;
        const auto& rules = doors_.doors[door].evidence;
        for (std::size_t rule = 0; rule < rules.size(); ++rule) {
            if (!rules[rule].form.empty() && rules[rule].form != form) continue;
            for (RuleHit& hit : hits_of(rules[rule], report, as_of_)) {
                DoorEvidence evidence = evidence_of(door, rule, report);
                evidence.item = std::move(hit.item);
                evidence.text = std::move(hit.text);
                evidence.answer = std::move(hit.answer);
                evidence.words = std::move(hit.words);
                all.push_back(std::move(evidence));
                if (organisations != nullptr) organisations->push_back(std::move(hit.organisation));
            }
        }
    }
    return all;
}

void CandidateSearch::keep_unanswered(Candidate& unit, const ReportDigest& report, std::string_view form) const {
    for (std::size_t door = 0; door < doors_.doors.size(); ++door) {
        if (!doors_.doors[door].is_on) continue;
        for (const EvidenceRule& rule : doors_.doors[door].evidence) {
            if (rule.form != form) continue;
            if (auto text = unanswered(rule, report))
                unit.unanswered.push_back({door, report.form->id, rule.item, *std::move(text)});
        }
    }
}

void CandidateSearch::keep_totals(const ReportDigest& report, const std::string& key) {
    for (std::size_t door = 0; door < doors_.doors.size(); ++door) {
        if (!doors_.doors[door].is_on) continue;
        const auto& rules = doors_.doors[door].evidence;
        for (std::size_t rule = 0; rule < rules.size(); ++rule) {
            if (rules[rule].of != EvidenceRule::Of::lowest || rules[rule].form != report.form->id) continue;
            const auto total = complete_total(report, rules[rule].layer, {});
            if (total) totals_[{door, rule}].push_back({key, *total, evidence_of(door, rule, report)});
        }
    }
}

/// What an earlier revision said and the one that counts does not.
void CandidateSearch::keep_replaced(const Versions& versions, const std::string& form, Candidate& unit,
                                    const std::vector<DoorEvidence>& now) {
    const auto place = [](const DoorEvidence& evidence) {
        return std::tie(evidence.door, evidence.rule, evidence.item);
    };
    for (std::size_t i = versions.revisions.size() - 1; i-- > 0;) {
        const ReportDigest earlier = collection_.digest(collection_.reports()[versions.revisions[i]]);
        for (DoorEvidence& evidence : evidence_in(earlier, form, nullptr)) {
            const auto same = [&](const DoorEvidence& other) { return place(other) == place(evidence); };
            const auto same_replaced = [&](const ReplacedEvidence& other) {
                return other.evidence.document == evidence.document && same(other.evidence);
            };
            if (std::any_of(now.begin(), now.end(), same)) continue;
            if (std::any_of(unit.replaced.begin(), unit.replaced.end(), same_replaced)) continue;
            const std::uint32_t by = collection_.reports()[versions.revisions.back()].edits;
            unit.replaced.push_back({std::move(evidence), by});
        }
    }
}

void CandidateSearch::read_document(const Versions& versions) {
    const ReportDigest report = collection_.digest(collection_.reports()[versions.revisions.back()]);
    const std::string key = key_of(versions, report);
    Candidate& unit = unit_of(key, report.unit, versions.expected);
    if (!versions.counts) {
        unit.doubled.push_back(report.document);
        return;
    }
    const auto is_known = [&](const std::string& name) {
        return std::find(unit.other_names.begin(), unit.other_names.end(), name) != unit.other_names.end();
    };
    if (organisation_key(report.unit) != organisation_key(unit.unit) && !is_known(report.unit))
        unit.other_names.push_back(report.unit);
    const std::string_view beside = doors_.surveyed(report.form->id);
    const std::string form = beside.empty() ? report.form->id : std::string(beside);
    std::vector<std::string> organisations;
    std::vector<DoorEvidence> evidence = evidence_in(report, form, &organisations);
    keep_replaced(versions, form, unit, evidence);
    keep_unanswered(unit, report, form);
    keep_totals(report, key);
    for (std::size_t i = 0; i < evidence.size(); ++i)
        pending_.push_back({key, std::move(organisations[i]), std::move(evidence[i])});
    const bool is_surveyed =
        !beside.empty() || std::any_of(doors_.surveys.begin(), doors_.surveys.end(),
                                       [&](const SurveyForm& survey) { return survey.of == report.form->id; });
    if (is_surveyed) surveyed_.emplace(std::pair(key, report.form->id), report);
}

void CandidateSearch::read_subject(const Subject& subject) {
    const Sorted sorted = sort_reports(collection_, campaign_, subject);
    for (const Versions& versions : versions_of(subject, sorted)) read_document(versions);
}

/// The share is rounded down; who has the same total as the last of them is named too, and all these are tied.
void CandidateSearch::find_lowest() {
    for (auto& [place, totals] : totals_) {
        const EvidenceRule& rule = doors_.doors[place.first].evidence[place.second];
        std::map<std::string, std::vector<UnitTotal*>> classes;
        for (UnitTotal& total : totals)
            classes[rule.within_class ? by_key_.at(total.key).class_name : std::string{}].push_back(&total);
        for (auto& [name, own] : classes) {
            if (own.size() < least_class) continue;
            sort_stably(own, [](const UnitTotal* a, const UnitTotal* b) {
                return std::tie(a->total, a->key) < std::tie(b->total, b->key);
            });
            const auto n = static_cast<std::size_t>(static_cast<std::int64_t>(own.size()) * rule.share.hundredths() /
                                                    Points::from_whole(100).hundredths());
            if (n == 0) continue;
            const Points border = own[n - 1]->total;
            const bool is_tied = n < own.size() && own[n]->total == border;
            for (UnitTotal* total : own) {
                if (total->total > border) break;
                DoorEvidence evidence = std::move(total->evidence);
                evidence.answer = total->total.to_string();
                evidence.is_tied = is_tied && total->total == border;
                evidence.words = fill_words(rule.words, {{"answer", evidence.answer},
                                                         {"line", rule.share.to_string()},
                                                         {"count", std::to_string(own.size())}});
                by_key_.at(total->key).evidence.push_back(std::move(evidence));
            }
        }
    }
}

void CandidateSearch::compare_surveys() {
    for (const auto& [place, survey] : surveyed_) {
        const std::string_view beside = doors_.surveyed(place.second);
        if (beside.empty()) continue;
        const auto own = surveyed_.find({place.first, std::string(beside)});
        if (own == surveyed_.end()) continue;
        const auto& items = survey.form->items;
        const auto& own_items = own->second.form->items;
        for (std::size_t i = 0; i < items.size() && i < survey.answers.size(); ++i) {
            const auto at = std::find_if(own_items.begin(), own_items.end(),
                                         [&](const FormOutline::Part& part) { return part.id == items[i].id; });
            const auto index = static_cast<std::size_t>(at - own_items.begin());
            const bool is_there = at != own_items.end() && index < own->second.answers.size();
            if (!is_there || survey.answers[i].empty() || own->second.answers[index] == survey.answers[i]) continue;
            by_key_.at(place.first)
                .differences.push_back({items[i].id, items[i].name, own->second.answers[index], survey.answers[i]});
        }
    }
}

void CandidateSearch::finish() {
    std::vector<std::pair<std::int64_t, std::string>> keys;
    const auto has_anything = [](const Candidate& unit) {
        return !unit.evidence.empty() || !unit.replaced.empty() || !unit.differences.empty() ||
               !unit.unanswered.empty() || !unit.doubled.empty() || !unit.is_listed || !unit.other_names.empty();
    };
    for (auto& [key, unit] : by_key_) {
        sort_stably(unit.evidence, [](const DoorEvidence& a, const DoorEvidence& b) {
            return std::tie(a.door, a.rule, a.form, a.document, a.item) <
                   std::tie(b.door, b.rule, b.form, b.document, b.item);
        });
        for (std::size_t door = 0; door < doors_.doors.size(); ++door) {
            std::set<std::size_t> rules;
            for (const DoorEvidence& evidence : unit.evidence) {
                if (evidence.door == door) rules.insert(evidence.rule);
            }
            if (static_cast<int>(rules.size()) >= doors_.doors[door].at_least) unit.doors.push_back(door);
        }
        const std::int64_t place = order_.at(key);
        if (has_anything(unit)) keys.emplace_back(place < 0 ? std::int64_t{INT32_MAX} + 1 : place, key);
    }
    std::sort(keys.begin(), keys.end());
    for (const auto& [place, key] : keys) found_.units.push_back(by_key_.at(key));
    if (campaign_ == nullptr) return;
    for (const ExpectedUnit& unit : campaign_->expected) {
        if (!by_key_.contains(organisation_key(unit.name))) found_.silent.push_back(unit.name);
    }
}

Candidates CandidateSearch::run() {
    const std::set<std::string> forms = forms_read();
    found_.period = period_of(forms);
    std::vector<Subject> subjects = collection_.subjects();
    std::sort(subjects.begin(), subjects.end());
    for (const Subject& subject : subjects) {
        if (forms.contains(subject.instrument) && subject.period == found_.period) read_subject(subject);
    }
    found_.rejected = collection_.rejected().size();
    found_.received = collection_.reports().size() + found_.rejected;
    found_.aside =
        found_.received - found_.rejected - found_.counted - found_.superseded - found_.doubled - found_.unlisted;
    for (Pending& one : pending_)
        organisation_of(one.key, one.organisation).evidence.push_back(std::move(one.evidence));
    find_lowest();
    compare_surveys();
    finish();
    return std::move(found_);
}

}  // namespace

Candidates find_candidates(const Collection& collection, const Campaign* campaign, const Doors& doors, Date as_of) {
    return CandidateSearch(collection, campaign, doors, as_of).run();
}

}  // namespace duibiao
