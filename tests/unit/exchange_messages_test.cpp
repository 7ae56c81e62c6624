// Every word that a user reads is there, in both languages, and says what is wrong and what to do.
#include "exchange/messages.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "exchange/library.hpp"

using namespace duibiao;

namespace {

Json texts(const char* file) {
    std::ifstream stream(std::filesystem::path(DUIBIAO_SOURCE_DIR) / "assets" / file);
    std::ostringstream text;
    text << stream.rdbuf();
    const auto json = parse_json(text.str(), limits::instrument_bytes);
    REQUIRE(json.has_value());
    return *json;
}

std::set<std::string> placeholders(const std::string& text) {
    static const std::regex placeholder("\\{([a-z_]+)\\}");
    return {std::sregex_token_iterator(text.begin(), text.end(), placeholder, 1), std::sregex_token_iterator()};
}

/// True when both languages have the key themselves.
bool has_text(const std::string& key) {
    static const Json chinese = texts("i18n/zh-CN.json");
    static const Json english = texts("i18n/en.json");
    return chinese.contains(key) && english.contains(key);
}

}  // namespace

TEST_CASE("both languages have the same keys and placeholders") {
    const Json chinese = texts("i18n/zh-CN.json");
    const Json english = texts("i18n/en.json");
    CHECK(chinese.size() == english.size());
    for (const auto& entry : chinese.items()) {
        const std::string& key = entry.key();
        const Json& text = entry.value();
        CAPTURE(key);
        REQUIRE(english.contains(key));
        // A date may be written with fewer of its parts in one language; everything else says the same figures.
        if (key.find(".time.") != std::string::npos) continue;
        CHECK(placeholders(text.get<std::string>()) == placeholders(english[key].get<std::string>()));
    }
}

TEST_CASE("every error says what is wrong and what to do") {
    const Json chinese = texts("i18n/zh-CN.json");
    for (const auto& entry : chinese.items()) {
        const std::string& key = entry.key();
        if (!key.starts_with("error.")) continue;
        CAPTURE(key);
        const Error error{key.substr(6), {}, {}};
        for (const Language language : {Language::chinese, Language::english}) {
            const ErrorText parts = describe_parts(language, error);
            CHECK_FALSE(parts.problem.empty());
            CHECK_FALSE(parts.remedy.empty());
        }
    }
}

TEST_CASE("every kind of rule and every finding of loading has its three sentences") {
    std::vector<std::string> codes{"above-measure-explained", "total-mismatch", "layer-altered", "code-mismatch",
                                   "instrument-changed"};
    for (int kind = 0; kind <= static_cast<int>(Rule::Kind::veto); ++kind) {
        codes.emplace_back(to_string(static_cast<Rule::Kind>(kind)));
    }
    CHECK(codes.size() == 14);
    for (const std::string& code : codes) {
        for (const char* part : {".title", ".message", ".remedy"}) {
            CAPTURE(code);
            CAPTURE(part);
            CHECK(has_text("finding." + code + part));
        }
    }
}

#ifndef __EMSCRIPTEN__
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// Codes that the sources fail with: fail("…", refuse("…", Error{"…", {"…", {}, and what the headers promise.
std::set<std::string> codes_in(const std::filesystem::path& path) {
    static const std::regex failing(
        "(?:fail|refuse|Error|error)\\b[\\w:.]*\\s*[({][^\";{]*\\{?\"([a-z]+(?:-[a-z]+)+)\"");
    static const std::regex promised("\"([a-z]+(?:-[a-z]+)+)\"");
    const std::string text = read_file(path);
    std::set<std::string> codes(std::sregex_token_iterator(text.begin(), text.end(), failing, 1), {});
    if (path.extension() != ".hpp") return codes;
    std::istringstream lines(text);
    bool in_errors = false;
    for (std::string line; std::getline(lines, line);) {
        const bool is_comment = line.find("///") != std::string::npos;
        in_errors = is_comment && (in_errors || line.find("Errors") != std::string::npos);
        if (in_errors) codes.insert(std::sregex_token_iterator(line.begin(), line.end(), promised, 1), {});
    }
    return codes;
}

}  // namespace

TEST_CASE("every error code in the sources has its sentence in both languages") {
    std::set<std::string> codes;
    for (const char* folder : {"core", "exchange", "cli"}) {
        const std::filesystem::path root = std::filesystem::path(DUIBIAO_SOURCE_DIR) / "src" / folder;
        for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
            if (file.is_regular_file()) codes.merge(codes_in(file.path()));
        }
    }
    CHECK(codes.contains("score-over"));
    CHECK(codes.contains("file-missing"));
    CHECK(codes.size() > 60);
    for (const std::string& code : codes) {
        CAPTURE(code);
        CHECK((has_text("error." + code) || has_text("finding." + code + ".title")));
    }
}
#endif

TEST_CASE("translate fills placeholders in") {
    CHECK(translate(Language::chinese, "error.score-over", {{"max", "2"}}) ==
          "得分超过该条满分 2 分；请改为 0 到 2 之间");
    CHECK(translate(Language::english, "error.score-over", {{"max", "2"}}) ==
          "the score is above the full 2 points; write 0 to 2");
    SUBCASE("numbers and lists") {
        CHECK(translate(Language::chinese, "error.item-doubled", {{"item", "3.2.4"}, {"first", std::int64_t{7}}}) ==
              "“3.2.4”在第 7 行已经填过；请只保留一行");
        const Params choices{{"choices", std::vector<std::string>{"text", "json"}}};
        CHECK(translate(Language::chinese, "error.option-choice", choices) == "不能用这个值；请改为 text、json 之一");
        CHECK(translate(Language::english, "error.option-choice", choices) ==
              "this value cannot be used; choose one of text, json");
    }
    SUBCASE("what a parameter brings is not filled in again") {
        CHECK(translate(Language::english, "error.item-unknown", {{"item", "{item}"}}).find("“{item}”") !=
              std::string::npos);
    }
    SUBCASE("a figure nobody gave is left out") {
        CHECK(translate(Language::english, "error.score-over") == "the score is above the full  points; write 0 to ");
    }
    SUBCASE("an unknown key comes back as itself") {
        CHECK(translate(Language::english, "no.such.key") == "no.such.key");
        CHECK(label(Language::chinese, std::string("no.such.key")) == "no.such.key");
    }
}

TEST_CASE("a finding is described with its place and layer") {
    Finding finding{.code = "deduction-reason",
                    .severity = Severity::error,
                    .item = "3.2.6",
                    .layer = Layer::acceptance,
                    .params = {{"before", "2"}, {"after", "1.5"}, {"difference", "0.5"}}};
    CHECK(describe(Language::chinese, finding).message == "“3.2.6”上级验收给 1.5 分，比上一层少 0.5 分，没有写理由。");
    CHECK(describe(Language::english, finding).message ==
          "acceptance gives 3.2.6 1.5 points, 0.5 less than the layer before, without a reason.");
    finding.code = "above-measure";
    finding.params = {{"score", "2"}, {"proposed", "1.5"}, {"measures", std::vector<std::string>{"学习 3/4 个季度"}}};
    CHECK(describe(Language::chinese, finding).title == "自评高于依据");
    CHECK(describe(Language::chinese, finding).message == "依据“学习 3/4 个季度”只支持 1.5 分，自评 2 分。");
    CHECK(describe(Language::chinese, finding).remedy == "请改分、补正依据，或写明说明。");
}

TEST_CASE("a place in a file is named in the reader's language, and never by the program's own ids") {
    CHECK(place_words(Language::chinese, "line 7") == "第 7 行");
    CHECK(place_words(Language::english, "line 7") == "line 7");
    CHECK(place_words(Language::chinese, "line 1, column 12") == "第 1 行第 12 个字");
    CHECK(place_words(Language::english, "line 1, column 12") == "line 1, column 12");
    CHECK(place_words(Language::chinese, "row.00000001-abcdefghij") == "一行");
    for (const std::string_view other :
         {"/layers/0/answers", "line", "line 7,", "line x", "line 7, column ", "3.2.4", ""})
        CHECK(place_words(Language::chinese, other) == other);
}

TEST_CASE("a finding stands at its row, at its position, or nowhere") {
    Finding finding{.code = "cell-required", .severity = Severity::error, .item = "row.00000001-abc", .row = 3};
    CHECK(finding_place(Language::chinese, finding) == "第 3 行");
    CHECK(finding_place(Language::english, finding) == "row 3");
    finding.row.reset();
    CHECK(finding_place(Language::chinese, finding) == "一行");
    finding.code = "layer-altered";
    finding.params = {{"layer", "self"}, {"stated", "a"}, {"computed", "b"}};
    CHECK(describe(Language::chinese, finding).message == "自评的“一行”写的是 a，按修改记录应为 b。");
    finding.item = "3.2.4";
    CHECK(finding_place(Language::chinese, finding) == "3.2.4");
    finding.item = "veto.2";
    finding.params = {{"number", "②"}};
    CHECK(finding_place(Language::chinese, finding) == "②");
    finding.item = "header";
    finding.params = {};
    CHECK(finding_place(Language::chinese, finding) == "表头");
    finding.item = "document";
    CHECK(finding_place(Language::chinese, finding).empty());
    finding.item = "row.1";
    finding.params = {{"layer", "self"}, {"stated", "a\t\tb"}, {"computed", "a\tc"}};
    CHECK(describe(Language::chinese, finding).message == "自评的“一行”写的是 a、b，按修改记录应为 a、c。");
}
