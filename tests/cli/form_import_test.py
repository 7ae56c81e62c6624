"""Forms made from the files that offices mail: form_import_test.py [PATH_TO_DUIBIAO] [unittest's arguments].

tests/cases/given has eight forms as Word documents and workbooks; tests/forms has the same forms as their authors would
write them by hand. import_shapes has more, in other shapes. Both must come out alike.
"""

import json
import shutil
import sys
import time
import unittest

import cli_test
import import_field_tables
import import_shapes
import import_tables
from cli_test import ROOT, Case
from import_tables import Paper

WRITERS = {"docx": import_tables.write_word, "xlsx": import_tables.write_excel, "csv": import_tables.write_csv}


def figures(rule):
    return rule["effect"], rule["points"], rule["cap"]


class Import(Case):
    def given(self, path, *arguments):
        """The JSON of an import, whose file is proved to be a form and to have that outline."""
        out = json.loads(self.done("form", "import", path, "--format", "json", "--lang", "zh", "-o", "form.json", *arguments))
        self.assertEqual(self.run_command("form", "check", "form.json")[0], 0)
        shown = json.loads(self.done("form", "show", "form.json", "--format", "json"))
        bare = {**{key: value for key, value in out.items() if key != "changes"}, "unsure": [], "criteria": [{k: v for k, v in c.items() if k != "place"} for c in out["criteria"]]}
        self.assertEqual(bare, shown)
        return out

    def write_paper(self, name, *papers):
        path = self.folder / name
        WRITERS[path.suffix[1:]](path, *papers)
        return name

    def said(self, out):
        return [one["what"] for one in out["unsure"]]


class Cases(Import):
    """The eight forms."""

    # Items of hand-written forms whose rules are split or counted in another way, with why.
    OTHER_RULES = {
        "F22": {"5.1.6"},          # 未协助查处或者未回访的，每户次扣1分 is one sentence, and one rule
    }
    UNSURE = {"F11": 4, "F12": 2, "F15": 2, "F19": 1, "F22": 2, "F23": 0, "F25": 2, "F26": 5}  # no more than these

    def hand(self, name):
        shutil.copy(ROOT / "tests/forms" / f"{name.lower()}.json", self.folder / "hand.json")
        return json.loads(self.done("form", "show", "hand.json", "--format", "json"))

    def compare(self, name, kind):
        out = self.given(ROOT / "tests/cases/given" / f"{name}.{kind}")
        hand = self.hand(name)
        for field in ("title", "kind", "levels", "items", "points"):
            self.assertEqual(out[field], hand[field], field)
        self.assertEqual([(s["points"], s["printed"], s["items"]) for s in out["sections"]],
                         [(s["points"], s["printed"], s["items"]) for s in hand["sections"]])
        self.assertEqual([c["points"] for c in out["criteria"]], [c["points"] for c in hand["criteria"]])
        self.assertEqual([c["bonus"] for c in out["criteria"]], [c["bonus"] for c in hand["criteria"]])
        self.assertEqual([(c["label"], c["role"]) for c in out["columns"]], [(c["label"], c["role"]) for c in hand["columns"]])
        self.assertEqual([s["label"] for s in out["scorers"]], [s["label"] for s in hand["scorers"]])
        self.assertEqual(self.bands_of(out), self.bands_of(hand))
        for own, other in zip(out["criteria"], hand["criteria"]):
            if own["id"] not in self.OTHER_RULES.get(name, ()):
                self.assertEqual(self.rules_of(own), self.rules_of(other), own)
        self.assertLessEqual(len(out["unsure"]), self.UNSURE[name], self.said(out))
        return out

    def bands_of(self, outline):
        """The last band may say that it ends where the one before begins, or leave it out."""
        bands = outline["bands"]
        for before, band in zip(bands, bands[1:]):
            if band["below"] == before["from"]:
                band["below"] = None
        return bands

    def rules_of(self, criterion):
        """Rules alike in effect and figures stand for one that counts them all (卫生镇、示范街)."""
        return sorted(set(map(figures, criterion["rules"])), key=str)

    def both(self, name):
        word, excel = self.compare(name, "docx"), self.compare(name, "xlsx")
        self.assertEqual([c["text"] for c in word["criteria"]], [c["text"] for c in excel["criteria"]])
        return word

    def test_gains_and_losses_without_limit(self):
        out = self.both("F11")
        self.assertEqual([w for w in self.said(out) if "印着 3 分" in w], self.said(out))
        self.assertEqual([s["chosen"] for s in out["unsure"]], ["15", "20", "15", "17"])
        self.assertEqual(out["criteria"][0]["place"], "table 1, row 2")

    def test_two_scorers_and_sums(self):
        out = self.both("F12")
        self.assertEqual([(u["chosen"], u["instead"]) for u in out["unsure"]], [("22", ["24"]), ("98", ["100"])])

    def test_a_table_cut_in_two(self):
        out = self.both("F15")
        self.assertEqual((out["criteria"][0]["place"], out["criteria"][-1]["place"]), ("table 1, row 2", "table 2, row 5"))
        form = json.loads((self.folder / "form.json").read_text())
        self.assertEqual(form["kinds"], ["医院", "门诊部、诊所"])
        self.assertEqual([c["down"] for c in form["grades"]["ceilings"]], [1, 1])

    def test_two_tables_in_a_file(self):
        out = self.both("F19")
        self.assertEqual(out["unsure"][0]["instead"], ["2 基层党支部评星定级汇总表"])
        form = json.loads((self.folder / "form.json").read_text())
        hand = json.loads((ROOT / "tests/forms/f19.json").read_text())
        self.assertEqual([p["weight"] for p in form["parts"]], [70, 30])
        self.assertEqual(form["sections"][6]["items"][0]["votes"]["options"], hand["sections"][6]["items"][0]["votes"]["options"])
        self.assertEqual([c["not_above"] for c in form["grades"]["ceilings"]], ["二星级", "四星级"])
        self.assertEqual(form["grades"]["quotas"], hand["grades"]["quotas"])
        self.assertEqual(form["sections"][5]["cap"], 20)
        other = self.given(ROOT / "tests/cases/given/F19.xlsx", "--table", "2")
        self.assertEqual((other["kind"], other["title"]), ("roster", "基层党支部评星定级汇总表"))

    def test_rules_of_every_kind(self):
        out = self.both("F22")
        self.assertEqual([(u["chosen"], u["instead"]) for u in out["unsure"]], [("7", ["10"]), ("12", ["15"])])
        form = json.loads((self.folder / "form.json").read_text())
        absent = [(s, i) for s, section in enumerate(form["sections"], 1) for i, item in enumerate(section["items"], 1)
                  if item.get("not_applicable")]
        self.assertEqual(absent, [(6, 3), (7, 1), (7, 2)])
        self.assertEqual(form["item_rules"][0]["text"], "没有书面材料")

    def test_clauses_with_levels(self):
        self.both("F23")
        form = json.loads((self.folder / "form.json").read_text())
        hand = json.loads((ROOT / "tests/forms/f23.json").read_text())
        for section, other in zip(form["sections"], hand["sections"]):
            for group, that in zip(section["groups"], other["groups"]):
                item, expected = group["items"][0], that["items"][0]
                for field in ("number", "text", "tiers", "no_tier"):
                    self.assertEqual(item[field], expected[field])
                for field in ("at_least", "not_applicable"):
                    self.assertEqual(item.get(field), expected.get(field))
        self.assertEqual([f["kind"] for f in form["figures"]], ["levels"] * 4 + ["not_applicable", "level_share"])

    def test_a_ledger_with_groups(self):
        for kind in ("docx", "xlsx"):
            out = self.given(ROOT / "tests/cases/given" / f"F25.{kind}")
            form = json.loads((self.folder / "form.json").read_text())
            columns = form["table"]["columns"]
            self.assertEqual((out["kind"], out["title"], len(columns)), ("roster", "巡察反馈问题整改台账", 10))
            self.assertEqual([c["type"] for c in columns], ["choice", "text", "text", "text", "text", "deadline", "choice",
                                                            "date", "text", "text"])
            self.assertEqual(columns[0]["options"][1], "二、基层党组织建设不够扎实")
            self.assertEqual(columns[6]["options"], ["完成", "阶段性完成", "长期坚持", "未完成"])
            self.assertEqual(form["table"]["example"]["c1"], "学习制度落实不严")
            self.assertEqual([f["kind"] for f in form["table"]["foot"]["figures"]], ["count"] * 5 + ["share"])
            self.assertLessEqual(len(out["unsure"]), self.UNSURE["F25"])

    def test_a_ledger_of_amounts(self):
        for kind in ("docx", "xlsx"):
            out = self.given(ROOT / "tests/cases/given" / f"F26.{kind}")
            form = json.loads((self.folder / "form.json").read_text())
            columns = form["table"]["columns"]
            self.assertEqual([c["type"] for c in columns],
                             ["text", "choice", "amount", "rate", "amount", "amount", "amount", "text"])
            self.assertEqual(columns[1]["options"], ["在职", "离退休", "学生"])
            hand = json.loads((ROOT / "tests/forms/dues-ledger.json").read_text())["table"]["columns"]
            bands = [[(b["when"][0]["is"], b.get("up_to"), b["rate"]) for b in one["formula"]["bands"]] for one in (columns[3], hand[3])]
            self.assertEqual(bands[0], bands[1])
            self.assertEqual([columns[4]["formula"], columns[5]["formula"]],
                             [{"product": ["c3", "c4"]}, {"product": ["c5"], "times": 12}])
            sums = [f["columns"] for f in form["table"]["foot"]["figures"]]
            self.assertEqual(sums, [["c5"], ["c6"], ["c7"]])
            self.assertLessEqual(len(out["unsure"]), self.UNSURE["F26"])


class Shapes(Import):
    """Tables in the shapes of real forms, each as Word, Excel and CSV."""

    def check(self, wanted, out):
        sections = {}
        for criterion in out["criteria"]:
            sections.setdefault(criterion["id"].split(".")[0], []).append(criterion)
        self.assertEqual([[c["points"] for c in items] for items in sections.values()], wanted["sections"])
        self.assertEqual(out["points"], wanted["points"])
        self.assertEqual(len(out["scorers"]), wanted.get("scorers", 1))
        self.assertEqual([band["label"] for band in out["bands"]], wanted.get("bands", []))
        if "title" in wanted:
            self.assertEqual(out["title"], wanted["title"])
        form = json.loads((self.folder / "form.json").read_text())
        self.assertEqual([one["text"] for one in form.get("veto", {}).get("conditions", [])], wanted.get("veto", []))
        for place, rules in wanted.get("rules", {}).items():
            section, _, number = place.split(".")
            criterion = sections[section][int(number) - 1]
            self.assertEqual([(r["effect"], r["points"], r["per"]) for r in criterion["rules"]], rules, place)

    def test_shapes(self):
        for make in import_shapes.SHAPES:
            for kind in WRITERS:
                with self.subTest(shape=make.__name__, kind=kind):
                    wanted = make()
                    out = self.given(self.write_paper(f"{make.__name__}.{kind}", wanted["paper"]))
                    self.check(wanted, out)


class FieldTables(Shapes):
    """Tables of the field, as Word and Excel: all items and points right at the first step, or what is not is said."""

    def test_shapes(self):
        for make in import_field_tables.ALL:
            for kind in ("docx", "xlsx"):
                with self.subTest(table=make.__name__, kind=kind):
                    wanted = make()
                    self.check(wanted, self.given(self.write_paper(f"{make.__name__}.{kind}", wanted["paper"])))

    def test_points_that_only_rules_give_are_said(self):
        out = self.given(self.write_paper("a.docx", import_field_tables.gains_without_limit()["paper"]))
        self.assertEqual([one["place"] for one in out["unsure"]], [f"table 1, row {row}" for row in (4, 6, 7, 8)])

    def test_a_column_of_gains_that_nobody_works_out_is_said(self):
        out = self.given(self.write_paper("a.docx", import_field_tables.deductions_and_gains_side_by_side()["paper"]))
        self.assertTrue(any("加分项" in one for one in self.said(out)), self.said(out))

    def test_a_column_of_points_that_is_mostly_words_is_said(self):
        paper = import_shapes.merged_levels()["paper"]
        for row in paper.rows[2:6]:
            row[3] = "由考核组按照当年的重点工作另行确定"
        self.assertTrue(any("分值" in one for one in self.said(self.given(self.write_paper("a.docx", paper)))))


class NextYear(Import):
    """The next version of the same file: what is the same stays as its author had it."""

    def test_what_is_the_same_stays(self):
        paper = import_shapes.merged_levels()["paper"]
        self.done("form", "import", self.write_paper("a.docx", paper), "--id", "work", "-o", "work.json", "--lang", "zh")
        form = json.loads((self.folder / "work.json").read_text())
        item = form["sections"][1]["items"][1]          # corrected by hand
        item["rules"] = [{"text": "制度没有上墙", "deduct": 2, "per": "项", "cap": 4}]
        form["scorers"][0]["id"] = "unit"
        form["columns"][5]["scorer"] = "unit"
        (self.folder / "work.json").write_text(json.dumps(form, ensure_ascii=False))
        paper.rows[1][3] = "6"                          # other points
        paper.rows[3:3] = [["3", "^", "书记抓党建述职", "2", "未述职的扣2分", "", ""]]
        paper.rows[5] = ["5", "^", "制度上墙", "8", "少上墙1项扣1分，最多扣4分", "", ""]
        paper.rows[6] = ["6", "^", "安全生产", "12", "发生事故的不得分", "", ""]
        out = self.given(self.write_paper("b.docx", paper), "--like", "work.json")
        made = json.loads((self.folder / "form.json").read_text())
        self.assertEqual((made["id"], made["version"], made["scorers"][0]["id"]), ("work", "2", "unit"))
        self.assertEqual(made["sections"][1]["items"][1]["rules"], item["rules"])
        self.assertEqual([(c["change"], c["id"], c["was"], c["now"]) for c in out["changes"]],
                         [("points", "1.1.1", "8", "6"), ("added", "1.1.3", "", "2"), ("added", "2.1.3", "", "12"),
                          ("removed", "2.1.3", "12", "")])

    def test_words(self):
        path = self.write_paper("a.docx", import_shapes.merged_levels()["paper"])
        self.done("form", "import", path, "-o", "a.json", "--lang", "zh")
        out = self.done("form", "import", path, "--like", "a.json", "-o", "b.json", "--lang", "zh")
        self.assertIn("与上一版相比，改变 0 处", out)
        self.write("no.json", "{}")
        code, _, err = self.run_command("form", "import", path, "--like", "no.json", "--lang", "zh")
        self.assertEqual(code, 2)
        self.assertIn("form check", err)


class Given(Import):
    """What is wrong or unusual about a file is handled, or said with what to do."""

    def refused(self, path, *words):
        code, out, err = self.run_command("form", "import", path, "--lang", "zh", "-o", "form.json")
        self.assertEqual((code, out), (2, ""))
        self.assertFalse((self.folder / "form.json").exists())
        for word in words:
            self.assertIn(word, err)

    def small(self):
        return import_shapes.merged_levels()["paper"]

    def test_old_formats(self):
        ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504)
        word = ole + "WordDocument".encode("utf-16-le")
        (self.folder / "old.doc").write_bytes(word)
        self.refused("old.doc", "另存为")
        shutil.copy(ROOT / "tests/cases/workbooks/plain.openpyxl.xls", self.folder / "old.xls")
        self.refused("old.xls", "另存为")

    def test_protected(self):
        ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504)
        (self.folder / "a.docx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
        self.refused("a.docx", "密码")

    def test_no_table(self):
        import_tables.docx.Document().save(self.folder / "empty.docx")
        self.refused("empty.docx", "没有找到表格")
        (self.folder / "a.json").write_text("{}")
        self.refused("a.json")
        self.refused("missing.docx")

    def test_a_table_that_is_not_there(self):
        path = self.write_paper("a.docx", self.small())
        code, _, err = self.run_command("form", "import", path, "--table", "3", "--lang", "zh")
        self.assertEqual(code, 2)
        self.assertIn("没有第 3 张表", err)

    def test_tracked_changes_are_said(self):
        document = import_tables.word_document(self.small())
        paragraph = document.tables[0].cell(1, 2).paragraphs[0]
        from given_forms import track
        track(paragraph, "ins", "，有专人")
        track(paragraph, "del", "，旧的")
        document.save(self.folder / "a.docx")
        out = self.given("a.docx")
        self.assertEqual(out["criteria"][0]["text"], "成立领导小组，分工明确，有专人")
        self.assertTrue(any("修订" in what for what in self.said(out)), self.said(out))

    def test_text_boxes_are_said(self):
        document = import_tables.word_document(self.small())
        run = document.paragraphs[0].add_run()
        run._r.append(import_tables.docx.oxml.parse_xml(
            '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>'))
        document.save(self.folder / "a.docx")
        self.assertTrue(any("文本框" in what for what in self.said(self.given("a.docx"))))

    def test_nested_tables_are_said(self):
        document = import_tables.word_document(self.small())
        inner = document.tables[0].cell(2, 2).add_table(1, 2)
        inner.cell(0, 0).text = "里面"
        document.save(self.folder / "a.docx")
        out = self.given("a.docx")
        self.assertEqual(out["items"], 5)
        self.assertIn("table 1, row 3", [one["place"] for one in out["unsure"] if "还有一张表" in one["what"]])

    def test_hidden_rows_and_sheets_are_said(self):
        book = import_tables.workbook(self.small())
        book.active.row_dimensions[5].hidden = True
        extra = book.create_sheet("存档")
        extra.append(["旧表", "旧表二"])
        extra.append(["一", "二"])
        extra.sheet_state = "hidden"
        book.save(self.folder / "a.xlsx")
        out = self.given("a.xlsx")
        self.assertEqual(out["items"], 5)
        self.assertTrue(any("隐藏的 1 行" in what for what in self.said(out)), self.said(out))

    def test_a_head_repeated_on_each_page(self):
        paper = self.small()
        paper.rows.insert(4, paper.rows[0])
        for kind in ("docx", "xlsx"):
            self.assertEqual(self.given(self.write_paper(f"a.{kind}", paper))["items"], 5)

    def test_empty_columns_and_rows(self):
        paper = self.small()
        paper.rows = [row[:3] + [""] + row[3:] for row in paper.rows] + [[""] * 8]
        paper.rows[6] = ["合计", "<", "<", "<", "50", "", "", ""]
        out = self.given(self.write_paper("a.xlsx", paper))
        self.assertEqual((out["items"], out["points"]), (5, "50"))

    def test_a_form_over_several_sheets(self):
        first, second = self.small(), self.small()
        first.rows = first.rows[:3]
        second.rows = [second.rows[0], *second.rows[3:]]
        for kind in ("docx", "xlsx"):
            out = self.given(self.write_paper(f"a.{kind}", first, second))
            self.assertEqual((out["items"], out["points"]), (5, "50"))
            self.assertRegex(out["criteria"][2]["place"], r"^table 2, row \d+$")

    def test_the_rest_of_a_table_without_a_head(self):
        first, second = self.small(), self.small()
        first.rows = first.rows[:4]
        second.rows = second.rows[4:]
        second.rows[0] = ["4", "", *second.rows[0][2:]]
        second.above = []
        first.below = []
        out = self.given(self.write_paper("a.docx", first, second))
        self.assertEqual((out["items"], out["points"]), (5, "50"))
        self.assertTrue(any("接续" in what for what in self.said(out)), self.said(out))

    def test_a_form_that_begins_in_column_c(self):
        book = import_tables.openpyxl.Workbook()
        import_tables.fill_sheet(book.active, self.small(), left=2)
        book.save(self.folder / "a.xlsx")
        out = self.given("a.xlsx")
        self.assertEqual((out["items"], out["points"], out["columns"][0]["role"]), (5, "50", "number"))

    def test_macros(self):
        import zipfile
        self.write_paper("a.docx", self.small())
        self.write_paper("a.xlsx", self.small())
        for name, part in (("a.docx", "word/vbaProject.bin"), ("a.xlsx", "xl/vbaProject.bin")):
            with zipfile.ZipFile(self.folder / name, "a") as archive:
                archive.writestr(part, b"macro")
        self.refused("a.docx", "宏")
        self.assertTrue(any("宏" in what for what in self.said(self.given("a.xlsx"))))

    def test_a_table_in_gb18030(self):
        path = self.write_paper("a.csv", self.small())
        text = (self.folder / path).read_bytes().decode("utf-8-sig")
        (self.folder / path).write_bytes(text.encode("gb18030"))
        self.assertEqual(self.given(path)["points"], "50")

    def test_a_table_from_standard_input(self):
        table = "项目\t考核内容\t分值\t评分标准\t得分\n组织\t换届\t10\t超期不得分\t\n\t学习\t5\t每少1次扣1分\t\n"
        out = json.loads(self.done("form", "import", "-", "--format", "json", stdin=table))
        self.assertEqual((out["title"], out["points"], len(out["sections"])), ("考评表", "15", 1))

    def test_a_checklist_says_once_that_it_has_no_points(self):
        rows = [["序号", "检查项目", "检查内容", "是", "否", "备注"], ["1", "消防安全", "通道畅通", "", "", ""],
                ["2", "^", "器材完好", "", "", ""], ["3", "用电安全", "无私拉电线", "", "", ""]]
        out = self.given(self.write_paper("a.docx", Paper(rows, ["安全生产检查表"])))
        self.assertEqual((out["items"], len(out["unsure"])), (3, 1))
        self.assertIn("没有分值", out["unsure"][0]["what"])

    def test_rows_that_share_their_points_are_said(self):
        rows = [["项目", "考核内容", "分值", "得分"], ["甲", "一", "10", ""], ["^", "二", "^", "^"], ["乙", "三", "5", ""]]
        out = self.given(self.write_paper("a.xlsx", Paper(rows, ["考核表"])))
        self.assertEqual([c["text"] for c in out["criteria"]], ["一\n二", "三"])
        self.assertEqual(out["unsure"][0]["place"], "table 1, row 4")

    def test_a_thousand_rows(self):
        head = ["项目", "考核内容", "分值", "评分标准", "得分"]
        rows = [head] + [[f"第{i // 10 + 1}类" if i % 10 == 0 else "^", f"工作{i}按要求完成，资料齐全", "1",
                          "每少1次扣0.5分，最多扣1分", ""] for i in range(1000)]
        for kind in ("xlsx", "csv"):
            path = self.write_paper(f"a.{kind}", Paper(rows, ["大表考核表"]))
            start = time.monotonic()
            out = self.given(path)
            self.assertEqual((out["items"], out["points"], len(out["sections"])), (1000, "1000", 100))
            self.assertLess(time.monotonic() - start, 10)

    def test_three_hundred_rows_take_less_than_a_second(self):
        head = ["项目", "考核内容", "分值", "评分标准", "得分"]
        rows = [head] + [[f"第{i // 10 + 1}类", f"工作{i}按要求完成", "1", "每少1次扣0.5分", ""] for i in range(300)]
        path = self.write_paper("a.xlsx", Paper(rows, ["大表考核表"]))
        start = time.monotonic()
        self.done("form", "import", path, "--lang", "zh", "-o", "form.json")
        self.assertLess(time.monotonic() - start, 1)

    def test_words_say_what_is_unsure(self):
        out = self.done("form", "import", ROOT / "tests/cases/given/F12.docx", "--lang", "zh", "-o", "f12.json")
        self.assertIn("第 1 张表第 11 行：印着 24 分，条目合计是 22 分", out)
        self.assertIn("已写入 f12.json。", out)
        english = self.done("form", "import", ROOT / "tests/cases/given/F12.docx", "--lang", "en", "-o", "f12.json")
        self.assertIn("Please look at these 2 places:", english)

    def test_the_id_is_asked_for_or_made(self):
        path = self.write_paper("a.docx", self.small())
        self.done("form", "import", path, "--id", "my-form", "-o", "x.json", "--lang", "zh")
        self.assertEqual(json.loads((self.folder / "x.json").read_text())["id"], "my-form")
        self.done("form", "import", path, "-o", "x.json", "--lang", "zh")
        self.assertEqual(json.loads((self.folder / "x.json").read_text())["id"], "x")
        self.assertEqual(self.run_command("form", "import", path, "--id", "a/b", "-o", "x.json")[0], 2)

    def test_a_form_of_an_import_can_be_filled(self):
        path = self.write_paper("a.docx", self.small())
        self.done("form", "import", path, "--id", "made", "-o", "made.json", "--lang", "zh")
        self.done("new", "made.json", "--unit", "某医院", "--period", "2026", "-o", "report.json", "--lang", "zh")
        self.write("rows.csv", "item,field,value\n1.1.1,count:1,否\n1.1.1,count:2,否\n1.1.2,blank:次数,2\n")
        self.run_command("fill", "report.json", "--from", "rows.csv", "-o", "report.json")
        score = json.loads(self.done("score", "report.json", "--format", "json", "--items"))
        self.assertEqual(score["layers"]["self"]["items"]["1.1.2"]["score"], "6")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
