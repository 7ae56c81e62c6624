"""Random scored forms against an evaluator of their own: forms_random_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

The evaluator below is written from the guide of form files alone (assets/instruments/README.md), with Python's fractions; it
shares nothing with the program. DUIBIAO_FORMS says how many forms are tried (60), DUIBIAO_SEED with which the first is made.
"""

import json
import math
import os
import random
import sys
import unittest
from decimal import Decimal
from fractions import Fraction

import cli_test
from cli_test import Case

FORMS = int(os.environ.get("DUIBIAO_FORMS", "60"))
SEED = int(os.environ.get("DUIBIAO_SEED", "1"))


def exact(value):
    return Fraction(str(value))


def half_up(value, places):
    scaled = abs(value) * 10 ** places
    whole = math.floor(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10 ** places)


# --- Making forms and answers --------------------------------------------------------------------------------------------

class Maker:
    """One random form, and one random filling of it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.form = self.make_form()
        self.answers = [self.make_answers(item) for section in self.form["sections"] for item in section["items"]]

    def one_in(self, n):
        return self.random.randrange(n) == 0

    def number(self, most, step="0.5"):
        return float(Decimal(self.random.randint(1, int(Decimal(most) / Decimal(step)))) * Decimal(step))

    def make_form(self):
        weighted = self.one_in(3)
        sections = [self.make_section(i, weighted) for i in range(self.random.randint(1, 4))]
        form = {"format": "duibiao-instrument", "format_version": 2, "id": "random", "version": "1", "kind": "scored",
                "title": "随机表", "score_step": 0.5, "decimals": self.random.choice([0, 1, 2, 3]),
                "scorers": [{"id": "examiner", "label": "得分"}], "columns": [{"role": "criterion", "label": "内容"}],
                "sections": sections}
        if weighted:
            form["parts"] = [{"id": "a", "name": "甲", "weight": 70}, {"id": "b", "name": "乙", "weight": 30}]
            sections.append({"title": "乙", "part": "b", "items": [{"text": "乙", "points": 100, "rules": []}]})
        for member, chance, value in [("bonus_in_total", 6, False), ("penalty_before_scaling", 3, True),
                                      ("scaled_decimals", 3, 2), ("cap", 6, 30), ("bonus_cap", 4, 2), ("floor", 4, 0)]:
            if self.one_in(chance):
                form[member] = value
        form["grades"] = {"bands": [{"label": "优", "from": 20}, {"label": "良", "from": 10, "below": 20},
                                    {"label": "差", "below": 10}], "decided": self.random.choice(["exact", "shown"])}
        return form

    def make_section(self, index, weighted):
        role = self.random.choice(["points", "points", "penalty", "bonus"]) if index else "points"
        section = {"title": f"第{index}部分", "role": role,
                   "items": [self.make_item(role) for _ in range(self.random.randint(1, 5))]}
        if weighted:
            section["part"] = "a"
        if self.one_in(4):
            section["cap"] = self.number(12)
        return section

    def make_item(self, role):
        item = {"text": "条目", "blanks": ["应", "实", {"name": "有", "type": "tick"}], "rules": []}
        if role == "points":
            item["points"] = "unlimited" if self.one_in(6) else self.number(15)
            if self.one_in(3):
                item["not_applicable"] = self.random.choice(["full", "out", "scaled"])
            if self.one_in(6):
                item["floor"] = -3
        for _ in range(self.random.randint(0 if role == "points" else 1, 3)):
            item["rules"].append(self.make_rule(role))
        if self.one_in(5) and role == "points":
            item["bonus_cap"] = self.number(3)
        return item

    def make_rule(self, role):
        effects = {"points": ["deduct", "deduct", "gain", "bonus", "zero", "times"], "penalty": ["deduct"],
                   "bonus": ["gain", "bonus"]}[role]
        effect = self.random.choice(effects)
        rule = {"text": "规则"}
        if effect == "zero":
            rule["zero"] = True
        elif effect == "times":
            return rule | {"times": 0.5, "once": True}
        else:
            rule[effect] = "free" if self.one_in(6) else self.number(4, "0.1")
        if effect != "zero" and self.one_in(3):
            rule["cap"] = self.number(5)
        if rule.get(effect) != "free":
            count = self.random.choice([None, "实", {"short": {"due": "应", "done": "实"}}, {"lacking": ["有", "实"]},
                                        {"beyond": {"due": 3, "done": "实"}}, {"reached": {"due": 2, "done": "实"}},
                                        {"ticked": ["有"]}, {"rate": {"line": 90, "due": "应", "done": "实"}},
                                        {"lacking": [["有", "实"]]}, {"ticked": ["有", "实"], "all": True}])
            if count is not None:
                rule["count"] = count
            if self.one_in(3):
                rule |= {"every": self.random.choice([2, 5, 3]),
                         "rest": self.random.choice(["dropped", "proportional", "begun"])}
            rule["once"] = self.one_in(5)
        return rule

    def make_answers(self, item):
        if self.one_in(12):
            return {}
        if item.get("not_applicable") and self.one_in(2):
            return {"na": "没有发生"}
        answers = {"blank:应": self.random.randint(0, 12), "blank:实": self.random.randint(0, 12),
                   "tick:有": self.random.randint(0, 1)} if "blanks" in item else {}
        for i, rule in enumerate(item["rules"], 1):
            if self.one_in(3) or "count" in rule:
                continue
            free = "free" in (rule.get("deduct"), rule.get("gain"), rule.get("bonus"))
            answers[f"amount:{i}" if free else f"count:{i}"] = \
                self.random.randint(0, 1) if rule.get("once") else self.random.randint(0, 6)
        if not item["rules"] or self.one_in(8):
            most = 6 if item.get("points") in (None, "unlimited") else item["points"]
            if most == 6 or isinstance(most, (int, float)):
                answers["score"] = float(Decimal(self.random.randint(0, int(most * 2))) / 2)
        return answers


# --- Working it out again -------------------------------------------------------------------------------------------------

def quantity(rule, index, answers):
    count = rule.get("count")
    blank = {name: Fraction(answers[f"{kind}:{name}"]) for kind, name in
             (("blank", "应"), ("blank", "实"), ("tick", "有")) if f"{kind}:{name}" in answers}
    if count is None:
        return Fraction(answers.get(f"count:{index}", 0))
    if isinstance(count, str):
        return blank[count]
    if "short" in count:
        return max(Fraction(0), blank["应"] - blank["实"])
    if "beyond" in count:
        return max(Fraction(0), blank["实"] - 3)
    if "reached" in count:
        return Fraction(blank["实"] >= 2)
    if "rate" in count:
        if blank["应"] == 0:
            return Fraction(0)
        return max(Fraction(0), 90 - 100 * blank["实"] / blank["应"])
    key = "lacking" if "lacking" in count else "ticked"
    groups = [[names] if isinstance(names, str) else names for names in count[key]]
    has_all = [all(blank[name] > 0 for name in group) for group in groups]
    hits = sum(not one if key == "lacking" else one for one in has_all)
    return Fraction(hits == len(groups)) if count.get("all") else Fraction(hits)


def steps(rule, amount):
    each = amount / exact(rule.get("every", 1))
    rest = rule.get("rest", "dropped")
    each = Fraction(math.floor(each)) if rest == "dropped" else Fraction(math.ceil(each)) if rest == "begun" else each
    return min(each, Fraction(1)) if rule.get("once") else each


def work_item(item, role, answers):
    """(state, points, bonus, penalty) of an item."""
    limit = item.get("points")
    full = None if limit in (None, "unlimited") else exact(limit)
    if "na" in answers and item.get("not_applicable"):
        if item["not_applicable"] == "full" and full is not None:
            return "scored", full, Fraction(0), Fraction(0)
        return "absent", Fraction(0), Fraction(0), Fraction(0)
    value, bonus, known = rules_value(item, role, full, answers)
    if "score" in answers:
        value, known = exact(answers["score"]), True
    if not known:
        return "unscored", Fraction(0), Fraction(0), Fraction(0)
    if role == "points":
        return "scored", value, bonus, Fraction(0)
    return "scored", Fraction(0), (value if role == "bonus" else Fraction(0)), (abs(value) if role == "penalty" else Fraction(0))


def rules_value(item, role, full, answers):
    if not item["rules"] or not set(answers) - {"score", "note", "na"}:
        return Fraction(0), Fraction(0), False
    gives = any("gain" in rule for rule in item["rules"]) or (role == "bonus")
    value = full if full is not None and not gives and role == "points" else Fraction(0)
    bonus, zero = Fraction(0), False
    for index, rule in enumerate(item["rules"], 1):
        if "times" in rule:
            continue
        effect = next(key for key in ("deduct", "gain", "bonus", "zero") if key in rule)
        if rule[effect] == "free":
            amount = Fraction(answers.get(f"amount:{index}", 0))
        else:
            count = steps(rule, quantity(rule, index, answers))
            if effect == "zero":
                zero = zero or count > 0
                continue
            amount = count * exact(rule[effect])
        if "cap" in rule:
            amount = min(amount, exact(rule["cap"]))
        if effect == "bonus" and role != "bonus":
            bonus += amount
        else:
            value += -amount if effect == "deduct" else amount
    if zero:
        value = Fraction(0)
    if not zero and full is not None:
        value = min(value, full)
    floor = item.get("floor", None if item.get("points") == "unlimited" else 0)
    if not zero and floor is not None and role == "points":
        value = max(value, exact(floor))
    for index, rule in enumerate(item["rules"], 1):
        if "times" in rule and answers.get(f"count:{index}"):
            value *= exact(rule["times"])
    return value, min(bonus, exact(item["bonus_cap"])) if "bonus_cap" in item else bonus, True


def work_form(form, answers):
    """Total, finality and item states as the guide has them."""
    at, parts, states, complete, bonus_sum = 0, {}, [], True, Fraction(0)
    for section in form["sections"]:
        role = section.get("role", "points")
        sums = dict.fromkeys(("points", "bonus", "penalty", "full", "out"), Fraction(0))
        counts = [0, 0]
        for item in section["items"]:
            state, points, bonus, penalty = work_item(item | {"rules": item.get("rules", [])}, role, answers[at])
            states.append((state, points, bonus))
            at += 1
            full = item.get("points")
            worth = exact(full) if role == "points" and isinstance(full, (int, float)) else Fraction(0)
            sums["bonus"] += bonus
            sums["penalty"] += penalty
            if role != "points":
                continue
            if state == "absent":
                sums["out"] += worth if item["not_applicable"] == "scaled" else 0
                continue
            counts[1] += 1
            sums["full"] += worth
            if state == "scored":
                counts[0] += 1
                sums["points"] += points
            else:
                complete = False
        if "cap" in section:
            key = {"points": "points", "bonus": "bonus", "penalty": "penalty"}[role]
            sums[key] = min(sums[key], exact(section["cap"]))
        part = parts.setdefault(section.get("part", "a"), [dict.fromkeys(sums, Fraction(0)), [0, 0]])
        for key, value in sums.items():
            part[0][key] += value
        part[1] = [part[1][i] + counts[i] for i in range(2)]
        bonus_sum += sums["bonus"]
    weights = {part["id"]: exact(part["weight"]) / 100 for part in form.get("parts", [{"id": "a", "weight": 100}])}
    total = Fraction(0)
    for name, (sums, counts) in parts.items():
        value = sums["points"]
        if form.get("penalty_before_scaling"):
            value -= sums["penalty"]
        if sums["out"] > 0 and sums["full"] > 0:
            value = value * (sums["full"] + sums["out"]) / sums["full"]
        if "scaled_decimals" in form:
            value = half_up(value, form["scaled_decimals"])
        if form.get("bonus_in_total", True):
            value += sums["bonus"]
        if not form.get("penalty_before_scaling"):
            value -= sums["penalty"]
        total += value * weights[name]
        if len(weights) > 1 and counts[0] == 0 and counts[1] > 0:
            total = None
            break
    if total is not None:
        if form.get("bonus_in_total", True) and "bonus_cap" in form and bonus_sum > exact(form["bonus_cap"]):
            total -= bonus_sum - exact(form["bonus_cap"])
        total = min(total, exact(form["cap"])) if "cap" in form else total
        total = max(total, exact(form["floor"])) if "floor" in form else total
    return total, complete and total is not None, states


def grade_of(form, total):
    value = half_up(total, form["decimals"]) if form["grades"]["decided"] == "shown" else total
    return "优" if value >= 20 else "良" if value >= 10 else "差"


class RandomForms(Case):
    def test_the_program_agrees_with_an_evaluator_of_its_own(self):
        finals = 0
        for seed in range(SEED, SEED + FORMS):
            with self.subTest(seed=seed):
                finals += self.try_form(Maker(seed))
        self.assertGreater(finals, FORMS // 5)

    def try_form(self, made):
        self.write("random.json", json.dumps(made.form, ensure_ascii=False))
        self.done("new", "random.json", "--unit", "某单位", "--period", "2026", "-o", "report.json")
        ids = [f"{s}.1.{i}" for s, section in enumerate(made.form["sections"], 1)
               for i in range(1, len(section["items"]) + 1)]
        lines = [f"{item},{field},{value}" for item, answers in zip(ids, made.answers)
                 for field, value in answers.items()]
        self.write("rows.csv", "item,field,value\n" + "\n".join(lines) + "\n")
        if lines:
            self.done("fill", "report.json", "--from", "rows.csv", "-o", "report.json")
        score = json.loads(self.done("score", "report.json", "--format", "json", "--items"))
        total, final, states = work_form(made.form, made.answers)
        items = score["layers"]["examiner"]["items"]
        decimals = made.form["decimals"]
        shown = {item: Fraction(items[item]["score"]) if items[item]["score"] is not None else None for item in ids}
        for item, (state, points, bonus) in zip(ids, states):
            role = made.form["sections"][int(item.split(".")[0]) - 1].get("role", "points")
            if role == "points":
                self.assertEqual(shown[item], half_up(points, decimals) if state == "scored" else None, item)
            if role != "penalty":
                self.assertEqual(Fraction(items[item].get("bonus", "0")), half_up(bonus, decimals), item)
        if not lines:
            return False
        self.assertEqual(score["final"], final)
        self.assertEqual(score["total"] is None, total is None)
        if total is not None:
            self.assertEqual(Fraction(score["total"]), half_up(total, decimals))
        self.assertEqual(score["grade"]["label"], grade_of(made.form, total) if final else None)
        return final


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
