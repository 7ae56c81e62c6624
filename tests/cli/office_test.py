"""Word, Excel and e-mail, read by programs that others wrote: office_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import datetime
import email
import email.policy
import io
import json
import re
import shutil
import subprocess
import sys
import unittest
import zipfile

import cli_test
from cli_test import INSTRUMENT, ROOT, UNIT
from forms_test import LEDGER_HEAD, FormCase
from roster_print_test import HEADS, HOSTILE, organisations, solid, table

try:
    import docx
    import openpyxl
except ImportError:
    docx = openpyxl = None

ALL_FORMS = {INSTRUMENT: "2026", "ledger": "2026", "ruian-2019-annex1": "2026", "ruian-2019-annex2": "2026",
             "ruian-2019-annex3": "2026", "ruian-2019-annex4": "2026", "ruian-2019-tasks": "2026",
             "shaoxing-2017-measures": "2026", "shaoxing-2017-appraisal": "2026-H1"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMULAS = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠A1", "=cmd|'/c calc'!A0"]
HOSTILE_TEXT = "<script>alert(1)</script>&amp;\"' 👨‍👩‍👧 \u202eabc\u202c \x0b\x1b䶮山𬭩_x0041_"
HOSTILE_SHOWN = "<script>alert(1)</script>&amp;\"' 👨‍👩‍👧 abc 䶮山𬭩_x0041_"


def form_of(name):
    return json.loads((ROOT / f"assets/instruments/{name}.json").read_text())


def criteria_of(form):
    return [item for section in form["sections"] for group in section["groups"] for item in group["criteria"]]


class OfficeCase(FormCase):
    def exported(self, name, format, *more):
        output = f"{name.removesuffix('.json')}.{format}"
        self.done("export", name, "--to", format, "--lang", "zh", *more, "-o", output)
        return output

    def scored(self):
        """A score table with scores, notes in the three layers, and what a hostile hand would write."""
        self.report("r.json", "3.2.1,1,整改台账齐全\n3.2.2,1.5,第一行\n3.2.3,0.5,=1+1\n")
        self.fill("r.json", f'1.1.1,2,"{HOSTILE_TEXT.replace(chr(34), chr(34) * 2)}"\n')
        return "r.json"


@unittest.skipUnless(openpyxl, "needs openpyxl")
class Excel(OfficeCase):
    def book(self, name):
        return openpyxl.load_workbook(self.path(self.exported(name, "xlsx")))

    def cells(self, sheet):
        return {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}

    def test_every_form_opens_with_its_head_in_sight(self):
        for form, period in ALL_FORMS.items():
            name = self.new(form, f"{form}.json", period)
            book = self.book(name)
            definition = form_of(form)
            for sheet in book:
                self.assertEqual(sheet.page_setup.paperSize, "9" if isinstance(sheet.page_setup.paperSize, str) else 9)
                portrait = definition["print"]["orientation"] == "portrait"
                self.assertEqual(sheet.page_setup.orientation, "portrait" if portrait else "landscape", form)
                self.assertRegex(sheet.print_title_rows, r"^\$?\d+:\$?\d+$")
                frozen = int(re.sub(r"\D", "", sheet.freeze_panes))
                self.assertEqual(frozen, int(re.sub(r".*:\$?", "", sheet.print_title_rows)) + 1)
                self.assertTrue(sheet.print_area)
                self.assertTrue(sheet.page_setup.fitToHeight in (0, "0") and sheet.sheet_properties.pageSetUpPr.fitToPage)
                self.assertIn(definition["title"], self.cells(sheet))
                self.assertIn("报送码", sheet.oddFooter.right.text)
                self.assertEqual(sheet.oddFooter.center.text, "第 &P 页 / 共 &N 页")

    def test_the_score_table(self):
        sheet = self.book(self.scored()).worksheets[0]
        cells = self.cells(sheet)
        for item in criteria_of(form_of(INSTRUMENT)):
            number = str(item["number"]) + "." if item["number"] else ""
            self.assertTrue(any(str(text).startswith(number + item["text"]) for text in cells), item["text"])
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        scored = next(row for row in rows if row[3] == "第一行")
        self.assertEqual(scored[4], 1.5)
        self.assertIsInstance(scored[4], float)
        self.assertIn(HOSTILE_SHOWN, cells)
        self.assertEqual(cells["=1+1"].data_type, "s")
        self.assertTrue(any("得分：5（已评4/84）" in str(text) for text in cells))
        merged = [str(area) for area in sheet.merged_cells.ranges]
        section = cells["强化党组织发挥作用（4分）"].coordinate
        self.assertTrue(any(area.startswith(section + ":A") for area in merged), merged)
        self.assertIsNone(sheet.auto_filter.ref)

    def test_rosters_have_dates_filters_and_no_formula(self):
        name = self.new("ruian-2019-annex3", "r.json")
        rows = organisations(40)
        rows += [[text, "2024年1月", "2025-02-03", f"书记{i}", "", "", text] for i, text in enumerate(FORMULAS)]
        self.fill_with(name, table(HEADS["ruian-2019-annex3"][1:], rows))
        sheet = self.book(name).worksheets[0]
        found = list(sheet.iter_rows(min_row=int(re.sub(r"\D", "", sheet.freeze_panes))))
        self.assertEqual(sheet.auto_filter.ref.split(":")[0], f"A{found[0][0].row - 1}")
        self.assertEqual(found[0][0].value, 1)
        for given, row in zip(rows, found):
            self.assertEqual(row[1].data_type, "s", given[0])
            self.assertEqual(row[1].value, given[0].strip() if given[0].startswith("\t") else given[0])
            self.assertIsInstance(row[2].value, datetime.datetime)
            self.assertEqual(row[2].number_format, 'yyyy"年"m"月"')
        self.assertEqual(found[40][3].value, datetime.datetime(2025, 2, 3))
        self.assertEqual(found[40][3].number_format, 'yyyy"年"m"月"d"日"')
        content = zipfile.ZipFile(self.path("r.xlsx")).read("xl/worksheets/sheet1.xml")
        self.assertNotIn(b"<f>", content)

    def test_the_ledger_has_a_sheet_for_its_duties(self):
        name = self.new("ledger", "l.json")
        self.fill_with(name, LEDGER_HEAD + "2026-01-10,支委会,一支部,=学习,会议室,张三,12,11,是,是,否,全部\n")
        book = self.book(name)
        duties, list_ = book.worksheets
        self.assertTrue(duties.title.startswith("全年活动与制度落实情况"))
        self.assertIn(1, [cell.value for cell in self.cells(duties).values()])
        cells = self.cells(list_)
        self.assertEqual(cells[datetime.datetime(2026, 1, 10)].number_format, "yyyy-mm-dd")
        self.assertEqual((cells[12].data_type, cells["=学习"].data_type), ("n", "s"))
        self.assertIn("否", cells)

    def test_what_excel_cannot_hold_is_refused(self):
        self.report("r.json")
        long = "龘" * 10_000
        for layer, field in [("self", f"1,{long}"), ("acceptance", f"1,{long}"), ("rating", f"1,{long}")]:
            self.write("t.csv", "item,score,note,explanation\n1.1.1," + field +
                       f",{long if layer == 'self' else ''}\n")
            self.done("fill", "r.json", "--layer", layer, "--from", "t.csv", "-o", "r.json")
        self.write("r.xlsx", "untouched")
        self.refused("export", "r.json", "--to", "xlsx", "-o", "r.xlsx", file="r.json", about="32767")
        self.assertEqual(self.path("r.xlsx").read_text(), "untouched")
        self.exported("r.json", "docx")
        text = "".join(node.text or "" for node in docx.Document(self.path("r.docx")).element.iter(W + "t"))
        self.assertEqual(text.count("龘"), 40_000)


@unittest.skipUnless(docx, "needs python-docx")
class Word(OfficeCase):
    def document(self, name):
        return docx.Document(self.path(self.exported(name, "docx")))

    def texts(self, document):
        return "".join(node.text or "" for node in document.element.iter(W + "t"))

    def test_every_form_has_its_texts_and_its_head_on_every_page(self):
        for form, period in ALL_FORMS.items():
            name = self.new(form, f"{form}.json", period)
            document = self.document(name)
            definition = form_of(form)
            text = self.texts(document)
            self.assertIn(definition["title"], text)
            if form == INSTRUMENT:
                for item in criteria_of(definition):
                    self.assertIn(item["text"], text)
            portrait = definition["print"]["orientation"] == "portrait"
            page = document.sections[0]
            self.assertEqual(page.page_width < page.page_height, portrait)
            self.assertEqual(round(max(page.page_width, page.page_height).mm), 297)
            first = document.tables[0]
            repeated = [row for row in first.rows if row._tr.find(f"{W}trPr/{W}tblHeader") is not None]
            self.assertGreaterEqual(len(repeated), 2)
            for row in first.rows:
                self.assertIsNotNone(row._tr.find(f"{W}trPr/{W}cantSplit"))
            footer = "".join(node.text or "" for node in page.footer._element.iter(W + "t"))
            self.assertIn(json.loads(self.path(name).read_text())["code"], footer)
            fields = [node.get(W + "instr") for node in page.footer._element.iter(W + "fldSimple")]
            self.assertEqual(fields, ["PAGE", "NUMPAGES"])

    def test_the_score_table(self):
        document = self.document(self.scored())
        main, signing = document.tables
        self.assertIn(HOSTILE_SHOWN, [cell.text for cell in main.columns[3].cells])
        names = [cell.text for cell in main.columns[0].cells]
        self.assertEqual(names.count("强化党组织发挥作用（4分）"), 3)  # merged: three criteria
        self.assertEqual([cell.text.count("（盖章处）") for cell in signing.rows[0].cells], [1, 1, 1])

    def test_long_rows_may_go_overleaf(self):
        self.report("r.json", "1.1.1,1," + "很长。" * 200 + "\n1.1.2,1,短\n")
        document = self.document("r.json")
        rows = {row.cells[3].text[:2]: row for row in document.tables[0].rows}
        self.assertIsNone(rows["很长"]._tr.find(f"{W}trPr/{W}cantSplit"))
        self.assertIsNotNone(rows["短"]._tr.find(f"{W}trPr/{W}cantSplit"))

    def test_line_ends_stay(self):
        self.report("r.json", '1.1.1,1,"第一行\n第二行\t格"\n')
        cell = next(cell for cell in self.document("r.json").tables[0].columns[3].cells if "第一行" in cell.text)
        self.assertEqual(cell.text, "第一行\n第二行\t格")


class Mail(OfficeCase):
    def draft(self, name, *more):
        return email.message_from_bytes(self.path(self.exported(name, "eml", *more)).read_bytes(),
                                        policy=email.policy.default)

    def parts(self, message):
        for part in message.walk():
            self.assertEqual(part.defects, [])
        return message.get_body(("plain",)).get_content(), list(message.iter_attachments())

    def test_the_draft(self):
        name = self.scored()
        message = self.draft(name, "--attach", "docx,xlsx,csv")
        body, attachments = self.parts(message)
        self.assertEqual(message["X-Unsent"], "1")
        self.assertEqual(message["Subject"].count(UNIT), 1)
        self.assertIsNone(message["To"])
        report = self.load(name)
        for text in [UNIT, "2026 年度", "自评：5分（已评4/84）", report["code"]]:
            self.assertIn(text, body)
        names = [part.get_filename() for part in attachments]
        self.assertEqual([name.rsplit(".", 1)[1] for name in names], ["json", "docx", "xlsx", "csv"])
        for filename in names:
            self.assertTrue(filename.startswith(UNIT), filename)
            self.assertIn(filename, body)
        self.assertEqual(attachments[0].get_content(), self.path(name).read_bytes())
        self.assertEqual(attachments[0].get_content_type(), "application/json")
        self.assertTrue(zipfile.ZipFile(io.BytesIO(attachments[1].get_content())).testzip() is None)
        for line in self.path("r.eml").read_bytes().split(b"\r\n"):
            self.assertLessEqual(len(line), 90)  # the longest is the type of a Word file
            self.assertNotIn(b"\n", line)
            line.decode("ascii")

    def test_no_person_is_named_in_the_body(self):
        name = self.new("ruian-2019-annex2", "r.json")
        self.fill_with(name, table(["姓名", "挂靠原因"], [["欧阳修", "因故"], ["司马光", "因故"]]))
        self.fill_with(name, "item,value\nheader.reporter,王安石\n")
        body, _ = self.parts(self.draft(name))
        self.assertIn("登记：2条", body)
        for person in ["欧阳修", "司马光", "王安石"]:
            self.assertNotIn(person, body)

    def test_a_unit_s_name_is_no_header(self):
        for unit in ["某院\r\nBcc: a@b.invalid\r\n\r\n正文", '某院"; filename="x.exe', "某院\nX: y",
                     "院" * 200, "👨‍👩‍👧" * 30 + "院", "=?UTF-8?B?5Zui?= 院"]:
            self.done("new", INSTRUMENT, "--unit", unit, "--period", "2026", "-o", "r.json")
            message = self.draft("r.json")
            _, attachments = self.parts(message)
            self.assertEqual(sorted(message.keys()), ["Content-Type", "Date", "MIME-Version", "Subject", "X-Unsent"])
            self.assertEqual(len(attachments), 1)
            stored = " ".join(self.load("r.json")["unit"].split())
            self.assertIn(stored, " ".join(message["Subject"].split()))
            filename = attachments[0].get_filename()
            self.assertTrue(filename.endswith(".json"), filename)
            self.assertLessEqual(len(filename), 120)
            self.assertEqual(attachments[0].get_content(), self.path("r.json").read_bytes())

    def test_what_cannot_be_attached(self):
        name = self.scored()
        self.refused("export", name, "--to", "eml", "--attach", "pdf", file="--attach", place="pdf", about="docx")
        self.refused("export", name, "--to", "html", "--attach", "docx", file="--attach", about="--to eml")
        self.refused("export", name, "--to", "eml", "--attach", "ics", file=name)


@unittest.skipUnless(openpyxl, "needs openpyxl")
class Same(OfficeCase):
    def test_the_same_report_gives_the_same_bytes(self):
        name = self.new("ruian-2019-annex3", "r.json")
        self.fill_with(name, table(HEADS["ruian-2019-annex3"][1:], organisations(500)))
        for format in ["xlsx", "docx", "eml"]:
            first = self.path(self.exported(name, format)).read_bytes()
            self.assertEqual(self.path(self.exported(name, format)).read_bytes(), first)


@unittest.skipUnless(shutil.which("soffice") and shutil.which("pdftotext"), "needs LibreOffice and pdftotext")
class InLibreOffice(OfficeCase):
    def printed(self, *outputs):
        """The pages that LibreOffice makes of files, as texts without blanks."""
        subprocess.run(["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless",
                        "--convert-to", "pdf", "--outdir", "pdf", *outputs],
                       cwd=self.folder, check=True, capture_output=True, timeout=90)
        pages = []
        for output in outputs:
            pdf = self.path("pdf") / (output.rsplit(".", 1)[0] + ".pdf")
            text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode()
            pages.append([solid(page) for page in text.split("\f")[:-1]])
        return pages

    def test_rosters_on_paper(self):
        name = self.new("ruian-2019-annex3", "r.json")
        self.fill_with(name, table(HEADS["ruian-2019-annex3"][1:], organisations(60)))
        code = self.load(name)["code"]
        for format in ["docx", "xlsx"]:
            pages, = self.printed(self.exported(name, format))
            self.assertGreater(len(pages), 1)
            for number, page in enumerate(pages, 1):
                self.assertIn("党组织名称", page)
                self.assertIn(f"第{number}页/共{len(pages)}页", page)
                self.assertIn(code, page)
            text = "".join(pages)
            for n in range(60):
                self.assertEqual(text.count(f"书记{n + 1}号"), 1)
            for hostile in HOSTILE[3:7]:
                self.assertIn(solid(hostile), text)
            self.assertIn("2024年1月1日", text)

    def test_the_score_table_on_paper(self):
        name = self.scored()
        code = self.load(name)["code"]
        for format in ["docx", "xlsx"]:
            pages, = self.printed(self.exported(name, format))
            text = "".join(pages)
            for words in ["党建工作“强基提质”标准化创建量化表", "强化党组织发挥作用", "整改台账齐全", "=1+1", "（盖章处）", "备注",
                          f"申报单位党委名称：{UNIT}"]:
                self.assertIn(words, text, format)
            self.assertTrue(all(code in page for page in pages))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
