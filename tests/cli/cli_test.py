"""The command line against its contract: cli_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

Without a path the command is $DUIBIAO, else build/native/duibiao.
"""

import csv
import io
import json
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import icalendar
except ImportError:
    icalendar = None

ROOT = Path(__file__).resolve().parents[2]
DUIBIAO = os.environ.get("DUIBIAO", str(ROOT / "build/native/duibiao"))
UNIT = "市第一人民医院党委"
INSTRUMENT = "jilin-committee"
LAYERS = ["self", "acceptance", "rating"]
MEBIBYTE = 1024 * 1024
ERROR_LINE = re.compile(r"duibiao: [^\n]+?: [^\n]+?: [^\n]+: [^\n]+")
CHROMIUM_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-quic --no-pdf-header-footer "
    "--disable-features=WebUIOmniboxAimPopup,WebUIOmniboxPopup"
).split()

needs_printer = unittest.skipUnless(shutil.which("chromium") and shutil.which("pdftotext"),
                                    "needs chromium and pdftotext")


class Case(unittest.TestCase):
    """A folder of its own for each test, and ways to run the command in it."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="duibiao-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}

    def run_command(self, *arguments, stdin=None, **options):
        environment = self.environment | options.pop("environment", {})
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run([DUIBIAO, *map(os.fsdecode, arguments)], input=data, capture_output=True, timeout=60,
                              cwd=self.folder, env=environment, **options)
        self.assertGreaterEqual(done.returncode, 0, f"killed by a signal: {done.stderr.decode()}")
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def done(self, *arguments, exit=0, **options):
        """Standard output of a command that must end with `exit` and say nothing on standard error."""
        code, out, err = self.run_command(*arguments, **options)
        self.assertEqual((code, err), (exit, ""))
        return out

    def exported_text(self, *arguments):
        """Of an output on standard output; that it holds personal data may be said beside it."""
        code, out, err = self.run_command("export", *arguments)
        self.assertEqual(code, 0, err)
        self.assertRegex(err, r"\A(duibiao: (holds personal data|含个人信息)[^\n]*\n)?\Z")
        return out

    def refused(self, *arguments, file, place=None, about="", **options):
        """Standard error of a command whose input cannot be used: every line has the contract's shape."""
        code, out, err = self.run_command(*arguments, **options)
        self.assertEqual(code, 2, err)
        self.assertEqual(out, "")
        lines = err.splitlines()
        self.assertTrue(lines)
        for line in lines:
            self.assertRegex(line, ERROR_LINE)
        expected = f"duibiao: {file}: " + (f"{place}: " if place else "")
        self.assertTrue(any(line.startswith(expected) for line in lines), f"no line starts {expected!r}:\n{err}")
        self.assertIn(about, err)
        return err

    def path(self, name):
        return self.folder / name

    def write(self, name, content):
        path = self.path(name)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def report(self, name="report.json", table=None, layer="self"):
        """A new report, filled from table lines."""
        if not self.path(name).exists():
            self.done("new", INSTRUMENT, "--unit", UNIT, "--period", "2026", "-o", name)
        if table is not None:
            self.fill(name, table, layer)
        return name

    def fill(self, name, table, layer="self"):
        self.write("table.csv", "item,score,note\n" + table)
        return self.done("fill", name, "--layer", layer, "--from", "table.csv", "-o", name)

    def load(self, name):
        return json.loads(self.path(name).read_text())

    def pages(self, report):
        """The text of every page that Chromium prints, without blanks."""
        self.done("export", report, "--to", "html", "--lang", "zh", "-o", "print.html")
        subprocess.run(["chromium", *CHROMIUM_OPTIONS, f"--user-data-dir={self.folder}/profile",
                        f"--print-to-pdf={self.path('print.pdf')}", self.path("print.html").as_uri()],
                       check=True, capture_output=True, timeout=100, env=self.environment)
        text = subprocess.run(["pdftotext", "-layout", self.path("print.pdf"), "-"], check=True, capture_output=True)
        return [re.sub(r"\s", "", page) for page in text.stdout.decode().split("\f")[:-1]]

    def store(self, name, value):
        return self.write(name, json.dumps(value, ensure_ascii=False))


class Instruments(Case):
    def test_json_has_the_contract_s_shape(self):
        forms = json.loads(self.done("instruments", "--format", "json"))
        form = next(form for form in forms if form["id"] == INSTRUMENT)
        self.assertEqual(list(form), ["id", "version", "title", "kind", "points", "items"])
        self.assertEqual((form["kind"], form["points"], form["items"]), ("scored", 100, 84))
        self.assertIsInstance(form["version"], str)
        self.assertEqual(form["title"], "党建工作“强基提质”标准化创建量化表")

    def test_text_is_aligned(self):
        out = self.done("instruments", "--lang", "zh")
        self.assertIn("编号", out)
        self.assertIn(INSTRUMENT, out)


class New(Case):
    def test_periods(self):
        for given, stored in {"2026": "2026", "2026年": "2026", "2026-H1": "2026-H1", "2026年上半年": "2026-H1",
                              "2026-Q3": "2026-Q3", "2026年8月": "2026-08"}.items():
            report = json.loads(self.done("new", INSTRUMENT, "--unit", UNIT, "--period", given))
            self.assertEqual(report["period"], stored, given)
            self.assertEqual(report["unit"], UNIT)
        for period in ["", "abc", "2026-H3", "1026", "2026-13"]:
            self.refused("new", INSTRUMENT, "--unit", UNIT, "--period", period, file="--period")

    def test_unit(self):
        self.refused("new", INSTRUMENT, "--unit", "  ", "--period", "2026", file="--unit", about="no name")
        self.refused("new", INSTRUMENT, "--unit", "党" * 201, "--period", "2026", file="--unit", about="200")
        self.refused("new", INSTRUMENT, "--unit", b"\xff\xfe", "--period", "2026", file="--unit")

    def test_needs_everything(self):
        self.refused("new", "--unit", UNIT, "--period", "2026", file="INSTRUMENT", about="missing")
        self.refused("new", INSTRUMENT, "--period", "2026", file="--unit", about="missing")
        self.refused("new", INSTRUMENT, "--unit", UNIT, file="--period", about="missing")
        self.refused("new", INSTRUMENT, "--unit", file="--unit", about="no value")

    def test_unknown_instrument(self):
        self.refused("new", "no-such", "--unit", UNIT, "--period", "2026", file="no-such", about="duibiao instruments")
        self.refused("new", "./none.json", "--unit", UNIT, "--period", "2026", file="./none.json",
                     about="does not exist")

    def test_report_is_valid_and_ids_are_random(self):
        first = json.loads(self.done("new", INSTRUMENT, "--unit", UNIT, "--period", "2026"))
        second = json.loads(self.done("new", INSTRUMENT, "--unit", UNIT, "--period", "2026"))
        self.assertNotEqual(first["document"], second["document"])
        self.assertEqual([layer["id"] for layer in first["layers"]], LAYERS)

    def test_source_date_epoch_makes_the_output_reproducible(self):
        epoch = {"SOURCE_DATE_EPOCH": "1795132800"}
        arguments = ("new", INSTRUMENT, "--unit", UNIT, "--period", "2026")
        first = self.done(*arguments, environment=epoch)
        self.assertEqual(first, self.done(*arguments, environment=epoch))
        self.assertIn('"at":"2026-11-20T00:00:00Z"', first)
        other = self.done("new", INSTRUMENT, "--unit", "乙院党委", "--period", "2026", environment=epoch)
        self.assertNotEqual(json.loads(first)["document"], json.loads(other)["document"])

    def test_hostile_names(self):
        for unit in ["<script>alert(1)</script>", "a\"b'c&d", "甲院\r\n乙院", "=1+1", "../../x", "{unit}", "%s%n"]:
            self.done("new", INSTRUMENT, "--unit", unit, "--period", "2026", "-o", "r.json")
            self.assertEqual(self.load("r.json")["unit"], unit.replace("\r\n", "\n"))
            html = self.done("export", "r.json", "--to", "html")
            self.assertNotIn("<script", html)
            table = list(csv.reader(io.StringIO(self.done("export", "r.json", "--to", "csv"))))
            for row in table:
                for cell in row:
                    self.assertFalse(cell.startswith(("=", "+", "@")), cell)
            self.assertNotIn("\x1b", self.done("score", "r.json"))


class OwnInstrument(Case):
    def setUp(self):
        super().setUp()
        form = json.loads((ROOT / f"assets/instruments/{INSTRUMENT}.json").read_text())
        form["id"] = "our-form"
        self.store("our-form.json", form)

    def test_found_beside_the_report(self):
        self.done("new", "our-form.json", "--unit", UNIT, "--period", "2026", "-o", "r.json")
        self.assertEqual(self.load("r.json")["instrument"]["id"], "our-form")
        self.assertIn("100", self.done("score", "r.json"))
        self.path("sub").mkdir()
        shutil.copy(self.path("r.json"), self.path("sub/r.json"))
        self.refused("score", "sub/r.json", file="sub/r.json", place="/instrument/id", about="our-form.json")
        shutil.copy(self.path("our-form.json"), self.path("sub/our-form.json"))
        self.done("score", "sub/r.json")
        self.write("sub/our-form.json", "{")
        self.refused("score", "sub/r.json", file="sub/our-form.json")

    def test_broken_definitions(self):
        form = self.load("our-form.json")
        form["sections"][0]["groups"][0]["criteria"][0]["points"] = 3
        self.store("bad.json", form)
        self.refused("new", "bad.json", "--unit", UNIT, "--period", "2026", file="bad.json", about="add up")
        self.refused("new", self.write("bad.json", "[]"), "--unit", UNIT, "--period", "2026", file="bad.json")
        self.refused("new", self.report(), "--unit", UNIT, "--period", "2026", file="report.json")
        form["format_version"] = 99
        self.store("bad.json", form)
        self.refused("new", "bad.json", "--unit", UNIT, "--period", "2026", file="bad.json", about="newer")

    def test_ids_do_not_lead_out_of_the_folder(self):
        self.done("new", "our-form.json", "--unit", UNIT, "--period", "2026", "-o", "r.json")
        report = self.load("r.json")
        for name in ["../our-form", "/etc/passwd", "our-form.json/..", "x\nduibiao: fake"]:
            report["instrument"]["id"] = name
            self.path("sub").mkdir(exist_ok=True)
            self.store("sub/r.json", report)
            self.refused("score", "sub/r.json", file="sub/r.json", place="/instrument/id")


class Fill(Case):
    def test_fills_and_says_so(self):
        self.report()
        out = self.fill("report.json", "1.1.1,2,有纪要可查\n1.1.2,1,\n")
        self.assertIn("3 answers", out)
        answers = self.load("report.json")["layers"][0]["answers"]
        self.assertEqual(answers["1.1.1"], {"score": 2, "note": "有纪要可查"})
        self.assertEqual(self.load("report.json")["layers"][0]["totals"]["score"], 3)

    def test_without_output_the_result_is_standard_output(self):
        before = self.path(self.report()).read_bytes()
        self.write("table.csv", "item,score\n1.1.1,2\n")
        out = self.done("fill", "report.json", "--from", "table.csv")
        self.assertEqual(json.loads(out)["layers"][0]["totals"]["score"], 2)
        self.assertEqual(self.path("report.json").read_bytes(), before)

    def test_layers(self):
        self.report(table="1.1.1,2,\n")
        self.fill("report.json", "1.1.1,1.5,纪要不全\n", "acceptance")
        self.fill("report.json", "1.1.1,1,\n", "rating")
        scores = [layer["answers"]["1.1.1"]["score"] for layer in self.load("report.json")["layers"]]
        self.assertEqual(scores, [2, 1.5, 1])
        self.refused("fill", "report.json", "--layer", "boss", "--from", "table.csv", file="--layer", place="boss")

    def test_bom_tabs_and_full_width_digits(self):
        self.report()
        self.write("table.csv", b"\xef\xbb\xbf" + "item\tscore\tnote\r\n1.1.1\t１．５\t好\r\n".encode())
        self.done("fill", "report.json", "--from", "table.csv", "-o", "report.json")
        self.assertEqual(self.load("report.json")["layers"][0]["answers"]["1.1.1"]["score"], 1.5)

    def test_gb18030(self):
        self.report()
        self.write("table.csv", "编号,得分,落实情况\n1.1.1,2,有纪要，见㐀\n".encode("gb18030"))
        self.done("fill", "report.json", "--from", "table.csv", "-o", "report.json")
        self.assertEqual(self.load("report.json")["layers"][0]["answers"]["1.1.1"],
                         {"score": 2, "note": "有纪要，见㐀"})

    def test_every_bad_line_is_named_and_nothing_is_written(self):
        before = self.path(self.report(table="1.1.1,1,旧\n")).read_bytes()
        self.write("bad.csv", "item,score,note\n1.1.1,2,新\n9.9.9,1,\n1.1.2,3,\n1.2.1,-1,\n2.1.1,0.3,\n2.1.2,甲,\n"
                   "1.1.1,2,\n2.1.3,1\n2.1.4,1," + "字" * 10001 + "\n")
        err = self.refused("fill", "report.json", "--from", "bad.csv", "-o", "report.json", file="bad.csv")
        lines = err.splitlines()
        self.assertEqual(len(lines), 8)
        for line, number in zip(lines, range(3, 11)):
            self.assertTrue(line.startswith(f"duibiao: bad.csv: line {number}: "), line)
        self.assertEqual(self.path("report.json").read_bytes(), before)

    def test_tables_that_are_none(self):
        self.report()
        for content, about in [(b"", "empty"), (b"a,b\n1,2\n", "head"), ("项目,得分\n".encode("gbk"), "head"),
                               ("编号,得分\n1.1.1,".encode() + b"\xb1\xe0\n", "UTF-8"),
                               (b"item,score\n1.1.1,\"2\n", "quote"), (b"\x00\x01\x02\xff", "UTF-8")]:
            self.write("bad.csv", content)
            self.refused("fill", "report.json", "--from", "bad.csv", file="bad.csv", about=about)
        self.refused("fill", "report.json", "--from", "none.csv", file="none.csv", about="does not exist")
        self.refused("fill", "report.json", file="--from", about="missing")
        self.refused("fill", "none.json", "--from", "bad.csv", file="none.json", about="does not exist")

    def test_standard_streams(self):
        self.report()
        report = self.path("report.json").read_bytes()
        out = self.done("fill", "-", "--from", self.write("t.csv", "item,score\n1.1.1,2\n"), stdin=report)
        self.assertEqual(json.loads(out)["layers"][0]["totals"]["score"], 2)
        out = self.done("fill", "report.json", "--from", "-", "-o", "-", stdin="item,score\n1.1.1,1\n")
        self.assertEqual(json.loads(out)["layers"][0]["totals"]["score"], 1)
        self.refused("fill", "-", "--from", "-", file="-", stdin=report, about="once")

    def test_an_altered_report_is_not_filled(self):
        report = self.load(self.report(table="1.1.1,1,\n"))
        report["layers"][0]["totals"]["score"] = 99
        self.store("report.json", report)
        before = self.path("report.json").read_bytes()
        self.refused("fill", "report.json", "--from", "table.csv", "-o", "report.json", file="report.json",
                     about="99")
        self.assertEqual(self.path("report.json").read_bytes(), before)

    def test_is_reproducible(self):
        self.environment["SOURCE_DATE_EPOCH"] = "1795132800"
        outputs = set()
        for name in ["a.json", "b.json"]:
            self.report(name, "1.1.1,2,好\n")
            self.fill(name, "1.1.1,1,\n", "acceptance")
            outputs.add(self.path(name).read_bytes())
        self.assertEqual(len(outputs), 1)


class Check(Case):
    FINDING = ["code", "severity", "document", "item", "row", "message", "citation", "params"]

    def check(self, *files, exit, as_of="2026-12-31"):
        out = self.done("check", *files, "--as-of", as_of, "--format", "json", exit=exit)
        result = json.loads(out)
        self.assertEqual(list(result), ["as_of", "findings"])
        self.assertEqual(result["as_of"], as_of)
        for finding in result["findings"]:
            self.assertEqual(list(finding), self.FINDING)
            self.assertIn(finding["severity"], ["error", "warning", "notice"])
            self.assertIsNone(finding["row"])
            self.assertIsInstance(finding["params"], dict)
            self.assertNotIn("{", finding["message"])
            self.assertNotIn("finding.", finding["message"])
        return result["findings"]

    def find(self, findings, code):
        return [finding for finding in findings if finding["code"] == code]

    def test_no_error_is_exit_0(self):
        self.report(table="header.date,,2026-11-20\n1.1.1,2,有纪要\n")
        findings = self.check("report.json", exit=0)
        self.assertEqual({finding["code"] for finding in findings}, {"unscored"})
        self.assertEqual(len(findings), 9)

    def test_an_error_is_exit_1(self):
        self.report(table="3.2.2,2,三次\n3.2.2.m1,3,\n")
        finding = self.find(self.check("report.json", exit=1), "above-measure")[0]
        self.assertEqual((finding["severity"], finding["item"]), ("error", "3.2.2"))
        self.assertEqual(finding["document"], "report.json")
        self.assertTrue(finding["citation"].startswith("J "))
        self.assertEqual(finding["params"]["score"], "2")
        text = self.done("check", "report.json", "--as-of", "2026-12-31", "--lang", "zh", exit=1)
        self.assertIn("自评高于依据", text)
        self.assertIn("请改分、补正依据，或写明说明。", text)
        self.assertIn("出错 1", text)

    def test_later_layers_need_reasons(self):
        self.report(table="1.1.1,2,好\n")
        self.fill("report.json", "1.1.1,1,\n1.1.2,1,\n", "acceptance")
        findings = self.check("report.json", exit=1)
        self.assertEqual([f["item"] for f in self.find(findings, "deduction-reason")], ["1.1.1"])
        self.assertEqual([f["item"] for f in self.find(findings, "layer-order")], ["1.1.2"])

    def test_as_of(self):
        self.report(table="header.date,,2026-11-20\n")
        self.assertEqual(len(self.find(self.check("report.json", exit=0, as_of="2026-11-19"), "date-future")), 1)
        self.assertEqual(len(self.find(self.check("report.json", exit=0, as_of="2026-11-20"), "date-future")), 0)
        self.refused("check", "report.json", "--as-of", "31/12/26", file="--as-of", place="31/12/26")
        self.refused("check", "report.json", "--as-of", "2026-02-30", file="--as-of", about="no such day")
        out = self.done("check", "report.json", "--format", "json", environment={"SOURCE_DATE_EPOCH": "1795132800"})
        self.assertEqual(json.loads(out)["as_of"], "2026-11-20")

    def test_several_files_are_one_dossier(self):
        self.report("a.json", "3.2.2,2,\n3.2.2.m1,1,\n")
        self.report("b.json")
        findings = self.check("a.json", "b.json", exit=1)
        self.assertEqual({finding["document"] for finding in findings}, {"a.json", "b.json"})
        self.write("broken.json", "{")
        self.refused("check", "a.json", "broken.json", "none.json", file="broken.json")
        self.refused("check", "broken.json", "a.json", "none.json", file="none.json")
        self.refused("check", "-", "-", file="-", stdin=b"", about="once")

    def test_standard_input(self):
        report = self.path(self.report()).read_bytes()
        out = self.done("check", "-", "--format", "json", stdin=report)
        self.assertEqual({finding["document"] for finding in json.loads(out)["findings"]}, {"-"})

    def test_veto(self):
        self.report(table="veto.1,1,立案\n")
        self.assertEqual(self.find(self.check("report.json", exit=0), "veto")[0]["item"], "veto.1")

    def test_hand_edits_are_found(self):
        original = self.load(self.report(table="1.1.1,1,好\n1.1.2,1,好\n"))

        def altered(change):
            report = json.loads(json.dumps(original))
            change(report)
            self.store("altered.json", report)
            codes = {finding["code"] for finding in self.check("altered.json", exit=1)}
            code, _, err = self.run_command("score", "altered.json")
            self.assertEqual(code, 1)
            self.assertRegex(err, ERROR_LINE)
            code, _, _ = self.run_command("export", "altered.json", "--to", "html", "-o", "x.html")
            self.assertEqual(code, 1)
            return codes

        def total(report):
            report["layers"][0]["totals"]["score"] = 3

        def section(report):
            report["layers"][0]["totals"]["sections"]["1"]["score"] = 4

        def answer(report):
            report["layers"][0]["answers"]["1.1.1"]["score"] = 2

        def layer_hash(report):
            report["layers"][1]["hash"] = "0" * 64

        def code(report):
            report["code"] = "AAAAAAAAAA"

        self.assertIn("total-mismatch", altered(total))
        self.assertIn("total-mismatch", altered(section))
        self.assertIn("layer-altered", altered(answer))
        self.assertIn("layer-altered", altered(layer_hash))
        self.assertIn("code-mismatch", altered(code))

    def test_another_version_of_the_form(self):
        report = self.load(self.report())
        report["instrument"]["hash"] = "0" * 64
        self.store("report.json", report)
        code, out, _ = self.run_command("check", "report.json", "--format", "json")
        self.assertIn("instrument-changed", {finding["code"] for finding in json.loads(out)["findings"]})


class Score(Case):
    def test_json_has_the_contract_s_shape(self):
        self.report(table="1.1.1,1.5,\n1.1.2,1,\n3.2.2,2,\n")
        self.fill("report.json", "1.1.1,1,原因\n", "acceptance")
        score = json.loads(self.done("score", "report.json", "--format", "json"))
        self.assertEqual(list(score), ["instrument", "unit", "period", "veto", "verdict", "layers"])
        self.assertEqual(score["instrument"], INSTRUMENT)
        self.assertEqual((score["unit"], score["period"]), (UNIT, "2026"))
        self.assertIs(score["veto"], False)
        self.assertIsNone(score["verdict"])
        self.assertEqual(list(score["layers"]), LAYERS)
        for layer in score["layers"].values():
            self.assertEqual(list(layer), ["total", "scored", "of", "sections"])
            self.assertEqual(layer["of"], 84)
            self.assertEqual([s["id"] for s in layer["sections"]], [str(i) for i in range(1, 10)])
            self.assertEqual(sum(s["points"] for s in layer["sections"]), 100)
            for section in layer["sections"]:
                self.assertEqual(list(section), ["id", "name", "points", "score", "scored", "of"])
        own = score["layers"]["self"]
        self.assertEqual((own["total"], own["scored"]), (4.5, 3))
        self.assertEqual(own["sections"][0],
                         {"id": "1", "name": "强化党组织发挥作用", "points": 4, "score": 2.5, "scored": 2, "of": 3})
        self.assertEqual(score["layers"]["acceptance"]["total"], 1)
        self.assertEqual(score["layers"]["rating"]["total"], 0)
        self.assertEqual(score["layers"]["rating"]["scored"], 0)

    def test_veto(self):
        self.report(table="1.1.1,2,\nveto.2,1,\n")
        score = json.loads(self.done("score", "report.json", "--format", "json"))
        self.assertIs(score["veto"], True)
        self.assertEqual(score["verdict"], "不予评定")
        self.assertEqual(score["layers"]["self"]["total"], 2)
        self.assertIn("不予评定", self.done("score", "report.json", "--lang", "zh"))

    def test_text_tells_unscored_from_zero(self):
        self.report(table="9.1.1,0,\n9.1.2,0,\n9.1.3,0,\n9.1.4,0,\n1.1.1,2,\n")
        lines = {line.split()[0]: line for line in self.done("score", "report.json").splitlines() if line.strip()}
        self.assertRegex(lines["9"], r"\b4 +0 ")
        self.assertIn("2 (1/3)", lines["1"])
        self.assertRegex(lines["2"], r"8 +— +— +—")

    def test_standard_input(self):
        self.assertIn(UNIT, self.done("score", "-", stdin=self.path(self.report()).read_bytes()))


class Export(Case):
    def test_csv(self):
        self.report(table="1.1.1,2,\"有,纪要\"\n3.2.2.m1,3,\n")
        raw = self.done("export", "report.json", "--to", "csv", "--lang", "zh")
        self.assertTrue(raw.startswith("\ufeff"))
        rows = list(csv.reader(io.StringIO(raw[1:])))
        self.assertEqual(rows[0][:8], ["编号", "项目", "分项", "序号", "具体标准", "分值", "落实情况", "自评得分"])
        self.assertEqual({len(row) for row in rows}, {13})
        criteria = [row for row in rows if re.fullmatch(r"\d+\.\d+\.\d+", row[0])]
        self.assertEqual(len(criteria), 84)
        self.assertEqual(sum(float(row[5]) for row in criteria), 100)
        by_item = {row[0]: row for row in rows}
        self.assertEqual(by_item["1.1.1"][6:8], ["有,纪要", "2"])
        self.assertEqual(by_item["total"][5:8], ["100", "", "2"])
        self.assertEqual(by_item["code"][6], self.load("report.json")["code"])
        self.assertEqual(self.done("export", "report.json", "--to", "csv", "--lang", "en"), raw, "the form's language")

    def test_formulas_are_disarmed(self):
        self.report(table="1.1.1,2,=HYPERLINK(0)\n1.1.2,1,＝1\n1.2.1,1,@x\n2.1.1,1,-5\n")
        rows = {row[0]: row for row in csv.reader(io.StringIO(self.done("export", "report.json", "--to", "csv")))}
        notes = [rows[item][6] for item in ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]]
        self.assertEqual(notes, ["'=HYPERLINK(0)", "'＝1", "'@x", "-5"])

    def test_html(self):
        self.report(table="1.1.1,2,<b>\n")
        self.done("export", "report.json", "--to", "html", "-o", "r.html")
        html = self.path("r.html").read_text()
        self.assertTrue(html.startswith("<!doctype html>"))
        self.assertNotIn("<script", html)
        self.assertIn("&lt;b&gt;", html)
        self.assertIn(self.load("report.json")["code"], html)

    def test_calendar(self):
        self.done("new", "ruian-2019-tasks", "--unit", UNIT, "--period", "2026", "-o", "tasks.json")
        self.write("table.csv", "item,完成日期\n1.1.1,2026-08-08\n")
        self.done("fill", "tasks.json", "--from", "table.csv", "-o", "tasks.json")
        self.done("export", "tasks.json", "--to", "ics", "--lang", "zh", "-o", "tasks.ics")
        raw = self.path("tasks.ics").read_bytes()
        self.assertTrue(all(len(line) <= 75 for line in raw.split(b"\r\n")))
        if icalendar is None:
            self.skipTest("needs python3-icalendar")
        events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
        self.assertEqual(len(events), 7)
        self.assertEqual(str(events[0]["DTSTART"].dt), "2026-08-09")
        self.assertIn("已完成（2026-08-08）", events[0]["DESCRIPTION"])
        self.assertEqual(len({str(event["UID"]) for event in events}), 7)

    def test_ledger_round_trip(self):
        self.done("new", "ledger", "--unit", UNIT, "--period", "2026", "-o", "a.json")
        self.write("in.csv", "日期,类型,主题\n2026-01-10,支部委员会,\"预算,计划\"\n".encode("gb18030"))
        self.done("fill", "a.json", "--from", "in.csv", "-o", "b.json")
        table = self.exported_text("b.json", "--to", "csv")
        self.done("fill", "a.json", "--from", "-", "-o", "c.json", stdin=table)
        self.assertEqual(self.exported_text("c.json", "--to", "csv"), table)
        self.environment["SOURCE_DATE_EPOCH"] = "1784000000"
        self.assertIn("2026年7月14日", self.exported_text("b.json", "--to", "html", "--lang", "zh"))

    def test_other_formats(self):
        self.report()
        self.refused("export", "report.json", "--to", "pdf", file="--to", place="pdf", about="html, csv, xlsx, docx, eml, ics")
        self.refused("export", "report.json", "--to", "ics", file="report.json", about="due dates")
        self.refused("export", "report.json", file="--to", about="missing")


@needs_printer
class Print(Case):
    """The printed form as headless Chromium makes it and pdftotext reads it."""

    def assert_form(self, pages, report):
        code, unit = report["code"], report["unit"]
        self.assertGreater(len(pages), 3)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"第{number}页/共{len(pages)}页", page)
            self.assertIn(f"报送码{code}", page)
            self.assertIn("申报单位党委名称：" + unit, page)
            self.assertIn("具体标准落实情况", page)

    def test_faulty_example(self):
        report = ROOT / "assets/examples/faulty.json"
        pages = self.pages(report)
        self.assert_form(pages, json.loads(report.read_text()))
        whole = "".join(pages)
        form = json.loads((ROOT / f"assets/instruments/{INSTRUMENT}.json").read_text())
        count = 0
        for section in form["sections"]:
            criteria = [criterion for group in section["groups"] for criterion in group["criteria"]]
            count += len(criteria)
            # A page where the section goes on names it.
            for page in pages:
                if any(self.start_of(criterion) in page for criterion in criteria):
                    self.assertIn(re.sub(r"\s", "", section["title"])[:4], page)
            for criterion in criteria:
                self.assertIn(self.start_of(criterion), whole)
        self.assertEqual(count, 84)
        for added in ["小计", "合计"]:  # the official form has no rows for sums
            self.assertNotIn(added, whole)
        self.assertIn("■①", whole)
        self.assertIn("□②", whole)
        self.assertRegex(whole, "得分：.*?不予评定.*?申报时间：")
        self.assertRegex(pages[-1], "得分：[0-9.]+")
        for party in ["申报单位（盖章）", "上级验收单位（盖章）", "主管部门（盖章）"]:
            self.assertIn(party, pages[-1])

    def test_rows_are_not_cut_and_long_notes_go_on(self):
        self.report(table=f"1.1.1,2,{'鹿' * 3000}\n3.2.2,2,{'鹤' * 200}\n")
        pages = self.pages("report.json")
        self.assert_form(pages, self.load("report.json"))
        self.assertEqual(sum(page.count("鹿") for page in pages), 3000)
        self.assertEqual([page.count("鹤") for page in pages if "鹤" in page], [200])

    @staticmethod
    def start_of(criterion):
        """The first words as one line of the narrow column holds them."""
        return re.sub(r"\s", "", criterion["number"] + "." + criterion["text"])[:14]


class BadReports(Case):
    """Whatever is wrong with the file, every command that reads reports says so and ends with 2."""

    def assert_refused(self, file, place=None, about=""):
        for command in [["check"], ["score"], ["export", "--to", "html"], ["fill", "--from", "table.csv"]]:
            self.refused(command[0], file, *command[1:], file=file, place=place, about=about)

    def setUp(self):
        super().setUp()
        self.report(table="1.1.1,2,好\n")
        self.text = self.path("report.json").read_text()

    def test_missing_folder_and_unreadable(self):
        self.assert_refused("none.json", "/", "does not exist")
        self.assert_refused("report.json/x", "/", "does not exist")
        self.path("sub").mkdir()
        self.assert_refused("sub", "/", "folder")

    def test_broken(self):
        self.write("bad.json", "")
        self.assert_refused("bad.json", about="empty")
        self.write("bad.json", self.text[: len(self.text) // 2])
        self.assert_refused("bad.json", about="cut short")
        self.write("bad.json", self.text.replace('"unit"', "unit", 1))
        self.assert_refused("bad.json", about="damaged")
        self.write("bad.json", b"\xff\xfe" + self.text.encode("utf-16-le")[:-1])
        self.assert_refused("bad.json", about="UTF-8")
        self.write("bad.json", os.urandom(1000))
        self.assert_refused("bad.json")
        self.write("bad.json", self.text.replace('"unit":', '"unit":"x","unit":', 1))
        self.assert_refused("bad.json", about="twice")

    def test_deep(self):
        for text in ["[" * 100_000, '{"a":' * 100_000, "[" * 65 + "]" * 65]:
            self.write("bad.json", text)
            self.assert_refused("bad.json", about="64")

    def test_huge_is_refused_before_reading(self):
        with open(self.path("huge.json"), "wb") as file:
            file.truncate(300 * MEBIBYTE)
        with open(self.path("huge.csv"), "wb") as file:
            file.truncate(300 * MEBIBYTE)

        def limit_memory():
            resource.setrlimit(resource.RLIMIT_AS, (200 * MEBIBYTE, 200 * MEBIBYTE))

        options = {} if b"__asan" in Path(DUIBIAO).read_bytes() else {"preexec_fn": limit_memory}
        self.refused("check", "huge.json", file="huge.json", about="64 MiB", **options)
        self.refused("fill", "report.json", "--from", "huge.csv", file="huge.csv", about="64 MiB", **options)
        self.refused("new", "./huge.json", "--unit", UNIT, "--period", "2026", file="./huge.json", about="4 MiB")

    def test_not_a_report(self):
        for text in ["[]", "{}", "1", '"x"', "null", '{"format":"other"}']:
            self.write("bad.json", text)
            self.assert_refused("bad.json", about="not a report")
        shutil.copy(ROOT / f"assets/instruments/{INSTRUMENT}.json", self.path("form.json"))
        self.assert_refused("form.json", about="not a report")

    def test_newer_version(self):
        report = json.loads(self.text)
        report["version"] = 4
        self.store("bad.json", report)
        self.assert_refused("bad.json", "/version", "newer")

    def test_wrong_members(self):
        def broken(change):
            report = json.loads(self.text)
            change(report)
            self.store("bad.json", report)
            self.assert_refused("bad.json")

        broken(lambda r: r.pop("log"))
        broken(lambda r: r.update(log={}))
        broken(lambda r: r.pop("instrument"))
        broken(lambda r: r.update(layers=1))
        broken(lambda r: r["log"][-1].update(item="9.9.9"))
        broken(lambda r: r["log"].append(r["log"][-1]))
        broken(lambda r: r["log"][-2].update(after=99))
        broken(lambda r: r["log"][-2].update(after=-1))
        broken(lambda r: r["log"][-2].update(after=0.3))
        broken(lambda r: r["log"][-2].update(after=1e300))
        broken(lambda r: r["log"][-1].update(after="字" * 10001))
        broken(lambda r: r["log"][-1].update(at="yesterday"))
        broken(lambda r: r["log"][-1].update(layer="boss"))

    def test_unknown_instrument(self):
        report = json.loads(self.text)
        report["instrument"]["id"] = "no-such"
        self.store("bad.json", report)
        self.assert_refused("bad.json", "/instrument/id", "no-such.json")

    def test_hostile_file_names_stay_on_one_line(self):
        name = "a\r\nduibiao: fake: x: y\x1b[31m.json"
        self.write(name, "{}")
        for language in ["zh", "en"]:
            code, _, err = self.run_command("check", name, "--lang", language)
            self.assertEqual((code, len(err.splitlines())), (2, 1))
            self.assertNotIn("\x1b", err)
        code, _, err = self.run_command("check", b"\xff.json")
        self.assertEqual((code, err.startswith("duibiao: \\xFF.json: ")), (2, True))
        self.write(b"\xff.json".decode("utf-8", "surrogateescape"), self.text)
        out = self.done("check", b"\xff.json", "--format", "json")
        json.loads(out)


class Outputs(Case):
    """An existing file is replaced by a whole new one or stays as it is."""

    def setUp(self):
        super().setUp()
        self.report(table="1.1.1,2,好\n")

    def assert_untouched(self, path, *arguments, **options):
        before = path.read_bytes()
        self.refused(*arguments, **options)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual([p.name for p in path.parent.iterdir() if p.name.startswith(".duibiao")], [])

    def test_failures_leave_it(self):
        target = self.path("keep.txt")
        target.write_text("old")
        self.write("bad.json", "{")
        self.assert_untouched(target, "export", "bad.json", "--to", "html", "-o", "keep.txt", file="bad.json")
        self.assert_untouched(target, "new", "no-such", "--unit", UNIT, "--period", "2026", "-o", "keep.txt",
                              file="no-such")

    def test_full_disk(self):
        target = self.path("keep.txt")
        target.write_text("old")

        def limit_file_size():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        self.assert_untouched(target, "export", "report.json", "--to", "html", "-o", "keep.txt", file="keep.txt",
                              about="unchanged", preexec_fn=limit_file_size)
        self.refused("export", "report.json", "--to", "html", "-o", "/dev/full", file="/dev/full",
                     about="no space")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([DUIBIAO, "export", "report.json", "--to", "html"], stdout=full,
                                  stderr=subprocess.PIPE, cwd=self.folder, env=self.environment)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr.decode(), ERROR_LINE)

    def test_places_that_cannot_be_written(self):
        self.refused("export", "report.json", "--to", "csv", "-o", "none/x.csv", file="none/x.csv")
        self.path("sub").mkdir()
        self.refused("export", "report.json", "--to", "csv", "-o", "sub", file="sub", about="folder")
        self.refused("export", "report.json", "--to", "csv", "-o", "/proc/x.csv", file="/proc/x.csv")

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root may write everywhere")
    def test_without_permission(self):
        sub = self.path("sub")
        sub.mkdir()
        shutil.copy(self.path("report.json"), sub / "r.json")
        target = sub / "keep.txt"
        target.write_text("old")
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            for path in [sub, *sub.iterdir()]:
                os.chown(path, 65534, 65534)
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        if nobody and subprocess.run([*nobody, DUIBIAO, "--version"], capture_output=True).returncode != 0:
            self.skipTest("the command is not reachable for others")
        for mode, file_mode in [(0o555, 0o644), (0o755, 0o444)]:
            sub.chmod(mode)
            target.chmod(file_mode)
            done = subprocess.run([*nobody, DUIBIAO, "export", "r.json", "--to", "csv", "-o", "keep.txt"], cwd=sub,
                                  capture_output=True, env=self.environment)
            self.assertEqual(done.returncode, 2)
            self.assertRegex(done.stderr.decode(), ERROR_LINE)
            self.assertEqual(target.read_text(), "old")
        sub.chmod(0o755)

    def test_mode_and_links_stay(self):
        target = self.path("real.csv")
        target.write_text("old")
        target.chmod(0o640)
        self.path("link.csv").symlink_to("real.csv")
        self.done("export", "report.json", "--to", "csv", "-o", "link.csv")
        self.assertTrue(self.path("link.csv").is_symlink())
        self.assertNotEqual(target.read_text(), "old")
        self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o640)

    def test_sentence_only_when_standard_output_is_free(self):
        self.assertIn("x.csv", self.done("export", "report.json", "--to", "csv", "-o", "x.csv"))
        out = self.done("export", "report.json", "--to", "csv", "-o", "-")
        self.assertEqual(out.encode(), self.path("x.csv").read_bytes())

    def test_broken_pipe_is_quiet(self):
        read, write = os.pipe()
        os.close(read)
        with os.fdopen(write, "wb") as pipe:
            done = subprocess.run([DUIBIAO, "export", "report.json", "--to", "html"], stdout=pipe,
                                  stderr=subprocess.PIPE, cwd=self.folder, env=self.environment)
        self.assertEqual((done.returncode, done.stderr), (0, b""))


class Merge(Case):
    """One document that two people went on with."""

    def setUp(self):
        super().setUp()
        self.done("new", INSTRUMENT, "--unit", UNIT, "--period", "2026", "-o", "base.json")
        self.write("self.csv", "item,score,note\n1.1.1,2,自评写的\n")
        self.done("fill", "base.json", "--from", "self.csv", "-o", "unit.json")

    def change(self, name, csv_text, layer="self", source="unit.json"):
        self.write("changes.csv", csv_text)
        self.done("fill", source, "--layer", layer, "--from", "changes.csv", "-o", name)
        return name

    def answers(self, name, layer):
        report = json.loads((self.folder / name).read_text())
        return next(one for one in report["layers"] if one["id"] == layer)["answers"]

    def test_layers_of_two_parties_meet(self):
        self.change("superior.json", "item,score,note\n1.1.1,1,少一次记录\n", "acceptance")
        self.change("unit2.json", "item,score,note\n1.1.2,1,又补一条\n")
        self.done("merge", "unit2.json", "superior.json", "-o", "merged.json")
        self.done("merge", "superior.json", "unit2.json", "-o", "turned.json")
        self.assertEqual((self.folder / "merged.json").read_bytes(), (self.folder / "turned.json").read_bytes())
        self.assertEqual(self.answers("merged.json", "self")["1.1.2"]["score"], 1)
        self.assertEqual(self.answers("merged.json", "acceptance")["1.1.1"]["note"], "少一次记录")
        self.done("merge", "merged.json", "superior.json", "-o", "again.json")
        self.assertEqual((self.folder / "merged.json").read_bytes(), (self.folder / "again.json").read_bytes())

    def test_a_dry_run_says_what_would_change_and_writes_nothing(self):
        self.change("superior.json", "item,score,note\n1.1.1,1,少一次记录\n", "acceptance")
        before = sorted(path.name for path in self.folder.iterdir())
        out = self.done("merge", "unit.json", "superior.json", "--dry-run", "--lang", "zh")
        self.assertIn("将改变 2 处", out)
        self.assertIn("上级验收 1.1.1 score", out)
        self.assertNotIn("少一次记录", out)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)

    def test_both_sides_changed_the_same(self):
        self.change("a.json", "item,score,note\n1.1.1,1,甲改的\n")
        self.change("b.json", "item,score,note\n1.1.1,0,乙改的\n")
        code, _, err = self.run_command("merge", "a.json", "b.json", "-o", "merged.json")
        self.assertEqual(code, 1)
        self.assertIn("changed on both sides", err)
        self.assertNotIn("甲改的", err)
        self.assertIn(self.answers("merged.json", "self")["1.1.1"]["score"], [0, 1])

    def test_other_documents_and_altered_files_are_refused(self):
        self.done("new", INSTRUMENT, "--unit", "别的单位", "--period", "2026", "-o", "other.json")
        self.refused("merge", "unit.json", "other.json", "-o", "merged.json", file="other.json", about="not copies")
        text = (self.folder / "unit.json").read_text().replace("自评写的", "别人写的", 1)
        self.write("altered.json", text)
        code, _, _ = self.run_command("merge", "unit.json", "altered.json", "-o", "merged.json")
        self.assertEqual(code, 2)
        self.assertFalse((self.folder / "merged.json").exists())


class Usage(Case):
    COMMANDS = ["instruments", "new", "fill", "check", "score", "export", "merge", "aggregate", "lock", "open"]

    def test_help(self):
        for language in ["zh", "en"]:
            out = self.done("--help", "--lang", language)
            for command in self.COMMANDS:
                self.assertIn(f"duibiao {command} ", out)
                text = self.done(command, "--help", "--lang", language)
                self.assertIn(f"duibiao {command} ", text)
                self.assertIn("示例" if language == "zh" else "Example", text)
                self.assertNotIn("cli.", text)
            self.assertIn("html|csv|xlsx|docx|eml|ics", out)

    def test_version(self):
        self.assertRegex(self.done("--version"), r"^duibiao \d+\.\d+\.\d+\n$")

    def test_language(self):
        def asks(environment, *options):
            return "用法" if "用法" in self.done(*options, "--help", environment={"LC_ALL": ""} | environment) else "Usage"

        self.assertEqual(asks({"LC_ALL": "zh_CN.UTF-8"}), "用法")
        self.assertEqual(asks({"LANG": "zh_CN.UTF-8"}), "用法")
        self.assertEqual(asks({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}), "Usage")
        self.assertEqual(asks({"LANG": "en_US.UTF-8"}), "Usage")
        self.assertEqual(asks({"LANG": "C"}), "Usage")
        self.assertEqual(asks({"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}), "Usage")
        self.assertEqual(asks({}), "用法")
        self.assertEqual(asks({"LANG": "C"}, "--lang", "zh"), "用法")
        self.assertEqual(asks({"LANG": "zh_CN"}, "--lang=en"), "Usage")
        self.refused("score", "x", "--lang", "fr", file="--lang", place="fr", about="zh, en")
        code, _, err = self.run_command("check", "none.json", environment={"LC_ALL": "zh_CN.UTF-8"})
        self.assertEqual((code, err), (2, "duibiao: none.json: /: 找不到文件: 请核对文件名和文件夹\n"))

    def test_unusable_command_lines(self):
        self.refused(file="command line", about="no command")
        self.refused("frobnicate", file="frobnicate", about="not known")
        self.refused("merge", "a", file="B", about="missing")
        self.refused("aggregate", file="PATH", about="missing")
        self.refused("score", "a", "b", file="b", about="not known")
        self.refused("score", "--frobnicate", "a", file="--frobnicate", about="not known")
        self.refused("score", file="FILE", about="missing")
        self.refused("check", file="FILE", about="missing")
        self.refused("check", "a", "--format", "xml", file="--format", place="xml", about="text, json")
        self.refused("export", "a", "--to", "html", "-o", "x", "-o", "y", file="-o")

    def test_file_names_like_commands_and_options(self):
        self.report()
        for name in ["new", "check", "-odd.json"]:
            shutil.copy(self.path("report.json"), self.path(name))
        self.done("score", "new")
        self.done("check", "check", "new", "--format", "json")
        self.done("score", "--", "-odd.json")


class Examples(Case):
    def test_made_from_their_sources(self):
        subprocess.run(["bash", ROOT / "scripts/make_examples", DUIBIAO, self.folder], check=True,
                       capture_output=True)
        for name in ["clean.json", "faulty.json"]:
            self.assertEqual(self.path(name).read_bytes(), (ROOT / "assets/examples" / name).read_bytes(),
                             f"{name} is not what its sources give: run scripts/make_examples")

    def test_clean_is_clean_and_faulty_is_not(self):
        out = self.done("check", ROOT / "assets/examples/clean.json", "--format", "json")
        self.assertEqual(json.loads(out)["findings"], [])
        out = self.done("check", ROOT / "assets/examples/faulty.json", "--format", "json", exit=1)
        codes = {finding["code"] for finding in json.loads(out)["findings"]}
        self.assertEqual(codes & {"total-mismatch", "layer-altered", "code-mismatch", "instrument-changed"}, set())
        self.assertGreaterEqual(codes, {"unscored", "note-required", "above-measure", "deduction-reason", "veto"})


class Schema(Case):
    def test_reports_follow_the_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("needs python3-jsonschema")
        path = ROOT / "assets/schema/report.schema.json"
        if not path.exists():
            self.skipTest("no schema yet")
        schema = json.loads(path.read_text())
        validator = jsonschema.validators.validator_for(schema)(schema)
        self.report("empty.json")
        self.report("full.json", "1.1.1,1.5,好\nveto.1,1,注\n3.2.2.m1,3,\nheader.date,,2026-11-20\n")
        self.fill("full.json", "1.1.1,1,原因\n", "acceptance")
        for report in ["empty.json", "full.json", ROOT / "assets/examples/clean.json",
                       ROOT / "assets/examples/faulty.json"]:
            errors = list(validator.iter_errors(json.loads((self.folder / report).read_text())))
            self.assertEqual([error.message for error in errors], [], report)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and os.access(sys.argv[1], os.X_OK):
        DUIBIAO = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
