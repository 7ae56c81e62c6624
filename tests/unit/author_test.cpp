// What an author decides about a table that was recognised, and what the author's desk is shown of it.
#include "core/authoring/decisions.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/authoring/carry.hpp"
#include "core/authoring/recognise.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/scored_form/check_form.hpp"
#include "exchange/author/author_view.hpp"
#include "exchange/author/given_json.hpp"
#include "exchange/given_table/write_draft.hpp"

using namespace duibiao;
using namespace duibiao::authoring;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Row 1 is the head; sections go over two rows each.
const Rows rows{{"考核项目", "考核内容", "分值", "评分标准", "得分"},
                {"组织建设", "设立机构，有专人负责", "5", "没有机构的扣2分", ""},
                {"^", "按期换届", "5", "每逾期1个月扣1分，最高扣3分", ""},
                {"学习教育", "每季度学习1次", "6", "每少1次扣1.5分", ""},
                {"^", "有学习记录", "3", "记录不全的酌情扣分", ""}};

GivenFile file_of(const Rows& cells) {
    GivenTable table;
    for (std::size_t r = 0; r < cells.size(); ++r) table.add_row({r + 1, false, false});
    for (std::size_t r = 0; r < cells.size(); ++r) {
        for (std::size_t c = 0; c < cells[r].size(); ++c) {
            if (cells[r][c] == "^") continue;
            GivenCell cell{r, c, 1, 1, cells[r][c]};
            while (r + cell.rows < cells.size() && cells[r + cell.rows][c] == "^") ++cell.rows;
            table.add(std::move(cell));
        }
    }
    table.above = {"某单位考核表"};
    GivenFile file;
    file.tables.push_back(std::move(table));
    return file;
}

/// "1 设立机构 5" of every item, sections in front as "# 组织建设".
std::vector<std::string> outline(const Decisions& decisions, const Rows& cells = rows) {
    const GivenFile file = file_of(cells);
    const auto found = recognise(file, {{}, 0, {}, decisions});
    REQUIRE(found);
    CHECK(check_form(write_draft(found->draft)).mistakes.empty());
    std::vector<std::string> lines;
    for (const DraftSection& section : found->draft.sections) {
        lines.push_back("# " + section.title);
        for (const DraftGroup& group : section.groups) {
            for (const DraftItem& item : group.items) {
                std::string line = item.text + " " + (item.points ? item.points->to_string() : "-");
                if (item.role == Part::bonus) line += " bonus";
                if (item.role == Part::penalty) line += " penalty";
                for (const DraftRule& rule : item.rules) {
                    line += " [" + (rule.each ? rule.each->to_string() : "?");
                    if (rule.cap) line += " most " + rule.cap->to_string();
                    line += "]";
                }
                lines.push_back(line);
            }
        }
    }
    return lines;
}

using Lines = std::vector<std::string>;

Json view_of(const Decisions& decisions, const std::string& older = {}) {
    const std::string text = write_author_view(file_of(rows), {"表.docx", decisions, older, false, Language::chinese});
    const auto json = parse_json(text, limits::report_bytes);
    REQUIRE(json);
    return *json;
}

}  // namespace

TEST_CASE("without decisions everything is as it was recognised") {
    CHECK(outline({}) == Lines{"# 组织建设", "设立机构，有专人负责 5 [2]", "按期换届 5 [1 most 3]", "# 学习教育",
                               "每季度学习1次 6 [1.5]", "有学习记录 3 [?]"});
}

TEST_CASE("an item's points, text and rules") {
    CHECK(outline({{"points/1.2", "4.5"}, {"text/1.3", "到期换届"}, {"rules/1.4", "每少1次扣2分，最高扣4分"}}) ==
          Lines{"# 组织建设", "设立机构，有专人负责 4.5 [2]", "到期换届 5 [1 most 3]", "# 学习教育",
                "每季度学习1次 6 [2 most 4]", "有学习记录 3 [?]"});
    CHECK(outline({{"points/1.2", "很多"}, {"text/1.3", " "}}) == outline({}));
}

TEST_CASE("a rule's figures, and a rule that is none") {
    CHECK(outline({{"each/1.5.1", "0.5"}, {"cap/1.5.1", "2"}, {"cap/1.3.1", ""}, {"drop/1.2.1", "yes"}}) ==
          Lines{"# 组织建设", "设立机构，有专人负责 5", "按期换届 5 [1]", "# 学习教育", "每季度学习1次 6 [1.5]",
                "有学习记录 3 [0.5 most 2]"});
    CHECK(outline({{"each/1.2.1", "free"}})[1] == "设立机构，有专人负责 5 [?]");
}

TEST_CASE("what a row is") {
    CHECK(outline({{"kind/1.5", "leave"}}) == Lines{"# 组织建设", "设立机构，有专人负责 5 [2]", "按期换届 5 [1 most 3]",
                                                    "# 学习教育", "每季度学习1次 6 [1.5]"});
    CHECK(outline({{"kind/1.5", "bonus"}})[5].starts_with("有学习记录 3 bonus"));
    CHECK(outline({{"kind/1.3", "join"}})[1] == "设立机构，有专人负责\n按期换届 10 [2] [1 most 3]");
    CHECK(outline({{"kind/1.4", "section"}}) == Lines{"# 组织建设", "设立机构，有专人负责 5 [2]",
                                                      "按期换届 5 [1 most 3]", "# 每季度学习1次", "有学习记录 3 [?]"});
    const GivenFile file = file_of(rows);
    const Decisions decisions{{"kind/1.5", "veto"}, {"kind/1.3", "note"}};
    const auto found = recognise(file, {{}, 0, {}, decisions});
    REQUIRE(found);
    CHECK(found->draft.vetoes == Lines{"记录不全的酌情扣分"});
    CHECK(found->draft.notes == Lines{"每逾期1个月扣1分，最高扣3分"});
}

TEST_CASE("columns, titles, and the form's own") {
    const GivenFile file = file_of(rows);
    const Decisions decisions{
        {"role/1.4", "text"}, {"title/1.2", "组织机构"}, {"title", "年度考核表"}, {"id", "form-a"}};
    const auto found = recognise(file, {{}, 0, {}, decisions});
    REQUIRE(found);
    CHECK(found->draft.title == "年度考核表");
    CHECK(found->draft.id == "form-a");
    CHECK(found->draft.sections.front().title == "组织机构");
    CHECK(found->draft.sections.front().groups.front().items.front().rules.empty());
}

TEST_CASE("the table comes back from the text that a draft keeps") {
    GivenFile file = file_of(rows);
    file.tables.front().below = {"注：一票否决。"};
    file.notices.push_back({"hidden-rows", 1, 0, {{"count", std::int64_t{2}}}});
    const std::string text = write_given_json(file);
    const auto again = read_given_json(text);
    REQUIRE(again);
    CHECK(write_given_json(*again) == text);
    const auto one = recognise(file, {});
    const auto other = recognise(*again, {});
    REQUIRE(one);
    REQUIRE(other);
    CHECK(write_draft(one->draft) == write_draft(other->draft));
    CHECK(read_given_json("{}").error().code == "import-no-table");
    CHECK(!read_given_json("<html>"));
}

TEST_CASE("the desk is shown the form with its places, what is in doubt, and sums") {
    const Json view = view_of({});
    CHECK(view["items"] == 4);
    CHECK(view["points"] == "19");
    CHECK(view["tree"].size() == 6);
    CHECK(view["tree"][1]["r"] == 2);
    CHECK(view["tree"][1]["id"] == "1.1.1");
    CHECK(view["tables"][0]["body"] == 1);
    CHECK(view["sums"].empty());
    CHECK(view["version"] == "1");
}

TEST_CASE("a doubt is accepted, answered, or goes when the author gives the points") {
    Rows doubtful = rows;
    doubtful[3][2] = "若干";
    const auto doubts = [&doubtful](const Decisions& decisions) {
        const std::string text =
            write_author_view(file_of(doubtful), {"表.docx", decisions, {}, false, Language::chinese});
        return (*parse_json(text, limits::report_bytes))["doubts"];
    };
    const Json first = doubts({});
    REQUIRE(!first.empty());
    CHECK(first[0]["r"] == 4);
    CHECK(first[0]["accepted"] == false);
    const std::string key = first[0]["key"].get<std::string>();
    CHECK(doubts({{key, "yes"}})[0]["accepted"] == true);
    CHECK(doubts({{"points/1.4", "6"}}).size() < first.size());
}

TEST_CASE("a form that is given out again has the next version where it differs") {
    const std::string first = view_of({})["form"].get<std::string>();
    CHECK(view_of({}, first)["version"] == "1");
    CHECK(view_of({{"points/1.2", "4"}}, first)["version"] == "2");
}

TEST_CASE("the next year's table gets what was decided about rows that say the same") {
    Rows next = rows;
    next.insert(next.begin() + 2, {"^", "党务公开", "5", "每少1次扣1分", ""});
    next[4][1] = "每季度学习1次（6分）";  // the points are no other row
    next[5][1] = "学习记录齐全";
    const Decisions decisions{
        {"points/1.3", "4"},  {"each/1.4.1", "2"}, {"kind/1.5", "note"}, {"accept/points/1.4", "yes"},
        {"role/1.4", "text"}, {"title", "旧标题"}, {"id", "form-a"},     {"table", "1"}};
    CHECK(carry_decisions(decisions, file_of(rows), file_of(next)) == Decisions{{"points/1.4", "4"},
                                                                                {"each/1.5.1", "2"},
                                                                                {"accept/points/1.5", "yes"},
                                                                                {"role/1.4", "text"},
                                                                                {"id", "form-a"}});
    Rows other = next;
    other[0][3] = "备注";
    CHECK(!carry_decisions(decisions, file_of(rows), file_of(other)).contains("role/1.4"));
}
