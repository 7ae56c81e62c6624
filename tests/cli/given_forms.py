"""Word forms as a bureau sends them, made with python-docx: merged cells, labels in several runs, tracked changes."""

import copy
import json

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from cli_test import ROOT

# How the source words some criteria that the form's definition words more briefly.
SOURCE_WORDING = {
    "1.1.2": "二级以上公立医院实行党委书记与院长分设",
    "1.2.1": "落实在公立医院章程中设立党建专章",
    "3.2.2": "理论学习中心组每季度不少于1次，全年不少于4次，每次至少有1名中心组成员作重点发言",
}
JILIN_HEAD = "申报单位党委名称：               得分：                      申报时间：      年   月  日"
ANNEX_HEAD = "填报单位（盖章）：" + " " * 85 + "2019年   月  日"
ANNEX_FOOT = "填报人：" + " " * 50 + "联系电话："
ANNEX_COLUMNS = {
    2: ["序号", "姓名", "出生年月", "现工作单位", "工作关系转出时间", "户籍所在地", "挂靠原因", "是否确需挂靠"],
    3: ["序号", "党组织名称", "上次换届时间\n（召开党员大会选举的时间）", "计划换届时间", "党组织书记\n姓名", "党组织书记\n行政职务",
        "党组织书记\n任职时间", "备注"],
    4: ["序号", "姓名", "出生年月", "涉嫌违法违纪被查处情况", "查处时间", "触碰“十条红线”情况", "2018年民主\n评议结果", "备注"],
}


def definition(name):
    return json.loads((ROOT / f"assets/instruments/{name}.json").read_text())


def new_paper(landscape=True):
    document = docx.Document()
    document.styles["Normal"].font.name = "宋体"
    if landscape:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    return document


def add_table(document, rows, columns):
    table = document.add_table(rows=rows, cols=columns)
    table.style = "Table Grid"
    return table


def split_runs(paragraph, text, step=3):
    """A text as Word keeps what was typed bit by bit."""
    for at in range(0, len(text), step):
        paragraph.add_run(text[at:at + step])


def track(paragraph, kind, text):
    """Text that was inserted ("ins") or deleted ("del") under tracked changes."""
    tag = "w:delText" if kind == "del" else "w:t"
    paragraph._p.append(parse_xml(f'<w:{kind} {nsdecls("w")} w:id="7" w:author="局办" w:date="2026-01-01T00:00:00Z">'
                                  f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r></w:{kind}>'))


def merge_down(table, column, first, last):
    if last > first:
        table.cell(first, column).merge(table.cell(last, column))


def jilin():
    """The score table: a row for each group, its criteria in one cell, sections merged downwards."""
    document = new_paper()
    document.add_paragraph("吉林省医院党建工作指导委员会基层党组织---党委等院级党组织")
    document.add_paragraph("党建工作“强基提质”标准化创建量化表")
    split_runs(document.add_paragraph(), JILIN_HEAD, 5)
    form = definition("jilin-committee")
    groups = [(section, group) for section in form["sections"] for group in section["groups"]]
    table = add_table(document, len(groups) + 2, 7)
    for column, text in {0: "项目", 2: "具体标准", 3: "落实情况", 4: "自评得分", 5: "上级验收\n得分", 6: "主管部门评定"}.items():
        table.cell(0, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    starts = {}
    for row, (section, group) in enumerate(groups, 1):
        starts.setdefault(section["id"], (row, section))
        criteria = table.cell(row, 2)
        texts = [f"{item['number']}.{SOURCE_WORDING.get(item['id'], item['text'])}（{item['points']}分）"
                 for item in group["criteria"]]
        split_runs(criteria.paragraphs[0], "；".join(texts) + "。", 7)
        for column in range(3, 7):
            table.cell(row, column).text = "　" if row % 2 else ""
        if group["title"]:
            table.cell(row, 1).text = group["title"]
    for row, section in starts.values():
        last = row + len(section["groups"]) - 1
        table.cell(row, 0).text = section["title"] + f"（{section['points']}分）"
        if not section["groups"][0]["title"]:
            table.cell(row, 0).merge(table.cell(last, 1))
        else:
            merge_down(table, 0, row, last)
    remark = len(groups) + 1
    table.cell(remark, 0).text = "备注"
    table.cell(remark, 1).merge(table.cell(remark, 6)).text = "考核工作设置一票否决。"
    return document


def annex1():
    document = new_paper(landscape=False)
    document.add_paragraph("附件1")
    document.add_paragraph("卫生健康系统党组织党建工作情况排查表")
    document.add_paragraph(ANNEX_HEAD)
    form = definition("ruian-2019-annex1")
    items = [(section, group, item) for section in form["sections"] for group in section["groups"]
             for item in group["criteria"]]
    table = add_table(document, len(items) + 1, 4)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "工作内容"
    table.cell(0, 3).text = "情况记录"
    spans = {}
    for row, (section, group, item) in enumerate(items, 1):
        spans.setdefault(section["id"], [row, row, section["title"], 0])[1] = row
        if group["title"]:
            spans.setdefault(group["id"], [row, row, group["title"], 1])[1] = row
            table.cell(row, 2).text = item["text"]
        else:
            table.cell(row, 1).merge(table.cell(row, 2)).text = item["text"]
    for first, last, title, column in spans.values():
        table.cell(first, column).text = title
        merge_down(table, column, first, last)
    document.add_paragraph(ANNEX_FOOT)
    return document


def annex(number, rows=6):
    document = new_paper()
    document.add_paragraph(f"附件{number}")
    document.add_paragraph(definition(f"ruian-2019-annex{number}")["title"])
    document.add_paragraph(ANNEX_HEAD)
    columns = ANNEX_COLUMNS[number]
    table = add_table(document, rows + 1, len(columns))
    for column, text in enumerate(columns):
        split_runs(table.cell(0, column).paragraphs[0], text)
    document.add_paragraph(ANNEX_FOOT)
    return document


def two_headings():
    """Annex 3 with a heading over three columns, and an empty row whose letters have a size of their own."""
    document = new_paper()
    table = add_table(document, 4, 6)
    for column, text in enumerate(["序号", "党组织名称"]):
        table.cell(0, column).text = text
        merge_down(table, column, 0, 1)
    table.cell(0, 2).merge(table.cell(0, 4)).text = "党组织书记"
    for column, text in enumerate(["姓名", "行政职务", "任职时间"], 2):
        table.cell(1, column).text = text
    table.cell(0, 5).text = "备注"
    merge_down(table, 5, 0, 1)
    for row in (2, 3):
        table.cell(row, 0).text = str(row - 1)
        paragraph = table.cell(row, 1).paragraphs[0]
        mark = OxmlElement("w:rPr")
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "18")
        mark.append(size)
        paragraph._p.get_or_add_pPr().append(mark)
    return document


def append_all(document, other):
    """All of another document's tables and paragraphs behind a document's own: one notice with several annexes."""
    for child in list(other.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.insert(len(document.element.body) - 1, copy.deepcopy(child))
    return document
