// The page itself: links, idleness, quiet, accessibility, old browsers, settings, touch, sizes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { stage, scene } = h.theatre({ before, after, test });
const { words, say } = h;

// --- Links ------------------------------------------------------------------------------------------------------

const newLink = `/new/jilin-committee?unit=${encodeURIComponent("市中医院 党委&工会")}&period=2026`;

scene(
  "a mailed link opens the right form, filled in",
  async ({ page }) => {
    await h.dialog(page, "new").waitFor();
    await h.holds(page.getByRole("textbox", { name: words["ui.new.unit"] }), "市中医院 党委&工会");
    await h.holds(page.getByRole("textbox", { name: words["ui.new.period"] }), "2026");
    const form = page.getByRole("button", { name: new RegExp(`^${h.instrument.title}`) });
    assert.equal(await form.last().getAttribute("aria-current"), "true");
    await h.click(page, h.button(page, words["ui.new.create"]));
    await page.getByRole("heading", { name: /^市中医院 党委&工会 \/ .* \/ 2026 年度 草稿$/ }).waitFor();
  },
  { route: newLink },
);

scene("a second link to a new form changes the dialog that is open", async ({ page }) => {
  const follow = (route) => page.evaluate((to) => (location.hash = to), route);
  const unit = page.getByRole("textbox", { name: words["ui.new.unit"] });
  await follow(`#/new/ledger?unit=${encodeURIComponent("一院党委")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.holds(unit, "一院党委");
  await follow(`#/new/jilin-committee?unit=${encodeURIComponent("二院党委")}&period=2027`);
  await h.holds(unit, "二院党委");
  await h.holds(page.getByRole("textbox", { name: words["ui.new.period"] }), "2027");
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.scoreField(page, "1.1.1").waitFor({ state: "attached" });
});

scene("what the keyboard reaches in a dialog that is taller than the page comes into sight", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  await h.press(page, page.locator('[data-id="settings"]'));
  const dialog = h.dialog(page, "settings");
  await dialog.waitFor();
  const isInSight = () =>
    h.eventually(async () => {
      const [outer, inner] = [await dialog.boundingBox(), await page.locator(":focus").boundingBox()];
      const id = await h.focusedId(page);
      assert.ok(inner.y > outer.y + 40 && inner.y + inner.height <= outer.y + outer.height, `${id}: ${inner.y} in ${outer.y}–${outer.y + outer.height}`);
    });
  const reach = async (key, id) => {
    for (let at = 0; at < 30 && (await h.focusedId(page)) !== id; ++at) {
      await page.keyboard.press(key);
      await h.afterFrames(page);
      await isInSight();
    }
    assert.equal(await h.focusedId(page), id);
  };
  await reach("Tab", "settings/close");
  await h.screenshot(page, "settings-scrolled");
  await reach("Shift+Tab", "settings/density/0");
});

scene("back and forward between home, a document and its rows", async ({ page, context }) => {
  const id = await h.createDocument(page);
  await h.setScore(page, "1.1.1", "1");
  await h.saved(page);
  await page.evaluate((wanted) => (location.hash = wanted), `#/doc/${id}/8.1.1`);
  await h.scoreField(page, "8.1.1").waitFor({ state: "attached" });
  await h.goHome(page);
  await page.getByRole("link", { name: new RegExp(h.instrument.short_title) }).waitFor({ state: "attached" });
  await page.goBack();
  await h.scoreField(page, "8.1.1").waitFor({ state: "attached" });
  await h.eventually(async () => {
    const box = await h.scoreField(page, "8.1.1").boundingBox();
    assert.ok(box && box.y > 56 && box.y < 760, "the linked row is in sight");
  });
  await page.goForward();
  await page.getByRole("link", { name: new RegExp(h.instrument.short_title) }).waitFor({ state: "attached" });

  const other = await stage.page({ context, route: `/doc/${id}/9.1.4` });
  await h.scoreField(other, "9.1.4").waitFor({ state: "attached" });
  const box = await h.scoreField(other, "9.1.4").boundingBox();
  assert.ok(box.y > 56 && box.y < 800, "the ready mark counts for the screen that the link names");
  await other.close();
});

scene(
  "a link to a document that is not here leads home with a sentence",
  async ({ page }) => {
    await h.says(h.toast(page), words["ui.document.missing"]);
    await page.getByRole("heading", { name: words["ui.welcome"] }).waitFor();
    assert.equal(await page.evaluate(() => location.hash), "#/");
  },
  { route: "/doc/abcdefghijkl" },
);

// --- Idle and quiet ---------------------------------------------------------------------------------------------

scene("a document begins at its top, and is where it was left", async ({ page }) => {
  const isAtTop = async (wanted) => assert.equal((await h.tableBox(page)).y > 0, wanted);
  await h.createDocument(page, { unit: "甲医院党委" });
  await isAtTop(true);
  const left = page.url();
  const box = await h.scoreField(page, "1.1.1").boundingBox();
  await page.mouse.move(box.x, box.y);
  await page.mouse.wheel(0, 100_000);
  await h.eventually(() => isAtTop(false));
  await h.goHome(page);
  await h.createDocument(page, { unit: "乙医院党委" });
  await isAtTop(true);
  await page.evaluate((address) => (location.href = address), left.replace(/(#\/doc\/[^/]+).*/, "$1"));
  await page.getByText("甲医院党委").first().waitFor({ state: "attached" });
  await isAtTop(false);
});

scene(
  "idle: no animation frame in ten seconds, and none of the network",
  async ({ page }) => {
    const requests = h.countRequests(page);
    await h.createDocument(page);
    await h.setScore(page, "1.1.1", "2");
    await h.saved(page);
    // The reminder of a message goes by itself; then the page is settled.
    await page.waitForFunction(
      () => {
        const now = performance.now();
        return now - window.lastFrameAsked > 2000;
      },
      null,
      { polling: 250, timeout: 30_000 },
    );
    const before = await page.evaluate(() => window.framesAsked);
    await new Promise((done) => setTimeout(done, 10_000));
    assert.equal((await page.evaluate(() => window.framesAsked)) - before, 0);
    assert.deepEqual(requests, []);
  },
  {
    prepare: () => {
      window.framesAsked = 0;
      window.lastFrameAsked = 0;
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (callback) => {
        window.framesAsked += 1;
        window.lastFrameAsked = performance.now();
        return ask(callback);
      };
    },
  },
);

scene("the page may not make code out of text", async ({ page }) => {
  const outcome = await page.evaluate(
    () =>
      new Promise((resolve) => {
        // From a timer, which is the page's own: a test's own calls are not held to the policy.
        setTimeout(() => {
          const tried = {};
          for (const [name, run] of Object.entries({ eval: () => eval("1"), Function: () => new Function("return 1")() })) {
            try {
              tried[name] = run();
            } catch (error) {
              tried[name] = error.name;
            }
          }
          resolve(tried);
        }, 0);
      }),
  );
  assert.deepEqual(outcome, { eval: "EvalError", Function: "EvalError" });
  const refused = await page.evaluate(
    (address) => fetch(address).then(() => "fetched", (error) => error.name),
    "http://127.0.0.1:9/",
  );
  assert.equal(refused, "TypeError");
}, { expectErrors: true });

// --- Accessibility ----------------------------------------------------------------------------------------------

scene("axe finds nothing on home, the table and each dialog", async ({ page }) => {
  assert.deepEqual(await h.violations(page), [], "home, first visit");
  await h.screenshot(page, "home-first-1280x800");
  await h.click(page, page.getByRole("button", { name: new RegExp(`^${words["ui.welcome.begin"]}`) }).first());
  await h.dialog(page, "new").waitFor();
  assert.deepEqual(await h.violations(page), [], "new");
  await h.screenshot(page, "dialog-new");
  await page.keyboard.press("Escape");
  await h.dialog(page, "new").waitFor({ state: "detached" });

  await h.click(page, h.button(page, words["ui.example.faulty"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.saved(page);
  assert.deepEqual(await h.violations(page), [], "score table");
  await h.reveal(page, "1.1.1");
  await h.click(page, h.scoreField(page, "1.1.1"));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("9");
  await page.getByRole("main").getByRole("alert").waitFor({ state: "attached" });
  assert.deepEqual(await h.violations(page), [], "wrong input");
  await page.keyboard.press("Escape");
  await h.leaveField(page);

  const closeBy = async (name) => {
    await page.keyboard.press("Escape");
    await h.dialog(page, name).waitFor({ state: "detached" });
  };
  await h.click(page, h.button(page, words["ui.why"]));
  await h.dialog(page, "why").waitFor();
  assert.deepEqual(await h.violations(page), [], "why");
  await h.screenshot(page, "dialog-why");
  await closeBy("why");
  await h.openSend(page);
  assert.deepEqual(await h.violations(page), [], "send");
  await h.screenshot(page, "dialog-send");
  await closeBy("send");
  await page.keyboard.press("F1");
  await h.dialog(page, "help").waitFor();
  assert.deepEqual(await h.violations(page), [], "help");
  await h.screenshot(page, "dialog-help");
  await h.click(page, h.dialog(page, "help").getByRole("button", { name: words["ui.close"], exact: true }).last());
  await h.dialog(page, "help").waitFor({ state: "detached" });

  await h.goHome(page);
  assert.deepEqual(await h.violations(page), [], "home with cards");
  await h.click(page, h.button(page, words["ui.settings"]));
  await h.dialog(page, "settings").waitFor();
  assert.deepEqual(await h.violations(page), [], "settings");
  await h.screenshot(page, "dialog-settings");
  await h.press(page, h.dialog(page, "settings").getByRole("button", { name: words["ui.about"], exact: true }));
  await h.dialog(page, "about").waitFor();
  assert.deepEqual(await h.violations(page), [], "about");
  await closeBy("about");
  await h.click(page, page.getByRole("button", { name: /^更多操作/ }).first());
  await h.dialog(page, "card").waitFor();
  assert.deepEqual(await h.violations(page), [], "card");
  await closeBy("card");
  await h.drop(page, "坏.json", "{");
  await h.dialog(page, "error").waitFor();
  assert.deepEqual(await h.violations(page), [], "error");
  await h.screenshot(page, "dialog-error");
});

scene("a dialog holds the focus and gives it back", async ({ page }) => {
  await h.createDocument(page);
  await h.button(page, words["ui.send"]).focus();
  await page.keyboard.press("Enter");
  await h.dialog(page, "send").waitFor();
  const inside = () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
  await h.eventually(async () => assert.equal(await inside(), true));
  for (let step = 0; step < 12; ++step) {
    await page.keyboard.press("Tab");
    const where = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('[role="dialog"]') !== null);
    assert.equal(where, true);
  }
  await page.keyboard.press("Escape");
  await h.dialog(page, "send").waitFor({ state: "detached" });
  await h.waitFocus(page, "send");
});

// --- Browsers ---------------------------------------------------------------------------------------------------

test("a browser without WebAssembly is told what to do", async () => {
  const context = await stage.user();
  const page = await stage.page({ context, ready: false, prepare: () => delete window.WebAssembly });
  const notice = page.getByRole("alert").filter({ hasText: "不允许 WebAssembly" });
  await notice.waitFor();
  assert.match(await notice.textContent(), /请换用新版 Edge、Chrome/);
  h.assertQuiet(page);
  await context.close();
});

// --- Settings, sizes, touch -------------------------------------------------------------------------------------

scene("language, density and text size change the page and stay", async ({ page }) => {
  const english = JSON.parse(await readFile(new URL("../../assets/i18n/en.json", import.meta.url), "utf8"));
  await h.createDocument(page);
  const distance = async () => {
    const [first, second] = await Promise.all(
      ["1.1.1", "1.1.2"].map((item) => h.scoreField(page, item).boundingBox()),
    );
    return second.y - first.y;
  };
  const usual = await distance();
  await h.goHome(page);
  await h.click(page, h.button(page, words["ui.settings"]));
  await h.dialog(page, "settings").waitFor();
  await h.click(page, page.getByRole("radio", { name: words["ui.settings.density.compact"], exact: true }));
  await h.click(page, page.getByRole("radio", { name: words["ui.settings.text-size.19"], exact: true }));
  await h.click(page, page.getByRole("radio", { name: "English", exact: true }));
  await page.getByRole("dialog", { name: english["ui.dialog.settings"], exact: true }).waitFor();
  await h.eventually(async () => assert.equal(await page.getAttribute("html", "lang"), "en"));
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await h.button(page, english["ui.settings"]).waitFor();
  await h.click(page, page.locator('[data-id^="card/"]').first());
  await h.button(page, english["ui.undo.name"]).waitFor();
  await h.scoreField(page, "1.1.1").waitFor({ state: "attached" });
  const size = await h.scoreField(page, "1.1.1").evaluate((element) => getComputedStyle(element).fontSize);
  assert.equal(size, "19px");
  await h.screenshot(page, "english-large-compact");
  await page.goBack();
  await h.click(page, h.button(page, english["ui.settings"]));
  await h.click(page, page.getByRole("radio", { name: english["ui.settings.text-size.15"], exact: true }));
  await h.click(page, page.getByRole("radio", { name: "中文", exact: true }));
  await h.saved(page);
  await page.keyboard.press("Escape");
  await page.goForward();
  await h.scoreField(page, "1.1.1").waitFor({ state: "attached" });
  await h.afterFrames(page, 3);
  assert.ok((await distance()) < usual, "compact rows stand closer");
});

// A window of 1280 by 800 then has half as many CSS pixels each way, of twice the density.
scene("at 200 % zoom a form is made and filled, by keyboard", async ({ page }) => {
  await h.click(page, page.getByRole("button", { name: new RegExp(`^${words["ui.welcome.begin"]}`) }).first());
  await h.dialog(page, "new").waitFor();
  await h.waitFocus(page, "new/unit");
  await page.keyboard.insertText("市一院党委");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.reveal(page, "1.1.1");
  await h.scoreField(page, "1.1.1").focus();
  for (const key of ["2", "Enter", "1"]) await page.keyboard.press(key);
  await h.holds(h.scoreField(page, "1.1.2"), "1");
  const { y, height } = await h.scoreField(page, "1.1.2").boundingBox();
  assert.ok(y > 56 && y + height < 340, `between the bars: ${y}`);
  await h.screenshot(page, "zoom-200");
}, { user: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 } });

scene("from 1920 to 390 and back: focus and text stay", async ({ page }) => {
  await h.createDocument(page);
  await h.setNote(page, "1.1.2", "写到一半");
  for (const [width, height] of [[390, 844], [820, 1180], [1920, 1080]]) {
    await page.setViewportSize({ width, height });
    await h.afterFrames(page, 4);
    assert.equal(await h.focusedId(page), "note/self/1.1.2", `${width}`);
    await h.holds(h.noteField(page, "1.1.2"), "写到一半");
    await h.eventually(async () => {
      const box = await h.noteField(page, "1.1.2").boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, `${width}: the field is on the page`);
      assert.ok(box.y >= 0 && box.y < height, `${width}: the field is in sight`);
    });
  }
  await page.keyboard.insertText("，接着写");
  await h.saved(page);
  await h.holds(h.noteField(page, "1.1.2"), "写到一半，接着写");
}, { user: { viewport: { width: 1920, height: 1080 } } });

scene("by finger: tap a field, pan the table", async ({ page, context }) => {
  const session = await context.newCDPSession(page);
  const touch = (type, x, y) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const tap = async (locator) => {
    const box = await h.restingPlace(page, locator);
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await h.afterFrames(page);
  };
  await tap(page.getByRole("button", { name: new RegExp(`^${words["ui.welcome.begin"]}`) }).first());
  await h.dialog(page, "new").waitFor();
  await page.getByRole("textbox", { name: words["ui.new.unit"] }).fill("镇卫生院党委");
  await tap(h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.reveal(page, "1.1.1");
  await tap(h.scoreField(page, "1.1.1"));
  await h.waitFocus(page, "score/self/1.1.1");
  await page.keyboard.type("2");
  await h.leaveField(page);
  await h.holds(h.scoreField(page, "1.1.1"), "2");
  const top = (await h.scoreField(page, "1.1.1").boundingBox()).y;
  const pan = async (from, to) => {
    await touch("touchStart", 200, from);
    for (let y = from; y !== to; y += Math.sign(to - from) * 10) await touch("touchMove", 200, y);
    await touch("touchEnd", 200, to);
    await h.afterFrames(page, 4);
  };
  await pan(600, 400);
  const moved = await h.scoreField(page, "1.1.1").boundingBox({ timeout: 500 }).catch(() => null);
  assert.ok(moved === null || moved.y <= top - 150, `the table went up by the finger's way: ${top} → ${moved?.y}`);
  // The same place tapped again and again, the page still gliding.
  const drawer = page.getByRole("dialog", { name: words["ui.sections"] });
  for (const [from, to] of [[400, 600], [600, 400], [400, 600]]) {
    await tap(h.button(page, words["ui.sections.button"]));
    await drawer.waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await pan(from, to);
  }
  // The drawers of narrow pages.
  await tap(h.button(page, words["ui.sections.button"]));
  await drawer.waitFor();
  await tap(page.getByRole("link", { name: /^(\d+ )?加强智慧党建/ }));
  await drawer.waitFor({ state: "detached" });
  await h.scoreField(page, "6.1.1").waitFor({ state: "attached" });
  await tap(page.getByRole("button", { name: /^检查 \d+$/ }));
  await page.getByRole("dialog", { name: words["ui.findings"] }).waitFor();
}, { user: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });

test("pictures at the sizes people have", async () => {
  for (const [name, width, height, deviceScaleFactor] of [
    ["1280x800", 1280, 800, 1], ["1920x1080", 1920, 1080, 1], ["390x844", 390, 844, 1], ["1280x800-2x", 1280, 800, 2],
  ]) {
    const context = await stage.user({ viewport: { width, height }, deviceScaleFactor });
    const page = await stage.page({ context });
    await h.screenshot(page, `home-${name}`);
    await h.press(page, h.button(page, words["ui.example.faulty"])); // on a telephone it lies below the fold
    await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
    await h.saved(page);
    const size = await page.evaluate(() => {
      const canvas = document.getElementById("canvas");
      return [canvas.width, canvas.height];
    });
    assert.deepEqual(size, [width * deviceScaleFactor, height * deviceScaleFactor], "one pixel of the canvas a pixel of the screen");
    await h.screenshot(page, `table-${name}`);
    h.assertQuiet(page);
    await context.close();
  }
});

// --- The mirror -------------------------------------------------------------------------------------------------

const debugPage = new URL("../../build/web-debug/dist/index.html", import.meta.url);
const hasDebugPage = await readFile(debugPage).then(() => true, () => false);

test("every control on the canvas has its node", { skip: !hasDebugPage && "no web-debug build" }, async () => {
  const debug = await h.serve(new URL("../../build/web-debug/dist", import.meta.url).pathname);
  const context = await stage.user();
  const page = await context.newPage();
  h.watch(page);
  await page.goto(debug.address);
  await h.becomeReady(page);
  await h.createDocument(page);
  await h.openSend(page);
  h.assertQuiet(page);
  await context.close();
  await debug.close();
});
