#include "scenario.hpp"

using namespace duibiao;

TEST_CASE("score table: a committee fills its own column") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.expect_total("0").expect_scored(0);
    scenario.score("3.2.4", 1.5).expect_total("1.5").expect_scored(1).expect_section(3, "1.5");
    scenario.score("1.1.1", 2).score("1.1.2", 1).score("1.2.1", 1).expect_section(1, "4").expect_total("5.5");
    scenario.score("1.1.1", 0).expect_total("3.5").expect_scored(4);
    scenario.clear("1.1.1").expect_total("3.5").expect_scored(3).expect_score("1.1.1", "");
}

TEST_CASE("score table: complete and ready to be sent") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.expect_finding("unscored", "1").expect_finding("header-required", "header");
    scenario.fill_completely().expect_total("100").expect_scored(84).expect_ready();
    scenario.as(Layer::acceptance).expect_total("0").expect_scored(0);
}

TEST_CASE("score table: scores stay within what a criterion is worth") {
    Scenario::open("jilin-committee")
        .expect_refused("3.2.4", "score", Points::from_hundredths(350), "score-over")
        .expect_refused("3.2.4", "score", Points::from_hundredths(-50), "score-under")
        .expect_refused("3.2.4", "score", Points::from_hundredths(125), "score-step")
        .expect_refused("3.2.9", "score", Points::from_hundredths(100), "item-unknown")
        .expect_refused("header", "total", std::string("100"), "field-unknown");
}

TEST_CASE("score table: a measure proposes and never writes") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.fill_completely().measure("3.2.2.m1", 3.0);
    scenario.expect_score("3.2.2", "2").expect_total("100").expect_finding("above-measure", "3.2.2");
    scenario.expect_proposal("3.2.2", "1.5");
    scenario.explain("3.2.2", "第二季度学习与培训班合并，记录另附");
    scenario.expect_no_finding("above-measure", "3.2.2")
        .expect_finding("above-measure-explained", "3.2.2")
        .expect_ready();
    scenario.undo().expect_finding("above-measure", "3.2.2").score("3.2.2", 1.5);
    scenario.expect_no_finding("above-measure", "3.2.2").expect_total("99.5").expect_ready();
}

TEST_CASE("score table: one veto condition, whatever the points") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.fill_completely().expect_verdict("");
    scenario.as(Layer::rating).veto("veto.1").expect_verdict("不予评定").expect_finding("veto", "veto.1");
    scenario.as(Layer::self).expect_total("100");
    scenario.as(Layer::rating).veto("veto.1", false).expect_verdict("");
}

TEST_CASE("score table: the superior states a reason for every deduction") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.fill_completely().mail();
    scenario.by("superior").as(Layer::acceptance).score("3.2.4", 2);
    scenario.expect_finding("deduction-reason", "3.2.4").note("3.2.4", "缺一次中心组学习记录");
    scenario.expect_no_finding("deduction-reason", "3.2.4").mail();
    scenario.by("department").as(Layer::rating).score("3.2.4", 1).expect_finding("deduction-reason", "3.2.4");
    scenario.score("3.2.5", 1).expect_finding("layer-order", "3.2.5");
}

TEST_CASE("score table: a later layer leaves the earlier one and its hash as they are") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.fill_completely();
    const std::string sent = scenario.file();
    const std::string code = short_code(scenario.document());
    scenario.mail().by("superior").as(Layer::acceptance).fill_completely().mail();
    const std::string accepted = scenario.file();
    const auto self_hash = [](const std::string& file) {
        constexpr std::size_t hash_member = 74;  // "hash":"…", stands before "id":"self"
        return file.substr(file.find("\"id\":\"self\"") - hash_member, hash_member);
    };
    CHECK(self_hash(sent).starts_with("\"hash\":\""));
    CHECK(self_hash(sent) == self_hash(accepted));
    CHECK(short_code(scenario.document()) != code);
    scenario.as(Layer::self).expect_total("100").as(Layer::acceptance).expect_total("100").expect_scored(84);
}

TEST_CASE("score table: undo goes on after the file was mailed") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.score("1.1.1", 2).score("1.1.2", 1).undo().mail();
    scenario.expect_total("2").redo().expect_total("3").mail().undo().undo().expect_total("0").mail();
    scenario.redo().redo().expect_total("3").redo().expect_total("3");
}

TEST_CASE("score table: two people fill copies and unite them") {
    auto one = Scenario::open("jilin-committee");
    one.score("1.1.1", 2);
    auto two = one;
    one.by("office").score("2.1.1", 1).score("1.1.2", 0.5);
    two.by("organisation").note("2.1.1", "已设").score("2.1.1", 0.5).score("1.2.1", 1).score("1.1.2", 1);
    auto both = one;
    both.merge_with(two).expect_conflicts(2).expect_score("1.2.1", "1").expect_total("4.5");
    two.merge_with(one).expect_total("4.5");
    CHECK(two.file() == both.file());
    both.merge_with(one).expect_conflicts(0).expect_total("4.5");
}

TEST_CASE("score table: a file that was changed outside of the program") {
    auto scenario = Scenario::open("jilin-committee");
    scenario.fill_completely().score("3.2.4", 1.5);
    std::string file = scenario.file();
    const std::string honest = R"("score":98.5)";
    REQUIRE(file.find(honest) != std::string::npos);
    file.replace(file.find(honest), honest.size(), R"("score":99.5)");
    auto received = Scenario::open("jilin-committee");
    received.receive(file).expect_altered("total-mismatch", "").expect_total("98.5");

    file = scenario.file();
    const std::string item = R"("3.2.4":{"note":"已落实，见台账","score":1.5})";
    REQUIRE(file.find(item) != std::string::npos);
    file.replace(file.find(item) + item.size() - 4, 3, "3.0");
    received.receive(file).expect_altered("layer-altered", "3.2.4").expect_score("3.2.4", "1.5");
}
