"""`duibiao weak`: doors over random campaigns against a reference, and the way from self-check to closing, by files.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import docx
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent))
import weak_reference as reference  # noqa: E402

DUIBIAO = os.environ.get("DUIBIAO", "build/native/duibiao")
ROOT = Path(__file__).resolve().parents[2]
OFFICE = "市卫生健康局党委"
DOORS = json.loads((ROOT / "assets/doors/ruian-2019.json").read_text(encoding="utf-8"))
ANNEX = "ruian-2019-annex1"
AUGUST = 1786752000  # 15 August 2026
GOOD = {"1.1.1": "是", "1.2.1": "全部", "2.1.1": "6", "2.1.2": "是", "2.2.1": "是", "2.2.2": "是", "2.2.3": "2",
        "2.2.4": "是", "2.3.1": "是", "2.3.2": "全部", "2.4.1": "是", "2.4.2": "是", "2.4.3": "是",
        "3.1.1": "党员先锋岗6个", "3.1.2": "义诊4次"}
SIX = ["党旗", "入党誓词", "党员权利和义务", "党支部工作制度", "党员形象栏", "党务公开栏"]
STEPS = ["佩戴党徽", "交纳党费", "重温入党誓词", "诵读党章", "组织学习"]


def table(rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.reports = self.folder / "reports"
        self.reports.mkdir()
        self.clock = AUGUST
        self.number = 0

    def run_command(self, *arguments, code=0) -> subprocess.CompletedProcess:
        self.clock += 60
        done = subprocess.run([DUIBIAO, *map(str, arguments)], capture_output=True,
                              env=os.environ | {"SOURCE_DATE_EPOCH": str(self.clock), "LC_ALL": "zh_CN.UTF-8"})
        self.assertEqual(done.returncode, code, done.stdout.decode() + done.stderr.decode())
        return done

    def fill(self, path: Path, text: str, output: Path | None = None) -> Path:
        data = self.folder / "data.csv"
        data.write_text(text, encoding="utf-8")
        self.run_command("fill", path, "--from", data, "-o", output or path)
        return output or path

    def new(self, form: str, unit: str, text: str, path: Path | None = None, period: str = "2026") -> Path:
        self.number += 1
        path = path or self.reports / f"{self.number:03}.json"
        self.run_command("new", form, "--unit", unit, "--period", period, "-o", path)
        return self.fill(path, text) if text else path

    def annex(self, unit: str, form: str = ANNEX, **answers) -> Path:
        return self.new(form, unit, self.answers({item.replace("_", ".").strip("i"): value for item, value in answers.items()}))

    @staticmethod
    def answers(changed: dict) -> str:
        return "item,value\n" + "".join(f"{item},{value}\n" for item, value in (GOOD | changed).items() if value)

    def campaign(self, units: list[tuple], doors: str = "") -> Path:
        path = self.folder / "campaign.json"
        rows = [{"单位": name, "上级": district, "类别": kind} for name, district, kind in units]
        self.new("campaign", OFFICE, table(rows), path)
        return self.fill(path, f"item,value\nheader.doors,{doors}\n") if doors else path

    def score_table(self, unit: str, lost: int, is_incomplete: bool = False):
        """A score table of which `lost` items are half a point below full."""
        form = json.loads((ROOT / "assets/instruments/jilin-committee.json").read_text(encoding="utf-8"))
        items = [item for section in form["sections"] for group in section["groups"] for item in group["criteria"]]
        rows = [f"{item['id']},{item['points'] - (0.5 if number < lost else 0)},有" for number, item in enumerate(items)]
        self.new("jilin-committee", unit, "item,score,note\n" + "\n".join(rows[:-1] if is_incomplete else rows) + "\n")

    def own_doors(self, change) -> Path:
        doors = json.loads(json.dumps(DOORS))
        change({door["id"]: door for door in doors["doors"]})
        path = self.folder / "doors.json"
        path.write_text(json.dumps(doors, ensure_ascii=False), encoding="utf-8")
        return path

    def candidates(self, *options, code=0) -> dict:
        return json.loads(self.run_command("weak", "candidates", self.reports, *options, code=code).stdout)

    def unit(self, found: dict, name: str) -> dict:
        return next(unit for unit in found["units"] if unit["name"] == name)


class Doors(Case):
    def test_the_three_causes_of_the_notice_each_with_its_answer_and_clause(self):
        self.annex("甲支部", i1_1_1="否", i1_2_1="党旗、入党誓词、党员权利和义务、党支部工作制度")
        self.annex("乙支部", i2_3_1="5")
        self.annex("丙支部", i3_1_2="无")
        self.annex("丁支部")
        found = self.candidates()
        self.assertEqual([unit["name"] for unit in found["units"]], ["丙支部", "乙支部", "甲支部"])
        first = self.unit(found, "甲支部")
        self.assertEqual(first["doors"], ["ground"])
        self.assertEqual([(one["item"], one["answer"], one["clause"], one["words"]) for one in first["evidence"]],
                         [("1.1.1", "否", "R 一(二)1", "没有固定的党员活动室"),
                          ("1.2.1", "党旗、入党誓词、党员权利和义务、党支部工作制度", "R 一(二)1",
                           "党员活动室缺党员形象栏、党务公开栏")])
        self.assertEqual(self.unit(found, "乙支部")["doors"], ["theme-day"])
        self.assertIn("今年以来5次", self.unit(found, "乙支部")["evidence"][0]["words"])
        self.assertEqual(self.unit(found, "丙支部")["doors"], ["example"])
        self.assertEqual((found["received"], found["counted"], found["candidates"]), (4, 4, 3))

    def test_what_is_not_answered_opens_nothing_and_is_named(self):
        self.annex("甲支部", i1_1_1="", i3_1_1="")
        unit = self.unit(self.candidates(), "甲支部")
        self.assertEqual((unit["doors"], unit["evidence"]), ([], []))
        self.assertEqual([one["item"] for one in unit["unanswered"]], ["1.1.1", "3.1.1"])

    def test_a_later_revision_replaces_the_evidence_and_that_is_said(self):
        path = self.annex("甲支部", i1_1_1="否", i2_4_1="否")
        self.fill(path, "item,value\n1.1.1,是\n", self.reports / "later.json")
        unit = self.unit(self.candidates(), "甲支部")
        self.assertEqual(unit["doors"], ["theme-day"])
        self.assertEqual([one["item"] for one in unit["replaced"]], ["1.1.1"])
        self.assertGreater(unit["replaced"][0]["by_edits"], unit["replaced"][0]["edits"])

    def test_a_renamed_unit_is_the_same_one_and_a_stranger_is_named(self):
        path = self.annex("城东卫生院党支部", i1_1_1="否")
        renamed = json.loads(path.read_text(encoding="utf-8"))
        self.fill(path, "item,value\nheader.unit,城东社区卫生服务中心党支部\n", self.reports / "renamed.json")
        self.annex("城西卫生院党支布", i1_1_1="否")
        campaign = self.campaign([("城东卫生院党支部", "东片", "卫生院"), ("城西卫生院党支部", "西片", "卫生院")])
        found = self.candidates("--campaign", campaign)
        unit = self.unit(found, "城东卫生院党支部")
        self.assertEqual((unit["district"], unit["other_names"]), ("东片", ["城东社区卫生服务中心党支部"]))
        self.assertEqual(unit["evidence"][0]["document"], renamed["document"])
        self.assertGreater(unit["evidence"][0]["edits"], len(renamed["log"]))
        stranger = self.unit(found, "城西卫生院党支布")
        self.assertEqual((stranger["listed"], stranger["perhaps"]), (False, ["城西卫生院党支部"]))
        self.assertEqual(found["silent"], ["城西卫生院党支部"])
        self.assertEqual((found["received"], found["counted"], found["superseded"], found["unlisted"]), (3, 1, 1, 1))

    def test_two_documents_of_a_unit_count_once_and_the_other_is_named(self):
        first = self.annex("甲支部", i1_1_1="否")
        self.annex("甲　支部")
        unit = self.candidates()["units"][0]
        self.assertEqual(unit["doors"], [])
        self.assertEqual(unit["doubled"], [json.loads(first.read_text(encoding="utf-8"))["document"]])

    def test_the_survey_on_site_opens_doors_and_its_differences_are_named(self):
        self.annex("甲支部")
        self.annex("甲支部", form="weak-survey", i2_4_2="否", i2_1_1="")
        unit = self.unit(self.candidates(), "甲支部")
        self.assertEqual(unit["doors"], ["theme-day"])
        self.assertTrue(unit["evidence"][0]["survey"])
        self.assertEqual([(one["item"], one["unit"], one["survey"]) for one in unit["differences"]], [("2.4.2", "是", "否")])

    def test_a_row_names_its_organisation_and_a_later_row_takes_it_away(self):
        head = "党组织名称,姓名,职务,变动,变动时间\n"
        self.new("officers", "人民医院党委", head + "内科支部,张三,书记,免职,2026-03-01\n外科支部,李四,书记,辞职,2026-03-01\n"
                 "外科支部,王五,书记,任职,2026-04-01\n急诊支部,赵六,书记,出缺,2026-07-20\n门诊支部,钱七,委员,免职,2026-01-01\n")
        campaign = self.campaign([("人民医院党委", "东片", "医院")], "书记空缺超过三个月")
        found = self.candidates("--campaign", campaign, "--as-of", "2026-08-15")
        self.assertEqual([unit["name"] for unit in found["units"]], ["人民医院党委 内科支部"])
        self.assertEqual(found["units"][0]["unit"], "人民医院党委")
        later = self.candidates("--campaign", campaign, "--as-of", "2026-10-21")
        self.assertEqual(len(later["units"]), 2)

    def test_long_overdue_terms(self):
        self.new("ruian-2019-annex3", "人民医院党委", "党组织名称,上次换届时间,计划换届时间,书记姓名\n内科支部,2020-05-01,2023-05-01,张三\n")
        found = self.candidates("--campaign", self.campaign([("人民医院党委", "", "")], "election"))
        self.assertEqual(found["units"][0]["evidence"][0]["words"], "有1个党组织逾期半年仍未换届")

    def test_the_lowest_of_a_class_with_all_that_tie(self):
        for unit, lost in (("甲", 2), ("乙", 4), ("丙", 4), ("丁", 1), ("戊", 9), ("己", 8)):
            self.score_table(f"{unit}医院党委", lost)
        self.score_table("庚医院党委", 10, is_incomplete=True)
        units = [(f"{unit}医院党委", f"{unit}县", "医院") for unit in "甲乙丙丁庚"]
        campaign = self.campaign([*units, ("戊医院党委", "甲县", "卫生院"), ("己医院党委", "甲县", "卫生院")], "lowest")
        path = self.own_doors(lambda doors: doors["lowest"]["evidence"][0]["lowest"].update({"layer": "self", "share": 49}))
        found = self.candidates("--campaign", campaign, "--doors", path)
        opened = {unit["name"]: unit["evidence"][0]["tied"] for unit in found["units"] if unit["doors"]}
        self.assertEqual(opened, {"乙医院党委": True, "丙医院党委": True})
        self.assertNotIn("名", self.unit(found, "乙医院党委")["evidence"][0]["words"], "no rank goes down")
        self.assertEqual([one["item"] for one in self.unit(found, "庚医院党委")["unanswered"]], [""])
        path = self.own_doors(lambda doors: doors["lowest"]["evidence"][0]["lowest"].update({"layer": "self", "share": 50}))
        found = self.candidates("--campaign", campaign, "--doors", path)
        self.assertEqual({unit["name"]: unit["evidence"][0]["tied"] for unit in found["units"] if unit["doors"]},
                         {"乙医院党委": False, "丙医院党委": False}, "two of a class have no lowest")
        path = self.own_doors(lambda doors: doors["lowest"]["evidence"][0]["lowest"].update(
            {"layer": "self", "share": 34, "within": "all"}))
        found = self.candidates("--campaign", campaign, "--doors", path)
        self.assertEqual({unit["name"] for unit in found["units"] if unit["doors"]}, {"戊医院党委", "己医院党委"})

    def test_a_line_and_a_veto(self):
        self.score_table("甲医院党委", 3)
        self.score_table("乙医院党委", 3, is_incomplete=True)
        campaign = self.campaign([("甲医院党委", "", ""), ("乙医院党委", "", "")], "line")
        path = self.own_doors(lambda doors: doors["line"]["evidence"][0].update(
            {"total": {"layer": "self", "below": 98.51}, "words": "{answer}<{line}"}))
        found = self.candidates("--campaign", campaign, "--doors", path)
        self.assertEqual({unit["name"]: [one["words"] for one in unit["evidence"]] for unit in found["units"]},
                         {"甲医院党委": ["98.5<98.51"], "乙医院党委": []}, "what is not scored is not zero")

    def test_doors_that_nobody_knows_are_refused(self):
        self.annex("甲支部")
        done = self.run_command("weak", "candidates", self.reports, "--campaign",
                                self.campaign([("甲支部", "", "")], "没有的条件"), code=2)
        self.assertIn("没有的条件", done.stderr.decode())

    def test_all_mistakes_of_a_file_of_doors_at_once(self):
        doors = json.loads(json.dumps(DOORS))
        doors["doors"][0]["evidence"][0]["item"] = "9.9.9"
        del doors["doors"][1]["clause"]
        doors["doors"][1]["evidence"][0].pop("unmet")
        doors["doors"][2]["evidence"][0]["veto"] = True
        doors["doors"][-1]["evidence"][0]["lowest"]["within"] = "district"
        doors["doors"][3]["evidense"] = []
        path = self.folder / "doors.json"
        path.write_text(json.dumps(doors, ensure_ascii=False, indent=1), encoding="utf-8")
        said = self.run_command("weak", "doors", path, code=1).stderr.decode()
        self.assertEqual(len(said.splitlines()), 6, said)
        for words in ("9.9.9", "没有写依据的条款", "没有写什么情况算", "要看且只看一样", "不按县区摊派", "evidense"):
            self.assertIn(words, said)
        self.run_command("weak", "candidates", self.reports, "--doors", path, code=2)


class Random(Case):
    """Forty units with answers at random, revisions, second documents, surveys: the reference says the same."""

    def random_answers(self, dice: random.Random) -> dict:
        def options(all_options):
            return "、".join(option for option in all_options if dice.random() < 0.9) or "无"

        return {"1.1.1": dice.choice(["是", "是", "是", "否", ""]), "1.2.1": options(SIX), "2.3.1": dice.choice(["是", "是", "7"]),
                "2.3.2": options(STEPS), "2.4.1": dice.choice(["是", "是", "否"]), "2.4.2": dice.choice(["是", "是", "", "否"]),
                "2.4.3": "是", "3.1.1": dice.choice(["示范岗", "无", "没有开展", "/"]), "3.1.2": dice.choice(["义诊", "义诊", ""]),
                "2.2.1": dice.choice(["是", "1"]), "2.2.2": dice.choice(["是", "2"]), "2.2.4": dice.choice(["是", "6"])}

    def test_doors_over_random_campaigns(self):
        for seed in range(3):
            with self.subTest(seed=seed):
                self.check_campaign(random.Random(f"weak/{seed}"), seed)

    def check_campaign(self, dice: random.Random, seed: int):
        shutil.rmtree(self.reports)
        self.reports.mkdir()
        units = [(f"第{number}卫生院党支部", f"{number % 3}片", dice.choice(["卫生院", "医院"])) for number in range(14)]
        for name, _, _ in units[:-2]:
            path = self.new(ANNEX, name, self.answers(self.random_answers(dice)))
            if dice.random() < 0.4:
                later = "".join(f"{item},{value}\n" for item, value in self.random_answers(dice).items() if value)
                self.fill(path, "item,value\n" + later, self.reports / f"{path.stem}-later.json")
            if dice.random() < 0.2:
                self.new(ANNEX, name + " ", self.answers(self.random_answers(dice)))
            if dice.random() < 0.4:
                self.new("weak-survey", name, self.answers(self.random_answers(dice)))
            if seed == 2:
                self.score(name, dice)
        self.new(ANNEX, "名册外党支部", self.answers({"1.1.1": "否"}))
        on = {"ground", "theme-day", "example"} if seed == 0 else {"meetings", "example", "lowest"}
        chosen = [] if seed == 0 else ["“三会一课”不落实", "example", "lowest"]
        campaign = self.campaign(units, "、".join(chosen))
        doors = DOORS
        options = []
        if seed:
            doors = json.loads(json.dumps(DOORS))
            doors["doors"][-1]["evidence"][0]["lowest"] |= {"layer": "self", "share": 30}
            path = self.folder / "own-doors.json"
            path.write_text(json.dumps(doors, ensure_ascii=False), encoding="utf-8")
            options = ["--doors", path]
        found = self.candidates("--campaign", campaign, *options)
        reports = [reference.read(path) for path in sorted(self.reports.glob("*.json"))]
        listed = [{"name": name, "class": kind} for name, _, kind in units]
        wanted = reference.candidates(reports, listed, doors, on, "2026")
        got = {unit["name"]: {"doors": unit["doors"],
                              "evidence": {(one["door"], one["form"], one["item"], one["answer"]) for one in unit["evidence"]},
                              "replaced": {(one["door"], one["form"], one["item"]) for one in unit["replaced"]},
                              "differences": {(one["item"], one["unit"], one["survey"]) for one in unit["differences"]}}
               for unit in found["units"]}
        got = {name: unit for name, unit in got.items() if unit["evidence"] or unit["replaced"] or unit["differences"]}
        self.assertEqual(got, wanted)
        self.assertTrue(any(unit["doors"] for unit in wanted.values()))
        self.assertEqual(found["received"], found["counted"] + found["superseded"] + found["doubled"] + found["unlisted"]
                         + found["aside"] + found["rejected"])
        self.assertEqual(found["received"], len(reports))
        self.check_order(campaign, options)

    def check_order(self, campaign: Path, options: list):
        """The same files by other names, in another order, and as a partial: the same bytes."""
        once = self.run_command("weak", "candidates", self.reports, "--campaign", campaign, *options).stdout
        files = sorted(self.reports.glob("*.json"), reverse=True)
        self.assertEqual(self.run_command("weak", "candidates", *files, "--campaign", campaign, *options).stdout, once)
        partial = self.folder / "all.partial"
        self.run_command("aggregate", self.reports, "--to", "partial", "-o", partial)
        self.assertEqual(self.run_command("weak", "candidates", partial, "--campaign", campaign, *options).stdout, once)

    def score(self, name: str, dice: random.Random):
        self.score_table(name, dice.randrange(1, 4), dice.random() < 0.2)


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
        self.assertTrue(self.has("weak-ballots-few", few))
        self.assertFalse(self.has("weak-ballots-few", self.review(self.folder / "three.json", "甲支部", 满意=3)))

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

    # ---- Papers ----

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
