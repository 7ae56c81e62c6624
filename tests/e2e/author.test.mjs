// The desk of a form's author: from the file that a bureau mails to a form that units fill in.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const at = (page, id) => page.locator(`[data-id="${id}"]`);
const given = (name) => readFileSync(new URL(`../cases/given/${name}`, import.meta.url));
/** A key of assets/i18n that no sentence was found for. */
const keyLike = /\b(ui|form|error)\.[a-z-]+(\.[a-z-]+)+/;

/** A Word file with one table, as python-docx writes it; "^" belongs to the cell above. */
function wordFile(rows, title = "某医院党建工作考核表") {
  const script = `
import io, json, sys, docx
job = json.load(sys.stdin)
paper = docx.Document()
paper.add_paragraph(job["title"])
rows = job["rows"]
table = paper.add_table(len(rows), len(rows[0]))
for r, row in enumerate(rows):
    for c, text in enumerate(row):
        if text == "^":
            table.cell(r - 1, c).merge(table.cell(r, c))
        else:
            table.cell(r, c).text = text
out = io.BytesIO()
paper.save(out)
sys.stdout.buffer.write(out.getvalue())`;
  return execFileSync("/usr/bin/python3", ["-c", script], { input: JSON.stringify({ rows, title }) });
}

const head = ["考核项目", "考核内容", "分值", "评分标准", "得分"];
/** Two points that cannot be read, a row that is an example, an item without anything. */
const doubtful = [
  head,
  ["组织建设", "设立党务工作机构，有专人负责", "10", "没有机构的扣2分", ""],
  ["^", "按期换届", "若干", "每逾期1个月扣1分，最高扣3分", ""],
  ["^", "按时交纳党费", "10", "每少1次扣0.5分", ""],
  ["学习教育", "每季度集中学习1次", "酌定", "每少1次扣1.5分", ""],
  ["^", "有学习记录", "20", "记录不全的扣2分", ""],
  ["阵地建设", "有党员活动室", "10", "没有的扣10分", ""],
  ["^", "设备齐全", "5", "每缺1项扣1分", ""],
  ["^", "使用有记录", "5", "每缺1次扣0.5分", ""],
  ["例", "填写示例", "5", "", ""],
];
/** The year after: an item is new, one has other points. */
const nextYear = [
  head,
  ["组织建设", "设立党务工作机构，有专人负责", "12", "没有机构的扣2分", ""],
  ["^", "按期换届", "若干", "每逾期1个月扣1分，最高扣3分", ""],
  ["^", "按时交纳党费", "10", "每少1次扣0.5分", ""],
  ["^", "党务公开", "5", "每少1次扣1分", ""],
  ["学习教育", "每季度集中学习1次", "酌定", "每少1次扣1.5分", ""],
  ["^", "有学习记录", "20", "记录不全的扣2分", ""],
  ["阵地建设", "有党员活动室", "10", "没有的扣10分", ""],
  ["^", "设备齐全", "5", "每缺1项扣1分", ""],
  ["^", "使用有记录", "5", "每缺1次扣0.5分", ""],
];

const shows = (page, id, text) => at(page, id).filter({ hasText: text }).waitFor({ state: "attached" });
const openDoubts = async (page) => Number((await at(page, "author/card/doubts").textContent())?.match(/^\d+/)?.[0]);

/** Drops the file and opens its desk. */
async function begin(page, name, content = given(name)) {
  await h.drop(page, name, content);
  await h.dialog(page, "made-form").waitFor();
  await h.press(page, at(page, "made/edit"));
  await at(page, "author/card/items").waitFor({ state: "attached" });
  await h.saved(page);
}

async function type(page, id, text) {
  await h.click(page, at(page, id));
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
  await h.holds(at(page, id), text);
}

scene("a mailed file is looked through, changed, tried, given out, and filled in from its file", async ({ page, stage }) => {
  await begin(page, "F12.docx");
  // The printed sum that is off is said, with its place.
  await shows(page, "author/card/points", "98");
  await h.press(page, at(page, "author/card/sums"));
  assert.deepEqual(await h.violations(page), []);
  assert.doesNotMatch((await page.locator("#mirror").textContent()) ?? "", keyLike);
  await h.screenshot(page, "author");

  // An item's points: the form's and its section's follow at every key.
  await h.press(page, at(page, "author/form/3.1.1"));
  await type(page, "author/points", "4");
  await shows(page, "author/card/points", "100");
  await shows(page, "author/card/sums", "0");
  await h.leaveField(page);
  await h.saved(page);

  await h.press(page, at(page, "author/try"));
  await at(page, "trial-back").waitFor({ state: "attached" });
  await type(page, "score/self/1.1.1", "2");
  await h.leaveField(page);
  await h.screenshot(page, "author-try");
  await h.press(page, at(page, "trial-back"));
  await shows(page, "author/card/points", "100");

  await h.press(page, at(page, "author/finish"));
  await h.dialog(page, "author-finish").waitFor();
  assert.deepEqual(await h.violations(page), []);
  const file = await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")));
  const form = JSON.parse(file.content.toString("utf8"));
  assert.equal(form.sections[2].items?.[0].points ?? form.sections[2].groups[0].items[0].points, 4);

  // Home knows one draft, and no sample of it.
  await h.press(page, at(page, "author-finish/close"));
  await h.goHome(page);
  assert.equal(await page.locator('[data-id^="card/"]').count(), 1);

  const unit = await stage.page({ context: await stage.user() });
  await h.drop(unit, file.name, file.content);
  await h.dialog(unit, "new").waitFor();
  await unit.getByRole("textbox", { name: words["ui.new.unit"] }).fill("市第一医院党委");
  await h.press(unit, at(unit, "new/create"));
  await unit.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await type(unit, "score/self/1.1.1", "2");
  await h.leaveField(unit);
  const { report } = await h.exportReport(unit);
  assert.equal(report.form.id, form.id);
});

scene("every doubt is gone through with the keyboard alone; what was decided outlives a reload, and is taken back", async ({ page }) => {
  await begin(page, "考核表.docx", wordFile(doubtful));
  const left = (count) => shows(page, "author/card/doubts", new RegExp(`^${count}\\D`));
  const all = await openDoubts(page);
  assert.equal(all, 3, "two points and an example");
  await h.waitFocus(page, "author/accept");
  assert.deepEqual(await h.violations(page), []);
  await h.screenshot(page, "author-doubt");
  await page.keyboard.press("Enter");
  await left(2);
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await left(2);
  await h.waitFocus(page, "author/accept");
  await page.keyboard.press("F8");
  await page.keyboard.press("Shift+F8");
  await h.waitFocus(page, "author/accept");
  // Points that are given answer the doubt about them.
  await type(page, "author/points", "10");
  await left(1);
  await h.leaveField(page);
  await page.keyboard.press("F8");
  await h.waitFocus(page, "author/accept");
  await page.keyboard.press("Enter");
  await left(0);
  await h.afterFrames(page);
  await page.keyboard.press("Control+Z");
  await left(1);
});

scene("the next year's file keeps ids and decisions, and says what changed", async ({ page }) => {
  await begin(page, "2026.docx", wordFile(doubtful));
  await h.press(page, page.locator('[data-id^="author/form/"]').filter({ hasText: "按期换届" }));
  await type(page, "author/points", "10");
  await h.leaveField(page);
  await h.press(page, at(page, "author/finish"));
  const first = JSON.parse((await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")))).content.toString("utf8"));
  await h.press(page, at(page, "author-finish/close"));
  await h.drop(page, "2027.docx", wordFile(nextYear));
  await h.dialog(page, "made-form").waitFor();
  await h.press(page, at(page, "made/next"));
  await shows(page, "author/card/items", /^9\D/);
  await h.press(page, at(page, "author/card/items"));
  const said = page.locator('[data-id^="author/change/"]');
  await said.filter({ hasText: "党务公开" }).first().waitFor({ state: "attached" });
  await said.filter({ hasText: "12" }).first().waitFor({ state: "attached" });
  await h.press(page, at(page, "author/finish"));
  const next = JSON.parse((await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")))).content.toString("utf8"));
  assert.equal(next.id, first.id);
  assert.equal(next.version, "2");
  const items = next.sections[0].items ?? next.sections[0].groups[0].items;
  assert.deepEqual(items.map((item) => item.points), [12, 10, 10, 5], "what was decided last year is decided");
});

scene("what a row is, and the title: each is changed, taken back, done again", async ({ page }) => {
  await begin(page, "F11.docx");
  const count = async () => Number((await at(page, "author/card/items").textContent())?.match(/^\d+/)?.[0]);
  const items = await count();
  const has = (number) => h.eventually(async () => assert.equal(await count(), number));
  const item = page.locator('[data-id^="author/form/"][data-id$=".1.1"]').first();
  await h.press(page, item);
  await at(page, "author/kind").selectOption({ label: words["ui.author.as.leave"] });
  await has(items - 1);
  await h.press(page, at(page, "undo"));
  await has(items);
  await h.press(page, at(page, "redo"));
  await has(items - 1);
  await h.press(page, at(page, "undo"));
  await has(items);

  // By the row of the given table.
  const row = page.locator('[data-id^="author/source/"]').last();
  await h.press(page, row);
  await at(page, "author/kind").selectOption({ label: words["ui.author.as.note"] });
  await h.afterFrames(page, 4);
  await h.press(page, at(page, "undo"));
  await has(items);

  await h.press(page, at(page, "author/card/items"));
  await type(page, "author/name", "二〇二七年考评表");
  await at(page, "breadcrumb").filter({ hasText: "二〇二七年考评表" }).waitFor({ state: "attached" });
  await h.leaveField(page);
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await at(page, "breadcrumb").filter({ hasText: "二〇二七年考评表" }).waitFor({ state: "attached" });
});

scene("a rule's figures, a rule that is none, and what a column is for", async ({ page }) => {
  await begin(page, "考核表.docx", wordFile(doubtful));
  const line = page.locator('[data-id^="author/form/"]').filter({ hasText: "按时交纳党费" });
  const reads = (text) => line.filter({ hasText: text }).waitFor({ state: "attached" });
  await h.press(page, line);
  await reads("−0.5/次");
  await type(page, "author/rule/1/each", "1.5");
  await reads("−1.5/次");
  await h.leaveField(page);
  await h.click(page, at(page, "author/rule/1/drop"));
  await reads(words["ui.author.rule.dropped"]);
  await h.press(page, at(page, "undo"));
  await reads("−1.5/次");
  await type(page, "author/rules", "每少1次扣2分，最高扣4分");
  await reads(say("ui.author.rule.cap", { cap: 4 }));
  await h.leaveField(page);
  // The column of rules is only read: no item has any.
  await h.press(page, at(page, "author/column/1.4"));
  await at(page, "author/role").selectOption({ label: words["ui.author.role.text"] });
  await h.eventually(async () => assert.doesNotMatch((await line.textContent()) ?? "", /−/));
  await h.press(page, at(page, "author/card/items"));
  await page.locator('[data-id^="author/changed/"]').first().waitFor({ state: "attached" });
  assert.deepEqual(await h.violations(page), []);
  await h.screenshot(page, "author-changed");
});

scene("items are split, added, moved and removed, and a section is added; each is one step back", async ({ page }) => {
  const parts = doubtful.slice(0, 4).map((row) => [...row]);
  parts[2] = ["^", "1.换届请示齐全（4分）；2.选举程序规范（6分）", "", "1.缺1份扣1分；2.不规范的扣3分", ""];
  await begin(page, "考核表.docx", wordFile([...parts, ["学习教育", "有学习记录", "20", "记录不全的扣2分", ""]]));
  const items = () => page.locator('[data-id^="author/form/"][data-id*="."]').allTextContents();
  const count = (number) => shows(page, "author/card/items", new RegExp(`^${number}\\D`));
  await count(4);
  await h.press(page, page.locator('[data-id^="author/form/"]').filter({ hasText: "换届请示" }));
  await h.press(page, at(page, "author/split"));
  await count(5);
  await shows(page, "author/form/1.1.3", "选举程序规范");
  assert.match((await items()).join("\n"), /选举程序规范[^\n]*6/);
  await h.press(page, at(page, "author/form/1.1.3"));
  await h.press(page, at(page, "author/up"));
  await shows(page, "author/form/1.1.2", "选举程序规范");
  await h.press(page, at(page, "undo"));
  await shows(page, "author/form/1.1.2", "换届请示");
  await h.press(page, at(page, "author/form/1.1.4"));
  await at(page, "author/section").selectOption({ label: "学习教育" });
  await shows(page, "author/form/2.1.2", "按时交纳党费");

  await h.press(page, at(page, "author/form/2.1.1"));
  await h.press(page, at(page, "author/add-item"));
  await h.waitFocus(page, "author/text");
  await type(page, "author/text", "谈心谈话");
  await h.leaveField(page);
  await type(page, "author/points", "5");
  await h.leaveField(page);
  await shows(page, "author/form/2.1.2", "谈心谈话");
  await count(6);
  assert.deepEqual(await h.violations(page), []);
  await h.screenshot(page, "author-arranged");

  await h.press(page, at(page, "author/form/1"));
  await h.press(page, at(page, "author/add-section"));
  await h.waitFocus(page, "author/title");
  await type(page, "author/title", "作风建设");
  await h.leaveField(page);
  await shows(page, "author/form/2", "作风建设");
  await count(7);
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await shows(page, "author/form/2", "作风建设");
  await h.press(page, at(page, "author/form/2"));
  await h.press(page, at(page, "author/remove"));
  await h.eventually(async () => assert.doesNotMatch((await items()).join("\n"), /作风建设/));
  await h.press(page, at(page, "author/finish"));
  const form = JSON.parse((await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")))).content.toString("utf8"));
  assert.match(JSON.stringify(form), /谈心谈话/);
});

scene("grades, the head, notes and signatures are written, a line each", async ({ page }) => {
  await begin(page, "F15.docx");
  await h.press(page, at(page, "author/card/items"));
  await h.press(page, at(page, "author/more"));
  await type(page, "author/lines/bands", "85分以上为规范级\n不满85分为不规范级");
  await h.leaveField(page);
  await at(page, "author/lines/signatures").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("考评组长：");
  await h.leaveField(page);
  await h.saved(page);
  assert.deepEqual(await h.violations(page), []);
  await h.screenshot(page, "author-lines");
  await h.press(page, at(page, "author/finish"));
  const form = JSON.parse((await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")))).content.toString("utf8"));
  assert.deepEqual(form.grades.bands.map((band) => band.label), ["规范级", "不规范级"]);
  assert.match(JSON.stringify(form), /考评组长/);
});

scene("a ledger's column gets another name, type and options", async ({ page }) => {
  await begin(page, "F25.docx");
  await h.press(page, at(page, "author/column/1.6"));
  await at(page, "author/type").selectOption({ label: words["ui.author.type.text"] });
  await type(page, "author/label", "办结期限");
  await h.leaveField(page);
  await h.press(page, at(page, "author/column/1.9"));
  await at(page, "author/type").selectOption({ label: words["ui.author.type.choice"] });
  await type(page, "author/options", "好\n差");
  await h.leaveField(page);
  await h.saved(page);
  await h.screenshot(page, "author-ledger");
  await h.press(page, at(page, "author/finish"));
  const form = JSON.parse((await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")))).content.toString("utf8"));
  const column = (label) => form.table.columns.find((one) => one.label === label);
  assert.equal(column("办结期限").type, "text");
  assert.deepEqual(column("整改情况").options, ["好", "差"]);
});

scene("two tabs on one draft: the second only reads until it takes over, and has what the first typed", async ({ page, context, stage }) => {
  await begin(page, "考核表.docx", wordFile(doubtful));
  const route = new URL(page.url()).hash.slice(1);
  const second = await stage.page({ context, route });
  await second.getByText(words["ui.reader"]).waitFor({ state: "attached" });
  await page.bringToFront();
  const line = (tab) => tab.locator('[data-id^="author/form/"]').filter({ hasText: "设立党务工作机构" });
  await h.press(page, line(page));
  await type(page, "author/points", "7");
  await h.saved(page);
  await second.bringToFront();
  await h.click(second, h.button(second, words["ui.reader.take-over"]));
  await second.getByText(words["ui.reader"]).waitFor({ state: "detached" });
  await line(second).filter({ hasText: "7" }).waitFor({ state: "attached" });
  await h.press(second, line(second));
  await type(second, "author/points", "8");
  await h.saved(second);
  await second.close();
  await page.bringToFront();
  await line(page).filter({ hasText: "8" }).waitFor({ state: "attached" });
});

scene("a table that is pasted becomes a form", async ({ page }) => {
  const row = (cells, tag = "td") => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  const html = `<html><body><p>某医院行风建设考核表</p><table>${row(head, "th")}
    <tr><td rowspan=2>行风建设</td><td>没有投诉</td><td>10</td><td>每起扣2分</td><td></td></tr>
    ${row(["公开承诺", "5", "未公开的不得分", ""])}</table><p>注：80分以上为合格，不满80分为不合格。</p></body></html>`;
  await h.copy(page, { "text/html": html, "text/plain": "某医院行风建设考核表" });
  await page.keyboard.press("Control+V");
  await h.dialog(page, "made-form").waitFor();
  await at(page, "made/figures").filter({ hasText: "15" }).waitFor({ state: "attached" });
  await h.press(page, at(page, "made/edit"));
  await shows(page, "author/form/1", "行风建设");
  await shows(page, "author/form/1.1.2", "公开承诺");
  await at(page, "breadcrumb").filter({ hasText: "某医院行风建设考核表" }).waitFor({ state: "attached" });
});

scene("the page as one file begins with the form that it was made for", async ({ page, stage }) => {
  await begin(page, "F12.docx");
  await h.press(page, at(page, "author/finish"));
  const { content } = await h.downloaded(page, () => h.press(page, at(page, "author-finish/page")));
  const folder = mkdtempSync(path.join(tmpdir(), "author-"));
  try {
    const file = path.join(folder, "form.html");
    writeFileSync(file, content);
    const unit = await (await stage.user()).newPage();
    await unit.goto(pathToFileURL(file).href);
    await h.becomeReady(unit);
    await h.dialog(unit, "new").waitFor();
    await unit.getByRole("textbox", { name: words["ui.new.unit"] }).fill("市第一医院党委");
    await h.press(unit, at(unit, "new/create"));
    await at(unit, "score/self/1.1.1").waitFor({ state: "attached" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, { expectErrors: true }); // the copy's styles are no business of the page that makes it, and are refused there
