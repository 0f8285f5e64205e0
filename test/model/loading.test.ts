import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig, loadContract } from "../../codegen/load/index.js";
import { typeCheckCommand } from "../../codegen/load/type-check.js";
import { imports, load, places, project, withEvent } from "./support/project.js";

const sound =
  'export const b = channel("b", { access: "public", delivery: "ephemeral", events: { e: z.object({}) } });\n';

test("every syntax error of every file is found at once", async () => {
  const { contract, diagnostics } = await load({
    "a.ts": "const a = ;\nconst é = (;\n",
    "b.ts": `${imports}${sound}`,
    "c/d.ts": "import {",
  });
  expect(contract).toBeNull();
  expect(places(diagnostics)).toEqual(["SB1001 schema/a.ts:1:11", "SB1001 schema/c/d.ts:1:9"]);
});

test("columns count characters, not bytes", async () => {
  const { diagnostics } = await load({ "a.ts": 'const a = "ééé" + ;' });
  expect(places(diagnostics)).toEqual(["SB1001 schema/a.ts:1:19"]);
});

test("an import that leads nowhere", async () => {
  const { diagnostics } = await load({ "a.ts": 'import "./gone.js";\nimport "no-such-package";\n' });
  expect(places(diagnostics)).toEqual(["SB1001 schema/a.ts:1:8", "SB1001 schema/a.ts:2:8"]);
  expect(diagnostics[1]?.fix).toBe("Install it: npm install no-such-package");
});

test("every throw, and what is wrong in the files that load, at once", async () => {
  const { contract, diagnostics } = await load({
    "a.ts": `${imports}export const x = 1;\nthrow new Error("not\\n  today");\n`,
    "b.ts": `import "./a.js";\n${imports}${sound}`,
    "c.ts": `const settings: { deep?: { er: string } } = {};\nexport const y = settings.deep!.er;\n`,
    "d.ts": withEvent("z.date()"),
  });
  expect(contract).toBeNull();
  expect(places(diagnostics)).toEqual([
    "SB1002 schema/a.ts:4:7",
    "SB1002 schema/c.ts:2:33",
    "SB1201 schema/d.ts:5:3",
  ]);
  expect(diagnostics[0]?.message).toBe("the schema throws while it is loaded: Error: not today");
  for (const { message } of diagnostics) expect(message).not.toMatch(/\n|\bat .*:\d+:\d+/);
});

test("a slip is told in the names of its file, with a fix that fits", async () => {
  const { diagnostics } = await load({
    "a.ts": withEvent("z.it()"),
    "b.ts": withEvent("z.string().maxx(z.int32())").replaceAll("z.", "z2.").replace("{ z }", "{ z as z2 }"),
    "c.ts": withEvent("late2"),
    "d.ts": `export const late = 1;\n`,
  });
  const slips = diagnostics.map(({ message }) =>
    message.replace("the schema throws while it is loaded: ", ""),
  );
  expect(slips).toEqual([
    "TypeError: z.it is not a function",
    "TypeError: z2.string(...).maxx is not a function",
    "ReferenceError: late2 is not defined",
  ]);
  const fix =
    "Correct what the message names: a misspelt name, a missing import, or a value that is not there.";
  for (const diagnostic of diagnostics) expect(diagnostic.fix).toBe(fix);
});

test.each([
  ["realtime/tsconfig.json", " (npx tsc --noEmit -p realtime shows most of them)"],
  ["tsconfig.json", " (npx tsc --noEmit shows most of them)"],
  ["realtime/schema/tsconfig.json", " (npx tsc --noEmit -p realtime/schema shows most of them)"],
  ["app/tsconfig.json", ""],
])("with %s, the fix of a slip names the command that shows it", async (config, shown) => {
  const root = project({ [config]: "{}", "realtime/schema/a.ts": withEvent("z.it()") });
  const { diagnostics } = await loadContract({ schema: "realtime/schema" }, root);
  expect(diagnostics.map(({ fix }) => fix)).toEqual([expect.stringContaining(`that is not there${shown}.`)]);
});

test("and none without a compiler, where npx would offer a package that is called tsc", () => {
  const root = mkdtempSync(join(tmpdir(), "signalbox-model-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "tsconfig.json"), "{}");
  expect(typeCheckCommand("schema/a.ts", root)).toBeNull();
  mkdirSync(join(root, "node_modules"));
  symlinkSync(
    fileURLToPath(new URL("../../node_modules/typescript", import.meta.url)),
    join(root, "node_modules/typescript"),
  );
  expect(typeCheckCommand("schema/a.ts", root)).toBe("npx tsc --noEmit");
});

test("what zod itself refuses is at the call that made it", async () => {
  const { diagnostics } = await load({
    "a.ts": withEvent('z.discriminatedUnion("t", [z.object({ x: z.string() })])'),
  });
  expect(places(diagnostics)).toEqual(["SB1002 schema/a.ts:5:3"]);
});

test.each([
  ["z.string().regex(/(?<n>a)(?<n>b)/)", "5:18"],
  ['z.string().regex(new RegExp("("))', "5:18"],
  ['z.string().regex(new RegExp("a", "aa"))', "5:18"],
])(
  "a regular expression that does not compile is an error of its place, with a fix that fits: %s",
  async (schema, place) => {
    const { diagnostics } = await load({ "a.ts": withEvent(schema) });
    expect(places(diagnostics)).toEqual([`SB1002 schema/a.ts:${place}`]);
    expect(diagnostics[0]?.message).toMatch(/SyntaxError: Invalid (regular|flags)/);
    expect(diagnostics[0]?.fix).toMatch(/^Correct the regular expression as the message says/);
  },
);

test("a folder that is not there", async () => {
  const { diagnostics } = await loadContract({ schema: "schema" }, project({}));
  expect(diagnostics).toMatchObject([{ code: "SB1003", message: "there is no folder schema" }]);
});

test("a folder without a TypeScript file", async () => {
  const { diagnostics } = await load({ "readme.md": "", "types.d.ts": "export {};" });
  expect(diagnostics).toMatchObject([{ code: "SB1004", message: "schema has no TypeScript file" }]);
});

test("a folder without a channel", async () => {
  const { diagnostics } = await load({ "a.ts": "export const a = 1;\n" });
  expect(diagnostics).toMatchObject([{ code: "SB1004", message: "no file of schema exports a channel" }]);
});

test("a channel that is not exported", async () => {
  const hidden = sound.replace("export const b", "const hidden").replace('"b"', '"hidden"');
  const { contract, diagnostics } = await load({ "a.ts": `${imports}${sound}${hidden}` });
  expect(contract).toBeNull();
  expect(places(diagnostics)).toEqual(["SB1005 schema/a.ts:4:16"]);
});

test("a channel that another file passes on is one channel, where it is declared", async () => {
  const { contract, diagnostics } = await load({
    "a.ts": 'export * from "./z.js";\nexport { b as other } from "./z.js";\n',
    "z.ts": `${imports}${sound}`,
  });
  expect(diagnostics).toEqual([]);
  expect(contract?.channels.map((channel) => channel.source)).toEqual([
    { file: "schema/z.ts", exportName: "b", position: { file: "schema/z.ts", line: 3, column: 18 } },
  ]);
});

test("files outside the folder are inputs as well", async () => {
  const root = project({
    "shared/text.ts": 'import { z } from "zod";\nexport const text = z.date();\n',
    "schema/a.ts": `import { text } from "../shared/text.js";\n${withEvent("z.object({ text })")}`,
  });
  const { inputs, diagnostics } = await loadContract({ schema: "schema" }, root);
  expect(inputs).toEqual(["schema/a.ts", "shared/text.ts"]);
  expect(places(diagnostics)).toEqual(["SB1201 shared/text.ts:2:23"]);
});

test("positions survive helpers, spreads and loops", async () => {
  const { diagnostics } = await load({
    "a.ts": `${imports}
const when = () =>
  z.date();
const common = { at: when() };
const made = Object.fromEntries(["a", "b"].map((name) => [name, z.bigint()]));
export const c = channel("c", { access: "public", delivery: "ephemeral", events: { e: z.object({ ...common, ...made }) } });
`,
  });
  // One finding for one place, however many fields come from it.
  expect(places(diagnostics)).toEqual(["SB1201 schema/a.ts:5:5", "SB1201 schema/a.ts:7:67"]);
});

test("two copies of zod are refused", async () => {
  const root = project({
    "schema/a.ts": withEvent("z.string()"),
    "other/index.ts": 'export { z } from "zod";\n',
  });
  const copy = join(root, "other/node_modules/zod");
  mkdirSync(copy, { recursive: true });
  writeFileSync(
    join(copy, "package.json"),
    '{"name":"zod","version":"4.6.7","type":"module","main":"index.js"}',
  );
  writeFileSync(join(copy, "index.js"), "export const z = {};\n");
  writeFileSync(
    join(root, "schema/b.ts"),
    'import { z } from "../other/index.js";\nexport const other = z;\n',
  );
  const { contract, diagnostics } = await loadContract({ schema: "schema" }, root);
  expect(contract).toBeNull();
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["SB1006"]);
});

test("nothing of a load is left behind", async () => {
  await load({ "a.ts": withEvent("z.string()") });
  expect(Reflect.get(globalThis, Symbol.for("signalbox.declared"))).toBeUndefined();
  expect(Reflect.get(Object(Reflect.get(globalThis, "__zod_globalConfig")), "postProcessor")).toBeUndefined();
});

const config = (body: string) => ({
  "signalbox.config.ts": `import { defineConfig } from "signalbox";\nexport default defineConfig(${body} as never);\n`,
});
const whole = '{ schema: "s", handlers: "h", gateway: "g.ts", outputs: { ruby: "r.rb" } }';

test("a configuration is read from its folder, or from a file that is named", async () => {
  const root = project({
    ...config(whole),
    "deep/other.ts": config(whole.replace('"s"', '"t"'))["signalbox.config.ts"],
  });
  expect((await loadConfig(root)).config?.schema).toBe("s");
  const named = await loadConfig(root, "deep/other.ts");
  expect([named.config?.schema, named.root, named.inputs]).toEqual(["t", join(root, "deep"), ["other.ts"]]);
});

test.each([
  ["no file", {}, "SB1008", /there is no signalbox.config.ts/],
  ["a syntax error", { "signalbox.config.ts": "export default {" }, "SB1001", /./],
  ["a throw", { "signalbox.config.ts": 'throw new Error("no");' }, "SB1002", /Error: no/],
  ["no default export", { "signalbox.config.ts": "export const a = 1;" }, "SB1001", /No matching export/],
  [
    "something else",
    { "signalbox.config.ts": "export default 5;" },
    "SB1009",
    /no default export that is an object/,
  ],
  [
    "an option that does not exist",
    config(whole.replace("schema", "shema: 1, schema")),
    "SB1009",
    /did you mean schema/,
  ],
  ["a missing option", config(whole.replace('schema: "s",', "")), "SB1009", /schema is missing/],
  ["a path outside", config(whole.replace('"s"', '"../s"')), "SB1009", /must lie inside/],
  ["an absolute path", config(whole.replace('"s"', '"/s"')), "SB1009", /must lie inside/],
  ["an output that does not exist", config(whole.replace("ruby", "rubi")), "SB1009", /did you mean ruby/],
  [
    "a module that is no constant",
    config(whole.replace("schema", 'rubyModule: "events", schema')),
    "SB1009",
    /Ruby module/,
  ],
])("a configuration with %s", async (_name, files, code, message) => {
  const { config: read, diagnostics } = await loadConfig(project(files));
  expect(read).toBeNull();
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(diagnostics.map((diagnostic) => diagnostic.message).join("\n")).toMatch(message);
});

test("this repository's links to packages are followed", () => {
  const root = project({});
  symlinkSync(fileURLToPath(new URL("../..", import.meta.url)), join(root, "link"));
  return expect(loadContract({ schema: "schema" }, join(root, "link"))).resolves.toMatchObject({
    diagnostics: [],
  });
});
