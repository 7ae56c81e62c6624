// Sums up the same reports with the command, with jq and with DuckDB, in turns, and prints the processor seconds of each.
//
//   node tests/bench/engines.mjs [UNITS [ROUNDS]]
//
// The command checks every hash, log, total and rule, and makes every figure; the two others parse the same files for one
// number of each. Seconds are of the processor, so other work on the machine slows them but is not counted.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const duibiao = process.env["DUIBIAO"] ?? fileURLToPath(new URL("../../build/native/duibiao", import.meta.url));
const [units = "500", rounds = "5"] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "duibiao-"));

/** Processor seconds of a shell command. */
function seconds(/** @type {string} */ command) {
  const timed = `TIMEFORMAT='%U %S'; time { ${command} > /dev/null 2> /dev/null; }`;
  const done = spawnSync("bash", ["-c", timed], { encoding: "utf8", cwd: fileURLToPath(new URL("..", import.meta.url)) });
  const [user, system] = done.stderr.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return (user ?? NaN) + (system ?? NaN);
}

const sql = `SELECT sum(layers[1].totals.score) FROM read_json('${work}/reports/*/*.json', maximum_object_size=67108864)`;
const duck = `const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
  const database = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await database.runAndReadAll(${JSON.stringify(sql)});
})();`;

const engines = {
  duibiao: `${duibiao} aggregate ${work}/reports`,
  jq: `find ${work}/reports -name '*.json' -print0 | xargs -0 jq '.layers[0].totals.score'`,
  DuckDB: `node -e '${duck.replaceAll("'", `'"'"'`)}'`,
  "(node alone)": `node -e 'require("@duckdb/node-api")'`,
};

try {
  spawnSync("python3", [fileURLToPath(new URL("campaign.py", import.meta.url)), work, "--units", units]);
  const files = readdirSync(join(work, "reports"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  const bytes = files.reduce((sum, name) => sum + statSync(join(work, "reports", name)).size, 0);
  /** @type {Record<string, number[]>} */
  const measured = {};
  for (let round = 0; round <= Number(rounds); ++round) {
    for (const [name, command] of Object.entries(engines)) {
      const took = seconds(command);
      if (round > 0) (measured[name] ??= []).push(took); // the first round warms up
    }
  }
  console.log(`${files.length} reports, ${(bytes / 1e6).toFixed(1)} MB; median of ${rounds}, processor seconds`);
  for (const [name, all] of Object.entries(measured)) {
    const middle = all.sort((a, b) => a - b)[all.length >> 1] ?? NaN;
    console.log(`${name.padEnd(14)} ${middle.toFixed(2)} s  ${(bytes / 1e6 / middle).toFixed(0)} MB/s  (${all.join(" ")})`);
  }
} finally {
  rmSync(work, { recursive: true });
}
