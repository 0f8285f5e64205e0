import { afterAll, expect, test } from "vitest";
import { Random } from "../conformance/fuzz/random.js";
import { randomPattern } from "./random-patterns.js";
import { realPatterns } from "./real-patterns.js";
import { matchInJavaScript, rubyMatcher } from "./ruby-matcher.js";
import { samplesFor } from "./samples.js";

const ruby = rubyMatcher();
afterAll(() => ruby.stop());

interface Tally {
  translated: number;
  refused: number;
  matches: number;
}

async function compareAll(patterns: readonly RegExp[], strings: number, longest: number): Promise<Tally> {
  const tally: Tally = { translated: 0, refused: 0, matches: 0 };
  for (const [index, pattern] of patterns.entries()) {
    const samples = samplesFor(pattern, strings, index, longest);
    const actual = await ruby.match(pattern, samples);
    if ("refused" in actual) {
      tally.refused += 1;
      continue;
    }
    const expected = matchInJavaScript(pattern, samples);
    const wrong = samples.filter((_, at) => actual[at] !== expected[at]);
    expect(wrong, `${pattern}, pattern ${index}`).toEqual([]);
    tally.translated += 1;
    tally.matches += expected.filter(Boolean).length;
  }
  return tally;
}

test("patterns of real programs match the same strings in Ruby", { timeout: 120_000 }, async () => {
  const tally = await compareAll(realPatterns(), 30, 60);
  expect(tally.translated).toBeGreaterThanOrEqual(500);
  expect(tally.refused).toBeLessThan(tally.translated / 4);
});

test("10,000 random patterns match the same strings in Ruby", { timeout: 240_000 }, async () => {
  const seed = Number(process.env.SIGNALBOX_FUZZ_SEED ?? "2026");
  console.log(`seed ${seed}`);
  const random = new Random(seed);
  const patterns = Array.from({ length: 10_000 }, () => randomPattern(random));
  const tally = await compareAll(patterns, 12, 12);
  expect(tally.translated).toBeGreaterThan(9_000);
});
