// The month beside every field that holds a day, and the words of a clause.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words } = h;

const month = (page) => page.locator('[data-id="calendar"]');

scene("a day is taken with keys alone: Alt+Down opens, arrows move, Enter takes, Esc leaves", async ({ page }) => {
  await h.createDocument(page);
  const date = page.locator('[data-id="header/date"]');
  await h.click(page, date);
  await page.keyboard.type("2026-03-20");
  await page.keyboard.press("Alt+ArrowDown");
  await month(page).waitFor({ state: "attached" });
  await h.screenshot(page, "calendar");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("PageDown");
  await h.says(page.locator('[data-id="calendar/day"]'), "2026-04-28 星期二");
  await page.keyboard.press("Escape");
  await month(page).waitFor({ state: "detached" });
  await h.holds(date, "2026-03-20");
  assert.equal(await h.focusedId(page), "header/date");
  await page.keyboard.press("F4");
  await month(page).waitFor({ state: "attached" });
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Enter");
  await month(page).waitFor({ state: "detached" });
  await h.holds(date, "2026-02-19");
  await h.leaveField(page);
  await h.holds(date, "2026-02-19");
  assert.deepEqual(await h.violations(page), []);
});

scene("a day is taken with the mouse, also in a dialog and in a table's cell", async ({ page }) => {
  await h.createDocument(page);
  await h.click(page, page.locator('[data-id="calendar-of/header/date"]'));
  await month(page).waitFor({ state: "attached" });
  await h.click(page, page.locator('[data-id="calendar/month-before"]'));
  assert.equal(await month(page).count(), 1);
  const day = page.locator('[data-id^="calendar/"][data-id$="-15"]').first();
  const taken = (await day.getAttribute("data-id")).slice("calendar/".length);
  await h.click(page, day);
  await month(page).waitFor({ state: "detached" });
  await h.holds(page.locator('[data-id="header/date"]'), taken);

  await h.reveal(page, "1.1.1");
  await h.click(page, h.scoreField(page, "1.1.1"));
  await h.press(page, page.locator('button[data-id="evidence-of/1.1.1"]'));
  await h.waitFocus(page, "evidence/name");
  await page.keyboard.type("任职文件");
  await h.click(page, page.locator('[data-id="calendar-of/evidence/date"]'));
  await month(page).waitFor({ state: "attached" });
  await h.screenshot(page, "calendar-dialog");
  await page.keyboard.press("Escape");
  await month(page).waitFor({ state: "detached" });
  await h.dialog(page, "evidence").waitFor();
  await page.keyboard.press("F4");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await h.eventually(async () => assert.match(await page.locator('[data-id="evidence/date"]').inputValue(), /-01$/));
  await page.keyboard.press("Enter");
  await page.locator('[data-id^="evidence/line/"]').waitFor({ state: "attached" });

  await page.evaluate((to) => (location.hash = to), `/new/ruian-2019-annex3?unit=${encodeURIComponent("市一院")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await h.waitFocus(page, "grid/cell");
  await page.keyboard.type("内科党支部");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Alt+ArrowDown");
  await month(page).waitFor({ state: "attached" });
  await h.screenshot(page, "calendar-grid");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await month(page).waitFor({ state: "detached" });
  await h.eventually(async () => assert.match(await page.locator('[data-id="grid/0/last"]').textContent(), /-01$/));
});

scene("a finger takes a day without the keyboard", async ({ page }) => {
  await page.evaluate((to) => (location.hash = to), `/new/jilin-committee?unit=${encodeURIComponent("市一院")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.press(page, page.locator('[data-id="new/create"]'));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.click(page, page.locator('[data-id="calendar-of/header/date"]'));
  await month(page).waitFor({ state: "attached" });
  const day = page.locator('[data-id^="calendar/"][data-id$="-15"]').first();
  const box = await day.boundingBox();
  assert.ok(box.width >= 43.9 && box.height >= 43.9, JSON.stringify(box));
  await h.screenshot(page, "calendar-phone");
  await h.click(page, day);
  await month(page).waitFor({ state: "detached" });
  assert.notEqual(await h.focusedId(page), "header/date");
  await h.eventually(async () => assert.match(await page.locator('[data-id="header/date"]').inputValue(), /-15$/));
}, { user: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });

scene("a clause's short name opens its words", async ({ page }) => {
  await page.evaluate((to) => (location.hash = to), `/new/ruian-2019-annex1?unit=${encodeURIComponent("市一院")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  const link = page.locator('[data-id^="clause-of/"]').first();
  await h.click(page, link);
  await h.dialog(page, "clause").waitFor();
  await page.locator('[data-id="clause/0/source"]').waitFor({ state: "attached" });
  await page.locator('[data-id="clause/0/0"]').waitFor({ state: "attached" });
  await h.screenshot(page, "clause");
  await page.keyboard.press("Escape");
  await h.dialog(page, "clause").waitFor({ state: "detached" });
});
