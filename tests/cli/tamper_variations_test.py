"""What somebody may make of a signed report by hand, with all hashes computed anew: tamper_variations_test.py
[PATH_TO_DUIBIAO] [unittest's arguments].

Whatever is done, `check` of the original and the altered file says so, and merging them gives no file in which a layer
that was handed over and signed says something else. What the altered file alone can tell is told, too.
"""

import copy
import json
import subprocess
import sys
import unittest
from fractions import Fraction

import cli_test
from cli_test import Case
from tamper_test import LAYERS, base32, canonical, seal, signed_text

ACCEPTED, SUBMITTED, DRAFT = "accepted", "submitted", "draft"


def plain(number):
    return int(number) if number == int(number) else float(number)


def rebuild(report):
    """The whole report of its log: what the layers say, all totals, all hashes."""
    answers = {layer: {} for layer in LAYERS}
    for edit in report["log"]:
        item = answers[edit["layer"]].setdefault(edit["item"], {})
        if "after" in edit:
            item[edit["field"]] = edit["after"]
        else:
            item.pop(edit["field"], None)
    own = answers["self"]
    header = own.get("header", {})
    report["unit"], report["period"] = header["unit"], header["period"]
    report["header"] = {field: value for field, value in header.items() if field not in ("unit", "period")}
    report["measures"] = {item: fields["value"] for item, fields in own.items() if ".m" in item and "value" in fields}
    for layer in report["layers"]:
        items = {item: fields for item, fields in answers[layer["id"]].items() if fields and item[0].isdigit()}
        layer["answers"] = {item: fields for item, fields in items.items() if ".m" not in item}
        layer["veto"] = {item: fields for item, fields in answers[layer["id"]].items() if item.startswith("veto")}
        state = answers[layer["id"]].get("document", {}).get("state")
        layer.pop("state", None)
        if state:
            layer["state"] = state
        scores = {item: Fraction(str(fields["score"])) for item, fields in layer["answers"].items() if "score" in fields}
        totals = layer["totals"]
        totals["score"], totals["scored"] = plain(sum(scores.values())), len(scores)
        for section, sums in totals["sections"].items():
            inside = [score for item, score in scores.items() if item.split(".")[0] == section]
            sums["score"], sums["scored"] = plain(sum(inside)), len(inside)
    return seal(report)


class Office:
    """One that hands over with a key of its own, made and used by openssl."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.pem")
        self.key = self.run("ec", "-in", f"{name}.pem", "-pubout", "-outform", "DER")[-64:].hex()

    def run(self, *arguments, **options):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, check=True,
                              **options).stdout

    def sign(self, text):
        der = self.run("dgst", "-sha256", "-sign", f"{self.name}.pem", input=text)
        size = der[3]
        return "".join(number.lstrip(b"\0").rjust(32, b"\0").hex() for number in (der[4:4 + size], der[6 + size:]))

    def resign(self, report, layer):
        """The last statement of a layer, signed anew over what stands there now."""
        text, key, signature = signed_text(report, layer)
        key["after"] = self.key
        signature["after"] = self.sign(signed_text(report, layer)[0])
        return text

    def hand_over(self, report, layer, state, reason=None, is_signed=True):
        number = len(report["log"])
        answers = {}
        for edit in report["log"]:
            if edit["layer"] == layer and edit["item"] == "document":
                answers[edit["field"]] = edit["after"]
        at = f"2026-11-22T08:00:{number % 60:02}Z"
        fields = [("reason", reason)] if reason else []
        fields += [("key", self.key), ("signature", "0" * 128)] if is_signed else []
        for field, after in fields + [("state", state)]:
            if answers.get(field) == after:
                continue
            edit = {"after": after, "at": at, "batch": f"lock-{self.name}-{number}", "by": "王五 · 市卫健委",
                    "field": field, "id": f"{self.name}-{len(report['log']) + 1}", "item": "document", "layer": layer}
            if field in answers:
                edit["before"] = answers[field]
            report["log"].append(edit)
        if is_signed:
            self.resign(report, layer)


def edits_of(report, layer, field=None):
    return [edit for edit in report["log"] if edit["layer"] == layer and field in (None, edit["field"])]


def add(report, layer, item, field, after, session="forger", batch=None):
    report["log"].append({"after": after, "at": "2026-11-23T08:00:00Z", "batch": batch or f"{session}-b", "by": "李四",
                          "field": field, "id": f"{session}-{len(report['log']) + 1}", "item": item, "layer": layer})


# --- The variations: each changes the report's log in place --------------------------------------------------------------


def rewrite(report, of, field, **changes):
    edits_of(report, of, field)[-1].update(changes)


def without(report, *fields, layer=None):
    report["log"] = [edit for edit in report["log"]
                     if edit["field"] not in fields or (layer and edit["layer"] != layer)]


def swap(report, layer):
    first, second = [report["log"].index(edit) for edit in edits_of(report, layer, "note")[:2]]
    log = report["log"]
    log[first], log[second] = log[second], log[first]


def take_from(report, layer, other):
    """The layer as it stands in another document."""
    report["log"] = [edit for edit in report["log"] if edit["layer"] != layer] + edits_of(other, layer)


def insert(report, layer):
    edit = dict(edits_of(report, layer, "score")[0], id="forger-1", after=0.5)
    report["log"].insert(report["log"].index(edits_of(report, layer, "score")[-1]), edit)


def unlock(report, office, reason, is_signed, again):
    office.hand_over(report, "self", DRAFT, reason, is_signed)
    add(report, "self", "1.1.1", "score", 0.5)
    if again:
        office.hand_over(report, "self", SUBMITTED, None, is_signed)


VARIATIONS = {
    # name: (what is done with (report, world), codes of which the file alone tells one, or nothing)
    "self: a score under its old id": (lambda r, w: rewrite(r, "self", "score", after=0), {"signature-wrong"}),
    "self: a note under its old id": (lambda r, w: rewrite(r, "self", "note", after="改写"), {"signature-wrong"}),
    "self: only the time": (lambda r, w: rewrite(r, "self", "note", at="2026-11-22T07:00:00Z"), {"signature-wrong"}),
    "self: only the author": (lambda r, w: rewrite(r, "self", "note", by="别人"), {"signature-wrong"}),
    "self: only the batch": (lambda r, w: rewrite(r, "self", "note", batch="x"), {"signature-wrong"}),
    "self: another id": (lambda r, w: rewrite(r, "self", "note", id="x-1"), {"signature-wrong"}),
    "self: another item": (lambda r, w: rewrite(r, "self", "note", item="9.1.4"), {"signature-wrong"}),
    "self: moved into the layer above": (lambda r, w: rewrite(r, "self", "note", layer="acceptance"), {"signature-wrong"}),
    "self: two edits change places": (lambda r, w: swap(r, "self"), {"signature-wrong"}),
    "self: an edit is left out": (lambda r, w: r["log"].remove(edits_of(r, "self", "note")[0]), {"signature-wrong"}),
    "self: an edit is put in": (lambda r, w: insert(r, "self"), {"signature-wrong"}),
    "self: the unit's name": (lambda r, w: rewrite(r, "self", "unit", after="别的医院"), {"signature-wrong"}),
    "self: the period": (lambda r, w: rewrite(r, "self", "period", after="2025"), {"signature-wrong"}),
    "self: a measure": (lambda r, w: rewrite(r, "self", "value", after=99), {"signature-wrong"}),
    "self: the header's date": (lambda r, w: rewrite(r, "self", "date", after="2026-12-01"), {"signature-wrong"}),
    "acceptance alone": (lambda r, w: rewrite(r, "acceptance", "score", after=0), {"signature-wrong"}),
    "rating alone": (lambda r, w: rewrite(r, "rating", "score", after=0), {"signature-wrong"}),
    "rating taken out": (lambda r, w: take_from(r, "rating", {"log": []}), set()),
    "self of another document": (lambda r, w: take_from(r, "self", w.other), {"signature-wrong"}),
    "acceptance of another document": (lambda r, w: take_from(r, "acceptance", w.other), {"signature-wrong"}),
    "rating of another document": (lambda r, w: take_from(r, "rating", w.other), {"signature-wrong"}),
    "signature of another document": (
        lambda r, w: rewrite(r, "self", "signature", after=edits_of(w.other, "self", "signature")[-1]["after"]),
        {"signature-wrong"}),
    "signature of zeros": (lambda r, w: rewrite(r, "self", "signature", after="0" * 128), {"signature-wrong"}),
    "key replaced alone": (lambda r, w: rewrite(r, "self", "key", after=w.forger.key), {"signature-wrong"}),
    "signatures stripped": (lambda r, w: without(r, "key", "signature"), {"signature-none"}),
    "signatures stripped, and a score": (
        lambda r, w: (without(r, "key", "signature"), rewrite(r, "self", "score", after=0)), {"signature-none"}),
    "one layer's signature stripped": (lambda r, w: without(r, "signature", layer="acceptance"), {"signature-none"}),
    "rewritten and signed with another key": (
        lambda r, w: (rewrite(r, "self", "score", after=0), w.forger.resign(r, "self")), set()),
    "written after it was handed over": (lambda r, w: add(r, "self", "1.1.1", "score", 0.5), {"written-locked"}),
    "a header field after it": (lambda r, w: add(r, "self", "header", "date", "2026-12-02"), {"written-locked"}),
    "a measure after it": (lambda r, w: add(r, "self", "2.1.1.m1", "value", 99), {"written-locked"}),
    "a veto after it": (lambda r, w: add(r, "self", "veto.1", "set", True), {"written-locked"}),
    "state changed back in its edit": (lambda r, w: rewrite(r, "self", "state", after=DRAFT), {"signature-wrong"}),
    "state edit taken out": (lambda r, w: without(r, "state", layer="self"), set()),
    "unlocked without a word": (lambda r, w: unlock(r, w.forger, None, False, False),
                                {"unlocked-silently", "signature-dropped"}),
    "unlocked with a reason, unsigned": (lambda r, w: unlock(r, w.forger, "补充", False, False), {"signature-dropped"}),
    "unlocked and sent again, unsigned": (lambda r, w: unlock(r, w.forger, "补充", False, True), {"signature-dropped"}),
    "reversed log": (lambda r, w: r["log"].reverse(), set()),
    "layers after each other": (lambda r, w: r["log"].sort(key=lambda edit: -LAYERS.index(edit["layer"])), set()),
}
# An older file, and one that says the same of every layer.
SAME = {"rating taken out", "state edit taken out", "layers after each other"}


class Variations(Case):
    def setUp(self):
        super().setUp()
        self.unit, self.above, self.top, self.forger = (Office(self.folder, name) for name in ("u", "s", "t", "f"))
        self.original = self.play("2026", "原文")
        self.other = self.play("2025", "另一份")
        self.save("original.json", self.original)

    def play(self, period, word):
        """A report that three offices signed."""
        self.done("new", "jilin-committee", "--unit", "市第一人民医院党委", "--period", period, "-o", "r.json")
        rows = "item,score,note\n1.1.1,1,{0}一\n1.1.2,1,{0}二\n2.1.1,0.5,{0}三\n".format(word)
        more = "item,value\nheader.date,2026-11-20\n2.1.1.m1,80\n"
        for table in (rows, more):
            (self.folder / "t.csv").write_text(table, encoding="utf-8")
            self.done("fill", "r.json", "--from", "t.csv", "-o", "r.json")
        report = json.loads((self.folder / "r.json").read_text(encoding="utf-8"))
        for layer, office, state in zip(LAYERS, (self.unit, self.above, self.top), (SUBMITTED, ACCEPTED, ACCEPTED)):
            if layer != "self":
                for item in ("1.1.1", "1.1.2"):
                    add(report, layer, item, "score", 1, office.name)
                    add(report, layer, item, "note", word, office.name)
            office.hand_over(report, layer, state)
        return rebuild(report)

    def save(self, name, report):
        (self.folder / name).write_bytes(canonical(report) + b"\n")

    def codes(self, *files):
        code, out, err = self.run_command("check", *files, "--as-of", "2026-12-31", "--format", "json")
        self.assertIn(code, (0, 1), err)
        return code, [finding["code"] for finding in json.loads(out)["findings"] if finding["document"] == files[-1]]

    def handed_over(self, name):
        """What the layers that were handed over say."""
        report = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return {layer["id"]: layer["answers"] for layer in report["layers"]}

    def test_the_original_is_sound(self):
        code, codes = self.codes("original.json")
        self.assertEqual(codes.count("signature-right"), 3, codes)
        self.assertFalse({"signature-wrong", "written-locked", "layer-altered"} & set(codes))

    def test_every_variation(self):
        for name, (change, told) in VARIATIONS.items():
            with self.subTest(name):
                self.vary(name, change)
                alone = self.codes("altered.json")[1]
                self.assertFalse({"layer-altered", "total-mismatch"} & set(alone), "the file was not sealed")
                self.assertTrue(not told or told & set(alone), alone)
                self.told_and_refused(name in SAME)

    def test_every_variation_of_an_unsigned_file(self):
        without(self.original, "key", "signature")
        self.save("original.json", rebuild(self.original))
        for name, (change, _) in VARIATIONS.items():
            if "sign" in name or "key" in name:
                continue
            with self.subTest(name):
                self.vary(name, change)
                self.told_and_refused(name in SAME)

    def vary(self, name, change):
        report = copy.deepcopy(self.original)
        change(report, self)
        self.save("altered.json", rebuild(report))

    def told_and_refused(self, is_same):
        """The two files beside each other, and as one."""
        beside = self.codes("original.json", "altered.json")[1]
        self.assertEqual(bool({"handed-differs", "edit-differs"} & set(beside)), not is_same, beside)
        for files in (("original.json", "altered.json"), ("altered.json", "original.json")):
            (self.folder / "merged.json").unlink(missing_ok=True)
            code, _, err = self.run_command("merge", *files, "-o", "merged.json")
            self.assertEqual(code, 0 if is_same else 2, err)
            self.assertEqual((self.folder / "merged.json").exists(), is_same, err)
            if is_same:
                self.assertEqual(self.handed_over("merged.json"), self.handed_over("original.json"))

    def test_its_own_office_unlocks_and_sends_again(self):
        report = copy.deepcopy(self.original)
        unlock(report, self.unit, "补充", True, True)
        self.save("altered.json", rebuild(report))
        _, codes = self.codes("altered.json")
        self.assertNotIn("signature-wrong", codes)
        self.assertNotIn("signature-dropped", codes)
        self.done("merge", "original.json", "altered.json", "-o", "merged.json")
        self.assertEqual((self.folder / "merged.json").read_bytes(), (self.folder / "altered.json").read_bytes())

    def test_an_older_file_changes_nothing(self):
        report = copy.deepcopy(self.original)
        for count in (len(report["log"]) - 1, 12, 8, 2):
            report["log"] = report["log"][:count]
            self.save("altered.json", rebuild(report))
            self.done("merge", "altered.json", "original.json", "-o", "merged.json")
            self.assertEqual((self.folder / "merged.json").read_bytes(), (self.folder / "original.json").read_bytes())

    def test_codes_of_the_paper(self):
        whole = base32(self.original["layers"][-1]["hash"], 52)
        code, label = whole[:16], "DUIBIAO:2:JILIN-COMMITTEE:2026:R3:"
        stripped = copy.deepcopy(self.original)
        without(stripped, "key", "signature")
        self.save("stripped.json", rebuild(stripped))
        old = base32(stripped["layers"][-1]["hash"], 16)
        groups = " ".join(code[at:at + 4] for at in range(0, 16, 4))
        for name, fits, codes in (
            ("original.json", True, (code, code.lower(), groups, groups.replace(" ", "-"), whole, label + whole)),
            ("original.json", False, (code[:10], code[:15], whole[:17], other(code, 15), other(code, 0), " ", old,
                                      label + other(whole, 50), label + whole[:10], label + old)),
            ("stripped.json", True, (old[:10],)),
            ("stripped.json", False, (old, old[:9], old[:10] + "AAAAAA", code, code[:10], whole, label + whole)),
        ):
            for one in codes:
                _, out, err = self.run_command("check", name, "--code", one, "--format", "json")
                found = [finding["code"] for finding in json.loads(out)["findings"] if finding["code"].startswith("code-")]
                self.assertEqual(found, ["code-fits" if fits else "code-unknown"], (name, one, err))


def other(code, at):
    return code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1:]


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
