// What real offices paste and drop: both flavours of a clipboard, files by their content, nothing swallowed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const unit = "市第一医院党委";
const linkOf = (form) => `/new/${form}?unit=${encodeURIComponent(unit)}&period=2026`;
const annex3 = { route: linkOf("ruian-2019-annex3") };
const ledger = { route: linkOf("ledger") };

const cell = (page, row, column) => page.locator(`[data-id="grid/${row}/${column}"]`);

async function columnSays(page, column, texts) {
  for (const [row, text] of [...texts, ""].entries()) {
    await h.eventually(async () => {
      const found = cell(page, row, column);
      assert.equal((await found.count()) === 0 ? "" : ((await found.textContent()) ?? "").replace(/\u00a0$/, ""), text);
    });
  }
}

async function begin(page) {
  await h.dialog(page, "new").waitFor();
  for (let at = 0; at < 30 && (await h.focusedId(page)) !== "new/create"; ++at) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "grid/cell");
  await h.saved(page);
}

async function paste(page, parts) {
  await h.copy(page, parts);
  await page.bringToFront();
  await page.keyboard.press("Control+V");
  await h.afterFrames(page);
}

/** What the browser has stored of a document's rows and scores, in the order in which they were written. */
const written = (page) =>
  page.evaluate(async () => {
    const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const database = await answer(indexedDB.open("duibiao"));
    const all = (name) => answer(database.transaction(name).objectStore(name).getAll());
    const id = location.hash.split("/")[2];
    const known = (await all("documents")).filter((one) => one.id === id).flatMap(({ snapshot }) => JSON.parse(snapshot).log);
    const since = (await all("edits")).filter(({ document }) => document === id).map(({ text }) => JSON.parse(text));
    database.close();
    const once = new Map([...known, ...since].map((edit) => [edit.id, edit]));
    return [...once.values()].filter(({ field }) => /^(cells|score)$/.test(field)).map(({ after }) => after);
  });

/** As Word puts a table on the clipboard: each paragraph of a cell in a p with source line ends in it. */
const wordCell = (text) =>
  `<td width=80 valign=top style='width:60pt;border:solid windowtext 1.0pt'>\n${text
    .split("\n")
    .map((line) => `  <p class=MsoNormal><span\n  style='font-family:宋体'>${line || "&nbsp;"}</span><span lang=EN-US><o:p></o:p></span></p>\n`)
    .join("")} </td>\n`;
const fromWord = (rows) => ({
  "text/plain": rows.map((row) => `${row.join("\t")}\r\n`).join("").replace(/([^\r])\n/g, "$1\r\n"),
  "text/html":
    `<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style>p.MsoNormal{margin:0}</style></head><body lang=ZH-CN>` +
    `<!--StartFragment--><table class=MsoTableGrid border=1 style='border-collapse:collapse'>\n` +
    `${rows.map((row) => `<tr>\n${row.map(wordCell).join("")}</tr>\n`).join("")}</table><!--EndFragment--></body></html>`,
});
const fromExcel = (rows, tail = "") => ({
  "text/plain": rows.map((row) => `${row.join("\t")}\r\n`).join(""),
  "text/html": `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>${rows
    .map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join("")}</tr>`)
    .join("")}${tail}</table></body></html>`,
});

scene("a table copied in Word keeps its rows and cells, whatever breaks its cells have", async ({ page }) => {
  await begin(page);
  await paste(page, fromWord([["一支部", "2023年3月"], ["二\n支部", "2024年5月"], ["三支部", "2025年1月"]]));
  await columnSays(page, "name", ["一支部", "二 支部", "三支部"]);
  await columnSays(page, "last", ["2023-03", "2024-05", "2025-01"]);
}, annex3);

scene("a cell that begins with a quotation mark swallows nothing, with HTML and without", async ({ page }) => {
  await begin(page);
  const rows = [['"一站式服务党支部', "2023.3"], ['"先锋"党支部', "2024.5"], ['"全在引号里"', "2024.6"], ["外科党支部", "2024.7"]];
  await paste(page, { "text/plain": fromExcel(rows)["text/plain"] });
  await columnSays(page, "name", rows.map((row) => row[0]));
  await page.keyboard.press("Control+Home");
  await paste(page, fromExcel(rows.toReversed()));
  await columnSays(page, "name", rows.toReversed().map((row) => row[0]));
}, annex3);

scene("merged rows hold their text for each; hidden ones are pasted and said; no script runs; tables in tables stay in their cell", async ({ page }) => {
  await begin(page);
  const html =
    `<html><body><script>window.pwned=1</script><img src=x onerror="window.pwned=1"><table>` +
    `<tr><td>党组织名称</td><td>书记姓名</td><td>上次换届时间</td></tr>` +
    `<tr><td rowspan=2>内科党支部</td><td onclick="window.pwned=1">甲某</td><td>2023.3</td></tr>` +
    `<tr style='display:none'><td>乙某</td><td>2024.5</td></tr>` +
    `<tr><td>外科<table><tr><td>党</td><td>支部</td></tr></table></td><td>丙某</td><td>2024.6</td></tr></table></body></html>`;
  await paste(page, { "text/plain": "x", "text/html": html });
  await columnSays(page, "name", ["内科党支部", "内科党支部", "外科 党 支部"]);
  await columnSays(page, "secretary", ["甲某", "乙某", "丙某"]);
  await h.says(h.toast(page), `${say("ui.grid.pasted", { count: 3 })}${say("ui.paste.hidden", { count: 1 })}`);
  assert.equal(await page.evaluate(() => "pwned" in window), false);
}, annex3);

scene("100,001 rows are refused with a sentence, and nothing is pasted", async ({ page }) => {
  await begin(page);
  await paste(page, { "text/plain": "支部\t2024.5\r\n".repeat(100_001) });
  await page.getByText(words["error.rows-many"].split("；")[0].split("{")[0]).first().waitFor({ state: "attached", timeout: 60_000 });
}, annex3);

scene("5 MB of HTML are read", async ({ page }) => {
  await begin(page);
  const rows = [["一支部", "2024.5"], ["二支部", "2024.6"]];
  const parts = fromExcel(rows);
  const padding = `<!-- ${"x".repeat(1000)} -->`.repeat(5000);
  await paste(page, { ...parts, "text/html": parts["text/html"].replace("<table>", `${padding}<table>`) });
  await columnSays(page, "name", ["一支部", "二支部"]);
}, annex3);

const cases = new URL("../cases/", import.meta.url);
const tables = JSON.parse(readFileSync(new URL("tables.json", cases), "utf8"));
const bytesOf = (one) =>
  "file" in one ? readFileSync(new URL(one.file, cases)) : "base64" in one ? Buffer.from(one.base64, "base64") : Buffer.from(one.text);
for (const form of new Set(tables.map((one) => one.form))) {
  scene(`every table of ${form} that is dropped comes out as the command reads it`, async ({ page }) => {
    const begun = async () => {
      await page.evaluate((route) => (location.hash = route), `#${linkOf(form)}`);
      await h.dialog(page, "new").waitFor();
      await h.press(page, page.locator('[data-id="new/create"]'));
      await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
      await h.saved(page);
    };
    await begun();
    for (const one of tables.filter((each) => each.form === form)) {
      const bytes = bytesOf(one);
      const before = await written(page);
      await h.drop(page, "文件", bytes);
      if ("refused" in one && !("pasted" in one)) {
        // Which of several sheets is meant is asked here; the command has nobody to ask.
        const isAsked = one.case.includes("several");
        const dialog = h.dialog(page, isAsked ? "sheets" : "error");
        await dialog.waitFor();
        const said = await dialog.textContent();
        const wanted = isAsked ? one.refused.flatMap((word) => word.split("、")) : one.refused;
        for (const word of wanted) assert.ok(said.includes(word), `${one.case}: ${said}`);
        assert.ok(said.includes("文件"), "by its name");
        await h.press(page, page.locator(isAsked ? '[data-id="sheets/cancel"]' : '[data-id="error/close"]'));
        assert.deepEqual(await written(page), before, `${one.case}: all or nothing`);
        continue;
      }
      // Rows without heads are pasted ones, which the page takes.
      const right = one.pasted ?? one.rows ?? one.scores.map(String);
      await h.eventually(async () => assert.deepEqual((await written(page)).map(String), [...before.map(String), ...right], one.case));
      const said = (await h.toast(page).textContent()) ?? "";
      for (const word of one.said ?? []) assert.ok(said.includes(word), `${one.case}: ${said}`);
      if (form === "ledger") continue;
      await h.goHome(page);
      await begun();
    }
  });
}

scene("a workbook is read in an archive and by itself; a damaged one and a table without a document say what to do", async ({ page }) => {
  const workbook = readFileSync(new URL("workbooks/plain.openpyxl.xlsx", cases));
  await h.drop(page, "台账.csv", Buffer.from("日期,类型,主题\n2026-03-05,支委会,学习\n"));
  await h.dialog(page, "error").waitFor();
  await page.getByText(words["error.table-unopened"].split("；")[0]).first().waitFor({ state: "attached" });
  await h.press(page, page.locator('[data-id="error/close"]'));
  await page.evaluate((route) => (location.hash = route), `#${ledger.route}`);
  await h.dialog(page, "new").waitFor();
  await h.press(page, page.locator('[data-id="new/create"]'));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
  await h.drop(page, "台账.zip", zip("a.xlsx", workbook));
  await h.eventually(async () => assert.equal((await written(page)).length, 3));
  await h.drop(page, "b.xlsx", workbook);
  await h.eventually(async () => assert.equal((await written(page)).length, 6));
  const sheet = workbook.indexOf("xl/worksheets/sheet1.xml") + 60;
  await h.drop(page, "坏.xlsx", Buffer.concat([workbook.subarray(0, sheet), Buffer.alloc(50), workbook.subarray(sheet + 50)]));
  await h.dialog(page, "error").waitFor();
  const said = await h.dialog(page, "error").textContent();
  assert.ok(said.includes("坏.xlsx") && said.includes("损坏"), said);
  assert.equal((await written(page)).length, 6);
});

scene("a template is given where one pastes, and a workbook chosen there", async ({ page }) => {
  await h.dialog(page, "new").waitFor();
  await h.press(page, page.locator('[data-id="new/create"]'));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
  await h.press(page, page.locator('[data-id="row/paste"]'));
  await h.dialog(page, "paste").waitFor();
  const template = await h.downloaded(page, () => h.press(page, page.locator('[data-id="paste/template"]')));
  assert.match(template.name, /-台账-2026-模板\.xlsx$/);
  assert.equal(template.content.subarray(0, 2).toString(), "PK");
  const workbook = readFileSync(new URL("workbooks/plain.libreoffice.xlsx", cases));
  await h.chooseFiles(page, [{ name: "台账.xlsx", content: workbook }], page.locator('[data-id="paste/choose"]'));
  await h.says(h.toast(page), say("ui.rows.added", { count: 3 }));
  await h.dialog(page, "paste").waitFor({ state: "detached" });
  assert.equal((await written(page)).length, 3);
  await h.drop(page, template.name, template.content);
  await h.says(h.toast(page), say("ui.rows.added", { count: 0 }));
}, ledger);

scene("a roster gives its template beside its rows", async ({ page }) => {
  await begin(page);
  const template = await h.downloaded(page, () => h.press(page, page.locator('[data-id="grid/template"]')));
  assert.match(template.name, /模板\.xlsx$/);
}, annex3);

const table = "日期\t类型\t支部\t主题\r\n2026-03-05\t支委会\t内科党支部\t研究发展党员\r\n";
const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

scene("a dropped table is read in every certain encoding, and refused in none that is not", async ({ page }) => {
  await h.dialog(page, "new").waitFor();
  await h.press(page, page.locator('[data-id="new/create"]'));
  await h.saved(page);
  const gb = Buffer.from("c8d5c6da2cc0e0d0cd2cd6f7cce20d0a323032362d30332d30352cd6a7ceafbbe12c610d0a", "hex");
  let count = 0;
  for (const [name, content] of [["表.txt", utf16(table)], ["表", Buffer.from(table)], ["表.json", gb]]) {
    await h.drop(page, name, content);
    await h.says(h.toast(page), say("ui.rows.added", { count: 1 }));
    ++count;
    await h.press(page, h.button(page, words["ui.undo"])).catch(() => {});
    await h.afterFrames(page);
  }
  assert.equal(count, 3);
  const broken = Buffer.concat([Buffer.from("日期,类型,主题\n2026-03-05,支委会,研究发展党员甲乙丙"), Buffer.from([0xe9, 0xe9, 0x0a])]);
  const big5 = Buffer.from("a96da6572ca558a5cda67ea4eb2cb27ba475a740b3e6a6ec0aa5d2ac592c313938352d30332cac59a4bda571 0a".replace(" ", ""), "hex");
  for (const content of [broken, big5]) {
    await h.drop(page, "表.csv", content);
    await page.getByText(words["error.text-encoding"].split("；")[0]).first().waitFor({ state: "attached" });
    await h.press(page, page.locator('[data-id="error/close"]'));
  }
}, ledger);

scene("a report is known by its content, in a mail, an archive, base64 and behind a footer", async ({ page }) => {
  const { content } = h.fileOf("甲医院党委");
  const draft = [
    "X-Unsent: 1", "Subject: =?UTF-8?B?5oql6YCB?=", "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"', "",
    "--b", "Content-Type: text/plain; charset=UTF-8", "", "x", "--b",
    'Content-Type: application/json; name="r.json"', "Content-Transfer-Encoding: base64", 'Content-Disposition: attachment; filename="r.json"', "",
    content.toString("base64").replace(/.{76}/g, "$&\r\n"), "--b--", "",
  ].join("\r\n");
  const files = [
    ["report.txt", content], ["noextension", content], ["bom.json", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), content])],
    ["utf16.json", utf16(content.toString())], ["base64.txt", Buffer.from(content.toString("base64"))], ["draft.eml", Buffer.from(draft)],
    ["report.html", Buffer.from(`<html><body><pre>${content}</pre></body></html>`)],
    ["report.zip", zip("report.json", content)], ["quoted.txt", Buffer.from(content.toString().replace(/^/gm, "> "))],
    ["forwarded.eml", Buffer.from(draft.replace(/\r\n--b\r\nContent-Type: application[^]*$/, "\r\n--b\r\nContent-Type: application/octet-stream; name=\"in.eml\"\r\n"
      + `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(draft).toString("base64")}\r\n--b--\r\n`))],
    ["zipped.zip", zip("draft.eml", Buffer.from(draft))],
  ];
  const [[name, first], ...others] = files;
  await h.drop(page, name, first);
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  others.push(["footer.json", Buffer.concat([content, Buffer.from("\n-- \n本邮件由病毒网关检查\n")])]);
  for (const [another, bytes] of others) { // the same report each time
    await h.drop(page, another, bytes);
    await h.dialog(page, "import").waitFor({ state: "attached" });
    await h.press(page, page.locator('[data-id="import/cancel"]'));
    await h.dialog(page, "import").waitFor({ state: "detached" });
  }
  await h.drop(page, "two.json", Buffer.concat([content, content]));
  await page.getByText(words["error.file-two"].split("；")[0]).first().waitFor({ state: "attached" });
  await h.press(page, page.locator('[data-id="error/close"]'));
  await h.drop(page, "excel.zip", zip("a.xls", Buffer.from("d0cf11e0a1b11ae157006f0072006b0062006f006f006b00", "hex")));
  await page.getByText(words["error.file-xls"].split("；")[0]).first().waitFor({ state: "attached" });
  await h.press(page, page.locator('[data-id="error/close"]'));
  await h.drop(page, "信.msg", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from("__properties_version1.0", "utf16le")]));
  await page.getByText(words["error.file-outlook"].split("；")[0]).first().waitFor({ state: "attached" });
});

/** An archive with one stored file. */
function zip(name, content) {
  const crc = crc32(content);
  const part = (mark, extra) => {
    const head = Buffer.alloc(mark === 0x04034b50 ? 30 : 46);
    head.writeUInt32LE(mark, 0);
    const at = mark === 0x04034b50 ? 4 : 6;
    head.writeUInt16LE(20, at);
    head.writeUInt32LE(crc, at + 10);
    head.writeUInt32LE(content.length, at + 14);
    head.writeUInt32LE(content.length, at + 18);
    head.writeUInt16LE(name.length, at + 22);
    return Buffer.concat([head, Buffer.from(name), extra]);
  };
  const file = part(0x04034b50, content);
  const list = part(0x02014b50, Buffer.alloc(0));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(file.length, 16);
  return Buffer.concat([file, list, end]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
