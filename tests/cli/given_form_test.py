"""Word forms as a bureau sends them, filled: given_form_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import io
import json
import re
import shutil
import struct
import subprocess
import sys
import time
import unittest
import zipfile

import cli_test
from cli_test import INSTRUMENT, UNIT
from forms_test import FormCase
from roster_print_test import solid, table

try:
    import docx

    import given_forms
except ImportError:
    docx = None

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PEOPLE = [[f"党员{n}号", f"19{60 + n}-03", "某公司 & <b>", "2018-05", "某市", "\u202e原因", "是"] for n in range(1, 10)]


@unittest.skipUnless(docx, "needs python-docx")
class GivenForm(FormCase):
    def setUp(self):
        super().setUp()
        self.period = "2019"

    def save(self, document, name="given.docx"):
        document.save(self.path(name))
        return name

    def match(self, report, given="given.docx"):
        return json.loads(self.done("export", report, "--to", "docx", "--into", given, "--dry-run", "--format", "json"))

    def fill_into(self, report, given="given.docx", *more):
        """The filled document, after checking that nothing but text was put in."""
        code, _, self.notices = self.run_command("export", report, "--lang", "zh", "--to", "docx", "--into", given, *more,
                                                 "-o", "out.docx")
        self.assertEqual(code, 0, self.notices)
        self.assert_only_filled(given, "out.docx")
        return docx.Document(self.path("out.docx"))

    def assert_only_filled(self, before, after):
        old, new = zipfile.ZipFile(self.path(before)), zipfile.ZipFile(self.path(after))
        self.assertIsNone(new.testzip())
        self.assertEqual(old.namelist(), new.namelist())
        for name in old.namelist():
            if name != "word/document.xml":
                self.assertEqual(old.read(name), new.read(name), name)
                self.assertEqual(old.getinfo(name).date_time, new.getinfo(name).date_time)
        old_xml, new_xml = (self.without_blanks(file.read("word/document.xml").decode()) for file in (old, new))
        characters = iter(new_xml)
        self.assertTrue(all(one in characters for one in old_xml), "something of the given text is gone")

    @staticmethod
    def without_blanks(xml):
        """What must stay: all but blanks, whose place a value takes. An empty paragraph gets an end of its own."""
        xml = re.sub(r"<w:p( [^>]*)?/>", r"<w:p\1></w:p>", xml)
        return re.sub(r">[^<]*<", lambda text: re.sub(r"[ \u3000_]", "", text[0]), xml)

    def scored(self, lines):
        self.report("r.json", lines)
        return "r.json"

    def roster(self, number, columns, rows):
        name = self.new(f"ruian-2019-annex{number}", f"annex{number}.json", "2019")
        self.fill_with(name, table(columns, rows))
        return name


class Scored(GivenForm):
    def test_every_criterion_of_the_source_s_layout_finds_its_cell(self):
        self.save(given_forms.jilin())
        match = self.match(self.scored("1.1.1,2,\n"))
        items = [link for link in match["links"] if link["kind"] == "item"]
        self.assertEqual(len(items), 84)
        self.assertEqual({link["confidence"] for link in items}, {"exact"})
        rows = {link["id"]: link["row"] for link in items}
        self.assertEqual([rows["item.1.1.1"], rows["item.1.1.2"], rows["item.1.2.1"], rows["item.9.1.4"]], [2, 2, 3, 25])
        self.assertEqual(match["gaps"], [])

    def test_several_criteria_of_one_cell_stand_below_each_other(self):
        self.save(given_forms.jilin())
        paper = self.fill_into(self.scored('1.1.1,2,已落实\n1.1.2,0.5,"一\n二"\n1.2.1,1,<b>&amp;\n6.1.1,1,入驻\n'))
        rows = paper.tables[0].rows
        self.assertEqual([cell.text.strip() for cell in rows[1].cells[3:6]], ["1：已落实\n2：一\n二", "1：2\n2：0.5", ""])
        self.assertEqual([cell.text.strip() for cell in rows[2].cells[3:5]], ["<b>&amp;", "1"])
        head = next(p.text for p in paper.paragraphs if "申报单位党委名称" in p.text)
        self.assertRegex(head, rf"^申报单位党委名称：{UNIT} +得分：4.5分.* +申报时间：      年   月  日$")

    def test_the_date_goes_between_its_units(self):
        document = given_forms.jilin()
        self.save(document)
        self.report("r.json")
        self.fill_with("r.json", "item,value\nheader.date,2026-11-05\n")
        head = next(p.text for p in self.fill_into("r.json").paragraphs if "申报时间" in p.text)
        self.assertRegex(head, r"申报时间：  2026年 11月 5日$")

    def test_a_date_without_units_is_written_in_words(self):
        document = given_forms.jilin()
        document.add_paragraph("单位名称：____________  填报日期：")
        document.paragraphs[2].clear()
        document.add_paragraph("申报时间：")
        self.save(document)
        self.report("r.json", "1.1.1,2,\n")
        self.fill_with("r.json", "item,value\nheader.date,2026-11-05\n")
        self.assertEqual(self.fill_into("r.json").paragraphs[-1].text, "申报时间：2026年11月5日")

    def test_a_row_for_each_criterion_under_tracked_changes(self):
        document = docx.Document()
        document.add_paragraph("申报单位：")
        paper = given_forms.add_table(document, 5, 4)
        for column, text in enumerate(["标准", "分值", "落实情况", "自评得分"]):
            paper.cell(0, column).text = text
        given_forms.track(paper.cell(1, 0).paragraphs[0], "del", "旧的说法")
        given_forms.track(paper.cell(1, 0).paragraphs[0], "ins", "落实党委领导下的院长负责制")
        paper.cell(2, 0).text = "本局另加的一项"
        paper.cell(3, 0).text = "党组织领导班子成员没有受到党纪政务处理"
        paper.cell(4, 0).text = "依托“新时代e支部”实行党员积分制管理和支部标准化规范化创星"
        paper.cell(4, 2).text = "局里已填"
        given_forms.track(paper.cell(1, 3).paragraphs[0], "del", "9")
        for row in range(1, 5):
            paper.cell(row, 1).text = "1"
        self.save(document)
        report = self.scored("1.1.1,2,甲\n3.3.4,1,乙\n6.1.1,1,丙\n7.1.1,1,丁\n")
        links = {link["id"]: link for link in self.match(report)["links"]}
        self.assertEqual(links["item.1.1.1"]["confidence"], "exact")
        self.assertEqual(links["item.3.3.4"]["confidence"], "similar")
        rows = self.fill_into(report).tables[0].rows
        self.assertEqual([[cell.text for cell in row.cells[2:]] for row in rows[1:]],
                         [["甲", "2"], ["", ""], ["乙", "1"], ["局里已填", "1"]])
        for words in ["本局另加的一项", "已有内容", "本应填 丙", "建功十三五"]:
            self.assertIn(words, self.notices)

    def test_what_is_left_out_stays_blank(self):
        self.save(given_forms.jilin())
        report = self.scored("1.1.1,2,甲\n1.2.1,1,乙\n")
        rows = self.fill_into(report, "given.docx", "--skip", "item.1.1.1,column.1.4,head.unit").tables[0].rows
        self.assertEqual([rows[1].cells[4].text.strip(), rows[2].cells[3].text.strip(), rows[2].cells[4].text], ["", "", "1"])


class Checklists(GivenForm):
    def test_annex_1(self):
        self.save(given_forms.annex1())
        name = self.new("ruian-2019-annex1", "a.json", "2019")
        self.fill_with(name, "item,value,note\nheader.date,2019-08-09,\nheader.reporter,王某,\n1.1.1,是,二楼\n1.2.1,全部,\n"
                             "2.1.2,是,\n2.2.1,3,\n2.4.2,否,\n")
        match = self.match(name)
        self.assertEqual(len([link for link in match["links"] if link["kind"] == "item"]), 15)
        paper = self.fill_into(name)
        answers = {row.cells[2].text: row.cells[3].text for row in paper.tables[0].rows}
        self.assertEqual(answers["有固定的党员活动室"], "是\n备注：二楼")
        self.assertEqual([row.cells[3].text for row in paper.tables[0].rows if row.cells[2].text == "有记录"], ["是", "否"])
        texts = [p.text for p in paper.paragraphs]
        self.assertRegex(texts[2], rf"^填报单位（盖章）：{UNIT} +2019年  8月 9日$")
        self.assertRegex(texts[-1], "^填报人：王某 +联系电话：$")

    def test_another_year_is_not_written_over(self):
        self.save(given_forms.annex1())
        name = self.new("ruian-2019-annex1", "a.json", "2026")
        self.fill_with(name, "item,value\nheader.date,2026-08-09\n1.1.1,是\n")
        paper = self.fill_into(name)
        self.assertIn("2019年   月  日", paper.paragraphs[2].text)
        self.assertIn("另一年", self.notices)


class Rosters(GivenForm):
    COLUMNS = ["姓名", "出生年月", "现工作单位", "工作关系转出时间", "户籍所在地", "挂靠原因", "是否确需挂靠"]

    def test_rows_are_added_as_needed(self):
        self.save(given_forms.annex(2))
        paper = self.fill_into(self.roster(2, self.COLUMNS, PEOPLE))
        rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
        self.assertEqual(len(rows), 10)
        for number, (row, person) in enumerate(zip(rows[1:], PEOPLE), 1):
            self.assertEqual(row, [str(number), person[0], f"19{60 + number}年3月", "某公司 & <b>", "2018年5月", "某市", "原因",
                                   "是"])

    def test_every_annex_of_one_notice_goes_to_its_own_table(self):
        document = given_forms.annex1()
        for number in (2, 3, 4):
            given_forms.append_all(document, given_forms.annex(number))
        self.save(document)
        for number, heads, rows in [
                (2, self.COLUMNS, PEOPLE[:2]),
                (3, ["党组织名称", "上次换届时间", "书记姓名"], [["甲支部", "2016-01", "李四"]]),
                (4, ["姓名", "出生年月", "备注"], [["赵六", "1970-01", "无"]])]:
            paper = self.fill_into(self.roster(number, heads, rows))
            filled = [index for index, one in enumerate(paper.tables) if one.cell(1, 1).text == rows[0][0]]
            self.assertEqual(filled, [number - 1])

    def test_two_rows_of_headings_printed_numbers_and_the_letters_of_the_blank_row(self):
        self.save(given_forms.two_headings())
        names = [["甲支部", "李四", "主任", "2016-02"], ["乙支部", "王五", "护士长", "2017-02"], ["丙支部", "赵六", "院长", "2018-02"]]
        paper = self.fill_into(self.roster(3, ["党组织名称", "书记姓名", "书记行政职务", "书记任职时间"], names))
        rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows[2:]]
        self.assertEqual(rows, [[str(n), *name[:3], name[3].replace("-0", "年") + "月", ""] for n, name in enumerate(names, 1)])
        run = paper.tables[0].cell(4, 1).paragraphs[0].runs[0]
        self.assertEqual(run.font.size.pt, 9)

    def test_without_an_empty_row_nothing_is_lost_in_silence(self):
        document = given_forms.annex(2, rows=1)
        document.tables[0].cell(1, 1).text = "已经有人"
        self.save(document)
        self.fill_into(self.roster(2, self.COLUMNS, PEOPLE))
        self.assertIn("没有空行，9 行名单没有填", self.notices)


class Hostile(GivenForm):
    """What is no form to be filled is refused at once, and the output stays as it was."""

    def refuse(self, content, about):
        self.path("bad.docx").write_bytes(content)
        self.write("out.docx", "untouched")
        began = time.monotonic()
        self.refused("export", self.scored("1.1.1,2,\n"), "--to", "docx", "--into", "bad.docx", "-o", "out.docx",
                     file="bad.docx", about=about)
        self.assertLess(time.monotonic() - began, 10)
        self.assertEqual(self.path("out.docx").read_text(), "untouched")

    def given(self, change=None, extra=None):
        """A form's bytes with another main part, or with more parts."""
        name = self.save(given_forms.jilin())
        out = io.BytesIO()
        with zipfile.ZipFile(self.path(name)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.namelist():
                content = old.read(entry)
                new.writestr(entry, change(content) if change and entry == "word/document.xml" else content)
            for entry, content in (extra or {}).items():
                new.writestr(entry, content)
        return out.getvalue()

    def test_other_files(self):
        self.refuse(b"", "Word")
        self.refuse(b"%PDF-1.7\n", "Word")
        self.refuse(self.given()[:-200], "")
        self.refuse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), ".doc")
        self.refuse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as workbook:
            workbook.writestr("_rels/.rels", '<Relationships xmlns="x"><Relationship Type="a/relationships/officeDocument" '
                                             'Target="xl/workbook.xml"/></Relationships>')
        self.refuse(out.getvalue(), "Word")

    def test_macros(self):
        self.refuse(self.given(extra={"word/vbaProject.bin": b"macro"}), "macros")

    def test_bombs(self):
        self.refuse(self.given(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b" " * (200 << 20))), "MiB")
        lies = bytearray(self.given(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b" " * (200 << 20))))
        at = lies.rfind(b"word/document.xml") - 46
        struct.pack_into("<I", lies, at + 24, 1000)  # the size that the list of entries claims
        self.refuse(bytes(lies), "")
        deep = b"<w:tbl><w:tr><w:tc>" * 40 + b"</w:tc></w:tr></w:tbl>" * 40
        self.refuse(self.given(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + deep)), "8")
        self.refuse(self.given(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:x>" * 100_000)), "")
        rows = b"<w:tbl>" + b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 30_000 + b"</w:tbl>"
        self.refuse(self.given(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + rows)), "10000")

    def test_entities(self):
        billion = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        outside = b'<!DOCTYPE w SYSTEM "file:///etc/passwd">'
        for declaration in (billion, outside):
            self.refuse(self.given(lambda xml: xml.replace(b"?>", b"?>" + declaration, 1)), "definitions")

    def test_entries_that_lie_over_each_other(self):
        bytes_ = bytearray(self.given())
        at = bytes_.rfind(b"word/styles.xml") - 46
        struct.pack_into("<I", bytes_, at + 20, len(bytes_) * 2)
        self.refuse(bytes(bytes_), "damaged")

    def test_another_form_s_paper(self):
        self.save(given_forms.annex(2))
        self.refused("export", self.scored("1.1.1,2,\n"), "--to", "docx", "--into", "given.docx", "-o", "out.docx",
                     file="given.docx", about="fits")

    def test_options_that_do_not_fit(self):
        report = self.scored("")
        self.refused("export", report, "--to", "html", "--into", "given.docx", file="--into", about="--to docx")
        self.refused("export", report, "--to", "docx", "--dry-run", file="--into")


@unittest.skipUnless(shutil.which("soffice") and shutil.which("pdftotext"), "needs LibreOffice and pdftotext")
class InLibreOffice(GivenForm):
    def test_the_filled_forms_open_and_show_every_text(self):
        self.save(given_forms.jilin())
        self.fill_into(self.scored('1.1.1,2,"第一行\n第二行"\n1.2.1,1,章程第三章\n'))
        self.path("out.docx").rename(self.path("jilin.docx"))
        self.save(given_forms.annex(2))
        self.fill_into(self.roster(2, Rosters.COLUMNS, PEOPLE))
        subprocess.run(["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless",
                        "--convert-to", "pdf", "jilin.docx", "out.docx"], cwd=self.folder, check=True, capture_output=True,
                       timeout=90)
        jilin, roster = (solid(subprocess.run(["pdftotext", "-layout", self.path(name), "-"], check=True,
                                              capture_output=True).stdout.decode()) for name in ("jilin.pdf", "out.pdf"))
        for words in ["1：第一行", "第二行", "章程第三章", f"申报单位党委名称：{UNIT}", "得分：3分"]:
            self.assertIn(words, jilin)
        for person in PEOPLE:
            self.assertIn(person[0], roster)
        self.assertEqual(roster.count("<b>"), len(PEOPLE))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
