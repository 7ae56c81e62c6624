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
          "买\u00AD某\u3000·\u2003吐某", "买某\u00A0·\u202F吐某",
          // Ten more of the kind.
          "买某。吐某", "买某｡吐某", "买某\u16EB吐某", "买某\u2E33吐某", "买某\u00B7\uFE0F吐某", "买某\u25E6吐某",
          "买某\u2981吐某", "\u202B买某·吐某\u202C", "买某·\t吐某", "买\U000E0100某·吐某"}) {
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
          "市医院［集团］党委", " 市医院 （ 集团 ） 党委 ", "市医院（集\u200B团）党委", "市医院〖集团〗党委",
          "市医院〈集团〉党委", "市医院{集团}党委", "市医院｛集团｝党委", "市\u3000医院（集团）党委\u00A0",
          "\uFEFF市医院(集团）党委", "市医院（集团)党\u00AD委", "市医院\u2772集团\u2773党委"}) {
        CAPTURE(name);
        CHECK(organisation_key(name) == organisation_key("市医院(集团)党委"));
    }
    CHECK(organisation_key("第一－二支部") == organisation_key("第一—二支部"));
    CHECK(organisation_key("“先锋”支部") == organisation_key("「先锋」支部"));
    CHECK(organisation_key("Ｉｃｕ党支部") == organisation_key("ICU党支部"));
    CHECK(organisation_key("骨Ⅱ科党支部") == organisation_key("骨II科党支部"));
    CHECK(organisation_key("Ⅷ病区") == organisation_key("ⅷ病区"));
    CHECK(organisation_key("Ⅳ病区") != organisation_key("Ⅵ病区"));
    CHECK(organisation_key("第1党支部") != organisation_key("第一党支部"));  // which the unit may both have
    CHECK(organisation_key("内一科党支部") != organisation_key("内二科党支部"));
}

TEST_CASE("A head's key is its label's, without what only says how to fill it in") {
    for (const char* head : {"日期", "*日期", "日期：", "日期（必填）", "【日期】", "★ 日期 *", "日期\n（年月日）",
                             "“日期”", "日期（必填）：", "日　期[年-月-日]"}) {
        CAPTURE(head);
        CHECK(head_key(head) == "日期");
    }
    CHECK(head_key("主讲（牵头）人") == label_key("主讲(牵头)人"));
    CHECK(head_key("***").empty());
    CHECK(head_key("()") == "");
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
