// The table on standard output and build/bench.json.

import { summarize } from "./statistics.mjs";

/** @typedef {import("./statistics.mjs").Summary} Summary */
/** @typedef {{part: string, what: string, unit: string, ours: Summary | null, peer: Summary | null,
 *   ratio: number | null, budget: string}} Row */

/** @param {string} text */
const widthOf = (text) => [...text].reduce((sum, one) => sum + (one > "\u2e7f" ? 2 : 1), 0);
/** @param {string} text @param {number} width */
const pad = (text, width) => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** @param {number} value */
function figure(value) {
  if (Number.isInteger(value)) return `${value}`;
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** @param {Summary | null} summary @param {string} unit */
function cell(summary, unit) {
  if (!summary) return "";
  const { median, min, max, count } = summary;
  const range = count > 1 && min !== max ? ` (${figure(min)}–${figure(max)})` : "";
  return `${figure(median)}${range} ${unit}`;
}

export class Report {
  version = "";
  /** @type {Row[]} */
  rows = [];
  /** @type {{title: string, lines: string[][]}[]} */
  lists = [];
  #loadBefore;
  #loadAfter = [0];
  #began = Date.now();

  /** @param {number[]} load */
  constructor(load) {
    this.#loadBefore = load;
  }

  /**
   * @param {string} part
   * @param {string} what
   * @param {string} unit
   * @param {number[]} ours
   * @param {number[]} [peer]
   * @param {string} [budget]
   */
  add(part, what, unit, ours, peer = [], budget = "") {
    const [a, b] = [summarize(ours), summarize(peer)];
    const ratio = a && b && b.median > 0 ? a.median / b.median : null;
    this.rows.push({ part, what, unit, ours: a, peer: b, ratio, budget });
  }

  /** @param {string} title @param {string[][]} lines */
  list(title, lines) {
    this.lists.push({ title, lines });
  }

  /** @param {number[]} load */
  end(load) {
    this.#loadAfter = load;
  }

  text() {
    const head = ["", "Duibiao: median (min–max)", "SurveyJS 2.5.38", "ratio", "budget"];
    const table = this.rows.map((row) => [
      row.what,
      cell(row.ours, row.unit),
      cell(row.peer, row.unit),
      row.ratio === null ? "" : row.ratio.toFixed(2),
      row.budget,
    ]);
    const seconds = Math.round((Date.now() - this.#began) / 1000);
    const load = `load ${this.#loadBefore[0]?.toFixed(2)} before, ${this.#loadAfter[0]?.toFixed(2)} after`;
    const lists = this.lists.map(({ title, lines }) => `${title}\n${format(lines)}\n`).join("\n");
    return `${format([head, ...table])}\n\n${lists}\n${this.version}; ${load}; ${seconds} s`;
  }

  json() {
    const { version, rows, lists } = this;
    const load = { before: this.#loadBefore, after: this.#loadAfter };
    return `${JSON.stringify({ taken: new Date(this.#began).toISOString(), version, load, rows, lists }, null, 1)}\n`;
  }
}

/** @param {string[][]} lines */
function format(lines) {
  const columns = lines[0]?.map((_, at) => Math.max(...lines.map((line) => widthOf(line[at] ?? "")))) ?? [];
  return lines.map((line) => line.map((text, at) => pad(text, columns[at] ?? 0)).join("  ").trimEnd()).join("\n");
}
