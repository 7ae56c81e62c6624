// @ts-check
// The elements that stand for nodes of the mirror: which there is for each role, and what a node says of it.

import { shrinkage } from "./text_field.js";

/** @typedef {import("./mirror.js").MirrorNode} MirrorNode */

/**
 * Writing a style costs more than knowing it; while a table scrolls most of them stay.
 * @param {import("./mirror.js").Entry} entry
 * @param {"left" | "top" | "width" | "height" | "clipPath" | "transform"} side
 * @param {string} value
 */
export function place(entry, side, value) {
  if (entry.place[side] === value) return;
  entry.place[side] = value;
  entry.element.style[side] = value;
}

/** @param {MirrorNode} node */
export function createElement(node) {
  switch (node.role) {
    case "button":
      return create("button", { type: "button" });
    case "tab":
    case "menuitem":
      return create("button", { type: "button", role: node.role });
    case "link":
      return create("a", {});
    case "checkbox":
      return create("input", { type: "checkbox" });
    case "radio":
      return create("input", { type: "radio", name: `group-${node.parent}` });
    case "text":
      return create("input", { type: node.secret ? "password" : "text" });
    case "number":
      return create("input", { type: "text", inputmode: "decimal" });
    case "multiline":
      return create("textarea", {});
    case "select":
      return create("select", {});
    case "heading":
      return create(`h${Math.min(6, Math.max(1, Number(node.value) || 2))}`, {});
    case "paragraph":
      return create("p", {});
    case "navigation":
      return create("nav", {});
    case "dialog":
      return create("div", { role: "dialog", "aria-modal": "true", tabindex: "-1" });
    default:
      return create("div", { role: node.role });
  }
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @returns {HTMLElement}
 */
function create(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value
 */
export function setAria(element, name, value) {
  if (value === null) element.removeAttribute(`aria-${name}`);
  else element.setAttribute(`aria-${name}`, value);
}

/** @param {Element} element */
export function isNavigation(element) {
  return element.closest("nav") !== null;
}

/**
 * @param {HTMLInputElement} input
 * @param {MirrorNode} node
 */
export function setChecked(input, node) {
  input.disabled = node.disabled ?? false;
  input.checked = node.value === "true";
  input.indeterminate = node.value === "mixed";
}

/**
 * The browser's own list of what may be meant.
 * @param {HTMLElement} element
 * @param {HTMLElement} root
 * @param {MirrorNode} node
 */
export function offer(element, root, node) {
  const id = `offer-${node.h}`;
  let list = document.getElementById(id);
  if (!list) {
    list = create("datalist", { id });
    root.append(list);
    element.setAttribute("list", id);
  }
  list.replaceChildren(...(node.options ?? []).map((text) => new Option(text, text)));
}

/**
 * @param {HTMLSelectElement} select
 * @param {MirrorNode} node
 */
export function setOptions(select, node) {
  const options = node.options ?? [];
  const same = select.options.length === options.length && options.every((text, at) => select.options[at]?.text === text);
  if (!same) select.replaceChildren(...options.map((text) => new Option(text, text)));
  select.disabled = node.disabled ?? false;
  select.value = node.value ?? "";
  const shrunk = shrinkage(node.fontSize);
  select.style.fontSize = `${(node.fontSize ?? 15) / shrunk}px`;
  select.style.fontWeight = `${node.fontWeight}`;
  select.style.padding = `0 ${(node.paddingX ?? 0) / shrunk}px`;
}
