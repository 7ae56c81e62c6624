#!/usr/bin/env python3
"""Makes the reports of a whole campaign, as units would send them: the same seed gives the same bytes.

    tests/bench/campaign.py FOLDER [--units N] [--seed S] [--faults]     a file a report, a folder a district
    tests/bench/campaign.py - [--units N] ...                            NDJSON on standard output, any number

Written without the program's own code, so that it can be a witness against it: texts, totals, hashes and codes are
made here from README and src/core/report.hpp. Units stand in districts and classes; a part is late, missing, doubled,
superseded or altered by hand, and a part was filled in an earlier version of the form. FOLDER also gets expected.csv
(the list of units that must report) and, with --faults, files that nobody can use.
"""

import argparse
import base64
import hashlib
import json
import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LAYERS = ("self", "acceptance", "rating")
DISTRICTS = ("东城区", "西城区", "南关区", "北岸区", "高新区", "临江县", "青山县", "平湖县")
CLASSES = ("二级以上", "卫生院", "社区中心")
PERIOD = "2026"
DUE = "2026-11-15"
NOTES = (
    "党委会议定事项{n}项，纪要齐全，执行情况有记录可查",
    "全年开展{n}次，主题、到会人数和照片均已归档，台账第{n}页",
    "制度已修订并公布，抽查{n}个支部，落实较好；个别支部记录不完整，已要求补齐",
    "按要求完成{n}项任务，佐证材料见附件{n}，经办人员已签字确认，群众知晓率较高",
)
REASONS = ("现场抽查发现{n}处记录不全", "佐证材料只有{n}份，与自评所述不符", "未见第{n}季度会议记录")


def canonical(value) -> str:
    """RFC 8785 for what stands in reports: keys are ASCII, numbers are hundredths."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def number(hundredths: int):
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def load_form(instrument: str = "jilin-committee") -> dict:
    return json.loads((ROOT / f"assets/instruments/{instrument}.json").read_text(encoding="utf-8"))


def criteria_of(form: dict) -> list[tuple[str, int, str]]:
    """(id, hundredths, section) in the form's order."""
    return [
        (criterion["id"], round(criterion["points"] * 100), section["id"])
        for section in form["sections"]
        for group in section["groups"]
        for criterion in group["criteria"]
    ]


def identity_of(form: dict) -> dict:
    return {"hash": sha256(canonical(form)), "id": form["id"], "version": form["version"]}


class Writer:
    """One report: a log, and all that follows from it."""

    def __init__(self, form: dict, identity: dict, document: str):
        self.form, self.identity, self.document = form, identity, document
        self.log: list[dict] = []
        self.answers: dict = {}

    def put(self, layer: str, item: str, field: str, after, at: str, by: str) -> None:
        edit = {"after": after, "at": at, "by": by, "field": field, "id": f"{self.document}-{len(self.log) + 1}",
                "item": item, "layer": layer}
        before = self.answers.get((layer, item, field))
        if before is not None:
            edit["before"] = before
        self.log.append(edit)
        self.answers[layer, item, field] = after

    def report(self) -> dict:
        shelves = {layer: {} for layer in LAYERS}
        header, common = {}, {}
        for (layer, item, field), value in self.answers.items():
            if item == "header":
                (common if field in ("unit", "period") else header)[field] = value
            elif item != "document":
                shelves[layer].setdefault(item, {})[field] = value
        edits = {layer: [edit for edit in self.log if edit["layer"] == layer] for layer in LAYERS}
        layers, previous = [], ""
        for layer in LAYERS:
            made = {"answers": shelves[layer], "id": layer, "previous": previous,
                    "totals": self.totals(shelves[layer]), "veto": {}}
            if state := self.answers.get((layer, "document", "state")):
                made["state"] = state
            hashed = made | {"document": self.document, "instrument": self.identity} | common
            if edits[layer]:
                hashed["log"] = sha256(canonical(edits[layer]))
            if layer == "self":
                hashed |= {"header": header, "measures": {}}
            previous = sha256(canonical(hashed))
            layers.append(made | {"hash": previous})
        code = base64.b32encode(bytes.fromhex(previous)).decode()[:10]
        return {"format": "duibiao-report", "version": 1, "document": self.document, "instrument": self.identity,
                "header": header, "measures": {}, "layers": layers, "log": self.log, "code": code} | common

    def totals(self, answers: dict) -> dict:
        sections = {section["id"]: [0, 0] for section in self.form["sections"]}
        for item, fields in answers.items():
            if "score" in fields:
                section = sections[item.split(".")[0]]
                section[0] += round(fields["score"] * 100)
                section[1] += 1
        return {"of": len(criteria_of(self.form)), "score": number(sum(s for s, _ in sections.values())),
                "scored": sum(n for _, n in sections.values()),
                "sections": {id: {"score": number(score), "scored": n} for id, (score, n) in sections.items()}}


def instant(day: int, second: int) -> str:
    """Day 0 is 1 October of the year."""
    month, rest = (10, day) if day < 31 else (11, day - 31)
    return f"2026-{month:02}-{rest + 1:02}T{8 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


def unit_of(index: int) -> dict:
    district = DISTRICTS[index % len(DISTRICTS)]
    kind = CLASSES[index // len(DISTRICTS) % len(CLASSES)]
    return {"unit": f"{district}{index + 1:05}号{kind}党委", "district": district, "class": kind,
            "email": f"unit{index + 1}@example.cn", "contact": f"联系人{index + 1}"}


def fill(writer: Writer, unit: dict, dice: random.Random, day: int, layers: int) -> None:
    scale = 0.5 + dice.random() / 2
    second = 0

    def put(layer, item, field, after, by):
        nonlocal second
        second += 7
        writer.put(layer, item, field, after, instant(day + LAYERS.index(layer), second), by)

    put("self", "header", "unit", unit["unit"], "填报人")
    put("self", "header", "period", PERIOD, "填报人")
    put("self", "header", "date", instant(day, 0)[:10], "填报人")
    for item, points, _ in criteria_of(writer.form):
        steps = points // 50
        given = min(steps, round(steps * scale + dice.random() * 0.8))
        if dice.random() < 0.01:
            continue  # left unscored
        put("self", item, "score", number(given * 50), "填报人")
        if given or dice.random() < 0.5:
            put("self", item, "note", dice.choice(NOTES).format(n=dice.randrange(1, 60)), "填报人")
        for layer in LAYERS[1:layers]:
            lower = max(0, given - (dice.random() < 0.15))
            put(layer, item, "score", number(lower * 50), "验收组")
            if lower < given:
                put(layer, item, "note", dice.choice(REASONS).format(n=dice.randrange(1, 5)), "验收组")
            given = lower
    put("self", "document", "state", "submitted", "填报人")


def reports(form: dict, units: int, seed: int):
    """(unit, kind, text) of every file: kinds are "only", "earlier", "later", "doubled", "altered"; none where missing."""
    identity = identity_of(form)
    older = identity | {"version": "0", "hash": sha256("the form of last year")}
    for index in range(units):
        dice = random.Random(f"{seed}/{index}")
        unit = unit_of(index)
        fate = dice.random()
        if fate < 0.03:
            yield unit, "missing", None
            continue
        day = dice.randrange(45, 55) if dice.random() < 0.08 else dice.randrange(0, 44)
        writer = Writer(form, older if dice.random() < 0.1 else identity, f"doc{seed}u{index:07}")
        fill(writer, unit, dice, day, dice.choice((1, 2, 3, 3)))
        first = canonical(writer.report()) + "\n"
        if fate < 0.05:
            item, points, _ = criteria_of(form)[index % 84]
            writer.put("self", item, "score", number(points), instant(56, 1), "填报人")
            yield unit, "earlier", first
            yield unit, "later", canonical(writer.report()) + "\n"
        elif fate < 0.06:
            yield unit, "only", first
            second = Writer(form, identity, f"doc{seed}u{index:07}b")
            fill(second, unit, dice, 44, 1)
            yield unit, "doubled", canonical(second.report()) + "\n"
        elif fate < 0.07:
            report = json.loads(first)
            report["layers"][0]["totals"]["score"] = 99.5
            yield unit, "altered", canonical(report) + "\n"
        else:
            yield unit, "only", first


class Stamp:
    """One report for any number of units: only the names and what is hashed over them differ."""

    NAMES = ("@document@", "@unit@")

    def __init__(self, writer: Writer):
        report = writer.report()
        self.logs = ["[" + ",".join(canonical(edit) for edit in writer.log if edit["layer"] == layer) + "]"
                     for layer in LAYERS]
        self.hashed = []
        for number, (layer, log) in enumerate(zip(report["layers"], self.logs)):
            hashed = {name: layer[name] for name in layer if name != "hash"}
            hashed |= {name: report[name] for name in ("document", "instrument", "unit", "period") if name in report}
            if log != "[]":
                hashed["log"] = "@log@"
            if number == 0:
                hashed |= {"header": report["header"], "measures": {}}
            if number > 0:
                hashed["previous"] = layer["previous"] = f"@hash{number - 1}@"
            self.hashed.append(canonical(hashed))
            layer["hash"] = f"@hash{number}@"
        report["code"] = "@code@"
        self.report = canonical(report) + "\n"

    def text(self, document: str, unit: str) -> str:
        def named(text: str) -> str:
            return text.replace("@document@", document).replace("@unit@", unit)

        made, previous = named(self.report), ""
        for number, (log, hashed) in enumerate(zip(self.logs, self.hashed)):
            filled = named(hashed).replace("@log@", sha256(named(log))).replace(f"@hash{number - 1}@", previous)
            previous = sha256(filled)
            made = made.replace(f"@hash{number}@", previous)
        return made.replace("@code@", base64.b32encode(bytes.fromhex(previous)).decode()[:10])


def stamped_reports(form: dict, units: int, seed: int, stamps: int):
    """Texts of reports of `units` units with `stamps` different contents: ten times as quick as reports()."""
    identity = identity_of(form)
    made = []
    for index in range(stamps):
        writer = Writer(form, identity, Stamp.NAMES[0])
        dice = random.Random(f"{seed}/stamp/{index}")
        fill(writer, {"unit": Stamp.NAMES[1]}, dice, dice.randrange(0, 44), dice.choice((1, 2, 3, 3)))
        made.append(Stamp(writer))
    for index in range(units):
        yield made[index % stamps].text(f"doc{seed}u{index:07}", unit_of(index)["unit"])


def write_faults(folder: Path, form: dict) -> None:
    """Files of section 7 that nobody can use."""
    import zipfile

    good = next(text for _, kind, text in reports(form, 3, 77) if kind == "only")
    faults = folder / "faults"
    faults.mkdir(parents=True, exist_ok=True)
    (faults / "cut.json").write_text(good[: len(good) // 2], encoding="utf-8")
    (faults / "empty.json").write_text("", encoding="utf-8")
    (faults / "newer.json").write_text(good.replace('"version":1}', '"version":9}'), encoding="utf-8")
    (faults / "text.json").write_text("党委工作总结", encoding="utf-8")
    (faults / "not-utf8.json").write_bytes("党委".encode("gb18030"))
    unknown = good.replace('"id":"jilin-committee"', '"id":"no-such-form"')
    (faults / "unknown-form.json").write_text(unknown, encoding="utf-8")
    (faults / "locked.dblock").write_bytes(b"DBLOCK1\n" + bytes(80))
    with zipfile.ZipFile(faults / "inner.zip", "w") as inner:
        inner.writestr("a.json", good)
    with zipfile.ZipFile(faults / "zips.zip", "w") as outer:
        outer.write(faults / "inner.zip", "inner.zip")
    (faults / "inner.zip").unlink()
    with zipfile.ZipFile(faults / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("bomb.json", b" " * (80 << 20))
    (faults / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(60))


def write_folder(folder: Path, form: dict, units: int, seed: int, faults: bool) -> None:
    lines = ["单位,上级,类别,联系人,电子邮箱,应报日期"]
    names = set()
    for unit, kind, text in reports(form, units, seed):
        if unit["unit"] not in names:
            lines.append(",".join((unit["unit"], unit["district"], unit["class"], unit["contact"], unit["email"], DUE)))
            names.add(unit["unit"])
        if text is None:
            continue
        place = folder / "reports" / unit["district"]
        place.mkdir(parents=True, exist_ok=True)
        suffix = "" if kind == "only" else f"-{kind}"
        (place / f"{unit['unit']}{suffix}.json").write_text(text, encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "expected.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if faults:
        write_faults(folder, form)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--stamps", type=int, default=0, help="with -: so many different contents, ten times as quick")
    chosen = parser.parse_args()
    form = load_form()
    if chosen.folder != "-":
        return write_folder(Path(chosen.folder), form, chosen.units, chosen.seed, chosen.faults)
    texts = (text for _, _, text in reports(form, chosen.units, chosen.seed) if text is not None)
    if chosen.stamps:
        texts = stamped_reports(form, chosen.units, chosen.seed, chosen.stamps)
    try:
        for text in texts:
            sys.stdout.write(text)
    except BrokenPipeError:  # whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
