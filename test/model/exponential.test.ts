import { expect, test } from "vitest";
import { hasInnerChoice, withShortRepeats } from "../../codegen/regex/repetition.js";
import { load, withEvent } from "./support/project.js";

const warnings = async (schema: string) => (await load({ "a.ts": withEvent(schema) })).diagnostics;

test("a pattern that can take exponential time is a warning, with a text that shows it", async () => {
  const { contract, diagnostics } = await load({ "a.ts": withEvent("z.string().regex(/^(a+)+$/)") });
  expect(contract).not.toBeNull();
  expect(diagnostics).toMatchObject([
    { code: "SB1401", severity: "warning", position: { file: "schema/a.ts", line: 5, column: 18 } },
  ]);
  expect(diagnostics[0]?.message).toMatch(/'a'\.repeat\(\d+\)/);
});

test.each([
  "z.string().regex(/^(?:a|a)*$/)",
  "z.email({ pattern: /^(\\w+\\s?)*@x$/ })",
  "z.stringFormat('x', /(x+x+)+y/)",
  "z.string().regex(/^(?=.*[a-z])(?:[a-z]+[0-9]?)+$/)",
  "z.string().regex(/^(?:[a-z0-9]{1,63}\\.?){2,}$/)",
])("%s too", async (schema) => {
  expect((await warnings(schema)).map((finding) => finding.code)).toEqual(["SB1401"]);
});

test.each([
  "z.string().regex(/^[a-z]+(?:-[a-z]+)*$/)",
  "z.string().regex(/^\\d{3}-\\d{4}$/)",
  "z.string().regex(/^(?:[a-z0-9]{1,63}\\.){1,8}[a-z]{2,63}$/)",
  "z.email()",
  "wire.url()",
  "z.templateLiteral(['a-', z.number()])",
])("%s is fast", async (schema) => {
  expect(await warnings(schema)).toEqual([]);
});

test.each([
  [/^[a-z]+$/, false],
  [/^(abc)*$/, false],
  [/^(?:a|b)$/, false],
  [/^(?:a|b)*$/, true],
  [/^(?:ab?)*$/, true],
  [/^(?:a+){2}$/, false],
  [/^(?=(?:a+)+)/, true],
])("%s has a choice in a loop: %s", (pattern, expected) => {
  expect(hasInnerChoice(pattern)).toBe(expected);
});

test.each([
  [/^a{10}b{2,}c{0,61}?d+e?$/, "^a{3,3}b{2,}c{0,3}?d+e?$"],
  [/^(?:a{9}){8}[{}]\{1\}$/u, "^(?:a{3,3}){3,3}[{}]\\{1\\}$"],
])("%s with short repeats", (pattern, expected) => {
  expect(withShortRepeats(pattern)).toBe(expected);
});
