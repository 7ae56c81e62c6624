#include "core/points.hpp"

#include <doctest/doctest.h>

using namespace duibiao;

namespace {

std::string code(std::string_view text) {
    const auto points = Points::parse(text);
    return points ? "no error" : points.error().code;
}

std::int64_t hundredths(std::string_view text) {
    const auto points = Points::parse(text);
    CAPTURE(text);
    REQUIRE(points.has_value());
    return points->hundredths();
}

}  // namespace

TEST_CASE("points: decimal numbers with at most two places") {
    CHECK(hundredths("0") == 0);
    CHECK(hundredths("2") == 200);
    CHECK(hundredths("1.5") == 150);
    CHECK(hundredths("1.05") == 105);
    CHECK(hundredths("0.01") == 1);
    CHECK(hundredths("-0.25") == -25);
    CHECK(hundredths("-0") == 0);
    CHECK(hundredths("007") == 700);
    CHECK(hundredths("99.99") == 9999);
}

TEST_CASE("points: as an input method types them, with blanks around") {
    CHECK(hundredths("１．５") == 150);
    CHECK(hundredths("－０．２５") == -25);
    CHECK(hundredths("1。5") == 150);
    CHECK(hundredths(" \t2\xE3\x80\x80") == 200);
    CHECK(hundredths("\xC2\xA0"
                     "3\n") == 300);
}

TEST_CASE("points: what is no number") {
    for (const char* text : {"", " ", "-", ".", "1.", ".5", "1,5", "1 5", "+1", "1e2", "0x1", "一", "1.5分", "--1",
                             "1.2.3", "NaN", "\xFF", "1\xE3\x80"}) {
        CAPTURE(text);
        CHECK(code(text) == "number-format");
    }
    CHECK(code(std::string(1000, '1')) == "number-format");
}

TEST_CASE("points: places and range") {
    CHECK(code("1.505") == "number-places");
    CHECK(code("1.500") == "number-places");
    CHECK(hundredths("10000000") == 1'000'000'000);
    CHECK(hundredths("-10000000.00") == -1'000'000'000);
    CHECK(code("10000000.01") == "number-range");
    CHECK(code("-10000000.01") == "number-range");
    CHECK(code("99999999999999999999999999") == "number-range");
}

TEST_CASE("points: shortest decimal, and back") {
    CHECK(Points::from_hundredths(200).to_string() == "2");
    CHECK(Points::from_hundredths(150).to_string() == "1.5");
    CHECK(Points::from_hundredths(105).to_string() == "1.05");
    CHECK(Points::from_hundredths(5).to_string() == "0.05");
    CHECK(Points::from_hundredths(-25).to_string() == "-0.25");
    CHECK(Points::from_hundredths(0).to_string() == "0");
    CHECK(Points::from_hundredths(INT64_MIN).to_string() == "-92233720368547758.08");
    for (std::int64_t h = -1050; h <= 1050; ++h) CHECK(hundredths(Points::from_hundredths(h).to_string()) == h);
}

TEST_CASE("points: arithmetic is exact") {
    Points sum;
    for (int i = 0; i < 1000; ++i) sum += Points::from_hundredths(10);
    CHECK(sum == Points::from_whole(100));
    CHECK(Points::from_whole(2) - Points::from_hundredths(50) == Points::from_hundredths(150));
    CHECK(Points::from_hundredths(150) < Points::from_whole(2));
    CHECK(Points::from_hundredths(150).is_multiple_of(Points::from_hundredths(50)));
    CHECK_FALSE(Points::from_hundredths(125).is_multiple_of(Points::from_hundredths(50)));
}
