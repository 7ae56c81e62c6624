// Reports to measure with, made by the command itself.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const noteLimit = 10_000;

/** Lines of a CSV file with three columns, quoted or not. @param {string} text */
function readCsv(text) {
  const rows = text.replace(/^\ufeff/, "").split(/\r?\n/).filter(Boolean).slice(1);
  return rows.map((row) => {
    const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    const [item, score, note] = cells.map((cell) => (cell[1] ?? cell[2] ?? "").replaceAll('""', '"'));
    return { item: item ?? "", score: score ?? "", note: note ?? "" };
  });
}

/** @param {{item: string, score: string, note: string}[]} rows */
const writeCsv = (rows) =>
  `item,score,note\n${rows.map((row) => `${row.item},${row.score},"${row.note.replaceAll('"', '""')}"\n`).join("")}`;

/**
 * Scores changed again and again. The hashes no longer fit, which is a finding and costs no time.
 * @param {any} report
 * @param {any[]} criteria
 * @param {number} count
 */
function withEdits(report, criteria, count) {
  const session = "benchbenchbe";
  const first = report.log.length;
  /** @type {Map<string, number>} */
  const scores = new Map();
  for (let at = 0; at < count; ++at) {
    const { id: item, points } = criteria[at % criteria.length];
    const before = scores.get(item);
    const after = before === 0 ? points : 0;
    scores.set(item, after);
    const time = new Date(Date.UTC(2027, 0, 4) + at * 60_000).toISOString().replace(".000Z", "Z");
    report.log.push({
      after, at: time, batch: `b${at}`, ...(before !== undefined && { before }), field: "score", id: `${session}-${first + at + 1}`, item, layer: "self",
    });
  }
  for (const [item, score] of scores) report.layers[0].answers[item] = { ...report.layers[0].answers[item], score };
  return report;
}

/** @param {string} root the project's folder @param {string} duibiao the command */
export function makeFixtures(root, duibiao) {
  const folder = mkdtempSync(join(tmpdir(), "duibiao-bench-"));
  const instrument = JSON.parse(readFileSync(join(root, "assets/instruments/jilin-committee.json"), "utf8"));
  const example = join(root, "assets/examples/source/clean.csv");
  const criteria = instrument.sections.flatMap((/** @type {any} */ section) =>
    section.groups.flatMap((/** @type {any} */ group) => group.criteria),
  );
  const ids = new Set(criteria.map((/** @type {any} */ criterion) => criterion.id));
  const rows = readCsv(readFileSync(example, "utf8")).filter((row) => ids.has(row.item));

  const run = (/** @type {string[]} */ ...parameters) => execFileSync(duibiao, parameters, { stdio: "pipe" });
  const path = (/** @type {string} */ name) => join(folder, name);
  const make = (/** @type {string} */ name) => {
    run("new", "jilin-committee", "--unit", "市第一人民医院党委", "--period", "2025", "-o", path(name));
    return path(name);
  };
  const fill = (/** @type {string} */ file, /** @type {string} */ layer, /** @type {string} */ csv) =>
    run("fill", file, "--layer", layer, "--from", csv, "-o", file);

  const scores = path("scores.csv");
  writeFileSync(scores, writeCsv(rows.map((row) => ({ ...row, note: "" }))));
  // Every note as long as the program takes, of the form's own words, each beginning elsewhere.
  const words = criteria.map((/** @type {any} */ criterion) => criterion.text).join("；");
  const longNote = (/** @type {number} */ at) =>
    [...(words.slice(at * 37) + words.repeat(Math.ceil(noteLimit / words.length) + 1))].slice(0, noteLimit).join("");
  const longest = path("longest.csv");
  writeFileSync(longest, writeCsv(rows.map((row, at) => ({ ...row, note: longNote(at) }))));

  const empty = make("empty.json");
  const filled = make("filled.json");
  fill(filled, "self", example);
  const full = make("full.json");
  fill(full, "self", example);
  fill(full, "acceptance", scores);
  fill(full, "rating", scores);
  const large = make("large.json");
  for (const layer of ["self", "acceptance", "rating"]) fill(large, layer, longest);

  // A score a minute for two weeks: the log that gathers in a year of daily edits.
  const year = make("year.json");
  writeFileSync(year, JSON.stringify(withEdits(JSON.parse(readFileSync(year, "utf8")), criteria, 20_000)));
  const log = make("log.json");
  writeFileSync(log, JSON.stringify(withEdits(JSON.parse(readFileSync(log, "utf8")), criteria, 10_000)));

  // As many activities as are allowed, all over the year.
  const kinds = ["支委会", "党员大会", "党课", "主题党日", "党小组会"];
  const two = (/** @type {number} */ number) => `${number}`.padStart(2, "0");
  const activities = Array.from({ length: 100_000 }, (_, at) => {
    const date = `2025-${two(Math.floor((at % 336) / 28) + 1)}-${two((at % 28) + 1)}`;
    return `${date},${kinds[at % kinds.length]},内科,学习讨论${at},会议室,王磊\n`;
  });
  const makeLedger = (/** @type {string} */ name, /** @type {string[]} */ lines) => {
    writeFileSync(path("activities.csv"), `日期,类型,支部,主题,地点,主持人\n${lines.join("")}`);
    run("new", "ledger", "--unit", "市第一人民医院党委", "--period", "2025", "-o", path(name));
    fill(path(name), "self", path("activities.csv"));
    return path(name);
  };
  const ledger = makeLedger("ledger.json", activities);
  // With longer topics just below 64 MiB.
  const topic = "传达学习文件精神，研究本季度党建工作安排，部署民主评议和支部换届，听取各支部意见".padEnd(57, "，逐项落实");
  const dossier = makeLedger("dossier.json", activities.map((line) => line.replace("学习讨论", topic)));

  const answers = new Map(rows.map((row) => [row.item, row]));
  return { folder, instrument, answers, count: criteria.length, empty, filled, full, large, ledger, year, log, dossier };
}
