import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { handlers, Project, processesIn, schema, signalbox } from "./project.js";

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

const gateway = (before: string, options: string) => `
import { defineGateway, session } from "signalbox/gateway";
${before}
export default defineGateway({ ${options} });
`;
const sound = gateway("", 'origins: [], identify: session("user_id")');

describe("what a start would refuse, build refuses in the same words", () => {
  const secrets = {
    SECRET_KEY_BASE: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4),
    SESSION_KEY: "_app_session",
    SIGNALBOX_PUBLISH_KEY: "0123456789abcdef0123456789abcdef",
    PORT: "0",
  };

  test.each([
    [
      "an event that is not there",
      "handlers/thing.ts",
      handlers("first").replace("({", "({ on: { sayd() {} },"),
    ],
    ["a command that is not handled", "handlers/thing.ts", handlers("first").replace("touch", "tuch")],
    ["an origin that is none", "gateway.ts", gateway("", 'origins: ["app"], identify: session("user_id")')],
    ["no identify", "gateway.ts", gateway("", "origins: []")],
    ["a gateway.ts that exports none", "gateway.ts", "export default 1;\n"],
  ])("%s", async (_what, file, text) => {
    const before = readFileSync(join(project.root, "dist/gateway.mjs"), "utf8");
    const was = readFileSync(join(project.root, file), "utf8");
    project.write(file, text);
    try {
      const built = await build();
      expect(built.code).toBe(1);
      // The bundle that was there stays, and nothing beside it.
      expect(readFileSync(join(project.root, "dist/gateway.mjs"), "utf8")).toBe(before);
      expect(readdirSync(join(project.root, "dist")).filter((file) => file.startsWith(".sig"))).toEqual([]);

      expect(await build("--no-load")).toMatchObject({ code: 0, stderr: "" });
      const started = await signalbox(project.root, ["start", "--memory"], secrets);
      expect(started.code).toBe(1);
      expect(built.stderr).toBe(started.stderr);
      expect(built.stderr).toMatch(/^error: .+/);
    } finally {
      project.write(file, was);
    }
  });
});

describe("what gateway.ts does as it is loaded", () => {
  afterEach(() => project.write("gateway.ts", sound));

  test("may need the environment of production, and then build says what to do", async () => {
    const read = 'if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is not set");';
    project.write("gateway.ts", gateway(read, 'origins: [], identify: session("user_id")'));
    const { code, stderr } = await build();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: DATABASE_URL is not set\n.*--debug.*\nbuild loads gateway\.ts.*--no-load/,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect((await build("--debug")).stderr).toMatch(/^\s+at /m);
    expect(await build("--no-load")).toMatchObject({ code: 0 });
    const given = { DATABASE_URL: "postgres://nowhere" };
    expect(await signalbox(project.root, ["build"], given)).toMatchObject({ code: 0 });
  });

  test("keeps build from nothing: neither what stays open, nor the end of the process", async () => {
    const calls = 'identify() { throw new Error("called"); }, connect() { throw new Error("called"); }';
    project.write("gateway.ts", gateway("setInterval(() => {}, 1_000);", `origins: [], ${calls}`));
    expect(await build()).toMatchObject({ code: 0, stderr: "" });
    project.write("gateway.ts", gateway("process.exit(0);", 'origins: [], identify: session("user_id")'));
    expect(await build()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("The gateway ended its process while it was loaded."),
    });
    expect(processesIn(project.root)).toEqual([]);
  });

  test("and is given up where it never comes to an end", async () => {
    project.write("gateway.ts", gateway("await new Promise(() => {});", "origins: []"));
    expect(await build("--no-load")).toMatchObject({ code: 0 });
    const { tryBundle }: typeof import("../../cli/gateway/trial.js") = await import(
      new URL("../../dist/cli/gateway/trial.js", import.meta.url).href
    );
    const bundle = join(project.root, "dist/gateway.mjs");
    await expect(tryBundle({ bundle, shown: "it", debug: false, loadMs: 1 })).rejects.toThrow(
      /not loaded within 0\.001 s: does something in it wait for ever\?\n.*--no-load/,
    );
    expect(processesIn(project.root)).toEqual([]);
  });
});
