// The author's desk by itself: a table of 300 rows from the file to what was recognised, and what an edit of it costs.
//
//   node tests/bench/author.mjs [300 1000 …]     default: 300
//
// Needs build/web/dist. Each size is made and dropped by three visits of their own; medians are printed.

import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";
import * as h from "../e2e/harness.mjs";

const visits = 3;
const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const median = (/** @type {number[]} */ list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const at = (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ id) => page.locator(`[data-id="${id}"]`);

/** A workbook with so many items in sections of ten. @param {number} rows */
function workbook(rows) {
  const script = `
import io, sys, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["某医院党建工作考核表"])
sheet.append(["考核项目", "考核内容", "分值", "评分标准", "得分"])
for i in range(int(sys.argv[1])):
    sheet.append([f"第{i // 10 + 1}部分" if i % 10 == 0 else None, f"每季度开展第{i + 1}项工作不少于1次，有计划、有记录、有总结", 2, "每少1次扣0.5分，最高扣1分；没有记录的不得分", None])
    if i % 10 == 9:
        sheet.merge_cells(start_row=i - 6, start_column=1, end_row=i + 3, end_column=1)
out = io.BytesIO()
book.save(out)
sys.stdout.buffer.write(out.getvalue())`;
  return execFileSync("/usr/bin/python3", ["-c", script, String(rows)], { maxBuffer: 1 << 26 });
}

async function visit(browser, address, content, rows) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(address);
  await h.becomeReady(page);
  const recognised = async () => {
    const dropped = Date.now();
    await h.drop(page, "考核表.xlsx", content);
    await h.dialog(page, "made-form").waitFor();
    return Date.now() - dropped;
  };
  const first = await recognised(); // the second program is fetched and compiled
  await page.keyboard.press("Escape");
  await h.dialog(page, "made-form").waitFor({ state: "detached" });
  const again = await recognised();
  await h.press(page, at(page, "made/edit"));
  await at(page, "author/card/items").waitFor({ state: "attached" });
  await h.saved(page);
  await h.press(page, at(page, "author/form/1.1.1"));
  await h.click(page, at(page, "author/points"));
  await page.keyboard.press("Control+A");
  await page.evaluate(() => {
    window.longest = 0;
    const step = (last) => requestAnimationFrame((now) => {
      window.longest = Math.max(window.longest, now - last);
      requestAnimationFrame(() => step(now));
    });
    requestAnimationFrame(step);
  });
  const typed = Date.now();
  await page.keyboard.press("5");
  await at(page, "author/card/points").filter({ hasText: String(2 * rows + 3) }).waitFor({ state: "attached" });
  const shown = Date.now() - typed;
  const frame = await page.evaluate(() => window.longest);
  await context.close();
  return { first, again, shown, frame };
}

const server = await h.serve();
const browser = await chromium.launch({ executablePath: h.browserPath, args: h.browserArguments });
try {
  for (const rows of sizes.length > 0 ? sizes : [300]) {
    const content = workbook(rows);
    const runs = [];
    for (let run = 0; run < visits; ++run) runs.push(await visit(browser, server.address, content, rows));
    const ms = (name) => Math.round(median(runs.map((one) => one[name])));
    console.log(`${rows} rows: recognised ${ms("again")} ms (with the second program ${ms("first")} ms), a key to the new sums ${ms("shown")} ms, the longest frame ${ms("frame")} ms (medians of ${visits})`);
  }
} finally {
  await browser.close();
  await server.close();
}
