// @ts-check
// Documents, settings and form definitions of this browser: append-only records with checksums. A write counts as
// saved when its transaction is complete, not before.

import { BodyReader, joinBytes, joinTexts } from "./bridge.js";
import { crc32 } from "./checksum.js";
import { StorageError } from "./storage_database.js";
import { BrowserTabs } from "./storage_tabs.js";

/** @typedef {import("./bridge.js").Header} Header */
/** @typedef {import("./storage_database.js").Database} Database */
/** @typedef {import("./storage_database.js").StoredRecord} StoredRecord */
/** @typedef {import("./storage_database.js").Access} Access */
/** @typedef {import("./storage_tabs.js").Tabs} Tabs */
/** @typedef {(type: string, header?: Header, body?: Uint8Array) => void} Send */
/** One document as it was read, records that are broken taken out.
 * @typedef {{id: string, found: boolean, sequence: number, snapshot: Uint8Array, edits: Whole[], broken: number}} Loaded */
/** @typedef {Awaited<ReturnType<typeof readIndex>> & {restored: boolean, persisted: boolean}} Index */
/** An edit that is as it was written. @typedef {{sequence: number, text: Uint8Array}} Whole */

/** Deleted documents are kept that long. */
const keptMilliseconds = 30 * 24 * 60 * 60 * 1000;
/** Another tab's changes are shown when it has been quiet that long. */
const quietMilliseconds = 300;

const encoder = new TextEncoder();

/**
 * CRC-32 of a text's UTF-8.
 * @param {string} text
 */
export const checksum = (text) => crc32(encoder.encode(text));

export class Storage {
  #database;
  #tabs;
  #send;
  /** Writes under way. @type {Set<Promise<void>>} */
  #writes = new Set();
  /** Documents whose snapshot is known to be stored, and how many edits there are of them. @type {Map<string, number>} */
  #stored = new Map();
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
    if (this.#database.emptied) this.#forgetStored();
    const { document = "", token = 0 } = header;
    const texts = new BodyReader(body);
    switch (header["op"]) {
      case "open":
        return void this.#open();
      case "load":
        return void this.#load(document, true);
      case "peek":
        return void this.#load(document, false);
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
      for (const { id, at } of await access.all("deleted")) {
        if (this.now() - at < keptMilliseconds) continue;
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
    try {
      const loaded = await this.#database.transact(["documents", "edits"], "readonly", (access) =>
        readDocument(access, document),
      );
      if (loaded.found) this.#stored.set(document, countOf(loaded));
      const { header, texts } = describe(loaded);
      this.#send("loaded", header, joinBytes(texts));
    } catch (error) {
      this.#send("failed", { token: 0, reason: reasonOf(error) });
      return;
    }
    if (claim) this.#tabs.claim(document);
  }

  async #loadAll() {
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
    const read = async () => {
      const { cards } = await this.#database.transact(["cards", "deleted"], "readonly", (access) =>
        readIndexOf(access, ["cards"]),
      );
      const { sizes, body } = joinTexts(cards.map((card) => card["card"]));
      this.#send("cards", { cards: cards.map((card, at) => ({ id: card["id"], size: sizes[at] })) }, body);
    };
    // The next change, or the next visit, reads them again when this fails.
    this.#cardsTimer = Number(setTimeout(() => void read().catch(() => {}), quietMilliseconds));
  }

  // --- Writing --------------------------------------------------------------------------------------------------

  /**
   * Puts are made before this returns; the answer comes when they are durable.
   * @param {number} token
   * @param {string[]} names
   * @param {(put: Access["put"], access: Access) => void | Promise<void>} work
   * @param {string} [document] whose lock it needs
   * @param {() => void} [undo] when it failed
   */
  #write(token, names, work, document, undo) {
    const write = this.#database
      .transact(names, "readwrite", (access) => work(access.put, access))
      .then(
        () => {
          // A tab that slept learns late that another one has taken the document.
          if (document && !this.#tabs.mayWrite(document)) return this.#refuse(token, document);
          this.#send("saved", { token });
          if (names.includes("cards") || names.includes("deleted")) this.#tabs.tellCards();
        },
        (error) => {
          undo?.();
          this.#send("failed", { token, reason: reasonOf(error), document });
        },
      )
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
  }

  /**
   * @param {Header} header
   * @param {string} snapshot
   * @param {string} card
   */
  #putSnapshot(header, snapshot, card) {
    const { document: id, sequence, token, aside } = header;
    if (!this.#tabs.mayWrite(id)) return this.#refuse(token, id);
    if (!this.#stored.has(id)) this.#tabs.claim(id);
    this.#stored.set(id, sequence);
    rememberThereIs(true);
    const replace = (/** @type {Access} */ access) => {
      access.put("documents", { id, sequence, snapshot, crc: checksum(snapshot) });
      access.put("cards", { id, card });
      access.remove("edits", [id, 0], [id, Infinity]);
    };
    const keepAndReplace = async (/** @type {Access} */ access) => {
      const [before, edits] = await Promise.all([access.get("documents", id), allEdits(access, id)]);
      access.put("quarantine", { snapshot: before, edits, found_at: this.now() });
      replace(access);
    };
    const names = ["documents", "edits", "cards"].concat(aside ? ["quarantine"] : []);
    const work = (/** @type {Access["put"]} */ _put, /** @type {Access} */ access) => (aside ? keepAndReplace : replace)(access);
    this.#write(token, names, work, id, () => this.#stored.delete(id));
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
    const work = (/** @type {Access["put"]} */ put, /** @type {Access} */ access) => {
      for (const [at, text] of edits.entries()) {
        const sequence = first + at;
        const write = sequence < known ? put : access.add;
        write("edits", { document, sequence, text, crc: checksum(text) });
      }
      put("cards", { id: document, card });
    };
    this.#stored.set(document, Math.max(known, first + edits.length));
    this.#write(token, ["edits", "cards"], work, document);
    this.#askToPersist();
  }

  /**
   * @param {Header} header
   * @param {string} card
   */
  #putCard(header, card) {
    this.#write(header["token"], ["cards"], (put) => put("cards", { id: header["document"], card }));
  }

  /** The user cleared the site's data: edits alone would stand for nothing, a snapshot is needed first. */
  #forgetStored() {
    this.#stored.clear();
    this.#database.emptied = false;
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

// --- Records ----------------------------------------------------------------------------------------------------

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof StorageError ? error.reason : "unknown";
}

/**
 * The UTF-8 of a record's text; null when it is not what was written.
 * @param {StoredRecord} record a text and its checksum
 */
function wholeText(record) {
  const text = "snapshot" in record ? record["snapshot"] : record["text"];
  if (typeof text !== "string") return null;
  const bytes = encoder.encode(text);
  return record["crc"] === crc32(bytes) ? bytes : null;
}

/** @param {StoredRecord} record */
const isWhole = (record) => wholeText(record) !== null;

/** Edits of a document, gaps included. @param {Loaded} loaded */
function countOf({ sequence, edits }) {
  return Math.max(sequence, (edits.at(-1)?.sequence ?? -1) + 1);
}

/** @param {Access} access */
async function readIndex(access) {
  const [index, aside] = await Promise.all([
    readIndexOf(access, ["cards", "settings", "instruments"]),
    access.all("quarantine"),
  ]);
  return { ...index, aside: aside.length };
}

/**
 * Cards without those of deleted documents, and other whole stores.
 * @param {Access} access
 * @param {string[]} names
 * @returns {Promise<{cards: StoredRecord[], settings: StoredRecord[], instruments: StoredRecord[]}>}
 */
async function readIndexOf(access, names) {
  const wanted = (/** @type {string} */ name) => (names.includes(name) ? access.all(name) : Promise.resolve([]));
  const [deleted, cards, settings, instruments] = await Promise.all([
    access.all("deleted"),
    wanted("cards"),
    wanted("settings"),
    wanted("instruments"),
  ]);
  const gone = new Set(deleted.map((mark) => mark["id"]));
  return { cards: cards.filter((card) => !gone.has(card["id"])), settings, instruments };
}

/**
 * @param {Access} access
 * @param {string} id
 * @returns {Promise<Loaded>}
 */
async function readDocument(access, id) {
  const [record, edits] = await Promise.all([access.get("documents", id), allEdits(access, id)]);
  const snapshot = record === undefined ? null : wholeText(record);
  /** @type {Whole[]} */
  const whole = [];
  for (const edit of snapshot ? edits : []) {
    const text = wholeText(edit);
    if (text) whole.push({ sequence: edit["sequence"], text });
  }
  return {
    id,
    found: snapshot !== null,
    sequence: snapshot ? record?.["sequence"] : 0,
    snapshot: snapshot ?? new Uint8Array(0),
    edits: whole,
    broken: snapshot || !record ? edits.length - whole.length : 1 + edits.length,
  };
}

/** @param {Access} access @param {string} id */
function allEdits(access, id) {
  return access.all("edits", [id, 0], [id, Infinity]);
}

/**
 * A document as header and texts of a message.
 * @param {Loaded} loaded
 * @returns {{header: Header, texts: Uint8Array[]}}
 */
function describe({ id: document, found, sequence, snapshot, edits, broken }) {
  const sizes = edits.map((edit) => ({ sequence: edit.sequence, size: edit.text.length }));
  const header = { document, found, sequence, snapshot: snapshot.length, edits: sizes, quarantined: broken };
  return { header, texts: [snapshot, ...edits.map((edit) => edit.text)] };
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
