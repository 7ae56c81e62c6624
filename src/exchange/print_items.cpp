// Checklists, tasks and measures as their paper looks. To every program that reads the file it is one table; print.css
// lays each section out as a table of its own, whose head, the row with the name, Chromium repeats on every page that
// the section reaches.
#include "exchange/print.hpp"

namespace duibiao {
namespace {

/// A row without height: the name lies over the column below it.
void print_section_name(Html& html, const LayoutTable& table, std::string_view name) {
    html.markup("<tr class=\"paper-name\"><th scope=\"rowgroup\"").attribute("class", table.widths[0].style);
    html.markup("><div>").text(name).markup("</div></th>");
    for (std::size_t i = 1; i < table.widths.size(); ++i) {
        html.markup("<td");
        if (!table.widths[i].style.empty()) html.attribute("class", table.widths[i].style);
        html.markup("></td>");
    }
    html.markup("</tr>\n");
}

void print_group_name(Html& html, std::string_view name, std::size_t rows) {
    html.markup("<th scope=\"rowgroup\"");
    if (rows > 1) html.attribute("rowspan", std::to_string(rows));
    html.markup(">").text(name).markup("</th>");
}

void print_section(Html& html, const LayoutTable& table, const LayoutSection& section) {
    html.markup("<tbody").attribute("class", "paper-section paper-rows " + name_class(section.name)).markup(">\n");
    print_section_name(html, table, section.name);
    for (const LayoutGroup& group : section.groups) {
        bool named = group.name.empty();
        for (const LayoutRow& row : group.rows) {
            print_row_start(html, row);
            html.markup("<td class=\"paper-under-name\"></td>");
            if (!named) print_group_name(html, group.name, group.rows.size());
            print_cells(html, row);
            named = true;
        }
    }
    html.markup("</tbody>\n");
}

}  // namespace

void print_items(Html& html, const Layout& layout) {
    const LayoutTable& table = layout.tables.front();
    html.markup("<table class=\"paper-frame\">\n<thead>\n");
    print_head_line(html, layout, table.widths.size());
    print_heads(html, table, true);
    html.markup("\n</thead>\n");
    for (const LayoutSection& section : table.sections) print_section(html, table, section);
    html.markup("<tbody class=\"paper-foot\">\n");
    for (const LayoutRow& row : table.foot) {
        print_row_start(html, row);
        print_cells(html, row);
    }
    print_foot_rows(html, layout, table.widths.size());
    html.markup("</tbody>\n</table>\n");
    for (std::size_t i = 1; i < layout.tables.size(); ++i) print_list(html, layout.tables[i]);
}

}  // namespace duibiao
