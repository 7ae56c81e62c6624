// @ts-check
// Documents, settings and form definitions of this browser: append-only records with checksums. A write counts as
// saved when its transaction is complete, not before.

import { BodyReader, joinBytes, joinTexts } from "./bridge.js";
import { eraseKey, StorageError } from "./storage_database.js";
import { allEdits, checksum, countOf, describe, isWhole, readDocument, readIndex, readIndexOf } from "./storage_records.js";
import { BrowserTabs } from "./storage_tabs.js";

/** @typedef {import("./bridge.js").Header} Header */
/** @typedef {import("./storage_database.js").Database} Database */
/** @typedef {import("./storage_database.js").Access} Access */
/** @typedef {import("./storage_tabs.js").Tabs} Tabs */
/** @typedef {(type: string, header?: Header, body?: Uint8Array) => void} Send */
/** @typedef {Awaited<ReturnType<typeof readIndex>> & {restored: boolean, persisted: boolean}} Index */
/** What one request writes; see Storage.#write.
 * @typedef {object} Write
 * @property {number} token
 * @property {string[]} names
 * @property {(put: Access["put"], access: Access) => void | Promise<void>} work
 * @property {string} [document]
 * @property {number} [edits] how many there are of it then
 * @property {boolean} [isErasing] saved only when nothing is left of what it replaces
 * @property {() => void} [undo] */

/** Deleted documents are kept that long. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1000;
/** What a computer's clock may show, milliseconds since 1970: as in src/app/clock.cpp. */
const [earliest, latest] = [Date.UTC(2020), Date.UTC(2100)];
/** Bytes of requests that are written in one transaction, about. */
const largestGroup = 2 << 20;
/** Another tab's changes are shown when it has been quiet that long. */
const quietMilliseconds = 300;

export class Storage {
  #database;
  #tabs;
  #send;
  /** Writes under way. @type {Set<Promise<void>>} */
  #writes = new Set();
  /** Asked for in this task: one transaction writes them, and waits for the disk once. @type {Write[]} */
  #group = [];
  #groupSize = 0;
  /** Documents whose snapshot is known to be stored, and how many edits there are of them. @type {Map<string, number>} */
  #stored = new Map();
  /** And how many have been called saved. @type {Map<string, number>} */
  #saved = new Map();
  #wasReopened = false;
  #persistAsked = false;
  /** @type {Promise<void> | null} */
  #opening = null;
  /** Once a visit. @type {Promise<boolean> | null} */
  #restoring = null;
  /** What the database has, read ahead of the request. @type {Promise<Index> | null} */
  #index = null;
  #cardsTimer = 0;
  /** Milliseconds since 1970; tests have their own. */
  now = () => Date.now();
  /** Asks the page to bring what is in its fields here. */
  flush = () => {};

  /**
   * @param {Database} database
   * @param {Tabs} tabs
   * @param {Send} send to C++
   */
  constructor(database, tabs, send) {
    this.#database = database;
    this.#tabs = tabs;
    this.#send = send;
    database.onlost = (reason) => send("failed", { token: 0, reason });
    database.onreopened = (reopened) => this.#reopened(reopened);
    tabs.onlock = (document, writer) => send("lock", { document, writer });
    tabs.onyield = () => this.#finishWrites();
    tabs.oncards = () => this.#cardsChanged();
  }

  /**
   * A request of C++ (src/platform/web/ports.cpp).
   * @param {Header} header
   * @param {Uint8Array} body
   */
  receive(header, body) {
    const { document = "", token = 0 } = header;
    const texts = new BodyReader(body);
    this.#groupSize += body.length;
    if (this.#groupSize > largestGroup) this.#startWrites();
    switch (header["op"]) {
      case "open":
        return void this.#open();
      case "load":
      case "peek":
        return void this.#load(document, header["op"] === "load");
      case "load_all":
        return void this.#loadAll();
      case "put_snapshot":
        return this.#putSnapshot(header, texts.text(header["snapshot"]), texts.text(header["card"]));
      case "put_edits":
        return this.#putEdits(header, header["edits"].map((/** @type {number} */ size) => texts.text(size)), texts.text(header["card"]));
      case "put_card":
        return this.#putCard(header, texts.text(header["card"]));
      case "put_setting":
        return this.#putSetting(header, texts.text(header["value"]));
      case "put_instrument":
        return this.#putInstrument(header, texts.text(header["definition"]));
      case "remove":
        return this.#write(token, ["deleted"], (put) => put("deleted", { id: document, at: this.now() }));
      case "restore":
        return this.#write(token, ["deleted"], (_put, access) => access.remove("deleted", document));
      case "rescue":
        return void this.#rescue();
      case "close":
        return this.#tabs.release(document);
      case "take_over":
        return this.#tabs.takeOver(document);
    }
  }

  // --- Reading --------------------------------------------------------------------------------------------------

  /** Opens and reads the database ahead of the request. */
  prepare() {
    this.#opening ??= this.#database.open();
    this.#index ??= this.#readAll(this.#opening);
    this.#index.catch(() => {}); // told when it is asked for
    return this.#index;
  }

  /** @param {Promise<void>} opening @returns {Promise<Index>} */
  async #readAll(opening) {
    const asked = globalThis.navigator?.storage?.persisted?.().catch(() => false) ?? false;
    await opening;
    const read = () => this.#database.transact(["cards", "deleted", "settings", "instruments", "quarantine"], "readonly", readIndex);
    this.#restoring ??= this.#database.restore();
    const [index, restored, persisted] = await Promise.all([read(), this.#restoring, asked]);
    return { ...(restored ? await read() : index), restored, persisted };
  }

  async #open() {
    try {
      const read = await this.prepare();
      this.#index = null;
      const { persisted, restored } = read;
      const lists = {
        cards: read.cards.map((card) => ({ id: card["id"], text: card["card"] })),
        settings: read.settings.map((setting) => ({ id: setting["key"], text: setting["value"] })),
        instruments: read.instruments.filter(isWhole).map(({ id, text }) => ({ id, text })),
      };
      const all = [...lists.cards, ...lists.settings, ...lists.instruments];
      const { sizes, body } = joinTexts(all.map((entry) => entry.text));
      const sized = all.map((entry, at) => ({ id: entry.id, size: sizes[at] }));
      const cards = sized.splice(0, lists.cards.length);
      const settings = sized.splice(0, lists.settings.length);
      const lost = this.#database.isNew && !restored && lastTimeThereWas();
      rememberThereIs(lists.cards.length > 0);
      this.#send("opened", { cards, settings, instruments: sized, persisted, aside: read.aside, restored, lost }, body);
      await this.#purge().catch(() => {}); // without room to write, there is still much to read
    } catch (error) {
      this.#send("failed", { token: 0, reason: reasonOf(error) });
    }
  }

  /** Takes away what was deleted long ago. */
  #purge() {
    const names = ["cards", "documents", "edits", "deleted"];
    return this.#database.transact(names, "readwrite", async (access) => {
      const now = this.now();
      if (!isCredible(now)) return;
      for (const { id, at } of await access.all("deleted")) {
        // The mark may have been made by a clock that was wrong.
        if (!isCredible(at) || at > now) access.put("deleted", { id, at: now });
        if (!isCredible(at) || now - at < keptMilliseconds) continue;
        for (const name of ["cards", "documents", "deleted"]) access.remove(name, id);
        access.remove("edits", [id, 0], [id, Infinity]);
      }
    });
  }

  /**
   * @param {string} document
   * @param {boolean} claim asks for its lock, too
   */
  async #load(document, claim) {
    this.#startWrites();
    try {
      const loaded = await this.#database.transact(["documents", "edits"], "readonly", (access) =>
        readDocument(access, document),
      );
      if (loaded.found) this.#stored.set(document, countOf(loaded)), this.#saved.set(document, countOf(loaded));
      const { header, texts } = describe(loaded);
      this.#send("loaded", header, joinBytes(texts));
    } catch (error) {
      this.#send("failed", { token: 0, reason: reasonOf(error) });
      return;
    }
    if (claim) this.#tabs.claim(document);
  }

  async #loadAll() {
    this.#startWrites();
    try {
      const elsewhere = await this.#tabs.elsewhere();
      const loaded = await this.#database.transact(["cards", "deleted", "documents", "edits"], "readonly", async (access) => {
        const { cards } = await readIndexOf(access, ["cards"]);
        return Promise.all(cards.map((card) => readDocument(access, card["id"])));
      });
      const described = loaded.map(describe);
      const texts = described.flatMap((document) => document.texts);
      const documents = described.map(({ header }) => ({ ...header, elsewhere: elsewhere.has(header["document"]) }));
      this.#send("all_loaded", { documents }, joinBytes(texts));
    } catch (error) {
      this.#send("failed", { token: 0, reason: reasonOf(error) });
    }
  }

  /** Damaged records as they are: those put aside, and those of documents that cannot be read. */
  async #rescue() {
    this.#startWrites();
    try {
      const records = await this.#database.transact(["documents", "edits", "quarantine"], "readonly", async (access) => {
        const [aside, documents] = await Promise.all([access.all("quarantine"), access.all("documents")]);
        const broken = documents.filter((record) => !isWhole(record));
        const edits = await Promise.all(broken.map(({ id }) => access.all("edits", [id, 0], [id, Infinity])));
        return aside.concat(broken.map((snapshot, at) => ({ snapshot, edits: edits[at] })));
      });
      const text = `${JSON.stringify({ format: "duibiao-rescue", version: 1, records }, null, 1)}\n`;
      this.#send("rescued", {}, joinTexts([text]).body);
    } catch (error) {
      this.#send("failed", { token: 0, reason: reasonOf(error) });
    }
  }

  /** Another tab wrote; its cards are read when it pauses. */
  #cardsChanged() {
    this.#index = null; // read ahead, but too early
    clearTimeout(this.#cardsTimer);
    // The next change, or the next visit, reads them again when this fails.
    this.#cardsTimer = Number(setTimeout(() => void this.#sendCards({}).catch(() => {}), quietMilliseconds));
  }

  /** @param {Header} news */
  async #sendCards(news) {
    const { cards } = await this.#database.transact(["cards", "deleted"], "readonly", (access) => readIndexOf(access, ["cards"]));
    const { sizes, body } = joinTexts(cards.map((card) => card["card"]));
    this.#send("cards", { ...news, cards: cards.map((card, at) => ({ id: card["id"], size: sizes[at] })) }, body);
  }

  /**
   * The connection to the database was lost: what is there now may be less than what was called stored. C++ is told, and
   * stores what it has open anew.
   * @param {import("./storage_database.js").Reopened} reopened
   */
  async #reopened({ restored, transact }) {
    const isThere = (/** @type {string} */ id) => transact(["documents", "edits"], "readonly", (access) => readDocument(access, id));
    this.#wasReopened = true;
    const lost = [];
    for (const [id, edits] of this.#saved) {
      const loaded = await isThere(id);
      if (!loaded.found || countOf(loaded) < edits) lost.push(id);
    }
    for (const id of lost) this.#stored.delete(id), this.#saved.delete(id);
    const { cards } = await transact(["cards", "deleted"], "readonly", (access) => readIndexOf(access, ["cards"]));
    const isEmptied = !restored && cards.length === 0 && lastTimeThereWas();
    if (!restored && !isEmptied && lost.length === 0) return;
    this.#index = null;
    void Promise.resolve().then(() => this.#sendCards({ restored, lost: !restored })).catch(() => {});
    if (restored) this.#tabs.tellCards();
  }

  // --- Writing --------------------------------------------------------------------------------------------------

  /**
   * Puts are made when this task ends, or sooner; the answer comes when they are durable.
   * @param {number} token
   * @param {string[]} names
   * @param {Write["work"]} work
   * @param {{document?: string, edits?: number, isErasing?: boolean, undo?: () => void}} [of] the document whose lock it needs, how many edits
   * there are of it then, and what is to be done when it failed
   */
  #write(token, names, work, of = {}) {
    if (this.#group.push({ token, names, work, ...of }) === 1) queueMicrotask(() => this.#startWrites());
  }

  #startWrites() {
    this.#groupSize = 0;
    if (this.#group.length === 0) return;
    const write = this.#together(this.#group.splice(0)).finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  /** @param {Write[]} writes @returns {Promise<void>} */
  async #together(writes) {
    const names = [...new Set(writes.flatMap((write) => write.names))];
    try {
      await this.#database.transact(names, "readwrite", (access) => {
        const works = writes.map(({ work }) => work(access.put, access));
        return works.some((work) => work instanceof Promise) ? Promise.all(works).then(() => {}) : undefined;
      });
    } catch (error) {
      // None is tried again by itself: a snapshot would take away edits that were written since.
      for (const write of writes) this.#failed(write, error);
      return;
    }
    // A mark in the same transaction has it erased at the next visit, if this one ends before.
    const kept = writes.some(({ isErasing }) => isErasing) && !(await this.#database.erase());
    for (const write of writes) this.#done(write, kept);
    if (names.includes("cards") || names.includes("deleted")) this.#tabs.tellCards();
  }

  /** @param {Write} write @param {boolean} kept */
  #done({ token, document, edits, isErasing }, kept) {
    if (document && edits !== undefined) this.#saved.set(document, edits);
    // A tab that slept learns late that another one has taken the document.
    if (document && !this.#tabs.mayWrite(document)) this.#refuse(token, document);
    else this.#send("saved", { token, ...(isErasing && { kept }) });
  }

  /** @param {Write} write @param {unknown} error */
  #failed({ token, document, undo }, error) {
    undo?.();
    this.#send("failed", { token, reason: reasonOf(error), document });
  }

  /**
   * @param {Header} header
   * @param {string} snapshot
   * @param {string} card
   */
  #putSnapshot(header, snapshot, card) {
    const { document: id, sequence, token, aside, erase } = header;
    if (!this.#tabs.mayWrite(id)) return this.#refuse(token, id);
    if (!this.#stored.has(id)) this.#tabs.claim(id);
    this.#stored.set(id, sequence);
    rememberThereIs(true);
    const replace = (/** @type {Access} */ access) => {
      access.put("documents", { id, sequence, snapshot, crc: checksum(snapshot) });
      access.put("cards", { id, card });
      access.remove("edits", [id, 0], [id, Infinity]);
      if (erase) access.put("settings", { key: eraseKey, value: "1" });
    };
    const keepAndReplace = async (/** @type {Access} */ access) => {
      const [before, edits] = await Promise.all([access.get("documents", id), allEdits(access, id)]);
      access.put("quarantine", { snapshot: before, edits, found_at: this.now() });
      replace(access);
    };
    const names = ["documents", "edits", "cards"].concat(aside ? ["quarantine"] : [], erase ? ["settings"] : []);
    /** @type {Write["work"]} */
    const work = (_put, access) => (aside ? keepAndReplace : replace)(access);
    this.#write(token, names, work, { document: id, edits: sequence, isErasing: Boolean(erase), undo: () => this.#stored.delete(id) });
  }

  /**
   * All of them or none.
   * @param {Header} header
   * @param {string[]} edits
   * @param {string} card
   */
  #putEdits(header, edits, card) {
    const { document, sequence: first, token } = header;
    const known = this.#stored.get(document);
    if (known === undefined || !this.#tabs.mayWrite(document)) return this.#refuse(token, document);
    /** @type {Write["work"]} */
    const work = (put, access) => {
      // Where it was lost meanwhile, edits alone would stand for nothing: a snapshot is needed first.
      if (!this.#stored.has(document)) throw new StorageError("closed");
      for (const [at, text] of edits.entries()) {
        const sequence = first + at;
        const write = sequence < known ? put : access.add;
        write("edits", { document, sequence, text, crc: checksum(text) });
      }
      put("cards", { id: document, card });
    };
    const count = Math.max(known, first + edits.length);
    this.#stored.set(document, count);
    // On their own, since another tab may have taken the document: nothing else fails with them.
    this.#startWrites();
    this.#write(token, ["edits", "cards"], work, { document, edits: count });
    this.#startWrites();
    this.#askToPersist();
  }

  /**
   * @param {Header} header
   * @param {string} card
   */
  #putCard(header, card) {
    const id = header["document"];
    // A card without its document would stand for nothing.
    /** @type {Write["work"]} */
    const work = (put, access) => {
      if (!this.#wasReopened) return put("cards", { id, card });
      return access.get("documents", id).then((document) => document && put("cards", { id, card }));
    };
    this.#write(header["token"], ["cards", "documents"], work);
  }

  /** @param {number} token @param {string} document */
  #refuse(token, document) {
    this.#send("failed", { token, reason: this.#tabs.mayWrite(document) ? "closed" : "taken", document });
  }

  /**
   * @param {Header} header
   * @param {string} value
   */
  #putSetting(header, value) {
    this.#write(header["token"], ["settings"], (put) => put("settings", { key: header["key"], value }));
  }

  /**
   * @param {Header} header
   * @param {string} text
   */
  #putInstrument(header, text) {
    const record = { id: header["id"], text, crc: checksum(text) };
    this.#write(header["token"], ["instruments"], (put) => put("instruments", record));
  }

  /** Once, after the first real work, when browsers are most willing. */
  #askToPersist() {
    if (this.#persistAsked) return;
    this.#persistAsked = true;
    void globalThis.navigator?.storage?.persist?.().catch(() => false);
  }

  /** The user may go on typing until the other tab has it. */
  async #finishWrites() {
    do {
      this.flush();
      this.#startWrites();
      await Promise.allSettled([...this.#writes]);
    } while (this.#writes.size > 0);
  }
}

// --- Kept apart from the database, to notice when that is gone -------------------------------------------------------

const mark = "duibiao-documents";

function lastTimeThereWas() {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    return false; // refused, as the database is then, too
  }
}

/** @param {boolean} isThere whether there are documents */
function rememberThereIs(isThere) {
  try {
    if (isThere) localStorage.setItem(mark, "1");
    else localStorage.removeItem(mark);
  } catch {
    // Then nothing is noticed.
  }
}

/** @param {number} instant */
const isCredible = (instant) => instant >= earliest && instant < latest;

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof StorageError ? error.reason : "unknown";
}

/**
 * @param {import("./bridge.js").Bridge} bridge
 * @param {Database} database
 * @param {() => void} flush brings what the fields hold to C++ and from there here
 */
export function serveStorage(bridge, database, flush) {
  const send = (/** @type {string} */ type, /** @type {Header} */ header = {}, /** @type {Uint8Array} */ body = new Uint8Array(0)) =>
    bridge.send(type, header, body);
  const storage = new Storage(database, new BrowserTabs(), send);
  storage.flush = flush;
  storage.prepare();
  bridge.on("storage", (header, body) => storage.receive(header, body));
}
