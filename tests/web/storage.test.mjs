// Storage: what C++ asks for, what it is told, and that nothing gets lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./modules.mjs";
import { MemoryBrowser, MemoryDatabase } from "./storage_memory.mjs";

const { Storage } = await load("storage.js");
const { checksum } = await load("storage_records.js");
const { StorageError } = await load("storage_database.js");
const { BodyReader, joinTexts } = await load("bridge.js");

/** A tab as C++ sees it: requests go in, messages come out. */
class Tab {
  constructor(database = new MemoryDatabase(), browser = new MemoryBrowser()) {
    this.database = database;
    this.browser = browser;
    this.messages = [];
    this.storage = new Storage(database, browser.openTab(), (type, header = {}, body = new Uint8Array(0)) => {
      this.messages.push({ type, header, body });
    });
  }

  /** Another tab of the same browser. */
  another() {
    return new Tab(this.database, this.browser);
  }

  /** Sends a request; `texts` are its long members, in order. */
  ask(op, header = {}, texts = {}) {
    const { sizes, body } = joinTexts(Object.values(texts));
    const sized = Object.fromEntries(Object.keys(texts).map((key, at) => [key, sizes[at]]));
    this.storage.receive({ op, ...header, ...sized }, body);
  }

  putEdits(header, edits, card = "{}") {
    const { sizes, body } = joinTexts([...edits, card]);
    this.storage.receive({ op: "put_edits", ...header, edits: sizes.slice(0, -1), card: sizes.at(-1) }, body);
  }

  /** The next message of a type, once it has come. */
  async next(type) {
    for (let turn = 0; turn < 400; ++turn) {
      const at = this.messages.findIndex((message) => message.type === type);
      if (at >= 0) return this.messages.splice(at, 1)[0];
      await new Promise((done) => setTimeout(done, 2));
    }
    assert.fail(`no "${type}" came; there were: ${this.messages.map((message) => message.type)}`);
  }

  async opened() {
    this.ask("open");
    return (await this.next("opened")).header;
  }

  async open() {
    this.ask("open");
    const { header, body } = await this.next("opened");
    const reader = new BodyReader(body);
    const texts = (list) => Object.fromEntries(list.map(({ id, size }) => [id, reader.text(size)]));
    return { cards: texts(header.cards), settings: texts(header.settings), instruments: texts(header.instruments) };
  }

  async load(document) {
    this.ask("load", { document });
    const { header, body } = await this.next("loaded");
    return readLoaded(header, new BodyReader(body));
  }

  async snapshot(document, sequence, snapshot, card = "{}") {
    this.ask("put_snapshot", { document, sequence, token: 1 }, { snapshot, card });
    await this.next("saved");
  }

  async edit(document, sequence, edit, card = "{}") {
    this.putEdits({ document, sequence, token: 2 }, [edit], card);
    await this.next("saved");
  }
}

function readLoaded(header, reader) {
  const snapshot = reader.text(header.snapshot);
  const edits = header.edits.map(({ sequence, size }) => [sequence, reader.text(size)]);
  return { found: header.found, sequence: header.sequence, snapshot, edits, quarantined: header.quarantined };
}

test("CRC-32 is the usual one, over UTF-8", () => {
  assert.equal(checksum("123456789"), 0xcbf43926);
  assert.equal(checksum(""), 0);
  assert.notEqual(checksum("党"), checksum("团"));
  assert.equal(checksum("The quick brown fox jumps over the lazy dog"), 0x414fa339);
});

test("an empty browser opens empty", async () => {
  assert.deepEqual(await new Tab().open(), { cards: {}, settings: {}, instruments: {} });
});

test("a document comes back with its edits in order, rare characters and all", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 2, "快照𬭩", '{"unit":"甲"}');
  await tab.edit("a", 10, "十");
  await tab.edit("a", 2, "二");
  await tab.edit("a", 2, "二又");
  assert.deepEqual(await tab.another().load("a"), {
    found: true,
    sequence: 2,
    snapshot: "快照𬭩",
    edits: [[2, "二又"], [10, "十"]],
    quarantined: 0,
  });
});

test("cards, settings and form definitions come at opening", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "s", '{"unit":"甲"}');
  tab.ask("put_card", { document: "a", token: 3 }, { card: '{"unit":"乙"}' });
  tab.ask("put_setting", { key: "density", token: 4 }, { value: "compact" });
  tab.ask("put_instrument", { id: "own", token: 5 }, { definition: "{}" });
  for (const token of [3, 4, 5]) assert.equal((await tab.next("saved")).header.token, token);
  assert.deepEqual(await tab.another().open(), {
    cards: { a: '{"unit":"乙"}' },
    settings: { density: "compact" },
    instruments: { own: "{}" },
  });
});

test("a snapshot replaces the edits it stands for", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "alt");
  await tab.edit("a", 0, "eins");
  await tab.snapshot("b", 0, "daneben");
  await tab.edit("b", 0, "bleibt");
  await tab.snapshot("a", 1, "neu");
  const loaded = await tab.load("a");
  assert.deepEqual([loaded.snapshot, loaded.edits], ["neu", []]);
  assert.deepEqual((await tab.load("b")).edits, [[0, "bleibt"]]);
});

test("a missing document is told as such", async () => {
  const tab = new Tab();
  await tab.open();
  assert.equal((await tab.load("nobody")).found, false);
});

/** Alters stored records under the page. */
const alter = (tab, store, change) => {
  for (const { record } of tab.database.data.get(store).values()) change(record);
};

async function rescue(tab) {
  tab.ask("rescue");
  const { body } = await tab.next("rescued");
  return JSON.parse(new TextDecoder().decode(body)).records;
}

test("broken records are left out and counted; the snapshot that mends puts all that was stored aside", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "gut");
  for (const [at, text] of ["null", "eins", "zwei"].entries()) await tab.edit("a", at, text);
  alter(tab, "edits", (record) => record.sequence === 1 && (record.text = "e1ns"));
  for (let time = 0; time < 2; ++time) {
    const loaded = await tab.load("a");
    assert.deepEqual(loaded.edits, [[0, "null"], [2, "zwei"]]);
    assert.equal(loaded.quarantined, 1);
  }
  tab.ask("put_snapshot", { document: "a", sequence: 2, token: 1, aside: 1 }, { snapshot: "heil", card: "{}" });
  await tab.next("saved");
  assert.deepEqual(await tab.load("a"), { found: true, sequence: 2, snapshot: "heil", edits: [], quarantined: 0 });
  const [aside, ...more] = await rescue(tab);
  assert.deepEqual([aside.snapshot.snapshot, aside.edits.map(({ text }) => text), more], ["gut", ["null", "e1ns", "zwei"], []]);
  assert.equal((await tab.another().opened()).aside, 1);
});

test("a broken snapshot is not taken for a document, and not lost", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 3, "heil");
  await tab.edit("a", 3, "danach");
  alter(tab, "documents", (record) => (record.snapshot = "kaputt"));
  const loaded = await tab.load("a");
  assert.deepEqual([loaded.found, loaded.quarantined], [false, 2]);
  const [broken] = await rescue(tab);
  assert.deepEqual([broken.snapshot.snapshot, broken.edits[0].text], ["kaputt", "danach"]);
});

test("edits of one action are written together or not at all", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "s");
  tab.database.failures.push(new StorageError("quota"));
  tab.putEdits({ document: "a", sequence: 0, token: 5 }, ["eins", "zwei"]);
  assert.equal((await tab.next("failed")).header.token, 5);
  assert.deepEqual((await tab.load("a")).edits, []);
  tab.putEdits({ document: "a", sequence: 0, token: 6 }, ["eins", "zwei"]);
  await tab.next("saved");
  assert.deepEqual((await tab.load("a")).edits, [[0, "eins"], [1, "zwei"]]);
});

test("every failure is told with its token and reason, and writes nothing", async () => {
  for (const reason of ["quota", "closed", "newer", "unknown"]) {
    const tab = new Tab();
    await tab.open();
    await tab.snapshot("a", 0, "s");
    tab.database.failures.push(new StorageError(reason));
    tab.putEdits({ document: "a", sequence: 0, token: 77 }, ["x"]);
    assert.deepEqual((await tab.next("failed")).header, { token: 77, reason, document: "a" });
    assert.deepEqual((await tab.load("a")).edits, []);
  }
});

test("what is asked for together is one transaction, written or failed as a whole; edits are one of their own", async () => {
  const tab = new Tab();
  await tab.open();
  const before = tab.database.transactions;
  const put = (document, token) => tab.ask("put_snapshot", { document, sequence: 0, token }, { snapshot: "s", card: "{}" });
  tab.ask("restore", { document: "a", token: 1 });
  for (const [document, token] of [["a", 2], ["b", 3], ["c", 4]]) put(document, token);
  for (const token of [1, 2, 3, 4]) assert.equal((await tab.next("saved")).header.token, token);
  assert.equal(tab.database.transactions - before, 1);

  tab.database.failures.push(new StorageError("quota"));
  put("d", 5);
  put("e", 6);
  for (const [document, token] of [["d", 5], ["e", 6]])
    assert.deepEqual((await tab.next("failed")).header, { token, reason: "quota", document });
  assert.equal((await tab.load("d")).found, false);

  const failed = tab.database.transactions;
  put("d", 7);
  tab.putEdits({ document: "a", sequence: 0, token: 8 }, ["x"]);
  put("e", 9);
  for (const token of [7, 8, 9]) assert.equal((await tab.next("saved")).header.token, token);
  assert.equal(tab.database.transactions - failed, 3);
});

test("what was asked for just before is read", async () => {
  const tab = new Tab();
  await tab.open();
  tab.ask("put_snapshot", { document: "a", sequence: 0, token: 1 }, { snapshot: "s", card: "{}" });
  assert.equal((await tab.load("a")).snapshot, "s");
});

test("a refused opening is token 0", async () => {
  const tab = new Tab();
  tab.database.failures.push(new StorageError("refused"));
  tab.ask("open");
  assert.deepEqual((await tab.next("failed")).header, { token: 0, reason: "refused" });
});

test("no edit without its snapshot: after a failed snapshot, edits fail as well", async () => {
  const tab = new Tab();
  await tab.open();
  tab.database.failures.push(new StorageError("quota"));
  tab.ask("put_snapshot", { document: "a", sequence: 0, token: 1 }, { snapshot: "s", card: "{}" });
  await tab.next("failed");
  tab.putEdits({ document: "a", sequence: 0, token: 2 }, ["x"]);
  assert.equal((await tab.next("failed")).header.token, 2);
  await tab.snapshot("a", 1, "alles");
  await tab.edit("a", 1, "y");
});

test("data cleared under the open page: it is said, and edits fail until a snapshot stands again", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "s");
  for (const records of tab.database.data.values()) records.clear();
  await tab.database.reopen();
  const { restored, lost, cards } = (await tab.next("cards")).header;
  assert.deepEqual([restored, lost, cards], [false, true, []]);
  tab.putEdits({ document: "a", sequence: 0, token: 9 }, ["x"]);
  assert.deepEqual((await tab.next("failed")).header, { token: 9, reason: "closed", document: "a" });
  await tab.snapshot("a", 1, "alles");
  await tab.edit("a", 1, "y");
});

test("a connection that was lost without loss, or whose data came back, is no news to who types", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "s");
  await tab.database.reopen();
  await tab.edit("a", 0, "x");
  assert.deepEqual(tab.messages.filter(({ type }) => type === "cards"), []);
  await tab.database.reopen(true);
  assert.equal((await tab.next("cards")).header.restored, true);
  await tab.edit("a", 1, "y");
});

test("a clock that cannot be right throws nothing away", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "s", "A");
  const year = 365.25 * 24 * 3600 * 1000;
  const visit = async (now, work = async () => {}) => {
    const later = tab.another();
    later.storage.now = () => now;
    await later.open();
    await work(later);
    await new Promise((done) => setTimeout(done, 5));
  };
  const remove = async (later) => {
    later.ask("remove", { document: "a", token: 3 });
    await later.next("saved");
  };
  const kept = () => tab.database.data.get("documents").size;
  for (const wrong of [-102 * year, 0, 8295 * year]) {
    await visit(wrong, remove); // the mark is of another time
    await visit(56 * year);
    assert.equal(kept(), 1);
  }
  await visit(8295 * year);
  assert.equal(kept(), 1);
  await visit(56 * year + 31 * 24 * 3600 * 1000);
  assert.equal(kept(), 0);
});

test("deleted documents vanish, come back on restore, and are purged after 30 days", async () => {
  const day = 24 * 60 * 60 * 1000;
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "s", "A");
  await tab.edit("a", 0, "x", "A");
  await tab.snapshot("b", 0, "s", "B");
  tab.ask("remove", { document: "a", token: 3 });
  await tab.next("saved");
  assert.deepEqual((await tab.another().open()).cards, { b: "B" });
  tab.ask("restore", { document: "a", token: 4 });
  await tab.next("saved");
  assert.deepEqual((await tab.another().open()).cards, { a: "A", b: "B" });
  tab.ask("remove", { document: "a", token: 5 });
  await tab.next("saved");
  for (const [age, kept] of [[29, 1], [31, 0]]) {
    const later = tab.another();
    later.storage.now = () => Date.now() + age * day;
    await later.open();
    await new Promise((done) => setTimeout(done, 5));
    assert.equal([...tab.database.data.get("edits").values()].length, kept, `after ${age} days`);
  }
  assert.deepEqual([...tab.database.data.get("documents").keys()], ['"b"']);
});

test("all documents for a backup, without the deleted ones", async () => {
  const tab = new Tab();
  await tab.open();
  await tab.snapshot("a", 0, "甲");
  await tab.edit("a", 0, "改");
  await tab.snapshot("b", 5, "乙");
  await tab.snapshot("c", 0, "丙");
  tab.ask("remove", { document: "c", token: 3 });
  await tab.next("saved");
  tab.ask("load_all");
  const { header, body } = await tab.next("all_loaded");
  const reader = new BodyReader(body);
  const all = header.documents.map((document) => [document.document, readLoaded(document, reader)]);
  assert.deepEqual(
    all.map(([id, { snapshot, edits }]) => [id, snapshot, edits]),
    [["a", "甲", [[0, "改"]]], ["b", "乙", []]],
  );
});

test("one writer: the second tab reads, takes over, and the first may no longer write", async () => {
  const first = new Tab();
  await first.open();
  await first.snapshot("a", 0, "s");
  assert.deepEqual((await first.next("lock")).header, { document: "a", writer: true });
  const second = first.another();
  await second.open();
  await second.load("a");
  assert.deepEqual((await second.next("lock")).header, { document: "a", writer: false });
  second.putEdits({ document: "a", sequence: 0, token: 5 }, ["x"]);
  assert.equal((await second.next("failed")).header.token, 5);

  // What the first tab still holds in a field is written before it lets go.
  first.storage.flush = () => first.putEdits({ document: "a", sequence: 0, token: 6 }, ["最后"]);
  second.ask("take_over", { document: "a" });
  assert.deepEqual((await second.next("lock")).header, { document: "a", writer: true });
  assert.equal((await first.next("saved")).header.token, 6);
  assert.deepEqual((await first.next("lock")).header, { document: "a", writer: false });
  assert.deepEqual((await second.load("a")).edits, [[0, "最后"]]);
  await second.edit("a", 1, "y");
  first.putEdits({ document: "a", sequence: 1, token: 7 }, ["z"]);
  assert.equal((await first.next("failed")).header.token, 7);
});

test("a tab that slept while another one took the document overwrites nothing and says so", async () => {
  const first = new Tab();
  await first.open();
  await first.snapshot("a", 0, "s");
  await first.edit("a", 0, "零");
  const second = first.another();
  await second.open();
  await second.load("a");
  first.browser.tabs[0].mayWrite = () => true; // the news has not come yet
  second.ask("take_over", { document: "a" });
  await second.load("a");
  await second.edit("a", 1, "第二个窗口");
  first.putEdits({ document: "a", sequence: 1, token: 7 }, ["第一个窗口"]);
  assert.deepEqual((await first.next("failed")).header, { token: 7, reason: "taken", document: "a" });
  assert.deepEqual((await second.load("a")).edits, [[0, "零"], [1, "第二个窗口"]]);
});

test("a write is not called saved when the document was taken while it was under way", async () => {
  const first = new Tab();
  await first.open();
  await first.snapshot("a", 0, "s");
  first.putEdits({ document: "a", sequence: 0, token: 8 }, ["x"]);
  first.browser.writers.set("a", first.browser.openTab());
  assert.deepEqual((await first.next("failed")).header, { token: 8, reason: "taken", document: "a" });
});

test("a closed document is free for the next tab", async () => {
  const first = new Tab();
  await first.open();
  await first.snapshot("a", 0, "s");
  first.ask("close", { document: "a" });
  const second = first.another();
  await second.open();
  await second.load("a");
  assert.equal((await second.next("lock")).header.writer, true);
});

test("other tabs hear of changed cards", async () => {
  const first = new Tab();
  await first.open();
  const second = first.another();
  await second.open();
  await first.snapshot("a", 0, "s", "一");
  await first.edit("a", 0, "x", "二");
  const { header, body } = await second.next("cards");
  assert.deepEqual(header.cards.map(({ id }) => id), ["a"]);
  assert.equal(new TextDecoder().decode(body), "二");
  assert.equal(first.messages.some(({ type }) => type === "cards"), false, "not the one that wrote");
});
