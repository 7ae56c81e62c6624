// @ts-check
// The page as one file, duibiao.html: the program stands in it, and in a copy that somebody has saved their data, too.
// Both are gzip in base64, in elements that are no scripts for the browser.

/** @typedef {import("./bridge.js").Bridge} Bridge */

export const isSingleFile = document.getElementById("program") !== null;
/** The file as it was opened, before the program changed anything. */
const opened = isSingleFile ? document.documentElement.outerHTML : "";

/** More than a backup can have; what unpacks to more is no copy of ours. */
const mostBytes = 65 * 1024 * 1024;

/** The program as a server would send it. */
export function packedProgram() {
  const headers = { "content-type": "application/wasm" };
  return new Response(unpack(document.getElementById("program")?.textContent ?? ""), { headers });
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
  const reader = unpack(carried?.textContent ?? "").getReader();
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

/** @param {string} letters */
function unpack(letters) {
  const packed = atob(letters.trim());
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; ++at) bytes[at] = packed.charCodeAt(at);
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
}
