// The report travels: a unit, its superior and the department, three browsers that pass files only.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;

const layerTab = (page, layer) =>
  page.getByRole("radio", { name: h.instrument.layers.find((known) => known.id === layer).short, exact: true });
const notice = (page) => page.locator('[data-id="reader"]');
const question = (page) => h.dialog(page, "import");

async function profile(office) {
  const context = await stage.user();
  const page = await stage.page({ context });
  return { office, context, page };
}

/** Opens a file that another profile sent; where the document is here, all of it is taken in. */
async function take(page, file) {
  await h.drop(page, file.name, file.content);
  const id = file.report.document;
  await h.eventually(async () => {
    if ((await question(page).count()) > 0) await h.press(page, page.locator('[data-id="import/merge"]'));
    assert.ok(page.url().includes(id));
    assert.equal(await question(page).count(), 0);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.save), "saved");
  });
  await h.afterFrames(page, 4);
}

/** Gives every criterion its full points by keyboard alone: F, then on. */
async function acceptAll(page, layer) {
  await h.reveal(page, h.criteria[0].id);
  await h.scoreField(page, h.criteria[0].id, layer).focus();
  for (const criterion of h.criteria) {
    await h.waitFocus(page, `score/${layer}/${criterion.id}`);
    await page.keyboard.press("f");
    await page.keyboard.press("Enter");
    await h.afterFrames(page, 1);
  }
  await h.saved(page);
}

test("unit, superior and department pass files only, with a return, and end with the same report", async () => {
  const unit = await profile("党委办公室");
  const superior = await profile("上级党委");
  const department = await profile("主管部门");
  await h.createDocument(unit.page, { unit: "市第一人民医院党委" });
  await h.setScore(unit.page, "1.1.1", "2");
  await h.setNote(unit.page, "1.1.1", "前置研究 36 项");
  const first = await h.exportReport(unit.page);
  assert.equal(first.report.layers[0].state, "submitted");

  // Locked: neither typing nor undo changes anything.
  await notice(unit.page).waitFor({ state: "attached" });
  await h.eventually(async () => assert.ok((await notice(unit.page).textContent()).includes("张三"))); // a status says its text a moment later
  assert.equal(await h.scoreField(unit.page, "1.1.1").getAttribute("readonly") !== null, true);
  assert.ok(await h.button(unit.page, words["ui.undo.name"]).isDisabled());

  // The superior takes a point off with a reason and returns it.
  await take(superior.page, first);
  await h.click(superior.page, layerTab(superior.page, "acceptance"));
  await h.setScore(superior.page, "1.1.1", "1", "acceptance");
  await h.reveal(superior.page, "1.1.1");
  await h.reasonField(superior.page, "1.1.1").fill("缺第三季度记录");
  await h.saved(superior.page);
  const returned = await h.returnReport(superior.page, "请补第三季度记录");
  assert.equal(returned.report.layers[1].state, "returned");
  assert.equal(returned.report.layers[0].hash, first.report.layers[0].hash, "the unit's layer is untouched");

  // What was asked stands beside the item; the answer is a new revision.
  await take(unit.page, returned);
  await h.eventually(async () => assert.ok((await notice(unit.page).textContent()).includes("请补第三季度记录")));
  await h.findingsRegion(unit.page).getByRole("link", { name: h.findingText("returned-item", "1.1.1") }).waitFor({ state: "attached" });
  await h.setNote(unit.page, "1.1.1", "，已补第三季度记录");
  await h.saved(unit.page);
  // What the answer changes since the last revision is listed before it goes out.
  await h.openSend(unit.page);
  await h.press(unit.page, unit.page.locator('[data-id="send/compare"]'));
  await unit.page.locator('[data-id^="compare/since/"]').filter({ hasText: "已补第三季度记录" }).waitFor({ state: "attached" });
  await unit.page.keyboard.press("Escape");
  const second = await h.exportReport(unit.page);
  assert.equal(second.report.log.filter((edit) => edit.field === "state" && edit.layer === "self" && edit.after === "submitted").length, 2);

  // Accepted by keyboard alone, all 84.
  await take(superior.page, second);
  await acceptAll(superior.page, "acceptance");
  const accepted = await h.exportReport(superior.page);
  assert.equal(accepted.report.layers[1].state, "accepted");
  assert.equal(accepted.report.layers[1].totals.scored, h.criteria.length);
  assert.equal(accepted.report.layers[0].hash, second.report.layers[0].hash, "the unit's layer is untouched");

  await take(department.page, accepted);
  await h.click(department.page, layerTab(department.page, "rating"));
  await h.setScore(department.page, "1.1.1", "1.5", "rating");
  await h.reveal(department.page, "1.1.1");
  await h.reasonField(department.page, "1.1.1", "rating").fill("补件晚于期限");
  const rated = await h.exportReport(department.page);

  // Back to all, twice: the second time changes nothing.
  for (const { page } of [unit, superior]) {
    await take(page, rated);
    const again = await h.exportReport(page);
    assert.ok(again.content.equals(rated.content), "the same report, byte for byte");
    await h.drop(page, rated.name, rated.content);
    const nothing = say("ui.import.preview", { added: 0, changed: 0, cleared: 0, conflicts: 0 }).split("{")[0];
    await question(page).getByText(nothing).waitFor({ state: "attached" });
    await h.press(page, page.locator('[data-id="import/cancel"]'));
  }
  for (const { page, context } of [unit, superior, department]) {
    h.assertQuiet(page);
    await context.close();
  }
});

test("what both sides changed is asked about, one undo takes an import back", async () => {
  const unit = await profile("党委办公室");
  const other = await profile("分管领导");
  await h.createDocument(unit.page);
  await h.setNote(unit.page, "1.1.1", "原文");
  const file = await h.exportReport(unit.page);
  await h.unlock(unit.page);
  await h.setNote(unit.page, "1.1.1", "，本机改");
  await take(other.page, file);
  await h.unlock(other.page);
  await h.setNote(other.page, "1.1.1", "，那边改");
  await h.setScore(other.page, "1.1.2", "1");
  const theirs = await h.exportReport(other.page);

  await h.drop(unit.page, theirs.name, theirs.content);
  await question(unit.page).waitFor();
  const side = question(unit.page).getByRole("radio", { name: say("ui.import.ours", { value: "原文，本机改" }), exact: true });
  await side.waitFor({ state: "attached" });
  await h.screenshot(unit.page, "import-preview");
  await h.click(unit.page, side);
  await h.press(unit.page, unit.page.locator('[data-id="import/merge"]'));
  await question(unit.page).waitFor({ state: "detached" });
  await h.saved(unit.page);
  await h.reveal(unit.page, "1.1.1");
  await h.holds(h.noteField(unit.page, "1.1.1"), "原文，本机改");
  await h.holds(h.scoreField(unit.page, "1.1.2"), "1");
  await unit.page.keyboard.press("Control+z");
  await h.says(h.toast(unit.page), words["ui.import.taken-back"]);
  await h.holds(h.scoreField(unit.page, "1.1.2"), "");
  await h.saved(unit.page);
  await unit.page.reload();
  await h.becomeReady(unit.page);
  await h.reveal(unit.page, "1.1.2");
  await h.holds(h.scoreField(unit.page, "1.1.2"), "");
  await h.holds(h.noteField(unit.page, "1.1.1"), "原文，本机改");
  for (const { page, context } of [unit, other]) {
    h.assertQuiet(page);
    await context.close();
  }
});

scene("a stamped paper is checked against its file; the letter says where the layers differ", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  const { report } = await h.exportReport(page);
  const check = async (code, key) => {
    await h.openSend(page, 1);
    await h.press(page, page.locator('[data-id="send/code"]'));
    await page.getByRole("textbox", { name: words["ui.code.field"], exact: true }).fill(code);
    await page.keyboard.press("Enter");
    await h.dialog(page, "code").getByText(words[`finding.${key}.title`], { exact: true }).waitFor({ state: "attached" });
    await h.press(page, page.locator('[data-id="code/close"]'));
  };
  await check(report.code.toLowerCase(), "code-fits");
  await check("AAAAAAAAAA", "code-unknown");
  await h.click(page, layerTab(page, "acceptance"));
  await h.setScore(page, "1.1.1", "1.5", "acceptance");
  await h.reasonField(page, "1.1.1").fill("缺记录");
  await check(report.code, "code-earlier");
  await h.openSend(page);
  await h.press(page, page.locator('[data-id="send/compare"]'));
  await h.dialog(page, "compare").getByRole("button", { name: /^1\.1\.1/ }).waitFor();
  await h.screenshot(page, "compare");
  await h.press(page, page.locator('[data-id="compare/print"]'));
  await h.eventually(async () => assert.match(await page.locator("#print-root").textContent(), /缺记录/));
});
