import { describe, expect, test } from "vitest";
import { z } from "zod";
import { wireNodeOf } from "../../codegen/load/index.js";
import type { StringCheck, WireNode } from "../../codegen/model/nodes.js";

const text: WireNode = { kind: "string", trim: false, checks: [] };
const number: WireNode = { kind: "number", integer: false, checks: [] };
const checked = (...checks: readonly StringCheck[]): WireNode => ({ kind: "string", trim: false, checks });
const pattern = (format: string, regex: RegExp, abort = false): StringCheck => ({
  kind: "pattern",
  format,
  pattern: { source: regex.source, flags: regex.flags },
  abort,
});
const property = (name: string, node: WireNode, absent: object = { kind: "missing" }) => ({
  name,
  node,
  absent,
  documentation: {},
});
const object = (properties: readonly object[], unknownKeys: object = { kind: "strip" }) => ({
  kind: "object",
  properties,
  unknownKeys,
});

/** A format whose verdict is zod's own pattern. */
const format = (schema: z.ZodType & { _zod: { pattern?: RegExp } }, name: string): Row => {
  const own = schema._zod.pattern;
  if (own === undefined) throw new Error(`z.${name} has no pattern`);
  return [name, schema, { ...checked(pattern(name, own)), format: name }];
};

type Row = readonly [name: string, schema: z.ZodType, node: unknown];

/** The compiler's target has no flag `v` yet, so no literal. */
const difference = new RegExp(["[a--b]"].join(""), "v");

const strings: readonly Row[] = [
  ["string", z.string(), text],
  ["min", z.string().min(1), checked({ kind: "minLength", value: 1 })],
  ["max", z.string().max(3), checked({ kind: "maxLength", value: 3 })],
  ["length", z.string().length(2), checked({ kind: "exactLength", value: 2 })],
  ["nonempty", z.string().nonempty(), checked({ kind: "minLength", value: 1 })],
  [
    "checks in their order",
    z.string().max(3).min(1),
    checked({ kind: "maxLength", value: 3 }, { kind: "minLength", value: 1 }),
  ],
  ["regex", z.string().regex(/^a+$/i), checked(pattern("regex", /^a+$/i))],
  ["regex, abort", z.string().regex(/a/, { abort: true }), checked(pattern("regex", /a/, true))],
  ["regex, all flags", z.string().regex(/a/dgimsuy), checked(pattern("regex", /a/dgimsuy))],
  ["regex, v", z.string().regex(difference), checked(pattern("regex", difference))],
  ["startsWith", z.string().startsWith("a"), checked({ kind: "startsWith", value: "a" })],
  ["endsWith", z.string().endsWith("b"), checked({ kind: "endsWith", value: "b" })],
  ["includes", z.string().includes("x"), checked({ kind: "includes", value: "x" })],
  ["lowercase", z.string().lowercase(), checked(pattern("lowercase", /^[^A-Z]*$/))],
  ["uppercase", z.string().uppercase(), checked(pattern("uppercase", /^[^a-z]*$/))],
  [
    "trim first",
    z.string().trim().min(2),
    { kind: "string", trim: true, checks: [{ kind: "minLength", value: 2 }] },
  ],
  ["trim twice", z.string().trim().trim(), { kind: "string", trim: true, checks: [] }],
  format(z.email(), "email"),
  [
    "email with a pattern",
    z.email({ pattern: /^.+@.+$/ }),
    { ...checked(pattern("email", /^.+@.+$/)), format: "email" },
  ],
  ["email as a check", z.string().email(), checked(pattern("email", z.regexes.email))],
  format(z.uuid(), "uuid"),
  format(z.uuidv4(), "uuid"),
  format(z.uuidv7(), "uuid"),
  format(z.guid(), "guid"),
  format(z.iso.datetime(), "datetime"),
  format(z.iso.datetime({ offset: true, local: true, precision: 3 }), "datetime"),
  format(z.iso.date(), "date"),
  format(z.iso.time({ precision: 0 }), "time"),
  format(z.iso.duration(), "duration"),
  format(z.ipv4(), "ipv4"),
  format(z.cidrv4(), "cidrv4"),
  format(z.mac(), "mac"),
  format(z.nanoid(), "nanoid"),
  format(z.cuid(), "cuid"),
  format(z.cuid2(), "cuid2"),
  format(z.ulid(), "ulid"),
  format(z.xid(), "xid"),
  format(z.ksuid(), "ksuid"),
  format(z.emoji(), "emoji"),
  format(z.e164(), "e164"),
  format(z.hostname(), "hostname"),
  format(z.hex(), "hex"),
  format(z.hash("sha256"), "sha256_hex"),
  format(z.currencyCode(), "currency_code"),
  ["stringFormat", z.stringFormat("x", /^a$/), { ...checked(pattern("x", /^a$/)), format: "x" }],
  [
    "templateLiteral",
    z.templateLiteral(["a-", z.enum(["x", "y"])]),
    { ...checked(pattern("template_literal", /^a-(x|y)$/, true)), format: "template_literal" },
  ],
  [
    "creditCard",
    z.creditCard(),
    {
      ...checked({
        ...pattern("credit_card", z.regexes.creditCard),
        kind: "checksum",
        algorithm: "luhn",
      } as StringCheck),
      format: "credit_card",
    },
  ],
  [
    "iban",
    z.iban(),
    {
      ...checked({ ...pattern("iban", z.regexes.iban), kind: "checksum", algorithm: "mod97" } as StringCheck),
      format: "iban",
    },
  ],
];

const integer = (...checks: readonly object[]) => ({
  kind: "number",
  integer: true,
  checks: [{ kind: "integer", format: "safeint" }, ...checks],
});
const numberWith = (...checks: readonly object[]) => ({ kind: "number", integer: false, checks });

const scalars: readonly Row[] = [
  ["number", z.number(), number],
  ["int", z.int(), integer()],
  ["number().int()", z.number().int(), integer()],
  ["safe", z.number().safe(), integer()],
  ["finite", z.number().finite(), number],
  ["int32", z.int32(), { kind: "number", integer: true, checks: [{ kind: "integer", format: "int32" }] }],
  ["uint32", z.uint32(), { kind: "number", integer: true, checks: [{ kind: "integer", format: "uint32" }] }],
  ["float32", z.float32(), numberWith({ kind: "float", format: "float32" })],
  ["float64", z.float64(), numberWith({ kind: "float", format: "float64" })],
  ["min", z.number().min(1), numberWith({ kind: "min", value: 1, inclusive: true })],
  ["gt", z.number().gt(1), numberWith({ kind: "min", value: 1, inclusive: false })],
  ["max", z.number().max(1), numberWith({ kind: "max", value: 1, inclusive: true })],
  ["lt", z.number().lt(1), numberWith({ kind: "max", value: 1, inclusive: false })],
  ["positive", z.number().positive(), numberWith({ kind: "min", value: 0, inclusive: false })],
  ["infinite bounds", z.number().min(-Infinity).max(Infinity), number],
  ["multipleOf", z.number().multipleOf(0.1), numberWith({ kind: "multipleOf", value: 0.1 })],
  ["multipleOf 0", z.number().multipleOf(0), numberWith({ kind: "multipleOf", value: 0 })],
  ["boolean", z.boolean(), { kind: "boolean" }],
  ["null", z.null(), { kind: "null" }],
  ["never", z.never(), { kind: "never" }],
  ["literal", z.literal("a"), { kind: "literal", source: "literal", values: ["a"] }],
  [
    "literals",
    z.literal(["a", 1, true, null]),
    { kind: "literal", source: "literal", values: ["a", 1, true, null] },
  ],
  ["enum", z.enum(["a", "b"]), { kind: "literal", source: "enum", values: ["a", "b"] }],
  ["native enum", z.enum({ A: "a", B: 1 }), { kind: "literal", source: "enum", values: ["a", 1] }],
  ["any", z.any(), { kind: "json", source: "any" }],
  ["unknown", z.unknown(), { kind: "json", source: "unknown" }],
  ["json", z.json(), { kind: "json", source: "json" }],
  ["readonly", z.string().readonly(), text],
  ["brand", z.string().brand("x"), text],
  ["lazy", z.lazy(() => z.string()), text],
  ["nullable", z.string().nullable(), { kind: "nullable", node: text }],
  ["nonoptional", z.string().optional().nonoptional(), text],
  ["describe", z.string().describe("x"), text],
  ["meta", z.string().meta({ title: "x" }), text],
  [
    "pipe",
    z.string().pipe(z.literal("a")),
    { kind: "pipe", from: text, into: { kind: "literal", source: "literal", values: ["a"] } },
  ],
  [
    "pipes",
    z
      .string()
      .pipe(z.string().max(3))
      .pipe(z.enum(["a"])),
    {
      kind: "pipe",
      from: { kind: "pipe", from: text, into: checked({ kind: "maxLength", value: 3 }) },
      into: { kind: "literal", source: "enum", values: ["a"] },
    },
  ],
];

const composites: readonly Row[] = [
  ["object", z.object({ a: z.string() }), object([property("a", text)])],
  ["strict", z.strictObject({ a: z.string() }), object([property("a", text)], { kind: "strict" })],
  ["loose", z.looseObject({ a: z.string() }), object([property("a", text)], { kind: "loose" })],
  ["catchall", z.object({}).catchall(z.number()), object([], { kind: "catchall", node: number })],
  [
    "extend",
    z.object({ a: z.string() }).extend({ b: z.number() }),
    object([property("a", text), property("b", number)]),
  ],
  ["pick", z.object({ a: z.string(), b: z.string() }).pick({ a: true }), object([property("a", text)])],
  ["partial", z.object({ a: z.string() }).partial(), object([property("a", text, { kind: "omitted" })])],
  ["required", z.object({ a: z.string().optional() }).required(), object([property("a", text)])],
  ["optional", z.object({ a: z.string().optional() }), object([property("a", text, { kind: "omitted" })])],
  [
    "exactOptional",
    z.object({ a: z.string().exactOptional() }),
    object([property("a", text, { kind: "omitted" })]),
  ],
  [
    "nullish",
    z.object({ a: z.string().nullish() }),
    object([property("a", { kind: "nullable", node: text }, { kind: "omitted" })]),
  ],
  [
    "default",
    z.object({ a: z.string().default("x") }),
    object([property("a", text, { kind: "value", value: "x" })]),
  ],
  [
    "default function",
    z.object({ a: z.array(z.string()).default(() => []) }),
    object([property("a", { kind: "array", element: text, checks: [] }, { kind: "value", value: [] })]),
  ],
  [
    "default, nonoptional",
    z.object({ a: z.string().default("x").nonoptional() }),
    object([property("a", text)]),
  ],
  [
    "default, optional",
    z.object({ a: z.string().default("x").optional() }),
    object([property("a", text, { kind: "value", value: "x" })]),
  ],
  [
    "default in an option",
    z.object({ a: z.union([z.string().default("x"), z.number()]) }),
    object([property("a", { kind: "union", options: [text, number] }, { kind: "value", value: "x" })]),
  ],
  [
    "optional in an option",
    z.object({ a: z.union([z.string().optional(), z.number()]) }),
    object([property("a", { kind: "union", options: [text, number] }, { kind: "omitted" })]),
  ],
  [
    "prefault",
    z.object({ a: z.string().trim().prefault(" x ") }),
    object([property("a", { kind: "string", trim: true, checks: [] }, { kind: "value", value: "x" })]),
  ],
  ["absent any", z.object({ a: z.any() }), object([property("a", { kind: "json", source: "any" })])],
  [
    "hostile keys",
    z.object({ "a b\n\"'#{x}`*/": z.string(), "": z.string() }),
    object([property("a b\n\"'#{x}`*/", text), property("", text)]),
  ],
  ["array", z.array(z.string()), { kind: "array", element: text, checks: [] }],
  [
    "array min max",
    z.array(z.string()).min(1).max(3),
    {
      kind: "array",
      element: text,
      checks: [
        { kind: "minLength", value: 1 },
        { kind: "maxLength", value: 3 },
      ],
    },
  ],
  [
    "array length",
    z.array(z.string()).length(2),
    { kind: "array", element: text, checks: [{ kind: "exactLength", value: 2 }] },
  ],
  [
    "array nonempty",
    z.array(z.string()).nonempty(),
    { kind: "array", element: text, checks: [{ kind: "minLength", value: 1 }] },
  ],
  [
    "array of exactOptional",
    z.array(z.string().exactOptional()),
    { kind: "array", element: text, checks: [] },
  ],
  ["array of any", z.array(z.any()), { kind: "array", element: { kind: "json", source: "any" }, checks: [] }],
  ["tuple", z.tuple([z.string(), z.number()]), { kind: "tuple", items: [text, number], required: 2 }],
  [
    "tuple, optional tail",
    z.tuple([z.string(), z.number().optional()]),
    { kind: "tuple", items: [text, number], required: 1 },
  ],
  [
    "tuple, exactOptional tail",
    z.tuple([z.string(), z.number().exactOptional()]),
    { kind: "tuple", items: [text, number], required: 1 },
  ],
  [
    "tuple, rest",
    z.tuple([z.string()], z.number()),
    { kind: "tuple", items: [text], required: 1, rest: number },
  ],
  [
    "tuple, tail and rest",
    z.tuple([z.string(), z.number().optional()], z.null()),
    { kind: "tuple", items: [text, number], required: 1, rest: { kind: "null" } },
  ],
  [
    "tuple of any",
    z.tuple([z.any()]),
    { kind: "tuple", items: [{ kind: "json", source: "any" }], required: 1 },
  ],
  [
    "record",
    z.record(z.string().min(1), z.number()),
    {
      kind: "record",
      keys: { kind: "string", node: checked({ kind: "minLength", value: 1 }) },
      value: number,
    },
  ],
  [
    "record of a template",
    z.record(z.templateLiteral(["x-", z.string()]), z.number()),
    {
      kind: "record",
      keys: {
        kind: "string",
        node: { ...checked(pattern("template_literal", /^x-[\s\S]{0,}$/, true)), format: "template_literal" },
      },
      value: number,
    },
  ],
  [
    "record of an enum",
    z.record(z.enum(["a", "b"]), z.number()),
    { kind: "record", keys: { kind: "names", names: ["a", "b"], exhaustive: true }, value: number },
  ],
  [
    "record of literals",
    z.record(z.literal(["a", "b"]), z.number()),
    { kind: "record", keys: { kind: "names", names: ["a", "b"], exhaustive: true }, value: number },
  ],
  [
    "partialRecord",
    z.partialRecord(z.enum(["a", "b"]), z.number()),
    { kind: "record", keys: { kind: "names", names: ["a", "b"], exhaustive: false }, value: number },
  ],
  ["union", z.union([z.string(), z.number()]), { kind: "union", options: [text, number] }],
  ["union of one", z.union([z.string()]), text],
  [
    "union, overlapping but not rewriting",
    z.union([z.literal("a"), z.string()]),
    { kind: "union", options: [{ kind: "literal", source: "literal", values: ["a"] }, text] },
  ],
  [
    "union, rewriting but not overlapping",
    z.union([z.string().trim(), z.number()]),
    { kind: "union", options: [{ kind: "string", trim: true, checks: [] }, number] },
  ],
];

const root = (schema: z.ZodType) => {
  const { node, types, diagnostics } = wireNodeOf(schema);
  expect(diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
  return node?.kind === "reference" ? types.find((type) => type.name === node.name)?.node : node;
};

describe.each([
  ["strings", strings],
  ["scalars", scalars],
  ["composites", composites],
])("accepted %s", (_group, rows) => {
  test.each(rows)("%s", (_name, schema, node) => {
    expect(root(schema)).toEqual(node);
  });
});

describe("unions of objects", () => {
  const a = z.object({ t: z.literal("a"), x: z.string() });
  const b = z.object({ t: z.literal(["b", 1, null]) });

  test("a discriminated union knows the values of each option", () => {
    const { node, types } = wireNodeOf(z.discriminatedUnion("t", [a, b]));
    expect(node).toEqual({ kind: "reference", name: "Value" });
    expect(types.map((type) => type.name)).toEqual(["Value", "ValueA", "ValueB1Null"]);
    expect(types[0]?.node).toEqual({
      kind: "discriminatedUnion",
      discriminator: "t",
      options: [
        { values: ["a"], node: { kind: "reference", name: "ValueA" } },
        { values: ["b", 1, null], node: { kind: "reference", name: "ValueB1Null" } },
      ],
    });
  });

  test("a nested one gives its option all of its values", () => {
    const inner = z.discriminatedUnion("t", [a, z.object({ t: z.literal("c") })]);
    const { node, types } = wireNodeOf(z.discriminatedUnion("t", [inner, b]).meta({ id: "Outer" }));
    expect(node).toEqual({ kind: "reference", name: "Outer" });
    const outer = types.find((type) => type.name === "Outer")?.node;
    expect(outer?.kind === "discriminatedUnion" && outer.options.map((option) => option.values)).toEqual([
      ["a", "c"],
      ["b", 1, null],
    ]);
  });

  test("strict objects may stand in a plain union", () => {
    const { node, types } = wireNodeOf(
      z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
    );
    expect(node).toEqual({ kind: "reference", name: "Value" });
    expect(types.map((type) => type.node.kind)).toEqual(["union", "object", "object"]);
  });

  test("two plain objects with different keys intersect", () => {
    const node = root(z.object({ a: z.string() }).and(z.object({ b: z.number() })));
    expect(node?.kind).toBe("intersection");
  });
});

describe("recursion", () => {
  test("through a getter", () => {
    const Category = z.object({
      name: z.string(),
      get children() {
        return z.array(Category);
      },
    });
    const { node, types, diagnostics } = wireNodeOf(Category);
    expect(diagnostics).toEqual([]);
    expect(node).toEqual({ kind: "reference", name: "Value" });
    expect(types).toHaveLength(1);
    expect(JSON.stringify(types[0]?.node)).toContain('{"kind":"reference","name":"Value"}');
  });

  test("between two schemas", () => {
    const Person = z.object({
      name: z.string(),
      get pets() {
        return z.array(Pet).optional();
      },
    });
    const Pet = z.object({
      get owner(): z.ZodNullable<typeof Person> {
        return Person.nullable();
      },
    });
    expect(wireNodeOf(Person).types.map((type) => type.name)).toEqual(["Value", "ValuePetsItem"]);
  });

  test("through z.lazy, of something that is no object", () => {
    type Tree = string | Tree[];
    const Tree: z.ZodType<Tree> = z.lazy(() => z.union([z.string(), z.array(Tree)]));
    const { node, types } = wireNodeOf(Tree);
    expect(node).toEqual({ kind: "reference", name: "Value" });
    expect(types.map((type) => type.node)).toEqual([
      {
        kind: "union",
        options: [text, { kind: "array", element: { kind: "reference", name: "Value" }, checks: [] }],
      },
    ]);
  });
});
