#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "exchange/archive.hpp"
#include "exchange/csv.hpp"
#include "exchange/library.hpp"
#include "exchange/workbook/number_format.hpp"
#include "exchange/workbook/workbook.hpp"

using namespace duibiao;

namespace {

const std::string transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";

/// What a workbook is made of; each part can be another one.
struct Parts {
    std::string space = transitional;
    std::string relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    std::string properties;
    std::string attributes;  ///< of the sheet in the workbook
    std::string texts;       ///< <si> elements
    std::string styles;      ///< what stands in the style sheet
    std::string rows;        ///< what stands in the sheet
    std::string behind;      ///< what stands below its rows
    std::string prologue;    ///< in front of the sheet's root
};

std::string link(const Parts& parts, const std::string& id, const std::string& kind, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + parts.relationships + "/" + kind + "\" Target=\"" + target +
           "\"/>";
}

std::string links(const std::string& inner) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inner +
           "</Relationships>";
}

std::string workbook(const Parts& parts) {
    Archive archive;
    archive.add("_rels/.rels", links(link(parts, "a", "officeDocument", "/xl/workbook.xml")));
    archive.add("xl/_rels/workbook.xml.rels", links(link(parts, "r1", "worksheet", "worksheets/sheet1.xml") +
                                                    link(parts, "r2", "sharedStrings", "../xl/sharedStrings.xml") +
                                                    link(parts, "r3", "styles", "styles.xml")));
    archive.add("xl/workbook.xml", "<workbook xmlns=\"" + parts.space + "\" xmlns:r=\"" + parts.relationships + "\">" +
                                       parts.properties + "<sheets><sheet name=\"表\" sheetId=\"1\" " +
                                       parts.attributes + " r:id=\"r1\"/></sheets></workbook>");
    archive.add("xl/sharedStrings.xml", "<sst xmlns=\"" + parts.space + "\">" + parts.texts + "</sst>");
    archive.add("xl/styles.xml", "<styleSheet xmlns=\"" + parts.space + "\">" + parts.styles + "</styleSheet>");
    archive.add("xl/worksheets/sheet1.xml", parts.prologue + "<worksheet xmlns=\"" + parts.space + "\"><sheetData>" +
                                                parts.rows + "</sheetData>" + parts.behind + "</worksheet>");
    return archive.take();
}

std::string code_of(const std::string& bytes) {
    const auto sheets = read_workbook(bytes);
    return sheets ? "read" : sheets.error().code;
}

Sheet only_sheet(const Parts& parts) {
    const auto sheets = read_workbook(workbook(parts));
    REQUIRE(sheets);
    REQUIRE(sheets->size() == 1);
    return sheets->front();
}

std::string table_of(const std::string& rows, const std::string& behind = {}) {
    Parts parts;
    parts.rows = rows;
    parts.behind = behind;
    return only_sheet(parts).text;
}

std::string cell(const std::string& place, const std::string& text) {
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

std::string as_shown(const std::string& format, const std::string& number, DateSystem system = DateSystem::since_1900) {
    return NumberFormat::of(format).show(number, system).value_or("-");
}

}  // namespace

TEST_CASE("A workbook's cells become a table whose lines are its rows") {
    CHECK(table_of("<row r=\"2\">" + cell("A2", "甲") + cell("C2", "丙") + "</row><row r=\"4\">" + cell("B4", "乙") +
                   "</row>") == "\n甲\t\t丙\n\n\t乙\n");
    CHECK(table_of("<row><c t=\"inlineStr\"><is><t>甲</t></is></c><c><v>2</v></c></row>") ==
          "甲\t2\n");  // without places
    CHECK(table_of("<row r=\"1\">" + cell("A1", "a\nb") + cell("B1", "&quot;c&quot;") + cell("C1", "d\"e") +
                   "</row>") == "\"a\rb\"\t\"\"\"c\"\"\"\td\"e\n");
    CHECK(table_of("<row r=\"1\">" + cell("A1", " ") + "</row>") == "");
    CHECK(table_of("<row r=\"1\">" + cell("A1", "_x4E2D_a_x000D_&#10;_x005F_x4E2D_") + "</row>") ==
          "\"中a\r_x4E2D_\"\n");
    const auto rows = parse_csv("\n\"a\rb\"\tc,d\n\"\"\"e\"\"\"\n", Quoting::sheet);
    REQUIRE(rows);
    CHECK((*rows)[0].line == 2);
    CHECK((*rows)[0].cells == std::vector<std::string>{"a\nb", "c,d"});
    CHECK((*rows)[1].line == 3);
    CHECK((*rows)[1].cells == std::vector<std::string>{"\"e\""});
}

TEST_CASE("Shared texts are joined of their runs, without how they are spoken; both namespaces are read") {
    Parts parts;
    parts.texts =
        "<si><t>甲</t></si><si><r><t>学</t></r><r><rPr/><t>习</t></r><rPh sb=\"0\" eb=\"1\"><t>XUE</t></rPh></si>";
    parts.rows =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"b\"><v>1</v></c>"
        "<c r=\"D1\" t=\"str\"><f>A1</f><v>乙</v></c><c r=\"E1\" t=\"str\"><f>A1</f><v></v></c></row>";
    CHECK(only_sheet(parts).text == "学习\t甲\tTRUE\t乙\n");
    parts.space = strict;
    parts.relationships = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    parts.rows += "<row r=\"2\"><c r=\"A2\" t=\"d\"><v>2026-03-05T00:00:00</v></c></row>";
    CHECK(only_sheet(parts).text == "学习\t甲\tTRUE\t乙\n2026-03-05T00:00:00\n");
    parts.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c></row>";
    CHECK(code_of(workbook(parts)) == "workbook-broken");
}

TEST_CASE("A merged cell's text stands in every row that has something of its own") {
    const std::string rows = "<row r=\"1\">" + cell("A1", "甲") + cell("B1", "一") + "</row><row r=\"2\">" +
                             cell("B2", "二") + "</row><row r=\"4\">" + cell("B4", "四") + "</row><row r=\"5\">" +
                             cell("B5", "五") + "</row>";
    CHECK(table_of(rows, "<mergeCells><mergeCell ref=\"A1:A4\"/></mergeCells>") == "甲\t一\n甲\t二\n\n甲\t四\n\t五\n");
    CHECK(table_of(rows, "<mergeCells><mergeCell ref=\"A1:A1048576\"/></mergeCells>") ==
          "甲\t一\n甲\t二\n\n甲\t四\n甲\t五\n");
    CHECK(table_of(rows, "<mergeCells><mergeCell ref=\"A1\"/><mergeCell ref=\"A0:B9\"/><mergeCell/></mergeCells>") ==
          "甲\t一\n\t二\n\n\t四\n\t五\n");
}

TEST_CASE("What a workbook hides is read and counted") {
    Parts parts;
    parts.attributes = "state=\"veryHidden\"";
    parts.rows = "<row r=\"1\" hidden=\"1\">" + cell("A1", "甲") + "</row><row r=\"2\" hidden=\"true\"/><row r=\"3\">" +
                 cell("A3", "乙") + "</row>";
    const Sheet sheet = only_sheet(parts);
    CHECK(sheet.text == "甲\n\n乙\n");
    CHECK(sheet.is_hidden);
    CHECK(sheet.hidden_rows == 1);
    const auto again = read_sheets(write_sheets({sheet}));
    REQUIRE(again.size() == 1);
    CHECK(again[0].text == sheet.text);
    CHECK(again[0].is_hidden);
    CHECK(again[0].hidden_rows == 1);
}

TEST_CASE("Cells that say nothing certain are named, and only where their sheet is taken") {
    Parts parts;
    parts.rows = "<row r=\"1\">" + cell("A1", "日期") + cell("B1", "类型") +
                 "</row><row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c>"
                 "<c r=\"AB2\"><f>A1</f></c><c r=\"AC2\"><v>1234567890123456</v></c></row>";
    const Sheet sheet = only_sheet(parts);
    REQUIRE(sheet.refusals.size() == 3);
    CHECK(sheet.refusals[0].code == "cells-wrong");
    CHECK(sheet.refusals[0].cells == std::vector<std::string>{"A2"});
    CHECK(sheet.refusals[1].cells == std::vector<std::string>{"AB2"});
    CHECK(sheet.refusals[2].code == "cells-digits");
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    const Document document =
        *new_document(library.find("ledger"), "d", "甲", "2026", {"a", "", "2026-11-21T06:03:34Z"});
    const auto refused = choose_sheet({sheet}, document);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().size() == 3);
    CHECK(refused.error()[0].place == "sheet 表");
    const Sheet sound{"好", "日期\t类型\n2026-03-05\t党课\n"};
    Sheet notes = sheet;
    notes.text = "说明\n";
    CHECK(choose_sheet({notes, sound}, document)->name == "好");
    CHECK(choose_sheet({sound, {"又", sound.text, true}}, document)->name == "好");
    CHECK(choose_sheet({{"藏", sound.text, true}, {"说明", "请填\n"}}, document)->name == "藏");
    CHECK(choose_sheet({{"一", ""}, {"二", "天气\n晴\n"}}, document)->name == "二");
    CHECK(choose_sheet({sound, sound}, document).error()[0].code == "sheets-many");
    CHECK(choose_sheet({{"一", ""}}, document).error()[0].code == "workbook-empty");
}

TEST_CASE("Broken workbooks, and those that would be too much, are refused") {
    Parts parts;
    CHECK(code_of(workbook(parts)) == "read");
    CHECK(code_of(workbook(parts).substr(0, 500)) == "archive-broken");
    parts.prologue = "<!DOCTYPE x [<!ENTITY a \"b\">]>";
    CHECK(code_of(workbook(parts)) == "workbook-broken");
    parts.prologue = {};
    const std::vector<std::string> broken{"<row r=\"1\">",
                                          "<row r=\"2\"/><row r=\"1\"/>",
                                          "<row r=\"1048577\"/>",
                                          "<row r=\"x\"/>",
                                          "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>",
                                          "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
                                          "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
                                          "<c r=\"A1\"><v>1</v></c>"};
    for (const std::string& rows : broken) {
        CAPTURE(rows);
        parts.rows = rows;
        CHECK(code_of(workbook(parts)) == "workbook-broken");
    }
    parts.rows.clear();
    for (int i = 0; i < 200; ++i) parts.rows += "<a>";
    for (int i = 0; i < 200; ++i) parts.rows += "</a>";
    CHECK(code_of(workbook(parts)) == "workbook-broken");
    parts.rows = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
    CHECK(only_sheet(parts).text == std::string(16'383, '\t') + "1\n");
    Archive archive;
    archive.add("xl/workbook.xml", "<workbook/>");
    CHECK(code_of(archive.take()) == "workbook-broken");
}

TEST_CASE("A workbook that unpacks to more than a table can be is refused, and rows beyond the limit") {
    Parts parts;
    parts.texts = "<si><t>" + std::string(32'000, 'x') + "</t></si>";
    for (int row = 1; row <= 3000; ++row) {
        const std::string number = std::to_string(row);
        parts.rows += "<row r=\"" + number + "\"><c r=\"A" + number + "\" t=\"s\"><v>0</v></c></row>";
    }
    CHECK(code_of(workbook(parts)) == "archive-large");
    parts.texts.clear();
    parts.rows.clear();
    for (int row = 1; row <= 100'200; ++row) parts.rows += "<row><c><v>1</v></c></row>";
    const Sheet sheet = only_sheet(parts);
    REQUIRE(sheet.refusals.size() == 1);
    CHECK(sheet.refusals[0].code == "rows-many");
}

TEST_CASE("Numbers stand as a spreadsheet shows them where that means one thing") {
    CHECK(as_shown("General", "0.30000000000000004") == "0.3");
    CHECK(as_shown("General", "7.9999999999999991") == "8");
    CHECK(as_shown("General", "1.5E-3") == "0.0015");
    CHECK(as_shown("General", "-1.5E2") == "-150");
    CHECK(as_shown("General", "0") == "0");
    CHECK(as_shown("General", "-0.0") == "0");
    CHECK(as_shown("General", "999999999999999") == "999999999999999");
    CHECK(as_shown("General", "1E15") == "-");
    CHECK(as_shown("General", "x") == "-");
    CHECK(as_shown("General", "1.2.3") == "-");
    CHECK(as_shown("General", "1E999999999999") == "-");
    CHECK(as_shown("0.00", "86.5") == "86.50");
    CHECK(as_shown("0.00", "2.675") == "2.68");
    CHECK(as_shown("0", "9.5") == "10");
    CHECK(as_shown("0", "0.2") == "0");
    CHECK(as_shown("0.##", "1.5") == "1.5");
    CHECK(as_shown("#,##0.00_);[Red]\\(#,##0.00\\)", "-1234.5") == "-1234.50");
    CHECK(as_shown("000", "7") == "007");
    CHECK(as_shown("0%", "0.85") == "85%");
    CHECK(as_shown("0.0%", "0.8555") == "85.6%");
    CHECK(as_shown("0\"人\"", "12") == "12人");
    CHECK(as_shown("\"第\"0\\号", "3") == "第3号");
    CHECK(as_shown("[$¥-804]#,##0.00", "5") == "5.00");
    CHECK(as_shown("0.00E+00", "1234") == "1234");
    CHECK(as_shown("# ?/?", "0.5") == "0.5");
    CHECK(as_shown("[>100]0;0.0", "1.25") == "1.25");
    CHECK(as_shown("0,", "1234") == "1234");
    CHECK(as_shown("@", "5") == "5");
    CHECK(as_shown(";;;", "5") == "5");
}

TEST_CASE("Days and times are told by a cell's format") {
    CHECK(as_shown("yyyy/m/d", "46086") == "2026-03-05");
    CHECK(as_shown("yyyy/m/d h:mm", "46086.9999") == "2026-03-05");
    CHECK(as_shown("yyyy/m/d", "44624", DateSystem::since_1904) == "2026-03-05");
    CHECK(as_shown("yyyy/m/d", "59") == "1900-02-28");
    CHECK(as_shown("yyyy/m/d", "60") == "60");  // a day that there never was
    CHECK(as_shown("yyyy/m/d", "61") == "1900-03-01");
    CHECK(as_shown("yyyy/m/d", "2958465") == "9999-12-31");
    CHECK(as_shown("yyyy/m/d", "2958466") == "2958466");
    CHECK(as_shown("yyyy/m/d", "-1") == "-1");
    CHECK(as_shown("yyyy\"年\"m\"月\"", "46086") == "2026-03");
    CHECK(as_shown("mmm-yy", "46086") == "2026-03");
    CHECK(as_shown("yyyy", "46086") == "2026");
    CHECK(as_shown("m\"月\"d\"日\"", "46086") == "2026-03-05");
    CHECK(as_shown("[$-F800]dddd, mmmm dd, yyyy", "46086") == "2026-03-05");
    CHECK(as_shown("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "46086") == "2026-03-05");
    CHECK(as_shown("h:mm", "0.604166666666667") == "14:30");
    CHECK(as_shown("h\"时\"mm\"分\"", "46086.5") == "12:00");
    CHECK(as_shown("mm:ss", "0.5") == "12:00");
    CHECK(as_shown("[h]:mm", "1.5") == "36:00");
    CHECK(as_shown("h:mm:ss AM/PM", "0.50001") == "12:00:01");
    CHECK(NumberFormat::built_in(14).show("46086", DateSystem::since_1900) == "2026-03-05");
    CHECK(NumberFormat::built_in(57).show("46086", DateSystem::since_1900) == "2026-03");
    CHECK(NumberFormat::built_in(31).show("46086", DateSystem::since_1900) == "2026-03-05");
    CHECK(NumberFormat::built_in(0).show("46086", DateSystem::since_1900) == "46086");
}
