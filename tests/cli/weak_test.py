"""`duibiao weak candidates` and `weak doors`: doors over chosen cases and over random campaigns against a reference.

DUIBIAO names the command (default: build/native/duibiao).
"""

import json
import random
import shutil
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import weak_reference as reference  # noqa: E402
from weak_case import ANNEX, DOORS, SIX, STEPS, Case  # noqa: E402


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

    def test_a_share_of_ballots_opens_a_door_by_the_grade_that_its_form_gives(self):
        form = {"format": "duibiao-instrument", "format_version": 2, "id": "own-poll", "version": "1", "kind": "scored",
                "title": "群众满意度测评表", "source": {"key": "Z", "title": "测评办法"}, "period": "year", "score_step": 0.5,
                "scorers": [{"id": "count", "label": "得分", "short": "计票人"}],
                "columns": [{"role": "criterion", "label": "内容"}, {"role": "score", "scorer": "count", "label": "得分"}],
                "header": [{"id": "unit", "label": "单位", "type": "text", "required": True}],
                "sections": [{"title": "测评", "items": [{"text": "总体评价", "votes": {
                    "ballots": ["发出", "收回", "有效"], "fewest": 3,
                    "options": [{"label": "满意", "weight": 100}, {"label": "不满意", "weight": 0}]}}]}],
                "figures": [{"name": "满意率", "kind": "votes", "item": "1.1.1", "labels": ["满意"], "base": "有效"}],
                "grades": {"figure": "满意率", "bands": [{"label": "满意率60%以上", "from": 60}, {"label": "满意率不到60%"}]}}
        path = self.folder / "poll.json"
        path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
        for unit, yes, no in (("甲支部", 5, 5), ("乙支部", 9, 1), ("丙支部", 1, 1)):
            self.new(str(path), unit, "item,field,value,note\n" + "".join(
                f"1.1.1,votes:{name},{count},\n" for name, count in
                (("发出", 12), ("收回", yes + no), ("有效", yes + no), ("满意", yes), ("不满意", no))))
        doors = self.own_doors(lambda by_id: by_id["veto"].update(
            {"on": True, "title": "群众满意率低", "clause": "Z 3", "evidence": [
                {"form": "own-poll", "grades": ["满意率不到60%"], "clause": "Z 3", "words": "满意率不到60%"}]}))
        found = self.candidates("--doors", doors)
        self.assertEqual([(one["name"], one["evidence"][0]["words"]) for one in found["units"] if one["doors"]],
                         [("甲支部", "满意率不到60%")], "two ballots open nothing")

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

if __name__ == "__main__":
    unittest.main()
