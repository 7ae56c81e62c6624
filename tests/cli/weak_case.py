"""Reports, campaigns and lists of weak organisations in a folder, for tests of `duibiao weak`.

DUIBIAO names the command (default: build/native/duibiao).
"""

import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

DUIBIAO = os.environ.get("DUIBIAO", "build/native/duibiao")
ROOT = Path(__file__).resolve().parents[2]
OFFICE = "市卫生健康局党委"
DOORS = json.loads((ROOT / "assets/doors/ruian-2019.json").read_text(encoding="utf-8"))
ANNEX = "ruian-2019-annex1"
AUGUST = 1786752000  # 15 August 2026
GOOD = {"1.1.1": "是", "1.2.1": "全部", "2.1.1": "6", "2.1.2": "是", "2.2.1": "是", "2.2.2": "是", "2.2.3": "2",
        "2.2.4": "是", "2.3.1": "是", "2.3.2": "全部", "2.4.1": "是", "2.4.2": "是", "2.4.3": "是",
        "3.1.1": "党员先锋岗6个", "3.1.2": "义诊4次"}
SIX = ["党旗", "入党誓词", "党员权利和义务", "党支部工作制度", "党员形象栏", "党务公开栏"]
STEPS = ["佩戴党徽", "交纳党费", "重温入党誓词", "诵读党章", "组织学习"]


def table(rows: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.reports = self.folder / "reports"
        self.reports.mkdir()
        self.clock = AUGUST
        self.number = 0

    def run_command(self, *arguments, code=0) -> subprocess.CompletedProcess:
        self.clock += 60
        done = subprocess.run([DUIBIAO, *map(str, arguments)], capture_output=True,
                              env=os.environ | {"SOURCE_DATE_EPOCH": str(self.clock), "LC_ALL": "zh_CN.UTF-8"})
        self.assertEqual(done.returncode, code, done.stdout.decode() + done.stderr.decode())
        return done

    def fill(self, path: Path, text: str, output: Path | None = None) -> Path:
        data = self.folder / "data.csv"
        data.write_text(text, encoding="utf-8")
        self.run_command("fill", path, "--from", data, "-o", output or path)
        return output or path

    def new(self, form: str, unit: str, text: str, path: Path | None = None, period: str = "2026") -> Path:
        self.number += 1
        path = path or self.reports / f"{self.number:03}.json"
        self.run_command("new", form, "--unit", unit, "--period", period, "-o", path)
        return self.fill(path, text) if text else path

    def annex(self, unit: str, form: str = ANNEX, **answers) -> Path:
        return self.new(form, unit, self.answers({item.replace("_", ".").strip("i"): value for item, value in answers.items()}))

    @staticmethod
    def answers(changed: dict) -> str:
        return "item,value\n" + "".join(f"{item},{value}\n" for item, value in (GOOD | changed).items() if value)

    def campaign(self, units: list[tuple], doors: str = "") -> Path:
        path = self.folder / "campaign.json"
        rows = [{"单位": name, "上级": district, "类别": kind} for name, district, kind in units]
        self.new("campaign", OFFICE, table(rows), path)
        return self.fill(path, f"item,value\nheader.doors,{doors}\n") if doors else path

    def score_table(self, unit: str, lost: int, is_incomplete: bool = False):
        """A score table of which `lost` items are half a point below full."""
        form = json.loads((ROOT / "assets/instruments/jilin-committee.json").read_text(encoding="utf-8"))
        items = [item for section in form["sections"] for group in section["groups"] for item in group["criteria"]]
        rows = [f"{item['id']},{item['points'] - (0.5 if number < lost else 0)},有" for number, item in enumerate(items)]
        self.new("jilin-committee", unit, "item,score,note\n" + "\n".join(rows[:-1] if is_incomplete else rows) + "\n")

    def own_doors(self, change) -> Path:
        doors = json.loads(json.dumps(DOORS))
        change({door["id"]: door for door in doors["doors"]})
        path = self.folder / "doors.json"
        path.write_text(json.dumps(doors, ensure_ascii=False), encoding="utf-8")
        return path

    def candidates(self, *options, code=0) -> dict:
        return json.loads(self.run_command("weak", "candidates", self.reports, *options, code=code).stdout)

    def unit(self, found: dict, name: str) -> dict:
        return next(unit for unit in found["units"] if unit["name"] == name)
