// @ts-check
// The page as one file, duibiao.html: the program stands in it, and in a copy that somebody has saved their data, too.
// Both are gzip, in elements that are no scripts for the browser: the program in base 85, data in base 64.

/** @typedef {import("./bridge.js").Bridge} Bridge */

export const isSingleFile = document.getElementById("program") !== null;
/** The file as it was opened, before the program changed anything. */
const opened = isSingleFile ? document.documentElement.outerHTML : "";

/** More than a backup can have; what unpacks to more is no copy of ours. */
const mostBytes = 65 * 1024 * 1024;

/** The program as a server would send it. */
export function packedProgram() {
  const headers = { "content-type": "application/wasm" };
  return new Response(unzip(fromBase85(document.getElementById("program")?.textContent?.trim() ?? "")), { headers });
}

/**
 * The data in a copy, as text.
 * @param {string} file
 * @returns {Promise<string>}
 */
export async function carriedIn(file) {
  const carried = new DOMParser().parseFromString(file, "text/html").getElementById("carried");
  const text = new TextDecoder();
  let content = "";
  let size = 0;
  const reader = unzip(fromBase64(carried?.textContent?.trim() ?? "")).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > mostBytes) throw new RangeError("more than any copy has");
    content += text.decode(part.value, { stream: true });
  }
  return content + text.decode();
}

/**
 * @param {Bridge} bridge
 * @param {(name: string, mime: string, content: string) => void} download
 */
export function serveCopies(bridge, download) {
  bridge.on("save_copy", async ({ name, id }, data) => {
    try {
      download(name, "text/html", await makeCopy(opened || (await fetchFile()), id, data));
      bridge.send("copy_saved", { done: true });
    } catch {
      bridge.send("copy_saved", { done: false });
    }
  });
  bridge.on("take_carried", async () => {
    const id = document.getElementById("carried")?.dataset["copy"];
    // A damaged one is sent empty: C++ says that it cannot be read.
    if (id) bridge.send("carried", { id }, new TextEncoder().encode(await carriedIn(opened).catch(() => "")));
  });
}

/** On a server the file lies beside the page. */
async function fetchFile() {
  const answer = await fetch(new URL("./duibiao.html", import.meta.url));
  if (!answer.ok) throw new Error("there is no duibiao.html");
  return answer.text();
}

/**
 * @param {string} source the file, as it is or with other data
 * @param {string} id of the copy, by which a browser knows that it has taken its data
 * @param {Uint8Array} data
 */
async function makeCopy(source, id, data) {
  const file = new DOMParser().parseFromString(source, "text/html");
  const carried = file.getElementById("carried");
  if (!carried) throw new Error("this is another file");
  // Extensions put elements of their own between ours.
  for (const one of [...file.head.children, ...file.body.children]) if (!one.hasAttribute("data-own")) one.remove();
  carried.dataset["copy"] = id;
  carried.textContent = await pack(data);
  return `<!doctype html>\n${file.documentElement.outerHTML}\n`;
}

/** @param {Uint8Array} bytes @returns {Promise<string>} */
async function pack(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  const reader = new FileReader();
  const read = new Promise((done) => reader.addEventListener("load", done));
  reader.readAsDataURL(await new Response(stream).blob());
  await read;
  return String(reader.result).replace(/^[^,]*,/, "");
}

/** @param {Uint8Array} bytes */
function unzip(bytes) {
  return new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
}

/** @param {string} letters */
function fromBase64(letters) {
  const packed = atob(letters);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; ++at) bytes[at] = packed.charCodeAt(at);
  return bytes;
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_[{|}~";

/**
 * Five letters for four bytes, the highest first; a last group of n bytes has one more letter than bytes.
 * @param {string} letters
 */
function fromBase85(letters) {
  const values = new Uint8Array(128);
  for (let value = 0; value < digits.length; ++value) values[digits.charCodeAt(value)] = value;
  const bytes = new Uint8Array(Math.floor(letters.length / 5) * 4 + Math.max(0, (letters.length % 5) - 1));
  for (let at = 0, out = 0; at < letters.length; at += 5) {
    let group = 0;
    for (let i = at; i < at + 5; ++i) group = group * 85 + (i < letters.length ? values[letters.charCodeAt(i)] ?? 0 : 84);
    for (let shift = 24; shift >= 0 && out < bytes.length; shift -= 8) bytes[out++] = Math.floor(group / 2 ** shift) & 255;
  }
  return bytes;
}
