"""Tables as offices mail them, written as Word documents, workbooks and CSV.

A table is a list of rows of texts: "^" belongs to the cell above, "<" to the one on the left.
"""

import csv
import io

import docx
import openpyxl
from docx.shared import Cm


class Paper:
    """Lines, a table, lines; one of several in a file."""

    def __init__(self, rows, above=(), below=(), widths=None, name="表"):
        self.rows = rows
        self.above = list(above)
        self.below = list(below)
        self.widths = widths
        self.name = name

    def areas(self):
        """Each cell's own place, its last row and column, and its text."""
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text in ("^", "<"):
                    continue
                right = c
                while right + 1 < len(row) and row[right + 1] == "<":
                    right += 1
                down = r
                while down + 1 < len(self.rows) and len(self.rows[down + 1]) > c and self.rows[down + 1][c] == "^":
                    down += 1
                yield r, c, down, right, text


def fill_word(table, paper):
    for r, c, down, right, text in paper.areas():
        cell = table.cell(r, c)
        if (r, c) != (down, right):
            cell = cell.merge(table.cell(down, right))
        cell.text = str(text)


def word_document(*papers):
    document = docx.Document()
    for paper in papers:
        for line in paper.above:
            document.add_paragraph(line)
        table = document.add_table(rows=len(paper.rows), cols=max(map(len, paper.rows)))
        fill_word(table, paper)
        for column, width in zip(table.columns, paper.widths or []):
            column.width = Cm(width)
        for line in paper.below:
            document.add_paragraph(line)
    return document


def write_word(path, *papers):
    word_document(*papers).save(path)


def fill_sheet(sheet, paper, left=0):
    """`left`: empty columns on the left."""
    width = max(map(len, paper.rows))
    for i, line in enumerate(paper.above, 1):
        sheet.cell(i, left + 1).value = line
        sheet.merge_cells(start_row=i, start_column=left + 1, end_row=i, end_column=left + width)
    top = len(paper.above) + 1
    for r, c, down, right, text in paper.areas():
        number = isinstance(text, (int, float))
        cell = sheet.cell(top + r, left + c + 1)
        if text != "":
            cell.value = text
            if not number and str(text).replace(".", "", 1).isdigit():
                cell.value = float(text) if "." in str(text) else int(text)
        if (r, c) != (down, right):
            sheet.merge_cells(start_row=top + r, start_column=left + c + 1, end_row=top + down,
                              end_column=left + right + 1)
    bottom = top + len(paper.rows)
    for i, line in enumerate(paper.below):
        sheet.cell(bottom + i, left + 1).value = line
        sheet.merge_cells(start_row=bottom + i, start_column=left + 1, end_row=bottom + i, end_column=left + width)


def workbook(*papers):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, paper in enumerate(papers, 1):
        fill_sheet(book.create_sheet(paper.name + ("" if i == 1 else str(i))), paper)
    return book


def write_excel(path, *papers):
    workbook(*papers).save(path)


def write_csv(path, paper):
    """Without merged cells: what is merged is empty below and on the right."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in paper.above:
        writer.writerow([line])
    for row in paper.rows:
        writer.writerow(["" if text in ("^", "<") else text for text in row])
    for line in paper.below:
        writer.writerow([line])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
