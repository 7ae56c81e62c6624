// kill -9 and power cuts while a user types; the long run is kill/run.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Edition } from "./kill/events.mjs";
import { Rounds } from "./kill/rounds.mjs";

test("whatever the page said was saved is there after kill -9 and after a power cut, and nothing else has changed", async (context) => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const edition = await Edition.open();
  const rounds = new Rounds(edition, seed);
  try {
    await rounds.run(8);
  } finally {
    await edition.close();
    context.diagnostic(`seed ${seed}: ${JSON.stringify(rounds.figures)}`);
  }
  assert.deepEqual(rounds.faults, []);
  assert.ok(rounds.figures.acknowledgements > 0);
});
