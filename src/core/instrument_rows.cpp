// Loading what a table of format 2 has besides its columns: formulas, groups, an example, sums and counts.
#include "core/instrument_reader.hpp"
#include "core/row_formula.hpp"

namespace duibiao::instrument_parts {
namespace {

using Type = AnswerField::Type;

void refuse_column(Reader& reader, const Node& node, std::string_view key, const Table& table, std::size_t column) {
    reader.refuse("rule-reference", json_pointer(node.pointer, key), {{"field", table.columns[column].id}});
}

/// A formula reads columns before its own, so that one pass works all of them out.
void prove_order(Reader& reader, const Node& node, const Table& table, const RowFormula& formula, std::size_t own) {
    for (std::size_t column = own; column < table.columns.size(); ++column) {
        if (formula.reads(column)) refuse_column(reader, node, "formula", table, column);
    }
}

RowFormula::Band read_band(Reader& reader, const Node& node, const Table& table) {
    RowFormula::Band band;
    band.when = read_conditions(reader, node, table);
    band.of = read_optional_column(reader, node, table, "of");
    band.up_to = reader.points(node, "up_to", Need::optional);
    band.rate = reader.text(node, "rate", Need::required);
    const auto rate = parse_rate(band.rate);
    if (reader.good() && !rate) reader.refuse("rate-format", json_pointer(node.pointer, "rate"), {{"text", band.rate}});
    if (rate) band.rate = to_string(*rate);
    if (reader.good() && band.of && table.columns[*band.of].type != Type::amount)
        refuse_column(reader, node, "of", table, *band.of);
    return band;
}

/// Amounts, of a product with at most one rate.
void prove_amounts(Reader& reader, const Node& node, const Table& table, const std::vector<std::size_t>& columns,
                   std::string_view key) {
    std::size_t rates = 0;
    for (const std::size_t column : columns) {
        const bool is_rate = key == "product" && table.columns[column].type == Type::rate && ++rates == 1;
        if (reader.good() && !is_rate && table.columns[column].type != Type::amount)
            refuse_column(reader, node, key, table, column);
    }
    if (reader.good() && key == "product" && columns.size() - rates > 1)
        refuse_column(reader, node, key, table, columns.back());
}

RowFormula read_formula(Reader& reader, const Node& node, const Table& table) {
    RowFormula formula;
    for (const Node& child : reader.list(node, "bands", Need::optional))
        formula.bands.push_back(read_band(reader, child, table));
    formula.product = read_column_list(reader, node, table, Need::optional, "product");
    formula.times = reader.points(node, "times", Need::optional).value_or(formula.times);
    formula.sum = read_column_list(reader, node, table, Need::optional, "sum");
    formula.less = read_optional_column(reader, node, table, "less");
    if (!reader.good()) return formula;
    const int kinds = static_cast<int>(!formula.bands.empty()) + static_cast<int>(!formula.product.empty()) +
                      static_cast<int>(!formula.sum.empty());
    if (kinds != 1) reader.refuse("field-missing", json_pointer(node.pointer, "product"), {{"field", "product"}});
    if (!formula.product.empty()) prove_amounts(reader, node, table, formula.product, "product");
    if (!formula.sum.empty()) prove_amounts(reader, node, table, formula.sum, "sum");
    return formula;
}

TableFoot::Figure read_figure(Reader& reader, const Node& node, const Table& table) {
    using Kind = TableFoot::Figure::Kind;
    constexpr std::array<std::string_view, 3> kinds{"count", "share", "sum"};
    TableFoot::Figure figure;
    figure.id = read_free_id(reader, node);
    figure.label = reader.text(node, "label", Need::required);
    figure.kind = static_cast<Kind>(reader.choice(node, "kind", kinds, Need::required));
    figure.when = read_conditions(reader, node, table);
    if (figure.kind == Kind::sum) {
        const auto column = read_column_list(reader, node, table, Need::required, "columns");
        if (!reader.good()) return figure;
        figure.column = column.front();
        const Type type = table.columns[figure.column].type;
        if (column.size() != 1 || (type != Type::amount && type != Type::count))
            refuse_column(reader, node, "columns", table, figure.column);
    }
    const Need need = figure.kind == Kind::share ? Need::required : Need::optional;
    figure.part = reader.text(node, "part", need);
    figure.whole = reader.text(node, "whole", need);
    return figure;
}

/// A share is of two counts that stand before it.
void prove_share(Reader& reader, const Node& node, const TableFoot& foot, const TableFoot::Figure& figure) {
    for (const std::string& id : {figure.part, figure.whole}) {
        const auto known = std::find_if(foot.figures.begin(), foot.figures.end(), [&id](const auto& one) {
            return one.id == id && one.kind == TableFoot::Figure::Kind::count;
        });
        if (!id.empty() && known == foot.figures.end()) reader.refuse("rule-reference", node.pointer, {{"field", id}});
    }
}

void read_foot(Reader& reader, const Node& parent, Table& table) {
    const Node node = reader.member(parent, "foot", Need::optional);
    if (node.value == nullptr) return;
    table.foot.label = reader.text(node, "label", Need::optional);
    table.foot.line = reader.text(node, "line", Need::optional);
    for (const Node& child : reader.list(node, "figures", Need::required)) {
        TableFoot::Figure figure = read_figure(reader, child, table);
        prove_share(reader, child, table.foot, figure);
        table.foot.figures.push_back(std::move(figure));
    }
}

}  // namespace

void read_formulas(Reader& reader, const Node& node, Table& table) {
    const std::vector<Node> columns = reader.list(node, "columns", Need::required);
    for (std::size_t own = 0; reader.good() && own < columns.size(); ++own) {
        const Node formula = reader.member(columns[own], "formula", Need::optional);
        if (formula.value == nullptr) continue;
        table.formulas.resize(table.columns.size());
        table.formulas[own] = read_formula(reader, formula, table);
        if (reader.good()) prove_order(reader, columns[own], table, table.formulas[own], own);
    }
}

void read_table_extras(Reader& reader, const Node& node, Table& table) {
    table.grouped = read_optional_column(reader, node, table, "groups");
    if (reader.good() && table.grouped && table.columns[*table.grouped].type != Type::choice)
        refuse_column(reader, node, "groups", table, *table.grouped);
    table.key = read_optional_column(reader, node, table, "key");
    if (const Node printed = reader.member(node, "printed_rows", Need::optional); printed.value != nullptr)
        table.printed_when = read_conditions(reader, printed, table);
    table.dated_by = reader.text(node, "dated_by", Need::optional);
    const Node example = reader.member(node, "example", Need::optional);
    if (example.value != nullptr) {
        for (const AnswerField& column : table.columns)
            table.example.push_back(reader.text(example, column.id, Need::optional));
    }
    read_foot(reader, node, table);
}

}  // namespace duibiao::instrument_parts
