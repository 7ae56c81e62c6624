// Every filling of the bureaus' forms that the command is tested with (tests/cli/form_cases.py), opened on the page: the
// same total, the same grade and why, and the same score in every row.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const folder = mkdtempSync(path.join(tmpdir(), "forms-cases-"));
after(() => rmSync(folder, { recursive: true }));
const layerNames = ["self", "acceptance", "rating", "scorer-4", "scorer-5", "scorer-6", "scorer-7", "scorer-8"];

for (const suite of ["forms_cases", "forms_grades"]) {
  mkdirSync(path.join(folder, suite));
  execFileSync("/usr/bin/python3", [path.join(h.root, `tests/cli/${suite}_test.py`), h.program], {
    env: { ...process.env, FORM_SCORES: path.join(folder, suite) },
    stdio: "pipe",
  });
}
const cases = ["forms_cases", "forms_grades"].flatMap((suite) =>
  readdirSync(path.join(folder, suite)).sort().map((name) => ({
    name,
    ...JSON.parse(readFileSync(path.join(folder, suite, name), "utf8")),
  })),
);
const documentOf = ({ report }) => JSON.parse(report).document;
/** Whole fillings, of each document as it was last; single items are the command's own tests. */
const whole = cases
  .filter(({ score }) => Object.values(score.layers).some((layer) => layer.scored > 1))
  .filter((one, place, all) => !all.slice(place + 1).some((later) => documentOf(later) === documentOf(one)));

/** Scores by "LAYER/ITEM", read from top to bottom: only what is in sight is in the page. */
async function readAll(page) {
  const scores = {};
  await page.mouse.move(600, 500);
  // It opens at the first empty row, in a frame of its own.
  await h.eventually(async () => {
    await page.mouse.wheel(0, -50_000);
    await h.afterFrames(page, 4);
    assert.ok((await page.locator('[data-id^="score/"][data-id$="/1.1.1"]').count()) > 0);
  });
  for (let turn = 0; turn < 120; ++turn) {
    const seen = await page.evaluate(() => ({
      scores: [...document.querySelectorAll('[data-id^="score/"]')].map((one) => [one.getAttribute("data-id"), one.value ?? one.textContent]),
      isEnd: document.querySelector('[data-id="total-row"]') !== null,
    }));
    for (const [id, value] of seen.scores) scores[id.slice("score/".length)] = value;
    if (seen.isEnd) break;
    await page.mouse.wheel(0, 420);
    await h.afterFrames(page, 3);
  }
  return scores;
}

const number = (text) => (text === null || text === undefined || text === "" || text === "—" ? null : Number(text.replace("−", "-")));

for (const form of new Set(whole.map(({ name }) => name.split(".")[0]))) {
  scene(`${form}: the page says what the command says`, async ({ page }) => {
    for (const { name, report, score } of whole.filter((one) => one.name.startsWith(`${form}.`))) {
      await h.drop(page, name, Buffer.from(report));
      await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
      await page.locator('[data-id="table"]').waitFor({ state: "attached" });
      const shown = await readAll(page);
      const layers = Object.entries(score.layers);
      for (const [index, [layer, { items }]] of layers.entries()) {
        for (const [item, { score: points, bonus = "0" }] of Object.entries(items)) {
          const id = `${layerNames[index]}/${item}`;
          if (!(id in shown)) continue;
          // A row that has a bonus only shows that.
          const expected = points === "0" ? number(bonus) : number(points);
          assert.equal(number(shown[id]), expected, `${name} ${layer} ${item}`);
        }
      }
      const first = layers[0]?.[1].items ?? {};
      const compared = Object.keys(shown).filter((id) => id.startsWith(`${layerNames[0]}/`)).length;
      assert.ok(compared >= Object.keys(first).length * 0.9, `${name}: ${compared} of ${Object.keys(first).length} rows were seen`);
      if (score.grade) await page.locator('[data-id="grade"]').filter({ hasText: score.grade.why }).waitFor({ state: "attached" });
      const total = await page.locator('[data-id="total-text"]').textContent();
      if (layers.length === 1) assert.ok(total?.includes(` ${score.total} `), `${name}: ${total} / ${score.total}`);
      await h.goHome(page);
    }
  });
}
