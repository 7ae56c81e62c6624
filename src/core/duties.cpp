// The duty matrix: what was asked of whom, and what was done.
#include <algorithm>

#include "core/ledger_index.hpp"

namespace duibiao {
namespace ledger_parts {
namespace {

std::string name_of(Per per, int year, int first_month) {
    const std::string text = std::to_string(year);
    switch (per) {
        case Per::month:
            return text + (first_month < 10 ? "-0" : "-") + std::to_string(first_month);
        case Per::quarter:
            return text + "-Q" + std::to_string((first_month + 2) / 3);
        case Per::half:
            return text + (first_month == 1 ? "-H1" : "-H2");
        case Per::year:
            break;
    }
    return text;
}

bool equal_duties(const Duty& a, const Duty& b) {
    return a.kinds == b.kinds && a.at_least == b.at_least && a.per == b.per && a.months == b.months && a.due == b.due &&
           a.each == b.each && a.sum_hours == b.sum_hours && a.flag == b.flag && a.level == b.level && a.role == b.role;
}

void add_duty(std::vector<DutyRow>& rows, const Duty& duty) {
    const auto same =
        std::find_if(rows.begin(), rows.end(), [&duty](const DutyRow& row) { return equal_duties(*row.duty, duty); });
    DutyRow& row = same == rows.end() ? rows.emplace_back() : *same;
    if (row.duty == nullptr) row.duty = &duty;
    if (!contains(row.citations, duty.citation)) row.citations.push_back(duty.citation);
}

/// Duties of the sets that bind any of the ledger's units, equal ones once.
std::vector<DutyRow> bound_duties(const Ledger& ledger) {
    std::vector<DutyRow> rows;
    std::vector<std::string_view> seen;
    for (const Document* document : ledger.documents) {
        for (const DutySet& set : document->instrument->duty_sets) {
            const auto* bound = std::get_if<bool>(&document->answer(TargetRef{Layer::self, "duties", set.id}));
            if (bound != nullptr && !*bound) continue;
            if (std::find(seen.begin(), seen.end(), set.id) != seen.end()) continue;
            seen.push_back(set.id);
            for (const Duty& duty : set.duties) add_duty(rows, duty);
        }
    }
    return rows;
}

/// Periods that ended before are not asked for: the earliest day that a ledger names, none where one names none.
std::optional<Date> asked_from(const Ledger& ledger) {
    std::optional<Date> earliest;
    for (const Document* document : ledger.documents) {
        if (document->instrument->duty_sets.empty()) continue;
        const Result<Date> from = parse_date(document->text(Layer::self, "duties", "from"));
        if (!from) return std::nullopt;
        if (!earliest || *from < *earliest) earliest = *from;
    }
    return earliest;
}

/// The last day on which the duty can be done in a period.
Date last_day(const Duty& duty, int year, const DutyCell& cell) {
    if (duty.due) return day_of_year(year, *duty.due);
    return month_end(year, cell.first_month + cell.months - 1);
}

bool asked_for(const Duty& duty, const DutyCell& cell) {
    return duty.months.empty() ||
           std::find(duty.months.begin(), duty.months.end(), cell.first_month) != duty.months.end();
}

class Matrix {
public:
    Matrix(const Ledger& ledger, Date as_of)
        : ledger_(ledger), as_of_(as_of), from_(asked_from(ledger)), kinds_(ledger, as_of) {}

    void fill(DutyRow& row) const {
        const std::vector<ByMonth> done = count(*row.duty);
        const bool by_body = is_by_body(ledger_, row.duty->level);
        if (by_body) {
            for (const Body& body : bodies(ledger_, row.duty->level)) row.parts.push_back({name_of_body(body), {}, {}});
        }
        const int length = months_in(row.duty->per);
        for (int month = 1; month <= months_of_year; month += length) {
            DutyCell cell = empty_cell(*row.duty, month, length);
            if (by_body)
                fill_parts(row, done, cell);
            else if (cell.state != DutyState::outside)
                fill_cell(row, done.front(), cell);
            if (cell.state == DutyState::missing) row.missing.push_back(cell.period);
            row.cells.push_back(std::move(cell));
        }
        // Who is asked for nothing all year is no part of it.
        std::erase_if(row.parts, [](const DutyPart& part) {
            return std::all_of(part.cells.begin(), part.cells.end(),
                               [](const DutyCell& cell) { return cell.state == DutyState::outside; });
        });
    }

private:
    [[nodiscard]] std::vector<ByMonth> count(const Duty& duty) const {
        if (duty.flag.empty() && !duty.due) return kinds_.of(duty.kinds, duty.level);
        // What is done after the duty's day is too late.
        const Date end = duty.due ? std::min(as_of_, day_of_year(ledger_.year, *duty.due)) : as_of_;
        return count_by_month(ledger_, end, duty.level, [&duty](const Activity& activity) {
            return has_flag(activity, duty.flag) && has_kind(activity, duty.kinds);
        });
    }

    /// Groups of several branches may bear one name.
    [[nodiscard]] std::string name_of_body(const Body& body) const {
        const bool is_group = body.listed && &body >= ledger_.branches.groups.data() &&
                              &body < ledger_.branches.groups.data() + ledger_.branches.groups.size();
        return is_group ? ledger_.branches.branches[body.branch].name + body.name : body.name;
    }

    [[nodiscard]] DutyCell empty_cell(const Duty& duty, int first_month, int length) const {
        DutyCell cell;
        cell.period = name_of(duty.per, ledger_.year, first_month);
        cell.first_month = first_month;
        cell.months = length;
        cell.state = DutyState::outside;
        if (!asked_for(duty, cell)) return cell;
        cell.due = last_day(duty, ledger_.year, cell);
        if (from_ && cell.due < *from_) return cell;
        cell.state = cell.due <= as_of_ ? DutyState::missing : DutyState::pending;
        return cell;
    }

    void fill_cell(DutyRow& row, const ByMonth& months, DutyCell& cell) const {
        if (row.duty->each == Each::unit) {
            cell.needed = row.duty->at_least;
            cell.done = sum(months, cell.first_month, cell.months);
        } else {
            count_people(row, cell);
        }
        if (cell.needed == 0) cell.state = DutyState::outside;  // nobody is named yet
        if (cell.needed > 0 && cell.done >= cell.needed) cell.state = DutyState::met;
    }

    /// The cell of all bodies says how many of those asked did their share.
    void fill_parts(DutyRow& row, const std::vector<ByMonth>& done, DutyCell& cell) const {
        const Date first = std::chrono::year{ledger_.year} / cell.first_month / 1;
        for (std::size_t at = 0; at < row.parts.size(); ++at) {
            DutyPart& part = row.parts[at];
            DutyCell own = cell;
            own.needed = own.done = 0;
            const bool asked =
                cell.state != DutyState::outside && bodies(ledger_, row.duty->level)[at].is_asked(first, cell.due);
            own.state = asked ? cell.state : DutyState::outside;
            if (asked) fill_cell(row, done[at], own);
            if (own.state == DutyState::missing) part.missing.push_back(own.period);
            part.cells.push_back(std::move(own));
        }
        if (cell.state == DutyState::outside) return;
        for (const DutyPart& part : row.parts) {
            cell.needed += part.cells.back().state == DutyState::outside ? 0 : 1;
            cell.done += part.cells.back().state == DutyState::met ? 1 : 0;
        }
        if (cell.needed == 0) cell.state = DutyState::outside;
        if (cell.needed > 0 && cell.done == cell.needed) cell.state = DutyState::met;
    }

    /// What one person did from a cell's first month to a day that is not after its last.
    [[nodiscard]] int done_by(const Duty& duty, const std::string& person, const DutyCell& cell) const {
        const Date end = std::min(as_of_, cell.due);
        Points hours;
        int times = 0;
        for (const std::size_t at : ledger_.done_by->of(person, duty.role)) {
            const Activity& activity = ledger_.activities[at];
            if (!counts(activity, ledger_, end) || month_of(activity.date) < cell.first_month) continue;
            if (!has_flag(activity, duty.flag) || !has_kind(activity, duty.kinds)) continue;
            ++times;
            hours += activity.hours;
        }
        return duty.sum_hours ? static_cast<int>(hours.hundredths() / 100) : times;
    }

    void count_people(DutyRow& row, DutyCell& cell) const {
        for (const std::string& person : people_of(ledger_, row.duty->each)) {
            ++cell.needed;
            if (done_by(*row.duty, person, cell) >= row.duty->at_least) {
                ++cell.done;
            } else if (cell.state == DutyState::missing && !contains(row.people, person)) {
                row.people.push_back(person);
            }
        }
    }

    const Ledger& ledger_;
    Date as_of_;
    std::optional<Date> from_;
    KindCounts kinds_;
};

}  // namespace
}  // namespace ledger_parts

std::string DutyRow::citation() const {
    std::string text;
    for (const std::string& one : citations) {
        if (!text.empty()) text += "；";
        text += one;
    }
    return text;
}

std::array<int, 12> activities_by_month(const Ledger& ledger, Date as_of) {
    return ledger_parts::count_by_month(ledger, as_of, Level::unit, [](const Activity&) { return true; }).front();
}

std::vector<DutyRow> duty_matrix(const Ledger& ledger, Date as_of) {
    if (ledger.year == 0) return {};
    std::vector<DutyRow> rows = ledger_parts::bound_duties(ledger);
    const ledger_parts::Matrix matrix(ledger, as_of);
    for (DutyRow& row : rows) matrix.fill(row);
    return rows;
}

DutySummary summarise(const std::vector<DutyRow>& rows) {
    DutySummary summary;
    for (const DutyRow& row : rows) {
        for (const DutyCell& cell : row.cells) {
            if (cell.state != DutyState::met && cell.state != DutyState::missing) continue;
            ++summary.due;
            ++(cell.state == DutyState::met ? summary.met : summary.missing);
        }
    }
    return summary;
}

}  // namespace duibiao
