// What is told apart and not settled silently: a unit under another name, two offices that decide differently, a row of
// a roster as evidence, and conditions of another notice.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";
import { at, begin, clear, clock, command, east, fill, filed, folder, good, stageOf, take, turnTo, west } from "./weak_page.mjs";

const { scene } = h.theatre({ before, after, test });
const { say } = h;
after(clear);

async function toCandidates(page) {
  await h.click(page, at(page, "desk/parts/5"));
  await at(page, "weak/doors").waitFor({ state: "attached" });
}

scene("a unit under another name and two lists that decide differently are named, and nothing is lost", async ({ page }) => {
  await begin(page);
  const file = filed(east, { "1.1.1": "否" });
  await take(page, file, filed(west, { "3.1.2": "无" }), filed(good));
  await at(page, "desk/card/missing").filter({ hasText: "0" }).waitFor({ state: "attached" });
  await toCandidates(page);
  await h.press(page, at(page, "weak/update"));
  await stageOf(page, east, "candidate");
  await turnTo(page, "2026-08-14");
  await h.press(page, at(page, `weak/unit/${east}`));
  await h.press(page, at(page, "weak/drawer/confirm"));
  await stageOf(page, east, "confirmed");
  await h.saved(page);

  // The same document comes again under a new name: it is the same organisation, and that is said.
  const renamed = "城东社区卫生服务中心党支部";
  const later = path.join(folder, "renamed.json");
  fillHead(file, later, renamed);
  await h.click(page, at(page, "weak/parts/0"));
  await at(page, `weak/candidate/${west}`).waitFor({ state: "attached" });
  await take(page, later);
  // Still chosen from the list.
  await at(page, "weak/drawer/renamed").filter({ hasText: renamed }).waitFor({ state: "attached" });
  await h.screenshot(page, "weak-renamed");
  await h.click(page, at(page, "weak/parts/1"));
  await stageOf(page, east, "confirmed");
  assert.equal(await page.locator('[data-id^="weak/unit/"]').count(), 2, "no second row of it");

  const own = await h.documentId(page);

  // Another office has struck it: both lists are here, and the difference is said.
  const theirs = path.join(folder, "their-list.json");
  command("weak", "list", file, "--unit", "城东街道党工委", "-o", theirs);
  fill(theirs, ["党组织名称", "认定", "认定理由", "认定日期", "认定单位"], [[east, "剔除", "街道已验收", "2026-08-13", "城东街道党工委"]]);
  await h.drop(page, "their-list.json", readFileSync(theirs));
  await at(page, "breadcrumb").filter({ hasText: "城东街道党工委" }).waitFor({ state: "attached" });
  await h.saved(page);
  await page.evaluate((id) => (location.hash = `#/doc/${id}`), own);
  await at(page, "breadcrumb").filter({ hasText: "市卫生健康局党委" }).waitFor({ state: "attached" });
  // Still chosen.
  const remark = at(page, "weak/drawer/remark/0").filter({ hasText: "城东街道党工委" });
  await remark.waitFor({ state: "attached" });
  assert.match((await remark.textContent()) ?? "", /确定.*剔除|剔除.*确定/);
  await stageOf(page, east, "confirmed");
  await h.screenshot(page, "weak-two-lists");
  assert.deepEqual(await h.violations(page), []);
}, { prepare: clock });

/** The document of a report under a new name of its unit, as a later revision. */
function fillHead(from, to, name) {
  const table = path.join(folder, "name.csv");
  writeFileSync(table, `item,value\nheader.unit,${name}\n`);
  command("fill", from, "--from", table, "-o", to);
}

scene("a row of a roster is evidence, and leads to that row", async ({ page }) => {
  const officers = path.join(folder, "officers.json");
  command("new", "officers", "--unit", good, "--period", "2026", "-o", officers);
  fill(officers, ["党组织名称", "姓名", "职务", "变动", "变动时间"], [
    ["门诊支部", "钱七", "委员", "免职", "2026-01-01"], ["内科支部", "张三", "书记", "免职", "2026-03-01"]]);
  await begin(page);
  await take(page, filed(east), officers);
  await toCandidates(page);
  await h.press(page, at(page, "weak/doors/more"));
  await h.click(page, at(page, "weak/door/secretary"));
  const candidate = page.locator('[data-id^="weak/candidate/"]').filter({ hasText: "内科支部" });
  await candidate.waitFor({ state: "attached" });
  await h.press(page, candidate);
  await h.press(page, at(page, "weak/drawer/evidence/0"));
  await at(page, "weak/place").waitFor({ state: "attached" });
  await h.eventually(async () => {
    const label = (await at(page, "grid/cell").getAttribute("aria-label")) ?? "";
    assert.ok(label.startsWith(say("row.number", { row: 2 })), label);
  });
  await h.screenshot(page, "weak-roster-row");
}, { prepare: clock });

scene("another notice's conditions are dropped on the campaign, which keeps them; what is wrong is said at once", async ({ page }) => {
  const doors = JSON.parse(readFileSync(path.join(h.root, "assets/doors/ruian-2019.json"), "utf8"));
  doors.id = "other";
  doors.title = "某省认定条件";
  doors.doors = [{ id: "study", title: "学习少", clause: "Y 2", evidence: [
    { form: "ruian-2019-annex1", item: "2.1.1", below: 4, clause: "Y 2", words: "学习{answer}次" }] }];
  await begin(page);
  await take(page, filed(east, { "1.1.1": "否" }), filed(west, { "2.1.1": "3" }));
  await toCandidates(page);
  await at(page, `weak/candidate/${east}`).waitFor({ state: "attached" });
  assert.equal(await at(page, `weak/candidate/${west}`).count(), 0);

  // Two mistakes are two lines, and nothing is taken.
  const wrong = structuredClone(doors);
  wrong.doors[0].evidence[0].item = "9.9.9";
  delete wrong.doors[0].clause;
  wrong.forms.review.form = "their-review";
  const picked = path.join(folder, "wrong.json");
  writeFileSync(picked, JSON.stringify(wrong, null, 2));
  await h.press(page, at(page, "weak/doors/more"));
  const choosing = page.waitForEvent("filechooser");
  await h.press(page, at(page, "weak/doors/change"));
  await (await choosing).setFiles(picked);
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  const said = (await dialog.textContent()) ?? "";
  assert.match(said, /9\.9\.9/);
  assert.match(said, /clause/);
  assert.match(said, /their-review/);
  await h.screenshot(page, "weak-doors-wrong");
  await page.keyboard.press("Escape");
  await at(page, `weak/candidate/${east}`).waitFor({ state: "attached" });

  await h.drop(page, "某省.json", JSON.stringify(doors));
  await at(page, `weak/candidate/${west}`).filter({ hasText: "学习3次" }).waitFor({ state: "attached" });
  assert.equal(await at(page, `weak/candidate/${east}`).count(), 0);
  await at(page, "weak/doors/own").filter({ hasText: "某省认定条件" }).waitFor({ state: "attached" });
  await h.saved(page);
  await h.screenshot(page, "weak-doors-own");
  assert.deepEqual(await h.violations(page), []);
  // It is kept with the campaign, and can be saved and put back.
  await page.reload();
  await h.becomeReady(page);
  await toCandidates(page);
  await at(page, `weak/candidate/${west}`).waitFor({ state: "attached" });
  if ((await at(page, "weak/doors/save").count()) === 0) await h.press(page, at(page, "weak/doors/more"));
  const kept = await h.downloaded(page, () => h.press(page, at(page, "weak/doors/save")));
  assert.equal(JSON.parse(kept.content.toString("utf8")).title, "某省认定条件");
  await h.press(page, at(page, "weak/doors/back"));
  await at(page, `weak/candidate/${east}`).waitFor({ state: "attached" });
  await at(page, "weak/doors/own").waitFor({ state: "detached" });
  await h.press(page, at(page, "toast/action"));
  await at(page, "weak/doors/own").waitFor({ state: "attached" });
}, { prepare: clock });
