// The page's program comes in parts: what a first visit does before the second is here, and when a part does not come.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import * as h from "./harness.mjs";

const { words } = h;
const { stage } = h.theatre({ before, after, test });

/** A part that is sent when the test says so. */
async function held(context, name) {
  let send;
  const sent = new Promise((done) => (send = done));
  await context.route(`**/${name}.wasm`, async (route) => {
    await sent;
    await route.continue();
  });
  return send;
}

const startedOver = (page) => page.evaluate(() => sessionStorage.getItem("duibiao:whole"));
const notice = (page) => page.evaluate(() => document.getElementById("notice")?.textContent ?? "");
const incomplete = (page) => page.evaluate(() => document.getElementById("notice")?.dataset.incomplete);
const says = (page, text) => h.eventually(async () => assert.match(await notice(page), new RegExp(text)));

describe("the program in parts", () => {
  const sizes = { usual: {}, wide: { viewport: { width: 1920, height: 1080 } }, telephone: { viewport: { width: 390, height: 844 }, hasTouch: true } };
  for (const [name, user] of Object.entries(sizes)) {
    test(`home stands before the second part is here, and what is asked for meanwhile is done: ${name}`, async () => {
      const context = await stage.user(user);
      const send = await held(context, "duibiao_rest");
      const page = await stage.page({ context });
      await h.button(page, words["ui.settings"]).focus();
      await page.keyboard.press("Enter");
      await page.waitForTimeout(500);
      assert.equal(await h.dialog(page, "settings").count(), 0);
      send();
      await h.dialog(page, "settings").waitFor();
      assert.equal(await startedOver(page), null);
      h.assertQuiet(page);
      await context.close();
    });
  }

  test("a link to a form waits for all of it", async () => {
    const context = await stage.user();
    const send = await held(context, "duibiao_rest");
    const page = await stage.page({ context, route: "/new/jilin-committee?unit=县医院&period=2026", ready: false });
    await page.waitForTimeout(1000);
    assert.equal(await page.getAttribute("html", "data-ready"), null);
    send();
    await h.becomeReady(page);
    await h.dialog(page, "new").waitFor();
    assert.equal(await notice(page), "");
    await context.close();
  });

  test("the second part does not come: it says what to do, and the next visit is whole", async () => {
    const context = await stage.user();
    await context.route("**/duibiao_rest.wasm", (route) => route.abort());
    const page = await stage.page({ context, expectErrors: true });
    await says(page, await incomplete(page));
    await context.unroute("**/duibiao_rest.wasm");
    await page.reload();
    await h.becomeReady(page);
    await h.openExample?.(page);
    assert.equal(await notice(page), "");
    await context.close();
  });

  test("a second part that was cut, or is another version's, is not taken for ours", async () => {
    const whole = await readFile(path.join(h.dist, "duibiao_rest.wasm"));
    // The names that it asks the first part for begin with a mark of the version.
    const other = Buffer.from(whole);
    const mark = /primary.([0-9a-f]{6})/s.exec(whole.subarray(0, 4000).toString("latin1"))[1];
    for (let at = other.indexOf(mark); at >= 0; at = other.indexOf(mark, at + 1)) other.write("zzzzzz", at);
    for (const body of [whole.subarray(0, whole.length / 2), other]) {
      const context = await stage.user();
      await context.route("**/duibiao_rest.wasm", (route) => route.fulfill({ body, contentType: "application/wasm" }));
      const page = await stage.page({ context, expectErrors: true });
      await says(page, await incomplete(page));
      await context.close();
    }
  });

  test("the superiors' part comes when a campaign is begun, and is asked for again where it did not come", async () => {
    const context = await stage.user({ serviceWorkers: "block" }); // what a worker asks for cannot be refused here
    const asked = [];
    context.on("request", (request) => request.url().endsWith("desk.wasm") && asked.push(request.url()));
    const page = await stage.page({ context, expectErrors: true });
    await page.waitForTimeout(500);
    assert.deepEqual(asked, [], "not before it is wanted");
    await context.route("**/duibiao_desk.wasm", (route) => route.abort());
    await h.press(page, h.button(page, words["ui.campaign.new"]));
    await page.getByText(words["error.desk-part"].slice(0, 12)).first().waitFor();
    await context.unroute("**/duibiao_desk.wasm");
    await page.keyboard.press("Escape");
    await h.press(page, h.button(page, words["ui.campaign.new"]));
    await page.getByRole("dialog", { name: "新建汇总批次", exact: true }).waitFor();
    await context.close();
  });
});
