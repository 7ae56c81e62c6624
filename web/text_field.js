// @ts-check
// A real text field over the canvas' drawing of one: what is typed, composed and pasted becomes events for C++.

import { copied, copiedFiles, isFromSpreadsheet, onlyCell } from "./clipboard.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} FieldElement */
/** @typedef {import("./mirror.js").MirrorNode} MirrorNode */
/** From the top of a line as high as the font size to the baseline, as the canvas has it.
 * @typedef {(weight: number, size: number) => number} Ascent */
/** @typedef {(kind: string, id: string, rest?: {text?: string, key?: string, height?: number}) => void} Emit */

/** The canvas' own frame and focus ring stay in sight around a focused field. */
const rim = 2;

/**
 * True while an IME owns the key.
 * @param {KeyboardEvent} event
 */
export function belongsToInputMethod(event) {
  return event.isComposing || event.keyCode === 229 || event.key === "Process";
}

/**
 * The key's name as mirror.hpp has it: "Enter", "Shift+Tab", "F", "Ctrl+Z".
 * @param {KeyboardEvent} event
 */
export function keyName(event) {
  const letter = event.key.length === 1;
  const key = event.key === " " ? "Space" : letter ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const alt = event.altKey ? "Alt+" : "";
  const shift = event.shiftKey && (!letter || control) ? "Shift+" : "";
  return control + alt + shift + key;
}

/**
 * What a field keeps of a text that is too long: the newest characters, in front of the caret, go.
 * @param {string} text
 * @param {number} caret UTF-16 offset
 * @param {number} limit code points
 * @returns {{text: string, caret: number} | null} null when the text fits
 */
export function fitText(text, caret, limit) {
  if (text.length <= limit) return null;
  const characters = [...text];
  const excess = characters.length - limit;
  if (excess <= 0) return null;
  const before = [...text.slice(0, caret)];
  const kept = before.slice(0, Math.max(0, before.length - excess));
  const cut = before.length - kept.length;
  const after = characters.slice(before.length, characters.length - (excess - cut));
  return { text: kept.join("") + after.join(""), caret: kept.join("").length };
}

export class TextField {
  /** @type {FieldElement} */
  element;
  /** @type {MirrorNode} */
  node;
  #emit;
  #ascent;
  #composing = false;
  #textAtFocus = "";
  #lastSent = "";
  #undone = false;
  /** Since C++ had its say, or a key was handed over. */
  #typed = false;
  /**
   * Texts C++ was told and has not answered yet. It answers with the same value a frame or two later, on a busy machine
   * much later; such an echo must not undo what was typed since.
   * @type {string[]}
   */
  #told = [];
  #height = 0;
  #width = 0;
  /** In a grid, after what was handed over since C++ had its say. @type {"waiting" | "typing" | "caret"} */
  #state = "waiting";

  /**
   * @param {FieldElement} element
   * @param {MirrorNode} node
   * @param {Emit} emit
   * @param {Ascent} ascent
   */
  constructor(element, node, emit, ascent) {
    this.#ascent = ascent;
    this.element = element;
    this.node = node;
    this.#emit = emit;
    element.autocomplete = node.secret ? "new-password" : "off";
    element.spellcheck = false;
    element.setAttribute("autocapitalize", "off");
    element.setAttribute("autocorrect", "off");
    element.addEventListener("compositionstart", () => {
      this.#composing = true;
      element.classList.remove("waiting");
    });
    element.addEventListener("compositionend", () => this.#compositionEnded());
    element.addEventListener("input", () => this.#changed());
    element.addEventListener("paste", (event) => this.#pasted(/** @type {ClipboardEvent} */ (event)));
    element.addEventListener("mouseup", (event) => this.#mouseUp(event));
  }

  get focused() {
    return this.element.ownerDocument.activeElement === this.element;
  }

  get #inGrid() {
    return Boolean(this.node.waitingKeys);
  }

  get multiline() {
    return this.node.role === "multiline";
  }

  /**
   * @param {MirrorNode} node
   * @param {boolean} valueChanged C++ has another value than it sent last
   * @param {boolean} forced it stands whatever was typed since
   */
  update(node, valueChanged, forced = false) {
    this.node = node;
    this.#state = node.waiting ? "waiting" : node.caretInside ? "caret" : "typing";
    const element = this.element;
    const style = element.style;
    element.readOnly = node.readOnly ?? false;
    element.tabIndex = node.skipped ? -1 : 0;
    element.disabled = node.disabled ?? false;
    element.placeholder = node.placeholder ?? "";
    style.fontSize = `${(node.fontSize ?? 15) / shrinkage(node.fontSize)}px`;
    style.fontWeight = `${node.fontWeight}`;
    style.textAlign = node.centred ? "center" : "start";
    this.#arrange();
    element.classList.toggle("waiting", (node.waiting ?? false) && !this.#composing && element.value === "");
    // What was typed into the next cell already is on its way to C++, which still speaks of the cell before.
    if (this.#inGrid && this.focused && this.#typed) return;
    if (forced && !this.#composing) this.#take(node.value ?? "");
    else this.#takeValue(node.value ?? "", valueChanged);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    if (this.#width === width && this.#height === height) return;
    this.#width = width;
    this.#height = height;
    this.#arrange();
  }

  /** Line height and padding, so that the text lies exactly on the canvas' own. */
  #arrange() {
    const { node } = this;
    const { fontWeight = 400 } = node;
    const shrunk = shrinkage(node.fontSize);
    const grown = (size = 0) => size / shrunk;
    const [fontSize, lineHeight, paddingX] = [grown(node.fontSize ?? 15), grown(node.lineHeight ?? 22), grown(node.paddingX)];
    const style = this.element.style;
    const edge = Math.min(grown(rim), paddingX, grown(this.multiline ? node.paddingY : rim));
    const onCanvas = grown(baselineOnCanvas(node, this.#ascent));
    style.borderWidth = `${edge}px`;
    if (this.multiline) {
      const top = onCanvas - edge - baseline(fontSize, fontWeight, lineHeight);
      style.lineHeight = `${lineHeight}px`;
      style.padding = `${Math.max(0, top)}px ${paddingX - edge}px 0`;
      return;
    }
    // A single line fills the field. Half pixels are rounded in ways of their own there, so the line gets a height
    // that has none; what is taken off it twice above or below moves the baseline once.
    const inside = Math.max(fontSize, grown(this.#height) - 2 * edge);
    const spare = baseline(fontSize, fontWeight, inside + 1) > baseline(fontSize, fontWeight, inside) ? 1 : 0;
    const shift = Math.round(onCanvas - edge - baseline(fontSize, fontWeight, inside - spare));
    style.lineHeight = `${inside - spare - 2 * Math.abs(shift)}px`;
    style.padding = `${Math.max(0, 2 * shift)}px ${paddingX - edge}px ${spare + Math.max(0, -2 * shift)}px`;
  }

  /**
   * @param {string} value
   * @param {boolean} changed
   */
  #takeValue(value, changed) {
    if (this.element.value === value && changed) this.#told = []; // all is answered
    if (this.element.value === value || this.#composing) return;
    if (this.focused && (!changed || this.#isEcho(value))) return;
    this.#take(value);
  }

  /** @param {string} value */
  #take(value) {
    this.element.value = value;
    this.#lastSent = value;
    this.#told = [];
    this.#undone = false;
    this.#typed = false;
    if (this.focused) this.element.setSelectionRange(value.length, value.length);
  }

  /** @param {string} value */
  #isEcho(value) {
    const at = this.#told.indexOf(value);
    if (at < 0) return false;
    this.#told.splice(0, at + 1);
    return true;
  }

  /** Height the text needs, padding included, in CSS pixels. */
  contentHeight() {
    if (!this.multiline) return this.#height;
    const style = this.element.style;
    const kept = style.height;
    style.height = "0";
    const { paddingY = 0 } = this.node;
    const text = Math.max(0, this.element.scrollHeight - parseFloat(style.paddingTop));
    const height = text * shrinkage(this.node.fontSize) + 2 * paddingY;
    style.height = kept;
    return height;
  }

  gotFocus() {
    const isUnanswered = this.#told.at(-1) === this.element.value;
    if (!isUnanswered) this.#takeValue(this.node.value ?? "", true);
    this.#textAtFocus = this.element.value;
    this.#lastSent = this.element.value;
    this.#told = isUnanswered ? this.#told : [];
    this.#typed = false;
    this.#undone = false;
    this.#selectOnMouseUp = this.node.role === "number";
    if (this.node.role === "number") this.element.select();
    this.#emit("focus", this.node.id, { text: this.element.value, height: this.contentHeight() });
  }

  #selectOnMouseUp = false;

  /** The click that gave the focus would undo the selection of everything. @param {Event} event */
  #mouseUp(event) {
    if (!this.#selectOnMouseUp) return;
    this.#selectOnMouseUp = false;
    if (this.element.selectionStart !== this.element.selectionEnd) return;
    event.preventDefault();
    this.element.select();
  }

  lostFocus() {
    this.#composing = false;
    this.#typed = false;
    this.#enforceLimit();
    this.#emit("blur", this.node.id, { text: this.element.value, height: this.contentHeight() });
    // C++ may keep another text than was typed ("abc" for a number); then it shows.
    setTimeout(() => {
      if (!this.focused) this.#takeValue(this.node.value ?? "", true);
    }, 100);
  }

  #changed() {
    this.#selectOnMouseUp = false;
    this.element.classList.remove("waiting");
    if (this.#composing) {
      this.#emit("composing", this.node.id, { text: this.element.value, height: this.contentHeight() });
      return;
    }
    this.commit();
  }

  #compositionEnded() {
    this.#composing = false;
    if (!this.commit()) this.#emit("composed", this.node.id);
  }

  /**
   * Tells C++ the text as it is, unless it knows.
   * @returns {boolean} whether there was news
   */
  commit() {
    if (this.#composing) return false;
    const overflow = this.#enforceLimit();
    const text = this.element.value;
    const isNews = text !== this.#lastSent;
    if (isNews) {
      this.#lastSent = text;
      this.#typed = true;
      if (this.#state === "waiting") this.#state = "typing";
      this.#told.push(text);
      this.#emit("input", this.node.id, { text, height: this.contentHeight() });
    }
    if (overflow) this.#emit("overflow", this.node.id, { text, height: this.contentHeight() });
    return isNews;
  }

  #enforceLimit() {
    const element = this.element;
    const fitted = fitText(element.value, element.selectionEnd ?? element.value.length, this.node.maxLength ?? 10000);
    if (!fitted) return false;
    element.value = fitted.text;
    element.setSelectionRange(fitted.caret, fitted.caret);
    return true;
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const data = event.clipboardData;
    if (!data || copiedFiles(data).length > 0) return;
    const { text, hidden } = copied(data);
    const cell = onlyCell(text);
    if (this.multiline) return this.#pasteLines(event, isFromSpreadsheet(data) ? (cell ?? text) : text);
    event.preventDefault();
    const intoGrid = this.#inGrid && this.element.value === "";
    if (cell === null || intoGrid) this.#emit("paste", this.node.id, { text, key: hidden > 0 ? String(hidden) : "" });
    else insertText(this.element, cell.replace(/[\t\n]+/g, " "));
  }

  /**
   * The browser itself pastes what is plain text already.
   * @param {ClipboardEvent} event
   * @param {string} text
   */
  #pasteLines(event, text) {
    const plain = event.clipboardData?.getData("text/plain");
    if (plain === text || plain?.replace(/\r\n?/g, "\n") === text) return;
    event.preventDefault();
    insertText(this.element, text.replace(/\r\n?/g, "\n"));
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} true when the key is dealt with
   */
  key(event) {
    if (belongsToInputMethod(event)) return true;
    const name = keyName(event);
    if (this.multiline && (name === "Alt+Enter" || name === "Ctrl+Enter") && this.#wants("Enter")) {
      event.preventDefault();
      insertText(this.element, "\n");
      return true;
    }
    if (name === "Ctrl+Z" && this.element.value !== this.#textAtFocus) return (this.#undone = true);
    if ((name === "Ctrl+Y" || name === "Ctrl+Shift+Z") && this.#undone) return true;
    if (!this.#wants(name) || this.#caretMayMove(name)) return false;
    event.preventDefault();
    this.#emit("key", this.node.id, { key: name, text: this.element.value });
    if (this.#inGrid) this.#handedOver(name);
    return true;
  }

  /**
   * The next key may come before C++ has drawn what this one did.
   * @param {string} name
   */
  #handedOver(name) {
    if (name === "F2") return;
    this.#take("");
    this.#state = "waiting";
  }

  /** @param {string} name */
  #wants(name) {
    if (this.#inGrid && this.#state === "caret" && (name === "ArrowLeft" || name === "ArrowRight")) return false;
    const keys = this.#inGrid && this.#state === "waiting" ? this.node.waitingKeys : this.node.keys;
    return (keys ?? "").split(" ").includes(name);
  }

  /**
   * In a text area the arrows belong to the caret until it stands on the first or last line.
   * @param {string} name
   */
  #caretMayMove(name) {
    if (!this.multiline || (name !== "ArrowUp" && name !== "ArrowDown")) return false;
    const { line, last } = caretLine(/** @type {HTMLTextAreaElement} */ (this.element));
    return name === "ArrowUp" ? line > 0 : line < last;
  }

  /** Puts the caret behind the text, for a focus that did not come from the pointer. */
  caretToEnd() {
    const end = this.element.value.length;
    if (this.node.role !== "number") this.element.setSelectionRange(end, end);
  }
}

/**
 * Types a text in at the caret, as the user would: undo, selection and events are the browser's own.
 * @param {FieldElement} element
 * @param {string} text
 */
function insertText(element, text) {
  if (element.ownerDocument.execCommand("insertText", false, text)) return;
  element.setRangeText(text, element.selectionStart ?? 0, element.selectionEnd ?? 0, "end");
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * From the top of a field to the baseline of its first line, as the canvas draws it.
 * @param {MirrorNode} node
 * @param {Ascent} ascent
 */
function baselineOnCanvas({ fontSize = 15, fontWeight = 400, lineHeight = 22, paddingY = 0 }, ascent) {
  return paddingY + Math.floor((lineHeight - fontSize) / 2) + ascent(fontWeight, fontSize);
}

/** @type {number | undefined} */
let least;

/** The smallest size, in CSS pixels, that the browser's user lets pages write in; 0 where any will do. */
function leastFontSize() {
  if (least !== undefined) return least;
  const probe = document.createElement("span");
  probe.className = "probe";
  probe.textContent = "M".repeat(100);
  document.body.append(probe);
  const widths = [1, 100].map((size) => {
    probe.style.fontSize = `${size}px`;
    return probe.getBoundingClientRect().width;
  });
  probe.remove();
  const [small = 0, large = 1] = widths;
  const size = (100 * small) / large;
  least = size < 2 ? 0 : Math.round(size);
  return least;
}

/**
 * The canvas writes in any size, and a field over it has to show the same: where the browser does not write so small,
 * a field is laid out larger, all of it, and drawn smaller by this factor.
 * @param {number} [fontSize] CSS pixels
 */
export function shrinkage(fontSize = 15) {
  return Math.min(1, fontSize / Math.max(fontSize, leastFontSize()));
}

/** @type {Map<string, number>} */
const baselines = new Map();

/** Forgets measurements that another font or density made wrong. */
export function forgetMeasurements() {
  baselines.clear();
  least = undefined;
}

/**
 * Where CSS puts the baseline in a line, counted from its top, in CSS pixels.
 * @param {number} fontSize
 * @param {number} fontWeight
 * @param {number} lineHeight
 */
function baseline(fontSize, fontWeight, lineHeight) {
  const key = `${fontSize} ${fontWeight} ${lineHeight}`;
  let known = baselines.get(key);
  if (known === undefined) {
    known = measureBaseline(fontSize, fontWeight, lineHeight);
    baselines.set(key, known);
  }
  return known;
}

/**
 * @param {number} fontSize
 * @param {number} fontWeight
 * @param {number} lineHeight
 */
function measureBaseline(fontSize, fontWeight, lineHeight) {
  const line = document.createElement("div");
  line.className = "probe";
  line.style.fontSize = `${fontSize}px`;
  line.style.fontWeight = `${fontWeight}`;
  line.style.lineHeight = `${lineHeight}px`;
  const mark = document.createElement("span");
  mark.className = "probe-mark";
  line.append(mark);
  document.body.append(line);
  const result = mark.getBoundingClientRect().bottom - line.getBoundingClientRect().top;
  line.remove();
  return result;
}

/**
 * The wrapped line the caret stands on and the last one, counted from 0.
 * @param {HTMLTextAreaElement} element
 */
function caretLine(element) {
  const style = getComputedStyle(element);
  const copy = document.createElement("div");
  copy.className = "probe probe-text";
  copy.style.font = style.font;
  copy.style.lineHeight = style.lineHeight;
  copy.style.width = `${element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)}px`;
  const caret = document.createElement("span");
  caret.textContent = "\u200b";
  const at = element.selectionEnd;
  copy.append(element.value.slice(0, at), caret, `${element.value.slice(at)}\u200b`);
  document.body.append(copy);
  const lineHeight = parseFloat(style.lineHeight);
  const line = Math.round(caret.offsetTop / lineHeight);
  const last = Math.max(line, Math.round(copy.offsetHeight / lineHeight) - 1);
  copy.remove();
  return { line, last };
}
