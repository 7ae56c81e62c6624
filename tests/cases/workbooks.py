"""Writes the workbooks of cases/workbooks, whose right readings stand in tables.json: workbooks.py

Half of them openpyxl writes, the other half LibreOffice, from what openpyxl wrote or from a sheet of its own format.
They stand in the repository, so that page and command are tested without either program.
"""

import datetime
import subprocess
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

FOLDER = Path(__file__).parent / "workbooks"
HEAD = ["日期", "类型", "支部", "主题"]
DAY = datetime.date(2026, 3, 5)


def book(*rows, title="活动"):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made


def plain():
    return book(HEAD, [DAY, "支委会", "内科党支部", "研究\n发展党员"], ["2026.3.6", "党课", "外科党支部", '学习"条例"'],
                ["2026-3-7", "党员大会", '"先锋"党支部', '"一站式"服务'])


def dates():
    made = book([*HEAD, "应到"])
    shown = ["yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]yyyy-mm-dd;@", 'm"月"d"日"', "mm-dd-yy", "yyyy/m/d h:mm",
             "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", 'aaaa']
    for form in shown:
        made.active.append([datetime.datetime(2026, 3, 5, 14, 30), "党课", "内科党支部", form, 12])
        made.active.cell(made.active.max_row, 1).number_format = form
    made.active.append([46086, "党课", "内科党支部", "常规", 12])
    return made


def since_1904():
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append(HEAD)
    made.active.append([DAY, "党课", "内科党支部", "1904"])
    return made


def months():
    made = book(["党组织名称", "上次换届时间"], ["内科党支部", DAY], ["外科党支部", DAY], ["儿科党支部", DAY])
    for row, form in enumerate(["mmm-yy", 'yyyy"年"m"月"', "yyyy/m/d"], 2):
        made.active.cell(row, 2).number_format = form
    return made


def numbers():
    made = book([*HEAD, "应到", "实到"])
    cells = [(0.1 + 0.2, "General"), (1234.0, "#,##0"), (12, '0"人"'), (7.999999999999999, "0"), (0.30000000000000004, "0.00"),
             (20, "General")]
    for number, form in cells:
        made.active.append([DAY, "党课", "内科党支部", "数", number, 0.1])
        made.active.cell(made.active.max_row, 5).number_format = form
    return made


def scores():
    made = book(["市第一医院党委自评表"], [], ["编号", "得分", "落实情况"], ["1.1.1", 1.1 + 0.9, "第一行\n第二行"], ["1.1.2", "1分", True])
    made.active.merge_cells("A1:C1")
    return made


def short_rows():
    return book(["编号", "得分", "落实情况"], ["1.1.1", 2], ["1.1.2", None, "没有得分"], ["1.2.1"])


def formulas():
    return book(HEAD, [DAY, "党课", "内科党支部", '="学习"&"条例"'], ["=A2+1", "党课", "=C2", "二"])


def wrong():
    made = book(HEAD, [DAY, "党课", "内科党支部", "一"], [DAY, "党课", "#N/A", "二"])
    made.active["C3"].data_type = "e"
    return made


def merged():
    made = book(["党支部活动台账"], HEAD, [DAY, "党课", "内科党支部", "一"], ["", "支委会", "", "二"], [], ["", "党员大会", "", "三"],
                ["2026-04-02", "党课", "外科党支部", "四"])
    for area in ("A1:D1", "A3:A6", "C3:C6"):
        made.active.merge_cells(area)
    return made


def hidden():
    made = book(["说明"], ["请填第二张表"], title="填表说明")
    old = made.create_sheet("去年")
    for row in (HEAD, ["2025-03-05", "党课", "内科党支部", "去年"]):
        old.append(row)
    old.sheet_state = "hidden"
    sheet = made.create_sheet("今年")
    for row in (HEAD, [DAY, "党课", "内科党支部", "一"], [DAY, "党课", "内科党支部", "二"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    return made


def several():
    made = book(HEAD, [DAY, "党课", "内科党支部", "一"], title="一月")
    sheet = made.create_sheet("二月")
    for row in (HEAD, [DAY, "党课", "内科党支部", "二"]):
        sheet.append(row)
    return made


def digits():
    made = book(["姓名", "出生年月", "现工作单位"], ["甲某", DAY, 330381198503051234])
    made.active["C2"].number_format = "0"
    return made


def unknown():
    return book(["日期", "类型", "天气"], [], [DAY, "党课", "晴"])


def bad_row():
    return book(["台账"], HEAD, [DAY, "党课", "内科党支部", "一\n二"], [], ["三月", "党课", "内科党支部", "三"])


def empty():
    return book()


MAKERS = [plain, dates, since_1904, months, numbers, scores, short_rows, formulas, wrong, merged, hidden, several, digits, unknown, bad_row,
          empty]


RICH = """<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>
 <style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="活动">%s</table:table></office:spreadsheet>
</office:body></office:document>"""


def rich():
    """A cell with runs of two looks, and one of two paragraphs."""
    cell = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    heads = "".join(cell % name for name in HEAD)
    cells = [cell % text for text in ("2026-03-05", "党课", "内科党支部",
                                      '学习<text:span text:style-name="T1">条例</text:span>全文</text:p><text:p>第二段')]
    return RICH % "".join(f"<table:table-row>{row}</table:table-row>" for row in (heads, "".join(cells)))


def convert(folder, name, kind, target):
    subprocess.run(["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
                    "--outdir", str(target), str(name)], check=True, capture_output=True, timeout=120)


def main():
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for make in MAKERS:
            name = make.__name__.replace("_", "-")
            path = FOLDER / f"{name}.openpyxl.xlsx"
            make().save(path)
            source = folder / f"{name}.libreoffice.xlsx"
            source.write_bytes(path.read_bytes())
            convert(folder, source, "xlsx:Calc MS Excel 2007 XML", FOLDER)
        (folder / "rich.libreoffice.fods").write_text(rich())
        convert(folder, folder / "rich.libreoffice.fods", "xlsx:Calc MS Excel 2007 XML", FOLDER)
        for kind in ("xls", "ods"):
            convert(folder, FOLDER / "plain.openpyxl.xlsx", kind, FOLDER)


if __name__ == "__main__":
    main()
