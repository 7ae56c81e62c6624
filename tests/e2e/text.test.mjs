// Text as it is really entered: input methods, rare characters, pasting, limits, undo.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;

const limit = 10_000;
const alert = (page) => page.getByRole("main").getByRole("alert");

/** An input method, as the browser sees it. */
async function inputMethod(context, page) {
  const session = await context.newCDPSession(page);
  return {
    compose: (text) =>
      session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: (text) => session.send("Input.insertText", { text }),
    /** A key that the input method keeps for itself. */
    async key(code) {
      await session.send("Input.dispatchKeyEvent", {
        type: "rawKeyDown", key: "Process", code, windowsVirtualKeyCode: 229,
      });
      await session.send("Input.dispatchKeyEvent", { type: "keyUp", key: code, code, windowsVirtualKeyCode: 13 });
    },
  };
}

/** The newest edits of the open document, as they would be sent. */
async function answers(page) {
  const { report } = await h.exportReport(page);
  return report.layers[0].answers;
}

scene("input method: composing shows in the field and only committing writes", async ({ page, context }) => {
  await h.createDocument(page);
  const ime = await inputMethod(context, page);
  const field = h.noteField(page, "1.1.1");
  await h.click(page, field);
  await ime.compose("d");
  await ime.compose("dang");
  await h.afterFrames(page);
  assert.equal(await field.inputValue(), "dang");
  assert.equal(await h.button(page, words["ui.undo.name"]).isEnabled(), false, "nothing is written while composing");
  await ime.commit("党建");
  await h.saved(page);
  assert.equal(await field.inputValue(), "党建");
  assert.equal(await h.button(page, words["ui.undo.name"]).isEnabled(), true);

  // Enter that only commits the composition stays in the field, and breaks no line.
  await ime.compose("工作");
  await ime.key("Enter");
  await ime.commit("工作");
  await h.afterFrames(page);
  assert.equal(await h.focusedId(page), "note/self/1.1.1");
  assert.equal(await field.inputValue(), "党建工作");

  // Escape throws the composition away, not what was written before.
  await ime.compose("cuo");
  await ime.key("Escape");
  await ime.compose("");
  await h.afterFrames(page);
  assert.equal(await field.inputValue(), "党建工作");
  assert.equal(await h.focusedId(page), "note/self/1.1.1");

  // Enter after it moves on.
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "note/self/1.1.2");
  assert.deepEqual(await answers(page), { "1.1.1": { note: "党建工作" } });
});

scene("input method: leaving the field in mid-composition loses nothing", async ({ page, context }) => {
  await h.createDocument(page);
  const ime = await inputMethod(context, page);
  await h.click(page, h.noteField(page, "1.1.1"));
  await ime.commit("前置研究");
  await ime.compose("三十六项");
  await h.click(page, h.scoreField(page, "1.1.2"));
  await h.holds(h.noteField(page, "1.1.1"), "前置研究三十六项");
  await page.keyboard.type("1");

  // By the mouse on the canvas, where nothing takes the focus.
  await h.click(page, h.noteField(page, "1.1.2"));
  await ime.compose("已分设");
  await page.mouse.click(600, 430);
  await h.afterFrames(page);
  await h.holds(h.noteField(page, "1.1.2"), "已分设");
  await h.saved(page);
  assert.deepEqual(await answers(page), {
    "1.1.1": { note: "前置研究三十六项" },
    "1.1.2": { note: "已分设", score: 1 },
  });
});

scene("input method: full-width figures in a score", async ({ page, context }) => {
  await h.createDocument(page);
  const ime = await inputMethod(context, page);
  await h.click(page, h.scoreField(page, "1.1.1"));
  await ime.compose("１");
  await h.afterFrames(page);
  await ime.commit("１．５");
  await h.saved(page);
  assert.deepEqual(await answers(page), { "1.1.1": { score: 1.5 } });
});

scene("rare characters and 3,000 characters go out and print as they came in", async ({ page }) => {
  const rare = "㐂䶮𬭩：龘、𠮷野家";
  const long = Array.from({ length: 3000 }, (_, at) => "落实党建工作责任制，"[at % 10]).join("");
  await h.createDocument(page, { unit: "䶮山医院党委" });
  await h.setNote(page, "1.1.1", rare);
  await h.setNote(page, "1.1.2", long);
  await h.saved(page);
  await h.holds(h.noteField(page, "1.1.2"), long);
  assert.deepEqual(await answers(page), { "1.1.1": { note: rare }, "1.1.2": { note: long } });
  await h.screenshot(page, "long-note");
});

scene("the limit of 10,000 characters is told, and nothing typed before is lost", async ({ page }) => {
  await h.createDocument(page);
  const almost = "满".repeat(limit - 2);
  await h.setNote(page, "1.1.1", almost);
  await h.saved(page);
  await page.keyboard.insertText("甲乙");
  await h.holds(h.noteField(page, "1.1.1"), `${almost}甲乙`);
  assert.equal(await alert(page).count(), 0, "10,000 are allowed");
  await page.keyboard.insertText("丙");
  await alert(page).filter({ hasText: say("error.text-long", { limit }).split("；")[0] }).waitFor({ state: "attached" });
  await h.holds(h.noteField(page, "1.1.1"), `${almost}甲乙`);
  await h.leaveField(page);
  await h.saved(page);
  assert.deepEqual(await answers(page), { "1.1.1": { note: `${almost}甲乙` } });
});

scene("pasting: lines, CR LF, rich text, and one line into a score", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copy = (parts) =>
    page.evaluate(async (texts) => {
      const items = Object.entries(texts).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(items))]);
    }, parts);
  const paste = async (field) => {
    await h.click(page, field);
    await page.keyboard.press("Control+V");
    await h.afterFrames(page);
  };
  await h.createDocument(page);
  await copy({ "text/plain": "一、学习\n二、检查\n三、整改" });
  await paste(h.noteField(page, "1.1.1"));
  await h.holds(h.noteField(page, "1.1.1"), "一、学习\n二、检查\n三、整改");
  await copy({ "text/plain": "第一行\r\n第二行\r第三行" });
  await paste(h.noteField(page, "1.1.2"));
  await copy({ "text/plain": "党建专章", "text/html": "<b>党建</b><script>document.title='x'</script><table><tr><td>专章</td></tr></table>" });
  await paste(h.noteField(page, "1.2.1"));
  await copy({ "text/plain": "1\r\n" });
  await paste(h.scoreField(page, "1.1.1"));
  await h.saved(page);
  assert.deepEqual(await answers(page), {
    "1.1.1": { note: "一、学习\n二、检查\n三、整改", score: 1 },
    "1.1.2": { note: "第一行\n第二行\n第三行" },
    "1.2.1": { note: "党建\n专章" },
  });
  assert.notEqual(await page.title(), "x");
});

scene("pasting a column of scores fills the rows below", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await h.createDocument(page);
  await page.evaluate(() => navigator.clipboard.writeText("2\r\n0.5\r\n1\r\n"));
  await h.click(page, h.scoreField(page, "1.1.1"));
  await page.keyboard.press("Control+V");
  await h.saved(page);
  for (const [item, score] of [["1.1.1", "2"], ["1.1.2", "0.5"], ["1.2.1", "1"]]) {
    await h.holds(h.scoreField(page, item), score);
  }
  await h.click(page, h.button(page, words["ui.undo.name"]));
  await h.holds(h.scoreField(page, "1.1.1"), "");
  assert.deepEqual(await answers(page), {}, "one action, taken back at once");
});

scene("undo and redo by button and by key", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.setNote(page, "1.1.2", "分设文件在档");
  await h.setScore(page, "1.1.2", "1");
  await h.leaveField(page);
  const undo = h.button(page, words["ui.undo.name"]);
  const redo = h.button(page, words["ui.redo.name"]);
  const now = async () => [
    await h.scoreField(page, "1.1.1").inputValue(),
    await h.noteField(page, "1.1.2").inputValue(),
    await h.scoreField(page, "1.1.2").inputValue(),
  ];
  const becomes = (values) => h.eventually(async () => assert.deepEqual(await now(), values));
  await becomes(["2", "分设文件在档", "1"]);
  await h.click(page, undo);
  await becomes(["2", "分设文件在档", ""]);
  await h.leaveField(page);
  await page.keyboard.press("Control+z");
  await becomes(["2", "", ""]);
  await h.press(page, undo);
  await becomes(["", "", ""]);
  assert.equal(await undo.isEnabled(), false, "the unit's name is not taken back");
  await h.leaveField(page);
  await page.keyboard.press("Control+y");
  await becomes(["2", "", ""]);
  await h.click(page, redo);
  await becomes(["2", "分设文件在档", ""]);
  await h.leaveField(page);
  await page.keyboard.press("Control+Shift+z");
  await becomes(["2", "分设文件在档", "1"]);
  assert.equal(await redo.isEnabled(), false);
  // A new edit ends what could be done again.
  await h.click(page, undo);
  await becomes(["2", "分设文件在档", ""]);
  await h.setScore(page, "1.1.2", "0.5");
  await h.afterFrames(page);
  assert.equal(await redo.isEnabled(), false);
  // In a field Ctrl+Z takes back what was typed there.
  await h.setNote(page, "1.2.1", "写错了");
  await page.keyboard.press("Control+z");
  await h.holds(h.noteField(page, "1.2.1"), "");
  await h.leaveField(page);
  await h.saved(page);
  assert.deepEqual(await answers(page), {
    "1.1.1": { score: 2 },
    "1.1.2": { note: "分设文件在档", score: 0.5 },
  });
});
