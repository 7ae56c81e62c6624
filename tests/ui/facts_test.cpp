// What an item of a form of format 2 is filled in with: blanks, counts, ticks, levels, votes, absence.
#include <fstream>
#include <iterator>

#include "stage.hpp"

using namespace duibiao;
using ui::Stage;

namespace {

std::string form_file(const std::string& name) {
    std::ifstream file(std::string(DUIBIAO_SOURCE_DIR) + "/tests/forms/" + name + ".json", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A bureau's form, begun, with `item` in sight.
void begin(Stage& stage, const std::string& file, const std::string& form, const std::string& item) {
    stage.bring_form(form_file(file)).create(form, "市监督所");
    REQUIRE(stage.page.state.opened.has_value());
    stage.send(command::Reveal{item, {}});
    REQUIRE(stage.find("score/self/" + item) != nullptr);
}

std::string fact(const std::string& item, const std::string& field) { return "fact/self/" + item + "/" + field; }

std::string small_form(const std::string& item) {
    return R"({"format":"duibiao-instrument","format_version":2,"id":"small","version":"1","kind":"scored",
"title":"党务干部岗位考核表","period":"year","score_step":0.5,"source":{"key":"P","title":"岗位考核办法"},
"scorers":[{"id":"office","label":"考核组"}],"columns":[{"id":"criterion","label":"考核内容","role":"criterion"},
{"id":"score","label":"得分","role":"score","scorer":"office"}],"sections":[{"title":"履职","items":[)" +
           item + "]}]}";
}

void begin_small(Stage& stage, const std::string& item) {
    stage.bring_form(small_form(item)).create("small");
    REQUIRE(stage.page.state.opened.has_value());
}

}  // namespace

TEST_CASE("ui facts: blanks make the score, and the row in use says why") {
    Stage stage;
    begin(stage, "f22", "f22-cooperation", "5.1.5");
    stage.focus(fact("5.1.5", "blank:应检测")).type("60").key("Enter");
    CHECK(stage.focused() == fact("5.1.5", "blank:实检测"));
    stage.type("50");
    CHECK(stage.value("score/self/5.1.5") == "1");
    CHECK(stage.name("why/5.1.5") == "为什么是这个分：满分 3；少：扣 10×0.2＝2，余 1");
}

TEST_CASE("ui facts: Enter goes on to the next row's first blank, Shift+Enter back") {
    Stage stage;
    begin(stage, "f22", "f22-cooperation", "5.1.4");
    stage.focus(fact("5.1.4", "blank:应")).type("6").key("Enter").type("4").key("Enter");
    CHECK(stage.focused() == fact("5.1.5", "blank:应检测"));
    CHECK(stage.value("score/self/5.1.4") == "2");
    stage.key("Shift+Enter");
    CHECK(stage.focused() == fact("5.1.4", "blank:实"));
}

TEST_CASE("ui facts: a tick is chosen, changed, and taken back by a second press") {
    Stage stage;
    begin(stage, "f22", "f22-cooperation", "1.1.3");
    const std::string tick = fact("1.1.3", "tick:公示");
    REQUIRE(stage.name(tick + "/0") == "有");
    stage.press(tick + "/1");
    CHECK(stage.value("score/self/1.1.3") == "0");
    stage.press(tick + "/0");
    CHECK(stage.value("score/self/1.1.3") == "0.5");
    CHECK(stage.value(tick + "/0") == "true");
    CHECK(stage.value(tick + "/1") == "false");
}

TEST_CASE("ui facts: a score of one's own stands beside what the rules make of it, until it is emptied") {
    Stage stage;
    begin(stage, "f22", "f22-cooperation", "5.1.5");
    stage.fill(fact("5.1.5", "blank:应检测"), "60").fill(fact("5.1.5", "blank:实检测"), "50");
    stage.fill("score/self/5.1.5", "2.5").key("Tab");
    CHECK(stage.value("score/self/5.1.5") == "2.5");
    stage.fill("score/self/5.1.5", "").key("Tab");
    CHECK(stage.value("score/self/5.1.5") == "1");
}

TEST_CASE("ui facts: what cannot be a count is said beside its field and never written") {
    Stage stage;
    begin(stage, "f22", "f22-cooperation", "5.1.5");
    const std::string field = fact("5.1.5", "blank:应检测");
    stage.fill(field, "六十");
    CHECK(stage.node(field).invalid);
    stage.focus("score/self/5.1.5");
    CHECK(stage.value(field).empty());
}

TEST_CASE("ui facts: a level is one press and gives its points") {
    Stage stage;
    begin(stage, "f19", "f19-stars", "4.1.1");
    const std::string level = fact("4.1.1", "level");
    CHECK(stage.name(level + "/0") == "好 8");
    stage.click(level + "/0");
    CHECK(stage.value("score/self/4.1.1") == "8");
    stage.click(level + "/1");
    CHECK(stage.value(level + "/0") == "false");
    CHECK(stage.value("score/self/4.1.1") != "8");
}

TEST_CASE("ui facts: votes by option, with the ballots given out and returned") {
    Stage stage;
    begin_small(stage, R"({"text":"满意度","points":10,"votes":{"ballots":["发出","有效"],
"options":[{"label":"满意","weight":10},{"label":"基本满意","weight":6},{"label":"不满意","weight":0}]}})");
    stage.fill(fact("1.1.1", "votes:发出"), "12").fill(fact("1.1.1", "votes:有效"), "10");
    stage.fill(fact("1.1.1", "votes:满意"), "5").fill(fact("1.1.1", "votes:基本满意"), "5");
    stage.fill(fact("1.1.1", "votes:不满意"), "0");
    CHECK(stage.value("score/self/1.1.1") == "8");
}

TEST_CASE("ui facts: an item that does not apply says why, and has no score") {
    Stage stage;
    begin_small(stage, R"({"text":"发展党员","points":10,"not_applicable":"full","rules":[
{"text":"程序缺项","deduct":1,"per":"项"}]},{"text":"三会一课","points":10})");
    stage.fill(fact("1.1.1", "count:1"), "3");
    CHECK(stage.value("score/self/1.1.1") == "7");
    stage.fill(fact("1.1.1", "na"), "本年没有发展对象").key("Tab");
    CHECK(stage.value(fact("1.1.1", "na")) == "本年没有发展对象");
    CHECK(stage.value("score/self/1.1.1") != "7");
}

TEST_CASE("ui facts: as many points off as the examiners decide, within the rule's range") {
    Stage stage;
    begin_small(stage, R"({"text":"三会一课","points":10},{"text":"通报批评","role":"penalty","rules":[
{"text":"被上级通报","deduct":{"from":1,"to":3}}]})");
    stage.fill(fact("1.1.2", "amount:1"), "2.5");
    CHECK(stage.value("score/self/1.1.2") == "-2.5");
    stage.fill(fact("1.1.2", "amount:1"), "9");
    CHECK(stage.node(fact("1.1.2", "amount:1")).invalid);
}

TEST_CASE("ui facts: whom a sheet is about is asked for at its head, and the next one is a press away") {
    Stage stage;
    std::string form = small_form(R"({"text":"按时完成工作","points":10})");
    form.insert(1, R"("subject":"被考核人",)");
    stage.bring_form(form).create("small");
    stage.fill("fact/self/header/subject", "张三").key("Tab");
    const std::string first = stage.page.id();
    stage.press("next-subject");
    CHECK(stage.page.id() != first);
    CHECK(stage.value("fact/self/header/subject").empty());
}
