// Rosters on paper and in tables: the paper's columns, empty rows, 无, and the same rows back from a CSV file.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "core/rows.hpp"
#include "exchange/csv.hpp"
#include "exchange/export.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"
#include "exchange/messages.hpp"
#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

Document roster(std::string_view id, std::string_view csv = {}) {
    auto document = new_document(InstrumentLibrary::on_demand().find(id), "d", "某院<党委>", "2026", author());
    REQUIRE(document.has_value());
    if (csv.empty()) return *document;
    auto filled = fill_from_csv(*document, Layer::self, csv, author());
    if (!filled) MESSAGE(describe(Language::english, filled.error().front()), " ", filled.error().front().place);
    REQUIRE(filled.has_value());
    return std::move(filled->document);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

std::string print_of(const Document& document) { return write_print_body(document); }

std::vector<std::string> rows_in(const Document& document) {
    std::vector<std::string> rows;
    for (const RowView& row : rows_of(document)) rows.emplace_back(row.cells);
    return rows;
}

constexpr std::string_view empty_row =
    "<tr><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td></td></tr>";

}  // namespace

TEST_CASE("an empty roster prints the paper's columns and six empty rows") {
    constexpr std::array<std::string_view, 3> heads{
        "<th scope=\"col\">序号</th><th scope=\"col\">姓名</th><th scope=\"col\">出生年月</th><th scope=\"col\">"
        "现工作单位</th><th scope=\"col\">工作关系转出时间</th><th scope=\"col\">户籍所在地</th><th scope=\"col\">"
        "挂靠原因</th><th scope=\"col\">是否确需挂靠</th></tr>",
        "<th scope=\"col\">序号</th><th scope=\"col\">党组织名称</th><th scope=\"col\">上次换届时间（召开党员大会选举"
        "的时间）</th><th scope=\"col\">计划换届时间</th><th scope=\"col\">党组织书记姓名</th><th scope=\"col\">"
        "党组织书记行政职务</th><th scope=\"col\">党组织书记任职时间</th><th scope=\"col\">备注</th></tr>",
        "<th scope=\"col\">序号</th><th scope=\"col\">姓名</th><th scope=\"col\">出生年月</th><th scope=\"col\">"
        "涉嫌违法违纪被查处情况</th><th scope=\"col\">查处时间</th><th scope=\"col\">触碰“十条红线”情况</th>"
        "<th scope=\"col\">2025年民主评议结果</th><th scope=\"col\">备注</th></tr>"};
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const std::string html = print_of(roster("ruian-2019-annex" + std::to_string(i + 2)));
        CHECK(has(html, "<p>附件" + std::to_string(i + 2) + "</p>"));
        CHECK(has(html, "填报单位（盖章）：<b>某院&lt;党委&gt;</b>"));
        CHECK(has(html, "日期：<b>　　　　年　　月　　日</b>"));
        CHECK(has(html, heads[i]));
        CHECK(count_of(html, empty_row) == 6);
        CHECK(count_of(html, "<table") == 1);
        CHECK(html.find("paper-line") < html.find("</thead>"));
        CHECK(html.find("填报人：") > html.find(empty_row));
        CHECK(has(html, "联系电话：<b></b>"));
        CHECK_FALSE(has(html, "负责人"));
        CHECK(count_of(html, "class=\"paper-note\"") == (i == 2 ? 2U : 0U));
    }
}

TEST_CASE("rows are printed with the dates people write, and what is not the paper's stays away") {
    const Document document = roster("ruian-2019-annex3",
                                     "党组织名称,上次换届时间,计划换届时间,书记姓名,书记行政职务,书记任职时间,备注,"
                                     "任期年数,换届请示时间\n"
                                     "<script>一支部</script>,2023.7,2026-07-05,张三,=1+1,2023/7/1,,4,2026-03\n"
                                     "二支部,,,,,,,,\n");
    const std::string html = print_of(document);
    CHECK(has(html,
              "<tr><td>1</td><td>&lt;script&gt;一支部&lt;/script&gt;</td><td>2023年7月</td><td>2026年7月5日</td>"
              "<td>张三</td><td>=1+1</td><td>2023年7月1日</td><td></td></tr>"));
    CHECK(has(html, "<tr><td>2</td><td>二支部</td><td></td>"));
    CHECK(count_of(html, empty_row) == 4);
    for (const std::string_view absent : {"任期年数", "换届请示时间", "4年", "2026年3月", "<script"})
        CHECK_FALSE(has(html, absent));
}

TEST_CASE("a row with a long text may be cut in two, others not") {
    std::string text;
    for (int i = 0; i < 201; ++i) text += "字";
    const Document document = roster("ruian-2019-annex3", "党组织名称,备注\n一支部," + text + "\n二支部,短\n");
    const std::string html = print_of(document);
    CHECK(has(html, "<tr class=\"paper-flow\"><td>1</td>"));
    CHECK(has(html, "<tr><td>2</td>"));
}

TEST_CASE("yes and no, red lines and results as they are said") {
    CHECK(has(print_of(roster("ruian-2019-annex2", "姓名,是否确需挂靠\n张三,√\n李四,否\n")),
              "<td>张三</td><td></td><td></td><td></td><td></td><td></td><td>是</td></tr>"));
    CHECK(has(print_of(roster("ruian-2019-annex4", "姓名,触碰十条红线情况,2018年民主评议结果\n张三,\"4,1\",不合格\n")),
              "<td>1、4</td><td>不合格</td>"));
}

TEST_CASE("none to report is printed and written as 无, and read back as such") {
    for (const std::string_view id : {"ruian-2019-annex2", "ruian-2019-annex3", "ruian-2019-annex4"}) {
        const Document document = roster(id, "序号,姓名,备注\n,无,\n");
        CHECK(document.flag(Layer::self, "table", "none"));
        const std::string html = print_of(document);
        CHECK(has(html, "<tr><td></td><td>无</td><td></td>"));
        CHECK(count_of(html, empty_row) == 5);
        const Document again = roster(id, write_csv(document));
        CHECK(again.flag(Layer::self, "table", "none"));
        CHECK(rows_in(again).empty());
        CHECK_FALSE(has(write_csv(roster(id)), "无"));
    }
    Document document = roster("ruian-2019-annex4", "序号,姓名,备注\n,无,\n");
    document = std::move(fill_from_csv(document, Layer::self, "姓名\n张三\n", author("t"))->document);
    CHECK_FALSE(has(print_of(document), "<td>无</td>"));
    CHECK(has(print_of(document), "<tr><td>1</td><td>张三</td>"));
    CHECK_FALSE(has(write_csv(document), "无"));
}

TEST_CASE("a roster's table is read back row by row") {
    const Document document = roster("ruian-2019-annex3",
                                     "党组织名称,上次换届时间,书记行政职务,备注,任期年数,换届请示时间\n"
                                     "\"一支部,\"\"甲\"\"\",2023-07,=1+1,@某,4,2026-03\n二支部,2023年7月1日,-1,,,\n");
    const std::string csv = write_csv(document);
    CHECK(has(csv, "任期年数,换届请示时间,提醒日期,批准延期或提前时间,批准的换届时间\r\n"));
    CHECK(rows_in(roster("ruian-2019-annex3", csv)) == rows_in(document));
}
