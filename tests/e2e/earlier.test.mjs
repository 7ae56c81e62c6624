// What earlier versions of the page kept and wrote (tests/earlier): a browser's whole database, and a backup.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage } = h.theatre({ before, after, test });
const { words } = h;
const earlier = async (name) => readFile(new URL(`../earlier/${name}`, import.meta.url), "utf8");
const cards = (page) => page.locator('[data-id^="card/"]');

/** Backs up through the page and compares the reports with those of the earlier backup, byte for byte. */
async function compareBackup(page, expected) {
  await h.eventually(async () => assert.equal(await cards(page).count(), expected.reports.length));
  const { content } = await h.downloaded(page, () => h.click(page, h.button(page, words["ui.backup"])));
  const now = JSON.parse(content.toString("utf8"));
  assert.deepEqual([...now.reports].sort(), [...expected.reports].sort());
  assert.deepEqual(now.instruments, expected.instruments);
}

test("a browser's database of version 0.1 opens, and nothing in it has changed", async () => {
  const { version, stores } = JSON.parse(await earlier("profile.json"));
  const context = await stage.user();
  const other = await context.newPage();
  await other.goto(`${stage.server.address}icons/icon.svg`);
  await other.evaluate(
    ([number, all]) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("duibiao", number);
        request.onupgradeneeded = () => {
          for (const [name, { key, records, keys }] of Object.entries(all)) {
            const store = request.result.createObjectStore(name, key === null ? { autoIncrement: true } : { keyPath: key });
            records.forEach((record, at) => (key === null ? store.put(record, keys[at]) : store.put(record)));
          }
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => (request.result.close(), resolve(undefined));
      }),
    [version, stores],
  );
  const page = await stage.page({ context });
  await compareBackup(page, JSON.parse(await earlier("backup.json")));
  // From then on a page of that version leaves it alone: it would take signed documents for damaged.
  assert.equal(version, 1);
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name === "duibiao")), [{ name: "duibiao", version: 2 }]);
  h.assertQuiet(page);
  await context.close();
});

test("a backup of version 0.1 is restored, and nothing in it has changed", async () => {
  const context = await stage.user();
  const page = await stage.page({ context });
  await h.drop(page, "备份.json", await earlier("backup.json"));
  await h.restore(page);
  await h.saved(page);
  await h.goHome(page);
  await compareBackup(page, JSON.parse(await earlier("backup.json")));
  h.assertQuiet(page);
  await context.close();
});
