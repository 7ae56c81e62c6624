"""What `duibiao weak candidates` must say of a set of reports, worked out again from their logs and the doors' file.

Shares no code with the program.
"""

import json
import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTHING = {"", "无", "否", "/", "—", "-", "没有"}


def read(path: Path) -> dict:
    report = json.loads(path.read_text(encoding="utf-8"))
    answers = {}
    for edit in report["log"]:
        place = edit["layer"], edit["item"], edit["field"]
        if edit.get("after") is None:
            answers.pop(place, None)
        else:
            answers[place] = edit["after"]
    head = {field: value for (_, item, field), value in answers.items() if item == "header"}
    return {"document": report["document"], "form": report["instrument"]["id"], "edits": len(report["log"]),
            "at": report["log"][-1]["at"], "answers": answers, "unit": head["unit"], "period": head["period"]}


def shown(value) -> str:
    if value is True:
        return "是"
    if value is False:
        return "否"
    return str(value)


def key(name: str) -> str:
    return re.sub(r"\s", "", name).replace("（", "(").replace("）", ")").lower()


def number(text: str):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def holds(test: dict, answer: str) -> bool:
    if test.get("blank") and answer in NOTHING:
        return True
    if not answer:
        return False
    return (answer in test.get("is", []) or (test.get("nothing", False) and answer in NOTHING)
            or (test.get("unmet", False) and number(answer) is not None)
            or ("below" in test and number(answer) is not None and number(answer) < Decimal(str(test["below"])))
            or any(option not in answer.split("、") for option in test.get("lacks", [])))


class Form:
    def __init__(self, name: str):
        paths = [ROOT / "assets" / folder / f"{name}.json" for folder in ("instruments", "campaign")]
        self.json = json.loads(next(path for path in paths if path.exists()).read_text(encoding="utf-8"))
        self.items = {item["id"]: item for section in self.json.get("sections", []) for group in section["groups"]
                      for item in group["criteria"]}

    def answer(self, report: dict, item: str) -> str:
        for field in self.items[item].get("fields", []):
            value = report["answers"].get(("self", item, field["id"]))
            if value is not None:
                return shown(value)
        return ""


def total(report: dict, form: Form, layer: str):
    scores = [report["answers"].get((layer, item, "score")) for item in form.items]
    return None if None in scores else sum(Decimal(str(score)) for score in scores)


def candidates(reports: list[dict], listed: list[dict], doors: dict, on: set[str], period: str) -> dict:
    """{unit: {"doors": […], "evidence": {(door, form, item, answer)}, "replaced": {(door, form, item)},
    "differences": {(item, unit, survey)}}} of every unit with any of them."""
    survey_of = {survey["form"]: survey["of"] for survey in doors["surveys"]}
    used = [door for door in doors["doors"] if door["id"] in on]
    asked = {rule["form"] for door in used for rule in door["evidence"]}
    asked |= {form for form, of in survey_of.items() if of in asked}
    forms = {form: Form(form) for form in asked}
    by_document = defaultdict(list)
    for report in reports:
        if report["form"] in asked and report["period"] == period:
            by_document[report["form"], report["document"]].append(report)
    names = {key(unit["name"]): unit["name"] for unit in listed}
    newest = defaultdict(list)  # (unit, form): documents with their revisions
    for (form, _), revisions in by_document.items():
        revisions.sort(key=lambda report: (report["edits"], report["at"]))
        known = [key(report["unit"]) for report in revisions if key(report["unit"]) in names]
        unit = names[known[-1]] if known else revisions[-1]["unit"]
        newest[unit, form].append(revisions)
    found = defaultdict(lambda: {"doors": [], "evidence": set(), "replaced": set(), "differences": set()})
    counted = {}
    totals = defaultdict(list)
    for (unit, form), documents in newest.items():
        revisions = max(documents, key=lambda revisions: (revisions[-1]["at"], revisions[-1]["edits"]))
        counted[unit, form] = revisions[-1]
        now = evidence_of(revisions[-1], form, survey_of, used, forms)
        found[unit]["evidence"] |= now
        places = {one[:3] for one in now}
        for earlier in revisions[:-1]:
            before = {one[:3] for one in evidence_of(earlier, form, survey_of, used, forms)}
            found[unit]["replaced"] |= before - places
        for door in used:
            for rule in door["evidence"]:
                if "lowest" in rule and rule["form"] == form:
                    score = total(revisions[-1], forms[form], rule["lowest"]["layer"])
                    if score is not None:
                        totals[door["id"], json.dumps(rule)].append((score, unit))
    classes = {unit["name"]: unit["class"] for unit in listed}
    for (door, text), scores in totals.items():
        rule = json.loads(text)
        for name in {classes.get(unit, "") for _, unit in scores}:
            own = sorted(score for score, unit in scores if classes.get(unit, "") == name)
            n = int(Fraction(len(own)) * Fraction(str(rule["lowest"]["share"])) / 100)
            if len(own) < 3 or n == 0:
                continue
            for score, unit in scores:
                if classes.get(unit, "") == name and score <= own[n - 1]:
                    found[unit]["evidence"].add((door, rule["form"], "", f"{score.normalize():f}"))
    for form, of in survey_of.items():
        for unit in {unit for unit, name in counted if name == form}:
            if (unit, of) not in counted:
                continue
            for item in forms[form].items:
                seen = forms[form].answer(counted[unit, form], item)
                said = forms[of].answer(counted[unit, of], item)
                if seen and seen != said:
                    found[unit]["differences"].add((item, said, seen))
    for entry in found.values():
        for door in used:
            rules = {item for of, _, item, _ in entry["evidence"] if of == door["id"]}
            if len(rules) >= door.get("at_least", 1):
                entry["doors"].append(door["id"])
    return {unit: entry for unit, entry in found.items() if entry["evidence"] or entry["replaced"] or entry["differences"]}


def evidence_of(report: dict, form: str, survey_of: dict, doors: list[dict], forms: dict) -> set[tuple]:
    found = set()
    for door in doors:
        for rule in door["evidence"]:
            if rule["form"] != survey_of.get(form, form) or "item" not in rule:
                continue
            answer = forms[form].answer(report, rule["item"])
            if holds(rule, answer):
                found.add((door["id"], form, rule["item"], answer))
    return found
