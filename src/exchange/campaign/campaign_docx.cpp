// A campaign as a Word document to edit.
#include <algorithm>

#include "exchange/campaign/campaign_tables.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/word_archive.hpp"
#include "exchange/word_parts.hpp"

namespace duibiao {
namespace {

/// A Word table of more rows is no longer something to edit; Excel has them all.
constexpr std::size_t most_word_rows = 2'000;

void write_word_paragraph(Html& xml, std::string_view style, std::string_view text) {
    xml.markup("<w:p>");
    if (!style.empty()) xml.markup("<w:pPr><w:pStyle").attribute("w:val", style).markup("/></w:pPr>");
    xml.markup("<w:r><w:t xml:space=\"preserve\">").text(file_text(text)).markup("</w:t></w:r></w:p>");
}

void write_word_cell(Html& xml, std::string_view text, bool is_number, bool is_head) {
    xml.markup("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr><w:p>");
    if (is_number) xml.markup("<w:pPr><w:jc w:val=\"right\"/></w:pPr>");
    xml.markup("<w:r>");
    if (is_head) xml.markup("<w:rPr><w:b/></w:rPr>");
    xml.markup("<w:t xml:space=\"preserve\">").text(file_text(text)).markup("</w:t></w:r></w:p></w:tc>");
}

void write_word_table(Html& xml, const CampaignTable& table, Language language) {
    write_word_paragraph(xml, "Heading2", table.title);
    xml.markup("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        xml.markup("<w:").markup(side).markup(" w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>");
    xml.markup("</w:tblBorders></w:tblPr><w:tblGrid>");
    for (std::size_t i = 0; i < table.heads.size(); ++i) xml.markup("<w:gridCol/>");
    xml.markup("</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
    for (const std::string& head : table.heads) write_word_cell(xml, head, false, true);
    xml.markup("</w:tr>");
    for (std::size_t i = 0; i < std::min(table.rows.size(), most_word_rows); ++i) {
        xml.markup("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (const CampaignCell& cell : table.rows[i]) write_word_cell(xml, cell.text, cell.is_number, false);
        for (std::size_t rest = table.rows[i].size(); rest < table.heads.size(); ++rest)
            write_word_cell(xml, {}, false, false);
        xml.markup("</w:tr>");
    }
    xml.markup("</w:tbl>");
    const bool is_cut = table.rows.size() > most_word_rows;
    write_word_paragraph(
        xml, {},
        is_cut ? translate(language, "campaign.docx_cut",
                           {{"shown", std::to_string(most_word_rows)}, {"all", std::to_string(table.rows.size())}})
               : std::string{});
}

std::string campaign_body(const CampaignBook& book, Language language) {
    Html xml;
    xml.markup(xml_head).markup("<w:document").markup(word_namespaces).markup("><w:body>");
    write_word_paragraph(xml, "Title", book.title);
    for (const std::string& line : book.head) write_word_paragraph(xml, {}, line);
    for (const CampaignTable& table : book.tables) write_word_table(xml, table, language);
    xml.markup("<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"16838\" w:h=\"11906\" ")
        .markup("w:orient=\"landscape\"/><w:pgMar w:top=\"850\" w:right=\"850\" w:bottom=\"850\" w:left=\"850\" ")
        .markup("w:header=\"400\" w:footer=\"400\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    return std::move(xml).take();
}

std::string campaign_footer() {
    Html xml;
    xml.markup(xml_head).markup("<w:ftr").markup(word_namespaces);
    xml.markup("><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r>");
    xml.markup("</w:fldSimple></w:p></w:ftr>");
    return std::move(xml).take();
}

}  // namespace

std::string write_campaign_docx(const CampaignBook& book, Language language) {
    return write_word_archive({book.title, campaign_body(book, language), word_styles, campaign_footer()});
}

}  // namespace duibiao
