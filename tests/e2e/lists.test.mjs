// Forms by groups, which documents bind the unit, a list filled in, what it reminds of, and the letter of annex 3.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words } = h;
const unit = "市第一医院党委";
const linkOf = (form) => `/new/${form}?unit=${encodeURIComponent(unit)}&period=2026`;

const group = (page, key) => page.getByRole("radio", { name: words[`group.${key}`], exact: true });
const form = (page, id) => page.locator(`[data-id="new/form/${id}"]`);
const begin = (page, id) => page.locator(`[data-id="begin/${id}"]`);
const field = (page) => page.locator('[data-id="grid/cell"]');

/** From the link's dialog to the empty grid. */
async function create(page) {
  await h.dialog(page, "new").waitFor();
  await h.press(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await field(page).waitFor({ state: "attached" });
}

async function paste(page, rows) {
  const text = rows.map((row) => row.join("\t")).join("\n");
  await h.copy(page, { "text/plain": text });
  await field(page).focus();
  await page.keyboard.press("Control+V");
  await h.afterFrames(page, 4);
}

scene("forms stand in groups, and a unit sees those of its own documents", async ({ page }) => {
  await h.screenshot(page, "groups-home-1280x800");
  await begin(page, "jilin-committee").waitFor({ state: "attached" });
  assert.equal(await begin(page, "probation").count(), 0);
  await h.click(page, group(page, "roster"));
  await begin(page, "probation").waitFor({ state: "attached" });
  assert.equal(await begin(page, "jilin-committee").count(), 0);
  await h.screenshot(page, "groups-rosters-1280x800");
  await h.click(page, page.locator('[data-id="welcome/sources"]'));
  await h.dialog(page, "sources").waitFor();
  await h.click(page, page.locator('[data-id="sources/S"]'));
  await h.screenshot(page, "sources-1280x800");
  await h.press(page, page.locator('[data-id="sources/close"]'));
  await begin(page, "probation").waitFor({ state: "attached" }); // S asks for it too
  assert.equal(await begin(page, "untraced").count(), 0);
  await h.click(page, page.locator('[data-id="welcome/all-forms"]'));
  await begin(page, "untraced").waitFor({ state: "attached" });
  await page.reload();
  await h.becomeReady(page);
  await h.click(page, group(page, "roster"));
  await begin(page, "probation").waitFor({ state: "attached" });
  assert.equal(await begin(page, "untraced").count(), 0);
  assert.deepEqual(await h.violations(page), []);
});

scene("the dialog shows the group of the form that a link names", async ({ page }) => {
  await h.dialog(page, "new").waitFor();
  await form(page, "dues").waitFor({ state: "attached" });
  assert.equal(await form(page, "probation").count(), 0);
  await h.screenshot(page, "new-dialog-1280x800");
  await h.click(page, group(h.dialog(page, "new"), "survey"));
  await form(page, "membership").waitFor({ state: "attached" });
  await h.click(page, form(page, "membership"));
  await h.press(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await page.getByRole("region", { name: "党员组织关系集中排查表" }).waitFor({ state: "attached" });
}, { route: linkOf("dues") });

scene("a list is filled in, its overdue row stands on the home page and leads back", async ({ page }) => {
  await create(page);
  await paste(page, [["张三", "1990-01", "一支部", "2020-01-10"], ["李四", "1991-02", "一支部", "2020-02-10"]]);
  await h.saved(page);
  await h.screenshot(page, "list-probation-1280x800");
  await h.goHome(page);
  const reminder = page.getByRole("link", { name: /预备期满讨论转正：张三/ });
  await reminder.waitFor({ state: "attached" });
  await h.screenshot(page, "list-reminders-1280x800");
  await h.click(page, reminder);
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.eventually(async () => assert.match((await field(page).getAttribute("aria-label")) ?? "", /上级审批时间|姓名/));
}, { route: linkOf("probation") });

scene("annex 3: the letter to an organisation whose term ends is printed", async ({ page }) => {
  await create(page);
  await paste(page, [["第一党支部", "2020-06-30"]]);
  await h.click(page, page.getByRole("radio", { name: words["ui.roster.part.terms"] }));
  await h.press(page, page.locator('[data-id^="letter/row."]'));
  await h.dialog(page, "letter").waitFor();
  await page.getByText(/本届任期3年/).first().waitFor({ state: "attached" });
  await h.screenshot(page, "letter-1280x800");
  await page.evaluate(() => (window.print = () => (window.printed = document.getElementById("print-root")?.textContent)));
  await h.press(page, h.button(page, words["ui.letter.print"]));
  await page.waitForFunction(() => window.printed);
  assert.match(await page.evaluate(() => window.printed), /第一党支部：/);
}, { route: linkOf("ruian-2019-annex3") });

scene("groups on a telephone", async ({ page }) => {
  await begin(page, "jilin-committee").waitFor({ state: "attached" });
  await h.screenshot(page, "groups-home-390x844");
  assert.deepEqual(await h.violations(page), []);
}, { user: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
