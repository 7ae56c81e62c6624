// What forms that are not scored become outside: tables, prints, calendars.
#include <doctest/doctest.h>

#include "core/report.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "exchange/csv.hpp"
#include "exchange/export.hpp"
#include "exchange/fill.hpp"

using namespace duibiao;

namespace {

constexpr std::string_view checklist = R"({"format":"duibiao-instrument","format_version":1,"id":"list","version":"1",
"kind":"checklist","language":"zh-CN","title":"排查表","short_title":"排查","heading":"附件1","period":"year",
"source":{"key":"T","title":"通知","issuer":"局"},
"columns":{"section":"工作内容","criterion":"工作内容","note":"备注"},
"header":[{"id":"unit","label":"填报单位","type":"text","required":true},{"id":"date","label":"日期","type":"date"},
 {"id":"reporter","label":"填报人","type":"text"},{"id":"phone","label":"联系电话","type":"text"}],
"print":{"orientation":"portrait","signatures":[{"party":"填报单位（盖章）","lines":["日期：","负责人签字： ","复核"]},
 {"party":"上级（盖章）","lines":["日期：    年"]}]},
"sections":[{"id":"1","title":"一、阵地","groups":[
 {"id":"1.1","title":"","criteria":[{"id":"1.1.1","number":"","text":"有活动室","citation":"T 1",
  "fields":[{"id":"value","label":"情况记录","type":"yesno"}]}]},
 {"id":"1.2","title":"三会一课","criteria":[
  {"id":"1.2.1","number":"","text":"每季度党课","citation":"T 2",
   "fields":[{"id":"value","label":"情况记录","type":"cadence","unit":"次"}]},
  {"id":"1.2.2","number":"","text":"开展次数","citation":"T 3",
   "fields":[{"id":"value","label":"情况记录","type":"count","unit":"次"}]}]}]}]})";

constexpr std::string_view measures = R"({"format":"duibiao-instrument","format_version":1,"id":"todo","version":"1",
"kind":"measures","language":"zh-CN","title":"责任清单","short_title":"清单,一","period":"year",
"source":{"key":"T","title":"方案","issuer":"院"},
"columns":{"section":"项目","criterion":"举措","note":"备注"},
"header":[{"id":"unit","label":"单位","type":"text","required":true}],
"print":{"orientation":"landscape","signatures":[]},
"item_fields":[{"id":"owner","label":"责任人","type":"text"},{"id":"due","label":"时限","type":"date"},
 {"id":"status","label":"状态","type":"choice","options":["未开始","已完成"]}],
"sections":[{"id":"1","title":"一","groups":[{"id":"1.1","title":"","criteria":[
 {"id":"1.1.1","number":"1","text":"夯实主体责任；整治会风, 文风\\话风，把全面从严治党的要求落实到每一个支部和每一名党员",
  "citation":"T 1","due":"08-09","due_label":"8月9日前","fields":[]},
 {"id":"1.1.2","number":"2","text":"双基工程","citation":"T 2",
  "fields":[{"id":"rate","label":"比例","type":"count","unit":"%"}]},
 {"id":"1.1.3","number":"3","text":"结对","citation":"T 3","fields":[]}]}]}],
"table":{"title":"五查五看","columns":[{"id":"name","label":"姓名","type":"text","required":true},
 {"id":"ok","label":"合格","type":"yesno"}]}})";

constexpr std::string_view ledger = R"({"format":"duibiao-instrument","format_version":1,"id":"led","version":"1",
"kind":"ledger","language":"zh-CN","title":"台账","short_title":"台账","period":"year",
"source":{"key":"T","title":"方案","issuer":"院"},
"header":[{"id":"unit","label":"单位","type":"text","required":true},
 {"id":"secretary","label":"党支部书记","type":"text"},{"id":"leaders","label":"班子成员","type":"text"}],
"print":{"orientation":"landscape","signatures":[]},
"table":{"title":"活动记录","columns":[{"id":"date","label":"日期","type":"date","required":true},
 {"id":"kind","label":"类型","type":"kind","required":true},{"id":"topic","label":"主题","type":"text"},
 {"id":"chair","label":"主持人","type":"text"},{"id":"signin","label":"签到","type":"yesno"}]},
"activity_kinds":[{"name":"支委会","aliases":["支部委员会"]},{"name":"党课","aliases":[]}],
"duty_sets":[{"id":"t","title":"方案","source":"T","duties":[
 {"id":"d1","kinds":["支委会"],"title":"支委会","at_least":1,"per":"month","citation":"T 1"},
 {"id":"d2","kinds":["党课"],"title":"党课","at_least":2,"per":"quarter","citation":"T 2"},
 {"id":"d3","kinds":["党课"],"title":"领导党课","at_least":1,"per":"half","each":"leader","citation":"T 3"},
 {"id":"d4","kinds":["支委会"],"title":"节日","at_least":1,"per":"month","months":[7,10],"citation":"T 4"},
 {"id":"d5","kinds":["支委会"],"title":"计划","at_least":1,"per":"year","due":"01-31","citation":"T 5"}]}]})";

constexpr Date mid_year{std::chrono::year{2026}, std::chrono::month{5}, std::chrono::day{20}};

Document filled(Document document, std::string_view csv) {
    auto done =
        fill_from_csv(document, Layer::self, csv,
                      {.session = "s" + std::to_string(document.log.size()), .by = {}, .at = "2026-05-20T08:00:01Z"});
    if (!done) MESSAGE(done.error().front().code, " ", done.error().front().place);
    REQUIRE(done.has_value());
    return std::move(done->document);
}

Document document_of(std::string_view definition, std::string_view csv = {}) {
    const auto form = load_instrument(definition);
    if (!form) MESSAGE(form.error().code, " at ", form.error().place);
    REQUIRE(form.has_value());
    const auto document =
        new_document(*form, "doc1", "某院<党委>", "2026", {.session = "s", .by = {}, .at = "2026-01-02T08:00:00Z"});
    REQUIRE(document.has_value());
    return csv.empty() ? *document : filled(*document, csv);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

std::string print_of(const Document& document) { return write_print_body(document, mid_year); }

/// Content lines with the folds undone.
std::string unfolded(std::string text) {
    for (std::size_t at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text;
}

}  // namespace

TEST_CASE("the table of items has a column for each field that any item has") {
    const Document document = document_of(
        measures, "item,责任人,时限,比例,note,explanation\n1.1.1,张三,2026-09-01,,有据,\n1.1.2,,,95.5,,因故\n");
    const auto rows = parse_csv(write_csv(document));
    REQUIRE(rows.has_value());
    using Cells = std::vector<std::string>;
    CHECK(rows->at(0).cells ==
          Cells{"编号", "项目", "分项", "序号", "举措", "责任人", "时限", "状态", "比例", "备注", "说明"});
    CHECK(rows->at(1).cells[0] == "1.1.1");
    CHECK(rows->at(1).cells[5] == "张三");
    CHECK(rows->at(1).cells[6] == "2026-09-01");
    CHECK(rows->at(1).cells[9] == "有据");
    CHECK(rows->at(2).cells[8] == "95.5");
    CHECK(rows->at(2).cells[10] == "因故");
    CHECK(rows->at(4).cells == Cells{"姓名", "合格"});
    CHECK(has(write_csv(document), ",,\r\n\r\n姓名,合格\r\n"));
}

TEST_CASE("fill reads back the table of rows") {
    const std::string table =
        "\xEF\xBB\xBF日期,类型,主题,主持人,签到\r\n2026-01-10,支委会,\"预算,计划\",张三,是\r\n2026-02-11,党课,,,否\r\n";
    const Document document = document_of(ledger, table);
    CHECK(rows_of(document).size() == 2);
    CHECK(write_csv(document) == table);
}

TEST_CASE("rows that are pasted may lack their head, and lines are counted as they were pasted") {
    const Document document = document_of(ledger);
    const Author author{.session = "p", .by = {}, .at = "2026-05-20T08:00:00Z"};
    const auto added = [&](std::string_view table) { return add_rows_from_csv(document, Layer::self, table, author); };
    const auto error_of = [&](std::string_view table) {
        const auto result = added(table);
        REQUIRE_FALSE(result.has_value());
        return result.error().front().code + " " + result.error().front().place;
    };
    for (const char* table :
         {"2026-01-10\t支委会\t\"学习\n讨论\"\t张三\t是\n2026-01-11\t党课\n",
          "2026-01-10,支委会,\"学习\n讨论\",张三,是\n2026-01-11,党课\n",
          "\"日期\",类型,\"主题\",主持人,签到\n2026-01-10,支委会,\"学习\n讨论\",张三,是\n2026-01-11,党课\n",
          "序号\t类型\t日期\t主持人\t签到\t主题\n1\t支委会\t2026-01-10\t张三\t是\t学习 讨论\n"
          "2\t党课\t2026-01-11\n"}) {
        CAPTURE(table);
        const auto result = added(table);
        REQUIRE(result.has_value());
        const auto rows = rows_of(result->document);
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].cells == "2026-01-10\t支委会\t学习 讨论\t张三\t是");
        CHECK(rows[1].cells == "2026-01-11\t党课");
    }
    CHECK(error_of("2026-01-10\t支委会\t\"学习\n讨论\"\n2026-02-30\t党课\n") == "date-impossible line 3");
    CHECK(error_of("2026-01-10\t支委会\t\t\t\t多\n") == "csv-columns line 1");
    CHECK(error_of("日期\t类型\t\t主持人\n2026-01-10\t支委会\t学习\t张三\n") == "column-unnamed line 2");
    CHECK(added("日期\t类型\t\t主持人\n2026-01-10\t支委会\t \t张三\n").has_value());
}

TEST_CASE("a checklist is printed as its paper looks") {
    const std::string html = print_of(
        document_of(checklist, "item,value,note\n1.1.1,是,\n1.2.1,达到,<b>\n1.2.2,3,\nheader.reporter,,李四\n"));
    CHECK(is_utf8(html));
    CHECK(has(html, "<article class=\"paper paper-portrait paper-items\""));
    CHECK(has(html, "<h1>排查表</h1>"));
    CHECK(
        has(html,
            "<span>填报单位（盖章）：<b>某院&lt;党委&gt;</b></span><span>日期：<b>　　　　年　　月　　日</b></span>"));
    CHECK(
        has(html,
            "<th scope=\"col\" colspan=\"3\">工作内容</th><th scope=\"col\" class=\"paper-answer-column\">情况记录</th>"
            "</tr>"));
    CHECK(has(html,
              "<tbody class=\"paper-section paper-rows paper-lines-1\">\n<tr class=\"paper-name\">"
              "<th scope=\"rowgroup\" class=\"paper-name-column\"><div>一、阵地</div></th>"
              "<td class=\"paper-name-column\"></td><td></td><td class=\"paper-answer-column\"></td></tr>\n"
              "<tr><td class=\"paper-under-name\"></td><td colspan=\"2\">有活动室</td><td><p>是</p></td></tr>"));
    CHECK(has(html, "<th scope=\"rowgroup\" rowspan=\"2\">三会一课</th><td>每季度党课</td><td><p>达到要求</p>"));
    CHECK(has(html, "<p class=\"paper-small\">备注：&lt;b&gt;</p>"));
    CHECK(has(html, "<td><p>3次</p></td>"));
    CHECK(has(html, "<span>填报人：<b>李四</b></span><span>联系电话：<b></b></span>"));
    CHECK(has(html, "<b></b></span><span>负责人签字：<b> </b></span><span>复核：<b></b></span></div>"));
    CHECK(count_of(html, "日期：") == 2);  // once in the head line, once where the second party signs
    // The first party's seal has its place in the head line.
    CHECK(count_of(html, "填报单位（盖章）") == 1);
    CHECK(count_of(html, "class=\"paper-seal\"") == 1);
    CHECK(has(html, "<h2>上级（盖章）</h2>"));
    CHECK_FALSE(has(html, "style="));
}

TEST_CASE("measures are printed with a column for each field, and their table below") {
    const Document document =
        filled(document_of(measures, "item,责任人,时限\n1.1.2,张三,2026-09-01\n"), "姓名,合格\n甲,是\n");
    const std::string html = print_of(document);
    CHECK(has(html,
              "<th scope=\"col\" class=\"paper-name-column\">项目</th><th scope=\"col\">举措</th>"
              "<th scope=\"col\" class=\"paper-cell-date\">期限</th>"
              "<th scope=\"col\" class=\"paper-answer-column\">责任人</th>"));
    CHECK(has(html,
              "<td>2.双基工程</td><td class=\"paper-middle\"></td><td><p>张三</p></td><td><p>2026年9月1日</p></td>"));
    CHECK(has(html, "<h2 class=\"paper-part\">五查五看</h2>"));
    CHECK(has(html, "<td class=\"paper-middle\">1</td><td>甲</td><td>是</td></tr>"));
    const std::string file = write_html(document, mid_year);
    CHECK(has(file, html));
    CHECK(has(file, "报送码 " + short_code(document) + "&quot;;"));
    CHECK(has(html, "报送码 " + short_code(document) + "\""));
}

TEST_CASE("the ledger is printed with its duties by month, then what was done") {
    Document document = document_of(ledger,
                                    "日期,类型,主持人,签到\n2026-01-10,支委会,张三,是\n2026-01-20,支部委员会,,\n"
                                    "2026-02-03,党课,张三,否\n2026-04-02,党课,李四,\n");
    const Author author{.session = "t", .by = {}, .at = "2026-05-20T08:00:00Z"};
    const auto leaders =
        make_edit(document, author, {Layer::self, "header", "leaders"}, std::string("张三、李四"), "b");
    REQUIRE(leaders.has_value());
    REQUIRE(apply(document, *leaders).has_value());
    const std::string html = print_of(document);
    CHECK(has(html, "制度落实情况（截至2026年5月20日）"));
    CHECK(has(html, "制度（频次·出处）</th><th scope=\"col\">1月</th>"));
    const auto bar = [](int height, int count) {
        return "<td class=\"paper-middle\"><svg width=\"22\" aria-hidden=\"true\" height=\"" +
               std::to_string(height + 1) +
               "\"><rect x=\"0.5\" y=\"0.5\" width=\"21\" fill=\"#888\" stroke=\"#000\" height=\"" +
               std::to_string(height) + "\"/></svg><p>" + std::to_string(count) + "</p></td>";
    };
    const std::string none = "<td class=\"paper-middle\"><p>0</p></td>";
    const std::string to_come = "<td class=\"paper-middle\"></td>";
    CHECK(has(html, "<tr class=\"paper-activity\"><th scope=\"row\">全部活动（共4次）</th>" + bar(36, 2) + bar(18, 1) +
                        none + bar(18, 1) + none + to_come));
    CHECK_FALSE(has(html, "style="));
    CHECK(has(html,
              "支委会（每月1次·T 1）</th><td class=\"paper-middle\">2</td>"
              "<td class=\"paper-middle paper-missing\">缺</td>"));
    CHECK(has(html,
              "党课（每季度2次·T 2）</th><td class=\"paper-middle paper-missing\" colspan=\"3\">缺（1/2）</td>"
              "<td class=\"paper-middle paper-pending\" colspan=\"3\">未到（1/2）</td>"));
    CHECK(has(html, "领导党课（班子成员每人每半年1次·T 3）</th><td class=\"paper-middle\" colspan=\"6\">2</td>"));
    CHECK(has(html, "节日（7、10月各1次·T 4）</th><td class=\"paper-outside\"></td>"));
    CHECK(has(html, "计划（每年1次，1月31日前·T 5）"));
    CHECK(has(html, "<td class=\"paper-middle\">2</td><td>2026-01-20</td><td>支委会</td>"));
    CHECK(write_print_body(document) == html);  // without a date: the day of the last edit
    const std::string later =
        write_print_body(document, {std::chrono::year{2026}, std::chrono::month{12}, std::chrono::day{31}});
    CHECK(has(later, "<p class=\"paper-small\">尚缺：张三、李四</p>"));
    CHECK_FALSE(has(later, "未到"));
    CHECK(count_of(later, none) == 9);
    CHECK_FALSE(has(later, to_come));
}

TEST_CASE("a busy year's bars have the busiest month's scale, and a ledger without duties has them too") {
    std::string csv = "日期,类型\n";
    for (int day = 1; day <= 28; ++day) csv += "2026-01-" + std::to_string(day) + ",党课\n";
    for (int day = 1; day <= 14; ++day) csv += "2026-02-" + std::to_string(day) + ",党课\n";
    csv += "2026-03-05,党课\n2026-05-21,党课\n2025-05-05,党课\n";  // after the day, and another year's
    const std::string html = print_of(filled(document_of(ledger, csv), "item,value\nduties.t,否\n"));
    CHECK(has(html, "全部活动（共43次）"));
    for (const char* bar :
         {"height=\"36\"/></svg><p>28</p>", "height=\"18\"/></svg><p>14</p>", "height=\"1\"/></svg><p>1</p>"})
        CHECK(has(html, bar));
    CHECK(count_of(html, "<svg") == 3);
    CHECK_FALSE(has(html, "paper-missing"));
    CHECK_FALSE(has(print_of(filled(document_of(ledger), "item,value\nduties.t,否\n")), "paper-activity"));
}

TEST_CASE("tasks and measures become a calendar") {
    const Document document = document_of(measures, "item,时限,状态\n1.1.2,2026-12-31,已完成\n1.1.3,2026-05-19,\n");
    const auto ics = write_ics(document, mid_year);
    REQUIRE(ics.has_value());
    for (std::string_view rest = *ics; !rest.empty();) {
        const std::size_t end = rest.find("\r\n");
        REQUIRE(end != std::string_view::npos);
        CHECK(end <= 75);
        CHECK(is_utf8(rest.substr(0, end)));
        CHECK_FALSE(has(rest.substr(0, end), "\n"));
        rest.remove_prefix(end + 2);
    }
    const std::string text = unfolded(*ics);
    CHECK(has(text,
              "UID:doc1-1.1.1@duibiao\r\nDTSTAMP:20260520T080001Z\r\n"
              "DTSTART;VALUE=DATE:20260809\r\nDTEND;VALUE=DATE:20260810\r\n"));
    CHECK(has(text, "SUMMARY:夯实主体责任；整治会风\\, 文风\\\\话风，把"));
    CHECK(has(text, "DESCRIPTION:出处：T 1\\n状态：未完成\r\n"));
    CHECK(has(text, "DTEND;VALUE=DATE:20270101\r\nSUMMARY:双基工程\r\nDESCRIPTION:出处：T 2\\n状态：已完成\r\n"));
    CHECK(has(text, "DESCRIPTION:出处：T 3\\n状态：逾期未完成\r\n"));
    CHECK(has(text, "CATEGORIES:清单\\,一\r\n"));
    CHECK(has(text, "TRIGGER:-P3D\r\n"));
    CHECK(text.ends_with("END:VCALENDAR\r\n"));
    const auto refused = write_ics(document_of(checklist), mid_year);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == "ics-kind");
}
