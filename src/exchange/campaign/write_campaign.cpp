#include "exchange/campaign/write_campaign.hpp"

#include "exchange/campaign/campaign_tables.hpp"
#include "exchange/csv.hpp"
#include "exchange/html.hpp"

namespace duibiao {
namespace {

constexpr std::string_view campaign_style =
    "body{font:15px/1.5 \"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;margin:24px;color:#222}"
    "h1{font-size:24px}h2{font-size:18px;margin-top:28px}table{border-collapse:collapse;font-size:13px}"
    "th,td{border:1px solid #999;padding:3px 8px;text-align:left;vertical-align:top}th{background:#f1ece6}"
    "td.number{text-align:right;font-variant-numeric:tabular-nums}figure{margin:16px 0}"
    "figcaption{font-weight:bold}thead{display:table-header-group}tr{break-inside:avoid}svg{max-width:100%}";

void write_html_table(Html& html, const CampaignTable& table) {
    html.markup("<h2>").text(table.title).markup("</h2><table><thead><tr>");
    for (const std::string& head : table.heads) html.markup("<th>").text(head).markup("</th>");
    html.markup("</tr></thead><tbody>");
    for (const auto& row : table.rows) {
        html.markup("<tr>");
        for (const CampaignCell& cell : row)
            html.markup(cell.is_number ? "<td class=\"number\">" : "<td>").lines(cell.text).markup("</td>");
        html.markup("</tr>");
    }
    html.markup("</tbody></table>");
}

std::string to_html(const CampaignBook& book, const RollUp& all, Language language) {
    Html html;
    html.markup("<!doctype html><html").attribute("lang", language == Language::chinese ? "zh-CN" : "en");
    html.markup("><head><meta charset=\"utf-8\"><title>")
        .text(book.title)
        .markup("</title><style>")
        .markup(campaign_style);
    html.markup("</style></head><body><h1>").text(book.title).markup("</h1>");
    for (const std::string& line : book.head) html.markup("<p>").text(line).markup("</p>");
    html.markup(campaign_charts(all, language));
    for (const CampaignTable& table : book.tables) write_html_table(html, table);
    html.markup("</body></html>\n");
    return std::move(html).take();
}

}  // namespace

std::string write_campaign_csv(const CampaignTable& table) {
    std::string out = "\xEF\xBB\xBF";
    append_csv_row(out, table.heads);
    std::vector<std::string> cells;
    for (const auto& row : table.rows) {
        cells.clear();
        for (const CampaignCell& cell : row) cells.push_back(cell.text);
        append_csv_row(out, cells);
    }
    return out;
}

Result<std::string> write_campaign(const CampaignSource& source, std::string_view format, Language language) {
    if (format == "csv") return write_campaign_csv(unit_table(source, language, BookWidth::sheet));
    const CampaignBook book = campaign_book(source, language, format == "docx" ? BookWidth::page : BookWidth::sheet);
    if (format == "html") return to_html(book, source.all, language);
    if (format == "xlsx") return write_campaign_xlsx(book);
    if (format == "docx") return write_campaign_docx(book, language);
    return fail("format-unknown");
}

}  // namespace duibiao
