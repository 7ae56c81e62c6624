// @ts-check
// A second copy of the database, in files of the origin's own. A browser that finds its database damaged throws all of
// it away; then it is made anew from here. A transaction counts as done when it stands in both.

import {
  canBeWritten, countPrefix, countRecord, countsOf, fileNames, headSize, lacks, lettersIn, lockName, readHead, readKey, readRecords, tabPrefix,
} from "./journal_file.js";
import { isSingleFile } from "./single_file.js";
import { beginNewLog, IndexedDatabase, prepareNewLog, stores } from "./storage_database.js";

/** @typedef {import("./storage_database.js").Access} Access */
/** @typedef {import("./storage_database.js").Mode} Mode */
/** @typedef {import("./journal_file.js").Counts} Counts */
/** @typedef {import("./journal_file.js").Entry} Entry */
/** @typedef {import("./journal_file.js").Operation} Operation */
/**
 * @template T
 * @typedef {import("./storage_database.js").Work<T>} Work
 */
/** The journal as it was found. @typedef {{file: File, baseEnd: number, counts: Counts}} Found */

/** Nobody waits longer for the second copy: the first one is durable. */
const patienceMilliseconds = 2000;
/** Larger transactions, in letters, are not handed over: the worker reads the database itself. */
const largestEntry = 4_000_000;
/** Where the first record of a base, its counts, surely ends. */
const beginning = 65_536;

/** Pages of http:// and file:// have no such files. */
const isPossible = () => !isSingleFile && isSecureContext && "locks" in navigator && "getDirectory" in (navigator.storage ?? {});

export class JournaledDatabase extends IndexedDatabase {
  #tab = "";
  #count = 0;
  #isBehind = false;
  /** @override */
  beginsNewLog = !isPossible();
  /** Begun before the database is open. @type {Promise<Found | null>} */
  #looking = Promise.resolve(null);
  /** @type {JournalWriter | null} */
  #writer = null;

  /** @override */
  async open() {
    if (!isPossible()) return super.open();
    // Another tab that holds the lock has a database, and writes.
    const look = async (/** @type {Lock | null} */ lock) => (lock ? findJournal() : null);
    this.#looking = navigator.locks.request(lockName, { ifAvailable: true }, look).then((found) => found, () => null);
    await super.open();
  }

  /** @override */
  async restore() {
    if (!isPossible()) return false;
    let restored = false;
    try {
      const [found, counts] = await Promise.all([this.#looking, this.#counts()]);
      if (found && lacks(counts, found.counts)) restored = await navigator.locks.request(lockName, () => this.#makeAnew());
      this.#isBehind = !this.isNew && (!found || lacks(found.counts, counts));
    } catch {
      return false; // nothing is written over what cannot be read now
    }
    this.#tab = crypto.randomUUID();
    void navigator.locks.request(tabPrefix + this.#tab, () => new Promise(() => {}));
    this.#writer = new JournalWriter();
    return restored;
  }

  /**
   * To be called when the page is ready: nothing is fetched later. After a kill, or an earlier version, the journal may
   * lack what the database has.
   */
  startJournal() {
    if (!this.#writer) return;
    this.#writer.start();
    if (this.#isBehind) void this.#writer.renew();
    void beginNewLog().then(prepareNewLog);
  }

  async #counts() {
    const range = /** @type {const} */ (["settings", countPrefix, `${countPrefix}\uffff`]);
    return countsOf(await super.transact(["settings"], "readonly", (access) => access.all(...range)));
  }

  /** Makes the database anew, unless another tab has. */
  async #makeAnew() {
    const found = await findJournal();
    if (!found || !lacks(await this.#counts(), found.counts)) return false;
    const content = new Uint8Array(await found.file.arrayBuffer());
    await super.transact(Object.keys(stores), "readwrite", (access) => replay(access, content));
    return true;
  }

  /**
   * @override
   * @template T
   * @param {string[]} names
   * @param {Mode} mode
   * @param {Work<T>} work
   * @returns {Promise<T>}
   */
  async transact(names, mode, work) {
    const writer = this.#writer;
    if (mode === "readonly" || !writer) return super.transact(names, mode, work);
    const entry = { tab: this.#tab, count: ++this.#count, operations: /** @type {Operation[]} */ ([]) };
    const result = await super.transact([...new Set([...names, "settings"])], mode, (access) => {
      entry.operations = [];
      const count = () => {
        if (entry.operations.length > 0) access.put("settings", countRecord(entry.tab, entry.count));
      };
      const done = work(noting(access, entry.operations));
      if (done instanceof Promise) return done.then((value) => (count(), value));
      count();
      return done;
    });
    if (entry.operations.length > 0) await writer.append(entry);
    return result;
  }
}

/**
 * Does as `access` does, and notes it.
 * @param {Access} access
 * @param {Operation[]} operations
 * @returns {Access}
 */
function noting(access, operations) {
  const put = (/** @type {"put" | "add"} */ how) => (/** @type {string} */ store, /** @type {any} */ record) => {
    if (canBeWritten(record)) operations.push(["put", store, record]);
    access[how](store, record);
  };
  return {
    ...access,
    put: put("put"),
    add: put("add"),
    remove: (store, from, to) => {
      operations.push(["remove", store, from, to]);
      access.remove(store, from, to);
    },
  };
}

// --- Reading ------------------------------------------------------------------------------------------------------

/** @returns {Promise<Found | null>} */
async function findJournal() {
  const folder = await navigator.storage.getDirectory();
  const files = await Promise.all(fileNames.map((name) => folder.getFileHandle(name).then((handle) => handle.getFile(), () => null)));
  /** @type {{file: File, generation: number, baseEnd: number} | null} */
  let newest = null;
  for (const file of files) {
    const head = file && readHead(await bytesOf(file, 0, headSize));
    if (head && head.generation > (newest?.generation ?? 0)) newest = { file, ...head };
  }
  if (!newest) return null;
  const { file, baseEnd } = newest;
  const [base, entries] = await Promise.all([bytesOf(file, headSize, headSize + beginning), bytesOf(file, baseEnd, file.size)]);
  const counts = { ...readRecords(base).next().value?.content.counts };
  for (const { content } of readRecords(entries)) counts[content.tab] = content.count;
  return { file, baseEnd, counts };
}

/** @param {Blob} file @param {number} from @param {number} to */
async function bytesOf(file, from, to) {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

/**
 * @param {Access} access
 * @param {Uint8Array} content of the whole file
 */
function replay(access, content) {
  // Numbers, strings and lists of both all stand before a list of a list.
  const behindAll = /** @type {any} */ ([[]]);
  for (const name of Object.keys(stores)) access.remove(name, -Infinity, behindAll);
  /** @type {Counts} */
  let done = {};
  for (const { content: record } of readRecords(content.subarray(headSize))) {
    if (record.counts) done = record.counts;
    // The base may have been read when the transaction was done, but not noted.
    const { tab, count, operations = [] } = record;
    if (tab && count <= (done[tab] ?? 0)) continue;
    for (const operation of operations) carryOut(access, operation);
    if (tab) access.put("settings", countRecord(tab, count));
  }
}

/** @param {Access} access @param {Operation} operation */
function carryOut(access, operation) {
  if (operation[0] === "put") return access.put(operation[1], operation[2]);
  const [, store, from, to] = operation;
  access.remove(store, readKey(from), to === undefined ? undefined : readKey(to));
}

// --- Writing ------------------------------------------------------------------------------------------------------

/** Hands entries to the worker, which alone may write such files durably. */
class JournalWriter {
  /** @type {Worker | null} */
  #worker = null;
  /** By number, those that wait for being told. @type {Map<number, () => void>} */
  #waiting = new Map();
  #number = 0;

  /**
   * Resolves when it is durable, or when it will not be.
   * @param {Entry} entry
   * @returns {Promise<void>}
   */
  append(entry) {
    const letters = entry.operations.reduce((sum, operation) => sum + (operation[0] === "put" ? lettersIn(operation[2]) : 0), 0);
    return this.#ask(letters > largestEntry ? null : entry);
  }

  /** Everything anew, from the database. */
  renew() {
    return this.#ask(null);
  }

  /** @param {Entry | null} entry @returns {Promise<void>} */
  #ask(entry) {
    const number = ++this.#number;
    this.start().postMessage({ number, entry });
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      setTimeout(() => this.#done(number), patienceMilliseconds);
    });
  }

  /** @returns {Worker} */
  start() {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./journal_worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      for (const number of data) this.#done(number);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const number of [...this.#waiting.keys()]) this.#done(number);
    };
    return (this.#worker = worker);
  }

  /** @param {number} number */
  #done(number) {
    this.#waiting.get(number)?.();
    this.#waiting.delete(number);
  }
}
