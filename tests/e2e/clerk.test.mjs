// A clerk's way through a day's work: where a form opens, whose column a cell is, from one finding to the next, one of many.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;

scene("a form opens at its first empty score, and Tab passes by the columns of others", async ({ page }) => {
  await h.createDocument(page);
  await h.waitFocus(page, "score/self/1.1.1");
  await page.keyboard.type("2");
  const met = [];
  for (let i = 0; i < 12; ++i) {
    await page.keyboard.press("Tab");
    await h.afterFrames(page, 1);
    met.push(await h.focusedId(page));
  }
  assert.ok(met.includes("score/self/1.1.2"), met.join(" "));
  assert.ok(met.every((id) => !/acceptance|rating/.test(id)), met.join(" "));
  await h.saved(page);
  await h.leaveField(page);
  const address = page.url().replace(/(#\/doc\/[^/]+).*/, "$1");
  await page.goto("about:blank");
  await page.goto(address);
  await h.becomeReady(page);
  await h.waitFocus(page, "score/self/1.1.2");
});

scene("another layer's cell says whose it is; Enter or its head makes it the one that is filled in", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.click(page, h.scoreField(page, "1.1.1", "acceptance"));
  const bubble = page.getByRole("main").getByRole("alert");
  await h.says(bubble, say("ui.layer.other", { layer: "上级验收" }));
  await page.keyboard.type("1");
  await h.holds(h.scoreField(page, "1.1.1", "acceptance"), "");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "score/acceptance/1.1.1");
  await h.eventually(async () => assert.equal(await bubble.count(), 0));
  await page.keyboard.type("1");
  await h.holds(h.scoreField(page, "1.1.1", "acceptance"), "1");
  await h.leaveField(page);
  await h.click(page, page.locator('[data-id="fill/self"]'));
  await h.click(page, h.scoreField(page, "1.1.2"));
  await page.keyboard.type("1");
  await h.holds(h.scoreField(page, "1.1.2"), "1");
});

scene("findings of one rule share a card; F8 goes from one to the next and says which", async ({ page }) => {
  await h.createDocument(page);
  const items = ["1.1.1", "1.1.2", "2.1.5", "3.3.1"];
  for (const item of items) await h.setScore(page, item, "0.5");
  await h.leaveField(page);
  const together = page.locator('[data-id="rule/warning/note-required"]');
  await together.waitFor({ state: "attached" });
  const title = say("ui.findings.together", { title: words["finding.note-required.title"], count: items.length });
  assert.equal(await together.getAttribute("aria-label"), title);
  assert.equal(await together.getByRole("link").count(), items.length);
  await page.keyboard.press("F8"); // the head comes first
  await h.waitFocus(page, "header/date");
  for (const item of items) {
    await page.keyboard.press("F8");
    await h.waitFocus(page, `note/self/${item}`);
    assert.ok((await h.toast(page).textContent()).includes(item));
  }
  await page.keyboard.press("Shift+F8");
  await h.waitFocus(page, `note/self/${items.at(-2)}`);
  await h.click(page, together.getByRole("link", { name: h.findingText("note-required", items[0]) }));
  await h.waitFocus(page, `note/self/${items[0]}`);
  await page.keyboard.type("有纪要");
  await h.eventually(async () => assert.equal(await together.getByRole("link").count(), items.length - 1));
});

scene("one of many documents is found by word, state and key", async ({ page }) => {
  const files = Array.from({ length: 14 }, (_, i) => h.fileOf(`第${i + 1}医院党委`));
  files.push(h.fileOf("中心医院（集团）党委", "2025"));
  await h.chooseFiles(page, files);
  await h.restore(page);
  const list = page.locator('[data-id="home/list"]');
  await list.waitFor({ state: "attached" });
  const found = page.locator('[data-id="home/found"]');
  await h.says(found, say("ui.home.found", { count: 15 }));
  await page.keyboard.press("Control+K");
  await h.waitFocus(page, "home/search");
  await page.keyboard.type("中心医院(集团) 2025");
  await h.says(found, say("ui.home.found", { count: 1 }));
  await h.screenshot(page, "home-found");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("没有这家%_*");
  await h.says(found, say("ui.home.found", { count: 0 }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("第14");
  await h.says(found, say("ui.home.found", { count: 1 }));
  await h.press(page, list.getByRole("link").first());
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await page.getByText("第14医院党委").first().waitFor({ state: "attached" });
});

scene("panels fold away and stay so; a day needs no year; the first column stays while the others scroll", async ({ page }) => {
  await h.createDocument(page);
  const width = async () => (await h.tableBox(page)).width;
  const before = await width();
  await h.press(page, page.locator('[data-id="fold/left"]'));
  await h.press(page, page.locator('[data-id="fold/right"]'));
  await h.eventually(async () => assert.ok((await width()) > before + 400));
  await page.reload();
  await h.becomeReady(page);
  await h.eventually(async () => assert.ok((await width()) > before + 400));
  await h.press(page, page.locator('[data-id="fold/right"]'));
  await h.findingsRegion(page).waitFor({ state: "attached" });
  await h.click(page, page.locator('[data-id="header/date"]'));
  await page.keyboard.type("3月20日");
  await h.leaveField(page);
  await h.holds(page.locator('[data-id="header/date"]'), "2026-03-20");

  await page.setViewportSize({ width: 900, height: 700 });
  await page.evaluate((to) => (location.hash = to), `/new/ruian-2019-annex3?unit=${encodeURIComponent("市一院")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await h.waitFocus(page, "grid/cell");
  await page.keyboard.type("内科党支部");
  await page.keyboard.press("Tab");
  await page.keyboard.type("3-20");
  await page.keyboard.press("Tab");
  await h.says(page.locator('[data-id="grid/0/last"]'), "2026-03-20");
  for (let i = 0; i < 9; ++i) await page.keyboard.press("ArrowRight");
  await h.afterFrames(page, 6);
  const first = await page.locator('[data-id="grid/0/name"]').boundingBox();
  const grid = await page.locator('[data-id="grid"]').boundingBox();
  assert.ok(first && first.x >= grid.x && first.x + first.width < grid.x + grid.width * 0.6, JSON.stringify([first, grid]));
});

scene("what cannot be added to the ledger stays in its dialog, with what is wrong in it", async ({ page }) => {
  await page.evaluate((to) => (location.hash = to), `/new/ledger?unit=${encodeURIComponent("市一院")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.press(page, page.locator('[data-id="row/paste"]'));
  await h.waitFocus(page, "paste/text");
  const table = "登记日期\t类型\t主题\n2026-03-05\t支委会\t研究发展党员";
  const field = page.locator('[data-id="paste/text"]');
  await field.fill(table);
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="paste/add"]'));
  await h.dialog(page, "columns").waitFor(); // a head that is not plain is asked for
  await h.screenshot(page, "paste-columns");
  await h.press(page, page.locator('[data-id="columns/paste"]'));
  await page.locator('[data-id="paste/error/0"]').filter({ hasText: "日期" }).waitFor({ state: "attached" });
  assert.match(await field.inputValue(), /研究发展党员/);
  await h.screenshot(page, "paste-refused");
  await field.fill(table);
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="paste/add"]'));
  await h.dialog(page, "columns").waitFor();
  await page.locator('[data-id="columns/0"]').selectOption({ label: "日期" });
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="columns/paste"]'));
  await h.says(h.toast(page), say("ui.rows.added", { count: 1 }));
});

scene("a new ledger asks which documents bind the unit, and calls nothing missing before its first activity", async ({ page }) => {
  await page.evaluate((to) => (location.hash = to), `/new/ledger?unit=${encodeURIComponent("市一院")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  const sets = page.locator('[data-id^="begin/"][type="checkbox"]');
  await sets.first().waitFor({ state: "attached" });
  const hollow = page.locator('[data-id^="duty/"]').filter({ hasText: words["ui.ledger.hollow"] });
  assert.ok((await hollow.count()) > 0);
  await h.screenshot(page, "ledger-begin");
  await sets.first().focus();
  await page.keyboard.press("Space");
  await h.eventually(async () => assert.equal(await sets.first().isChecked(), false));
  await h.press(page, page.locator('[data-id="row/paste"]'));
  await page.locator('[data-id="paste/text"]').fill("日期\t类型\t主题\n2026-03-05\t支委会\t研究发展党员");
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="paste/add"]'));
  await h.says(h.toast(page), say("ui.rows.added", { count: 1 }));
  assert.equal(await sets.count(), 0);
  assert.equal(await hollow.count(), 0);
});

scene("who works here is said once: a unit's file opens in his column, the log has his name", async ({ page, stage }) => {
  await page.evaluate((to) => (location.hash = to), "/new/jilin-committee?period=2026");
  await h.dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("市一院党委");
  await page.getByRole("textbox", { name: words["ui.new.signer"] }).fill("王五");
  await h.press(page, page.locator('[data-id="new/create"]'));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.setScore(page, "1.1.1", "2");
  await h.leaveField(page);
  const sent = await h.exportReport(page);
  assert.ok(sent.report.log.every((edit) => edit.by.startsWith("王五")), JSON.stringify(sent.report.log[0]));

  const superior = await stage.page({ context: await stage.user() });
  await h.drop(superior, sent.name, sent.content);
  await superior.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.press(superior, superior.locator('button[data-id="who"]'));
  await h.dialog(superior, "who").waitFor();
  await h.press(superior, superior.locator('[data-id="who/acceptance"]'));
  await superior.getByRole("textbox", { name: words["ui.send.name"] }).fill("李四");
  await h.screenshot(superior, "who");
  await superior.keyboard.press("Enter");
  await h.dialog(superior, "who").waitFor({ state: "detached" });
  await h.setScore(superior, "1.1.1", "1.5", "acceptance");
  await h.holds(h.scoreField(superior, "1.1.1", "acceptance"), "1.5");
});

scene("several documents of the list are given out, backed up, deleted and brought back", async ({ page }) => {
  const files = Array.from({ length: 15 }, (_, i) => h.fileOf(`第${i + 1}医院党委`));
  await h.chooseFiles(page, files);
  await h.restore(page);
  await page.locator('[data-id="home/list"]').waitFor({ state: "attached" });
  const picks = page.locator('[data-id^="pick/"]');
  for (const at of [0, 1]) {
    await picks.nth(at).focus();
    await page.keyboard.press("Space");
    await h.afterFrames(page);
  }
  await h.says(page.locator('[data-id="many/picked"]'), say("ui.many.picked", { count: 2 }));
  await h.screenshot(page, "home-many");
  const backup = await h.downloaded(page, () => h.press(page, page.locator('[data-id="many/backup"]')));
  assert.equal(JSON.parse(backup.content.toString("utf8")).reports.length, 2);
  const report = await h.downloaded(page, () => h.press(page, page.locator('[data-id="many/reports"]')));
  assert.equal(JSON.parse(report.content.toString("utf8")).format, "duibiao-report");
  await h.says(h.toast(page), say("ui.many.given", { count: 2 }));
  await h.press(page, page.locator('[data-id="many/delete"]'));
  await h.says(page.locator('[data-id="home/found"]'), say("ui.home.found", { count: 13 }));
  await h.press(page, page.locator('[data-id="toast/action"]'));
  await page.locator('[data-id="home/list"]').waitFor({ state: "attached" });
  await h.says(page.locator('[data-id="home/found"]'), say("ui.home.found", { count: 15 }));
});

scene("a layer above writes a remark without taking points off; back at the unit the file says what it brings", async ({ page, stage }) => {
  await page.evaluate((to) => (location.hash = to), "/new/jilin-committee?period=2026");
  await h.dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("");
  await h.press(page, page.locator('[data-id="new/create"]'));
  await h.says(h.toast(page), words["ui.new.unnamed"]);
  await h.waitFocus(page, "new/unit");
  await page.keyboard.type("市一院党委");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.setScore(page, "1.1.1", "2");
  await h.leaveField(page);
  const sent = await h.exportReport(page);

  const superior = await stage.page({ context: await stage.user() });
  await h.drop(superior, sent.name, sent.content);
  await superior.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.press(superior, superior.locator('[data-id="fill-next"]')); // what another office sent is read in the next column
  await h.setScore(superior, "1.1.1", "2", "acceptance");
  const reason = superior.locator('[data-id="note/acceptance/1.1.1"]');
  assert.equal(await reason.count(), 0, "nothing is taken off");
  await h.press(superior, superior.locator('[data-id="remark/1.1.1"]'));
  await h.waitFocus(superior, "note/acceptance/1.1.1");
  await superior.keyboard.type("请补会议记录");
  await h.leaveField(superior);
  assert.equal(await reason.inputValue(), "请补会议记录");
  const returned = await h.returnReport(superior, "");

  await h.drop(page, returned.name, returned.content);
  await h.says(page.locator('[data-id="import/verdict"]'), say("ui.import.returned", { count: 1 }));
  await h.screenshot(page, "import-returned");
  await h.press(page, page.locator('[data-id="import/merge"]'));
  await h.findingsRegion(page).getByRole("link", { name: h.findingText("returned-item", "1.1.1") }).waitFor({ state: "attached" });
});

scene("the next year's form offers what the year before has", async ({ page }) => {
  await h.createDocument(page, { unit: "市一院党委", period: "2025" });
  await h.setNote(page, "1.1.1", "党委会议事规则已修订");
  await h.setScore(page, "1.1.1", "2");
  await h.leaveField(page);
  await h.goHome(page);
  await h.click(page, h.button(page, words["ui.new"]));
  await h.dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("市一院 党委");
  await page.getByRole("textbox", { name: words["ui.new.period"] }).fill("2027");
  await h.afterFrames(page);
  const carry = page.locator('[data-id="new/carry"]');
  assert.equal(await carry.count(), 0, "not the year before");
  await page.getByRole("textbox", { name: words["ui.new.period"] }).fill("2026");
  await carry.waitFor({ state: "attached" });
  await h.press(page, carry);
  await page.getByRole("heading", { name: /市一院党委 \/ .* \/ 2026 年度/ }).waitFor({ state: "attached" });
  await h.holds(h.noteField(page, "1.1.1"), "党委会议事规则已修订");
  await h.holds(h.scoreField(page, "1.1.1"), "");
});

scene("keys for the page do nothing behind a dialog", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "0.5");
  await h.leaveField(page);
  await h.openSend(page);
  await h.waitFocus(page, "send/name");
  const { hash } = new URL(page.url());
  await page.keyboard.press("F8");
  await h.afterFrames(page, 4);
  assert.equal(await h.focusedId(page), "send/name");
  assert.equal(new URL(page.url()).hash, hash);
  assert.equal(await h.toast(page).filter({ hasText: /^第 \d+\/\d+ 条/ }).count(), 0);
});
