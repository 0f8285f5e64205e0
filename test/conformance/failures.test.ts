import { expect, test } from "vitest";
import { type Failure, judge } from "./failures.js";

const failure: Failure = { testee: "Ruby", schema: "z.string()", input: '"a"', difference: "zod says valid" };

test("a failure that is not listed is a fault", () => {
  expect(judge([failure], [])).toEqual(['Ruby: z.string() on "a"\n  zod says valid']);
});

test("a listed failure that happens is none", () => {
  expect(judge([failure], [failure])).toEqual([]);
});

test("a listed failure that does not happen any more is a fault", () => {
  expect(judge([], [failure])).toEqual([expect.stringContaining("take it off")]);
});

test("a listed failure that has become another is a fault", () => {
  expect(judge([{ ...failure, difference: "zod says invalid" }], [failure])).toEqual([
    expect.stringContaining("in another way than listed: zod says invalid"),
  ]);
});
