// "已保存" is always true: from the letter on, while it is composed, and when the page goes elsewhere in the same moment.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words } = h;

const saveState = (page) => page.getAttribute("html", "data-save");
const says = (page) => page.locator('[data-id="save-state"]').textContent();

/** Frames come when the test lets them, as on a machine that is busy. */
const prepare = () => {
  const request = window.requestAnimationFrame.bind(window);
  window.held = null;
  window.requestAnimationFrame = (work) => (window.held ? window.held.push(work) : request(work));
};
async function holdFrames(page) {
  await h.afterFrames(page, 6); // those of what was done before
  await page.evaluate(() => (window.held = []));
}
const letFramesGo = (page) =>
  page.evaluate(() => {
    const held = window.held;
    window.held = null;
    for (const work of held) window.requestAnimationFrame(work);
  });

scene(
  "a letter that stands in its field is not called saved before it is durable",
  async ({ page }) => {
    await h.createDocument(page);
    await h.reveal(page, "1.1.1");
    await h.noteField(page, "1.1.1").focus();
    await h.saved(page);
    await holdFrames(page);
    await page.keyboard.insertText("刚");
    assert.equal(await h.noteField(page, "1.1.1").inputValue(), "刚");
    assert.equal(await saveState(page), "saving");
    await letFramesGo(page);
    await h.saved(page);
    await page.reload();
    await h.becomeReady(page);
    await h.holds(h.noteField(page, "1.1.1"), "刚");
  },
  { prepare },
);

scene(
  "an answer that comes late does not undo what was typed since",
  async ({ page }) => {
    const oneFrame = () =>
      page.evaluate(() => {
        const held = window.held;
        window.held = [];
        for (const work of held) work(performance.now());
      });
    await h.createDocument(page);
    await h.reveal(page, "1.1.1");
    await h.noteField(page, "1.1.1").focus();
    await h.saved(page);
    await holdFrames(page);
    await page.keyboard.insertText("一");
    await new Promise((done) => setTimeout(done, 1500));
    await oneFrame();
    await page.keyboard.insertText("二");
    await oneFrame();
    await page.keyboard.insertText("三");
    await letFramesGo(page);
    await h.saved(page);
    await h.holds(h.noteField(page, "1.1.1"), "一二三");
    await page.reload();
    await h.becomeReady(page);
    await h.holds(h.noteField(page, "1.1.1"), "一二三");
  },
  { prepare },
);

scene("what the page draws says so, too: no picture has the letter and 已保存", async ({ page }) => {
  await h.createDocument(page);
  await h.reveal(page, "1.1.1");
  await h.noteField(page, "1.1.1").focus();
  await h.saved(page);
  const seen = await page.evaluate(async () => {
    const field = document.activeElement;
    const state = () => document.querySelector('[data-id="save-state"]').textContent;
    document.execCommand("insertText", false, "刚");
    await new Promise((done) => requestAnimationFrame(() => done(undefined)));
    return { text: field.value, state: state() };
  });
  assert.deepEqual(seen, { text: "刚", state: words["ui.save.saving"] });
});

scene("a composition is not saved before it is ended, nor is a text that cannot be accepted", async ({ page, context }) => {
  await h.createDocument(page);
  await h.reveal(page, "1.1.1");
  await h.noteField(page, "1.1.1").focus();
  await h.saved(page);
  const input = await context.newCDPSession(page);
  const compose = (text) => input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await compose("dang");
  await h.afterFrames(page, 6);
  assert.equal(await saveState(page), "saving");
  await h.eventually(async () => assert.equal(await says(page), words["ui.save.typing"]));
  await input.send("Input.insertText", { text: "党" });
  await h.saved(page);
  await h.holds(h.noteField(page, "1.1.1"), "党");
  await compose("jian");
  await h.afterFrames(page, 6);
  assert.equal(await saveState(page), "saving");
  await compose("");
  await h.saved(page);

  await h.scoreField(page, "1.1.1").focus();
  await page.keyboard.type("99");
  await h.afterFrames(page, 6);
  assert.equal(await saveState(page), "saving");
  await h.leaveField(page);
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await h.holds(h.noteField(page, "1.1.1"), "党");
  await h.holds(h.scoreField(page, "1.1.1"), "");
});

scene(
  "a letter typed in the moment in which the page goes elsewhere is kept",
  async ({ page }) => {
    const id = await h.createDocument(page);
    for (const route of ["#/", `#/doc/${id}/3.4.1`]) {
      await h.reveal(page, "1.1.1");
      await h.noteField(page, "1.1.1").focus();
      await holdFrames(page);
      await page.keyboard.insertText("字");
      await page.evaluate((to) => (location.hash = to), route);
      await letFramesGo(page);
      await h.saved(page);
      await page.evaluate((to) => (location.hash = to), `#/doc/${id}/1.1.1`);
      await h.noteField(page, "1.1.1").waitFor({ state: "attached" });
      await h.afterFrames(page);
    }
    await h.holds(h.noteField(page, "1.1.1"), "字字");
  },
  { prepare },
);

scene(
  "an activity of several days is stored in one piece: a power cut leaves all of it or nothing",
  async ({ page }) => {
    await page.evaluate(() => (location.hash = "#/new/ledger?unit=x&period=2026"));
    await h.dialog(page, "new").waitFor();
    await h.click(page, h.button(page, words["ui.new.create"]));
    await page.getByRole("textbox", { name: "日期", exact: true }).waitFor({ state: "attached" });
    for (const [name, text] of [["日期", "2026-01-13、2026-02-18、2026-03-14"], ["类型", "支委会"], ["主题", "学习"]]) {
      await page.getByRole("textbox", { name, exact: true }).focus();
      await page.keyboard.insertText(text);
      await h.afterFrames(page);
    }
    await h.saved(page);
    await page.evaluate(() => (window.writes = 0));
    await page.keyboard.press("Enter");
    await h.saved(page);
    assert.equal(await page.evaluate(() => window.writes), 1);
    await h.waitFocus(page, "row/date"); // ready for the next one
    await page.reload();
    await h.becomeReady(page);
    await page.getByText("学习").nth(2).waitFor({ state: "attached" });
  },
  {
    prepare: () => {
      const real = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (names, mode, options) {
        if (mode === "readwrite" && names.includes("edits")) ++window.writes;
        return real.call(this, names, mode, options);
      };
    },
  },
);
