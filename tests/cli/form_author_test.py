"""What a form's author met who knew the guide alone: form_author_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import re
import sys
import unittest

import cli_test
from cli_test import Case
from own_paper_test import Grid

FORM = {
    "format": "duibiao-instrument", "format_version": 2, "id": "weighed", "version": "1", "kind": "scored",
    "title": "加权考核表", "score_step": 0.5, "decimals": 2,
    "scorers": [{"id": "office", "label": "考核组"}],
    "columns": [{"role": "criterion", "label": "内容"}, {"role": "score", "scorer": "office", "label": "得分"}],
}
PARTS = [{"id": "base", "name": "基础", "weight": 30}, {"id": "work", "name": "工作", "weight": 70}]
BONUS = {"title": "加分", "role": "bonus", "items": [{"text": "表彰", "rules": [{"text": "表彰", "bonus": 5, "per": "次"}]}]}
PENALTY = {"title": "减分", "role": "penalty", "items": [{"text": "通报", "rules": [{"text": "通报", "deduct": 2, "per": "次"}]}]}


class Author(Case):
    def form(self, **members):
        self.write("weighed.json", json.dumps(FORM | members, ensure_ascii=False))

    def score(self, *rows):
        self.done("new", "weighed.json", "--unit", "某院", "--period", "2026", "-o", "r.json")
        self.write("rows.csv", "item,field,value\n" + "".join(f"{row}\n" for row in rows))
        self.done("fill", "r.json", "--from", "rows.csv", "-o", "r.json")
        return json.loads(self.done("score", "r.json", "--format", "json", "--items"))

    def sections(self):
        return [{"title": "基础", "part": "base", "items": [{"text": "制度", "points": 100}]},
                {"title": "工作", "part": "work", "items": [{"text": "任务", "points": 100}]}]

    def test_bonus_and_penalty_of_no_part_are_not_weighed(self):
        self.form(parts=PARTS, sections=[*self.sections(), BONUS, PENALTY])
        full = ["1.1.1,score,100", "2.1.1,score,100"]
        self.assertEqual(self.score(*full)["total"], "100")
        self.assertEqual(self.score(*full, "3.1.1,count:1,2")["total"], "110")
        self.assertEqual(self.score(*full, "3.1.1,count:1,2", "4.1.1,count:1,3")["total"], "104")
        self.assertEqual(self.score("1.1.1,score,80", "2.1.1,score,90", "3.1.1,count:1,1")["total"], "92")
        # One that names its part is weighed with it.
        self.form(parts=PARTS, sections=[*self.sections(), BONUS | {"part": "base"}])
        self.assertEqual(self.score(*full, "3.1.1,count:1,2")["total"], "103")

    def test_a_section_of_none_of_several_parts_is_refused(self):
        sections = self.sections()
        del sections[1]["part"]
        self.form(parts=PARTS, sections=sections)
        code, _, err = self.run_command("form", "check", "weighed.json", "--lang", "zh")
        self.assertEqual(code, 1)
        self.assertIn("没有写属于哪个 part: 写上 base、work 之一", err + _)

    def test_a_rate_that_is_missed_by_less_than_a_point_is_missed(self):
        rule = {"text": "满意率不到90%", "deduct": 2, "once": True,
                "count": {"rate": {"due": "参评", "done": "满意", "line": 90}}}
        item = {"text": "满意率。", "points": 6, "blanks": [{"name": "参评"}, {"name": "满意"}], "rules": [rule]}
        self.form(sections=[{"title": "评议", "items": [item]}])
        satisfied = {"180": "6", "179": "4", "178": "4", "100": "4", "200": "6"}
        for number, expected in satisfied.items():
            score = self.score("1.1.1,blank:参评,200", f"1.1.1,blank:满意,{number}")
            self.assertEqual(score["layers"]["office"]["items"]["1.1.1"]["score"], expected, number)
        zero = {"text": "满意率不到90%", "zero": True, "count": rule["count"]}
        self.form(sections=[{"title": "评议", "items": [item | {"rules": [zero]}]}])
        self.assertEqual(self.score("1.1.1,blank:参评,200", "1.1.1,blank:满意,179")["total"], "0")

    def test_a_bonus_beside_the_total_is_not_said_to_be_in_it(self):
        self.form(bonus_in_total=False, sections=[{"title": "基础", "items": [{"text": "制度", "points": 100}]}, BONUS])
        self.assertEqual(self.score("1.1.1,score,90", "2.1.1,count:1,1")["total"], "90")
        said = self.done("score", "r.json", "--lang", "zh")
        self.assertIn("总分 90 分（满分 100 分），另有奖励 5 分不计入总分", said)

    three = [{"id": "party", "label": "支部", "weight": 20}, {"id": "mass", "label": "群众", "weight": 30},
             {"id": "office", "label": "考核组", "weight": 50}]

    def by_three(self, **members):
        """Three who weigh 20, 30 and 50; each has a column."""
        columns = [{"role": "criterion", "label": "内容"}, {"role": "points", "label": "分值"}] + [
            {"role": "score", "scorer": scorer["id"], "label": scorer["label"]} for scorer in self.three]
        self.form(**{"scorers": self.three, "order": "parallel", "total": {"by": "weighted"}, "columns": columns} | members)

    def weighed(self, *rows):
        rows = [row.split(",", 1) for row in rows]
        self.done("new", "weighed.json", "--unit", "某院", "--period", "2026", "-o", "r.json")
        for layer in dict.fromkeys(layer for layer, _ in rows):
            text = "item,field,value\n" + "".join(f"{row}\n" for of, row in rows if of == layer)
            self.write("rows.csv", text)
            self.done("fill", "r.json", "--layer", layer, "--from", "rows.csv", "-o", "r.json")
        return json.loads(self.done("score", "r.json", "--format", "json", "--items"))

    basics = [{"title": "基础", "items": [{"text": "制度", "points": 100}]}]
    scores = ["party,1.1.1,score,80", "mass,1.1.1,score,70", "office,1.1.1,score,60"]

    def test_what_one_of_several_scorers_decides_counts_whole(self):
        self.by_three(sections=[*self.basics, BONUS])
        self.assertEqual(self.weighed(*self.scores, "office,2.1.1,count:1,2")["total"], "72", "weighed as its scorer is")
        self.by_three(sections=[*self.basics, BONUS | {"scorer": "office"}])
        self.assertEqual(self.weighed(*self.scores)["total"], "67")
        played = self.weighed(*self.scores, "office,2.1.1,count:1,2")
        self.assertEqual(played["total"], "77")
        self.assertEqual(played["layers"]["office"]["total"], 70)
        self.assertNotIn("2.1.1", played["layers"]["party"]["items"], "no business of the others")
        # Whoever else writes one: it counts nowhere.
        self.assertEqual(self.weighed(*self.scores, "party,2.1.1,count:1,2")["total"], "67")
        # A bonus entered before anything else is no score of nought.
        self.assertEqual(self.weighed(*self.scores[:2], "office,2.1.1,count:1,2")["total"], "84")
        # The most that the form gives in all holds; so do its caps.
        self.by_three(sections=[*self.basics, BONUS | {"scorer": "office"}], bonus_cap=4)
        self.assertEqual(self.weighed(*self.scores, "office,2.1.1,count:1,2")["layers"]["office"]["total"], 64)
        self.assertEqual(self.weighed(*self.scores, "office,2.1.1,count:1,2")["total"], "71")
        self.by_three(sections=[*self.basics, PENALTY | {"scorer": "party"}], total={"by": "last"})
        self.assertEqual(self.weighed(*self.scores, "party,2.1.1,count:1,3")["total"], "54")

    def test_who_decides_is_a_scorer_and_decides_no_points(self):
        self.by_three(sections=[self.basics[0] | {"scorer": "office"}])
        code, out, err = self.run_command("form", "check", "weighed.json", "--lang", "zh")
        self.assertEqual(code, 1)
        self.assertIn("只有加分、减分的部分可以由一个打分人认定", out + err)
        self.by_three(sections=[*self.basics, BONUS | {"scorer": "offce"}])
        code, out, err = self.run_command("form", "check", "weighed.json", "--lang", "zh")
        self.assertEqual(code, 1)
        self.assertIn("最接近的是“office”", out + err)

    def html(self):
        return self.path("r.html").read_text(encoding="utf-8")

    def printed(self, *rows):
        self.weighed(*rows)
        self.done("export", "r.json", "--to", "html", "-o", "r.html")
        return Grid(self.html())

    def test_the_paper_of_several_scorers_says_the_total_and_of_what(self):
        self.by_three(sections=self.basics)
        lines = [row[0][0] for row in self.printed(*self.scores).rows if row]
        self.assertIn("加权得分67分（支部20%、群众30%、考核组50%）", [line.replace(" ", "") for line in lines])
        lines = [row[0][0].replace(" ", "") for row in self.printed(*self.scores[:2]).rows if row]
        self.assertTrue(any(line.endswith("按已评的2个算，待定") for line in lines), lines)

    def test_the_columns_of_what_was_added_and_taken_off(self):
        columns = [{"role": role, "label": label} | ({"scorer": "office"} if role not in ("criterion", "points") else {})
                   for role, label in (("criterion", "内容"), ("points", "分值"), ("gained", "加分"), ("deducted", "扣分"),
                                       ("score", "得分"))]
        rule = {"text": "少一次", "deduct": 2, "per": "次"}
        items = [{"text": "会议", "points": 5, "rules": [rule]}, {"text": "台账", "points": 5, "rules": [rule]},
                 {"text": "制度", "points": 5}]
        self.form(columns=columns, sections=[{"title": "基础", "items": items}, BONUS])
        self.done("new", "weighed.json", "--unit", "某院", "--period", "2026", "-o", "r.json")
        self.write("rows.csv", "item,field,value\n1.1.1,count:1,1\n1.1.2,count:1,9\n1.1.3,score,4\n2.1.1,count:1,2\n")
        self.done("fill", "r.json", "--from", "rows.csv", "-o", "r.json")
        self.done("export", "r.json", "--to", "html", "-o", "r.html")
        rows = {row[0][0]: [cell[0] for cell in row[1:]] for row in Grid(self.html()).rows if row}
        self.assertEqual(rows["会议"], ["5", "", "2", "3"])
        self.assertEqual(rows["台账"], ["5", "", "5", "0"], "no more is taken off than there is")
        self.assertEqual(rows["制度"], ["5", "", "1", "4"], "whoever took it")
        self.assertEqual(rows["表彰"][1:3], ["10", ""])
        self.assertEqual(rows["合计"], ["15", "10", "8", "17"])

    def test_a_vote_prints_its_points_and_a_veto_its_conditions(self):
        veto = {"title": "一票否决", "text": "有下列情形之一的，", "verdict": "不合格", "citation": "办法第九条",
                "conditions": [{"id": "veto.1", "number": "1.", "text": "发生重大责任事故。", "citation": "办法第九条"}]}
        votes = {"options": [{"label": "满意", "weight": 10}, {"label": "不满意", "weight": 0}]}
        columns = [{"role": "criterion", "label": "内容"}, {"role": "points", "label": "分值"},
                   {"role": "score", "scorer": "office", "label": "得分"}]
        self.form(veto=veto, columns=columns, sections=[{"title": "评议", "items": [{"text": "满意度", "points": 10, "votes": votes}]}])
        self.done("new", "weighed.json", "--unit", "某院", "--period", "2026", "-o", "r.json")
        self.write("rows.csv", "item,field,value\nveto.1,set,true\n1.1.1,votes:满意,3\n1.1.1,votes:不满意,1\n")
        self.done("fill", "r.json", "--from", "rows.csv", "-o", "r.json")
        self.done("export", "r.json", "--to", "html", "-o", "r.html")
        rows = Grid(self.html()).rows
        self.assertIn(["10", "7.5"], [[cell[0] for cell in row[1:]] for row in rows])
        said = " ".join(cell[0] for row in rows for cell in row)
        self.assertRegex(said, "一票否决.*不合格.*■ ?1.发生重大责任事故")

    def test_a_part_of_a_year_below_the_title_is_said_in_words(self):
        self.form(period="quarter", sections=self.basics, print={"period": "（{period}年度）"})
        self.done("new", "weighed.json", "--unit", "某院", "--period", "2026-Q1", "-o", "r.json")
        self.done("export", "r.json", "--to", "html", "-o", "r.html")
        self.assertIn("（2026 年一季度）", re.findall('paper-period">.*', self.html())[0])
        self.assertNotIn("年度", re.findall('paper-period">.*', self.html())[0])

    def test_the_most_that_a_bonus_item_gives(self):
        item = {"text": "表彰", "bonus_cap": 6, "rules": [{"text": "市级", "bonus": 5, "per": "次"}, {"text": "县级", "gain": 3, "per": "次"}]}
        self.form(sections=[*self.basics, {"title": "加分", "role": "bonus", "items": [item]}])
        self.assertEqual(self.score("1.1.1,score,80", "2.1.1,count:1,1", "2.1.1,count:2,1")["total"], "86")
        self.assertEqual(self.score("1.1.1,score,80", "2.1.1,count:2,1")["total"], "83")

    def test_a_vote_gives_no_more_than_the_item_has(self):
        votes = {"options": [{"label": "好", "weight": 100}, {"label": "差", "weight": 0}]}
        self.form(sections=[{"title": "评议", "items": [{"text": "测评", "points": 10, "votes": votes}]}])
        self.assertIn("weight 就是得分", "".join(self.run_command("form", "check", "weighed.json", "--lang", "zh")[1:]))
        self.assertEqual(self.score("1.1.1,votes:好,3", "1.1.1,votes:差,1")["total"], "10")

    def test_conditions_and_parts_are_of_all_who_score(self):
        ceiling = {"text": "基础不到60", "when": [{"part": "base", "at_most": 59.99}], "not_above": "较好"}
        self.by_three(parts=PARTS, sections=self.sections(), grades={
            "bands": [{"label": "好", "from": 50}, {"label": "较好", "from": 20}, {"label": "一般"}], "ceilings": [ceiling]})
        work = [f"{who},2.1.1,score,100" for who in ("party", "mass", "office")]
        base = lambda *scores: [f"{who},1.1.1,score,{score}" for who, score in zip(("party", "mass", "office"), scores)]
        played = self.weighed(*work, *base(100, 100, 20))
        self.assertEqual((played["parts"][0]["score"], played["grade"]["label"]), ("60", "好"))
        played = self.weighed(*work, *base(0, 0, 100))
        self.assertEqual((played["parts"][0]["score"], played["grade"]["label"]), ("50", "较好"))

    def test_bonus_and_penalty_beside_the_total_are_whose_they_are(self):
        self.by_three(sections=[*self.basics, BONUS | {"scorer": "party"}, PENALTY])
        played = self.weighed(*self.scores, "party,2.1.1,count:1,2", "mass,3.1.1,count:1,5", "office,3.1.1,count:1,2")
        self.assertEqual((played["total"], played["bonus"], played["penalty"]), ("72", "10", "5"))
        # Who decides alone and weighs nothing need not score.
        scorers = [*self.three[:2], {"id": "office", "label": "考核组", "weight": 0}]
        scorers = [scorer | {"weight": weight} for scorer, weight in zip(scorers, (50, 50, 0))]
        self.by_three(scorers=scorers, sections=[*self.basics, BONUS | {"scorer": "office"}])
        played = self.weighed(*self.scores[:2], "office,2.1.1,count:1,1")
        self.assertEqual((played["total"], played["final"]), ("80", True))

    def test_a_condition_on_a_bonus_or_a_penalty_sees_it(self):
        grades = {"bands": [{"label": "优", "when": [{"item": "2.1.1", "at_least": -2}]}, {"label": "良"}]}
        self.form(sections=[*self.basics, PENALTY], grades=grades)
        self.assertEqual(self.score("1.1.1,score,90", "2.1.1,count:1,1")["grade"]["label"], "优")
        self.assertEqual(self.score("1.1.1,score,90", "2.1.1,count:1,2")["grade"]["label"], "良")
        grades = {"bands": [{"label": "优", "when": [{"section": "2", "at_least": 5}]}, {"label": "良"}]}
        self.form(sections=[*self.basics, BONUS], grades=grades)
        self.assertEqual(self.score("1.1.1,score,90", "2.1.1,count:1,1")["grade"]["label"], "优")
        self.assertEqual(self.score("1.1.1,score,90")["grade"]["label"], "良")

    def test_bands_that_nothing_reaches_are_named(self):
        self.form(sections=self.basics, grades={"bands": [{"label": "优秀", "from": 85}, {"label": "合格", "from": 90}]})
        self.assertIn("永远到不了", "".join(self.run_command("form", "check", "weighed.json", "--lang", "zh")[1:]))

    def test_a_year_has_a_grade_and_counts_a_bonus_of_none(self):
        self.form(period="half", year="mean", sections=[*self.basics, PENALTY],
                  grades={"bands": [{"label": "好", "from": 80}, {"label": "一般"}]})
        for period, score, times in (("2026-H1", 90, 3), ("2026-H2", 80, None)):
            self.done("new", "weighed.json", "--unit", "某院", "--period", period, "-o", f"{period}.json")
            rows = f"1.1.1,score,{score}\n" + ("" if times is None else f"2.1.1,count:1,{times}\n")
            self.write("rows.csv", "item,field,value\n" + rows)
            self.done("fill", f"{period}.json", "--from", "rows.csv", "-o", f"{period}.json")
        year = json.loads(self.done("year", "2026-H1.json", "2026-H2.json", "--format", "json"))
        self.assertEqual((year["total"], year["items"]["2.1.1"], year["grade"]), ("82", "-3", "好"))
        self.assertIn("等次 好", self.done("year", "2026-H1.json", "2026-H2.json", "--lang", "zh"))
        self.assertIsNone(json.loads(self.done("year", "2026-H1.json", "--format", "json"))["grade"], "a half is missing")
        self.assertIn("duibiao year", self.done("year", "--help", "--lang", "zh"))

    def test_items_of_one_kind_in_a_list_have_a_row_each(self):
        kinds = [("临床", "诊疗"), ("临床", "护理"), ("行政", "公文"), ("行政", "会务")]
        self.form(kinds=["临床", "行政"], sections=[{"title": "业务", "items": [
            {"text": text, "points": 5, "kinds": [kind]} for kind, text in kinds]}])
        self.score("header,kind,行政", "1.1.3,score,4", "1.1.4,score,3")
        self.done("export", "r.json", "--to", "html", "-o", "r.html")
        rows = {row[0][0]: row[1][0] for row in Grid(self.html()).rows if len(row) == 2}
        self.assertEqual([rows[text] for _, text in kinds], ["", "", "4", "3"])
        table = self.done("export", "r.json", "--to", "csv")
        self.assertRegex(table, "1.1.3,公文,4")
        self.assertRegex(table, "1.1.4,会务,3")

    def test_why_an_item_does_not_apply_stands_on_paper_and_so_does_the_place_for_a_remark(self):
        columns = FORM["columns"] + [{"role": "note", "scorer": "office", "label": "备注"}]
        self.form(columns=columns, foot={"remarks": [{"id": "opinion", "label": "考核组意见"}]}, sections=[{"title": "党务", "items": [
            {"text": "发展党员", "points": 5, "not_applicable": "scaled"}, {"text": "党费", "points": 5}]}])
        self.score("1.1.1,na,没有发展对象", "1.1.2,score,4")
        self.done("export", "r.json", "--to", "html", "-o", "r.html")
        rows = [[cell[0] for cell in row] for row in Grid(self.html()).rows]
        self.assertIn(["发展党员", "不适用", "不适用：没有发展对象"], rows)
        self.assertIn(["考核组意见："], rows)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
