// @ts-check
// Excel, Word, drafts of e-mails and files under a password: the page's second program writes them and opens what is
// locked (src/main_office.cpp). It comes with this module when somebody first wants one, and is kept from then on (service_worker.js).

import createOffice from "./duibiao_office.js";

/** @typedef {import("./bridge.js").Header} Header */
/** @typedef {{done: boolean, bytes: Uint8Array, name: string}} Answer what was written, or what is wrong in words */

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** @type {Record<string, string>} */
const kinds = {
  docx: word,
  given: word,
  letter: word,
  xlsx: sheet,
  template: sheet,
  eml: "message/rfc822",
};


/** How the program talks to this module. */
const host = {
  heap: () => new Uint8Array(0),
  /** @type {(done: boolean, bytes: Uint8Array, name: Uint8Array) => void} */
  answer: () => {},
};
/** @type {Promise<import("./duibiao_office.js").Office> | undefined} */
let program;

/** Making the key of a password takes about a second: what the page says of that comes to sight before. */
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));

/** The page draws and listens; a timer would wait longer, and a hidden page's for a second. */
const breath = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
const breathMs = 40;

/** One job after the other: they share the program's buffer. @type {Promise<unknown>} */
let before = Promise.resolve();
let stops = 0;

/** Gives up the locked file that is being opened. */
export function stopOpening() {
  stops += 1;
}

/**
 * Writes a file, or opens a locked one.
 * @param {Header} header says the format, and how long the form's definition is in the body
 * @param {Uint8Array} body the definition, then the report, then a Word form that is to be filled
 * @param {(percent: number) => void} progress is told how far opening a locked file is
 * @returns {Promise<Answer & {kind: string} | null>} null: it was stopped
 */
export function writeOffice(header, body, progress) {
  const already = stops;
  const written = before.then(() => write(header, body, progress, () => stops > already));
  before = written.catch(() => {});
  return written;
}

/**
 * @param {Header} header
 * @param {Uint8Array} body
 * @param {(percent: number) => void} progress
 * @param {() => boolean} isStopped
 * @returns {Promise<Answer & {kind: string} | null>}
 */
async function write(header, body, progress, isStopped) {
  program ??= createOffice({ office: host, print: () => {}, printErr: () => {} });
  const office = await program.catch((reason) => {
    program = undefined; // the next attempt fetches it again
    throw reason;
  });
  if (header["password"]) await painted();
  const job = new TextEncoder().encode(JSON.stringify(header));
  const address = office._duibiao_office_buffer(job.length + body.length) >>> 0;
  const heap = host.heap();
  heap.set(job, address);
  heap.set(body, address + job.length);
  const form = header["form"];
  if (header["format"] === "open") {
    await makeKey(() => office._duibiao_office_make_key(job.length, form), progress, isStopped);
    if (isStopped()) {
      office._duibiao_office_forget();
      return null;
    }
  }
  /** @type {Answer} */
  let answer = { done: false, bytes: new Uint8Array(0), name: "" };
  host.answer = (done, bytes, name) => (answer = { done, bytes, name: new TextDecoder().decode(name) });
  office._duibiao_office_write(job.length, form);
  return { ...answer, kind: (header["password"] ? undefined : kinds[header["format"]]) ?? "application/octet-stream" };
}

/**
 * Makes the key of the locked file in the buffer. A file may ask for so many rounds that it takes a while.
 * @param {() => number} step does a part of it, and says how much is done in hundredths
 * @param {(percent: number) => void} progress
 * @param {() => boolean} isStopped
 */
async function makeKey(step, progress, isStopped) {
  let since = performance.now();
  for (let percent = 0; percent < 100 && !isStopped(); ) {
    percent = step();
    if (performance.now() - since < breathMs) continue;
    progress(percent);
    await breath();
    since = performance.now();
  }
}
