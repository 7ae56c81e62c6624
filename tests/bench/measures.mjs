// What is measured, part by part. The program and its peer take turns within a part.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busySeconds, heap, launchWithProfile, openIn, openPage, storeReport } from "./browser.mjs";

/** @typedef {import("./browser.mjs").Opened} Opened */
/** @typedef {{browser: import("./browser.mjs").Browser, ours: import("./server.mjs").Site,
 *   peer: import("./server.mjs").Site, fixtures: any, report: import("./report.mjs").Report, single: string}} Setting */

const runs = 7;
const keyPresses = 21;
const edits = 30;
const idleSeconds = 10;
const wheelStep = 400;
/** A busy machine ends a part after this time, with fewer runs. */
const secondsPerPart = 60;
const fewestRuns = 3;

const sleep = (/** @type {number} */ milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
/** Counts runs from 0 (the warm-up) to `last`, as long as there is time. @param {number} last */
function* counted(last) {
  const end = performance.now() + secondsPerPart * 1000;
  for (let run = 0; run <= last; ++run) {
    if (run > fewestRuns && performance.now() > end) return;
    yield run;
  }
}

const toMiB = (/** @type {number} */ bytes) => bytes / 1024 / 1024;

// --- 1. First visit -------------------------------------------------------------------------------------------------

/** @param {Setting} setting */
async function bytes({ browser, ours, peer, report }) {
  const load = async (/** @type {import("./server.mjs").Site} */ site, /** @type {string} */ address) => {
    site.sent = [];
    const { close } = await openPage(browser, address);
    await sleep(2500); // what is fetched after the first frame is part of the visit
    await close();
    return site.sent;
  };
  const sent = { ours: await load(ours, `${ours.origin}#/`), peer: await load(peer, peer.origin) };
  const total = (/** @type {any[]} */ files, /** @type {string} */ key) =>
    files.reduce((sum, file) => sum + file[key], 0) / 1024;
  // The program's second part follows; nothing that is shown waits for it (tests/e2e/parts.test.mjs).
  const needed = sent.ours.filter((file) => !file.path.endsWith("/duibiao_rest.wasm"));
  report.add("bytes", "until ready, gzip -9", "KiB", [total(needed, "gzip")], [total(sent.peer, "gzip")], "≤ 400 KB");
  report.add("bytes", "first visit, gzip -9", "KiB", [total(sent.ours, "gzip")], [total(sent.peer, "gzip")], "≤ 650 KB");
  report.add("bytes", "first visit, as it is", "KiB", [total(sent.ours, "raw")], [total(sent.peer, "raw")]);
  const library = sent.peer.filter((file) => /^(survey|simplified)/.test(file.path));
  report.add("bytes", "  of it SurveyJS's own JS + CSS, gzip -9", "KiB", [], [total(library, "gzip")]);
  for (const [who, files] of Object.entries(sent)) {
    const lines = files.map((file) => [
      `  ${file.path}`,
      `${(file.gzip / 1024).toFixed(1)} KiB`,
      `${(file.raw / 1024).toFixed(1)} KiB`,
      file.status === 200 ? "" : `status ${file.status}`,
    ]);
    report.list(`First visit of ${who === "ours" ? "Duibiao" : "SurveyJS"}: gzip -9, as it is`, lines);
  }
}

// --- 2. Ready, 8. Memory --------------------------------------------------------------------------------------------

/** @param {Setting} setting */
async function readyAndMemory({ browser, ours, peer, fixtures, report }) {
  const empty = await storeReport(browser, ours.origin, fixtures.empty);
  const filled = await storeReport(browser, ours.origin, fixtures.filled);
  const variants = [
    { name: "empty", address: empty.address, state: empty.storageState },
    { name: "peerEmpty", address: peer.origin },
    { name: "filled", address: filled.address, state: filled.storageState },
    { name: "peerFilled", address: `${peer.origin}?filled` },
    { name: "home", address: `${ours.origin}#/` },
    { name: "peerLazy", address: `${peer.origin}?lazy` },
  ];
  /** @type {Record<string, {ready: number[], painted: number[], memory: any[]}>} */
  const taken = {};
  for (const run of counted(runs)) {
    for (const { name, address, state } of variants) {
      const opened = await openPage(browser, address, state);
      const { ready, painted } = await opened.page.evaluate(() => window.benchProbe);
      const memory = name.endsWith("illed") ? await heap(opened) : null;
      await opened.close();
      taken[name] ??= { ready: [], painted: [], memory: [] };
      if (run === 0) continue; // warms up the machine's own caches
      taken[name].ready.push(ready);
      taken[name].painted.push(painted);
      taken[name].memory.push(memory);
    }
  }
  const row = (/** @type {string} */ what, /** @type {string} */ a, /** @type {string} */ b, budget = "") => {
    const [left, right] = [taken[a], taken[b]];
    report.add("ready", `ready: ${what}`, "ms", left?.ready ?? [], right?.ready ?? [], budget);
    report.add("ready", `  the same, painted`, "ms", left?.painted ?? [], right?.painted ?? [], budget);
  };
  row(`the form of ${fixtures.count} criteria, empty`, "empty", "peerEmpty", "≤ 0.6 ×");
  row("the same, filled in", "filled", "peerFilled", "≤ 0.6 ×");
  row("empty, peer drawing only rows in sight (its option)", "empty", "peerLazy");
  row("the home page", "home", "");

  const memory = (/** @type {string} */ name, /** @type {(one: any) => number} */ pick) =>
    (taken[name]?.memory ?? []).map(pick);
  const compare = (/** @type {string} */ what, /** @type {string} */ unit, /** @type {(one: any) => number} */ pick) =>
    report.add("memory", what, unit, memory("filled", pick), memory("peerFilled", pick));
  compare("memory of the filled form: scripts + elements + wasm", "MiB", (one) => toMiB(one.script + one.elements + one.wasm));
  compare("  scripts", "MiB", (one) => toMiB(one.script));
  compare("  elements", "MiB", (one) => toMiB(one.elements));
  compare("  wasm", "MiB", (one) => toMiB(one.wasm));
  compare("  document nodes", "", (one) => one.nodes);
}

// --- 3. Frames ------------------------------------------------------------------------------------------------------

/**
 * Turns the wheel over the table until its last row is in sight (or the same number of steps as last time).
 * @param {Opened} opened
 * @param {number} step CSS pixels, negative: up
 * @param {number} steps at most
 * @param {() => Promise<boolean>} atEnd
 */
async function turnWheel({ cdp }, step, steps, atEnd) {
  for (let turned = 0; turned < steps; ++turned) {
    if (turned % 5 === 0 && (await atEnd())) return turned;
    await cdp.send("Input.dispatchMouseEvent", { type: "mouseWheel", x: 600, y: 600, deltaX: 0, deltaY: step });
  }
  return steps;
}

const lastRowInSight = (/** @type {Opened} */ { page }) =>
  page.evaluate(() => {
    const box = document.querySelector('[data-id="row/total"]')?.getBoundingClientRect();
    return box !== undefined && box.bottom <= innerHeight;
  });
const never = async () => false;

/** @param {Opened} opened */
async function takeFrames({ page }) {
  return page.evaluate(() => window.duibiaoFrames.splice(0));
}

/**
 * One pass over the table: CPU times of the program's frames, and the main thread's time a step, all included.
 * @param {Opened} opened
 * @param {number} step
 * @param {number} steps
 * @param {() => Promise<boolean>} atEnd
 */
async function pass(opened, step, steps, atEnd) {
  const before = await busySeconds(opened.cdp);
  const turned = await turnWheel(opened, step, steps, atEnd);
  const busy = ((await busySeconds(opened.cdp)) - before) * 1000;
  return { turned, busyPerStep: busy / Math.max(1, turned) };
}

/**
 * Milliseconds from one frame on the screen to the next while the wheel turns, with all drawing in software.
 * @param {import("./browser.mjs").Browser} browser
 * @param {Opened} opened
 */
async function presented(browser, { page, cdp }) {
  await page.bringToFront();
  await page.setViewportSize({ width: 1280, height: 800 });
  await sleep(500);
  const tracing = await browser.newBrowserCDPSession();
  /** @type {any[]} */
  const events = [];
  tracing.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await tracing.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["viz"] } });
  const began = performance.now();
  /** @type {Promise<unknown>[]} */
  const turns = [];
  while (performance.now() - began < 4000) {
    const deltaY = turns.length % 80 < 40 ? 100 : -100;
    turns.push(cdp.send("Input.dispatchMouseEvent", { type: "mouseWheel", x: 600, y: 500, deltaX: 0, deltaY }));
    await sleep(15);
  }
  await Promise.all(turns);
  const lasted = performance.now() - began;
  const complete = new Promise((done) => tracing.once("Tracing.tracingComplete", done));
  await tracing.send("Tracing.end");
  await complete;
  await tracing.detach();
  return lasted / events.filter((event) => event.name === "Display::DrawAndSwap").length;
}

/** @param {Setting} setting */
async function frames(setting) {
  const { browser, ours, peer, fixtures, report } = setting;
  const stored = await storeReport(browser, ours.origin, fixtures.filled);
  const mine = await openPage(browser, stored.address, stored.storageState);
  const other = await openPage(browser, `${peer.origin}?filled`);
  await sleep(500);
  await takeFrames(mine);
  const cold = await pass(mine, wheelStep, 1000, () => lastRowInSight(mine));
  const coldFrames = await takeFrames(mine);
  await pass(other, wheelStep, cold.turned, never);
  /** @type {number[]} */
  const warm = [];
  const busy = { mine: /** @type {number[]} */ ([]), other: /** @type {number[]} */ ([]) };
  for (const run of counted(runs - 1)) {
    const step = run % 2 === 0 ? -wheelStep : wheelStep;
    busy.mine.push((await pass(mine, step, cold.turned, never)).busyPerStep);
    warm.push(...(await takeFrames(mine)));
    busy.other.push((await pass(other, step, cold.turned, never)).busyPerStep);
  }
  const shown = { mine: await presented(setting.browser, mine), other: await presented(setting.browser, other) };
  await mine.close();
  await other.close();
  report.add("frames", "from one frame shown to the next, while the wheel turns", "ms", [shown.mine], [shown.other]);
  addFrames(report, "filled table", warm, "≤ 2 ms");
  addFrames(report, "first time through, with new glyphs", coldFrames);
  report.add("frames", "main thread a wheel step, all included", "ms", busy.mine, busy.other);

  const large = await storeReport(browser, ours.origin, fixtures.large);
  const page = await openPage(browser, large.address, large.storageState);
  await sleep(500);
  await takeFrames(page);
  const steps = 30;
  const height = 1_500_000; // more than it is; the wheel stops at the end
  /** @type {number[]} */
  const times = [];
  for (let run = 0; run < 2; ++run) {
    await pass(page, ((run % 2 === 0 ? 1 : -1) * height) / steps, steps, never);
    times.push(...(await takeFrames(page)));
  }
  await page.close();
  addFrames(report, "252 notes of 10,000 characters", times, "≤ 2 ms");
}

/** @param {Setting["report"]} report @param {string} what @param {number[]} times */
function addFrames(report, what, times, budget = "") {
  const sorted = [...times].sort((a, b) => a - b);
  const p95 = sorted[Math.floor((sorted.length - 1) * 0.95)] ?? NaN;
  report.add("frames", `frame CPU, ${what} (${times.length} frames)`, "ms", times, [], budget);
  report.add("frames", `  95th percentile`, "ms", [p95], [], budget);
}

// --- 4. Keys --------------------------------------------------------------------------------------------------------

/** @param {Opened} opened @param {string} key */
async function press({ cdp }, key) {
  const code = key.charCodeAt(0);
  const common = { key, windowsVirtualKeyCode: code, nativeVirtualKeyCode: code };
  await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", text: key, ...common });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...common });
}

/** @param {Opened} opened @param {string} key */
async function timeKey(opened, key) {
  await sleep(60); // nothing of the last key is left to do
  // Armed before the key is sent: the answer to the first call comes back first.
  const armed = await opened.page.evaluateHandle(() => ({ answer: window.benchProbe.nextKey() }));
  await press(opened, key);
  const answer = await armed.evaluate((one) => one.answer);
  await armed.dispose();
  return answer;
}

/** @param {Opened} opened @param {string} selector */
const focus = ({ page }, selector) => page.evaluate((one) => document.querySelector(one)?.focus(), selector);

/** @param {Setting} setting */
async function keys({ browser, ours, peer, fixtures, report }) {
  const stored = await storeReport(browser, ours.origin, fixtures.filled);
  const pages = {
    mine: await openPage(browser, stored.address, stored.storageState),
    other: await openPage(browser, `${peer.origin}?filled`),
    typing: await openPage(browser, `${peer.origin}?filled&typing`),
  };
  const fields = {
    note: { mine: '[data-id="note/self/1.1.1"]', other: "textarea" },
    score: { mine: '[data-id="score/self/1.1.2"]', other: 'input[type="number"]:not([readonly])' },
  };
  /** @type {Record<string, {milliseconds: number[], frames: number[], presented: number[]}>} */
  const taken = {};
  for (const [field, selectors] of Object.entries(fields)) {
    for (const [name, opened] of Object.entries(pages)) {
      await focus(opened, name === "mine" ? selectors.mine : selectors.other);
      await opened.page.evaluate(() => (window.benchProbe.presented.length = 0));
    }
    for (const run of counted(keyPresses)) {
      for (const [name, opened] of Object.entries(pages)) {
        if (field === "score") await opened.page.evaluate(() => document.activeElement?.select());
        const { frames: count, milliseconds, typed } = await timeKey(opened, field === "note" ? "a" : `${run % 2}`);
        const list = (taken[`${field} ${name}`] ??= { milliseconds: [], frames: [], presented: [] });
        if (run === 0) continue;
        if (!typed) {
          console.error(`${name}: key ${run} changed nothing in the ${field}`);
          continue;
        }
        list.milliseconds.push(milliseconds);
        list.frames.push(count);
      }
    }
    for (const [name, opened] of Object.entries(pages)) {
      const presented = await opened.page.evaluate(() => window.benchProbe.presented);
      // Entries below the threshold are not told: they count as the threshold.
      const list = taken[`${field} ${name}`];
      if (list) list.presented = Array.from({ length: list.frames.length }, (_, at) => presented.at(-1 - at) ?? 16);
    }
    const get = (/** @type {string} */ name, /** @type {"milliseconds" | "frames" | "presented"} */ what) =>
      taken[`${field} ${name}`]?.[what] ?? [];
    const title = field === "note" ? "key in a note" : "digit in a score";
    report.add("keys", `${title}: animation frame that paints it`, "", get("mine", "frames"), get("other", "frames"), "1 (next frame)");
    report.add("keys", `  key to end of that frame's rendering`, "ms", get("mine", "milliseconds"), get("other", "milliseconds"));
    report.add("keys", `  key to presented (Event Timing, steps of 8, ≥ 16)`, "ms", get("mine", "presented"), get("other", "presented"));
    report.add("keys", `  rendering, peer summing at every key`, "ms", get("mine", "milliseconds"), get("typing", "milliseconds"));
  }
  report.add("keys", "digit in a score: animation frame with the new total", "", await framesUntilTotal(pages.mine));
  for (const opened of Object.values(pages)) await opened.close();
}

/** @param {Opened} opened */
async function framesUntilTotal(opened) {
  const { page } = opened;
  /** @type {number[]} */
  const counts = [];
  for (let run = 0; run < runs; ++run) {
    await page.evaluate(() => document.activeElement?.blur());
    await sleep(150);
    const watch = await page.evaluateHandle(() => {
      const box = document.querySelector('[data-id="total-text"]')?.getBoundingClientRect();
      const canvas = document.querySelector("canvas");
      const armed = new Promise((resolve) => (window.benchProbe.armed = resolve));
      return { answer: window.benchProbe.nextChange(canvas, box), armed };
    });
    await focus(opened, '[data-id="score/self/1.1.2"]');
    await watch.evaluate((one) => one.armed);
    await sleep(150);
    await page.evaluate(() => document.activeElement?.select());
    await press(opened, `${run % 2}`);
    counts.push(await watch.evaluate((one) => one.answer));
    await watch.dispose();
  }
  return counts;
}

// --- 5. Idle --------------------------------------------------------------------------------------------------------

/** @param {Setting} setting */
async function idle({ browser, ours, peer, fixtures, report }) {
  const stored = await storeReport(browser, ours.origin, fixtures.filled);
  const mine = await openPage(browser, stored.address, stored.storageState);
  const other = await openPage(browser, `${peer.origin}?filled`);
  await sleep(2000);
  const look = async (/** @type {Opened} */ opened) => ({
    frames: await opened.page.evaluate(() => window.benchProbe.frames),
    busy: (await busySeconds(opened.cdp)) * 1000,
  });
  const before = [await look(mine), await look(other)];
  await sleep(idleSeconds * 1000);
  const after = [await look(mine), await look(other)];
  const difference = (/** @type {number} */ at, /** @type {"frames" | "busy"} */ what) => [
    (after[at]?.[what] ?? NaN) - (before[at]?.[what] ?? NaN),
  ];
  report.add("idle", `idle: animation frames in ${idleSeconds} s`, "", difference(0, "frames"), difference(1, "frames"), "0");
  report.add("idle", "  main thread busy meanwhile", "ms", difference(0, "busy"), difference(1, "busy"));
  await mine.close();
  await other.close();
}

// --- 6. Edit to durable ---------------------------------------------------------------------------------------------

/** @param {Setting} setting */
async function durable({ browser, ours, fixtures, report }) {
  const stored = await storeReport(browser, ours.origin, fixtures.filled);
  const opened = await openPage(browser, stored.address, stored.storageState);
  for (const edit of counted(edits)) {
    await focus(opened, `[data-id="score/self/1.1.${1 + (edit % 2)}"]`);
    await opened.page.evaluate(() => document.activeElement?.select());
    await press(opened, `${(edit >> 1) % 2}`);
    await opened.page.waitForFunction((count) => window.benchProbe.durable.length > count, edit, { polling: 20 });
    await sleep(30);
  }
  const times = (await opened.page.evaluate(() => window.benchProbe.durable)).slice(1);
  await opened.close();
  report.add("durable", `edit to durable (${times.length} edits)`, "ms", times, [], "≤ 500 ms");
}

// --- 7. Native core -------------------------------------------------------------------------------------------------

/** @param {Setting} setting @param {string} root @param {string} duibiao */
export function core({ fixtures, report }, root, duibiao) {
  const time = (/** @type {string[]} */ ...parameters) => {
    /** @type {number[]} */
    const times = [];
    for (let run = 0; run <= 15; ++run) {
      const began = performance.now();
      const { error } = spawnSync(duibiao, parameters, { stdio: "ignore" });
      if (error) throw error;
      if (run > 0) times.push(performance.now() - began);
    }
    return times;
  };
  report.add("core", "duibiao --version, the whole process", "ms", time("--version"));
  report.add("core", `duibiao check FILE (${fixtures.count} × 3 answers)`, "ms", time("check", fixtures.full));
  report.add("core", "duibiao score FILE", "ms", time("score", fixtures.full));
  report.add("core", "duibiao export FILE --to html", "ms", time("export", fixtures.full, "--to", "html", "-o", join(fixtures.folder, "out.html")));
  for (const [name, command] of [
    ["native", [join(root, "build/native/tests/bench/core_bench")]],
    ["wasm (node)", [process.execPath, join(root, "build/web/tests/bench/core_bench.js")]],
  ]) {
    const [program = "", ...before] = command ?? [];
    if (!existsSync(before[0] ?? program)) continue;
    const figures = JSON.parse(execFileSync(program, [...before, fixtures.full], { encoding: "utf8" }));
    const budget = name.startsWith("native") ? "≤ 50 ms" : "≤ 150 ms";
    report.add("core", `core in memory, ${name}: 100,000 activities to the duty matrix`, "ms", [figures.matrix / 1000], [], budget);
    report.add("core", `core in memory, ${name}: 20,000 activities of 26 branches to the duty matrix`, "ms", [figures.branches / 1000], [], budget);
    report.add("core", `core in memory, ${name}: 20,000 activities of 26 branches checked`, "ms", [figures.branches_check / 1000]);
    report.add("core", `core in memory, ${name}: 100,000 rows pasted into a roster`, "ms", [figures.roster_paste / 1000], [], "≤ 1000 ms");
    const checked = name.startsWith("native") ? "≤ 200 ms" : "≤ 600 ms";
    report.add("core", `core in memory, ${name}: 100,000 rows checked`, "ms", [figures.roster_check / 1000], [], checked);
    for (const step of ["read", "tally", "check", "write"]) {
      report.add("core", `core in memory, ${name}: ${step} (${Math.round(figures.bytes / 1024)} KiB)`, "µs", [figures[step]]);
    }
  }
}

// --- 8. Without a network -------------------------------------------------------------------------------------------

const nearby = null;
/** What a small hospital has to the server of its bureau. Bytes and milliseconds. */
const broadband = { offline: false, latency: 20, downloadThroughput: 10_000_000 / 8, uploadThroughput: 10_000_000 / 8 };

/**
 * A first visit, a second one with the network down, and the single file; each in a browser that was just started, as
 * in the morning, with its profile on disk. The file has a profile of its own.
 * @param {Setting} setting
 */
async function offline({ ours, report, single }) {
  /** @type {{first: number[], near: number[], second: number[], file: number[]}} */
  const taken = { first: [], near: [], second: [], file: [] };
  const visit = async (/** @type {string} */ profile, /** @type {string} */ address, isOffline = false, network = nearby) => {
    const context = await launchWithProfile(profile);
    await sleep(1500); // what the browser itself does when it starts
    if (isOffline) await context.setOffline(true);
    const { page } = await openIn(context, address, network);
    const ready = await page.evaluate(() => window.benchProbe.ready);
    if (address.startsWith("http") && !isOffline) await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await sleep(500);
    await context.close();
    return ready;
  };
  for (const run of counted(runs)) {
    const profiles = [mkdtempSync(join(tmpdir(), "duibiao-bench-")), mkdtempSync(join(tmpdir(), "duibiao-bench-"))];
    const [own, other] = /** @type {[string, string]} */ (profiles);
    const near = await visit(other, `${ours.origin}#/`);
    const first = await visit(own, `${ours.origin}#/`, false, broadband);
    const second = await visit(own, `${ours.origin}#/`, true);
    const file = await visit(other, single);
    for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    if (run === 0) continue;
    taken.first.push(first);
    taken.near.push(near);
    taken.second.push(second);
    taken.file.push(file);
  }
  report.add("offline", "second visit, network down → ready (ratio: to a first visit over 10 Mbit/s, 20 ms)", "ms", taken.second, taken.first, "≤ 0.7 ×");
  report.add("offline", "  the same (ratio: to a first visit whose server is this machine)", "ms", taken.second, taken.near);
  report.add("offline", "single file → ready (ratio: to the page's first visit from this machine)", "ms", taken.file, taken.near, "≤ 1.3 ×");
}

/** The ledger at its limit: reading its file, scrolling its list, adding an activity. @param {Setting} setting */
async function rows({ browser, ours, fixtures, report }) {
  const opened = await openPage(browser, `${ours.origin}#/`);
  const { page } = opened;
  const content = readFileSync(fixtures.ledger, "utf8");
  const began = performance.now();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "ledger.json", { type: "application/json" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, content);
  await page.waitForSelector('[data-id^="duty/"]', { state: "attached", timeout: 120_000 });
  report.add("rows", "100,000 activities: file dropped → matrix on the page", "ms", [performance.now() - began]);
  await page.waitForSelector('html[data-save="saved"]', { state: "attached", timeout: 120_000 });
  await page.locator('[data-id="parts/1"]').focus();
  await page.keyboard.press("Space");
  await page.waitForSelector('[data-id^="activity/"]', { state: "attached" });
  await sleep(1000);
  await takeFrames(opened);
  /** @type {number[]} */
  const times = [];
  for (const step of [120, 50_000, -120, -50_000]) {
    await pass(opened, step, 40, never);
    times.push(...(await takeFrames(opened)));
  }
  addFrames(report, "list of 100,000 activities", times, "≤ 4 ms");
  /** @type {number[]} */
  const added = [];
  await page.locator('[data-id="row/new"]').press("Enter");
  for (const run of counted(runs)) {
    await page.locator('[data-id="row/date"]').fill(`2025-11-${10 + run}`);
    await page.locator('[data-id="row/kind"]').fill("支委会");
    await takeFrames(opened);
    await page.locator('[data-id="row/kind"]').press("Enter");
    await page.waitForSelector('html[data-save="saved"]', { state: "attached" });
    await sleep(300);
    added.push(Math.max(...(await takeFrames(opened))));
  }
  report.add("rows", "100,000 activities: the longest frame when one is added", "ms", added, [], "one frame (16.7 ms)");
  await opened.close();
}

/** A roster at its limit: pasting it, scrolling, changing a cell. @param {Setting} setting */
async function roster({ browser, ours, report }) {
  const opened = await openPage(browser, `${ours.origin}#/new/ruian-2019-annex3?unit=A&period=2026`);
  const { page } = opened;
  await page.keyboard.press("Enter");
  await page.waitForSelector('[data-id="grid/cell"]', { state: "attached" });
  await page.locator('[data-id="grid/cell"]').focus();
  const lines = [...counted(100_000)].map((i) => `第${i}党支部\t${2018 + (i % 9)}年${(i % 12) + 1}月\t2029.1\t王磊\t主任\t2018-05-01`);
  const began = performance.now();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, lines.join("\n"));
  await page.waitForSelector('[data-id="grid/0/name"]', { state: "attached", timeout: 120_000 });
  report.add("roster", "100,000 rows pasted → on the page", "ms", [performance.now() - began], [], "≤ 1000 ms");
  await page.waitForSelector('html[data-save="saved"]', { state: "attached", timeout: 120_000 });
  await sleep(3000);
  await takeFrames(opened);
  /** @type {number[]} */
  const times = [];
  for (const step of [120, 50_000, -120, -50_000]) {
    await pass(opened, step, 40, never);
    times.push(...(await takeFrames(opened)));
  }
  addFrames(report, "roster of 100,000 rows", times, "≤ 4 ms");
  /** @type {number[]} */
  const typed = [];
  await page.locator('[data-id="grid/cell"]').focus();
  await page.keyboard.press("Control+Home");
  for (const _run of counted(runs)) {
    await sleep(1500);
    await takeFrames(opened);
    await page.keyboard.type("8");
    await sleep(100);
    typed.push(Math.max(...(await takeFrames(opened))));
    await page.keyboard.press("Enter");
  }
  report.add("roster", "100,000 rows: the longest frame when a cell is typed into", "ms", typed, [], "one frame (16.7 ms)");
  await opened.close();
}

/** The parts that need a browser, in the order they are taken. @type {Record<string, (setting: Setting) => Promise<void>>} */
export const inBrowser = { bytes, ready: readyAndMemory, offline, frames, keys, idle, durable, rows, roster };
