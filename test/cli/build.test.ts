import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { handlers, Project, schema, signalbox } from "./project.js";

// Each test starts several processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let project: Project;
beforeAll(async () => {
  project = new Project();
  expect(await signalbox(project.root, ["codegen"])).toMatchObject({ code: 0 });
});
afterAll(() => project.delete());

const build = (...args: string[]) => signalbox(project.root, ["build", ...args]);
const fingerprint = () =>
  /fingerprint: "([0-9a-f]{12})"/.exec(
    readFileSync(join(project.root, "generated/server/index.ts"), "utf8"),
  )?.[1] ?? "";

test("makes one file with the contract's fingerprint in it", async () => {
  const { code, stdout, stderr } = await build();
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toContain("dist/gateway.mjs");
  const bundle = readFileSync(join(project.root, "dist/gateway.mjs"), "utf8");
  expect(bundle.split("\n", 1)[0]).toContain(fingerprint());
  expect(bundle).toContain('by: "first"');
  expect(bundle).toMatch(/from "zod"/);
});

test("puts it where it is told to", async () => {
  expect(await build("--outfile", "out/other.mjs")).toMatchObject({ code: 0 });
  expect(existsSync(join(project.root, "out/other.mjs"))).toBe(true);
});

describe("what is wrong is told in one message, with exit code 1 and no stack", () => {
  async function expectFailure(messages: readonly (string | RegExp)[], ...args: string[]) {
    project.remove("dist");
    const { code, stdout, stderr } = await build(...args);
    for (const message of messages) expect(stdout + stderr).toMatch(message);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
    expect(existsSync(join(project.root, "dist/gateway.mjs"))).toBe(false);
    project.write("dist/.keep", "");
  }

  test("a contract that is not what was generated", async () => {
    project.write("schema/thing.ts", schema(101));
    await expectFailure([/signalbox codegen/]);
    project.write("schema/thing.ts", schema(100));
  });

  test("a handler file that is missing", async () => {
    project.remove("handlers/thing.ts");
    await expectFailure([/handlers\/thing\.ts is missing/]);
    project.write("handlers/thing.ts", handlers("first"));
  });

  test("a handler file that does not compile", async () => {
    project.write("handlers/thing.ts", "export default {\n  commands: ]\n};\n");
    await expectFailure([/handlers\/thing\.ts:2:13: /]);
    project.write("handlers/thing.ts", handlers("first"));
  });

  test("a schema that does not compile", async () => {
    project.write("schema/thing.ts", "export const = 1;\n");
    await expectFailure([/schema\/thing\.ts:1:14/]);
    project.write("schema/thing.ts", schema(100));
  });

  test("no configuration", async () => {
    await expectFailure([/nowhere\.ts/], "--config", "nowhere.ts");
  });

  test("and mended, it builds again", async () => {
    expect(await build()).toMatchObject({ code: 0 });
  });
});
