// What the rows of a table ask for by a certain day: limits and reminders, as the table's rules of kind `due` and its
// terms of office say.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "core/due.hpp"

namespace duibiao {

/// Do all conditions of the rule hold for these cells?
[[nodiscard]] bool holds(const RowRule& rule, const std::vector<std::string_view>& cells);
[[nodiscard]] bool holds(const RowCondition& condition, const std::vector<std::string_view>& cells);
/// The day or month in a cell; nothing where it says none.
[[nodiscard]] std::optional<DateSpan> span_of(std::string_view cell);

/// What one rule of kind `due` asks of one row.
struct RowDue {
    Date due;              ///< last day
    std::size_t from = 0;  ///< column that it was counted from, or that says it
    bool done = false;
    std::optional<Date> done_on;  ///< the last day that may be meant
};
/// Nothing where the rule's conditions do not hold or no date is known. The last day is the one in `until`; else the
/// first date of `columns` and `months`, and those in `longer`, later (29 February: the 28th in other years); else
/// `day` of the document's year. A month stands for its last day.
[[nodiscard]] std::optional<RowDue> due_of(const RowRule& rule, const std::vector<std::string_view>& cells, int year);

/// Has the table rules of kind `due`, or terms whose steps it names?
[[nodiscard]] bool asks_for_days(const Table& table);

/// All that the rows ask for, in their order. A rule with a `day` of its own is one item for all rows, `left` says how
/// many of `of` are not done. Things done in other years are left out.
[[nodiscard]] std::vector<DueItem> due_rows(const Document& document);

}  // namespace duibiao
