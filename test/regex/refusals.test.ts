import { expect, test } from "vitest";
import * as z from "zod";
import { wireNodeOf } from "../../codegen/load/index.js";
import { translateRegex } from "../../codegen/regex/translate.js";

/** As text: TypeScript knows no flag `v` yet. */
const refused: readonly (readonly [source: string, flags: string, why: string, offset: number])[] = [
  ["^(a)\\1$", "", "a backreference", 4],
  ["^(?<x>a)\\k<x>$", "", "a backreference", 8],
  ["ab\\B", "", "\\B", 2],
  ["x(?<=a+)b", "", "a lookbehind of variable length", 1],
  ["(?<=(?:ab|c)d|x)y", "", "a lookbehind of variable length", 0],
  ["(?<=a\\b)b", "", "an assertion inside a lookbehind", 0],
  ["a{100001}", "", "a repeat count above 100000", 0],
  ["a{0}", "", "the repeat count {0}", 0],
  ["(?:a|){11}", "", "what can match nothing, 11 times or more", 0],
  ["[\\q{ab|c}]", "v", "a class that matches strings of several characters", 0],
  ["a\\p{RGI_Emoji}", "v", "a class that matches strings of several characters", 1],
  ["a[^b]", "v", "a negated class under the flag v", 1],
];

test.each(refused)("/%s/%s is refused: %s, at %i", (source, flags, why, offset) => {
  expect(translateRegex({ source, flags })).toEqual({ ok: false, why, offset });
});

const printed: readonly (readonly [RegExp, string])[] = [
  [/^a$/, "\\Aa\\z"],
  [/^a$/m, "(?:\\A|(?<=[\\n\\r\\u2028\\u2029]))a(?=[\\n\\r\\u2028\\u2029]|\\z)"],
  [/./, "[^\\n\\r\\u2028\\u2029]"],
  [/\d\w/, "[0-9][0-9A-Z_a-z]"],
  [/k/i, "[Kk]"],
  [/k/iu, "[Kk\\u212A]"],
  [/#{x}/, "\\#\\{x\\}"],
  [/(?<y>a)(b)/, "(?:a)(?:b)"],
  [/a{2}?b{2,3}?/, "a{2}b{2,3}?"],
  [/a|[\s\S]/, "a|(?m:.)"],
  [/(?<!ab|c)d/, "(?<!ab|c)d"],
  [/a/y, "\\A(?:a)"],
];

test.each(printed)("%s is /%s/ in Ruby", (pattern, source) => {
  expect(translateRegex(pattern)).toMatchObject({ ok: true, source });
});

test("codegen refuses a pattern that Ruby cannot have, and says where in it", () => {
  const { node, diagnostics } = wireNodeOf(z.object({ code: z.string().regex(/^(a)\1$/) }));
  expect(node).toBeNull();
  expect(diagnostics).toMatchObject([
    {
      code: "SB1402",
      severity: "error",
      message: expect.stringContaining("a backreference, at character 5"),
    },
  ]);
});
