// @ts-check
// `node bench/verdict.mjs`: the gateway's verdict on a parsed payload beside bare z.compile. Needs `npm run build`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { validator } from "../dist/runtime/gateway/validation.js";
import { payloads } from "./ruby/payloads.mjs";

const ROUNDS = 60;
const CALLS = 20_000;

/** Nanoseconds a call, the best of many rounds, interleaved. @param {readonly (() => unknown)[]} contenders */
function race(contenders) {
  const best = contenders.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, call] of contenders.entries()) {
      const began = process.hrtime.bigint();
      for (let left = CALLS; left > 0; left -= 1) call();
      const taken = Number(process.hrtime.bigint() - began) / CALLS;
      best[index] = Math.min(best[index] ?? taken, taken);
    }
  }
  return best;
}

const results = Object.fromEntries(
  Object.entries(payloads).map(([name, { schema, value }]) => {
    const compiled = z.compile(schema);
    const validate = validator(schema);
    const [bare = 0, gateway = 0] = race([() => compiled.safeParse(value), () => validate(value)]);
    return [
      name,
      { bare: Math.round(bare), gateway: Math.round(gateway), ratio: Number((gateway / bare).toFixed(2)) },
    ];
  }),
);
const ratios = Object.values(results).map(({ ratio }) => ratio);
const mean = Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length).toFixed(2);
console.table(results);
console.log(`geometric mean of the ratios: ${mean} (at most 1.1)`);
writeFileSync(
  fileURLToPath(new URL("results/verdict.json", import.meta.url)),
  `${JSON.stringify({ unit: "nanoseconds a call", node: process.version, mean: Number(mean), results }, null, 2)}\n`,
);
