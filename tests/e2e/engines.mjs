// Firefox and WebKit as their makers ship them, driven by WebDriver: Firefox in its newer form (BiDi, a socket), WebKit
// in the older one (requests to WebKitWebDriver). Both need a screen, as neither has WebGL without one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import WebSocket from "ws";

const firefox = process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";
const webKitDriver = process.env["WEBKIT_DRIVER"] ?? "/usr/bin/WebKitWebDriver";
const miniBrowsers = ["4.1", "4.0", "6.0"].map((version) => `/usr/lib/${machine()}-linux-gnu/webkit2gtk-${version}/MiniBrowser`);
const miniBrowser = miniBrowsers.find((file) => existsSync(file)) ?? "";
const screenServer = "/usr/bin/Xvfb";

function machine() {
  return { x64: "x86_64", arm64: "aarch64" }[process.arch] ?? process.arch;
}

/** What is missing here, or nothing. */
export const missing = {
  firefox: [firefox, screenServer].find((file) => !existsSync(file)),
  webkit: [webKitDriver, miniBrowser || "MiniBrowser", screenServer].find((file) => !existsSync(file)),
};

/** @typedef {{run(body: string, ...values: any[]): Promise<any>, act(actions: any[]): Promise<void>,
 *   profile?: string, open(address: string): Promise<void>, reload(): Promise<void>, screenshot(): Promise<Buffer>, close(): Promise<void>}} Window */

// --- Programs -------------------------------------------------------------------------------------------------------

/** Starts a program; `found` gets what it writes until it returns something. */
function start(command, parameters, { env = {}, found = () => true } = {}) {
  const child = spawn(command, parameters, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const gone = new Promise((done) => child.once("exit", done));
  const stop = async () => {
    child.kill();
    const late = setTimeout(() => child.kill("SIGKILL"), 3000);
    await gone;
    clearTimeout(late);
  };
  const answer = new Promise((resolve, reject) => {
    let written = "";
    const look = (data) => {
      written += data;
      const result = found(written);
      if (result) resolve(result);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${command} ended: ${written.slice(-500)}`)));
  });
  return { answer, stop };
}

/** A screen that nobody sees: {name, stop}. */
export async function openScreen() {
  const parameters = ["-displayfd", "1", "-screen", "0", "1400x1000x24", "+extension", "GLX", "-nolisten", "tcp"];
  const { answer, stop } = start(screenServer, parameters, { found: (text) => /^(\d+)\n/.exec(text)?.[1] });
  return { name: `:${await answer}`, stop };
}

const software = (screen) => ({ DISPLAY: screen, LIBGL_ALWAYS_SOFTWARE: "1", LC_ALL: "C.UTF-8" });

function freePort() {
  const probe = createServer();
  return new Promise((done) => probe.listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  }));
}

// --- Firefox --------------------------------------------------------------------------------------------------------

const firefoxSettings = {
  "webgl.force-enabled": true,
  "intl.accept_languages": "zh-CN",
  "browser.shell.checkDefaultBrowser": false,
  "browser.aboutwelcome.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.disabledForTesting": true,
  "browser.startup.page": 0,
};

/** @returns {Promise<Window>} */
export async function openFirefox(screen) {
  const profile = await mkdtemp(path.join(tmpdir(), "duibiao-firefox-"));
  const lines = Object.entries(firefoxSettings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  await writeFile(path.join(profile, "user.js"), lines.join("\n"));
  const found = (text) => /WebDriver BiDi listening on (ws:\S+)/.exec(text)?.[1];
  const parameters = ["--remote-debugging-port", "0", "--no-remote", "--profile", profile, "--width", "1280", "--height", "900"];
  const program = start(firefox, parameters, { env: software(screen), found });
  const session = await Session.open(`${await program.answer}/session`);
  const { contexts } = await session.ask("browsingContext.getTree", {});
  const { context } = contexts[0];
  await session.ask("browsingContext.setViewport", { context, viewport: { width: 1280, height: 800 } });
  return {
    profile,
    open: (url) => session.ask("browsingContext.navigate", { context, url, wait: "complete" }),
    reload: () => session.ask("browsingContext.reload", { context, wait: "complete" }),
    run: async (body, ...values) => {
      const { result, exceptionDetails } = await session.ask("script.callFunction", {
        functionDeclaration: `async (...values) => JSON.stringify(await (${body})(...values))`,
        arguments: values.map(toRemote),
        target: { context },
        awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result.value === undefined ? undefined : JSON.parse(result.value);
    },
    act: (actions) => session.ask("input.performActions", { context, actions }),
    screenshot: async () => Buffer.from((await session.ask("browsingContext.captureScreenshot", { context })).data, "base64"),
    close: async () => {
      session.close();
      await program.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const toRemote = (value) =>
  Array.isArray(value) ? { type: "array", value: value.map(toRemote) } : { type: typeof value, value };

/** One connection of WebDriver BiDi: numbered questions and their answers. */
class Session {
  #asked = new Map();
  #last = 0;

  static async open(address) {
    const session = new Session();
    session.socket = new WebSocket(address);
    session.socket.on("message", (data) => session.#answered(JSON.parse(String(data))));
    await new Promise((resolve, reject) => session.socket.once("open", resolve).once("error", reject));
    await session.ask("session.new", { capabilities: {} });
    return session;
  }

  ask(method, params) {
    const id = ++this.#last;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.#asked.set(id, { resolve, reject }));
  }

  #answered({ id, result, error, message }) {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error) asked?.reject(new Error(`${error}: ${message}`));
    else asked?.resolve(result);
  }

  close() {
    this.socket.close();
  }
}

// --- WebKit ---------------------------------------------------------------------------------------------------------

/** @returns {Promise<Window>} */
export async function openWebKit(screen) {
  const port = await freePort();
  const home = await mkdtemp(path.join(tmpdir(), "duibiao-webkit-"));
  const program = start(webKitDriver, ["--host=127.0.0.1", `--port=${port}`], { env: { ...software(screen), HOME: home } });
  program.answer.catch(() => {});
  const ask = async (method, place, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${place}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const options = { binary: miniBrowser, args: ["--automation"] };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
  const { sessionId } = await patiently(() => ask("POST", "", { capabilities }));
  const at = (place) => `/${sessionId}${place}`;
  await ask("POST", at("/window/rect"), { width: 1280, height: 860 });
  // The answer comes before the window is that large.
  const wide = "return new Promise((done) => (function look() { outerHeight === 860 ? done() : setTimeout(look, 20); })());";
  await ask("POST", at("/execute/sync"), { script: wide, args: [] });
  await ask("POST", at("/timeouts"), { script: 30_000, pageLoad: 30_000 });
  return {
    open: (url) => ask("POST", at("/url"), { url }),
    reload: () => ask("POST", at("/refresh"), {}),
    run: async (body, ...values) => {
      const wrapped = `return (async (...values) => JSON.stringify(await (${body})(...values)))(...arguments);`;
      const value = await ask("POST", at("/execute/sync"), { script: wrapped, args: values });
      return value === null || value === undefined ? undefined : JSON.parse(value);
    },
    act: (actions) => ask("POST", at("/actions"), { actions }),
    screenshot: async () => Buffer.from(await ask("GET", at("/screenshot")), "base64"),
    close: async () => {
      await ask("DELETE", at(""), undefined).catch(() => {});
      await program.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Until the program listens. */
async function patiently(ask) {
  for (let tries = 0; ; ++tries) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 100 || !/fetch failed/.test(String(error))) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
