// Reports that arrive together: read and compared with what is here, then taken in and stored.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./browser.mjs";

/** @typedef {import("./measures.mjs").Setting} Setting */

const runs = 3;
const reports = 500;
const patience = { timeout: 120_000 };

/**
 * Reports of as many units, each with three layers.
 * @param {string} folder
 * @param {string} duibiao the command
 */
function makeReports(folder, duibiao) {
  const run = (/** @type {string[]} */ ...parameters) => execFileSync(duibiao, parameters, { stdio: "pipe" });
  const file = join(folder, "arriving.json");
  return Array.from({ length: reports }, (_, at) => {
    run("new", "jilin-committee", "--unit", `第${at + 1}医院党委`, "--period", "2025", "-o", file);
    for (const layer of ["self", "acceptance", "rating"])
      run("fill", file, "--layer", layer, "--from", join(folder, "scores.csv"), "-o", file);
    return readFileSync(file, "utf8");
  });
}

/**
 * Milliseconds from the drop to the preview, and from the key that takes all to the moment when all is stored.
 * @param {import("playwright-core").Page} page
 * @param {string[]} contents
 */
async function takeIn(page, contents) {
  const began = await page.evaluate((texts) => {
    const data = new DataTransfer();
    for (const [at, text] of texts.entries()) data.items.add(new File([text], `${at}.json`, { type: "application/json" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    return performance.now();
  }, contents);
  await page.waitForSelector('[data-id="arrival/take"]', { state: "attached", ...patience });
  const previewed = (await page.evaluate(() => performance.now())) - began;
  await page.locator('[data-id="arrival/take"]').focus();
  const pressed = await page.evaluate(() => performance.now());
  await page.keyboard.press("Enter");
  await page.waitForSelector('[data-id="arrival/take"]', { state: "detached", ...patience });
  await page.waitForSelector('[data-id^="card/"]', { state: "attached", ...patience });
  await page.waitForSelector('html[data-save="saved"]', { state: "attached", ...patience });
  return { previewed, taken: (await page.evaluate(() => performance.now())) - pressed };
}

/** @param {Setting} setting @param {string} duibiao */
export async function arrivals({ browser, ours, fixtures, report }, duibiao) {
  const contents = makeReports(fixtures.folder, duibiao);
  const previewed = [];
  const taken = [];
  const both = [];
  for (let run = 0; run <= runs; ++run) {
    const { page, close } = await openPage(browser, `${ours.origin}#/`);
    const times = await takeIn(page, contents);
    await close();
    if (run === 0) continue; // warms up the machine's own caches
    previewed.push(times.previewed);
    taken.push(times.taken);
    both.push(times.previewed + times.taken);
  }
  report.add("arrivals", `${reports} reports of three layers: dropped → preview`, "ms", previewed);
  report.add("arrivals", "  taken in → stored", "ms", taken);
  report.add("arrivals", "  both", "ms", both, [], "≤ 2000 ms");
}
