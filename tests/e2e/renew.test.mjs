// A document of an earlier version of its form: the notice, what changes, going on with the newest and taking it back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words } = h;
const earlier = (name) => readFile(new URL(`../earlier/${name}`, import.meta.url), "utf8");
const notice = (page) => page.locator('[data-id="reader"]');
const show = (page) => page.locator('[data-id="renew"]');

async function open(page, name) {
  await h.drop(page, name, await earlier(name));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await notice(page).waitFor({ state: "attached" });
  await h.says(notice(page), words["ui.renew.notice"].replace("{version}", "2"));
}

scene("an old ledger: the notice, what changes, the newest version, and back with Ctrl+Z", async ({ page }) => {
  await open(page, "ledger.json");
  await h.screenshot(page, "renew-notice-1280x800");
  await show(page).focus();
  await page.keyboard.press("Enter");
  await h.dialog(page, "renew").waitFor();
  await page.locator('[data-id="renew/added"]').waitFor({ state: "attached" });
  await page.getByText(/支部名单/).first().waitFor({ state: "attached" });
  await h.screenshot(page, "renew-dialog-1280x800");
  assert.deepEqual(await h.violations(page), []);
  await page.locator('[data-id="renew/confirm"]').focus();
  await page.keyboard.press("Enter");
  await h.says(h.toast(page), words["ui.renew.done"].replace("{version}", "2"));
  await notice(page).waitFor({ state: "detached" });
  await h.saved(page);
  await page.keyboard.press("Control+Z");
  await notice(page).waitFor({ state: "attached" });
  await h.saved(page);
});

scene("not now: the notice goes, the document stays as it is", async ({ page }) => {
  await open(page, "ruian-2019-annex3.json");
  await h.screenshot(page, "renew-notice-390x844");
  await h.press(page, show(page));
  await h.dialog(page, "renew").waitFor();
  await h.screenshot(page, "renew-dialog-390x844");
  await h.press(page, page.locator('[data-id="renew/later"]'));
  await notice(page).waitFor({ state: "detached" });
}, { user: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
