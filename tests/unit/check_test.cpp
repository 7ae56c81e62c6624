#include "core/check.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

const Date as_of = day(2026, 11, 21);

/// "code item/field layer" of every finding of one code, in order.
std::vector<std::string> found(const Document& document, std::string_view code) {
    std::vector<std::string> lines;
    for (const Finding& finding : check(document, as_of)) {
        if (finding.code != code) continue;
        lines.push_back(finding.item + "/" + finding.field + " " + std::string(to_string(finding.layer)));
    }
    return lines;
}

using Lines = std::vector<std::string>;

Finding only(const Document& document, std::string_view code) {
    const Findings findings = check(document, as_of);
    const auto finding =
        std::find_if(findings.begin(), findings.end(), [code](const Finding& f) { return f.code == code; });
    REQUIRE(finding != findings.end());
    return *finding;
}

std::string text_of(const Finding& finding, const char* name) { return std::get<std::string>(finding.params.at(name)); }
Lines list_of(const Finding& finding, const char* name) { return std::get<Lines>(finding.params.at(name)); }

}  // namespace

TEST_CASE("check: a complete document has nothing to find") { CHECK(check(clean(), as_of).empty()); }

TEST_CASE("check: unscored") {
    Document document = empty();
    CHECK(found(document, "unscored") == Lines{"1/score self", "2/score self"});
    Finding finding = only(document, "unscored");
    CHECK(std::get<std::int64_t>(finding.params.at("count")) == 3);
    CHECK(list_of(finding, "items") == Lines{"1.1.1", "1.1.2", "1.2.1"});
    CHECK(text_of(finding, "section") == "甲");
    CHECK(finding.severity == Severity::notice);
    CHECK(finding.citation == "T 自评");
    CHECK(finding.document == "doc-1");

    score(document, "1.1.1", 0);  // zero is a score
    CHECK(list_of(only(document, "unscored"), "items") == Lines{"1.1.2", "1.2.1"});

    // A later layer is spoken of once it began.
    document = clean();
    CHECK(found(document, "unscored").empty());
    score(document, "1.1.1", 2, Layer::acceptance);
    CHECK(found(document, "unscored") == Lines{"1/score acceptance", "2/score acceptance"});
    CHECK(found(clean(), "unscored").empty());
}

TEST_CASE("check: note-required") {
    // score | note   | finding
    // –     | –      | no
    // 0     | –      | no
    // 0.5   | –      | yes
    // 0.5   | blanks | yes
    // 0.5   | words  | no
    Document document = clean();
    note(document, "1.1.1", "");
    CHECK(found(document, "note-required") == Lines{"1.1.1/note self"});
    CHECK(text_of(only(document, "note-required"), "score") == "2");
    note(document, "1.1.1", " \n\xE3\x80\x80");
    CHECK(found(document, "note-required") == Lines{"1.1.1/note self"});
    score(document, "1.1.1", 0.5);
    CHECK(found(document, "note-required") == Lines{"1.1.1/note self"});
    score(document, "1.1.1", 0);
    CHECK(found(document, "note-required").empty());
    put(document, Layer::self, "1.1.1", "score", {});
    CHECK(found(document, "note-required").empty());
    score(document, "1.1.1", 0.5);
    note(document, "1.1.1", "已落实");
    CHECK(found(document, "note-required").empty());
}

TEST_CASE("check: above-measure") {
    // 1.1.2: 2 points, 学习 of 4 times (proportional), 有记录
    // times | record | score | finding (proposed)
    struct Row {
        std::optional<double> times;
        std::optional<bool> record;
        double score;
        const char* proposed;  ///< null: no finding
    };
    for (const Row& row :
         std::initializer_list<Row>{{4, true, 2, nullptr},
                                    {3, true, 2, "1.5"},
                                    {3, true, 1.5, nullptr},
                                    {3, true, 0, nullptr},
                                    {4, false, 1.5, "1"},
                                    {4, false, 1, nullptr},
                                    {0, false, 0.5, "0"},
                                    {0, false, 0, nullptr},
                                    {std::nullopt, false, 1.5, "1"},  // the other one may still be full
                                    {std::nullopt, false, 1, nullptr},
                                    {std::nullopt, std::nullopt, 2, nullptr},
                                    {4, std::nullopt, 2, nullptr}}) {
        Document document = clean();
        const auto times = row.times ? Value{points(*row.times)} : Value{};
        const auto record = row.record ? Value{*row.record} : Value{};
        put(document, Layer::self, "1.1.2.m1", "value", times);
        put(document, Layer::self, "1.1.2.m2", "value", record);
        score(document, "1.1.2", row.score);
        CAPTURE(row.score);
        REQUIRE(found(document, "above-measure").size() == (row.proposed == nullptr ? 0 : 1));
        if (row.proposed == nullptr) continue;
        const Finding finding = only(document, "above-measure");
        CHECK(finding.item == "1.1.2");
        CHECK(finding.field == "explanation");
        CHECK(finding.severity == Severity::error);
        CHECK(text_of(finding, "proposed") == row.proposed);
        CHECK(text_of(finding, "score") == points(row.score).to_string());
    }
}

TEST_CASE("check: above-measure is a notice once it is explained") {
    Document document = clean();
    measure(document, "1.1.2.m1", 3);
    put(document, Layer::self, "1.1.2", "explanation", std::string(" "));
    CHECK(found(document, "above-measure").size() == 1);
    put(document, Layer::self, "1.1.2", "explanation", std::string("另有一次合并开展"));
    CHECK(found(document, "above-measure").empty());
    CHECK(found(document, "above-measure-explained") == Lines{"1.1.2/explanation self"});
    CHECK(only(document, "above-measure-explained").severity == Severity::notice);
}

TEST_CASE("check: measures in words") {
    Document document = clean();
    measure(document, "1.1.2.m1", 3.5);
    answer_yes(document, "1.1.2.m2", false);
    CHECK(list_of(only(document, "above-measure"), "measures") == Lines{"学习 3.5/4 次", "有记录 ×"});
    document = clean();
    measure(document, "1.2.1.m1", 12);
    CHECK(list_of(only(document, "above-measure"), "measures") == Lines{"委员 12/5–9 人"});
    document = clean();
    measure(document, "2.1.2.m1", 9);
    answer_yes(document, "2.1.2.m2", true);
    CHECK(list_of(only(document, "above-measure"), "measures") == Lines{"用房 9/≤6", "有违规 √"});
}

TEST_CASE("check: measure-empty") {
    Document document = clean();
    put(document, Layer::self, "1.1.2.m1", "value", {});
    CHECK(found(document, "measure-empty") == Lines{"1.1.2/value self"});
    CHECK(list_of(only(document, "measure-empty"), "measures") == Lines{"学习"});
    put(document, Layer::self, "1.1.2.m2", "value", {});
    CHECK(list_of(only(document, "measure-empty"), "measures") == Lines{"学习", "有记录"});
    put(document, Layer::self, "1.1.2", "score", {});
    CHECK(found(document, "measure-empty").empty());
    answer_yes(document, "1.1.2.m2", false);  // no is an answer, and so is 0
    measure(document, "1.1.2.m1", 0);
    score(document, "1.1.2", 0);
    CHECK(found(document, "measure-empty").empty());
}

TEST_CASE("check: deduction-reason") {
    // self | acceptance | rating | reason of acceptance | of rating | findings
    struct Row {
        double self;
        std::optional<double> acceptance;
        std::optional<double> rating;
        const char* acceptance_reason;
        const char* rating_reason;
        Lines findings;
    };
    for (const Row& row :
         std::initializer_list<Row>{{2, std::nullopt, std::nullopt, "", "", {}},
                                    {2, 2, 2, "", "", {}},
                                    {2, 1.5, std::nullopt, "", "", {"1.1.1/note acceptance"}},
                                    {2, 1.5, std::nullopt, " ", "", {"1.1.1/note acceptance"}},
                                    {2, 1.5, std::nullopt, "缺记录", "", {}},
                                    {1, 1.5, std::nullopt, "", "", {}},
                                    {2, 2, 1, "", "", {"1.1.1/note rating"}},
                                    {2, 1, 0.5, "缺记录", "", {"1.1.1/note rating"}},
                                    {2, 1, 0.5, "", "缺记录", {"1.1.1/note acceptance"}},
                                    {2, 1, 2, "缺记录", "", {}},
                                    {2, 0, 0, "", "", {"1.1.1/note acceptance"}},
                                    {2, std::nullopt, 1, "", "", {}}}) {  // nothing to compare with: layer-order speaks
        Document document = clean();
        score(document, "1.1.1", row.self);
        if (row.acceptance) score(document, "1.1.1", *row.acceptance, Layer::acceptance);
        if (row.rating) score(document, "1.1.1", *row.rating, Layer::rating);
        note(document, "1.1.1", row.acceptance_reason, Layer::acceptance);
        note(document, "1.1.1", row.rating_reason, Layer::rating);
        CHECK(found(document, "deduction-reason") == row.findings);
    }
    Document document = clean();
    score(document, "1.1.1", 0.5, Layer::acceptance);
    const Finding finding = only(document, "deduction-reason");
    CHECK(text_of(finding, "before") == "2");
    CHECK(text_of(finding, "after") == "0.5");
    CHECK(text_of(finding, "difference") == "1.5");
    CHECK(finding.severity == Severity::error);
}

TEST_CASE("check: score-raised") {
    // self | acceptance | rating | reason of rating | findings
    struct Row {
        double self;
        double acceptance;
        std::optional<double> rating;
        const char* reason;
        Lines findings;
    };
    for (const Row& row : std::initializer_list<Row>{{1, 1, std::nullopt, "", {}},
                                                     {1, 2, std::nullopt, "", {"1.1.1/note acceptance"}},
                                                     {2, 1, 2, "", {"1.1.1/note rating"}},
                                                     {2, 1, 2, "  ", {"1.1.1/note rating"}},
                                                     {2, 1, 2, "补充了记录", {}},
                                                     {2, 1, 1, "", {}},
                                                     {2, 1, 0.5, "", {}}}) {
        Document document = clean();
        score(document, "1.1.1", row.self);
        score(document, "1.1.1", row.acceptance, Layer::acceptance);
        if (row.rating) score(document, "1.1.1", *row.rating, Layer::rating);
        note(document, "1.1.1", row.reason, Layer::rating);
        CHECK(found(document, "score-raised") == row.findings);
    }
    Document document = clean();
    score(document, "1.1.1", 1);
    score(document, "1.1.1", 1.5, Layer::acceptance);
    const Finding finding = only(document, "score-raised");
    CHECK(text_of(finding, "difference") == "0.5");
    CHECK(finding.severity == Severity::warning);
}

TEST_CASE("check: reason-past") {
    const auto said = [](const std::vector<std::pair<double, const char*>>& steps) {
        Document document = clean();
        score(document, "1.1.1", 2);
        for (const auto& [given, reason] : steps) {
            score(document, "1.1.1", given, Layer::acceptance);
            if (reason != nullptr) note(document, "1.1.1", reason, Layer::acceptance);
        }
        return !found(document, "reason-past").empty();
    };
    CHECK_FALSE(said({{1, "缺记录"}}));
    CHECK(said({{1, "缺记录"}, {2, nullptr}}));
    CHECK_FALSE(said({{1, "缺记录"}, {2, "已补记录"}}));  // written when nothing was taken off: a remark
    CHECK_FALSE(said({{1, "缺记录"}, {2, ""}}));
    CHECK_FALSE(said({{2, "做得好"}}));
    CHECK(said({{2, "缺记录"}, {1, nullptr}, {2, nullptr}}));
    CHECK_FALSE(said({{1, "缺记录"}, {2, nullptr}, {1.5, nullptr}}));
}

TEST_CASE("check: layer-order") {
    Document document = clean();
    CHECK(found(document, "layer-order").empty());
    score(document, "1.1.1", 2, Layer::acceptance);
    CHECK(found(document, "layer-order").empty());
    score(document, "2.1.1", 3, Layer::rating);
    CHECK(found(document, "layer-order") == Lines{"2.1.1/score rating"});
    CHECK(text_of(only(document, "layer-order"), "after") == "3");
    put(document, Layer::self, "1.1.1", "score", {});
    CHECK(found(document, "layer-order") == Lines{"1.1.1/score acceptance", "2.1.1/score rating"});
}

TEST_CASE("check: header-required and date-future") {
    const auto with_date = [](const char* date) {
        Document document = clean();
        put(document, Layer::self, "header", "date", std::string(date));
        return document;
    };
    CHECK(found(with_date(""), "header-required") == Lines{"header/date self"});
    CHECK(text_of(only(with_date(""), "header-required"), "label") == "日期");
    CHECK(found(with_date(""), "date-future").empty());
    CHECK(found(with_date("2026-11-21"), "header-required").empty());
    CHECK(found(with_date("2026-11-21"), "date-future").empty());  // the as-of date itself
    CHECK(found(with_date("2026-11-22"), "date-future") == Lines{"header/date self"});
    const Finding finding = only(with_date("2027年1月1日"), "date-future");
    CHECK(text_of(finding, "date") == "2027-01-01");
    CHECK(text_of(finding, "as_of") == "2026-11-21");
    CHECK(text_of(finding, "label") == "日期");
}

TEST_CASE("check: veto") {
    // each condition once, for the first layer that set it
    Document document = clean();
    put(document, Layer::self, "veto.1", "set", false);
    CHECK(found(document, "veto").empty());
    put(document, Layer::rating, "veto.2", "set", true);
    put(document, Layer::acceptance, "veto.2", "set", true);
    CHECK(found(document, "veto") == Lines{"veto.2/set acceptance"});
    put(document, Layer::self, "veto.1", "set", true);
    CHECK(found(document, "veto") == Lines{"veto.1/set self", "veto.2/set acceptance"});
    const Finding finding = only(document, "veto");
    CHECK(text_of(finding, "number") == "①");
    CHECK(text_of(finding, "text") == "违纪");
    CHECK(text_of(finding, "verdict") == "不予评定");
    CHECK(finding.citation == "T 备注①");
}

TEST_CASE("check: findings stand in the form's order, errors first within an item") {
    Document document = empty();
    score(document, "1.1.2", 2);
    measure(document, "1.1.2.m1", 1);
    score(document, "1.1.1", 2, Layer::acceptance);
    put(document, Layer::self, "veto.1", "set", true);
    Lines order;
    for (const Finding& finding : check(document, as_of)) {
        order.push_back(finding.item + " " + finding.code);
    }
    CHECK(order == Lines{"header header-required", "1 unscored", "1 unscored", "1.1.1 layer-order",
                         "1.1.2 above-measure", "1.1.2 note-required", "1.1.2 measure-empty", "2 unscored",
                         "2 unscored", "veto.1 veto"});
    const FindingCount counted = count(check(document, as_of));
    CHECK(counted.errors == 1);
    CHECK(counted.warnings == 4);
    CHECK(counted.notices == 5);
}

TEST_CASE("check: what concerns the whole document comes first") {
    Document document = clean();
    measure(document, "1.1.2.m1", 1);
    put(document, Layer::self, "header", "date", {});
    put(document, Layer::self, "document", "altered", std::string("1.1.2"));
    const Findings findings = check(document, as_of);
    REQUIRE(findings.size() > 2);
    CHECK(findings[0].code == "marked-altered");
    CHECK(findings[1].code == "header-required");
}

TEST_CASE("check: a header rule on the period, a form without rules") {
    Json form = json();
    form["rules"] =
        Json::array({{{"kind", "header-required"}, {"severity", "error"}, {"field", "period"}, {"citation", "T"}}});
    auto document = new_document(*load_instrument(form.dump()), "d", "一院", "2026", author());
    REQUIRE(document.has_value());
    CHECK(check(*document, as_of).empty());
    put(*document, Layer::self, "header", "period", {});
    CHECK(found(*document, "header-required") == Lines{"header/period self"});
    form.erase("rules");
    auto silent = new_document(*load_instrument(form.dump()), "d", "一院", "2026", author());
    CHECK(check(*silent, as_of).empty());
}
