// What a clerk does on an appraisal's page, and everything that the browser has kept of it.
import assert from "node:assert/strict";
import * as h from "./harness.mjs";

const { say, words } = h;

export const part = (page, index) => h.click(page, page.locator(`[data-id="roster/parts/${index}"]`));
export const step = (page, id) => page.locator(`[data-id="step/${id}"]`);

export async function create(page) {
  await page.keyboard.press("Enter");
  await h.waitFocus(page, "grid/cell");
}

export async function paste(page, text) {
  await h.copy(page, { "text/plain": text });
  await page.keyboard.press("Control+V");
  await h.afterFrames(page, 6);
}

export async function close(page, title) {
  await h.press(page, page.getByRole("button", { name: say("ui.appraisal.close", { step: title }) }).first());
  await page.locator('[data-id="close/confirm"]').waitFor({ state: "attached" });
  const incomplete = page.locator('[data-id="close/incomplete"]');
  if ((await incomplete.count()) > 0) {
    await incomplete.focus();
    await page.keyboard.press("Space");
    await h.eventually(async () => assert.equal(await page.locator('[data-id="close/confirm"]').isDisabled(), false));
  }
  await h.press(page, page.locator('[data-id="close/confirm"]'));
  await page.locator('[data-id="close/confirm"]').waitFor({ state: "detached" });
  await h.afterFrames(page);
}

/** Self-scores pasted and their step closed, ballots pasted and stored. */
export async function collectBallots(page, own, ballots, lastRater) {
  await paste(page, own);
  await h.eventually(async () => assert.match(await step(page, "self").textContent(), new RegExp(words["ui.appraisal.step.ready"])));
  await close(page, "个人自评");
  await part(page, 1);
  await page.locator('[data-id="ballot/paste"]').focus();
  await paste(page, ballots);
  await h.eventually(async () => assert.match(await step(page, "peers").textContent(), /已录/));
  await h.saved(page);
  assert.ok((await stored(page)).includes(lastRater));
}

/** Everything that the browser has kept of the page: every store, every file of the origin's own, every cache. */
export const stored = (page) =>
  page.evaluate(async () => {
    let all = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.body.innerHTML]);
    for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) all += name + (await (await handle.getFile()).text());
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) if (/json|html/.test(request.url)) all += await (await cache.match(request)).text();
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        all += JSON.stringify(await new Promise((done) => (request.onsuccess = () => done(request.result))));
      }
      database.close();
    }
    return all;
  });
