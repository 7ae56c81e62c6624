"""Locked and masked outputs: lock_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import base64
import csv
import email
import email.policy
import io
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
import unittest

import cli_test
from cli_test import UNIT
from office_test import OfficeCase, docx, openpyxl
from roster_print_test import table

PASSWORD = "正确的马 battery 订书钉"
PEOPLE = [["欧阳修", "1985年3月", "某某区卫生院", "某省某县某村"], ["张三", "1990-11", "某某中医院", "某市某路"]]
# Written after the README's description alone.
OPENER = """
const { createDecipheriv, pbkdf2Sync } = require("node:crypto");
const [file, password] = process.argv.slice(1);
const bytes = require("node:fs").readFileSync(file);
const key = pbkdf2Sync(password, bytes.subarray(12, 28), bytes.readUInt32BE(8), 32, "sha256");
const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(28, 40));
cipher.setAAD(bytes.subarray(0, 40));
cipher.setAuthTag(bytes.subarray(-16));
const plain = Buffer.concat([cipher.update(bytes.subarray(40, -16)), cipher.final()]);
const name = plain.subarray(2, 2 + plain.readUInt16BE(0)).toString();
process.stdout.write(JSON.stringify([name, plain.subarray(2 + Buffer.byteLength(name)).toString("base64")]));
"""


class LockCase(OfficeCase):
    def setUp(self):
        super().setUp()
        self.write("password", PASSWORD + "\n")
        self.write("wrong", "正确的马 battery 订书丁\n")

    def roster(self):
        name = self.new("ruian-2019-annex2", "r.json")
        self.fill_with(name, table(["姓名", "出生年月", "现工作单位", "户籍所在地"], PEOPLE))
        self.fill_with(name, "item,value\nheader.reporter,王安石\nheader.phone,13912345678\n")
        return name

    def draft(self, name):
        return email.message_from_bytes(self.path(name).read_bytes(), policy=email.policy.default)


class Locked(LockCase):
    def test_lock_and_open(self):
        name = self.scored()
        out = self.done("lock", name, "--password-file", "password", "-o", "r.dblock", "--lang", "zh")
        self.assertIn("已加锁", out)
        self.refused("open", "r.dblock", "--password-file", "wrong", "-o", "out.json", file="r.dblock", about="password")
        self.assertFalse(self.path("out.json").exists())
        out = self.done("open", "r.dblock", "--password-file", "password", "-o", "out.json", "--lang", "zh")
        self.assertIn("原名 r.json", out)
        self.assertEqual(self.path("out.json").read_bytes(), self.path(name).read_bytes())
        self.done("open", "r.dblock", "--password-file", "-", "-o", "out2.json", stdin=PASSWORD + "\r\n")
        self.assertEqual(self.path("out2.json").read_bytes(), self.path(name).read_bytes())

    @unittest.skipUnless(shutil.which("node"), "needs node")
    def test_node_s_own_cryptography_opens_it(self):
        name = self.scored()
        self.done("lock", name, "--password-file", "password", "-o", "r.dblock")
        told = subprocess.run(["node", "-e", OPENER, self.path("r.dblock"), PASSWORD], check=True, capture_output=True)
        inner, content = json.loads(told.stdout)
        self.assertEqual(inner, "r.json")
        self.assertEqual(base64.b64decode(content), self.path(name).read_bytes())

    def test_the_other_commands_say_what_it_is(self):
        name = self.scored()
        self.done("lock", name, "--password-file", "password", "-o", "r.dblock")
        for arguments in [["check", "r.dblock"], ["score", "r.dblock"], ["merge", name, "r.dblock"],
                          ["export", "r.dblock", "--to", "html"], ["fill", "r.dblock", "--from", name]]:
            self.refused(*arguments, file="r.dblock", about="duibiao open")
        self.refused("fill", name, "--from", "r.dblock", file="r.dblock", about="duibiao open")
        self.refused("open", name, "--password-file", "password", file=name, about="no locked file")

    def test_outputs_and_attachments(self):
        name = self.scored()
        lock = ["--lock", "--password-file", "password"]
        self.done("export", name, "--to", "html", "--lang", "zh", "-o", "plain.html")
        self.done("export", name, "--to", "html", "--lang", "zh", *lock, "-o", "h.dblock")
        out = self.done("open", "h.dblock", "--password-file", "password", "-o", "h.html", "--lang", "zh")
        self.assertIn(f"原名 {UNIT}", out)
        self.assertEqual(self.path("h.html").read_bytes(), self.path("plain.html").read_bytes())
        self.done("export", name, "--to", "eml", "--lang", "zh", *lock, "-o", "r.eml")
        message = self.draft("r.eml")
        self.assertIn("密码另行告知", message.get_body(("plain",)).get_content())
        attachment, = message.iter_attachments()
        self.assertTrue(attachment.get_filename().endswith(".json.dblock"), attachment.get_filename())
        self.path("a.dblock").write_bytes(attachment.get_content())
        self.done("open", "a.dblock", "--password-file", "password", "-o", "a.json")
        self.assertEqual(self.path("a.json").read_bytes(), self.path(name).read_bytes())

    def test_passwords_that_cannot_be(self):
        name = self.scored()
        self.write("short", "1234567\n")
        self.refused("lock", name, "--password-file", "short", "-o", "x", file="--password-file", about="8 characters")
        self.refused("lock", name, "--password-file", "missing", "-o", "x", file="missing")
        self.refused("lock", name, "-o", "x", file="--password-file", about="terminal", start_new_session=True)
        self.refused("export", name, "--to", "csv", "--password-file", "password", file="--password-file", about="--lock")
        self.assertFalse(self.path("x").exists())

    def test_at_the_terminal_nothing_is_echoed(self):
        name = self.scored()
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            command = [cli_test.DUIBIAO, "lock", name, "--lang", "zh", "-o", "t.dblock"]
            os.execve(command[0], command, self.environment)
        shown = self.read_until(terminal, "：")
        os.write(terminal, (PASSWORD + "\n").encode())
        shown += self.read_until(terminal, "再输一遍：")
        os.write(terminal, (PASSWORD + "\n").encode())
        shown += self.read_until(terminal, "已加锁")
        self.assertEqual(os.waitpid(process, 0)[1], 0)
        self.assertNotIn("battery", shown)
        self.done("open", "t.dblock", "--password-file", "password", "-o", "t.json")

    def rounds(self, name, rounds):
        """The locked file, asking for so many rounds: then no password fits."""
        content = self.path(name).read_bytes()
        self.path("rounds.dblock").write_bytes(content[:8] + rounds.to_bytes(4, "big") + content[12:])
        return "rounds.dblock"

    def test_many_rounds_are_told_of_and_more_refused(self):
        self.done("lock", self.scored(), "--password-file", "password", "-o", "r.dblock")
        many = self.rounds("r.dblock", 2_000_000)
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            command = [cli_test.DUIBIAO, "open", many, "--password-file", "password", "--lang", "zh", "-o", "x"]
            os.execve(command[0], command, self.environment)
        shown = self.read_until(terminal, "密码不对", seconds=120)
        self.assertEqual(os.waitpid(process, 0)[1] >> 8, 2)
        self.assertIn("正在打开：已完成 1%\r", shown)
        self.assertIn("正在打开：已完成 100%\r\x1b[K", shown)
        # Where messages go into a file, there is nothing but the error.
        self.refused("open", many, "--password-file", "password", "-o", "x", file=many, about="password")
        more = self.rounds("r.dblock", 2_000_001)
        self.refused("open", more, "--password-file", "password", "-o", "x", file=more, about="2000001 rounds")

    def read_until(self, terminal, words, seconds=30):
        shown = b""
        end = time.monotonic() + seconds
        while words not in shown.decode(errors="ignore"):
            self.assertLess(time.monotonic(), end, shown)
            if select.select([terminal], [], [], 1)[0]:
                shown += os.read(terminal, 4096)
        return shown.decode(errors="ignore")


class Masked(LockCase):
    def assert_masked(self, text):
        for secret in ["欧阳", "阳修", "张三", "王安石", "1391", "3月", "1990-11", "卫生院", "中医院", "某县", "某路"]:
            self.assertNotIn(secret, text)
        for shown in ["欧*", "张*", "王*", "***5678", "1985年", "1990年"]:
            self.assertIn(shown, text)

    def test_outputs_say_what_is_personal(self):
        name = self.roster()
        out = self.done("export", name, "--to", "html", "--lang", "zh", "-o", "r.html")
        self.assertIn("含个人信息：填报人、联系电话、姓名、出生年月、现工作单位、户籍所在地", out)
        code, _, err = self.run_command("export", name, "--to", "csv", "--lang", "zh")
        self.assertEqual((code, err.count("\n")), (0, 1))
        self.assertIn("姓名、出生年月", err)
        out = self.done("export", name, "--to", "html", "--mask", "--lang", "zh", "-o", "r.html")
        self.assertNotIn("个人信息", out)

    def test_nothing_is_said_where_nothing_is_personal(self):
        self.assertNotIn("个人信息", self.done("export", self.scored(), "--to", "html", "--lang", "zh", "-o", "s.html"))

    @unittest.skipUnless(openpyxl, "needs openpyxl and python-docx")
    def test_page_and_tables(self):
        name = self.roster()
        code = self.load(name)["code"]
        for format in ["html", "docx", "xlsx"]:
            text = self.read(self.exported(name, format, "--mask"))
            self.assert_masked(text)
            self.assertIn(code, text)  # the paper belongs to the file all the same
        text = self.path(self.exported(name, "csv", "--mask")).read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(rows[1][:5], ["欧*", "1985年", "***", "", "***"])

    def read(self, name):
        if name.endswith("html"):
            return self.path(name).read_text()
        if name.endswith("docx"):
            document = docx.Document(self.path(name))
            cells = [cell.text for part in document.tables for row in part.rows for cell in row.cells]
            footer = document.sections[0].footer._element.iter()
            return "\n".join([*cells, *(p.text for p in document.paragraphs),
                              *(node.text or "" for node in footer if node.tag.endswith("}t"))])
        sheets = openpyxl.load_workbook(self.path(name)).worksheets
        cells = [str(cell.value) for sheet in sheets for row in sheet.rows for cell in row]
        return "\n".join([*cells, *(sheet.oddFooter.right.text or "" for sheet in sheets)])

    def test_the_ledger_counts_by_the_names_as_they_are(self):
        self.done("new", "ledger", "--unit", UNIT, "--period", "2026", "-o", "l.json")
        self.fill_with("l.json", "item,value\nheader.secretary,张三\nheader.members,张三、张四\n")
        self.fill_with("l.json", table(["日期", "类型", "主题", "主持人"], [["2026-03-05", "党课", "学习", "张四"]]))
        whole, other = (self.path(self.exported("l.json", "html", *more)).read_text() for more in [[], ["--mask"]])
        self.assertEqual(self.figures(whole), self.figures(other))
        self.assertNotIn("张三", other)
        self.assertNotIn("张四", other)

    def figures(self, text):
        start = text.index("paper-duties\"")
        matrix = text[start:text.index("</table>", start)]
        return [part.split("<")[0] for part in matrix.split("<td")[1:]]

    def test_mail(self):
        name = self.roster()
        self.refused("export", name, "--to", "eml", "--mask", "-o", "r.eml", file="--mask", about="report")
        self.done("export", name, "--to", "eml", "--mask", "--attach", "docx", "--lang", "zh", "-o", "r.eml")
        message = self.draft("r.eml")
        attachment, = message.iter_attachments()
        self.assertTrue(attachment.get_filename().endswith(".docx"))
        body = message.get_body(("plain",)).get_content()
        self.assertIn("已遮盖", body)
        self.done("export", name, "--to", "eml", "--lang", "zh", "-o", "whole.eml")
        whole = self.draft("whole.eml")
        for text in [body, whole.get_body(("plain",)).get_content(), whole["Subject"]]:
            for secret in ["欧阳修", "张三", "王安石", "13912345678", "1985", "卫生院"]:
                self.assertNotIn(secret, text)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
