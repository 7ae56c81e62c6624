// What tests of weak organisations share: a bureau's campaign, what units and survey groups send, and the desk's tab.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as h from "./harness.mjs";

const { words, say } = h;
export const folder = mkdtempSync(path.join(tmpdir(), "weak-"));
export const clear = () => rmSync(folder, { recursive: true });
export const at = (page, id) => page.locator(`[data-id="${id}"]`);
export const east = "城东卫生院党支部";
export const west = "城西卫生院党支部";
export const good = "市人民医院第三党支部";
/** A key of assets/i18n that no sentence was found for. */
export const keyLike = /\b(ui|weak|finding|error)\.[a-z-]+(\.[a-z-]+)*/;

export const fine = {
  "1.1.1": "是", "1.2.1": "全部", "2.1.1": "6", "2.1.2": "是", "2.2.1": "是", "2.2.2": "是", "2.2.3": "2", "2.2.4": "是",
  "2.3.1": "是", "2.3.2": "全部", "2.4.1": "是", "2.4.2": "是", "2.4.3": "是", "3.1.1": "党员先锋岗6个", "3.1.2": "义诊4次",
};
let day = "2026-08-08";

/** The command on the day that it is. */
export function command(...names) {
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(Date.parse(`${day}T08:00:00Z`) / 1000) };
  return execFileSync(h.program, names, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A table of columns and rows as the command fills in. */
export function fill(file, heads, rows) {
  const table = path.join(folder, "rows.csv");
  writeFileSync(table, [heads, ...rows].map((row) => row.join(",")).join("\n"));
  command("fill", file, "--from", table, "-o", file);
}

/** A self-check or a survey that somebody filled in. */
export function filed(unit, answers = {}, form = "ruian-2019-annex1") {
  const file = path.join(folder, `${form}-${unit}.json`);
  command("new", form, "--unit", unit, "--period", "2026", "-o", file);
  fill(file, ["item", "value"], Object.entries({ ...fine, ...answers }));
  return file;
}

/** What a page's clock shows from now on. */
export async function turnTo(page, date) {
  day = date;
  await page.evaluate((now) => {
    const real = window.realNow ?? (window.realNow = Date.now.bind(Date));
    const off = new Date(`${now}T10:00:00`).getTime() - real();
    Date.now = () => real() + off;
  }, date);
  await h.afterFrames(page, 3);
}

export const clock = `(() => {
  const real = (window.realNow = Date.now.bind(Date));
  const off = new Date("2026-08-10T10:00:00").getTime() - real();
  Date.now = () => real() + off;
})()`;

export async function take(page, ...files) {
  const coming = page.waitForEvent("filechooser");
  await h.press(page, at(page, "desk/open"));
  await (await coming).setFiles(files);
}

/** Types into a field of the panel, as a clerk does. */
export async function type(page, id, text) {
  const field = at(page, `weak/drawer/${id}`);
  await field.scrollIntoViewIfNeeded();
  await field.fill(text);
  await h.afterFrames(page);
}

export async function begin(page) {
  await h.press(page, at(page, "campaign/new"));
  await h.dialog(page, "campaign").waitFor();
  await page.getByRole("textbox", { name: words["ui.campaign.unit"] }).fill("市卫生健康局党委");
  await page.getByRole("textbox", { name: words["ui.campaign.due"] }).fill("2026-08-09");
  await at(page, "campaign/form").selectOption({ label: "党建工作情况排查表" });
  await h.afterFrames(page);
  await h.press(page, at(page, "campaign/create"));
  await at(page, "desk/begin/1").waitFor({ state: "attached" });
  await h.drop(page, "应报名册.csv", `单位,上级,类别\n${east},东片,卫生院\n${west},西片,卫生院\n${good},市直,医院\n`);
  await at(page, "desk/card/missing").filter({ hasText: "3" }).waitFor({ state: "attached" });
}

export const stageOf = (page, unit, stage) =>
  at(page, `weak/unit/${unit}`).filter({ hasText: words[`ui.weak.stage.${stage}`] }).waitFor({ state: "attached" });
export const next = (page, key, count) =>
  at(page, "weak/next").filter({ hasText: say(`ui.weak.next.${key}`, { count }) }).waitFor({ state: "attached" });
export const step = (page, number, text) => at(page, `weak/step/${number}`).filter({ hasText: text }).waitFor({ state: "attached" });

/** In a browser of its own the unit reports on its plan; what it sends back, as a file. */
export async function unitFills(page, { name, content }, rows) {
  const isNew = !page.url().includes("/doc/");
  await turnTo(page, day);
  await h.drop(page, name, content);
  if (!isNew) {
    await h.dialog(page, "import").waitFor();
    await h.press(page, at(page, "import/merge"));
  }
  await at(page, "breadcrumb").filter({ hasText: "整顿方案" }).waitFor({ state: "attached" });
  const text = (await page.locator("#mirror").textContent()) ?? "";
  const other = text.includes(east) ? west : east;
  assert.ok(!text.includes(other), "a unit's plan says nothing of another unit");
  return await reportsOn(page, rows);
}

/** In the plan that is open: a table of what was done, and the file that goes back. */
export async function reportsOn(page, rows) {
  const heads = ["问题", "措施", "进展", "报告进展日期", "完成日期", "佐证"];
  await h.drop(page, "进展.csv", [heads, ...rows].map((row) => row.join(",")).join("\n"));
  await h.afterFrames(page, 4);
  await h.saved(page);
  return await h.exportReport(page);
}
