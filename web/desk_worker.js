// @ts-check
// The superior's desk beside the page: the second program (src/main_desk.cpp) reads what arrived, adds it up and writes
// it; here it gets its files, and what becomes of each is kept in a database of its own. The reports themselves are kept
// for the first hundreds of a campaign, so that they can be opened from it; of the others their digests.

import createOffice from "./duibiao_office.js";

/** @typedef {Uint8Array<ArrayBufferLike>} Bytes */
/** @typedef {{key: string, file: string, line: Bytes, text: Bytes, usable: boolean}} Piece */
/** @typedef {import("./desk_order.js").Order} Order */

const worker = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const databaseName = "duibiao-desk";
/** Reports of a campaign that are kept whole. */
const mostWhole = 500;
/** A larger file is refused unread: an archive of a whole province, say; its folder can be taken in. */
const mostBytes = 1024 * 1024 * 1024;
/** So many pieces are written at once. */
const portion = 200;
const progressMilliseconds = 100;

const nothing = new Uint8Array(0);
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** How the program talks to this module. */
const host = {
  heap: () => new Uint8Array(0),
  /** @type {(key: Uint8Array, file: Uint8Array, line: Uint8Array, text: Uint8Array, usable: boolean, own: boolean) => void} */
  piece: () => {},
  /** @type {(done: boolean, bytes: Uint8Array<ArrayBuffer>) => void} */
  answer: () => {},
};
/** @type {import("./duibiao_office.js").Office} */
let program;
/** @type {IDBDatabase} */
let database;
let campaign = "";
let english = 0;
let password = "";
/** Keys of the reports that are kept whole. @type {Set<string>} */
let whole = new Set();
/** Keys of all pieces, and whether each can be used. @type {Map<string, boolean>} */
let known = new Map();
let stops = 0;
/** Documents of the office itself that came along: they go the way of all files. @type {{file: string, text: Bytes}[]} */
let own = [];

// --- Storage ------------------------------------------------------------------------------------------------------

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

/** @returns {Promise<IDBDatabase>} */
async function openDatabase() {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("lines", { keyPath: ["campaign", "key"] });
    request.result.createObjectStore("texts", { keyPath: ["campaign", "key"] });
  };
  const opened = await answered(request);
  opened.onversionchange = () => opened.close();
  return opened;
}

/** @param {string} of */
const allOf = (of) => IDBKeyRange.bound([of], [of, []]);

/** All of them, or none. @param {Piece[]} pieces */
function keep(pieces) {
  if (pieces.length === 0) return Promise.resolve();
  return /** @type {Promise<void>} */ (
    new Promise((done, failed) => {
      const transaction = database.transaction(["lines", "texts"], "readwrite", { durability: "strict" });
      for (const { key, file, line, text } of pieces) {
        // One without a line is gone: a locked file whose password is known now.
        if (line.length === 0) transaction.objectStore("lines").delete([campaign, key]);
        else transaction.objectStore("lines").put({ campaign, key, file, line });
        if (text.length > 0) transaction.objectStore("texts").put({ campaign, key, text });
      }
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    })
  );
}

/** What was kept for a campaign that is no longer here goes. @param {string[]} campaigns */
async function keepOnly(campaigns) {
  const transaction = database.transaction(["lines", "texts"], "readwrite");
  for (const name of ["lines", "texts"]) {
    const store = transaction.objectStore(name);
    // The first record of each campaign, then the first behind its last.
    let key = /** @type {string[] | undefined} */ (await answered(store.getKey(IDBKeyRange.lowerBound([""]))));
    while (key) {
      const of = String(key[0]);
      if (!campaigns.includes(of)) store.delete(allOf(of));
      key = /** @type {string[] | undefined} */ (await answered(store.getKey(IDBKeyRange.lowerBound([of, []], true))));
    }
  }
}

// --- The program --------------------------------------------------------------------------------------------------

/** Puts parts behind each other where the program reads them. @param {(string | Uint8Array)[]} parts @returns {number[]} */
function put(...parts) {
  const bytes = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  let at = program._duibiao_desk_buffer(bytes.reduce((sum, part) => sum + part.length, 0)) >>> 0;
  const heap = host.heap();
  for (const part of bytes) {
    heap.set(part, at);
    at += part.length;
  }
  return bytes.map((part) => part.length);
}

/** What the program answers to `call`. @param {() => void} call */
function ask(call) {
  let answer = { done: false, bytes: /** @type {Uint8Array<ArrayBuffer>} */ (nothing) };
  host.answer = (done, bytes) => (answer = { done, bytes });
  call();
  return answer;
}

/** The pieces that `call` gives; reports beyond the first are not kept whole. @param {() => void} call */
function piecesOf(call) {
  /** @type {Piece[]} */
  const pieces = [];
  host.piece = (keyBytes, file, line, text, usable, isOwn) => {
    if (isOwn) {
      own.push({ file: decoder.decode(file), text });
      return;
    }
    const key = decoder.decode(keyBytes);
    const isWhole = text.length > 0 && (whole.has(key) || whole.size < mostWhole);
    if (isWhole) whole.add(key);
    pieces.push({ key, file: decoder.decode(file), line, text: isWhole ? text : nothing, usable });
  };
  call();
  return pieces;
}

function show() {
  const { bytes } = ask(() => program._duibiao_desk_view(english));
  worker.postMessage({ type: "desk_view", header: { campaign }, body: bytes }, [bytes.buffer]);
}

// --- What is asked for --------------------------------------------------------------------------------------------

/** @param {Order} order */
async function open({ header, parts }) {
  program ??= await createOffice({ desk: host, office: host, print: () => {}, printErr: () => {} }).catch(() => {
    throw new DOMException("", "NetworkError");
  });
  database ??= await openDatabase();
  await keepOnly(header["campaigns"].split(","));
  campaign = header["campaign"];
  english = header["english"] ? 1 : 0;
  program._duibiao_desk_clear();
  const [report, ...forms] = parts;
  for (const form of forms) {
    put(form);
    program._duibiao_desk_form();
  }
  const stores = database.transaction(["lines", "texts"], "readonly");
  const [lines, texts] = await Promise.all([
    answered(stores.objectStore("lines").getAll(allOf(campaign))),
    answered(stores.objectStore("texts").getAllKeys(allOf(campaign))),
  ]);
  whole = new Set(texts.map((key) => String(/** @type {string[]} */ (key)[1])));
  known = new Map();
  for (const { key, line } of lines) {
    const [size] = put(key, line);
    program._duibiao_desk_add(Number(size));
    known.set(key, isDigest(line));
  }
  await setCampaign(report ?? new Uint8Array(0));
}

/** @param {Uint8Array} line */
const isDigest = (line) => decoder.decode(line.subarray(0, 10)) === '{"digest":';

/** @param {Uint8Array} report */
async function setCampaign(report) {
  put(report);
  ask(() => program._duibiao_desk_campaign(english));
  show();
}

/** What a take-in has come to so far. */
class Progress {
  done = 0;
  fresh = 0;
  before = 0;
  refused = 0;
  #told = 0;
  #begun = performance.now();

  /** @param {number} total @param {boolean} [last] */
  tell(total, last = false) {
    const now = performance.now();
    if (!last && now - this.#told < progressMilliseconds) return;
    this.#told = now;
    const { done, fresh, before, refused } = this;
    const left = done > 0 ? Math.round(((now - this.#begun) / done) * (total - done)) : 0;
    worker.postMessage({ type: "desk_went", header: { done, total, fresh, before, refused, left, last } });
  }

  /** @param {Piece[]} pieces */
  count(pieces) {
    for (const { key, line, usable } of pieces) {
      if (key.startsWith("form:") || line.length === 0) continue;
      if (known.get(key)) this.before += 1;
      else if (usable) this.fresh += 1;
      else this.refused += 1;
      known.set(key, usable || known.get(key) === true);
    }
  }
}

/** @param {File} file @returns {Promise<Piece[]>} */
async function read(file) {
  const name = file.webkitRelativePath || file.name;
  const isLarge = file.size > mostBytes;
  // One that is gone, or too large, is named as one that cannot be used: without bytes it is an empty file.
  const bytes = isLarge ? null : await file.arrayBuffer().catch(() => null);
  const [nameSize, secretSize] = put(name, password, bytes ? new Uint8Array(bytes) : new Uint8Array(0));
  return piecesOf(() => program._duibiao_desk_take(Number(nameSize), Number(secretSize)));
}

/** @param {Order} order */
async function take({ files }) {
  const already = stops;
  const progress = new Progress();
  /** @type {Piece[]} */
  let waiting = [];
  const total = files?.length ?? 0;
  progress.tell(total);
  for (const file of files ?? []) {
    if (stops > already) break;
    const pieces = await read(file);
    progress.count(pieces);
    progress.done += 1;
    waiting.push(...pieces);
    if (waiting.length >= portion) {
      await keep(waiting);
      waiting = [];
    }
    progress.tell(total);
  }
  await keep(waiting);
  progress.fresh += own.length;
  progress.tell(total, true);
  if (own.length > 0) worker.postMessage({ type: "desk_own", own });
  own = [];
  show();
}

/** @param {Order} order */
async function fetchText({ header }) {
  const key = header["key"];
  const record = await answered(database.transaction("texts").objectStore("texts").get([campaign, key]));
  const text = record?.text ?? new Uint8Array(0);
  worker.postMessage({ type: "desk_report", header: { key }, body: text });
}

/** @param {Order} order */
async function revise({ header, parts }) {
  const [keySize] = put(header["key"], parts[0] ?? "");
  const pieces = piecesOf(() => ask(() => program._duibiao_desk_revise(Number(keySize), english)));
  await keep(pieces);
  show();
}

/** @param {Order} order */
async function findWeak({ header }) {
  put(header["today"]);
  const { done, bytes } = ask(() => program._duibiao_desk_weak(english));
  worker.postMessage({ type: "desk_weak", header: { campaign, done }, body: bytes }, [bytes.buffer]);
}

/** @param {Order} order */
async function write({ header, parts }) {
  const [size] = put(JSON.stringify(header), parts[0] ?? nothing);
  const { done, bytes } = ask(() => program._duibiao_desk_write(Number(size), english));
  worker.postMessage({ type: "desk_written", header: { ...header, done }, body: bytes }, [bytes.buffer]);
}

/** @type {Record<string, (order: Order) => Promise<void>>} */
const orders = {
  desk_open: open,
  desk_campaign: (order) => setCampaign(order.parts[0] ?? new Uint8Array(0)),
  desk_take: take,
  desk_fetch: fetchText,
  desk_revise: revise,
  desk_weak: findWeak,
  desk_write: write,
};

/** What the user is told of. @type {Record<string, string>} */
const failures = { QuotaExceededError: "quota", NetworkError: "program" };

/** One order after the other. @type {Promise<void>} */
let last = Promise.resolve();

worker.onmessage = (/** @type {MessageEvent<Order>} */ { data }) => {
  if (data.type === "desk_stop") stops += 1;
  if (data.type === "desk_password") password = data.header["password"];
  const carryOut = orders[data.type];
  if (!carryOut) return;
  last = last.then(() => carryOut(data)).catch((reason) => {
    const name = reason instanceof DOMException ? reason.name : "";
    worker.postMessage({ type: "desk_failed", header: { reason: failures[name] ?? "unknown" } });
  });
};
