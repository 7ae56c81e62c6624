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
   * The power goes: a copy of the profile as it is at one moment, with the end of the database's log torn anywhere behind
   * `kept`, as a disk leaves what it was never told to write. The browser is held meanwhile.
   * @param {{name: string, size: number}} kept the log when something was last acknowledged
   * @param {() => number} random
   */
  async losePower(kept, random) {
    process.kill(-this.process.pid, "SIGSTOP");
    const copy = await newProfile();
    await run("cp", ["-a", `${this.profile}/.`, copy]);
    await this.kill();
    const log = await newestLog(copy);
    if (!log.name) return copy;
    const size = log.name === kept.name ? kept.size + Math.floor(random() * (log.size - kept.size + 1)) : log.size;
    if (size < log.size) await truncate(path.join(copy, log.place), size);
    else await appendFile(path.join(copy, log.place), tornRecord);
    return copy;
  }

  newestLog() {
    return newestLog(this.profile);
  }
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
