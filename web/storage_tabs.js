// @ts-check
// Tabs of the same browser: who may write a document, and telling the others what changed.

/** What one tab tells the others.
 * @typedef {{kind: "cards"} | {kind: "want", document: string}} Message */

/** @typedef {object} Tabs
 * @property {(document: string) => void} claim asks to be the document's writer; `onlock` answers, now and later
 * @property {(document: string) => void} release
 * @property {(document: string) => void} takeOver
 * @property {(document: string) => boolean} mayWrite false when it is known that another tab writes it
 * @property {() => Promise<Set<string>>} elsewhere the documents that other tabs write
 * @property {() => void} tellCards
 * @property {((document: string, writer: boolean) => void) | null} onlock
 * @property {(() => Promise<void>) | null} onyield everything must be written before another tab goes on
 * @property {(() => void) | null} oncards
 */

/** A tab that does not answer (asleep, stuck) loses the document after this time. */
const patienceMilliseconds = 1500;
/** A document's lock is named so, with its id. */
const lockPrefix = "duibiao:doc:";

/** One tab's claim on a document. */
class Claim {
  /** Ends the holding of the lock. @type {(() => void) | null} */
  letGo = null;
  /** Ends the waiting for it. */
  waiting = new AbortController();
  /** Undefined until the browser answers. @type {boolean | undefined} */
  writer = undefined;
  /** Given up on purpose, so that losing it is no news. */
  released = false;
}

/** @implements {Tabs} */
export class BrowserTabs {
  /** @type {((document: string, writer: boolean) => void) | null} */
  onlock = null;
  /** @type {(() => Promise<void>) | null} */
  onyield = null;
  /** @type {(() => void) | null} */
  oncards = null;
  /** @type {Map<string, Claim>} */
  #claims = new Map();
  #channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("duibiao") : null;
  #locks = globalThis.navigator?.locks ?? null;

  constructor() {
    if (this.#channel) this.#channel.onmessage = (event) => void this.#told(/** @type {Message} */ (event.data));
  }

  /** @param {string} document */
  claim(document) {
    const known = this.#claims.get(document);
    if (known) {
      if (known.writer !== undefined) this.onlock?.(document, known.writer);
      return;
    }
    const claim = new Claim();
    this.#claims.set(document, claim);
    void this.#request(document, claim);
  }

  /**
   * @param {string} document
   * @param {Claim} claim
   */
  async #request(document, claim) {
    if (!this.#locks) return this.#became(document, claim, true);
    const taken = await this.#hold(document, claim, { ifAvailable: true });
    if (taken || claim.released) return;
    this.#became(document, claim, false);
    // In line for when the other tab closes it.
    await this.#hold(document, claim, { signal: claim.waiting.signal });
  }

  /**
   * Holds the lock until it is let go.
   * @param {string} document
   * @param {Claim} claim
   * @param {LockOptions} options
   * @returns {Promise<boolean>} false when somebody else has it
   */
  async #hold(document, claim, options) {
    let held = false;
    try {
      await this.#locks?.request(lockPrefix + document, options, (lock) => {
        if (!lock || claim.released) return undefined;
        held = true;
        this.#became(document, claim, true);
        return new Promise((resolve) => (claim.letGo = () => resolve(undefined)));
      });
    } catch {
      // Waiting was given up, or another tab stole the lock.
    }
    if (held && !claim.released) this.#lost(document, claim);
    return held;
  }

  /**
   * Another tab took the document; this one is in line again.
   * @param {string} document
   * @param {Claim} claim
   */
  #lost(document, claim) {
    claim.letGo = null;
    this.#became(document, claim, false);
    claim.waiting = new AbortController();
    void this.#hold(document, claim, { signal: claim.waiting.signal });
  }

  /**
   * @param {string} document
   * @param {Claim} claim
   * @param {boolean} writer
   */
  #became(document, claim, writer) {
    claim.writer = writer;
    if (this.#claims.get(document) === claim) this.onlock?.(document, writer);
  }

  /** @param {string} document */
  mayWrite(document) {
    return this.#claims.get(document)?.writer !== false;
  }

  /** @param {string} document */
  release(document) {
    const claim = this.#claims.get(document);
    if (!claim) return;
    this.#claims.delete(document);
    claim.released = true;
    claim.waiting.abort();
    claim.letGo?.();
  }

  /** @param {string} document */
  takeOver(document) {
    const claim = this.#claims.get(document);
    if (!claim || claim.writer) return this.claim(document);
    this.#tell({ kind: "want", document });
    setTimeout(() => {
      if (claim.writer || claim.released) return;
      claim.waiting.abort();
      void this.#hold(document, claim, { steal: true });
    }, patienceMilliseconds);
  }

  /** @returns {Promise<Set<string>>} */
  async elsewhere() {
    const held = (await this.#locks?.query())?.held ?? [];
    const documents = held.map(({ name = "" }) => name).filter((name) => name.startsWith(lockPrefix));
    return new Set(documents.map((name) => name.slice(lockPrefix.length)).filter((id) => !this.#claims.get(id)?.writer));
  }

  tellCards() {
    this.#tell({ kind: "cards" });
  }

  /** @param {Message} message */
  #tell(message) {
    this.#channel?.postMessage(message);
  }

  /** @param {Message} message */
  async #told(message) {
    if (message.kind === "cards") return this.oncards?.();
    const claim = this.#claims.get(message.document);
    if (!claim?.writer) return;
    await this.onyield?.();
    // Letting go ends #hold, which tells the page and gets in line.
    claim.letGo?.();
  }
}
