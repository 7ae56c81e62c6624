// A browser that is killed in the middle of its work, and what a disk keeps of its profile when the power goes.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, readdir, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import * as h from "../harness.mjs";

const run = promisify(execFile);
/** How a record of the log begins (checksum, 500 bytes, whole), and 20 bytes of it. */
const tornRecord = Buffer.from([1, 2, 3, 4, 0xf4, 0x01, 1, ...new Array(20).fill(5)]);

export const newProfile = () => mkdtemp(path.join(tmpdir(), "duibiao-"));
export const dropProfile = (profile) => rm(profile, { recursive: true, force: true, maxRetries: 5 });

/** A browser in a process group of its own, so that all of it can be killed or held at once. */
export class Doomed {
  async start(profile) {
    const port = path.join(profile, "DevToolsActivePort");
    for (const stale of [port, path.join(profile, "SingletonLock")]) await rm(stale, { force: true });
    const args = [
      ...h.browserArguments, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`,
      "--window-size=1280,900", "about:blank",
    ];
    this.profile = profile;
    this.process = spawn(h.browserPath, args, { detached: true, stdio: "ignore" });
    const number = await h.eventually(async () => {
      assert.ok(existsSync(port));
      const [first, rest] = (await readFile(port, "utf8")).split("\n");
      assert.ok(rest);
      return first;
    }, 30_000);
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${number}`);
    const [context] = this.browser.contexts();
    context.setDefaultTimeout(30_000);
    const [page] = context.pages();
    this.page = page ?? (await context.newPage());
    h.watch(this.page);
  }

  /** kill -9 of the whole browser. */
  async kill() {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode) return;
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    process.kill(-this.process.pid, "SIGKILL");
    await gone;
    await this.browser?.close().catch(() => {});
  }

  /**
   * The power goes: a copy of the profile as it is at one moment, with the ends of the database's log and of its second
   * copy torn anywhere behind `kept`, as a disk leaves what it was never told to write. The browser is held meanwhile.
   * @param {Growing[]} kept what was written when something was last acknowledged
   * @param {() => number} random
   */
  async losePower(kept, random) {
    process.kill(-this.process.pid, "SIGSTOP");
    const copy = await newProfile();
    await run("cp", ["-a", `${this.profile}/.`, copy]);
    await this.kill();
    for (const file of await growing(copy)) {
      const before = kept.find(({ name }) => name === file.name)?.size ?? file.size;
      const size = before + Math.floor(random() * (file.size - before + 1));
      if (size < file.size) await truncate(path.join(copy, file.place), size);
      else await appendFile(path.join(copy, file.place), tornRecord);
    }
    return copy;
  }

  /** The files that are being written, as they are now. */
  growing() {
    return growing(this.profile);
  }
}

/** A file to which is only added: its name, size and place in the profile.
 * @typedef {{name: string, size: number, place: string}} Growing */

/** @param {string} profile @returns {Promise<Growing[]>} */
async function growing(profile) {
  const found = await Promise.all([newestLog(profile), newestJournal(profile)]);
  return found.filter(({ name }) => name);
}

/** The second copy that is in use; a new one has another name. @param {string} profile */
async function newestJournal(profile) {
  const folder = path.join("Default", "File System", "000", "t", "00");
  const names = await readdir(path.join(profile, folder)).catch(() => []);
  let newest = { name: "", size: 0, place: "", generation: 0 };
  for (const file of names) {
    const place = path.join(folder, file);
    const content = await readFile(path.join(profile, place)).catch(() => Buffer.alloc(0));
    if (content.toString("latin1", 0, 8) !== "DUIBJRN1") continue;
    const generation = content.readUInt32LE(8);
    if (generation > newest.generation) newest = { name: `${file} ${generation}`, size: content.length, place, generation };
  }
  return newest;
}

/** The database's log that is being written: its name, size and place in the profile. */
async function newestLog(profile) {
  const nothing = { name: "", size: 0, place: "" };
  const databases = path.join("Default", "IndexedDB");
  const folders = await readdir(path.join(profile, databases)).catch(() => []);
  const folder = folders.find((name) => name.startsWith("http_127.0.0.1_") && name.endsWith(".leveldb"));
  if (!folder) return nothing;
  const names = await readdir(path.join(profile, databases, folder));
  const name = names.filter((file) => file.endsWith(".log")).sort().at(-1);
  if (!name) return nothing;
  const place = path.join(databases, folder, name);
  const found = await stat(path.join(profile, place)).catch(() => null);
  return found ? { name, size: found.size, place } : nothing;
}
