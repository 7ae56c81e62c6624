// @ts-check
// Writes the journal's files (journal.js): entries behind each other, each durable before it is told, and now and then
// a new base. Only a worker is given files that it can flush.

import {
  baseTab, canBeWritten, countPrefix, countRecord, countsOf, fileNames, headSize, Holdings, lacks, lettersIn, lockName, mostNamed, readHead, readRecords, tabPrefix, wholeEnd, writeHead, writeRecord,
} from "./journal_file.js";

/** @typedef {import("./journal_file.js").Counts} Counts */
/** @typedef {import("./journal_file.js").Entry} Entry */
/** @typedef {import("./journal_file.js").Operation} Operation */
/** An entry to be written; null has everything written anew; erasing, and nothing left of what was there; without one,
 * only where the file is damaged.
 * @typedef {{number: number, entry?: Entry | null, isErasing?: boolean}} Job */
/** @typedef {{handle: FileSystemSyncAccessHandle, generation: number, baseEnd: number}} Part */
/** The file in use, how far it is good, and what it holds. Torn: its head is gone, or the base's end.
 * @typedef {Part & {end: number, holdings: Holdings, isTorn: boolean}} Current */

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
/** How requests to a database fail that is gone; files have other names for it, or the same where they are gone, too. */
const lossNames = ["InvalidStateError", "AbortError"];
/** Records that are read from a store at once, at most. A document may be large. @type {Record<string, number>} */
const portions = { documents: 8, cards: 100, edits: 1000 };

/** @type {Job[]} */
let waiting = [];
let isBusy = false;
/** What this worker knows of the file in use.
 * @type {{generation: number, baseEnd: number, end: number, holdings: Holdings} | null} */
let known = null;
let isFirst = true;
/** Something could not be written: only a new base has it. */
let hasGap = false;
/** The database lacks something that the file has: no base may be written. */
let isBehind = false;
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
    const isWritten = await locked((parts) => write(parts, jobs));
    tell(jobs.map(({ number }) => number), isWritten);
  }
  isBusy = false;
  const tidyAndTell = () => void locked(tidy).then(() => isBehind && tell([], true));
  pause = setTimeout(tidyAndTell, known && isOutgrown(known) ? shortPauseMilliseconds : pauseMilliseconds);
}

/** @param {number[]} done numbers of jobs @param {boolean} isWritten */
function tell(done, isWritten) {
  worker.postMessage({ done, isWritten, isBehind });
  isBehind = false;
}

/**
 * With both files open, and no other tab at them. What the task says; false where it cannot be done.
 * @param {(parts: Part[]) => Promise<boolean>} task
 */
async function locked(task) {
  if (performance.now() < restUntil) return false;
  try {
    return await navigator.locks.request(lockName, async () => {
      /** @type {Part[]} */
      const parts = [];
      try {
        await openParts(parts);
        return await task(parts);
      } finally {
        for (const { handle } of parts) handle.close();
      }
    });
  } catch {
    known = null;
    hasGap = true;
    restUntil = performance.now() + restMilliseconds;
    return false;
  }
}

/**
 * Whether all of it is in the file.
 * @param {Part[]} parts
 * @param {Job[]} jobs
 */
async function write(parts, jobs) {
  const current = currentOf(parts);
  const entries = jobs.flatMap(({ entry }) => entry ?? []);
  const isUsable = current !== null && !current.isTorn;
  const isAsked = jobs.some(({ entry }) => entry === null);
  const wantsBase = !isUsable || isAsked || (entries.length > 0 && (await isDue(current, entries)));
  if (wantsBase && (await renew(parts, current, jobs.some(({ isErasing }) => isErasing)))) return true;
  if (wantsBase) hasGap = true; // until there is a base, what could not be added is missing
  if (isUsable) add(current, entries);
  return !wantsBase;
}

/** @param {Current} current @param {Entry[]} entries */
function add(current, entries) {
  const { handle, holdings } = current;
  handle.truncate(current.end);
  for (const entry of entries) {
    if (entry.count <= (holdings.base[entry.tab] ?? 0)) continue; // nobody would read it
    current.end += put(handle, writeRecord(entry), current.end);
    holdings.take(entry);
  }
  handle.flush();
  known = current;
}

/** @param {Part[]} parts */
async function tidy(parts) {
  const current = currentOf(parts);
  if (!current || (current.end === current.baseEnd && !hasGap)) return true;
  return (hasGap || current.end < smallBytes || isOutgrown(current)) && renew(parts, current, false);
}

/** @param {{end: number, baseEnd: number}} current */
const isOutgrown = ({ end, baseEnd }) => end - baseEnd > smallBytes / 4 + baseEnd / 2;

/**
 * Whether it is time for a new base. A large one is written at a tab's first change only where the file lacks something
 * of earlier visits.
 * @param {Current} current
 * @param {Entry[]} entries that are about to be written: the database has them
 */
async function isDue({ end, baseEnd, holdings }, entries) {
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
  return lacks({ ...holdings.counts, ...coming }, countsOf(settings));
}

// --- Files --------------------------------------------------------------------------------------------------------

/** @param {Part[]} parts where those that are open are noted */
async function openParts(parts) {
  const folder = await navigator.storage.getDirectory();
  for (const name of fileNames) {
    const file = await folder.getFileHandle(name, { create: true });
    const handle = await file.createSyncAccessHandle();
    parts.push({ handle, ...(readHead(take(handle, 0, headSize)) ?? { generation: 0, baseEnd: 0 }) });
  }
}

/** @param {Part[]} parts @returns {Current | null} */
function currentOf(parts) {
  const part = parts.reduce((one, other) => (other.generation > one.generation ? other : one));
  const size = part.handle.getSize();
  const isHeadless = part.generation === 0;
  if (!isHeadless && known?.generation === part.generation && known.end === size) return { ...known, ...part, isTorn: false };
  const holdings = new Holdings();
  const base = take(part.handle, headSize, isHeadless ? size : part.baseEnd);
  const isTorn = isHeadless || headSize + wholeEnd(base) !== part.baseEnd;
  const [first] = readRecords(base);
  if (first) holdings.take(first.content);
  else if (isHeadless) return null;
  const baseEnd = isHeadless ? headSize + (first?.end ?? 0) : part.baseEnd;
  let end = baseEnd;
  for (const record of readRecords(take(part.handle, baseEnd, size))) {
    holdings.take(record.content);
    end = baseEnd + record.end;
  }
  return { ...part, baseEnd, end, holdings, isTorn };
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
 * Writes everything that the database holds into the file that is not in use, and takes that one from then on: only where
 * it holds all that the file in use does. Whether it was written.
 * @param {Part[]} parts
 * @param {Current | null} current
 * @param {boolean} isErasing what was there is written over, not only given back to the disk
 */
async function renew(parts, current, isErasing) {
  const database = await openDatabase();
  if (!database) return false;
  try {
    const target = /** @type {Part} */ (parts.find(({ handle }) => handle !== current?.handle));
    const isLive = await liveTabs();
    const generation = await beginBase(database, current);
    if (generation === 0) return false;
    if (isErasing) writeOver(target.handle);
    target.handle.truncate(0);
    const base = await writeBase(database, target.handle, isLive);
    target.handle.flush();
    put(target.handle, writeHead({ generation, baseEnd: base.end }), 0);
    target.handle.flush();
    if (current && isErasing) writeOver(current.handle);
    current?.handle.truncate(0);
    current?.handle.flush();
    known = { generation, baseEnd: base.end, end: base.end, holdings: base.holdings };
    isFirst = hasGap = false;
    const settings = database.transaction("settings", "readwrite").objectStore("settings");
    for (const tab of base.gone) settings.delete(countPrefix + tab);
    return true;
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
    return false; // it is being deleted: the page makes it anew, from the file in use
  } finally {
    database.close(); // when its transactions are done
  }
}

/** Where the disk writes in place, nothing of the content is left on it. @param {FileSystemSyncAccessHandle} handle */
function writeOver(handle) {
  const zeros = new Uint8Array(65_536);
  for (let at = 0; at < handle.getSize(); at += zeros.length) put(handle, zeros.subarray(0, Math.min(zeros.length, handle.getSize() - at)), at);
  handle.flush();
}

/** @returns {Promise<(tab: string) => boolean>} whether more may come of a tab */
async function liveTabs() {
  const { held = [], pending = [] } = await navigator.locks.query();
  const tabs = [...held, ...pending].map(({ name = "" }) => name);
  return (tab) => tab === baseTab || tabs.includes(tabPrefix + tab);
}

/**
 * The next base's number, counted before the database is read, so that it never lacks what a base counts; 0 where it
 * lacks something of the file in use.
 * @param {IDBDatabase} database
 * @param {Current | null} current
 */
async function beginBase(database, current) {
  const transaction = database.transaction(["settings", "documents"], "readwrite");
  const settings = transaction.objectStore("settings");
  const [all, documents] = await Promise.all([answer(settings.getAll()), answer(transaction.objectStore("documents").getAllKeys())]);
  const counts = countsOf(all);
  isBehind = current !== null && current.holdings.exceed(counts, documents.map(String));
  if (isBehind) return 0;
  const generation = Math.max(current?.generation ?? 0, counts[baseTab] ?? 0) + 1;
  await answer(settings.put(countRecord(baseTab, generation)));
  return generation;
}

/**
 * @param {IDBDatabase} database
 * @param {FileSystemSyncAccessHandle} handle
 * @param {(tab: string) => boolean} isLive
 */
async function writeBase(database, handle, isLive) {
  const names = Array.from(database.objectStoreNames);
  const transaction = database.transaction(names); // everything as it is at one moment
  const [settings, keys, marks] = await Promise.all([
    answer(transaction.objectStore("settings").getAll()),
    answer(transaction.objectStore("documents").getAllKeys()),
    answer(transaction.objectStore("deleted").getAllKeys()),
  ]);
  const all = countsOf(settings);
  const counts = Object.fromEntries(Object.entries(all).filter(([tab]) => isLive(tab)));
  const gone = Object.keys(all).filter((tab) => !isLive(tab));
  const isGone = (/** @type {any} */ { key = "" }) => gone.some((tab) => key === countPrefix + tab);
  const deleted = new Set(marks);
  const documents = keys.filter((id) => !deleted.has(id)).map(String);
  const first = { counts, ...(documents.length <= mostNamed && { documents }) };
  const holdings = new Holdings();
  holdings.take(first);
  let end = headSize;
  end += put(handle, writeRecord(first), end);
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
  return { end, holdings, gone };
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

/** @param {unknown} error of the database, not of a file */
const isConnectionLoss = (error) => error instanceof DOMException && lossNames.includes(error.name);

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
