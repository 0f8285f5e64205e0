import { expect, test } from "vitest";
import { z } from "zod";
import { wireNodeOf } from "../../codegen/load/index.js";
import { fingerprint } from "../../codegen/model/fingerprint.js";
import { wire } from "../../runtime/contract/index.js";

function print(schema: z.ZodType): string {
  const { node, types } = wireNodeOf(schema);
  if (node === null) throw new Error("the schema is refused");
  return fingerprint(new Map(types.map((type) => [type.name, type])), node);
}

const Tree = z.object({
  get kids() {
    return z.array(Tree);
  },
});

/** Changing one of these breaks everything that is deployed: only on purpose. */
test("golden", () => {
  const union = z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal("b") })]);
  const object = z.object({ a: z.string().min(1), b: z.int().optional(), c: z.email().default("a@b.co") });
  expect([z.string(), object, union, Tree].map(print)).toMatchInlineSnapshot(`
    [
      "dba0c8d237e7",
      "20a0cc70f888",
      "aa7360bd5e68",
      "d32946cf6ed0",
    ]
  `);
});

const base = z.object({ a: z.string(), level: z.enum(["x", "y"]) });

test.each<[string, z.ZodType]>([
  ["a description", base.describe("text")],
  ["a name", base.meta({ id: "Named" })],
  ["a named part", z.object({ a: z.string(), level: z.enum(["x", "y"]).meta({ id: "Level" }) })],
  ["the order of fields", z.object({ level: z.enum(["x", "y"]), a: z.string() })],
  ["the order of an enum", z.object({ a: z.string(), level: z.enum(["y", "x"]) })],
  ["a literal for an enum", z.object({ a: z.string(), level: z.literal(["x", "y"]) })],
  ["readonly", base.readonly()],
])("%s does not count", (_name, schema) => {
  expect(print(schema)).toBe(print(base));
});

test("a meaning does not count", () => {
  expect(print(wire.date())).toBe(print(z.iso.date()));
});

test.each<[string, z.ZodType]>([
  ["a field", base.extend({ b: z.string() })],
  ["a field's name", z.object({ b: z.string(), level: z.enum(["x", "y"]) })],
  ["a check", z.object({ a: z.string().min(1), level: z.enum(["x", "y"]) })],
  ["optional", z.object({ a: z.string().optional(), level: z.enum(["x", "y"]) })],
  ["a default", z.object({ a: z.string().default("x"), level: z.enum(["x", "y"]) })],
  ["nullable", z.object({ a: z.string().nullable(), level: z.enum(["x", "y"]) })],
  ["an enum's value", z.object({ a: z.string(), level: z.enum(["x", "z"]) })],
  ["strict", z.strictObject(base.shape)],
  ["trim", z.object({ a: z.string().trim(), level: z.enum(["x", "y"]) })],
])("%s counts", (_name, schema) => {
  expect(print(schema)).not.toBe(print(base));
});

test("the order of a union's options counts: the first that accepts wins", () => {
  expect(print(z.union([z.string(), z.number()]))).not.toBe(print(z.union([z.number(), z.string()])));
});

test("recursion: what refers to itself alike is alike, whatever it is called", () => {
  const tree = (id: string) => {
    const Tree = z
      .object({
        get kids() {
          return z.array(Tree);
        },
      })
      .meta({ id });
    return Tree;
  };
  const other = () => {
    const Tree = z.object({
      get kids() {
        return z.array(Tree).optional();
      },
    });
    return Tree;
  };
  expect(print(tree("A"))).toBe(print(tree("B")));
  expect(print(tree("A"))).not.toBe(print(other()));
});

test("shared parts cost no more than once", () => {
  let schema: z.ZodType = z.strictObject({ a: z.string() });
  for (let level = 0; level < 40; level += 1) schema = z.strictObject({ left: schema, right: schema });
  expect(print(schema)).toMatch(/^[0-9a-f]{12}$/);
});
