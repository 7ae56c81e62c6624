// Files in and out: round trips, documents that are here already, and every kind of bad file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;

const rare = "㐂䶮𬭩";
const errorDialog = (page) => h.dialog(page, "error");
const text = (bytes) => bytes.toString("utf8");

/** A small report as the page exports it, made once. */
let sample = null;
async function sampleReport() {
  if (sample) return sample;
  const context = await stage.user();
  const page = await stage.page({ context });
  await h.createDocument(page, { unit: `${rare}医院党委` });
  await h.setScore(page, "1.1.1", "1.5");
  await h.setNote(page, "1.1.1", `${rare}：前置研究 36 项\n有纪要`);
  await h.setScore(page, "1.1.2", "1");
  const first = await h.exportReport(page);
  sample = first;
  await context.close();
  return sample;
}

scene("round trip: what is imported elsewhere goes out byte for byte", async ({ page, stage: { browser } }) => {
  const { name, content, report } = await sampleReport();
  assert.match(name, /^㐂䶮𬭩医院党委-.*2026.*\.json$/);
  assert.equal(report.layers[0].state, "submitted");
  assert.equal(browser.contexts().length, 1, "a fresh context");
  await h.importByPicker(page, name, content);
  await page.waitForFunction((id) => location.hash.startsWith(`#/doc/${id}`), report.document);
  await h.says(h.toast(page), say("ui.import.done", { name }));
  await h.holds(h.noteField(page, "1.1.1"), `${rare}：前置研究 36 项\n有纪要`);
  const again = await h.exportReport(page);
  assert.equal(again.name, name);
  assert.equal(text(again.content), text(content));
  assert.ok(again.content.equals(content));
  assert.ok(text(content).endsWith('}\n'), "nothing but the report and its line feed");
});

scene("a dropped file opens; one that is here already asks: cancel, copy, merge", async ({ page }) => {
  const { name, content, report } = await sampleReport();
  await h.drop(page, name, content);
  await page.waitForFunction((id) => location.hash.startsWith(`#/doc/${id}`), report.document);
  await h.saved(page);
  await h.unlock(page);
  await h.setScore(page, "1.2.1", "0.5");
  await h.saved(page);

  const question = h.dialog(page, "import");
  await h.drop(page, name, content);
  await question.waitFor();
  await question.getByText(say("ui.import.exists", { name })).waitFor({ state: "attached" });
  await h.click(page, question.getByRole("button", { name: words["ui.cancel"], exact: true }));
  await question.waitFor({ state: "detached" });
  await h.holds(h.scoreField(page, "1.2.1"), "0.5");

  // Merged: what only one side did stays.
  const theirs = structuredClone(report);
  await h.drop(page, name, content);
  await question.waitFor();
  await h.click(page, question.getByRole("button", { name: new RegExp(`^${words["ui.import.merge"]}`) }));
  await question.waitFor({ state: "detached" });
  await h.says(h.toast(page), words["ui.import.nothing"]);
  await h.holds(h.scoreField(page, "1.2.1"), "0.5");
  await h.saved(page);
  assert.equal(await h.documentId(page), report.document);
  const merged = await h.exportReport(page);
  assert.deepEqual(merged.report.layers[0].answers, { ...theirs.layers[0].answers, "1.2.1": { score: 0.5 } });
  assert.deepEqual(merged.report.log.slice(0, theirs.log.length), theirs.log);

  // A copy is a document of its own; the one here stays.
  await h.drop(page, name, content);
  await question.waitFor();
  await h.press(page, question.getByRole("button", { name: new RegExp(`^${words["ui.import.copy"]}`) }));
  await page.waitForFunction((id) => !location.hash.includes(id), report.document);
  await h.saved(page);
  await h.holds(h.scoreField(page, "1.2.1"), "");
  await h.holds(h.scoreField(page, "1.1.1"), "1.5");
  await h.goHome(page);
  await h.eventually(async () => assert.equal(await page.locator('[data-id^="card/"]').count(), 2));
});

scene("the superior merges what a unit sent on", async ({ page }) => {
  const { name, content, report } = await sampleReport();
  await h.drop(page, name, content);
  await page.waitForFunction((id) => location.hash.startsWith(`#/doc/${id}`), report.document);
  await h.click(page, page.getByRole("radio", { name: "上级验收", exact: true }));
  await h.click(page, h.scoreField(page, "1.1.1", "acceptance"));
  await page.keyboard.type("1.5");
  await h.saved(page);
  const { report: accepted } = await h.exportReport(page);
  assert.equal(accepted.layers[1].answers["1.1.1"].score, 1.5);
  assert.equal(accepted.layers[1].previous, accepted.layers[0].hash);
  assert.equal(accepted.layers[0].hash, report.layers[0].hash, "the unit's layer is untouched");
  assert.notEqual(accepted.code, report.code);
});

test("bad files are refused with a sentence and harm nothing", async () => {
  const { content, report } = await sampleReport();
  const good = text(content);
  const changed = (change) => {
    const copy = structuredClone(report);
    change(copy);
    return JSON.stringify(copy);
  };
  const depth = 100;
  const cases = [
    ["broken JSON", good.replace('"document":', '"document";'), words["error.json-syntax"]],
    ["cut", good.slice(0, good.length - 200), words["error.json-cut"]],
    ["zipped", "PK\u0003\u0004 report.json", words["error.archive-broken"]],
    ["empty", "", words["error.file-empty"]],
    ["deep nesting", "[".repeat(depth) + "]".repeat(depth), say("error.json-depth", { limit: 64 })],
    ["66 MiB", null, say("error.file-large", { limit: "64 MiB" })],
    ["not a report", '{"format":"something","items":[]}', words["error.not-a-report"]],
    ["a list", "[1,2,3]", words["error.not-a-report"]],
    ["newer version", changed((copy) => (copy.version = 4)), say("error.report-version", { version: 4 })],
    [
      "unknown item",
      changed((copy) => (copy.log.at(-2).item = "3.9.9")),
      say("error.item-unknown", { item: "3.9.9" }),
    ],
    ["doubled key", good.replace('"format":', '"code":"X","format":'), say("error.json-doubled-key", { key: "code" })],
    [
      "score over",
      changed((copy) => (copy.log.find((edit) => edit.field === "score").after = 9)),
      say("error.score-over", { max: 2 }),
    ],
    ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), words["error.json-encoding"]],
    ["unknown form", changed((copy) => (copy.instrument.id = "another")), say("error.instrument-unknown", { id: "another" })],
  ];
  const context = await stage.user();
  const page = await stage.page({ context });
  await h.createDocument(page, { unit: "原单位党委" });
  await h.setScore(page, "1.1.1", "2");
  await h.saved(page);
  const id = await h.documentId(page);
  for (const [kind, file, sentence] of cases) {
    const name = `${kind}.json`;
    if (file === null) {
      await page.evaluate((fileName) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(66 * 1024 * 1024)], fileName));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      }, name);
    } else {
      await h.drop(page, name, file);
    }
    const box = errorDialog(page);
    await box.waitFor();
    const said = await box.getByRole("paragraph").allTextContents();
    assert.ok(said.includes(name), `${kind}: names the file: ${said}`);
    assert.ok(said.includes(sentence), `${kind}: "${sentence}" is not among ${JSON.stringify(said)}`);
    assert.ok(said.includes(words["ui.error.nothing-changed"]), kind);
    await page.keyboard.press("Enter");
    await box.waitFor({ state: "detached" });
    assert.equal(await h.documentId(page), id, kind);
  }
  await h.holds(h.scoreField(page, "1.1.1"), "2");
  await h.setScore(page, "1.1.2", "1");
  await h.saved(page);
  const { report: unharmed } = await h.exportReport(page);
  assert.deepEqual(unharmed.layers[0].answers, { "1.1.1": { score: 2 }, "1.1.2": { score: 1 } });
  h.assertQuiet(page);
  await context.close();
});

scene("a copy of the page whose data unpacks to more than can be read is too large, not empty", async ({ page }) => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024)).toString("base64");
  await h.drop(page, "对标.html", `<!doctype html><script type="application/gzip" id="carried">${bomb}</script>`);
  await page.getByText(say("error.file-large", { limit: "64 MiB" })).first().waitFor({ state: "attached" });
});

test("a tampered total or layer opens with a finding", async () => {
  const { report } = await sampleReport();
  const cases = [
    [(copy) => (copy.layers[0].totals.score = 99), h.findingText("total-mismatch", "", { stated: 99, computed: 2.5 })],
    [(copy) => (copy.layers[0].answers["1.1.2"].score = 0.5), h.findingText("layer-altered", "1.1.2")],
  ];
  for (const [change, sentence] of cases) {
    const context = await stage.user();
    const page = await stage.page({ context });
    const copy = structuredClone(report);
    change(copy);
    await h.drop(page, "改过.json", JSON.stringify(copy));
    await h.findingsRegion(page).getByRole("link", { name: sentence }).first().waitFor();
    await h.says(h.toast(page), say("ui.import.findings", { name: "改过.json" }));
    await h.holds(h.scoreField(page, "1.1.2"), "1");
    h.assertQuiet(page);
    await context.close();
  }
});

scene("several files at once: told apart before, taken in together, taken back together", async ({ page }) => {
  const { name, content } = await sampleReport();
  const other = h.fileOf("乙医院党委");
  const twin = h.fileOf(`${rare}医院党委`);
  await h.chooseFiles(page, [{ name, content }, other, twin, { name: "坏.json", content: '{"format":' }]);
  const preview = page.locator('[data-id="arrival/summary"]');
  await preview.waitFor({ state: "attached" });
  const lines = await page.locator('[data-id^="arrival/"]').allTextContents();
  const line = (file) => lines.find((text) => text.includes(file)) ?? "";
  assert.match(line(name), new RegExp(`^${words["arrival.fresh"]}.*${words["ui.arrival.namesake"]}`));
  assert.match(line(twin.name), new RegExp(`^${words["arrival.fresh"]}.*${words["ui.arrival.namesake"]}`));
  assert.doesNotMatch(line(other.name), new RegExp(words["ui.arrival.namesake"]));
  assert.ok(line("坏.json").includes(words["error.json-cut"]), line("坏.json"));
  await h.screenshot(page, "arrival");
  const cards = page.locator('[data-id^="card/"]');
  assert.equal(await cards.count(), 0);

  await h.press(page, page.locator('[data-id="arrival/take"]'));
  await h.says(h.toast(page), say("ui.arrival.done", { fresh: 3, changed: 0, kept: 0 }));
  await h.eventually(async () => assert.equal(await cards.count(), 3));
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await h.eventually(async () => assert.equal(await cards.count(), 3));

  // A second time they change nothing; what went on here is not lost.
  await h.chooseFiles(page, [{ name, content }, other]);
  await h.says(h.toast(page), say("ui.arrival.done", { fresh: 0, changed: 0, kept: 2 }));

  const newest = h.fileOf("丙医院党委");
  await h.chooseFiles(page, [newest, other]);
  await preview.waitFor({ state: "attached" });
  await h.press(page, page.locator('[data-id="arrival/take"]'));
  await h.eventually(async () => assert.equal(await cards.count(), 4));
  await h.click(page, page.getByRole("button", { name: words["ui.import.take-back"], exact: true }));
  await h.says(h.toast(page), words["ui.import.taken-back"]);
  await h.eventually(async () => assert.equal(await cards.count(), 3));
  await h.saved(page);
});

scene("a second paper of the same unit and period is told", async ({ page }) => {
  const [first, second] = [h.fileOf("乙医院党委"), h.fileOf("乙医院党委")];
  await h.importByPicker(page, first.name, first.content);
  await h.says(h.toast(page), say("ui.import.done", { name: first.name }));
  await h.goHome(page);
  await h.importByPicker(page, second.name, second.content);
  await h.says(h.toast(page), say("ui.import.namesake", { name: second.name }));
});

scene("the tables and web pages that the page exports are what it shows", async ({ page }) => {
  const { name, content } = await sampleReport();
  await h.drop(page, name, content);
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.openSend(page, 1);
  const choose = (key) => h.dialog(page, "send").getByRole("button", { name: new RegExp(words[key].slice(0, 4)) });
  const csv = await h.downloaded(page, () => h.press(page, choose("ui.send.csv")));
  assert.match(csv.name, /\.csv$/);
  assert.match(text(csv.content), new RegExp(`${rare}：前置研究 36 项\n有纪要`));
  const html = await h.downloaded(page, () => h.press(page, choose("ui.send.html")));
  assert.match(html.name, /\.html$/);
  assert.match(text(html.content), new RegExp(`${rare}医院党委`));
});
