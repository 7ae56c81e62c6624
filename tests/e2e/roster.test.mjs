// Rosters, edited like a spreadsheet: by keyboard, with blocks from Excel and WPS, with an input method.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words, say } = h;
const unit = "市第一医院党委";
const linkOf = (form) => `/new/${form}?unit=${encodeURIComponent(unit)}&period=2026`;
const annex2 = { route: linkOf("ruian-2019-annex2") };
const annex3 = { route: linkOf("ruian-2019-annex3") };
const annex4 = { route: linkOf("ruian-2019-annex4") };
/** A month in the past whose terms are over, whenever the test runs. */
const longAgo = "2019-03";
const lastYear = `${new Date().getFullYear() - 1}-11`;
const nextTerm = `${new Date().getFullYear() + 2}-11`; // three years on, as for a branch

// --- The grid -----------------------------------------------------------------------------------------------------

const field = (page) => page.locator('[data-id="grid/cell"]');
const cell = (page, row, column) => page.locator(`[data-id="grid/${row}/${column}"]`);
const status = (page) => page.locator('[data-id="grid/status"]');
const tool = (page, name) => page.locator(`[data-id="grid/${name}"]`);
const alert = (page) => page.getByRole("alert").first();

/** Waits until the cell says so; most empty cells have no node. */
async function cellSays(page, row, column, text) {
  await h.eventually(async () => {
    const found = cell(page, row, column);
    assert.equal((await found.count()) === 0 ? "" : ((await found.textContent()) ?? "").replace(/\u00a0$/, ""), text);
  });
}

async function columnSays(page, column, texts) {
  for (const [row, text] of texts.entries()) await cellSays(page, row, column, text);
  await cellSays(page, texts.length, column, "");
}

/** Waits until the current cell is this one; its field tells. */
async function isAt(page, row, label) {
  const name = new RegExp(row === null ? `^${label}` : `^${say("row.number", { row: row + 1 })} ${label}`);
  await h.eventually(async () => assert.match((await field(page).getAttribute("aria-label")) ?? "", name));
}

async function keys(page, ...names) {
  for (const name of names) {
    await page.keyboard.press(name);
    await h.afterFrames(page);
  }
}

async function type(page, text) {
  await page.keyboard.insertText(text);
  await h.afterFrames(page);
}

/** The panel of findings, slid out. */
async function findings(page) {
  await h.press(page, page.locator('[data-id="open-findings"]'));
  const region = h.findingsRegion(page);
  await region.waitFor({ state: "attached" });
  return region;
}

async function isFound(page, code, found) {
  const link = (await findings(page)).getByRole("link", { name: h.findingText(code) });
  await link.waitFor({ state: found ? "attached" : "detached" });
  await keys(page, "Escape");
  await h.findingsRegion(page).waitFor({ state: "detached" });
}

/** From the link's dialog to the empty grid, by keyboard. */
async function begin(page) {
  await h.dialog(page, "new").waitFor();
  for (let at = 0; at < 30 && (await h.focusedId(page)) !== "new/create"; ++at) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "grid/cell");
  await h.saved(page);
}

async function paste(page, parts) {
  await h.copy(page, typeof parts === "string" ? { "text/plain": parts } : parts);
  await page.bringToFront();
  await keys(page, "Control+V");
}

/** A roster of annex 3 with these organisations, all else empty. */
async function withNames(page, ...names) {
  await begin(page);
  await paste(page, names.map((name) => `${name}\t\r\n`).join(""));
  await columnSays(page, "name", names);
  await keys(page, "Control+Home");
  await isAt(page, 0, "党组织名称");
}

const table = (body) =>
  `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-number-format:General}</style></head><body>\n` +
  `<table border=0 cellpadding=0 style='border-collapse:collapse'>\n${body}</table>\n</body></html>`;
const rowsOfExcel = [
  ["序号", "党组织名称", "上次换届时间\n（召开党员大会选举的时间）", "计划换届时间", "党组织书记\n姓名", "党组织书记\n行政职务", "党组织书记\n任职时间", "备注"],
  ["1", "内科党支部", "2019年3月", "2022年3月", "张　三", "主任", "2019/3/6", ""],
  ["2", "外科党支部", "2019.5", "2022-05-01", "李四", "护士长", "2019年5月", '原"大外科"'],
  ["3", "机关党委", lastYear.replace("-", "/"), "", "王五", "副院长", lastYear, ""],
];
/** As Excel and WPS put it on the clipboard: quotes around cells with line feeds, a picture, HTML beside the text. */
const fromExcel = {
  "text/plain": rowsOfExcel
    .map((row) => row.map((text) => (/[\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t"))
    .map((line) => `${line}\r\n`)
    .join(""),
  "text/html": table(
    rowsOfExcel
      .map((row) => `<tr>${row.map((text) => `<td>${text.replaceAll("\n", "<br>\n    ")}</td>`).join("")}</tr>\n`)
      .join(""),
  ),
  "image/png": "",
};

// --- A newcomer ---------------------------------------------------------------------------------------------------

scene("a newcomer fills annex 3 from an Excel block, by keyboard alone", async ({ page }) => {
  await begin(page);
  await paste(page, fromExcel);
  await h.says(h.toast(page), say("ui.grid.pasted", { count: 3 }));
  await columnSays(page, "name", ["内科党支部", "外科党支部", "机关党委"]);
  await columnSays(page, "last", [longAgo, "2019-05", lastYear]);
  await columnSays(page, "planned", ["2022-03", "2022-05-01"]);
  await columnSays(page, "since", ["2019-03-06", "2019-05", lastYear]);
  await cellSays(page, 1, "note", '原"大外科"');

  // What the rules say stands at the row and in the panel.
  await keys(page, "Control+Home");
  await h.eventually(async () => assert.match((await status(page).textContent()) ?? "", new RegExp(words["finding.term-long-overdue.title"])));
  await h.eventually(async () => assert.match((await status(page).textContent()) ?? "", /专项整治 三\(一\)/));
  await h.press(page, (await findings(page)).getByRole("link", { name: h.findingText("term-long-overdue") }).first());
  await h.waitFocus(page, "grid/cell");
  await isAt(page, 0, "");

  // A wrong date is said and does not stand; Escape brings the old one back.
  await keys(page, "Home", "ArrowRight");
  await isAt(page, 0, "上次换届时间");
  await type(page, "2025.13");
  await h.eventually(async () => assert.ok((await alert(page).textContent())?.trim()));
  await keys(page, "Enter");
  await isAt(page, 0, "上次换届时间");
  await cellSays(page, 0, "last", longAgo);
  await keys(page, "Escape");
  await alert(page).waitFor({ state: "detached" });
  await cellSays(page, 0, "last", longAgo);
  await type(page, lastYear.replace("-", "年") + "月");
  await keys(page, "Enter");
  await isAt(page, 1, "上次换届时间");
  await cellSays(page, 0, "last", lastYear);
  await h.eventually(async () => assert.doesNotMatch((await status(page).textContent()) ?? "", /内科/));

  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await columnSays(page, "last", [lastYear, "2019-05", lastYear]);
  await cellSays(page, 1, "note", '原"大外科"');
  await h.screenshot(page, "roster-1280x800");
}, annex3);

// --- Keys ---------------------------------------------------------------------------------------------------------

scene("arrows, Tab, Enter, Home and End go where a spreadsheet's do", async ({ page }) => {
  await withNames(page, "一支部", "二支部", "三支部");
  for (const [key, row, label] of [
    ["ArrowRight", 0, "上次换届时间"], ["ArrowDown", 1, "上次换届时间"], ["ArrowLeft", 1, "党组织名称"],
    ["ArrowUp", 0, "党组织名称"], ["ArrowUp", 0, "党组织名称"], ["Tab", 0, "上次换届时间"],
    ["Shift+Tab", 0, "党组织名称"], ["Enter", 1, "党组织名称"], ["Shift+Enter", 0, "党组织名称"],
    ["End", 0, "批准的换届时间"], ["ArrowLeft", 0, "批准延期或提前时间"], ["Tab", 0, "批准的换届时间"], ["Tab", 1, "党组织名称"], ["Shift+Tab", 0, "批准的换届时间"], ["Home", 0, "党组织名称"],
    ["Control+End", 2, "批准的换届时间"], ["Control+Home", 0, "党组织名称"], ["Control+ArrowDown", 2, "党组织名称"],
    ["Control+ArrowRight", 2, "批准的换届时间"], ["Enter", null, "批准的换届时间"],
  ]) {
    await keys(page, key);
    await isAt(page, row, label);
  }
}, annex3);

scene("typing replaces, F2 goes on, Delete empties; every one can be undone", async ({ page }) => {
  await withNames(page, "一支部", "二支部");
  await page.keyboard.type("ab");
  await keys(page, "Enter");
  await columnSays(page, "name", ["ab", "二支部"]);
  await keys(page, "ArrowUp", "F2");
  await h.holds(field(page), "ab");
  await page.keyboard.type("c");
  await keys(page, "ArrowLeft");
  await page.keyboard.type("x");
  await keys(page, "Tab");
  await cellSays(page, 0, "name", "abxc");
  await isAt(page, 0, "上次换届时间");
  await keys(page, "Shift+Tab", "Delete");
  await cellSays(page, 0, "name", "");
  for (const text of ["abxc", "ab", "一支部"]) {
    await keys(page, "Control+Z");
    await cellSays(page, 0, "name", text);
  }
  await keys(page, "Control+Y");
  await cellSays(page, 0, "name", "ab");
}, annex3);

scene("who types faster than the page draws loses nothing", async ({ page }) => {
  await begin(page);
  const rows = ["一", "二", "三", "四", "五", "六"].map((name) => [`${name}支部`, "2024-05", "2027-05", "张三"]);
  const strokes = [h.stall(page)];
  for (const row of rows) {
    for (const [at, text] of row.entries()) {
      strokes.push(page.keyboard.insertText(text), page.keyboard.press(at + 1 < row.length ? "Tab" : "Enter"));
    }
    strokes.push(page.keyboard.press("Home"));
  }
  await Promise.all(strokes);
  for (const [at, column] of ["name", "last", "planned", "secretary"].entries()) {
    await columnSays(page, column, rows.map((row) => row[at]));
  }
  await isAt(page, null, "党组织名称");
  // While a text is typed these keys are the caret's, and none of them is pressed in the next cell by mistake.
  const keyboard = page.keyboard;
  await Promise.all([
    h.stall(page),
    ...[keyboard.insertText("支部x"), keyboard.press("Backspace"), keyboard.press("Home"), keyboard.insertText("七")],
    ...[keyboard.press("Enter"), keyboard.press("ArrowUp"), keyboard.press("F2"), keyboard.press("ArrowLeft")],
    ...[keyboard.press("x"), keyboard.press("Enter")],
  ]);
  await columnSays(page, "name", [...rows.map((row) => row[0]), "七支x部"]);
}, annex3);

scene("a row that is emptied stays where it is until it is left", async ({ page }) => {
  await withNames(page, "一支部", "二支部", "三支部");
  await keys(page, "ArrowDown", "Delete");
  await cellSays(page, 1, "name", "");
  await cellSays(page, 2, "name", "三支部");
  await type(page, "新支部");
  await keys(page, "Enter");
  await columnSays(page, "name", ["一支部", "新支部", "三支部"]);
  await isAt(page, 2, "党组织名称：三支部");
  await keys(page, "Delete", "ArrowUp");
  await columnSays(page, "name", ["一支部", "新支部"]);
  await keys(page, "Control+Z");
  await columnSays(page, "name", ["一支部", "新支部", "三支部"]);
  // The same by taking the text out letter by letter.
  await keys(page, "Control+Home", "F2", "Backspace", "Backspace", "Backspace");
  await cellSays(page, 1, "name", "新支部");
  await page.keyboard.type("x");
  await keys(page, "Enter");
  await columnSays(page, "name", ["x", "新支部", "三支部"]);
  await isAt(page, 1, "党组织名称：新支部");
}, annex3);

scene("copying, cutting and filling down a range, within the grid and out to a spreadsheet", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await withNames(page, "一支部", "二支部", "三支部");
  await keys(page, "ArrowRight");
  await type(page, "2024.5");
  await keys(page, "Tab");
  await type(page, "2027.5");
  await keys(page, "Enter");
  await keys(page, "Control+Home", "Shift+ArrowRight", "Shift+ArrowRight", "Control+C");
  await h.eventually(async () => assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), "一支部\t2024-05\t2027-05"));
  await keys(page, "Home", "Control+ArrowDown", "ArrowDown", "Control+V");
  await columnSays(page, "name", ["一支部", "二支部", "三支部", "一支部"]);
  await cellSays(page, 3, "planned", "2027-05");
  // Down over three rows, then one cell cut and put elsewhere.
  await keys(page, "Control+Home", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Control+D");
  await columnSays(page, "last", ["2024-05", "2024-05", "2024-05", "2024-05"]);
  await keys(page, "Control+Z");
  await cellSays(page, 1, "last", "");
  await keys(page, "Control+Home", "ArrowRight", "Control+X");
  await cellSays(page, 0, "last", "");
  await keys(page, "ArrowDown", "Control+V");
  await cellSays(page, 1, "last", "2024-05");
  await keys(page, "Control+Home", "Control+C", "ArrowDown", "Shift+ArrowDown", "Control+V");
  await columnSays(page, "name", ["一支部", "一支部", "一支部", "一支部"]);
}, annex3);

// --- Input methods ------------------------------------------------------------------------------------------------

async function inputMethod(context, page) {
  const session = await context.newCDPSession(page);
  return {
    compose: (text) => session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length }),
    commit: (text) => session.send("Input.insertText", { text }),
  };
}

scene("an input method composes into a waiting cell; what it replaces comes back with Escape", async ({ page, context }) => {
  await withNames(page, "一支部", "二支部");
  const ime = await inputMethod(context, page);
  await ime.compose("n");
  await ime.compose("nei ke");
  await h.afterFrames(page);
  await h.holds(field(page), "nei ke");
  await cellSays(page, 0, "name", "一支部");
  await ime.commit("内科");
  await h.afterFrames(page);
  await ime.compose("dang");
  await ime.commit("党支部");
  await h.holds(field(page), "内科党支部");
  await keys(page, "Enter");
  await columnSays(page, "name", ["内科党支部", "二支部"]);
  await isAt(page, 1, "党组织名称");
  await ime.compose("wai");
  await ime.commit("外科");
  await h.afterFrames(page);
  await keys(page, "Escape");
  await columnSays(page, "name", ["内科党支部", "二支部"]);
  // In the empty row below, a new one comes of it.
  await keys(page, "ArrowDown");
  await ime.compose("er");
  await ime.commit("儿科党支部");
  await h.afterFrames(page);
  await keys(page, "Tab");
  await columnSays(page, "name", ["内科党支部", "二支部", "儿科党支部"]);
  await isAt(page, 2, "上次换届时间");
}, annex3);

scene("a reload in the middle of a word keeps what was typed", async ({ page }) => {
  await withNames(page, "一支部");
  await keys(page, "ArrowDown");
  await type(page, "急诊党");
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await columnSays(page, "name", ["一支部", "急诊党"]);
  await h.saved(page);
}, annex3);

// --- Rows ---------------------------------------------------------------------------------------------------------

scene("rows inserted, moved, deleted and sorted, and each undone", async ({ page }) => {
  await withNames(page, "乙支部", "甲支部", "丙支部");
  await keys(page, "ArrowDown", "Control+Shift+Equal");
  await type(page, "新支部");
  await keys(page, "Enter");
  await columnSays(page, "name", ["乙支部", "新支部", "甲支部", "丙支部"]);
  await keys(page, "Control+Z");
  await columnSays(page, "name", ["乙支部", "甲支部", "丙支部"]);
  await keys(page, "Control+Home", "Alt+Shift+ArrowDown");
  await columnSays(page, "name", ["甲支部", "乙支部", "丙支部"]);
  await isAt(page, 1, "党组织名称：乙支部");
  await keys(page, "Alt+ArrowUp");
  await columnSays(page, "name", ["乙支部", "甲支部", "丙支部"]);
  await keys(page, "Control+Z");
  await columnSays(page, "name", ["甲支部", "乙支部", "丙支部"]);
  await keys(page, "Control+Home", "Shift+ArrowDown", "Control+Minus");
  await columnSays(page, "name", ["丙支部"]);
  await h.says(h.toast(page), say("ui.grid.removed", { count: 2 }));
  await keys(page, "Control+Z");
  await columnSays(page, "name", ["甲支部", "乙支部", "丙支部"]);
  await keys(page, "Control+Home");
  for (const date of ["2024-05", "2023-05", "2025-05"]) {
    await keys(page, "ArrowRight");
    await type(page, date);
    await keys(page, "Enter", "Home");
  }
  await columnSays(page, "last", ["2024-05", "2023-05", "2025-05"]);
  const sort = page.getByRole("button", { name: say("ui.grid.sort", { column: "上次换届时间" }) });
  await h.click(page, sort);
  await columnSays(page, "name", ["乙支部", "甲支部", "丙支部"]);
  await h.click(page, sort);
  await columnSays(page, "name", ["丙支部", "甲支部", "乙支部"]);
  await h.click(page, h.button(page, words["ui.undo.name"]));
  await columnSays(page, "name", ["乙支部", "甲支部", "丙支部"]);
}, annex3);

scene("finding a row, and those with faults alone", async ({ page }) => {
  await withNames(page, "内科支部", "外科支部", "儿科支部");
  await keys(page, "ArrowDown", "ArrowRight");
  for (const text of [lastYear, nextTerm, "张三"]) {
    await type(page, text);
    await keys(page, "Tab");
  }
  await keys(page, "Tab");
  await type(page, lastYear);
  await keys(page, "Enter", "Control+F");
  await h.waitFocus(page, "grid/filter");
  await type(page, "科支");
  await columnSays(page, "name", ["内科支部", "外科支部", "儿科支部"]);
  await page.keyboard.press("Control+A");
  await type(page, "儿");
  await columnSays(page, "name", ["儿科支部"]);
  await keys(page, "Enter");
  await h.waitFocus(page, "grid/cell");
  // A block that is pasted into what is found goes there and nowhere else.
  await keys(page, "Control+Home", "F2");
  await h.holds(field(page), "儿科支部");
  await page.keyboard.type("1");
  await keys(page, "Enter", "Control+F");
  await page.keyboard.press("Control+A");
  await keys(page, "Delete");
  await columnSays(page, "name", ["内科支部", "外科支部", "儿科支部1"]);
  await h.click(page, page.getByRole("checkbox", { name: words["ui.grid.faults-only"] }));
  await columnSays(page, "name", ["内科支部", "儿科支部1"]);
  await h.click(page, page.getByRole("checkbox", { name: words["ui.grid.faults-only"] }));
  await columnSays(page, "name", ["内科支部", "外科支部", "儿科支部1"]);
}, annex3);

// --- Blocks -------------------------------------------------------------------------------------------------------

scene("columns that are not known by their names are settled in a dialog", async ({ page }) => {
  await begin(page);
  await paste(page, "支部\t上次换届\t书记\t人数\r\n一支部\t2024.5\t张三\t12\r\n二支部\t2024.6\t李四\t9\r\n");
  await h.dialog(page, "columns").waitFor();
  const choice = (at) => page.locator(`[data-id="columns/${at}"]`);
  await h.eventually(async () => assert.equal(await choice(1).inputValue(), "上次换届时间"));
  assert.equal(await choice(2).inputValue(), "书记姓名");
  assert.equal(await choice(0).inputValue(), words["ui.columns.none"]);
  await choice(0).selectOption("党组织名称");
  await h.afterFrames(page);
  await choice(3).selectOption("备注");
  await h.afterFrames(page);
  await choice(3).selectOption(words["ui.columns.none"]);
  await h.press(page, h.button(page, words["ui.columns.paste"]));
  await columnSays(page, "name", ["一支部", "二支部"]);
  await columnSays(page, "last", ["2024-05", "2024-06"]);
  await columnSays(page, "secretary", ["张三", "李四"]);
  await cellSays(page, 0, "note", "");
  await h.waitFocus(page, "grid/cell");
  // And nothing comes of it when it is left.
  await keys(page, "Control+ArrowDown", "ArrowDown");
  await paste(page, "支部\t上次换届\t书记\r\n三支部\t2024.7\t王五\r\n");
  await h.dialog(page, "columns").waitFor();
  await keys(page, "Escape");
  await h.dialog(page, "columns").waitFor({ state: "detached" });
  await columnSays(page, "last", ["2024-05", "2024-06"]);
}, annex3);

scene("a block with a wrong date is refused with its row, and nothing is changed", async ({ page }) => {
  await withNames(page, "原支部");
  await paste(page, "党组织名称\t上次换届时间\r\n一支部\t2024.5\r\n二支部\t2024.13\r\n三支部\t2024.7\r\n");
  await h.dialog(page, "error").waitFor();
  const told = await h.dialog(page, "error").textContent();
  assert.match(told ?? "", new RegExp(say("ui.paste.row", { row: 2 })));
  assert.doesNotMatch(told ?? "", new RegExp(say("ui.paste.row", { row: 1 })));
  await keys(page, "Escape");
  await h.waitFocus(page, "grid/cell");
  await columnSays(page, "name", ["原支部"]);
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await columnSays(page, "name", ["原支部"]);
}, annex3);

scene("nothing to report is a report; rows later on are named against it", async ({ page }) => {
  await begin(page);
  const none = page.getByRole("checkbox", { name: words["ui.grid.none"] });
  await isFound(page, "table-empty", true);
  await h.click(page, none);
  await isFound(page, "table-empty", false);
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  assert.equal(await none.isChecked(), true);
  await field(page).focus();
  await type(page, "张三");
  await keys(page, "Enter");
  await isFound(page, "table-none", true);
}, annex4);

scene("what may stand in a cell is offered, by keys too", async ({ page }) => {
  await begin(page);
  await type(page, "张三");
  await keys(page, "Enter", "Control+Home", ...Array(6).fill("ArrowRight"), "Alt+ArrowDown");
  await page.locator('[data-id="grid/options"]').waitFor({ state: "attached" });
  await keys(page, "ArrowDown", "Enter");
  await cellSays(page, 0, "needed", "是");
  await keys(page, "ArrowUp", "Alt+ArrowDown");
  await h.click(page, page.locator('[data-id="grid/option/1"]'));
  await cellSays(page, 0, "needed", "否");
  await keys(page, "Delete");
  await cellSays(page, 0, "needed", "");
}, annex2);

scene("the time line counts who is due, and leads to the row", async ({ page }) => {
  await begin(page);
  await paste(page, `${longAgo}支部\t${longAgo}\r\n二支部\t${longAgo}\r\n机关党委\t${lastYear}\r\n协会\t${lastYear}\r\n`);
  await h.click(page, page.getByRole("radio", { name: words["ui.roster.part.terms"] }));
  await h.eventually(async () =>
    assert.equal(
      (await page.locator('[data-id="terms/counts"]').textContent())?.trim(),
      `${words["term.long-overdue"]} 2 ${words["term.running"]} 1 ${words["term.unknown"]} 1`,
    ),
  );
  await h.screenshot(page, "roster-terms");
  await h.press(page, page.locator('[data-id^="term/"]').filter({ hasText: "机关党委" }));
  await h.waitFocus(page, "grid/cell");
  await isAt(page, 2, "上次换届时间");
}, annex3);

scene("on a telephone: the same grid, wider than the screen", async ({ page }) => {
  await begin(page);
  await paste(page, fromExcel);
  await columnSays(page, "name", ["内科党支部", "外科党支部", "机关党委"]);
  await h.click(page, cell(page, 1, "name"));
  await isAt(page, 1, "党组织名称");
  await type(page, "骨科党支部");
  await keys(page, "Tab");
  await cellSays(page, 1, "name", "骨科党支部");
  await keys(page, "End");
  await isAt(page, 1, "批准的换届时间");
  const box = await h.restingPlace(page, field(page));
  assert.ok(box.x >= 0 && box.x + box.width <= 390, `the current cell is in sight: ${box.x} + ${box.width}`);
  await h.screenshot(page, "roster-390x844");
  assert.deepEqual(await h.violations(page), []);
}, { ...annex3, user: { viewport: { width: 390, height: 844 } } });

// --- What the unit's other tables know ----------------------------------------------------------------------------

scene("a name entered in one table is offered in the next and brings its date of birth", async ({ page }) => {
  await begin(page);
  await paste(page, "姓名\t出生年月\r\n张三\t1980-05\r\n张四\t1981-06\r\n李五\t1982-07\r\n");
  await columnSays(page, "name", ["张三", "张四", "李五"]);
  await h.saved(page);
  await page.evaluate((route) => (location.hash = `#${route}`), annex4.route);
  await begin(page);
  await h.eventually(async () => assert.match(await field(page).getAttribute("aria-label"), /姓名/));
  await type(page, "张");
  const offered = page.locator('[data-id="grid/options"]');
  await offered.waitFor({ state: "attached" });
  assert.equal(await page.locator('[data-id^="grid/option/"]').count(), 2, "names with what was typed");
  await keys(page, "ArrowDown", "ArrowDown");
  await h.holds(field(page), "张四");
  assert.equal(await page.locator('[data-id^="grid/option/"]').count(), 2, "the list stays while it is gone through");
  await keys(page, "Enter");
  await isAt(page, null, "姓名");
  await cellSays(page, 0, "name", "张四");
  await cellSays(page, 0, "birth", "1981-06");
  await type(page, "赵六");
  await keys(page, "Enter");
  await columnSays(page, "name", ["张四", "赵六"]);
  await cellSays(page, 1, "birth", "");
}, annex2);
