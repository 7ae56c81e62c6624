"""Tables, reports and mails as real offices send them, read by the command: inputs_test.py [PATH_TO_DUIBIAO]."""

import base64
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DUIBIAO = os.environ.get("DUIBIAO", str(ROOT / "build/native/duibiao"))
UNIT = "市第一医院党委"
SCORED = "jilin-committee"
LEDGER = "ledger"
ROSTER = "ruian-2019-annex2"
TERMS = "ruian-2019-annex3"
APPRAISAL = "shaoxing-2017-appraisal"


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="duibiao-inputs-"))
        self.addCleanup(__import__("shutil").rmtree, self.folder, True)

    def run_command(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "zh_CN.UTF-8", "HOME": str(self.folder)}
        done = subprocess.run([DUIBIAO, *map(str, arguments)], capture_output=True, timeout=60, cwd=self.folder,
                              env=environment)
        self.assertGreaterEqual(done.returncode, 0, done.stderr.decode())
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def new(self, form):
        path = self.folder / f"{form}.json"
        code, _, errors = self.run_command("new", form, "--unit", UNIT, "--period", "2026", "-o", path)
        self.assertEqual(code, 0, errors)
        return path

    def fill(self, form, table, name="table.csv", report=None):
        """Exit code, the rows or scores that stand afterwards, and what was said."""
        report = report or self.new(form)
        path = self.folder / name
        path.write_bytes(table if isinstance(table, bytes) else table.encode())
        out = self.folder / "out.json"
        out.unlink(missing_ok=True)
        code, _, errors = self.run_command("fill", report, "--from", path, "-o", out)
        self.assertEqual(code == 0, out.exists(), "all or nothing")
        log = json.loads(out.read_text())["log"] if out.exists() else []
        values = [edit.get("after") for edit in log if edit["field"] in ("cells", "score")]
        return code, values, errors

    def rows(self, form, table, **options):
        code, values, errors = self.fill(form, table, **options)
        self.assertEqual(code, 0, errors)
        return values

    def refused(self, form, table, *words, **options):
        code, _, errors = self.fill(form, table, **options)
        self.assertEqual(code, 2, errors)
        for word in words:
            self.assertIn(word, errors)


class CaseTables(Case):
    def test_each_comes_out_as_it_should(self):
        for case in json.loads((ROOT / "tests/cases/tables.json").read_text()):
            with self.subTest(case["case"]):
                table = self.table_of(case)
                if "refused" in case:
                    self.refused(case["form"], table, *case["refused"])
                    continue
                code, values, said = self.fill(case["form"], table)
                self.assertEqual(code, 0, said)
                self.assertEqual(values, case.get("rows") or case["scores"])
                for word in case.get("said", []):
                    self.assertIn(word, said)

    @staticmethod
    def table_of(case):
        if "file" in case:
            return (ROOT / "tests/cases" / case["file"]).read_bytes()
        return base64.b64decode(case["base64"]) if "base64" in case else case["text"]


class Workbooks(Case):
    """Whole files; what their cells say stands in the case tables."""

    plain = ROOT / "tests/cases/workbooks/plain.libreoffice.xlsx"
    right = ["2026-03-05\t支委会\t内科党支部\t研究 发展党员", '2026-03-06\t党课\t外科党支部\t学习"条例"',
             '2026-03-07\t党员大会\t"先锋"党支部\t"一站式"服务']

    def packed(self, *names, content=None):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.writestr(name, content or self.plain.read_bytes())
        return packed.getvalue()

    def test_one_in_an_archive_or_a_mail_is_read_and_two_are_not(self):
        self.assertEqual(self.rows(LEDGER, self.packed("台账.xlsx")), self.right)
        self.refused(LEDGER, self.packed("一.xlsx", "二.xlsx"), "2 个")
        mail = (b"From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                b"Content-Type: application/octet-stream; name=a.xlsx\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + base64.encodebytes(self.plain.read_bytes()) + b"\r\n--b--\r\n")
        self.assertEqual(self.rows(LEDGER, mail), self.right)

    def changed(self, entry, content):
        """The workbook with another entry, in the place of the one of that name or beside all."""
        packed = io.BytesIO()
        with zipfile.ZipFile(self.plain) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in given.namelist():
                if name != entry:
                    archive.writestr(name, given.read(name))
            archive.writestr(entry, content)
        return packed.getvalue()

    def test_macros_are_passed_over_and_damage_is_named(self):
        self.assertEqual(self.rows(LEDGER, self.changed("xl/vbaProject.bin", b"\0" * 99), name="a.xlsm"), self.right)
        self.refused(LEDGER, self.plain.read_bytes()[:-400], "损坏")
        self.refused(LEDGER, self.changed("xl/worksheets/sheet1.xml", "<worksheet"), "xl/worksheets/sheet1.xml")
        bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
        self.refused(LEDGER, self.changed("xl/sharedStrings.xml", bomb), "xl/sharedStrings.xml")
        self.refused(LEDGER, self.changed("xl/sharedStrings.xml", b" " * (300 << 20)), "256 MiB")

    def test_what_has_a_password_or_another_format_says_what_to_do(self):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        self.refused(LEDGER, ole + "EncryptedPackage".encode("utf-16-le"), "密码")
        self.refused(LEDGER, self.packed("[Content_Types].xml", "xl/workbook.bin"), ".xlsb", "另存")
        path = self.folder / "a.xlsx"
        path.write_bytes(self.plain.read_bytes())
        code, _, errors = self.run_command("score", path)
        self.assertEqual(code, 2)
        self.assertIn("fill", errors)

    def test_a_hundred_thousand_rows_are_read_and_one_more_is_not(self):
        def sheet(count):
            row = ('<row><c t="inlineStr"><is><t>2026-03-05</t></is></c><c t="inlineStr"><is><t>党课</t></is></c></row>')
            head = row.replace("2026-03-05", "日期").replace("党课", "类型")
            return ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    + head + row * count + "</sheetData></worksheet>")

        self.refused(LEDGER, self.changed("xl/worksheets/sheet1.xml", sheet(100_001)), "100000")
        self.refused(LEDGER, self.changed("xl/worksheets/sheet1.xml", sheet(101_000)), "100000")
        rows = self.rows(LEDGER, self.changed("xl/worksheets/sheet1.xml", sheet(100_000)))
        self.assertEqual(len(rows), 100_000)


class Texts(Case):
    def test_characters_without_a_picture_are_no_part_of_dates_kinds_heads_numbers_and_ids(self):
        table = ("日期\u200b,类型,主题\n\u200e2026-03-05,支委会,a\n2026-03-06\u200b,支委会,b\n2026-03-07\u2003,支委会,c\n"
                 "2026年3月8日\u2009,支委会,d\n2026-03-09,支委会\u200b,e\n2026-03-10\u200f,支委会,f\n")
        self.assertEqual([row.split("\t")[:2] for row in self.rows(LEDGER, table)],
                         [[f"2026-03-{day:02}", "支委会"] for day in range(5, 11)])
        scores = ("item,score,note\n\u200b1.1.1,2\u200b,甲\n1.1.2,\u200e1,乙\n1.2.1,1\u2003,丙\n2.1.1,\u20021,丁\n"
                  "2.1.2,1\u2060,戊\n")
        self.assertEqual(self.rows(SCORED, scores), [2, 1, 1, 1, 1])

    def test_one_person_in_two_spellings_is_found_twice(self):
        head = "姓名,出生年月,现工作单位,工作关系转出时间,户籍所在地,挂靠原因,是否确需挂靠\n"
        rest = "1985-03,某公司,2025-03,某市,原因,是\n"
        self.fill(ROSTER, head + "".join(name + "," + rest for name in ("甲某", "甲某\u200b", "乙某", "乙 某", "丙某")))
        code, out, _ = self.run_command("check", self.folder / "out.json", "--as-of", "2026-11-30", "--format", "json")
        doubled = [finding for finding in json.loads(out)["findings"] if finding["code"] == "row-doubled"]
        self.assertEqual(len(doubled), 2, out)
        names = [row.split("\t")[0] for row in
                 [edit["after"] for edit in json.loads((self.folder / "out.json").read_text())["log"]
                  if edit["field"] == "cells"]]
        self.assertEqual(names, ["甲某", "甲某\u200b", "乙某", "乙 某", "丙某"], "what was typed stays as typed")

    def test_dates_with_times_weekdays_and_chinese_numerals(self):
        spellings = ["2026/3/5 0:00", "2026-03-05 00:00:00", "2026/3/5 14:30", "2026-03-05T00:00:00",
                     "2026年3月5日 星期四", "2026年3月5日星期四", "2026年3月5日（周四）", "2026年3月5日 14:30", "2026.3.5 下午",
                     "2026-3-5 14：30", "2026. 3. 5", "2026.03.05.", "2026年3月5日上午9时", "46086",
                     "二〇二六年三月五日", "二○二六年三月五日", "二零二六年三月五日", "二Ｏ二六年三月五日"]
        table = "日期,类型,主题\n" + "".join(f"{spelling},支委会,a\n" for spelling in spellings)
        code, rows, said = self.fill(LEDGER, table)
        self.assertEqual(code, 0, said)
        self.assertEqual({row.split("\t")[0] for row in rows}, {"2026-03-05"})
        self.assertEqual(len(rows), len(spellings))
        self.assertIn("1 个日期写成了电子表格的序列号", said)
        self.assertEqual(self.rows(TERMS, "党组织名称,上次换届时间\n甲党支部,二〇二三年三月\n"), ["甲党支部\t2023-03"])
        self.refused(LEDGER, "日期,类型,主题\n3月5日,支委会,a\n", "“日期”", "没有写年份")
        self.refused(LEDGER, "日期,类型,主题\n2026年3月5日 星期五,支委会,a\n", "“日期”", "星期")

    def test_numbers_with_separators_and_counters(self):
        read = {"1,234": "1234", "1，234": "1234", "1,234.00": "1234", "１２３４": "1234", "1 234": "1234", "１，２３４": "1234",
                "50名": "50", "+50": "50", ".5": "0.5"}
        for text, number in read.items():
            with self.subTest(text):
                rows = self.rows(LEDGER, f'日期,类型,主题,应到\n2026-03-05,党员大会,a,"{text}"\n')
                self.assertEqual(rows[0].split("\t")[6], number)
        why = {"约50": "不是确切的数", "50余": "不是确切的数", "五十": "汉字数字", "½": "比例或分数", "50%": "比例或分数",
               "1.0E+2": "不是数字", "−1": "小于 0"}
        for text, reason in why.items():
            with self.subTest(text):
                self.refused(LEDGER, f"日期,类型,主题,应到\n2026-03-05,党员大会,a,{text}\n", "“应到”", reason)
        for text in ("1分", "1 分", "１分", "1.000", "'1", "‘1", "1。0", "1．0", "+1", "1."):
            with self.subTest(text):
                self.assertEqual(self.rows(SCORED, f"item,score,note\n1.1.1,{text},\n"), [1])
        for text in ("一", "1/2", "50%", '"1,0"', "满分", "1·0"):
            with self.subTest(text):
                self.refused(SCORED, f"item,score,note\n1.1.1,{text},\n")


class Bytes(Case):
    text = '日期\t类型\t支部\t主题\r\n2026-03-05\t支委会\t内科党支部\t研究发展党员\r\n2026-03-12\t党课\t内科党支部\t学习"条例"\r\n'
    right = ["2026-03-05\t支委会\t内科党支部\t研究发展党员", '2026-03-12\t党课\t内科党支部\t学习"条例"']

    def test_every_certain_encoding_is_read(self):
        commas = self.text.replace("\t", ",")
        for table in (self.text.encode("utf-16"), b"\xfe\xff" + self.text.encode("utf-16-be"), self.text.encode(),
                      b"\xef\xbb\xbf" + self.text.encode(), self.text.encode("gb18030"), commas.encode("utf-16-le"),
                      commas.encode("utf-16-be"), commas.encode("gb18030")):
            self.assertEqual(self.rows(LEDGER, table), self.right)
        self.assertEqual(self.rows(SCORED, "item\tscore\tnote\r\n1.1.1\t2\t甲\r\n".encode("utf-16")), [2])

    def test_what_is_not_certain_is_refused(self):
        self.refused(ROSTER, "姓名,出生年月,現工作單位\n甲某,1985-03,某公司\n".encode("big5"), "编码")
        broken = "姓名,出生年月,现工作单位\n甲某,1985-03,某公司\n乙某,1986-03,某医".encode() + b"\xe9\xe9\n"
        self.refused(ROSTER, broken, "第 3 行", "编码")
        self.refused(LEDGER, self.text.encode("utf-32"), "编码")
        self.refused(LEDGER, self.text.encode("utf-16")[:-1], "编码")
        self.refused(LEDGER, self.text.encode()[:40] + self.text.encode("gb18030")[20:], "编码")


class Tables(Case):
    def test_tables_of_systems_are_read_alike(self):
        right = ["2026-03-05\t支委会\t\ta"]
        for table in ("日期,类型,主题\r\n2026-03-05,支委会,a\r\n\x1a", '"日期\t","类型\t","主题\t"\r\n"2026-03-05\t","支委会\t","a\t"\r\n',
                      "日期;类型;主题\r\n2026-03-05;支委会;a\r\n", "sep=;\r\n日期;类型;主题\r\n2026-03-05;支委会;a\r\n",
                      "sep=,\r\n日期,类型,主题\r\n2026-03-05,支委会,a\r\n", "日期      ,类型     ,主题     ,\r\n2026-03-05 ,支委会   ,a        ,\r\n",
                      "日期,类型,主题\r\n2026-03-05\t,支委会\t,a\t\r\n", "日期\t,类型\t,主题\t\r\n2026-03-05\t,支委会\t,a\t\r\n",
                      "日期，类型，主题\r\n2026-03-05，支委会，a\r\n", '日期,类型,主题\r\n="2026-03-05",="支委会",="a"\r\n',
                      "××医院党建活动台账\r\n导出时间：2026-11-21 09:00:00\r\n\r\n日期,类型,主题\r\n2026-03-05,支委会,a\r\n",
                      "××医院台账\r\n日期\t类型\t主题\r\n2026-03-05\t支委会\ta\r\n", "日期|类型|主题\r\n".replace("|", ",") + "2026-03-05,支委会,a"):
            with self.subTest(table):
                self.assertEqual(self.rows(LEDGER, table), right)
        self.assertEqual(self.rows(ROSTER, '姓名,出生年月,现工作单位\r\n="甲某",="1985-03",="001公司"\r\n'), ["甲某\t1985-03\t001公司"])
        for table in ("sep=,\r\nitem,score,note\r\n1.1.1,2,\r\n", "市第一医院党委自评表\r\n,,\r\nitem,score,note\r\n1.1.1,2,\r\n",
                      'item\t,score\t,note\t\r\n1.1.1\t,2\t,\t\r\n', 'item,score,note\r\n="1.1.1",="2",\r\n', "item,score,note\r\n1.1.1,2,\r\n\x1a"):
            with self.subTest(table):
                self.assertEqual(self.rows(SCORED, table), [2])

    def test_a_row_of_sums_is_refused_by_line_and_column(self):
        self.refused(LEDGER, "日期,类型,主题\r\n2026-03-05,支委会,a\r\n合计,1,\r\n", "第 3 行", "“日期”")

    def test_a_quote_at_the_beginning_of_a_cell_swallows_nothing(self):
        table = '党组织名称\t上次换届时间\r\n"一站式"服务党支部\t2023.3\r\n"甲乙党支部\t2024.5\r\n外科党支部\t2024.6\r\n'
        self.assertEqual(self.rows(TERMS, table),
                         ['"一站式"服务党支部\t2023-03', '"甲乙党支部\t2024-05', "外科党支部\t2024-06"])

    def test_members_below_a_merged_cell_lack_their_branch_and_that_is_said(self):
        self.fill(APPRAISAL, "党支部,姓名\r\n内科党支部,甲某\r\n,乙某\r\n,丙某\r\n外科党支部,丁某\r\n")
        _, out, _ = self.run_command("check", self.folder / "out.json", "--format", "json")
        rows = [finding for finding in json.loads(out)["findings"] if finding["code"] == "row-branch-missing"]
        self.assertEqual(len(rows), 2, out)
        self.refused(LEDGER, "日期\t类型\t主题\r\n2026-03-05\t支委会\ta\r\n\t党课\tb\r\n", "第 3 行", "“日期”没有填")


class Names(Case):
    dots = ["·", "•", "・", "‧", "．", ".", " · ", "●", "∙", "⋅"]

    def test_ballots_find_a_member_in_any_spelling(self):
        for dot in self.dots:
            with self.subTest(dot):
                report = self.new(APPRAISAL)
                head = "姓名,党支部,组织生活自评,组织任务自评,中心工作自评,志愿服务自评,医德考评自评"
                for table in ["姓名,党支部\n买某·吐某,内科党支部\n", f"{head}\n买某·吐某,内科党支部,18,18,18,18,18\n"]:
                    code, _, errors = self.fill(APPRAISAL, table, report=report)
                    self.assertEqual(code, 0, errors)
                    report = (self.folder / "out.json").rename(self.folder / "known.json")
                code, _, errors = self.fill(APPRAISAL, f"姓名,评议人1,评议人2,评议人3\n买某{dot}吐某,90,91,92\n", report=report)
                self.assertEqual(code, 0, errors)
                peers = [edit for edit in json.loads((self.folder / "out.json").read_text())["log"] if edit["field"] == "peers"]
                self.assertEqual(len(peers), 1, peers)

    def test_attendance_finds_a_member_in_any_spelling(self):
        for dot in self.dots:
            with self.subTest(dot):
                rows = self.rows(LEDGER, f"日期,类型,支部,主题,人员\n2026-03-05,党员大会,内科党支部,a,买某{dot}吐某、张某、李某\n")
                self.assertEqual(len(rows[0].split("\t")[12].split("、")), 3, rows)


class Wrappers(Case):
    def setUp(self):
        super().setUp()
        self.report = self.folder / "report.json"
        table = self.folder / "scores.csv"
        table.write_text("item,score,note\n1.1.1,2,甲\n1.1.2,0.5,乙\n")
        code, _, errors = self.run_command("fill", self.new(SCORED), "--from", table, "-o", self.report)
        self.assertEqual(code, 0, errors)
        self.bytes = self.report.read_bytes()
        _, self.score, _ = self.run_command("score", self.report, "--format", "json")

    def is_read(self, content, name):
        path = self.folder / name
        path.write_bytes(content)
        code, out, errors = self.run_command("score", path, "--format", "json")
        self.assertEqual((code, out), (0, self.score), errors)
        return errors

    def test_a_report_is_known_by_its_content(self):
        text = self.bytes.decode()
        for content, name in ((self.bytes, "report.txt"), (self.bytes, "report.json.txt"), (self.bytes, "REPORT.JSON"),
                              (self.bytes, "noextension"), (b"\xef\xbb\xbf" + self.bytes, "bom.json"),
                              (self.bytes + b"\r\n", "crlf.json"), (text.encode("gb18030"), "gbk.json"),
                              (text.encode("utf-16"), "utf16.json"), (base64.encodebytes(self.bytes), "base64.txt"),
                              (b"data:application/json;base64," + base64.b64encode(self.bytes), "data.txt"),
                              (b"\r\n\r\n" + self.bytes, "lines.json"), (self.bytes, "report.docx"),
                              (("<html><body><pre>" + text.replace("&", "&amp;").replace("<", "&lt;") +
                                "</pre></body></html>").encode(), "report.html")):
            with self.subTest(name):
                self.is_read(content, name)

    def test_a_footer_is_left_out_and_said(self):
        errors = self.is_read(self.bytes + "\n\n-- \n本邮件由病毒网关检查\n".encode(), "footer.json")
        self.assertIn("没有读入", errors)

    def test_own_mails_and_archives_are_opened(self):
        draft = self.folder / "draft.eml"
        self.assertEqual(self.run_command("export", self.report, "--to", "eml", "--attach", "docx,xlsx", "-o", draft)[0], 0)
        self.is_read(draft.read_bytes(), "mail")
        self.is_read(draft.read_bytes().replace(b"\r\n", b"\n"), "unix.eml")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("材料/report.json", self.bytes)
            archive.writestr("__MACOSX/._report.json", b"\0\5")
            archive.writestr("说明.txt", "说明")
        self.is_read(packed.getvalue(), "report.zip")
        self.is_read(packed.getvalue(), "report.json")

    def test_what_cannot_be_told_is_refused(self):
        def refused(content, *words):
            path = self.folder / "given"
            path.write_bytes(content)
            code, _, errors = self.run_command("score", path)
            self.assertEqual(code, 2, errors)
            for word in words:
                self.assertIn(word, errors)

        refused(self.bytes + self.bytes, "两份")
        refused(b"%PDF-1.7\n", "认不出")
        refused(b"", "空的")
        refused(b"<html><body>x</body></html>", "网页")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.json", self.bytes)
            archive.writestr("b.json", self.bytes)
        refused(packed.getvalue(), "2 个")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("[Content_Types].xml", "")
            archive.writestr("xl/workbook.xml", "")
        refused(packed.getvalue(), "Excel")
        refused(self.bytes[:-40])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and os.path.exists(sys.argv[1]):
        DUIBIAO = os.path.abspath(sys.argv.pop(1))
    unittest.main()
