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
/** Whole fillings; single items are the command's own tests. */
const whole = cases.filter(({ score }) => Object.values(score.layers).some((layer) => layer.scored > 1));

/** Scores by "LAYER/ITEM" and the grade, read from top to bottom: only what is in sight is in the page. */
async function readAll(page) {
  const scores = {};
  let grade = null;
  const box = await h.tableBox(page);
  await page.mouse.move((box?.x ?? 0) + 80, (box?.y ?? 0) + 300);
  for (let turn = 0; turn < 120; ++turn) {
    const seen = await page.evaluate(() => ({
      scores: [...document.querySelectorAll('[data-id^="score/"]')].map((one) => [one.getAttribute("data-id"), one.value ?? one.textContent]),
      grade: document.querySelector('[data-id="grade"]')?.textContent ?? null,
      isEnd: document.querySelector('[data-id="total-row"]') !== null,
    }));
    for (const [id, value] of seen.scores) scores[id.slice("score/".length)] = value;
    grade ??= seen.grade;
    if (seen.isEnd) break;
    await page.mouse.wheel(0, 420);
    await h.afterFrames(page, 3);
  }
  return { scores, grade };
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
        for (const [item, { score: expected }] of Object.entries(items)) {
          const id = `${layerNames[index]}/${item}`;
          if (id in shown.scores) assert.equal(number(shown.scores[id]), number(expected), `${name} ${layer} ${item}`);
        }
      }
      const first = layers[0]?.[1].items ?? {};
      const compared = Object.keys(shown.scores).filter((id) => id.startsWith(`${layerNames[0]}/`)).length;
      assert.ok(compared >= Object.keys(first).length * 0.9, `${name}: ${compared} of ${Object.keys(first).length} rows were seen`);
      if (score.grade) assert.ok(shown.grade?.includes(score.grade.why), `${name}: ${shown.grade} / ${score.grade.why}`);
      const total = await page.locator('[data-id="total-text"]').textContent();
      if (layers.length === 1) assert.ok(total?.includes(` ${score.total} `), `${name}: ${total} / ${score.total}`);
      await h.goHome(page);
    }
  });
}
