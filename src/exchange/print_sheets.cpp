// Rosters, bureaus' own forms, the ledger and appraisals: flat tables, whose heads Chromium repeats on every page.
#include "exchange/print.hpp"

namespace duibiao {
namespace {

void print_rows(Html& html, const std::vector<LayoutRow>& rows) {
    for (const LayoutRow& row : rows) {
        print_row_start(html, row);
        print_cells(html, row);
    }
}

}  // namespace

/// The last row begins the foot, which goes overleaf as one: there is no page with a head alone. (Chromium does not
/// heed break-before: avoid here.)
void print_roster(Html& html, const Layout& layout) {
    const LayoutTable& table = layout.tables.front();
    const std::size_t columns = table.widths.size();
    html.markup("<table class=\"paper-grid\">\n");
    print_colgroup(html, table);
    html.markup("<thead>\n");
    print_head_line(html, layout, columns);
    print_heads(html, table);
    html.markup("\n</thead>\n<tbody>\n");
    const std::vector<LayoutRow>& rows = table.sections.front().groups.front().rows;
    for (const LayoutRow& row : rows) {
        if (&row == &rows.back()) html.markup("</tbody>\n<tbody class=\"paper-foot\">\n");
        print_row_start(html, row);
        print_cells(html, row);
    }
    print_rows(html, table.foot);
    print_foot_rows(html, layout, columns);
    html.markup("</tbody>\n</table>\n");
}

/// A bureau's own table, its cells merged as on its paper. Head line and foot are tables of their own: print.css rules
/// the lines of every cell of a grid.
void print_own(Html& html, const Layout& layout) {
    const LayoutTable& table = layout.tables.front();
    html.markup("<table>\n<tbody>");
    print_head_line(html, layout, 1);
    html.markup("</tbody></table>\n<table class=\"paper-grid paper-list\">\n");
    print_colgroup(html, table);
    html.markup("<thead>");
    print_heads(html, table);
    html.markup("</thead>\n<tbody>\n");
    for (const LayoutSection& section : table.sections) {
        for (const LayoutGroup& group : section.groups) print_rows(html, group.rows);
    }
    html.markup("</tbody></table>\n<table><tbody class=\"paper-foot\">\n");
    print_foot_rows(html, layout, 1);
    html.markup("</tbody></table>\n");
    for (std::size_t i = 1; i < layout.tables.size(); ++i) print_list(html, layout.tables[i]);
}

namespace {

/// Together on one page.
void print_foot(Html& html, const Layout& layout) {
    if (layout.rules.empty() && layout.blocks.empty()) return;
    html.markup("<table><tbody class=\"paper-foot\">\n");
    if (!layout.rules.empty()) {
        html.markup("<tr><td class=\"paper-signing\">");
        for (const std::string& rule : layout.rules)
            html.markup("<p class=\"paper-small\">").text(rule).markup("</p>\n");
        html.markup("</td></tr>\n");
    }
    print_signatures(html, layout, 1);
    html.markup("</tbody>\n");
    print_table_end(html, 1);
}

}  // namespace

void print_sheets(Html& html, const Layout& layout) {
    html.markup("<table>\n<tbody>");
    print_head_line(html, layout, 1);
    html.markup("</tbody></table>\n");
    for (const LayoutTable& table : layout.tables) print_list(html, table);
    print_foot(html, layout);
}

}  // namespace duibiao
