"""Scored forms of bureaus, played through the command.

tests/cases/forms has, for every form of tests/forms, fillings worked out by hand: tables of what is entered and what
must come out. They are read here as they stand, entered as long rows, and every figure, grade and finding is compared.
"""

import json
import os
import re
from decimal import Decimal
from pathlib import Path

from cli_test import ROOT, Case

UNIT = "某单位"
KEPT = os.environ.get("FORM_SCORES")  # a folder for every report that is scored


def tables(text):
    """The tables of a text, each a list of dicts by its head."""
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", text + "\n", re.M):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        found.append([dict(zip(lines[0], line)) for line in lines[2:]])
    return found


class FormCase(Case):
    """One form, its fillings, and ways to enter them."""

    name = None

    def setUp(self):
        super().setUp()
        if self.name is None:
            self.skipTest("only its heirs")
        text = (ROOT / "tests/forms" / f"{self.name.lower()}.json").read_text(encoding="utf-8")
        self.form = json.loads(text)
        self.write(f"{self.form['id']}.json", text)
        self.case = (ROOT / "tests/cases/forms" / f"{self.name}.md").read_text(encoding="utf-8")
        self.items = {}   # by the number that the case gives them: (id, definition)
        for s, section in enumerate(self.form["sections"], 1):
            for g, group in enumerate(section.get("groups", [section]), 1):
                for i, item in enumerate(group["items"], 1):
                    self.items[self.number(s, i, item)] = (f"{s}.{g}.{i}", item)

    def number(self, section, row, item):
        return f"{section}.{row}"

    def part(self, title):
        """The text below a title of the case."""
        return re.split(r"^#+ ", self.case.split(f"# {title}", 1)[1], maxsplit=1, flags=re.M)[0]

    # --- What a case says in words ---------------------------------------------------------------------------------

    def entered(self, number, words):
        """Long rows of what the case says was entered at an item."""
        item_id, item = self.items[number]
        rows, note = [], None
        if "说明：" in words:
            words, note = words.split("说明：", 1)
        for word in filter(None, words.strip("；").split("；")):
            rows += self.answer(item, word)
        if note:
            rows.append(("note", note))
        return [(item_id, field, value) for field, value in rows]

    def answer(self, item, word):
        rules = item.get("rules", [])
        parts = [i for i, rule in enumerate(rules, 1) if rule.get("part")]
        if word.startswith("不适用："):
            return [("na", word.removeprefix("不适用："))]
        if word == "（全部做到，不扣分）":
            return [("score", str(item["points"]))]
        if word.startswith("没有：") or word.endswith("个小项都做到"):
            lacking = word.removeprefix("没有：").split("、")
            return [(f"count:{i}", "0" if rules[i - 1]["text"] in lacking else "1") for i in parts]
        if word in [level["label"] for level in item.get("levels", [])]:
            return [("level", word)]
        name, value = re.fullmatch(r"(.+?) ?((?:[\d.]+\D*)|有|无|是|否)", word).groups()
        for blank in item.get("blanks", []):
            if blank["name"] == name.strip():
                return [(("tick:" if blank.get("type") == "tick" else "blank:") + name.strip(), value)]
        index = next(i for i, rule in enumerate(rules, 1) if rule["text"] == name.strip())
        free = "free" in (rules[index - 1].get("deduct"), rules[index - 1].get("bonus"))
        return [(f"amount:{index}" if free else f"count:{index}", re.match(r"[\d.]+", value)[0])]

    # --- The command -----------------------------------------------------------------------------------------------

    def new(self):
        self.done("new", f"{self.form['id']}.json", "--unit", UNIT, "--period", "2026", "-o", "report.json")

    def fill(self, rows, layer=None):
        lines = ["item,field,value"] + [",".join(f'"{cell}"' for cell in row) for row in rows]
        self.write("rows.csv", "\n".join(lines) + "\n")
        arguments = ["--layer", layer] if layer else []
        return self.done("fill", "report.json", *arguments, "--from", "rows.csv", "-o", "report.json")

    def refused_fill(self, rows, layer=None):
        self.write("rows.csv", "\n".join(["item,field,value"] + [",".join(row) for row in rows]) + "\n")
        code, _, err = self.run_command("fill", "report.json", *(["--layer", layer] if layer else []), "--from",
                                        "rows.csv", "-o", "report.json", "--lang", "zh")
        self.assertEqual(code, 2)
        return err

    def score(self):
        score = json.loads(self.done("score", "report.json", "--format", "json", "--items", "--lang", "zh"))
        if KEPT:  # for the page, which must say the same (tests/e2e/forms_cases.test.mjs)
            name = f"{self.id().split('.', 1)[-1]}-{len(os.listdir(KEPT)):03}"
            report = (self.folder / "report.json").read_text(encoding="utf-8")
            Path(KEPT, name + ".json").write_text(json.dumps({"report": report, "score": score}), encoding="utf-8")
        return score

    def findings(self, *codes):
        out = json.loads(self.run_command("check", "report.json", "--format", "json", "--as-of", "2026-12-31",
                                          "--lang", "zh")[1])["findings"]
        for finding in out:
            for words in self.unsaid:
                self.assertNotIn(words, finding["message"])
        return [(f["code"], f["item"]) for f in out if not codes or f["code"] in codes]

    unsaid = ()
    layer = None      # whose items the tables tell of

    def items_of(self, score):
        return score["layers"][self.layer]["items"]

    def compare_item(self, row, item, column="得分", bonus="奖"):
        shown = row[column].replace("−", "-")
        if shown == "—":
            self.assertIn(item["score"], (None, "0"), row)
        else:
            self.assertEqual(Decimal(item["score"]), Decimal(shown), (row, item))
        self.assertEqual(Decimal(item.get("bonus", "0")), Decimal(row.get(bonus) or 0), (row, item))

    def play(self, title, table=0, extra=()):
        """Enters a filling and compares every item; gives back what score says."""
        rows = tables(self.part(title))[table]
        self.new()
        self.fill([entry for row in rows for entry in self.entered(row["编号"], row["填的"])] + list(extra),
                  self.layer if len(self.form["scorers"]) > 1 else None)
        score = self.score()
        for row in rows:
            self.compare_item(row, self.items_of(score)[self.items[row["编号"]][0]], **self.columns)
        return score

    columns = {}

    def play_probes(self):
        """Single items, each in a document of its own."""
        for row in tables(self.part("四、单项核对"))[0]:
            with self.subTest(row=row):
                self.new()
                self.fill(self.entered(row["编号"], row["填的"]),
                          self.layer if len(self.form["scorers"]) > 1 else None)
                self.compare_item(row, self.items_of(self.score())[self.items[row["编号"]][0]], **self.columns)

    def sections_of(self, score):
        return score["layers"][self.layer]["sections"]

    def assert_figures(self, score, **figures):
        for name, value in figures.items():
            self.assertEqual(Decimal(score[name]), Decimal(value), name)
