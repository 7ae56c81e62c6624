// @ts-check
// Copies of everything into a folder of the user's: one file a day, the newest ten, no other file touched. The folder
// is remembered; after a restart of the browser the user has to allow it again.

import { BodyReader } from "./bridge.js";

/** @typedef {import("./bridge.js").Bridge} Bridge */
/** @typedef {import("./bridge.js").Header} Header */
/** @typedef {import("./storage_database.js").IndexedDatabase} IndexedDatabase */
/** What TypeScript's own library does not know of it yet.
 * @typedef {FileSystemDirectoryHandle & {queryPermission(mode: object): Promise<PermissionState>,
 *   requestPermission(mode: object): Promise<PermissionState>}} Handle */
/** The folder as it is stored among the settings; `value` is what C++ reads there.
 * @typedef {{key: string, value: string, handle: Handle, written: string[], last: string}} Remembered */

/** Copies that are kept. */
const keptDays = 10;
const key = "folder";
const access = { mode: "readwrite" };

class Folder {
  #database;
  #send;
  /** @type {Remembered | null} */
  #folder = null;

  /**
   * @param {IndexedDatabase} database
   * @param {(type: string, header: Header) => void} send
   */
  constructor(database, send) {
    this.#database = database;
    this.#send = send;
  }

  /** Says whether a folder was picked at an earlier visit. */
  async find() {
    if (!("showDirectoryPicker" in globalThis)) return;
    try {
      await this.#read();
      if (!this.#folder) return this.#tell("none");
      this.#tell((await this.#folder.handle.queryPermission(access)) === "granted" ? "ready" : "waiting");
    } catch {
      this.#tell("none"); // storage is refused: then there is nothing to copy
    }
  }

  async choose() {
    try {
      const handle = await /** @type {any} */ (globalThis).showDirectoryPicker({ id: "duibiao", ...access });
      await this.#remember({ key, value: "", handle, written: [], last: "" });
      this.#tell("ready");
    } catch {
      // The user thought better of it.
    }
  }

  async allow() {
    const answer = await this.#folder?.handle.requestPermission(access).catch(() => "denied");
    this.#tell(answer === "granted" ? "ready" : "waiting");
  }

  async forget() {
    this.#folder = null;
    await this.#database.transact(["settings"], "readwrite", (store) => store.remove("settings", key)).catch(() => {});
  }

  /**
   * @param {string} day
   * @param {string} at
   * @param {string} backup
   */
  async write(day, at, backup) {
    try {
      await oneAtATime(() => this.#write(day, at, backup));
      this.#send("folder_written", { done: true, at });
    } catch {
      this.#send("folder_written", { done: false });
    }
  }

  /**
   * @param {string} day
   * @param {string} at
   * @param {string} backup
   */
  async #write(day, at, backup) {
    await this.#read(); // another tab may have written meanwhile
    if (!this.#folder) throw new Error("no folder");
    const { handle, written } = this.#folder;
    const name = await freeName(handle, day, written);
    const file = await handle.getFileHandle(name, { create: true });
    const stream = await file.createWritable();
    try {
      await stream.write(backup);
      await stream.close(); // only now the file is what was written
    } catch (error) {
      await stream.abort().catch(() => {});
      throw error;
    }
    const all = [...written.filter((known) => known !== name), name].sort();
    const old = all.splice(0, Math.max(0, all.length - keptDays));
    for (const gone of old) await handle.removeEntry(gone).catch(() => {}); // somebody was quicker
    await this.#remember({ ...this.#folder, written: all, last: at });
  }

  async #read() {
    const stored = await this.#database.transact(["settings"], "readonly", (store) => store.get("settings", key));
    this.#folder = /** @type {Remembered | null} */ (stored ?? null);
  }

  /** @param {Remembered} folder */
  async #remember(folder) {
    await this.#database.transact(["settings"], "readwrite", (store) => store.put("settings", folder));
    this.#folder = folder;
  }

  /** @param {"none" | "waiting" | "ready"} how */
  #tell(how) {
    this.#send("folder", { how, name: this.#folder?.handle.name ?? "", last: this.#folder?.last ?? "" });
  }
}

/**
 * The day's file, unless one of that name is there which is not ours.
 * @param {Handle} handle
 * @param {string} day
 * @param {string[]} written
 */
async function freeName(handle, day, written) {
  for (let number = 1; ; ++number) {
    const name = `duibiao-auto-${day}${number > 1 ? `-${number}` : ""}.json`;
    if (written.includes(name)) return name;
    const isThere = await handle.getFileHandle(name).then(
      () => true,
      (/** @type {DOMException} */ error) => {
        if (error.name === "NotFoundError") return false;
        if (error.name === "TypeMismatchError") return true; // a folder
        throw error;
      },
    );
    if (!isThere) return name;
  }
}

/**
 * Tabs write one after the other.
 * @param {() => Promise<void>} work
 */
function oneAtATime(work) {
  return navigator.locks ? navigator.locks.request("duibiao:folder", work) : work();
}

/**
 * @param {Bridge} bridge
 * @param {IndexedDatabase} database
 * @returns {() => Promise<void>} looks for the folder of earlier visits
 */
export function serveFolder(bridge, database) {
  const folder = new Folder(database, (type, header) => bridge.send(type, header));
  bridge.on("folder", (header, body) => {
    const { op, day, at } = header;
    if (op === "choose") void folder.choose();
    if (op === "allow") void folder.allow();
    if (op === "forget") void folder.forget();
    if (op === "write") void folder.write(day, at, new BodyReader(body).text(header["backup"]));
  });
  return () => folder.find();
}
