// Evidence (佐证材料): listed by hand, pasted, taken from the ledger; its numbers at the rows, its annex on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;

const field = (page, part) => page.locator(`[data-id="evidence/${part}"]`);
const lines = (page) => page.locator('[data-id^="evidence/line/"]');

/** Opens the list of an item's evidence with the keyboard, from its score. */
async function openEvidence(page, item) {
  await h.reveal(page, item);
  await h.click(page, h.scoreField(page, item));
  await h.press(page, page.locator(`button[data-id="evidence-of/${item}"], [role="button"][data-id="evidence-of/${item}"]`).first());
  await h.dialog(page, "evidence").waitFor();
}

async function pasteText(page, text) {
  await page.evaluate((plain) => {
    const data = new DataTransfer();
    data.setData("text/plain", plain);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await h.afterFrames(page, 4);
}

scene("evidence is listed by hand with the keyboard alone, changed, removed and brought back", async ({ page }) => {
  await h.createDocument(page);
  await openEvidence(page, "1.1.1");
  await h.waitFocus(page, "evidence/name");
  await page.keyboard.press("Enter");
  await page.locator('[data-id="evidence/problem"]').waitFor({ state: "attached" });
  await page.keyboard.type("党委领导下的院长负责制实施办法");
  await page.keyboard.press("Tab");
  await page.keyboard.type("院党发〔2026〕3号");
  await page.keyboard.press("Tab");
  await page.keyboard.type("3月20日");
  await page.keyboard.press("Tab");
  await page.keyboard.type("党办档案柜2");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "evidence/name");
  await h.eventually(async () => assert.equal(await lines(page).count(), 1));
  await h.says(lines(page).first(), "1 党委领导下的院长负责制实施办法 院党发〔2026〕3号　2026-03-20　党办档案柜2");
  await h.holds(field(page, "name"), "");
  await page.keyboard.type("班子分工文件");
  await page.keyboard.press("Enter");
  await h.eventually(async () => assert.equal(await lines(page).count(), 2));
  await h.screenshot(page, "evidence");
  await h.press(page, lines(page).nth(1));
  await h.holds(field(page, "name"), "班子分工文件");
  await field(page, "number").fill("院发5号");
  await page.keyboard.press("Enter");
  await h.eventually(async () => assert.match(await lines(page).nth(1).textContent(), /院发5号/));
  await h.press(page, page.locator('[data-id^="evidence/remove/"]').first());
  await h.eventually(async () => assert.equal(await lines(page).count(), 1));
  await h.click(page, page.locator('[data-id="toast/action"]'));
  await h.eventually(async () => assert.equal(await lines(page).count(), 2));
  await h.press(page, page.locator('[data-id="evidence/close"]'));
  await h.waitFocus(page, "evidence-of/1.1.1");
  await h.says(page.locator('[data-id="evidence-of/1.1.1"]'), `1.1.1 ${say("ui.evidence.numbers", { numbers: "1–2" })}`);
  await h.screenshot(page, "evidence-row");
});

scene("a thousand lines from Excel become evidence; one that cannot stand and none does", async ({ page }) => {
  await h.createDocument(page);
  await openEvidence(page, "3.2.2");
  await h.waitFocus(page, "evidence/name");
  await pasteText(page, "学习记录\t\t2026-03-05\n学习记录\t\t某天");
  await page.locator('[data-id="evidence/error/0"]').waitFor({ state: "attached" });
  assert.equal(await lines(page).count(), 0);
  const many = Array.from({ length: 1000 }, (_, i) => `学习材料${i + 1}\t第${i + 1}号\t2026-03-05\t党办`).join("\n");
  await pasteText(page, `材料名称\t文号\t日期\t存放处\n${many}\n`);
  await h.says(h.toast(page), say("ui.evidence.added", { count: 1000 }));
  await page.locator('[data-id="evidence/listed"]').filter({ hasText: say("ui.evidence.listed", { count: 1000 }) }).waitFor({ state: "attached" });
  assert.ok((await lines(page).count()) < 60, "only what is in sight is drawn");
  await h.screenshot(page, "evidence-many");
  await page.keyboard.press("Escape");
  await h.dialog(page, "evidence").waitFor({ state: "detached" });
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await openEvidence(page, "3.2.2");
  await page.locator('[data-id="evidence/listed"]').waitFor({ state: "attached" });
});

scene("the unit's ledger offers the activities that an item counts", async ({ page }) => {
  await page.evaluate((to) => (location.hash = to), `/new/ledger?unit=${encodeURIComponent("市第一人民医院党委")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.press(page, page.locator('[data-id="row/paste"]'));
  await h.waitFocus(page, "paste/text");
  await page.locator('[data-id="paste/text"]').fill("日期\t类型\t主题\n2026-01-15\t中心组学习\t全会精神\n2026-02-10\t中心组学习\t党章");
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="paste/add"]'));
  await h.says(h.toast(page), say("ui.rows.added", { count: 2 }));
  await page.evaluate((to) => (location.hash = to), `/new/jilin-committee?unit=${encodeURIComponent("市第一人民医院党委")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.getByRole("heading", { name: /强基提质/ }).first().waitFor({ state: "attached" });
  const item = "3.2.2";
  await openEvidence(page, item);
  await page.locator('[data-id="evidence/offers"]').waitFor({ state: "attached" });
  await h.screenshot(page, "evidence-offers");
  await h.press(page, page.locator('[data-id="evidence/take-all"]'));
  await h.eventually(async () => assert.equal(await lines(page).count(), 2));
  assert.equal(await page.locator('[data-id="evidence/offers"]').count(), 0);
});
