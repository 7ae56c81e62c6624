#include "core/json.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

using namespace duibiao;

namespace {

constexpr std::size_t plenty = 1 << 20;

struct Refusal {
    std::string code;
    std::string place;
};

Refusal refusal(std::string_view text, std::size_t max_bytes = plenty) {
    const auto json = parse_json(text, max_bytes);
    if (json) return {"no error", {}};
    return {json.error().code, json.error().place};
}

std::string canonical(std::string_view text) {
    const auto json = parse_json(text, plenty);
    CAPTURE(text);
    REQUIRE(json.has_value());
    return canonical_json(*json);
}

double double_of(std::uint64_t bits) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("json: values of every kind, with a byte order mark or without") {
    CHECK(canonical(R"( {"a": [1, -2, 0.5, true, false, null, "x"], "b": {}} )") ==
          R"({"a":[1,-2,0.5,true,false,null,"x"],"b":{}})");
    CHECK(canonical("\xEF\xBB\xBF[]") == "[]");
    CHECK(canonical("\"对标\"") == "\"对标\"");
    CHECK(canonical("7") == "7");
    CHECK(canonical("[[],[[]],{},{\"a\":[{}]}]") == "[[],[[]],{},{\"a\":[{}]}]");
}

TEST_CASE("json: nothing, or blanks") {
    CHECK(refusal("").code == "json-empty");
    CHECK(refusal(" \n\t\r").code == "json-empty");
    CHECK(refusal("\xEF\xBB\xBF").code == "json-empty");
}

TEST_CASE("json: the place of a mistake counts lines and characters") {
    CHECK(refusal("[1,]").code == "json-syntax");
    CHECK(refusal("[1,]").place == "line 1, column 4");
    CHECK(refusal("{\n \"名\": x}").place == "line 2, column 7");
    CHECK(refusal("[1]\n]").place == "line 2, column 1");
    CHECK(refusal("{'a':1}").code == "json-syntax");
    CHECK(refusal("[01]").code == "json-syntax");
    CHECK(refusal("[NaN]").code == "json-syntax");
    CHECK(refusal("[1] // comment").code == "json-syntax");
    CHECK(refusal("[\"a\tb\"]").code == "json-syntax");
    CHECK(refusal("[\"\\x\"]").code == "json-syntax");
    CHECK(refusal("[\"\\ud83d\"]").code == "json-syntax");  // half a surrogate pair
    CHECK(refusal("[1e999]").code == "json-syntax");        // no double
}

TEST_CASE("json: a file cut anywhere says that it is cut") {
    const std::string whole = R"({"名":"对标\n","list":[true,1.5,{"x":null}]})";
    for (std::size_t length = 1; length < whole.size(); ++length) {
        CAPTURE(length);
        CHECK(refusal(std::string_view(whole).substr(0, length)).code == "json-cut");
    }
    CHECK(refusal(whole).code == "no error");
}

TEST_CASE("json: depth") {
    CHECK(refusal(nested(64)).code == "no error");
    CHECK(refusal(nested(65)).code == "json-depth");
    CHECK(refusal(std::string(500'000, '[')).code == "json-depth");
    CHECK(refusal("{\"a\":[0," + nested(64) + "]}").place.starts_with("/a/1/0/0"));
}

TEST_CASE("json: doubled keys") {
    CHECK(refusal(R"({"a":1,"a":1})").code == "json-doubled-key");
    CHECK(refusal(R"({"a":1,"\u0061":2})").code == "json-doubled-key");
    CHECK(refusal(R"({"x":[{},{"y/z":1,"b":2,"y/z":3}]})").place == "/x/1/y~1z");
    CHECK(refusal(R"([{"a":1},{"a":1}])").code == "no error");
}

TEST_CASE("json: encoding") {
    CHECK(refusal("[\"\xFF\"]").code == "json-encoding");
    CHECK(refusal("[\"\xFF\"]").place == "line 1, column 3");
    CHECK(refusal("[\"\xB6\xD4\xB1\xEA\"]").code == "json-encoding");  // GBK
    CHECK(refusal("[\"\xED\xA0\xBD\"]").code == "json-encoding");      // a surrogate
    CHECK(refusal(std::string("\xFF\xFE[\0]\0", 6)).code == "json-encoding");
}

TEST_CASE("json: size") {
    CHECK(refusal("[1,2,3]", 7).code == "no error");
    CHECK(refusal("[1,2,3]", 6).code == "file-large");
    const auto large = parse_json(std::string((1 << 20) + 1, ' '), 1 << 20);
    REQUIRE_FALSE(large.has_value());
    CHECK(std::get<std::string>(large.error().params.at("limit")) == "1 MiB");
}

TEST_CASE("json: the canonical example of RFC 8785, 3.2.2") {
    CHECK(canonical(R"({"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]})") ==
          R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
          R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
}

TEST_CASE("json: keys sort by UTF-16 code units, RFC 8785, 3.2.3") {
    CHECK(canonical(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})") ==
          "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":"
          "3}");
    CHECK(canonical(R"({"ab":1,"a":2,"":3,"b":4})") == R"({"":3,"a":2,"ab":1,"b":4})");
    // U+D7FF sorts before surrogates, U+E000 after them.
    CHECK(canonical(R"({"\ue000":1,"\ud800\udc00":2,"\ud7ff":3})") ==
          "{\"\xED\x9F\xBF\":3,\"\xF0\x90\x80\x80\":2,\"\xEE\x80\x80\":1}");
}

TEST_CASE("json: numbers, RFC 8785, appendix B") {
    const std::pair<std::uint64_t, const char*> samples[] = {{0x0000000000000000, "0"},
                                                             {0x8000000000000000, "0"},
                                                             {0x0000000000000001, "5e-324"},
                                                             {0x8000000000000001, "-5e-324"},
                                                             {0x7fefffffffffffff, "1.7976931348623157e+308"},
                                                             {0xffefffffffffffff, "-1.7976931348623157e+308"},
                                                             {0x4340000000000000, "9007199254740992"},
                                                             {0xc340000000000000, "-9007199254740992"},
                                                             {0x4430000000000000, "295147905179352830000"},
                                                             {0x44b52d02c7e14af5, "9.999999999999997e+22"},
                                                             {0x44b52d02c7e14af6, "1e+23"},
                                                             {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
                                                             {0x444b1ae4d6e2ef4e, "999999999999999700000"},
                                                             {0x444b1ae4d6e2ef4f, "999999999999999900000"},
                                                             {0x444b1ae4d6e2ef50, "1e+21"},
                                                             {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
                                                             {0x3eb0c6f7a0b5ed8d, "0.000001"},
                                                             {0x41b3de4355555553, "333333333.3333332"},
                                                             {0x41b3de4355555554, "333333333.33333325"},
                                                             {0x41b3de4355555555, "333333333.3333333"},
                                                             {0x41b3de4355555556, "333333333.3333334"},
                                                             {0x41b3de4355555557, "333333333.33333343"},
                                                             {0xbecbf647612f3696, "-0.0000033333333333333333"},
                                                             {0x43143ff3c1cb0959, "1424953923781206.2"}};
    for (const auto& [bits, text] : samples) CHECK(canonical_json(Json(double_of(bits))) == text);
    CHECK(canonical_json(Json(std::numeric_limits<std::int64_t>::max())) == "9223372036854776000");
    CHECK(canonical_json(Json(std::numeric_limits<std::int64_t>::min())) == "-9223372036854776000");
    CHECK(canonical_json(Json(std::numeric_limits<std::uint64_t>::max())) == "18446744073709552000");
}

TEST_CASE("json: hundredths come and go exactly") {
    for (std::int64_t h = -12'345; h <= 12'345; ++h) {
        const Points points = Points::from_hundredths(h);
        const std::string text = canonical_json(to_json(points));
        CHECK(text == points.to_string());
        const auto back = points_from_json(*parse_json(text, plenty));
        REQUIRE(back.has_value());
        CHECK(*back == points);
    }
    for (const std::int64_t h : {999'999'999LL, 1'000'000'000LL, -999'999'901LL, 123'456'789LL}) {
        const Points points = Points::from_hundredths(h);
        CHECK(canonical_json(to_json(points)) == points.to_string());
        CHECK(*points_from_json(to_json(points)) == points);
    }
}

TEST_CASE("json: numbers that are no points") {
    const auto code = [](std::string_view text) {
        const auto points = points_from_json(*parse_json(text, plenty));
        return points ? std::string("no error") : points.error().code;
    };
    CHECK(code("0.005") == "number-places");
    CHECK(code("1.001") == "number-places");
    CHECK(code("0.30000000000000004") == "number-places");
    CHECK(code("0.3") == "no error");
    CHECK(code("1e2") == "no error");
    CHECK(code("10000000") == "no error");
    CHECK(code("10000001") == "number-range");
    CHECK(code("-10000001") == "number-range");
    CHECK(code("10000000.01") == "number-range");
    CHECK(code("18446744073709551615") == "number-range");
    CHECK(code("1e300") == "number-range");
    CHECK(code("\"1\"") == "number-format");
    CHECK(code("true") == "number-format");
    CHECK(code("null") == "number-format");
}

TEST_CASE("json: what needs an escape gets it wherever it stands in a text") {
    for (const std::string run : {"abcdefghijklmnopqrstu", "对标考核表党建", "~ !#[]\x7F~ !#[]\x7F~ !#[]\x7F"}) {
        for (int c = 0; c < 0x80; ++c) {
            const std::string one(1, static_cast<char>(c));
            std::string escaped;
            append_json_string(escaped, one);
            CHECK((escaped.size() > 3) == (c < 0x20 || c == '"' || c == '\\'));
            escaped = escaped.substr(1, escaped.size() - 2);
            for (std::size_t at = 0; at <= run.size(); ++at) {
                std::string out = "x";
                append_json_string(out, run.substr(0, at) + one + run.substr(at) + one);
                CHECK(out == "x\"" + run.substr(0, at) + escaped + run.substr(at) + escaped + "\"");
            }
        }
    }
}

TEST_CASE("json: pointers escape what they must") {
    CHECK(json_pointer("", "a") == "/a");
    CHECK(json_pointer("/x", "a/b~c") == "/x/a~1b~0c");
    CHECK(json_pointer("/x", std::size_t{12}) == "/x/12");
}
