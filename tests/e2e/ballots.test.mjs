// Nothing is left of a ballot once 民主评议 is called closed, however it came to be closed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, collectBallots, create, part, step, stored } from "./appraisal_page.mjs";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;
const route = `/new/shaoxing-2017-appraisal?unit=${encodeURIComponent("市中医院")}&period=2026-H1`;
const dimensions = ["组织生活", "组织任务", "中心工作", "志愿服务", "医德考评"];
const lines = (rows) => rows.map((row) => row.join("\t")).join("\n");
const own = lines([["姓名", "党支部", ...dimensions.map((name) => `${name}自评`)], ["党员甲", "一支部", 18, 18, 18, 18, 18], ["党员乙", "一支部", 17, 17, 17, 17, 17]]);
const ballots = lines([["姓名", "评议人1", "评议人2", "评议人3"], ["党员甲", 91.5, 83.5, 97.5], ["党员乙", 64.5, 72.5, 88.5]]);
// Lowest and highest are what is published; between them nothing is. Places on the page may be such numbers, too.
const secret = /评议人|duibiao-ballots|(?<![\d.])(91|72)\.5(?![\dp])/;

const closed = (page) =>
  h.eventually(async () => assert.match(await step(page, "peers").textContent(), new RegExp(words["ui.appraisal.step.closed"])));

/** Everything kept, and what stands in the page's fields and the browser's clipboard of the page. */
async function nothingLeft(page) {
  const fields = await page.evaluate(() => [...document.querySelectorAll("input, textarea")].map((field) => field.value).join("|"));
  for (const text of [await stored(page), fields]) assert.equal(secret.exec(text)?.[0], undefined);
}

/** An appraisal whose ballots are in, and stored. */
async function collected(page) {
  await create(page);
  await collectBallots(page, own, ballots, "评议人3");
}

/** @type {Record<string, (page: any, context: any) => Promise<any>>} what happens before it is closed; returns the page to go on with */
const before_it = {
  "after undo and redo": async (page) => {
    await page.locator('[data-id="ballot/0"]').first().waitFor({ state: "attached" });
    for (const key of ["Control+Z", "Control+Z", "Control+Y"]) {
      await page.keyboard.press(key);
      await h.afterFrames(page);
    }
    await h.saved(page);
  },
  "after a reload": async (page) => {
    await page.reload();
    await h.becomeReady(page);
  },
  "after two kills": async (page, context) => {
    const { href } = await page.evaluate(() => ({ href: location.href }));
    for (let i = 0; i < 2; ++i) {
      await page.close();
      page = await context.newPage();
      await page.goto(href);
      await h.becomeReady(page);
    }
    return page;
  },
  "with the home page open in another tab": async (page, context) => {
    const other = await context.newPage();
    await other.goto(page.url().replace(/#.*/, ""));
    await h.becomeReady(other);
    await page.bringToFront();
  },
  "while a ballot is being typed": async (page) => {
    await part(page, 1);
    await h.click(page, page.locator('[data-id="ballot/1"]'));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("60.5");
  },
  "after a ballot was cleared": async (page) => {
    await part(page, 1);
    await h.click(page, page.locator('[data-id="ballot/1"]'));
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await h.leaveField(page);
    await h.saved(page);
  },
  "after going home and coming back": async (page) => {
    const { href } = await page.evaluate(() => ({ href: location.href }));
    await h.goHome(page);
    await page.evaluate((to) => (location.href = to), href);
    await step(page, "peers").waitFor({ state: "attached" });
  },
  "with the second copy's files cut": async (page) => {
    await page.evaluate(async () => {
      for await (const [, handle] of (await navigator.storage.getDirectory()).entries()) {
        const writable = await handle.createWritable?.({ keepExistingData: true }).catch(() => null);
        if (!writable) continue;
        await writable.truncate(Math.floor((await handle.getFile()).size / 2));
        await writable.close().catch(() => {});
      }
    });
    await page.reload();
    await h.becomeReady(page);
  },
};

for (const [name, act] of Object.entries(before_it)) {
  scene(`closed ${name}: no store, file, cache or field has a ballot`, async ({ page: first, context }) => {
    await collected(first);
    const page = (await act(first, context)) ?? first;
    await close(page, "民主评议");
    await closed(page);
    await nothingLeft(page);
    await page.keyboard.press("Control+Z");
    await h.saved(page);
    await closed(page);
    await page.reload();
    await h.becomeReady(page);
    await nothingLeft(page);
  }, { route });
}

scene("killed while it closes: either it is open with its ballots or closed without", async ({ page: first, context }) => {
  await collected(first);
  const address = first.url();
  let page = first;
  for (const wait of [0, 5, 20, 60, 150]) {
    await h.press(page, page.getByRole("button", { name: say("ui.appraisal.close", { step: "民主评议" }) }).first());
    await page.locator('[data-id="close/confirm"]').focus();
    await page.keyboard.press("Enter", { noWaitAfter: true });
    await new Promise((done) => setTimeout(done, wait));
    await page.close();
    page = await context.newPage();
    await page.goto(address);
    await h.becomeReady(page);
    await step(page, "peers").waitFor({ state: "attached" });
    if ((await step(page, "peers").textContent()).includes(words["ui.appraisal.step.closed"])) break;
    assert.match(await stored(page), /评议人3/, "open, and no ballot lost");
  }
  if (!(await step(page, "peers").textContent()).includes(words["ui.appraisal.step.closed"])) await close(page, "民主评议");
  await closed(page);
  await nothingLeft(page);
}, { route });

scene("what is given away after closing has no ballot: report, backup, the page as one file, print", async ({ page }) => {
  await collected(page);
  await close(page, "民主评议");
  await closed(page);
  const report = await h.exportReport(page);
  assert.doesNotMatch(report.content.toString(), secret);
  const printed = await page.evaluate(() => document.querySelector("#print, .paper")?.textContent ?? "");
  assert.doesNotMatch(printed, secret);
  await h.goHome(page);
  const backup = await h.downloaded(page, () => h.press(page, page.locator('[data-id="backup"]')));
  assert.doesNotMatch(backup.content.toString(), secret);
}, { route });

scene("a backup from before closing brings no ballot back into what is closed", async ({ page }) => {
  await collected(page);
  const { href } = await page.evaluate(() => ({ href: location.href }));
  await h.goHome(page);
  const backup = await h.downloaded(page, () => h.press(page, page.locator('[data-id="backup"]')));
  await page.goto(href);
  await h.becomeReady(page);
  await close(page, "民主评议");
  await closed(page);
  await h.goHome(page);
  await h.drop(page, "备份.json", backup.content);
  await h.toast(page).waitFor({ state: "attached" });
  await page.goto(href);
  await h.becomeReady(page);
  await closed(page);
  await nothingLeft(page);
}, { route });
