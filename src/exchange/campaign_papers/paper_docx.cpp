// A paper as a Word document (ISO/IEC 29500), in the looks of GB/T 9704.
#include <algorithm>

#include "exchange/campaign_papers/paper.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/word_archive.hpp"

namespace duibiao::papers {
namespace {

// Widths between the margins, in twentieths of a point.
constexpr int portrait_width = 8844;
constexpr int landscape_width = 14570;
/// Paragraphs before it that stand on its page: a signature alone on a page is no paper.
constexpr int kept_with_signature = 2;

/// Sizes in half points: 44 is 二号, 32 三号, 28 四号, 21 五号, 18 小五; lines are 28 points apart.
constexpr std::string_view paper_styles =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>)"
    R"(<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋" w:cs="Times New Roman"/>)"
    R"(<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>)"
    R"(<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault>)"
    R"(</w:docDefaults>)"
    R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:qFormat/>)"
    R"(<w:pPr><w:spacing w:after="560" w:line="700" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>)"
    R"(<w:rPr><w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/><w:qFormat/>)"
    R"(<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="BodyText"/>)"
    R"(<w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr>)"
    R"(<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Mark"><w:name w:val="Mark"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:keepNext/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Line"><w:name w:val="Line"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:spacing w:after="60" w:line="400" w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Signature"><w:name w:val="Signature"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:keepLines/><w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/></w:pPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>)"
    R"(<w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="SmallCell"><w:name w:val="Small Cell"/><w:basedOn w:val="Cell"/>)"
    R"(<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>)"
    R"(<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>)"
    R"(<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>)"
    R"(</w:styles>)";

std::string_view style_of(PaperPart::Kind kind) {
    switch (kind) {
        case PaperPart::Kind::addressee:
        case PaperPart::Kind::table:
            return "Normal";
        case PaperPart::Kind::heading:
            return "Heading1";
        case PaperPart::Kind::text:
            return "BodyText";
        case PaperPart::Kind::line:
            return "Line";
        case PaperPart::Kind::signature:
            return "Signature";
        case PaperPart::Kind::annex:
            return "Mark";
    }
    return "Normal";
}

/// A text whose line feeds are line breaks.
void write_run(Html& xml, std::string_view text, bool is_bold = false) {
    xml.markup("<w:r>");
    if (is_bold) xml.markup("<w:rPr><w:b/></w:rPr>");
    const std::string clean = file_text(text);
    std::string_view rest = clean;
    while (true) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        xml.markup("<w:t xml:space=\"preserve\">").text(rest.substr(0, end)).markup("</w:t>");
        if (end == rest.size()) break;
        xml.markup("<w:br/>");
        rest.remove_prefix(end + 1);
    }
    xml.markup("</w:r>");
}

void write_paragraph(Html& xml, std::string_view style, std::string_view text, std::string_view more = {}) {
    xml.markup("<w:p><w:pPr><w:pStyle").attribute("w:val", style).markup("/>").markup(more).markup("</w:pPr>");
    write_run(xml, text);
    xml.markup("</w:p>");
}

void write_word_table_cell(Html& xml, std::string_view style, int width, const CampaignCell& cell, bool is_head) {
    xml.markup("<w:tc><w:tcPr><w:tcW").attribute("w:w", std::to_string(width)).markup(" w:type=\"dxa\"/>");
    xml.markup("<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle").attribute("w:val", style).markup("/>");
    if (cell.is_number || is_head) xml.markup("<w:jc w:val=\"center\"/>");
    xml.markup("</w:pPr>");
    write_run(xml, cell.text, is_head);
    xml.markup("</w:p></w:tc>");
}

void write_word_rows(Html& xml, const CampaignTable& table, int width) {
    const TableWidths columns = table_widths(table, width == landscape_width);
    const std::string_view style = columns.is_small ? "SmallCell" : "Cell";
    std::vector<int> widths;
    for (const int share : columns.shares) widths.push_back(share * width / 10'000);
    xml.markup("<w:tbl><w:tblPr><w:tblW").attribute("w:w", std::to_string(width)).markup(" w:type=\"dxa\"/>");
    xml.markup("<w:jc w:val=\"center\"/><w:tblBorders>");
    for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        xml.markup("<w:").markup(side).markup(" w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    xml.markup("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (const int column : widths) xml.markup("<w:gridCol").attribute("w:w", std::to_string(column)).markup("/>");
    xml.markup("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (std::size_t i = 0; i < widths.size(); ++i)
        write_word_table_cell(xml, style, widths[i], {table.heads[i]}, true);
    xml.markup("</w:tr>");
    for (const auto& row : table.rows) {
        xml.markup("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (std::size_t i = 0; i < widths.size(); ++i)
            write_word_table_cell(xml, style, widths[i], i < row.size() ? row[i] : CampaignCell{}, false);
        xml.markup("</w:tr>");
    }
    xml.markup("</w:tbl>");
}

/// `keeps_next`: on the page of what follows.
void write_word_part(Html& xml, const PaperPart& part, int width, bool keeps_next) {
    if (part.kind != PaperPart::Kind::table) {
        const bool begins_page = part.kind == PaperPart::Kind::annex;
        const std::string_view more = begins_page ? "<w:pageBreakBefore/>" : keeps_next ? "<w:keepNext/>" : "";
        return write_paragraph(xml, style_of(part.kind), part.text, more);
    }
    if (!part.table.title.empty()) write_paragraph(xml, "Caption", part.table.title);
    write_word_rows(xml, part.table, width);
    write_paragraph(xml, "Line", {});  // Word joins two tables that nothing separates
}

std::string paper_body(const Paper& paper) {
    Html xml;
    xml.markup(xml_head).markup("<w:document").markup(word_namespaces).markup("><w:body>");
    if (!paper.mark.empty()) write_paragraph(xml, "Mark", paper.mark);
    write_paragraph(xml, "Title", paper.title);
    const int width = paper.is_wide ? landscape_width : portrait_width;
    const auto signature = std::find_if(paper.parts.begin(), paper.parts.end(),
                                        [](const PaperPart& part) { return part.kind == PaperPart::Kind::signature; });
    for (auto part = paper.parts.begin(); part != paper.parts.end(); ++part)
        write_word_part(xml, *part, width, part < signature && signature - part <= kept_with_signature);
    xml.markup("<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>");
    xml.markup(paper.is_wide ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
                               "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" "
                             : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
                               "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1985\" w:left=\"1588\" ");
    xml.markup("w:header=\"850\" w:footer=\"850\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    return std::move(xml).take();
}

/// "— 1 —"
std::string paper_footer() {
    Html xml;
    xml.markup(xml_head).markup("<w:ftr").markup(word_namespaces);
    xml.markup("><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>");
    xml.markup("<w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    xml.markup("<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>");
    return std::move(xml).take();
}

}  // namespace

std::string write_paper_docx(const Paper& paper) {
    return write_word_archive({paper.title, paper_body(paper), paper_styles, paper_footer()});
}

}  // namespace duibiao::papers
