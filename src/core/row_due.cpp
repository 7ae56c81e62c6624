#include "core/row_due.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/deadline.hpp"
#include "core/ledger.hpp"
#include "core/rows.hpp"
#include "core/term.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using RowCells = std::vector<std::string_view>;

constexpr Points longest_delay = Points::from_whole(1200);  ///< months

/// A number of months in a cell; what is no such number counts as none.
int months_in(std::string_view cell) {
    const auto months = Points::parse(cell);
    if (!months || *months < Points{} || *months > longest_delay) return 0;
    return static_cast<int>(months->hundredths() / 100);
}

/// The day by which it is to be done, and the column that tells.
std::optional<std::pair<Date, std::size_t>> last_day(const RowRule& rule, const RowCells& cells, int year) {
    if (rule.until) {
        if (const auto until = span_of(cells[*rule.until])) return std::pair(until->last, *rule.until);
        if (const auto words = read_deadline(cells[*rule.until], year).day) return std::pair(*words, *rule.until);
    }
    for (const std::size_t column : rule.columns) {
        const auto from = span_of(cells[column]);
        if (!from) continue;
        const int longer = rule.longer ? months_in(cells[*rule.longer]) : 0;
        return std::pair(add_months(from->last, rule.months + longer), column);
    }
    if (!rule.day || year == 0) return std::nullopt;
    return std::pair(day_of_year(year, *rule.day), rule.done.empty() ? 0 : rule.done.front());
}

/// The column whose cells say who or what a row is about: the table's key; else the first that names anything, or the
/// first of all.
std::size_t naming_column(const Table& table) {
    if (table.key) return *table.key;
    const auto named = std::find_if(table.columns.begin(), table.columns.end(), [](const AnswerField& column) {
        return column.entity != AnswerField::Entity::none;
    });
    return named == table.columns.end() ? 0 : static_cast<std::size_t>(named - table.columns.begin());
}

/// Where the key says what a row is about, the first person that is named beside it is who has to do it.
std::optional<std::size_t> owner_column(const Table& table) {
    if (!table.key || table.columns[*table.key].entity == AnswerField::Entity::person) return std::nullopt;
    const auto named = std::find_if(table.columns.begin(), table.columns.end(), [](const AnswerField& column) {
        return column.entity == AnswerField::Entity::person;
    });
    if (named == table.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(named - table.columns.begin());
}

bool is_worth_telling(const DueItem& item, int year) { return !item.done || static_cast<int>(item.due.year()) == year; }

struct Gathering {
    const Table& table;
    int year;
    std::size_t name;
    std::optional<std::size_t> owner;
    std::vector<DueItem> items;
    std::vector<std::size_t> shared;  ///< by rule: position in `items` of its one item, from 1
};

DueItem& add(Gathering& into, const RowView& row, const RowCells& cells, std::size_t field) {
    DueItem& item = into.items.emplace_back();
    item.item = row.id;
    item.field = into.table.columns[field].id;
    item.who = cells[into.name];
    item.personal = into.table.columns[into.name].personal != Personal::none;
    if (into.owner) item.owner = cells[*into.owner];
    return item;
}

/// One item for all rows: the first row that is not done leads to it.
void add_shared(Gathering& into, std::size_t index, const RowView& row, const RowCells& cells, const RowDue& found) {
    const RowRule& rule = into.table.rules[index];
    if (into.shared[index] == 0) {
        DueItem& item = add(into, row, cells, found.from);
        into.shared[index] = into.items.size();
        item.who.clear();
        item.owner.clear();
        item.personal = false;
        item.text = rule.what;
        item.citation = rule.citation;
        item.due = found.due;
        item.done = true;
    }
    DueItem& item = into.items[into.shared[index] - 1];
    ++item.of;
    if (found.done) return;
    if (item.left++ == 0) item.item = row.id;
    item.done = false;
}

/// Two rules of a row may be done by one field: they are told apart by their order in the form.
int turn_of(const Table& table, std::size_t index) {
    const auto is_alike = [&own = table.rules[index]](const RowRule& rule) {
        return rule.kind == RowRule::Kind::due && !rule.day && !rule.done.empty() && !own.done.empty() &&
               rule.done.front() == own.done.front();
    };
    const auto begin = table.rules.begin();
    return static_cast<int>(std::count_if(begin, begin + static_cast<std::ptrdiff_t>(index), is_alike));
}

void add_rule(Gathering& into, std::size_t index, const RowView& row, const RowCells& cells) {
    const RowRule& rule = into.table.rules[index];
    if (rule.kind != RowRule::Kind::due) return;
    const auto found = due_of(rule, cells, into.year);
    if (!found) return;
    if (rule.day) return add_shared(into, index, row, cells, *found);
    DueItem& item = add(into, row, cells, rule.done.empty() ? found->from : rule.done.front());
    item.text = rule.what;
    item.citation = rule.citation;
    item.due = found->due;
    item.turn = turn_of(into.table, index);
    item.done = found->done;
    item.done_on = found->done_on;
    if (!is_worth_telling(item, into.year)) into.items.pop_back();
}

/// Reminder, request and election of one organisation's term.
void add_term(Gathering& into, const Term& term, const RowView& row, const RowCells& cells) {
    const OfficeTerm office = term_of(term, cells, Date{});
    if (!office.due) return;
    const auto add_step = [&](const std::string& text, const std::string& citation, std::size_t field, Date due,
                              bool done) {
        DueItem& item = add(into, row, cells, field);
        item.who = office.name;
        item.personal = false;
        item.text = text;
        item.citation = citation;
        item.due = due;
        item.done = done;
        if (!is_worth_telling(item, into.year)) into.items.pop_back();
    };
    if (term.reminded)
        add_step(term.reminder_text, term.reminder_citation, *term.reminded, add_months(*office.due, -term.soon_months),
                 !says_nothing(cells[*term.reminded]));
    if (term.request)
        add_step(term.request_text, term.reminder_citation, *term.request,
                 add_months(*office.due, -term.request_months), office.requested);
    add_step(term.election_text, term.citation, term.last, *office.due, false);
}

}  // namespace

bool holds(const RowCondition& condition, const RowCells& cells) {
    return std::any_of(condition.columns.begin(), condition.columns.end(), [&](std::size_t column) {
        const std::string_view cell = cells[column];
        if (condition.is.empty()) return !says_nothing(cell);
        return std::find(condition.is.begin(), condition.is.end(), cell) != condition.is.end();
    });
}

bool holds(const RowRule& rule, const RowCells& cells) {
    return std::all_of(rule.when.begin(), rule.when.end(),
                       [&cells](const RowCondition& condition) { return holds(condition, cells); });
}

bool asks_for_days(const Table& table) {
    return (table.term && !table.term->election_text.empty()) ||
           std::any_of(table.rules.begin(), table.rules.end(),
                       [](const RowRule& rule) { return rule.kind == RowRule::Kind::due; });
}

std::optional<DateSpan> span_of(std::string_view cell) {
    if (cell.empty()) return std::nullopt;
    const auto span = parse_span(cell);
    return span ? std::optional(*span) : std::nullopt;
}

std::optional<RowDue> due_of(const RowRule& rule, const RowCells& cells, int year) {
    if (!holds(rule, cells)) return std::nullopt;
    const auto last = last_day(rule, cells, year);
    if (!last) return std::nullopt;
    RowDue found{last->first, last->second, false, std::nullopt};
    for (const std::size_t column : rule.done) {
        if (says_nothing(cells[column])) continue;
        found.done = true;
        const auto day = span_of(cells[column]);
        if (day && !found.done_on) found.done_on = day->last;
    }
    return found;
}

std::vector<DueItem> due_rows(const Document& document) {
    const Table& table = document.instrument->table;
    if (document.instrument->kind == InstrumentKind::ledger || !asks_for_days(table)) return {};
    Gathering into{table,
                   year_of(document),
                   naming_column(table),
                   owner_column(table),
                   {},
                   std::vector<std::size_t>(table.rules.size())};
    for (const RowView& row : rows_of(document)) {
        const RowCells cells = split_row(row.cells, table.columns.size());
        for (std::size_t rule = 0; rule < table.rules.size(); ++rule) add_rule(into, rule, row, cells);
        if (table.term && !table.term->election_text.empty()) add_term(into, *table.term, row, cells);
    }
    return std::move(into.items);
}

}  // namespace duibiao
