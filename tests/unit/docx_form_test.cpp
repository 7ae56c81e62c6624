// Word forms that others made: what is read of them, how labels are compared, what is put in.
#include <doctest/doctest.h>

#include "exchange/archive.hpp"
#include "exchange/docx_form.hpp"
#include "exchange/fill.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/label_likeness.hpp"
#include "exchange/library.hpp"
#include "exchange/word_text.hpp"

using namespace duibiao;

namespace {

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}};
const std::string relationships =
    R"(<Relationships xmlns="x"><Relationship Type="y/relationships/officeDocument" Target="/word/main.xml"/>)"
    "</Relationships>";

std::string document_xml(const std::string& body, const std::string& prefix = "w") {
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:" + prefix +
                      "=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body +
                      "</w:body></w:document>";
    for (std::size_t at = 0; prefix != "w" && (at = xml.find("w:", at)) != std::string::npos; at += prefix.size() + 1)
        xml.replace(at, 1, prefix);
    return xml;
}

std::string docx_of(const std::string& xml) {
    Archive archive;
    archive.add("_rels/.rels", relationships);
    archive.add("word/other.xml", "<x/>");
    archive.add("word/main.xml", xml);
    return archive.take();
}

std::string cell(const std::string& text, const std::string& format = {}) {
    return "<w:tc><w:tcPr>" + format + "</w:tcPr><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:tc>";
}
std::string row(const std::string& cells) { return "<w:tr>" + cells + "</w:tr>"; }

Document scored(std::string_view table) {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    const Author author{"t", {}, "2026-11-21T06:03:34Z"};
    const Document document = *new_document(library.find("jilin-committee"), "doc", "某院党委", "2026", author);
    return fill_from_csv(document, Layer::self, table, author)->document;
}

}  // namespace

TEST_CASE("labels are compared by what tells them apart") {
    CHECK(Label("上级验收\n得分") == Label("上级验收得分"));
    CHECK(Label("ＡＢ１（4分）：") == Label("ab1"));
    CHECK(Label("（全）") == Label("全"));
    CHECK(Label("姓 名").likeness(Label("姓名")) == same);
    CHECK(Label("党支部书记姓名").likeness(Label("书记姓名")) >= alike);
    CHECK(Label("姓名").likeness(Label("出生年月")) == 0);
    CHECK(Label("").likeness(Label("")) == 0);
    CHECK(Label("甲乙甲乙").likeness(Label("乙甲乙甲")) < same);
    CHECK(Label("\xFF坏").is_empty());
}

TEST_CASE("a Word document's texts: merged cells, tracked changes, text boxes") {
    const std::string xml = document_xml(
        "<w:p><w:r><w:t>甲&amp;</w:t><w:tab/><w:t>乙</w:t></w:r></w:p><w:tbl>" +
        row(cell("宽", "<w:gridSpan w:val=\"2\"/>") + cell("下", "<w:vMerge w:val=\"restart\"/>")) +
        row(cell("左") + cell("右") + cell("", "<w:vMerge/>")) +
        row("<w:trPr><w:del w:id=\"1\"/></w:trPr>" + cell("整行删去")) +
        row("<w:tc><w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
            "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
            "<w:r><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></w:r></w:p></w:tc>") +
        "</w:tbl>");
    const auto text = read_word_text(xml);
    REQUIRE(text);
    REQUIRE(text->paragraphs.size() == 1);
    CHECK(text->paragraphs[0].text == "甲&\t乙");
    const WordPiece* last = text->paragraphs[0].piece_at(text->paragraphs[0].text.find("乙"));
    REQUIRE(last != nullptr);
    CHECK(xml.substr(last->source.begin, last->source.size()) == "乙");
    REQUIRE(text->tables.size() == 1);
    const WordTable& table = text->tables[0];
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].cells[1].column == 2);
    CHECK(table.shown_at(1, 2)->text() == "下");
    CHECK(table.rows[2].cells[0].text() == "新");
}

TEST_CASE("boxes that are letters of Wingdings; hidden text is none") {
    const auto run = [](const std::string& format, const std::string& text) {
        return "<w:r><w:rPr>" + format + "</w:rPr><w:t>" + text + "</w:t></w:r>";
    };
    const std::string wingdings = R"(<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>)";
    const std::string xml =
        document_xml("<w:p>" + run(wingdings, "o") + run("", "是 o") + run(wingdings, "\uF0A8否\uF0FE") +
                     run(R"(<w:rFonts w:hAnsi="Wingdings 2"/>)", "&#xA3;") + run("<w:vanish/>", "藏") +
                     run("<w:vanish w:val=\"0\"/>", "见") + "</w:p>");
    const auto text = read_word_text(xml);
    REQUIRE(text);
    const WordParagraph& paragraph = text->paragraphs.at(0);
    CHECK(paragraph.text == "□是 o□否☑□见");
    REQUIRE(paragraph.boxes.size() == 4);
    CHECK(paragraph.boxes[0].tick[0].bytes == "\u00FE");
    CHECK(xml.substr(paragraph.boxes[1].tick[0].at.begin, 3) == "\uF0A8");
    CHECK(paragraph.boxes[1].tick[0].bytes == "\uF0FE");
    CHECK(paragraph.boxes[2].is_ticked);
    CHECK(paragraph.boxes[3].tick[0].bytes == "R");
    CHECK(xml.substr(paragraph.boxes[3].tick[0].at.begin, 6) == "&#xA3;");
    const WordPiece* piece = paragraph.piece_at(paragraph.text.find("否"));
    REQUIRE(piece != nullptr);
    CHECK(xml.substr(piece->source.begin, piece->source.size()) == "否");
}

TEST_CASE("a Word document that is none, or means harm") {
    const auto code = [](const std::string& xml) {
        const auto text = read_word_text(xml);
        return text ? std::string("read") : text.error().code;
    };
    CHECK(code("<a><b></a>") == "docx-broken");
    CHECK(code("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>") == "docx-entities");
    std::string deep;
    for (int i = 0; i < 9; ++i) deep += "<w:tbl><w:tr><w:tc>";
    for (int i = 0; i < 9; ++i) deep += "</w:tc></w:tr></w:tbl>";
    CHECK(code(document_xml(deep)) == "docx-deep");
    CHECK(code(document_xml("</w:body><w:tr></w:tr><w:tc/><w:body>")) == "read");
    CHECK(find_main_part(relationships) == "word/main.xml");
    CHECK(find_main_part("<!DOCTYPE a><a/>").empty());
    CHECK(GivenArchive::open("PK").error().code == "archive-broken");
}

TEST_CASE("answers are put into blank cells, whatever the prefix; all else stays") {
    const std::string table = "<w:tbl>" + row(cell("具体标准") + cell("落实情况") + cell("自评得分")) +
                              row(cell("落实党委领导下的院长负责制（2分）") + "<w:tc><w:p w:rsidR=\"1\"/></w:tc>" +
                                  "<w:tc><w:p><w:pPr><w:rPr><w:ins w:id=\"1\"/><w:b/></w:rPr></w:pPr></w:p></w:tc>") +
                              "</w:tbl>";
    const std::string xml = document_xml(table, "ns0");
    const Document document = scored("item,score,note\n1.1.1,2,<甲>\n1.2.1,1,\n");
    const std::string given = docx_of(xml);
    const auto match = match_docx(given, document, today);
    REQUIRE(match);
    const auto item = std::find_if(match->links.begin(), match->links.end(),
                                   [](const DocxLink& link) { return link.id == "item.1.1.1"; });
    REQUIRE(item != match->links.end());
    CHECK(item->is_exact);
    CHECK(item->row == 2);
    CHECK(match->gaps.size() == 3);  // 1.2.1, the unit's name and the total have no place
    const auto filled = fill_docx(given, document, today, {});
    REQUIRE(filled);
    const std::string out = *GivenArchive::open(*filled)->read("word/main.xml", 100'000);
    CHECK(out.find("<ns0:p ns0:rsidR=\"1\"><ns0:r><ns0:t xml:space=\"preserve\">&lt;甲&gt;</ns0:t></ns0:r></ns0:p>") !=
          std::string::npos);
    CHECK(out.find(
              "</ns0:pPr><ns0:r><ns0:rPr><ns0:b/></ns0:rPr><ns0:t xml:space=\"preserve\">2</ns0:t></ns0:r></ns0:p>") !=
          std::string::npos);
    CHECK(*GivenArchive::open(*filled)->read("word/other.xml", 100) == "<x/>");
    const auto untouched = fill_docx(given, document, today, {"item.1.1.1"});
    CHECK(*GivenArchive::open(*untouched)->read("word/main.xml", 100'000) == xml);
    CHECK(write_docx_match(read_docx_match(write_docx_match(*match))) == write_docx_match(*match));
    CHECK(read_docx_match("[1]").links.empty());
}
