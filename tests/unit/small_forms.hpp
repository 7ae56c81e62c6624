// Small forms that are not scored: every type of field, tasks, measures, and a ledger with the duties a test asks for.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cell.hpp"
#include "core/ledger.hpp"
#include "core/rows.hpp"
#include "small_form.hpp"

namespace small_forms {

using namespace duibiao;
using small_form::author;
using small_form::day;

inline std::string definition(std::string_view kind, std::string_view parts) {
    return R"({"format":"duibiao-instrument","format_version":1,"version":"1","language":"zh-CN","id":")" +
           std::string(kind) + R"(","kind":")" + std::string(kind) +
           R"(","title":"小表","period":"year","source":{"key":"T","title":"来源"},)" + std::string(parts) + "}";
}

inline InstrumentPtr load(const std::string& json) {
    const auto form = load_instrument(json);
    if (!form) MESSAGE(form.error().code, " at ", form.error().place);
    REQUIRE(form.has_value());
    return *form;
}

/// One section, one group.
inline std::string sections(std::string_view items) {
    return R"("sections":[{"id":"1","title":"一","groups":[{"id":"1.1","title":"","criteria":[)" + std::string(items) +
           "]}]}]";
}

/// Item 1.1.1 has a field of every type under the type's name, and the flags 六有.
inline constexpr std::string_view every_type_item = R"({"id":"1.1.1","text":"各种","citation":"T 1","fields":[
 {"id":"text","label":"文字","type":"text"},{"id":"date","label":"日期","type":"date"},
 {"id":"month","label":"年月","type":"month"},{"id":"count","label":"人数","type":"count","unit":"人"},
 {"id":"yesno","label":"是否","type":"yesno"},
 {"id":"choice","label":"状态","type":"choice","options":["未开始","进行中","已完成"]},
 {"id":"flags","label":"六有","type":"flags","options":["有党旗","入党誓词","公开栏"]},
 {"id":"cadence","label":"频次","type":"cadence","unit":"次"},{"id":"kind","label":"类型","type":"kind"},
 {"id":"names","label":"姓名","type":"names"}]})";

inline constexpr std::string_view kinds = R"("activity_kinds":[{"name":"支委会","aliases":["支部委员会"]},
 {"name":"党员大会"},{"name":"党课"},{"name":"主题党日"},{"name":"年度计划"}])";

inline InstrumentPtr every_type() {
    return load(definition("checklist", sections(every_type_item) + "," + std::string(kinds)));
}

inline constexpr std::string_view ledger_table = R"("table":{"title":"活动","columns":[
 {"id":"date","label":"日期","type":"date","required":true},{"id":"kind","label":"类型","type":"kind","required":true},
 {"id":"topic","label":"主题","type":"text"},{"id":"chair","label":"主持人","type":"text"},
 {"id":"expected","label":"应到","type":"count","unit":"人"},{"id":"actual","label":"实到","type":"count","unit":"人"},
 {"id":"signin","label":"签到","type":"yesno"},{"id":"record","label":"记录","type":"yesno"},
 {"id":"photo","label":"照片","type":"yesno"},
 {"id":"procedures","label":"程序","type":"flags","options":["佩戴党徽","交纳党费","组织学习"]},
 {"id":"people","label":"人员","type":"names"},{"id":"hours","label":"学时","type":"count","unit":"学时"}]})";

/// A ledger with these sets of duties.
inline InstrumentPtr ledger_with_sets(std::string_view sets) {
    return load(definition("ledger", R"("header":[{"id":"secretary","label":"党支部书记","type":"text"},
        {"id":"leaders","label":"班子成员","type":"text"},{"id":"members","label":"党员","type":"text"}],)" +
                                         std::string(ledger_table) + "," + std::string(kinds) + R"(,"duty_sets":[)" +
                                         std::string(sets) + "]"));
}

/// A ledger with these duties in the set "a".
inline InstrumentPtr ledger_with(std::string_view duties) {
    return ledger_with_sets(R"({"id":"a","title":"甲","duties":[)" + std::string(duties) + "]}");
}

inline constexpr std::string_view monthly =
    R"({"id":"d","kinds":["支委会"],"title":"支委会","per":"month","citation":"T 月"})";

inline Document document(InstrumentPtr form, std::string_view period = "2026") {
    auto made = new_document(std::move(form), "doc-1", "第一支部", period, author());
    REQUIRE(made.has_value());
    return *std::move(made);
}

inline void put(Document& document, std::string item, std::string field, Value value) {
    small_form::put(document, Layer::self, std::move(item), std::move(field), std::move(value));
}

/// What a row of the ledger says beside date and kind.
struct Row {
    std::string topic, chair, expected, actual, signin, record, photo, procedures, people, hours;
};

inline std::string row_text(std::string date, std::string kind, Row row = {}) {
    return join_row({std::move(date), std::move(kind), row.topic, row.chair, row.expected, row.actual, row.signin,
                     row.record, row.photo, row.procedures, row.people, row.hours});
}

/// Enters an activity; its row's id.
inline std::string activity(Document& document, std::string date, std::string kind, Row row = {}) {
    std::string id = next_row_id(document, author());
    put(document, id, "cells", row_text(std::move(date), std::move(kind), std::move(row)));
    return id;
}

/// "missing missing met pending …": the states of a duty's cells.
inline std::string states(const DutyRow& row) {
    constexpr std::array<std::string_view, 4> names{"met", "missing", "pending", "outside"};
    std::string text;
    for (const DutyCell& cell : row.cells) {
        if (!text.empty()) text += ' ';
        text += names[static_cast<std::size_t>(cell.state)];
    }
    return text;
}

inline std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
    return text;
}

/// A value with its type in sight: "yes", "no", "#3.5", "\"text\"", "nothing".
inline std::string typed(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
    if (const auto* number = std::get_if<Points>(&value)) return "#" + number->to_string();
    if (const auto* text = std::get_if<std::string>(&value)) return "\"" + *text + "\"";
    return "nothing";
}

}  // namespace small_forms
