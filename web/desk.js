// @ts-check
// The page's end of the superior's desk (desk_worker.js): orders from C++ go to the worker, its answers to C++; files
// that are dropped or chosen while a desk is open go to the worker unread.

/** @typedef {import("./bridge.js").Bridge} Bridge */
/** @typedef {import("./bridge.js").Header} Header */

/** Tables are lists of units; they go the way of all files. */
const tables = /\.(xlsx?|csv|docx?)$/i;
/** @type {Record<string, string>} */
const kinds = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
  eml: "message/rfc822",
  zip: "application/zip",
};

/** @type {Worker | null} */
let worker = null;
let isOpen = false;

/** Whether files are the desk's: reports and whatever may have some in it. @param {File[]} files */
export function isForDesk(files) {
  return isOpen && files.some((file) => !tables.test(file.name));
}

/** @param {File[]} files */
export function takeIn(files) {
  worker?.postMessage({ type: "desk_take", header: {}, parts: [], files });
}

/**
 * The files of a drop, those in folders too. Entries have to be asked for before the drop is over.
 * @param {DataTransfer} data
 * @returns {Promise<File[]>}
 */
export async function droppedFiles(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
  if (entries.length === 0) return [...data.files];
  const found = await Promise.all(entries.map(filesIn));
  return found.flat();
}

/** @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function filesIn(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const file = await new Promise((done) => /** @type {FileSystemFileEntry} */ (entry).file(done, () => done(null)));
    return file ? [file] : [];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {File[]} */
  const files = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (some.length === 0) return files;
    files.push(...(await Promise.all(some.map(filesIn))).flat());
  }
}

/** @param {boolean} folder @param {(files: File[]) => void} others takes what is not the desk's */
function pick(folder, others) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.webkitdirectory = folder;
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])].filter((file) => !file.name.startsWith("."));
    if (isForDesk(files)) takeIn(files);
    else others(files);
  });
  input.click();
}

/**
 * @param {Bridge} bridge
 * @param {(name: string, mime: string, content: Uint8Array) => void} download
 * @param {(title: string, body: string) => void} print
 * @param {(text: string) => void} copy
 * @param {(files: File[]) => void} others
 */
export function serveDesk(bridge, download, print, copy, others) {
  const failed = () => bridge.send("desk_failed", { reason: "program" });
  const begin = () => {
    worker = new Worker(new URL("./desk_worker.js", import.meta.url), { type: "module" });
    worker.onerror = failed;
    worker.onmessage = ({ data }) => {
      const { type, header, body, own } = data;
      if (type === "desk_own") {
        // The office's own documents: as if they had been dropped without a desk.
        others(own.map((/** @type {{file: string, text: Uint8Array<ArrayBuffer>}} */ { file, text }) => new File([text], file)));
        return;
      }
      if (type === "desk_written" && header.done) {
        if (header.format === "html") print(header.name, new TextDecoder().decode(body));
        else if (header.format === "txt") copy(new TextDecoder().decode(body));
        else download(header.name, kinds[header.format] ?? "application/octet-stream", body);
      }
      bridge.send(type, header, type === "desk_written" && header.done ? undefined : body);
    };
    return worker;
  };
  bridge.on("desk_pick", ({ folder }) => pick(Boolean(folder), others));
  bridge.on("desk_close", () => (isOpen = false));
  for (const type of ["desk_open", "desk_campaign", "desk_stop", "desk_password", "desk_fetch", "desk_revise", "desk_weak", "desk_write"]) {
    bridge.on(type, (header, body) => {
      if (type === "desk_open") isOpen = true;
      try {
        (worker ?? begin()).postMessage({ type, header, parts: partsOf(header, body) });
      } catch {
        failed();
      }
    });
  }
}

/** A body as the header counts its parts off. @param {Header} header @param {Uint8Array} body @returns {Uint8Array[]} */
function partsOf(header, body) {
  /** @type {number[]} */
  const sizes = header["parts"] ?? [body.length];
  let at = 0;
  return sizes.map((size) => body.slice(at, (at += size)));
}
