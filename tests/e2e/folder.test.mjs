// Copies into a folder of the user's. No test can drive the system's picker: it gives a folder of the browser's own
// (OPFS) in its place; all else is real.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;

const prepare = () => {
  window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("U盘", { create: true });
  // The folder of a browser that has been started again.
  const query = FileSystemHandle.prototype.queryPermission;
  FileSystemHandle.prototype.queryPermission = function (mode) {
    return sessionStorage.getItem("restarted") ? Promise.resolve("prompt") : query.call(this, mode);
  };
  FileSystemHandle.prototype.requestPermission = async function () {
    sessionStorage.removeItem("restarted");
    return "granted";
  };
};

/** Names and texts of the folder's files. */
const files = (page) =>
  page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("U盘", { create: true });
    const found = [];
    for await (const [name, handle] of folder.entries()) found.push([name, await (await handle.getFile()).text()]);
    return Object.fromEntries(found.sort());
  });
const put = (page, name, text) =>
  page.evaluate(
    async ([file, content]) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("U盘", { create: true });
      const stream = await (await folder.getFileHandle(file, { create: true })).createWritable();
      await stream.write(content);
      await stream.close();
    },
    [name, text],
  );

const inSettings = (page, what) => h.dialog(page, "settings").locator(`[data-id="settings/folder-${what}"]`);

async function openSettings(page) {
  await h.click(page, h.button(page, words["ui.settings"]));
  await h.dialog(page, "settings").waitFor();
}

async function closeSettings(page) {
  await page.keyboard.press("Escape");
  await h.dialog(page, "settings").waitFor({ state: "detached" });
}

async function chooseFolder(page) {
  await openSettings(page);
  await h.click(page, inSettings(page, "choose"));
  await inSettings(page, "write").waitFor({ state: "attached" });
}

/** Sets the page's day. */
const setDay = (page, day) =>
  page.evaluate((now) => {
    const real = window.realNow ?? (window.realNow = Date.now.bind(Date));
    const off = new Date(`${now}T10:00:00`).getTime() - real();
    Date.now = () => real() + off;
  }, day);

scene(
  "every day's last state goes into the folder; ten days are kept, and nobody else's file is touched",
  async ({ page }) => {
    await put(page, "年终总结.json", "别人的");
    await put(page, "duibiao-auto-2026-03-01.json", "也是别人的");
    await setDay(page, "2026-03-01");
    const id = await h.createDocument(page);
    await h.setNote(page, "1.1.1", "第一天");
    await h.saved(page);
    await h.goHome(page);
    await chooseFolder(page);
    await h.eventually(async () => assert.equal(Object.keys(await files(page)).length, 3));
    await h.eventually(async () => assert.match(await inSettings(page, "write").textContent(), /上次存于 2026-03-01 10:0\d/));
    await h.screenshot(page, "folder");
    const first = await files(page);
    assert.match(first["duibiao-auto-2026-03-01-2.json"], /第一天/);
    await closeSettings(page);

    for (let day = 2; day <= 12; ++day) {
      await setDay(page, `2026-03-${String(day).padStart(2, "0")}`);
      await openSettings(page);
      await h.click(page, inSettings(page, "write"));
      await h.eventually(async () => assert.ok((await files(page))[`duibiao-auto-2026-03-${String(day).padStart(2, "0")}.json`]));
      await closeSettings(page);
    }
    await h.eventually(async () => assert.equal(Object.keys(await files(page)).length, 12));
    const all = await files(page);
    assert.equal(all["年终总结.json"], "别人的");
    assert.equal(all["duibiao-auto-2026-03-01.json"], "也是别人的");
    assert.equal(all["duibiao-auto-2026-03-02.json"], undefined);
    assert.ok(all["duibiao-auto-2026-03-03.json"]);

    // The same day again: one file, the newest state.
    await page.evaluate((to) => (location.hash = to), `#/doc/${id}/1.1.2`);
    await h.setNote(page, "1.1.2", "同一天又改");
    await h.saved(page);
    await h.goHome(page);
    await openSettings(page);
    await h.click(page, inSettings(page, "write"));
    await h.eventually(async () => assert.match((await files(page))["duibiao-auto-2026-03-12.json"], /同一天又改/));
    assert.equal(Object.keys(await files(page)).length, 12);

    // Such a copy is a backup like any other.
    const copy = (await files(page))["duibiao-auto-2026-03-12.json"];
    const other = await stage.user();
    const fresh = await stage.page({ context: other });
    await h.importByPicker(fresh, "duibiao-auto-2026-03-12.json", copy);
    await h.restore(fresh);
    await h.eventually(async () => assert.equal(await fresh.locator('[data-id^="card/"]').count(), 1));
    await other.close();
  },
  { prepare },
);

scene(
  "after a restart the user allows the folder again; new edits then go there by themselves",
  async ({ page }) => {
    const id = await h.createDocument(page);
    await h.goHome(page);
    await chooseFolder(page);
    await h.eventually(async () => assert.equal(Object.keys(await files(page)).length, 1));
    await closeSettings(page);
    await page.evaluate(() => sessionStorage.setItem("restarted", "1"));
    await page.reload();
    await h.becomeReady(page);
    await page.getByText(say("ui.folder.waiting", { name: "U盘" })).waitFor({ state: "attached" });
    await h.screenshot(page, "folder-waiting");
    await page.evaluate((to) => (location.hash = to), `#/doc/${id}/1.1.1`);
    await new Promise((done) => setTimeout(done, 1100)); // an edit's instant has seconds
    await h.setNote(page, "1.1.1", "重启之后");
    await h.saved(page);
    await h.goHome(page);
    const [before] = Object.values(await files(page));
    assert.doesNotMatch(before, /重启之后/);
    await h.click(page, page.locator('[data-id="folder-go-on"]'));
    await h.eventually(async () => assert.match(Object.values(await files(page))[0], /重启之后/));
    await page.getByText(say("ui.folder.waiting", { name: "U盘" })).waitFor({ state: "detached" });
  },
  { prepare },
);

scene(
  "a folder that is gone is told, tried again, and can be given up",
  async ({ page }) => {
    await h.createDocument(page);
    await h.goHome(page);
    await chooseFolder(page);
    await h.eventually(async () => assert.equal(Object.keys(await files(page)).length, 1));
    await page.evaluate(async () => {
      window.gone = FileSystemDirectoryHandle.prototype.getFileHandle;
      FileSystemDirectoryHandle.prototype.getFileHandle = () => Promise.reject(new DOMException("", "NotFoundError"));
    });
    await h.click(page, inSettings(page, "write"));
    await h.says(page.locator('[data-id="folder-reminder"]'), say("ui.folder.failed", { name: "U盘" }));
    await closeSettings(page);
    await page.evaluate(() => (FileSystemDirectoryHandle.prototype.getFileHandle = window.gone));
    await h.click(page, page.locator('[data-id="folder-go-on"]'));
    await page.locator('[data-id="folder-reminder"]').waitFor({ state: "detached" });
    await openSettings(page);
    await h.click(page, inSettings(page, "forget"));
    await inSettings(page, "choose").waitFor({ state: "attached" });
    await page.reload();
    await h.becomeReady(page);
    await openSettings(page);
    await inSettings(page, "choose").waitFor({ state: "attached" });
    assert.equal(Object.keys(await files(page)).length, 1);
  },
  { prepare },
);
