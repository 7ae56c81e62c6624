"""Paper speaks the form's language, messages the reader's: language_test.py [PATH_TO_DUIBIAO] [unittest's arguments]."""

import email
import email.policy
import html
import json
import re
import sys
import unittest

import cli_test
from cli_test import INSTRUMENT, ROOT, UNIT
from forms_test import FormCase
from office_test import ALL_FORMS, criteria_of

try:
    import docx
    import openpyxl
except ImportError:
    docx = openpyxl = None

READERS = [{"LC_ALL": "C"}, {"LC_ALL": "zh_CN.UTF-8"}]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMATS = ["html", "docx", "xlsx", "csv", "ics"]
# Whatever is in the folder is shipped; few forms are of another period than a year.
SHIPPED = {path.stem: path for folder in ["instruments", "campaign"] for path in sorted((ROOT / "assets" / folder).glob("*.json"))}


def form_of(name):
    return json.loads(SHIPPED[name].read_text())


def value_of(field, form):
    """Something that may stand in a field or a column; nothing where the program writes it."""
    if field.get("computed"):
        return ""
    given = {"date": "2026-03-05", "month": "2026-03", "count": "3", "number": "1", "yesno": "是", "cadence": "3", "numbered": "1",
             "names": "张三", "score": "1", "flags": "全部", "text": "文字"}
    if field["type"] == "choice":
        return field["options"][0]
    if field["type"] == "kinds":
        return form["activity_kinds"][0]["name"]
    return given[field["type"]]


def rows_of(form):
    """A table with every column filled that may be, twice."""
    columns = [column for column in form["table"]["columns"] if value_of(column, form)]
    line = [value_of(column, form) for column in columns]
    return "\n".join(",".join(cells) for cells in [[column["label"] for column in columns], line]) + "\n"


def fields_of(form, item):
    return [*item.get("fields", []), *form.get("item_fields", [])]


def words_in(text):
    """What may be a word of English; codes and addresses are none."""
    text = re.sub(r"DUIBIAO:[\w:.-]+|\b[A-Z2-7]{10}\b", " ", text)
    return set(re.findall(r"[A-Za-z]{2,}", text))


def long_rows_of(form):
    """Something in all fields of a form of format 2 without groups."""
    for section_number, section in enumerate(form["sections"], 1):
        for number, item in enumerate(section["items"], 1):
            place = f"{section_number}.1.{number}"
            votes = item.get("votes", {"options": [], "ballots": []})
            for field in [*(option["label"] for option in votes["options"]), *votes["ballots"]]:
                yield f"{place},votes:{field},{len(votes['options']) if field in votes['ballots'] else 1},"
            for blank in item.get("blanks", []):
                yield f"{place},blank:{blank},1,"
            if "votes" not in item:
                yield f"{place},score,0,文字"
    for remark in form.get("foot", {}).get("remarks", []):
        yield f"foot,{remark['id']},文字,"


def texts_in(value):
    """The texts of a form or a report: neither the names of its fields nor ids and kinds, which are English."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(map(texts_in, value))
    return value if isinstance(value, str) and re.search(r"[\u3400-\u9fff]", value) else ""


def text_of_html(source):
    """What is seen of a page: texts, and the words of its margins."""
    margins = " ".join(re.findall(r'--print-(?!qr)[\w-]+:&quot;(.*?)&quot;', source))
    body = re.sub(r"(?s)<style>.*?</style>", "", source)
    return html.unescape(margins + re.sub(r"<[^>]*>", "\n", body))


def text_of_docx(path):
    parts = [docx.Document(path).element.body]
    for section in docx.Document(path).sections:
        parts += [part._element for part in [section.header, section.footer, section.first_page_header,
                                             section.first_page_footer]]
    return "\n".join(node.text or "" for part in parts for node in part.iter(f"{W}t"))


def text_of_xlsx(path):
    lines = []
    for sheet in openpyxl.load_workbook(path):
        lines.append(sheet.title)
        for line in [sheet.oddHeader, sheet.oddFooter]:
            lines += [re.sub(r"&(\"[^\"]*\"|[A-Z]|\d+)", " ", part.text or "") for part in [line.left, line.center, line.right]]
        for row in sheet.iter_rows():
            for cell in row:
                lines.append(str(cell.value or ""))
                # Words in a format are shown, too: 0"项", yyyy"年"m"月".
                lines += re.findall(r'"([^"]*)"', cell.number_format)
    return "\n".join(lines)


class LanguageCase(FormCase):
    def filled(self, name):
        """A report of a shipped form with something in all of its fields."""
        form = form_of(name)
        report = self.new(name, f"{name}.json", ALL_FORMS.get(name, "2026"))
        if form["kind"] == "scored" and form["format_version"] == 2:
            self.fill_with(report, "item,field,value,note\n" + "".join(f"{line}\n" for line in long_rows_of(form)))
        elif form["kind"] == "scored":
            items = criteria_of(form)
            self.fill(report, "".join(f"{item['id']},0,文字\n" for item in items[:-1]))
            self.fill_with(report, "item,score,explanation\n" + f"{items[0]['id']},0,说明\n")
        elif form.get("sections"):
            self.fill_fields(report, form)
        for field in form["header"]:
            if field["id"] != "unit" and field["type"] != "computed":
                value = "2026-03-05" if field["type"] == "date" else "文字"
                self.fill_with(report, f"item,value\nheader.{field['id']},{value}\n")
        if "table" in form:
            self.fill_with(report, rows_of(form))
        return report

    def fill_fields(self, report, form):
        by_id = {}
        for item in criteria_of(form):
            for field in fields_of(form, item):
                by_id.setdefault(field["id"], []).append((item, field))
        for field_id, places in by_id.items():
            self.fill_with(report, f"item,{field_id}\n" +
                           "".join(f"{item['id']},{value_of(field, form)}\n" for item, field in places))

    def exported(self, report, format, reader):
        output = f"{report}.{format}"
        code, _, err = self.run_command("export", report, "--to", format, "-o", output, environment=reader)
        self.assertEqual(code, 0, err)
        return self.path(output)

    def reports(self):
        """All shipped forms, filled, and the examples."""
        for name in SHIPPED:
            yield self.filled(name), form_of(name)
        for example in sorted((ROOT / "assets/examples").glob("*.json")):
            report = json.loads(example.read_text())
            yield self.write(f"example-{example.name}", example.read_bytes()), form_of(report["instrument"]["id"])

    def formats_of(self, form):
        return [format for format in FORMATS if format != "ics" or form["kind"] in ("tasks", "measures", "ledger")]


class Paper(LanguageCase):
    def test_it_is_the_same_whoever_prints_it(self):
        for report, form in self.reports():
            for format in [*self.formats_of(form), "eml"]:
                outputs = {self.exported(report, format, reader).read_bytes() for reader in READERS}
                self.assertEqual(len(outputs), 1, f"{report} as {format}")

    @unittest.skipUnless(openpyxl and docx, "needs openpyxl and python-docx")
    def test_it_has_no_english_word_that_the_form_has_not(self):
        readers = {"html": lambda path: text_of_html(path.read_text()), "docx": text_of_docx, "xlsx": text_of_xlsx}
        for report, form in self.reports():
            own = words_in(texts_in(form) + texts_in(self.load(report)))
            for format, read in readers.items():
                text = read(self.exported(report, format, {"LC_ALL": "C"}))
                self.assertIn(form["title"], re.sub(r"\s", "", text))
                self.assertEqual(words_in(text) - own, set(), f"{report} as {format}")

    def test_a_draft_speaks_it_too(self):
        report = self.filled(INSTRUMENT)
        self.run_command("export", report, "--to", "eml", "-o", "d.eml", environment={"LC_ALL": "C"})
        message = email.message_from_bytes(self.path("d.eml").read_bytes(), policy=email.policy.default)
        self.assertIn("报送", message["Subject"])
        self.assertIn("填报单位", message.get_body().get_content())

    def test_a_form_in_english_speaks_english_to_everybody(self):
        form = form_of("ruian-2019-annex1") | {"language": "en", "id": "english-form", "title": "A form"}
        self.store("english-form.json", form)
        self.done("new", "english-form.json", "--unit", UNIT, "--period", "2026", "-o", "r.json")
        text = text_of_html(self.exported("r.json", "html", {"LC_ALL": "zh_CN.UTF-8"}).read_text())
        self.assertIn("Period 2026", text)
        self.assertIn("Page", text)
        # What the test above would find in a paper that speaks two languages.
        self.assertLessEqual({"Period", "Page", "of"}, words_in(text) - words_in(texts_in(form_of("ruian-2019-annex1"))))


class Messages(LanguageCase):
    def test_they_speak_the_readers_language_where_they_name_a_line(self):
        self.new("ledger", "l.json")
        self.write("t.csv", "日期,类型\n2026-01-10,支委会\n某天,支委会\n")
        for reader, place in [({"LC_ALL": "zh_CN.UTF-8"}, "第 3 行"), ({"LC_ALL": "C"}, "line 3")]:
            code, _, err = self.run_command("fill", "l.json", "--from", "t.csv", "-o", "l.json", environment=reader)
            self.assertEqual(code, 2)
            self.assertTrue(err.startswith(f"duibiao: t.csv: {place}: "), err)

    def test_and_a_column(self):
        self.write("broken.json", '{\n "format": x}')
        for reader, place in [({"LC_ALL": "zh_CN.UTF-8"}, "第 2 行第 12 个字"), ({"LC_ALL": "C"}, "line 2, column 12")]:
            code, _, err = self.run_command("check", "broken.json", environment=reader)
            self.assertEqual(code, 2)
            self.assertTrue(err.startswith(f"duibiao: broken.json: {place}: "), err)

    def test_nobody_sees_a_rows_own_id(self):
        ours = self.new("ledger", "ours.json")
        self.fill_with(ours, "日期,类型\n2027-01-10,支委会\n2026-01-11,党课\n")
        report = self.load(ours)
        rows = [item for item in report["layers"][0]["answers"] if item.startswith("row.")]
        self.assertTrue(rows)
        theirs = json.loads(json.dumps(report))
        theirs["layers"][0]["answers"][rows[0]]["cells"] = "2026-02-02"
        altered = self.store("altered.json", theirs)
        self.write("theirs.json", self.path(ours).read_bytes())
        self.fill_with("theirs.json", "日期,类型\n2026-03-03,党课\n")
        for reader in READERS:
            said = [self.run_command("check", name, "--as-of", "2026-12-31", environment=reader) for name in [ours, altered]]
            said.append(self.run_command("merge", ours, "theirs.json", "--dry-run", environment=reader))
            for code, out, err in said:
                # The contract's line points into the file.
                spoken = out + re.sub(r"(?m)^(duibiao: \S+: )/\S+: ", r"\1", err)
                self.assertIn(code, (0, 1), err)
                self.assertNotIn("row.0", spoken)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
