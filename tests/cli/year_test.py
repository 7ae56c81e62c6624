"""A year from the documents of its months, quarters or halves: year_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import sys
import unittest

import cli_test
from cli_test import Case

FORM = {
    "format": "duibiao-instrument", "format_version": 2, "id": "quarterly", "version": "1", "kind": "scored",
    "title": "季度考评表", "score_step": 0.5, "period": "quarter", "year": "mean",
    "scorers": [{"id": "examiner", "label": "得分"}],
    "columns": [{"role": "criterion", "label": "内容"}, {"role": "score", "scorer": "examiner", "label": "得分"}],
    "sections": [{"title": "组织", "cap": 15, "items": [{"text": "会议", "points": 10}, {"text": "学习", "points": 10}]},
                 {"title": "扣分", "role": "penalty", "items": [
                     {"text": "通报", "rules": [{"text": "通报", "deduct": 2, "per": "次"}]}]}],
}


class Year(Case):
    def form(self, **changes):
        form = FORM | changes
        self.write(f"{form['id']}.json", json.dumps(form, ensure_ascii=False))

    def report(self, period, first, second, penalty="", unit="某院", name=None):
        name = name or f"{period}.json"
        self.done("new", "quarterly.json", "--unit", unit, "--period", period, "-o", name)
        rows = [f"1.1.1,score,{first}", f"1.1.2,score,{second}", f"2.1.1,count:1,{penalty}"]
        self.write("rows.csv", "\n".join(["item,field,value"] + [row for row in rows if not row.endswith(",")]) + "\n")
        self.done("fill", name, "--from", "rows.csv", "-o", name)
        return name

    def year(self, *arguments):
        return json.loads(self.done("year", *arguments, "--format", "json"))

    def quarters(self):
        return [self.report("2026-Q1", 10, 4), self.report("2026-Q2", 10, 10), self.report("2026-Q3", 7, "0.5", 1)]

    def test_the_mean_of_all_quarters(self):
        self.form()
        files = self.quarters() + [self.report("2026-Q4", 9, 1)]
        year = self.year(*reversed(files))
        # 14, 15 (held to the part's cap), 5.5 and 10: 44.5 of four.
        self.assertEqual((year["total"], year["final"], year["counted"], year["missing"]), ("11.13", True, 4, []))
        self.assertEqual([period["total"] for period in year["periods"]], ["14", "15", "5.5", "10"])
        self.assertEqual([section["score"] for section in year["sections"]], ["11.63", "-0.5"])
        self.assertEqual(year["items"]["1.1.1"], "9")
        text = self.done("year", *files, "--lang", "zh")
        self.assertIn("全年平均 11.13 分（4 期）", text)
        self.assertNotIn("暂时", text)

    def test_a_missing_quarter_makes_the_year_incomplete(self):
        self.form()
        files = self.quarters()
        year = self.year(*files)
        self.assertEqual((year["total"], year["final"], year["missing"]), ("11.5", False, ["2026-Q4"]))
        text = self.done("year", *files, "--lang", "zh")
        self.assertIn("缺 2026 年四季度", text)
        self.assertIn("暂时", text)

    def test_an_excused_quarter_leaves_the_mean(self):
        self.form()
        year = self.year(*self.quarters(), "--excused", "2026年第四季度=停诊装修")
        self.assertEqual((year["total"], year["final"], year["missing"]), ("11.5", True, []))
        self.assertEqual(year["periods"][3], {"period": "2026-Q4", "document": None, "total": None, "final": False,
                                              "excused": "停诊装修"})
        error = self.refused("year", *self.quarters(), "--excused", "2026-Q4=", "--lang", "zh", file="--excused")
        self.assertIn("写明原因", error)
        error = self.refused("year", *self.quarters(), "--excused", "2026-Q1=x", "--lang", "zh", file="2026-Q1.json")
        self.assertIn("不能不计", error)

    def test_a_quarter_that_is_not_scored_to_the_end(self):
        self.form()
        year = self.year(*self.quarters(), self.report("2026-Q4", 9, ""))
        self.assertEqual((year["final"], year["counted"], year["missing"]), (False, 4, []))

    def test_a_sum(self):
        self.form(year="sum")
        year = self.year(*self.quarters(), "--excused", "2026-Q4=停诊")
        self.assertEqual((year["total"], year["by"], year["final"]), ("34.5", "sum", True))

    def test_halves_and_months(self):
        self.form(period="half")
        year = self.year(self.report("2026-H2", 10, 5), self.report("2026-H1", 5, 5))
        self.assertEqual((year["total"], year["final"], len(year["periods"])), ("12.5", True, 2))
        self.form(period="month")
        year = self.year(self.report("2026-12", 10, 5))
        self.assertEqual((year["total"], len(year["periods"]), len(year["missing"])), ("15", 12, 11))
        self.assertEqual((year["missing"][0], year["missing"][-1]), ("2026-01", "2026-11"))

    def test_what_does_not_go_together(self):
        self.form()
        first = self.report("2026-Q1", 10, 4)
        for name, words in ((self.report("2026-Q2", 1, 1, unit="别院", name="b.json"), "别院"),
                            (self.report("2025-Q2", 1, 1, name="c.json"), "2025-Q2"),
                            (self.report("2026-Q1", 1, 1, name="d.json"), "有两份"),
                            (self.report("2026-03", 1, 1, name="e.json"), "2026-03"),
                            (self.report("2026", 1, 1, name="f.json"), "2026")):
            with self.subTest(name):
                self.assertIn(words, self.refused("year", first, name, "--lang", "zh", file=name))
        form = {key: value for key, value in FORM.items() if key != "year"}
        self.write("quarterly.json", json.dumps(form, ensure_ascii=False))
        other = self.report("2026-Q2", 1, 1, name="g.json")
        self.assertIn("“季度考评表", self.refused("year", first, other, "--lang", "zh", file=other))
        self.assertIn('"year": "mean"', self.refused("year", other, "--lang", "zh", file=other))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
