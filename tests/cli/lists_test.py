"""The lists that the sources ask for without printing a form: filled, and opened in other programs. Also the letter of
annex 3 and calendars of rosters: lists_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import re
import sys
import unittest

import cli_test
from cli_test import ROOT, UNIT, needs_printer
from office_test import ALL_FORMS, OfficeCase, form_of

try:
    import docx
    import openpyxl
except ImportError:
    docx = openpyxl = None

LISTS = sorted(path.stem for path in (ROOT / "assets/instruments").glob("*.json") if path.stem not in ALL_FORMS)


def cell(column):
    """What a clerk may write into a column of that type."""
    if column["type"] in ("date", "month"):
        return "2026-03-05"
    if column["type"] == "count":
        return "6"
    if column["type"] == "yesno":
        return "是"
    if column["type"] in ("choice", "flags"):
        return column["options"][0]
    return "张三" if column.get("names") == "person" else f"某{column['id']}"


def table(form):
    columns = form["table"]["columns"]
    head = ",".join(f'"{column["label"]}"' for column in columns)
    return head + "\n" + ",".join(f'"{cell(column)}"' for column in columns) + "\n"


def on_paper(form):
    return [column for column in form["table"]["columns"] if column.get("on_paper", True)]


class Lists(OfficeCase):
    def filled(self, name):
        self.new(name, f"{name}.json")
        self.fill_with(f"{name}.json", table(form_of(name)))
        return f"{name}.json"

    def test_rows_of_lists_answer_ledger_and_score_table(self):
        self.new("ledger", "ledger.json")
        self.fill_with("ledger.json", "item,value\nheader.leaders,李一、赵二\n")
        self.new("talks", "talks.json")
        self.fill_with("talks.json", "日期,谈话人,谈话对象,情形\n2026-05-06,李一,赵二,委员之间\n")
        self.new("jilin-committee", "score.json")
        self.fill_with("score.json", "item,value\n4.4.1.m1,3\n")

        def findings(*files):
            code, out, err = self.run_command("check", *files, "--as-of", "2026-12-31", "--format", "json")
            self.assertIn(code, (0, 1), err)
            return json.loads(out)["findings"]

        def lacking(*files):
            return [finding["params"]["people"] for finding in findings(*files)
                    if finding["params"].get("title") == "委员之间谈心谈话"]

        self.assertEqual(lacking("ledger.json"), [["李一", "赵二"]])
        self.assertEqual(lacking("ledger.json", "talks.json"), [])
        told = [finding for finding in findings("score.json", "ledger.json", "talks.json")
                if finding["code"] == "list-contradiction"]
        self.assertEqual([(finding["item"], finding["citation"]) for finding in told], [("4.4.1", "J 谈心谈话 1")])
        self.assertIn("谈心谈话记录", told[0]["message"])

    def test_there_are_lists_in_every_group_but_that_of_assessments(self):
        self.assertGreaterEqual(len(LISTS), 33)
        self.assertEqual({form_of(name)["group"] for name in LISTS}, {"survey", "ledger", "roster", "list"})

    def test_a_row_comes_back_as_it_was_given(self):
        for name in LISTS:
            file = self.filled(name)
            row = self.rows(file)[0]
            self.done("export", file, "--to", "csv", "-o", "again.csv")
            self.new(name, "again.json")
            self.done("fill", "again.json", "--from", "again.csv", "-o", "again.json")
            self.assertEqual(self.rows("again.json")[0], row, name)

    def test_every_finding_cites_its_clause(self):
        for name in LISTS:
            self.new(name, "empty.json")
            text = next(c for c in form_of(name)["table"]["columns"] if c["type"] == "text" and not c.get("computed"))
            self.fill_with("empty.json", f"{text['label']}\n文字\n")
            _, out, _ = self.run_command("check", "empty.json", "--as-of", "2026-12-31", "--format", "json")
            for finding in json.loads(out)["findings"]:
                self.assertRegex(finding["citation"], r"^[JRS]( |$)", name)

    @unittest.skipUnless(openpyxl, "needs openpyxl")
    def test_excel(self):
        for name in LISTS:
            sheet = openpyxl.load_workbook(self.path(self.exported(self.filled(name), "xlsx"))).worksheets[0]
            values = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
            for column in on_paper(form_of(name)):
                self.assertIn(column["label"], values, name)
            self.assertIn(form_of(name)["title"], values)

    @unittest.skipUnless(docx, "needs python-docx")
    def test_word(self):
        for name in LISTS:
            document = docx.Document(self.path(self.exported(self.filled(name), "docx")))
            heads = {c.text for t in document.tables for row in t.rows[:3] for c in row.cells}
            for column in on_paper(form_of(name)):
                self.assertIn(column["label"], heads, name)

    @needs_printer
    def test_the_widest_print_on_one_page_with_every_column(self):
        for name in ("dues", "org-life", "beliefs", "branch-standard", "rectification"):
            pages = self.pages(self.filled(name))
            self.assertEqual(len(pages), 1, name)
            page = re.sub(r"\s", "", pages[0])
            for column in on_paper(form_of(name)):
                # A head of several lines stands beside its neighbours' lines in what poppler reads.
                label = re.sub(r"\s", "", column["label"])
                self.assertIn(label[:2], page, name)
                self.assertLessEqual(set(label), set(page), name)

    def test_names_are_masked_for_other_readers(self):
        self.filled("probation")
        self.done("export", "probation.json", "--to", "html", "--mask", "-o", "masked.html")
        masked = self.path("masked.html").read_text()
        self.assertNotIn("张三", masked)
        self.assertIn("张*", masked)


class Letters(OfficeCase):
    HEAD = "党组织名称,上次换届时间,任期年数\n"

    def annex3(self):
        self.new("ruian-2019-annex3", "r.json")
        self.fill_with("r.json", self.HEAD + "第一党支部,2023-06-30,\n先锋队,2023-06,\n")

    @unittest.skipUnless(docx, "needs python-docx")
    def test_word_and_print(self):
        self.annex3()
        self.done("export", "r.json", "--to", "docx", "--lang", "zh", "--letter", "1", "-o", "letter.docx")
        texts = [paragraph.text for paragraph in docx.Document(self.path("letter.docx")).paragraphs]
        self.assertIn("换届提醒函", texts)
        self.assertIn("第一党支部：", texts)
        self.assertTrue(any("2026年6月30日届满" in text for text in texts))
        self.assertIn(UNIT, texts)
        self.done("export", "r.json", "--to", "html", "--lang", "zh", "--letter", "1", "-o", "letter.html")
        self.assertIn("书面报送换届请示", self.path("letter.html").read_text())

    def test_what_has_no_letter_is_named(self):
        self.annex3()
        for row, code in (("2", "任期不明"), ("3", "没有这一行"), ("x", "没有这一行")):
            self.refused("export", "r.json", "--to", "html", "--lang", "zh", "--letter", row, "-o", "no.html",
                         file="r.json", about=code)
        self.new("dues", "dues.json")
        self.refused("export", "dues.json", "--to", "html", "--lang", "zh", "--letter", "1", "-o", "no.html",
                     file="dues.json", about="没有函件")

    def test_terms_go_into_a_calendar(self):
        self.annex3()
        self.done("export", "r.json", "--to", "ics", "-o", "r.ics")
        calendar = self.path("r.ics").read_bytes().decode()
        self.assertIn("DTSTART;VALUE=DATE:20260630", calendar)
        self.assertIn("DTSTART;VALUE=DATE:20260228", calendar)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
