// Word, Excel and drafts of e-mails from the page: by a second program that nobody fetches before it is wanted.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene, stage } = h.theatre({ before, after, test });
const { words } = h;
const program = ["duibiao_office.js", "duibiao_office.wasm", "office.js"];

/** Names of the second program's files that the page asked for. */
const watchProgram = (page) => {
  const asked = [];
  page.context().on("request", (request) => {
    const name = path.basename(new URL(request.url()).pathname);
    if (program.includes(name)) asked.push(name);
  });
  return asked;
};

const choice = (page, format) =>
  h.dialog(page, "send").getByRole("button", { name: new RegExp(`^${words[`ui.send.${format}`].replace(/[().]/g, "\\$&")}`) });

const take = (page, format) => h.downloaded(page, () => h.press(page, choice(page, format)));

/** The same file from the command line, as of the page's day. */
function fromCommand(report, format, ...more) {
  const folder = mkdtempSync(path.join(tmpdir(), "duibiao-office-"));
  try {
    const file = path.join(folder, "report.json");
    writeFileSync(file, report);
    const out = path.join(folder, `out.${format}`);
    execFileSync(h.program, ["export", file, "--lang", "zh", "--to", format, ...more, "-o", out]);
    return execFileSync("cat", [out], { maxBuffer: 1 << 26 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

scene("Word, Excel and the draft are the command's byte for byte, and come only when asked for", async ({ page }) => {
  const asked = watchProgram(page);
  await h.createDocument(page, { unit: "䶮山医院党委" });
  await h.setScore(page, "1.1.1", "1.5");
  await h.setNote(page, "1.1.1", "=1+1 㐂䶮𬭩\n第二行");
  await h.leaveField(page);
  const { content } = await h.exportReport(page);
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  assert.deepEqual(asked, [], "nobody fetched it yet");
  await h.openSend(page, 1);
  for (const format of ["docx", "xlsx"]) {
    const file = await take(page, format);
    assert.ok(file.name.endsWith(`.${format}`) && file.name.startsWith("䶮山医院党委"), file.name);
    assert.ok(file.content.equals(fromCommand(content, format)), format);
  }
  assert.deepEqual([...new Set(asked)].sort(), program);
  await h.sendPart(page, 2);
  const draft = await take(page, "eml");
  assert.ok(draft.content.equals(fromCommand(content, "eml", "--attach", "docx")));
  await h.dialog(page, "send").waitFor({ state: "detached" });
});

/** The page's server behind another one that can be switched off. */
async function switchable(address) {
  const state = { down: false };
  const server = createServer((request, response) => {
    if (state.down) return request.socket.destroy();
    get(new URL(request.url, address), (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => (server.closeAllConnections(), server.close(done)));
  return { state, close, address: `http://127.0.0.1:${server.address().port}/` };
}

test("before its first use it needs the network, and says so; from then on it works without", async () => {
  const host = await switchable(stage.server.address);
  const context = await stage.user();
  try {
    const page = await context.newPage();
    await page.goto(host.address);
    await h.becomeReady(page);
    await h.createDocument(page, { unit: "某院党委" });
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null));
    await h.openSend(page, 1);
    host.state.down = true;
    await h.click(page, choice(page, "docx"));
    await page.getByText(words["ui.office.failed"]).first().waitFor({ state: "attached" });
    host.state.down = false;
    await take(page, "docx");
    host.state.down = true;
    await page.reload();
    await h.becomeReady(page);
    await h.openSend(page, 1);
    assert.ok((await take(page, "xlsx")).content.length > 5000);
  } finally {
    await context.close();
    await host.close();
  }
});
