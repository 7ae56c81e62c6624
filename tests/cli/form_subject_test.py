"""A sheet a person: form_subject_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import sys
import unittest

import cli_test
from cli_test import Case

FORM = {
    "format": "duibiao-instrument", "format_version": 2, "id": "post-review", "version": "1", "kind": "scored",
    "title": "党务干部岗位考核表", "short_title": "岗位考核", "period": "year", "score_step": 0.5, "subject": "被考核人",
    "source": {"key": "P", "title": "岗位考核办法"},
    "scorers": [{"id": "office", "label": "考核组"}],
    "columns": [{"id": "criterion", "label": "考核内容", "role": "criterion"}, {"id": "points", "label": "分值", "role": "points"},
                {"id": "score", "label": "得分", "role": "score", "scorer": "office"}],
    "sections": [{"title": "履职", "items": [{"text": "按时完成工作。", "points": 10}]}],
}


class Subjects(Case):
    def setUp(self):
        super().setUp()
        self.write("post-review.json", json.dumps(FORM, ensure_ascii=False))

    def sheet(self, name, subject, points):
        self.done("new", "post-review.json", "--unit", "市医院党委", "--period", "2026", "-o", name)
        self.write("rows.csv", f"item,field,value\nheader,subject,{subject}\n1.1.1,score,{points}\n")
        self.done("fill", name, "--from", "rows.csv", "-o", name)

    def aggregate(self, *names):
        return json.loads(self.run_command("aggregate", *names)[1])

    def test_each_person_counts(self):
        self.sheet("a.json", "张三", 8)
        self.sheet("b.json", "李四", 9)
        both = self.aggregate("a.json", "b.json")
        self.assertEqual((both["received"], both["counted"], both["doubled"]), (2, 2, 0))
        self.sheet("c.json", "张三", 7)
        three = self.aggregate("a.json", "b.json", "c.json")
        self.assertEqual((three["counted"], three["doubled"]), (2, 1))
        self.run_command("aggregate", "a.json", "b.json", "c.json", "--to", "partial", "-o", "all.ndjson")
        self.assertEqual(self.aggregate("all.ndjson")["doubled"], 1)

    def test_whom_it_is_about_stands_in_the_head(self):
        self.sheet("a.json", "张三", 8)
        self.done("export", "a.json", "--to", "html", "-o", "a.html")
        page = self.path("a.html").read_text(encoding="utf-8")
        self.assertIn("被考核人", page)
        self.assertIn("张三", page)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
