// How long each output takes in the browser, from the key that asks for it to the file that is handed over.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, storeReport } from "./browser.mjs";

/** @typedef {import("./measures.mjs").Setting} Setting */

const runs = 7;
const rosterRows = 500;
/** Until a dialog that closes by itself has done so, in milliseconds. */
const rest = 300;
const budget = "< 300 ms";

/** When the page was asked, and when it handed a file to the browser or called its printer. */
function watch() {
  const times = /** @type {any} */ (window).benchOutputs = { asked: 0, done: 0 };
  const done = () => (times.done = performance.now());
  window.addEventListener("keydown", () => ((times.asked = performance.now()), (times.done = 0)), true);
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => (done(), create(blob));
  window.print = done;
}

/**
 * Milliseconds of each run after the first, which fetches what is fetched when it is first wanted.
 * @param {import("playwright-core").Page} page
 * @param {string} format
 */
async function time(page, format) {
  const times = [];
  for (let run = 0; run <= runs; ++run) {
    const choice = page.locator(`[data-id="send/${format}"]`);
    await page.locator('[data-id="send"]').press("Enter");
    const part = page.locator(`[data-id="send/part/${["html", "docx", "xlsx"].includes(format) ? 1 : format === "eml" ? 2 : 0}"]`);
    await part.click();
    await choice.waitFor({ state: "attached" });
    const taken = await press(page, choice);
    if (run > 0) times.push(taken);
    await closeDialog(page);
  }
  return times;
}

/** Some outputs close it themselves. @param {import("playwright-core").Page} page */
async function closeDialog(page) {
  const close = page.locator('[data-id="send/close"]');
  for (;;) {
    await page.waitForTimeout(rest);
    if ((await close.count()) === 0) return;
    await page.keyboard.press("Escape");
  }
}

/** Milliseconds from the key to the file. @param {import("playwright-core").Page} page @param {import("playwright-core").Locator} choice */
async function press(page, choice) {
  await choice.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /** @type {any} */ (window).benchOutputs.done > 0, undefined, { polling: 5 });
  const { asked, done } = await page.evaluate(() => /** @type {any} */ (window).benchOutputs);
  return done - asked;
}

/**
 * A Word form that was sent, filled: it is dropped on the page, and its match is confirmed.
 * @param {import("playwright-core").Page} page
 * @param {string} file
 */
async function timeGiven(page, file) {
  const content = readFileSync(file).toString("base64");
  const times = [];
  for (let run = 0; run <= runs; ++run) {
    await page.waitForTimeout(rest);
    await page.evaluate((text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], "given.docx"));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, content);
    const save = page.locator('[data-id="given/save"]');
    await save.waitFor({ state: "attached" });
    const taken = await press(page, save);
    if (run > 0) times.push(taken);
  }
  return times;
}

/** Hands the document over once, so that a draft of an e-mail can be had without. @param {import("playwright-core").Page} page */
async function handOver(page) {
  await page.locator('[data-id="send"]').press("Enter");
  const name = page.locator('[data-id="send/name"]');
  await name.waitFor({ state: "attached" });
  await name.fill("张三");
  await page.locator('[data-id="send/report"]').press("Enter");
  await page.waitForSelector('html[data-save="saved"]', { state: "attached" });
  await closeDialog(page);
}

/** The score table with all 84 criteria filled in. @param {Setting} setting @param {string} duibiao */
async function scoreTable({ browser, ours, fixtures, report }, duibiao) {
  const paper = join(fixtures.folder, "given.docx");
  execFileSync(duibiao, ["export", fixtures.empty, "--to", "docx", "-o", paper]);
  const stored = await storeReport(browser, ours.origin, fixtures.filled);
  const { page, close } = await openPage(browser, stored.address, stored.storageState);
  await page.evaluate(watch);
  await handOver(page);
  for (const format of ["print", "html", "csv", "docx", "xlsx", "eml"])
    report.add("outputs", `84 criteria → ${format}`, "ms", await time(page, format), [], budget);
  report.add("outputs", "84 criteria → a given Word form", "ms", await timeGiven(page, paper), [], budget);
  await close();
}

/** @param {Setting} setting @param {string} duibiao */
async function roster({ browser, ours, fixtures, report }, duibiao) {
  const file = join(fixtures.folder, "roster.json");
  const table = join(fixtures.folder, "roster.csv");
  const lines = Array.from({ length: rosterRows }, (_, at) => `第${at + 1}党支部,2022年${(at % 12) + 1}月,2025-${(at % 12) + 1},王磊,主任,2022-05`);
  writeFileSync(table, `党组织名称,上次换届时间,计划换届时间,书记姓名,书记行政职务,书记任职时间\n${lines.join("\n")}\n`);
  execFileSync(duibiao, ["new", "ruian-2019-annex3", "--unit", "市第一人民医院党委", "--period", "2025", "-o", file]);
  execFileSync(duibiao, ["fill", file, "--from", table, "-o", file]);
  const stored = await storeReport(browser, ours.origin, file);
  const { page, close } = await openPage(browser, stored.address, stored.storageState);
  await page.evaluate(watch);
  for (const format of ["xlsx", "docx"])
    report.add("outputs", `roster of ${rosterRows} rows → ${format}`, "ms", await time(page, format), [], budget);
  await close();
}

/** @param {Setting} setting @param {string} duibiao */
export async function outputs(setting, duibiao) {
  await scoreTable(setting, duibiao);
  await roster(setting, duibiao);
}
