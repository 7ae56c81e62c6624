// The rows of a form as a table: activities, persons.
#include "core/cell.hpp"
#include "core/rows.hpp"
#include "exchange/paper.hpp"

namespace duibiao {
namespace {

/// Width of a column in print.css; what people write takes what is left.
std::string_view column_class(const FieldSpec& column) {
    switch (column.type) {
        case FieldSpec::Type::date:
        case FieldSpec::Type::month:
        case FieldSpec::Type::kind:
        case FieldSpec::Type::choice:
            return "paper-cell-date";
        case FieldSpec::Type::count:
        case FieldSpec::Type::cadence:
            return "paper-cell-count";
        case FieldSpec::Type::yesno:
            return "paper-cell-mark";
        case FieldSpec::Type::flags:
        case FieldSpec::Type::names:
            return "paper-cell-list";
        case FieldSpec::Type::text:
            break;
    }
    return {};
}

void write_head(Html& html, const Table& table, Language language) {
    html.markup("<colgroup><col class=\"paper-cell-mark\">");
    for (const FieldSpec& column : table.columns) {
        html.markup("<col");
        if (const std::string_view name = column_class(column); !name.empty()) html.attribute("class", name);
        html.markup(">");
    }
    html.markup("</colgroup>\n<thead><tr class=\"paper-columns\"><th scope=\"col\">")
        .text(translate(language, "csv.number"))
        .markup("</th>");
    for (const FieldSpec& column : table.columns) html.markup("<th scope=\"col\">").text(column.label).markup("</th>");
    html.markup("</tr></thead>\n");
}

/// A cell as the log holds it, in words.
std::string words_of(const Document& document, Language language, const FieldSpec& column, std::string_view cell) {
    if (column.type != FieldSpec::Type::yesno) return std::string(cell);
    const auto value = parse_cell(*document.instrument, column, cell);
    return value ? cell_words(language, column, *value) : std::string(cell);
}

}  // namespace

void write_rows(Html& html, const Document& document, Language language) {
    const Table& table = document.instrument->table;
    html.markup("<h2 class=\"paper-part\">")
        .text(table.title)
        .markup("</h2>\n<table class=\"paper-grid paper-list\">\n");
    write_head(html, table, language);
    html.markup("<tbody>\n");
    std::size_t number = 0;
    for (const RowView& row : rows_of(document)) {
        html.markup("<tr><td class=\"paper-middle\">").text(std::to_string(++number)).markup("</td>");
        const auto cells = split_row(row.cells, table.columns.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            html.markup("<td>").text(words_of(document, language, table.columns[i], cells[i])).markup("</td>");
        }
        html.markup("</tr>\n");
    }
    html.markup("</tbody></table>\n");
}

}  // namespace duibiao
