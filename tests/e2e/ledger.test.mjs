// The ledger and the forms it answers, as a clerk uses them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say, copy } = h;
const unit = "市第一医院内科党支部";
const annex1 = JSON.parse(await readFile(path.join(h.root, "assets/instruments/ruian-2019-annex1.json"), "utf8"));
const items = annex1.sections.flatMap((section) => section.groups.flatMap((group) => group.criteria));
const committee = items.find((item) => item.text === "每月召开一次支委会");
const assembly = items.find((item) => item.text.startsWith("每季度要召开一次支部党员大会"));

/** A new form of the unit through its link; the page's own dialog is ready filled in. */
async function create(page, form) {
  await page.evaluate((route) => (location.hash = route), `#/new/${form}?unit=${encodeURIComponent(unit)}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
  return h.documentId(page);
}

const duty = (page, title) => page.getByRole("rowheader", { name: new RegExp(`^${title} `) });
const figure = (page, key) => page.getByRole("status").filter({ hasText: words[key] }).first();

async function paste(page, table) {
  await h.click(page, h.button(page, words["ui.ledger.paste"]));
  await h.dialog(page, "paste").waitFor();
  await page.getByRole("textbox", { name: words["ui.ledger.paste"] }).fill(table);
  await h.click(page, h.button(page, words["ui.paste.add"]));
}

const year = (skip = []) =>
  ["日期\t类型\t主题"]
    .concat(
      Array.from({ length: 10 }, (_, month) => month + 1)
        .filter((month) => !skip.includes(month))
        .map((month) => `2026-${String(month).padStart(2, "0")}-08\t支委会\t研究发展对象`),
    )
    .join("\n");

/** The page's day is one on which ten months are over and the eleventh is not. */
const inNovember = () => {
  const now = Date.now.bind(Date);
  const off = new Date("2026-11-21T10:00:00").getTime() - now();
  Date.now = () => now() + off;
};

async function openCard(page, title) {
  await h.goHome(page);
  await h.click(page, page.locator('[data-id^="card/"]').filter({ hasText: title }).first());
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
}

scene("an activity by keyboard alone: date, kind, topic, Enter", async ({ page }) => {
  await create(page, "ledger");
  await page.getByRole("textbox", { name: "日期", exact: true }).focus();
  await page.keyboard.type("2026.3.5");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText("支部委员会");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText("研究党费使用");
  await page.keyboard.press("Enter");
  await h.says(h.toast(page), say("ui.ledger.added", { count: 1 }));
  await h.saved(page);
  await duty(page, "支委会").waitFor({ state: "attached" });
  const march = page.locator('[data-id$="/2026-03"]').filter({ hasText: "支委会" });
  await h.eventually(async () => assert.match((await march.textContent()) ?? "", /3月 1/));
  await page.reload();
  await h.becomeReady(page);
  await h.eventually(async () => assert.match((await march.textContent()) ?? "", /3月 1/));
});

scene("several days at once; a wrong row is said beside the form and nothing is written", async ({ page }) => {
  await create(page, "ledger");
  await page.getByRole("textbox", { name: "日期", exact: true }).fill("2026-01-08、2026-02-30");
  await page.getByRole("textbox", { name: "类型", exact: true }).fill("支委会");
  await h.click(page, h.button(page, words["ui.ledger.add"]));
  await page.getByRole("alert").filter({ hasText: "日期" }).waitFor({ state: "attached" });
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 0`);
  await page.getByRole("textbox", { name: "日期", exact: true }).fill("2026-01-08、2026-02-27");
  await h.click(page, h.button(page, words["ui.ledger.add"]));
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 2`);
});

scene("a table from a spreadsheet: all or nothing, and one undo takes it back", async ({ page }) => {
  await create(page, "ledger");
  await paste(page, `${year()}\n2026-02-30\t支委会\t\n2026-03-01\t茶话会\t`);
  await page.locator('[data-id="paste/error/0"]').waitFor({ state: "attached" });
  await page.getByText(/第 12 行/).first().waitFor({ state: "attached" });
  await page.getByText(/第 13 行/).first().waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 0`);
  await paste(page, year([3]));
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 9`);
  const march = page.getByRole("button", { name: `支委会 3月 ${words["ui.ledger.lacks"]}`, exact: true });
  await march.waitFor({ state: "attached" });
  await h.click(page, h.button(page, words["ui.undo.name"]));
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 0`);
  await h.saved(page);
});

// --- The clipboard as spreadsheets fill it ------------------------------------------------------------------------

const activities = (page) => page.locator('[data-id="figure/3"]');
const table = (name, body) =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:${name}"><head><style>td{mso-number-format:General}</style></head><body>\n` +
  `<table border=0 cellpadding=0 style='border-collapse:collapse'>\n${body}</table>\n</body></html>`;
/** What Excel and WPS copy: quotes around cells with line feeds, and a picture. */
const fromExcel = {
  "text/plain":
    '日期\t类型\t主题\t主持人\t应到\t人员\r\n2026年3月5日\t支委会\t"研究""三会一课""\n部署\t党费"\t张　三\t12人\t张　三、李　四\r\n' +
    "2026/4/2\t党课\t学党章, 谈体会\t李四\t 9 \t王五 赵六\r\n",
  "text/html": table(
    "excel",
    "<tr><td>日期</td><td>类型</td><td>主题</td><td>主持人</td><td>应到</td><td>人员</td></tr>\n" +
      '<tr><td align=right x:num="46086">2026年3月5日</td><td>支委会</td><td>研究&quot;三会一课&quot;<br>\n    部署 党费</td><td>张　三</td><td>12人</td>' +
      "<td>张　三、李　四</td></tr>\n<tr><td>2026/4/2</td><td>党课</td><td>学党章, 谈体会</td><td>李四</td><td>&nbsp;9 </td><td>王五 赵六</td></tr>\n",
  ),
  "image/png": "",
};
/** What LibreOffice Calc puts into its HTML: breaks in a cell, merged cells, numbers with formats. */
const calcCells =
  '<tr><td height="17" align="left"><font face="Noto Sans CJK SC">日期</font></td><td>类型</td><td>主题</td><td>地点</td><td>应到</td><td>实到</td></tr>' +
  '<tr><td sdval="46086" sdnum="2052;2052;YYYY年M月D日">2026年3月5日</td><td>支委会</td><td><p>研究\n  “党费”</p><p>部署&nbsp;党课<br></p></td><td colspan=1><br></td>' +
  '<td sdval="12" sdnum="2052;0;0人">&nbsp;12人</td><td>11</td></tr>' +
  '<tr><td rowspan=2 valign=middle>2026.4.2</td><td>党课</td><td colspan=2>全院&nbsp;&nbsp;共学</td><td></td><td></td></tr>' +
  "<tr><td>&nbsp;</td><td><br></td></tr>";

async function pasteInto(page, field) {
  await h.click(page, field);
  await page.keyboard.press("Control+V");
  await h.afterFrames(page);
}

const dialogField = (page) => page.getByRole("textbox", { name: words["ui.ledger.paste"] });
const entryField = (page, name) => page.getByRole("textbox", { name, exact: true });

async function rowsOf(page) {
  const { report } = await h.exportReport(page);
  return Object.values(report.layers[0].answers).map((answer) => answer.cells.split("\t"));
}

const excelRows = [
  ["2026-03-05", "支委会", "", '研究"三会一课" 部署 党费', "", "张　三", "12", "", "", "", "", "", "张三、李四"],
  ["2026-04-02", "党课", "", "学党章, 谈体会", "", "李四", "9", "", "", "", "", "", "王五、赵六"],
];

scene("a table as Excel and WPS copy it, into the dialog and into the entry row", async ({ page }) => {
  await create(page, "ledger");
  await copy(page, fromExcel);
  await h.click(page, h.button(page, words["ui.ledger.paste"]));
  await h.dialog(page, "paste").waitFor();
  await pasteInto(page, dialogField(page));
  // The HTML decides; what its text has besides is only in the text.
  const shown = fromExcel["text/plain"].replaceAll("\r\n", "\n").replace("\t党费", " 党费").replace(" 9 ", "9").trimEnd();
  await h.holds(dialogField(page), shown);
  await h.click(page, h.button(page, words["ui.paste.add"]));
  await h.says(activities(page), `${words["ui.ledger.activities"]} 2`);
  await h.click(page, h.button(page, words["ui.ledger.new"]));
  await pasteInto(page, entryField(page, "主题"));
  await h.says(activities(page), `${words["ui.ledger.activities"]} 4`);
  await h.holds(entryField(page, "主题"), "");
  assert.deepEqual(await rowsOf(page), [...excelRows, ...excelRows]);
});

scene("rows without their head, the first of them over two lines: a wrong one is named by its own line", async ({ page }) => {
  await create(page, "ledger");
  const rows = '2026-03-05\t支委会\t一支部\t"研究\n部署"\t会议室\t张三\t12\t11\r\n';
  await copy(page, { "text/plain": rows });
  await pasteInto(page, entryField(page, "日期"));
  await h.says(activities(page), `${say("ui.ledger.activities.rate", { rate: "91.66" })} 1`);
  assert.deepEqual(await rowsOf(page), [["2026-03-05", "支委会", "一支部", "研究 部署", "会议室", "张三", "12", "11"]]);
  await h.click(page, h.button(page, words["ui.ledger.new"]));
  await copy(page, { "text/plain": `${rows}2026-02-30\t支委会\r\n` });
  await pasteInto(page, entryField(page, "日期"));
  await h.dialog(page, "error").waitFor();
  await page.getByText(/第 3 行/).first().waitFor({ state: "attached" });
});

scene("a table that is on the clipboard as HTML alone", async ({ page }) => {
  await create(page, "ledger");
  await copy(page, { "text/html": table("calc", calcCells.replace("<td>&nbsp;</td>", "<td>党课</td>")) });
  await h.click(page, h.button(page, words["ui.ledger.paste"]));
  await h.dialog(page, "paste").waitFor();
  await pasteInto(page, dialogField(page));
  await h.holds(
    dialogField(page),
    '日期\t类型\t主题\t地点\t应到\t实到\n2026年3月5日\t支委会\t"研究 “党费”\n部署 党课"\t\t12人\t11\n2026.4.2\t党课\t全院  共学\t\t\t\n2026.4.2\t党课\t',
  );
  await h.click(page, h.button(page, words["ui.paste.add"]));
  await h.says(activities(page), `${say("ui.ledger.activities.rate", { rate: "91.66" })} 3`); // the merged date holds for the row below it
  await h.click(page, h.button(page, words["ui.ledger.new"]));
  await copy(page, { "text/html": table("calc", calcCells.replaceAll("</tr>", "</tr>\n")) });
  await pasteInto(page, entryField(page, "类型"));
  await h.says(activities(page), `${say("ui.ledger.activities.rate", { rate: "91.66" })} 5`);
  const rows = [
    ["2026-03-05", "支委会", "", "研究 “党费” 部署 党课", "", "", "12", "11"],
    ["2026-04-02", "党课", "", "全院  共学"],
  ];
  assert.deepEqual(await rowsOf(page), [...rows, ["2026-04-02", "党课"], ...rows]);
});

scene("one cell that a spreadsheet quoted is its text, and so is HTML without a table", async ({ page }) => {
  await create(page, "ledger");
  const cell = { "text/plain": '"学习""党章""\n谈体会"\r\n', "text/html": table("excel", "<tr><td>学习&quot;党章&quot;<br>谈体会</td></tr>") };
  await copy(page, cell);
  await pasteInto(page, entryField(page, "主题"));
  await h.holds(entryField(page, "主题"), '学习"党章" 谈体会');
  await create(page, "jilin-committee");
  await copy(page, cell);
  await pasteInto(page, h.noteField(page, "1.1.1"));
  await h.holds(h.noteField(page, "1.1.1"), '学习"党章"\n谈体会');
  await copy(page, { "text/plain": '"不是\n表格"' });
  await pasteInto(page, h.noteField(page, "1.1.2"));
  await h.holds(h.noteField(page, "1.1.2"), '"不是\n表格"');
  await copy(page, { "text/html": "<style>p{margin:0}</style><p style='color:red'>没有\n 表格</p><div>也没有<br>文本</div>" });
  await pasteInto(page, h.noteField(page, "1.2.1"));
  await h.holds(h.noteField(page, "1.2.1"), "没有 表格\n也没有\n文本");
});

scene("entered once, answered everywhere: annex 1 takes from the ledger, and a contradiction is named", async ({ page }) => {
  await create(page, "ledger");
  await paste(page, year());
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 10`);
  await h.saved(page);
  await create(page, "ruian-2019-annex1");
  const from = (item) => page.locator(`[data-id="value/self/${item.id}/from"]`);
  await page.evaluate((id) => (location.hash += `/${id}`), committee.id);
  await h.says(from(committee), say("ui.from", { value: words["ui.cadence.met"], count: 10 }));
  await h.says(from(assembly), say("ui.from", { value: "0 次", count: 0 }));
  await h.click(page, page.getByRole("textbox", { name: new RegExp(`^${committee.id} 情况记录`) }));
  await page.keyboard.type("7");
  await page.getByRole("link", { name: h.findingText("ledger-contradiction", committee.id) }).waitFor({ state: "attached" });
  await h.saved(page);
  await h.click(page, page.getByRole("textbox", { name: new RegExp(`^${committee.id} ${words["ui.explanation.short"]}`) }));
  await page.keyboard.insertText("支部合并，其余在新支部");
  await page
    .getByRole("link", { name: h.findingText("ledger-contradiction", committee.id) })
    .waitFor({ state: "detached" });
  // What is deleted in the ledger is missed here.
  await openCard(page, "台账");
  await h.click(page, page.getByRole("radio", { name: words["ui.ledger.part.list"] }));
  await h.click(page, page.getByRole("button", { name: /^3 月 8 日 支委会/ }));
  await h.click(page, h.button(page, words["ui.ledger.delete"]));
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 9`);
  await h.saved(page);
  await openCard(page, annex1.short_title);
  await page.evaluate((id) => (location.hash = `#/doc/${location.hash.split("/")[2]}/${id}`), committee.id);
  await h.eventually(async () => assert.match((await from(committee).textContent()) ?? "", /9 次/));
}, { prepare: inNovember });

scene("the score table's measures stand as the ledger has them, and nothing is written", async ({ page }) => {
  await create(page, "ledger");
  const months = ["02", "05", "08", "11"];
  await paste(page, ["日期\t类型\t主题"].concat(months.map((m) => `2026-${m}-10\t中心组学习\t专题学习`)).join("\n"));
  await h.says(page.locator('[data-id="figure/3"]'), `${words["ui.ledger.activities"]} 4`);
  await h.saved(page);
  await create(page, "jilin-committee");
  await h.reveal(page, "3.2.2");
  const measure = page.locator('[data-id="measure/3.2.2.m2"]');
  const from = page.locator('[data-id="measure/3.2.2.m2/from"]');
  await h.says(from, say("ui.from", { value: "4 次", count: 4 }));
  assert.equal(await measure.inputValue(), "");
  assert.equal(await measure.getAttribute("placeholder"), "4");
  await h.click(page, measure);
  await page.keyboard.type("6");
  await h.says(from, say("ui.from.contradicted", { value: "4 次", count: 4 }));
  await page.getByRole("textbox", { name: `3.2.2 ${words["ui.explanation.ledger"]}` }).waitFor({ state: "attached" });
  await h.screenshot(page, "measures-1280x800");
  await page.keyboard.press("Escape");
  await h.says(from, say("ui.from", { value: "4 次", count: 4 }));
  const { report } = await h.exportReport(page);
  assert.deepEqual(report.layers[0].answers, {});
});

scene("a form nobody here has seen, dropped on the home page, is filled in without a rebuild", async ({ page }) => {
  const definition = await readFile(path.join(h.root, "tests/forms/library-inspection.json"), "utf8");
  const form = JSON.parse(definition);
  await h.drop(page, "library-inspection.json", definition);
  await h.dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("镇图书馆");
  await page.getByRole("textbox", { name: words["ui.new.period"] }).fill("2026");
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await page.getByRole("heading", { name: form.title, exact: true }).waitFor({ state: "attached" });
  const yesno = form.sections.flatMap((s) => s.groups.flatMap((g) => g.criteria)).find((c) => c.fields[0].type === "yesno");
  await page.evaluate((id) => (location.hash += `/${id}`), yesno.id);
  const group = page.getByRole("group", { name: `${yesno.id} ${yesno.fields[0].label}`, exact: true });
  await h.click(page, group.getByRole("radio", { name: words["ui.yes"], exact: true }));
  await h.saved(page);
  const { report } = await h.exportReport(page);
  assert.equal(report.instrument.id, "library-inspection");
  assert.equal(report.layers[0].answers[yesno.id].value, true);
});

scene("tasks: what is late stands on the home page and goes into a calendar", async ({ page }) => {
  await create(page, "ruian-2019-tasks");
  await h.openSend(page, 1);
  const choice = h.dialog(page, "send").getByRole("button", { name: new RegExp(`^${words["ui.send.ics"]}`) });
  const calendar = await h.downloaded(page, () => h.press(page, choice));
  assert.match(calendar.content.toString("utf8"), /BEGIN:VEVENT/);
  await page.keyboard.press("Escape");
  await h.goHome(page);
  const todo = page.locator('[data-id^="todo/"]');
  await page.getByRole("link", { name: /08-09 逾期/ }).waitFor({ state: "attached" });
  await h.click(page, page.getByRole("radio", { name: words["reminder.quarter"] }));
  await h.eventually(async () => assert.match((await todo.allTextContents()).join("；"), /10-31 逾期/));
  await h.screenshot(page, "reminders-1280x800");
  await h.click(page, todo.first());
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
});

scene("axe finds nothing on the ledger and a checklist; pictures", async ({ page }) => {
  await create(page, "ledger");
  await paste(page, year([3, 7]));
  await h.afterFrames(page, 4);
  await h.screenshot(page, "ledger-1280x800");
  assert.deepEqual(await h.violations(page), []);
  await create(page, "ruian-2019-annex1");
  await h.afterFrames(page, 4);
  await h.screenshot(page, "annex1-1280x800");
  assert.deepEqual(await h.violations(page), []);
});
