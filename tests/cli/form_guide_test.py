"""Every example of the guide to form files gives what the guide says: form_guide_test.py [PATH_TO_DUIBIAO] [arguments]."""

import json
import re
import sys
import unittest
from decimal import Decimal

import cli_test
from cli_test import ROOT, Case

GUIDE = (ROOT / "assets/instruments/README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```json (form|item)\n(.*?)^```$\n*((?:^\|[^\n]*\|\n)*)", re.M | re.S)


class Guide(Case):
    def setUp(self):
        super().setUp()
        self.blocks = [(kind, json.loads(text), table) for kind, text, table in BLOCK.findall(GUIDE)]
        self.form = next(form for kind, form, _ in self.blocks if kind == "form")

    def store_form(self, form):
        self.write("example.json", json.dumps(form, ensure_ascii=False))
        return self.done("form", "check", "example.json")

    def fill(self, rows):
        self.done("new", "example.json", "--unit", "某单位", "--period", "2026", "-o", "report.json")
        self.write("rows.csv", "item,field,value\n" + "".join(",".join(row) + "\n" for row in rows))
        return self.run_command("fill", "report.json", "--from", "rows.csv", "-o", "report.json")

    def score(self):
        return json.loads(self.done("score", "report.json", "--format", "json", "--items"))

    def test_every_item(self):
        items = [(item, table) for kind, item, table in self.blocks if kind == "item"]
        self.assertGreater(len(items), 10)
        for item, table in items:
            form = json.loads(json.dumps(self.form))
            form["sections"][0]["items"] = [item]
            self.store_form(form)
            rows = re.findall(r"^\| (.*?) \| (.*?) \|$", table, re.M)[1:]
            self.assertTrue(rows, item["text"])
            for filled, expected in rows:
                with self.subTest(item=item["text"], filled=filled):
                    self.compare(filled, expected)

    def compare(self, filled, expected):
        code, _, err = self.fill([("1.1.1", *answer.split(" ", 1)) for answer in filled.split("；")])
        if expected == "不能填":
            return self.assertEqual(code, 2)
        self.assertEqual((code, err), (0, ""))
        item = self.score()["layers"]["examiner"]["items"]["1.1.1"]
        if expected == "未评":
            return self.assertIsNone(item["score"])
        if expected.isalpha():
            return self.assertEqual(item["level"], expected)
        points, *bonus = expected.split("＋")
        self.assertEqual(Decimal(item["score"]), Decimal(points))
        self.assertEqual(Decimal(item.get("bonus", "0")), Decimal(bonus[0] if bonus else "0"))

    def test_weights_and_grades(self):
        changes = next(form for kind, form, _ in self.blocks if kind == "form" and "grades" in form)
        self.store_form(self.form | changes)
        code, _, err = self.fill([("1.1.1", "score", "96"), ("2.1.1", "count:1", "1"), ("3.1.1", "votes:好", "9"),
                                  ("3.1.1", "votes:差", "1"), ("foot", "tick:软弱涣散", "是"),
                                  ("foot", "opinion", "同意")])
        self.assertEqual((code, err), (0, ""))
        score = self.score()
        self.assertEqual((score["total"], score["penalty"], score["grade"]["label"], score["grade"]["by_points"]),
                         ("92.2", "5", "三星", "五星"))
        self.assertEqual(score["figures"], {"满意率": "90"})

    def test_veto(self):
        self.store_form(self.form | next(form for kind, form, _ in self.blocks if kind == "form" and "veto" in form))
        self.assertEqual(self.fill([("1.1.1", "score", "8")])[0], 0)
        self.assertNotIn("不合格", self.done("score", "report.json", "--lang", "zh"))
        self.fill([("1.1.1", "score", "8"), ("veto.1", "set", "true"), ("veto.1", "note", "锅炉事故")])
        self.assertIn("不合格", self.done("score", "report.json", "--lang", "zh"))
        self.done("export", "report.json", "--to", "html", "-o", "paper.html")
        self.assertRegex(self.path("paper.html").read_text(), "■ 1.发生重大责任事故。[^\n]*锅炉事故")

    def test_every_member_stands_in_the_guide(self):
        schema = json.loads((ROOT / "assets/schema/scored-form.schema.json").read_text(encoding="utf-8"))
        plain = {"$schema", "short_title", "heading", "language", "period", "group", "asked_by", "source", "print", "veto",
                 "header", "citation", "difference_reason"}
        for name in set(schema["properties"]) - plain:
            self.assertTrue(name in GUIDE, name)
        for name in schema["$defs"]["rule"]["properties"]:
            self.assertTrue(name in GUIDE, name)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
