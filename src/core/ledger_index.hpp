// Who did what when: what duties and answers both count. For them alone; the contract is core/ledger.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ledger.hpp"

namespace duibiao::ledger_parts {

/// Activities by month of the ledger's year.
using ByMonth = std::array<int, months_of_year>;

[[nodiscard]] int months_in(Per per);
[[nodiscard]] Date month_end(int year, int month);
[[nodiscard]] int month_of(Date date);
[[nodiscard]] int sum(const ByMonth& months, int first_month, int count);
[[nodiscard]] bool contains(const std::vector<std::string>& names, std::string_view name);
/// Is `name` one of the parts of "甲、乙"?
[[nodiscard]] bool has_part(std::string_view parts, std::string_view name);

/// Of the ledger's year, and not after the as-of date.
[[nodiscard]] bool counts(const Activity& activity, const Ledger& ledger, Date as_of);
[[nodiscard]] bool has_kind(const Activity& activity, const std::vector<std::string>& kinds);
/// The column of that id is ticked or filled in; every activity has the one without a name.
[[nodiscard]] bool has_flag(const Activity& activity, std::string_view flag);

/// The branches, or groups, that did the activity: places in the ledger's list. Nothing without a list.
[[nodiscard]] std::vector<std::size_t> bodies_of(const Ledger& ledger, const Activity& activity, Level level);
/// The list's branches or groups.
[[nodiscard]] const std::vector<Body>& bodies(const Ledger& ledger, Level level);
/// Are duties of this level counted by branch or group?
[[nodiscard]] bool is_by_body(const Ledger& ledger, Level level);

/// The activities that the ledger's lists tell of and it does not have itself; what they add to its own is written
/// there. Their places are not read yet.
[[nodiscard]] std::vector<Activity> take_from_lists(Ledger& ledger);

using Include = std::function<bool(const Activity&)>;

/// Every kind's activities by month, counted once for all duties.
class KindCounts {
public:
    KindCounts(const Ledger& ledger, Date as_of);

    /// Activities of any of these kinds: one entry for the unit, or one for each branch or group of the list.
    [[nodiscard]] std::vector<ByMonth> of(const std::vector<std::string>& kinds, Level level) const;

private:
    struct Counted {
        ByMonth unit{};
        std::vector<ByMonth> branches;
        std::vector<ByMonth> groups;
    };

    const Ledger* ledger_;
    std::map<std::string_view, Counted, std::less<>> by_kind_;
    std::vector<const Activity*> of_several_kinds_;  ///< counted once, whichever of them is asked for
};

/// The same for what `include` wants.
[[nodiscard]] std::vector<ByMonth> count_by_month(const Ledger& ledger, Date as_of, Level level,
                                                  const Include& include);

/// What each person whom the head names did. Names are compared by person_key.
class PeopleIndex {
public:
    explicit PeopleIndex(const Ledger& ledger);

    /// The activities at which the person was, or which he led: their places in the ledger, in order.
    [[nodiscard]] const std::vector<std::size_t>& of(std::string_view person, Role role) const;

private:
    struct Done {
        std::vector<std::size_t> attended;
        std::vector<std::size_t> led;
    };
    void note(std::string_view names, std::size_t activity, bool led);
    void note_one(std::string_view name, std::size_t activity, bool led);

    std::map<std::string, Done, std::less<>> by_key_;
    std::unordered_map<std::string_view, Done*> met_;  ///< names as they are written; null: nobody of the head
};

}  // namespace duibiao::ledger_parts
