"""The schema of scored forms and the program refuse the same files: form_schema_test.py [PATH_TO_DUIBIAO] [arguments].

A right form is changed at one place at a time. What depends on other places of the form (names, sums, steps) only the
program knows; those changes are marked so, and the schema lets them pass.
"""

import copy
import json
import re
import sys
import unittest

import jsonschema

import cli_test
from cli_test import ROOT, Case

BASE = {
    "format": "duibiao-instrument", "format_version": 2, "id": "small", "version": "1", "kind": "scored",
    "title": "考评表", "score_step": 0.5, "scorers": [{"id": "a", "label": "得分"}],
    "columns": [{"role": "criterion", "label": "内容"}, {"role": "rule", "id": "standard", "label": "评分标准"}],
    "parts": [{"id": "base", "name": "基础"}],
    "sections": [{"title": "组织", "items": [
        {"text": "报表", "points": 10, "blanks": ["应报", {"name": "有", "type": "tick"}],
         "rules": [{"text": "少报", "deduct": 2, "per": "次"}], "texts": {"standard": "每少一次扣2分"}}]}],
    "figures": [{"name": "扣分", "kind": "deducted"}],
    "foot": {"blanks": [{"name": "否决", "type": "tick"}], "remarks": [{"id": "r", "label": "意见"}]},
    "grades": {"bands": [{"label": "优", "from": 9}, {"label": "差", "below": 9}],
               "ceilings": [{"text": "否决", "when": [{"blank": "否决"}], "not_above": "差"}]},
}
ITEM = "sections/0/items/0"
RULE = ITEM + "/rules/0"
CEILING = "grades/ceilings/0"
RIGHT = [
    ("decimals", 0), ("order", "parallel"), ("cap", 100), ("floor", -20), ("bonus_in_total", False),
    (ITEM + "/points", "unlimited"), (ITEM + "/points", 2.5), (ITEM + "/floor", "none"), (ITEM + "/floor", -3),
    (ITEM + "/role", "bonus"), (ITEM + "/not_applicable", "scaled"), (ITEM + "/id", "1.1.1"),
    (ITEM + "/result", "应报{应报}次"), (ITEM + "/levels", [{"label": "好", "points": 10}]),
    (ITEM + "/votes", {"options": [{"label": "好", "weight": 100}, {"label": "弃权"}], "ballots": ["有效"]}),
    (ITEM + "/tiers", [{"label": "C", "points": ["x"]}]) , (RULE + "/cap", 5), (RULE + "/deduct", "free"),
    (RULE + "/deduct", {"from": 6, "to": 10}), (RULE + "/deduct", {}), (RULE + "/count", "应报"),
    (RULE + "/count", {"short": {"due": 4, "done": "应报"}}), (RULE + "/count", {"lacking": ["应报", ["有"]]}),
    (RULE + "/count", {"ticked": ["有"], "all": True}), (RULE + "/every", 2), (RULE + "/rest", "begun"),
    (RULE + "/count", {"rate": {"line": 98, "due": ["应报"], "done": "应报"}}), ("item_rules", [{"text": "a", "zero": True}]),
    (CEILING + "/when", [{"full": "1.1.1"}, {"section": "1", "at_least": 5}]),
    (CEILING + "/when", [{"item": "1.1.1", "blank": "应报", "at_least": 2}]), ("grades/quotas", [{"grade": "优", "share": 30}]),
]
WRONG = [
    ("mesures", []), ("kind", "scoerd"), ("title", ""), ("title", 5), ("score_step", "0.5"), ("score_step", -5),
    ("score_step", 0.125), ("period", "annual"), ("scorers", {}), ("scorers", []), ("scorers/0/id", "考核组"),
    ("scorers/0/name", "x"), ("columns/0/role", "criteria"), ("columns/1/id", ""), ("parts/0/weight", 101),
    ("sections", []), ("sections/0/title", ""), ("sections/0/role", "bonuses"), ("sections/0/itmes", []),
    (ITEM + "/pionts", 3), (ITEM + "/points", -5), (ITEM + "/points", 0), (ITEM + "/points", "五"), (ITEM + "/points", 2000),
    (ITEM + "/floor", "no"), (ITEM + "/not_applicable", "half"), (ITEM + "/blanks", [5]), (ITEM + "/texts", []),
    (ITEM + "/levels", [{"label": "好"}]), (ITEM + "/votes", {}), (ITEM + "/votes", {"options": [{"weight": 5}]}),
    (RULE + "/deduct", "fre"), (RULE + "/deduct", -1), (RULE + "/deduct", {"from": 6, "till": 10}), (RULE + "/bonus", 2),
    (RULE + "/text", ""), (RULE + "/once", "是"), (RULE + "/every", 0), (RULE + "/rest", "up"), (RULE + "/count", 5),
    (RULE + "/count", {}), (RULE + "/count", {"short": {"due": 4}}), (RULE + "/count", {"blank": "应报", "ticked": ["有"]}),
    (RULE + "/count", {"lacking": []}), (RULE + "/count", {"shrot": {}}), ("figures/0/kind", "sum"), ("figures/0/base", "all"),
    ("foot/blanks", [{"type": "tick"}]), ("foot/remarks", [{"id": "意见", "label": "x"}]), ("grades/bands", []),
    ("grades/bands/0/form", 9), ("grades/bands/0/from", "9"), (CEILING + "/down", 1), (CEILING + "/when", []),
    (CEILING + "/when", [{}]), (CEILING + "/when", [{"section": "1", "part": "base"}]), ("decimals", 7), ("decimals", 1.5),
    ("header", [{"id": "date", "label": "日期", "typ": "date", "type": "date"}]),
]
ONLY_THE_PROGRAM = [
    (ITEM + "/points", 2.25), (ITEM + "/kinds", ["医院"]), (ITEM + "/id", "1.1.2"), (ITEM + "/result", "{迟报}"),
    (ITEM + "/blanks", ["应报", "应报"]), (RULE + "/count", "实报"), (RULE + "/deduct", {"from": 10, "to": 6}),
    ("sections/0/part", "votes"), ("parts/0/weight", 70), ("total", {"by": "b"}), (ITEM + "/texts", {"method": "x"}),
    (CEILING + "/not_above", "中"), (CEILING + "/when", [{"blank": "投诉"}]), (CEILING + "/when", [{"full": "9.1.1"}]),
]


def changed(path, value):
    form = copy.deepcopy(BASE)
    *steps, last = path.split("/")
    place = form
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    if path == ITEM + "/tiers":
        place["no_tier"] = "D"
    return form


class SchemaAndProgram(Case):
    def setUp(self):
        super().setUp()
        schema = json.loads((ROOT / "assets/schema/scored-form.schema.json").read_text(encoding="utf-8"))
        self.validator = jsonschema.validators.validator_for(schema)(schema)

    def mistakes(self, form):
        self.write("form.json", json.dumps(form, ensure_ascii=False, indent=1))
        code, out, err = self.run_command("form", "check", "form.json", "--lang", "zh")
        self.assertIn(code, (0, 1), err)
        return err.splitlines() if code == 1 else []

    def verdicts(self, path, value):
        form = changed(path, value)
        return self.validator.is_valid(form), self.mistakes(form)

    def test_right_files(self):
        self.assertEqual((self.validator.is_valid(BASE), self.mistakes(BASE)), (True, []))
        for path, value in RIGHT:
            with self.subTest(path=path, value=value):
                self.assertEqual(self.verdicts(path, value), (True, []))

    def test_wrong_files(self):
        for path, value in WRONG:
            with self.subTest(path=path, value=value):
                valid, mistakes = self.verdicts(path, value)
                self.assertFalse(valid)
                self.assertTrue(mistakes)
                for line in mistakes:
                    self.assertRegex(line, r"\Aduibiao: form\.json: 第 \d+ 行[^:]*: .+: .+")
                    self.assertNotIn("“”", line)

    def test_what_only_the_program_knows(self):
        for path, value in ONLY_THE_PROGRAM:
            with self.subTest(path=path, value=value):
                valid, mistakes = self.verdicts(path, value)
                self.assertTrue(valid)
                self.assertTrue(mistakes)

    def test_all_mistakes_at_once(self):
        form = copy.deepcopy(BASE)
        form["sections"][0]["items"][0]["pionts"] = 3
        form["sections"][0]["items"][0]["rules"][0]["cap"] = -5
        del form["scorers"][0]["label"]
        mistakes = self.mistakes(form)
        self.assertEqual(len(mistakes), 3)
        words = "\n".join(mistakes)
        self.assertIn("第 1 部分“组织”，第 1 条“报表”", words)
        self.assertIn("最接近的是“points”", words)
        self.assertRegex(words, "规则 1“少报”: “cap”是 -5，应在 0 到")

    def test_the_cases_follow_the_schema(self):
        for path in sorted((ROOT / "tests/forms").glob("f*.json")):
            errors = [error.message for error in self.validator.iter_errors(json.loads(path.read_text(encoding="utf-8")))]
            self.assertEqual(errors, [], path.name)

    def test_every_member_is_read(self):
        """A member that the program does not know is refused: so every one of the schema's is known to it."""
        source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/core/scored_form").glob("*.cpp"))
        known = set(re.findall(r'"([a-z_$]+)"', source))
        schema = json.loads((ROOT / "assets/schema/scored-form.schema.json").read_text(encoding="utf-8"))

        def members(node):
            if isinstance(node, dict):
                for name, child in node.get("properties", {}).items():
                    yield name
                    yield from members(child)
                for key, child in node.items():
                    if key != "properties":
                        yield from members(child)
            elif isinstance(node, list):
                for child in node:
                    yield from members(child)
        self.assertLessEqual(set(members(schema)), known)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
