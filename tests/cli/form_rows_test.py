"""Tables of format 2 by the command: form_rows_test.py [PATH_TO_DUIBIAO] [unittest's arguments]. Amounts, rates by band,
sums, groups, an example row, limits in words, counts and a share; every figure is worked out here once more by hand."""

import json
import shutil
import sys
import unittest

import cli_test
from cli_test import ROOT
from forms_test import FormCase

DUES_HEAD = "序号,党员姓名,党员类别,月工资收入（元）,执行标准,月应缴党费（元）,全年应缴党费（元）,全年实缴党费（元）,备注\n"
DUES = [("党员甲", "在职", "3000.00", "0.5%", "15.00", "180.00", "180.00"),
        ("党员乙", "在职", "3000.01", "1%", "30.00", "360.00", "360.00"),
        ("党员丙", "在职", "5000.00", "1%", "50.00", "600.00", "600.00"),
        ("党员丁", "在职", "4387.65", "1%", "43.88", "526.56", "526.56"),
        ("党员戊", "在职", "9876.50", "1.5%", "148.15", "1777.80", "1777.80"),
        ("党员己", "在职", "10000.00", "1.5%", "150.00", "1800.00", "1800.00"),
        ("党员庚", "在职", "12345.67", "2%", "246.91", "2962.92", "2900.00"),
        ("党员辛", "离退休", "5000.00", "0.5%", "25.00", "300.00", "300.00"),
        ("党员壬", "离退休", "5600.00", "1%", "56.00", "672.00", "700.00"),
        ("党员癸", "学生", "", "0.2元", "0.20", "2.40", "2.40")]


class RowsCase(FormCase):
    def new_own(self, form, name):
        shutil.copy(ROOT / f"tests/forms/{form}.json", self.path(f"{form}.json"))
        return self.new(f"{form}.json", name)

    def figures(self, name):
        return json.loads(self.done("score", name, "--format", "json"))["figures"]

    def said(self, name, as_of="2026-12-31", exit=0):
        return [(finding["row"], finding["code"]) for finding in self.findings(name, as_of=as_of, exit=exit)
                if finding.get("row")]


class Dues(RowsCase):
    def fill_dues(self, changes=(), without=()):
        """The ten members as a person types them: what follows is left empty. `changes`: (row, column) to a text."""
        name = self.new_own("dues-ledger", "dues.json")
        lines = []
        for number, row in enumerate(DUES, 1):
            if number in without:
                continue
            cells = {"name": row[0], "kind": row[1], "income": row[2], "rate": "", "paid": row[6], "remark": ""}
            cells.update({column: text for (at, column), text in dict(changes).items() if at == number})
            lines.append(f'{number},{cells["name"]},{cells["kind"]},"{cells["income"]}",{cells["rate"]},,,'
                         f'{cells["paid"]},{cells["remark"]}\n')
        self.fill_with(name, DUES_HEAD + "".join(lines) + "总计,,,,,1,2,3,\n")
        return name

    def test_bands_cents_and_sums(self):
        name = self.fill_dues()
        self.assertEqual(self.rows(name), [list(row) for row in DUES])
        self.assertEqual(self.figures(name), {"monthly": "765.14", "yearly": "9181.68", "paid": "9146.76"})
        self.assertEqual(self.said(name), [(7, "amount-short"), (9, "amount-over")])
        short, over = self.findings(name, as_of="2026-12-31")
        self.assertEqual((short["severity"], over["severity"]), ("warning", "notice"))
        self.assertIn("62.92", json.dumps(short, ensure_ascii=False))
        self.assertIn("28.00", json.dumps(over, ensure_ascii=False))

    def test_a_rate_of_its_own_wants_a_remark(self):
        name = self.fill_dues({(2, "rate"): "0.5%"})
        self.assertEqual(self.rows(name)[1], ["党员乙", "在职", "3000.01", "0.5%", "15.00", "180.00", "360.00"])
        self.assertIn((2, "formula-differs"), self.said(name))
        name = self.fill_dues({(2, "rate"): "0.5%", (2, "remark"): "经支部大会同意，生活困难", (2, "paid"): "180"})
        self.assertEqual(self.figures(name), {"monthly": "750.14", "yearly": "9001.68", "paid": "8966.76"})
        self.assertEqual([row for row, _ in self.said(name)], [7, 9])

    def test_a_row_less(self):
        name = self.fill_dues(without=[4])
        self.assertEqual(self.figures(name), {"monthly": "721.26", "yearly": "8655.12", "paid": "8620.20"})

    def test_amounts_as_people_write_them(self):
        for text in ["5,600.00", "５６００", "5600元", "￥5600", "5 600"]:
            name = self.fill_dues({(9, "income"): text})
            self.assertEqual(self.rows(name)[8][2:6], ["5600.00", "1%", "56.00", "672.00"], text)

    def test_refused_by_name(self):
        self.new_own("dues-ledger", "dues.json")
        for cells, words in [("在职,3000.004,", ["月工资收入", "两位"]), ("在职,三千,", ["月工资收入"]),
                             ("在职,3000,一半", ["执行标准", "0.5%"]), ("干部,3000,", ["党员类别", "离退休"])]:
            self.write("table.csv", DUES_HEAD + f"1,党员甲,{cells},,,,\n")
            code, _, error = self.run_command("fill", "dues.json", "--from", "table.csv", "-o", "dues.json", "--lang", "zh")
            self.assertEqual(code, 2, cells)
            for word in words:
                self.assertIn(word, error)

    def test_printed_sums(self):
        html = self.exported_text(self.fill_dues(), "--to", "html")
        for words in ["总计", "765.14", "9181.68", "9146.76", "党员壬"]:
            self.assertTrue(words in html, words)


class Rectification(RowsCase):
    HEAD = "序号,反馈问题,整改措施,责任领导,责任部门,整改时限,整改状态,完成时间,整改情况,佐证材料\n"
    EXAMPLE = "例,学习制度落实不严,修订学习制度，每季度通报一次,某副书记,办公室,2025-06-30,完成,2025-06-20,已印发,制度\n"
    GROUPS = ["一、上轮巡察发现的问题整改不够到位", "二、基层党组织建设不够扎实", "三、行业监管不够有力"]
    ROWS = [(0, "学习制度执行不严,修订学习制度，每季度通报,张某,办公室,2025-06-30,完成,2025-06-20,已印发并通报,制度、通报"),
            (0, "牵头责任不清,明确牵头科室和分工,李某,医政科,2025年底前,阶段性完成,,已定分工，正在会签,"),
            (1, "支部到期没有换届,制定换届计划，按期换届,王某,机关党委,2026年3月底前,完成,2026-03-28,两个支部已换届,批复"),
            (1, "党费管理不规范,补齐登记，按季公示,王某,机关党委,立行立改,完成,,已补齐,"),
            (1, "谈心谈话走过场,每半年谈一次，记录备查,赵某,人事科,长期坚持,长期坚持,,本年已谈一轮,谈话记录"),
            (2, "耗材采购监管不严,修订采购办法,刘某,规财科,2026-03-30,未完成,,办法在征求意见,"),
            (2, "投诉处理不及时,,,,2026-06-30,未完成,,,"),
            (2, "信息公开不全,补齐公开目录,刘某,办公室,2025年9月30日,完成,2025-10-15,目录已补齐,网页截图")]

    def ledger(self, rows=ROWS, day="2026-03-31"):
        name = self.new_own("rectification-ledger", "rows.json")
        self.fill_with(name, f"item,value\nheader.date,{day}\n")
        table, group = self.HEAD + self.EXAMPLE, None
        for number, (of, row) in enumerate(rows, 1):
            if of != group:
                table += self.GROUPS[of] + "," * 9 + "\n"
            group = of
            table += f"{number},{row}\n"
        self.fill_with(name, table + "9,,,,,,,,,\n合计：问题    个，其中完成    个" + "," * 9 + "\n")
        return name

    def test_counts_limits_and_findings(self):
        name = self.ledger()
        self.assertEqual([row[0] for row in self.rows(name)], [self.GROUPS[of] for of, _ in self.ROWS])
        self.assertEqual(self.figures(name), {"total": "8", "done": "4", "partly": "1", "lasting": "1", "open": "2",
                                              "rate": "50.0%"})
        # The day it was filled in counts, not the day on which it is looked at.
        for as_of in ["2026-03-31", "2027-01-01"]:
            self.assertEqual(self.said(name, as_of),
                             [(2, "row-overdue"), (4, "cell-required-when"), (6, "row-overdue"), (7, "cell-required"),
                              (8, "row-late")])
        days = {finding["row"]: finding for finding in self.findings(name, as_of="2026-03-31")}
        for row, count in [(2, 90), (6, 1), (8, 15)]:
            self.assertIn(f"{count} ", json.dumps(days[row], ensure_ascii=False) + " ")

    def test_the_day_itself_is_in_time(self):
        only = [self.ROWS[1]]
        self.assertEqual(self.said(self.ledger(only, "2025-12-31")), [(1, "row-due-soon")])
        self.assertEqual(self.said(self.ledger(only, "2026-01-01")), [(1, "row-overdue")])

    def test_what_is_written_wrongly_is_said_and_kept(self):
        row = "甲,乙,丙某,丁,{limit},{state},{done},戊,己"
        wrong = [(0, row.format(limit="2026-06-30", state="已完成", done="")),
                 (0, row.format(limit="尽快", state="未完成", done="")),
                 (0, row.format(limit="2026-06-30", state="完成", done="2026-04-02")),
                 (0, row.format(limit="2026-06-30", state="未完成", done="2026-03-02"))]
        name = self.ledger(wrong)
        self.assertEqual(self.said(name, exit=1), [(1, "choice-other"), (2, "deadline-unknown"), (3, "cell-future"),
                                                   (4, "row-contradiction")])
        self.assertIn("完成", json.dumps(self.findings(name, as_of="2026-03-31", exit=1)[0], ensure_ascii=False))

    def test_a_row_that_begins_like_a_sum_is_data(self):
        name = self.new_own("rectification-ledger", "rows.json")
        self.fill_with(name, self.HEAD + ",合计多报三万元,退回,张某,办公室,2026-06-30,未完成,,,\n合计：问题    个" + "," * 9 + "\n")
        self.assertEqual([row[1] for row in self.rows(name)], ["合计多报三万元"])

    def test_paper(self):
        html = self.exported_text(self.ledger(), "--to", "html", "--lang", "zh")
        for words in self.GROUPS + ["例", "某副书记", "合计：问题8个，其中完成4个，阶段性完成1个，长期坚持1个，未完成2个；完成率50.0%"]:
            self.assertTrue(words in html, words)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and "." not in sys.argv[1]:
        cli_test.DUIBIAO = sys.argv.pop(1)
    unittest.main()
