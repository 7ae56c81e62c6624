// Drawing: by WebGL and by the processor, which show the same; where there is no WebGL, and where it is lost in mid-word.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import * as h from "./harness.mjs";
import { openEye } from "./pixels.mjs";

const { words } = h;
const { stage, scene } = h.theatre({ before, after, test });

const drawnBy = (page) => page.evaluate(() => document.documentElement.dataset.drawing);

/** What a user may look at. `set` brings it about, once; then it is looked at by its address. */
const views = {
  home: async () => {},
  table: async (page) => {
    await h.press(page, h.button(page, words["ui.example.faulty"]));
    await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
    await h.saved(page);
  },
  roster: async (page) => {
    await page.evaluate(() => (location.hash = "#/new/ruian-2019-annex3?unit=市第一人民医院党委&period=2026"));
    await page.waitForSelector('[data-id="new/create"]', { state: "attached" });
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-id="grid/cell"]', { state: "attached" });
    await h.saved(page);
  },
};

const size = { width: 1280, height: 800 };
const table = { route: "/new/jilin-committee?unit=市第一人民医院党委&period=2026" };

/** A new score table, from the link that a bureau sends. */
async function begin(page) {
  await page.keyboard.press("Enter");
  await h.noteField(page, "1.1.1").waitFor({ state: "attached" });
  await h.saved(page);
}

/** Types where the caret is, and stays in the field. */
async function typeOn(page, text) {
  await page.keyboard.insertText(text);
  await h.afterFrames(page, 4);
}

async function assertSamePicture(one, other, most = 200) {
  const eye = await openEye(stage.browser);
  const found = await eye.compare(one, other);
  await eye.close();
  if (process.env["DUIBIAO_FIGURES"]) console.log(found);
  assert.ok(found.apartOfMillion < most, `${found.apartOfMillion} of a million pixels differ, by at most ${found.most} of 255`);
}

/** The page as it rests, without the clock of "saved" at its top. */
async function picture(page, { width, height }, name) {
  await page.mouse.move(width - 2, height - 2);
  await h.afterFrames(page, 8);
  await h.screenshot(page, name);
  return page.screenshot({ clip: { x: 0, y: 60, width, height: height - 60 } });
}

/** Notes where the browser puts the baseline of the program's letters. */
function noteBaseline() {
  window.baselines = [];
  for (const kind of [CanvasRenderingContext2D, window.OffscreenCanvasRenderingContext2D]) {
    const measure = kind?.prototype.measureText;
    if (measure)
      kind.prototype.measureText = function (text) {
        const metrics = measure.call(this, text);
        if (text === "国") window.baselines.push(`${this.font}: ${metrics.fontBoundingBoxAscent}`);
        return metrics;
      };
  }
}

/** A page whose letters stand as those of another: Chromium itself rounds their baseline now one way, now the other. */
async function openLike(other, options) {
  for (let attempt = 1; ; ++attempt) {
    const page = await stage.page({ ...options, prepare: noteBaseline });
    const baselines = String(await page.evaluate(() => [...new Set(window.baselines)].sort()));
    if (other === null || other === baselines || attempt === 8) return { page, baselines };
    await page.close();
  }
}

for (const [name, width, height, deviceScaleFactor] of [
  ["home", 1280, 800, 1], ["table", 1280, 800, 1], ["table", 1280, 800, 1.25], ["table", 1280, 800, 1.5],
  ["table", 1920, 1080, 2], ["table", 390, 844, 3], ["roster", 1280, 800, 1], ["roster", 1368, 768, 1.75],
]) {
  test(`both ways of drawing show the same: ${name}, ${width} by ${height}, density ${deviceScaleFactor}`, async () => {
    const context = await stage.user({ viewport: { width, height }, deviceScaleFactor });
    const first = await stage.page({ context });
    await views[name](first);
    const route = await first.evaluate(() => location.hash.slice(1));
    await first.close();
    const pictures = [];
    let like = null;
    for (const drawing of ["cpu", "webgl"]) {
      const { page, baselines } = await openLike(like, { context, search: `?drawing=${drawing}`, route });
      like = baselines;
      assert.equal(await drawnBy(page), drawing);
      pictures.push(await picture(page, { width, height }, `drawn-${name}-${width}-${deviceScaleFactor}-${drawing}`));
      h.assertQuiet(page);
      await page.close();
    }
    await assertSamePicture(...pictures);
    await context.close();
  });
}

scene("software is known by its name, and not used", async ({ page }) => {
  assert.equal(await drawnBy(page), "cpu");
  const name = () => {
    const gl = document.createElement("canvas").getContext("webgl2");
    return gl.getParameter(gl.getExtension("WEBGL_debug_renderer_info").UNMASKED_RENDERER_WEBGL);
  };
  assert.match(await page.evaluate(name), /SwiftShader/);
});

test("a browser without WebGL starts, takes what is typed and shows it again", async () => {
  const browser = await chromium.launch({ executablePath: h.browserPath, args: ["--no-sandbox", "--disable-3d-apis"] });
  try {
    const context = await browser.newContext({ viewport: size, locale: "zh-CN" });
    context.setDefaultTimeout(15_000);
    const page = await stage.page({ context, ...table });
    assert.equal(await page.evaluate(() => document.createElement("canvas").getContext("webgl2")), null);
    assert.equal(await page.locator("#cover").count(), 0, "the canvas itself is drawn on");
    await begin(page);
    const field = h.noteField(page, "1.1.1");
    await h.click(page, field);
    await typeOn(page, "党委会前置研究三重一大事项");
    await h.leaveField(page);
    await h.saved(page);
    await page.reload();
    await h.becomeReady(page);
    await h.holds(field, "党委会前置研究三重一大事项");
    const eye = await openEye(stage.browser);
    const [{ contrast }] = await eye.look(await page.screenshot(), [await h.restingPlace(page, field)]);
    await eye.close();
    assert.ok(contrast > 10, "what was typed is seen again");
    h.assertQuiet(page);
  } finally {
    await browser.close();
  }
});

scene("a context lost in mid-word costs nothing", async ({ page }) => {
  await begin(page);
  assert.equal(await drawnBy(page), "webgl");
  await h.setScore(page, "1.1.2", "1");
  await h.click(page, h.noteField(page, "1.1.1"));
  await typeOn(page, "党委领导");
  const before = await picture(page, size, "drawn-before-loss");
  await page.evaluate(() => document.getElementById("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext());
  await page.waitForFunction(() => document.documentElement.dataset.drawing === "cpu");
  assert.equal(await h.focusedId(page), "note/self/1.1.1", "the field is still in use");
  await assertSamePicture(before, await picture(page, size, "drawn-after-loss"));
  await typeOn(page, "下的院长负责制");
  // The mouse goes through to the canvas.
  await h.click(page, page.locator('[data-id="undo"]'));
  await h.holds(h.noteField(page, "1.1.1"), "");
  await h.click(page, page.locator('[data-id="redo"]'));
  await h.saved(page);
  await page.reload();
  await h.becomeReady(page);
  await h.holds(h.noteField(page, "1.1.1"), "党委领导下的院长负责制");
}, { ...table, search: "?drawing=webgl" });

scene("a picture drawn in parts is the one drawn at once", async ({ page }) => {
  await begin(page);
  const whole = () => page.evaluate(() => canvas.dispatchEvent(new Event("contextrestored")));
  const steps = {
    typed: async () => {
      await h.click(page, h.noteField(page, "1.1.1"));
      await typeOn(page, "党委会、院长办公会议事规则完备，重大事项党委会前置研究三十六项，有纪要可查");
    },
    "typed in the middle": async () => {
      await page.keyboard.press("Home");
      await page.keyboard.type("12");
      await h.saved(page);
    },
    scored: () => h.setScore(page, "1.1.2", "1"),
    hovered: async () => {
      for (const id of ["undo", "send", "help"]) {
        const { x, y, width, height } = await page.locator(`[data-id="${id}"]`).first().boundingBox();
        await page.mouse.move(x + width / 2, y + height / 2);
        await h.afterFrames(page, 3);
      }
    },
    asked: () => h.openSend(page),
    closed: async () => {
      await page.keyboard.press("Escape");
      await h.dialog(page, "send").waitFor({ state: "detached" });
    },
    scrolled: async () => {
      await page.mouse.move(600, 600);
      for (const by of [40, 333, -120]) await page.mouse.wheel(0, by);
    },
  };
  for (const [name, step] of Object.entries(steps)) {
    await step();
    await h.afterFrames(page, 6);
    const parts = await page.screenshot();
    await whole();
    await h.afterFrames(page, 4);
    await assertSamePicture(parts, await page.screenshot(), 1);
    if (process.env["DUIBIAO_FIGURES"]) console.log(name);
  }
}, table);

scene("screens of other densities, of no size and of 8K", async ({ page }) => {
  await begin(page);
  await page.reload(); // nothing is in use, nothing is announced
  await h.becomeReady(page);
  const cdp = await page.context().newCDPSession(page);
  const show = async (width, height, deviceScaleFactor) => {
    await cdp.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor, mobile: false });
    const wanted = [width * deviceScaleFactor, height * deviceScaleFactor];
    await h.eventually(async () => {
      await h.afterFrames(page);
      assert.deepEqual(await page.evaluate(() => [canvas.width, canvas.height]), wanted);
    }, 30_000);
  };
  const clip = { x: 0, y: 60, width: 1280, height: 740, scale: 1 };
  const look = async () => {
    await h.afterFrames(page, 4);
    return Buffer.from((await cdp.send("Page.captureScreenshot", { clip })).data, "base64");
  };
  await show(1280, 800, 1);
  const first = await look();
  await show(1366, 900, 1.5);
  await show(7680, 4320, 1);
  await page.evaluate(() => (canvas.style.display = "none"));
  await h.afterFrames(page);
  await page.evaluate(() => (canvas.style.display = ""));
  await show(1280, 800, 1);
  await assertSamePicture(first, await look());
}, table);

scene("memory that grows under the picture", async ({ page }) => {
  await begin(page);
  const before = await picture(page, size, "drawn-before-growth");
  await h.drop(page, "large.json", `["${"x".repeat(12_000_000)}"]`);
  await page.getByRole("dialog").waitFor();
  await h.afterFrames(page, 4);
  await page.keyboard.press("Escape");
  await h.eventually(async () => assertSamePicture(before, await picture(page, size, "drawn-after-growth")), 20_000);
}, table);
