// @ts-check
// Excel, Word, drafts of e-mails and files under a password: the page's second program writes them and opens what is
// locked (src/main_office.cpp). It comes with this module when somebody first wants one, and is kept from then on (service_worker.js).

import createOffice from "./duibiao_office.js";

/** @typedef {import("./bridge.js").Header} Header */
/** @typedef {{done: boolean, bytes: Uint8Array, name: string}} Answer what was written, or what is wrong in words */

const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** @type {Record<string, string>} */
const kinds = {
  docx: word,
  given: word,
  letter: word,
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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

/**
 * Writes a file, or opens a locked one.
 * @param {Header} header says the format, and how long the form's definition is in the body
 * @param {Uint8Array} body the definition, then the report, then a Word form that is to be filled
 * @returns {Promise<Answer & {kind: string}>}
 */
export async function writeOffice(header, body) {
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
  /** @type {Answer} */
  let answer = { done: false, bytes: new Uint8Array(0), name: "" };
  host.answer = (done, bytes, name) => (answer = { done, bytes, name: new TextDecoder().decode(name) });
  office._duibiao_office_write(job.length, header["form"]);
  return { ...answer, kind: (header["password"] ? undefined : kinds[header["format"]]) ?? "application/octet-stream" };
}
