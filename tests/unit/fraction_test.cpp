#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/evaluate/fraction.hpp"

using namespace duibiao;

TEST_CASE("fractions are exact") {
    const Fraction third = Fraction::of(1, 3);
    CHECK(third + third + third == Fraction(1));
    CHECK(Fraction(1) / Fraction(3) * Fraction(3) == Fraction(1));
    CHECK(Fraction::of(1, 2) + Fraction::of(1, 3) - Fraction::of(5, 6) == Fraction());
    CHECK(Fraction::of(2, -4) == Fraction::of(-1, 2));
    CHECK(Fraction(Points::from_hundredths(1850)) == Fraction::of(37, 2));
    CHECK(Fraction::of(-7, 2) < Fraction(-3));
    CHECK(Fraction::of(1, 3) > Fraction::of(333, 1000));
}

TEST_CASE("whole numbers below and above") {
    CHECK(Fraction::of(7, 2).floor() == Fraction(3));
    CHECK(Fraction::of(7, 2).ceiling() == Fraction(4));
    CHECK(Fraction::of(-7, 2).floor() == Fraction(-4));
    CHECK(Fraction::of(-7, 2).ceiling() == Fraction(-3));
    CHECK(Fraction(4).floor() == Fraction(4));
    CHECK(Fraction(4).ceiling() == Fraction(4));
}

TEST_CASE("rounded half up, away from zero") {
    CHECK(Fraction::of(8541666, 100000).to_string(2) == "85.42");
    CHECK(Fraction::of(92095, 1000).to_string(2) == "92.1");
    CHECK(Fraction::of(5, 1000).to_string(2) == "0.01");
    CHECK(Fraction::of(-5, 1000).to_string(2) == "-0.01");
    CHECK(Fraction::of(4, 1000).to_string(2) == "0");
    CHECK(Fraction::of(-4, 1000).to_string(2) == "0");
    CHECK(Fraction::of(2, 3).to_string(0) == "1");
    CHECK(Fraction(-12).to_string(2) == "-12");
    CHECK(Fraction::of(1, 20).to_string(2) == "0.05");
    CHECK(Fraction::of(200, 3).to_string(1) == "66.7");
    CHECK(Fraction::of(1, 3).to_points() == Points::from_hundredths(33));
    CHECK(Fraction::of(-1, 8).to_points() == Points::from_hundredths(-13));
}

TEST_CASE("what does not fit is no figure, and stays none") {
    const Fraction large = std::numeric_limits<std::int64_t>::max();
    CHECK_FALSE((large + Fraction(1)).is_figure());
    CHECK_FALSE((large * Fraction(2)).is_figure());
    CHECK((large * Fraction(2) / Fraction(2)).is_figure() == false);
    CHECK((large - Fraction(1)).is_figure());
    CHECK_FALSE((Fraction(1) / Fraction(0)).is_figure());
    const Fraction none = Fraction(1) / Fraction(0);
    CHECK_FALSE((none + Fraction(1)).is_figure());
    CHECK_FALSE((Fraction(1) * none).is_figure());
    CHECK_FALSE(none == none);
    CHECK_FALSE(none < Fraction(1));
    CHECK_FALSE(Fraction(1) < none);
    CHECK(none.to_string(2).empty());
    CHECK_FALSE(none.rounded(2).is_figure());
    CHECK_FALSE(Fraction::of(std::numeric_limits<std::int64_t>::min(), 1).is_figure());
    // Denominators without a common part soon need more than 64 bits.
    Fraction sum;
    for (const std::int64_t prime : {999'999'937, 999'999'929, 999'999'893}) sum += Fraction::of(1, prime);
    CHECK_FALSE(sum.is_figure());
}

TEST_CASE("fractions as texts are exact") {
    const std::vector<std::pair<Fraction, std::string>> written{{Fraction::of(271, 3), "271/3"},
                                                                {Fraction::of(-542, 6), "-271/3"},
                                                                {Fraction(91), "91"},
                                                                {Points::from_hundredths(9250), "185/2"},
                                                                {Fraction(), "0"}};
    for (const auto& [fraction, text] : written) {
        CHECK(fraction.to_ratio() == text);
        CHECK(Fraction::from_ratio(text) == fraction);
    }
    CHECK(Fraction::of(1, 0).to_ratio().empty());
    for (const std::string_view wrong :
         {"", "a", "1/", "/2", "1/0", "1/-2", "1.5", "1/2/3", " 1", "99999999999999999999"})
        CHECK(!Fraction::from_ratio(wrong).is_figure());
}
