// Weak organisations (后进整顿) as the page has them: what the doors find in a campaign's reports, and how far each
// organisation of the list has come. The list itself, plans, surveys and reviews are documents like any other.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/command.hpp"
#include "core/weak/progress.hpp"
#include "exchange/weak/found_weak.hpp"
#include "exchange/why.hpp"

namespace duibiao {

/// How many have come how far, for the steps.
struct WeakSums {
    std::optional<std::size_t> expected;  ///< units that must report; none: there is no list of them
    std::size_t checked = 0;              ///< that have sent their self-check
    std::size_t surveyed = 0;
    std::size_t candidates = 0;  ///< in the list, undecided
    std::size_t confirmed = 0;   ///< all that follow count in these
    std::size_t struck = 0;
    std::size_t planned = 0;
    std::size_t rectified = 0;
    std::size_t reviewed = 0;
    std::size_t closed = 0;
    std::size_t late = 0;
    std::size_t waiting = 0;   ///< problems that a unit says are solved
    std::size_t revisits = 0;  ///< 回头看 that is due
};

struct WeakState {
    std::string unit;  ///< the office
    std::string period;
    std::string campaign;  ///< its document; empty: there is none of that office and period
    std::string list;      ///< empty: none was begun yet
    Doors doors;
    std::optional<FoundWeak> found;
    std::map<std::string, std::size_t, std::less<>> candidate_places;        ///< in `found`, by the name's key
    std::map<std::pair<std::string, std::string>, std::size_t> file_places;  ///< in `found`, by form and key
    std::string failure;                                                     ///< why there is nothing of it, in words
    bool is_waiting = false;
    std::uint64_t asked_at = 0;  ///< DeskState::serial that `found` is of, or will be

    /// The list while it is not open, its campaign, plans, surveys and reviews of the period, by id.
    std::map<std::string, Document, std::less<>> documents;
    std::map<std::string, std::uint64_t, std::less<>> read;  ///< edits their cards spoke of when they were asked for
    std::map<std::string, std::uint64_t, std::less<>> told;  ///< edits of surveys that the worker was told

    // Made of these by follow_weak():
    bool is_stale = true;
    std::string day;                ///< State::today of it
    std::uint64_t list_serial = 0;  ///< OpenedDocument::serial of the list
    std::vector<WeakUnit> units;
    std::map<std::string, std::size_t, std::less<>> places;                ///< in `units`, by the organisation's key
    std::map<std::string, std::vector<std::string>, std::less<>> remarks;  ///< what documents do not tell alike
    /// How each review's total and grade came about, by its document.
    std::map<std::string, std::vector<TotalLine>, std::less<>> verdicts;
    WeakSums sums;
    std::size_t added = 0;    ///< candidates that the list has not
    std::size_t changed = 0;  ///< rows whose evidence is another one now
    std::uint64_t serial = 0;

    std::string at;      ///< the report that was opened as evidence
    std::string origin;  ///< the document from which it was
    std::optional<command::OpenEvidence> fetching;
    std::optional<command::CheckWeakItem> checking;  ///< until its plan is read

    [[nodiscard]] const WeakUnit* find(std::string_view name) const;
    /// The campaign has reports that doors read: without any there is no evidence, and none that is gone.
    [[nodiscard]] bool has_reports() const;
    /// What the doors find of an organisation; null: nothing.
    [[nodiscard]] const Candidate* candidate(std::string_view name) const;
    /// The report of that form and unit which the worker has; null: none.
    [[nodiscard]] const WeakFile* file(std::string_view form, std::string_view unit) const;
};

}  // namespace duibiao
