// A form small enough to see through, with every kind of measure and rule.
#pragma once

#include <string_view>

namespace small_form {

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

}  // namespace small_form
