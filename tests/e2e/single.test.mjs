// The page as one file, opened from a folder: the same work without any server, copies with the data inside, and what
// happens where such a copy meets other data.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, copyFile, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import * as h from "./harness.mjs";

const { words } = h;
const single = path.join(h.dist, "duibiao.html");
const digestOf = async (file) => createHash("sha256").update(await readFile(file)).digest("hex");

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: h.browserPath, args: h.browserArguments });
});
after(() => browser?.close());

/** Somebody's computer: a folder with the file, and a browser. */
class Computer {
  static async open() {
    const computer = new Computer();
    computer.folder = await mkdtemp(path.join(tmpdir(), "duibiao-file-"));
    computer.file = path.join(computer.folder, "对标 duibiao.html");
    await copyFile(single, computer.file);
    computer.context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", offline: true });
    computer.context.setDefaultTimeout(15_000);
    return computer;
  }

  async close() {
    await this.context.close();
    await chmod(this.folder, 0o755);
    await rm(this.folder, { recursive: true });
  }

  /** Opens the file, or another one of the folder. */
  async page({ file = this.file, route = "", prepare } = {}) {
    const page = await this.context.newPage();
    if (prepare) await page.addInitScript(prepare);
    h.watch(page);
    await page.goto(pathToFileURL(file).href + (route ? `#${route}` : ""));
    await h.becomeReady(page);
    return page;
  }

  /** Brings a file from elsewhere. */
  async receive({ name, content }) {
    const file = path.join(this.folder, name);
    await writeFile(file, content);
    return file;
  }
}

const scenes = [];

/** A test with computers of its own. */
function scene(name, act) {
  const run = async () => {
    const computers = [];
    const computer = async () => computers[computers.push(await Computer.open()) - 1];
    try {
      await act(computer);
    } finally {
      for (const one of computers) await one.close();
    }
  };
  scenes.push(() => test(name, run));
}

/** The settings are on the home page. */
async function openSettings(page) {
  if (await page.evaluate(() => location.hash.startsWith("#/doc/"))) await h.goHome(page);
  await h.click(page, h.button(page, words["ui.settings"]));
  await h.dialog(page, "settings").waitFor();
}

const copyChoice = (page) => page.locator('[data-id="settings/copy"]');

/** 另存一份（含数据） through the settings: {name, content}. */
async function saveCopy(page) {
  await openSettings(page);
  const copy = await h.downloaded(page, () => h.click(page, copyChoice(page)));
  await h.says(h.toast(page), words["ui.copy.done"]);
  return copy;
}

async function openDocument(page, id) {
  await page.evaluate((route) => void (location.hash = route), `#/doc/${id}`);
  await h.scoreField(page, "1.1.1").waitFor({ state: "attached" });
}

const cards = (page) => page.locator('[data-id^="card/"]');
const logOf = async (page) => (await h.exportReport(page)).report.log;

/** A computer with one document that holds a note. */
async function withNote(computer, text) {
  const page = await computer.page();
  const id = await h.createDocument(page);
  await h.setNote(page, "1.1.2", text);
  await h.leaveField(page);
  await h.saved(page);
  return { page, id };
}

async function importAsks(page) {
  await h.dialog(page, "import").waitFor();
}

// --- By itself ------------------------------------------------------------------------------------------------------

scene("opened from a folder that nobody may write to: the score table is filled, kept, printed and sent", async (computer) => {
  const own = await computer();
  await chmod(own.file, 0o444);
  await chmod(own.folder, 0o555);
  const before = await digestOf(own.file);
  assert.ok((await stat(own.file)).size <= 1_100_000, "at most 1.1 MB");
  const { page, id } = await withNote(own, "单文件里写的");
  await h.setScore(page, "1.1.1", "2");
  await h.setScore(page, "3.2.4", "0.3");
  await page.keyboard.press("Escape");
  await h.saved(page);
  const { report } = await h.exportReport(page);
  assert.equal(report.layers[0].answers["1.1.1"].score, 2);
  await page.evaluate(() => (window.print = () => {}));
  await page.keyboard.press("Control+P");
  await page.locator("#print-root .paper").waitFor({ state: "attached" });
  await page.close();

  const later = await own.page({ route: `/doc/${id}/1.1.2` });
  await h.holds(h.noteField(later, "1.1.2"), "单文件里写的");
  h.assertQuiet(later);
  assert.equal(await digestOf(own.file), before, "the file itself stays as it is");
  assert.equal((await readdir(own.folder)).length, 1);
});

scene("the settings say where the data is", async (computer) => {
  const own = await computer();
  const page = await own.page();
  await openSettings(page);
  await page.getByText(words["ui.settings.data.file"], { exact: true }).waitFor({ state: "attached" });
  await h.screenshot(page, "single-settings");
  h.assertQuiet(page);
});

scene("it asks for nothing, and runs nothing but its own scripts", async (computer) => {
  const own = await computer();
  const page = await own.context.newPage();
  const asked = [];
  page.on("request", (request) => !/^(data|blob):/.test(request.url()) && asked.push(request.url()));
  await page.goto(pathToFileURL(own.file).href);
  await h.becomeReady(page);
  await h.createDocument(page);
  assert.deepEqual(asked.map((address) => path.extname(address)), [".html"]);

  const source = await readFile(own.file, "utf8");
  const altered = source.replace('<script data-own type="module">', (tag) => `${tag}/* */`);
  assert.notEqual(altered, source);
  const other = await own.context.newPage();
  const refused = other.waitForEvent("console", (message) => /Content Security Policy/.test(message.text()));
  await other.goto(pathToFileURL(await own.receive({ name: "altered.html", content: altered })).href);
  await refused;
  assert.equal(await other.getAttribute("html", "data-ready"), null);
});

scene("opened twice: the second window reads, and takes over when it is asked to", async (computer) => {
  const own = await computer();
  const { page, id } = await withNote(own, "第一个窗口");
  const second = await own.page({ route: `/doc/${id}/1.1.2` });
  const takeOver = h.button(second, words["ui.reader.take-over"]);
  await takeOver.waitFor({ state: "attached" });
  await h.click(second, takeOver);
  await takeOver.waitFor({ state: "detached" });
  await h.noteField(second, "1.1.2").focus();
  await second.keyboard.press("End");
  await second.keyboard.insertText("，第二个窗口");
  await h.saved(second);
  await h.eventually(async () => assert.equal(await h.button(page, words["ui.reader.take-over"]).count(), 1));
  h.assertQuiet(page);
  h.assertQuiet(second);
});

// --- Copies with data -------------------------------------------------------------------------------------------

scene("a copy opens elsewhere with all documents in it, once; and so does a copy of the copy", async (computer) => {
  const [here, there, third] = [await computer(), await computer(), await computer()];
  // An extension puts something into every page.
  const prepare = () =>
    new MutationObserver((_, observer) => {
      if (!document.body || document.querySelector("plasmo")) return;
      document.body.prepend(document.createElement("plasmo"));
      document.head.append(Object.assign(document.createElement("meta"), { name: "plasmo" }));
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  const page = await here.page({ prepare });
  await h.createDocument(page, { unit: "甲医院党委" });
  await h.goHome(page);
  const id = await h.createDocument(page, { unit: "乙医院党委" });
  await h.setNote(page, "1.1.2", "随文件带走</script><!-- “引号” 𬭩");
  await h.saved(page);
  const log = await logOf(page);
  const copy = await saveCopy(page);
  assert.match(copy.name, /^duibiao-\d{4}-\d\d-\d\d\.html$/);
  assert.doesNotMatch(copy.content.toString(), /plasmo|随文件带走/);

  const file = await there.receive(copy);
  const other = await there.page({ file });
  await h.says(h.toast(other), h.say("ui.carried.added", { count: 2 }));
  assert.equal(await cards(other).count(), 2);
  await h.screenshot(other, "single-carried");
  await openDocument(other, id);
  await h.reveal(other, "1.1.2");
  await h.holds(h.noteField(other, "1.1.2"), "随文件带走</script><!-- “引号” 𬭩");
  assert.deepEqual(await logOf(other), log);

  // What is deleted here stays deleted, however often the copy is opened.
  await h.goHome(other);
  await h.click(other, other.locator(`[data-id="card-menu/${id}"]`));
  await h.click(other, other.locator('[data-id="menu/delete"]'));
  await h.eventually(async () => assert.equal(await cards(other).count(), 1));
  await h.saved(other);
  await other.reload();
  await h.becomeReady(other);
  await h.eventually(async () => assert.equal(await cards(other).count(), 1));
  const next = await saveCopy(other);
  const last = await third.page({ file: await third.receive(next) });
  await h.says(h.toast(last), h.say("ui.carried.added", { count: 1 }));
  assert.equal(await cards(last).count(), 1);
  for (const one of [page, other, last]) h.assertQuiet(one);
});

scene("a copy leaves newer data alone, and asks where both have changed", async (computer) => {
  const [here, there] = [await computer(), await computer()];
  const { page, id } = await withNote(here, "先写");
  const copy = await saveCopy(page);
  const file = await here.receive(copy);
  await openDocument(page, id);
  await h.setNote(page, "1.2.1", "后来写的");
  await h.leaveField(page);
  await h.saved(page);
  await page.close();
  // The same browser, an old copy: nothing to ask, nothing changes.
  const again = await here.page({ file, route: `/doc/${id}/1.2.1` });
  await h.holds(h.noteField(again, "1.2.1"), "后来写的");
  await h.afterFrames(again, 8);
  assert.equal(await h.dialog(again, "import").count(), 0);
  await again.close();

  // Elsewhere somebody goes on in it and sends a copy back, twice.
  const other = await there.page({ file: await there.receive(copy) });
  await h.says(h.toast(other), h.say("ui.carried.added", { count: 1 }));
  await openDocument(other, id);
  await h.setNote(other, "2.1.1", "别处写的");
  await h.leaveField(other);
  await h.saved(other);
  const first = await here.receive({ ...(await saveCopy(other)), name: "first.html" });
  const second = await here.receive({ ...(await saveCopy(other)), name: "second.html" });

  const refused = await here.page({ file: first });
  await importAsks(refused);
  await h.screenshot(refused, "single-asks");
  await h.click(refused, refused.locator('[data-id="import/cancel"]'));
  await h.saved(refused);
  await refused.goto(`${pathToFileURL(first).href}#/doc/${id}/2.1.1`);
  await refused.reload();
  await h.becomeReady(refused);
  await h.holds(h.noteField(refused, "2.1.1"), "");
  assert.equal(await h.dialog(refused, "import").count(), 0, "it is asked once");
  await refused.close();

  const merged = await here.page({ file: second });
  await importAsks(merged);
  await h.click(merged, merged.locator('[data-id="import/merge"]'));
  await h.reveal(merged, "2.1.1");
  await h.holds(h.noteField(merged, "2.1.1"), "别处写的");
  await h.reveal(merged, "1.2.1");
  await h.holds(h.noteField(merged, "1.2.1"), "后来写的");
  h.assertQuiet(merged);
});

scene("a copy whose data is damaged says so and works; a copy can be dropped on the page like a backup", async (computer) => {
  const [here, there] = [await computer(), await computer()];
  const { page } = await withNote(here, "带走");
  const copy = await saveCopy(page);
  const text = copy.content.toString();
  const broken = text.replace(/(id="carried"[^>]*>.{40})[^<]*/, "$1");
  assert.notEqual(broken, text);
  const other = await there.page({ file: await there.receive({ name: "broken.html", content: broken }) });
  await h.says(h.toast(other), words["ui.carried.broken"]);
  await h.drop(other, copy.name, copy.content);
  await h.restore(other);
  await h.says(h.toast(other), h.say("ui.arrival.done", { fresh: 1, changed: 0, kept: 0 }));
  await h.drop(other, "别的.html", "<!doctype html><p>别的网页");
  await h.dialog(other, "error").waitFor();
  h.assertQuiet(other);
});

// --- From the page on a server ----------------------------------------------------------------------------------

scene("the page on a server gives the file with the data in it; without the server it says why not", async (computer) => {
  const there = await computer();
  const server = await h.serve();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    await page.goto(server.address);
    await h.becomeReady(page);
    const id = await h.createDocument(page);
    await h.setNote(page, "1.1.2", "从网页来的");
    await h.leaveField(page);
    await h.saved(page);
    const copy = await saveCopy(page);
    const other = await there.page({ file: await there.receive(copy) });
    await h.says(h.toast(other), h.say("ui.carried.added", { count: 1 }));
    await openDocument(other, id);
    await h.reveal(other, "1.1.2");
    await h.holds(h.noteField(other, "1.1.2"), "从网页来的");
    h.assertQuiet(other);
    await server.close();
    await openSettings(page);
    await h.click(page, copyChoice(page));
    await h.says(h.toast(page), words["ui.copy.failed"]);
  } finally {
    await context.close();
    await server.close();
  }
});

describe("the page as one file", { concurrency: 3 }, () => scenes.forEach((begin) => begin()));
