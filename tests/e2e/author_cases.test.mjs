// The forms of tests/cases/given on the page: dropped, looked through on the author's desk, given out. What comes out
// is what cli/form_import_test.py proves to be the hand-written form, with no more questions than there are doubts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const at = (page, id) => page.locator(`[data-id="${id}"]`);
const folder = new URL("../cases/given/", import.meta.url);

/** The form that the command makes of the file, and how many doubts it says. */
function imported(name) {
  const place = mkdtempSync(path.join(tmpdir(), "author-cases-"));
  try {
    const form = path.join(place, "form.json");
    const given = path.join(folder.pathname, name);
    const said = execFileSync(h.program, ["form", "import", given, "--format", "json", "--lang", "zh", "-o", form]);
    return { form: JSON.parse(readFileSync(form, "utf8")), unsure: JSON.parse(said.toString("utf8")).unsure };
  } finally {
    rmSync(place, { recursive: true });
  }
}

const figure = async (page, card) => Number((await at(page, `author/card/${card}`).textContent())?.match(/^[\d.]+/)?.[0]);

for (const name of readdirSync(folder).sort()) {
  scene(`${name} becomes its form on the desk, each doubt answered with one key`, async ({ page }) => {
    const wanted = imported(name);
    await h.drop(page, name, readFileSync(new URL(name, folder)));
    await h.dialog(page, "made-form").waitFor();
    await h.press(page, at(page, "made/edit"));
    await at(page, "author/card/items").waitFor({ state: "attached" });
    await h.saved(page);
    const doubts = await figure(page, "doubts");
    const sums = wanted.form.table ? 0 : await figure(page, "sums");
    assert.equal(doubts + sums, wanted.unsure.length, "the desk asks what the command says");
    for (let left = doubts; left > 0; left -= 1) {
      await h.waitFocus(page, "author/accept");
      await page.keyboard.press("Enter");
      await h.eventually(async () => assert.equal(await figure(page, "doubts"), left - 1));
    }
    await h.press(page, at(page, "author/finish"));
    const file = await h.downloaded(page, () => h.press(page, at(page, "author-finish/file")));
    const form = JSON.parse(file.content.toString("utf8"));
    assert.deepEqual({ ...form, id: "" }, { ...wanted.form, id: "" });
  });
}
