#include "core/participation.hpp"

#include <algorithm>
#include <set>

#include "core/cell.hpp"
#include "core/ledger_index.hpp"
#include "core/name_key.hpp"

namespace duibiao {
namespace {

using NameKeys = std::set<std::string, std::less<>>;

/// Who took part in each month; January is the first.
std::array<NameKeys, 12> there_by_month(const Ledger& ledger, Date as_of) {
    std::array<NameKeys, 12> there;
    for (const Activity& activity : ledger.activities) {
        if (activity.date > as_of || static_cast<int>(activity.date.year()) != ledger.year) continue;
        NameKeys& names = there[static_cast<unsigned>(activity.date.month()) - 1];
        for (const std::string& name : split_names(activity.people)) names.emplace(person_key(name));
        if (!activity.people.empty()) names.emplace(person_key(activity.chair));
    }
    return there;
}

/// Months of the year that are over.
std::size_t months_over(int year, Date as_of) {
    std::size_t over = 0;
    while (over < 12) {
        const std::chrono::year_month month{std::chrono::year{year},
                                            std::chrono::month{static_cast<unsigned>(over) + 1}};
        if (Date{month / std::chrono::last} > as_of) break;
        ++over;
    }
    return over;
}

void add(Turnout& turnout, const Activity& activity) {
    ++turnout.activities;
    turnout.expected += activity.expected;
    turnout.actual += activity.actual;
}

}  // namespace

std::optional<Points> Turnout::rate() const {
    constexpr std::int64_t percent = 10'000;  // hundredths
    if (expected == 0) return std::nullopt;
    return Points::from_hundredths(percent * actual / expected);
}

Participation participation(const Ledger& ledger, Date as_of) {
    Participation found;
    const std::vector<Body>& branches = ledger.branches.branches;
    std::vector<Turnout> by_branch(branches.size());
    for (const Activity& activity : ledger.own_activities()) {
        if (activity.expected == 0 || !activity.has_actual || !ledger_parts::counts(activity, ledger, as_of)) continue;
        add(found.all, activity);
        add(found.months[static_cast<std::size_t>(ledger_parts::month_of(activity.date) - 1)], activity);
        for (const std::size_t at : ledger_parts::bodies_of(ledger, activity, Level::branch))
            add(by_branch[at], activity);
    }
    for (std::size_t at = 0; at < branches.size(); ++at) {
        if (by_branch[at].activities > 0) found.branches.push_back({branches[at].name, by_branch[at]});
    }
    return found;
}

std::vector<Absence> absences(const Ledger& ledger, int months, Date as_of) {
    const auto there = there_by_month(ledger, as_of);
    const std::size_t over = months_over(ledger.year, as_of);
    std::vector<Absence> absent;
    for (const std::string& member : people_of(ledger, Each::member)) {
        const std::string key = person_key(member);
        int run = 0;
        int longest = 0;
        for (std::size_t month = 0; month < over; ++month) {
            run = there[month].empty() || there[month].contains(key) ? 0 : run + 1;
            longest = std::max(longest, run);
        }
        if (longest >= months) absent.push_back({member, longest});
    }
    return absent;
}

}  // namespace duibiao
