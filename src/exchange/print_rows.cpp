// The rows of a form as a table: activities, persons.
#include "core/cell.hpp"
#include "core/rows.hpp"
#include "exchange/paper.hpp"

namespace duibiao {
namespace {

/// Width of a column in print.css; what people write takes what is left.
std::string_view column_class(const AnswerField& column) {
    switch (column.type) {
        case AnswerField::Type::date:
        case AnswerField::Type::month:
        case AnswerField::Type::kind:
        case AnswerField::Type::choice:
            return "paper-cell-date";
        case AnswerField::Type::count:
        case AnswerField::Type::cadence:
        case AnswerField::Type::score:
            return "paper-cell-count";
        case AnswerField::Type::yesno:
            return "paper-cell-mark";
        case AnswerField::Type::flags:
        case AnswerField::Type::names:
        case AnswerField::Type::numbered:
            return "paper-cell-list";
        case AnswerField::Type::text:
            break;
    }
    return {};
}

void write_head(Html& html, const Table& table, Language language) {
    html.markup("<colgroup><col class=\"paper-cell-mark\">");
    for (const AnswerField& column : table.columns) {
        html.markup("<col");
        if (const std::string_view name = column_class(column); !name.empty()) html.attribute("class", name);
        html.markup(">");
    }
    html.markup("</colgroup>\n<thead><tr class=\"paper-columns\"><th scope=\"col\">")
        .text(translate(language, "csv.number"))
        .markup("</th>");
    for (const AnswerField& column : table.columns)
        html.markup("<th scope=\"col\">").text(column.label).markup("</th>");
    html.markup("</tr></thead>\n");
}

/// A cell as the log holds it, in words.
std::string words_of(const Document& document, Language language, const AnswerField& column, std::string_view cell) {
    if (column.type != AnswerField::Type::yesno) return std::string(cell);
    return cell_words(language, *document.instrument, column, cell);
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
