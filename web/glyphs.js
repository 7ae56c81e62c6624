// @ts-check
// Draws single glyphs of the user's own fonts on a 2D canvas, for the font loader in src/platform/web/glyphs.cpp.

/** @typedef {import("./bridge.js").Bridge} Bridge */
/** What a glyph looks like, in device pixels; `left` and `top` count from the pen on the baseline.
 * @typedef {{advance: number, left: number, top: number, width: number, height: number, alpha: Uint8Array}} Glyph */
/** Where a glyph stands on the drawing canvas: the pen and the box around it, whole pixels.
 * @typedef {{text: string, advance: number, shift: number, penX: number, penY: number, x: number, y: number, width: number, height: number}} Place */

/** Ink may reach a little over what measureText says. */
const margin = 1;
/** Colour of the text that browsers tune their smoothing for; most of ours is dark. */
const ink = "#1f2329";

export class Glyphs {
  #bridge;
  #context;
  #stack;
  /** The font the context is set to. */
  #font = "";
  /** Glyphs drawn ahead, by font and text. @type {Map<string, Glyph>} */
  #ahead = new Map();
  /** @type {Map<string, number>} */
  #digitAdvance = new Map();

  /** @param {Bridge} bridge */
  constructor(bridge) {
    this.#bridge = bridge;
    this.#stack = getComputedStyle(document.documentElement).getPropertyValue("--duibiao-font").trim() || "sans-serif";
    const canvas = document.createElement("canvas");
    canvas.lang = "zh-CN";
    canvas.width = 128;
    canvas.height = 128;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no 2D canvas");
    this.#context = context;
  }

  /**
   * @param {number} weight
   * @param {number} pixels font size in device pixels
   */
  #use(weight, pixels) {
    const font = `${weight} ${pixels}px ${this.#stack}`;
    if (font === this.#font) return font;
    this.#font = font;
    const context = this.#context;
    context.font = font;
    context.fontKerning = "none";
    context.textBaseline = "alphabetic";
    context.fillStyle = ink;
    return font;
  }

  /**
   * As exact as the browser's own layout: measurements carry noise that would shift what stands on a whole pixel.
   * @param {string} text
   */
  #widthOf(text) {
    return Math.round(this.#context.measureText(text).width * 64) / 64;
  }

  /**
   * Figures all get the width of the widest one, so that columns of numbers stand under one another.
   * @param {string} font
   * @param {string} text
   * @param {number} width the figure's own
   */
  #advanceOf(font, text, width) {
    if (text < "0" || text > "9" || text.length > 1) return width;
    let widest = this.#digitAdvance.get(font);
    if (widest === undefined) {
      widest = Math.max(...[..."0123456789"].map((digit) => this.#widthOf(digit)));
      this.#digitAdvance.set(font, widest);
    }
    return widest;
  }

  /**
   * Advance in device pixels, without drawing. Called by C++.
   * @param {number} weight
   * @param {number} pixels
   * @param {number} codepoint
   */
  advance(weight, pixels, codepoint) {
    const font = this.#use(weight, pixels);
    const text = String.fromCodePoint(codepoint);
    return this.#advanceOf(font, text, this.#widthOf(text));
  }

  /**
   * From the top of a line as high as the font size to the baseline, as CSS puts it: whole CSS pixels. Called by C++.
   * @param {number} weight
   * @param {number} size font size in CSS pixels
   */
  ascent(weight, size) {
    this.#use(weight, size);
    const metrics = this.#context.measureText("国");
    const ascent = Math.round(metrics.fontBoundingBoxAscent ?? size * 1.05);
    const descent = Math.round(metrics.fontBoundingBoxDescent ?? size * 0.25);
    return Math.floor((Math.round(size) - ascent - descent) / 2) + ascent;
  }

  /**
   * @param {string} font
   * @param {string} text
   * @param {number} x where the box may begin
   * @param {number} y
   * @returns {Place}
   */
  #place(font, text, x, y) {
    const metrics = this.#context.measureText(text);
    const width = Math.round(metrics.width * 64) / 64;
    const advance = this.#advanceOf(font, text, width);
    const shift = Math.round((advance - width) / 2);
    const left = Math.ceil(metrics.actualBoundingBoxLeft) + margin;
    const top = Math.ceil(metrics.actualBoundingBoxAscent) + margin;
    const boxWidth = left + Math.ceil(metrics.actualBoundingBoxRight) + margin;
    const height = top + Math.ceil(metrics.actualBoundingBoxDescent) + margin;
    return { text, advance, shift, penX: x + left, penY: y + top, x, y, width: boxWidth, height };
  }

  /**
   * Makes the canvas at least that large.
   * @param {number} width
   * @param {number} height
   */
  #makeRoom(width, height) {
    const canvas = this.#context.canvas;
    if (canvas.width >= width && canvas.height >= height) return false;
    // This resets the context's state.
    canvas.width = Math.max(canvas.width, width);
    canvas.height = Math.max(canvas.height, height);
    this.#font = "";
    return true;
  }

  /**
   * Cuts a glyph out of what was drawn, as small as its ink.
   * @param {Place} place
   * @param {ImageData} image
   * @param {number} originX where the image lies on the canvas
   * @param {number} originY
   * @returns {Glyph}
   */
  #cut(place, image, originX, originY) {
    const stride = image.width;
    const data = image.data;
    let left = place.width, right = -1, top = place.height, bottom = -1;
    for (let y = 0; y < place.height; ++y) {
      let at = ((place.y - originY + y) * stride + place.x - originX) * 4 + 3;
      for (let x = 0; x < place.width; ++x, at += 4) {
        if (data[at] === 0) continue;
        if (x < left) left = x;
        if (x > right) right = x;
        if (y < top) top = y;
        bottom = y;
      }
    }
    const width = Math.max(0, right - left + 1);
    const height = Math.max(0, bottom - top + 1);
    const alpha = new Uint8Array(width * height);
    for (let y = 0, to = 0; y < height; ++y) {
      let at = ((place.y - originY + top + y) * stride + place.x - originX + left) * 4 + 3;
      for (let x = 0; x < width; ++x, at += 4) alpha[to++] = /** @type {number} */ (data[at]);
    }
    return {
      advance: place.advance,
      left: place.x + left - place.penX + place.shift,
      top: place.y + top - place.penY,
      width,
      height,
      alpha,
    };
  }

  /**
   * @param {number} weight
   * @param {number} pixels
   * @param {string} text
   */
  #draw(weight, pixels, text) {
    let font = this.#use(weight, pixels);
    const place = this.#place(font, text, 0, 0);
    if (this.#makeRoom(place.width, place.height)) font = this.#use(weight, pixels);
    this.#context.clearRect(0, 0, place.width, place.height);
    this.#context.fillText(text, place.penX, place.penY);
    return this.#cut(place, this.#context.getImageData(0, 0, place.width, place.height), 0, 0);
  }

  /**
   * Draws one glyph into the program's memory: five floats (advance, left, top, width, height) and an alpha bitmap.
   * Called by C++.
   * @param {number} weight
   * @param {number} pixels
   * @param {number} codepoint
   * @param {number} metrics address
   * @param {number} bitmap address
   * @param {number} capacity bytes at `bitmap`
   * @returns {number} bytes the bitmap needs; nothing is written to `bitmap` when that is more than `capacity`
   */
  load(weight, pixels, codepoint, metrics, bitmap, capacity) {
    const text = String.fromCodePoint(codepoint);
    const key = `${weight} ${pixels} ${text}`;
    const glyph = this.#ahead.get(key) ?? this.#draw(weight, pixels, text);
    if (glyph.alpha.length > capacity) this.#ahead.set(key, glyph);
    else this.#ahead.delete(key);
    const heap = this.#bridge.heap;
    const floats = [glyph.advance, glyph.left, glyph.top, glyph.width, glyph.height];
    new Float32Array(heap.buffer, heap.byteOffset + (metrics >>> 0), 5).set(floats);
    if (glyph.alpha.length <= capacity) heap.set(glyph.alpha, bitmap >>> 0);
    return glyph.alpha.length;
  }

  /**
   * Draws all glyphs of a text on one sheet and keeps them until C++ asks for them. Called by C++.
   * @param {number} weight
   * @param {number} pixels
   * @param {number} address
   * @param {number} size
   */
  prewarm(weight, pixels, address, size) {
    const characters = new Set(this.#bridge.text(address, size).replace(/\p{Cc}/gu, ""));
    const font = this.#use(weight, pixels);
    const sheetWidth = 1024;
    let x = 0, y = 0, rowHeight = 0;
    /** @type {Place[]} */
    const places = [];
    for (const text of characters) {
      let place = this.#place(font, text, x, y);
      if (x + place.width > sheetWidth) {
        x = 0;
        y += rowHeight;
        rowHeight = 0;
        place = this.#place(font, text, x, y);
      }
      places.push(place);
      x += place.width;
      rowHeight = Math.max(rowHeight, place.height);
    }
    const sheetHeight = y + rowHeight;
    if (sheetHeight === 0) return;
    this.#makeRoom(sheetWidth, sheetHeight);
    this.#use(weight, pixels);
    this.#context.clearRect(0, 0, sheetWidth, sheetHeight);
    for (const place of places) this.#context.fillText(place.text, place.penX, place.penY);
    const image = this.#context.getImageData(0, 0, sheetWidth, sheetHeight);
    for (const place of places) {
      this.#ahead.set(`${weight} ${pixels} ${place.text}`, this.#cut(place, image, 0, 0));
    }
  }

  /** Another font has come: everything is measured and drawn anew. */
  forget() {
    this.#font = "";
    this.#ahead.clear();
    this.#digitAdvance.clear();
  }

  /** False when the system has no font with Chinese characters: a hanzi then measures like a missing glyph. */
  hasHanzi() {
    this.#use(400, 32);
    const missing = this.#draw(400, 32, "\u{10FFFE}");
    return ["国", "评", "党"].some((hanzi) => {
      const glyph = this.#draw(400, 32, hanzi);
      return glyph.alpha.length !== missing.alpha.length || glyph.alpha.some((value, at) => value !== missing.alpha[at]);
    });
  }
}
