// The unit's branches and groups (党支部、党小组), as the ledger's head lists them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"

namespace duibiao {

/// One branch, or one group of a branch.
struct Body {
    std::string name;                 ///< as it was typed
    std::string key;                  ///< organisation_key of the name
    std::vector<std::string> former;  ///< keys of names it bore before: what was done under them was done by it
    std::optional<Date> from;         ///< first day; none: since long ago
    std::optional<Date> to;           ///< last day; none: it still is
    std::size_t branch = 0;           ///< of a group: place of its branch
    bool listed = true;               ///< false: a branch without groups stands for its only one

    [[nodiscard]] bool exists_on(Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
    /// Is it asked for what is due between these days? It is when it is still there on the last one, and was there for
    /// at least half of the days: who was founded in the last week of a month is not asked for that month's meeting.
    [[nodiscard]] bool is_asked(Date first, Date last) const;
};

struct Branches {
    std::vector<Body> branches;
    std::vector<Body> groups;          ///< every branch has at least one
    std::vector<std::string> unread;   ///< words of the list that say nothing
    std::vector<std::string> doubled;  ///< names that stand twice for the same days
    bool has_groups = false;           ///< any group is listed

    [[nodiscard]] bool empty() const { return branches.empty(); }
    /// The branches of that name, present or former; of several (a name that was given up and given anew) the one that
    /// was there on that day goes before the others.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name, Date day) const;
};

/// A branch a line, or several with 、 between them; behind a colon the branch's groups; behind blanks when it began
/// and ended, and what it was called before:
///
///     内科党支部：第一党小组、第二党小组
///     门诊党支部 2026-03-01起
///     药剂党支部 2026-06-30止
///     医技党支部 2026-01-01至2026-09-30
///     门急诊党支部 原门诊党支部
///
/// A branch that became another is two lines with their days; one that only changed its name is one line with 原.
[[nodiscard]] Branches read_branches(std::string_view text);

/// Whether a cell means every branch: 各支部, 全体党支部, 所有支部.
[[nodiscard]] bool is_every_branch(std::string_view name);

}  // namespace duibiao
