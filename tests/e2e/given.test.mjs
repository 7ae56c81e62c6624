// A Word form that a unit was sent: looked at, filled, saved; the same bytes as the command's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene, stage } = h.theatre({ before, after, test });
const { words } = h;
const folder = mkdtempSync(path.join(tmpdir(), "duibiao-given-"));
after(() => rmSync(folder, { recursive: true }));

/** A form as tests/cli/given_forms.py makes it; python-docx is the distribution's. */
function givenForm(make) {
  const file = path.join(folder, "given.docx");
  const code = `import sys; sys.path.insert(0, "tests/cli"); sys.argv = ["x"]\nimport given_forms as g\n${make}.save("${file}")`;
  execFileSync("/usr/bin/python3", ["-c", code], { cwd: h.root });
  return file;
}

/** A form whose cells are those of tests/cli/given_cells_test.py: Python that gives its body. */
function givenCells(body) {
  const file = path.join(folder, "given.docx");
  const code = `import sys; sys.path.insert(0, "tests/cli")\nfrom given_cells_test import *\nwrite_docx("${file}", ${body})`;
  execFileSync("/usr/bin/python3", ["-c", code], { cwd: h.root });
  return file;
}

/** The texts and signs of every cell of a filled form's XML. */
function wordCells(content) {
  const file = path.join(folder, "filled.docx");
  writeFileSync(file, content);
  const code = `import json, re, zipfile\nxml = zipfile.ZipFile("${file}").read("word/document.xml").decode()
print(json.dumps(["".join("".join(t) for t in re.findall(r'<w:t(?: [^>]*)?>([^<]*)</w:t>|w:char="(....)"|<w:(checked)/>', c)) for c in re.findall(r"<w:tc>.*?</w:tc>", xml, re.S)]))`;
  return JSON.parse(execFileSync("/usr/bin/python3", ["-c", code]).toString());
}

/** The text of every cell, by python-docx. */
function cellsOf(content) {
  const file = path.join(folder, "filled.docx");
  writeFileSync(file, content);
  const code = `import docx, json; print(json.dumps([[[c.text for c in r.cells] for r in t.rows] for t in docx.Document("${file}").tables]))`;
  return JSON.parse(execFileSync("/usr/bin/python3", ["-c", code]).toString());
}

async function choose(page, file) {
  const chooser = page.waitForEvent("filechooser");
  await h.click(page, page.locator('[data-id="send/given"]'));
  await (await chooser).setFiles(file);
}

const box = (page, id) => page.locator(`[data-id="given/${id}"]`);

scene("the match is shown, what is unticked stays blank, and the file is the command's byte for byte", async ({ page }) => {
  const file = givenForm("g.jilin()");
  await h.createDocument(page, { unit: "䶮山医院党委" });
  await h.setScore(page, "1.1.1", "1.5");
  await h.setNote(page, "1.1.1", "<已落实> & 见台账");
  await h.setScore(page, "1.2.1", "1");
  await h.leaveField(page);
  const { content } = await h.exportReport(page);
  await h.openSend(page, 1);
  await choose(page, file);
  await h.dialog(page, "given").waitFor();
  await box(page, "item.1.1.1").waitFor({ state: "attached" });
  assert.equal(await box(page, "item.1.1.1").isChecked(), true);
  await h.screenshot(page, "given-form");
  await box(page, "item.1.2.1").press("Space");
  await h.eventually(async () => assert.equal(await box(page, "item.1.2.1").isChecked(), false));
  const saved = await h.downloaded(page, () => h.press(page, page.locator('[data-id="given/save"]')));
  assert.equal(saved.name, "given（已填）.docx");
  const rows = cellsOf(saved.content)[0];
  assert.deepEqual(rows[1].slice(3, 5).map((text) => text.trim()), ["1：<已落实> & 见台账", "1：1.5"]);
  assert.equal(rows[2][4], "");
  writeFileSync(path.join(folder, "report.json"), content);
  const out = path.join(folder, "out.docx");
  execFileSync(h.program, ["export", path.join(folder, "report.json"), "--to", "docx", "--into", file, "--skip", "item.1.2.1", "-o", out]);
  assert.ok(saved.content.equals(readFileSync(out)));
});

scene("a form of others: what is worded differently comes first, what has no place is listed apart", async ({ page }) => {
  const make = `[d := g.docx.Document(), t := g.add_table(d, 3, 2), setattr(t.cell(0, 0), "text", "标准"),
    setattr(t.cell(0, 1), "text", "自评"), setattr(t.cell(1, 0), "text", "党组织领导班子成员没有受到党纪政务处理"),
    setattr(t.cell(2, 0), "text", "本局另加的一项")][0]`;
  const file = givenForm(make);
  await h.createDocument(page);
  await h.setScore(page, "3.3.4", "1");
  await h.setScore(page, "1.1.1", "2");
  await h.leaveField(page);
  await h.openSend(page, 1);
  await choose(page, file);
  const dialog = h.dialog(page, "given");
  await dialog.waitFor();
  await box(page, "item.3.3.4").waitFor({ state: "attached" });
  await h.screenshot(page, "given-form-similar");
  await h.click(page, box(page, "part/1"));
  await box(page, "column.1.5").waitFor({ state: "attached" });
  await h.click(page, box(page, "part/2"));
  await dialog.getByText("本局另加的一项").first().waitFor({ state: "attached" });
  await dialog.getByText(/^表上没有找到位置，没有填：1\.落实党委领导下的院长负责制/).first().waitFor({ state: "attached" });
  await h.screenshot(page, "given-form-gaps");
  await page.setViewportSize({ width: 390, height: 844 });
  await h.afterFrames(page, 4);
  await h.screenshot(page, "given-form-narrow");
});

const heads = (...texts) => `[${texts.map((text) => `cell(run("${text}"))`).join(", ")}]`;
const bodies = [
  {
    form: "ruian-2019-annex1",
    table: "item,value,note\n1.1.1,否,\n1.2.1,党旗、党务公开栏,\n2.1.1,3,\n",
    body: `table([${heads("工作内容", "情况记录")},
      [cell(run("有固定的党员活动室")), cell(box() + run("是　") + SIGN + run("否"))],
      [cell(run("有党旗、有入党誓词、有党员权利和义务、有党支部工作制度、有党员形象栏、有党务公开栏。")), cell(run("□党旗 □入党誓词 □党务公开栏"))],
      [cell(run("本年度开展次数")), cell(run("（  ）次"))]])`,
    right: { 3: "☐是　F0FE否", 5: "☑党旗 □入党誓词 ☑党务公开栏", 7: "（3）次" },
  },
  {
    form: "jilin-committee",
    table: "item,score,note\n1.1.1,2,已落实\n1.1.2,1,已分设\n",
    body: `table([${heads("具体标准", "分值", "落实情况", "自评得分")},
      [cell(run("落实党委领导下的院长负责制")), cell(run("2")), cell(PLACEHOLDER), cell(run(chr(0xa0)))],
      [cell(run("二级以上公立医院，党委书记与院长分设")), cell(run("1")), cell(FORM_TEXT), cell(run("____"))]])`,
    right: { 6: "已落实", 7: "2", 10: "已分设", 11: "1" },
  },
];
for (const { form, table, body, right } of bodies) {
  scene(`placeholders, boxes, gaps and cells that only look empty are filled as the command fills them: ${form}`, async ({ page }) => {
    const file = givenCells(body);
    await page.evaluate((to) => (location.hash = to), `/new/${form}?unit=${encodeURIComponent("市第一医院党委")}&period=2026`);
    await h.dialog(page, "new").waitFor();
    await h.click(page, page.locator('[data-id="new/create"]'));
    await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
    await h.drop(page, "表.csv", Buffer.from(table));
    await h.saved(page);
    const { content } = await h.exportReport(page);
    await h.openSend(page, 1);
    await choose(page, file);
    await h.dialog(page, "given").waitFor();
    const saved = await h.downloaded(page, () => h.press(page, page.locator('[data-id="given/save"]')));
    const cells = wordCells(saved.content);
    for (const [at, text] of Object.entries(right)) assert.equal(cells[at].trim(), text);
    writeFileSync(path.join(folder, "report.json"), content);
    const out = path.join(folder, "out.docx");
    execFileSync(h.program, ["export", path.join(folder, "report.json"), "--to", "docx", "--into", file, "-o", out]);
    assert.ok(saved.content.equals(readFileSync(out)));
  });
}

scene("what cannot be filled is named", async ({ page }) => {
  await h.createDocument(page);
  await h.drop(page, "旧表.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"));
  await page.getByText(words["error.docx-old"].split("；")[0]).first().waitFor({ state: "attached" });
  await h.drop(page, "表.docx", Buffer.from("%PDF-1.7"));
  await page.getByText(words["error.file-unknown"].split("；")[0]).first().waitFor({ state: "attached" });
});
