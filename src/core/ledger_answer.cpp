// What the ledger answers in other forms.
#include <algorithm>
#include <set>

#include "core/cell.hpp"
#include "core/ledger_index.hpp"
#include "core/name_key.hpp"

namespace duibiao {
namespace ledger_parts {
namespace {

using Activities = std::vector<const Activity*>;

constexpr std::int64_t percent = 10'000;  ///< hundredths

std::string common_options(const Activities& activities, const std::vector<std::string>& options) {
    std::string text;
    for (const std::string& option : options) {
        const std::string_view name =
            option.starts_with("有") ? std::string_view(option).substr(3) : std::string_view(option);
        const bool everywhere = std::all_of(activities.begin(), activities.end(), [&](const Activity* activity) {
            return has_part(activity->procedures, option) || has_part(activity->procedures, name);
        });
        if (!everywhere) continue;
        if (!text.empty()) text += part_separator;
        text += option;
    }
    return text.empty() ? "无" : text;
}

ByMonth by_month(const Activities& activities) {
    ByMonth months{};
    for (const Activity* activity : activities) ++months[static_cast<std::size_t>(month_of(activity->date) - 1)];
    return months;
}

/// Rounded down to hundredths of a percent.
Points share_with(const Activities& activities, std::string_view flag) {
    const auto with = std::count_if(activities.begin(), activities.end(),
                                    [flag](const Activity* activity) { return has_flag(*activity, flag); });
    return Points::from_hundredths(percent * with / static_cast<std::int64_t>(activities.size()));
}

/// Nothing while an activity does not say its hours.
std::optional<Points> least_theory(const Activities& activities) {
    std::optional<Points> least;
    for (const Activity* activity : activities) {
        if (activity->hours <= Points{}) return std::nullopt;
        const auto share =
            Points::from_hundredths(percent * activity->theory.hundredths() / activity->hours.hundredths());
        if (!least || share < *least) least = share;
    }
    return least;
}

Points total_hours(const Activities& activities) {
    Points hours;
    for (const Activity* activity : activities) hours += activity->hours;
    return hours;
}

Points whole(std::size_t count) { return Points::from_whole(static_cast<std::int64_t>(count)); }

/// One body's share, or the unit's.
struct Part {
    std::string name;
    const Body* body = nullptr;  ///< none: the unit
    Activities activities;
};

class Asking {
public:
    Asking(const Ledger& ledger, const Source& source, Date as_of)
        : ledger_(ledger), source_(source), as_of_(as_of), end_(end_of(ledger, source, as_of)) {
        if (source.chair == Each::unit) return;
        for (const std::string& person : people_of(ledger, source.chair)) {
            for (const std::size_t at : ledger.done_by->of(person, Role::led)) led_.insert(&ledger.activities[at]);
        }
    }

    [[nodiscard]] std::optional<LedgerAnswer> answer(const std::vector<std::string>& options) const {
        if (!source_.each.empty()) return of_people();
        const std::vector<Part> parts = parts_of();
        using Count = Source::Count;
        switch (source_.count) {
            case Count::periods_met:
                return periods_met(parts);
            case Count::any:
                return any(parts);
            case Count::all_flag:
            case Count::all_options:
            case Count::share:
            case Count::least_share:
                return of_all(options);
            default:
                return least(parts);
        }
    }

private:
    static Date end_of(const Ledger& ledger, const Source& source, Date as_of) {
        return source.due ? std::min(as_of, day_of_year(ledger.year, *source.due)) : as_of;
    }

    [[nodiscard]] bool includes(const Activity& activity) const {
        if (!counts(activity, ledger_, end_) || !has_kind(activity, source_.kinds)) return false;
        const auto& months = source_.months;
        if (!months.empty() && std::find(months.begin(), months.end(), month_of(activity.date)) == months.end())
            return false;
        return source_.chair == Each::unit || led_.contains(&activity);
    }

    [[nodiscard]] Activities all() const {
        Activities activities;
        for (const Activity& activity : ledger_.activities) {
            if (includes(activity)) activities.push_back(&activity);
        }
        return activities;
    }

    /// The branches or groups that are asked in the year, or the unit.
    [[nodiscard]] std::vector<Part> parts_of() const {
        if (!is_by_body(ledger_, source_.level)) return {Part{{}, nullptr, all()}};
        std::vector<Part> parts;
        for (const Body& body : bodies(ledger_, source_.level)) parts.push_back({body.name, &body, {}});
        for (const Activity& activity : ledger_.activities) {
            if (!includes(activity)) continue;
            for (const std::size_t at : bodies_of(ledger_, activity, source_.level))
                parts[at].activities.push_back(&activity);
        }
        if (source_.count == Source::Count::periods_met) return parts;
        const std::chrono::year year{ledger_.year};
        std::erase_if(parts, [&](const Part& part) { return !part.body->is_asked(year / 1 / 1, year / 12 / 31); });
        return parts;
    }

    [[nodiscard]] Points figure(const Activities& activities) const {
        if (source_.count == Source::Count::hours) return total_hours(activities);
        if (source_.count != Source::Count::distinct_periods) return whole(activities.size());
        const ByMonth months = by_month(activities);
        const int length = months_in(source_.per);
        int periods = 0;
        for (int month = 1; month <= months_of_year; month += length) periods += sum(months, month, length) > 0 ? 1 : 0;
        return Points::from_whole(periods);
    }

    static LedgerAnswer make(Value value, const Activities& activities, std::string who) {
        LedgerAnswer answer{std::move(value), {}, std::move(who), {}};
        for (const Activity* activity : activities) {
            answer.rows.push_back(activity->row);
            if (activity->list == nullptr) continue;
            const std::string& title = activity->list->instrument->short_title;
            if (!contains(answer.lists, title)) answer.lists.push_back(title);
        }
        return answer;
    }

    [[nodiscard]] std::optional<LedgerAnswer> least(const std::vector<Part>& parts) const {
        const Part* chosen = nullptr;
        for (const Part& part : parts) {
            if (chosen == nullptr || figure(part.activities) < figure(chosen->activities)) chosen = &part;
        }
        if (chosen == nullptr) return std::nullopt;
        return make(figure(chosen->activities), chosen->activities, chosen->name);
    }

    /// Does the part have enough in every period that is over and asks it? Nothing while none is.
    [[nodiscard]] std::optional<bool> is_met(const Part& part) const {
        const int length = months_in(source_.per);
        const ByMonth months = by_month(part.activities);
        std::optional<bool> met;
        for (int month = 1; month <= months_of_year; month += length) {
            const Date last = month_end(ledger_.year, month + length - 1);
            if (last > as_of_) break;
            if (part.body != nullptr && !part.body->is_asked(std::chrono::year{ledger_.year} / month / 1, last))
                continue;
            if (sum(months, month, length) < source_.at_least) return false;
            met = true;
        }
        return met;
    }

    /// "Met", or how many so far: of the branch that has the fewest of those that are behind.
    [[nodiscard]] std::optional<LedgerAnswer> periods_met(const std::vector<Part>& parts) const {
        const Part* behind = nullptr;
        const Part* fewest = nullptr;
        bool any_asked = false;
        for (const Part& part : parts) {
            const std::optional<bool> met = is_met(part);
            any_asked = any_asked || met.has_value();
            const auto is_less = [&part](const Part* other) {
                return other == nullptr || part.activities.size() < other->activities.size();
            };
            if (met && !*met && is_less(behind)) behind = &part;
            if ((met || part.body == nullptr) && is_less(fewest)) fewest = &part;
        }
        if (behind != nullptr) return make(whole(behind->activities.size()), behind->activities, behind->name);
        if (fewest == nullptr) return std::nullopt;
        if (!any_asked) return make(whole(fewest->activities.size()), fewest->activities, fewest->name);
        return make(true, fewest->activities, fewest->name);
    }

    /// Yes, no once it is too late, or nothing yet.
    [[nodiscard]] std::optional<LedgerAnswer> any(const std::vector<Part>& parts) const {
        const Date last =
            source_.due ? day_of_year(ledger_.year, *source_.due) : month_end(ledger_.year, months_of_year);
        for (const Part& part : parts) {
            if (part.activities.size() >= static_cast<std::size_t>(source_.at_least)) continue;
            if (as_of_ < last) return std::nullopt;
            return make(false, part.activities, part.name);
        }
        if (parts.empty()) return std::nullopt;
        return make(true, parts.front().activities, {});
    }

    [[nodiscard]] std::optional<LedgerAnswer> of_all(const std::vector<std::string>& options) const {
        Activities activities = all();
        // Lists have no columns for what the ledger ticks.
        if (source_.count != Source::Count::least_share && source_.flag != "speakers")
            std::erase_if(activities, [](const Activity* activity) { return activity->list != nullptr; });
        if (activities.empty()) return std::nullopt;
        if (source_.count == Source::Count::all_options)
            return make(common_options(activities, options), activities, {});
        if (source_.count == Source::Count::share) return make(share_with(activities, source_.flag), activities, {});
        if (source_.count == Source::Count::least_share) {
            const auto least = least_theory(activities);
            return least ? std::optional(make(*least, activities, {})) : std::nullopt;
        }
        const bool everywhere = std::all_of(activities.begin(), activities.end(), [this](const Activity* activity) {
            return has_flag(*activity, source_.flag);
        });
        return make(everywhere, activities, {});
    }

    /// The people asked, each once.
    [[nodiscard]] std::vector<Part> people() const {
        std::vector<Part> parts;
        std::set<std::string> seen;
        for (const Each each : source_.each) {
            for (const std::string& person : people_of(ledger_, each)) {
                if (!seen.insert(person_key(person)).second) continue;
                Part& part = parts.emplace_back(Part{person, nullptr, {}});
                for (const std::size_t at : ledger_.done_by->of(person, source_.role)) {
                    if (includes(ledger_.activities[at])) part.activities.push_back(&ledger_.activities[at]);
                }
            }
        }
        return parts;
    }

    [[nodiscard]] std::optional<LedgerAnswer> of_people() const {
        const std::vector<Part> parts = people();
        if (parts.empty()) return std::nullopt;
        if (source_.count != Source::Count::people_share) return least(parts);
        const auto enough = std::count_if(parts.begin(), parts.end(), [this](const Part& part) {
            return part.activities.size() >= static_cast<std::size_t>(source_.at_least);
        });
        const auto lacking = std::find_if(parts.begin(), parts.end(), [this](const Part& part) {
            return part.activities.size() < static_cast<std::size_t>(source_.at_least);
        });
        return make(Points::from_hundredths(percent * enough / static_cast<std::int64_t>(parts.size())), all(),
                    lacking == parts.end() ? std::string() : lacking->name);
    }

    const Ledger& ledger_;
    const Source& source_;
    Date as_of_;
    Date end_;
    std::set<const Activity*> led_;
};

}  // namespace
}  // namespace ledger_parts

std::optional<Points> figure_of(const Value& value) {
    if (const auto* number = std::get_if<Points>(&value)) return *number;
    if (const auto* flag = std::get_if<bool>(&value)) return Points::from_whole(*flag ? 1 : 0);
    return std::nullopt;
}

std::optional<LedgerAnswer> answer_from(const Ledger& ledger, const Source& source,
                                        const std::vector<std::string>& options, Date as_of) {
    if (ledger.empty()) return std::nullopt;
    if (source.chair != Each::unit && people_of(ledger, source.chair).empty()) return std::nullopt;
    auto answer = ledger_parts::Asking(ledger, source, as_of).answer(options);
    if (answer && ledger.documents.empty() && answer->rows.empty()) return std::nullopt;
    return answer;
}

}  // namespace duibiao
