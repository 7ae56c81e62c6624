"""What a form's author met who knew the guide alone: form_author_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import sys
import unittest

import cli_test
from cli_test import Case

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


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
