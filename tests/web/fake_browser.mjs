// A browser without a page, for the storage modules as they are: IndexedDB, files of the origin's own, locks, workers, a
// clock that stands still. Everything can be lost at any moment: a tab, the database, some of its newest transactions,
// a file, its end. What a tab does is known by its context (AsyncLocalStorage), so that it can be killed.
import { AsyncLocalStorage } from "node:async_hooks";
import { load } from "./modules.mjs";

const context = new AsyncLocalStorage();
const soon = (work) => setImmediate(work);
export const turn = () => new Promise((done) => setImmediate(done));

/** Calls back in the tab that asked; never, if it is gone. */
function callback(work) {
  const tab = context.getStore();
  return (...values) => (tab?.isGone ? undefined : tab ? context.run(tab, work, ...values) : work(...values));
}

export class FakeTab {
  isGone = false;
  connections = new Set();
  locks = new Set();
  handles = new Set();
  run(work) {
    return context.run(this, work);
  }
  /** kill -9: whatever it has not handed over is not done. */
  kill() {
    this.isGone = true;
    for (const connection of this.connections) connection.lose(false);
    for (const lock of this.locks) lock.letGo();
    for (const handle of this.handles) handle.close();
  }
}

// --- The clock ------------------------------------------------------------------------------------------------------

/** Time passes only when it is told to; what is due at once is done at once. */
export class FakeClock {
  now = 0;
  #timers = new Map();
  #last = 1_000_000;
  set(work, delay = 0) {
    const call = callback(work);
    const id = ++this.#last;
    if (delay < 40) soon(() => this.#timers.delete(id) && call());
    this.#timers.set(id, { at: this.now + delay, call, isSoon: delay < 40 });
    return id;
  }
  clear(id) {
    this.#timers.delete(id);
  }
  async advance(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at, isSoon }]) => !isSoon && at <= end).sort(([, one], [, other]) => one.at - other.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.now = Math.max(this.now, due[1].at);
      due[1].call();
      for (let at = 0; at < 50; ++at) await turn();
    }
    this.now = end;
  }
}

// --- IndexedDB ------------------------------------------------------------------------------------------------------

const textOf = (key) => JSON.stringify(key, (_, part) => (part === Infinity ? "∞" : part === -Infinity ? "-∞" : part));
const rankOf = (key) => (Array.isArray(key) ? 2 : typeof key === "string" ? 1 : 0);
export function compareKeys(one, other) {
  if (rankOf(one) !== rankOf(other)) return rankOf(one) - rankOf(other);
  if (!Array.isArray(one)) return one < other ? -1 : one > other ? 1 : 0;
  for (const [at, part] of one.entries()) {
    if (at >= other.length) return 1;
    const order = compareKeys(part, other[at]);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}
const inRange = (key, range) =>
  !range || ((range.open ? compareKeys(range.from, key) < 0 : compareKeys(range.from, key) <= 0) && (range.to === undefined || compareKeys(key, range.to) <= 0));

class FakeRequest {
  call(name, event = {}) {
    this[name]?.({ target: this, ...event });
  }
}

class FakeStore {
  records = new Map();
  count = 0;
  constructor(path) {
    this.path = path;
  }
}

/** One database on the disk: its stores and how each transaction is taken back. */
class FakeData {
  stores = new Map();
  version = 0;
  undo = [];
}

class FakeTransaction {
  error = null;
  #undo = [];
  #requests = [];
  #isDone = false;
  constructor(connection, names, mode, done) {
    this.connection = connection;
    this.names = names;
    this.mode = mode;
    this.finished = done;
    this.tell = { complete: callback(() => this.oncomplete?.()), abort: callback(() => this.onabort?.()) };
    connection.transactions.add(this);
  }
  objectStore(name) {
    const store = this.connection.data.stores.get(name);
    if (!store || !this.names.includes(name)) throw new DOMException(name, "NotFoundError");
    const ask = (work) => this.#ask(() => work(store));
    const list = (range, count) => [...store.records.values()].filter(({ key }) => inRange(key, range)).sort((one, other) => compareKeys(one.key, other.key)).slice(0, count);
    const write = (record, isNew) => {
      const key = Array.isArray(store.path) ? store.path.map((part) => record[part]) : store.path ? record[store.path] : ++store.count;
      if (isNew && store.records.has(textOf(key))) throw new DOMException("", "ConstraintError");
      this.#change(store, key, { key, record: structuredClone(record) });
    };
    const rangeOf = (key) => (key?.isRange ? key : { from: key, to: key });
    return {
      name,
      get: (key) => ask(() => structuredClone(store.records.get(textOf(key))?.record)),
      getAll: (range, count) => ask(() => list(range, count).map(({ record }) => structuredClone(record))),
      getAllKeys: (range, count) => ask(() => list(range, count).map(({ key }) => key)),
      put: (record) => ask(() => write(record, false)),
      add: (record) => ask(() => write(record, true)),
      delete: (key) => ask(() => list(rangeOf(key)).forEach((found) => this.#change(store, found.key, undefined))),
    };
  }
  #change(store, key, entry) {
    const at = textOf(key);
    const before = store.records.get(at);
    this.#undo.push(() => (before ? store.records.set(at, before) : store.records.delete(at)));
    if (entry) store.records.set(at, entry);
    else store.records.delete(at);
  }
  #ask(work) {
    if (this.#isDone || this.connection.isClosed) throw new DOMException("", this.#isDone ? "TransactionInactiveError" : "InvalidStateError");
    const request = new FakeRequest();
    this.#requests.push({ request, work, call: callback((name) => request.call(name)) });
    return request;
  }
  /** From its turn on. */
  async run() {
    while (!this.#isDone) {
      const next = this.#requests.shift();
      if (!next) {
        await turn(); // what was asked for right after an answer
        if (this.#requests.length > 0 || this.#isDone) continue;
        return this.#end(true);
      }
      await turn();
      if (this.#isDone) return;
      try {
        next.request.result = next.work();
        next.call("onsuccess");
      } catch (error) {
        this.error = error;
        return this.#end(false);
      }
    }
  }
  abort() {
    if (this.#isDone) throw new DOMException("", "InvalidStateError");
    this.#end(false);
  }
  commit() {}
  #end(isComplete) {
    this.#isDone = true;
    this.connection.transactions.delete(this);
    if (!isComplete) for (const undo of this.#undo.reverse()) undo();
    else if (this.#undo.length > 0) this.connection.data.undo.push(this.#undo);
    this.finished();
    soon(isComplete ? this.tell.complete : this.tell.abort);
  }
}

class FakeConnection {
  isClosed = false;
  transactions = new Set();
  #all;
  constructor(database, data) {
    this.database = database;
    this.data = data;
    this.#all = context.getStore()?.connections;
    this.#all?.add(this);
    this.tellClose = callback(() => this.onclose?.());
    this.tellChange = callback(() => this.onversionchange?.({ newVersion: null }));
  }
  get objectStoreNames() {
    return [...this.data.stores.keys()].sort();
  }
  createObjectStore(name, { keyPath } = {}) {
    this.data.stores.set(name, new FakeStore(keyPath));
  }
  transaction(names, mode = "readonly") {
    if (this.isClosed) throw new DOMException("", "InvalidStateError");
    const line = this.database;
    let done = () => {};
    const over = new Promise((resolve) => (done = resolve));
    const transaction = new FakeTransaction(this, [names].flat(), mode, done);
    line.tail = line.tail.then(() => (void transaction.run(), over));
    return transaction;
  }
  /** Transactions under way are done first. */
  close() {
    this.closing = true;
    const look = () => (this.transactions.size > 0 ? soon(look) : this.#end());
    look();
  }
  /** The browser takes it away. */
  lose(isTold = true) {
    if (this.isClosed) return;
    for (const transaction of this.transactions) transaction.abort();
    this.#end();
    if (isTold) soon(this.tellClose);
  }
  #end() {
    this.isClosed = true;
    this.#all?.delete(this);
    this.database.connections.delete(this);
  }
}

export class FakeIndexedDB {
  databases = new Map();
  #of(name) {
    if (!this.databases.has(name)) this.databases.set(name, { data: new FakeData(), connections: new Set(), tail: Promise.resolve(), opening: Promise.resolve() });
    return this.databases.get(name);
  }
  open(name, version = 1) {
    const request = new FakeRequest();
    const call = callback((what, event) => request.call(what, event));
    const connect = callback(() => new FakeConnection(database, database.data));
    const database = this.#of(name);
    database.opening = database.opening.then(async () => {
      await turn();
      const connection = connect();
      if (!connection) return;
      if (database.data.version === 0) {
        let isAborted = false;
        request.transaction = { abort: () => (isAborted = true) };
        request.result = connection;
        call("onupgradeneeded", { oldVersion: 0 });
        if (isAborted) return connection.lose(false), (database.data = new FakeData()), call("onerror");
        database.data.version = version;
      }
      database.connections.add(connection);
      request.result = connection;
      call("onsuccess");
    });
    return request;
  }
  deleteDatabase(name) {
    const request = new FakeRequest();
    const database = this.#of(name);
    database.opening = database.opening.then(async () => {
      for (const connection of database.connections) connection.tellChange();
      while (database.connections.size > 0) await turn();
      database.data = new FakeData();
      request.call("onsuccess", { oldVersion: 1 });
    });
    return request;
  }
  /** As after damage: the browser throws it away, or comes back with what it was some transactions ago. */
  lose(name, transactions = Infinity) {
    const database = this.#of(name);
    for (const connection of database.connections) connection.lose();
    if (transactions === Infinity) database.data = new FakeData();
    for (let at = 0; at < transactions && database.data.undo.length > 0; ++at) for (const undo of database.data.undo.pop().reverse()) undo();
  }
  /** Records of a store as they are on the disk. */
  records(name, store) {
    return [...(this.#of(name).data.stores.get(store)?.records.values() ?? [])].map(({ record }) => record);
  }
  remove(name, store, key) {
    this.#of(name).data.stores.get(store)?.records.delete(textOf(key));
  }
}

export const fakeKeyRange = {
  bound: (from, to) => ({ isRange: true, from, to }),
  lowerBound: (from, open) => ({ isRange: true, from, open }),
};

// --- Files ----------------------------------------------------------------------------------------------------------

export class FakeFiles {
  /** Content by name, and what of it is surely on the disk. */
  all = new Map();
  /** Nothing can be read or written. */
  isBroken = false;
  isFull = false;
  async getDirectory() {
    await turn();
    if (this.isBroken) throw new DOMException("", "UnknownError");
    return { getFileHandle: (name, options) => this.#handle(name, options) };
  }
  async #handle(name, { create = false } = {}) {
    await turn();
    if (!this.all.has(name) && !create) throw new DOMException("", "NotFoundError");
    if (!this.all.has(name)) this.all.set(name, { content: Buffer.alloc(0), flushed: Buffer.alloc(0) });
    return {
      getFile: async () => (await turn(), new Blob([this.all.get(name)?.content ?? Buffer.alloc(0)])),
      createSyncAccessHandle: async () => (await turn(), this.#open(name)),
    };
  }
  #open(name) {
    const file = this.all.get(name);
    if (!file || file.isOpen) throw new DOMException("", "NoModificationAllowedError");
    const tab = context.getStore();
    if (tab?.isGone) return new Promise(() => {});
    const check = () => {
      if (tab?.isGone || this.isBroken || file.isOpen !== handle) throw new DOMException("", "UnknownError");
    };
    const handle = {
      getSize: () => (check(), file.content.length),
      read: (bytes, { at }) => (check(), at < file.content.length ? file.content.copy(bytes, 0, at, at + bytes.length) : 0),
      write: (bytes, { at }) => {
        check();
        if (this.isFull) return 0;
        const rest = file.content.subarray(Math.min(file.content.length, at + bytes.length));
        const gap = Buffer.alloc(Math.max(0, at - file.content.length));
        file.content = Buffer.concat([file.content.subarray(0, at), gap, bytes, rest]);
        return bytes.length;
      },
      truncate: (size) => (check(), (file.content = Buffer.from(file.content.subarray(0, size)))),
      flush: () => (check(), (file.flushed = file.content)),
      close: () => {
        tab?.handles.delete(handle);
        if (file.isOpen === handle) file.isOpen = undefined;
      },
    };
    file.isOpen = handle;
    tab?.handles.add(handle);
    return handle;
  }
}

// --- Locks and workers ----------------------------------------------------------------------------------------------

export class FakeLocks {
  #lines = new Map();
  async request(name, ...rest) {
    const [options, work] = rest.length > 1 ? rest : [{}, rest[0]];
    const tab = context.getStore();
    const line = this.#lines.get(name) ?? [];
    this.#lines.set(name, line);
    await turn();
    if (options.ifAvailable && line.length > 0) return work(null);
    let begin = () => {};
    const turnCame = new Promise((done) => (begin = done));
    const lock = { begin, letGo: () => {} };
    lock.letGo = () => {
      tab?.locks.delete(lock);
      const at = line.indexOf(lock);
      if (at >= 0) line.splice(at, 1);
      if (at === 0) line[0]?.begin();
    };
    tab?.locks.add(lock);
    if (tab?.isGone) return new Promise(() => {});
    line.push(lock);
    if (line[0] === lock) begin();
    await turnCame;
    try {
      return await work({ name });
    } finally {
      if (!tab?.isGone) lock.letGo();
    }
  }
  async query() {
    await turn();
    return { held: [...this.#lines].filter(([, line]) => line.length > 0).map(([name]) => ({ name })), pending: [] };
  }
}

let workers = 0;
let starting = Promise.resolve();
/** Reading their module takes real time. */
export const workersStarted = () => starting;

/** The module as it is, once more for each worker. */
class FakeWorker {
  #inside = { postMessage: (data) => soon(() => this.tell({ data: structuredClone(data) })), onmessage: (_event) => {} };
  #started;
  constructor() {
    this.tell = callback((event) => this.onmessage?.(event));
    this.#started = starting = starting.then(async () => {
      globalThis.self = this.#inside;
      await load(`journal_worker.js?${++workers}`);
    });
  }
  postMessage(data) {
    const arrive = callback(() => this.#inside.onmessage({ data: structuredClone(data) }));
    void this.#started.then(() => soon(arrive));
  }
}

/** Puts it all in place of what node has; returns it. */
export function installFakeBrowser() {
  const clock = new FakeClock();
  const browser = { clock, indexedDB: new FakeIndexedDB(), files: new FakeFiles(), locks: new FakeLocks(), marks: new Map() };
  const localStorage = {
    getItem: (key) => browser.marks.get(key) ?? null,
    setItem: (key, value) => browser.marks.set(key, value),
    removeItem: (key) => browser.marks.delete(key),
  };
  const navigator = { userAgent: "", locks: browser.locks, storage: { getDirectory: () => browser.files.getDirectory() } };
  const globals = {
    indexedDB: browser.indexedDB, IDBKeyRange: fakeKeyRange, navigator, localStorage, Worker: FakeWorker, isSecureContext: true,
    document: { getElementById: () => null }, performance: { now: () => clock.now },
    setTimeout: (work, delay) => clock.set(work, delay), clearTimeout: (id) => clock.clear(id),
  };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  AbortSignal.timeout = () => new AbortController().signal;
  return browser;
}
