// The files of the two pages that are measured.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { makeAnswers, makeForm } from "./peer_form.mjs";

/** All files of a folder, by path. @param {string} folder @returns {Map<string, Buffer>} */
export function readFolder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), readFileSync(path)];
    }),
  );
}

/** @param {string} root the project's folder @param {ReturnType<typeof import("./fixtures.mjs").makeFixtures>} fixtures */
export function peerFiles(root, { instrument, answers }) {
  const files = readFolder(join(root, "tests/bench/peer"));
  for (const path of [
    "survey-core/survey.core.min.js",
    "survey-core/i18n/simplified-chinese.min.js",
    "survey-core/survey-core.fontless.min.css",
    "survey-js-ui/survey-js-ui.min.js",
  ]) {
    files.set(path.split("/").at(-1) ?? path, readFileSync(join(root, "tests/node_modules", path)));
  }
  const form = JSON.stringify({ form: makeForm(instrument), answers: makeAnswers(instrument, answers) });
  files.set("form.js", Buffer.from(`window.benchForm = ${form};\n`));
  return files;
}
