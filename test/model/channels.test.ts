import { beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../codegen/diagnostics/diagnostic.js";
import { imports, load, places } from "./support/project.js";

const event = "events: { e: z.object({ a: z.string() }) }";
const sound = `access: "session", delivery: "ephemeral", ${event}`;

/** The arguments of `channel(…)`, and the codes that they give. Each stands on a line of its own in one file. */
const rows: readonly (readonly [call: string, ...codes: string[]])[] = [
  // Patterns and names
  [`"", { ${sound} }`, "SB1101"],
  [`"Room1", { ${sound} }`, "SB1101"],
  [`"room2*", { ${sound} }`, "SB1101"],
  [`"room3\\n", { ${sound} }`, "SB1101"],
  [`"room4:", { ${sound} }`, "SB1101"],
  [`"room5:{}", { ${sound} }`, "SB1101"],
  [`"room6:{a-b}", { ${sound} }`, "SB1101"],
  [`"{a}:room7", { params: { a: z.string() }, ${sound} }`, "SB1101"],
  [`"room8-{a}", { params: { a: z.string() }, ${sound} }`, "SB1101"],
  [`"room9:{a}:{a}", { params: { a: z.string() }, ${sound} }`, "SB1101"],
  [`5, { ${sound} }`, "SB1101"],
  [`"signalboxThings", { ${sound} }`, "SB1102"],
  [`"constructor", { ${sound} }`, "SB1102"],
  [`"to.string", { ${sound} }`, "SB1102"],
  [`"then", { ${sound} }`, "SB1102"],
  // Parameters
  [`"p1:{a}", { ${sound} }`, "SB1103"],
  [`"p2", { params: { a: z.string() }, ${sound} }`, "SB1103"],
  [`"p3:{a}", { params: { a: z.string(), b: z.string() }, ${sound} }`, "SB1103"],
  [`"p4:{a}", { params: { a: z.number() }, ${sound.replace("a:", "b:")} }`, "SB1104"],
  [`"p5:{a}", { params: { a: z.boolean() }, ${sound.replace("a:", "b:")} }`, "SB1104"],
  [`"p6:{a}", { params: { a: z.enum(["x y"]) }, ${sound.replace("a:", "b:")} }`, "SB1104"],
  [`"p7:{a}", { params: { a: z.string().trim() }, ${sound} }`, "SB1104"],
  [`"p8:{a}", { params: { a: z.string().optional() }, ${sound} }`, "SB1214"],
  [`"p9:{a}", { params: { a: z.date() }, ${sound} }`, "SB1201"],
  [`"p10:{a}", { params: { a: wire.id() }, ${sound.replace("a:", "b:")} }`, "SB1104"],
  [`"p11:{a}", { params: { a: 5 }, ${sound} }`, "SB1200"],
  [`"p12:{userId}:{user_id}", { params: { userId: z.int(), user_id: z.int() }, ${sound} }`, "SB1107"],
  [`"p13:{a}", { params: { a: z.int() }, ${sound} }`, "SB1111"],
  [`"p14:{aB}", { params: { aB: z.int() }, ${sound.replace("a:", "a_b:")} }`, "SB1111"],
  // perUser
  [`"u1:{a}", { params: { a: z.string() }, perUser: "b", ${sound} }`, "SB1108"],
  [`"u2:{a}", { params: { a: z.enum(["x"]) }, perUser: "a", ${sound.replace("a:", "b:")} }`, "SB1108"],
  [`"u3:{a}", { params: { a: z.string() }, perUser: "a", ${sound.replace("session", "public")} }`, "SB1108"],
  // Options
  [`"o1", { ${sound}, acces: 1 }`, "SB1110"],
  [`"o11", { acess: "session", delivery: "ephemeral", ${event} }`, "SB1110"],
  [`"o12", { access: "session", delivery: "ephemeral", event: { e: z.string() } }`, "SB1110"],
  [`"o2", { delivery: "ephemeral", ${event} }`, "SB1110"],
  [`"o3", { access: "all", delivery: "ephemeral", ${event} }`, "SB1110"],
  [`"o4", { access: "public", ${event} }`, "SB1110"],
  [`"o5", { ${sound}, history: { limit: 1, ttl: 1 } }`, "SB1110"],
  [`"o6", { access: "public", delivery: "durable", history: { limit: 0, ttl: 1 }, ${event} }`, "SB1110"],
  [`"o7", 5`, "SB1110"],
  [`"o8", { access: "public", delivery: "ephemeral" }`, "SB1113"],
  [`"o9", { access: "public", delivery: "ephemeral", events: 5 }`, "SB1110", "SB1113"],
  [`"o10", { ${sound}, description: 5 }`, "SB1305"],
  // Events and commands
  [`"e1", { access: "public", delivery: "ephemeral", events: { "Posted!": z.string() } }`, "SB1109"],
  [`"e2", { access: "public", delivery: "ephemeral", events: { valueOf: z.string() } }`, "SB1102"],
  [`"e3", { access: "public", delivery: "ephemeral", events: { with: z.string() } }`, "SB1102"],
  [`"e4", { access: "public", delivery: "ephemeral", events: { signalboxPing: z.string() } }`, "SB1102"],
  [
    `"e5", { access: "public", delivery: "ephemeral", events: { aB: z.string(), "a.b": z.string() } }`,
    "SB1107",
  ],
  [`"e6", { access: "public", delivery: "ephemeral", events: { e: "text" } }`, "SB1200", "SB1113"],
  [`"e7", { access: "public", delivery: "ephemeral", events: { e: z.object({ sb: z.int() }) } }`, "SB1112"],
  [
    `"e8", { access: "public", delivery: "ephemeral", events: { e: z.record(z.enum(["sb"]), z.int()) } }`,
    "SB1112",
  ],
  [`"k1", { ${sound}, commands: { c: z.string() } }`, "SB1110"],
  [`"k2", { ${sound}, commands: { c: { output: z.string() } } }`, "SB1110"],
  [`"k3", { ${sound}, commands: { c: { input: z.string(), ouput: z.string() } } }`, "SB1110"],
  [`"k4", { ${sound}, commands: { c: { input: z.string(), output: 5 } } }`, "SB1200"],
];

let findings: readonly Diagnostic[];

beforeAll(async () => {
  const lines = rows.map(([call], index) => `export const c${index} = channel(${call});`);
  const { contract, diagnostics } = await load({ "a.ts": `// @ts-nocheck\n${imports}${lines.join("\n")}\n` });
  expect(contract).toBeNull();
  findings = diagnostics;
});

describe("refused", () => {
  test.each(rows.map(([call, ...codes], index) => [call, codes, index] as const))(
    "channel(%s)",
    (_call, codes, index) => {
      const here = findings.filter((finding) => finding.position?.line === 4 + index);
      expect(here.map((finding) => finding.code).sort()).toEqual([...codes].sort());
    },
  );
});

test("what is wrong with a property is told where the property is written, else at the call", async () => {
  const { diagnostics } = await load({
    "a.ts": `// @ts-nocheck
${imports}const more = { Spread: z.string() };
export const c = channel("c", {
  access: "session", // events: { Updated: …
  acces: 1,
  delivery: "never",
  events: {
    fine: z.object({ Updated: z.string().regex(/["{]/), text: z.literal("}") }),
    Updated: z.string(),
    'Posted!': z.string(),
    text: 5,
    ...more,
  },
  commands: { go: { input: z.null(), ouput: z.null() } },
});
`,
  });
  expect(places(diagnostics)).toEqual([
    "SB1109 schema/a.ts:5:18",
    "SB1110 schema/a.ts:7:3",
    "SB1110 schema/a.ts:8:3",
    "SB1109 schema/a.ts:11:5",
    "SB1109 schema/a.ts:12:5",
    "SB1200 schema/a.ts:13:5",
    "SB1110 schema/a.ts:16:38",
  ]);
});

test("what is wrong with a parameter is told where it is written", async () => {
  const { diagnostics } = await load({
    "a.ts": `// @ts-nocheck
${imports}export const c = channel("c:{roomId}:{a}:{b}:{user_id}:{userId}", {
  params: {
    roomid: z.int(),
    a: 5,
    b: z.boolean(),
    user_id: z.int(),
    userId: z.int(),
  },
  ${sound.replace("a:", "field:")},
});
`,
  });
  expect(places(diagnostics)).toEqual([
    "SB1103 schema/a.ts:4:30", // {roomId}, for which there is no schema
    "SB1107 schema/a.ts:4:57", // {userId}
    "SB1103 schema/a.ts:6:5",
    "SB1200 schema/a.ts:7:5",
    "SB1104 schema/a.ts:8:10",
  ]);
  expect(diagnostics.map(({ message }) => message)).toContain(
    "params has roomid, which is not in the pattern; did you mean roomId?",
  );
});

test("keys that are computed or have escapes are told where they are written", async () => {
  const { diagnostics } = await load({
    "a.ts": String.raw`// @ts-nocheck
${imports}const bad = (n) => "Bad" + n;
const more = { ["Not here"]: z.string() };
export const c = channel("c:{p}", {
  access: "session",
  delivery: "ephemeral",
  ["params"]: { p: z.int(), [bad(0)]: z.int() },
  "\u0065vents": {
    fine: z.object({ [bad(1)]: z.string(), ["{"]: z.string(), Updated: z.string() }),
    [bad(1)]: z.string(),
    ["Upd" + "ated"]: z.string(),
    "P\x6fsted\u{21}": z.string(),
    \u0054yped: z.string(),
    [${"`Text`"}]: z.string(),
    // "Commented": z.string(),
    10: z.string(),
  },
  commands: { [bad("").toLowerCase()]: { input: z.null(), [bad(2)]: z.null() } },
});
export const unclear = channel("unclear", {
  access: "session",
  delivery: "ephemeral",
  events: { ...more, [bad(1)]: z.string() },
});
`,
  });
  expect(places(diagnostics)).toEqual([
    "SB1103 schema/a.ts:9:29",
    "SB1109 schema/a.ts:12:5",
    "SB1109 schema/a.ts:13:5",
    "SB1109 schema/a.ts:14:5",
    "SB1109 schema/a.ts:15:5",
    "SB1109 schema/a.ts:16:5",
    "SB1109 schema/a.ts:18:5",
    "SB1110 schema/a.ts:20:59",
    "SB1109 schema/a.ts:22:24", // which of the two it is cannot be seen
    "SB1109 schema/a.ts:22:24",
  ]);
});

test("a misspelt option is told once, with the name that was meant", async () => {
  const { diagnostics } = await load({
    "a.ts": `// @ts-nocheck\n${imports}export const c = channel("c", { ${sound.replace("access", "acess")} });\n`,
  });
  expect(diagnostics.map((finding) => finding.message)).toEqual([
    "there is no option acess; did you mean access?",
  ]);
});

const pair = async (one: string, two: string) => {
  const declare = (name: string, pattern: string) => {
    const params = [...pattern.matchAll(/\{(\w+)=([^}]+)\}/g)]
      .map(([, key, type]) => `${key}: ${type}`)
      .join();
    return `export const ${name} = channel(${JSON.stringify(pattern.replace(/=[^}]+\}/g, "}"))}, { params: { ${params} }, ${sound} });\n`;
  };
  return (await load({ "a.ts": `${imports}${declare("one", one)}${declare("two", two)}` })).diagnostics;
};

describe("two channels", () => {
  test.each([
    ["a:{x=z.int()}", "a:{y=z.int()}", "SB1106"],
    ["a:{x=z.int()}", "a", "SB1106"],
    ["a:{x=z.int()}", "a:b", undefined],
    ["a:{x=z.string()}", "a:b", "SB1105"],
    ['a:{x=z.enum(["b"])}', "a:b", "SB1105"],
    ['a:{x=z.enum(["c"])}', "a:b", undefined],
    ["a:{x=z.int()}:b", "a:b:{y=z.int()}", "SB1106"],
    ["a:{x=z.string()}:c", "a:b:{y=z.string()}", "SB1105"],
    ["a:{x=z.uuid()}", "a:b", undefined],
    ["a:{x=z.int()}:b", "a:{x=z.int()}:c", undefined],
    ["a.b", "aB", "SB1107"],
  ])("%s and %s", async (one, two, code) => {
    expect((await pair(one, two)).map((finding) => finding.code)).toEqual(code === undefined ? [] : [code]);
  });
});

test("a parameter and a field of one name and type are sound", async () => {
  const { diagnostics } = await load({
    "a.ts": `${imports}export const c = channel("c:{roomId}", { params: { roomId: z.int().min(1) }, access: "public", delivery: "ephemeral", events: { e: z.object({ roomId: z.int(), room_id2: z.string() }) } });`,
  });
  expect(places(diagnostics)).toEqual([]);
});

test("every kind of channel, in one", async () => {
  const { contract, diagnostics } = await load({
    "a.ts": `${imports}export const orders = channel("orders.created:{shop}:items:{item}", {
  params: { shop: z.enum(["eu", "us"]), item: wire.id("uuid") },
  access: "signed",
  delivery: "durable",
  history: { limit: 100, ttl: 3600 },
  presence: z.object({ name: z.string() }),
  deprecated: "Use baskets.",
  events: { created: z.string() },
  commands: { cancel: { input: z.null() } },
});`,
  });
  expect(diagnostics).toEqual([]);
  const [channel] = contract?.channels ?? [];
  expect(channel).toMatchObject({
    name: "orders.created.items",
    identifier: "ordersCreatedItems",
    segments: [
      { kind: "text", text: "orders.created:" },
      { kind: "parameter", name: "shop" },
      { kind: "text", text: ":items:" },
      { kind: "parameter", name: "item" },
    ],
    access: "signed",
    delivery: "durable",
    history: { limit: 100, ttl: 3600 },
    documentation: { deprecated: "Use baskets." },
    events: [{ name: "created", payload: { node: { kind: "string" } } }],
    commands: [{ name: "cancel", input: { node: { kind: "null" } }, output: null }],
    presence: { node: { kind: "reference", name: "OrdersCreatedItemsPresence" } },
  });
});
