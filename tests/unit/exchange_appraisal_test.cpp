// An appraisal filled from tables, its ballots read, its sheets printed.
#include "appraisal_forms.hpp"
#include "core/report.hpp"
#include "exchange/ballot_table.hpp"
#include "exchange/export.hpp"
#include "exchange/fill.hpp"

using namespace duibiao;
using namespace appraisal_forms;

namespace {

using Errors = std::vector<Error>;

std::string said(const Errors& errors) {
    std::string text;
    for (const Error& error : errors) text += (text.empty() ? "" : "|") + error.place + " " + error.code;
    return text;
}

std::string fill(Document& document, std::string_view csv, Layer layer = Layer::self) {
    auto filled = fill_from_csv(document, layer, csv, author("f" + std::to_string(document.log.size())));
    if (!filled) return said(filled.error());
    document = std::move(filled->document);
    return std::to_string(filled->changed);
}

/// 张三 of two branches, 李四 of none, 王五 of the first.
Document four() {
    Document document = sheet();
    add_member(document, "张三", 90, "一支部");
    add_member(document, "张三", 80, "二支部");
    add_member(document, "李四", 85);
    add_member(document, "王五", 95, "一支部");
    return document;
}

std::string ballots(const Document& document, std::string_view csv) {
    const auto box = add_ballots_from_csv(document, BallotBox(*form()), csv);
    if (!box) return said(box.error());
    std::string text;
    for (const Standing& standing : appraise(document)) {
        for (std::size_t rater = 0; rater < box->size(); ++rater) {
            text += appraisal_forms::text(box->score(rater, standing.row)) + " ";
        }
        text += "/ ";
    }
    return text;
}

constexpr std::string_view scores = "组织生活自评,组织任务自评,中心工作自评,志愿服务自评,医德考评自评";

}  // namespace

TEST_CASE("ballot table: members are known by name, and by branch where there are two") {
    const Document document = four();
    CHECK(ballots(document, "姓名,党支部,甲,乙\n张三,二支部,80,81\n张三,一支部,90,91\n李四,,70,弃权\n") ==
          "90 91 / 80 81 / 70 – / – – / ");
    CHECK(ballots(document, "序号,姓名,甲\n1,李　四,70\n2,王五,\n") == "– / – / 70 / – / ");
    CHECK(ballots(document, "姓名\t党支部\t甲\n李四\t三支部\t７０．５\n") == "– / – / 70.5 / – / ");
}

TEST_CASE("ballot table: every bad line is named, and nothing is taken") {
    const Document document = four();
    CHECK(ballots(document, "姓名,甲\n赵六,80\n张三,70\n李四,100.5\n王五,很好\n李四,90\n,80\n") ==
          "line 2 member-unknown|line 3 member-ambiguous|line 4 ballot-refused|line 5 ballot-refused|"
          "line 6 member-doubled|line 7 cell-missing");
    CHECK(ballots(document, "姓名,党支部,甲\n王五,二支部,80\n") == "line 2 member-unknown");
    CHECK(ballots(document, "姓名,甲\n李四,80.3\n王五,-1\n") == "line 2 ballot-refused|line 3 ballot-refused");
    CHECK(ballots(document, "姓名,甲,甲\n李四,80,90\n") == "line 1 rater-doubled");
    CHECK(ballots(document, "姓名,党支部\n李四,\n") == "line 1 raters-none");
    CHECK(ballots(document, "名字,甲\n李四,80\n") == "line 1 column-missing");
    CHECK(ballots(document, "姓名,姓名,甲\n李四,,80\n") == "line 1 column-doubled");
    CHECK(ballots(document, "姓名,甲,平均分\n李四,80,80\n") == "line 1 column-unknown");
    CHECK(ballots(document, "姓名,甲\n李四,80,90\n") == "line 2 csv-columns");
    CHECK(ballots(document, "姓名,,甲\n李四,1,80\n") == "line 2 column-unnamed");
    CHECK(ballots(document, "") == "line 1 csv-empty");
}

TEST_CASE("ballot table: raters are added to those who are there") {
    const Document document = four();
    auto box = add_ballots_from_csv(document, BallotBox(*form()), "姓名,甲\n李四,80\n");
    REQUIRE(box.has_value());
    const auto more = add_ballots_from_csv(document, *box, "姓名,乙,丙\n李四,70,60\n王五,90,\n");
    REQUIRE(more.has_value());
    CHECK(more->size() == 3);
    CHECK(more->label(2) == "丙");
    const auto again = add_ballots_from_csv(document, *more, "姓名,乙\n李四,70\n");
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().front().code == "rater-doubled");
}

TEST_CASE("fill: members are added, then changed where they are given again") {
    Document document = sheet();
    const std::string head = "姓名,党支部," + std::string(scores) + "\n";
    CHECK(fill(document, head + "张三,一支部,18,19,17.5,20,20\n李　四,,20,20,20,20,20\n") == "2");
    REQUIRE(appraise(document).size() == 2);
    CHECK(appraise(document)[1].name == "李四");
    CHECK(text(appraise(document)[0].parts[0].score) == "94.5");
    CHECK(fill(document, head + "张三,一支部,,,18,,\n李四,二支部,,,,,\n张三,二支部,1,1,1,1,1\n") == "3");
    const auto standings = appraise(document);
    REQUIRE(standings.size() == 3);
    CHECK(text(standings[0].parts[0].score) == "95");
    CHECK(standings[1].branch == "二支部");
    CHECK(text(standings[2].parts[0].score) == "5");
    CHECK(fill(document, head + "张三,一支部,18,19,18,20,20\n") == "0");
}

TEST_CASE("fill: members are refused by line, all or nothing") {
    Document document = four();
    const std::string before = write_report(document);
    const std::string head = "姓名,党支部,组织生活自评,平均分,总分\n";
    CHECK(fill(document, head + "张三,,1,,\n李四,,20.5,,\n李四,,1,,\n王五,,1,90,\n赵六,,1,,90\n,,1,,\n钱七,,1,,,1\n") ==
          "line 2 member-ambiguous|line 3 score-over|line 4 member-doubled|line 5 column-computed|"
          "line 6 column-computed|line 7 cell-missing|line 8 csv-columns");
    CHECK(fill(document, "姓名,组织生活自评,中心自评\n李四,1,1\n") == "line 1 column-unknown");
    CHECK(fill(document, "姓名,姓名,组织生活自评\n李四,,1\n") == "line 1 column-doubled");
    CHECK(fill(document, "党支部,组织生活自评\n李四,1\n") == "line 1 column-missing");
    CHECK(fill(document, "姓名,组织生活自评\n孙八,1\n孙　八,2\n") == "line 3 member-doubled");
    CHECK(fill(document, "姓名,组织生活自评\n李四,1\n", Layer::rating) == "line 2 layer-unknown");
    CHECK(write_report(document) == before);
}

TEST_CASE("fill: ballots close the steps up to theirs and leave their figures") {
    Document document = four();
    const std::string table =
        "姓名,党支部,甲,乙,丙\n张三,一支部,90,80,70\n张三,二支部,1,2,\n李四,,60,60,60\n王五,,,,\n";
    auto filled = fill_from_csv(document, Layer::self, table, author("f"));
    REQUIRE(filled.has_value());
    CHECK(filled->closed == std::vector<std::string>{"个人自评", "民主评议"});
    const auto standings = appraise(filled->document);
    CHECK(text(standings[0].raters) + " " + text(standings[0].parts[1].score) == "3 80");
    CHECK(text(standings[1].raters) + " " + text(standings[1].parts[1].score) == "2 –");
    CHECK(text(standings[3].raters) == "0");
    CHECK(fill(filled->document, table) == "line 1 step-closed");
    CHECK(fill(filled->document, "姓名,组织生活自评\n李四,1\n") == "line 2 step-closed");
    CHECK(fill(filled->document, "姓名,组织生活支部考评\n李四,1\n") == "1");
}

TEST_CASE("fill: ballots that would close for good what is not complete are refused") {
    Document document = four();
    CHECK(fill(document, "姓名,甲,乙\n李四,80,90\n") == "line 1 raters-few");
    CHECK(fill(document, "姓名,甲,乙,丙\n李四,80,90,70\n") == "line 1 members-left-out");
    const std::string table = "姓名,党支部,甲,乙,丙\n张三,一支部,,,\n张三,二支部,,,\n李四,,,,\n王五,,,,\n";
    CHECK(fill(document, table, Layer::acceptance) == "line 1 layer-unknown");
    add_member(document, "赵六");
    CHECK(fill(document, table + "赵六,,1,1,1\n") == "line 1 scores-missing");
    CHECK(fill(document, "姓名,说明\n赵六,外出进修\n") == "1");
    CHECK(fill(document, table + "赵六,,1,1,1\n") == "7");
}

TEST_CASE("fill: steps are closed by line, after everything else") {
    Document document = four();
    CHECK(fill(document, "item,value\nsteps.peers,是\n") == "line 2 step-order");
    CHECK(fill(document, "item,value\nsteps.self,是\nsteps.peers,是\n") == "line 3 ballots-missing");
    CHECK_FALSE(is_closed(document, "self"));
    CHECK(fill(document, "item,value\nsteps.self,否\n") == "0");
    CHECK(fill(document, "item,value\nsteps.later,是\n") == "line 2 field-unknown");
    CHECK(fill(document, "item,value\nsteps.self,也许\n") == "line 2 value-type");
    CHECK(fill(document, "item,value\nsteps.self,是\nheader.date,2026-06-30\n") == "2");
    CHECK(is_closed(document, "self"));
    CHECK(fill(document, "item,value\nsteps.self,否\n") == "line 2 step-closed");
    CHECK(fill(document, "item,value\nsteps.self,是\n") == "line 2 step-closed");
}

TEST_CASE("fill: rows pasted with a head are members too, and never ballots") {
    Document document = four();
    const auto pasted = add_rows_from_csv(document, Layer::self, "姓名\t说明\n李四\t病假\n赵六\t\n", author("p"));
    REQUIRE(pasted.has_value());
    CHECK(appraise(pasted->document).size() == 5);
    CHECK(appraise(pasted->document)[2].reason == "病假");
    const auto voted = add_rows_from_csv(document, Layer::self, "姓名\t甲\n李四\t80\n", author("p"));
    REQUIRE_FALSE(voted.has_value());
    CHECK(voted.error().front().code == "column-unknown");
    CHECK(holds_ballots(document, "姓名,甲\n李四,80\n"));
    CHECK_FALSE(holds_ballots(document, "姓名,说明\n李四,80\n"));
    CHECK_FALSE(holds_ballots(document, ""));
    CHECK_FALSE(holds_ballots(small_form::empty(), "姓名,甲\n李四,80\n"));
}

TEST_CASE("csv: what is exported fills nothing anew") {
    Document document = four();
    CHECK(fill(document, "姓名,党支部,甲,乙,丙\n张三,一支部,90,80,70\n张三,二支部,1,2,3\n李四,,60,60,60\n王五,,,,\n") !=
          "");
    for (std::size_t i = 0; i < 4; ++i)
        write(document, std::string(rows_of(document)[i].id), at_branch_scores, spread(80));
    const std::string csv = write_csv(document);
    CHECK(csv.find(",说明,总分,等次\r\n") != std::string::npos);
    CHECK(csv.find("3,80,70,90,20,20,20,20,0,,82,合格\r\n") != std::string::npos);
    CHECK(fill(document, csv) == "0");
}

TEST_CASE("html: a working sheet until it is published") {
    Document document = four();
    const std::string names = "姓名,党支部,甲,乙,丙\n";
    CHECK(fill(document, names + "张三,一支部,90,80,70\n张三,二支部,90,80,70\n李四,,90,80,70\n王五,,90,80,70\n") ==
          "6");
    for (std::size_t i = 0; i < 4; ++i)
        write(document, std::string(rows_of(document)[i].id), at_branch_scores, spread(80));
    write(document, std::string(rows_of(document)[0].id), at_reason, {"<b>说明</b>"});
    const std::string working = write_html(document);
    // The date in the head does not say which half of the year.
    CHECK(working.find("<p class=\"paper-period\">（填报期间：2026") != std::string::npos);
    CHECK(working.find("工作底稿（个人自评已锁定、民主评议已锁定、支部考评未锁定、亮分公示未锁定）") !=
          std::string::npos);
    CHECK(working.find("志愿服务") != std::string::npos);
    CHECK(working.find("&lt;b&gt;说明") != std::string::npos);
    close(document, "branch");
    close(document, "publish");
    const std::string published = write_html(document);
    CHECK(published.find("亮分公示</h2>") != std::string::npos);
    CHECK(published.find("志愿服务") == std::string::npos);
    CHECK(published.find("说明&lt;") == std::string::npos);  // reasons stay in the office
    CHECK(published.find("个人自评×20%＋民主评议×40%＋支部考评×40%") != std::string::npos);
    CHECK(published.find("优秀 90 分及以上、合格 75 分及以上") != std::string::npos);
    CHECK(published.find("不排名次") != std::string::npos);
    CHECK(published.find("不足 3 票") != std::string::npos);
    CHECK(published.find("公示时间：") != std::string::npos);
    CHECK(published.find("<script") == std::string::npos);
}

TEST_CASE("every finding of an appraisal has its three sentences") {
    for (const char* code :
         {"member-twice", "scores-missing", "scores-missing-closed", "raters-few", "step-open-before",
          "changed-after-close", "members-gone", "listed-passes", "listed-passes-explained"}) {
        for (const char* part : {".title", ".message", ".remedy"}) {
            const std::string key = std::string("finding.") + code + part;
            CAPTURE(key);
            for (const Language language : {Language::chinese, Language::english}) {
                CHECK(translate(language, key) != key);
            }
        }
    }
}
