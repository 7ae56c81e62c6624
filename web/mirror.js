// @ts-check
// Keeps one real element for every node of the mirror (src/ui/mirror.hpp) exactly over its place on the canvas, and
// reports what is done with them.

import { createElement, isNavigation, offer, place, setAria, setChecked, setOptions } from "./mirror_elements.js";
import { TextField, belongsToInputMethod, keyName, shrinkage } from "./text_field.js";

/** @typedef {import("./bridge.js").Bridge} Bridge */
/** A node as mirror_sender.cpp writes it; members at their default are left out.
 * @typedef {object} MirrorNode
 * @property {number} h handle
 * @property {number} parent handle of the container, 0 for none
 * @property {string} id
 * @property {string} role
 * @property {string} [name]
 * @property {string} [value]
 * @property {string} [description]
 * @property {string} [keys]
 * @property {boolean} [disabled]
 * @property {boolean} [readOnly]
 * @property {boolean} [skipped] Tab passes it by
 * @property {boolean} [secret] shows dots
 * @property {boolean} [invalid]
 * @property {boolean} [selected]
 * @property {boolean} [over]
 * @property {number} [expanded]
 * @property {number} [rowCount]
 * @property {number} [rowIndex]
 * @property {string[]} [options]
 * @property {string} [placeholder]
 * @property {number} [fontSize]
 * @property {number} [lineHeight]
 * @property {number} [paddingX]
 * @property {number} [paddingY]
 * @property {number} [fontWeight]
 * @property {number} [maxLength]
 * @property {boolean} [centred]
 * @property {string} [waitingKeys] only in a grid
 * @property {boolean} [waiting]
 * @property {boolean} [caretInside]
 * @property {number} [serial]
 */
/** @typedef {{set: MirrorNode[], move: number[], order: number[][], drop: number[], focus: number}} Changes */
/** @typedef {{node: MirrorNode, element: HTMLElement, text: HTMLElement | null, field: TextField | null, note: HTMLElement | null, place: Record<string, string>}} Entry */

const fieldRoles = new Set(["text", "multiline", "number", "select"]);
const containerRoles = new Set(
  "region navigation dialog group list listitem table row columnheader cell".split(" "),
);
/** Nodes that say their name as text rather than as a label. */
const textRoles = new Set(
  "heading paragraph status alert listitem columnheader rowheader cell button link tab menuitem".split(" "),
);
/** Roles that need an owner the app does not name. @type {Record<string, string>} */
const ownerRoles = { tab: "tablist", menuitem: "menu" };

export class Mirror {
  #bridge;
  #root;
  #notes;
  #ascent;
  /** @type {Map<number, Entry>} */
  #entries = new Map();
  /** @type {WeakMap<Element, Entry>} */
  #byElement = new WeakMap();
  /** The topmost dialog and what had the focus before it. @type {{entry: Entry, before: number} | null} */
  #dialog = null;
  #silent = false;
  /** Handed over, and nothing drawn since; it may move the focus. */
  #keyAhead = "";
  /** The user did what may change an answer; C++ sees it only in its next frame. */
  onuse = () => {};

  /**
   * @param {Bridge} bridge
   * @param {HTMLElement} root
   * @param {HTMLElement} notes where descriptions stand
   * @param {import("./text_field.js").Ascent} ascent
   */
  constructor(bridge, root, notes, ascent) {
    this.#ascent = ascent;
    this.#bridge = bridge;
    this.#root = root;
    this.#notes = notes;
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("change", (event) => this.#chosen(event));
    root.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("focusin", (event) => this.#focused(event));
    root.addEventListener("focusout", (event) => this.#blurred(event));
    bridge.on("mirror", (changes) => this.apply(/** @type {Changes} */ (changes)));
  }

  /**
   * @param {string} kind
   * @param {string} id
   * @param {{text?: string, key?: string, height?: number}} [rest]
   */
  emit(kind, id, rest = {}) {
    if (this.#silent) return;
    if (kind !== "focus") this.onuse();
    if (kind === "key") this.#keyAhead = rest.key ?? "";
    this.#bridge.send("dom", { kind, id, ...rest });
  }

  /** The text field that has the focus. */
  get focusedField() {
    return this.#entryOf(document.activeElement)?.field ?? null;
  }

  /** @param {EventTarget | null} target */
  #entryOf(target) {
    let element = target instanceof Element ? target : null;
    while (element && element !== this.#root) {
      const entry = this.#byElement.get(element);
      if (entry) return entry;
      element = element.parentElement;
    }
    return null;
  }

  // --- Changes from C++ -----------------------------------------------------------------------------------------

  /** @param {Changes} changes */
  apply(changes) {
    this.#keyAhead = "";
    const dialogs = changes.set.some((node) => node.role === "dialog") || this.#dialog !== null;
    const focused = this.#entryOf(document.activeElement)?.node.h ?? 0;
    for (const node of changes.set) this.#set(node);
    for (let at = 0; at < changes.move.length; at += 9) this.#move(changes.move, at);
    for (const [parent, ...children] of changes.order) this.#arrange(parent ?? 0, children);
    for (const handle of changes.drop) this.#drop(handle);
    if (dialogs) this.#updateDialog(focused, changes.focus === 0);
    if (changes.focus !== 0) this.#focus(changes.focus);
  }

  /** @param {MirrorNode} node */
  #set(node) {
    let entry = this.#entries.get(node.h);
    const before = entry?.node;
    if (!entry) {
      entry = this.#create(node);
      this.#entries.set(node.h, entry);
      this.#byElement.set(entry.element, entry);
      this.#parentElement(node).append(entry.element);
    } else if (before && before.parent !== node.parent) {
      this.#adopt(this.#parentElement(node), entry.element);
    }
    entry.node = node;
    this.#describe(entry);
    this.#label(entry);
    this.#state(entry);
    if (entry.field) entry.field.update(node, before?.value !== node.value, before?.serial !== node.serial);
  }

  /**
   * Moves an element to another container; the focus in it stays where it is.
   * @param {HTMLElement} parent
   * @param {HTMLElement} element
   */
  #adopt(parent, element) {
    const focused = document.activeElement;
    this.#silent = true;
    parent.append(element);
    if (focused instanceof HTMLElement && element.contains(focused)) focused.focus({ preventScroll: true });
    this.#silent = false;
  }

  /** @param {MirrorNode} node */
  #parentElement(node) {
    const parent = this.#entries.get(node.parent)?.element ?? this.#root;
    const role = ownerRoles[node.role];
    if (role && parent !== this.#root) parent.setAttribute("role", role);
    return parent;
  }

  /**
   * @param {MirrorNode} node
   * @returns {Entry}
   */
  #create(node) {
    const element = createElement(node);
    element.dataset["id"] = node.id;
    element.classList.add("node");
    if (fieldRoles.has(node.role)) element.classList.add("field");
    else if (!containerRoles.has(node.role)) element.classList.add("leaf");
    const field =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? fieldRoles.has(node.role)
          ? new TextField(element, node, (kind, id, rest) => this.emit(kind, id, rest), this.#ascent)
          : null
        : null;
    return { node, element, text: null, field, note: null, place: {} };
  }

  /** Name as text or as label. @param {Entry} entry */
  #label(entry) {
    const { node, element } = entry;
    const name = node.name ?? "";
    if (!textRoles.has(node.role)) {
      if (name) element.setAttribute("aria-label", name);
      else element.removeAttribute("aria-label");
      return;
    }
    const isNew = !entry.text;
    if (!entry.text) {
      entry.text = document.createElement("span");
      entry.text.className = "text";
      element.prepend(entry.text);
    }
    if (entry.text.textContent === name) return;
    const text = entry.text;
    // A live region must be there before its text for readers to notice; by then it may say something else.
    if (isNew && (node.role === "status" || node.role === "alert")) setTimeout(() => (text.textContent = entry.node.name ?? ""), 50);
    else text.textContent = name;
  }

  /** @param {Entry} entry */
  #describe(entry) {
    const { node, element } = entry;
    if (!node.description) {
      entry.note?.remove();
      entry.note = null;
      element.removeAttribute("aria-describedby");
      return;
    }
    if (!entry.note) {
      entry.note = document.createElement("span");
      entry.note.id = `note-${node.h}`;
      this.#notes.append(entry.note);
      element.setAttribute("aria-describedby", entry.note.id);
    }
    entry.note.textContent = node.description;
  }

  /** @param {Entry} entry */
  #state(entry) {
    const { node, element } = entry;
    element.classList.toggle("over", node.over ?? false);
    setAria(element, "invalid", node.invalid ? "true" : null);
    setAria(element, "expanded", node.expanded === undefined ? null : node.expanded ? "true" : "false");
    setAria(element, "rowcount", node.rowCount ? `${node.rowCount}` : null);
    setAria(element, "rowindex", node.rowIndex ? `${node.rowIndex}` : null);
    if (node.role === "tab") setAria(element, "selected", node.selected ? "true" : "false");
    else setAria(element, "current", node.selected ? (isNavigation(element) ? "page" : "true") : null);
    if (element instanceof HTMLButtonElement) element.disabled = node.disabled ?? false;
    if (element instanceof HTMLButtonElement) element.tabIndex = node.skipped ? -1 : 0;
    if (node.role === "link") setAria(element, "disabled", node.disabled ? "true" : null);
    if (element instanceof HTMLAnchorElement) element.href = node.value?.startsWith("/") ? `#${node.value}` : "#";
    if (node.role === "progressbar") setAria(element, "valuenow", node.value || null);
    if (node.role === "checkbox" || node.role === "radio") setChecked(/** @type {HTMLInputElement} */ (element), node);
    if (element instanceof HTMLSelectElement) setOptions(element, node);
    else if (node.options || element.hasAttribute("list")) offer(element, this.#notes, node);
  }

  /**
   * @param {number[]} move handle, left and top from the container's corner, width, height, and what is cut off at the
   * top, right, bottom and left, at `at`
   * @param {number} at
   */
  #move(move, at) {
    const [handle, x, y, width, height, ...cut] =
      /** @type {[number, number, number, number, number, ...number[]]} */ (move.slice(at, at + 9));
    const entry = this.#entries.get(handle);
    if (!entry) return;
    place(entry, "left", `${x}px`);
    place(entry, "top", `${y}px`);
    const shrunk = fieldRoles.has(entry.node.role) ? shrinkage(entry.node.fontSize) : 1;
    const px = (/** @type {number} */ size) => `${size / shrunk}px`;
    place(entry, "width", px(width));
    place(entry, "height", px(height));
    place(entry, "transform", shrunk < 1 ? `scale(${shrunk})` : "");
    place(entry, "clipPath", cut.some((inset) => inset > 0) ? `inset(${cut.map(px).join(" ")})` : "");
    entry.field?.resize(width, height);
  }

  /**
   * Puts the children in order without moving the one that holds the focus, which would lose it.
   * @param {number} parent
   * @param {number[]} handles
   */
  #arrange(parent, handles) {
    const owner = parent === 0 ? this.#root : this.#entries.get(parent)?.element;
    if (!owner) return;
    const elements = handles.flatMap((handle) => this.#entries.get(handle)?.element ?? []);
    const pinned = Math.max(0, elements.findIndex((element) => element.contains(document.activeElement)));
    let last = elements[pinned];
    if (!last) return;
    for (const element of elements.slice(pinned + 1)) {
      if (last.nextSibling !== element) owner.insertBefore(element, last.nextSibling);
      last = element;
    }
    last = elements[pinned];
    for (const element of elements.slice(0, pinned).reverse()) {
      if (last?.previousSibling !== element) owner.insertBefore(element, last ?? null);
      last = element;
    }
  }

  /** @param {number} handle */
  #drop(handle) {
    const entry = this.#entries.get(handle);
    if (!entry) return;
    const { element } = entry;
    if (element.contains(document.activeElement) && document.activeElement instanceof HTMLElement) {
      document.activeElement.blur();
    }
    // Children that live on in another container were moved there already.
    this.#entries.delete(handle);
    entry.note?.remove();
    document.getElementById(`offer-${handle}`)?.remove();
    element.remove();
  }

  /** @param {number} handle */
  #focus(handle) {
    const entry = this.#entries.get(handle);
    if (!entry) return;
    entry.element.focus({ preventScroll: true });
    entry.field?.caretToEnd();
  }

  // --- Dialogs --------------------------------------------------------------------------------------------------

  /**
   * Everything outside the last dialog is inert; the focus goes in, and back when it closes.
   * @param {number} focused who had the focus before this frame's changes
   * @param {boolean} moveFocus
   */
  #updateDialog(focused, moveFocus) {
    const all = [...this.#entries.values()].filter((entry) => entry.node.role === "dialog");
    const top = all.at(-1) ?? null;
    const before = this.#dialog?.before ?? focused;
    if (top?.element !== this.#dialog?.entry.element) {
      for (const element of this.#root.querySelectorAll("[inert]")) element.toggleAttribute("inert", false);
    }
    if (top) {
      const opened = this.#dialog?.entry !== top;
      this.#dialog = { entry: top, before };
      this.#fence(top.element);
      if (opened && moveFocus) this.#focusFirst(top.element);
    } else if (this.#dialog) {
      this.#dialog = null;
      if (moveFocus && (!document.activeElement || document.activeElement === document.body)) this.#focus(before);
    }
  }

  /** @param {HTMLElement} dialog */
  #fence(dialog) {
    for (let inside = dialog; inside !== this.#root; inside = /** @type {HTMLElement} */ (inside.parentElement)) {
      for (const sibling of inside.parentElement?.children ?? []) {
        if (sibling !== inside && !sibling.hasAttribute("inert")) sibling.toggleAttribute("inert", true);
      }
    }
  }

  /** @param {HTMLElement} dialog */
  #focusFirst(dialog) {
    if (dialog.contains(document.activeElement)) return;
    const first = dialog.querySelector("input:enabled, textarea:enabled, select:enabled, button:enabled, a[href]");
    (first instanceof HTMLElement ? first : dialog).focus({ preventScroll: true });
  }

  // --- Events ---------------------------------------------------------------------------------------------------

  /** @param {FocusEvent} event */
  #focused(event) {
    const entry = this.#entryOf(event.target);
    if (!entry) return;
    if (this.#dialog && !this.#dialog.entry.element.contains(entry.element)) {
      // Only where the browser does not know inert.
      this.#focusFirst(this.#dialog.entry.element);
      return;
    }
    entry.element.classList.add("focused");
    if (entry.field) entry.field.gotFocus();
    else this.emit("focus", entry.node.id);
  }

  /** @param {FocusEvent} event */
  #blurred(event) {
    const entry = this.#entryOf(event.target);
    if (!entry) return;
    entry.element.classList.remove("focused");
    if (entry.field) entry.field.lostFocus();
    else this.emit("blur", entry.node.id);
  }

  /** @param {Event} event */
  #clicked(event) {
    const entry = this.#entryOf(event.target);
    if (!entry || fieldRoles.has(entry.node.role) || containerRoles.has(entry.node.role)) return;
    const modified = event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey);
    if (entry.node.role === "link" && modified && entry.node.value?.startsWith("/")) return;
    // C++ says what is checked, and where a link leads.
    event.preventDefault();
    if (!entry.node.disabled) this.emit("click", entry.node.id);
  }

  /** @param {Event} event */
  #chosen(event) {
    const entry = this.#entryOf(event.target);
    if (entry?.element instanceof HTMLSelectElement) this.emit("input", entry.node.id, { text: entry.element.value });
  }

  /**
   * Who types faster than the page draws must not type into the field he has left: what the key before did is done
   * first. A grid's only field takes keys as they come, but does not know the text that F2 brings.
   * @param {KeyboardEvent} event
   */
  #catchUp(event) {
    const isGrid = Boolean(this.focusedField?.node.waitingKeys);
    if (this.#keyAhead === "" || event.repeat || (isGrid && this.#keyAhead !== "F2")) return;
    this.#keyAhead = "";
    this.#bridge.send("flush");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    this.#catchUp(event);
    const entry = this.#entryOf(document.activeElement);
    if (!entry) return;
    if (entry.field) {
      if (entry.field.key(event)) event.stopPropagation();
      return;
    }
    const name = keyName(event);
    if (belongsToInputMethod(event) || !(entry.node.keys ?? "").split(" ").includes(name)) return;
    event.preventDefault();
    event.stopPropagation();
    this.emit("key", entry.node.id, { key: name });
  }

  // --- Pointer --------------------------------------------------------------------------------------------------

  /**
   * The user pressed the canvas: the field in use is left, and Tab goes on from the control pressed, as it would on
   * a page of plain elements.
   * @param {number} x CSS pixels
   * @param {number} y
   */
  pressedCanvas(x, y) {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const pressed = this.#controlAt(x, y);
    if (!pressed) return;
    this.#silent = true;
    pressed.focus({ preventScroll: true });
    pressed.blur();
    this.#silent = false;
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #controlAt(x, y) {
    const focusable = "button:enabled, a[href], input.leaf";
    for (const element of [...this.#root.querySelectorAll(focusable)].reverse()) {
      const box = element.getBoundingClientRect();
      const inside = x >= box.left && x < box.right && y >= box.top && y < box.bottom;
      if (inside && element instanceof HTMLElement && !element.closest("[inert]")) return element;
    }
    return null;
  }
}
