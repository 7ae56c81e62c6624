// The second copy's file: whatever became of its end, what is whole is read, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./modules.mjs";

const { headSize, lacks, readHead, readKey, readRecords, writeHead, writeRecord } = await load("journal_file.js");

const entries = ["一", "㐂䶮𬭩\n", "\ud83d", "x".repeat(1000)].map((text, at) => ({
  tab: "a",
  count: at + 1,
  operations: [["put", "edits", { document: "d", sequence: at, text }]],
}));
const records = entries.map(writeRecord);
const join = (parts) => new Uint8Array(Buffer.concat(parts));
const read = (bytes) => [...readRecords(bytes)].map(({ content }) => content);

test("records come back as they were written, lone halves of letters too", () => {
  assert.deepEqual(read(join(records)), entries);
  assert.deepEqual([...readRecords(join(records))].at(-1)?.end, join(records).length);
});

test("a file cut anywhere has the records before the cut", () => {
  const all = join(records);
  const ends = [...readRecords(all)].map(({ end }) => end);
  for (let size = 0; size <= all.length; ++size) {
    const whole = ends.filter((end) => end <= size).length;
    assert.equal(read(all.slice(0, size)).length, whole, `cut at ${size}`);
  }
});

test("an altered byte ends the reading at its record", () => {
  const all = join(records);
  const [first, second] = [...readRecords(all)].map(({ end }) => end);
  for (let at = first; at < second; ++at) {
    const altered = all.slice();
    altered[at] ^= 0x40;
    assert.equal(read(altered).length, 1, `byte ${at}`);
  }
});

test("zeros and rubbish behind the end are no records", () => {
  for (const rest of [new Uint8Array(100), new Uint8Array(8), Uint8Array.from([255, 255, 255, 255, 1, 2, 3, 4, 5])]) {
    assert.equal(read(join([...records, rest])).length, records.length);
  }
});

test("a head that was not finished is none", () => {
  const head = writeHead({ generation: 7, baseEnd: 4_000_000_000 });
  assert.equal(head.length, headSize);
  assert.deepEqual(readHead(head), { generation: 7, baseEnd: 4_000_000_000 });
  for (let size = 0; size < headSize; ++size) assert.equal(readHead(head.slice(0, size)), null);
  for (let at = 0; at < headSize; ++at) {
    const altered = head.slice();
    altered[at] ^= 1;
    assert.equal(readHead(altered), null);
  }
});

test("what a database lacks", () => {
  assert.equal(lacks({}, {}), false);
  assert.equal(lacks({ a: 2, b: 1 }, { a: 2 }), false);
  assert.equal(lacks({ a: 1 }, { a: 2 }), true);
  assert.equal(lacks({ a: 1 }, { b: 1 }), true);
});

test("the end of all keys survives JSON", () => {
  assert.deepEqual(readKey(JSON.parse(JSON.stringify(["d", Infinity]))), ["d", Infinity]);
  assert.equal(readKey("d"), "d");
});
