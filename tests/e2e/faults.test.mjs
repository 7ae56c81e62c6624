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

const saveHelp = (page) => page.locator('[data-id="save-help"]');

/**
 * Types until nothing can be stored any more and a word more: nothing takes the focus away. Returns what then stands in
 * the field.
 */
async function typeUntilFailed(page, item) {
  await h.reveal(page, item);
  await h.noteField(page, item).focus();
  let typed = "";
  const type = async (letter) => {
    typed += letter;
    await page.keyboard.insertText(letter);
    await new Promise((done) => setTimeout(done, 200));
  };
  for (let at = 0; at < 200 && (await page.getAttribute("html", "data-save")) !== "failed"; ++at) await type("写");
  await isFailed(page);
  await saveHelp(page).waitFor();
  for (const letter of "下去") await type(letter);
  assert.equal(await h.focusedId(page), `note/self/${item}`);
  assert.equal(await h.noteField(page, item).inputValue(), typed);
  return typed;
}

/**
 * Fills one note after the other until nothing can be stored any more, and types a word more: nothing takes the focus
 * away. Returns the last note's item, and what then stands in its field.
 */
async function fillUntilFailed(page) {
  for (const { id } of h.criteria) {
    await h.reveal(page, id);
    await h.noteField(page, id).focus();
    let typed = "写".repeat(9000);
    await page.keyboard.insertText(typed);
    await h.afterFrames(page);
    const state = await page.waitForFunction(() => /^(saved|failed)$/.exec(document.documentElement.dataset.save)?.[0]);
    if ((await state.jsonValue()) === "saved") continue;
    await saveHelp(page).waitFor();
    for (const letter of "下去") {
      typed += letter;
      await page.keyboard.insertText(letter);
      await h.afterFrames(page);
    }
    assert.equal(await h.focusedId(page), `note/self/${id}`);
    assert.equal(await h.noteField(page, id).inputValue(), typed);
    return { item: id, typed };
  }
  assert.fail("the disk is never full");
}

/**
 * A user whose disk has little room, from the beginning: a browser that has seen much room believes in it for half a
 * minute.
 */
async function userWithSmallDisk() {
  const context = await stage.user();
  const protocol = await context.newCDPSession(await context.newPage());
  const { origin } = new URL(stage.server.address);
  await protocol.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 600_000 });
  return { context, makeRoom: () => protocol.send("Storage.overrideQuotaForOrigin", { origin }) };
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

test("a full disk while typing: it is said, nothing is lost, and saving goes on when there is room", async () => {
  const { context, makeRoom } = await userWithSmallDisk();
  // What is kept for times without a network would take all the room.
  const prepare = () => Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });
  const page = await stage.page({ context, prepare });
  const first = await h.createDocument(page, { unit: "甲医院党委" });
  const { item, typed } = await fillUntilFailed(page);
  assert.notEqual(item, "1.1.1", "one note is stored");
  await h.click(page, saveHelp(page));
  await h.dialog(page, "save").getByText(words["ui.storage.quota"]).waitFor({ state: "attached" });
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
  await makeRoom();
  // It may take the browser a while to notice.
  await h.eventually(async () => {
    await h.setNote(page, "1.2.1", "写");
    await page.waitForSelector('html[data-save="saved"]', { state: "attached", timeout: 500 });
  }, 60_000);
  const after = await h.noteField(page, "1.2.1").inputValue();
  await reload(page);
  await h.holds(h.noteField(page, "1.2.1"), after);
  await page.evaluate(([id, at]) => (location.hash = `#/doc/${id}/${at}`), [first, item]);
  await h.holds(h.noteField(page, item), typed);
  await h.reveal(page, "1.1.1");
  await h.holds(h.noteField(page, "1.1.1"), "写".repeat(9000));
  h.assertQuiet(page);
  await context.close();
});

scene(
  "data cleared while the page is open, and no second copy: what is open is stored anew, what is gone is said",
  async ({ page }) => {
    await h.createDocument(page, { unit: "乙医院党委" });
    await h.goHome(page);
    await h.createDocument(page);
    await h.setNote(page, "1.1.1", "清理之前");
    await h.saved(page);
    const protocol = await page.context().newCDPSession(page);
    await protocol.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "indexeddb" });
    await h.says(h.toast(page), words["ui.recovery.partly"]);
    await h.setNote(page, "1.2.1", "接着写");
    await h.saved(page);
    await h.goHome(page);
    await h.says(page.locator('[data-id="recovery"]'), words["ui.recovery.partly"]);
    assert.equal(await page.locator('[data-id^="card/"]').count(), 1);
    await page.goBack();
    await reload(page);
    await h.holds(h.noteField(page, "1.2.1"), "接着写");
    await h.reveal(page, "1.1.1");
    await h.holds(h.noteField(page, "1.1.1"), "清理之前");
  },
  { prepare: () => delete StorageManager.prototype.getDirectory },
);

for (const [year, credible] of [[1868, false], [1970, false], [2009, false], [2038, true], [10265, false]]) {
  scene(`a clock in ${year}: what is typed is kept, and a wrong clock is said`, async ({ page }) => {
    await h.createDocument(page, { unit: "甲医院党委" });
    await h.setNote(page, "1.1.1", "时钟对的时候");
    await h.saved(page);
    await page.evaluate((time) => {
      Date.now = () => time;
    }, new Date(Date.UTC(2026, 10, 21)).setUTCFullYear(year));
    await h.setNote(page, "1.1.2", "时钟错的时候");
    await h.saved(page);
    const said = page.locator('[data-id="reader"]');
    if (credible) assert.equal(await said.count(), 0);
    else await h.eventually(async () => assert.match(await said.textContent(), /时钟不对/));
    const { report } = await h.exportReport(page);
    const [right, wrong] = ["1.1.1", "1.1.2"].map((item) => report.log.find((edit) => edit.item === item));
    assert.ok(wrong.at >= right.at, `${wrong.at} is not before ${right.at}`);
    if (!credible) assert.equal(wrong.at.slice(0, 4), right.at.slice(0, 4));
    await h.goHome(page);
    await h.createDocument(page, { unit: "乙医院党委" });
    await h.setNote(page, "1.1.1", "新的一份");
    await h.saved(page);
    await reload(page);
    await h.holds(h.noteField(page, "1.1.1"), "新的一份");
  });
}

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
    const file = await h.downloaded(page, () => h.press(page, rescue));
    assert.match(file.name, /^duibiao-rescue-\d{4}-\d\d-\d\d\.json$/);
    const { format, records } = JSON.parse(file.content.toString("utf8"));
    assert.equal(format, "duibiao-rescue");
    assert.deepEqual(records[0].edits.map(({ text }) => /开头|末尾/.test(text)), [true, false, true]);
  });
}

scene("records that stand in each other's places: every answer is there, and it is told", async ({ page, context }) => {
  const id = await h.createDocument(page);
  for (const [item, text] of [["1.1.1", "开头"], ["1.1.2", "中间"], ["1.2.1", "末尾"]]) await h.setNote(page, item, text);
  await h.saved(page);
  await h.goHome(page);
  await alter(
    context,
    "edits",
    `const [first, , third] = records;
     [first.text, third.text] = [third.text, first.text];
     [first.crc, third.crc] = [third.crc, first.crc];
     return [first, third];`,
  );
  await page.evaluate((route) => (location.hash = route), `#/doc/${id}/1.1.1`);
  await page.getByText(/^有 \d+ 条记录校验不符/).first().waitFor({ state: "attached" });
  for (const [item, text] of [["1.1.1", "开头"], ["1.1.2", "中间"], ["1.2.1", "末尾"]]) {
    await h.reveal(page, item);
    await h.holds(h.noteField(page, item), text);
  }
});

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

// --- The connection ------------------------------------------------------------------------------------------------

/** Notes the page's connections, and can have the browser refuse new ones. */
const connections = () => {
  window.connections = [];
  window.refuse = 0;
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...given) {
    if (given[0] === "duibiao" && window.refuse > 0) {
      --window.refuse;
      throw new DOMException("", "UnknownError");
    }
    const request = open.apply(this, given);
    request.addEventListener("success", () => given[0] === "duibiao" && window.connections.push(request.result));
    return request;
  };
  // What a browser does when its database goes down.
  window.loseConnection = () => {
    const connection = window.connections.pop();
    connection.close();
    connection.dispatchEvent(new Event("close"));
  };
};

scene(
  "a lost connection is opened again without a word, at the third try at the latest; after that it is said",
  async ({ page }) => {
    await h.createDocument(page);
    let typed = "";
    for (const refused of [0, 2]) {
      await h.reveal(page, "1.1.1");
      await h.noteField(page, "1.1.1").focus();
      await page.evaluate((times) => ((window.refuse = times), window.loseConnection()), refused);
      typed += "断线";
      await page.keyboard.press("Control+End");
      await page.keyboard.insertText("断线");
      await h.saved(page);
      assert.equal(await saveHelp(page).count(), 0);
    }
    await page.evaluate(() => ((window.refuse = Infinity), window.loseConnection()));
    await page.keyboard.insertText("又断");
    await isFailed(page);
    await page.evaluate(() => (window.refuse = 0));
    await page.keyboard.insertText("再写");
    await h.saved(page);
    await reload(page);
    await h.holds(h.noteField(page, "1.1.1"), `${typed}又断再写`);
  },
  { prepare: connections },
);

scene("another tab takes a document while this one sleeps with unsaved text: nothing is lost on either side", async ({ page, context }) => {
  const id = await h.createDocument(page);
  await h.setNote(page, "1.1.1", "一起的");
  await h.saved(page);
  const second = await stage.page({ context, route: `/doc/${id}` });
  await second.getByText(words["ui.reader"]).waitFor({ state: "attached" });
  await page.bringToFront();
  await h.reveal(page, "1.1.2");
  await h.noteField(page, "1.1.2").focus();
  await h.afterFrames(page, 6);
  await page.evaluate(() => (window.held = []));
  await page.keyboard.insertText("睡前写的");
  assert.equal(await page.getAttribute("html", "data-save"), "saving");
  await page.evaluate(() => (window.isDeaf = true));
  await second.bringToFront();
  await h.click(second, h.button(second, words["ui.reader.take-over"]));
  await second.getByText(words["ui.reader"]).waitFor({ state: "detached" });
  await h.setNote(second, "1.2.1", "接管后写的");
  await h.saved(second);

  await page.bringToFront();
  await page.evaluate(() => {
    window.isDeaf = false;
    const held = window.held;
    window.held = null;
    for (const frame of held) frame(performance.now());
  });
  await page.getByText(words["ui.reader.strayed"]).waitFor({ state: "attached" });
  assert.equal(await page.getAttribute("html", "data-save"), "failed");
  await h.click(page, h.button(page, words["ui.reader.take-over"]));
  await h.says(h.toast(page), words["ui.storage.united"]);
  await h.saved(page);
  await second.close();
  await reload(page);
  for (const [item, text] of [["1.1.1", "一起的"], ["1.1.2", "睡前写的"], ["1.2.1", "接管后写的"]]) {
    await h.reveal(page, item);
    await h.holds(h.noteField(page, item), text);
  }
}, {
  // A tab that the browser has put to sleep: it gets no frames and hears nothing of the others.
  prepare: () => {
    window.held = null;
    window.isDeaf = false;
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (work) => (window.held ? window.held.push(work) : request(work));
    document.addEventListener("visibilitychange", (event) => window.isDeaf && event.stopImmediatePropagation(), true);
    const listen = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage");
    Object.defineProperty(BroadcastChannel.prototype, "onmessage", {
      set(listener) {
        listen.set.call(this, (event) => window.isDeaf || listener(event));
      },
    });
  },
});

// --- Backups --------------------------------------------------------------------------------------------------------

scene("a backup that is cut, of a newer version, altered, or of another unit says so, and nothing is lost", async ({ page }) => {
  await h.createDocument(page, { unit: "甲医院党委" });
  await h.setNote(page, "1.1.1", "备份里的");
  await h.saved(page);
  await h.goHome(page);
  const { name, content } = await h.downloaded(page, () => h.click(page, h.button(page, words["ui.backup.now"])));
  const text = content.toString("utf8");
  const error = page.getByRole("dialog", { name: words["ui.dialog.error"], exact: true });
  const refused = async (altered, key) => {
    await h.importByPicker(page, name, altered);
    await error.getByText(key).first().waitFor({ state: "attached" });
    await error.getByText(words["ui.error.nothing-changed"]).waitFor({ state: "attached" });
    await page.keyboard.press("Escape");
    await error.waitFor({ state: "detached" });
  };
  await refused(text.slice(0, text.length / 2), /./);
  await refused(text.replace(/"version":1}\n$/, '"version":2}'), words["error.backup-version"]);
  await refused(text.replace(/"reports":\[.*\],"version"/, '"reports":7,"version"'), words["error.backup-format"]);

  // In another unit's browser: what is there stays as it is.
  const other = await stage.user();
  const fresh = await stage.page({ context: other });
  await h.createDocument(fresh, { unit: "乙医院党委" });
  await h.setNote(fresh, "1.1.1", "乙医院自己的");
  await h.saved(fresh);
  await h.goHome(fresh);
  await h.importByPicker(fresh, name, text.replace("备份里的", "改过的"));
  const line = `${words["arrival.fresh"]} 甲医院党委 2026 ${h.instrument.short_title} ${words["ui.arrival.altered"]}`;
  await h.dialog(fresh, "arrival").getByText(line).waitFor({ state: "attached" });
  await h.restore(fresh);
  await h.saved(fresh);
  assert.equal(await fresh.locator('[data-id^="card/"]').count(), 2);
  await h.click(fresh, fresh.locator('[data-id^="card/"]').filter({ hasText: "0 / 100" }).first());
  h.assertQuiet(fresh);
  await other.close();
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
