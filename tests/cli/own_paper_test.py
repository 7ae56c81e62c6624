"""A bureau's own form (format 2) on paper: own_paper_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

What tests/cases/given has as the bureau's file is printed with its columns in their order, cells over several rows, sums
and lines as there; and the bureau's own Word file is filled in.
"""

import copy
import csv
import io
import json
import re
import sys
import unittest
import xml.etree.ElementTree as tree
import zipfile
from html.parser import HTMLParser

import cli_test
import forms_cases_test
import forms_grades_test
from aggregate_forms_test import player
from cli_test import ROOT

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Grid(HTMLParser):
    """The printed tables' rows as [(text, columns, rows)]."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.cell = [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.cell = ["", int(attributes.get("colspan", 1)), int(attributes.get("rowspan", 1))]

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell:
            self.rows[-1].append(tuple(self.cell))
            self.cell = None

    def handle_data(self, data):
        if self.cell:
            self.cell[0] += data.strip()


def word_tables(bytes_):
    """Each table's rows as lists of texts; cells that go on from above are None."""
    with zipfile.ZipFile(io.BytesIO(bytes_)) as archive:
        body = tree.fromstring(archive.read("word/document.xml"))
    tables = []
    for table in body.iter(WORD + "tbl"):
        rows = []
        for row in table.iter(WORD + "tr"):
            cells = []
            for cell in row.iter(WORD + "tc"):
                merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
                goes_on = merge is not None and merge.get(WORD + "val") != "restart"
                cells.append(None if goes_on else "".join(text.text or "" for text in cell.iter(WORD + "t")))
            rows.append(cells)
        tables.append(rows)
    return tables


class Paper(unittest.TestCase):
    case = None

    def setUp(self):
        if self.case is None:
            self.skipTest("only its heirs")
        self.play = player(self.case)
        self.addCleanup(self.play.doCleanups)

    def html(self):
        return self.play.exported_text("report.json", "--to", "html", "--lang", "zh")

    def rows(self):
        html = self.html()
        return Grid(html[html.index("<article"):]).rows

    def find(self, rows, text):
        """The row in which a cell begins so."""
        return next(row for row in rows if any(cell[0].startswith(text) for cell in row))

    def exported(self, kind, *more):
        code, _, err = self.play.run_command("export", "report.json", "--to", kind, *more, "-o", f"out.{kind}")
        self.assertEqual(code, 0, err)
        return self.play.path(f"out.{kind}").read_bytes()

    def into(self):
        given = ROOT / f"tests/cases/given/{self.play.name}.docx"
        return word_tables(self.exported("docx", "--into", given))

    def csv(self):
        text = self.play.exported_text("report.json", "--to", "csv", "--lang", "zh").removeprefix("\ufeff")
        return list(csv.reader(io.StringIO(text)))

    def is_portrait(self):
        with zipfile.ZipFile(io.BytesIO(self.exported("docx"))) as archive:
            page = re.search(rb"<w:pgSz[^>]*>", archive.read("word/document.xml"))[0]
        self.assertEqual(b"landscape" not in page, 'class="paper paper-portrait' in self.html())
        return b"landscape" not in page


class Gains(Paper):
    """F11: one sum a part, numbers before the texts, the total in the head, no row of sums."""

    case = forms_cases_test.F11

    def test_paper(self):
        self.play.play("录入一：有加有减，一条为负")
        rows = self.rows()
        self.assertTrue(self.is_portrait())
        self.assertEqual(re.sub(r"\s", "", rows[0][0][0]), "县（区）委：某单位日期：年月日考核得分：57")
        self.assertEqual([cell[0] for cell in rows[1]], ["类别", "考核内容", "加分", "减分", "得分合计"])
        first, second = rows[2:4]
        self.assertEqual((first[0][2], first[4]), (4, ("12", 1, 4)))
        self.assertEqual(second, [("2.开展专题教育活动的，加5分。", 1, 1), ("5", 1, 1), ("", 1, 1)])
        self.assertNotIn("合计", [row[0][0] for row in rows[2:]])
        words = self.html()
        self.assertLess(words.index("注：查处"), words.index("考核组成员签字"))

    def test_into(self):
        self.play.play("录入一：有加有减，一条为负")
        rows = self.into()[0]
        self.assertEqual([row[4] for row in rows[1:]],
                         ["12", None, None, None, "7", None, None, None, "23", None, None, "15", None, None, None])
        self.assertEqual([row[2] for row in rows[1:8]], ["3", "5", "", "4", "5", "8", "5"])
        self.assertEqual(rows[6][3], "6")


class Approved(Paper):
    """F12: two scorers, a merged sum, the year below the title, 总分."""

    case = forms_grades_test.F12

    def test_paper(self):
        self.play.fill_both()
        rows = self.rows()
        self.assertTrue(self.is_portrait())
        self.assertIn("（2026年度）", self.html())
        self.assertEqual(self.find(rows, "总分"), [("总分", 2, 1), ("100", 1, 1), ("94", 1, 1), ("85", 1, 1), ("85", 1, 1)])
        tables = word_tables(self.exported("docx"))
        self.assertEqual([row[5] for row in tables[0][2:7]], ["9", None, None, None, "13"])

    def test_into(self):
        self.play.fill_both()
        rows = self.into()[0]
        self.assertEqual(rows[-1], ["总分", "100", "94", "85", "85"])
        self.assertEqual(rows[3][3:], ["3", "2", None])


class Kinds(Paper):
    """F15: the number before the part, two wordings in one row, boxes for the kind, the grade; the table cut in two."""

    case = forms_cases_test.F15

    def fill(self):
        self.play.play_kind("录入一：诊所，没有发布医疗广告", "门诊部、诊所", ("9.1.1", "count:2", "1"))

    def test_paper(self):
        self.fill()
        rows = self.rows()
        self.assertIn("机构类别：医院□　门诊部、诊所■", rows[0][0][0])
        self.assertEqual([cell[0] for cell in rows[1]], ["序号", "项目", "评定内容", "分值", "得分", "扣分原因"])
        row = self.find(rows, "【医院】应设")
        self.assertEqual([(row[0][0], row[0][2]), (row[1][0], row[1][2])], [("2", 2), ("科目设置", 2)])
        self.assertEqual([cell[:1] + cell[2:] for cell in row[3:]], [("12", 2), ("12", 2), ("", 2)])
        self.assertEqual(len(self.find(rows, "【门诊部、诊所】实际")), 1)
        self.assertIn("评定等级：合格级", self.html())

    def test_into(self):
        self.fill()
        first, second = self.into()[:2]
        self.assertEqual([row[4] for row in first[1:]], ["14", "12", None, "15", None, "12", "15"])
        self.assertEqual(first[4][5], "一名护士未变更注册")
        self.assertEqual([row[4] for row in second[1:3]], ["7", "7"])
        self.assertEqual(second[-1], ["合计", "100", "82.42", ""])


class Stars(Paper):
    """F19: sums of some of the parts, votes, the formula as the name of the total."""

    case = forms_grades_test.F19

    def fill(self):
        self.play.play("录入一：第一支部（考评）", extra=[("6.1.3", "count:1", "1"), *self.play.VOTES])

    def test_paper(self):
        self.fill()
        rows = self.rows()
        self.assertEqual([cell[0] for cell in self.find(rows, "基础项合计")], ["基础项合计", "100", "", "", "92.4"])
        self.assertEqual([cell[0] for cell in self.find(rows, "减分项合计")][-1], "-2")
        self.assertEqual([cell[0] for cell in self.find(rows, "总分＝")][-1], "92.1")
        self.assertIn("述职评议会测评：发出42票、收回40票、有效40票、好30票", self.html())
        self.assertIn("评定：五星级", self.html())

    def test_into(self):
        self.fill()
        rows = self.into()[0]
        scores = {row[0] or row[2]: row[-1] for row in rows}
        self.assertEqual(scores["基础项合计"], "92.4")
        self.assertEqual(scores["总分＝（基础项－减分项）×70%＋评议得分×30%"], "92.1")
        self.assertIn("96.05", [row[-1] for row in rows])


class Bonus(Paper):
    """F22: units behind the blanks' figures, the total in words."""

    case = forms_cases_test.F22

    def test_paper(self):
        self.play.play("录入一：某镇卫生院协管站，考核组填")
        rows = self.rows()
        self.assertFalse(self.is_portrait())
        self.assertEqual([cell[:2] for cell in self.find(rows, "综合得分")], [("综合得分：76分，其中奖励3.6分", 5), ("76", 1)])
        self.assertIn("协管员2人；协管信息员0人", self.html())
        self.assertIn("被考核单位：某单位", re.sub("<[^>]+>", "", self.html()))
        self.assertTrue(self.exported("xlsx").startswith(b"PK"))
        rows = self.csv()
        self.assertEqual(rows[0], ["编号", "工作内容", "工作要求", "考核方法", "评分标准", "考核结果", "得分"])
        self.assertEqual((rows[2][:2], rows[2][-1]), (["1.1.2", "组织领导、计划总结和项目公示（7分）"], "2"))
        self.assertIn(["total", "综合得分：76分，其中奖励3.6分", "", "", "", "", "76"], rows)
        self.assertEqual([row[:3] for row in rows if row[0] == "header.unit"], [["header.unit", "被考核单位", "某单位"]])

    def test_into(self):
        self.play.play("录入一：某镇卫生院协管站，考核组填")
        rows = self.into()[0]
        self.assertEqual([row[-1] for row in rows[1:6]], ["1.5", "2", "0.5", "1.2", "1.5"])
        self.assertEqual(rows[-1][-1], "76")


class Clauses(Paper):
    """F23 with a row a point: two rows of heads, levels over their points, titles and results across the table."""

    case = forms_grades_test.F23

    def test_paper(self):
        form = copy.deepcopy(self.play.form)
        form["columns"] = [
            {"role": "criterion", "label": "评审标准", "width": 4}, {"role": "tier", "label": "等级", "over": "评审要点", "width": 2},
            {"role": "point", "label": "内容", "over": "评审要点", "width": 8},
            {"role": "met", "label": "达到", "over": "自评", "width": 1.5},
            {"role": "unmet", "label": "未达到", "over": "自评", "width": 1.5},
            {"role": "note", "scorer": "hospital", "label": "佐证材料", "width": 3},
            {"role": "text", "id": "office", "label": "责任科室", "width": 2}]
        form["print"] = {"result": "本条自评结果", "lines": ["条款统计：A {A} 条，B {B} 条，C 级以上占 {C级以上占}%"]}
        self.play.form = form
        self.play.write(f"{form['id']}.json", json.dumps(form, ensure_ascii=False))
        self.play.play_ticks("录入一")
        rows = self.rows()
        self.assertEqual(rows[1], [("评审标准", 1, 2), ("评审要点", 2, 1), ("自评", 2, 1), ("佐证材料", 1, 2), ("责任科室", 1, 2)])
        self.assertEqual([cell[0] for cell in rows[2]], ["等级", "内容", "达到", "未达到"])
        self.assertEqual((rows[3], rows[4][0][1]), ([("1.1 医院设置、功能和任务", 7, 1)], 7))
        first = rows[5]
        self.assertEqual([cell[2] for cell in first], [11, 5, 1, 1, 1, 11, 11])
        self.assertEqual([cell[0] for cell in first[1:5]], ["【C】", "1.符合三级医院设置标准，取得批准等级并正式执业三年以上。", "√", ""])
        self.assertEqual([cell[0] for cell in self.find(rows, "4.床位使用率")][1:], ["", "√"])
        results = [row[0][0] for row in rows if row and row[0][0].startswith("本条自评结果")]
        self.assertEqual(results, ["本条自评结果：A□　B□　C■　D□　不适用□", "本条自评结果：A■　B□　C□　D□　不适用□",
                                   "本条自评结果：A□　B□　C□　D□　不适用■", "本条自评结果：A□　B□　C□　D■　不适用□"])
        self.assertIn("条款统计：A 1 条，B 0 条，C 级以上占 66.7%", self.html())
        table = word_tables(self.exported("docx"))[0]
        self.assertEqual([len(row) for row in table[1:4]], [5, 7, 1])
        lines = self.csv()
        self.assertEqual(lines[0], ["编号", "评审标准", "评审要点 等级", "评审要点 内容", "自评 达到", "自评 未达到", "佐证材料", "责任科室"])
        self.assertEqual((lines[4][0], lines[4][2], lines[4][4]), ("1.1.1", "【C】", "√"))
        self.assertEqual({len(line) for line in lines}, {8})
        self.exported("xlsx")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
