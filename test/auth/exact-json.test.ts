import { describe, expect, test } from "vitest";
import { parseExactJson } from "../../runtime/auth/exact-json.js";

describe("integers keep all their digits", () => {
  test.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["-9007199254740993", -9007199254740993n],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
    ["0", 0],
  ])("%s", (text, value) => {
    expect(parseExactJson(text)).toBe(value);
    expect(parseExactJson(`{"id":[${text}]}`)).toEqual({ id: [value] });
  });

  test("digits in strings and keys stay what they are", () => {
    const text = String.raw`{"9007199254740993":"9007199254740993","a\"9007199254740993":[9007199254740993]}`;
    expect(parseExactJson(text)).toEqual({
      "9007199254740993": "9007199254740993",
      'a"9007199254740993': [9007199254740993n],
    });
  });

  test("fractions and exponents are doubles, as JSON.parse reads them", () => {
    expect(parseExactJson("[0.12345678901234567890, 9007199254740993.0, 1e30]")).toEqual([
      // biome-ignore lint/correctness/noPrecisionLoss: the loss is what is tested
      0.1234567890123456789, 9007199254740992, 1e30,
    ]);
  });
});

test("__proto__ is a key and not a prototype, also where long integers are revived", () => {
  for (const text of ['{"__proto__":{"admin":true}}', '{"__proto__":{"admin":true},"id":9007199254740993}']) {
    const value = parseExactJson(text);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).not.toHaveProperty("admin");
    expect(Object.keys(value as object)).toContain("__proto__");
  }
});

test("100 levels are read, 101 are not", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(parseExactJson(nested(100))).toBeDefined();
  expect(parseExactJson(nested(101))).toBeUndefined();
  expect(parseExactJson(`["${nested(101)}"]`)).toBeDefined();
});

test.each(["", "{", "NaN", "[1,]", "{'a':1}", "\uFEFF1", "9007199254740993 9007199254740993"])(
  "%j is no JSON",
  (text) => {
    expect(parseExactJson(text)).toBeUndefined();
  },
);
