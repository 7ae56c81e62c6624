"""Tables that LibreOffice itself wrote: spreadsheet_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.sax.saxutils import escape

import cli_test
from forms_test import FormCase

NAMESPACES = {"office": "office", "style": "style", "text": "text", "table": "table", "number": "datastyle"}
FORMATS = {  # by what an office in China sees
    "年月日": '<number:date-style style:name="N1" number:language="zh" number:country="CN"><number:year '
              'number:style="long"/><number:text>年</number:text><number:month/><number:text>月</number:text>'
              '<number:day/><number:text>日</number:text></number:date-style>',
    "/": '<number:date-style style:name="N2" number:language="zh" number:country="CN"><number:year '
         'number:style="long"/><number:text>/</number:text><number:month/><number:text>/</number:text>'
         '<number:day/></number:date-style>',
    "人": '<number:number-style style:name="N3"><number:number number:decimal-places="0" '
          'number:min-integer-digits="1"/><number:text>人</number:text></number:number-style>',
}
# Separator, quote, character set, first line, cell formats, language, quotes around all texts, cells as shown.
FILTERS = {"utf-8": "44,34,76,1,,2052,false,true", "gb18030": "9,34,85,1,,2052,false,true"}
HEAD = ["日期", "类型", "主题", "主持人", "应到", "实到", "签到", "程序", "人员"]
LEDGER = [
    HEAD,
    [("年月日", "2026-03-05"), "支部委员会", "学习“两会”,讨论\"预算\"\n第二项：䶮山", "张三", ("人", 12), ("人", 11), "√",
     "组织学习，佩戴党徽", "张　三、李　四"],
    [("/", "2026-03-06"), "党课", "＝总结", "李四、王五", 3, 3, 1, "交纳党费、诵读党章 组织学习", "王五;赵六/欧阳修，李 四"],
    [""] * len(HEAD),
    ["2026.3.7", "党员大会", "", "", "", "", "否", "无", ""],
    ["2026-3-8", "主题党日活动", "  ", "", "", "", "", "全部", ""],
]
CHECKLIST = [
    ["编号", "情况记录", "备注"],
    ["header.date", ("年月日", "2026-08-05"), ""],
    ["header.reporter", "欧阳修", ""],
    ["1.1.1", "是", "在三楼，\n有牌子"],
    ["1.2.1", "党旗、入党誓词，有党务公开栏", ""],
    ["2.1.1", 4, ""],
    ["2.2.1", "达到", ""],
    ["2.2.4", "11次", "三月未开"],
]
SHEETS = {
    "ledger": LEDGER,
    "checklist": CHECKLIST,
    "no-kind": [row[:1] + row[2:] for row in LEDGER],
    "head-too-short": [HEAD[:-1], *LEDGER[1:]],
    "head-with-a-gap": [["" if name == "主题" else name for name in HEAD], *LEDGER[1:]],
}


def cell_of(value):
    if isinstance(value, tuple):
        form, shown = value
        kind, name = ("float", "value") if isinstance(shown, int) else ("date", "date-value")
        style = f"ce{list(FORMATS).index(form) + 1}"
        return f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:{name}="{shown}"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def row_of(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(map(cell_of, cells))}</table:table-row>'


def spreadsheet(rows):
    """A flat OpenDocument spreadsheet of rows, ready as XML."""
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                      for short, name in NAMESPACES.items())
    styles = "".join(f'{form}<style:style style:name="ce{n}" style:family="table-cell" style:data-style-name="N{n}"/>'
                     for n, form in enumerate(FORMATS.values(), 1))
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="表">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document>")


@unittest.skipUnless(shutil.which("soffice"), "needs LibreOffice")
class FromLibreOffice(FormCase):
    @classmethod
    def setUpClass(cls):
        cls.tables = Path(tempfile.mkdtemp(prefix="duibiao-tables-"))
        cls.addClassCleanup(shutil.rmtree, cls.tables, True)
        for name, rows in SHEETS.items():
            (cls.tables / f"{name}.fods").write_text(spreadsheet(map(row_of, rows)))
        day = row_of([("年月日", "2026-03-05"), "党课"], 100_001)
        (cls.tables / "long.fods").write_text(spreadsheet([row_of(HEAD[:2]), day]))
        for encoding, options in FILTERS.items():
            cls.convert(encoding, options, [*SHEETS, "long"] if encoding == "utf-8" else SHEETS)

    @classmethod
    def convert(cls, encoding, options, names):
        subprocess.run(["soffice", f"-env:UserInstallation={(cls.tables / 'profile').as_uri()}", "--headless",
                        "--convert-to", f"csv:Text - txt - csv (StarCalc):{options}", "--outdir", encoding,
                        *(f"{name}.fods" for name in names)],
                       cwd=cls.tables, check=True, capture_output=True, timeout=90)

    def take(self, sheet, encoding):
        """The table as LibreOffice wrote it, as text; it then lies beside the report."""
        content = (self.tables / encoding / f"{sheet}.csv").read_bytes()
        self.write("table.csv", content)
        return content.decode(encoding)

    def test_the_ledger(self):
        for encoding in FILTERS:
            text = self.take("ledger", encoding)
            for shown in ["2026年3月5日", "2026/3/6", "12人", '讨论""预算""\n第二项']:
                self.assertIn(shown, text)
            self.assertEqual("\t" in text, encoding == "gb18030")
            name = self.new("ledger", f"{encoding}.json")
            self.done("fill", name, "--from", "table.csv", "-o", name)
            self.assertEqual(self.rows(name), [
                ["2026-03-05", "支委会", "", "学习“两会”,讨论\"预算\" 第二项：䶮山", "", "张三", "12", "11", "是", "", "",
                 "佩戴党徽、组织学习", "张三、李四"],
                ["2026-03-06", "党课", "", "＝总结", "", "李四、王五", "3", "3", "是", "", "",
                 "交纳党费、诵读党章、组织学习", "王五、赵六、欧阳修、李四"],
                ["2026-03-07", "党员大会", "", "", "", "", "", "", "否", "", "", "无"],
                ["2026-03-08", "主题党日", "", "", "", "", "", "", "", "", "",
                 "佩戴党徽、交纳党费、重温入党誓词、诵读党章、组织学习"],
            ])

    def test_a_checklist(self):
        for encoding in FILTERS:
            self.take("checklist", encoding)
            name = self.new("ruian-2019-annex1", f"{encoding}.json")
            self.done("fill", name, "--from", "table.csv", "-o", name)
            self.assertEqual(self.load(name)["header"], {"date": "2026-08-05", "reporter": "欧阳修"})
            self.assertEqual(self.answers(name), {
                "1.1.1": {"value": True, "note": "在三楼，\n有牌子"},
                "1.2.1": {"value": "党旗、入党誓词、党务公开栏"},
                "2.1.1": {"value": 4}, "2.2.1": {"value": True}, "2.2.4": {"value": 11, "note": "三月未开"}})

    def test_what_does_not_fit_is_refused_by_its_line(self):
        name = self.new("ledger", "ledger.json")
        before = self.path(name).read_bytes()
        self.write("out.json", "untouched")
        for sheet, encoding, line, about in [
                ("no-kind", "utf-8", 1, "类型"), ("no-kind", "gb18030", 1, "类型"),
                ("head-too-short", "utf-8", 2, "9"), ("head-too-short", "gb18030", 2, "9"),
                ("head-with-a-gap", "utf-8", 2, "学习“两会”"), ("head-with-a-gap", "gb18030", 2, "学习“两会”"),
                ("long", "utf-8", 100_002, "100")]:
            self.take(sheet, encoding)
            for output in [name, "out.json"]:
                err = self.refused("fill", name, "--from", "table.csv", "-o", output, file="table.csv",
                                   place=f"line {line}")
                self.assertIn(about, err.splitlines()[0])
            self.assertEqual(self.path(name).read_bytes(), before, sheet)
            self.assertEqual(self.path("out.json").read_text(), "untouched")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
