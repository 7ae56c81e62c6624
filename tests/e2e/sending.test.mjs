// How outputs leave the page: under a password, masked, by e-mail; and how locked files come back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createCipheriv, createDecipheriv, pbkdf2Sync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as h from "./harness.mjs";

const { scene } = h.theatre({ before, after, test });
const { words } = h;
const password = "一二三四 battery 订书钉";

/** What is inside, by README.md's description alone. */
function opened(bytes) {
  const key = pbkdf2Sync(password, bytes.subarray(12, 28), bytes.readUInt32BE(8), 32, "sha256");
  const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(28, 40));
  cipher.setAAD(bytes.subarray(0, 40));
  cipher.setAuthTag(bytes.subarray(-16));
  const plain = Buffer.concat([cipher.update(bytes.subarray(40, -16)), cipher.final()]);
  const size = plain.readUInt16BE(0);
  return { name: plain.subarray(2, 2 + size).toString(), content: plain.subarray(2 + size) };
}

/** A locked file of the same description. */
function locked(name, content, rounds) {
  const header = Buffer.concat([Buffer.from("DBLOCK1\n"), Buffer.alloc(4), Buffer.alloc(28, 7)]);
  header.writeUInt32BE(rounds, 8);
  const key = pbkdf2Sync(password, header.subarray(12, 28), rounds, 32, "sha256");
  const cipher = createCipheriv("aes-256-gcm", key, header.subarray(28, 40));
  cipher.setAAD(header);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(Buffer.byteLength(name));
  return Buffer.concat([header, cipher.update(Buffer.concat([size, Buffer.from(name), content])), cipher.final(), cipher.getAuthTag()]);
}

/** The command in a folder of its own; gives back what it wrote to "out". */
function command(steps, files = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "duibiao-sending-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    for (const step of steps) execFileSync(h.program, step, { cwd: folder });
    return readFileSync(path.join(folder, "out"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const roster = () =>
  command(
    [
      ["new", "ruian-2019-annex2", "--unit", "某院党委", "--period", "2026", "-o", "out"],
      ["fill", "out", "--from", "people.csv", "-o", "out"],
    ],
    { "people.csv": "姓名,出生年月,户籍所在地,挂靠原因\n欧阳修,1985年3月,某省某县,单位没有党组织\n" },
  );

const box = (page, key) => h.dialog(page, "send").getByRole("checkbox", { name: words[key], exact: true });
const choice = (page, key) =>
  page.getByRole("dialog").getByRole("button", { name: new RegExp(`^${words[key].replace(/[().]/g, "\\$&")}`) });
const labelled = (page, key) => page.getByRole("dialog").getByLabel(words[key], { exact: true });

async function typePasswords(page, first = password, second = first) {
  await labelled(page, "ui.lock.password").fill(first);
  await labelled(page, "ui.lock.again").fill(second);
  await h.afterFrames(page);
}

/** Ticks as the keyboard does; what is out of sight comes into it. */
async function toggle(page, locator) {
  await locator.focus();
  await page.keyboard.press("Space");
  await h.afterFrames(page);
}

const told = (page, sentence) => h.toast(page).filter({ hasText: sentence }).waitFor({ state: "attached" });

async function open(page, typed) {
  await labelled(page, "ui.lock.password").fill(typed);
  await h.afterFrames(page);
  await h.press(page, choice(page, "ui.locked.open"));
}

scene("a report leaves under a password, and comes in elsewhere with it alone", async ({ page, stage }) => {
  await h.createDocument(page, { unit: "䶮山医院党委" });
  await h.setScore(page, "1.1.1", "1.5");
  await h.leaveField(page);
  await h.openSend(page);
  await labelled(page, "ui.send.name").fill("张三");
  await toggle(page, page.locator('[data-id="send/incomplete"]'));
  await h.sendPart(page, 1);
  await h.press(page, page.locator('[data-id="send/more"]'));
  await toggle(page, box(page, "ui.send.lock"));
  assert.equal(await labelled(page, "ui.lock.password").getAttribute("type"), "password");
  await typePasswords(page, "短");
  await h.press(page, choice(page, "ui.send.docx"));
  await told(page, /至少要 8 个字符/);
  await typePasswords(page, password, `${password}！`);
  await h.press(page, choice(page, "ui.send.docx"));
  await told(page, /两遍密码不一样/);
  await typePasswords(page);
  await h.screenshot(page, "send-locked");
  const word = await h.downloaded(page, () => h.press(page, choice(page, "ui.send.docx")));
  assert.match(word.name, /\.docx\.dblock$/);
  assert.ok(opened(word.content).name.endsWith(".docx"));
  await h.afterFrames(page);
  await h.sendPart(page, 0);
  const file = await h.downloaded(page, () => h.press(page, choice(page, "ui.send.report")));
  assert.match(file.name, /^䶮山医院党委.*\.json\.dblock$/);
  const inner = opened(file.content);
  assert.equal(`${inner.name}.dblock`, file.name);
  const report = JSON.parse(inner.content.toString());
  assert.equal(report.layers[0].answers["1.1.1"].score, 1.5);

  const other = await stage.page({ context: await stage.user() });
  other.setDefaultTimeout(60_000); // the key of a password takes its time
  await h.drop(other, file.name, file.content);
  await h.dialog(other, "locked").waitFor({ state: "attached" });
  await open(other, "错误的密码错误的密码");
  await other.getByText(/密码不对/).first().waitFor({ state: "attached" });
  await h.screenshot(other, "locked");
  await open(other, password);
  await h.dialog(other, "locked").waitFor({ state: "detached" });
  await other.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.reveal(other, "1.1.1");
  await h.holds(h.scoreField(other, "1.1.1"), "1.5");
});

scene("a locked file with as many rounds as may be says how far it is, and can be stopped", async ({ page }) => {
  page.setDefaultTimeout(90_000); // that is how long a slow machine may take for it
  const file = locked("名单.txt", Buffer.from("欧阳修"), 2_000_000);
  await h.drop(page, "名单.txt.dblock", file);
  await h.dialog(page, "locked").waitFor({ state: "attached" });
  await open(page, password);
  await page.getByText(/已完成 [1-9]\d?%/).first().waitFor({ state: "attached" });
  await h.press(page, choice(page, "ui.locked.stop"));
  await labelled(page, "ui.lock.password").waitFor({ state: "attached" });
  const given = await h.downloaded(page, () => h.press(page, choice(page, "ui.locked.open"))); // the password stood there still
  assert.deepEqual([given.name, given.content.toString()], ["名单.txt", "欧阳修"]);
  await h.drop(page, "名单.txt.dblock", Buffer.concat([file.subarray(0, 8), Buffer.from([0xff, 0, 0, 0]), file.subarray(12)]));
  await open(page, password);
  await page.getByText(/超过了上限 2000000 轮/).first().waitFor({ state: "attached" });
});

scene("what is personal is said and masked; attachments are chosen, addresses remembered", async ({ page }) => {
  const report = roster();
  await h.importByPicker(page, "r.json", report);
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  await h.openSend(page, 1);
  await page.getByText(h.say("ui.send.personal", { columns: "姓名、出生年月、户籍所在地" })).first().waitFor({ state: "attached" });
  await toggle(page, box(page, "ui.send.mask"));
  await h.screenshot(page, "send-masked");
  const word = await h.downloaded(page, () => h.press(page, choice(page, "ui.send.docx")));
  const expected = command([["export", "r.json", "--to", "docx", "--mask", "--lang", "zh", "-o", "out"]], { "r.json": report });
  assert.ok(word.content.equals(expected), "the command's bytes");
  await h.sendPart(page, 2);
  await toggle(page, box(page, "ui.send.attach.xlsx"));
  await labelled(page, "ui.send.to").fill("不是邮箱");
  await labelled(page, "ui.send.name").fill("张三");
  await h.press(page, choice(page, "ui.send.eml"));
  await told(page, /不是邮箱地址/);
  await labelled(page, "ui.send.to").fill("a@example.com；b@example.com");
  await h.afterFrames(page);
  const draft = await h.downloaded(page, () => h.press(page, choice(page, "ui.send.eml")));
  const text = draft.content.toString();
  assert.match(text, /^To: a@example\.com,\r\n b@example\.com\r$/m);
  assert.equal((text.match(/^Content-Disposition: attachment/gm) ?? []).length, 2, "Word and Excel, no report");
  await h.dialog(page, "send").waitFor({ state: "detached" });
  await h.openSend(page, 2);
  await h.holds(labelled(page, "ui.send.to"), "a@example.com；b@example.com");
});

scene(
  "a message without attachments, and sharing where the browser can",
  async ({ page }) => {
    await h.createDocument(page, { unit: "某院党委" });
    await page.evaluate(() => {
      window.mails = [];
      HTMLAnchorElement.prototype.click = function () {
        window.mails.push(this.href);
      };
    });
    await h.openSend(page, 2);
    await labelled(page, "ui.send.to").fill("a@example.com");
    await h.afterFrames(page);
    await h.press(page, choice(page, "ui.send.mailto"));
    await page.waitForFunction(() => window.mails.length === 1);
    const mail = new URL(await page.evaluate(() => window.mails[0]));
    assert.equal(decodeURIComponent(mail.pathname), "a@example.com");
    assert.match(mail.searchParams.get("body"), /某院党委\r\n/);
    await h.press(page, choice(page, "ui.send.share"));
    await page.waitForFunction(() => window.shared.length === 1);
    const [name, type, body] = await page.evaluate(() => window.shared[0]);
    assert.ok(name.endsWith(".html") && type === "text/html" && body.startsWith("<!doctype html>"));
  },
  {
    prepare: () => {
      window.shared = [];
      navigator.canShare = () => true;
      navigator.share = async ({ files }) => void window.shared.push([files[0].name, files[0].type, await files[0].text()]);
    },
  },
);

scene("all documents as a backup under a password, restored with it", async ({ page, stage }) => {
  await h.createDocument(page, { unit: "备份医院党委" });
  await h.goHome(page);
  await h.click(page, h.button(page, words["ui.settings"]));
  await h.press(page, choice(page, "ui.backup.locked"));
  await typePasswords(page);
  await h.screenshot(page, "backup-locked");
  const backup = await h.downloaded(page, () => h.press(page, choice(page, "ui.backup.now")));
  assert.match(backup.name, /^duibiao-.*\.json\.dblock$/);
  const other = await stage.page({ context: await stage.user() });
  await h.drop(other, backup.name, backup.content);
  await open(other, password);
  await h.restore(other);
  await other.getByText("备份医院党委").first().waitFor({ state: "attached" });
});

scene("what is wrong in a row is named by where it stands, in the dialog and in the report", async ({ page }) => {
  await page.evaluate((route) => (location.hash = route), `#/new/ruian-2019-annex3?unit=${encodeURIComponent("某院党委")}&period=2026`);
  await h.dialog(page, "new").waitFor();
  await h.click(page, h.button(page, words["ui.new.create"]));
  await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
  const name = "党组织.csv";
  await h.drop(page, name, Buffer.from("党组织名称,上次换届时间,计划换届时间\n甲支部,2023-01-01,2026-01-01\n乙支部,某天,\n"));
  await h.dialog(page, "error").waitFor();
  await page.getByText(name).first().waitFor({ state: "attached" });
  await page.getByText(/^第 3 行/).first().waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await h.drop(page, name, Buffer.from("党组织名称,上次换届时间,计划换届时间\n甲支部,2023-01-01,2026-01-01\n乙支部,2020-01-01,2019-01-01\n"));
  await h.saved(page);
  await h.openSend(page);
  const title = `第 2 行 ${words["finding.dates-order.title"]}`;
  for (const field of await page.locator('[data-id^="send/explain/"]').all()) await field.fill("原件如此");
  assert.equal(await page.getByRole("textbox", { name: title, exact: true }).count(), 1);
  assert.doesNotMatch(await h.dialog(page, "send").textContent(), /row\.\d/);
  const { report } = await h.exportReport(page);
  const said = report.log.map(({ after }) => after).find((text) => /原件如此/.test(text)).split("\n");
  assert.ok(said.includes(`${title}：原件如此`), said.join("\n"));
  assert.ok(said.every((line) => /^第 [12] 行 [^.]+：原件如此$/.test(line)), said.join("\n"));
});

scene("what is left is said with its count and the way there, and is handed over only with a tick", async ({ page }) => {
  const left = { count: h.criteria.length - 1 };
  await h.createDocument(page);
  await h.setScore(page, "1.1.1", "2");
  await h.openSend(page);
  await h.dialog(page, "send").getByText(h.say("ui.send.left", left)).waitFor({ state: "attached" });
  await page.locator('[data-id="send/name"]').fill("张三");
  await h.afterFrames(page);
  await h.press(page, page.locator('[data-id="send/report"]'));
  await h.waitFocus(page, "send/incomplete");
  await h.screenshot(page, "send-incomplete");
  assert.equal(await h.dialog(page, "send").count(), 1, "nothing was handed over");

  await h.press(page, page.locator('[data-id="send/left/go"]'));
  await h.waitFocus(page, "score/self/1.1.2");

  const { report, name } = await h.exportReport(page);
  assert.equal(report.layers[0].state, "submitted");
  assert.match(name, /-报送\.json$/);
  assert.ok(report.log.find(({ field }) => field === "explanation").after.includes(h.say("ui.send.left.kept", left)));

  await h.click(page, page.getByRole("radio", { name: "上级验收", exact: true }));
  await h.press(page, page.locator('[data-id="take-scores"]'));
  await h.says(h.toast(page), h.say("ui.take.done", { count: 1 }));
  await h.holds(h.scoreField(page, "1.1.1", "acceptance"), "2");
  assert.equal(await page.locator('[data-id="take-scores"]').count(), 0);
});
