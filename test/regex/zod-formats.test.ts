import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { matchInJavaScript, rubyMatcher } from "./ruby-matcher.js";
import { samplesFor } from "./samples.js";

const ruby = rubyMatcher();
afterAll(() => ruby.stop());

/** Every pattern that zod exports, and what its functions make of options. */
const patterns: readonly (readonly [string, RegExp])[] = [
  ...Object.entries(z.regexes).flatMap(([name, value]) =>
    value instanceof RegExp ? [[name, value] as const] : [],
  ),
  ["emoji()", z.regexes.emoji()],
  ["uuid()", z.regexes.uuid()],
  ...([1, 2, 3, 4, 5, 6, 7, 8] as const).map(
    (version) => [`uuid(${version})`, z.regexes.uuid(version)] as const,
  ),
  ["nanoidOfLength(8)", z.regexes.nanoidOfLength(8)],
  ["mac('-')", z.regexes.mac("-")],
  ["mac('.')", z.regexes.mac(".")],
  ...[undefined, -1, 0, 1, 3, 9].flatMap((precision) => {
    const own = precision === undefined ? {} : { precision };
    return [
      [`time(${precision})`, z.regexes.time(own)] as const,
      ...[{}, { offset: true }, { local: true }, { offset: true, local: true }].map(
        (more) =>
          [
            `datetime(${precision}, ${JSON.stringify(more)})`,
            z.regexes.datetime({ ...own, ...more }),
          ] as const,
      ),
    ];
  }),
  ["string({minimum,maximum})", z.regexes.string({ minimum: 2, maximum: 3 })],
];

test("zod's own patterns match the same strings in Ruby", async () => {
  let strings = 0;
  let matches = 0;
  for (const [index, [name, pattern]] of patterns.entries()) {
    const samples = samplesFor(pattern, 250, index);
    const expected = matchInJavaScript(pattern, samples);
    const actual = await ruby.match(pattern, samples);
    expect(actual, name).toEqual(expected);
    strings += samples.length;
    matches += expected.filter(Boolean).length;
  }
  expect(patterns.length).toBeGreaterThan(80);
  expect(matches).toBeGreaterThan(strings / 10);
});
