// The largest that is allowed, and what gathers in a year: how long it takes to open, and the memory it needs.

import { readFileSync, statSync } from "node:fs";
import { heap, newContext, openIn } from "./browser.mjs";

/** @typedef {import("./measures.mjs").Setting} Setting */
/** @typedef {import("./browser.mjs").Opened} Opened */

const runs = 5;
const patience = { timeout: 120_000 };
const toMiB = (/** @type {number} */ bytes) => bytes / 1024 / 1024;

/**
 * Drops a report on the page: milliseconds until `first` of it is there.
 * @param {Opened} opened
 * @param {string} file
 * @param {string} first
 */
async function drop({ page }, file, first) {
  const began = await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "report.json", { type: "application/json" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    return performance.now();
  }, readFileSync(file, "utf8"));
  await page.waitForSelector(first, { state: "attached", ...patience });
  const took = (await page.evaluate(() => performance.now())) - began;
  await page.waitForSelector('html[data-save="saved"]', { state: "attached", ...patience });
  return took;
}

/**
 * From the home page into a document that is stored, again and again.
 * @param {Opened} opened
 * @param {string} id
 * @param {string} first
 */
async function openAgain({ page }, id, first) {
  /** @type {number[]} */
  const times = [];
  for (let run = 0; run <= runs; ++run) {
    await page.evaluate(() => void (location.hash = "#/"));
    await page.waitForSelector('[data-id^="card/"]', { state: "attached", ...patience });
    await page.waitForSelector(first, { state: "detached", ...patience });
    const took = await page.evaluate(
      ([route, selector]) =>
        new Promise((resolve) => {
          const began = performance.now();
          const look = () => (document.querySelector(selector) ? resolve(performance.now() - began) : null);
          new MutationObserver((_, observer) => look() !== null && observer.disconnect()).observe(document.body, {
            childList: true,
            subtree: true,
          });
          location.hash = route;
        }),
      /** @type {[string, string]} */ ([`#/doc/${id}`, first]),
    );
    if (run > 0) times.push(/** @type {number} */ (took)); // the first one warms up
  }
  return times;
}

/**
 * @param {Setting} setting
 * @param {{part: string, what: string, file: string, first: string, budget: string}} one
 */
async function openings({ browser, ours, report }, { part, what, file, first, budget }) {
  const context = await newContext(browser, undefined);
  const opened = await openIn(context, `${ours.origin}#/`);
  const size = `${toMiB(statSync(file).size).toFixed(1)} MiB`;
  const dropped = await drop(opened, file, first);
  report.add(part, `${what} (${size}): file dropped → on the page`, "ms", [dropped]);
  report.add(part, `  the same from this browser: card pressed → on the page`, "ms", await openAgain(opened, JSON.parse(readFileSync(file, "utf8")).document, first), [], budget);
  const { script, wasm } = await heap(opened);
  report.add(part, "  memory after that: scripts + wasm, which never shrinks", "MiB", [toMiB(script + wasm)]);
  await opened.close();
  await context.close();
}

/** @param {Setting} setting */
export async function year(setting) {
  const { year: file, log } = setting.fixtures;
  await openings(setting, { part: "year", what: "10,000 edits in the log", file: log, first: '[data-id="score/self/1.1.1"]', budget: "≤ 200 ms" });
  await openings(setting, { part: "year", what: "20,000 edits in the log", file, first: '[data-id="score/self/1.1.1"]', budget: "≤ 300 ms" });
}

/** @param {Setting} setting */
export async function dossier(setting) {
  const { dossier: file } = setting.fixtures;
  await openings(setting, { part: "dossier", what: "the largest report that is taken", file, first: '[data-id^="duty/"]', budget: "≤ 2000 ms" });
}
