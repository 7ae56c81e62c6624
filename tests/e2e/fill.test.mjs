// Filling the score table as a clerk does: by mouse on the canvas, by keyboard alone, with wrong input, all of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;

const totalText = (score, scored, layer = "self") =>
  `${h.layerLabels[layer]} ${score} ${say("ui.total.of", { points: 100, scored, of: h.criteria.length })}`;
const total = (page) => page.locator('[data-id="total-text"]');
const sectionText = (page, title) => h.sectionLink(page, title);
const finding = (page, text) => h.findingsRegion(page).getByRole("link", { name: text });
const alert = (page) => page.getByRole("main").getByRole("alert");

scene("by mouse: scores, notes, totals and progress", async ({ page }) => {
  await h.createDocument(page, { unit: "市第二人民医院党委" });
  await page.getByRole("heading", { name: /^市第二人民医院党委 \/ .* \/ 2026 年度 草稿$/ }).waitFor();
  await h.says(total(page), totalText("—", 0));

  await h.click(page, h.scoreField(page, "1.1.1"));
  await page.keyboard.type("1.5");
  await h.says(total(page), totalText("1.5", 1));
  await h.click(page, h.scoreField(page, "1.1.2"));
  await page.keyboard.type("1");
  await h.says(sectionText(page, "强化党组织发挥作用"), "1 强化党组织发挥作用 2.5 / 4");
  await h.says(sectionText(page, "健全基本组织"), "2 健全基本组织 — / 8");

  // The two small buttons under the score of the row in use.
  await h.click(page, h.button(page, words["ui.score.none"]));
  await h.holds(h.scoreField(page, "1.1.2"), "0");
  await h.says(total(page), totalText("1.5", 2));
  await h.click(page, h.button(page, words["ui.score.full"]));
  await h.holds(h.scoreField(page, "1.1.2"), "1");

  await h.click(page, h.noteField(page, "1.1.1"));
  await page.keyboard.type("议事规则完备，前置研究 36 项");
  await h.saved(page);
  await h.holds(h.noteField(page, "1.1.1"), "议事规则完备，前置研究 36 项");

  // The mouse wheel brings the last rows; the form ends with the total.
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 100_000);
  await page.locator('[data-id="row/total"]').waitFor({ state: "attached" });
  await h.click(page, h.scoreField(page, "9.1.4"));
  await page.keyboard.type("0.5");
  await h.says(total(page), totalText("3", 3));
});

scene("by keyboard alone: from home to a filled column", async ({ page }) => {
  const tabTo = async (name) => {
    for (let step = 0; step < 40; ++step) {
      const now = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
      });
      if (name.test(now)) return;
      await page.keyboard.press("Tab");
      await h.afterFrames(page, 1);
    }
    assert.fail(`Tab never came to ${name}`);
  };
  await tabTo(/^开始填写 →/);
  await page.keyboard.press("Enter");
  await h.dialog(page, "new").waitFor();
  await h.waitFocus(page, "new/unit");
  await page.keyboard.type("县人民医院党委");
  await page.keyboard.press("Tab");
  await h.waitFocus(page, "new/period");
  await tabTo(/^开始填写$/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);

  await tabTo(/^1\.1\.1 自评得分$/);
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "score/self/1.1.2");
  await page.keyboard.press("f");
  await h.holds(h.scoreField(page, "1.1.2"), "1");
  await page.keyboard.press("ArrowDown");
  await h.waitFocus(page, "score/self/1.2.1");
  await page.keyboard.type("0");
  await page.keyboard.press("ArrowUp");
  await h.waitFocus(page, "score/self/1.1.2");
  await page.keyboard.press("Shift+Enter");
  await h.waitFocus(page, "score/self/1.1.1");
  await page.keyboard.press("F");
  await h.holds(h.scoreField(page, "1.1.1"), "2");
  await h.says(total(page), totalText("3", 3));
  await h.says(sectionText(page, "强化党组织发挥作用"), "1 强化党组织发挥作用 3 / 4");

  // Back to the note by Shift+Tab, a line feed in it, and on to the next note.
  await page.keyboard.press("Shift+Tab");
  await h.waitFocus(page, "note/self/1.1.1");
  await page.keyboard.type("第一行");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("第二行");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "note/self/1.1.2");
  await h.saved(page);
  await h.holds(h.noteField(page, "1.1.1"), "第一行\n第二行");

  // Enter walks through the whole column, scrolling as it goes.
  await h.reveal(page, "8.1.4");
  await h.scoreField(page, "8.1.4").focus();
  for (const item of ["9.1.1", "9.1.2", "9.1.3", "9.1.4"]) {
    await page.keyboard.press("Enter");
    await h.waitFocus(page, `score/self/${item}`);
  }
  await page.keyboard.press("Enter");
  await h.afterFrames(page);
  assert.equal(await h.focusedId(page), "score/self/9.1.4", "the last row keeps the focus");
});

scene("findings appear, lead to their field and go", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "3.4.1", "1");
  await finding(page, h.findingText("note-required", "3.4.1")).waitFor();
  await h.goHome(page);
  await page.goBack();
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.click(page, finding(page, h.findingText("note-required", "3.4.1")));
  await h.waitFocus(page, "note/self/3.4.1");
  const field = await h.noteField(page, "3.4.1").boundingBox();
  assert.ok(field.y > 56 && field.y + field.height < 800, "the field is in sight");
  await page.keyboard.type("见会议纪要");
  await finding(page, h.findingText("note-required", "3.4.1")).waitFor({ state: "detached" });

  // Full marks against a figure that does not reach them.
  await h.reveal(page, "3.5.2");
  await h.click(page, page.getByRole("textbox", { name: /^党费收支公示次数/ }));
  await page.keyboard.type("0");
  await h.setScore(page, "3.5.2", "1");
  await finding(page, h.findingText("above-measure", "3.5.2")).waitFor();
  await h.press(page, finding(page, h.findingText("above-measure", "3.5.2")));
  await h.waitFocus(page, "explanation/self/3.5.2");
  await page.keyboard.type("年底集中公示一次，时间在下期");
  await finding(page, h.findingText("above-measure", "3.5.2")).waitFor({ state: "detached" });
  await h.click(page, h.findingsRegion(page).getByRole("button", { name: /^查看提示/ }));
  await finding(page, h.findingText("above-measure-explained", "3.5.2")).waitFor();

  // The header's own finding.
  await h.click(page, finding(page, h.findingText("header-required")));
  await h.waitFocus(page, "header/date");
  await page.keyboard.type("2026.8.9");
  await finding(page, h.findingText("header-required")).waitFor({ state: "detached" });
});

scene("veto: the verdict, and the points beside it", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.click(page, sectionText(page, "一票否决"));
  const condition = page.getByRole("checkbox", { name: /^② 工作出现重大失误/ });
  await condition.waitFor();
  await h.click(page, condition);
  await page.locator('[data-id="verdict"]').getByText("一票否决：不予评定").waitFor({ state: "attached" });
  assert.equal(await condition.isChecked(), true);
  await h.says(sectionText(page, "一票否决"), "一票否决 不予评定");
  await h.says(total(page), totalText("2", 1));
  await finding(page, h.findingText("veto", "②", { condition: "②工作出现重大失误，受到组织处理", verdict: "不予评定" })).waitFor();
  await h.goHome(page);
  await page.getByRole("link", { name: /不予评定（2 分）$/ }).waitFor();
  await page.goBack();
  await h.click(page, sectionText(page, "一票否决"));
  await condition.focus();
  await page.keyboard.press("Space");
  await page.locator('[data-id="verdict"]').waitFor({ state: "detached" });
  await h.says(sectionText(page, "一票否决"), "一票否决 无");
});

scene("layers: only the chosen column is open; a deduction needs a reason", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  const editable = async (item) => {
    const states = {};
    for (const layer of Object.keys(h.layerLabels)) states[layer] = await h.scoreField(page, item, layer).isEditable();
    return states;
  };
  assert.deepEqual(await editable("1.1.1"), { self: true, acceptance: false, rating: false });
  await h.click(page, page.getByRole("radio", { name: "上级验收", exact: true }));
  await h.eventually(async () =>
    assert.deepEqual(await editable("1.1.1"), { self: false, acceptance: true, rating: false }),
  );
  assert.equal(await h.noteField(page, "1.1.1").isEditable(), false);

  // A closed field takes nothing.
  await h.scoreField(page, "1.1.1").focus();
  await page.keyboard.type("1");
  await h.afterFrames(page);
  await h.holds(h.scoreField(page, "1.1.1"), "2");

  await h.click(page, h.scoreField(page, "1.1.1", "acceptance"));
  await page.keyboard.type("1");
  await h.says(total(page), totalText("1", 1, "acceptance"));
  const lacking = finding(page, 
    h.findingText("deduction-reason", "1.1.1", { layer: words["layer.acceptance"], after: 1, difference: 1 }),
  );
  await lacking.waitFor();
  await h.click(page, lacking);
  await h.waitFocus(page, "note/acceptance/1.1.1");
  await page.keyboard.type("缺前置研究清单");
  await lacking.waitFor({ state: "detached" });
  await h.saved(page);
  const { report } = await h.exportReport(page);
  assert.deepEqual(report.layers[0].answers["1.1.1"], { score: 2 });
  assert.deepEqual(report.layers[1].answers["1.1.1"], { note: "缺前置研究清单", score: 1 });
  await h.click(page, page.getByRole("radio", { name: "主管评定", exact: true }));
  await h.eventually(async () =>
    assert.deepEqual(await editable("1.1.1"), { self: false, acceptance: false, rating: true }),
  );
});

scene("wrong input is said at once and never written", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.2", "1");
  const field = h.scoreField(page, "1.1.2");
  const wrong = async (text, sentence, delay = 0) => {
    await h.leaveField(page);
    await h.click(page, field);
    await page.keyboard.type(text, { delay });
    await alert(page).filter({ hasText: sentence }).waitFor({ state: "attached" });
    await h.eventually(async () => assert.equal(await field.getAttribute("aria-invalid"), "true"));
    assert.equal(await field.inputValue(), text);
    await h.says(total(page), totalText("1", 1));
  };
  await wrong("7", say("error.score-over", { max: 1 }));
  await page.keyboard.press("Enter");
  await h.afterFrames(page);
  assert.equal(await h.focusedId(page), "score/self/1.1.2", "Enter does not leave a wrong value behind");
  await page.keyboard.press("Escape");
  await h.holds(field, "1");
  await alert(page).waitFor({ state: "detached" });
  assert.equal(await field.getAttribute("aria-invalid"), null);

  // On the way to 0.5 nothing is wrong yet.
  await h.leaveField(page);
  await h.click(page, field);
  await page.keyboard.type("0.");
  await h.afterFrames(page, 4);
  assert.equal(await alert(page).count(), 0);
  assert.equal(await field.inputValue(), "0.");
  await page.keyboard.type("5");
  await h.says(total(page), totalText("0.5", 1));
  await page.keyboard.press("Escape");
  await h.says(total(page), totalText("1", 1));

  // It passes through 0, which is right and is written; as 0.3 is not, neither of them stays.
  await wrong("0.3", say("error.score-step", { step: "0.5" }), 200);
  await page.keyboard.press("Backspace");
  await alert(page).waitFor({ state: "detached" });
  assert.equal(await field.inputValue(), "0.");
  await page.keyboard.type("5");
  await h.says(total(page), totalText("0.5", 1));
  await page.keyboard.press("Escape");
  await h.holds(field, "1");
  await wrong("0.3", say("error.score-step", { step: "0.5" }), 30);
  await h.click(page, h.scoreField(page, "1.1.1"));
  await h.holds(field, "1");
  await h.toast(page).filter({ hasText: say("error.score-step", { step: "0.5" }) }).waitFor({ state: "attached" });
  await h.says(h.toast(page), say("ui.field.reverted", {
    name: "1.1.2 自评得分",
    why: say("error.score-step", { step: "0.5" }),
  }));

  await wrong("一分", words["error.number-words"]);
  await page.keyboard.press("Tab");
  await h.holds(field, "1");

  // Keys in quick succession: the field is left before the page has answered F or Escape.
  await h.leaveField(page);
  await h.click(page, field);
  await page.evaluate(() => {
    const press = (key) =>
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    press("F");
    press("Enter");
    document.activeElement.blur();
  });
  await h.afterFrames(page, 4);
  await h.holds(field, "1");
  await h.click(page, field);
  await page.keyboard.press("Backspace");
  await h.says(total(page), totalText("—", 0));
  await page.evaluate(() => {
    const press = (key) =>
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    press("F");
    document.activeElement.blur();
  });
  await h.says(total(page), totalText("1", 1));

  // Full-width digits are digits.
  await h.leaveField(page);
  await h.click(page, field);
  await page.keyboard.insertText("０.５");
  await h.says(total(page), totalText("0.5", 1));

  // A date that is none.
  await h.reveal(page, "1.1.1");
  await page.getByRole("textbox", { name: "申报时间" }).focus();
  await page.keyboard.type("2026-02-30");
  await alert(page).filter({ hasText: words["error.date-impossible"] }).waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  const { report } = await h.exportReport(page);
  assert.deepEqual(report.header, {});
  assert.deepEqual(report.layers[0].answers, { "1.1.2": { score: 0.5 } });
});

scene("who types faster than the page draws types into the next field, not into the one he has left", async ({ page }) => {
  await h.createDocument(page);
  await h.reveal(page, "1.1.1");
  const fields = page.locator('[data-id^="score/self/"]');
  await fields.first().focus();
  await h.afterFrames(page);
  const strokes = ["1", "Enter", "0", "ArrowDown", "2"];
  await Promise.all([h.stall(page), ...strokes.map((key) => page.keyboard.press(key))]);
  for (const [at, score] of ["1", "0", "2"].entries()) await h.holds(fields.nth(at), score);
  await h.eventually(async () => assert.equal(await fields.nth(2).evaluate((field) => field === document.activeElement), true));
});

scene("what is typed stands as it is typed, at any speed; once left, as the document writes it", async ({ page }) => {
  await h.createDocument(page);
  await h.reveal(page, "1.1.1");
  const date = page.getByRole("textbox", { name: "申报时间" });
  for (const [text, delay, written] of [["2026-12-30", 30, "2026-12-30"], ["2026-2-15", 150, "2026-02-15"], ["2026年3月15日", 150, "2026-03-15"]]) {
    await date.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text, { delay });
    await h.afterFrames(page, 4);
    assert.equal(await date.inputValue(), text);
    await h.leaveField(page);
    await h.holds(date, written);
  }
  const score = h.scoreField(page, "1.1.1");
  await score.focus();
  await page.keyboard.type("1.0", { delay: 150 });
  assert.equal(await score.inputValue(), "1.0");
  await h.leaveField(page);
  await h.holds(score, "1");
});

scene("undo pressed at once takes back what was typed last", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "1");
  await h.leaveField(page);
  await h.scoreField(page, "1.1.2").focus();
  await h.afterFrames(page);
  await page.evaluate(() => {
    const undo = document.querySelector('[data-id="undo"]');
    const press = () => (undo.focus(), undo.click());
    window.addEventListener("input", press, { once: true });
  });
  await page.keyboard.press("0");
  await h.holds(h.scoreField(page, "1.1.2"), "");
  await h.holds(h.scoreField(page, "1.1.1"), "1");
  const { report } = await h.exportReport(page);
  assert.deepEqual(report.layers[0].answers, { "1.1.1": { score: 1 } });
});

scene("all 84 criteria at random: the page, the file and the command agree", async ({ page }) => {
  const random = h.seededRandom(20261121);
  const expected = { score: 0, sections: {} };
  const answers = {};
  await h.createDocument(page, { unit: "随机医院党委" });
  await h.click(page, h.scoreField(page, h.criteria[0].id));
  for (const [at, criterion] of h.criteria.entries()) {
    await h.waitFocus(page, `score/self/${criterion.id}`);
    const score = Math.floor(random() * (criterion.points * 2 + 1)) / 2;
    await page.keyboard.type(String(score));
    answers[criterion.id] = { score };
    if (random() < 0.25) {
      const note = `第${at + 1}条：${Math.floor(random() * 1000)} 次`;
      await page.keyboard.press("Shift+Tab");
      await h.waitFocus(page, `note/self/${criterion.id}`);
      await page.keyboard.insertText(note);
      await page.keyboard.press("Tab");
      await h.waitFocus(page, `score/self/${criterion.id}`);
      answers[criterion.id].note = note;
    }
    const section = criterion.id.split(".")[0];
    expected.score += score;
    expected.sections[section] = (expected.sections[section] ?? 0) + score;
    await page.keyboard.press("Enter");
  }
  await h.says(total(page), totalText(String(expected.score), 84));
  for (const section of h.instrument.sections) {
    await h.says(sectionText(page, section.title), `${section.id} ${section.title} ${expected.sections[section.id]} / ${section.points}`);
  }
  const { content, report } = await h.exportReport(page);
  assert.deepEqual(report.layers[0].answers, answers);
  const scored = JSON.parse(execFileSync(h.program, ["score", "-", "--format", "json"], { input: content }).toString());
  assert.equal(scored.unit, "随机医院党委");
  assert.equal(scored.layers.self.total, expected.score);
  assert.equal(scored.layers.self.scored, 84);
  assert.equal(report.layers[0].totals.score, expected.score);
  for (const section of scored.layers.self.sections) {
    assert.equal(section.score, expected.sections[section.id], section.name);
    assert.equal(report.layers[0].totals.sections[section.id].score, section.score, section.name);
  }
}, { user: { viewport: { width: 1280, height: 560 } } });

scene("what was changed is listed: of one item, or of all", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "1.5");
  await h.setScore(page, "1.1.2", "1");
  await h.click(page, page.getByRole("textbox", { name: /^1\.1\.2 落实情况/ }));
  await page.keyboard.insertText("写入章程");
  await h.saved(page);
  await h.click(page, h.button(page, words["ui.history"]));
  const lines = h.dialog(page, "history").locator('[data-id^="history/"]').filter({ hasText: "→" });
  await h.eventually(async () => assert.equal(await lines.count(), 2));
  assert.match((await lines.first().textContent()) ?? "", /1\.1\.2 落实情况 空 → 写入章程/);
  await h.click(page, page.getByRole("radio", { name: words["ui.history.all"] }));
  await h.eventually(async () =>
    assert.match((await lines.allTextContents()).join("\n"), /1\.1\.1 自评得分 空 → 1\.5/),
  );
  await page.keyboard.press("Escape");
  await h.dialog(page, "history").waitFor({ state: "detached" });
});
