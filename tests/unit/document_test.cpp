#include "core/document.hpp"

#include <doctest/doctest.h>

#include "core/undo.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

std::string refusal(Layer layer, std::string item, std::string field, Value value) {
    return code_of(check_value(*load(), Target{layer, std::move(item), std::move(field)}, value));
}

std::string parsed(std::string item, std::string field, std::string_view text) {
    const auto value = parse_value(*load(), Target{Layer::self, std::move(item), std::move(field)}, text);
    if (!value) return value.error().code;
    if (const auto* points = std::get_if<Points>(&*value)) return points->to_string();
    if (const auto* flag = std::get_if<bool>(&*value)) return *flag ? "yes" : "no";
    if (const auto* words = std::get_if<std::string>(&*value)) return "'" + *words + "'";
    return "nothing";
}

Edit plain_edit(std::string id, Value after) {
    Edit edit;
    edit.id = std::move(id);
    edit.at = "2026-11-21T06:03:34Z";
    edit.target = {Layer::self, "1.1.1", "score"};
    edit.after = std::move(after);
    return edit;
}

}  // namespace

TEST_CASE("document: a new one has a unit and a period") {
    const auto document = new_document(load(), "doc-1", " 市第一医院党委\xE3\x80\x80", "2026年度", author());
    REQUIRE(document.has_value());
    CHECK(document->unit() == "市第一医院党委");
    CHECK(document->period() == "2026");
    CHECK(document->log.size() == 2);
    CHECK(document->log[0].batch == "new");
    CHECK(document->log[0].id != document->log[1].id);
    CHECK_FALSE(can_undo(*document));
    CHECK(make_undo(*document, author()).empty());
}

TEST_CASE("document: a new one without a unit, a period or an instant") {
    CHECK(code_of(new_document(load(), "d", " \xE3\x80\x80", "2026", author())) == "unit-empty");
    CHECK(code_of(new_document(load(), "d", "一院", "", author())) == "period-format");
    CHECK(code_of(new_document(load(), "d", "一院", "今年", author())) == "period-format");
    CHECK(code_of(new_document(load(), "d", std::string(201, 'x'), "2026", author())) == "text-long");
    CHECK(code_of(new_document(load(), "d", "\xFF", "2026", author())) == "text-encoding");
    CHECK(code_of(new_document(load(), "d", "一院", "2026", {"s", "", "today"})) == "instant-format");
}

TEST_CASE("answers: boundary values of a score") {
    // value | 0 | 0.5 | 2 | 2.5 | −0.5 | 0.25 | 1.99
    CHECK(refusal(Layer::self, "1.1.1", "score", points(0)) == "no error");
    CHECK(refusal(Layer::self, "1.1.1", "score", points(0.5)) == "no error");
    CHECK(refusal(Layer::self, "1.1.1", "score", points(2)) == "no error");
    CHECK(refusal(Layer::self, "1.1.1", "score", points(2.5)) == "score-over");
    CHECK(refusal(Layer::self, "1.1.1", "score", points(2.01)) == "score-over");
    CHECK(refusal(Layer::self, "1.1.1", "score", Points::from_hundredths(-50)) == "score-under");
    CHECK(refusal(Layer::self, "1.1.1", "score", points(0.25)) == "score-step");
    CHECK(refusal(Layer::self, "1.1.1", "score", points(1.99)) == "score-step");
    CHECK(refusal(Layer::rating, "2.1.1", "score", points(3)) == "no error");
    CHECK(refusal(Layer::rating, "2.1.1", "score", points(3.5)) == "score-over");
    const auto over = check_value(*load(), {Layer::self, "2.1.2", "score"}, points(1.5));
    CHECK(over.error().place == "2.1.2");
    CHECK(std::get<std::string>(over.error().params.at("max")) == "1");
}

TEST_CASE("answers: what may stand where") {
    struct Row {
        Layer layer;
        const char* item;
        const char* field;
        Value value;
        const char* code;
    };
    const Value words = std::string("字");
    for (const Row& row :
         std::initializer_list<Row>{{Layer::self, "1.1.1", "note", words, "no error"},
                                    {Layer::rating, "1.1.1", "note", words, "no error"},
                                    {Layer::self, "1.1.1", "explanation", words, "no error"},
                                    {Layer::acceptance, "1.1.1", "explanation", words, "field-unknown"},
                                    {Layer::self, "1.1.1", "value", points(1), "field-unknown"},
                                    {Layer::self, "1.1.1", "", points(1), "field-unknown"},
                                    {Layer::self, "1.1.9", "score", points(1), "item-unknown"},
                                    {Layer::self, "", "score", points(1), "item-unknown"},
                                    {Layer::self, "1.1.1", "score", words, "value-type"},
                                    {Layer::self, "1.1.1", "score", true, "value-type"},
                                    {Layer::self, "1.1.1", "note", points(1), "value-type"},
                                    {Layer::self, "1.1.2.m1", "value", points(4), "no error"},
                                    {Layer::self, "1.1.2.m1", "value", points(0.33), "no error"},
                                    {Layer::self, "1.1.2.m1", "value", Points::from_hundredths(-1), "value-under"},
                                    {Layer::self, "1.1.2.m1", "value", Points::from_whole(10'000'001), "number-range"},
                                    {Layer::self, "1.1.2.m1", "value", true, "value-type"},
                                    {Layer::self, "1.1.2.m2", "value", true, "no error"},
                                    {Layer::self, "1.1.2.m2", "value", points(1), "value-type"},
                                    {Layer::acceptance, "1.1.2.m1", "value", points(4), "field-unknown"},
                                    {Layer::self, "1.1.2.m1", "score", points(4), "field-unknown"},
                                    {Layer::self, "1.1.2.m3", "value", points(4), "item-unknown"},
                                    {Layer::self, "veto.1", "set", true, "no error"},
                                    {Layer::rating, "veto.2", "set", false, "no error"},
                                    {Layer::rating, "veto.2", "note", words, "no error"},
                                    {Layer::self, "veto.1", "set", points(1), "value-type"},
                                    {Layer::self, "veto.1", "score", points(1), "field-unknown"},
                                    {Layer::self, "veto.3", "set", true, "item-unknown"},
                                    {Layer::self, "header", "date", std::string("2026.11.20"), "no error"},
                                    {Layer::self, "header", "date", std::string("2026-11-31"), "date-impossible"},
                                    {Layer::self, "header", "date", std::string("2026年11月"), "date-no-day"},
                                    {Layer::self, "header", "date", std::string("1/2/26"), "date-ambiguous"},
                                    {Layer::self, "header", "date", points(1), "value-type"},
                                    {Layer::self, "header", "contact", words, "no error"},
                                    {Layer::self, "header", "total", words, "field-unknown"},
                                    {Layer::self, "header", "fax", words, "field-unknown"},
                                    {Layer::acceptance, "header", "date", words, "field-unknown"},
                                    {Layer::self, "header", "unit", words, "no error"},
                                    {Layer::self, "header", "period", std::string("2026年上半年"), "no error"},
                                    {Layer::self, "header", "period", words, "period-format"},
                                    {Layer::self, "document", "state", std::string("submitted"), "no error"},
                                    {Layer::rating, "document", "state", std::string("draft"), "no error"},
                                    {Layer::self, "document", "state", std::string("lost"), "value-type"},
                                    {Layer::self, "document", "title", words, "field-unknown"},
                                    {Layer::self, "1.1.1", "score", std::monostate{}, "no error"},
                                    {Layer::self, "1.1.1", "poem", std::monostate{}, "field-unknown"}}) {
        CAPTURE(row.item);
        CAPTURE(row.field);
        CHECK(refusal(row.layer, row.item, row.field, row.value) == row.code);
    }
}

TEST_CASE("answers: a layer that the form does not have") {
    Json one_layer = json();
    one_layer["layers"].erase(1);
    one_layer["layers"].erase(1);
    one_layer["rules"] = Json::array();
    const auto form = load_instrument(one_layer.dump());
    REQUIRE(form.has_value());
    CHECK(code_of(check_value(**form, {Layer::self, "1.1.1", "score"}, points(1))) == "no error");
    CHECK(code_of(check_value(**form, {Layer::rating, "1.1.1", "score"}, points(1))) == "layer-unknown");
}

TEST_CASE("answers: texts are cleaned, dates and periods written one way") {
    const auto clean = [](std::string item, std::string field, std::string words) {
        return std::get<std::string>(*check_value(*load(), {Layer::self, std::move(item), std::move(field)}, words));
    };
    CHECK(clean("1.1.1", "note", "一\r\n二\x01") == "一\n二");
    CHECK(clean("1.1.1", "note", " 留着 ") == " 留着 ");
    CHECK(clean("header", "unit", " 一院 ") == "一院");
    CHECK(clean("header", "date", "２０２６年１１月２日") == "2026-11-02");
    CHECK(clean("header", "period", "2026年第三季度") == "2026-Q3");
    const auto empty_text = check_value(*load(), {Layer::self, "1.1.1", "note"}, std::string("\x01\r"));
    CHECK(std::get<std::string>(*empty_text) == "\n");
    CHECK(*check_value(*load(), {Layer::self, "1.1.1", "note"}, std::string("\x01")) == Value{});
    CHECK(*check_value(*load(), {Layer::self, "header", "unit"}, std::string("  ")) == Value{});
}

TEST_CASE("answers: length of a text") {
    std::string longest;
    for (std::size_t i = 0; i < limits::text_characters; ++i) longest += "对";
    CHECK(refusal(Layer::self, "1.1.1", "note", longest) == "no error");
    CHECK(refusal(Layer::self, "1.1.1", "note", longest + "标") == "text-long");
    CHECK(refusal(Layer::self, "1.1.1", "note", std::string("\xE5\xAF")) == "text-encoding");
}

TEST_CASE("answers: what users type") {
    CHECK(parsed("1.1.1", "score", " １．５ ") == "1.5");
    CHECK(parsed("1.1.1", "score", "") == "nothing");
    CHECK(parsed("1.1.1", "score", "　") == "nothing");
    CHECK(parsed("1.1.1", "score", "两分") == "number-words");
    CHECK(parsed("1.1.1", "score", "1.555") == "number-places");
    CHECK(parsed("1.1.1", "score", "3") == "score-over");
    CHECK(parsed("1.1.1", "score", "-1") == "score-under");
    CHECK(parsed("1.1.1", "score", "\xFF") == "text-encoding");
    CHECK(parsed("1.1.1", "note", " 字 ") == "' 字 '");
    CHECK(parsed("1.1.2.m1", "value", "3") == "3");
    for (const char* yes : {"1", "１", "是", "有", "√", "TRUE", "yes", "Yes"})
        CHECK(parsed("1.1.2.m2", "value", yes) == "yes");
    for (const char* no : {"0", "否", "无", "×", "false", "No"}) CHECK(parsed("1.1.2.m2", "value", no) == "no");
    CHECK(parsed("1.1.2.m2", "value", "也许") == "value-type");
    CHECK(parsed("veto.1", "set", "1") == "yes");
    CHECK(parsed("header", "date", "2026年11月2日") == "'2026-11-02'");
    CHECK(parsed("document", "state", "submitted") == "'submitted'");
    CHECK(parsed("9.9.9", "score", "1") == "item-unknown");
    const auto shown = parse_value(*load(), {Layer::self, "1.1.1", "score"}, std::string(100, 'x') + "对");
    CHECK(std::get<std::string>(shown.error().params.at("text")).size() < 70);
}

TEST_CASE("edits: applying sets the answer and keeps before and after") {
    Document document = empty();
    score(document, "1.1.1", 1.5);
    score(document, "1.1.1", 2);
    const Edit& last = document.log.back();
    CHECK(last.before == Value{points(1.5)});
    CHECK(last.after == Value{points(2)});
    CHECK(last.by == "张三");
    CHECK(document.score(Layer::self, "1.1.1") == points(2));
    CHECK_FALSE(document.score(Layer::acceptance, "1.1.1").has_value());
    put(document, Layer::self, "1.1.1", "score", {});
    CHECK_FALSE(document.score(Layer::self, "1.1.1").has_value());
    CHECK(document.answers.size() == 2);  // unit and period
}

TEST_CASE("edits: asking for answers of another kind gives nothing") {
    Document document = empty();
    score(document, "1.1.1", 2);
    CHECK(document.text(Layer::self, "1.1.1", "score").empty());
    CHECK_FALSE(document.flag(Layer::self, "1.1.1", "score"));
    CHECK_FALSE(document.score(Layer::self, "header").has_value());
    CHECK(document.answer({Layer::self, "nowhere", "x"}) == Value{});
}

TEST_CASE("edits: a refused edit changes nothing") {
    Document document = empty();
    REQUIRE(apply(document, plain_edit("a", points(1))).has_value());
    const Document before = document;
    const auto refused = [&document](Edit edit) {
        const auto done = apply(document, std::move(edit));
        return done ? std::string("no error") : done.error().code;
    };
    CHECK(refused(plain_edit("a", points(2))) == "edit-doubled");
    CHECK(refused(plain_edit("", points(2))) == "edit-id");
    CHECK(refused(plain_edit(std::string(201, 'x'), points(2))) == "edit-id");
    CHECK(refused(plain_edit("b\n", points(2))) == "edit-id");
    CHECK(refused(plain_edit("\xFF", points(2))) == "edit-id");
    CHECK(refused(plain_edit("b", points(9))) == "score-over");
    CHECK(refused(plain_edit("b", points(0.1))) == "score-step");
    CHECK(refused(plain_edit("b", std::string("x"))) == "value-type");
    Edit edit = plain_edit("b", points(1));
    edit.before = points(9);
    CHECK(refused(edit) == "score-over");
    edit = plain_edit("b", points(1));
    edit.at = "2026-11-21";
    CHECK(refused(edit) == "instant-format");
    edit = plain_edit("b", points(1));
    edit.kind = EditKind::undo;
    CHECK(refused(edit) == "edit-id");
    edit = plain_edit("b", points(1));
    edit.by = std::string(201, 'x');
    CHECK(refused(edit) == "text-long");
    CHECK(document.log == before.log);
    CHECK(document.answers == before.answers);
}

TEST_CASE("edits: typing in one field is one edit") {
    Document document = empty();
    const std::size_t before = document.log.size();
    const Target target{Layer::self, "1.1.1", "note"};
    for (const char* words : {"落", "落实", "落实情况"}) {
        Author typing = author();
        typing.at = std::string("2026-11-21T06:03:3") + std::to_string(std::string_view(words).size() / 3) + "Z";
        const auto edit = make_edit(document, typing, target, std::string(words), "typing-1");
        REQUIRE(edit.has_value());
        CHECK(*apply_typing(document, *edit) == before);
    }
    REQUIRE(document.log.size() == before + 1);
    CHECK(document.log.back().before == Value{});
    CHECK(document.log.back().after == Value{std::string("落实情况")});
    CHECK(document.log.back().at == "2026-11-21T06:03:34Z");
    CHECK(document.text(Layer::self, "1.1.1", "note") == "落实情况");

    const auto undo = make_undo(document, author());
    REQUIRE(undo.size() == 1);
    REQUIRE(apply(document, undo[0]).has_value());
    CHECK(document.text(Layer::self, "1.1.1", "note").empty());
}

TEST_CASE("edits: typing starts a new edit in another field, batch or after an undo") {
    Document document = empty();
    const auto type = [&document](std::string item, std::string words, std::string batch) {
        const auto edit =
            make_edit(document, author(), {Layer::self, std::move(item), "note"}, words, std::move(batch));
        REQUIRE(edit.has_value());
        REQUIRE(apply_typing(document, *edit).has_value());
    };
    type("1.1.1", "一", "t1");
    type("1.1.2", "二", "t1");
    CHECK(document.log.size() == 4);
    type("1.1.2", "三", "t2");
    CHECK(document.log.size() == 5);
    type("1.1.2", "四", "");
    type("1.1.2", "五", "");
    CHECK(document.log.size() == 7);
    type("1.1.1", "六", "t3");
    for (const Edit& edit : make_undo(document, author())) REQUIRE(apply(document, edit).has_value());
    type("1.1.1", "七", "t3");
    CHECK(document.log.size() == 10);
    const auto refused = apply_typing(document, [&] {
        Edit edit = document.log.back();
        edit.after = std::string(10'001, 'x');
        return edit;
    }());
    CHECK(code_of(refused) == "text-long");
    CHECK(document.text(Layer::self, "1.1.1", "note") == "七");
}

TEST_CASE("replay: the same document from its log") {
    const Document document = clean();
    const auto again = replay(document.instrument, document.id, document.log);
    REQUIRE(again.has_value());
    CHECK(again->answers == document.answers);
    CHECK(again->log == document.log);
}

TEST_CASE("replay: faults are found where they stand") {
    const auto fault = [](auto change) {
        std::vector<Edit> log = clean().log;
        change(log);
        const auto document = replay(load(), "doc-1", log);
        return document ? std::string("no error") : document.error().code + " " + document.error().place;
    };
    CHECK(fault([](auto& log) { log[5].id = log[3].id; }) == "edit-doubled /log/5/id");
    CHECK(fault([](auto& log) { log[2].after = points(9); }) == "score-over /log/2/after");
    CHECK(fault([](auto& log) { log[2].before = points(0.3); }) == "score-step /log/2/before");
    CHECK(fault([](auto& log) { log[2].target.item = "8.8.8"; }) == "item-unknown /log/2/item");
    CHECK(fault([](auto& log) { log[2].target.field = "x"; }) == "field-unknown /log/2/field");
    CHECK(fault([](auto& log) { log[4].at = "x"; }) == "instant-format /log/4/at");
    CHECK(fault([](auto& log) { log[4].by = "\xFF"; }) == "text-encoding /log/4/by");
    CHECK(fault([](auto& log) { log[4].batch = std::string(300, 'x'); }) == "edit-id /log/4/batch");
    CHECK(fault([](auto& log) { log[4].reverts = "x"; }) == "edit-id /log/4/reverts");
    CHECK(fault([](auto& log) { log.clear(); }) == "no error");
}

TEST_CASE("targets: order by layer, item, field, and lookups by parts") {
    const Target a{Layer::self, "1.1.1", "note"};
    CHECK(TargetRef(a) < TargetRef(Layer::self, "1.1.1", "score"));
    CHECK(TargetRef(a) < TargetRef(Layer::self, "1.1.2", "a"));
    CHECK(TargetRef(a) < TargetRef(Layer::acceptance, "", ""));
    CHECK_FALSE(TargetRef(a) < TargetRef(a));
    CHECK(a == Target{Layer::self, "1.1.1", "note"});
}
