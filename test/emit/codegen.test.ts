import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { project, read, roomSchema, run, write } from "./project.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const gateway = `import { defineGateway, session } from "signalbox/gateway";
export default defineGateway({ origins: [], identify: session("user_id") });
`;
const strict =
  "--noEmit --strict --noUnusedParameters --skipLibCheck --target es2023 --module nodenext".split(" ");

let root: string;
beforeEach(() => {
  root = project();
});

test("generates what the configuration asks for, and nothing the second time", async () => {
  const first = await run(root);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("+ out/server/handlers.ts");
  expect(read(root, "out/events.rb")).toContain("module Room");
  expect(readdirSync(join(root, "out")).sort()).toEqual(["client", "docs", "events.rb", "server"]);
  rmSync(join(root, "node_modules/.cache"), { recursive: true });
  const second = await run(root);
  expect(second.out).toMatch(/^Up to date: \d+ files/);
});

test("a contract with an error changes nothing, and is told with its place", async () => {
  await run(root);
  const before = read(root, "out/server/types.ts");
  write(root, "schema/room.ts", roomSchema.replace("z.string()", "z.date()"));
  const { code, err } = await run(root);
  expect(code).toBe(1);
  expect(err).toMatch(/schema\/room\.ts:7:\d+/);
  expect(err).toContain("Nothing was generated.");
  expect(read(root, "out/server/types.ts")).toBe(before);
});

test("--dry-run says what would happen and writes nothing", async () => {
  const { code, out } = await run(root, { mode: "dry-run" });
  expect(code).toBe(0);
  expect(out).toContain("+ out/events.rb");
  expect(out).toContain("Nothing was written");
  expect(existsSync(join(root, "out"))).toBe(false);
});

test("output must not be where codegen reads", async () => {
  write(
    root,
    "signalbox.config.ts",
    read(root, "signalbox.config.ts").replace("out/server", "schema/server"),
  );
  const { code, err } = await run(root);
  expect(code).toBe(1);
  expect(err).toContain("schema is read by codegen");
  expect(existsSync(join(root, "schema/server"))).toBe(false);
});

test("a handler file that the contract needs is asked for; one that exists is used", async () => {
  write(root, "schema/room.ts", roomSchema.replace('"session"', '"custom"'));
  const first = await run(root);
  expect(first.code).toBe(1);
  expect(first.err.match(/^error: .*/gm)).toEqual([expect.stringContaining("handlers/room.ts is missing")]);
  expect(read(root, "out/server/index.ts")).toContain('import roomHandlers from "../../handlers/room.js"');
  expect(await run(root)).toMatchObject({ code: 1, err: first.err });
  expect((await run(root, { mode: "check" })).code).toBe(1);
  expect((await run(root, { mode: "dry-run" })).code).toBe(1);

  write(root, "schema/room.ts", roomSchema);
  await run(root);
  expect(read(root, "out/server/index.ts")).toContain("handlers: null");
  write(root, "handlers/room.ts", "export default {};\n");
  await run(root);
  expect(read(root, "out/server/index.ts")).toContain("handlers: roomHandlers");
});

test("what a missing handler file may begin with compiles, and is all that is asked for", async () => {
  const commands = `commands: { touch: { input: z.int(), output: z.int() }, "new": { input: z.int() } },\n});`;
  write(root, "schema/room.ts", roomSchema.replace('"session"', '"custom"').replace("});", commands));
  write(root, "gateway.ts", gateway);
  write(root, "package.json", '{ "type": "module" }');
  const { err } = await run(root);
  const stub = err.replace(/^error: .*/, "").replace(/^ {2}/gm, "");
  expect(stub).toContain('import { handlers } from "../out/server/handlers.js"');
  write(root, "handlers/room.ts", stub);
  expect(await run(root)).toMatchObject({ code: 0, err: "" });
  symlinkSync(repository, join(root, "node_modules/signalbox"));
  const tsc = [join(repository, "node_modules/typescript/bin/tsc"), ...strict, "handlers/room.ts"];
  const { status, stdout } = spawnSync(process.execPath, tsc, { cwd: root, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});

describe("--check", () => {
  test("is content after a run", async () => {
    await run(root);
    expect(await run(root, { mode: "check" })).toMatchObject({ code: 0, err: "" });
  });

  test("tells what is missing, out of date, changed by hand and left over, with a diff and the command", async () => {
    await run(root);
    rmSync(join(root, "out/events.rb"));
    write(
      root,
      "out/server/types.ts",
      read(root, "out/server/types.ts").replace("body: string", "body: number"),
    );
    write(root, "schema/room.ts", roomSchema.replace('access: "session"', 'access: "public"'));
    write(root, "signalbox.config.ts", read(root, "signalbox.config.ts").replace(', docs: "out/docs"', ""));
    const { code, err } = await run(root, { mode: "check" });
    expect(code).toBe(1);
    expect(err).toMatch(/Missing:\n {2}out\/events\.rb\n/);
    expect(err).toMatch(/Changed by hand:\n {2}out\/server\/types\.ts\n/);
    expect(err).toMatch(/Not generated any more:\n {2}out\/docs\/asyncapi\.json\n/);
    expect(err).toContain("-  body: number;\n+  body: string;");
    expect(err).toContain("Run npx signalbox codegen and commit the result.");
    expect(err).toContain("  .signalbox-manifest.json\n");
    expect(err).not.toContain("+++ .signalbox-manifest.json");
    expect(existsSync(join(root, "out/events.rb"))).toBe(false);
  });

  test("tells GitHub of each file, with nothing of its name that could be another property", async () => {
    write(
      root,
      "signalbox.config.ts",
      read(root, "signalbox.config.ts").replace('"out/events.rb"', '"out/50%,a.rb"'),
    );
    await run(root);
    rmSync(join(root, "out/50%,a.rb"));
    write(root, "out/docs/contract.md", `${read(root, "out/docs/contract.md")}mine\n`);
    write(
      root,
      "schema/room.ts",
      roomSchema.replace("body: z.string()", "body: z.string(), more: z.string()"),
    );
    const { code, err } = await run(root, { mode: "check", format: "github" });
    expect(code).toBe(1);
    const annotations = err.split("\n").filter((line) => line.startsWith("::"));
    const drift = (path: string, what: string) =>
      `::error file=${path},title=drift::What is generated does not fit the contract: this file ${what}. Run npx signalbox codegen and commit the result.`;
    expect(annotations).toContain(drift("out/50%25%2Ca.rb", "is missing"));
    expect(annotations).toContain(drift("out/docs/contract.md", "was changed by hand"));
    expect(annotations).toContain(drift("out/server/types.ts", "is out of date"));
    const named = err.match(/^ {2}\S+$/gm) ?? [];
    expect(annotations.filter((line) => line.includes("title=drift")).length).toBe(named.length);
    expect((await run(root, { mode: "check" })).err).not.toContain("::error");
  });

  test("tells programs of each file, beside what is found in the contract, in one array", async () => {
    await run(root);
    expect(await run(root, { mode: "check", format: "json" })).toMatchObject({ code: 0, err: "" });
    rmSync(join(root, "out/events.rb"));
    write(root, "out/docs/contract.md", `${read(root, "out/docs/contract.md")}mine\n`);
    write(root, "schema/room.ts", roomSchema.replace("body: z.string()", "body: z.json()"));
    const { code, err } = await run(root, { mode: "check", format: "json" });
    expect(code).toBe(1);
    const found: readonly Record<string, unknown>[] = JSON.parse(err);
    const drift = (file: string, what: string) => ({
      code: "drift",
      severity: "error",
      message: `What is generated does not fit the contract: this file ${what}.`,
      fix: "Run npx signalbox codegen and commit the result.",
      position: { file },
    });
    expect(found).toContainEqual(drift("out/events.rb", "is missing"));
    expect(found).toContainEqual(drift("out/docs/contract.md", "was changed by hand"));
    expect(found).toContainEqual(drift("out/server/types.ts", "is out of date"));
    expect(found.filter(({ code: each }) => each !== "drift")).toMatchObject([
      { code: "SB1501", severity: "note", position: { file: "schema/room.ts" } },
    ]);
    const text = (await run(root, { mode: "check" })).err;
    expect(found.length).toBe(1 + (text.match(/^ {2}(?!fix:)[\w./-]+$/gm) ?? []).length);
  });

  test("tells programs of missing handlers, and of what must not be written", async () => {
    write(root, "schema/room.ts", roomSchema.replace('access: "session"', 'access: "custom"'));
    const { code, err } = await run(root, { format: "json" });
    expect(code).toBe(1);
    expect(JSON.parse(err)).toEqual([
      {
        code: "handlers",
        severity: "error",
        message: "The contract needs a file of handlers here, and there is none.",
        fix: expect.stringMatching(/^Write it\. To begin with:\nimport /),
        position: { file: "handlers/room.ts" },
      },
    ]);
    const other = project({ "out/events.rb": "class Events; end\n" });
    const refused = await run(other, { format: "json" });
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse(refused.err)).toEqual([
      expect.objectContaining({
        code: "output",
        message: expect.stringMatching(/^out\/events\.rb is there already/),
        fix: expect.stringMatching(/^Change outputs/),
      }),
    ]);
    const broken = project({ "schema/room.ts": "export const = 1;\n" });
    expect(JSON.parse((await run(broken, { format: "json" })).err)).toMatchObject([{ code: "SB1001" }]);
  });

  test("does not believe the cache", async () => {
    await run(root);
    write(root, "out/events.rb", "# gone\n");
    expect((await run(root, { mode: "check" })).code).toBe(1);
  });
});

describe("an unchanged project", () => {
  const counted = `${roomSchema}globalThis.executions = (globalThis.executions ?? 0) + 1;\n`;
  const executions = () => Reflect.get(globalThis, "executions");

  beforeEach(() => {
    Reflect.deleteProperty(globalThis, "executions");
    write(root, "schema/room.ts", counted);
  });

  test("is judged by digest, without executing the schema", async () => {
    await run(root);
    expect(executions()).toBe(1);
    expect((await run(root)).out).toContain("nothing has changed since the last run");
    expect(executions()).toBe(1);
  });

  test.for<[string, (root: string) => void]>([
    ["the schema changes", (at) => write(at, "schema/room.ts", `${counted}// changed\n`)],
    ["a schema file is added", (at) => write(at, "schema/other.ts", "export const nothing = 1;\n")],
    ["a handler is added", (at) => write(at, "handlers/room.ts", "export default {};\n")],
    ["an output is edited", (at) => write(at, "out/events.rb", `${read(at, "out/events.rb")}# mine\n`)],
    ["an output is deleted", (at) => rmSync(join(at, "out/client/primus.js"))],
    ["the manifest is deleted", (at) => rmSync(join(at, ".signalbox-manifest.json"))],
    ["a lock file appears", (at) => write(at, "package-lock.json", "{}\n")],
  ])("is looked at again when %s", async ([, change]) => {
    await run(root);
    change(root);
    expect((await run(root)).code).toBe(0);
    expect(executions()).toBe(2);
    await run(root);
    expect(executions()).toBe(2);
  });
});
