"""Rosters on paper and in LibreOffice: roster_print_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import re
import shutil
import subprocess
import sys
import unittest

import cli_test
from cli_test import ROOT, UNIT, needs_printer
from forms_test import FormCase

HEADS = {
    "ruian-2019-annex2": ["序号", "姓名", "出生年月", "现工作单位", "工作关系转出时间", "户籍所在地", "挂靠原因", "是否确需挂靠"],
    "ruian-2019-annex3": ["序号", "党组织名称", "上次换届时间（召开党员大会选举的时间）", "计划换届时间", "党组织书记姓名",
                          "党组织书记行政职务", "党组织书记任职时间", "备注"],
    "ruian-2019-annex4": ["序号", "姓名", "出生年月", "涉嫌违法违纪被查处情况", "查处时间", "触碰“十条红线”情况",
                          "2025年民主评议结果", "备注"],
}
HOSTILE = ["<script>alert(1)</script>党支部", "<b onload=x>&amp;支部</b>", "=HYPERLINK(\"http://x.invalid\")支部",
           "+1+1支部", "@SUM(A1)支部", "-2支部", "'单引号支部", "\"双引号\"，逗号,支部", "䶮山𬭩支部"]


def organisations(count):
    """Rows of annex 3 as the office writes them; the first have hostile names."""
    rows = []
    for n in range(count):
        name = HOSTILE[n] if n < len(HOSTILE) else f"第{n + 1}号党支部"
        rows.append([name, f"{2020 + n % 5}年{1 + n % 12}月", f"{2024 + n % 5}.{1 + n % 12}.{1 + n % 28}", f"书记{n + 1}号",
                     f"主任{n + 1}", f"{2019 + n % 3}-{1 + n % 12:02d}", f"备注第{n + 1}条" if n % 3 == 0 else ""])
    return rows


def table(head, rows):
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [head, *rows]]
    return "\n".join(quoted) + "\n"


def solid(text):
    return re.sub(r"\s", "", text)


@needs_printer
class OnPaper(FormCase):
    def sheets(self, name):
        """Every page as text, each A4 landscape, and all texts in their order."""
        pages = self.pages(name)
        info = subprocess.run(["pdfinfo", "-f", "1", "-l", str(len(pages)), self.path("print.pdf")], check=True,
                              capture_output=True, text=True).stdout
        sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", info)
        self.assertEqual(len(sizes), len(pages))
        for width, height in sizes:
            self.assertAlmostEqual(float(width), 841.89, delta=1)
            self.assertAlmostEqual(float(height), 595.28, delta=1)
        flowing = subprocess.run(["pdftotext", "-raw", self.path("print.pdf"), "-"], check=True, capture_output=True)
        return pages, solid(flowing.stdout.decode())

    def test_short_ones_are_one_page_like_the_paper(self):
        for form, head in HEADS.items():
            name = self.new(form, f"{form}.json")
            pages, flowing = self.sheets(name)
            self.assertEqual(len(pages), 1, form)
            title = json.loads((ROOT / f"assets/instruments/{form}.json").read_text())["title"]
            self.assertTrue(pages[0].startswith(f"附件{form[-1]}{title}"), pages[0])
            self.assertRegex(pages[0], f"填报单位（盖章）：{UNIT}日期：年月日.*填报人：联系电话：.*第1页/共1页")
            at = -1
            for column in head:
                self.assertIn(column, flowing)
                self.assertGreater(flowing.index(column, at + 1), at)
                at = flowing.index(column, at + 1)
            self.assertEqual("此表仅填写" in flowing, form.endswith("4"))

    def test_two_hundred_rows_with_the_head_on_every_page(self):
        head = HEADS["ruian-2019-annex3"][1:]
        rows = organisations(200)
        name = self.new("ruian-2019-annex3", "r.json")
        self.fill_with(name, table(head, rows))
        code = self.load(name)["code"]
        pages, flowing = self.sheets(name)
        self.assertGreater(len(pages), 8)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"填报单位（盖章）：{UNIT}", page)
            self.assertIn("序号党组织名称", page)
            self.assertIn(f"第{number}页/共{len(pages)}页", page)
            self.assertIn(code, page)
        self.assertEqual(flowing.count("填报人："), 1)
        for n, row in enumerate(rows):
            year, month = re.match(r"(\d+)年(\d+)月", row[1]).groups()
            for text in [row[0], row[3], row[4], row[6], f"{year}年{month}月"]:
                self.assertIn(solid(text), flowing)
            sheet = [page for page in pages if f"书记{n + 1}号" in page and f"主任{n + 1}" in page]
            self.assertEqual(len(sheet), 1, f"row {n + 1} is on one page")
        self.assertIn("2024年1月1日", flowing)
        self.assertNotRegex(flowing, r"\d{4}-\d{2}")

    def test_the_foot_never_stands_alone(self):
        for count in range(12, 17):
            name = self.new("ruian-2019-annex3", f"{count}.json")
            self.fill_with(name, table(["党组织名称", "书记姓名"], [[f"{n}支部", f"书记{n}号"] for n in range(count)]))
            pages, _ = self.sheets(name)
            self.assertRegex(pages[-1], f"书记{count - 1}号.*填报人：", f"{count} rows")

    def test_none_to_report(self):
        name = self.new("ruian-2019-annex4", "r.json")
        self.fill_with(name, "序号,姓名,备注\n,无,\n")
        pages, flowing = self.sheets(name)
        self.assertEqual(len(pages), 1)
        self.assertIn("备注无填报人：", flowing)

    def test_a_long_text_is_whole(self):
        name = self.new("ruian-2019-annex2", "r.json")
        self.fill_with(name, table(["姓名", "挂靠原因"], [["张三", "因故。"], ["李四", "龘字数得清。" * 250], ["王五", "短"]]))
        pages, flowing = self.sheets(name)
        self.assertEqual(flowing.count("龘"), 250)
        self.assertEqual(sum("序号姓名" in page for page in pages), len(pages))


@unittest.skipUnless(shutil.which("soffice"), "needs LibreOffice")
class InLibreOffice(FormCase):
    def through_libreoffice(self, name):
        """The report's table as LibreOffice writes it after opening it."""
        self.done("export", name, "--to", "csv", "-o", "out.csv")
        filters = "44,34,76,1,,2052,false,true"
        subprocess.run(["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless",
                        f"--infilter=Text - txt - csv (StarCalc):{filters}",
                        "--convert-to", f"csv:Text - txt - csv (StarCalc):{filters}", "--outdir", "office", "out.csv"],
                       cwd=self.folder, check=True, capture_output=True, timeout=90)
        shutil.copy(self.path("office/out.csv"), self.path("table.csv"))

    def test_the_same_rows_come_back(self):
        name = self.new("ruian-2019-annex3", "r.json")
        head = HEADS["ruian-2019-annex3"][1:] + ["任期年数", "换届请示时间"]
        rows = [row + [str(3 + n % 3), "2026-03"] for n, row in enumerate(organisations(40))]
        self.fill_with(name, table(head, rows))
        self.through_libreoffice(name)
        again = self.new("ruian-2019-annex3", "again.json")
        self.done("fill", again, "--from", "table.csv", "-o", again)
        self.assertEqual(self.rows(again), self.rows(name))
        self.assertEqual(len(self.rows(name)), 40)

    def test_none_comes_back(self):
        name = self.new("ruian-2019-annex4", "r.json")
        self.fill_with(name, "序号,姓名,备注\n,无,\n")
        self.through_libreoffice(name)
        again = self.new("ruian-2019-annex4", "again.json")
        self.done("fill", again, "--from", "table.csv", "-o", again)
        self.assertEqual(self.answers(again), self.answers(name))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
