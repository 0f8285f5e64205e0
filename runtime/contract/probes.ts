import { createHash } from "node:crypto";
import type { z } from "zod";

/** The installed zod: what `import { z } from "zod"` gives. */
export type Zod = typeof z;

type Probe = readonly [name: string, schema: (zod: Zod) => z.ZodType, inputs: readonly unknown[]];

/**
 * Questions whose answers have changed between minor versions of zod 4, and the rules that Ruby's side is built on.
 * Generated code is exact for one set of answers; the gateway asks its own zod the same at start.
 */
const probes: readonly Probe[] = [
  ["length in code points", (z) => z.string().max(1), ["😀", "ab"]],
  ["minimal length", (z) => z.string().min(2), ["😀", "é", "e\u0301"]],
  ["exact length", (z) => z.string().length(1), ["😀", "👨‍👩‍👧"]],
  ["absent any", (z) => z.object({ a: z.any() }), [{}, { a: null }]],
  ["absent unknown", (z) => z.object({ a: z.unknown() }), [{}]],
  [
    "strict and __proto__",
    (z) => z.strictObject({ a: z.number() }),
    [JSON.parse('{"__proto__":{"x":1},"a":1}')],
  ],
  [
    "loose and __proto__",
    (z) => z.looseObject({ a: z.number() }),
    [JSON.parse('{"__proto__":{"x":1},"a":1}')],
  ],
  ["record and __proto__", (z) => z.record(z.string(), z.number()), [JSON.parse('{"__proto__":"x","a":1}')]],
  [
    "record of an enum",
    (z) => z.record(z.enum(["a", "b"]), z.number()),
    [{ a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2, c: 3 }],
  ],
  ["partial record", (z) => z.partialRecord(z.enum(["a", "b"]), z.number()), [{ a: 1 }, { c: 1 }]],
  ["multipleOf 0.07", (z) => z.number().multipleOf(0.07), [2.03, 2.04]],
  ["multipleOf 5", (z) => z.number().multipleOf(5), [1e21, 7]],
  ["multipleOf 1e-10", (z) => z.number().multipleOf(1e-10), [1]],
  ["multipleOf 3", (z) => z.number().multipleOf(3), [1e300]],
  ["multipleOf 0.1", (z) => z.number().multipleOf(0.1), [0.3, 0.35]],
  ["integers", (z) => z.int(), [2 ** 53, 2 ** 53 - 1, 1.5, -0]],
  ["float32", (z) => z.float32(), [3.5e38, 3.4e38]],
  ["datetime", (z) => z.iso.datetime(), dates("Z")],
  [
    "datetime with offset",
    (z) => z.iso.datetime({ offset: true }),
    dates("+24:00", "+05", "+0500", "-23:59"),
  ],
  ["datetime, local", (z) => z.iso.datetime({ local: true }), ["2020-01-01T00:00", "2020-01-01T00:00:00"]],
  ["time", (z) => z.iso.time(), ["10:00", "24:00:00", "10:00:60"]],
  ["duration", (z) => z.iso.duration(), ["P1W2D", "PT1,5S", "P"]],
  ["ipv6", (z) => z.ipv6(), ["::1", "::1\n", "::@1\\", "::1%eth0", "::ffff:1.2.3.4"]],
  ["cidrv6", (z) => z.cidrv6(), ["::/064", "::/128", "::/129"]],
  ["ipv4", (z) => z.ipv4(), ["01.2.3.4", "1.2.3.4"]],
  ["ulid", (z) => z.ulid(), ["8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"]],
  ["emoji", (z) => z.emoji(), ["1", "😀", "🇫🇷"]],
  ["email", (z) => z.email(), ["a@b.c", ".a@b.co", "a..b@b.co", "a'b@b.co", "'@b.co"]],
  ["base64", (z) => z.base64(), ["a===", "YWI=", "YWJ=", "YW I=", ""]],
  ["base64url", (z) => z.base64url(), ["a", "YWI", "YWI="]],
  ["uuid", (z) => z.uuid(), ["11111111-1111-0111-8111-111111111111", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"]],
  ["e164", (z) => z.e164(), ["+123456", "+1234567"]],
  ["hostname", (z) => z.hostname(), ["a_b", "a.b."]],
  [
    "tuple with an optional tail",
    (z) => z.tuple([z.string(), z.number().optional()]),
    [["a"], ["a", null], ["a", 1, 2], []],
  ],
  ["exactOptional", (z) => z.object({ a: z.string().exactOptional() }), [{}, { a: null }]],
  ["default", (z) => z.object({ a: z.string().default("x") }), [{}, { a: null }]],
  ["prefault", (z) => z.object({ a: z.string().trim().prefault(" x ") }), [{}]],
  ["trim", (z) => z.string().trim().min(1), ["\u0085", "\ufeff\u00a0", "\0"]],
  ["union of one non-aborting option", (z) => z.union([z.string().max(3), z.number()]), ["abcdef", true]],
  [
    "discriminated union",
    (z) => z.discriminatedUnion("t", [z.object({ t: z.literal("a") })]),
    [{}, { t: "b" }, { t: "a", x: 1 }],
  ],
  [
    "array, too long",
    (z) => z.array(z.string()).max(1),
    [
      ["a", 1],
      ["a", "b"],
    ],
  ],
  ["array, too short", (z) => z.array(z.string()).min(3), [["a", 1]]],
  [
    "intersection",
    (z) => z.object({ a: z.string() }).and(z.object({ b: z.string() })),
    [{ a: "x", b: "y", c: 1 }, { a: 1 }],
  ],
  ["template literal", (z) => z.templateLiteral(["a-", z.number()]), ["a-0.5", "a-1e5", "a-1.50"]],
  ["credit card", (z) => z.creditCard(), ["4111 1111 1111 1111", "4111 1111 1111 1112"]],
  ["iban", (z) => z.iban(), ["DE89370400440532013000", "DE88370400440532013000"]],
];

function dates(...ends: readonly string[]): readonly string[] {
  return ["2020-01-01T00:00", "2021-02-29T00:00:00", "2020-02-29T23:59:59.123"].flatMap((date) =>
    ends.map((end) => date + end),
  );
}

/** What zod says to each probe: the value that it makes, or the issues' codes and paths. */
export function probeVerdicts(zod: Zod): readonly string[] {
  return probes.flatMap(([name, make, inputs]) => {
    const schema = make(zod);
    return inputs.map((input, index) => {
      const result = schema.safeParse(input);
      const verdict = result.success
        ? { value: result.data }
        : { issues: result.error.issues.map((issue) => [issue.code, issue.path]) };
      return `${name} ${index}: ${JSON.stringify(verdict)}`;
    });
  });
}

/** 12 hex digits over all verdicts: equal where two installations of zod agree. */
export function probeDigest(zod: Zod): string {
  return createHash("sha256").update(probeVerdicts(zod).join("\n")).digest("hex").slice(0, 12);
}
