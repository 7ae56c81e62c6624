// @ts-check
// The program comes in parts (scripts/split_program.py): what runs until the page stands there, the rest, which every
// visit needs as soon as somebody does something, and what only a superior or the author of a form needs. The rest
// follows at once. Until it is here what the user does waits; it is a fraction of a second, at a first visit only.

import { isSingleFile, packedProgram } from "./single_file.js";

/** @typedef {import("./bridge.js").Bridge} Bridge */
/** @typedef {"rest" | "desk"} Part */

/** Messages that the first part takes, while nothing is stored here and home is shown. */
const early = new Set(["resize", "colours", "sharing", "route", "frame", "folder", "pointer"]);
/** Set for one visit, when the first part has met something that it lacks. */
const wholeKey = "duibiao:whole";

/**
 * Compiles while the rest of the page still loads.
 * @param {string} name
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(name) {
  if (isSingleFile) return WebAssembly.compileStreaming(packedProgram());
  const address = new URL(`./${name}.wasm`, import.meta.url);
  try {
    return await WebAssembly.compileStreaming(fetch(address));
  } catch {
    // A server that does not know the kind of file.
    return WebAssembly.compile(await (await fetch(address)).arrayBuffer());
  }
}

/** Whether this visit begins with the first part alone: not where all is at hand anyway, or more than home is wanted. */
function isFirstVisit() {
  try {
    if (sessionStorage.getItem(wholeKey)) return false;
  } catch {
    return false;
  }
  return !isSingleFile && !navigator.serviceWorker?.controller && /^#?\/?$/.test(location.hash);
}

export class Program {
  #first = compile("duibiao");
  /** Null where the program is whole, as in the single file. @type {Promise<WebAssembly.Module> | null} */
  #rest = null;
  #begins = isFirstVisit();
  #incomplete;
  /** @type {WebAssembly.Exports} */
  #exports = {};
  /** @type {Promise<boolean> | null} */
  #desk = null;

  /** @param {() => void} incomplete tells the user that a part did not arrive, and what to do */
  constructor(incomplete) {
    this.#incomplete = incomplete;
    // As soon as the first is here, so that it does not wait for the other's bytes.
    if (this.#begins) this.#rest = this.#first.then(() => compile("duibiao_rest"));
    else if (!isSingleFile) this.#rest = compile("duibiao_rest");
    this.#first.catch(incomplete);
    this.#rest?.catch(() => {});
  }

  /**
   * @param {WebAssembly.Imports} imports
   * @param {Bridge} bridge holds back what the first part does not take
   * @returns {Promise<[WebAssembly.Instance, WebAssembly.Module]>} ready to run
   */
  async instantiate(imports, bridge) {
    const module = await this.#first;
    const instance = await WebAssembly.instantiate(module, { ...imports, rest: this.#lacking(), desk: this.#lacking() });
    this.#exports = instance.exports;
    // A program that was not cut has no other part.
    if (!WebAssembly.Module.imports(module).some((one) => one.module === "rest")) this.#rest = null;
    if (!this.#begins) await this.#join();
    else bridge.hold((type, header) => early.has(type) || (type === "opened" && isEmpty(header)));
    return [instance, module];
  }

  /** The rest joins the first part, and what waited for it is done. Without it the notice has been shown. @param {Bridge} bridge */
  async complete(bridge) {
    if (this.#begins) await this.#join().then(() => bridge.release(), () => {});
  }

  /** Fails too when the rest is that of another version, as while a server is being updated. */
  async #join() {
    if (!this.#rest) return;
    await this.#rest.then((rest) => WebAssembly.instantiate(rest, { primary: this.#exports })).catch(this.#failed);
  }

  /** @param {unknown} reason @returns {never} */
  #failed = (reason) => {
    this.#incomplete();
    throw reason;
  };

  /** What is called of a part that is not here: the page begins once more, with all of it. */
  #lacking() {
    const lack = () => {
      void this.#startOver();
      throw new Error("a part of the program is not here yet");
    };
    return new Proxy({}, { get: () => lack });
  }

  async #startOver() {
    // With all of it here there is nothing to begin again for.
    if (!this.#begins) return this.#incomplete();
    await this.#rest?.catch(this.#failed);
    sessionStorage.setItem(wholeKey, "1");
    location.reload();
  }

  /** The part for superiors and authors; the worker keeps it from then on. @param {Bridge} bridge */
  serveDesk(bridge) {
    const bring = async () => {
      try {
        await WebAssembly.instantiate(await compile("duibiao_desk"), { primary: this.#exports });
        return true;
      } catch {
        return false;
      }
    };
    bridge.on("part", async () => {
      // The single file has no program for reading many files or tables, so it does without these screens, too.
      const isHere = !isSingleFile && (this.#rest === null || (await (this.#desk ??= bring())));
      if (!isHere) this.#desk = null;
      bridge.send("part", { here: isHere });
    });
  }
}

/** @param {import("./bridge.js").Header} opened what storage has */
const isEmpty = ({ cards, settings, instruments, aside, restored, lost }) =>
  [cards, settings, instruments].every((all) => all.length === 0) && !aside && !restored && !lost;
