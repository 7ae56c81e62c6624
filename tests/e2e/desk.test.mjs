// The superior's desk: a whole campaign as an office has it, from the list of units to the file for the office above.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";
import { Doomed, dropProfile, newProfile } from "./kill/doomed.mjs";

const { scene, stage } = h.theatre({ before, after, test });
const { words, say } = h;
const units = 300;
const folder = mkdtempSync(path.join(tmpdir(), "desk-"));
after(() => rmSync(folder, { recursive: true }));
execFileSync("python3", [path.join(h.root, "tests/bench/campaign.py"), folder, "--units", String(units), "--seed", "5", "--faults"]);

const at = (page, id) => page.locator(`[data-id="${id}"]`);
const walk = (from) =>
  readdirSync(from).flatMap((name) => {
    const file = path.join(from, name);
    return statSync(file).isDirectory() ? walk(file) : [file];
  });
const reports = walk(path.join(folder, "reports")).sort();
const faults = walk(path.join(folder, "faults"));
const list = readFileSync(path.join(folder, "expected.csv"));
const form = h.instrument;

/** A key of assets/i18n that no sentence was found for. */
const keyLike = /\b(ui|campaign|papers|finding|error)\.[a-z-]+(\.[a-z-]+)*/;

/** What the independent reference makes of the files. */
const reference = JSON.parse(
  execFileSync("python3", ["-c", `
import csv, json, sys
sys.path.insert(0, ${JSON.stringify(path.join(h.root, "tests/cli"))})
from pathlib import Path
import aggregate_reference as reference
folder = Path(${JSON.stringify(folder)})
expected = list(csv.DictReader(open(folder / "expected.csv", encoding="utf-8", newline="")))
print(json.dumps(reference.roll_up(folder / "reports", expected)))
`], { encoding: "utf8" }),
);

async function begin(page, { due = "2026-11-15", withList = true } = {}) {
  await h.press(page, at(page, "campaign/new"));
  await h.dialog(page, "campaign").waitFor();
  await page.getByRole("textbox", { name: words["ui.campaign.unit"] }).fill("市卫生健康委机关党委");
  await page.getByRole("textbox", { name: words["ui.campaign.due"] }).fill(due);
  await at(page, "campaign/form").selectOption({ label: form.short_title });
  await h.afterFrames(page);
  await h.press(page, at(page, "campaign/create"));
  await at(page, "desk/begin/1").waitFor({ state: "attached" });
  if (!withList) return;
  await h.drop(page, "应报名册.csv", list);
  await at(page, "desk/card/missing").filter({ hasText: String(reference.expected) }).waitFor({ state: "attached" });
}

/** Takes files in by the picker and waits until they are. */
async function take(page, files) {
  const coming = page.waitForEvent("filechooser");
  await h.press(page, at(page, "desk/open"));
  await (await coming).setFiles(files);
  const done = words["ui.desk.taken"].split("{")[0];
  await h.toast(page).filter({ hasText: `${done}${files.length}` }).waitFor({ state: "attached", timeout: 60_000 });
}

const part = (page, number) => h.click(page, at(page, `desk/parts/${number}`));
const conservation = ({ received, counted, superseded, doubled, foreign, rejected }) =>
  say("ui.desk.conservation", { received, counted, superseded, doubled, foreign, rejected });
const whole = () => ({ ...reference, rejected: reference.rejected_files.length });
const holdsCard = (page, id, text) => at(page, `desk/card/${id}`).filter({ hasText: text }).waitFor({ state: "attached" });

scene("300 units: three batches, one reminded, five accepted by keyboard, and every figure the reference's", async ({ page }) => {
  await begin(page);
  const third = Math.ceil(reports.length / 3);
  await take(page, reports.slice(0, third));
  await take(page, reports.slice(third, 2 * third));
  await take(page, [...reports.slice(third, third + 20), ...reports.slice(2 * third)]); // some come again
  await holdsCard(page, "files", conservation(whole()));
  await holdsCard(page, "missing", String(reference.missing.length));
  const shown = await page.evaluate(() => [...document.querySelectorAll('[data-id="desk/count"]')].map((one) => one.textContent));
  assert.deepEqual(shown, [say("ui.desk.count", { count: reference.expected })]);
  await h.screenshot(page, "desk-units");
  assert.deepEqual(await h.violations(page), []);

  assert.doesNotMatch(await page.locator("#mirror").textContent() ?? "", keyLike);

  // Who is missing, and a reminder noted: it stands in the list, which is a document like any other.
  await h.press(page, at(page, "desk/card/missing"));
  await at(page, "desk/count").filter({ hasText: say("ui.desk.count", { count: reference.missing.length }) }).waitFor({ state: "attached" });
  await h.click(page, at(page, `desk/unit/${reference.missing[0]}`));
  await h.press(page, at(page, "desk/drawer/remind"));
  await holdsCard(page, "missing", say("ui.desk.card.missing", { count: 1 }));

  // The figures, of all of them.
  await h.press(page, at(page, "desk/card/all"));
  await part(page, 1);
  const { self } = reference.layers;
  const spread = say("ui.desk.spread.words", { n: self.n, median: self.median, mean: self.mean, min: self.min, max: self.max });
  await at(page, "desk/spread/words").filter({ hasText: spread }).waitFor({ state: "attached" });
  const mean = await at(page, "desk/heat/mean").textContent();
  for (const section of reference.sections) assert.ok(mean?.includes(`${section.name} ${Number(section.layers.self.mean)}`), section.name);
  await h.screenshot(page, "desk-scores");
  const scores = await h.downloaded(page, () => h.press(page, at(page, "desk/list/scores/xlsx")));
  assert.equal(python(`
import csv, sys, openpyxl
sheets = openpyxl.load_workbook(sys.argv[1]).worksheets
listed = {row["单位"] for row in csv.DictReader(open("${path.join(folder, "expected.csv")}", encoding="utf-8-sig"))}
print(sum(1 for sheet in sheets for row in sheet.iter_rows(values_only=True) if row[0] in listed))`, scores), String(reference.counted));
  await part(page, 2);
  const findings = await h.downloaded(page, () => h.press(page, at(page, "desk/list/findings/docx")));
  const shownRules = await page.locator('[data-id^="desk/rule/"]').count();
  assert.equal(python(`
import sys, docx
print(len(docx.Document(sys.argv[1]).tables[0].rows) - 1)`, findings), String(shownRules));
  await part(page, 1);
  assert.deepEqual(await h.violations(page), []);

  // Five are gone through by keyboard: Enter opens, the rest is taken over, accepted, and the next one comes by itself.
  await part(page, 0);
  await h.press(page, at(page, "desk/card/submitted"));
  const waiting = page.locator('[data-id^="desk/unit/"]');
  await waiting.first().focus();
  await page.keyboard.press("Enter");
  for (let count = 1; count <= 5; ++count) {
    await at(page, "desk/place").filter({ hasText: new RegExp(`^第 ${count} / `) }).waitFor({ state: "attached" });
    await h.saved(page);
    await accept(page);
  }
  await at(page, "desk/place").filter({ hasText: /^第 6 \/ / }).waitFor({ state: "attached" });
  await h.press(page, at(page, "desk/back"));
  await holdsCard(page, "accepted", "5");
  await holdsCard(page, "files", conservation(whole())); // accepting is no further file

  // The reminder is ready: one draft with every address hidden, in a real mail parser.
  await part(page, 3);
  const draft = await h.downloaded(page, () => h.press(page, at(page, "desk/paper/draft/eml")));
  assert.equal(python(`
import email.parser, email.policy, sys
mail = email.parser.BytesParser(policy=email.policy.default).parse(open(sys.argv[1], "rb"))
print(len(mail["Bcc"].addresses), mail["X-Unsent"])`, draft), `${reference.missing.length} 1`);
  const letters = await h.downloaded(page, () => h.press(page, at(page, "desk/paper/letters/zip")));
  assert.equal(python(`
import io, sys, zipfile, docx
names = zipfile.ZipFile(sys.argv[1]).namelist()
first = docx.Document(io.BytesIO(zipfile.ZipFile(sys.argv[1]).read(names[0])))
print(len(names), len(first.tables) > 0)`, letters), `${reference.counted} True`);
  const bulletin = await h.downloaded(page, () => h.press(page, at(page, "desk/paper/bulletin/docx")));
  const said = python(`
import sys, docx
print("\\n".join(paragraph.text for paragraph in docx.Document(sys.argv[1]).paragraphs))`, bulletin);
  assert.ok(said.includes(String(reference.missing.length)) && said.includes(String(reference.expected)), said);
  assert.doesNotMatch(said + bulletin.name, keyLike, "no key stands in the place of its sentence");
  assert.doesNotMatch(await page.locator("#mirror").textContent() ?? "", keyLike);

  // What is on the screen is what comes out: the missing ones, as a workbook.
  await part(page, 0);
  await h.press(page, at(page, "desk/card/missing"));
  const shownList = await h.downloaded(page, () => h.press(page, at(page, "desk/list/xlsx")));
  assert.equal(python(`
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
print(sum(1 for row in sheet.iter_rows(values_only=True) if "未报" in [str(cell) for cell in row]))`, shownList), String(reference.missing.length));

  // After a reload all of it is there, without the files.
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await holdsCard(page, "accepted", "5");
  await holdsCard(page, "files", conservation(whole()));
  await holdsCard(page, "missing", say("ui.desk.card.missing", { count: 1 }));

  // Out: a workbook that a real reader opens, and the partial, from which the office above gets the same.
  await part(page, 3);
  const book = await h.downloaded(page, () => h.press(page, at(page, "desk/paper/rollup/xlsx")));
  writeFileSync(path.join(folder, "book.xlsx"), book.content);
  const rows = execFileSync("/usr/bin/python3", ["-c", `
import openpyxl
book = openpyxl.load_workbook(${JSON.stringify(path.join(folder, "book.xlsx"))})
print(max(sheet.max_row for sheet in book.worksheets))
`], { encoding: "utf8" });
  assert.ok(Number(rows) >= reference.counted, rows);
  const partial = await h.downloaded(page, () => h.press(page, at(page, "desk/paper/partial/ndjson")));
  writeFileSync(path.join(folder, "partial.ndjson"), partial.content);
  const summed = JSON.parse(spawnSync(h.program, ["aggregate", path.join(folder, "partial.ndjson")], { encoding: "utf8" }).stdout);
  assert.equal(summed.received, reference.received);
  assert.deepEqual(summed.layers.self, reference.layers.self);
  assert.equal(summed.accepted, 5);
  const above = await stage.page({ context: await stage.user() });
  await begin(above, { withList: false });
  await take(above, [path.join(folder, "partial.ndjson")]);
  await part(above, 1);
  await at(above, "desk/spread/words").filter({ hasText: spread }).waitFor({ state: "attached" });
});

/** What a script of the distribution's Python says of a file. */
function python(script, { name, content }) {
  const file = path.join(folder, `out${path.extname(name)}`);
  writeFileSync(file, content);
  return execFileSync("/usr/bin/python3", ["-c", script, file], { encoding: "utf8" }).trim();
}

/** Turns the wheel until a node is there: only what is in sight is. */
async function scrollTo(page, node) {
  await page.mouse.move(600, 600);
  for (let turn = 0; turn < 30 && (await node.count()) === 0; ++turn) {
    await page.mouse.wheel(0, 150);
    await h.afterFrames(page);
  }
  await node.waitFor({ state: "attached" });
}

/** 其余照自评, then 通过. */
async function accept(page) {
  const rest = at(page, "desk/take");
  if ((await rest.count()) > 0) await h.press(page, rest);
  await h.press(page, at(page, "desk/decide"));
  await h.dialog(page, "send").waitFor();
  await h.sign(page);
  const explain = page.locator('[data-id^="send/explain/"]');
  for (let i = 0; i < (await explain.count()); ++i) await explain.nth(i).fill("已核实");
  await h.afterFrames(page);
  await h.downloaded(page, () => h.press(page, at(page, "send/accept")));
}

scene("files that cannot be used are named, the rest counts, and one that is another unit's is put right", async ({ page }) => {
  await begin(page, { withList: false });
  await take(page, [...faults, ...reports.slice(0, 5)]);
  await part(page, 3);
  for (const name of ["cut.json", "empty.json", "unknown-form.json", "bomb.zip/bomb.json", "broken.zip", "zips.zip/inner.zip", "locked.dblock"])
    await scrollTo(page, page.locator('[data-id^="desk/uncounted/"]').filter({ hasText: name }).first());
  await at(page, "desk/password").waitFor({ state: "attached" });
  await h.screenshot(page, "desk-papers");
  assert.deepEqual(await h.violations(page), []);
});

scene("closed in the middle, taking in goes on where it was", async ({ page, context }) => {
  await begin(page);
  const coming = page.waitForEvent("filechooser");
  await h.press(page, at(page, "desk/open"));
  await (await coming).setFiles(reports);
  await at(page, "desk/progress").waitFor({ state: "attached" });
  const address = page.url();
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await h.becomeReady(again);
  await at(again, "desk/card/files").waitFor({ state: "attached" }).catch(() => {});
  await take(again, reports);
  await holdsCard(again, "files", conservation(whole()));
});

/** `count` units of another bureau: its reports, and its partial as the command makes it. */
function otherBureau(seed, count) {
  const own = path.join(folder, `bureau-${seed}`);
  execFileSync("python3", [path.join(h.root, "tests/bench/campaign.py"), own, "--units", String(count), "--seed", String(seed)]);
  const file = path.join(own, "partial.ndjson");
  spawnSync(h.program, ["aggregate", path.join(own, "reports"), "--to", "partial", "-o", file]); // 1: altered ones among them
  return { reports: path.join(own, "reports"), file };
}

scene("three bureaus' partials, one of them twice, add up to what all their reports would", async ({ page }) => {
  const bureaus = [7, 8, 9].map((seed) => otherBureau(seed, 40));
  const all = spawnSync(h.program, ["aggregate", ...bureaus.map(({ reports }) => reports)], { encoding: "utf8" });
  const expected = JSON.parse(all.stdout);
  await begin(page, { withList: false });
  await take(page, [bureaus[0].file]);
  await take(page, [bureaus[1].file, bureaus[2].file]);
  await take(page, [bureaus[1].file]);
  await part(page, 1);
  const { self } = expected.layers;
  const spread = say("ui.desk.spread.words", { n: self.n, median: self.median, mean: self.mean, min: self.min, max: self.max });
  await at(page, "desk/spread/words").filter({ hasText: spread }).waitFor({ state: "attached" });
  // What goes up from here is byte for byte what one office with every report would send.
  await part(page, 3);
  const partial = await h.downloaded(page, () => h.press(page, at(page, "desk/paper/partial/ndjson")));
  const whole = spawnSync(h.program, ["aggregate", ...bureaus.map(({ reports }) => reports), "--to", "partial"], { encoding: "buffer" });
  assert.ok(Buffer.from(partial.content).equals(whole.stdout), "the same bytes");
});

test("killed in the middle of taking in, the desk goes on where it was", async () => {
  const archive = path.join(folder, "reports.zip");
  execFileSync("/usr/bin/python3", ["-m", "zipfile", "-c", archive, path.join(folder, "reports")]);
  const profile = await newProfile();
  const doomed = new Doomed();
  const server = await h.serve(h.dist);
  try {
    await doomed.start(profile);
    await doomed.page.goto(server.address);
    await h.becomeReady(doomed.page);
    await begin(doomed.page);
    await h.saved(doomed.page);
    const address = doomed.page.url();
    const open = async () => {
      const coming = doomed.page.waitForEvent("filechooser");
      await h.press(doomed.page, at(doomed.page, "desk/open"));
      await (await coming).setFiles(archive);
      await at(doomed.page, "desk/progress").waitFor({ state: "attached" });
    };
    await open();
    await doomed.kill();
    await doomed.start(profile);
    await doomed.page.goto(address);
    await h.becomeReady(doomed.page);
    await at(doomed.page, "desk/open").waitFor({ state: "attached" });
    await open();
    await holdsCard(doomed.page, "files", conservation(whole()));
    await holdsCard(doomed.page, "missing", String(reference.missing.length));
  } finally {
    await doomed.kill();
    await server.close();
    await dropProfile(profile);
  }
});

test("without the program the desk says what to do", async () => {
  const own = path.join(folder, "dist");
  cpSync(h.dist, own, { recursive: true });
  const program = path.join(own, "duibiao_office.wasm");
  rmSync(program);
  const server = await h.serve(own);
  const context = await stage.user();
  try {
    const page = await context.newPage();
    await page.goto(server.address);
    await h.becomeReady(page);
    await h.press(page, at(page, "campaign/new"));
    await page.getByRole("textbox", { name: words["ui.campaign.unit"] }).fill("市卫生健康委机关党委");
    await h.afterFrames(page);
    await h.press(page, at(page, "campaign/create"));
    await at(page, "desk/failure").filter({ hasText: words["ui.desk.failure.program"] }).waitFor({ state: "attached" });
    copyFileSync(path.join(h.dist, "duibiao_office.wasm"), program);
    await h.goHome(page);
    await h.press(page, page.locator('[data-id^="card/"]').first());
    await at(page, "desk/begin/1").waitFor({ state: "attached" });
  } finally {
    await context.close();
    await server.close();
  }
});
