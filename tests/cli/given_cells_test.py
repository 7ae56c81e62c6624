"""Cells of a bureau's Word form that look empty, are controls, or ask for a tick or a figure:
given_cells_test.py [PATH_TO_DUIBIAO]."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DUIBIAO = os.environ.get("DUIBIAO", str(ROOT / "build/native/duibiao"))
NAMESPACES = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
              'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"')
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
         '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATIONSHIPS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                 '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                 'officeDocument" Target="word/document.xml"/></Relationships>')


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner):
    return f"<w:p>{inner}</w:p>"


def cell(inner):
    return f"<w:tc>{inner if inner.startswith('<w:p') else paragraph(inner)}</w:tc>"


def table(rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def write_docx(path, body):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONSHIPS)
        archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}'
                         "</w:body></w:document>")


def box(checked="0", sign="☐"):
    return (f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/><w14:checkedState w14:val="2612" '
            'w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>")


PLACEHOLDER = ('<w:sdt><w:sdtPr><w:placeholder><w:docPart w:val="D"/></w:placeholder><w:showingPlcHdr/><w:text/></w:sdtPr>'
               '<w:sdtContent><w:r><w:rPr><w:rStyle w:val="a3"/></w:rPr><w:t>单击或点击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt>')
SIGN = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
FORM_BOX = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'
            '</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
FORM_TEXT = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
             '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
             + run("\u2002" * 5) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="duibiao-cells-"))
        self.addCleanup(__import__("shutil").rmtree, self.folder, True)

    def run_command(self, *arguments):
        done = subprocess.run([DUIBIAO, *map(str, arguments)], capture_output=True, timeout=60, cwd=self.folder,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "zh_CN.UTF-8", "HOME": str(self.folder)})
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode() + done.stderr.decode()

    def report(self, form, answers):
        """A report with these answers."""
        report = self.folder / "report.json"
        self.run_command("new", form, "--unit", "市第一医院党委", "--period", "2026", "-o", report)
        (self.folder / "answers.csv").write_text(answers)
        self.run_command("fill", report, "--from", self.folder / "answers.csv", "-o", report)
        return report

    def filled(self, report, body):
        write_docx(self.folder / "given.docx", body)
        out = self.folder / "filled.docx"
        said = self.run_command("export", report, "--to", "docx", "--into", self.folder / "given.docx", "-o", out)
        with zipfile.ZipFile(out) as archive:
            return archive.read("word/document.xml").decode(), said

    @staticmethod
    def texts(xml):
        return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)) for one in re.findall(r"<w:tc>.*?</w:tc>", xml, re.S)]


class Scored(Case):
    head = [cell(run("具体标准")), cell(run("分值")), cell(run("落实情况")), cell(run("自评得分"))]

    def fill_first(self, note, score):
        report = self.report("jilin-committee", "item,score,note\n1.1.1,2,已落实\n")
        body = table([self.head, [cell(run("落实党委领导下的院长负责制")), cell(run("2")), note, score],
                      [cell(run("二级以上公立医院，党委书记与院长分设")), cell(run("1")), cell(""), cell("")]])
        return self.filled(report, body)

    def test_what_only_looks_empty_is_empty(self):
        for blank in ("\u00a0", "\u2002\u2003", "\u3000", "\u200b", "\t", "____", "＿＿", "——", "/", "－", "\ufeff \u2009",
                      # More of the kind: other blanks and other strokes.
                      "\u2007", "\u205f", "\u180e", "\u3164", "\u2800", "_ _ _", "--", "╱", "／", "﹍﹍", "ˍˍ", "─", "\uf020"):
            with self.subTest(blank):
                xml, _ = self.fill_first(cell(run(blank)), cell(run(blank)))
                note, score = self.texts(xml)[6:8]
                self.assertEqual(note.strip("\u200b\ufeff \u00a0\u2002\u2003\u2007\u2009\u205f\u180e\u2800\u3164\u3000\t"), "已落实")
                self.assertEqual(score.strip("\u200b\ufeff \u00a0\u2002\u2003\u2007\u2009\u205f\u180e\u2800\u3164\u3000\t"), "2")

    def test_a_form_fields_blanks_are_empty(self):
        xml, _ = self.fill_first(cell(FORM_TEXT), cell(FORM_TEXT))
        self.assertEqual([text.strip("\u2002") for text in self.texts(xml)[6:8]], ["已落实", "2"])

    def test_a_placeholder_gives_way(self):
        block = PLACEHOLDER.replace("<w:r><w:rPr>", "<w:p><w:r><w:rPr>").replace("</w:t></w:r></w:sdtContent>",
                                                                                "</w:t></w:r></w:p></w:sdtContent>")
        around = block.replace("<w:sdtContent>", "<w:sdtContent><w:tc>").replace("</w:sdtContent>", "</w:tc></w:sdtContent>")
        for note, score in ((cell(PLACEHOLDER), cell(PLACEHOLDER)), (f"<w:tc>{block}</w:tc>", around)):
            xml, _ = self.fill_first(note, score)
            self.assertEqual(self.texts(xml)[6:8], ["已落实", "2"])
            self.assertNotIn("单击", xml)
            self.assertNotIn("showingPlcHdr", xml)
            self.assertNotIn("a3", xml)

    def test_a_control_that_was_filled_stays(self):
        other = PLACEHOLDER.replace("<w:showingPlcHdr/>", "").replace("单击或点击此处输入文字。", "另有说明")
        xml, said = self.fill_first(cell(other), cell(""))
        self.assertEqual(self.texts(xml)[6:8], ["另有说明", "2"])

    def test_the_head_lines_controls_are_filled(self):
        report = self.report("jilin-committee", "item,score,note\n1.1.1,2,已落实\nheader.date,,2026-11-05\n")
        line = paragraph(run("申报单位党委名称：") + PLACEHOLDER + run("    申报时间：") + PLACEHOLDER)
        body = line + table([self.head, [cell(run("落实党委领导下的院长负责制")), cell(run("2")), cell(""), cell("")]])
        xml, _ = self.filled(report, body)
        text = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml.split("<w:tbl>")[0]))
        self.assertEqual(text, "申报单位党委名称：市第一医院党委    申报时间：2026年11月5日")


class Checklist(Case):
    room = "有固定的党员活动室"
    signs = "有党旗、有入党誓词、有党员权利和义务、有党支部工作制度、有党员形象栏、有党务公开栏。"

    def fill(self, inner, value="是", item="1.1.1", label=room):
        report = self.report("ruian-2019-annex1", f"item,value,note\n{item},{value},\n")
        body = table([[cell(run("工作内容")), cell(run("情况记录"))], [cell(run(label)), cell(inner)]])
        xml, said = self.filled(report, body)
        return xml, self.texts(xml)[3], said

    def test_plain_boxes_are_ticked_in_place(self):
        for given, value, ticked in (("□是　□否", "是", "☑是　□否"), ("□是　□否", "否", "□是　☑否"), ("是□  否□", "是", "是☑  否□"),
                                     ("☐ 有 ☐ 无", "是", "☑ 有 ☐ 无"), ("○是 ○否", "否", "○是 ●否"), ("情况：□是；□否", "是", "情况：☑是；□否"),
                                     ("□", "是", "☑"), ("□是\u3000\u3000□否。", "否", "□是\u3000\u3000☑否。"),
                                     # More of the kind: other boxes, boxes that were typed, brackets, numbered choices.
                                     ("⬜是 ⬜否", "是", "☑是 ⬜否"), ("◯是 ◯否", "否", "◯是 ●否"), ("〇是 〇否", "是", "●是 〇否"),
                                     ("口是 口否", "否", "口是 ☑否"), ("囗是囗否", "是", "☑是囗否"), ("[ ]是 [ ]否", "是", "[√]是 [ ]否"),
                                     ("（ ）是（ ）否", "否", "（ ）是（√）否"), ("是（　）否（　）", "是", "是（√）否（　）"),
                                     ("□1.是 □2.否", "是", "☑1.是 □2.否"), ("□A.是□B.否", "否", "□A.是☑B.否"),
                                     ("□ 是、□ 否", "是", "☑ 是、□ 否"), ("□是 □否 □不适用", "否", "□是 ☑否 □不适用"),
                                     ("□符合 □不符合", "否", "□符合 ☑不符合"), ("□已建立 □未建立", "是", "☑已建立 □未建立"),
                                     ("□未建立 □已建立", "否", "☑未建立 □已建立"), ("□有问题 □没有问题", "否", "□有问题 ☑没有问题"),
                                     ("□合格□不合格", "是", "☑合格□不合格"), ("□建立 □无建立", "是", "☑建立 □无建立")):
            with self.subTest(given):
                self.assertEqual(self.fill(run(given), value)[1], ticked)

    def test_boxes_in_runs_of_their_own(self):
        inner = run("□") + run("是") + run("□") + run("否")
        self.assertEqual(self.fill(inner, "否")[1], "□是☑否")

    def test_several_boxes_are_ticked(self):
        given = "□党旗 □入党誓词 □党员权利和义务 □党支部工作制度 □党员形象栏 □党务公开栏"
        xml, text, _ = self.fill(run(given), "党旗、党务公开栏", "1.2.1", self.signs)
        self.assertEqual(text, given.replace("□党旗", "☑党旗").replace("□党务", "☑党务"))

    def test_controls_change_their_state_and_their_sign(self):
        xml, text, _ = self.fill(box() + run("是　") + box() + run("否"), "否")
        self.assertEqual(text, "☐是　☒否")
        self.assertEqual(re.findall(r'w14:checked w14:val="(.)"', xml), ["0", "1"])

    def test_signs_of_wingdings(self):
        xml, _, _ = self.fill(SIGN + run("是　") + SIGN + run("否"))
        self.assertEqual(re.findall(r'w:char="(....)"', xml), ["F0FE", "F0A8"])

    def test_letters_of_wingdings(self):
        font = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>{}</w:t></w:r>'
        for letter, ticked in (("o", "\u00fe"), ("\u00a8", "\u00fe"), ("\uf06f", "\uf0fe"), ("\uf0a8", "\uf0fe")):
            inner = font.format(letter) + run("是　") + font.format(letter) + run("否")
            self.assertEqual(self.fill(inner, "否")[1], f"{letter}是　{ticked}否")

    def test_hidden_text_is_no_content(self):
        hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>填表提示</w:t></w:r>'
        self.assertEqual(self.fill(hidden, "是")[1].replace("填表提示", ""), "是")

    def test_boxes_of_form_fields(self):
        xml, _, _ = self.fill(FORM_BOX + run("是　") + FORM_BOX + run("否"), "否")
        first, second = re.findall(r"<w:checkBox>.*?</w:checkBox>", xml)
        self.assertNotIn("<w:checked/>", first)
        self.assertIn("<w:checked/></w:checkBox>", second)

    def test_a_figure_goes_into_its_gap(self):
        for given, filled in (("     次", " 3 次"), ("（  ）次", "（3）次"), ("（　）次", "（3）次"), ("共____次", "共 3 次"),
                              ("(   )次", "( 3 )次"), ("开展\u00a0\u00a0\u00a0次", "开展 3 次"), ("＿＿次", "3次"), ("（）次", "（3）次"), ("第（ ）次", "第（3）次"),
                              ("【  】次", "【3】次"), ("(__)次", "(3)次"), ("（ 　）次（合计）", "（3）次（合计）"), ("_____", "3次")):
            with self.subTest(given):
                self.assertEqual(self.fill(run(given), "3", "2.1.1", "本年度开展次数")[1], filled)

    def test_what_has_no_such_place_stays_and_is_said(self):
        for given, value, item, label in (("☑是 □否", "否", "1.1.1", self.room), ("□优 □良", "是", "1.1.1", self.room),
                                          ("（  ）次（  ）人", "3", "2.1.1", "本年度开展次数"), ("上年 2 次", "3", "2.1.1", "本年度开展次数"),
                                          ("□党旗 □其他", "党旗、入党誓词", "1.2.1", self.signs), ("■是□否", "否", "1.1.1", self.room),
                                          ("□是（√）□否", "否", "1.1.1", self.room), ("口腔科有、口外科无", "是", "1.1.1", self.room),
                                          ("人口有变化", "是", "1.1.1", self.room), ("二〇二六年有", "是", "1.1.1", self.room),
                                          ("（）次（）人", "3", "2.1.1", "本年度开展次数"), ("是/否", "是", "1.1.1", self.room)):
            with self.subTest(given):
                _, text, said = self.fill(run(given), value, item, label)
                self.assertEqual(text, given)
                self.assertIn("已有内容", said)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and os.path.exists(sys.argv[1]):
        DUIBIAO = os.path.abspath(sys.argv.pop(1))
    unittest.main()
