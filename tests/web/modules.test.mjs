// The small pieces of the page's modules that need no browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./modules.mjs";

const { Bridge, BodyReader, joinTexts } = await load("bridge.js");
const { onlyCell } = await load("clipboard.js");
const { belongsToInputMethod, fitText, keyName } = await load("text_field.js");

/** A program with a memory of its own that moves when a large message comes. */
class Program {
  heap = new Uint8Array(64);
  received = [];

  _duibiao_buffer(size) {
    if (size > this.heap.length) this.heap = new Uint8Array(size * 2);
    this.size = size;
    return 0;
  }

  _duibiao_receive(type, header) {
    const text = (from, to) => new TextDecoder().decode(this.heap.slice(from, to));
    const body = this.heap.slice(type + header, this.size);
    this.received.push({ type: text(0, type), header: JSON.parse(text(type, type + header)), body });
  }
}

test("messages reach the program whole, however large", () => {
  const program = new Program();
  const bridge = new Bridge();
  bridge.send("too-early");
  bridge.attach(() => program.heap, program);
  bridge.send("file", { name: "报送件“一”.json" }, new Uint8Array([0, 255, 10]));
  bridge.send("file", {}, new Uint8Array(100_000).fill(7));
  assert.deepEqual(program.received[0], { type: "file", header: { name: "报送件“一”.json" }, body: new Uint8Array([0, 255, 10]) });
  assert.equal(program.received[1].body.length, 100_000);
  assert.equal(program.received.length, 2);
});

test("messages from the program are copies", () => {
  const program = new Program();
  const bridge = new Bridge();
  bridge.attach(() => program.heap, program);
  program.heap.set(new TextEncoder().encode('typ{"a":1}xyz'));
  let heard = null;
  bridge.on("typ", (header, body) => (heard = { header, body }));
  bridge.post(0, 3, 3, 7, 10, 3);
  program.heap.fill(0);
  assert.deepEqual(heard, { header: { a: 1 }, body: new TextEncoder().encode("xyz") });
  bridge.post(0, 0, 0, 0, 0, 0); // nobody listens
});

test("texts are joined and cut again by their sizes in bytes", () => {
  const texts = ["", "党", "abc", "𬭩"];
  const { sizes, body } = joinTexts(texts);
  assert.deepEqual(sizes, [0, 3, 3, 4]);
  const reader = new BodyReader(body);
  assert.deepEqual(sizes.map((size) => reader.text(size)), texts);
});

const key = (parts) => ({ key: "", keyCode: 0, isComposing: false, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...parts });

test("keys have one name each", () => {
  assert.equal(keyName(key({ key: "f" })), "F");
  assert.equal(keyName(key({ key: "F", shiftKey: true })), "F");
  assert.equal(keyName(key({ key: "Enter", shiftKey: true })), "Shift+Enter");
  assert.equal(keyName(key({ key: "z", ctrlKey: true })), "Ctrl+Z");
  assert.equal(keyName(key({ key: "Z", metaKey: true, shiftKey: true })), "Ctrl+Shift+Z");
  assert.equal(keyName(key({ key: "Enter", altKey: true })), "Alt+Enter");
  assert.equal(keyName(key({ key: " " })), "Space");
  assert.equal(keyName(key({ key: "ArrowDown" })), "ArrowDown");
});

test("keys of an input method are its own", () => {
  assert.equal(belongsToInputMethod(key({ key: "Enter", isComposing: true })), true);
  assert.equal(belongsToInputMethod(key({ key: "Enter", keyCode: 229 })), true);
  assert.equal(belongsToInputMethod(key({ key: "Process" })), true);
  assert.equal(belongsToInputMethod(key({ key: "Enter", keyCode: 13 })), false);
});

test("too long a text keeps what was there before and loses the end of what was put in", () => {
  assert.equal(fitText("abc", 3, 3), null);
  assert.equal(fitText("𠮷𠮷𠮷", 6, 3), null, "characters count, not UTF-16 units");
  assert.deepEqual(fitText("abcd", 4, 3), { text: "abc", caret: 3 });
  assert.deepEqual(fitText("aXYZb", 4, 3), { text: "aXb", caret: 2 }, "put in between a and b");
  assert.deepEqual(fitText("𠮷乙丙", 2, 2), { text: "乙丙", caret: 0 });
  assert.deepEqual(fitText("abcdef", 0, 3), { text: "abc", caret: 0 });
});

test("a cell that was copied alone is known from a table", () => {
  for (const [text, cell] of [
    ["", ""],
    ["学习\n", "学习"],
    ["学习\n讨论", null],
    ["学习\t讨论", null],
    ["\n\n", null],
    ['"学习\n讨论"\n', "学习\n讨论"],
    ['"学习\t""讨论"""', '学习\t"讨论"'],
    ['"学习"', '"学习"'], // without need no spreadsheet quotes
    ['"学习\n"\t"讨论\n"', null],
    ['"学习\n"讨论"', null],
  ]) {
    assert.equal(onlyCell(text), cell, JSON.stringify(text));
  }
});
