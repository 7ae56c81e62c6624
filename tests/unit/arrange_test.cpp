// Items that an author splits, adds, moves and removes, and the lines around the table.
#include "core/authoring/arrange.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/authoring/carry.hpp"
#include "core/authoring/recognise.hpp"
#include "core/scored_form/check_form.hpp"
#include "exchange/given_table/write_draft.hpp"

using namespace duibiao;
using namespace duibiao::authoring;

namespace {

using Rows = std::vector<std::vector<std::string>>;
using Lines = std::vector<std::string>;

const Rows rows{{"考核项目", "考核内容", "分值", "评分标准", "得分"},
                {"组织建设", "设立机构", "5", "没有机构的扣2分", ""},
                {"组织建设", "按期换届", "5", "逾期的扣1分", ""},
                {"学习教育", "1.集中学习（4分）；2.撰写心得（2分）", "", "1.少1次扣1分；2.少1篇扣0.5分", ""},
                {"学习教育", "学习记录", "3", "不全的扣1分", ""}};

GivenFile file_of(const Rows& cells) {
    GivenTable table;
    for (std::size_t r = 0; r < cells.size(); ++r) table.add_row({r + 1, false, false});
    for (std::size_t r = 0; r < cells.size(); ++r) {
        for (std::size_t c = 0; c < cells[r].size(); ++c) table.add({r, c, 1, 1, cells[r][c]});
    }
    table.above = {"某单位考核表", "单位：            日期："};
    table.below = {"注：90分以上为优秀，60分以上不满90分为合格，不满60分为不合格。", "考核人签字：        "};
    GivenFile file;
    file.tables.push_back(std::move(table));
    return file;
}

Draft made(const Decisions& decisions, const Rows& cells = rows) {
    const GivenFile file = file_of(cells);
    auto found = recognise(file, {{}, 0, {}, decisions});
    REQUIRE(found);
    CHECK(check_form(write_draft(found->draft)).mistakes.empty());
    return found->draft;
}

/// "设立机构 5 [2]" of every item, sections in front as "# 组织建设".
Lines outline(const Decisions& decisions, const Rows& cells = rows) {
    Lines lines;
    for (const DraftSection& section : made(decisions, cells).sections) {
        lines.push_back("# " + section.title);
        for (const DraftGroup& group : section.groups) {
            for (const DraftItem& item : group.items) {
                std::string line = item.text + " " + (item.points ? item.points->to_string() : "-");
                for (const DraftRule& rule : item.rules)
                    line += " [" + (rule.each ? rule.each->to_string() : "?") + "]";
                lines.push_back(line);
            }
        }
    }
    return lines;
}

}  // namespace

TEST_CASE("numbered parts of a text") {
    CHECK(split_text("1.甲；2.乙；3.丙") == Lines{"1.甲", "2.乙", "3.丙"});
    CHECK(split_text("（1）甲\n续\n（2）乙") == Lines{"（1）甲\n续", "（2）乙"});
    CHECK(split_text("甲\n乙") == Lines{"甲", "乙"});
    CHECK(split_text("总则：1.甲；2.乙").empty());
    CHECK(split_text("甲；乙").empty());
    CHECK(split_text("").empty());
}

TEST_CASE("a row is split, its rules with it; each part is an item of its own") {
    const Lines split{"# 组织建设",    "设立机构 5 [2]",        "按期换届 5 [1]",
                      "# 学习教育",    "集中学习（4分） 4 [1]", "撰写心得（2分） 2 [0.5]",
                      "学习记录 3 [1]"};
    CHECK(outline({{"split/1.4", "yes"}}) == split);
    const std::string second = key_of("points", {1, part_row(4, 2)});
    CHECK(outline({{"split/1.4", "yes"}, {second, "3"}})[5] == "撰写心得（2分） 3 [0.5]");
    CHECK(outline({{"split/1.4", "yes"}, {key_of("kind", {1, part_row(4, 2)}), "leave"}}).size() == 6);
    CHECK(outline({{"split/1.2", "yes"}}) == outline({}));  // nothing to split
}

TEST_CASE("items move within their section and to another; what no order names stays where it was") {
    CHECK(outline({{"order/1.2", "1.3 1.2"}})[1] == "按期换届 5 [1]");
    CHECK(outline({{"order/1.4", "1.4 1.3 1.5"}}) ==
          Lines{"# 组织建设", "设立机构 5 [2]", "# 学习教育", outline({})[4], "按期换届 5 [1]", "学习记录 3 [1]"});
    Rows more = rows;
    more.insert(more.begin() + 3, {"组织建设", "党务公开", "2", "少1次扣1分", ""});
    CHECK(outline({{"order/1.2", "1.3 1.2"}}, more)[2] == "党务公开 2 [1]");
    CHECK(outline({{"order/1.2", "nonsense g 1. 9.9"}}) == outline({}));
    CHECK(outline({{"sections", "1.4 1.2"}})[0] == "# 学习教育");
    // A section whose items all went is none.
    CHECK(outline({{"order/1.4", "1.2 1.3 1.4 1.5"}}).front() == "# 学习教育");
}

TEST_CASE("items and sections are added") {
    const Place item{1, added_rows + 1};
    const Place section{1, added_rows + 2};
    const Place inside{1, added_rows + 3};
    const Decisions one{{key_of("add", item), "item"},
                        {key_of("text", item), "谈心谈话"},
                        {key_of("points", item), "2"},
                        {key_of("rules", item), "少1次扣1分"},
                        {"order/1.2", "1.2 " + key_of("", item).substr(1) + " 1.3"}};
    CHECK(outline(one)[2] == "谈心谈话 2 [1]");
    Decisions both = one;
    both[key_of("add", section)] = "section";
    both[key_of("title", section)] = "作风建设";
    both[key_of("add", inside)] = "item";
    both[key_of("text", inside)] = "没有投诉";
    both[key_of("points", inside)] = "10";
    both[key_of("order", section)] = key_of("", inside).substr(1);
    both["sections"] = "1.2 " + key_of("", section).substr(1) + " 1.4";
    const Lines lines = outline(both);
    CHECK(lines[4] == "# 作风建设");
    CHECK(lines[5].starts_with("没有投诉 10"));
    CHECK(lines[6] == "# 学习教育");
}

TEST_CASE("what stands around the table") {
    CHECK(band_lines(made({}).bands) == "90分以上为优秀\n60分以上为合格\n不满60分为不合格");
    const Draft draft = made({{"bands", "80分以上为好\n不满80分为一般"},
                              {"heads", "科室\n考核日期"},
                              {"notes", "本表一式两份。"},
                              {"remarks", "自评意见"},
                              {"signatures", "考核人：\n负责人："}});
    REQUIRE(draft.bands.size() == 2);
    CHECK(draft.bands[0].label == "好");
    CHECK(draft.notes == Lines{"本表一式两份。"});
    CHECK(draft.remarks == Lines{"自评意见"});
    CHECK(draft.signatures == Lines{"考核人：", "负责人："});
    REQUIRE(draft.header.size() == 2);
    CHECK(draft.header[1].is_date);
    CHECK(made({{"bands", ""}}).bands.empty());
    const auto again = read_bands(lines_in(band_lines(made({}).bands)));
    CHECK(band_lines(again) == band_lines(made({}).bands));
}

TEST_CASE("splits, orders and added items go over to the next year's table") {
    Rows next = rows;
    next.insert(next.begin() + 1, {"组织建设", "党务公开", "2", "少1次扣1分", ""});
    const std::string added = key_of("text", {1, added_rows + 1});
    const Decisions carried = carry_decisions({{"split/1.4", "yes"},
                                               {key_of("points", {1, part_row(4, 2)}), "3"},
                                               {"order/1.2", "1.3 1.2 9.9"},
                                               {"sections", "1.4 1.2"},
                                               {"bands", "80分以上为好"},
                                               {"type/1.3", "date"},
                                               {added, "谈心谈话"}},
                                              file_of(rows), file_of(next));
    CHECK(carried == Decisions{{"split/1.5", "yes"},
                               {key_of("points", {1, part_row(5, 2)}), "3"},
                               {"order/1.3", "1.4 1.3"},
                               {"sections", "1.5 1.3"},
                               {"bands", "80分以上为好"},
                               {"type/1.3", "date"},
                               {added, "谈心谈话"}});
}

TEST_CASE("a ledger's columns: names, types, options") {
    const Rows ledger{{"序号", "姓名", "状态", "完成情况"}, {"1", "", "", ""}, {"2", "", "", ""}, {"3", "", "", ""}};
    const Draft draft = made(
        {{"type/1.4", "date"}, {"label/1.4", "完成日期"}, {"type/1.3", "choice"}, {"options/1.3", "好\n差"}}, ledger);
    REQUIRE(draft.fields.size() == 3);
    CHECK(draft.fields[2].type == "date");
    CHECK(draft.fields[2].label == "完成日期");
    CHECK(draft.fields[1].options == Lines{"好", "差"});
    CHECK(made({{"type/1.3", "choice"}}, ledger).fields[1].type == "text");  // until it has options
}
