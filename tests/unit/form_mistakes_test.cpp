#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/scored_form/check_form.hpp"
#include "exchange/form_mistakes.hpp"
#include "exchange/messages.hpp"
#include "scored_forms.hpp"

using namespace duibiao;
using namespace duibiao::tests;

namespace {

struct Wrong {
    const char* pointer;  ///< where something is put
    const char* value;
    const char* code;
    const char* place;  ///< of the mistake
};

/// A "{name}" that nothing stood for.
bool has_placeholder(const std::string& words) {
    const std::size_t at = words.find('{');
    return at != std::string::npos && at + 1 < words.size() && words[at + 1] >= 'a' && words[at + 1] <= 'z';
}

std::vector<std::string> codes_at(const std::vector<Error>& errors) {
    std::vector<std::string> list;
    for (const Error& error : errors) list.push_back(error.code + " " + error.place);
    return list;
}

}  // namespace

TEST_CASE("every mistake is named at its place") {
    const char* item = "/sections/0/items/0";
    const std::string rule = std::string(item) + "/rules/0";
    const std::vector<Wrong> rows{
        {"/mesures", "[]", "form-member-strange", "/mesures"},
        {"/scorer", "[]", "form-member", "/scorer"},
        {"/kind", "\"scoerd\"", "form-word", "/kind"},
        {"/title", "\"\"", "form-missing", "/title"},
        {"/title", "5", "form-text", "/title"},
        {"/score_step", "\"0.5\"", "form-number", "/score_step"},
        {"/score_step", "-5", "form-range", "/score_step"},
        {"/score_step", "0.125", "form-step", "/score_step"},
        {"/period", "\"annual\"", "form-word", "/period"},
        {"/scorers", "{}", "form-list", "/scorers"},
        {"/scorers/0/id", "\"考核组\"", "form-id", "/scorers/0/id"},
        {"/columns/3/scorer", "\"examner\"", "form-name", "/columns/3/scorer"},
        {"/columns/1/role", "\"text\"", "form-missing", "/columns/1/id"},
        {"/sections/0/items/1/points", "null", "form-points", "/sections/0/items/1/points"},
        {"/sections/0/items/1/points", "\"unlimitd\"", "form-number-word", "/sections/0/items/1/points"},
        {"/sections/0/items/1/points", "-5", "form-range", "/sections/0/items/1/points"},
        {"/sections/0/items/1/points", "2.25", "form-step", "/sections/0/items/1/points"},
        {"/sections/0/items/1/id", "\"1.1.3\"", "form-id-position", "/sections/0/items/1/id"},
        {"/sections/0/items/1/texts", "{\"standrd\":\"x\"}", "form-member", "/sections/0/items/1/texts/standrd"},
        {"/sections/0/items/1/result", "\"应报{应报}\"", "form-text-blank-none", "/sections/0/items/1/result"},
        {"/sections/0/items/1/kinds", "[\"医院\"]", "form-name-none", "/sections/0/items/1/kinds"},
        {"/sections/0/items/0/blanks/1", "\"应报\"", "form-doubled", "/sections/0/items/0/blanks/1"},
        {"/sections/0/items/0/rules/0/bonus", "2", "form-rule-effect", "/sections/0/items/0/rules/0"},
        {"/sections/0/items/0/rules/0/deduct", "\"fre\"", "form-number-word", "/sections/0/items/0/rules/0/deduct"},
        {"/sections/0/items/0/rules/0/deduct", "\"free\"", "form-count-amount", "/sections/0/items/0/rules/0/count"},
        {"/sections/0/items/0/rules/0/count", "\"应保\"", "form-name", "/sections/0/items/0/rules/0/count"},
        {"/sections/0/items/0/rules/0/count", "{}", "form-count", "/sections/0/items/0/rules/0/count"},
        {"/sections/0/items/0/rules/0/once", "\"是\"", "form-flag", "/sections/0/items/0/rules/0/once"},
        {"/sections/0/items/0/rules/0/every", "0", "form-range", "/sections/0/items/0/rules/0/every"},
        {"/sections/0/groups", "[]", "form-items-groups", "/sections/0/items"},
        {"/sections/0/part", "\"base\"", "form-name-strange", "/sections/0/part"},
        {"/parts", R"([{"id":"a","name":"甲","weight":70}])", "form-weights", "/parts"},
        {"/total", R"({"by":"mean","without_extremes":true})", "form-extremes", "/total/without_extremes"},
        {"/grades", R"({"bands":[{"label":"优"}],"ceilings":[{"text":"a","when":[{}],"down":1}]})", "form-condition",
         "/grades/ceilings/0/when/0"},
        {"/grades", R"({"bands":[{"label":"优"}],"ceilings":[{"text":"a","when":[{"no_deduction":true}]}]})",
         "form-ceiling", "/grades/ceilings/0"},
        {"/header", R"([{"id":"date","label":"日期","typ":"date","type":"date"}])", "form-member", "/header/0/typ"},
    };
    for (const Wrong& row : rows) {
        CAPTURE(row.pointer);
        CAPTURE(row.value);
        Json form = scored_definition();
        form[Json::json_pointer(row.pointer)] = Json::parse(row.value);
        const FormReport report = check_form(form.dump());
        const auto found = codes_at(report.mistakes);
        CAPTURE(found);
        CHECK(report.form == nullptr);
        CHECK(std::find(found.begin(), found.end(), std::string(row.code) + " " + row.place) != found.end());
        for (const Error& error : report.mistakes) {
            const std::string words = describe(Language::chinese, error);
            CAPTURE(words);
            CHECK_FALSE(has_placeholder(words));
            CHECK(words.find("“”") == std::string::npos);
            CHECK(words.find("文本编辑器") == std::string::npos);
        }
        CHECK_FALSE(load_instrument(form.dump()));
    }
    CHECK(check_form(scored_definition().dump()).mistakes.empty());
}

TEST_CASE("all mistakes at once, the nearest name with each") {
    Json form = scored_definition();
    form["sections"][0]["items"][0]["pionts"] = 3;
    form["sections"][0]["items"][1]["points"] = "五";
    form["scorers"][0].erase("label");
    const FormReport report = check_form(form.dump());
    REQUIRE(report.mistakes.size() == 3);
    CHECK(std::get<std::string>(report.mistakes[1].params.at("nearest")) == "points");
}

TEST_CASE("a place in words, with its line") {
    const std::string text = scored_definition().dump(1);
    const std::string words = form_place(Language::chinese, text, "/sections/0/items/0/rules/0/deduct");
    CHECK(words.find("，第 1 部分“组织”，第 1 条“报表”，规则 1“少报”") != std::string::npos);
    const std::size_t line = line_of(text, "/sections/0/items/0/rules/0/deduct");
    const std::size_t at = text.find("\"deduct\"");
    CHECK(line ==
          static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1);
    CHECK(line_of(text, "/nowhere/at/all") >= 1);
    CHECK(line_of("{\"a\\u0062\":[1,\n{\"c\":\"x]\\\"\",\n\"d\":2}]}", "/ab/1/d") == 3);
}

TEST_CASE("the author is warned of printed sums and of bands that do not meet") {
    Json form = scored_definition(R"({"printed":20})");
    form["sections"][0]["printed"] = 14;
    form["grades"] = Json::parse(R"({"bands":[{"label":"优","from":12},{"label":"良","from":9,"to":11},
        {"label":"中","to":10}]})");
    const FormReport report = check_form(form.dump());
    CHECK(report.form != nullptr);
    CHECK(codes_at(report.warnings) ==
          std::vector<std::string>{"form-bands-gap /grades/bands/1", "form-bands-overlap /grades/bands/2",
                                   "form-printed /sections/0/printed", "form-printed /printed"});
}
