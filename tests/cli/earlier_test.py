"""Files that earlier versions wrote still open, are accused of nothing, and come out again byte for byte:
earlier_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

tests/earlier has one of each kind, written by version 0.1.0; they are never made anew.
"""

import json
import sys
import unittest

import cli_test
from cli_test import ROOT, Case

EARLIER = ROOT / "tests/earlier"
ACCUSATIONS = {"total-mismatch", "layer-altered", "code-mismatch", "instrument-changed", "signature-wrong"}
REPORTS = sorted(path.name for path in EARLIER.glob("*.json")
                 if json.loads(path.read_text()).get("format") == "duibiao-report")


class Earlier(Case):
    def test_there_is_a_report_of_every_kind(self):
        self.assertEqual(len(REPORTS), 11)

    def test_reports_come_out_byte_for_byte(self):
        for name in REPORTS:
            with self.subTest(name):
                written = (EARLIER / name).read_bytes()
                self.write(name, written)
                code, out, err = self.run_command("merge", name, name, "-o", "-")
                self.assertEqual((code, err), (0, ""))
                self.assertEqual(out.encode(), written)

    def test_reports_are_accused_of_nothing_and_keep_their_code(self):
        for name in REPORTS:
            with self.subTest(name):
                report = json.loads((EARLIER / name).read_text())
                self.write(name, (EARLIER / name).read_bytes())
                for arguments in ([], ["--code", report["code"]]):
                    code, out, err = self.run_command("check", name, "--as-of", "2026-12-31", "--format", "json", *arguments)
                    self.assertEqual(err, "")
                    codes = {finding["code"] for finding in json.loads(out)["findings"]}
                    self.assertEqual(codes & (ACCUSATIONS | {"code-unknown"}), set())
                    if arguments:
                        self.assertIn("code-fits", codes)

    def test_paper_of_before_a_take_over_says_what_it_is(self):
        renewed = 0
        for name in REPORTS:
            report = json.loads((EARLIER / name).read_text())
            self.write(name, (EARLIER / name).read_bytes())
            code, _, _ = self.run_command("renew", name, "-o", "new.json")
            if code != 0:  # the newest version, a layer that was handed over, or answers that have no place
                continue
            renewed += 1
            with self.subTest(name):
                code, out, err = self.run_command("check", "new.json", "--as-of", "2026-12-31", "--format", "json",
                                                  "--code", report["code"])
                self.assertEqual(err, "")
                told = [finding for finding in json.loads(out)["findings"] if finding["code"].startswith("code-")]
                self.assertEqual([finding["code"] for finding in told], ["code-version"])
                self.assertEqual((told[0]["severity"], told[0]["params"]["version"], told[0]["params"]["now"]),
                                 ("warning", "1", "2"))
                now = json.loads(self.path("new.json").read_text())["code"]
                _, out, _ = self.run_command("check", "new.json", "--as-of", "2026-12-31", "--code", now, "--format", "json")
                self.assertIn("code-fits", [finding["code"] for finding in json.loads(out)["findings"]])
                _, out, _ = self.run_command("check", "new.json", "--as-of", "2026-12-31", "--code", "AAAAAAAAAA", "--format", "json")
                self.assertIn("code-unknown", [finding["code"] for finding in json.loads(out)["findings"]])
        self.assertGreaterEqual(renewed, 4)

    def test_a_locked_file_opens(self):
        for name in ["locked.dblock", "locked.password"]:
            self.write(name, (EARLIER / name).read_bytes())
        code, _, err = self.run_command("open", "locked.dblock", "--password-file", "locked.password", "-o", "open.json")
        self.assertEqual(code, 0, err)
        self.assertEqual(self.path("open.json").read_bytes(), (EARLIER / "jilin-committee.json").read_bytes())


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
