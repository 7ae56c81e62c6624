// The second copy of the database: a browser that finds its database damaged throws all of it away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words } = h;

const cards = (page) => page.locator('[data-id^="card/"]');
const recovery = (page) => page.locator('[data-id="recovery"]');

/** Does something with the browser's storage while no page of ours is open. */
async function withStorage(context, work, argument) {
  const page = await context.newPage();
  await page.goto(`${stage.server.address}icons/icon.svg`);
  const result = await page.evaluate(work, argument);
  await page.close();
  return result;
}

const throwAway = (context) =>
  withStorage(
    context,
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("duibiao");
        request.onsuccess = () => resolve(undefined);
        request.onerror = request.onblocked = () => reject(new Error("the database is in use"));
      }),
  );

/** The journal's files as text, [name, content]. */
const filesOf = (context) =>
  withStorage(context, async () => {
    const found = [];
    for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
      found.push([name, await (await handle.getFile()).text()]);
    }
    return found.sort();
  });

/** What the page's own backup has. */
async function backupOf(page) {
  const file = await h.downloaded(page, () => h.click(page, page.locator('[data-id="backup"]')));
  await h.saved(page);
  return file.content.toString("utf8");
}

async function reopened(page, context, route = "") {
  await page.close();
  return stage.page({ context, route });
}

scene("the database is gone at the next visit: all that was called saved is there, and it is said", async ({ page, context }) => {
  const first = await h.createDocument(page, { unit: "甲医院党委" });
  await h.setScore(page, "1.1.1", "2");
  await h.setNote(page, "1.1.2", "㐂䶮𬭩\n第二行");
  await h.saved(page);
  await h.goHome(page);
  await h.createDocument(page, { unit: "乙医院党委" });
  await h.setNote(page, "1.1.1", "写了又");
  await page.keyboard.insertText("改");
  await h.saved(page);
  await h.goHome(page);
  const expected = await backupOf(page);

  for (const round of [1, 2]) {
    await page.close();
    await throwAway(context);
    page = await stage.page({ context });
    await h.says(recovery(page), words["ui.recovery.restored"]);
    assert.equal(await cards(page).count(), 2);
    assert.equal(await backupOf(page), expected, `round ${round}`);
    await recovery(page).waitFor({ state: "detached" }); // there is a backup
  }

  // It goes on as if nothing had been, and this is in the second copy, too.
  await page.evaluate((id) => (location.hash = `#/doc/${id}/1.1.1`), first);
  await h.holds(h.scoreField(page, "1.1.1"), "2");
  await h.setNote(page, "1.2.1", "接着写");
  await h.click(page, h.button(page, words["ui.undo.name"]));
  await h.setNote(page, "1.2.1", "接着写的");
  await h.saved(page);
  page = await reopened(page, context);
  assert.equal(await recovery(page).count(), 0);
  await page.close();
  await throwAway(context);
  page = await stage.page({ context, route: `/doc/${first}/1.2.1` });
  await h.holds(h.noteField(page, "1.2.1"), "接着写的");
  await h.holds(h.noteField(page, "1.1.2"), "㐂䶮𬭩\n第二行");
  h.assertQuiet(page);
});

/** Three documents with a note each, the last one open in a new page; their ids. */
async function three(page, context) {
  const ids = [];
  for (const unit of ["甲医院党委", "乙医院党委", "丙医院党委"]) {
    ids.push(await h.createDocument(page, { unit }));
    await h.setNote(page, "1.1.1", `${unit}写的`);
    await h.saved(page);
    await h.goHome(page);
  }
  await page.close();
  return { ids, page: await stage.page({ context, route: `/doc/${ids[2]}/1.1.1` }) };
}

const deleteFromAnotherTab = (context) => throwAway(context);
const clear = async (context) => {
  const page = context.pages()[0];
  const protocol = await context.newCDPSession(page);
  await protocol.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "indexeddb" });
};
const emptyStores = (context) => withStorage(context, writeAll, Object.keys({ cards: 0, documents: 0, edits: 0, deleted: 0, settings: 0, instruments: 0 }).map((name) => [name, []]));

for (const [how, lose] of Object.entries({ "deleted by another tab": deleteFromAnotherTab, "taken away by the browser": clear })) {
  for (const before of ["nothing", "an edit and a pause"]) {
    scene(`the database is ${how} while the page is open, after ${before}: all three documents are there, and it is said`, async ({ page: first, context }) => {
      const { ids, page } = await three(first, context);
      if (before !== "nothing") {
        await h.setNote(page, "1.1.2", "先写的");
        await h.saved(page);
        await page.evaluate(() => new Promise((done) => setTimeout(done, 3000)));
      }
      await lose(context);
      await h.setNote(page, "1.2.1", "丢了以后写的");
      await h.saved(page);
      await h.says(h.toast(page), words["ui.recovery.restored"]);
      await page.reload();
      await h.becomeReady(page);
      await h.holds(h.noteField(page, "1.2.1"), "丢了以后写的");
      await h.goHome(page);
      assert.equal(await cards(page).count(), 3);
      const expected = await backupOf(page);
      for (const unit of ["甲医院党委", "乙医院党委", "丙医院党委"]) assert.match(expected, new RegExp(`${unit}写的`));
      // And the second copy has them, too.
      await page.close();
      await throwAway(context);
      const later = await stage.page({ context, route: `/doc/${ids[2]}/1.2.1` });
      await h.holds(h.noteField(later, "1.2.1"), "丢了以后写的");
      await h.goHome(later);
      assert.equal(await backupOf(later), expected);
      h.assertQuiet(later);
    });
  }
}

scene("two tabs are open when the database is deleted: both go on, nothing is gone", async ({ page: first, context }) => {
  const { ids, page } = await three(first, context);
  const second = await stage.page({ context, route: `/doc/${ids[0]}/1.1.1` });
  await throwAway(context);
  for (const tab of [second, page]) {
    await tab.bringToFront();
    await h.setNote(tab, "1.2.1", "两边都写");
    await h.saved(tab);
  }
  await h.goHome(page);
  assert.equal(await cards(page).count(), 3);
  await second.close();
  await page.close();
  const later = await stage.page({ context, route: `/doc/${ids[0]}/1.2.1` });
  await h.holds(h.noteField(later, "1.2.1"), "两边都写");
  await h.goHome(later);
  assert.equal(await cards(later).count(), 3);
  h.assertQuiet(later);
});

scene("a database whose stores are empty, with its second copy beside it, is filled again", async ({ page: first, context }) => {
  const { page } = await three(first, context);
  await page.close();
  await emptyStores(context);
  const later = await stage.page({ context });
  await h.says(recovery(later), words["ui.recovery.restored"]);
  assert.equal(await cards(later).count(), 3);
  h.assertQuiet(later);
});

scene("documents taken out of the database, with all counts in place, come back; what was deleted does not", async ({ page: first, context }) => {
  const { ids, page } = await three(first, context);
  await h.goHome(page);
  await h.click(page, page.getByRole("button", { name: /^更多操作/ }).first());
  await h.click(page, h.dialog(page, "card").getByRole("button", { name: /^删除/ }));
  await h.saved(page);
  const gone = await cards(page).evaluateAll((all) => all.map((card) => card.getAttribute("data-id").slice(5)));
  assert.equal(gone.length, 2);
  await page.close();
  const records = await withStorage(context, readAll);
  await withStorage(context, writeAll, records.map(([name, list]) => [name, ["documents", "edits", "cards"].includes(name) ? [] : list]));
  const later = await stage.page({ context });
  await h.says(recovery(later), words["ui.recovery.restored"]);
  const back = await cards(later).evaluateAll((all) => all.map((card) => card.getAttribute("data-id").slice(5)));
  assert.deepEqual(back.sort(), gone.sort());
  assert.ok(ids.some((id) => !back.includes(id)));
  h.assertQuiet(later);
});

scene("a database that has lost its newest transactions gets them back", async ({ page, context }) => {
  const id = await h.createDocument(page);
  await h.setNote(page, "1.1.1", "先写的");
  await h.saved(page);
  const older = await withStorage(context, readAll);
  await h.setNote(page, "1.1.2", "后写的");
  await h.saved(page);
  await page.close();
  await withStorage(context, writeAll, older);
  page = await stage.page({ context, route: `/doc/${id}/1.1.1` });
  await h.holds(h.noteField(page, "1.1.1"), "先写的");
  await h.holds(h.noteField(page, "1.1.2"), "后写的");
  h.assertQuiet(page);
});

const readAll = () =>
  new Promise((resolve) => {
    const request = indexedDB.open("duibiao");
    request.onsuccess = async () => {
      const names = Array.from(request.result.objectStoreNames);
      const transaction = request.result.transaction(names);
      const stores = names.map((name) => [name, new Promise((done) => (transaction.objectStore(name).getAll().onsuccess = (event) => done(event.target.result)))]);
      const records = await Promise.all(stores.map(async ([name, list]) => [name, await list]));
      request.result.close();
      resolve(records);
    };
  });

const writeAll = (stores) =>
  new Promise((resolve) => {
    const request = indexedDB.open("duibiao");
    request.onsuccess = () => {
      const transaction = request.result.transaction(stores.map(([name]) => name), "readwrite");
      for (const [name, records] of stores) {
        transaction.objectStore(name).clear();
        for (const record of records) transaction.objectStore(name).put(record);
      }
      transaction.oncomplete = () => (request.result.close(), resolve(undefined));
    };
  });

for (const [how, damage] of Object.entries({
  "a torn end": (size) => ({ size: size - 5, more: [] }),
  "rubbish behind it": (size) => ({ size, more: [9, 0, 0, 0, 1, 2, 3, 4, 5] }),
  "nothing but zeros behind it": (size) => ({ size, more: new Array(4096).fill(0) }),
})) {
  scene(`the second copy has ${how}: what is whole is used, and what follows is whole again`, async ({ page, context }) => {
    const id = await h.createDocument(page);
    await h.setNote(page, "1.1.1", "完整");
    await h.saved(page);
    await page.close();
    const [name, size] = await withStorage(context, async () => {
      const sizes = [];
      for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) sizes.push([name, (await handle.getFile()).size]);
      return sizes.sort((one, other) => other[1] - one[1])[0];
    });
    const { size: kept, more } = damage(size);
    const tear = async ([file, length, rest]) => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle(file);
      const stream = await handle.createWritable({ keepExistingData: true });
      await stream.truncate(length);
      await stream.write({ type: "write", position: length, data: new Uint8Array(rest) });
      await stream.close();
    };
    await withStorage(context, tear, [name, kept, more]);
    page = await stage.page({ context, route: `/doc/${id}/1.1.2` });
    await h.setNote(page, "1.1.2", "接着写");
    await h.saved(page);
    await page.close();
    await throwAway(context);
    page = await stage.page({ context, route: `/doc/${id}/1.1.2` });
    await h.holds(h.noteField(page, "1.1.2"), "接着写");
    await h.holds(h.noteField(page, "1.1.1"), "完整");
    h.assertQuiet(page);
  });
}

scene("two tabs write: both are in the second copy", async ({ page, context }) => {
  await h.createDocument(page, { unit: "甲医院党委" });
  const second = await stage.page({ context });
  await h.createDocument(second, { unit: "乙医院党委" });
  for (const round of [1, 2, 3]) {
    for (const tab of [page, second]) {
      await tab.bringToFront();
      await h.setNote(tab, "1.1.1", `第${round}回`);
      await h.saved(tab);
    }
  }
  await h.goHome(second);
  const expected = await backupOf(second);
  await second.close();
  await page.close();
  await throwAway(context);
  page = await stage.page({ context });
  assert.equal(await cards(page).count(), 2);
  assert.equal(await backupOf(page), expected);
  h.assertQuiet(page);
});

scene("a database of an earlier version, or one that was killed, gets its second copy without an edit", async ({ page, context }) => {
  await h.createDocument(page, { unit: "甲医院党委" });
  await h.setNote(page, "1.1.1", "早先写的");
  await h.saved(page);
  await h.goHome(page);
  const expected = await backupOf(page);
  await page.close();
  await withStorage(context, async () => {
    const folder = await navigator.storage.getDirectory();
    for await (const name of folder.keys()) await folder.removeEntry(name);
  });
  page = await stage.page({ context });
  await h.eventually(async () => assert.match(String(await filesOf(context)), /早先写的/));
  await page.close();
  await throwAway(context);
  page = await stage.page({ context });
  assert.equal(await backupOf(page), expected);
  h.assertQuiet(page);
});

scene("what a document held before does not stay in the second copy", async ({ page, context }) => {
  const id = await h.createDocument(page);
  await h.setNote(page, "1.1.1", "不该留下的名字");
  await h.saved(page);
  await h.goHome(page);
  await page.getByRole("button", { name: /^更多操作/ }).first().waitFor({ state: "attached" });
  await page.close();
  assert.match(String(await filesOf(context)), /不该留下的名字/);
  await withStorage(
    context,
    (document) =>
      new Promise((resolve) => {
        const request = indexedDB.open("duibiao");
        request.onsuccess = () => {
          const transaction = request.result.transaction("deleted", "readwrite");
          transaction.objectStore("deleted").put({ id: document, at: Date.now() - 40 * 86_400_000 }); // purged after 30 days
          transaction.oncomplete = () => (request.result.close(), resolve(undefined));
        };
      }),
    id,
  );
  page = await stage.page({ context });
  await h.eventually(async () => assert.doesNotMatch(String(await filesOf(context)), /不该留下的名字/));
  h.assertQuiet(page);
});

scene(
  "no second copy here: that everything is gone is said, with what to do",
  async ({ page, context }) => {
    await h.createDocument(page, { unit: "甲医院党委" });
    await h.setNote(page, "1.1.1", "备份里有");
    await h.saved(page);
    await h.goHome(page);
    const backup = await backupOf(page);
    await page.close();
    await throwAway(context);
    page = await stage.page({ context, prepare: withoutFiles });
    await h.says(recovery(page), words["ui.recovery.lost"]);
    await h.importByPicker(page, "backup.json", backup, h.button(page, words["ui.recovery.open"]));
    await h.restore(page);
    await h.eventually(async () => assert.equal(await cards(page).count(), 1));
    await recovery(page).waitFor({ state: "detached" });
    h.assertQuiet(page);

    // Who has deleted everything is not told that it is lost, nor is a first visit.
    await h.click(page, page.getByRole("button", { name: /^更多操作/ }).first());
    await h.click(page, h.dialog(page, "card").getByRole("button", { name: /^删除/ }));
    await h.saved(page);
    page = await reopened(page, context);
    assert.equal(await cards(page).count(), 0);
    assert.equal(await recovery(page).count(), 0);
  },
  { prepare: withoutFiles },
);

/** As in pages of file:// and http://. */
function withoutFiles() {
  delete StorageManager.prototype.getDirectory;
}
