#include "core/report.hpp"

#include <doctest/doctest.h>

#include "core/sha256.hpp"
#include "core/undo.hpp"
#include "exchange/library.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

/// All three layers, notes with everything that needs escaping, an undo, a veto.
Document full() {
    Document document = clean();
    note(document, "1.1.1", "“引号”与\"引号\"、\\、换\n行、\t表 \xF0\x9F\x98\x80");
    score(document, "1.1.1", 1.5, Layer::acceptance);
    note(document, "1.1.1", "缺一次记录", Layer::acceptance);
    score(document, "2.1.2", 0, Layer::rating);
    put(document, Layer::rating, "veto.2", "set", false);
    put(document, Layer::acceptance, "veto.1", "note", std::string("已核实，没有"));
    put(document, Layer::self, "header", "contact", std::string("李四"));
    put(document, Layer::self, "1.1.2", "explanation", std::string("说明"));
    score(document, "1.2.1", 0.5);
    for (const Edit& edit : make_undo(document, author())) REQUIRE(apply(document, edit).has_value());
    put(document, Layer::self, "document", "state", std::string("submitted"));
    return document;
}

LoadedReport read_ok(std::string_view text) {
    auto loaded = read_report(text, finder());
    if (!loaded) {
        CAPTURE(loaded.error().code);
        CAPTURE(loaded.error().place);
        FAIL("not read");
    }
    return std::move(*loaded);
}

Json tree(const Document& document) { return *parse_json(write_report(document), limits::report_bytes); }

/// "code place" of the error, or "ok" with the codes of the findings.
std::string outcome(std::string_view text) {
    const auto loaded = read_report(text, finder());
    if (!loaded) return loaded.error().code + " " + loaded.error().place;
    std::string codes = "ok";
    for (const Finding& finding : loaded->findings) {
        codes += " " + finding.code + ":" + std::string(to_string(finding.layer));
        if (!finding.item.empty()) codes += ":" + finding.item;
        if (!finding.field.empty()) codes += "/" + finding.field;
    }
    return codes;
}

template <typename Change>
std::string after_change(Change change) {
    Json json = tree(full());
    change(json);
    return outcome(canonical_json(json) + "\n");
}

Json& edit_of(Json& json, std::string_view item, std::string_view field, std::string_view layer = "self") {
    for (Json& edit : json["log"]) {
        if (edit["item"] == item && edit["field"] == field && edit["layer"] == layer) return edit;
    }
    FAIL("no such edit");
    return json;
}

/// A layer's hash as the docstring defines it, made from the file alone.
std::string hash_by_definition(const Json& report, std::size_t index) {
    Json layer = report["layers"][index];
    layer.erase("hash");
    for (const char* key : {"document", "instrument", "unit", "period"}) layer[key] = report[key];
    if (index == 0) {
        layer["header"] = report["header"];
        layer["measures"] = report["measures"];
    }
    Json own = Json::array();
    for (const Json& edit : report["log"]) {
        if (edit["layer"] == layer["id"]) own.push_back(edit);
    }
    if (!own.empty()) layer["log"] = to_hex(sha256(canonical_json(own)));
    return to_hex(sha256(canonical_json(layer)));
}

void make_hashes_fit(Json& report) {
    std::string previous;
    for (std::size_t i = 0; i < 3; ++i) {
        report["layers"][i]["previous"] = previous;
        report["layers"][i]["hash"] = hash_by_definition(report, i);
        previous = report["layers"][i]["hash"];
    }
}

}  // namespace

TEST_CASE("report: written, read and written again it is the same, byte for byte") {
    for (const Document& document : {empty(), clean(), full()}) {
        const std::string text = write_report(document);
        const LoadedReport loaded = read_ok(text);
        CHECK(loaded.findings.empty());
        CHECK(loaded.document.log == document.log);
        CHECK(loaded.document.answers == document.answers);
        CHECK(loaded.document.id == document.id);
        CHECK(write_report(loaded.document) == text);
    }
}

TEST_CASE("report: the file is canonical JSON with a line feed") {
    const std::string text = write_report(full());
    CHECK(text == canonical_json(*parse_json(text, limits::report_bytes)) + "\n");
}

TEST_CASE("report: its members are those of the contract") {
    const Json report = tree(full());
    CHECK(report["format"] == "duibiao-report");
    CHECK(report["version"] == 1);
    CHECK(report["unit"] == "市第一医院党委");
    CHECK(report["period"] == "2026");
    CHECK(report["header"] == *parse_json(R"({"contact":"李四","date":"2026-11-20"})", 100));
    CHECK(report["measures"]["1.1.2.m2"] == true);
    CHECK(report["measures"]["2.1.2.m1"] == 6);
    const Json& self = report["layers"][0];
    CHECK(self["id"] == "self");
    CHECK(self["state"] == "submitted");
    CHECK(self["previous"] == "");
    CHECK(self["answers"]["1.1.2"] == *parse_json(R"({"score":2,"note":"已落实","explanation":"说明"})", 100));
    CHECK(self["totals"]["score"] == 10);
    CHECK(self["totals"]["of"] == 5);
    CHECK(self["totals"]["sections"]["1"] == *parse_json(R"({"score":6,"scored":3})", 100));
    const Json& acceptance = report["layers"][1];
    CHECK(acceptance["answers"]["1.1.1"] == *parse_json(R"({"score":1.5,"note":"缺一次记录"})", 100));
    CHECK(acceptance["veto"]["veto.1"] == *parse_json(R"({"note":"已核实，没有"})", 100));
    CHECK_FALSE(acceptance.contains("state"));
    CHECK(report["layers"][2]["veto"]["veto.2"]["set"] == false);
    CHECK(report["layers"].size() == 3);
    CHECK(report["log"][report["log"].size() - 2]["kind"] == "undo");
    CHECK_FALSE(report["log"][0].contains("kind"));
    CHECK_FALSE(report["log"][0].contains("before"));
}

TEST_CASE("report: hashes chain as the contract says") {
    const Json report = tree(full());
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(report["layers"][i]["hash"] == hash_by_definition(report, i));
        CHECK(report["layers"][i]["previous"] == (i == 0 ? Json("") : report["layers"][i - 1]["hash"]));
    }
    CHECK(report["code"] == short_code(full()));
    CHECK(short_code(full()).size() == 10);
    Document changed = full();
    note(changed, "2.1.1", "另一句话", Layer::acceptance);
    CHECK(short_code(changed) != short_code(full()));
}

TEST_CASE("report: other layouts of the same file read alike") {
    const Json report = tree(full());
    CHECK(outcome(report.dump(4)) == "ok");
    CHECK(outcome("\xEF\xBB\xBF" + write_report(full())) == "ok");
    CHECK(outcome(canonical_json(report)) == "ok");
    CHECK(outcome(report.dump(-1, ' ', true)) == "ok");  // everything escaped
    CHECK(write_report(read_ok(report.dump(4)).document) == write_report(full()));
}

TEST_CASE("report: tampered totals") {
    CHECK(after_change([](Json& r) { r["layers"][0]["totals"]["score"] = 9; }) == "ok total-mismatch:self");
    CHECK(after_change([](Json& r) { r["layers"][1]["totals"]["scored"] = 0; }) == "ok total-mismatch:acceptance");
    CHECK(after_change([](Json& r) { r["layers"][0]["totals"]["sections"]["2"]["score"] = 1.5; }) ==
          "ok total-mismatch:self:2");
    CHECK(after_change([](Json& r) { r["layers"][0]["totals"]["sections"].erase("1"); }) ==
          "ok total-mismatch:self:1 total-mismatch:self:1");
    Json report = tree(full());
    report["layers"][0]["totals"]["score"] = 9;
    const Finding finding = read_ok(report.dump()).findings.at(0);
    CHECK(std::get<std::string>(finding.params.at("place")) == "/layers/0/totals/score");
    CHECK(std::get<std::string>(finding.params.at("stated")) == "9");
    CHECK(std::get<std::string>(finding.params.at("computed")) == "10");
    CHECK(finding.severity == Severity::error);
    CHECK(finding.document == "doc-1");
    // Never trusted: the document says what its log says.
    CHECK(read_ok(report.dump()).document.score(Layer::self, "1.1.1") == points(2));
}

TEST_CASE("report: totals altered together with their hashes") {
    CHECK(after_change([](Json& r) {
              r["layers"][0]["totals"]["score"] = 9;
              make_hashes_fit(r);
          }).starts_with("ok total-mismatch:self layer-altered:self"));
}

TEST_CASE("report: tampered answers name the layer and the item") {
    CHECK(after_change([](Json& r) { r["layers"][0]["answers"]["1.1.1"]["score"] = 1; }) ==
          "ok layer-altered:self:1.1.1/score");
    CHECK(after_change([](Json& r) { r["layers"][1]["answers"]["1.1.1"]["note"] = "好"; }) ==
          "ok layer-altered:acceptance:1.1.1/note");
    CHECK(after_change([](Json& r) { r["layers"][2]["answers"].erase("2.1.2"); }) ==
          "ok layer-altered:rating:2.1.2/score");
    CHECK(after_change([](Json& r) { r["layers"][2]["answers"]["7.7.7"]["score"] = 1; }) ==
          "ok layer-altered:rating:7.7.7/score");
    CHECK(after_change([](Json& r) { r["layers"][2]["veto"]["veto.2"]["set"] = true; }) ==
          "ok layer-altered:rating:veto.2/set");
    CHECK(after_change([](Json& r) { r["layers"][0].erase("state"); }) == "ok layer-altered:self:document/state");
    CHECK(after_change([](Json& r) { r["header"]["date"] = "2026-11-19"; }) == "ok layer-altered:self:header/date");
    CHECK(after_change([](Json& r) { r["unit"] = "另一家医院"; }) == "ok layer-altered:self:header/unit");
    CHECK(after_change([](Json& r) { r.erase("period"); }) == "ok layer-altered:self:header/period");
    CHECK(after_change([](Json& r) { r["measures"]["1.1.2.m1"] = 3; }) == "ok layer-altered:self:1.1.2.m1/value");
}

TEST_CASE("report: tampered hashes and code") {
    CHECK(after_change([](Json& r) { r["code"] = "AAAAAAAAAA"; }) == "ok code-mismatch:rating");
    CHECK(after_change([](Json& r) { r["layers"][1]["previous"] = std::string(64, '0'); }) ==
          "ok layer-altered:acceptance");
    CHECK(after_change([](Json& r) { r["layers"][2]["hash"] = std::string(64, '0'); }) ==
          "ok layer-altered:rating code-mismatch:rating");
    CHECK(after_change([](Json& r) { r["layers"][2]["hash"] = "x"; }) ==
          "ok layer-altered:rating code-mismatch:rating");
    CHECK(after_change([](Json& r) { r["layers"][0]["hash"] = std::string(64, '0'); }) ==
          "ok layer-altered:self layer-altered:acceptance");
    CHECK(after_change([](Json& r) { r["document"] = "doc-2"; }) ==
          "ok layer-altered:self layer-altered:acceptance layer-altered:rating");
}

TEST_CASE("report: a tampered log does not fit the layers any more") {
    CHECK(after_change([](Json& r) { edit_of(r, "2.1.1", "score")["after"] = 1; }) ==
          "ok layer-altered:self:2.1.1/score total-mismatch:self total-mismatch:self:2");
    CHECK(after_change([](Json& r) { r["log"].erase(r["log"].size() - 2); }).find("layer-altered:self:1.2.1/score") !=
          std::string::npos);
    CHECK(after_change([](Json& r) { r["log"] = Json::array(); }).starts_with("ok layer-altered:self:header/unit"));
}

TEST_CASE("report: answers that cannot stand are errors at their place") {
    CHECK(after_change([](Json& r) { edit_of(r, "2.1.1", "score")["after"] = 3.5; }).starts_with("score-over /log/"));
    CHECK(after_change([](Json& r) { edit_of(r, "2.1.1", "score")["after"] = 0.1; }).starts_with("score-step /log/"));
    CHECK(after_change([](Json& r) {
              edit_of(r, "2.1.1", "score")["after"] = 0.001;
          }).starts_with("number-places /log/"));
    CHECK(after_change([](Json& r) { r["log"][3]["after"] = std::string(10'001, 'x'); }) == "text-long /log/3/after");
    CHECK(after_change([](Json& r) { r["log"][2]["item"] = "8.8.8"; }) == "item-unknown /log/2/item");
    CHECK(after_change([](Json& r) { r["log"][2]["field"] = "x"; }) == "field-unknown /log/2/field");
    CHECK(after_change([](Json& r) { r["log"][2]["layer"] = "x"; }) == "layer-unknown /log/2/layer");
    CHECK(after_change([](Json& r) { r["log"][2]["id"] = r["log"][1]["id"]; }) == "edit-doubled /log/2/id");
    CHECK(after_change([](Json& r) { r["log"][2]["at"] = "yesterday"; }) == "instant-format /log/2/at");
}

TEST_CASE("report: structural faults are errors with a pointer") {
    struct Row {
        const char* pointer;
        const char* replacement;  ///< empty: taken out
        const char* outcome;
    };
    for (const Row& row : std::initializer_list<Row>{
             {"/format", "\"x\"", "not-a-report /format"},
             {"/format", "", "not-a-report /format"},
             {"/version", "4", "report-version /version"},
             {"/version", "\"1\"", "field-type /version"},
             {"/version", "", "field-missing /version"},
             {"/version", "0", "field-type /version"},
             {"/document", "", "field-missing /document"},
             {"/document", "\"\"", "field-missing /document"},
             {"/document", "1", "field-type /document"},
             {"/document", "\"a\\u0000b\"", "text-long /document"},
             {"/instrument", "[]", "field-type /instrument"},
             {"/instrument/id", "\"other\"", "instrument-unknown /instrument/id"},
             {"/instrument/hash", "", "field-missing /instrument/hash"},
             {"/instrument/color", "1", "field-unknown /instrument/color"},
             {"/log", "{}", "field-type /log"},
             {"/log", "", "field-missing /log"},
             {"/log/2", "7", "field-type /log/2"},
             {"/log/2/id", "", "field-missing /log/2/id"},
             {"/log/2/after", "null", "field-type /log/2/after"},
             {"/log/2/after", "[]", "field-type /log/2/after"},
             {"/log/2/kind", "\"redoo\"", "field-type /log/2/kind"},
             {"/log/2/by", "1", "field-type /log/2/by"},
             {"/log/2/extra", "1", "field-unknown /log/2/extra"},
             {"/layers", "[]", "field-type /layers"},
             {"/layers/1", "7", "field-type /layers/1"},
             {"/layers/1/id", "\"rating\"", "field-type /layers/1/id"},
             {"/layers/1/answers", "", "field-missing /layers/1/answers"},
             {"/layers/1/answers/1.1.1", "1", "field-type /layers/1/answers/1.1.1"},
             {"/layers/1/answers/1.1.1/score", "\"1\"", "field-type /layers/1/answers/1.1.1/score"},
             {"/layers/1/answers/1.1.1/poem", "\"1\"", "field-unknown /layers/1/answers/1.1.1/poem"},
             {"/layers/1/veto/veto.1", "true", "field-type /layers/1/veto/veto.1"},
             {"/layers/1/totals/of", "-1", "field-type /layers/1/totals/of"},
             {"/layers/1/totals/sections/1/score", "", "field-missing /layers/1/totals/sections/1/score"},
             {"/layers/1/hash", "7", "field-type /layers/1/hash"},
             {"/header/date", "{}", "field-type /header/date"},
             {"/header", "1", "field-type /header"},
             {"/measures/1.1.2.m1", "null", "field-type /measures/1.1.2.m1"},
             {"/unit", "1", "field-type /unit"},
             {"/code", "", "field-missing /code"},
             {"/a~1b", "1", "field-unknown /a~1b"}}) {
        CAPTURE(row.pointer);
        CAPTURE(row.replacement);
        CHECK(after_change([&row](Json& report) {
                  const std::string pointer = row.pointer;
                  const std::size_t slash = pointer.rfind('/');
                  if (std::string_view(row.replacement).empty()) {
                      report[Json::json_pointer(pointer.substr(0, slash))].erase(pointer.substr(slash + 1));
                  } else {
                      report[Json::json_pointer(pointer)] = *parse_json(row.replacement, 100);
                  }
              }) == row.outcome);
    }
    CHECK(outcome("[]") == "not-a-report ");
    CHECK(outcome("") == "json-empty ");
    CHECK(outcome("\xFF\xFE") == "json-encoding line 1, column 1");
    CHECK(outcome(std::string(100'000, '[')).starts_with("json-depth"));
    std::string doubled = write_report(full());
    doubled.insert(1, "\"unit\":\"x\",");
    CHECK(outcome(doubled) == "json-doubled-key /unit");
}

TEST_CASE("report: a report cut at any byte is an error, and one with any byte changed is noticed") {
    Document document = empty();
    score(document, "1.1.1", 1.5);
    note(document, "1.1.1", "对\n标", Layer::acceptance);
    const std::string whole = write_report(document);
    for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
        CAPTURE(length);
        CHECK_FALSE(read_report(std::string_view(whole).substr(0, length), finder()).has_value());
    }
    const InstrumentFinder find = finder();
    Dice dice(3);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ (1 << dice.roll(8)));
        const auto loaded = read_report(changed, find);
        const bool is_noticed = !loaded || !loaded->findings.empty();
        CHECK(is_noticed);
    }
}

TEST_CASE("report: text that is not UTF-8 nowhere passes") {
    const std::string whole = write_report(full());
    for (const char* word : {"市第一医院党委", "small", "doc-1", "张三", "已落实"}) {
        std::string changed = whole;
        for (std::size_t at = changed.find(word); at != std::string::npos; at = changed.find(word, at + 1)) {
            changed[at] = '\xFF';
        }
        CAPTURE(word);
        CHECK(outcome(changed).starts_with("json-encoding"));
    }
}

TEST_CASE("report: made with another state of the same form") {
    Json form = json();
    form["sections"][0]["groups"][0]["criteria"][0]["text"] = "改过的措辞";
    const auto newer = load_instrument(form.dump());
    REQUIRE(newer.has_value());
    for (const std::string& text : {write_report(full()), tree(full()).dump(1)}) {
        const auto loaded = read_report(text, [&](const FormIdentity&) { return *newer; });
        REQUIRE(loaded.has_value());
        REQUIRE(loaded->findings.size() == 1);
        CHECK(loaded->findings[0].code == "instrument-changed");
        CHECK(loaded->findings[0].severity == Severity::warning);
        CHECK(std::get<std::string>(loaded->findings[0].params.at("id")) == "small");
    }
}

TEST_CASE("report: of one's own that a checksum vouches for only the log is read") {
    const Document document = full();
    const std::string text = write_report(document);
    const auto codes = [](std::string_view stored) {
        const auto loaded = read_stored_report(stored, finder());
        if (!loaded) return loaded.error().code;
        std::string all;
        for (const Finding& finding : loaded->findings) all += finding.code + " ";
        return all;
    };
    const auto loaded = read_stored_report(text, finder());
    REQUIRE(loaded.has_value());
    CHECK(write_report(loaded->document) == text);
    CHECK(loaded->findings.empty());
    CHECK(read_stored_report(text, nullptr).error().code == "instrument-unknown");

    Json json = tree(document);
    json["layers"][0]["totals"]["score"] = 99;
    CHECK(codes(canonical_json(json) + "\n").empty());
    CHECK(codes(canonical_json(json)) == "total-mismatch ");  // not as the program writes it
    json["instrument"]["hash"] = std::string(64, '0');
    const std::string other_form = codes(canonical_json(json) + "\n");
    CHECK(other_form.find("total-mismatch") != std::string::npos);
    CHECK(other_form.find("instrument-changed") != std::string::npos);
    json["version"] = 4;
    CHECK(codes(canonical_json(json) + "\n") == "report-version");
    json = tree(document);
    json["version"] = 4;
    CHECK(codes(canonical_json(json) + "\n") == "report-version");
    json = tree(document);
    json["log"][3]["at"] = "gestern";
    CHECK(codes(canonical_json(json) + "\n") == "instant-format");
    CHECK(codes(text.substr(0, text.size() / 2)) == "json-cut");
}

TEST_CASE("report: an empty finder knows nothing") {
    CHECK(code_of(read_report(write_report(full()), InstrumentFinder{})) == "instrument-unknown");
}

TEST_CASE("report: edits one by one, as autosave keeps them") {
    for (const Edit& edit : full().log) {
        const auto again = read_edit(write_edit(edit));
        REQUIRE(again.has_value());
        CHECK(*again == edit);
        CHECK(write_edit(edit).find('\n') == std::string::npos);
    }
    CHECK(read_edit("{}").error().code == "field-missing");
    CHECK(read_edit("[]").error().code == "field-type");
    CHECK(read_edit(R"({"id":"a","at":"b","layer":"self","item":"c","field":"d","x":1})").error().place == "/x");
    CHECK(read_edit(R"({"id":"a","at":"b","layer":"self","item":"c","fi)").error().code == "json-cut");
}

TEST_CASE("report: sections beyond nine stand in the order of keys") {
    Json form = json();
    Json& sections = form["sections"];
    while (sections.size() < 11) {
        const std::string id = std::to_string(sections.size() + 1);
        sections.push_back(*parse_json(R"({"title":"添","points":1,"groups":[{"title":"","criteria":[{"number":"1",
            "text":"添","points":1,"citation":"T"}]}]})",
                                       1000));
        sections.back()["id"] = id;
        sections.back()["groups"][0]["id"] = id + ".1";
        sections.back()["groups"][0]["criteria"][0]["id"] = id + ".1.1";
    }
    form["points"] = 19;
    const auto longer = load_instrument(form.dump());
    REQUIRE(longer.has_value());
    auto document = new_document(*longer, "d", "一院", "2026", author());
    REQUIRE(document.has_value());
    score(*document, "10.1.1", 1);
    score(*document, "2.1.1", 3);
    const std::string text = write_report(*document);
    CHECK(text == canonical_json(*parse_json(text, limits::report_bytes)) + "\n");
    CHECK(read_report(text, [&](const FormIdentity&) { return *longer; })->findings.empty());
}

TEST_CASE("report: the shipped form, filled, both ways") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    const InstrumentPtr form = library.find("jilin-committee");
    REQUIRE(form != nullptr);
    auto document = new_document(form, "doc-1", "市第一医院党委", "2026", author());
    REQUIRE(document.has_value());
    Dice dice(1);
    for (const Instrument::Place& place : form->order) {
        const Criterion& criterion = form->criterion(place);
        for (const Layer layer : all_layers) {
            const auto most = static_cast<std::uint32_t>(criterion.points.hundredths() / 50);
            put(*document, layer, criterion.id, "score", Points::from_hundredths(50 * dice.roll(most + 1)));
            note(*document, criterion.id, "落实情况", layer);
        }
    }
    const std::string text = write_report(*document);
    const auto loaded = read_report(text, library.finder());
    REQUIRE(loaded.has_value());
    CHECK(loaded->findings.empty());
    CHECK(write_report(loaded->document) == text);
    const Json report = *parse_json(text, limits::report_bytes);
    for (std::size_t i = 0; i < 3; ++i) CHECK(report["layers"][i]["hash"] == hash_by_definition(report, i));
}
