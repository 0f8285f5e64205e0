import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { wireNodeOf } from "../../codegen/load/index.js";
import { toBigInt, toDate, wire } from "../../runtime/contract/index.js";

describe.each<[string, z.ZodType, readonly unknown[], readonly unknown[]]>([
  [
    "timestamp",
    wire.timestamp(),
    ["2026-11-25T09:30:00Z", "2026-11-25T09:30:00.125Z"],
    ["2026-11-25T09:30:00+00:00", "2026-11-25", "2026-02-29T00:00:00Z", 5],
  ],
  ["date", wire.date(), ["2024-02-29"], ["2023-02-29", "2024-02-29T00:00:00Z"]],
  [
    "decimal",
    wire.decimal({ precision: 5, scale: 2 }),
    ["0", "0.5", "-12.34", "123.45", "999"],
    ["1234", "1.234", "01", ".5", "1.", "+1", "1e2", "", "1\n", 1.5],
  ],
  [
    "bigint",
    wire.bigint(),
    ["0", "-1", "9007199254740993", "9".repeat(78)],
    ["-0", "01", "1.0", "", "9".repeat(79), 5],
  ],
  [
    "url",
    wire.url(),
    ["https://a.example/p?q=1#f", "http://localhost:3000", "http://[::1]/", "https://192.168.0.1/%20"],
    [
      "ftp://a.example",
      "https://",
      "https://a b",
      "https://u:p@a.example/",
      "https://é.example",
      "//a",
      " https://a",
      "https://a\n",
    ],
  ],
  ["id", wire.id(), [1, 2 ** 53 - 1, "0b9a1c52-7f3e-4d7a-9c1e-0d6a5b1c2d3e"], [0, -1, 1.5, "1", ""]],
  ["id, integer", wire.id("integer"), [1], ["0b9a1c52-7f3e-4d7a-9c1e-0d6a5b1c2d3e"]],
  ["id, uuid", wire.id("uuid"), ["0b9a1c52-7f3e-4d7a-9c1e-0d6a5b1c2d3e"], [1]],
])("wire.%s", (_name, schema, accepted, refused) => {
  test.each(accepted.map((value) => [value]))("accepts %j as it is", (value) => {
    expect(schema.parse(value)).toBe(value);
  });
  test.each(refused.map((value) => [value]))("refuses %j", (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

test.each([
  ["timestamp", wire.timestamp()],
  ["date", wire.date()],
  ["decimal", wire.decimal({ precision: 10, scale: 2 })],
  ["bigint", wire.bigint()],
  ["url", wire.url()],
  ["id", wire.id("integer")],
  ["id", wire.id("uuid")],
])("the model knows what wire.%s means, also under a description", (meaning, schema) => {
  expect(wireNodeOf(schema.describe("x"))).toMatchObject({ node: { meaning }, diagnostics: [] });
});

test("wire.id() is one or the other", () => {
  expect(wireNodeOf(wire.id()).node).toMatchObject({
    kind: "union",
    options: [
      { kind: "number", meaning: "id" },
      { kind: "string", meaning: "id" },
    ],
  });
});

test.each([
  [0, 0],
  [5, 6],
  [5, -1],
  [1.5, 1],
  [1001, 1],
])("wire.decimal refuses precision %d with scale %d", (precision, scale) => {
  expect(() => wire.decimal({ precision, scale })).toThrow(RangeError);
});

test("decimals at the edges", () => {
  const only = (precision: number, scale: number, value: string) =>
    wire.decimal({ precision, scale }).safeParse(value).success;
  expect([
    only(2, 2, "0.12"),
    only(2, 2, "1.12"),
    only(1, 0, "9"),
    only(1, 0, "10"),
    only(3, 2, "9.99"),
  ]).toEqual([true, false, true, false, true]);
});

test("converters", () => {
  expect(toDate(wire.timestamp().parse("2026-11-25T09:30:00.125Z")).getTime()).toBe(1795599000125);
  expect(toDate(wire.date().parse("2026-11-25")).toISOString()).toBe("2026-11-25T00:00:00.000Z");
  expect(toBigInt(wire.bigint().parse("9007199254740993"))).toBe(9007199254740993n);
});
