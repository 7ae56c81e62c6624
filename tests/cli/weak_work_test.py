"""The list of weak organisations, plans, surveys and reviews: the way from self-check to closing, by files alone.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import docx
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent))
from weak_case import DOORS, DUIBIAO, OFFICE, ROOT, Case, table  # noqa: E402


class Work(Case):
    """The list, plans, reviews: files that go from office to unit and back."""

    def rows(self, path: Path) -> list[dict]:
        text = self.run_command("export", path, "--to", "csv").stdout.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        head = next(number for number, line in enumerate(lines) if "党组织名称" in line or "问题" in line)
        return [dict(zip(lines[head], line)) for line in lines[head + 1:] if any(line)]

    def codes(self, *files, as_of="2026-09-20") -> list[tuple]:
        done = subprocess.run([DUIBIAO, "check", *map(str, files), "--as-of", as_of, "--format", "json", "--lang", "zh"],
                              capture_output=True)
        self.assertIn(done.returncode, (0, 1), done.stderr.decode())
        findings = json.loads(done.stdout)["findings"]
        for finding in findings:
            self.assertTrue(finding["citation"] or finding["code"] in ("header-required", "grade-gap"), finding)
            self.assertNotIn("{", finding["message"])
            self.assertNotIn("finding.", finding["message"])
        return [(finding["code"], finding["severity"]) for finding in findings]

    def has(self, code: str, *files, **options) -> bool:
        return any(code == one for one, _ in self.codes(*files, **options))

    def list_of(self, name: str = "list.json", office: str = OFFICE) -> Path:
        path = self.folder / name
        self.run_command("weak", "list", self.reports, "--unit", office, "-o", path)
        return path

    def decide(self, path: Path, *rows: dict) -> Path:
        names = {name: "" for row in rows for name in row}
        return self.fill(path, table([names | row for row in rows]))

    CONFIRMED = {"认定": "确定", "认定日期": "2026-08-15", "认定单位": OFFICE, "成因": "书记长期不在岗", "责任人": "周书记",
                 "联系领导": "吴局长", "结对单位": "市人民医院党委", "时限": "2026-10-15"}

    def confirmed(self, *, plan: bool = True) -> tuple[Path, Path]:
        self.annex("甲支部", i1_1_1="否", i2_3_1="5")
        path = self.decide(self.list_of(), {"党组织名称": "甲支部"} | self.CONFIRMED)
        plan_path = self.folder / "plan.json"
        if plan:
            self.run_command("weak", "plan", path, "--unit", "甲支部", "-o", plan_path)
        return path, plan_path

    def test_the_whole_way(self):
        self.annex("甲支部", i1_1_1="否", i2_3_1="5")
        self.annex("乙支部", i3_1_2="无")
        self.annex("丙支部")
        self.annex("甲支部", form="weak-survey", i1_1_1="否", i2_4_2="否")
        campaign = self.campaign([("甲支部", "东片", "卫生院"), ("乙支部", "西片", "医院"), ("丙支部", "西片", "医院"),
                                  ("丁支部", "西片", "医院")])
        path = self.folder / "list.json"
        done = self.run_command("weak", "list", self.reports, "--campaign", campaign, "-o", path)
        self.assertIn("新列入 2 个", done.stdout.decode())
        rows = self.rows(path)
        self.assertEqual([(row["党组织名称"], row["县区"], row["认定"]) for row in rows],
                         [("甲支部", "东片", "候选"), ("乙支部", "西片", "候选")])
        self.assertEqual(rows[0]["主要问题"].split("；"), [
            "没有固定的党员活动室", "没有每月开展支部主题党日活动，今年以来5次", "“三会一课”、主题党日没有记录"])
        self.assertEqual(rows[0]["认定依据"].split("；"), [
            "阵地建设不到位：自查1.1.1“否”（R 一(二)1）",
            "阵地建设不到位：排摸1.1.1“否”（R 一(二)1）",
            "主题党日活动不正常：自查2.3.1“5”（R 一(二)2）",
            "主题党日活动不正常：排摸2.4.2“否”（R 一(二)2）"])
        self.decide(path, {"党组织名称": "甲支部", "党员数": "23"} | self.CONFIRMED | {"时限": "2026-10-12"},
                    {"党组织名称": "乙支部", "认定": "剔除", "认定理由": "新成立，已补开展", "认定日期": "2026-08-15", "认定单位": OFFICE})
        self.assertEqual(len(self.rows(path)), 2)
        self.assertEqual([code for code, kind in self.codes(path) if kind == "error"], [])

        plan = self.folder / "plan.json"
        self.run_command("weak", "plan", path, "--unit", "甲支部", "-o", plan)
        text = plan.read_text(encoding="utf-8")
        self.assertNotIn("乙支部", text)
        self.assertEqual([(row["问题"], row["责任人"], row["时限"]) for row in self.rows(plan)],
                         [(problem, "周书记", "2026-10-12") for problem in rows[0]["主要问题"].split("；")])
        self.assertEqual(self.codes(plan).count(("cell-required", "error")), 3, "no measures yet")

        problems = rows[0]["主要问题"].split("；")
        self.decide(plan, *({"问题": problem, "措施": f"措施{number}"} for number, problem in enumerate(problems)))
        self.assertEqual(self.codes(plan, as_of="2026-09-10"), [])
        self.assertEqual(self.codes(plan, as_of="2026-09-16"), [("row-overdue", "warning")] * 3, "no progress in a month")
        self.decide(plan, *({"问题": problem, "进展": "9月：已动工", "报告进展日期": "2026-09-14"} for problem in problems))
        self.assertEqual([code for code, _ in self.codes(plan, as_of="2026-09-16")], [])
        self.decide(plan, *({"问题": problem, "完成日期": "2026-10-10", "佐证": "照片3张"} for problem in problems))
        self.decide(plan, *({"问题": problem, "验收": "销号", "验收日期": "2026-10-20", "验收人": "吴局长"} for problem in problems[:2]),
                    {"问题": problems[2], "验收": "退回", "验收日期": "2026-10-20", "退回理由": "记录不全"})
        self.decide(path, {"党组织名称": "甲支部", "申请销号日期": "2026-10-22", "审批销号日期": "2026-10-28", "验收日期": "2026-10-26",
                           "销号日期": "2026-10-30", "验收结果": "合格"})
        self.assertTrue(self.has("weak-closed-open", path, plan, as_of="2026-11-01"))
        self.decide(plan, {"问题": problems[2], "验收": "销号", "验收日期": "2026-10-25", "验收人": "吴局长"})
        review = self.review(self.folder / "review.json", "甲支部", 满意=20, 基本满意=5, 不满意=5)
        files = [path, plan, review]
        self.assertEqual([code for code, kind in self.codes(*files, as_of="2026-11-01") if kind == "error"], [])
        self.assertEqual([code for code, _ in self.codes(*files, as_of="2026-11-01") if code.startswith("weak-")], [])
        self.assertFalse(self.has("row-due-soon", path, as_of="2027-09-01"))
        self.assertTrue(self.has("row-due-soon", path, as_of="2027-10-15"), "回头看 comes near")
        self.assertTrue(self.has("row-overdue", path, as_of="2027-11-01"))

    # ---- The list ----

    def test_what_a_person_wrote_stays_and_changed_evidence_is_said(self):
        path = self.annex("甲支部", i1_1_1="否")
        weak = self.decide(self.list_of(), {"党组织名称": "甲支部", "备注": "手写的备注", "主要问题": "没有阵地"} | self.CONFIRMED)
        before = self.rows(weak)[0]
        self.run_command("weak", "list", self.reports, "--into", weak, "-o", weak)
        self.assertEqual(self.rows(weak)[0], before)
        self.fill(path, "item,value\n1.1.1,是\n2.4.1,否\n", self.reports / "later.json")
        self.annex("乙支部", i1_1_1="否")
        done = self.run_command("weak", "list", self.reports, "--into", weak, "-o", weak)
        self.assertIn("甲支部", done.stderr.decode())
        rows = self.rows(weak)
        changed = {name for name in before if rows[0][name] != before[name]}
        self.assertEqual(changed, {"依据标记", "依据变化"})
        self.assertIn("已被第", rows[0]["依据变化"])
        self.assertIn("2.4.1“否”", rows[0]["依据变化"])
        self.assertEqual(rows[1]["党组织名称"], "乙支部")
        self.assertTrue(self.has("row-state", weak))
        again = self.run_command("weak", "list", self.reports, "--into", weak, "-o", weak)
        self.assertIn("新列入 0 个，依据有变化 0 个", again.stdout.decode())

    def test_evidence_that_is_gone_altogether_is_said(self):
        path = self.annex("甲支部", i1_1_1="否")
        weak = self.list_of()
        path.unlink()
        self.annex("乙支部")
        self.run_command("weak", "list", self.reports, "--into", weak, "-o", weak)
        self.assertEqual(self.rows(weak)[0]["依据变化"], "现有报送件中已没有认定依据")

    def test_a_strike_without_a_reason_and_dates_before_the_confirmation(self):
        self.annex("甲支部", i1_1_1="否")
        weak = self.decide(self.list_of(), {"党组织名称": "甲支部", "认定": "剔除"})
        self.assertIn(("cell-required-when", "error"), self.codes(weak))
        self.decide(weak, {"党组织名称": "甲支部"} | self.CONFIRMED | {"时限": "2026-08-01", "销号日期": "2026-08-10"})
        self.assertEqual(self.codes(weak).count(("dates-order", "error")), 2)
        self.assertTrue(self.has("cell-required-when", weak), "closed without verdict and approvals")

    def test_two_offices_confirm_differently(self):
        self.annex("甲支部", i1_1_1="否")
        first = self.decide(self.list_of(), {"党组织名称": "甲支部"} | self.CONFIRMED)
        second = self.decide(self.list_of("other.json", "县卫生健康局党委"), {"党组织名称": "甲支部", "认定": "剔除", "认定理由": "已整改"})
        codes = self.codes(first, second)
        self.assertEqual(codes.count(("weak-decided-twice", "error")), 2)
        self.decide(second, {"党组织名称": "甲支部"} | self.CONFIRMED)
        self.assertEqual(self.codes(first, second).count(("weak-listed-twice", "notice")), 2)

    def test_two_copies_of_one_list_decided_differently_are_a_conflict(self):
        self.annex("甲支部", i1_1_1="否")
        weak = self.list_of()
        copy = self.folder / "copy.json"
        shutil.copy(weak, copy)
        self.decide(weak, {"党组织名称": "甲支部"} | self.CONFIRMED)
        self.decide(copy, {"党组织名称": "甲支部", "认定": "剔除", "认定理由": "已整改"})
        done = self.run_command("merge", weak, copy, "-o", self.folder / "merged.json", code=1)
        self.assertIn("两边都改过的 1 处", done.stdout.decode())

    def test_verdict_and_time_limits(self):
        weak, _ = self.confirmed(plan=False)
        self.assertTrue(self.has("row-overdue", weak, as_of="2026-10-16"))
        self.decide(weak, {"党组织名称": "甲支部", "验收结果": "基本合格", "验收日期": "2026-10-26"})
        self.assertFalse(self.has("row-overdue", weak, as_of="2027-04-26"))
        self.assertTrue(self.has("row-overdue", weak, as_of="2027-04-27"), "half a year more")
        self.decide(weak, {"党组织名称": "甲支部", "销号日期": "2026-10-30", "申请销号日期": "2026-10-27", "审批销号日期": "2026-10-28"})
        self.assertIn(("row-contradiction", "error"), self.codes(weak, as_of="2026-11-01"))

    # ---- The plan ----

    def test_a_plan_only_of_who_is_confirmed(self):
        self.annex("甲支部", i1_1_1="否")
        weak = self.list_of()
        for unit, words in (("甲支部", "还没有确定"), ("乙支部", "名单中没有")):
            done = self.run_command("weak", "plan", weak, "--unit", unit, code=2)
            self.assertIn(words, done.stderr.decode())

    def test_a_plan_without_person_or_date_and_with_dates_before_the_confirmation(self):
        self.annex("甲支部", i1_1_1="否")
        weak = self.decide(self.list_of(), {"党组织名称": "甲支部", "认定": "确定", "认定日期": "2026-08-15"})
        plan = self.folder / "plan.json"
        self.run_command("weak", "plan", weak, "--unit", "甲支部", "-o", plan)
        self.assertEqual(self.rows(plan)[0]["时限"], "2026-10-15", "the doors' limit")
        self.assertIn(("cell-required", "error"), self.codes(plan))
        row = {"问题": "没有固定的党员活动室"}
        self.decide(plan, row | {"措施": "腾房", "责任人": "周书记", "时限": "2026-08-01", "完成日期": "2026-08-02", "佐证": "照片"})
        self.assertEqual(self.codes(plan).count(("dates-order", "error")), 2)

    def test_an_overdue_problem_on_both_sides(self):
        weak, plan = self.confirmed()
        for files in ((plan,), (weak, plan)):
            self.assertIn(("row-overdue", "error"), self.codes(*files, as_of="2026-10-16"))

    def test_a_plan_returned_twice(self):
        weak, plan = self.confirmed()
        copy = self.folder / "copy.json"
        shutil.copy(plan, copy)
        self.decide(plan, {"问题": "没有固定的党员活动室", "措施": "腾房"})
        self.assertEqual([code for code, _ in self.codes(copy, plan) if code.startswith("weak-plan")], ["weak-plan-earlier"])
        self.decide(copy, {"问题": "没有固定的党员活动室", "措施": "租房"})
        self.assertEqual([code for code, _ in self.codes(copy, plan) if code.startswith("weak-plan")], ["weak-plan-forked"] * 2)

    def test_a_plan_without_a_decision_and_a_decision_without_a_plan(self):
        weak, plan = self.confirmed()
        other = self.new("weak-plan", "乙支部", "问题\n没有阵地\n", self.folder / "other.json")
        self.assertTrue(self.has("weak-plan-unlisted", weak, plan, other))
        self.assertTrue(self.has("weak-plan-missing", weak, other))
        self.assertFalse(self.has("weak-plan-missing", weak))
        second = self.new("weak-plan", "甲 支部", "问题\n没有阵地\n", self.folder / "second.json")
        self.assertEqual(self.codes(weak, plan, second).count(("weak-plan-twice", "warning")), 2)

    # ---- The review ----

    def review(self, path: Path, unit: str, scores=(28, 36, 28, 18, 18, 18), closed=3, issued=40, returned=None, valid=None, **votes):
        sum_of = sum(votes.values())
        rows = [("1.1.1", "score", scores[0]), ("1.1.2", "score", scores[1]), ("1.1.3", "score", scores[2]),
                ("3.1.1", "blank:问题数", 3), ("3.1.1", "blank:销号数", closed), ("3.1.2", "score", scores[3]),
                ("3.1.3", "score", scores[4]), ("3.1.4", "score", scores[5]), ("2.1.1", "votes:发出", issued),
                ("2.1.1", "votes:收回", sum_of if returned is None else returned),
                ("2.1.1", "votes:有效", sum_of if valid is None else valid),
                *(("2.1.1", f"votes:{option}", count) for option, count in votes.items())]
        text = "item,field,value,note\n" + "".join(f"{item},{field},{value},\n" for item, field, value in rows)
        return self.new("weak-review", unit, text, path)

    def score(self, path: Path) -> dict:
        return json.loads(self.run_command("score", path, "--format", "json").stdout)

    def test_verdicts_by_points_and_by_votes(self):
        for votes, scores, closed, grade, by in (
                ({"满意": 20, "基本满意": 5, "不满意": 5}, (28, 36, 28, 18, 18, 18), 3, "合格", "band"),
                ({"满意": 10, "基本满意": 5, "不满意": 15}, (30, 40, 30, 20, 20, 20), 3, "基本合格", "ceiling"),
                ({"满意": 10, "基本满意": 4, "不满意": 16}, (30, 40, 30, 20, 20, 20), 3, "不合格", "ceiling"),
                ({"满意": 17, "基本满意": 1, "不满意": 12}, (30, 40, 30, 20, 20, 20), 3, "合格", "band"),
                ({"满意": 20, "基本满意": 5, "不满意": 5}, (20, 20, 20, 10, 10, 10), 2, "基本合格", "band"),
                ({"满意": 20, "基本满意": 5, "不满意": 5}, (10, 10, 10, 8, 8, 8), 1, "不合格", "band")):
            with self.subTest(votes=votes, scores=scores):
                path = self.review(self.folder / "review.json", "甲支部", scores=scores, closed=closed, **votes)
                said = self.score(path)
                valid = sum(votes.values())
                mean = (votes["满意"] * 100 + votes["基本满意"] * 80) / valid
                total = sum(scores[:3]) * 0.2 + mean * 0.3 + (40 - 10 * (3 - closed) + sum(scores[3:])) * 0.5
                self.assertEqual((said["grade"]["label"], said["grade"]["by"]), (grade, by), said)
                satisfied = (votes["满意"] + votes["基本满意"]) / valid * 100
                self.assertAlmostEqual(float(said["figures"]["满意率"]), satisfied, 2)
                self.assertAlmostEqual(float(said["figures"]["测评得分"]), mean, 2)
                self.assertEqual(total >= 70, grade == "合格" or by == "ceiling")

    def test_ballots_that_cannot_be(self):
        more = self.review(self.folder / "more.json", "甲支部", issued=20, 满意=20, 基本满意=5, 不满意=5)
        self.assertTrue(self.has("ballots-over", more))
        few = self.review(self.folder / "few.json", "甲支部", 满意=2)
        self.assertTrue(self.has("ballots-scarce", few))
        self.assertFalse(self.has("ballots-scarce", self.review(self.folder / "three.json", "甲支部", 满意=3)))

    def papers(self, path: Path) -> dict[str, str]:
        """What stands on each paper, in words."""
        texts = {}
        for format in ("html", "docx", "xlsx", "csv"):
            paper = self.folder / f"{path.stem}.{format}"
            self.run_command("export", path, "--to", format, "-o", paper)
            if format == "docx":
                body = docx.Document(str(paper))
                texts[format] = "\n".join(cell.text for one in body.tables for row in one.rows for cell in row.cells)
            elif format == "xlsx":
                sheets = openpyxl.load_workbook(paper).worksheets
                texts[format] = "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
            else:
                texts[format] = paper.read_text(encoding="utf-8-sig")
        return texts

    def test_two_ballots_stand_on_no_paper(self):
        for path, is_masked in ((self.review(self.folder / "few.json", "甲支部", 满意=1, 不满意=1), True),
                                (self.review(self.folder / "more.json", "甲支部", 满意=2, 不满意=1), False)):
            for format, text in self.papers(path).items():
                with self.subTest(path=path.name, format=format):
                    self.assertIn("有效2票" if is_masked else "有效3票", text)
                    self.assertEqual("各项票数不公开（有效票不足3张）" in text, is_masked)
                    self.assertEqual(re.search("满意[0-9]+票", text) is None, is_masked)
                    self.assertEqual("满意率：" in text, not is_masked)
            said = self.score(path)
            self.assertEqual(said["figures"]["满意率"] is None, is_masked, said)
            self.assertEqual(said["grade"].get("label") is None, is_masked, said)

    def test_a_verdict_that_does_not_close_goes_on_for_half_a_year(self):
        weak, plan = self.confirmed()
        first = self.review(self.folder / "first.json", "甲支部", 满意=10, 基本满意=5, 不满意=15)
        self.fill(first, "item,value\nheader.date,2026-10-26\n")
        self.decide(weak, {"党组织名称": "甲支部", "验收结果": "基本合格", "验收日期": "2026-10-26"})
        files = [weak, plan, first]
        self.assertFalse(self.has("row-due-soon", weak, as_of="2027-03-01"))
        self.assertTrue(self.has("row-due-soon", weak, as_of="2027-04-01"), "the half year is nearly over")
        self.assertTrue(self.has("row-overdue", weak, as_of="2027-05-01"))
        # The second review is another paper, and its verdict is the one that counts.
        second = self.review(self.folder / "second.json", "甲 支部", 满意=25, 基本满意=4, 不满意=1)
        self.fill(second, "item,value\nheader.date,2027-04-20\n")
        self.assertTrue(self.has("weak-verdict-differs", *files, second))
        self.decide(weak, {"党组织名称": "甲支部", "验收结果": "合格", "验收日期": "2027-04-20"})
        self.assertFalse(self.has("weak-verdict-differs", *files, second))
        self.assertTrue(self.has("weak-verdict-differs", *files))
        self.decide(weak, {"党组织名称": "甲支部", "验收结果": "不合格"})
        self.assertTrue(self.has("row-overdue", weak, as_of="2027-04-21"), "its old limit is over: it needs a new one")

    def test_a_verdict_that_is_not_the_review_s_wants_a_reason(self):
        weak, _ = self.confirmed(plan=False)
        review = self.review(self.folder / "review.json", "甲支部", 满意=10, 基本满意=4, 不满意=16)
        self.decide(weak, {"党组织名称": "甲支部", "验收结果": "合格", "验收日期": "2026-10-26"})
        self.assertTrue(self.has("weak-verdict-differs", weak, review))
        self.decide(weak, {"党组织名称": "甲支部", "备注": "测评当天多数党员在外，另行访谈认可"})
        self.assertFalse(self.has("weak-verdict-differs", weak, review))

    def test_survey_and_unit_differ(self):
        own = self.annex("甲支部")
        survey = self.annex("甲支部", form="weak-survey", i2_4_2="否")
        self.assertEqual([code for code, _ in self.codes(own, survey, as_of="2026-01-01")].count("weak-survey-differs"), 1)

    def test_another_province_s_doors_and_forms_are_other_files(self):
        doors = json.loads(json.dumps(DOORS))
        doors["id"] = "other"
        doors["doors"] = doors["doors"][:1]
        doors["forms"] = {"list": {"form": "own-list", "clause": "X 1"}, "plan": {"form": "own-plan", "clause": "X 2"},
                          "review": {"form": "own-review", "clause": "X 3"}}
        doors["plan_limit"] = "09-30"
        path = self.folder / "doors.json"
        path.write_text(json.dumps(doors, ensure_ascii=False), encoding="utf-8")
        for kind in ("list", "plan"):
            form = json.loads((ROOT / f"assets/campaign/weak-{kind}.json").read_text(encoding="utf-8"))
            form |= {"id": f"own-{kind}", "title": f"某省{form['title']}"}
            (self.folder / f"own-{kind}.json").write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
        self.annex("甲支部", i1_1_1="否", i3_1_2="无")
        weak, plan = self.folder / "weak.json", self.folder / "plan.json"
        self.run_command("weak", "list", self.reports, "--doors", path, "--unit", OFFICE, "-o", weak)
        self.assertEqual(json.loads(weak.read_text(encoding="utf-8"))["instrument"]["id"], "own-list")
        self.assertEqual(self.rows(weak)[0]["主要问题"], "没有固定的党员活动室")
        self.decide(weak, {"党组织名称": "甲支部", "认定": "确定", "认定日期": "2026-08-15"})
        self.run_command("weak", "plan", weak, "--doors", path, "--unit", "甲支部", "-o", plan)
        self.assertEqual(self.rows(plan)[0]["时限"], "2026-09-30")
        other = self.folder / "other-plan.json"
        self.run_command("new", self.folder / "own-plan.json", "--unit", "乙支部", "--period", "2026", "-o", other)
        self.assertTrue(self.has("weak-plan-unlisted", weak, other, "--doors", path))
        self.assertFalse(self.has("weak-plan-unlisted", weak, other))

    def test_a_campaign_keeps_doors_of_its_own(self):
        doors = json.loads(json.dumps(DOORS)) | {"id": "other", "title": "某省认定条件"}
        doors["doors"] = [{"id": "study", "title": "学习少", "clause": "Y 2", "evidence": [
            {"form": "ruian-2019-annex1", "item": "2.1.1", "below": 4, "clause": "Y 2", "words": "学习{answer}次"}]}]
        campaign = self.campaign([("甲支部", "东片", "卫生院"), ("乙支部", "西片", "医院")])
        text = json.dumps(doors, ensure_ascii=False, separators=(",", ":"))
        self.fill(campaign, table([{"item": "header.doors_file", "value": text}]))
        self.annex("甲支部", i1_1_1="否")
        self.annex("乙支部", i2_1_1="3")
        found = self.candidates("--campaign", campaign)
        self.assertEqual([(one["name"], one["doors"]) for one in found["units"] if one["doors"]], [("乙支部", ["study"])])
        self.assertEqual(found["units"][-1]["evidence"][0]["words"], "学习3次")
        # Other doors that are named go before it.
        other = self.own_doors(lambda by_id: None)
        again = self.candidates("--campaign", campaign, "--doors", other)
        self.assertEqual([one["name"] for one in again["units"] if one["doors"]], ["甲支部"])
        # The paper of the campaign does not show the file.
        for format, paper in self.papers(campaign).items():
            if format != "csv":
                self.assertNotIn("duibiao-doors", paper, format)

    # ---- Papers ----

    def test_the_days_of_a_plan_name_each_problem(self):
        _, plan = self.confirmed()
        calendar = self.folder / "plan.ics"
        self.run_command("export", plan, "--to", "ics", "-o", calendar)
        text = calendar.read_text(encoding="utf-8").replace("\n ", "")
        for problem in ("没有固定的党员活动室", "没有每月开展支部主题党日活动"):
            self.assertIn(f"SUMMARY:整改到期：{problem}", text)
            self.assertIn(f"SUMMARY:按月报告进展：{problem}", text)

    def test_the_list_on_paper_and_in_excel(self):
        self.annex("乙支部", i3_1_2="无")
        weak, plan = self.confirmed()
        heads = ["县区", "党组织名称", "类别", "党员数", "认定依据", "主要问题", "成因", "措施", "责任人", "联系领导", "结对单位", "时限",
                 "进展", "销号日期", "验收结果", "备注"]
        for path in (weak, plan):
            for format in ("docx", "xlsx", "html"):
                self.run_command("export", path, "--to", format, "-o", self.folder / f"{path.stem}.{format}")
        lines = [[cell.text for cell in row.cells] for row in docx.Document(str(self.folder / "list.docx")).tables[0].rows]
        self.assertIn(["序号", *heads], lines)
        cells = [cell for line in lines for cell in line]
        self.assertIn("甲支部", cells)
        self.assertNotIn("乙支部", cells, "not confirmed")
        self.assertIn("另有 1 行不列入。", cells)
        sheet = openpyxl.load_workbook(self.folder / "list.xlsx").worksheets[0]
        seen = [cell.value for row in sheet.iter_rows() for cell in row]
        for head in heads:
            self.assertIn(head, seen)
        self.assertNotIn("乙支部", seen)

    def test_candidates_as_files_for_people(self):
        self.annex("甲支部", i1_1_1="否")
        for format in ("csv", "xlsx", "docx", "html"):
            path = self.folder / f"candidates.{format}"
            self.run_command("weak", "candidates", self.reports, "--to", format, "--lang", "zh", "-o", path)
        text = (self.folder / "candidates.csv").read_text(encoding="utf-8-sig")
        self.assertIn("甲支部", text)
        self.assertIn("R 一(二)1", text)
        cells = [cell.text for row in docx.Document(str(self.folder / "candidates.docx")).tables[0].rows for cell in row.cells]
        self.assertIn("没有固定的党员活动室", cells)

if __name__ == "__main__":
    unittest.main()
