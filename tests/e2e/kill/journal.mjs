// What one document has been, moment by moment, and up to which of them the page said that it is saved. Kept outside
// the browser, so that it survives it.
import { isDeepStrictEqual } from "node:util";

/** @typedef {{state: object, undo: {state: object, next: any} | null, by: string}} Moment a state, what undo goes back to,
 * and what brought it about */

export class Journal {
  /** @type {Moment[]} */
  #moments;
  #acknowledged = 0;
  /** The state when the visit to a field began. @type {Moment} */
  #base;
  /** Edits of the log as it was read last. */
  log = [];

  constructor(state) {
    this.#moments = [{ state, undo: null, by: "creation" }];
    this.#base = this.now;
  }

  get now() {
    return /** @type {Moment} */ (this.#moments.at(-1));
  }

  /** The present moment's number, for acknowledge(). */
  get at() {
    return this.#moments.length - 1;
  }

  /** Steps from here on are one visit, which undo takes back as a whole. */
  begin() {
    this.#base = this.now;
  }

  /** What the next keystroke makes of the document; noted before it is struck. */
  step(state, by) {
    const { state: before, undo } = this.#base;
    this.#moments.push({ state, undo: isDeepStrictEqual(state, before) ? undo : { state: before, next: undo }, by });
  }

  get canUndo() {
    return this.now.undo !== null;
  }

  undo() {
    const { state, next } = this.now.undo;
    this.#moments.push({ state, undo: next, by: "undo" });
    this.#base = this.now;
  }

  acknowledge(at) {
    this.#acknowledged = Math.max(this.#acknowledged, at);
  }

  /**
   * What came back: a moment from the last acknowledged one on. Goes on from there; returns what is wrong, or "".
   * @param {object} state
   * @param {object[]} log
   */
  resume(state, log) {
    const fits = this.#moments.findIndex((moment, at) => at >= this.#acknowledged && isDeepStrictEqual(moment.state, state));
    const lost = this.#moments.findLastIndex((moment) => isDeepStrictEqual(moment.state, state));
    const same = isDeepStrictEqual(log.slice(0, this.log.length), this.log);
    const wrong = fits < 0 ? this.#describe(state, lost) : same ? "" : "the log's older part has changed";
    this.#moments = [fits < 0 ? { state, undo: null, by: "a fault" } : /** @type {Moment} */ (this.#moments[fits])];
    this.#acknowledged = 0;
    this.#base = this.now;
    this.log = log;
    return wrong;
  }

  #describe(state, lost) {
    const known = `acknowledged ${this.#acknowledged} of ${this.at}`;
    const missing = this.#moments.slice(lost + 1).map(({ by }) => by);
    if (lost >= 0) return `${known}, came back as it was at ${lost}, before ${missing.join(", ")}`;
    const wanted = this.#moments.slice(this.#acknowledged).map((moment) => JSON.stringify(moment.state));
    return `${known}, came back as none of them:\n  ${JSON.stringify(state)}\nwanted one of\n  ${wanted.slice(0, 3).join("\n  ")}`;
  }
}
