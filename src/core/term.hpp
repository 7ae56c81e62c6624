// Terms of office (换届): when each organisation of a table is due for its election.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "core/rows.hpp"

namespace duibiao {

enum class TermState : std::uint8_t {
    unknown,      ///< no last election, or no length that its name or the row tells
    running,      ///< not due for a while
    soon,         ///< a reminder is due (J 党委换届 3: 6 months before the end)
    request_due,  ///< so is the request for an election, and none is on record (4 months)
    overdue,      ///< the term is over
    long_overdue  ///< for more than half a year (R 三(一))
};

/// One organisation's term as of a date. A month without a day stands for its last day.
struct OfficeTerm {
    std::string_view row;  ///< id of its row
    int number = 0;        ///< position of the row, from 1
    std::string_view name;
    int years = 0;  ///< 0: unknown
    std::optional<Date> last;
    std::optional<Date> planned;
    std::optional<Date> end;  ///< last day of the term
    std::optional<Date> due;  ///< the same, or the day that was approved in its place
    std::optional<Date> requested_on;
    bool requested = false;
    bool approved = false;       ///< another day than the term's end
    bool late_request = false;   ///< asked for later than it should have been (J 党委换届 3)
    bool planned_late = false;   ///< after the term's end, and nothing approved (J 党委换届 1)
    bool planned_early = false;  ///< so long before it that no reminder is due yet, and nothing approved
    bool shifted_far = false;    ///< approved, and further from the term's end than it should be
    TermState state = TermState::unknown;
};

/// Of one row, by its cells; which row it is is left open.
[[nodiscard]] OfficeTerm term_of(const Term& term, const std::vector<std::string_view>& cells, Date as_of);
/// By row, in order. Nothing when the table has no terms. Texts belong to the document.
[[nodiscard]] std::vector<OfficeTerm> terms_of(const Document& document, Date as_of);
/// The same, of rows already read.
[[nodiscard]] std::vector<OfficeTerm> terms_of(const Table& table, const std::vector<RowView>& rows, Date as_of);

}  // namespace duibiao
