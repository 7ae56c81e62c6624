"""`duibiao aggregate` with scored forms of format 2: aggregate_forms_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

Reports are filled as tests/cases/forms says; every figure of the collection is worked out again from what `score` says
of each report.
"""

import csv
import io
import json
import random
import shutil
import sys
import unittest
from decimal import ROUND_HALF_UP, Decimal

import cli_test
import forms_cases_test
import forms_grades_test
from form_cases import FormCase, tables


def player(case):
    """One of the cases, to fill reports of its form with."""
    play = case("setUp")
    play.setUp()
    play.unit = "某单位"
    play.new = lambda: play.done("new", f"{play.form['id']}.json", "--unit", play.unit, "--period", "2026", "-o",
                                 "report.json")
    return play


class Gathered(FormCase):
    """Reports of one form in a folder, and what `score` says of each."""

    def setUp(self):
        self.play = player(self.case)
        self.addCleanup(self.play.doCleanups)
        self.folder = self.play.folder
        self.environment = self.play.environment
        (self.folder / "in").mkdir()
        self.scores = {}

    @property
    def definitions(self):
        """The form's items by their ids."""
        return {f"{s}.{g}.{i}": item for s, section in enumerate(self.play.form["sections"], 1)
                for g, group in enumerate(section.get("groups", [section]), 1)
                for i, item in enumerate(group["items"], 1)}

    def keep(self, unit, fill):
        """Fills a report of that unit by calling `fill`."""
        self.play.unit = unit
        fill()
        self.scores[unit] = self.play.score()
        shutil.copy(self.folder / "report.json", self.folder / "in" / f"{unit}.json")

    def gathered(self, *arguments):
        code, out, err = self.run_command("aggregate", "in", *arguments, "--lang", "zh")
        self.assertEqual((code, err), (0, ""))
        return out

    def figures(self):
        return json.loads(self.gathered())

    def assert_sum(self, stated, values):
        values = [Decimal(str(value)) for value in values]
        self.assertEqual(stated["n"], len(values))
        if not values:
            return self.assertIsNone(stated["mean"])
        mean = (sum(values) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        self.assertEqual((Decimal(stated["mean"]), Decimal(stated["min"]), Decimal(stated["max"])),
                         (mean, min(values), max(values)))

    def compare(self, stated):
        """Every layer, section and criterion, and the total."""
        scorers = [scorer["id"] for scorer in self.play.form["scorers"]]
        self.assertEqual(list(stated["layers"]), scorers)
        self.assertEqual((stated["counted"], stated["rejected"]), (len(self.scores), []))
        for scorer in scorers:
            layers = [score["layers"][scorer] for score in self.scores.values()]
            filled = [layer for layer in layers if any(item["score"] is not None or "level" in item
                                                       for item in layer["items"].values())]
            self.assert_sum(stated["layers"][scorer], [layer["total"] for layer in filled if layer["of"]])
            for position, section in enumerate(stated["sections"]):
                own = [layer["sections"][position] for layer in filled]
                self.assert_sum(section["layers"][scorer],
                                [sums["score"] for sums in own if sums["scored"] or not sums["of"]])
            for criterion in stated["criteria"]:
                own = [layer["items"].get(criterion["id"], {}) for layer in layers]
                of_bonus = self.definitions[criterion["id"]].get("role") == "bonus"
                given = [item.get("bonus", "0") if of_bonus else item["score"]
                         for item in own if item.get("score") is not None]
                self.assert_sum(criterion["layers"][scorer], given)
        self.assert_sum(stated["total"], [score["total"] for score in self.scores.values() if score["total"]])
        grades = {}
        for score in self.scores.values():
            if score["grade"] and score["grade"]["label"]:
                grades[score["grade"]["label"]] = grades.get(score["grade"]["label"], 0) + 1
        self.assertEqual(stated["grades"], grades)

    def check_outputs(self):
        """The same set however it comes, and every output with it."""
        whole = self.gathered()
        partial = self.gathered("--to", "partial")
        files = sorted((self.folder / "in").iterdir())
        random.Random(4).shuffle(files)
        for number, half in enumerate((files[::2], files[1::2])):
            self.done("aggregate", *half, "--to", "partial", "-o", f"half-{number}")
        self.assertEqual(self.done("aggregate", "half-1", "half-0", "half-1", "--lang", "zh"), whole)
        again = self.done("aggregate", "half-1", "half-0", "--to", "partial")
        self.assertEqual([line for line in again.splitlines() if not line.startswith('{"digest')][:-1],
                         [line for line in partial.splitlines() if not line.startswith('{"digest')][:-1])
        (self.folder / "whole").write_text(again)
        self.assertEqual(self.done("aggregate", "whole", "--to", "partial"), again)
        rows = [json.loads(line) for line in self.gathered("--to", "rows").splitlines()]
        stated = json.loads(whole)
        for criterion in stated["criteria"]:
            for layer, figures in criterion["layers"].items():
                self.assertEqual(sum(row["item"] == criterion["id"] and row["layer"] == layer for row in rows),
                                 figures["n"])
        table = list(csv.DictReader(io.StringIO(self.gathered("--to", "csv").removeprefix("\ufeff"))))
        self.assertEqual(len(table), len(self.scores))
        for kind in ("html", "docx", "xlsx"):
            code, _, err = self.run_command("aggregate", "in", "--to", kind, "-o", f"out.{kind}")
            self.assertEqual(code, 0, err)
        return table


class Stars(Gathered):
    """F19: a capped penalty, votes and weights, ceilings, and at most 30 % with five stars."""

    case = forms_grades_test.F19

    def setUp(self):
        super().setUp()
        facts = {"第二支部": [("foot", "tick:软弱涣散党支部", "是")],
                 "第十支部": [("foot", "tick:书记当年受到党纪处分", "是")]}
        penalties = {"第一支部": {3: 1}, "第五支部": {3: 1}, "第九支部": {1: 3}, "第十支部": {1: 4, 2: 2}}
        self.rows = tables(self.play.part("录入三：汇总，10 个支部"))[0]
        for row in self.rows:
            name = row["党支部"]
            self.keep(name, lambda name=name, row=row: self.play.whole(
                row["基础项"], penalties.get(name, {}), row["评议"], facts.get(name, ())))

    def test_ten_branches(self):
        stated = self.figures()
        self.compare(stated)
        proposal = stated["proposal"]
        self.assertEqual(proposal["quotas"], [{"grade": "五星级", "share": "30", "base": 10, "seats": 3, "held": 5,
                                               "over": 2, "tied": ["第五支部", "第四支部"]}])
        units = {unit["unit"]: unit for unit in proposal["units"]}
        self.assertEqual([unit["unit"] for unit in proposal["units"]][:2], ["第三支部", "第二支部"])
        for row in self.rows:
            unit = units[row["党支部"]]
            self.assertEqual(Decimal(unit["total"]), Decimal(row["总分"]))
            self.assertEqual(unit["by_points"], row["按分数"])
            self.assertEqual(unit["proposed"], None if "待定" in row["建议"] else row["建议"], row)
        self.assertEqual({name: unit["why"] for name, unit in units.items() if unit["why"] != "band"},
                         {"第二支部": "ceiling", "第四支部": "tied", "第五支部": "tied", "第六支部": "quota"})
        self.assertEqual((units["第四支部"]["tied_with"], units["第四支部"]["between"]),
                         (["第五支部"], ["五星级", "四星级"]))
        # Nothing is applied: what the reports say stands.
        self.assertEqual(stated["grades"]["五星级"], 5)

    def test_outputs(self):
        table = self.check_outputs()
        self.assertEqual([row["等次"] for row in table if row["单位"] == "第二支部"], ["二星级"])
        html = self.gathered("--to", "html")
        for words in ("名额以外", "与第五支部同分", "等次建议", "有封顶或降级的事实"):
            self.assertIn(words, html)

    def change_form(self, change):
        """The ten reports once more, of a form whose quotas are others."""
        self.play.form["version"] = "9"
        change(self.play.form["grades"])
        self.play.write(f"{self.play.form['id']}.json", json.dumps(self.play.form, ensure_ascii=False))
        shutil.rmtree(self.folder / "in")
        (self.folder / "in").mkdir()

    def quotas(self, *quotas, units=None):
        """What the shares make of the ten."""
        self.change_form(lambda grades: grades.update(quotas=list(quotas)))
        penalties = {"第一支部": {3: 1}, "第五支部": {3: 1}}
        facts = {"第二支部": [("foot", "tick:软弱涣散党支部", "是")]}
        for row in self.rows[:7]:
            name = row["党支部"]
            self.keep(name, lambda name=name, row=row: self.play.whole(
                row["基础项"], penalties.get(name, {}), row["评议"], facts.get(name, ())))
        stated = self.figures()["proposal"]
        return ([(use["base"], use["seats"], use["held"], use["over"]) for use in stated["quotas"]],
                {unit["unit"]: unit["proposed"] for unit in stated["units"]})

    def test_what_a_share_is_of_and_how_it_is_rounded(self):
        # Seven units, one of them under a ceiling; 30 % of 7 is 2.1, of 6 is 1.8.
        five = {"grade": "五星级", "share": 30}
        for quota, expected in (({}, (7, 2, 5, 3)), ({"rounding": "up"}, (7, 3, 5, 2)),
                                ({"counts_limited": False}, (6, 1, 5, 4)),
                                ({"counts_limited": False, "rounding": "half"}, (6, 2, 5, 3)),
                                ({"base": "counted", "share": 0}, (7, 0, 5, 5)),
                                ({"base": "expected", "share": 100}, (7, 7, 5, 0))):
            with self.subTest(quota=quota):
                self.assertEqual(self.quotas(five | quota)[0], [expected])

    def test_who_falls_counts_in_the_next_share(self):
        uses, proposed = self.quotas({"grade": "四星级", "share": 30}, {"grade": "五星级", "share": 43})
        # 97.10 and 92.10 have two of three places; of the two 91.90 one falls, as does 90.00, and 89.97 is there.
        self.assertEqual(uses, [(7, 3, 5, 2), (7, 2, 3, 1)])
        self.assertEqual([proposed[name] for name in ("第三支部", "第一支部", "第四支部", "第五支部", "第六支部",
                                                      "第七支部")],
                         ["五星级", "五星级", None, None, "四星级", "三星级"])


class Bonus(Gathered):
    """F22: bonus beyond the full mark."""

    case = forms_cases_test.F22

    def test_figures(self):
        title = "录入一：某镇卫生院协管站，考核组填"
        self.keep("甲站", lambda: self.play.play(title))
        self.keep("乙站", lambda: (self.play.play(title), self.play.fill([("5.1.5", "score", "2.5")])))
        self.keep("丙站", lambda: (self.play.new(), self.play.fill([("1.1.1", "score", "2")])))
        stated = self.figures()
        self.compare(stated)
        self.assertEqual((stated["layers"]["examiner"]["max"], stated["incomplete"], stated["total"]["open"]),
                         ("77.5", {"examiner": 1}, 1))
        # 没有“奖分未得”算作失分: a bonus has no full mark, and nothing of it is lost.
        bonus = stated["criteria"][-1]["layers"]["examiner"]
        self.assertEqual((bonus["full"], bonus["lost"]), (0, "0"))
        self.check_outputs()


class Scaled(Gathered):
    """F15: kinds of unit, not applicable with scaling, penalties, a gap between two grades."""

    case = forms_cases_test.F15

    def test_figures(self):
        self.keep("诊所", lambda: self.play.play_kind("录入一：诊所，没有发布医疗广告", "门诊部、诊所",
                                                    ("9.1.1", "count:2", "1")))
        self.keep("医院", lambda: self.play.play_kind("录入三：医院，不得分和多扣", "医院", ("9.1.1", "count:3", "1"),
                                                    ("9.1.1", "blank:一、二级医疗事故", "1")))

        def between():
            self.play.new()
            rows = [("header", "kind", "医院")]
            for number, (item_id, item) in self.play.items.items():
                if number in ("6", "7"):
                    rows += [(item_id, f"count:{i}", "是") for i in range(1, 9)]
                elif number not in ("2b", "3b", "9"):
                    points = Decimal(str(item["points"]))
                    rows.append((item_id, "score", str(points - Decimal("10.5") if number == "1" else points)))
            self.play.fill(rows)

        self.keep("乙医院", between)
        stated = self.figures()
        self.compare(stated)
        self.assertEqual(Decimal(stated["layers"]["assessor"]["max"]), Decimal("89.5"))
        unit = stated["proposal"]["units"][0]
        self.assertEqual((unit["unit"], unit["total"], unit["grade"], unit["why"], unit["between"]),
                         ("乙医院", "89.5", None, "gap", ["规范级", "合格级"]))
        self.assertIn("总分落在“规范级”和“合格级”之间", self.gathered("--to", "html"))
        self.check_outputs()


class Unlimited(Gathered):
    """F11: no full mark, totals below zero."""

    case = forms_cases_test.F11

    def test_figures(self):
        self.keep("甲县", lambda: self.play.play("录入一：有加有减，一条为负"))
        self.keep("乙县", lambda: self.play.play("录入二：全表为负"))
        stated = self.figures()
        self.compare(stated)
        self.assertEqual((stated["total"]["min"], stated["total"]["max"]), ("-6", "57"))
        self.assertEqual(stated["lowest"]["examiner"]["units"], ["乙县"])
        self.assertTrue(all(item["layers"]["examiner"]["full"] == 0 for item in stated["criteria"]))
        self.check_outputs()


class TwoScorers(Gathered):
    """F12: what the unit says and what is approved."""

    case = forms_grades_test.F12

    def test_figures(self):
        self.keep("甲部门", lambda: self.play.fill_both())
        self.keep("乙部门", lambda: self.play.fill_both(leave_out=("4.5", "4.6")))
        stated = self.figures()
        self.compare(stated)
        self.assertEqual(stated["incomplete"], {"unit": 0, "group": 1})
        self.assertEqual(stated["changes"][0], {"id": "3.1.6", "layers": {"group": {"n": 2, "points": "-4"}}})
        self.check_outputs()


class Levels(Gathered):
    """F23: levels without points."""

    case = forms_grades_test.F23

    def test_figures(self):
        self.keep("甲医院", lambda: self.play.play_ticks("录入一"))
        self.keep("乙医院", lambda: self.play.play_ticks("录入二"))
        stated = self.figures()
        self.assertEqual(stated["layers"]["hospital"]["n"], 0)
        self.assertEqual([item["layers"]["hospital"].get("levels") for item in stated["criteria"]],
                         [{"B": 1, "C": 1}, {"A": 1, "C": 1}, {"A": 1}, {"A": 1, "D": 1}])
        self.assertIn("各条评定结果", self.gathered("--to", "html"))
        self.check_outputs()


class SideBySide(Gathered):
    """Five scorers, the mean without the highest and the lowest: a total that is no finite decimal."""

    case = forms_cases_test.F11

    def test_figures(self):
        form = {"format": "duibiao-instrument", "format_version": 2, "kind": "scored", "id": "five", "version": "1",
                "title": "民主评议", "score_step": 1, "order": "parallel", "total": {"by": "mean", "without_extremes": True},
                "scorers": [{"id": f"judge-{i}", "label": f"评委{i}"} for i in range(1, 6)],
                "columns": [{"role": "criterion", "label": "内容"}]
                + [{"role": "score", "scorer": f"judge-{i}", "label": f"评委{i}"} for i in range(1, 6)],
                "sections": [{"title": "评议", "cap": 90, "items": [{"text": "德", "points": 50},
                                                                  {"text": "能", "points": 50}]}]}
        self.play.form = form
        self.play.write("five.json", json.dumps(form, ensure_ascii=False))
        given = {"甲": [(50, 45), (40, 31), (40, 30), (40, 30), (30, 20)], "乙": [(50, 50)] * 5, "丙": [(40, 40)] * 4}
        for unit, scores in given.items():
            def fill(scores=scores):
                self.play.new()
                for i, (first, second) in enumerate(scores, 1):
                    self.play.fill([("1.1.1", "score", str(first)), ("1.1.2", "score", str(second))], f"judge-{i}")
            self.keep(unit, fill)
        stated = self.figures()
        self.compare(stated)
        # 70, 70 and 71 of 甲: 70.333…, shown as 70.33; 乙 is held to the section's 90.
        self.assertEqual((stated["total"]["n"], stated["total"]["min"], stated["total"]["max"], stated["total"]["open"]),
                         (3, "70.33", "90", 1))
        self.assertEqual(stated["layers"]["judge-5"]["n"], 2)
        self.assertEqual(stated["changes"], [])  # scorers side by side do not read each other
        self.assertIn('"total":"211/3"', self.gathered("--to", "partial"))
        table = self.check_outputs()
        self.assertEqual([row["总分（按表的算法）"] for row in table if row["单位"] == "甲"], ["70.33"])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
