#include "core/number.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>
#include <utility>

using namespace duibiao;

namespace {
std::string read(std::string_view text, std::string_view unit = "人") {
    const auto number = read_number(text, unit);
    return number ? number->to_string() : number.error().code;
}
}  // namespace

TEST_CASE("A number is read in every spelling that means one") {
    using Case = std::pair<std::string_view, std::string_view>;
    constexpr std::array cases{
        Case{"1,234", "1234"}, Case{"1，234", "1234"}, Case{"1234.00", "1234"}, Case{"1,234.00", "1234"},
        Case{"１２３４", "1234"}, Case{"1 234", "1234"}, Case{"１，２３４", "1234"}, Case{"50人", "50"},
        Case{"50 人", "50"}, Case{"50名", "50"}, Case{"+50", "50"}, Case{".5", "0.5"}, Case{"0.5", "0.5"},
        Case{"−1", "-1"}, Case{"1.", "1"}, Case{"1.000", "1"}, Case{"'1", "1"}, Case{"‘1", "1"}, Case{"1。0", "1"},
        Case{"1．0", "1"}, Case{"01", "1"}, Case{"－0", "0"}, Case{"\t1", "1"},
        // Ten more of the kind.
        Case{"1,234,567.5", "1234567.5"}, Case{"1\u2009234", "1234"}, Case{"1\u202F234", "1234"}, Case{"50位", "50"},
        Case{"５０　名", "50"}, Case{"3次", "3"}, Case{"12人次", "12"}, Case{"2\u200B", "2"},
        Case{"\uFEFF7\u00A0", "7"}, Case{"｀1", "1"}, Case{"-.5", "-0.5"}, Case{"2.50000", "2.5"}};
    for (const Case& one : cases) {
        CAPTURE(one.first);
        CHECK(read(one.first) == one.second);
    }
    CHECK(read("1分", "分") == "1");
    CHECK(read("１ 分", "分") == "1");
    CHECK(read("8课时", "学时") == "8");
    CHECK(read("50%", "%") == "50");
    CHECK(read("3场", "次") == "3");
    // As Excel shows money.
    for (const std::string_view amount :
         {"¥1,234.50", "￥1,234.5", " ¥ 1,234.50 ", "RMB 1234.5", "1,234.50元", "¥1,234.50元"}) {
        CAPTURE(amount);
        CHECK(read(amount, "元") == "1234.5");
    }
    CHECK(read("¥50", "人") == "number-format");
    CHECK(read("$50", "元") == "number-format");
}

TEST_CASE("What does not mean one number is refused, with why") {
    using Case = std::pair<std::string_view, std::string_view>;
    constexpr std::array cases{Case{"约50", "number-about"},      Case{"50余", "number-about"},
                               Case{"50多人", "number-about"},    Case{"近50", "number-about"},
                               Case{"50左右", "number-about"},    Case{"一", "number-words"},
                               Case{"五十", "number-words"},      Case{"½", "number-share"},
                               Case{"50%", "number-share"},       Case{"1/2", "number-share"},
                               Case{"1.0E+2", "number-format"},   Case{"1,0", "number-format"},
                               Case{"1,23,456", "number-format"}, Case{"1,234 567", "number-format"},
                               Case{"1 2", "number-format"},      Case{"满分", "number-format"},
                               Case{"1·0", "number-format"},      Case{"50天", "number-format"},
                               Case{"≥50", "number-about"},       Case{"50+", "number-about"},
                               Case{"50-60", "number-about"},     Case{"50~60", "number-about"},
                               Case{"50至60", "number-about"},    Case{"壹佰", "number-words"},
                               Case{"拾", "number-words"},        Case{"/", "number-format"},
                               Case{"N/A", "number-format"},      Case{"#N/A", "number-format"},
                               Case{"(50)", "number-format"},     Case{"③", "number-format"},
                               Case{"1e3", "number-format"},      Case{"50人（其中女20）", "number-format"},
                               Case{"", "number-format"},         Case{"-", "number-format"},
                               Case{".", "number-format"},        Case{"1.2.3", "number-format"},
                               Case{"1.005", "number-places"},    Case{"99999999999", "number-range"}};
    for (const Case& one : cases) {
        CAPTURE(one.first);
        CHECK(read(one.first) == one.second);
    }
}
