// For eyes that need it otherwise: Windows contrast themes show all that the page shows, and a browser's smallest size
// of letters cuts nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import * as h from "./harness.mjs";
import { openEye } from "./pixels.mjs";

const { words } = h;

/** The four of Windows 11, and black on white: what CSS calls these colours. */
const themes = {
  aquatic: ["#202020", "#ffffff", "#75e9fc", "#a6a6a6", "#8ee3f0", "#263b50"],
  desert: ["#fffaef", "#3d3d3d", "#1c5e75", "#676767", "#903909", "#fff5e3"],
  dusk: ["#2d3236", "#ffffff", "#70ebde", "#a6a6a6", "#a1bfde", "#212d3b"],
  "night sky": ["#000000", "#ffffff", "#8080ff", "#a6a6a6", "#d6b4fd", "#2b2b2b"],
  "black on white": ["#ffffff", "#000000", "#00009f", "#600000", "#37006e", "#ffffff"],
};
const names = ["Canvas", "CanvasText", "LinkText", "GrayText", "Highlight", "HighlightText"];

/** As the user chooses a theme in the system's settings and comes back. */
async function wear(page, theme) {
  await page.emulateMedia({ forcedColors: theme ? "active" : "none" });
  await page.evaluate(
    ([all, colours]) => {
      all.forEach((name, at) => document.documentElement.style.setProperty(`--system-${name}`, colours?.[at] ?? name));
      window.dispatchEvent(new Event("focus"));
    },
    [names, theme ? themes[theme] : null],
  );
  await h.afterFrames(page, 4);
}

/** Everything in sight that says something: {id, disabled, box}. */
const speakers = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll("#mirror [data-id]")) {
      const field = "value" in element && element.classList.contains("field");
      const text = field ? element.value || element.placeholder : element.querySelector(":scope > .text")?.textContent;
      const { x, y, width, height } = element.getBoundingClientRect();
      const inside = x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight;
      if (!text?.trim() || !inside || width < 8 || height < 8 || element.style.clipPath || element.closest("[inert]")) continue;
      const faint = element.disabled === true || element.getAttribute("aria-disabled") === "true" || (field && !element.value);
      found.push({ id: element.dataset.id, faint, box: { x, y, width, height } });
    }
    return found;
  });

describe("contrast themes", () => {
  const { stage, scene } = h.theatre({ before, after, test });

  /** What is legible on the page as it is, is so in every theme. */
  async function compare(page, eye, name) {
    await wear(page, null);
    const seen = await speakers(page);
    const boxes = seen.map(({ box }) => box);
    const plain = await eye.look(await page.screenshot(), boxes);
    const shown = seen.map((speaker, at) => ({ ...speaker, plain: plain[at]?.contrast ?? 1 })).filter((one) => one.plain >= 3);
    assert.ok(shown.length > 5, `${name}: ${shown.length} things say something`);
    for (const theme of Object.keys(themes)) {
      await wear(page, theme);
      const picture = await h.screenshot(page, `contrast-${name}-${theme.replaceAll(" ", "-")}`);
      const looks = await eye.look(picture, shown.map(({ box }) => box));
      const lost = shown.filter(({ faint }, at) => looks[at].contrast < (faint ? 3 : 4.5));
      assert.deepEqual(lost.map(({ id }) => id), [], `${name} in ${theme}`);
    }
  }

  scene("show the home page, the form, its findings, dialogs and fields", async ({ page }) => {
    const eye = await openEye(stage.browser);
    await compare(page, eye, "home");
    await h.createDocument(page);
    await h.setScore(page, "1.1.1", "2");
    await h.setNote(page, "1.1.2", "支部会议记录");
    await compare(page, eye, "field");
    await h.leaveField(page);
    await h.setScore(page, "3.2.2", "2");
    await h.leaveField(page);
    await compare(page, eye, "table");
    await h.openSend(page);
    await compare(page, eye, "dialog");
    await page.keyboard.press("Escape");
    await h.goHome(page);
    await h.click(page, h.button(page, words["ui.new"]));
    await h.dialog(page, "new").waitFor();
    await compare(page, eye, "new");
    await eye.close();
  });

  scene("show a roster and a ledger with what is wrong in them", async ({ page }) => {
    const eye = await openEye(stage.browser);
    for (const [form, table] of [
      ["ruian-2019-annex3", "党组织名称,上次换届时间,计划换届时间\n一支部,2020-01-01,2019-01-01\n二支部,,\n"],
      ["ledger", "日期,类型,主题\n2026-01-10,支委会,学习\n2026-02-10,党课,党史\n"],
    ]) {
      await page.evaluate((route) => (location.hash = route), `#/new/${form}?unit=${encodeURIComponent("一院党委")}&period=2026`);
      await h.dialog(page, "new").waitFor();
      await h.click(page, h.button(page, words["ui.new.create"]));
      await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
      await h.drop(page, "表.csv", Buffer.from(table));
      await h.saved(page);
      await compare(page, eye, form);
    }
    await eye.close();
  });

  scene("show the other forms, what comes in, what is refused, settings and help", async ({ page }) => {
    const eye = await openEye(stage.browser);
    const route = async (form) => {
      await page.evaluate((to) => (location.hash = to), `#/new/${form}?unit=${encodeURIComponent("一院党委")}&period=2026`);
      await h.dialog(page, "new").waitFor();
      await h.click(page, h.button(page, words["ui.new.create"]));
      await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
      await h.saved(page);
    };
    for (const form of ["ruian-2019-annex1", "ruian-2019-tasks", "shaoxing-2017-appraisal", "shaoxing-2017-measures"]) {
      await route(form);
      await compare(page, eye, form);
    }
    await h.drop(page, "旧表.doc", Buffer.from("%PDF-1.7"));
    await h.dialog(page, "error").waitFor();
    await compare(page, eye, "error");
    await h.press(page, page.locator('[data-id="error/close"]'));
    const { content } = h.fileOf("甲医院党委");
    await h.drop(page, "甲.json", content);
    await h.goHome(page);
    await h.drop(page, "甲.json", content);
    await h.dialog(page, "import").waitFor();
    await compare(page, eye, "import");
    await h.press(page, page.locator('[data-id="import/cancel"]'));
    await h.goHome(page);
    await compare(page, eye, "home-full");
    for (const id of ["settings", "help"]) {
      await h.press(page, page.locator(`[data-id="${id}"]`));
      await h.afterFrames(page, 4);
      await compare(page, eye, id);
      await page.keyboard.press("Escape");
    }
    await eye.close();
  });

  scene("a scroll bar is seen", async ({ page }) => {
    const eye = await openEye(stage.browser);
    await page.setViewportSize({ width: 1280, height: 480 });
    await h.press(page, page.locator('[data-id="settings"]'));
    const { x, y, width, height } = await h.restingPlace(page, h.dialog(page, "settings"));
    const bar = { x: x + width - 12, y: y + 70, width: 10, height: height - 90 };
    for (const theme of Object.keys(themes)) {
      await wear(page, theme);
      const [look] = await eye.look(await page.screenshot(), [bar]);
      assert.ok(look.contrast >= 3, `${theme}: ${look.contrast}`);
    }
    await eye.close();
  });

  scene("what is chosen has an edge where its tint is gone", async ({ page }) => {
    const eye = await openEye(stage.browser);
    await h.createDocument(page);
    await h.reveal(page, "2.1.1");
    for (const theme of Object.keys(themes)) {
      await wear(page, theme);
      const place = await page.locator('nav [aria-current="page"]').first().boundingBox();
      const [look] = await eye.look(await page.screenshot(), [place]);
      assert.ok(look.edge >= 3, `${theme}: ${look.edge}`);
    }
    await eye.close();
  });
});

describe("what is written", () => {
  const { stage, scene } = h.theatre({ before, after, test });
  const density = 2; // so that the letters' strokes have their colour in full

  async function measure(page, eye, name) {
    await h.afterFrames(page, 4);
    const seen = await speakers(page);
    const boxes = seen.map(({ box }) => Object.fromEntries(Object.entries(box).map(([side, length]) => [side, length * density])));
    const looks = await eye.look(await page.screenshot({ scale: "device" }), boxes);
    // A row that is a link has its text drawn beside it: nothing in its own box is no text.
    const weak = seen.filter((_, at) => looks[at] && looks[at].contrast > 1.3 && looks[at].contrast < 4.5);
    assert.ok(seen.length > 5, name);
    assert.deepEqual(weak.map(({ id }) => `${id} ${looks[seen.findIndex((one) => one.id === id)].contrast.toFixed(2)}`), [], name);
  }

  scene("has 4.5 : 1 on every screen, what is disabled too", async ({ page }) => {
    const eye = await openEye(stage.browser);
    await measure(page, eye, "home");
    await h.createDocument(page);
    await h.setScore(page, "1.1.1", "2");
    await h.setNote(page, "1.1.2", "支部会议记录");
    await measure(page, eye, "field");
    await h.setScore(page, "3.2.2", "2");
    await h.leaveField(page);
    await measure(page, eye, "table");
    for (const part of [0, 1, 2]) {
      if (part === 0) await h.openSend(page);
      else await h.sendPart(page, part);
      await measure(page, eye, `send ${part}`);
    }
    await page.keyboard.press("Escape");
    for (const form of ["ledger", "ruian-2019-annex3", "ruian-2019-annex1", "shaoxing-2017-appraisal", "ruian-2019-tasks"]) {
      await page.evaluate((to) => (location.hash = to), `#/new/${form}?unit=${encodeURIComponent("一院党委")}&period=2026`);
      await h.dialog(page, "new").waitFor();
      await measure(page, eye, `new ${form}`);
      await h.click(page, h.button(page, words["ui.new.create"]));
      await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
      await h.saved(page);
      await measure(page, eye, form);
    }
    const files = Array.from({ length: 9 }, (_, at) => h.fileOf(`第${at}医院党委`));
    await h.goHome(page);
    await h.chooseFiles(page, files, h.button(page, words["ui.import"]));
    await page.locator('[data-id="arrival/take"]').waitFor({ state: "attached" });
    await measure(page, eye, "arrival");
    await h.press(page, page.locator('[data-id="arrival/take"]'));
    await page.locator('[data-id="home/list"]').waitFor({ state: "attached" });
    await measure(page, eye, "home of many");
    for (const id of ["settings", "help"]) {
      await h.press(page, page.locator(`[data-id="${id}"]`));
      await measure(page, eye, id);
      await page.keyboard.press("Escape");
    }
    await eye.close();
  }, { user: { deviceScaleFactor: density } });
});

describe("a smallest size of letters", () => {
  test("a field over a cell shows what the canvas shows, and cuts nothing", async () => {
    const browser = await chromium.launch({
      executablePath: h.browserPath,
      args: [...h.browserArguments, "--blink-settings=minimumFontSize=24"],
    });
    const server = await h.serve();
    const eye = await openEye(browser);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
    h.watch(page);
    await page.goto(server.address);
    await h.becomeReady(page);
    await h.createDocument(page);
    for (const [field, text] of [[h.scoreField(page, "1.1.1"), "1.5"], [h.noteField(page, "1.1.1"), "党gjpy国"]]) {
      await h.reveal(page, "1.1.1");
      await h.click(page, field);
      await page.keyboard.insertText(text);
      await h.saved(page);
      const { x, y, width, height } = await h.restingPlace(page, field);
      const inner = { x: x + 4, y: y + 4, width: width - 8, height: height - 8 };
      await field.evaluate((element) => {
        element.style.caretColor = "transparent";
        element.setSelectionRange(element.value.length, element.value.length);
      });
      const [real] = await eye.look(await page.screenshot(), [inner]);
      await h.leaveField(page);
      const [drawn] = await eye.look(await h.screenshot(page, "smallest-letters"), [inner]);
      for (const side of ["left", "top", "right", "bottom"]) {
        assert.ok(Math.abs(real.ink[side] - drawn.ink[side]) <= 2, `${text} ${side}: ${real.ink[side]}, drawn ${drawn.ink[side]}`);
      }
    }
    h.assertQuiet(page);
    await browser.close();
    await server.close();
  });
});
