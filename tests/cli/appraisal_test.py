"""先锋指数考评 over the command line: appraisal_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import csv
import io
import json
import random
import sys
import unittest
from decimal import ROUND_HALF_UP, Decimal

import cli_test
from cli_test import Case, needs_printer

FORM = "shaoxing-2017-appraisal"
DIMENSIONS = ["组织生活", "组织任务", "中心工作", "志愿服务", "医德考评"]
EPOCH = {"SOURCE_DATE_EPOCH": "1795132800"}


def cents(value):
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


class AppraisalCase(Case):
    def new(self, name="a.json", **options):
        self.done("new", FORM, "--unit", "内科党支部", "--period", "2026-H1", "-o", name, **options)
        return name

    def fill_with(self, name, head, lines, **options):
        text = io.StringIO()
        csv.writer(text).writerows([head, *lines])
        self.write("table.csv", text.getvalue())
        return self.done("fill", name, "--from", "table.csv", "-o", name, **options)

    def scores_of(self, name, members, what, **options):
        """Scores in every dimension, by member; `what` is 自评 or 支部考评."""
        self.fill_with(name, ["姓名", "党支部", *(title + what for title in DIMENSIONS)],
                       [[*member, *scores] for member, scores in members.items()], **options)

    def steps(self, name, *steps, **options):
        return self.fill_with(name, ["item", "value"], [[f"steps.{step}", "是"] for step in steps], **options)

    def members(self, name):
        return json.loads(self.done("score", name, "--format", "json"))["members"]

    def findings(self, *names, exit=0):
        return json.loads(self.done("check", *names, "--as-of", "2026-06-30", "--format", "json", exit=exit))["findings"]


class Whole(AppraisalCase):
    """60 members and 12 raters from the self-score to publication."""

    MEMBERS = 60
    RATERS = 12

    def setUp(self):
        super().setUp()
        self.random = random.Random(2026)
        self.people = [(f"党员{number:02d}" if number % 7 else "张三", f"第{number // 20 + 1}党支部" if number % 7 else
                        f"第{number}党支部") for number in range(self.MEMBERS)]

    def dimension_scores(self):
        return {member: [Decimal(self.random.randrange(41)) / 2 for _ in DIMENSIONS] for member in self.people}

    def ballots(self):
        """By member; None is an abstention."""
        return {member: [None if self.random.random() < 0.1 else Decimal(self.random.randrange(201)) / 2
                         for _ in range(self.RATERS)] for member in self.people}

    def fill_ballots(self, name, ballots, **options):
        order = list(ballots)
        self.random.shuffle(order)
        lines = [[*member, *(self.random.choice(["", "弃权"]) if ballot is None else str(ballot)
                             for ballot in ballots[member])] for member in order]
        raters = [f"评议人{number}" for number in range(1, self.RATERS + 1)]
        return self.fill_with(name, ["姓名", "党支部", *raters], lines, **options)

    def run_to_publication(self, name, own, ballots, branch, **options):
        self.new(name, **options)
        self.scores_of(name, own, "自评", **options)
        self.fill_ballots(name, ballots, **options)
        self.scores_of(name, branch, "支部考评", **options)
        self.steps(name, "branch", "publish", **options)

    def expected(self, own, ballots, branch):
        """Reckoned another way: decimals."""
        expected = []
        for member in self.people:
            given = [ballot for ballot in ballots[member] if ballot is not None]
            mean = cents(sum(given) / len(given))
            total = cents((sum(own[member]) * 20 + mean * 40 + sum(branch[member]) * 40) / 100)
            grade = next(title for at_least, title in [(90, "优秀"), (75, "合格"), (60, "基本合格"), (0, "不合格")]
                         if total >= at_least)
            expected.append((*member, sum(own[member]), len(given), mean, min(given), max(given), sum(branch[member]),
                             total, grade))
        return expected

    def found(self, name):
        number = lambda value: Decimal(str(value))
        return [(member["name"], member["branch"], number(member["parts"]["self"]), member["raters"],
                 number(member["parts"]["peers"]), number(member["lowest"]), number(member["highest"]),
                 number(member["parts"]["branch"]), number(member["total"]), member["grade"])
                for member in self.members(name)]

    def test_from_self_score_to_publication(self):
        own, ballots, branch = self.dimension_scores(), self.ballots(), self.dimension_scores()
        self.run_to_publication("a.json", own, ballots, branch)
        self.assertEqual(self.found("a.json"), self.expected(own, ballots, branch))
        self.assertEqual(self.findings("a.json"), [])
        score = json.loads(self.done("score", "a.json", "--format", "json"))
        self.assertEqual(list(score)[:6], ["instrument", "unit", "period", "veto", "verdict", "layers"])
        self.assertTrue(all(step["closed"] for step in score["steps"]))
        # Out, in, out: the same.
        table = self.exported_text("a.json", "--to", "csv")
        self.write("again.csv", table)
        self.done("fill", "a.json", "--from", "again.csv", "-o", "b.json")
        self.assertEqual(self.path("b.json").read_bytes(), self.path("a.json").read_bytes())
        rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
        self.assertEqual([(row["姓名"], row["总分"], row["等次"]) for row in rows],
                         [(row[0], format(row[8].normalize(), "f"), row[9])
                          for row in self.expected(own, ballots, branch)])

    def test_no_ballot_is_in_any_output(self):
        """Who gave what, the order of the lines and how abstentions are written leave no trace in any byte."""
        own, branch = self.dimension_scores(), self.dimension_scores()
        ballots = self.ballots()
        others = {member: self.random.sample(given, len(given)) for member, given in ballots.items()}
        for name, box in {"one.json": ballots, "two.json": others}.items():
            self.run_to_publication(name, own, box, branch, environment=EPOCH)
        self.assertEqual(self.path("one.json").read_bytes(), self.path("two.json").read_bytes())
        for to in ["csv", "html"]:
            self.assertEqual(self.exported_text("one.json", "--to", to), self.exported_text("two.json", "--to", to))
        self.assertNotIn("评议人", self.path("one.json").read_text())

    def test_late_ballots_and_changes_are_refused(self):
        own, ballots, branch = self.dimension_scores(), self.ballots(), self.dimension_scores()
        self.run_to_publication("a.json", own, ballots, branch)
        before = self.path("a.json").read_bytes()
        self.write("late.csv", "姓名,甲,乙,丙\n党员01,1,2,3\n")
        self.refused("fill", "a.json", "--from", "late.csv", "-o", "a.json", file="late.csv", place="line 1",
                     about="late ballots do not count")
        self.write("late.csv", "姓名,说明\n党员01,补记\n")
        self.refused("fill", "a.json", "--from", "late.csv", "-o", "a.json", file="late.csv", place="line 2")
        self.assertEqual(self.path("a.json").read_bytes(), before)


class Steps(AppraisalCase):
    def three(self):
        name = self.new()
        self.scores_of(name, {(who, "一支部"): [20] * 5 for who in ["张三", "李四", "王五"]}, "自评")
        return name

    def test_instruments_lists_it(self):
        forms = {form["id"]: form for form in json.loads(self.done("instruments", "--format", "json"))}
        self.assertEqual((forms[FORM]["kind"], forms[FORM]["points"], forms[FORM]["items"]), ("appraisal", 100, 0))

    def test_out_of_order_is_refused_by_line(self):
        name = self.three()
        self.write("s.csv", "item,value\nsteps.self,是\nsteps.branch,是\n")
        self.refused("fill", name, "--from", "s.csv", file="s.csv", place="line 3", about="in order")
        self.assertIn("个人自评", self.steps(name, "self"))

    def test_two_raters_are_not_enough(self):
        name = self.three()
        self.write("b.csv", "姓名,甲,乙\n张三,90,80\n李四,90,80\n王五,90,80\n")
        self.refused("fill", name, "--from", "b.csv", file="b.csv", place="line 1", about="fewer than 3")
        self.fill_with(name, ["姓名", "甲", "乙", "丙"],
                       [["张三", 91.5, 80.5, 70], ["李四", 91.5, 80.5, ""], ["王五", 91.5, "弃权", ""]])
        text = self.path(name).read_text()
        self.assertEqual((text.count("91.5"), text.count("80.5")), (2, 0))  # the first's highest: answer and log
        self.assertEqual([member["raters"] for member in self.members(name)], [3, 2, 1])
        self.assertEqual([member["parts"]["peers"] for member in self.members(name)], [80.67, None, None])
        codes = [(finding["code"], finding["row"]) for finding in self.findings(name)]
        self.assertEqual([code for code in codes if code[0] == "raters-few"], [("raters-few", 2), ("raters-few", 3)])

    def test_publication_needs_a_total_or_a_reason(self):
        name = self.three()
        self.fill_with(name, ["姓名", "甲", "乙", "丙"],
                       [["张三", 90, 80, 70], ["李四", 90, 80, ""], ["王五", 90, 90, 90]])
        self.scores_of(name, {(who, "一支部"): [18] * 5 for who in ["张三", "李四", "王五"]}, "支部考评")
        self.write("s.csv", "item,value\nsteps.branch,是\nsteps.publish,是\n")
        self.refused("fill", name, "--from", "s.csv", file="s.csv", place="line 3", about="李四")
        self.fill_with(name, ["姓名", "说明"], [["李四", "外出进修"]])
        self.steps(name, "branch", "publish")
        self.assertEqual([(member["total"], member["grade"]) for member in self.members(name)],
                         [(88, "合格"), (None, None), (92, "优秀")])

    def test_whoever_is_in_annex_4_does_not_pass_without_a_reason(self):
        name = self.three()
        self.fill_with(name, ["姓名", "甲", "乙", "丙"], [[who, 90, 90, 90] for who in ["张三", "李四", "王五"]])
        self.scores_of(name, {(who, "一支部"): [18] * 5 for who in ["张三", "李四"]}, "支部考评")
        self.done("new", "ruian-2019-annex4", "--unit", "内科党支部", "--period", "2026", "-o", "annex4.json")
        self.fill_with("annex4.json", ["姓名", "触碰“十条红线”情况"], [["李　四", "2"], ["王五", "2"]])
        found = [finding for finding in self.findings(name, "annex4.json", exit=1)
                 if finding["code"].startswith("listed-passes")]
        self.assertEqual([(finding["document"], finding["row"], finding["severity"], finding["citation"])
                          for finding in found], [(name, 2, "error", "R 三(三)")])
        self.assertIn("Row 2", found[0]["message"])
        self.fill_with(name, ["姓名", "说明"], [["李四", "查否，详见会议记录"]])
        found = [finding["code"] for finding in self.findings(name, "annex4.json", exit=0)
                 if finding["code"].startswith("listed-passes")]
        self.assertEqual(found, ["listed-passes-explained"])
        self.assertNotIn("listed", "".join(finding["code"] for finding in self.findings(name)))

    def test_ballots_below_a_title_leave_no_trace_either(self):
        made = []
        for scores in [(90, 80, 70), (70, 90, 80)]:
            name = self.new(f"{len(made)}.json", environment=EPOCH)
            self.scores_of(name, {("张三", "一支部"): [20] * 5}, "自评", environment=EPOCH)
            self.write("b.csv", "内科民主评议票汇总,,,,,\n序号,姓名,党支部,甲,乙,丙\n"
                                f"1,张三,一支部,{','.join(map(str, scores))}\n")
            self.done("fill", name, "--from", "b.csv", "-o", name, environment=EPOCH)
            made.append(self.path(name).read_bytes())
        self.assertEqual(*made)

    def test_a_change_outside_the_program_is_seen(self):
        name = self.three()
        report = self.load(name)
        row = next(item for item in report["layers"][0]["answers"] if item.startswith("row."))
        report["layers"][0]["answers"][row]["cells"] = "张三\t一支部\t1\t1\t1\t1\t1"
        self.store("altered.json", report)
        code, _, err = self.run_command("score", "altered.json")
        self.assertEqual(code, 1)
        self.assertIn("altered.json", err)

    def test_forged_mean_of_two_is_refused(self):
        name = self.three()
        text = self.path(name).read_text().replace("张三\\t一支部\\t20\\t20\\t20\\t20\\t20",
                                                   "张三\\t一支部\\t20\\t20\\t20\\t20\\t20\\t2\\t85\\t80\\t90")
        self.write("forged.json", text)
        self.refused("score", "forged.json", file="forged.json", about="fewer than 3")


class Print(AppraisalCase):
    def published(self, members=60):
        people = {(f"党员{number:02d}", "内科第一党支部"): [18] * 5 for number in range(1, members + 1)}
        name = self.new()
        self.scores_of(name, people, "自评")
        self.working = self.exported_text(name, "--to", "html", "--lang", "zh")
        self.fill_with(name, ["姓名", "甲", "乙", "丙"], [[who, 90, 85, 95] for who, _ in people])
        self.scores_of(name, people, "支部考评")
        self.steps(name, "branch", "publish")
        return name

    def test_html(self):
        name = self.published(3)
        html = self.exported_text(name, "--to", "html", "--lang", "zh")
        self.assertIn("亮分公示", html)
        self.assertNotIn("工作底稿", html)
        self.assertIn("工作底稿", self.working)
        self.assertNotIn("<script", html)

    @needs_printer
    def test_pages(self):
        name = self.published()
        pages = self.pages(name)
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"第{number}页/共{len(pages)}页", page)
            self.assertIn(f"报送码{self.load(name)['code']}", page)
        self.assertIn("党员“先锋指数”考评表", pages[0])
        for page in pages[:-1]:
            self.assertIn("评议票数", page)  # the head again
        whole = "".join(pages)
        for number in range(1, 61):
            self.assertIn(f"党员{number:02d}内科第一党支部903908595909", whole.replace("\n", ""))
        self.assertIn("公示时间", pages[-1])
        self.assertIn("不排名次", whole)

    @needs_printer
    def test_working_sheet_holds_its_columns(self):
        name = self.new()
        self.scores_of(name, {("欧阳明月", "内科第一党支部"): [18.5] * 5}, "自评")
        pages = self.pages(name)
        self.assertEqual(len(pages), 1)
        for word in ["欧阳明月", "92.5", "工作底稿", "支部书记签字"]:
            self.assertIn(word, pages[0])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
