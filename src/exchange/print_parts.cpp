#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "exchange/print.hpp"

namespace duibiao {
namespace {

constexpr std::size_t characters_per_name_line = 7;  ///< what fits beside each other in a name column of print.css
constexpr std::size_t most_name_lines = 6;           ///< print.css knows so many; longer names take the room they need

void print_labelled(Html& html, const Layout& layout, const Labelled& field) {
    html.markup("<span>").text(field.name).markup(layout.language == Language::chinese ? "：" : ": ");
    html.markup("<b>").text(field.value).markup("</b></span>");
}

void print_heading(Html& html, const LayoutCell& cell, std::string_view width) {
    html.markup("<th scope=\"col\"");
    if (!width.empty()) html.attribute("class", width);
    print_colspan(html, cell.columns);
    if (cell.rows > 1) html.attribute("rowspan", std::to_string(cell.rows));
    html.markup(">").text(cell.text()).markup("</th>");
}

void print_runs(Html& html, const LayoutParagraph& paragraph) {
    for (const LayoutRun& run : paragraph.runs) {
        if (run.bold) html.markup("<b>");
        if (run.unbroken) html.markup("<span class=\"paper-points\">");
        html.lines(run.text);
        if (run.unbroken) html.markup("</span>");
        if (run.bold) html.markup("</b>");
    }
}

void print_paragraph(Html& html, const LayoutParagraph& paragraph) {
    switch (paragraph.kind) {
        case LayoutParagraph::Kind::plain:
            return print_runs(html, paragraph);
        case LayoutParagraph::Kind::paragraph:
            html.markup("<p>");
            break;
        case LayoutParagraph::Kind::small:
            html.markup("<p class=\"paper-small\">");
            break;
    }
    print_runs(html, paragraph);
    html.markup("</p>");
}

/// As high as its share of the busiest month.
void print_bar(Html& html, const LayoutBar& bar) {
    constexpr int full_height = 36;
    if (bar.count == 0) return;
    const int height = std::max(1, bar.count * full_height / bar.most);
    html.markup("<svg width=\"22\" aria-hidden=\"true\"")
        .attribute("height", std::to_string(height + 1))
        .markup("><rect x=\"0.5\" y=\"0.5\" width=\"21\" fill=\"#888\" stroke=\"#000\"")
        .attribute("height", std::to_string(height))
        .markup("/></svg>");
}

std::string_view start_of(LayoutCell::Kind kind) {
    switch (kind) {
        case LayoutCell::Kind::text:
            return "<td";
        case LayoutCell::Kind::middle:
            return "<td class=\"paper-middle\"";
        case LayoutCell::Kind::score:
            return "<td class=\"paper-score\"";
        case LayoutCell::Kind::name:
            return "<th scope=\"row\"";
        case LayoutCell::Kind::missing:
            return "<td class=\"paper-middle paper-missing\"";
        case LayoutCell::Kind::pending:
            return "<td class=\"paper-middle paper-pending\"";
        case LayoutCell::Kind::outside:
            return "<td class=\"paper-outside\"";
        case LayoutCell::Kind::statement:
            break;
    }
    return "<td class=\"paper-veto\"";
}

}  // namespace

void print_colspan(Html& html, std::size_t columns) {
    if (columns > 1) html.attribute("colspan", std::to_string(columns));
}

std::string name_class(std::string_view name) {
    const std::size_t lines = (count_characters(name) + characters_per_name_line - 1) / characters_per_name_line;
    return "paper-lines-" + std::to_string(std::clamp(lines, std::size_t{1}, most_name_lines));
}

// --- Cells --------------------------------------------------------------------------------------------------------

void print_cell(Html& html, const LayoutCell& cell) {
    if (cell.continues) return;
    html.markup(start_of(cell.kind));
    print_colspan(html, cell.columns);
    if (cell.rows > 1) html.attribute("rowspan", std::to_string(cell.rows));
    html.markup(">");
    if (cell.bar) print_bar(html, *cell.bar);
    for (const LayoutParagraph& paragraph : cell.paragraphs) print_paragraph(html, paragraph);
    html.markup(cell.kind == LayoutCell::Kind::name ? "</th>" : "</td>");
}

void print_cells(Html& html, const LayoutRow& row) {
    for (const LayoutCell& cell : row.cells) print_cell(html, cell);
    html.markup("</tr>\n");
}

void print_row_start(Html& html, const LayoutRow& row) {
    if (row.may_break) {
        html.markup("<tr class=\"paper-flow\">");
        return;
    }
    switch (row.kind) {
        case LayoutRow::Kind::plain:
            html.markup("<tr>");
            break;
        case LayoutRow::Kind::sum:
            html.markup("<tr class=\"paper-sum\">");
            break;
        case LayoutRow::Kind::activity:
            html.markup("<tr class=\"paper-activity\">");
            break;
    }
}

void print_colgroup(Html& html, const LayoutTable& table) {
    html.markup("<colgroup>");
    double all = 0;
    for (const LayoutWidth& width : table.widths) all += width.millimetres;
    for (const LayoutWidth& width : table.widths) {
        html.markup("<col");
        if (!width.style.empty()) html.attribute("class", width.style);
        const bool is_own = width.style.empty() && width.millimetres > 0;
        if (is_own) html.attribute("width", std::to_string(std::lround(100 * width.millimetres / all)) + "%");
        html.markup(">");
    }
    html.markup("</colgroup>\n");
}

void print_heads(Html& html, const LayoutTable& table, bool sized) {
    for (std::size_t i = 0; i < table.head.size(); ++i) {
        html.markup(i == 0 ? "<tr class=\"paper-columns\">" : "\n<tr class=\"paper-columns\">");
        std::size_t at = 0;
        for (const LayoutCell& cell : table.head[i]) {
            const bool has_width = sized && cell.columns == 1;
            print_heading(html, cell, has_width ? table.widths[at].style : std::string_view{});
            at += cell.columns;
        }
        html.markup("</tr>");
    }
}

void print_list(Html& html, const LayoutTable& table) {
    if (!table.title.empty()) html.markup("<h2 class=\"paper-part\">").text(table.title).markup("</h2>\n");
    const bool is_matrix = table.kind == LayoutTable::Kind::matrix;
    html.markup("<table").attribute("class", is_matrix ? "paper-grid paper-duties" : "paper-grid paper-list");
    html.markup(">\n");
    print_colgroup(html, table);
    html.markup("<thead>");
    print_heads(html, table);
    html.markup("</thead>\n<tbody>\n");
    for (const LayoutSection& section : table.sections) {
        for (const LayoutGroup& group : section.groups) {
            for (const LayoutRow& row : group.rows) {
                print_row_start(html, row);
                print_cells(html, row);
            }
        }
    }
    html.markup("</tbody></table>\n");
}

// --- Head line and foot -------------------------------------------------------------------------------------------

void print_head_line(Html& html, const Layout& layout, std::size_t columns) {
    html.markup("<tr class=\"paper-line\"><td").attribute("colspan", std::to_string(columns)).markup("><div>");
    for (const Labelled& field : layout.head_line) print_labelled(html, layout, field);
    html.markup("</div></td></tr>\n");
}

void print_signatures(Html& html, const Layout& layout, std::size_t columns) {
    if (layout.blocks.empty()) return;
    html.markup("<tr><td class=\"paper-signing\"")
        .attribute("colspan", std::to_string(columns))
        .markup("><div class=\"paper-signatures\">\n");
    for (const LayoutBlock& block : layout.blocks) {
        html.markup("<section><h2>").text(block.party).markup("</h2>");
        html.markup("<div class=\"paper-seal\">").text(layout.seal).markup("</div>");
        for (const std::string& line : block.lines) html.markup("<p>").text(line).markup("</p>");
        html.markup("</section>\n");
    }
    html.markup("</div></td></tr>\n");
}

namespace {

void print_notes(Html& html, const Layout& layout, std::size_t columns) {
    for (const std::string& note : layout.notes) {
        html.markup("<tr class=\"paper-note\"><td").attribute("colspan", std::to_string(columns)).markup(">");
        html.text(note).markup("</td></tr>\n");
    }
}

}  // namespace

void print_foot_rows(Html& html, const Layout& layout, std::size_t columns) {
    if (layout.notes_first) print_notes(html, layout, columns);
    if (!layout.contact.empty()) {
        html.markup("<tr class=\"paper-line paper-contact\"><td");
        html.attribute("colspan", std::to_string(columns)).markup("><div>");
        for (const Labelled& field : layout.contact) print_labelled(html, layout, field);
        html.markup("</div></td></tr>\n");
    }
    print_signatures(html, layout, columns);
    if (!layout.notes_first) print_notes(html, layout, columns);
}

void print_table_end(Html& html, std::size_t columns) {
    html.markup("<tfoot><tr><td").attribute("colspan", std::to_string(columns)).markup("></td></tr></tfoot>\n");
    html.markup("</table>\n");
}

}  // namespace duibiao
