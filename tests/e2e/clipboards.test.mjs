// What programs put on the clipboard: tables of many programs, and those that nobody should have made.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const roster = { route: `/new/ruian-2019-annex3?unit=${encodeURIComponent("市第一医院党委")}&period=2026` };

const cell = (page, row, column) => page.locator(`[data-id="grid/${row}/${column}"]`);
const text = async (page, row, column) => {
  const found = cell(page, row, column);
  return (await found.count()) === 0 ? "" : ((await found.textContent()) ?? "").replace(/\u00a0$/, "");
};

async function rowsSay(page, rows, name) {
  await h.eventually(async () => {
    const seen = [];
    for (let row = 0; row <= rows.length; ++row) seen.push([await text(page, row, "name"), await text(page, row, "last")]);
    assert.deepEqual(seen, [...rows, ["", ""]], name);
  });
}

async function begin(page) {
  await h.dialog(page, "new").waitFor();
  await h.press(page, page.locator('[data-id="new/create"]'));
  await h.waitFocus(page, "grid/cell");
  await h.saved(page);
}

/** A paste as the browser hands it on: what a page writes to the clipboard itself is cleaned by the browser. */
async function paste(page, parts) {
  await page.evaluate((texts) => {
    const clipboardData = new DataTransfer();
    for (const [type, content] of Object.entries(texts)) clipboardData.setData(type, content);
    const field = document.querySelector('[data-id="grid/cell"]');
    field.focus();
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, parts);
  await h.afterFrames(page);
}

const two = (tag) => [[`${tag}一支部`, "2023-03"], [`${tag}二支部`, "2024-05"]];
/** Each as the program writes it: two organisations with a month. */
const programs = {
  "LibreOffice Calc": ([a, b]) =>
    `<!DOCTYPE html><html><head><style>td{font-family:"Liberation Sans"}</style></head><body><table cellspacing="0" border="0"><colgroup width="85"></colgroup>` +
    [a, b].map(([name, date]) => `<tr><td height="17" align="left"><font face="Noto Sans CJK SC">${name}</font></td><td align="right" sdval="45000" sdnum="2052;0;YYYY-M">${date}</td></tr>`).join("\n") +
    `</table></body></html>`,
  "Google Sheets": ([a, b]) =>
    `<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #ccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" data-sheets-root="1"><colgroup><col width="100"/></colgroup><tbody>` +
    [a, b].map((row) => `<tr style="height:21px;">${row.map((one) => `<td style="padding:2px 3px;" data-sheets-value="{&quot;1&quot;:2}">${one}</td>`).join("")}</tr>`).join("") +
    `</tbody></table>`,
  WPS: ([a, b]) =>
    `<html xmlns:et="urn"><head><meta name=ProgId content=ET.Sheet></head><body link="blue"><table width="144" style='width:108pt;border-collapse:collapse'><!--StartFragment--><col width="72" span="2">` +
    [a, b].map((row) => `<tr height="18" style='height:13.5pt;'>\r\n${row.map((one) => `<td class="xl65" x:str>${one}</td>`).join("\r\n")}</tr>`).join("") +
    `<!--EndFragment--></table></body></html>`,
  "documents on the web": ([a, b]) =>
    `<meta charset='utf-8'><div data-page-id="x"><table><tbody>${[a, b].map((row) => `<tr>${row.map((one) => `<td><div class="ace-line"><span>${one}</span></div></td>`).join("")}</tr>`).join("")}</tbody></table></div>`,
  "a web page with heads": ([a, b]) =>
    `<table><caption>台账</caption><thead><tr><th>党组织名称<th>上次换届时间</thead><tbody>${[a, b].map((row) => `<tr>${row.map((one) => `<td>${one}`).join("")}`).join("")}</tbody></table>`,
  "a title above the table": ([a, b]) =>
    `<p>市第一医院党支部换届一览</p><table><tr><td>党组织名称</td><td>上次换届时间</td></tr>${[a, b].map((row) => `<tr>${row.map((one) => `<td>${one}</td>`).join("")}</tr>`).join("")}</table>`,
  "Word with hidden text and changes": ([a, b]) =>
    `<table class=MsoNormalTable>${[a, b]
      .map(([name, date]) => `<tr><td><p class=MsoNormal><del cite="mailto:a"><span>旧</span></del><ins><span>${name}</span></ins><span style='display:none;mso-hide:all'>内部</span></p></td><td><p class=MsoNormal>${date}<a style='mso-comment-reference:x'></a></p></td></tr>`)
      .join("")}</table>`,
  "an e-mail with blanks": ([a, b]) =>
    `<div><table>${[a, b].map(([name, date]) => `<tr><td>&nbsp;${name}&nbsp;</td><td>&emsp;${date}&#8203;&nbsp;</td></tr>`).join("")}<tr><td>&nbsp;</td><td>&nbsp;</td></tr></table></div>`,
  "Excel with its row of widths": ([a, b]) =>
    `<table border=0 style='border-collapse:collapse'>${[a, b].map((row) => `<tr>${row.map((one) => `<td class=xl65 x:str>${one}</td>`).join("")}</tr>`).join("")}` +
    `<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td><td width=72></td></tr><![endif]></table>`,
  "two tables below each other": ([a, b]) => [a, b].map((row) => `<table><tr>${row.map((one) => `<td>${one}</td>`).join("")}</tr></table>`).join("<p></p>"),
  "heads over several columns": ([a, b]) =>
    `<table><tr><td>党组织名称</td><td colspan=2>上次换届时间</td></tr>${[a, b].map(([name, date]) => `<tr><td>${name}</td><td colspan="2">${date}</td></tr>`).join("")}</table>`,
  "marks of pronunciation": ([a, b]) =>
    `<table>${[a, b].map(([name, date]) => `<tr><td><ruby>${name}<rp>(</rp><rt>zhī</rt><rp>)</rp></ruby></td><td>${date}</td></tr>`).join("")}</table>`,
};

scene("tables of many programs are read as they show", async ({ page }) => {
  await begin(page);
  for (const [at, [name, make]] of Object.entries(programs).entries()) {
    const rows = two(`第${at}`);
    await page.keyboard.press("Control+Home");
    await h.afterFrames(page);
    await paste(page, { "text/plain": "x", "text/html": make(rows) });
    await rowsSay(page, rows, name);
    await h.says(h.toast(page), say("ui.grid.pasted", { count: 2 }));
  }
}, roster);

scene("nothing of a clipboard runs, and nothing is fetched", async ({ page }) => {
  await begin(page);
  const requests = h.countRequests(page);
  const far = "http://127.0.0.1:9/far";
  const hostile =
    `<html><head><base href="${far}/"><link rel=stylesheet href="${far}.css"><meta http-equiv=refresh content="0;url=${far}"><style>@import url(${far}1.css);td{background:url(${far}2.png)}</style>` +
    `<script src="${far}.js"></script><script>window.pwned=1</script></head><body onload="window.pwned=2" background="${far}3.png"><img src="${far}4.png" onerror="window.pwned=3">` +
    `<iframe srcdoc="<script>parent.pwned=4</script>"></iframe><object data="${far}.swf"></object><embed src="${far}5"><video src="${far}6" poster="${far}7"></video><audio src="${far}8" autoplay></audio>` +
    `<svg onload="window.pwned=5"><script>window.pwned=6</script><image href="${far}9.png"/></svg><form action="${far}"><input autofocus onfocus="window.pwned=7"></form>` +
    `<table background="${far}10.png" style="background:url('${far}11.png')"><tr onclick="window.pwned=8"><td style="list-style:url(${far}12)">甲支部<img src="${far}13.png" srcset="${far}14 2x"></td><td><a href="javascript:window.pwned=9">2023.3</a></td></tr></table>` +
    `<details open ontoggle="window.pwned=10"></details></body></html>`;
  await paste(page, { "text/plain": "x", "text/html": hostile });
  await h.eventually(async () => assert.equal(await text(page, 0, "last"), "2023-03"));
  await new Promise((done) => setTimeout(done, 500));
  assert.equal(await page.evaluate(() => "pwned" in window), false);
  assert.deepEqual(requests, []);
}, roster);

scene("each bad cell is named by row and column with what was expected, and nothing is pasted", async ({ page }) => {
  await begin(page);
  const row = (...cells) => `<tr>${cells.map((one) => `<td>${one}</td>`).join("")}</tr>`;
  const html = `<table>${row("党组织名称", "上次换届时间")}${row("甲支部", "2023.3")}${row("乙支部", "某天")}${row("丙支部", "2024年13月")}</table>`;
  await paste(page, { "text/plain": "x", "text/html": html });
  const dialog = h.dialog(page, "error");
  await dialog.waitFor();
  const said = await dialog.textContent();
  for (const word of [say("ui.paste.row", { row: 2 }), say("ui.paste.row", { row: 3 }), "上次换届时间", "2026-11"]) assert.ok(said.includes(word), `${word}: ${said}`);
  await h.press(page, page.locator('[data-id="error/close"]'));
  await rowsSay(page, []);
}, roster);

const file = (name) => readFileSync(new URL(`../cases/clipboards/${name}`, import.meta.url), "utf8");

scene("clipboards of Word and Excel, both flavours, keep their rows, breaks and quotes", async ({ page }) => {
  await begin(page);
  const excel = (first) => [[first, "2023-03"], ["外科党支部", "2024-05"]];
  const word = [["内科 党支部", "2023-03"], ["外科党支部", "2024-05"]];
  for (const [name, rows] of [
    ["two-columns", [["一支部", "2023-03"], ["二 支部", "2024-05"], ["三支部", "2025-01"]]], ["body-only", word], ["clip", word],
    ["excel-only-opening", excel('"一站式服务党支部')], ["excel-surrounded", excel('"一站式"服务党支部')],
  ]) {
    for (const flavours of name.startsWith("excel") ? [["html", "txt"], ["txt"]] : [["html", "txt"]]) {
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await page.keyboard.press("Control+Home");
      await h.afterFrames(page);
      const types = { html: "text/html", txt: "text/plain" };
      await paste(page, Object.fromEntries(flavours.map((one) => [types[one], file(`${name}.${one}`)])));
      await h.eventually(async () => {
        for (const [row, [organisation, date]] of rows.entries()) {
          assert.deepEqual([await text(page, row, "name"), await text(page, row, "last")], [organisation, date], `${name} ${flavours}`);
        }
      });
    }
  }
}, roster);

/** Milliseconds until something is said. */
async function timed(page, parts, locator) {
  const start = Date.now();
  await paste(page, parts);
  await locator.first().waitFor({ state: "attached", timeout: 60_000 });
  return Date.now() - start;
}

scene("what is far too much is refused soon, and nothing is pasted", async ({ page }) => {
  await begin(page);
  const many = page.getByText(words["error.rows-many"].split("；")[0].split("{")[0]);
  const close = async () => {
    await h.press(page, page.locator('[data-id="error/close"]'));
    await h.afterFrames(page);
  };
  const plain = await timed(page, { "text/plain": "支部\t2024.5\r\n".repeat(100_001) }, many);
  await close();
  const table = await timed(page, { "text/plain": "x", "text/html": `<table>${"<tr><td>支部</td><td>2024.5</td></tr>".repeat(100_001)}</table>` }, many);
  await close();
  await rowsSay(page, []);
  const rows = two("大");
  const padding = `<!-- ${"x".repeat(1000)} -->`.repeat(5000);
  const large = await timed(page, { "text/plain": "x", "text/html": padding + programs.WPS(rows) }, page.getByText(say("ui.grid.pasted", { count: 2 })));
  await rowsSay(page, rows);
  console.log(`until the message: 100,001 rows as text ${plain} ms, as HTML ${table} ms; 5 MB of HTML ${large} ms`);
  assert.ok(Math.max(plain, table, large) < 30_000);
}, roster);

scene("tables in tables, without end and across, stay what they are", async ({ page }) => {
  await begin(page);
  const deep = "<table><tr><td>".repeat(300) + "深支部" + "</td></tr></table>".repeat(300);
  await paste(page, { "text/plain": "x", "text/html": `<table><tr><td>${deep}</td><td>2023.3</td></tr><tr><td rowspan=99999 colspan=1>阔支部</td><td>2024.5</td></tr></table>` });
  await rowsSay(page, [["深支部", "2023-03"], ["阔支部", "2024-05"]]);
  // A thing that is two at once: HTML without a table beside a table as text.
  await page.keyboard.press("Control+Home");
  await paste(page, { "text/plain": "文支部\t2022.1\r\n字支部\t2022.2\r\n", "text/html": "<p>文支部 2022.1</p>" });
  await rowsSay(page, [["文支部", "2022-01"], ["字支部", "2022-02"]]);
}, roster);
