// The lists of 一月一提示 and 一季一督查 on paper.
#include <array>

#include "exchange/export.hpp"
#include "exchange/html.hpp"

namespace duibiao {
namespace {

constexpr std::array<std::string_view, 7> columns{"csv.number",        "reminder.unit",  "reminder.text",
                                                  "reminder.citation", "reminder.owner", "reminder.due",
                                                  "reminder.state"};
constexpr std::array<std::string_view, 7> column_styles{"mark", "list", "", "list", "list", "date", "date"};

void write_line(Html& html, std::size_t number, const ReminderLine& line) {
    html.markup("<tr><td class=\"paper-middle\">").text(std::to_string(number)).markup("</td>");
    for (const std::string* cell : {&line.unit, &line.text, &line.citation, &line.owner, &line.due, &line.state})
        html.markup("<td>").text(*cell).markup("</td>");
    html.markup("</tr>\n");
}

}  // namespace

std::string write_reminders_body(std::string_view title, std::string_view span, const std::vector<ReminderLine>& lines,
                                 Language language) {
    Html html;
    html.markup("<article class=\"paper paper-portrait\">\n<header class=\"paper-title\">\n<h1>")
        .text(title)
        .markup("</h1>\n<p class=\"paper-period\">")
        .text(span)
        .markup("</p>\n</header>\n<table class=\"paper-grid paper-list\">\n<colgroup>");
    for (const std::string_view width : column_styles) {
        html.markup("<col");
        if (!width.empty()) html.attribute("class", "paper-cell-" + std::string(width));
        html.markup(">");
    }
    html.markup("</colgroup>\n<thead><tr class=\"paper-columns\">");
    for (const std::string_view column : columns)
        html.markup("<th scope=\"col\">").text(label(language, column)).markup("</th>");
    html.markup("</tr></thead>\n<tbody>\n");
    for (std::size_t i = 0; i < lines.size(); ++i) write_line(html, i + 1, lines[i]);
    html.markup("</tbody></table>\n</article>\n");
    return std::move(html).take();
}

}  // namespace duibiao
