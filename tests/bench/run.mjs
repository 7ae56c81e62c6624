// Measures the page against its budgets and against its peer, SurveyJS with the same form, and prints a table.
//
//   node tests/bench/run.mjs [PART]...
//
// Parts: bytes ready offline frames keys idle durable rows roster year dossier outputs arrivals core memory; default: all.
//
// There is no verdict in the exit code: machines are noisy. The figures also go to build/bench.json.

import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { makeFixtures } from "./fixtures.mjs";
import { arrivals } from "./arrivals.mjs";
import { dossier, year } from "./large.mjs";
import * as measure from "./measures.mjs";
import { outputs } from "./outputs.mjs";
import { Report } from "./report.mjs";
import { Site } from "./server.mjs";
import { peerFiles, readFolder } from "./sites.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = process.env["DUIBIAO_DIST"] ?? join(root, "build/web/dist");
const duibiao = process.env["DUIBIAO"] ?? join(root, "build/native/duibiao");

const say = (/** @type {string} */ part) => process.stderr.write(`bench: ${part}\n`);

async function main() {
  for (const path of [join(dist, "index.html"), duibiao, join(root, "tests/node_modules/survey-core")]) {
    if (!existsSync(path)) throw new Error(`${relative(root, path)} is missing: run scripts/bench`);
  }
  const inBrowser = {
    ...measure.inBrowser,
    year,
    dossier,
    outputs: (/** @type {measure.Setting} */ setting) => outputs(setting, duibiao),
    arrivals: (/** @type {measure.Setting} */ setting) => arrivals(setting, duibiao),
  };
  const all = [...Object.keys(inBrowser), "core", "memory"];
  const parts = new Set(process.argv.length > 2 ? process.argv.slice(2) : all);
  const fixtures = makeFixtures(root, duibiao);
  const report = new Report(loadavg());
  const ours = new Site(readFolder(dist));
  const peer = new Site(peerFiles(root, fixtures));
  await Promise.all([ours.open(), peer.open()]);
  const browser = await launch();
  const single = pathToFileURL(join(dist, "duibiao.html")).href;
  const setting = { browser, ours, peer, fixtures, report, single };
  try {
    report.version = `Chromium ${browser.version()}`;
    for (const [part, work] of Object.entries(inBrowser)) {
      if (!parts.has(part) && !(part === "ready" && parts.has("memory"))) continue;
      say(part);
      try {
        await work(setting);
      } catch (error) {
        console.error(error);
        process.exitCode = 1; // something could not be measured; the rest still is
      }
    }
  } finally {
    await browser.close();
    ours.close();
    peer.close();
  }
  say("core");
  if (parts.has("core")) measure.core(setting, root, duibiao);
  rmSync(fixtures.folder, { recursive: true });
  report.end(loadavg());
  console.log(report.text());
  writeFileSync(join(root, "build/bench.json"), report.json());
}

await main();
