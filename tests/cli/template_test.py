"""Templates that openpyxl and LibreOffice fill in: template_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import datetime
import shutil
import subprocess
import sys
import unittest

import cli_test
from office_test import ALL_FORMS, OfficeCase, openpyxl


@unittest.skipUnless(openpyxl, "needs openpyxl")
class Templates(OfficeCase):
    def template(self, form):
        """A new document of the form, and its template opened."""
        name = self.new(form, f"{form}.json", ALL_FORMS[form])
        self.done("export", name, "--to", "template", "-o", f"{form}.xlsx")
        return name, openpyxl.load_workbook(self.path(f"{form}.xlsx"))

    def take(self, name, book):
        book.save(self.path("filled.xlsx"))
        return self.done("fill", name, "--from", "filled.xlsx", "--lang", "zh", "-o", name)

    def test_every_form_has_one_that_is_read_again_as_nothing(self):
        for form in ALL_FORMS:
            with self.subTest(form):
                name, book = self.template(form)
                self.assertEqual(book.sheetnames, ["填写", "填写说明"])
                self.assertEqual(book["填写"].freeze_panes[0] in "BC", True)
                before = self.load(name)["log"]
                self.take(name, book)
                self.assertEqual(self.load(name)["log"], before)
                again = self.path(f"{form}.xlsx").read_bytes()
                self.done("export", name, "--to", "template", "-o", f"{form}.xlsx")
                self.assertEqual(self.path(f"{form}.xlsx").read_bytes(), again, "the same bytes")

    def test_what_is_filled_in_is_read(self):
        name, book = self.template("ledger")
        sheet = book["填写"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row, (day, kind, people) in enumerate([(datetime.date(2026, 3, 5), "支委会", 7), ("2026年3月12日", "党课", 30)], 2):
            for head, value in {"日期": day, "类型": kind, "支部": "内科党支部", "主题": "学习\n条例", "应到": people}.items():
                sheet.cell(row, heads[head]).value = value
        self.take(name, book)
        self.assertEqual(self.rows(name), [["2026-03-05", "支委会", "内科党支部", "学习 条例", "", "", "7"],
                                           ["2026-03-12", "党课", "内科党支部", "学习 条例", "", "", "30"]])

    def test_dates_are_formatted_and_choices_are_lists(self):
        _, book = self.template("ledger")
        sheet = book["填写"]
        heads = {cell.value: cell.column_letter for cell in sheet[1]}
        self.assertEqual(sheet.column_dimensions[heads["日期"]].number_format, "yyyy-mm-dd")
        lists = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
        kinds = lists[f"{heads['类型']}2"]
        place = kinds.formula1.rpartition("!")[2].replace("$", "")
        words = [row[0].value for row in book["填写说明"][place]]
        self.assertIn("支委会", words)
        self.assertEqual(kinds.type, "list")
        notes = [[cell.value for cell in row[:3]] for row in book["填写说明"].iter_rows()]
        self.assertIn(["日期", "是", "日期，如 2026-03-05 或 2026年3月5日"], notes)

    def test_a_score_table_and_a_checklist_have_their_items(self):
        name, book = self.template("jilin-committee")
        sheet = book["填写"]
        self.assertEqual([cell.value for cell in sheet[1]], ["编号", "具体标准", "分值", "得分", "落实情况", "说明"])
        rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        self.assertEqual(sum("m" not in item and "veto" not in item and "header" not in item for item in rows), 84)
        sheet.cell(rows["1.1.1"], 4).value = 2
        sheet.cell(rows["1.1.1"], 5).value = "第一行\n第二行"
        sheet.cell(rows["3.2.2.m1"], 4).value = 3
        sheet.cell(rows["header.date"], 5).value = datetime.date(2026, 3, 5)
        self.take(name, book)
        answers = self.answers(name)
        self.assertEqual(answers["1.1.1"], {"score": 2, "note": "第一行\n第二行"})
        filled = {(edit["item"], edit["field"]): edit["after"] for edit in self.load(name)["log"]}
        self.assertEqual(filled[("3.2.2.m1", "value")], 3)
        self.assertEqual(filled[("header", "date")], "2026-03-05")
        name, book = self.template("ruian-2019-annex1")
        sheet = book["填写"]
        rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
        heads = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(rows["1.1.1"], heads["情况记录"]).value = "是"
        sheet.cell(rows["header.reporter"], heads["备注"]).value = "欧阳修"
        self.take(name, book)
        self.assertEqual(self.answers(name)["1.1.1"], {"value": True})

    @unittest.skipUnless(shutil.which("soffice"), "needs LibreOffice")
    def test_libreoffice_saves_it_again_and_it_is_read(self):
        name, book = self.template("ruian-2019-annex2")
        book["填写"].append(["甲某", datetime.date(1985, 3, 1), "某公司"])
        book.save(self.path("filled.xlsx"))
        (self.folder / "out").mkdir()
        subprocess.run(["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless", "--convert-to",
                        "xlsx:Calc MS Excel 2007 XML", "--outdir", self.folder / "out", self.path("filled.xlsx")],
                       check=True, capture_output=True, timeout=90)
        self.done("fill", name, "--from", "out/filled.xlsx", "-o", name)
        self.assertEqual(self.rows(name), [["甲某", "1985-03-01", "某公司"]])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
