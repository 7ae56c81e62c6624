#include "core/instrument.hpp"

#include <doctest/doctest.h>

#include "exchange/library.hpp"
#include "small_form.hpp"

using namespace duibiao;

namespace {

struct Fault {
    const char* pointer;      ///< where the definition is changed
    const char* replacement;  ///< JSON; empty: the member is taken out
    const char* code;
    const char* place = nullptr;  ///< where the error should be; the same when null
};

void take_out(Json& json, const std::string& pointer) {
    const std::size_t slash = pointer.rfind('/');
    json[Json::json_pointer(pointer.substr(0, slash))].erase(pointer.substr(slash + 1));
}

Error fault_in(const Fault& fault) {
    Json json = small_form::json();
    if (std::string_view(fault.replacement).empty()) {
        take_out(json, fault.pointer);
    } else {
        json[Json::json_pointer(fault.pointer)] = *parse_json(fault.replacement, 1000);
    }
    const auto instrument = load_instrument(json.dump());
    return instrument ? Error{"no error", {}, {}} : instrument.error();
}

void check_faults(std::initializer_list<Fault> faults) {
    for (const Fault& fault : faults) {
        CAPTURE(fault.pointer);
        CAPTURE(fault.replacement);
        const Error error = fault_in(fault);
        CHECK(error.code == fault.code);
        CHECK(error.place == std::string(fault.place == nullptr ? fault.pointer : fault.place));
    }
}

}  // namespace

TEST_CASE("instrument: a definition is read completely") {
    const InstrumentPtr form = small_form::load();
    CHECK(form->id == "small");
    CHECK(form->kind == InstrumentKind::scored);
    CHECK(form->points == Points::from_whole(10));
    CHECK(form->score_step == Points::from_hundredths(50));
    CHECK(form->order.size() == 5);
    CHECK(form->sections[0].groups[0].points == Points::from_whole(4));
    CHECK(form->header.size() == 4);
    CHECK(form->find_header("date")->type == HeaderField::Type::date);
    CHECK(form->find_header("date")->required);
    CHECK(form->find_layer(Layer::rating)->short_label == "主管部门");
    CHECK(form->veto.conditions.size() == 2);
    CHECK(form->rules.size() == 12);
    CHECK(form->rules[3].kind == Rule::Kind::above_measure);
    CHECK(form->rules[3].severity == Severity::error);
    CHECK(form->print_blocks.at(0).party == "单位（盖章）");
    CHECK(form->print_blocks.at(0).lines.size() == 2);
    CHECK(form->columns.note == "落实情况");
    CHECK(form->hash.size() == 64);
    const Measure* measure = form->find_measure("1.1.2.m1");
    REQUIRE(measure != nullptr);
    CHECK(measure->at_least == Points::from_whole(4));
    CHECK(measure->propose == Measure::Propose::proportional);
    CHECK_FALSE(form->find_measure("2.1.2.m2")->expect);
}

TEST_CASE("instrument: ids are positions") {
    const InstrumentPtr form = small_form::load();
    CHECK(form->find_criterion("1.2.1")->text == "有上下限的一条");
    CHECK(form->find_criterion("2.1.2")->points == Points::from_whole(1));
    for (const char* id : {"", "1", "1.1", "1.1.3", "3.1.1", "0.1.1", "1.0.1", "01.1.1", "1.1.1.", "1.1.1.1", ".1.1.1",
                           "1..1", "a.b.c", "1.1.1 ", "-1.1.1", "99999999999999999999.1.1", "1.1.1.m1"}) {
        CAPTURE(id);
        CHECK(form->find_criterion(id) == nullptr);
    }
    for (const char* id :
         {"", ".m1", "1.1.1.m1", "1.1.2.m0", "1.1.2.m3", "1.1.2.m01", "1.1.2.m1.", "1.1.2.m", "1.1.2m1"}) {
        CAPTURE(id);
        CHECK(form->find_measure(id) == nullptr);
    }
    CHECK(form->find_veto("veto.2")->number == "②");
    CHECK(form->find_veto("veto.3") == nullptr);
    CHECK(form->find_header("nothing") == nullptr);
}

TEST_CASE("instrument: the hash is that of the content, not of the layout") {
    CHECK((*load_instrument(small_form::json().dump(4)))->hash == small_form::load()->hash);
    Json json = small_form::json();
    json["title"] = "另一张表";
    CHECK((*load_instrument(json.dump()))->hash != small_form::load()->hash);
}

TEST_CASE("instrument: format, version, kind") {
    check_faults({{"/format", "\"duibiao-report\"", "instrument-format"},
                  {"/format", "", "instrument-format"},
                  {"/format_version", "3", "instrument-version"},
                  {"/format_version", "0", "field-type"},
                  {"/format_version", "\"1\"", "field-type"},
                  {"/format_version", "", "field-missing"},
                  {"/kind", "\"poem\"", "instrument-kind"}});
    CHECK(load_instrument("[]").error().code == "instrument-format");
    CHECK(load_instrument("1").error().code == "instrument-format");
    CHECK(load_instrument("").error().code == "json-empty");
    CHECK(load_instrument("{").error().code == "json-cut");
}

TEST_CASE("instrument: members missing or of another type") {
    check_faults({{"/id", "", "field-missing"},
                  {"/id", "7", "field-type"},
                  {"/id", "\"a b\"", "id-format"},
                  {"/id", "\"../x\"", "id-format"},
                  {"/title", "\"\"", "field-missing"},
                  {"/source", "", "field-missing"},
                  {"/source", "\"T\"", "field-type"},
                  {"/source/key", "", "field-missing"},
                  {"/period", "\"week\"", "field-type"},
                  {"/layers", "{}", "field-type"},
                  {"/layers", "[]", "field-missing"},
                  {"/layers", "", "field-missing"},
                  {"/layers/1/label", "", "field-missing"},
                  {"/columns/note", "null", "field-missing"},
                  {"/header/2/type", "\"number\"", "field-type"},
                  {"/header/2/required", "1", "field-type"},
                  {"/header/0", "3", "field-type"},
                  {"/sections/0/groups/0/criteria", "", "field-missing"},
                  {"/sections/0/groups/0/criteria/0/text", "\"\"", "field-missing"},
                  {"/sections/0/groups/0/criteria/0/points", "\"2\"", "number-format"},
                  {"/sections/0/groups/0/criteria/0/points", "1.005", "number-places"},
                  {"/print/signatures/0/lines/0", "1", "field-type"}});
}

TEST_CASE("instrument: ids stand where they say, once each") {
    check_faults({{"/sections/1/id", "\"3\"", "id-position"},
                  {"/sections/0/groups/1/id", "\"1.3\"", "id-position"},
                  {"/sections/0/groups/0/criteria/1/id", "\"1.1.1\"", "id-position"},
                  {"/sections/0/groups/0/criteria/1/measures/1/id", "\"1.1.2.m1\"", "id-position"},
                  {"/veto/conditions/1/id", "\"veto.1\"", "id-position"},
                  {"/layers/1/id", "\"rating\"", "id-position"},
                  {"/layers/0/id", "\"nobody\"", "id-position"},
                  {"/header/1/id", "\"unit\"", "id-doubled"}});
}

TEST_CASE("instrument: points add up and can be scored in steps") {
    check_faults({{"/points", "11", "points-sum"},
                  {"/sections/1/points", "4.5", "points-sum"},
                  {"/sections/0/groups/0/criteria/0/points", "2.5", "points-sum", "/sections/0/points"},
                  {"/sections/0/groups/0/criteria/0/points", "2.25", "points-step"},
                  {"/sections/0/groups/0/criteria/0/points", "0", "number-range"},
                  {"/sections/0/groups/0/criteria/0/points", "-1", "number-range"},
                  {"/sections/0/groups/0/criteria/0/points", "1001", "number-range"},
                  {"/score_step", "0", "points-step"},
                  {"/score_step", "-0.5", "points-step"},
                  {"/score_step", "0.3", "points-step", "/sections/0/groups/0/criteria/0/points"}});
    const Error error = fault_in({"/points", "11", ""});
    CHECK(std::get<std::string>(error.params.at("sum")) == "10");
    CHECK(std::get<std::string>(error.params.at("expected")) == "11");
}

TEST_CASE("instrument: citations and thresholds") {
    check_faults({{"/sections/0/groups/0/criteria/0/citation", "\"\"", "citation-missing"},
                  {"/sections/0/groups/0/criteria/1/measures/0/citation", "", "citation-missing"},
                  {"/veto/citation", "", "citation-missing"},
                  {"/veto/conditions/0/citation", "", "citation-missing"},
                  {"/rules/0/citation", "", "citation-missing"}});
    constexpr const char* measure = "/sections/0/groups/0/criteria/1/measures/0";
    check_faults({{"/sections/0/groups/0/criteria/1/measures/0/at_least", "", "measure-threshold", measure},
                  {"/sections/0/groups/0/criteria/1/measures/0/at_least", "0", "measure-threshold", measure},
                  {"/sections/0/groups/0/criteria/1/measures/0/at_most", "3", "measure-threshold", measure},
                  {"/sections/0/groups/0/criteria/1/measures/0/propose", "\"half\"", "field-type"},
                  {"/sections/0/groups/0/criteria/1/measures/0/type", "\"text\"", "field-type"}});
}

TEST_CASE("instrument: rules refer to what exists") {
    check_faults({{"/rules/0/kind", "\"sing\"", "rule-kind"},
                  {"/rules/0/kind", "", "field-missing"},
                  {"/rules/0/severity", "\"fatal\"", "field-type"},
                  {"/rules/0/layer", "\"nobody\"", "rule-reference", "/rules/0"},
                  {"/rules/5/layer", "\"self\"", "rule-reference", "/rules/5"},
                  {"/rules/7/layer", "\"self\"", "rule-reference", "/rules/7"},
                  {"/rules/3/layer", "\"rating\"", "rule-reference", "/rules/3"},
                  {"/rules/9/field", "\"total\"", "rule-reference", "/rules/9"},
                  {"/rules/9/field", "\"nothing\"", "rule-reference", "/rules/9"},
                  {"/rules/9/field", "", "rule-reference", "/rules/9"},
                  {"/rules/10/field", "\"contact\"", "rule-reference", "/rules/10"},
                  {"/rules/9/field", "\"period\"", "no error", ""},
                  {"/veto", "", "rule-reference", "/rules/11"}});
}

TEST_CASE("instrument: another kind loads with what all kinds have") {
    const auto roster = load_instrument(R"({"format":"duibiao-instrument","format_version":1,"id":"r","version":"2",
        "kind":"roster","title":"名册","source":{"key":"R","title":"通知"},"columns":[{"id":"name"}],
        "header":[{"id":"date","label":"日期","type":"date"}]})");
    REQUIRE(roster.has_value());
    CHECK((*roster)->kind == InstrumentKind::roster);
    CHECK((*roster)->short_title == "名册");
    CHECK((*roster)->sections.empty());
    CHECK((*roster)->order.empty());
}

TEST_CASE("instrument: no definition, however mangled, does more than fail") {
    const std::string whole = small_form::json().dump();
    for (std::size_t length = 0; length < whole.size(); length += 3) {
        CHECK_FALSE(load_instrument(std::string_view(whole).substr(0, length)).has_value());
    }
    // Every value in turn replaced by each other type.
    const Json flat = small_form::json().flatten();
    for (const auto& [pointer, value] : flat.items()) {
        for (const char* replacement : {"null", "[]", "{}", "7", "-0.5", "\"\"", "true"}) {
            Json json = small_form::json();
            json[Json::json_pointer(pointer)] = *parse_json(replacement, 10);
            static_cast<void>(load_instrument(json.dump()));
        }
    }
}

TEST_CASE("instrument: the score table of party committees has the points of its source") {
    const InstrumentPtr form = InstrumentLibrary::on_demand().find("jilin-committee");
    REQUIRE(form != nullptr);
    CHECK(form->points == Points::from_whole(100));
    CHECK(form->order.size() == 84);
    const std::vector<std::pair<std::string, int>> sections{
        {"强化党组织发挥作用", 4}, {"健全基本组织", 8},  {"建强基本队伍", 31},
        {"落实基本制度", 18},      {"完善基本保障", 11}, {"加强智慧党建", 5},
        {"发挥功能作用", 10},      {"强化政治责任", 9},  {"工作运行机制", 4}};
    REQUIRE(form->sections.size() == sections.size());
    for (std::size_t i = 0; i < sections.size(); ++i) {
        CHECK(form->sections[i].title == sections[i].first);
        CHECK(form->sections[i].points == Points::from_whole(sections[i].second));
    }
    CHECK(form->sections[2].groups.size() == 5);
    CHECK(form->find_criterion("3.2.4")->points == Points::from_whole(3));
    CHECK(form->veto.conditions.size() == 2);
    CHECK(form->veto.verdict == "不予评定");
}
