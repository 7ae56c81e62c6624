"""The QR code on every page, read by a program that reads QR codes: paper_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import shutil
import subprocess
import sys
import unittest

import cli_test
from cli_test import INSTRUMENT, UNIT, needs_printer
from office_test import ALL_FORMS, OfficeCase
from roster_print_test import HEADS, organisations, table

DOTS_PER_INCH = "200"  # an office's scanner


@unittest.skipUnless(shutil.which("zbarimg") and shutil.which("pdftoppm"), "needs zbarimg and pdftoppm")
class OnEveryPage(OfficeCase):
    def labels(self, pdf):
        """What the codes of each page of a PDF say."""
        subprocess.run(["pdftoppm", "-r", DOTS_PER_INCH, "-gray", "-png", pdf, "scan"], cwd=self.folder, check=True)
        scans = sorted(self.folder.glob("scan-*.png"))
        labels = [subprocess.run(["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", scan],
                                 capture_output=True, text=True).stdout.split() for scan in scans]
        for scan in scans:
            scan.unlink()
        return labels

    def label(self, name, form, period, revision=0):
        return f"DUIBIAO:1:{form.upper()}:{period}:R{revision}:{self.load(name)['code']}"

    @needs_printer
    def test_every_form_from_the_browser(self):
        for form, period in ALL_FORMS.items():
            name = f"{form}.json"
            self.done("new", form, "--unit", UNIT, "--period", period, "-o", name)
            pages = self.pages(name)
            labels = self.labels("print.pdf")
            self.assertEqual(len(labels), len(pages))
            self.assertEqual(labels, [[self.label(name, form, period)]] * len(pages), form)

    @unittest.skipUnless(shutil.which("soffice"), "needs LibreOffice")
    def test_word(self):
        name = self.new("ruian-2019-annex3", "r.json")
        self.fill_with(name, table(HEADS["ruian-2019-annex3"][1:], organisations(60)))
        subprocess.run(["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless",
                        "--convert-to", "pdf", self.exported(name, "docx")],
                       cwd=self.folder, check=True, capture_output=True, timeout=90)
        labels = self.labels("r.pdf")
        self.assertGreater(len(labels), 1)
        self.assertEqual(labels, [[self.label(name, "ruian-2019-annex3", "2026")]] * len(labels))

    def test_a_scanned_label_counts_as_its_code(self):
        name = self.scored()
        label = self.label(name, INSTRUMENT, "2026")
        for typed in [label, label.lower(), f" {label} "]:
            out = self.done("check", name, "--code", typed, "--lang", "zh")
            self.assertIn(self.load(name)["code"], out)
        code, _, _ = self.run_command("check", name, "--code", label[:-1] + ("2" if label[-1] != "2" else "3"))
        self.assertEqual(code, 1)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
