// The score table as its paper looks. Chromium repeats the head of a table on every page that the table reaches, nested
// tables too; a merged cell's text it prints only once. So each section, and in it each group, is a table of its own
// whose head has no height and holds the name, laid over the column that the paper merges: wherever a section or group
// continues, its name stands at the top of the page. The upright lines are the background of the section's cell
// (web/print.css), which reaches to the foot of the page even where the next row did not fit.
#include "exchange/print.hpp"

namespace duibiao {
namespace {

void print_group(Html& html, const LayoutTable& table, const LayoutGroup& group) {
    html.markup("<table").attribute("class", name_class(group.name)).markup(">\n");
    print_colgroup(html, table);
    if (!group.name.empty()) {
        html.markup("<thead><tr class=\"paper-name\"><td></td><th scope=\"rowgroup\"><div>")
            .text(group.name)
            .markup("</div></th><td")
            .attribute("colspan", std::to_string(table.widths.size() - 2))
            .markup("></td></tr></thead>\n");
    }
    html.markup("<tbody class=\"paper-rows\">\n");
    for (const LayoutRow& row : group.rows) {
        print_row_start(html, row);
        html.markup("<td class=\"paper-under-name\" colspan=\"2\"></td>");
        print_cells(html, row);
    }
    html.markup("</tbody></table>\n");
}

void print_score_section(Html& html, const LayoutTable& table, const LayoutSection& section) {
    const std::size_t columns = table.widths.size();
    const std::size_t name_columns = section.is_ungrouped() ? 2 : 1;
    const std::string_view kind = section.is_ungrouped() ? "paper-section paper-ungrouped " : "paper-section ";
    html.markup("<tr class=\"paper-flow\"><td")
        .attribute("class", std::string(kind) + name_class(section.name))
        .attribute("colspan", std::to_string(columns))
        .markup("><table>\n");
    print_colgroup(html, table);
    html.markup("<thead><tr class=\"paper-name\"><th scope=\"rowgroup\"")
        .attribute("colspan", std::to_string(name_columns))
        .markup("><div>")
        .text(section.name)
        .markup("</div></th><td")
        .attribute("colspan", std::to_string(columns - name_columns))
        .markup("></td></tr></thead>\n<tbody><tr class=\"paper-flow\"><td")
        .attribute("colspan", std::to_string(columns))
        .markup(">\n");
    for (const LayoutGroup& group : section.groups) print_group(html, table, group);
    html.markup("</td></tr></tbody></table></td></tr>\n");
}

}  // namespace

void print_score_table(Html& html, const Layout& layout) {
    const LayoutTable& table = layout.tables.front();
    const std::size_t columns = table.widths.size();
    html.markup("<table class=\"paper-frame\">\n");
    print_colgroup(html, table);
    html.markup("<thead>\n");
    print_head_line(html, layout, columns);
    print_heads(html, table);
    html.markup("\n</thead>\n<tbody>\n");
    for (const LayoutSection& section : table.sections) print_score_section(html, table, section);
    html.markup("</tbody>\n<tbody class=\"paper-foot\">\n");
    for (const LayoutRow& row : table.foot) {
        print_row_start(html, row);
        print_cells(html, row);
    }
    print_signatures(html, layout, columns);
    html.markup("</tbody>\n");
    print_table_end(html, columns);
    for (std::size_t i = 1; i < layout.tables.size(); ++i) print_list(html, layout.tables[i]);
}

}  // namespace duibiao
