// @ts-check
// What the database and its second copy hold together: nothing that stands in one of them is given up for the other.

import { alonePrefix, countPrefix, countRecord, countsOf, Holdings, lacks, readKey } from "./journal_file.js";
import { stores } from "./storage_database.js";

/** @typedef {import("./storage_database.js").Access} Access */
/** @typedef {import("./storage_database.js").Key} Key */
/** @typedef {import("./storage_database.js").StoredRecord} StoredRecord */
/** @typedef {import("./journal_file.js").Counts} Counts */
/** @typedef {import("./journal_file.js").Operation} Operation */
/** Records by store and key. @typedef {Map<string, Map<string, StoredRecord>>} Content */

/**
 * Gives the database what only the journal holds.
 * @param {Access} access to all stores
 * @param {any[]} records of the journal, its base first
 * @param {boolean} isWhole its base is: nothing of it was damaged
 * @param {number} now milliseconds since 1970
 */
export async function unite(access, records, isWhole, now) {
  const holdings = new Holdings();
  for (const record of records) holdings.take(record);
  const here = countsOf(await access.all("settings", countPrefix, `${countPrefix}\uffff`));
  const there = carriedOut(records);
  const isOther = !holdsBase(here, holdings.base);
  if (holdsMore(here, holdings.counts) || (isOther && !isWhole)) replace(access, both(await contentOf(access), there, now));
  else if (isOther) replace(access, there);
  else await addMissing(access, records, here, there);
  for (const [tab, count] of Object.entries(holdings.counts)) access.put("settings", countRecord(tab, Math.max(count, here[tab] ?? 0)));
}

/** Otherwise it is another database, or an older one. @param {Counts} here @param {Counts} base */
const holdsBase = (here, base) => Object.keys(base).length > 0 && !lacks(here, base);

/** A database that counts nothing is as old as that. @param {Counts} here @param {Counts} there */
const holdsMore = (here, there) =>
  Object.keys(here).length === 0 || Object.entries(here).some(([tab, count]) => tab.startsWith(alonePrefix) && count > (there[tab] ?? 0));

/**
 * What the database lacks is newer than all it has; and documents that are gone from it, though nobody has deleted them.
 * @param {Access} access
 * @param {any[]} records
 * @param {Counts} here
 * @param {Content} there
 */
async function addMissing(access, records, here, there) {
  const documents = new Set(await access.keys("documents"));
  for (const { tab, count, operations = [] } of records) {
    if (!tab || count <= (here[tab] ?? 0)) continue;
    for (const operation of operations) {
      carryOut(access, operation);
      if (operation[0] === "put" && operation[1] === "documents") documents.add(operation[2]["id"]);
    }
  }
  const gone = [...store(there, "documents").keys()].filter((key) => !documents.has(JSON.parse(key)) && !store(there, "deleted").has(key));
  for (const key of gone) for (const [name, record] of recordsOf(there, JSON.parse(key))) access.put(name, record);
}

/** @param {Access} access @param {Content} content */
function replace(access, content) {
  // Numbers, strings and lists of both all stand before a list of a list.
  const behindAll = /** @type {any} */ ([[]]);
  for (const name of Object.keys(stores)) {
    access.remove(name, -Infinity, behindAll);
    for (const record of store(content, name).values()) access.put(name, record);
  }
}

/**
 * The database was emptied, or was an older one, and went on while the journal could not be read: a document that stands
 * in both is taken where it has more edits; where each has edits of its own the other one is put aside, not given up.
 * @param {Content} here
 * @param {Content} there
 * @param {number} now
 */
function both(here, there, now) {
  const content = new Map(Object.keys(stores).map((name) => [name, new Map([...store(there, name), ...store(here, name)])]));
  for (const key of store(there, "documents").keys()) {
    const id = JSON.parse(key);
    const [ours, theirs] = [editsOf(here, id), editsOf(there, id)];
    const isOurs = store(here, "documents").has(key) && ours.size >= theirs.size;
    const [kept, other] = isOurs ? [here, there] : [there, here];
    for (const name of ["documents", "edits", "cards"]) {
      for (const [at, record] of store(content, name)) if (belongsTo(name, record, id)) store(content, name).delete(at);
    }
    for (const [name, record, at] of recordsOf(kept, id)) if (name !== "deleted") store(content, name).set(at, record);
    const [more, less] = isOurs ? [ours, theirs] : [theirs, ours];
    if ([...less].every((edit) => more.has(edit))) continue;
    const edits = [...store(other, "edits").values()].filter((record) => belongsTo("edits", record, id));
    store(content, "quarantine").set(`aside ${id}`, { snapshot: store(other, "documents").get(key), edits, found_at: now });
  }
  return content;
}

// --- Content --------------------------------------------------------------------------------------------------------

/** @param {Content} content @param {string} name */
const store = (content, name) => /** @type {Map<string, StoredRecord>} */ (content.get(name));

/** @param {string} name of its store @param {StoredRecord} record @param {string} id */
const belongsTo = (name, record, id) => record[name === "edits" ? "document" : "id"] === id;

/**
 * All of a document: store, record, key.
 * @param {Content} content
 * @param {string} id
 * @returns {[string, StoredRecord, string][]}
 */
const recordsOf = (content, id) =>
  ["documents", "edits", "cards", "deleted"].flatMap((name) =>
    [...store(content, name)].filter(([, record]) => belongsTo(name, record, id)).map(([key, record]) => /** @type {[string, StoredRecord, string]} */ ([name, record, key])),
  );

/** Ids of the edits of a document's log. @param {Content} content @param {string} id @returns {Set<string>} */
function editsOf(content, id) {
  const snapshot = store(content, "documents").get(JSON.stringify(id));
  const rest = [...store(content, "edits").values()].filter((record) => belongsTo("edits", record, id));
  const ids = new Set(rest.map((record) => idOf(record["text"])));
  try {
    for (const edit of JSON.parse(snapshot?.["snapshot"] ?? "{}").log ?? []) ids.add(edit.id);
  } catch {
    // A damaged snapshot: nobody can tell which.
  }
  return ids;
}

/** @param {string} text of an edit @returns {string} */
function idOf(text) {
  try {
    return JSON.parse(text).id;
  } catch {
    return text;
  }
}

/** @param {Access} access @returns {Promise<Content>} */
async function contentOf(access) {
  const names = Object.keys(stores);
  const lists = await Promise.all(names.map((name) => access.all(name)));
  return new Map(names.map((name, at) => [name, new Map((lists[at] ?? []).map((record, number) => [keyOf(name, record, `here ${number}`), record]))]));
}

/** What the journal's records make of an empty database. @param {any[]} records @returns {Content} */
function carriedOut(records) {
  /** @type {Content} */
  const content = new Map(Object.keys(stores).map((name) => [name, new Map()]));
  /** @type {Counts} */
  let done = {};
  let number = 0;
  for (const { counts, tab, count, operations = [] } of records) {
    if (counts) done = counts;
    // The base may have been read when the transaction was done, but not noted.
    if (tab && count <= (done[tab] ?? 0)) continue;
    for (const [how, name, what, to] of operations) {
      const all = store(content, name);
      if (how === "put") all.set(keyOf(name, what, `there ${++number}`), what);
      else if (isOne(to)) all.delete(JSON.stringify(what));
      else for (const key of all.keys()) if (isWithin(JSON.parse(key), readKey(what), readKey(to))) all.delete(key);
    }
  }
  // What was written while the disk was full may be missing: a card without its document stands for nothing.
  for (const key of store(content, "cards").keys()) if (!store(content, "documents").has(key)) store(content, "cards").delete(key);
  return content;
}

/**
 * @param {string} name of the store
 * @param {StoredRecord} record
 * @param {string} number of those that have no key
 */
function keyOf(name, record, number) {
  const path = stores[name];
  return path ? JSON.stringify(Array.isArray(path) ? path.map((part) => record[part]) : record[path]) : number;
}

/** Ranges are of one document's edits. @param {Key} key @param {Key} from @param {Key} to */
const isWithin = (key, from, to) =>
  Array.isArray(key) && Array.isArray(from) && Array.isArray(to)
    ? key.every((part, at) => /** @type {any} */ (from[at]) <= part && part <= /** @type {any} */ (to[at]))
    : from <= key && key <= to;

/** @param {Access} access @param {Operation} operation */
function carryOut(access, operation) {
  if (operation[0] === "put") return access.put(operation[1], operation[2]);
  const [, name, from, to] = operation;
  access.remove(name, readKey(from), isOne(to) ? undefined : readKey(/** @type {Key} */ (to)));
}

/** Earlier versions wrote null for the end of what is one key and no range. @param {Key | null | undefined} to */
const isOne = (to) => to === undefined || to === null;
