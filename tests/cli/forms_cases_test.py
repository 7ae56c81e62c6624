"""Scored forms with rules of every kind, played filling by filling (F22, F15, F11): forms_cases_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import re
import sys
import unittest
from decimal import Decimal

import cli_test
from form_cases import FormCase, tables


class F22(FormCase):
    """Deductions of every kind, bonus beyond 100, blanks in the row, not arisen; only the examiner scores."""

    name = "F22"
    layer = "examiner"
    unsaid = ("自评", "依据", "奖分未得")

    def test_the_first_filling(self):
        score = self.play("录入一：某镇卫生院协管站，考核组填")
        sections = tables(self.part("录入一：某镇卫生院协管站，考核组填"))[1]
        for row, section in zip(sections[:-1], self.sections_of(score)):
            self.assertEqual((Decimal(row["应得"]), Decimal(row["得分"]), Decimal(row["奖"] or 0)),
                             (section["points"], Decimal(str(section["score"])), Decimal(section["bonus"])), row)
        layer = score["layers"]["examiner"]
        self.assertEqual((layer["points"], layer["full"], layer["total"]), ("72.4", "100", 76))
        self.assert_figures(score, total="76", bonus="3.6", penalty="0")
        self.assertEqual((score["final"], score["grade"]), (True, None))
        self.assertEqual(score["not_applicable"], ["6.1.3", "7.1.1"])
        self.assertEqual(self.findings(), [])

    def test_why(self):
        score = self.play("录入一：某镇卫生院协管站，考核组填")
        self.assertEqual(self.items_of(score)["5.1.1"]["why"],
                         ["满分 15", "户次数下降：扣 4×0.5＝2，余 13", "少记录：扣 60×0.1＝6，余 8", "少记录以 5 为限，8"])
        self.assertEqual(self.items_of(score)["2.1.5"]["why"][-1], "扣完为止，得 0")

    def test_reasons_are_asked_for(self):
        rows = tables(self.part("录入一：某镇卫生院协管站，考核组填"))[0]
        self.new()
        self.fill([entry for row in rows for entry in self.entered(row["编号"], row["填的"])
                   if not (entry[1] == "note" and row["编号"] in ("2.1", "2.3"))])
        self.assertEqual(self.findings(), [("amount-reason", "2.1.1"), ("amount-reason", "2.1.3")])

    def test_not_arisen_wants_its_reason(self):
        self.new()
        self.fill([("6.1.3", "na", "是")])
        self.assertEqual(self.findings("absence-reason"), [("absence-reason", "6.1.3")])
        self.fill([("6.1.3", "na", "全年没有突发公共卫生事件")])
        self.assertEqual(self.findings("absence-reason"), [])

    def full_filling(self):
        """Every blank filled as asked for."""
        rows = []
        for number, (item_id, item) in self.items.items():
            if number in ("6.3", "7.1", "7.2"):
                rows.append((item_id, "na", "没有发生"))
            elif number != "7.3":
                rows += [(item_id, *self.filled(blank)) for blank in item["blanks"] if blank.get("type") != "text"
                         or blank["name"] == "项目负责人"]
        return rows

    @staticmethod
    def filled(blank):
        if blank.get("type") == "tick":
            return "tick:" + blank["name"], blank["yes"]
        if blank.get("type") == "text":
            return "blank:" + blank["name"], "李明"
        zero = blank["name"] in ("违规使用", "迟报", "严重后果", "价值较高")
        return "blank:" + blank["name"], "0" if zero else "60" if "检测" in blank["name"] else "10"

    def test_all_done_without_bonus(self):
        self.new()
        self.fill(self.full_filling())
        score = self.score()
        self.assert_figures(score, total="100", bonus="0")
        self.assertTrue(score["final"])
        self.assertEqual([i for i, item in self.items_of(score).items() if item.get("deducted")], [])
        self.assertEqual(self.findings(), [])

    def test_a_typed_score_against_its_rules(self):
        self.play("录入一：某镇卫生院协管站，考核组填")
        self.fill([("5.1.5", "score", "2.5")])
        self.assertEqual(self.findings(), [("score-differs", "5.1.5")])
        self.assert_figures(self.score(), total="77.5")
        self.fill([("5.1.5", "note", "另有 7 户次在邻镇检测，有记录")])
        self.assertEqual(self.findings(), [])
        self.assert_figures(self.score(), total="77.5")

    def test_single_items(self):
        self.play_probes()

    def test_a_rule_for_every_item(self):
        self.new()
        at = len(self.items["5.4"][1]["rules"]) + 1
        self.fill([("5.1.4", "blank:应", "6"), ("5.1.4", "blank:实", "6"), ("5.1.4", f"count:{at}", "是")])
        self.assertEqual(self.items_of(self.score())["5.1.4"]["score"], "0")
        self.assertEqual(self.findings("amount-reason"), [("amount-reason", "5.1.4")])

    def test_the_author_is_told_of_printed_sums(self):
        code, out, err = self.run_command("form", "check", f"{self.form['id']}.json", "--lang", "zh")
        self.assertEqual(code, 0)
        self.assertEqual(len(err.splitlines()), 2)
        self.assertRegex(err, "第 6 部分“信息报告（23分\\+10分）”: 印着奖励 10 分，条目的奖励最多 7 分")
        self.assertIn("印着奖励 15 分，条目的奖励最多 12 分", err)

    def test_the_outline(self):
        outline = json.loads(self.done("form", "show", f"{self.form['id']}.json", "--format", "json"))
        self.assertEqual((outline["items"], outline["points"], outline["levels"]), (27, "100", 2))
        self.assertEqual([s["points"] for s in outline["sections"]], ["7", "9", "8", "17", "32", "23", "4"])
        rule = outline["criteria"][-5]["rules"][0]
        self.assertEqual((rule["text"], rule["points"], rule["per"], rule["cap"]), ("少报", "2", "条", "12"))


class F15(FormCase):
    """Parts in one row, kinds of unit, the total scaled, penalties, grades and a downgrade."""

    name = "F15"
    layer = "assessor"
    unsaid = ("自评", "100 不符")

    def number(self, section, row, item):
        return item["number"]

    def play_kind(self, title, kind, *extra):
        return self.play(title, extra=[("header", "kind", kind), *extra])

    def test_a_clinic_without_advertisements(self):
        title = "录入一：诊所，没有发布医疗广告"
        score = self.play_kind(title, "门诊部、诊所", ("9.1.1", "count:2", "1"))
        layer = score["layers"]["assessor"]
        self.assertEqual((layer["points"], layer["full"], layer["scaled"]), ("82", "100", "85.42"))
        self.assert_figures(score, total="82.42", penalty="3")
        self.assertEqual(score["grade"]["label"], "合格级")
        self.assertEqual((score["grade"]["by"], score["final"]), ("band", True))
        self.assertEqual(score["not_applicable"], ["8.1.1"])
        self.assertNotIn("2.1.1", self.items_of(score))
        self.assertEqual(self.findings(), [])

    def test_absence_wants_its_reason(self):
        self.new()
        self.fill([("header", "kind", "门诊部、诊所"), ("8.1.1", "na", "是")])
        self.assertIn(("absence-reason", "8.1.1"), self.findings())

    def test_a_hospital_that_a_fact_brings_down(self):
        self.new()
        rows = [("header", "kind", "医院"), ("9.1.1", "count:1", "1"), ("9.1.1", "blank:三级医疗事故", "2")]
        for number, (item_id, item) in self.items.items():
            if number in ("6", "7"):
                rows += [(item_id, f"count:{i}", "是") for i in range(1, 9)]
            elif number not in ("2b", "3b", "9"):
                rows.append((item_id, "score", str(item["points"])))
        self.fill(rows)
        score = self.score()
        self.assert_figures(score, total="95", penalty="5")
        self.assertEqual((score["grade"]["label"], score["grade"]["by"], score["grade"]["by_points"]),
                         ("合格级", "ceiling", "规范级"))
        self.assertIn("三级医疗事故两次以上", score["grade"]["why"])
        self.assertEqual(self.findings(), [])

    def test_nothing_is_lower_than_the_lowest(self):
        score = self.play_kind("录入三：医院，不得分和多扣", "医院", ("9.1.1", "count:3", "1"),
                               ("9.1.1", "blank:一、二级医疗事故", "1"))
        self.assertEqual(score["layers"]["assessor"]["points"], "23")
        self.assert_figures(score, total="18")
        self.assertEqual(score["grade"]["label"], "不合格级")
        self.assertIn("一、二级医疗事故", score["grade"]["why"])

    def test_single_items(self):
        for row in tables(self.part("四、单项核对"))[0]:
            with self.subTest(row=row):
                self.new()
                kind = "门诊部、诊所" if row["编号"].endswith("b") else "医院"
                self.fill([("header", "kind", kind)] + self.entered(row["编号"], row["填的"]))
                self.compare_item(row, self.items_of(self.score())[self.items[row["编号"]][0]])

    def test_the_kind_is_asked_for(self):
        self.new()
        self.assertIn(("kind-missing", "header"), self.findings())
        self.assertIn("医院、门诊部、诊所", self.refused_fill([("header", "kind", "卫生室")]))

    def test_the_author_is_told_of_the_gap(self):
        _, _, err = self.run_command("form", "check", f"{self.form['id']}.json", "--lang", "zh")
        self.assertEqual(len(err.splitlines()), 1)
        self.assertIn("“规范级”从 90 起，“合格级”到 89 止", err)


class F11(FormCase):
    """Gains and losses without a limit, totals below zero."""

    name = "F11"
    layer = "examiner"
    unsaid = ("自评", "满分", "小于 0")
    columns = {"column": "本条"}

    def compare_item(self, row, item, **columns):
        super().compare_item(row, item, **columns)
        if "加分" in row:
            self.assertEqual([Decimal(item.get(key, "0")) for key in ("gained", "deducted")],
                             [Decimal(row["加分"] or 0), Decimal(row["减分"] or 0)], row)

    def compare_sections(self, title, score):
        *rows, whole = tables(self.part(title))[1]
        for row, section in zip(rows, self.sections_of(score)):
            self.assertEqual((Decimal(section["gained"]), Decimal(section["deducted"]), Decimal(section["score"])),
                             (Decimal(row["加分"]), Decimal(row["减分"]), Decimal(row["得分合计"].replace("−", "-"))))
        self.assertEqual(score["figures"], {"加分": whole["加分"], "减分": whole["减分"]})
        self.assert_figures(score, total=whole["得分合计"].replace("−", "-"))
        self.assertTrue(score["final"])
        self.assertEqual(self.findings(), [])

    def test_gains_and_losses(self):
        title = "录入一：有加有减，一条为负"
        self.compare_sections(title, self.play(title))

    def test_all_below_zero(self):
        title = "录入二：全表为负"
        self.compare_sections(title, self.play(title))

    def test_single_items(self):
        self.play_probes()

    def test_the_author_is_told_of_the_headings(self):
        _, _, err = self.run_command("form", "check", f"{self.form['id']}.json", "--lang", "zh")
        self.assertEqual(re.findall(r"印着 3 分，条目合计是 (\d+) 分", err), ["15", "20", "15", "17"])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
