// What a document asks for by a certain day, done or not: the lists of 一月一提示 and 一季一督查, the calendar, and the
// rules about what is late all read it here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "core/ledger.hpp"

namespace duibiao {

/// An item of tasks or measures, what a row asks for, or a duty in one period.
struct DueItem {
    std::string item;   ///< its id, or the duty's
    std::string field;  ///< where it is said to be done; empty for duties
    std::string text;   ///< of the item, or the duty's title
    std::string citation;
    std::string owner;      ///< whoever the answers name; of a duty the branches that still have to
    std::string period;     ///< of a duty: "2026-03", "2026-Q1", "2026-H1", "2026"
    std::string who;        ///< of a row: the person or organisation it is about
    bool personal = false;  ///< `who` is a person
    int turn = 0;           ///< of a row: how many rules before it are done by the same field
    int left = 0;           ///< of one day for many rows: how many are not done
    int of = 0;             ///< of so many
    Date due;               ///< last day
    bool done = false;
    std::optional<Date> done_on;  ///< where the answers name the day

    [[nodiscard]] bool is_of_rows() const { return of > 0 || !who.empty() || item.starts_with("row."); }
    /// Tells it from all others of its document.
    [[nodiscard]] std::string key() const;
};

/// Items with a last day, in the form's order: their own ("due") or the form's in the document's year. Tasks are done
/// when their date says so, measures when their status is the last one.
[[nodiscard]] std::vector<DueItem> due_items(const Document& document);

/// Those, and what the rows ask for (row_due.hpp); of a ledger nothing: its duties are.
[[nodiscard]] std::vector<DueItem> all_due(const Document& document);

/// Can its documents ask for anything by a day?
[[nodiscard]] bool has_due_days(const Instrument& form);

/// The duties of a matrix by period, in its order; periods in which nothing is asked for are left out.
[[nodiscard]] std::vector<DueItem> due_duties(const std::vector<DutyRow>& duties);

/// Days from `from` to `to`; negative when `to` is earlier.
[[nodiscard]] std::int64_t days_between(Date from, Date to);

}  // namespace duibiao
