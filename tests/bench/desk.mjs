// The superior's desk by itself: reports from the picker to the figures, and what a filter, a sort and a search cost over
// as many units.
//
//   node tests/bench/desk.mjs [500 10000 …]     default: 500 10000
//
// Needs build/native/duibiao and build/web/dist. Each size is taken in by three visits of their own; medians are printed.

import { spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import * as h from "../e2e/harness.mjs";

const visits = 3;
const folder = mkdtempSync(path.join(tmpdir(), "desk-bench-"));
const sizes = process.argv.slice(2).map(Number).filter(Boolean);

/** A file a report, of so many units. @param {number} units */
async function makeReports(units) {
  const own = path.join(folder, String(units));
  mkdirSync(own);
  const maker = spawn("python3", [path.join(h.root, "tests/bench/campaign.py"), "-", "--units", String(units), "--stamps", "40"]);
  let number = 0;
  for await (const line of createInterface({ input: maker.stdout })) {
    const file = openSync(path.join(own, `${String(number++).padStart(6, "0")}.json`), "w");
    writeSync(file, line + "\n");
    closeSync(file);
  }
  return readdirSync(own).sort().map((name) => path.join(own, name));
}

const median = (/** @type {number[]} */ list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const at = (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ id) => page.locator(`[data-id="${id}"]`);

/** Milliseconds of the page's main thread between an event and the frame that shows what came of it. */
async function cost(page, act) {
  await h.afterFrames(page, 4);
  await page.evaluate(() => {
    window.longest = 0;
    const step = (last) => requestAnimationFrame((now) => {
      window.longest = Math.max(window.longest, now - last);
      window.stepping = requestAnimationFrame(() => step(now));
    });
    requestAnimationFrame(step);
  });
  await act();
  await h.afterFrames(page, 4);
  return page.evaluate(() => window.longest);
}

async function visit(browser, address, files) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(address);
  await h.becomeReady(page);
  await h.press(page, at(page, "campaign/new"));
  await page.getByRole("textbox", { name: h.words["ui.campaign.unit"] }).fill("省卫生健康委");
  await at(page, "campaign/form").selectOption({ label: h.instrument.short_title });
  await h.afterFrames(page);
  await h.press(page, at(page, "campaign/create"));
  await at(page, "desk/begin/1").waitFor({ state: "attached" });
  const choosing = page.waitForEvent("filechooser");
  await h.press(page, at(page, "desk/open"));
  const chooser = await choosing;
  const chosen = Date.now();
  await chooser.setFiles(files);
  const handed = Date.now();
  await at(page, "desk/card/all").filter({ hasText: String(files.length) }).waitFor({ state: "attached", timeout: 600_000 });
  const shown = Date.now();
  const sort = await cost(page, () => h.press(page, at(page, "desk/head/10")));
  const search = await cost(page, async () => {
    await at(page, "desk/search").focus();
    await page.keyboard.type("区");
  });
  const filter = await cost(page, () => h.press(page, at(page, "desk/card/submitted")));
  await context.close();
  // The browser's tool hands files over one by one; a person's picker does not.
  return { taken: shown - handed, withPicker: shown - chosen, sort, search, filter };
}

const server = await h.serve();
const browser = await chromium.launch({ executablePath: h.browserPath, args: h.browserArguments });
try {
  for (const units of sizes.length > 0 ? sizes : [500, 10_000]) {
    const files = await makeReports(units);
    const runs = [];
    for (let run = 0; run < visits; ++run) runs.push(await visit(browser, server.address, files));
    const figures = Object.keys(runs[0] ?? {}).map((name) => `${name} ${Math.round(median(runs.map((one) => one[name])))} ms`);
    console.log(`${units} reports: ${figures.join(", ")} (medians of ${visits})`);
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
