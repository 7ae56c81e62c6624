// A second unit on the same way: its problems in its own list of what is to be done, a hand-in that is returned, a review
// by ballots that does not close it, and another one half a year later. The survey group and the counters of ballots fill
// in on the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";
import {
  at, begin, clear, clock, east, filed, good, keyLike, next, reportsOn, stageOf, step, take, turnTo, type, unitFills, west,
} from "./weak_page.mjs";

const { scene, stage } = h.theatre({ before, after, test });
const { words, say } = h;
after(clear);

/** The row of a form that is open, so that its fields are there. */
async function show(page, item) {
  await page.evaluate((wanted) => {
    const [, , id] = location.hash.split("/");
    location.hash = `#/doc/${id}`;
    location.hash = `#/doc/${id}/${wanted}`;
  }, item);
  await h.afterFrames(page, 3);
}

async function enter(page, id, text) {
  const field = at(page, id);
  await field.waitFor({ state: "attached" });
  await field.fill(String(text));
  await h.afterFrames(page);
}

/** Points and ballots of a review, typed where the form has them. */
async function review(page, scores, votes) {
  for (const [item, score] of Object.entries(scores)) {
    await show(page, item);
    await enter(page, `score/self/${item}`, score);
  }
  await show(page, "2.1.1");
  for (const [name, count] of Object.entries(votes)) await enter(page, `fact/self/2.1.1/votes:${name}`, count);
  await h.leaveField(page);
  await h.saved(page);
}

const points = { "1.1.1": 28, "1.1.2": 36, "1.1.3": 28, "3.1.2": 18, "3.1.3": 18, "3.1.4": 18 };

/** Confirmed, with who helps, and its plan made: what the office sends. */
async function confirm(page, unit, owner) {
  await h.press(page, at(page, `weak/unit/${unit}`));
  await h.press(page, at(page, "weak/drawer/confirm"));
  await stageOf(page, unit, "confirmed");
  for (const [id, text] of [["cause", "书记长期不在岗"], ["owner", owner], ["leader", "吴局长"], ["pair", good], ["limit", "10-15"]])
    await type(page, id, text);
  await h.saved(page);
  await h.press(page, at(page, "weak/drawer/plan/make"));
  await at(page, "weak/place").filter({ hasText: unit }).waitFor({ state: "attached" });
  const sent = await h.downloaded(page, () => h.press(page, at(page, "weak/give")));
  await h.press(page, at(page, "weak/back"));
  await stageOf(page, unit, "rectifying");
  return sent;
}

/** What a unit sends back is dropped on the desk, and looked at there. */
async function takeBack(page, file) {
  await h.drop(page, "plan.json", file.content);
  await h.dialog(page, "import").waitFor();
  await h.press(page, at(page, "import/merge"));
  await at(page, "weak/place").waitFor({ state: "attached" });
  await h.saved(page);
  await h.press(page, at(page, "weak/back"));
}

const isClosed = (page, at_) =>
  at(page, `weak/drawer/item/${at_}`).filter({ hasText: words["ui.weak.item.is-closed"] }).waitFor({ state: "attached" });

scene("two units: returned, handed in again, not passed, reviewed again and closed", async ({ page }) => {
  const eastContext = await stage.user();
  const westContext = await stage.user();
  await begin(page);
  await take(page, filed(east, { "1.1.1": "否" }), filed(west, { "3.1.2": "无" }), filed(good));
  await at(page, "desk/card/missing").filter({ hasText: "0" }).waitFor({ state: "attached" });
  await h.click(page, at(page, "desk/parts/5"));
  await at(page, `weak/candidate/${west}`).waitFor({ state: "attached" });

  // The survey group fills its form in here, beside what the unit says.
  await h.press(page, at(page, `weak/candidate/${west}`));
  await h.press(page, at(page, "weak/drawer/survey"));
  await at(page, "weak/place").filter({ hasText: west }).waitFor({ state: "attached" });
  await show(page, "2.4.2");
  const group = page.getByRole("group", { name: "2.4.2 实地查看情况", exact: true });
  await h.click(page, group.getByRole("radio", { name: words["ui.no"], exact: true }));
  await h.saved(page);
  await h.screenshot(page, "weak-survey");
  await h.press(page, at(page, "weak/back"));
  await at(page, "weak/drawer/difference/0").filter({ hasText: "有记录" }).waitFor({ state: "attached" });
  await at(page, "weak/drawer/evidence/1").waitFor({ state: "attached" });

  await turnTo(page, "2026-08-14");
  await h.press(page, at(page, "weak/update"));
  await next(page, "decide", 2);
  const toEast = await confirm(page, east, "周书记");
  const toWest = await confirm(page, west, "郑书记");
  await next(page, "rectify", 2);

  // In the unit's own list of what is to be done each problem stands by its name and day.
  await turnTo(page, "2026-10-09");
  const eastPage = await stage.page({ context: eastContext, prepare: clock });
  const westPage = await stage.page({ context: westContext, prepare: clock });
  await turnTo(westPage, "2026-10-09");
  await h.drop(westPage, toWest.name, toWest.content);
  await at(westPage, "breadcrumb").filter({ hasText: "整顿方案" }).waitFor({ state: "attached" });
  await h.saved(westPage);
  await h.goHome(westPage);
  const todo = westPage.locator('[data-id^="todo/"]');
  const all = at(westPage, "reminders/all");
  if ((await all.count()) > 0) await h.press(westPage, all);
  const listed = (await todo.allTextContents()).join("\n");
  assert.match(listed, /10-15.*整改到期：没有开展党员志愿者服务.*郑书记/);
  assert.match(listed, /09-14 逾期.*按月报告进展：没有开展党员志愿者服务/);
  assert.ok(!listed.includes(east));
  await h.screenshot(westPage, "weak-unit-home");
  await h.click(westPage, todo.filter({ hasText: "整改到期" }).first());
  await westPage.waitForFunction(() => /#\/doc\/[^/]+\/row\./.test(location.hash));
  // And in its calendar.
  await h.openSend(westPage, 1);
  const choice = h.dialog(westPage, "send").getByRole("button", { name: new RegExp(`^${words["ui.send.ics"]}`) });
  const calendar = await h.downloaded(westPage, () => h.press(westPage, choice));
  const events = calendar.content.toString("utf8").replace(/\r\n /g, "");
  assert.match(events, /SUMMARY:整改到期：没有开展党员志愿者服务/);
  await westPage.keyboard.press("Escape");

  // What the first unit hands in is closed; the second one's is returned, and comes again.
  const eastBack = await unitFills(eastPage, toEast, [["没有固定的党员活动室", "重建", "已建成", "2026-10-08", "2026-10-08", "照片3张"]]);
  const problems = ["“三会一课”、主题党日没有记录", "没有开展党员志愿者服务"];
  const rows = (day) => problems.map((one, i) => [`"${one}"`, `措施${i + 1}`, "已落实", day, day, "照片3张"]);
  const westBack = await reportsOn(westPage, rows("2026-10-09"));
  await turnTo(page, "2026-10-12");
  await takeBack(page, eastBack);
  await takeBack(page, westBack);
  await h.press(page, at(page, `weak/unit/${east}`));
  await h.press(page, at(page, "weak/drawer/item/0/close"));
  await stageOf(page, east, "rectified");
  await h.press(page, at(page, `weak/unit/${west}`));
  await h.press(page, at(page, "weak/drawer/item/0/close"));
  await isClosed(page, 0);
  await h.press(page, at(page, "weak/drawer/item/1/return"));
  await type(page, "return/reason", "台账没有补齐");
  await h.press(page, at(page, "weak/drawer/return/send"));
  await at(page, "weak/drawer/item/1").filter({ hasText: words["ui.weak.item.is-returned"] }).waitFor({ state: "attached" });
  const returned = await h.downloaded(page, () => h.press(page, at(page, "weak/drawer/plan/give")));
  await turnTo(page, "2026-10-16");
  const again = await unitFills(westPage, returned, rows("2026-10-15").slice(1));
  await takeBack(page, again);
  // The same file once more has nothing new.
  await h.drop(page, "plan.json", again.content);
  await h.dialog(page, "import").waitFor();
  await h.press(page, at(page, "import/merge"));
  await h.toast(page).filter({ hasText: words["ui.import.nothing"] }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/back"));
  await h.press(page, at(page, "weak/drawer/item/1/close"));
  await stageOf(page, west, "rectified");
  await next(page, "review", 2);

  // Half of the ballots are not satisfied: the grade goes down, and the whole sum says why.
  await turnTo(page, "2026-10-26");
  await h.press(page, at(page, "weak/drawer/review/begin"));
  await at(page, "weak/place").filter({ hasText: west }).waitFor({ state: "attached" });
  await review(page, points, { 发出: 40, 收回: 30, 有效: 30, 满意: 10, 基本满意: 5, 不满意: 15 });
  await h.screenshot(page, "weak-review");
  await h.press(page, at(page, "weak/back"));
  await at(page, "weak/drawer/review/grade").filter({ hasText: "基本合格" }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/drawer/review/why"));
  const why = (await page.locator('[data-id^="weak/drawer/review/why/"]').allTextContents()).join("\n");
  assert.match(why, /自评 92 分×20%＝18\.4 分/);
  assert.match(why, /群众测评 46\.67 分×30%＝14 分/);
  assert.match(why, /对整顿工作的总体评价：1400÷30 票＝46\.67/);
  assert.match(why, /上级考评 94 分×50%＝47 分/);
  assert.match(why, /满意率 50%/);
  assert.match(why, /阵地建设达到“六有”标准：28\/30/);
  assert.match(why, /按分数 79\.4 为合格；满意率不到60%，继续整顿，最高基本合格/);
  await h.screenshot(page, "weak-why");
  assert.deepEqual(await h.violations(page), []);
  await h.press(page, at(page, "weak/drawer/review/take"));
  await stageOf(page, west, "prolonged");
  assert.equal(await at(page, "weak/drawer/closed").count(), 0, "it cannot be closed");
  await at(page, `weak/unit/${west}`).filter({ hasText: "2027-04-26" }).waitFor({ state: "attached" });
  await at(page, "weak/drawer/review/goes-on").filter({ hasText: "基本合格" }).waitFor({ state: "attached" });
  await h.screenshot(page, "weak-prolonged");

  // Two ballots are nobody's to read: no score, and no grade.
  await h.press(page, at(page, `weak/unit/${east}`));
  await h.press(page, at(page, "weak/drawer/review/begin"));
  await at(page, "weak/place").filter({ hasText: east }).waitFor({ state: "attached" });
  await review(page, points, { 发出: 20, 收回: 2, 有效: 2, 满意: 1, 不满意: 1 });
  await page.getByRole("link", { name: new RegExp(words["finding.ballots-scarce.title"]) }).first().waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/back"));
  await at(page, "weak/drawer/review/open").waitFor({ state: "attached" });
  assert.equal(await at(page, "weak/drawer/review/take").count(), 0);
  await h.press(page, at(page, "weak/drawer/review/begin"));
  await review(page, {}, { 发出: 20, 收回: 18, 有效: 18, 满意: 15, 基本满意: 2, 不满意: 1 });
  await h.press(page, at(page, "weak/back"));
  await h.press(page, at(page, "weak/drawer/review/take"));
  await stageOf(page, east, "reviewed");
  for (const [id, text] of [["applied", "10-26"], ["approved", "10-26"], ["closed", "10-26"]]) await type(page, id, text);
  await stageOf(page, east, "closed");

  // Half a year later the other one is reviewed again, on a paper of its own, and closed.
  await turnTo(page, "2027-04-20");
  await h.press(page, at(page, `weak/unit/${west}`));
  await h.press(page, at(page, "weak/drawer/review/again"));
  await at(page, "weak/place").filter({ hasText: west }).waitFor({ state: "attached" });
  await review(page, points, { 发出: 40, 收回: 30, 有效: 30, 满意: 24, 基本满意: 4, 不满意: 2 });
  await h.press(page, at(page, "weak/back"));
  await at(page, "weak/drawer/review/grade").filter({ hasText: "合格" }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/drawer/review/take"));
  await stageOf(page, west, "reviewed");
  for (const [id, text] of [["applied", "2027-04-20"], ["approved", "2027-04-20"], ["closed", "2027-04-20"]]) await type(page, id, text);
  await stageOf(page, west, "closed");
  await step(page, 5, say("ui.weak.step.review", { count: 2, of: 2 }));
  await h.saved(page);
  await h.screenshot(page, "weak-both-closed");
  assert.deepEqual(await h.violations(page), []);
  assert.doesNotMatch((await page.locator("#mirror").textContent()) ?? "", keyLike);
  await eastContext.close();
  await westContext.close();
}, { prepare: clock });
