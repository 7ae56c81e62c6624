#include "exchange/csv.hpp"

#include <doctest/doctest.h>

#include "core/limits.hpp"

using namespace duibiao;

namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> cells_of(std::string_view text) {
    const auto rows = parse_csv(text);
    REQUIRE(rows.has_value());
    std::vector<Cells> cells;
    for (const CsvRow& row : *rows) cells.push_back(row.cells);
    return cells;
}

Error error_of(std::string_view text) {
    const auto rows = parse_csv(text);
    REQUIRE_FALSE(rows.has_value());
    return rows.error();
}

std::string written(const Cells& cells) {
    std::string out;
    append_csv_row(out, cells);
    return out;
}

}  // namespace

TEST_CASE("parse_csv reads what spreadsheets write") {
    CHECK(cells_of("a,b\r\n1,2\r\n") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cells_of("a,b\n1,2") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cells_of("a,b\r1,2\r") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cells_of("\xEF\xBB\xBF编号,得分\n1.1.1,2\n") == std::vector<Cells>{{"编号", "得分"}, {"1.1.1", "2"}});
    CHECK(cells_of("a\tb\n1,5\t2\n") == std::vector<Cells>{{"a", "b"}, {"1,5", "2"}});
    CHECK(cells_of("a,b\n1\t5,2\n") == std::vector<Cells>{{"a", "b"}, {"1\t5", "2"}});
    CHECK(cells_of("\"a\tb\",c\n1,2\n") == std::vector<Cells>{{"a\tb", "c"}, {"1", "2"}});
    CHECK(cells_of("a,b\n\"1,5\",\"说“是”，\"\"对\"\"\n第二行\"\n") ==
          std::vector<Cells>{{"a", "b"}, {"1,5", "说“是”，\"对\"\n第二行"}});
    CHECK(cells_of("a,b\n,\n1,\n") == std::vector<Cells>{{"a", "b"}, {"", ""}, {"1", ""}});
    CHECK(cells_of("a,b\n\n  \n1,2\n\n") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cells_of("a,5\" pipe\n") == std::vector<Cells>{{"a", "5\" pipe"}});
    CHECK(cells_of("\"a\"b,c\n") == std::vector<Cells>{{"\"a\"b", "c"}});
}

TEST_CASE("parse_csv finds the separator that a table has, whatever stands above its head") {
    const std::vector<Cells> right{{"a", "b"}, {"1", "2"}};
    CHECK(cells_of("sep=;\r\na;b\r\n1;2\r\n") == right);
    CHECK(cells_of("SEP=,\na,b\n1,2") == right);
    CHECK(cells_of("a;b\n1;2\n") == right);
    CHECK(cells_of("a，b\n1，2\n") == right);
    CHECK(cells_of("标题\na\tb\n1\t2\n") == std::vector<Cells>{{"标题"}, {"a", "b"}, {"1", "2"}});
    CHECK(cells_of("导出时间：2026, 9:00\na\tb\n1\t2\n").back() == Cells{"1", "2"});
    CHECK(cells_of("a\t,b\t\n1\t,2\t\n") == std::vector<Cells>{{"a\t", "b\t"}, {"1\t", "2\t"}});
    CHECK(cells_of("甲;乙\n丙\n") == std::vector<Cells>{{"甲;乙"}, {"丙"}});  // no column of its own
    CHECK(cells_of("\"a;b\",c\n1,2\n") == std::vector<Cells>{{"a;b", "c"}, {"1", "2"}});
}

TEST_CASE("parse_csv reads texts that systems mark as such, and no end of file") {
    CHECK(cells_of("=\"001\",=\"a,b\"\r\n") == std::vector<Cells>{{"001", "a,b"}});
    CHECK(cells_of("\"=\"\"001\"\"\",x\n") == std::vector<Cells>{{"001", "x"}});
    CHECK(cells_of("=\"001\"&A1,x\n") == std::vector<Cells>{{"=\"001\"&A1", "x"}});
    CHECK(cells_of("a,b\r\n1,2\r\n\x1A") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cells_of("a,b\r\n1,2\x1A\r\n") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("A quote that begins a cell swallows nothing") {
    const std::string_view copied = "\"一站式\"服务党支部\t1\r\n\"甲\t2\r\n\"乙\"\t3\r\n丙\"\t4\r\n";
    const CellBlock right{{"\"一站式\"服务党支部", "1"}, {"\"甲", "2"}, {"\"乙\"", "3"}, {"丙\"", "4"}};
    CHECK(parse_block(copied) == right);
    const auto rows = parse_csv(copied, Quoting::copied);
    REQUIRE(rows.has_value());
    CHECK((*rows)[2].cells == right[2]);
    CHECK(parse_block("\"两\n行\"\tx\r\n\"说\"\"是\"\"\n\"\ty\r\n") == CellBlock{{"两\n行", "x"}, {"说\"是\"\n", "y"}});
    CHECK(parse_block("\"甲\t1\r\n乙\"\t2\r\n") == CellBlock{{"\"甲", "1"}, {"乙\"", "2"}});
    for (const CellBlock& block : {right, CellBlock{{"两\n\"行\"", "\""}, {"\"\"", "=1"}}})
        CHECK(parse_block(write_block(block)) == block);
}

TEST_CASE("parse_csv counts lines as an editor does") {
    const auto rows = parse_csv("a,b\n\n\"x\ny\r\nz\",1\n2,3\n");
    REQUIRE(rows.has_value());
    REQUIRE(rows->size() == 3);
    CHECK((*rows)[0].line == 1);
    CHECK((*rows)[1].line == 3);
    CHECK((*rows)[2].line == 6);
}

TEST_CASE("parse_csv refuses what it cannot read") {
    CHECK(error_of("").code == "csv-empty");
    CHECK(error_of("\xEF\xBB\xBF\r\n\r\n").code == "csv-empty");
    CHECK(error_of("a,b\n1,\"2\n3\n").code == "csv-quote");
    CHECK(error_of("a,b\n1,\"2\n3\n").place == "line 2");
    CHECK(error_of("a,b\n\xC4\xFA,2\n").code == "text-encoding");  // GBK, as an older Excel saves it
    CHECK(error_of("a,b\n\xC4\xFA,2\n").place == "line 2");
    CHECK(error_of(std::string(limits::report_bytes + 1, 'a')).code == "file-large");
}

TEST_CASE("append_csv_row writes RFC 4180") {
    CHECK(written({"a", "1.5", ""}) == "a,1.5,\r\n");
    CHECK(written({"一,二", "他说\"是\"", "两\n行"}) == "\"一,二\",\"他说\"\"是\"\"\",\"两\n行\"\r\n");
}

TEST_CASE("append_csv_row disarms formulas and leaves numbers alone") {
    CHECK(written({"=1+1"}) == "'=1+1\r\n");
    CHECK(written({"=HYPERLINK(\"http://x\",\"y\")"}) == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
    CHECK(written({"+86 431"}) == "'+86 431\r\n");
    CHECK(written({"-cmd"}) == "'-cmd\r\n");
    CHECK(written({"@SUM(A1)"}) == "'@SUM(A1)\r\n");
    CHECK(written({"\t=1"}) == "\"'\t=1\"\r\n");
    CHECK(written({"\r=1"}) == "\"'\r=1\"\r\n");
    CHECK(written({"＝1", "＋1", "－1", "＠1"}) == "'＝1,'＋1,'－1,'＠1\r\n");
    CHECK(written({"-1.5", "+2", "-0.25", "-", "-.5", "-1."}) == "-1.5,+2,-0.25,'-,'-.5,'-1.\r\n");
}

TEST_CASE("what is written is read back") {
    const Cells cells{"3.2.4", "“引号”, \"quotes\"", "一\n二\r\n三", " 空格 ", "tab\there", ""};
    CHECK(cells_of(written(cells)) == std::vector<Cells>{cells});
    const Cells formulas{"=1+1", "'=1+1", "''@x", "'引用'", "'", "－", "-5", "'-5", "+86 431", "\t=1", "'=a,b"};
    CHECK(cells_of(written(formulas)) == std::vector<Cells>{formulas});
    const Cells marked{"\xEF\xBB\xBF]", "sep=;", "\xEF\xBB\xBF", "\x1A"};
    CHECK(cells_of(written(marked)) == std::vector<Cells>{marked});
}
