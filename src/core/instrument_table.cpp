// Loading a form's table: its columns, the rules of its rows, the term of office.
#include "core/instrument_reader.hpp"

namespace duibiao::instrument_parts {
namespace {

/// The column of that id; the first one where there is none, which is an error.
std::size_t column_at(Reader& reader, const Table& table, const std::string& id, const std::string& pointer) {
    const auto at = table.find_column(id);
    if (!at) reader.refuse("rule-reference", pointer, {{"field", id}});
    return at.value_or(0);
}

}  // namespace

std::vector<std::size_t> read_column_list(Reader& reader, const Node& node, const Table& table, Need need,
                                          std::string_view key) {
    std::vector<std::size_t> columns;
    const std::string pointer = json_pointer(node.pointer, key);
    for (const std::string& id : read_texts(reader, node, key, need)) {
        columns.push_back(column_at(reader, table, id, pointer));
    }
    return columns;
}

std::optional<std::size_t> read_optional_column(Reader& reader, const Node& node, const Table& table,
                                                std::string_view key) {
    const std::string id = reader.text(node, key, Need::optional);
    if (id.empty()) return std::nullopt;
    return column_at(reader, table, id, json_pointer(node.pointer, key));
}

std::vector<RowCondition> read_conditions(Reader& reader, const Node& node, const Table& table) {
    std::vector<RowCondition> conditions;
    for (const Node& child : reader.list(node, "when", Need::optional)) {
        conditions.push_back(
            {read_column_list(reader, child, table, Need::required), read_texts(reader, child, "is", Need::optional)});
    }
    return conditions;
}

namespace {

constexpr std::array<std::string_view, 14> row_rule_names{
    "cell-required", "row-state",  "span-over",   "dates-order", "cell-future", "row-doubled",    "due",
    "span-between",  "count-less", "count-range", "cells-run",   "unlisted",    "amounts-differ", "formula-differs"};

bool holds_dates(const AnswerField& column) {
    return column.type == AnswerField::Type::date || column.type == AnswerField::Type::month;
}

bool is_about_time(RowRule::Kind kind) {
    using Kind = RowRule::Kind;
    return kind == Kind::span_over || kind == Kind::dates_order || kind == Kind::cell_future || kind == Kind::due ||
           kind == Kind::span_between;
}

/// How many columns such a rule reads; 0: any number.
std::size_t columns_wanted(RowRule::Kind kind) {
    using Kind = RowRule::Kind;
    if (kind == Kind::dates_order || kind == Kind::span_between || kind == Kind::count_less ||
        kind == Kind::amounts_differ)
        return 2;
    return kind == Kind::span_over || kind == Kind::formula_differs ? 1 : 0;
}

/// Amounts are compared with amounts, and a formula's column has one.
void prove_amounts(Reader& reader, const Node& node, const Table& table, const RowRule& rule) {
    for (const std::size_t at : rule.columns) {
        const bool fits = rule.kind == RowRule::Kind::amounts_differ
                              ? table.columns[at].type == AnswerField::Type::amount
                              : rule.kind != RowRule::Kind::formula_differs || table.formula(at) != nullptr;
        if (!reader.good() || fits) continue;
        reader.refuse("rule-reference", json_pointer(node.pointer, "columns"), {{"field", table.columns[at].id}});
    }
}

/// Rules about time read columns of dates, rules about numbers such of numbers; an order needs two.
void prove_columns(Reader& reader, const Node& node, const Table& table, const RowRule& rule) {
    using Kind = RowRule::Kind;
    const bool of_dates = is_about_time(rule.kind);
    const bool of_counts = rule.kind == Kind::count_less || rule.kind == Kind::count_range;
    prove_amounts(reader, node, table, rule);
    for (const std::size_t at : rule.columns) {
        const bool counts = table.columns[at].type == AnswerField::Type::count;
        if (!reader.good() || ((!of_dates || holds_dates(table.columns[at])) && (!of_counts || counts))) continue;
        reader.refuse("rule-reference", json_pointer(node.pointer, "columns"), {{"field", table.columns[at].id}});
    }
    const std::size_t wanted = columns_wanted(rule.kind);
    if (wanted > 0 && rule.columns.size() != wanted) {
        reader.refuse("field-type", json_pointer(node.pointer, "columns"), {{"field", "columns"}});
    }
    if (rule.kind == Kind::row_state && rule.when.empty()) {
        reader.refuse("field-missing", json_pointer(node.pointer, "when"), {{"field", "when"}});
    }
    if (rule.kind == Kind::count_range && !rule.least && !rule.most) {
        reader.refuse("field-missing", json_pointer(node.pointer, "most"), {{"field", "most"}});
    }
    if (rule.monthly && rule.columns.size() != 12) {
        reader.refuse("field-type", json_pointer(node.pointer, "columns"), {{"field", "columns"}});
    }
}

/// A whole number, or nothing when it is left out.
std::optional<int> read_limit(Reader& reader, const Node& node, std::string_view key) {
    if (reader.member(node, key, Need::optional).value == nullptr) return std::nullopt;
    return read_times(reader, node, key);
}

/// What a rule of kind `due` counts from: columns, a last day of its own, or a day of the year.
void read_due_rule(Reader& reader, const Node& node, const Table& table, RowRule& rule) {
    rule.what = reader.text(node, "what", Need::required);
    rule.day = read_due(reader, node);
    rule.until = read_optional_column(reader, node, table, "until");
    rule.months = read_limit(reader, node, "months").value_or(0);
    rule.soon_days = read_limit(reader, node, "soon_days").value_or(0);
    if (rule.columns.empty() && !rule.day && !rule.until) {
        reader.refuse("field-missing", json_pointer(node.pointer, "columns"), {{"field", "columns"}});
    }
    const bool is_limit = rule.until && table.columns[*rule.until].type == AnswerField::Type::deadline;
    if (reader.good() && rule.until && !is_limit && !holds_dates(table.columns[*rule.until])) {
        reader.refuse("rule-reference", json_pointer(node.pointer, "until"),
                      {{"field", table.columns[*rule.until].id}});
    }
}

RowRule read_rule(Reader& reader, const Node& node, const Table& table) {
    RowRule rule;
    const std::string kind = reader.text(node, "kind", Need::required);
    const auto position = position_in(row_rule_names, kind);
    if (!position) reader.refuse("rule-kind", json_pointer(node.pointer, "kind"), {{"kind", kind}});
    rule.kind = static_cast<RowRule::Kind>(position.value_or(0));
    rule.severity = static_cast<Severity>(reader.choice(node, "severity", severity_names, Need::required));
    const bool by_condition = rule.kind == RowRule::Kind::row_state || rule.kind == RowRule::Kind::due;
    rule.columns = read_column_list(reader, node, table, by_condition ? Need::optional : Need::required);
    rule.when = read_conditions(reader, node, table);
    rule.any = reader.flag(node, "any", false);
    rule.monthly = reader.flag(node, "monthly", false);
    if (rule.kind == RowRule::Kind::span_over || rule.kind == RowRule::Kind::span_between ||
        rule.kind == RowRule::Kind::unlisted)
        rule.months = read_times(reader, node, "months");
    rule.longer = read_optional_column(reader, node, table, "longer");
    const bool is_due = rule.kind == RowRule::Kind::due;
    if (is_due) read_due_rule(reader, node, table, rule);
    // A state that its conditions ask for may say that it is not done; else some column must.
    const auto may_be_open = [&table](const RowRule& one) {
        return one.until && table.columns[*one.until].type == AnswerField::Type::deadline && !one.when.empty();
    };
    const std::string done_pointer = json_pointer(node.pointer, "done");
    for (const std::string& id :
         read_texts(reader, node, "done", is_due && !may_be_open(rule) ? Need::required : Need::optional)) {
        rule.done.push_back(column_at(reader, table, id, done_pointer));
    }
    rule.least = read_limit(reader, node, "least");
    rule.most = read_limit(reader, node, "most");
    rule.times = read_times(reader, node, "times");
    rule.is = read_texts(reader, node, "is", rule.kind == RowRule::Kind::cells_run ? Need::required : Need::optional);
    rule.advice = reader.text(node, "advice", Need::optional);
    rule.citation = read_citation(reader, node);
    prove_columns(reader, node, table, rule);
    return rule;
}

std::size_t read_column(Reader& reader, const Node& node, const Table& table, std::string_view key) {
    return column_at(reader, table, reader.text(node, key, Need::required), json_pointer(node.pointer, key));
}

void prove_term(Reader& reader, const Node& node, const Table& table, const Term& term) {
    for (const auto& at :
         {std::optional(term.last), term.planned, term.request, term.reminded, term.approved, term.approved_until}) {
        if (!at || holds_dates(table.columns[*at])) continue;
        reader.refuse("rule-reference", node.pointer, {{"field", table.columns[*at].id}});
    }
}

Term read_term(Reader& reader, const Node& node, const Table& table) {
    Term term;
    term.name = read_column(reader, node, table, "name");
    term.last = read_column(reader, node, table, "last");
    term.planned = read_optional_column(reader, node, table, "planned");
    term.years = read_optional_column(reader, node, table, "years");
    term.request = read_optional_column(reader, node, table, "request");
    term.reminded = read_optional_column(reader, node, table, "reminded");
    term.approved = read_optional_column(reader, node, table, "approved");
    term.approved_until = read_optional_column(reader, node, table, "approved_until");
    term.shift_months = read_limit(reader, node, "shift_months").value_or(0);
    term.length_citation = reader.text(node, "length_citation", Need::optional);
    term.shift_citation = reader.text(node, "shift_citation", Need::optional);
    term.reminder_text = reader.text(node, "reminder_text", Need::optional);
    term.request_text = reader.text(node, "request_text", Need::optional);
    term.election_text = reader.text(node, "election_text", Need::optional);
    for (const Node& child : reader.list(node, "lengths", Need::required)) {
        term.lengths.push_back(
            {read_texts(reader, child, "endings", Need::required), read_limit(reader, child, "years").value_or(0)});
    }
    term.overdue_months = read_times(reader, node, "overdue_months");
    term.soon_months = read_times(reader, node, "soon_months");
    term.request_months = read_times(reader, node, "request_months");
    term.citation = read_citation(reader, node);
    term.reminder_citation = reader.text(node, "reminder_citation", Need::required);
    if (reader.good()) prove_term(reader, node, table, term);
    return term;
}

Letter read_letter(Reader& reader, const Node& node) {
    Letter letter;
    letter.title = reader.text(node, "title", Need::required);
    letter.salutation = reader.text(node, "salutation", Need::required);
    letter.paragraphs = read_texts(reader, node, "paragraphs", Need::required);
    letter.citation = read_citation(reader, node);
    return letter;
}

}  // namespace

void read_table(Reader& reader, const Node& root, Table& table) {
    const Node node = reader.member(root, "table", Need::optional);
    if (node.value == nullptr) return;
    table.title = reader.text(node, "title", Need::required);
    table.columns = read_fields(reader, node, "columns");
    if (table.columns.empty()) {
        reader.refuse("field-missing", json_pointer(node.pointer, "columns"), {{"field", "columns"}});
        return;
    }
    read_formulas(reader, node, table);
    for (const Node& child : reader.list(node, "rules", Need::optional)) {
        table.rules.push_back(read_rule(reader, child, table));
    }
    read_table_extras(reader, node, table);
    const Node term = reader.member(node, "term", Need::optional);
    if (term.value != nullptr) table.term = read_term(reader, term, table);
    const Node letter = reader.member(node, "letter", Need::optional);
    if (letter.value != nullptr) table.letter = read_letter(reader, letter);
}

}  // namespace duibiao::instrument_parts
