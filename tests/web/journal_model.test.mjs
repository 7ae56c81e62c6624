// The invariant of the second copy (web/README.md) against everything that can be lost: the storage modules as they are,
// in a browser that loses tabs, the database, its newest transactions, the files, their ends. After each loss, what one
// of the two sides still has must be there for the next tab.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeTab, installFakeBrowser, turn, workersStarted } from "./fake_browser.mjs";
import { load } from "./modules.mjs";
import { MemoryBrowser } from "./storage_memory.mjs";

let browser = installFakeBrowser();
const { JournaledDatabase } = await load("journal.js");
const { Storage } = await load("storage.js");
const { joinTexts, BodyReader } = await load("bridge.js");
const { fileNames, headSize, readHead, readRecords } = await load("journal_file.js");

/** Numbers that are the same in every run. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function idle(turns = 400) {
  await workersStarted();
  for (let at = 0; at < turns; ++at) await turn();
}

const editOf = (id, number) => JSON.stringify({ id: `${id}-${number}` });
const snapshotOf = (id, count) => JSON.stringify({ log: Array.from({ length: count }, (_, at) => ({ id: `${id}-${at}` })) });

/** What C++ does of storage, in short: documents are logs. */
class Page {
  tab = new FakeTab();
  /** Edits by document that is open here. @type {Map<string, number>} */
  open = new Map();
  messages = [];
  #token = 0;
  /** What is called saved when a token is. @type {Map<number, () => void>} */
  #waiting = new Map();

  constructor(model) {
    this.model = model;
    this.database = this.tab.run(() => new JournaledDatabase());
    this.tabs = model.browser.openTab();
    this.storage = this.tab.run(() => new Storage(this.database, this.tabs, (...message) => this.#told(...message)));
  }

  ask(op, header, texts = []) {
    const { sizes, body } = joinTexts(texts);
    this.tab.run(() => this.storage.receive({ op, ...header(sizes) }, body));
  }

  async start() {
    this.ask("open", () => ({}));
    await idle();
    this.tab.run(() => this.database.startJournal());
    await idle();
  }

  #told(type, header = {}, body = new Uint8Array(0)) {
    if (this.tab.isGone) return;
    this.messages.push({ type, header, body });
    if (type === "saved") this.#waiting.get(header.token)?.();
    // What is open is stored anew, as on(StorageFailed), on(CardsChanged) do.
    if ((type === "failed" && header.reason === "closed") || (type === "cards" && (header.restored || header.lost))) this.again = true;
  }

  #save(op, done, header, texts) {
    const token = ++this.#token;
    this.#waiting.set(token, done);
    this.ask(op, (sizes) => ({ token, ...header(sizes) }), texts);
  }

  snapshot(id, count) {
    this.open.set(id, count);
    this.#save("put_snapshot", () => this.model.acknowledge(id, count), ([snapshot, card]) => ({ document: id, sequence: count, snapshot, card }), [snapshotOf(id, count), id]);
  }

  edit(id) {
    if (this.again) return this.saveAll();
    const first = this.open.get(id);
    this.open.set(id, first + 1);
    this.#save("put_edits", () => this.model.acknowledge(id, first + 1), ([edit, card]) => ({ document: id, sequence: first, edits: [edit], card }), [editOf(id, first), id]);
  }

  saveAll() {
    this.again = false;
    for (const [id, count] of this.open) this.snapshot(id, count);
  }

  remove(id) {
    this.#save("remove", () => this.model.deleted.set(id, true), () => ({ document: id }));
  }

  bring(id) {
    this.#save("restore", () => this.model.deleted.set(id, false), () => ({ document: id }));
  }

  set(value) {
    this.#save("put_setting", () => {}, ([size]) => ({ key: "last-unit", value: size }), [value]);
  }

  /** Documents by id as C++ gets them: how many edits, in their order and without a gap. */
  async read() {
    this.messages = [];
    this.ask("load_all", () => ({}));
    await idle();
    const answer = this.messages.find(({ type }) => type === "all_loaded");
    assert.ok(answer, `all documents are read; there were ${this.messages.map(({ type, header }) => type + JSON.stringify(header))}`);
    const texts = new BodyReader(answer.body);
    const found = new Map();
    for (const { document, found: isFound, snapshot, edits } of answer.header.documents) {
      const log = JSON.parse(texts.text(snapshot) || '{"log":[]}').log.map((edit) => edit.id);
      for (const { sequence, size } of edits) {
        const { id } = JSON.parse(texts.text(size));
        if (sequence === log.length) log.push(id);
      }
      if (!isFound && !this.model.floor.has(document)) continue; // both sides have lost it
      assert.ok(isFound, `${document} has its snapshot; ${this.model.history.slice(-8)}`);
      assert.deepEqual(log, Array.from(log, (_, at) => `${document}-${at}`));
      found.set(document, log.length);
    }
    return found;
  }
}

// --- What is physically there, read without the modules' help ---------------------------------------------------------

const countOf = (records, id) => {
  const snapshot = records.documents.find((record) => record.id === id);
  if (!snapshot) return -1;
  const edits = new Set(records.edits.filter((record) => record.document === id).map(({ sequence }) => sequence));
  let count = snapshot.sequence;
  while (edits.has(count)) ++count;
  return count;
};

const inDatabase = () => Object.fromEntries(["documents", "edits", "deleted"].map((store) => [store, browser.indexedDB.records("duibiao", store)]));

function inJournal() {
  const files = fileNames.map((name) => browser.files.all.get(name)?.content ?? Buffer.alloc(0));
  const heads = files.map((content) => readHead(content)?.generation ?? 0);
  const records = { documents: [], edits: [], deleted: [] };
  if (Math.max(...heads) === 0) return records;
  const content = files[heads.indexOf(Math.max(...heads))];
  const rest = new Uint8Array(content.subarray(headSize));
  let done = {};
  for (const { content: { counts, tab, count, operations = [] } } of readRecords(rest)) {
    if (counts) done = counts;
    if (tab && count <= (done[tab] ?? 0)) continue;
    for (const [how, store, what] of operations) {
      if (!records[store]) continue;
      const isSame = store === "edits" ? ({ document, sequence }) => document === (what.document ?? what[0]) && (how === "remove" || sequence === what.sequence) : ({ id }) => id === (what.id ?? what);
      records[store] = records[store].filter((record) => !isSame(record));
      if (how === "put") records[store].push(what);
    }
  }
  return records;
}

// --- The model ------------------------------------------------------------------------------------------------------

class Model {
  browser = new MemoryBrowser();
  /** What must be there, in edits. @type {Map<string, number>} */
  floor = new Map();
  /** What was ever asked for. @type {Map<string, number>} */
  deleted = new Map();
  /** @type {Page[]} */
  pages = [];
  history = [];
  #next;
  #documents = 0;

  constructor(seed) {
    // Where files cannot be written for a while, what is saved stands in the database alone.
    this.hasFaults = seed % 2 === 0;
    this.#next = random(seed);
    let uuids = 0;
    crypto.randomUUID = () => `tab-${seed}-${++uuids}`;
  }

  chance(share) {
    return this.#next() < share;
  }
  pick(list) {
    return list[Math.floor(this.#next() * list.length)];
  }
  number(below) {
    return Math.floor(this.#next() * below);
  }

  acknowledge(id, count) {
    this.floor.set(id, Math.max(count, this.floor.get(id) ?? 0));
  }

  async openPage() {
    const page = new Page(this);
    this.pages.push(page);
    await page.start();
    return page;
  }

  closePage(page) {
    page.tab.kill();
    this.pages = this.pages.filter((other) => other !== page);
    this.browser.tabs = this.browser.tabs.filter((tabs) => tabs !== page.tabs);
    for (const [id, writer] of this.browser.writers) if (writer === page.tabs) this.browser.writers.delete(id);
  }

  async work() {
    const page = this.pages.length > 0 ? this.pick(this.pages) : await this.openPage();
    if (page.again) page.saveAll();
    const own = [...page.open.keys()].filter((id) => page.tabs.mayWrite(id));
    const kind = this.number(12);
    if (own.length === 0 || kind === 0) page.snapshot(`d${++this.#documents}`, 0);
    else if (kind < 8) page.edit(this.pick(own));
    else if (kind === 8) page.snapshot(...(([id]) => [id, page.open.get(id)])([this.pick(own)]));
    else if (kind === 9) page.remove(this.pick(own));
    else if (kind === 10) page.bring(this.pick(own));
    else page.set(String(this.number(1000)));
    await idle(this.pick([0, 1, 3, 20, 60]));
  }

  /** What the two sides have after a loss is what has to be kept: no more, no less. */
  note() {
    const nothing = { documents: [], edits: [], deleted: [] };
    const [database, journal] = [this.isDeleting ? nothing : inDatabase(), inJournal()];
    this.isDeleting = false;
    for (const id of [...this.floor.keys()]) {
      const left = Math.max(countOf(database, id), countOf(journal, id));
      if (left < 0) this.floor.delete(id);
      else this.floor.set(id, left);
    }
    for (const id of this.deleted.keys()) {
      const [one, other] = [database, journal].map(({ deleted }) => deleted.some((mark) => mark.id === id));
      const isKnown = [database, journal].every((side) => countOf(side, id) >= 0);
      if (!isKnown || one !== other) this.deleted.delete(id);
      else this.deleted.set(id, one);
    }
  }

  async lose() {
    const { indexedDB, files } = browser;
    const both = this.chance(0.3);
    const sides = both ? ["database", "journal"] : [this.pick(["database", "journal"])];
    const isAll = this.chance(0.5);
    if (!both) await idle(); // all that was called saved stands in both
    const before = new Map(this.floor);
    for (const side of sides) {
      if (side === "database") {
        if (isAll && !both && this.chance(0.4)) (this.isDeleting = true), indexedDB.deleteDatabase("duibiao");
        else indexedDB.lose("duibiao", isAll && !both ? Infinity : 1 + this.number(6));
      } else if (isAll && !both) {
        for (const file of files.all.values()) if (!file.isOpen) [file.content, file.flushed] = [Buffer.alloc(0), Buffer.alloc(0)];
      } else {
        for (const file of files.all.values()) if (!file.isOpen) file.content = Buffer.concat([file.content.subarray(0, Math.max(headSize, file.content.length - this.number(600))), Buffer.from([9, 0, 0])]);
      }
    }
    this.history.push(`lost ${sides} ${isAll}`);
    // Both torn: only a power cut does that, and no tab survives it.
    if (both) for (const page of [...this.pages]) this.closePage(page);
    this.note();
    const isSettled = !both && !this.hasFaults && !this.isJournalHurt;
    if (sides.includes("journal")) this.isJournalHurt = true; // until the next visit, or the next change
    if (!isSettled) return;
    for (const [id, edits] of before) assert.ok((this.floor.get(id) ?? -1) >= edits, `${id}: what was called saved stood in both; ${this.history.slice(-8)}`);
  }

  /** A new tab, while the others may be there, finds everything. */
  async check() {
    await idle();
    const page = await this.openPage();
    await idle();
    for (const other of this.pages) if (other.again) other.saveAll();
    await idle();
    this.isJournalHurt = false;
    const found = await page.read();
    for (const [id, edits] of this.floor) {
      if (this.deleted.has(id)) assert.equal(found.has(id), !this.deleted.get(id), `${id} is ${this.deleted.get(id) ? "deleted" : "there"}; ${this.history.slice(-8)}`);
      if (!this.deleted.get(id) && this.deleted.has(id)) assert.ok(found.get(id) >= edits, `${id}: ${edits} edits were saved, ${found.get(id)} are there; ${this.history.slice(-8)}`);
      else if (!this.deleted.has(id) && found.has(id)) assert.ok(found.get(id) >= edits, `${id}: ${edits} edits were saved, ${found.get(id)} are there; ${this.history.slice(-8)}`);
      else if (!this.deleted.has(id)) assert.ok(inDatabase().deleted.some((mark) => mark.id === id), `${id} is gone; ${this.history.slice(-8)}`);
    }
    if (this.chance(0.5)) this.closePage(page);
  }

  async step() {
    await workersStarted();
    const kind = this.number(20);
    if (kind < 12) await this.work();
    else if (kind === 12 && this.pages.length > 0) this.history.push("kill"), this.closePage(this.pick(this.pages));
    else if (kind === 13 && this.pages.length < 3) this.history.push("open"), await this.openPage();
    else if (kind === 14) this.history.push("pause"), await browser.clock.advance(66_000);
    else if (kind === 15 && this.hasFaults) this.history.push("broken"), (browser.files.isBroken = true), await this.work(), (browser.files.isBroken = false);
    else if (kind === 16 && this.hasFaults) this.history.push("full"), (browser.files.isFull = true), await this.work(), await idle(), (browser.files.isFull = false);
    else if (kind === 17) await this.lose();
    else await this.check();
  }
}

const seeds = Number(process.env["DUIBIAO_LONG_TESTS"] ? 400 : 16);
const first = Number(process.env["SEED"] ?? 1);
for (let seed = first; seed < first + (process.env["SEED"] ? 1 : seeds); ++seed) {
  test(`whatever one side has lost comes back from the other, play ${seed}`, async () => {
    browser = installFakeBrowser();
    const model = new Model(seed);
    for (let at = 0; at < 120; ++at) await model.step();
    await model.check();
    for (const page of [...model.pages]) model.closePage(page);
  });
}
