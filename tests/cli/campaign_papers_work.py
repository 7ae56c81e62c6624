"""Units, their reports and the campaign's list, for tests of `duibiao aggregate --paper`; and ways to read its papers.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx

sys.path.insert(0, str(Path(__file__).resolve().parent))
import aggregate_reference as reference  # noqa: E402

DUIBIAO = os.environ.get("DUIBIAO", "build/native/duibiao")
maker = reference.maker
ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": "1796083200"}  # 1 December 2026
OFFICE = "市卫生健康委员会"
LAYER_WORDS = {"self": "自评", "acceptance": "上级验收", "rating": "主管评定"}


def run(*arguments, exit_codes=(0, 1)) -> subprocess.CompletedProcess:
    done = subprocess.run([DUIBIAO, *map(str, arguments)], capture_output=True, env=ENVIRONMENT)
    if done.returncode not in exit_codes:
        raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
    return done


def table_rows(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def text_of(document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


class Page(HTMLParser):
    """Texts of a page's cells, row by row, and of its paragraphs; and the elements that stand in it."""

    def __init__(self, text: str):
        super().__init__()
        self.rows, self.paragraphs, self.elements = [], [], set()
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag in ("p", "h1", "h2"):
            self.paragraphs.append("")
        if tag in ("td", "th", "p", "h1", "h2"):
            self.inside = tag

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.inside = None

    def handle_data(self, data):
        if self.inside in ("td", "th"):
            self.rows[-1][-1] += data
        elif self.inside:
            self.paragraphs[-1] += data


class Work:
    """Units, their reports and the campaign's list in a folder of their own."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp())
        self.reports = self.folder / "reports"
        self.reports.mkdir()
        self.form = maker.load_form()
        self.listed: list[dict] = []

    def remove(self):
        shutil.rmtree(self.folder)

    def list_unit(self, name: str, **cells):
        self.listed.append({"单位": name, "上级": "东城区", "类别": "卫生院", "联系人": "", "电子邮箱": "",
                            "应报日期": "2026-11-15", "催报记录": ""} | cells)

    def write_report(self, name: str, number: int, layers: int = 2, day: int = 3, state: str = "", spare=()):
        """`spare`: criteria that keep full points from everybody."""
        writer = maker.Writer(self.form, maker.identity_of(self.form), f"paper-{number}")
        dice = random.Random(f"papers/{number}")
        maker.fill(writer, {"unit": name}, dice, day, layers)
        if state:
            writer.put("acceptance", "document", "state", state, maker.instant(day + 3, 5), "验收组")
        (self.reports / f"{number:05}.json").write_text(maker.canonical(writer.report()) + "\n", encoding="utf-8")

    def campaign(self) -> Path:
        table, path = self.folder / "list.csv", self.folder / "campaign.json"
        with open(table, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.listed[0])
            writer.writeheader()
            writer.writerows(self.listed)
        run("new", "campaign", "--unit", OFFICE, "--period", "2026", "-o", path)
        run("fill", path, "--from", table, "-o", path)
        return path

    def paper(self, kind: str, *options, exit_codes=(0, 1), suffix: str = "") -> Path:
        path = self.folder / f"paper-{kind}{suffix}"
        path.unlink(missing_ok=True)
        done = run("aggregate", "--lang", "zh", "--campaign", self.campaign(), self.reports, "--paper", kind, *options,
                   "-o", path, exit_codes=exit_codes)
        self.said = done.stderr.decode()
        return path

    def word(self, kind: str, *options):
        return docx.Document(str(self.paper(kind, *options)))

    def counted(self) -> list[dict]:
        """Counted reports in the list's order."""
        by_unit = {report["unit"]: report for report in reference.sort_files(self.reports, self.listed)["counted"]}
        return [by_unit[unit["单位"]] for unit in self.listed if unit["单位"] in by_unit]

    def missing(self) -> list[dict]:
        there = {report["unit"] for report in self.counted()}
        return [unit for unit in self.listed if unit["单位"] not in there]

    def archive(self, kind: str, *options) -> dict[str, bytes]:
        with zipfile.ZipFile(self.paper(kind, *options)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def total(report: dict, layer: str, section: str | None = None):
    scores = [score for item, score in report["scores"][layer].items() if section in (None, item.split(".")[0])]
    return sum(scores) if scores else None


def last_layer(report: dict) -> str:
    return [layer for layer in maker.LAYERS if report["scores"][layer]][-1]


def shown(value) -> str:
    return "" if value is None else reference.plain(value)
