// @ts-check
// Starts the program and joins the page's modules to it.

import { Bridge } from "./bridge.js";
import { canShare, serveFiles } from "./files.js";
import { serveFolder } from "./folder.js";
import { followContrast } from "./contrast.js";
import { Glyphs } from "./glyphs.js";
import { fetchHanFont } from "./han_font.js";
import { JournaledDatabase } from "./journal.js";
import { Mirror } from "./mirror.js";
import { serveOffline } from "./offline.js";
import { Program } from "./parts.js";
import { listenToPointers } from "./pointer.js";
import { serveStorage } from "./storage.js";
import { Surface } from "./surface.js";
import { belongsToInputMethod, forgetMeasurements, keyName } from "./text_field.js";

/** Shortcuts that work everywhere, as C++ calls them. @type {Record<string, string>} */
const shortcuts = {
  "Ctrl+Z": "Ctrl+Z",
  "Ctrl+Y": "Ctrl+Y",
  "Ctrl+Shift+Z": "Ctrl+Y",
  "Ctrl+S": "Ctrl+S",
  "Ctrl+P": "Ctrl+P",
  F1: "F1",
  "Ctrl+K": "Ctrl+K",
  F8: "F8",
  "Shift+F8": "Shift+F8",
  Escape: "Escape",
};
/** Keys that scroll; the browser has nothing to scroll here. */
/** Letters that mean something where nothing is typed. */
const pageKeys = new Set(["/", "?"]);
const scrollKeys = new Set(["PageUp", "PageDown", "Home", "End"]);

const failure =
  "程序出现意外错误，已经停下。已保存的内容都在这台电脑的浏览器里，没有丢失。\n请刷新本页继续；如果反复出现，请换用新版 Edge 或 Chrome。";

/** In English too, as the Chinese half cannot be read just then. */
const noChineseFont =
  "这台电脑没有中文字体，文字会显示为方框。请安装中文字体（如“思源黑体”）后刷新本页。\n" +
  "No Chinese font is installed on this computer. Install one (such as Noto Sans CJK SC) and reload this page.";

/** @param {string} text @param {"box" | "bar"} look */
function notify(text, look = "box") {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.textContent = text;
  notice.classList.toggle("bar", look === "bar");
}

/** Errors carry no user's text to the console; the sentence on the page says what to do. */
function reportErrors() {
  window.addEventListener("error", (event) => event.error && notify(failure));
  window.addEventListener("unhandledrejection", () => notify(failure));
}

/** The canvas' size in device pixels as the page wants it. */
const wanted = { width: 0, height: 0 };

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ResizeObserverSize} [exact]
 */
function measure(canvas, exact) {
  const density = window.devicePixelRatio || 1;
  wanted.width = pixels(canvas.clientWidth * density, exact?.inlineSize);
  wanted.height = pixels(canvas.clientHeight * density, exact?.blockSize);
  return { ...wanted, density };
}

/**
 * Every size that is set, even the one there is, costs a new drawing buffer and a wait for the graphics process. SDL
 * sets sizes of its own on the way; only the page's are taken, and only when they are new.
 * @param {HTMLCanvasElement} canvas
 */
function holdSize(canvas) {
  measure(canvas);
  for (const side of /** @type {const} */ (["width", "height"])) {
    const own = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side));
    const set = (/** @type {number} */ value) => {
      if (value === wanted[side] && value !== canvas[side]) own.set?.call(canvas, value);
    };
    Object.defineProperty(canvas, side, { get: own.get, set });
    canvas[side] = wanted[side];
  }
}

/**
 * Sizes in device pixels, exact where the browser knows them.
 * @param {Bridge} bridge
 * @param {HTMLCanvasElement} canvas
 */
function followSize(bridge, canvas) {
  const send = (/** @type {ResizeObserverSize | undefined} */ exact) => bridge.send("resize", measure(canvas, exact));
  const observer = new ResizeObserver(([entry]) => send(entry?.devicePixelContentBoxSize?.[0]));
  try {
    observer.observe(canvas, { box: "device-pixel-content-box" });
  } catch {
    observer.observe(canvas);
  }
  watchDensity(() => {
    forgetMeasurements();
    send(undefined);
  });
  send(undefined);
}

/**
 * @param {number} computed
 * @param {number | undefined} exact what the browser says, which some say without the density
 */
function pixels(computed, exact) {
  return exact !== undefined && Math.abs(exact - computed) < 2 ? exact : Math.round(computed);
}

/** @param {() => void} changed */
function watchDensity(changed) {
  const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  query.addEventListener(
    "change",
    () => {
      changed();
      watchDensity(changed);
    },
    { once: true },
  );
}

/** @param {Bridge} bridge */
function followRoute(bridge) {
  // As it stands: C++ takes the link apart before it decodes the parts.
  const route = () => location.hash.slice(1) || "/";
  let last = route();
  const changed = () => {
    if (route() === last) return;
    last = route();
    bridge.send("route", { route: last });
  };
  window.addEventListener("hashchange", changed);
  window.addEventListener("popstate", changed);
  bridge.on("route", ({ op, route: wanted }) => {
    if (wanted === last) return;
    if (op === "push") history.pushState(null, "", `#${wanted}`);
    else history.replaceState(null, "", `#${wanted}`);
    last = route();
  });
  bridge.send("route", { route: last });
}

/** @param {Bridge} bridge */
function followShortcuts(bridge) {
  window.addEventListener("keydown", (event) => {
    if (belongsToInputMethod(event)) return;
    const name = keyName(event);
    const shortcut = shortcuts[name];
    const inField = event.target instanceof Element && event.target.classList.contains("field");
    if (shortcut || (pageKeys.has(name) && !inField)) event.preventDefault();
    else if (inField || !scrollKeys.has(name)) return;
    bridge.send("dom", { kind: "key", id: "", key: shortcut ?? name });
  });
}

/**
 * Nothing may be lost when the page goes away: what the field in use holds goes to C++, and from there to storage.
 * @param {Bridge} bridge
 * @param {() => void} flush
 */
function followLeaving(bridge, flush) {
  window.addEventListener("beforeunload", (event) => {
    flush();
    if (document.documentElement.getAttribute("data-save") === "failed") event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
    else bridge.send("frame");
  });
  window.addEventListener("pagehide", flush);
}

/**
 * @param {Bridge} bridge
 * @param {Mirror} mirror
 * @param {() => void} ready once the page can be used
 */
function servePage(bridge, mirror, ready) {
  const root = document.documentElement;
  let live = document.getElementById("live");
  // From the letter on, not from the frame on in which C++ hears of it.
  mirror.onuse = () => root.getAttribute("data-save") === "saved" && root.setAttribute("data-save", "saving");
  bridge.on("save_state", ({ value }) => root.setAttribute("data-save", value));
  bridge.on("title", ({ value }) => (document.title = value));
  bridge.on("language", ({ value }) => (root.lang = value));
  bridge.on("announce", ({ text }) => {
    if (!live) return;
    // The same sentence twice is told twice.
    live.textContent = live.textContent === text ? `${text}\u00a0` : text;
  });
  bridge.on("ready", () => {
    performance.mark("duibiao-ready");
    root.setAttribute("data-ready", "1");
    ready();
  });
  bridge.on("notice", () => notify(failure));
}

const sayIncomplete = () => notify(document.getElementById("notice")?.dataset["incomplete"] ?? failure);

/**
 * @param {Program} program
 * @param {Promise<typeof import("./duibiao.js")>} glue
 */
async function start(program, glue) {
  const bridge = new Bridge();
  // The database is asked first, as it answers while the rest is made ready.
  const database = new JournaledDatabase();
  const flush = () => {
    mirror.focusedField?.commit();
    bridge.send("flush");
  };
  serveStorage(bridge, database, flush);
  const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById("canvas"));
  holdSize(canvas);
  bridge.surface = new Surface(bridge, canvas);
  const glyphs = new Glyphs(bridge);
  bridge.glyphs = glyphs;
  const mirror = new Mirror(
    bridge,
    /** @type {HTMLElement} */ (document.getElementById("mirror")),
    /** @type {HTMLElement} */ (document.getElementById("notes")),
    (weight, size) => glyphs.ascent(weight, size),
  );
  const keepForOffline = serveOffline(bridge, flush);
  serveFiles(bridge);
  const findFolder = serveFolder(bridge, database);
  servePage(bridge, mirror, () => {
    void keepForOffline();
    void findFolder();
    database.startJournal();
  });
  // Called by C++ before its first frame.
  bridge.on("started", () => {
    followSize(bridge, canvas);
    followContrast(bridge);
    bridge.send("sharing", { possible: canShare() });
    followRoute(bridge);
    followShortcuts(bridge);
    followLeaving(bridge, flush);
    listenToPointers(bridge, canvas, mirror);
  });
  Object.assign(window, { duibiaoFrames: bridge.frames });
  let hasHanzi = glyphs.hasHanzi();
  if (!hasHanzi && (await fetchHanFont())) {
    glyphs.forget();
    hasHanzi = glyphs.hasHanzi();
  }
  const loaded = await glue.catch(sayIncomplete);
  if (!loaded) return;
  /** @type {(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => object} */
  const instantiateWasm = (imports, done) => {
    const run = async () => done(...(await program.instantiate(imports, bridge)));
    run().catch(() => document.getElementById("notice")?.textContent || notify(failure));
    return {};
  };
  program.serveDesk(bridge);
  await loaded.default({ canvas, bridge, instantiateWasm, print: () => {}, printErr: () => {} });
  await program.complete(bridge);
  if (!hasHanzi) notify(noChineseFont, "bar");
}

reportErrors();
// Otherwise check.js has told the user what to do.
if (!document.documentElement.hasAttribute("data-unfit")) void start(new Program(sayIncomplete), import("./duibiao.js"));
