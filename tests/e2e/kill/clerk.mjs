// A user at typing speed: scores and notes, rows of a roster, activities of a ledger, and undo. Notes in the journal what
// each keystroke should make of the document, and what the page said was saved.
import assert from "node:assert/strict";
import * as h from "../harness.mjs";

const { words } = h;
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const hanzi = [..."党支部委员会按期换届研究发展对象民主生活医院护理学习㐂䶮𬭩"];

const rowsOf = (report) =>
  Object.entries(report.layers[0].answers)
    .filter(([item, answer]) => item.startsWith("row.") && answer.cells)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, answer]) => answer.cells);

const columns = { 0: "党组织名称", 3: "书记姓名" };

/** The forms a clerk fills in: what counts of a report, and one visit to them. */
export const forms = {
  "jilin-committee": {
    stateOf: (report) => {
      const answers = Object.entries(report.layers[0].answers).filter(([item]) => /^\d/.test(item));
      return Object.fromEntries(answers.map(([item, { score, note }]) => [item, { ...(score !== undefined && { score }), ...(note && { note }) }]));
    },
    visit: (clerk) => (clerk.chance(0.4) ? clerk.score() : clerk.note()),
  },
  "ruian-2019-annex3": { stateOf: rowsOf, visit: (clerk) => clerk.cell() },
  ledger: { stateOf: rowsOf, visit: (clerk) => clerk.activity() },
};

export class Clerk {
  #page;
  #journal;
  #random;
  #form;
  /** The page said that all is saved up to this moment of the journal. */
  onsaved = async (_moment) => {};
  strokes = 0;
  /** Visits to a cell that ended elsewhere, before anything was typed. */
  misplaced = 0;
  /** A field lost the focus in the middle of a visit: what is typed then reaches nothing. */
  onstrayed = async (_field) => {};

  constructor(page, form, journal, random) {
    this.#page = page;
    this.#form = forms[form];
    this.#journal = journal;
    this.#random = random;
  }

  chance(share) {
    return this.#random() < share;
  }

  pick(list) {
    return list[Math.floor(this.#random() * list.length)];
  }

  /** Works until the browser is gone. */
  async work() {
    for (;;) {
      if (this.chance(0.15) && this.#journal.canUndo) await this.#undo();
      else await this.#form.visit(this);
    }
  }

  /**
   * The last letter of a text into a field; false where the field does not have the focus: the letter would reach nothing,
   * and nobody is promised it. A field that then shows something else is told, too.
   */
  async #type(field, state, by, text) {
    const letter = [...text].at(-1) ?? "";
    if (!(await field.evaluate((element) => element === document.activeElement))) {
      await this.onstrayed(`${by}: no focus`);
      return false;
    }
    await this.#strike(state, by, () => this.#page.keyboard.type(letter));
    const shown = await field.evaluate((element) => element.value);
    if (shown !== text) await this.onstrayed(`${by}: ${shown} instead of ${text}`);
    return true;
  }

  /** A keystroke that makes `state` of the document. */
  async #strike(state, by, action) {
    this.#journal.step(state, by);
    ++this.strokes;
    await action();
    // At once, too: a letter that stands in its field makes the page say that it is saving.
    if (this.chance(0.3)) await this.#look();
    await sleep(20 + 80 * this.#random());
    if (this.chance(0.6)) await this.#look();
  }

  /** Looks at the page as a user does: what stands there is saved when the page says so. */
  async #look() {
    const { at } = this.#journal;
    if ((await this.#page.getAttribute("html", "data-save")) === "saved") await this.onsaved(at);
  }

  #text() {
    return Array.from({ length: 2 + Math.floor(this.#random() * 12) }, () => this.pick(hanzi));
  }

  async #undo() {
    this.#journal.undo();
    ++this.strokes;
    await h.press(this.#page, this.#page.locator('[data-id="undo"]'));
    await this.#look();
  }

  async score() {
    const { id } = this.pick(h.criteria.filter((criterion) => criterion.points >= 1));
    await h.reveal(this.#page, id);
    const field = h.scoreField(this.#page, id);
    await field.focus();
    await this.#page.keyboard.press("Control+A");
    this.#journal.begin();
    const digit = this.pick(["0", "1"]);
    const { state } = this.#journal.now;
    const next = { ...state, [id]: { ...state[id], score: Number(digit) } };
    await this.#type(field, next, `score ${id}`, digit);
  }

  async note() {
    const { id } = this.pick(h.criteria);
    await h.reveal(this.#page, id);
    const field = h.noteField(this.#page, id);
    await field.focus();
    await this.#page.keyboard.press("Control+A");
    this.#journal.begin();
    let note = "";
    for (const letter of this.#text()) {
      note += letter;
      const { state } = this.#journal.now;
      if (!(await this.#type(field, { ...state, [id]: { ...state[id], note } }, `note ${id}`, note))) return;
    }
  }

  /** The name or the secretary in one of the first rows, or in a new one. */
  async cell() {
    const rows = this.#journal.now.state;
    const row = Math.floor(this.#random() * Math.min(rows.length + 1, 6));
    const column = row < rows.length && this.chance(0.5) ? 3 : 0;
    const field = this.#page.locator('[data-id="grid/cell"]');
    await field.focus();
    await this.#page.keyboard.press("Control+Home");
    await h.afterFrames(this.#page);
    for (let at = 0; at < row; ++at) await this.#page.keyboard.press("ArrowDown");
    for (let at = 0; at < column; ++at) await this.#page.keyboard.press("ArrowRight");
    await h.afterFrames(this.#page);
    if (!(await this.#isAt(rows, row, column))) return void ++this.misplaced;
    this.#journal.begin();
    let text = "";
    for (const letter of this.#text()) {
      text += letter;
      const cells = (rows[row] ?? "").split("\t");
      while (cells.length <= column) cells.push("");
      cells[column] = text;
      const next = rows.slice(0, row).concat(cells.join("\t"), rows.slice(row + 1));
      if (!(await this.#type(field, next, `cell ${row} ${column}`, text))) return;
    }
    await this.#page.keyboard.press("Enter");
    await h.afterFrames(this.#page);
  }

  /** Whether the grid's field stands where the keys should have brought it. */
  async #isAt(rows, row, column) {
    const label = columns[column];
    const cell = (rows[row] ?? "").split("\t")[column] ?? "";
    const wanted = row < rows.length ? `第 ${row + 1} 行 ${label}${cell && `：${cell}`}` : label;
    return (await this.#page.locator('[data-id="grid/cell"]').getAttribute("aria-label")) === wanted;
  }

  /** An activity on one day or on several: they are there together or not at all. */
  async activity() {
    const days = Array.from({ length: this.chance(0.5) ? 1 : 5 }, (_, at) => `2026-0${at + 1}-1${Math.floor(this.#random() * 9)}`);
    const topic = this.#text().join("");
    if ((await this.#page.locator('[data-id="row/date"]').count()) === 0) {
      await h.press(this.#page, this.#page.locator('[data-id="row/new"]'));
      await h.waitFocus(this.#page, "row/date"); // else it would be taken away from the next field
    }
    for (const [name, text] of [["日期", days.join("、")], ["类型", "支委会"], ["主题", topic]]) {
      await this.#page.getByRole("textbox", { name, exact: true }).focus();
      await this.#page.keyboard.press("Control+A");
      await this.#page.keyboard.insertText(text);
      await sleep(40 + 60 * this.#random());
    }
    this.#journal.begin();
    const rows = days.map((day) => `${day}\t支委会\t\t${topic}`);
    await this.#strike([...this.#journal.now.state, ...rows], "activity", async () => {
      await this.#page.keyboard.press("Enter");
      await h.afterFrames(this.#page, 3); // then the fields are empty, and the first has the focus
      assert.equal(await h.focusedId(this.#page), "row/date");
    });
  }

  static async create(page, form) {
    await page.evaluate((route) => (location.hash = route), `#/new/${form}?unit=${encodeURIComponent("市第一医院")}&period=2026`);
    await h.dialog(page, "new").waitFor();
    await h.click(page, h.button(page, words["ui.new.create"]));
    await page.waitForFunction(() => location.hash.startsWith("#/doc/"));
    await h.saved(page);
    return h.documentId(page);
  }
}
