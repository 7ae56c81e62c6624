// What happens to a clerk between two pieces of work: the database goes while the page is open, another tab takes over,
// thirty reports come in, a backup is taken back, the server has a new version.
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as h from "../harness.mjs";

const { words } = h;
const digestOf = (content) => createHash("sha256").update(content).digest("hex");

/** A copy of the page that a server has, so that it can become another version. */
export class Edition {
  #count = 0;

  static async open() {
    const edition = new Edition();
    edition.folder = await mkdtemp(path.join(tmpdir(), "duibiao-kill-page-"));
    await cp(h.dist, edition.folder, { recursive: true });
    edition.server = await h.serve(edition.folder);
    return edition;
  }

  get address() {
    return this.server.address;
  }

  /** The same program under another name. */
  async publish() {
    const name = `edition${++this.#count}`;
    const at = (file) => path.join(this.folder, file);
    const [boot, worker] = await Promise.all(["boot.js", "service_worker.js"].map((file) => readFile(at(file), "utf8")));
    const changed = `${boot.replace(/document\.documentElement\.dataset\.build="\w+";\n$/, "")}document.documentElement.dataset.build="${name}";\n`;
    const known = /"boot\.js":"([0-9a-f]{32})"/.exec(worker)[1];
    const next = worker.replace(known, digestOf(changed).slice(0, 32)).replace(/"[0-9a-f]{12}"/, `"${digestOf(name).slice(0, 12)}"`);
    await writeFile(at("boot.js"), changed);
    await writeFile(at("service_worker.js"), next);
  }

  async close() {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** @typedef {{page: any, edition: Edition, round: number, route: string, others: Map<string, string>}} Scene the page as it
 * is, and what documents of others came in */

/** Each returns the page to go on with. @type {Record<string, (scene: Scene) => Promise<any>>} */
export const events = {
  /** From another tab, as its developer's tools do, or a program that cleans up. */
  async deletion({ page, edition }) {
    const other = await page.context().newPage();
    await other.goto(`${edition.address}icons/icon.svg`);
    await other.evaluate(
      () =>
        new Promise((done) => {
          const request = indexedDB.deleteDatabase("duibiao");
          request.onsuccess = request.onerror = () => done(undefined);
        }),
    );
    await other.close();
    await page.bringToFront();
    await h.saved(page);
    return page;
  },

  async takeover({ page, edition, route }) {
    await page.evaluate((wanted) => (location.hash = wanted), route);
    await page.waitForFunction((wanted) => location.hash.startsWith(wanted), route);
    const next = await page.context().newPage();
    h.watch(next);
    await next.goto(edition.address + route);
    await h.becomeReady(next);
    const take = next.locator('[data-id="take-over"]');
    await take.waitFor({ state: "attached" });
    await h.press(next, take);
    await take.waitFor({ state: "detached" });
    await h.saved(next);
    await page.close();
    return next;
  },

  async arrival({ page, round, others }) {
    const files = Array.from({ length: 30 }, (_, at) => h.fileOf(`第${round}轮第${at}医院党委`));
    await h.chooseFiles(page, files, h.button(page, words["ui.import"]));
    await page.locator('[data-id="arrival/take"]').waitFor({ state: "attached" });
    await h.press(page, page.locator('[data-id="arrival/take"]'));
    await page.locator('[data-id="arrival/take"]').waitFor({ state: "detached" });
    await h.saved(page);
    for (const { content } of files) others.set(JSON.parse(content.toString("utf8")).document, digestOf(content));
    return page;
  },

  /** The page's own backup, with what somebody else's had besides. */
  async restoring({ page, round, others }) {
    const { name, content } = await h.downloaded(page, () => h.click(page, page.locator('[data-id="backup"]')));
    await h.saved(page);
    const backup = JSON.parse(content.toString("utf8"));
    for (let at = 0; at < 5; ++at) {
      const file = h.fileOf(`第${round}轮备份里第${at}医院党委`);
      const report = JSON.parse(file.content.toString("utf8"));
      backup.reports.push(report);
      others.set(report.document, digestOf(file.content));
    }
    await h.importByPicker(page, name, JSON.stringify(backup), h.button(page, words["ui.import"]));
    await h.restore(page);
    await h.dialog(page, "arrival").waitFor({ state: "detached" });
    await h.saved(page);
    return page;
  },

  async update({ page, edition }) {
    await page.waitForFunction(() => navigator.serviceWorker?.controller, undefined, { timeout: 20_000 });
    await edition.publish();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    const take = page.getByRole("button", { name: words["ui.update.take"], exact: true });
    await take.waitFor({ state: "attached" });
    const begun = page.waitForEvent("load");
    await take.evaluate((element) => void setTimeout(() => element.click(), 50));
    await begun;
    await h.becomeReady(page);
    return page;
  },
};
