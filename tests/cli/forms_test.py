"""The command line with forms that are not scored: forms_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import csv
import io
import json
import re
import shutil
import sys
import unittest

import cli_test
from cli_test import ROOT, UNIT, Case, needs_printer

LEDGER_HEAD = "日期,类型,支部,主题,地点,主持人,应到,实到,签到,记录,照片,程序\n"
FORMS = {
    "ledger": "ledger",
    "ruian-2019-annex1": "checklist",
    "ruian-2019-tasks": "tasks",
    "shaoxing-2017-measures": "measures",
}


class FormCase(Case):
    """Ways to make, fill and check forms of every kind."""

    def new(self, instrument, name, period="2026"):
        self.done("new", instrument, "--unit", UNIT, "--period", period, "-o", name)
        return name

    def fill_with(self, name, table):
        self.write("table.csv", table)
        return self.done("fill", name, "--from", "table.csv", "-o", name)

    def findings(self, *names, as_of, exit=0):
        out = self.done("check", *names, "--as-of", as_of, "--format", "json", exit=exit)
        return json.loads(out)["findings"]

    def answers(self, name):
        return self.load(name)["layers"][0]["answers"]

    def rows(self, name):
        return [answer["cells"].split("\t") for item, answer in sorted(self.answers(name).items())
                if item.startswith("row.")]

    def year(self, leave_out=()):
        """A ledger that meets every duty of a branch; what `leave_out` has, (kind, month), was not held."""
        held = [("支委会", month) for month in range(1, 13)] + [("党小组会", month) for month in range(1, 13)]
        held += [("主题党日", month) for month in range(1, 13)] + [("年度计划", 1)]
        held += [(kind, month) for kind in ["党员大会", "党课"] for month in (2, 5, 8, 11)]
        held += [("先锋指数考评", 6), ("先锋指数考评", 12), ("组织生活会", 6), ("组织生活会", 12)]
        held += [("民主评议党员", 12), ("民主生活会", 12), ("马克思主义宗教观专题学习", 9), ("学习安排", 1)]
        held += [("述职评议", 12), ("责任清单公示", 1), ("专题研究部署", 3), ("学习教育计划", 1)]
        held += [("四季读书会", month) for month in (3, 6, 9, 12)]
        lines = [f"2026-{month:02d}-10,{kind},一支部,学习,会议室,张三,12,11,是,是,是,全部\n"
                 for kind, month in held if (kind, month) not in leave_out]
        self.new("ledger", "ledger.json")
        self.fill_with("ledger.json", LEDGER_HEAD + "".join(lines))
        self.fill_with("ledger.json", "item,value\nheader.secretary,张三\nheader.leaders,张三\n"
                                      "duties.jilin,否\n")
        return "ledger.json"


class Shipped(FormCase):
    def test_instruments_lists_them(self):
        forms = {form["id"]: form for form in json.loads(self.done("instruments", "--format", "json"))}
        for form, kind in FORMS.items():
            self.assertEqual(forms[form]["kind"], kind)
            self.assertEqual(forms[form]["points"], 0)
        self.assertEqual(forms["ruian-2019-annex1"]["items"], 15)
        self.assertEqual(forms["ruian-2019-tasks"]["items"], 7)
        self.assertEqual(forms["shaoxing-2017-measures"]["items"], 15)
        self.assertEqual(forms["ledger"]["items"], 0)

    def test_every_form_is_made_checked_and_exported(self):
        for form in FORMS:
            name = self.new(form, f"{form}.json")
            report = self.load(name)
            self.assertEqual((report["instrument"]["id"], report["unit"], report["period"]), (form, UNIT, "2026"))
            findings = self.findings(name, as_of="2026-01-01")
            self.assertEqual({finding["severity"] for finding in findings} - {"notice", "warning"}, set(), findings)
            for finding in findings:
                self.assertNotIn("{", finding["message"])
                self.assertNotIn("finding.", finding["message"])
                self.assertTrue(finding["citation"])
            self.assertIn(UNIT, self.done("export", name, "--to", "html", "--lang", "zh"))
            self.assertTrue(self.done("export", name, "--to", "csv"))
            self.done("check", name, "--as-of", "2026-12-31", "--lang", "zh")

    def test_every_layer_but_the_first_is_refused(self):
        self.new("ruian-2019-annex1", "a.json")
        self.write("table.csv", "item,value\n1.1.1,是\n")
        self.refused("fill", "a.json", "--layer", "acceptance", "--from", "table.csv", file="table.csv",
                     place="line 2")
        self.new("ledger", "l.json")
        self.write("table.csv", LEDGER_HEAD + "2026-01-10,支委会,,,,,,,,,,\n")
        self.refused("fill", "l.json", "--layer", "rating", "--from", "table.csv", file="table.csv", place="line 2")


class WholeYear(FormCase):
    def test_a_full_year_is_missing_nothing(self):
        self.assertEqual(self.findings(self.year(), as_of="2026-12-31"), [])

    def test_one_month_without_the_committee_is_named(self):
        name = self.year(leave_out=[("支委会", 3)])
        findings = self.findings(name, as_of="2026-12-31")
        self.assertEqual(len(findings), 1)
        finding = findings[0]
        self.assertEqual((finding["code"], finding["severity"]), ("duty-missing", "warning"))
        self.assertEqual(finding["document"], "ledger.json")
        self.assertEqual(finding["params"]["kind"], "支委会")
        self.assertEqual(finding["params"]["missing"], ["2026-03"])
        self.assertIn("2026-03", finding["message"])
        self.assertEqual(finding["citation"], "R 一(二)2；S 三(二)4")

    def test_periods_of_every_length_are_named(self):
        name = self.year(leave_out=[("党课", 5), ("先锋指数考评", 6), ("年度计划", 1), ("组织生活会", 12)])
        missing = {finding["params"]["kind"]: finding["params"]["missing"]
                   for finding in self.findings(name, as_of="2026-12-31")}
        self.assertEqual(missing, {"党课": ["2026-Q2"], "先锋指数考评": ["2026-H1"], "年度计划": ["2026"],
                                   "组织生活会": ["2026"]})

    def test_what_is_not_over_is_not_missing(self):
        name = self.year(leave_out=[("支委会", 3), ("支委会", 4)])
        for as_of, missing in {"2026-03-30": None, "2026-03-31": ["2026-03"], "2026-04-29": ["2026-03"],
                               "2026-04-30": ["2026-03", "2026-04"]}.items():
            findings = self.findings(name, as_of=as_of, exit=1)  # later activities lie in the future
            duties = [finding["params"] for finding in findings if finding["code"] == "duty-missing"]
            self.assertEqual([duty["missing"] for duty in duties if duty["kind"] == "支委会"],
                             [missing] if missing else [], as_of)

    def test_sets_are_switched_off(self):
        name = self.year(leave_out=[("党小组会", month) for month in range(1, 13)])
        self.assertEqual([finding["params"]["kind"] for finding in self.findings(name, as_of="2026-12-31")],
                         ["党小组会"])
        self.fill_with(name, "item,value\nduties.shaoxing-2017,0\n")
        self.assertEqual(self.findings(name, as_of="2026-12-31"), [])
        self.fill_with(name, "item,value\nduties.jilin,1\n")
        kinds = {finding["params"].get("kind") for finding in self.findings(name, as_of="2026-12-31")}
        self.assertIn("中心组学习", kinds)
        self.assertNotIn("主题党日", kinds)

    def test_leaders_who_gave_no_lesson_are_named(self):
        name = self.year()
        self.fill_with(name, "item,value\nheader.leaders,张三、李四\n")
        findings = self.findings(name, as_of="2026-12-31")
        self.assertEqual([finding["params"].get("people") for finding in findings], [["李四"]])
        self.assertIn("李四", findings[0]["message"])


class BadTables(FormCase):
    def setUp(self):
        super().setUp()
        self.new("ledger", "ledger.json")
        self.before = self.path("ledger.json").read_bytes()

    def refuse(self, table, *places):
        """The table is refused with exactly these places, and neither report nor output is touched."""
        self.write("table.csv", table)
        self.write("out.json", "untouched")
        for output in ["ledger.json", "out.json"]:
            err = self.refused("fill", "ledger.json", "--from", "table.csv", "-o", output, file="table.csv")
            self.assertEqual([line.split(": ")[2] for line in err.splitlines()], list(places), err)
        self.assertEqual(self.path("ledger.json").read_bytes(), self.before)
        self.assertEqual(self.path("out.json").read_text(), "untouched")
        return err

    def test_every_bad_line_is_named_and_nothing_written(self):
        err = self.refuse(LEDGER_HEAD +
                          "2026-01-10,支委会,,,,,12,11,是,是,是,\n"
                          "2月30日,支委会,,,,,,,,,,\n"
                          "31/12/26,支委会,,,,,,,,,,\n"
                          "2026-02-30,支委会,,,,,,,,,,\n"
                          "2026-01-11,团建,,,,,,,,,,\n"
                          "2026-01-12,党课,,,,,9,10,,,,\n"
                          "2026-01-13,党课,,,,,=1+1,1,,,,\n"
                          "=TODAY(),党课,,,,,,,,,,\n"
                          "2026-01-14,党课,,,,,,,也许,,,\n"
                          "2026-01-15,党课,,,,,,,,,,合影\n"
                          "2026-01-16,党课,,甲,乙,丙,丁,1,1,是,是,是,全部\n"
                          ",党课,,,,,,,,,,\n"
                          "2026-01-17,,,,,,,,,,,\n",
                          *(f"line {line}" for line in [*range(3, 11), *range(12, 15)]))  # a procedure of its own is none
        for words in ["团建", "10", "日期", "类型"]:
            self.assertIn(words, err)

    def test_heads(self):
        self.assertIn("日期", self.refuse("类型,主题\n支委会,学习\n", "line 1"))
        self.assertIn("天气", self.refuse("日期,类型,天气\n2026-01-10,支委会,晴\n", "line 1"))
        self.refuse("日期,日期,类型\n2026-01-10,2026-01-10,支委会\n", "line 1")
        self.refuse("2026-01-10,支委会\n", "line 1")

    def test_formulas_stay_texts(self):
        self.fill_with("ledger.json", LEDGER_HEAD + "2026-01-10,支委会,,=1+1,@x,+张三,,,,,,\n")
        self.assertEqual(self.rows("ledger.json")[0][3:6], ["=1+1", "@x", "+张三"])
        table = list(csv.reader(io.StringIO(self.exported_text("ledger.json", "--to", "csv"))))
        cells = [cell for row in table for cell in row]
        self.assertFalse([cell for cell in cells if cell.startswith(("=", "+", "@"))])
        self.assertIn("'=1+1", cells)

    def test_spellings_that_people_use(self):
        self.fill_with("ledger.json", "\ufeff序号\t类型\t日期\t签到\t程序\t应到\n"
                                      "1\t支部委员会\t2026年3月5日\t√\t组织学习，佩戴党徽\t１２人\n"
                                      "2\t党课\t2026.3.6\t否\t无\t\n")
        rows = self.rows("ledger.json")
        self.assertEqual(rows[0], ["2026-03-05", "支委会", "", "", "", "", "12", "", "是", "", "", "佩戴党徽、组织学习"])
        self.assertEqual(rows[1], ["2026-03-06", "党课", "", "", "", "", "", "", "否", "", "", "无"])

    def test_a_second_table_goes_on_after_the_first(self):
        for day in ["2026-03-05", "2026-03-04"]:
            self.fill_with("ledger.json", f"日期,类型\n{day},党课\n")
        self.assertEqual([row[0] for row in self.rows("ledger.json")], ["2026-03-05", "2026-03-04"])

    def test_checklists(self):
        self.new("ruian-2019-annex1", "a.json")
        before = self.path("a.json").read_bytes()
        self.write("table.csv", "item,value,note\n1.1.1,也许,\n2.1.1,三次,\n9.9.9,是,\n2.2.4,-1,\n1.2.1,国旗,\n")
        err = self.refused("fill", "a.json", "--from", "table.csv", "-o", "a.json", file="table.csv")
        self.assertEqual([line.split(": ")[2] for line in err.splitlines()], [f"line {line}" for line in range(2, 7)])
        self.assertEqual(self.path("a.json").read_bytes(), before)


class Dossier(FormCase):
    def contradictions(self, *names, **options):
        return {finding["item"]: finding for finding in self.findings(*names, **options)
                if finding["code"].startswith("ledger-contradiction")}

    def test_the_ledger_against_checklist_and_scored_form(self):
        ledger = self.year(leave_out=[("支委会", 3)])
        checklist = self.new("ruian-2019-annex1", "annex1.json")
        self.fill_with(checklist, "item,value,note\nheader.date,2026-12-31,\n1.1.1,是,\n1.2.1,全部,\n2.2.1,达到,\n"
                                  "2.2.2,4次,\n2.2.3,5,\n2.2.4,达到,\n2.3.1,达到,\n2.4.1,是,\n2.4.2,否,\n")
        table = self.new("jilin-committee", "table.json")
        self.fill_with(table, "item,score,note\n3.2.2,2,已落实\n3.2.2.m2,4,\n")
        as_of = "2026-12-31"
        found = self.contradictions(checklist, ledger, table, as_of=as_of, exit=1)
        self.assertEqual(set(found), {"2.2.3", "2.2.4", "2.4.2", "3.2.2"})
        self.assertEqual({finding["severity"] for finding in found.values()}, {"error"})
        for item, stated, computed in [("2.2.3", "5", "4"), ("2.2.4", "是", "11"), ("2.4.2", "否", "是"),
                                       ("3.2.2", "4", "0")]:
            params = found[item]["params"]
            self.assertEqual((params["stated"], params["computed"]), (stated, computed), item)
        self.assertEqual((found["2.2.4"]["document"], found["3.2.2"]["document"]), ("annex1.json", "table.json"))
        self.assertEqual(found["2.2.4"]["params"]["kind"], "支委会")
        # The order of the files does not matter, and alone none contradicts.
        self.assertEqual(set(self.contradictions(ledger, table, checklist, as_of=as_of, exit=1)), set(found))
        self.assertEqual(self.contradictions(checklist, as_of=as_of), {})
        # By the end of February every month that is over had one.
        self.assertNotIn("2.2.4", self.contradictions(checklist, ledger, as_of="2026-02-28", exit=1))

        self.fill_with(checklist, "item,value,explanation\n2.2.3,4,\n2.2.4,,三月因疫情未录入\n2.4.2,是,\n")
        found = self.contradictions(checklist, ledger, as_of=as_of)
        self.assertEqual([(finding["item"], finding["severity"]) for finding in found.values()], [("2.2.4", "notice")])

    def test_the_ledger_answers_what_is_not_typed(self):
        ledger = self.year()
        checklist = self.new("ruian-2019-annex1", "annex1.json")
        items = [item for finding in self.findings(checklist, ledger, as_of="2026-12-31")
                 if finding["code"] == "unanswered" for item in finding["params"]["items"]]
        self.assertEqual(items, ["1.1.1", "1.2.1", "2.1.2", "3.1.1", "3.1.2"])

    def test_tasks(self):
        name = self.new("ruian-2019-tasks", "tasks.json")
        self.fill_with(name, "item,完成日期\n1.1.1,2026-08-10\n")
        found = {finding["item"]: finding["code"] for finding in self.findings(name, as_of="2026-08-16")}
        self.assertEqual(found, {"1.1.1": "task-done-late", "1.1.2": "task-late", "1.1.3": "task-late"})

    def test_measures_and_their_rows(self):
        name = self.new("shaoxing-2017-measures", "measures.json")
        self.fill_with(name, "item,due,status,owner\n1.1.1,2026-03-01,进行中,张三\n1.1.2,2026-03-01,已完成,李四\n")
        found = [(finding["item"], finding["code"]) for finding in self.findings(name, as_of="2026-03-02")
                 if finding["code"].startswith("task")]
        self.assertEqual(found, [("1.1.1", "task-late")])
        self.fill_with(name, "编号,落实情况,备注,说明\n1.1.3,已列入议程,待复查,班子调整\n")
        self.assertEqual(self.answers(name)["1.1.3"],
                         {"evidence": "已列入议程", "note": "待复查", "explanation": "班子调整"})
        columns = json.loads((ROOT / "assets/instruments/shaoxing-2017-measures.json").read_text())["table"]["columns"]
        self.fill_with(name, columns[0]["label"] + "\n张三\n李四\n")
        self.assertEqual([row[0] for row in self.rows(name)], ["张三", "李四"])

    def test_a_row_altered_in_the_file_is_named(self):
        name = self.year()
        report = self.load(name)
        row = next(item for item in report["layers"][0]["answers"] if item.startswith("row."))
        report["layers"][0]["answers"][row]["cells"] = "2026-03-10\t支委会"
        self.store(name, report)
        altered = [finding for finding in self.findings(name, as_of="2026-12-31", exit=1)
                   if finding["code"] == "layer-altered"]
        self.assertEqual([finding["item"] for finding in altered], [row])
        self.write("table.csv", "日期,类型\n2026-03-10,党课\n")
        code, _, err = self.run_command("fill", name, "--from", "table.csv", "-o", "out.json")
        self.assertEqual(code, 2, err)
        self.assertFalse(self.path("out.json").exists())


@needs_printer
class Printed(FormCase):
    def test_every_page_names_the_sections_it_shows(self):
        for form in ["ruian-2019-annex1", "shaoxing-2017-measures"]:
            sections = json.loads((ROOT / f"assets/instruments/{form}.json").read_text())["sections"]
            items = [item["id"] for section in sections for group in section["groups"] for item in group["criteria"]]
            for length in (5, 200):
                name = self.new(form, f"{form}-{length}.json")
                self.fill_with(name, "item,note\n" + "".join(f"{item},Q{item}Z{'有据' * (length // 2)}\n" for item in items))
                pages = self.pages(name)
                self.assertIn("Q1.1.1Z", pages[0])
                for page in pages:
                    self.assertEqual(UNIT in page, bool(re.search(r"Q\d\.", page)))
                    for section in sections:
                        shown = f"Q{section['id']}." in page
                        self.assertEqual(section["title"][:4] in page, shown, (form, length, section["title"], page))
                self.assertEqual([item for item in items if f"Q{item}Z" not in "".join(pages)], [])

    def test_head_and_foot_ask_for_what_the_paper_asks_for(self):
        shutil.copy(ROOT / "tests/forms/library-inspection.json", self.path("library-inspection.json"))
        for form, head, foot in [
                ("ruian-2019-annex1", "填报单位（盖章）：" + UNIT + "日期：年月日", "填报人：联系电话："),
                ("library-inspection.json", "图书馆（盖章）：" + UNIT + "自查日期：年月日", "自查人：馆长签字：日期：年月日")]:
            pages = self.pages(self.new(form, f"filled-{form}"))
            self.assertEqual(len(pages), 1)
            self.assertRegex(pages[0], f"{head}.*{foot}第1页")


class OwnForm(FormCase):
    FORM = "library-inspection"

    def setUp(self):
        super().setUp()
        shutil.copy(ROOT / f"tests/forms/{self.FORM}.json", self.path(f"{self.FORM}.json"))
        self.new(f"{self.FORM}.json", "r.json")

    def test_new_fill_check_export(self):
        self.assertEqual(self.load("r.json")["instrument"]["id"], self.FORM)
        self.fill_with("r.json", "item,value,note\nheader.date,2026年8月9日,\nheader.inspector,张三,\n1.1.1,是,\n"
                                 "1.1.2,疏散示意图、应急照明,\n2.1.1,12具,\n2.1.2,2026年3月,\n"
                                 "2.2.1,\"有隐患，已整改\",已换线\n3.1.1,3次,\n3.1.2,2026-05-05,\n3.1.3,李四 王五,\n"
                                 "3.1.4,=1+1,\n")
        values = {item: fields["value"] for item, fields in self.answers("r.json").items()}
        self.assertEqual(values, {"1.1.1": True, "1.1.2": "应急照明、疏散示意图", "2.1.1": 12, "2.1.2": "2026-03",
                                  "2.2.1": "有隐患，已整改", "3.1.1": 3, "3.1.2": "2026-05-05", "3.1.3": "李四、王五",
                                  "3.1.4": "=1+1"})
        self.assertEqual(self.load("r.json")["header"], {"date": "2026-08-09", "inspector": "张三"})
        self.assertEqual(self.findings("r.json", as_of="2026-12-31"), [])
        html = self.done("export", "r.json", "--to", "html", "--lang", "zh")
        for words in ["镇图书馆消防安全自查表", "应急照明、疏散示意图", "已换线", "馆长签字：", "自查人：<b>张三</b>"]:
            self.assertIn(words, html)
        self.assertIn("疏散示意图", self.done("export", "r.json", "--to", "csv"))

    def test_what_is_missing_is_named(self):
        found = {(finding["code"], finding["item"]) for finding in self.findings("r.json", as_of="2026-12-31")}
        self.assertEqual(found, {("header-required", "header"), ("unanswered", "1"), ("unanswered", "2"),
                                 ("unanswered", "3")})

    def test_another_form_without_a_rebuild(self):
        form = self.load(f"{self.FORM}.json")
        form["id"] = "own"
        form["sections"][0]["groups"][0]["criteria"][0]["fields"][0]["from"] = {
            "kinds": ["支委会"], "count": "all-flag", "flag": "record"}
        self.store("own.json", form)
        self.new("own.json", "o.json")
        self.fill_with("o.json", "item,value\n1.1.1,否\n")
        found = self.findings("o.json", self.year(), as_of="2026-12-31", exit=1)
        self.assertEqual([finding["item"] for finding in found if finding["code"] == "ledger-contradiction"], ["1.1.1"])

    def test_broken_forms_are_refused_with_a_place(self):
        path = ("sections", 0, "groups", 0, "criteria")
        for index, change, place in [
                (0, {"type": "slider"}, "/type"), (1, {"options": []}, "/options"), (1, {"options": ["甲、乙"]}, "/options/0"),
                (0, {"from": {"kinds": [], "count": "activities"}}, "/from/kinds"),
                (0, {"from": {"kinds": ["x"], "count": "all-flag", "flag": "video"}}, "/from/flag"),
                (0, {"id": "a b"}, "/id"), (0, {"label": ""}, "/label")]:
            form = self.load(f"{self.FORM}.json")
            items = form
            for step in path:
                items = items[step]
            items[index]["fields"][0].update(change)
            self.store("bad.json", form)
            err = self.refused("new", "bad.json", "--unit", UNIT, "--period", "2026", file="bad.json")
            self.assertIn("/fields/0" + place, err)


class Large(FormCase):
    def test_as_many_rows_as_the_program_states(self):
        self.new("ledger", "ledger.json")
        lines = "".join(f"2026-{1 + n % 12:02d}-{1 + n % 28:02d},党课,一支部,第{n}次\n" for n in range(100_000))
        self.fill_with("ledger.json", "日期,类型,支部,主题\n" + lines)
        self.assertEqual(len(self.rows("ledger.json")), 100_000)
        self.findings("ledger.json", as_of="2026-12-31")
        self.write("table.csv", "日期,类型\n2026-01-01,党课\n")
        err = self.refused("fill", "ledger.json", "--from", "table.csv", file="table.csv")
        self.assertIn("100", err)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
