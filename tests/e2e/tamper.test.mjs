// A superior gets a file that somebody rewrote, with all hashes computed anew; keys that are new and keys that change.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage } = h.theatre({ before, after, test });
const { words, say } = h;
const question = (page) => h.dialog(page, "import");
const finding = (page, code) =>
  h.findingsRegion(page).getByRole("link", { name: new RegExp(`^${words[`finding.${code}.title`]}`) });

async function profile() {
  const context = await stage.user();
  return { context, page: await stage.page({ context }) };
}

/** @param {unknown} value RFC 8785, for what reports hold */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

function base32(hex, characters) {
  const bits = [...Buffer.from(hex, "hex")].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letter = (at) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[parseInt(bits.slice(at * 5, at * 5 + 5), 2)];
  return Array.from({ length: characters }, (_, at) => letter(at)).join("");
}

/** All hashes and the code anew. */
function seal(report) {
  let previous = "";
  for (const layer of report.layers) {
    const { hash, ...rest } = layer;
    const own = report.log.filter((edit) => edit.layer === layer.id);
    const hashed = { ...rest, previous, document: report.document, instrument: report.instrument, unit: report.unit, period: report.period };
    if (layer.id === "self") Object.assign(hashed, { header: report.header, measures: report.measures });
    if (own.length > 0) hashed.log = sha256(canonical(own));
    layer.previous = previous;
    layer.hash = previous = sha256(canonical(hashed));
  }
  report.code = base32(previous, report.code.length);
  return `${canonical(report)}\n`;
}

/** The unit's score for 1.1.1 becomes 0.5 under its edit's id, a little later. */
function forge(report) {
  const forged = structuredClone(report);
  const edit = forged.log.find((one) => one.item === "1.1.1" && one.field === "score");
  edit.after = 0.5;
  edit.at = forged.log.at(-1).at;
  const [self] = forged.layers;
  const change = self.answers["1.1.1"].score - 0.5;
  self.answers["1.1.1"].score = 0.5;
  self.totals.score -= change;
  self.totals.sections["1"].score -= change;
  return seal(forged);
}

test("the forger knows how files are sealed", async () => {
  const { page, context } = await profile();
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  const { report, content } = await h.exportReport(page);
  assert.equal(seal(structuredClone(report)), content.toString());
  await context.close();
});

test("a file that rewrites what was handed over changes nothing, is kept beside when asked for, and marked", async () => {
  const unit = await profile();
  const superior = await profile();
  await h.createDocument(unit.page, { unit: "市第一人民医院党委" });
  await h.setScore(unit.page, "1.1.1", "2");
  const { report, name, content } = await h.exportReport(unit.page);
  const { page } = superior;
  await h.drop(page, name, content);
  await page.waitForFunction((id) => location.hash.startsWith(`#/doc/${id}`), report.document);
  await h.saved(page);

  await h.drop(page, "改过.json", Buffer.from(forge(report)));
  await question(page).waitFor({ state: "attached" });
  await question(page).getByText(say("ui.import.theirs", { value: "0.5" })).waitFor({ state: "attached" });
  assert.equal(await page.locator('[data-id="import/merge"]').count(), 0, "merging is not offered");
  await h.screenshot(page, "import-rewritten");
  await h.press(page, page.locator('[data-id="import/cancel"]'));
  await h.reveal(page, "1.1.1");
  await h.holds(h.scoreField(page, "1.1.1"), "2");

  await h.drop(page, "改过.json", Buffer.from(forge(report)));
  await question(page).waitFor({ state: "attached" });
  await h.press(page, page.locator('[data-id="import/copy"]'));
  await page.waitForFunction((id) => !location.hash.includes(id), report.document);
  await finding(page, "marked-altered").waitFor({ state: "attached" });
  await finding(page, "signature-wrong").waitFor({ state: "attached" });
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await finding(page, "marked-altered").waitFor({ state: "attached" });
  await h.screenshot(page, "marked-altered");
  await page.evaluate(() => (window.print = () => {}));
  await h.click(page, h.button(page, words["ui.print.name"]));
  await page.waitForFunction((word) => document.body.outerHTML.includes(word), words["print.altered"]);
  for (const user of [unit, superior]) {
    h.assertQuiet(user.page);
    await user.context.close();
  }
});

test("the first key of a unit is remembered; another one is told of, compared once, and then known", async () => {
  const unit = await profile();
  const colleague = await profile();
  const superior = await profile();
  await h.createDocument(unit.page, { unit: "市第一人民医院党委" });
  await h.setScore(unit.page, "1.1.1", "2");
  const first = await h.exportReport(unit.page);
  const { page } = superior;
  await h.drop(page, first.name, first.content);
  await page.waitForFunction((id) => location.hash.startsWith(`#/doc/${id}`), first.report.document);
  await h.openSend(page, 1);
  await h.press(page, page.locator('[data-id="send/signatures"]'));
  await h.dialog(page, "signatures").getByText(words["finding.signature-right.title"], { exact: true }).waitFor({ state: "attached" });
  await h.screenshot(page, "signatures");
  await page.keyboard.press("Escape");

  await h.drop(colleague.page, first.name, first.content);
  await colleague.page.waitForFunction((id) => location.hash.startsWith(`#/doc/${id}`), first.report.document);
  await h.unlock(colleague.page);
  await h.setScore(colleague.page, "1.1.2", "1");
  const second = await h.exportReport(colleague.page);
  await h.drop(page, second.name, second.content);
  await question(page).waitFor({ state: "attached" });
  await h.press(page, page.locator('[data-id="import/merge"]'));
  await finding(page, "signature-key").waitFor({ state: "attached" });
  await h.screenshot(page, "signature-key");
  await h.click(page, finding(page, "signature-key"));
  await h.press(page, page.locator('[data-id="signatures/trust"]'));
  await h.dialog(page, "signatures").getByText(words["finding.signature-right.title"], { exact: true }).waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  assert.equal(await finding(page, "signature-key").count(), 0);
  for (const user of [unit, colleague, superior]) {
    h.assertQuiet(user.page);
    await user.context.close();
  }
});
