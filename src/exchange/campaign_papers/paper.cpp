#include "exchange/campaign_papers/paper.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"

namespace duibiao::papers {
namespace {

constexpr std::string_view paper_css =
    "@page{size:A4;margin:30mm 26mm 28mm 28mm}"
    "body{font:16pt/28pt FangSong,\"仿宋\",\"仿宋_GB2312\",STFangsong,\"Noto Serif CJK SC\",serif;color:#000;"
    "max-width:156mm;margin:24px auto}body.wide{max-width:257mm}"
    "h1{font:22pt/35pt \"方正小标宋简体\",STZhongsong,\"华文中宋\",\"Noto Serif CJK SC\",serif;text-align:center;"
    "margin:0 0 28pt}h2{font:16pt/28pt SimHei,\"黑体\",\"Noto Sans CJK SC\",sans-serif;margin:0;text-indent:2em;"
    "break-after:avoid}p{margin:0;text-indent:2em;text-align:justify;overflow-wrap:anywhere}"
    "p.flat{text-indent:0}p.line{text-indent:0;font-size:12pt;line-height:20pt}"
    "p.mark,p.annex{text-indent:0;font-family:SimHei,\"黑体\",sans-serif}p.annex{break-before:page}"
    "p.signature{text-align:right;text-indent:0;padding-right:4em;break-inside:avoid}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin:8pt 0;font:10.5pt/1.4 SimSun,\"宋体\","
    "\"Noto Serif CJK SC\",serif}th,td{border:1px solid #000;padding:2px 5px;vertical-align:middle;"
    "overflow-wrap:anywhere}td.number{text-align:center}table.small{font-size:9pt}caption{font-weight:bold;padding:4pt}"
    "thead{display:table-header-group}tr{break-inside:avoid}";
constexpr std::string_view wide_css = "@page{size:A4 landscape;margin:20mm}";

void write_table_head(Html& html, const CampaignTable& table, bool is_wide) {
    const TableWidths widths = table_widths(table, is_wide);
    html.markup(widths.is_small ? "<table class=\"small\">" : "<table>");
    if (!table.title.empty()) html.markup("<caption>").text(file_text(table.title)).markup("</caption>");
    html.markup("<colgroup>");
    for (const int share : widths.shares) {
        const std::string percent = std::to_string(share / 100);
        html.markup("<col").attribute("style", "width:" + percent + "%").markup(">");
    }
    html.markup("</colgroup><thead><tr>");
    for (const std::string& head : table.heads) html.markup("<th scope=\"col\">").text(file_text(head)).markup("</th>");
    html.markup("</tr></thead><tbody>\n");
}

void write_table(Html& html, const CampaignTable& table, bool is_wide) {
    write_table_head(html, table, is_wide);
    for (const auto& row : table.rows) {
        html.markup("<tr>");
        for (std::size_t i = 0; i < table.heads.size(); ++i) {
            const CampaignCell cell = i < row.size() ? row[i] : CampaignCell{};
            html.markup(cell.is_number ? "<td class=\"number\">" : "<td>").lines(file_text(cell.text)).markup("</td>");
        }
        html.markup("</tr>\n");
    }
    html.markup("</tbody></table>\n");
}

std::string_view class_of(PaperPart::Kind kind) {
    switch (kind) {
        case PaperPart::Kind::addressee:
            return "flat";
        case PaperPart::Kind::line:
            return "line";
        case PaperPart::Kind::signature:
            return "signature";
        case PaperPart::Kind::annex:
            return "annex";
        case PaperPart::Kind::heading:
        case PaperPart::Kind::text:
        case PaperPart::Kind::table:
            return {};
    }
    return {};
}

void write_part(Html& html, const PaperPart& part, bool is_wide) {
    if (part.kind == PaperPart::Kind::table) return write_table(html, part.table, is_wide);
    if (part.kind == PaperPart::Kind::heading) {
        html.markup("<h2>").text(file_text(part.text)).markup("</h2>\n");
        return;
    }
    html.markup("<p");
    if (const std::string_view name = class_of(part.kind); !name.empty()) html.attribute("class", name);
    html.markup(">").lines(file_text(part.text)).markup("</p>\n");
}

std::string write_paper_html(const Paper& paper, Language language) {
    Html html;
    html.markup("<!doctype html>\n<html").attribute("lang", language == Language::chinese ? "zh-CN" : "en");
    html.markup("><head><meta charset=\"utf-8\"><title>").text(file_text(paper.title)).markup("</title>\n<style>");
    html.markup(paper_css).markup(paper.is_wide ? wide_css : std::string_view{}).markup("</style></head>\n<body");
    if (paper.is_wide) html.markup(" class=\"wide\"");
    html.markup(">\n");
    if (!paper.mark.empty()) html.markup("<p class=\"mark\">").text(paper.mark).markup("</p>\n");
    html.markup("<h1>").text(file_text(paper.title)).markup("</h1>\n");
    for (const PaperPart& part : paper.parts) write_part(html, part, paper.is_wide);
    html.markup("</body></html>\n");
    return std::move(html).take();
}

/// Half characters that each column's longest cell takes, with its margins.
std::vector<std::size_t> asked_widths(const CampaignTable& table) {
    constexpr std::size_t margins = 3;
    constexpr std::size_t narrowest = 7;
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < table.heads.size(); ++column) {
        std::size_t width = std::max(narrowest, half_characters(table.heads[column]) + margins);
        for (const auto& row : table.rows) {
            if (column < row.size()) width = std::max(width, half_characters(row[column].text) + margins);
        }
        widths.push_back(width);
    }
    return widths;
}

std::size_t count_without_blanks(std::string_view text) {
    constexpr std::string_view wide_blank = "　";
    std::size_t blanks = 0;
    for (const char c : text) blanks += c == ' ' || c == '\n' || c == '\t';
    for (std::size_t at = text.find(wide_blank); at != std::string_view::npos;
         at = text.find(wide_blank, at + wide_blank.size()))
        ++blanks;
    return count_characters(text) - blanks;
}

}  // namespace

std::size_t count_paper_characters(const Paper& paper) {
    std::size_t count = count_without_blanks(paper.title);
    for (const PaperPart& part : paper.parts) {
        if (part.kind == PaperPart::Kind::annex) break;
        if (part.kind != PaperPart::Kind::table) count += count_without_blanks(part.text);
    }
    return count;
}

TableWidths table_widths(const CampaignTable& table, bool is_wide) {
    constexpr std::size_t widest = 40;
    constexpr std::size_t narrowest_text = 16;
    const std::size_t room = is_wide ? 138 : 84;
    const std::vector<std::size_t> asked = asked_widths(table);
    const auto sum_within = [&asked](std::size_t most) {
        std::size_t sum = 0;
        for (const std::size_t width : asked) sum += std::min(width, most);
        return sum;
    };
    TableWidths widths;
    widths.is_small = sum_within(widest) > room;
    const std::size_t own_room = widths.is_small ? room * 7 / 6 : room;
    std::size_t most = widest;
    while (most > narrowest_text && sum_within(most) > own_room) --most;
    std::size_t before = 0;
    for (const std::size_t width : asked) {
        constexpr std::size_t all = 10'000;
        const std::size_t whole = sum_within(most);
        const std::size_t after = before + std::min(width, most);
        widths.shares.push_back(static_cast<int>(after * all / whole - before * all / whole));
        before = after;
    }
    return widths;
}

Result<std::string> write_paper(const Paper& paper, std::string_view format, Language language) {
    if (format == "docx") return write_paper_docx(paper);
    if (format == "html") return write_paper_html(paper, language);
    return fail("format-unknown", {}, {{"format", std::string(format)}});
}

}  // namespace duibiao::papers
