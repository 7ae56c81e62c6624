// The printed form, read back from the PDF that the browser makes of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words } = h;

const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8" });
/** Without blanks and line ends: where a line breaks is the printer's. */
const solid = (text) => text.replace(/[\s　]+/g, "");

scene("A4 landscape: heading and page numbers on every page, all criteria, the file's code", async ({ page }) => {
  await page.evaluate(() => {
    window.printed = 0;
    window.print = () => {
      window.printed += 1;
    };
  });
  await h.createDocument(page, { unit: "䶮山医院党委" });
  await h.setScore(page, "1.1.1", "1.5");
  await h.setNote(page, "1.1.1", "㐂䶮𬭩：议事规则完备\n第二行");
  await h.setNote(page, "3.4.1", "龘字数得清。".repeat(200));
  await h.leaveField(page);
  const { report } = await h.exportReport(page);
  await h.click(page, h.button(page, words["ui.print.name"]));
  await page.waitForFunction(() => window.printed === 1);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  mkdirSync(h.screenshots, { recursive: true });
  const file = path.join(h.screenshots, "print.pdf");
  writeFileSync(file, pdf);

  const info = run("pdfinfo", file);
  const pages = Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]);
  assert.ok(pages >= 5 && pages <= 30, `${pages} pages`);
  const [, width, height] = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(info);
  assert.ok(Math.abs(Number(width) - 841.89) < 1 && Math.abs(Number(height) - 595.28) < 1, `A4 landscape, not ${width} x ${height}`);

  const sheets = run("pdftotext", "-layout", file, "-").split("\f").slice(0, pages).map(solid);
  for (const [at, sheet] of sheets.entries()) {
    assert.match(sheet, new RegExp(`第${at + 1}页/共${pages}页`), `page ${at + 1}`);
    assert.ok(sheet.includes("䶮山医院党委"), `the head line is on page ${at + 1}`);
    assert.ok(sheet.includes(report.code.replace(/(.{4})(?=.)/g, "$1-")), `the code is on page ${at + 1}`);
  }
  for (const column of ["具体标准", "落实情况", "自评得分", "上级验收得分", "主管部门评定"]) {
    assert.ok(solid(run("pdftotext", "-raw", file, "-")).includes(column), column);
  }
  const whole = sheets.join("");
  assert.ok(whole.includes(solid(h.instrument.title)));
  assert.ok(whole.includes("（盖章）"));
  assert.ok(whole.includes("㐂䶮𬭩"));
  // Cells of one row are told apart by their place; in reading order each criterion's text is whole.
  const flowing = solid(run("pdftotext", "-raw", file, "-"));
  const missing = h.criteria.filter((criterion) => !flowing.includes(solid(criterion.text).slice(0, 12)));
  assert.deepEqual(missing.map((criterion) => criterion.id), []);
  assert.equal((flowing.match(/龘/g) ?? []).length, 200, "a long note is printed whole, overleaf too");
  // The page itself is as before.
  await h.reveal(page, "1.1.1");
  await h.holds(h.scoreField(page, "1.1.1"), "1.5");
});
