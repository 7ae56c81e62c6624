// Chromium, and the two pages in it. Every page gets a context of its own, so caches and compiled code are as on a
// first visit.

import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserArguments, browserPath } from "../chromium.mjs";

const probe = readFileSync(new URL("probe.js", import.meta.url), "utf8");
const viewport = { width: 1400, height: 900 };

const settings = { executablePath: browserPath, args: browserArguments };

export function launch() {
  return chromium.launch(settings);
}

/** A browser of its own, as just started, that keeps what it learns in a folder. @param {string} profile */
export async function launchWithProfile(profile) {
  const context = await chromium.launchPersistentContext(profile, { ...settings, viewport, locale: "zh-CN" });
  context.setDefaultTimeout(60_000);
  await context.addInitScript({ content: probe });
  return context;
}

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").CDPSession} Session */
/** @typedef {{page: Page, cdp: Session, close(): Promise<void>}} Opened */

/**
 * Opens an address in a new context and waits until the page says it is ready and that frame is painted.
 * @param {Browser} browser
 * @param {string} address
 * @param {any} [storageState]
 * @returns {Promise<Opened>}
 */
export async function openPage(browser, address, storageState) {
  const context = await newContext(browser, storageState);
  return { ...(await openIn(context, address)), close: () => context.close() };
}

/**
 * @param {Browser} browser
 * @param {any} [storageState]
 */
export async function newContext(browser, storageState) {
  const context = await browser.newContext({ viewport, storageState, locale: "zh-CN" });
  context.setDefaultTimeout(60_000);
  await context.addInitScript({ content: probe });
  return context;
}

/**
 * The same in a context that has seen other pages; closing takes away the page only.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} address
 * @param {any} [network] how slow it is, as the protocol's Network.emulateNetworkConditions wants it
 * @returns {Promise<Opened>}
 */
export async function openIn(context, address, network = null) {
  const page = await context.newPage();
  if (network) {
    const protocol = await context.newCDPSession(page);
    await protocol.send("Network.enable");
    await protocol.send("Network.emulateNetworkConditions", network);
  }
  page.on("pageerror", (error) => console.error(`page error at ${address}: ${error.message}`));
  await page.goto(address, { waitUntil: "commit" });
  await page.evaluate(() => window.benchProbe.whenPainted);
  const cdp = await context.newCDPSession(page);
  return { page, cdp, close: () => page.close() };
}

/** @param {Opened} opened */
export async function heap({ page, cdp }) {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const usage = await cdp.send("Runtime.getHeapUsage");
  const counters = await cdp.send("Memory.getDOMCounters");
  const wasm = await page.evaluate(() => window.benchProbe.wasmMemory?.buffer.byteLength ?? 0);
  // What V8 holds, what the document's elements hold, and WebAssembly's memory, which V8 counts apart.
  const elements = /** @type {any} */ (usage).embedderHeapUsedSize ?? 0;
  return { script: usage.usedSize, elements, wasm, nodes: counters.nodes };
}

/** Seconds the main thread was busy, so far. @param {Session} cdp */
export async function busySeconds(cdp) {
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "TaskDuration")?.value ?? 0;
}

/**
 * Lets the page itself store a report: dropped on it as a user would. Gives the profile and the document's address.
 * @param {Browser} browser
 * @param {string} origin
 * @param {string} file
 */
export async function storeReport(browser, origin, file) {
  const content = readFileSync(file, "utf8");
  const id = JSON.parse(content).document;
  const { page, close } = await openPage(browser, `${origin}#/`);
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "report.json", { type: "application/json" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, content);
  const address = `${origin}#/doc/${id}`;
  await page.waitForFunction((wanted) => location.hash.startsWith(wanted), `#/doc/${id}`, { polling: 50 });
  await page.waitForSelector('html[data-save="saved"]', { state: "attached" });
  const storageState = await page.context().storageState({ indexedDB: true });
  await close();
  if (storageState.origins.every((one) => (one.indexedDB ?? []).length === 0)) {
    throw new Error("the page says it has saved the report, but its IndexedDB is empty");
  }
  return { address, storageState };
}
