// DOCX: the paper as an editable Word document (WordprocessingML, ISO/IEC 29500).
#include <algorithm>
#include <cmath>

#include "exchange/archive.hpp"
#include "exchange/export.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/qr.hpp"
#include "exchange/word_parts.hpp"

namespace duibiao {
namespace {

constexpr double twips_per_millimetre = 1440 / 25.4;
constexpr int plain_half_points = 20;
constexpr int small_half_points = 17;
constexpr int row_twips = 510;      // 9 mm
constexpr double cell_margins = 4;  // millimetres, both sides of a cell and a little
constexpr int seal_twips = 1361;    // 24 mm

int twips(double millimetres) { return static_cast<int>(std::lround(millimetres * twips_per_millimetre)); }

enum class Align : std::uint8_t { left, centre, right };

/// A paragraph's look.
struct Look {
    Align align = Align::left;
    int half_points = plain_half_points;
    bool bold = false;
    std::string_view colour = {};
    bool keeps_next = false;
};

/// The body of word/document.xml. Html escapes the same characters that XML does.
class WordBody {
public:
    explicit WordBody(const Layout& layout) : layout_(layout) {}

    [[nodiscard]] std::string write() &&;

private:
    void write_title();
    void write_letter();
    void write_table(const LayoutTable& table);
    void write_row(const PlacedRow& row, const std::vector<double>& widths, bool heading);
    void write_cell(const PlacedCell& placed, const std::vector<double>& widths, const Look& look);
    void write_foot();
    void write_blocks();
    void write_page();

    // Parts of a table.
    void start_table(const std::vector<double>& widths, bool bordered);
    void end_table();
    void start_row(int least_twips, bool repeated, bool may_break);
    void start_cell(double millimetres, std::size_t columns, std::string_view more = {},
                    std::string_view upright = "center");
    void end_cell();
    void write_line(const LineParts& parts, int before_twips = 0);
    /// Between two tables, which Word would else make one.
    void write_gap();

    void write_paragraph(const LayoutParagraph& paragraph, Look look);
    void write_paragraph(std::string_view text, const Look& look, std::string_view style = {});
    void start_paragraph(const Look& look, std::string_view style = {});
    void write_run(std::string_view text, const Look& look);
    [[nodiscard]] Look look_of(const PlacedCell& placed, bool heading) const;

    const Layout& layout_;
    Html xml_;
};

std::string number(int value) { return std::to_string(value); }

// --- Paragraphs ---------------------------------------------------------------------------------------------------

void WordBody::start_paragraph(const Look& look, std::string_view style) {
    xml_.markup("<w:p><w:pPr>");
    if (!style.empty()) xml_.markup("<w:pStyle").attribute("w:val", style).markup("/>");
    if (look.keeps_next) xml_.markup("<w:keepNext/>");
    if (look.align == Align::centre) xml_.markup("<w:jc w:val=\"center\"/>");
    if (look.align == Align::right) xml_.markup("<w:jc w:val=\"right\"/>");
    xml_.markup("</w:pPr>");
}

/// A run with its line ends and tabs.
void WordBody::write_run(std::string_view text, const Look& look) {
    xml_.markup("<w:r><w:rPr>");
    if (look.bold) xml_.markup("<w:b/>");
    if (!look.colour.empty()) xml_.markup("<w:color").attribute("w:val", look.colour).markup("/>");
    if (look.half_points != plain_half_points) {
        xml_.markup("<w:sz").attribute("w:val", number(look.half_points)).markup("/>");
        xml_.markup("<w:szCs").attribute("w:val", number(look.half_points)).markup("/>");
    }
    xml_.markup("</w:rPr>");
    const std::string clean = file_text(text);
    std::string_view rest = clean;
    while (true) {
        const std::size_t end = std::min(rest.find_first_of("\n\t"), rest.size());
        if (end > 0) xml_.markup("<w:t xml:space=\"preserve\">").text(rest.substr(0, end)).markup("</w:t>");
        if (end == rest.size()) break;
        xml_.markup(rest[end] == '\n' ? "<w:br/>" : "<w:tab/>");
        rest.remove_prefix(end + 1);
    }
    xml_.markup("</w:r>");
}

void WordBody::write_paragraph(std::string_view text, const Look& look, std::string_view style) {
    start_paragraph(look, style);
    if (!text.empty()) write_run(text, look);
    xml_.markup("</w:p>");
}

void WordBody::write_paragraph(const LayoutParagraph& paragraph, Look look) {
    if (paragraph.kind == LayoutParagraph::Kind::small) look.half_points = small_half_points;
    start_paragraph(look);
    for (const LayoutRun& run : paragraph.runs) {
        Look own = look;
        own.bold = look.bold || run.bold;
        write_run(run.text, own);
    }
    xml_.markup("</w:p>");
}

// --- Parts of a table ---------------------------------------------------------------------------------------------

void WordBody::start_table(const std::vector<double>& widths, bool bordered) {
    int all = 0;
    for (const double width : widths) all += twips(width);
    xml_.markup("<w:tbl><w:tblPr><w:tblW w:type=\"dxa\"").attribute("w:w", number(all));
    xml_.markup("/><w:jc w:val=\"center\"/>");
    if (bordered) {
        xml_.markup("<w:tblBorders>");
        for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"})
            xml_.markup("<w:").markup(side).markup(" w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
        xml_.markup("</w:tblBorders>");
    }
    xml_.markup("<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/>")
        .markup("<w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
    for (const double width : widths) xml_.markup("<w:gridCol").attribute("w:w", number(twips(width))).markup("/>");
    xml_.markup("</w:tblGrid>");
}

void WordBody::end_table() { xml_.markup("</w:tbl>"); }

void WordBody::start_row(int least_twips, bool repeated, bool may_break) {
    xml_.markup("<w:tr><w:trPr>");
    if (!may_break) xml_.markup("<w:cantSplit/>");
    xml_.markup("<w:trHeight w:hRule=\"atLeast\"").attribute("w:val", number(least_twips)).markup("/>");
    if (repeated) xml_.markup("<w:tblHeader/>");
    xml_.markup("</w:trPr>");
}

void WordBody::start_cell(double millimetres, std::size_t columns, std::string_view more, std::string_view upright) {
    xml_.markup("<w:tc><w:tcPr><w:tcW w:type=\"dxa\"").attribute("w:w", number(twips(millimetres))).markup("/>");
    if (columns > 1) xml_.markup("<w:gridSpan").attribute("w:val", std::to_string(columns)).markup("/>");
    xml_.markup(more).markup("<w:vAlign").attribute("w:val", upright).markup("/></w:tcPr>");
}

void WordBody::end_cell() { xml_.markup("</w:tc>"); }

double width_of(const std::vector<double>& widths, std::size_t first, std::size_t columns) {
    double width = 0;
    for (std::size_t i = first; i < first + columns; ++i) width += widths[i];
    return width;
}

/// Texts beside each other at tab stops; one that is too long pushes the others on.
void WordBody::write_line(const LineParts& parts, int before_twips) {
    double all = 0;
    for (const double share : parts.shares) all += share;
    const auto stop = [this](std::string_view kind, double millimetres) {
        xml_.markup("<w:tab").attribute("w:val", kind).attribute("w:pos", number(twips(millimetres))).markup("/>");
    };
    const double width = page_width(layout_) - cell_margins;
    xml_.markup("<w:p><w:pPr><w:tabs>");
    const std::size_t at_left = parts.texts.size() - (parts.ends_right ? 1 : 0);
    double reached = 0;
    for (std::size_t i = 0; i + 1 < at_left; ++i) stop("left", reached += parts.shares[i] / all * width);
    if (parts.ends_right) stop("right", width);
    xml_.markup("</w:tabs>");
    if (before_twips > 0) xml_.markup("<w:spacing").attribute("w:before", number(before_twips)).markup("/>");
    xml_.markup("</w:pPr>");
    std::string line;
    for (const std::string& text : parts.texts) line += (line.empty() ? "" : "\t") + text;
    write_run(line, {});
    xml_.markup("</w:p>");
}

void WordBody::write_gap() {
    xml_.markup("<w:p><w:pPr><w:keepNext/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/>")
        .markup("</w:rPr></w:pPr></w:p>");
}

// --- The form -----------------------------------------------------------------------------------------------------

std::string WordBody::write() && {
    xml_.markup("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document ")
        .markup("xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ")
        .markup("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>");
    write_title();
    write_letter();
    for (std::size_t i = 0; i < layout_.tables.size(); ++i) {
        if (!layout_.tables[i].title.empty()) write_paragraph(layout_.tables[i].title, {.bold = true}, "Heading2");
        write_table(layout_.tables[i]);
        if (i == layout_.foot_table()) write_foot();
    }
    write_page();
    xml_.markup("</w:body></w:document>");
    return std::move(xml_).take();
}

void WordBody::write_title() {
    constexpr int heading_half_points = 26;
    constexpr int period_half_points = 22;
    if (!layout_.heading.empty())
        write_paragraph(layout_.heading,
                        {.align = Align::centre, .half_points = heading_half_points, .keeps_next = true});
    constexpr int title_half_points = 40;
    write_paragraph(layout_.title, {.align = Align::centre, .half_points = title_half_points, .bold = true}, "Title");
    if (layout_.period.empty()) return;
    write_paragraph(layout_.period, {.align = Align::centre, .half_points = period_half_points, .keeps_next = true});
}

/// Whom it is to, paragraphs with their first line two characters in, who writes and when at the right.
void WordBody::write_letter() {
    constexpr int letter_half_points = 28;
    constexpr std::string_view indent = "　　";
    if (layout_.letter.empty()) return;
    write_paragraph("", {.half_points = letter_half_points});
    for (std::size_t i = 0; i < layout_.letter.size(); ++i)
        write_paragraph((i == 0 ? std::string() : std::string(indent)) + layout_.letter[i],
                        {.half_points = letter_half_points});
    write_paragraph("", {.half_points = letter_half_points});
    for (const Labelled& line : layout_.contact)
        write_paragraph(line.value, {.align = Align::right, .half_points = letter_half_points});
}

void WordBody::write_table(const LayoutTable& table) {
    const std::vector<double> widths = column_widths(layout_, table);
    start_table(widths, true);
    start_row(row_twips, true, false);
    start_cell(width_of(widths, 0, widths.size()), widths.size(),
               "<w:tcBorders><w:top w:val=\"nil\"/><w:left w:val=\"nil\"/><w:right w:val=\"nil\"/></w:tcBorders>");
    write_line(line_parts(layout_, layout_.head_line, true));
    end_cell();
    xml_.markup("</w:tr>");
    for (const PlacedRow& row : head_rows(table)) write_row(row, widths, true);
    for (const PlacedRow& row : body_rows(table)) write_row(row, widths, false);
    end_table();
}

void WordBody::write_row(const PlacedRow& row, const std::vector<double>& widths, bool heading) {
    start_row(row_twips, heading, row.may_break);
    for (const PlacedCell& placed : row.cells) {
        Look look = look_of(placed, heading);
        look.keeps_next = row.is_foot || row.keeps_next;  // a foot with the signatures
        write_cell(placed, widths, look);
    }
    xml_.markup("</w:tr>");
}

Look WordBody::look_of(const PlacedCell& placed, bool heading) const {
    Look look;
    const LayoutCell::Kind kind = placed.cell.kind;
    const bool lists_duties = kind == LayoutCell::Kind::name && layout_.shape == Layout::Shape::sheets;
    const bool flowing = kind == LayoutCell::Kind::text || kind == LayoutCell::Kind::statement || lists_duties;
    if (heading || !flowing || layout_.shape == Layout::Shape::roster) look.align = Align::centre;
    look.bold = heading || kind == LayoutCell::Kind::missing;
    if (kind == LayoutCell::Kind::pending) look.colour = "555555";
    return look;
}

void WordBody::write_cell(const PlacedCell& placed, const std::vector<double>& widths, const Look& look) {
    std::string more;
    if (placed.cell.rows > 1) more += placed.is_below ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>";
    if (placed.cell.kind == LayoutCell::Kind::outside)
        more += "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEEEEE\"/>";
    start_cell(width_of(widths, placed.column, placed.cell.columns), placed.cell.columns, more);
    for (const LayoutParagraph& paragraph : placed.cell.paragraphs) write_paragraph(paragraph, look);
    if (placed.cell.paragraphs.empty()) write_paragraph("", look);  // a cell has a paragraph
    end_cell();
}

// --- Foot ---------------------------------------------------------------------------------------------------------

void WordBody::write_foot() {
    for (const std::string& rule : layout_.rules) write_paragraph(rule, {.half_points = small_half_points});
    const auto write_notes = [this] {
        for (const std::string& note : layout_.notes) write_paragraph(note, {.half_points = small_half_points});
    };
    if (layout_.notes_first) write_notes();
    constexpr int below_table_twips = 120;
    if (!layout_.contact.empty()) write_line(line_parts(layout_, layout_.contact, false), below_table_twips);
    write_blocks();
    if (!layout_.notes_first) write_notes();
}

/// The parties beside each other, together on one page: name, the place for the seal, lines to sign on.
void WordBody::write_blocks() {
    if (layout_.blocks.empty()) return;
    write_gap();
    const double width = page_width(layout_) / static_cast<double>(layout_.blocks.size());
    start_table(std::vector<double>(layout_.blocks.size(), width), true);
    start_row(row_twips, false, false);
    for (const LayoutBlock& block : layout_.blocks) {
        start_cell(width, 1, {}, "top");
        write_paragraph(block.party, {.bold = true, .keeps_next = true});
        xml_.markup("<w:p><w:pPr><w:keepNext/><w:spacing w:lineRule=\"exact\"")
            .attribute("w:line", number(seal_twips))
            .markup("/><w:jc w:val=\"center\"/></w:pPr>");
        write_run(layout_.seal, {.half_points = small_half_points, .colour = "999999"});
        xml_.markup("</w:p>");
        for (const std::string& line : block.lines) write_paragraph(line, {.keeps_next = true});
        end_cell();
    }
    xml_.markup("</w:tr>");
    end_table();
}

void WordBody::write_page() {
    constexpr double short_side = 210;
    constexpr double long_side = 297;
    const auto side = [](double millimetres) { return number(twips(millimetres)); };
    write_gap();  // a document ends with a paragraph
    xml_.markup("<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz");
    xml_.attribute("w:w", side(layout_.portrait ? short_side : long_side));
    xml_.attribute("w:h", side(layout_.portrait ? long_side : short_side));
    if (!layout_.portrait) xml_.markup(" w:orient=\"landscape\"");
    xml_.markup("/><w:pgMar w:top=\"680\" w:right=\"680\" w:bottom=\"850\" w:left=\"680\" w:header=\"400\" ")
        .markup("w:footer=\"260\" w:gutter=\"0\"/></w:sectPr>");
}

// --- Other parts --------------------------------------------------------------------------------------------------

void write_field(Html& xml, std::string_view name) {
    xml.markup("<w:fldSimple").attribute("w:instr", name).markup("><w:r><w:t>1</w:t></w:r></w:fldSimple>");
}

/// The QR code as a picture in the line; its name says what it holds.
void write_picture(Html& xml, const Layout& layout) {
    constexpr double units_per_millimetre = 36000;
    const std::string side = number(static_cast<int>(qr_millimetres * units_per_millimetre));
    const auto size = [&](std::string_view element) {
        xml.markup("<").markup(element).attribute("cx", side).attribute("cy", side).markup("/>");
    };
    xml.markup("<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
    size("wp:extent");
    xml.markup("<wp:docPr id=\"1\" name=\"QR\"").attribute("descr", layout.label).markup("/>");
    xml.markup("<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>")
        .markup("<pic:nvPicPr><pic:cNvPr id=\"1\" name=\"QR\"/><pic:cNvPicPr/></pic:nvPicPr>")
        .markup("<pic:blipFill><a:blip r:embed=\"rId1\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>")
        .markup("<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>");
    size("a:ext");
    xml.markup("</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>")
        .markup("</a:graphic></wp:inline></w:drawing></w:r>");
}

/// The QR code at the left, page x of y in the middle, the code at the right.
std::string footer(const Layout& layout) {
    Html xml;
    const int middle = twips(page_width(layout) / 2);
    const auto run = [&xml](std::string_view text) {
        xml.markup("<w:r><w:t xml:space=\"preserve\">").text(text).markup("</w:t></w:r>");
    };
    xml.markup("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr ")
        .markup("xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ")
        .markup("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ")
        .markup("xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" ")
        .markup("xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" ")
        .markup("xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:p><w:pPr><w:tabs>")
        .markup("<w:tab w:val=\"center\"")
        .attribute("w:pos", number(middle))
        .markup("/><w:tab w:val=\"right\"")
        .attribute("w:pos", number(2 * middle))
        .markup("/></w:tabs><w:textAlignment w:val=\"center\"/></w:pPr>");
    write_picture(xml, layout);
    xml.markup("<w:r><w:tab/></w:r>");
    run(translate(layout.language, "print.page_before"));
    write_field(xml, "PAGE");
    run(translate(layout.language, "print.page_between"));
    write_field(xml, "NUMPAGES");
    run(translate(layout.language, "print.page_after"));
    xml.markup("<w:r><w:tab/></w:r>");
    run(layout.code);
    xml.markup("</w:p></w:ftr>");
    return std::move(xml).take();
}

/// Title and the instant of the last edit, so that the same report gives the same file.
std::string core_properties(const Document& document, const Layout& layout) {
    Html xml;
    xml.markup("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties ")
        .markup("xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" ")
        .markup("xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" ")
        .markup("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>")
        .text(file_text(layout.title))
        .markup("</dc:title>");
    if (!document.log.empty()) {
        for (const std::string_view name : {"created", "modified"}) {
            xml.markup("<dcterms:").markup(name).markup(" xsi:type=\"dcterms:W3CDTF\">");
            xml.text(document.log.back().at).markup("</dcterms:").markup(name).markup(">");
        }
    }
    xml.markup("</cp:coreProperties>");
    return std::move(xml).take();
}

}  // namespace

std::string write_docx(const Document& document, Date as_of, Privacy privacy) {
    return write_docx(document, lay_out(document, as_of, privacy));
}

std::string write_docx(const Document& document, const Layout& layout) {
    Archive archive;
    archive.add("[Content_Types].xml", word_content_types);
    archive.add("_rels/.rels", word_relationships);
    archive.add("docProps/core.xml", core_properties(document, layout));
    archive.add("word/document.xml", WordBody(layout).write());
    archive.add("word/_rels/document.xml.rels", word_document_relationships);
    archive.add("word/styles.xml", word_styles);
    archive.add("word/settings.xml", word_settings);
    archive.add("word/footer1.xml", footer(layout));
    archive.add("word/_rels/footer1.xml.rels", word_footer_relationships);
    archive.add("word/media/qr.png", qr_png(make_qr(layout.label)));
    return archive.take();
}

}  // namespace duibiao
