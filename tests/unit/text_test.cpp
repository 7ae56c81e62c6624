#include "core/text.hpp"

#include <doctest/doctest.h>

using namespace duibiao;

TEST_CASE("text: well-formed UTF-8") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("plain ASCII, long enough for blocks of eight"));
    CHECK(is_utf8("对标"));
    CHECK(is_utf8("\xF0\x9F\x98\x80"));  // U+1F600
    CHECK(is_utf8("\xF4\x8F\xBF\xBF"));  // U+10FFFF
    CHECK(is_utf8("\xED\x9F\xBF"));      // U+D7FF, the last before the surrogates
    CHECK(is_utf8("\xEE\x80\x80"));      // U+E000, the first after them
    CHECK(is_utf8(std::string_view("\0", 1)));
}

TEST_CASE("text: ill-formed UTF-8") {
    for (const char* bytes : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
                              "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE5\xAF",
                              "\xF0\x9F\x98", "\xE5\x41\x41", "\xC2\x41"}) {
        CAPTURE(bytes);
        CHECK_FALSE(is_utf8(bytes));
        CHECK(utf8_prefix(std::string("12345678ab") + bytes) == 10);
    }
}

TEST_CASE("text: characters are code points") {
    CHECK(count_characters("") == 0);
    CHECK(count_characters("abc") == 3);
    CHECK(count_characters("对标a\xF0\x9F\x98\x80") == 4);
}

TEST_CASE("text: what is left out of answers") {
    CHECK(clean_text("一\r\n二\r三\n四\t五") == "一\n二\n三\n四\t五");
    CHECK(clean_text(std::string_view("a\0b\x01\x1F\x7F"
                                      "c",
                                      7)) == "abc");
    CHECK(clean_text("\xEF\xBB\xBF"
                     "对") == "对");
    CHECK(clean_text("a\xE2\x80\xAA\xE2\x80\xAE"
                     "b\xE2\x81\xA6\xE2\x81\xA9"
                     "c") == "abc");
    // Neighbours of what is left out stay: quotes, dashes, joiners, full-width signs.
    CHECK(clean_text("“强基—提质”\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA，\xE2\x80\x8D") ==
          "“强基—提质”\xE2\x80\xA9\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA，\xE2\x80\x8D");
    CHECK(clean_text("a\n\n\r\r\nb") == "a\n\n\n\nb");
}

TEST_CASE("text: clean text is what cleaning leaves as it is") {
    for (const char* text : {"", "对标 a\n\t", "a\rb", "a\x01", "\xEF\xBB\xBF", "\xE2\x80\xAE", "“”，", "\x7F"}) {
        CAPTURE(text);
        CHECK(is_clean_text(text) == (clean_text(text) == text));
        CHECK(is_clean_text(clean_text(text)));
    }
    CHECK_FALSE(is_clean_text("\xFF"));
}

TEST_CASE("text: what is unwanted or ill-formed is found wherever it stands") {
    for (const std::string run : {"abcdefghijklmnopq", "对标考核表党建医院", "a对bc标def考ghij核"}) {
        CHECK(is_clean_text(run));
        for (const char* odd : {"\r", "\x1F", "\x7F", "\xEF\xBB\xBF", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xFF",
                                "\xED\xA0\x80", "\xE5\xAF", "\xEA", "\x80"}) {
            for (std::size_t at = 0; at <= run.size(); ++at) {
                if (at < run.size() && (static_cast<unsigned char>(run[at]) & 0xC0) == 0x80) continue;
                std::string text = run;
                text.insert(at, odd);
                CAPTURE(text);
                CHECK_FALSE(is_clean_text(text));
                CHECK(is_utf8(text) == is_utf8(odd));
            }
        }
        for (const char* fine :
             {"\n", "\t", " ", "~", "\xE2\x80\x9C", "\xEF\xBC\x8C", "\xC2\xA0", "\xF0\x9F\x98\x80"}) {
            CAPTURE(fine);
            CHECK(is_clean_text(fine + run + fine));
        }
    }
}

TEST_CASE("text: blanks at both ends") {
    CHECK(trim("") == "");
    CHECK(trim(" \t\n") == "");
    CHECK(trim("\xE3\x80\x80 对 标 \xC2\xA0") == "对 标");
    CHECK(trim("对") == "对");
}

TEST_CASE("text: full-width ASCII") {
    CHECK(fold_width("２０２６．８－９／Ａｚ～！") == "2026.8-9/Az~!");
    CHECK(fold_width("对\xE3\x80\x80标。") == "对 标。");
    CHECK(fold_width("\xEF\xBC\x80\xEF\xBD\x9F") == "\xEF\xBC\x80\xEF\xBD\x9F");  // U+FF00, U+FF5F
    CHECK(fold_width("\xEF\xBC") == "\xEF\xBC");
}
