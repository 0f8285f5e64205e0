import { describe, expect, test } from "vitest";
import { z } from "zod";
import { wireNodeOf } from "../../codegen/load/index.js";
import { cycles } from "../../codegen/model/cycles.js";
import { lowerCamelCase, snakeCase, upperCamelCase } from "../../codegen/model/names.js";
import { probeDigest, probeVerdicts } from "../../runtime/contract/probes.js";
import { imports, load, places } from "./support/project.js";

const withTypes = async (files: Readonly<Record<string, string>>) => {
  const { contract, diagnostics } = await load(files);
  return { names: contract?.types.map((type) => type.name), found: places(diagnostics) };
};
const channelOf = (name: string, events: string) =>
  `export const ${name} = channel("${name}", { access: "public", delivery: "ephemeral", events: { ${events} } });\n`;

describe("names of types", () => {
  test("an id, else the exported const, else the path", async () => {
    const file = `${imports}export const message = z.object({ kind: z.enum(["a"]).meta({ id: "message_kind" }), nested: z.object({}) });
${channelOf("room", "posted: message, left: z.object({ by: z.object({}), all: z.array(z.object({})) })")}`;
    expect(await withTypes({ "a.ts": file })).toEqual({
      names: ["Message", "MessageKind", "RoomLeft", "RoomLeftAllItem", "RoomLeftBy", "RoomPostedNested"],
      found: [],
    });
  });

  test("a clone by .describe() is the same type", async () => {
    const file = `${imports}export const Message = z.object({});\n${channelOf("room", 'a: Message.describe("one"), b: Message')}`;
    expect((await withTypes({ "a.ts": file })).names).toEqual(["Message"]);
  });

  test("one name in two files takes the file's name before it", async () => {
    const file = (name: string) =>
      `${imports}export const Message = z.object({ ${name}: z.string() });\n${channelOf(name, "e: Message")}`;
    expect((await withTypes({ "one.ts": file("a"), "two.ts": file("b") })).names).toEqual([
      "OneMessage",
      "TwoMessage",
    ]);
  });

  test("one id for two schemas is an error", async () => {
    const file = `${imports}${channelOf("room", 'a: z.object({}).meta({ id: "X" }), b: z.object({ c: z.any() }).meta({ id: "X" })')}`;
    expect((await withTypes({ "a.ts": file })).found).toEqual(["SB1303 schema/a.ts:3:153"]);
  });

  test("paths that meet are numbered", async () => {
    const file = `${imports}${channelOf("room", "ab: z.object({}), a: z.object({ b: z.strictObject({}) })")}`;
    expect((await withTypes({ "a.ts": file })).names).toEqual(["RoomA", "RoomAb", "RoomAB"].sort());
  });
});

test.each([
  ["messagePosted", "message_posted", "MessagePosted", "messagePosted"],
  ["userID", "user_id", "UserID", "userID"],
  ["HTTPServer", "http_server", "HTTPServer", "hTTPServer"],
  ["room.thread", "room_thread", "RoomThread", "roomThread"],
  ["user_id", "user_id", "UserId", "userId"],
  ["a1B", "a1_b", "A1B", "a1B"],
])("%s in other languages", (name, snake, upper, lower) => {
  expect([snakeCase(name), upperCamelCase(name), lowerCamelCase(name)]).toEqual([snake, upper, lower]);
});

const Tree = z.object({
  get kids() {
    return z.array(Tree);
  },
});

/** The note says what z.compile itself would say. */
test.each<[string, z.ZodType]>([
  ["recursion", Tree],
  ["recursion inside", z.object({ tree: z.array(Tree) })],
  ["json", z.json()],
  ["any", z.any()],
  ["an object", z.strictObject({ a: z.string().trim().optional(), b: z.int().default(1) })],
  [
    "a discriminated union",
    z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal(1) })]),
  ],
  ["a union", z.union([z.string(), z.array(z.number()).max(3)])],
  ["a tuple", z.tuple([z.string(), z.number().optional()], z.null())],
  ["records", z.object({ a: z.record(z.string(), z.any()), b: z.partialRecord(z.enum(["x"]), z.any()) })],
  [
    "formats",
    z.tuple([z.email(), z.ipv6(), z.iso.datetime(), z.base64(), z.creditCard(), z.emoji(), z.float32()]),
  ],
  ["an intersection", z.object({ a: z.any() }).and(z.object({ b: z.any() }))],
  [
    "a template literal, a pipe, a catchall",
    z.object({ a: z.templateLiteral(["a", z.int()]), b: z.string().pipe(z.enum(["x"])) }).catchall(z.null()),
  ],
])("whether zod can compile %s", (_name, schema) => {
  const { node, types } = wireNodeOf(schema);
  if (node === null) throw new Error("the schema is refused");
  const interpreted = cycles(new Map(types.map((type) => [type.name, type])))(node);
  const compile = () => z.compile(schema, { strict: true });
  if (interpreted) expect(compile).toThrow();
  else expect(compile).not.toThrow();
});

test("a message that zod interprets is noted", async () => {
  const file = `${imports}export const T = z.object({ get kids() { return z.array(T); } });\n${channelOf("room", "e: T, f: z.object({})")}`;
  const { contract, diagnostics } = await load({ "a.ts": file });
  expect(contract).not.toBeNull();
  expect(diagnostics.map((one) => [one.code, one.severity, one.path])).toEqual([
    ["SB1501", "note", "room.e"],
  ]);
});

test("a factory that makes a new schema each time has no end", async () => {
  const file = `${imports}const make = (): z.ZodType => z.object({ get next() { return make().optional(); } });\n${channelOf("room", "e: make()")}`;
  expect((await withTypes({ "a.ts": file })).found).toEqual(["SB1219 schema/a.ts:3:69"]);
});

describe("a type whose every value needs another of itself has no end", () => {
  test.each([
    ["a field", "z.object({ get next() { return T; } })"],
    ["a list that is not empty", "z.object({ get next() { return z.array(T).min(1); } })"],
    ["a list of one length", "z.object({ get next() { return z.array(T).length(2); } })"],
    ["an item of a tuple", "z.object({ get next() { return z.tuple([z.int(), T]); } })"],
    ["a record of given keys", 'z.object({ get next() { return z.record(z.enum(["a"]), T); } })'],
    ["each option", "z.object({ get next() { return z.union([T, z.tuple([T])]); } })"],
  ])("%s", async (_what, schema) => {
    const file = `${imports}export const T: z.ZodObject = ${schema};\n${channelOf("room", "e: T, f: z.object({ t: T })")}`;
    const { contract, diagnostics } = await load({ "a.ts": file });
    expect(contract).toBeNull();
    expect(places(diagnostics)).toEqual(["SB1219 schema/a.ts:3:33"]);
    expect(diagnostics[0]?.message).toBe("no value of T ever ends: each needs another inside (T → T)");
  });

  test("two that need each other are told once", async () => {
    const file = `${imports}export const A = z.object({ get b() { return B; } });\nexport const B = z.object({ get a(): z.ZodType { return A; } });\n${channelOf("room", "e: A, f: B")}`;
    const { diagnostics } = await load({ "a.ts": file });
    expect(diagnostics.map((one) => one.message)).toEqual([
      expect.stringMatching(/\((A → B → A|B → A → B)\)$/),
    ]);
  });

  test.each([
    ["optional", "T.optional()"],
    ["nullable", "T.nullable()"],
    ["a list", "z.array(T)"],
    ["the rest of a tuple", "z.tuple([z.int()], T)"],
    ["a record", "z.record(z.string(), T)"],
    ["a record of keys that may be missing", 'z.partialRecord(z.enum(["a"]), T)'],
    ["an option beside another", "z.union([z.string(), T])"],
  ])("but not where it can stop: %s", async (_what, inner) => {
    const file = `${imports}export const T: z.ZodObject = z.strictObject({ get next() { return ${inner}; } });\n${channelOf("room", "e: T")}`;
    const { diagnostics } = await load({ "a.ts": file });
    expect(diagnostics.map((one) => one.code)).toEqual(["SB1501"]);
  });
});

/** zod's verdicts: where this changes, so does what Ruby has to say. */
test("the digest of zod's verdicts is the one that Ruby's rules were made for", () => {
  expect(probeDigest(z)).toMatchInlineSnapshot(`"36ba8859494f"`);
  expect(new Set(probeVerdicts(z)).size).toBe(probeVerdicts(z).length);
});
