"""A form that travels in its reports, and has versions: form_travels_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import sys
import unittest

import cli_test
from cli_test import ROOT, Case

FORM = json.loads((ROOT / "tests/forms/f12.json").read_text(encoding="utf-8"))
LEDGER = json.loads((ROOT / "tests/forms/dues-ledger.json").read_text(encoding="utf-8"))


def first_item(form):
    section = form["sections"][0]
    return section.get("groups", [section])[0]["items"][0]


class Travelling(Case):
    def made(self, form=FORM, name="report.json"):
        self.write(f"{form['id']}.json", json.dumps(form, ensure_ascii=False))
        self.done("new", f"{form['id']}.json", "--unit", "某单位", "--period", "2026", "-o", name)
        return name

    def codes(self, name):
        _, out, _ = self.run_command("check", name, "--format", "json")
        return {finding["code"] for finding in json.loads(out)["findings"]}

    def report(self, name="report.json"):
        return json.loads(self.path(name).read_text(encoding="utf-8"))

    def remove(self, name):
        self.path(name).unlink()

    def test_a_report_is_read_where_its_form_is_not(self):
        for form in (FORM, LEDGER):
            self.made(form)
            here = self.done("score", "report.json") if form is FORM else self.done("export", "report.json", "--to", "csv", "-o", "-")
            self.remove(f"{form['id']}.json")
            there = self.done("score", "report.json") if form is FORM else self.done("export", "report.json", "--to", "csv", "-o", "-")
            self.assertEqual(here, there)
            self.assertEqual(self.report()["version"], 3)
            self.assertEqual(self.report()["form"]["id"], form["id"])

    def test_a_corrected_form_accuses_nobody(self):
        self.made()
        before = self.done("score", "report.json", "--format", "json")
        corrected = json.loads(json.dumps(FORM))
        first_item(corrected)["text"] += "（更正）"
        self.write(f"{FORM['id']}.json", json.dumps(corrected, ensure_ascii=False))
        self.assertEqual(self.done("score", "report.json", "--format", "json"), before)
        self.assertEqual(self.codes("report.json") & {"instrument-changed", "layer-altered", "total-mismatch", "code-mismatch"}, set())

    def test_it_goes_on_with_the_corrected_form(self):
        self.made()
        corrected = json.loads(json.dumps(FORM))
        corrected["version"] = "2"
        first_item(corrected)["text"] += "（更正）"
        self.write("corrected.json", json.dumps(corrected, ensure_ascii=False))
        _, preview, _ = self.run_command("renew", "report.json", "--form", "corrected.json", "--dry-run")
        self.assertIn("1", preview)
        self.done("renew", "report.json", "--form", "corrected.json", "-o", "renewed.json")
        renewed = self.report("renewed.json")
        self.assertEqual(renewed["instrument"]["version"], "2")
        self.assertIn("（更正）", first_item(renewed["form"])["text"])
        code, _, err = self.run_command("renew", "renewed.json", "--form", "corrected.json", "-o", "again.json")
        self.assertEqual(code, 2, err)  # it has that version

    def test_a_form_that_is_not_the_one_named(self):
        self.made()
        report = self.report()
        first_item(report["form"])["text"] = "别的"
        self.write("other.json", json.dumps(report, ensure_ascii=False))
        self.assertIn("form-unfit", self.codes("other.json"))  # the form beside it is used
        self.remove(f"{FORM['id']}.json")
        code, _, err = self.run_command("score", "other.json")
        self.assertEqual(code, 2)
        self.assertIn(FORM["id"], err)

    def test_a_broken_form_is_no_form(self):
        self.made()
        self.remove(f"{FORM['id']}.json")
        for broken in ({}, [], "text", {"format": "duibiao-instrument", "format_version": 2, "id": FORM["id"]}):
            report = self.report() | {"form": broken}
            self.write("broken.json", json.dumps(report, ensure_ascii=False))
            code, _, err = self.run_command("score", "broken.json")
            self.assertEqual(code, 2, err)

    def test_forms_of_format_1_stay_out_of_their_reports(self):
        self.write("report.json", self.done("new", "jilin-committee", "--unit", "某单位", "--period", "2026", "-o", "-"))
        self.assertNotIn("form", self.report())
        self.assertEqual(self.report()["version"], 1)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
