// @ts-check
// Writes the journal's files (journal.js): entries behind each other, each durable before it is told, and now and then
// a new base. Only a worker is given files that it can flush.

import {
  baseTab, canBeWritten, countPrefix, countRecord, countsOf, fileNames, headSize, lacks, lettersIn, lockName, readHead, readRecords, tabPrefix, writeHead, writeRecord,
} from "./journal_file.js";

/** @typedef {import("./journal_file.js").Counts} Counts */
/** @typedef {import("./journal_file.js").Entry} Entry */
/** @typedef {import("./journal_file.js").Operation} Operation */
/** An entry to be written; null has everything written anew.
 * @typedef {{number: number, entry: Entry | null}} Job */
/** @typedef {{handle: FileSystemSyncAccessHandle, generation: number, baseEnd: number}} Part */
/** The file in use, how far it is good, and what its base and all of it count.
 * @typedef {Part & {end: number, base: Counts, counts: Counts}} Current */

const worker = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** A journal up to this size is written anew at each visit and after each pause: nothing that was deleted stays in it. */
const smallBytes = 4 * 1024 * 1024;
const pauseMilliseconds = 60_000;
/** Entries that have outgrown their base wait for less: nothing is written anew in the middle of much work. */
const shortPauseMilliseconds = 2_000;
/** More entries than that are never kept. */
const mostEntryBytes = 128 * 1024 * 1024;
/** After a failure (a full disk) nothing is tried for so long. */
const restMilliseconds = 60_000;
/** A record of the base holds about as much. */
const recordLetters = 262_144;
/** Records that are read from a store at once, at most. A document may be large. @type {Record<string, number>} */
const portions = { documents: 8, cards: 100, edits: 1000 };

/** @type {Job[]} */
let waiting = [];
let isBusy = false;
/** What this worker knows of the file in use.
 * @type {{generation: number, baseEnd: number, end: number, base: Counts, counts: Counts} | null} */
let known = null;
let isFirst = true;
/** Something could not be written: only a new base has it. */
let hasGap = false;
let restUntil = 0;
let pause = 0;

worker.onmessage = (/** @type {MessageEvent<Job>} */ { data }) => {
  waiting.push(data);
  if (!isBusy) void work();
};

async function work() {
  isBusy = true;
  clearTimeout(pause);
  while (waiting.length > 0) {
    const jobs = waiting;
    waiting = [];
    await locked((parts) => write(parts, jobs));
    worker.postMessage(jobs.map(({ number }) => number));
  }
  isBusy = false;
  pause = setTimeout(() => void locked(tidy), known && isOutgrown(known) ? shortPauseMilliseconds : pauseMilliseconds);
}

/**
 * With both files open, and no other tab at them.
 * @param {(parts: Part[]) => Promise<void> | void} task
 */
async function locked(task) {
  if (performance.now() < restUntil) return;
  try {
    await navigator.locks.request(lockName, async () => {
      const parts = await openParts();
      try {
        await task(parts);
      } finally {
        for (const { handle } of parts) handle.close();
      }
    });
  } catch {
    known = null;
    hasGap = true;
    restUntil = performance.now() + restMilliseconds;
  }
}

/** @param {Part[]} parts @param {Job[]} jobs */
async function write(parts, jobs) {
  const current = currentOf(parts);
  const entries = jobs.flatMap(({ entry }) => entry ?? []);
  if (!current || entries.length < jobs.length || (await isDue(current, entries))) return renew(parts, current);
  const { handle } = current;
  handle.truncate(current.end);
  for (const entry of entries) {
    if (entry.count <= (current.base[entry.tab] ?? 0)) continue; // nobody would read it, see replay
    current.end += put(handle, writeRecord(entry), current.end);
    current.counts[entry.tab] = entry.count;
  }
  handle.flush();
  known = current;
}

/** @param {Part[]} parts */
async function tidy(parts) {
  const current = currentOf(parts);
  if (!current || current.end === current.baseEnd) return;
  if (current.end < smallBytes || isOutgrown(current)) await renew(parts, current);
}

/** @param {{end: number, baseEnd: number}} current */
const isOutgrown = ({ end, baseEnd }) => end - baseEnd > smallBytes / 4 + baseEnd / 2;

/**
 * Whether it is time for a new base. A large one is written at a tab's first change only where the file lacks something
 * of earlier visits.
 * @param {Current} current
 * @param {Entry[]} entries that are about to be written: the database has them
 */
async function isDue({ end, baseEnd, counts }, entries) {
  const wasFirst = isFirst;
  isFirst = false;
  if (hasGap) return true;
  if (!wasFirst) return end - baseEnd > mostEntryBytes;
  if (end < smallBytes || end - baseEnd > baseEnd / 4) return true;
  const database = await openDatabase();
  if (!database) return false;
  const settings = await answer(database.transaction("settings").objectStore("settings").getAll());
  database.close();
  const coming = Object.fromEntries(entries.map(({ tab, count }) => [tab, count]));
  return lacks({ ...counts, ...coming }, countsOf(settings));
}

// --- Files --------------------------------------------------------------------------------------------------------

/** @returns {Promise<Part[]>} */
async function openParts() {
  const folder = await navigator.storage.getDirectory();
  const parts = [];
  for (const name of fileNames) {
    const file = await folder.getFileHandle(name, { create: true });
    const handle = await file.createSyncAccessHandle();
    parts.push({ handle, ...(readHead(take(handle, 0, headSize)) ?? { generation: 0, baseEnd: 0 }) });
  }
  return parts;
}

/** @param {Part[]} parts @returns {Current | null} */
function currentOf(parts) {
  const part = parts.reduce((one, other) => (other.generation > one.generation ? other : one));
  if (part.generation === 0) return null;
  const size = part.handle.getSize();
  if (known?.generation === part.generation && known.end === size) return { ...part, end: size, base: known.base, counts: known.counts };
  const [first] = readRecords(take(part.handle, headSize, part.baseEnd));
  const base = first?.content.counts ?? {};
  const counts = { ...base };
  let end = part.baseEnd;
  for (const record of readRecords(take(part.handle, part.baseEnd, size))) {
    counts[record.content.tab] = record.content.count;
    end = part.baseEnd + record.end;
  }
  return { ...part, end, base, counts };
}

/** @param {FileSystemSyncAccessHandle} handle @param {number} from @param {number} to */
function take(handle, from, to) {
  const bytes = new Uint8Array(Math.max(0, Math.min(to, handle.getSize()) - from));
  return bytes.subarray(0, handle.read(bytes, { at: from }));
}

/** @param {FileSystemSyncAccessHandle} handle @param {Uint8Array} bytes @param {number} at */
function put(handle, bytes, at) {
  const written = handle.write(/** @type {Uint8Array<ArrayBuffer>} */ (bytes), { at });
  if (written < bytes.length) throw new Error("the disk is full");
  return written;
}

// --- The base -----------------------------------------------------------------------------------------------------

/**
 * Writes everything that the database holds into the file that is not in use, and takes that one from then on.
 * @param {Part[]} parts
 * @param {Current | null} current
 */
async function renew(parts, current) {
  const database = await openDatabase();
  if (!database) return;
  try {
    const target = /** @type {Part} */ (parts.find(({ handle }) => handle !== current?.handle));
    const { held = [], pending = [] } = await navigator.locks.query();
    const tabs = [...held, ...pending].map(({ name = "" }) => name);
    const isLive = (/** @type {string} */ tab) => tab === baseTab || tabs.includes(tabPrefix + tab);
    const generation = (current?.generation ?? 0) + 1;
    target.handle.truncate(0);
    // Before it is read, so that the database never lacks what a base counts.
    await answer(database.transaction("settings", "readwrite").objectStore("settings").put(countRecord(baseTab, generation)));
    const base = await writeBase(database, target.handle, isLive);
    target.handle.flush();
    put(target.handle, writeHead({ generation, baseEnd: base.end }), 0);
    target.handle.flush();
    current?.handle.truncate(0);
    current?.handle.flush();
    known = { generation, baseEnd: base.end, end: base.end, base: base.counts, counts: { ...base.counts } };
    isFirst = hasGap = false;
    const settings = database.transaction("settings", "readwrite").objectStore("settings");
    for (const tab of base.gone) settings.delete(countPrefix + tab);
  } finally {
    database.close(); // when its transactions are done
  }
}

/**
 * @param {IDBDatabase} database
 * @param {FileSystemSyncAccessHandle} handle
 * @param {(tab: string) => boolean} isLive
 */
async function writeBase(database, handle, isLive) {
  const names = Array.from(database.objectStoreNames);
  const transaction = database.transaction(names); // everything as it is at one moment
  const all = countsOf(await answer(transaction.objectStore("settings").getAll()));
  const counts = Object.fromEntries(Object.entries(all).filter(([tab]) => isLive(tab)));
  const gone = Object.keys(all).filter((tab) => !isLive(tab));
  const isGone = (/** @type {any} */ { key = "" }) => gone.some((tab) => key === countPrefix + tab);
  let end = headSize;
  end += put(handle, writeRecord({ counts }), end);
  for (const name of names) {
    /** @type {Operation[]} */
    let operations = [];
    let letters = 0;
    const finish = () => {
      if (operations.length > 0) end += put(handle, writeRecord({ operations }), end);
      [operations, letters] = [[], 0];
    };
    for await (const record of recordsOf(transaction.objectStore(name))) {
      if (!canBeWritten(record) || isGone(record)) continue;
      operations.push(["put", name, record]);
      letters += 100 + lettersIn(record);
      if (letters > recordLetters) finish();
    }
    finish();
  }
  return { end, counts, gone };
}

/**
 * All records of a store, some at a time: as many more as those before were small.
 * @param {IDBObjectStore} store
 * @returns {AsyncGenerator<any>}
 */
async function* recordsOf(store) {
  const most = portions[store.name];
  let count = most && 1;
  /** @type {IDBKeyRange | null} */
  let range = null;
  for (;;) {
    const [keys, records] = await Promise.all([answer(store.getAllKeys(range, count)), answer(store.getAll(range, count))]);
    yield* records;
    if (count === undefined || most === undefined || records.length < count) return;
    range = IDBKeyRange.lowerBound(keys.at(-1), true);
    count = records.some((record) => lettersIn(record) > recordLetters) ? 1 : Math.min(most, 2 * count);
  }
}

/** Null when there is none. @returns {Promise<IDBDatabase | null>} */
function openDatabase() {
  return new Promise((resolve) => {
    const request = indexedDB.open("duibiao");
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      resolve(database);
    };
    request.onerror = () => resolve(null);
  });
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
