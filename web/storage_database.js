// @ts-check
// Where records are kept: IndexedDB, in all-or-nothing transactions. Tests have one in memory
// (tests/web/storage_memory.js).

/** The setting that says that something is still to be erased from the second copy. */
export const eraseKey = "erase";

/** Why a record could not be kept; the words are those of StorageFailed in src/app/command.hpp. */
export class StorageError extends Error {
  /** @param {"quota" | "refused" | "closed" | "newer" | "taken" | "unknown"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @typedef {Record<string, any>} StoredRecord */
/** @typedef {string | number | (string | number)[]} Key */
/** What may be done inside a transaction. Everything must be asked for at once or right after an answer.
 * @typedef {object} Access
 * @property {(store: string, key: Key) => Promise<StoredRecord | undefined>} get
 * @property {(store: string, from?: Key, to?: Key) => Promise<StoredRecord[]>} all records from key to key, both included
 * @property {(store: string) => Promise<Key[]>} keys of all records
 * @property {(store: string, record: StoredRecord) => void} put
 * @property {(store: string, record: StoredRecord) => void} add fails when there is one of that key: "taken"
 * @property {(store: string, from: Key, to?: Key) => void} remove
 */
/** @typedef {"readonly" | "readwrite"} Mode */
/**
 * @template T
 * @typedef {(access: Access) => T | Promise<T>} Work
 */
/** @typedef {object} Database
 * @property {() => Promise<void>} open
 * @property {<T>(stores: string[], mode: Mode, work: Work<T>) => Promise<T>} transact resolves when it is durable
 * @property {boolean} isNew there was no database before
 * @property {() => Promise<boolean>} restore makes it anew from a second copy where that has more; whether it did
 * @property {() => Promise<boolean>} erase leaves nothing in a second copy that the database no longer has; whether it did
 * @property {((reason: "newer") => void) | null} onlost
 * @property {((reopened: Reopened) => Promise<void>) | null} onreopened nothing else is done until it is
 */
/** The database as it was found when the connection to it had been lost.
 * @typedef {object} Reopened
 * @property {boolean} restored it lacked what a second copy had
 * @property {Transact} transact */
/** @typedef {<T>(stores: string[], mode: Mode, work: Work<T>) => Promise<T>} Transact */

/** Stores and their keys. `documents` are snapshots. @type {Record<string, string | string[] | null>} */
export const stores = {
  cards: "id",
  documents: "id",
  edits: ["document", "sequence"],
  deleted: "id",
  settings: "key",
  instruments: "id",
  quarantine: null, // numbered
};

const databaseName = "duibiao";
/**
 * Version 2: a log may hold keys, signatures and marks (item "document"), which a page of version 1 refuses: it would take
 * the document for damaged, and write it without them. Nor does such a page know that the second copy must never be
 * replaced by less. The stores are the same, and the records of version 1 stay as they are.
 */
const databaseVersion = 2;
/** Deleted at the next visit: see beginNewLog. */
const passingName = "duibiao-log";
/** Pauses before the connection is tried again, milliseconds. */
const pauses = [0, 100, 500];

/** @implements {Database} */
export class IndexedDatabase {
  isNew = false;
  /** Otherwise it is begun later, by who extends this: it takes as long as opening. */
  beginsNewLog = true;
  /** @type {((reason: "newer") => void) | null} */
  onlost = null;
  /** @type {((reopened: Reopened) => Promise<void>) | null} */
  onreopened = null;
  /** @type {IDBDatabase | null} */
  #connection = null;
  /** The connection that was lost, on its way back. @type {Promise<IDBDatabase> | null} */
  #reopening = null;
  #wasOpen = false;
  /** Why nothing can be kept any more. @type {StorageError | null} */
  #refusal = new StorageError("refused");

  async restore() {
    return false;
  }

  /** Without a second copy nothing is left of what is gone from here. */
  async erase() {
    await this.transact(["settings"], "readwrite", (access) => access.remove("settings", eraseKey));
    return true;
  }

  /**
   * The connection was lost and is there again: the database may have been emptied meanwhile. Whether it lacked
   * something that it has now.
   * @param {Transact} _transact
   */
  async restoreAgain(_transact) {
    return false;
  }

  async open() {
    try {
      this.#connection = await this.#connect();
      this.#wasOpen = true;
      this.#refusal = null;
    } catch (error) {
      this.#refusal = error instanceof StorageError ? error : new StorageError("refused");
      throw this.#refusal;
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  async #connect() {
    if (this.beginsNewLog) await beginNewLog();
    return new Promise((resolve, reject) => {
      /** @type {IDBOpenDBRequest} */
      let request;
      try {
        request = indexedDB.open(databaseName, databaseVersion);
      } catch {
        reject(new StorageError("refused"));
        return;
      }
      request.onupgradeneeded = (event) => {
        if (!this.#wasOpen) this.isNew = event.oldVersion === 0;
        createStores(request.result);
      };
      request.onerror = () => reject(openError(request.error));
      request.onsuccess = () => {
        this.#listen(request.result);
        resolve(request.result);
        if (this.beginsNewLog) void prepareNewLog();
      };
    });
  }

  /** @param {IDBDatabase} connection */
  #listen(connection) {
    const lose = () => {
      if (this.#connection !== connection) return;
      this.#connection = null;
      // Not at the next change only: whether the data is still there is to be known now.
      void this.transact(["settings"], "readonly", () => {}).catch(() => {});
    };
    connection.onclose = lose;
    connection.onversionchange = (event) => {
      connection.close();
      if (event.newVersion === null) return lose(); // it is deleted
      this.#connection = null;
      this.#refusal = new StorageError("newer");
      this.onlost?.("newer");
    };
  }

  /**
   * The first requests of `work` are made before this returns, so that a page going away still gets them out.
   * @template T
   * @param {string[]} names
   * @param {Mode} mode
   * @param {Work<T>} work
   * @returns {Promise<T>}
   */
  transact(names, mode, work) {
    if (this.#refusal) return Promise.reject(this.#refusal);
    const first = this.#connection ? this.#run(this.#connection, names, mode, work) : Promise.reject(connectionLost());
    return first.catch((error) => {
      if (!isConnectionLoss(error)) throw storageError(error);
      return this.#retry(names, mode, work);
    });
  }

  /**
   * @template T
   * @param {string[]} names
   * @param {Mode} mode
   * @param {Work<T>} work
   * @returns {Promise<T>}
   */
  async #retry(names, mode, work) {
    for (const pause of pauses) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      /** @type {IDBDatabase | null} */
      let connection = null;
      try {
        connection = await this.#reopen();
        return await this.#run(connection, names, mode, work);
      } catch (error) {
        if (error instanceof StorageError && error.reason !== "refused") throw error;
        if (!(error instanceof StorageError) && !isConnectionLoss(error)) throw storageError(error);
        if (this.#connection === connection) this.#connection = null;
      }
    }
    throw new StorageError("closed");
  }

  /** @returns {Promise<IDBDatabase>} the connection, once what was lost with the one before is back */
  async #reopen() {
    if (this.#connection) return this.#connection;
    const reopen = async () => {
      const connection = await this.#connect();
      /** @type {Transact} */
      const transact = (names, mode, work) => this.#run(connection, names, mode, work);
      const restored = await this.restoreAgain(transact);
      await this.onreopened?.({ restored, transact });
      return (this.#connection = connection);
    };
    this.#reopening ??= reopen().finally(() => (this.#reopening = null));
    return this.#reopening;
  }

  /**
   * @template T
   * @param {IDBDatabase} connection
   * @param {string[]} names
   * @param {Mode} mode
   * @param {Work<T>} work
   * @returns {Promise<T>}
   */
  #run(connection, names, mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = connection.transaction(names, mode, { durability: "strict" });
      /** @type {T | Promise<T>} */
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error ?? connectionLost());
      const fail = (/** @type {unknown} */ error) => {
        reject(error);
        abort(transaction);
      };
      try {
        result = work(accessTo(transaction));
        if (result instanceof Promise) result.catch(fail);
        else transaction.commit?.();
      } catch (error) {
        fail(error);
      }
    });
  }
}

/**
 * A power cut can leave the end of Chromium's log torn. Chromium reads up to there, writes on behind it, cannot read
 * that at its next start, and then throws all data away. Deleting a database makes it begin a new log. What it writes
 * before that is in danger, so the database that is deleted was made by the visit before, and nothing else is written.
 * Other browsers have no such log.
 */
export async function beginNewLog() {
  if (!hasTearingLog()) return;
  const wasThere = await deletePassing();
  if (wasThere) return;
  await makePassing();
  await deletePassing();
}

/** For the next visit. */
export async function prepareNewLog() {
  if (hasTearingLog()) await makePassing();
}

const hasTearingLog = () => globalThis.navigator?.userAgent.includes("Chrome/");

/** @returns {Promise<boolean>} whether there was one */
function deletePassing() {
  return new Promise((resolve) => {
    try {
      const removal = indexedDB.deleteDatabase(passingName);
      removal.onsuccess = (event) => resolve(/** @type {IDBVersionChangeEvent} */ (event).oldVersion > 0);
      removal.onerror = removal.onblocked = () => resolve(false);
    } catch {
      resolve(false); // opening the real one tells why
    }
  });
}

/** @returns {Promise<void>} */
function makePassing() {
  return new Promise((resolve) => {
    const done = () => resolve();
    try {
      const opening = indexedDB.open(passingName);
      opening.onerror = opening.onblocked = done;
      opening.onsuccess = () => (opening.result.close(), done());
    } catch {
      done();
    }
  });
}

/** Those that are there stay. @param {IDBDatabase} connection */
function createStores(connection) {
  for (const [name, key] of Object.entries(stores)) {
    if (Array.from(connection.objectStoreNames).includes(name)) continue;
    connection.createObjectStore(name, key === null ? { autoIncrement: true } : { keyPath: key });
  }
}

/** @param {IDBTransaction} transaction @returns {Access} */
function accessTo(transaction) {
  const store = (/** @type {string} */ name) => transaction.objectStore(name);
  return {
    get: (name, key) => answer(store(name).get(key)),
    all: (name, from, to) => answer(store(name).getAll(from === undefined ? null : IDBKeyRange.bound(from, to ?? from))),
    keys: (name) => /** @type {Promise<any>} */ (answer(store(name).getAllKeys())),
    put: (name, record) => void store(name).put(record),
    add: (name, record) => void store(name).add(record),
    remove: (name, from, to) => void store(name).delete(to === undefined ? from : IDBKeyRange.bound(from, to)),
  };
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

function connectionLost() {
  return new DOMException("The connection is gone.", "InvalidStateError");
}

/** @param {unknown} error */
function isConnectionLoss(error) {
  return error instanceof DOMException && (error.name === "InvalidStateError" || error.name === "AbortError");
}

/** @param {unknown} error */
function openError(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "VersionError") return new StorageError("newer");
  return new StorageError(name === "QuotaExceededError" ? "quota" : "refused");
}

/** @param {unknown} error */
function storageError(error) {
  if (error instanceof StorageError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  // Only another tab can have written the record: see Access.add.
  if (name === "ConstraintError") return new StorageError("taken");
  return new StorageError(name === "QuotaExceededError" ? "quota" : "unknown");
}
