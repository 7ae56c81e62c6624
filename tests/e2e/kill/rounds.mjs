// Rounds of: start the browser on its profile, compare everything with the journal, go on typing, kill it or take its
// power away.
import * as h from "../harness.mjs";
import { Clerk, forms } from "./clerk.mjs";
import { Doomed, dropProfile, newProfile } from "./doomed.mjs";
import { events } from "./events.mjs";
import { Journal } from "./journal.mjs";

const { words } = h;

const patience = 10_000;
/** A backup of many takes its time in every round. */
const mostOthers = 60;

/** What the page says and where it is, for people. */
const stateOf = (page) =>
  page.evaluate(() => {
    const { activeElement, documentElement } = document;
    const notes = ["save-state", "toast", "dialog", "reader"].map((id) => document.querySelector(`[data-id="${id}"]`)?.textContent);
    return JSON.stringify([documentElement.dataset["save"], activeElement?.getAttribute("data-id"), activeElement?.value, ...notes]);
  });

/** @param {object[]} log */
const endOf = (log) => log.slice(-12).map((edit) => JSON.stringify(edit)).join("\n  ");

/** All documents as the page's own backup has them. */
async function readAll(page) {
  const backup = page.locator('[data-id="backup"]');
  const file = await h.downloaded(page, () => h.click(page, backup));
  await h.saved(page);
  return JSON.parse(file.content.toString("utf8")).reports;
}

export class Rounds {
  /** Sentences about what was lost or changed. @type {string[]} */
  faults = [];
  onfault = (fault) => {};
  /** The page did not say for a long time that all is saved. */
  onstuck = (where) => {};
  /** A field lost the focus while something was typed into it. */
  onstrayed = (where) => {};
  figures = { rounds: 0, kills: 0, powerCuts: 0, keystrokes: 0, acknowledgements: 0, mismatches: 0, misplaced: 0, strayed: 0, events: 0 };
  #doomed = new Doomed();
  /** By document. @type {Map<string, {form: string, journal: Journal}>} */
  #documents = new Map();
  /** Documents that came in from others. @type {Map<string, string>} */
  #others = new Map();
  #profile = "";
  #ending = "";
  #event = "";
  #edition;
  #random;

  /** @param {import("./events.mjs").Edition} edition of the page @param {number} seed */
  constructor(edition, seed) {
    this.#edition = edition;
    this.#random = h.seededRandom(seed);
  }

  async run(count) {
    this.#profile = await newProfile();
    try {
      while (this.figures.rounds < count) {
        await this.#begin();
        await this.#compare();
        await this.#somethingHappens();
        await this.#typeUntilTheEnd();
        ++this.figures.rounds;
      }
      await this.#begin();
      await this.#compare();
    } finally {
      await this.#doomed.kill().catch(() => {});
      await dropProfile(this.#profile);
    }
  }

  async #begin() {
    this.#doomed = new Doomed();
    await this.#doomed.start(this.#profile);
    const { page } = this.#doomed;
    await page.goto(this.#edition.address);
    await h.becomeReady(page);
    if (this.#documents.size > 0) return;
    for (const form of Object.keys(forms)) {
      const id = await Clerk.create(page, form);
      this.#documents.set(id, { form, journal: new Journal(form === "jilin-committee" ? {} : []) });
    }
    await h.goHome(page);
  }

  async #compare() {
    const reports = await readAll(this.#doomed.page);
    for (const [id, { form, journal }] of this.#documents) {
      const report = reports.find((known) => known.document === id);
      const wrong = report ? journal.resume(forms[form].stateOf(report), report.log) : "the document is gone";
      if (wrong) this.#fault(`${form}: ${wrong}\nthe log ends with\n  ${endOf(report?.log ?? [])}`);
    }
    const ids = new Set(reports.map(({ document }) => document));
    const missing = [...this.#others.keys()].filter((id) => !ids.has(id));
    if (missing.length > 0) this.#fault(`${missing.length} of ${this.#others.size} documents of others are gone`);
  }

  /** In every second round; what a round's end cuts short is no fault of it. */
  async #somethingHappens() {
    this.#event = "";
    if (this.figures.rounds % 2 === 0) return;
    const names = Object.keys(events).filter((name) => name !== "arrival" || this.#others.size < mostOthers);
    this.#event = names[Math.floor(this.#random() * names.length)] ?? "";
    const route = `#/doc/${[...this.#documents.keys()][0]}`;
    const scene = { page: this.#doomed.page, edition: this.#edition, round: this.figures.rounds, route, others: this.#others };
    this.#doomed.page = await events[this.#event](scene);
    ++this.figures.events;
  }

  #fault(sentence) {
    this.faults.push(`after round ${this.figures.rounds} (${[this.#event, this.#ending].filter(Boolean).join(", ")}), ${sentence}`);
    this.figures.mismatches = this.faults.length;
    this.onfault(this.faults.at(-1));
  }

  async #typeUntilTheEnd() {
    const { page } = this.#doomed;
    const [id, { form, journal }] = [...this.#documents][Math.floor(this.#random() * this.#documents.size)];
    await page.evaluate((route) => (location.hash = route), `#/doc/${id}`);
    await page.getByRole("heading", { name: /市第一医院/ }).first().waitFor({ state: "attached" });
    await h.afterFrames(page);
    const clerk = new Clerk(page, form, journal, this.#random);
    const powerCut = this.figures.rounds % 5 < 2; // two after each other: the second shows what the first one broke
    // Half of the kills come the moment the page says that all is saved, the others at any.
    const wait = 100 + 1500 * this.#random();
    const until = performance.now() + wait;
    const atOnce = this.#random() < 0.5;
    /** @type {import("./doomed.mjs").Growing[]} */
    let kept = [];
    let acknowledgements = 0;
    let ended = false;
    let now = () => {};
    const timeUp = new Promise((resolve) => (now = resolve));
    const tellStuck = async () => this.onstuck(`round ${this.figures.rounds}, ${form}, ${journal.now.by}: ${await stateOf(page)}`);
    const timer = setTimeout(() => (atOnce ? tellStuck().catch(() => {}).finally(now) : now()), atOnce ? patience : wait);
    clerk.onsaved = async (moment) => {
      const files = powerCut ? await this.#doomed.growing() : kept;
      // The end came while they were measured: then nobody knows what of them was there.
      if (ended) return;
      kept = files;
      journal.acknowledge(moment);
      ++acknowledgements;
      if (atOnce && performance.now() > until) now();
    };
    clerk.onstrayed = async (by) => {
      ++this.figures.strayed;
      this.onstrayed(`round ${this.figures.rounds}, ${by}: ${await stateOf(page)}`);
    };
    const work = clerk.work().catch((error) => {
      if (!ended) throw error;
    });
    await Promise.race([timeUp, work]);
    ended = true;
    clearTimeout(timer);
    await this.#end(powerCut, kept);
    await work;
    this.figures.keystrokes += clerk.strokes;
    this.figures.acknowledgements += acknowledgements;
    this.figures.misplaced += clerk.misplaced;
  }

  async #end(powerCut, kept) {
    this.#ending = powerCut ? "power cut" : "kill";
    if (!powerCut) {
      ++this.figures.kills;
      return this.#doomed.kill();
    }
    ++this.figures.powerCuts;
    const left = this.#profile;
    this.#profile = await this.#doomed.losePower(kept, this.#random);
    await dropProfile(left);
  }
}
