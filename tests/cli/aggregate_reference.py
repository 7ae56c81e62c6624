"""What `duibiao aggregate --to json` must say of a set of files, worked out again from their logs alone.

Shares no code with the program: exact fractions instead of integers, sorted lists instead of histograms.
"""

import json
import math
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
import campaign as maker  # noqa: E402

LAYERS = maker.LAYERS


def read(path: Path) -> dict | None:
    """A report whose layers follow from its log; nothing of one that was altered."""
    try:
        text = path.read_text(encoding="utf-8")
        report = json.loads(text)
    except (UnicodeDecodeError, json.JSONDecodeError):
        return None
    form = maker.load_form()
    if not isinstance(report, dict) or report.get("version") != 1 or report["instrument"]["id"] != form["id"]:
        return None
    writer = maker.Writer(form, report["instrument"], report["document"])
    writer.log = report["log"]
    for edit in writer.log:
        writer.answers[edit["layer"], edit["item"], edit["field"]] = edit.get("after")
    if maker.canonical(writer.report()) + "\n" != text:
        return None
    return {"file": str(path), "unit": report["unit"], "document": report["document"], "period": report["period"],
            "edits": len(writer.log), "at": writer.log[-1]["at"], "version": report["instrument"]["version"],
            "scores": {layer: {item: Decimal(str(value)) for (of, item, field), value in writer.answers.items()
                               if of == layer and field == "score"} for layer in LAYERS},
            "handed": max((edit["at"] for edit in writer.log if edit["item"] == "document"), default="")}


def two_decimals(value: Fraction) -> str:
    hundredths = math.floor(value * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def plain(value) -> str:
    text = f"{Decimal(value.numerator) / Decimal(value.denominator)}" if isinstance(value, Fraction) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def figures(scores: list[Decimal], deviation: bool) -> dict:
    n = len(scores)
    if n == 0:
        nothing = {"n": 0, "mean": None, "median": None, "min": None, "max": None}
        return nothing | ({"sd": None} if deviation else {})
    values = sorted(Fraction(score) for score in scores)
    mean = sum(values) / n
    middle = (values[(n - 1) // 2] + values[n // 2]) / 2
    result = {"n": n, "mean": two_decimals(mean), "median": plain(middle), "min": plain(values[0]),
              "max": plain(values[-1])}
    if deviation:
        variance = sum((value - mean) ** 2 for value in values) / n
        # Half up to hundredths without a square root: the largest s with (s − 1/2)² ≤ variance in hundredths.
        s = math.isqrt(math.floor(variance * 40000))
        result["sd"] = two_decimals(Fraction((s + 1) // 2, 100))
    return result


def sort_files(folder: Path, expected: list[dict] | None) -> dict:
    read_files, rejected = [], []
    for path in sorted(folder.rglob("*.json")):
        report = read(path)
        (read_files.append(report) if report else rejected.append(str(path)))
    names = {unit["单位"] for unit in expected} if expected is not None else None
    foreign = [r for r in read_files if names is not None and r["unit"] not in names]
    rest = [r for r in read_files if r not in foreign]
    documents: dict = {}
    for report in rest:
        best = documents.get(report["document"])
        if best is None or (report["edits"], report["at"]) > (best["edits"], best["at"]):
            documents[report["document"]] = report
    units: dict = {}
    for report in documents.values():
        best = units.get(report["unit"])
        if best is None or (report["at"], report["edits"]) > (best["at"], best["edits"]):
            units[report["unit"]] = report
    return {"counted": list(units.values()), "superseded": len(rest) - len(documents),
            "doubled": len(documents) - len(units), "foreign": len(foreign), "rejected": rejected,
            "received": len(read_files) + len(rejected)}


def roll_up(folder: Path, expected: list[dict] | None = None) -> dict:
    """The members of the contract."""
    files = sort_files(folder, expected)
    counted = files["counted"]
    form = maker.load_form()
    criteria = maker.criteria_of(form)

    def sums(reports, section=None):
        result = {}
        for layer in LAYERS:
            totals = []
            for report in reports:
                scores = [s for item, s in report["scores"][layer].items() if section in (None, item.split(".")[0])]
                if scores:
                    totals.append(sum(scores))
            result[layer] = figures(totals, True)
        return result

    def of_criterion(item, points):
        result = {}
        for layer in LAYERS:
            scores = [r["scores"][layer][item] for r in counted if item in r["scores"][layer]]
            full = Decimal(points) / 100
            result[layer] = figures(scores, False) | {
                "full": sum(s == full for s in scores), "zero": sum(s == 0 for s in scores),
                "lost": plain(sum((full - s for s in scores), Decimal(0)))}
        return result

    groups = []
    by_unit = {unit["单位"]: unit for unit in expected or []}
    for by, key in (("district", "上级"), ("class", "类别")):
        for name in sorted({by_unit[r["unit"]][key] for r in counted if r["unit"] in by_unit}, key=str.encode):
            members = [r for r in counted if by_unit[r["unit"]][key] == name]
            groups.append({"by": by, "name": name, "n": len(members), "layers": sums(members)})
    for version in sorted({r["version"] for r in counted}):
        members = [r for r in counted if r["version"] == version]
        groups.append({"by": "version", "name": version, "n": len(members), "layers": sums(members)})
    there = {r["unit"] for r in counted}
    return {
        "instrument": form["id"], "period": maker.PERIOD, "received": files["received"], "counted": len(counted),
        "superseded": files["superseded"], "doubled": files["doubled"], "foreign": files["foreign"],
        "expected": None if expected is None else len(expected),
        "missing": [unit["单位"] for unit in expected or [] if unit["单位"] not in there],
        "layers": sums(counted),
        "sections": [{"id": s["id"], "name": s["title"], "points": s["points"], "layers": sums(counted, s["id"])}
                     for s in form["sections"]],
        "criteria": [{"id": item, "points": points / 100, "layers": of_criterion(item, points)}
                     for item, points, _ in criteria],
        "groups": groups, "veto": 0, "rejected_files": files["rejected"],
        "late": sum(r["handed"][:10] > maker.DUE for r in counted) if expected is not None else 0,
    }
