// Writes scripts/first_visit.txt anew: which functions of our own run until a first visit can be used, at several sizes
// of window and kinds of screen. `node tests/bench/first_visit.mjs`, after scripts/build web; --check changes nothing and
// tells what is not listed.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import * as h from "../e2e/harness.mjs";

const scenes = {
  usual: {},
  wide: { viewport: { width: 1920, height: 1080 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true },
  dense: { deviceScaleFactor: 1.5 },
  contrast: { forcedColors: "active" },
  small: { viewport: { width: 700, height: 500 } },
  huge: { viewport: { width: 3840, height: 2160 } },
};
const drawings = ["cpu", "webgl"];
const features = ["bulk-memory", "mutable-globals", "nontrapping-float-to-int", "sign-ext"].map((name) => `--enable-${name}`);
const whole = path.join(h.root, "build/web/page/duibiao.wasm");
const list = path.join(h.root, "scripts/first_visit.txt");

/** The program counts its calls; the other parts are in it. */
function instrumented(folder) {
  const dist = path.join(folder, "dist");
  cpSync(h.dist, dist, { recursive: true });
  execFileSync("wasm-split", [...features, "--instrument", "-g", whole, "-o", path.join(dist, "duibiao.wasm")]);
  rmSync(path.join(dist, "service_worker.js"));
  return dist;
}

/** Keeps the program's exports, and asks it for its profile. */
function watch() {
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...what) => {
    const instance = await instantiate.apply(WebAssembly, what);
    globalThis.counted ??= instance.exports;
    return instance;
  };
}

function profile() {
  const { counted } = globalThis;
  const memory = Object.values(counted).find((one) => one instanceof WebAssembly.Memory);
  const size = counted.__write_profile(0, 0);
  // Behind everything that the program has.
  const at = memory.grow(Math.ceil(size / 65536)) * 65536;
  counted.__write_profile(at, size);
  // A mark of eight bytes, then for each function whether it ran.
  return [...new Int32Array(memory.buffer.slice(at + 8, at + size))].map((times) => (times ? 1 : 0));
}

const folder = mkdtempSync(path.join(tmpdir(), "duibiao-first-"));
const server = await h.serve(instrumented(folder));
const browser = await chromium.launch({ executablePath: h.browserPath, args: h.browserArguments });
const ran = new Set();
for (const [name, options] of Object.entries(scenes)) {
  for (const drawing of drawings) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", ...options });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(`${server.address}?drawing=${drawing}`);
    await page.waitForSelector("html[data-ready]");
    await page.waitForTimeout(1500);
    (await page.evaluate(profile)).forEach((times, index) => times && ran.add(index));
    console.log(name, drawing, ran.size);
    await context.close();
  }
}
await browser.close();
await server.close();
const names = execFileSync("python3", [path.join(h.root, "scripts/split_program.py"), "--names", whole, [...ran].join(",")], { encoding: "utf8", maxBuffer: 1 << 28 });
rmSync(folder, { recursive: true });
if (process.argv.includes("--check")) {
  const known = new Set(readFileSync(list, "utf8").split("\n"));
  const missing = names.split("\n").filter((name) => name && !known.has(name));
  console.log(missing.length === 0 ? "all listed" : `not listed:\n${missing.join("\n")}`);
} else {
  writeFileSync(list, names);
}
