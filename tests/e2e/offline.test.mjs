// Without a network, and from one version to the next: first visits that are cut short, updates that nobody asked for,
// servers that send nonsense, data of a newer version.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import * as h from "./harness.mjs";

const { words } = h;
/** A name that only this browser knows: an address of an intranet, without https. */
const intranet = "duibiao.intranet";

// --- A host that can be switched off and spoiled ------------------------------------------------------------------

const digestOf = (content) => createHash("sha256").update(content).digest("hex");

/** A folder of its own with the page's files, served under a path. */
class Host {
  /** What was sent: {name, status}. */
  sent = [];
  /** What goes wrong with a file: (count of its requests) => "drop" | "missing" | "plain" | undefined. */
  faults = new Map();
  /** Without, it says nothing by which a file could be known again. */
  validators = true;
  #counts = new Map();
  #port = 0;

  static async open(prefix = "/") {
    const host = new Host();
    host.prefix = prefix;
    host.folder = await mkdtemp(path.join(tmpdir(), "duibiao-host-"));
    await cp(h.dist, host.folder, { recursive: true });
    await host.start();
    return host;
  }

  get address() {
    return `http://127.0.0.1:${this.#port}${this.prefix}`;
  }

  async start() {
    this.server = createServer((request, response) => void this.#answer(request, response));
    await new Promise((done) => this.server.listen(this.#port, "127.0.0.1", done));
    this.#port = this.server.address().port;
  }

  /** From now on nobody answers. */
  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  async close() {
    if (this.server.listening) await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Begins to spoil a file: `fault` gets the number of the request from now on. */
  spoil(name, fault) {
    this.#counts.delete(name);
    this.faults.set(name, fault);
  }

  /** The same program as another version: it says so on the root element. */
  async publish(build) {
    const at = (name) => path.join(this.folder, name);
    const [boot, worker] = await Promise.all(["boot.js", "service_worker.js"].map((name) => readFile(at(name), "utf8")));
    const changed = `${boot.replace(/document\.documentElement\.dataset\.build="\w+";\n$/, "")}document.documentElement.dataset.build="${build}";\n`;
    const known = /"boot\.js":"([0-9a-f]{32})"/.exec(worker)[1];
    const next = worker
      .replace(known, digestOf(changed).slice(0, 32))
      .replace(/"[0-9a-f]{12}"/, `"${digestOf(build).slice(0, 12)}"`);
    assert.notEqual(next, worker);
    await writeFile(at("boot.js"), changed);
    await writeFile(at("service_worker.js"), next);
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname.startsWith(this.prefix) ? pathname.slice(this.prefix.length) || "index.html" : "";
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const fault = this.faults.get(name)?.(count);
    const content = fault === "missing" ? null : await readFile(path.join(this.folder, name)).catch(() => null);
    const tag = content && `"${digestOf(content).slice(0, 16)}"`;
    const known = this.validators ? { etag: tag, "cache-control": "no-cache" } : {};
    const status = !content ? 404 : this.validators && !fault && request.headers["if-none-match"] === tag ? 304 : 200;
    this.sent.push({ name, status });
    if (status === 404) return response.writeHead(404).end();
    if (status === 304) return response.writeHead(304, known).end();
    const type = fault === "plain" ? "text/plain" : types[path.extname(name)];
    response.writeHead(200, { "content-type": type, "content-length": content.length, ...known });
    if (fault !== "drop") return response.end(content);
    response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
  }
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

// --- A user -------------------------------------------------------------------------------------------------------

let browser;
before(async () => {
  const args = [...h.browserArguments, `--host-resolver-rules=MAP ${intranet} 127.0.0.1`];
  browser = await chromium.launch({ executablePath: h.browserPath, args });
});
after(() => browser?.close());

/** The tests below, which have nothing in common and wait a lot: several at a time. */
const scenes = [];

/**
 * A test with a host and a user of its own; what it opens must come out without an error in the console. A `long` one
 * runs only when DUIBIAO_LONG_TESTS is set.
 */
function scene(name, act, { prefix, long = false } = {}) {
  const skip = long && !process.env["DUIBIAO_LONG_TESTS"] && "long: set DUIBIAO_LONG_TESTS";
  const run = async () => {
    const host = await Host.open(prefix);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
    context.setDefaultTimeout(15_000);
    try {
      await act({ host, context, open: (options) => openPage(context, host.address, options) });
    } finally {
      await context.close();
      await host.close();
    }
  };
  scenes.push(() => test(name, { skip }, run));
}

async function openPage(context, address, { route = "", prepare } = {}) {
  const page = await context.newPage();
  if (prepare) await page.addInitScript(prepare);
  h.watch(page);
  await page.goto(address + (route ? `#${route}` : ""));
  await h.becomeReady(page);
  return page;
}

async function reload(page) {
  await page.reload();
  await h.becomeReady(page);
}

/** The page is kept: its worker is at work. */
const kept = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
const build = (page) => page.evaluate(() => document.documentElement.dataset.build ?? "");
/** Marks a page, so that a reload is noticed. */
const mark = (page) => page.evaluate(() => void (window.marked = true));
const isMarked = (page) => page.evaluate(() => window.marked === true);
const caches = (page) => page.evaluate(() => window.caches.keys());
const takeButton = (page) => h.button(page, words["ui.update.take"]);

/** Has the page begin anew by something that is done to it. */
async function begunAnew(page, act) {
  await h.restingPlace(page, takeButton(page));
  const again = page.waitForEvent("load");
  await act();
  await again;
  await h.becomeReady(page);
}

/** Takes the offered version with the mouse. */
async function takeUpdate(page) {
  const { x, y, width, height } = await h.restingPlace(page, takeButton(page));
  await begunAnew(page, () => page.mouse.click(x + width / 2, y + height / 2));
}

/** A second tab is a visit, and soon after it the browser asks for a new version. */
async function visit(host, open) {
  const before = host.sent.length;
  const page = await open();
  const asked = () => host.sent.slice(before).some(({ name }) => name === "service_worker.js");
  await h.eventually(() => assert.ok(asked(), "the browser asks for the worker"), 20_000);
  await page.close();
}

async function offered(page, key = "ui.update.ready") {
  await h.says(h.toast(page), words[key]);
}

async function isOffline(context, address) {
  const page = await context.newPage();
  const failure = await page.goto(address).then(() => "", (error) => error.message);
  await page.close();
  return /ERR_/.test(failure);
}

// --- The first visit ------------------------------------------------------------------------------------------------

scene("once visited, the page opens without a server: a new form is filled and sent", async ({ host, context, open }) => {
  const page = await open();
  await kept(page);
  await host.stop();
  await reload(page);
  const id = await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.setNote(page, "1.1.2", "断网时写的");
  await h.saved(page);
  const { report } = await h.exportReport(page);
  assert.equal(report.layers[0].answers["1.1.2"].note, "断网时写的");
  await page.close();
  const later = await open({ route: `/doc/${id}/1.1.2` });
  await h.holds(h.noteField(later, "1.1.2"), "断网时写的");
  await h.press(later, h.button(later, words["ui.help.name"]));
  h.assertQuiet(later);
});

scene("nothing the page has just loaded is sent again, and a second visit only asks for the worker", async ({ host, open }) => {
  const page = await open();
  await kept(page);
  const whole = host.sent.filter(({ status }) => status === 200).map(({ name }) => name);
  assert.deepEqual(whole.filter((name, at) => whole.indexOf(name) !== at), []);
  assert.ok(host.sent.every(({ status }) => status !== 404), "everything there is");
  assert.ok(host.sent.every(({ name }) => !name.startsWith("fonts/")), "the system has a font");
  await page.close();
  host.sent.length = 0;
  const again = await open();
  await kept(again);
  await h.createDocument(again);
  const asked = () => [...new Set(host.sent.map(({ name }) => name))];
  await h.eventually(() => assert.deepEqual(asked(), ["service_worker.js"]), 20_000);
  await new Promise((done) => setTimeout(done, 1000));
  assert.deepEqual(asked(), ["service_worker.js"]);
});

scene("a host that gives no validators sends nothing twice either, not even the page itself", async ({ host, open }) => {
  host.validators = false;
  const page = await open();
  await kept(page);
  const sent = host.sent.map(({ name }) => name);
  assert.deepEqual(sent.filter((name, at) => sent.indexOf(name) !== at), []);
  await host.stop();
  await reload(page);
  await page.goto(`${host.address}index.html`);
  await h.becomeReady(page);
  h.assertQuiet(page);
});

scene("a file that gets lost once is brought in the same visit", async ({ host, context, open }) => {
  // One that the page itself does not load.
  host.spoil("icons/icon-512.png", (count) => (count === 1 ? "drop" : undefined));
  const page = await open();
  await kept(page);
  await host.stop();
  await reload(page);
  h.assertQuiet(page);
});

scene("a first visit cut short is no offline page; the next one completes it", async ({ host, context, open }) => {
  host.spoil("icons/icon-512.png", () => "drop");
  const page = await open();
  await h.eventually(async () => {
    const state = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const [name] = await caches.keys();
      return { registered: !!registration, kept: name ? (await (await caches.open(name)).keys()).length : 0 };
    });
    assert.equal(state.registered, false);
    assert.ok(state.kept > 10, "much was brought");
  });
  await page.close();
  await host.stop();
  assert.ok(await isOffline(context, host.address), "half a page is not used");
  await host.start();
  host.spoil("icons/icon-512.png", () => undefined);
  host.sent.length = 0;
  const next = await open();
  await kept(next);
  await host.stop();
  await reload(next);
  h.assertQuiet(next);
});

scene("a file that is not what it says is not kept", async ({ host, context, open }) => {
  // Another version's file, as while a server is being filled.
  const file = path.join(host.folder, "duibiao.js");
  const right = await readFile(file);
  await writeFile(file, Buffer.concat([right, Buffer.from("\n// newer")]));
  const page = await open();
  await h.eventually(async () => {
    assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => !!one)), false);
    assert.ok(host.sent.filter(({ name }) => name === "duibiao.js").length >= 2, "it was looked at");
  });
  await writeFile(file, right);
  await reload(page);
  await kept(page);
  await host.stop();
  await reload(page);
  h.assertQuiet(page);
});

scene("under a path of a host with other things: they are left alone", async ({ host, context, open }) => {
  await writeFile(path.join(host.folder, "other.html"), "<!doctype html><title>别的网页</title>");
  const page = await open();
  await kept(page);
  const other = await context.newPage();
  await other.goto(`${host.address}other.html`);
  assert.equal(await other.title(), "别的网页");
  await other.close();
  await host.stop();
  await reload(page);
  assert.equal(await page.title(), "对标");
  await page.goto(`${host.address}index.html#/new/jilin-committee?unit=${encodeURIComponent("镇卫生院")}&period=2026`);
  await h.becomeReady(page);
  await h.holds(page.getByRole("textbox", { name: words["ui.new.unit"] }), "镇卫生院");
  assert.ok(await isOffline(context, `${host.address}other.html`));
  assert.deepEqual((await caches(page)).map((name) => name.replace(/\w+$/, "")), ["duibiao:/dang/duibiao/:"]);
  h.assertQuiet(page);
}, { prefix: "/dang/duibiao/" });

// --- Broken caches --------------------------------------------------------------------------------------------------

const forget = (page, file) =>
  page.evaluate(async (name) => {
    const cache = await caches.open((await caches.keys())[0]);
    if (!(await cache.delete(new URL(name, location.href)))) throw new Error("it was not there");
  }, file);

scene("a kept file that got lost is fetched again", async ({ host, open }) => {
  const page = await open();
  await kept(page);
  await forget(page, "duibiao.js");
  await reload(page);
  await host.stop();
  await reload(page);
  h.assertQuiet(page);
});

scene("a kept file that got lost, and the server has a newer version: that one is taken whole", async ({ host, open }) => {
  const page = await open();
  await kept(page);
  await h.createDocument(page);
  await h.setNote(page, "1.1.1", "还在");
  await h.saved(page);
  await page.close();
  await host.publish("two");
  const lost = await open();
  // The browser asks for a new version some time after a visit; here it is to be there already, and to wait.
  await lost.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    while (!registration?.waiting) await new Promise((done) => setTimeout(done, 50));
  });
  await forget(lost, "boot.js");
  await lost.goto(host.address);
  await h.eventually(async () => {
    await lost.goto("about:blank");
    await lost.goto(host.address);
    assert.equal(await build(lost), "two");
  });
  await h.becomeReady(lost);
  await lost.locator('[data-id^="card/"]').first().waitFor({ state: "attached" });
});

// --- Updates --------------------------------------------------------------------------------------------------------

scene("an update is offered in every tab and taken only when the user says so; what is being typed is kept", async ({ host, context, open }) => {
  const page = await open();
  await kept(page);
  const id = await h.createDocument(page);
  const neighbour = await open();
  await host.publish("two");
  await Promise.all([mark(page), mark(neighbour)]);
  await page.bringToFront();
  await h.setNote(page, "1.1.2", "正在写");
  await visit(host, open);
  await page.bringToFront();
  await offered(page);
  await page.keyboard.insertText("，还没写完");
  // In the middle of a word of the input method.
  const input = await context.newCDPSession(page);
  await input.send("Input.imeSetComposition", { text: "党建", selectionStart: 2, selectionEnd: 2 });
  await new Promise((done) => setTimeout(done, 1500));
  assert.ok(await isMarked(page), "no reload unasked");
  await h.screenshot(page, "update-offered");

  // As a screen reader presses it: the field keeps the focus.
  await begunAnew(page, () => takeButton(page).evaluate((element) => void setTimeout(() => element.click(), 50)));
  assert.equal(await build(page), "two");
  assert.equal(await h.documentId(page), id);
  await h.holds(h.noteField(page, "1.1.2"), "正在写，还没写完党建");

  // The other tab is told and stays as it is until it is asked to.
  await neighbour.bringToFront();
  await offered(neighbour, "ui.update.elsewhere");
  assert.ok(await isMarked(neighbour));
  assert.equal(await build(neighbour), "");
  await takeUpdate(neighbour);
  assert.equal(await build(neighbour), "two");
  assert.equal((await caches(neighbour)).length, 1, "the old version is gone");
  await host.stop();
  await reload(neighbour);
  assert.equal(await build(neighbour), "two");
  h.assertQuiet(neighbour);
});

scene("an update brings only what changed, and is not taken by a reload", async ({ host, open }) => {
  const page = await open();
  await kept(page);
  await host.publish("two");
  host.sent.length = 0;
  await reload(page);
  await offered(page);
  assert.equal(await build(page), "");
  assert.deepEqual([...new Set(host.sent.map(({ name }) => name))].sort(), ["boot.js", "service_worker.js"]);
  await reload(page);
  await offered(page);
  assert.equal(await build(page), "");
  assert.equal((await caches(page)).length, 2, "the version in use is kept");
  // Declined: it comes again at the next visit.
  await h.click(page, page.locator('[data-id="toast/close"]'));
  await h.toast(page).waitFor({ state: "detached" });
  await reload(page);
  await offered(page);
  h.assertQuiet(page);
});

scene("an update waits while something is not saved", async ({ host, open }) => {
  const page = await open({
    prepare: () => {
      const real = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (names, mode, options) {
        if (window.diskFull && mode === "readwrite") throw new DOMException("full", "QuotaExceededError");
        return real.call(this, names, mode, options);
      };
    },
  });
  await kept(page);
  await h.createDocument(page);
  await host.publish("two");
  await visit(host, open);
  await page.bringToFront();
  await offered(page);
  await mark(page);
  await page.evaluate(() => void (window.diskFull = true));
  await h.setNote(page, "1.1.2", "没有存上的话");
  await page.locator('[data-id="save-help"]').waitFor();
  await h.click(page, takeButton(page));
  await offered(page, "ui.update.unsaved");
  assert.ok(await isMarked(page));
  await h.holds(h.noteField(page, "1.1.2"), "没有存上的话");

  await page.evaluate(() => void (window.diskFull = false));
  await h.setNote(page, "1.2.1", "这次存上了");
  await h.saved(page);
  await h.eventually(() => offered(page), 20_000);
  await takeUpdate(page);
  assert.equal(await build(page), "two");
  await h.holds(h.noteField(page, "1.2.1"), "这次存上了");
  await h.reveal(page, "1.1.2");
  await h.holds(h.noteField(page, "1.1.2"), "没有存上的话");
});

scene("an update waits for an open dialog and for an activity that is half written", async ({ host, open }) => {
  const page = await open();
  await kept(page);
  await host.publish("two");
  await visit(host, open);
  await page.bringToFront();
  await offered(page);
  await mark(page);
  await page.evaluate((route) => (location.hash = route), "#/new/ledger?unit=市第一医院内科党支部&period=2026");
  await h.dialog(page, "new").waitFor();
  await h.toast(page).waitFor({ state: "detached" });
  await h.click(page, h.button(page, words["ui.new.create"]));
  const topic = page.getByRole("textbox", { name: "主题", exact: true });
  await topic.fill("研究发展对象");
  await offered(page);
  await h.click(page, takeButton(page));
  await offered(page, "ui.update.draft");
  assert.ok(await isMarked(page));
  await h.holds(topic, "研究发展对象");
  await h.click(page, h.button(page, words["ui.ledger.fold"]));
  await h.eventually(() => offered(page), 20_000);
  await takeUpdate(page);
  assert.equal(await build(page), "two");
});

for (const [what, fault] of [["of the wrong kind", "plain"], ["missing", "missing"], ["cut off", "drop"]]) {
  scene(`an update with a file that is ${what} leaves the old version as it is`, async ({ host, open }) => {
    const page = await open();
    await kept(page);
    await host.publish("two");
    host.spoil("boot.js", () => fault);
    await reload(page);
    await h.eventually(() => assert.ok(host.sent.filter(({ name }) => name === "boot.js").length >= 3, "it was tried"));
    await new Promise((done) => setTimeout(done, 1000));
    assert.equal(await h.toast(page).count(), 0);
    await host.stop();
    await reload(page);
    assert.equal(await build(page), "");
    await h.createDocument(page);
    await host.start();
    host.spoil("boot.js", () => undefined);
    await reload(page);
    await offered(page);
    h.assertQuiet(page);
  }, { long: fault !== "plain" });
}

// --- Data of another version ----------------------------------------------------------------------------------------

/** Makes the database that of a newer version; returns how many edits it holds. */
const upgrade = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("duibiao", 3);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const edits = request.result.transaction("edits").objectStore("edits").getAll();
      edits.onsuccess = () => (request.result.close(), resolve(JSON.stringify(edits.result)));
    };
  });

scene("an older version leaves newer data alone, open or opened later", async ({ context, open, host }) => {
  const page = await open();
  const id = await h.createDocument(page);
  await h.setNote(page, "1.1.2", "旧版本写的");
  await h.saved(page);
  const other = await context.newPage();
  await other.goto(`${host.address}icons/icon.svg`);
  const before = await other.evaluate(upgrade);
  assert.match(before, /旧版本写的/);
  await page.bringToFront();
  await page.getByText(words["ui.storage.newer"]).first().waitFor({ state: "attached" });
  assert.equal(await page.getAttribute("html", "data-save"), "failed");
  await h.noteField(page, "1.1.2").focus();
  await page.keyboard.insertText("，再写");
  await h.afterFrames(page, 8);
  assert.equal(await page.getAttribute("html", "data-save"), "failed");
  const later = await open({ route: `/doc/${id}/1.1.2` });
  await later.getByText(words["ui.storage.newer"]).first().waitFor({ state: "attached" });
  assert.equal(await later.getAttribute("html", "data-save"), "failed");
  assert.equal(await other.evaluate(upgrade), before, "not a letter of it was touched");
});

// --- Where it cannot be kept ----------------------------------------------------------------------------------------

const settingsSay = async (page, key) => {
  await h.click(page, h.button(page, words["ui.settings"]));
  await h.dialog(page, "settings").waitFor();
  await page.getByText(words[key], { exact: true }).waitFor({ state: "attached" });
  await h.screenshot(page, `settings-${key}`);
};

scene("an intranet address without https works, and the settings say what it lacks", async ({ host, context }) => {
  const page = await openPage(context, host.address.replace("127.0.0.1", intranet));
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await settingsSay(page, "ui.offline.refused");
  await page.keyboard.press("Escape");
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.saved(page);
  h.assertQuiet(page);
});

scene("a host without the worker's file: the page works as ever", async ({ host, open }) => {
  host.spoil("service_worker.js", () => "missing");
  const page = await open();
  await h.createDocument(page);
  await h.eventually(() => assert.ok(host.sent.some(({ name }) => name === "service_worker.js")));
  await h.afterFrames(page, 8);
  assert.equal(await page.locator(".notice").textContent(), "");
});

scene("a server that takes the program for plain text: the page works, and is kept", async ({ host, context, open }) => {
  host.spoil("duibiao.wasm", () => "plain");
  const page = await open();
  await kept(page);
  await host.stop();
  await reload(page);
  await h.createDocument(page);
  h.assertQuiet(page);
});

scene("a first visit without some file, or with one cut off or of the wrong kind, says so; the next one works", async ({ host, context }) => {
  const page = await context.newPage();
  for (const [file, fault] of [["boot.js", "drop"], ["duibiao.js", "missing"], ["duibiao.wasm", "drop"], ["boot.js", "plain"]]) {
    host.spoil(file, () => fault);
    await page.goto(host.address);
    await page.getByRole("alert").filter({ hasText: "程序没有下载完整" }).waitFor();
    assert.equal(await page.getAttribute("html", "data-ready"), null);
    host.spoil(file, () => undefined);
    await page.goto("about:blank");
  }
  // What came as the wrong kind is kept by the browser as such: it has to ask for it anew.
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await page.goto(host.address);
  await h.becomeReady(page);
  await kept(page);
  assert.equal(await page.getByRole("alert").filter({ hasText: "程序" }).count(), 0);
});

test("a system without a Chinese font gets one, and keeps it for times without a server", { skip: !existsSync(path.join(h.dist, "fonts")) && "no font was made" }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "duibiao-fonts-"));
  const fonts = path.join(folder, "fonts.conf");
  await writeFile(fonts, `<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>${folder}</cachedir></fontconfig>`);
  const bare = await chromium.launch({ executablePath: h.browserPath, args: h.browserArguments, env: { ...process.env, FONTCONFIG_FILE: fonts } });
  const host = await Host.open();
  try {
    const context = await bare.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
    const notice = (page) => page.locator(".notice").first().textContent();
    const page = await openPage(context, host.address);
    assert.equal(await notice(page), "");
    await h.screenshot(page, "web-font");
    await kept(page);
    await h.eventually(async () => assert.ok(await page.evaluate(() => window.caches.match("fonts/han.woff2").then(Boolean))));
    await host.stop();
    await reload(page);
    assert.equal(await notice(page), "");
    h.assertQuiet(page);
    // Where it is not to be had, the page says what is missing, and is kept all the same.
    await host.start();
    await rm(path.join(host.folder, "fonts"), { recursive: true });
    const other = await bare.newContext({ locale: "zh-CN" });
    const poor = await openPage(other, host.address);
    assert.match(await notice(poor), /没有中文字体/);
    await kept(poor);
    await host.stop();
    await reload(poor);
    assert.match(await notice(poor), /没有中文字体/);
  } finally {
    await bare.close();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  }
});

const nginx = process.env["NGINX"] ?? "/usr/sbin/nginx";

test("the README's nginx serves the page so that it is kept", { skip: !existsSync(nginx) && "no nginx here" }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "duibiao-nginx-"));
  const { server, prefix, start } = await nginxOfReadme(folder);
  const context = await browser.newContext({ locale: "zh-CN" });
  try {
    const address = await start();
    const page = await openPage(context, address);
    await kept(page);
    for (const [file, type] of Object.entries({ "": types[".html"], "service_worker.js": types[".js"], "duibiao.wasm": types[".wasm"], "manifest.webmanifest": types[".webmanifest"] })) {
      const { headers } = await fetch(address + file);
      assert.equal(headers.get("content-type"), type);
      assert.equal(headers.get("cache-control"), "no-cache");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
    }
    server.process.kill();
    await server.gone;
    await reload(page);
    assert.ok(page.url().includes(prefix));
    h.assertQuiet(page);
  } finally {
    await context.close();
    server.process?.kill();
    await server.gone;
    await rm(folder, { recursive: true, force: true });
  }
});

/** The server block of web/README.md, without its certificate, on a free port. */
async function nginxOfReadme(folder) {
  const [, block] = /```nginx\n([^]*?)```/.exec(await readFile(path.join(h.root, "web/README.md"), "utf8"));
  const [, prefix] = /location (\S+) \{/.exec(block);
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  const site = block
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replace(/ *ssl_certificate.*\n/g, "")
    .replace(/alias \S+;/, `alias ${h.dist}/;`);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error;
    events {} http { access_log off; ${places.join(" ")} ${site} }`;
  await writeFile(path.join(folder, "nginx.conf"), config);
  const address = `http://127.0.0.1:${port}${prefix}`;
  const server = {};
  const start = async () => {
    server.process = spawn(nginx, ["-p", folder, "-c", path.join(folder, "nginx.conf"), "-e", `${folder}/error`], { stdio: "inherit" });
    server.gone = new Promise((done) => server.process.once("exit", done));
    await h.eventually(async () => assert.equal((await fetch(address)).status, 200));
    return address;
  };
  return { server, prefix, start };
}

scene("it can be installed: manifest and icons are right", async ({ open, context, host }) => {
  const page = await open();
  await kept(page);
  const session = await context.newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  assert.equal(manifest.name, "对标");
  for (const { src, sizes, type } of manifest.icons) {
    const [width, kind] = await page.evaluate(async (address) => {
      const response = await fetch(address);
      const image = new Image();
      image.src = address;
      await image.decode();
      return [image.naturalWidth, response.headers.get("content-type")];
    }, host.address + src);
    assert.equal(kind, type);
    if (sizes !== "any") assert.equal(`${width}x${width}`, sizes);
  }
  // The tab's icon stands in the page, so that no request is made for it.
  const drawing = await readFile(path.join(h.root, "assets/icons/icon.svg"), "utf8");
  const shown = decodeURIComponent(await page.getAttribute('link[rel="icon"]', "href"));
  assert.equal(shown.replace(/^[^,]*,/, "").replaceAll("'", '"'), drawing.trim().replace(/>\s+</g, "><"));
  await settingsSay(page, "ui.offline.ready");
  h.assertQuiet(page);
});

describe("without a network, and from version to version", { concurrency: 4 }, () => scenes.forEach((begin) => begin()));
