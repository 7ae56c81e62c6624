// A form made on the page from the Word or Excel file that a bureau mails, and filled in at once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const at = (page, id) => page.locator(`[data-id="${id}"]`);
const given = (name) => readFileSync(new URL(`../cases/given/${name}`, import.meta.url));

for (const ending of ["docx", "xlsx"]) {
  scene(`a mailed .${ending} becomes a form, is filled in, and travels in its report`, async ({ page, stage }) => {
    // A file is known by what is in it, not by its name.
    await h.drop(page, "考核表.txt", given(`F12.${ending}`));
    await h.dialog(page, "made-form").waitFor();
    await at(page, "made/figures").filter({ hasText: say("ui.made-form.items", { name: "考核表.txt", count: 28, points: 98 }) }).waitFor({ state: "attached" });
    assert.ok((await page.locator('[data-id^="made/doubt/"]').count()) > 0, "printed sums that are off are said");
    await h.screenshot(page, `made-form-${ending}`);
    const saved = await h.downloaded(page, () => h.press(page, at(page, "made/save")));
    const form = JSON.parse(saved.content.toString("utf8"));
    assert.equal(form.format, "duibiao-instrument");
    await h.press(page, at(page, "made/take"));
    await h.dialog(page, "new").waitFor();
    await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("市第一医院党委");
    await h.press(page, at(page, "new/create"));
    await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
    const score = at(page, "score/self/1.1.1");
    await h.click(page, score);
    await page.keyboard.type("2");
    await h.holds(score, "2");
    await h.leaveField(page);
    await h.saved(page);
    await h.screenshot(page, `made-form-${ending}-filled`);
    const { name, content, report } = await h.exportReport(page);
    assert.equal(report.form.id, form.id);
    const other = await stage.page({ context: await stage.user() });
    await h.drop(other, name, content);
    await h.holds(at(other, "score/self/1.1.1"), "2");
  });
}

scene("a file without a table, and one that is none, say what to do", async ({ page }) => {
  await h.drop(page, "坏.docx", Buffer.from("%PDF-1.7"));
  await page.getByText(words["error.file-unknown"].split("；")[0]).first().waitFor({ state: "attached" });
  await h.press(page, at(page, "error/close"));
  await h.drop(page, "坏.xlsx", given("F12.xlsx").subarray(0, 3000));
  await h.dialog(page, "error").waitFor();
  await h.press(page, at(page, "error/close"));
  assert.equal(await page.getByText(words["ui.welcome"]).count() > 0, true);
});
