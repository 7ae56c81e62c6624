// A form small enough to see through, with every kind of measure and rule; and short ways to fill it.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/document.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/report.hpp"

namespace small_form {

using namespace duibiao;

/// Sections 甲 (1: 1.1.1, 1.1.2, 1.2.1) of 6 points and 乙 (2: 2.1.1, 2.1.2) of 4, step 0.5.
inline constexpr std::string_view definition = R"json({
"format": "duibiao-instrument", "format_version": 1, "id": "small", "version": "1", "kind": "scored",
"language": "zh-CN", "title": "小表", "short_title": "小", "heading": "测试", "period": "year",
"source": {"key": "T", "title": "小表", "issuer": "测试单位"}, "points": 10, "score_step": 0.5,
"layers": [{"id": "self", "label": "自评得分", "short": "自评"},
           {"id": "acceptance", "label": "上级验收得分", "short": "上级验收"},
           {"id": "rating", "label": "主管部门评定", "short": "主管部门"}],
"columns": {"section": "项目", "criterion": "具体标准", "note": "落实情况"},
"header": [{"id": "unit", "label": "单位", "type": "text", "required": true},
           {"id": "total", "label": "得分", "type": "computed"},
           {"id": "date", "label": "日期", "type": "date", "required": true},
           {"id": "contact", "label": "联系人", "type": "text"}],
"print": {"orientation": "landscape", "seal": "（盖章）",
          "signatures": [{"party": "单位（盖章）", "lines": ["负责人签字：", "日期："]}]},
"sections": [
 {"id": "1", "title": "甲", "points": 6, "groups": [
  {"id": "1.1", "title": "一", "criteria": [
   {"id": "1.1.1", "number": "1", "text": "没有依据的一条", "points": 2, "citation": "T 1"},
   {"id": "1.1.2", "number": "2", "text": "按比例的一条", "points": 2, "citation": "T 2", "measures": [
    {"id": "1.1.2.m1", "name": "学习", "unit": "次", "type": "number", "at_least": 4, "propose": "proportional",
     "citation": "T 2"},
    {"id": "1.1.2.m2", "name": "有记录", "type": "yesno", "expect": true, "propose": "all", "citation": "T 2"}]}]},
  {"id": "1.2", "title": "二", "criteria": [
   {"id": "1.2.1", "number": "1", "text": "有上下限的一条", "points": 2, "citation": "T 3", "measures": [
    {"id": "1.2.1.m1", "name": "委员", "unit": "人", "type": "number", "at_least": 5, "at_most": 9, "propose": "all",
     "citation": "T 3"}]}]}]},
 {"id": "2", "title": "乙", "points": 4, "groups": [
  {"id": "2.1", "title": "", "criteria": [
   {"id": "2.1.1", "number": "1", "text": "三分的一条", "points": 3, "citation": "T 4"},
   {"id": "2.1.2", "number": "2", "text": "有上限的一条", "points": 1, "citation": "T 5", "measures": [
    {"id": "2.1.2.m1", "name": "用房", "type": "number", "at_most": 6, "propose": "all", "citation": "T 5"},
    {"id": "2.1.2.m2", "name": "有违规", "type": "yesno", "expect": false, "propose": "all", "citation": "T 5"}]}]}]}],
"veto": {"title": "一票否决", "text": "有下列情况之一的：", "verdict": "不予评定", "citation": "T 备注",
         "conditions": [{"id": "veto.1", "number": "①", "text": "违纪", "citation": "T 备注①"},
                        {"id": "veto.2", "number": "②", "text": "失误", "citation": "T 备注②"}]},
"rules": [
 {"kind": "unscored", "severity": "notice", "layer": "self", "citation": "T 自评"},
 {"kind": "unscored", "severity": "notice", "layer": "acceptance", "citation": "T 验收"},
 {"kind": "note-required", "severity": "warning", "layer": "self", "citation": "T 落实情况"},
 {"kind": "above-measure", "severity": "error", "layer": "self", "citation": "T 自评"},
 {"kind": "measure-empty", "severity": "notice", "layer": "self", "citation": "T 自评"},
 {"kind": "deduction-reason", "severity": "error", "layer": "acceptance", "citation": "T 验收"},
 {"kind": "deduction-reason", "severity": "error", "layer": "rating", "citation": "T 评定"},
 {"kind": "layer-order", "severity": "warning", "layer": "acceptance", "citation": "T 验收"},
 {"kind": "layer-order", "severity": "warning", "layer": "rating", "citation": "T 评定"},
 {"kind": "header-required", "severity": "warning", "field": "date", "citation": "T 日期"},
 {"kind": "date-future", "severity": "warning", "field": "date", "citation": "T 日期"},
 {"kind": "veto", "severity": "warning", "citation": "T 备注"}]
})json";

inline Json json() { return *parse_json(definition, limits::instrument_bytes); }

inline InstrumentPtr load() {
    const auto instrument = load_instrument(definition);
    REQUIRE(instrument.has_value());
    return *instrument;
}

inline InstrumentFinder finder() {
    return [instrument = load()](std::string_view id) { return id == "small" ? instrument : nullptr; };
}

inline Author author(std::string session = "s") { return {std::move(session), "张三", "2026-11-21T06:03:34Z"}; }

/// Hundredths for short figures in tests.
inline Points points(double value) { return Points::from_hundredths(std::llround(value * 100)); }

inline Document empty() {
    auto document = new_document(load(), "doc-1", "市第一医院党委", "2026", author());
    REQUIRE(document.has_value());
    return *document;
}

/// Answers as a user action of its own.
inline void put(Document& document, Layer layer, std::string item, std::string field, Value value,
                Author by = author()) {
    const Target target{layer, std::move(item), std::move(field)};
    CAPTURE(target.item);
    CAPTURE(target.field);
    auto edit = make_edit(document, by, target, value, "batch-" + by.session + std::to_string(document.log.size()));
    REQUIRE(edit.has_value());
    REQUIRE(apply(document, *edit).has_value());
}

inline void score(Document& document, std::string item, double value, Layer layer = Layer::self) {
    put(document, layer, std::move(item), "score", points(value));
}

inline void note(Document& document, std::string item, std::string words, Layer layer = Layer::self) {
    put(document, layer, std::move(item), "note", std::move(words));
}

inline void measure(Document& document, std::string item, double value) {
    put(document, Layer::self, std::move(item), "value", points(value));
}

inline void answer_yes(Document& document, std::string item, bool yes) {
    put(document, Layer::self, std::move(item), "value", yes);
}

/// Everything answered, nothing to find fault with.
inline Document clean() {
    Document document = empty();
    for (const Instrument::Place& place : document.instrument->order) {
        const Criterion& criterion = document.instrument->criterion(place);
        put(document, Layer::self, criterion.id, "score", criterion.points);
        note(document, criterion.id, "已落实");
    }
    measure(document, "1.1.2.m1", 4);
    answer_yes(document, "1.1.2.m2", true);
    measure(document, "1.2.1.m1", 7);
    measure(document, "2.1.2.m1", 6);
    answer_yes(document, "2.1.2.m2", false);
    put(document, Layer::self, "header", "date", std::string("2026-11-20"));
    return document;
}

inline Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

/// The same numbers on every platform: the standard's distributions differ between libraries.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    /// 0 … sides − 1
    std::uint32_t roll(std::size_t sides) { return static_cast<std::uint32_t>(engine_() % sides); }

private:
    std::mt19937 engine_;
};

template <typename T>
std::string code_of(const Result<T>& result) {
    return result ? "no error" : result.error().code;
}

}  // namespace small_form
