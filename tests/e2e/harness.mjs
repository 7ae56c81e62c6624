// What the browser tests share: a static server, the browser, and the page as a clerk uses it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createReadStream, mkdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { browserArguments, browserPath } from "../chromium.mjs";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const dist = process.env["DUIBIAO_DIST"] ?? path.join(root, "build/web/dist");
export const program = process.env["DUIBIAO"] ?? path.join(root, "build/native/duibiao");
export const screenshots = path.join(root, "build/screenshots");
export const instrument = JSON.parse(await readFile(path.join(root, "assets/instruments/jilin-committee.json"), "utf8"));
/** Every criterion in the form's order. */
export const criteria = instrument.sections.flatMap((section) => section.groups.flatMap((group) => group.criteria));
export const words = JSON.parse(await readFile(path.join(root, "assets/i18n/zh-CN.json"), "utf8"));
export { browserArguments, browserPath };

/** The words of a key, with its parameters. */
export function say(key, parameters = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => String(parameters[name] ?? whole));
}

/** How a finding's link begins; its item stands first when it has a number. */
export function findingText(code, item = "", parameters = null) {
  const title = [item, words[`finding.${code}.title`]].filter(Boolean).join(" ");
  const text = parameters ? `${title} ${say(`finding.${code}.message`, { item, ...parameters })}` : title;
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}

// --- Server -----------------------------------------------------------------------------------------------------

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves a folder on a free port: {address, close}. */
export function serve(folder = dist) {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = path.join(folder, path.normalize(name).replace(/^(\.\.[/\\])+/, ""), name.endsWith("/") ? "index.html" : "");
    if (!file.startsWith(folder) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      const close = () => new Promise((done) => (server.closeAllConnections(), server.close(done)));
      resolve({ address: `http://127.0.0.1:${port}/`, close });
    });
  });
}

// --- Browser ----------------------------------------------------------------------------------------------------

/** One browser and one server for a test file. */
export class Stage {
  async open() {
    this.server = await serve();
    this.browser = await chromium.launch({ executablePath: browserPath, args: browserArguments });
  }

  async close() {
    await this.browser?.close();
    await this.server?.close();
  }

  /** A user with an empty browser of his own. */
  async user(options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", ...options });
    context.setDefaultTimeout(15_000);
    return context;
  }

  /** A page of a user (a new one when none is given) that is ready. */
  async page({ context, route = "", search = "", prepare, ready = true, expectErrors = false }) {
    const page = await context.newPage();
    if (prepare) await page.addInitScript(prepare);
    watch(page, expectErrors);
    await page.goto(this.server.address + search + (route ? `#${route}` : ""));
    if (ready) await becomeReady(page);
    return page;
  }
}

/**
 * The tests of a file, with its test runner's functions: `scene` is a test with a page of its own that must come out without an error in the console;
 * `stage` is the browser for tests that open pages themselves.
 */
export function theatre({ before, after, test }) {
  const stage = new Stage();
  before(() => stage.open());
  after(() => stage.close());
  const scene = (name, act, options = {}) =>
    test(name, { skip: options.skip ?? false }, async () => {
      const context = await stage.user(options.user);
      try {
        const page = await stage.page({ context, ...options });
        await act({ page, context, stage });
        assertQuiet(page);
      } finally {
        await context.close();
      }
    });
  return { stage, scene };
}

export async function becomeReady(page) {
  await page.waitForSelector('html[data-ready="1"]', { state: "attached" });
  await afterFrames(page);
}

const watched = new WeakMap();

/** Notes what a page must not do: see assertQuiet. */
export function watch(page, expectErrors = false) {
  const notes = { errors: [], requests: [], ready: false };
  watched.set(page, notes);
  page.on("console", (message) => !expectErrors && message.type() === "error" && notes.errors.push(message.text()));
  page.on("pageerror", (error) => !expectErrors && notes.errors.push(String(error)));
  page.on("request", (request) => {
    if (notes.ready && !/^(blob|data):/.test(request.url())) notes.requests.push(request.url());
  });
  page.on("domcontentloaded", () => (notes.ready = false));
}

/** No error came to the console. */
export function assertQuiet(page) {
  assert.deepEqual(watched.get(page).errors, []);
}

/** From now on every request counts; returns them, growing. */
export function countRequests(page) {
  const notes = watched.get(page);
  notes.ready = true;
  return notes.requests;
}

/** Lets the page draw what just happened. */
export async function afterFrames(page, frames = 2) {
  await page.evaluate(async (count) => {
    for (let at = 0; at < count; ++at) await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  }, frames);
}

/** Waits until what just happened is durable. */
export async function saved(page) {
  await afterFrames(page);
  await page.waitForSelector('html[data-save="saved"]', { state: "attached" });
}

/** Waits until `check` no longer throws; the last failure is the test's. */
export async function eventually(check, milliseconds = 12_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 40));
    }
  }
}

/** Waits for a node to say exactly `text`. */
export async function says(locator, text) {
  await eventually(async () => assert.equal((await locator.textContent({ timeout: 2000 }))?.replace(/\u00a0$/, ""), text));
}

/** The page draws nothing for half a second; what is typed meanwhile comes at once, as on a slow machine. */
export const stall = (page) => page.evaluate(() => { for (const end = performance.now() + 500; performance.now() < end;); });

/** Waits for a text field to hold exactly `text`. */
export async function holds(locator, text) {
  await eventually(async () => assert.equal(await locator.inputValue({ timeout: 2000 }), text));
}

// --- Things on the page -----------------------------------------------------------------------------------------

export const layerLabels = Object.fromEntries(instrument.layers.map((layer) => [layer.id, layer.label]));

/** The score field of a criterion. */
export const scoreField = (page, item, layer = "self") =>
  page.getByRole("textbox", { name: `${item} ${layerLabels[layer]}`, exact: true });
/** The field 落实情况 of a criterion. */
export const noteField = (page, item) =>
  page.getByRole("textbox", { name: `${item} ${instrument.columns.note}`, exact: true });
export const reasonField = (page, item, layer = "acceptance") => {
  const short = instrument.layers.find((known) => known.id === layer).short;
  return page.getByRole("textbox", { name: `${item} ${say("ui.reason", { layer: short })}`, exact: true });
};
export const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
/** "send" has another title for who accepts or returns. */
export const dialog = (page, key) => {
  const titles = [words[`ui.dialog.${key}`], ...(key === "send" ? [words["ui.dialog.send.decide"]] : [])];
  return page.getByRole("dialog", { name: new RegExp(`^(${titles.join("|")})$`) });
};
export const total = (page) => page.getByRole("status").filter({ hasText: instrument.layers[0].label });
/** Entry of a section in the left panel. */
export const sectionLink = (page, title) =>
  page.getByRole("navigation", { name: words["ui.sections"] }).getByRole("link", { name: new RegExp(`^(\\d+ )?${title}`) });
export const findingsRegion = (page) => page.getByRole("region", { name: words["ui.findings.region"] });
/** A sentence the page tells: the toast at its foot. */
export const toast = (page) => page.locator('[data-id="toast"]');

/** Place of a node once it stands still: a page that has just been laid out anew may still move. */
export async function restingPlace(page, locator) {
  await locator.waitFor({ state: "attached" });
  for (let before = null; ; ) {
    await afterFrames(page);
    const box = await locator.boundingBox();
    assert.ok(box, "the node has a place on the page");
    if (before && box.x === before.x && box.y === before.y) return box;
    before = box;
  }
}

/** Clicks with the mouse in the middle of a node, on whatever lies there: the canvas, or a field. */
export async function click(page, locator) {
  const box = await restingPlace(page, locator);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await afterFrames(page);
}

/** Where the score table lies, all of it. */
export const tableBox = (page) => page.locator('[data-id="table"]').boundingBox();

/** Uses a node as the keyboard does: focus, then Enter. */
export async function press(page, locator) {
  await locator.focus();
  await page.keyboard.press("Enter");
  await afterFrames(page);
}

/** Id of the node that has the focus: "score/self/1.1.1". */
export const focusedId = (page) => page.evaluate(() => document.activeElement?.getAttribute("data-id") ?? "");

export async function waitFocus(page, id) {
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute("data-id") === wanted, id);
}

/** New document through the page's own dialog; returns its id. */
export async function createDocument(page, { unit = "市第一人民医院党委", period = "2026" } = {}) {
  await click(page, page.getByRole("button", { name: new RegExp(`^(${words["ui.welcome.begin"]}|${words["ui.new"]}$)`) }).first());
  await dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill(unit);
  await page.getByRole("textbox", { name: words["ui.new.period"] }).fill(period);
  await click(page, button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await saved(page);
  return documentId(page);
}

export const documentId = (page) => page.evaluate(() => location.hash.split("/")[2]);

/** Brings a criterion's row into sight by its link. */
export async function reveal(page, item) {
  await page.evaluate((wanted) => {
    const [, , id] = location.hash.split("/");
    const route = `#/doc/${id}/${wanted}`;
    if (location.hash === route) location.hash = `#/doc/${id}`;
    location.hash = route;
  }, item);
  await scoreField(page, item).waitFor({ state: "attached" });
  await afterFrames(page);
}

export async function setScore(page, item, text, layer = "self") {
  await reveal(page, item);
  await click(page, scoreField(page, item, layer));
  await page.keyboard.type(text);
  await afterFrames(page);
}

export async function setNote(page, item, text) {
  await reveal(page, item);
  await click(page, noteField(page, item));
  await page.keyboard.insertText(text);
  await afterFrames(page);
}

/** Leaves the field in use, as a click on the empty desk does. */
export async function leaveField(page) {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await afterFrames(page);
}

// --- The clipboard -----------------------------------------------------------------------------------------------

/** Fills the clipboard with parts by their types, as another program does; the picture is one pixel. */
export async function copy(page, parts) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const other = await page.context().newPage();
  await other.goto(new URL("style.css", page.url()).href);
  await other.evaluate(async (texts) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const picture = await new Promise((done) => canvas.toBlob(done));
    const items = Object.entries(texts).map(([type, text]) => [type, type === "image/png" ? picture : new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(items))]);
  }, parts);
  await other.close();
}

// --- Accessibility ----------------------------------------------------------------------------------------------

const axeSource = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** What axe finds wrong on the page as it stands. */
export async function violations(page) {
  await afterFrames(page, 4);
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
}

// --- Files ------------------------------------------------------------------------------------------------------

export async function readDownload(download) {
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

/** Does `action` and returns the file that comes of it: {name, content}. */
export async function downloaded(page, action) {
  const coming = page.waitForEvent("download");
  await action();
  return readDownload(await coming);
}

/** 审核并传出, at one of its parts: 0 报送, 1 打印与文件, 2 邮件. */
export async function openSend(page, part = 0) {
  await click(page, button(page, words["ui.send"]));
  await dialog(page, "send").waitFor();
  if (part > 0) await sendPart(page, part);
}

export async function sendPart(page, part) {
  await page.locator(`[data-id="send/part/${part}"]`).focus();
  await page.keyboard.press("Space");
  await page.locator(`[data-id="${["send/report", "send/print", "send/mailto"][part]}"]`).waitFor({ state: "attached" });
}

/** Who hands over, where that is asked for, and that something is left. */
export async function sign(page) {
  const left = page.locator('[data-id="send/incomplete"]');
  if ((await left.count()) > 0 && !(await left.isChecked())) {
    await left.focus();
    await page.keyboard.press("Space");
    await afterFrames(page);
  }
  const name = page.getByRole("textbox", { name: words["ui.send.name"], exact: true });
  if ((await name.count()) > 0 && (await name.inputValue()) === "") await name.fill("张三");
  await afterFrames(page);
}

/** 传出报送件, or 通过并传出 of a layer above, through the page; returns {name, content, report}. */
export async function exportReport(page) {
  await openSend(page);
  await sign(page);
  const choice = dialog(page, "send").locator('[data-id="send/report"], [data-id="send/accept"]');
  const file = await downloaded(page, () => press(page, choice));
  await saved(page);
  return { ...file, report: JSON.parse(file.content.toString("utf8")) };
}

/** 退回并传出, with a reason for all of it. */
export async function returnReport(page, reason) {
  await openSend(page);
  await sign(page);
  await page.getByRole("textbox", { name: words["ui.send.reason"], exact: true }).fill(reason);
  const file = await downloaded(page, () => press(page, page.locator('[data-id="send/return"]')));
  await saved(page);
  return { ...file, report: JSON.parse(file.content.toString("utf8")) };
}

/** 解锁修改. */
export async function unlock(page, reason = "补充材料") {
  const mine = page.locator('[data-id="unlock"]');
  if ((await mine.count()) === 0) {
    // Another computer of the office: it says so once.
    await press(page, page.locator('button[data-id="who"]'));
    await press(page, page.locator('[data-id="who/self"]'));
    await press(page, page.locator('[data-id="who/keep"]'));
    await mine.waitFor({ state: "attached" });
  }
  await press(page, page.locator('[data-id="unlock"]'));
  await dialog(page, "unlock").waitFor();
  await page.getByRole("textbox", { name: words["ui.unlock.reason"], exact: true }).fill(reason);
  await sign(page);
  await press(page, page.locator('[data-id="unlock/confirm"]'));
  await dialog(page, "unlock").waitFor({ state: "detached" });
  await saved(page);
}

let filesMade = 0;

/** An empty report of a unit as the command makes it: {name, content}. */
export function fileOf(unit, period = "2026") {
  const content = execFileSync(program, ["new", "jilin-committee", "--unit", unit, "--period", period, "-o", "-"]);
  return { name: `${unit}-${++filesMade}.json`, content };
}

/** Chooses files, [{name, content}], in the picker that 装入 opens. */
export async function chooseFiles(page, files, starter = button(page, words["ui.drop"])) {
  const coming = page.waitForEvent("filechooser");
  await click(page, starter);
  const chooser = await coming;
  await chooser.setFiles(
    files.map(({ name, content }) => ({ name, mimeType: "application/json", buffer: Buffer.from(content) })),
  );
  await afterFrames(page);
}

export async function importByPicker(page, name, content, starter = undefined) {
  await chooseFiles(page, [{ name, content }], starter);
}

/** Takes what a backup has, after the dialog that says what that does. */
export async function restore(page) {
  await dialog(page, "arrival").waitFor();
  await click(page, button(page, words["ui.arrival.take"]));
}

/** Drops a file on the page. */
export async function drop(page, name, content) {
  await page.evaluate(
    ([fileName, bytes]) => {
      const data = new DataTransfer();
      const binary = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      data.items.add(new File([binary], fileName, { type: "application/json" }));
      for (const type of ["dragenter", "dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    },
    [name, Buffer.from(content).toString("base64")],
  );
  await afterFrames(page);
}

export async function goHome(page) {
  await click(page, page.getByRole("link", { name: words["ui.home"], exact: true }));
  await page.waitForFunction(() => location.hash === "#/" || location.hash === "");
  await afterFrames(page);
}

export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await afterFrames(page, 4);
  return page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Numbers that are the same in every run. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
