// node tests/e2e/kill/run.mjs [ROUNDS [SEED [BROWSERS]]]: the long run; exit 1 when an acknowledged edit was lost. Several
// browsers, each with a profile of its own, take their rounds side by side: most of a round is waiting.
import { Edition } from "./events.mjs";
import { Rounds } from "./rounds.mjs";

const count = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 32));
const browsers = Number(process.argv[4] ?? 2);
const began = performance.now();
console.log(`${count} rounds, seed ${seed}, ${browsers} browsers`);
const editions = await Promise.all(Array.from({ length: browsers }, () => Edition.open()));
const lanes = editions.map((edition, lane) => new Rounds(edition, seed + lane));
for (const lane of lanes) {
  lane.onfault = (fault) => console.log(fault);
  lane.onstrayed = (where) => console.log(`lost the focus: ${where}`);
  lane.onstuck = (where) => console.log(`not called saved in time: ${where}`);
}

/** The lanes' figures together. */
function figures() {
  const sum = {};
  for (const lane of lanes) for (const [name, value] of Object.entries(lane.figures)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

const told = setInterval(() => console.log(JSON.stringify(figures())), 60_000);
const share = (lane) => Math.floor((count + lane) / browsers);
const ends = await Promise.allSettled(lanes.map((lane, at) => lane.run(share(at))));
clearInterval(told);
await Promise.all(editions.map((edition) => edition.close()));
const broken = ends.filter(({ status }) => status === "rejected");
for (const { reason } of broken) console.log(reason);
const { rounds, kills, powerCuts, keystrokes, acknowledgements, mismatches, misplaced, strayed, events } = figures();
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(
  `${rounds} rounds (${kills} kills, ${powerCuts} power cuts, ${events} other events) in ${minutes} min: ${keystrokes} keystrokes, ` +
    `${acknowledgements} acknowledged, ${mismatches} mismatches; ${misplaced} visits given up before typing, ${strayed} in the middle`,
);
process.exitCode = mismatches > 0 || broken.length > 0 ? 1 : 0;
