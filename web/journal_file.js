// @ts-check
// How the second copy of the database is written into a file: a head, everything that the database held at one moment
// (the base), then an entry for each transaction since.
//
//   head    "DUIBJRN1", generation, end of the base, CRC-32 of these; numbers of 4 bytes, the low byte first
//   record  length, CRC-32, that many bytes of JSON; the base's first one tells the transactions and the documents that
//           it stands for
//
// The head is written last, so a base that was not finished has none. A torn end is no record.

import { crc32 } from "./checksum.js";

/** @typedef {import("./storage_database.js").StoredRecord} StoredRecord */
/** @typedef {import("./storage_database.js").Key} Key */
/** One thing done to a store. @typedef {["put", string, StoredRecord] | ["remove", string, Key, Key?]} Operation */
/** A tab's transaction of that number. @typedef {{tab: string, count: number, operations: Operation[]}} Entry */
/** How many transactions of each tab. @typedef {Record<string, number>} Counts */
/** @typedef {{generation: number, baseEnd: number}} Head */

/** One of them is in use; the other one is where the next base is written. */
export const fileNames = ["duibiao-journal-0", "duibiao-journal-1"];
/** Who reads or writes them holds the Web Lock of this name. */
export const lockName = "duibiao:journal";
/** A tab's Web Lock, with its id: of other tabs nothing more will come. */
export const tabPrefix = "duibiao:tab:";
/** The setting that counts a tab's transactions, with its id. */
export const countPrefix = "transactions/";
/** Bases are counted as if a tab made them: a database that lacks the newest one is another database. */
export const baseTab = "base";
/** So begins the id of a tab that writes while the journal cannot be read: what it writes is in the database alone. */
export const alonePrefix = "alone:";
/** A base names its documents up to this many, so that its first record is found at its beginning. */
export const mostNamed = 20_000;
export const headSize = 20;

const magic = new TextEncoder().encode("DUIBJRN1");
const frameSize = 8;

/** @param {Head} head */
export function writeHead({ generation, baseEnd }) {
  const bytes = new Uint8Array(headSize);
  bytes.set(magic);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, generation, true);
  view.setUint32(12, baseEnd, true);
  view.setUint32(16, crc32(bytes.subarray(0, 16)), true);
  return bytes;
}

/**
 * Null when the file has no finished base.
 * @param {Uint8Array} bytes the file's beginning
 * @returns {Head | null}
 */
export function readHead(bytes) {
  if (bytes.length < headSize || magic.some((byte, at) => bytes[at] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, headSize);
  if (view.getUint32(16, true) !== crc32(bytes.subarray(0, 16))) return null;
  return { generation: view.getUint32(8, true), baseEnd: view.getUint32(12, true) };
}

/** @param {object} content */
export function writeRecord(content) {
  const text = new TextEncoder().encode(JSON.stringify(content));
  const bytes = new Uint8Array(frameSize + text.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  view.setUint32(4, crc32(text), true);
  bytes.set(text, frameSize);
  return bytes;
}

/**
 * The records one behind the other, up to what is none.
 * @param {Uint8Array} bytes
 * @returns {Generator<{content: any, end: number}>} `end` counts from the beginning of `bytes`
 */
export function* readRecords(bytes) {
  for (const { text, end } of frames(bytes)) yield { content: JSON.parse(new TextDecoder().decode(text)), end };
}

/** @param {Uint8Array} bytes @returns {Generator<{text: Uint8Array, end: number}>} */
function* frames(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + frameSize < bytes.length; ) {
    const length = view.getUint32(at, true);
    const end = at + frameSize + length;
    if (length === 0 || end > bytes.length) return;
    const text = bytes.subarray(at + frameSize, end);
    if (crc32(text) !== view.getUint32(at + 4, true)) return;
    yield { text, end };
    at = end;
  }
}

/**
 * How far the records are whole, without reading what they say.
 * @param {Uint8Array} bytes
 */
export function wholeEnd(bytes) {
  let end = 0;
  for (const frame of frames(bytes)) end = frame.end;
  return end;
}

/** What a journal holds, as far as its records tell without being carried out. */
export class Holdings {
  /** Transactions that the base stands for. @type {Counts} */
  base = {};
  /** And those after it, too. @type {Counts} */
  counts = {};
  /** Documents that nobody has deleted. @type {Set<string>} */
  documents = new Set();

  /** @param {any} content of the next record */
  take({ counts, documents = [], tab, count, operations = [] }) {
    if (counts) this.base = { ...counts };
    if (counts) this.counts = { ...counts };
    for (const id of documents) this.documents.add(id);
    if (!tab) return;
    this.counts[tab] = count;
    for (const [how, store, record] of operations) {
      if (how === "put" && store === "documents") this.documents.add(record.id);
      else if (how === "put" && store === "deleted") this.documents.delete(record.id);
      else if (how === "remove" && store === "documents") this.documents.delete(record);
    }
  }

  /**
   * Whether a database of these transactions and documents lacks something of it.
   * @param {Counts} counts
   * @param {Iterable<string>} documents
   */
  exceed(counts, documents) {
    if (lacks(counts, this.counts)) return true;
    const there = new Set(documents);
    return [...this.documents].some((id) => !there.has(id));
  }
}

/**
 * Whether some transaction is counted in `there` that is not in `here`.
 * @param {Counts} here
 * @param {Counts} there
 */
export function lacks(here, there) {
  return Object.entries(there).some(([tab, count]) => (here[tab] ?? 0) < count);
}

/** @param {StoredRecord[]} settings those that count transactions @returns {Counts} */
export function countsOf(settings) {
  const counts = settings.filter(({ key }) => key.startsWith(countPrefix));
  return Object.fromEntries(counts.map(({ key, value }) => [key.slice(countPrefix.length), Number(value)]));
}

/** @param {string} tab @param {number} count */
export const countRecord = (tab, count) => ({ key: countPrefix + tab, value: String(count) });

/**
 * JSON has no Infinity.
 * @param {Key} key
 * @returns {Key}
 */
export const readKey = (key) => (Array.isArray(key) ? key.map((part) => part ?? Infinity) : (key ?? Infinity));

/** A folder's handle cannot be written into a file; the user picks the folder again. @param {StoredRecord} record */
export const canBeWritten = (record) => !("handle" in record);

/** About what a record costs. @param {StoredRecord} record */
export const lettersIn = (record) =>
  Object.values(record).reduce((sum, value) => sum + (typeof value === "string" ? value.length : 0), 0);
