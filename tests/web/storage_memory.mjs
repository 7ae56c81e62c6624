// Storage in memory, with failures and other tabs to order. Stands in for IndexedDB, Web Locks and BroadcastChannel.

import { load } from "./modules.mjs";

const { StorageError, stores } = await load("storage_database.js");

/** @typedef {import("../../web/storage_database.js").Database} Database */
/** @typedef {import("../../web/storage_database.js").Access} Access */
/** @typedef {import("../../web/storage_database.js").Key} Key */
/** @typedef {import("../../web/storage_database.js").Mode} Mode */
/** @typedef {import("../../web/storage_database.js").StoredRecord} StoredRecord */
/** @typedef {import("../../web/storage_tabs.js").Tabs} Tabs */
/**
 * @template T
 * @typedef {import("../../web/storage_database.js").Work<T>} Work
 */

/** @implements {Database} */
export class MemoryDatabase {
  isNew = false;
  /** @type {((reopened: import("../../web/storage_database.js").Reopened) => Promise<void>) | null} */
  onreopened = null;
  /** @type {((reason: "newer") => void) | null} */
  onlost = null;
  /** The next transactions fail with these. @type {StorageError[]} */
  failures = [];
  /** Record by key, by store. @type {Map<string, Map<string, {key: Key, record: StoredRecord}>>} */
  data = new Map(Object.keys(stores).map((name) => [name, new Map()]));
  /** Those that write. */
  transactions = 0;
  #count = 0;

  async restore() {
    return false;
  }

  async erase() {
    return true;
  }

  /** Another database stands in its place, as when the connection to it was lost; or the same, with all its data. */
  async reopen(restored = false) {
    await this.onreopened?.({ restored, transact: (names, mode, work) => this.transact(names, mode, work) });
  }

  async open() {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }

  /**
   * @template T
   * @param {string[]} names
   * @param {Mode} mode
   * @param {Work<T>} work
   * @returns {Promise<T>}
   */
  async transact(names, mode, work) {
    if (mode === "readwrite") ++this.transactions;
    const before = new Map(names.map((name) => [name, new Map(this.data.get(name))]));
    try {
      const result = await work(this.#access(names));
      const failure = this.failures.shift();
      if (failure) throw failure;
      return result;
    } catch (error) {
      for (const [name, records] of before) this.data.set(name, records);
      throw error;
    }
  }

  /** @param {string[]} names @returns {Access} */
  #access(names) {
    const store = (/** @type {string} */ name) => {
      const records = names.includes(name) ? this.data.get(name) : undefined;
      if (!records) throw new StorageError("unknown");
      return records;
    };
    return {
      get: async (name, key) => structuredClone(store(name).get(JSON.stringify(key))?.record),
      all: async (name, from, to) =>
        [...store(name).values()]
          .filter(({ key }) => from === undefined || inRange(key, from, to ?? from))
          .sort((left, right) => compareKeys(left.key, right.key))
          .map(({ record }) => structuredClone(record)),
      keys: async (name) => [...store(name).values()].map(({ key }) => key).sort(compareKeys),
      put: (name, record) => {
        const key = this.#keyOf(name, record);
        store(name).set(JSON.stringify(key), { key, record: structuredClone(record) });
      },
      add: (name, record) => {
        const key = this.#keyOf(name, record);
        if (store(name).has(JSON.stringify(key))) throw new StorageError("taken");
        store(name).set(JSON.stringify(key), { key, record: structuredClone(record) });
      },
      remove: (name, from, to) => {
        for (const { key } of [...store(name).values()]) {
          if (inRange(key, from, to ?? from)) store(name).delete(JSON.stringify(key));
        }
      },
    };
  }

  /**
   * @param {string} name
   * @param {StoredRecord} record
   * @returns {Key}
   */
  #keyOf(name, record) {
    const path = stores[name];
    if (Array.isArray(path)) return path.map((member) => record[member]);
    return path ? record[path] : ++this.#count;
  }
}

/**
 * @param {Key} key
 * @param {Key} from
 * @param {Key} to
 */
function inRange(key, from, to) {
  return compareKeys(from, key) <= 0 && compareKeys(key, to) <= 0;
}

/**
 * IndexedDB's order of the keys used here.
 * @param {Key} left
 * @param {Key} right
 * @returns {number}
 */
function compareKeys(left, right) {
  if (Array.isArray(left) && Array.isArray(right)) {
    for (const [at, part] of left.entries()) {
      const order = compareKeys(part, right[at] ?? "");
      if (order !== 0) return order;
    }
    return left.length - right.length;
  }
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Tabs of one make-believe browser, who may write in each. */
export class MemoryBrowser {
  /** @type {Map<string, MemoryTabs>} */
  writers = new Map();
  /** @type {MemoryTabs[]} */
  tabs = [];

  openTab() {
    const tab = new MemoryTabs(this);
    this.tabs.push(tab);
    return tab;
  }
}

/** @implements {Tabs} */
export class MemoryTabs {
  /** @type {((document: string, writer: boolean) => void) | null} */
  onlock = null;
  /** @type {(() => Promise<void>) | null} */
  onyield = null;
  /** @type {(() => void) | null} */
  oncards = null;
  #browser;

  /** @param {MemoryBrowser} browser */
  constructor(browser) {
    this.#browser = browser;
  }

  /** @param {string} document */
  claim(document) {
    const { writers } = this.#browser;
    if (!writers.has(document)) writers.set(document, this);
    this.onlock?.(document, writers.get(document) === this);
  }

  /** @param {string} document */
  mayWrite(document) {
    return (this.#browser.writers.get(document) ?? this) === this;
  }

  /** @param {string} document */
  release(document) {
    if (this.#browser.writers.get(document) === this) this.#browser.writers.delete(document);
  }

  /** @param {string} document */
  async takeOver(document) {
    const holder = this.#browser.writers.get(document);
    await holder?.onyield?.();
    this.#browser.writers.set(document, this);
    holder?.onlock?.(document, false);
    this.onlock?.(document, true);
  }

  async elsewhere() {
    const held = [...this.#browser.writers].filter(([, tab]) => tab !== this);
    return new Set(held.map(([document]) => document));
  }

  tellCards() {
    for (const tab of this.#browser.tabs) if (tab !== this) tab.oncards?.();
  }
}
