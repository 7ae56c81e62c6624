"""Evidence (佐证材料) filled from tables and written to every output: evidence_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import csv
import io
import sys
import unittest
import zipfile

import cli_test
from office_test import ALL_FORMS, OfficeCase, openpyxl

TABLE = ("编号,材料名称,文号,日期,存放处\n"
         "3.2.2,中心组学习记录,,2026-03,党办\n"
         "1.1.1,党委领导下的院长负责制实施办法,院党发〔2026〕3号,2026年3月20日,档案柜2\n"
         "1.1.1,任职文件,,,\n")


class Evidence(OfficeCase):
    def with_evidence(self):
        name = self.new("jilin-committee", "jilin.json", ALL_FORMS["jilin-committee"])
        self.path("evidence.csv").write_text(TABLE, encoding="utf-8")
        self.done("fill", name, "--from", "evidence.csv", "-o", name)
        return name

    def test_a_table_is_filled_in_once(self):
        name = self.with_evidence()
        lines = [edit["after"] for edit in self.load(name)["log"] if edit["item"].startswith("evidence.")]
        self.assertEqual(lines[1], "1.1.1\t党委领导下的院长负责制实施办法\t院党发〔2026〕3号\t2026-03-20\t档案柜2")
        self.assertEqual(len(lines), 3)
        before = self.load(name)["log"]
        self.done("fill", name, "--from", "evidence.csv", "-o", name)
        self.assertEqual(self.load(name)["log"], before, "nothing twice")

    def test_a_line_that_cannot_stand_is_named_and_nothing_is_changed(self):
        name = self.with_evidence()
        before = self.path(name).read_bytes()
        self.path("wrong.csv").write_text("编号,材料名称\n1.1.1,甲\n9.9.9,乙\n", encoding="utf-8")
        self.refused("fill", name, "--from", "wrong.csv", "-o", name, file="wrong.csv", place="line 3", about="9.9.9")
        self.assertEqual(self.path(name).read_bytes(), before)

    def test_a_form_s_own_field_of_that_name_is_an_answer(self):
        for title in ["", "措施落实情况\n"]:
            name = self.new("shaoxing-2017-measures", "measures.json", ALL_FORMS["shaoxing-2017-measures"])
            self.path("own.csv").write_text(f"{title}item,evidence\n1.1.1,会议记录\n", encoding="utf-8")
            self.done("fill", name, "--from", "own.csv", "-o", name)
            self.assertEqual(self.load(name)["layers"][0]["answers"]["1.1.1"], {"evidence": "会议记录"}, title)

    def test_csv_has_it_below_the_answers(self):
        name = self.with_evidence()
        self.done("export", name, "--to", "csv", "-o", "out.csv")
        text = self.path("out.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text.split("\n\n")[-1].split("\r\n\r\n")[-1])))
        self.assertEqual(rows[0], ["对应条目", "材料名称", "文号", "日期", "存放处"])
        self.assertEqual([row[0] for row in rows[1:]], ["1.1.1", "1.1.1", "3.2.2"])

    @unittest.skipUnless(openpyxl, "needs openpyxl")
    def test_excel_has_an_annex_whose_numbers_stand_at_the_items(self):
        name = self.with_evidence()
        self.done("export", name, "--to", "xlsx", "-o", "out.xlsx")
        book = openpyxl.load_workbook(self.path("out.xlsx"))
        self.assertEqual(len(book.sheetnames), 2)
        self.assertEqual(book.sheetnames[1], "佐证材料")
        cells = [cell.value for row in book["佐证材料"].iter_rows() for cell in row if cell.value is not None]
        self.assertIn("院党发〔2026〕3号", cells)
        first = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, str)]
        self.assertTrue(any("佐证材料：1–2" in text for text in first))

    def test_word_and_web_page_have_it(self):
        name = self.with_evidence()
        self.done("export", name, "--to", "docx", "-o", "out.docx")
        with zipfile.ZipFile(self.path("out.docx")) as archive:
            body = archive.read("word/document.xml").decode("utf-8")
        self.assertIn("佐证材料：1–2", body)
        self.assertIn("档案柜2", body)
        self.done("export", name, "--to", "html", "-o", "out.html")
        self.assertIn("佐证材料：3", self.path("out.html").read_text(encoding="utf-8"))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
