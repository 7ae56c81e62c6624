"""`duibiao aggregate --paper` with nobody missing, nothing received, small classes, hostile names, other forms and many units.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import email
import email.policy
import io
import json
import re
import sys
import unittest
import zipfile
from pathlib import Path

import docx
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent))
from campaign_papers_work import Page, Work, maker, run, table_rows, text_of  # noqa: E402

HOSTILE = ('=HYPERLINK("http://x","y")<script>alert(1)</script>&amp;{office}', "＝cmd|' /C calc'!A0",
           '../../x/:*?"<>|\\医院', "医院\u202e党委]]>")


class Extremes(unittest.TestCase):
    def setUp(self):
        self.work = Work()

    def tearDown(self):
        self.work.remove()

    def test_a_bulletin_that_is_too_long_says_so(self):
        self.work.form = self.work.form | {"id": "long-form", "title": "长" * 1500}
        (self.work.reports / "long-form.json").write_text(maker.canonical(self.work.form), encoding="utf-8")
        for number in range(3):
            self.work.list_unit(f"第{number}医院")
            self.work.write_report(f"第{number}医院", number)
        for options, is_long in ((("--brief",), True), ((), False)):
            first = self.work.word("bulletin", *options).paragraphs[1].text
            self.assertEqual("超过上限" in self.work.said, is_long)
            self.assertEqual(first.startswith("（本文 ") and "超过 4000 字的上限" in first, is_long)

    def test_without_a_campaign_every_counted_report_has_its_papers(self):
        for number in range(3):
            self.work.write_report(f"第{number}医院", number)
        path = self.work.folder / "alone"
        for kind in ("letters", "bulletin", "units"):
            run("aggregate", "--lang", "zh", self.work.reports, "--paper", kind, "-o", path)
            if kind == "letters":
                with zipfile.ZipFile(path) as archive:
                    self.assertEqual(archive.namelist(), [f"反馈函-第{number}医院.docx" for number in range(3)])
                continue
            word = docx.Document(str(path))
            if kind == "bulletin":
                self.assertIn("\n计入 3 家。", text_of(word))
            else:
                self.assertEqual([row[1] for row in table_rows(word.tables[0])[1:]], [f"第{n}医院" for n in range(3)])

    def test_the_grade_of_a_form_that_has_grades_is_told(self):
        form = {"format": "duibiao-instrument", "format_version": 2, "id": "graded", "version": "1", "kind": "scored",
                "title": "支部考评表", "language": "zh-CN", "period": "year", "score_step": 0.5, "header": [],
                "scorers": [{"id": "committee", "label": "得分", "short": "考核组"}],
                "columns": [{"role": "criterion", "label": "内容", "width": 6},
                            {"role": "points", "label": "分值", "width": 1},
                            {"role": "score", "scorer": "committee", "label": "得分", "width": 1}],
                "sections": [{"title": "组织", "items": [{"number": "1", "text": "会议", "points": 60},
                                                       {"number": "2", "text": "台账", "points": 40}]}],
                "grades": {"bands": [{"label": "优秀", "from": 90}, {"label": "不合格", "below": 90}]}}
        path = self.work.folder / "graded.json"
        path.write_text(json.dumps(form), encoding="utf-8")
        for number, (score, grade) in enumerate(((58, "优秀"), (20, "不合格"))):
            report, table = self.work.reports / f"{number}.json", self.work.folder / "scores.csv"
            table.write_text(f"item,field,value\n1.1.1,score,{score}\n1.1.2,score,39.5\n", encoding="utf-8")
            run("new", path, "--unit", grade, "--period", "2026", "-o", report)
            run("fill", report, "--layer", "committee", "--from", table, "-o", report)
            self.work.list_unit(grade)
        letters = self.work.archive("letters")
        self.assertEqual(len(letters), 2)
        for name, letter in letters.items():
            grade = name.removeprefix("反馈函-").removesuffix(".docx")
            self.assertIn(f"等次：{grade}。", text_of(docx.Document(io.BytesIO(letter))))
        rows = table_rows(self.work.word("units").tables[0])
        self.assertEqual([row[rows[0].index("等次")] for row in rows[1:]], ["优秀", "不合格"])

    def test_forms_without_scores_have_papers_too(self):
        for kind in ("ruian-2019-annex1", "ruian-2019-annex4", "ledger", "shaoxing-2017-measures"):
            with self.subTest(kind=kind):
                work = Work()
                work.list_unit("第一医院")
                run("new", kind, "--unit", "第一医院", "--period", "2026", "-o", work.reports / "1.json")
                letter = docx.Document(io.BytesIO(work.archive("letters")["反馈函-第一医院.docx"]))
                self.assertIn("一、尚未解决的问题", text_of(letter))
                self.assertIn("没有得分。", text_of(work.word("bulletin")))
                self.assertEqual(table_rows(work.word("units").tables[0])[1][:2], ["待验收", "第一医院"])
                work.remove()

    def test_nobody_missing(self):
        for number in range(3):
            self.work.list_unit(f"第{number}医院")
            self.work.write_report(f"第{number}医院", number)
        word = self.work.word("reminder")
        self.assertEqual(len(word.tables), 0)
        self.assertIn("没有需要催报的单位", text_of(word))
        for kind in ("notice", "drafts", "message"):
            self.work.paper(kind, exit_codes=(2,))
            self.assertIn("不需要催报", self.work.said)
        self.assertIn("未报 0 家", text_of(self.work.word("bulletin")))

    def test_nothing_received(self):
        for number in range(3):
            self.work.list_unit(f"第{number}医院", 电子邮箱=f"{number}@x.cn")
        self.assertEqual(len(table_rows(self.work.word("reminder").tables[0])), 4)
        notice = text_of(self.work.word("notice"))
        self.assertIn("《填报件》（2026 年度）应于2026年11月15日前报送", notice)
        self.assertIn("已收到 0 家", notice)
        self.assertEqual(len(self.work.archive("drafts")), 3)
        bulletin = text_of(self.work.word("bulletin"))
        self.assertIn("收到 0 份 = 计入 0", bulletin)
        self.assertIn("没有得分。", bulletin)
        self.work.word("bulletin", "--ranked")
        self.assertEqual([row[0] for row in table_rows(self.work.word("units").tables[0])[1:]], ["未报"] * 3)
        self.work.paper("letters", exit_codes=(2,))
        self.assertIn("没有计入的填报件", self.work.said)

    def test_one_and_two_of_a_class_have_no_median_and_three_have_one(self):
        number = 0
        for kind, count in (("甲类", 1), ("乙类", 2), ("丙类", 3), ("", 3)):
            for _ in range(count):
                self.work.list_unit(f"{kind}{number}医院", 类别=kind)
                self.work.write_report(f"{kind}{number}医院", number)
                number += 1
        has_median = {name: "同类中位数" in [cell.text for cell in docx.Document(io.BytesIO(file)).tables[0].rows[0].cells]
                      for name, file in self.work.archive("letters").items()}
        self.assertEqual(len(has_median), 9)
        for name, has in has_median.items():
            self.assertEqual(has, "丙类" in name, name)
        groups = table_rows(self.work.word("bulletin").tables[2])
        self.assertEqual({row[1]: row[4] != "" for row in groups[1:] if row[0] == "类别"},
                         {"甲类": False, "乙类": False, "丙类": True, "": True})

    def test_hostile_names_are_texts_everywhere(self):
        for number, name in enumerate(HOSTILE * 2):
            self.work.list_unit(name if number < 4 else f"{name} 党委", 联系人=name, 催报记录=name, 类别=name, 上级=name,
                                电子邮箱=f"{number}@x.cn")
        clean = [unit["单位"].replace("\u202e", "") for unit in self.work.listed]
        for number in range(4):
            self.work.write_report(clean[number], number)
        reminder = self.work.word("reminder")
        self.assertEqual([row[1] for row in table_rows(reminder.tables[0])[1:]], clean[4:])
        for kind in ("reminder", "units", "notice", "bulletin"):
            options = ("--ranked",) if kind == "bulletin" else ()
            page = Page(self.work.paper(kind, "--to", "html", *options).read_text(encoding="utf-8"))
            self.assertLessEqual(page.elements, {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "br",
                                                 "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"})
        rows = list(csv.reader(io.StringIO(self.work.paper("units", "--to", "csv").read_text(encoding="utf-8-sig"))))
        self.assertEqual([row[1].lstrip("'") for row in rows[1:]], clean[4:] + clean[:4])
        self.assertFalse(any(cell.startswith(("=", "＝")) for row in rows for cell in row))
        sheet = openpyxl.load_workbook(self.work.paper("units", "--to", "xlsx", suffix=".xlsx")).active
        self.assertFalse(any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row))
        letters = self.work.archive("letters")
        self.assertEqual(len(letters), 4)
        for kind in ("letters", "drafts"):
            for name in self.work.archive(kind):
                self.assertNotRegex(name, r'[\\/:*?"<>|]|^\.')
        self.assertIn(clean[0] + "：", text_of(docx.Document(io.BytesIO(list(letters.values())[0]))))
        for file in self.work.archive("drafts").values():
            message = email.message_from_bytes(file, policy=email.policy.default)
            self.assertEqual(sorted(message.keys()), sorted(
                ["X-Unsent", "Date", "To", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]))

    def test_three_hundred_units(self):
        for number in range(300):
            self.work.list_unit(f"第{number:03}号中心卫生院党总支部委员会", 电子邮箱=f"{number}@x.cn",
                                类别=f"类{number % 3}", 上级=f"区{number % 7}")
        for number in range(0, 300, 10):
            self.work.write_report(self.work.listed[number]["单位"], number, layers=1)
        missing = [unit["单位"] for unit in self.work.missing()]
        self.assertEqual(len(missing), 270)
        self.assertEqual([row[1] for row in table_rows(self.work.word("reminder").tables[0])[1:]], missing)
        notice = self.work.word("notice")
        self.assertIn("各未报单位", notice.paragraphs[1].text)
        self.assertEqual([row[1] for row in table_rows(notice.tables[0])[1:]], missing)
        self.assertEqual(len(self.work.archive("drafts")), 270)
        messages = self.work.paper("message").read_text(encoding="utf-8").split("\n\n")
        self.assertTrue(all(0 < len(message.strip()) <= 300 for message in messages))
        self.assertTrue(all(message.startswith(f"（{number}/{len(messages)}）")
                            for number, message in enumerate(messages, 1)))
        named = [name for message in messages for name in re.search("未收到：(.*?)。", message).group(1).split("、")]
        self.assertEqual(named, missing)
        self.assertEqual(len(self.work.archive("letters")), 30)
        rows = table_rows(self.work.word("units", "--group", "district").tables[0])
        self.assertEqual(len(rows), 1 + 300 + 8 * 3)


if __name__ == "__main__":
    unittest.main()
