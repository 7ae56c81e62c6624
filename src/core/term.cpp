#include "core/term.hpp"

#include <string>

#include "core/cell.hpp"
#include "core/row_due.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr Points longest_term = Points::from_whole(20);  ///< years

/// By the longest ending that fits: 支部委员会 before 委员会.
int years_by_name(const Term& term, std::string_view name) {
    std::size_t longest = 0;
    int years = 0;
    for (const Term::Length& length : term.lengths) {
        for (const std::string& ending : length.endings) {
            if (ending.size() <= longest || !name.ends_with(ending)) continue;
            longest = ending.size();
            years = length.years;
        }
    }
    return years;
}

int years_of(const Term& term, const std::vector<std::string_view>& cells) {
    if (term.years && !cells[*term.years].empty()) {
        const auto years = Points::parse(cells[*term.years]);
        if (years && *years >= Points::from_whole(1) && *years <= longest_term)
            return static_cast<int>(years->hundredths() / 100);
    }
    return years_by_name(term, trim(cells[term.name]));
}

std::optional<DateSpan> span_at(const std::vector<std::string_view>& cells, std::optional<std::size_t> column) {
    return column ? span_of(cells[*column]) : std::nullopt;
}

std::optional<Date> last_day_of(const std::vector<std::string_view>& cells, std::optional<std::size_t> column) {
    const auto span = span_at(cells, column);
    return span ? std::optional(span->last) : std::nullopt;
}

/// What holds of another day than the term's end; a month is taken as the day that says least against it.
void judge_shift(const Term& term, const std::vector<std::string_view>& cells, OfficeTerm& office) {
    if (term.shift_citation.empty() || !office.end) return;
    const auto request = span_at(cells, term.request);
    office.late_request = request && request->first > add_months(*office.due, -term.request_months);
    const auto planned = span_at(cells, term.planned);
    if (planned && !office.approved) {
        office.planned_late = planned->first > *office.end;
        office.planned_early = planned->last < add_months(*office.end, -term.soon_months);
    }
    const auto until = span_at(cells, term.approved_until);
    if (!until || term.shift_months == 0) return;
    office.shifted_far = until->first > add_months(*office.end, term.shift_months) ||
                         until->last < add_months(*office.end, -term.shift_months);
}

TermState state_of(const Term& term, const OfficeTerm& office, Date as_of) {
    if (!office.due) return TermState::unknown;
    if (as_of > add_months(*office.due, term.overdue_months)) return TermState::long_overdue;
    if (as_of > *office.due) return TermState::overdue;
    if (as_of >= add_months(*office.due, -term.request_months) && !office.requested) return TermState::request_due;
    return as_of >= add_months(*office.due, -term.soon_months) ? TermState::soon : TermState::running;
}

}  // namespace

OfficeTerm term_of(const Term& term, const std::vector<std::string_view>& cells, Date as_of) {
    OfficeTerm office;
    office.name = cells[term.name];
    office.years = years_of(term, cells);
    office.last = last_day_of(cells, term.last);
    office.planned = last_day_of(cells, term.planned);
    office.requested = term.request && !says_nothing(cells[*term.request]);
    office.requested_on = last_day_of(cells, term.request);
    if (office.last && office.years > 0) office.end = add_months(*office.last, office.years * months_of_year);
    const auto approved = last_day_of(cells, term.approved_until);
    office.approved = term.approved && !says_nothing(cells[*term.approved]) && approved;
    if (office.end) office.due = office.approved ? approved : office.end;
    judge_shift(term, cells, office);
    office.state = state_of(term, office, as_of);
    return office;
}

std::vector<OfficeTerm> terms_of(const Table& table, const std::vector<RowView>& rows, Date as_of) {
    std::vector<OfficeTerm> offices;
    if (!table.term) return offices;
    offices.reserve(rows.size());
    for (const RowView& row : rows) {
        offices.push_back(term_of(*table.term, split_row(row.cells, table.columns.size()), as_of));
        offices.back().row = row.id;
        offices.back().number = static_cast<int>(offices.size());
    }
    return offices;
}

std::vector<OfficeTerm> terms_of(const Document& document, Date as_of) {
    return terms_of(document.instrument->table, rows_of(document), as_of);
}

}  // namespace duibiao
