"""`duibiao aggregate --paper`: every figure worked out again from the reports themselves, read with other programs.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import datetime
import email
import email.policy
import io
import json
import re
import sys
import unittest
from fractions import Fraction
from pathlib import Path

import docx
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent))
import aggregate_reference as reference  # noqa: E402
from campaign_papers_work import (  # noqa: E402
    LAYER_WORDS, OFFICE, Page, Work, last_layer, maker, run, shown, table_rows, text_of, total)

TODAY = datetime.date(2026, 12, 1)


class Small(unittest.TestCase):
    """Nine units: four of one class, two of another, one of a third; two have not reported."""

    @classmethod
    def setUpClass(cls):
        cls.work = work = Work()
        for number in range(4):
            work.list_unit(f"第{number}卫生院", 联系人=f"张{number}", 电子邮箱=f"u{number}@example.cn")
        work.list_unit("第一医院", 类别="二级以上", 上级="西城区", 电子邮箱="一院@x")
        work.list_unit("第二医院", 类别="二级以上", 上级="西城区")
        work.list_unit("社区中心", 类别="社区", 上级="西城区")
        work.list_unit("没报的甲", 应报日期="2026-11-20", 联系人="李甲", 电子邮箱="a@b.cn；c@d.cn", 催报记录="11-25 电话")
        work.list_unit("没报的乙", 应报日期="2026-10-31", 上级="西城区", 电子邮箱="x@y.cn\nBcc: evil@z.cn")
        for number, unit in enumerate(work.listed[:7]):
            work.write_report(unit["单位"], number, layers=1 + number % 3, day=3 + (number == 5) * 45,
                              state={1: "accepted", 4: "returned"}.get(number, ""))

    @classmethod
    def tearDownClass(cls):
        cls.work.remove()

    def test_the_list_of_missing_units_begins_with_the_longest_overdue(self):
        work = self.work
        wanted = [["序号", "单位", "上级", "类别", "联系人", "应报日期", "逾期天数", "催报记录"]]
        missing = sorted(work.missing(), key=lambda unit: unit["应报日期"])
        for number, unit in enumerate(missing, 1):
            overdue = (TODAY - datetime.date.fromisoformat(unit["应报日期"])).days
            wanted.append([str(number), unit["单位"], unit["上级"], unit["类别"], unit["联系人"], unit["应报日期"],
                           str(overdue), unit["催报记录"]])
        self.assertEqual([row[1] for row in wanted[1:]], ["没报的乙", "没报的甲"])
        word = work.word("reminder")
        self.assertEqual(table_rows(word.tables[0]), wanted)
        page = Page(work.paper("reminder", "--to", "html").read_text(encoding="utf-8"))
        self.assertEqual(page.rows, wanted)
        for text in (text_of(word), "\n".join(page.paragraphs)):
            self.assertIn("收到 7 份 = 计入 7 + 被替代 0 + 重复 0 + 名册外 0 + 不能用 0", text)
            self.assertIn("应报 9 家，未报 2 家，迟报 1 家", text)
            self.assertIn("2026 年度", text)
            self.assertIn("制表日期：2026年12月1日", text)
        self.assertEqual(word.paragraphs[0].style.name, "Title")

    def test_the_notice_names_those_it_goes_to_and_what_is_asked(self):
        word = self.work.word("notice", "--until", "2026-12-10")
        text = text_of(word)
        self.assertEqual(word.paragraphs[1].text, "没报的乙、没报的甲：")
        self.assertIn("应报 9 家，已收到 7 家可用的报送件，尚有 2 家没有收到", text)
        self.assertIn("请于2026年12月10日前报送", text)
        self.assertEqual(word.paragraphs[-1].text, f"{OFFICE}\n2026年12月1日")
        self.assertEqual(word.paragraphs[0].style.paragraph_format.alignment, 1)
        self.assertEqual(word.styles["Title"].element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")), "方正小标宋简体")
        self.assertEqual(word.styles.element.xpath("//w:docDefaults//w:rFonts")[0].get(docx.oxml.ns.qn("w:eastAsia")),
                         "仿宋")
        self.assertIn("请于　　　　年　　月　　日前报送", text_of(self.work.word("notice")))

    def test_drafts_go_to_each_unit_and_name_those_without_an_address(self):
        files = self.work.archive("drafts")
        self.assertEqual(list(files), ["催报-没报的甲.eml"])
        self.assertIn("没报的乙", self.work.said)
        message = email.message_from_bytes(files["催报-没报的甲.eml"], policy=email.policy.default)
        self.assertEqual((message["X-Unsent"], message["Bcc"], message["Cc"]), ("1", None, None))
        self.assertEqual([address.addr_spec for address in message["To"].addresses], ["a@b.cn", "c@d.cn"])
        self.assertEqual(message["Subject"], f"催报：《{self.work.form['title']}》（2026 年度）")
        body = message.get_content()
        self.assertTrue(body.startswith("没报的甲：\n") or body.startswith("没报的甲：\r\n"))
        self.assertIn("应于2026年11月20日前报送", body)
        self.assertNotIn("没报的乙", body)
        self.assertTrue(all(len(line) <= 78 for line in files["催报-没报的甲.eml"].split(b"\r\n")))

    def test_one_draft_hides_its_addresses_and_names_no_unit(self):
        message = email.message_from_bytes(self.work.paper("drafts", "--bcc").read_bytes(), policy=email.policy.default)
        self.assertEqual([address.addr_spec for address in message["Bcc"].addresses], ["a@b.cn", "c@d.cn"])
        self.assertIsNone(message["To"])
        self.assertNotIn("没报的", message.get_content())

    def test_one_message_names_the_units(self):
        text = self.work.paper("message", "--until", "2026-12-10").read_text(encoding="utf-8")
        self.assertEqual(text.count("\n"), 1)
        self.assertIn("尚有2家未收到：没报的乙、没报的甲。请于2026年12月10日前报送", text)

    def test_a_letter_tells_a_unit_of_itself_alone(self):
        work = self.work
        letters = work.archive("letters")
        counted = work.counted()
        self.assertEqual(list(letters), [f"反馈函-{report['unit']}.docx" for report in counted])
        for report in counted:
            word = docx.Document(io.BytesIO(letters[f"反馈函-{report['unit']}.docx"]))
            self.check_letter(report, word)
            everything = text_of(word) + str([table_rows(table) for table in word.tables])
            for other in counted:
                if other is not report:
                    self.assertNotIn(other["unit"], everything)

    def check_letter(self, report: dict, word):
        work = self.work
        kind = next(unit["类别"] for unit in work.listed if unit["单位"] == report["unit"])
        names = {unit["单位"] for unit in work.listed if unit["类别"] == kind}
        last = last_layer(report)
        peers = [peer for peer in work.counted() if peer["unit"] in names and peer["scores"][last]]
        layers = [layer for layer in maker.LAYERS if report["scores"][layer]]
        rows = []
        for section in [*work.form["sections"], None]:
            id = section and section["id"]
            row = [section["title"] if section else "合计", str(section["points"]) if section else "100"]
            row += [shown(total(report, layer, id)) for layer in layers]
            if len(peers) >= 3:
                row.append(reference.figures([total(peer, last, id) for peer in peers], False)["median"])
            rows.append(row)
        self.assertEqual(table_rows(word.tables[0])[1:], rows)
        self.assertEqual("同类中位数" in [cell.text for cell in word.tables[0].rows[0].cells], len(peers) >= 3)
        self.assertEqual("不列同类中位数" in text_of(word), len(peers) < 3)
        lost = [(points - round(score * 100), at, item, points, score)
                for at, (item, points, _) in enumerate(maker.criteria_of(work.form))
                if (score := report["scores"][last].get(item)) is not None and round(score * 100) < points]
        lost.sort(key=lambda entry: (-entry[0], entry[1]))
        self.assertIn(f"失分的项目有 {len(lost)} 项", text_of(word))
        self.assertEqual([[row[0], *row[2:]] for row in table_rows(word.tables[1])[1:]],
                         [[item, reference.plain(Fraction(points, 100)), shown(score),
                           reference.plain(Fraction(away, 100))] for away, _, item, points, score in lost[:10]])
        self.assertNotIn("名次", text_of(word))

    def test_a_returned_report_is_to_be_sent_again(self):
        letters = self.work.archive("letters", "--until", "2026-12-20")
        returned = text_of(docx.Document(io.BytesIO(letters["反馈函-第一医院.docx"])))
        self.assertIn("于2026年12月20日前重新报送", returned)
        self.assertNotIn("重新报送", text_of(docx.Document(io.BytesIO(letters["反馈函-第0卫生院.docx"]))))

    def listing(self, *options) -> list[dict]:
        text = self.work.paper("units", "--to", "csv", *options).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def test_units_are_all_of_the_list_with_their_state(self):
        work = self.work
        rows = self.listing()
        self.assertEqual([row["单位"] for row in rows],
                         [unit["单位"] for unit in work.missing()] + [report["unit"] for report in work.counted()])
        states = {row["单位"]: row["状态"] for row in rows}
        self.assertEqual((states["没报的甲"], states["第1卫生院"], states["第一医院"], states["第0卫生院"]),
                         ("未报", "通过", "退回", "待验收"))
        self.assertEqual(states["第二医院"], "待验收（迟）")
        by_unit = {row["单位"]: row for row in rows}
        for report in work.counted():
            row = by_unit[report["unit"]]
            for layer, words in LAYER_WORDS.items():
                self.assertEqual(row[words], shown(total(report, layer)))
            later = [total(report, layer) for layer in maker.LAYERS[1:] if report["scores"][layer]]
            self.assertEqual(row["差"], shown(later[-1] - total(report, "self")) if later else "")

    def test_units_are_filtered_as_asked(self):
        names = {f: [row["单位"] for row in self.listing("--where", f)]
                 for f in ("state=missing", "state=returned", "state=accepted", "state=late", "state=pending",
                           "district=西城区", "class=二级以上", "text=医院", "text=李甲", "district=西城区,state=missing")}
        self.assertEqual(names, {
            "state=missing": ["没报的甲", "没报的乙"], "state=returned": ["第一医院"], "state=accepted": ["第1卫生院"],
            "state=late": ["第二医院"], "state=pending": ["第0卫生院", "第2卫生院", "第3卫生院", "第二医院", "社区中心"],
            "district=西城区": ["没报的乙", "第一医院", "第二医院", "社区中心"], "class=二级以上": ["第一医院", "第二医院"],
            "text=医院": ["第一医院", "第二医院"], "text=李甲": ["没报的甲"], "district=西城区,state=missing": ["没报的乙"]})

    def test_units_are_ordered_by_a_column_with_empty_cells_last(self):
        for option, down in (("self", False), ("self:desc", True)):
            with_score = sorted(self.work.counted(), key=lambda report: total(report, "self"), reverse=down)
            names = [row["单位"] for row in self.listing("--order", option)]
            self.assertEqual(names, [report["unit"] for report in with_score] + ["没报的甲", "没报的乙"])
        names = [row["单位"] for row in self.listing("--order", "unit")]
        self.assertEqual(names, sorted(names, key=str.encode))

    def test_groups_have_number_mean_and_median(self):
        rows = self.listing("--group", "district", "--order", "unit")
        by_name = {row["单位"]: row for row in rows}
        for name in ("东城区", "西城区", None):
            names = {unit["单位"] for unit in self.work.listed if name in (None, unit["上级"])}
            members = [report for report in self.work.counted() if report["unit"] in names]
            label = name or "全部"
            counts = f"{label}（{len(names)} 家，未报 {len(names) - len(members)} 家）：有得分家数"
            for layer, words in LAYER_WORDS.items():
                totals = [t for report in members if (t := total(report, layer)) is not None]
                wanted = reference.figures(totals, False)
                self.assertEqual([by_name[counts][words], by_name[f"{label}：平均分"][words],
                                  by_name[f"{label}：中位数"][words]],
                                 [str(wanted["n"]), wanted["mean"] or "", wanted["median"] or ""])
        districts = [row["上级"] for row in rows if row["上级"]]
        self.assertEqual(districts, sorted(districts, key=str.encode))

    def test_the_table_is_the_same_in_every_format_and_says_its_filter_and_order(self):
        options = ("--where", "district=西城区", "--order", "acceptance:desc", "--group", "class")
        listing = self.work.paper("units", "--to", "csv", *options).read_text(encoding="utf-8-sig")
        wanted = list(csv.reader(io.StringIO(listing)))
        word = self.work.word("units", *options)
        self.assertEqual(table_rows(word.tables[0]), wanted)
        page = Page(self.work.paper("units", "--to", "html", *options).read_text(encoding="utf-8"))
        self.assertEqual(page.rows, wanted)
        sheet = openpyxl.load_workbook(self.work.paper("units", "--to", "xlsx", *options, suffix=".xlsx")).active
        values = [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
        begin = next(i for i, row in enumerate(values) if row[0] == "状态")
        self.assertEqual([[Fraction(cell) if re.fullmatch(r"-?[0-9.]+", cell) else cell for cell in row]
                          for row in wanted],
                         [[Fraction(str(cell)) if isinstance(cell, (int, float)) else cell for cell in row]
                          for row in values[begin:]])
        head = "\n".join(str(row[0]) for row in values[:begin])
        verified = sum(last_layer(report) != "self" for report in self.work.counted())
        for text in (text_of(word), "\n".join(page.paragraphs), head):
            self.assertIn("筛选：上级为“西城区”。排序：按上级验收由高到低。按类别分组。", text)
            self.assertIn(f"本表 4 家，共 9 家；单位以外的评分方已评分 {verified} 家", text)
            self.assertIn("内部资料", text)
        self.assertNotIn("内部资料", text_of(self.work.word("units", "--order", "unit")))

    def test_options_that_do_not_go_together_are_refused(self):
        campaign = self.work.campaign()
        for options in (("--paper", "units", "--where", "colour=red"), ("--paper", "units", "--where", "state=lost"),
                        ("--paper", "units", "--order", "size"), ("--paper", "units", "--group", "unit"),
                        ("--paper", "notice", "--to", "xlsx"), ("--paper", "drafts", "--to", "docx"),
                        ("--paper", "poster"), ("--where", "state=missing"), ("--ranked",),
                        ("--paper", "notice", "--ranked"), ("--paper", "bulletin", "--bcc"),
                        ("--paper", "notice", "--until", "soon"), ("--until", "2026-12-10")):
            with self.subTest(options=options):
                run("aggregate", "--campaign", campaign, self.work.reports, *options, exit_codes=(2,))
        for kind in ("reminder", "notice", "drafts", "message"):
            done = run("aggregate", self.work.reports, "--paper", kind, "--lang", "zh", exit_codes=(2,))
            self.assertIn("没有应报名册", done.stderr.decode())

    def test_the_same_source_gives_the_same_bytes_in_any_order(self):
        files = sorted(self.work.reports.glob("*.json"))
        campaign = self.work.campaign()
        for kind in ("reminder", "notice", "drafts", "message", "letters", "bulletin", "units"):
            made = {run("aggregate", "--campaign", campaign, *order, "--paper", kind).stdout
                    for order in (files, files[::-1], [*files, files[0]])}
            self.assertEqual((len(made), b"" in made), (1, False), kind)

    def test_papers_speak_chinese_whatever_the_locale_and_the_table_speaks_the_readers_language(self):
        campaign = self.work.campaign()
        for kind in ("reminder", "notice", "drafts", "message", "letters", "bulletin", "units"):
            made = [run("aggregate", "--lang", language, "--campaign", campaign, self.work.reports, "--paper", kind).stdout
                    for language in ("zh", "en")]
            self.assertEqual(made[0] == made[1], kind != "units", kind)

    def test_help_tells_of_papers_in_both_languages(self):
        for language, word in (("zh", "催报清单"), ("en", "messenger")):
            text = run("aggregate", "--help", "--lang", language).stdout.decode()
            self.assertIn("--paper", text)
            self.assertIn(word, text)


class District(unittest.TestCase):
    """Seventy units with every fate."""

    @classmethod
    def setUpClass(cls):
        cls.work = work = Work()
        maker.write_folder(work.folder / "all", work.form, 70, 5, False)
        work.reports = work.folder / "all/reports"
        with open(work.folder / "all/expected.csv", encoding="utf-8", newline="") as file:
            work.listed = list(csv.DictReader(file))
        cls.stated = reference.roll_up(work.reports, work.listed)
        cls.told = json.loads(run("aggregate", "--campaign", work.campaign(), work.reports).stdout)

    @classmethod
    def tearDownClass(cls):
        cls.work.remove()

    def telling(self) -> str:
        """The last layer that half of the counted reports have."""
        return [layer for layer in maker.LAYERS
                if self.stated["layers"][layer]["n"] * 2 >= self.stated["counted"]][-1]

    def test_the_bulletin_has_the_figures_of_the_reports(self):
        stated = self.stated
        text = text_of(self.work.word("bulletin"))
        self.assertIn(f"收到 {stated['received']} 份 = 计入 {stated['counted']} + 被替代 {stated['superseded']} + "
                      f"重复 {stated['doubled']} + 名册外 0 + 不能用 {len(stated['rejected_files'])}", text)
        self.assertIn(f"应报 {stated['expected']} 家，计入 {stated['counted']} 家，未报 {len(stated['missing'])} 家，"
                      f"迟报 {stated['late']} 家", text)
        verified = sum(last_layer(report) != "self" for report in self.work.counted())
        self.assertIn(f"已评分 {verified} 家", text)
        for layer, words in LAYER_WORDS.items():
            figures = stated["layers"][layer]
            incomplete = sum(0 < len(report["scores"][layer]) < 84 for report in self.work.counted())
            self.assertIn(f"{words}：有得分 {figures['n']} 家（其中 {incomplete} 家未评全），平均 {figures['mean']} 分，"
                          f"中位数 {figures['median']} 分，最低 {figures['min']} 分，最高 {figures['max']} 分。", text)
        for heading in ("依据与范围", "总体情况", "主要成效", "共性问题", "个性问题", "后进名单与依据", "工作要求"):
            self.assertRegex(text, f"\n[一二三四五六七]、{heading}\n")

    def test_the_bulletin_names_the_best_and_the_worst_criteria(self):
        layer = self.telling()
        text = text_of(self.work.word("bulletin"))
        criteria = [(c, c["layers"][layer]) for c in self.stated["criteria"] if c["layers"][layer]["n"]]

        def share(part, n):
            return f"{(part * 2000 + n) // (2 * n) / 10:.1f}"

        best = sorted(criteria, key=lambda c: -Fraction(c[1]["full"], c[1]["n"]))[:5]
        self.assertEqual(re.findall(r"（([0-9.]+)）：有得分 (\d+) 家，满分 (\d+) 家，占 ([0-9.]+)%", text),
                         [(c["id"], str(f["n"]), str(f["full"]), share(f["full"], f["n"])) for c, f in best])
        worst = sorted(criteria, key=lambda c: -Fraction(c[1]["lost"]))[:10]
        self.assertEqual(
            re.findall(r"（([0-9.]+)）：有得分 (\d+) 家，失分 (\d+) 家，占 ([0-9.]+)%，共失 ([0-9.]+) 分", text),
            [(c["id"], str(f["n"]), str(f["n"] - f["full"]), share(f["n"] - f["full"], f["n"]), f["lost"])
             for c, f in worst])
        for finding in self.told["findings"]:
            if finding["severity"] == "error":
                self.assertIn(f" {finding['units']} 家 {finding['n']} 处", text)
        self.assertIn(f"审核仍有错误的 {self.told['errors']} 家", text)

    def test_the_annexes_have_every_section_criterion_and_group(self):
        layer, stated = self.telling(), self.stated
        word = self.work.word("bulletin")
        self.assertEqual(len(word.tables), 3)
        self.assertEqual([cell.text for cell in word.tables[0].rows[0].cells],
                         ["部分", "分值", "评分方", "有得分家数", "平均分", "中位数", "最低分", "最高分"])
        sections, criteria, groups = (table_rows(table)[1:] for table in word.tables)

        def cells(figures, *names):
            return [str(figures[name] if figures[name] is not None else "") for name in names]

        self.assertEqual(sections, [
            [s["name"], str(s["points"]), words, *cells(s["layers"][of], "n", "mean", "median", "min", "max")]
            for s in stated["sections"] for of, words in LAYER_WORDS.items()])
        self.assertEqual([[row[0], *row[2:]] for row in criteria], [
            [c["id"], reference.plain(Fraction(c["points"])),
             *cells(c["layers"][layer], "n", "mean", "median", "full", "lost")] for c in stated["criteria"]])
        wanted = []
        for group in stated["groups"]:
            figures = group["layers"][layer]
            if group["by"] == "version":
                continue
            row = [{"district": "上级", "class": "类别"}[group["by"]], group["name"], str(group["n"]), str(figures["n"])]
            wanted.append(row + (cells(figures, "mean", "median") if figures["n"] >= 3 else ["", ""]))
        self.assertEqual(groups, wanted)

    def test_what_goes_down_names_no_unit_and_what_stays_is_ranked(self):
        word = self.work.word("bulletin")
        everything = text_of(word) + str([table_rows(table) for table in word.tables])
        for unit in self.work.listed:
            self.assertNotIn(unit["单位"], everything)
        self.assertNotIn("内部资料", everything)

        layer = self.telling()
        ranked = self.work.word("bulletin", "--ranked")
        self.assertTrue(ranked.paragraphs[0].text.startswith("内部资料"))
        missing, errors, ranks = (table_rows(table)[1:] for table in ranked.tables[-3:])
        self.assertEqual([row[1] for row in missing], self.stated["missing"])
        counted = self.work.counted()
        totals = {report["unit"]: total(report, layer) for report in counted}
        scored = sorted((unit for unit in totals if totals[unit] is not None), key=lambda unit: -totals[unit])
        wanted = [[str(1 + sum(totals[other] > totals[unit] for other in scored)), unit, shown(totals[unit])]
                  for unit in scored]
        wanted += [["", report["unit"], ""] for report in counted if totals[report["unit"]] is None]
        self.assertEqual([[row[0], row[1], row[3]] for row in ranks], wanted)
        self.assertEqual(len({row[0] for row in errors}), self.told["errors"])
        verified = sum(last_layer(report) != "self" for report in counted)
        self.assertIn(f"计入 {len(counted)} 家，其中单位以外的评分方已评分 {verified} 家", text_of(ranked))

    def test_the_bulletin_counts_its_characters(self):
        def count(word) -> int:
            paragraphs = [p.text for p in word.paragraphs]
            last = next(i for i, text in enumerate(paragraphs) if text.endswith("2026年12月1日") and OFFICE in text)
            return sum(len(re.sub(r"[ \n\u3000]", "", text)) for text in paragraphs[:last + 1])

        word = self.work.word("bulletin")
        self.assertIn(f"正文 {count(word)} 字，上限 5000 字。", self.work.said)
        brief = self.work.word("bulletin", "--brief")
        self.assertIn(f"正文 {count(brief)} 字，上限 4000 字。", self.work.said)
        self.assertTrue(brief.paragraphs[0].text.endswith("考核情况简报"))


if __name__ == "__main__":
    unittest.main()
