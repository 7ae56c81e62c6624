// Nothing typed is ever lost: reload, a killed browser, two tabs, deleting, backups, a browser without storage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";
import { Doomed, dropProfile, newProfile } from "./kill/doomed.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;

const cards = (page) => page.locator('[data-id^="card/"]');

async function reload(page) {
  await page.reload();
  await h.becomeReady(page);
}

scene("reload: answers, the place in the form and rare characters are back", async ({ page }) => {
  await h.createDocument(page, { unit: "䶮山医院党委" });
  await h.setScore(page, "3.4.1", "1");
  await h.setNote(page, "3.4.1", "㐂䶮𬭩\n第二行");
  await h.saved(page);
  await reload(page);
  await h.holds(h.scoreField(page, "3.4.1"), "1");
  await h.holds(h.noteField(page, "3.4.1"), "㐂䶮𬭩\n第二行");
  await page.getByRole("heading", { name: /^䶮山医院党委/ }).waitFor();
  const place = await h.scoreField(page, "3.4.1").boundingBox();
  assert.ok(place.y > 56 && place.y < 760, "the row of the link is in sight");
});

scene("reload in mid-edit: text typed a moment ago is there", async ({ page }) => {
  await h.createDocument(page);
  for (let round = 0; round < 3; ++round) {
    const text = `第 ${round} 次，${"正在写".repeat(40 + round)}`;
    await h.reveal(page, "1.1.2");
    await h.noteField(page, "1.1.2").focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
    await reload(page);
    await h.holds(h.noteField(page, "1.1.2"), text);
  }
});

scene("undo and redo go on after a reload", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.setScore(page, "1.1.2", "1");
  await h.leaveField(page);
  await h.saved(page);
  await reload(page);
  await h.holds(h.scoreField(page, "1.1.2"), "1");
  await h.click(page, h.button(page, words["ui.undo.name"]));
  await h.holds(h.scoreField(page, "1.1.2"), "");
  await h.saved(page);
  await reload(page);
  await h.holds(h.scoreField(page, "1.1.2"), "");
  await h.click(page, h.button(page, words["ui.redo.name"]));
  await h.holds(h.scoreField(page, "1.1.2"), "1");
  await h.holds(h.scoreField(page, "1.1.1"), "2");
});

scene("home after a reload: cards, progress and the backup's reminder", async ({ page }) => {
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.saved(page);
  await h.goHome(page);
  await reload(page);
  await cards(page).first().waitFor({ state: "attached" });
  assert.equal(await cards(page).count(), 1);
  const progress = say("ui.card.progress", { layer: words["layer.self"], score: 2, points: 100, scored: 1, of: 84 });
  assert.equal(await cards(page).first().textContent(), `${h.instrument.short_title} ${progress}`);
  await page.getByText(say("ui.backup.never", { count: 1 })).waitFor({ state: "attached" });
  await h.click(page, cards(page).first());
  await h.holds(h.scoreField(page, "1.1.1"), "2");
});

scene("deleting can be taken back; next period's form carries the notes only", async ({ page }) => {
  const id = await h.createDocument(page, { unit: "甲医院党委", period: "2026" });
  await h.setScore(page, "1.1.1", "2");
  await h.setNote(page, "1.1.1", "沿用的文字");
  await h.saved(page);
  await h.goHome(page);
  const menu = page.getByRole("button", { name: /^更多操作/ });
  await h.click(page, menu.first());
  await h.click(page, h.dialog(page, "card").getByRole("button", { name: /^删除/ }));
  await h.eventually(async () => assert.equal(await cards(page).count(), 0));
  await h.says(h.toast(page), say("ui.document.deleted", { title: h.instrument.short_title }));
  await h.click(page, page.locator('[data-id="toast/action"]'));
  await h.eventually(async () => assert.equal(await cards(page).count(), 1));
  await h.saved(page);
  await reload(page);
  await h.eventually(async () => assert.equal(await cards(page).count(), 1));

  await h.click(page, menu.first());
  await h.click(page, h.dialog(page, "card").getByRole("button", { name: /^按此新建下一期/ }));
  await page.getByRole("heading", { name: /^甲医院党委 \/ .* \/ 2027 年度 草稿$/ }).waitFor();
  await h.says(h.toast(page), words["ui.document.carried"]);
  await h.saved(page);
  assert.notEqual(await h.documentId(page), id);
  await h.holds(h.scoreField(page, "1.1.1"), "");
  await h.holds(h.noteField(page, "1.1.1"), "沿用的文字");
  await reload(page);
  await h.holds(h.noteField(page, "1.1.1"), "沿用的文字");

  // Deleted and not taken back: gone for good.
  await h.goHome(page);
  assert.equal(await cards(page).count(), 2);
  await h.click(page, menu.first());
  await h.press(page, h.dialog(page, "card").getByRole("button", { name: /^删除/ }));
  await h.eventually(async () => assert.equal(await cards(page).count(), 1));
  await h.saved(page);
  await reload(page);
  await h.eventually(async () => assert.equal(await cards(page).count(), 1));
});

scene("a backup restores everything elsewhere", async ({ page }) => {
  await h.createDocument(page, { unit: "甲医院党委" });
  await h.setNote(page, "1.1.1", "㐂䶮𬭩");
  await h.saved(page);
  await h.goHome(page);
  await h.createDocument(page, { unit: "乙医院党委" });
  await h.setScore(page, "1.1.1", "0.5");
  await h.saved(page);
  await h.goHome(page);
  await page.getByText(say("ui.backup.never", { count: 2 })).waitFor({ state: "attached" });
  const file = await h.downloaded(page, () => h.click(page, h.button(page, words["ui.backup.now"])));
  assert.match(file.name, /^duibiao-\d{4}-\d\d-\d\d\.json$/);
  await page.getByText(say("ui.backup.never", { count: 2 })).waitFor({ state: "detached" });
  await h.says(h.toast(page), say("ui.backup.done", { count: 2 }));

  // A change after the backup is told again, with the backup's day.
  await h.click(page, cards(page).filter({ hasText: "0.5 / 100" }));
  await h.setScore(page, "1.1.1", "1");
  await h.saved(page);
  await h.goHome(page);
  await page.getByText(/^上次备份是 \d{4}-\d\d-\d\d，之后有 1 份填报件有新改动。$/).waitFor({ state: "attached" });

  const other = await stage.user();
  const fresh = await stage.page({ context: other });
  await h.importByPicker(fresh, file.name, file.content);
  await h.dialog(fresh, "arrival").waitFor();
  for (const unit of ["甲医院党委", "乙医院党委"]) {
    const line = `${words["arrival.fresh"]} ${unit} 2026 ${h.instrument.short_title}`;
    await fresh.getByText(line).waitFor({ state: "attached" });
  }
  assert.equal(await cards(fresh).count(), 0);
  await h.restore(fresh);
  await h.says(h.toast(fresh), say("ui.arrival.done", { fresh: 2, changed: 0, kept: 0 }));
  await h.eventually(async () => assert.equal(await cards(fresh).count(), 2));
  await h.saved(fresh);
  await reload(fresh);
  await h.eventually(async () => assert.equal(await cards(fresh).count(), 2));
  await h.click(fresh, cards(fresh).filter({ hasText: "0.5 / 100" }));
  await h.holds(h.scoreField(fresh, "1.1.1"), "0.5");
  await h.goHome(fresh);
  await h.drop(fresh, file.name, file.content);
  await h.says(h.toast(fresh), say("ui.arrival.done", { fresh: 0, changed: 0, kept: 2 }));

  // The same bytes go out here as there.
  const again = await h.downloaded(fresh, () => h.click(fresh, fresh.locator('[data-id="backup"]')));
  assert.ok(again.content.equals(file.content));
  await h.goHome(page);
  const now = await h.downloaded(page, () => h.click(page, page.locator('[data-id="backup"]')));
  assert.notDeepEqual(again.content, now.content, "there is a newer edit there");
  await h.importByPicker(fresh, now.name, now.content);
  await h.restore(fresh);
  await h.says(h.toast(fresh), say("ui.arrival.done", { fresh: 0, changed: 1, kept: 1 }));
  await h.saved(fresh);
  await h.goHome(fresh);
  const merged = await h.downloaded(fresh, () => h.click(fresh, fresh.locator('[data-id="backup"]')));
  assert.ok(merged.content.equals(now.content));
  h.assertQuiet(fresh);
  await other.close();
});

scene("two tabs: the second only reads until it takes over", async ({ page, context }) => {
  const id = await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.saved(page);
  const second = await stage.page({ context, route: `/doc/${id}` });
  await second.getByText(words["ui.reader"]).waitFor({ state: "attached" });
  await h.holds(h.scoreField(second, "1.1.1"), "2");
  assert.equal(await h.scoreField(second, "1.1.1").isEditable(), false);
  assert.equal(await h.scoreField(page, "1.1.1").isEditable(), true);

  // The first goes on and is in mid-edit when the second takes over: what it typed is in the second.
  await page.bringToFront();
  await h.setScore(page, "1.1.2", "1");
  await h.noteField(page, "1.1.2").focus();
  await page.keyboard.insertText("第一个窗口刚写的");
  await h.saved(page);
  await second.bringToFront();
  await h.click(second, h.button(second, words["ui.reader.take-over"]));
  await second.getByText(words["ui.reader"]).waitFor({ state: "detached" });
  await h.holds(h.scoreField(second, "1.1.2"), "1");
  await h.holds(h.noteField(second, "1.1.2"), "第一个窗口刚写的");
  assert.equal(await h.scoreField(second, "1.1.1").isEditable(), true);
  await h.setScore(second, "1.2.1", "0.5");
  await h.saved(second);
  await page.bringToFront();
  await page.getByText(words["ui.reader"]).waitFor({ state: "attached" });
  await h.eventually(async () => assert.equal(await h.scoreField(page, "1.1.1").isEditable(), false));

  // And back: the first shows what the second did.
  await h.click(page, h.button(page, words["ui.reader.take-over"]));
  await page.getByText(words["ui.reader"]).waitFor({ state: "detached" });
  await h.holds(h.scoreField(page, "1.2.1"), "0.5");
  await second.close();
  await reload(page);
  await h.holds(h.scoreField(page, "1.2.1"), "0.5");
  await h.holds(h.noteField(page, "1.1.2"), "第一个窗口刚写的");
  assert.equal(await h.scoreField(page, "1.1.1").isEditable(), true);
});

scene("a tab whose neighbour closes can write again", async ({ page, context }) => {
  const id = await h.createDocument(page);
  const second = await stage.page({ context, route: `/doc/${id}` });
  await second.getByText(words["ui.reader"]).waitFor({ state: "attached" });
  await page.close();
  await second.getByText(words["ui.reader"]).waitFor({ state: "detached" });
  await h.setScore(second, "1.1.1", "1");
  await h.saved(second);
});

test("no IndexedDB: the page says so and works until it is closed", async () => {
  const context = await stage.user();
  const page = await stage.page({
    context,
    prepare: () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("refused", "SecurityError");
      };
    },
  });
  await page.getByText(words["ui.storage.refused"]).first().waitFor({ state: "attached" });
  assert.equal(await page.getAttribute("html", "data-save"), "failed");
  await h.click(page, page.getByRole("button", { name: new RegExp(`^${words["ui.welcome.begin"]}`) }).first());
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("无痕窗口党委");
  await h.click(page, h.button(page, words["ui.new.create"]));
  await h.scoreField(page, "1.1.1").waitFor({ state: "attached" });
  await h.click(page, h.scoreField(page, "1.1.1"));
  await page.keyboard.type("2");
  await h.holds(h.scoreField(page, "1.1.1"), "2");
  assert.equal(await page.getAttribute("html", "data-save"), "failed");
  await page.getByText(words["ui.save.failed"]).first().waitFor({ state: "attached" });
  await h.openSend(page);
  await h.sign(page);
  const choice = h.dialog(page, "send").getByRole("button", { name: /^报送/ });
  const file = await h.downloaded(page, () => h.press(page, choice));
  assert.equal(JSON.parse(file.content.toString()).layers[0].answers["1.1.1"].score, 2);
  h.assertQuiet(page);

  // A copy with the data inside is offered, and has it.
  await h.click(page, page.locator('[data-id="save-help"]'));
  await h.dialog(page, "save").getByText(words["ui.storage.refused"]).waitFor({ state: "attached" });
  await h.screenshot(page, "save-refused");
  const copy = await h.downloaded(page, () => h.press(page, page.locator('[data-id="save/copy"]')));
  assert.match(copy.name, /^duibiao-.*\.html$/);
  const other = await stage.user();
  const fresh = await stage.page({ context: other });
  await h.drop(fresh, copy.name, copy.content);
  await h.restore(fresh);
  await h.eventually(async () => assert.equal(await cards(fresh).filter({ hasText: "2 / 100" }).count(), 1));
  await other.close();
  await context.close();
});

// --- A killed browser -------------------------------------------------------------------------------------------

test("kill -9 of the whole browser a second after an edit: the edit is there", async () => {
  const profile = await newProfile();
  const random = h.seededRandom(9);
  const doomed = new Doomed();
  const expected = {};
  let id = "";
  try {
    for (let round = 0; round <= 5; ++round) {
      await doomed.start(profile);
      const { page } = doomed;
      await page.goto(`${stage.server.address}${id ? `#/doc/${id}/1.1.1` : ""}`);
      await h.becomeReady(page);
      if (!id) id = await h.createDocument(page);
      for (const [item, note] of Object.entries(expected)) {
        await h.reveal(page, item);
        await h.holds(h.noteField(page, item), note);
      }
      if (round === 5) break;
      const item = h.criteria[round].id;
      expected[item] = `第${round}回 ${Math.floor(random() * 1e9).toString(36)} 㐂`;
      await h.reveal(page, item);
      await h.noteField(page, item).focus();
      await page.keyboard.insertText(expected[item]);
      // The second is the promise itself: an edit is durable by then.
      await new Promise((done) => setTimeout(done, 1000));
      await doomed.kill();
    }
    h.assertQuiet(doomed.page);
  } finally {
    await doomed.kill().catch(() => {});
    await dropProfile(profile);
  }
});
