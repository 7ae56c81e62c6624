// Where the main thread's time goes at a step of the wheel and at a key: milliseconds of processor time a step, each
// kind of work without what it calls, the page beside its peer; and what drawing costs the graphics process. For finding
// out, not for judging.
//
//   node tests/bench/profile.mjs [wheel | key]

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage, storeReport } from "./browser.mjs";
import { makeFixtures } from "./fixtures.mjs";
import { peerFiles, readFolder } from "./sites.mjs";
import { Site } from "./server.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = process.env["DUIBIAO_DIST"] ?? join(root, "build/web/dist");
const duibiao = process.env["DUIBIAO"] ?? join(root, "build/native/duibiao");
const steps = 20;
const categories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink", "v8", "cc"];
const sleep = (/** @type {number} */ milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** @typedef {import("./browser.mjs").Opened} Opened */

/** What each kind of step does; the next waits until all is drawn. @type {Record<string, (opened: Opened, at: number) => Promise<void>>} */
const kinds = {
  wheel: async ({ cdp }, at) => {
    const deltaY = at % steps < steps / 2 ? 40 : -40;
    await cdp.send("Input.dispatchMouseEvent", { type: "mouseWheel", x: 600, y: 600, deltaX: 0, deltaY });
  },
  key: async ({ cdp }) => {
    await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", key: "a", text: "a", code: "KeyA" });
    await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: "a", code: "KeyA" });
  },
};

/**
 * Times of one thread's events, each without those inside it.
 * @param {any[]} events complete ones of a thread
 */
function ownTimes(events) {
  /** @type {Map<string, {time: number, count: number}>} */
  const times = new Map();
  /** @type {{end: number, name: string}[]} */
  const open = [];
  const add = (/** @type {string} */ name, /** @type {number} */ time, count = 0) => {
    const known = times.get(name) ?? { time: 0, count: 0 };
    times.set(name, { time: known.time + time / 1000, count: known.count + count });
  };
  for (const { ts, dur = 0, tdur = 0, name, args } of events.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    while ((open.at(-1)?.end ?? Infinity) <= ts) open.pop();
    const outer = open.at(-1);
    const own = args?.data?.type ? `${name} ${args.data.type}` : name;
    if (outer) add(outer.name, -tdur);
    add(own, tdur, 1);
    open.push({ end: ts + dur, name: own });
  }
  return times;
}

/** Milliseconds that the graphics process has had of the processors so far. @param {import("./browser.mjs").Session} session */
async function graphicsTime(session) {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === "GPU" ? cpuTime * 1000 : 0), 0);
}

/**
 * The main thread's times, and the graphics process' time a step.
 * @param {import("./browser.mjs").Browser} browser
 * @param {Opened} opened
 * @param {string} kind
 */
async function trace(browser, opened, kind) {
  const step = kinds[kind] ?? (async () => {});
  for (let at = 0; at < steps; ++at) {
    await step(opened, at); // warm
    await sleep(60);
  }
  const tracing = await browser.newBrowserCDPSession();
  const before = await graphicsTime(tracing);
  for (let at = 0; at < steps; ++at) {
    await step(opened, at);
    await sleep(120);
  }
  const graphics = ((await graphicsTime(tracing)) - before) / steps;
  /** @type {any[]} */
  const events = [];
  tracing.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await tracing.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: categories } });
  for (let at = 0; at < steps; ++at) {
    await step(opened, at);
    await sleep(120);
  }
  const complete = new Promise((done) => tracing.once("Tracing.tracingComplete", done));
  await tracing.send("Tracing.end");
  await complete;
  await tracing.detach();
  const mains = events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const busy = mains.map(({ pid, tid }) => ownTimes(events.filter((event) => event.ph === "X" && event.pid === pid && event.tid === tid)));
  const total = (/** @type {Map<string, {time: number}>} */ times) => [...times.values()].reduce((sum, { time }) => sum + time, 0);
  return { main: busy.sort((a, b) => total(b) - total(a))[0] ?? new Map(), graphics };
}

const fixtures = makeFixtures(root, duibiao);
const ours = new Site(readFolder(dist));
const peer = new Site(peerFiles(root, fixtures));
await Promise.all([ours.open(), peer.open()]);
const browser = await launch();
const stored = await storeReport(browser, ours.origin, fixtures.filled);
for (const kind of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(kinds)) {
  for (const [who, address, state, field] of [
    ["Duibiao", stored.address, stored.storageState, '[data-id="note/self/1.1.1"]'],
    ["SurveyJS", `${peer.origin}?filled`, undefined, "textarea"],
  ]) {
    const opened = await openPage(browser, address, state);
    await sleep(500);
    if (kind === "key") await opened.page.evaluate((selector) => document.querySelector(selector)?.focus(), field);
    const { main, graphics } = await trace(browser, opened, kind);
    const times = [...main].sort(([, a], [, b]) => b.time - a.time);
    const total = times.reduce((sum, [, { time }]) => sum + time, 0);
    console.log(`\n${who}, ${kind}: ${(total / steps).toFixed(2)} ms of the main thread a step, ${graphics.toFixed(1)} ms of the graphics process`);
    for (const [name, { time, count }] of times.slice(0, 18)) {
      if (time / steps < 0.03) break;
      console.log(`${(time / steps).toFixed(2).padStart(8)} ms ${(count / steps).toFixed(1).padStart(7)}×  ${name}`);
    }
    await opened.close();
  }
}
await browser.close();
await Promise.all([ours.close(), peer.close()]);
