// @ts-check
// A second copy of the database, in files of the origin's own. A browser that finds its database damaged throws all of
// it away; then it is made anew from here. A transaction counts as done when it stands in both.

import {
  alonePrefix, canBeWritten, countPrefix, countRecord, countsOf, fileNames, headSize, Holdings, lacks, lettersIn, lockName, readHead, readRecords, tabPrefix,
} from "./journal_file.js";
import { unite } from "./journal_unite.js";
import { isSingleFile } from "./single_file.js";
import { beginNewLog, eraseKey, IndexedDatabase, prepareNewLog, stores } from "./storage_database.js";

/** @typedef {import("./storage_database.js").Access} Access */
/** @typedef {import("./storage_database.js").Mode} Mode */
/** @typedef {import("./storage_database.js").Transact} Transact */
/** @typedef {import("./journal_file.js").Counts} Counts */
/** @typedef {import("./journal_file.js").Entry} Entry */
/** @typedef {import("./journal_file.js").Operation} Operation */
/**
 * @template T
 * @typedef {import("./storage_database.js").Work<T>} Work
 */
/** The journal as it was found; torn: its head is gone, or the base's end.
 * @typedef {{file: File, baseEnd: number, holdings: Holdings, isTorn: boolean}} Found */

/** Nobody waits longer for the second copy: the first one is durable. */
const patienceMilliseconds = 2000;
/** But for what has to be erased: longer than a large second copy takes. */
const erasePatienceMilliseconds = 60_000;
/** Larger transactions, in letters, are not handed over: the worker reads the database itself. */
const largestEntry = 4_000_000;
/** Where the first record of a base, its counts and documents, surely ends. */
const beginning = 1_048_576;
/** Who writes into the journal just now is not waited for longer, milliseconds. */
const lockPatience = 3000;

/** Pages of http:// and file:// have no such files. */
const isPossible = () => !isSingleFile && isSecureContext && "locks" in navigator && "getDirectory" in (navigator.storage ?? {});

export class JournaledDatabase extends IndexedDatabase {
  /** Of one connection only: what stands under an id is in the database whole, up to its count. */
  #tab = "";
  #count = 0;
  #isBehind = false;
  /** Something was to be erased when the page went away. */
  #isToErase = false;
  /** @override */
  beginsNewLog = !isPossible();
  /** Begun before the database is open. @type {Promise<Found | null>} */
  #looking = Promise.resolve(null);
  /** @type {JournalWriter | null} */
  #writer = null;
  /** The journal could not be read: it is left as it is. */
  #isAlone = false;

  /** @override */
  async open() {
    if (!isPossible()) return super.open();
    this.#looking = locked(findJournal);
    this.#looking.catch(() => {}); // told when it is asked for
    await super.open();
  }

  /** @override */
  async restore() {
    if (!isPossible()) return false;
    let restored = false;
    try {
      const transact = super.transact.bind(this);
      const [found, held] = await Promise.all([this.#looking, heldBy(transact)]);
      restored = (found?.holdings.exceed(held.counts, held.documents) ?? false) && (await this.#takeBack(transact));
      this.#isToErase = held.isToErase;
      this.#isBehind = restored || (!this.isNew && (!found || found.isTorn || lacks(found.holdings.counts, held.counts)));
    } catch {
      this.#isAlone = true; // nothing is written over what cannot be read now
    }
    await this.#beginTab();
    if (!this.#isAlone) this.#writer = new JournalWriter(() => this.#heal());
    // A step that is shown as closed has no ballots left anywhere, also where closing it was cut short.
    if (this.#isToErase) this.#isToErase = !(await this.erase(patienceMilliseconds));
    return restored;
  }

  /** @override @param {Transact} transact */
  async restoreAgain(transact) {
    if (!isPossible()) return false;
    let restored = false;
    try {
      restored = await this.#takeBack(transact);
    } catch (error) {
      if (!(error instanceof JournalUnread)) throw error;
      this.#isAlone = true;
      this.#writer = null;
    }
    await this.#beginTab();
    if (restored) void this.#writer?.renew();
    return restored;
  }

  /** The worker found that the database lacks something: another one is there, and nobody has noticed. */
  async #heal() {
    const transact = super.transact.bind(this);
    const restored = await this.#takeBack(transact);
    if (restored) await this.onreopened?.({ restored, transact });
    void this.#writer?.renew();
  }

  /** @override */
  async erase(patience = erasePatienceMilliseconds) {
    if (!isPossible()) return super.erase();
    return ((await this.#writer?.erase(patience)) ?? false) && super.erase();
  }

  async #beginTab() {
    const tab = (this.#isAlone ? alonePrefix : "") + crypto.randomUUID();
    // Held before anything is counted: a base leaves out the counts of tabs that are gone.
    await new Promise((resolve) => void navigator.locks.request(tabPrefix + tab, () => (resolve(undefined), new Promise(() => {}))));
    [this.#tab, this.#count] = [tab, 0];
  }

  /**
   * To be called when the page is ready: nothing is fetched later. After a kill, or an earlier version, the journal may
   * lack what the database has.
   */
  startJournal() {
    if (this.#isToErase) void this.erase();
    else if (this.#isBehind) void this.#writer?.renew();
    else void this.#writer?.look();
    if (isPossible()) void beginNewLog().then(prepareNewLog);
  }

  /**
   * Gives the database what only the journal has. Whether there was any.
   * @param {Transact} transact
   */
  #takeBack(transact) {
    return locked(async () => {
      const [found, { counts, documents }] = [await findJournal(), await heldBy(transact)];
      if (!found?.holdings.exceed(counts, documents)) return false; // or another tab has done it
      const { file, baseEnd, isTorn } = found;
      const [base, entries] = await Promise.all([bytesOf(file, headSize, baseEnd), bytesOf(file, baseEnd, file.size)]);
      const records = [base, entries].map((bytes) => [...readRecords(bytes)]);
      const isWhole = !isTorn && records[0]?.at(-1)?.end === base.length;
      const contents = records.flat().map(({ content }) => content);
      await transact(Object.keys(stores), "readwrite", (access) => unite(access, contents, isWhole, Date.now()));
      return true;
    });
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
    if (mode === "readonly" || !this.#tab) return super.transact(names, mode, work);
    /** @type {Entry} */
    let entry = { tab: "", count: 0, operations: [] };
    const result = await super.transact([...new Set([...names, "settings"])], mode, (access) => {
      // Again, and under another id, where the connection was lost.
      entry = { tab: this.#tab, count: ++this.#count, operations: [] };
      const count = () => {
        if (entry.operations.length > 0) access.put("settings", countRecord(entry.tab, entry.count));
      };
      const done = work(noting(access, entry.operations));
      if (done instanceof Promise) return done.then((value) => (count(), value));
      count();
      return done;
    });
    if (entry.operations.length > 0) await this.#writer?.append(entry);
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
      operations.push(to === undefined ? ["remove", store, from] : ["remove", store, from, to]);
      access.remove(store, from, to);
    },
  };
}

// --- Reading ------------------------------------------------------------------------------------------------------

/** There may be a journal. */
class JournalUnread extends Error {}

/**
 * While no other tab is at the journal.
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
async function locked(task) {
  const signal = AbortSignal.timeout?.(lockPatience);
  return navigator.locks.request(lockName, signal ? { signal } : {}, task).catch((error) => {
    throw error === signal?.reason ? new JournalUnread() : error;
  });
}

/**
 * What the database has.
 * @param {Transact} transact
 */
function heldBy(transact) {
  return transact(["settings", "documents"], "readonly", async (access) => {
    const range = /** @type {const} */ ([countPrefix, `${countPrefix}\uffff`]);
    const [settings, documents, mark] = await Promise.all([access.all("settings", ...range), access.keys("documents"), access.get("settings", eraseKey)]);
    return { counts: countsOf(settings), documents: documents.map(String), isToErase: mark !== undefined };
  });
}

/** @returns {Promise<Found | null>} */
async function findJournal() {
  try {
    const folder = await navigator.storage.getDirectory();
    const files = await Promise.all(fileNames.map((name) => folder.getFileHandle(name).then((handle) => handle.getFile(), orNone)));
    const all = await Promise.all(files.map((file) => file && read(file)));
    return all.reduce((best, one) => (one && one.generation > (best?.generation ?? -1) ? one : best), null);
  } catch {
    throw new JournalUnread();
  }
}

/** @param {DOMException} error */
function orNone(error) {
  if (error.name !== "NotFoundError") throw error;
  return null;
}

/**
 * One that was begun and not finished, or whose head was damaged, counts less than any that is whole.
 * @param {File} file
 */
async function read(file) {
  const head = readHead(await bytesOf(file, 0, headSize));
  const holdings = new Holdings();
  const first = readRecords(await bytesOf(file, headSize, headSize + beginning)).next().value;
  if (first) holdings.take(first.content);
  else if (!head) return null;
  const baseEnd = head?.baseEnd ?? headSize + (first?.end ?? 0);
  for (const { content } of readRecords(await bytesOf(file, baseEnd, file.size))) holdings.take(content);
  return { file, baseEnd, holdings, isTorn: !head || file.size < baseEnd, generation: head?.generation ?? 0 };
}

/** @param {Blob} file @param {number} from @param {number} to */
async function bytesOf(file, from, to) {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

// --- Writing ------------------------------------------------------------------------------------------------------

/** Hands entries to the worker, which alone may write such files durably. */
class JournalWriter {
  /** @type {Worker | null} */
  #worker = null;
  /** By number, those that wait for being told: whether all is well. @type {Map<number, (isWritten: boolean) => void>} */
  #waiting = new Map();
  #number = 0;
  #onbehind;

  /** @param {() => Promise<void>} onbehind the database lacks something: until it has it, no base is written */
  constructor(onbehind) {
    this.#onbehind = onbehind;
  }

  /**
   * Resolves when it is durable, or when it will not be.
   * @param {Entry} entry
   * @returns {Promise<void>}
   */
  async append(entry) {
    const letters = entry.operations.reduce((sum, operation) => sum + (operation[0] === "put" ? lettersIn(operation[2]) : 0), 0);
    await this.#ask({ entry: letters > largestEntry ? null : entry });
  }

  /** Everything anew, from the database. Whether it is. */
  renew() {
    return this.#ask({ entry: null });
  }

  /** Everything anew, where the file is damaged. */
  look() {
    return this.#ask({});
  }

  /** Everything anew, and what was there before is written over. @param {number} patience milliseconds */
  erase(patience) {
    return this.#ask({ entry: null, isErasing: true }, patience);
  }

  /**
   * @param {{entry?: Entry | null, isErasing?: boolean}} job
   * @param {number} patience milliseconds
   * @returns {Promise<boolean>} whether it is in the file
   */
  #ask(job, patience = patienceMilliseconds) {
    const number = ++this.#number;
    this.start().postMessage({ number, ...job });
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      setTimeout(() => this.#done(number, false), patience);
    });
  }

  /** @returns {Worker} */
  start() {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./journal_worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { done, isWritten, isBehind } }) => {
      for (const number of done) this.#done(number, isWritten);
      if (isBehind) this.#onbehind().catch(() => {}); // told again with the next change
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const number of [...this.#waiting.keys()]) this.#done(number, false);
    };
    return (this.#worker = worker);
  }

  /** @param {number} number @param {boolean} isWritten */
  #done(number, isWritten) {
    this.#waiting.get(number)?.(isWritten);
    this.#waiting.delete(number);
  }
}
