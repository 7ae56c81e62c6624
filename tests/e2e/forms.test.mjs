// Forms of any bureau on the page: the form comes as a file, facts are filled in inside the rows, and every score, sum and
// grade follows; tables with amounts, groups and sums.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const unit = "市第一医院党委";

/** The form's file is chosen, and a document of it begun. */
async function begin(page, name) {
  const text = await readFile(path.join(h.root, `tests/forms/${name}.json`), "utf8");
  await h.importByPicker(page, `${name}.json`, text, h.button(page, words["ui.import"]));
  await h.dialog(page, "new").waitFor();
  const { id } = JSON.parse(text);
  await page.evaluate((route) => (location.hash = route), `#/new/${id}?unit=${encodeURIComponent(unit)}&period=2026`);
  await h.afterFrames(page, 3);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
}

const fact = (page, item, field, layer = "self") => page.locator(`[data-id="fact/${layer}/${item}/${field}"]`);
const score = (page, item, layer = "self") => page.locator(`[data-id="score/${layer}/${item}"]`);

async function show(page, item) {
  await page.evaluate((wanted) => {
    const [, , id] = location.hash.split("/");
    location.hash = `#/doc/${id}`;
    location.hash = `#/doc/${id}/${wanted}`;
  }, item);
  await score(page, item).waitFor({ state: "attached" });
  await h.afterFrames(page);
}

async function enter(page, item, field, text) {
  await fact(page, item, field).focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
  await h.afterFrames(page);
}

async function choose(page, item, field, name) {
  await h.click(page, fact(page, item, field).getByRole("radio", { name, exact: true }));
}

const scoreIs = (page, item, text) => h.eventually(async () => assert.equal(await score(page, item).inputValue(), text));

scene("a form with deductions, blanks and bonus: the score follows from what is filled in, and says why", async ({ page }) => {
  await begin(page, "f22");
  await h.screenshot(page, "forms-f22");
  const text = await page.locator('[data-id="title"]').textContent();
  assert.match(text ?? "", /卫生监督协管服务项目质量考评表/);
  assert.equal(await page.getByText("自评").count(), 0, "only the examiners score");
  await show(page, "5.1.5");
  await enter(page, "5.1.5", "blank:应检测", "60");
  await enter(page, "5.1.5", "blank:实检测", "50");
  await scoreIs(page, "5.1.5", "1");
  await h.says(page.locator('[data-id="why/5.1.5"]'), "为什么是这个分：满分 3；少：扣 10×0.2＝2，余 1");
  // A tick, and one more by the keyboard alone.
  await show(page, "1.1.3");
  await choose(page, "1.1.3", "tick:公示", "无");
  await scoreIs(page, "1.1.3", "0");
  await choose(page, "1.1.3", "tick:公示", "有");
  await scoreIs(page, "1.1.3", "0.5");
  // A score of one's own stands against the rules until it is explained.
  await show(page, "5.1.5");
  await score(page, "5.1.5").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("2.5");
  await h.afterFrames(page);
  await scoreIs(page, "5.1.5", "2.5");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Tab");
  await scoreIs(page, "5.1.5", "1");
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await show(page, "5.1.5");
  await scoreIs(page, "5.1.5", "1");
});

scene("facts are gone through with Enter, row after row", async ({ page }) => {
  await begin(page, "f22");
  await show(page, "5.1.4");
  await fact(page, "5.1.4", "blank:应").focus();
  await page.keyboard.insertText("6");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "fact/self/5.1.4/blank:实");
  await page.keyboard.insertText("4");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "fact/self/5.1.5/blank:应检测");
  await scoreIs(page, "5.1.4", "2");
});

scene("levels, votes and stars: the grade and the facts that lower it", async ({ page }) => {
  await begin(page, "f19");
  await show(page, "4.1.1");
  await choose(page, "4.1.1", "level", "好 8");
  await scoreIs(page, "4.1.1", "8");
  await show(page, "3.1.1");
  await enter(page, "3.1.1", "count:1", "14");
  await enter(page, "3.1.1", "count:2", "1");
  await scoreIs(page, "3.1.1", "3");
  await h.screenshot(page, "forms-f19");
});

scene("a table of dues: rates, amounts and sums are worked out", async ({ page }) => {
  await begin(page, "dues-ledger");
  const field = page.locator('[data-id="grid/cell"]');
  await field.focus();
  for (const text of ["党员甲", "在职", "4387.65"]) {
    await page.keyboard.insertText(text);
    await page.keyboard.press("Tab");
    await h.afterFrames(page);
  }
  const cell = (column) => page.locator(`[data-id="grid/0/${column}"]`);
  for (const [column, text] of [["rate", "1%"], ["monthly", "43.88"], ["yearly", "526.56"]])
    await h.eventually(async () => assert.match((await cell(column).textContent()) ?? "", new RegExp(`^${text}`)));
  await h.says(page.locator('[data-id="grid/figures"]'), "总计　月应缴党费合计 43.88　全年应缴党费合计 526.56　全年实缴党费合计 0.00");
  await h.screenshot(page, "forms-dues");
  // What is worked out cannot be typed, and says so.
  await page.keyboard.press("Tab");
  await h.afterFrames(page);
  await page.keyboard.insertText("7");
  await h.says(h.toast(page), h.say("ui.grid.worked-out", { name: "月应缴党费（元）" }));
  await h.eventually(async () => assert.match((await cell("monthly").textContent()) ?? "", /^43\.88/));
});

scene("a form travels in its report; corrected, it accuses nobody and is offered; a shipped id is asked about", async ({ page, stage }) => {
  await begin(page, "f12");
  await h.click(page, score(page, "1.1.1"));
  await page.keyboard.type("2");
  await h.holds(score(page, "1.1.1"), "2");
  await h.leaveField(page);
  await h.saved(page);
  const address = page.url().replace(/(#\/doc\/[^/]+).*/, "$1");
  const sent = await h.exportReport(page);
  assert.equal(sent.report.form.id, "f12-integrity");

  // Elsewhere nobody has the form: the report is enough, also after a restart, and a new one can be begun.
  const context = await stage.user();
  const there = await stage.page({ context });
  await h.drop(there, sent.name, sent.content);
  await there.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.holds(score(there, "1.1.1"), "2");
  await h.saved(there);
  await there.reload();
  await h.becomeReady(there);
  await h.holds(score(there, "1.1.1"), "2");
  await there.evaluate(() => (location.hash = "#/new/f12-integrity?unit=x&period=2027"));
  await there.locator('[data-id="new/form/f12-integrity"]').waitFor({ state: "attached" });
  await context.close();

  // The bureau corrects it: what was handed over stays what it was.
  const text = await readFile(path.join(h.root, "tests/forms/f12.json"), "utf8");
  const corrected = JSON.parse(text);
  corrected.version = "2";
  corrected.sections[0].items[0].text += "（更正）";
  await h.goHome(page);
  await h.importByPicker(page, "f12.json", JSON.stringify(corrected), h.button(page, words["ui.import"]));
  await h.dialog(page, "new").waitFor();
  await page.keyboard.press("Escape");
  await page.evaluate((to) => (location.href = to), address);
  await h.holds(score(page, "1.1.1"), "2");
  assert.equal(await page.getByText("（更正）").count(), 0);
  assert.equal(await page.getByText(words["finding.instrument-changed.title"]).count(), 0);
  await page.reload();
  await h.becomeReady(page);
  await h.holds(score(page, "1.1.1"), "2");
  assert.equal(await page.getByText(words["finding.instrument-changed.title"]).count(), 0);
  // Opened again to be mended, it may go on with the corrected one.
  await h.unlock(page);
  await h.press(page, page.locator('[data-id="renew"]'));
  await h.dialog(page, "renew").waitFor();
  await h.screenshot(page, "form-renew");
  await h.press(page, page.locator('[data-id="renew/confirm"]'));
  await page.getByText("（更正）").first().waitFor({ state: "attached" });
  await h.holds(score(page, "1.1.1"), "2");

  // A form with a shipped form's id.
  await h.goHome(page);
  corrected.id = "jilin-committee";
  await h.importByPicker(page, "jilin.json", JSON.stringify(corrected), h.button(page, words["ui.import"]));
  await h.dialog(page, "form-same").waitFor();
  await h.screenshot(page, "form-same");
  await h.press(page, page.locator('[data-id="form-same/cancel"]'));
  await page.evaluate(() => (location.hash = "#/new/jilin-committee?unit=x&period=2026"));
  await h.dialog(page, "new").waitFor();
  await h.press(page, page.locator('[data-id="new/create"]'));
  await h.scoreField(page, "1.1.2").waitFor({ state: "attached" });
});

scene("a sheet a person: the next one is a press away, and no two of them are taken for one paper twice", async ({ page }) => {
  const form = {
    format: "duibiao-instrument", format_version: 2, id: "post-review", version: "1", kind: "scored", title: "党务干部岗位考核表",
    short_title: "岗位考核", period: "year", score_step: 0.5, subject: "被考核人", source: { key: "P", title: "岗位考核办法" },
    scorers: [{ id: "office", label: "考核组" }],
    columns: [{ id: "criterion", label: "考核内容", role: "criterion" }, { id: "points", label: "分值", role: "points" },
      { id: "score", label: "得分", role: "score", scorer: "office" }],
    sections: [{ title: "履职", items: [{ text: "按时完成工作。", points: 10 }] }],
  };
  await h.drop(page, "post-review.json", Buffer.from(JSON.stringify(form)));
  await page.locator('[data-id="new/unit"]').fill("市医院党委");
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="new/create"]'));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  const subject = page.locator('[data-id="fact/self/header/subject"]');
  await h.click(page, subject);
  await page.keyboard.insertText("张三");
  await h.leaveField(page);
  await h.press(page, page.locator('[data-id="next-subject"]'));
  await h.holds(subject, "");
  await h.click(page, subject);
  await page.keyboard.insertText("李四");
  await h.leaveField(page);
  await h.saved(page);
  const listed = await page.locator('[data-id^="dossier/"]').allTextContents();
  const names = await page.evaluate(() => [...document.querySelectorAll('[data-id^="dossier/"]')].map((one) => one.getAttribute("aria-label") ?? one.textContent));
  assert.deepEqual(names.map((name) => name.split(" ")[0]).sort(), ["张三", "李四"], String(listed));
});

scene("the ledger's figure stands beside the blank and is taken by a press", async ({ page }) => {
  const form = {
    format: "duibiao-instrument", format_version: 2, id: "meetings", version: "1", kind: "scored", title: "组织生活考核表",
    short_title: "组织生活", period: "year", score_step: 0.5, source: { key: "M", title: "组织生活考核办法" },
    scorers: [{ id: "office", label: "考核组" }],
    columns: [{ id: "criterion", label: "考核内容", role: "criterion" }, { id: "score", label: "得分", role: "score", scorer: "office" }],
    sections: [{ title: "组织生活", items: [{
      text: "每季度召开党员大会。", points: 4, blanks: [{ name: "应开", unit: "次" }, { name: "实开", unit: "次", from: ["党员大会"] }],
      rules: [{ text: "少开", deduct: 1, per: "次", count: { short: { due: "应开", done: "实开" } } }],
    }] }],
  };
  const ledger = commandLedger("市医院党委", "日期,类型,主题\n2026-03-05,党员大会,学习\n2026-06-05,党员大会,通报\n");
  await h.drop(page, "ledger.json", ledger);
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
  await h.goHome(page);
  await h.drop(page, "meetings.json", Buffer.from(JSON.stringify(form)));
  await page.locator('[data-id="new/unit"]').fill("市医院党委");
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="new/create"]'));
  const offer = page.locator('[data-id="fact/self/1.1.1/blank:实开/ledger"]');
  await offer.filter({ hasText: say("ui.from-ledger", { value: 2 }) }).waitFor({ state: "attached" });
  await enter(page, "1.1.1", "blank:应开", "4");
  await h.press(page, offer);
  await h.holds(page.locator('[data-id="fact/self/1.1.1/blank:实开"]'), "2");
  await scoreIs(page, "1.1.1", "2");
  await offer.waitFor({ state: "detached" });
});

/** A ledger with these activities, as the command makes it. */
function commandLedger(unit, table) {
  const folder = mkdtempSync(path.join(tmpdir(), "ledger-"));
  const file = path.join(folder, "ledger.json");
  writeFileSync(path.join(folder, "rows.csv"), table);
  execFileSync(h.program, ["new", "ledger", "--unit", unit, "--period", "2026", "-o", file]);
  execFileSync(h.program, ["fill", file, "--from", path.join(folder, "rows.csv"), "-o", file]);
  const content = readFileSync(file);
  rmSync(folder, { recursive: true });
  return content;
}
