#include "core/cell.hpp"

#include <doctest/doctest.h>

#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

const AnswerField& field(const InstrumentPtr& form, std::string_view id) {
    const AnswerField* found = form->find_criterion("1.1.1")->find_field(id);
    REQUIRE(found != nullptr);
    return *found;
}

/// What a cell of the field `id` makes of a text: its typed value, or the error's code. What is read must stay as it
/// is when it is read again as files show it, and when a log with it is replayed.
std::string read(std::string_view id, std::string_view text) {
    static const InstrumentPtr form = every_type();
    const auto value = parse_cell(*form, field(form, id), text);
    if (!value) return value.error().code;
    const auto again = parse_cell(*form, field(form, id), show_value(*value));
    CHECK_MESSAGE((again && *again == *value), "read again: ", id, " ", text);
    Value checked = *value;
    CHECK_MESSAGE(normalise_cell(*form, field(form, id), checked).has_value(), id, " ", text);
    CHECK_MESSAGE(checked == *value, "checked again: ", id, " ", text);
    return typed(*value);
}

/// What normalise_cell makes of a value: its typed value, or the error's code.
std::string normalised(std::string_view id, Value value) {
    static const InstrumentPtr form = every_type();
    const auto done = normalise_cell(*form, field(form, id), value);
    if (!done) {
        CHECK(done.error().place.empty());
        return done.error().code;
    }
    return typed(value);
}

Error error_of(std::string_view id, std::string_view text) {
    const InstrumentPtr form = every_type();
    const auto value = parse_cell(*form, field(form, id), text);
    REQUIRE_FALSE(value.has_value());
    return value.error();
}

std::string times(std::string_view text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("nothing but blanks is nothing, in every type of cell") {
    for (const char* id : {"text", "date", "month", "count", "yesno", "choice", "flags", "cadence", "kind", "names"}) {
        CAPTURE(id);
        CHECK(read(id, "") == "nothing");
        CHECK(read(id, " \t　") == "nothing");
        CHECK(normalised(id, Value{}) == "nothing");
        CHECK(read(id, "\xFF") == "text-encoding");
    }
}

TEST_CASE("text cells keep what was written, cleaned") {
    CHECK(read("text", "第一行\r\n第二行") == "\"第一行\n第二行\"");
    CHECK(read("text", " 前后 ") == "\" 前后 \"");
    CHECK(read("text", "甲\x01乙\xE2\x80\xAE丙") == "\"甲乙丙\"");
    CHECK(read("text", "=1+1") == "\"=1+1\"");
    CHECK(read("text", times("字", 10'000)) == "\"" + times("字", 10'000) + "\"");
    CHECK(read("text", times("字", 10'001)) == "text-long");
    CHECK(error_of("text", times("a", 10'001)).params.at("limit") == Param{std::int64_t{10'000}});
    CHECK(normalised("text", std::string("\xFF")) == "text-encoding");
    CHECK(normalised("text", std::string()) == "nothing");
    CHECK(normalised("text", true) == "value-type");
    CHECK(normalised("text", Points::from_whole(3)) == "value-type");
}

TEST_CASE("dates and months are written one way") {
    CHECK(read("date", "2026年8月9日") == "\"2026-08-09\"");
    CHECK(read("date", " 2026.8.9 ") == "\"2026-08-09\"");
    CHECK(read("date", "2028-02-29") == "\"2028-02-29\"");
    CHECK(read("date", "2026-02-29") == "date-impossible");
    CHECK(read("date", "2月30日") == "date-no-year");
    CHECK(read("date", "31/12/26") == "date-ambiguous");
    CHECK(read("date", "2026-08") == "date-no-day");
    CHECK(read("date", "=TODAY()") == "date-format");
    CHECK(error_of("date", "昨天").params.at("text") == Param{std::string("昨天")});
    CHECK(normalised("date", Points::from_whole(20260809)) == "value-type");
    CHECK(read("month", "2026年8月") == "\"2026-08\"");
    CHECK(read("month", "2026.8") == "\"2026-08\"");
    CHECK(read("month", "2026年8月9日") == "\"2026-08-09\"");  // a full date is kept
    CHECK(read("month", "2026-13") == "date-impossible");
    CHECK(read("month", "八月") == "date-format");
}

TEST_CASE("counts are numbers from 0 to ten millions, with or without their unit") {
    CHECK(read("count", "12") == "#12");
    CHECK(read("count", "１２人") == "#12");
    CHECK(read("count", "12 人") == "#12");
    CHECK(read("count", "3次") == "#3");
    CHECK(read("count", "1.50") == "#1.5");
    CHECK(read("count", "0") == "#0");
    CHECK(read("count", "10000000") == "#10000000");
    CHECK(read("count", "-1") == "value-under");
    CHECK(read("count", "10000001") == "number-range");
    CHECK(read("count", "1.234") == "number-places");
    CHECK(read("count", "人") == "number-format");
    CHECK(read("count", "十二") == "number-words");
    CHECK(read("count", "=1+1") == "number-format");
    CHECK(read("count", "是") == "number-format");
    CHECK(error_of("count", "十二").params.at("text") == Param{std::string("十二")});
    CHECK(normalised("count", Points::from_whole(-1)) == "value-under");
    CHECK(normalised("count", Points::from_whole(10'000'001)) == "number-range");
    CHECK(normalised("count", true) == "value-type");
    CHECK(normalised("count", std::string("3")) == "value-type");
}

TEST_CASE("yes and no in the words people use") {
    for (const char* yes : {"1", "是", "有", "√", "✓", "✔", "TRUE", "Yes", "y", "达到", "Ｙ"}) {
        CAPTURE(yes);
        CHECK(read("yesno", yes) == "yes");
    }
    for (const char* no : {"0", "否", "无", "没有", "×", "✗", "False", "NO", "n"}) {
        CAPTURE(no);
        CHECK(read("yesno", no) == "no");
    }
    CHECK(read("yesno", "也许") == "value-type");
    CHECK(read("yesno", "2") == "value-type");
    CHECK(normalised("yesno", std::string("是")) == "value-type");
    CHECK(normalised("yesno", Points::from_whole(1)) == "value-type");
    CHECK(show_value(true) == "是");
    CHECK(show_value(false) == "否");
}

TEST_CASE("a cadence is met, or the count so far") {
    CHECK(read("cadence", "是") == "yes");
    CHECK(read("cadence", "达到") == "yes");
    CHECK(read("cadence", "1") == "#1");  // one meeting
    CHECK(read("cadence", "4次") == "#4");
    CHECK(read("cadence", "0") == "#0");
    CHECK(read("cadence", "否") == "number-format");
    CHECK(read("cadence", "-1") == "value-under");
    CHECK(normalised("cadence", true) == "yes");
    CHECK(normalised("cadence", Points::from_whole(-1)) == "value-under");
    CHECK(normalised("cadence", std::string("是")) == "value-type");
}

TEST_CASE("choices are one of the options, as they are written") {
    CHECK(read("choice", " 已完成 ") == "\"已完成\"");
    CHECK(read("choice", "完成") == "choice-unknown");
    CHECK(read("choice", "开始") == "choice-unknown");  // never guessed: it means the opposite of 未开始
    CHECK(read("choice", "进行中、已完成") == "choice-unknown");
    const Error error = error_of("choice", "搁置");
    CHECK(error.params.at("text") == Param{std::string("搁置")});
    CHECK(error.params.at("options") == Param{std::vector<std::string>{"未开始", "进行中", "已完成"}});
}

TEST_CASE("flags are any of the options, in the form's order and once") {
    CHECK(read("flags", "公开栏、有党旗") == "\"有党旗、公开栏\"");
    CHECK(read("flags", "党旗，有公开栏;党旗/入党誓词 公开栏") == "\"有党旗、入党誓词、公开栏\"");
    for (const char* all : {"全部", "齐全", "是", "√"}) CHECK(read("flags", all) == "\"有党旗、入党誓词、公开栏\"");
    for (const char* none : {"无", "否", "×"}) CHECK(read("flags", none) == "\"无\"");
    CHECK(read("flags", "党旗、国旗") == "choice-unknown");
    CHECK(error_of("flags", "党旗、国旗").params.at("text") == Param{std::string("国旗")});
    CHECK(read("flags", "誓词") == "choice-unknown");
    CHECK(read("flags", "无、党旗") == "choice-unknown");
    CHECK(normalised("flags", true) == "value-type");
}

TEST_CASE("kinds are known by their names and aliases") {
    CHECK(read("kind", "支委会") == "\"支委会\"");
    CHECK(read("kind", " 支部委员会") == "\"支委会\"");
    CHECK(read("kind", "团建") == "kind-unknown");
    CHECK(error_of("kind", "团建").params.at("text") == Param{std::string("团建")});
    CHECK(error_of("kind", times("团建", 100)).params.at("text") == Param{times("团建", 10)});
}

TEST_CASE("names stand once each, with 、 between them") {
    CHECK(read("names", "张三，李四 王五、张三;;赵六") == "\"张三、李四、王五、赵六\"");
    CHECK(read("names", "张三\n李四") == "\"张三、李四\"");
    CHECK(read("names", "、，") == "nothing");
    CHECK(split_parts("甲/乙；丙　丁\t戊,甲") == std::vector<std::string>{"甲", "乙", "丙", "丁", "戊"});
    CHECK(split_parts("").empty());
}

TEST_CASE("a name of two characters that was padded to the width of three is one name") {
    using Names = std::vector<std::string>;
    CHECK(split_names("张　三、李　四") == Names{"张三", "李四"});
    CHECK(split_names("张 三") == Names{"张三"});
    CHECK(split_names("张  三，李　　四;王\u00A0五") == Names{"张三", "李四", "王五"});
    CHECK(split_names("张 　三") == Names{"张三"});
    CHECK(split_names("张   三") == Names{"张", "三"});
    CHECK(split_names("张、三") == Names{"张", "三"});
    CHECK(split_names("张 、三") == Names{"张", "三"});
    CHECK(split_names("张\t三") == Names{"张", "三"});
    CHECK(split_names("张\n三") == Names{"张", "三"});
    CHECK(split_names("王五 赵六") == Names{"王五", "赵六"});
    CHECK(split_names("王五　张 三 赵六") == Names{"王五", "张三", "赵六"});
    CHECK(split_names("欧阳 修") == Names{"欧阳", "修"});
    CHECK(split_names("修 欧阳") == Names{"修", "欧阳"});
    CHECK(split_names("张 三 李 四") == Names{"张三", "李四"});
    CHECK(split_names("张　三 李　四、王 五") == Names{"张三", "李四", "王五"});
    CHECK(split_names("张 三   李 四") == Names{"张三", "李四"});
    CHECK(split_names("张 三 李") == Names{"张", "三", "李"});  // an odd number: nothing is guessed
    CHECK(split_names("㐂 𬭩") == Names{"㐂𬭩"});
    CHECK(split_names("A B") == Names{"A", "B"});
    CHECK(split_names("张 B") == Names{"张", "B"});
    CHECK(split_names("买买提·艾力 李 四") == Names{"买买提·艾力", "李四"});
    CHECK(split_names("张三 张 三") == Names{"张三"});
    CHECK(split_names(" 张 三　") == Names{"张三"});
    CHECK(split_names(" 、　").empty());
    CHECK(read("names", "张　三、李　四") == "\"张三、李四\"");
    CHECK(split_parts("张 三") == Names{"张", "三"});  // options are not names
}

TEST_CASE("an option that could not be read back is refused when the form is loaded") {
    const auto load_with = [](std::string_view type, std::string_view option) {
        return load_instrument(definition(
            "checklist", sections(R"({"id":"1.1.1","text":"各种","citation":"T 1","fields":[{"id":"value","label":"值",
            "type":")" + std::string(type) +
                                  R"(","options":["甲",")" + std::string(option) + "\"]}]}")));
    };
    CHECK(load_with("flags", "乙").has_value());
    CHECK(load_with("choice", "有隐患，已整改").has_value());
    for (const char* option : {"乙、丙", "乙/丙", "乙 丙", " 乙", "无", "全部"}) {
        CAPTURE(option);
        CHECK(small_form::code_of(load_with("flags", option)) == "field-type");
    }
    CHECK(small_form::code_of(load_with("choice", " 乙")) == "field-type");
    CHECK(small_form::code_of(load_with("choice", "　")) == "field-type");
}

// ---- Rows ----

TEST_CASE("a row is split and joined by tabs") {
    CHECK(split_row("a\tb", 3) == std::vector<std::string_view>{"a", "b", ""});
    CHECK(split_row("", 2) == std::vector<std::string_view>{"", ""});
    CHECK(split_row("a\tb\tc", 2) == std::vector<std::string_view>{"a", "b"});
    CHECK(join_row({"a", "", "c", "", ""}) == "a\t\tc");
    CHECK(join_row({"", "b"}) == "\tb");
    CHECK(join_row({"", ""}).empty());
    CHECK(join_row({}).empty());
}

TEST_CASE("a row's cells are written one way, twice the same") {
    const InstrumentPtr form = ledger_with(monthly);
    const auto row = normalise_row(*form, row_text("2026年3月5日", "支部委员会",
                                                   {" 学习\n讨论 ", "张三 ", "１２人", "12", "√", "0", "",
                                                    "组织学习 佩戴党徽", "李四,王五", "1.50"}));
    REQUIRE(row.has_value());
    CHECK(*row == "2026-03-05\t支委会\t学习 讨论\t张三\t12\t12\t是\t否\t\t佩戴党徽、组织学习\t李四、王五\t1.5");
    CHECK(normalise_row(*form, *row) == *row);
    const auto carriage_return = normalise_row(*form, row_text("2026-03-05", "党课", {.topic = "甲\r\n乙\r丙"}));
    REQUIRE(carriage_return.has_value());
    CHECK(normalise_row(*form, *carriage_return) == *carriage_return);
    CHECK(carriage_return->find('\n') == std::string::npos);
    CHECK(normalise_row(*form, "2026-03-05\t党课\t\t\t") == "2026-03-05\t党课");
}

TEST_CASE("a cell that only looks as if it were written the one way is rewritten") {
    const InstrumentPtr form = ledger_with(monthly);
    const auto written = [&form](const std::string& row) {
        const auto result = normalise_row(*form, row);
        return result ? *result : result.error().code;
    };
    const std::string start = "2026-03-05\t党课\t";
    CHECK(written(start + "学习\t张三") == start + "学习\t张三");
    CHECK(written(start + "学 习\t") == start + "学 习");
    CHECK(written(start + "　学习 \t\t") == start + "学习");
    CHECK(written(start + "学习\x01\xE2\x80\xAE"
                          "二") == start + "学习二");
    CHECK(written("2026.03.05\t党课") == "2026-03-05\t党课");
    CHECK(written("2026-3-005\t党课") == "date-format");
    CHECK(written("2026-02-30\t党课") == "date-impossible");
    const std::string names = start + "学习" + times("\t", 8);
    for (const char* two : {"李四,王五", "李四 王五", "李四　王五", "李四、王五、李四", "李四/王五", "李四；王五"}) {
        CHECK(written(names + two) == names + "李四、王五");
    }
    CHECK(written(names + "李 四") == names + "李四");
    CHECK(written(names + "李四") == names + "李四");
    CHECK(written("").empty());
    CHECK(written("\xE5\xAF") == "text-encoding");
    CHECK(written(start + times("字", 40'001)) == "text-long");
}

TEST_CASE("what is wrong with a row is named by its column") {
    const InstrumentPtr form = ledger_with(monthly);
    const auto refused = [&form](std::string row) {
        const auto result = normalise_row(*form, row);
        REQUIRE_FALSE(result.has_value());
        const auto column = result.error().params.find("column");
        const auto* label = column == result.error().params.end() ? nullptr : std::get_if<std::string>(&column->second);
        return result.error().code + " " + (label == nullptr ? "" : *label);
    };
    CHECK(refused("\t支委会") == "cell-missing 日期");
    CHECK(refused("2026-03-05") == "cell-missing 类型");
    CHECK(refused("2026-03-05\t　\t主题") == "cell-missing 类型");
    CHECK(refused("2026-02-30\t支委会") == "date-impossible 日期");
    CHECK(refused("2026-03-05\t团建") == "kind-unknown 类型");
    CHECK(refused(row_text("2026-03-05", "党课", {.expected = "十"})) == "number-words 应到");
    CHECK(refused(row_text("2026-03-05", "党课", {.actual = "-1"})) == "value-under 实到");
    CHECK(refused(row_text("2026-03-05", "党课", {.photo = "也许"})) == "value-type 照片");
    CHECK(refused(row_text("2026-03-05", "党课", {.procedures = "合影"})) == "choice-unknown 程序");
    CHECK(refused(row_text("2026-03-05", "党课", {.topic = times("字", 10'001)})) == "text-long 主题");
    CHECK(refused("2026-03-05\t党课" + times("\t", 11)) == "row-columns ");
    const auto many = normalise_row(*form, "2026-03-05\t党课" + times("\t", 11));
    CHECK(many.error().params.at("count") == Param{std::int64_t{13}});
    CHECK(many.error().params.at("expected") == Param{std::int64_t{12}});
}

TEST_CASE("no more people come than are expected") {
    const InstrumentPtr form = ledger_with(monthly);
    const auto result = normalise_row(*form, row_text("2026-03-05", "党课", {.expected = "9", .actual = "10"}));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == "attendance-over");
    CHECK(result.error().params.at("column") == Param{std::string("实到")});
    CHECK(result.error().params.at("expected") == Param{std::string("9")});
    CHECK(result.error().params.at("actual") == Param{std::string("10")});
    CHECK(normalise_row(*form, row_text("2026-03-05", "党课", {.expected = "9", .actual = "9"})).has_value());
    CHECK(normalise_row(*form, row_text("2026-03-05", "党课", {.actual = "10"})).has_value());
    CHECK(normalise_row(*form, row_text("2026-03-05", "党课", {.expected = "0", .actual = "0"})).has_value());
    CHECK_FALSE(normalise_row(*form, row_text("2026-03-05", "党课", {.expected = "0", .actual = "1"})).has_value());
}

TEST_CASE("keys of rows are small letters, digits and dashes") {
    for (const char* good : {"row.1", "row.a", "row.00000001-s", "row.-"}) CHECK(is_row_id(good));
    for (const char* bad : {"row.", "row", "row.A", "row.1.2", "row.1 ", "row._", "rows.1", "xrow.1", "row.一"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_row_id(bad));
    }
    CHECK(is_row_id("row." + std::string(60, 'a')));
    CHECK_FALSE(is_row_id("row." + std::string(61, 'a')));
}

TEST_CASE("rows stand in the order of their keys, whatever order they were entered in") {
    Document ledger = document(ledger_with(monthly));
    for (const char* key : {"row.9", "row.10", "row.a", "row.00000002-s"}) {
        put(ledger, key, "cells", "2026-01-01\t党课\t" + std::string(key));
    }
    std::string order;
    for (const RowView& row : rows_of(ledger)) order += std::string(row.id) + " ";
    CHECK(order == "row.00000002-s row.10 row.9 row.a ");
    CHECK(rows_of(ledger).front().cells == "2026-01-01\t党课\trow.00000002-s");
    CHECK(rows_of(document(every_type())).empty());
}

TEST_CASE("a new row's id comes after all rows and belongs to its session") {
    Document ledger = document(ledger_with(monthly));
    CHECK(next_row_id(ledger, author("Ab-C_d党1")) == "row.00000001-abcd1");
    CHECK(next_row_id(ledger, author("s"), 4) == "row.00000005-s");
    CHECK(is_row_id(next_row_id(ledger, author(std::string(200, 'x')))));
    CHECK(is_row_id(next_row_id(ledger, author("党"))));
    put(ledger, "row.00000041-t", "cells", "2026-01-01\t党课");
    CHECK(next_row_id(ledger, author()) == "row.00000042-s");
    CHECK(next_row_id(ledger, author(), 2) == "row.00000044-s");
}

TEST_CASE("a new row never takes the id of one that is there, whatever keys a file brings") {
    for (const char* key : {"row.zzz", "row.99999999-s", "row.123456789", "row.1", "row.-", "row.99999999"}) {
        CAPTURE(key);
        Document ledger = document(ledger_with(monthly));
        put(ledger, key, "cells", "2026-01-01\t党课");
        for (std::size_t count = 2; count <= 5; ++count) {
            activity(ledger, "2026-02-01", "党课");
            CHECK(rows_of(ledger).size() == count);
        }
    }
}

TEST_CASE("rows are refused where the form has none, in later layers and under other fields") {
    Document ledger = document(ledger_with(monthly));
    const Value row = std::string("2026-01-01\t党课");
    const auto code = [&row](const Document& in, Target target) {
        return small_form::code_of(check_value(*in.instrument, target, row));
    };
    CHECK(code(ledger, {Layer::self, "row.1", "cells"}) == "no error");
    CHECK(code(ledger, {Layer::self, "row.1", "note"}) == "field-unknown");
    CHECK(code(ledger, {Layer::acceptance, "row.1", "cells"}) == "layer-unknown");
    CHECK(code(ledger, {Layer::self, "row.A", "cells"}) == "item-unknown");
    CHECK(code(document(every_type()), {Layer::self, "row.1", "cells"}) == "item-unknown");
    CHECK(small_form::code_of(check_value(*ledger.instrument, {Layer::self, "row.1", "cells"}, true)) == "value-type");
    const auto empty = check_value(*ledger.instrument, {Layer::self, "row.1", "cells"}, std::string());
    CHECK((empty && *empty == Value{}));
}
