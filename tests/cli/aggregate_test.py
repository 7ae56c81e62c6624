"""`duibiao aggregate`: against an independent reference, in any order, split and repetition, and with bad files.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import aggregate_reference as reference  # noqa: E402

DUIBIAO = os.environ.get("DUIBIAO", "build/native/duibiao")
maker = reference.maker
UNITS = 70


def run(*arguments, stdin: bytes | None = None, exit_codes=(0, 1)) -> subprocess.CompletedProcess:
    done = subprocess.run([DUIBIAO, *map(str, arguments)], input=stdin, capture_output=True)
    if done.returncode not in exit_codes:
        raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
    return done


def aggregate(*arguments, **options) -> dict:
    return json.loads(run("aggregate", *arguments, **options).stdout)


class Aggregate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = Path(tempfile.mkdtemp())
        cls.form = maker.load_form()
        maker.write_folder(cls.work / "all", cls.form, UNITS, 5, True)
        cls.reports = cls.work / "all/reports"
        cls.files = sorted(cls.reports.rglob("*.json"))
        with open(cls.work / "all/expected.csv", encoding="utf-8", newline="") as file:
            cls.expected = list(csv.DictReader(file))
        cls.campaign = cls.work / "campaign.json"
        run("new", "campaign", "--unit", "市卫健委", "--period", "2026", "-o", cls.campaign)
        run("fill", cls.campaign, "--from", cls.work / "all/expected.csv", "-o", cls.campaign)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.work)

    def compare(self, stated: dict, computed: dict):
        for member in ("instrument", "period", "received", "counted", "superseded", "doubled", "foreign", "expected",
                       "missing", "layers", "sections", "criteria", "groups", "veto", "late"):
            self.assertEqual(stated[member], computed[member], member)
        self.assertEqual([entry["file"] for entry in stated["rejected"]], computed["rejected_files"])
        self.assertEqual(stated["received"], stated["counted"] + stated["superseded"] + stated["doubled"]
                         + stated["foreign"] + len(stated["rejected"]))

    def test_every_figure_agrees_with_the_reference(self):
        self.compare(aggregate(self.reports), reference.roll_up(self.reports))
        self.compare(aggregate("--campaign", self.campaign, self.reports),
                     reference.roll_up(self.reports, self.expected))

    def test_the_members_of_the_contract_come_first_in_its_order(self):
        members = list(aggregate(self.reports))
        self.assertEqual(members[:15], ["instrument", "period", "received", "counted", "superseded", "doubled",
                                        "foreign", "rejected", "expected", "missing", "layers", "sections", "criteria",
                                        "groups", "veto"])

    def test_units_that_are_not_on_the_list_are_foreign(self):
        short = self.work / "short.json"
        lines = (self.work / "all/expected.csv").read_text(encoding="utf-8").splitlines()
        (self.work / "short.csv").write_text("\n".join(lines[:40]) + "\n", encoding="utf-8")
        run("new", "campaign", "--unit", "市卫健委", "--period", "2026", "-o", short)
        run("fill", short, "--from", self.work / "short.csv", "-o", short)
        stated = aggregate("--campaign", short, self.reports)
        self.assertGreater(stated["foreign"], 20)
        self.compare(stated, reference.roll_up(self.reports, self.expected[:39]))

    def test_a_unit_that_is_written_otherwise_is_shown_beside_the_one_it_may_be(self):
        report = json.loads(self.files[0].read_text(encoding="utf-8"))
        table, listed = self.work / "otherwise.csv", self.work / "otherwise.json"
        for decided in ("", report["document"]):
            table.write_text(f"单位,计入的填报件,处理理由\n{report['unit'].removesuffix('党委')},{decided},同一单位\n"
                             "无关的单位,,\n", encoding="utf-8")
            run("new", "campaign", "--unit", "市卫健委", "--period", "2026", "-o", listed)
            run("fill", listed, "--from", table, "-o", listed)
            stated = aggregate("--campaign", listed, self.files[0])
            self.assertEqual(stated["counted"], 1 if decided else 0)
            if not decided:
                self.assertEqual(stated["uncounted"][0]["perhaps"], [report["unit"].removesuffix("党委")])

    def test_any_order_split_repetition_and_merging_gives_the_same_bytes(self):
        whole = run("aggregate", self.reports).stdout
        whole_partial = run("aggregate", self.reports, "--to", "partial").stdout
        dice = random.Random(3)
        for round_number in range(2):
            files = self.files * 2 if round_number == 1 else list(self.files)
            dice.shuffle(files)
            parts = []
            for index in range(4):
                part = self.work / f"part-{round_number}-{index}"
                run("aggregate", *files[index::4], "--to", "partial", "-o", part)
                parts.append(part)
            pair = self.work / f"pair-{round_number}"
            run("aggregate", parts[1], parts[0], parts[1], "--to", "partial", "-o", pair)
            dice.shuffle(parts)
            self.assertEqual(run("aggregate", pair, *parts).stdout, whole)
            self.assertEqual(run("aggregate", *parts, files[0], "--to", "partial").stdout, whole_partial)
            streamed = b"".join(part.read_bytes() for part in parts) + pair.read_bytes()
            self.assertEqual(run("aggregate", "-", stdin=streamed).stdout, whole)

    def test_folder_zip_lines_and_stream_hold_the_same_reports(self):
        good = [file for file in self.files if "altered" not in file.name]
        with zipfile.ZipFile(self.work / "good.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in good:
                archive.write(file, file.name)
        lines = b"".join(file.read_bytes() for file in good)
        (self.work / "good.ndjson").write_bytes(lines)
        figures = [aggregate(*good), aggregate(self.work / "good.zip"), aggregate(self.work / "good.ndjson"),
                   aggregate("-", stdin=lines)]
        for other in figures[1:]:
            for member in ("received", "counted", "layers", "criteria", "groups", "findings"):
                self.assertEqual(other[member], figures[0][member])

    def test_every_bad_file_is_named_and_counted_and_the_rest_counts(self):
        done = run("aggregate", self.work / "all", "--lang", "zh", exit_codes=(1,))
        stated = json.loads(done.stdout)
        rejected = {Path(entry["file"].replace(".zip/", ".zip:")).name.split(":")[0]: entry["why"]
                    for entry in stated["rejected"]}
        for name, why in {"cut.json": "不完整", "empty.json": "空", "newer.json": "新", "text.json": "",
                          "not-utf8.json": "UTF-8", "unknown-form.json": "表", "locked.dblock": "密码",
                          "zips.zip": "压缩包", "bomb.zip": "64 MiB", "broken.zip": "损坏",
                          "expected.csv": ""}.items():
            self.assertIn(name, rejected)
            self.assertIn(why, rejected[name], name)
            self.assertIn(name, done.stderr.decode())
        self.assertEqual(stated["counted"], reference.roll_up(self.reports)["counted"])
        self.assertEqual(stated["received"], stated["counted"] + stated["superseded"] + stated["doubled"]
                         + stated["foreign"] + len(stated["rejected"]))

    def test_last_year_stands_beside_this_year(self):
        folder = self.work / "years"
        folder.mkdir()
        for period, count in (("2025", 2), ("2026", 3)):
            for index in range(count):
                writer = maker.Writer(self.form, maker.identity_of(self.form), f"year-{period}-{index}")
                maker.fill(writer, {"unit": f"第{index}医院党委"}, random.Random(index), 3, 2)
                writer.put("self", "header", "period", period, maker.instant(9, 1), "填报人")
                (folder / f"{period}-{index}.json").write_text(maker.canonical(writer.report()) + "\n",
                                                               encoding="utf-8")
        stated = aggregate(folder)
        self.assertEqual((stated["period"], stated["counted"], stated["foreign"]), ("2026", 3, 2))
        self.assertEqual((stated["previous"]["period"], stated["previous"]["counted"]), ("2025", 2))
        alone = aggregate(*folder.glob("2025*"))
        for member in ("layers", "sections", "criteria"):
            self.assertEqual(stated["previous"][member], alone[member])

    def test_a_file_twice_is_one_and_its_first_name_stays(self):
        copies = self.work / "copies"
        copies.mkdir()
        for name in ("b.json", "a.json"):
            shutil.copy(self.files[0], copies / name)
        line = run("aggregate", copies, "--to", "partial").stdout.decode().splitlines()[2]
        self.assertEqual(json.loads(line)["digest"]["file"], str(copies / "a.json"))
        self.assertEqual(aggregate(copies)["received"], 1)

    def test_an_altered_partial_is_refused_as_a_whole(self):
        partial = run("aggregate", *self.files[:5], "--to", "partial").stdout
        altered = self.work / "altered.partial"
        altered.write_bytes(partial.replace("党委".encode(), "支部".encode(), 1))
        done = run("aggregate", altered, self.files[7], "--lang", "zh", exit_codes=(1,))
        stated = json.loads(done.stdout)
        self.assertEqual((stated["received"], len(stated["rejected"])), (2, 1))
        self.assertIn("改动", stated["rejected"][0]["why"])
        cut = self.work / "cut.partial"
        cut.write_bytes(partial[: len(partial) // 2])
        self.assertEqual(len(aggregate(cut, self.files[7])["rejected"]), 1)
        newer = self.work / "newer.partial"
        newer.write_bytes(partial.replace(b'"version":1}', b'"version":2}', 1))
        self.assertIn("2", aggregate(newer, self.files[7])["rejected"][0]["why"])

    def test_the_campaign_decides_which_of_two_documents_counts(self):
        doubled = next(file for file in self.files if "-doubled" in file.name)
        first = json.loads(doubled.with_name(doubled.name.replace("-doubled", "")).read_text(encoding="utf-8"))
        second = json.loads(doubled.read_text(encoding="utf-8"))
        for wanted in (first, second):
            table = self.work / "decided.csv"
            table.write_text(f"单位,上级,计入的填报件,处理理由\n{first['unit']},甲区,{wanted['document']},与单位核实\n",
                             encoding="utf-8")
            decided = self.work / "decided.json"
            run("new", "campaign", "--unit", "市卫健委", "--period", "2026", "-o", decided)
            run("fill", decided, "--from", table, "-o", decided)
            stated = aggregate("--campaign", decided, self.reports)
            self.assertEqual((stated["counted"], stated["doubled"]), (1, 1))
            rows = run("aggregate", "--campaign", decided, self.reports, "--to", "rows").stdout.decode().splitlines()
            self.assertEqual({json.loads(row)["document"] for row in rows}, {wanted["document"]})

    def test_rows_hold_every_score_once(self):
        rows = [json.loads(line) for line in
                run("aggregate", "--campaign", self.campaign, self.reports, "--to", "rows").stdout.splitlines()]
        stated = aggregate("--campaign", self.campaign, self.reports)
        self.assertEqual(list(rows[0]), ["unit", "district", "class", "instrument", "version", "period", "document",
                                         "code", "item", "layer", "points", "score"])
        self.assertEqual(len(rows), sum(layer["n"] for c in stated["criteria"] for layer in c["layers"].values()))
        self.assertEqual(len({(r["document"], r["item"], r["layer"]) for r in rows}), len(rows))

    def test_a_killed_run_leaves_nothing_and_the_next_one_is_whole(self):
        output = self.work / "out" / "whole.json"
        output.parent.mkdir()
        output.write_text("before", encoding="utf-8")
        slow = subprocess.Popen([DUIBIAO, "aggregate", "-", "-o", str(output)], stdin=subprocess.PIPE,
                                stderr=subprocess.DEVNULL)
        slow.stdin.write(self.files[0].read_bytes())
        slow.stdin.flush()
        time.sleep(0.2)
        slow.send_signal(signal.SIGKILL)
        slow.stdin.close()
        slow.wait()
        self.assertEqual([output], list(output.parent.iterdir()))
        self.assertEqual(output.read_text(encoding="utf-8"), "before")
        run("aggregate", self.reports, "-o", output)
        self.assertEqual(output.read_bytes(), run("aggregate", self.reports).stdout)

    def test_arguments_that_cannot_be_used_exit_2(self):
        run("aggregate", self.work / "no-such-folder", exit_codes=(2,))
        run("aggregate", exit_codes=(2,))
        run("aggregate", self.reports, "--to", "pdf", exit_codes=(2,))
        run("aggregate", self.reports, "--campaign", self.files[0], exit_codes=(2,))
        (self.work / "nothing").mkdir()
        run("aggregate", self.work / "nothing", exit_codes=(2,))

    def test_hostile_names_are_texts_in_every_output(self):
        name = '=HYPERLINK("http://x")<script>alert(1)</script>'
        writer = maker.Writer(self.form, maker.identity_of(self.form), "hostile-1")
        maker.fill(writer, {"unit": name}, random.Random(1), 3, 3)
        file = self.work / "hostile.json"
        file.write_text(maker.canonical(writer.report()) + "\n", encoding="utf-8")
        rows = list(csv.reader(io.StringIO(run("aggregate", file, "--to", "csv").stdout.decode("utf-8-sig"))))
        self.assertEqual(rows[1][0], "'" + name)
        html = run("aggregate", file, "--to", "html").stdout.decode()
        self.assertNotIn("<script", html)
        self.assertIn("<svg", html)

    def test_word_and_excel_hold_the_same_figures(self):
        import docx
        import openpyxl

        stated = aggregate("--campaign", self.campaign, self.reports)
        for format in ("xlsx", "docx"):
            run("aggregate", "--campaign", self.campaign, self.reports, "--to", format,
                "--lang", "zh", "-o", self.work / f"all.{format}")
        book = openpyxl.load_workbook(self.work / "all.xlsx")
        sheet = book["各单位"]
        self.assertEqual(sheet.max_row, stated["counted"] + 1)
        heads = [cell.value for cell in sheet[1]]
        totals = [row[heads.index("自评")] for row in sheet.iter_rows(min_row=2, values_only=True)]
        self.assertTrue(all(isinstance(total, (int, float)) for total in totals if total is not None))
        self.assertEqual(f"{max(total for total in totals if total is not None):g}", stated["layers"]["self"]["max"])
        self.assertEqual([row[0].value for row in book["未报单位"].iter_rows(min_row=2)], stated["missing"])
        word = docx.Document(str(self.work / "all.docx"))
        self.assertIn(str(stated["received"]), word.paragraphs[2].text)
        self.assertEqual(word.tables[0].rows[1].cells[2].text, stated["layers"]["self"]["mean"])


@unittest.skipUnless(os.environ.get("DUIBIAO_LONG_TESTS"), "a quarter of an hour: DUIBIAO_LONG_TESTS=1")
class TenThousand(unittest.TestCase):
    """The whole of a province: DUIBIAO_UNITS says how many, where ten thousand are too many."""

    def test_every_figure_agrees_and_no_way_of_giving_the_reports_changes_a_byte(self):
        with tempfile.TemporaryDirectory() as name:
            self.check(Path(name))

    def check(self, work: Path):
        maker.write_folder(work / "all", maker.load_form(), int(os.environ.get("DUIBIAO_UNITS", "10000")), 1, False)
        reports, listed = work / "all/reports", work / "all/expected.csv"
        with open(listed, encoding="utf-8", newline="") as file:
            expected = list(csv.DictReader(file))
        campaign = work / "campaign.json"
        run("new", "campaign", "--unit", "省卫健委", "--period", "2026", "-o", campaign)
        run("fill", campaign, "--from", listed, "-o", campaign)
        Aggregate.compare(self, aggregate(reports), reference.roll_up(reports))
        Aggregate.compare(self, aggregate("--campaign", campaign, reports), reference.roll_up(reports, expected))

        whole = run("aggregate", "--campaign", campaign, reports).stdout
        files = sorted(reports.rglob("*.json"))
        random.Random(1).shuffle(files)
        parts = []
        for index in range(8):
            part, lot = work / f"{index}.partial", work / f"lot-{index}"
            lot.mkdir()
            for file in files[index * len(files) // 8:(index + 1) * len(files) // 8 + 50]:  # some in two lots
                os.link(file, lot / file.name)
            run("aggregate", lot, "--to", "partial", "-o", part)
            parts.append(part)
        pairs = []
        for first, second in zip(parts[::2], parts[1::2]):
            pairs.append(work / f"pair-{first.stem}.partial")
            run("aggregate", second, first, "--to", "partial", "-o", pairs[-1])
        streamed = b"".join(part.read_bytes() for part in (*reversed(pairs), parts[3]))
        with zipfile.ZipFile(work / "all.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for file in files:
                archive.write(file, file.name)
        (work / "all.ndjson").write_bytes(b"".join(file.read_bytes() for file in files))
        figures = json.loads(whole)
        for arguments, stdin in (((*pairs, parts[0]), None), (("-",), streamed), ((work / "all.zip",), None),
                                 ((work / "all.ndjson",), None)):
            other = run("aggregate", "--campaign", campaign, *arguments, stdin=stdin).stdout
            self.assertEqual(unnamed(json.loads(other)), unnamed(figures))
        self.assertEqual(run("aggregate", *pairs, "--to", "partial").stdout,
                         run("aggregate", *reversed(parts), pairs[1], "--to", "partial").stdout)


def unnamed(figures: dict) -> dict:
    """All but the names that files had, and what is ordered by them."""
    return {member: sorted(json.dumps({**entry, "file": ""}) for entry in value)
            if member in ("rejected", "uncounted") else value for member, value in figures.items()}


if __name__ == "__main__":
    unittest.main()
