#include "core/ledger_index.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/name_key.hpp"

namespace duibiao::ledger_parts {
namespace {

namespace calendar = std::chrono;

void add(std::vector<std::size_t>& found, std::size_t at) {
    if (std::find(found.begin(), found.end(), at) == found.end()) found.push_back(at);
}

std::vector<std::size_t> branches_of(const Ledger& ledger, const Activity& activity) {
    const ActivityPlace& place = ledger.places[activity.place];
    const std::vector<Body>& all = ledger.branches.branches;
    const auto is_there = [&](std::size_t at) { return all[at].exists_on(activity.date); };
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < all.size() && place.every; ++at) {
        if (is_there(at)) add(found, at);
    }
    for (const auto& named : place.branches) {
        if (named.empty()) continue;
        const auto there = std::find_if(named.begin(), named.end(), is_there);
        add(found, there == named.end() ? named.front() : *there);
    }
    return found;
}

std::vector<std::size_t> groups_of(const Ledger& ledger, const Activity& activity) {
    const ActivityPlace& place = ledger.places[activity.place];
    const std::vector<Body>& all = ledger.branches.groups;
    const std::vector<std::size_t> branches = branches_of(ledger, activity);
    const auto is_of = [&](std::size_t group, std::size_t branch) { return all[group].branch == branch; };
    std::vector<std::size_t> found;
    if (place.group.empty()) {
        // A branch's only group need not be named.
        for (const std::size_t branch : branches) {
            std::vector<std::size_t> own;
            for (std::size_t at = 0; at < all.size(); ++at) {
                if (is_of(at, branch) && all[at].exists_on(activity.date)) own.push_back(at);
            }
            if (own.size() == 1) add(found, own.front());
        }
        return found;
    }
    for (const auto& named : place.groups) {
        if (branches.empty() && place.branches.empty() && named.size() == 1) add(found, named.front());
        for (const std::size_t group : named) {
            if (std::any_of(branches.begin(), branches.end(), [&](std::size_t one) { return is_of(group, one); }))
                add(found, group);
        }
    }
    return found;
}

void add_to(std::vector<ByMonth>& counted, const Ledger& ledger, const Activity& activity, Level level) {
    const auto month = static_cast<std::size_t>(month_of(activity.date) - 1);
    for (const std::size_t at : bodies_of(ledger, activity, level)) ++counted[at][month];
}

void add_all(std::vector<ByMonth>& sums, const std::vector<ByMonth>& counted) {
    for (std::size_t at = 0; at < counted.size(); ++at) {
        for (std::size_t month = 0; month < sums[at].size(); ++month) sums[at][month] += counted[at][month];
    }
}

}  // namespace

int months_in(Per per) {
    switch (per) {
        case Per::month:
            return 1;
        case Per::quarter:
            return 3;
        case Per::half:
            return 6;
        case Per::year:
            break;
    }
    return months_of_year;
}

Date month_end(int year, int month) {
    return calendar::year_month_day_last{calendar::year{year},
                                         calendar::month_day_last{calendar::month{static_cast<unsigned>(month)}}};
}

int month_of(Date date) { return static_cast<int>(static_cast<unsigned>(date.month())); }

int sum(const ByMonth& months, int first_month, int count) {
    int total = 0;
    for (int month = first_month; month < first_month + count; ++month)
        total += months[static_cast<std::size_t>(month - 1)];
    return total;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_part(std::string_view parts, std::string_view name) {
    while (!parts.empty()) {
        const std::size_t end = parts.find(part_separator);
        if (parts.substr(0, end) == name) return true;
        if (end == std::string_view::npos) return false;
        parts.remove_prefix(end + part_separator.size());
    }
    return false;
}

bool counts(const Activity& activity, const Ledger& ledger, Date as_of) {
    return activity.date.ok() && static_cast<int>(activity.date.year()) == ledger.year && activity.date <= as_of;
}

bool has_kind(const Activity& activity, const std::vector<std::string>& kinds) {
    return std::any_of(kinds.begin(), kinds.end(),
                       [&activity](const std::string& kind) { return has_part(activity.kind, kind); });
}

bool has_flag(const Activity& activity, std::string_view flag) {
    if (flag.empty()) return true;
    if (flag == "signin") return activity.signin;
    if (flag == "record") return activity.record;
    if (flag == "speakers") return !activity.speakers.empty();
    return flag == "photo" && activity.photo;
}

const std::vector<Body>& bodies(const Ledger& ledger, Level level) {
    return level == Level::group ? ledger.branches.groups : ledger.branches.branches;
}

bool is_by_body(const Ledger& ledger, Level level) { return level != Level::unit && !ledger.branches.empty(); }

std::vector<std::size_t> bodies_of(const Ledger& ledger, const Activity& activity, Level level) {
    if (!is_by_body(ledger, level)) return {};
    return level == Level::group ? groups_of(ledger, activity) : branches_of(ledger, activity);
}

KindCounts::KindCounts(const Ledger& ledger, Date as_of) : ledger_(&ledger) {
    for (const Activity& activity : ledger.activities) {
        if (!counts(activity, ledger, as_of)) continue;
        if (activity.kind.find(part_separator) != std::string_view::npos) {
            of_several_kinds_.push_back(&activity);
            continue;
        }
        Counted& counted = by_kind_[activity.kind];
        ++counted.unit[static_cast<std::size_t>(month_of(activity.date) - 1)];
        if (ledger.branches.empty()) continue;
        counted.branches.resize(ledger.branches.branches.size());
        counted.groups.resize(ledger.branches.groups.size());
        add_to(counted.branches, ledger, activity, Level::branch);
        add_to(counted.groups, ledger, activity, Level::group);
    }
}

std::vector<ByMonth> KindCounts::of(const std::vector<std::string>& kinds, Level level) const {
    const bool by_body = is_by_body(*ledger_, level);
    std::vector<ByMonth> sums(by_body ? bodies(*ledger_, level).size() : 1);
    for (const std::string& kind : kinds) {
        const auto found = by_kind_.find(kind);
        if (found == by_kind_.end()) continue;
        if (by_body)
            add_all(sums, level == Level::group ? found->second.groups : found->second.branches);
        else
            add_all(sums, {found->second.unit});
    }
    for (const Activity* activity : of_several_kinds_) {
        if (!has_kind(*activity, kinds)) continue;
        if (by_body)
            add_to(sums, *ledger_, *activity, level);
        else
            ++sums.front()[static_cast<std::size_t>(month_of(activity->date) - 1)];
    }
    return sums;
}

std::vector<ByMonth> count_by_month(const Ledger& ledger, Date as_of, Level level, const Include& include) {
    const bool by_body = is_by_body(ledger, level);
    std::vector<ByMonth> sums(by_body ? bodies(ledger, level).size() : 1);
    for (const Activity& activity : ledger.activities) {
        if (!counts(activity, ledger, as_of) || !include(activity)) continue;
        if (by_body)
            add_to(sums, ledger, activity, level);
        else
            ++sums.front()[static_cast<std::size_t>(month_of(activity.date) - 1)];
    }
    return sums;
}

PeopleIndex::PeopleIndex(const Ledger& ledger) {
    for (const auto& names : ledger.people) {
        for (const std::string& name : names) by_key_.try_emplace(person_key(name));
    }
    if (by_key_.empty()) return;
    for (std::size_t at = 0; at < ledger.activities.size(); ++at) {
        const Activity& activity = ledger.activities[at];
        const bool has_lead = !activity.lead.empty();
        note(activity.chair, at, !has_lead);
        note(activity.lead, at, true);
        note(activity.people, at, false);
        note(activity.speakers, at, false);
    }
}

/// Chairs stand as they were typed, padded perhaps.
void PeopleIndex::note(std::string_view names, std::size_t activity, bool led) {
    const bool padded = names.find(' ') != std::string_view::npos || names.find("　") != std::string_view::npos;
    if (padded) {
        for (const std::string& name : split_names(names)) {
            const auto known = by_key_.find(person_key(name));
            if (known != by_key_.end()) note_one(known->first, activity, led);
        }
    }
    while (!names.empty()) {
        const std::size_t end = names.find(part_separator);
        note_one(names.substr(0, end), activity, led);
        if (end == std::string_view::npos) return;
        names.remove_prefix(end + part_separator.size());
    }
}

void PeopleIndex::note_one(std::string_view name, std::size_t activity, bool led) {
    auto met = met_.find(name);
    if (met == met_.end()) {
        const auto known = by_key_.find(person_key(name));
        met = met_.emplace(name, known == by_key_.end() ? nullptr : &known->second).first;
    }
    if (met->second == nullptr) return;
    const auto add_once = [activity](std::vector<std::size_t>& done) {
        if (done.empty() || done.back() != activity) done.push_back(activity);
    };
    add_once(met->second->attended);
    if (led) add_once(met->second->led);
}

const std::vector<std::size_t>& PeopleIndex::of(std::string_view person, Role role) const {
    static const std::vector<std::size_t> nothing;
    const auto found = by_key_.find(person_key(person));
    if (found == by_key_.end()) return nothing;
    return role == Role::led ? found->second.led : found->second.attended;
}

}  // namespace duibiao::ledger_parts
