#include "core/ledger.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/cell.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

namespace calendar = std::chrono;

int months_in(Per per) {
    switch (per) {
        case Per::month:
            return 1;
        case Per::quarter:
            return 3;
        case Per::half:
            return 6;
        case Per::year:
            break;
    }
    return months_of_year;
}

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

/// Last day of the month.
Date month_end(int year, int month) {
    return calendar::year_month_day_last{calendar::year{year},
                                         calendar::month_day_last{calendar::month{static_cast<unsigned>(month)}}};
}

int month_of(Date date) { return static_cast<int>(static_cast<unsigned>(date.month())); }

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_part(std::string_view parts, std::string_view name) {
    while (!parts.empty()) {
        const std::size_t end = parts.find(part_separator);
        if (parts.substr(0, end) == name) return true;
        if (end == std::string_view::npos) return false;
        parts.remove_prefix(end + part_separator.size());
    }
    return false;
}

bool has_flag(const Activity& activity, std::string_view flag) {
    if (flag.empty()) return true;
    if (flag == "signin") return activity.signin;
    if (flag == "record") return activity.record;
    return flag == "photo" && activity.photo;
}

// ---- Reading ----

/// Position of each column that counts, or none.
struct Columns {
    explicit Columns(const Table& table)
        : count(table.columns.size()),
          date(at(table, "date")),
          kind(at(table, "kind")),
          branch(at(table, "branch")),
          topic(at(table, "topic")),
          chair(at(table, "chair")),
          people(at(table, "people")),
          procedures(at(table, "procedures")),
          hours(at(table, "hours")),
          signin(at(table, "signin")),
          record(at(table, "record")),
          photo(at(table, "photo")) {}

    static std::size_t at(const Table& table, std::string_view id) {
        return table.find_column(id).value_or(table.columns.size());
    }

    std::size_t count, date, kind, branch, topic, chair, people, procedures, hours, signin, record, photo;
};

Activity read_activity(const RowView& row, const Columns& columns, int number) {
    const auto cells = split_row(row.cells, columns.count + 1);  // the last is what a missing column holds
    Activity activity;
    activity.row = row.id;
    activity.number = number;
    activity.date = parse_date(cells[columns.date]).value_or(Date{});
    activity.kind = cells[columns.kind];
    activity.branch = cells[columns.branch];
    activity.topic = cells[columns.topic];
    activity.chair = cells[columns.chair];
    activity.people = cells[columns.people];
    activity.procedures = cells[columns.procedures];
    if (!cells[columns.hours].empty()) activity.hours = Points::parse(cells[columns.hours]).value_or(Points{});
    activity.signin = cells[columns.signin] == "是";
    activity.record = cells[columns.record] == "是";
    activity.photo = cells[columns.photo] == "是";
    return activity;
}

void add_names(std::vector<std::string>& names, std::string_view text) {
    for (std::string& name : split_names(text)) {
        if (!contains(names, name)) names.push_back(std::move(name));
    }
}

void add_document(Ledger& ledger, const Document& document) {
    const Columns columns(document.instrument->table);
    ledger.documents.push_back(&document);
    int number = 0;
    for (const RowView& row : rows_of(document)) ledger.activities.push_back(read_activity(row, columns, ++number));
    add_names(ledger.leaders, document.text(Layer::self, "header", "leaders"));
    add_names(ledger.members, document.text(Layer::self, "header", "members"));
    if (!ledger.secretary.empty()) return;
    const std::string_view secretary = trim(document.text(Layer::self, "header", "secretary"));
    const auto names = split_names(secretary);
    ledger.secretary = names.size() == 1 ? names.front() : std::string(secretary);
}

// ---- Counting ----

/// Activities by month of the ledger's year, up to the as-of date.
using ByMonth = std::array<int, months_of_year>;

bool counts(const Activity& activity, const Ledger& ledger, Date as_of) {
    return activity.date.ok() && static_cast<int>(activity.date.year()) == ledger.year && activity.date <= as_of;
}

template <typename Include>
ByMonth count_by_month(const Ledger& ledger, Date as_of, Include include) {
    ByMonth months{};
    for (const Activity& activity : ledger.activities) {
        if (counts(activity, ledger, as_of) && include(activity))
            ++months[static_cast<std::size_t>(month_of(activity.date) - 1)];
    }
    return months;
}

int sum(const ByMonth& months, int first_month, int count) {
    int total = 0;
    for (int month = first_month; month < first_month + count; ++month)
        total += months[static_cast<std::size_t>(month - 1)];
    return total;
}

/// Every kind's activities by month, counted once for all duties.
class KindCounts {
public:
    KindCounts(const Ledger& ledger, Date as_of) {
        for (const Activity& activity : ledger.activities) {
            if (!counts(activity, ledger, as_of)) continue;
            ++by_kind_[activity.kind][static_cast<std::size_t>(month_of(activity.date) - 1)];
        }
    }

    [[nodiscard]] ByMonth of(const std::vector<std::string>& kinds) const {
        ByMonth months{};
        for (const std::string& kind : kinds) {
            const auto found = by_kind_.find(kind);
            if (found == by_kind_.end()) continue;
            for (std::size_t i = 0; i < months.size(); ++i) months[i] += found->second[i];
        }
        return months;
    }

private:
    std::map<std::string_view, ByMonth, std::less<>> by_kind_;
};

// ---- Duties ----

bool equal_duties(const Duty& a, const Duty& b) {
    return a.kinds == b.kinds && a.at_least == b.at_least && a.per == b.per && a.months == b.months && a.due == b.due &&
           a.each == b.each && a.sum_hours == b.sum_hours && a.flag == b.flag;
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

/// The chair stands as it was typed, padded perhaps.
bool chaired(const Activity& activity, std::string_view person) {
    if (has_part(activity.chair, person)) return true;
    const bool padded =
        activity.chair.find(' ') != std::string_view::npos || activity.chair.find("　") != std::string_view::npos;
    return padded && contains(split_names(activity.chair), person);
}

bool took_part(const Activity& activity, std::string_view person) {
    return chaired(activity, person) || has_part(activity.people, person);
}

/// The last day on which the duty can be done in a period.
Date last_day(const Duty& duty, int year, const DutyCell& cell) {
    if (duty.due) return day_of_year(year, *duty.due);
    return month_end(year, cell.first_month + cell.months - 1);
}

/// What one person did from a cell's first month to a day that is not after its last.
int done_by(const Ledger& ledger, const Duty& duty, std::string_view person, const DutyCell& cell, Date end) {
    Points hours;
    int times = 0;
    for (const Activity& activity : ledger.activities) {
        if (!counts(activity, ledger, end) || month_of(activity.date) < cell.first_month) continue;
        if (!took_part(activity, person) || !has_flag(activity, duty.flag)) continue;
        if (!contains(duty.kinds, activity.kind)) continue;
        ++times;
        hours += activity.hours;
    }
    return duty.sum_hours ? static_cast<int>(hours.hundredths() / 100) : times;
}

void count_people(const Ledger& ledger, DutyRow& row, DutyCell& cell, Date end) {
    std::vector<std::string> short_of;
    for (const std::string& person : people_of(ledger, row.duty->each)) {
        ++cell.needed;
        if (done_by(ledger, *row.duty, person, cell, end) >= row.duty->at_least) {
            ++cell.done;
        } else {
            short_of.push_back(person);
        }
    }
    if (cell.state != DutyState::missing) return;
    for (std::string& person : short_of) {
        if (!contains(row.people, person)) row.people.push_back(std::move(person));
    }
}

bool asked_for(const Duty& duty, const DutyCell& cell) {
    return duty.months.empty() ||
           std::find(duty.months.begin(), duty.months.end(), cell.first_month) != duty.months.end();
}

void fill_cell(const Ledger& ledger, const ByMonth& months, DutyRow& row, DutyCell& cell, Date as_of) {
    const Duty& duty = *row.duty;
    const Date end = last_day(duty, ledger.year, cell);
    const bool over = end <= as_of;
    cell.due = end;
    cell.state = over ? DutyState::missing : DutyState::pending;
    if (duty.each == Duty::Each::unit) {
        cell.needed = duty.at_least;
        cell.done = sum(months, cell.first_month, cell.months);
    } else {
        count_people(ledger, row, cell, std::min(as_of, end));
    }
    if (cell.needed == 0) cell.state = DutyState::outside;  // nobody is named yet
    if (cell.needed > 0 && cell.done >= cell.needed) cell.state = DutyState::met;
    if (cell.state == DutyState::missing) row.missing.push_back(cell.period);
}

void fill_row(const Ledger& ledger, const KindCounts& kinds, DutyRow& row, Date as_of) {
    const Duty& duty = *row.duty;
    const bool plain = duty.flag.empty() && !duty.due;
    // What is done after the duty's day is too late.
    const Date end = duty.due ? std::min(as_of, day_of_year(ledger.year, *duty.due)) : as_of;
    const ByMonth months = plain ? kinds.of(duty.kinds) : count_by_month(ledger, end, [&duty](const Activity& a) {
        return has_flag(a, duty.flag) && contains(duty.kinds, a.kind);
    });
    const int length = months_in(duty.per);
    for (int month = 1; month <= months_of_year; month += length) {
        DutyCell cell;
        cell.period = name_of(duty.per, ledger.year, month);
        cell.first_month = month;
        cell.months = length;
        cell.state = DutyState::outside;
        if (asked_for(duty, cell)) fill_cell(ledger, months, row, cell, as_of);
        row.cells.push_back(std::move(cell));
    }
}

// ---- Answers ----

bool all_over_met(const ByMonth& months, const Source& source, int year, Date as_of) {
    const int length = months_in(source.per);
    bool any = false;
    for (int month = 1; month <= months_of_year; month += length) {
        if (month_end(year, month + length - 1) > as_of) break;
        any = true;
        if (sum(months, month, length) < source.at_least) return false;
    }
    return any;
}

int periods_with(const ByMonth& months, Per per) {
    const int length = months_in(per);
    int count = 0;
    for (int month = 1; month <= months_of_year; month += length) count += sum(months, month, length) > 0 ? 1 : 0;
    return count;
}

std::string common_options(const std::vector<const Activity*>& activities, const std::vector<std::string>& options) {
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

}  // namespace

std::string_view names_field(Duty::Each each) {
    constexpr std::array<std::string_view, 4> fields{"", "leaders", "secretary", "members"};
    return fields[static_cast<std::size_t>(each)];
}

std::vector<std::string> people_of(const Ledger& ledger, Duty::Each each) {
    if (each == Duty::Each::leader) return ledger.leaders;
    if (each == Duty::Each::member) return ledger.members;
    if (each == Duty::Each::unit || ledger.secretary.empty()) return {};
    return {ledger.secretary};
}

Date day_of_year(int year, std::chrono::month_day day) {
    const Date date = calendar::year{year} / day.month() / day.day();
    return date.ok() ? date : Date{calendar::year{year} / day.month() / calendar::last};
}

int year_of(const Document& document) {
    int year = 0;
    for (const char c : document.period().substr(0, 4)) {
        if (c < '0' || c > '9') return 0;
        year = year * 10 + (c - '0');
    }
    return year;
}

Ledger read_ledger(const Document& document) {
    Ledger ledger;
    ledger.year = year_of(document);
    add_document(ledger, document);
    return ledger;
}

Ledger gather_ledger(const std::vector<const Document*>& documents, int year) {
    Ledger ledger;
    ledger.year = year;
    for (const Document* document : documents) {
        if (document->instrument->kind == InstrumentKind::ledger && year_of(*document) == year) {
            add_document(ledger, *document);
        }
    }
    return ledger;
}

std::string DutyRow::citation() const {
    std::string text;
    for (const std::string& one : citations) {
        if (!text.empty()) text += "；";
        text += one;
    }
    return text;
}

std::array<int, 12> activities_by_month(const Ledger& ledger, Date as_of) {
    return count_by_month(ledger, as_of, [](const Activity&) { return true; });
}

std::vector<DutyRow> duty_matrix(const Ledger& ledger, Date as_of) {
    if (ledger.year == 0) return {};
    std::vector<DutyRow> rows = bound_duties(ledger);
    const KindCounts kinds(ledger, as_of);
    for (DutyRow& row : rows) fill_row(ledger, kinds, row, as_of);
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

std::optional<LedgerAnswer> answer_from(const Ledger& ledger, const Source& source,
                                        const std::vector<std::string>& options, Date as_of) {
    if (ledger.empty() || (source.by_secretary && ledger.secretary.empty())) return std::nullopt;
    LedgerAnswer answer;
    std::vector<const Activity*> activities;
    ByMonth months{};
    Points hours;
    for (const Activity& activity : ledger.activities) {
        if (!counts(activity, ledger, as_of) || !contains(source.kinds, activity.kind)) continue;
        if (source.by_secretary && !chaired(activity, ledger.secretary)) continue;
        activities.push_back(&activity);
        answer.rows.push_back(activity.row);
        ++months[static_cast<std::size_t>(month_of(activity.date) - 1)];
        hours += activity.hours;
    }
    const auto count = Points::from_whole(static_cast<std::int64_t>(activities.size()));
    switch (source.count) {
        case Source::Count::activities:
            answer.value = count;
            break;
        case Source::Count::periods_met:
            answer.value = all_over_met(months, source, ledger.year, as_of) ? Value{true} : Value{count};
            break;
        case Source::Count::distinct_periods:
            answer.value = Points::from_whole(periods_with(months, source.per));
            break;
        case Source::Count::hours:
            answer.value = hours;
            break;
        case Source::Count::all_flag:
            if (activities.empty()) return std::nullopt;
            answer.value = std::all_of(activities.begin(), activities.end(), [&source](const Activity* activity) {
                return has_flag(*activity, source.flag);
            });
            break;
        case Source::Count::all_options:
            if (activities.empty()) return std::nullopt;
            answer.value = common_options(activities, options);
            break;
    }
    return answer;
}

}  // namespace duibiao
