#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/check.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/report.hpp"
#include "core/tally.hpp"
#include "core/undo.hpp"
#include "scored_forms.hpp"

using namespace duibiao;
using namespace duibiao::tests;

namespace {

/// One item of 10 points with this rule, and a count or an amount.
std::string after(const std::string& rule, const char* field, const char* text, const char* more = "{}") {
    Json form = scored_definition(more);
    form["sections"][0]["items"][0]["rules"] = Json::array({Json::parse(rule)});
    Document document = scored_document(form);
    if (!answer(document, "1.1.1", field, text)) return "refused";
    const auto score = document.score(Layer::self, "1.1.1");
    return score ? score->to_string() : "none";
}

std::string total_of(const Document& document) {
    const Evaluation evaluation = evaluate(document);
    return evaluation.total ? evaluation.total->to_string(4) : "none";
}

std::vector<std::string> codes(const Document& document) {
    std::vector<std::string> list;
    for (const Finding& finding : check(document, *parse_date("2026-12-31"))) list.push_back(finding.code);
    return list;
}

}  // namespace

TEST_CASE("a rule: each time, at most, once, in steps") {
    struct Row {
        const char* rule;
        const char* count;
        const char* score;
    };
    const std::vector<Row> rows{
        {R"({"text":"a","deduct":0.5})", "3", "8.5"},
        {R"({"text":"a","deduct":0.5})", "0", "10"},
        {R"({"text":"a","deduct":2,"cap":5})", "2", "6"},
        {R"({"text":"a","deduct":2,"cap":5})", "3", "5"},
        {R"({"text":"a","deduct":3})", "4", "0"},  // never below zero
        {R"({"text":"a","deduct":3,"once":true})", "1", "7"},
        {R"({"text":"a","deduct":3,"once":true})", "是", "7"},
        {R"({"text":"a","deduct":3,"once":true})", "2", "refused"},
        {R"({"text":"a","deduct":1,"every":2})", "5", "8"},
        {R"({"text":"a","deduct":1,"every":2,"rest":"begun"})", "5", "7"},
        {R"({"text":"a","deduct":1,"every":2,"rest":"proportional"})", "5", "7.5"},
        {R"({"text":"a","gain":2})", "3", "6"},
        {R"({"text":"a","gain":2})", "7", "10"},  // not above its points
        {R"({"text":"a","zero":true})", "1", "0"},
        {R"({"text":"a","zero":true})", "0", "10"},
        {R"({"text":"a","times":0.5})", "1", "5"},
        {R"({"text":"a","deduct":1})", "-1", "refused"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.rule);
        CAPTURE(row.count);
        CHECK(after(row.rule, "count:1", row.count) == row.score);
    }
}

TEST_CASE("an amount is a person's figure within its range") {
    const char* range = R"({"text":"a","deduct":{"from":6,"to":10}})";
    CHECK(after(range, "amount:1", "6") == "4");
    CHECK(after(range, "amount:1", "10") == "0");
    CHECK(after(range, "amount:1", "5.5") == "refused");
    CHECK(after(range, "amount:1", "10.5") == "refused");
    CHECK(after(range, "count:1", "1") == "refused");
    CHECK(after(R"({"text":"a","deduct":"free"})", "amount:1", "0.3") == "9.7");
}

TEST_CASE("what is due and what is done") {
    Document document = scored_document(scored_definition());
    CHECK(answer(document, "1.1.1", "blank:应报", "12"));
    CHECK_FALSE(document.score(Layer::self, "1.1.1"));  // neither zero nor full
    CHECK(codes(document) == std::vector<std::string>{"unscored", "facts-missing"});
    CHECK(answer(document, "1.1.1", "blank:实报", "10"));
    CHECK(document.score(Layer::self, "1.1.1") == Points::from_whole(6));
    CHECK(answer(document, "1.1.1", "blank:实报", "14"));
    CHECK(document.score(Layer::self, "1.1.1") == Points::from_whole(10));
    CHECK_FALSE(answer(document, "1.1.1", "blank:迟报", "1"));
    CHECK_FALSE(answer(document, "1.1.1", "count:1", "1"));  // its count follows from the blanks
    CHECK_FALSE(answer(document, "1.1.2", "level", "好"));
}

TEST_CASE("a typed score stands, and is compared with what the rules give") {
    Document document = scored_document(scored_definition());
    answer(document, "1.1.1", "blank:应报", "3");
    answer(document, "1.1.1", "blank:实报", "1");
    answer(document, "1.1.2", "score", "5");
    CHECK(codes(document).empty());
    answer(document, "1.1.1", "score", "7.5");
    CHECK(total_of(document) == "12.5");
    CHECK(codes(document) == std::vector<std::string>{"score-differs"});
    answer(document, "1.1.1", "note", "补报一次");
    CHECK(codes(document).empty());
    CHECK(explain_item(document, Layer::self, *document.instrument->find_criterion("1.1.1")).result.derived ==
          Fraction(6));
    CHECK_FALSE(answer(document, "1.1.1", "score", "10.5"));
    CHECK_FALSE(answer(document, "1.1.1", "score", "7.3"));  // no whole step
}

TEST_CASE("derived scores follow undo, and are in no log and no report") {
    Document document = scored_document(scored_definition());
    answer(document, "1.1.1", "blank:应报", "3");
    answer(document, "1.1.1", "blank:实报", "1");
    REQUIRE(document.derived.size() == 1);
    const std::string text = write_report(document);
    CHECK(text.find("\"score\":6,\"scored\":1") != std::string::npos);
    CHECK(text.find("\"1.1.1\":{\"blank:实报\":1,\"blank:应报\":3}") != std::string::npos);
    const InstrumentPtr form = document.instrument;
    const auto read = read_report(text, [&form](const FormIdentity&) { return form; });
    REQUIRE(read);
    CHECK(read->findings.empty());
    CHECK(read->document.derived == document.derived);
    CHECK(write_report(read->document) == text);
    const auto copy = replay(form, "d", document.log);
    CHECK(copy->derived == document.derived);
}

TEST_CASE("a report of a form of format 2 is compared when it was changed by hand") {
    Document document = scored_document(scored_definition());
    answer(document, "1.1.2", "score", "4");
    std::string text = write_report(document);
    const std::size_t at = text.find("\"1.1.2\":{\"score\":4}");
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string("\"1.1.2\":{\"score\":4}").size(), "\"1.1.2\":{\"score\":5}");
    const InstrumentPtr form = document.instrument;
    const auto read = read_report(text, [&form](const FormIdentity&) { return form; });
    REQUIRE(read);
    REQUIRE(read->findings.size() == 1);
    CHECK(read->findings.front().code == "layer-altered");
    CHECK(read->findings.front().item == "1.1.2");
}

TEST_CASE("scaled: what does not apply gives its place to the others") {
    Json form = scored_definition(R"({"scaled_decimals":2})");
    form["sections"][0]["items"][1]["not_applicable"] = "scaled";
    form["sections"][1] = Json::parse(R"({"title":"减分","role":"penalty","cap":4,"items":[
        {"text":"通报","rules":[{"text":"通报","deduct":3}]}]})");
    Document document = scored_document(form);
    answer(document, "1.1.1", "score", "9.5");
    answer(document, "1.1.2", "na", "没有");
    CHECK(total_of(document) == "14.25");
    answer(document, "2.1.1", "count:1", "1");
    CHECK(total_of(document) == "11.25");
    answer(document, "2.1.1", "count:1", "2");
    CHECK(total_of(document) == "10.25");  // at most 4 off
    CHECK(evaluate(document).final);
    form["penalty_before_scaling"] = true;
    Document other = *replay(*load_instrument(form.dump()), "d", document.log);
    CHECK(total_of(other) == "8.25");
    form["sections"][0]["items"][1]["not_applicable"] = "out";
    Document out = *replay(*load_instrument(form.dump()), "d", document.log);
    CHECK(total_of(out) == "5.5");
    CHECK(tally(out).layers[0].points == Points::from_whole(10));
}

TEST_CASE("caps of groups, sections and the form; bonus beside the full mark") {
    Json form = scored_definition();
    form["sections"][0]["items"][0]["rules"].push_back(Json::parse(R"({"text":"多报","bonus":1})"));
    Document document = scored_document(form);
    answer(document, "1.1.1", "blank:应报", "3");
    answer(document, "1.1.1", "blank:实报", "3");
    answer(document, "1.1.1", "count:2", "4");
    answer(document, "1.1.2", "score", "5");
    CHECK(total_of(document) == "19");
    CHECK(tally(document).layers[0].points == Points::from_whole(15));
    const auto with = [&](const char* changes) {
        Json changed = form;
        changed.merge_patch(Json::parse(changes));
        return total_of(*replay(*load_instrument(changed.dump()), "d", document.log));
    };
    CHECK(with(R"({"bonus_cap":3})") == "18");
    CHECK(with(R"({"cap":16})") == "16");
    CHECK(with(R"({"bonus_in_total":false})") == "15");
    form["sections"][0]["cap"] = 12;
    CHECK(with("{}") == "16");
    form["sections"][0]["items"][0]["bonus_cap"] = 2;
    CHECK(with("{}") == "14");
}

namespace {

Json three_scorers(const char* total) {
    Json form = scored_definition();
    form["order"] = "parallel";
    form["scorers"] = Json::parse(R"([{"id":"a","label":"甲","weight":50},{"id":"b","label":"乙","weight":30},
                                      {"id":"c","label":"丙","weight":20}])");
    form["columns"][3].erase("scorer");
    form["total"] = Json::parse(total);
    return form;
}

}  // namespace

TEST_CASE("scorers side by side: mean, weighted, without extremes; provisional while one is missing") {
    Document document = scored_document(three_scorers(R"({"by":"mean"})"));
    const auto score = [&document](Layer layer, const char* first, const char* second) {
        answer(document, "1.1.1", "score", first, layer);
        answer(document, "1.1.2", "score", second, layer);
    };
    score(layer_at(0), "10", "5");
    score(layer_at(1), "8", "4");
    Evaluation evaluation = evaluate(document);
    CHECK(evaluation.total->to_string(2) == "13.5");
    CHECK(evaluation.counted == 2);
    CHECK(evaluation.expected == 3);
    CHECK_FALSE(evaluation.final);
    score(layer_at(2), "5", "2");
    evaluation = evaluate(document);
    CHECK(evaluation.total->to_string(2) == "11.33");
    CHECK(evaluation.final);
    const auto by = [&document](const char* total) {
        return total_of(*replay(*load_instrument(three_scorers(total).dump()), "d", document.log));
    };
    CHECK(by(R"({"by":"weighted"})") == "12.5");
    CHECK(by(R"({"by":"mean","without_extremes":true})") == "12");
    CHECK(by(R"({"by":"a"})") == "15");
    CHECK(by(R"({"by":"last"})") == "7");
    CHECK(write_report(document).find("\"id\":\"rating\"") != std::string::npos);
}

TEST_CASE("eight scorers have a layer each, in the report too") {
    Json form = scored_definition(R"({"total":{"by":"mean"}})");
    form["columns"][3].erase("scorer");
    form["scorers"] = Json::array();
    for (int i = 1; i <= 8; ++i) {
        const std::string id = "p" + std::to_string(i);
        form["scorers"].push_back({{"id", id}, {"label", id}});
    }
    Document document = scored_document(form);
    for (std::size_t i = 0; i < 8; ++i) {
        CHECK(answer(document, "1.1.1", "score", std::to_string(i + 2).c_str(), layer_at(i)));
        CHECK(answer(document, "1.1.2", "score", "1", layer_at(i)));
    }
    CHECK(total_of(document) == "6.5");
    const std::string text = write_report(document);
    CHECK(text.find("\"id\":\"scorer-8\"") != std::string::npos);
    const InstrumentPtr instrument = document.instrument;
    const auto read = read_report(text, [&](const FormIdentity&) { return instrument; });
    REQUIRE(read);
    CHECK(read->findings.empty());
    CHECK(write_report(read->document) == text);
    form["scorers"].push_back({{"id", "p9"}, {"label", "p9"}});
    CHECK(load_instrument(form.dump()).error().code == "form-scorers-many");
}

TEST_CASE("grades: edges, conditions, gaps, facts") {
    Json form = scored_definition();
    form["foot"] = Json::parse(R"({"blanks":[{"name":"否决","type":"tick"},"投诉"]})");
    form["grades"] = Json::parse(R"({"bands":[
        {"label":"优秀","from":14,"when":[{"full":"1.1.1"}]},{"label":"良好","from":12},
        {"label":"合格","from":9,"to":11},{"label":"不合格","below":9}],
        "ceilings":[{"text":"否决","when":[{"blank":"否决"}],"not_above":"合格"},
                    {"text":"投诉","when":[{"blank":"投诉","at_least":2}],"down":1}]})");
    Document document = scored_document(form);
    const auto grade = [&](const char* first, const char* second) {
        answer(document, "1.1.1", "score", first);
        answer(document, "1.1.2", "score", second);
        const Grade found = evaluate(document).grade;
        return found.band ? document.instrument->scored->grades.bands[*found.band].label : std::string("none");
    };
    CHECK(grade("10", "5") == "优秀");
    CHECK(grade("9", "5") == "良好");  // 14, but not full in the first
    CHECK(grade("10", "1.5") == "none");
    CHECK(codes(document) == std::vector<std::string>{"grade-gap"});
    CHECK(grade("10", "1") == "合格");
    CHECK(grade("8", "0.5") == "不合格");
    answer(document, "foot", "tick:否决", "是");
    CHECK(grade("10", "5") == "合格");
    CHECK(evaluate(document).grade.by == Grade::By::ceiling);
    answer(document, "foot", "tick:否决", "否");
    answer(document, "foot", "blank:投诉", "1");
    CHECK(grade("10", "5") == "优秀");
    answer(document, "foot", "blank:投诉", "2");
    CHECK(grade("10", "5") == "良好");
}

TEST_CASE("nothing filled in has no total, no grade, and is not final") {
    const Document document = scored_document(scored_definition());
    const Evaluation evaluation = evaluate(document);
    CHECK_FALSE(evaluation.final);
    CHECK(evaluation.counted == 0);
    CHECK(evaluation.grade.by == Grade::By::none);
    CHECK(tally(document).layers[0].scored == 0);
    CHECK(explain(document, Layer::self).missing.size() == 2);
}
