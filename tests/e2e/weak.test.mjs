// Weak organisations from the self-check to the day they are closed: a bureau, its survey group and two units, who have
// nothing of each other but files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";
import {
  at, begin, clear, clock, east, filed, folder, good, keyLike, next, stageOf, step, take, turnTo, type, unitFills, west,
} from "./weak_page.mjs";

const { scene, stage } = h.theatre({ before, after, test });
const { words, say } = h;
after(clear);

scene("from the self-check to 销号, by files alone", async ({ page }) => {
  const unitContext = await stage.user();
  await begin(page);
  await take(page, filed(east, { "1.1.1": "否", "2.3.1": "5" }), filed(west, { "3.1.2": "无" }), filed(good),
    filed(east, { "1.1.1": "否", "2.4.2": "否" }, "weak-survey"));
  await at(page, "desk/card/missing").filter({ hasText: "0" }).waitFor({ state: "attached" });

  // Doors, and what they find: each answer with its report and clause.
  await h.click(page, at(page, "desk/parts/5"));
  await at(page, `weak/candidate/${east}`).waitFor({ state: "attached" });
  assert.equal(await page.locator('[data-id^="weak/candidate/"]').count(), 2);
  await step(page, 1, "R 一(一)");
  await step(page, 2, say("ui.weak.step.check.of", { count: 3, of: 3 }));
  await step(page, 2, say("ui.weak.step.until", { date: "8-09" }));
  await step(page, 3, say("ui.weak.step.until", { date: "8-15" }));
  await step(page, 5, say("ui.weak.step.until", { date: "10-31" }));
  await next(page, "list", 2);
  await h.press(page, at(page, `weak/candidate/${east}`));
  await at(page, "weak/drawer/evidence/0").filter({ hasText: "没有固定的党员活动室" }).waitFor({ state: "attached" });
  assert.match((await at(page, "weak/drawer/evidence/0").textContent()) ?? "", /R 一\(二\)1/);
  await at(page, "weak/drawer/difference/0").waitFor({ state: "attached" });
  await h.screenshot(page, "weak-candidates");
  assert.deepEqual(await h.violations(page), []);
  assert.doesNotMatch((await page.locator("#mirror").textContent()) ?? "", keyLike);
  await h.press(page, at(page, "weak/drawer/evidence/0"));
  await at(page, "weak/place").filter({ hasText: east }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/back"));

  // Another door, and back.
  await h.press(page, at(page, "weak/doors/more"));
  await h.click(page, at(page, "weak/door/example"));
  await at(page, "weak/found").filter({ hasText: say("ui.weak.found", { count: 1, silent: 0 }).slice(0, 6) }).waitFor({ state: "attached" });
  await h.click(page, at(page, "weak/door/example"));
  await at(page, `weak/candidate/${west}`).waitFor({ state: "attached" });

  // The list: one is confirmed, one is struck with a reason.
  await h.press(page, at(page, "weak/update"));
  await stageOf(page, east, "candidate");
  await next(page, "decide", 2);
  await turnTo(page, "2026-08-14");
  await h.press(page, at(page, `weak/unit/${west}`));
  assert.ok(await at(page, "weak/drawer/strike").isDisabled(), "a strike wants a reason");
  await type(page, "reason", "新成立，已补开展");
  await h.press(page, at(page, "weak/drawer/strike"));
  await stageOf(page, west, "struck");
  await h.press(page, at(page, `weak/unit/${east}`));
  await h.press(page, at(page, "weak/drawer/confirm"));
  await stageOf(page, east, "confirmed");
  for (const [id, text] of [["cause", "书记长期不在岗"], ["owner", "周书记"], ["leader", "吴局长"], ["pair", "市人民医院党委"], ["limit", "10-15"]])
    await type(page, id, text);
  await h.saved(page);
  await h.holds(at(page, "weak/drawer/pair"), "市人民医院党委");
  await step(page, 3, say("ui.weak.step.survey", { count: 1, confirmed: 1 }));
  await h.screenshot(page, "weak-list");
  assert.deepEqual(await h.violations(page), []);
  const book = await h.downloaded(page, () => h.press(page, at(page, "weak/paper/xlsx")));
  writeFileSync(path.join(folder, "list.xlsx"), book.content);
  const said = execFileSync("/usr/bin/python3", ["-c", `
import openpyxl, sys
for row in openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True): print([cell for cell in row if cell])`,
    path.join(folder, "list.xlsx")], { encoding: "utf8" });
  assert.ok(said.includes("书记长期不在岗") && said.includes("吴局长") && !said.includes(west), said);

  // The plan of one unit, which goes to it as a file and comes back.
  await h.press(page, at(page, "weak/drawer/plan/make"));
  await at(page, "weak/place").filter({ hasText: say("ui.weak.strip.plan", { unit: east, form: "整顿方案", count: 3, closed: 0 }) }).waitFor({ state: "attached" });
  const sent = await h.downloaded(page, () => h.press(page, at(page, "weak/give")));
  await h.press(page, at(page, "weak/back"));
  await stageOf(page, east, "rectifying");
  await at(page, "weak/drawer/plan/vague").filter({ hasText: "3" }).waitFor({ state: "attached" });
  await turnTo(page, "2026-10-10");
  const problems = ["没有固定的党员活动室", "没有每月开展支部主题党日活动，今年以来5次", "“三会一课”、主题党日没有记录"].map((one) => `"${one}"`);
  const unit = await stage.page({ context: unitContext, prepare: clock });
  const back = await unitFills(unit, sent, problems.map((one, i) => [one, `措施${i + 1}`, "已落实", "2026-10-09", "2026-10-09", "照片3张"]));
  await h.drop(page, "plan.json", back.content);
  await h.dialog(page, "import").waitFor();
  await h.press(page, at(page, "import/merge"));
  await at(page, "weak/place").waitFor({ state: "attached" });
  await h.saved(page);
  await h.press(page, at(page, "weak/back"));
  await next(page, "check", 3);

  // Two are closed, one goes back with a reason; the unit answers, and it is closed, too.
  await h.press(page, at(page, "weak/drawer/item/0/close"));
  await at(page, "weak/drawer/item/0").filter({ hasText: words["ui.weak.item.is-closed"] }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/drawer/item/1/close"));
  await at(page, "weak/drawer/item/1").filter({ hasText: words["ui.weak.item.is-closed"] }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/drawer/item/2/return"));
  await type(page, "return/reason", "记录不全");
  await h.press(page, at(page, "weak/drawer/return/send"));
  await at(page, "weak/drawer/item/2").filter({ hasText: words["ui.weak.item.is-returned"] }).waitFor({ state: "attached" });
  await h.screenshot(page, "weak-plan");
  const again = await h.downloaded(page, () => h.press(page, at(page, "weak/drawer/plan/give")));
  assert.ok(again.content.toString("utf8").includes("记录不全"), "the unit reads why");
  await turnTo(page, "2026-10-18");
  const second = await unitFills(unit, again, [[problems[2], "措施3", "已补记录", "2026-10-17", "2026-10-17", "记录本"]]);
  await h.drop(page, "second.json", second.content);
  await h.dialog(page, "import").waitFor();
  await h.press(page, at(page, "import/merge"));
  await at(page, "weak/place").waitFor({ state: "attached" });
  await h.saved(page);
  await h.press(page, at(page, "weak/back"));
  await h.press(page, at(page, "weak/drawer/item/2/close"));
  await stageOf(page, east, "rectified");
  await next(page, "review", 1);

  // The review begins with what the plan says; ballots and points decide, a person writes it down.
  await turnTo(page, "2026-10-24");
  await h.press(page, at(page, "weak/drawer/review/begin"));
  await at(page, "weak/place").filter({ hasText: east }).waitFor({ state: "attached" });
  const rows = [["1.1.1", "score", 28], ["1.1.2", "score", 36], ["1.1.3", "score", 28], ["3.1.2", "score", 18], ["3.1.3", "score", 18],
    ["3.1.4", "score", 18], ["2.1.1", "votes:发出", 40], ["2.1.1", "votes:收回", 30], ["2.1.1", "votes:有效", 30], ["2.1.1", "votes:满意", 20],
    ["2.1.1", "votes:基本满意", 5], ["2.1.1", "votes:不满意", 5]];
  await h.drop(page, "验收.csv", ["item,field,value,note", ...rows.map((row) => `${row.join(",")},`)].join("\n"));
  await h.afterFrames(page, 4);
  await h.saved(page);
  await h.press(page, at(page, "weak/back"));
  await at(page, "weak/drawer/review/grade").filter({ hasText: "合格" }).waitFor({ state: "attached" });
  await h.press(page, at(page, "weak/drawer/review/take"));
  await stageOf(page, east, "reviewed");
  for (const [id, text] of [["applied", "10-22"], ["approved", "10-23"], ["closed", "10-24"]]) await type(page, id, text);
  await stageOf(page, east, "closed");
  await step(page, 5, say("ui.weak.step.review", { count: 1, of: 1 }));
  await at(page, "weak/drawer/revisit").filter({ hasText: "2027-10-24" }).waitFor({ state: "attached" });
  await h.saved(page);
  await h.screenshot(page, "weak-closed");
  assert.deepEqual(await h.violations(page), []);
  assert.doesNotMatch((await page.locator("#mirror").textContent()) ?? "", keyLike);

  // After a reload the list is there, and what the doors find comes again by itself.
  await page.reload();
  await h.becomeReady(page);
  await stageOf(page, east, "closed");
  await at(page, "weak/parts/0").waitFor({ state: "attached" });
  // A year later it is to be looked at again.
  await turnTo(page, "2027-10-25");
  await h.press(page, at(page, `weak/unit/${east}`));
  await next(page, "revisit", 1);
  await unitContext.close();
}, { prepare: clock });
