import { beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../codegen/diagnostics/diagnostic.js";
import { imports, load } from "./support/project.js";

/**
 * Everything that zod can say and the wire cannot: the schema, the code, and the text in the schema at which the
 * position points. Each stands on a line of its own in one file, so that one load gives all findings at once.
 */
const rows: readonly (readonly [schema: string, code: string, at: string])[] = [
  // JavaScript code, or tables of Unicode that Ruby does not have
  ["z.coerce.string()", "SB1218", "string("],
  ["z.coerce.number()", "SB1218", "number("],
  ["z.coerce.boolean()", "SB1218", "boolean("],
  ["z.coerce.date()", "SB1201", "date("],
  ["z.coerce.bigint()", "SB1201", "bigint("],
  ["z.string().transform((text) => text.length)", "SB1202", "transform("],
  ["z.transform((text) => text)", "SB1202", "transform("],
  ["z.preprocess((value) => value, z.string())", "SB1202", "preprocess("],
  ["z.codec(z.string(), z.number(), { decode: Number, encode: String })", "SB1202", "codec("],
  ["z.stringbool()", "SB1202", "stringbool("],
  ["z.string().overwrite((text) => text)", "SB1202", "overwrite("],
  ["z.string().toLowerCase()", "SB1202", "toLowerCase("],
  ["z.string().toUpperCase()", "SB1202", "toUpperCase("],
  ["z.string().normalize()", "SB1202", "normalize("],
  ["z.string().slugify()", "SB1202", "slugify("],
  ["z.string().refine((text) => text !== '')", "SB1202", "refine("],
  ["z.string().superRefine(() => {})", "SB1202", "superRefine("],
  ["z.string().check(() => {})", "SB1202", "check("],
  ["z.string().check(z.property('length', z.number()))", "SB1202", "property("],
  ["z.object({ a: z.string() }).refine(() => true)", "SB1202", "refine("],
  ["z.array(z.string()).refine(() => true)", "SB1202", "refine("],
  ["z.number().refine(() => true)", "SB1202", "refine("],
  ["z.union([z.string(), z.number()]).refine(() => true)", "SB1202", "refine("],
  ["z.enum(['a', 'b']).refine(() => true)", "SB1202", "refine("],
  ["z.boolean().check(() => {})", "SB1202", "check("],
  ["z.custom(() => true)", "SB1202", "custom("],
  ["z.instanceof(Date)", "SB1202", "instanceof("],
  ["z.stringFormat('even', (text) => text.length % 2 === 0)", "SB1202", "stringFormat("],
  ["z.stringFormat('even', (text) => text.length % 2 === 0, { pattern: /a/ })", "SB1202", "stringFormat("],
  // What would hide invalid data
  ["z.string().catch('x')", "SB1204", "catch("],
  ["z.success(z.string())", "SB1204", "success("],
  // Decided by the JavaScript runtime
  ["z.url()", "SB1203", "url("],
  ["z.httpUrl()", "SB1203", "httpUrl("],
  ["z.jwt()", "SB1203", "jwt("],
  ["z.string().url()", "SB1203", "url("],
  // No JSON form
  ["z.bigint()", "SB1201", "bigint("],
  ["z.int64()", "SB1201", "int64("],
  ["z.uint64()", "SB1201", "uint64("],
  ["z.date()", "SB1201", "date("],
  ["z.date().describe('when')", "SB1201", "date("],
  ["z.map(z.string(), z.number())", "SB1201", "map("],
  ["z.set(z.string())", "SB1201", "set("],
  ["z.file()", "SB1201", "file("],
  ["z.symbol()", "SB1201", "symbol("],
  ["z.undefined()", "SB1201", "undefined("],
  ["z.void()", "SB1201", "void("],
  ["z.nan()", "SB1201", "nan("],
  ["z.promise(z.string())", "SB1201", "promise("],
  ["z.function()", "SB1201", "function("],
  ["z.literal(undefined)", "SB1216", "literal("],
  ["z.literal(1n)", "SB1216", "literal("],
  ["z.literal(NaN)", "SB1216", "literal("],
  ["z.literal(Infinity)", "SB1216", "literal("],
  ["z.literal([])", "SB1216", "literal("],
  ["z.literal('\\ud800')", "SB1304", "literal("],
  ["z.enum([])", "SB1216", "enum("],
  // Keys that every object has
  ["z.object({ constructor: z.string() })", "SB1301", "string("],
  ["z.object({ toString: z.string().optional() })", "SB1301", "optional("],
  ["z.object({ valueOf: z.any() })", "SB1301", "any("],
  ["z.object({ hasOwnProperty: z.any() })", "SB1301", "any("],
  ["z.object({ ['__proto__']: z.string() })", "SB1301", "string("],
  ["z.object({ __proto__: z.string() })", "SB1301", "object("],
  ["z.object({ [Symbol('s')]: z.string() })", "SB1301", "object("],
  ["z.object({ '\\ud800': z.string() })", "SB1304", "string("],
  ["z.object({ userId: z.string(), user_id: z.string() })", "SB1302", "object("],
  ["z.record(z.enum(['constructor']), z.string())", "SB1301", "enum("],
  ["z.discriminatedUnion('valueOf', [z.object({ valueOf: z.literal('a') })])", "SB1301", "literal("],
  // Cut after it was checked
  ["z.string().min(2).trim()", "SB1205", "trim("],
  ["z.email().trim()", "SB1205", "trim("],
  ["z.stringFormat('x', /^ \\S/).trim()", "SB1205", "trim("],
  ["z.string().regex(/a/).trim()", "SB1205", "trim("],
  ["z.string().min(2).pipe(z.string().trim())", "SB1205", "string().trim"],
  // Unions that rewrite
  ["z.xor([z.string(), z.number()])", "SB1207", "xor("],
  ["z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])", "SB1206", "union("],
  ["z.union([z.string().trim(), z.literal(' a')])", "SB1206", "union("],
  ["z.union([z.array(z.object({})), z.array(z.string())])", "SB1206", "union("],
  [
    "z.union([z.looseObject({ a: z.string().default('x') }), z.looseObject({ b: z.string() })])",
    "SB1206",
    "union(",
  ],
  ["z.string().trim().or(z.string())", "SB1206", "or("],
  // Defaults
  ["z.object({ a: z.string().default(5) })", "SB1208", "default("],
  ["z.object({ a: z.string().min(3).default('x') })", "SB1208", "default("],
  ["z.object({ a: z.string().trim().default(' x') })", "SB1208", "default("],
  ["z.object({ a: z.number().default(() => Math.random()) })", "SB1208", "default("],
  ["z.object({ a: z.any().default(NaN) })", "SB1208", "default("],
  ["z.object({ a: z.any().default(() => new Date(0)) })", "SB1208", "default("],
  ["z.object({ a: z.string().min(3).prefault('x') })", "SB1208", "prefault("],
  // Pipes and intersections
  ["z.strictObject({ a: z.any() }).pipe(z.union([z.any(), z.string()]))", "SB1209", "pipe("],
  ["z.array(z.string()).pipe(z.array(z.string()))", "SB1209", "pipe("],
  ["z.string().pipe(z.json())", "SB1209", "pipe("],
  ["z.intersection(z.strictObject({ a: z.any() }), z.object({ b: z.any() }))", "SB1210", "intersection("],
  ["z.object({ a: z.string() }).and(z.object({ a: z.string() }))", "SB1210", "and("],
  ["z.object({ a: z.string() }).and(z.looseObject({ b: z.string() }))", "SB1210", "and("],
  ["z.object({ a: z.string() }).and(z.object({ b: z.string() }).catchall(z.string()))", "SB1210", "and("],
  ["z.string().and(z.string())", "SB1210", "and("],
  // Tuples
  ["z.tuple([z.string(), z.number().default(1)])", "SB1211", "default("],
  ["z.tuple([z.string(), z.number().optional(), z.string().default('d')])", "SB1211", "default("],
  ["z.tuple([z.string().optional(), z.string()])", "SB1211", "optional("],
  ["z.tuple([z.unknown()], z.string())", "SB1211", "unknown("],
  ["z.tuple([z.any()], z.string())", "SB1211", "any("],
  // Records
  ["z.record(z.number(), z.string())", "SB1212", "record("],
  ["z.record(z.int(), z.string())", "SB1212", "record("],
  ["z.record(z.literal([1, 2]), z.string())", "SB1212", "record("],
  ["z.record(z.string().trim(), z.string())", "SB1212", "string("],
  ["z.looseRecord(z.string(), z.string())", "SB1212", "looseRecord("],
  ["z.record(z.enum(['a', 'b']), z.string().optional())", "SB1212", "record("],
  ["z.record(z.enum(['a', 'b']), z.unknown())", "SB1212", "record("],
  ["z.record(z.date(), z.string())", "SB1201", "date("],
  // Optional where nothing can be missing
  ["z.string().optional()", "SB1214", "optional("],
  ["z.string().default('x')", "SB1214", "default("],
  ["z.array(z.string().optional())", "SB1214", "optional("],
  ["z.array(z.string().nullish())", "SB1214", "nullish("],
  ["z.array(z.union([z.string().optional(), z.number()]))", "SB1214", "optional("],
  ["z.record(z.string(), z.string().optional())", "SB1214", "optional("],
  ["z.object({}).catchall(z.string().optional())", "SB1214", "optional("],
  // Discriminators
  ["z.discriminatedUnion('t', [z.object({ t: z.literal('a').optional() })])", "SB1213", "object("],
  [
    "z.discriminatedUnion('t', [z.object({ t: z.literal('a') })], { unionFallback: true })",
    "SB1213",
    "discriminatedUnion(",
  ],
  [
    "z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('a'), b: z.any() })])",
    "SB1213",
    "object({ t: z.literal('a'), b",
  ],
  // Texts and bounds
  ["z.string().includes('x', { position: 2 })", "SB1215", "includes("],
  ["z.string().startsWith('\\ud800')", "SB1304", "startsWith("],
  ["z.string().min(1, { abort: true })", "SB1215", "min("],
  ["z.number().min(1, { abort: true })", "SB1215", "min("],
  ["z.number().min(NaN)", "SB1217", "min("],
  ["z.number().min(Infinity)", "SB1217", "min("],
  ["z.number().multipleOf(NaN)", "SB1217", "multipleOf("],
  ["z.string().min(-1)", "SB1217", "min("],
  ["z.string().check(z.minSize(1))", "SB1215", "minSize("],
  ["z.boolean().check(z.minLength(1))", "SB1215", "minLength("],
  ["z.object({}).check(z.minLength(1))", "SB1215", "minLength("],
  // Regular expressions
  ["z.string().regex(/(a)\\1/)", "SB1402", "\\1"],
  ["z.string().regex(/(?<=a+)b/)", "SB1402", "(?<="],
  ["z.string().regex(/(?<=\\b)b/)", "SB1402", "(?<="],
  ["z.string().regex(/a\\Bb/)", "SB1402", "\\B"],
  ["z.string().regex(/a{100001}/)", "SB1402", "a{"],
  ["z.string().regex(/(?=[a-z])\\p{Lu}(?<!a|bc*)/u)", "SB1402", "(?<!"],
  ["z.string().regex(/[\\q{ab}]/v)", "SB1402", "[\\q"],
  ["z.stringFormat('x', /a/g)", "SB1402", "stringFormat("],
  ["z.stringFormat('x', /a/y)", "SB1402", "stringFormat("],
  // Metadata
  ["z.object({}).meta({ id: '!' })", "SB1303", "meta("],
  ["z.string().meta({ title: 5 })", "SB1305", "meta("],
  ["z.string().meta({ deprecated: 5 })", "SB1305", "meta("],
  ["z.string().meta({ examples: [1n] })", "SB1305", "meta("],
  ["z.string().describe('\\ud800')", "SB1305", "describe("],
  // Schemas without an end
  ["z.lazy(() => { throw new Error('later') })", "SB1219", "lazy("],
];

const lineOf = (index: number) => 4 + index;
let findings: readonly Diagnostic[];

beforeAll(async () => {
  const lines = rows.map(
    ([schema], index) =>
      `export const c${index} = channel("c${index}", { access: "public", delivery: "ephemeral", events: { e: ${schema} } });`,
  );
  const { contract, diagnostics } = await load({ "a.ts": `// @ts-nocheck\n${imports}${lines.join("\n")}\n` });
  expect(contract).toBeNull();
  findings = diagnostics;
});

describe("refused, with its place", () => {
  test.each(rows.map((row, index) => [...row, index] as const))("%s", (schema, code, at, index) => {
    const here = findings.filter((finding) => finding.position?.line === lineOf(index));
    const column =
      `export const c${index} = channel("c${index}", { access: "public", delivery: "ephemeral", events: { e: `
        .length;
    expect(here.map((finding) => [finding.code, finding.severity, finding.position?.column])).toEqual([
      [code, "error", column + schema.indexOf(at) + 1],
    ]);
    expect(here[0]?.message).not.toMatch(/\n/);
    expect(here[0]?.fix).not.toBe("");
  });

  test("nothing else is found", () => {
    const expected = new Set(rows.map((_row, index) => lineOf(index)));
    expect(findings.filter((finding) => !expected.has(finding.position?.line ?? 0))).toEqual([]);
  });
});
