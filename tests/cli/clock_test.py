"""The command on a computer whose clock is wrong: clock_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import cli_test
from cli_test import Case

COMPILER = shutil.which("cc") or shutil.which("clang") or shutil.which("gcc")
# What the program asks for the time, in the place of the system's.
CLOCK = """
#include <stdlib.h>
#include <time.h>
time_t time(time_t *out) {
    const time_t now = (time_t)atoll(getenv("WRONG_TIME"));
    if (out) *out = now;
    return now;
}
"""
SECONDS = {1868: -3_200_000_000, 1970: 0, 2009: 1_240_000_000, 10265: 261_800_000_000}


@unittest.skipUnless(COMPILER and sys.platform == "linux", "needs a C compiler and LD_PRELOAD")
class Clock(Case):
    @classmethod
    def setUpClass(cls):
        cls.tools = Path(tempfile.mkdtemp(prefix="duibiao-clock-"))
        cls.addClassCleanup(shutil.rmtree, cls.tools, True)
        (cls.tools / "clock.c").write_text(CLOCK)
        subprocess.run([COMPILER, "-shared", "-fPIC", "-o", "clock.so", "clock.c"], cwd=cls.tools, check=True)

    def at(self, year, *arguments):
        wrong = {"LD_PRELOAD": str(self.tools / "clock.so"), "WRONG_TIME": str(SECONDS[year])}
        code, out, err = self.run_command(*arguments, environment=wrong)
        self.assertIn(code, (0, 1), err)
        self.assertIn("clock is wrong", err)
        return out

    def test_what_is_filled_in_is_kept_and_dated_by_the_last_time_known(self):
        for year in SECONDS:
            with self.subTest(year):
                self.done("new", "jilin-committee", "--unit", "某院", "--period", "2026", "-o", "r.json")
                before = json.loads(self.path("r.json").read_text())["log"][-1]["at"]
                self.write("t.csv", "item,score,note\n1.1.1,1,写了\n")
                self.at(year, "fill", "r.json", "--from", "t.csv", "-o", "r.json")
                report = json.loads(self.path("r.json").read_text())
                self.assertEqual(report["layers"][0]["answers"]["1.1.1"], {"note": "写了", "score": 1})
                self.assertGreaterEqual(report["log"][-1]["at"], before)
                self.assertEqual(report["log"][-1]["at"][:10], before[:10])
                self.at(year, "check", "r.json")
                self.at(year, "new", "jilin-committee", "--unit", "某院", "--period", "2026", "-o", "n.json")
                self.assertEqual(json.loads(self.path("n.json").read_text())["log"][0]["at"], "2020-01-01T00:00:00Z")

    def test_a_clock_that_may_be_right_is_believed(self):
        self.done("new", "jilin-committee", "--unit", "某院", "--period", "2026", "-o", "r.json")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
