#include "core/row_check.hpp"

#include <algorithm>
#include <deque>
#include <span>
#include <unordered_map>
#include <utility>

#include "core/cell.hpp"
#include "core/deadline.hpp"
#include "core/ledger.hpp"
#include "core/name_key.hpp"
#include "core/plain_text.hpp"
#include "core/row_due.hpp"
#include "core/row_formula.hpp"
#include "core/rows.hpp"
#include "core/sort.hpp"
#include "core/term.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using RowCells = std::vector<std::string_view>;

/// A table under one as-of date, the row being read, and where its findings go.
struct RowCheck {
    const Document& document;
    const Instrument& form;
    const Table& table;
    Date as_of;
    int year;  ///< of the document; 0: none
    RowView row;
    int number = 0;
    RowCells cells;
    std::vector<std::unordered_map<std::string_view, int>>
        seen;                      ///< of rules about doubled rows: which row had it first
    std::deque<std::string> keys;  ///< of `seen`
    Findings findings;
};

Finding& report(RowCheck& check, std::string_view code, Severity severity, std::size_t column, std::string citation,
                Params params) {
    Finding& finding = check.findings.emplace_back();
    finding.code = code;
    finding.severity = severity;
    finding.document = check.document.id;
    finding.item = check.row.id;
    finding.row = check.number;
    finding.field = check.table.columns[column].id;
    finding.citation = std::move(citation);
    finding.params = std::move(params);
    return finding;
}

// ---- Rules of the form ----

/// "“是否确需挂靠”为“是”", of the conditions that made a rule speak. Where only being filled counts, what is written
/// is not repeated: it may be about a person.
std::vector<std::string> facts_of(const RowCheck& check, const RowRule& rule) {
    std::vector<std::string> facts;
    for (const RowCondition& condition : rule.when) {
        for (const std::size_t column : condition.columns) {
            if (!holds({{column}, condition.is}, check.cells)) continue;
            const std::string& label = check.table.columns[column].label;
            facts.push_back(condition.is.empty() ? "“" + label + "”"
                                                 : "“" + label + "”" + std::string(check.cells[column]));
        }
    }
    return facts;
}

/// Is that month of the document's year over? January is 0.
bool is_over(const RowCheck& check, std::size_t month) {
    const auto number = static_cast<unsigned>(month) + 1;
    const Date first = day_of_year(check.year, {std::chrono::month{number}, std::chrono::day{1}});
    return check.year != 0 && check.as_of >= Date(std::chrono::sys_days(add_months(first, 1)) - std::chrono::days(1));
}

void check_required(RowCheck& check, const RowRule& rule) {
    std::vector<std::string> labels;
    std::size_t first = rule.columns.front();
    for (std::size_t i = 0; i < rule.columns.size(); ++i) {
        const std::size_t column = rule.columns[i];
        if (rule.monthly && !is_over(check, i)) break;
        const bool empty = rule.any ? says_nothing(check.cells[column]) : trim(check.cells[column]).empty();
        if (!empty) continue;
        if (labels.empty()) first = column;
        labels.push_back(check.table.columns[column].label);
    }
    if (labels.empty() || (rule.any && labels.size() < rule.columns.size())) return;
    Params params{{"labels", std::move(labels)}, {"advice", rule.advice}};
    if (!rule.when.empty()) params.emplace("facts", facts_of(check, rule));
    const std::string_view code = rule.any            ? "cell-required-any"
                                  : rule.when.empty() ? "cell-required"
                                                      : "cell-required-when";
    report(check, code, rule.severity, first, rule.citation, std::move(params));
}

void check_state(RowCheck& check, const RowRule& rule) {
    const bool contradicts = rule.severity == Severity::error;
    report(check, contradicts ? "row-contradiction" : "row-state", rule.severity, rule.when.back().columns.front(),
           rule.citation, {{"facts", facts_of(check, rule)}, {"advice", rule.advice}});
}

void check_span(RowCheck& check, const RowRule& rule) {
    const std::size_t column = rule.columns.front();
    const auto span = span_of(check.cells[column]);
    if (!span) return;
    const Date end = add_months(span->last, rule.months);
    if (check.as_of <= end) return;
    report(check, "span-over", rule.severity, column, rule.citation,
           {{"label", check.table.columns[column].label},
            {"date", std::string(check.cells[column])},
            {"months", std::int64_t{rule.months}},
            {"end", to_string(end)},
            {"days", days_between(end, check.as_of)},
            {"advice", rule.advice},
            {"as_of", to_string(check.as_of)}});
}

void check_order(RowCheck& check, const RowRule& rule) {
    const auto earlier = span_of(check.cells[rule.columns[0]]);
    const auto later = span_of(check.cells[rule.columns[1]]);
    if (!earlier || !later || later->last >= earlier->first) return;
    report(check, "dates-order", rule.severity, rule.columns[1], rule.citation,
           {{"earlier", check.table.columns[rule.columns[0]].label},
            {"later", check.table.columns[rule.columns[1]].label},
            {"earlier_date", std::string(check.cells[rule.columns[0]])},
            {"later_date", std::string(check.cells[rule.columns[1]])}});
}

void check_future(RowCheck& check, const RowRule& rule) {
    for (const std::size_t column : rule.columns) {
        const auto span = span_of(check.cells[column]);
        if (!span || span->first <= check.as_of) continue;
        report(check, "cell-future", rule.severity, column, rule.citation,
               {{"label", check.table.columns[column].label},
                {"date", std::string(check.cells[column])},
                {"as_of", to_string(check.as_of)}});
    }
}

/// What is compared of a cell: names by their keys, other texts as they are read.
std::string compared(const AnswerField& column, std::string_view cell) {
    using Entity = AnswerField::Entity;
    if (column.entity == Entity::person) return person_key(cell);
    if (column.entity == Entity::organisation) return organisation_key(cell);
    return plain_text(cell);
}

/// A row whose first of these columns is empty is not known well enough to be the same as another.
void check_doubled(RowCheck& check, const RowRule& rule, std::unordered_map<std::string_view, int>& seen) {
    if (looks_empty(check.cells[rule.columns.front()])) return;
    std::string& key = check.keys.emplace_back();
    for (const std::size_t column : rule.columns) {
        key += compared(check.table.columns[column], check.cells[column]);
        key += '\t';
    }
    const auto [first, is_new] = seen.try_emplace(key, check.number);
    if (is_new) return;
    std::vector<std::string> labels;
    for (const std::size_t column : rule.columns) labels.push_back(check.table.columns[column].label);
    report(check, "row-doubled", rule.severity, rule.columns.front(), rule.citation,
           {{"labels", std::move(labels)}, {"first", std::int64_t{first->second}}});
}

void check_between(RowCheck& check, const RowRule& rule) {
    const auto earlier = span_of(check.cells[rule.columns[0]]);
    const auto later = span_of(check.cells[rule.columns[1]]);
    if (!earlier || !later || later->first <= add_months(earlier->last, rule.months)) return;
    report(check, "span-between", rule.severity, rule.columns[1], rule.citation,
           {{"earlier", check.table.columns[rule.columns[0]].label},
            {"later", check.table.columns[rule.columns[1]].label},
            {"earlier_date", std::string(check.cells[rule.columns[0]])},
            {"later_date", std::string(check.cells[rule.columns[1]])},
            {"months", std::int64_t{rule.months}},
            {"advice", rule.advice}});
}

/// The cell's number; nothing where it says none.
std::optional<Points> number_at(const RowCheck& check, std::size_t column) {
    if (check.cells[column].empty()) return std::nullopt;
    const auto number = Points::parse(check.cells[column]);
    return number ? std::optional(*number) : std::nullopt;
}

void check_less(RowCheck& check, const RowRule& rule) {
    const auto less = number_at(check, rule.columns[0]);
    const auto of = number_at(check, rule.columns[1]);
    if (!less || !of || less->hundredths() * rule.times >= of->hundredths()) return;
    report(check, rule.times > 1 ? "count-share" : "count-less", rule.severity, rule.columns[0], rule.citation,
           {{"label", check.table.columns[rule.columns[0]].label},
            {"value", less->to_string()},
            {"other", check.table.columns[rule.columns[1]].label},
            {"other_value", of->to_string()},
            {"times", std::int64_t{rule.times}},
            {"advice", rule.advice}});
}

void check_range(RowCheck& check, const RowRule& rule) {
    for (const std::size_t column : rule.columns) {
        const auto number = number_at(check, column);
        if (!number) continue;
        const bool under = rule.least && *number < Points::from_whole(*rule.least);
        const bool over = rule.most && *number > Points::from_whole(*rule.most);
        if (!under && !over) continue;
        report(check, under ? "count-under" : "count-over", rule.severity, column, rule.citation,
               {{"label", check.table.columns[column].label},
                {"value", number->to_string()},
                {"limit", std::int64_t{under ? *rule.least : *rule.most}},
                {"advice", rule.advice}});
    }
}

bool is_explained(const RowCheck& check, const RowRule& rule) {
    return std::any_of(rule.done.begin(), rule.done.end(),
                       [&check](std::size_t column) { return !says_nothing(check.cells[column]); });
}

/// Only months that are over count; those of before the first column stand in `longer`.
void check_run(RowCheck& check, const RowRule& rule) {
    const auto before = rule.longer ? number_at(check, *rule.longer) : std::nullopt;
    std::int64_t run = before ? before->hundredths() / 100 : 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < rule.columns.size(); ++i) {
        if (rule.monthly && !is_over(check, i)) break;
        if (!holds({{rule.columns[i]}, rule.is}, check.cells)) {
            run = 0;
            first = i + 1;
            continue;
        }
        if (++run < rule.times) continue;
        report(check, "cells-run", is_explained(check, rule) ? Severity::notice : rule.severity, rule.columns[i],
               rule.citation,
               {{"from", check.table.columns[rule.columns[first]].label},
                {"to", check.table.columns[rule.columns[i]].label},
                {"count", run},
                {"says", rule.is},
                {"advice", rule.advice}});
        return;
    }
}

/// Less than is due is what the rule says it is; more is worth a word.
void check_amounts(RowCheck& check, const RowRule& rule) {
    const auto amount = number_at(check, rule.columns[0]);
    const auto due = number_at(check, rule.columns[1]);
    if (!amount || !due || *amount == *due || is_explained(check, rule)) return;
    const bool is_short = *amount < *due;
    report(check, is_short ? "amount-short" : "amount-over", is_short ? rule.severity : Severity::notice,
           rule.columns[0], rule.citation,
           {{"label", check.table.columns[rule.columns[0]].label},
            {"value", std::string(check.cells[rule.columns[0]])},
            {"other", check.table.columns[rule.columns[1]].label},
            {"other_value", std::string(check.cells[rule.columns[1]])},
            {"difference", money(is_short ? *due - *amount : *amount - *due)},
            {"advice", rule.advice}});
}

void check_formula(RowCheck& check, const RowRule& rule) {
    const std::size_t column = rule.columns.front();
    const std::string expected = work_out(check.table, column, check.cells);
    if (check.cells[column].empty() || expected.empty() || expected == check.cells[column]) return;
    if (is_explained(check, rule)) return;
    report(check, "formula-differs", rule.severity, column, rule.citation,
           {{"label", check.table.columns[column].label},
            {"value", std::string(check.cells[column])},
            {"expected", expected},
            {"advice", rule.advice}});
}

void check_due(RowCheck& check, const RowRule& rule) {
    const auto found = due_of(rule, check.cells, check.year);
    if (!found) return;
    const auto say = [&](std::string_view code, Severity severity, Params params) {
        params.emplace("what", rule.what);
        params.emplace("due", to_string(found->due));
        params.emplace("advice", rule.advice);
        report(check, code, severity, rule.done.empty() ? found->from : rule.done.front(), rule.citation,
               std::move(params));
    };
    if (found->done) {
        const bool is_late = found->done_on && *found->done_on > found->due;
        if (is_late && rule.until && check.table.columns[*rule.until].type == AnswerField::Type::deadline)
            say("row-late", Severity::notice,
                {{"done", to_string(*found->done_on)}, {"days", days_between(found->due, *found->done_on)}});
        else if (is_late)
            say("row-done-late", Severity::notice, {{"done", to_string(*found->done_on)}});
        return;
    }
    const std::int64_t days = days_between(check.as_of, found->due);
    if (days < 0) return say("row-overdue", rule.severity, {{"days", -days}});
    if (days <= rule.soon_days) say("row-due-soon", Severity::notice, {{"days", days}});
}

void run(RowCheck& check, const RowRule& rule, std::size_t index) {
    if (!holds(rule, check.cells)) return;
    switch (rule.kind) {
        case RowRule::Kind::cell_required:
            return check_required(check, rule);
        case RowRule::Kind::row_state:
            return check_state(check, rule);
        case RowRule::Kind::span_over:
            return check_span(check, rule);
        case RowRule::Kind::dates_order:
            return check_order(check, rule);
        case RowRule::Kind::cell_future:
            return check_future(check, rule);
        case RowRule::Kind::row_doubled:
            return check_doubled(check, rule, check.seen[index]);
        case RowRule::Kind::due:
            return check_due(check, rule);
        case RowRule::Kind::span_between:
            return check_between(check, rule);
        case RowRule::Kind::count_less:
            return check_less(check, rule);
        case RowRule::Kind::count_range:
            return check_range(check, rule);
        case RowRule::Kind::cells_run:
            return check_run(check, rule);
        case RowRule::Kind::amounts_differ:
            return check_amounts(check, rule);
        case RowRule::Kind::formula_differs:
            return check_formula(check, rule);
        case RowRule::Kind::unlisted:
            return;  // of the form, not of a row
    }
}

// ---- What holds for every table ----

/// The option that is part of what was written, or of which that is part: the longest; else all of them.
std::string nearest_option(const std::vector<std::string>& options, std::string_view text) {
    std::string nearest;
    for (const std::string& option : options) {
        const bool is_like = text.find(option) != std::string_view::npos || option.find(text) != std::string::npos;
        if (is_like && option.size() > nearest.size()) nearest = option;
    }
    if (!nearest.empty()) return nearest;
    for (const std::string& option : options) nearest += (nearest.empty() ? "" : "、") + option;
    return nearest;
}

/// Eighteen digits, the last of which may be an X, that are not part of a longer number.
bool has_identity_number(std::string_view text) {
    constexpr std::size_t length = 18;
    std::size_t digits = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        if (c >= '0' && c <= '9') {
            ++digits;
            continue;
        }
        if (digits == length || (digits == length - 1 && (c == 'X' || c == 'x'))) return true;
        digits = 0;
    }
    return false;
}

bool has_formula(std::string_view text) {
    return text.starts_with('=') || text.starts_with("#REF!") || text.starts_with("#N/A") ||
           text.starts_with("#VALUE!") || text.starts_with("#NAME?") || text.starts_with("#DIV/0!");
}

void check_texts(RowCheck& check) {
    for (std::size_t column = 0; column < check.cells.size(); ++column) {
        if (check.table.columns[column].type != AnswerField::Type::text) continue;
        const std::string& label = check.table.columns[column].label;
        if (has_identity_number(check.cells[column]))
            report(check, "identity-number", Severity::warning, column, check.form.source_key, {{"label", label}});
        if (has_formula(check.cells[column]))
            report(check, "cell-formula", Severity::warning, column, check.form.source_key, {{"label", label}});
    }
}

/// Words that stand for no day, and a state that is none of the form's.
void check_words(RowCheck& check) {
    for (std::size_t column = 0; column < check.cells.size(); ++column) {
        const AnswerField& field = check.table.columns[column];
        const std::string_view cell = check.cells[column];
        if (cell.empty()) continue;
        const bool is_limit = field.type == AnswerField::Type::deadline;
        if (is_limit && read_deadline(cell, check.year).kind == Deadline::Kind::unknown)
            report(check, "deadline-unknown", Severity::warning, column, check.form.source_key,
                   {{"label", field.label}, {"text", duibiao::shown(cell)}});
        const bool is_other = field.type == AnswerField::Type::choice && field.open &&
                              std::find(field.options.begin(), field.options.end(), cell) == field.options.end();
        if (is_other)
            report(check, "choice-other", Severity::warning, column, check.form.source_key,
                   {{"label", field.label},
                    {"text", duibiao::shown(cell)},
                    {"nearest", nearest_option(field.options, cell)},
                    {"options", field.options}});
    }
}

/// What is wrong about the days of an election, whenever it is asked.
void check_term_days(RowCheck& check, const OfficeTerm& office) {
    const Term& term = *check.table.term;
    const auto say = [&](std::string_view code, std::optional<std::size_t> column, const std::string& citation,
                         int months) {
        report(check, code, Severity::warning, column.value_or(term.last), citation,
               {{"name", std::string(office.name)},
                {"end", to_string(*office.end)},
                {"due", to_string(*office.due)},
                {"date", std::string(check.cells[column.value_or(term.last)])},
                {"months", std::int64_t{months}}});
    };
    if (office.late_request) say("term-request-late", term.request, term.reminder_citation, term.request_months);
    if (office.planned_late) say("term-planned-late", term.planned, term.shift_citation, 0);
    if (office.planned_early) say("term-planned-early", term.planned, term.shift_citation, term.soon_months);
    if (office.shifted_far) say("term-shifted-far", term.approved_until, term.shift_citation, term.shift_months);
}

void check_term(RowCheck& check, const OfficeTerm& office) {
    check_term_days(check, office);
    if (office.state == TermState::running) return;
    // With a length, or without a name, other rules say what the row lacks.
    if (office.state == TermState::unknown && (office.years > 0 || office.name.empty())) return;
    const Term& term = *check.table.term;
    const std::string& overdue = term.length_citation.empty() ? term.citation : term.length_citation;
    Params params{{"name", std::string(office.name)}};
    if (office.due) {
        params.emplace("due", to_string(*office.due));
        params.emplace("days", days_between(*office.due, check.as_of));
    }
    const auto say = [&](std::string_view code, Severity severity, const std::string& citation, int months) {
        params.emplace("months", std::int64_t{months});
        params.emplace("years", std::int64_t{office.years});
        report(check, code, severity, term.last, citation, std::move(params));
    };
    switch (office.state) {
        case TermState::long_overdue:
            return say("term-long-overdue", Severity::error, overdue, term.overdue_months);
        case TermState::overdue:
            return say("term-overdue", Severity::warning, overdue, term.overdue_months);
        case TermState::request_due:
            return say("term-request", Severity::warning, term.reminder_citation, term.request_months);
        case TermState::soon:
            return say("term-soon", Severity::notice, term.reminder_citation, term.soon_months);
        case TermState::unknown:
            return say("term-unknown", Severity::notice, term.citation, 0);
        case TermState::running:
            return;
    }
}

/// A table without rows says so, and only such a table.
void check_emptiness(RowCheck& check, std::size_t rows) {
    const bool none = check.document.flag(Layer::self, "table", "none");
    if ((rows == 0) == none) return;
    Finding& finding = check.findings.emplace_back();
    finding.code = none ? "table-none" : "table-empty";
    finding.severity = Severity::warning;
    finding.document = check.document.id;
    finding.item = "table";
    finding.field = "none";
    finding.citation = check.form.source_key;
    finding.params = {{"title", check.table.title}, {"count", static_cast<std::int64_t>(rows)}};
}

}  // namespace

Findings check_rows(const Document& document, Date as_of) {
    const Instrument& form = *document.instrument;
    const Table& table = form.table;
    const std::vector<RowView> rows = rows_of(document);
    // A snapshot of a day counts from that day, whenever it is looked at.
    const auto dated = parse_date(document.text(Layer::self, "header", table.dated_by));
    RowCheck check{document, form, table, dated ? *dated : as_of, year_of(document), {}, 0, {}, {}, {}, {}};
    check.findings.reserve(rows.size());
    check.seen.resize(table.rules.size());
    for (std::size_t i = 0; i < table.rules.size(); ++i) {
        if (table.rules[i].kind == RowRule::Kind::row_doubled) check.seen[i].reserve(rows.size());
    }
    if (form.kind == InstrumentKind::roster) check_emptiness(check, rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        check.row = rows[i];
        check.number = static_cast<int>(i) + 1;
        check.cells = split_row(rows[i].cells, table.columns.size());
        const std::size_t first = check.findings.size();
        for (std::size_t rule = 0; rule < table.rules.size(); ++rule) run(check, table.rules[rule], rule);
        if (table.term) check_term(check, term_of(*table.term, check.cells, as_of));
        check_texts(check);
        check_words(check);
        if (check.findings.size() - first < 2) continue;
        sort_stably(std::span(check.findings).subspan(first),
                    [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    }
    return std::move(check.findings);
}

}  // namespace duibiao
