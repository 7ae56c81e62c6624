// The score table's work in Firefox and WebKit as their makers ship them, on a server, without it, and as one file. The
// other browser tests run in Chromium; here is what engines differ in: drawing, keys, fields, storage, workers, unpacking.
import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { missing, openFirefox, openScreen, openWebKit } from "./engines.mjs";
import * as h from "./harness.mjs";

const keys = { Enter: "\uE007", Escape: "\uE00C", Control: "\uE009" };

let screen;
let folder;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "duibiao-engines-"));
  if (!missing.firefox || !missing.webkit) screen = await openScreen();
});
after(async () => {
  await screen?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A clerk at a window. */
class Clerk {
  /** @param {import("./engines.mjs").Window} window */
  constructor(window) {
    this.window = window;
  }

  run(body, ...values) {
    return this.window.run(String(body), ...values);
  }

  /** Opens an address and waits until the page can be used; from then on what is downloaded or printed is kept here. */
  async open(address) {
    await this.window.open(address);
    await this.becomeReady();
  }

  async reload() {
    await this.window.reload();
    await this.becomeReady();
  }

  async becomeReady() {
    const isReady = () => document.documentElement.dataset.ready === "1";
    // Longer than one question to a browser may take: a busy machine without a graphics card needs it.
    for (let tries = 0; tries < 3 && !(await this.within(15_000, isReady)); ++tries);
    await this.until(isReady, undefined, "ready");
    await this.run(() => {
      window.downloads = [];
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => (window.downloads.push(blob), make.call(URL, blob));
      HTMLAnchorElement.prototype.click = () => {};
      window.print = () => {};
    });
    await this.run(tellOfFocus);
  }

  /** Whether `check` of the value is true in the page within that time. */
  within(milliseconds, check, value) {
    const body = `async (value) => {
      const check = ${check};
      for (const end = Date.now() + ${milliseconds}; Date.now() < end; await new Promise((done) => setTimeout(done, 40)))
        if (check(value)) return true;
      return false;
    }`;
    return this.window.run(body, value ?? "");
  }

  /** Waits in the page until `check` of the value is true. */
  async until(check, value, what = String(check)) {
    assert.ok(await this.within(15_000, check, value), `in time: ${what} ${value ?? ""}`);
  }

  /** A dialog that a slow machine still lays out may move away under the pointer: then clicks once more. */
  async clickUntil(selector, check) {
    await this.click(selector);
    if (!(await this.within(5000, check))) await this.click(selector);
    await this.until(check);
  }

  /** The middle of an element once it stands still. */
  async place(selector) {
    await this.until((wanted) => document.querySelector(wanted) !== null, selector);
    const middle = async (wanted) => {
      for (let before = ""; ; ) {
        for (let frame = 0; frame < 3; ++frame) await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
        const box = document.querySelector(wanted)?.getBoundingClientRect();
        if (box && JSON.stringify(box) === before) return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
        before = JSON.stringify(box);
      }
    };
    return this.run(middle, selector);
  }

  async click(selector) {
    const { x, y } = await this.place(selector);
    const actions = [
      { type: "pointerMove", x, y, origin: "viewport" },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    await this.window.act([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]);
  }

  /** Presses keys one after the other; with Control for a shortcut. */
  async type(text, { control = false } = {}) {
    const letters = Object.values(keys).includes(text) ? [text] : [...text];
    const actions = letters.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    if (control) actions.unshift({ type: "keyDown", value: keys.Control });
    if (control) actions.push({ type: "keyUp", value: keys.Control });
    await this.window.act([{ type: "key", id: "keyboard", actions }]);
  }

  /** Puts text where the caret is, as an input method does when it is done. */
  insert(text) {
    return this.run((one) => document.execCommand("insertText", false, one), text);
  }

  async holds(selector, value) {
    await this.until(([wanted, expected]) => document.querySelector(wanted)?.value === expected, [selector, value]);
  }

  focuses(selector) {
    return this.until((wanted) => document.activeElement?.matches(wanted), selector);
  }

  /** Waits until what just happened is durable. */
  async saved() {
    await this.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20)))));
    return this.until(() => document.documentElement.dataset.save === "saved");
  }

  /** What was copied from a spreadsheet comes to an element that has the focus. */
  async paste(selector, text) {
    await this.until((wanted) => document.querySelector(wanted) !== null, selector);
    await this.run(([wanted, copied]) => {
      const element = document.querySelector(wanted);
      element.focus();
      const data = { types: ["text/plain"], files: [], getData: (type) => (type === "text/plain" ? copied : "") };
      element.dispatchEvent(Object.assign(new Event("paste", { bubbles: true, cancelable: true }), { clipboardData: data }));
    }, [selector, text]);
  }

  async shows(selector, words) {
    await this.until(([wanted, text]) => document.querySelector(wanted)?.textContent.includes(text), [selector, words]);
  }

  /** The last download as text. */
  download() {
    return this.run(async () => window.downloads.at(-1)?.text());
  }

  async screenshot(name) {
    await mkdir(h.screenshots, { recursive: true });
    await writeFile(path.join(h.screenshots, `${name}.png`), await this.window.screenshot());
  }
}

const score = (item) => `[data-id="score/self/${item}"]`;
const note = (item) => `[data-id="note/self/${item}"]`;

/** Begins a form by a link; returns its id. */
async function create(clerk, address) {
  await clerk.open(`${address}#/new/jilin-committee?unit=${encodeURIComponent("市第一医院党委")}&period=2026`);
  await clerk.clickUntil('[data-id="new/create"]', () => location.hash.startsWith("#/doc/"));
  await clerk.saved();
  return clerk.run(() => location.hash.split("/")[2]);
}

/** Scores, a refused score, texts, undo, findings, sums, paper and file. */
async function fillIn(clerk) {
  await clerk.click(score("1.1.1"));
  await clerk.type("2");
  await clerk.type(keys.Enter);
  await clerk.focuses(score("1.1.2"));
  await clerk.type("f");
  await clerk.holds(score("1.1.2"), "1");
  await clerk.type(keys.Enter);
  await clerk.focuses(score("1.2.1"));
  await clerk.type("9");
  await clerk.until((wanted) => document.querySelector(wanted).getAttribute("aria-invalid") === "true", score("1.2.1"));
  await clerk.type(keys.Escape);
  await clerk.holds(score("1.2.1"), "");
  await clerk.click(note("1.1.1"));
  await clerk.focuses(note("1.1.1"));
  await clerk.insert("党委每季度研究一次𬭩");
  await clerk.saved();
  await clerk.click(note("1.1.2"));
  await clerk.focuses(note("1.1.2"));
  await clerk.type("abc");
  await clerk.holds(note("1.1.2"), "abc");
  await clerk.click('[data-id="undo"]');
  await clerk.holds(note("1.1.2"), "");
  await clerk.until(() => /3\b/.test(document.querySelector('[data-id="total-text"]')?.textContent ?? ""));
  await clerk.saved();
  await clerk.type("p", { control: true });
  await clerk.until(() => document.querySelector("#print-root .paper") !== null);
}

async function send(clerk) {
  await clerk.click('[data-id="send"]');
  await clerk.click('[data-id="send/incomplete"]');
  await clerk.click('[data-id="send/name"]');
  await clerk.type("张三");
  await clerk.click('[data-id="send/report"]');
  await clerk.until(() => window.downloads.length > 0);
  return JSON.parse(await clerk.download());
}

/** Opened once with the server there; all of the work comes after it has gone. */
async function worksWithoutServer(clerk, name) {
  const server = await h.serve();
  try {
    const id = await create(clerk, server.address);
    await clerk.until(() => navigator.serviceWorker.controller !== null);
    await server.close();
    await clerk.open(`${server.address}#/doc/${id}/1.1.1`);
    await clerk.reload();
    await fillIn(clerk);
    await clerk.screenshot(`engine-${name}`);
    await clerk.reload();
    await clerk.holds(note("1.1.1"), "党委每季度研究一次𬭩");
    const report = await send(clerk);
    assert.equal(report.layers[0].answers["1.1.1"].score, 2);
    assert.equal(report.layers[0].answers["1.1.1"].note, "党委每季度研究一次𬭩");
    await clerk.saved();
  } finally {
    await server.close();
  }
}

/** @param {Clerk} clerk @param {string} folder of its own */
async function worksAsFile(clerk, folder) {
  const file = path.join(folder, "duibiao.html");
  await copyFile(path.join(h.dist, "duibiao.html"), file);
  const id = await create(clerk, pathToFileURL(file).href);
  await fillIn(clerk);
  await clerk.click(note("1.1.2"));
  await clerk.focuses(note("1.1.2"));
  await clerk.insert("单文件里写的");
  await clerk.saved();
  await clerk.reload();
  await clerk.holds(note("1.1.2"), "单文件里写的");

  await clerk.open(pathToFileURL(file).href);
  await clerk.click('[data-id="settings"]');
  await clerk.clickUntil('[data-id="settings/copy"]', () => window.downloads.length > 0);
  const copy = path.join(folder, "copy.html");
  await writeFile(copy, await clerk.download());
  // As on another computer.
  const elsewhere = path.join(folder, "empty.html");
  await writeFile(elsewhere, "<!doctype html>");
  await clerk.window.open(pathToFileURL(elsewhere).href);
  const forget = () => new Promise((done) => (indexedDB.deleteDatabase("duibiao").onsuccess = () => done(true)));
  assert.ok(await clerk.run(forget));
  await clerk.open(pathToFileURL(copy).href);
  await clerk.until((wanted) => document.querySelector(wanted) !== null, `[data-id="card/${id}"]`);
  await clerk.saved();
  await clerk.open(`${pathToFileURL(copy).href}#/doc/${id}/1.1.2`);
  await clerk.reload();
  await clerk.holds(note("1.1.2"), "单文件里写的");
  const report = await send(clerk);
  assert.deepEqual(report.layers[0].answers["1.1.1"], { note: "党委每季度研究一次𬭩", score: 2 });
}

// --- Ballots --------------------------------------------------------------------------------------------------------

const members = ["甲一", "乙二", "丙三"];
const raters = ["评议人阿", "评议人波", "评议人次", "评议人得"];
const table = (rows) => rows.map((row) => row.join("\t")).join("\n");
const ownScores = table([
  ["姓名", "党支部", ...["组织生活", "组织任务", "中心工作", "志愿服务", "医德考评"].map((name) => `${name}自评`)],
  ...members.map((name) => [name, "第一支部", 18, 17, 18, 19.5, 20]),
]);
const ballots = table([["姓名", ...raters], ...members.map((name, at) => [name, ...raters.map((_, rater) => 80.5 + at + 2 * rater)])]);

/** Whether a rater's name is in anything that the page can read: every record, file, cache, text and field. */
async function searchBrowser(name) {
  const isIn = (text) => text.includes(name);
  const places = { fields: isIn([...document.querySelectorAll("input, textarea")].map(({ value }) => value).join("\n")) };
  places.page = isIn(document.documentElement.outerHTML);
  places.settings = isIn(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]));
  const names = (await indexedDB.databases?.())?.map((database) => database.name) ?? ["duibiao"];
  for (const database of names) {
    const open = await new Promise((done) => (indexedDB.open(database).onsuccess = ({ target }) => done(target.result)));
    for (const store of open.objectStoreNames) {
      const request = open.transaction(store).objectStore(store).getAll();
      const records = await new Promise((done) => (request.onsuccess = () => done(request.result)));
      places[`${database}/${store}`] = isIn(JSON.stringify(records));
    }
    open.close();
  }
  const read = async (folder, at) => {
    for await (const [one, handle] of folder.entries()) {
      if (handle.kind === "directory") await read(handle, `${at}${one}/`);
      else places[at + one] = isIn(await (await handle.getFile()).text());
    }
  };
  if (navigator.storage?.getDirectory) await read(await navigator.storage.getDirectory(), "file/");
  for (const key of (await globalThis.caches?.keys()) ?? []) {
    const cache = await caches.open(key);
    for (const request of await cache.keys()) places[request.url] = isIn(await (await cache.match(request)).text());
  }
  return Object.keys(places).filter((place) => places[place]);
}

/** Of a profile on the disk those of the page's own files that have the text. */
async function searchDisk(folder, text) {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const own = all.filter((entry) => entry.isFile() && /[/]storage[/]default[/].*[/]fs([/]|$)/.test(entry.parentPath ?? entry.path));
  const files = own.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  const found = await Promise.all(files.map(async (file) => {
    const bytes = await readFile(file);
    return ["utf8", "utf16le"].some((encoding) => bytes.includes(Buffer.from(text, encoding)));
  }));
  return { files: files.length, found: files.filter((_, at) => found[at]) };
}

async function closeStep(clerk) {
  await clerk.click('[data-id="step/close"]');
  await clerk.clickUntil('[data-id="close/confirm"]', () => document.querySelector('[data-id="close/confirm"]') === null);
}

async function erasesBallots(clerk) {
  const server = await h.serve();
  try {
    const form = `#/new/shaoxing-2017-appraisal?unit=${encodeURIComponent("市中医院")}&period=2026-H1`;
    await clerk.open(server.address + form);
    await clerk.clickUntil('[data-id="new/create"]', () => location.hash.startsWith("#/doc/"));
    await clerk.paste('[data-id="grid/cell"]', ownScores);
    await clerk.shows('[data-id="step/self"]', h.words["ui.appraisal.step.ready"]);
    await closeStep(clerk);
    await clerk.click('[data-id="roster/parts/1"]');
    await clerk.paste('[data-id="ballot/paste"]', ballots);
    await clerk.shows('[data-id="step/peers"]', "4");
    await clerk.saved();
    await clerk.reload();
    await clerk.click('[data-id="roster/parts/1"]');
    await clerk.click('[data-id="ballot/1"]');
    await clerk.type("99.5");
    await clerk.type(keys.Enter);
    await clerk.saved();
    const before = await clerk.run(searchBrowser, raters[0]);
    assert.ok(before.some((place) => place.startsWith("duibiao/")), before.join());
    const hasFile = await clerk.run(() => Boolean(navigator.storage?.getDirectory));
    const disk = clerk.window.profile;
    if (disk && hasFile) assert.notEqual((await searchDisk(disk, raters[0])).found.length, 0, "the search finds what is there");
    await closeStep(clerk);
    await clerk.shows('[data-id="step/peers"]', h.words["ui.appraisal.step.closed"]);
    for (const rater of raters) assert.deepEqual(await clerk.run(searchBrowser, rater), [], "when the step is called closed");
    if (disk) for (const rater of raters) assert.deepEqual((await searchDisk(disk, rater)).found, []);
    await clerk.click('[data-id="undo"]');
    await clerk.saved();
    await clerk.reload();
    await clerk.shows('[data-id="step/peers"]', h.words["ui.appraisal.step.closed"]);
    assert.deepEqual(await clerk.run(searchBrowser, raters[0]), []);
    if (disk) assert.deepEqual((await searchDisk(disk, raters[0])).found, []);
  } finally {
    await server.close();
  }
}

/** A campaign: files are dropped, read in a worker, added up, and there again after a reload. */
async function collects(clerk) {
  const server = await h.serve();
  try {
    await clerk.open(server.address);
    await clerk.clickUntil('[data-id="campaign/new"]', () => document.querySelector('[data-id="campaign/unit"]') !== null);
    await clerk.click('[data-id="campaign/unit"]');
    await clerk.insert("市卫生健康委");
    await clerk.run((label) => {
      const choice = document.querySelector('[data-id="campaign/form"]');
      choice.value = [...choice.options].find((option) => option.textContent === label).value;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }, h.instrument.short_title);
    await clerk.clickUntil('[data-id="campaign/create"]', () => location.hash.startsWith("#/doc/"));
    await clerk.until(() => document.querySelector('[data-id="desk/begin/1"]') !== null);
    const files = ["一院", "二院", "三院"].map((unit) => h.fileOf(unit)).map(({ name, content }) => ({ name, text: content.toString("utf8") }));
    await clerk.run((dropped) => {
      const data = new DataTransfer();
      for (const { name, text } of JSON.parse(dropped)) data.items.add(new File([text], name, { type: "application/json" }));
      data.items.add(new File(["{"], "坏.json", { type: "application/json" }));
      // WebKit gives no script's drop its files.
      const dataTransfer = { types: ["Files"], files: data.files, items: [] };
      window.dispatchEvent(Object.assign(new Event("drop", { bubbles: true, cancelable: true }), { dataTransfer }));
    }, JSON.stringify(files));
    const sum = h.say("ui.desk.conservation", { received: 4, counted: 3, superseded: 0, doubled: 0, foreign: 0, rejected: 1 });
    await clerk.shows('[data-id="desk/card/files"]', sum);
    await clerk.saved();
    await clerk.reload();
    await clerk.shows('[data-id="desk/card/files"]', sum);
  } finally {
    await server.close();
  }
}

/** A window that does not have the screen's focus is told of none: this tells it, of each change. */
function tellOfFocus() {
  let before = document.activeElement;
  const look = () => {
    const now = document.activeElement;
    if (document.hasFocus() || now === before) return;
    for (const kind of ["blur", "focusout"]) before?.dispatchEvent(new FocusEvent(kind, { bubbles: kind === "focusout" }));
    for (const kind of ["focus", "focusin"]) now?.dispatchEvent(new FocusEvent(kind, { bubbles: kind === "focusin" }));
    before = now;
  };
  setInterval(look, 5);
}

const engines = { firefox: openFirefox, webkit: openWebKit };

/** A test of each engine, with a clerk at its window. */
function inEach(title, act) {
  describe(title, { concurrency: 2 }, () => {
    for (const [name, open] of Object.entries(engines)) {
      test(name, { skip: missing[name] && `there is no ${missing[name]}` }, async () => {
        const window = await open(screen.name);
        try {
          await act(new Clerk(window), name);
        } finally {
          await window.close();
        }
      });
    }
  });
}

inEach("the score table on a server and without it; the single file and a copy of it", async (clerk, name) => {
  await worksWithoutServer(clerk, name);
  await worksAsFile(clerk, await mkdtemp(path.join(folder, name)));
});

inEach("no ballot is left in anything of the browser's that the page can read, nor in its files", erasesBallots);

inEach("a campaign takes files in, adds them up and keeps them", collects);
