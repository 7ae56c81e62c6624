// @ts-check
// What is in the database, and whether it is as it was written.

import { crc32 } from "./checksum.js";

/** @typedef {import("./bridge.js").Header} Header */
/** @typedef {import("./storage_database.js").StoredRecord} StoredRecord */
/** @typedef {import("./storage_database.js").Access} Access */
/** One document as it was read, records that are broken taken out.
 * @typedef {{id: string, found: boolean, sequence: number, snapshot: Uint8Array, edits: Whole[], broken: number}} Loaded */
/** An edit that is as it was written. @typedef {{sequence: number, text: Uint8Array}} Whole */

const encoder = new TextEncoder();

/**
 * CRC-32 of a text's UTF-8.
 * @param {string} text
 */
export const checksum = (text) => crc32(encoder.encode(text));

/**
 * The UTF-8 of a record's text; null when it is not what was written.
 * @param {StoredRecord} record a text and its checksum
 */
function wholeText(record) {
  const text = "snapshot" in record ? record["snapshot"] : record["text"];
  if (typeof text !== "string") return null;
  const bytes = encoder.encode(text);
  return record["crc"] === crc32(bytes) ? bytes : null;
}

/** @param {StoredRecord} record */
export const isWhole = (record) => wholeText(record) !== null;

/** Edits of a document, gaps included. @param {Loaded} loaded */
export function countOf({ sequence, edits }) {
  return Math.max(sequence, (edits.at(-1)?.sequence ?? -1) + 1);
}

/** @param {Access} access */
export async function readIndex(access) {
  const [index, aside] = await Promise.all([
    readIndexOf(access, ["cards", "settings", "instruments"]),
    access.all("quarantine"),
  ]);
  return { ...index, aside: aside.length };
}

/**
 * Cards without those of deleted documents, and other whole stores.
 * @param {Access} access
 * @param {string[]} names
 * @returns {Promise<{cards: StoredRecord[], settings: StoredRecord[], instruments: StoredRecord[]}>}
 */
export async function readIndexOf(access, names) {
  const wanted = (/** @type {string} */ name) => (names.includes(name) ? access.all(name) : Promise.resolve([]));
  const [deleted, cards, settings, instruments] = await Promise.all([
    access.all("deleted"),
    wanted("cards"),
    wanted("settings"),
    wanted("instruments"),
  ]);
  const gone = new Set(deleted.map((mark) => mark["id"]));
  return { cards: cards.filter((card) => !gone.has(card["id"])), settings, instruments };
}

/**
 * @param {Access} access
 * @param {string} id
 * @returns {Promise<Loaded>}
 */
export async function readDocument(access, id) {
  const [record, edits] = await Promise.all([access.get("documents", id), allEdits(access, id)]);
  const snapshot = record === undefined ? null : wholeText(record);
  /** @type {Whole[]} */
  const whole = [];
  for (const edit of snapshot ? edits : []) {
    const text = wholeText(edit);
    if (text) whole.push({ sequence: edit["sequence"], text });
  }
  return {
    id,
    found: snapshot !== null,
    sequence: snapshot ? record?.["sequence"] : 0,
    snapshot: snapshot ?? new Uint8Array(0),
    edits: whole,
    broken: snapshot || !record ? edits.length - whole.length : 1 + edits.length,
  };
}

/** @param {Access} access @param {string} id */
export function allEdits(access, id) {
  return access.all("edits", [id, 0], [id, Infinity]);
}

/**
 * A document as header and texts of a message.
 * @param {Loaded} loaded
 * @returns {{header: Header, texts: Uint8Array[]}}
 */
export function describe({ id: document, found, sequence, snapshot, edits, broken }) {
  const sizes = edits.map((edit) => ({ sequence: edit.sequence, size: edit.text.length }));
  const header = { document, found, sequence, snapshot: snapshot.length, edits: sizes, quarantined: broken };
  return { header, texts: [snapshot, ...edits.map((edit) => edit.text)] };
}
