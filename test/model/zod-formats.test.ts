import { expect, test } from "vitest";
import { z } from "zod";
import { decidedByCode } from "../../codegen/load/zod/patterns.js";

/** A seeded stream of whole numbers below `limit` (mulberry32): the same strings on every run. */
function stream(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const next = stream(20_261_125);
const pick = (...from: readonly string[]): string => from[next(from.length)] ?? "";
const many = (count: number, make: () => string) => Array.from({ length: count }, make);

const octet = () => pick(String(next(256)), String(next(256)), String(next(300)), "01", "");
const ipv4 = () => many(next(8) === 0 ? 3 : 4, octet).join(".");
const group = () => many(1 + next(next(20) === 0 ? 5 : 4), () => pick(..."0123456789abcdefABCDEF")).join("");

/** An IPv6 address, or nearly one. */
function ipv6(): string {
  const before = many(next(9), group);
  const after = many(next(Math.max(1, 9 - before.length)), group).concat(next(4) === 0 ? [ipv4()] : []);
  const text = next(3) === 0 ? before.concat(after).join(":") : `${before.join(":")}::${after.join(":")}`;
  return text + (next(20) === 0 ? pick("\n", "%eth0", ":", "g") : "");
}

const prefix = () => pick(String(next(129)), String(next(135)), "064", "1.0", "", "1e1", "+1");
const base64 = () =>
  many(next(13), () => pick(..."AZaz09+/-_")).join("") + pick("", "", "=", "==", " ", "\n", "é");

const domains: readonly (readonly [format: string, schema: z.ZodType, text: () => string])[] = [
  ["ipv6", z.ipv6(), ipv6],
  ["cidrv6", z.cidrv6(), () => ipv6() + pick("/", "/", "/", "//", "") + prefix()],
  ["base64", z.base64(), base64],
  ["base64url", z.base64url(), base64],
];

test.each(domains)("the pattern of %s says what zod's code says", (format, schema, text) => {
  const pattern = decidedByCode[format];
  const verdicts = { true: 0, false: 0 };
  for (let run = 0; run < 20_000; run += 1) {
    const value = text();
    const accepted = schema.safeParse(value).success;
    verdicts[`${accepted}`] += 1;
    if (pattern?.test(value) !== accepted) expect.fail(`${JSON.stringify(value)}: zod says ${accepted}`);
  }
  // Both sides must have been met, or nothing was compared.
  expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(1_000);
});
