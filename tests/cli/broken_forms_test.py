"""Broken form files, one kind each: broken_forms_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

A right form is broken at one place. What is said names the place in words (line, 第 n 部分, 第 n 条), what stands there,
and what may stand there or what to do: each entry has its name, the file, and these three.
"""

import copy
import json
import sys
import unittest

import cli_test
from cli_test import Case

BASE = {
    "format": "duibiao-instrument", "format_version": 2, "id": "small", "version": "1", "kind": "scored",
    "title": "考评表", "score_step": 0.5,
    "scorers": [{"id": "unit", "label": "自评得分"}, {"id": "group", "label": "考评得分"}],
    "columns": [{"role": "section", "label": "项目"}, {"role": "criterion", "label": "内容"},
                {"role": "rule", "id": "standard", "label": "评分标准"},
                {"role": "score", "scorer": "group", "label": "得分"}],
    "kinds": ["医院", "诊所"],
    "parts": [{"id": "base", "name": "基础", "weight": 70}, {"id": "votes", "name": "评议", "weight": 30}],
    "sections": [
        {"title": "组织", "part": "base", "items": [
            {"text": "报表", "points": 10, "blanks": ["应报", "实报"], "result": "应报{应报}次，实报{实报}次",
             "rules": [{"text": "少报", "deduct": 2, "per": "次", "count": {"short": {"due": "应报", "done": "实报"}}}],
             "texts": {"standard": "每少一次扣2分"}},
            {"text": "服务", "points": 8, "levels": [{"label": "好", "points": 8}, {"label": "差", "points": 0}]}]},
        {"title": "评议", "part": "votes", "items": [
            {"text": "测评", "votes": {"options": [{"label": "好", "weight": 100}, {"label": "弃权"}]}}]}],
    "figures": [{"name": "满意率", "kind": "votes", "item": "2.1.1", "labels": ["好"]}],
    "foot": {"blanks": [{"name": "否决", "type": "tick"}]},
    "print": {"lines": ["等次：{grade}"]},
    "grades": {"bands": [{"label": "优", "from": 90}, {"label": "良", "from": 60}, {"label": "差", "below": 60}],
               "ceilings": [{"text": "否决", "when": [{"blank": "否决"}], "not_above": "差"}],
               "quotas": [{"grade": "优", "share": 30}]},
}
ITEM = "sections/0/items/0"
LEVELS = "sections/0/items/1"
RULE = ITEM + "/rules/0"
CEILING = "grades/ceilings/0"
FIRST = "第 1 部分“组织”，第 1 条“报表”"


def text_of(form):
    return json.dumps(form, ensure_ascii=False, indent=1)


def with_member(path, value):
    """The form with one place changed; without it where `value` is ..."""
    form = copy.deepcopy(BASE)
    *steps, last = path.split("/")
    place = form
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    last = int(last) if isinstance(place, list) else last
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return text_of(form)


def edited(old, new, count=1):
    text = text_of(BASE)
    assert old in text, old
    return text.replace(old, new, count)


def text_without(path):
    return with_member(path, ...)


RULE1 = FIRST + "，规则 1“少报”"
SYNTAX = [
    ("a comma is missing", edited('"id": "small",', '"id": "small"'), "第 5 行", "少一个逗号", "加上 ,"),
    ("a comma too many", edited('"not_above": "差"\n', '"not_above": "差",\n'), "第 169 行", "多一个逗号", "请删去"),
    ("two commas", edited('"version": "1",', '"version": "1",,'), "第 5 行", "多一个逗号", "请删去"),
    ("a comment", edited('"version": "1",', '"version": "1", // 第一版'), "第 5 行第 18 个字", "不能写注释", "请删去"),
    ("a comment between signs", edited('"version": "1",', '/* 版本 */ "version": "1",'), "第 5 行第 2 个字", "不能写注释", "请删去"),
    ("a full-width comma", edited('"version": "1",', '"version": "1"，'), "第 5 行", "这里的 ，", "英文的 ,"),
    ("a full-width colon", edited('"version": "1"', '"version"： "1"'), "第 5 行", "这里的 ：", "英文的 :"),
    ("curly quotes", edited('"考评表"', '“考评表”'), "第 7 行", "这里的 “", '英文的 "'),
    ("single quotes", edited('"考评表"', "'考评表'"), "第 7 行", "双引号", '改为 "'),
    ("a name without quotes", edited('"version"', 'version'), "第 5 行", "version 没有加引号", '"version"'),
    ("True", edited('"kinds": [', '"veto": True, "kinds": ['), "第 39 行", "True 没有加引号", "true、false"),
    ("a number with 0 before it", edited('"points": 10', '"points": 010'), "第 62 行", "010", "2、0.5、-3"),
    ("a text over two lines", edited('"考评表"', '"考评\n表"'), "第 7 行", "写到行末还没有引号", "\\n"),
    ("a backslash", edited('"考评表"', '"考评\\d表"'), "第 7 行", "\\d", "\\\\"),
    ("the wrong bracket", edited('"kinds": [\n  "医院",\n  "诊所"\n ]', '"kinds": [\n  "医院",\n  "诊所"\n }'),
     "第 42 行", "这里的 }", "应是 ]"),
    ("cut off", text_of(BASE)[:400], "第 30 行", "还没有写完", '还缺 "'),
    ("cut off between two members", text_of(BASE).split(' "kinds"')[0] + ' "kinds": ["医院"]', "第 39 行", "还没有写完", "还缺 }"),
    ("two forms in one file", text_of(BASE) + "\n" + text_of(BASE), "第 179 行", "后面还有 {", "请删去多余的"),
    ("an equals sign", edited('"version":', '"version" ='), "第 5 行", "这里是 =", "冒号 :"),
    ("GBK", text_of(BASE).encode("gbk"), "第 7 行", "不是 UTF-8", "另存为 UTF-8"),
    ("empty", "", "第 1 行", "文件是空的", "form import"),
    ("a member twice", edited('"title": "考评表",', '"title": "考评表",\n "title": "评分表",'), "第 8 行", "“title”写了两次", "改其中一个"),
]
MEMBERS = [
    ("a typo of a member", edited('"figures"', '"figuers"'), "第 122 行", "没有“figuers”", "最接近的是“figures”"),
    ("a typo in an item", edited('"points": 10', '"pionts": 10'), FIRST, "没有“pionts”", "最接近的是“points”"),
    ("a typo in a rule", edited('"deduct": 2', '"deduc": 2'), RULE1, "没有“deduc”", "最接近的是“deduct”"),
    ("a member from elsewhere", with_member(ITEM + "/measures", []), FIRST, "没有“measures”", "id、number、text"),
    ("an unknown kind", with_member("kind", "scoerd"), "第 6 行", "“scoerd”", "scored、checklist"),
    ("an unknown role of a column", with_member("columns/1/role", "content"),
     "第 2 栏“内容”", "“content”", "section、group、number、criterion"),
    ("an unknown way of absence", with_member(ITEM + "/not_applicable", "half"), FIRST, "“half”", "no、full、out、scaled"),
    ("an unknown rest of a step", with_member(RULE + "/rest", "up"), RULE1, "“up”", "dropped、proportional、begun"),
    ("an unknown order", with_member("order", "side"), "第 178 行", "“side”", "chained、parallel"),
    ("a title that is empty", with_member("title", ""), "第 7 行", "缺“title”，或是空的", "请写上"),
    ("an item without a text", text_without(ITEM + "/text"), "第 1 部分“组织”，第 1 条:", "缺“text”", "请写上"),
    ("nobody scores", with_member("scorers", []), "第 9 行", "缺“scorers”", "请写上"),
    ("nine scorers", with_member("scorers", [{"id": f"s{i}", "label": f"评{i}"} for i in range(9)]), "第 9 行", "多于 8 个", "请减少"),
    ("two scorers with one id", with_member("scorers/1/id", "unit"), "打分人 2“考评得分”", "“unit”写了两次", "改其中一个"),
    ("an id in hanzi", with_member("scorers/1/id", "考核组"), "打分人 2“考评得分”", "编号“考核组”", "字母、数字、- 和 _"),
    ("an item with the id of another place", with_member(ITEM + "/id", "1.1.2"), FIRST, "“1.1.2”", "应为“1.1.1”"),
    ("a section with the id of another place", with_member("sections/0/id", "2"), "第 1 部分“组织”:", "“2”", "应为“1”"),
    ("a blank twice", with_member(ITEM + "/blanks", ["应报", "实报", "应报"]), "空 3", "“应报”写了两次", "改其中一个"),
    ("a figure twice", with_member("figures", BASE["figures"] * 2), "数字 2“满意率”", "“满意率”写了两次", "改其中一个"),
    ("negative points", with_member(ITEM + "/points", -5), FIRST, "是 -5", "0.01 到 1000"),
    ("points finer than the step", with_member(ITEM + "/points", 2.25), FIRST, "是 2.25", "0.5 的整数倍"),
    ("points with three decimals", with_member(ITEM + "/points", 2.255), FIRST, "是 2.255", "0.01 的整数倍"),
    ("points as a word", with_member(ITEM + "/points", "五"), FIRST, "“五”", "改为数（如 2、0.5），或 unlimited"),
    ("no points at all", text_without(ITEM + "/points"), FIRST, "没有写分值", "unlimited"),
    ("points of 0", with_member(ITEM + "/points", 0), FIRST, "是 0", "0.01 到 1000"),
    ("more points than any item has", with_member(ITEM + "/points", 2000), FIRST, "是 2000", "0.01 到 1000"),
    ("是 for true", with_member(RULE + "/once", "是"), RULE1, "“是”", "true（是）或 false（否）"),
    ("one where a list is", with_member("kinds", "医院"), "第 39 行", "“医院”", "方括号"),
    ("a list where one is", with_member("grades", []), "第 145 行", "“[]”", "花括号"),
    ("a number where a text is", with_member("title", 5), "第 7 行", "写的是 5", "加上引号"),
    ("a text where a number is", with_member("score_step", "0.5"), "第 8 行", "“0.5”", "不带引号和单位的数"),
    ("a step of 0", with_member("score_step", 0), "第 8 行", "是 0", "0.01 到 100"),
    ("seven decimals", with_member("decimals", 7), "第 178 行", "是 7", "0 到 6"),
    ("half a decimal", with_member("decimals", 1.5), "第 178 行", "是 1.5", "1 的整数倍"),
    ("items beside groups", with_member("sections/0/groups", [{"title": "a", "items": []}]),
     "第 1 部分“组织”:", "items 和 groups 只能写一种", "都写进 groups"),
    ("a section without items", with_member("sections/0/items", []), "第 1 部分“组织”:", "缺“items”", "请写上"),
    ("no sections", with_member("sections", []), "第 55 行", "缺“sections”", "请写上"),
    ("a newer format", with_member("format_version", 3), "第 3 行", "格式版本 3", "升级本程序"),
    ("another program's file", '{"name": "x"}', "第 1 行", "不是本程序的量表定义文件", "核对是否选错文件"),
]
RULES = [
    ("two effects", with_member(RULE + "/bonus", 2), RULE1, "这里有 2 种", "deduct、gain、bonus、zero、times"),
    ("no effect", text_without(RULE + "/deduct"), RULE1, "这里有 0 种", "deduct、gain、bonus、zero、times"),
    ("a deduction below 0", with_member(RULE + "/deduct", -1), RULE1, "是 -1", "0 到 10000000"),
    ("a deduction of any size, misspelt", with_member(RULE + "/deduct", "fre"), RULE1, "“fre”", "改为数（如 2、0.5），或 free"),
    ("a range the wrong way round", with_member(ITEM + "/rules/0", {"text": "不力", "deduct": {"from": 10, "to": 6}}),
     "规则 1“不力”", "“to”是 6", "10 到 10000000"),
    ("a rule's cap above its item", with_member(RULE + "/cap", 12), RULE1, "最多 12 分", "只有 10 分"),
    ("a level above its item", with_member(LEVELS + "/levels/0/points", 9), "第 2 条“服务”，第 1 档“好”", "给 9 分", "只有 8 分"),
    ("a level without points", text_without(LEVELS + "/levels/0/points"), "第 2 条“服务”，第 1 档“好”", "缺“points”", "请写上"),
    ("two levels of one name", with_member(LEVELS + "/levels/1/label", "好"), "第 2 条“服务”，第 2 档“好”", "“好”写了两次", "改其中一个"),
    ("a count of a blank that is not there", with_member(RULE + "/count/short/done", "实抱"), RULE1, "“实抱”", "应报、实报"),
    ("a count in an unknown way", with_member(RULE + "/count", {"shrot": {}}), RULE1, "没有“shrot”", "blank、short、beyond"),
    ("a count without what is due", with_member(RULE + "/count", {"short": {"done": "实报"}}), RULE1, "缺“due”", "请写上"),
    ("a count for an amount", with_member(RULE + "/deduct", "free"), RULE1, "没有次数", "删去 count"),
    ("a text with a blank that is not there", with_member(ITEM + "/result", "迟报{迟报}次"), FIRST, "迟报 不是这一条的空", "应报、实报"),
    ("a text for a column that is not there", with_member(ITEM + "/texts", {"standrad": "x"}),
     FIRST, "没有“standrad”", "最接近的是“standard”"),
    ("a kind of unit that is not there", with_member(ITEM + "/kinds", ["卫生院"]), FIRST, "“卫生院”", "医院、诊所"),
    ("votes without options", with_member("sections/1/items/0/votes", {"options": []}),
     "第 2 部分“评议”，第 1 条“测评”", "缺“options”", "请写上"),
    ("an unknown ballot", with_member("sections/1/items/0/votes/ballots", ["发放"]), "第 2 部分“评议”，第 1 条“测评”", "“发放”", "发出、收回、有效"),
    ("steps of 0", with_member(RULE + "/every", 0), RULE1, "是 0", "0.01 到 10000"),
]
TOTALS = [
    ("weights that are not 100", with_member("parts/0/weight", 60), "第 43 行", "合计是 90", "应为 100"),
    ("a weight above 100", with_member("parts/0/weight", 170), "分块 1“基础”", "是 170", "0 到 100"),
    ("weights of scorers that are not 100", with_member("total", {"by": "weighted"}), "第 9 行", "合计是 0", "应为 100"),
    ("a part that is not there", with_member("sections/0/part", "bsae"), "第 1 部分“组织”:", "“bsae”", "base、votes"),
    ("a total by somebody else", with_member("total", {"by": "committee"}),
     "第 179 行", "“committee”", "last、mean、weighted、unit、group"),
    ("extremes of two scorers", with_member("total", {"by": "mean", "without_extremes": True}),
     "第 180 行", "只有 2 个打分人", "至少要 3 个"),
    ("a column of a scorer that is not there", with_member("columns/3/scorer", "grouq"), "第 4 栏“得分”", "“grouq”", "unit、group"),
    ("no column of items", with_member("columns", [{"role": "section", "label": "项目"}]),
     "第 19 行", "没有条目一栏", '"role": "criterion"'),
    ("a doubled id of a part", with_member("parts/1/id", "base"), "分块 2“评议”", "“base”写了两次", "改其中一个"),
    ("a ceiling at a band that is not there", with_member(CEILING + "/not_above", "中"), "封顶 1“否决”", "“中”", "优、良、差"),
    ("a ceiling that says two things", with_member(CEILING + "/down", 1),
     "封顶 1“否决”", '"down":1', "not_above（最高哪一档）或 down（降几档）"),
    ("a condition of an item that is not there", with_member(CEILING + "/when", [{"full": "9.1.1"}]),
     "封顶 1“否决”", "“9.1.1”", "1.1.1、1.1.2、2.1.1"),
    ("a condition of a blank that is not there", with_member(CEILING + "/when", [{"blank": "否绝"}]),
     "封顶 1“否决”", "“否绝”", "最接近的是“否决”"),
    ("a condition of nothing", with_member(CEILING + "/when", [{}]), "封顶 1“否决”", "{}", "blank、item、section"),
    ("two bands of one name", with_member("grades/bands/1/label", "优"), "等次 2“优”", "“优”写了两次", "改其中一个"),
    ("a share of a band that is not there", with_member("grades/quotas/0/grade", "特优"), "第 173 行", "“特优”", "优、良、差"),
    ("a share above 100", with_member("grades/quotas/0/share", 130), "第 174 行", "是 130", "0 到 100"),
    ("a share of an unknown base", with_member("grades/quotas/0/base", "all"), "第 175 行", "“all”", "final、counted、expected"),
    ("a figure of an item without votes", with_member("figures/0/item", "1.1.1"), "数字 1“满意率”", "没有 votes", "请改 item"),
    ("a figure of an unknown kind", with_member("figures/0/kind", "sum"), "数字 1“满意率”", "“sum”", "gained、deducted、item"),
    ("a line with a figure that is not there", with_member("print/lines", ["满意率{满意度}"]), "第 141 行", "“满意度”", "最接近的是“满意率”"),
    ("an unknown orientation", with_member("print/orientation", "upright"), "第 144 行", "“upright”", "landscape、portrait"),
    ("bands with a hole", with_member("grades/bands/1", {"label": "良", "from": 60, "to": 85}),
     "等次 2“良”", "从 90 起，“良”到 85 止", "补写"),
    ("bands that overlap", with_member("grades/bands/1", {"label": "良", "from": 60, "to": 92}),
     "等次 2“良”", "从 90 起，“良”到 92 止", "有重叠"),
    ("a printed sum that is another", with_member("sections/0/printed", 20), "第 1 部分“组织”:", "印着 20 分", "条目合计是 18 分"),
]
# Said to the author, and the form works.
WARNINGS = {"a rule's cap above its item", "a level above its item", "bands with a hole", "bands that overlap",
            "a printed sum that is another"}
KINDS = SYNTAX + MEMBERS + RULES + TOTALS


class BrokenForms(Case):
    def said(self, text, name="form.json"):
        self.path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code, out, err = self.run_command("form", "check", name, "--lang", "zh")
        return code, err

    def test_the_form_is_right(self):
        self.assertEqual(self.said(text_of(BASE)), (0, ""))

    def test_each_kind_is_told_with_its_place(self):
        self.assertGreaterEqual(len(KINDS), 65)
        self.assertEqual(len({name for name, *_ in KINDS}), len(KINDS))
        for name, text, place, found, allowed in KINDS:
            with self.subTest(name):
                code, err = self.said(text)
                self.assertEqual(code, 0 if name in WARNINGS else 1, err)
                self.assertTrue(any(place in line and found in line and allowed in line for line in err.splitlines()), err)
                for line in err.splitlines():
                    self.assertRegex(line, r"\Aduibiao: form\.json: 第 \d+ 行[^:]*: .+")
                    self.assertNotRegex(line, "“”|有的是 ?$|可用的有 ，|文本编辑器|损坏|重新索取|过大")

    def test_the_same_in_english(self):
        for name, text, *_ in KINDS:
            with self.subTest(name):
                self.path("form.json").write_bytes(text if isinstance(text, bytes) else text.encode())
                _, _, err = self.run_command("form", "check", "form.json", "--lang", "en")
                self.assertTrue(err)
                for line in err.splitlines():
                    self.assertRegex(line, r"\Aduibiao: form\.json: line \d+[^:]*: .+")

    def test_many_items_and_long_texts(self):
        form = copy.deepcopy(BASE)
        items = form["sections"][0]["items"]
        items += [{"text": f"第{i}项", "points": 1} for i in range(4996)]
        form["sections"][0]["printed"] = 5014
        self.assertEqual(self.said(text_of(form)), (0, ""))
        items += [{"text": f"第{i}项", "points": 1} for i in range(6000)]
        code, err = self.said(json.dumps(form, ensure_ascii=False))
        self.assertEqual(code, 1)
        self.assertIn("多于 10000 条", err)
        for size, exit in ((9_000, 0), (1_000_000, 1)):
            code, err = self.said(with_member(ITEM + "/text", "长" * size))
            self.assertEqual(code, exit, err[:300])
            self.assertLess(len(err), 1000)
            self.assertEqual("“text”有 1000000 个字，最多 10000 个" in err, exit == 1)
        code, err = self.said(with_member("x" * 1_000_000, 1))
        self.assertEqual(code, 1)
        self.assertLess(len(err), 2000)
        code, err = self.said(with_member(ITEM + "/text", "长" * 2_000_000))
        self.assertEqual(code, 1)
        self.assertIn("4 MiB", err)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
