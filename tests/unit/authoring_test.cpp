// Recognising forms in tables: words about points, blanks, grades, columns and rows.
#include "core/authoring/recognise.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/item_text.hpp"
#include "core/authoring/wording.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/given_table/write_draft.hpp"

using namespace duibiao;
using namespace duibiao::authoring;

namespace {

std::string figure(const std::optional<Points>& points) { return points ? points->to_string() : "-"; }

/// "deduct 0.5/次 most 2" and its like, one a rule.
std::vector<std::string> rules_in(std::string_view text) {
    constexpr std::array<std::string_view, 5> effects{"deduct", "gain", "bonus", "zero", "times"};
    std::vector<std::string> words;
    for (const DraftRule& rule : read_rule_text(text).rules) {
        std::string one(effects[static_cast<std::size_t>(rule.effect)]);
        if (rule.effect != Effect::zero)
            one += " " + (rule.each ? figure(rule.each) : figure(rule.from) + "~" + figure(rule.to));
        if (!rule.per.empty()) one += "/" + rule.per;
        if (rule.cap) one += " most " + figure(rule.cap);
        words.push_back(one);
    }
    return words;
}

std::vector<std::string> names_of_rules(std::string_view text) {
    std::vector<std::string> names;
    for (const DraftRule& rule : read_rule_text(text).rules) names.push_back(rule.text);
    return names;
}

using Words = std::vector<std::string>;

/// "^" belongs to the cell above, "<" to the one on the left.
GivenTable table_of(const std::vector<std::vector<std::string>>& rows) {
    GivenTable table;
    for (std::size_t r = 0; r < rows.size(); ++r) table.add_row({r + 1, false, false});
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            if (rows[r][c] == "^" || rows[r][c] == "<") continue;
            GivenCell cell{r, c, 1, 1, rows[r][c]};
            while (c + cell.columns < rows[r].size() && rows[r][c + cell.columns] == "<") ++cell.columns;
            while (r + cell.rows < rows.size() && c < rows[r + cell.rows].size() && rows[r + cell.rows][c] == "^")
                ++cell.rows;
            table.add(std::move(cell));
        }
    }
    return table;
}

Recognised recognise_rows(const std::vector<std::vector<std::string>>& rows, std::vector<std::string> below = {}) {
    GivenFile file;
    file.tables.push_back(table_of(rows));
    file.tables.back().above = {"某考核表"};
    file.tables.back().below = std::move(below);
    auto found = recognise(file, {});
    REQUIRE(found);
    return *std::move(found);
}

Words points_of(const Draft& draft) {
    Words points;
    for (const DraftSection& section : draft.sections) {
        for (const DraftGroup& group : section.groups) {
            for (const DraftItem& item : group.items) points.push_back(figure(item.points));
        }
    }
    return points;
}

Words codes_of(const Recognised& found) {
    Words codes;
    for (const Unsure& unsure : found.unsure) codes.push_back(unsure.code);
    return codes;
}

}  // namespace

TEST_CASE("deductions for each, once, with caps") {
    CHECK(rules_in("每少1次扣0.5分") == Words{"deduct 0.5/次"});
    CHECK(rules_in("每少１次扣０．５分，最高扣２分。") == Words{"deduct 0.5/次 most 2"});
    CHECK(rules_in("缺1次扣1分，扣完为止") == Words{"deduct 1/次"});
    CHECK(rules_in("没有制度的扣3分；制度不全的扣1分") == Words{"deduct 3", "deduct 1"});
    CHECK(rules_in("每下降2%扣0.5分，扣满10分为止") == Words{"deduct 0.5/2个百分点 most 10"});
    CHECK(rules_in("每少5人扣1分") == Words{"deduct 1/5人"});
    CHECK(rules_in("党费没有按月交纳的，每人次扣0.2分") == Words{"deduct 0.2/人次"});
    CHECK(rules_in("每迟报一次扣0.5分，漏报一次扣1分") == Words{"deduct 0.5/次", "deduct 1/次"});
    CHECK(rules_in("未办证、未体检的，各扣1分") == Words{"deduct 1/项"});
    CHECK(rules_in("发现一处不合格扣2分") == Words{"deduct 2/处"});
    CHECK(rules_in("没有记录的扣5分/次") == Words{"deduct 5/次"});
    CHECK(rules_in("书记空缺3个月以上的扣4分") == Words{"deduct 4"});
    CHECK(rules_in("每季度少公开1次扣5分") == Words{"deduct 5/次"});
    CHECK(rules_in("全年少于4次的扣2分") == Words{"deduct 2"});
    CHECK(rules_in("每年不少于2次，少1次扣5分") == Words{"deduct 5/次"});
    CHECK(rules_in("满分10分，每低于90%一个百分点扣1分") == Words{"deduct 1/个百分点"});
    CHECK(rules_in("少1项扣1分，少2项扣2分，少3项及以上不得分") == Words{"deduct 1/项", "zero"});
    CHECK(rules_in("不整洁-1分/处") == Words{"deduct 1/处"});
}

TEST_CASE("figures that a person gives, and nothing at all") {
    CHECK(rules_in("整改不力的扣6—10分") == Words{"deduct 6~10"});
    CHECK(rules_in("落实不好的酌情扣1-3分") == Words{"deduct 1~3"});
    CHECK(rules_in("资料不全的酌情扣分") == Words{"deduct -~-"});
    CHECK(rules_in("视完成情况酌情奖分") == Words{"bonus -~-"});
    CHECK(rules_in("到期没有换届的，不得分；少1个环节扣1分") == Words{"zero", "deduct 1/个"});
    CHECK(rules_in("分工明确，责任到人。").empty());
    CHECK(rules_in("减少2次会议，得到好评").empty());
}

TEST_CASE("what is given") {
    CHECK(rules_in("有制度得1分，有预案得2分") == Words{"gain 1", "gain 2"});
    CHECK(rules_in("每多一条奖0.2分，最高奖2分；价值较高的，每条奖0.5分，最高奖5分") ==
          Words{"bonus 0.2/条 most 2", "bonus 0.5/条 most 5"});
    CHECK(rules_in("中心组学习不少于4次的，加2分；每增加1次，再加1分") == Words{"bonus 2", "bonus 1/次"});
    CHECK(rules_in("对违反纪律的问题，每查处或者问责1人加5分") == Words{"bonus 5/人"});
}

TEST_CASE("rules are called what stands in front of their figures") {
    CHECK(names_of_rules("1.没有许可证的，本项不得分；\n2.登记事项变更未办手续的，每项扣3分。") ==
          Words{"没有许可证", "登记事项变更未办手续"});
    CHECK(names_of_rules("程序每少1个环节扣1分") == Words{"程序每少1个环节"});
}

TEST_CASE("levels, absence, vetoes, grades that fall") {
    const RuleText levels = read_rule_text("好8分，较好6分，一般4分，差0分。");
    REQUIRE(levels.levels.size() == 4);
    CHECK(levels.levels[1].label == "较好");
    CHECK(figure(levels.levels[3].points) == "0");
    CHECK(levels.rules.empty());
    CHECK(read_rule_text("每人扣2分；没有发展任务的不扣分。").is_full_when_absent);
    CHECK(read_rule_text("无此项的不计入总分。").is_out_when_absent);
    CHECK_FALSE(read_rule_text("及时上报的不扣分。").is_full_when_absent);
    CHECK(read_rule_text("发生重大事故的，一票否决。").is_veto);
    const RuleText falls = read_rule_text("三级事故两次以上的，降一个等级；四级事故，每次扣5分。");
    REQUIRE(falls.facts.size() == 1);
    CHECK(falls.facts[0].text == "三级事故两次以上");
    CHECK(falls.rules.size() == 1);
}

TEST_CASE("points as they are printed") {
    CHECK(figure(printed_points("组织建设（２０分）").points) == "20");
    CHECK(figure(printed_points("一、领导班子 15分").points) == "15");
    const PrintedPoints both = printed_points("信息报告（23分+10分）");
    CHECK(figure(both.points) == "23");
    CHECK(figure(both.bonus) == "10");
    CHECK(figure(printed_points("完成任务。（2分，为奖励分）").bonus) == "2");
    CHECK(figure(printed_points("减分项合计（最高减20分）").most) == "20");
    CHECK(figure(printed_points("民主测评（占40%）").weight) == "40");
    CHECK_FALSE(printed_points("每少1次扣1分").points);
    CHECK(figure(points_of_cell("１５分")) == "15");
    CHECK(figure(points_of_cell("0-5")) == "5");
    CHECK_FALSE(points_of_cell("不限"));
    CHECK_FALSE(points_of_cell("3次"));
}

TEST_CASE("numbers in front") {
    const auto number_of = [](std::string_view text) { return leading_number(text).value_or(LeadingNumber{}).number; };
    CHECK(number_of("1.组织领导") == "1");
    CHECK(number_of("（一）组织领导") == "（一）");
    CHECK(number_of("1.1.2 急诊") == "1.1.2");
    CHECK(number_of("二、制度") == "二");
    CHECK(number_of("1.5分以上").empty());
    CHECK(number_of("2026年").empty());
    CHECK(leading_number("一、甲")->depth < leading_number("（一）甲")->depth);
}

TEST_CASE("places to fill in") {
    const FilledText filled = read_blanks_of("应报    次，实报    次，其中迟报    次；台账：有□、无□。");
    REQUIRE(filled.blanks.size() == 4);
    CHECK(filled.result == "应报{应报}，实报{实报}，其中迟报{迟报}；台账：{台账}。");
    CHECK(filled.blanks[0].unit == "次");
    CHECK(filled.blanks[3].type == DraftBlank::Type::tick);
    CHECK(filled.blanks[3].yes == "有");
    const FilledText lines = read_blanks_of("餐饮：应建    户；\n学校：应建    户；");
    REQUIRE(lines.blanks.size() == 2);
    CHECK(lines.blanks[0].name == "餐饮应建");
    CHECK(lines.blanks[1].name == "学校应建");
    CHECK_FALSE(has_places("没有空"));
}

TEST_CASE("grades of a note") {
    const auto words = [](const std::string& note) {
        Words found;
        for (const DraftBand& band : read_bands({note}))
            found.push_back(band.label + " " + figure(band.from) + " " + figure(band.to) + " " + figure(band.below));
        return found;
    };
    CHECK(words("注：1.总分90分以上评五星级，80分以上不满90分评四星级，不满80分评三星级。") ==
          Words{"五星级 90 - -", "四星级 80 - -", "三星级 - - -"});
    CHECK(words("得分≥90分为规范级，70～89分为合格级，＜70分为不合格级。") ==
          Words{"规范级 90 - -", "合格级 70 89 -", "不合格级 - - -"});
    CHECK(words("等次：优秀（90分及以上）、良好（80-89分）、合格（60-79分）、不合格（60分以下）。") ==
          Words{"优秀 90 - -", "良好 80 89 -", "合格 60 79 -", "不合格 - - -"});
    CHECK(words("90分以上（含90分）为优秀，60分以上（含60分）不足90分为合格，60分以下（不含60分）为不合格。") ==
          Words{"优秀 90 - -", "合格 60 - -", "不合格 - - -"});
    CHECK(words("标化分＝实得分÷（100－缺项分值）×100，保留两位小数。").empty());
}

TEST_CASE("cells that are merged, and empty ones below, make the same levels") {
    const std::vector<std::string> head{"项目", "考核内容", "分值", "得分"};
    const Recognised merged =
        recognise_rows({head, {"甲（5分）", "一", "2", ""}, {"^", "二", "3", ""}, {"乙", "三", "4", ""}});
    const Recognised empty =
        recognise_rows({head, {"甲（5分）", "一", "2", ""}, {"", "二", "3", ""}, {"乙", "三", "4", ""}});
    for (const Recognised* found : {&merged, &empty}) {
        REQUIRE(found->draft.sections.size() == 2);
        CHECK(points_of(found->draft) == Words{"2", "3", "4"});
        CHECK(figure(found->draft.sections[0].printed) == "5");
        CHECK(found->places[1].row == 3);
        CHECK(codes_of(*found).empty());
    }
}

TEST_CASE("rows that share their points are one item, and said") {
    const Recognised found = recognise_rows(
        {{"项目", "考核内容", "分值", "得分"}, {"甲", "一", "10", ""}, {"^", "二", "^", "^"}, {"乙", "三", "5", ""}});
    CHECK(points_of(found.draft) == Words{"10", "5"});
    CHECK(codes_of(found) == Words{"joined"});
}

TEST_CASE("a sum is no item, and is kept as printed") {
    const Recognised found = recognise_rows({{"项目", "考核内容", "分值", "得分"},
                                             {"甲", "一", "10", ""},
                                             {"小计", "<", "9", ""},
                                             {"乙", "二", "5", ""},
                                             {"总分", "<", "15", ""}});
    CHECK(points_of(found.draft) == Words{"10", "5"});
    CHECK(figure(found.draft.sections[0].printed) == "9");
    CHECK(figure(found.draft.printed) == "15");
}

TEST_CASE("how often a text asks for something is what a blank is compared with") {
    const Recognised found = recognise_rows(
        {{"项目", "考核内容", "分值", "评分标准", "得分"},
         {"甲", "党员大会每季度1次，支委会每月1次。", "10", "党员大会每少1次扣1分；支委会每少1次扣0.5分", ""},
         {"乙", "组织志愿服务，每年不少于4次。", "5", "每少1次扣1分", ""},
         {"丙", "按时上报。", "5", "每少1次扣1分", ""}});
    const auto rule = [&found](std::size_t section, std::size_t at) {
        return found.draft.sections[section].groups[0].items[0].rules[at];
    };
    CHECK(rule(0, 0).due == "4");
    CHECK(rule(0, 1).due == "12");
    CHECK(rule(0, 1).counted == Words{"支委会"});
    CHECK(rule(1, 0).due == "4");
    CHECK(rule(1, 0).counted == Words{"组织志愿服务"});
    CHECK(rule(2, 0).counted.empty());
}

TEST_CASE("who scores") {
    const Recognised found = recognise_rows(
        {{"项目", "考核内容", "分值", "自评得分", "党员评分", "考核组评分"}, {"甲", "一", "10", "", "", ""}});
    REQUIRE(found.draft.scorers.size() == 3);
    CHECK(found.draft.scorers[0].id == "self");
    CHECK(found.draft.scorers[1].id == "members");
    CHECK(found.draft.scorers[2].short_name == "考核组");
}

TEST_CASE("rows that are filled in by whoever gets the table") {
    const Recognised found = recognise_rows(
        {{"序号", "姓名", "党费（元）", "日期"}, {"1", "", "", ""}, {"2", "", "", ""}, {"合计", "", "", ""}});
    CHECK(found.draft.is_roster);
    REQUIRE(found.draft.fields.size() == 3);
    CHECK(found.draft.fields[0].is_person);
    CHECK(found.draft.fields[1].type == "amount");
    CHECK(found.draft.fields[1].is_summed);
    CHECK(found.draft.fields[2].type == "date");
}

TEST_CASE("whatever stands in the cells, what comes out is a form or a refusal") {
    const Words pieces{"",
                       "项目",
                       "考核内容",
                       "分值",
                       "得分",
                       "评分标准",
                       "扣",
                       "分",
                       "每",
                       "少1次扣0.5分",
                       "（2分）",
                       "（",
                       "）",
                       "1.",
                       "一、",
                       "合计",
                       "注：",
                       "□",
                       "    ",
                       "好    票",
                       "A",
                       "【C】",
                       "最高扣2分",
                       "酌情扣分",
                       "不得分",
                       "一票否决",
                       "占40%",
                       "=",
                       "×",
                       "70%",
                       "90分以上为优秀",
                       "\n",
                       "10",
                       "0",
                       "-3",
                       "1000分",
                       "9999999分",
                       "扣0分",
                       "：",
                       "“",
                       "签字：",
                       "例",
                       "①",
                       "1.1.1",
                       "扣6—10分",
                       "降一个等级",
                       "★",
                       "应报  次",
                       "实报  次",
                       "没有发生的不扣分",
                       "\xF0\x9F\x99\x82"};
    std::uint32_t state = 7;
    const auto next = [&state](std::size_t below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::size_t>(state >> 8U) % below;
    };
    int forms = 0;
    for (int round = 0; round < 400; ++round) {
        std::vector<std::vector<std::string>> rows(2 + next(8), std::vector<std::string>(2 + next(5)));
        if (next(4) > 0) rows[0] = {"项目", "考核内容", "分值", "评分标准", "得分"};
        for (std::size_t r = next(4) > 0 ? 1 : 0; r < rows.size(); ++r) {
            for (std::size_t c = 0; c < rows[r].size(); ++c) {
                const std::size_t kind = next(10);
                if (kind == 0 && r > 0)
                    rows[r][c] = "^";
                else if (kind == 1 && c > 0)
                    rows[r][c] = "<";
                else
                    for (std::size_t i = next(4); i > 0; --i) rows[r][c] += pieces[next(pieces.size())];
            }
        }
        GivenFile file;
        file.tables.push_back(table_of(rows));
        file.tables.back().below = {pieces[next(pieces.size())] + pieces[next(pieces.size())]};
        const auto found = recognise(file, {});
        if (!found || found->draft.is_roster || found->draft.sections.empty()) continue;
        const MadeForm made = make_form(write_draft(found->draft));
        CHECK_MESSAGE(made.report.form != nullptr, made.text);
        for (const Error& error : made.left_out) CHECK_MESSAGE(false, error.code << " " << error.place);
        ++forms;
    }
    CHECK(forms > 200);
}

TEST_CASE("no form in a file") {
    GivenFile file;
    CHECK(recognise(file, {}).error().code == "import-no-table");
    file.tables.push_back(table_of({{"甲", "乙"}, {"", ""}}));
    CHECK_FALSE(recognise(file, {.id = {}, .table = 2, .file_name = {}}));
}
