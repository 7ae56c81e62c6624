// @ts-check
// Files out by download and print, files in by picker, drop and paste.

import { copiedFiles, copiedTables } from "./clipboard.js";
import { droppedFiles, isForDesk, serveDesk, takeIn } from "./desk.js";
import { carriedIn, serveCopies } from "./single_file.js";

/** @typedef {import("./bridge.js").Bridge} Bridge */

/** The largest file that is read; a larger one is refused unread. */
export const fileLimit = 65 * 1024 * 1024;

/** @param {Bridge} bridge */
export function serveFiles(bridge) {
  const reader = new FileReaderQueue(bridge);
  bridge.on("download", (header, body) => download(header["name"], header["mime"], body));
  bridge.on("copy", (header) => copy(header["text"]));
  bridge.on("copy_link", ({ route, text }) => copy(text.replace("{link}", `${location.href.split("#")[0]}#${encodeURI(route)}`)));
  bridge.on("pick", () => pick(reader));
  bridge.on("print", (header, body) => print(header["title"], new TextDecoder().decode(body)));
  bridge.on("share", (header, body) => void share(header, body));
  bridge.on("write_mail", (header) => writeMail(header["to"], header["subject"], header["body"]));
  bridge.on("office", (header, body) => void writeForOffice(bridge, header, body));
  bridge.on("stop_opening", () => void import("./office.js").then((office) => office.stopOpening()));
  listenForDrops(reader);
  serveCopies(bridge, download);
  serveDesk(bridge, download, printPage, (text) => void copy(text), (files) => reader.add(files));
}

/**
 * Excel, Word and e-mail have a program of their own, which is fetched now if it is not here.
 * @param {Bridge} bridge
 * @param {import("./bridge.js").Header} header
 * @param {Uint8Array} body
 */
async function writeForOffice(bridge, header, body) {
  const { format, name } = header;
  try {
    const { writeOffice } = await import("./office.js");
    const answer = await writeOffice(header, body, (percent) => bridge.send("opening_went", { percent }));
    if (!answer) return;
    const { done, bytes, kind } = answer;
    if (format === "sheets" || format === "form" || format?.startsWith("author") || (done && (format === "open" || format === "unpack"))) {
      bridge.send("office_written", { format, done, name: answer.name || name }, bytes);
      return;
    }
    const isFile = done && format !== "match";
    if (isFile) download(name, kind, bytes);
    bridge.send("office_written", { format, done, locked: Boolean(header["password"]) }, isFile ? undefined : bytes);
  } catch {
    bridge.send("office_written", { format, done: false, name });
  }
}

/**
 * @param {string} name
 * @param {string} mime
 * @param {Uint8Array | string} content
 */
function download(name, mime, content) {
  const address = URL.createObjectURL(new Blob([/** @type {BlobPart} */ (content)], { type: mime }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Whether the browser hands web pages to other programs. */
export function canShare() {
  try {
    return navigator.canShare?.({ files: [new File(["x"], "x.html", { type: "text/html" })] }) ?? false;
  } catch {
    return false;
  }
}

/**
 * @param {import("./bridge.js").Header} header
 * @param {Uint8Array} body
 */
async function share(header, body) {
  const file = new File([/** @type {BlobPart} */ (body)], header["name"], { type: header["mime"] });
  try {
    await navigator.share({ files: [file], title: header["title"] });
  } catch (reason) {
    // Who closes the list of programs wants nothing; else the file is at least there.
    if (!(reason instanceof DOMException && reason.name === "AbortError")) download(header["name"], header["mime"], body);
  }
}

/**
 * A message in the mail program, without attachments.
 * @param {string} to addresses with commas between them
 * @param {string} subject
 * @param {string} body
 */
function writeMail(to, subject, body) {
  const addresses = to.split(", ").map(encodeURIComponent).join(",");
  const text = encodeURIComponent(body.replaceAll("\n", "\r\n"));
  const link = document.createElement("a");
  link.href = `mailto:${addresses}?subject=${encodeURIComponent(subject)}&body=${text}`;
  link.click();
}

/**
 * Pages that did not come by HTTPS have no clipboard of their own; there a hidden text is copied.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "probe";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}

/** Hands files to C++ one after the other, in the order they came. */
class FileReaderQueue {
  #bridge;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /** @param {Bridge} bridge */
  constructor(bridge) {
    this.#bridge = bridge;
  }

  /** @param {Iterable<File>} files */
  add(files) {
    const all = [...files];
    if (all.length > 1) this.#last = this.#last.then(() => this.#bridge.send("files", { count: all.length }));
    for (const file of all) this.#last = this.#last.then(() => this.#read(file));
  }

  /** @param {File} file */
  async #read(file) {
    if (file.size > fileLimit) {
      this.#bridge.send("file", { name: file.name, too_large: true });
      return;
    }
    try {
      const content = new Uint8Array(await file.arrayBuffer());
      this.#bridge.send("file", { name: file.name }, await readable(content));
    } catch (error) {
      // A folder, a file that is gone, a page without data: C++ says that it cannot be used. What unpacks to more than
      // can be read is too large, however small it was.
      this.#bridge.send("file", { name: file.name, too_large: error instanceof RangeError });
    }
  }
}

/**
 * A file as it is; of a copy of the page the data it carries.
 * @param {Uint8Array} content
 */
async function readable(content) {
  const start = new TextDecoder().decode(content.subarray(0, 1024));
  if (!/^\s*<(!doctype\s+html|html)[\s>]/i.test(start)) return content;
  const text = new TextDecoder().decode(content);
  return /\sid="?carried"?[\s>]/.test(text) ? new TextEncoder().encode(await carriedIn(text)) : content;
}

/** @param {FileReaderQueue} reader */
function pick(reader) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.addEventListener("change", () => reader.add(input.files ?? []));
  input.click();
}

/** @param {FileReaderQueue} reader */
function listenForDrops(reader) {
  const carriesFiles = (/** @type {DataTransfer | null} */ data) => data?.types.includes("Files") ?? false;
  window.addEventListener("dragover", (event) => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  });
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (event.dataTransfer && isForDesk(dropped)) void droppedFiles(event.dataTransfer).then(takeIn);
    else reader.add(dropped);
  });
  window.addEventListener("paste", (event) => {
    const files = event.clipboardData ? copiedFiles(event.clipboardData) : [];
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (files.length === 0 && event.clipboardData && !isTyping && !event.defaultPrevented) {
      const tables = copiedTables(event.clipboardData);
      if (tables !== null) reader.add([new File([tables], "")]);
      return;
    }
    if (files.length === 0) return;
    event.preventDefault();
    if (isForDesk(files)) takeIn(files);
    else reader.add(files);
  });
}

/** A whole page of HTML, of which the body is printed. @param {string} title @param {string} html */
function printPage(title, html) {
  print(title, new DOMParser().parseFromString(html, "text/html").body.innerHTML);
}

// --- Print ------------------------------------------------------------------------------------------------------

let titleBefore = "";

/**
 * @param {string} title of the file that a printer to PDF suggests
 * @param {string} body HTML
 */
function print(title, body) {
  const root = /** @type {HTMLElement} */ (document.getElementById("print-root"));
  const parsed = new DOMParser().parseFromString(body, "text/html");
  root.replaceChildren(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  writeMargins(root.querySelector(".paper"));
  if (!titleBefore) titleBefore = document.title;
  document.title = title;
  window.addEventListener("afterprint", endPrint, { once: true });
  window.print();
}

/**
 * Words and QR code of the page's margins: @page reads them from the root element (print.css). What an earlier paper
 * had in them goes.
 * @param {Element | null} paper
 */
function writeMargins(paper) {
  for (const name of ["print-code", "print-page-before", "print-page-between", "print-page-after", "print-qr"]) {
    const value = paper?.getAttribute(`data-${name}`);
    const text = JSON.stringify(value ?? "");
    document.documentElement.style.setProperty(`--${name}`, name === "print-qr" && value ? `url(${text})` : text);
  }
}

/** The sheets stay until the user is back, as a printer without a dialog still reads them after `afterprint`. */
function endPrint() {
  document.title = titleBefore || document.title;
  titleBefore = "";
  const clear = () => document.getElementById("print-root")?.replaceChildren();
  window.addEventListener("focusin", clear, { once: true });
  window.addEventListener("pointerdown", clear, { once: true });
}
