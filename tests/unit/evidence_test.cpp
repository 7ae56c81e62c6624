// Evidence: how a line is written, which numbers it has, and the tables that hold it.
#include "core/evidence.hpp"

#include <doctest/doctest.h>

#include "core/merge.hpp"
#include "core/undo.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/export.hpp"
#include "exchange/history.hpp"
#include "exchange/layout.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

std::string written(std::string_view line) {
    const auto result = normalise_evidence(*load(), line);
    return result ? *result : result.error().code;
}

void add(Document& document, std::string line, const Author& by = author()) {
    put(document, Layer::self, next_evidence_id(document, by), "cells", std::move(line), by);
}

Document with_three() {
    Document document = empty();
    add(document, "1.1.2\t会议记录\t\t2026-03\t档案柜2");
    add(document, "1.1.1\t党委章程\t院党发〔2026〕3号\t2026-03-20");
    add(document, "1.1.1\t任职文件");
    return document;
}

std::string after(const Document& document, std::string_view csv) {
    const auto filled = fill_from_csv(document, Layer::self, csv, author("f"));
    if (!filled) return filled.error().front().place + " " + filled.error().front().code;
    std::string lines;
    for (const Evidence& one : evidence_of(filled->document)) lines += join_evidence(one) + "\n";
    return lines;
}

std::string pasted(const Document& document, std::string_view text) {
    const auto filled = add_evidence_from_csv(document, "1.1.1", text, author("f"), Quoting::copied);
    if (!filled) return filled.error().front().place + " " + filled.error().front().code;
    std::string lines;
    for (const Evidence& one : evidence_of(filled->document)) lines += join_evidence(one) + "\n";
    return lines;
}

}  // namespace

TEST_CASE("evidence: the one way a line is written") {
    CHECK(written("1.1.1\t 章程 \t\t2026年3月20日\t") == "1.1.1\t章程\t\t2026-03-20");
    CHECK(written("1.1.1\t章程\t\t2026年3月") == "1.1.1\t章程\t\t2026-03");
    CHECK(written("1.1.1\t章程\t3号\t\thttps://a.cn/b?c=1") == "1.1.1\t章程\t3号\t\thttps://a.cn/b?c=1");
    CHECK(written(" \t\t") == "");
    CHECK(written("1.1.1\t\t3号") == "evidence-name");
    CHECK(written("9.9.9\t章程") == "item-unknown");
    CHECK(written("header\t章程") == "item-unknown");
    CHECK(written("1.1.1\t章程\t\t13月") == "date-format");
    CHECK(written("1.1.1\ta\tb\tc\td\te") == "row-columns");
    CHECK(written("1.1.1\t" + std::string(201, 'x')) == "text-long");
    CHECK(written("1.1.1\t\xFF") == "text-encoding");
}

TEST_CASE("evidence: only the unit's own layer of a form's item has it") {
    const auto refusal = [](Layer layer, std::string item, std::string field) {
        return code_of(check_value(*load(), Target{layer, std::move(item), std::move(field)}, std::string("1.1.1\ta")));
    };
    CHECK(refusal(Layer::self, "evidence.1", "cells") == "no error");
    CHECK(refusal(Layer::acceptance, "evidence.1", "cells") == "field-unknown");
    CHECK(refusal(Layer::self, "evidence.1", "order") == "field-unknown");
    CHECK(refusal(Layer::self, "evidence.", "cells") == "item-unknown");
    CHECK(refusal(Layer::self, "evidence.A", "cells") == "item-unknown");
}

TEST_CASE("evidence: numbers follow the form, then the order of writing") {
    const Document document = with_three();
    const auto all = evidence_of(document);
    REQUIRE(all.size() == 3);
    CHECK(all[0].name == "党委章程");
    CHECK(all[1].name == "任职文件");
    CHECK(all[2].date == "2026-03");
    CHECK(evidence_numbers(all, "1.1.1") == "1–2");
    CHECK(evidence_numbers(all, "1.1.2") == "3");
    CHECK(evidence_numbers(all, "1.1.3") == "");
}

TEST_CASE("evidence: a piece that moves to another item stays the same piece; undo takes it back") {
    Document document = with_three();
    const std::string id(evidence_of(document)[0].id);
    put(document, Layer::self, id, "cells", std::string("1.1.2\t党委章程"));
    CHECK(evidence_numbers(evidence_of(document), "1.1.2") == "2–3");
    REQUIRE(apply_all(document, make_undo(document, author())).has_value());
    CHECK(evidence_numbers(evidence_of(document), "1.1.1") == "1–2");
}

TEST_CASE("evidence: two computers that add one each are united without a conflict") {
    Document ours = with_three();
    Document theirs = ours;
    add(ours, "1.1.1\t甲", author("a"));
    add(theirs, "1.1.1\t乙", author("b"));
    const auto merged = merge(ours, theirs);
    REQUIRE(merged.has_value());
    CHECK(merged->conflicts.empty());
    CHECK(evidence_of(merged->document).size() == 5);
}

TEST_CASE("evidence: a report has it and is read again; one without it is what it was") {
    const Document document = with_three();
    const auto again = read_report(write_report(document), finder());
    REQUIRE(again.has_value());
    CHECK(again->findings.empty());
    CHECK(again->document.answers == document.answers);
    CHECK(write_report(empty()).find("evidence") == std::string::npos);
}

TEST_CASE("evidence: filled from a table, by itself or below the answers") {
    const std::string_view table =
        "编号,材料名称,文号,日期,存放处\n1.1.1,章程,3号,2026/3/20,柜2\n,,,,\n1.1.2,记录,,,\n";
    CHECK(after(empty(), table) == "1.1.1\t章程\t3号\t2026-03-20\t柜2\n1.1.2\t记录\n");
    CHECK(after(empty(), "佐证材料清单\n" + std::string(table)) == after(empty(), table));
    CHECK(after(empty(), "item,score,note\n1.1.1,1,有\n\nFor item,Evidence\n1.1.1,章程\n") == "1.1.1\t章程\n");
    CHECK(after(empty(), "编号,材料名称\n1.1.1,章程\n9.9.9,记录\n") == "line 3 item-unknown");
    CHECK(after(empty(), "编号,材料名称,颜色\n1.1.1,章程,红\n") == "line 1 column-unknown");
    CHECK(after(empty(), "编号,材料名称,材料名称\n1.1.1,a,b\n") == "line 1 column-doubled");
    CHECK(after(empty(), "编号,材料名称\n1.1.1,a,b\n") == "line 2 csv-columns");
    const auto csv = write_csv(with_three());
    const auto below = csv.substr(csv.find("\r\n\r\n") + 4);
    CHECK(after(with_three(), below) == after(with_three(), "编号,材料名称\n1.1.1,任职文件\n"));  // nothing twice
    CHECK(after(empty(), below) ==
          "1.1.1\t党委章程\t院党发〔2026〕3号\t2026-03-20\n1.1.1\t任职文件\n"
          "1.1.2\t会议记录\t\t2026-03\t档案柜2\n");
    CHECK(write_csv(empty()).find("材料名称") == std::string::npos);
}

TEST_CASE("evidence: pasted for one item, with a head or in order") {
    CHECK(pasted(empty(), "章程\t3号\t2026-03-20\t柜2\n记录") == "1.1.1\t章程\t3号\t2026-03-20\t柜2\n1.1.1\t记录\n");
    CHECK(pasted(empty(), "序号\t日期\t名称\n1\t2026-03-20\t章程") == "1.1.1\t章程\t\t2026-03-20\n");
    CHECK(pasted(empty(), "编号\t名称\n3号\t章程") == "1.1.1\t章程\t3号\n");
    CHECK(pasted(empty(), "对应条目\t材料名称\n1.1.2\t章程") == "1.1.2\t章程\n");
    CHECK(pasted(empty(), "文号\t日期\n3号\t2026-03-20") == "line 1 column-missing");
    CHECK(pasted(empty(), "章程\t3号\t明天") == "line 1 date-format");
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "材料" + std::to_string(i) + "\t" + std::to_string(i) + "号\n";
    const auto filled = add_evidence_from_csv(empty(), "1.1.1", many, author("f"), Quoting::copied);
    REQUIRE(filled.has_value());
    CHECK(filled->changed == 1000);
    CHECK(evidence_numbers(evidence_of(filled->document), "1.1.1") == "1–1000");
}

TEST_CASE("evidence: an annex on paper whose numbers stand at the items") {
    const Document document = with_three();
    const Layout layout = lay_out(document, last_day_of(document));
    REQUIRE(layout.tables.size() == 2);
    CHECK(layout.foot_table() == 0);
    CHECK(layout.tables[1].title == "佐证材料");
    const auto& rows = layout.tables[1].sections[0].groups[0].rows;
    REQUIRE(rows.size() == 3);
    CHECK(rows[1].cells[2].text() == "任职文件");
    CHECK(rows[2].cells[4].text() == "2026年3月");
    const auto& items = layout.tables[0].sections[0].groups[0].rows;
    CHECK(items[0].cells[1].text().find("佐证材料：1–2") != std::string::npos);
    CHECK(write_html(document).find("院党发〔2026〕3号") != std::string::npos);
    CHECK(lay_out(empty(), last_day_of(document)).tables.size() == 1);
}

TEST_CASE("evidence: the history of an item tells of it") {
    const auto lines = history(with_three(), Language::chinese, "1.1.2", 10);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].what == "佐证材料");
    CHECK(lines[0].after == "1.1.2 会议记录  2026-03 档案柜2");
}
