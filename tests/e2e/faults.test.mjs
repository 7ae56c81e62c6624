// What storage may suffer: a full disk, cleared data, damaged records, a wrong clock, records of earlier versions.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;

async function reload(page) {
  await page.reload();
  await h.becomeReady(page);
}

const isFailed = (page) => page.waitForSelector('html[data-save="failed"]', { state: "attached" });

/** Types until nothing can be stored any more, which a browser may notice late; returns what then stands in the field. */
async function typeUntilFailed(page, item) {
  await h.reveal(page, item);
  await h.noteField(page, item).focus();
  for (let at = 0; at < 200 && (await page.getAttribute("html", "data-save")) !== "failed"; ++at) {
    await page.keyboard.insertText("写");
    await new Promise((done) => setTimeout(done, 200));
  }
  await isFailed(page);
  await h.dialog(page, "save").waitFor();
  return h.noteField(page, item).inputValue();
}

/** The page's disk: full, until there is room again. */
async function fillDisk(page) {
  const protocol = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await protocol.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  return { clean: () => protocol.send("Storage.overrideQuotaForOrigin", { origin }) };
}

/** Runs `change` on the records of a store, in another tab of the same browser. */
async function alter(context, store, change) {
  const other = await context.newPage();
  await other.goto(`${stage.server.address}icons/icon.svg`);
  await other.evaluate(
    ([name, code]) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("duibiao");
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const transaction = request.result.transaction(name, "readwrite");
          const all = transaction.objectStore(name).getAll();
          all.onsuccess = () => {
            for (const record of new Function("records", code)(all.result)) transaction.objectStore(name).put(record);
          };
          transaction.oncomplete = () => (request.result.close(), resolve(undefined));
        };
      }),
    [store, change],
  );
  await other.close();
}

scene("a full disk while typing: it is said, nothing is lost, and saving goes on when there is room", async ({ page }) => {
  const first = await h.createDocument(page, { unit: "甲医院党委" });
  await h.setNote(page, "1.1.1", "存上了的");
  await h.saved(page);
  const disk = await fillDisk(page);
  const typed = await typeUntilFailed(page, "1.1.2");
  await page.getByText(words["ui.storage.quota"]).first().waitFor({ state: "attached" });
  await h.click(page, h.button(page, words["ui.save.retry"]));
  await isFailed(page);
  await page.keyboard.press("Escape");

  // Another document is opened meanwhile and goes on when there is room: both are saved.
  await h.goHome(page);
  await page.getByText(words["ui.storage.quota"]).first().waitFor({ state: "attached" });
  await h.click(page, h.button(page, words["ui.new"]).first());
  await h.dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("乙医院党委");
  await h.click(page, h.button(page, words["ui.new.create"]));
  await h.scoreField(page, "1.1.1").waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await disk.clean();
  // It may take the browser a while to notice.
  await h.eventually(async () => {
    await h.setNote(page, "1.2.1", "写");
    await page.waitForSelector('html[data-save="saved"]', { state: "attached", timeout: 500 });
  }, 60_000);
  const after = await h.noteField(page, "1.2.1").inputValue();
  await reload(page);
  await h.holds(h.noteField(page, "1.2.1"), after);
  await page.evaluate((id) => (location.hash = `#/doc/${id}/1.1.2`), first);
  await h.holds(h.noteField(page, "1.1.2"), typed);
  await h.holds(h.noteField(page, "1.1.1"), "存上了的");
});

scene("data cleared while the page is open: what is open is stored anew", async ({ page }) => {
  await h.createDocument(page);
  await h.setNote(page, "1.1.1", "清理之前");
  await h.saved(page);
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "indexeddb" });
  const typed = await typeUntilFailed(page, "1.1.2");
  await page.getByText(words["ui.storage.closed"]).first().waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await h.setNote(page, "1.2.1", "接着写");
  await h.saved(page);
  await reload(page);
  await h.holds(h.noteField(page, "1.2.1"), "接着写");
  for (const [item, text] of [["1.1.1", "清理之前"], ["1.1.2", typed]]) {
    await h.reveal(page, item);
    await h.holds(h.noteField(page, item), text);
  }
});

const damages = {
  truncated: "const record = records.at(-2); record.text = record.text.slice(0, 20); return [record];",
  altered: "const record = records.at(-2); record.text = record.text.replace('中间', '之间'); return [record];",
};
for (const [how, code] of Object.entries(damages)) {
  scene(`a ${how} record costs itself alone, is told, and can be had as a file`, async ({ page, context }) => {
    const id = await h.createDocument(page);
    for (const [item, text] of [["1.1.1", "开头"], ["1.1.2", "中间"], ["1.2.1", "末尾"]]) await h.setNote(page, item, text);
    await h.saved(page);
    await h.goHome(page);
    await alter(context, "edits", code);
    await page.evaluate((route) => (location.hash = route), `#/doc/${id}/1.2.1`);
    await h.says(h.toast(page), say("ui.storage.quarantined", { count: 1 }));
    await h.holds(h.noteField(page, "1.2.1"), "末尾");
    await h.holds(h.noteField(page, "1.1.2"), "");
    await h.holds(h.noteField(page, "1.1.1"), "开头");
    await h.setNote(page, "1.1.2", "重写");
    await h.saved(page);
    await reload(page);
    await h.holds(h.noteField(page, "1.1.2"), "重写");
    assert.equal(await page.getByText(say("ui.storage.quarantined", { count: 1 })).count(), 0);
    await h.goHome(page);
    await h.click(page, h.button(page, words["ui.settings"]));
    const rescue = h.dialog(page, "settings").getByRole("button", { name: new RegExp(`^${words["ui.settings.rescue"]}`) });
    const file = await h.downloaded(page, () => h.click(page, rescue));
    assert.match(file.name, /^duibiao-rescue-\d{4}-\d\d-\d\d\.json$/);
    const { format, records } = JSON.parse(file.content.toString("utf8"));
    assert.equal(format, "duibiao-rescue");
    assert.deepEqual(records[0].edits.map(({ text }) => /开头|末尾/.test(text)), [true, false, true]);
  });
}

scene("a damaged snapshot: the document is not opened and not lost, and a backup brings it back", async ({ page, context }) => {
  const id = await h.createDocument(page);
  await h.setNote(page, "1.1.1", "备份里有");
  await h.saved(page);
  await h.goHome(page);
  const backup = await h.downloaded(page, () => h.click(page, h.button(page, words["ui.backup.now"])));
  await h.saved(page);
  await alter(context, "documents", "records[0].snapshot = records[0].snapshot.slice(0, 50); return records;");
  await page.evaluate((route) => (location.hash = route), `#/doc/${id}`);
  await page.getByText(words["error.document-damaged"]).first().waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await h.importByPicker(page, backup.name, backup.content);
  await h.restore(page);
  await h.saved(page);
  await page.evaluate((route) => (location.hash = route), `#/doc/${id}/1.1.1`);
  await h.holds(h.noteField(page, "1.1.1"), "备份里有");
  await h.setNote(page, "1.1.2", "接着写");
  await h.saved(page);
  await reload(page);
  await h.holds(h.noteField(page, "1.1.2"), "接着写");
});

scene("a clock set back and forward between edits changes nothing", async ({ page }) => {
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + (window.clockIsOff ?? 0);
  });
  await h.createDocument(page);
  for (const [item, years] of [["1.1.1", 0], ["1.1.2", -20], ["1.2.1", 20], ["2.1.1", -1]]) {
    await page.evaluate((off) => (window.clockIsOff = off), years * 365 * 24 * 3600 * 1000);
    await h.setNote(page, item, `差 ${years} 年`);
    await h.saved(page);
  }
  await reload(page);
  for (const [item, years] of [["1.1.1", 0], ["1.1.2", -20], ["1.2.1", 20], ["2.1.1", -1]]) {
    await h.reveal(page, item);
    await h.holds(h.noteField(page, item), `差 ${years} 年`);
  }
  await h.click(page, h.button(page, words["ui.undo.name"]));
  await h.holds(h.noteField(page, "2.1.1"), "");
});

test("records of the first version are read and go on", async () => {
  const { id, stores } = JSON.parse(await readFile(new URL("data/storage-1.json", import.meta.url), "utf8"));
  const context = await stage.user();
  const other = await context.newPage();
  await other.goto(`${stage.server.address}icons/icon.svg`);
  await other.evaluate(
    (all) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("duibiao", 1);
        request.onupgradeneeded = () => {
          for (const [name, { key, records }] of Object.entries(all)) {
            const store = request.result.createObjectStore(name, key === null ? { autoIncrement: true } : { keyPath: key });
            for (const record of records) store.put(record);
          }
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => (request.result.close(), resolve(undefined));
      }),
    stores,
  );
  const page = await stage.page({ context, route: `/doc/${id}/1.1.2` });
  await h.holds(h.noteField(page, "1.1.1"), "第一版的开头");
  await h.holds(h.noteField(page, "1.1.2"), "第一版的修改㐂");
  assert.equal(await page.getByText(say("ui.storage.quarantined", { count: 1 })).count(), 0);
  await h.setNote(page, "1.2.1", "新版接着写");
  await h.saved(page);
  await reload(page);
  await h.holds(h.noteField(page, "1.2.1"), "新版接着写");
  await h.holds(h.noteField(page, "1.1.2"), "第一版的修改㐂");
  h.assertQuiet(page);
  await context.close();
});
