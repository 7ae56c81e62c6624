// node tests/e2e/kill/run.mjs [ROUNDS [SEED]]: the long run; exit 1 when an acknowledged edit was lost.
import * as h from "../harness.mjs";
import { Rounds } from "./rounds.mjs";

const count = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 32));
console.log(`${count} rounds, seed ${seed}`);
const server = await h.serve();
const rounds = new Rounds(server.address, seed);
rounds.onfault = (fault) => console.log(fault);
const told = setInterval(() => console.log(JSON.stringify(rounds.figures)), 60_000);
try {
  await rounds.run(count);
} finally {
  clearInterval(told);
  await server.close();
  console.log(JSON.stringify(rounds.figures));
}
process.exitCode = rounds.faults.length > 0 ? 1 : 0;
