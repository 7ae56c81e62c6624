"""Duties by branch, group and person, against a reference that counts on its own: branches_test.py [PATH_TO_DUIBIAO]
[unittest's arguments]."""

import calendar
import datetime
import json
import random
import sys
import unittest

import cli_test
import forms_test

HEAD = "日期,类型,支部,主持人,人员,主讲（牵头）人,党小组\n"
PERIODS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def last_day(year, month):
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def name_of(per, first_month):
    return {"month": f"2026-{first_month:02d}", "quarter": f"2026-Q{(first_month + 2) // 3}",
            "half": f"2026-H{1 if first_month == 1 else 2}", "year": "2026"}[per]


class Branch:
    def __init__(self, name, begin=None, end=None, former=None):
        self.name, self.begin, self.end, self.former = name, begin, end, former

    def line(self):
        text = self.name
        text += f" {self.begin}起" if self.begin else ""
        text += f" {self.end}止" if self.end else ""
        return text + (f" 原{self.former}" if self.former else "")

    def exists(self, day):
        return (not self.begin or self.begin <= day) and (not self.end or day <= self.end)

    def asked(self, first, last):
        """There on the last day, and for half of the days at least."""
        days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
        return self.exists(last) and 2 * sum(self.exists(day) for day in days) >= len(days)


def missing_periods(branch, held, duty, as_of):
    """Counted day by day: `held` has (day, kinds, names of branches)."""
    kinds, at_least, per, due = duty
    missing = []
    for first_month in range(1, 13, PERIODS[per]):
        first = datetime.date(2026, first_month, 1)
        last = due or last_day(2026, first_month + PERIODS[per] - 1)
        if last > as_of or not branch.asked(first, last):
            continue
        done = sum(1 for day, what, who in held
                   if first <= day <= last and set(what) & set(kinds) and {branch.name, branch.former} & set(who))
        if done < at_least:
            missing.append(name_of(per, first_month))
    return missing


DUTIES = {
    "党员大会": (["党员大会", "组织生活会"], 1, "quarter", None),
    "支委会": (["支委会"], 1, "month", None),
    "党课": (["党课"], 1, "quarter", None),
    "主题党日": (["主题党日"], 1, "month", None),
    "年度计划": (["年度计划"], 1, "year", datetime.date(2026, 1, 31)),
    "先锋指数考评": (["先锋指数考评"], 1, "half", None),
    "民主评议党员": (["民主评议党员"], 1, "year", None),
    "组织生活会": (["组织生活会"], 2, "year", None),
    "支部自查": (["支部自查"], 1, "month", None),
}


class BranchCase(forms_test.FormCase):
    def ledger(self, rows, name="ledger.json", **header):
        self.new("ledger", name)
        self.fill_with(name, HEAD + "".join(rows)) if rows else None
        lines = "".join(f'header.{field},"{value}"\n' for field, value in header.items())
        if lines:
            self.fill_with(name, "item,value\n" + lines)
        return name

    def by_branch(self, name, as_of):
        return {(finding["params"]["kind"], finding["params"]["branch"]): finding["params"]["missing"]
                for finding in self.all_findings(name, as_of) if finding["code"] == "duty-missing-branch"}

    def all_findings(self, name, as_of):
        code, out, err = self.run_command("check", name, "--as-of", as_of, "--format", "json")
        self.assertIn(code, (0, 1), err)
        return json.loads(out)["findings"]

    def codes(self, name, as_of="2026-12-31"):
        return {finding["code"]: finding for finding in self.all_findings(name, as_of)}


class Branches(BranchCase):
    def test_two_half_done_branches_are_both_named(self):
        rows = [f"2026-{month:02d}-10,{kind},{'内科' if month % 2 else '外科'}党支部,,,,\n"
                for month in range(1, 13) for kind in ("支委会", "主题党日")]
        together = self.ledger(rows)
        self.assertFalse(self.by_branch(together, "2026-12-31"))
        self.assertIn("branches-unlisted", self.codes(together))
        missing = self.by_branch(self.ledger(rows, branches="内科党支部；外科党支部"), "2026-12-31")
        even = [f"2026-{month:02d}" for month in range(2, 13, 2)]
        odd = [f"2026-{month:02d}" for month in range(1, 13, 2)]
        for kind in ("支委会", "主题党日"):
            self.assertEqual(missing[kind, "内科党支部"], even)
            self.assertEqual(missing[kind, "外科党支部"], odd)
        self.assertEqual(missing["党课", "外科党支部"], ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"])

    def test_a_hospital_with_26_branches_keeps_a_year(self):
        dice = random.Random(26)
        day = datetime.date
        branches = [Branch(f"第{number}党支部") for number in range(1, 23)]
        branches += [Branch("门急诊党支部", former="门诊党支部"), Branch("新院区党支部", begin=day(2026, 5, 20)),
                     Branch("药剂党支部", end=day(2026, 8, 10)), Branch("医技党支部", begin=day(2026, 8, 11))]
        held = []
        for branch in branches:
            for kind, (_, at_least, per, due) in DUTIES.items():
                for first_month in range(1, 13, PERIODS[per]):
                    for _ in range(at_least if dice.random() < 0.85 else at_least - 1):
                        month = 1 if due else first_month + dice.randrange(PERIODS[per])
                        date = day(2026, month, dice.randint(1, calendar.monthrange(2026, month)[1]))
                        name = branch.former if branch.former and dice.random() < 0.5 else branch.name
                        if branch.exists(date):
                            held.append((date, [kind, "党课"] if kind == "主题党日" and dice.random() < 0.2 else [kind],
                                         [name]))
        for date in (day(2026, 7, 1), day(2026, 10, 3)):
            held.append((date, ["主题党日"], [branch.name for branch in branches if branch.exists(date)]))
        rows = []
        for date, kinds, names in held:
            several = "各支部" if len(names) > 1 else names[0]
            rows.append(f"{date},{'、'.join(kinds)},{several},,,,\n")
        dice.shuffle(rows)
        name = self.ledger(rows, branches="；".join(branch.line() for branch in branches))
        for as_of in (day(2026, 1, 31), day(2026, 3, 30), day(2026, 6, 30), day(2026, 9, 15), day(2026, 12, 31)):
            expected = {}
            counted = [entry for entry in held if entry[0] <= as_of]
            for branch in branches:
                for kind, duty in DUTIES.items():
                    missing = missing_periods(branch, counted, duty, as_of)
                    if missing:
                        expected[kind, branch.name] = missing
            found = {key: value for key, value in self.by_branch(name, str(as_of)).items() if key[0] in DUTIES}
            self.assertEqual(found, expected, as_of)
        sheet = self.done("export", name, "--to", "html", "--lang", "zh")
        for (kind, branch), periods in expected.items():
            self.assertIn(f"{branch}缺：", sheet)

    def test_what_cannot_be_counted_is_named(self):
        rows = ["2026-01-10,支委会,內科支部,,,,\n", "2026-02-10,支委会,,,,,\n", "2026-03-10,支委会,药剂党支部,,,,\n",
                "2026-01-11,党小组会,外科党支部,,,,\n", "2026-01-12,党小组会,外科党支部,,,,第二党小组\n"]
        name = self.ledger(rows, branches="内科党支部；外科党支部：第一党小组、第二党小组；药剂党支部 2026-01-31止；"
                                          "门诊党支部 三月；内科党支部", members="张三、张三、李四")
        codes = self.codes(name)
        self.assertEqual(codes["branches-unknown"]["params"]["names"], ["內科支部"])
        self.assertEqual(codes["branches-unread"]["params"]["names"], ["三月"])
        self.assertEqual(codes["branches-doubled"]["params"]["names"], ["内科党支部"])
        self.assertEqual(codes["names-doubled"]["params"]["names"], ["张三"])
        self.assertEqual(codes["branch-closed"]["params"]["names"], ["药剂党支部"])
        self.assertEqual(codes["branch-missing"]["params"]["count"], 1)
        self.assertEqual(codes["group-missing"]["params"]["count"], 1)
        for finding in codes.values():
            self.assertNotIn("{", finding["message"])
        groups = {key[1]: value for key, value in self.by_branch(name, "2026-01-31").items() if key[0] == "党小组会"}
        self.assertEqual(set(groups), {"内科党支部", "外科党支部第一党小组", "门诊党支部", "药剂党支部"})


class People(BranchCase):
    def lacking(self, rows, **header):
        return {finding["params"]["title"]: finding["params"].get("people")
                for finding in self.all_findings(self.ledger(rows, **header), "2026-12-31")
                if finding["code"] == "duty-missing-people"}

    def test_listening_is_not_giving(self):
        people = dict(leaders="王书记、李院长", secretary="赵书记、钱书记", party_secretary="王书记", cadres="孙干事、周干事")
        rows = ["2026-03-01,党课,,王书记,李院长、赵书记、钱书记,,\n", "2026-03-02,党课,,赵书记,,钱书记,\n",
                "2026-03-03,党务干部轮训,,,孙干事,,\n", "2026-04-01,谈心谈话,,王书记,党员甲,,\n",
                "2026-04-02,委员谈心谈话,,王书记,李院长,,\n", "2026-05-01,调研课题,,王书记,李院长,李院长,\n"]
        lacking = self.lacking(rows, **people)
        self.assertEqual(lacking["班子成员上党课"], ["李院长"])
        self.assertEqual(lacking["党支部书记上党课"], ["赵书记"])
        self.assertEqual(lacking["党务干部轮训"], ["周干事"])
        self.assertEqual(lacking["班子成员调研课题"], ["王书记"])
        self.assertNotIn("党委书记上党课", lacking)
        self.assertNotIn("委员之间谈心谈话", lacking)

    def test_festivals_are_kinds_of_their_own(self):
        rows = ["2026-06-30,庆七一主题党日,,,,,\n", "2026-09-30,国庆主题党日,,,,,\n"]
        titles = {finding["params"]["title"] for finding in self.all_findings(self.ledger(rows), "2026-12-31")
                  if finding["code"] == "duty-missing"}
        self.assertNotIn("“七一”集中主题党日", titles)
        self.assertNotIn("国庆集中主题党日", titles)
        titles = {finding["params"]["title"] for finding in self.all_findings(
            self.ledger(["2026-07-15,主题党日,内科,,,,\n"], name="other.json"), "2026-12-31")
            if finding["code"] == "duty-missing"}
        self.assertIn("“七一”集中主题党日", titles)


class Rows(BranchCase):
    def test_one_activity_of_several_kinds_counts_its_hours_once(self):
        name = self.new("ledger", "ledger.json")
        self.fill_with(name, "日期,类型,人员,学时\n2026-03-01,主题党日活动、讲党课,张三,31\n")
        self.fill_with(name, "item,value\nheader.members,张三\n")
        self.assertEqual(self.rows(name)[0][1], "主题党日、党课")
        findings = self.all_findings(name, "2026-03-31")
        kinds = [finding["params"].get("kind") for finding in findings if finding["params"].get("missing") == ["2026-Q1"]]
        self.assertNotIn("党课", kinds)
        lacking = [finding for finding in self.all_findings(name, "2026-12-31")
                   if finding["params"].get("title") == "党员集中学习培训学时"]
        self.assertEqual(lacking[0]["params"]["people"], ["张三"])

    def test_the_procedures_are_an_open_list(self):
        name = self.new("ledger", "ledger.json")
        self.fill_with(name, "日期,类型,程序\n2026-03-01,主题党日,奏唱国歌、诵读党章、佩戴党徽\n")
        self.assertEqual(self.rows(name)[0][11], "佩戴党徽、诵读党章、奏唱国歌")
        finding = self.codes(name, "2026-03-31")["steps-missing"]
        self.assertEqual(finding["params"]["steps"], ["交纳党费", "重温入党誓词", "组织学习"])


class Unusual(BranchCase):
    def test_a_unit_without_branches_is_asked_as_one(self):
        rows = [f"2026-{month:02d}-10,支委会,,,,,\n" for month in range(1, 13)]
        name = self.ledger(rows)
        self.assertFalse(self.by_branch(name, "2026-12-31"))
        codes = self.codes(name)
        self.assertNotIn("branches-unlisted", codes)
        self.assertNotIn("branch-missing", codes)
        missing = [finding["params"]["kind"] for finding in self.all_findings(name, "2026-12-31")
                   if finding["code"] == "duty-missing"]
        self.assertNotIn("支委会", missing)
        self.assertIn("主题党日", missing)

    def test_a_person_in_two_branches_is_one_person_and_no_doubled_row(self):
        rows = ["2026-03-01,党课,内科党支部,张三,,,\n", "2026-04-01,党课,外科党支部,张三,,,\n"]
        name = self.ledger(rows, branches="内科党支部；外科党支部", secretary="张三")
        people = [finding for finding in self.all_findings(name, "2026-12-31")
                  if finding["params"].get("title") == "党支部书记上党课"]
        self.assertEqual(people, [])
        self.new("dues", "dues.json")
        self.fill_with("dues.json", "姓名,党支部\n张三,内科党支部\n张三,外科党支部\n张三,外科党支部\n")
        doubled = [finding["row"] for finding in self.all_findings("dues.json", "2026-12-31")
                   if finding["code"] == "row-doubled"]
        self.assertEqual(doubled, [3])

    def test_ten_thousand_named_members(self):
        members = [f"党员{number}" for number in range(10_000)]
        rows = [f'2026-03-{at + 1:02d},两学一做学习教育,,书记,"{"、".join(members[at::10])}",,\n' for at in range(10)]
        name = self.ledger(rows)
        code, _, err = self.run_command("check", name, "--as-of", "2026-12-31")
        self.assertIn(code, (0, 1), err)
        self.assertEqual(sum(len(row[12].split("、")) for row in self.rows(name)), 10_000)
        named = "、".join(members)
        self.write("long.csv", f'日期,类型,人员\n2026-03-01,主题党日,"{named}"\n')
        before = self.path(name).read_bytes()
        code, _, err = self.run_command("fill", name, "--from", "long.csv", "-o", name)
        self.assertEqual(code, 2)  # more than a cell holds: said, and nothing is cut off
        self.assertIn("characters", err)
        self.assertEqual(self.path(name).read_bytes(), before)

    def test_a_probation_extended_twice_is_an_error_and_29_february_ends_on_the_28th(self):
        self.new("probation", "probation.json")
        self.fill_with("probation.json", "姓名,出生年月,接收为预备党员时间,延长预备期,延长决定时间,延长次数\n"
                                         "张三,1995-01,2025-06-10,6,2026-06-01,2\n李四,1995-02,2024-02-29,,,\n")
        findings = self.all_findings("probation.json", "2026-07-01")
        self.assertEqual([finding["row"] for finding in findings if finding["code"] == "count-over"], [1])
        due = [finding for finding in findings if finding["code"] == "row-overdue"]
        self.assertEqual([(finding["row"], finding["params"]["due"]) for finding in due], [(2, "2025-02-28")])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
