// @ts-check
// The one message channel between the ES modules and C++ (src/platform/web/bridge.hpp). A message is a type, a JSON
// header and a body of bytes that the header counts off.

/** @typedef {Record<string, any>} Header */
/** @typedef {(header: Header, body: Uint8Array) => void} Listener */
/** @typedef {{_duibiao_buffer(size: number): number, _duibiao_receive(type: number, header: number): void}} Program */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nothing = new Uint8Array(0);

export class Bridge {
  /** Draws glyphs for C++; set by boot.js. @type {import("./glyphs.js").Glyphs | null} */
  glyphs = null;
  /** Shows what C++ has drawn; set by boot.js. @type {import("./surface.js").Surface | null} */
  surface = null;

  /** @type {() => Uint8Array} */
  #heap = () => nothing;
  /** @type {Program | null} */
  #program = null;
  /** @type {Map<string, Listener>} */
  #listeners = new Map();
  /** What goes to C++ at once; null: all of it. @type {((type: string, header: Header) => boolean) | null} */
  #goesAtOnce = null;
  /** What waits, in its order. @type {[string, Header, Uint8Array][]} */
  #waiting = [];

  /**
   * Called by C++ once it can be talked to.
   * @param {() => Uint8Array} heap the program's memory, which moves when it grows
   * @param {Program} program
   */
  attach(heap, program) {
    this.#heap = heap;
    this.#program = program;
  }

  /** The program's memory as it is now. Never keep it. */
  get heap() {
    return this.#heap();
  }

  /**
   * Copies a text out of the program's memory.
   * @param {number} address
   * @param {number} size bytes
   */
  text(address, size) {
    return decoder.decode(this.heap.subarray(address >>> 0, (address >>> 0) + size));
  }

  /**
   * @param {string} type
   * @param {Listener} listener gets a body of its own, not a view of the program's memory
   */
  on(type, listener) {
    this.#listeners.set(type, listener);
  }

  /**
   * Called by C++ with the addresses and sizes of a message's three parts.
   * @param {number} type
   * @param {number} typeSize
   * @param {number} header
   * @param {number} headerSize
   * @param {number} body
   * @param {number} bodySize
   */
  post(type, typeSize, header, headerSize, body, bodySize) {
    const listener = this.#listeners.get(this.text(type, typeSize));
    if (!listener) return;
    const bytes = bodySize > 0 ? this.heap.slice(body >>> 0, (body >>> 0) + bodySize) : nothing;
    listener(JSON.parse(this.text(header, headerSize)), bytes);
  }

  /**
   * Sends a message to C++.
   * @param {string} type
   * @param {Header} [header]
   * @param {Uint8Array} [body]
   */
  send(type, header = {}, body = nothing) {
    if (!this.#program) return;
    if (this.#goesAtOnce && (this.#waiting.length > 0 ? type !== "frame" && type !== "resize" : !this.#goesAtOnce(type, header))) {
      this.#waiting.push([type, header, body]);
      return;
    }
    const typeBytes = encoder.encode(type);
    const headerBytes = encoder.encode(JSON.stringify(header));
    const size = typeBytes.length + headerBytes.length + body.length;
    const address = this.#program._duibiao_buffer(size) >>> 0;
    const heap = this.heap;
    heap.set(typeBytes, address);
    heap.set(headerBytes, address + typeBytes.length);
    heap.set(body, address + typeBytes.length + headerBytes.length);
    this.#program._duibiao_receive(typeBytes.length, headerBytes.length);
  }

  /**
   * Holds messages to C++ back; once one waits, those behind it do, too.
   * @param {(type: string, header: Header) => boolean} goesAtOnce
   */
  hold(goesAtOnce) {
    this.#goesAtOnce = goesAtOnce;
  }

  /** Sends what waited. */
  release() {
    this.#goesAtOnce = null;
    for (const message of this.#waiting.splice(0)) this.send(...message);
  }

  /** The last frames' CPU times in milliseconds, for the bench. @type {number[]} */
  frames = [];

  /** @param {number} milliseconds */
  recordFrame(milliseconds) {
    this.frames.push(milliseconds);
    if (this.frames.length > 600) this.frames.shift();
  }
}

/**
 * Joins texts to one body; the sizes are what the header must say.
 * @param {string[]} texts
 * @returns {{sizes: number[], body: Uint8Array}}
 */
export function joinTexts(texts) {
  const parts = texts.map((text) => encoder.encode(text));
  return { sizes: parts.map((part) => part.length), body: joinBytes(parts) };
}

/** One part alone, such as a document without later edits, is not copied. @param {Uint8Array[]} parts */
export function joinBytes(parts) {
  if (parts.length === 1 && parts[0]) return parts[0];
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

/** Cuts texts off a body, one after the other. */
export class BodyReader {
  #at = 0;
  #body;

  /** @param {Uint8Array} body */
  constructor(body) {
    this.#body = body;
  }

  /** @param {number} size bytes */
  text(size) {
    const part = this.#body.subarray(this.#at, this.#at + size);
    this.#at += size;
    return decoder.decode(part);
  }
}
