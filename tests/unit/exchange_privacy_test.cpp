#include <doctest/doctest.h>

#include "exchange/export.hpp"

using namespace duibiao;

TEST_CASE("masks keep what a reader may know") {
    CHECK(mask(Personal::name, "张三") == "张*");
    CHECK(mask(Personal::name, "欧阳修、司马光，𠮷田 Li Ming") == "欧*、司*，𠮷* L* M*");
    CHECK(mask(Personal::name, "") == "");
    for (const std::string_view date : {"1985-03", "1985年3月", "1985.3.1", "1985"})
        CHECK(mask(Personal::date, date) == "1985年");
    CHECK(mask(Personal::date, "不详") == "***");
    CHECK(mask(Personal::number, "13912345678") == "***5678");
    CHECK(mask(Personal::number, "0577-8800 1234") == "***1234");
    CHECK(mask(Personal::number, "１３９１２３４５６７８") == "***5678");
    CHECK(mask(Personal::number, "11010119850307451X") == "***451X");
    CHECK(mask(Personal::number, "8001234") == "***");  // most of it would be told
    CHECK(mask(Personal::text, "某地") == "***");
    CHECK(mask(Personal::none, "某地") == "某地");
}

TEST_CASE("addresses of any marks, nothing that begins a header") {
    CHECK(*address_list(" a@b.cn；c.d+e@f-g.example.com、h@i.cn,\n") == "a@b.cn, c.d+e@f-g.example.com, h@i.cn");
    CHECK(*address_list("ａ＠ｂ．ｃｎ") == "a@b.cn");
    CHECK(*address_list("") == "");
    for (const std::string_view bad : {"a", "a@", "@b.cn", "a@b", "a@b..cn", "a@-b.cn", "a@b.cn>", "<a@b.cn>",
                                       "a@b.cn\x01", "张三@b.cn", "a@b@c.cn"})
        CHECK(address_list(bad).error().code == "mail-address");
}
