// The appraisal from self-score to publication: 60 members, 12 raters, over a reload and to another machine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { close, collectBallots, create, part, paste, step, stored } from "./appraisal_page.mjs";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;
const route = `/new/shaoxing-2017-appraisal?unit=${encodeURIComponent("市中医院")}&period=2026-H1`;
const members = Array.from({ length: 60 }, (_, i) => `党员${i + 1}`);
const raters = Array.from({ length: 12 }, (_, i) => `评议人${i + 1}`);
const dimensions = ["组织生活", "组织任务", "中心工作", "志愿服务", "医德考评"];

/** What a rater gives a member; "" is an abstention. Only two raters know the last member. */
const ballot = (member, rater) =>
  (member === 59 && rater > 1) || (member * 7 + rater * 3) % 11 === 0 ? "" : String(60 + ((member * 13 + rater * 17) % 81) / 2);
const lines = (head, cells) => [head, ...cells].map((row) => row.join("\t")).join("\n");
const own = lines(
  ["姓名", "党支部", ...dimensions.map((name) => `${name}自评`)],
  members.map((name, i) => [name, `第${(i % 3) + 1}支部`, 18 + (i % 3), 17 + (i % 4), 18, 19.5, 20]),
);
const ballots = lines(["姓名", ...raters], members.map((name, i) => [name, ...raters.map((_, r) => ballot(i, r))]));
const branch = lines(
  ["姓名", ...dimensions.map((name) => `${name}支部考评`), "说明"],
  members.map((name, i) => [name, 17 + (i % 4), 18, 19, 18.5, i % 2 ? 20 : 12, i === 59 ? "新转入，参评人数不足" : ""]),
);

/** The rows of 考评结果, as they are read out. */
async function standings(page) {
  await part(page, 2);
  await page.locator('[data-id="standing/0"]').waitFor({ state: "attached" });
  const rows = page.locator('[data-id="standings"] [role="row"]');
  return rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join("|")));
}

scene(
  "60 members and 12 raters come to a publication sheet, and nothing is left of a single ballot",
  async ({ page }) => {
    await create(page);
    assert.ok(await page.locator('[data-id="step/close"]').isDisabled(), "without names there is nothing to close");
    await collectBallots(page, own, ballots, "评议人12");
    assert.match(await step(page, "peers").textContent(), /12/);

    await page.reload();
    await h.becomeReady(page);
    await part(page, 1);
    const first = page.locator('[data-id="ballot/1"]');
    await first.waitFor({ state: "attached" });
    assert.equal(await first.inputValue(), ballot(1, 0));
    await h.click(page, first);
    await page.keyboard.type("100.5");
    await h.eventually(async () => assert.match(await page.getByRole("alert").first().textContent(), /100/));
    await page.keyboard.press("Control+A");
    await page.keyboard.type(ballot(1, 0));
    await close(page, "民主评议");
    // Whenever the page calls the step closed, nothing is left.
    await h.eventually(async () => assert.match(await step(page, "peers").textContent(), new RegExp(words["ui.appraisal.step.closed"])));
    const kept = await stored(page);
    assert.doesNotMatch(kept, /评议人/);
    assert.doesNotMatch(kept, /duibiao-ballots/);
    await h.saved(page);
    assert.doesNotMatch(await stored(page), /评议人|duibiao-ballots/);
    // Undo does not go back behind a closed step.
    await page.keyboard.press("Control+Z");
    await h.afterFrames(page, 4);
    assert.match(await step(page, "peers").textContent(), new RegExp(words["ui.appraisal.step.closed"]));

    await part(page, 0);
    await page.locator('[data-id="grid/cell"]').focus();
    for (const name of ["Control+Home", ...Array(11).fill("ArrowRight")]) await page.keyboard.press(name);
    await h.afterFrames(page, 4);
    await paste(page, branch.split("\n").slice(1).map((line) => line.split("\t").slice(1).join("\t")).join("\n"));
    await h.eventually(async () => assert.match(await step(page, "branch").textContent(), new RegExp(words["ui.appraisal.step.ready"])));
    await close(page, "支部考评");
    await close(page, "亮分公示");
    const rows = await standings(page);
    const scores = raters.map((_, r) => ballot(0, r)).filter(Boolean).map(Number);
    assert.ok(rows[0].includes("党员1|"), rows[0]);
    assert.ok(rows[0].includes(`${scores.length} 票 ${Math.min(...scores)}–${Math.max(...scores)}`), rows[0]);

    const report = await h.exportReport(page);
    assert.doesNotMatch(report.content.toString("utf8"), /评议人/);
    await page.reload();
    await h.becomeReady(page);
    // A strip says who handed it over: there is room for fewer.
    const assertSame = (seen) => (assert.ok(seen.length > 12, `${seen.length}`), assert.deepEqual(seen, rows.filter((row) => seen.includes(row))));
    assertSame(await standings(page));

    const other = await stage.user();
    const there = await stage.page({ context: other });
    await h.drop(there, report.name, report.content);
    await there.locator('[data-id="roster/parts/2"]').waitFor({ state: "attached" });
    assertSame(await standings(there));
    await other.close();
  },
  { route },
);
