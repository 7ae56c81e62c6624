#include "core/name_key.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/plain_text.hpp"

using namespace duibiao;

TEST_CASE("One person in many spellings has one key") {
    for (const char* name :
         {"买某·吐某", "买某•吐某", "买某・吐某", "买某‧吐某", "买某．吐某", "买某.吐某", "买某 · 吐某", "买某●吐某",
          "买某∙吐某", "买某⋅吐某", "买某･吐某", "买某﹒吐某", "买某\u2024吐某", "\u200B买某·\u2060吐某\uFEFF",
          "买\u00AD某\u3000·\u2003吐某", "买某\u00A0·\u202F吐某"}) {
        CAPTURE(name);
        CHECK(person_key(name) == person_key("买某·吐某"));
    }
    CHECK(person_key("李　某") == person_key("李某"));
    CHECK(person_key("ＬＩ某") == person_key("li某"));
    CHECK(person_key("⻢某") == person_key("马某"));  // as PDF files give it
    CHECK(person_key("⾦某") == person_key("金某"));
    CHECK(person_key("李\uF98B某").size() == person_key("李某某").size());
    CHECK(person_key(" \u200B　").empty());
}

TEST_CASE("Two people have two keys") {
    CHECK(person_key("李某") != person_key("李某某"));
    CHECK(person_key("买某·吐某") != person_key("买某吐某"));
    CHECK(person_key("张三（内科）") != person_key("张三"));
    CHECK(person_key("张三（内科）") == person_key("张三(内科)"));
}

TEST_CASE("One organisation in many spellings has one key") {
    for (const char* name :
         {"市医院（集团）党委", "市医院(集团)党委", "市医院﹙集团﹚党委", "市医院【集团】党委", "市医院〔集团〕党委",
          "市医院［集团］党委", " 市医院 （ 集团 ） 党委 ", "市医院（集\u200B团）党委"}) {
        CAPTURE(name);
        CHECK(organisation_key(name) == organisation_key("市医院(集团)党委"));
    }
    CHECK(organisation_key("第一－二支部") == organisation_key("第一—二支部"));
    CHECK(organisation_key("“先锋”支部") == organisation_key("「先锋」支部"));
    CHECK(organisation_key("Ｉｃｕ党支部") == organisation_key("ICU党支部"));
    CHECK(organisation_key("内一科党支部") != organisation_key("内二科党支部"));
}

TEST_CASE("One character more, less or other, or two changed, is a near miss") {
    CHECK(is_near_miss("买某·吐某", "买某吐某"));
    CHECK(is_near_miss("王小明", "王晓明"));
    CHECK(is_near_miss("王小明", "小王明"));
    CHECK(is_near_miss("王明", "王小明"));
    CHECK_FALSE(is_near_miss("王小明", "王小明"));
    CHECK_FALSE(is_near_miss("张三", "张四"));
    CHECK_FALSE(is_near_miss("王小明", "明小王"));
    CHECK_FALSE(is_near_miss("王小明", "李晓明"));
    CHECK_FALSE(is_near_miss("", "张"));
}

TEST_CASE("Plain text has no character without a picture, one kind of blank and ordinary forms") {
    CHECK(plain_text("\uFEFF１２．５\u200B　分\u00A0") == "12.5 分");
    CHECK(plain_text("⼆⽉") == "二月");
    CHECK(plain_text("（ａ）\u2028b") == "(a) b");
    CHECK(plain_text("\u200E\u2060\u00AD").empty());
    CHECK(looks_empty("\u00A0\u2002\u200B\t\r\n"));
    CHECK_FALSE(looks_empty("\u00A0—"));
}
