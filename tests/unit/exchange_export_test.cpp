#include "exchange/export.hpp"

#include <doctest/doctest.h>

#include "core/custody.hpp"
#include "core/report.hpp"
#include "core/text.hpp"
#include "exchange/csv.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"
#include "small_form.hpp"

using namespace duibiao;

namespace {

constexpr std::string_view hostile = "<script>alert(1)</script>&\"'";

Document document_of(std::string_view unit, std::string_view csv = {}, Layer layer = Layer::self) {
    const Author author{.session = "s0", .by = {}, .at = "2026-11-21T06:00:00Z"};
    const auto form = InstrumentLibrary::on_demand().find("jilin-committee");
    auto document = new_document(form, "d1", unit, "2026", author);
    REQUIRE(document.has_value());
    if (csv.empty()) return *document;
    auto filled = fill_from_csv(*document, layer, csv, {.session = "s1", .by = {}, .at = author.at});
    REQUIRE(filled.has_value());
    return filled->document;
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::vector<CsvRow> parsed_rows(const Document& document) {
    const std::string csv = write_csv(document);
    CHECK(csv.starts_with("\xEF\xBB\xBF"));
    auto rows = parse_csv(csv);
    REQUIRE(rows.has_value());
    return *std::move(rows);
}

const std::vector<std::string>& row_of(const std::vector<CsvRow>& rows, std::string_view item) {
    for (const CsvRow& row : rows) {
        if (row.cells.front() == item) return row.cells;
    }
    FAIL("no row " << item);
    return rows.front().cells;
}

}  // namespace

TEST_CASE("the print holds the whole form, the head of every page and the short code") {
    const Document document =
        document_of("市第一人民医院党委", "item,score,note\n1.1.1,2,有纪要\nheader.date,,2026-11-20\n");
    const std::string html = write_html(document);
    CHECK(is_utf8(html));
    CHECK(html.starts_with("<!doctype html>"));
    for (const Instrument::Place& place : document.instrument->order) {
        CHECK(has(html, document.instrument->criterion(place).text));
    }
    CHECK(has(html, document.instrument->heading));
    CHECK(has(html, "申报单位党委名称：<b>市第一人民医院党委</b>"));
    CHECK(has(html, "申报时间：<b>2026年11月20日</b>"));
    CHECK(has(html, "得分：<b>2分（自评，已评1/84）</b>"));
    CHECK(count_of(html, "填报期间 2026　报送码 " + short_code(document)) == 2);  // the foot of every page, twice told
    CHECK_FALSE(has(html, "class=\"paper-period\""));                             // the paper's own head has a date
    CHECK(has(html, "counter(page)"));
    CHECK(count_of(html, "（盖章）") == 3);
    CHECK_FALSE(has(html, "<script"));
    // The picture names its format and fetches nothing.
    CHECK(count_of(html, "http:") == count_of(html, "svg xmlns=&#39;http://www.w3.org/2000/svg&#39;"));
    CHECK_FALSE(has(html, "https:"));
}

TEST_CASE("the page's own print is the same article") {
    const Document document = document_of("市第一人民医院党委");
    const std::string body = write_print_body(document);
    CHECK(body.starts_with("<article"));
    CHECK(has(write_html(document), body));
    CHECK_FALSE(has(body, "style="));  // the page's CSP allows no inline style
    CHECK(has(body, "data-print-code=\"填报期间 2026　报送码 " + short_code(document) + "\""));
}

TEST_CASE("texts cannot become markup") {
    std::string csv = "item,score,note,explanation\n";
    for (const char* item : {"1.1.1", "3.2.2", "veto.1"}) {
        csv += std::string(item) + ",1,\"" + "<script>alert(1)</script>&\"\"'" + "\n<b>\",\n";
    }
    const Document document = document_of(hostile, csv);
    const std::string html = write_html(document);
    CHECK_FALSE(has(html, "<script"));
    CHECK_FALSE(has(html, "<b>&lt;b&gt;"));
    CHECK(count_of(html, "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;") == 5);
    CHECK(has(html, "<br>&lt;b&gt;"));
}

TEST_CASE("an unscored form is printed blank, not zero") {
    const std::string html = write_html(document_of("某院党委"));
    CHECK(count_of(html, "<td class=\"paper-score\"></td>") == 84 * 3);
    CHECK(has(html, "得分：<b></b>"));
    CHECK(has(html, "□ ①"));
}

TEST_CASE("a veto stands beside the points") {
    const Document document = document_of("某院党委", "item,score,note\n1.1.1,2,\nveto.1,1,立案审查\n");
    const std::string html = write_html(document);
    CHECK(has(html, "得分：<b>2分（自评，已评1/84） 不予评定</b>"));
    CHECK(has(html, "■ ①"));
    CHECK(has(html, "（存在：自评）"));
    CHECK(has(html, "□ ②"));
    CHECK(has(html, "<p>得分：2（已评1/84）</p>"));
    CHECK(has(html, "<b>　不予评定</b>"));
}

TEST_CASE("a form that says nobody signs it still shows each layer's score") {
    Json form = small_form::json();
    form["print"]["signatures"] = Json::array();
    const auto instrument = load_instrument(form.dump());
    REQUIRE(instrument);
    Document document = small_form::empty();
    document.instrument = *instrument;
    CHECK(count_of(write_html(document), "<p>得分：</p>") == document.instrument->layers.size());
}

TEST_CASE("measures, explanations and reasons are printed in the note's cell") {
    const Document document =
        document_of("某院党委", "item,score,note,explanation\n3.2.2,2,,已补课\n3.2.2.m1,3,,\n4.5.1.m1,1,,\n");
    const std::string html = write_html(document);
    CHECK(has(html, "<p class=\"paper-small\">有中心组学习的季度数：3个季度</p>"));
    CHECK(has(html, "<p class=\"paper-small\">说明：已补课</p>"));
    CHECK(has(html, "：是</p>"));
    const Document accepted = document_of("某院党委", "item,score,note\n1.1.1,1,纪要不全\n", Layer::acceptance);
    CHECK(has(write_html(accepted), "<p class=\"paper-small\">上级验收：纪要不全</p>"));
}

TEST_CASE("the CSV has one line a criterion, then measures, veto, totals and head") {
    const Document document =
        document_of("市第一人民医院党委", "item,score,note\n1.1.1,2,有纪要\n3.2.2.m1,3,\nveto.2,1,处理\n");
    const auto rows = parsed_rows(document);
    CHECK(rows.front().cells == std::vector<std::string>{"编号", "项目", "分项", "序号", "具体标准", "分值", "落实情况",
                                                         "自评得分", "上级验收得分", "主管部门评定", "说明",
                                                         "上级验收理由", "主管评定理由"});
    for (std::size_t i = 0; i < 84; ++i) {
        CHECK(rows[i + 1].cells.front() == document.instrument->criterion(document.instrument->order[i]).id);
    }
    const auto& first = row_of(rows, "1.1.1");
    CHECK(first[1] == "强化党组织发挥作用");
    CHECK(first[5] == "2");
    CHECK(first[6] == "有纪要");
    CHECK(first[7] == "2");
    CHECK(first[8].empty());
    CHECK(row_of(rows, "1.1.2")[7].empty());
    CHECK(row_of(rows, "3.2.2.m1")[7] == "3");
    CHECK(row_of(rows, "veto.2")[7] == "1");
    CHECK(row_of(rows, "total.1")[7] == "2");
    CHECK(row_of(rows, "total.2")[7].empty());
    CHECK(row_of(rows, "total")[5] == "100");
    CHECK(row_of(rows, "total")[6] == "不予评定");
    CHECK(row_of(rows, "header.unit")[6] == "市第一人民医院党委");
    CHECK(row_of(rows, "code")[6] == short_code(document));
}

TEST_CASE("the CSV disarms formulas") {
    const Document document = document_of("=cmd|' /C calc'!A0", "item,note\n1.1.1,\"=1+1\"\n1.1.2,＝SUM(A1)\n");
    const std::string csv = write_csv(document);
    for (const std::string_view cell : {",'=1+1,", ",'＝SUM(A1),", ",'=cmd|' /C calc'!A0,"})
        CHECK(csv.find(cell) != std::string::npos);
    CHECK(row_of(parsed_rows(document), "1.1.1")[6] == "=1+1");
}

TEST_CASE("a report's name tells what became of it last") {
    Document document = document_of("市第一人民医院党委", "item,score\n1.1.1,2\n");
    const auto hand = [&document](Layer layer, LayerState to, const char* text) {
        const Author author{"x" + std::to_string(document.log.size()), {}, "2026-11-21T07:00:00Z"};
        auto edits = hand_over(document, author, layer, to, text);
        REQUIRE(edits.has_value());
        REQUIRE(apply_all(document, *std::move(edits)).has_value());
        return suggest_report_name(document);
    };
    const std::string start = "市第一人民医院党委-“强基提质”标准化创建量化表-2026";
    CHECK(suggest_report_name(document) == start + ".json");
    CHECK(hand(Layer::self, LayerState::submitted, "") == start + "-报送.json");
    CHECK(hand(Layer::acceptance, LayerState::returned, "缺记录") == start + "-上级验收退回.json");
    CHECK(hand(Layer::self, LayerState::submitted, "") == start + "-报送2.json");
    CHECK(hand(Layer::acceptance, LayerState::accepted, "") == start + "-上级验收通过.json");
}

TEST_CASE("file names hold nothing that a file system refuses") {
    CHECK(suggest_file_name(document_of("市第一人民医院党委"), "json") ==
          "市第一人民医院党委-“强基提质”标准化创建量化表-2026.json");
    const std::string name = suggest_file_name(document_of("../../etc/passwd\r\n<a>|b?*:\"c\" CON"), "html");
    CHECK(name.find_first_of("\\/:*?\"<>|\r\n ") == std::string::npos);
    CHECK_FALSE(name.starts_with('.'));
    CHECK(suggest_file_name(document_of("///"), "csv") == "“强基提质”标准化创建量化表-2026.csv");
    std::string unit;
    for (int i = 0; i < 190; ++i) unit += "党";
    const std::string cut = suggest_file_name(document_of(unit), "json");
    CHECK(is_utf8(cut));
    CHECK(count_characters(cut) <= 120);
    CHECK(cut.size() <= 255);
}
