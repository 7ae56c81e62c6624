// Loading a form's table: its columns, the rules of its rows, the term of office.
#include "core/instrument_reader.hpp"

namespace duibiao::instrument_parts {
namespace {

constexpr std::array<std::string_view, 6> row_rule_names{"cell-required", "row-state",   "span-over",
                                                         "dates-order",   "cell-future", "row-doubled"};

/// The column that a rule names; the first one where there is none of that id, which is an error.
std::size_t column_at(Reader& reader, const Table& table, const std::string& id, const std::string& pointer) {
    const auto at = table.find_column(id);
    if (!at) reader.refuse("rule-reference", pointer, {{"field", id}});
    return at.value_or(0);
}

std::vector<std::size_t> read_column_list(Reader& reader, const Node& node, const Table& table, Need need) {
    std::vector<std::size_t> columns;
    const std::string pointer = json_pointer(node.pointer, "columns");
    for (const std::string& id : read_texts(reader, node, "columns", need)) {
        columns.push_back(column_at(reader, table, id, pointer));
    }
    return columns;
}

bool holds_dates(const AnswerField& column) {
    return column.type == AnswerField::Type::date || column.type == AnswerField::Type::month;
}

/// Rules about time read columns of dates; an order needs an earlier and a later one.
void prove_columns(Reader& reader, const Node& node, const Table& table, const RowRule& rule) {
    using Kind = RowRule::Kind;
    const bool of_dates =
        rule.kind == Kind::span_over || rule.kind == Kind::dates_order || rule.kind == Kind::cell_future;
    for (const std::size_t at : rule.columns) {
        if (!reader.good() || !of_dates || holds_dates(table.columns[at])) continue;
        reader.refuse("rule-reference", json_pointer(node.pointer, "columns"), {{"field", table.columns[at].id}});
    }
    const std::size_t wanted = rule.kind == Kind::dates_order ? 2 : rule.kind == Kind::span_over ? 1 : 0;
    if (wanted > 0 && rule.columns.size() != wanted) {
        reader.refuse("field-type", json_pointer(node.pointer, "columns"), {{"field", "columns"}});
    }
    if (rule.kind == Kind::row_state && rule.when.empty()) {
        reader.refuse("field-missing", json_pointer(node.pointer, "when"), {{"field", "when"}});
    }
}

RowRule read_rule(Reader& reader, const Node& node, const Table& table) {
    RowRule rule;
    const std::string kind = reader.text(node, "kind", Need::required);
    const auto position = position_in(row_rule_names, kind);
    if (!position) reader.refuse("rule-kind", json_pointer(node.pointer, "kind"), {{"kind", kind}});
    rule.kind = static_cast<RowRule::Kind>(position.value_or(0));
    rule.severity = static_cast<Severity>(reader.choice(node, "severity", severity_names, Need::required));
    const bool by_condition = rule.kind == RowRule::Kind::row_state;
    rule.columns = read_column_list(reader, node, table, by_condition ? Need::optional : Need::required);
    for (const Node& child : reader.list(node, "when", Need::optional)) {
        rule.when.push_back(
            {read_column_list(reader, child, table, Need::required), read_texts(reader, child, "is", Need::optional)});
    }
    rule.any = reader.flag(node, "any", false);
    if (rule.kind == RowRule::Kind::span_over) rule.months = read_times(reader, node, "months");
    rule.advice = reader.text(node, "advice", Need::optional);
    rule.citation = read_citation(reader, node);
    prove_columns(reader, node, table, rule);
    return rule;
}

std::size_t read_column(Reader& reader, const Node& node, const Table& table, std::string_view key) {
    return column_at(reader, table, reader.text(node, key, Need::required), json_pointer(node.pointer, key));
}

std::optional<std::size_t> read_optional_column(Reader& reader, const Node& node, const Table& table,
                                                std::string_view key) {
    const std::string id = reader.text(node, key, Need::optional);
    if (id.empty()) return std::nullopt;
    return column_at(reader, table, id, json_pointer(node.pointer, key));
}

void prove_term(Reader& reader, const Node& node, const Table& table, const Term& term) {
    for (const auto& at : {std::optional(term.last), term.planned, term.request}) {
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
    for (const Node& child : reader.list(node, "lengths", Need::required)) {
        term.lengths.push_back(
            {read_texts(reader, child, "endings", Need::required), read_times(reader, child, "years")});
    }
    term.overdue_months = read_times(reader, node, "overdue_months");
    term.soon_months = read_times(reader, node, "soon_months");
    term.request_months = read_times(reader, node, "request_months");
    term.citation = read_citation(reader, node);
    term.reminder_citation = reader.text(node, "reminder_citation", Need::required);
    if (reader.good()) prove_term(reader, node, table, term);
    return term;
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
    for (const Node& child : reader.list(node, "rules", Need::optional)) {
        table.rules.push_back(read_rule(reader, child, table));
    }
    const Node term = reader.member(node, "term", Need::optional);
    if (term.value != nullptr) table.term = read_term(reader, term, table);
}

}  // namespace duibiao::instrument_parts
