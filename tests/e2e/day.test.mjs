// What a day's work costs in keys and clicks, and what is asked where something is not plain.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { paste, step } from "./appraisal_page.mjs";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const at = (page, id) => page.locator(`[data-id="${id}"]`);

const reportOf = (form, unit, period) => ({
  name: `${unit}-${form}-${period}.json`,
  content: execFileSync(h.program, ["new", form, "--unit", unit, "--period", period, "-o", "-"]),
});

async function begin(page, form, period = "2026") {
  await page.evaluate((to) => (location.hash = to), `/new/${form}?unit=${encodeURIComponent("市一院")}&period=${period}`);
  await h.dialog(page, "new").waitFor();
  await h.press(page, at(page, "new/create"));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
}

scene("a full table takes two keys an item, and is accepted with one click and three deductions", async ({ page, stage }) => {
  await h.createDocument(page);
  await h.waitFocus(page, "score/self/1.1.1");
  let keys = 0;
  for (const { id } of h.criteria) {
    await h.waitFocus(page, `score/self/${id}`);
    for (const key of ["f", "Enter"]) await page.keyboard.press(key), ++keys;
  }
  assert.ok(keys <= 170, `${keys}`);
  await h.eventually(async () => assert.match(await at(page, "total-text").textContent(), /100 \/ 100/));
  await h.leaveField(page);
  await h.saved(page);
  const sent = await h.exportReport(page);

  const superior = await stage.page({ context: await stage.user() });
  await h.drop(superior, sent.name, sent.content);
  await superior.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.press(superior, at(superior, "fill-next"));
  for (const id of ["1.1.1", "2.1.1", "3.1.1"]) await h.setScore(superior, id, "0.5", "acceptance");
  await h.leaveField(superior);
  await h.press(superior, at(superior, "take-scores"));
  await h.eventually(async () => assert.match(await at(superior, "total-text").textContent(), /84 \/ 84/));
  // Who filled in the column above has said who he is: the next file opens there.
  const next = h.fileOf("第二医院党委");
  await superior.evaluate(() => (location.hash = "#/"));
  const other = await stage.page({ context: await stage.user() });
  await h.drop(other, next.name, next.content);
  await other.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.setScore(other, "1.1.1", "2");
  await h.leaveField(other);
  const second = await h.exportReport(other);
  await h.drop(superior, second.name, second.content);
  await superior.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.setScore(superior, "1.1.1", "1", "acceptance");
  await h.holds(h.scoreField(superior, "1.1.1", "acceptance"), "1");
  assert.equal(await at(superior, "who").count(), 0);
});

scene("one of 330 documents is on the page within three seconds", async ({ page }) => {
  const one = h.fileOf("甲医院党委");
  const files = Array.from({ length: 330 }, (_, index) => {
    const report = JSON.parse(one.content.toString("utf8"));
    const unit = `第${index + 1}医院党委`;
    const text = JSON.stringify(report).replaceAll("甲医院党委", unit).replaceAll(report.document, `${report.document.slice(0, -4)}${String(index).padStart(4, "0")}`);
    return { name: `${index}.json`, content: Buffer.from(text) };
  });
  await h.chooseFiles(page, files);
  await at(page, "arrival/take").waitFor({ state: "attached", timeout: 60_000 });
  await h.press(page, at(page, "arrival/take"));
  await at(page, "home/list").waitFor({ state: "attached", timeout: 60_000 });
  await h.says(at(page, "home/found"), say("ui.home.found", { count: 330 }));
  await page.keyboard.press("Control+K");
  await h.waitFocus(page, "home/search");
  const began = Date.now();
  await page.keyboard.type("217");
  await h.says(at(page, "home/found"), say("ui.home.found", { count: 1 }));
  const seconds = (Date.now() - began) / 1000;
  assert.ok(seconds < 3, `${seconds} s`);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("医".repeat(10_000)); // a search of ten thousand letters: nothing found, nothing lost
  await h.says(at(page, "home/found"), say("ui.home.found", { count: 0 }));
});

scene("documents of one unit and year stand below one head, which folds; year and kind are chosen", async ({ page }) => {
  const forms = ["jilin-committee", "ruian-2019-annex1", "ruian-2019-annex3", "ledger"];
  const files = [["市一院", "2026"], ["市二院", "2026"], ["市一院", "2025"]].flatMap(([unit, period]) => forms.map((form) => reportOf(form, unit, period)));
  await h.chooseFiles(page, files);
  await h.restore(page);
  const list = at(page, "home/list");
  await list.waitFor({ state: "attached" });
  const heads = page.locator('[data-id^="home/group/"]');
  await h.eventually(async () => assert.equal(await heads.count(), 3));
  const lines = list.locator('[data-id^="card/"]');
  const before = await lines.count();
  await h.press(page, heads.first());
  await h.eventually(async () => assert.equal(await lines.count(), before - forms.length));
  await h.screenshot(page, "home-groups");
  await h.press(page, heads.first());
  await at(page, "home/year").selectOption("2025");
  await h.says(at(page, "home/found"), say("ui.home.found", { count: 4 }));
  await at(page, "home/group").selectOption({ label: words["group.ledger"] });
  await h.says(at(page, "home/found"), say("ui.home.found", { count: 1 }));
  await at(page, "home/group").selectOption({ label: words["ui.home.group.all"] });
  await at(page, "home/year").selectOption({ label: words["ui.home.year.all"] });
  await h.click(page, at(page, "home/state/2"));
  await h.says(at(page, "home/found"), say("ui.home.found", { count: 0 }));
  assert.equal(await page.locator('[data-id^="recent/"]').count(), 3);
}, { user: { viewport: { width: 1280, height: 1600 } } });

scene("several sheets that fit: which one is asked, the others are left", async ({ page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), "duibiao-sheets-"));
  const file = path.join(folder, "台账.xlsx");
  const rows = (topic) => `[["日期", "类型", "主题"], ["2026-03-05", "支委会", "${topic}"]]`;
  const code = `import openpyxl\nb = openpyxl.Workbook()\nfor name, rows in (("一月", ${rows("甲")}), ("二月", ${rows("乙")})):\n    s = b.create_sheet(name)\n    for row in rows: s.append(row)\nb.remove(b.worksheets[0])\nb.save("${file}")`;
  execFileSync("/usr/bin/python3", ["-c", code]);
  await begin(page, "ledger");
  await h.drop(page, "台账.xlsx", readFileSync(file));
  await h.dialog(page, "sheets").waitFor();
  await h.screenshot(page, "sheets");
  await h.press(page, at(page, "sheets/1"));
  await h.says(h.toast(page), say("ui.rows.added", { count: 1 }));
  await h.dialog(page, "sheets").waitFor({ state: "detached" });
  await h.click(page, at(page, "parts/1"));
  const added = page.locator("#mirror").getByText("乙");
  await added.first().waitFor({ state: "attached" });
  await h.press(page, at(page, "toast/action")); // what was added is taken back where it is said
  await h.eventually(async () => assert.equal(await added.count(), 0));
});

scene("a ledger that begins in June asks for nothing before it", async ({ page }) => {
  await begin(page, "ledger");
  const cell = (month) => page.locator(`[data-id^="duty/"][data-id$="/2026-${month}"]`);
  await cell("02").first().waitFor({ state: "attached" });
  await at(page, "begin/from").selectOption({ label: say("ui.ledger.from.month", { month: 6 }) });
  await h.eventually(async () => assert.equal(await cell("02").count(), 0));
  assert.ok((await cell("07").count()) > 0);
  await h.screenshot(page, "ledger-from");
  await page.keyboard.press("Control+Z");
  await cell("02").first().waitFor({ state: "attached" });
});

scene("a step that lacks something is closed only after a tick, which the record keeps", async ({ page }) => {
  await begin(page, "shaoxing-2017-appraisal", "2026-H1");
  await h.waitFocus(page, "grid/cell");
  await paste(page, "姓名\t党支部\t组织生活自评\n党员甲\t一支部\t18");
  const close = page.getByRole("button", { name: say("ui.appraisal.close", { step: "个人自评" }) }).first();
  await h.press(page, close);
  await at(page, "close/confirm").waitFor({ state: "attached" });
  assert.equal(await at(page, "close/confirm").isDisabled(), true);
  await h.screenshot(page, "close-incomplete");
  await at(page, "close/incomplete").focus();
  await page.keyboard.press("Space");
  await h.eventually(async () => assert.equal(await at(page, "close/confirm").isDisabled(), false));
  await h.press(page, at(page, "close/confirm"));
  await h.eventually(async () => assert.match(await step(page, "self").textContent(), new RegExp(words["ui.appraisal.step.closed"])));
  await at(page, "ballot/paste").waitFor({ state: "attached" }); // the next step's part is open
  const { report } = await h.exportReport(page);
  const kept = say("ui.appraisal.close.kept", { count: 1, step: "个人自评" });
  assert.ok(report.log.some(({ field, after }) => field === "explanation" && after === kept));
});
