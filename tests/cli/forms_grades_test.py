"""Scored forms with stars, levels and several scorers, played filling by filling (F19, F12, F23): forms_grades_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import re
import sys
import unittest
from decimal import Decimal

import cli_test
from form_cases import FormCase, tables


class F19(FormCase):
    """A capped penalty and votes, weighed; stars with ceilings by fact; two scorers."""

    name = "F19"
    layer = "committee"
    VOTES = [("7.1.1", "votes:发出", "42"), ("7.1.1", "votes:收回", "40"), ("7.1.1", "votes:有效", "40"),
             ("7.1.1", "votes:好", "30"), ("7.1.1", "votes:较好", "6"), ("7.1.1", "votes:一般", "2"),
             ("7.1.1", "votes:差", "0"), ("7.1.1", "votes:弃权", "2")]

    def test_the_first_branch(self):
        score = self.play("录入一：第一支部（考评）", extra=[("6.1.3", "count:1", "1"), *self.VOTES])
        self.assertEqual([str(s["score"]) for s in self.sections_of(score)[:5]], ["19", "27.9", "22", "15", "8.5"])
        self.assertEqual([(p["score"], p["of"], p["weight"]) for p in score["parts"]],
                         [("90.4", "100", "70"), ("96.05", "100", "30")])
        self.assert_figures(score, total="92.10", penalty="2")
        self.assertEqual((score["grade"]["label"], score["grade"]["by"]), ("五星级", "band"))
        self.assertEqual(score["figures"], {"评议得分": "96.05"})
        self.assertTrue(score["final"])
        rows = [(item_id, "score", {"2.3": "9.5", "5.1": "5"}.get(number, str(item.get("points", 8))))
                for number, (item_id, item) in self.items.items() if int(number[0]) < 6]
        self.fill(rows, "branch")
        score = self.score()
        self.assertEqual(score["layers"]["branch"]["points"], "98.5")
        self.assert_figures(score, total="92.10")
        self.assertEqual(self.findings("votes-over", "ballots-over"), [])

    def test_votes_that_do_not_fit(self):
        self.new()
        self.fill(self.VOTES, "committee")
        self.fill([("7.1.1", "votes:好", "31")], "committee")
        self.assertEqual(self.findings("votes-over"), [("votes-over", "7.1.1")])
        self.fill([("7.1.1", "votes:好", "30"), ("7.1.1", "votes:收回", "43")], "committee")
        self.assertEqual(self.findings("votes-over", "ballots-over"), [("ballots-over", "7.1.1")])

    def whole(self, base, penalties, review, facts=()):
        """A document whose points are `base`: what is missing of 100 is taken off item by item."""
        self.new()
        missing = 100 - Decimal(base)
        rows = []
        for number, (item_id, item) in self.items.items():
            if int(number[0]) > 5:
                continue
            off = min(missing, Decimal(item.get("points", 8)))
            missing -= off
            rows.append((item_id, "score", str(Decimal(item.get("points", 8)) - off)))
        rows += [(f"6.1.{i}", "count:1", str(n)) for i, n in penalties.items()]
        # Of good and bad votes alone every mean can be made: 50 + good/200 × 50.
        good = int((Decimal(review) - 50) * 200 / 50 * 10)
        rows += [("7.1.1", "votes:好", str(good)), ("7.1.1", "votes:差", str(2000 - good))]
        self.fill(rows + list(facts), "committee")
        return self.score()

    def test_a_fact_limits_the_stars(self):
        score = self.whole("95", {}, "91", [("foot", "tick:软弱涣散党支部", "是")])
        self.assert_figures(score, total="93.80")
        self.assertEqual((score["grade"]["label"], score["grade"]["by_points"], score["grade"]["by"]),
                         ("二星级", "五星级", "ceiling"))
        self.assertIn("软弱涣散党支部", score["grade"]["why"])

    def test_ten_branches(self):
        facts = {"第二支部": [("foot", "tick:软弱涣散党支部", "是")],
                 "第十支部": [("foot", "tick:书记当年受到党纪处分", "是")]}
        penalties = {"第一支部": {3: 1}, "第五支部": {3: 1}, "第九支部": {1: 3}, "第十支部": {1: 4, 2: 2}}
        for row in tables(self.part("录入三：汇总，10 个支部"))[0]:
            with self.subTest(row=row):
                name = row["党支部"]
                score = self.whole(row["基础项"], penalties.get(name, {}), row["评议"], facts.get(name, ()))
                self.assert_figures(score, total=row["总分"], penalty=row["减分"])
                self.assertEqual(score["grade"]["by_points"], row["按分数"])
                if name == "第二支部":
                    self.assertEqual(score["grade"]["label"], "二星级")
                else:
                    self.assertEqual(score["grade"]["label"], row["按分数"])

    def test_votes_of_which_few_or_none_count(self):
        self.new()
        self.fill([("7.1.1", "votes:好", "1"), ("7.1.1", "votes:弃权", "9")], "committee")
        self.assertEqual(self.items_of(self.score())["7.1.1"]["score"], "100")
        self.assertEqual(self.findings("votes-few", "votes-none"), [("votes-few", "7.1.1")])
        self.fill([("7.1.1", "votes:好", "0"), ("7.1.1", "votes:弃权", "10")], "committee")
        score = self.score()
        self.assertEqual((self.items_of(score)["7.1.1"]["score"], score["total"], score["grade"]["label"]),
                         (None, None, None))
        self.assertEqual(self.findings("votes-few", "votes-none"), [("votes-none", "7.1.1")])

    def test_single_items(self):
        self.play_probes()


class F12(FormCase):
    """Self-score and approved score, a sum a section, printed sums that are off."""

    name = "F12"
    layer = "group"

    def fill_both(self, leave_out=()):
        rows = tables(self.part("录入一：自评和核准都填完"))[0]
        self.new()
        self.fill([(self.items[row["编号"]][0], "score", row["自评"]) for row in rows], "unit")
        self.fill([(self.items[row["编号"]][0], "score", row["核准"]) for row in rows
                   if row["编号"] not in leave_out], "group")
        return self.score()

    def test_both_scored(self):
        score = self.fill_both()
        for row, section in enumerate(tables(self.part("录入一：自评和核准都填完"))[1][:-1]):
            for column, layer in (("自评", "unit"), ("核准", "group")):
                self.assertEqual(score["layers"][layer]["sections"][row]["score"], int(section[column]))
        self.assertEqual([score["layers"][layer]["total"] for layer in ("unit", "group")], [94, 85])
        self.assertEqual((score["total"], score["layers"]["group"]["full"], score["final"]), ("85", "98", True))
        self.assertEqual(self.findings(), [])

    def test_not_all_approved(self):
        score = self.fill_both(leave_out=("4.5", "4.6"))
        layer = score["layers"]["group"]
        self.assertEqual((layer["total"], layer["scored"], layer["of"], score["final"]), (78, 26, 28, False))
        self.assertEqual((layer["sections"][3]["score"], layer["sections"][3]["scored"]), (15, 4))
        self.assertEqual(self.findings(), [("unscored", "4")])
        self.assertIn("缺 2 条", self.done("score", "report.json", "--lang", "zh"))

    def test_more_than_the_points(self):
        self.new()
        self.assertIn("0 到 4", self.refused_fill([("4.1.1", "score", "5")], "group"))

    def test_a_scorer_of_another_form(self):
        self.new()
        self.assertIn("unit、group", self.refused_fill([("4.1.1", "score", "4")], "acceptance"))


class F23(FormCase):
    """Levels that need those below, not applicable, counts at the foot; no points."""

    name = "F23"
    layer = "hospital"
    unsaid = ("分值", "得分")

    def number(self, section, row, item):
        return item["number"]

    def ticks(self, number, cells):
        """"C：1√，2×" as rows; "—" is not answered."""
        item_id = self.items[number][0]
        rows = []
        for cell in filter(None, cells):
            if cell.startswith("不适用："):
                return [(item_id, "na", cell.removeprefix("不适用："))]
            tier, points = cell.split("：")
            rows += [(item_id, f"tick:{tier}{point[0]}", "达到" if point[1] == "√" else "未达到")
                     for point in points.split("，") if point[1] != "—"]
        return rows

    def play_ticks(self, title):
        rows = tables(self.part(title))[0]
        self.new()
        self.fill([entry for row in rows
                   for entry in self.ticks(row["条款"], (row["C 要点"], row["B 要点"], row["A 要点"]))])
        score = self.score()
        for row in rows:
            item = self.items_of(score)[self.items[row["条款"]][0]]
            self.assertEqual(item.get("level", "不适用"), row["结果"])
            self.assertIsNone(item["score"])
        stats = re.findall(r"([ABCD]|不适用) (\d+) 条", self.part(title).split("**条款统计")[1])
        share = re.search(r"C 级以上占 ([\d.]+)%", self.part(title))[1]
        self.assertEqual({**score["figures"], "C级以上占": Decimal(score["figures"]["C级以上占"])},
                         {**dict(stats), "C级以上占": Decimal(share)})
        return score

    def test_levels_that_do_not_hold(self):
        score = self.play_ticks("录入一")
        self.assertEqual((score["not_applicable"], score["final"]), (["1.3.1"], True))
        self.assertEqual(self.findings(), [("tier-unmet", "1.1.1"), ("tier-below", "2.1.1"), ("tier-unmet", "2.1.1")])
        self.fill([("1.1.1", "level", "B")])
        self.assertIn(("level-differs", "1.1.1"), self.findings())
        text = self.done("score", "report.json", "--lang", "zh")
        self.assertNotIn("得分", text)
        self.assertNotIn("分值", text)

    def test_all_that_hold(self):
        self.play_ticks("录入二")
        self.assertEqual(self.findings(), [])

    def test_not_all_answered(self):
        self.new()
        self.fill([("1.2.1", "tick:C1", "是"), ("1.2.1", "tick:C2", "是"), ("1.2.1", "tick:C3", "是"),
                   ("1.2.1", "tick:B1", "是"), ("1.1.1", "na", "没有这项功能"), ("1.3.1", "na", "是")])
        score = self.score()
        items = self.items_of(score)
        self.assertNotIn("level", items["1.1.1"])
        self.assertEqual((items["1.2.1"]["level"], items["1.2.1"]["missing"]), ("C", ["tick:B2", "tick:A1"]))
        self.assertFalse(score["final"])
        self.assertEqual([score["figures"][name] for name in "ABCD"], ["0", "0", "1", "0"])
        self.assertEqual(sorted(self.findings()), [("absence-not-allowed", "1.1.1"), ("absence-reason", "1.3.1"),
                                                   ("facts-missing", "1.2.1"), ("unanswered", "1"), ("unanswered", "2")])

    def test_five_levels(self):
        outline = json.loads(self.done("form", "show", f"{self.form['id']}.json", "--format", "json"))
        self.assertEqual((outline["levels"], outline["items"]), (5, 4))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
