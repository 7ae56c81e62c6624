"""`duibiao aggregate` and files that cannot be used: each is named, the rest counts, and nothing is lost or counted twice.

DUIBIAO names the command (default: build/native/duibiao).
"""

import base64
import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import aggregate_reference as reference  # noqa: E402
from aggregate_test import run  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
maker = reference.maker
GOOD = 6


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.form = maker.load_form()
        cls.identity = maker.identity_of(cls.form)

    def setUp(self):
        self.work = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.work)
        self.folder = self.work / "received"
        self.folder.mkdir()
        self.texts = [self.report(f"第{index}医院党委", f"good-{index}", index) for index in range(GOOD)]
        for index, text in enumerate(self.texts):
            (self.folder / f"{index}.json").write_text(text, encoding="utf-8")
        self.sound = self.aggregate(self.folder)

    def report(self, unit: str, document: str, seed: int, day: int = 3, period: str | None = None) -> str:
        writer = maker.Writer(self.form, self.identity, document)
        maker.fill(writer, {"unit": unit}, random.Random(seed), day, 2)
        if period:
            writer.put("self", "header", "period", period, maker.instant(9, 1), "填报人")
        return maker.canonical(writer.report()) + "\n"

    def aggregate(self, *arguments, **options) -> dict:
        """The figures, once what was received is what became of it."""
        stated = json.loads(run("aggregate", "--lang", "zh", *arguments, **options).stdout)
        self.assertEqual(stated["received"], stated["counted"] + stated["superseded"] + stated["doubled"]
                         + stated["foreign"] + len(stated["rejected"]))
        return stated

    def expect(self, stated: dict, **counts):
        """The sound reports' figures, and what became of the others."""
        wanted = {"counted": GOOD, "superseded": 0, "doubled": 0, "foreign": 0, "rejected": 0} | counts
        found = {name: stated[name] for name in wanted} | {"rejected": len(stated["rejected"])}
        self.assertEqual(found, wanted)
        if wanted["counted"] == GOOD:
            for member in ("layers", "sections", "criteria"):
                self.assertEqual(stated[member], self.sound[member])

    def expect_rejected(self, bad: bytes | str, why: str):
        path = self.folder / "bad"
        path.write_bytes(bad.encode() if isinstance(bad, str) else bad)
        stated = self.aggregate(self.folder)
        self.expect(stated, rejected=1)
        self.assertEqual(stated["rejected"][0]["file"], str(path))
        self.assertIn(why, stated["rejected"][0]["why"])

    def test_a_file_that_is_cut_anywhere(self):
        text = self.texts[0].encode()
        for size in (1, 100, len(text) // 2, len(text) - 3):
            self.expect_rejected(text[:size], "")

    def test_a_file_renamed_or_doubled_is_one_report(self):
        for index, name in enumerate(("自评表（最终版）.txt", "0 (1).json", "=cmd|x.json")):
            (self.folder / name).write_text(self.texts[index], encoding="utf-8")
        self.expect(self.aggregate(self.folder))
        self.expect(self.aggregate(self.folder, self.folder, self.folder / "0.json"))

    def test_reports_of_another_campaign_or_form_are_foreign(self):
        (self.folder / "2025.json").write_text(self.report("第0医院党委", "last-year", 9, period="2025"),
                                               encoding="utf-8")
        annex = self.folder / "annex.json"
        run("new", "ruian-2019-annex1", "--unit", "第1医院党委", "--period", "2026", "-o", annex)
        stated = self.aggregate(self.folder)
        self.expect(stated, foreign=2)

    def test_a_newer_version_says_so(self):
        self.expect_rejected(self.texts[0].replace('"version":1}', '"version":9}'), "新")

    def test_totals_changed_by_hand(self):
        report = json.loads(self.texts[0])
        report["layers"][0]["totals"]["score"] = 99.5
        self.expect_rejected(maker.canonical(report) + "\n", "99.5")

    def test_an_answer_changed_by_hand_without_its_log(self):
        report = json.loads(self.texts[0])
        item = next(iter(report["layers"][0]["answers"]))
        report["layers"][0]["answers"][item]["score"] = 0
        self.expect_rejected(maker.canonical(report) + "\n", "")

    def test_a_zip_of_zips_and_a_bomb(self):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("a.json", self.texts[0])
        with zipfile.ZipFile(self.folder / "outer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", inner.getvalue())
            archive.writestr("bomb.json", b" " * (80 << 20))
            archive.writestr("extra.json", self.report("第九医院党委", "in-zip", 40))
        stated = self.aggregate(self.folder)
        self.expect(stated, counted=GOOD + 1, rejected=2)
        names = {Path(entry["file"]).name: entry["why"] for entry in stated["rejected"]}
        self.assertIn("压缩包", names["inner.zip"])
        self.assertIn("64 MiB", names["bomb.json"])

    def test_twenty_thousand_files_at_once(self):
        many = self.folder / "many"
        many.mkdir()
        for index in range(20_000):
            (many / f"{index:05}.json").write_text(f"第{index}个文件不是报送件", encoding="utf-8")
        stated = self.aggregate(self.folder)
        self.expect(stated, rejected=20_000)
        self.assertEqual(len({entry["file"] for entry in stated["rejected"]}), 20_000)

    def test_a_file_that_is_gone_when_its_turn_comes(self):
        gone = self.work / "gone.json"
        gone.write_text(self.texts[0], encoding="utf-8")
        (self.folder / "link.json").symlink_to(self.work / "never-there.json")
        pipe = self.work / "pipe"
        os.mkfifo(pipe)
        extra = self.report("第九医院党委", "piped", 41)

        def remove_and_go_on():  # the pipe is read first, so everything behind it waits for this
            with open(pipe, "w", encoding="utf-8") as file:
                gone.unlink()
                file.write(extra)

        writer = threading.Thread(target=remove_and_go_on)
        writer.start()
        stated = self.aggregate(pipe, gone, self.folder)
        writer.join()
        self.expect(stated, counted=GOOD + 1, rejected=2)
        self.assertEqual({Path(entry["file"]).name for entry in stated["rejected"]}, {"gone.json", "link.json"})

    def test_locked_files_open_with_the_right_password_alone(self):
        passwords = {name: self.work / name for name in ("right", "wrong")}
        passwords["right"].write_text("党建考核二〇二六\n", encoding="utf-8")
        passwords["wrong"].write_text("党建考核二〇二五\n", encoding="utf-8")
        plain = self.work / "locked.json"
        plain.write_text(self.report("第九医院党委", "locked", 42), encoding="utf-8")
        locked = self.folder / "locked.json.dblock"
        run("lock", plain, "--password-file", passwords["right"], "-o", locked)
        for arguments, why in (((), "密码"), (("--password-file", passwords["wrong"]), "密码")):
            stated = self.aggregate(self.folder, *arguments)
            self.expect(stated, rejected=1)
            self.assertIn(why, stated["rejected"][0]["why"])
        stated = self.aggregate(self.folder, plain, "--password-file", passwords["right"])
        self.expect(stated, counted=GOOD + 1)  # locked and open it is the same report

    def test_an_e_mail_gives_its_reports_and_not_its_pictures(self):
        def part(name: str, content: bytes) -> str:
            return (f'--edge\nContent-Type: application/octet-stream; name="{name}"\nContent-Disposition: attachment; '
                    f'filename="{name}"\nContent-Transfer-Encoding: base64\n\n'
                    f"{base64.encodebytes(content).decode()}\n")

        head = 'From: a@example.cn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="edge"\n\n'
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("b.json", self.report("第十一医院党委", "mail-2", 44))
        parts = [part("report.json", self.report("第十医院党委", "mail-1", 43).encode()),
                 part("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(40)), part("more.zip", packed.getvalue())]
        (self.folder / "post.eml").write_text(head + "".join(parts) + "--edge--\n", encoding="utf-8")
        stated = self.aggregate(self.folder)
        self.expect(stated, counted=GOOD + 2)
        (self.folder / "post.eml").write_text(head + parts[1] + "--edge--\n", encoding="utf-8")
        self.expect(self.aggregate(self.folder), rejected=1)

    def test_another_encoding_is_the_same_report(self):
        (self.folder / "utf16.json").write_bytes(self.texts[0].encode("utf-16"))
        self.expect(self.aggregate(self.folder))

    def test_two_offices_hand_up_the_same_partial(self):
        partial = self.work / "county.partial"
        run("aggregate", self.folder, "--to", "partial", "-o", partial)
        cities = []
        for name in ("east", "west"):
            cities.append(self.work / f"{name}.partial")
            run("aggregate", partial, self.folder / "1.json", "--to", "partial", "-o", cities[-1])
        self.expect(self.aggregate(*cities))
        self.expect(self.aggregate(*cities, partial, self.folder))
        self.assertEqual(run("aggregate", *cities, "--to", "partial").stdout, partial.read_bytes())

    def test_clocks_apart_do_not_choose_the_revision(self):
        writer = maker.Writer(self.form, self.identity, "good-0")
        maker.fill(writer, {"unit": "第0医院党委"}, random.Random(0), 3, 2)
        item = maker.criteria_of(self.form)[0][0]
        writer.put("self", item, "score", 0, "2001-01-01T00:00:00Z", "填报人")  # a clock without its battery
        (self.folder / "later.json").write_text(maker.canonical(writer.report()) + "\n", encoding="utf-8")
        stated = self.aggregate(self.folder)
        self.assertEqual((stated["counted"], stated["superseded"]), (GOOD, 1))
        self.assertEqual(next(c for c in stated["criteria"] if c["id"] == item)["layers"]["self"]["min"], "0")

    def test_a_hostile_name_is_a_text_in_every_output(self):
        import docx
        import openpyxl

        name = '=HYPERLINK("http://x")<script>alert(1)</script>&amp;'
        (self.folder / "hostile.json").write_text(self.report(name, "hostile", 45), encoding="utf-8")
        out = self.work / "out"
        rows = [json.loads(line) for line in run("aggregate", self.folder, "--to", "rows").stdout.splitlines()]
        self.assertIn(name, {row["unit"] for row in rows})
        table = list(csv.reader(io.StringIO(run("aggregate", self.folder, "--to", "csv").stdout.decode("utf-8-sig"))))
        self.assertIn("'" + name, {row[0] for row in table})
        html = run("aggregate", self.folder, "--to", "html").stdout.decode()
        self.assertNotIn("<script", html)
        self.assertIn("&lt;script&gt;", html)
        for format in ("xlsx", "docx"):
            run("aggregate", self.folder, "--to", format, "--lang", "zh", "-o", f"{out}.{format}")
        cells = [cell for row in openpyxl.load_workbook(f"{out}.xlsx")["各单位"].iter_rows() for cell in row]
        self.assertEqual([cell.data_type for cell in cells if cell.value == name], ["s"])
        words = {cell.text for table in docx.Document(f"{out}.docx").tables for row in table.rows for cell in row.cells}
        self.assertIn(name, words)


class Tables(unittest.TestCase):
    """Annexes of all units as one table."""

    def setUp(self):
        self.work = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.work)

    def make(self, form: str, unit: str, table: str) -> Path:
        path = self.work / f"{unit}.json"
        run("new", form, "--unit", unit, "--period", "2019", "-o", path)
        if table:
            (self.work / "table.csv").write_text(table, encoding="utf-8")
            run("fill", path, "--from", self.work / "table.csv", "-o", path)
        return path

    def sheet(self, name: str, *paths) -> list[tuple]:
        import openpyxl

        run("aggregate", *paths, "--to", "xlsx", "--lang", "zh", "-o", self.work / "all.xlsx")
        return list(openpyxl.load_workbook(self.work / "all.xlsx")[name].iter_rows(values_only=True))

    def test_rosters_of_all_units_are_one_table_with_the_unit_in_front(self):
        head = "党组织名称,上次换届时间,计划换届时间,书记姓名\n"
        first = self.make("ruian-2019-annex3", "甲医院党委", head + "内科支部,2016-05-01,2019-05-01,张三\n"
                          "外科支部,2017-06-01,2020-06-01,李四\n")
        second = self.make("ruian-2019-annex3", "乙医院党委", head + "机关支部,2018-03-01,2021-03-01,王五\n")
        rows = self.sheet("各单位名册", first, second)
        self.assertEqual(rows[0][0], "单位")
        self.assertEqual([(row[0], row[rows[0].index("党组织名称")]) for row in rows[1:]],
                         [("乙医院党委", "机关支部"), ("甲医院党委", "内科支部"), ("甲医院党委", "外科支部")])

    def test_annex_1_is_units_by_items(self):
        form = json.loads((ROOT / "assets/instruments/ruian-2019-annex1.json").read_text(encoding="utf-8"))
        paths = []
        for unit, answers in (("甲医院党委", {"1.1.1": "是"}), ("乙医院党委", {"1.1.1": "否"})):
            table = "item,value\n" + "".join(f"{item},{answer}\n" for item, answer in answers.items())
            paths.append(self.make("ruian-2019-annex1", unit, table))
        rows = self.sheet("各单位逐项情况", *paths)
        items = [item for section in form["sections"] for group in section["groups"] for item in
                 group.get("criteria", group.get("items", []))]
        self.assertEqual(len(rows[0]), len(items) + 1)
        column = next(index for index, head in enumerate(rows[0]) if head.startswith("1.1.1 "))
        self.assertEqual({row[0]: row[column] for row in rows[1:]}, {"甲医院党委": "是", "乙医院党委": "否"})


@unittest.skipUnless(shutil.which("soffice") and shutil.which("pdftotext"), "needs LibreOffice and pdftotext")
class Readers(unittest.TestCase):
    """Other programs open what is written, and see the same figures."""

    def test_libreoffice_and_poppler(self):
        with tempfile.TemporaryDirectory() as name:
            work = Path(name)
            maker.write_folder(work / "all", maker.load_form(), 30, 5, False)
            stated = json.loads(run("aggregate", work / "all/reports").stdout)
            for format in ("xlsx", "docx", "html"):
                run("aggregate", work / "all/reports", "--to", format, "--lang", "zh", "-o", work / f"all.{format}")
            for format in ("xlsx", "docx"):
                subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless",
                                "--convert-to", "pdf", "--outdir", str(work), str(work / f"all.{format}")],
                               check=True, capture_output=True, timeout=300)
                text = subprocess.run(["pdftotext", "-layout", str(work / "all.pdf"), "-"], check=True,
                                      capture_output=True).stdout.decode()
                self.assertIn(stated["layers"]["self"]["mean"], text)
                if format == "docx":
                    self.assertIn(f"收到 {stated['received']} 份", " ".join(text.split()))


if __name__ == "__main__":
    unittest.main()
